//! A new module: a small definition to change into one's own, and its place in the main file.

use kompetenz::Id;
use toml_edit::{Array, DocumentMut, Item, RawString, TomlError, Value};

const GERMAN: &str = include_str!("module/de.toml");
const ENGLISH: &str = include_str!("module/en.toml");

/// How a definition names the schema that editors complete and check it by.
const SCHEMA: &str = "#:schema ";

/// The schema that a file names in a line such as `#:schema ./assessment.json`.
pub fn schema_of(text: &str) -> Option<&str> {
    text.lines().find_map(|line| line.strip_prefix(SCHEMA)).map(str::trim)
}

/// The file of a new module: two items, a measure with levels, a finding, and an example that passes.
///
/// Its texts are German where the definition is, and English elsewhere.
pub fn module(id: &Id, title: &str, language: &str, schema: &str) -> String {
    let german = language == "de" || language.starts_with("de-");
    let text = if german { GERMAN } else { ENGLISH };
    text.replace("MODULE_SCHEMA", schema)
        .replace("MODULE_ID", id.as_str())
        .replace("\"MODULE_TITLE\"", &Value::from(title).to_string())
}

/// The main file with one more module in its list; everything else in it stays as it is.
pub fn with_module(main: &str, id: &Id) -> Result<String, TomlError> {
    // toml_edit writes plain line ends, and a file should not have two kinds of them.
    let windows = main.contains("\r\n");
    let mut document: DocumentMut = main.replace("\r\n", "\n").parse()?;
    let modules = document.entry("modules").or_insert_with(|| Item::Value(Array::new().into()));
    if let Some(modules) = modules.as_array_mut() {
        push(modules, id.as_str());
    }
    let text = document.to_string();
    Ok(if windows { text.replace('\n', "\r\n") } else { text })
}

/// Adds an element, on a line of its own if the last one has one.
fn push(array: &mut Array, text: &str) {
    let raw = |raw: Option<&RawString>| raw.and_then(RawString::as_str).unwrap_or_default().to_owned();
    let Some(last) = array.iter_mut().last() else { return array.push(text) };
    let before = raw(last.decor().prefix());
    let Some(line) = before.rfind('\n') else { return array.push(text) };
    // A remark behind the last element stays behind it, whether there is a comma between them or not.
    let behind = raw(last.decor().suffix());
    last.decor_mut().set_suffix("");
    let behind = behind + array.trailing().as_str().unwrap_or_default();
    let (remark, rest) = behind.split_at(behind.trim_end().len());
    array.push_formatted(Value::from(text).decorated(format!("{remark}{}", &before[line..]), ""));
    array.set_trailing(rest);
    array.set_trailing_comma(true);
}
