//! What keeps assessors from slips: a check of each cell while they type, and colours for what is open or wrong.

use kompetenz::entry::column_letters;
use rust_xlsxwriter::{ConditionalFormatFormula, Format, Worksheet};

use super::look;
use super::plan::{Column, Content, Plan};
use super::results::{FIRST_ROW, number};
use crate::write::WriteError;

/// The cells to fill in, as the spreadsheet counts them.
pub(super) struct Area {
    pub(super) last_row: u32,
    /// The first column with ratings, and the last of all.
    pub(super) ratings: (u16, u16),
}

/// Some columns, the first and the last one included, that are looked at by the same rule.
type Run = (u16, u16);

/// Lists to choose from, and checks of what is typed.
pub(super) fn checks(
    sheet: &mut Worksheet,
    plan: &Plan<'_>,
    columns: &[&Column],
    area: &Area,
) -> Result<(), WriteError> {
    for (run, column) in runs(plan, columns)? {
        if let Some(check) = column.accepts.validation(plan, &first_cell(run.0))? {
            sheet.add_data_validation(FIRST_ROW, run.0, area.last_row, run.1, &check)?;
        }
    }
    Ok(())
}

/// What is still open, what is missing, and what cannot be read.
pub(super) fn colours(
    sheet: &mut Worksheet,
    plan: &Plan<'_>,
    columns: &[&Column],
    area: &Area,
) -> Result<(), WriteError> {
    let mut colour = |run: Run, formula: String, format: Format| -> Result<(), WriteError> {
        let rule =
            ConditionalFormatFormula::new().set_rule(format!("={formula}").as_str()).set_format(format);
        sheet.add_conditional_format(FIRST_ROW, run.0, area.last_row, run.1, &rule)?;
        Ok(())
    };
    for (run, column) in runs(plan, columns)? {
        if let Some(wrong) = column.accepts.wrong(&first_cell(run.0)) {
            colour(run, wrong, look::wrong())?;
        }
    }
    let row = FIRST_ROW + 1;
    let ratings = format!("${}{row}:${}{row}", letters(area.ratings.0), letters(area.ratings.1));
    for (column, at) in columns.iter().zip(0..) {
        if matches!(column.content, Content::Key | Content::Name | Content::Observer) {
            let cell = first_cell(at);
            colour((at, at), format!("AND({cell}=\"\",COUNTA({ratings})>0)"), look::needed())?;
        }
    }
    for (run, _) in joined(columns, |column| matches!(column.content, Content::Rating(_)).then_some(()))? {
        let cell = first_cell(run.0);
        colour(run, format!("AND({cell}=\"\",$A{row}&$B{row}<>\"\")"), look::open())?;
    }
    Ok(())
}

/// Neighbouring columns of one scale, each with the first of them. Other columns stand alone.
fn runs<'c>(plan: &Plan<'_>, columns: &[&'c Column]) -> Result<Vec<(Run, &'c Column)>, WriteError> {
    let mut runs = joined(columns, |column| match column.content {
        Content::Rating(item) => Some(plan.assessment.item(item).scale),
        _ => None,
    })?;
    for (column, at) in columns.iter().zip(0..) {
        if !matches!(column.content, Content::Rating(_)) {
            runs.push(((at, at), column));
        }
    }
    runs.sort_by_key(|(run, _)| *run);
    Ok(runs)
}

/// Neighbouring columns of the same kind. `None`: of no kind, and left out.
fn joined<'c, K: PartialEq>(
    columns: &[&'c Column],
    kind: impl Fn(&Column) -> Option<K>,
) -> Result<Vec<(Run, &'c Column)>, WriteError> {
    let mut runs = Vec::new();
    let mut at = 0;
    for same in columns.chunk_by(|a, b| kind(a) == kind(b)) {
        if kind(same[0]).is_some() {
            runs.push(((number(at)?, number(at + same.len() - 1)?), same[0]));
        }
        at += same.len();
    }
    Ok(runs)
}

/// A cell of the first row for data, for formulas that move along with the cell they are about.
fn first_cell(column: u16) -> String {
    format!("{}{}", letters(column), FIRST_ROW + 1)
}

fn letters(column: u16) -> String {
    column_letters(u32::from(column) + 1)
}
