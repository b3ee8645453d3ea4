//! JSON and NDJSON: the forms of one participant or of many, as programs write them.

use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use kompetenz::entry::{Fault, FaultCode, Source, Spot, Vocabulary};
use kompetenz::words;

use crate::form;
use crate::node::{Node, Table, Value};
use crate::page::Page;
use crate::people::People;

/// The longest line of a file with one participant per line, in bytes.
pub(crate) const MAX_LINE_BYTES: usize = crate::MAX_FORM_BYTES;
/// How many faults of a file as a whole are listed.
const MAX_FAULTS: usize = 100;

/// Whether a text is JSON: it begins with a brace, or with a bracket that no heading of TOML begins with.
pub(crate) fn is_one(text: &str) -> bool {
    let mut rest = text.trim_start().chars();
    match rest.next() {
        Some('{') => true,
        Some('[') => matches!(rest.as_str().trim_start().chars().next(), Some('{' | ']')),
        _ => false,
    }
}

/// Whether every line is a participant: the first line is whole, and another one follows.
pub(crate) fn is_by_line(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().is_some_and(|line| line.starts_with('{') && line.ends_with('}'));
    first && lines.next().is_some_and(|line| line.starts_with('{'))
}

/// Reads a text with a participant in each line.
pub(crate) fn read_lines(
    text: &str,
    source: (&Source, u32),
    vocabulary: &Vocabulary,
    people: &mut People,
    unreadable: &mut Vec<(Spot, Vec<Fault>)>,
) {
    for (line, number) in text.split('\n').zip(1u32..) {
        read_line(line, number, source, vocabulary, people, unreadable);
    }
}

/// Reads the line with this number, counted from 1. If it cannot be read, it is one participant and harms nobody else.
pub(crate) fn read_line(
    line: &str,
    number: u32,
    source: (&Source, u32),
    vocabulary: &Vocabulary,
    people: &mut People,
    unreadable: &mut Vec<(Spot, Vec<Fault>)>,
) {
    if line.trim().is_empty() {
        return;
    }
    let mut page = Page::of_any_width(line, source.0, source.1);
    page.lines_before = number - 1;
    let mut faults = Vec::new();
    if line.len() > MAX_LINE_BYTES {
        let message =
            words!("the line is longer than any real one", "die Zeile ist länger als jede wirkliche");
        faults.push(Fault::at(FaultCode::TooLarge, source.0, page.whole(), message));
    } else {
        match parse(&page) {
            Ok(node) => participants(&page, node, vocabulary, people, &mut faults),
            Err(fault) => faults.push(*fault),
        }
    }
    if !faults.is_empty() {
        unreadable.push((page.whole(), faults));
    }
}

/// Reads a text that is one value: a participant, a list of them, or a table with a list `people`.
pub(crate) fn read(
    text: &str,
    source: (&Source, u32),
    vocabulary: &Vocabulary,
    people: &mut People,
    faults: &mut Vec<Fault>,
) {
    let page = Page::of_any_width(text, source.0, source.1);
    match parse(&page) {
        Ok(node) => participants(&page, node, vocabulary, people, faults),
        Err(fault) => faults.push(*fault),
    }
}

fn participants(
    page: &Page<'_>,
    node: Node<'_>,
    vocabulary: &Vocabulary,
    people: &mut People,
    faults: &mut Vec<Fault>,
) {
    doubles(page, &node, faults);
    match node.value {
        Value::Table(mut table) => match table.0.iter().position(|(key, _)| key.text == "people") {
            Some(ix) => {
                let wrong = form::meant_for(&table, page, vocabulary);
                if !wrong.is_empty() {
                    return faults.extend(wrong);
                }
                list(page, table.0.swap_remove(ix).1, vocabulary, people, faults);
            }
            None => participant(page, table, page.spot(node.start), vocabulary, people, faults),
        },
        Value::List(_) => list(page, node, vocabulary, people, faults),
        _ => faults.push(no_form(page, page.spot(node.start))),
    }
}

/// Reads one participant, unless the form was made for something else.
fn participant(
    page: &Page<'_>,
    table: Table<'_>,
    spot: Spot,
    vocabulary: &Vocabulary,
    people: &mut People,
    faults: &mut Vec<Fault>,
) {
    let wrong = form::meant_for(&table, page, vocabulary);
    if wrong.is_empty() {
        form::read(page, table, spot.whole_row(), vocabulary, people);
    }
    faults.extend(wrong);
}

fn list(
    page: &Page<'_>,
    node: Node<'_>,
    vocabulary: &Vocabulary,
    people: &mut People,
    faults: &mut Vec<Fault>,
) {
    let spot = page.spot(node.start);
    let Value::List(nodes) = node.value else { return faults.push(no_form(page, spot)) };
    for node in nodes {
        let spot = page.spot(node.start);
        match node.value {
            Value::Table(table) => participant(page, table, spot, vocabulary, people, faults),
            _ if faults.len() <= MAX_FAULTS => faults.push(no_form(page, spot)),
            _ => {}
        }
    }
}

fn no_form(page: &Page<'_>, spot: Spot) -> Fault {
    let message = words!("here stands no participant", "hier steht keine Person");
    Fault::at(FaultCode::WrongType, page.source, spot, message).help(words!(
        "a participant is an object with `key`, `name` and `observations`; several are a list of them, or one in each line",
        "eine Person ist ein Objekt mit `key`, `name` und `observations`; mehrere sind eine Liste davon oder je eine Zeile"
    ))
}

/// Reports keys that stand twice in one object: which one counts, nobody has said.
fn doubles(page: &Page<'_>, node: &Node<'_>, faults: &mut Vec<Fault>) {
    match &node.value {
        Value::List(nodes) => nodes.iter().for_each(|node| doubles(page, node, faults)),
        Value::Table(Table(entries)) => {
            let mut keys: Vec<(&str, usize)> =
                entries.iter().map(|(key, _)| (key.text.as_ref(), key.start)).collect();
            keys.sort_unstable();
            for pair in keys.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
                if faults.len() <= MAX_FAULTS {
                    let message = words!("this key stands here twice", "dieser Schlüssel steht hier doppelt");
                    let spot = page.spot(pair[1].1);
                    faults.push(Fault::at(FaultCode::DuplicateColumn, page.source, spot, message));
                }
            }
            for (_, node) in entries {
                doubles(page, node, faults);
            }
        }
        _ => {}
    }
}

/// Plain JSON, and nothing that some readers take for it.
const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

fn parse<'t>(page: &Page<'t>) -> Result<Node<'t>, Box<Fault>> {
    let fault = |start: usize, message| {
        Box::new(Fault::at(FaultCode::Unreadable, page.source, page.spot(start), message))
    };
    match parse_to_ast(page.text, &CollectOptions::default(), &STRICT) {
        Ok(parsed) => match parsed.value {
            Some(value) => Ok(value.into()),
            None => Err(fault(0, words!("here stands nothing", "hier steht nichts"))),
        },
        Err(error) => {
            let start = error.range().start;
            Err(match error.kind() {
                ParseErrorKind::NestingDepthExceeded => fault(
                    start,
                    words!("the values are nested too deeply", "die Werte sind zu tief verschachtelt"),
                ),
                // These messages say what the parser expected. What it found is not in them.
                kind => fault(start, words!("not valid JSON: {kind}", "kein gültiges JSON: {kind}")),
            })
        }
    }
}
