//! Valid UTF-8 that may be something else, and UTF-8 that is no longer valid.
//!
//! Letters of old encodings are valid UTF-8 by chance if a capital is followed by a byte from 80 to BF:
//! `RÓŻA` in windows-1250 reads as `RӯA`. Such letters stick out from the words they stand in.

use encoding_rs::Encoding as Standard;
use unicode_normalization::char::compose;

/// More letters than these are not valid UTF-8 by chance.
const BY_CHANCE: usize = 64;

const ASCII_BLOCK: usize = 4096;

/// How a letter that is not ASCII stands in its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    /// No letter of ASCII is beside it, so nothing can be said.
    Apart,
    /// It stands where such letters stand.
    Well,
    /// Nobody writes like that.
    Badly,
}

/// The first letter that does not fit, and its place in bytes, if there is no better sign that a text is UTF-8.
pub(super) fn doubt(text: &str) -> Option<(usize, char)> {
    let mut doubt = None;
    // Nearly all of a file may be ASCII; in blocks it is passed over as fast as memory can be read.
    let blocks = text.as_bytes().chunks(ASCII_BLOCK).take_while(|block| block.is_ascii());
    let mut at = blocks.map(<[u8]>::len).sum();
    for _ in 0..BY_CHANCE {
        at += Standard::ascii_valid_up_to(&text.as_bytes()[at..]);
        let Some(letter) = text[at..].chars().next() else {
            return doubt;
        };
        match fit(text, at, letter) {
            Fit::Well => return None,
            Fit::Badly if doubt.is_none() => doubt = Some((at, letter)),
            Fit::Badly | Fit::Apart => {}
        }
        at += letter.len_utf8();
    }
    None
}

/// Whether a file that is not valid UTF-8 was UTF-8 once.
///
/// In an old encoding, hardly a letter is valid by chance, and one inside a word of small letters never is:
/// `MÃ¼ller` is no name.
pub(super) fn is_damaged(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        let text = chunk.valid();
        broken += usize::from(!chunk.invalid().is_empty());
        for (at, letter) in text.char_indices().filter(|(_, letter)| !letter.is_ascii()) {
            match fit(text, at, letter) {
                Fit::Well if has_small_neighbour(text, at, letter) => return true,
                Fit::Well | Fit::Apart => whole += 1,
                Fit::Badly => {}
            }
        }
    }
    whole > 0 && whole >= broken
}

fn fit(text: &str, at: usize, letter: char) -> Fit {
    let (before, after) = neighbours(text, at, letter);
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    let is_capital = |c: Option<char>| c.is_some_and(|c| c.is_ascii_uppercase());
    if !is_letter(before) && !is_letter(after) {
        return Fit::Apart;
    }
    // Three and four bytes in a row are no chance. The rest are letters that share words with ASCII:
    // Latin ones, among them those of Romanian, Azerbaijani and Vietnamese, the apostrophes of Uzbek, and accents
    // written as letters of their own.
    let at_home = match letter {
        '\u{80}'..='\u{17F}' | 'Ơ' | 'ơ' | 'Ư' | 'ư' | 'Ș'..='ț' | 'Ə' | 'ə' | 'ʻ' | 'ʼ' | '\u{800}'.. => {
            true
        }
        _ => before.is_some_and(|before| compose(before, letter).is_some()),
    };
    // `ORĂŞTIE` in windows-1250 is `ORêTIE`.
    let small = letter.is_lowercase() && letter != 'ß' || matches!(letter, 'ª' | 'º');
    if at_home && !(small && is_capital(before) && is_capital(after)) { Fit::Well } else { Fit::Badly }
}

fn has_small_neighbour(text: &str, at: usize, letter: char) -> bool {
    let (before, after) = neighbours(text, at, letter);
    let is_small = |c: Option<char>| c.is_some_and(|c| c.is_ascii_lowercase());
    letter.is_alphabetic() && (is_small(before) || is_small(after))
}

fn neighbours(text: &str, at: usize, letter: char) -> (Option<char>, Option<char>) {
    (text[..at].chars().next_back(), text[at + letter.len_utf8()..].chars().next())
}
