//! The occasions of one participant: who observed, in which situation and trial.
//!
//! Names that differ in nothing but capitals, white space and the way a keyboard writes a letter are one name.
//! The spelling that comes first is kept, because whoever comes after us compares names letter by letter.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use kompetenz::entry::{Observer, Occasion, Spot};
use unicode_normalization::UnicodeNormalization;

/// The words that stand in the place of an observer where a dispute is settled.
const RESOLUTION: &[&str] = &["resolution", "klärung", "klaerung"];

#[derive(Debug, Default)]
pub(crate) struct Occasions {
    observers: Names,
    situations: Names,
    list: Vec<Occasion>,
    /// Which one it is, and where it stands first.
    known: HashMap<Numbers, (usize, Spot)>,
}

/// An occasion in numbers: its observer, unless it is the participant, its situation, if any, and its trial.
type Numbers = (Option<usize>, Option<usize>, u32);

/// Names without capitals: the number of each, and the spelling that came first.
type Names = HashMap<String, (usize, String)>;

impl Occasions {
    /// Which one it is; it is added if it is new. If it is not, also where it stands first.
    pub(crate) fn add(&mut self, mut occasion: Occasion, spot: Spot) -> (usize, Option<Spot>) {
        let observer = match &mut occasion.observer {
            Observer::Own => None,
            Observer::Named(name) => Some(number(&mut self.observers, name)),
        };
        let situation = occasion.situation.as_mut().map(|name| number(&mut self.situations, name));
        match self.known.entry((observer, situation, occasion.trial)) {
            Entry::Occupied(known) => {
                let (ix, earlier) = *known.get();
                (ix, Some(earlier))
            }
            Entry::Vacant(place) => {
                let ix = self.list.len();
                place.insert((ix, spot));
                self.list.push(occasion);
                (ix, None)
            }
        }
    }

    /// The situations, each once.
    pub(crate) fn situations(&self) -> impl Iterator<Item = &str> {
        self.situations.values().map(|(_, spelling)| spelling.as_str())
    }

    /// The situation in the spelling of the occasions, if there is such a one.
    pub(crate) fn spelling(&self, situation: &str) -> Option<&String> {
        self.situations.get(&folded(situation)).map(|(_, spelling)| spelling)
    }

    pub(crate) fn into_list(self) -> Vec<Occasion> {
        self.list
    }
}

/// The number of a name. The name takes the spelling that came first.
fn number(names: &mut Names, name: &mut String) -> usize {
    let next = names.len();
    match names.entry(folded(name)) {
        Entry::Occupied(known) => {
            let (number, spelling) = known.get();
            name.clone_from(spelling);
            *number
        }
        Entry::Vacant(place) => place.insert((next, name.clone())).0,
    }
}

/// The name without capitals, with one space between its words.
fn folded(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        // Every row has a name, and nearly all of them are plain.
        if word.is_ascii() {
            folded.extend(word.bytes().map(|byte| char::from(byte.to_ascii_lowercase())));
        } else {
            folded.extend(lower(word).map(with_comma));
        }
    }
    folded
}

/// Romanian keyboards write `ș` and `ț` with a comma, older ones with a cedilla as in Turkish.
fn with_comma(letter: char) -> char {
    match letter {
        'ş' => 'ș',
        'ţ' => 'ț',
        letter => letter,
    }
}

/// The letters without capitals. One keyboard writes `ä` as one character, another as two.
fn lower(text: &str) -> impl Iterator<Item = char> {
    text.trim().nfc().flat_map(char::to_lowercase)
}

/// Whether a text is one of these words, which are in small letters.
pub(crate) fn is_one_of(text: &str, words: &[&str]) -> bool {
    if text.is_ascii() {
        return words.iter().any(|word| text.trim().eq_ignore_ascii_case(word));
    }
    words.iter().any(|word| lower(text).eq(word.chars()))
}

/// Whether a row or a table is not of an observer, but settles disputes.
pub(crate) fn is_resolution(observer: &str) -> bool {
    is_one_of(observer, RESOLUTION)
}
