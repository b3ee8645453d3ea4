use std::path::PathBuf;

use clap::ValueEnum;
use kompetenz::assessment::Language;
use kompetenz::form::EntryForm;
use kompetenz::{Assessment, words};
use kompetenz_render::{Pictures, Standards};
use kompetenz_sheets::write::{EntrySheet, Participant, SheetFormat, entry_sheet};

use crate::design::Design;
use crate::trouble::Result;
use crate::ui::Speaker;
use crate::{Answer, files, input};

/// Make a sheet to enter results: a workbook, a CSV table, or a form on paper.
///
/// The workbook has a drop-down in every cell, with the words of each step, comments that say what they mean, and
/// colours for what is missing. It knows for which version of the assessment it was made. Filled in, it is read by
/// every command that takes results. The form on paper is for the workshop: what was seen is written down first,
/// and rated after.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The assessment: a folder with `assessment.toml`, or its main file
    assessment: PathBuf,
    /// Where to write the sheet [default: the id and version of the assessment and the modules, in the current folder]
    #[arg(long, short)]
    out: Option<PathBuf>,
    /// The kind of sheet
    #[arg(long, value_enum, default_value = "xlsx")]
    format: Format,
    /// The language of the sheet, such as `ro` [default: the language of the definition]
    #[arg(long, value_name = "CODE")]
    language: Option<String>,
    /// Only these modules, such as `metal,german`
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    modules: Vec<String>,
    /// Who observes, filled in beforehand
    #[arg(long, value_name = "NAME")]
    observer: Option<String>,
    /// A table with `key`, `name` and `birth-date`: a row is made for everybody in it
    #[arg(long, value_name = "FILE")]
    people: Option<PathBuf>,
    /// How many empty rows the workbook has
    #[arg(long, value_name = "COUNT", default_value_t = 30)]
    rows: usize,
    #[command(flatten)]
    design: Design,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A workbook for office programs
    Xlsx,
    /// A plain table
    Csv,
    /// A form on paper
    Pdf,
}

pub(crate) fn run(args: &Args, speaker: &Speaker) -> Result<Answer> {
    let Args { assessment, out, format, language, modules, observer, people, rows, design } = args;
    let Some(assessment) = files::assessment(assessment, speaker)? else { return Ok(Answer::No) };
    let language = super::render::language(language.as_deref(), &assessment)?;
    let modules = Some(modules.clone()).filter(|modules| !modules.is_empty());
    let (bytes, ending) = match format {
        Format::Pdf => (on_paper(&assessment, language, modules.as_deref(), design)?, "pdf"),
        Format::Xlsx | Format::Csv => {
            let Some(roster) = roster(people.as_ref(), &assessment, speaker)? else { return Ok(Answer::No) };
            let is_workbook = *format == Format::Xlsx;
            let sheet = EntrySheet {
                ui: speaker.ui,
                modules,
                observer: observer.clone(),
                roster,
                blank_rows: *rows,
                format: if is_workbook { SheetFormat::Xlsx } else { SheetFormat::Csv },
                ..EntrySheet::new(language)
            };
            let bytes = entry_sheet(&assessment, &sheet).map_err(|error| error.words())?;
            (bytes, if is_workbook { "xlsx" } else { "csv" })
        }
    };
    let path = out.clone().unwrap_or_else(|| {
        let (id, version) = (&assessment.id, &assessment.version);
        let modules = args.modules.iter().fold(String::new(), |names, id| names + "-" + id);
        PathBuf::from(format!("{id}-{version}{modules}.{ending}"))
    });
    files::write_new(&path, &bytes)?;
    let (path, kilobytes) = (path.display(), bytes.len().div_ceil(1024));
    speaker.say(&words!("wrote {path} ({kilobytes} KB)", "{path} geschrieben ({kilobytes} KB)"))?;
    Ok(Answer::Yes)
}

fn on_paper(
    assessment: &Assessment,
    language: Language,
    modules: Option<&[String]>,
    design: &Design,
) -> Result<Vec<u8>> {
    let form = EntryForm::new(assessment, language, modules).map_err(|error| error.message())?;
    let studio = design.studio(&design.template()?, Pictures::default())?;
    let format = kompetenz_render::Format::Pdf(Standards::accessible());
    let files = studio.entry_form(&form, &format).map_err(|error| error.message())?;
    Ok(files.concat())
}

/// The people of a table. `None`: it has faults, and they have been told.
fn roster(
    path: Option<&PathBuf>,
    assessment: &Assessment,
    speaker: &Speaker,
) -> Result<Option<Vec<Participant>>> {
    let Some(path) = path else { return Ok(Some(Vec::new())) };
    let bytes = files::bytes(path, kompetenz_sheets::MAX_TABLE_BYTES)?;
    match kompetenz_sheets::roster(&bytes, &input::name(path), &assessment.vocabulary()) {
        Ok(roster) => Ok(Some(roster)),
        Err(faults) => {
            speaker.faults(&faults);
            Ok(None)
        }
    }
}
