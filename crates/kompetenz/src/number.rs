//! The certificate number: short, readable aloud, safe against slips, and telling nothing about the person.

use hmac::{Hmac, Mac};
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use crate::assessment::Language;
use crate::recommend::Advice;

/// The symbols of a number: no vowel that could make a word with others but `A` and `E`,
/// and nothing that looks like something else (`0 O`, `1 I L`, `U V`, `Y`).
/// Their count is a prime, which makes the check symbol catch every single slip and every swap of two symbols.
const SYMBOLS: &[u8; 29] = b"23456789ABCDEFGHJKMNPQRSTVWXZ";

/// How many symbols carry information; one more is the check symbol.
const LENGTH: usize = 11;

/// Everything that tells one issue of a document from all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbered<'a> {
    /// The id of the assessment.
    pub assessment: &'a str,
    /// The version of its definition.
    pub version: &'a str,
    /// Whose it is, see [`participant`].
    pub participant: &'a [u8; 32],
    /// What it is, for instance `certificate` or `report`.
    pub kind: &'a str,
    /// Its language, a BCP 47 tag such as `de`; of two languages both, as in `de+ro`.
    pub language: &'a str,
    /// Which of several assessments of the same person. Absent: there is one.
    pub round: Option<&'a str>,
    /// 1 for the first issue of the document, one more with every correction.
    pub edition: u32,
    /// The day of issue.
    pub issued: Date,
}

/// The participant with this key as registers and numbers know people: HMAC-SHA-256 with the issuer's secret.
///
/// With a secret, not even someone who guesses the key can tell whose hash it is.
pub fn participant(key: &str, secret: &str) -> [u8; 32] {
    keyed("participant", key, secret)
}

/// HMAC-SHA-256; the purpose comes first, so that a hash of one purpose is never one of another.
///
/// # Panics
/// Never: HMAC takes secrets of any length.
pub fn keyed(purpose: &str, text: &str, secret: &str) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes keys of any length");
    for part in ["kompetenz-register/1", purpose, text] {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part.as_bytes());
    }
    mac.finalize().into_bytes().into()
}

/// The language of a document as it is numbered and registered: `de`, or `de+ro` with a second one beside the first.
pub fn languages_of(advice: &Advice<'_>, first: Language, beside: Option<Language>) -> String {
    let code = |language: Language| advice.scored().assessment().languages[language.position()].as_str();
    beside.map_or_else(|| code(first).to_owned(), |beside| format!("{}+{}", code(first), code(beside)))
}

/// The number of the first issue of a document of a result, which nobody has corrected yet.
pub(crate) fn of_first_edition(
    advice: &Advice<'_>,
    kind: &str,
    (first, beside): (Language, Option<Language>),
    secret: &str,
) -> String {
    let (assessment, record) = (advice.scored().assessment(), advice.scored().record());
    let document = Numbered {
        assessment: &assessment.id,
        version: &assessment.version,
        participant: &participant(&record.key, secret),
        kind,
        language: &languages_of(advice, first, beside),
        round: None,
        edition: 1,
        issued: advice.issued,
    };
    derive(&document, secret)
}

/// A certificate number such as `K7F3-9QXD-2MHZ`.
///
/// It is derived from what identifies the issue, so the same input gives the same number on every run, and a
/// translation, a report or a correction of the same day has a number of its own.
/// The participant's key goes in through a keyed hash only.
///
/// With 29¹¹ possible numbers, two of 120,000 certificates share one with a probability of about 1 in 1.7 million;
/// a batch never writes one certificate over another.
///
/// ```
/// use jiff::civil::date;
/// use kompetenz::number;
/// let secret = "correct horse battery staple";
/// let document = number::Numbered {
///     assessment: "nordstadt",
///     version: "1.0.0",
///     participant: &number::participant("P-0017", secret),
///     kind: "certificate",
///     language: "de",
///     round: None,
///     edition: 1,
///     issued: date(2026, 11, 22),
/// };
/// let number = number::derive(&document, secret);
/// assert_eq!(number.len(), 14);
/// assert!(number::is_valid(&number));
/// let slip = number.replacen(&number[..1], if number.starts_with('7') { "8" } else { "7" }, 1);
/// assert!(!number::is_valid(&slip));
/// ```
pub fn derive(document: &Numbered<'_>, secret: &str) -> String {
    let Numbered { assessment, version, participant, kind, language, round, edition, issued } = document;
    let (round, edition, issued) = (round.unwrap_or_default(), edition.to_string(), issued.to_string());
    let mut hash = Sha256::new();
    for part in ["kompetenz-number/2", secret, assessment, version, kind, language, round, &edition, &issued]
    {
        // The length before each part keeps different parts from running into the same text.
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    hash.update(participant);
    let digest = hash.finalize();
    let mut number = u128::from_be_bytes(std::array::from_fn(|ix| digest[ix]));
    let mut places = [0u8; LENGTH + 1];
    for place in &mut places[..LENGTH] {
        *place = u8::try_from(number % 29).unwrap_or(0);
        number /= 29;
    }
    places[LENGTH] = check_place(&places[..LENGTH]);
    let symbols: Vec<u8> = places.iter().map(|&place| SYMBOLS[usize::from(place)]).collect();
    symbols.chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join("-")
}

/// A key for a participant who has none, from the name and the day of birth: the same for the same person, every time.
///
/// It hides the name from a glance, not from somebody who guesses names: it stands for a key and is treated as one.
///
/// ```
/// use jiff::civil::date;
/// use kompetenz::number::key_of;
/// let key = key_of("Elena Popa", Some(date(1990, 3, 12)));
/// assert_eq!(key, key_of("elena  popa", Some(date(1990, 3, 12))));
/// assert_ne!(key, key_of("Elena Popa", None));
/// ```
pub fn key_of(name: &str, birth_date: Option<Date>) -> String {
    let name: String = name.nfkc().flat_map(char::to_lowercase).collect();
    let mut hash = Sha256::new();
    hash.update("kompetenz-person/1");
    for word in name.split_whitespace() {
        hash.update([0]);
        hash.update(word);
    }
    if let Some(date) = birth_date {
        hash.update([1]);
        hash.update(date.to_string());
    }
    let digest = hash.finalize();
    digest.iter().take(6).fold("N-".to_owned(), |key, byte| key + &format!("{byte:02X}"))
}

/// Whether a text is a number without a slip. White space, hyphens and case do not matter.
pub fn is_valid(text: &str) -> bool {
    let symbols = text.bytes().filter(|b| !b.is_ascii_whitespace() && *b != b'-').take(LENGTH + 2);
    let places: Option<Vec<u8>> = symbols
        .map(|b| {
            SYMBOLS.iter().position(|s| *s == b.to_ascii_uppercase()).and_then(|ix| u8::try_from(ix).ok())
        })
        .collect();
    places
        .is_some_and(|places| places.len() == LENGTH + 1 && places[LENGTH] == check_place(&places[..LENGTH]))
}

/// The check symbol makes the sum of all places, each times its position, a multiple of 29.
fn check_place(places: &[u8]) -> u8 {
    let sum: u32 = (1u32..).zip(places).map(|(position, &place)| position * u32::from(place)).sum();
    // The check symbol stands at position 12, and 12 · 17 = 204 = 7 · 29 + 1.
    u8::try_from((29 - sum % 29) * 17 % 29).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use std::collections::HashSet;

    fn document(participant: &[u8; 32]) -> Numbered<'_> {
        Numbered {
            assessment: "a",
            version: "1",
            participant,
            kind: "certificate",
            language: "de",
            round: None,
            edition: 1,
            issued: date(2026, 1, 1),
        }
    }

    #[test]
    fn every_slip_and_every_swap_is_noticed() {
        let number = derive(&document(&participant("key", "")), "");
        let plain: Vec<u8> = number.bytes().filter(|b| *b != b'-').collect();
        for ix in 0..plain.len() {
            for &symbol in SYMBOLS {
                let mut slip = plain.clone();
                slip[ix] = symbol;
                assert_eq!(is_valid(&String::from_utf8(slip.clone()).unwrap()), slip == plain);
            }
            for other in 0..ix {
                let mut swapped = plain.clone();
                swapped.swap(ix, other);
                assert_eq!(is_valid(&String::from_utf8(swapped.clone()).unwrap()), swapped == plain);
            }
        }
        assert!(is_valid(&number.to_lowercase().replace('-', " ")));
        assert!(!is_valid(""));
        assert!(!is_valid(&format!("{number}2")));
    }

    #[test]
    fn everything_that_identifies_a_certificate_counts() {
        let (who, other) = (participant("key", ""), participant("kex", ""));
        let one = document(&who);
        let numbers: HashSet<String> = [
            derive(&one, ""),
            derive(&one, "secret"),
            derive(&Numbered { assessment: "b", ..one }, ""),
            derive(&Numbered { assessment: "a1", version: "", ..one }, ""),
            derive(&Numbered { version: "2", ..one }, ""),
            derive(&Numbered { participant: &other, ..one }, ""),
            derive(&Numbered { kind: "report", ..one }, ""),
            derive(&Numbered { language: "ro", ..one }, ""),
            derive(&Numbered { round: Some("2027"), ..one }, ""),
            derive(&Numbered { edition: 2, ..one }, ""),
            derive(&Numbered { issued: date(2026, 1, 2), ..one }, ""),
        ]
        .into();
        assert_eq!(numbers.len(), 11);
        assert_ne!(participant("key", ""), participant("key", "secret"));
    }
}
