//! Certificate numbers that are known to have no slip.

use std::fmt;

use jiff::civil::Date;
use kompetenz::number::Numbered;
use kompetenz::{Words, words};
use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};
use serde::Serialize;

use crate::{Document, Issuer, Text};

/// A certificate number as it is printed, for instance `K7F3-9QXD-2MHZ`.
///
/// White space, hyphens and case of what a person types do not matter.
/// A slip is noticed here, so "no number" is never mistaken for "unknown".
///
/// ```
/// use kompetenz_register::Number;
/// let number = Number::parse("k7f3 9qxd 2mhz")?;
/// assert_eq!(number.as_str(), "K7F3-9QXD-2MHZ");
/// assert!(Number::parse("k7f3 9qxd 2mh").is_err());
/// # Ok::<(), kompetenz_register::NotANumber>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Number(String);

/// A text that is no certificate number: it has a slip, or is something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.words().en)]
pub struct NotANumber;

impl Number {
    /// Reads a number as somebody typed it.
    pub fn parse(text: &str) -> Result<Number, NotANumber> {
        if !kompetenz::number::is_valid(text) {
            return Err(NotANumber);
        }
        let symbols = text.chars().filter(|c| !c.is_ascii_whitespace() && *c != '-');
        let mut number = String::with_capacity(14);
        for (ix, symbol) in symbols.enumerate() {
            if ix > 0 && ix % 4 == 0 {
                number.push('-');
            }
            number.push(symbol.to_ascii_uppercase());
        }
        Ok(Number(number))
    }

    /// The number of one edition of a document, issued on a day.
    ///
    /// The same arguments give the same number on every run, and it is the one [`kompetenz::number`] derives.
    pub fn derive(issuer: &Issuer, document: &Document, version: &Text, edition: u32, day: Date) -> Number {
        let Document { participant, assessment, kind, language, round } = document;
        let numbered = Numbered {
            assessment: assessment.as_str(),
            version: version.as_str(),
            participant: &participant.0.0,
            kind: kind.as_str(),
            language: language.as_str(),
            round: round.as_ref().map(Text::as_str),
            edition,
            issued: day,
        };
        Number(kompetenz::number::derive(&numbered, issuer.secret()))
    }

    /// The number with its hyphens.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl NotANumber {
    /// What is wrong, in both languages. What was typed is not repeated: it may be anything.
    pub fn words(self) -> Words {
        words!(
            "not a certificate number: a symbol is missing, wrong or in the wrong place",
            "keine Zertifikatsnummer: ein Zeichen fehlt, ist falsch oder steht an der falschen Stelle"
        )
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl ToSql for Number {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}

impl FromSql for Number {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        // Only the printed form is stored; anything else was not written by the register.
        let text = value.as_str()?;
        match Number::parse(text) {
            Ok(number) if number.as_str() == text => Ok(number),
            _ => Err(FromSqlError::other(NotANumber)),
        }
    }
}
