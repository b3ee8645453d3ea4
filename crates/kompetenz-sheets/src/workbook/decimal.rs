//! Numbers as spreadsheets show them, and the days that some of them count.

use std::fmt::Write as _;

use jiff::ToSpan;
use jiff::civil::{Date, date};

/// The last day that a spreadsheet knows, 31.12.9999, counted from 1900.
const LAST_DAY: i64 = 2_958_465;
/// The day after 28 February 1900 in spreadsheets, which think that this year was a leap year.
const PHANTOM_DAY: i64 = 60;

/// The day from which a workbook counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Epoch {
    /// Day 1 is 1 January 1900.
    #[default]
    Of1900,
    /// Day 0 is 1 January 1904, from old Macs.
    Of1904,
}

/// Adds a number as plain digits: the shortest with at most 15 of them that count, which is what spreadsheets show.
///
/// A number is stored as the nearest float; 0.30000000000000004 was meant to be 0.3 and is 0.3 again.
/// `false`: it is no number.
pub(super) fn push_number(written: &str, out: &mut String) -> bool {
    if is_short_whole(written) {
        out.push_str(written);
        return true;
    }
    let Ok(value) = written.parse::<f64>() else { return false };
    if !value.is_finite() {
        return false;
    }
    let start = out.len();
    // Writing to a text cannot fail.
    let _ = write!(out, "{value:.14e}");
    let scientific = out.split_off(start);
    push_plain(&scientific, out);
    true
}

/// Whether it needs no float to be shown as it is: digits only, and not too many.
fn is_short_whole(written: &str) -> bool {
    written.len() <= 15
        && written.bytes().all(|byte| byte.is_ascii_digit())
        && (written.len() == 1 || !written.starts_with('0'))
        && !written.is_empty()
}

/// Writes `-2.50000000000000e-3` as `-0.0025`.
fn push_plain(scientific: &str, out: &mut String) {
    let (sign, scientific) = scientific.strip_prefix('-').map_or(("", scientific), |rest| ("-", rest));
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((scientific, "0"));
    let (first, rest) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let rest = rest.trim_end_matches('0');
    if first == "0" && rest.is_empty() {
        out.push('0');
        return;
    }
    out.push_str(sign);
    match exponent.parse::<i32>().map(|exponent| (exponent < 0, exponent.unsigned_abs() as usize)) {
        Ok((true, places)) => {
            out.push_str("0.");
            out.extend(std::iter::repeat_n('0', places - 1));
            out.push_str(first);
            out.push_str(rest);
        }
        Ok((false, places)) => {
            let (whole, fraction) = rest.split_at(places.min(rest.len()));
            out.push_str(first);
            out.push_str(whole);
            out.extend(std::iter::repeat_n('0', places - whole.len()));
            if !fraction.is_empty() {
                out.push('.');
                out.push_str(fraction);
            }
        }
        Err(_) => out.push_str(mantissa),
    }
}

/// The day of a number in a cell that shows dates; the time of day behind the point is left out.
///
/// `None`: a time without a day, a day before the first one, or 29 February 1900, which never was.
pub(super) fn day(digits: &str, epoch: Epoch) -> Option<Date> {
    let (whole, time) = digits.split_once('.').unwrap_or((digits, ""));
    let number: i64 = whole.parse().ok().filter(|number| (0..=LAST_DAY).contains(number))?;
    let first = match epoch {
        Epoch::Of1900 if number == 0 || number == PHANTOM_DAY => return None,
        Epoch::Of1900 if number < PHANTOM_DAY => date(1899, 12, 31),
        Epoch::Of1900 => date(1899, 12, 30),
        Epoch::Of1904 if number == 0 && !time.is_empty() => return None,
        Epoch::Of1904 => date(1904, 1, 1),
    };
    first.checked_add(number.days()).ok()
}

/// The day of `2026-11-09` or `2026-11-09T13:30:00`. `None`: anything else, for instance a time without a day.
pub(super) fn iso_day(text: &str) -> Option<Date> {
    let (day, _) = text.split_once('T').unwrap_or((text, ""));
    if day.len() == 10 { day.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{iso_day, push_number};

    fn plain(written: &str) -> Option<String> {
        let mut out = String::new();
        push_number(written, &mut out).then_some(out)
    }

    #[test]
    fn numbers_are_written_as_they_are_shown() {
        for (written, expected) in [
            ("0", "0"),
            ("-0", "0"),
            ("0.0", "0"),
            ("3", "3"),
            ("3.0", "3"),
            ("007", "7"),
            ("-2.50", "-2.5"),
            ("0.30000000000000004", "0.3"),
            ("2.4000000000000004", "2.4"),
            ("0.1", "0.1"),
            ("1.005", "1.005"),
            ("99999.999999999999999", "100000"),
            ("0.33333333333333331", "0.333333333333333"),
            ("123456789012345", "123456789012345"),
            ("1234567890123456", "1234567890123460"),
            ("1.5E3", "1500"),
            ("1.5e-3", "0.0015"),
            ("1E+21", "1000000000000000000000"),
            ("-1e-7", "-0.0000001"),
        ] {
            assert_eq!(plain(written).as_deref(), Some(expected), "{written}");
        }
        for written in ["", " ", "three", "1,5", "NaN", "inf", "1e400", "0x10", "--1"] {
            assert_eq!(plain(written), None, "{written}");
        }
        let (least, most) = (plain("4.9e-324").unwrap(), plain("-1.7976931348623157e308").unwrap());
        assert!(least.starts_with("0.000") && least.ends_with("494065645841247"), "{least}");
        assert!(most.starts_with("-179769313486232000") && most.len() == 310, "{most}");
    }

    #[test]
    fn days_are_read_with_or_without_a_time() {
        for (text, expected) in [
            ("1990-03-12", Some("1990-03-12")),
            ("1990-03-12T10:30:00.5", Some("1990-03-12")),
            ("1990-02-30", None),
            ("T10:30:00", None),
            ("PT10H", None),
            ("-0044-03-15", None),
            ("12.03.1990", None),
            ("", None),
        ] {
            assert_eq!(iso_day(text).map(|day| day.to_string()).as_deref(), expected, "{text}");
        }
    }

    proptest! {
        /// What a person typed with up to 15 digits comes back from the float in which it was stored.
        #[test]
        fn up_to_fifteen_digits_survive(whole in 0_u64..=9_999_999, fraction in 0_u64..=99_999_999, negative: bool) {
            let typed = format!("{}{whole}.{fraction:08}", if negative { "-" } else { "" });
            let expected = typed.trim_end_matches('0').trim_end_matches('.');
            let expected = if expected == "-0" { "0" } else { expected };
            let stored: f64 = typed.parse().unwrap();
            let written = plain(&format!("{stored:.17e}"));
            prop_assert_eq!(written.as_deref(), Some(expected));
        }
    }
}
