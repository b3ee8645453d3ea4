//! The report for advisers: its data in, a PDF for the files of the office out.

use kompetenz::report::{FORMAT, LANGUAGES, ReportData};
use kompetenz::words;

use crate::check::{Date, is_color, parse_date};
use crate::studio::REPORT;
use crate::{Files, Format, InvalidField, RenderError, Studio};

impl Studio {
    /// Makes one report (A4), with its data attached where the standard allows it.
    ///
    /// The same data gives the same bytes. There is no logo on it: nobody outside the office should take it for a
    /// document that was issued.
    ///
    /// # Errors
    ///
    /// As [`Studio::certificate`].
    ///
    /// # Panics
    ///
    /// Never: any report can be written as JSON.
    ///
    /// # Example
    ///
    /// ```
    /// use kompetenz::report::ReportData;
    /// use kompetenz_render::{Format, Pictures, Studio, Template};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let json = include_str!("../../../fixtures/reports/short.json");
    /// let data: ReportData = serde_json::from_str(json)?;
    /// let studio = Studio::new(&Template::certificate(), Pictures::default())?;
    /// let files = studio.report(&data, &Format::default())?;
    /// assert!(files[0].starts_with(b"%PDF-1.7"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn report(&self, data: &ReportData, format: &Format) -> Result<Files, RenderError> {
        let day = check(data).map_err(RenderError::Invalid)?;
        let value = serde_json::to_value(data).expect("texts and numbers can be written as JSON");
        self.print_data(REPORT, value, day, data.number.clone(), format)
    }
}

/// Whatever the engine or the template would stumble over, before they see it; or else the day of the report.
fn check(data: &ReportData) -> Result<Date, Vec<InvalidField>> {
    let mut invalid = Vec::new();
    let mut expect = |holds: bool, field: &str, expected| {
        if !holds {
            invalid.push(InvalidField { field: field.into(), expected });
        }
    };
    let day = parse_date(&data.issued.iso);
    let main_language = data.language.split('-').next().unwrap_or_default();
    let list = LANGUAGES.join(", ");
    expect(data.format == FORMAT, "format", words!("{FORMAT}", "{FORMAT}"));
    expect(
        LANGUAGES.contains(&main_language),
        "language",
        words!("one of the languages of reports ({list})", "eine der Sprachen für Berichte ({list})"),
    );
    expect(day.is_some(), "issued.iso", words!("a day such as `2026-11-22`", "ein Tag wie `2026-11-22`"));
    expect(
        is_color(&data.issuer.color),
        "issuer.color",
        words!("a colour such as `#0b5a70`", "eine Farbe wie `#0b5a70`"),
    );
    for (field, text) in [
        ("number", &data.number),
        ("title", &data.title),
        ("audience", &data.audience),
        ("participant.name", &data.participant.name),
    ] {
        expect(!text.trim().is_empty(), field, words!("a text", "ein Text"));
    }
    for (m, module) in data.modules.iter().enumerate() {
        for (i, measure) in module.measures.iter().enumerate() {
            let bar = measure.level.as_ref().is_none_or(|level| (1..=4).contains(&level.bar));
            expect(bar, &format!("modules[{m}].measures[{i}].level.bar"), words!("1 to 4", "1 bis 4"));
        }
        for (i, item) in module.items.iter().enumerate() {
            let count = module.columns.len();
            expect(
                item.ratings.len() == count,
                &format!("modules[{m}].items[{i}].ratings"),
                words!("one for each of the {count} column(s)", "eine für jede der {count} Spalte(n)"),
            );
        }
    }
    match day {
        Some(day) if invalid.is_empty() => Ok(day),
        _ => Err(invalid),
    }
}
