//! The JSON Schemas of `docs/schemas`: current, and of one mind with the parser.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use jsonschema::Validator;
use kompetenz::{CertificateData, Sources, check, issuer, raw};
use serde_json::{Map, Value, json};
use toml::de::{DeTable, DeValue};

use crate::diagnostics::fixtures;
use crate::{read, render, repository, sources};

#[test]
fn schemas_are_current() {
    for (name, schema) in [
        ("assessment", raw::schema()),
        ("issuer", issuer::schema()),
        ("certificate", CertificateData::schema()),
    ] {
        let path = repository(&format!("docs/schemas/{name}.json"));
        let current = format!("{schema:#}\n");
        if std::env::var_os("UPDATE_SCHEMAS").is_some() {
            fs::write(&path, &current).unwrap();
        }
        assert!(
            fs::read_to_string(&path).is_ok_and(|written| written == current),
            "docs/schemas/{name}.json is not current; run the tests again with UPDATE_SCHEMAS=1"
        );
    }
}

/// Every schema is one itself, and every reference in it leads somewhere.
#[test]
fn schemas_are_schemas() {
    for schema in [raw::schema(), issuer::schema(), CertificateData::schema()] {
        assert!(jsonschema::meta::is_valid(&schema));
        validator(&schema);
        let text = schema.to_string();
        assert!(!text.contains("\"null\"") || schema["title"] == "CertificateData", "TOML has no null");
    }
}

#[test]
fn shipped_definitions_validate() {
    let assessment = validator(&raw::schema());
    for path in [
        "assessments/nordstadt/assessment.toml",
        "assessments/nordstadt/metal.toml",
        "assessments/nordstadt/german.toml",
        "crates/kompetenz-cli/src/starter/assessment.toml",
        "fixtures/exhaustive/assessment.toml",
        "fixtures/exhaustive/metal.toml",
    ] {
        assert_valid(&assessment, &repository(path));
    }
    let issuer = validator(&issuer::schema());
    for path in ["assessments/nordstadt/issuer.toml", "crates/kompetenz-cli/src/starter/issuer.toml"] {
        assert_valid(&issuer, &repository(path));
    }
}

/// The definition with every key and every alternative form is a good one.
#[test]
fn exhaustive_definition_is_valid() {
    let sources = sources(&repository("fixtures/exhaustive"));
    let checked = check(&sources);
    assert!(checked.diagnostics.is_empty(), "{}", render(&checked, &sources, kompetenz::Ui::En));
    assert!(checked.examples >= 2);
}

/// Every key and every word that the schema knows stands in it.
#[test]
fn exhaustive_definition_is_exhaustive() {
    let (mut known, mut used) = (BTreeSet::new(), BTreeSet::new());
    words_of_schema(&raw::schema(), &mut known);
    for name in ["assessment", "metal"] {
        let text = read(&repository(&format!("fixtures/exhaustive/{name}.toml")));
        words_of_value(&json_of(&text).unwrap(), &mut used);
    }
    let unused: Vec<_> = known.difference(&used).collect();
    assert!(unused.is_empty(), "not in fixtures/exhaustive: {unused:?}");
}

/// Where the fault is one of form, an editor with the schema shows it too.
#[test]
fn faulty_forms_are_rejected_by_the_schema() {
    let schema = validator(&raw::schema());
    // These are the fixtures whose fault is one of form, but not of the form of one file alone.
    let beyond = [
        // Keys that only the main file must have, or that only some rules need.
        "missing-key-language",
        "missing-key-of",
        "missing-key-table",
        "missing-key-version",
        // Two files together.
        "invalid-id-module",
        // The ids of the main file have a rule of their own.
        "invalid-id-column",
        // What a version is, is not said by its type, and neither is the time of day of a date.
        "wrong-type-date",
        "wrong-type-version",
    ];
    let mut rejected = 0;
    for (name, path) in fixtures() {
        let structural = ["unknown-key", "wrong-type", "missing-key", "invalid-id"];
        if !structural.iter().any(|code| name.starts_with(code)) {
            continue;
        }
        let path = if path.is_dir() { path.join("assessment.toml") } else { path };
        let valid = schema.is_valid(&json_of(&read(&path)).unwrap());
        assert_eq!(valid, beyond.contains(&name.as_str()), "{name}");
        rejected += u32::from(!valid);
    }
    assert!(rejected >= 10, "only {rejected}");
}

/// Leaving out, adding or replacing any single value of the exhaustive definition is judged alike
/// by the parser and by an independent validator of the schema.
#[test]
fn schema_and_parser_agree_on_every_small_change() {
    let schema = validator(&raw::schema());
    let mut count = 0;
    for name in ["assessment", "metal"] {
        let whole = json_of(&read(&repository(&format!("fixtures/exhaustive/{name}.toml")))).unwrap();
        let mut pointers = Vec::new();
        pointers_of(&whole, "", &mut pointers);
        for pointer in &pointers {
            for change in [
                Change::Remove,
                Change::Add,
                Change::Replace(json!(-7.5)),
                Change::Replace(json!("certainly-not")),
                Change::Replace(json!("Neither An Id")),
                Change::Replace(json!("level")),
                Change::Replace(json!(true)),
                Change::Replace(json!([])),
                Change::Replace(json!({})),
            ] {
                let mut changed = whole.clone();
                if !change.apply(&mut changed, pointer) {
                    continue;
                }
                count += 1;
                let text = toml_of(&changed);
                let mistakes = mistakes_of_form(&text);
                assert_eq!(
                    schema.is_valid(&changed),
                    mistakes.is_empty(),
                    "{name}.toml, {pointer}, {change:?}: the parser says {mistakes:?}"
                );
            }
        }
    }
    assert!(count > 1000, "only {count}");
}

/// A certificate that was made, and everything in `fixtures/certificates`, is what its schema says.
#[test]
fn certificates_validate() {
    let schema = validator(&CertificateData::schema());
    for name in ["standard", "short", "long", "romanian", "hostile"] {
        let path = repository(&format!("fixtures/certificates/{name}.json"));
        let data: Value = serde_json::from_str(&read(&path)).unwrap();
        let errors: Vec<String> =
            schema.iter_errors(&data).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
        assert!(serde_json::from_value::<CertificateData>(data).is_ok(), "{name}");
    }
}

#[derive(Debug)]
enum Change {
    Remove,
    Add,
    Replace(Value),
}

impl Change {
    /// Whether there was something to change.
    fn apply(&self, value: &mut Value, pointer: &str) -> bool {
        match self {
            Change::Remove => {
                let Some((parent, key)) = pointer.rsplit_once('/') else { return false };
                match value.pointer_mut(parent) {
                    Some(Value::Object(table)) => table.remove(key).is_some(),
                    _ => false,
                }
            }
            Change::Add => match value.pointer_mut(pointer) {
                Some(Value::Object(table)) => table.insert("zz-new".into(), json!("something")).is_none(),
                _ => false,
            },
            Change::Replace(new) => {
                let old = value.pointer_mut(pointer).unwrap();
                // A main file that is no table at all cannot be written down.
                if pointer.is_empty() {
                    return false;
                }
                std::mem::replace(old, new.clone()) != *new
            }
        }
    }
}

/// The mistakes that a file has by itself, before anything is looked up.
fn mistakes_of_form(text: &str) -> Vec<&'static str> {
    let sources = Sources::new("assessment.toml", text);
    let (file, _) = sources.iter().next().unwrap();
    let mut diagnostics = Vec::new();
    raw::parse(file, text, &mut diagnostics, &mut Vec::new());
    diagnostics.iter().map(|d| d.code.name()).collect()
}

fn validator(schema: &Value) -> Validator {
    jsonschema::validator_for(schema).unwrap()
}

fn assert_valid(validator: &Validator, path: &Path) {
    let value = json_of(&read(path)).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{}: {errors:#?}", path.display());
}

/// A TOML text as editors hand it to a validator: dates are strings.
fn json_of(text: &str) -> Option<Value> {
    fn table(table: &DeTable<'_>) -> Value {
        table.iter().map(|(key, value)| (key.get_ref().to_string(), json(value.get_ref()))).collect()
    }
    fn json(value: &DeValue<'_>) -> Value {
        match value {
            DeValue::String(text) => json!(text),
            DeValue::Integer(number) => {
                json!(i64::from_str_radix(number.as_str(), number.radix()).unwrap())
            }
            // A number that JSON does not have is no number.
            DeValue::Float(number) => json!(number.as_str().parse::<f64>().unwrap()),
            DeValue::Boolean(flag) => json!(flag),
            DeValue::Datetime(datetime) => json!(datetime.to_string()),
            DeValue::Array(array) => array.iter().map(|value| json(value.get_ref())).collect(),
            DeValue::Table(inner) => table(inner),
        }
    }
    let parsed = DeTable::parse(text).ok()?;
    Some(table(parsed.get_ref()))
}

/// The way back; everything below the top is written inline.
fn toml_of(value: &Value) -> String {
    fn key(key: &str) -> String {
        json!(key).to_string()
    }
    fn inline(value: &Value) -> String {
        match value {
            Value::Object(table) => {
                let inner: Vec<_> =
                    table.iter().map(|(k, v)| format!("{} = {}", key(k), inline(v))).collect();
                format!("{{ {} }}", inner.join(", "))
            }
            Value::Array(values) => format!("[{}]", values.iter().map(inline).collect::<Vec<_>>().join(", ")),
            other => other.to_string(),
        }
    }
    let lines = value.as_object().unwrap().iter().map(|(k, v)| format!("{} = {}\n", key(k), inline(v)));
    lines.collect()
}

fn pointers_of(value: &Value, pointer: &str, pointers: &mut Vec<String>) {
    pointers.push(pointer.to_owned());
    match value {
        Value::Object(table) => {
            for (key, inner) in table {
                pointers_of(inner, &format!("{pointer}/{key}"), pointers);
            }
        }
        Value::Array(values) => {
            for (ix, inner) in values.iter().enumerate() {
                pointers_of(inner, &format!("{pointer}/{ix}"), pointers);
            }
        }
        _ => {}
    }
}

/// Keys and words that a schema names.
pub(crate) fn words_of_schema(schema: &Value, words: &mut BTreeSet<String>) {
    match schema {
        Value::Object(object) => {
            if let Some(Value::Object(properties)) = object.get("properties") {
                words.extend(properties.keys().cloned());
            }
            if let Some(Value::String(word)) = object.get("const") {
                words.insert(word.clone());
            }
            let others = object.iter().filter(|(key, _)| *key != "not");
            others.for_each(|(_, inner)| words_of_schema(inner, words));
        }
        Value::Array(values) => values.iter().for_each(|inner| words_of_schema(inner, words)),
        _ => {}
    }
}

fn words_of_value(value: &Value, words: &mut BTreeSet<String>) {
    match value {
        Value::Object(table) => {
            words_of_keys(table, words);
            table.values().for_each(|inner| words_of_value(inner, words));
        }
        Value::Array(values) => values.iter().for_each(|inner| words_of_value(inner, words)),
        Value::String(text) => {
            words.insert(text.clone());
        }
        _ => {}
    }
}

fn words_of_keys(table: &Map<String, Value>, words: &mut BTreeSet<String>) {
    words.extend(table.keys().cloned());
}
