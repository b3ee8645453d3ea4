//! What must hold of the data before it is printed.

use std::fmt::Write as _;

use kompetenz::certificate::{CertificateData, FORMAT};
use kompetenz::{Words, words};
use serde_json::Value;

use crate::beside::check_beside;
use crate::fonts::fonts;
use crate::qr;

/// A character that none of the embedded fonts can show, or that deceives the reader.
///
/// Its message names the field and the character, never the text it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingGlyph {
    /// Where it stands, for instance `participant.name` or `abilities[2].text`.
    pub field: String,
    /// The character.
    pub character: char,
}

impl MissingGlyph {
    /// The reason in both languages.
    pub fn message(&self) -> Words {
        let (field, code) = (&self.field, u32::from(self.character));
        words!(
            "`{field}` has the character U+{code:04X}, which no font can show",
            "`{field}` enthält das Zeichen U+{code:04X}, das keine Schrift zeigen kann"
        )
    }
}

/// A field that cannot be printed as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidField {
    /// Where it stands, for instance `issued.iso`.
    pub field: String,
    /// What should stand there.
    pub expected: Words,
}

impl InvalidField {
    /// The reason in both languages.
    pub fn message(&self) -> Words {
        let (field, Words { en, de }) = (&self.field, &self.expected);
        words!("`{field}` should be {en}", "in `{field}` wird erwartet: {de}")
    }
}

/// Finds every character that would print as an empty box, each once for each field.
///
/// # Panics
///
/// Never: any certificate can be written as JSON.
pub fn check_glyphs(data: &CertificateData) -> Vec<MissingGlyph> {
    missing_glyphs(&serde_json::to_value(data).expect("texts and numbers can be written as JSON"))
}

/// The same for whatever a template reads.
pub(crate) fn missing_glyphs(value: &Value) -> Vec<MissingGlyph> {
    let fonts = fonts();
    let mut missing = Vec::new();
    walk(value, &mut String::new(), &mut |field, text| {
        let mut seen = Vec::new();
        for character in text.chars() {
            if !character.is_ascii_graphic()
                && !shapes_only(character)
                && (deceives(character) || !fonts.cover(character))
                && !seen.contains(&character)
            {
                seen.push(character);
                missing.push(MissingGlyph { field: field.to_owned(), character });
            }
        }
    });
    missing
}

/// What is wrong with the fields of a document, gathered one by one.
#[derive(Default)]
pub(crate) struct Flaws(pub(crate) Vec<InvalidField>);

impl Flaws {
    pub(crate) fn expect(&mut self, holds: bool, field: &str, expected: Words) {
        if !holds {
            self.0.push(InvalidField { field: field.into(), expected });
        }
    }

    pub(crate) fn format(&mut self, given: &str, expected: &str) {
        self.expect(given == expected, "format", words!("{expected}", "{expected}"));
    }

    /// The day of issue, if it is one.
    pub(crate) fn issued(&mut self, iso: &str) -> Option<Date> {
        let day = parse_date(iso);
        self.expect(
            day.is_some(),
            "issued.iso",
            words!("a day such as `2026-11-22`", "ein Tag wie `2026-11-22`"),
        );
        day
    }

    pub(crate) fn color(&mut self, color: &str, field: &str) {
        let expected = words!("a colour such as `#0b5a70`", "eine Farbe wie `#0b5a70`");
        self.expect(is_color(color), field, expected);
    }

    /// Texts without which there is no document, each behind the path to it.
    pub(crate) fn texts<const N: usize>(&mut self, texts: [(&str, &str); N]) {
        for (field, text) in texts {
            self.expect(!text.trim().is_empty(), field, words!("a text", "ein Text"));
        }
    }

    pub(crate) fn bar(&mut self, bar: u8, field: &str) {
        self.expect((1..=4).contains(&bar), field, words!("1 to 4", "1 bis 4"));
    }

    /// The day, if nothing is wrong with the document.
    pub(crate) fn none_on(self, day: Option<Date>) -> Result<Date, Vec<InvalidField>> {
        day.filter(|_| self.0.is_empty()).ok_or(self.0)
    }
}

/// Finds every field that the engine or the standards would stumble over, and every one in which two languages
/// beside each other are not the same certificate.
pub fn check_fields(data: &CertificateData) -> Vec<InvalidField> {
    let mut flaws = Flaws::default();
    flaws.format(&data.format, FORMAT);
    let language = words!("a language such as `de`", "eine Sprache wie `de`");
    flaws.expect(is_language(&data.language), "language", language);
    flaws.issued(&data.issued.iso);
    flaws.color(&data.issuer.color, "issuer.color");
    if let Some(accent) = &data.issuer.accent {
        flaws.color(accent, "issuer.accent");
    }
    let address = words!("an address that fits a QR code", "eine Adresse, die in einen QR-Code passt");
    flaws.expect(data.verify.as_deref().is_none_or(|address| qr::code(address).is_some()), "verify", address);
    flaws.texts([
        ("number", &data.number),
        ("title", &data.title),
        ("issuer.name", &data.issuer.name),
        ("participant.name", &data.participant.name),
    ]);
    // A picture without a description cannot be archived as accessible.
    flaws.expect(
        data.issuer.logo.as_ref().is_none_or(|alt| !alt.trim().is_empty()),
        "issuer.logo",
        words!("a description", "eine Beschreibung"),
    );

    for (i, item) in data.profile.iter().enumerate() {
        flaws.bar(item.bar, &format!("profile[{i}].bar"));
    }
    for (m, module) in data.modules.iter().enumerate() {
        for (i, item) in module.competences.iter().enumerate() {
            flaws.bar(item.bar, &format!("modules[{m}].competences[{i}].bar"));
        }
    }
    for (l, legend) in data.legends.iter().enumerate() {
        for (i, level) in legend.levels.iter().enumerate() {
            flaws.bar(level.bar, &format!("legends[{l}].levels[{i}].bar"));
        }
    }
    flaws.0.extend(check_beside(data));
    flaws.0
}

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Date {
    pub(crate) year: i32,
    pub(crate) month: u8,
    pub(crate) day: u8,
}

/// Reads `2026-11-22`, and nothing that is not a day.
pub(crate) fn parse_date(iso: &str) -> Option<Date> {
    let shape = iso.bytes().enumerate().all(|(i, byte)| match i {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    if iso.len() != 10 || !shape {
        return None;
    }
    let date =
        Date { year: iso[..4].parse().ok()?, month: iso[5..7].parse().ok()?, day: iso[8..].parse().ok()? };
    typst::foundations::Datetime::from_ymd(date.year, date.month, date.day).map(|_| date)
}

/// Calls `f` with every text and the path to it.
pub(crate) fn walk(value: &Value, path: &mut String, f: &mut impl FnMut(&str, &str)) {
    let length = path.len();
    match value {
        Value::String(text) => f(path, text),
        Value::Array(items) => {
            for (i, item) in items.iter().enumerate() {
                write!(path, "[{i}]").expect("a string takes everything");
                walk(item, path, f);
                path.truncate(length);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                if length > 0 {
                    path.push('.');
                }
                path.push_str(name);
                walk(field, path, f);
                path.truncate(length);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Characters that tell how their neighbours join, divide or run, and need no glyph.
fn shapes_only(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}')
}

/// Characters that have no place in a certificate, even if a font knows them.
///
/// Overrides of the direction and other invisible ones make a name read differently from how it is stored;
/// private ones mean something else in every font.
fn deceives(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{2028}'..='\u{202e}' | '\u{2061}'..='\u{206f}' | '\u{e000}'..='\u{f8ff}' | '\u{feff}')
}

/// A colour such as `#0b5a70`.
pub(crate) fn is_color(color: &str) -> bool {
    let digits = color.strip_prefix('#').unwrap_or_default();
    digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// A language of two or three letters, perhaps with a region.
fn is_language(tag: &str) -> bool {
    let (language, region) = tag.split_once('-').unwrap_or((tag, "DE"));
    (2..=3).contains(&language.len())
        && language.bytes().all(|byte| byte.is_ascii_lowercase())
        && region.len() == 2
        && region.bytes().all(|byte| byte.is_ascii_uppercase())
}
