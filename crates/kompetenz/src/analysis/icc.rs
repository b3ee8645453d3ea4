//! Intraclass correlations: how much of the differences between ratings are differences between people.
//!
//! The names are those of Shrout, P. E. & Fleiss, J. L. (1979). Intraclass correlations: uses in assessing rater
//! reliability. Psychological Bulletin 86, 420–428; in brackets those of `McGraw`, K. O. & Wong, S. P. (1996). Forming
//! inferences about some intraclass correlation coefficients. Psychological Methods 1, 30–46.
//!
//! With n people, k ratings each, and the mean squares of the analysis of variance, BMS between people, WMS within
//! people, JMS between observers and EMS of the rest:
//!
//! | form | formula |
//! |---|---|
//! | ICC(1,1) \[ICC(1)\] | (BMS − WMS) / (BMS + (k−1)·WMS) |
//! | ICC(2,1) \[ICC(A,1)\] | (BMS − EMS) / (BMS + (k−1)·EMS + k·(JMS − EMS)/n) |
//! | ICC(3,1) \[ICC(C,1)\] | (BMS − EMS) / (BMS + (k−1)·EMS) |
//! | ICC(1,k) \[ICC(k)\] | (BMS − WMS) / BMS |
//! | ICC(2,k) \[ICC(A,k)\] | (BMS − EMS) / (BMS + (JMS − EMS)/n) |
//! | ICC(3,k) \[ICC(C,k)\] | (BMS − EMS) / BMS |
//!
//! All are at most 1, and negative where people differ less than their ratings. Intervals are the 95 % intervals by
//! the F distribution of the same papers; there is none where ratings leave no error at all.
//!
//! Missing data: the formulas need the same number of ratings of each person, and those of (2,·) and (3,·) the same
//! observers; people who have others are left out before.

use statrs::distribution::{ContinuousCDF, FisherSnedecor};

use super::matrix::{Matrix, negligible, real, squares};
use super::{Estimate, Lack};

/// One model of the intraclass correlation: of a single rating, and of the mean of all k.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Icc {
    /// ICC(·,1).
    pub single: Result<Estimate, Lack>,
    /// ICC(·,k).
    pub mean: Result<Estimate, Lack>,
}

/// The mean squares of ratings, a row for each person, a column for each rating.
#[derive(Debug, Clone, Copy)]
pub struct Variances {
    people: f64,
    raters: f64,
    between: f64,
    within: f64,
    judges: f64,
    error: f64,
}

impl Variances {
    /// The analysis of variance.
    ///
    /// # Errors
    /// There must be two people and two ratings of each, and not all ratings may be the same.
    pub fn of(ratings: &Matrix) -> Result<Variances, Lack> {
        if ratings.columns() < 2 {
            return Err(Lack::OneObserver);
        }
        if ratings.people() < 2 {
            return Err(Lack::TooFewPeople);
        }
        let (people, raters) = (real(ratings.people()), real(ratings.columns()));
        let row_means: Vec<f64> = ratings.rows().map(|row| row.iter().sum::<f64>() / raters).collect();
        let mut column_means = vec![0.0; ratings.columns()];
        for row in ratings.rows() {
            for (mean, value) in column_means.iter_mut().zip(row) {
                *mean += value / people;
            }
        }
        let total = squares(ratings.rows().flatten().copied());
        if total == 0.0 {
            return Err(Lack::NoVariance);
        }
        let grand = column_means.iter().sum::<f64>() / raters;
        let mut error = 0.0;
        for (row, row_mean) in ratings.rows().zip(&row_means) {
            for (value, column_mean) in row.iter().zip(&column_means) {
                error += (value - row_mean - column_mean + grand).powi(2);
            }
        }
        // What is nothing but rounding is nothing, so that no quotient of roundings is reported.
        let clean = |squares: f64| if negligible(squares, total) { 0.0 } else { squares };
        let judges = clean(people * squares(column_means.iter().copied()));
        let between = clean(raters * squares(row_means.iter().copied()));
        let within: f64 = clean(ratings.rows().map(|row| squares(row.iter().copied())).sum());
        let error = clean(error);
        Ok(Variances {
            people,
            raters,
            between: between / (people - 1.0),
            within: within / (people * (raters - 1.0)),
            judges: judges / (raters - 1.0),
            error: error / ((people - 1.0) * (raters - 1.0)),
        })
    }

    /// ICC(1,1) and ICC(1,k): each person was rated by other observers.
    pub fn one_way(&self) -> Icc {
        self.by_ratio(self.within, self.people * (self.raters - 1.0))
    }

    /// ICC(3,1) and ICC(3,k): these observers and no others rated everyone; a constant difference between them does
    /// not count.
    pub fn two_way_mixed(&self) -> Icc {
        self.by_ratio(self.error, (self.people - 1.0) * (self.raters - 1.0))
    }

    /// The forms that depend on the ratio of two mean squares alone.
    fn by_ratio(&self, error: f64, freedom: f64) -> Icc {
        let k = self.raters;
        let whole = self.between + (k - 1.0) * error;
        let people = self.people - 1.0;
        let bounds = f_quantile(people, freedom).zip(f_quantile(freedom, people));
        let bounds = bounds.filter(|_| error > 0.0 && self.between > 0.0).map(|(low, high)| {
            let ratio = self.between / error;
            (ratio / low, ratio * high)
        });
        let of_single = |f: f64| (f - 1.0) / (f + k - 1.0);
        let of_mean = |f: f64| 1.0 - 1.0 / f;
        Icc {
            single: self.quotient(
                self.between - error,
                whole,
                bounds.map(|(l, u)| (of_single(l), of_single(u))),
            ),
            mean: self.quotient(
                self.between - error,
                self.between,
                bounds.map(|(l, u)| (of_mean(l), of_mean(u))),
            ),
        }
    }

    /// ICC(2,1) and ICC(2,k): the same observers, drawn from many, rated everyone; differences between them count.
    pub fn two_way_random(&self) -> Icc {
        let Variances { people: n, raters: k, between, judges, error, .. } = *self;
        let single =
            self.quotient(between - error, between + (k - 1.0) * error + k * (judges - error) / n, None);
        let interval = single.ok().and_then(|single| self.random_interval(single.value));
        // Spearman and Brown's formula, which has nothing to say below the least correlation k ratings can have.
        let of_mean = |single: f64| {
            let whole = 1.0 + (k - 1.0) * single;
            (whole > 0.0).then(|| k * single / whole)
        };
        Icc {
            single: single.map(|Estimate { value, .. }| Estimate { value, interval }),
            mean: self.quotient(
                between - error,
                between + (judges - error) / n,
                interval.and_then(|(lower, upper)| of_mean(lower).zip(of_mean(upper))),
            ),
        }
    }

    fn quotient(&self, part: f64, whole: f64, interval: Option<(f64, f64)>) -> Result<Estimate, Lack> {
        let interval = interval.filter(|(lower, upper)| lower.is_finite() && upper.is_finite());
        let squares = self.between + self.within + self.judges + self.error;
        if negligible(whole, squares) {
            Err(Lack::NoVariance)
        } else {
            Ok(Estimate { value: part / whole, interval })
        }
    }

    /// The interval of ICC(2,1): Shrout and Fleiss (1979), p. 424, with Satterthwaite's degrees of freedom.
    fn random_interval(&self, icc: f64) -> Option<(f64, f64)> {
        let Variances { people: n, raters: k, between, judges, error, .. } = *self;
        if error == 0.0 {
            return None;
        }
        let f = judges / error;
        let rest = n * (1.0 + (k - 1.0) * icc) - k * icc;
        let above = (k - 1.0) * (n - 1.0) * (k * icc * f + rest).powi(2);
        let below = (n - 1.0) * (k * icc * f).powi(2) + rest.powi(2);
        let freedom = above / below;
        // Satterthwaite's approximation has no degrees of freedom left where people differ less than their ratings.
        if freedom < 0.5 {
            return None;
        }
        let (low, high) = f_quantile(n - 1.0, freedom).zip(f_quantile(freedom, n - 1.0))?;
        let others = k * judges + (k * n - k - n) * error;
        let lower = n * (between - low * error) / (low * others + n * between);
        let upper = n * (high * between - error) / (others + n * high * between);
        (lower.is_finite() && upper.is_finite()).then_some((lower, upper))
    }
}

/// The 97.5 % quantile of the F distribution with these degrees of freedom; `None` where there is no such distribution.
pub(super) fn f_quantile(numerator: f64, denominator: f64) -> Option<f64> {
    let quantile = FisherSnedecor::new(numerator, denominator).ok()?.inverse_cdf(0.975);
    (quantile.is_finite() && quantile > 0.0).then_some(quantile)
}
