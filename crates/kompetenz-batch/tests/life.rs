//! What becomes of people whose results come again: the same, corrected, withdrawn, drawn by wish.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use jiff::civil::date;
use kompetenz_batch::{Cancel, Choice, Desk, Names, Settings};
use kompetenz_register::{Answer, EventKind, Number, Stamp, Text};

use crate::support::{
    ASSESSMENT, DAY, Office, desk, fates, is_corrected, now, number, people, person, register, settings,
};

#[test]
fn the_same_results_again_change_nothing() {
    let office = Office::new();
    let first = office.run(people(6, 1));
    assert_eq!(fates(&first), ["issued"; 6]);
    let (export, files) = (office.export(), office.files());
    assert_eq!(files.len(), 6);
    // On another day, too: that time has passed is no correction.
    let later = office.run_with(&desk(date(2026, 12, 1)), settings(), people(6, 1));
    assert_eq!(fates(&later), ["same"; 6]);
    assert_eq!(first.iter().map(number).collect::<Vec<_>>(), later.iter().map(number).collect::<Vec<_>>());
    assert_eq!(office.export(), export);
    assert_eq!(office.files(), files);
}

#[test]
fn a_lost_file_is_made_again_with_the_same_bytes() {
    let office = Office::new();
    office.run(people(3, 1));
    let (export, files) = (office.export(), office.files());
    for name in files.keys() {
        fs::remove_file(office.path().join(name)).unwrap();
    }
    let again = office.run_with(&desk(date(2027, 2, 1)), settings(), people(3, 1));
    assert_eq!(fates(&again), ["same"; 3]);
    assert_eq!(office.files(), files);
    assert_eq!(office.export(), export, "to make it again is no event");
}

#[test]
fn changed_results_give_a_new_edition_and_the_old_file_goes_to_the_superseded_ones() {
    let office = Office::new();
    let first = office.run(people(3, 1));
    let before = office.files();
    let second = office.run(people(3, 2));
    assert_eq!(fates(&second), ["same", "same", "corrected"]);
    let (old, new) = (number(&first[2]), number(&second[2]));
    assert_ne!(old, new);
    let files = office.files();
    assert_eq!(files.len(), 4);
    assert_eq!(
        files[&Path::new("superseded").join(format!("{old}.pdf"))],
        before[Path::new(&format!("{old}.pdf"))],
        "not a byte of it is lost"
    );
    let register = register(office.path());
    let (old, new) = (Number::parse(&old).unwrap(), Number::parse(&new).unwrap());
    assert_eq!(register.answer(&old).unwrap(), Answer::Superseded { by: new.clone() });
    assert_eq!(register.answer(&new).unwrap(), Answer::Valid);
}

#[test]
fn a_name_without_a_number_goes_to_the_new_edition() {
    let office = Office::new();
    let named = || Settings {
        names: Names::new(Some("{{ row }}"), Some("document"), &ASSESSMENT).unwrap(),
        ..settings()
    };
    let first = office.run_with(&desk(DAY), named(), people(3, 1));
    let old = office.files()[Path::new("certificate/3.pdf")].clone();
    let second = office.run_with(&desk(DAY), named(), people(3, 2));
    assert!(is_corrected(&second[2]));
    let files = office.files();
    assert_ne!(files[Path::new("certificate/3.pdf")], old);
    assert_eq!(files[&Path::new("superseded").join(format!("{}.pdf", number(&first[2])))], old);
    assert_eq!(fates(&office.run_with(&desk(DAY), named(), people(3, 2))), ["same"; 3]);
}

#[test]
fn what_was_withdrawn_is_issued_again_only_by_wish() {
    let office = Office::new();
    let old = number(&office.run(people(2, 1))[0]);
    let parsed = Number::parse(&old).unwrap();
    let reason = Text::new("issued by mistake").unwrap();
    register(office.path()).withdraw(&parsed, &reason, &Stamp::at(now())).unwrap();
    assert_eq!(fates(&office.run(people(2, 1))), ["skipped: withdrawn", "same"]);
    let wish = || Settings {
        choice: Choice { reissue: HashSet::from([parsed.clone()]), ..Choice::default() },
        ..settings()
    };
    let again = office.run_with(&desk(DAY), wish(), people(2, 1));
    assert_eq!(fates(&again), ["corrected", "same"]);
    assert_ne!(number(&again[0]), old);
    // The wish is granted once: the new edition holds, so there is nothing left to wish.
    assert_eq!(fates(&office.run_with(&desk(DAY), wish(), people(2, 1))), ["same", "same"]);
    assert!(matches!(register(office.path()).answer(&parsed).unwrap(), Answer::Withdrawn { .. }));
}

#[test]
fn only_those_asked_for_are_made() {
    let office = Office::new();
    let made = |choice| {
        let settings = Settings { choice, ..settings() };
        fates(&office.run_with(&desk(DAY), settings, people(4, 1)))
    };
    let rows = Choice { rows: Some(2..=3), ..Choice::default() };
    let (left, skipped) = ("issued", "skipped: not-selected");
    assert_eq!(made(rows), [skipped, left, left, skipped]);
    assert_eq!(made(Choice { changed: true, ..Choice::default() }), [skipped; 4], "new is not changed");
    let number = Number::parse(&number(&office.run(people(4, 1))[3])).unwrap();
    let only = Choice { only: HashSet::from([number]), ..Choice::default() };
    assert_eq!(made(only), [skipped, skipped, skipped, "same"]);
    let changed = Settings { choice: Choice { changed: true, ..Choice::default() }, ..settings() };
    let corrected = office.run_with(&desk(DAY), changed, people(4, 2));
    assert_eq!(fates(&corrected), [skipped, skipped, "corrected", skipped]);
}

#[test]
fn drafts_stand_in_no_register_and_replace_each_other() {
    let office = Office::new();
    let draft = |version| {
        let desk = Desk { draft: true, ..desk(DAY) };
        let folder = kompetenz_batch::Folder::open(office.path()).unwrap();
        let batch = kompetenz_batch::Batch::new(&desk, None, &folder, settings(), people(3, version));
        batch.map(Result::unwrap).collect::<Vec<_>>()
    };
    assert_eq!(fates(&draft(1)), ["issued"; 3]);
    assert_eq!(fates(&draft(2)), ["issued"; 3]);
    let files = office.files();
    assert_eq!(files.len(), 3);
    for (name, bytes) in &files {
        assert!(name.to_str().unwrap().starts_with("draft-"), "{name:?}");
        assert!(String::from_utf8_lossy(bytes).contains("\"draft\":true"));
    }
    assert!(!office.path().join("register.sqlite").exists());
}

#[test]
fn another_file_under_the_name_is_never_lost() {
    let office = Office::new();
    let rows = || people(2, 1);
    let first = number(&office.run(rows())[0]);
    let path = office.path().join(format!("{first}.pdf"));
    let issued = fs::read(&path).unwrap();
    fs::write(&path, "with remarks").unwrap();
    let again = office.run(rows());
    let aside = again[0].fate.made().unwrap().set_aside.clone().expect("set aside");
    assert_eq!(fs::read(&path).unwrap(), issued);
    assert_eq!(fs::read_to_string(office.path().join(aside)).unwrap(), "with remarks");

    // Where nothing was issued, what is there stays there.
    let office = Office::new();
    let path = office.path().join(format!("{first}.pdf"));
    fs::write(&path, "of somebody else").unwrap();
    assert_eq!(fates(&office.run(rows())), ["refused: in-the-way", "issued"]);
    assert_eq!(fs::read_to_string(&path).unwrap(), "of somebody else");
    assert_eq!(office.export().issues.len(), 1);
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert_eq!(fates(&office.run(rows())), ["refused: in-the-way", "same"]);
}

#[test]
fn two_rows_of_one_name_or_one_person_are_told() {
    let office = Office::new();
    let settings =
        || Settings { names: Names::new(Some("{{ name }}"), None, &ASSESSMENT).unwrap(), ..settings() };
    let rows = vec![person(1, "Ana Pop", 3), person(2, "ANA POP", 3), person(3, "Can Ay", 3)];
    let outcomes = office.run_with(&desk(DAY), settings(), rows);
    assert_eq!(fates(&outcomes), ["issued", "refused: name-taken", "issued"]);
    let rows = vec![person(4, "Eva Kos", 3), person(4, "Eva Kos", 3)];
    assert_eq!(fates(&office.run_with(&desk(DAY), settings(), rows)), ["issued", "refused: twice"]);
}

#[test]
fn patterns_are_checked_before_anything_is_made() {
    let wrong = |pattern: &str, split: Option<&str>| {
        Names::new(Some(pattern), split, &ASSESSMENT).unwrap_err().words().en
    };
    insta::assert_snapshot!(wrong("{{ nmae }}", None), @"there is no field `nmae`; there are number, edition, issued, document, language, assessment, version, file, sheet, row, key, name");
    insta::assert_snapshot!(wrong("{{ number", None), @"the pattern `{{ number` cannot be read: unexpected end of input, expected end of variable block; write it as `{{ row }}-{{ number }}`");
    insta::assert_snapshot!(wrong("a/{{ number }}", None), @"the pattern `a/{{ number }}` has a slash; folders are made by `--split-by FIELD`");
    insta::assert_snapshot!(wrong("{{ number }}", Some("facts.group")), @"there is no field `facts.group`; there are number, edition, issued, document, language, assessment, version, file, sheet, row, key, name");
}

#[test]
fn ended_by_wish_a_run_finishes_what_is_begun_and_goes_on_later() {
    let undisturbed = Office::new();
    undisturbed.run(people(11, 1));
    let office = Office::new();
    let cancel = Cancel::default();
    let tick = || {
        cancel.cancel();
    };
    let settings = Settings { cancel: cancel.clone(), tick: &tick, ..settings() };
    let begun = office.run_with(&desk(DAY), settings, people(11, 1));
    assert!(!begun.is_empty() && begun.len() < 11, "{}", begun.len());
    assert_eq!(office.files().len(), begun.len());
    assert_eq!(office.export().issues.len(), begun.len());
    office.run(people(11, 1));
    assert_eq!(office.files(), undisturbed.files());
    assert_eq!(office.export(), undisturbed.export());
}

#[test]
fn the_first_refusal_can_end_the_run() {
    let office = Office::new();
    let mut rows = people(6, 1);
    rows[2] = person(3, "Broken", 3);
    rows[4] = crate::faults::faulty(5);
    let settings = Settings { fail_fast: true, ..settings() };
    let outcomes = office.run_with(&desk(DAY), settings, rows.clone());
    assert!(fates(&outcomes).contains(&"refused: render".to_owned()));
    assert!(outcomes.len() <= 4, "only what was begun: {}", outcomes.len());
    assert_eq!(office.files().len(), outcomes.len() - 1);
}

#[test]
fn the_register_tells_of_a_reprint_when_the_template_has_changed() {
    use kompetenz_batch::{Document, Press};
    use kompetenz_render::RenderError;

    struct Renewed;
    impl Press for Renewed {
        fn pdf(&self, document: &Document) -> Result<Vec<u8>, RenderError> {
            Ok(format!("%PDF new {}", document.number()).into_bytes())
        }
    }
    let office = Office::new();
    office.run(people(1, 1));
    let name = office.files().into_keys().next().unwrap();
    let renewed = Desk { press: &Renewed, ..desk(DAY) };
    assert_eq!(fates(&office.run_with(&renewed, settings(), people(1, 1))), ["same"]);
    assert_eq!(office.export().events.len(), 1, "the file was there");
    for _ in 0..2 {
        fs::remove_file(office.path().join(&name)).unwrap();
        assert_eq!(fates(&office.run_with(&renewed, settings(), people(1, 1))), ["same"]);
    }
    let events: Vec<EventKind> = office.export().events.into_iter().map(|event| event.event).collect();
    assert_eq!(events, [EventKind::Issued, EventKind::Reprinted]);
}
