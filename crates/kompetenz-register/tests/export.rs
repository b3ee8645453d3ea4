//! What leaves the register, and what never gets into it.

use std::fs;

use insta::assert_snapshot;
use kompetenz_register::{Digest, Text};
use serde::Serialize;

use crate::common::{Desk, at, candidate, edition, issue, text};

fn csv<T: Serialize>(rows: &[T]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.serialize(row).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// Digests are long and numbers are in no order a reader knows: both are shortened for the snapshot.
fn short(text: &str, names: &[(&str, &str)]) -> String {
    let text = names.iter().fold(text.to_owned(), |text, (name, long)| text.replace(long, name));
    let mut lines: Vec<&str> = text.lines().collect();
    lines[1..].sort_unstable();
    lines.join("\n")
}

#[test]
fn rows_are_flat_and_can_be_written_as_csv_and_json() {
    let desk = Desk::new();
    let mut register = desk.register();
    let (first, second) = (issue("P-0001", "v1"), edition(candidate("P-0001", "v2"), 2));
    register.record(std::slice::from_ref(&first), &at(0)).unwrap();
    register.reprint(&first.number, Digest::of(b"again"), None, &at(1)).unwrap();
    register.record(std::slice::from_ref(&second), &at(2).by(text("reception"))).unwrap();
    register.withdraw(&second.number, &text("by mistake"), &at(3)).unwrap();

    let export = register.export().unwrap();
    let digests = [
        ("PARTICIPANT", first.candidate.document.participant.to_string()),
        ("DEFINITION", first.definition.to_string()),
        ("DATA-1", first.candidate.data.to_string()),
        ("DATA-2", second.candidate.data.to_string()),
        ("FILE-1", first.file.to_string()),
        ("FILE-2", second.file.to_string()),
        ("AGAIN", Digest::of(b"again").to_string()),
        ("NUMBER-1", first.number.to_string()),
        ("NUMBER-2", second.number.to_string()),
    ];
    let names: Vec<(&str, &str)> = digests.iter().map(|(name, long)| (*name, long.as_str())).collect();
    assert_snapshot!(short(&csv(&export.issues), &names), @"
    number,participant,assessment,version,definition,data,file,kind,language,round,edition,issued,recorded,state
    NUMBER-1,PARTICIPANT,nordstadt,1.0.0,DEFINITION,DATA-1,FILE-1,certificate,de,,1,2026-11-22,2026-11-22T10:00:00Z,superseded
    NUMBER-2,PARTICIPANT,nordstadt,1.0.0,DEFINITION,DATA-2,FILE-2,certificate,de,,2,2026-11-22,2026-11-22T10:02:00Z,withdrawn
    ");
    assert_snapshot!(short(&csv(&export.events), &names), @"
    number,event,moment,clock-back,reason,by,other,file
    NUMBER-1,issued,2026-11-22T10:00:00Z,false,,,,
    NUMBER-1,reprinted,2026-11-22T10:01:00Z,false,,,,AGAIN
    NUMBER-1,superseded,2026-11-22T10:02:00Z,false,,reception,NUMBER-2,
    NUMBER-2,corrected,2026-11-22T10:02:00Z,false,,reception,NUMBER-1,
    NUMBER-2,issued,2026-11-22T10:02:00Z,false,,reception,,
    NUMBER-2,withdrawn,2026-11-22T10:03:00Z,false,by mistake,,,
    ");

    let json = serde_json::to_value(register.show(&second.number).unwrap()).unwrap();
    assert_eq!(json["issued"]["state"], "withdrawn");
    assert_eq!(json["events"][2]["reason"], "by mistake");
    let answer = serde_json::to_value(register.answer(&second.number).unwrap()).unwrap();
    assert_eq!((&answer["answer"], &answer["reason"]), (&"withdrawn".into(), &"by mistake".into()));
}

/// Whoever finds the file learns numbers, days and digests, but nobody's key and not the secret.
#[test]
fn neither_keys_nor_the_secret_stand_in_the_file() {
    let desk = Desk::new();
    let issues: Vec<_> = (0..50).map(|ix| issue(&format!("Kennung-{ix}"), "v1")).collect();
    desk.register().record(&issues, &at(0)).unwrap();
    let bytes = fs::read(desk.path()).unwrap();
    let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(holds(issues[0].number.as_str()) && holds("office-dortmund"), "the search finds what is there");
    assert!(!holds("Kennung") && !holds("horse"));
}

/// Two texts that look alike in a row must not have the same digest in the chain.
#[test]
fn fields_do_not_run_into_each_other() {
    let seal = |kind: &str, language: &str| {
        let desk = Desk::new();
        let mut candidate = candidate("a", "v1");
        (candidate.document.kind, candidate.document.language) = (text(kind), Text::new(language).unwrap());
        let mut issue = edition(candidate, 1);
        issue.number = crate::common::issue("a", "v1").number;
        let mut register = desk.register();
        register.record(&[issue], &at(0)).unwrap();
        register.seal().unwrap()
    };
    assert_ne!(seal("report", "de"), seal("reportd", "e"));
    assert_eq!(seal("report", "de"), seal("report", "de"), "the same content has the same seal");
}
