//! Lives of certificates, as tables.

use insta::assert_snapshot;
use kompetenz_register::{
    Answer, Candidate, Digest, Filter, Number, Register, RegisterError, Stamp, Standing, State,
};

use crate::common::{Desk, at, candidate, edition, issue, issuer, refusals, text};

/// What a person at the desk can do to a certificate.
#[derive(Debug, Clone, Copy)]
enum Step {
    Nothing,
    Reprint,
    Expire,
    Supersede,
    Withdraw,
}

const STEPS: [Step; 5] = [Step::Nothing, Step::Reprint, Step::Expire, Step::Supersede, Step::Withdraw];

impl Step {
    fn take(
        self,
        register: &mut Register,
        number: &Number,
        new: &Number,
        stamp: &Stamp,
    ) -> Result<(), RegisterError> {
        match self {
            Step::Nothing => Ok(()),
            Step::Reprint => register.reprint(number, Digest::of(b"second print"), None, stamp),
            Step::Expire => register.expire(std::slice::from_ref(number), None, stamp),
            Step::Supersede => register.supersede(number, new, Some(&text("two keys")), stamp),
            Step::Withdraw => register.withdraw(number, &text("by mistake"), stamp),
        }
    }
}

/// An answer in one word.
fn word(answer: &Answer) -> &'static str {
    match answer {
        Answer::Unknown => "unknown",
        Answer::Valid => "valid",
        Answer::Superseded { .. } => "superseded",
        Answer::Withdrawn { .. } => "withdrawn",
        Answer::Expired { .. } => "expired",
    }
}

/// Whatever happened first and whatever is tried then: what stands in the end.
#[test]
fn what_ends_a_certificate_only_gets_worse() {
    let mut table = String::from("first      then       in the end\n");
    for first in STEPS {
        for then in &STEPS[1..] {
            let desk = Desk::new();
            let mut register = desk.register();
            let (own, other) = (issue("P-0001", "first"), issue("P-0002", "other"));
            register.record(&[own.clone(), other.clone()], &at(0)).unwrap();
            first.take(&mut register, &own.number, &other.number, &at(1)).unwrap();
            let tried = then.take(&mut register, &own.number, &other.number, &at(2));
            let answer = word(&register.answer(&own.number).unwrap()).to_owned();
            let end = match tried {
                Ok(()) => answer,
                Err(RegisterError::Refused(_)) => format!("{answer}, refused"),
                Err(error) => panic!("{error}"),
            };
            table += &format!("{:<10} {:<10} {end}\n", format!("{first:?}"), format!("{then:?}"));
            assert_eq!(register.check(None).unwrap().findings, []);
        }
    }
    assert_snapshot!(table, @"
    first      then       in the end
    Nothing    Reprint    valid
    Nothing    Expire     expired
    Nothing    Supersede  superseded
    Nothing    Withdraw   withdrawn
    Reprint    Reprint    valid
    Reprint    Expire     expired
    Reprint    Supersede  superseded
    Reprint    Withdraw   withdrawn
    Expire     Reprint    expired, refused
    Expire     Expire     expired
    Expire     Supersede  superseded
    Expire     Withdraw   withdrawn
    Supersede  Reprint    superseded, refused
    Supersede  Expire     superseded, refused
    Supersede  Supersede  superseded
    Supersede  Withdraw   withdrawn
    Withdraw   Reprint    withdrawn, refused
    Withdraw   Expire     withdrawn, refused
    Withdraw   Supersede  withdrawn, refused
    Withdraw   Withdraw   withdrawn
    ");
}

#[test]
fn unknown_withdrawn_and_no_number_are_different_answers() {
    let desk = Desk::new();
    let mut register = desk.register();
    let (own, never) = (issue("P-0001", "first"), issue("P-0002", "never issued"));
    register.record(std::slice::from_ref(&own), &at(0)).unwrap();
    let (reason, by) = (text("results of another group"), text("head of office"));
    register.withdraw(&own.number, &reason, &at(5).by(by.clone())).unwrap();

    let printed = own.number.as_str();
    let typed = Number::parse(&format!(" {} ", printed.to_lowercase().replace('-', ""))).unwrap();
    let since = at(5).moment;
    assert_eq!(register.answer(&typed).unwrap(), Answer::Withdrawn { since, reason: reason.clone() });
    assert_eq!(register.answer(&never.number).unwrap(), Answer::Unknown);
    assert!(Number::parse(&printed[..13]).is_err());

    let history = register.show(&own.number).unwrap().unwrap();
    assert_eq!(history.issued.state, State::Withdrawn);
    let withdrawn = history.events.last().unwrap();
    assert_eq!((&withdrawn.reason, &withdrawn.by), (&Some(reason), &Some(by)));
    assert_eq!(register.show(&never.number).unwrap(), None);
}

#[test]
fn a_correction_supersedes_the_edition_before_and_both_say_so() {
    let desk = Desk::new();
    let mut register = desk.register();
    let first = issue("P-0001", "a slip");
    register.record(std::slice::from_ref(&first), &at(0)).unwrap();

    let corrected = candidate("P-0001", "the slip corrected");
    let standing = register.plan(std::slice::from_ref(&corrected)).unwrap().remove(0);
    assert!(matches!(&standing, Standing::Changed(latest) if latest.number == first.number));
    let mut second = edition(corrected, standing.next_edition());
    second.reason = Some(text("level of one field was typed wrong"));
    assert_ne!(second.number, first.number, "a correction of the same day has a number of its own");
    register.record(std::slice::from_ref(&second), &at(10)).unwrap();

    assert_eq!(register.answer(&first.number).unwrap(), Answer::Superseded { by: second.number.clone() });
    assert_eq!(register.answer(&second.number).unwrap(), Answer::Valid);
    assert_snapshot!(history(&register, &[("first", &first.number), ("second", &second.number)]), @"
    first issued
    first superseded second (level of one field was typed wrong)
    second issued (level of one field was typed wrong)
    second corrected first (level of one field was typed wrong)
    ");
}

/// All events of some numbers, with names in the place of numbers.
fn history(register: &Register, names: &[(&str, &Number)]) -> String {
    let mut lines = String::new();
    for (name, number) in names {
        for event in register.show(number).unwrap().unwrap().events {
            lines += &format!("{name} {}", event.event.name());
            if let Some(other) = event.other {
                lines += &format!(" {}", names.iter().find(|(_, number)| **number == other).unwrap().0);
            }
            if let Some(reason) = event.reason {
                lines += &format!(" ({reason})");
            }
            lines += "\n";
        }
    }
    lines
}

#[test]
fn a_plan_says_how_everybody_stands() {
    let desk = Desk::new();
    let mut register = desk.register();
    let issues = ["P-same", "P-changed", "P-expired", "P-withdrawn", "P-doubled"].map(|key| issue(key, "v1"));
    register.record(&issues, &at(0)).unwrap();
    register.expire(&[issues[2].number.clone()], None, &at(1)).unwrap();
    register.withdraw(&issues[3].number, &text("by mistake"), &at(1)).unwrap();
    register.supersede(&issues[4].number, &issues[0].number, None, &at(1)).unwrap();

    let asked = [
        ("P-new", "v1"),
        ("P-same", "v1"),
        ("P-changed", "v2"),
        ("P-expired", "v1"),
        ("P-withdrawn", "v2"),
        ("P-doubled", "v1"),
    ];
    let candidates: Vec<Candidate> = asked.iter().map(|(key, says)| candidate(key, says)).collect();
    let mut table = String::new();
    for ((key, _), standing) in asked.iter().zip(register.plan(&candidates).unwrap()) {
        let word = match standing {
            Standing::New => "new",
            Standing::Same(_) => "same",
            Standing::Changed(_) => "changed",
            Standing::Expired(_) => "expired",
            Standing::Superseded(_) => "superseded",
            Standing::Withdrawn(_) => "withdrawn",
        };
        table += &format!("{key}: {word}, next edition {}\n", standing.next_edition());
    }
    assert_snapshot!(table, @"
    P-new: new, next edition 1
    P-same: same, next edition 2
    P-changed: changed, next edition 2
    P-expired: expired, next edition 2
    P-withdrawn: withdrawn, next edition 2
    P-doubled: superseded, next edition 2
    ");
}

#[test]
fn language_kind_and_round_make_documents_of_their_own() {
    let desk = Desk::new();
    let mut register = desk.register();
    let german = candidate("P-0001", "v1");
    let mut others = [german.clone(), german.clone(), german.clone(), candidate("P-0002", "v1")];
    others[0].document.language = text("ro");
    others[1].document.kind = text("report");
    others[2].document.round = Some(text("2027-spring"));
    register.record(&[edition(german, 1)], &at(0)).unwrap();
    let standings = register.plan(&others).unwrap();
    assert!(standings.iter().all(|standing| *standing == Standing::New), "{standings:?}");
    let issues = others.map(|candidate| edition(candidate, 1));
    assert_eq!(register.record(&issues, &at(0)).unwrap(), 4, "on the same day, with numbers of their own");
}

#[test]
fn back_to_the_first_wording_is_a_correction_too() {
    let desk = Desk::new();
    let mut register = desk.register();
    register.record(&[issue("P-0001", "a")], &at(0)).unwrap();
    register.record(&[edition(candidate("P-0001", "b"), 2)], &at(1)).unwrap();
    let standing = register.plan(&[candidate("P-0001", "a")]).unwrap().remove(0);
    assert!(matches!(standing, Standing::Changed(_)), "{standing:?}");
    assert_eq!(standing.next_edition(), 3);
}

#[test]
fn after_a_withdrawal_only_an_explicit_next_edition_is_taken() {
    let desk = Desk::new();
    let mut register = desk.register();
    let first = issue("P-0001", "v1");
    register.record(std::slice::from_ref(&first), &at(0)).unwrap();
    register.withdraw(&first.number, &text("by mistake"), &at(1)).unwrap();

    let again = refusals(register.record(std::slice::from_ref(&first), &at(2)));
    assert!(again.contains("is withdrawn, so `issued` cannot be recorded any more"), "{again}");
    let second = edition(candidate("P-0001", "v2"), 2);
    register.record(std::slice::from_ref(&second), &at(3)).unwrap();
    assert_snapshot!(history(&register, &[("first", &first.number), ("second", &second.number)]), @"
    first issued
    first withdrawn (by mistake)
    second issued
    second corrected first
    ");
    assert_eq!(register.check(None).unwrap().findings, []);
}

/// Numbers are replaced by the keys of people in these tests, so that the tables can be read.
fn named(message: &str, names: &[(&str, &Number)]) -> String {
    names.iter().fold(message.to_owned(), |message, (name, number)| message.replace(number.as_str(), name))
}

#[test]
fn everything_that_is_refused_is_told_at_once_and_nothing_is_recorded() {
    let desk = Desk::new();
    let mut register = desk.register();
    let [taken, printed, late, new] = ["taken", "printed", "late", "new"].map(|key| issue(key, "v1"));
    register.record(&[taken.clone(), printed.clone(), late.clone()], &at(0)).unwrap();
    register.record(&[edition(candidate("late", "v2"), 2)], &at(1)).unwrap();

    let mut other = taken.clone();
    other.candidate.data = Digest::of(b"v2");
    let mut reprinted = printed.clone();
    reprinted.file = Digest::of(b"made by a newer program");
    let mut too_late = edition(candidate("late", "v3"), 2);
    too_late.number = issue("another", "v3").number;
    let before = register.export().unwrap();
    let result = register.record(&[new.clone(), other, reprinted, too_late.clone(), new.clone()], &at(2));
    let names = [("TAKEN", &taken.number), ("PRINTED", &printed.number), ("LATE", &too_late.number)];
    assert_snapshot!(named(&refusals(result), &names), @"
    `TAKEN` is recorded with other content; issue it on another day or as a correction
    `PRINTED` is recorded with another file; if program or template have changed, record a reprint
    `LATE` does not follow edition 2, the latest one; issue it again by what the register says now
    `TAKEN` ist mit anderem Inhalt eingetragen; an einem anderen Tag oder als Berichtigung ausstellen
    `PRINTED` ist mit einer anderen Datei eingetragen; haben sich Programm oder Vorlage geändert, einen erneuten Druck eintragen
    `LATE` folgt nicht auf Ausgabe 2, die neueste; nach dem jetzigen Stand des Registers neu ausstellen
    ");
    assert_eq!(register.export().unwrap(), before);
    assert_eq!(register.record(&[new.clone(), new], &at(2)).unwrap(), 1, "twice the same is once");
}

#[test]
fn what_cannot_happen_is_refused_with_the_reason() {
    let desk = Desk::new();
    let mut register = desk.register();
    let [own, old, gone, never] = ["own", "old", "gone", "never"].map(|key| issue(key, "v1"));
    register.record(&[own.clone(), old.clone(), gone.clone()], &at(0)).unwrap();
    register.supersede(&old.number, &own.number, None, &at(1)).unwrap();
    register.withdraw(&gone.number, &text("by mistake"), &at(1)).unwrap();

    let why = text("another reason");
    let all = [
        refusals(register.withdraw(&never.number, &why, &at(2))),
        refusals(register.withdraw(&gone.number, &why, &at(2))),
        refusals(register.supersede(&own.number, &own.number, None, &at(2))),
        refusals(register.supersede(&own.number, &old.number, None, &at(2))),
        refusals(register.supersede(&own.number, &gone.number, None, &at(2))),
        refusals(register.supersede(&own.number, &never.number, None, &at(2))),
        refusals(register.expire(
            &[own.number.clone(), gone.number.clone(), never.number.clone()],
            None,
            &at(2),
        )),
    ];
    let names =
        [("OWN", &own.number), ("OLD", &old.number), ("GONE", &gone.number), ("NEVER", &never.number)];
    assert_snapshot!(named(&all.join("\n"), &names), @"
    `NEVER` is not in the register; compare it with the certificate
    `NEVER` steht nicht im Register; mit dem Zertifikat vergleichen
    `GONE` is withdrawn already, with other particulars; the first entry stands
    `GONE` ist schon zurückgezogen, mit anderen Angaben; es bleibt beim ersten Eintrag
    `OWN` cannot take its own place
    `OWN` kann sich nicht selbst ersetzen
    `OLD` is superseded, so it cannot take the place of another one
    `OLD` ist ersetzt und kann deshalb kein anderes ersetzen
    `GONE` is withdrawn, so it cannot take the place of another one
    `GONE` ist zurückgezogen und kann deshalb kein anderes ersetzen
    `NEVER` is not in the register; compare it with the certificate
    `NEVER` steht nicht im Register; mit dem Zertifikat vergleichen
    `GONE` is withdrawn, so `expired` cannot be recorded any more
    `NEVER` is not in the register; compare it with the certificate
    `GONE` ist zurückgezogen, deshalb lässt sich `abgelaufen` nicht mehr eintragen
    `NEVER` steht nicht im Register; mit dem Zertifikat vergleichen
    ");
    assert_eq!(register.answer(&own.number).unwrap(), Answer::Valid, "all of them or none expire");
}

#[test]
fn the_same_command_again_changes_nothing() {
    let desk = Desk::new();
    let mut register = desk.register();
    let [withdrawn, old, new] = ["withdrawn", "old", "new"].map(|key| issue(key, "v1"));
    register.record(&[withdrawn.clone(), old.clone(), new.clone()], &at(0)).unwrap();
    let mut everything = |minutes| {
        register.withdraw(&withdrawn.number, &text("by mistake"), &at(minutes)).unwrap();
        register.expire(std::slice::from_ref(&old.number), None, &at(minutes)).unwrap();
        register.supersede(&old.number, &new.number, None, &at(minutes)).unwrap();
        register.seal().unwrap()
    };
    assert_eq!(everything(1), everything(2));
}

/// The order of recording counts, and what happened is kept; the mark tells that its moment is not to be trusted.
#[test]
fn a_clock_set_back_leaves_a_mark() {
    let desk = Desk::new();
    let mut register = desk.register();
    let issues = ["a", "b", "c", "d"].map(|key| issue(key, "v1"));
    register.record(&issues[..1], &at(0)).unwrap();
    register.record(&issues[1..2], &at(60)).unwrap();
    register.record(&issues[2..3], &at(59)).unwrap();
    register.withdraw(&issues[0].number, &text("by mistake"), &at(-1)).unwrap();
    register.record(&issues[3..], &at(60)).unwrap();
    let marks = |number| -> Vec<bool> {
        register.show(number).unwrap().unwrap().events.iter().map(|event| event.clock_back).collect()
    };
    assert_eq!(marks(&issues[0].number), [false, true], "withdrawn before it was issued, by this clock");
    assert_eq!(marks(&issues[1].number), [false]);
    assert_eq!(marks(&issues[2].number), [true]);
    assert_eq!(marks(&issues[3].number), [false], "the same moment is not back");
    assert!(matches!(register.answer(&issues[0].number).unwrap(), Answer::Withdrawn { .. }));
    assert_eq!(register.check(None).unwrap().findings, []);
}

#[test]
fn a_list_holds_what_the_filter_says() {
    let desk = Desk::new();
    let mut register = desk.register();
    let mut romanian = candidate("a", "v1");
    romanian.document.language = text("ro");
    let mut later = edition(candidate("c", "v1"), 1);
    later.issued = jiff::civil::date(2027, 1, 1);
    let issues = [issue("a", "v1"), edition(romanian, 1), issue("b", "v1"), later];
    register.record(&issues, &at(0)).unwrap();
    register.withdraw(&issues[2].number, &text("by mistake"), &at(1)).unwrap();

    let all = Filter::default();
    let day = Some(jiff::civil::date(2026, 12, 1));
    let cases = [
        (all.clone(), vec![0, 1, 2, 3]),
        (Filter { participant: Some(issuer().participant("a")), ..all.clone() }, vec![0, 1]),
        (Filter { language: Some(text("ro")), ..all.clone() }, vec![1]),
        (Filter { state: Some(State::Withdrawn), ..all.clone() }, vec![2]),
        (Filter { from: day, ..all.clone() }, vec![3]),
        (Filter { to: day, state: Some(State::Valid), ..all.clone() }, vec![0, 1]),
        (Filter { kind: Some(text("report")), ..all.clone() }, vec![]),
        (Filter { assessment: Some(text("nordstadt")), ..all }, vec![0, 1, 2, 3]),
    ];
    for (filter, expected) in cases {
        let found: Vec<Number> = register.list(&filter).unwrap().into_iter().map(|row| row.number).collect();
        let expected: Vec<Number> = expected.into_iter().map(|ix: usize| issues[ix].number.clone()).collect();
        assert_eq!(found, expected, "{filter:?}");
    }
}
