//! A small neutral table, as CSV and as XLSX.

use std::borrow::Cow;

use jiff::civil::Date;
use kompetenz::Exact;
use kompetenz::raw::Half;
use rust_xlsxwriter::{Format, FormatBorder, Worksheet};

use super::guard::{cell_text, csv_text};
use super::{WriteError, workbook};

/// How many decimal places of a number are written.
const MAX_PLACES: u32 = 4;
/// How wide a column becomes at most, in pixels: about 60 letters.
const MAX_COLUMN_PIXELS: u32 = 430;
/// The years that Excel has dates for; it takes 1900 for a leap year, so that year is left out.
const EXCEL_YEARS: std::ops::RangeInclusive<i16> = 1901..=9999;

/// Headings, and rows with a cell for each of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    headings: Vec<String>,
    rows: Vec<Vec<Cell>>,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A text, whatever it looks like: never a number and never a formula.
    Text(String),
    /// A number. At most four decimal places are written, halves away from zero.
    Number(Exact),
    /// A day.
    Date(Date),
    /// Yes or no.
    Flag(bool),
}

impl Cell {
    /// A text.
    pub fn text(text: impl Into<String>) -> Cell {
        Cell::Text(text.into())
    }

    /// A text, or an empty cell.
    pub fn maybe_text(text: Option<impl Into<String>>) -> Cell {
        text.map_or(Cell::Empty, Cell::text)
    }
}

/// How a CSV file is written. Both are UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// As a German Excel reads it when the file is opened with a double click: `;` between cells, decimal comma,
    /// `02.11.2026`, `ja` and `nein`, a byte order mark, and lines ended as on Windows.
    German,
    /// As programs read it (RFC 4180 with bare line feeds): `,` between cells, decimal point, `2026-11-02`,
    /// `true` and `false`.
    Plain,
}

impl Dialect {
    /// A writer of rows, which may differ in length.
    pub(super) fn writer(self) -> csv::Writer<Vec<u8>> {
        let (separator, end, start) = match self {
            Dialect::German => (b';', csv::Terminator::CRLF, "\u{FEFF}"),
            Dialect::Plain => (b',', csv::Terminator::Any(b'\n'), ""),
        };
        csv::WriterBuilder::new()
            .delimiter(separator)
            .terminator(end)
            .flexible(true)
            .from_writer(start.as_bytes().to_vec())
    }

    fn cell(self, cell: &Cell) -> Cow<'_, str> {
        match cell {
            Cell::Empty => Cow::Borrowed(""),
            Cell::Text(text) => Cow::Owned(csv_text(text)),
            Cell::Number(number) => {
                let number = shortened(number).to_plain();
                Cow::Owned(if self == Dialect::German { number.replace('.', ",") } else { number })
            }
            Cell::Date(date) => Cow::Owned(self.date(*date)),
            Cell::Flag(flag) => Cow::Borrowed(match (self, flag) {
                (Dialect::German, true) => "ja",
                (Dialect::German, false) => "nein",
                (Dialect::Plain, true) => "true",
                (Dialect::Plain, false) => "false",
            }),
        }
    }

    /// A day.
    pub(super) fn date(self, date: Date) -> String {
        match self {
            Dialect::German => format!("{:02}.{:02}.{:04}", date.day(), date.month(), date.year()),
            Dialect::Plain => date.to_string(),
        }
    }
}

impl Table {
    /// A table with these headings and no rows.
    pub fn new<T: Into<String>>(headings: impl IntoIterator<Item = T>) -> Table {
        Table { headings: headings.into_iter().map(Into::into).collect(), rows: Vec::new() }
    }

    /// Adds a row. Cells that are missing at its end are empty; cells without a heading get an empty one.
    pub fn push(&mut self, row: impl IntoIterator<Item = Cell>) {
        let mut row: Vec<Cell> = row.into_iter().collect();
        let width = self.headings.len().max(row.len());
        self.headings.resize(width, String::new());
        row.resize(width, Cell::Empty);
        self.rows.push(row);
    }

    /// The headings.
    pub fn headings(&self) -> &[String] {
        &self.headings
    }

    /// The rows, in the order in which they were added.
    pub fn rows(&self) -> &[Vec<Cell>] {
        &self.rows
    }

    /// The table as CSV. Texts are [guarded](super::guarded).
    pub fn to_csv(&self, dialect: Dialect) -> Result<Vec<u8>, WriteError> {
        let mut writer = dialect.writer();
        writer.write_record(self.headings.iter().map(|heading| csv_text(heading)))?;
        for row in &self.rows {
            writer.write_record(row.iter().map(|cell| dialect.cell(cell)).map(Cow::into_owned))?;
        }
        finish(writer)
    }

    /// The table as a workbook with one sheet, named like the title, or what Excel lets stand of it.
    ///
    /// The headings stay in sight and have a filter each. Numbers are numbers, days are days, texts are texts.
    ///
    /// # Errors
    /// [`WriteError::TooLarge`] for more rows or columns than a sheet has.
    pub fn to_xlsx(&self, title: &str) -> Result<Vec<u8>, WriteError> {
        let mut workbook = workbook::new(title)?;
        let sheet = workbook.add_worksheet().set_name(workbook::sheet_name(title))?;
        let heading = Format::new().set_bold().set_border_bottom(FormatBorder::Thin);
        for (text, column) in self.headings.iter().zip(0..) {
            sheet.write_string_with_format(0, column, cell_text(text), &heading)?;
        }
        let formats = Formats { text: Format::new().set_num_format("@"), date: day_format() };
        for (row, number) in self.rows.iter().zip(1..) {
            for (cell, column) in row.iter().zip(0..) {
                write_cell(sheet, (number, column), cell, &formats)?;
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        if let Some(last) = self.headings.len().checked_sub(1) {
            let (rows, last) = (u32::try_from(self.rows.len()), u16::try_from(last));
            let (Ok(rows), Ok(last)) = (rows, last) else { return Err(WriteError::TooLarge) };
            sheet.autofilter(0, 0, rows, last)?;
        }
        sheet.set_autofit_max_width(MAX_COLUMN_PIXELS);
        sheet.autofit();
        Ok(workbook.save_to_buffer()?)
    }
}

struct Formats {
    text: Format,
    date: Format,
}

fn write_cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    formats: &Formats,
) -> Result<(), WriteError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => {
            sheet.write_string_with_format(row, column, cell_text(text), &formats.text)?;
        }
        Cell::Number(number) => {
            sheet.write_number(row, column, workbook::float(&shortened(number)))?;
        }
        Cell::Date(date) if has_excel_date(*date) => {
            sheet.write_datetime_with_format(row, column, *date, &formats.date)?;
        }
        Cell::Date(date) => {
            sheet.write_string_with_format(row, column, date.to_string(), &formats.text)?;
        }
        Cell::Flag(flag) => {
            sheet.write_boolean(row, column, *flag)?;
        }
    }
    Ok(())
}

/// The bytes that a writer has gathered.
pub(super) fn finish(writer: csv::Writer<Vec<u8>>) -> Result<Vec<u8>, WriteError> {
    writer.into_inner().map_err(|error| WriteError::Csv(error.into_error().into()))
}

/// Whether a workbook can keep a day as a day.
pub(super) fn has_excel_date(date: Date) -> bool {
    EXCEL_YEARS.contains(&date.year())
}

/// How days are shown in the table: the same in every country.
fn day_format() -> Format {
    Format::new().set_num_format("yyyy-mm-dd")
}

fn shortened(number: &Exact) -> Exact {
    number.rounded(MAX_PLACES, Half::Up)
}
