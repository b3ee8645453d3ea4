//! What TOML and JSON have in common: tables, lists and single values, each with its place in the text.

use std::borrow::Cow;

use jiff::civil::Date;
use jsonc_parser::ast;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::value::Written;

/// A value, and the byte where it begins.
#[derive(Debug)]
pub(crate) struct Node<'t> {
    pub(crate) start: usize,
    pub(crate) value: Value<'t>,
}

#[derive(Debug)]
pub(crate) enum Value<'t> {
    /// Nothing, in JSON. It is the same as leaving the key out.
    Null,
    Flag(bool),
    /// The digits of a number, so that it never passes through a float.
    Digits(Cow<'t, str>),
    Text(Cow<'t, str>),
    Date(Date),
    List(Vec<Node<'t>>),
    Table(Table<'t>),
    /// A time of day and the like.
    Other,
}

/// Keys and values in the order of the text. JSON may name a key twice.
#[derive(Debug, Default)]
pub(crate) struct Table<'t>(pub(crate) Vec<(Key<'t>, Node<'t>)>);

/// A key, and the byte where it begins.
#[derive(Debug)]
pub(crate) struct Key<'t> {
    pub(crate) start: usize,
    pub(crate) text: Cow<'t, str>,
}

impl<'t> Table<'t> {
    pub(crate) fn get(&self, key: &str) -> Option<&Node<'t>> {
        let node = self.0.iter().find(|(own, _)| own.text == key).map(|(_, node)| node);
        node.filter(|node| !node.is_null())
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &Key<'t>> {
        self.0.iter().map(|(key, _)| key)
    }
}

impl Node<'_> {
    /// Whether nothing stands there.
    pub(crate) fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    /// As a single value.
    pub(crate) fn written(&self) -> Written<'_> {
        match &self.value {
            Value::Null => Written::Text(""),
            Value::Text(text) => Written::Text(text),
            Value::Digits(digits) => Written::Digits(digits),
            Value::Flag(flag) => Written::Flag(*flag),
            Value::Date(date) => Written::Date(*date),
            Value::List(_) | Value::Table(_) | Value::Other => Written::Other,
        }
    }
}

impl<'t> From<DeTable<'t>> for Table<'t> {
    fn from(table: DeTable<'t>) -> Table<'t> {
        let entry = |(key, value): (Spanned<Cow<'t, str>>, _)| {
            (Key { start: key.span().start, text: key.into_inner() }, Node::from(value))
        };
        Table(table.into_iter().map(entry).collect())
    }
}

impl<'t> From<Spanned<DeValue<'t>>> for Node<'t> {
    fn from(value: Spanned<DeValue<'t>>) -> Node<'t> {
        let start = value.span().start;
        let value = match value.into_inner() {
            DeValue::String(text) => Value::Text(text),
            DeValue::Integer(number) if number.radix() == 10 => {
                Value::Digits(number.as_str().to_owned().into())
            }
            // `0x3` is a number, but not one that people write here.
            DeValue::Integer(_) => Value::Digits("".into()),
            DeValue::Float(number) => Value::Digits(number.as_str().to_owned().into()),
            DeValue::Boolean(flag) => Value::Flag(flag),
            DeValue::Datetime(datetime) => match (datetime.date, datetime.time) {
                (Some(date), None) => i16::try_from(date.year)
                    .ok()
                    .zip(i8::try_from(date.month).ok().zip(i8::try_from(date.day).ok()))
                    .and_then(|(year, (month, day))| Date::new(year, month, day).ok())
                    .map_or(Value::Other, Value::Date),
                _ => Value::Other,
            },
            DeValue::Array(values) => Value::List(values.into_iter().map(Node::from).collect()),
            DeValue::Table(table) => Value::Table(table.into()),
        };
        Node { start, value }
    }
}

impl<'t> From<ast::Value<'t>> for Node<'t> {
    fn from(value: ast::Value<'t>) -> Node<'t> {
        match value {
            ast::Value::StringLit(text) => Node { start: text.range.start, value: Value::Text(text.value) },
            ast::Value::NumberLit(number) => {
                Node { start: number.range.start, value: Value::Digits(number.value.into()) }
            }
            ast::Value::BooleanLit(flag) => Node { start: flag.range.start, value: Value::Flag(flag.value) },
            ast::Value::NullKeyword(null) => Node { start: null.range.start, value: Value::Null },
            ast::Value::Array(list) => Node {
                start: list.range.start,
                value: Value::List(list.elements.into_iter().map(Node::from).collect()),
            },
            ast::Value::Object(object) => Node {
                start: object.range.start,
                value: Value::Table(Table(
                    object
                        .properties
                        .into_iter()
                        .map(|property| {
                            let text: Cow<'t, str> = match property.name {
                                ast::ObjectPropName::String(name) => name.value,
                                ast::ObjectPropName::Word(name) => name.value.into(),
                            };
                            (Key { start: property.range.start, text }, Node::from(property.value))
                        })
                        .collect(),
                )),
            },
        }
    }
}
