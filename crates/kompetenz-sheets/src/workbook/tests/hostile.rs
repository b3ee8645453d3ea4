//! Workbooks made to break a reader: what counts is that it answers, in bounded time and memory.

use std::fmt::Write as _;

use kompetenz::entry::FaultCode::{self, MalformedRow, TooLarge, Unreadable};

use super::{archive, changed_excel, dump, excel, excel_parts, ods, ods_rows};
use crate::rows::{Problem, Rows as _};
use crate::workbook::Workbook;

/// Reads all rows of all sheets: how many there are.
fn walk(bytes: &[u8]) -> Result<usize, Problem> {
    let mut workbook = Workbook::open(bytes)?;
    let mut count = 0;
    for sheet in 0..workbook.sheets().len() {
        let mut rows = workbook.rows(sheet)?;
        while rows.next_row()?.is_some() {
            count += 1;
        }
    }
    Ok(count)
}

fn with_part(part: &str, content: &str) -> Vec<u8> {
    changed_excel("<row><c><v>1</v></c></row>", |name, old| {
        if name == part {
            content.clone_into(old);
        }
    })
}

const STRINGS: &str = "xl/sharedStrings.xml";
const SHEET: &str = "xl/worksheets/sheet1.xml";

#[test]
fn places_that_cannot_be_are_refused() {
    let cell = |place: &str| format!(r#"<row r="9"><c r="{place}"><v>1</v></c></row>"#);
    for (name, rows, code) in [
        (
            "rows backwards",
            r#"<row r="9"><c><v>1</v></c></row><row r="5"><c><v>2</v></c></row>"#.to_owned(),
            MalformedRow,
        ),
        ("a row twice", r#"<row r="9"/><row r="9"><c r="B9"><v>2</v></c></row>"#.to_owned(), MalformedRow),
        ("row 0", r#"<row r="0"><c><v>1</v></c></row>"#.to_owned(), MalformedRow),
        ("a row beyond the last", r#"<row r="1048577"><c><v>1</v></c></row>"#.to_owned(), MalformedRow),
        ("a row behind the last", r#"<row r="1048576"/><row><c><v>1</v></c></row>"#.to_owned(), MalformedRow),
        // 2³² + 5 would be 5 for a reader that does not look.
        ("a row around the corner", r#"<row r="4294967301"><c><v>1</v></c></row>"#.to_owned(), MalformedRow),
        ("a cell around the corner", cell("A4294967305"), MalformedRow),
        ("a cell of another row", cell("A8"), MalformedRow),
        ("a cell without a row", cell("A"), MalformedRow),
        ("a cell without a column", cell("9"), MalformedRow),
        ("a column beyond the last", cell("XFE9"), MalformedRow),
        ("a column with too many letters", cell("AAAAAAAAAAAAAA9"), MalformedRow),
        ("a column of other letters", cell("Ä9"), MalformedRow),
        ("a minus", cell("A-9"), MalformedRow),
        ("a plus", cell("A+9"), MalformedRow),
        ("cells backwards", r#"<row r="9"><c r="B9"/><c r="A9"><v>1</v></c></row>"#.to_owned(), MalformedRow),
        (
            "a cell twice",
            r#"<row r="9"><c r="B9"><v>1</v></c><c r="B9"><v>2</v></c></row>"#.to_owned(),
            MalformedRow,
        ),
        ("more cells than columns", format!("<row>{}</row>", "<c><v>1</v></c>".repeat(16_385)), MalformedRow),
        ("a text that is not shared", r#"<row><c t="s"><v>3</v></c></row>"#.to_owned(), Unreadable),
        ("a negative text", r#"<row><c t="s"><v>-1</v></c></row>"#.to_owned(), Unreadable),
    ] {
        let problem = walk(&excel(&rows)).expect_err(name);
        assert_eq!(problem.code, code, "{name}");
    }
}

#[test]
fn a_problem_tells_the_last_place_that_is_certain() {
    for (rows, place) in [
        (r#"<row r="3"/><row r="4"><c r="B4"/><c r="A4"/></row>"#, (4, 1)),
        (r#"<row r="3"><c r="C3" t="s"><v>99</v></c></row>"#, (3, 3)),
        (r#"<row r="3"/><row r="4"><c></row>"#, (4, 0)),
    ] {
        let problem = walk(&excel(rows)).unwrap_err();
        assert_eq!((problem.row, problem.column), place, "{rows}");
    }
    let rows = r#"<table:table-row table:number-rows-repeated="4"/><table:table-row><table:table-cell table:number-columns-repeated="0"/></table:table-row>"#;
    let problem = walk(&ods_rows(rows)).unwrap_err();
    assert_eq!((problem.row, problem.column), (5, 1));
}

#[test]
fn what_grows_without_end_is_stopped() {
    let deep = |open: &str| format!("<worksheet><sheetData>{}", open.repeat(1_000_000));
    let long = |count: usize| "a".repeat(count);
    let cells = |cell: &str| format!("<row>{}</row>", cell.repeat(16_384));
    let mb = 1 << 20;
    // In pieces that are not too long, each of which says nothing.
    let megabytes = |count: usize| format!("<!--{}-->", long(mb - 7)).repeat(count);
    for (name, bytes, code) in [
        ("a deep sheet", with_part(SHEET, &deep("<a>")), TooLarge),
        ("a deep row", with_part(SHEET, &deep("<row>")), TooLarge),
        ("a deep text", with_part(STRINGS, &format!("<sst>{}", "<si><r>".repeat(100_000))), TooLarge),
        ("a tag of 10 MB", with_part(SHEET, &format!("<worksheet a=\"{}\"/>", long(10 * mb))), TooLarge),
        ("a text of 10 MB", with_part(STRINGS, &format!("<sst><si><t>{}", long(10 * mb))), TooLarge),
        (
            "a comment of 10 MB",
            with_part(SHEET, &format!("<worksheet><!--{}-->", "<>".repeat(5 * mb))),
            TooLarge,
        ),
        (
            "a text of 20 MB in pieces",
            excel(&format!(
                "<row><c t=\"str\"><v>{}</v></c></row>",
                format!("{}<!-- -->", long(mb)).repeat(20)
            )),
            TooLarge,
        ),
        (
            "a text in every cell of a row",
            changed_excel(&cells("<c t=\"s\"><v>0</v></c>"), |name, content| {
                if name == STRINGS {
                    *content = format!("<sst><si><t>{}</t></si></sst>", long(32_767));
                }
            }),
            TooLarge,
        ),
        ("styles of 17 MB", with_part("xl/styles.xml", &megabytes(17)), TooLarge),
        ("relationships of 17 MB", with_part("_rels/.rels", &megabytes(17)), TooLarge),
        ("shared texts of 257 MB", with_part(STRINGS, &megabytes(257)), TooLarge),
        (
            "a row of ODS in a million pieces",
            ods_rows(
                "<table:table-row><table:table-cell><text:p><text:s text:c=\"4000000000\"/></text:p></table:table-cell></table:table-row>",
            ),
            TooLarge,
        ),
        (
            "one cell of ODS everywhere",
            ods_rows(
                "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell table:number-columns-repeated=\"16384\"><text:p>x</text:p></table:table-cell></table:table-row>",
            ),
            TooLarge,
        ),
        (
            "a cell of ODS beyond the last column",
            ods_rows(
                "<table:table-row><table:table-cell table:number-columns-repeated=\"16385\"><text:p>x</text:p></table:table-cell></table:table-row>",
            ),
            MalformedRow,
        ),
        (
            "a row of ODS beyond the last",
            ods_rows(
                "<table:table-row table:number-rows-repeated=\"4000000000\"/><table:table-row table:number-rows-repeated=\"4000000000\"/><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>",
            ),
            MalformedRow,
        ),
        (
            "a row of ODS too many",
            ods_rows(
                "<table:table-row table:number-rows-repeated=\"1048577\"><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>",
            ),
            MalformedRow,
        ),
        (
            "groups in groups",
            ods(&format!("<table:table>{}", "<table:table-row-group>".repeat(100_000))),
            TooLarge,
        ),
    ] {
        let problem = walk(&bytes).expect_err(name);
        assert_eq!(problem.code, code, "{name}: {}", problem.message.en);
    }
}

#[test]
fn entities_are_refused() {
    let laughs =
        r#"<!DOCTYPE sst [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>"#;
    let outside = r#"<!DOCTYPE sst [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst><si><t>&a;</t></si></sst>"#;
    for content in [laughs, outside] {
        assert!(dump(&with_part(STRINGS, content)).contains("entities"), "{content}");
    }
    let harmless = r#"<!DOCTYPE sst PUBLIC "-//OpenOffice.org//DTD" "sst.dtd"><sst/>"#;
    assert_eq!(walk(&with_part(STRINGS, harmless)).unwrap(), 1);
    let unknown = "<sst><si><t>&b;</t></si></sst>";
    assert_eq!(walk(&with_part(STRINGS, unknown)).unwrap_err().code, Unreadable);
}

#[test]
fn an_archive_is_not_believed() {
    let names: Vec<String> = (0..10_001).map(|n| format!("part{n}")).collect();
    let many: Vec<_> = names.iter().map(|name| (name.as_str(), "")).collect();
    assert_eq!(walk(&archive(&many)).unwrap_err().code, TooLarge);

    let mut parts = excel_parts("");
    parts.push(("XL\\Worksheets\\Sheet1.xml", String::new()));
    let parts: Vec<_> = parts.iter().map(|(name, content)| (*name, content.as_str())).collect();
    assert_eq!(walk(&archive(&parts)).unwrap_err().code, Unreadable);

    // The size that is declared for a part is neither reserved nor trusted.
    let mut bytes = excel("<row><c><v>1</v></c></row>");
    let entries: Vec<usize> =
        (0..bytes.len() - 4).filter(|at| &bytes[*at..at + 4] == b"PK\x01\x02").collect();
    for at in entries {
        bytes[at + 24..at + 28].copy_from_slice(&0xFFFF_FFF0_u32.to_le_bytes());
    }
    assert_eq!(walk(&bytes).unwrap(), 1);

    // A changed byte in what is stored as it is shows at the end of the part, and then nothing of it counts.
    let mut bytes = archive_stored("<row><c><v>1234</v></c></row>");
    let at = bytes.windows(4).position(|four| four == b"1234").unwrap();
    bytes[at] = b'9';
    assert_eq!(walk(&bytes).unwrap_err().code, Unreadable);
}

/// An XLSX workbook whose parts are not compressed.
fn archive_stored(rows: &str) -> Vec<u8> {
    use std::io::{Cursor, Write as _};
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in excel_parts(rows) {
        zip.start_file(name, options).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn what_is_formatted_but_empty_is_skipped() {
    let mut rows = String::new();
    for number in 1..=1_048_576 {
        write!(rows, r#"<row r="{number}" s="1" ht="12"/>"#).unwrap();
    }
    assert_eq!(walk(&excel(&rows)).unwrap(), 0);
    let cells = format!(
        "<row>{}<c t=\"str\"><v> </v></c></row><row r=\"7\"><c><v>1</v></c></row>",
        "<c s=\"1\"/>".repeat(16_000)
    );
    assert_eq!(walk(&excel(&cells)).unwrap(), 1);
    let rows = r#"<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#;
    assert_eq!(walk(&ods_rows(rows)).unwrap(), 0);
}

/// A sheet that ends in the middle is not one that ends early.
#[test]
fn nothing_is_taken_for_the_end_that_is_not() {
    let row = "<row><c><v>1</v></c></row>";
    for content in [
        format!("<worksheet><sheetData>{row}"),
        format!("<worksheet><sheetData>{row}</sheetData>"),
        format!("<worksheet><sheetData>{row}</worksheet>"),
        format!("<worksheet><sheetData>{row}<row"),
    ] {
        let bytes = with_part(SHEET, &content);
        let mut workbook = Workbook::open(&bytes).unwrap();
        let mut rows = workbook.rows(0).unwrap();
        let mut answers = [(); 3].map(|()| rows.next_row().map_err(|problem| problem.code));
        answers.sort_by_key(Result::is_err);
        assert!(answers.contains(&Err(FaultCode::Unreadable)), "{content}: {answers:?}");
    }
    for content in [
        "<table:table>",
        "<table:table><table:table-row>",
        "<table:table><table:table-row><table:table-cell>",
    ] {
        assert_eq!(walk(&ods(content)).unwrap_err().code, Unreadable, "{content}");
    }
}
