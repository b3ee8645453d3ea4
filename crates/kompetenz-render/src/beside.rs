//! What must hold of a second language before it is printed beside the first.

use kompetenz::certificate::CertificateData;
use kompetenz::{Words, words};
use serde_json::Value;

use crate::InvalidField;

/// Fields that say the same in every language. The others are texts.
const SAME: [&str; 11] =
    ["format", "number", "verify", "iso", "id", "version", "name", "address", "place", "color", "accent"];

/// Finds every field in which a certificate and the one beside it are not the same certificate in two languages.
///
/// A text that is missing in one of them is found too: nothing is printed in another language than it claims.
pub(crate) fn check_beside(data: &CertificateData) -> Vec<InvalidField> {
    let Some(beside) = &data.beside else { return Vec::new() };
    let mut invalid = Vec::new();
    let mut report =
        |field: &str, expected: Words| invalid.push(InvalidField { field: field.into(), expected });
    if beside.language == data.language {
        report(
            "beside.language",
            words!("another language than the first", "eine andere Sprache als die erste"),
        );
    }
    if beside.beside.is_some() {
        report(
            "beside.beside",
            words!("nothing: two languages are the most", "nichts: mehr als zwei Sprachen gibt es nicht"),
        );
    }
    let [first, second] = [data, &**beside].map(|data| {
        let data = CertificateData { language: String::new(), beside: None, ..data.clone() };
        serde_json::to_value(data).expect("texts and numbers can be written as JSON")
    });
    compare(&first, &second, "", &mut report);
    invalid
}

/// Compares what stands at `path` in both languages.
fn compare(first: &Value, second: &Value, path: &str, report: &mut impl FnMut(&str, Words)) {
    match (first, second) {
        (Value::String(first), Value::String(second)) => {
            let [first, second] = [first, second].map(|text| text.trim().is_empty());
            if second && !first {
                report(
                    &format!("beside.{path}"),
                    words!("a text, as in the first language", "ein Text wie in der ersten Sprache"),
                );
            }
            if first && !second {
                report(
                    path,
                    words!("a text, as in the second language", "ein Text wie in der zweiten Sprache"),
                );
            }
        }
        (Value::Array(first), Value::Array(second)) if first.len() == second.len() => {
            for (i, (first, second)) in first.iter().zip(second).enumerate() {
                compare(first, second, &format!("{path}[{i}]"), report);
            }
        }
        (Value::Object(first), Value::Object(second)) => {
            let only_second = second.keys().filter(|name| !first.contains_key(*name));
            for name in first.keys().chain(only_second) {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                match (first.get(name), second.get(name)) {
                    (Some(first), Some(second)) if !SAME.contains(&name.as_str()) => {
                        compare(first, second, &path, report);
                    }
                    (first, second) if first == second => {}
                    _ => report(&format!("beside.{path}"), as_in_the_first()),
                }
            }
        }
        (first, second) if first == second => {}
        _ => report(&format!("beside.{path}"), as_in_the_first()),
    }
}

fn as_in_the_first() -> Words {
    words!("the same as in the first language", "dasselbe wie in der ersten Sprache")
}
