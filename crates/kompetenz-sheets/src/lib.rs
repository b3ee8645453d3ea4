//! Results files: bytes in, [`Entry`] values or [`Fault`]s out.
//!
//! [`read`] takes the bytes of a file and the [`Vocabulary`] of an assessment.
//! It opens no file and prints nothing, and its messages name a file, a row and a column, but never repeat a value,
//! because most values say something about a person.
//!
//! ```
//! use kompetenz::entry::Vocabulary;
//!
//! let vocabulary = Vocabulary { items: vec!["metal.saw-order".into()], ..Vocabulary::default() };
//! let file = "Kennung;Name;Beobachtung;metal.saw-order\r\n\
//!             P-0001;Elena-Ștefania Țurcanu;anna;3\r\n\
//!             P-0001;Elena-Ștefania Țurcanu;ben;2\r\n\
//!             P-0002;;anna;4\r\n";
//!
//! let reading = kompetenz_sheets::read(file.as_bytes(), "results.csv", &vocabulary).expect("the headings are good");
//! let first = reading.people[0].as_ref().expect("nothing is wrong with these rows");
//! assert_eq!((first.occasions.len(), first.ratings.len()), (2, 2));
//! let second = reading.people[1].as_ref().expect_err("the name is missing");
//! assert_eq!(second.faults[0].to_string(), "results.csv, row 4, column B: `Name` is empty [missing-value]");
//! ```
//!
//! What kind of file it is shows in its content, not in its name.
//!
//! # Tables
//!
//! A table has one row per participant, observer, situation and trial, in CSV as spreadsheets write it:
//! UTF-8 with or without a byte order mark, cells separated by `;`, `,` or tab, lines ended in any of the three ways.
//! The first row holds the headings, in any order; white space and capitals in them do not matter.
//!
//! | English | German | |
//! |---|---|---|
//! | `key` | `Kennung`, `Schlüssel` | required; what tells participants apart |
//! | `name` | `Name` | required |
//! | `observer` | `Beobachtung`, `Beobachter`, `Beobachterin` | required; `self` is the participant |
//! | `situation` | `Situation` | |
//! | `trial` | `Versuch`, `Durchgang` | a whole number from 1 on |
//! | `birth-date` | `Geburtsdatum` | `12.03.1990` or `1990-03-12` |
//! | `from`, `to` | `von`, `bis` | the first and the last day |
//! | `hours` | `Stunden` | a number |
//! | the path of an item | | a rating; an empty cell is none |
//! | the path of a fact | | for a flag `yes`, `no`, `ja`, `nein` and the like |
//! | `note`, and `.note` behind a path | `Notiz`, `.notiz` | a note about the whole, an item, a measure or a module |
//! | the path of a recommendation | | a decision: `confirmed`, `rejected: reason`, `edited: new text` |
//! | `decided-by` | `entschieden-von` | who settled or decided what stands in the row |
//! | `#` and anything | | not read |
//!
//! Decimals have a point or a comma.
//! The rows of one key make one [`Entry`], wherever they stand.
//! What they say about the person must agree, and an empty cell agrees with everything.
//! A row of the observer `resolution` (`Klärung`) settles disputes: its items and measures are the values that count,
//! and its note says why.
//! A fault in any of these rows rejects this participant and nobody else.
//!
//! Rows are counted as a spreadsheet counts them: the headings are row 1, an empty line is a row,
//! and a cell with line breaks in it does not begin a new one.
//!
//! Observers and situations whose names differ in capitals only are the same one.
//! A table has at most as many rows and columns as a spreadsheet, and a file is no larger than [`MAX_TABLE_BYTES`].
//!
//! # Forms
//!
//! A TOML file holds one participant and is written by hand:
//!
//! ```toml
//! assessment = "nordstadt"      # may be left out, and so may the version
//! version = "1.0.0"
//! key = "P-0001"
//! name = "Elena-Ștefania Țurcanu"
//! birth-date = 1990-03-12
//! from = 2026-11-09
//! to = 2026-11-20
//! hours = 60
//!
//! [facts]
//! metal.work-years = 6
//!
//! [observations."anna @ workshop"]
//! metal.saw-order = 3
//!
//! [notes."anna @ workshop"]
//! note = "Calm and exact."       # about the whole
//! metal.saw-order = "Laid the tools out first."
//!
//! [resolutions]
//! metal.saw-order = { value = 3, note = "Looked at together.", by = "kaya" }
//!
//! [[decision]]
//! recommendation = "recognition"
//! is = "confirmed"
//! ```
//!
//! Ratings and facts may be left out, as cells may be empty.
//! A text is read as a cell is, so that `hours = "7,5"` is a number.

mod draft;
mod form;
mod header;
mod occasions;
mod rows;
mod table;
mod value;
#[cfg_attr(not(test), expect(dead_code, reason = "wired by the reader next"))]
mod workbook;

use std::sync::Arc;

use kompetenz::entry::{Entry, Fault, FaultCode, Form, Origin, Spot, Vocabulary};
use kompetenz::{Words, words};

/// The largest file that is read as a table, in bytes.
pub const MAX_TABLE_BYTES: usize = 512 << 20;
/// The largest file that is read as a form, in bytes.
pub const MAX_FORM_BYTES: usize = 5 << 20;

/// What a file says.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The participants in the order of their first rows.
    pub people: Vec<Person>,
    /// What was assumed about the file and what was left out, for people who wonder.
    pub notes: Vec<Words>,
    /// What is well formed but may be a slip that changes results, for everybody.
    pub warnings: Vec<Words>,
}

/// The results of one participant, or what is wrong with them.
pub type Person = Result<Entry, Rejected>;

/// A participant whose rows cannot be used.
#[derive(Debug, Clone)]
pub struct Rejected {
    /// Where the participant begins.
    pub origin: Origin,
    /// The participant's key, if it could be read. For comparing only: it must stand in no message.
    pub key: Option<String>,
    /// Everything that is wrong, in the order of the file. Never empty.
    pub faults: Vec<Fault>,
}

/// Reads a results file. `file` is its name without the folder and stands in messages only.
///
/// # Errors
/// If the file as a whole cannot be read, everything that is wrong with it.
/// What is wrong with one participant is found in [`Reading::people`] and keeps nobody else from being read.
pub fn read(bytes: &[u8], file: &str, vocabulary: &Vocabulary) -> Result<Reading, Vec<Fault>> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut origin = Origin { file: Arc::from(file), form: Form::Table, row: 0 };
    let whole_file = |code, message| Fault::new(code, &origin, Spot::default(), message);

    if let Some((message, help)) = foreign(bytes) {
        return Err(vec![whole_file(FaultCode::Unreadable, message).help(help)]);
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(vec![whole_file(FaultCode::Empty, words!("the file is empty", "die Datei ist leer"))]);
    }
    let is_form = looks_like_form(bytes);
    let limit = if is_form { MAX_FORM_BYTES } else { MAX_TABLE_BYTES };
    if bytes.len() > limit {
        let megabytes = limit >> 20;
        let message =
            words!("the file is larger than {megabytes} MB", "die Datei ist größer als {megabytes} MB");
        return Err(vec![whole_file(FaultCode::TooLarge, message)]);
    }
    if is_form {
        origin.form = Form::Text;
        form::read(bytes, &origin, vocabulary)
    } else {
        table::read(bytes, &origin, vocabulary)
    }
}

/// How much of a file is looked at to see what it is.
const SNIFFED_BYTES: usize = 64 << 10;

/// What a file is that is no text in UTF-8, and what to do about it.
fn foreign(bytes: &[u8]) -> Option<(Words, Words)> {
    let head = &bytes[..bytes.len().min(SNIFFED_BYTES)];
    let message = if head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") {
        words!("the file is text in UTF-16, not in UTF-8", "die Datei ist Text in UTF-16, nicht in UTF-8")
    } else if head.starts_with(b"PK\x03\x04") || head.starts_with(b"\xD0\xCF\x11\xE0") {
        words!(
            "the file is a workbook, not a table of plain text",
            "die Datei ist eine Arbeitsmappe, keine Tabelle aus reinem Text"
        )
    } else if head.iter().filter(|byte| **byte == 0).nth(head.len() / 8).is_some() {
        // Every other byte in UTF-16 without its mark. A single one is the matter of its cell.
        words!("the file is not plain text in UTF-8", "die Datei ist kein reiner Text in UTF-8")
    } else {
        return None;
    };
    Some((message, save_as_utf8()))
}

/// How to get UTF-8 out of a spreadsheet.
fn save_as_utf8() -> Words {
    words!(
        "save it from Excel again: File, Save as, file type `CSV UTF-8 (Comma delimited)`",
        "aus Excel noch einmal speichern: Datei, Speichern unter, Dateityp `CSV UTF-8 (durch Trennzeichen getrennt)`"
    )
}

/// Whether a text is TOML: most of its first lines are assignments or headings of tables.
///
/// A majority decides, so that a slip in one line does not turn a form into a table with strange messages.
fn looks_like_form(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(SNIFFED_BYTES)];
    let lines = head.split(|byte| matches!(byte, b'\n' | b'\r')).map(<[u8]>::trim_ascii);
    let (mut seen, mut like_toml) = (0, 0);
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with(b"#")).take(20) {
        seen += 1;
        let is_assignment = line.iter().position(|&byte| byte == b'=').is_some_and(|equals| {
            let key = line[..equals].trim_ascii();
            let in_key = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_. \"'@#".contains(byte);
            !key.is_empty() && key.iter().all(in_key)
        });
        let is_heading = line.starts_with(b"[") && line.iter().all(|byte| !matches!(byte, b';' | b'\t'));
        like_toml += u32::from(is_assignment || is_heading);
        // What stands in a text of several lines says nothing about the file.
        if line.windows(3).any(|three| three == b"\"\"\"" || three == b"'''") {
            break;
        }
    }
    2 * like_toml > seen
}

/// For the benchmark only.
#[doc(hidden)]
pub mod bench {
    use crate::value::Written;
    use crate::workbook::{Rows as _, Workbook};

    /// Walks all cells of the first sheet of a workbook: how many rows it has, and how many bytes of text and digits.
    pub fn walk_workbook(bytes: &[u8]) -> Option<(u32, usize)> {
        let mut workbook = Workbook::open(bytes).ok()?;
        let mut rows = workbook.rows(0).ok()?;
        let (mut count, mut size) = (0, 0);
        while rows.next_row().ok()?.is_some() {
            count += 1;
            size += (0..rows.width())
                .map(|ix| match rows.cell(ix) {
                    Written::Text(text) | Written::Digits(text) => text.len(),
                    _ => 0,
                })
                .sum::<usize>();
        }
        Some((count, size))
    }
}
