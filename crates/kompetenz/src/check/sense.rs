//! Whether a definition makes sense as a whole: what can be reached, and what is known when a sentence is printed.

use super::*;

/// The items and measures that a condition looks at.
pub(super) fn nodes_of(condition: &Condition, nodes: &mut Vec<Node>) {
    match &condition.test {
        Test::All(list) | Test::Any(list) => list.iter().for_each(|inner| nodes_of(inner, nodes)),
        Test::Not(inner) => nodes_of(inner, nodes),
        Test::Score(node, _) => nodes.push(*node),
        Test::Level(measure, ..) | Test::Insufficient(measure) => nodes.push(Node::Measure(*measure)),
        Test::FactNumber(..)
        | Test::FactDate(..)
        | Test::FactFlag(..)
        | Test::FactChoice(..)
        | Test::Age(..)
        | Test::Taken(..) => {}
    }
}

/// What certainly has a result whenever the condition holds.
///
/// Tests of scores and levels can be answered, with yes or with no, only when there is a result.
pub(super) fn known_if_holds(condition: &Condition) -> HashSet<Node> {
    known(condition, true)
}

fn known(condition: &Condition, holds: bool) -> HashSet<Node> {
    match (&condition.test, holds) {
        (Test::Score(node, _), _) => HashSet::from([*node]),
        (Test::Level(measure, ..), _) => HashSet::from([Node::Measure(*measure)]),
        (Test::Not(inner), _) => known(inner, !holds),
        // All hold, or none of any holds: everything that one of them needs is known.
        (Test::All(list), true) | (Test::Any(list), false) => {
            list.iter().flat_map(|inner| known(inner, holds)).collect()
        }
        // At least one of them decided it, but which one is open: only what each of them needs is known.
        (Test::Any(list), true) | (Test::All(list), false) => list
            .iter()
            .map(|inner| known(inner, holds))
            .reduce(|a, b| a.intersection(&b).copied().collect())
            .unwrap_or_default(),
        _ => HashSet::new(),
    }
}

impl Checker<'_> {
    /// Levels that no value can reach, and values that have no level.
    pub(super) fn sense(&mut self, files: &[(Scope, raw::Definition)], assessment: &Assessment) {
        let ranges = ranges(assessment);
        let raw_measures =
            files.iter().flat_map(|(scope, file)| file.measure.iter().map(move |measure| (scope, measure)));
        for ((ix, measure), (_, raw)) in assessment.measures.iter().zip(raw_measures) {
            let Some(ladder) = measure.ladder.map(|ladder| &assessment.ladders[ladder]) else { continue };
            let Some((lowest, highest)) = &ranges[ix.position()] else { continue };
            let own = match raw.levels.as_deref() {
                Some(raw::Levels::Own(levels)) => Some(levels),
                _ => None,
            };
            let at = |level: usize| {
                own.and_then(|levels| levels[level].at_least.as_ref()).map_or_else(
                    || raw.levels.as_ref().map_or(raw.place, |levels| levels.place),
                    |cut| cut.place,
                )
            };
            for (position, level) in ladder.levels.iter().enumerate() {
                let Bound::AtLeast(cut) = &level.bound else { continue };
                let (id, cut_text) = (&level.id, cut.to_plain());
                if position == 0 && cut > lowest {
                    let lowest = lowest.to_plain();
                    self.report(
                        Diagnostic::error(
                            Code::InvalidLevels,
                            at(position),
                            words!(
                                "values from {lowest} to {cut_text} have no level",
                                "Werte von {lowest} bis {cut_text} haben keine Stufe"
                            ),
                        )
                        .help(words!(
                            "let the lowest level begin at {lowest}",
                            "die unterste Stufe bei {lowest} beginnen lassen"
                        )),
                    );
                }
                if cut > highest {
                    let highest = highest.to_plain();
                    self.error(
                        Code::UnreachableLevel,
                        at(position),
                        words!(
                            "no result reaches the level `{id}`: it begins at {cut_text}, the highest value is {highest}",
                            "kein Ergebnis erreicht die Stufe `{id}`: sie beginnt bei {cut_text}, der höchste Wert ist {highest}"
                        ),
                    );
                }
            }
        }
    }
}

/// The lowest and highest value of each measure, over all observations that can be made.
fn ranges(assessment: &Assessment) -> Vec<Option<(Exact, Exact)>> {
    let mut ranges: Vec<Option<(Exact, Exact)>> = vec![None; assessment.measures.len()];
    for &ix in &assessment.order {
        let of = |node: &Node| match node {
            Node::Item(item) => Some(assessment.scales[assessment.items[*item].scale].bounds()),
            Node::Measure(measure) => ranges[measure.position()].clone(),
        };
        // A mean lies between the lowest and the highest part, and may be one part alone.
        let hull = |nodes: Vec<Node>| {
            let parts: Option<Vec<_>> = nodes.iter().map(of).collect();
            let parts = parts?;
            Some((
                parts.iter().map(|(low, _)| low).min()?.clone(),
                parts.iter().map(|(_, high)| high).max()?.clone(),
            ))
        };
        ranges[ix.position()] = match &assessment.measures[ix].rule {
            Rule::Condition(_) => None,
            Rule::Table(_, rows) => {
                rows.iter().map(|(_, is)| is).min().cloned().zip(rows.iter().map(|(_, is)| is).max().cloned())
            }
            rule => hull(rule.parts()),
        };
    }
    ranges
}
