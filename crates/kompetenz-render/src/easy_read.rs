//! The easy-read page: its data in, a PDF for the participant out.

use std::sync::LazyLock;

use kompetenz::easy_read::{EasyReadData, FORMAT};
use kompetenz::words;
use typst::foundations::Bytes;

use crate::check::{Date, is_color, missing_glyphs, parse_date};
use crate::error::secrets;
use crate::studio::{Document, add_breaks, json_file};
use crate::{InvalidField, RenderError, Studio, Template};

/// The template, which is a whole program: it reads the data and places it.
const MAIN: &str = "/easy-read.typ";

/// Makes the PDF (PDF/A-3a, PDF/UA-1, A4) of one easy-read page, with its data attached.
///
/// The same data gives the same bytes. Its languages are those of the certificate that comes with the program.
/// There is no logo on it: the only pictures are those that say something.
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
/// use kompetenz::EasyReadData;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let json = include_str!("../../../fixtures/easy-read/short.json");
/// let data: EasyReadData = serde_json::from_str(json)?;
/// let pdf = kompetenz_render::easy_read(&data)?;
/// assert!(pdf.starts_with(b"%PDF-1.7"));
/// # Ok(())
/// # }
/// ```
pub fn easy_read(data: &EasyReadData) -> Result<Vec<u8>, RenderError> {
    static STUDIO: LazyLock<Studio> =
        LazyLock::new(|| Studio::new(Template::easy_read(), None).expect("our template is good"));

    let day = check(data, &STUDIO).map_err(RenderError::Invalid)?;
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
    // It has the number of the certificate that it explains.
    let options = document.to_archive(format!("{} easy-read {}", data.number, data.language));
    document.export(&secrets, |document| typst_pdf::pdf(&document.compile()?, &options))
}

/// Whatever the engine or the template would stumble over, before they see it; or else the day of issue.
fn check(data: &EasyReadData, studio: &Studio) -> Result<Date, Vec<InvalidField>> {
    let mut invalid = Vec::new();
    let mut expect = |holds: bool, field: &str, expected| {
        if !holds {
            invalid.push(InvalidField { field: field.into(), expected });
        }
    };
    let day = parse_date(&data.issued.iso);
    expect(data.format == FORMAT, "format", words!("{FORMAT}", "{FORMAT}"));
    expect(day.is_some(), "issued.iso", words!("a day such as `2026-11-22`", "ein Tag wie `2026-11-22`"));
    expect(
        is_color(&data.issuer.color),
        "issuer.color",
        words!("a colour such as `#0b5a70`", "eine Farbe wie `#0b5a70`"),
    );
    for (field, text) in [
        ("number", &data.number),
        ("title", &data.title),
        ("issuer.name", &data.issuer.name),
        ("name", &data.name),
    ] {
        expect(!text.trim().is_empty(), field, words!("a text", "ein Text"));
    }
    for (i, strength) in data.strengths.iter().enumerate() {
        let bar = (1..=4).contains(&strength.bar);
        expect(bar, &format!("strengths[{i}].bar"), words!("1 to 4", "1 bis 4"));
    }
    invalid.extend(studio.check_language("language", &data.language));
    match day {
        Some(day) if invalid.is_empty() => Ok(day),
        _ => Err(invalid),
    }
}
