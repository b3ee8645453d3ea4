//! Forms: one participant in TOML, written by hand, or in JSON, written by a program.

mod rulings;

use std::collections::HashMap;
use std::sync::Arc;

use kompetenz::entry::{Fault, FaultCode, Occasion, Spot, Vocabulary};
use kompetenz::id::similar;
use kompetenz::words;

use crate::draft::{At, Day, Draft};
use crate::names::{NOTE, notable, shown};
use crate::node::{Node, Table, Value};
use crate::occasions::is_resolution;
use crate::page::Page;
use crate::people::People;

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

/// What is wrong if a form was made for another assessment or version.
///
/// With another vocabulary, nearly every other key would be reported too, and wrongly.
pub(crate) fn meant_for(table: &Table<'_>, page: &Page<'_>, vocabulary: &Vocabulary) -> Vec<Fault> {
    let (assessment, version) = (&vocabulary.assessment, &vocabulary.version);
    [
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
        let node = table.get(key).filter(|node| node.written().text() != Some(expected))?;
        let spot = page.spot(node.start);
        Some(Fault::at(FaultCode::WrongAssessment, page.source, spot, message).field(key))
    })
    .collect()
}

/// Reads one participant. `whole` is where the form begins.
pub(crate) fn read(
    page: &Page<'_>,
    table: Table<'_>,
    whole: Spot,
    vocabulary: &Vocabulary,
    people: &mut People,
) {
    let name: Arc<str> = "name".into();
    let name_spot = table.get("name").map_or(whole, |node| page.spot(node.start));
    let key = table.get("key").and_then(|node| node.written().text()).unwrap_or_default();
    let draft = people.of(key, whole, page.source.form, At { spot: name_spot, field: &name });
    if !table.has("key") {
        let at = At { spot: whole, field: &"key".into() };
        let message = words!("the key `key` is missing", "der Schlüssel `key` fehlt");
        draft.report(FaultCode::MissingColumn, at, message, None);
    }
    let mut notes = None;
    for (key, node) in table.0.into_iter().filter(|(_, node)| !node.is_null()) {
        let field: Arc<str> = key.text.as_ref().into();
        let at = At { spot: page.spot(node.start), field: &field };
        match &*field {
            "key" => draft.key(node.written(), at),
            "name" => draft.name(node.written(), at),
            "birth-date" => draft.day(Day::Birth, node.written(), at),
            "from" => draft.day(Day::From, node.written(), at),
            "to" => draft.day(Day::To, node.written(), at),
            "hours" => draft.hours(node.written(), at),
            "facts" => {
                let names = Names::new(vocabulary.facts.iter().map(|(path, kind)| (path.as_str(), *kind)));
                page.walk(&node, at, &names, draft, &mut |draft, path, kind, node, at| {
                    draft.fact(path, *kind, node.written(), at);
                });
            }
            "observations" => {
                let names = Names::new(vocabulary.items.iter().map(|path| (path.as_str(), ())));
                let add = |draft: &mut Draft, occasion, at: At<'_>| draft.occasion(occasion, false, at);
                page.occasions(&node, at, &names, draft, add, &mut |draft, path, (), ix, node, at| {
                    draft.rate(path, ix, node.written(), at);
                });
            }
            "notes" => notes = Some((node, at.spot)),
            "resolutions" => page.resolutions(&node, at, vocabulary, draft),
            "decision" => page.decisions(&node, at, vocabulary, draft),
            "assessment" | "version" => {}
            _ => unknown(draft, page.spot(key.start), &field, || similar(&field, KEYS)),
        }
    }
    // Observations make the occasions that notes belong to, wherever they stand.
    if let Some((node, spot)) = notes {
        page.notes(&node, At { spot, field: &"notes".into() }, vocabulary, draft);
    }
}

impl Page<'_> {
    fn notes(&self, node: &Node<'_>, at: At<'_>, vocabulary: &Vocabulary, draft: &mut Draft) {
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
            node,
            at,
            &names,
            draft,
            Draft::occasion_of_notes,
            &mut |draft, _, about, ix, node, at| {
                draft.note(about.map(Arc::from).as_ref(), ix, node.written(), at);
            },
        );
    }

    /// Goes through a table with a table for each occasion.
    fn occasions<K>(
        &self,
        node: &Node<'_>,
        at: At<'_>,
        names: &Names<'_, K>,
        draft: &mut Draft,
        add: impl Fn(&mut Draft, Option<Occasion>, At<'_>) -> usize,
        each: &mut impl FnMut(&mut Draft, &Arc<str>, &K, usize, &Node<'_>, At<'_>),
    ) {
        let section = at.field;
        let Value::Table(occasions) = &node.value else { return no_table(draft, at) };
        for (key, node) in occasions.0.iter().filter(|(_, node)| !node.is_null()) {
            // Observers are people too, so messages show the place and not the name.
            let at = At { spot: self.spot(key.start), field: &"observer".into() };
            let occasion = occasion(&key.text, at, draft);
            let ix = add(draft, occasion, at);
            if !matches!(node.value, Value::Table(_)) {
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
            self.walk(node, at, names, draft, &mut |draft, path, kind, node, at| {
                each(draft, path, kind, ix, node, at);
            });
        }
    }

    /// Hands every known path with its value to `each`, however tables and dotted keys spell it.
    fn walk<K>(
        &self,
        node: &Node<'_>,
        at: At<'_>,
        names: &Names<'_, K>,
        draft: &mut Draft,
        each: &mut impl FnMut(&mut Draft, &Arc<str>, &K, &Node<'_>, At<'_>),
    ) {
        let Value::Table(table) = &node.value else { return no_table(draft, at) };
        // The same path can be spelled twice: `a.b = 1` and `"a.b" = 2`.
        let mut seen = HashMap::new();
        self.walk_table(table, "", names, draft, &mut |draft, path, kind, node, at| {
            let earlier = seen.insert(path.clone(), at.spot.row);
            let Some(line) = earlier else { return each(draft, path, kind, node, at) };
            let message =
                words!("`{path}` stands in line {line} already", "`{path}` steht schon in Zeile {line}");
            draft.report(FaultCode::DuplicateColumn, at, message, None);
        });
    }

    /// Goes no deeper than the paths of the vocabulary do.
    fn walk_table<K>(
        &self,
        table: &Table<'_>,
        prefix: &str,
        names: &Names<'_, K>,
        draft: &mut Draft,
        each: &mut impl FnMut(&mut Draft, &Arc<str>, &K, &Node<'_>, At<'_>),
    ) {
        for (key, node) in table.0.iter().filter(|(_, node)| !node.is_null()) {
            let path =
                if prefix.is_empty() { key.text.to_string() } else { format!("{prefix}.{}", key.text) };
            let value_spot = self.spot(node.start);
            match (names.0.get(path.as_str()), &node.value) {
                (Some(name), Value::Table(inner)) if name.is_group => {
                    self.walk_table(inner, &path, names, draft, each);
                }
                (Some(Name { leaf: Some((path, kind)), .. }), _) => {
                    each(draft, path, kind, node, At { spot: value_spot, field: path });
                }
                (Some(_), _) => {
                    let at = At { spot: value_spot, field: &path.as_str().into() };
                    no_table(draft, at);
                }
                (None, _) => unknown(draft, self.spot(key.start), &path, || names.similar(&path)),
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
