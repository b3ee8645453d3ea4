//! One row in memory. It is filled again and again, so that reading a sheet takes the memory of its longest row.

use jiff::civil::Date;

use super::problems;
use crate::rows::Problem;
use crate::value::Written;

/// As many rows as a spreadsheet can have.
pub(super) const MAX_ROWS: u32 = 1 << 20;
/// As many columns as a spreadsheet can have.
pub(super) const MAX_COLUMNS: usize = 1 << 14;
/// All texts of a row together, in bytes. A row of 16,384 cells with the longest numbers has room.
pub(super) const MAX_ROW_BYTES: usize = 16 << 20;

#[derive(Debug, Default)]
pub(super) struct Row {
    /// The texts of all cells one after the other.
    text: String,
    cells: Vec<Cell>,
}

/// What a cell holds. The bounds of a text are those in [`Row::text`].
#[derive(Debug, Clone, Copy)]
pub(super) enum Cell {
    Empty,
    Text {
        start: u32,
        end: u32,
    },
    Digits {
        start: u32,
        end: u32,
    },
    Flag(bool),
    Date(Date),
    /// An error value such as `#DIV/0!`.
    Error,
    /// A formula without its value.
    Uncomputed,
    /// A time of day, a duration, or what nobody knows.
    Other,
}

impl Row {
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.cells.clear();
    }

    /// Writes the text of a cell, of which [`set`](Row::set) is told the bounds.
    pub(super) fn write(&mut self, text: &str) -> (u32, u32) {
        self.write_with(|out| out.push_str(text))
    }

    pub(super) fn write_with(&mut self, write: impl FnOnce(&mut String)) -> (u32, u32) {
        let start = self.text.len();
        write(&mut self.text);
        // Both fit: `set` refuses a row long before it has four gigabytes.
        let bound = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        (bound(start), bound(self.text.len()))
    }

    /// Sets `count` neighbouring cells from `column` on, which counts from 0.
    ///
    /// # Errors
    /// If there is such a cell already or one behind it, or no spreadsheet has so many.
    pub(super) fn set(&mut self, column: usize, count: usize, cell: Cell) -> Result<(), Problem> {
        if column < self.cells.len() {
            return Err(problems::out_of_order());
        }
        if matches!(cell, Cell::Empty) {
            return Ok(());
        }
        let end = column.saturating_add(count);
        if end > MAX_COLUMNS {
            return Err(problems::beyond_limits());
        }
        if self.text.len() > MAX_ROW_BYTES {
            return Err(problems::long_row());
        }
        self.cells.resize(column, Cell::Empty);
        self.cells.resize(end, cell);
        Ok(())
    }

    /// Drops what is empty at the end. Whether anything is left.
    pub(super) fn finish(&mut self) -> bool {
        let blank = self.cells.iter().rev().take_while(|cell| self.written(**cell).is_empty()).count();
        self.cells.truncate(self.cells.len() - blank);
        !self.cells.is_empty()
    }

    pub(super) fn width(&self) -> usize {
        self.cells.len()
    }

    pub(super) fn cell(&self, ix: usize) -> Written<'_> {
        self.cells.get(ix).map_or(Written::Text(""), |cell| self.written(*cell))
    }

    fn written(&self, cell: Cell) -> Written<'_> {
        let text = |start: u32, end: u32| self.text.get(start as usize..end as usize).unwrap_or_default();
        match cell {
            Cell::Empty => Written::Text(""),
            Cell::Text { start, end } => Written::Text(text(start, end)),
            Cell::Digits { start, end } => Written::Digits(text(start, end)),
            Cell::Flag(flag) => Written::Flag(flag),
            Cell::Date(date) => Written::Date(date),
            Cell::Error => Written::Error,
            Cell::Uncomputed => Written::Uncomputed,
            Cell::Other => Written::Other,
        }
    }
}
