//! How fast 100,000 rows of 60 columns become entries, beside the libraries that only read them into strings.
//!
//! `cargo bench -p kompetenz-sheets` runs it: the `csv` crate for a CSV file, `calamine` for a workbook.
//! Both take turns with ours, so that a machine that drifts favours nobody.
//! Ours includes everything: limits, the digits of every number, names and dates that must agree, and the entries.

#![allow(clippy::print_stdout, clippy::float_arithmetic, reason = "a benchmark prints rates")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::io::Cursor;
use std::time::{Duration, Instant};

use calamine::{Data, Reader as _, Xlsx};
use kompetenz::entry::Vocabulary;
use rust_xlsxwriter::Workbook;

const ROWS: u32 = 100_000;
/// Ratings; six more columns are about the person and the observer.
const ITEMS: u16 = 54;
const HEAD: [&str; 6] = ["key", "name", "birth-date", "from", "to", "observer"];
const TURNS: usize = 5;

fn main() {
    let items: Vec<String> = (0..ITEMS).map(|item| format!("metal.item-{item}")).collect();
    let vocabulary = Vocabulary { items: items.clone(), ..Vocabulary::default() };
    let headings: Vec<&str> = HEAD.into_iter().chain(items.iter().map(String::as_str)).collect();

    let table = csv_file(&headings);
    compare(
        "CSV",
        table.len(),
        || read(table.as_bytes(), &vocabulary),
        "the csv crate, into strings",
        || with_csv(&table),
    );
    let book = workbook(&headings);
    compare(
        "XLSX",
        book.len(),
        || read(&book, &vocabulary),
        "calamine, into strings",
        || with_calamine(&book),
    );
}

fn compare(kind: &str, bytes: usize, ours: impl Fn() -> usize, peer: &str, theirs: impl Fn() -> usize) {
    let (mut own, mut other) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        own.push(time(&ours));
        other.push(time(&theirs));
    }
    let (own, other) = (median(own).as_secs_f64(), median(other).as_secs_f64());
    println!("{kind} of {ROWS} × {}: {} MB", usize::from(ITEMS) + HEAD.len(), bytes >> 20);
    println!("  entries:                     {own:.2} s");
    println!("  {peer:<28} {other:.2} s");
    println!("  ours / theirs:               {:.2}", own / other);
}

fn csv_file(headings: &[&str]) -> String {
    let mut text = headings.join(";");
    for row in 0..ROWS {
        let _ = write!(text, "\nP-{row:06};Țurcanu {row};12.03.1990;09.11.2026;20.11.2026;anna");
        (0..ITEMS).for_each(|item| text.push_str([";0", ";1", ";2", ";3", ";4"][usize::from(item) % 5]));
    }
    text
}

fn workbook(headings: &[&str]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let good = "a cell within the limits";
    for (column, heading) in (0..).zip(headings) {
        sheet.write(0, column, *heading).expect(good);
    }
    for row in 1..=ROWS {
        let texts = [
            &format!("P-{row:06}"),
            &format!("Țurcanu {row}"),
            "12.03.1990",
            "09.11.2026",
            "20.11.2026",
            "anna",
        ];
        for (column, text) in (0..).zip(texts) {
            sheet.write(row, column, text).expect(good);
        }
        for item in 0..ITEMS {
            sheet.write(row, 6 + item, item % 5).expect(good);
        }
    }
    workbook.save_to_buffer().expect("a workbook of a usual size")
}

fn read(bytes: &[u8], vocabulary: &Vocabulary) -> usize {
    let reading = kompetenz_sheets::read(bytes, "bench", vocabulary).expect("good headings");
    assert!(reading.people.iter().all(Result::is_ok));
    black_box(&reading).people.len()
}

fn with_csv(table: &str) -> usize {
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(table.as_bytes());
    let rows: Vec<Vec<String>> =
        reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect();
    black_box(&rows).len()
}

fn with_calamine(bytes: &[u8]) -> usize {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let range = workbook.worksheet_range_at(0).expect("a sheet").expect("cells");
    let rows: Vec<Vec<String>> =
        range.rows().skip(1).map(|row| row.iter().map(Data::to_string).collect()).collect();
    black_box(&rows).len()
}

fn time(read: impl Fn() -> usize) -> Duration {
    let start = Instant::now();
    assert_eq!(black_box(read()), ROWS as usize);
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
