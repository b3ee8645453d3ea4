//! Faulty texts: all mistakes at once, each at its place.

use std::collections::BTreeSet;
use std::fs;

use insta::assert_snapshot;
use kompetenz::Ui;

use crate::{definition, repository, said, sources};

/// Every mistake of a fixture, by line and code.
fn found(folder: &str) -> BTreeSet<(u32, &'static str)> {
    let sources = sources(folder);
    let checked = kompetenz_letters::check(&sources);
    assert!(checked.assessment.is_none());
    checked.diagnostics.iter().map(|d| (sources.line(d.place()), d.code.name())).collect()
}

#[test]
fn each_faulty_text_shows_its_code() {
    for folder in fs::read_dir(repository("fixtures/letters")).unwrap() {
        let code = folder.unwrap().file_name().into_string().unwrap();
        let found = found(&format!("fixtures/letters/{code}"));
        assert!(found.len() >= 3, "{code}: {found:?}");
        assert!(found.iter().all(|(_, found)| **found == *code), "{code}: {found:?}");
    }
}

#[test]
fn instructions_that_cannot_be_followed() {
    assert_snapshot!(said(&sources("fixtures/letters/invalid-letter"), Ui::En), @"");
    assert_snapshot!(said(&sources("fixtures/letters/invalid-letter"), Ui::De), @"");
}

#[test]
fn names_that_no_letter_knows() {
    assert_snapshot!(said(&sources("fixtures/letters/unknown-variable"), Ui::En), @"");
    assert_snapshot!(said(&sources("fixtures/letters/unknown-variable"), Ui::De), @"");
}

#[test]
fn what_not_everybody_has() {
    assert_snapshot!(said(&sources("fixtures/letters/unguarded-variable"), Ui::En), @"");
    assert_snapshot!(said(&sources("fixtures/letters/unguarded-variable"), Ui::De), @"");
}

#[test]
fn mistakes_of_all_kinds_are_told_together() {
    let text = "\
{{ participant.nmae }} {{ period }} {{ number|shout }}
{% for step in steps %}{% for r in step.recommendations %}
{{ r.due }} {{ r.body|shout }} {{ step.titel }}
{% endfor %}{% endfor %}
";
    let sources = definition("markdown", text);
    let told = kompetenz_letters::check(&sources).diagnostics;
    let told: Vec<_> = told.iter().map(|d| (sources.line(d.place()), d.code.name())).collect();
    assert_eq!(
        told,
        [
            (1, "unknown-variable"),
            (1, "unguarded-variable"),
            (1, "invalid-letter"),
            (3, "unguarded-variable"),
            (3, "invalid-letter"),
            (3, "unknown-variable"),
        ]
    );
}

#[test]
fn a_definition_with_other_mistakes_still_has_its_letters_checked() {
    let mut sources = kompetenz::Sources::new(
        "assessment.toml",
        "id = \"demo\"\nversion = \"x\"\nlanguage = \"en\"\ntitle = \"\"\n[[letter]]\nid = \"card\"\ntitle = \"A\"\n",
    );
    sources.add("letters/card.en.md", "{{ nobody }}");
    let told = kompetenz_letters::check(&sources).diagnostics;
    let codes: BTreeSet<_> = told.iter().map(|d| d.code.name()).collect();
    assert!(
        codes.is_superset(&BTreeSet::from(["wrong-type", "invalid-text", "unknown-variable"])),
        "{codes:?}"
    );
}

#[test]
fn an_instruction_that_is_not_closed_is_told_at_its_place() {
    for (text, line) in [
        ("Dear\n{{ participant.name", 2),
        ("Dear\n{% if talk %}\nx", 3),
        ("{% include \"other\" %}", 1),
        ("{% macro x() %}{% endmacro %}", 1),
        ("{{ participant.name|}}", 1),
        ("{% endfor %}", 1),
    ] {
        let sources = definition("plain", text);
        let told = kompetenz_letters::check(&sources).diagnostics;
        let told: Vec<_> = told.iter().map(|d| (sources.line(d.place()), d.code.name())).collect();
        assert_eq!(told, [(line, "invalid-letter")], "{text}");
    }
}

/// One thing is asked for, another one printed: right for people who have both, and for those who have neither.
#[test]
fn asking_for_another_thing_is_no_guard() {
    for text in [
        "{% if period %}{{ hours }}{% endif %}",
        "{% if talk %}{{ phone }}{% endif %}",
        "{% if not period %}{{ hours }}{% endif %}",
        "{% if period and not hours %}{{ phone }}{% endif %}",
        "{{ phone|upper }}",
        "{{ [phone]|join }}",
        "{{ participant.name ~ phone }}",
    ] {
        let told = kompetenz_letters::check(&definition("plain", text)).diagnostics;
        let codes: Vec<_> = told.iter().map(|d| d.code.name()).collect();
        assert_eq!(codes, ["unguarded-variable"], "{text}");
    }
}
