//! A text that readers see in their own language.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use toml::Spanned;
use toml::de::DeValue;

use crate::diagnostic::{Code, Place};
use crate::raw::At;
use crate::raw::decode::{Cx, Decode, PATHS, flatten};
use crate::{Words, words};

/// One text for every language, or a table of texts by language: `"Leitung"`, or `{ de = "Leitung", ro = "Conducerea" }`.
#[derive(Debug, Clone)]
pub enum Wording {
    /// The same in every language.
    Same(At<String>),
    /// A text for each language, by its code.
    Each(Vec<(At<String>, At<String>)>),
}

impl Wording {
    /// The text in a language. Empty if there is none, which `check` has reported.
    pub(super) fn in_language(&self, language: &str) -> &str {
        match self {
            Wording::Same(text) => text,
            Wording::Each(texts) => {
                texts.iter().find(|(code, _)| code.value == language).map_or("", |(_, text)| text.as_str())
            }
        }
    }

    /// Reports texts that are empty, and languages that have none.
    pub(super) fn check(
        &self,
        place: Place,
        languages: &[String],
        error: &mut impl FnMut(Code, Place, Words),
    ) {
        let texts: Vec<_> = match self {
            Wording::Same(text) => vec![text],
            Wording::Each(texts) => texts.iter().map(|(_, text)| text).collect(),
        };
        for text in texts {
            if text.trim().is_empty() {
                error(Code::InvalidText, text.place, words!("the text is empty", "der Text ist leer"));
            }
        }
        if let Wording::Each(texts) = self {
            let missing: Vec<_> = languages
                .iter()
                .filter(|language| texts.iter().all(|(code, _)| code.value != **language))
                .map(String::as_str)
                .collect();
            if !missing.is_empty() {
                let list = missing.join("`, `");
                let message = words!("the text is missing in `{list}`", "der Text fehlt in `{list}`");
                error(Code::MissingTranslation, place, message);
            }
        }
    }
}

impl Decode for Wording {
    fn decode(value: Spanned<DeValue<'_>>, cx: &mut Cx<'_>) -> Option<Self> {
        match value.get_ref() {
            DeValue::String(_) => At::decode(value, cx).map(Wording::Same),
            DeValue::Table(_) => flatten(value, cx, PATHS).map(Wording::Each),
            _ => {
                let expected = words!(
                    "a text, or a table of texts by language",
                    "ein Text oder eine Tabelle von Texten nach Sprache"
                );
                cx.wrong_type(&value, &expected);
                None
            }
        }
    }
}

impl JsonSchema for Wording {
    fn schema_name() -> Cow<'static, str> {
        "Wording".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({
            "description": "One text for every language, or a text for each by its code.",
            "anyOf": [
                { "type": "string" },
                { "type": "object", "additionalProperties": { "type": "string" } },
            ],
        })
    }
}
