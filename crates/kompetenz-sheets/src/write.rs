//! What offices get from us: entry sheets to fill in, results for further work, and lists of faults to work through.
//!
//! | | for | as |
//! |---|---|---|
//! | [`entry_sheet`] | assessors who enter what they observed | XLSX with lists to choose from, or CSV |
//! | [`scores`] | people who reckon on with results | a [`Table`] |
//! | [`faults`] | assessors who put a file right | a [`Table`] |
//!
//! A [`Table`] becomes CSV in one of two [`Dialect`]s, or XLSX.
//! Everything here is a function of its arguments: the same ones give the same bytes, at any time.
//!
//! Texts come from people, so no spreadsheet may take one for a formula ([`guarded`]),
//! and no sign may stand in a cell that nobody sees.
//!
//! ```
//! use kompetenz_sheets::write::{Cell, Dialect, Table};
//!
//! let mut table = Table::new(["key", "note"]);
//! table.push([Cell::text("P-0001"), Cell::text("=2+3")]);
//! let csv = table.to_csv(Dialect::Plain).expect("a small table");
//! assert_eq!(String::from_utf8_lossy(&csv), "key,note\nP-0001,'=2+3\n");
//! ```

mod entry_sheet;
mod faults;
mod guard;
mod scores;
mod table;
mod workbook;

use kompetenz::{Words, words};
use rust_xlsxwriter::XlsxError;

pub use entry_sheet::{EntrySheet, FORMAT, Participant, SheetFormat, entry_sheet};
pub use faults::faults;
pub use guard::{guarded, unguarded};
pub use scores::scores;
pub use table::{Cell, Dialect, Table};

/// The most rows that an entry sheet has for people, those of the roster included.
///
/// Far more than an assessor fills in, and few enough for any office computer.
pub const MAX_ENTRY_ROWS: usize = 10_000;

/// Why something could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The assessment has no modules of these ids.
    #[error("{}", self.words().en)]
    UnknownModules(Vec<String>),
    /// The modules asked for have nothing that is observed.
    #[error("{}", self.words().en)]
    NothingToEnter,
    /// More rows than [`MAX_ENTRY_ROWS`], or more rows or columns than a spreadsheet has.
    #[error("{}", self.words().en)]
    TooLarge,
    /// The workbook could not be put together.
    #[error("{}", self.words().en)]
    Workbook(#[source] XlsxError),
    /// The CSV file could not be put together.
    #[error("{}", self.words().en)]
    Csv(#[from] csv::Error),
}

impl WriteError {
    /// What is wrong, for people. It repeats nothing of the content.
    pub fn words(&self) -> Words {
        match self {
            WriteError::UnknownModules(ids) => {
                let ids = ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
                words!("the assessment has no module {ids}", "die Feststellung hat kein Modul {ids}")
            }
            WriteError::NothingToEnter => {
                words!("nothing is observed in these modules", "in diesen Modulen wird nichts beobachtet")
            }
            WriteError::TooLarge => words!(
                "there are more rows or columns than fit into a sheet",
                "es sind mehr Zeilen oder Spalten, als in ein Blatt passen"
            ),
            WriteError::Workbook(_) => {
                words!("the workbook cannot be written", "die Arbeitsmappe lässt sich nicht schreiben")
            }
            WriteError::Csv(_) => {
                words!("the CSV file cannot be written", "die CSV-Datei lässt sich nicht schreiben")
            }
        }
    }
}

impl From<XlsxError> for WriteError {
    fn from(error: XlsxError) -> WriteError {
        match error {
            XlsxError::RowColumnLimitError => WriteError::TooLarge,
            error => WriteError::Workbook(error),
        }
    }
}
