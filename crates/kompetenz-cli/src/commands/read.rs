use std::path::PathBuf;

use clap::ValueEnum;
use kompetenz::{Assessment, Fault, Record, words};
use serde_json::json;

use crate::input::{Input, rows};
use crate::trouble::Result;
use crate::ui::Speaker;
use crate::{Answer, files};

/// Read results and say what is wrong with them, without scoring anything.
///
/// All faults of all files are told at once, each with file, sheet, row and column. What was assumed about the
/// files, such as an old encoding, is told too.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The assessment: a folder with `assessment.toml`, or its main file
    assessment: PathBuf,
    #[command(flatten)]
    input: Input,
    /// How to print what was read
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For other programs
    Json,
}

pub(crate) fn run(Args { assessment, input, format }: &Args, speaker: &Speaker) -> Result<Answer> {
    let Some(assessment) = files::assessment(assessment, speaker)? else { return Ok(Answer::No) };
    let Some(reading) = input.read(&assessment, speaker)? else { return Ok(Answer::No) };
    let (notes, warnings) = (reading.notes.clone(), reading.warnings.clone());
    let mut faults = reading.faults.clone();
    let (mut good, mut refused, mut ratings) = (0, 0, 0);
    for row in rows(reading) {
        match row.entry.and_then(|entry| record_of(&assessment, &entry).map(|()| entry)) {
            Ok(entry) => {
                good += 1;
                ratings += entry.ratings.len();
            }
            Err(own) => {
                refused += 1;
                faults.extend(own);
            }
        }
    }
    match format {
        Format::Text => {
            for note in &notes {
                speaker.note(note);
            }
            speaker.faults(&faults);
            let (files, listed) = (input.results.len(), faults.len());
            speaker.say(&words!(
                "{files} file(s): {good} participant(s) with {ratings} ratings are good, {refused} faulty; {listed} fault(s)",
                "{files} Datei(en): {good} Person(en) mit {ratings} Bewertungen sind in Ordnung, {refused} fehlerhaft; {listed} Fehler"
            ))?;
        }
        Format::Json => {
            let report = json!({
                "format": "kompetenz-reading/1",
                "assessment": assessment.id,
                "version": assessment.version,
                "good": good,
                "faulty": refused,
                "ratings": ratings,
                "notes": notes,
                "warnings": warnings,
                "faults": faults,
            });
            speaker.print(&format!("{report:#}\n"))?;
        }
    }
    // Told before it is written: the list may have no place, and the faults are wanted all the same.
    input.list(&faults, speaker)?;
    Ok(if faults.is_empty() { Answer::Yes } else { Answer::No })
}

fn record_of(assessment: &Assessment, entry: &kompetenz::Entry) -> Result<(), Vec<Fault>> {
    Record::new(assessment, entry).map(drop)
}
