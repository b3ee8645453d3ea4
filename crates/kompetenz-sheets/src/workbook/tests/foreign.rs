//! Files that are no workbook, or not one that can be read: each is called by its name.

use insta::assert_snapshot;

use super::{archive, changed_excel, dump, excel};
use crate::workbook::Workbook;

/// A compound file with an entry of this name in its directory.
fn compound(name: &str) -> Vec<u8> {
    let mut bytes = vec![0; 1024];
    bytes[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    for (at, unit) in name.encode_utf16().enumerate() {
        bytes[640 + 2 * at..642 + 2 * at].copy_from_slice(&unit.to_le_bytes());
    }
    bytes
}

fn main_part(target: &str) -> String {
    format!(
        r#"<Relationships><Relationship Id="a" Type="x/officeDocument" Target="{target}"/></Relationships>"#
    )
}

#[test]
fn each_kind_of_file_has_its_own_answer() {
    let manifest = r#"<manifest:manifest><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"#;
    let letter =
        "<office:document-content><office:body><office:text/></office:body></office:document-content>";
    let whole = excel("<row><c><v>1</v></c></row>");
    let files = [
        ("encrypted XLSX", compound("EncryptedPackage")),
        ("encrypted ODS", archive(&[("META-INF/manifest.xml", manifest), ("content.xml", "\u{1}")])),
        ("XLS", compound("Workbook")),
        ("older XLS", compound("Book")),
        ("XLSB", archive(&[("_rels/.rels", &main_part("xl/workbook.bin"))])),
        ("DOC", compound("WordDocument")),
        (
            "DOCX",
            archive(&[
                ("_rels/.rels", &main_part("/word/document.xml")),
                ("word/document.xml", "<w:document/>"),
            ]),
        ),
        ("ODT", archive(&[("META-INF/manifest.xml", "<m/>"), ("content.xml", letter)])),
        ("PPTX", archive(&[("_rels/.rels", &main_part("ppt/p.xml")), ("ppt/p.xml", "<p:presentation/>")])),
        ("Numbers", archive(&[("Index/Document.iwa", "")])),
        ("ZIP", archive(&[("results.xlsx", "")])),
        ("empty ZIP", archive(&[])),
        ("half of a file", whole[..whole.len() / 2].to_vec()),
        (
            "no sheet",
            changed_excel("", |name, content| {
                if name.ends_with("workbook.xml.rels") {
                    *content = content.replace("sheet1", "sheet2");
                }
            }),
        ),
        ("damaged XML", excel("<row><c></row>")),
    ];
    let mut out = String::new();
    for (name, bytes) in files {
        assert!(Workbook::is_one(&bytes), "{name}");
        out += &format!("--- {name}\n{}", dump(&bytes));
    }
    assert_snapshot!(out, @"
    --- encrypted XLSX
    the workbook is protected by a password [encrypted]
    die Arbeitsmappe ist mit einem Kennwort geschützt
      help: remove the password: in Excel File, Info, Protect Workbook, Encrypt with Password; in LibreOffice File, Save As, without `Save with password`
      Hilfe: das Kennwort entfernen: in Excel Datei, Informationen, Arbeitsmappe schützen, Mit Kennwort verschlüsseln; in LibreOffice Datei, Speichern unter, ohne `Mit Kennwort speichern`
    --- encrypted ODS
    the workbook is protected by a password [encrypted]
    die Arbeitsmappe ist mit einem Kennwort geschützt
      help: remove the password: in Excel File, Info, Protect Workbook, Encrypt with Password; in LibreOffice File, Save As, without `Save with password`
      Hilfe: das Kennwort entfernen: in Excel Datei, Informationen, Arbeitsmappe schützen, Mit Kennwort verschlüsseln; in LibreOffice Datei, Speichern unter, ohne `Mit Kennwort speichern`
    --- XLS
    the workbook is in the old format of Excel (.xls) [unreadable]
    die Arbeitsmappe ist im alten Format von Excel (.xls)
      help: open it in Excel or LibreOffice and save it as `Excel Workbook (*.xlsx)`
      Hilfe: in Excel oder LibreOffice öffnen und als `Excel-Arbeitsmappe (*.xlsx)` speichern
    --- older XLS
    the workbook is in the old format of Excel (.xls) [unreadable]
    die Arbeitsmappe ist im alten Format von Excel (.xls)
      help: open it in Excel or LibreOffice and save it as `Excel Workbook (*.xlsx)`
      Hilfe: in Excel oder LibreOffice öffnen und als `Excel-Arbeitsmappe (*.xlsx)` speichern
    --- XLSB
    the workbook is in the binary format of Excel (.xlsb) [unreadable]
    die Arbeitsmappe ist im Binärformat von Excel (.xlsb)
      help: open it in Excel or LibreOffice and save it as `Excel Workbook (*.xlsx)`
      Hilfe: in Excel oder LibreOffice öffnen und als `Excel-Arbeitsmappe (*.xlsx)` speichern
    --- DOC
    the file is a text document, not a workbook [unreadable]
    die Datei ist ein Textdokument, keine Arbeitsmappe
      help: copy its table into a spreadsheet and save that
      Hilfe: die Tabelle darin in eine Tabellenkalkulation kopieren und diese speichern
    --- DOCX
    the file is a text document, not a workbook [unreadable]
    die Datei ist ein Textdokument, keine Arbeitsmappe
      help: copy its table into a spreadsheet and save that
      Hilfe: die Tabelle darin in eine Tabellenkalkulation kopieren und diese speichern
    --- ODT
    the file is a text document, not a workbook [unreadable]
    die Datei ist ein Textdokument, keine Arbeitsmappe
      help: copy its table into a spreadsheet and save that
      Hilfe: die Tabelle darin in eine Tabellenkalkulation kopieren und diese speichern
    --- PPTX
    the file is an office document, but not a workbook [unreadable]
    die Datei ist ein Office-Dokument, aber keine Arbeitsmappe
      help: save the results from a spreadsheet as XLSX, ODS or CSV
      Hilfe: die Ergebnisse aus einer Tabellenkalkulation als XLSX, ODS oder CSV speichern
    --- Numbers
    the file is a spreadsheet of Numbers [unreadable]
    die Datei ist eine Tabelle aus Numbers
      help: in Numbers: File, Export To, Excel
      Hilfe: in Numbers: Ablage, Exportieren, Excel
    --- ZIP
    the file is a zip archive, not a workbook [unreadable]
    die Datei ist ein ZIP-Archiv, keine Arbeitsmappe
      help: unpack it and hand in the workbook in it
      Hilfe: entpacken und die Arbeitsmappe daraus abgeben
    --- empty ZIP
    the file is a zip archive, not a workbook [unreadable]
    die Datei ist ein ZIP-Archiv, keine Arbeitsmappe
      help: unpack it and hand in the workbook in it
      Hilfe: entpacken und die Arbeitsmappe daraus abgeben
    --- half of a file
    the workbook is damaged, or was not copied to its end [unreadable]
    die Arbeitsmappe ist beschädigt oder wurde nicht bis zum Ende kopiert
      help: open it in Excel or LibreOffice, save it under a new name and hand that in; if it does not open, take another copy
      Hilfe: in Excel oder LibreOffice öffnen, unter neuem Namen speichern und diese Datei abgeben; lässt sie sich nicht öffnen, eine andere Kopie nehmen
    --- no sheet
    One
    the workbook is damaged: a part of it is missing [unreadable]
    die Arbeitsmappe ist beschädigt: ein Teil davon fehlt
      help: open it in Excel or LibreOffice, save it under a new name and hand that in; if it does not open, take another copy
      Hilfe: in Excel oder LibreOffice öffnen, unter neuem Namen speichern und diese Datei abgeben; lässt sie sich nicht öffnen, eine andere Kopie nehmen
    --- damaged XML
    One
    1: the workbook is damaged: a part of it cannot be understood [unreadable]
    1: die Arbeitsmappe ist beschädigt: ein Teil davon ist nicht zu verstehen
      help: open it in Excel or LibreOffice, save it under a new name and hand that in; if it does not open, take another copy
      Hilfe: in Excel oder LibreOffice öffnen, unter neuem Namen speichern und diese Datei abgeben; lässt sie sich nicht öffnen, eine andere Kopie nehmen
    ");
}

#[test]
fn text_is_no_workbook() {
    for text in ["", "P", "PK", "key;name;observer\n", "\u{FEFF}PK\u{3}\u{4}"] {
        assert!(!Workbook::is_one(text.as_bytes()), "{text}");
    }
}

#[test]
fn the_old_format_as_libreoffice_writes_it_is_known() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/workbooks/old.xls");
    assert!(dump(&std::fs::read(path).unwrap()).contains("(.xls)"));
}
