//! Tables as plain text: cells separated by `;`, `,` or tab.
//!
//! The `csv` crate takes the cells apart.
//! It is fed one row at a time, because three things are beyond it:
//! it skips empty lines without counting them, it reads a row of any length,
//! and it forgives a quotation mark that is never closed, which silently swallows the participants behind it.

use std::io;

use csv::StringRecord;
use kompetenz::entry::FaultCode;
use kompetenz::{Words, words};
use memchr::{memchr, memchr2};

use crate::rows::{Problem, Rows, Table};
use crate::value::Written;
use crate::write::unguarded;

/// The longest row, in bytes. A hundred times what a row with a rating of everything needs.
const MAX_ROW_BYTES: usize = 1 << 20;
/// As many rows as a spreadsheet can have.
const MAX_ROWS: u32 = 1 << 20;

/// A table of plain text.
pub(crate) struct Delimited<'t> {
    text: &'t str,
    separator: u8,
}

impl<'t> Delimited<'t> {
    pub(crate) fn new(text: &'t str) -> Delimited<'t> {
        Delimited { text, separator: separator(text.as_bytes()) }
    }

    /// What stands between the cells, in words.
    pub(crate) fn kind(&self) -> Words {
        match self.separator {
            b';' => words!(
                "a table with semicolons between its cells",
                "eine Tabelle mit Semikolons zwischen den Zellen"
            ),
            b',' => {
                words!("a table with commas between its cells", "eine Tabelle mit Kommas zwischen den Zellen")
            }
            _ => words!(
                "a table with tabs between its cells",
                "eine Tabelle mit Tabulatoren zwischen den Zellen"
            ),
        }
    }
}

impl Table for Delimited<'_> {
    type Rows<'r>
        = DelimitedRows<'r>
    where
        Self: 'r;

    fn rows(&mut self) -> Result<DelimitedRows<'_>, Problem> {
        let feed = Feed {
            rest: self.text.as_bytes(),
            separator: self.separator,
            number: 0,
            row: b"",
            line_end_is_due: false,
            obstacle: None,
        };
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.separator)
            .from_reader(feed);
        Ok(DelimitedRows { reader, record: StringRecord::new() })
    }
}

/// Its rows.
pub(crate) struct DelimitedRows<'t> {
    reader: csv::Reader<Feed<'t>>,
    record: StringRecord,
}

impl Rows for DelimitedRows<'_> {
    fn next_row(&mut self) -> Result<Option<u32>, Problem> {
        loop {
            let read = self.reader.read_record(&mut self.record);
            let feed = self.reader.get_ref();
            let problem =
                |(code, message, help)| Problem { code, row: feed.number, column: 0, message, help };
            if let Some(obstacle) = feed.obstacle {
                return Err(problem(obstacle.words()));
            }
            match read {
                Ok(false) => return Ok(None),
                Ok(true) if feed.number > MAX_ROWS => {
                    let message =
                        words!("there are more than {MAX_ROWS} rows", "es sind mehr als {MAX_ROWS} Zeilen");
                    return Err(problem((FaultCode::TooLarge, message, None)));
                }
                Ok(true) if self.record.iter().all(|cell| cell.trim().is_empty()) => {}
                Ok(true) => return Ok(Some(feed.number)),
                // The text is decoded already, and nothing else can go wrong in memory.
                Err(_) => {
                    let message = words!(
                        "the row cannot be read as a table",
                        "die Zeile ist nicht als Tabelle zu lesen"
                    );
                    return Err(problem((FaultCode::Unreadable, message, None)));
                }
            }
        }
    }

    fn width(&self) -> usize {
        self.record.len()
    }

    fn cell(&self, ix: usize) -> Written<'_> {
        let text = self.record.get(ix).unwrap_or_default();
        // What we wrote ourselves may be guarded against being run as a formula; a single character never is.
        Written::Text(if text.len() > 1 { unguarded(text) } else { text })
    }
}

/// What stands between the cells: the candidate that parts one of the first lines into the most cells, outside
/// quotation marks. Titles above the headings may have none.
fn separator(bytes: &[u8]) -> u8 {
    let candidates = [b';', b'\t', b','];
    let (mut most, mut counts) = ([0; 3], [0; 3]);
    let (mut is_quoted, mut before) = (false, b' ');
    for (ix, &byte) in bytes.iter().enumerate().take(crate::SNIFFED_BYTES) {
        // Between digits it may be a decimal comma. The headings have enough others.
        let is_decimal =
            byte == b',' && before.is_ascii_digit() && bytes.get(ix + 1).is_some_and(u8::is_ascii_digit);
        match byte {
            b'"' => is_quoted = !is_quoted,
            _ if is_quoted || is_decimal => {}
            b'\r' | b'\n' => counts = [0; 3],
            _ => {
                if let Some(ix) = candidates.iter().position(|candidate| *candidate == byte) {
                    counts[ix] += 1;
                    most[ix] = most[ix].max(counts[ix]);
                }
            }
        }
        before = byte;
    }
    // Of equals the last one wins, so the first candidate must come last.
    let best = (0..3).rev().max_by_key(|ix| most[*ix]).unwrap_or_default();
    candidates[best]
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
    obstacle: Option<Obstacle>,
}

/// Why a row cannot be read.
#[derive(Debug, Clone, Copy)]
enum Obstacle {
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
            Err(obstacle) => {
                self.obstacle = Some(obstacle);
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
fn end_of_row(bytes: &[u8], separator: u8) -> Result<usize, Obstacle> {
    let is_whole = bytes.len() <= MAX_ROW_BYTES;
    let bytes = &bytes[..bytes.len().min(MAX_ROW_BYTES)];
    // Most rows have no quotation marks, and end where the line does.
    let line = memchr2(b'\r', b'\n', bytes).unwrap_or(bytes.len());
    if (line < bytes.len() || is_whole) && memchr(b'"', &bytes[..line]).is_none() {
        return Ok(line);
    }
    let ends_cell = |byte: &u8| *byte == separator || matches!(byte, b'\r' | b'\n');
    let mut at = 0;
    loop {
        if bytes.get(at) == Some(&b'"') {
            at += 1;
            loop {
                match bytes[at..].iter().position(|byte| *byte == b'"') {
                    None if is_whole => return Err(Obstacle::NeverClosed),
                    None => return Err(Obstacle::TooLong),
                    Some(quote) => at += quote + 1,
                }
                // Two quotation marks stand for one in the text.
                if bytes.get(at) != Some(&b'"') {
                    break;
                }
                at += 1;
            }
            if bytes.get(at).is_some_and(|byte| !ends_cell(byte)) {
                return Err(Obstacle::TextAfterQuote);
            }
        } else {
            at += bytes[at..].iter().position(ends_cell).unwrap_or(bytes.len() - at);
        }
        match bytes.get(at) {
            Some(byte) if *byte == separator => at += 1,
            None if !is_whole => return Err(Obstacle::TooLong),
            _ => return Ok(at),
        }
    }
}

impl Obstacle {
    fn words(self) -> (FaultCode, Words, Option<Words>) {
        let close = words!(
            "a cell that begins with a quotation mark ends with one; inside it, each quotation mark is doubled",
            "eine Zelle, die mit einem Anführungszeichen beginnt, endet auch mit einem; darin wird jedes Anführungszeichen verdoppelt"
        );
        match self {
            Obstacle::TooLong => (
                FaultCode::TooLarge,
                words!("the row is longer than any real one", "die Zeile ist länger als jede wirkliche"),
                Some(words!(
                    "perhaps a quotation mark in this row is never closed",
                    "vielleicht wird ein Anführungszeichen in dieser Zeile nie geschlossen"
                )),
            ),
            Obstacle::NeverClosed => (
                FaultCode::MalformedRow,
                words!(
                    "a quotation mark in this row is never closed",
                    "ein Anführungszeichen in dieser Zeile wird nie geschlossen"
                ),
                Some(close),
            ),
            Obstacle::TextAfterQuote => (
                FaultCode::MalformedRow,
                words!(
                    "a cell of this row goes on behind its closing quotation mark",
                    "eine Zelle dieser Zeile geht hinter ihrem schließenden Anführungszeichen weiter"
                ),
                Some(close),
            ),
        }
    }
}
