//! Values that may be written in two forms, and tables whose names the author chooses:
//! their decoders and schemas, which [`wire!`](super::decode) cannot declare.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::decode::{At, Cx, Decode, PATHS, Shape, flatten};
use super::{
    CodedValue, Expect, Expected, ExpectedResult, Fraction, Given, Givens, Level, Levels, Observations, Part,
    Ref, Resolution, Resolutions, Said, ScaleValue, Scores, WeightedPart,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::exact::Exact;
use crate::words;

impl Decode for ScaleValue {
    fn decode(value: Spanned<DeValue<'_>>, cx: &mut Cx<'_>) -> Option<Self> {
        match value.get_ref() {
            DeValue::Table(_) => {
                let coded = CodedValue::decode(value, cx)?;
                Some(ScaleValue { number: coded.value, code: coded.code, title: coded.title })
            }
            _ => At::decode(value, cx).map(|number| ScaleValue { number, code: None, title: None }),
        }
    }
}

impl JsonSchema for ScaleValue {
    fn schema_name() -> Cow<'static, str> {
        "ScaleValue".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (number, coded) = (generator.subschema_for::<Exact>(), generator.subschema_for::<CodedValue>());
        schemars::json_schema!({ "description": "A value of a scale.", "anyOf": [number, coded] })
    }
}

impl Decode for Part {
    fn decode(value: Spanned<DeValue<'_>>, cx: &mut Cx<'_>) -> Option<Self> {
        match value.get_ref() {
            DeValue::Table(_) => {
                let WeightedPart { id, weight, reverse, must, key, scores } = Decode::decode(value, cx)?;
                Some(Part { id, weight, reverse, must, key, scores })
            }
            _ => {
                let id = At::decode(value, cx)?;
                Some(Part { id, weight: None, reverse: None, must: None, key: None, scores: None })
            }
        }
    }
}

impl JsonSchema for Part {
    fn schema_name() -> Cow<'static, str> {
        "Part".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (id, weighted) = (generator.subschema_for::<String>(), generator.subschema_for::<WeightedPart>());
        schemars::json_schema!({ "description": "A part of a measure.", "anyOf": [id, weighted] })
    }
}

impl Decode for Levels {
    fn decode(value: Spanned<DeValue<'_>>, cx: &mut Cx<'_>) -> Option<Self> {
        match value.get_ref() {
            DeValue::String(_) => At::decode(value, cx).map(Levels::Ladder),
            _ => Vec::decode(value, cx).map(Levels::Own),
        }
    }
}

impl JsonSchema for Levels {
    fn schema_name() -> Cow<'static, str> {
        "Levels".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (ladder, own) = (generator.subschema_for::<String>(), generator.subschema_for::<Vec<Level>>());
        schemars::json_schema!({ "description": "The id of a ladder, or a list of levels.", "anyOf": [ladder, own] })
    }
}

impl Decode for Given {
    fn decode(value: Spanned<DeValue<'_>>, cx: &mut Cx<'_>) -> Option<Self> {
        match value.get_ref() {
            DeValue::Boolean(flag) => Some(Given::Flag(*flag)),
            DeValue::String(text) => Some(Given::Text(text.to_string())),
            DeValue::Datetime(datetime) => {
                let date = match (datetime.date, datetime.time) {
                    (Some(d), None) => i16::try_from(d.year)
                        .ok()
                        .zip(i8::try_from(d.month).ok().zip(i8::try_from(d.day).ok()))
                        .and_then(|(year, (month, day))| jiff::civil::Date::new(year, month, day).ok()),
                    _ => None,
                };
                if date.is_none() {
                    let place = cx.place(&value.span());
                    cx.report(Diagnostic::error(
                        Code::WrongType,
                        place,
                        words!("expected a date without a time", "erwartet wird ein Datum ohne Uhrzeit"),
                    ));
                }
                date.map(Given::Date)
            }
            _ => Exact::decode(value, cx).map(Given::Number),
        }
    }
}

impl JsonSchema for Given {
    fn schema_name() -> Cow<'static, str> {
        "Given".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        // Some editors show a TOML date to their JSON Schema validator as a string (taplo), others take it for a
        // date only where the schema says so (tombi).
        schemars::json_schema!({
            "anyOf": [
                { "type": ["number", "string", "boolean"] },
                { "type": "string", "format": "date" },
            ]
        })
    }
}

impl Decode for Givens {
    fn decode(value: Spanned<DeValue<'_>>, cx: &mut Cx<'_>) -> Option<Self> {
        flatten(value, cx, Shape { rows: true, ..PATHS }).map(Givens)
    }
}

impl JsonSchema for Givens {
    fn schema_name() -> Cow<'static, str> {
        "Givens".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (given, givens) = (generator.subschema_for::<Given>(), generator.subschema_for::<Givens>());
        schemars::json_schema!({
            "description": "Values by the path of what they are values of. A long table may be a list of tables.",
            "type": ["object", "array"],
            "additionalProperties": { "anyOf": [given, givens] },
            "items": { "type": "object", "additionalProperties": { "anyOf": [given, givens] } },
        })
    }
}

impl Decode for Scores {
    fn decode(value: Spanned<DeValue<'_>>, cx: &mut Cx<'_>) -> Option<Self> {
        flatten(value, cx, Shape { is_leaf: |_| true, ..PATHS }).map(Scores)
    }
}

impl JsonSchema for Scores {
    fn schema_name() -> Cow<'static, str> {
        "Scores".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let number = generator.subschema_for::<Exact>();
        schemars::json_schema!({
            "description": "What each choice is worth.",
            "type": "object",
            "additionalProperties": number,
        })
    }
}

impl Decode for Resolutions {
    fn decode(value: Spanned<DeValue<'_>>, cx: &mut Cx<'_>) -> Option<Self> {
        let is_leaf = |table: &DeTable<'_>| table.contains_key("value") || table.contains_key("note");
        flatten(value, cx, Shape { is_leaf, ..PATHS }).map(Resolutions)
    }
}

impl JsonSchema for Resolutions {
    fn schema_name() -> Cow<'static, str> {
        "Resolutions".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (one, nested) =
            (generator.subschema_for::<Resolution>(), generator.subschema_for::<Resolutions>());
        schemars::json_schema!({
            "description": "What a person decided, by the path of the item or measure.",
            "type": "object",
            "propertyNames": { "not": { "enum": ["value", "note"] } },
            "additionalProperties": { "anyOf": [one, nested] },
        })
    }
}

impl Decode for Fraction {
    fn decode(value: Spanned<DeValue<'_>>, cx: &mut Cx<'_>) -> Option<Self> {
        let DeValue::String(text) = value.get_ref() else {
            return Exact::decode(value, cx).map(Fraction);
        };
        let fraction = text.split_once('/').and_then(|(numerator, denominator)| {
            let whole = |text: &str| text.trim().parse::<i64>().ok();
            Exact::ratio(whole(numerator)?, whole(denominator)?)
        });
        if fraction.is_none() {
            let place = cx.place(&value.span());
            cx.report(Diagnostic::error(
                Code::WrongType,
                place,
                words!(
                    "expected a number, or a fraction such as `\"7/3\"`",
                    "erwartet wird eine Zahl oder ein Bruch wie `\"7/3\"`"
                ),
            ));
        }
        fraction.map(Fraction)
    }
}

impl JsonSchema for Fraction {
    fn schema_name() -> Cow<'static, str> {
        "Fraction".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let number = generator.subschema_for::<Exact>();
        let fraction = schemars::json_schema!({ "type": "string", "pattern": r"^\s*-?[0-9]{1,18}\s*/\s*-?0*[1-9][0-9]{0,17}\s*$" });
        schemars::json_schema!({ "anyOf": [number, fraction] })
    }
}

impl Decode for Observations {
    fn decode(value: Spanned<DeValue<'_>>, cx: &mut Cx<'_>) -> Option<Self> {
        let mut out = Vec::new();
        let span = value.span();
        match value.into_inner() {
            DeValue::Table(table) => {
                for (key, ratings) in table {
                    let observer = At { place: cx.place(&key.span()), value: key.into_inner().into_owned() };
                    if let Some(ratings) = Givens::decode(ratings, cx) {
                        out.push((observer, ratings));
                    }
                }
                Some(Observations(out))
            }
            other => {
                cx.wrong_type(&Spanned::new(span, other), &words!("a table", "eine Tabelle"));
                None
            }
        }
    }
}

impl JsonSchema for Observations {
    fn schema_name() -> Cow<'static, str> {
        "Observations".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let givens = generator.subschema_for::<Givens>();
        schemars::json_schema!({
            "description": "The ratings of each observer.",
            "type": "object",
            "additionalProperties": givens,
        })
    }
}

impl Decode for Expected {
    fn decode(value: Spanned<DeValue<'_>>, cx: &mut Cx<'_>) -> Option<Self> {
        match value.get_ref() {
            DeValue::Table(_) => ExpectedResult::decode(value, cx).map(Expected::Result),
            _ => At::decode(value, cx).map(Expected::Said),
        }
    }
}

impl Decode for Expect {
    fn decode(value: Spanned<DeValue<'_>>, cx: &mut Cx<'_>) -> Option<Self> {
        let span = value.span();
        let mut recommended = None;
        let mut findings = None;
        let rest = match value.into_inner() {
            DeValue::Table(mut table) => {
                recommended = table.remove("recommended").map(|v| At::<Vec<Ref>>::decode(v, cx));
                findings = table.remove("findings").map(|v| At::<Vec<Ref>>::decode(v, cx));
                DeValue::Table(table)
            }
            other => other,
        };
        let is_leaf = |table: &DeTable<'_>| EXPECTED.iter().any(|key| table.contains_key(*key));
        Some(Expect {
            results: flatten(Spanned::new(span, rest), cx, Shape { is_leaf, ..PATHS })?,
            recommended: recommended.flatten(),
            findings: findings.flatten(),
        })
    }
}

impl JsonSchema for Expect {
    fn schema_name() -> Cow<'static, str> {
        "Expect".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let refs = generator.subschema_for::<Vec<String>>();
        let results = generator.subschema_for::<ExpectedByPath>();
        let mut schema = schemars::json_schema!({
            "description": "What must come out. What is not named is not tested.",
            "type": "object",
            "properties": { "recommended": refs, "findings": refs },
        });
        schema.insert("additionalProperties".into(), results.to_value());
        schema
    }
}

/// The keys of an expected result, which are therefore no part of a path.
const EXPECTED: &[&str] = &["score", "level", "own"];

/// The schema of expected results by path, which may be nested.
struct ExpectedByPath;

impl JsonSchema for ExpectedByPath {
    fn schema_name() -> Cow<'static, str> {
        "ExpectedByPath".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (lack, result) = (generator.subschema_for::<Said>(), generator.subschema_for::<ExpectedResult>());
        let nested = generator.subschema_for::<ExpectedByPath>();
        let tree = schemars::json_schema!({
            "type": "object",
            "propertyNames": { "not": { "enum": EXPECTED } },
            "additionalProperties": nested,
        });
        schemars::json_schema!({ "anyOf": [lack, result, tree] })
    }
}
