//! Parts of a batch, joined: any split, any order, the same content.

use insta::assert_snapshot;
use kompetenz_register::{
    Access, Digest, Export, Issuer, Merged, Part, Register, RegisterError, Scope, Text,
};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use crate::common::{Desk, at, candidate, edition, issue, issuer, refusals, text};

fn part(part: u32, parts: u32) -> Scope {
    Scope::Part(Part::new(Digest::of(b"definition, results, de"), part, parts).unwrap())
}

/// Something that happens to one of a few people.
#[derive(Debug, Clone, Copy)]
enum Happening {
    Issue,
    Correct,
    Reprint,
    Expire,
    Withdraw,
}

fn happening() -> impl Strategy<Value = (usize, Happening)> {
    use Happening::{Correct, Expire, Issue, Reprint, Withdraw};
    (
        0..6_usize,
        prop_oneof![4 => Just(Issue), 2 => Just(Correct), 1 => Just(Reprint), 1 => Just(Expire), 1 => Just(Withdraw)],
    )
}

/// Lets it happen; what is not possible as things stand is refused, in a part as in the whole.
fn happen(register: &mut Register, person: usize, what: Happening, minutes: i64) {
    let key = format!("P-{person}");
    let says = format!("says {minutes}");
    let standing = register.plan(&[candidate(&key, &says)]).unwrap().remove(0);
    let number = standing.latest().map(|latest| latest.number.clone());
    let stamp = at(minutes);
    let refused = match (what, number) {
        (Happening::Issue, None) | (Happening::Correct, Some(_)) => {
            register.record(&[edition(candidate(&key, &says), standing.next_edition())], &stamp).err()
        }
        (Happening::Reprint, Some(number)) => {
            register.reprint(&number, Digest::of(says.as_bytes()), None, &stamp).err()
        }
        (Happening::Expire, Some(number)) => register.expire(&[number], None, &stamp).err(),
        (Happening::Withdraw, Some(number)) => {
            register.withdraw(&number, &Text::new(&says).unwrap(), &stamp).err()
        }
        _ => None,
    };
    assert!(matches!(refused, None | Some(RegisterError::Refused(_))), "{refused:?}");
}

fn content(register: &Register) -> Export {
    assert_eq!(register.check(None).unwrap().findings, []);
    register.export().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_split_and_any_order_give_the_same_content(
        story in prop::collection::vec(happening(), 1..25),
        split in prop::collection::vec(1..=4_u32, 6),
        order in Just(vec![1, 2, 3, 4_u32]).prop_shuffle(),
    ) {
        let desk = Desk::new();
        let mut whole = desk.scoped("whole", Scope::Whole);
        let mut parts: Vec<Register> = (1..=4).map(|k| desk.scoped(&format!("part-{k}"), part(k, 4))).collect();
        for (minutes, (person, what)) in (0..).zip(story) {
            happen(&mut whole, person, what, minutes);
            // The part of a person is the same for everything that happens to the person.
            happen(&mut parts[split[person] as usize - 1], person, what, minutes);
        }
        let mut shuffled: Vec<Register> = Vec::new();
        for k in &order {
            let path = desk.folder().join(format!("part-{k}"));
            shuffled.push(Register::open(&path, &issuer(), Access::Read).unwrap());
        }
        let expected = content(&whole);
        for (name, parts) in [("in order", &parts), ("shuffled", &shuffled)] {
            let mut joined = desk.scoped(name, Scope::Whole);
            let merged = joined.merge(parts).map_err(|error| TestCaseError::fail(error.to_string()))?;
            let all = Merged { issues: expected.issues.len(), events: expected.events.len() };
            prop_assert_eq!(merged, all);
            prop_assert_eq!(&content(&joined), &expected);
            // Once more is not twice.
            prop_assert_eq!(joined.merge(parts).unwrap(), Merged { issues: 0, events: 0 });
            prop_assert_eq!(&content(&joined), &expected);
        }
    }
}

#[test]
fn what_was_recorded_before_the_merge_stays() {
    let desk = Desk::new();
    let mut office = desk.register();
    office.record(&[issue("old", "v1")], &at(100)).unwrap();
    let mut parts = [desk.scoped("1", part(1, 2)), desk.scoped("2", part(2, 2))];
    parts[0].record(&[issue("a", "v1")], &at(50)).unwrap();
    parts[1].record(&[issue("b", "v1"), issue("a", "v1")], &at(40)).unwrap();
    assert_eq!(
        office.merge(&parts).unwrap(),
        Merged { issues: 2, events: 2 },
        "the same in two parts is once"
    );
    parts[1].record(&[issue("c", "v1")], &at(60)).unwrap();
    assert_eq!(office.merge(&parts).unwrap(), Merged { issues: 1, events: 1 }, "a part completed later");
    let export = content(&office);
    assert_eq!(export.issues.len(), 4);
    assert!(export.events.iter().all(|event| !event.clock_back), "marks stay as they were recorded");
}

#[test]
fn what_does_not_fit_together_is_refused_with_all_reasons() {
    let desk = Desk::new();
    let other = Issuer::new("office-essen", "correct horse battery staple").unwrap();
    let open = |name: &str, issuer: &Issuer, scope| {
        Register::open(&desk.folder().join(name), issuer, Access::Create(scope)).unwrap()
    };
    let mut office = desk.register();
    let foreign = Scope::Part(Part::new(Digest::of(b"another batch"), 2, 3).unwrap());
    let wild = [
        open("1", &issuer(), part(1, 4)),
        open("1 again", &issuer(), part(1, 4)),
        open("whole", &issuer(), Scope::Whole),
        open("foreign", &issuer(), foreign),
        open("essen", &other, part(2, 4)),
    ];
    assert_snapshot!(refusals(office.merge(&wild)), @"
    register 3 in the list is no part of a batch
    register 4 in the list belongs to another batch than the first one
    register 5 in the list is of another issuer or was made with another secret
    part 1 is there more than once; take one of them away
    part 3 is missing; add its register
    part 4 is missing; add its register
    Register 3 in der Liste ist kein Teil eines Laufs
    Register 4 in der Liste gehört zu einem anderen Lauf als das erste
    Register 5 in der Liste gehört einer anderen Stelle oder hat ein anderes Geheimnis
    Teil 1 ist mehr als einmal da; einen davon weglassen
    Teil 3 fehlt; sein Register dazunehmen
    Teil 4 fehlt; sein Register dazunehmen
    ");
    assert_snapshot!(office.merge(&[]).unwrap_err(), @"part 1 is missing; add its register");
    let mut into = desk.scoped("into", part(1, 1));
    assert_snapshot!(refusals(into.merge(&[desk.scoped("only", part(1, 1))])), @"
    the parts must be joined in the issuer's own register, and this one holds a part
    die Teile gehören in das Register der Stelle, und dieses enthält selbst einen Teil
    ");
    assert_eq!(office.seal().unwrap().events, 0);
}

#[test]
fn parts_that_contradict_each_other_or_the_register_are_refused_as_a_whole() {
    let desk = Desk::new();
    let mut office = desk.register();
    office.record(&[issue("known", "v1")], &at(0)).unwrap();
    let mut parts = [desk.scoped("1", part(1, 2)), desk.scoped("2", part(2, 2))];
    parts[0].record(&[issue("both", "v1"), issue("fine", "v1")], &at(0)).unwrap();
    parts[1].record(&[issue("both", "v2")], &at(0)).unwrap();
    let mut later = issue("known", "v2");
    later.number = issue("a number of another day", "v2").number;
    parts[1].record(&[later.clone()], &at(0)).unwrap();
    let message = office.merge(&parts).unwrap_err().to_string();
    let message =
        message.replace(issue("both", "").number.as_str(), "BOTH").replace(later.number.as_str(), "LATER");
    assert_snapshot!(message, @"
    part 2: `BOTH` is recorded with other content; issue it on another day or as a correction
    part 2: `LATER` does not follow edition 1, the latest one; issue it again by what the register says now
    ");
    assert_eq!(office.export().unwrap().issues.len(), 1);
}

#[test]
fn parts_made_with_different_definitions_are_refused() {
    let desk = Desk::new();
    let mut parts = [desk.scoped("1", part(1, 2)), desk.scoped("2", part(2, 2))];
    parts[0].record(&[issue("a", "v1")], &at(0)).unwrap();
    let mut draft = issue("b", "v1");
    draft.definition = Digest::of(b"a draft of the same version");
    parts[1].record(&[draft], &at(0)).unwrap();
    assert_snapshot!(refusals(desk.register().merge(&parts)), @"
    the parts were made with different definitions of `nordstadt`; make them again with the same one
    die Teile sind mit verschiedenen Fassungen von `nordstadt` gemacht; mit derselben neu machen
    ");
}

#[test]
fn a_part_that_was_tampered_with_is_refused() {
    let desk = Desk::new();
    let mut only = desk.scoped("only", part(1, 1));
    only.record(&[issue("a", "v1")], &at(0)).unwrap();
    only.withdraw(&issue("a", "v1").number, &text("by mistake"), &at(1)).unwrap();
    let raw = rusqlite::Connection::open(desk.folder().join("only")).unwrap();
    raw.execute_batch("DROP TRIGGER event_no_update; UPDATE event SET reason = 'on request' WHERE seq = 2")
        .unwrap();
    let only = Register::open(&desk.folder().join("only"), &issuer(), Access::Read).unwrap();
    assert_snapshot!(refusals(desk.register().merge(&[only])), @"
    part 1: `event_no_update` is missing, changed or foreign
    part 1: event 2 is not what was recorded
    Teil 1: `event_no_update` fehlt, ist verändert oder gehört nicht hierher
    Teil 1: Ereignis 2 ist nicht mehr so, wie es eingetragen wurde
    ");
}
