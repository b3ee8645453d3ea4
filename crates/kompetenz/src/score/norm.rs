//! Raw values against a comparison group.

use super::compute::{Computed, look_up};
use super::{Coverage, Outcome, Scored, Trace};
use crate::Exact;
use crate::assessment::{Gives, Norm, NormGroup, NormReading, Unit};
use crate::raw::Half;

/// What a raw value is in the group that the person belongs to. Without a group there is no result.
pub(super) fn read(scored: &Scored<'_>, norm: &Norm, raw: &Exact) -> Computed {
    let record = scored.record;
    let age = record.age();
    let belongs = |group: &NormGroup| {
        let facts = group.facts.iter().all(|(fact, value)| record.fact(*fact) == Some(value));
        facts && group.age.as_ref().is_none_or(|band| age.is_some_and(|age| band.contain(&age)))
    };
    let Some(position) = norm.groups.iter().position(belongs) else {
        let lack = Coverage { seen: Exact::ZERO, needed: Exact::ONE, unit: Unit::Norm };
        return Outcome::Insufficient(lack).into();
    };
    let outcome = match &norm.groups[position].reads {
        NormReading::Rows(rows) => look_up(rows, raw),
        NormReading::Standard { mean, sd } => {
            Outcome::Score { value: standard(norm.gives, &(&(raw - mean) / sd)), level: None }
        }
    };
    let trace = if outcome.value().is_some() { Trace::Norm(position) } else { Trace::Plain };
    Computed { outcome, coverage: Vec::new(), trace }
}

/// A z value on another scale.
pub(crate) fn standard(gives: Gives, z: &Exact) -> Exact {
    match gives {
        Gives::Z | Gives::Points => z.clone(),
        Gives::T => &(z * &Exact::from(10)) + &Exact::from(50),
        Gives::Percentile => percentile(z),
        // Nine bands, each half a standard deviation wide; the middle one lies around the mean.
        Gives::Stanine => {
            let band = &(z * &Exact::from(2)) + &(Exact::from(11) / Exact::from(2));
            let limit = if z.is_negative() { 1 } else { 9 };
            Exact::from(band.floor().unwrap_or(limit).clamp(1, 9))
        }
    }
}

/// The percentile rank of a z value, in percent with two decimal places, from 0.01 to 99.99.
///
/// As in the printed tables of the normal distribution: z is rounded to two places (halves away from zero),
/// the probability to four. The probability is the power series of the distribution function
/// (Abramowitz & Stegun 1964, 26.2.10) in whole numbers, so that every machine gives the same digits.
fn percentile(z: &Exact) -> Exact {
    /// Eighteen decimal places.
    const UNIT: i128 = 1_000_000_000_000_000_000;
    /// 1/√(2π) in these.
    const DENSITY: i128 = 398_942_280_401_432_678;
    /// Beyond four standard deviations the table has no more digits.
    const LIMIT: i64 = 400;
    let hundredths = (&z.rounded(2, Half::Up) * &Exact::from(100)).to_whole();
    let limit = if z.is_negative() { -LIMIT } else { LIMIT };
    let h = i128::from(hundredths.unwrap_or(limit).clamp(-LIMIT, LIMIT));
    let mut power = h * UNIT / 100;
    let mut sum = 0;
    for k in 0..80 {
        sum += if k % 2 == 0 { power } else { -power } / (2 * k + 1);
        power = power * h * h / 10_000 / (2 * (k + 1));
    }
    let probability = UNIT / 2 + sum / 1_000 * DENSITY / (UNIT / 1_000);
    // Four places of the probability are two of the percentage.
    let rounded = (probability + UNIT / 20_000) / (UNIT / 10_000);
    Exact::from(i64::try_from(rounded.clamp(1, 9_999)).unwrap_or(5_000)) / Exact::from(100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_those_of_the_printed_tables() {
        let cases = [
            ("0", "50"),
            ("0.01", "50.4"),
            ("0.5", "69.15"),
            ("1", "84.13"),
            ("-1", "15.87"),
            ("1.645", "95.05"),
            ("1.96", "97.5"),
            ("-2.33", "0.99"),
            ("2.58", "99.51"),
            ("3", "99.87"),
            ("-3.09", "0.1"),
            ("9", "99.99"),
            ("-9", "0.01"),
        ];
        for (z, expected) in cases {
            assert_eq!(percentile(&Exact::parse(z).unwrap()).to_plain(), expected, "z = {z}");
        }
    }

    #[test]
    fn stanines_end_at_one_and_nine() {
        let cases = [
            ("-9", "1"),
            ("-1.76", "1"),
            ("-1.75", "2"),
            ("-0.25", "5"),
            ("0.24", "5"),
            ("0.25", "6"),
            ("1.75", "9"),
            ("9", "9"),
        ];
        for (z, expected) in cases {
            let stanine = standard(Gives::Stanine, &Exact::parse(z).unwrap());
            assert_eq!(stanine.to_plain(), expected, "z = {z}");
        }
    }
}
