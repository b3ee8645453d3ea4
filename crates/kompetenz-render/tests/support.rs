//! Fixtures, and other programs' view of a PDF.

use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use kompetenz::certificate::CertificateData;
use kompetenz_render::{Logo, Studio, Template};

pub(crate) const FIXTURES: [&str; 5] = ["standard", "long", "short", "hostile", "romanian"];

pub(crate) static STUDIO: LazyLock<Studio> =
    LazyLock::new(|| Studio::new(Template::certificate(), Some(logo())).expect("our template is good"));

pub(crate) fn logo() -> Logo {
    Logo::new(include_bytes!("../../../fixtures/certificates/logo.svg").to_vec())
        .expect("our logo is harmless")
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

pub(crate) fn pdf(data: &CertificateData) -> Vec<u8> {
    STUDIO.render(data).unwrap_or_else(|error| panic!("{}: {error}", data.number))
}

/// A template of one file.
pub(crate) fn template(source: &str) -> Template {
    Template::from_files([("certificate.typ", source), ("labels/de.toml", "")])
}

pub(crate) fn text(pdf: &[u8], options: &[&str]) -> String {
    tool("pdftotext", options, pdf, &["-"])
}

/// The text without what line breaks add or swallow.
pub(crate) fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{ad}' | '\u{200b}')).collect()
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

/// The attached file of that name.
pub(crate) fn attachment(pdf: &[u8], name: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join(name);
    tool("pdfdetach", &["-savefile", name, "-o", path.to_str().expect("a plain path")], pdf, &[]);
    std::fs::read(&path).expect("the PDF has the attachment")
}

/// Runs a program of poppler-utils or qpdf. A missing program is a failure, not a test that does not count.
fn tool(program: &str, before: &[&str], pdf: &[u8], after: &[&str]) -> String {
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
    // Poppler cuts titles of the structure in the middle of a character.
    String::from_utf8_lossy(&output.stdout).into_owned()
}
