//! `kompetenz letter`: who gets which letter, in which file.

use std::fs;

use insta::assert_snapshot;

use crate::{command, folder, kompetenz, names, path, said};

const NORDSTADT: &str = "assessments/nordstadt";
const TURCANU: &str = "fixtures/results/turcanu.toml";
const GROUP: &str = "fixtures/results/nordstadt.csv";

/// Runs `letter` for one person with these options, and gives the only file it wrote.
fn only(options: &[&str]) -> (String, String) {
    let out = folder();
    let mut args = vec!["letter", NORDSTADT, TURCANU, "--issued", "2026-11-22", "--out", path(out.path())];
    args.extend(options);
    let output = kompetenz(&args);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output, out.path()));
    let names = names(out.path());
    assert_eq!(names.len(), 1, "{names:?}");
    let text = fs::read_to_string(out.path().join(&names[0])).unwrap();
    (names.into_iter().next().unwrap(), text)
}

#[test]
fn an_invitation_is_in_the_language_of_the_person() {
    let options = [
        "--letter",
        "invitation",
        "--language",
        "ro",
        "--talk",
        "2026-12-01T10:30",
        "--adviser",
        "Jana Șerban",
    ];
    let (name, text) = only(&options);
    assert_snapshot!(name, @"");
    assert_snapshot!(text, @"");
}

#[test]
fn the_office_gets_the_next_steps() {
    let (name, text) = only(&["--letter", "jobcenter"]);
    assert_snapshot!(name, @"");
    assert_snapshot!(text, @"");
}

#[test]
fn everybody_with_a_certificate_gets_a_letter_and_no_name_is_told() {
    let out = folder();
    let args = [
        "letter",
        NORDSTADT,
        GROUP,
        "--letter",
        "invitation",
        "--issued",
        "2026-11-22",
        "--out",
        path(out.path()),
    ];
    let output = kompetenz(&args);
    assert_snapshot!(said(&output, out.path()), @"");
    let first = names(out.path());
    assert_eq!(first.len(), 22);
    assert!(first.iter().all(|name| name.ends_with("-invitation.de.md") && name.is_ascii()));
    // Doing it again changes nothing, and another text does not replace what is there.
    assert_eq!(kompetenz(&args).status.code(), Some(1));
    assert_eq!(names(out.path()), first);
    let taken = out.path().join(&first[0]);
    fs::write(&taken, "written by hand").unwrap();
    let again = said(&kompetenz(&args), out.path());
    assert!(again.contains("[file-taken]") && again.contains("21 letter(s)"), "{again}");
    assert_eq!(fs::read_to_string(&taken).unwrap(), "written by hand");
}

#[test]
fn what_cannot_be_asked_for_is_told() {
    let out = folder();
    let told = |options: &[&str], results: &str| {
        let mut args =
            vec!["letter", NORDSTADT, results, "--issued", "2026-11-22", "--out", path(out.path())];
        args.extend(options);
        said(&kompetenz(&args), out.path())
    };
    assert_snapshot!(told(&["--letter", "invitaton"], TURCANU), @"");
    assert_snapshot!(told(&["--letter", "jobcenter", "--language", "ro"], TURCANU), @"");
    assert_snapshot!(told(&["--letter", "invitation", "--talk", "2026-12-01T10:30"], GROUP), @"");
    assert_snapshot!(told(&["--letter", "invitation", "--talk", "2026-12-01"], TURCANU), @"");
    assert_snapshot!(told(&["--letter", "invitation", "--talk", "2026-11-01T10:30"], TURCANU), @"");
    assert_snapshot!(told(&["--letter", "invitation", "--place", "Room 4"], TURCANU), @"");
    assert!(names(out.path()).is_empty());
}

#[test]
fn the_check_reads_the_texts_of_letters() {
    let copy = folder();
    crate::copy_of_nordstadt(copy.path());
    fs::write(copy.path().join("letters/invitation.tr.md"), "Merhaba {{ participant.nmae }}, {{ period }}\n")
        .unwrap();
    fs::remove_file(copy.path().join("letters/invitation.bg.md")).unwrap();
    let output = command(&["check", path(copy.path()), "--ui", "de"]).output().unwrap();
    assert_snapshot!(said(&output, copy.path()), @"");
}
