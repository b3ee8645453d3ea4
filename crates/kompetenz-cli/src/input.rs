//! Results: which files, how they are read, and where their faults are listed.

use std::cell::RefCell;
use std::io;
use std::path::{Path, PathBuf};

use kompetenz::entry::Vocabulary;
use kompetenz::{Assessment, Fault, Record, words};
pub(crate) use kompetenz_batch::Row;
use kompetenz_sheets::write::Dialect;
use kompetenz_sheets::{Encoding, Lines, Map, Options, Person, Reader, Reading, Rejected};

use crate::files;
use crate::trouble::Result;
use crate::ui::Speaker;

/// What results from standard input are called in messages.
const PIPED: &str = "stdin.ndjson";

/// The files with results.
#[derive(clap::Args)]
pub(crate) struct Input {
    /// Results: CSV, XLSX, ODS, JSON, NDJSON or TOML files; several are put together by the participants' keys; `-`
    /// reads NDJSON from standard input
    #[arg(required = true)]
    pub(crate) results: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) how: How,
    /// Write all faults into a list to work through: CSV, XLSX or JSON, by the ending of its name
    #[arg(long, value_name = "FILE")]
    faults: Option<PathBuf>,
}

/// What cannot be seen in files with results.
#[derive(clap::Args, Default)]
pub(crate) struct How {
    /// The encoding of text files, such as windows-1250 [default: found out, or asked for]
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// The sheet of a workbook to read [default: every sheet with results]
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// A TOML file that says what the headings of another office mean
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
}

fn encoding(name: &str) -> Result<Encoding> {
    let encoding = Encoding::parse(name).ok_or_else(|| {
        let known = Encoding::ALL.iter().map(|encoding| encoding.name()).collect::<Vec<_>>().join(", ");
        words!(
            "there is no encoding `{name}`; there are {known}",
            "eine Kodierung `{name}` gibt es nicht; es gibt {known}"
        )
    })?;
    Ok(encoding)
}

impl Input {
    /// Everybody in the files. `None`: a file as a whole cannot be read, and the reasons have been told.
    pub(crate) fn rows(&self, assessment: &Assessment, speaker: &Speaker) -> Result<Option<Vec<Row>>> {
        let Some(reading) = self.read(assessment, speaker)? else { return Ok(None) };
        if self.faults.is_some() {
            let people = reading.people.iter().flat_map(|person| match person {
                Ok(entry) => Record::new(assessment, entry).err().unwrap_or_default(),
                Err(rejected) => rejected.faults.clone(),
            });
            self.list(&reading.faults.iter().cloned().chain(people).collect::<Vec<_>>(), speaker)?;
        }
        Ok(How::whole(reading, speaker))
    }

    /// Whether results come line by line from standard input alone, and nothing asks for all of them at once.
    pub(crate) fn is_stream(&self) -> bool {
        self.results == [PathBuf::from("-")] && self.faults.is_none()
    }

    /// What the files say. `None`: the map has mistakes, and they have been told.
    pub(crate) fn read(&self, assessment: &Assessment, speaker: &Speaker) -> Result<Option<Reading>> {
        self.how.read(&self.results, assessment, speaker)
    }

    /// Writes the list of faults, if one is asked for.
    pub(crate) fn list(&self, faults: &[Fault], speaker: &Speaker) -> Result<()> {
        let Some(path) = &self.faults else { return Ok(()) };
        let table = kompetenz_sheets::write::faults(faults, speaker.ui);
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let bytes = match ending.to_lowercase().as_str() {
            "csv" => table.to_csv(Dialect::German),
            "xlsx" => table.to_xlsx(words!("Faults", "Fehler").get(speaker.ui)),
            "json" => Ok(format!("{:#}\n", serde_json::to_value(faults)?).into_bytes()),
            _ => {
                return Err(words!(
                    "the list of faults ends in .csv, .xlsx or .json",
                    "die Fehlerliste endet auf .csv, .xlsx oder .json"
                )
                .into());
            }
        };
        let bytes = bytes.map_err(|error| error.words())?;
        files::write_new(path, &bytes)
    }
}

impl How {
    /// Everybody in these files. `None`: a file as a whole cannot be read, and the reasons have been told.
    pub(crate) fn rows(
        &self,
        paths: &[PathBuf],
        assessment: &Assessment,
        speaker: &Speaker,
    ) -> Result<Option<Vec<Row>>> {
        let Some(reading) = self.read(paths, assessment, speaker)? else { return Ok(None) };
        Ok(How::whole(reading, speaker))
    }

    /// The participants, if every file could be read. Whose results the others hold, nobody knows.
    fn whole(reading: Reading, speaker: &Speaker) -> Option<Vec<Row>> {
        if !reading.faults.is_empty() {
            speaker.faults(&reading.faults);
            return None;
        }
        Some(rows(reading))
    }

    /// Reads these files and tells what may be a slip. `None`: the map has mistakes, and they have been told.
    pub(crate) fn read(
        &self,
        paths: &[PathBuf],
        assessment: &Assessment,
        speaker: &Speaker,
    ) -> Result<Option<Reading>> {
        let vocabulary = assessment.vocabulary();
        let map = match &self.map {
            Some(path) => match Map::parse(&files::text(path)?, &name(path), &vocabulary) {
                Ok(map) => Some(map),
                Err(faults) => {
                    speaker.faults(&faults);
                    return Ok(None);
                }
            },
            None => None,
        };
        let encoding = self.encoding.as_deref().map(encoding).transpose()?;
        let options = Options { encoding, sheet: self.sheet.as_deref(), map: map.as_ref() };
        let mut reader = Reader::new(&vocabulary);
        for path in paths {
            if path == Path::new("-") {
                let bytes = files::piped(kompetenz_sheets::MAX_TABLE_BYTES)?;
                reader.add(&bytes, PIPED, &options);
            } else {
                reader.add(&files::bytes(path, kompetenz_sheets::MAX_TABLE_BYTES)?, &name(path), &options);
            }
        }
        let reading = reader.finish();
        reading.warnings.iter().for_each(|warning| speaker.note(warning));
        Ok(Some(reading))
    }
}

/// The participants of files that could all be read.
pub(crate) fn rows(reading: Reading) -> Vec<Row> {
    reading.people.into_iter().map(row).collect()
}

/// The participants that come from standard input. If it cannot be read any further, they end, and `broken` says why.
pub(crate) fn stream<'a>(
    vocabulary: &'a Vocabulary,
    broken: &'a RefCell<Option<io::Error>>,
) -> impl Iterator<Item = Row> + 'a {
    Lines::new(io::stdin().lock(), PIPED, vocabulary)
        .map_while(|person| person.map(row).map_err(|error| *broken.borrow_mut() = Some(error)).ok())
}

fn row(person: Person) -> Row {
    match person {
        Ok(entry) => Row { origin: entry.origin.clone(), entry: Ok(entry) },
        Err(Rejected { origin, faults, .. }) => Row { origin, entry: Err(faults) },
    }
}

/// The name of a file without its folder.
pub(crate) fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
