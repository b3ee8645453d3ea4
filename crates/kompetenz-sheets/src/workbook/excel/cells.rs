//! The rows of one sheet of XLSX.
//!
//! ```xml
//! <row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" s="1"><f>SUM(D2:F2)</f><v>3.5</v></c></row>
//! ```
//!
//! `r` is the place and may be left out, `t` the type of the value, `s` the style.

use super::super::decimal::{Epoch, day, iso_day, push_number};
use super::super::package::Part;
use super::super::problems;
use super::super::row::{Cell, MAX_COLUMNS, MAX_ROWS, Row};
use super::strings::{Strings, push_unescaped, read_text};
use super::styles::{Format, Styles};
use crate::rows::{MAX_MERGED, Merged, Problem};

pub(in super::super) struct Sheet<'w, 'b> {
    /// Absent when the sheet is read to its end.
    xml: Option<Part<'w, 'b>>,
    strings: &'w Strings,
    styles: &'w Styles,
    epoch: Epoch,
    /// The number of the row that was read last, from 1.
    number: u32,
    pub(in super::super) row: Row,
    /// They stand behind the rows.
    pub(in super::super) merged: Vec<Merged>,
    value: Value,
}

/// What stands in a cell, until its type says what it means.
#[derive(Default)]
struct Value {
    /// In `v`, or the text in `is`.
    text: String,
    is_there: bool,
    is_computed: bool,
    scratch: String,
}

/// The type of a value.
#[derive(Debug, Clone, Copy, Default)]
enum Type {
    #[default]
    Number,
    /// The number of a shared text.
    Shared,
    /// The text that a formula gave.
    Text,
    /// A text that stands in the cell.
    Inline,
    Flag,
    Error,
    IsoDate,
    Unknown,
}

impl<'w, 'b> Sheet<'w, 'b> {
    pub(super) fn new(
        mut xml: Part<'w, 'b>,
        strings: &'w Strings,
        styles: &'w Styles,
        epoch: Epoch,
    ) -> Result<Sheet<'w, 'b>, Problem> {
        if !xml.child()? || xml.name() != "worksheet" {
            return Err(problems::damaged_part());
        }
        let xml = loop {
            if !xml.child()? {
                xml.finish()?;
                break None;
            }
            if xml.name() == "sheetData" {
                break Some(xml);
            }
            xml.skip()?;
        };
        let (row, merged, value) = (Row::default(), Vec::new(), Value::default());
        Ok(Sheet { xml, strings, styles, epoch, number: 0, row, merged, value })
    }

    pub(in super::super) fn next_row(&mut self) -> Result<Option<u32>, Problem> {
        let Some(mut xml) = self.xml.take() else { return Ok(None) };
        let end = loop {
            match self.read_row(&mut xml) {
                Ok(true) if self.row.finish() => break Some(self.number),
                Ok(true) => {}
                Ok(false) => break None,
                // Behind a row that cannot be read nothing is certain, so there is no going on.
                Err(problem) => return Err(problem.at(self.number, 0)),
            }
        };
        if end.is_some() {
            self.xml = Some(xml);
        } else {
            self.row.clear();
        }
        Ok(end)
    }

    /// Reads the next row, whatever is in it. `false`: there is none.
    fn read_row(&mut self, xml: &mut Part<'_, '_>) -> Result<bool, Problem> {
        self.row.clear();
        loop {
            if !xml.child()? {
                self.read_merged(xml)?;
                xml.finish()?;
                return Ok(false);
            }
            if xml.name() == "row" {
                break;
            }
            xml.skip()?;
        }
        let place = xml.attributes().find(|attribute| attribute.key.as_ref() == "r");
        let number = match place {
            Some(number) => number.value.parse().map_err(|_| problems::beyond_limits())?,
            None => self.number + 1,
        };
        if number <= self.number {
            return Err(problems::out_of_order());
        }
        if number > MAX_ROWS {
            return Err(problems::beyond_limits());
        }
        self.number = number;
        // Where a cell without a place is: behind the one before it.
        let mut next = 0;
        while xml.child()? {
            if xml.name() == "c" {
                let column = self.read_cell(xml, next)?;
                next = column + 1;
            } else {
                xml.skip()?;
            }
        }
        Ok(true)
    }

    /// Reads which cells are merged: `<mergeCells><mergeCell ref="D2:D3"/></mergeCells>`.
    fn read_merged(&mut self, xml: &mut Part<'_, '_>) -> Result<(), Problem> {
        while xml.child()? {
            if xml.name() != "mergeCells" {
                xml.skip()?;
                continue;
            }
            while xml.child()? {
                if let Some(place) = xml.attribute("ref")?
                    && self.merged.len() < MAX_MERGED
                {
                    self.merged.extend(merged(&place));
                }
                xml.skip()?;
            }
        }
        Ok(())
    }

    /// Reads a cell, and says in which column it is.
    fn read_cell(&mut self, xml: &mut Part<'_, '_>, next: usize) -> Result<usize, Problem> {
        let (mut column, mut style, mut kind) = (next, 0, Type::default());
        for attribute in xml.attributes() {
            match attribute.key.as_ref() {
                "r" => column = self.column(&attribute.value)?,
                "s" => style = attribute.value.parse().unwrap_or_default(),
                "t" => kind = Type::of(&attribute.value),
                _ => {}
            }
        }
        if column < next {
            return Err(problems::out_of_order().at(self.number, as_place(column)));
        }
        self.value.read(xml)?;
        let cell = self.cell(kind, style).map_err(|problem| problem.at(self.number, as_place(column)))?;
        self.row.set(column, 1, cell).map_err(|problem| problem.at(self.number, as_place(column)))?;
        Ok(column)
    }

    /// The column of a place such as `AB12`, from 0.
    fn column(&self, place: &str) -> Result<usize, Problem> {
        let (column, number) = split_place(place).ok_or_else(problems::beyond_limits)?;
        // A plus would be taken for a part of the number.
        if !number.starts_with(|first: char| first.is_ascii_digit()) {
            return Err(problems::beyond_limits());
        }
        match number.parse::<u32>() {
            Ok(number) if self.number == number => Ok(column - 1),
            Ok(_) => Err(problems::out_of_order()),
            Err(_) => Err(problems::beyond_limits()),
        }
    }

    /// What the value means.
    fn cell(&mut self, kind: Type, style: usize) -> Result<Cell, Problem> {
        let Sheet { value, row, .. } = self;
        // An empty text is a value; of all other types, nothing is no value.
        let is_text = matches!(kind, Type::Text | Type::Inline);
        if !value.is_there || (value.text.is_empty() && !is_text) {
            return Ok(if value.is_computed { Cell::Uncomputed } else { Cell::Empty });
        }
        let text = value.text.as_str();
        Ok(match kind {
            Type::Shared => {
                let ix = text.trim().parse().map_err(|_| problems::damaged_part())?;
                let text = self.strings.get(ix).ok_or_else(problems::damaged_part)?;
                let (start, end) = row.write(text);
                Cell::Text { start, end }
            }
            Type::Text => {
                let (start, end) = row.write_with(|out| push_unescaped(text, out));
                Cell::Text { start, end }
            }
            Type::Inline => {
                let (start, end) = row.write(text);
                Cell::Text { start, end }
            }
            Type::Flag => match text.trim() {
                "1" | "true" => Cell::Flag(true),
                "0" | "false" => Cell::Flag(false),
                _ => Cell::Other,
            },
            Type::Error => Cell::Error,
            Type::IsoDate => iso_day(text.trim()).map_or(Cell::Other, Cell::Date),
            Type::Unknown => Cell::Other,
            Type::Number => match self.styles.get(style) {
                Format::Time => Cell::Other,
                Format::Number => {
                    let mut is_number = false;
                    let (start, end) = row.write_with(|out| is_number = push_number(text.trim(), out));
                    if is_number { Cell::Digits { start, end } } else { Cell::Other }
                }
                Format::Date => {
                    value.scratch.clear();
                    let is_number = push_number(text.trim(), &mut value.scratch);
                    let date = if is_number { day(&value.scratch, self.epoch) } else { None };
                    date.map_or(Cell::Other, Cell::Date)
                }
            },
        })
    }
}

/// The column of a place such as `AB12`, from 1, and what stands behind its letters.
fn split_place(place: &str) -> Option<(usize, &str)> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, number) = place.split_at(letters);
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let digit = |letter: u8| usize::from(letter.to_ascii_uppercase() - b'A') + 1;
    let column = letters.bytes().fold(0, |column, letter| column * 26 + digit(letter));
    (column <= MAX_COLUMNS).then_some((column, number))
}

/// The cells of `D2:D3`, if they are in several rows. What is no such place is no harm.
fn merged(place: &str) -> Option<Merged> {
    let (first, last) = place.split_once(':')?;
    let corner = |place| {
        let (column, number) = split_place(place)?;
        Some((u32::try_from(column).ok()?, number.parse::<u32>().ok()?))
    };
    let ((left, top), (right, bottom)) = (corner(first)?, corner(last)?);
    (top < bottom).then_some(Merged { rows: (top, bottom), columns: (left, right) })
}

/// A column from 0 as one from 1.
fn as_place(column: usize) -> u32 {
    u32::try_from(column + 1).unwrap_or_default()
}

impl Value {
    /// Reads what stands in the cell in which we are, and leaves it.
    fn read(&mut self, xml: &mut Part<'_, '_>) -> Result<(), Problem> {
        self.text.clear();
        (self.is_there, self.is_computed) = (false, false);
        while xml.child()? {
            match xml.name() {
                "v" => {
                    self.is_there = true;
                    xml.text(&mut self.text)?;
                }
                "is" => {
                    self.is_there = true;
                    // Some writers repeat the text in `v`.
                    self.text.clear();
                    read_text(xml, &mut self.scratch, &mut self.text)?;
                }
                "f" => {
                    self.is_computed = true;
                    xml.skip()?;
                }
                _ => xml.skip()?,
            }
        }
        Ok(())
    }
}

impl Type {
    fn of(word: &str) -> Type {
        match word {
            "n" => Type::Number,
            "s" => Type::Shared,
            "str" => Type::Text,
            "inlineStr" => Type::Inline,
            "b" => Type::Flag,
            "e" => Type::Error,
            "d" => Type::IsoDate,
            _ => Type::Unknown,
        }
    }
}
