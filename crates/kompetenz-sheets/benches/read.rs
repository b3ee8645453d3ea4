//! How fast a workbook of 100,000 rows and 60 columns is walked, beside `calamine` reading the same cells.
//!
//! `cargo bench -p kompetenz-sheets` runs it. The two take turns, so that a machine that drifts favours nobody.
//! Ours includes its limits, its checks and the digits of every number; theirs stops at floats.

#![allow(clippy::print_stdout, clippy::float_arithmetic, reason = "a benchmark prints rates")]

use std::fs;
use std::hint::black_box;
use std::io::Cursor;
use std::time::{Duration, Instant};

use calamine::{Reader, Xlsx};
use kompetenz_sheets::bench::walk_workbook;
use rust_xlsxwriter::Workbook;

const ROWS: u32 = 100_000;
const COLUMNS: u16 = 60;
const TURNS: usize = 5;

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("results.xlsx");
    write(&path);
    let bytes = fs::read(&path).expect("the workbook that was just written");

    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        ours.push(time(|| walk_workbook(&bytes).is_some()));
        theirs.push(time(|| walk_with_calamine(&bytes) == u64::from(ROWS) * u64::from(COLUMNS)));
    }
    let (ours, theirs) = (median(ours), median(theirs));
    println!("workbook of {ROWS} × {COLUMNS}:              {} MB", bytes.len() >> 20);
    println!("ours:                                   {:.2} s", ours.as_secs_f64());
    println!("calamine, its reader of cells:          {:.2} s", theirs.as_secs_f64());
    println!("ours / calamine:                        {:.2}", ours.as_secs_f64() / theirs.as_secs_f64());
}

/// Ratings from 0 to 4, three columns of texts, and a few decimals.
fn write(path: &std::path::Path) {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for row in 0..ROWS {
        for column in 0..COLUMNS {
            let written = match column {
                0 => sheet.write(row, column, format!("P-{row:06}")),
                1 => sheet.write(row, column, format!("Țurcanu {}", row / 2)),
                2 => sheet.write(row, column, if row % 2 == 0 { "anna" } else { "ben" }),
                3 => sheet.write(row, column, f64::from(row) / 8.0),
                _ => sheet.write(row, column, (row + u32::from(column)) % 5),
            };
            written.expect("a cell within the limits");
        }
    }
    workbook.save(path).expect("a writable folder");
}

fn time(read: impl FnOnce() -> bool) -> Duration {
    let start = Instant::now();
    assert!(black_box(read()), "the workbook is read");
    start.elapsed()
}

fn walk_with_calamine(bytes: &[u8]) -> u64 {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let name = workbook.sheet_names()[0].clone();
    let mut reader = workbook.worksheet_cells_reader(&name).expect("a sheet");
    let mut count = 0;
    while let Some(cell) = reader.next_cell().expect("a cell") {
        black_box(cell.get_value());
        count += 1;
    }
    count
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
