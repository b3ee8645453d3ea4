use std::path::{Path, PathBuf};

use clap::ValueEnum;
use kompetenz::assessment::Name;
use kompetenz::explain::Reason;
use kompetenz::id::similar;
use kompetenz::{Record, Ui, explain, explain_all, recommend, score, words};

use crate::input::How;
use crate::trouble::Result;
use crate::ui::Speaker;
use crate::{Answer, files};

/// Say why: why this level, why this recommendation, why not that one.
///
/// For one participant, every line names the file and line of the rule behind it. Without an id, everything is
/// explained.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The assessment: a folder with `assessment.toml`, or its main file
    assessment: PathBuf,
    /// Results: a CSV, XLSX, ODS, JSON, NDJSON or TOML file
    results: PathBuf,
    /// What to explain: the ids of measures, items, findings or recommendations, such as `metal.field`
    ids: Vec<String>,
    /// Say why these recommendations or findings are *not* made: only what failed
    #[arg(long, value_name = "ID")]
    why_not: Vec<String>,
    /// Whose results, by the key [default: the only participant of the file]
    #[arg(long)]
    key: Option<String>,
    /// A further file with results of the same people; may be given several times
    #[arg(long, value_name = "FILE")]
    also: Vec<PathBuf>,
    #[command(flatten)]
    how: How,
    /// How to print the explanation
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// The day of issue that ages depend on, such as 2026-11-22 [default: today]
    #[arg(long)]
    issued: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For other programs
    Json,
}

pub(crate) fn run(args: &Args, speaker: &Speaker) -> Result<Answer> {
    let Args { assessment, results, ids, why_not, key, also, how, format, issued } = args;
    let issued = files::issued(issued.as_deref())?;
    let Some(assessment) = files::assessment(assessment, speaker)? else { return Ok(Answer::No) };
    for id in ids.iter().chain(why_not) {
        if assessment.find(id).is_none() {
            let trouble = match similar(id, assessment.names().map(|(path, _)| path)) {
                _ if Path::new(id).is_file() => words!(
                    "`{id}` is a file and no id; further files are given with `--also`",
                    "`{id}` ist eine Datei und keine Id; weitere Dateien werden mit `--also` angegeben"
                ),
                Some(name) => words!(
                    "there is no `{id}`; did you mean `{name}`?",
                    "`{id}` gibt es nicht; ist `{name}` gemeint?"
                ),
                None => words!("there is no `{id}`", "`{id}` gibt es nicht"),
            };
            return Err(trouble.into());
        }
    }
    let files = [std::slice::from_ref(results), also].concat();
    let Some(entry) = super::render::one(how, &files, key.as_deref(), &assessment, speaker)? else {
        return Ok(Answer::No);
    };
    let record = match Record::new(&assessment, &entry) {
        Ok(record) => record,
        Err(faults) => {
            speaker.faults(&faults);
            return Ok(Answer::No);
        }
    };
    let scored = score(&record);
    let advice = recommend(&scored, issued);
    let language = assessment.main_language();
    let mut reasons: Vec<Reason> = if ids.is_empty() && why_not.is_empty() {
        explain_all(&advice, language)
    } else {
        ids.iter().filter_map(|id| explain(&advice, id, language)).collect()
    };
    for id in why_not {
        match kompetenz::why_not(&advice, id, language) {
            Some(reason) => reasons.push(reason),
            None => speaker.note(&match assessment.find(id) {
                Some(Name::Recommendation(_) | Name::Finding(_)) => {
                    words!(
                        "nothing speaks against `{id}`: it is made",
                        "gegen `{id}` spricht nichts: es gilt"
                    )
                }
                _ => words!(
                    "`{id}` is neither a recommendation nor a finding",
                    "`{id}` ist weder Empfehlung noch Befund"
                ),
            }),
        }
    }
    match format {
        Format::Text => {
            let mut text = String::new();
            for reason in &reasons {
                write(reason, 0, speaker.ui, &mut text);
                text.push('\n');
            }
            speaker.print(&text)?;
        }
        Format::Json => speaker.print(&format!("{:#}\n", serde_json::to_value(&reasons)?))?,
    }
    Ok(Answer::Yes)
}

/// One line for each reason, indented by depth, with its truth and its place.
fn write(reason: &Reason, depth: usize, ui: Ui, out: &mut String) {
    let indent = "  ".repeat(depth);
    let path = reason.path.as_ref().map(|path| format!("{path}  ")).unwrap_or_default();
    let truth = match (reason.truth, reason.path.is_some()) {
        (Some(truth), false) => format!(" → {}", truth.words().get(ui)),
        _ => String::new(),
    };
    let place = reason.place.as_ref().map(|place| format!("  [{place}]")).unwrap_or_default();
    out.push_str(&format!("{indent}{path}{}{truth}{place}\n", reason.says.get(ui)));
    for inner in &reason.because {
        write(inner, depth + 1, ui, out);
    }
}
