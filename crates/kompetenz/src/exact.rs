//! Exact fractions: the only numbers that scores, weights and cuts are made of.
//!
//! A level is decided by comparing a value with a cut.
//! In binary floating point `0.1 + 0.2 <= 0.3` is false, so the same work could earn a lower level;
//! with fractions it is true.
//! Values are compared as they are, and rounded only when they are shown.

use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Div, Mul, Neg, Sub};

use num_bigint::BigInt;
use num_rational::{BigRational, Ratio};
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub, One, Signed, ToPrimitive, Zero};

use crate::raw::Half;

/// How many significant digits a written number may have.
///
/// Far beyond any rating, weight or cut; it keeps hostile input from growing numbers without end.
pub const MAX_DIGITS: usize = 15;

/// An exact fraction.
///
/// Numbers that fit are kept as a pair of machine integers; whatever outgrows them continues without limits.
/// There is no way in from a float and no way to print one without saying to how many decimal places.
///
/// ```
/// use kompetenz::Exact;
/// let third = Exact::from(1) / Exact::from(3);
/// assert_eq!(third.clone() + third.clone() + third, Exact::from(1));
/// assert!(Exact::parse("0.1")? + Exact::parse("0.2")? <= Exact::parse("0.3")?);
/// assert_eq!(Exact::parse("2.675")?.to_places(2), "2.68");
/// # Ok::<(), kompetenz::exact::ParseExactError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Exact(Repr);

/// `Big` holds only what does not fit into `Small`, so that equal numbers are equal values.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    Small(Ratio<i64>),
    Big(Box<BigRational>),
}

/// Why a text is not an exact number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ParseExactError {
    /// It is not a plain decimal number.
    #[error("not a decimal number")]
    NotANumber,
    /// It has more than [`MAX_DIGITS`] significant digits.
    #[error("more than {MAX_DIGITS} significant digits")]
    TooLong,
}

impl Exact {
    /// Zero.
    pub const ZERO: Exact = Exact(Repr::Small(Ratio::new_raw(0, 1)));
    /// One.
    pub const ONE: Exact = Exact(Repr::Small(Ratio::new_raw(1, 1)));

    /// The fraction `numerator / denominator`, or `None` if the denominator is zero.
    pub fn ratio(numerator: i64, denominator: i64) -> Option<Exact> {
        (denominator != 0).then(|| Exact::from(numerator) / Exact::from(denominator))
    }

    /// Reads a plain decimal number: an optional sign, digits, an optional point with digits.
    ///
    /// # Errors
    /// Anything else is refused: exponents, `nan`, `inf`, separators, and more than [`MAX_DIGITS`] digits.
    pub fn parse(text: &str) -> Result<Exact, ParseExactError> {
        let (negative, digits) = match text.as_bytes().first() {
            Some(b'-') => (true, &text[1..]),
            Some(b'+') => (false, &text[1..]),
            _ => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        if !all_digits(whole) || !all_digits(fraction) {
            return Err(ParseExactError::NotANumber);
        }
        let whole = whole.trim_start_matches('0');
        let fraction = fraction.trim_end_matches('0');
        if whole.len() + fraction.len() > MAX_DIGITS {
            return Err(ParseExactError::TooLong);
        }
        let mut numerator = 0i64;
        for digit in whole.bytes().chain(fraction.bytes()) {
            numerator = numerator * 10 + i64::from(digit - b'0');
        }
        let mut denominator = 1i64;
        for _ in 0..fraction.len() {
            denominator *= 10;
        }
        let value = Ratio::new(if negative { -numerator } else { numerator }, denominator);
        Ok(Exact(Repr::Small(value)))
    }

    /// The number rounded to `places` decimal places, halves away from zero, with a decimal point.
    ///
    /// For showing only: what is compared is the exact value.
    pub fn to_places(&self, places: u32) -> String {
        let scaled = self.to_big() * BigInt::from(10).pow(places);
        let rounded = scaled.round().to_integer();
        let sign = if rounded.is_negative() { "-" } else { "" };
        let digits = rounded.abs().to_string();
        let places = places as usize;
        if places == 0 {
            return format!("{sign}{digits}");
        }
        let padded = format!("{digits:0>width$}", width = places + 1);
        let (whole, fraction) = padded.split_at(padded.len() - places);
        format!("{sign}{whole}.{fraction}")
    }

    /// The nearest number with so many decimal places; a number exactly between two goes where `half` says.
    ///
    /// ```
    /// use kompetenz::Exact;
    /// use kompetenz::raw::Half;
    /// let value = Exact::parse("2.45").unwrap();
    /// assert_eq!(value.rounded(1, Half::Up).to_plain(), "2.5");
    /// assert_eq!(value.rounded(1, Half::Even).to_plain(), "2.4");
    /// ```
    #[must_use]
    pub fn rounded(&self, places: u32, half: Half) -> Exact {
        let unit = BigInt::from(10).pow(places);
        let scaled = self.to_big() * &unit;
        let mut whole = scaled.round().to_integer();
        let between =
            (scaled - BigRational::from(whole.clone())).abs() * BigInt::from(2) == BigRational::one();
        if between && half == Half::Even && whole.bit(0) {
            // Rounding went away from zero; the even neighbour lies on the other side.
            whole -= whole.signum();
        }
        Exact::from_big(BigRational::new(whole, unit))
    }

    /// Whole numbers in the same proportions as these numbers.
    pub(crate) fn proportions(numbers: &[&Exact]) -> Vec<Exact> {
        let common = numbers.iter().fold(BigInt::one(), |common, number| {
            let denominator = number.to_big().denom().clone();
            let shared = BigRational::new(common.clone(), denominator.clone()).denom().clone();
            common * shared
        });
        numbers.iter().map(|number| Exact::from_big(number.to_big() * &common)).collect()
    }

    /// The highest whole number that is not above this one, if it fits.
    pub fn floor(&self) -> Option<i64> {
        self.to_big().floor().to_integer().to_i64()
    }

    /// The number as people write it: a finite decimal as such (`2.675`), anything else as a fraction (`8/3`).
    pub fn to_plain(&self) -> String {
        let places = (0..=12).find(|&places| (self.to_big() * BigInt::from(10).pow(places)).is_integer());
        match places {
            Some(places) => self.to_places(places),
            None => self.to_fraction(),
        }
    }

    /// The number as a fraction in lowest terms, for instance `8/3`, or `3` for a whole number.
    pub fn to_fraction(&self) -> String {
        match &self.0 {
            Repr::Small(r) => r.to_string(),
            Repr::Big(r) => r.to_string(),
        }
    }

    /// Whether the number is zero.
    pub fn is_zero(&self) -> bool {
        matches!(&self.0, Repr::Small(r) if r.is_zero())
    }

    /// Whether the number is below zero.
    pub fn is_negative(&self) -> bool {
        *self < Exact::ZERO
    }

    /// The distance from zero.
    #[must_use]
    pub fn abs(self) -> Exact {
        if self.is_negative() { -self } else { self }
    }

    /// The whole number this is, if it is one that fits.
    pub fn to_whole(&self) -> Option<i64> {
        match &self.0 {
            Repr::Small(r) if r.is_integer() => Some(r.to_integer()),
            _ => None,
        }
    }

    /// The nearest float, for statistics of groups only: no score is computed from it.
    pub(crate) fn to_float(&self) -> f64 {
        let float = match &self.0 {
            Repr::Small(r) => r.to_f64(),
            Repr::Big(r) => r.to_f64(),
        };
        float.unwrap_or_default()
    }

    fn to_big(&self) -> BigRational {
        match &self.0 {
            Repr::Small(r) => BigRational::new_raw((*r.numer()).into(), (*r.denom()).into()),
            Repr::Big(r) => (**r).clone(),
        }
    }

    fn from_big(value: BigRational) -> Exact {
        match (value.numer().to_i64(), value.denom().to_i64()) {
            // `i64::MIN` stays big: negating it would not fit.
            (Some(n), Some(d)) if n != i64::MIN => Exact(Repr::Small(Ratio::new_raw(n, d))),
            _ => Exact(Repr::Big(Box::new(value))),
        }
    }
}

impl From<i32> for Exact {
    fn from(value: i32) -> Exact {
        Exact(Repr::Small(Ratio::from_integer(value.into())))
    }
}

impl From<i64> for Exact {
    fn from(value: i64) -> Exact {
        if value == i64::MIN {
            return Exact::from_big(BigRational::from_integer(value.into()));
        }
        Exact(Repr::Small(Ratio::from_integer(value)))
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Exact) -> Ordering {
        match (&self.0, &other.0) {
            (Repr::Small(a), Repr::Small(b)) => a.cmp(b),
            _ => self.to_big().cmp(&other.to_big()),
        }
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Exact) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// One operator for owned and borrowed operands: first in machine integers, then, if that overflows, without limits.
///
/// Ratings are nearly always whole numbers, and those need no common denominator.
macro_rules! operator {
    ($trait:ident, $method:ident, $checked:ident, $whole:expr) => {
        impl $trait<&Exact> for &Exact {
            type Output = Exact;
            fn $method(self, other: &Exact) -> Exact {
                if let (Repr::Small(a), Repr::Small(b)) = (&self.0, &other.0) {
                    let whole: fn(i64, i64) -> Option<i64> = $whole;
                    if a.is_integer()
                        && b.is_integer()
                        && let Some(whole) = whole(*a.numer(), *b.numer())
                        && whole != i64::MIN
                    {
                        return Exact(Repr::Small(Ratio::new_raw(whole, 1)));
                    }
                    if let Some(small) = a.$checked(b)
                        && *small.numer() != i64::MIN
                    {
                        return Exact(Repr::Small(small));
                    }
                }
                Exact::from_big(self.to_big().$method(other.to_big()))
            }
        }
        impl $trait for Exact {
            type Output = Exact;
            fn $method(self, other: Exact) -> Exact {
                (&self).$method(&other)
            }
        }
    };
}

operator!(Add, add, checked_add, i64::checked_add);
operator!(Sub, sub, checked_sub, i64::checked_sub);
operator!(Mul, mul, checked_mul, i64::checked_mul);
// Panics on division by zero, like the division of integers.
operator!(Div, div, checked_div, |_, _| None);

impl Neg for Exact {
    type Output = Exact;
    fn neg(self) -> Exact {
        &Exact::ZERO - &self
    }
}

impl<'a> std::iter::Sum<&'a Exact> for Exact {
    fn sum<I: Iterator<Item = &'a Exact>>(iter: I) -> Exact {
        iter.fold(Exact::ZERO, |sum, value| &sum + value)
    }
}

impl fmt::Debug for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_fraction())
    }
}

impl serde::Serialize for Exact {
    /// A string, because a JSON number is a float to most readers: `"14/5"`.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_fraction())
    }
}

impl schemars::JsonSchema for Exact {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Number".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "number" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn n(text: &str) -> Exact {
        Exact::parse(text).unwrap()
    }

    #[test]
    fn reads_plain_decimals_and_nothing_else() {
        for (text, fraction) in [
            ("0", "0"),
            ("-0", "0"),
            ("3", "3"),
            ("+3", "3"),
            ("0.1", "1/10"),
            ("2.50", "5/2"),
            ("-74.5", "-149/2"),
            ("000000000000000000001.5", "3/2"),
            ("999999999999999", "999999999999999"),
        ] {
            assert_eq!(n(text).to_fraction(), fraction, "{text}");
        }
        for text in ["", "-", ".", "1.", ".5", "1e3", "nan", "inf", "1_000", "1,5", "٣", " 1", "0x1"] {
            assert_eq!(Exact::parse(text), Err(ParseExactError::NotANumber), "{text}");
        }
        assert_eq!(Exact::parse("0.1234567890123456"), Err(ParseExactError::TooLong));
    }

    #[test]
    fn rounds_halves_away_from_zero_when_shown() {
        for (text, places, shown) in [
            ("2.675", 2, "2.68"),
            ("2.674", 2, "2.67"),
            ("-2.675", 2, "-2.68"),
            ("0.05", 1, "0.1"),
            ("0.004", 2, "0.00"),
            ("-0.004", 2, "0.00"),
            ("3", 0, "3"),
            ("3", 2, "3.00"),
            ("99.5", 0, "100"),
        ] {
            assert_eq!(n(text).to_places(places), shown, "{text}");
        }
        assert_eq!((n("8") / n("3")).to_plain(), "8/3");
        assert_eq!(n("2.675").to_plain(), "2.675");
    }

    #[test]
    fn outgrows_machine_integers_without_losing_anything() {
        let mut value = Exact::ONE;
        let big = n("999999999999999");
        for _ in 0..20 {
            value = value * big.clone();
        }
        assert!(matches!(value.0, Repr::Big(_)));
        for _ in 0..20 {
            value = value / big.clone();
        }
        assert_eq!(value, Exact::ONE);
        assert!(matches!(value.0, Repr::Small(_)));
    }

    proptest! {
        #[test]
        fn agrees_with_big_fractions(a in any::<i64>(), b in 1..i64::MAX, c in any::<i64>(), d in 1..i64::MAX) {
            let big = |n: i64, d: i64| BigRational::new(n.into(), d.into());
            let (x, y) = (Exact::ratio(a, b).unwrap(), Exact::ratio(c, d).unwrap());
            prop_assert_eq!((&x + &y).to_big(), big(a, b) + big(c, d));
            prop_assert_eq!((&x - &y).to_big(), big(a, b) - big(c, d));
            prop_assert_eq!((&x * &y).to_big(), big(a, b) * big(c, d));
            prop_assert_eq!(x.cmp(&y), big(a, b).cmp(&big(c, d)));
            if c != 0 {
                prop_assert_eq!((&x / &y).to_big(), big(a, b) / big(c, d));
            }
        }
    }
}
