//! Which encoding a text file has, never guessed where a guess could change a name.
//!
//! A mark at the beginning decides, then control characters at every other place (UTF-16), then being valid UTF-8.
//! What is left are the code pages of one byte per letter, in which nearly every file can be read somehow.
//! So [`survey`] does not look for the likeliest one: it rules out those in which no people write as this file would
//! read, and what remains must agree on every letter that occurs.
//! Where it does not, the answer is a question ([`Undecided`]) that shows one letter in each reading.
//!
//! The price is a question about files that a guess would often get right, such as every Turkish one.
//! The truth is lost only if a file breaks a rule where it is right to do so, and another reading breaks none in the
//! whole file: letters listed as in `äöüéà` that happen to be a Cyrillic word, or a Mac that left out the blank before
//! a letter such as `È`.

mod class;
mod survey;
mod undecided;
mod utf8;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use survey::Survey;
use undecided::Place;
pub(crate) use undecided::{At, Undecided};

/// The encodings a results file may have.
///
/// ```
/// use kompetenz_sheets::Encoding;
///
/// assert_eq!(Encoding::parse("CP1250"), Some(Encoding::Windows1250));
/// assert_eq!(Encoding::Windows1250.name(), "windows-1250");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// Unicode in one to four bytes per letter; what files should have.
    Utf8,
    /// Unicode in pairs of bytes, the lower one first; Excel calls it `Unicode Text`.
    Utf16Le,
    /// Unicode in pairs of bytes, the higher one first.
    Utf16Be,
    /// Western European; what a German Excel saves as plain `CSV`.
    Windows1252,
    /// Central European: Polish, Czech, Hungarian, Croatian, Romanian and others.
    Windows1250,
    /// Central European before Windows, also called Latin 2.
    Iso8859_2,
    /// Turkish.
    Windows1254,
    /// Cyrillic: Bulgarian, Russian, Ukrainian, Serbian and others.
    Windows1251,
    /// Western European on the old Macintosh; `CSV (Macintosh)` in Excel.
    Macintosh,
}

impl Encoding {
    /// Every encoding. Of two that read a file alike, the first one names it.
    pub const ALL: [Encoding; 9] = [
        Encoding::Utf8,
        Encoding::Utf16Le,
        Encoding::Utf16Be,
        Encoding::Windows1252,
        Encoding::Windows1250,
        Encoding::Iso8859_2,
        Encoding::Windows1254,
        Encoding::Windows1251,
        Encoding::Macintosh,
    ];

    /// The name to show, which [`Encoding::parse`] reads back.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16Le => "utf-16le",
            Encoding::Utf16Be => "utf-16be",
            Encoding::Windows1252 => "windows-1252",
            Encoding::Windows1250 => "windows-1250",
            Encoding::Iso8859_2 => "iso-8859-2",
            Encoding::Windows1254 => "windows-1254",
            Encoding::Windows1251 => "windows-1251",
            Encoding::Macintosh => "macintosh",
        }
    }

    /// The encoding a person means: any label of the web, such as `latin2` or `utf8`, and short forms with or without
    /// hyphens, such as `win1250`, `CP-1250` or `1250`. Capitals and white space around it do not matter.
    ///
    /// `ANSI` is none, because it is another encoding on every computer.
    pub fn parse(name: &str) -> Option<Encoding> {
        let plain = |name: &str| name.to_lowercase().replace(|c: char| !c.is_alphanumeric(), "");
        if let Some(own) = Encoding::ALL.into_iter().find(|encoding| plain(encoding.name()) == plain(name)) {
            return Some(own);
        }
        let plain = plain(name);
        let digits = ["windows", "win", "cp"].iter().find_map(|prefix| plain.strip_prefix(prefix));
        let code_page = format!("windows-{}", digits.unwrap_or(&plain));
        let labels = [name, &plain, &code_page];
        let standard = labels.iter().find_map(|label| encoding_rs::Encoding::for_label(label.as_bytes()))?;
        Encoding::ALL.into_iter().find(|encoding| encoding.standard() == standard)
    }

    fn standard(self) -> &'static encoding_rs::Encoding {
        match self {
            Encoding::Utf8 => encoding_rs::UTF_8,
            Encoding::Utf16Le => encoding_rs::UTF_16LE,
            Encoding::Utf16Be => encoding_rs::UTF_16BE,
            Encoding::Windows1252 => encoding_rs::WINDOWS_1252,
            Encoding::Windows1250 => encoding_rs::WINDOWS_1250,
            Encoding::Iso8859_2 => encoding_rs::ISO_8859_2,
            Encoding::Windows1254 => encoding_rs::WINDOWS_1254,
            Encoding::Windows1251 => encoding_rs::WINDOWS_1251,
            Encoding::Macintosh => encoding_rs::MACINTOSH,
        }
    }
}

/// A text, and how it was read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Decoded<'b> {
    /// The text without a byte order mark; borrowed if the file is in UTF-8 or holds nothing but ASCII.
    pub text: Cow<'b, str>,
    /// What it was read as.
    pub encoding: Encoding,
    /// Whether the encoding was worked out from the letters of the file: nobody gave it, there is no mark,
    /// and it is not UTF-8. People may want to know.
    pub detected: bool,
}

/// Reads a file as text, in the encoding `given` or else in the only one it can have.
///
/// # Errors
/// If more than one encoding, or none, makes sense of the file, or the file is damaged.
pub(crate) fn decode(bytes: &[u8], given: Option<Encoding>) -> Result<Decoded<'_>, Undecided> {
    let marked = mark(bytes);
    match (given, marked) {
        (Some(given), Some(marked)) if given != marked => Err(Undecided::Contradiction { given, marked }),
        (_, Some(encoding)) => read(bytes, encoding, false).map_err(|at| Undecided::Damaged { encoding, at }),
        (Some(encoding), None) => {
            read(bytes, encoding, false).map_err(|at| Undecided::Unreadable { encoding, at })
        }
        (None, None) => detect(bytes),
    }
}

/// The encoding whose byte order mark the file begins with.
fn mark(bytes: &[u8]) -> Option<Encoding> {
    let (standard, _) = encoding_rs::Encoding::for_bom(bytes)?;
    Encoding::ALL.into_iter().find(|encoding| encoding.standard() == standard)
}

fn detect(bytes: &[u8]) -> Result<Decoded<'_>, Undecided> {
    if let Some(encoding) = utf16_without_mark(bytes) {
        return read(bytes, encoding, true).map_err(|at| Undecided::Damaged { encoding, at });
    }
    let utf8 = Encoding::Utf8;
    let doubt = match std::str::from_utf8(bytes) {
        Ok(text) => match utf8::doubt(text) {
            Some(doubt) => Some((doubt, text)),
            None => return Ok(Decoded { text: text.into(), encoding: utf8, detected: false }),
        },
        Err(error) if utf8::is_damaged(bytes) => {
            return Err(Undecided::Damaged { encoding: utf8, at: At::in_bytes(bytes, error.valid_up_to()) });
        }
        Err(_) => None,
    };
    let survey = Survey::of(bytes);
    let readings = survey.readings();
    match (doubt, readings.as_slice()) {
        (Some((_, text)), []) => Ok(Decoded { text: text.into(), encoding: utf8, detected: false }),
        (Some(((offset, letter), _)), _) => {
            let mut place = survey::place(bytes[offset], offset, &readings, bytes);
            let tells_all = place.letters.len() == readings.len();
            place.letters.insert(0, (letter, vec![utf8]));
            let others = if tells_all { Vec::new() } else { survey.places(&readings, bytes) };
            Err(Undecided::Ambiguous(std::iter::once(place).chain(others).collect()))
        }
        (None, []) => Err(Undecided::Illegible(At::in_bytes(bytes, survey.gave_up()))),
        (None, [only]) => {
            let (text, _) = only.encoding.standard().decode_without_bom_handling(bytes);
            Ok(Decoded { text, encoding: only.encoding, detected: true })
        }
        (None, _) => Err(Undecided::Ambiguous(survey.places(&readings, bytes))),
    }
}

/// Reads a file in one encoding, or says where that is not possible. A mark is left out.
fn read(bytes: &[u8], encoding: Encoding, detected: bool) -> Result<Decoded<'_>, At> {
    let standard = encoding.standard();
    let body = match encoding_rs::Encoding::for_bom(bytes) {
        Some((marked, length)) if marked == standard => &bytes[length..],
        _ => bytes,
    };
    let skipped = bytes.len() - body.len();
    let text = match encoding {
        Encoding::Utf8 => std::str::from_utf8(body)
            .map(Cow::Borrowed)
            .map_err(|error| At::in_bytes(bytes, skipped + error.valid_up_to()))?,
        Encoding::Utf16Le | Encoding::Utf16Be => standard
            .decode_without_bom_handling_and_without_replacement(body)
            .ok_or_else(|| At::in_utf16(bytes, skipped + end_of_utf16(body, encoding), encoding))?,
        _ => {
            let letters = class::letters(encoding);
            let is_none = |byte: &u8| !byte.is_ascii() && letters[usize::from(byte & 0x7F)].is_control();
            if let Some(offset) = bytes.iter().position(is_none) {
                return Err(At::in_bytes(bytes, offset));
            }
            standard.decode_without_bom_handling(bytes).0
        }
    };
    Ok(Decoded { text, encoding, detected })
}

/// How much of a file is looked at for the bytes of UTF-16.
const SNIFFED_BYTES: usize = 64 << 10;

/// UTF-16 that lost its mark: the higher bytes of nearly all alphabets are zero or another control character that no
/// text holds. Valid UTF-8 this may be, but text it is not.
fn utf16_without_mark(bytes: &[u8]) -> Option<Encoding> {
    let head = &bytes[..bytes.len().min(SNIFFED_BYTES)];
    let is_higher = |byte: &&u8| **byte < b' ' && !matches!(**byte, b'\t' | b'\n' | b'\r');
    let count = |first: usize| head.iter().skip(first).step_by(2).filter(is_higher).count();
    let (even, odd) = (count(0), count(1));
    // Lower bytes of Cyrillic capitals are control characters as well, but those of separators are not.
    let most = |many: usize, few: usize| many > few && many * 4 >= head.len() / 2 * 3;
    if most(odd, even) {
        Some(Encoding::Utf16Le)
    } else if most(even, odd) {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

/// The units of UTF-16; a byte too many at the end is left out.
fn units(bytes: &[u8], encoding: Encoding) -> impl Iterator<Item = u16> {
    bytes.chunks_exact(2).map(move |pair| {
        let pair = [pair[0], pair[1]];
        if encoding == Encoding::Utf16Be { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }
    })
}

/// Where UTF-16 ends that has half of a pair of surrogates, or half of a unit.
fn end_of_utf16(body: &[u8], encoding: Encoding) -> usize {
    let letters = char::decode_utf16(units(body, encoding));
    letters.map_while(Result::ok).map(|letter| letter.len_utf16() * 2).sum()
}
