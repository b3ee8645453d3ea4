//! From the ratings of one item to the values that count: repeated trials, disputes, and how a person settled them.

use std::borrow::Cow;

use crate::Exact;
use crate::assessment::{Combine, Item, Ix, Node, Reading, Trials};
use crate::record::{Axis, Record, Resolution, Seen};

/// The values of one item that count, by the observers. The self-assessment is not among them.
#[derive(Debug)]
pub(crate) struct Values<'r> {
    /// The occasion and the value, in the order of the occasions.
    pub(crate) list: Vec<(usize, Cow<'r, Exact>)>,
    /// How far observers are apart where nobody has settled it.
    pub(crate) disputed: Option<Exact>,
}

/// What all observers entered who entered anything. `None`: they differ, or there is nothing.
///
/// That is how most items are, and then neither trials nor disputes nor the way to combine them matter.
pub(crate) fn agreed<'r>(record: &'r Record<'_>, ix: Ix<Item>) -> Option<Cow<'r, Exact>> {
    let mut common = None;
    for (seen, axis) in record.seen(ix).iter().zip(&record.axes) {
        if let (Seen::Value(raw), true) = (seen, axis.observer.is_some()) {
            match common {
                None => common = Some(raw),
                Some(other) if other == raw => {}
                Some(_) => return None,
            }
        }
    }
    record.assessment().items[ix].reading.read(common?)
}

/// The values of an item that count.
pub(crate) fn values<'r>(record: &'r Record<'_>, ix: Ix<Item>) -> Values<'r> {
    let list = counted(record, ix);
    let mut values = Values { list, disputed: None };
    let Some(first) = values.list.first() else { return values };
    // Whatever nobody sees differently is no matter of dispute, and that is nearly everything.
    if values.list.iter().all(|(_, value)| *value == first.1) {
        return values;
    }
    for dispute in disputes(record, ix, &values.list) {
        // What is said of this situation counts more than what is said of all.
        let settled = |situation: Option<usize>| {
            let own = |resolution: &&Resolution| {
                resolution.about == Node::Item(ix) && resolution.situation == situation
            };
            record.resolutions.iter().find(own)
        };
        let settled = settled(Some(dispute.situation)).or_else(|| settled(None));
        match settled {
            Some(resolution) => {
                let item = &record.assessment().items[ix];
                let Some(value) = item.reading.read(&resolution.value) else { continue };
                let value = value.into_owned();
                for member in dispute.members {
                    values.list[member].1 = Cow::Owned(value.clone());
                }
            }
            None => values.disputed = values.disputed.max(Some(dispute.spread)),
        }
    }
    values
}

/// Whether observers are too far apart on an item in one situation, settled or not.
pub(crate) fn disputed(record: &Record<'_>, ix: Ix<Item>, situation: usize) -> bool {
    let list = counted(record, ix);
    disputes(record, ix, &list).iter().any(|dispute| dispute.situation == situation)
}

/// The participant's own value of an item: of each situation the last trial.
pub(crate) fn own_value(record: &Record<'_>, ix: Ix<Item>) -> Option<Exact> {
    let assessment = record.assessment();
    let item = &assessment.items[ix];
    let list = last_or_first(record, read_all(record, ix, true), true);
    let (_, first) = list.first()?;
    if item.reading == Reading::Nominal && list.iter().any(|(_, value)| value != first) {
        return None;
    }
    combine(assessment.modules[item.module].observers.combine, list.iter().map(|(_, value)| value.as_ref()))
}

/// One value from several. `None`: there is none.
pub(crate) fn combine<'v>(how: Combine, values: impl Iterator<Item = &'v Exact> + Clone) -> Option<Exact> {
    let first = values.clone().next()?;
    // Agreement needs no arithmetic.
    if values.clone().all(|value| value == first) {
        return Some(first.clone());
    }
    let count = values.clone().count();
    Some(match how {
        Combine::Mean => values.sum::<Exact>() / Exact::from(i64::try_from(count).unwrap_or(i64::MAX)),
        Combine::Lowest => values.min()?.clone(),
        Combine::Highest => values.max()?.clone(),
        Combine::LowerMedian | Combine::UpperMedian => {
            let mut values: Vec<&Exact> = values.collect();
            values.sort();
            let middle = if how == Combine::LowerMedian { (count - 1) / 2 } else { count / 2 };
            values[middle].clone()
        }
    })
}

/// Observers who are too far apart in one situation and trial.
struct Dispute {
    situation: usize,
    spread: Exact,
    /// Their places in the list of values.
    members: Vec<usize>,
}

/// The ratings that count, as what they are worth: of repeated trials those that the definition names.
pub(crate) fn counted<'r>(record: &'r Record<'_>, ix: Ix<Item>) -> Vec<(usize, Cow<'r, Exact>)> {
    let list = read_all(record, ix, false);
    let module = record.assessment().items[ix].module;
    match record.assessment().modules[module].observers.trials {
        Trials::All => list,
        Trials::First => last_or_first(record, list, false),
        Trials::Last => last_or_first(record, list, true),
    }
}

fn read_all<'r>(record: &'r Record<'_>, ix: Ix<Item>, own: bool) -> Vec<(usize, Cow<'r, Exact>)> {
    let reading = &record.assessment().items[ix].reading;
    let seen = record.seen(ix).iter().zip(&record.axes).enumerate();
    seen.filter_map(|(occasion, (seen, axis))| match seen {
        Seen::Value(raw) if axis.observer.is_none() == own => Some((occasion, reading.read(raw)?)),
        _ => None,
    })
    .collect()
}

/// Of repeated trials of one observer in one situation only the last one, or the first one.
fn last_or_first<'r>(
    record: &Record<'_>,
    values: Vec<(usize, Cow<'r, Exact>)>,
    last: bool,
) -> Vec<(usize, Cow<'r, Exact>)> {
    if !record.repeats {
        return values;
    }
    let axis = |occasion: usize| record.axes[occasion];
    let same = |a: Axis, b: Axis| a.observer == b.observer && a.situation == b.situation;
    let counts = |occasion: usize| {
        let own = axis(occasion);
        values.iter().all(|(other, _)| {
            let other = axis(*other);
            !same(own, other) || if last { other.trial <= own.trial } else { other.trial >= own.trial }
        })
    };
    let keep: Vec<bool> = values.iter().map(|(occasion, _)| counts(*occasion)).collect();
    values.into_iter().zip(keep).filter_map(|(value, keep)| keep.then_some(value)).collect()
}

fn disputes(record: &Record<'_>, ix: Ix<Item>, list: &[(usize, Cow<'_, Exact>)]) -> Vec<Dispute> {
    let item = &record.assessment().items[ix];
    let observers = &record.assessment().modules[item.module].observers;
    let nominal = item.reading == Reading::Nominal;
    if !item.disputable || (observers.dispute_from.is_none() && !nominal) {
        return Vec::new();
    }
    // Who is not too far apart in all is so in no situation.
    let all = || list.iter().map(|(_, value)| value.as_ref());
    if let (Some(limit), Some(lowest), Some(highest)) = (&observers.dispute_from, all().min(), all().max())
        && !nominal
        && highest - lowest < *limit
    {
        return Vec::new();
    }
    // Only who saw the same work can disagree about it: the same situation, and the same trial.
    let group = |occasion: usize| {
        let axis = record.axes[occasion];
        // The answer to a question with choices is one, whenever it was given.
        if nominal { (0, 0) } else { (axis.situation, axis.trial) }
    };
    let mut done: Vec<(usize, u32)> = Vec::new();
    let mut disputes = Vec::new();
    for (first, (occasion, _)) in list.iter().enumerate() {
        let key = group(*occasion);
        if done.contains(&key) {
            continue;
        }
        done.push(key);
        let members: Vec<usize> = (first..list.len()).filter(|&other| group(list[other].0) == key).collect();
        let all = || members.iter().map(|&member| &list[member].1);
        let (Some(lowest), Some(highest)) = (all().min(), all().max()) else { continue };
        let spread = highest.as_ref() - lowest.as_ref();
        let too_far = match &observers.dispute_from {
            _ if nominal => !spread.is_zero(),
            Some(limit) => spread >= *limit,
            None => false,
        };
        if too_far {
            let situation = record.axes[*occasion].situation;
            disputes.push(Dispute { situation, spread, members });
        }
    }
    disputes
}
