//! Two results of one person by the same definition: what has grown.
//!
//! Numbers of two assessments may be compared only if they mean the same.
//! So the two must be by the same definition in the same version, and nothing that decides about a result may
//! differ in it; anything else is refused with its reason.

use crate::assessment::{Assessment, Item, Ix, Measure, Name, Node};
use crate::score::{Outcome, Scored};
use crate::{Exact, Words, words};

/// How one measure has changed.
#[derive(Debug, Clone)]
pub struct Change {
    /// Which measure, in the assessment of the later result.
    pub measure: Ix<Measure>,
    /// What came out the first time.
    pub before: Outcome,
    /// What came out the second time.
    pub after: Outcome,
}

impl Change {
    /// How many levels it rose; below 0: it fell. `None`: one of the two has no level.
    pub fn levels(&self) -> Option<i64> {
        let level = |outcome: &Outcome| outcome.level().and_then(|level| i64::try_from(level).ok());
        Some(level(&self.after)? - level(&self.before)?)
    }

    /// How much the value grew. `None`: one of the two has no value.
    pub fn value(&self) -> Option<Exact> {
        Some(self.after.value()? - self.before.value()?)
    }
}

/// Why two results cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Incomparable {
    /// They are of two people.
    #[error("the results are of two people")]
    People,
    /// They are by different assessments.
    #[error("the results are by different assessments: {0} and {1}")]
    Assessments(String, String),
    /// They are by different versions of the definition.
    #[error("the results are by different versions: {0} and {1}")]
    Versions(String, String),
    /// Scales, rules or levels of these were changed although the version is the same.
    #[error("changed within the same version: {}", .0.join(", "))]
    Changed(Vec<String>),
    /// The result that is said to be the later one is the earlier one.
    #[error("the later results come from before the earlier ones")]
    Order,
}

impl Incomparable {
    /// The reason in both languages.
    pub fn message(&self) -> Words {
        match self {
            Incomparable::People => {
                words!("these are results of two people", "das sind Ergebnisse von zwei Personen")
            }
            Incomparable::Assessments(before, after) => words!(
                "results by `{before}` and by `{after}` cannot be compared",
                "Ergebnisse nach `{before}` und nach `{after}` lassen sich nicht vergleichen"
            ),
            Incomparable::Versions(before, after) => words!(
                "results by the versions {before} and {after} cannot be compared: their rules differ",
                "Ergebnisse nach den Versionen {before} und {after} lassen sich nicht vergleichen: die Regeln sind verschieden"
            ),
            Incomparable::Changed(paths) => {
                let list = paths.join(", ");
                words!(
                    "scales, rules or levels were changed within the same version: {list}",
                    "Skalen, Regeln oder Stufen wurden in derselben Version geändert: {list}"
                )
            }
            Incomparable::Order => words!(
                "the later results come from before the earlier ones",
                "die späteren Ergebnisse liegen vor den früheren"
            ),
        }
    }
}

/// How each measure has changed that was taken at least once, in the order of the definition.
///
/// # Errors
/// Results of two people, by two definitions, by two versions, by a definition that was changed within its
/// version, or in the wrong order.
pub fn growth(before: &Scored<'_>, after: &Scored<'_>) -> Result<Vec<Change>, Incomparable> {
    if before.record().key != after.record().key {
        return Err(Incomparable::People);
    }
    comparable(before.assessment(), after.assessment())?;
    let day = |scored: &Scored<'_>| scored.record().to.or(scored.record().from);
    if let (Some(first), Some(second)) = (day(before), day(after))
        && first > second
    {
        return Err(Incomparable::Order);
    }
    let mut changes = Vec::new();
    for (ix, measure) in after.assessment().measures() {
        let Some(Name::Measure(earlier)) = before.assessment().find(&measure.path) else { continue };
        let change = Change {
            measure: ix,
            before: before.outcome(Node::Measure(earlier)).clone(),
            after: after.outcome(Node::Measure(ix)).clone(),
        };
        if change.before != Outcome::NotTaken || change.after != Outcome::NotTaken {
            changes.push(change);
        }
    }
    Ok(changes)
}

/// Whether results by two definitions mean the same.
fn comparable(before: &Assessment, after: &Assessment) -> Result<(), Incomparable> {
    if std::ptr::eq(before, after) {
        return Ok(());
    }
    if before.id != after.id {
        return Err(Incomparable::Assessments(before.id.clone(), after.id.clone()));
    }
    if before.version != after.version {
        return Err(Incomparable::Versions(before.version.clone(), after.version.clone()));
    }
    let mut changed = Vec::new();
    for (ix, item) in before.items() {
        let same = match after.find(&item.path) {
            Some(Name::Item(other)) => same_item((before, ix, item), (after, other, after.item(other))),
            _ => false,
        };
        if !same {
            changed.push(item.path.clone());
        }
    }
    for (_, measure) in before.measures() {
        let same = match after.find(&measure.path) {
            Some(Name::Measure(other)) => same_measure((before, measure), (after, after.measure(other))),
            _ => false,
        };
        if !same {
            changed.push(measure.path.clone());
        }
    }
    if changed.is_empty() { Ok(()) } else { Err(Incomparable::Changed(changed)) }
}

type Placed<'a, T> = (&'a Assessment, Ix<T>, &'a T);

fn same_item(before: Placed<'_, Item>, after: Placed<'_, Item>) -> bool {
    before.0.scale(before.1).values == after.0.scale(after.1).values && before.2.reading == after.2.reading
}

fn same_measure(before: (&Assessment, &Measure), after: (&Assessment, &Measure)) -> bool {
    let rule = |(assessment, measure): (&Assessment, &Measure)| {
        let parts = measure.rule.parts();
        let paths: Vec<String> = parts.iter().map(|part| assessment.path(*part).to_owned()).collect();
        let covered = measure.rule.covered();
        let needs = covered.map(|parts| parts.needs.clone()).unwrap_or_default();
        let weights: Vec<Exact> = covered
            .map(|parts| parts.list.iter().map(|part| part.weight.clone()).collect())
            .unwrap_or_default();
        (measure.rule.word(), paths, needs, weights, measure.round_first)
    };
    let levels = |(assessment, measure): (&Assessment, &Measure)| -> Vec<(String, Option<Exact>)> {
        let ladder = measure.ladder.map(|ladder| assessment.ladder(ladder));
        let levels = ladder.iter().flat_map(|ladder| &ladder.levels);
        levels.map(|level| (level.id.clone(), level.bound.cut().cloned())).collect()
    };
    rule(before) == rule(after) && levels(before) == levels(after)
}
