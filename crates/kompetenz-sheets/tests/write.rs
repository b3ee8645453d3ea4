//! What is written for offices, read back by other hands than those that wrote it.

mod entry_sheets;
mod guards;
mod office;
mod tables;
mod validity;

use std::fs;
use std::io::{Cursor, Read as _};
use std::path::Path;
use std::sync::LazyLock;

use calamine::{Data, Range, Reader as _, Xlsx};
use kompetenz::{Assessment, Sources, check};
use kompetenz_sheets::write::{EntrySheet, entry_sheet};

/// The assessments that are shipped.
pub(crate) const SHIPPED: [&str; 3] = ["nordstadt", "points-test", "questionnaire"];

pub(crate) static NORDSTADT: LazyLock<Assessment> = LazyLock::new(|| shipped("nordstadt"));

pub(crate) fn shipped(name: &str) -> Assessment {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assessments").join(name);
    let text = |file: &str| fs::read_to_string(folder.join(file)).unwrap();
    let main = text("assessment.toml");
    let mut sources = Sources::new("assessment.toml", main.as_str());
    for file in kompetenz::raw::files_of(&main) {
        let text = text(&file);
        sources.add(file, text);
    }
    check(&sources).assessment.unwrap()
}

/// A small assessment with these scales, facts and items.
fn small(parts: &str) -> Assessment {
    let source = format!(
        "id = \"small\"\nversion = \"1.0.0\"\nlanguage = \"en\"\ntitle = \"Small\"\n{parts}\n\
         [[measure]]\nid = \"field\"\ntitle = \"Field\"\nrule = \"first\"\nof = [\"one\"]\nshown = {{ places = 1, half = \"up\" }}\n"
    );
    let checked = check(&Sources::new("assessment.toml", source.as_str()));
    checked.assessment.unwrap_or_else(|| panic!("{:?}", checked.diagnostics))
}

/// The main language, all modules, nobody's name.
pub(crate) fn plain(assessment: &Assessment) -> EntrySheet {
    EntrySheet::new(assessment.main_language())
}

pub(crate) fn written(assessment: &Assessment, sheet: &EntrySheet) -> Vec<u8> {
    entry_sheet(assessment, sheet).unwrap_or_else(|error| panic!("{error}"))
}

fn open(bytes: &[u8]) -> Xlsx<Cursor<&[u8]>> {
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

/// A sheet from its first cell on.
pub(crate) fn sheet(bytes: &[u8], name: &str) -> Range<Data> {
    let range = open(bytes).worksheet_range(name).unwrap();
    let end = range.end().unwrap();
    range.range((0, 0), end)
}

/// A row of a sheet as texts.
pub(crate) fn row(range: &Range<Data>, row: u32) -> Vec<String> {
    range.rows().nth(row as usize).unwrap().iter().map(ToString::to_string).collect()
}

/// A part of the workbook as XML.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The cells below the headings of the hidden lists.
pub(crate) fn lists(bytes: &[u8]) -> Vec<(String, Vec<Data>)> {
    let range = sheet(bytes, "lists");
    (0..u32::try_from(range.width()).unwrap())
        .map(|column| {
            let mut cells = (0..u32::try_from(range.height()).unwrap())
                .map(|row| range.get_value((row, column)).unwrap().clone());
            let name = cells.next().unwrap().to_string();
            (name, cells.filter(|cell| *cell != Data::Empty).collect())
        })
        .collect()
}
