//! The test program as another process, started by the tests of crashes and of several writers.

use std::io::{Write, stdout};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use kompetenz_register::{Access, Register, RegisterError, Scope};

use crate::common::{at, issue, issuer};
use crate::driver;

/// What another process does.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Task {
    /// Runs the driver for so many people in this version; ends itself without a word after so many steps.
    Drive { people: usize, version: usize, steps: usize },
    /// Records so many issues of people whose keys begin with its name, one by one.
    Write { name: usize, issues: usize },
    /// Records until the drive is full.
    Fill,
    /// Looks into a register that allows no writing.
    Look,
}

/// The variable that tells a process what to do.
pub(crate) const TASK: &str = "KOMPETENZ_REGISTER_TEST_TASK";
const FOLDER: &str = "KOMPETENZ_REGISTER_TEST_FOLDER";

/// Completes a command that starts the test program, so that it works on the register of a folder.
pub(crate) fn give(command: &mut Command, task: Task, folder: &Path) {
    let task = match task {
        Task::Drive { people, version, steps } => format!("drive {people} {version} {steps}"),
        Task::Write { name, issues } => format!("write {name} {issues}"),
        Task::Fill => "fill".to_owned(),
        Task::Look => "look".to_owned(),
    };
    command
        .args(["child::process", "--exact", "--ignored", "--nocapture", "--test-threads=1"])
        .env(TASK, task)
        .env(FOLDER, folder)
        .stdin(Stdio::null())
        .stderr(Stdio::null());
}

/// Starts a process whose steps can be read, a line each.
pub(crate) fn start(task: Task, folder: &Path) -> (Child, ChildStdout) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    give(&mut command, task, folder);
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let steps = child.stdout.take().unwrap();
    (child, steps)
}

#[test]
#[ignore = "other tests start it as a process of its own"]
fn process() {
    let task = std::env::var(TASK).expect("a task");
    let folder = PathBuf::from(std::env::var_os(FOLDER).expect("a folder"));
    let words: Vec<&str> = task.split(' ').collect();
    let number = |ix: usize| words[ix].parse::<usize>().unwrap();
    let open = |access| Register::open(&folder.join("register.sqlite"), &issuer(), access);
    let register = || open(Access::Create(Scope::Whole)).unwrap();
    let tell = || writeln!(stdout(), "step").unwrap();
    match words[0] {
        "drive" => {
            let mut left = number(3);
            let rows = driver::rows(number(1), number(2));
            let step = || {
                tell();
                left -= 1;
                if left == 0 {
                    // Nothing is dropped and nothing is flushed: the end a power cut makes, at a known step.
                    std::process::abort();
                }
            };
            driver::run(&mut register(), &folder, &rows, &at(0), step).unwrap();
        }
        "write" => {
            let mut register = register();
            for ix in 0..number(2) {
                register.record(&[issue(&format!("{}-{ix}", words[1]), "v1")], &at(0)).unwrap();
                tell();
            }
        }
        "fill" => {
            let mut register = register();
            let error = (0..100_000)
                .step_by(50)
                .map(|from| (from..from + 50).map(|ix| issue(&ix.to_string(), "v1")).collect::<Vec<_>>())
                .find_map(|issues| register.record(&issues, &at(0)).err())
                .expect("a small drive");
            assert!(matches!(error, RegisterError::Full), "{error:?}");
            let checkup = register.check(None).unwrap();
            assert_eq!(checkup.findings, []);
            assert!(checkup.issues > 0 && checkup.issues % 50 == 0, "whole groups only: {}", checkup.issues);
        }
        "look" => {
            let register = open(Access::Read).unwrap();
            assert_eq!(register.check(None).unwrap().issues, 1);
            let error = open(Access::Write).unwrap_err();
            assert!(matches!(error, RegisterError::ReadOnly), "{error:?}");
        }
        task => panic!("no such task: {task}"),
    }
}
