//! The rows of a CSV file, as a spreadsheet counts them.
//!
//! The `csv` crate takes the cells apart.
//! It is fed one row at a time, because three things are beyond it:
//! it skips empty lines without counting them, it reads a row of any length,
//! and it forgives a quotation mark that is never closed, which silently swallows the participants behind it.

use std::io;

use csv::StringRecord;
use kompetenz::entry::{Fault, FaultCode, Origin, Spot};
use kompetenz::{Words, words};

/// The longest row, in bytes. A hundred times what a row with a rating of everything needs.
const MAX_ROW_BYTES: usize = 1 << 20;
/// As many rows as a spreadsheet can have.
const MAX_ROWS: u32 = 1 << 20;

/// The rows of a table.
pub(crate) struct Rows<'b> {
    origin: &'b Origin,
    reader: csv::Reader<Feed<'b>>,
    record: StringRecord,
}

/// A row that holds something.
pub(crate) struct Row<'r> {
    /// Its number in a spreadsheet.
    pub(crate) number: u32,
    pub(crate) cells: &'r StringRecord,
}

impl<'b> Rows<'b> {
    pub(crate) fn new(bytes: &'b [u8], separator: u8, origin: &'b Origin) -> Rows<'b> {
        let feed =
            Feed { rest: bytes, separator, number: 0, row: b"", line_end_is_due: false, problem: None };
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .from_reader(feed);
        Rows { origin, reader, record: StringRecord::new() }
    }

    /// The next row that holds anything.
    ///
    /// # Errors
    /// What makes this row unreadable also puts the bounds of all later rows in doubt, so there is no going on.
    pub(crate) fn next_row(&mut self) -> Result<Option<Row<'_>>, Vec<Fault>> {
        loop {
            let read = self.reader.read_record(&mut self.record);
            let feed = self.reader.get_ref();
            let number = feed.number;
            let fault =
                |code, column, message| Fault::new(code, self.origin, Spot { row: number, column }, message);
            if let Some(problem) = feed.problem {
                let (code, message, help) = problem.words();
                return Err(vec![fault(code, 0, message).help(help)]);
            }
            match read {
                Ok(false) => return Ok(None),
                Ok(true) if number > MAX_ROWS => {
                    let message =
                        words!("there are more than {MAX_ROWS} rows", "es sind mehr als {MAX_ROWS} Zeilen");
                    return Err(vec![fault(FaultCode::TooLarge, 0, message)]);
                }
                Ok(true) if self.record.iter().all(|cell| cell.trim().is_empty()) => {}
                Ok(true) => break,
                Err(error) => {
                    let column = match error.kind() {
                        csv::ErrorKind::Utf8 { err, .. } => u32::try_from(err.field() + 1).unwrap_or(0),
                        _ => 0,
                    };
                    let message =
                        words!("the text is not in UTF-8", "der Text ist nicht in UTF-8 geschrieben");
                    return Err(vec![
                        fault(FaultCode::Unreadable, column, message).help(crate::save_as_utf8()),
                    ]);
                }
            }
        }
        Ok(Some(Row { number: self.reader.get_ref().number, cells: &self.record }))
    }
}

/// Hands the reader of the `csv` crate one row at a time, so that both are always at the same row.
struct Feed<'b> {
    rest: &'b [u8],
    separator: u8,
    /// The number of the row that is being handed over.
    number: u32,
    /// What is left of it.
    row: &'b [u8],
    line_end_is_due: bool,
    problem: Option<Problem>,
}

/// Why a row cannot be read.
#[derive(Debug, Clone, Copy)]
enum Problem {
    TooLong,
    NeverClosed,
    TextAfterQuote,
}

impl io::Read for Feed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if !self.line_end_is_due && !self.advance() {
            return Ok(0);
        }
        let mut count = self.row.len().min(buffer.len());
        buffer[..count].copy_from_slice(&self.row[..count]);
        self.row = &self.row[count..];
        if self.row.is_empty() && count < buffer.len() {
            buffer[count] = b'\n';
            count += 1;
            self.line_end_is_due = false;
        }
        Ok(count)
    }
}

impl Feed<'_> {
    /// Goes to the next row that is not an empty line. `false`: there is none, or it cannot be read.
    fn advance(&mut self) -> bool {
        loop {
            let empty_line = line_end(self.rest);
            if empty_line == 0 {
                break;
            }
            self.rest = &self.rest[empty_line..];
            self.number += 1;
        }
        if self.rest.is_empty() {
            return false;
        }
        self.number += 1;
        match end_of_row(self.rest, self.separator) {
            Ok(end) => {
                (self.row, self.rest) = self.rest.split_at(end);
                self.rest = &self.rest[line_end(self.rest)..];
                self.line_end_is_due = true;
                true
            }
            Err(problem) => {
                self.problem = Some(problem);
                self.rest = b"";
                false
            }
        }
    }
}

/// How many bytes the end of a line takes, if it is here.
fn line_end(bytes: &[u8]) -> usize {
    match bytes {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    }
}

/// Where the first row ends: at the first line end outside quotation marks.
fn end_of_row(bytes: &[u8], separator: u8) -> Result<usize, Problem> {
    let is_whole = bytes.len() <= MAX_ROW_BYTES;
    let bytes = &bytes[..bytes.len().min(MAX_ROW_BYTES)];
    let ends_cell = |byte: &u8| *byte == separator || matches!(byte, b'\r' | b'\n');
    let mut at = 0;
    loop {
        if bytes.get(at) == Some(&b'"') {
            at += 1;
            loop {
                match bytes[at..].iter().position(|byte| *byte == b'"') {
                    None if is_whole => return Err(Problem::NeverClosed),
                    None => return Err(Problem::TooLong),
                    Some(quote) => at += quote + 1,
                }
                // Two quotation marks stand for one in the text.
                if bytes.get(at) != Some(&b'"') {
                    break;
                }
                at += 1;
            }
            if bytes.get(at).is_some_and(|byte| !ends_cell(byte)) {
                return Err(Problem::TextAfterQuote);
            }
        } else {
            at += bytes[at..].iter().position(ends_cell).unwrap_or(bytes.len() - at);
        }
        match bytes.get(at) {
            Some(byte) if *byte == separator => at += 1,
            None if !is_whole => return Err(Problem::TooLong),
            _ => return Ok(at),
        }
    }
}

impl Problem {
    fn words(self) -> (FaultCode, Words, Words) {
        let close = words!(
            "a cell that begins with a quotation mark ends with one; inside it, each quotation mark is doubled",
            "eine Zelle, die mit einem Anführungszeichen beginnt, endet auch mit einem; darin wird jedes Anführungszeichen verdoppelt"
        );
        match self {
            Problem::TooLong => (
                FaultCode::TooLarge,
                words!("the row is longer than any real one", "die Zeile ist länger als jede wirkliche"),
                words!(
                    "perhaps a quotation mark in this row is never closed",
                    "vielleicht wird ein Anführungszeichen in dieser Zeile nie geschlossen"
                ),
            ),
            Problem::NeverClosed => (
                FaultCode::MalformedRow,
                words!(
                    "a quotation mark in this row is never closed",
                    "ein Anführungszeichen in dieser Zeile wird nie geschlossen"
                ),
                close,
            ),
            Problem::TextAfterQuote => (
                FaultCode::MalformedRow,
                words!(
                    "a cell of this row goes on behind its closing quotation mark",
                    "eine Zelle dieser Zeile geht hinter ihrem schließenden Anführungszeichen weiter"
                ),
                close,
            ),
        }
    }
}
