//! Forms: one participant in TOML, written by hand.

mod rulings;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use kompetenz::entry::{Fault, FaultCode, Occasion, Origin, Spot, Vocabulary};
use kompetenz::id::similar;
use kompetenz::words;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::Reading;
use crate::draft::{At, Day, Draft};
use crate::header::{NOTE, notable, shown};
use crate::occasions::is_resolution;
use crate::value::Written;

/// The longest line, in bytes. Counting the characters of a line takes time, and nobody writes such lines by hand.
/// The longest note has room in it, in any script.
const MAX_LINE_BYTES: usize = 25_000;
/// How many syntax errors are listed.
const MAX_FAULTS: usize = 100;

/// The keys of a form.
const KEYS: [&str; 13] = [
    "assessment",
    "version",
    "key",
    "name",
    "birth-date",
    "from",
    "to",
    "hours",
    "facts",
    "observations",
    "notes",
    "resolutions",
    "decision",
];

pub(crate) fn read(bytes: &[u8], origin: &Origin, vocabulary: &Vocabulary) -> Result<Reading, Vec<Fault>> {
    let page = Page::new(bytes, origin)?;
    let table = page.parse()?;

    // With another vocabulary, nearly every other key would be reported too, and wrongly.
    let (assessment, version) = (&vocabulary.assessment, &vocabulary.version);
    let wrong: Vec<Fault> = [
        (
            "assessment",
            assessment,
            words!(
                "these are results of another assessment than `{assessment}`",
                "das sind Ergebnisse einer anderen Feststellung als `{assessment}`"
            ),
        ),
        (
            "version",
            version,
            words!(
                "these are results of another version than `{version}`",
                "das sind Ergebnisse einer anderen Version als `{version}`"
            ),
        ),
    ]
    .into_iter()
    .filter_map(|(key, expected, message)| {
        let value = table.get(key).filter(|value| value.get_ref().as_str() != Some(expected))?;
        Some(Fault::new(FaultCode::WrongAssessment, origin, page.spot(&value.span()), message).field(key))
    })
    .collect();
    if !wrong.is_empty() {
        return Err(wrong);
    }

    let mut draft = Draft::new(Origin { row: 1, ..origin.clone() });
    for key in ["key", "name"].into_iter().filter(|key| !table.contains_key(*key)) {
        let at = At { spot: Spot { row: 1, column: 0 }, field: &key.into() };
        draft.report(
            FaultCode::MissingColumn,
            at,
            words!("the key `{key}` is missing", "der Schlüssel `{key}` fehlt"),
            None,
        );
    }
    let (mut name_spot, mut notes) = (Spot::default(), None);
    for (key, value) in table {
        let field: Arc<str> = key.get_ref().as_ref().into();
        let at = At { spot: page.spot(&value.span()), field: &field };
        let given = written(value.get_ref());
        match &*field {
            "key" => draft.key(given, at),
            "name" => {
                name_spot = at.spot;
                draft.name(given, at);
            }
            "birth-date" => draft.day(Day::Birth, given, at),
            "from" => draft.day(Day::From, given, at),
            "to" => draft.day(Day::To, given, at),
            "hours" => draft.hours(given, at),
            "facts" => {
                let names = Names::new(vocabulary.facts.iter().map(|(path, kind)| (path.as_str(), *kind)));
                page.walk(value, at, &names, &mut draft, &mut |draft, path, kind, value, at| {
                    draft.fact(path, *kind, written(value), at);
                });
            }
            "observations" => {
                let names = Names::new(vocabulary.items.iter().map(|path| (path.as_str(), ())));
                page.occasions(
                    value,
                    at,
                    &names,
                    &mut draft,
                    Draft::occasion,
                    &mut |draft, path, (), ix, value, at| draft.rate(path, ix, written(value), at),
                );
            }
            "notes" => notes = Some((value, at.spot)),
            "resolutions" => page.resolutions(value, at, vocabulary, &mut draft),
            "decision" => page.decisions(value, at, vocabulary, &mut draft),
            "assessment" | "version" => {}
            _ => unknown(&mut draft, page.spot(&key.span()), &field, || similar(&field, KEYS)),
        }
    }
    // Observations make the occasions that notes belong to, wherever they stand.
    if let Some((value, spot)) = notes {
        page.notes(value, At { spot, field: &"notes".into() }, vocabulary, &mut draft);
    }
    let person = draft.finish(At { spot: name_spot, field: &"name".into() });
    let notes = vec![words!("a form with one participant", "ein Bogen mit einer Person")];
    Ok(Reading { people: vec![person], notes, warnings: Vec::new() })
}

/// The text of a form, and where its lines begin.
struct Page<'t> {
    origin: &'t Origin,
    text: &'t str,
    line_starts: Vec<usize>,
}

impl<'t> Page<'t> {
    fn new(bytes: &'t [u8], origin: &'t Origin) -> Result<Page<'t>, Vec<Fault>> {
        let mut line_starts = vec![0];
        line_starts.extend(bytes.iter().zip(1..).filter(|(byte, _)| **byte == b'\n').map(|(_, next)| next));
        let ends = line_starts.iter().skip(1).copied().chain([bytes.len()]);
        let long = line_starts.iter().zip(ends).position(|(start, end)| end - start > MAX_LINE_BYTES);
        let fault = |code, line: usize, column: usize, message| {
            let place = |number| u32::try_from(number).unwrap_or(u32::MAX);
            Fault::new(code, origin, Spot { row: place(line), column: place(column) }, message)
        };
        if let Some(line) = long {
            let message =
                words!("the line is longer than any real one", "die Zeile ist länger als jede wirkliche");
            return Err(vec![fault(FaultCode::TooLarge, line + 1, 0, message)]);
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Page { origin, text, line_starts }),
            Err(error) => {
                let good = error.valid_up_to();
                let line = line_starts.partition_point(|&start| start <= good);
                let before = &bytes[line_starts[line - 1]..good];
                let column = before.iter().filter(|byte| !matches!(byte, 0x80..=0xBF)).count() + 1;
                let message = words!("the text is not in UTF-8", "der Text ist nicht in UTF-8 geschrieben");
                let help = words!(
                    "save the file again with the encoding UTF-8; most editors ask for it under `Save as`",
                    "die Datei noch einmal mit der Kodierung UTF-8 speichern; die meisten Editoren fragen danach bei `Speichern unter`"
                );
                Err(vec![fault(FaultCode::Unreadable, line, column, message).help(help)])
            }
        }
    }

    /// All syntax errors of the text, or its table.
    fn parse(&self) -> Result<DeTable<'t>, Vec<Fault>> {
        let (table, mut errors) = DeTable::parse_recoverable(self.text);
        if errors.is_empty() {
            return Ok(table.into_inner());
        }
        errors.sort_by_key(|error| error.span().map(|span| span.start));
        let faults = errors.iter().take(MAX_FAULTS).map(|error| {
            let spot = error.span().map(|span| self.spot(&span)).unwrap_or_default();
            // These messages of the parser say what it expected, and never what it found.
            let message = error.message();
            let message = words!("not valid TOML: {message}", "kein gültiges TOML: {message}");
            Fault::new(FaultCode::Unreadable, self.origin, spot, message)
        });
        Err(faults.collect())
    }

    /// The line and the character where a span begins.
    fn spot(&self, span: &Range<usize>) -> Spot {
        let start = self.text.floor_char_boundary(span.start.min(self.text.len()));
        let line = self.line_starts.partition_point(|&line_start| line_start <= start);
        let column = self.text[self.line_starts[line - 1]..start].chars().count() + 1;
        let place = |number| u32::try_from(number).unwrap_or(u32::MAX);
        Spot { row: place(line), column: place(column) }
    }

    fn notes(&self, value: Spanned<DeValue<'_>>, at: At<'_>, vocabulary: &Vocabulary, draft: &mut Draft) {
        // A table cannot have a text too: what is about a module stands at its key `note`, beside its items.
        let key = NOTE[0];
        let beside: Vec<(String, &str)> =
            notable(vocabulary).map(|about| (format!("{about}.{key}"), about)).collect();
        let names = Names::new(
            notable(vocabulary)
                .map(|about| (about, Some(about)))
                .chain(beside.iter().map(|(path, about)| (path.as_str(), Some(*about))))
                .chain([(key, None)]),
        );
        self.occasions(
            value,
            at,
            &names,
            draft,
            Draft::occasion_of_notes,
            &mut |draft, _, about, ix, value, at| {
                draft.note(about.map(Arc::from).as_ref(), ix, written(value), at);
            },
        );
    }

    /// Goes through a table with a table for each occasion.
    fn occasions<K>(
        &self,
        value: Spanned<DeValue<'_>>,
        at: At<'_>,
        names: &Names<'_, K>,
        draft: &mut Draft,
        add: fn(&mut Draft, Option<Occasion>, At<'_>) -> usize,
        each: &mut impl FnMut(&mut Draft, &Arc<str>, &K, usize, &DeValue<'_>, At<'_>),
    ) {
        let section = at.field;
        let DeValue::Table(occasions) = value.into_inner() else { return no_table(draft, at) };
        for (key, value) in occasions {
            // Observers are people too, so messages show the place and not the name.
            let at = At { spot: self.spot(&key.span()), field: &"observer".into() };
            let occasion = occasion(key.get_ref(), at, draft);
            let ix = add(draft, occasion, at);
            if !matches!(value.get_ref(), DeValue::Table(_)) {
                let message = words!(
                    "what belongs to this observer is not a table",
                    "was zu dieser Beobachtung gehört, ist keine Tabelle"
                );
                let help = words!(
                    "it stands below a line such as `[{section}.anna]`",
                    "es steht unter einer Zeile wie `[{section}.anna]`"
                );
                draft.report(FaultCode::WrongType, at, message, Some(help));
                continue;
            }
            self.walk(value, at, names, draft, &mut |draft, path, kind, value, at| {
                each(draft, path, kind, ix, value, at);
            });
        }
    }

    /// Hands every known path with its value to `each`, however tables and dotted keys spell it.
    fn walk<K>(
        &self,
        value: Spanned<DeValue<'_>>,
        at: At<'_>,
        names: &Names<'_, K>,
        draft: &mut Draft,
        each: &mut impl FnMut(&mut Draft, &Arc<str>, &K, &DeValue<'_>, At<'_>),
    ) {
        let DeValue::Table(table) = value.into_inner() else { return no_table(draft, at) };
        // The same path can be spelled twice: `a.b = 1` and `"a.b" = 2`.
        let mut seen = HashMap::new();
        self.walk_table(table, "", names, draft, &mut |draft, path, kind, value, at| {
            let earlier = seen.insert(path.clone(), at.spot.row);
            let Some(line) = earlier else { return each(draft, path, kind, value, at) };
            let message =
                words!("`{path}` stands in line {line} already", "`{path}` steht schon in Zeile {line}");
            draft.report(FaultCode::DuplicateColumn, at, message, None);
        });
    }

    /// Goes no deeper than the paths of the vocabulary do.
    fn walk_table<K>(
        &self,
        table: DeTable<'_>,
        prefix: &str,
        names: &Names<'_, K>,
        draft: &mut Draft,
        each: &mut impl FnMut(&mut Draft, &Arc<str>, &K, &DeValue<'_>, At<'_>),
    ) {
        for (key, value) in table {
            let (key_spot, key) = (self.spot(&key.span()), key.into_inner());
            let path = if prefix.is_empty() { key } else { format!("{prefix}.{key}").into() };
            let value_spot = self.spot(&value.span());
            match (names.0.get(path.as_ref()), value.into_inner()) {
                (Some(name), DeValue::Table(inner)) if name.is_group => {
                    self.walk_table(inner, &path, names, draft, each);
                }
                (Some(Name { leaf: Some((path, kind)), .. }), value) => {
                    each(draft, path, kind, &value, At { spot: value_spot, field: path });
                }
                (Some(_), _) => {
                    let at = At { spot: value_spot, field: &path.as_ref().into() };
                    no_table(draft, at);
                }
                (None, _) => unknown(draft, key_spot, &path, || names.similar(&path)),
            }
        }
    }
}

/// Who observed, in which situation and trial, as the key of a table says it; or nothing and a fault.
fn occasion(key: &str, at: At<'_>, draft: &mut Draft) -> Option<Occasion> {
    if key.trim().is_empty() {
        draft.missing(at);
        return None;
    }
    if is_resolution(key) {
        let message = words!("a resolution is no observation", "eine Klärung ist keine Beobachtung");
        let help = words!(
            "what counts stands below `[resolutions]`, for instance `metal.saw-order = {{ value = 3, note = \"…\" }}`",
            "was gilt, steht unter `[resolutions]`, zum Beispiel `metal.saw-order = {{ value = 3, note = \"…\" }}`"
        );
        draft.report(FaultCode::InvalidResolution, at, message, Some(help));
        return None;
    }
    let occasion = Occasion::parse(key);
    if occasion.is_none() {
        let message = words!(
            "this does not say who observed, in which situation and trial",
            "das sagt nicht, wer beobachtet hat, in welcher Situation und welchem Durchgang"
        );
        let help = words!(
            "write `anna`, `\"anna @ kitchen\"`, `\"anna #2\"` or `\"anna @ kitchen #2\"`, with the number of the trial from 1 on",
            "`anna`, `\"anna @ küche\"`, `\"anna #2\"` oder `\"anna @ küche #2\"` schreiben, mit der Nummer des Durchgangs ab 1"
        );
        draft.report(FaultCode::WrongType, at, message, Some(help));
    }
    occasion
}

/// The paths of a vocabulary, and the groups before their last points.
struct Names<'v, K>(HashMap<&'v str, Name<K>>);

/// What stands at a path: others below it, a value, or one of both.
struct Name<K> {
    is_group: bool,
    leaf: Option<(Arc<str>, K)>,
}

impl<'v, K> Names<'v, K> {
    fn new(paths: impl Iterator<Item = (&'v str, K)>) -> Names<'v, K> {
        let mut names = HashMap::new();
        for (path, kind) in paths {
            for (point, _) in path.match_indices('.') {
                names.entry(&path[..point]).or_insert(Name { is_group: false, leaf: None }).is_group = true;
            }
            names.entry(path).or_insert(Name { is_group: false, leaf: None }).leaf =
                Some((path.into(), kind));
        }
        Names(names)
    }

    fn similar(&self, path: &str) -> Option<&'v str> {
        let mut names: Vec<&str> = self.0.keys().copied().collect();
        // The answer must not depend on the order of a hash map.
        names.sort_unstable();
        similar(path, names)
    }
}

fn unknown<'v>(draft: &mut Draft, spot: Spot, key: &str, meant: impl FnOnce() -> Option<&'v str>) {
    // Comparing with every path takes long, and a hostile file has a million unknown keys.
    if draft.is_full() {
        return;
    }
    let shown = shown(key);
    let message = words!("there is no key `{shown}` here", "einen Schlüssel `{shown}` gibt es hier nicht");
    let help = meant().map(|name| words!("did you mean `{name}`?", "ist `{name}` gemeint?"));
    draft.report(FaultCode::UnknownColumn, At { spot, field: &shown.into() }, message, help);
}

fn no_table(draft: &mut Draft, at: At<'_>) {
    let field = at.field;
    let message = words!("`{field}` is not a table", "`{field}` ist keine Tabelle");
    draft.report(FaultCode::WrongType, at, message, None);
}

fn written<'v>(value: &'v DeValue<'_>) -> Written<'v> {
    match value {
        DeValue::String(text) => Written::Text(text),
        DeValue::Integer(number) if number.radix() == 10 => Written::Digits(number.as_str()),
        // `0x3` is a number, but not one that people write here.
        DeValue::Integer(_) => Written::Digits(""),
        DeValue::Float(number) => Written::Digits(number.as_str()),
        DeValue::Boolean(flag) => Written::Flag(*flag),
        DeValue::Datetime(datetime) => match (datetime.date, datetime.time) {
            (Some(date), None) => i16::try_from(date.year)
                .ok()
                .zip(i8::try_from(date.month).ok().zip(i8::try_from(date.day).ok()))
                .and_then(|(year, (month, day))| Date::new(year, month, day).ok())
                .map_or(Written::Other, Written::Date),
            _ => Written::Other,
        },
        _ => Written::Other,
    }
}
