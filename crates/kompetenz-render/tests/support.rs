//! Fixtures, and other programs' view of a PDF.

use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use kompetenz::certificate::{CertificateData, Funder, Issuer, Issuing, Signatory};
use kompetenz::entry::{Entry, Occasion, Rating, Spot};
use kompetenz::raw::{self, Given};
use kompetenz::{Assessment, Exact, Record, Sources, check, recommend, score};
use kompetenz_render::{Picture, Pictures, Studio, Template};
use serde_json::Value;

pub(crate) const FIXTURES: [&str; 5] = ["standard", "long", "short", "hostile", "romanian"];

pub(crate) static STUDIO: LazyLock<Studio> =
    LazyLock::new(|| Studio::new(&Template::certificate(), logo()).expect("our template is good"));

/// The certificate of every family, with all pictures an issuer can have.
pub(crate) static FAMILIES: LazyLock<Vec<(&str, Studio)>> = LazyLock::new(|| families(&pictures()));

/// The same without any picture.
pub(crate) static PLAIN_FAMILIES: LazyLock<Vec<(&str, Studio)>> =
    LazyLock::new(|| families(&Pictures::default()));

fn families(pictures: &Pictures) -> Vec<(&'static str, Studio)> {
    let studio = |family| {
        let template = Template::certificate().of_family(family).expect("a family");
        (family, Studio::new(&template, pictures.clone()).expect("our template is good"))
    };
    ["clear", "classic"].map(studio).into()
}

/// A logo, one of two funders with one, and one of the signatories with a signature.
fn pictures() -> Pictures {
    let Pictures { logo, .. } = logo();
    Pictures { funders: vec![logo.clone(), None], scans: vec![logo.clone()], logo }
}

/// A certificate on which nothing is absent that an issuer can add.
pub(crate) fn adorned(mut data: CertificateData) -> CertificateData {
    fn adorn(data: &mut CertificateData) {
        let told = |text: &str, language: &str| format!("{text} ({language})");
        let language = data.language.clone();
        data.verify = Some(format!("https://example.org/z/{}", data.number));
        data.issuer.accent = Some("#a8501f".into());
        data.issuer.footer = Some(told("Free of charge", &language));
        let funder = |text| Funder { text: told(text, &language) };
        data.issuer.funders = vec![funder("Bridge Fund"), funder("Linden Foundation")];
        if data.issuer.signatories.is_empty() {
            data.issuer.signatories.push(Signatory { name: "Maria Beispiel".into(), role: String::new() });
        }
        for signatory in &mut data.issuer.signatories {
            signatory.role = told("Head", &language);
        }
        data.issuer.logo = Some("Logo".into());
        if let Some(beside) = &mut data.beside {
            adorn(beside);
        }
    }
    adorn(&mut data);
    data
}

pub(crate) fn logo() -> Pictures {
    let logo = Picture::new(include_bytes!("../../../fixtures/certificates/logo.svg").to_vec());
    Pictures { logo: Some(logo.expect("our logo is harmless")), ..Pictures::default() }
}

pub(crate) fn fixture(name: &str) -> CertificateData {
    let text = match name {
        "standard" => include_str!("../../../fixtures/certificates/standard.json"),
        "long" => include_str!("../../../fixtures/certificates/long.json"),
        "short" => include_str!("../../../fixtures/certificates/short.json"),
        "hostile" => include_str!("../../../fixtures/certificates/hostile.json"),
        "romanian" => include_str!("../../../fixtures/certificates/romanian.json"),
        _ => panic!("no fixture `{name}`"),
    };
    serde_json::from_str(text).expect("a fixture is valid data")
}

/// A small assessment in every language of the labels.
pub(crate) static SHELF: LazyLock<Assessment> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/languages");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).expect("a readable file");
    let main = read("assessment.toml");
    let mut sources = Sources::new("assessment.toml", main.as_str());
    for name in raw::files_of(&main) {
        let text = read(&name);
        sources.add(name, text);
    }
    check(&sources).assessment.expect("a good definition")
});

/// The certificate of one participant of [`SHELF`] in a language.
pub(crate) fn shelf(language: &str) -> CertificateData {
    shelf_in(language, None)
}

/// The same in two languages.
pub(crate) fn shelf_beside(language: &str, beside: &str) -> CertificateData {
    shelf_in(language, Some(beside))
}

fn shelf_in(language: &str, beside: Option<&str>) -> CertificateData {
    let rating = |item: &str, occasion, value| Rating {
        item: item.into(),
        occasion,
        value: Given::Number(Exact::from(value)),
        spot: Spot::default(),
    };
    let entry = Entry {
        key: "L-01".into(),
        name: "Amal Haddad".into(),
        birth_date: Some(jiff::civil::date(1995, 1, 8)),
        from: Some(jiff::civil::date(2026, 11, 9)),
        to: Some(jiff::civil::date(2026, 11, 20)),
        hours: Some(Exact::from(60)),
        occasions: vec![Occasion::of("anna"), Occasion::of("ben")],
        ratings: vec![
            rating("order", 0, 3),
            rating("order", 1, 4),
            rating("safety", 0, 2),
            rating("safety", 1, 2),
        ],
        ..Entry::default()
    };
    let record = Record::new(&SHELF, &entry).expect("good ratings");
    let scored = score(&record);
    let advice = recommend(&scored, jiff::civil::date(2026, 11, 22));
    let issuer = Issuer {
        name: "Anlaufstelle Willkommen".into(),
        address: vec!["Musterstraße 5".into(), "44145 Dortmund".into()],
        place: "Dortmund".into(),
        color: "#0d5c73".into(),
        signatories: vec![Signatory { name: "Maria Beispiel".into(), role: "Leitung".into() }],
        ..Issuer::default()
    };
    let issuing = Issuing { issuer, ..Issuing::default() };
    let known = |code| SHELF.language(code).expect("a language of the fixture");
    match beside {
        None => CertificateData::new(&advice, &issuing, known(language)),
        Some(beside) => CertificateData::new_beside(&advice, &issuing, known(language), known(beside)),
    }
    .expect("something to certify")
}

pub(crate) fn pdf(data: &CertificateData) -> Vec<u8> {
    STUDIO.render(data).unwrap_or_else(|error| panic!("{}: {error}", data.number))
}

/// Every text of the data that people should find on paper, with its path.
pub(crate) fn printed_texts(data: &CertificateData) -> Vec<(String, String)> {
    fn walk(value: &Value, path: &str, texts: &mut Vec<(String, String)>) {
        match value {
            Value::String(text) => texts.push((path.into(), text.clone())),
            Value::Array(items) => items.iter().for_each(|item| walk(item, path, texts)),
            Value::Object(fields) => {
                fields.iter().for_each(|(name, field)| walk(field, &format!("{path}.{name}"), texts));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    let mut texts = Vec::new();
    walk(&serde_json::to_value(data).unwrap(), "", &mut texts);
    // For machines only, or for the ear.
    let hidden = ["format", "language", "color", "accent", "logo", "id", "iso"];
    texts.retain(|(path, _)| !hidden.contains(&path.rsplit('.').next().unwrap_or_default()));
    texts
}

/// A template of one file.
pub(crate) fn template(source: &str) -> Template {
    Template::from_files("certificate.typ", [("certificate.typ", source), ("labels/de.toml", "")])
}

pub(crate) fn text(pdf: &[u8], options: &[&str]) -> String {
    tool("pdftotext", options, pdf, &["-"])
}

/// The text without what line breaks add or swallow, and without the signs that readers of PDF set around
/// lines that run from right to left.
pub(crate) fn squeezed(text: &str) -> String {
    let sign =
        |c: char| matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}');
    text.chars().filter(|c| !c.is_whitespace() && !sign(*c)).collect()
}

/// A page as a grey picture in the format PGM: `P5`, width, height, 255, and a byte for each point.
pub(crate) fn grey(pdf: &[u8], page: usize, dpi: u16) -> (usize, usize, Vec<u8>) {
    let (page, dpi) = (page.to_string(), dpi.to_string());
    let pgm = run("pdftoppm", &["-gray", "-r", &dpi, "-f", &page, "-l", &page], pdf, &[]);
    let mut parts = pgm.splitn(4, u8::is_ascii_whitespace);
    let mut number = || -> usize {
        let part = parts.next().expect("a head");
        std::str::from_utf8(part).expect("digits").trim_start_matches("P5").parse().unwrap_or_default()
    };
    let [_, width, height] = [number(), number(), number()];
    let points = pgm[pgm.len() - width * height..].to_vec();
    (width, height, points)
}

/// A part of the first page as a picture; all measures are in points from its upper left corner.
pub(crate) fn picture(pdf: &[u8], (x, y): (u16, u16), (width, height): (u16, u16)) -> Vec<u8> {
    let [x, y, width, height] = [x, y, width, height].map(|points| points.to_string());
    let area = ["-r", "72", "-l", "1", "-gray", "-x", &x, "-y", &y, "-W", &width, "-H", &height];
    run("pdftoppm", &area, pdf, &[])
}

pub(crate) fn info(pdf: &[u8], options: &[&str]) -> String {
    tool("pdfinfo", options, pdf, &[])
}

pub(crate) fn fonts(pdf: &[u8]) -> String {
    tool("pdffonts", &[], pdf, &[])
}

/// Fails if the file is broken in any way.
pub(crate) fn proof_read(pdf: &[u8]) {
    tool("qpdf", &["--check"], pdf, &[]);
}

/// The operators of the pages and the objects around them, as text.
pub(crate) fn operators(pdf: &[u8]) -> String {
    tool("qpdf", &["--qdf", "--object-streams=disable"], pdf, &["-"])
}

/// The attached file of that name.
pub(crate) fn attachment(pdf: &[u8], name: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join(name);
    tool("pdfdetach", &["-savefile", name, "-o", path.to_str().expect("a plain path")], pdf, &[]);
    std::fs::read(&path).expect("the PDF has the attachment")
}

/// What is attached, one per line; nothing if there is nothing.
pub(crate) fn attachments(pdf: &[u8]) -> String {
    let listed = tool("pdfdetach", &["-list"], pdf, &[]);
    if listed.starts_with("0 ") { String::new() } else { listed }
}

/// A part of what qpdf knows of a file, for instance its bookmarks (`outlines`).
pub(crate) fn qpdf_json(pdf: &[u8], part: &str) -> Value {
    let json = run("qpdf", &["--json", &format!("--json-key={part}")], pdf, &[]);
    serde_json::from_slice(&json).expect("qpdf writes JSON")
}

/// What a program of poppler-utils or qpdf says. Poppler cuts titles of the structure in the middle of a character.
fn tool(program: &str, before: &[&str], pdf: &[u8], after: &[&str]) -> String {
    String::from_utf8_lossy(&run(program, before, pdf, after)).into_owned()
}

/// Runs a program of poppler-utils or qpdf. A missing program is a failure, not a test that does not count.
fn run(program: &str, before: &[&str], pdf: &[u8], after: &[&str]) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path: &Path = &folder.path().join("certificate.pdf");
    std::fs::write(path, pdf).expect("the temporary folder can be written to");
    let output = Command::new(program)
        .args(before)
        .arg(path)
        .args(after)
        .output()
        .unwrap_or_else(|error| panic!("`{program}` (poppler-utils, qpdf) is needed: {error}"));
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}
