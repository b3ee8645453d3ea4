//! The test program as another process, started to be killed.

use std::io::{Write, stdout};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::atomic::AtomicUsize;

use kompetenz_batch::{Folder, Settings};

use crate::faults::Failing;
use crate::support::{DAY, desk, people, run_on, settings};

const TASK: &str = "KOMPETENZ_BATCH_TEST_TASK";
const FOLDER: &str = "KOMPETENZ_BATCH_TEST_FOLDER";

/// Starts a run for so many people in this version, which ends itself without a word after so many steps. A line of
/// its output tells of each row that is over.
pub(crate) fn start(people: u32, version: i64, steps: usize, folder: &Path) -> (Child, ChildStdout) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["child::process", "--exact", "--ignored", "--nocapture", "--test-threads=1"])
        .env(TASK, format!("{people} {version} {steps}"))
        .env(FOLDER, folder)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let told = child.stdout.take().unwrap();
    (child, told)
}

#[test]
#[ignore = "other tests start it as a process of its own"]
fn process() {
    let task = std::env::var(TASK).expect("a task");
    let folder = PathBuf::from(std::env::var_os(FOLDER).expect("a folder"));
    let mut words = task.split(' ');
    let mut word = || words.next().expect("three words");
    let (count, version) = (word().parse().unwrap(), word().parse().unwrap());
    let shelf = Failing {
        folder: Folder::open(&folder).unwrap(),
        left: AtomicUsize::new(word().parse().unwrap()),
        // Nothing is dropped and nothing is flushed: the end a power cut makes, at a known step.
        fail: || std::process::abort(),
    };
    let tick = || drop(writeln!(stdout(), "step"));
    let (desk, settings) = (desk(DAY), Settings { tick: &tick, ..settings() });
    for outcome in run_on(&shelf, &folder, &desk, settings, people(count, version)) {
        outcome.unwrap();
    }
}
