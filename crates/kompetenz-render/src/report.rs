//! The report for advisers: its data in, a PDF for the files of the office out.

use std::sync::LazyLock;

use kompetenz::report::{FORMAT, LANGUAGES, ReportData};
use kompetenz::words;
use typst::foundations::Bytes;

use crate::check::{Date, is_color, missing_glyphs, parse_date};
use crate::error::secrets;
use crate::studio::{Document, add_breaks, json_file};
use crate::{InvalidField, Pictures, RenderError, Studio, Template};

/// The template, which is a whole program: it reads the data and places it.
const MAIN: &str = "/report.typ";

/// Makes the PDF (PDF/A-3a, PDF/UA-1, A4) of one report, with its data attached.
///
/// The same data gives the same bytes. There is no logo on it: nobody outside the office should take it for a
/// document that was issued.
///
/// # Errors
///
/// When a field cannot be printed ([`RenderError::Invalid`]), or when a character has no glyph in the embedded fonts
/// or deceives the reader ([`RenderError::MissingGlyphs`]).
///
/// # Panics
///
/// When the engine panics, or the system has no more threads to give.
///
/// # Example
///
/// ```
/// use kompetenz::report::ReportData;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let json = include_str!("../../../fixtures/reports/short.json");
/// let data: ReportData = serde_json::from_str(json)?;
/// let pdf = kompetenz_render::report(&data)?;
/// assert!(pdf.starts_with(b"%PDF-1.7"));
/// # Ok(())
/// # }
/// ```
pub fn report(data: &ReportData) -> Result<Vec<u8>, RenderError> {
    static STUDIO: LazyLock<Studio> = LazyLock::new(|| {
        Studio::new(&Template::certificate(), Pictures::default()).expect("our template is good")
    });

    let day = check(data).map_err(RenderError::Invalid)?;
    let mut value = serde_json::to_value(data).expect("texts and numbers can be written as JSON");
    let missing = missing_glyphs(&value);
    if !missing.is_empty() {
        return Err(RenderError::MissingGlyphs(missing));
    }

    let secrets = secrets(&value);
    let attached =
        Bytes::new(serde_json::to_vec_pretty(&value).expect("texts and numbers can be written as JSON"));
    add_breaks(&mut value);
    let document = Document::new(&STUDIO, MAIN, json_file(&value), attached, day);
    // Two documents have this number.
    let options = document.to_archive(format!("{} report {}", data.number, data.language));
    document.run(&secrets, |document| typst_pdf::pdf(&document.compile()?, &options))
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
