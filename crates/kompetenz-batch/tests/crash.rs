//! Ended at any point, the same run again ends with the same files and the same register.

use std::io::{BufRead, BufReader};

use crate::child::start;
use crate::support::{Office, people};

/// Never ends itself.
const NEVER: usize = usize::MAX;

/// An office in which all versions were made, one after the other, and nothing went wrong.
fn undisturbed(count: u32, versions: std::ops::RangeInclusive<i64>) -> Office {
    let office = Office::new();
    for version in versions {
        office.run(people(count, version));
    }
    office
}

#[test]
fn ended_at_any_step_the_same_run_completes_it() {
    let count = 6;
    let expected = undisturbed(count, 1..=2);
    for version in [1, 2] {
        for steps in 0.. {
            let office = undisturbed(count, 1..=version - 1);
            let (mut child, told) = start(count, version, steps, office.path());
            // Read to the end: a process that can tell nobody fails for that reason.
            BufReader::new(told).lines().for_each(drop);
            if child.wait().unwrap().success() {
                assert!(steps >= 4, "there were steps to end at");
                break;
            }
            for version in version..=2 {
                office.run(people(count, version));
            }
            assert_eq!(office.files(), expected.files(), "version {version}, step {steps}");
            assert_eq!(office.export(), expected.export(), "version {version}, step {steps}");
        }
    }
}

/// Where in a step the signal arrives is up to the machine.
#[test]
fn killed_again_and_again_it_still_ends_the_same() {
    let count = 120;
    let office = Office::new();
    let (mut version, mut killed) = (1, 0);
    while killed < 40 {
        let (mut child, told) = start(count, version, NEVER, office.path());
        let lines = 1 + (killed * 37) % 90;
        let _ = BufReader::new(told).lines().take(lines).count();
        child.kill().unwrap();
        if child.wait().unwrap().success() {
            version += 1;
        } else {
            killed += 1;
        }
        // Sound after every end.
        office.export();
    }
    office.run(people(count, version));
    let expected = undisturbed(count, 1..=version);
    assert_eq!(office.files(), expected.files());
    assert_eq!(office.export(), expected.export());
}
