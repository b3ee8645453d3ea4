//! What every kind of table offers, however it is stored: its rows one after the other, or why there is no going on.

use kompetenz::Words;
use kompetenz::entry::FaultCode;

use crate::value::Written;

/// The rows of a table, as a spreadsheet counts them.
pub(crate) trait Rows {
    /// Goes to the next row that holds anything (rows that are empty or only white space are skipped): its number, from 1.
    fn next_row(&mut self) -> Result<Option<u32>, Problem>;
    /// How many cells the row has, up to the last one that is not empty.
    fn width(&self) -> usize;
    /// A cell; empty text beyond the width.
    fn cell(&self, ix: usize) -> Written<'_>;
}

/// Why a table cannot be read, or not further than here.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) code: FaultCode,
    /// The row as a spreadsheet counts it. 0: the whole table.
    pub(crate) row: u32,
    /// The column, from 1. 0: the whole row.
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
}
