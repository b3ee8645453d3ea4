//! The ratings and values of a group of people, collected from scored records one after another.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::Exact;
use crate::assessment::{Assessment, Item, Ix, Measure, Node, Reading, Rule, ScaleValues};
use crate::score::Scored;

/// What a group of people was rated with. Nobody is named in it but the observers.
#[derive(Debug, Clone, Default)]
pub struct Group {
    /// The id of the assessment.
    pub assessment: String,
    /// The version of the assessment.
    pub version: String,
    /// How many people there are.
    pub people: usize,
    /// Who observed, in alphabetical order.
    pub observers: Vec<String>,
    /// The items, in the order of the definition.
    pub items: Vec<ItemData>,
    /// The measures with at least two items, in the order of the definition.
    pub measures: Vec<MeasureData>,
}

/// An item of a group.
#[derive(Debug, Clone, Default)]
pub struct ItemData {
    /// Its path.
    pub path: String,
    /// The lowest value of its scale.
    pub lowest: f64,
    /// The highest value of its scale.
    pub highest: f64,
    /// All values of its scale, if they are a list.
    pub scale: Vec<f64>,
    /// For each person the combined value, if there is one.
    pub values: Vec<Option<f64>>,
    /// What observers rated, by person and then by observer; none of them rated a person twice.
    pub ratings: Vec<Rated>,
}

/// A rating.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rated {
    /// Whom it is about, counted from 0.
    pub person: u32,
    /// Who rated: a position among the observers of the group.
    pub observer: u32,
    /// The value.
    pub value: f64,
}

/// A measure of a group.
#[derive(Debug, Clone, Default)]
pub struct MeasureData {
    /// Its path.
    pub path: String,
    /// The items it is computed from: positions among the items of the group.
    pub items: Vec<usize>,
    /// For items that the measure reads the other way round, the number their values are taken from.
    pub reversed: Vec<Option<f64>>,
}

/// Collects a [`Group`]. Records are scored one after another, and none is kept.
#[derive(Debug)]
pub struct GroupBuilder {
    group: Group,
    items: Vec<Ix<Item>>,
    observers: HashMap<String, u32>,
}

impl GroupBuilder {
    /// A group without people, for all measures or only for one and those it is computed from.
    pub fn new(assessment: &Assessment, only: Option<Ix<Measure>>) -> GroupBuilder {
        let mut measures: Vec<Ix<Measure>> = Vec::new();
        match only {
            Some(measure) => below(assessment, measure, &mut measures),
            None => measures.extend(assessment.measures().map(|(ix, _)| ix)),
        }
        let needed = |item: Ix<Item>| {
            let has =
                |measure: &Ix<Measure>| assessment.measure(*measure).rule.parts().contains(&Node::Item(item));
            only.is_none() || measures.iter().any(has)
        };
        // A choice that each measure reads in its own way has no value that could be averaged.
        let valued = |item: &Item| item.reading != Reading::Nominal;
        let items: Vec<Ix<Item>> = assessment
            .items
            .iter()
            .filter(|(_, item)| valued(item))
            .map(|(ix, _)| ix)
            .filter(|item| needed(*item))
            .collect();
        let own = |(ix, measure): (Ix<Measure>, &Measure)| {
            // Parts of which only the first one counts do not add up to anything.
            if !measures.contains(&ix) || matches!(measure.rule, Rule::First(_)) {
                return None;
            }
            let position = |part: &Node| items.iter().position(|item| Node::Item(*item) == *part);
            let readings = measure.rule.readings();
            let parts = measure.rule.parts();
            let parts = parts.iter().zip(readings).filter_map(|(part, reading)| {
                let reversed = match reading {
                    Reading::Reversed(sum) => Some(sum.to_float()),
                    _ => None,
                };
                Some((position(part)?, reversed))
            });
            let (items, reversed): (Vec<usize>, Vec<Option<f64>>) = parts.unzip();
            (items.len() > 1).then(|| MeasureData { path: measure.path.clone(), items, reversed })
        };
        let group = Group {
            assessment: assessment.id.clone(),
            version: assessment.version.clone(),
            items: items.iter().map(|item| item_data(assessment, *item)).collect(),
            measures: assessment.measures().filter_map(own).collect(),
            ..Group::default()
        };
        GroupBuilder { group, items, observers: HashMap::new() }
    }

    /// Adds a person, scored by the assessment of the group.
    pub fn add(&mut self, scored: &Scored<'_>) {
        let person = u32::try_from(self.group.people).unwrap_or(u32::MAX);
        self.group.people += 1;
        for (data, item) in self.group.items.iter_mut().zip(&self.items) {
            data.values.push(scored.outcome(Node::Item(*item)).value().map(Exact::to_float));
            for (name, value) in ratings(scored, *item) {
                let observer = match self.observers.get(name) {
                    Some(known) => *known,
                    None => {
                        let next = u32::try_from(self.observers.len()).unwrap_or(u32::MAX);
                        *self.observers.entry(name.to_owned()).or_insert(next)
                    }
                };
                data.ratings.push(Rated { person, observer, value });
            }
        }
    }

    /// The group of all who were added.
    pub fn finish(self) -> Group {
        let GroupBuilder { mut group, observers, .. } = self;
        let mut names: Vec<(String, u32)> = observers.into_iter().collect();
        names.sort();
        let mut rank = vec![0; names.len()];
        for (position, (_, old)) in (0u32..).zip(&names) {
            rank[*old as usize] = position;
        }
        for item in &mut group.items {
            for rating in &mut item.ratings {
                rating.observer = rank[rating.observer as usize];
            }
            item.ratings.sort_by_key(|rating| (rating.person, rating.observer));
        }
        group.observers = names.into_iter().map(|(name, _)| name).collect();
        group
    }
}

/// What the observers of a person saw of an item: of each observer one value, over situations and trials.
/// Only here is known how a record keeps ratings. The self-assessment is not among them.
fn ratings<'s>(scored: &'s Scored<'_>, item: Ix<Item>) -> impl Iterator<Item = (&'s str, f64)> {
    let record = scored.record();
    let module = scored.assessment().items[item].module;
    let how = scored.assessment().modules[module].observers.combine;
    let counted = crate::ratings::counted(record, item);
    record.observers.iter().enumerate().filter_map(move |(position, name)| {
        let own = counted.iter().filter(|(occasion, _)| record.axes[*occasion].observer == Some(position));
        let value = crate::ratings::combine(how, own.map(|(_, value)| value.as_ref()))?;
        Some((name.as_str(), value.to_float()))
    })
}

/// A measure and all it is computed from.
fn below(assessment: &Assessment, measure: Ix<Measure>, found: &mut Vec<Ix<Measure>>) {
    if found.contains(&measure) {
        return;
    }
    found.push(measure);
    for part in assessment.measure(measure).rule.parts() {
        if let Node::Measure(part) = part {
            below(assessment, part, found);
        }
    }
}

fn item_data(assessment: &Assessment, item: Ix<Item>) -> ItemData {
    let item = &assessment.items[item];
    let scale = &assessment.scales[item.scale];
    // All values an item can have, as far as they are few.
    let worth = |raw: &Exact| item.reading.read(raw).map(Cow::into_owned);
    let mut values: Vec<Exact> = match &scale.values {
        ScaleValues::List(values) => values.iter().filter_map(|value| worth(&value.number)).collect(),
        ScaleValues::YesNo => [Exact::ZERO, Exact::ONE].iter().filter_map(worth).collect(),
        ScaleValues::Choices(_) | ScaleValues::Range(..) => match &item.reading {
            Reading::Options(points) => points.clone(),
            Reading::Points(rows) => rows.iter().map(|row| row.is.clone()).collect(),
            _ => Vec::new(),
        },
    };
    values.sort();
    values.dedup();
    let bounds = scale.bounds().unwrap_or((Exact::ZERO, Exact::ZERO));
    let lowest = values.first().unwrap_or(&bounds.0).to_float();
    let highest = values.last().unwrap_or(&bounds.1).to_float();
    let scale = values.iter().map(Exact::to_float).collect();
    ItemData { path: item.path.clone(), lowest, highest, scale, ..ItemData::default() }
}
