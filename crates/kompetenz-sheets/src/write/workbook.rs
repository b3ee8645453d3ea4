//! What all workbooks have in common: bytes that depend on nothing but their content, and safe texts.

use kompetenz::Exact;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

use super::WriteError;
use super::guard::cell_text;

/// The longest name of a sheet, in characters.
const MAX_SHEET_NAME: usize = 31;

/// A workbook without sheets.
pub(super) fn new(title: &str) -> Result<Workbook, WriteError> {
    let mut workbook = Workbook::new();
    // The clock would give other bytes every second, so all workbooks are made on one day.
    let made = ExcelDateTime::from_ymd(2026, 1, 1)?;
    workbook.set_properties(
        &DocProperties::new()
            .set_title(cell_text(title))
            .set_author("kompetenz")
            .set_creation_datetime(&made),
    );
    Ok(workbook)
}

/// A text as the name of a sheet: without the signs that Excel forbids there, and not too long.
pub(super) fn sheet_name(text: &str) -> String {
    let is_forbidden = |c: char| c.is_control() || r"[]:*?/\'".contains(c);
    let name: String = text.chars().filter(|c| !is_forbidden(*c)).take(MAX_SHEET_NAME).collect();
    let name = name.trim();
    if name.is_empty() { "1".to_owned() } else { name.to_owned() }
}

/// A number as workbooks keep it: the float nearest to its first 12 decimal places.
pub(super) fn float(number: &Exact) -> f64 {
    // The places of an exact number are digits and a point, which always are a float.
    number.to_places(12).parse().unwrap_or_default()
}
