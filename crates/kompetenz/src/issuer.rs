//! Who issues certificates, and how they look: the file `issuer.toml`.
//!
//! What readers see in their language is a [`Wording`]: one text, or one for each language.
//! [`read`] is told the languages that are needed, so a certificate never lacks a text or borrows it from another one.

use std::collections::BTreeMap;

use crate::Words;
use crate::certificate::{Funder, Issuer, Issuing, NUMBER, Signatory};
use crate::diagnostic::{Code, Diagnostic, Place, Severity, Sources};
use crate::raw::At;
use crate::raw::decode::wire;
use crate::{raw, words};

pub use wording::Wording;

mod wording;

wire! {
    /// The file `issuer.toml`.
    pub struct IssuerFile {
        /// The name of the issuing body.
        pub name: At<String>,
        /// Its address, a line each.
        pub address: Vec<At<String>>,
        /// The place of signature.
        pub place: At<String>,
        /// The family of the certificate's template, such as `clear` (modern) or `classic` (formal).
        pub template: Option<At<String>>,
        /// The brand colour, `#rrggbb`.
        pub color: At<String>,
        /// A second colour for what is still growing, `#rrggbb`.
        pub accent: Option<At<String>>,
        /// The logo, an SVG or PNG file beside this file.
        pub logo: Option<At<String>>,
        /// What the logo shows, for people who cannot see it.
        pub logo_text: Option<At<Wording>>,
        /// A line at the foot of each page.
        pub footer: Option<At<Wording>>,
        /// Where a certificate can be checked; `{number}` stands for its number. Printed as a QR code.
        pub verify: Option<At<String>>,
        /// A secret that goes into the certificate numbers. Keep it; other numbers come out without it.
        pub secret: Option<At<String>>,
        /// Who funds the work.
        pub funder: Vec<At<FunderEntry>>,
        /// Who signs.
        pub signatory: Vec<At<SignatoryEntry>>,
    }
}

wire! {
    /// A body that funds the work.
    pub struct FunderEntry {
        /// What is printed beside the logo, and read out to people who cannot see it.
        pub text: At<Wording>,
        /// The logo, an SVG or PNG file beside this file.
        pub logo: Option<At<String>>,
    }
}

wire! {
    /// A person who signs.
    pub struct SignatoryEntry {
        /// The name under the line.
        pub name: At<String>,
        /// In which function the person signs.
        pub role: At<Wording>,
        /// The signature itself, an SVG or PNG file beside this file.
        pub scan: Option<At<String>>,
    }
}

/// An issuer, and what else the file says about the look of certificates.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The issuer.
    pub issuing: Issuing,
    /// The family of the template. Absent: the usual one.
    pub template: Option<At<String>>,
    /// The pictures, files beside the issuer's file.
    pub pictures: PictureFiles,
}

/// The names of the pictures' files, each with the place where it is written.
#[derive(Debug, Clone, Default)]
pub struct PictureFiles {
    /// The logo of the issuer.
    pub logo: Option<At<String>>,
    /// The logo of each funder, in the order of [`Issuer::funders`].
    pub funders: Vec<Option<At<String>>>,
    /// The signature of each signatory, in the order of [`Issuer::signatories`].
    pub scans: Vec<Option<At<String>>>,
}

/// The JSON Schema of [`IssuerFile`].
pub fn schema() -> serde_json::Value {
    raw::schema_of::<IssuerFile>("The issuer of kompetenz certificates")
}

/// Reads the issuer's file, the only one of `sources`, for certificates in these `languages`.
///
/// The first of them is the one of [`Issuing::issuer`].
///
/// # Errors
/// All mistakes of the file. A text that is missing in one of the languages is one.
pub fn read(sources: &Sources, languages: &[String]) -> Result<Loaded, Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    let Some((file, source)) = sources.iter().next() else { return Err(diagnostics) };
    let read = raw::parse_as::<IssuerFile>(file, &source.text, &mut diagnostics);
    if let Some(read) = &read {
        check(read, languages, &mut diagnostics);
    }
    match read {
        Some(read) if diagnostics.iter().all(|d| d.severity != Severity::Error) => {
            Ok(loaded(&read, languages))
        }
        _ => Err(diagnostics),
    }
}

/// Finds what the shape of the file does not tell.
fn check(read: &IssuerFile, languages: &[String], diagnostics: &mut Vec<Diagnostic>) {
    let mut error =
        |code, place: Place, message: Words| diagnostics.push(Diagnostic::error(code, place, message));
    for color in [Some(&read.color), read.accent.as_ref()].into_iter().flatten() {
        let hex = color.strip_prefix('#').unwrap_or_default();
        if hex.len() != 6 || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
            let message = words!("not a colour such as `#0d5c73`", "keine Farbe wie `#0d5c73`");
            error(Code::WrongType, color.place, message);
        }
    }
    let texts = [&read.name, &read.place].into_iter().chain(&read.address);
    for text in texts.chain(read.signatory.iter().map(|signatory| &signatory.name)) {
        if text.trim().is_empty() {
            error(Code::InvalidText, text.place, words!("the text is empty", "der Text ist leer"));
        }
    }
    let wordings = read.logo_text.iter().chain(&read.footer);
    let wordings = wordings.chain(read.funder.iter().map(|funder| &funder.text));
    for wording in wordings.chain(read.signatory.iter().map(|signatory| &signatory.role)) {
        wording.check(wording.place, languages, &mut error);
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
    let pictures = read.logo.iter().chain(read.funder.iter().filter_map(|funder| funder.logo.as_ref()));
    for picture in pictures.chain(read.signatory.iter().filter_map(|signatory| signatory.scan.as_ref())) {
        if picture.trim().is_empty() || picture.contains(['/', '\\']) || picture.starts_with('.') {
            let message =
                words!("the picture must lie beside this file", "das Bild muss neben dieser Datei liegen");
            error(Code::MissingFile, picture.place, message);
        }
    }
    if let Some(address) = &read.verify
        && let Some(message) = unfit(address)
    {
        diagnostics.push(Diagnostic::error(Code::InvalidText, address.place, message).help(words!(
            "write for instance `https://example.org/check/{{number}}`",
            "zum Beispiel `https://example.org/pruefen/{{number}}` schreiben"
        )));
    }
}

/// Longer addresses make a code too fine for a copy of a copy.
const LONGEST_ADDRESS: usize = 100;

/// What is wrong with an address that leads to a certificate.
fn unfit(address: &str) -> Option<Words> {
    let host = address.strip_prefix("https://").and_then(|rest| rest.split(['/', '?', '#']).next());
    let Some(host) = host.filter(|host| !host.is_empty()) else {
        return Some(words!(
            "the address must begin with `https://` and a name of a server",
            "die Adresse muss mit `https://` und dem Namen eines Servers beginnen"
        ));
    };
    if address.matches(NUMBER).count() != 1 || host.contains(NUMBER) {
        return Some(words!(
            "the address must have `{{number}}` once, behind the name of the server",
            "die Adresse muss einmal `{{number}}` enthalten, hinter dem Namen des Servers"
        ));
    }
    // Whatever else belongs into an address is written in these characters. `@` would hide where it leads.
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#[]!$&'()*+,;=%".contains(c);
    if !address.replacen(NUMBER, "", 1).chars().all(plain) {
        return Some(words!(
            "the address has a character that does not belong into one",
            "die Adresse enthält ein Zeichen, das nicht hineingehört"
        ));
    }
    (address.len() > LONGEST_ADDRESS).then(|| {
        words!(
            "the address has more than {LONGEST_ADDRESS} characters",
            "die Adresse hat mehr als {LONGEST_ADDRESS} Zeichen"
        )
    })
}

fn loaded(read: &IssuerFile, languages: &[String]) -> Loaded {
    let first = languages.first().map_or("", String::as_str);
    let value = |text: &At<String>| text.value.clone();
    let translated: BTreeMap<_, _> =
        languages.iter().map(|language| (language.clone(), issuer_in(read, language))).collect();
    Loaded {
        issuing: Issuing {
            issuer: issuer_in(read, first),
            translated,
            verify: read.verify.as_ref().map(value),
            secret: read.secret.as_ref().map(value).unwrap_or_default(),
        },
        template: read.template.clone(),
        pictures: PictureFiles {
            logo: read.logo.clone(),
            funders: read.funder.iter().map(|funder| funder.logo.clone()).collect(),
            scans: read.signatory.iter().map(|signatory| signatory.scan.clone()).collect(),
        },
    }
}

/// The issuer in a language that has been checked.
fn issuer_in(read: &IssuerFile, language: &str) -> Issuer {
    let said = |wording: &At<Wording>| wording.in_language(language).to_owned();
    Issuer {
        name: read.name.value.clone(),
        address: read.address.iter().map(|line| line.value.clone()).collect(),
        place: read.place.value.clone(),
        color: read.color.value.clone(),
        accent: read.accent.as_ref().map(|accent| accent.value.clone()),
        logo: read.logo.as_ref().and(read.logo_text.as_ref()).map(said),
        footer: read.footer.as_ref().map(said),
        funders: read.funder.iter().map(|funder| Funder { text: said(&funder.text) }).collect(),
        signatories: read
            .signatory
            .iter()
            .map(|signatory| Signatory { name: signatory.name.value.clone(), role: said(&signatory.role) })
            .collect(),
    }
}
