//! What follows from the results: findings, recommendations made and left out, talks, jobs, growth.

use super::wording::Cx;
use super::{Change, Feature, Finding, Ground, Growth, Job, Kind, Recommendation, Standing, Step, Talk};
use crate::assessment::{self, Asks, Condition, FindingKind, Node, Test};
use crate::certificate::CertificateData;
use crate::growth::{Incomparable, growth};
use crate::recommend::{self, Next};
use crate::record::DecisionVerdict;
use crate::score::{Outcome, Scored};
use crate::{Exact, certificate, explain, words};

impl Cx<'_> {
    pub(super) fn findings(&self, certificate: Option<&CertificateData>) -> Vec<Finding> {
        let printed = |id: &str| {
            let sentences = certificate.map(|data| data.abilities.iter().chain(&data.potentials));
            sentences.is_some_and(|mut all| all.any(|sentence| sentence.id == id))
        };
        let finding = |finding: &assessment::Finding| Finding {
            id: finding.path.clone(),
            kind: match finding.kind {
                FindingKind::Ability => Kind::Ability,
                FindingKind::Potential => Kind::Potential,
            },
            text: self.shared.sentence(finding.text),
            certified: printed(&finding.path),
            because: self.grounds(Some(&finding.when)),
        };
        self.advice.findings().map(finding).collect()
    }

    /// Those that are made, by step, and those that are left out.
    pub(super) fn recommendations(
        &self,
        certificate: Option<&CertificateData>,
    ) -> (Vec<Step>, Vec<Recommendation>) {
        let assessment = self.assessment();
        let next_steps = self.advice.next_steps();
        let mut steps: Vec<Step> = Vec::new();
        for step in &assessment.steps {
            let printed = certificate.and_then(|data| data.steps.iter().find(|s| s.number == step.number));
            let mut printed: Vec<&certificate::Recommended> =
                printed.map(|step| step.recommendations.iter().collect()).unwrap_or_default();
            let mut recommendations = Vec::new();
            for next in next_steps.iter().filter(|next| next.step() == step.number) {
                let mut own = self.recommendation(next, None);
                // Both are in the same order, and what was added has no name of its own.
                if let Some(place) = printed.iter().position(|printed| printed.id == own.id && !own.internal)
                {
                    printed.remove(place);
                    own.certified = true;
                }
                recommendations.push(own);
            }
            if !recommendations.is_empty() {
                steps.push(Step { number: step.number, title: self.text(step.title), recommendations });
            }
        }
        let left_out = assessment.recommendations.iter().filter_map(|(ix, rule)| {
            let decision = self.advice.decision(ix);
            let (standing, why) = match self.advice.standing(ix) {
                recommend::Standing::Recommended => return None,
                recommend::Standing::Rejected => (Standing::Rejected, None),
                recommend::Standing::Excluded(by) => {
                    let other = self.shared.sentence(assessment.recommendations[by].text);
                    let why = words!(
                        "left out, because another one takes its place: “{other}”",
                        "weggelassen, weil eine andere an die Stelle tritt: „{other}“"
                    );
                    (Standing::Excluded, Some(why))
                }
                recommend::Standing::Not(_) => {
                    decision?;
                    let why = words!(
                        "does not apply any more: decided about when the results were others",
                        "trifft nicht mehr zu: entschieden, als die Ergebnisse andere waren"
                    );
                    (Standing::Outdated, Some(why))
                }
            };
            Some(self.recommendation(
                &Next::Rule(ix, rule, decision),
                Some((standing, why.map(|why| self.say(why)))),
            ))
        });
        (steps, left_out.collect())
    }

    fn recommendation(
        &self,
        next: &Next<'_>,
        left_out: Option<(Standing, Option<String>)>,
    ) -> Recommendation {
        let due = self.advice.due(next).map(|date| self.shared.dates.day(date));
        let (step, internal, certified) = (next.step(), next.internal(), false);
        match next {
            Next::Rule(_, rule, decision) => {
                let own = decision.and_then(|decision| match &decision.verdict {
                    DecisionVerdict::Edited(texts) => Some(self.own_words(texts)),
                    DecisionVerdict::Confirmed | DecisionVerdict::Rejected => None,
                });
                let sentence = self.shared.sentence(rule.text);
                let (text, original) = match own {
                    Some(own) => (own, Some(sentence)),
                    None => (sentence, None),
                };
                let (standing, left_out) = left_out.unwrap_or((Standing::Recommended, None));
                Recommendation {
                    id: rule.path.clone(),
                    step,
                    text,
                    original,
                    body: self.text(rule.body),
                    due,
                    standing,
                    internal,
                    certified,
                    because: self.grounds(rule.when.as_ref()),
                    left_out,
                    decision: decision.map(|decision| self.say(explain::Cx::decided(decision))),
                }
            }
            Next::Added(added) => {
                let by = added.by.as_ref().map_or_else(String::new, |by| format!(" ({by})"));
                let why = added.reason.as_ref().map_or_else(String::new, |why| format!(": {why}"));
                let why = super::wording::in_one_line(&why);
                let decision =
                    words!("added by the assessor{by}{why}", "von der Fachkraft hinzugefügt{by}{why}");
                Recommendation {
                    id: "added".to_owned(),
                    step,
                    text: self.own_words(&added.text),
                    original: None,
                    body: self.own_words(&added.body),
                    due,
                    standing: Standing::Added,
                    internal,
                    certified,
                    because: Vec::new(),
                    left_out: None,
                    decision: Some(self.say(decision)),
                }
            }
        }
    }

    fn grounds(&self, when: Option<&Condition>) -> Vec<Ground> {
        let grounds = when.map(|when| self.explain().grounds(when)).unwrap_or_default();
        grounds.into_iter().map(|reason| self.ground(reason)).collect()
    }

    /// What rules of the definition ask to talk about, and every other item that lies as far apart.
    pub(super) fn talks(&self) -> Vec<Talk> {
        let assessment = self.assessment();
        let mut asked = Vec::new();
        let findings = assessment.findings.iter().map(|(_, finding)| &finding.when);
        let recommendations = assessment.recommendations.iter().filter_map(|(_, rule)| rule.when.as_ref());
        findings.chain(recommendations).for_each(|when| gaps(when, &mut asked));
        let far = |node: Node| {
            let module = match node {
                Node::Item(item) => assessment.items[item].module,
                Node::Measure(measure) => assessment.measures[measure].module,
            };
            let limit = assessment.modules[module].observers.talk_from.as_ref();
            self.scored().gap(node).zip(limit).is_some_and(|(gap, limit)| gap.abs() >= *limit)
        };
        asked.retain(|node| far(*node));
        // An item is told once: a measure of it says the same.
        let read: Vec<Node> = asked
            .iter()
            .flat_map(|node| match node {
                Node::Measure(measure) => assessment.measures[*measure].rule.parts(),
                Node::Item(_) => Vec::new(),
            })
            .collect();
        let items = assessment.items().map(|(ix, _)| Node::Item(ix));
        let others: Vec<Node> =
            items.filter(|node| !asked.contains(node) && !read.contains(node) && far(*node)).collect();
        asked.extend(others);
        let talk = |node: Node| {
            Some(Talk {
                id: assessment.path(node).to_owned(),
                title: assessment.title(node, self.language).to_owned(),
                observed: self.say(self.explain().result(node)),
                own: self.own(node)?,
            })
        };
        asked.into_iter().filter_map(talk).collect()
    }

    pub(super) fn jobs(&self) -> Vec<Job> {
        let explain = self.explain();
        let feature = |(requirement, feature): (&assessment::Requirement, &crate::score::Feature)| {
            let node = Node::Measure(requirement.of);
            Feature {
                id: self.assessment().path(node).to_owned(),
                title: self.assessment().title(node, self.language).to_owned(),
                must: requirement.must,
                asked: explain.asked(requirement),
                shown: self.say(explain.result(node)),
                fit: self.say(explain::fit(feature.fit)),
                distance: feature
                    .distance
                    .as_ref()
                    .map(|distance| self.distance(&requirement.asks, distance)),
            }
        };
        let job = |(ix, job): (_, &assessment::Job)| {
            let result = self.scored().job(ix);
            Job {
                id: job.path.clone(),
                title: self.text(job.title),
                verdict: self.say(explain::verdict(result.verdict)),
                features: job.requires.iter().zip(&result.features).map(feature).collect(),
            }
        };
        self.assessment().jobs().map(job).collect()
    }

    /// How far an ability lies above or below what a job asks for.
    fn distance(&self, asks: &Asks, distance: &Exact) -> String {
        if distance.is_zero() {
            return self.say(words!("exactly that", "genau das"));
        }
        let (below, many) = (distance.is_negative(), distance.clone().abs());
        let count = self.shared.dates.number(&many);
        let (en, de) = match asks {
            Asks::Level(_) if many == Exact::ONE => (" level", " Stufe"),
            Asks::Level(_) => (" levels", " Stufen"),
            Asks::Value(_) => ("", ""),
        };
        self.say(if below {
            words!("{count}{en} below", "{count}{de} darunter")
        } else {
            words!("{count}{en} above", "{count}{de} darüber")
        })
    }

    pub(super) fn growth(&self, earlier: &Scored<'_>) -> Result<Growth, Incomparable> {
        let all = growth(earlier, self.scored())?;
        let (same, changed): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|change| change.before == change.after);
        let record = earlier.record();
        let change = |change: crate::growth::Change| {
            let node = Node::Measure(change.measure);
            let said = |outcome: &Outcome| self.say(self.explain().worded(node, outcome));
            Change {
                id: self.assessment().path(node).to_owned(),
                title: self.assessment().title(node, self.language).to_owned(),
                before: said(&change.before),
                after: said(&change.after),
                by: self.by(&change),
            }
        };
        Ok(Growth {
            since: record.to.or(record.from).map(|date| self.shared.dates.short(date)),
            changes: changed.into_iter().map(change).collect(),
            unchanged: u32::try_from(same.len()).unwrap_or(u32::MAX),
        })
    }

    /// A change in words: in levels where these changed, else in the value.
    fn by(&self, change: &crate::growth::Change) -> Option<String> {
        if let Some(levels) = change.levels().filter(|levels| *levels != 0) {
            let count = levels.unsigned_abs();
            let (en, de) = if count == 1 { ("level", "Stufe") } else { ("levels", "Stufen") };
            return Some(self.say(if levels > 0 {
                words!("{count} {en} higher", "{count} {de} höher")
            } else {
                words!("{count} {en} lower", "{count} {de} tiefer")
            }));
        }
        change.value().filter(|value| !value.is_zero()).map(|value| self.signed(&value))
    }
}

/// The items and measures whose self-assessment a condition looks at, each once.
fn gaps(condition: &Condition, found: &mut Vec<Node>) {
    match &condition.test {
        Test::All(list) | Test::Any(list) => list.iter().for_each(|inner| gaps(inner, found)),
        Test::Not(inner) => gaps(inner, found),
        Test::Gap(node) if !found.contains(node) => found.push(*node),
        _ => {}
    }
}
