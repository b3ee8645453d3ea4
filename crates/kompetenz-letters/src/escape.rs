//! Values in a letter: whatever a name consists of, it is printed as text and never read as a mark.
//!
//! Some characters mean something in Markdown only where a line begins: `2.` begins a list there, and is a date
//! anywhere else. Where a value will stand is not known while it is written, so such a character gets a [`MARK`],
//! and [`finish`] makes a backslash of those marks that turn out to be needed. A date in the middle of a line thus
//! stays readable for people who read the Markdown itself.

use kompetenz::assessment::LetterFormat;

/// Stands before a character that means something at the beginning of a line. No text ever has this code point.
const MARK: char = '\u{fdd0}';

/// Stands where a letter has nothing at all, not even a line end. One byte; no text ever has it.
pub(crate) const GAP: char = '\u{1f}';

/// What is printed for a character that would act on the text around it instead of being seen.
const VISIBLE: char = '\u{fffd}';

/// A value as it may stand in a letter of this format.
pub(crate) fn value(text: &str, format: LetterFormat) -> String {
    let seen = text.chars().map(visible);
    match format {
        LetterFormat::Plain => seen.collect(),
        LetterFormat::Markdown => markdown(seen),
    }
}

/// A character that is seen and leaves the others in their order.
///
/// The marks that some languages need around dates and joined letters order nothing and stay.
fn visible(character: char) -> char {
    match character {
        '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | MARK => VISIBLE,
        other if other.is_control() => VISIBLE,
        other => other,
    }
}

fn markdown(characters: impl Iterator<Item = char>) -> String {
    let mut out = String::new();
    // At the beginning of the value, and behind the digits that may be there.
    let mut begins = true;
    for character in characters {
        match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '$' | '!' => out.push('\\'),
            '#' | '+' | '-' | '=' | '.' | ')' | ':' if begins => out.push(MARK),
            _ => {}
        }
        begins &= character.is_ascii_digit() || character == ' ';
        out.push(character);
    }
    out
}

/// The letter as it is handed over: marks resolved, gaps of absent parts closed, one line break at the end.
pub(crate) fn finish(text: &str) -> String {
    let text = text.replace(GAP, "");
    let mut out = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.lines() {
        if line.trim().is_empty() {
            empty += 1;
            continue;
        }
        if empty > 0 && !out.is_empty() {
            out.push('\n');
        }
        empty = 0;
        settle(line, &mut out);
        out.push('\n');
    }
    out
}

/// Makes a backslash of a mark where nothing but digits and signs stands before it in its line.
fn settle(line: &str, out: &mut String) {
    let mut words = false;
    for character in line.chars() {
        match character {
            MARK if words => {}
            MARK => out.push('\\'),
            other => {
                words |= other.is_alphabetic();
                out.push(other);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_backslashes_only_where_a_line_begins() {
        let date = value("22. November", LetterFormat::Markdown);
        for (line, settled) in [
            (format!("{date} it is"), "22\\. November it is\n"),
            (format!("- {date}"), "- 22\\. November\n"),
            (format!("Dortmund, {date}"), "Dortmund, 22. November\n"),
        ] {
            assert_eq!(finish(&line), settled);
        }
    }

    #[test]
    fn plain_text_gets_no_backslashes() {
        assert_eq!(value("a*b_c#<d>", LetterFormat::Plain), "a*b_c#<d>");
    }

    #[test]
    fn what_acts_on_other_characters_is_made_visible() {
        for format in [LetterFormat::Plain, LetterFormat::Markdown] {
            assert_eq!(value("a\u{202e}b\u{7}c\nd\u{fdd0}e", format), "a\u{fffd}b\u{fffd}c d\u{fffd}e");
            // A date in Arabic needs these.
            assert_eq!(value("02\u{200f}/11", format), "02\u{200f}/11");
        }
    }

    #[test]
    fn gaps_of_absent_parts_close() {
        assert_eq!(finish("\n\none\n\n\n  \ntwo\nthree\n\n"), "one\n\ntwo\nthree\n");
    }
}
