//! The report for advisers: its data in, a PDF for the files of the office out.

use kompetenz::report::{FORMAT, LANGUAGES, ReportData};
use kompetenz::words;

use crate::check::{Date, Flaws};
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
    let mut flaws = Flaws::default();
    flaws.format(&data.format, FORMAT);
    let main_language = data.language.split('-').next().unwrap_or_default();
    let list = LANGUAGES.join(", ");
    flaws.expect(
        LANGUAGES.contains(&main_language),
        "language",
        words!("one of the languages of reports ({list})", "eine der Sprachen für Berichte ({list})"),
    );
    let day = flaws.issued(&data.issued.iso);
    flaws.color(&data.issuer.color, "issuer.color");
    flaws.texts([
        ("number", &data.number),
        ("title", &data.title),
        ("audience", &data.audience),
        ("participant.name", &data.participant.name),
    ]);
    for (m, module) in data.modules.iter().enumerate() {
        for (i, measure) in module.measures.iter().enumerate() {
            if let Some(level) = &measure.level {
                flaws.bar(level.bar, &format!("modules[{m}].measures[{i}].level.bar"));
            }
        }
        for (i, item) in module.items.iter().enumerate() {
            let count = module.columns.len();
            flaws.expect(
                item.ratings.len() == count,
                &format!("modules[{m}].items[{i}].ratings"),
                words!("one for each of the {count} column(s)", "eine für jede der {count} Spalte(n)"),
            );
        }
    }
    flaws.none_on(day)
}
