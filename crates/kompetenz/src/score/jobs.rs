//! How a job fits: feature by feature, and a verdict in words. There is no sum and no order of people.

use serde::Serialize;

use super::{Outcome, Scored};
use crate::Exact;
use crate::assessment::{Asks, Job, Node, Verdict};

/// How a job fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobResult {
    /// Each thing the job asks for, in the order of the definition.
    pub features: Vec<Feature>,
    /// What follows from them.
    pub verdict: Verdict,
}

/// How one thing fits that a job asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feature {
    /// How far the ability lies above what is asked for, in levels or points. `None`: it is not known.
    pub distance: Option<Exact>,
    /// What that means.
    pub fit: Fit,
}

/// How an ability fits what a job asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fit {
    /// It reaches what is asked for.
    Fits,
    /// It lies two steps or more above.
    More,
    /// It lies up to one step below, which can be learnt on the job.
    Learnable,
    /// It lies further below and is to be supported first.
    ToSupport,
    /// It was not seen enough.
    Unknown,
}

impl JobResult {
    /// Whether at least one ability lies two steps or more above what the job asks for.
    pub fn more(&self) -> bool {
        self.features.iter().any(|feature| feature.fit == Fit::More)
    }
}

pub(super) fn fit(scored: &Scored<'_>, job: &Job) -> JobResult {
    let features: Vec<Feature> = job
        .requires
        .iter()
        .map(|requirement| {
            let outcome = scored.outcome(Node::Measure(requirement.of));
            let distance = match (&requirement.asks, outcome) {
                (Asks::Value(asked), Outcome::Score { value, .. }) => Some(value - asked),
                (Asks::Level(asked), outcome) => outcome.level().map(|level| {
                    let number = |level: usize| Exact::from(i64::try_from(level).unwrap_or(i64::MAX));
                    &number(level) - &number(*asked)
                }),
                (Asks::Value(_), _) => None,
            };
            let fit = match &distance {
                None => Fit::Unknown,
                Some(distance) if *distance >= Exact::from(2) => Fit::More,
                Some(distance) if !distance.is_negative() => Fit::Fits,
                Some(distance) if *distance >= Exact::from(-1) => Fit::Learnable,
                Some(_) => Fit::ToSupport,
            };
            Feature { distance, fit }
        })
        .collect();
    let must = |fit: Fit| {
        job.requires
            .iter()
            .zip(&features)
            .any(|(requirement, feature)| requirement.must && feature.fit == fit)
    };
    let any = |fit: Fit| features.iter().any(|feature| feature.fit == fit);
    // What is known to be out of reach stays so, whatever else is shown later.
    let verdict = if must(Fit::ToSupport) {
        Verdict::Later
    } else if must(Fit::Unknown) {
        Verdict::ToShow
    } else if must(Fit::Learnable) || any(Fit::ToSupport) {
        Verdict::WithSupport
    } else {
        Verdict::PossibleNow
    };
    JobResult { features, verdict }
}
