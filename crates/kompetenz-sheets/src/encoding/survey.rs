//! Which encodings of one byte per letter a file can be in, judged by its words.
//!
//! Each encoding is a [`Candidate`] until a word rules it out. The rules are few and sure rather than many and likely:
//! a rule that a right reading can break would leave the wrong ones.
//!
//! | what no text has | for instance |
//! |---|---|
//! | a byte without a letter | |
//! | a sign where words have none ([`Class::Stray`], [`Class::Trailing`], [`Class::Inner`]) | `J‰ger`, `Ma³gorzata` |
//! | a capital behind a small letter, on the Macintosh | `JosÈ`, `MuÒoz` |
//! | a mostly Latin word with Cyrillic letters in it | `Jдger` |
//! | a long Latin word without a letter of ASCII that may be Cyrillic | `Èâàíîâ` |
//!
//! What rules nothing out, because it does occur: signs at the end of a word (`Pawe³` is a name or has a footnote),
//! units (`m³pro`), ordinals (`nºs`), a missing blank (`annaŚliwa`), words like `İŞÇİ` and `říší`, Cyrillic words with a Latin letter by mistake.

use std::ops::Range;

use encoding_rs::Encoding as Standard;

use super::class::{Class, letters};
use super::{At, Encoding, Place};

/// The encodings of one byte per letter, in the order in which they name what they read alike.
pub(super) const CODE_PAGES: [Encoding; 6] = [
    Encoding::Windows1252,
    Encoding::Windows1250,
    Encoding::Iso8859_2,
    Encoding::Windows1254,
    Encoding::Windows1251,
    Encoding::Macintosh,
];

const CYRILLIC: Encoding = Encoding::Windows1251;

/// The shortest word in letters other than those of ASCII that is Cyrillic rather than Latin. `İŞÇİ` and `říší` are
/// shorter.
const FOREIGN: usize = 5;

/// What the words of a file say about each encoding.
pub(super) struct Survey {
    candidates: Vec<Candidate>,
    /// Where each byte from 80 on occurs first.
    first: [Option<usize>; 128],
}

/// An encoding, and what speaks against it.
pub(super) struct Candidate {
    pub(super) encoding: Encoding,
    /// The letters of the bytes from 80 on.
    letters: [char; 128],
    classes: [Class; 256],
    /// Where a word rules it out.
    ruled_out: Option<usize>,
    /// Where a long word without a letter of ASCII ends first. It counts against Latin if it may be Cyrillic.
    foreign: Option<usize>,
    /// Where a quotation is opened first, which counts unless one is closed.
    opened: Option<usize>,
    /// Whether one is closed.
    closed: bool,
}

/// The letters of a word so far.
#[derive(Debug, Clone, Copy, Default)]
struct Word {
    plain: usize,
    accented: usize,
    cyrillic: usize,
    /// Whether a capital stands behind a small letter.
    is_jumbled: bool,
}

impl Word {
    fn add(&mut self, byte: u8, before: Class, here: Class) {
        self.is_jumbled |= here.is_capital() && before.is_small();
        match here {
            Class::CyrillicSmall | Class::CyrillicCapital => self.cyrillic += 1,
            _ if byte.is_ascii() => self.plain += 1,
            _ => self.accented += 1,
        }
    }

    fn is_mixed(self) -> bool {
        let latin = self.plain + self.accented;
        self.cyrillic > 0 && latin > self.cyrillic && latin + self.cyrillic >= 3
    }

    /// Whether it is long, Cyrillic or without a letter of ASCII, and no list of letters like `äöüÄÖÜß`.
    fn is_foreign(self) -> bool {
        self.plain == 0 && self.accented.max(self.cyrillic) >= FOREIGN && !self.is_jumbled
    }
}

impl Candidate {
    fn new(encoding: Encoding) -> Candidate {
        let letters = letters(encoding);
        let class = |byte: u8| {
            let letter =
                letters.get(usize::from(byte).wrapping_sub(128)).copied().unwrap_or(char::from(byte));
            Class::of(encoding, byte, letter)
        };
        let mut classes = [Class::Gap; 256];
        for (byte, place) in (0..=u8::MAX).zip(&mut classes) {
            *place = class(byte);
        }
        Candidate { encoding, letters, classes, ruled_out: None, foreign: None, opened: None, closed: false }
    }

    /// What a byte from 80 on is here.
    fn letter(&self, byte: u8) -> char {
        self.letters[usize::from(byte & 0x7F)]
    }

    /// Reads a stretch of letters, digits and bytes from 80 on, and notes where it makes no sense.
    fn judge(&mut self, bytes: &[u8], stretch: Range<usize>) {
        let class = |at: usize| bytes.get(at).map_or(Class::Gap, |byte| self.classes[usize::from(*byte)]);
        let mut word = Word::default();
        let mut before = (b' ', Class::Gap);
        let mut here = class(stretch.start);
        let mut next = class(stretch.start + 1);
        for at in stretch {
            let after = class(at + 2);
            if here.is_letter() {
                word.add(bytes[at], before.1, here);
            }
            let ends = !next.is_letter();
            if here.is_misplaced(before, next, after) || (ends && word.is_mixed()) {
                self.ruled_out = Some(at);
                return;
            }
            if ends {
                if word.is_foreign() {
                    self.foreign.get_or_insert(at);
                }
                word = Word::default();
            }
            match here {
                Class::Opening if next.is_letter() && after.is_letter() => {
                    self.opened.get_or_insert(at);
                }
                Class::Closing => self.closed = true,
                _ => {}
            }
            before = (bytes[at], here);
            (here, next) = (next, after);
        }
    }

    /// Where it is ruled out, all words read.
    fn verdict(&self, may_be_cyrillic: bool) -> Option<usize> {
        let foreign = self.foreign.filter(|_| may_be_cyrillic && self.encoding != CYRILLIC);
        self.ruled_out.or(foreign).or(self.opened.filter(|_| !self.closed))
    }
}

impl Survey {
    /// Judges every word with a byte from 80 on, in one pass.
    pub(super) fn of(bytes: &[u8]) -> Survey {
        let mut survey = Survey { candidates: CODE_PAGES.map(Candidate::new).into(), first: [None; 128] };
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
        let mut done = 0;
        loop {
            let found = done + Standard::ascii_valid_up_to(&bytes[done..]);
            if found == bytes.len() {
                return survey;
            }
            let lead = bytes[done..found].iter().rev().take_while(|byte| is_part(byte)).count();
            let rest = bytes[found..].iter().take_while(|byte| is_part(byte)).count();
            survey.judge(bytes, found - lead..found + rest);
            done = found + rest;
        }
    }

    fn judge(&mut self, bytes: &[u8], stretch: Range<usize>) {
        for at in stretch.clone().filter(|at| !bytes[*at].is_ascii()) {
            self.first[usize::from(bytes[at] & 0x7F)].get_or_insert(at);
        }
        for candidate in self.candidates.iter_mut().filter(|candidate| candidate.ruled_out.is_none()) {
            candidate.judge(bytes, stretch.clone());
        }
    }

    /// The bytes from 80 on that occur, and where they do first.
    fn occurring(&self) -> impl Iterator<Item = (u8, usize)> {
        (0x80..=u8::MAX).zip(&self.first).filter_map(|(byte, first)| Some((byte, (*first)?)))
    }

    /// Each candidate, and where it is ruled out.
    fn verdicts(&self) -> impl Iterator<Item = (&Candidate, Option<usize>)> {
        let has_words =
            |c: &Candidate| c.encoding == CYRILLIC && c.ruled_out.is_none() && c.foreign.is_some();
        let may_be_cyrillic = self.candidates.iter().any(has_words);
        self.candidates.iter().map(move |candidate| (candidate, candidate.verdict(may_be_cyrillic)))
    }

    /// One candidate for every text the file can be.
    pub(super) fn readings(&self) -> Vec<&Candidate> {
        let mut readings: Vec<&Candidate> = Vec::new();
        for (candidate, _) in self.verdicts().filter(|(_, ruled_out)| ruled_out.is_none()) {
            let alike = |other: &Candidate| {
                self.occurring().all(|(byte, _)| other.letter(byte) == candidate.letter(byte))
            };
            if !readings.iter().any(|other| alike(other)) {
                readings.push(candidate);
            }
        }
        readings
    }

    /// Where the last candidate is ruled out, if all of them are.
    pub(super) fn gave_up(&self) -> usize {
        self.verdicts().filter_map(|(_, ruled_out)| ruled_out).max().unwrap_or(0)
    }

    /// As few places as tell the readings apart; of equally good ones the first.
    pub(super) fn places(&self, readings: &[&Candidate], bytes: &[u8]) -> Vec<Place> {
        let mut places = Vec::new();
        let mut parts = vec![readings.to_vec()];
        while parts.len() < readings.len() {
            let finer = |byte: u8| -> Vec<Vec<&Candidate>> {
                parts.iter().flat_map(|part| by_letter(part, byte)).map(|(_, part)| part).collect()
            };
            let best = self.occurring().map(|(byte, at)| (finer(byte), byte, at));
            let Some((finer, byte, at)) = best.max_by_key(|(finer, _, at)| (finer.len(), usize::MAX - at))
            else {
                break;
            };
            if finer.len() == parts.len() {
                break;
            }
            places.push(place(byte, at, readings, bytes));
            parts = finer;
        }
        places
    }
}

/// What the readings make of the byte at a place.
pub(super) fn place(byte: u8, offset: usize, readings: &[&Candidate], bytes: &[u8]) -> Place {
    let letters = by_letter(readings, byte).into_iter();
    let encodings = |part: Vec<&Candidate>| part.iter().map(|candidate| candidate.encoding).collect();
    Place {
        at: At::in_bytes(bytes, offset),
        letters: letters.map(|(letter, part)| (letter, encodings(part))).collect(),
    }
}

/// The candidates by what a byte is to them.
fn by_letter<'c>(candidates: &[&'c Candidate], byte: u8) -> Vec<(char, Vec<&'c Candidate>)> {
    let mut parts: Vec<(char, Vec<&Candidate>)> = Vec::new();
    for candidate in candidates {
        let letter = candidate.letter(byte);
        match parts.iter_mut().find(|(other, _)| *other == letter) {
            Some((_, part)) => part.push(candidate),
            None => parts.push((letter, vec![candidate])),
        }
    }
    parts
}
