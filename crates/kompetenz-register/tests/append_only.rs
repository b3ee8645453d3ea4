//! Nobody changes what was recorded, and whoever takes the guards away is found out.

use insta::assert_snapshot;
use kompetenz_register::{Access, Register, RegisterError};
use rusqlite::Connection;

use crate::common::{Desk, at, candidate, edition, issue, issuer, text};

/// Three issues, one of them corrected, one withdrawn: seven events.
fn desk() -> Desk {
    let desk = Desk::new();
    let mut register = desk.register();
    register.record(&["a", "b", "c"].map(|key| issue(key, "v1")), &at(0)).unwrap();
    register.record(&[edition(candidate("a", "v2"), 2)], &at(1)).unwrap();
    register.withdraw(&issue("b", "v1").number, &text("by mistake"), &at(2)).unwrap();
    desk
}

#[test]
fn nothing_is_changed_deleted_or_replaced() {
    let desk = desk();
    let before = desk.register().export().unwrap();
    let raw = desk.raw();
    let statements = [
        "UPDATE register SET issuer = 'other'",
        "UPDATE issue SET version = '2'",
        "UPDATE OR REPLACE issue SET number = (SELECT max(number) FROM issue)",
        "UPDATE event SET reason = 'other'",
        "DELETE FROM register",
        "DELETE FROM issue",
        "DELETE FROM event WHERE kind = 'withdrawn'",
        "INSERT OR REPLACE INTO register SELECT * FROM register",
        "INSERT OR REPLACE INTO issue SELECT * FROM issue",
        "INSERT OR REPLACE INTO issue SELECT id + 100, number, participant, assessment, version, definition, data,
           file, kind, language, round, edition + 100, issued FROM issue",
        "INSERT OR REPLACE INTO issue SELECT id + 100, substr(number, 1, 13) || 'x', participant, assessment, version,
           definition, data, file, kind, language, round, edition, issued FROM issue",
        "INSERT OR REPLACE INTO event SELECT * FROM event",
        "INSERT OR REPLACE INTO event SELECT seq + 100, issue, kind, moment, clock_back, 'other', author, other, file,
           hash FROM event WHERE kind = 'withdrawn'",
    ];
    for statement in statements {
        let error = raw.execute(statement, []).unwrap_err().to_string();
        assert_eq!(error, "the register is append-only", "{statement}");
    }
    assert_eq!(desk.register().export().unwrap(), before);
    assert_eq!(desk.register().check(None).unwrap().findings, []);
}

#[test]
fn rows_that_no_register_writes_are_refused_by_the_file() {
    let desk = desk();
    let raw = desk.raw();
    raw.pragma_update(None, "foreign_keys", true).unwrap();
    let event = |kind: &str, reason: &str, other: &str, file: &str| {
        format!(
            "INSERT INTO event (issue, kind, moment, clock_back, reason, other, file, hash)
             VALUES (3, '{kind}', 0, 0, {reason}, {other}, {file}, zeroblob(32))"
        )
    };
    let statements = [
        event("withdrawn", "NULL", "NULL", "NULL"),
        event("withdrawn", "''", "NULL", "NULL"),
        event("superseded", "NULL", "NULL", "NULL"),
        event("superseded", "NULL", "3", "NULL"),
        event("superseded", "NULL", "99", "NULL"),
        event("reprinted", "NULL", "NULL", "NULL"),
        event("reprinted", "NULL", "NULL", "'abc'"),
        event("forgotten", "NULL", "NULL", "NULL"),
        "INSERT INTO event (issue, kind, moment, clock_back, hash) VALUES (99, 'expired', 0, 0, zeroblob(32))".into(),
        "INSERT INTO event (issue, kind, moment, clock_back, hash) VALUES (3, 'expired', 'now', 0, zeroblob(32))".into(),
    ];
    for statement in statements {
        let code = raw.execute(&statement, []).unwrap_err().sqlite_error_code();
        assert_eq!(code, Some(rusqlite::ErrorCode::ConstraintViolation), "{statement}");
    }
}

/// The text of an object, to make it again.
fn definition(raw: &Connection, name: &str) -> String {
    raw.query_row("SELECT sql FROM sqlite_schema WHERE name = ?1", [name], |row| row.get(0)).unwrap()
}

/// Takes the guards away, does something, and puts them back as if nothing had happened.
fn unguarded(raw: &Connection, statements: &str) {
    let guards = ["issue_no_update", "issue_no_delete", "event_no_update", "event_no_delete"];
    let texts = guards.map(|guard| definition(raw, guard));
    for guard in guards {
        raw.execute_batch(&format!("DROP TRIGGER {guard}")).unwrap();
    }
    raw.execute_batch(statements).unwrap();
    for text in texts {
        raw.execute_batch(&text).unwrap();
    }
}

fn findings(desk: &Desk) -> String {
    let register = Register::open(&desk.path(), &issuer(), Access::Read).unwrap();
    let findings = register.check(None).unwrap().findings;
    let (en, de): (Vec<_>, Vec<_>) =
        findings.iter().map(|finding| (finding.words().en, finding.words().de)).unzip();
    format!("{}\n  {}", en.join("; "), de.join("; "))
}

#[test]
fn changes_behind_the_back_are_found() {
    let (b, z) = (issue("b", "v1").number, issue("z", "v1").number);
    let slipped = format!(
        "INSERT INTO issue SELECT 9, '{z}', zeroblob(32), assessment, version, definition, data, file, kind, language,
           round, edition, issued FROM issue WHERE id = 1"
    );
    let cases = [
        ("a reason is polished", "UPDATE event SET reason = 'on request' WHERE kind = 'withdrawn'"),
        ("a moment is moved", "UPDATE event SET moment = moment + 1 WHERE seq = 2"),
        ("a version is changed", "UPDATE issue SET version = '1.0.1' WHERE id = 3"),
        ("a file is exchanged", "UPDATE issue SET file = zeroblob(32) WHERE id = 1"),
        ("an event in the middle is gone", "DELETE FROM event WHERE seq = 3"),
        ("the withdrawal is gone", "DELETE FROM event WHERE kind = 'withdrawn'"),
        ("an issue is slipped in", slipped.as_str()),
        (
            "an event is slipped in",
            "INSERT INTO event (issue, kind, moment, clock_back, hash)
            VALUES (3, 'expired', 0, 0, zeroblob(32))",
        ),
        (
            "a withdrawn one is valid again",
            "INSERT INTO event (issue, kind, moment, clock_back, hash, file)
            VALUES (2, 'reprinted', 0, 0, zeroblob(32), zeroblob(32))",
        ),
    ];
    let mut table = String::new();
    for (name, statements) in cases {
        let desk = desk();
        unguarded(&desk.raw(), statements);
        table += &format!("{name}: {}\n", findings(&desk));
    }
    assert_snapshot!(table.replace(b.as_str(), "B").replace(z.as_str(), "Z"), @"
    a reason is polished: event 7 is not what was recorded
      Ereignis 7 ist nicht mehr so, wie es eingetragen wurde
    a moment is moved: event 2 is not what was recorded
      Ereignis 2 ist nicht mehr so, wie es eingetragen wurde
    a version is changed: event 3 is not what was recorded
      Ereignis 3 ist nicht mehr so, wie es eingetragen wurde
    a file is exchanged: event 1 is not what was recorded
      Ereignis 1 ist nicht mehr so, wie es eingetragen wurde
    an event in the middle is gone: events are missing after event 2; event 4 is not what was recorded; `ZHFF-XX6M-MW2C` stands there, but was never issued
      nach Ereignis 2 fehlen Ereignisse; Ereignis 4 ist nicht mehr so, wie es eingetragen wurde; `ZHFF-XX6M-MW2C` steht da, wurde aber nie ausgestellt
    the withdrawal is gone: events are missing at the end: there were 7, and there are 6
      am Ende fehlen Ereignisse: es waren 7, jetzt sind es 6
    an issue is slipped in: `Z` stands there, but was never issued
      `Z` steht da, wurde aber nie ausgestellt
    an event is slipped in: event 8 is not what was recorded
      Ereignis 8 ist nicht mehr so, wie es eingetragen wurde
    a withdrawn one is valid again: event 8 is not what was recorded; event 8 cannot have happened to `B`
      Ereignis 8 ist nicht mehr so, wie es eingetragen wurde; Ereignis 8 ist bei `B` nicht möglich
    ");
}

#[test]
fn missing_guards_are_found_and_nothing_more_is_written() {
    let desk = desk();
    desk.raw()
        .execute_batch(
            "DROP TRIGGER event_no_delete; CREATE TABLE notes (text TEXT); DROP INDEX event_in_time",
        )
        .unwrap();
    assert_snapshot!(findings(&desk), @"
    `event_in_time` is missing, changed or foreign; `event_no_delete` is missing, changed or foreign; `notes` is missing, changed or foreign
      `event_in_time` fehlt, ist verändert oder gehört nicht hierher; `event_no_delete` fehlt, ist verändert oder gehört nicht hierher; `notes` fehlt, ist verändert oder gehört nicht hierher
    ");
    let error = Register::open(&desk.path(), &issuer(), Access::Write).unwrap_err();
    assert!(matches!(error, RegisterError::Altered { .. }), "{error:?}");
    let looked = Register::open(&desk.path(), &issuer(), Access::Read).unwrap();
    assert_eq!(looked.export().unwrap().issues.len(), 4, "what is there can still be read");
}

/// Whoever knows how the file is built can shorten it without a trace in the file; the seal knows better.
#[test]
fn a_seal_kept_elsewhere_finds_a_shortened_history() {
    let desk = desk();
    let seal = desk.register().seal().unwrap();
    unguarded(
        &desk.raw(),
        "DELETE FROM event WHERE kind = 'withdrawn';
         UPDATE sqlite_sequence SET seq = seq - 1 WHERE name = 'event'",
    );
    let register = Register::open(&desk.path(), &issuer(), Access::Read).unwrap();
    assert_eq!(register.check(None).unwrap().findings, []);
    let found = register.check(Some(&seal)).unwrap().findings;
    assert_eq!(found, [kompetenz_register::Finding::Seal(seal)]);
}

#[test]
fn a_seal_stays_good_while_the_register_grows() {
    let desk = Desk::new();
    let mut register = desk.register();
    let mut seals = vec![register.seal().unwrap()];
    for key in ["a", "b", "c"] {
        register.record(&[issue(key, "v1")], &at(0)).unwrap();
        seals.push(register.seal().unwrap());
    }
    for seal in &seals {
        assert_eq!(register.check(Some(seal)).unwrap().findings, []);
    }
    assert_eq!(seals.iter().map(|seal| seal.events).collect::<Vec<_>>(), [0, 1, 2, 3]);
}
