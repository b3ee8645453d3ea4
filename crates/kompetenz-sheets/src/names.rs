//! The names that columns and keys may have, in every spelling.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::mem::{Discriminant, discriminant};
use std::sync::Arc;

use kompetenz::entry::Vocabulary;
use kompetenz::id::similar;
use kompetenz::raw::FactKind;
use unicode_normalization::UnicodeNormalization;

use crate::draft::Day;

/// What stands behind a path, and a point, if the column holds notes about it.
pub(crate) const NOTE: [&str; 2] = ["note", "notiz"];
/// How much of a heading stands in a message.
const MAX_SHOWN_CHARS: usize = 80;
/// The longest heading that is looked up, in bytes. Longer ones are texts.
const MAX_HEADING_BYTES: usize = 2_000;

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Content {
    Key,
    Name,
    Day(Day),
    Hours,
    Observer,
    Situation,
    Trial,
    /// A note about an item, measure or module, or about the whole.
    Note(Option<Arc<str>>),
    /// Who settled or decided what the row says.
    By,
    /// What the row is about, in a table with one row per observation.
    Subject,
    /// What was observed, in such a table.
    Value,
    Item(Arc<str>),
    /// The value that counts of a measure. Only a resolution has one.
    Measure(Arc<str>),
    /// What was decided about a recommendation.
    Recommendation(Arc<str>),
    Fact(Arc<str>, FactKind),
    /// The heading begins with `#`.
    Ignored,
    /// There is no heading.
    Unnamed,
}

impl Content {
    /// Whether anything is made of the cells.
    pub(crate) fn is_read(&self) -> bool {
        !matches!(self, Content::Ignored | Content::Unnamed)
    }

    /// What tells it apart from everything else that is read.
    pub(crate) fn identity(&self) -> (Discriminant<Content>, Option<Day>, &str) {
        let (day, path) = match self {
            Content::Day(day) => (Some(*day), ""),
            Content::Note(Some(path))
            | Content::Item(path)
            | Content::Measure(path)
            | Content::Recommendation(path)
            | Content::Fact(path, _) => (None, &**path),
            _ => (None, ""),
        };
        (discriminant(self), day, path)
    }

    /// Whether it says something about the person or the occasion, and nothing that was found out.
    pub(crate) fn is_frame(&self) -> bool {
        matches!(
            self,
            Content::Day(_) | Content::Hours | Content::Observer | Content::Situation | Content::Trial
        ) || !self.is_read()
    }
}

/// The columns that every assessment has: what they hold, the English and the German heading, and others for the same.
pub(crate) const FIXED: [(Content, &str, &str, &[&str]); 13] = [
    (Content::Key, "key", "Kennung", &["Schlüssel"]),
    (Content::Name, "name", "Name", &[]),
    (Content::Observer, "observer", "Beobachtung", &["Beobachter", "Beobachterin"]),
    (Content::Day(Day::Birth), "birth-date", "Geburtsdatum", &["birthdate"]),
    (Content::Day(Day::From), "from", "von", &[]),
    (Content::Day(Day::To), "to", "bis", &[]),
    (Content::Hours, "hours", "Stunden", &[]),
    (Content::Situation, "situation", "Situation", &[]),
    (Content::Trial, "trial", "Versuch", &["Durchgang"]),
    (Content::Note(None), "note", "Notiz", &[]),
    (Content::By, "decided-by", "entschieden-von", &[]),
    (Content::Subject, "item", "Merkmal", &[]),
    (Content::Value, "value", "Wert", &["Bewertung"]),
];

/// What a heading is.
#[derive(Debug)]
pub(crate) enum Found<'n> {
    /// The name of one thing: its first name, and what it is.
    One(&'n str, &'n Content),
    /// The title of these: their paths, and what they are.
    Called(&'n [(String, Content)]),
    /// It begins with `#`, or is to be left out.
    Ignored,
    Nothing,
}

/// All names of an assessment. Made once for all files.
#[derive(Debug)]
pub(crate) struct Names {
    /// By spellings without white space and capitals: the first name of each, and what it is.
    known: HashMap<String, (String, Content)>,
    /// The same for titles, in any language. Several things may have the same one.
    titles: HashMap<String, Vec<(String, Content)>>,
    /// The ids of modules by their ids and titles.
    modules: HashMap<String, String>,
}

impl Names {
    pub(crate) fn new(vocabulary: &Vocabulary) -> Names {
        let mut known = HashMap::new();
        // These come first: an item of the id `note` has its column.
        for about in notable(vocabulary) {
            for word in NOTE {
                let content = Content::Note(Some(about.into()));
                known.insert(folded(&format!("{about}.{word}")), (format!("{about}.{}", NOTE[0]), content));
            }
        }
        for path in &vocabulary.measures {
            known.insert(folded(path), (path.clone(), Content::Measure(path.as_str().into())));
        }
        for path in &vocabulary.recommendations {
            known.insert(folded(path), (path.clone(), Content::Recommendation(path.as_str().into())));
        }
        for item in &vocabulary.items {
            known.insert(folded(item), (item.clone(), Content::Item(item.as_str().into())));
        }
        for (fact, kind) in &vocabulary.facts {
            known.insert(folded(fact), (fact.clone(), Content::Fact(fact.as_str().into(), *kind)));
        }
        // The fixed columns come last: a fact of the same name cannot take their place.
        for (content, english, german, others) in &FIXED {
            for name in [english, german].into_iter().chain(*others) {
                known.insert(folded(name), ((*english).to_owned(), content.clone()));
            }
        }
        let (mut titles, mut modules): (HashMap<_, Vec<_>>, _) = (HashMap::new(), HashMap::new());
        let ids: BTreeSet<&str> = modules_of(vocabulary).collect();
        for (title, path) in &vocabulary.titles {
            match known.get(&folded(path)) {
                Some((name, content)) if name == path => {
                    let called = titles.entry(folded(title)).or_default();
                    if !called.iter().any(|(known, _)| known == path) {
                        called.push((path.clone(), content.clone()));
                    }
                }
                _ if ids.contains(path.as_str()) => {
                    modules.insert(folded(title), path.clone());
                }
                _ => {}
            }
        }
        modules.extend(ids.into_iter().map(|id| (folded(id), id.to_owned())));
        Names { known, titles, modules }
    }

    /// What a heading is: a name before a title.
    pub(crate) fn find(&self, heading: &str) -> Found<'_> {
        if heading.len() > MAX_HEADING_BYTES {
            return Found::Nothing;
        }
        if heading.trim_start().starts_with('#') {
            return Found::Ignored;
        }
        let folded = folded(heading);
        if let Some((name, content)) = self.known.get(&folded) {
            return Found::One(name, content);
        }
        self.titles.get(&folded).map_or(Found::Nothing, |called| Found::Called(called))
    }

    /// The id of the module with this id or title.
    pub(crate) fn module(&self, text: &str) -> Option<&str> {
        if text.len() > MAX_HEADING_BYTES {
            return None;
        }
        self.modules.get(&folded(text)).map(String::as_str)
    }

    /// The name that was perhaps meant, of those that fit.
    pub(crate) fn similar(&self, heading: &str, fits: impl Fn(&Content) -> bool) -> Option<&str> {
        let fitting = self.known.values().filter(|(_, content)| fits(content));
        // Capitals do not matter, also not those of the German headings.
        let mut names: Vec<(String, &str)> = fitting.map(|(name, _)| (folded(name), name.as_str())).collect();
        let fixed = FIXED.iter().filter(|fixed| fits(&fixed.0));
        names.extend(fixed.map(|(_, _, german, _)| (folded(german), *german)));
        // The answer must not depend on the order of a hash map.
        names.sort_unstable();
        let alike = similar(&folded(heading), names.iter().map(|(folded, _)| folded.as_str()))?;
        names.iter().find(|(folded, _)| folded == alike).map(|(_, name)| *name)
    }
}

/// What a note may be about: the paths of all items, measures and modules.
pub(crate) fn notable(vocabulary: &Vocabulary) -> impl Iterator<Item = &str> {
    let modules: BTreeSet<&str> = modules_of(vocabulary).collect();
    vocabulary.items.iter().chain(&vocabulary.measures).map(String::as_str).chain(modules)
}

/// The modules of everything, each as often as it has something.
fn modules_of(vocabulary: &Vocabulary) -> impl Iterator<Item = &str> {
    let facts = vocabulary.facts.iter().map(|(path, _)| path);
    let all =
        vocabulary.items.iter().chain(&vocabulary.measures).chain(&vocabulary.recommendations).chain(facts);
    all.filter_map(|path| path.split_once('.')).map(|(module, _)| module)
}

/// A heading without white space and capitals.
pub(crate) fn folded(heading: &str) -> String {
    if heading.is_ascii() {
        return heading.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
    }
    heading.chars().filter(|c| !c.is_whitespace()).nfkc().flat_map(char::to_lowercase).collect()
}

/// A heading as it can stand in a message: neither endless nor able to move the cursor of a terminal.
pub(crate) fn shown(heading: &str) -> String {
    let is_harmless = |c: char| c != '`' && (c == ' ' || c.is_ascii_graphic() || c.is_alphanumeric());
    heading.trim().chars().take(MAX_SHOWN_CHARS).map(|c| if is_harmless(c) { c } else { '·' }).collect()
}

/// A text of at most so many bytes, for looking things up.
pub(crate) fn bounded(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.len() <= MAX_HEADING_BYTES {
        return text;
    }
    let end = text.floor_char_boundary(MAX_HEADING_BYTES + 1);
    text[..end].to_owned().into()
}
