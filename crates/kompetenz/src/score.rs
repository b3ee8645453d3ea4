//! From a record to its results. Total: whatever can go wrong went wrong before.
//!
//! The explanation is the result: a [`Scored`] keeps for every item and measure what was seen, what was needed,
//! the level before a cap and which caps applied. [`explain`](crate::explain()) only reads it.

use jiff::civil::Date;
use serde::Serialize;

use crate::Exact;
use crate::assessment::{
    Assessment, Bound, Combine, Condition, Item, Ix, Measure, Node, Observers, Parts, Rule, Test, Unit,
};
use crate::record::{FactValue, Record, Seen};

/// What came out for an item or a measure.
///
/// "Not enough seen", "disputed" and "not taken" are outcomes of their own: never a number, never the lowest level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// An exact value, and the level it earns if there are levels.
    Score {
        /// The value.
        value: Exact,
        /// The level, counted from the lowest, 0.
        level: Option<usize>,
    },
    /// A level by condition, without a value.
    Level(usize),
    /// Not enough was seen.
    Insufficient(Coverage),
    /// Observers differ by at least as much as the definition calls a dispute; a person must decide.
    Disputed {
        /// How far they are apart.
        spread: Exact,
    },
    /// The module was not taken.
    NotTaken,
}

impl Outcome {
    /// The value, if there is one.
    pub fn value(&self) -> Option<&Exact> {
        match self {
            Outcome::Score { value, .. } => Some(value),
            _ => None,
        }
    }

    /// The level, if there is one.
    pub fn level(&self) -> Option<usize> {
        match self {
            Outcome::Score { level, .. } => *level,
            Outcome::Level(level) => Some(*level),
            _ => None,
        }
    }
}

/// What was seen, and what was needed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// How much was seen.
    pub seen: Exact,
    /// How much was needed.
    pub needed: Exact,
    /// In what both are counted.
    pub unit: Unit,
}

/// The result of one measure.
#[derive(Debug, Clone)]
pub struct MeasureResult {
    /// What came out.
    pub outcome: Outcome,
    /// What was seen, for rules that have a coverage.
    pub coverage: Option<Coverage>,
    /// The level before caps.
    pub uncapped: Option<usize>,
    /// For each cap of the measure, whether it applies.
    pub caps: Vec<Truth>,
}

/// Whether a condition holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Truth {
    /// It holds.
    Holds,
    /// It does not hold.
    Fails,
    /// It cannot be known, because something was not seen.
    Unknown(Why),
}

/// Why a condition cannot be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// Not enough was seen.
    Insufficient,
    /// Observers are too far apart.
    Disputed,
    /// A module was not taken.
    NotTaken,
    /// A fact about the person is not known.
    NoFact,
}

/// The results of one record.
#[derive(Debug)]
pub struct Scored<'a> {
    pub(crate) record: &'a Record<'a>,
    items: Vec<Outcome>,
    measures: Vec<MeasureResult>,
}

/// Scores a record.
pub fn score<'a>(record: &'a Record<'a>) -> Scored<'a> {
    let assessment = record.assessment;
    let observers: Vec<u32> = present(record);
    let items = assessment
        .items
        .iter()
        .map(|(ix, item)| {
            let module = &assessment.modules[item.module].observers;
            score_item(record, ix, item, module, observers[item.module.position()])
        })
        .collect();
    let unscored =
        MeasureResult { outcome: Outcome::NotTaken, coverage: None, uncapped: None, caps: Vec::new() };
    let mut scored = Scored { record, items, measures: vec![unscored; assessment.measures.len()] };
    for &ix in &assessment.order {
        scored.measures[ix.position()] = score_measure(&scored, &assessment.measures[ix]);
    }
    scored
}

/// How many observers entered anything in each module.
fn present(record: &Record<'_>) -> Vec<u32> {
    let mut present = vec![vec![false; record.observers.len()]; record.assessment.modules.len()];
    for (ix, item) in record.assessment.items.iter() {
        for (observer, seen) in record.seen(ix).iter().enumerate() {
            present[item.module.position()][observer] |= *seen != Seen::Blank;
        }
    }
    present.iter().map(|module| module.iter().map(|&there| u32::from(there)).sum()).collect()
}

fn score_item(
    record: &Record<'_>,
    ix: Ix<Item>,
    item: &Item,
    observers: &Observers,
    present: u32,
) -> Outcome {
    if !record.taken(item.module) {
        return Outcome::NotTaken;
    }
    if present < observers.at_least {
        return Outcome::Insufficient(Coverage {
            seen: Exact::from(i64::from(present)),
            needed: Exact::from(i64::from(observers.at_least)),
            unit: Unit::Observers,
        });
    }
    let mut values: Vec<&Exact> = Vec::with_capacity(record.observers.len());
    values.extend(record.seen(ix).iter().filter_map(|seen| match seen {
        Seen::Value(value) => Some(value),
        Seen::Blank | Seen::NotObserved => None,
    }));
    let (Some(lowest), Some(highest)) = (values.iter().min(), values.iter().max()) else {
        return Outcome::Insufficient(Coverage { seen: Exact::ZERO, needed: Exact::ONE, unit: Unit::Parts });
    };
    if let Some(limit) = &observers.dispute_from {
        let spread = *highest - *lowest;
        if spread >= *limit {
            return Outcome::Disputed { spread };
        }
    }
    let value = match observers.combine {
        // Agreement needs no arithmetic.
        _ if lowest == highest => (*lowest).clone(),
        Combine::Mean => {
            let sum: Exact = values.iter().copied().sum();
            sum / Exact::from(i64::try_from(values.len()).unwrap_or(i64::MAX))
        }
        Combine::Lowest => (*lowest).clone(),
        Combine::Highest => (*highest).clone(),
        Combine::Median => {
            values.sort();
            values[(values.len() - 1) / 2].clone()
        }
    };
    Outcome::Score { value, level: None }
}

fn score_measure(scored: &Scored<'_>, measure: &Measure) -> MeasureResult {
    let assessment = scored.record.assessment;
    let (mut outcome, coverage) = compute(scored, measure);
    let ladder = measure.ladder.map(|ladder| &assessment.ladders[ladder]);
    if let (Outcome::Score { value, level }, Some(ladder)) = (&mut outcome, ladder) {
        // The lowest cut lies at or below the lowest value, so every value has a level.
        let reached = |bound: &Bound| matches!(bound, Bound::AtLeast(cut) if cut <= value);
        *level = ladder.levels.iter().rposition(|level| reached(&level.bound));
    }
    let uncapped = outcome.level();
    let caps: Vec<Truth> = measure.caps.iter().map(|cap| scored.holds(&cap.when, None)).collect();
    for (cap, truth) in measure.caps.iter().zip(&caps) {
        if *truth == Truth::Holds {
            match &mut outcome {
                Outcome::Score { level: Some(level), .. } | Outcome::Level(level) => {
                    *level = cap.at_most.min(*level);
                }
                _ => {}
            }
        }
    }
    MeasureResult { outcome, coverage, uncapped, caps }
}

fn compute(scored: &Scored<'_>, measure: &Measure) -> (Outcome, Option<Coverage>) {
    match &measure.rule {
        Rule::Mean(parts) => over(scored, parts, |seen| {
            let mut weights = Exact::ZERO;
            let mut sum = Exact::ZERO;
            for (value, weight) in seen {
                sum = &sum + &(*value * *weight);
                weights = &weights + weight;
            }
            sum / weights
        }),
        Rule::Lowest(parts) => over(scored, parts, |seen| pick(seen.iter().map(|(value, _)| *value).min())),
        Rule::Highest(parts) => over(scored, parts, |seen| pick(seen.iter().map(|(value, _)| *value).max())),
        Rule::First(parts) => {
            let mut lack = Outcome::NotTaken;
            for part in parts {
                match scored.outcome(*part) {
                    Outcome::Score { value, .. } => {
                        return (Outcome::Score { value: value.clone(), level: None }, None);
                    }
                    Outcome::Disputed { spread } => {
                        return (Outcome::Disputed { spread: spread.clone() }, None);
                    }
                    Outcome::NotTaken => {}
                    other => lack = other.clone(),
                }
            }
            (lack, None)
        }
        Rule::Table(part, rows) => {
            let outcome = match scored.outcome(*part) {
                Outcome::Score { value, .. } => {
                    match rows.iter().rev().find(|(at_least, _)| at_least <= value) {
                        Some((_, is)) => Outcome::Score { value: is.clone(), level: None },
                        None => Outcome::Insufficient(Coverage {
                            seen: value.clone(),
                            needed: rows[0].0.clone(),
                            unit: Unit::Value,
                        }),
                    }
                }
                lack => lack.clone(),
            };
            (outcome, None)
        }
        Rule::Condition(parts) => (by_condition(scored, measure, parts), None),
    }
}

/// A value over the parts seen, if enough of them were seen.
fn over(
    scored: &Scored<'_>,
    parts: &Parts,
    value: impl Fn(&[(&Exact, &Exact)]) -> Exact,
) -> (Outcome, Option<Coverage>) {
    let mut seen: Vec<(&Exact, &Exact)> = Vec::with_capacity(parts.list.len());
    let mut taken = false;
    // A dispute comes first, in whatever order the parts are named: a person must act on it.
    let outcomes = parts.list.iter().map(|(node, _)| scored.outcome(*node));
    if let Some(disputed) = outcomes.clone().find(|outcome| matches!(outcome, Outcome::Disputed { .. })) {
        return (disputed.clone(), None);
    }
    for (outcome, (_, weight)) in outcomes.zip(&parts.list) {
        taken |= *outcome != Outcome::NotTaken;
        match outcome {
            Outcome::Score { value, .. } => seen.push((value, weight)),
            // Too few observers is no matter of single parts: nothing of the module counts.
            Outcome::Insufficient(coverage) if coverage.unit == Unit::Observers => {
                return (outcome.clone(), Some(coverage.clone()));
            }
            Outcome::Insufficient(_) | Outcome::NotTaken | Outcome::Level(_) | Outcome::Disputed { .. } => {}
        }
    }
    if !taken {
        return (Outcome::NotTaken, None);
    }
    let count = Exact::from(i64::try_from(seen.len()).unwrap_or(i64::MAX));
    let covered = match parts.unit {
        Unit::Share => count / Exact::from(i64::try_from(parts.list.len()).unwrap_or(i64::MAX)),
        Unit::Weight => seen.iter().map(|(_, weight)| *weight).sum::<Exact>() / parts.total.clone(),
        Unit::Parts | Unit::Observers | Unit::Value => count,
    };
    let coverage = Coverage { seen: covered, needed: parts.needed.clone(), unit: parts.unit };
    if coverage.seen < coverage.needed || seen.is_empty() {
        return (Outcome::Insufficient(coverage.clone()), Some(coverage));
    }
    (Outcome::Score { value: value(&seen), level: None }, Some(coverage))
}

fn pick(value: Option<&Exact>) -> Exact {
    // `over` asks only when something was seen.
    value.cloned().unwrap_or(Exact::ZERO)
}

fn by_condition(scored: &Scored<'_>, measure: &Measure, parts: &[Node]) -> Outcome {
    let Some(ladder) = measure.ladder.map(|ladder| &scored.record.assessment.ladders[ladder]) else {
        return Outcome::NotTaken;
    };
    let taken = parts.iter().filter(|part| *scored.outcome(**part) != Outcome::NotTaken);
    if taken.count() == 0 {
        return Outcome::NotTaken;
    }
    for (position, level) in ladder.levels.iter().enumerate().rev() {
        let truth = match &level.bound {
            Bound::When(condition) => scored.holds(condition, None),
            Bound::Base | Bound::AtLeast(_) => Truth::Holds,
        };
        match truth {
            Truth::Holds => return Outcome::Level(position),
            Truth::Fails => {}
            // The level may be reached or not: to give a lower one would punish what was not seen.
            Truth::Unknown(Why::Disputed) => {
                let spread = parts.iter().find_map(|part| match scored.outcome(*part) {
                    Outcome::Disputed { spread } => Some(spread.clone()),
                    _ => None,
                });
                return Outcome::Disputed { spread: spread.unwrap_or(Exact::ZERO) };
            }
            Truth::Unknown(_) => break,
        }
    }
    let known = |part: &&Node| matches!(scored.outcome(**part), Outcome::Score { .. } | Outcome::Level(_));
    let count = |n: usize| Exact::from(i64::try_from(n).unwrap_or(i64::MAX));
    Outcome::Insufficient(Coverage {
        seen: count(parts.iter().filter(known).count()),
        needed: count(parts.len()),
        unit: Unit::Parts,
    })
}

impl<'a> Scored<'a> {
    /// The record behind the results.
    pub fn record(&self) -> &'a Record<'a> {
        self.record
    }

    /// The assessment behind the results.
    pub fn assessment(&self) -> &'a Assessment {
        self.record.assessment
    }

    /// What came out for an item or a measure.
    pub fn outcome(&self, node: Node) -> &Outcome {
        match node {
            Node::Item(item) => &self.items[item.position()],
            Node::Measure(measure) => &self.measures[measure.position()].outcome,
        }
    }

    /// The result of a measure.
    pub fn measure(&self, measure: Ix<Measure>) -> &MeasureResult {
        &self.measures[measure.position()]
    }

    /// The items on which observers are too far apart, with the spread.
    pub fn disputes(&self) -> impl Iterator<Item = (&'a Item, &Exact)> {
        self.assessment().items.iter().zip(&self.items).filter_map(|((_, item), outcome)| match outcome {
            Outcome::Disputed { spread } => Some((item, spread)),
            _ => None,
        })
    }

    /// Whether a condition holds. Without a day of issue, nothing is known about the age.
    pub fn holds(&self, condition: &Condition, issued: Option<Date>) -> Truth {
        let decide = |holds: bool| if holds { Truth::Holds } else { Truth::Fails };
        let no_fact = Truth::Unknown(Why::NoFact);
        match &condition.test {
            Test::All(list) => {
                let mut all = Truth::Holds;
                for inner in list {
                    match self.holds(inner, issued) {
                        Truth::Holds => {}
                        Truth::Fails => return Truth::Fails,
                        unknown => all = graver(all, unknown),
                    }
                }
                all
            }
            Test::Any(list) => {
                let mut any = Truth::Fails;
                for inner in list {
                    match self.holds(inner, issued) {
                        Truth::Fails => {}
                        Truth::Holds => return Truth::Holds,
                        unknown => any = graver(any, unknown),
                    }
                }
                any
            }
            Test::Not(inner) => match self.holds(inner, issued) {
                Truth::Holds => Truth::Fails,
                Truth::Fails => Truth::Holds,
                unknown => unknown,
            },
            Test::Score(node, bounds) => match self.outcome(*node) {
                Outcome::Score { value, .. } => decide(bounds.contain(value)),
                lack => unknown(lack),
            },
            Test::Level(measure, low, high) => {
                let outcome = self.outcome(Node::Measure(*measure));
                match outcome.level() {
                    Some(level) => decide((*low..=*high).contains(&level)),
                    None => unknown(outcome),
                }
            }
            Test::FactNumber(fact, bounds) => match self.record.fact(*fact) {
                Some(FactValue::Number(number)) => decide(bounds.contain(number)),
                _ => no_fact,
            },
            Test::FactDate(fact, bounds) => match self.record.fact(*fact) {
                Some(FactValue::Date(date)) => decide(bounds.contain(date)),
                _ => no_fact,
            },
            Test::FactFlag(fact, flag) => match self.record.fact(*fact) {
                Some(FactValue::Flag(own)) => decide(own == flag),
                _ => no_fact,
            },
            Test::FactChoice(fact, option) => match self.record.fact(*fact) {
                Some(FactValue::Choice(own)) => decide(own == option),
                _ => no_fact,
            },
            Test::Age(bounds) => match (self.record.birth_date, issued) {
                (Some(born), Some(issued)) => match full_years(born, issued) {
                    Some(age) => decide(bounds.contain(&age)),
                    None => no_fact,
                },
                _ => no_fact,
            },
            Test::Insufficient(measure) => {
                decide(matches!(self.outcome(Node::Measure(*measure)), Outcome::Insufficient(_)))
            }
            Test::Taken(module) => decide(self.record.taken(*module)),
        }
    }
}

fn unknown(lack: &Outcome) -> Truth {
    Truth::Unknown(match lack {
        Outcome::Disputed { .. } => Why::Disputed,
        Outcome::NotTaken => Why::NotTaken,
        Outcome::Insufficient(_) | Outcome::Score { .. } | Outcome::Level(_) => Why::Insufficient,
    })
}

/// Of two reasons the one a person must act on first: a dispute.
fn graver(before: Truth, unknown: Truth) -> Truth {
    match before {
        Truth::Unknown(Why::Disputed) => before,
        _ => unknown,
    }
}

/// The age in full years, as civil law counts it (§ 187 (2) BGB): a year is full on the birthday.
/// Whoever was born on 29 February completes the year with the end of 28 February (§ 188 (2) BGB).
/// `None`: not yet born.
fn full_years(born: Date, on: Date) -> Option<u32> {
    let mut years = i32::from(on.year()) - i32::from(born.year());
    if (on.month(), on.day()) < (born.month(), born.day()) {
        years -= 1;
    }
    u32::try_from(years).ok()
}
