//! Tables of every kind of file: rows of cells, one after the other.

use kompetenz::Words;
use kompetenz::entry::{Fault, FaultCode, Source, Spot};

use crate::value::Written;

/// A table that can be read from its beginning, more than once.
pub(crate) trait Table {
    /// Its rows.
    type Rows<'t>: Rows
    where
        Self: 't;

    /// Begins with the first row.
    fn rows(&mut self) -> Result<Self::Rows<'_>, Problem>;

    /// Whether plain numbers in the place of dates count from 1904 on and not, as usual, from 1900.
    fn is_1904(&self) -> bool {
        false
    }
}

/// The rows of a table, as a spreadsheet counts them.
pub(crate) trait Rows {
    /// Goes to the next row that holds anything: its number, counted from 1.
    ///
    /// # Errors
    /// What makes a row unreadable also puts the bounds of all later rows in doubt, so there is no going on.
    fn next_row(&mut self) -> Result<Option<u32>, Problem>;

    /// How many cells the row has. What is behind the last one that is not empty may be left out.
    fn width(&self) -> usize;

    /// A cell; an empty text beyond the width.
    fn cell(&self, ix: usize) -> Written<'_>;

    /// Cells that are shown as one across several rows, known when all rows are read.
    fn merged(&self) -> &[Merged] {
        &[]
    }
}

/// How many merged cells of a sheet are looked at.
pub(crate) const MAX_MERGED: usize = 1000;

/// Cells that a spreadsheet shows as one across several rows. Only the first row has their value.
///
/// All numbers count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Merged {
    pub(crate) rows: (u32, u32),
    pub(crate) columns: (u32, u32),
}

/// Why a file, or the rest of it, cannot be read.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) code: FaultCode,
    /// The row and the column, from 1 on; zero is the whole.
    pub(crate) row: u32,
    pub(crate) column: u32,
    pub(crate) message: Words,
    pub(crate) help: Option<Words>,
}

impl Problem {
    /// A problem of the whole table.
    pub(crate) fn new(code: FaultCode, message: Words, help: Option<Words>) -> Problem {
        Problem { code, row: 0, column: 0, message, help }
    }

    /// The same problem at a place, unless it has a more exact one already.
    pub(crate) fn at(mut self, row: u32, column: u32) -> Problem {
        if self.row == 0 {
            (self.row, self.column) = (row, column);
        }
        self
    }

    /// The fault it is in the source with this number.
    pub(crate) fn in_source(self, source: &Source, number: u32) -> Fault {
        let spot = Spot { source: number, row: self.row, column: self.column };
        let fault = Fault::at(self.code, source, spot, self.message);
        match self.help {
            Some(help) => fault.help(help),
            None => fault,
        }
    }
}
