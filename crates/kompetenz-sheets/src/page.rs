//! The text of a form, and where its lines begin.

use kompetenz::entry::{Fault, FaultCode, Source, Spot};
use kompetenz::words;
use toml::de::DeTable;

/// The longest line, in bytes. Counting the characters of a line takes time, and nobody writes such lines by hand.
/// The longest note has room in it, in any script.
const MAX_LINE_BYTES: usize = 25_000;
/// How many syntax errors are listed.
const MAX_FAULTS: usize = 100;

pub(crate) struct Page<'t> {
    pub(crate) source: &'t Source,
    /// Which of the sources it is.
    pub(crate) number: u32,
    pub(crate) text: &'t str,
    line_starts: Vec<usize>,
    /// How many lines stand before the text, if it is part of a larger one.
    pub(crate) lines_before: u32,
}

impl<'t> Page<'t> {
    /// A text with lines as people write them.
    pub(crate) fn new(text: &'t str, source: &'t Source, number: u32) -> Result<Page<'t>, Vec<Fault>> {
        let page = Page::of_any_width(text, source, number);
        let ends = page.line_starts.iter().skip(1).copied().chain([text.len()]);
        let long = page.line_starts.iter().zip(ends).position(|(start, end)| end - start > MAX_LINE_BYTES);
        if let Some(line) = long {
            let message =
                words!("the line is longer than any real one", "die Zeile ist länger als jede wirkliche");
            let spot = Spot { source: number, row: as_u32(line + 1), column: 0 };
            return Err(vec![Fault::at(FaultCode::TooLarge, source, spot, message)]);
        }
        Ok(page)
    }

    /// A text that a program may have written into a single line.
    pub(crate) fn of_any_width(text: &'t str, source: &'t Source, number: u32) -> Page<'t> {
        let ends = text.bytes().zip(1..).filter(|(byte, _)| *byte == b'\n').map(|(_, next)| next);
        let line_starts = [0].into_iter().chain(ends).collect();
        Page { source, number, text, line_starts, lines_before: 0 }
    }

    /// The table of a TOML text, or all its syntax errors.
    pub(crate) fn toml(&self) -> Result<DeTable<'t>, Vec<Fault>> {
        let (table, mut errors) = DeTable::parse_recoverable(self.text);
        if errors.is_empty() {
            return Ok(table.into_inner());
        }
        errors.sort_by_key(|error| error.span().map(|span| span.start));
        let faults = errors.iter().take(MAX_FAULTS).map(|error| {
            let spot = error.span().map_or(self.whole(), |span| self.spot(span.start));
            // These messages of the parser say what it expected, and never what it found.
            let message = error.message();
            let fault = Fault::at(
                FaultCode::Unreadable,
                self.source,
                spot,
                words!("not valid TOML: {message}", "kein gültiges TOML: {message}"),
            );
            match self.likely_slip(spot) {
                Some(help) => fault.help(help),
                None => fault,
            }
        });
        Err(faults.collect())
    }

    /// What people from offices write where TOML wants something else.
    fn likely_slip(&self, spot: Spot) -> Option<kompetenz::Words> {
        let line = self.text.lines().nth(usize::try_from(spot.row).ok()?.checked_sub(1)?)?;
        let value = line.split_once('=')?.1.trim();
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let parts = |separator| value.split(separator).map(str::trim).collect::<Vec<_>>();
        match (parts('.').as_slice(), parts(',').as_slice()) {
            ([day, month, year], _) if digits(day) && digits(month) && digits(year) => Some(words!(
                "write a date as `1990-03-12` or in quotation marks: `\"12.03.1990\"`",
                "ein Datum als `1990-03-12` oder in Anführungszeichen schreiben: `\"12.03.1990\"`"
            )),
            (_, [whole, fraction]) if digits(whole) && digits(fraction) => Some(words!(
                "write a decimal point, `7.5`, or put the number in quotation marks: `\"7,5\"`",
                "mit Dezimalpunkt schreiben, `7.5`, oder in Anführungszeichen: `\"7,5\"`"
            )),
            _ => None,
        }
    }

    /// The line and the character of a byte.
    pub(crate) fn spot(&self, at: usize) -> Spot {
        let start = self.text.floor_char_boundary(at.min(self.text.len()));
        let line = self.line_starts.partition_point(|&line_start| line_start <= start);
        let before = &self.text[self.line_starts[line - 1]..start];
        // Only a program writes such a line, and it needs no characters counted.
        let column = if before.len() > MAX_LINE_BYTES { before.len() } else { before.chars().count() };
        Spot {
            source: self.number,
            row: as_u32(line).saturating_add(self.lines_before),
            column: as_u32(column + 1),
        }
    }

    /// The first line as a whole.
    pub(crate) fn whole(&self) -> Spot {
        Spot { source: self.number, row: 1 + self.lines_before, column: 0 }
    }
}

/// Files are bounded, so nothing is ever cut off here.
fn as_u32(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
