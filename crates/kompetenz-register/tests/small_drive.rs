//! A full drive and one that allows no writing, made in memory. Needs the rights to mount.

use std::process::{Command, Output, Stdio};

use crate::child::{Task, give};
use crate::common::Desk;

/// Runs a script in a world of its own, whose mounts end with it. `$FOLDER` is an empty small drive there.
fn on_a_drive(size: &str, script: &str, task: Task) -> Output {
    let desk = Desk::new();
    let script = format!("mount -t tmpfs -o size={size} none \"$FOLDER\" && {script}");
    let mut command = Command::new("unshare");
    command.args(["--mount", "sh", "-c", &script, "sh"]).arg(std::env::current_exe().unwrap());
    give(&mut command, task, desk.folder());
    command.env("FOLDER", desk.folder()).stderr(Stdio::piped()).output().unwrap()
}

/// Whether this user can mount at all; says so if not.
fn may_mount() -> bool {
    let probe = Command::new("unshare")
        .args(["--mount", "sh", "-c", "mount -t tmpfs none \"$1\"", "sh"])
        .arg(Desk::new().folder())
        .stderr(Stdio::null())
        .status();
    let may = probe.is_ok_and(|status| status.success());
    if !may {
        eprintln!("skipped: this user or system cannot mount a small drive (`unshare --mount`)");
    }
    may
}

#[test]
fn on_a_full_drive_whole_groups_stay_and_the_rest_is_refused() {
    if may_mount() {
        let output = on_a_drive("400k", "\"$@\"", Task::Fill);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
}

#[test]
fn on_a_drive_that_allows_no_writing_the_register_is_read() {
    if may_mount() {
        let script =
            format!("{}='write a 1' \"$@\" && mount -o remount,ro \"$FOLDER\" && \"$@\"", crate::child::TASK);
        let output = on_a_drive("1m", &script, Task::Look);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
}
