//! Drives that fail, rows that fail, clocks that go back, and runs that meet.

use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use kompetenz::entry::{Fault, FaultCode, Origin, Spot};
use kompetenz::words;
use kompetenz_batch::{BatchError, Folder, Found, Row, Settings, Shelf};

use crate::support::{DAY, Office, desk, fates, people, person, register, run_on, settings};

/// A folder on a drive that fails after so many writes, and recovers when it is told to.
pub(crate) struct Failing {
    pub(crate) folder: Folder,
    pub(crate) left: AtomicUsize,
    pub(crate) fail: fn() -> io::Result<()>,
}

impl Failing {
    fn step(&self) -> io::Result<()> {
        let left = self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        if left.is_ok() { Ok(()) } else { (self.fail)() }
    }
}

impl Shelf for Failing {
    type Unnamed = <Folder as Shelf>::Unnamed;

    fn put(&self, bytes: &[u8]) -> io::Result<Self::Unnamed> {
        self.step()?;
        self.folder.put(bytes)
    }

    fn look(&self, name: &Path) -> io::Result<Found> {
        self.folder.look(name)
    }

    fn name(&self, document: Self::Unnamed, name: &Path) -> io::Result<()> {
        self.step()?;
        self.folder.name(document, name)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        self.folder.rename(from, to)
    }

    fn remove(&self, draft: &Path) -> io::Result<()> {
        self.folder.remove(draft)
    }
}

/// A row whose results cannot be used.
pub(crate) fn faulty(row: u32) -> Row {
    let origin = Origin { spot: Spot { row, ..Spot::default() }, ..Origin::default() };
    let fault = Fault::new(FaultCode::OutsideScale, &origin, origin.spot, words!("no", "nein"));
    Row { origin, entry: Err(vec![fault]) }
}

#[test]
fn on_a_full_drive_the_run_ends_and_goes_on_when_there_is_room() {
    let undisturbed = Office::new();
    undisturbed.run(people(9, 1));
    undisturbed.run(people(9, 2));
    // Nine are put down and named, and three corrected ones more, with the old ones moved away.
    for left in 0..27 {
        let office = Office::new();
        let mut writes = left;
        for version in [1, 2] {
            let shelf = Failing {
                folder: Folder::open(office.path()).unwrap(),
                left: AtomicUsize::new(writes),
                fail: || Err(ErrorKind::StorageFull.into()),
            };
            let desk = desk(DAY);
            let mut run = run_on(&shelf, office.path(), &desk, settings(), people(9, version));
            let errors: Vec<BatchError> = run.by_ref().filter_map(Result::err).collect();
            writes = shelf.left.load(Ordering::SeqCst);
            assert!(
                errors.is_empty()
                    || matches!(&errors[..], [BatchError::Shelf(error)] if error.kind() == ErrorKind::StorageFull),
                "{errors:?}"
            );
            drop(run);
            drop(shelf);
            // Whatever has its name is in the register.
            let register = register(office.path());
            for (name, bytes) in office.files() {
                let number = name.file_stem().unwrap().to_str().unwrap();
                let number = kompetenz_register::Number::parse(number).unwrap();
                let issued = register.show(&number).unwrap().expect("registered").issued;
                assert_eq!(issued.file, kompetenz_register::Digest::of(&bytes));
            }
            drop(register);
            office.run(people(9, version));
        }
        assert_eq!(office.files(), undisturbed.files(), "after {left} writes");
        assert_eq!(office.export(), undisturbed.export(), "after {left} writes");
    }
}

#[test]
fn rows_that_fail_harm_nobody_else() {
    let office = Office::new();
    let rows = vec![
        person(1, "Ana", 3),
        person(2, "Panic", 3),
        person(3, "Broken", 3),
        faulty(4),
        person(5, "Eva", 3),
    ];
    let outcomes = office.run(rows);
    assert_eq!(fates(&outcomes), ["issued", "refused: engine", "refused: render", "refused", "issued"]);
    let told = format!("{:?}", outcomes.iter().map(|outcome| outcome.json().to_string()).collect::<Vec<_>>());
    assert!(!told.contains("Panic") && !told.contains("P-000"), "{told}");
    assert_eq!(office.export().issues.len(), 2);
}

#[test]
fn two_runs_do_not_write_into_one_folder() {
    let office = Office::new();
    let first = Folder::open(office.path()).unwrap();
    assert!(matches!(Folder::open(office.path()), Err(BatchError::Occupied)));
    drop(first);
    Folder::open(office.path()).unwrap();
}

#[test]
fn a_folder_that_vanishes_ends_the_run() {
    let office = Office::new();
    let folder = Folder::open(office.path()).unwrap();
    let desk = desk(DAY);
    let mut run = run_on(&folder, office.path(), &desk, settings(), people(9, 1));
    assert!(run.next().unwrap().is_ok());
    std::fs::remove_dir_all(office.path().join(".kompetenz")).unwrap();
    let end = run.find_map(Result::err).expect("an error");
    assert!(matches!(&end, BatchError::Shelf(error) if error.kind() == ErrorKind::NotFound), "{end:?}");
    assert!(run.next().is_none());
    drop(run);
    drop(folder);
    assert_eq!(office.run(people(9, 1)).len(), 9);
    assert_eq!(office.files().len(), 9);
}

#[test]
fn a_clock_that_was_set_back_is_marked_and_stops_nobody() {
    let office = Office::new();
    office.run(people(3, 1));
    let earlier = || "2020-01-01T00:00:00Z".parse().unwrap();
    let settings = Settings { now: &earlier, ..settings() };
    let outcomes = office.run_with(&desk(DAY), settings, people(3, 2));
    assert_eq!(fates(&outcomes), ["same", "same", "corrected"]);
    assert!(office.export().events.iter().any(|event| event.clock_back));
}
