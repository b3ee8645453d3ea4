//! Workbooks as offices save them, as scripts write them, and as nobody should.

mod excel;
mod foreign;
mod hostile;
mod mutations;
mod offices;
mod open_document;
mod values;

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use kompetenz::entry::column_letters;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::Workbook;
use crate::rows::{Problem, Rows as _};
use crate::value::Written;

const MAIN: &str = r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;

/// All sheets with what their cells hold, a row per line; or what is wrong.
fn dump(bytes: &[u8]) -> String {
    let mut out = String::new();
    if let Err(problem) = write_dump(bytes, &mut out) {
        out += &shown(&problem);
    }
    out
}

fn write_dump(bytes: &[u8], out: &mut String) -> Result<(), Problem> {
    let mut workbook = Workbook::open(bytes)?;
    for (ix, sheet) in workbook.sheets().to_vec().iter().enumerate() {
        writeln!(out, "{}{}", sheet.name, if sheet.hidden { " (hidden)" } else { "" }).unwrap();
        let mut rows = workbook.rows(ix)?;
        while let Some(number) = rows.next_row()? {
            write!(out, "{number}:").unwrap();
            for (cell, column) in (0..rows.width()).zip(1..) {
                let letters = column_letters(column);
                match rows.cell(cell) {
                    empty if empty.is_empty() => {}
                    Written::Text(text) => write!(out, " {letters} {text:?}").unwrap(),
                    Written::Digits(digits) => write!(out, " {letters} {digits}").unwrap(),
                    Written::Date(date) => write!(out, " {letters} {date}").unwrap(),
                    other => write!(out, " {letters} {other:?}").unwrap(),
                }
            }
            out.push('\n');
        }
    }
    Ok(())
}

/// A problem as people see it, in both languages.
fn shown(problem: &Problem) -> String {
    let place = match (problem.row, problem.column) {
        (0, _) => String::new(),
        (row, 0) => format!("{row}: "),
        (row, column) => format!("{}{row}: ", column_letters(column)),
    };
    let mut out = format!("{place}{} [{}]\n", problem.message.en, problem.code.name());
    out += &format!("{place}{}\n", problem.message.de);
    if let Some(help) = &problem.help {
        out += &format!("  help: {}\n  Hilfe: {}\n", help.en, help.de);
    }
    out
}

/// A zip archive of these parts.
fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const TYPE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The parts of an XLSX workbook with one sheet, of which the rows are given.
fn excel_parts(rows: &str) -> Vec<(&'static str, String)> {
    let link = |id: &str, kind: &str, target: &str| {
        format!(r#"<Relationship Id="{id}" Type="{TYPE}/{kind}" Target="{target}"/>"#)
    };
    let links = |links: &str| format!("<Relationships>{links}</Relationships>");
    let workbook = format!(r#"<workbook {MAIN}><sheets><sheet name="One" r:id="rId1"/></sheets></workbook>"#);
    let styles = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd.mm.yyyy"/></numFmts>
        <cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="20"/></cellXfs></styleSheet>"#;
    vec![
        ("_rels/.rels", links(&link("rId1", "officeDocument", "xl/workbook.xml"))),
        (
            "xl/_rels/workbook.xml.rels",
            links(
                &[
                    link("rId1", "worksheet", "worksheets/sheet1.xml"),
                    link("rId2", "styles", "styles.xml"),
                    link("rId3", "sharedStrings", "/xl/sharedStrings.xml"),
                ]
                .concat(),
            ),
        ),
        ("xl/workbook.xml", workbook),
        ("xl/styles.xml", styles.to_owned()),
        (
            "xl/sharedStrings.xml",
            r#"<sst uniqueCount="99999999999999"><si><t>zero</t></si><si/><si><t>two</t></si></sst>"#
                .to_owned(),
        ),
        ("xl/worksheets/sheet1.xml", format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")),
    ]
}

/// An XLSX workbook with one sheet of these rows.
fn excel(rows: &str) -> Vec<u8> {
    changed_excel(rows, |_, _| {})
}

/// An XLSX workbook with changed parts.
fn changed_excel(rows: &str, change: impl Fn(&str, &mut String)) -> Vec<u8> {
    let mut parts = excel_parts(rows);
    for (name, content) in &mut parts {
        change(name, content);
    }
    let parts: Vec<_> = parts.iter().map(|(name, content)| (*name, content.as_str())).collect();
    archive(&parts)
}

/// An ODS workbook with these tables.
fn ods(tables: &str) -> Vec<u8> {
    let content = format!(
        r#"<office:document-content><office:automatic-styles>
        <style:style style:name="hid" style:family="table"><style:table-properties table:display="false"/></style:style>
        </office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>
        </office:document-content>"#
    );
    archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", &content),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
    ])
}

/// An ODS workbook with one sheet of these rows.
fn ods_rows(rows: &str) -> Vec<u8> {
    ods(&format!(r#"<table:table table:name="One">{rows}</table:table>"#))
}
