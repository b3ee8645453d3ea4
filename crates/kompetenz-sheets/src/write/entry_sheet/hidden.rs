//! The sheets that nobody looks at: the lists to choose from, and what the workbook is for.

use rust_xlsxwriter::{Workbook, Worksheet};

use super::FORMAT;
use super::accepts::list_name;
use super::plan::Plan;
use super::scales::Entry;
use crate::write::guard::cell_text;
use crate::write::{WriteError, workbook};

/// The sheet of the lists. Each has a column, with its name above.
const LISTS: &str = "lists";
/// The sheet that says what the workbook is for.
pub(super) const ABOUT: &str = "kompetenz";
/// The row of that sheet with the name of the observer, counted from 0.
pub(super) const OBSERVER_ROW: u32 = 6;

pub(super) fn write_lists(book: &mut Workbook, plan: &Plan<'_>) -> Result<(), WriteError> {
    let sheet = book.add_worksheet().set_name(LISTS)?;
    let mut names = Vec::new();
    for (list, number) in plan.lists.iter().zip(0_u16..) {
        sheet.write_string(0, number, &list.name)?;
        for (entry, row) in list.entries.iter().zip(1..) {
            match entry {
                Entry::Text(text) => sheet.write_string(row, number, cell_text(text))?,
                Entry::Number(value) => sheet.write_number(row, number, workbook::float(value))?,
            };
        }
        let column = kompetenz::entry::column_letters(u32::from(number) + 1);
        names.push(format!("={LISTS}!${column}$2:${column}${}", list.entries.len() + 1));
    }
    sheet.set_hidden(true);
    for (range, list) in names.iter().zip(0..) {
        book.define_name(list_name(list), range)?;
    }
    Ok(())
}

/// A table of two columns: what, and which.
pub(super) fn write_about(
    sheet: &mut Worksheet,
    plan: &Plan<'_>,
    observer: Option<&str>,
) -> Result<(), WriteError> {
    let assessment = plan.assessment;
    let modules: Vec<&str> = plan.modules.iter().map(|module| module.id.as_str()).collect();
    let modules = modules.join(" ");
    let observer = observer.map(cell_text);
    let mut rows = vec![
        ("format", FORMAT),
        ("assessment", &assessment.id),
        ("version", &assessment.version),
        ("digest", &assessment.digest),
        ("language", &assessment.languages[plan.language.position()]),
        ("modules", &modules),
    ];
    rows.extend(observer.as_deref().map(|name| ("observer", name)));
    sheet.set_name(ABOUT)?;
    for ((what, which), row) in rows.iter().zip(0..) {
        sheet.write_string(row, 0, *what)?;
        sheet.write_string(row, 1, cell_text(which))?;
    }
    sheet.set_very_hidden(true);
    Ok(())
}
