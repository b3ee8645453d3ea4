//! How each rule makes one value from its parts.

use std::borrow::Cow;

use super::{Along, Coverage, Gain, Outcome, Placed, Prorated, RungResult, Scored, Trace, Truth, Why, norm};
use crate::assessment::{
    Bound, Combine, Counts, Fold, Item, Ix, Mastery, Measure, Missing, Need, Node, Over, Parts, Ranking,
    Rule, Ties, Unit,
};
use crate::record::{MAX_OCCASIONS, Seen};
use crate::{Exact, ratings};

/// What a rule came to.
pub(super) struct Computed {
    pub(super) outcome: Outcome,
    pub(super) coverage: Vec<Coverage>,
    pub(super) trace: Trace,
}

impl From<Outcome> for Computed {
    fn from(outcome: Outcome) -> Computed {
        Computed { outcome, coverage: Vec::new(), trace: Trace::Plain }
    }
}

/// A value without a level; levels are found later.
fn value(value: Exact) -> Outcome {
    Outcome::Score { value, level: None }
}

fn lacking(seen: usize, needed: usize, unit: Unit) -> Outcome {
    Outcome::Insufficient(Coverage { seen: count(seen), needed: count(needed), unit })
}

fn count(n: usize) -> Exact {
    Exact::from(i64::try_from(n).unwrap_or(i64::MAX))
}

pub(super) fn measure(scored: &Scored<'_>, ix: Ix<Measure>, measure: &Measure) -> Computed {
    match &measure.rule {
        Rule::Fold(fold, parts) => match (parts.per_observer, parts.over) {
            (Some(how), _) => per_observer(scored, ix, measure, fold, parts, how),
            (None, Some(over)) => over_one(scored, measure, fold, parts, over),
            (None, None) => match gather(scored, parts) {
                Ok((seen, coverage)) => folded(fold, parts, seen, coverage),
                Err(lack) => *lack,
            },
        },
        Rule::Gain(item, how) => gain(scored, *item, *how),
        Rule::Mastery(mastery) => climb(scored, mastery),
        Rule::Rank(ranking) => rank(scored, ranking),
        Rule::First(parts) => first(scored, parts).into(),
        Rule::Table(part, rows) => match scored.outcome(*part) {
            Outcome::Score { value: raw, .. } => look_up(rows, raw).into(),
            lack => lack.clone().into(),
        },
        Rule::Norm(part, table) => match scored.outcome(*part) {
            Outcome::Score { value: raw, .. } => {
                norm::read(scored, &scored.record.assessment.norms[*table], raw)
            }
            lack => lack.clone().into(),
        },
        Rule::Condition(parts) => by_condition(scored, measure, parts).into(),
    }
}

/// What the self-assessment gives for a measure: the rule over the participant's own values.
///
/// How many observers, situations and ratings there must be says nothing about one person's view of herself.
pub(super) fn own(scored: &Scored<'_>, measure: &Measure) -> Option<Exact> {
    let value = match &measure.rule {
        Rule::Fold(fold, parts) => {
            let mut seen = Vec::new();
            for (position, part) in parts.list.iter().enumerate() {
                match scored.own(part.node).and_then(|own| part.reading.read(own)) {
                    Some(value) => seen.push((position, value)),
                    None if part.must => return None,
                    None => {}
                }
            }
            let fits = |need: &Need| match need.unit {
                Unit::Parts if parts.over.is_some() => !seen.is_empty(),
                Unit::Parts | Unit::Share | Unit::Weight => covered(parts, &seen, need.unit) >= need.needed,
                _ => true,
            };
            // A total over situations or ratings has no counterpart in one view of herself.
            let totals = matches!(fold, Fold::Sum | Fold::Linear(_) | Fold::Count(_) | Fold::Spread);
            let short = matches!(fold, Fold::NthHighest(nth) if seen.len() < *nth);
            if seen.is_empty() || short || (parts.over.is_some() && totals) || !parts.needs.iter().all(fits) {
                return None;
            }
            folded(fold, parts, seen, Vec::new()).outcome.value().cloned()
        }
        Rule::First(parts) => parts.iter().find_map(|part| scored.own(*part)).cloned(),
        Rule::Table(part, rows) => look_up(rows, scored.own(*part)?).value().cloned(),
        Rule::Gain(..) | Rule::Mastery(_) | Rule::Rank(_) | Rule::Norm(..) | Rule::Condition(_) => None,
    }?;
    Some(match measure.round_first {
        Some(rounding) => value.rounded(rounding.places, rounding.half),
        None => value,
    })
}

/// The last row that begins at or below a value.
pub(super) fn look_up(rows: &[(Exact, Exact)], raw: &Exact) -> Outcome {
    match rows.iter().rev().find(|(at_least, _)| at_least <= raw) {
        Some((_, is)) => value(is.clone()),
        None => Outcome::Insufficient(Coverage {
            seen: raw.clone(),
            needed: rows[0].0.clone(),
            unit: Unit::Value,
        }),
    }
}

fn first(scored: &Scored<'_>, parts: &[Node]) -> Outcome {
    let mut lack = Outcome::NotTaken;
    for part in parts {
        match scored.outcome(*part) {
            Outcome::Score { value: own, .. } => return value(own.clone()),
            disputed @ Outcome::Disputed { .. } => return disputed.clone(),
            Outcome::NotTaken => {}
            // That there were too few observers says more than that something was not seen.
            other if !is_absent(&lack) => lack = other.clone(),
            _ => {}
        }
    }
    lack
}

/// Whether too few people observed.
fn is_absent(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Insufficient(coverage) if coverage.unit == Unit::Present)
}

/// The values of parts, each with its position among them.
type Values<'v> = Vec<(usize, Cow<'v, Exact>)>;

/// The values of the parts seen, if enough of them were seen.
fn gather<'v>(
    scored: &'v Scored<'_>,
    parts: &'v Parts,
) -> Result<(Values<'v>, Vec<Coverage>), Box<Computed>> {
    let outcomes = || parts.list.iter().map(|part| scored.outcome(part.node));
    // A dispute comes first, in whatever order the parts are named: a person must act on it.
    if let Some(disputed) = outcomes().find(|outcome| matches!(outcome, Outcome::Disputed { .. })) {
        return Err(Box::new(disputed.clone().into()));
    }
    let mut seen = Vec::with_capacity(parts.list.len());
    let mut taken = false;
    for (position, outcome) in outcomes().enumerate() {
        taken |= *outcome != Outcome::NotTaken;
        match outcome {
            Outcome::Score { value, .. } => {
                seen.extend(parts.list[position].reading.read(value).map(|value| (position, value)));
            }
            // Too few observers is no matter of single parts: nothing of the module counts.
            Outcome::Insufficient(coverage) if coverage.unit == Unit::Present => {
                return Err(Box::new(Computed {
                    outcome: outcome.clone(),
                    coverage: vec![coverage.clone()],
                    trace: Trace::Plain,
                }));
            }
            Outcome::Insufficient(_) | Outcome::NotTaken | Outcome::Level(_) | Outcome::Disputed { .. } => {}
        }
    }
    if !taken {
        return Err(Box::new(Outcome::NotTaken.into()));
    }
    let coverage = enough(parts, &seen, |unit| Some(ratings_seen(scored, parts, unit)))?;
    Ok((seen, coverage))
}

/// What was seen against what is needed; the first need that is not met makes the result insufficient.
fn enough(
    parts: &Parts,
    seen: &Values<'_>,
    ratings: impl Fn(Unit) -> Option<Exact>,
) -> Result<Vec<Coverage>, Box<Computed>> {
    let mut coverage = Vec::with_capacity(parts.needs.len());
    let must = parts.list.iter().filter(|part| part.must).count();
    if must > 0 {
        let there = seen.iter().filter(|(position, _)| parts.list[*position].must).count().min(must);
        coverage.push(Coverage { seen: count(there), needed: count(must), unit: Unit::Mandatory });
    }
    for need in &parts.needs {
        let seen = match need.unit {
            // For one observer apart these are asked of all of them together.
            Unit::Observers | Unit::Situations | Unit::Ratings => match ratings(need.unit) {
                Some(seen) => seen,
                None => continue,
            },
            unit => covered(parts, seen, unit),
        };
        coverage.push(Coverage { seen, needed: need.needed.clone(), unit: need.unit });
    }
    let short = coverage.iter().find(|coverage| coverage.seen < coverage.needed).cloned();
    let nothing = Coverage { seen: Exact::ZERO, needed: Exact::ONE, unit: Unit::Parts };
    match short.or_else(|| seen.is_empty().then_some(nothing)) {
        Some(short) => {
            Err(Box::new(Computed { outcome: Outcome::Insufficient(short), coverage, trace: Trace::Plain }))
        }
        None => Ok(coverage),
    }
}

/// How much of the parts was seen.
fn covered(parts: &Parts, seen: &Values<'_>, unit: Unit) -> Exact {
    match unit {
        Unit::Share => count(seen.len()) / count(parts.list.len().max(1)),
        // Of all parts it is all of the weight, and that is how most measures are.
        Unit::Weight if seen.len() == parts.list.len() => Exact::ONE,
        Unit::Weight => {
            let weight: Exact = seen.iter().map(|(position, _)| &parts.proportions[*position]).sum();
            weight / parts.proportions.iter().sum()
        }
        _ => count(seen.len()),
    }
}

/// How many observers, situations or ratings the items among the parts have.
fn ratings_seen(scored: &Scored<'_>, parts: &Parts, unit: Unit) -> Exact {
    let record = scored.record;
    let items = parts.list.iter().filter_map(|part| match part.node {
        Node::Item(item) => Some(item),
        Node::Measure(_) => None,
    });
    let rated = items.flat_map(|item| {
        let seen = record.seen(item).iter().zip(&record.axes);
        seen.filter_map(|(seen, axis)| match seen {
            Seen::Value(_) => Some((axis.observer?, axis.situation)),
            _ => None,
        })
    });
    count(match unit {
        Unit::Observers => distinct(rated.map(|(observer, _)| observer)),
        // Ratings without a situation may belong to any of those that are named.
        Unit::Situations => {
            let named = rated.clone().map(|(_, situation)| situation).filter(|s| record.named[*s]);
            distinct(named).max(usize::from(rated.count() > 0))
        }
        _ => rated.count(),
    })
}

/// How many different numbers there are; none is as high as the number of occasions a record may have.
fn distinct(numbers: impl Iterator<Item = usize>) -> usize {
    let mut seen = [0u64; MAX_OCCASIONS.div_ceil(64)];
    for number in numbers {
        seen[number / 64] |= 1 << (number % 64);
    }
    seen.iter().map(|word| word.count_ones() as usize).sum()
}

/// One value from the values seen, after what the definition says about missing ones.
fn folded(fold: &Fold, parts: &Parts, mut seen: Values<'_>, coverage: Vec<Coverage>) -> Computed {
    let mut trace = Trace::Plain;
    if parts.missing == Missing::Zero && parts.over.is_none() {
        let mut there = vec![false; parts.list.len()];
        for (position, _) in &seen {
            there[*position] = true;
        }
        let missing: Vec<usize> = (0..there.len()).filter(|position| !there[*position]).collect();
        if !missing.is_empty() {
            trace = Trace::Zeroed(missing.iter().map(|&position| parts.list[position].node).collect());
            seen.extend(missing.into_iter().map(|position| (position, Cow::Owned(Exact::ZERO))));
        }
    }
    let mut result = apply(fold, parts, &seen);
    if parts.missing == Missing::Prorate && seen.len() < parts.list.len() && parts.over.is_none() {
        let of = parts.weight.clone();
        let weight: Exact = seen.iter().map(|(position, _)| &parts.list[*position].weight).sum();
        let raised = &(&result * &of) / &weight;
        trace = Trace::Prorated(Box::new(Prorated { total: result, seen: weight, of }));
        result = raised;
    }
    Computed { outcome: value(result), coverage, trace }
}

/// One value from at least one value.
fn apply(fold: &Fold, parts: &Parts, seen: &Values<'_>) -> Exact {
    let weight = |position: usize| &parts.list[position].weight;
    let sum = || -> Exact {
        if parts.weighted {
            seen.iter()
                .fold(Exact::ZERO, |sum, (position, value)| &sum + &(value.as_ref() * weight(*position)))
        } else {
            seen.iter().map(|(_, value)| value.as_ref()).sum()
        }
    };
    let sorted = || {
        let mut values: Vec<&Exact> = seen.iter().map(|(_, value)| value.as_ref()).collect();
        values.sort();
        values
    };
    let values = || seen.iter().map(|(_, value)| value.as_ref());
    let lowest = || values().min().cloned().unwrap_or(Exact::ZERO);
    let highest = || values().max().cloned().unwrap_or(Exact::ZERO);
    let at = |position: usize| sorted().get(position).map_or(Exact::ZERO, |value| (*value).clone());
    let reached = |bound: &Exact| count(seen.iter().filter(|(_, value)| value.as_ref() >= bound).count());
    let last = seen.len().saturating_sub(1);
    match fold {
        Fold::Mean if parts.weighted => {
            let mut sum = Exact::ZERO;
            let mut weights = Exact::ZERO;
            for (position, value) in seen {
                let proportion = &parts.proportions[*position];
                sum = &sum + &(value.as_ref() * proportion);
                weights = &weights + proportion;
            }
            sum / weights
        }
        Fold::Mean => sum() / count(seen.len()),
        Fold::LowerMedian => at(last / 2),
        Fold::UpperMedian => at(seen.len() / 2),
        Fold::Lowest => lowest(),
        Fold::Highest => highest(),
        // The check lets through only coverages that leave so many parts.
        Fold::NthHighest(nth) => at(seen.len().saturating_sub(*nth)),
        Fold::Sum => sum(),
        Fold::Linear(plus) => &sum() + plus,
        Fold::Count(bound) => reached(bound),
        Fold::Share(bound) => reached(bound) / count(seen.len()),
        Fold::Percent(highest) => {
            let top = seen
                .iter()
                .fold(Exact::ZERO, |top, (position, _)| &top + &(&highest[*position] * weight(*position)));
            &(&sum() * &Exact::from(100)) / &top
        }
        Fold::Spread => &highest() - &lowest(),
    }
}

/// The rule over one value for each situation, observer, trial or rating of one item.
fn over_one(scored: &Scored<'_>, measure: &Measure, fold: &Fold, parts: &Parts, over: Over) -> Computed {
    let [part] = parts.list.as_slice() else { return Outcome::NotTaken.into() };
    let Node::Item(item) = part.node else { return Outcome::NotTaken.into() };
    match scored.outcome(part.node) {
        Outcome::Score { .. } | Outcome::Level(_) => {}
        lack => return lack.clone().into(),
    }
    let record = scored.record;
    let how = record.assessment.modules[measure.module].observers.combine;
    let along = |occasion: usize| {
        let axis = record.axes[occasion];
        match over {
            Over::Situations => Along::Situation(axis.situation),
            Over::Observers => Along::Observer(axis.observer.unwrap_or_default()),
            Over::Trials => Along::Trial(axis.trial),
            Over::Ratings => Along::Rating(occasion),
        }
    };
    let Some(values) = &scored.singles[item.position()] else { return Outcome::NotTaken.into() };
    let mut units: Vec<(Along, Exact)> = Vec::with_capacity(values.len());
    let mut done: Vec<Along> = Vec::new();
    for (occasion, value) in values {
        let key = along(*occasion);
        if let Along::Rating(_) = key {
            units.extend(part.reading.read(value).map(|value| (key, value.into_owned())));
            continue;
        }
        if done.contains(&key) {
            continue;
        }
        done.push(key);
        let members = values.iter().filter(|(other, _)| along(*other) == key);
        let Some(one) = ratings::combine(how, members.map(|(_, value)| value.as_ref())) else { continue };
        let Some(one) = part.reading.read(&one) else { continue };
        // A situation is named by one of its occasions.
        let name = if let Along::Situation(_) = key { Along::Situation(*occasion) } else { key };
        units.push((name, one.into_owned()));
    }
    // Every unit is a value of the one part, and has its weight.
    let seen: Values<'_> = units.iter().map(|(_, value)| (0, Cow::Borrowed(value))).collect();
    match enough(parts, &seen, |unit| Some(ratings_seen(scored, parts, unit))) {
        Ok(coverage) => {
            let result = apply(fold, parts, &seen);
            Computed { outcome: value(result), coverage, trace: Trace::Over(units) }
        }
        Err(lack) => Computed { trace: Trace::Over(units), ..*lack },
    }
}

/// The measure by each observer apart; then their scores come together.
fn per_observer(
    scored: &Scored<'_>,
    ix: Ix<Measure>,
    measure: &Measure,
    fold: &Fold,
    parts: &Parts,
    how: Combine,
) -> Computed {
    let record = scored.record;
    if parts.list.iter().all(|part| *scored.outcome(part.node) == Outcome::NotTaken) {
        return Outcome::NotTaken.into();
    }
    let observers = &record.assessment.modules[measure.module].observers;
    let mut by_observer: Vec<(usize, Exact)> = Vec::new();
    let mut short = None;
    let all: Vec<_> = parts
        .list
        .iter()
        .map(|part| match part.node {
            Node::Item(item) => ratings::values(record, item).list,
            Node::Measure(_) => Vec::new(),
        })
        .collect();
    for observer in 0..record.observers.len() {
        let mut seen: Values<'_> = Vec::new();
        for (position, part) in parts.list.iter().enumerate() {
            let own = all[position].iter();
            let own = own.filter(|(occasion, _)| record.axes[*occasion].observer == Some(observer));
            // Each answer is read before answers come together: between two choices there is nothing.
            let read: Vec<Cow<'_, Exact>> = own.filter_map(|(_, value)| part.reading.read(value)).collect();
            let Some(one) = ratings::combine(observers.combine, read.iter().map(AsRef::as_ref)) else {
                continue;
            };
            seen.push((position, Cow::Owned(one)));
        }
        if seen.is_empty() {
            continue;
        }
        // How many observers there are is asked of all of them together, below.
        match enough(parts, &seen, |_| None) {
            Ok(coverage) => {
                let one = folded(fold, parts, seen, coverage).outcome;
                by_observer.extend(one.value().map(|value| (observer, value.clone())));
            }
            Err(lack) => short = short.or(Some(lack)),
        }
    }
    // Too few observers at all is no matter of this measure alone, and nothing makes up for it.
    let (needed, unit) = match parts.needs.iter().find(|need| need.unit == Unit::Observers) {
        Some(need) => (need.needed.clone(), Unit::Observers),
        None => (Exact::from(i64::from(observers.at_least)), Unit::Present),
    };
    let coverage = vec![Coverage { seen: count(by_observer.len()), needed, unit }];
    if coverage[0].seen < coverage[0].needed {
        return match short {
            Some(short) if by_observer.is_empty() => *short,
            _ => Computed {
                outcome: Outcome::Insufficient(coverage[0].clone()),
                coverage,
                trace: Trace::Scores(by_observer),
            },
        };
    }
    let all = || by_observer.iter().map(|(_, score)| score);
    let spread = match (all().max(), all().min()) {
        (Some(highest), Some(lowest)) => highest - lowest,
        _ => Exact::ZERO,
    };
    let outcome = match &observers.dispute_from {
        Some(limit) if spread >= *limit => match record.resolution(Node::Measure(ix)) {
            Some(resolution) => value(resolution.value.clone()),
            None => Outcome::Disputed { spread },
        },
        _ => match ratings::combine(how, all()) {
            Some(one) => value(one),
            None => lacking(0, 1, Unit::Observers),
        },
    };
    Computed { outcome, coverage, trace: Trace::Scores(by_observer) }
}

/// What was gained from the first trial to the last one, by the same observer in the same situation.
fn gain(scored: &Scored<'_>, item: Ix<Item>, how: Combine) -> Computed {
    let record = scored.record;
    let definition = &record.assessment.items[item];
    if !record.taken(definition.module) {
        return Outcome::NotTaken.into();
    }
    let seen: Vec<(usize, Cow<'_, Exact>)> = record
        .seen(item)
        .iter()
        .enumerate()
        .filter_map(|(occasion, seen)| match seen {
            Seen::Value(raw) if record.axes[occasion].observer.is_some() => {
                Some((occasion, definition.reading.read(raw)?))
            }
            _ => None,
        })
        .collect();
    let mut gains: Vec<Gain> = Vec::new();
    let mut done: Vec<(Option<usize>, usize)> = Vec::new();
    for (occasion, _) in &seen {
        let key = |occasion: usize| (record.axes[occasion].observer, record.axes[occasion].situation);
        if done.contains(&key(*occasion)) {
            continue;
        }
        done.push(key(*occasion));
        let members = || seen.iter().filter(|(other, _)| key(*other) == key(*occasion));
        let trial = |(occasion, _): &&(usize, Cow<'_, Exact>)| record.axes[*occasion].trial;
        if let (Some(from), Some(to)) = (members().min_by_key(trial), members().max_by_key(trial))
            && from.0 != to.0
        {
            gains.push(Gain { from: from.0, to: to.0, gain: to.1.as_ref() - from.1.as_ref() });
        }
    }
    let outcome = match ratings::combine(how, gains.iter().map(|gain| &gain.gain)) {
        Some(one) => value(one),
        None => lacking(1, 2, Unit::Trials),
    };
    Computed { outcome, coverage: Vec::new(), trace: Trace::Gains(gains) }
}

/// How many rungs were passed: in a row from the first one on, or all before the test ended.
fn climb(scored: &Scored<'_>, mastery: &Mastery) -> Computed {
    let items =
        || mastery.rungs.iter().flat_map(|rung| &rung.of).map(|item| scored.outcome(Node::Item(*item)));
    if items().all(|outcome| *outcome == Outcome::NotTaken) {
        return Outcome::NotTaken.into();
    }
    if let Some(too_few) = items().find(|outcome| is_absent(outcome)) {
        return too_few.clone().into();
    }
    let mut rungs: Vec<RungResult> = Vec::new();
    let mut failed_in_a_row = 0;
    for rung in &mastery.rungs {
        if mastery.stop_after.is_some_and(|stop| failed_in_a_row >= stop) {
            break;
        }
        let mut result = RungResult { right: 0, seen: 0, passed: None };
        for item in &rung.of {
            match scored.outcome(Node::Item(*item)) {
                Outcome::Score { value, .. } => {
                    result.seen += 1;
                    result.right += u32::from(*value >= mastery.right);
                }
                disputed @ Outcome::Disputed { .. } => return disputed.clone().into(),
                _ => {}
            }
        }
        let open = u32::try_from(rung.of.len()).unwrap_or(u32::MAX) - result.seen;
        result.passed = if result.right >= rung.needs {
            Some(true)
        } else if result.right + open < rung.needs {
            Some(false)
        } else {
            None
        };
        failed_in_a_row = if result.passed == Some(false) { failed_in_a_row + 1 } else { 0 };
        rungs.push(result);
        // In a row, what comes behind a rung that was not passed does not matter.
        if mastery.counts == Counts::InARow && result.passed != Some(true) {
            break;
        }
    }
    let outcome = match rungs.iter().position(|rung| rung.passed.is_none()) {
        Some(open) => lacking(open, open + 1, Unit::Rungs),
        None => value(count(rungs.iter().filter(|rung| rung.passed == Some(true)).count())),
    };
    Computed { outcome, coverage: Vec::new(), trace: Trace::Rungs(rungs) }
}

/// The order of several measures; the value is the distance from the best to a lower one.
fn rank(scored: &Scored<'_>, ranking: &Ranking) -> Computed {
    let parts = &ranking.parts;
    let (seen, coverage) = match gather(scored, parts) {
        Ok(gathered) => gathered,
        Err(lack) => return *lack,
    };
    let mut places: Vec<Placed> = seen
        .into_iter()
        .map(|(position, value)| Placed {
            node: parts.list[position].node,
            value: value.into_owned(),
            rank: 0,
        })
        .collect();
    // The sort is stable: equals stay in the order of the definition, and share their rank.
    places.sort_by(|a, b| b.value.cmp(&a.value));
    let values: Vec<Exact> = places.iter().map(|placed| placed.value.clone()).collect();
    for placed in &mut places {
        let better = values.iter().filter(|value| **value > placed.value);
        let rank = match ranking.ties {
            Ties::Best => 1 + better.count(),
            Ties::Worst => values.iter().filter(|value| **value >= placed.value).count(),
            Ties::Dense => {
                let mut distinct: Vec<&Exact> = better.collect();
                distinct.dedup();
                1 + distinct.len()
            }
        };
        placed.rank = u32::try_from(rank).unwrap_or(u32::MAX);
    }
    let outcome = match (values.first(), values.get(ranking.spread_to - 1)) {
        (Some(best), Some(other)) => value(best - other),
        _ => lacking(values.len(), ranking.spread_to, Unit::Parts),
    };
    Computed { outcome, coverage, trace: Trace::Ranking(places) }
}

fn by_condition(scored: &Scored<'_>, measure: &Measure, parts: &[Node]) -> Outcome {
    let Some(ladder) = measure.ladder.map(|ladder| &scored.record.assessment.ladders[ladder]) else {
        return Outcome::NotTaken;
    };
    if parts.iter().all(|part| *scored.outcome(*part) == Outcome::NotTaken) {
        return Outcome::NotTaken;
    }
    for (position, level) in ladder.levels.iter().enumerate().rev() {
        let truth = match &level.bound {
            Bound::When(condition) => scored.holds(condition, None),
            Bound::Base | Bound::AtLeast(_) | Bound::Above(_) => Truth::Holds,
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
    lacking(parts.iter().filter(known).count(), parts.len(), Unit::Parts)
}
