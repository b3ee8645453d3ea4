//! The labels of a template, held against each other: a word that one language lacks would be missed on the one
//! certificate in it, months later.

use std::collections::BTreeMap;

use kompetenz::words;
use toml::de::{DeTable, DeValue};

use crate::FileFault;
use crate::template::{Template, language};

/// What kind of value each label has.
type Keys = BTreeMap<String, &'static str>;

/// Finds every file that is no TOML, every label that a language has and another one lacks, and every one that is
/// another kind of value than elsewhere.
///
/// A section may be missing as a whole: then there is no such document in this language.
pub(crate) fn check_labels(template: &Template) -> Vec<FileFault> {
    let mut faults = Vec::new();
    let mut files: Vec<(&str, &str, Keys)> = Vec::new();
    for (path, file) in template.shelf() {
        if language(path).is_none() {
            continue;
        }
        let mut fault = |line, problem| faults.push(FileFault { file: file.shown.clone(), line, problem });
        let Ok(text) = str::from_utf8(&file.bytes) else {
            fault(None, words!("this is not text in UTF-8", "das ist kein Text in UTF-8"));
            continue;
        };
        match DeTable::parse(text) {
            Ok(table) => {
                let mut keys = Keys::new();
                collect(table.get_ref(), "", &mut keys);
                files.push((path, &file.shown, keys));
            }
            Err(error) => {
                let line =
                    error.span().map(|span| text[..span.start.min(text.len())].matches('\n').count() + 1);
                let message = error.message();
                fault(line, words!("this is no TOML: {message}", "das ist kein TOML: {message}"));
            }
        }
    }

    // Which file has a label first, and as what.
    let mut all: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
    for (path, _, keys) in &files {
        for (key, kind) in keys {
            all.entry(key).or_insert((path, kind));
        }
    }
    for (_, shown, keys) in &files {
        for (key, (example, kind)) in &all {
            let section = key.rsplit_once('.').map(|(section, _)| section);
            let problem = match keys.get(*key) {
                Some(found) if found == kind => continue,
                Some(_) => words!(
                    "`{key}` is another kind of value than in `{example}`",
                    "`{key}` ist eine andere Art von Wert als in `{example}`"
                ),
                None if *kind == SECTION || section.is_some_and(|section| !keys.contains_key(section)) => {
                    continue;
                }
                None => words!(
                    "the label `{key}` is missing; `{example}` has it",
                    "die Beschriftung `{key}` fehlt; in `{example}` steht sie"
                ),
            };
            faults.push(FileFault { file: (*shown).to_owned(), line: None, problem });
        }
    }
    faults
}

const SECTION: &str = "section";

fn collect(table: &DeTable<'_>, section: &str, keys: &mut Keys) {
    for (name, value) in table {
        let key = if section.is_empty() {
            name.get_ref().to_string()
        } else {
            format!("{section}.{}", name.get_ref())
        };
        let kind = match value.get_ref() {
            DeValue::Table(inner) => {
                collect(inner, &key, keys);
                SECTION
            }
            DeValue::String(_) => "text",
            DeValue::Boolean(_) => "yes or no",
            DeValue::Array(_) => "list",
            DeValue::Integer(_) | DeValue::Float(_) => "number",
            DeValue::Datetime(_) => "date",
        };
        keys.insert(key, kind);
    }
}
