//! Whether the items of a measure belong together.
//!
//! Missing data: all of these need every item of a person, see [`Matrix::listwise`].

use super::icc::f_quantile;
use super::matrix::{Matrix, negligible, real, squares};
use super::{Estimate, Lack};

/// What the formulas need of a test: the variances of its items, of their sum, and how each item goes with the sum.
///
/// All variances are sums of squares; the divisor n − 1 cancels in every formula here.
#[derive(Debug, Clone)]
pub struct Consistency {
    people: usize,
    /// For each item, how much it varies, and how much it does so together with the sum.
    items: Vec<(f64, f64)>,
    total: f64,
    dichotomous: bool,
}

impl Consistency {
    /// Reads the scores of people (rows) in items (columns).
    pub fn of(scores: &Matrix) -> Consistency {
        let people = scores.people();
        // Relative to the first person: a constant item varies by exactly 0.
        let first: &[f64] = scores.rows().next().unwrap_or_default();
        let mut means = vec![0.0; first.len()];
        for row in scores.rows() {
            for ((mean, value), first) in means.iter_mut().zip(row).zip(first) {
                *mean += (value - first) / real(people);
            }
        }
        let mut items = vec![(0.0, 0.0); first.len()];
        let mut total = 0.0;
        let mut centred = vec![0.0; first.len()];
        for row in scores.rows() {
            for (((cell, value), first), mean) in centred.iter_mut().zip(row).zip(first).zip(&means) {
                *cell = value - first - mean;
            }
            let sum: f64 = centred.iter().sum();
            total += sum * sum;
            for ((own, joint), value) in items.iter_mut().zip(&centred) {
                *own += value * value;
                *joint += value * sum;
            }
        }
        #[expect(clippy::float_cmp, reason = "codes that were entered, not results")]
        let dichotomous = scores.rows().flatten().all(|&value| value == 0.0 || value == 1.0);
        Consistency { people, items, total, dichotomous }
    }

    /// Cronbach's alpha: `α = k/(k−1) · (1 − Σs²ᵢ / s²ₓ)` for k items with variances s²ᵢ and a sum with variance s²ₓ.
    ///
    /// At most 1; negative where items contradict each other. The higher, the more the items measure together, but it
    /// also rises with their number.
    ///
    /// Source: Cronbach, L. J. (1951). Coefficient alpha and the internal structure of tests. Psychometrika 16.
    /// The 95 % interval is `1 − (1−α)·F` with n−1 and (n−1)(k−1) degrees of freedom: Feldt, L. S., Woodruff, D. J. &
    /// Salih, F. A. (1987). Statistical inference for coefficient alpha. Applied Psychological Measurement 11.
    pub fn alpha(&self) -> Result<Estimate, Lack> {
        let value = alpha(self.items.len(), self.items.iter().map(|(own, _)| own).sum(), self.total)?;
        let people = real(self.people) - 1.0;
        let errors = people * (real(self.items.len()) - 1.0);
        let interval = f_quantile(people, errors).zip(f_quantile(errors, people));
        let interval = interval.map(|(low, high)| (1.0 - (1.0 - value) * low, 1.0 - (1.0 - value) / high));
        Ok(Estimate { value, interval })
    }

    /// Kuder and Richardson's formula 20, for items that are 0 or 1:
    /// `k/(k−1) · (1 − Σpᵢqᵢ / s²ₓ)` for k items that the share pᵢ of people solved, with qᵢ = 1 − pᵢ.
    ///
    /// `pᵢqᵢ` is the variance of such an item, so it is alpha, and is computed as such.
    ///
    /// Source: Kuder, G. F. & Richardson, M. W. (1937). The theory of the estimation of test reliability.
    /// Psychometrika 2.
    pub fn kr20(&self) -> Result<Estimate, Lack> {
        if self.dichotomous { self.alpha() } else { Err(Lack::NotDichotomous) }
    }

    /// The corrected item-total correlation: Pearson's r of an item with the sum of all other items, from −1 to 1.
    ///
    /// Source: Nunnally, J. C. & Bernstein, I. H. (1994). Psychometric Theory, 3rd edition, chapter 8.
    pub fn item_total(&self, item: usize) -> Result<f64, Lack> {
        if self.items.len() < 2 {
            return Err(Lack::TooFewItems);
        }
        let (own, joint) = self.items[item];
        let rest = self.without(item);
        if own == 0.0 || negligible(rest, self.total + own) {
            return Err(Lack::NoVariance);
        }
        // Rounding must not lead out of the range.
        Ok(((joint - own) / (own * rest).sqrt()).clamp(-1.0, 1.0))
    }

    /// [Alpha](Consistency::alpha) of all items but this one. Where it is higher than alpha, the item does not fit in.
    pub fn alpha_if_deleted(&self, item: usize) -> Result<f64, Lack> {
        let others = self.items.iter().enumerate().filter(|(other, _)| *other != item);
        alpha(self.items.len() - 1, others.map(|(_, (own, _))| own).sum(), self.without(item))
    }

    /// How much the sum varies without one item: `s²(x−i) = s²ₓ − 2·s(x,i) + s²ᵢ`.
    fn without(&self, item: usize) -> f64 {
        let (own, joint) = self.items[item];
        self.total - 2.0 * joint + own
    }
}

fn alpha(count: usize, items: f64, total: f64) -> Result<f64, Lack> {
    if count < 2 {
        return Err(Lack::TooFewItems);
    }
    if negligible(total, items) {
        return Err(Lack::NoVariance);
    }
    let count = real(count);
    Ok(count / (count - 1.0) * (1.0 - items / total))
}

/// The mean of some values; `None` of none.
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / real(values.len()))
}

/// The standard deviation of a sample, with the divisor n − 1.
pub fn standard_deviation(values: &[f64]) -> Option<f64> {
    (values.len() > 1).then(|| (squares(values.iter().copied()) / (real(values.len()) - 1.0)).sqrt())
}

/// The difficulty of an item: the mean as a share of the way from the lowest to the highest value of the scale,
/// `P = (M − lowest) / (highest − lowest)`. From 0, nobody got anywhere, to 1, all reached the top: high is easy.
///
/// For items that are 0 or 1 it is the share of people who solved them.
///
/// Source: Lienert, G. A. & Raatz, U. (1998). Testaufbau und Testanalyse, 6th edition, chapter 5.
pub fn difficulty(values: &[f64], lowest: f64, highest: f64) -> Option<f64> {
    (highest > lowest).then_some(())?;
    Some((mean(values)? - lowest) / (highest - lowest))
}
