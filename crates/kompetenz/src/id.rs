//! Ids: the names by which the parts of an assessment refer to each other.

use std::fmt;

use serde::Serialize;

/// A name of one part of a file: lower case letters, digits and hyphens, beginning with a letter.
///
/// From outside its module, a part is named with the module's id before it: `metal.field`.
///
/// ```
/// use kompetenz::Id;
/// assert!(Id::new("tool-use").is_some());
/// assert!(Id::new("Tool use").is_none());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Id(String);

/// The longest id, in bytes.
pub const MAX_ID_BYTES: usize = 64;

/// Names that mean something else where ids may stand.
pub const RESERVED: &[&str] = &[
    "title",
    "text",
    "summary",
    "levels",
    "score",
    "level",
    "own",
    "body",
    "easy",
    "easy-read",
    "recommended",
    "findings",
    "certificate",
    "step",
    "note",
    "notiz",
    "value",
];

/// Headings of a results file that stand for the person. An item or fact of the main file cannot have these ids,
/// because its column would be taken for the person's.
pub const COLUMNS: &[&str] = &[
    "key",
    "kennung",
    "schluessel",
    "name",
    "birth-date",
    "birthdate",
    "geburtsdatum",
    "from",
    "von",
    "to",
    "bis",
    "hours",
    "stunden",
    "observer",
    "beobachtung",
    "beobachter",
    "beobachterin",
    "situation",
    "trial",
    "versuch",
    "durchgang",
    "note",
    "notiz",
    "decided-by",
    "item",
    "merkmal",
    "wert",
    "bewertung",
    "entschieden-von",
];

impl Id {
    /// The id written as `text`, or `None` if it is not one.
    pub fn new(text: &str) -> Option<Id> {
        let mut bytes = text.bytes();
        let first = bytes.next()?.is_ascii_lowercase();
        let rest = bytes.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        (first && rest && text.len() <= MAX_ID_BYTES).then(|| Id(text.to_owned()))
    }

    /// The id that looks most like a text, if one looks like it at all.
    pub fn like(text: &str) -> Option<Id> {
        let mut id = String::new();
        for character in text.trim().chars().take(MAX_ID_BYTES).flat_map(char::to_lowercase) {
            match character {
                'a'..='z' | '0'..='9' => id.push(character),
                'ä' => id.push_str("ae"),
                'ö' => id.push_str("oe"),
                'ü' => id.push_str("ue"),
                'ß' => id.push_str("ss"),
                _ if id.ends_with('-') => {}
                _ => id.push('-'),
            }
        }
        Id::new(id.trim_matches('-')).filter(|id| !id.is_reserved())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the word has another meaning in some place where ids stand.
    pub fn is_reserved(&self) -> bool {
        RESERVED.contains(&self.as_str())
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The candidate that looks most like what was written, if one looks alike at all.
pub fn similar<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Past this length it is not a slip of the pen, and comparing would take long.
    if written.len() > 4 * MAX_ID_BYTES {
        return None;
    }
    let last = |candidate: &'a str| candidate.rsplit('.').next().unwrap_or(candidate);
    let whole = |candidate| strsim::jaro_winkler(written, candidate);
    let alike = |candidate: &'a str| whole(candidate).max(whole(last(candidate)));
    // Of two that are equally alike, the one that is alike as a whole.
    candidates
        .into_iter()
        .filter(|candidate| alike(candidate) > 0.8)
        .max_by(|a, b| alike(a).total_cmp(&alike(b)).then(whole(a).total_cmp(&whole(b))))
}
