//! Values that may be written in two forms, and tables whose names the author chooses:
//! their decoders and schemas, which [`wire!`](super::decode) cannot declare.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::decode::{At, Cx, Decode, flatten};
use super::{
    CodedValue, Expect, Expected, ExpectedResult, Given, Givens, Lack, Level, Levels, Observations, Part,
    Ref, ScaleValue, WeightedPart,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::exact::Exact;
use crate::words;

impl Decode for ScaleValue {
    fn decode(value: Spanned<DeValue<'_>>, cx: &mut Cx<'_>) -> Option<Self> {
        match value.get_ref() {
            DeValue::Table(_) => {
                CodedValue::decode(value, cx).map(|v| ScaleValue { number: v.value, code: Some(v.code) })
            }
            _ => At::decode(value, cx).map(|number| ScaleValue { number, code: None }),
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
                WeightedPart::decode(value, cx).map(|p| Part { id: p.id, weight: Some(p.weight) })
            }
            _ => At::decode(value, cx).map(|id| Part { id, weight: None }),
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
        flatten(value, cx, |_| false).map(Givens)
    }
}

impl JsonSchema for Givens {
    fn schema_name() -> Cow<'static, str> {
        "Givens".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (given, givens) = (generator.subschema_for::<Given>(), generator.subschema_for::<Givens>());
        schemars::json_schema!({
            "description": "Values by the path of what they are values of.",
            "type": "object",
            "additionalProperties": { "anyOf": [given, givens] },
        })
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
            other => Givens::decode(Spanned::new(span, other), cx).map(|_| Observations::default()),
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
            _ => At::decode(value, cx).map(Expected::Lack),
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
        let is_leaf = |table: &DeTable<'_>| table.contains_key("score") || table.contains_key("level");
        Some(Expect {
            measures: flatten(Spanned::new(span, rest), cx, is_leaf)?,
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

/// The schema of expected results by path, which may be nested.
struct ExpectedByPath;

impl JsonSchema for ExpectedByPath {
    fn schema_name() -> Cow<'static, str> {
        "ExpectedByPath".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (lack, result) = (generator.subschema_for::<Lack>(), generator.subschema_for::<ExpectedResult>());
        let nested = generator.subschema_for::<ExpectedByPath>();
        let tree = schemars::json_schema!({
            "type": "object",
            "propertyNames": { "not": { "enum": ["score", "level"] } },
            "additionalProperties": nested,
        });
        schemars::json_schema!({ "anyOf": [lack, result, tree] })
    }
}
