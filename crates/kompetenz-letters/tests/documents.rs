//! What the documents say about letters is so.

use std::fs;

use kompetenz::{Code, Sources, Ui};
use kompetenz_letters::{FILTERS, LetterData, check, sample};
use serde_json::Value;

use crate::{definition, read, repository, said};

/// The blocks of a document that are texts of letters, each with what stands behind `markdown`.
fn letters(document: &str) -> Vec<(String, String)> {
    let text = read(document);
    let mut blocks = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in text.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(info)) => open = Some((info.to_owned(), String::new())),
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some((_, block)), None) => *block += &format!("{line}\n"),
            (None, None) => {}
        }
    }
    let letter =
        |(info, block): (String, String)| Some((info.strip_prefix("markdown")?.trim().to_owned(), block));
    blocks.into_iter().filter_map(letter).collect()
}

#[test]
fn the_examples_are_letters() {
    let letters = letters("docs/letters.md");
    assert!(letters.len() >= 3, "only {}", letters.len());
    for (info, text) in letters {
        assert_eq!(info, "");
        let sources = definition("markdown", &text);
        assert!(check(&sources).assessment.is_some(), "{text}\n{}", said(&sources, Ui::En));
    }
}

#[test]
fn the_definition_names_letters() {
    let document = read("docs/letters.md");
    let block = document.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let main = format!("id = \"demo\"\nversion = \"1.0.0\"\nlanguage = \"de\"\ntitle = \"Demo\"\n\n{block}");
    let mut sources = Sources::new("assessment.toml", main.as_str());
    let files = kompetenz::raw::files_of(&main);
    assert_eq!(files, ["letters/invitation.de.md", "letters/jobcenter.de.txt"]);
    for file in files {
        sources.add(file, "{{ number }}");
    }
    assert!(check(&sources).assessment.is_some(), "{}", said(&sources, Ui::En));
}

#[test]
fn the_faulty_examples_are_faulty() {
    let document = read("docs/diagnostics.md");
    let mut shown = Vec::new();
    for (info, text) in letters("docs/diagnostics.md") {
        let sources = definition("markdown", &text);
        let diagnostics = check(&sources).diagnostics;
        let Some(code) = info.strip_prefix("fails:") else {
            assert!(diagnostics.is_empty(), "{text}\n{}", said(&sources, Ui::En));
            continue;
        };
        assert!(!diagnostics.is_empty() && diagnostics.iter().all(|d| d.code.name() == code), "{text}");
        for quoted in [
            format!("error[{code}]: {}", diagnostics[0].message.en),
            format!("Fehler[{code}]: {}", diagnostics[0].message.de),
        ] {
            assert!(document.lines().any(|line| line == quoted), "not quoted:\n{quoted}");
        }
        shown.push(code.to_owned());
    }
    let codes = [Code::InvalidLetter, Code::UnknownVariable, Code::UnguardedVariable].map(Code::name);
    assert_eq!(shown, codes);
}

/// Each row begins with a name, and the row of a list names what each of the list has.
fn rows_are_complete(table: &str, prefix: &str, value: &Value, missing: &mut Vec<String>) {
    let Value::Object(fields) = value else { return };
    for (field, value) in fields {
        let name = format!("{prefix}{field}");
        let row = table.lines().find(|line| line.starts_with(&format!("| `{name}` |")));
        match (value, row) {
            (Value::Object(_), _) => rows_are_complete(table, &format!("{name}."), value, missing),
            (_, None) => missing.push(name),
            (Value::Array(list), Some(row)) => {
                let each = list.first().and_then(Value::as_object).into_iter().flatten();
                for (field, value) in each {
                    if !row.contains(&format!("`{field}`")) {
                        missing.push(format!("{name}: {field}"));
                    }
                    // A list in a list has a row of its own, named after it.
                    if let Some(Value::Object(inner)) = value.as_array().and_then(|inner| inner.first()) {
                        let row = table
                            .lines()
                            .find(|line| line.starts_with(&format!("| `{field}` of one of `{name}` |")));
                        let row = row.unwrap_or_default();
                        let lacking = inner.keys().filter(|key| !row.contains(&format!("`{key}`")));
                        missing.extend(lacking.map(|key| format!("{name}: {field}: {key}")));
                    }
                }
            }
            _ => {}
        }
    }
}

#[test]
fn the_table_names_every_variable_and_no_other() {
    let document = read("docs/letters.md");
    let table = document.split_once("## What can be printed").unwrap().1;
    let everything = serde_json::to_value(sample("de")).unwrap();
    let mut missing = Vec::new();
    rows_are_complete(table, "", &everything, &mut missing);
    assert!(missing.is_empty(), "not in docs/letters.md: {missing:?}");
    let names =
        table.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` |")).map(|(name, _)| name);
    for name in names.filter(|name| !name.contains(' ') && !FILTERS.contains(name)) {
        let path = format!("/{}", name.replace('.', "/"));
        assert!(everything.pointer(&path).is_some(), "docs/letters.md knows `{name}`");
    }
    for filter in FILTERS {
        assert!(
            table.lines().any(|line| line.starts_with(&format!("| `{filter}` |"))),
            "no row for {filter}"
        );
    }
}

#[test]
fn the_schema_is_the_one_checked_in() {
    let path = repository("docs/schemas/letter.json");
    let current = format!("{:#}\n", LetterData::schema());
    if std::env::var_os("UPDATE_SCHEMAS").is_some() {
        fs::write(&path, &current).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == current,
        "docs/schemas/letter.json is not current; run the tests with UPDATE_SCHEMAS=1"
    );
}
