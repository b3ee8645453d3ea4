//! From results to findings and recommended next steps, and what the assessor decided about them.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::assessment::{Due, Finding, Ix, Recommendation};
use crate::record::{Added, Decision, DecisionVerdict};
use crate::score::{Scored, Truth};

/// The findings and recommendations that follow from the results of one record.
#[derive(Debug)]
pub struct Advice<'a> {
    pub(crate) scored: &'a Scored<'a>,
    /// The day of issue, from which due dates and ages are counted.
    pub issued: Date,
    findings: Vec<Truth>,
    recommendations: Vec<Truth>,
    /// For each recommendation the one that excludes it.
    excluded: Vec<Option<Ix<Recommendation>>>,
}

/// What becomes of a recommendation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is made.
    Recommended,
    /// Its condition holds, but another recommendation excludes it.
    Excluded(Ix<Recommendation>),
    /// Its condition holds, but the assessor rejected it.
    Rejected,
    /// Its condition does not hold, or cannot be known.
    Not(Truth),
}

/// A recommended next step: by a rule, or by the assessor.
#[derive(Debug, Clone, Copy)]
pub enum Next<'a> {
    /// By a rule of the definition, with what the assessor decided about it.
    Rule(Ix<Recommendation>, &'a Recommendation, Option<&'a Decision>),
    /// Added by the assessor.
    Added(&'a Added),
}

impl Next<'_> {
    /// The number of the step it belongs to.
    pub fn step(&self) -> u8 {
        match self {
            Next::Rule(_, recommendation, _) => recommendation.step,
            Next::Added(added) => added.step,
        }
    }

    /// The path of the rule; of an added one there is none.
    pub fn path(&self) -> Option<&str> {
        match self {
            Next::Rule(_, recommendation, _) => Some(&recommendation.path),
            Next::Added(_) => None,
        }
    }

    /// Whether it is for advisers only, and not on the certificate.
    pub fn internal(&self) -> bool {
        matches!(self, Next::Rule(_, recommendation, _) if recommendation.internal)
    }

    fn due(&self) -> Option<Due> {
        match self {
            Next::Rule(_, recommendation, _) => recommendation.due,
            Next::Added(added) => added.due,
        }
    }
}

/// Finds what holds on the day of issue. Total.
pub fn recommend<'a>(scored: &'a Scored<'a>, issued: Date) -> Advice<'a> {
    let assessment = scored.assessment();
    let holds = |when: Option<&_>| when.map_or(Truth::Holds, |when| scored.holds(when, Some(issued)));
    let mut advice = Advice {
        scored,
        issued,
        findings: assessment.findings.iter().map(|(_, finding)| holds(Some(&finding.when))).collect(),
        recommendations: assessment.recommendations.iter().map(|(_, r)| holds(r.when.as_ref())).collect(),
        excluded: vec![None; assessment.recommendations.len()],
    };
    // In this order, whatever could exclude a recommendation is decided before the recommendation itself.
    for &ix in &assessment.exclusions {
        if advice.standing(ix) == Standing::Recommended {
            for target in &assessment.recommendations[ix].excludes {
                advice.excluded[target.position()].get_or_insert(ix);
            }
        }
    }
    advice
}

impl<'a> Advice<'a> {
    /// The results behind it.
    pub fn scored(&self) -> &'a Scored<'a> {
        self.scored
    }

    /// Whether a finding holds.
    pub fn finding(&self, finding: Ix<Finding>) -> Truth {
        self.findings[finding.position()]
    }

    /// Whether the condition of a recommendation holds.
    pub fn recommendation(&self, recommendation: Ix<Recommendation>) -> Truth {
        self.recommendations[recommendation.position()]
    }

    /// What becomes of a recommendation.
    pub fn standing(&self, recommendation: Ix<Recommendation>) -> Standing {
        let rejected = |decision: &Decision| decision.verdict == DecisionVerdict::Rejected;
        match (self.recommendation(recommendation), self.excluded[recommendation.position()]) {
            (Truth::Holds, _) if self.decision(recommendation).is_some_and(rejected) => Standing::Rejected,
            (Truth::Holds, Some(by)) => Standing::Excluded(by),
            (Truth::Holds, None) => Standing::Recommended,
            (truth, _) => Standing::Not(truth),
        }
    }

    /// What the assessor decided about a recommendation.
    pub fn decision(&self, recommendation: Ix<Recommendation>) -> Option<&'a Decision> {
        self.scored.record().decisions.get(&recommendation)
    }

    /// Recommendations that are made, but about which the assessor has not decided yet.
    pub fn undecided(&self) -> impl Iterator<Item = &'a Recommendation> {
        let all = self.scored.assessment().recommendations.iter();
        all.filter(|(ix, _)| self.standing(*ix) == Standing::Recommended && self.decision(*ix).is_none())
            .map(|(_, recommendation)| recommendation)
    }

    /// Recommendations that the assessor decided about, but which are not made: the results have changed since.
    pub fn outdated(&self) -> impl Iterator<Item = &'a Recommendation> {
        let all = self.scored.assessment().recommendations.iter();
        all.filter(|(ix, _)| {
            let made = matches!(self.standing(*ix), Standing::Recommended | Standing::Rejected);
            !made && self.decision(*ix).is_some()
        })
        .map(|(_, recommendation)| recommendation)
    }

    /// The findings that hold, in the order of the definition.
    pub fn findings(&self) -> impl Iterator<Item = &'a Finding> {
        let findings = self.scored.assessment().findings.iter();
        findings
            .zip(&self.findings)
            .filter(|(_, truth)| **truth == Truth::Holds)
            .map(|((_, finding), _)| finding)
    }

    /// The next steps: by step; within a step those of the assessor first, then the most urgent first.
    pub fn next_steps(&self) -> Vec<Next<'a>> {
        let rules = self.scored.assessment().recommendations.iter();
        let mut next: Vec<Next<'a>> = self.scored.record().added.iter().map(Next::Added).collect();
        next.extend(
            rules
                .filter(|(ix, _)| self.standing(*ix) == Standing::Recommended)
                .map(|(ix, recommendation)| Next::Rule(ix, recommendation, self.decision(ix))),
        );
        // The sort is stable: equals stay in the order of the definition.
        next.sort_by_key(|next| match next {
            Next::Added(added) => (added.step, None),
            Next::Rule(_, recommendation, _) => (recommendation.step, Some(recommendation.priority)),
        });
        next
    }

    /// The recommendations by rules that are made: by step, within a step the most urgent first.
    pub fn recommended(&self) -> Vec<&'a Recommendation> {
        let rule = |next| match next {
            Next::Rule(_, recommendation, _) => Some(recommendation),
            Next::Added(_) => None,
        };
        self.next_steps().into_iter().filter_map(rule).collect()
    }

    /// The day until which a next step is due, if it sets one.
    pub fn due(&self, next: &Next<'_>) -> Option<Date> {
        let span = match next.due()? {
            Due::Days(days) => days.days(),
            Due::Months(months) => months.months(),
        };
        self.issued.checked_add(span).ok()
    }
}
