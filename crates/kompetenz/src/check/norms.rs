//! Norm tables: every person belongs to one group at most, and to one at least unless the author says otherwise.

use super::*;
use crate::record::FactValue;

/// How many combinations of facts a norm table may tell apart.
const MAX_COMBINATIONS: usize = 2_000;
/// How many norm tables an assessment may have.
const MAX_NORMS: usize = 100;

/// What tells the people of a group from others, in the order of the facts.
fn told_by(group: &NormGroup) -> Vec<usize> {
    group.facts.iter().map(|(_, value)| option_of(value)).collect()
}

/// Which of its options a choice or flag is.
fn option_of(value: &FactValue) -> usize {
    match value {
        FactValue::Choice(option) => *option,
        FactValue::Flag(flag) => usize::from(*flag),
        FactValue::Number(_) | FactValue::Date(_) => 0,
    }
}

impl Checker<'_> {
    pub(super) fn norm(&mut self, scope: &str, norm: &At<raw::Norm>, position: usize) -> Option<Norm> {
        // Each standard deviation makes the fractions of a sum longer; nobody needs so many.
        if position >= MAX_NORMS {
            self.error(
                Code::InvalidNorm,
                norm.id.place,
                words!("more than {MAX_NORMS} norm tables", "mehr als {MAX_NORMS} Normtabellen"),
            );
            return None;
        }
        let path = join(scope, norm.id.as_str());
        let groups: Vec<_> = norm.group.iter().map(|group| self.norm_group(scope, norm, group)).collect();
        if norm.group.is_empty() {
            self.error(
                Code::InvalidNorm,
                norm.id.place,
                words!(
                    "a norm table needs at least one `[[norm.group]]`",
                    "eine Normtabelle braucht mindestens eine `[[norm.group]]`"
                ),
            );
            return None;
        }
        let groups = all(groups)?;
        self.norm_coverage(norm, &groups)?;
        Some(Norm {
            path,
            gives: norm.gives.value,
            source: norm.source.to_string(),
            groups,
            place: self.show(norm.place),
        })
    }

    fn norm_group(&mut self, scope: &str, norm: &raw::Norm, group: &At<raw::NormGroup>) -> Option<NormGroup> {
        let mut facts = Vec::new();
        for (path, given) in group.facts.iter().flat_map(|facts| &facts.0) {
            let fact = match self.resolve(scope, path) {
                Some(Name::Fact(fact)) => fact,
                Some(other) => {
                    self.wrong_kind(path, &words!("a fact", "eine Angabe"), other);
                    facts.push(None);
                    continue;
                }
                None => {
                    facts.push(None);
                    continue;
                }
            };
            let value = match (self.fact_kinds.get(fact.position()), &given.value) {
                (Some((FactKind::Flag, _)), Given::Flag(flag)) => Some(FactValue::Flag(*flag)),
                (Some((FactKind::Choice, options)), Given::Text(option)) => {
                    options.iter().position(|own| own == option).map(FactValue::Choice)
                }
                _ => None,
            };
            if value.is_none() {
                self.error(
                    Code::InvalidNorm,
                    given.place,
                    words!(
                        "groups are told apart by facts of the kinds `choice` and `flag`; this is no value of such a fact",
                        "Gruppen unterscheiden sich durch Angaben der Art `choice` und `flag`; das ist kein Wert einer solchen"
                    ),
                );
            }
            facts.push(value.map(|value| (fact, value)));
        }
        let age = match &group.age {
            Some(age) => {
                let bound = |bound: &Option<At<u32>>| bound.as_ref().map(|bound| bound.value);
                let bounds = Bounds {
                    at_least: bound(&age.at_least),
                    above: None,
                    at_most: None,
                    below: bound(&age.below),
                };
                Some(self.bounds(bounds, age.place)?)
            }
            None => None,
        };
        let reads = match (group.rows.as_slice(), &group.mean, &group.sd) {
            ([_, ..], None, None) => {
                NormReading::Rows(self.rows(&group.rows, group.place, ("rows", Code::InvalidNorm))?)
            }
            ([], Some(mean), Some(sd)) if sd.value > Exact::ZERO => {
                if norm.gives.value == raw::Gives::Points {
                    self.error(
                        Code::InvalidNorm,
                        norm.gives.place,
                        words!(
                            "from mean and standard deviation come `z`, `t`, `percentile` or `stanine`",
                            "aus Mittelwert und Standardabweichung werden `z`, `t`, `percentile` oder `stanine`"
                        ),
                    );
                    return None;
                }
                NormReading::Standard { mean: mean.value.clone(), sd: sd.value.clone() }
            }
            _ => {
                self.error(
                    Code::InvalidNorm,
                    group.place,
                    words!(
                        "a group has either `rows`, or `mean` and an `sd` above 0",
                        "eine Gruppe hat entweder `rows`, oder `mean` und eine `sd` über 0"
                    ),
                );
                return None;
            }
        };
        if let NormReading::Rows(rows) = &reads {
            let range = match norm.gives.value {
                raw::Gives::Percentile => Some((0, 100)),
                raw::Gives::Stanine => Some((1, 9)),
                raw::Gives::Points | raw::Gives::Z | raw::Gives::T => None,
            };
            if let Some((lowest, highest)) = range {
                let outside = |is: &Exact| *is < Exact::from(lowest) || *is > Exact::from(highest);
                if let Some(position) = rows.iter().position(|(_, is)| outside(is)) {
                    self.error(
                        Code::InvalidNorm,
                        group.rows[position].is.place,
                        words!(
                            "this must lie between {lowest} and {highest}",
                            "das muss zwischen {lowest} und {highest} liegen"
                        ),
                    );
                }
            }
        }
        let mut facts = all(facts)?;
        facts.sort_by_key(|(fact, _)| fact.position());
        Some(NormGroup { facts, age, reads, place: self.show(group.place) })
    }

    /// Whether the groups overlap or leave people out.
    fn norm_coverage(&mut self, norm: &raw::Norm, groups: &[NormGroup]) -> Option<()> {
        let named: Vec<Ix<Fact>> = groups[0].facts.iter().map(|(fact, _)| *fact).collect();
        let same = |group: &NormGroup| {
            group.facts.iter().map(|(fact, _)| *fact).eq(named.iter().copied())
                && group.age.is_some() == groups[0].age.is_some()
        };
        if let Some(position) = groups.iter().position(|group| !same(group)) {
            self.error(
                Code::InvalidNorm,
                norm.group[position].place,
                words!(
                    "all groups of a table name the same facts, and all or none an age",
                    "alle Gruppen einer Tabelle nennen dieselben Angaben, und alle oder keine ein Alter"
                ),
            );
            return None;
        }
        let low = |group: &NormGroup| group.age.as_ref().and_then(|age| age.at_least).unwrap_or(0);
        let high = |group: &NormGroup| group.age.as_ref().and_then(|age| age.below).unwrap_or(u32::MAX);
        // Sorted by facts and age, groups that share people stand next to each other.
        let mut sorted: Vec<usize> = (0..groups.len()).collect();
        sorted.sort_by_cached_key(|&position| (told_by(&groups[position]), low(&groups[position])));
        let clash = sorted.windows(2).find_map(|pair| {
            let [one, other] = [pair[0], pair[1]].map(|position| &groups[position]);
            let shared = one.facts == other.facts && low(one) < high(other) && low(other) < high(one);
            shared.then(|| (pair[0].max(pair[1]), pair[0].min(pair[1])))
        });
        if let Some((position, other)) = clash {
            self.report(
                Diagnostic::error(
                    Code::InvalidNorm,
                    norm.group[position].place,
                    words!("the same people are in two groups", "dieselben Menschen sind in zwei Gruppen"),
                )
                .label(norm.group[other].place, words!("the other one", "die andere")),
            );
            return None;
        }
        if norm.uncovered.is_some() {
            return Some(());
        }
        let values: Vec<Vec<FactValue>> = named
            .iter()
            .map(|fact| match self.fact_kinds.get(fact.position()) {
                Some((FactKind::Choice, options)) => (0..options.len()).map(FactValue::Choice).collect(),
                _ => vec![FactValue::Flag(false), FactValue::Flag(true)],
            })
            .collect();
        let combinations = values.iter().fold(1usize, |count, values| count.saturating_mul(values.len()));
        if combinations > MAX_COMBINATIONS {
            self.report(
                Diagnostic::error(
                    Code::InvalidNorm,
                    norm.id.place,
                    words!(
                        "the facts tell more than {MAX_COMBINATIONS} groups apart",
                        "die Angaben unterscheiden mehr als {MAX_COMBINATIONS} Gruppen"
                    ),
                )
                .help(words!(
                    "name fewer facts; or say `uncovered = \"no-result\"`",
                    "weniger Angaben nennen; oder `uncovered = \"no-result\"` sagen"
                )),
            );
            return None;
        }
        let mut bands: HashMap<Vec<usize>, Vec<(u32, u32)>> = HashMap::new();
        for &position in &sorted {
            let group = &groups[position];
            bands.entry(told_by(group)).or_default().push((low(group), high(group)));
        }
        for number in 0..combinations {
            let mut rest = number;
            let mut combination = Vec::new();
            for (fact, values) in named.iter().zip(&values) {
                combination.push((*fact, values[rest % values.len()].clone()));
                rest /= values.len();
            }
            let told: Vec<usize> = combination.iter().map(|(_, value)| option_of(value)).collect();
            let mut reached = 0;
            for &(from, to) in bands.get(&told).into_iter().flatten() {
                if from > reached {
                    break;
                }
                reached = to;
            }
            if reached < u32::MAX {
                let (en, de) = self.describe(&combination, groups[0].age.is_some().then_some(reached));
                self.report(
                    Diagnostic::error(
                        Code::InvalidNorm,
                        norm.id.place,
                        words!("there is no group for people with {en}", "es gibt keine Gruppe für Menschen mit {de}"),
                    )
                    .help(words!(
                        "add the group; or say with `uncovered = \"no-result\"` that they get no result",
                        "die Gruppe ergänzen; oder mit `uncovered = \"no-result\"` sagen, dass sie kein Ergebnis bekommen"
                    )),
                );
                return None;
            }
        }
        Some(())
    }

    /// A combination of facts as a definition writes it.
    fn describe(&self, combination: &[(Ix<Fact>, FactValue)], age: Option<u32>) -> (String, String) {
        let facts = combination.iter().map(|(fact, value)| {
            let path = self.names.iter().find(|(_, (name, _))| *name == Name::Fact(*fact));
            let path = path.map_or("?", |(path, _)| path);
            match (value, self.fact_kinds.get(fact.position())) {
                (FactValue::Choice(option), Some((_, options))) => {
                    format!("`{path} = \"{}\"`", options[*option])
                }
                (FactValue::Flag(flag), _) => format!("`{path} = {flag}`"),
                _ => format!("`{path}`"),
            }
        });
        let facts: Vec<String> = facts.collect();
        let who = |age: Option<String>| facts.iter().cloned().chain(age).collect::<Vec<_>>().join(", ");
        (who(age.map(|age| format!("age {age}"))), who(age.map(|age| format!("Alter {age}"))))
    }
}
