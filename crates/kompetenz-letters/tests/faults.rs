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
    assert_snapshot!(said(&sources("fixtures/letters/invalid-letter"), Ui::En), @r#"
    error[invalid-letter]: letters cannot do this with a value
     --> letters/card.en.md:1:25
      |
    1 | Dear {{ participant.name|shout }},
      |                         ^^^^^^
      |
      = help: what they can do: `default`, `first`, `join`, `last`, `length`, `lower`, `upper`

    error[invalid-letter]: this is not one value, but several
     --> letters/card.en.md:2:4
      |
    2 | {{ participant }}
      |    ^^^^^^^^^^^
      |
      = help: print one part, such as `{{ participant.name }}`, or go through a list: `{% for one in list %} … {% endfor %}`

    error[invalid-letter]: this cannot be carried out
     --> letters/card.en.md:3:4
      |
    3 | {{ 1 + "a" }}
      |    ^^^^^^^
    "#);
    assert_snapshot!(said(&sources("fixtures/letters/invalid-letter"), Ui::De), @r#"
    Fehler[invalid-letter]: das können Briefe mit einem Wert nicht
     --> letters/card.en.md:1:25
      |
    1 | Dear {{ participant.name|shout }},
      |                         ^^^^^^
      |
      = Hilfe: was sie können: `default`, `first`, `join`, `last`, `length`, `lower`, `upper`

    Fehler[invalid-letter]: das ist nicht ein Wert, sondern mehrere
     --> letters/card.en.md:2:4
      |
    2 | {{ participant }}
      |    ^^^^^^^^^^^
      |
      = Hilfe: einen Teil drucken, zum Beispiel `{{ participant.name }}`, oder eine Liste durchlaufen: `{% for eins in liste %} … {% endfor %}`

    Fehler[invalid-letter]: das lässt sich nicht ausführen
     --> letters/card.en.md:3:4
      |
    3 | {{ 1 + "a" }}
      |    ^^^^^^^
    "#);
}

#[test]
fn names_that_no_letter_knows() {
    assert_snapshot!(said(&sources("fixtures/letters/unknown-variable"), Ui::En), @"
    error[unknown-variable]: no letter knows `participant.nmae`
     --> letters/card.en.md:1:9
      |
    1 | Dear {{ participant.nmae }},
      |         ^^^^^^^^^^^^^^^^
      |
      = help: did you mean `participant.name`?

    error[unknown-variable]: no letter knows `step.titel`
     --> letters/card.en.md:3:6
      |
    3 | - {{ step.titel }}
      |      ^^^^^^^^^^
      |
      = help: did you mean `step.title`?

    error[unknown-variable]: no letter knows `perriod`
     --> letters/card.en.md:5:7
      |
    5 | {% if perriod %}{{ period }}{% else %}{{ talc.day }}{% endif %}
      |       ^^^^^^^
      |
      = help: did you mean `period`?

    error[unknown-variable]: no letter knows `talc.day`
     --> letters/card.en.md:5:42
      |
    5 | {% if perriod %}{{ period }}{% else %}{{ talc.day }}{% endif %}
      |                                          ^^^^^^^^
      |
      = help: did you mean `talk.day`?
    ");
    assert_snapshot!(said(&sources("fixtures/letters/unknown-variable"), Ui::De), @"
    Fehler[unknown-variable]: `participant.nmae` gibt es in keinem Brief
     --> letters/card.en.md:1:9
      |
    1 | Dear {{ participant.nmae }},
      |         ^^^^^^^^^^^^^^^^
      |
      = Hilfe: ist `participant.name` gemeint?

    Fehler[unknown-variable]: `step.titel` gibt es in keinem Brief
     --> letters/card.en.md:3:6
      |
    3 | - {{ step.titel }}
      |      ^^^^^^^^^^
      |
      = Hilfe: ist `step.title` gemeint?

    Fehler[unknown-variable]: `perriod` gibt es in keinem Brief
     --> letters/card.en.md:5:7
      |
    5 | {% if perriod %}{{ period }}{% else %}{{ talc.day }}{% endif %}
      |       ^^^^^^^
      |
      = Hilfe: ist `period` gemeint?

    Fehler[unknown-variable]: `talc.day` gibt es in keinem Brief
     --> letters/card.en.md:5:42
      |
    5 | {% if perriod %}{{ period }}{% else %}{{ talc.day }}{% endif %}
      |                                          ^^^^^^^^
      |
      = Hilfe: ist `talk.day` gemeint?
    ");
}

#[test]
fn what_not_everybody_has() {
    assert_snapshot!(said(&sources("fixtures/letters/unguarded-variable"), Ui::En), @"
    error[unguarded-variable]: not everybody has `participant.birth_date`
     --> letters/card.en.md:1:38
      |
    1 | Dear {{ participant.name }}, born {{ participant.birth_date }},
      |                                      ^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: ask first: `{% if participant.birth_date %} … {% endif %}`

    error[unguarded-variable]: not everybody has `talk.day`
     --> letters/card.en.md:2:15
      |
    2 | we meet on {{ talk.day }}{% if talk %} with {{ talk.adviser }}{% endif %}.
      |               ^^^^^^^^
      |
      = help: ask first: `{% if talk %} … {% endif %}`

    error[unguarded-variable]: not everybody has `talk.adviser`
     --> letters/card.en.md:2:48
      |
    2 | we meet on {{ talk.day }}{% if talk %} with {{ talk.adviser }}{% endif %}.
      |                                                ^^^^^^^^^^^^
      |
      = help: ask first: `{% if talk.adviser %} … {% endif %}`

    error[unguarded-variable]: not everybody has `steps[0].title`
     --> letters/card.en.md:3:4
      |
    3 | {{ steps[0].title }}
      |    ^^^^^^^^^^^^^^
      |
      = help: ask first: `{% if steps %} … {% endif %}`

    error[unguarded-variable]: not everybody has `one.due`
     --> letters/card.en.md:6:27
      |
    6 | - {{ one.text }} until {{ one.due|upper }}
      |                           ^^^^^^^^^^^^^
      |
      = help: ask first: `{% if one.due %} … {% endif %}`

    error[unguarded-variable]: not everybody has `hours`
     --> letters/card.en.md:9:33
      |
    9 | {% if period %}{{ period }} ({{ hours }} hours){% endif %}
      |                                 ^^^^^
      |
      = help: ask first: `{% if hours %} … {% endif %}`
    ");
    assert_snapshot!(said(&sources("fixtures/letters/unguarded-variable"), Ui::De), @"
    Fehler[unguarded-variable]: `participant.birth_date` gibt es nicht bei allen
     --> letters/card.en.md:1:38
      |
    1 | Dear {{ participant.name }}, born {{ participant.birth_date }},
      |                                      ^^^^^^^^^^^^^^^^^^^^^^
      |
      = Hilfe: erst danach fragen: `{% if participant.birth_date %} … {% endif %}`

    Fehler[unguarded-variable]: `talk.day` gibt es nicht bei allen
     --> letters/card.en.md:2:15
      |
    2 | we meet on {{ talk.day }}{% if talk %} with {{ talk.adviser }}{% endif %}.
      |               ^^^^^^^^
      |
      = Hilfe: erst danach fragen: `{% if talk %} … {% endif %}`

    Fehler[unguarded-variable]: `talk.adviser` gibt es nicht bei allen
     --> letters/card.en.md:2:48
      |
    2 | we meet on {{ talk.day }}{% if talk %} with {{ talk.adviser }}{% endif %}.
      |                                                ^^^^^^^^^^^^
      |
      = Hilfe: erst danach fragen: `{% if talk.adviser %} … {% endif %}`

    Fehler[unguarded-variable]: `steps[0].title` gibt es nicht bei allen
     --> letters/card.en.md:3:4
      |
    3 | {{ steps[0].title }}
      |    ^^^^^^^^^^^^^^
      |
      = Hilfe: erst danach fragen: `{% if steps %} … {% endif %}`

    Fehler[unguarded-variable]: `one.due` gibt es nicht bei allen
     --> letters/card.en.md:6:27
      |
    6 | - {{ one.text }} until {{ one.due|upper }}
      |                           ^^^^^^^^^^^^^
      |
      = Hilfe: erst danach fragen: `{% if one.due %} … {% endif %}`

    Fehler[unguarded-variable]: `hours` gibt es nicht bei allen
     --> letters/card.en.md:9:33
      |
    9 | {% if period %}{{ period }} ({{ hours }} hours){% endif %}
      |                                 ^^^^^
      |
      = Hilfe: erst danach fragen: `{% if hours %} … {% endif %}`
    ");
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
        ("Dear\n{% if talk %}\nx", 2),
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
