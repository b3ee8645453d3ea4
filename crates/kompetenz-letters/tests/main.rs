//! Letters: what is written for whom, what is found wrong in their texts, and what no value can do.

mod documents;
mod faults;
mod hostile;
mod letters;

use std::fs;
use std::path::{Path, PathBuf};

use kompetenz::{Assessment, Sources, Ui};

/// A path in the repository.
fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

fn read(path: &str) -> String {
    fs::read_to_string(repository(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The files of a definition in the repository.
fn sources(folder: &str) -> Sources {
    let main = read(&format!("{folder}/assessment.toml"));
    let mut sources = Sources::new("assessment.toml", main.as_str());
    for name in kompetenz::raw::files_of(&main) {
        sources.add(name.as_str(), read(&format!("{folder}/{name}")));
    }
    sources
}

/// The definition with one letter, `card`, if its text is good.
fn good(format: &str, text: &str) -> Assessment {
    let sources = definition(format, text);
    kompetenz_letters::check(&sources).assessment.unwrap_or_else(|| panic!("{}", said(&sources, Ui::En)))
}

/// The files of a definition with one letter, `card`, in English.
fn definition(format: &str, text: &str) -> Sources {
    let ending = if format == "plain" { "txt" } else { "md" };
    let main = format!(
        "id = \"demo\"\nversion = \"1.0.0\"\nlanguage = \"en\"\ntitle = \"Demo\"\n\n\
         [[letter]]\nid = \"card\"\ntitle = \"A card\"\nformat = \"{format}\"\n"
    );
    let mut sources = Sources::new("assessment.toml", main);
    sources.add(format!("letters/card.en.{ending}"), text);
    sources
}

/// Everything the check says, as people read it.
fn said(sources: &Sources, ui: Ui) -> String {
    let checked = kompetenz_letters::check(sources);
    let shown: Vec<String> = checked.diagnostics.iter().map(|d| d.render(sources, ui, false)).collect();
    shown.join("\n\n")
}
