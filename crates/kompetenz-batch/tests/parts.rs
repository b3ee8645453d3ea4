//! A batch in parts: everybody is in exactly one, and together they are the whole.

use kompetenz_batch::{Batch, Book, Choice, Folder, Partition, Remarks, Settings};
use kompetenz_register::{Access, Digest, Part, Register, Scope};
use proptest::prelude::*;

use crate::support::{DAY, Office, desk, issuer, people, register, settings};

proptest! {
    #[test]
    fn everybody_is_in_exactly_one_part(key in any::<String>(), parts in 1u32..=64) {
        let has = |part| Partition::new(part, parts).unwrap().has(&key);
        prop_assert_eq!((1..=parts).filter(|part| has(*part)).count(), 1);
    }
}

#[test]
fn the_parts_are_the_whole() {
    let whole = Office::new();
    whole.run(people(20, 1));
    let all = Office::new();
    let mut registers = Vec::new();
    let mut files = std::collections::BTreeMap::new();
    let offices: Vec<Office> = (0..3).map(|_| Office::new()).collect();
    for (office, part) in offices.iter().zip(1..) {
        let scope = Scope::Part(Part::new(Digest::of(b"batch"), part, 3).unwrap());
        let path = office.path().join("register.sqlite");
        let opened = Register::open(&path, &issuer(), Access::Create(scope)).unwrap();
        let desk = desk(DAY);
        let book = Book::new(Some(opened), &issuer(), &desk, Remarks::default()).unwrap();
        let choice = Choice { partition: Partition::new(part, 3), ..Choice::default() };
        let folder = Folder::open(office.path()).unwrap();
        let settings = Settings { choice, ..settings() };
        let outcomes = Batch::new(&desk, Some(book), &folder, settings, people(20, 1));
        assert!(outcomes.map(Result::unwrap).count() > 0);
        files.extend(office.files());
        registers.push(Register::open(&path, &issuer(), Access::Read).unwrap());
    }
    let merged = register(all.path()).merge(&registers).unwrap();
    assert_eq!(merged.issues, 20);
    assert_eq!(files, whole.files());
    assert_eq!(all.export(), whole.export());
}
