//! Two results of one person by the same definition: what has grown.
//!
//! Numbers of two assessments may be compared only if they mean the same.
//! So the two must be by the same definition in the same version, and nothing that decides about a result may
//! differ in it; anything else is refused with its reason.

use crate::assessment::{Assessment, Ix, Measure, Name, Node, Norm, NormGroup, Rule};
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
    let changed = changed(before, after);
    if changed.is_empty() { Ok(()) } else { Err(Incomparable::Changed(changed)) }
}

/// The paths of everything that decides about results and is not the same in both.
///
/// Parts of two definitions can be compared by their positions only if these mean the same; so the paths come first.
fn changed(before: &Assessment, after: &Assessment) -> Vec<String> {
    let paths = |assessment: &Assessment| {
        let modules = assessment.modules.iter().map(|(_, module)| module.id.clone());
        let facts = assessment.facts.iter().map(|(_, fact)| fact.path.clone());
        let items = assessment.items.iter().map(|(_, item)| item.path.clone());
        let measures = assessment.measures.iter().map(|(_, measure)| measure.path.clone());
        modules.chain(facts).chain(items).chain(measures).collect::<Vec<String>>()
    };
    let (first, second) = (paths(before), paths(after));
    if first != second {
        let moved = first.iter().zip(&second).filter(|(a, b)| a != b).map(|(a, _)| a.clone());
        let missing = first.iter().skip(second.len()).chain(second.iter().skip(first.len())).cloned();
        return moved.chain(missing).collect();
    }
    let mut changed = Vec::new();
    for ((_, a), (_, b)) in before.modules.iter().zip(after.modules.iter()) {
        if a.observers != b.observers {
            changed.push(a.id.clone());
        }
    }
    for ((_, a), (_, b)) in before.facts.iter().zip(after.facts.iter()) {
        if (a.kind, &a.options) != (b.kind, &b.options) {
            changed.push(a.path.clone());
        }
    }
    for ((ix, a), (other, b)) in before.items().zip(after.items()) {
        if before.scale(ix).values != after.scale(other).values || a.reading != b.reading {
            changed.push(a.path.clone());
        }
    }
    for ((_, a), (_, b)) in before.measures().zip(after.measures()) {
        if !same_measure((before, a), (after, b)) {
            changed.push(a.path.clone());
        }
    }
    changed
}

fn same_measure((before, a): (&Assessment, &Measure), (after, b): (&Assessment, &Measure)) -> bool {
    // Whatever a measure may have one day is compared here, or left out on purpose.
    let Measure {
        path: _,
        module,
        title: _,
        rule,
        round_first,
        shown: _,
        ladder,
        caps,
        floors,
        easy: _,
        picture: _,
        place: _,
    } = a;
    let same_levels = match (ladder, b.ladder) {
        (Some(own), Some(other)) => {
            let (own, other) = (&before.ladder(*own).levels, &after.ladder(other).levels);
            own.iter()
                .map(|level| (&level.id, &level.bound))
                .eq(other.iter().map(|level| (&level.id, &level.bound)))
        }
        (None, None) => true,
        _ => false,
    };
    let same_rule = match (rule, &b.rule) {
        (Rule::Norm(part, own), Rule::Norm(other_part, other)) => {
            part == other_part && same_norm(&before.norms[*own], &after.norms[*other])
        }
        (rule, other) => rule == other,
    };
    *module == b.module
        && same_rule
        && *round_first == b.round_first
        && same_levels
        && *caps == b.caps
        && *floors == b.floors
}

fn same_norm(a: &Norm, b: &Norm) -> bool {
    let Norm { path: _, gives, source: _, groups, place: _ } = a;
    let same = |a: &NormGroup, b: &NormGroup| {
        let NormGroup { facts, age, reads, place: _ } = a;
        *facts == b.facts && *age == b.age && *reads == b.reads
    };
    *gives == b.gives
        && groups.len() == b.groups.len()
        && groups.iter().zip(&b.groups).all(|(a, b)| same(a, b))
}
