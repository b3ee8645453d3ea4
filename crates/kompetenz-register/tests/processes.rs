//! Several writers at the same time.

use std::collections::BTreeSet;
use std::thread;

use kompetenz_register::{Access, Register, RegisterError, Scope, Why};

use crate::child::{Task, start};
use crate::common::{Desk, at, candidate, edition, issue, issuer};

#[test]
fn threads_with_a_connection_each_lose_nothing() {
    let desk = Desk::new();
    thread::scope(|scope| {
        for name in 0..4 {
            let path = desk.path();
            scope.spawn(move || {
                // All of them may find no file, and only one makes it.
                let mut register = Register::open(&path, &issuer(), Access::Create(Scope::Whole)).unwrap();
                for ix in 0..25 {
                    register.record(&[issue(&format!("{name}-{ix}"), "v1")], &at(0)).unwrap();
                }
            });
        }
    });
    let checkup = desk.register().check(None).unwrap();
    assert_eq!((checkup.issues, checkup.findings), (100, vec![]));
}

#[test]
fn processes_lose_nothing_and_a_reader_is_never_turned_away() {
    let desk = Desk::new();
    let register = desk.register();
    let mut children: Vec<_> =
        (0..3).map(|name| start(Task::Write { name, issues: 40 }, desk.folder())).collect();
    let mut seen = 0;
    while children.iter_mut().any(|(child, _)| child.try_wait().unwrap().is_none()) {
        let now = register.export().unwrap().issues.len();
        assert!(now >= seen);
        seen = now;
    }
    assert!(children.into_iter().all(|(mut child, _)| child.wait().unwrap().success()));
    let checkup = register.check(None).unwrap();
    assert_eq!((checkup.issues, checkup.findings), (120, vec![]));
    let numbers: BTreeSet<_> =
        register.export().unwrap().issues.into_iter().map(|issue| issue.number).collect();
    assert_eq!(numbers.len(), 120);
}

/// Both have planned a correction; the second must not put an edition beside that of the first.
#[test]
fn who_comes_second_with_an_old_plan_is_told_to_plan_again() {
    let desk = Desk::new();
    let (mut one, mut two) = (desk.register(), desk.register());
    one.record(&[issue("a", "v1")], &at(0)).unwrap();
    let (first, mut second) = (edition(candidate("a", "v2"), 2), edition(candidate("a", "v3"), 2));
    assert_eq!(first.number, second.number, "the number comes from the edition, not from what it says");
    one.record(std::slice::from_ref(&first), &at(1)).unwrap();
    let why = |result| match result {
        Err(RegisterError::Refused(refusals)) => refusals[0].why,
        other => panic!("{other:?}"),
    };
    assert_eq!(why(two.record(std::slice::from_ref(&second), &at(1))), Why::Taken);
    second.number = issue("somebody else", "v1").number;
    assert_eq!(why(two.record(&[second], &at(1))), Why::NotNext { latest: 2 });
    assert_eq!(two.record(&[first], &at(2)).unwrap(), 0, "the same from two processes is once");
}
