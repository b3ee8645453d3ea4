//! Why a file cannot be read as text without asking, and what to say about it.
//!
//! A message shows single letters of the file, never a word: a letter says nothing about anybody.

use kompetenz::{Words, words};
use unicode_normalization::char::is_combining_mark;

use super::survey::CODE_PAGES;
use super::{Encoding, units};

/// Why it is not certain what the file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Undecided {
    /// Two or more encodings make sense of the file, and they do not read the same.
    /// Together these places tell all of them apart; usually it is one. Never empty.
    Ambiguous(Vec<Place>),
    /// In no encoding the letters make words. At this place, the last one failed.
    Illegible(At),
    /// The file is certainly in this encoding, but not all of it is.
    Damaged { encoding: Encoding, at: At },
    /// The encoding given by the user has no letter for what stands at this place.
    Unreadable { encoding: Encoding, at: At },
    /// The file begins with the mark of another encoding than the one given by the user.
    Contradiction { given: Encoding, marked: Encoding },
}

/// A place in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct At {
    /// Counted from 1, ended in any of the three ways.
    pub line: usize,
    /// In bytes from the beginning of the file.
    pub offset: usize,
}

/// One letter that is read in different ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub at: At,
    /// What the letter is, and in which encodings. Two or more, and no letter twice.
    pub letters: Vec<(char, Vec<Encoding>)>,
}

impl At {
    /// A place in a file in which a line end is one byte.
    pub(crate) fn in_bytes(bytes: &[u8], offset: usize) -> At {
        At { line: line_after(bytes[..offset].iter().copied().map(u16::from)), offset }
    }

    /// A place in a file in UTF-16.
    pub(crate) fn in_utf16(bytes: &[u8], offset: usize, encoding: Encoding) -> At {
        At { line: line_after(units(&bytes[..offset], encoding)), offset }
    }
}

/// The line that is begun or gone on with after these letters.
fn line_after(letters: impl Iterator<Item = u16>) -> usize {
    let [feed, carriage_return] = [u16::from(b'\n'), u16::from(b'\r')];
    let mut line = 1;
    let mut before = 0;
    for letter in letters {
        line += usize::from(letter == carriage_return || (letter == feed && before != carriage_return));
        before = letter;
    }
    line
}

impl Undecided {
    /// What is the matter, and what to do about it.
    pub(crate) fn words(&self) -> (Words, Words) {
        match self {
            Undecided::Ambiguous(places) => (
                words!(
                    "it is not certain in which encoding the file is written",
                    "es ist nicht sicher, in welcher Kodierung die Datei geschrieben ist"
                ),
                choice(places),
            ),
            Undecided::Illegible(At { line, .. }) => (
                words!(
                    "in no encoding do the letters of the file make words; line {line} rules out the last one",
                    "in keiner Kodierung ergeben die Buchstaben der Datei Wörter; Zeile {line} schließt die letzte aus"
                ),
                save_or_name(),
            ),
            Undecided::Damaged { encoding, at: At { line, .. } } => {
                let name = encoding.name();
                let message = words!(
                    "the file is text in {name}, but damaged in line {line}",
                    "die Datei ist Text in {name}, aber in Zeile {line} beschädigt"
                );
                let help = words!(
                    "write the broken letters in this line again and save the file as `CSV UTF-8`",
                    "die beschädigten Buchstaben in dieser Zeile neu schreiben und die Datei als `CSV UTF-8` speichern"
                );
                (message, help)
            }
            Undecided::Unreadable { encoding, at: At { line, .. } } => {
                let name = encoding.name();
                let message = words!(
                    "the file cannot be text in {name}: something in line {line} is no letter there",
                    "die Datei kann kein Text in {name} sein: etwas in Zeile {line} ist dort kein Zeichen"
                );
                let help = words!(
                    "leave out `--encoding`, or name another one",
                    "`--encoding` weglassen oder eine andere Kodierung nennen"
                );
                (message, help)
            }
            Undecided::Contradiction { given, marked } => {
                let (given, marked) = (given.name(), marked.name());
                let message = words!(
                    "the file is marked as {marked}, not as {given}",
                    "die Datei ist als {marked} gekennzeichnet, nicht als {given}"
                );
                (message, words!("leave out `--encoding`", "`--encoding` weglassen"))
            }
        }
    }
}

/// Which letter speaks for which encoding, ready to copy.
fn choice(places: &[Place]) -> Words {
    let place = |place: &Place| {
        let line = place.at.line;
        let readings: Vec<Words> =
            place.letters.iter().map(|(letter, encodings)| reading(*letter, encodings)).collect();
        let en: Vec<&str> = readings.iter().map(|reading| reading.en.as_str()).collect();
        let de: Vec<&str> = readings.iter().map(|reading| reading.de.as_str()).collect();
        let (en, de) = (listed(&en, "and"), listed(&de, "und"));
        words!("a character in line {line} is {en}", "ein Zeichen in Zeile {line} ist {de}")
    };
    let places: Vec<Words> = places.iter().map(place).collect();
    let en = places.iter().map(|place| place.en.as_str()).collect::<Vec<_>>().join("; ");
    let de = places.iter().map(|place| place.de.as_str()).collect::<Vec<_>>().join("; ");
    words!(
        "{en}; say which is right, or save the file from Excel as `CSV UTF-8`, which leaves no question",
        "{de}; angeben, was stimmt, oder die Datei aus Excel als `CSV UTF-8` speichern, dann stellt sich die Frage nicht"
    )
}

/// One letter and the options that lead to it.
fn reading(letter: char, encodings: &[Encoding]) -> Words {
    let options: Vec<String> =
        encodings.iter().map(|encoding| format!("`--encoding {}`", encoding.name())).collect();
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    let letter = shown(letter);
    let (en, de) = (listed(&options, "or"), listed(&options, "oder"));
    words!("`{letter}` with {en}", "`{letter}` mit {de}")
}

fn save_or_name() -> Words {
    let names: Vec<String> = CODE_PAGES.iter().map(|encoding| format!("`{}`", encoding.name())).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let (en, de) = (listed(&names, "or"), listed(&names, "oder"));
    words!(
        "save the file from Excel as `CSV UTF-8`, or name its encoding with `--encoding`: {en}",
        "die Datei aus Excel als `CSV UTF-8` speichern oder ihre Kodierung mit `--encoding` nennen: {de}"
    )
}

/// A letter as a person can see it; what leaves no mark on paper is shown by its number.
fn shown(letter: char) -> String {
    let invisible =
        letter.is_control() || letter.is_whitespace() || matches!(letter, '\u{AD}' | '\u{E000}'..='\u{F8FF}');
    if invisible || is_combining_mark(letter) {
        format!("U+{:04X}", u32::from(letter))
    } else {
        letter.to_string()
    }
}

/// `a`, `a and b`, `a, b and c`.
fn listed(parts: &[&str], last: &str) -> String {
    match parts {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [most @ .., end] => format!("{} {last} {end}", most.join(", ")),
    }
}
