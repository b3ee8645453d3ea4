//! From results to findings and recommended next steps.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::assessment::{Due, Finding, Ix, Recommendation};
use crate::score::{Scored, Truth};

/// The findings and recommendations that follow from the results of one record.
#[derive(Debug)]
pub struct Advice<'a> {
    pub(crate) scored: &'a Scored<'a>,
    /// The day of issue, from which due dates and ages are counted.
    pub issued: Date,
    findings: Vec<Truth>,
    recommendations: Vec<Truth>,
}

/// Finds what holds on the day of issue. Total.
pub fn recommend<'a>(scored: &'a Scored<'a>, issued: Date) -> Advice<'a> {
    let assessment = scored.assessment();
    let holds = |when: Option<&_>| when.map_or(Truth::Holds, |when| scored.holds(when, Some(issued)));
    Advice {
        scored,
        issued,
        findings: assessment.findings.iter().map(|(_, finding)| holds(Some(&finding.when))).collect(),
        recommendations: assessment.recommendations.iter().map(|(_, r)| holds(r.when.as_ref())).collect(),
    }
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

    /// Whether a recommendation holds.
    pub fn recommendation(&self, recommendation: Ix<Recommendation>) -> Truth {
        self.recommendations[recommendation.position()]
    }

    /// The findings that hold, in the order of the definition.
    pub fn findings(&self) -> impl Iterator<Item = &'a Finding> {
        let findings = self.scored.assessment().findings.iter();
        findings
            .zip(&self.findings)
            .filter(|(_, truth)| **truth == Truth::Holds)
            .map(|((_, finding), _)| finding)
    }

    /// The recommendations that hold: by step, within a step the most urgent first.
    pub fn recommended(&self) -> Vec<&'a Recommendation> {
        let all = self.scored.assessment().recommendations.iter();
        let mut recommended: Vec<&Recommendation> = all
            .zip(&self.recommendations)
            .filter(|(_, truth)| **truth == Truth::Holds)
            .map(|((_, recommendation), _)| recommendation)
            .collect();
        // The sort is stable: equals stay in the order of the definition.
        recommended.sort_by_key(|recommendation| (recommendation.step, recommendation.priority));
        recommended
    }

    /// The day until which a recommendation is due, if it sets one.
    pub fn due(&self, recommendation: &Recommendation) -> Option<Date> {
        let span = match recommendation.due? {
            Due::Days(days) => days.days(),
            Due::Months(months) => months.months(),
        };
        self.issued.checked_add(span).ok()
    }
}
