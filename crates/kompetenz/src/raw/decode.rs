//! From TOML values to wire types, finding every mistake on the way.
//!
//! One declaration per type, [`wire!`], gives the type, its JSON Schema and its decoder,
//! so that the three can never tell different stories.
//! serde is not used here, because it stops at the first mistake, speaks English only,
//! and turns written decimals into floats.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::{Deref, Range};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Code, Diagnostic, FileId, Place};
use crate::exact::{Exact, ParseExactError};
use crate::id::{Id, similar};
use crate::{Words, words};

/// A value with the place where it is written.
#[derive(Debug, Clone)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

impl<T: std::fmt::Display> std::fmt::Display for At<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.value.fmt(f)
    }
}

impl<T> Deref for At<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

/// The schema of a placed value is the schema of the value.
impl<T: JsonSchema> JsonSchema for At<T> {
    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<T>()
    }
}

/// Where mistakes are gathered while a file is decoded.
pub(crate) struct Cx<'a> {
    pub(crate) file: FileId,
    pub(crate) diagnostics: &'a mut Vec<Diagnostic>,
    /// The ids of elements that are left out because of a mistake in them.
    /// References to them are no mistakes of their own.
    pub(crate) broken: Vec<String>,
    /// How many tables are open.
    depth: u32,
}

impl<'a> Cx<'a> {
    pub(crate) fn new(file: FileId, diagnostics: &'a mut Vec<Diagnostic>) -> Cx<'a> {
        Cx { file, diagnostics, broken: Vec::new(), depth: 0 }
    }

    pub(crate) fn place(&self, span: &Range<usize>) -> Place {
        Place::new(self.file, span)
    }

    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Says what to do about the mistake that was reported last.
    fn advise(&mut self, help: Words) {
        if let Some(last) = self.diagnostics.last_mut() {
            last.help = Some(help);
        }
    }

    pub(crate) fn wrong_type(&mut self, value: &Spanned<DeValue<'_>>, expected: &Words) {
        let (found_en, found_de) = kind(value.get_ref());
        let Words { en, de } = expected;
        let message =
            words!("expected {en}, found {found_en}", "erwartet wird {de}, gefunden wurde {found_de}");
        let place = self.place(&value.span());
        self.report(Diagnostic::error(Code::WrongType, place, message));
    }
}

/// What a TOML value is, in both languages.
fn kind(value: &DeValue<'_>) -> (&'static str, &'static str) {
    match value {
        DeValue::String(_) => ("a text", "ein Text"),
        DeValue::Integer(_) | DeValue::Float(_) => ("a number", "eine Zahl"),
        DeValue::Boolean(_) => ("`true` or `false`", "`true` oder `false`"),
        DeValue::Datetime(_) => ("a date", "ein Datum"),
        DeValue::Array(_) => ("a list", "eine Liste"),
        DeValue::Table(_) => ("a table", "eine Tabelle"),
    }
}

/// A type that can be read from a TOML value.
///
/// `None` means that at least one mistake has been reported.
pub(crate) trait Decode: Sized {
    fn decode(value: Spanned<DeValue<'_>>, cx: &mut Cx<'_>) -> Option<Self>;

    /// What stands for a key that is not there. `None`: the key is required.
    fn absent() -> Option<Self> {
        None
    }
}

impl<T: Decode> Decode for At<T> {
    fn decode(value: Spanned<DeValue<'_>>, cx: &mut Cx<'_>) -> Option<Self> {
        let place = cx.place(&value.span());
        Some(At { value: T::decode(value, cx)?, place })
    }
}

impl<T: Decode> Decode for Option<T> {
    fn decode(value: Spanned<DeValue<'_>>, cx: &mut Cx<'_>) -> Option<Self> {
        T::decode(value, cx).map(Some)
    }
    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(value: Spanned<DeValue<'_>>, cx: &mut Cx<'_>) -> Option<Self> {
        T::decode(value, cx).map(Box::new)
    }
}

/// Faulty elements of a file are reported and left out, so that the others are still checked.
/// Further in, a list without one of its elements would say something else, so all of it is left out.
impl<T: Decode> Decode for Vec<T> {
    fn decode(value: Spanned<DeValue<'_>>, cx: &mut Cx<'_>) -> Option<Self> {
        if !matches!(value.get_ref(), DeValue::Array(_)) {
            cx.wrong_type(&value, &words!("a list", "eine Liste"));
            let help = match value.get_ref() {
                DeValue::Table(_) => words!(
                    "of these there may be several: write two brackets, `[[…]]`",
                    "hiervon darf es mehrere geben: zwei Klammern schreiben, `[[…]]`"
                ),
                _ => words!("write brackets around it: `[…]`", "Klammern darum schreiben: `[…]`"),
            };
            cx.advise(help);
            return None;
        }
        let DeValue::Array(array) = value.into_inner() else { return None };
        let count = array.len();
        let mut decoded = Vec::with_capacity(count);
        for element in array {
            let id = id_of(element.get_ref());
            match T::decode(element, cx) {
                Some(element) => decoded.push(element),
                None => cx.broken.extend(id),
            }
        }
        (cx.depth <= 1 || decoded.len() == count).then_some(decoded)
    }
    fn absent() -> Option<Self> {
        Some(Vec::new())
    }
}

fn id_of(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::Table(table) => match table.get("id")?.get_ref() {
            DeValue::String(id) => Some(id.to_string()),
            _ => None,
        },
        _ => None,
    }
}

impl Decode for String {
    fn decode(value: Spanned<DeValue<'_>>, cx: &mut Cx<'_>) -> Option<Self> {
        match value.get_ref() {
            DeValue::String(text) => Some(text.to_string()),
            _ => {
                cx.wrong_type(&value, &words!("a text", "ein Text"));
                None
            }
        }
    }
}

impl Decode for bool {
    fn decode(value: Spanned<DeValue<'_>>, cx: &mut Cx<'_>) -> Option<Self> {
        match value.get_ref() {
            DeValue::Boolean(flag) => Some(*flag),
            _ => {
                cx.wrong_type(&value, &words!("`true` or `false`", "`true` oder `false`"));
                None
            }
        }
    }
}

impl Decode for u32 {
    fn decode(value: Spanned<DeValue<'_>>, cx: &mut Cx<'_>) -> Option<Self> {
        let number = match value.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok(),
            _ => None,
        };
        if number.is_none() {
            if let DeValue::Integer(_) | DeValue::Float(_) = value.get_ref() {
                let place = cx.place(&value.span());
                let message = words!("not a whole number from 0", "keine ganze Zahl ab 0");
                cx.report(Diagnostic::error(Code::WrongType, place, message));
            } else {
                cx.wrong_type(&value, &words!("a whole number from 0", "eine ganze Zahl ab 0"));
            }
        }
        number
    }
}

/// Decimals are read from their digits, never through a float.
impl Decode for Exact {
    fn decode(value: Spanned<DeValue<'_>>, cx: &mut Cx<'_>) -> Option<Self> {
        let parsed = match value.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => Exact::parse(number.as_str()),
            DeValue::Float(number) => Exact::parse(number.as_str()),
            _ => {
                cx.wrong_type(&value, &words!("a number", "eine Zahl"));
                if let DeValue::String(_) = value.get_ref() {
                    cx.advise(words!(
                        "write it without quotation marks and with a point, for instance `2.4`",
                        "ohne Anführungszeichen und mit Punkt schreiben, zum Beispiel `2.4`"
                    ));
                }
                return None;
            }
        };
        let place = cx.place(&value.span());
        let (message, help) = match parsed {
            Ok(number) => return Some(number),
            Err(ParseExactError::TooLong) => (
                words!("more than 15 significant digits", "mehr als 15 gültige Stellen"),
                words!("leave out the last digits", "die letzten Stellen weglassen"),
            ),
            Err(ParseExactError::NotANumber) => (
                words!("not a plain decimal number", "keine einfache Dezimalzahl"),
                words!(
                    "write the number with digits and a point, for instance `2.4`",
                    "die Zahl mit Ziffern und Punkt schreiben, zum Beispiel `2.4`"
                ),
            ),
        };
        cx.report(Diagnostic::error(Code::InvalidNumber, place, message).help(help));
        None
    }
}

impl Decode for Id {
    fn decode(value: Spanned<DeValue<'_>>, cx: &mut Cx<'_>) -> Option<Self> {
        let place = cx.place(&value.span());
        let text = String::decode(value, cx)?;
        let id = Id::new(&text).filter(|id| !id.is_reserved());
        if id.is_none() {
            let (message, help) = if Id::new(&text).is_some() {
                let message = words!(
                    "`{text}` has a meaning of its own and cannot be an id",
                    "`{text}` hat eine eigene Bedeutung und kann keine Id sein"
                );
                (message, words!("choose another word", "ein anderes Wort wählen"))
            } else {
                let example = Id::like(&text).map_or_else(|| "saw-order".to_owned(), |id| id.to_string());
                let help = words!(
                    "an id is made of lower case letters (a–z), digits and hyphens, begins with a letter and has at most 64 characters, for instance `{example}`",
                    "eine Id besteht aus Kleinbuchstaben (a–z), Ziffern und Bindestrichen, beginnt mit einem Buchstaben und hat höchstens 64 Zeichen, zum Beispiel `{example}`"
                );
                (words!("not an id", "keine Id"), help)
            };
            cx.report(Diagnostic::error(Code::InvalidId, place, message).help(help));
        }
        id
    }
}

impl JsonSchema for Id {
    fn schema_name() -> Cow<'static, str> {
        "Id".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let reserved = crate::id::RESERVED;
        schemars::json_schema!({
            "type": "string",
            "pattern": "^[a-z][a-z0-9-]{0,63}$",
            "not": { "enum": reserved },
        })
    }
}

/// A table that is read key by key; what nobody asked for is reported at the end.
pub(crate) struct Table<'i> {
    entries: DeTable<'i>,
    place: Place,
    known: Vec<String>,
}

impl<'i> Table<'i> {
    pub(crate) fn open(value: Spanned<DeValue<'i>>, cx: &mut Cx<'_>) -> Option<Table<'i>> {
        if !matches!(value.get_ref(), DeValue::Table(_)) {
            cx.wrong_type(&value, &words!("a table", "eine Tabelle"));
            return None;
        }
        let place = cx.place(&value.span());
        let DeValue::Table(entries) = value.into_inner() else { return None };
        cx.depth += 1;
        Some(Table { entries, place, known: Vec::new() })
    }

    /// The value of a key, or what stands for it when it is absent.
    pub(crate) fn take<T: Decode>(&mut self, field: &str, cx: &mut Cx<'_>) -> Option<T> {
        // A key that is a word of the programming language has a prefix as a name of a field.
        let key = field.trim_start_matches("r#").replace('_', "-");
        self.known.push(key.clone());
        match self.entries.remove(key.as_str()) {
            Some(value) => T::decode(value, cx),
            None => {
                let absent = T::absent();
                if absent.is_none() {
                    let message = words!("the key `{key}` is missing", "der Schlüssel `{key}` fehlt");
                    cx.report(Diagnostic::error(Code::MissingKey, self.place, message));
                }
                absent
            }
        }
    }

    /// Reports the keys that nobody asked for.
    pub(crate) fn close(self, cx: &mut Cx<'_>) {
        cx.depth -= 1;
        for (key, _) in self.entries {
            let place = cx.place(&key.span());
            let key = key.into_inner();
            let mut diagnostic = Diagnostic::error(
                Code::UnknownKey,
                place,
                words!("there is no key `{key}` here", "einen Schlüssel `{key}` gibt es hier nicht"),
            );
            diagnostic = match similar(&key, self.known.iter().map(String::as_str)) {
                Some(name) => diagnostic.help(words!("did you mean `{name}`?", "ist `{name}` gemeint?")),
                None => {
                    let all = self.known.join("`, `");
                    diagnostic.help(words!("the keys are `{all}`", "die Schlüssel sind `{all}`"))
                }
            };
            cx.report(diagnostic);
        }
    }
}

/// How many parts a path may have. Real ones have up to four: `metal.field.levels.first`.
const MAX_PATH_PARTS: u32 = 8;

/// What a table of names chosen by the author may look like.
#[derive(Clone, Copy)]
pub(crate) struct Shape {
    /// Which inner tables are values, not parts of a path.
    pub(crate) is_leaf: fn(&DeTable<'_>) -> bool,
    /// Whether a table may be written as a list of tables, so that a long one can have several lines.
    pub(crate) rows: bool,
}

/// A table in which every value has a path.
pub(crate) const PATHS: Shape = Shape { is_leaf: |_| false, rows: false };

/// A table of names chosen by the author, nested or dotted, flattened to paths: `metal.t1-order = 3`.
pub(crate) fn flatten<T: Decode>(
    value: Spanned<DeValue<'_>>,
    cx: &mut Cx<'_>,
    shape: Shape,
) -> Option<Vec<(At<String>, T)>> {
    fn walk<T: Decode>(
        value: Spanned<DeValue<'_>>,
        (prefix, depth): (&str, u32),
        cx: &mut Cx<'_>,
        shape: Shape,
        out: &mut Vec<(At<String>, T)>,
    ) {
        let whole = value.span();
        let table = match value.into_inner() {
            DeValue::Table(table) => table,
            DeValue::Array(rows) => {
                for row in rows {
                    match row.get_ref() {
                        // A row is a table, not a list of rows itself.
                        DeValue::Array(_) => cx.wrong_type(&row, &words!("a table", "eine Tabelle")),
                        _ => walk(row, (prefix, depth), cx, shape, out),
                    }
                }
                return;
            }
            other => return cx.wrong_type(&Spanned::new(whole, other), &words!("a table", "eine Tabelle")),
        };
        for (key, value) in table {
            let place = cx.place(&key.span());
            let path = if prefix.is_empty() {
                key.get_ref().to_string()
            } else {
                format!("{prefix}.{}", key.get_ref())
            };
            let inner = match value.get_ref() {
                DeValue::Table(inner) => !(shape.is_leaf)(inner),
                DeValue::Array(_) => shape.rows,
                _ => false,
            };
            if inner && depth == MAX_PATH_PARTS {
                let message = words!("this is nested too deeply", "das ist zu tief verschachtelt");
                cx.report(Diagnostic::error(Code::WrongType, place, message));
            } else if inner {
                walk(value, (&path, depth + 1), cx, shape, out);
            } else if let Some(leaf) = T::decode(value, cx) {
                out.push((At { value: path, place }, leaf));
            }
        }
    }
    let accepted = match value.get_ref() {
        DeValue::Table(_) => true,
        DeValue::Array(_) => shape.rows,
        _ => false,
    };
    if !accepted {
        cx.wrong_type(&value, &words!("a table", "eine Tabelle"));
        return None;
    }
    let mut out: Vec<(At<String>, T)> = Vec::new();
    walk(value, ("", 1), cx, shape, &mut out);
    // A table has each key once; rows and dotted keys beside them could name one twice.
    let mut named = HashMap::new();
    for (path, _) in &out {
        if let Some(first) = named.insert(path.value.as_str(), path.place) {
            let name = &path.value;
            cx.report(
                Diagnostic::error(
                    Code::DuplicateId,
                    path.place,
                    words!("`{name}` is given twice", "`{name}` ist doppelt angegeben"),
                )
                .label(first, words!("first given here", "zuerst hier angegeben")),
            );
        }
    }
    Some(out)
}

/// Decodes a word that is one of a few.
pub(crate) fn one_of<T: Copy>(value: Spanned<DeValue<'_>>, cx: &mut Cx<'_>, all: &[(&str, T)]) -> Option<T> {
    let place = cx.place(&value.span());
    let text = String::decode(value, cx)?;
    if let Some((_, found)) = all.iter().find(|(name, _)| *name == text) {
        return Some(*found);
    }
    let names = all.iter().map(|(name, _)| *name).collect::<Vec<_>>();
    let list = names.join("`, `");
    let mut diagnostic = Diagnostic::error(
        Code::WrongType,
        place,
        words!("expected one of `{list}`", "erwartet wird eines von `{list}`"),
    );
    if let Some(name) = similar(&text, names) {
        diagnostic = diagnostic.help(words!("did you mean `{name}`?", "ist `{name}` gemeint?"));
    }
    cx.report(diagnostic);
    None
}

/// Opens a table with exactly one key out of `names`: which one, and its value.
pub(crate) fn variant<'i>(
    value: Spanned<DeValue<'i>>,
    cx: &mut Cx<'_>,
    names: &[&str],
) -> Option<(usize, Spanned<DeValue<'i>>)> {
    let list = names.join("`, `");
    let DeValue::Table(table) = value.get_ref() else {
        cx.wrong_type(
            &value,
            &words!("a table with one of the keys `{list}`", "eine Tabelle mit einem der Schlüssel `{list}`"),
        );
        return None;
    };
    if table.len() != 1 {
        let place = cx.place(&value.span());
        let message = match table.len() {
            0 => words!("expected one key, found none", "erwartet wird ein Schlüssel, gefunden wurde keiner"),
            count => words!(
                "expected one key, found {count}",
                "erwartet wird ein Schlüssel, gefunden wurden {count}"
            ),
        };
        let help = if table.len() > 1 && names.contains(&"all") {
            words!(
                "several conditions are joined by `all = [...]` or `any = [...]`",
                "mehrere Bedingungen werden mit `all = [...]` oder `any = [...]` verbunden"
            )
        } else {
            words!("the keys are `{list}`", "die Schlüssel sind `{list}`")
        };
        cx.report(Diagnostic::error(Code::WrongType, place, message).help(help));
        return None;
    }
    let DeValue::Table(table) = value.into_inner() else { return None };
    let (key, inner) = table.into_iter().next()?;
    if let Some(ix) = names.iter().position(|name| *name == key.get_ref()) {
        return Some((ix, inner));
    }
    let place = cx.place(&key.span());
    let key = key.into_inner();
    let help = match similar(&key, names.iter().copied()) {
        Some(name) => words!("did you mean `{name}`?", "ist `{name}` gemeint?"),
        None => words!("the keys are `{list}`", "die Schlüssel sind `{list}`"),
    };
    let message = words!("there is no key `{key}` here", "einen Schlüssel `{key}` gibt es hier nicht");
    cx.report(Diagnostic::error(Code::UnknownKey, place, message).help(help));
    None
}

/// Declares a wire type: the type itself, its JSON Schema and its decoder.
///
/// Keys are the field names in kebab-case.
/// A field of type `Option` or `Vec` may be absent, every other key is required.
macro_rules! wire {
    ($(#[doc = $doc:literal])+ pub struct $name:ident {
        $($(#[doc = $field_doc:literal])+ pub $field:ident: $ty:ty,)+
    }) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, schemars::JsonSchema)]
        #[schemars(rename_all = "kebab-case", deny_unknown_fields)]
        pub struct $name {
            $($(#[doc = $field_doc])+ pub $field: $ty,)+
        }

        impl $crate::raw::decode::Decode for $name {
            fn decode(
                value: toml::Spanned<toml::de::DeValue<'_>>,
                cx: &mut $crate::raw::decode::Cx<'_>,
            ) -> Option<Self> {
                let mut table = $crate::raw::decode::Table::open(value, cx)?;
                $(let $field = table.take(stringify!($field), cx);)+
                table.close(cx);
                Some($name { $($field: $field?,)+ })
            }
        }
    };

    ($(#[doc = $doc:literal])+ pub word $name:ident {
        $($(#[doc = $variant_doc:literal])+ $variant:ident = $word:literal,)+
    }) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, schemars::JsonSchema)]
        pub enum $name {
            $($(#[doc = $variant_doc])+ #[schemars(rename = $word)] $variant,)+
        }

        impl $name {
            /// The word as it is written in a definition.
            pub fn word(self) -> &'static str {
                match self {
                    $($name::$variant => $word,)+
                }
            }
        }

        impl $crate::raw::decode::Decode for $name {
            fn decode(
                value: toml::Spanned<toml::de::DeValue<'_>>,
                cx: &mut $crate::raw::decode::Cx<'_>,
            ) -> Option<Self> {
                $crate::raw::decode::one_of(value, cx, &[$(($word, $name::$variant),)+])
            }
        }
    };

    ($(#[doc = $doc:literal])+ pub enum $name:ident {
        $($(#[doc = $variant_doc:literal])+ $variant:ident($ty:ty) = $word:literal,)+
    }) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, schemars::JsonSchema)]
        pub enum $name {
            $($(#[doc = $variant_doc])+ #[schemars(rename = $word)] $variant($ty),)+
        }

        impl $crate::raw::decode::Decode for $name {
            fn decode(
                value: toml::Spanned<toml::de::DeValue<'_>>,
                cx: &mut $crate::raw::decode::Cx<'_>,
            ) -> Option<Self> {
                let (ix, inner) = $crate::raw::decode::variant(value, cx, &[$($word),+])?;
                let mut variants = 0..;
                $(if Some(ix) == variants.next() {
                    return $crate::raw::decode::Decode::decode(inner, cx).map($name::$variant);
                })+
                None
            }
        }
    };
}
pub(crate) use wire;
