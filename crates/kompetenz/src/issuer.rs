//! Who issues certificates: the file `issuer.toml`.

use crate::Words;
use crate::certificate::{Issuer, Issuing, Signatory};
use crate::diagnostic::{Code, Diagnostic, Place, Severity, Sources};
use crate::raw::At;
use crate::raw::decode::wire;
use crate::{raw, words};

wire! {
    /// The file `issuer.toml`.
    pub struct IssuerFile {
        /// A short name for registers, such as `office-dortmund`. Never change it.
        pub id: Option<At<String>>,
        /// The name of the issuing body.
        pub name: At<String>,
        /// Its address, a line each.
        pub address: Vec<At<String>>,
        /// The place of signature.
        pub place: At<String>,
        /// The brand colour, `#rrggbb`.
        pub color: At<String>,
        /// The logo, an SVG or PNG file beside this file.
        pub logo: Option<At<String>>,
        /// What the logo shows, for people who cannot see it.
        pub logo_text: Option<At<String>>,
        /// A secret of at least 16 characters that goes into numbers and register. Keep it safe: without it nobody
        /// is recognised.
        pub secret: Option<At<String>>,
        /// The register of what is issued, a path seen from this file. Absent: it lies in the output folder.
        pub register: Option<At<String>>,
        /// Who signs.
        pub signatory: Vec<At<SignatoryEntry>>,
    }
}

wire! {
    /// A person who signs.
    pub struct SignatoryEntry {
        /// The name under the line.
        pub name: At<String>,
        /// In which function the person signs.
        pub role: At<String>,
    }
}

/// An issuer, and the name of its logo file.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The issuer.
    pub issuing: Issuing,
    /// The logo, a file beside the issuer's file.
    pub logo: Option<String>,
    /// The short name for registers.
    pub id: Option<String>,
    /// The register, a path seen from the issuer's file.
    pub register: Option<String>,
}

/// The JSON Schema of [`IssuerFile`].
pub fn schema() -> serde_json::Value {
    raw::schema_of::<IssuerFile>("The issuer of kompetenz certificates")
}

/// Reads the issuer's file, the only one of `sources`.
///
/// # Errors
/// All mistakes of the file.
pub fn read(sources: &Sources) -> Result<Loaded, Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    let Some((file, source)) = sources.iter().next() else { return Err(diagnostics) };
    let read = raw::parse_as::<IssuerFile>(file, &source.text, &mut diagnostics);
    if let Some(read) = &read {
        let mut error =
            |code, place: Place, message: Words| diagnostics.push(Diagnostic::error(code, place, message));
        let hex = read.color.strip_prefix('#').unwrap_or_default();
        if hex.len() != 6 || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
            let message = words!("not a colour such as `#0d5c73`", "keine Farbe wie `#0d5c73`");
            error(Code::WrongType, read.color.place, message);
        }
        let texts = [&read.name, &read.place].into_iter().chain(&read.address).chain(&read.logo_text);
        let texts = texts.chain(&read.id).chain(&read.register);
        for text in texts.chain(read.signatory.iter().flat_map(|s| [&s.value.name, &s.value.role])) {
            if text.trim().is_empty() {
                error(Code::InvalidText, text.place, words!("the text is empty", "der Text ist leer"));
            }
        }
        if let (Some(logo), None) = (&read.logo, &read.logo_text) {
            error(
                Code::MissingKey,
                logo.place,
                words!(
                    "a logo needs `logo-text`, for people who cannot see it",
                    "ein Logo braucht `logo-text` für Menschen, die es nicht sehen"
                ),
            );
        }
        if let Some(logo) = &read.logo
            && (logo.contains(['/', '\\']) || logo.starts_with('.'))
        {
            let message =
                words!("the logo must lie beside this file", "das Logo muss neben dieser Datei liegen");
            error(Code::MissingFile, logo.place, message);
        }
    }
    match read {
        Some(read) if diagnostics.iter().all(|d| d.severity != Severity::Error) => Ok(Loaded {
            logo: read.logo.as_ref().map(ToString::to_string),
            id: read.id.map(|id| id.value),
            register: read.register.map(|register| register.value),
            issuing: Issuing {
                issuer: Issuer {
                    name: read.name.value,
                    address: read.address.into_iter().map(|line| line.value).collect(),
                    place: read.place.value,
                    color: read.color.value,
                    logo: read.logo.and(read.logo_text).map(|text| text.value),
                    signatories: read
                        .signatory
                        .into_iter()
                        .map(|s| Signatory { name: s.value.name.value, role: s.value.role.value })
                        .collect(),
                },
                secret: read.secret.map(|secret| secret.value).unwrap_or_default(),
            },
        }),
        _ => Err(diagnostics),
    }
}
