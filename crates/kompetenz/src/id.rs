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
    "body",
    "recommended",
    "findings",
    "certificate",
    "step",
];

impl Id {
    /// The id written as `text`, or `None` if it is not one.
    pub fn new(text: &str) -> Option<Id> {
        let mut bytes = text.bytes();
        let first = bytes.next()?.is_ascii_lowercase();
        let rest = bytes.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        (first && rest && text.len() <= MAX_ID_BYTES).then(|| Id(text.to_owned()))
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
    candidates
        .into_iter()
        .map(|candidate| {
            let last = candidate.rsplit('.').next().unwrap_or(candidate);
            let alike =
                strsim::jaro_winkler(written, candidate).max(strsim::jaro_winkler(written, last) - 0.01);
            (alike, candidate)
        })
        .filter(|(alike, _)| *alike > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}
