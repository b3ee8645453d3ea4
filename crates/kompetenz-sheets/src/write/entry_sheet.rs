//! Entry sheets: made from a definition, filled in by assessors, read back by [`read`](crate::read()).
//!
//! The sheet is planned once ([`plan`], with what a cell [`accepts`] and the steps of its [`scales`]) and then written
//! as [`csv`] or as a workbook: [`instructions`], [`results`] with the [`rules`] of their cells, and [`hidden`] sheets.
//! All colours and sizes stand in [`look`].

mod accepts;
mod csv;
mod hidden;
mod instructions;
mod look;
mod plan;
mod results;
mod rules;
mod scales;

use jiff::civil::Date;
use kompetenz::assessment::{Assessment, Language};
use kompetenz::{Ui, Words};

use super::{MAX_ENTRY_ROWS, WriteError, workbook};
use plan::Plan;

/// The format of entry sheets, as it stands in each of them.
pub const FORMAT: &str = "kompetenz-sheet/1";

/// How many empty rows a sheet has if nobody says otherwise.
const BLANK_ROWS: usize = 30;

/// What an entry sheet should be like.
///
/// ```
/// use kompetenz_sheets::write::{EntrySheet, SheetFormat};
/// # let source = "id='a'\nversion='1'\nlanguage='de'\ntitle='A'\n[[scale]]\nid='s'\nvalues=[0,1]\n[[item]]\nid='i'\nscale='s'\ntitle='I'\n[[measure]]\nid='m'\ntitle='M'\nrule='mean'\nof=['i']\n";
/// # let assessment = kompetenz::check(&kompetenz::Sources::new("assessment.toml", source)).assessment.unwrap();
/// let sheet = EntrySheet { blank_rows: 12, format: SheetFormat::Csv, ..EntrySheet::new(assessment.main_language()) };
/// let csv = kompetenz_sheets::write::entry_sheet(&assessment, &sheet)?;
/// assert!(csv.starts_with("\u{feff}kompetenz-sheet/1 a 1 ".as_bytes()));
/// # Ok::<(), kompetenz_sheets::write::WriteError>(())
/// ```
#[derive(Debug, Clone)]
pub struct EntrySheet {
    /// The language of titles and steps.
    pub language: Language,
    /// The language of instructions and messages, if `language` is neither German nor English.
    pub ui: Ui,
    /// The ids of the modules to enter, in any order. `None`: all of them.
    /// The main file is the module with the id of the assessment; its facts are on every sheet.
    pub modules: Option<Vec<String>>,
    /// Who observes. It then stands in every row as soon as the row has a key or a name.
    pub observer: Option<String>,
    /// The participants, each with a row of their own.
    pub roster: Vec<Participant>,
    /// How many empty rows follow, 30 by default. CSV has none: there every row is there that is written.
    pub blank_rows: usize,
    /// The kind of file.
    pub format: SheetFormat,
}

impl EntrySheet {
    /// A workbook with all modules, nobody's name and 30 empty rows.
    pub fn new(language: Language) -> EntrySheet {
        EntrySheet {
            language,
            ui: Ui::default(),
            modules: None,
            observer: None,
            roster: Vec::new(),
            blank_rows: BLANK_ROWS,
            format: SheetFormat::Xlsx,
        }
    }
}

/// Somebody whose results are to be entered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Participant {
    /// What tells participants apart.
    pub key: String,
    /// The name as the participant writes it.
    pub name: String,
    /// The day of birth.
    pub birth_date: Option<Date>,
}

/// The kind of file of an entry sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetFormat {
    /// A workbook for Excel and its relatives.
    Xlsx,
    /// A table of plain text in the dialect of a German Excel.
    ///
    /// Its rows are: what the sheet is for (`kompetenz-sheet/1`, id, version and digest of the assessment, in one cell),
    /// the titles in words, each behind a `#` so that nobody takes them for headings, the headings that are read,
    /// and a row for each participant.
    Csv,
}

/// A sheet in which assessors enter what they observed.
///
/// The workbook has instructions and the steps of each scale in words on its first sheet, and on its second one a
/// row for each observation, with a list to choose from in every cell. The fourth row of that sheet is hidden and
/// holds the headings that are read; the first one says what the sheet is for.
///
/// The modules stand in the order of the definition, whatever order they were asked for in.
///
/// # Errors
/// If there is no such module, nothing to enter, or more than [`MAX_ENTRY_ROWS`] rows.
pub fn entry_sheet(assessment: &Assessment, sheet: &EntrySheet) -> Result<Vec<u8>, WriteError> {
    if sheet.roster.len().saturating_add(sheet.blank_rows) > MAX_ENTRY_ROWS {
        return Err(WriteError::TooLarge);
    }
    let plan = Plan::new(assessment, sheet)?;
    match sheet.format {
        SheetFormat::Csv => csv::write(&plan, &sheet.roster, sheet.observer.as_deref()),
        SheetFormat::Xlsx => {
            let mut book = workbook::new(&plan.title())?;
            instructions::write(book.add_worksheet(), &plan)?;
            results::write(book.add_worksheet(), &plan, sheet)?;
            hidden::write_lists(&mut book, &plan)?;
            hidden::write_about(book.add_worksheet(), &plan, sheet.observer.as_deref())?;
            Ok(book.save_to_buffer()?)
        }
    }
}

/// One wording of a message, to keep.
fn say(words: &Words, ui: Ui) -> String {
    words.get(ui).to_owned()
}
