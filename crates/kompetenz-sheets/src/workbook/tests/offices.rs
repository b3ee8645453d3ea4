//! Files that offices and scripts really saved, and `calamine` as a second opinion on them.

use calamine::{Data, Reader};
use insta::assert_snapshot;

use super::dump;
use crate::value::Written;
use crate::{rows::Rows as _, workbook::Workbook};

fn fixture(name: &str) -> Vec<u8> {
    let path = format!("{}/../../fixtures/workbooks/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(path).unwrap()
}

#[test]
fn what_libreoffice_saves_is_read_alike_from_both_formats() {
    let excel = dump(&fixture("libreoffice.xlsx"));
    assert_snapshot!(excel, @r#"
    Ergebnisse & mehr
    1: A "Kopf" C "zweiter"
    4: A "Elena-Ștefania Țurcanu 🙂" B 3 C 0.1 D 0.3 E 1990-03-12 F 2026-11-09 G Other H Flag(true) I 0.5 J Error L "'007"
    5: A "erste Zeile\nzweite fette Zeile" B "a   bc" C "Verweis" D 7 E 7 F 7
    6: A "gleich" B -2.5
    7: A "gleich" B -2.5
    8: A "gleich" B -2.5
    versteckt (hidden)
    1: A "geheim"
    "#);
    let open_document = dump(&fixture("libreoffice.ods"));
    assert_eq!(open_document, excel);
}

#[test]
fn formulas_without_values_are_known_as_such() {
    assert_snapshot!(dump(&fixture("script.xlsx")), @r#"
    Ergebnisse
    1: A "Kennung" B "Summe" C "Tag"
    2: A "P-1" B Uncomputed C 1990-03-12
    3: A "P-2" B Uncomputed
    "#);
}

/// Every value that both readers know is the same one at the same place.
#[test]
fn another_reader_finds_the_same() {
    for name in ["libreoffice.xlsx", "libreoffice.ods", "script.xlsx"] {
        let bytes = fixture(name);
        let mut theirs = calamine::open_workbook_auto_from_rs(std::io::Cursor::new(&bytes)).unwrap();
        let range = theirs.worksheet_range_at(0).unwrap().unwrap();
        let mut workbook = Workbook::open(&bytes).unwrap();
        let mut rows = workbook.rows(0).unwrap();
        let mut compared = 0;
        while let Some(number) = rows.next_row().unwrap() {
            for (ix, column) in (0..rows.width()).zip(0..) {
                let other = range.get_value((number - 1, column)).unwrap_or(&Data::Empty);
                let place = format!("{name}: row {number}, column {column}");
                match rows.cell(ix) {
                    Written::Text(text) => match other {
                        Data::Empty => assert_eq!(text, "", "{place}"),
                        other => assert_eq!(other, &Data::String(text.into()), "{place}"),
                    },
                    Written::Digits(digits) => {
                        assert_eq!(other, &Data::Float(digits.parse().unwrap()), "{place}");
                    }
                    Written::Flag(flag) => assert_eq!(other, &Data::Bool(flag), "{place}"),
                    Written::Date(_) | Written::Other => {
                        let is_time =
                            matches!(other, Data::DateTime(_) | Data::DateTimeIso(_) | Data::DurationIso(_));
                        assert!(is_time, "{place}: {other:?}");
                    }
                    Written::Error => assert!(!matches!(other, Data::Float(_)), "{place}: {other:?}"),
                    Written::Uncomputed => assert!(matches!(other, Data::Empty), "{place}: {other:?}"),
                }
                compared += 1;
            }
        }
        assert!(compared >= 8, "{name}");
    }
}
