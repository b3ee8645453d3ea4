//! Workbooks in an office program, which opens each of them and saves what it understood.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use calamine::{Data, Reader as _};
use kompetenz_sheets::write::{Cell, EntrySheet, Participant, Table};

use super::{SHIPPED, open, plain, shipped, written};
use crate::office::skip;

/// All cells with something in them, by sheet and place.
fn cells(bytes: &[u8]) -> BTreeMap<(String, u32, u32), Data> {
    let mut book = open(bytes);
    let mut cells = BTreeMap::new();
    for (name, range) in book.worksheets() {
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, cell) in range.used_cells() {
            let place =
                (name.clone(), top + u32::try_from(row).unwrap(), left + u32::try_from(column).unwrap());
            if !cell.to_string().is_empty() {
                cells.insert(place, cell.clone());
            }
        }
    }
    cells
}

/// Whether two programs mean the same by a cell. They name the kind of a day differently.
fn same(a: &Data, b: &Data) -> bool {
    match (a, b) {
        (Data::DateTime(a), Data::DateTime(b)) => a.as_f64().to_bits() == b.as_f64().to_bits(),
        _ => a == b,
    }
}

/// Has the workbooks saved anew. `None`: `soffice` is not installed here.
fn resaved(folder: &Path, names: &[String]) -> Option<()> {
    fs::create_dir(folder.join("resaved")).unwrap();
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let output = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", "xlsx", "--outdir", "resaved"])
        .args(names)
        .current_dir(folder)
        .output();
    match output {
        Ok(output) => {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            Some(())
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn an_office_program_finds_every_cell_list_and_name() {
    let folder = tempfile::tempdir().unwrap();
    let mut books = BTreeMap::new();
    for name in SHIPPED {
        let assessment = shipped(name);
        let person = Participant {
            key: "0012".into(),
            name: "=1+1".into(),
            birth_date: Some(jiff::civil::date(1990, 3, 12)),
        };
        let wish = EntrySheet {
            roster: vec![person],
            blank_rows: 2,
            observer: Some("anna".into()),
            ..plain(&assessment)
        };
        books.insert(format!("{name}.xlsx"), written(&assessment, &wish));
    }
    let mut table = Table::new(["key", "note"]);
    table.push([Cell::text("0012"), Cell::text("=1+1")]);
    books.insert("table.xlsx".to_owned(), table.to_xlsx("Scores").unwrap());
    for (name, bytes) in &books {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    let names: Vec<String> = books.keys().cloned().collect();
    if resaved(folder.path(), &names).is_none() {
        return skip("soffice");
    }
    for (name, bytes) in &books {
        let saved = fs::read(folder.path().join("resaved").join(name)).unwrap();
        let (before, after) = (cells(bytes), cells(&saved));
        assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>(), "{name}");
        for (place, cell) in &before {
            assert!(same(cell, &after[place]), "{name} {place:?}: {cell:?} became {:?}", after[place]);
        }
        let lists = |bytes: &[u8]| {
            let mut names = open(bytes).defined_names().to_vec();
            names.retain(|(name, _)| name.starts_with("list_"));
            for (_, range) in &mut names {
                *range = range.replace('\'', "");
            }
            names.sort();
            names
        };
        assert_eq!(lists(bytes), lists(&saved), "{name}");
    }
}
