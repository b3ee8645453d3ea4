//! Ended at any point, the same command run again ends with the same files and the same register.

use std::io::{BufRead, BufReader};

use kompetenz_register::{Digest, Number, Register};

use crate::child::{Task, start};
use crate::common::{Desk, Dice, at, files};
use crate::driver::{rows, run};

/// Never ends itself.
const NEVER: usize = usize::MAX;

/// What holds after every crash: the register is sound, and whatever lies in the folder under its name is in it.
fn sound(desk: &Desk) -> Register {
    let register = desk.register();
    assert_eq!(register.check(None).unwrap().findings, []);
    for (name, bytes) in files(desk.folder()) {
        if let Some(number) = name.strip_suffix(".pdf") {
            let history = register.show(&Number::parse(number).unwrap()).unwrap();
            assert_eq!(history.expect("a named file is recorded").issued.file, Digest::of(&bytes));
        }
    }
    register
}

/// A desk on which all versions were made, one after the other, and nothing went wrong.
fn undisturbed(people: usize, versions: std::ops::RangeInclusive<usize>) -> Desk {
    let desk = Desk::new();
    let mut register = desk.register();
    for version in versions {
        run(&mut register, desk.folder(), &rows(people, version), &at(0), || ()).unwrap();
    }
    desk
}

fn assert_same(desk: &Desk, expected: &Desk) {
    assert_eq!(sound(desk).export().unwrap(), expected.register().export().unwrap());
    assert_eq!(files(desk.folder()), files(expected.folder()));
}

#[test]
fn ended_after_any_step_the_same_command_completes_it() {
    let people = 12;
    let expected = undisturbed(people, 1..=2);
    let count = |version: usize| {
        let desk = if version == 1 { Desk::new() } else { undisturbed(people, 1..=1) };
        let mut steps = 0;
        run(&mut desk.register(), desk.folder(), &rows(people, version), &at(0), || steps += 1).unwrap();
        steps
    };
    for version in [1, 2] {
        for steps in 1..=count(version) {
            let desk = if version == 1 { Desk::new() } else { undisturbed(people, 1..=1) };
            let (mut child, told) = start(Task::Drive { people, version, steps }, desk.folder());
            let told =
                BufReader::new(told).lines().filter(|line| line.as_ref().unwrap().ends_with("step")).count();
            assert!(!child.wait().unwrap().success(), "it ended itself");
            assert_eq!(told, steps);
            sound(&desk);
            let mut register = desk.register();
            for version in version..=2 {
                run(&mut register, desk.folder(), &rows(people, version), &at(0), || ()).unwrap();
            }
            assert_same(&desk, &expected);
        }
    }
}

/// Where in a step the signal arrives is up to the machine; which steps, to the dice.
#[test]
fn killed_again_and_again_it_still_ends_the_same() {
    let people = 150;
    let mut dice = Dice(20_261_122);
    let desk = Desk::new();
    let (mut version, mut killed) = (1, 0);
    while killed < 60 {
        let (mut child, steps) = start(Task::Drive { people, version, steps: NEVER }, desk.folder());
        let mut lines = BufReader::new(steps).lines();
        let told = lines.by_ref().take(1 + usize::try_from(dice.below(40)).unwrap()).count();
        for _ in 0..dice.below(200_000) {
            std::hint::spin_loop();
        }
        child.kill().unwrap();
        if child.wait().unwrap().success() {
            assert!(told > 0);
            version += 1;
        } else {
            killed += 1;
        }
        sound(&desk);
    }
    let mut register = desk.register();
    run(&mut register, desk.folder(), &rows(people, version), &at(0), || ()).unwrap();
    assert_same(&desk, &undisturbed(people, 1..=version));
}
