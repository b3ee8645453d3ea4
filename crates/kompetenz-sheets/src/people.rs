//! Everybody in the files, each gathered from all rows and forms of one key.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use kompetenz::entry::{Form, Origin, Source, Spot};
use kompetenz::id::similar;
use kompetenz::{Words, words};
use unicode_normalization::UnicodeNormalization;

use crate::Person;
use crate::draft::{At, Draft};

/// How many situations are compared with each other.
const MAX_COMPARED: usize = 200;
/// How many pairs of keys that look alike are listed.
const MAX_ALIKE: usize = 20;

#[derive(Debug, Default)]
pub(crate) struct People {
    drafts: Vec<Draft>,
    by_key: HashMap<String, usize>,
    /// Whether anybody has no key because the file has none.
    without_keys: bool,
    /// How many rows and forms there were of all of them.
    rows: usize,
}

impl People {
    /// The participant with this key, who begins here if the key is new. Nobody shares an empty key.
    pub(crate) fn of(&mut self, key: &str, spot: Spot, form: Form, name: At<'_>) -> &mut Draft {
        self.rows += 1;
        let ix = match self.by_key.get(key) {
            Some(ix) => {
                self.drafts[*ix].goes_on(spot.source);
                *ix
            }
            None => {
                self.drafts.push(Draft::new(spot.whole_row(), form, name));
                let ix = self.drafts.len() - 1;
                if !key.is_empty() {
                    self.by_key.insert(key.to_owned(), ix);
                }
                ix
            }
        };
        &mut self.drafts[ix]
    }

    /// A participant of a table without keys.
    pub(crate) fn without_key(&mut self, spot: Spot, form: Form, name: At<'_>) -> &mut Draft {
        self.without_keys = true;
        self.of("", spot, form, name)
    }

    pub(crate) fn count(&self) -> usize {
        self.drafts.len()
    }

    /// Situations whose names are nearly the same, and perhaps meant to be: a misspelt one would hide a dispute.
    pub(crate) fn similar_situations(&self) -> Vec<(String, String)> {
        let all: BTreeSet<&str> = self.drafts.iter().flat_map(Draft::situations).collect();
        // Comparing each with each takes long, and nobody has so many.
        let names: Vec<&str> = all.into_iter().take(MAX_COMPARED).collect();
        let pair = |(ix, name): (usize, &&str)| {
            let other = similar(name, names[..ix].iter().copied())?;
            Some((other.to_owned(), (*name).to_owned()))
        };
        names.iter().enumerate().filter_map(pair).collect()
    }

    /// How many rows and forms there were of all of them.
    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// Where keys differ in nothing but capitals, width or the zeros in front, which spreadsheets drop: perhaps one
    /// participant has become two.
    pub(crate) fn alike(&self, sources: &Arc<[Source]>) -> Vec<Words> {
        let mut first: HashMap<String, usize> = HashMap::new();
        let mut pairs = Vec::new();
        // In the order of the files, which a hash map does not keep.
        let mut keys: Vec<(usize, &String)> = self.by_key.iter().map(|(key, ix)| (*ix, key)).collect();
        keys.sort_unstable();
        for (ix, key) in keys {
            let earlier = *first.entry(folded(key)).or_insert(ix);
            if earlier != ix {
                pairs.push((earlier, ix));
            }
        }
        let place = |ix: usize| {
            let spot = self.drafts[ix].spot();
            Origin { sources: sources.clone(), spot }.source().place(spot)
        };
        let mut alike = Vec::new();
        for (one, other) in pairs.iter().take(MAX_ALIKE).map(|(one, other)| (place(*one), place(*other))) {
            alike.push(Words {
                en: format!(
                    "{}: the key is nearly that in {}; one participant has the same key everywhere",
                    other.en, one.en
                ),
                de: format!(
                    "{}: die Kennung gleicht fast der in {}; eine Person hat überall dieselbe Kennung",
                    other.de, one.de
                ),
            });
        }
        if let Some(more) = pairs.len().checked_sub(MAX_ALIKE).filter(|more| *more > 0) {
            alike.push(words!(
                "{more} further keys are nearly those of others",
                "{more} weitere Kennungen gleichen fast denen anderer"
            ));
        }
        alike
    }

    /// All entries, in the order of the first rows.
    pub(crate) fn finish(mut self, sources: &Arc<[Source]>) -> Vec<Person> {
        if self.without_keys {
            self.tell_namesakes_apart();
        }
        self.drafts.into_iter().map(|draft| draft.finish(sources)).collect()
    }

    /// Without keys, two of one name are two people if both days of birth are known and differ.
    /// Otherwise nobody can tell, and both are refused.
    fn tell_namesakes_apart(&mut self) {
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        for (ix, draft) in self.drafts.iter().enumerate() {
            if let (Some(name), _) = draft.person() {
                by_name.entry(name).or_default().push(ix);
            }
        }
        let mut doubtful: Vec<(usize, Spot)> = Vec::new();
        for namesakes in by_name.into_values().filter(|namesakes| namesakes.len() > 1) {
            // Somebody without a day of birth may be any of the others.
            let born = |ix: &usize| self.drafts[*ix].person().1;
            let all_born = namesakes.iter().all(|ix| born(ix).is_some());
            let mut same: HashMap<_, Vec<usize>> = HashMap::new();
            for ix in &namesakes {
                same.entry(if all_born { born(ix) } else { None }).or_default().push(*ix);
            }
            for group in same.into_values() {
                let [first, second, ..] = group[..] else { continue };
                // Whoever has a key is somebody else than whoever has another key.
                if group.iter().all(|ix| self.drafts[*ix].has_key()) {
                    continue;
                }
                let other = |ix| self.drafts[if ix == first { second } else { first }].spot();
                doubtful.extend(group.iter().map(|ix| (*ix, other(*ix))));
            }
        }
        for (ix, other) in doubtful {
            self.drafts[ix].namesake(other);
        }
    }
}

/// A key without capitals, white space, width and the zeros in front.
fn folded(key: &str) -> String {
    let plain: String =
        key.nfkc().flat_map(char::to_lowercase).filter(|sign| !sign.is_whitespace()).collect();
    plain.trim_start_matches('0').to_owned()
}
