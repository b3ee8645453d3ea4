//! The JSON Schemas of `docs/schemas`: current, and of one mind with the parser.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use jsonschema::Validator;
use kompetenz::{CertificateData, EasyReadData, ReportData, Sources, check, issuer, raw};
use serde_json::{Map, Value, json};
use toml::de::{DeTable, DeValue};

use crate::diagnostics::fixtures;
use crate::{read, render, repository, sources};

/// The files of `fixtures/exhaustive`.
const EXHAUSTIVE: [&str; 5] = ["assessment", "metal", "rules", "norms", "jobs"];

#[test]
fn schemas_are_current() {
    for (name, schema) in [
        ("assessment", raw::schema()),
        ("issuer", issuer::schema()),
        ("certificate", CertificateData::schema()),
        ("easy-read", EasyReadData::schema()),
        ("report", ReportData::schema()),
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
    for schema in [raw::schema(), issuer::schema(), CertificateData::schema(), ReportData::schema()] {
        assert!(jsonschema::meta::is_valid(&schema));
        validator(&schema);
    }
    for schema in [raw::schema(), issuer::schema()] {
        assert!(!schema.to_string().contains("\"null\""), "TOML has no null");
    }
}

#[test]
fn shipped_definitions_validate() {
    let assessment = validator(&raw::schema());
    let mut count = 0;
    for folder in fs::read_dir(repository("assessments")).unwrap() {
        let folder = folder.unwrap().path();
        let files = sources(&folder);
        let names = files.iter().map(|(_, source)| source.name.clone());
        for name in names.filter(|name| !name.starts_with("lang/") && !name.starts_with("letters/")) {
            assert_valid(&assessment, &folder.join(name));
            count += 1;
        }
    }
    assert!(count >= 3, "only {count}");
    assert_valid(&assessment, &repository("crates/kompetenz-cli/src/starter/assessment.toml"));
    for name in EXHAUSTIVE {
        assert_valid(&assessment, &repository(&format!("fixtures/exhaustive/{name}.toml")));
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
    for name in EXHAUSTIVE {
        let text = read(&repository(&format!("fixtures/exhaustive/{name}.toml")));
        words_of_value(&json_of(&text).unwrap(), &mut used);
    }
    // `decisions` stands in the main file alone, so of its two words only one can be there.
    known.remove("optional");
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
        "missing-key-certificate",
        "missing-key-language",
        "missing-key-rule",
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
    let count: u32 = std::thread::scope(|scope| {
        let threads = EXHAUSTIVE.map(|name| scope.spawn(|| agree_on_every_small_change(name, &schema)));
        threads.into_iter().map(|thread| thread.join().expect("agreement")).sum()
    });
    assert!(count > 5000, "only {count}");
}

/// How many changes there were.
fn agree_on_every_small_change(name: &str, schema: &Validator) -> u32 {
    let whole = json_of(&read(&repository(&format!("fixtures/exhaustive/{name}.toml")))).unwrap();
    let (mut pointers, mut count) = (Vec::new(), 0);
    pointers_of(&whole, "", &mut pointers);
    for pointer in &pointers {
        for change in [
            Change::Remove,
            Change::Add,
            Change::Replace(json!(-7.5)),
            Change::Replace(json!("certainly-not")),
            Change::Replace(json!("7/3")),
            Change::Replace(json!("Neither An Id")),
            Change::Replace(json!("level")),
            Change::Replace(json!(true)),
            Change::Replace(json!([])),
            Change::Replace(json!({})),
            Change::Replace(json!({ "value": 2 })),
        ] {
            let (mut changed, pointer) = alone(&whole, pointer);
            if !change.apply(&mut changed, &pointer) {
                continue;
            }
            count += 1;
            let mistakes = mistakes_of_form(&toml_of(&changed));
            assert_eq!(
                schema.is_valid(&changed),
                mistakes.is_empty(),
                "{name}.toml, {pointer}, {change:?}: the parser says {mistakes:?}"
            );
        }
    }
    count
}

/// The element that a pointer leads into as the only one of a file, so that thousands of changes do not take long.
fn alone(whole: &Value, pointer: &str) -> (Value, String) {
    let mut parts = pointer.splitn(4, '/').skip(1);
    let (key, ix, rest) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    match (whole[key].as_array(), ix.and_then(|ix| ix.parse::<usize>().ok()), rest) {
        (Some(elements), Some(ix), Some(rest)) if elements[ix].is_object() => {
            let file = json!({ "id": whole["id"], "title": whole["title"], key: [elements[ix]] });
            (file, format!("/{key}/0/{rest}"))
        }
        _ => (whole.clone(), pointer.to_owned()),
    }
}

/// Values that may be written in two forms are in both or in neither, for the schema and for the parser.
#[test]
fn forms_of_one_value_are_judged_alike() {
    let schema = validator(&raw::schema());
    let head = "id = \"demo\"\ntitle = \"Demo\"\n";
    let item = "[[item]]\nid = \"q\"\ntitle = \"Q\"\nscale = \"s\"\n";
    let part = "[[measure]]\nid = \"m\"\ntitle = \"M\"\nrule = \"sum\"\n";
    let example = "[[example]]\nname = \"e\"\nexpect = {}\n";
    let settled = "[[example]]\nname = \"e\"\nexpect = {}\nobservations = {}\n";
    let expect = "[[example]]\nname = \"e\"\nobservations = {}\n";
    for (before, text, good) in [
        (item, "scores = { a = 1, b = -0.5 }", true),
        (item, "scores = {}", true),
        (item, "scores = { a = \"1\" }", false),
        (item, "scores = { a = { b = 1 } }", false),
        (item, "scores = [1, 2]", false),
        (part, "of = [\"a\", { id = \"b\", reverse = true, must = false, key = \"c\" }]", true),
        (part, "of = [{ weight = 1 }]", false),
        (part, "of = [{ id = \"a\", scores = 1 }]", false),
        (part, "of = [1]", false),
        (expect, "expect.m = { score = \"7/3\", own = \" -7 / 3 \" }", true),
        (expect, "expect.m = { score = 2.5 }", true),
        (expect, "expect.m = { score = \"7/0\" }", false),
        (expect, "expect.m = { score = \"7\" }", false),
        (expect, "expect.m = { score = \"7/3/1\" }", false),
        (expect, "expect.m = { score = true }", false),
        (expect, "expect.m = { score = 1, extra = 1 }", false),
        (expect, "expect.module.m = { level = \"a\" }", true),
        (expect, "expect.m = \"possible-now\"", true),
        (expect, "expect.m = \"perhaps\"", false),
        (settled, "resolutions.a = { value = 3, note = \"why\" }", true),
        (
            settled,
            "resolutions.metal.a = { value = \"n\", note = \"why\", by = \"me\", situation = \"x\" }",
            true,
        ),
        (settled, "resolutions.a = { value = 3 }", false),
        (settled, "resolutions.a = { note = \"why\" }", false),
        (settled, "resolutions.a = 3", false),
        (settled, "resolutions.a = { value = [3], note = \"why\" }", false),
        (example, "observations.\"anna @ kitchen #2\" = { a = 3 }", true),
        (example, "observations.\"anna #2\".metal.a = \"n\"", true),
        (example, "observations.\"anna #2\" = 3", false),
        (example, "observations.\"anna #2\" = { a = [3] }", false),
    ] {
        let text = format!("{head}{before}{text}\n");
        let (valid, mistakes) = (schema.is_valid(&json_of(&text).unwrap()), mistakes_of_form(&text));
        assert_eq!((valid, mistakes.is_empty()), (good, good), "{text}\nthe parser says {mistakes:?}");
    }
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
