//! Language files and modules: what people wrote stays, and what is missing is added.

mod modules;
mod translations;

use std::fs;
use std::path::{Path, PathBuf};

use kompetenz::Sources;

/// A path in the repository.
fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

fn read(path: &str) -> String {
    fs::read_to_string(repository(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The files of an assessment in the repository.
fn sources(folder: &str) -> Sources {
    let main = read(&format!("{folder}/assessment.toml"));
    let mut sources = Sources::new("assessment.toml", main.as_str());
    for name in kompetenz::raw::files_of(&main) {
        sources.add(name.as_str(), read(&format!("{folder}/{name}")));
    }
    sources
}
