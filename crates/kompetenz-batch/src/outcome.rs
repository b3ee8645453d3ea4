//! What goes in and what comes out: a row, and what happened to it.

use std::path::PathBuf;

use kompetenz::entry::{Form, Origin, Source};
use kompetenz::{Entry, Fault, Words};
use kompetenz_register::Number;
use serde_json::{Map, Value, json};

use crate::Refusal;

/// A participant from results files: an entry, or what is wrong with it.
#[derive(Debug, Clone)]
pub struct Row {
    /// Where it begins.
    pub origin: Origin,
    /// The entry.
    pub entry: Result<Entry, Vec<Fault>>,
}

/// What happened to one row. It knows a file, a sheet and a row, and no person.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Where the row begins.
    pub origin: Origin,
    /// What happened.
    pub fate: Fate,
}

/// What can happen to a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Fate {
    /// The document is issued for the first time, or made as a draft.
    Issued(Made),
    /// It says something else than before: a new edition with a new number, which supersedes the one named here.
    Corrected(Made, Number),
    /// It was issued before and says the same. Its file was there, or was made again.
    Same(Made),
    /// It was not asked for, or only a person may decide: a stable code, and the reason.
    Skipped(&'static str, Words),
    /// There is no document.
    Refused(Refusal),
}

/// A document that lies where it should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Its number.
    pub number: String,
    /// Its edition, from 1.
    pub edition: u32,
    /// Its file, seen from the output folder.
    pub file: PathBuf,
    /// How large it is, in bytes. Zero: it was there already.
    pub bytes: u64,
    /// Where a file went that had its name and was not the one that was issued.
    pub set_aside: Option<PathBuf>,
}

impl Fate {
    /// The word of the report for it.
    pub fn name(&self) -> &'static str {
        match self {
            Fate::Issued(_) => "issued",
            Fate::Corrected(..) => "corrected",
            Fate::Same(_) => "same",
            Fate::Skipped(..) => "skipped",
            Fate::Refused(_) => "refused",
        }
    }

    /// The document, if there is one.
    pub fn made(&self) -> Option<&Made> {
        match self {
            Fate::Issued(made) | Fate::Corrected(made, _) | Fate::Same(made) => Some(made),
            Fate::Skipped(..) | Fate::Refused(_) => None,
        }
    }

    /// Why there is none, apart from faults of the results.
    pub fn reason(&self) -> Option<(&'static str, &Words)> {
        match self {
            Fate::Skipped(code, words) | Fate::Refused(Refusal::Reason(code, words)) => Some((code, words)),
            _ => None,
        }
    }
}

impl Outcome {
    /// A reason with the place of the row before it.
    pub fn with_place(&self, reason: &Words) -> Words {
        let place = self.origin.source().place(self.origin.spot);
        let (en, de) = (&reason.en, &reason.de);
        Words { en: format!("{}: {en}", place.en), de: format!("{}: {de}", place.de) }
    }

    /// The row of the results file. `None`: it is not from a table.
    pub fn row(&self) -> Option<u32> {
        Some(self.origin.spot.row).filter(|row| *row > 0 && self.origin.source().form == Form::Table)
    }

    /// The outcome as one JSON object: a line of the report, and of the stream of outcomes.
    pub fn json(&self) -> Value {
        let Source { file, sheet, .. } = self.origin.source();
        let mut line = Map::new();
        let mut put = |key: &str, value: Value| line.insert(key.to_owned(), value);
        put("file", json!(&**file));
        put("sheet", json!(sheet.as_deref()));
        put("row", json!(self.row()));
        put("status", json!(self.fate.name()));
        if let Some(Made { number, edition, file, bytes, set_aside }) = self.fate.made() {
            put("number", json!(number));
            put("edition", json!(edition));
            put("document", json!(file));
            put("bytes", json!(bytes));
            if let Some(set_aside) = set_aside {
                put("set-aside", json!(set_aside));
            }
        }
        if let Fate::Corrected(_, before) = &self.fate {
            put("corrects", json!(before));
        }
        if let Some((code, reason)) = self.fate.reason() {
            put("code", json!(code));
            put("reason", json!(reason));
        }
        if let Fate::Refused(Refusal::Faults(faults)) = &self.fate {
            put("code", json!("faults"));
            put("faults", json!(faults));
        }
        Value::Object(line)
    }
}
