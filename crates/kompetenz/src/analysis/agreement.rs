//! Whether observers agree, beyond what chance would do.
//!
//! All coefficients here are 1 for perfect agreement, 0 for what chance does, and negative for less than that.
//! Where all ratings are the same, they have no value: agreement cannot be told from a scale that nobody uses.
//!
//! A *unit* is a person with the ratings of one item, one from each observer; their order does not matter.

#![allow(clippy::float_cmp, reason = "ratings are values that were entered: they are equal or they are not")]

use super::Lack;
use super::matrix::{real, squares};

/// How much it counts that two ratings differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weights {
    /// Any difference counts the same.
    Unweighted,
    /// By the difference.
    Linear,
    /// By the square of the difference.
    Quadratic,
}

/// What the differences of values mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// Values are names: they are equal or not.
    Nominal,
    /// Values have an order: a difference is how many ratings lie between them.
    Ordinal,
    /// Values are numbers on a scale with equal steps.
    Interval,
}

/// How often two observers of the same person gave the same value: equal pairs among all pairs of ratings of a unit,
/// in percent, from 0 to 100. It does not take chance into account.
///
/// For two observers it is the observed agreement p₀ of Cohen (1960).
///
/// Missing data: units with fewer than two ratings have no pairs and do not count.
pub fn percent(units: &[&[f64]]) -> Result<f64, Lack> {
    let (equal, pairs) = units.iter().fold((0, 0), |(equal, pairs), unit| {
        (equal + equal_pairs(unit), pairs + unit.len() * unit.len().saturating_sub(1))
    });
    if pairs == 0 { Err(Lack::OneObserver) } else { Ok(100.0 * real(equal) / real(pairs)) }
}

/// Cohen's kappa of two observers: `κ = 1 − Σwₒ / Σwₑ`, the disagreement observed by the disagreement expected if
/// each observer gave the same values to other people. Disagreement is counted by [`Weights`]; for unweighted kappa
/// this is the same as `(p₀ − pₑ) / (1 − pₑ)`.
///
/// The weights are differences of the values themselves; on a scale with equal steps that is the same as
/// differences of ranks.
///
/// Sources: Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement
/// 20. Cohen, J. (1968). Weighted kappa. Psychological Bulletin 70. Linear weights: Cicchetti, D. V. & Allison, T.
/// (1971). Quadratic weights: Fleiss, J. L. & Cohen, J. (1973).
///
/// Missing data: pairs are people whom both observers rated.
pub fn cohen(pairs: &[[f64; 2]], weights: Weights) -> Result<f64, Lack> {
    let Some(&[origin, _]) = pairs.first() else { return Err(Lack::OneObserver) };
    let n = real(pairs.len());
    let first: Vec<f64> = pairs.iter().map(|pair| pair[0]).collect();
    let second: Vec<f64> = pairs.iter().map(|pair| pair[1]).collect();
    let (observed, expected) = match weights {
        Weights::Unweighted => {
            let observed: f64 = pairs.iter().map(|[a, b]| f64::from(u8::from(a != b))).sum();
            let (first, second) = (counts(&first), counts(&second));
            let equal = |(value, count): &(f64, usize)| {
                let other = second.binary_search_by(|(other, _)| other.total_cmp(value));
                real(*count) * other.map_or(0.0, |found| real(second[found].1))
            };
            (observed / n, 1.0 - first.iter().map(equal).sum::<f64>() / (n * n))
        }
        Weights::Linear => {
            let observed: f64 = pairs.iter().map(|[a, b]| (a - b).abs()).sum();
            (observed / n, expected_distance(&first, &second))
        }
        Weights::Quadratic => {
            let observed: f64 = pairs.iter().map(|[a, b]| (a - b).powi(2)).sum();
            // E(a − b)² = s²ₐ + s²ᵦ + (Mₐ − Mᵦ)²; relative to the first value, equal constants come to exactly 0.
            let mean = |values: &[f64]| values.iter().map(|value| value - origin).sum::<f64>() / n;
            let variance = |values: &[f64]| squares(values.iter().copied()) / n;
            let apart = mean(&first) - mean(&second);
            (observed / n, variance(&first) + variance(&second) + apart * apart)
        }
    };
    if expected > 0.0 { Ok(1.0 - observed / expected) } else { Err(Lack::NoVariance) }
}

/// The mean distance of a value of one observer from a value of another, if they were drawn independently:
/// `∫ F(1−G) + G(1−F)` over the scale, where F and G are the shares of values that lie below.
fn expected_distance(first: &[f64], second: &[f64]) -> f64 {
    let (first, second) = (sorted(first), sorted(second));
    let mut all = [first.as_slice(), second.as_slice()].concat();
    all.sort_by(f64::total_cmp);
    all.dedup();
    let below = |values: &[f64], bound: f64| {
        real(values.partition_point(|value| *value <= bound)) / real(values.len())
    };
    let gap = |pair: &[f64]| {
        let (f, g) = (below(&first, pair[0]), below(&second, pair[0]));
        (pair[1] - pair[0]) * (f * (1.0 - g) + g * (1.0 - f))
    };
    all.windows(2).map(gap).sum()
}

/// Fleiss' kappa of units with equally many ratings, by any observers: `κ = (P̄ − P̄ₑ) / (1 − P̄ₑ)`, where P̄ is the share
/// of equal pairs, and P̄ₑ the sum of the squared shares of all values.
///
/// Source: Fleiss, J. L. (1971). Measuring nominal scale agreement among many raters. Psychological Bulletin 76.
///
/// Missing data: the formula needs the same number of ratings of each unit; others must be left out before.
pub fn fleiss(units: &[&[f64]]) -> Result<f64, Lack> {
    let agreement = percent(units)? / 100.0;
    let all = units.concat();
    let chance: f64 = counts(&all).iter().map(|(_, count)| (real(*count) / real(all.len())).powi(2)).sum();
    if chance < 1.0 { Ok((agreement - chance) / (1.0 - chance)) } else { Err(Lack::NoVariance) }
}

/// Krippendorff's alpha: `α = 1 − Dₒ / Dₑ`, the disagreement within units by the disagreement between all ratings.
///
/// With m ratings in a unit and n in all, both are sums of the squared differences δ² over ordered pairs:
/// `Dₒ = 1/n · Σ 1/(m−1) · Σ δ²` within units, and `Dₑ = 1/(n(n−1)) · Σ δ²` over all. δ² is 0 or 1 for nominal values,
/// the squared difference for interval values, and for ordinal values the squared difference of mean ranks.
///
/// Sources: Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability. Krippendorff, K. (2018). Content
/// Analysis, 4th edition, chapter 12.
///
/// Missing data: every rating of a unit with at least two ratings counts; single ratings have nothing to agree with.
pub fn krippendorff(units: &[&[f64]], metric: Metric) -> Result<f64, Lack> {
    let units: Vec<&[f64]> = units.iter().copied().filter(|unit| unit.len() > 1).collect();
    if units.is_empty() {
        return Err(Lack::OneObserver);
    }
    let all = units.concat();
    match metric {
        Metric::Nominal => {
            disagreement(&units, &all, |values| real(values.len() * (values.len() - 1) - equal_pairs(values)))
        }
        Metric::Ordinal => {
            let ranks = mean_ranks(&all);
            disagreement(&units, &all, |values| {
                let rank = |value: &f64| {
                    let found = ranks.binary_search_by(|(other, _)| other.total_cmp(value));
                    found.map_or(0.0, |found| ranks[found].1)
                };
                2.0 * real(values.len()) * squares(values.iter().map(rank))
            })
        }
        Metric::Interval => {
            disagreement(&units, &all, |values| 2.0 * real(values.len()) * squares(values.iter().copied()))
        }
    }
}

/// `1 − Dₒ / Dₑ`; `differences` is the sum of the squared differences over all ordered pairs of some ratings.
///
/// For numbers that is 2m times the squared distances from their mean, so no pair needs to be looked at.
fn disagreement(units: &[&[f64]], all: &[f64], differences: impl Fn(&[f64]) -> f64) -> Result<f64, Lack> {
    let expected = differences(all) / (real(all.len()) - 1.0);
    let observed: f64 = units.iter().map(|unit| differences(unit) / (real(unit.len()) - 1.0)).sum();
    if expected > 0.0 { Ok(1.0 - observed / expected) } else { Err(Lack::NoVariance) }
}

/// For each value, lowest first, its mean rank among all.
fn mean_ranks(all: &[f64]) -> Vec<(f64, f64)> {
    let mut below = 0.0;
    let rank = |(value, count): (f64, usize)| {
        let rank = below + real(count) / 2.0;
        below += real(count);
        (value, rank)
    };
    counts(all).into_iter().map(rank).collect()
}

/// How many ordered pairs of different ratings have the same value.
fn equal_pairs(values: &[f64]) -> usize {
    // Nearly every unit is a few ratings, and there are as many units as people: those are compared in place.
    if values.len() < 10 {
        let equal = |value: &f64| values.iter().filter(|other| *other == value).count() - 1;
        values.iter().map(equal).sum()
    } else {
        counts(values).iter().map(|(_, count)| count * (count - 1)).sum()
    }
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values
}

/// How often each value occurs, lowest first.
pub(super) fn counts(values: &[f64]) -> Vec<(f64, usize)> {
    sorted(values).chunk_by(|a, b| a == b).map(|run| (run[0], run.len())).collect()
}
