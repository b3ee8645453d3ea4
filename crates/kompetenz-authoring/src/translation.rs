//! A language file beside its definition: what is missing is added, what changed is marked, nothing is lost.
//!
//! Each entry has the original before it, as a comment that begins with the language of the definition.
//! The comment is for the translator, and it is the memory: if it is not the original of today, the original has
//! changed since the entry was translated.

use std::collections::{HashMap, HashSet};

use kompetenz::check::Originals;
use kompetenz::diagnostic::Place;
use kompetenz::{Code, Diagnostic, Sources, raw, words};
use toml_edit::{Decor, DocumentMut, InlineTable, Item, RawString, Table, Value};

/// Before an entry whose original changed, with the original it translates. The translator removes it.
const CHANGED: &str = "# CHANGED: was \"";
/// Before an entry that translates nothing any more.
const OBSOLETE: &str = "# OBSOLETE";
/// Between two tables of a file there is room for this many new ones.
const ROOM: isize = 1 << 20;

/// A language file that has kept up with its definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translation {
    /// The file.
    pub text: String,
    /// How many texts the definition has.
    pub texts: usize,
    /// How many entries were added just now; each waits for its translation.
    pub new: usize,
    /// How many entries wait for their translation, the new ones among them.
    pub open: usize,
    /// How many entries are marked because their original changed.
    pub changed: usize,
    /// How many entries are marked because there is no such text any more.
    pub obsolete: usize,
}

impl Translation {
    /// Whether nothing is left to do for a translator.
    pub fn is_complete(&self) -> bool {
        self.open + self.changed + self.obsolete == 0
    }
}

/// Brings a language file, the first one of `sources`, up to date; an empty one is written from scratch.
///
/// What was brought up to date once is not changed by doing it again.
/// A file with mistakes is not touched: they are returned.
pub fn update(sources: &Sources, originals: &Originals) -> Result<Translation, Vec<Diagnostic>> {
    let Some((file, source)) = sources.iter().next() else { return Err(Vec::new()) };
    let mut diagnostics = Vec::new();
    let entries = raw::parse_language(file, &source.text, &mut diagnostics).unwrap_or_default();
    let entries: Vec<(&str, Place)> =
        entries.iter().map(|(path, _)| (path.value.as_str(), path.place)).collect();
    diagnostics.extend(contradictions(&entries, originals));
    if !diagnostics.is_empty() {
        return Err(diagnostics);
    }
    // toml_edit writes plain line ends, and a file should not have two kinds of them.
    let windows = source.text.contains("\r\n");
    let mut document = source.text.replace("\r\n", "\n").parse::<DocumentMut>().map_err(|error| {
        let message = error.message();
        let place = Place::new(file, &error.span().unwrap_or(0..0));
        let words = words!("not valid TOML: {message}", "kein gültiges TOML: {message}");
        vec![Diagnostic::error(Code::Syntax, place, words)]
    })?;

    let known: HashSet<&str> = entries.iter().map(|(path, _)| *path).collect();
    let new = complete(&mut document, originals, &known);
    let mut translation = Translation {
        text: String::new(),
        texts: originals.texts.len(),
        new,
        open: 0,
        changed: 0,
        obsolete: 0,
    };
    let by_path: HashMap<&str, &str> =
        originals.texts.iter().map(|text| (text.path.as_str(), text.text.trim())).collect();
    each_entry(document.as_table_mut(), "", &mut |path, decor, translated| {
        let mut remarks = Remarks::read(decor, &originals.language);
        remarks.obsolete = false;
        match by_path.get(path) {
            None => {
                remarks.obsolete = true;
                translation.obsolete += 1;
            }
            Some(original) => {
                remarks.renew(original, translated);
                translation.open += usize::from(!translated);
                translation.changed += usize::from(remarks.was.is_some());
            }
        }
        remarks.write(decor, &originals.language);
    });
    let text = document.to_string();
    translation.text = if windows { text.replace('\n', "\r\n") } else { text };
    Ok(translation)
}

/// Entries that stand where a table of other texts must be, or the other way round.
fn contradictions(entries: &[(&str, Place)], originals: &Originals) -> Vec<Diagnostic> {
    let above = |path: &str, other: &str| other.strip_prefix(path).is_some_and(|rest| rest.starts_with('.'));
    let contradiction = |(path, place): &(&str, Place)| {
        let other =
            &originals.texts.iter().find(|text| above(path, &text.path) || above(&text.path, path))?.path;
        Some(
            Diagnostic::error(
                Code::UnknownText,
                *place,
                words!("there is no text `{path}`", "einen Text `{path}` gibt es nicht"),
            )
            .help(words!(
                "remove it; it leaves no room for the text `{other}`",
                "entfernen; es lässt für den Text `{other}` keinen Platz"
            )),
        )
    };
    entries.iter().filter_map(contradiction).collect()
}

// ---- entries --------------------------------------------------------------------------------------------------

/// Adds an empty entry for every text that has none, and tells how many these were.
fn complete(document: &mut DocumentMut, originals: &Originals, known: &HashSet<&str>) -> usize {
    if document.is_empty() {
        // Whatever a file without entries says is about the file as a whole and stays at its head.
        let remarks = document.trailing().as_str().unwrap_or_default().trim_end();
        let head = if remarks.is_empty() { String::new() } else { format!("{remarks}\n\n") };
        document.set_trailing("");
        document.decor_mut().set_prefix(head);
    }
    let root = document.as_table_mut();
    open_inline_tables(root);
    spread(root);
    let mut new = 0;
    // The place of a new table is behind the table of the text before it.
    let mut position = 0;
    for text in &originals.texts {
        if !known.contains(text.path.as_str()) {
            insert(root, &text.path, position + 1);
            new += 1;
        }
        // Texts at the head of the file say nothing about where a table belongs.
        position = Some(position_of(root, &text.path)).filter(|position| *position > 0).unwrap_or(position);
    }
    new
}

/// Turns `{ title = "…" }` into `name.title = "…"`: inside of braces there is no room for comments.
///
/// Comments that are there nevertheless, in braces over several lines, come before the first entry.
fn open_inline_tables(table: &mut Table) {
    for (key, item) in table.iter_mut() {
        if let Item::Value(Value::InlineTable(inline)) = item {
            let (before, indent) = lines_and_indent(key.leaf_decor());
            let mut remarks = before.to_owned();
            remarks_in(inline, &mut remarks);
            remarks.push_str(indent);
            let behind = inline.decor().suffix().and_then(RawString::as_str).unwrap_or_default().to_owned();
            let mut table = opened(std::mem::take(inline));
            each_entry(&mut table, "", &mut |_, decor, _| {
                decor.clear();
                // The first entry takes them.
                decor.set_prefix(std::mem::replace(&mut remarks, indent.to_owned()));
            });
            if let Some(last) = last_value(&mut table) {
                last.decor_mut().set_suffix(behind);
            }
            *item = Item::Table(table);
        } else if let Item::Table(table) = item {
            open_inline_tables(table);
        }
    }
}

fn remarks_in(inline: &InlineTable, out: &mut String) {
    let take = |raw: Option<&RawString>, out: &mut String| {
        let lines = raw.and_then(RawString::as_str).unwrap_or_default().lines();
        out.extend(lines.map(str::trim).filter(|line| !line.is_empty()).map(|line| format!("{line}\n")));
    };
    for (name, value) in inline {
        if let Some(key) = inline.key(name) {
            take(key.leaf_decor().prefix(), out);
            take(key.leaf_decor().suffix(), out);
        }
        take(value.decor().prefix(), out);
        if let Value::InlineTable(inner) = value {
            remarks_in(inner, out);
        }
        take(value.decor().suffix(), out);
    }
    take(Some(inline.trailing()), out);
}

fn opened(inline: InlineTable) -> Table {
    let mut table = inline.into_table();
    table.set_dotted(true);
    for (_, item) in table.iter_mut() {
        match item {
            Item::Value(Value::InlineTable(inline)) => *item = Item::Table(opened(std::mem::take(inline))),
            Item::Value(value) => value.decor_mut().clear(),
            _ => {}
        }
    }
    table
}

fn last_value(table: &mut Table) -> Option<&mut Value> {
    match table.iter_mut().last()?.1 {
        Item::Table(table) => last_value(table),
        item => item.as_value_mut(),
    }
}

/// Moves the tables apart, so that new ones find a place between them.
fn spread(table: &mut Table) {
    let position = table.position().map(|position| position.saturating_mul(ROOM));
    table.set_position(position);
    for (_, item) in table.iter_mut() {
        if let Item::Table(table) = item {
            spread(table);
        }
    }
}

/// The position of the table with a heading in which a text stands.
fn position_of(root: &Table, path: &str) -> isize {
    let (mut table, mut position) = (root, root.position().unwrap_or(0));
    for part in path.split('.') {
        let Some(Item::Table(inner)) = table.get(part) else { break };
        table = inner;
        if !table.is_dotted() {
            position = table.position().unwrap_or(position);
        }
    }
    position
}

/// Adds an empty entry, in its table if there is one, and else in a new one at `position`.
fn insert(root: &mut Table, path: &str, position: isize) {
    let (parents, key) = path.rsplit_once('.').unwrap_or(("", path));
    let mut table = root;
    for part in parents.split('.').filter(|part| !part.is_empty()) {
        // As the neighbours are written: `6.title = "…"`, or with a heading.
        let dotted = table.is_dotted() || has_dotted_tables_only(table);
        let item = table.entry(part).or_insert_with(|| {
            let mut new = Table::new();
            new.set_dotted(dotted);
            new.set_implicit(true);
            Item::Table(new)
        });
        // Contradictions were refused before.
        let Item::Table(inner) = item else { return };
        table = inner;
    }
    if table.is_implicit() && !table.is_dotted() {
        table.set_implicit(false);
        table.set_position(Some(position));
        table.decor_mut().set_prefix("\n");
    }
    table.insert(key, toml_edit::value(""));
}

fn has_dotted_tables_only(table: &Table) -> bool {
    let mut tables = table.iter().filter_map(|(_, item)| item.as_table()).peekable();
    tables.peek().is_some() && tables.all(Table::is_dotted)
}

/// Visits every entry: its path, what stands before it, and whether it is translated.
fn each_entry(table: &mut Table, above: &str, visit: &mut impl FnMut(&str, &mut Decor, bool)) {
    for (mut key, item) in table.iter_mut() {
        let path = if above.is_empty() { key.get().to_owned() } else { format!("{above}.{}", key.get()) };
        match item {
            Item::Table(table) => each_entry(table, &path, visit),
            item => {
                let translated = item.as_str().is_some_and(|text| !text.trim().is_empty());
                visit(&path, key.leaf_decor_mut(), translated);
            }
        }
    }
}

// ---- comments -------------------------------------------------------------------------------------------------

/// The comments before an entry.
struct Remarks {
    /// The translator's own lines.
    lines: Vec<String>,
    /// Before which of them ours stand.
    place: usize,
    /// What stands before the key on its own line.
    indent: String,
    obsolete: bool,
    /// The original that was translated, if it is not the one of today.
    was: Option<String>,
    original: Option<String>,
}

impl Remarks {
    fn read(decor: &Decor, language: &str) -> Remarks {
        let (before, indent) = lines_and_indent(decor);
        let (mut obsolete, mut was, mut original) = (false, None, None);
        let (mut lines, mut place) = (Vec::new(), None);
        let marker = marker(language);
        for line in before.split_inclusive('\n') {
            let bare = line.trim();
            if let Some(text) = bare.strip_prefix(&marker) {
                original = Some(text.trim().to_owned());
            } else if let Some(text) = bare.strip_prefix(CHANGED) {
                was = Some(text.strip_suffix('"').unwrap_or(text).to_owned());
            } else if bare == OBSOLETE {
                obsolete = true;
            } else {
                lines.push(line.to_owned());
                continue;
            }
            place.get_or_insert(lines.len());
        }
        let place = place.unwrap_or(lines.len());
        Remarks { lines, place, indent: indent.to_owned(), obsolete, was, original }
    }

    /// The original as it is today.
    fn renew(&mut self, today: &str, translated: bool) {
        // A text may change twice before the translator comes; what was translated is the one before both.
        let translated_text = self.was.take().or(self.original.take());
        self.was = translated_text.filter(|was| translated && was != today);
        self.original = Some(today.to_owned());
    }

    fn write(&self, decor: &mut Decor, language: &str) {
        let marker = marker(language);
        let ours = [
            self.obsolete.then(|| format!("{OBSOLETE}\n")),
            self.was.as_ref().map(|was| format!("{CHANGED}{was}\"\n")),
            self.original.as_ref().map(|original| format!("{marker} {original}\n")),
        ];
        let (before, behind) = self.lines.split_at(self.place);
        let ours = ours.into_iter().flatten().map(|line| format!("{}{line}", self.indent));
        let lines = before.iter().cloned().chain(ours).chain(behind.iter().cloned());
        decor.set_prefix(format!("{}{}", lines.collect::<String>(), self.indent));
    }
}

/// How the comment with the original begins: `# de:`.
fn marker(language: &str) -> String {
    format!("# {language}:")
}

/// What stands before a key: whole lines, and spaces on its own line.
fn lines_and_indent(decor: &Decor) -> (&str, &str) {
    let text = decor.prefix().and_then(RawString::as_str).unwrap_or_default();
    text.split_at(text.rfind('\n').map_or(0, |end| end + 1))
}
