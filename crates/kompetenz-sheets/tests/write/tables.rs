//! Tables for further work: CSV in both dialects, workbooks, scores and faults.

use calamine::{Data, Reader as _};
use insta::assert_snapshot;
use jiff::civil::date;
use kompetenz::entry::{Fault, FaultCode, Form, Source, Spot};
use kompetenz::{Exact, Record, Ui, recommend, score, words};
use kompetenz_sheets::read;
use kompetenz_sheets::write::{Cell, Dialect, Table, WriteError, faults, scores};

use super::{NORDSTADT, open, sheet, small};

fn n(text: &str) -> Cell {
    Cell::Number(Exact::parse(text).unwrap())
}

fn sample() -> Table {
    let mut table = Table::new(["key", "note; more", "points", "day", "taken"]);
    table.push([
        Cell::text("0012"),
        Cell::text("=1+1"),
        n("-2.5"),
        Cell::Date(date(1990, 3, 2)),
        Cell::Flag(true),
    ]);
    table.push([Cell::text("Țurcanu"), Cell::text("one\r\ntwo; \"three\""), n("1234567")]);
    let third = Exact::ratio(-2, 3).unwrap();
    table.push([
        Cell::Empty,
        Cell::text("-5"),
        Cell::Number(third),
        Cell::Date(date(1850, 1, 1)),
        Cell::Flag(false),
    ]);
    table
}

fn csv(table: &Table, dialect: Dialect) -> String {
    String::from_utf8(table.to_csv(dialect).unwrap())
        .unwrap()
        .escape_debug()
        .to_string()
        .replace("\\n", "\\n\n")
}

#[test]
fn each_dialect_is_written_as_its_readers_expect() {
    assert_snapshot!(csv(&sample(), Dialect::German), @r#"
    \u{feff}key;\"note; more\";points;day;taken\r\n
    0012;\'=1+1;-2,5;02.03.1990;ja\r\n
    Țurcanu;\"one\n
    two; \"\"three\"\"\";1234567;;\r\n
    ;-5;-0,6667;01.01.1850;nein\r\n
    "#);
    assert_snapshot!(csv(&sample(), Dialect::Plain), @r#"
    key,note; more,points,day,taken\n
    0012,\'=1+1,-2.5,1990-03-02,true\n
    Țurcanu,\"one\n
    two; \"\"three\"\"\",1234567,,\n
    ,-5,-0.6667,1850-01-01,false\n
    "#);
}

#[test]
fn a_workbook_keeps_numbers_days_and_texts_apart() {
    let bytes = sample().to_xlsx("Scores: spring/autumn [2026] of the whole group").unwrap();
    let mut book = open(&bytes);
    assert_eq!(book.sheet_names(), ["Scores springautumn 2026 of the"]);
    assert!(book.worksheet_formula("Scores springautumn 2026 of the").unwrap().is_empty());
    let rows = sheet(&bytes, "Scores springautumn 2026 of the");
    let cell = |row: u32, column: u32| rows.get_value((row, column)).unwrap();
    assert_eq!(cell(1, 0), &Data::String("0012".into()));
    assert_eq!(cell(1, 1), &Data::String("=1+1".into()));
    assert_eq!(cell(1, 2), &Data::Float(-2.5));
    assert!(matches!(cell(1, 3), Data::DateTime(day) if day.to_string() == "32934"), "{:?}", cell(1, 3));
    assert_eq!(cell(1, 4), &Data::Bool(true));
    assert_eq!(cell(2, 1), &Data::String("one\ntwo; \"three\"".into()));
    assert_eq!(cell(2, 3), &Data::Empty);
    assert_eq!(cell(3, 1), &Data::String("-5".into()));
    assert_eq!(cell(3, 2), &Data::Float(-0.6667));
    // Excel has no days before 1900.
    assert_eq!(cell(3, 3), &Data::String("1850-01-01".into()));
    assert_eq!(bytes, sample().to_xlsx("Scores: spring/autumn [2026] of the whole group").unwrap());
}

#[test]
fn hostile_texts_are_written_so_that_they_can_be_seen() {
    let long = "a".repeat(32_768);
    let wide = "😀".repeat(20_000);
    for (text, shown) in [
        ("a\0b", "a\u{FFFD}b".to_owned()),
        ("\u{1b}[31mred", "\u{FFFD}[31mred".to_owned()),
        ("Anna\u{202e}ttO", "Anna\u{FFFD}ttO".to_owned()),
        ("\u{2066}x\u{2069}", "\u{FFFD}x\u{FFFD}".to_owned()),
        ("\u{FFFF}", "\u{FFFD}".to_owned()),
        ("_x0041_", "_x0041_".to_owned()),
        ("<a href=\"&\">", "<a href=\"&\">".to_owned()),
        ("two\rlines", "two\nlines".to_owned()),
        ("العربية\u{200f}", "العربية\u{200f}".to_owned()),
        (&long, format!("{}…", "a".repeat(32_765))),
        // Two units each, and one for the sign of the gap.
        (&wide, format!("{}…", "😀".repeat(16_382))),
    ] {
        let mut table = Table::new(["x"]);
        table.push([Cell::text(text)]);
        let bytes = table.to_xlsx("x").unwrap();
        let cell = sheet(&bytes, "x").get_value((1, 0)).unwrap().to_string();
        assert_eq!(cell, shown, "{}", &text[..text.len().min(20)].escape_debug());
        let bytes = table.to_csv(Dialect::German).unwrap();
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(&bytes[3..]);
        assert_eq!(&reader.records().next().unwrap().unwrap()[0], shown);
    }
}

#[test]
fn a_table_that_no_sheet_can_hold_is_refused() {
    let mut table = Table::new(["x"]);
    table.push((0..16_385).map(|_| Cell::Flag(true)));
    assert_eq!(table.headings().len(), 16_385);
    assert!(matches!(table.to_xlsx("x"), Err(WriteError::TooLarge)));
    assert_eq!(Table::new::<&str>([]).to_xlsx("").map(|bytes| open(&bytes).sheet_names().len()).unwrap(), 1);
}

#[test]
fn faults_become_a_list_to_work_through() {
    let table = Source { file: "gruppe-3.xlsx".into(), sheet: Some("Nord".into()), form: Form::Table };
    let form = Source { file: "form.toml".into(), sheet: None, form: Form::Text };
    let spot = |row, column| Spot { source: 0, row, column };
    let message = || words!("`Name` is empty", "`Name` ist leer");
    let list = [
        Fault::at(FaultCode::MissingValue, &table, spot(17, 28), message())
            .field("Name")
            .help(words!("enter it", "eintragen; dann speichern")),
        Fault::at(FaultCode::InvalidDate, &form, spot(3, 8), message()),
        Fault::at(FaultCode::Empty, &table, Spot::default(), message()),
    ];
    assert_snapshot!(csv(&faults(&list, Ui::De), Dialect::German), @r#"
    \u{feff}Datei;Blatt;Zeile;Spalte;Code;Feld;Meldung;Hilfe;erledigt\r\n
    gruppe-3.xlsx;Nord;17;AB;missing-value;Name;`Name` ist leer;\"eintragen; dann speichern\";\r\n
    form.toml;;3;8;invalid-date;;`Name` ist leer;;\r\n
    gruppe-3.xlsx;Nord;;;empty;;`Name` ist leer;;\r\n
    "#);
    assert_snapshot!(csv(&faults(&list, Ui::En), Dialect::Plain), @r"
    file,sheet,row,column,code,field,message,help,done\n
    gruppe-3.xlsx,Nord,17,AB,missing-value,Name,`Name` is empty,enter it,\n
    form.toml,,3,8,invalid-date,,`Name` is empty,,\n
    gruppe-3.xlsx,Nord,,,empty,,`Name` is empty,,\n
    ");
}

#[test]
fn scores_have_the_columns_of_the_definition_and_no_names() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/results/nordstadt.csv");
    let reading = read(&std::fs::read(file).unwrap(), "nordstadt.csv", &NORDSTADT.vocabulary()).unwrap();
    let entries: Vec<_> = reading.people.iter().filter_map(|person| person.as_ref().ok()).collect();
    let records: Vec<_> = entries.iter().filter_map(|entry| Record::new(&NORDSTADT, entry).ok()).collect();
    let scored: Vec<_> = records.iter().map(score).collect();
    let advice: Vec<_> = scored.iter().map(|scored| recommend(scored, date(2026, 11, 22))).collect();
    let table = scores(&NORDSTADT, &advice);
    assert_eq!(table.rows().len(), advice.len());
    let columns = 3 + 4 * NORDSTADT.measures().count() + 2 + NORDSTADT.jobs().count();
    assert_eq!(table.headings().len(), columns);
    let mut headings = table.headings().to_vec();
    headings.sort();
    headings.dedup();
    assert_eq!(headings.len(), columns, "every column has a heading of its own");

    let whole = String::from_utf8(table.to_csv(Dialect::Plain).unwrap()).unwrap();
    for entry in &entries {
        assert!(!whole.contains(&entry.name));
    }
    let shown = [
        "key",
        "row",
        "metal.field",
        "metal.field.level",
        "metal.field.outcome",
        "german.writing.level",
        "findings",
    ];
    let places: Vec<usize> = shown
        .iter()
        .filter_map(|wanted| table.headings().iter().position(|heading| heading == wanted))
        .chain([columns - 1])
        .collect();
    let mut some = Table::new(places.iter().map(|&place| table.headings()[place].as_str()));
    for row in table.rows().iter().take(12) {
        some.push(places.iter().map(|&place| row[place].clone()));
    }
    assert_snapshot!(csv(&some, Dialect::Plain), @r"
    key,row,metal.field,metal.field.level,metal.field.outcome,german.writing.level,findings,fit.everyday-helper\n
    P-0001,2,2.8,independent,result,a1,other-language metal.works metal.understands-orders metal.one-task-confident german.understands german.talks german.reads-notices german.talks-more-than-writes,to-show\n
    P-0002,4,3.7583,confident,result,l1,other-language metal.works metal.understands-orders metal.measures-exactly metal.works-safely german.talks-more-than-writes,to-show\n
    P-0003,6,2.2083,guided,result,l4,other-language metal.guided-work german.understands german.talks german.talks-more-than-writes,to-show\n
    P-0004,8,3.2083,confident,result,,metal.works metal.understands-orders metal.measures-exactly metal.works-safely,to-show\n
    P-0005,10,2.6,independent,result,a2,other-language metal.works metal.works-safely german.understands german.talks german.reads-notices,to-show\n
    P-0006,12,3.425,confident,result,b1,other-language metal.works metal.understands-orders metal.measures-exactly metal.works-safely german.understands german.talks german.reads-notices,to-show\n
    P-0007,14,3.8583,confident,result,b1,other-language metal.works metal.understands-orders metal.measures-exactly metal.works-safely german.understands german.talks german.reads-notices,to-show\n
    P-0008,16,,,insufficient,b2,german.understands german.talks german.reads-notices,to-show\n
    P-0009,18,,,not-taken,l3,other-language german.understands german.talks-more-than-writes,to-show\n
    P-0010,19,2.4833,independent,result,a2,other-language metal.works german.understands german.talks german.reads-notices,to-show\n
    P-0011,21,2.8583,independent,result,a2,other-language metal.works metal.understands-orders metal.measures-exactly metal.works-safely german.understands german.talks german.reads-notices,to-show\n
    P-0012,22,1.4917,guided,result,l1,other-language metal.guided-work german.understands german.talks german.talks-more-than-writes,to-show\n
    ");
}

/// Each lack is a word of its own, and what the definition rounds is rounded as it says.
#[test]
fn values_are_rounded_as_shown_and_what_is_missing_is_no_number() {
    let assessment = small(
        "[observers]\ndispute-from = 2\ncombine = \"mean\"\n[[scale]]\nid = \"s\"\nrange = { from = 0, to = 9, step = 0.25 }\n\
         [[item]]\nid = \"one\"\ntitle = \"One\"\nscale = \"s\"\n[[item]]\nid = \"two\"\ntitle = \"Two\"\nscale = \"s\"\n\
         [[measure]]\nid = \"exact\"\ntitle = \"Exact\"\nrule = \"mean\"\nof = [\"one\"]\n",
    );
    let rows = "key;name;observer;one;two\nP-1;x;anna;2.25;\nP-1;x;ben;2.5;\nP-1;x;cem;2.25;\nP-1;x;self;4;\n\
                P-2;y;anna;1;\nP-2;y;ben;5;\nP-3;z;anna;;1\n";
    let reading = read(rows.as_bytes(), "x.csv", &assessment.vocabulary()).unwrap();
    let records: Vec<_> = reading
        .people
        .iter()
        .map(|person| Record::new(&assessment, person.as_ref().unwrap()).unwrap())
        .collect();
    let scored: Vec<_> = records.iter().map(score).collect();
    let advice: Vec<_> = scored.iter().map(|scored| recommend(scored, date(2026, 11, 22))).collect();
    assert_snapshot!(csv(&scores(&assessment, &advice), Dialect::German), @r"
    \u{feff}key;file;row;exact;exact.level;exact.outcome;exact.own;field;field.level;field.outcome;field.own;findings;recommended\r\n
    P-1;x.csv;2;2,3333;;result;4;2,3;;result;4;;\r\n
    P-2;x.csv;6;;;disputed;;;;disputed;;;\r\n
    P-3;x.csv;8;;;insufficient;;;;insufficient;;;\r\n
    ");
}
