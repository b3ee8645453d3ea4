//! The program while it watches a folder that somebody edits.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use crate::command;

/// Replaces a text in a file as editors do: another file is written and takes its place.
pub(crate) fn edit(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "{from}");
    save(file, &text.replacen(from, to, 1));
}

pub(crate) fn save(file: &Path, text: &str) {
    let draft = file.with_extension("draft");
    fs::write(&draft, text).unwrap();
    fs::rename(&draft, file).unwrap();
}

/// The program while it watches; it ends with the test.
pub(crate) struct Watching {
    pub(crate) child: Child,
    lines: Receiver<String>,
}

impl Watching {
    pub(crate) fn start(args: &[&str]) -> Watching {
        let mut command = command(args);
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program starts");
        let output = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = mpsc::channel();
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        Watching { child, lines }
    }

    /// What is said up to a line with this in it.
    pub(crate) fn said_until(&self, end: &str) -> String {
        let mut said = String::new();
        loop {
            let line = self.lines.recv_timeout(Duration::from_mins(2));
            let line = line.unwrap_or_else(|_| panic!("waited for {end}, and heard only:\n{said}"));
            said.push_str(&format!("{line}\n"));
            if line.contains(end) {
                return said;
            }
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
