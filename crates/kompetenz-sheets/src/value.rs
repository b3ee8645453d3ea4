//! Single values: numbers, dates, yes and no.

use std::borrow::Cow;

use jiff::civil::Date;
use kompetenz::entry::FaultCode;
use kompetenz::exact::MAX_DIGITS;
use kompetenz::raw::{FactKind, Given};
use kompetenz::{Exact, Words, words};

/// The longest rating or fact, in bytes. Codes and choices are ids, which are far shorter.
const MAX_VALUE_BYTES: usize = 200;

/// The years in which anything here can have happened.
///
/// The upper end is far away, because there is no clock to compare with; it catches `2990` for `1990`.
const PLAUSIBLE_YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

/// A value as it stands in a file. In a table everything is [`Text`](Written::Text), in a form hardly anything is.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Written<'a> {
    Text(&'a str),
    /// The digits of a number, so that it never passes through a float.
    Digits(&'a str),
    Flag(bool),
    Date(Date),
    /// What a formula gives instead of a value, for instance `#DIV/0!`.
    Error,
    /// A formula of which the file does not say what it gives.
    Uncomputed,
    /// A list, a table, a time of day: nothing that a value here could be.
    Other,
}

impl<'a> Written<'a> {
    pub(crate) fn is_empty(self) -> bool {
        matches!(self, Written::Text(text) if trimmed(text).is_empty())
    }

    /// Why there is no value, although the cell is not empty. Who asks for a value of some kind asks this before.
    pub(crate) fn missing(self) -> Option<ValueProblem> {
        match self {
            Written::Error => Some(ValueProblem::Error),
            Written::Uncomputed => Some(ValueProblem::Uncomputed),
            _ => None,
        }
    }

    /// A text without the white space around it.
    pub(crate) fn text(self) -> Option<&'a str> {
        match self {
            Written::Text(text) => Some(trimmed(text)),
            _ => None,
        }
    }

    /// A single digit and nothing else.
    pub(crate) fn digit(self) -> Option<u8> {
        match self {
            Written::Text(text) | Written::Digits(text) => match text.as_bytes() {
                [digit @ b'0'..=b'9'] => Some(digit - b'0'),
                _ => None,
            },
            _ => None,
        }
    }

    /// A text, or the digits of a number as one.
    pub(crate) fn label(self) -> Option<&'a str> {
        match self {
            Written::Digits(digits) => Some(digits),
            _ => self.text(),
        }
    }

    /// Whether it is a number so long that a spreadsheet has rounded it, so that another one may look the same.
    pub(crate) fn is_rounded(self) -> bool {
        let whole =
            |digits: &str| digits.trim_start_matches('-').bytes().take_while(u8::is_ascii_digit).count();
        matches!(self, Written::Digits(digits) if whole(digits) > MAX_DIGITS)
    }

    /// As a text, whatever it is: for headings and the like.
    pub(crate) fn shown(self) -> Cow<'a, str> {
        match self {
            Written::Text(text) => text.into(),
            Written::Digits(digits) => digits.into(),
            Written::Date(date) => date.to_string().into(),
            Written::Flag(flag) => flag.to_string().into(),
            Written::Error | Written::Uncomputed | Written::Other => "".into(),
        }
    }

    /// A decimal number with a point or a comma.
    pub(crate) fn number(self) -> Option<Exact> {
        match self {
            Written::Text(text) => number(trimmed(text)),
            Written::Digits(digits) => Exact::parse(digits).ok(),
            _ => None,
        }
    }

    /// A day, and whether it is a plausible one.
    pub(crate) fn date(self) -> Result<Date, DateProblem> {
        let date = match self {
            Written::Text(text) => date(trimmed(text)).or_else(|| serial(trimmed(text), SERIAL_ZERO)),
            Written::Digits(digits) => serial(digits, SERIAL_ZERO),
            Written::Date(date) => Some(date),
            _ => None,
        };
        let date = date.ok_or(DateProblem::NoDate)?;
        if PLAUSIBLE_YEARS.contains(&date.year()) { Ok(date) } else { Err(DateProblem::Implausible) }
    }

    /// The same, with a plain number read as a day of a workbook that counts from 1904 on.
    pub(crate) fn in_1904(self) -> Written<'a> {
        match self {
            Written::Digits(digits) => serial(digits, SERIAL_ZERO_1904).map_or(self, Written::Date),
            _ => self,
        }
    }

    /// A rating, or a fact of some kind.
    ///
    /// Whether the scale has such a value, or the fact such a choice, is not decided here.
    /// A date, though, must be read here, because no one after us knows how dates are written in files.
    pub(crate) fn given(self, fact: Option<FactKind>) -> Result<Given, ValueProblem> {
        match (self, fact) {
            (Written::Text(text), _) if trimmed(text).len() > MAX_VALUE_BYTES => Err(ValueProblem::TooLong),
            (Written::Text(_) | Written::Digits(_) | Written::Date(_), Some(FactKind::Date)) => {
                self.date().map(Given::Date).map_err(ValueProblem::Date)
            }
            (Written::Text(text), _) => {
                let text = trimmed(text);
                let flag = if fact == Some(FactKind::Flag) { flag(text) } else { None };
                Ok(flag
                    .map(Given::Flag)
                    .or_else(|| number(text).map(Given::Number))
                    .unwrap_or_else(|| Given::Text(text.to_owned())))
            }
            (Written::Digits(_), _) => self.number().map(Given::Number).ok_or(ValueProblem::NoNumber),
            (Written::Flag(flag), _) => Ok(Given::Flag(flag)),
            (Written::Date(date), _) => Ok(Given::Date(date)),
            (Written::Error, _) => Err(ValueProblem::Error),
            (Written::Uncomputed, _) => Err(ValueProblem::Uncomputed),
            (Written::Other, _) => Err(ValueProblem::WrongType),
        }
    }
}

/// A text without the white space around it. Most cells have none, and are one character long.
pub(crate) fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [] => text,
        [only] if only.is_ascii_graphic() => text,
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

/// Why a value is not a date.
#[derive(Debug, Clone, Copy)]
pub(crate) enum DateProblem {
    NoDate,
    Implausible,
}

/// Why a value is neither a rating nor a fact, or there is none.
#[derive(Debug, Clone, Copy)]
pub(crate) enum ValueProblem {
    TooLong,
    Date(DateProblem),
    NoNumber,
    Error,
    Uncomputed,
    WrongType,
}

impl DateProblem {
    pub(crate) fn words(self, field: &str) -> (Words, Option<Words>) {
        let (first, last) = (PLAUSIBLE_YEARS.start(), PLAUSIBLE_YEARS.end());
        match self {
            DateProblem::NoDate => {
                let help = words!(
                    "write day, month and the year in full: `12.03.1990` or `1990-03-12`",
                    "Tag, Monat und das ganze Jahr schreiben: `12.03.1990` oder `1990-03-12`"
                );
                (words!("`{field}` is not a date", "`{field}` ist kein Datum"), Some(help))
            }
            DateProblem::Implausible => {
                let message = words!(
                    "`{field}` is not between {first} and {last}",
                    "`{field}` liegt nicht zwischen {first} und {last}"
                );
                (message, None)
            }
        }
    }
}

impl ValueProblem {
    pub(crate) fn words(self, field: &str) -> (FaultCode, Words, Option<Words>) {
        match self {
            ValueProblem::TooLong => {
                let message = words!(
                    "`{field}` is longer than {MAX_VALUE_BYTES} bytes",
                    "`{field}` ist länger als {MAX_VALUE_BYTES} Bytes"
                );
                (FaultCode::TooLong, message, None)
            }
            ValueProblem::Date(problem) => {
                let (message, help) = problem.words(field);
                (FaultCode::InvalidDate, message, help)
            }
            ValueProblem::NoNumber => {
                (FaultCode::InvalidNumber, no_number(field), Some(how_to_write_numbers()))
            }
            ValueProblem::Error => {
                let message = words!(
                    "`{field}` is the error of a formula, for instance `#DIV/0!`",
                    "`{field}` ist der Fehler einer Formel, zum Beispiel `#DIV/0!`"
                );
                let help = words!(
                    "correct the formula, or write the value in its place",
                    "die Formel berichtigen oder an ihrer Stelle den Wert schreiben"
                );
                (FaultCode::WrongType, message, Some(help))
            }
            ValueProblem::Uncomputed => {
                let message = words!(
                    "`{field}` is a formula whose value is not in the file",
                    "`{field}` ist eine Formel, deren Wert nicht in der Datei steht"
                );
                let help = words!(
                    "open the file in Excel or LibreOffice and save it again",
                    "die Datei in Excel oder LibreOffice öffnen und noch einmal speichern"
                );
                (FaultCode::WrongType, message, Some(help))
            }
            ValueProblem::WrongType => {
                let message = words!("`{field}` is not a single value", "`{field}` ist kein einzelner Wert");
                (FaultCode::WrongType, message, None)
            }
        }
    }
}

pub(crate) fn no_number(field: &str) -> Words {
    words!("`{field}` is not a plain decimal number", "`{field}` ist keine einfache Dezimalzahl")
}

pub(crate) fn how_to_write_numbers() -> Words {
    words!(
        "write digits only, with at most one decimal sign and no unit, for instance `60` or `7.5`",
        "nur Ziffern mit höchstens einem Dezimalzeichen und ohne Einheit schreiben, zum Beispiel `60` oder `7,5`"
    )
}

/// `#DIV/0!`, `#NAME?`, `#N/A`, in German `#NV`, and `Err:502`: what a spreadsheet shows, and some files hold as a
/// text, where a formula failed.
pub(crate) fn is_error(text: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty() && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || c == '/')
    };
    match text.strip_prefix('#') {
        Some(error) => matches!(error, "N/A" | "NV") || error.strip_suffix(['!', '?']).is_some_and(is_word),
        None => text
            .strip_prefix("Err:")
            .is_some_and(|code| !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit())),
    }
}

/// A plain decimal, with a point or, as German spreadsheets write it, with a comma.
fn number(text: &str) -> Option<Exact> {
    match text.split_once(',') {
        None => Exact::parse(text).ok(),
        // A second comma or a point beside the comma is refused by the parser: it could separate thousands.
        Some((whole, fraction)) if !whole.contains('.') => Exact::parse(&format!("{whole}.{fraction}")).ok(),
        Some(_) => None,
    }
}

/// `1990-03-12`, `12.03.1990` or `12.3.1990`. Two digits for a year are refused: nobody knows the century.
fn date(text: &str) -> Option<Date> {
    let german = text.contains('.');
    let mut parts = text.split(if german { '.' } else { '-' });
    let (first, month, last) = (parts.next()?, parts.next()?, parts.next()?);
    let (year, day) = if german { (last, first) } else { (first, last) };
    let digits = |part: &str, lengths: &[usize]| {
        lengths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let short: &[usize] = if german { &[1, 2] } else { &[2] };
    if parts.next().is_some() || !digits(year, &[4]) || !digits(month, short) || !digits(day, short) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// The days from which spreadsheets count: the first day is the number 1 or, in the other system, 0.
const SERIAL_ZERO: Date = jiff::civil::date(1899, 12, 30);
const SERIAL_ZERO_1904: Date = jiff::civil::date(1904, 1, 1);

/// A day as the number that spreadsheets have for it.
///
/// Only numbers with five digits, from May 1927 on: a shorter one is more likely a year that stands there alone.
fn serial(digits: &str, zero: Date) -> Option<Date> {
    let is_one = digits.len() == 5 && !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit());
    let days: i64 = is_one.then(|| digits.parse().ok()).flatten()?;
    zero.checked_add(jiff::Span::new().days(days)).ok()
}

fn flag(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "ja" | "yes" | "true" | "wahr" => Some(true),
        "nein" | "no" | "false" | "falsch" => Some(false),
        _ => None,
    }
}
