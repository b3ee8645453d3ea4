//! The file for the print shop: who is in it, in which order, in how many volumes, and that it is the same again.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;
use std::{fs, iter};

use kompetenz_batch::{
    Batch, BatchError, Book, Cancel, Desk, Folder, Gathered, Press, Printing, Remarks, Row, SortBy, Volume,
};
use kompetenz_render::{Pictures, Studio, Template};

use crate::support::{ASSESSMENT, DAY, Office, desk, issuer, number, people, person, register, settings};

static STUDIO: LazyLock<Studio> =
    LazyLock::new(|| Studio::new(&Template::certificate(), Pictures::default()).unwrap());

/// A run with a print run behind it, whose volumes have three certificates at most.
fn printed(
    office: &Office,
    desk: &Desk<'_>,
    rows: Vec<Row>,
    sort: &str,
    cancel: &Cancel,
) -> (Vec<String>, Result<Option<Vec<Volume>>, BatchError>) {
    let folder = Folder::open(office.path()).unwrap();
    let remarks = Remarks::default();
    let book =
        (!desk.draft).then(|| Book::new(Some(register(office.path())), &issuer(), desk, remarks).unwrap());
    let sort = SortBy::parse(sort, &ASSESSMENT).unwrap();
    let mut gathered = Gathered::new(folder.scratch().unwrap(), sort);
    let batch = Batch::new(desk, book, &folder, settings(), rows).gathering(&mut gathered);
    let outcomes: Vec<_> = batch.map(Result::unwrap).collect();
    let made = outcomes.iter().filter(|outcome| outcome.fate.made().is_some());
    let numbers = made.map(number).collect();
    let three = NonZeroUsize::new(3).unwrap();
    let printing = Printing { title: "nordstadt 1.0", volume: three, workers: three, cancel };
    (numbers, gathered.print(desk, &STUDIO, &folder, &printing))
}

fn volumes(office: &Office, desk: &Desk<'_>, rows: Vec<Row>, sort: &str) -> (Vec<String>, Vec<Volume>) {
    let (numbers, volumes) = printed(office, desk, rows, sort, &Cancel::default());
    (numbers, volumes.unwrap().unwrap())
}

/// The bookmarks of a file with their pages.
fn bookmarks(path: &Path) -> Vec<(String, u64)> {
    let output =
        Command::new("qpdf").args(["--json", "--json-key=outlines"]).arg(path).output().expect("qpdf");
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let marks = json["outlines"].as_array().unwrap().iter();
    marks
        .map(|mark| (mark["title"].as_str().unwrap().to_owned(), mark["destpageposfrom1"].as_u64().unwrap()))
        .collect()
}

fn pages(path: &Path) -> u64 {
    let output = Command::new("qpdf").arg("--show-npages").arg(path).output().expect("qpdf");
    String::from_utf8(output.stdout).unwrap().trim().parse().unwrap()
}

/// The numbers in all volumes, in the order of printing.
fn order(office: &Office, volumes: &[Volume]) -> Vec<String> {
    let marks = volumes.iter().flat_map(|volume| bookmarks(&office.path().join(&volume.file)));
    marks.map(|(number, _)| number).collect()
}

fn print_runs(office: &Office) -> BTreeMap<String, Vec<u8>> {
    let files = office.files().into_iter().map(|(name, bytes)| (name.display().to_string(), bytes));
    files.filter(|(name, _)| name.contains("print-run")).collect()
}

#[test]
fn each_certificate_begins_on_a_front_page_in_the_order_of_the_results() {
    let office = Office::new();
    let mut rows = people(3, 1);
    rows.insert(1, person(9, "Broken", 99));
    let (numbers, volumes) = volumes(&office, &desk(DAY), rows, "row");
    assert_eq!(volumes, [Volume { file: "print-run.pdf".into(), certificates: 3 }]);
    let file = office.path().join("print-run.pdf");
    let (told, starts): (Vec<_>, Vec<_>) = bookmarks(&file).into_iter().unzip();
    assert_eq!(told, numbers, "whoever was refused is not in it");
    assert!(starts.iter().all(|page| page % 2 == 1), "{starts:?}");
    let data = desk(DAY).document(people(1, 1)[0].entry.as_ref().unwrap(), None, DAY).unwrap();
    let alone = office.path().join("alone.pdf");
    fs::write(&alone, STUDIO.pdf(&data).unwrap()).unwrap();
    let sheets = pages(&alone).next_multiple_of(2);
    assert_eq!(starts, [1, 1 + sheets, 1 + 2 * sheets]);
    assert_eq!(pages(&file), 2 * sheets + pages(&alone));
}

#[test]
fn more_than_a_volume_is_several_and_the_next_run_replaces_them() {
    let office = Office::new();
    let (numbers, made) = volumes(&office, &desk(DAY), people(7, 1), "row");
    let told: Vec<_> =
        made.iter().map(|volume| (volume.file.to_str().unwrap(), volume.certificates)).collect();
    assert_eq!(told, [("print-run-1.pdf", 3), ("print-run-2.pdf", 3), ("print-run-3.pdf", 1)]);
    assert_eq!(order(&office, &made), numbers);
    let first = print_runs(&office);
    // Everybody has a certificate by now, and nothing is left to make but the print run.
    volumes(&office, &desk(DAY), people(7, 1), "row");
    assert!(print_runs(&office) == first, "the same certificates give other bytes");
    volumes(&office, &desk(DAY), people(2, 1), "row");
    assert_eq!(print_runs(&office).into_keys().collect::<Vec<_>>(), ["print-run.pdf"]);
    assert_eq!(office.files().len(), 7 + 1, "no certificate was touched");
}

#[test]
fn the_order_is_the_one_asked_for() {
    let office = Office::new();
    let names = ["Zora", "Änne", "anna 10", "Anna 9", "Bela"];
    let rows = || (1..).zip(names).map(|(row, name)| person(row, name, 3)).collect::<Vec<_>>();
    let (by_row, made) = volumes(&office, &desk(DAY), rows(), "row");
    assert_eq!(order(&office, &made), by_row);
    let (_, made) = volumes(&office, &desk(DAY), rows(), "number");
    let mut by_number = by_row.clone();
    by_number.sort();
    assert_eq!(order(&office, &made), by_number);
    let (_, made) = volumes(&office, &desk(DAY), rows(), "name");
    let by_name = [3, 2, 1, 4, 0].map(|ix: usize| by_row[ix].clone());
    assert_eq!(order(&office, &made), by_name);
    let unknown = SortBy::parse("shoes", &ASSESSMENT).unwrap_err();
    assert!(unknown.to_string().starts_with("there is no field `shoes`"), "{unknown}");
}

#[test]
fn an_interrupted_run_that_goes_on_prints_the_same() {
    let whole = Office::new();
    volumes(&whole, &desk(DAY), people(7, 1), "number");
    let office = Office::new();
    // The first group of four is issued, and one of its files is lost.
    let first = office.run(people(4, 1));
    fs::remove_file(office.path().join(format!("{}.pdf", number(&first[1])))).unwrap();
    volumes(&office, &desk(DAY), people(7, 1), "number");
    assert!(print_runs(&office) == print_runs(&whole), "it depends on the way there");
}

#[test]
fn drafts_have_a_print_run_of_their_own() {
    let office = Office::new();
    volumes(&office, &desk(DAY), people(2, 1), "row");
    let issued = print_runs(&office);
    let draft = Desk { draft: true, ..desk(DAY) };
    let (_, made) = volumes(&office, &draft, people(2, 1), "row");
    assert_eq!(made, [Volume { file: "draft-print-run.pdf".into(), certificates: 2 }]);
    let both = print_runs(&office);
    assert_eq!(both.len(), 2);
    assert_eq!(both["print-run.pdf"], issued["print-run.pdf"]);
    assert_ne!(both["draft-print-run.pdf"], issued["print-run.pdf"], "drafts are marked");
}

#[test]
fn what_is_cancelled_or_cannot_be_printed_leaves_the_print_run_before() {
    let office = Office::new();
    volumes(&office, &desk(DAY), people(2, 1), "row");
    let before = print_runs(&office);
    let cancel = Cancel::default();
    cancel.cancel();
    let (numbers, made) = printed(&office, &desk(DAY), people(4, 1), "row", &cancel);
    assert_eq!((numbers.len(), made.unwrap()), (4, None));
    assert!(print_runs(&office) == before);
    // No font has this character. The quick press takes it, the engine does not.
    let hostile = iter::once(person(9, "Ana \u{10a00}", 3)).chain(people(4, 1)).collect();
    let (numbers, made) = printed(&office, &desk(DAY), hostile, "row", &Cancel::default());
    let error = made.unwrap_err().words();
    for text in [error.en, error.de] {
        assert!(text.contains(&numbers[0]) && !text.contains("Ana"), "{text}");
    }
    assert!(print_runs(&office) == before);
    let hidden = fs::read_dir(office.path().join(".kompetenz")).unwrap();
    assert_eq!(hidden.count(), 1, "nothing but the lock");
}
