//! The cells of one row of ODS, and the text in them.

use super::super::decimal::{iso_day, push_number};
use super::super::package::Part;
use super::super::problems;
use super::super::row::{Cell, MAX_ROW_BYTES, Row};
use super::super::xml::{Step, value};
use crate::rows::{MAX_MERGED, Merged, Problem};
use crate::value::is_error;

/// What reading cells needs from one to the next.
#[derive(Default)]
pub(super) struct Reader {
    /// The text of the cell as people see it.
    shown: String,
    /// It has a paragraph, be it an empty one: the way to write that a formula gave an empty text.
    is_shown: bool,
    /// A piece of it whose white space is still that of the file.
    raw: String,
    /// Cells that reach into the rows below.
    pub(super) merged: Vec<Merged>,
}

/// What the attributes of a cell say about it.
#[derive(Default)]
struct Typed {
    kind: Kind,
    /// The number, day or flag; absent for most texts, which stand in the cell.
    value: Option<String>,
    is_computed: bool,
    is_error: bool,
    /// How many rows and columns it is shown in, if that is more than one.
    rows: u32,
    columns: u32,
}

/// The type of a value.
#[derive(Debug, Clone, Copy, Default)]
enum Kind {
    /// Nothing is said: a text, if there is any.
    #[default]
    Unsaid,
    Number,
    Date,
    Flag,
    Text,
    /// A time of day, a duration, or what nobody knows.
    Other,
}

impl Reader {
    /// Reads the cells of the row in which we are, and leaves it.
    pub(super) fn read_row(
        &mut self,
        xml: &mut Part<'_, '_>,
        row: &mut Row,
        number: u32,
    ) -> Result<(), Problem> {
        let mut column = 0_usize;
        while xml.child()? {
            if !matches!(xml.name(), "table-cell" | "covered-table-cell") {
                xml.skip()?;
                continue;
            }
            let place = u32::try_from(column.saturating_add(1)).unwrap_or(u32::MAX);
            let times = repeated(xml, "table:number-columns-repeated")
                .map_err(|problem| problem.at(number, place))?;
            let typed = Typed::read(xml)?;
            self.read_shown(xml)?;
            let cell = self.cell(&typed, row);
            if typed.rows > 1 && self.merged.len() < MAX_MERGED {
                let until = |first: u32, count: u32| (first, first.saturating_add(count.saturating_sub(1)));
                let (rows, columns) = (until(number, typed.rows), until(place, typed.columns));
                self.merged.push(Merged { rows, columns });
            }
            row.set(column, times as usize, cell).map_err(|problem| problem.at(number, place))?;
            column = column.saturating_add(times as usize);
        }
        Ok(())
    }

    /// What a cell holds.
    fn cell(&self, typed: &Typed, row: &mut Row) -> Cell {
        if typed.is_error || (typed.is_computed && is_error(&self.shown)) {
            return Cell::Error;
        }
        let value = typed.value.as_deref();
        match typed.kind {
            Kind::Number => {
                let mut is_number = false;
                let (start, end) = row.write_with(|out| {
                    is_number = value.is_some_and(|value| push_number(value.trim(), out));
                });
                if is_number { Cell::Digits { start, end } } else { Cell::Other }
            }
            Kind::Date => value.and_then(iso_day).map_or(Cell::Other, Cell::Date),
            Kind::Flag => match value {
                Some("true") => Cell::Flag(true),
                Some("false") => Cell::Flag(false),
                _ => Cell::Other,
            },
            Kind::Text => text(value.unwrap_or(&self.shown), row),
            Kind::Unsaid if typed.is_computed && !self.is_shown => Cell::Uncomputed,
            Kind::Unsaid => text(&self.shown, row),
            Kind::Other => Cell::Other,
        }
    }

    /// Reads the paragraphs of the cell in which we are, and leaves it. Comments, drawings and tables in it are not its text.
    fn read_shown(&mut self, xml: &mut Part<'_, '_>) -> Result<(), Problem> {
        self.shown.clear();
        self.is_shown = false;
        while xml.child()? {
            if xml.name() == "p" {
                if self.is_shown {
                    self.shown.push('\n');
                }
                self.is_shown = true;
                self.read_paragraph(xml)?;
            } else {
                xml.skip()?;
            }
        }
        Ok(())
    }

    /// Reads the paragraph in which we are, and leaves it.
    fn read_paragraph(&mut self, xml: &mut Part<'_, '_>) -> Result<(), Problem> {
        let mut open = 0_u32;
        self.raw.clear();
        // White space is one space, and at the beginning none. What is meant to be more is written as an element.
        let mut is_spaced = true;
        loop {
            match xml.step(Some(&mut self.raw))? {
                Step::Text => continue,
                step => {
                    is_spaced = push_collapsed(&self.raw, is_spaced, &mut self.shown);
                    self.raw.clear();
                    if step == Step::End {
                        if open == 0 {
                            return Ok(());
                        }
                        open -= 1;
                        continue;
                    }
                }
            }
            let sign = match xml.name() {
                "s" => ' ',
                "tab" => '\t',
                "line-break" => '\n',
                "annotation" | "note" | "ruby-text" | "frame" => {
                    xml.skip()?;
                    continue;
                }
                // A link, or letters that look different.
                _ => {
                    open += 1;
                    continue;
                }
            };
            let times = repeated(xml, "text:c")? as usize;
            if self.shown.len().saturating_add(times) > MAX_ROW_BYTES {
                return Err(problems::long_row());
            }
            self.shown.extend(std::iter::repeat_n(sign, times));
            is_spaced = false;
            xml.skip()?;
        }
    }
}

fn text(text: &str, row: &mut Row) -> Cell {
    if text.is_empty() {
        return Cell::Empty;
    }
    let (start, end) = row.write(text);
    Cell::Text { start, end }
}

impl Typed {
    fn read(xml: &Part<'_, '_>) -> Result<Typed, Problem> {
        let mut typed = Typed::default();
        for attribute in xml.attributes() {
            match attribute.key.as_ref() {
                "office:value-type" => typed.kind = Kind::of(&attribute.value),
                "office:value" | "office:date-value" | "office:boolean-value" | "office:string-value" => {
                    typed.value = Some(value(&attribute)?);
                }
                "calcext:value-type" => typed.is_error = attribute.value == "error",
                "table:formula" => typed.is_computed = true,
                "table:number-rows-spanned" => typed.rows = attribute.value.parse().unwrap_or_default(),
                "table:number-columns-spanned" => typed.columns = attribute.value.parse().unwrap_or_default(),
                _ => {}
            }
        }
        Ok(typed)
    }
}

impl Kind {
    fn of(word: &str) -> Kind {
        match word {
            "float" | "percentage" | "currency" => Kind::Number,
            "date" => Kind::Date,
            "boolean" => Kind::Flag,
            "string" => Kind::Text,
            _ => Kind::Other,
        }
    }
}

/// How often something is there: a number from 1 on, and 1 if nothing is said.
pub(super) fn repeated(xml: &Part<'_, '_>, attribute: &str) -> Result<u32, Problem> {
    match xml.attribute(attribute)? {
        None => Ok(1),
        Some(times) => match times.parse() {
            Ok(0) | Err(_) => Err(problems::beyond_limits()),
            Ok(times) => Ok(times),
        },
    }
}

/// Adds a text with each run of white space as one space, and none if there is one already.
fn push_collapsed(raw: &str, mut is_spaced: bool, out: &mut String) -> bool {
    for sign in raw.chars() {
        if matches!(sign, ' ' | '\t' | '\n' | '\r') {
            if !is_spaced {
                out.push(' ');
            }
            is_spaced = true;
        } else {
            out.push(sign);
            is_spaced = false;
        }
    }
    is_spaced
}
