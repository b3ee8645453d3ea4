//! What is written for offices, read back by other hands than those that wrote it.

mod guards;
mod tables;

use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::sync::LazyLock;

use calamine::{Data, Range, Reader as _, Xlsx};
use kompetenz::{Assessment, Sources, check};

static NORDSTADT: LazyLock<Assessment> = LazyLock::new(|| shipped("nordstadt"));

fn shipped(name: &str) -> Assessment {
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

fn open(bytes: &[u8]) -> Xlsx<Cursor<&[u8]>> {
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

/// A sheet from its first cell on.
fn sheet(bytes: &[u8], name: &str) -> Range<Data> {
    let range = open(bytes).worksheet_range(name).unwrap();
    let end = range.end().unwrap();
    range.range((0, 0), end)
}
