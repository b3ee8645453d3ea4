//! The entry sheet as CSV: for programs, and for offices without a spreadsheet.

use super::Participant;
use super::plan::{Content, Plan};
use crate::write::guard::csv_text;
use crate::write::table::finish;
use crate::write::{Dialect, WriteError};

/// The rows are explained at [`SheetFormat::Csv`](super::SheetFormat::Csv).
pub(super) fn write(
    plan: &Plan<'_>,
    roster: &[Participant],
    observer: Option<&str>,
) -> Result<Vec<u8>, WriteError> {
    let dialect = Dialect::German;
    let mut writer = dialect.writer();
    writer.write_record([plan.marker()])?;
    writer.write_record(plan.columns().map(|column| csv_text(&format!("# {}", column.title))))?;
    writer.write_record(plan.columns().map(|column| &column.heading))?;
    for person in roster {
        writer.write_record(plan.columns().map(|column| match column.content {
            Content::Key => csv_text(&person.key),
            Content::Name => csv_text(&person.name),
            Content::BirthDate => person.birth_date.map(|day| dialect.date(day)).unwrap_or_default(),
            Content::Observer => observer.map(csv_text).unwrap_or_default(),
            Content::Occasion | Content::Note | Content::Fact | Content::Rating(_) => String::new(),
        }))?;
    }
    finish(writer)
}
