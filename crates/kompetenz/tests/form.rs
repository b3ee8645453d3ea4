//! The blank form: what it asks for, and what it does not.

use std::collections::BTreeSet;

use kompetenz::form::{EntryForm, NoForm};

use crate::common::{assessment, nordstadt};

/// A definition with every kind of answer, and with titles that belong together.
const SMALL: &str = r#"
id = "small"
version = "1.0.0"
language = "de"
title = "Probe"
summary = "Eine Leiste sägen."
fact = [
  { id = "work-years", kind = "number", title = "Jahre Arbeit" },
  { id = "arrival", kind = "date", title = "Tag der Ankunft" },
  { id = "job-start", kind = "flag", title = "Arbeitsbeginn ist geplant" },
  { id = "language", kind = "choice", options = ["ro", "bg"], title = "Erstsprache" },
]

[[scale]]
id = "rating"
values = [{ value = 0, title = "mit Hilfe" }, { value = 1, code = "A", title = "allein" }, 2.5]
not-observed = "n"
not-reached = "-"
refused = "v"

[[scale]]
id = "length"
range = { from = 0, to = 1200.5, step = 0.5 }
unit = "mm"

[[scale]]
id = "up-to-45"
range = { from = 0, to = 45 }

[[scale]]
id = "a-or-b"
choices = ["a", "b"]

[[scale]]
id = "done"
yes-no = true

[[item]]
id = "first"
scale = "done"
title = "Hinweis: steht allein"
[[item]]
id = "plan"
scale = "rating"
title = "Sägen: Planung"
text = "misst und reißt an"
[[item]]
id = "exact"
scale = "length"
title = "Sägen: Abweichung"
[[item]]
id = "picture"
scale = "a-or-b"
key = "b"
title = "Welches Bild passt?"
[[item]]
id = "points"
scale = "up-to-45"
title = "Punkte"

[[measure]]
id = "all"
title = "Alles"
rule = "sum"
of = ["first", "plan", "exact", "picture", "points"]

[[finding]]
id = "ready"
kind = "ability"
when = { all = [
  { fact = { of = "work-years", at-least = 3 } },
  { fact = { of = "arrival", at-least = 2020-01-01 } },
  { fact = { of = "job-start", is = true } },
  { fact = { of = "language", is = "ro" } },
] }
text = "Bereit."
"#;

#[test]
fn a_form_asks_for_everything_in_order_and_in_its_language() {
    let assessment = assessment(SMALL);
    let form = EntryForm::new(&assessment, assessment.main_language(), None).unwrap();
    let mut json = serde_json::to_value(&form).unwrap();
    assert_eq!(form.assessment.digest, assessment.digest[..8]);
    json["assessment"]["digest"] = "3f2a91c0".into();
    insta::assert_snapshot!(format!("{json:#}"), @r#"
    {
      "language": "de",
      "assessment": {
        "id": "small",
        "version": "1.0.0",
        "digest": "3f2a91c0",
        "title": "Probe"
      },
      "modules": [
        {
          "id": "small",
          "title": "Probe",
          "summary": "Eine Leiste sägen.",
          "facts": [
            {
              "id": "work-years",
              "title": "Jahre Arbeit",
              "answer": {
                "kind": "number"
              }
            },
            {
              "id": "arrival",
              "title": "Tag der Ankunft",
              "answer": {
                "kind": "date"
              }
            },
            {
              "id": "job-start",
              "title": "Arbeitsbeginn ist geplant",
              "answer": {
                "kind": "yes-no"
              }
            },
            {
              "id": "language",
              "title": "Erstsprache",
              "answer": {
                "kind": "choices",
                "choices": [
                  "ro",
                  "bg"
                ]
              }
            }
          ],
          "scales": [
            {
              "answer": {
                "kind": "yes-no"
              }
            },
            {
              "answer": {
                "kind": "steps",
                "steps": [
                  {
                    "code": "0",
                    "title": "mit Hilfe"
                  },
                  {
                    "code": "A",
                    "title": "allein"
                  },
                  {
                    "code": "2,5"
                  }
                ]
              },
              "not-observed": "n",
              "not-reached": "-",
              "refused": "v"
            },
            {
              "answer": {
                "kind": "range",
                "from": "0",
                "to": "1200,5",
                "step": "0,5",
                "unit": "mm"
              }
            },
            {
              "answer": {
                "kind": "choices",
                "choices": [
                  "a",
                  "b"
                ]
              }
            },
            {
              "answer": {
                "kind": "range",
                "from": "0",
                "to": "45"
              }
            }
          ],
          "groups": [
            {
              "items": [
                {
                  "id": "first",
                  "title": "Hinweis: steht allein",
                  "scale": 0
                }
              ]
            },
            {
              "title": "Sägen",
              "items": [
                {
                  "id": "plan",
                  "title": "Planung",
                  "text": "misst und reißt an",
                  "scale": 1
                },
                {
                  "id": "exact",
                  "title": "Abweichung",
                  "scale": 2
                }
              ]
            },
            {
              "items": [
                {
                  "id": "picture",
                  "title": "Welches Bild passt?",
                  "scale": 3
                },
                {
                  "id": "points",
                  "title": "Punkte",
                  "scale": 4
                }
              ]
            }
          ]
        }
      ]
    }
    "#);
}

#[test]
fn every_item_and_every_fact_is_asked_for_once_in_every_language() {
    let assessment = nordstadt();
    let names = assessment.vocabulary();
    for code in &assessment.languages {
        let form = EntryForm::new(assessment, assessment.language(code).unwrap(), None).unwrap();
        let items = form.modules.iter().flat_map(|module| &module.groups).flat_map(|group| &group.items);
        let items: Vec<&str> = items.map(|item| item.id.as_str()).collect();
        assert!(items.iter().copied().eq(names.items.iter().map(String::as_str)), "{code}");
        let facts = form.modules.iter().flat_map(|module| &module.facts);
        let facts: Vec<&str> = facts.map(|fact| fact.id.as_str()).collect();
        let known: BTreeSet<&str> = names.facts.iter().map(|(path, _)| path.as_ref()).collect();
        assert_eq!(facts.iter().copied().collect::<BTreeSet<_>>(), known, "{code}");
        assert_eq!(facts.len(), known.len(), "{code}");
    }
}

#[test]
fn a_form_has_the_same_tasks_in_all_languages() {
    let assessment = nordstadt();
    let tasks = |code: &str| -> Vec<(bool, usize)> {
        let form = EntryForm::new(assessment, assessment.language(code).unwrap(), None).unwrap();
        let groups = form.modules.iter().flat_map(|module| &module.groups);
        groups.map(|group| (group.title.is_some(), group.items.len())).collect()
    };
    let german = tasks("de");
    assert_eq!(german[..3], [(true, 5); 3], "saw, drill and bend");
    for code in &assessment.languages[1..] {
        assert_eq!(tasks(code), german, "{code}");
    }
}

#[test]
fn some_modules_have_a_form_of_their_own_in_the_order_of_the_definition() {
    let assessment = nordstadt();
    let form = |wanted: &[&str]| {
        let wanted: Vec<String> = wanted.iter().map(|&id| id.to_owned()).collect();
        EntryForm::new(assessment, assessment.main_language(), Some(&wanted))
    };
    let modules: Vec<String> =
        form(&["wood", "nordstadt", "metal"]).unwrap().modules.into_iter().map(|module| module.id).collect();
    assert_eq!(modules, ["nordstadt", "metal", "wood"]);

    // `fit` compares jobs and asks for nothing.
    let error = form(&["metal", "mettal", "fit"]).unwrap_err();
    insta::assert_snapshot!(error.message().en, @"there is no form for `mettal`, `fit`; there is one for `nordstadt`, `metal`, `wood`, `cleaning`, `kitchen`, `care`, `warehouse`, `key`, `basics`, `german`, `digital`, `interests`");
    insta::assert_snapshot!(error.message().de, @"es gibt kein Formular für `mettal`, `fit`; es gibt eines für `nordstadt`, `metal`, `wood`, `cleaning`, `kitchen`, `care`, `warehouse`, `key`, `basics`, `german`, `digital`, `interests`");
    assert_eq!(form(&[]), Err(NoForm::NothingToFillIn));
}

#[test]
fn a_definition_that_asks_for_nothing_has_no_form() {
    let nothing = assessment("id = \"a\"\nversion = \"1.0.0\"\nlanguage = \"en\"\ntitle = \"Nothing yet\"\n");
    let error = EntryForm::new(&nothing, nothing.main_language(), None).unwrap_err();
    insta::assert_snapshot!(error.message().en, @"there is nothing to fill in: no item and no fact");
    insta::assert_snapshot!(error.message().de, @"es gibt nichts auszufüllen: kein Merkmal und keine Angabe zur Person");
}
