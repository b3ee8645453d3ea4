//! Entry sheets on their way: made by us, filled in and saved in an office program, read again.
//!
//! All tests look at one day in an office, for which the program (`soffice`) is started once.

mod filled;
mod session;

use std::sync::LazyLock;

use jiff::civil::date;
use kompetenz::entry::{Entry, Observer, Occasion, Spot, Vocabulary};
use kompetenz::{Assessment, Exact, Fault, Record};
use kompetenz_sheets::write::{EntrySheet, Participant};
use kompetenz_sheets::{Reading, read};

use crate::wild::workbook;
use crate::write::{SHIPPED, plain, shipped, written};
use crate::{content, render};
use filled::{Person, RESULTS, Sheet};
pub(crate) use session::FORMATS;
use session::{Files, Session};

/// One day in an office: who was filled in for each of [`SHIPPED`], and the files that came of it.
struct Day {
    sheets: Vec<(Assessment, Vec<Person>)>,
    files: Option<Files>,
}

static DAY: LazyLock<Day> = LazyLock::new(|| {
    let mut session = Session::default();
    let sheets = SHIPPED.map(|name| {
        let assessment = shipped(name);
        let people = morning(&mut session, name, &assessment);
        (assessment, people)
    });
    afternoon(&mut session);
    evening(&mut session);
    Day { sheets: sheets.into(), files: session.run() }
});

/// Who observes. Whoever hands out questionnaires writes it down in every row.
const OBSERVER: &str = "Ștefan Öz";

/// People are filled in: three that stand on the sheet, one that does not, one for the second time. Two rows stay blank.
fn morning(session: &mut Session, name: &str, assessment: &Assessment) -> Vec<Person> {
    let roster = [
        Participant {
            key: "0012".into(),
            name: "Elena-Ștefania Țurcanu".into(),
            birth_date: Some(date(1990, 3, 12)),
        },
        Participant { key: "P-7".into(), name: "İbrahim Çağlayan".into(), birth_date: None },
        Participant {
            key: "Ж-3".into(), name: "Живка Петрова".into(), birth_date: Some(date(2001, 12, 31))
        },
    ];
    let is_prefilled = name != "questionnaire";
    let wish = EntrySheet {
        roster: roster.to_vec(),
        blank_rows: 4,
        observer: is_prefilled.then(|| OBSERVER.to_owned()),
        ..plain(assessment)
    };
    let bytes = written(assessment, &wish);
    let mut sheet = Sheet::new(assessment, &bytes);
    session.open(&format!("{name}-blank.xlsx"), bytes, RESULTS);

    let [mut elena, mut ibrahim, mut zhivka] = roster.map(|Participant { key, name, birth_date }| {
        Person::new(Entry { key, name, birth_date, ..Entry::default() })
    });
    elena.entry.from = Some(date(2026, 11, 9));
    elena.entry.to = Some(date(2026, 11, 20));
    elena.entry.hours = Exact::ratio(15, 2);
    let mut zhanna = Person::new(Entry {
        key: "0099".into(),
        name: "Жанна Ионеску-Ğül".into(),
        birth_date: Some(date(1985, 2, 1)),
        ..Entry::default()
    });

    let once = || Occasion { observer: Observer::Named(OBSERVER.into()), situation: None, trial: 1 };
    let workshop = Occasion { situation: Some("Werkstatt".into()), ..once() };
    let kitchen = Occasion { situation: Some("Küche „neu“".into()), trial: 2, ..once() };
    let mut fill = |person: &mut Person, row, occasion, cells: &[(&str, &str)]| {
        let by: &[_] = if is_prefilled { &[] } else { &[("observer", OBSERVER)] };
        sheet.fill(session, person, row, occasion, &[cells, by].concat());
    };
    let cells = [
        ("situation", "Werkstatt"),
        ("from", "9.11.2026"),
        ("to", "20.11.26"),
        ("hours", "7,5"),
        ("note", "Ruhig und genau; „sicher“.\nFragt bei \"Neuem\" nach."),
        ("metal.note", "- Säge: 3–4 mm daneben"),
    ];
    fill(&mut elena, 5, workshop, &cells);
    fill(&mut ibrahim, 6, once(), &[("note", "=2+3 selbst gerechnet")]);
    fill(&mut zhivka, 7, once(), &[("trial", "1"), ("wood.note", "0012")]);
    fill(
        &mut zhanna,
        8,
        once(),
        &[("key", "0099"), ("name", "Жанна Ионеску-Ğül"), ("birth-date", "1.2.1985")],
    );
    fill(&mut elena, 9, kitchen, &[("key", "0012"), ("situation", "Küche „neu“"), ("trial", "2")]);
    session.save_all(name);
    session.close();
    vec![elena, ibrahim, zhivka, zhanna]
}

/// Things go wrong: parts that nobody seems to need are deleted, and rows are left half done.
fn afternoon(session: &mut Session) {
    session.reopen("questionnaire.xlsx", RESULTS);
    session.delete_row(1);
    session.save_all("without-row");
    session.delete_sheet("kompetenz");
    session.save_all("without-both");
    session.close();
    session.reopen("questionnaire.xlsx", RESULTS);
    session.delete_sheet("kompetenz");
    session.save_all("without-sheet");
    session.close();

    session.reopen("points-test.xlsx", RESULTS);
    session.delete_sheet("kompetenz");
    session.save_all("without-observer");
    session.close();
    session.reopen("points-test.xlsx", RESULTS);
    // A name without a key, a rating of nobody, and a rating that no list could keep out.
    session.type_in("B10", "Andrei Popa");
    session.type_in("K10", "b");
    session.type_in("L11", "c");
    session.type_in("D7", " ");
    session.save_all("half-done");
    session.close();
}

/// Workbooks that the office made by itself are opened and saved.
fn evening(session: &mut Session) {
    for (stem, sheet) in [("wide", "Gruppe Herbst & Winter"), ("long", "Protokoll")] {
        let name = format!("{stem}.xlsx");
        session.open(&name, workbook(&name), sheet);
        session.save_all(&format!("{stem}-saved"));
        session.close();
    }
}

/// The files of the day, or nothing where the program is not installed.
pub(crate) fn files() -> Option<&'static Files> {
    if DAY.files.is_none() {
        skip("soffice or python3-uno");
    }
    DAY.files.as_ref()
}

/// Says that a test is skipped because a program is not installed. Where everything is tested, it must be.
#[allow(clippy::print_stderr, reason = "a test that is skipped says so")]
pub(crate) fn skip(program: &str) {
    assert!(std::env::var_os("CI").is_none(), "{program} is not installed");
    eprintln!("skipped: {program} is not installed");
}

/// What a saved file says.
fn reading(files: &Files, name: &str, vocabulary: &Vocabulary) -> Result<Reading, Vec<Fault>> {
    read(&files[name], name, vocabulary)
}

/// What was entered where, in the order of the cells. Rows above them may have been deleted.
fn places(entry: &Entry, deleted: u32) -> Vec<(u32, u32, String)> {
    let place = |spot: Spot, what: String| (spot.row - deleted, spot.column, what);
    let ratings = entry.ratings.iter().map(|rating| place(rating.spot, format!("{:?}", rating.value)));
    let facts = entry.facts.iter().map(|fact| place(fact.spot, format!("{:?}", fact.value)));
    let notes = entry.notes.iter().map(|note| place(note.spot, note.text.clone()));
    let mut places: Vec<_> = ratings.chain(facts).chain(notes).collect();
    places.sort();
    places
}

/// Everybody is read as filled in, cell by cell, and fits the assessment. Rows above the data may have been deleted.
fn is_as_filled_in(reading: &Reading, (assessment, people): &(Assessment, Vec<Person>), deleted: u32) {
    assert_eq!(reading.people.len(), people.len());
    for (read, person) in reading.people.iter().zip(people) {
        let entry = read.as_ref().unwrap_or_else(|rejected| panic!("{}", render(&rejected.faults)));
        assert_eq!(content(entry), content(&person.entry));
        assert_eq!(places(entry, 0), places(&person.entry, deleted));
        let record = Record::new(assessment, entry).unwrap_or_else(|faults| panic!("{}", render(&faults)));
        person.is_meant_by(&record);
    }
}

#[test]
fn what_an_assessor_fills_in_comes_back_without_loss() {
    let Some(files) = files() else { return };
    for (name, sheet) in SHIPPED.iter().zip(&DAY.sheets) {
        for format in FORMATS {
            let file = format!("{name}.{format}");
            let reading = reading(files, &file, &sheet.0.vocabulary());
            let reading = reading.unwrap_or_else(|faults| panic!("{}", render(&faults)));
            is_as_filled_in(&reading, sheet, 0);
            assert!(reading.warnings.is_empty(), "{file}: {:?}", reading.warnings);
        }
    }
}

/// The questionnaire, which some of the files are of.
fn questionnaire() -> &'static (Assessment, Vec<Person>) {
    DAY.sheets.last().unwrap()
}

/// The files that still say what they were made for: in the hidden sheet, in the first cell, or in both.
const MARKED: [&str; 7] = [
    "questionnaire.xlsx",
    "questionnaire.ods",
    "questionnaire.csv",
    "without-row.xlsx",
    "without-row.ods",
    "without-sheet.xlsx",
    "without-sheet.ods",
];

#[test]
fn a_sheet_of_another_version_is_refused_wherever_it_still_says_so() {
    let Some(files) = files() else { return };
    let vocabulary = Vocabulary { version: "1.1.0".into(), ..questionnaire().0.vocabulary() };
    let mut shown = String::new();
    for file in MARKED {
        let faults = reading(files, file, &vocabulary).unwrap_err();
        assert_eq!(faults.len(), 1, "{}", render(&faults));
        shown += &format!("{}\n", faults[0]);
    }
    insta::assert_snapshot!(shown, @"
    questionnaire.xlsx, sheet Ergebnisse: this sheet was made for another assessment or version than `work-style` 1.1.0 [wrong-assessment]
    questionnaire.ods, sheet Ergebnisse: this sheet was made for another assessment or version than `work-style` 1.1.0 [wrong-assessment]
    questionnaire.csv, row 1: this sheet was made for another assessment or version than `work-style` 1.1.0 [wrong-assessment]
    without-row.xlsx, sheet Ergebnisse: this sheet was made for another assessment or version than `work-style` 1.1.0 [wrong-assessment]
    without-row.ods, sheet Ergebnisse: this sheet was made for another assessment or version than `work-style` 1.1.0 [wrong-assessment]
    without-sheet.xlsx, sheet Ergebnisse, row 1: this sheet was made for another assessment or version than `work-style` 1.1.0 [wrong-assessment]
    without-sheet.ods, sheet Ergebnisse, row 1: this sheet was made for another assessment or version than `work-style` 1.1.0 [wrong-assessment]
    ");
}

#[test]
fn a_sheet_of_another_draft_is_read_with_a_warning() {
    let Some(files) = files() else { return };
    let vocabulary = Vocabulary { digest: "0".repeat(64), ..questionnaire().0.vocabulary() };
    for file in MARKED {
        let reading = reading(files, file, &vocabulary).unwrap();
        is_as_filled_in(&reading, questionnaire(), u32::from(file.starts_with("without-row")));
        assert_eq!(reading.warnings.len(), 1, "{file}");
        assert!(reading.warnings[0].en.contains("another draft"), "{}", reading.warnings[0].en);
    }
}

#[test]
fn without_its_hidden_sheet_and_its_first_row_a_sheet_is_read_by_its_headings() {
    let Some(files) = files() else { return };
    for (stem, deleted) in [("without-row", 1), ("without-sheet", 0), ("without-both", 1)] {
        for format in FORMATS {
            let reading = reading(files, &format!("{stem}.{format}"), &questionnaire().0.vocabulary());
            let reading = reading.unwrap_or_else(|faults| panic!("{}", render(&faults)));
            is_as_filled_in(&reading, questionnaire(), deleted);
            assert!(reading.warnings.is_empty());
        }
    }
}

/// What is wrong with anybody in one of the points tests, with places as its format names them.
fn wrong(files: &Files, file: &str) -> String {
    let (assessment, people) = &DAY.sheets[1];
    let reading = reading(files, file, &assessment.vocabulary()).unwrap();
    let good: Vec<_> = reading.people.iter().flatten().map(|entry| entry.key.as_str()).collect();
    let known: Vec<_> = people.iter().map(|person| person.entry.key.as_str()).collect();
    assert!(good.iter().all(|key| known.contains(key)));
    let rejected = reading.people.iter().filter_map(|person| person.as_ref().err());
    let faults: Vec<_> = rejected.flat_map(|rejected| rejected.faults.clone()).collect();
    format!("{} of {} are good\n{}", good.len(), reading.people.len(), render(&faults))
}

/// Places in a workbook as those in a table of plain text, which has the same rows and columns, but no sheets.
fn in_csv(faults: &str) -> String {
    faults.replace(".xlsx, sheet Ergebnisse", ".csv").replace(".xlsx, Blatt Ergebnisse", ".csv")
}

/// The places are those that the office program shows: cells were filled in by these names.
#[test]
fn half_a_row_is_told_with_the_place_that_the_spreadsheet_shows() {
    let Some(files) = files() else { return };
    let excel = wrong(files, "half-done.xlsx");
    insta::assert_snapshot!(excel, @"
    3 of 6 are good
    half-done.xlsx, sheet Ergebnisse, row 7, column D: `observer` is empty [missing-value]
    half-done.xlsx, Blatt Ergebnisse, Zeile 7, Spalte D: `observer` ist leer
    half-done.xlsx, sheet Ergebnisse, row 10, column A: `key` is empty [missing-value]
    half-done.xlsx, Blatt Ergebnisse, Zeile 10, Spalte A: `key` ist leer
    half-done.xlsx, sheet Ergebnisse, row 11, column A: `key` is empty [missing-value]
    half-done.xlsx, Blatt Ergebnisse, Zeile 11, Spalte A: `key` ist leer
    half-done.xlsx, sheet Ergebnisse, row 11, column B: `name` is empty [missing-value]
    half-done.xlsx, Blatt Ergebnisse, Zeile 11, Spalte B: `name` ist leer
    half-done.xlsx, sheet Ergebnisse, row 11, column D: `observer` is empty [missing-value]
    half-done.xlsx, Blatt Ergebnisse, Zeile 11, Spalte D: `observer` ist leer
    ");
    assert_eq!(excel.replace(".xlsx", ".ods"), wrong(files, "half-done.ods"));
    assert_eq!(in_csv(&excel), wrong(files, "half-done.csv"));
}

/// The hidden sheet also holds the name of the observer, which then is lost in all rows that took it from there.
#[test]
fn an_observer_lost_with_the_hidden_sheet_is_told_row_by_row() {
    let Some(files) = files() else { return };
    let excel = wrong(files, "without-observer.xlsx");
    insta::assert_snapshot!(excel, @"
    2 of 4 are good
    without-observer.xlsx, sheet Ergebnisse, row 9, column D: `observer` is the error of a formula, for instance `#DIV/0!` [wrong-type]
      help: correct the formula, or write the value in its place
    without-observer.xlsx, Blatt Ergebnisse, Zeile 9, Spalte D: `observer` ist der Fehler einer Formel, zum Beispiel `#DIV/0!`
      Hilfe: die Formel berichtigen oder an ihrer Stelle den Wert schreiben
    without-observer.xlsx, sheet Ergebnisse, row 8, column D: `observer` is the error of a formula, for instance `#DIV/0!` [wrong-type]
      help: correct the formula, or write the value in its place
    without-observer.xlsx, Blatt Ergebnisse, Zeile 8, Spalte D: `observer` ist der Fehler einer Formel, zum Beispiel `#DIV/0!`
      Hilfe: die Formel berichtigen oder an ihrer Stelle den Wert schreiben
    ");
    assert_eq!(excel.replace(".xlsx", ".ods"), wrong(files, "without-observer.ods"));
    assert_eq!(in_csv(&excel), wrong(files, "without-observer.csv"));
}
