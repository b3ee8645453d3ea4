//! Texts that a spreadsheet could take for a formula, and signs that nobody sees.

use std::borrow::Cow;

/// The longest text of a cell, in UTF-16 units: one less than Excel has, which leaves room for the guard.
const MAX_CELL_UNITS: usize = 32_766;
/// What stands for a sign that cannot be shown.
const LOST: char = '\u{FFFD}';
/// What a text is guarded with.
const GUARD: char = '\'';

/// A text for a CSV file, written so that no spreadsheet runs it as a formula.
///
/// Spreadsheets take a cell for a formula if it begins with `=`, `+`, `-` or `@`, some also behind white space or in the full-width forms of Asian keyboards; tab and line break can begin a cell anew.
/// In this the function follows OWASP, [CSV Injection](https://owasp.org/www-community/attacks/CSV_Injection):
/// such a text gets a `'` in front. Plain numbers such as `-1.5` or `-1,5` are no formulas and stay.
///
/// The guard can be taken off again: [`unguarded`] gives back every text exactly.
/// For this a text that already looks guarded is guarded once more.
///
/// XLSX needs none of this: there a text is a text because its cell says so.
///
/// ```
/// use kompetenz_sheets::write::guarded;
/// assert_eq!(guarded("=1+2"), "'=1+2");
/// assert_eq!(guarded(" @home"), "' @home");
/// assert_eq!(guarded("-1.5"), "-1.5");
/// assert_eq!(guarded("'tis fine"), "'tis fine");
/// ```
pub fn guarded(text: &str) -> Cow<'_, str> {
    if is_risky(text) { Cow::Owned(format!("{GUARD}{text}")) } else { Cow::Borrowed(text) }
}

/// The text behind the guard of [`guarded`]. A text that has none stays as it is.
///
/// ```
/// use kompetenz_sheets::write::unguarded;
/// assert_eq!(unguarded("'=1+2"), "=1+2");
/// assert_eq!(unguarded("'tis fine"), "'tis fine");
/// ```
pub fn unguarded(text: &str) -> &str {
    text.strip_prefix(GUARD).filter(|rest| is_risky(rest)).unwrap_or(text)
}

/// Whether a text, as it is or behind guards, could begin a formula.
fn is_risky(text: &str) -> bool {
    let text = text.trim_start_matches(GUARD);
    if text.starts_with(['\t', '\r', '\n']) {
        return true;
    }
    let text = text.trim_start();
    text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) && !is_negative_number(text)
}

/// Whether a text is digits behind a minus, with at most one decimal sign between them.
///
/// A number behind a plus is none here: it is a telephone number, and would lose its plus.
fn is_negative_number(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.strip_prefix('-').is_some_and(|number| match number.split_once(['.', ',']) {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(number),
    })
}

/// A text as it can stand in a cell of a CSV file.
pub(super) fn csv_text(text: &str) -> String {
    guarded(&cell_text(text)).into_owned()
}

/// A text as it can stand in a cell: no longer than a cell, and without signs that nobody sees.
///
/// Control characters could end a file early, and those for the direction of writing could make a name read as
/// another one. Each becomes `�`, so that it is seen that something was there. What is too long ends in `…`.
pub(super) fn cell_text(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut units = 0;
    for c in text.replace("\r\n", "\n").chars() {
        let c = match c {
            '\r' => '\n',
            '\n' | '\t' => c,
            c if c.is_control() || is_deceptive(c) => LOST,
            c => c,
        };
        units += c.len_utf16();
        if units > MAX_CELL_UNITS {
            while shown.encode_utf16().count() >= MAX_CELL_UNITS {
                shown.pop();
            }
            shown.push('…');
            break;
        }
        shown.push(c);
    }
    shown
}

/// Signs that turn the direction of what follows, and the two that are no characters.
fn is_deceptive(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FFFE}' | '\u{FFFF}')
}
