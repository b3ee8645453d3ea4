//! Any text as the parts of a workbook, in a sound archive: nothing of it is taken at its word.
#![no_main]

use std::io::{Cursor, Write};

use kompetenz::entry::Vocabulary;
use libfuzzer_sys::fuzz_target;
use zip::write::{SimpleFileOptions, ZipWriter};

const TYPES: &str = r#"<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
const ROOT: &str = r#"<Relationships><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<workbook xmlns:r="r"><sheets><sheet name="s" sheetId="1" r:id="s"/></sheets></workbook>"#;
const LINKS: &str = r#"<Relationships><Relationship Id="s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="t" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;

fuzz_target!(|parts: (&[u8], &[u8], &[u8])| {
    let (sheet, strings, content) = parts;
    let vocabulary = Vocabulary { items: vec!["metal.saw-order".into()], ..Vocabulary::default() };
    let sheet = [b"<worksheet><sheetData>".as_slice(), sheet, b"</sheetData></worksheet>"].concat();
    let strings = [b"<sst>".as_slice(), strings, b"</sst>"].concat();
    let excel = archive(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", ROOT.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", LINKS.as_bytes()),
        ("xl/worksheets/sheet1.xml", &sheet),
        ("xl/sharedStrings.xml", &strings),
    ]);
    let open = archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
        ("content.xml", content),
    ]);
    for file in [excel, open].into_iter().flatten() {
        let _ = kompetenz_sheets::read(&file, "fuzz", &vocabulary);
    }
});

fn archive(parts: &[(&str, &[u8])]) -> Option<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).ok()?;
        archive.write_all(part).ok()?;
    }
    Some(archive.finish().ok()?.into_inner())
}
