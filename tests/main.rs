//! The program from the outside: what a person types, what comes back, and which files are there afterwards.

mod analyze;
mod authoring;
mod batch;
mod commands;
mod easy_read;
mod hostile;
mod language;
mod letters;
mod readme;
mod report;
mod templates;
mod watching;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The folder of the project; every test runs in it, so that messages name the paths of the README.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the project's folder")
}

/// Runs the program in the project's folder, in English.
fn kompetenz(args: &[&str]) -> Output {
    command(args).output().expect("the program starts")
}

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kompetenz"));
    command.current_dir(root()).env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", "C").args(args);
    command
}

/// Everything a run says: standard output, standard error, exit code. `folder` is shown as `$OUT`.
fn said(output: &Output, folder: &Path) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(&folder.display().to_string(), "$OUT");
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    let code = output.status.code().map_or("killed".to_owned(), |code| code.to_string());
    let part = |name: &str, text: &str| {
        if text.is_empty() { String::new() } else { format!("--- {name}\n{}\n", text.trim_end()) }
    };
    format!("{}{}--- exit code {code}", part("output", &out), part("errors", &err))
}

/// A folder of this test's own.
fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// The names of the files of a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// The certificates of a folder.
fn certificates(folder: &Path) -> Vec<PathBuf> {
    let paths = names(folder).into_iter().map(|name| folder.join(name));
    paths.filter(|path| path.extension().is_some_and(|ending| ending == "pdf")).collect()
}

/// A copy of the shipped assessment that a test may change.
fn copy_of_nordstadt(to: &Path) {
    copy(&root().join("assessments/nordstadt"), to);
}

/// A folder with everything in it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let from = entry.expect("an entry").path();
        let to = to.join(from.file_name().expect("a name"));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(&from, &to).expect("a copy");
        }
    }
}

fn path(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}
