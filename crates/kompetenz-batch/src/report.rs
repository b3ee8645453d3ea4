//! What a run came to: counts for people, and one line per row as JSON or as a table.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Seek, Write};

use kompetenz::assessment::Language;
use kompetenz::{Exact, Ui, Words, words};
use kompetenz_sheets::write::{Cell, Table};
use serde::ser::{Error, SerializeSeq};
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::{Desk, Fate, Outcome, Refusal};

/// How many rows met which fate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Issued for the first time.
    pub issued: usize,
    /// Issued in a new edition.
    pub corrected: usize,
    /// Issued before, and the same.
    pub same: usize,
    /// Not asked for, or only by a person's wish.
    pub skipped: usize,
    /// Refused, with a reason.
    pub refused: usize,
    /// Of those that are the same: how many files were missing, or were others, and were made again.
    pub restored: usize,
    /// How many files that had the name of a document were put aside.
    #[serde(rename = "set-aside")]
    pub set_aside: usize,
}

impl Counts {
    /// Counts one more.
    pub fn add(&mut self, fate: &Fate) {
        *match fate {
            Fate::Issued(_) => &mut self.issued,
            Fate::Corrected(..) => &mut self.corrected,
            Fate::Same(_) => &mut self.same,
            Fate::Skipped(..) => &mut self.skipped,
            Fate::Refused(_) => &mut self.refused,
        } += 1;
        if let Fate::Same(made) = fate {
            self.restored += usize::from(made.bytes > 0);
        }
        self.set_aside += usize::from(fate.made().is_some_and(|made| made.set_aside.is_some()));
    }

    /// All rows.
    pub fn all(self) -> usize {
        self.issued + self.corrected + self.same + self.skipped + self.refused
    }

    /// For people: what there is none of is left out, but for the refused.
    pub fn words(self) -> Words {
        let parts = [
            (self.issued, "issued", "ausgestellt"),
            (self.corrected, "corrected", "berichtigt"),
            (self.same, "unchanged", "unverändert"),
            (self.skipped, "skipped", "übergangen"),
        ];
        let (mut en, mut de) = (Vec::new(), Vec::new());
        let also = [
            (self.restored, "of them made again", "davon neu gemacht"),
            (self.set_aside, "put aside as foreign", "als fremd beiseitegelegt"),
        ];
        for (count, english, german) in parts.into_iter().chain(also) {
            if count > 0 {
                en.push(format!("{count} {english}"));
                de.push(format!("{count} {german}"));
            }
        }
        en.push(format!("{} refused", self.refused));
        de.push(format!("{} abgelehnt", self.refused));
        Words { en: en.join(", "), de: de.join(", ") }
    }
}

/// The outcomes of a run, a line for each in a file: memory does not grow with the number of rows.
#[derive(Debug)]
pub struct Ledger {
    lines: BufWriter<File>,
    counts: Counts,
}

/// A ledger that is finished, and can be read again and again.
#[derive(Debug)]
pub struct Told {
    lines: File,
    counts: Counts,
}

impl Ledger {
    /// A ledger in an empty file, such as [`Folder::scratch`](crate::Folder::scratch) gives.
    pub fn new(file: File) -> Ledger {
        Ledger { lines: BufWriter::new(file), counts: Counts::default() }
    }

    /// Writes one more outcome down.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn push(&mut self, outcome: &Outcome) -> io::Result<()> {
        self.counts.add(&outcome.fate);
        serde_json::to_writer(&mut self.lines, &outcome.json())?;
        self.lines.write_all(b"\n")
    }

    /// Ends it.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn finish(self) -> io::Result<Told> {
        Ok(Told { lines: self.lines.into_inner()?, counts: self.counts })
    }
}

impl Told {
    /// The lines from the first one on.
    fn rows(&self) -> io::Result<impl Iterator<Item = io::Result<Value>>> {
        let mut lines = &self.lines;
        lines.rewind()?;
        Ok(BufReader::new(lines).lines().map(|line| Ok(serde_json::from_str(&line?)?)))
    }
}

/// The report of a run as JSON, written row by row: what the run was, and a line for each row.
#[derive(Debug, Serialize)]
pub struct Report<'a> {
    format: &'static str,
    assessment: &'a str,
    version: &'a str,
    document: &'static str,
    draft: bool,
    issued: String,
    language: &'a str,
    beside: Option<&'a str>,
    complete: bool,
    counts: Counts,
    rows: Rows<'a>,
}

#[derive(Debug)]
struct Rows<'a>(&'a Told);

impl<'a> Report<'a> {
    /// The report of a run that has told these outcomes. `complete`: every row has one.
    pub fn new(desk: &Desk<'a>, told: &'a Told, complete: bool) -> Report<'a> {
        let Desk { assessment, kind, languages, issued, draft, .. } = *desk;
        let code = |language: Language| assessment.languages[language.position()].as_str();
        Report {
            format: "kompetenz-batch/2",
            assessment: &assessment.id,
            version: &assessment.version,
            document: kind.name(),
            draft,
            issued: issued.to_string(),
            language: code(languages.first),
            beside: languages.beside.map(code),
            complete,
            counts: told.counts,
            rows: Rows(told),
        }
    }
}

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut rows = serializer.serialize_seq(None)?;
        for row in self.0.rows().map_err(S::Error::custom)? {
            rows.serialize_element(&row.map_err(S::Error::custom)?)?;
        }
        rows.end()
    }
}

/// The outcomes as a table with a line for each row, in one language.
pub fn table<'a>(outcomes: impl IntoIterator<Item = &'a Outcome>, ui: Ui) -> Table {
    let headings = [
        words!("File", "Datei"),
        words!("Sheet", "Blatt"),
        words!("Row", "Zeile"),
        words!("Outcome", "Ergebnis"),
        words!("Number", "Nummer"),
        words!("Edition", "Ausgabe"),
        words!("Document", "Dokument"),
        words!("Corrects", "berichtigt"),
        words!("Code", "Code"),
        words!("Reason", "Grund"),
    ];
    let mut table = Table::new(headings.map(|heading| heading.get(ui).to_owned()));
    let number = |number: u32| Cell::Number(Exact::from(i64::from(number)));
    for outcome in outcomes {
        let source = outcome.origin.source();
        let made = outcome.fate.made();
        let corrects = match &outcome.fate {
            Fate::Corrected(_, before) => Some(before.as_str()),
            _ => None,
        };
        let (code, reason) = why(outcome, ui);
        table.push([
            Cell::text(&*source.file),
            Cell::maybe_text(source.sheet.as_deref()),
            outcome.row().map_or(Cell::Empty, number),
            Cell::text(status(&outcome.fate).get(ui)),
            Cell::maybe_text(made.map(|made| made.number.as_str())),
            made.map_or(Cell::Empty, |made| number(made.edition)),
            Cell::maybe_text(made.map(|made| made.file.to_string_lossy())),
            Cell::maybe_text(corrects),
            Cell::maybe_text(code),
            Cell::maybe_text(reason),
        ]);
    }
    table
}

fn status(fate: &Fate) -> Words {
    let en = fate.name();
    match fate {
        Fate::Issued(_) => words!("{en}", "ausgestellt"),
        Fate::Corrected(..) => words!("{en}", "berichtigt"),
        Fate::Same(_) => words!("{en}", "unverändert"),
        Fate::Skipped(..) => words!("{en}", "übergangen"),
        Fate::Refused(_) => words!("{en}", "abgelehnt"),
    }
}

/// Code and reason of a row that has no document; all its faults in one cell.
fn why(outcome: &Outcome, ui: Ui) -> (Option<String>, Option<String>) {
    if let Some((code, reason)) = outcome.fate.reason() {
        return (Some(code.to_owned()), Some(reason.get(ui).to_owned()));
    }
    let Fate::Refused(Refusal::Faults(faults)) = &outcome.fate else { return (None, None) };
    let line = |fault: &kompetenz::Fault| format!("{}: {}", fault.place().get(ui), fault.message.get(ui));
    let lines: Vec<_> = faults.iter().map(line).collect();
    (faults.first().map(|fault| fault.code.name().to_owned()), Some(lines.join("; ")))
}
