//! What a byte is in an encoding, as far as words are concerned, and where in a word it cannot stand.

use super::Encoding;

/// Signs of [`Class::Stray`]; the last one is the apple of the Macintosh.
const STRAY: &str = "ƒﬁﬂˆ¸ˇ˘˙˚˛˝¯\u{F8FF}";
/// Signs of [`Class::Trailing`].
const TRAILING: &str = "‰÷ª";
/// Signs of [`Class::Inner`].
const INNER: &str = "¡¢£¤¥¦§¬±²³¶¹º¼½¾¿≠∞≤≥∂∑∏π∫Ω√≈∆◊⁄";

/// What a byte is in an encoding, as far as words are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// White space, separators, quotation marks, dashes and other signs that may stand anywhere.
    Gap,
    Digit,
    Small,
    Capital,
    /// A capital that is a small letter in other encodings, and neither stands behind a small letter nor between
    /// a capital and a small one.
    TellingCapital,
    CyrillicSmall,
    CyrillicCapital,
    /// A sign that never stands behind a letter or before a word.
    Stray,
    /// A sign that may follow a word, but never stands before one.
    Trailing,
    /// A sign that may stand before or behind a word, but not inside a small one.
    Inner,
    /// `‹`, which is like [`Class::Trailing`] unless there is a `›` in the file.
    Opening,
    /// `›`.
    Closing,
    /// No letter at all.
    Undefined,
}

impl Class {
    pub(super) fn is_letter(self) -> bool {
        self.is_capital() || self.is_small()
    }

    pub(super) fn is_capital(self) -> bool {
        matches!(self, Class::Capital | Class::TellingCapital | Class::CyrillicCapital)
    }

    pub(super) fn is_small(self) -> bool {
        matches!(self, Class::Small | Class::CyrillicSmall)
    }

    /// Whether nobody writes it at this place. Of what stands before it, the byte is told too.
    pub(super) fn is_misplaced(self, (byte, before): (u8, Class), next: Class, after: Class) -> bool {
        let leads_a_word = before != Class::Digit && next.is_letter() && after.is_letter();
        match self {
            Class::Undefined => true,
            Class::Stray => before.is_letter() || leads_a_word,
            Class::Trailing => leads_a_word,
            // A small `m` before a sign is a unit, as in `m³pro`.
            Class::Inner => before.is_letter() && byte != b'm' && next == Class::Small && leads_a_word,
            Class::TellingCapital => before == Class::Small || (before.is_capital() && next == Class::Small),
            _ => false,
        }
    }

    pub(super) fn of(encoding: Encoding, byte: u8, letter: char) -> Class {
        match letter {
            '\u{80}'..='\u{9F}' => Class::Undefined,
            _ if STRAY.contains(letter) => Class::Stray,
            _ if TRAILING.contains(letter) => Class::Trailing,
            _ if INNER.contains(letter) => Class::Inner,
            '‹' => Class::Opening,
            '›' => Class::Closing,
            '0'..='9' => Class::Digit,
            '\u{400}'..='\u{4FF}' if letter.is_uppercase() => Class::CyrillicCapital,
            '\u{400}'..='\u{4FF}' => Class::CyrillicSmall,
            // A unit, although Unicode calls it a small letter.
            'µ' => Class::Gap,
            _ if letter.is_uppercase() && tells_by_case(encoding, byte) => Class::TellingCapital,
            _ if letter.is_uppercase() => Class::Capital,
            _ if letter.is_lowercase() => Class::Small,
            _ => Class::Gap,
        }
    }
}

/// Whether a capital behind a small letter rules out its encoding.
///
/// People do leave out blanks, as in `annaŚliwa` and `istÜbung`. In the code pages of Windows, such a word would rule out
/// most of them and leave the Macintosh; so would the `Ü` of the Macintosh, which is a sign there. But its capitals
/// from C0 on are the small letters of Windows, and few people begin a word with them.
/// At 81, Windows has nothing and DOS has `ü`, which must not be read as `Å`.
fn tells_by_case(encoding: Encoding, byte: u8) -> bool {
    encoding == Encoding::Macintosh && (byte >= 0xC0 || byte == 0x81)
}

/// What the bytes from 80 on are in an encoding of one byte per letter. Without a letter, they are control characters.
pub(super) fn letters(encoding: Encoding) -> [char; 128] {
    let bytes: Vec<u8> = (0x80..=u8::MAX).collect();
    let (text, _) = encoding.standard().decode_without_bom_handling(&bytes);
    let mut letters = ['\u{FFFD}'; 128];
    for (place, letter) in letters.iter_mut().zip(text.chars()) {
        *place = letter;
    }
    letters
}
