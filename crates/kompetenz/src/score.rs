//! From a record to its results. Total: whatever can go wrong went wrong before.
//!
//! The explanation is the result: a [`Scored`] keeps for every item and measure what was seen, what was needed,
//! the level before a cap and which caps applied. [`explain`](crate::explain()) only reads it.

mod compute;
mod jobs;
mod norm;

use std::borrow::Cow;

use jiff::civil::Date;
use serde::Serialize;

pub use jobs::{Feature, Fit, JobResult};
pub(crate) use norm::standard;

use crate::assessment::{
    Assessment, Condition, Item, Ix, Job, Limit, Measure, Node, Observers, Reading, Test, Unit,
};
use crate::record::{FactValue, Record, Seen};
use crate::{Exact, ratings};

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
    pub coverage: Vec<Coverage>,
    /// The value before it was rounded, for measures that round before they compare.
    pub unrounded: Option<Exact>,
    /// The level before caps and floors.
    pub uncapped: Option<usize>,
    /// For each cap of the measure, whether its condition holds.
    pub caps: Vec<Truth>,
    /// For each floor of the measure, whether its condition holds.
    pub floors: Vec<Truth>,
    /// What happened on the way to the value.
    pub trace: Trace,
}

/// What happened on the way to a value, as far as parts and weights do not tell it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Trace {
    /// Nothing that the parts do not tell.
    #[default]
    Plain,
    /// The total was raised from the weight seen to the weight of all parts.
    Prorated(Box<Prorated>),
    /// These parts had no value and counted as 0.
    Zeroed(Vec<Node>),
    /// One value for each situation, observer, trial or rating.
    Over(Vec<(Along, Exact)>),
    /// The score by each observer; which one, counted from 0.
    Scores(Vec<(usize, Exact)>),
    /// What each observer saw gained.
    Gains(Vec<Gain>),
    /// How each rung went, up to the one where the test ended.
    Rungs(Vec<RungResult>),
    /// The order, best first.
    Ranking(Vec<Placed>),
    /// Which group of the norm table counted, counted from 0.
    Norm(usize),
}

/// A total that was raised in proportion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prorated {
    /// The total of the parts seen.
    pub total: Exact,
    /// The weight seen.
    pub seen: Exact,
    /// The weight of all parts.
    pub of: Exact,
}

/// What a single value belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Along {
    /// A situation; the number of an occasion in it.
    Situation(usize),
    /// An observer, counted from 0.
    Observer(usize),
    /// A trial.
    Trial(u32),
    /// A rating; the number of its occasion.
    Rating(usize),
}

/// What one observer saw gained in one situation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gain {
    /// The occasion of the first trial.
    pub from: usize,
    /// The occasion of the last trial.
    pub to: usize,
    /// The last value minus the first.
    pub gain: Exact,
}

/// How a rung went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RungResult {
    /// How many items were right.
    pub right: u32,
    /// How many items have a value.
    pub seen: u32,
    /// Whether it was passed; `None`: that is open.
    pub passed: Option<bool>,
}

/// A place in a ranking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// What is placed.
    pub node: Node,
    /// Its value.
    pub value: Exact,
    /// Its place, 1 is the best.
    pub rank: u32,
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

/// The ratings of one item that count, each with its occasion.
type Singles<'a> = Vec<(usize, Cow<'a, Exact>)>;

/// The results of one record.
#[derive(Debug)]
pub struct Scored<'a> {
    pub(crate) record: &'a Record<'a>,
    items: Vec<Outcome>,
    /// For items whose single ratings are looked at: these.
    singles: Vec<Option<Singles<'a>>>,
    measures: Vec<MeasureResult>,
    /// What the self-assessment gives for each item and measure. Empty: there is none.
    own_items: Vec<Option<Exact>>,
    own_measures: Vec<Option<Exact>>,
    jobs: Vec<JobResult>,
}

/// Scores a record.
pub fn score<'a>(record: &'a Record<'a>) -> Scored<'a> {
    let assessment = record.assessment;
    let observers: Vec<u32> = present(record);
    let mut items = Vec::with_capacity(assessment.items.len());
    let mut singles = Vec::with_capacity(assessment.items.len());
    for (ix, item) in assessment.items.iter() {
        let module = &assessment.modules[item.module].observers;
        let (outcome, values) = score_item(record, ix, item, module, observers[item.module.position()]);
        items.push(outcome);
        singles.push(values.filter(|_| item.single));
    }
    let unscored = MeasureResult {
        outcome: Outcome::NotTaken,
        coverage: Vec::new(),
        unrounded: None,
        uncapped: None,
        caps: Vec::new(),
        floors: Vec::new(),
        trace: Trace::Plain,
    };
    let mut scored = Scored {
        record,
        items,
        singles,
        measures: vec![unscored; assessment.measures.len()],
        own_items: Vec::new(),
        own_measures: Vec::new(),
        jobs: Vec::new(),
    };
    for &ix in &assessment.order {
        // Most people take a few modules, and there is nothing to compute of the others.
        if assessment.local[ix.position()] && !record.taken(assessment.measures[ix].module) {
            continue;
        }
        scored.measures[ix.position()] = score_measure(&scored, ix, &assessment.measures[ix]);
    }
    if record.has_own {
        scored.own_items = assessment.items.iter().map(|(ix, _)| ratings::own_value(record, ix)).collect();
        scored.own_measures = vec![None; assessment.measures.len()];
        for &ix in &assessment.order {
            scored.own_measures[ix.position()] = compute::own(&scored, &assessment.measures[ix]);
        }
    }
    scored.jobs = assessment.jobs.iter().map(|(_, job)| jobs::fit(&scored, job)).collect();
    scored
}

/// How many observers entered anything in each module.
fn present(record: &Record<'_>) -> Vec<u32> {
    let observers = record.observers.len();
    let modules = record.assessment.modules.len();
    let mut there = vec![false; observers * modules];
    for (ix, item) in record.assessment.items.iter().filter(|(_, item)| record.taken(item.module)) {
        for (axis, seen) in record.axes.iter().zip(record.seen(ix)) {
            if let (Some(observer), false) = (axis.observer, matches!(seen, Seen::Blank)) {
                there[item.module.position() * observers + observer] = true;
            }
        }
    }
    let count = |module: usize| {
        let own = &there[module * observers..(module + 1) * observers];
        own.iter().map(|there| u32::from(*there)).sum()
    };
    (0..modules).map(count).collect()
}

/// The outcome of an item, and the values behind it if they had to be looked at one by one.
fn score_item<'a>(
    record: &'a Record<'_>,
    ix: Ix<Item>,
    item: &Item,
    observers: &Observers,
    present: u32,
) -> (Outcome, Option<Singles<'a>>) {
    if !record.taken(item.module) {
        return (Outcome::NotTaken, None);
    }
    if present < observers.at_least {
        let lack = Coverage {
            seen: Exact::from(i64::from(present)),
            needed: Exact::from(i64::from(observers.at_least)),
            unit: Unit::Present,
        };
        return (Outcome::Insufficient(lack), None);
    }
    if !item.single
        && let Some(value) = ratings::agreed(record, ix)
    {
        return (Outcome::Score { value: value.into_owned(), level: None }, None);
    }
    let values = ratings::values(record, ix);
    if let Some(spread) = values.disputed {
        return (Outcome::Disputed { spread }, None);
    }
    let differ = values.list.iter().any(|(_, value)| *value != values.list[0].1);
    if item.reading == Reading::Nominal && differ {
        // Between two choices there is no value; only the scores of observers are compared here.
        let lack = Coverage { seen: Exact::ZERO, needed: Exact::ONE, unit: Unit::Parts };
        return (Outcome::Insufficient(lack), None);
    }
    let outcome =
        match ratings::combine(observers.combine, values.list.iter().map(|(_, value)| value.as_ref())) {
            Some(value) => Outcome::Score { value, level: None },
            None => {
                Outcome::Insufficient(Coverage { seen: Exact::ZERO, needed: Exact::ONE, unit: Unit::Parts })
            }
        };
    (outcome, Some(values.list))
}

fn score_measure(scored: &Scored<'_>, ix: Ix<Measure>, measure: &Measure) -> MeasureResult {
    let assessment = scored.record.assessment;
    let compute::Computed { mut outcome, coverage, trace } = compute::measure(scored, ix, measure);
    let mut unrounded = None;
    if let (Outcome::Score { value, .. }, Some(rounding)) = (&mut outcome, measure.round_first) {
        let rounded = value.rounded(rounding.places, rounding.half);
        unrounded = Some(std::mem::replace(value, rounded));
    }
    let ladder = measure.ladder.map(|ladder| &assessment.ladders[ladder]);
    if let (Outcome::Score { value, level }, Some(ladder)) = (&mut outcome, ladder) {
        // The lowest cut lies at or below the lowest value, so every value has a level.
        *level = ladder.levels.iter().rposition(|level| level.bound.reached(value));
    }
    let uncapped = outcome.level();
    let truths = |limits: &[Limit]| -> Vec<Truth> {
        limits.iter().map(|limit| scored.holds(&limit.when, None)).collect()
    };
    let (caps, floors) = (truths(&measure.caps), truths(&measure.floors));
    if let Outcome::Score { level: Some(level), .. } | Outcome::Level(level) = &mut outcome {
        for floor in applying(&measure.floors, &floors) {
            *level = floor.level.max(*level);
        }
        // Caps come last: what must not be said is stronger than what may be said.
        for cap in applying(&measure.caps, &caps) {
            *level = cap.level.min(*level);
        }
    }
    MeasureResult { outcome, coverage, unrounded, uncapped, caps, floors, trace }
}

/// The caps or floors that apply.
fn applying<'l>(limits: &'l [Limit], truths: &'l [Truth]) -> impl Iterator<Item = &'l Limit> {
    let both = limits.iter().zip(truths);
    both.filter(|(limit, truth)| limit.applies(**truth)).map(|(limit, _)| limit)
}

impl Limit {
    /// Whether a cap or floor applies when its condition has this truth.
    pub fn applies(&self, truth: Truth) -> bool {
        match truth {
            Truth::Holds => true,
            Truth::Fails => false,
            Truth::Unknown(_) => self.if_unknown,
        }
    }
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

    /// Where observers are too far apart, with the spread: items, and measures of which only the scores are compared.
    pub fn disputes(&self) -> Vec<(Node, &Exact)> {
        let assessment = self.assessment();
        let disputed = |node: Node| match self.outcome(node) {
            Outcome::Disputed { spread } => Some((node, spread)),
            _ => None,
        };
        let items = assessment.items.iter().map(|(ix, _)| Node::Item(ix));
        let apart = assessment
            .measures
            .iter()
            .filter(|(_, measure)| measure.rule.covered().is_some_and(|parts| parts.per_observer.is_some()));
        items.chain(apart.map(|(ix, _)| Node::Measure(ix))).filter_map(disputed).collect()
    }

    /// What the self-assessment gives for an item or measure, if there is one.
    pub fn own(&self, node: Node) -> Option<&Exact> {
        match node {
            Node::Item(item) => self.own_items.get(item.position())?.as_ref(),
            Node::Measure(measure) => self.own_measures.get(measure.position())?.as_ref(),
        }
    }

    /// How far the self-assessment lies above the result; below 0: under it.
    pub fn gap(&self, node: Node) -> Option<Exact> {
        Some(self.own(node)? - self.outcome(node).value()?)
    }

    /// How a job fits.
    pub fn job(&self, job: Ix<Job>) -> &JobResult {
        &self.jobs[job.position()]
    }

    /// The places of a ranking, best first.
    pub fn ranking(&self, measure: Ix<Measure>) -> &[Placed] {
        match &self.measure(measure).trace {
            Trace::Ranking(places) => places,
            _ => &[],
        }
    }

    /// The value of a measure as the definition shows it.
    pub fn shown(&self, measure: Ix<Measure>) -> Option<Exact> {
        let rounding = self.assessment().measures[measure].shown?;
        Some(self.outcome(Node::Measure(measure)).value()?.rounded(rounding.places, rounding.half))
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
            Test::Known(fact) => decide(self.record.fact(*fact).is_some()),
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
            Test::Rank(node, ranking, at_most) => match self.outcome(Node::Measure(*ranking)) {
                Outcome::Score { .. } => {
                    let placed = self.ranking(*ranking).iter().find(|placed| placed.node == *node);
                    placed.map_or(Truth::Unknown(Why::Insufficient), |placed| decide(placed.rank <= *at_most))
                }
                lack => unknown(lack),
            },
            Test::Verdict(job, verdict) => decide(self.job(*job).verdict == *verdict),
            Test::More(job, more) => decide(self.job(*job).more() == *more),
            Test::Gap(node) => {
                let assessment = self.assessment();
                let module = match node {
                    Node::Item(item) => assessment.items[*item].module,
                    Node::Measure(measure) => assessment.measures[*measure].module,
                };
                match (self.gap(*node), &assessment.modules[module].observers.talk_from) {
                    (Some(gap), Some(limit)) => decide(gap.abs() >= *limit),
                    _ => unknown(self.outcome(*node)),
                }
            }
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
pub(crate) fn full_years(born: Date, on: Date) -> Option<u32> {
    let mut years = i32::from(on.year()) - i32::from(born.year());
    if (on.month(), on.day()) < (born.month(), born.day()) {
        years -= 1;
    }
    u32::try_from(years).ok()
}
