//! The letters of the shipped definition, as people get them.

use insta::assert_snapshot;
use kompetenz::{Assessment, Ui};
use kompetenz_letters::{LetterData, LetterError, check, sample, write};

use crate::{said, sources};

fn nordstadt() -> Assessment {
    let sources = sources("assessments/nordstadt");
    let shown = said(&sources, Ui::En);
    check(&sources).assessment.unwrap_or_else(|| panic!("{shown}"))
}

/// A letter of the shipped definition, in a language.
fn letter(id: &str, language: &str, change: impl FnOnce(&mut LetterData)) -> String {
    let assessment = nordstadt();
    let letter = assessment.letters.iter().find(|letter| letter.id == id).unwrap();
    let mut data = sample(language);
    if !letter.recipient.is_empty() {
        data.recipient.clone_from(&letter.recipient);
    }
    change(&mut data);
    write(letter, &data).unwrap()
}

#[test]
fn the_invitation_in_german() {
    assert_snapshot!(letter("invitation", "de", |_| {}), @"");
}

#[test]
fn the_invitation_in_english() {
    assert_snapshot!(letter("invitation", "en", |_| {}), @"");
}

#[test]
fn the_invitation_in_romanian() {
    assert_snapshot!(letter("invitation", "ro", |_| {}), @"");
}

#[test]
fn the_invitation_in_bulgarian() {
    assert_snapshot!(letter("invitation", "bg", |_| {}), @"");
}

#[test]
fn the_invitation_in_turkish() {
    assert_snapshot!(letter("invitation", "tr", |_| {}), @"");
}

#[test]
fn an_invitation_without_a_day_says_that_somebody_will_call() {
    let without = |data: &mut LetterData| {
        data.talk = None;
        data.phone = None;
        data.steps.clear();
        data.issuer.signatories.clear();
    };
    assert_snapshot!(letter("invitation", "de", without), @"");
}

#[test]
fn the_letter_to_the_office() {
    assert_snapshot!(letter("jobcenter", "de", |_| {}), @"");
}

#[test]
fn the_letter_to_the_office_with_little_to_say() {
    let without = |data: &mut LetterData| {
        data.period = None;
        data.participant.birth_date = None;
        data.steps.truncate(1);
        data.steps[0].recommendations.truncate(1);
        data.steps[0].recommendations[0].due = None;
        data.phone = None;
    };
    assert_snapshot!(letter("jobcenter", "de", without), @"");
}

#[test]
fn a_letter_to_an_office_has_one_language() {
    let assessment = nordstadt();
    let letter = assessment.letters.iter().find(|letter| letter.id == "jobcenter").unwrap();
    assert_eq!(write(letter, &sample("ro")), Err(LetterError::NoText("ro".into())));
}

/// Romanian has ș and ț with a comma, not with a cedilla.
#[test]
fn romanian_is_written_with_commas() {
    let invitation = letter("invitation", "ro", |_| {});
    assert!(invitation.contains('ț') && !invitation.contains(['ş', 'ţ', 'Ş', 'Ţ']));
}
