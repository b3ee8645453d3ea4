//! The definitions of `fixtures/invalid`, the schemas and documents of `docs`, and texts that nobody meant to be
//! a definition.

#![allow(clippy::disallowed_methods, reason = "tests read fixtures")]

mod common;
mod diagnostics;
mod documents;
mod form;
mod growth;
mod hostile;
mod issuer;
mod report;
mod rules;
mod schema;
mod scoring;

use std::fs;
use std::path::{Path, PathBuf};

use kompetenz::{Checked, Severity, Sources, Ui};

/// A path in the repository.
fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files of a definition: a folder with `assessment.toml`, or one file alone.
fn sources(path: &Path) -> Sources {
    let (folder, main) = if path.is_dir() {
        (path, "assessment.toml")
    } else {
        (path.parent().unwrap(), path.file_name().unwrap().to_str().unwrap())
    };
    let text = read(&folder.join(main));
    let mut sources = Sources::new(main, text.as_str());
    for name in kompetenz::raw::files_of(&text) {
        let path = folder.join(&name);
        if path.is_file() {
            sources.add(name, read(&path));
        }
    }
    sources
}

/// What is wrong, as people read it.
fn render(checked: &Checked, sources: &Sources, ui: Ui) -> String {
    let shown: Vec<String> = checked.diagnostics.iter().map(|d| d.render(sources, ui, false)).collect();
    shown.join("\n\n")
}

/// The mistakes alone, without the warnings.
fn errors(checked: &Checked) -> Vec<&'static str> {
    let errors = checked.diagnostics.iter().filter(|d| d.severity == Severity::Error);
    errors.map(|d| d.code.name()).collect()
}
