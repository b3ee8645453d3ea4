//! Errors of TOML in the words of people who do not know TOML, and few of them.
//!
//! A list that is never closed makes nonsense of everything behind it, and a parser reports all of that.
//! So each part of a file, from one `[heading]` to the next, is read by itself, and only its first error is told:
//! it is the one that a person made.

use std::ops::Range;

use toml::de::{DeTable, Error};

use crate::diagnostic::{Code, Diagnostic, FileId, Place};
use crate::{Words, words};

/// How many errors are listed. Whoever has more does not read on.
const MAX_LISTED: usize = 100;

/// Reports the errors of a text, of which the parser found at least one.
pub(super) fn report(file: FileId, text: &str, errors: &[Error], diagnostics: &mut Vec<Diagnostic>) {
    let mut found: Vec<(Range<usize>, String)> = Vec::new();
    for part in parts(text) {
        let (_, errors) = DeTable::parse_recoverable(&text[part.clone()]);
        found.extend(first(&errors, part.start));
        if found.len() == MAX_LISTED {
            break;
        }
    }
    if found.is_empty() {
        // Each part is good by itself, but not all of them together.
        found.extend(first(errors, 0));
    }
    for (span, message) in found {
        let start = text.floor_char_boundary(span.start.min(text.len()));
        let end = text.ceil_char_boundary(span.end.clamp(start, text.len()));
        let (message, help) = in_plain_words(&message, text, start);
        diagnostics
            .push(Diagnostic::error(Code::Syntax, Place::new(file, &(start..end)), message).maybe_help(help));
    }
}

fn first(errors: &[Error], offset: usize) -> Option<(Range<usize>, String)> {
    let span = |error: &Error| error.span().unwrap_or(0..0);
    let first = errors.iter().min_by_key(|error| span(error).start)?;
    let span = span(first);
    Some((span.start + offset..span.end + offset, first.message().to_owned()))
}

/// The stretches of a text that begin with a heading such as `[[item]]`, and the one before them.
fn parts(text: &str) -> Vec<Range<usize>> {
    let is_heading = |line: &str| {
        let inner = line.split('#').next().unwrap_or_default().trim_end();
        let in_heading = |b: u8| b.is_ascii_alphanumeric() || b"-_.[]".contains(&b);
        inner.starts_with('[') && inner.ends_with(']') && inner.len() > 2 && inner.bytes().all(in_heading)
    };
    let mut parts = Vec::new();
    let (mut start, mut at) = (0, 0);
    for line in text.split_inclusive('\n') {
        if is_heading(line) {
            parts.push(start..at);
            start = at;
        }
        at += line.len();
    }
    parts.push(start..at);
    parts
}

/// What an error of the parser means, and what to do about it.
fn in_plain_words(message: &str, text: &str, at: usize) -> (Words, Option<Words>) {
    let line_start = text[..at].rfind('\n').map_or(0, |ix| ix + 1);
    let before = &text[line_start..at];
    let rest = text[at..].lines().next().unwrap_or_default();
    let quotation_marks = ['„', '“', '”', '»', '«', '‚', '‘', '’'];
    if rest.starts_with(quotation_marks) {
        return (
            words!("these are not straight quotation marks", "das sind keine geraden Anführungszeichen"),
            Some(words!(
                "write `\"` before and behind the text; some programs turn it into others by themselves",
                "vor und hinter den Text `\"` schreiben; manche Programme machen daraus von selbst andere"
            )),
        );
    }
    if let Some((_, value)) = before.rsplit_once('=')
        && is_decimal_comma(value, rest)
    {
        return (
            words!("a number has no comma", "eine Zahl hat kein Komma"),
            Some(words!("write it with a point: `2.4`", "mit einem Punkt schreiben: `2.4`")),
        );
    }
    let (description, expected) = message.split_once(", expected ").unwrap_or((message, ""));
    let quote = || {
        Some(words!(
            "a text stands in quotation marks: `title = \"Metal\"`",
            "ein Text steht in Anführungszeichen: `title = \"Metall\"`"
        ))
    };
    match description {
        "string values must be quoted" | "invalid boolean" => {
            (words!("this is no value", "das ist kein Wert"), quote())
        }
        "invalid float" if expected.contains("nan") || expected.contains("inf") => {
            (words!("this is no value", "das ist kein Wert"), quote())
        }
        "invalid basic string" | "invalid literal string" | "missing opening quote" => (
            words!("this text is not closed", "dieser Text ist nicht geschlossen"),
            Some(words!(
                "a text ends with the same quotation mark, on the same line; inside it write `\\\"` for `\"`",
                "ein Text endet mit demselben Anführungszeichen, in derselben Zeile; darin für `\"` `\\\"` schreiben"
            )),
        ),
        "missing comma between array elements" | "unclosed array" | "unexpected `=` in array" => (
            words!(
                "before this, a list lacks a comma or its closing `]`",
                "davor fehlt in einer Liste ein Komma oder ihre schließende Klammer `]`"
            ),
            None,
        ),
        "missing comma between key-value pairs" | "unclosed inline table" => (
            words!(
                "before this, a table in braces lacks a comma or its closing `}}`",
                "davor fehlt in einer Tabelle ein Komma oder ihre schließende Klammer `}}`"
            ),
            None,
        ),
        "unclosed table" | "unclosed array table" => (
            words!("this heading is not closed", "diese Überschrift ist nicht geschlossen"),
            Some(words!("write `[name]` or `[[name]]`", "`[name]` oder `[[name]]` schreiben")),
        ),
        "duplicate key" => (
            words!("this key is given twice here", "dieser Schlüssel ist hier doppelt vergeben"),
            Some(words!(
                "keep one of them; a table of which there may be several has two brackets: `[[item]]`",
                "einen davon behalten; eine Tabelle, von der es mehrere geben darf, hat zwei Klammern: `[[item]]`"
            )),
        ),
        "missing value" | "missing value for key" => (words!("the value is missing", "der Wert fehlt"), None),
        "key with no value" | "missing assignment between key-value pairs" => (
            words!(
                "this is neither a key with a value nor a heading",
                "das ist weder ein Schlüssel mit Wert noch eine Überschrift"
            ),
            Some(words!(
                "write `key = value`; a remark begins with `#`",
                "`schlüssel = wert` schreiben; eine Bemerkung beginnt mit `#`"
            )),
        ),
        "invalid unquoted key" => (
            words!("this is no key", "das ist kein Schlüssel"),
            Some(words!(
                "a key is made of the letters a to z, digits and hyphens",
                "ein Schlüssel besteht aus den Buchstaben a bis z, Ziffern und Bindestrichen"
            )),
        ),
        "recursion limit" | "cannot recurse further; max recursion depth met" => {
            (words!("this is nested too deeply", "das ist zu tief verschachtelt"), None)
        }
        _ => (words!("not valid TOML: {message}", "kein gültiges TOML: {message}"), None),
    }
}

/// Whether an error stands behind or at the comma of `2,4`.
fn is_decimal_comma(before: &str, rest: &str) -> bool {
    let value = format!("{before}{rest}");
    let Some((whole, fraction)) = value.trim_start().split_once(',') else { return false };
    let whole = whole.strip_prefix('-').unwrap_or(whole);
    !whole.is_empty()
        && whole.bytes().all(|b| b.is_ascii_digit())
        && fraction.starts_with(|c: char| c.is_ascii_digit())
}
