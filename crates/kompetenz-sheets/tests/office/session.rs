//! A session in an office program: one start, all files.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

/// Files by their names.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// What somebody does with workbooks, step by step.
#[derive(Default)]
pub(crate) struct Session {
    files: Files,
    steps: Vec<Value>,
}

impl Session {
    /// Takes a workbook, and goes to one of its sheets.
    pub(crate) fn open(&mut self, name: &str, bytes: Vec<u8>, sheet: &str) {
        self.files.insert(name.to_owned(), bytes);
        self.steps.push(json!(["open", name, sheet]));
    }

    /// Takes a workbook that was saved before.
    pub(crate) fn reopen(&mut self, name: &str, sheet: &str) {
        self.steps.push(json!(["open", name, sheet]));
    }

    /// Types into a cell such as `B9`. Where there is a list to choose from, it must be in the list.
    pub(crate) fn type_in(&mut self, place: &str, text: &str) {
        self.steps.push(json!(["type", place, text]));
    }

    /// Deletes a row, and nobody notices.
    pub(crate) fn delete_row(&mut self, number: u32) {
        self.steps.push(json!(["delete-row", number]));
    }

    /// Deletes a sheet that is in the way.
    pub(crate) fn delete_sheet(&mut self, name: &str) {
        self.steps.push(json!(["delete-sheet", name]));
    }

    /// Saves the workbook as it is now: as XLSX, ODS and CSV.
    pub(crate) fn save_all(&mut self, stem: &str) {
        self.steps.extend(FORMATS.map(|format| json!(["save", format!("{stem}.{format}")])));
    }

    /// Closes the workbook without saving it.
    pub(crate) fn close(&mut self) {
        self.steps.push(json!(["close"]));
    }

    /// Does all of it. The files that were saved, or nothing where the office program is not installed.
    pub(crate) fn run(self) -> Option<Files> {
        let python = python()?;
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in &self.files {
            fs::write(folder.path().join(name), bytes).unwrap();
        }
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/office/fill.py");
        let mut child = Command::new(python)
            .arg(script)
            .arg(folder.path())
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let steps = Value::from(self.steps).to_string();
        child.stdin.take().unwrap().write_all(steps.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let saved = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap());
        let saved = saved.filter(|file| file.file_type().unwrap().is_file());
        let named = saved.map(|file| (file.file_name().into_string().unwrap(), file.path()));
        let named = named.filter(|(name, _)| !self.files.contains_key(name));
        Some(named.map(|(name, path)| (name, fs::read(path).unwrap())).collect())
    }
}

/// The kinds of files that come back.
pub(crate) const FORMATS: [&str; 3] = ["xlsx", "ods", "csv"];

/// A Python that can speak with the office program, if both are installed. That of the system comes first, because
/// others do not see its modules.
fn python() -> Option<&'static str> {
    let works = |program: &str, arguments: &[&str]| {
        let output = Command::new(program).args(arguments).output();
        output.is_ok_and(|output| output.status.success())
    };
    let python =
        ["/usr/bin/python3", "python3"].into_iter().find(|python| works(python, &["-c", "import uno"]));
    python.filter(|_| works("soffice", &["--version"]))
}
