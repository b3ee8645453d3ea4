//! Statistics of a group: how difficult items are, whether those of a measure belong together, whether observers
//! agree.
//!
//! ```text
//! Scored ──GroupBuilder::add──▶ Group ──analyze──▶ Analysis
//! ```
//!
//! Each formula is a function of plain numbers, with its meaning, its source and its treatment of missing data, in
//! [`reliability`], [`agreement`] and [`icc`]. [`analyze`] decides which numbers each of them gets, and every
//! [`Figure`] says so.
//!
//! Statistics are estimates and use floats; no value here flows back into a score.
//!
//! A figure that would rest on fewer than [`SMALLEST_GROUP`] people is suppressed, and so is a whole group of that
//! size. A statistic that has no value, because a formula would divide by nothing, is absent with a reason: no result
//! is ever `NaN` or infinite.

#![allow(
    clippy::float_arithmetic,
    reason = "statistics of groups are estimates; scores are computed elsewhere"
)]

pub mod agreement;
mod figure;
mod group;
pub mod icc;
mod matrix;
pub mod reliability;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use crate::Words;
use agreement::{Metric, Weights};
pub use figure::{Estimate, Figure, Lack, Statistic, Treatment};
pub use group::{Group, GroupBuilder, ItemData, MeasureData, Rated};
pub use matrix::Matrix;
use reliability::Consistency;

/// The smallest number of people that anything is said about: a figure of fewer could tell about one of them.
pub const SMALLEST_GROUP: usize = 5;

/// How many observers are paired at most: those who rated the most people. A pair is a line of the report, and their
/// number grows with the square.
pub const MOST_PAIRED_OBSERVERS: usize = 50;

/// Statistics by name.
pub type Figures = BTreeMap<Statistic, Figure>;

/// The report about a group.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Analysis {
    /// The format of the report: `kompetenz-analysis/1`.
    pub format: &'static str,
    /// The id of the assessment.
    pub assessment: String,
    /// The version of the assessment.
    pub version: String,
    /// How many people there are. `None`: fewer than [`SMALLEST_GROUP`].
    pub people: Option<usize>,
    /// The smallest number of people that anything is said about.
    pub smallest_group: usize,
    /// Why nothing at all is said.
    pub suppressed: Option<Lack>,
    /// The measures with at least two items, in the order of the definition.
    pub measures: Vec<MeasureAnalysis>,
    /// The items, in the order of the definition.
    pub items: Vec<ItemAnalysis>,
    /// What the names in the report mean, each that occurs.
    pub legend: Legend,
}

/// How the items of a measure belong together.
#[derive(Debug, Clone, Serialize)]
pub struct MeasureAnalysis {
    /// Its path.
    pub path: String,
    /// Alpha and KR-20.
    pub figures: Figures,
    /// What each item does in it.
    pub items: Vec<PartAnalysis>,
}

/// What an item does in a measure.
#[derive(Debug, Clone, Serialize)]
pub struct PartAnalysis {
    /// Its path.
    pub path: String,
    /// Item-total correlation and alpha if deleted.
    pub figures: Figures,
}

/// How an item was rated.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ItemAnalysis {
    /// Its path.
    pub path: String,
    /// Difficulty, mean, standard deviation, and the agreement of all observers.
    pub figures: Figures,
    /// How many people have each value, lowest first: all values of the scale, and those between that came from
    /// several observers. `None`: suppressed.
    pub distribution: Option<Vec<Cell>>,
    /// The most frequent number of observers of a person, two or more: the k of Fleiss' kappa and ICC(1,k).
    pub observers_per_person: Option<usize>,
    /// The observers behind ICC(2,·) and ICC(3,·); empty if there are none.
    pub same_observers: Vec<String>,
    /// Each two observers with at least [`SMALLEST_GROUP`] people in common, in alphabetical order.
    pub pairs: Vec<PairAnalysis>,
}

/// How many people have a value.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Cell {
    /// The value, rounded to six decimal places.
    pub value: f64,
    /// How many people have it.
    pub people: usize,
}

/// How two observers agree on an item.
#[derive(Debug, Clone, Serialize)]
pub struct PairAnalysis {
    /// Their names.
    pub observers: [String; 2],
    /// Percent agreement and Cohen's kappa.
    pub figures: Figures,
}

impl Analysis {
    /// All figures of the report.
    pub fn figures(&self) -> impl Iterator<Item = (Statistic, &Figure)> {
        let measures = self.measures.iter().flat_map(|measure| {
            std::iter::once(&measure.figures).chain(measure.items.iter().map(|part| &part.figures))
        });
        let items = self.items.iter().flat_map(|item| {
            std::iter::once(&item.figures).chain(item.pairs.iter().map(|pair| &pair.figures))
        });
        measures.chain(items).flatten().map(|(statistic, figure)| (*statistic, figure))
    }

    fn legend(&self) -> Legend {
        let mut legend = Legend::default();
        if let Some(lack) = self.suppressed {
            legend.absent.insert(lack, lack.meaning());
        }
        for (statistic, figure) in self.figures() {
            let explain = || Explained { meaning: statistic.meaning(), source: statistic.source() };
            legend.statistics.entry(statistic).or_insert_with(explain);
            legend.treatments.entry(figure.treatment).or_insert_with(|| figure.treatment.meaning());
            if let Err(lack) = figure.result {
                legend.absent.entry(lack).or_insert_with(|| lack.meaning());
            }
        }
        legend
    }
}

/// What the names in a report mean.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Legend {
    /// The statistics.
    pub statistics: BTreeMap<Statistic, Explained>,
    /// What became of missing data.
    pub treatments: BTreeMap<Treatment, Words>,
    /// Why there is no value.
    pub absent: BTreeMap<Lack, Words>,
}

/// What a statistic is.
#[derive(Debug, Clone, Serialize)]
pub struct Explained {
    /// In words.
    pub meaning: Words,
    /// Where its formula comes from.
    pub source: &'static str,
}

/// Computes the statistics of a group.
pub fn analyze(group: &Group) -> Analysis {
    let enough = group.people >= SMALLEST_GROUP;
    let mut analysis = Analysis {
        format: "kompetenz-analysis/1",
        assessment: group.assessment.clone(),
        version: group.version.clone(),
        people: enough.then_some(group.people),
        smallest_group: SMALLEST_GROUP,
        suppressed: (!enough).then_some(Lack::TooFewPeople),
        measures: group
            .measures
            .iter()
            .filter(|_| enough)
            .map(|measure| of_measure(group, measure))
            .collect(),
        items: group.items.iter().filter(|_| enough).map(|item| of_item(group, item)).collect(),
        legend: Legend::default(),
    };
    analysis.legend = analysis.legend();
    analysis
}

fn of_measure(group: &Group, measure: &MeasureData) -> MeasureAnalysis {
    // As the measure reads them: what speaks against it speaks against it here too.
    let columns: Vec<Cow<'_, [Option<f64>]>> = measure
        .items
        .iter()
        .zip(&measure.reversed)
        .map(|(item, reversed)| match reversed {
            None => Cow::Borrowed(group.items[*item].values.as_slice()),
            Some(sum) => group.items[*item].values.iter().map(|value| value.map(|own| sum - own)).collect(),
        })
        .collect();
    let columns: Vec<&[Option<f64>]> = columns.iter().map(AsRef::as_ref).collect();
    let scores = Matrix::listwise(&columns);
    let n = scores.people();
    let test = Consistency::of(&scores);
    let dichotomous = measure.items.iter().all(|item| is_dichotomous(&group.items[*item]));
    let kr20 = || if dichotomous { test.kr20() } else { Err(Lack::NotDichotomous) };
    let part = |(position, item): (usize, &usize)| PartAnalysis {
        path: group.items[*item].path.clone(),
        figures: Figures::from([
            (Statistic::ItemTotal, Figure::of(n, Treatment::Listwise, || test.item_total(position))),
            (
                Statistic::AlphaIfDeleted,
                Figure::of(n, Treatment::Listwise, || test.alpha_if_deleted(position)),
            ),
        ]),
    };
    MeasureAnalysis {
        path: measure.path.clone(),
        figures: Figures::from([
            (Statistic::CronbachAlpha, Figure::of(n, Treatment::Listwise, || test.alpha())),
            (Statistic::Kr20, Figure::of(n, Treatment::Listwise, kr20)),
        ]),
        items: measure.items.iter().enumerate().map(part).collect(),
    }
}

/// Whether a scale is made of 0 and 1.
fn is_dichotomous(item: &ItemData) -> bool {
    item.scale == [0.0, 1.0]
}

fn of_item(group: &Group, item: &ItemData) -> ItemAnalysis {
    let values: Vec<f64> = item.values.iter().flatten().copied().collect();
    let n = values.len();
    let available =
        |value: Option<f64>| Figure::of(n, Treatment::Available, || value.ok_or(Lack::NoVariance));
    let mut figures = Figures::from([
        (Statistic::Difficulty, available(reliability::difficulty(&values, item.lowest, item.highest))),
        (Statistic::Mean, available(reliability::mean(&values))),
        (Statistic::StandardDeviation, available(reliability::standard_deviation(&values))),
    ]);

    // The ratings of each person stand together, so a unit is a slice of them.
    let ratings: Vec<f64> = item.ratings.iter().map(|rating| rating.value).collect();
    let observers: Vec<u32> = item.ratings.iter().map(|rating| rating.observer).collect();
    let mut start = 0;
    let units: Vec<(&[u32], &[f64])> = item
        .ratings
        .chunk_by(|a, b| a.person == b.person)
        .map(|unit| {
            let range = start..start + unit.len();
            start = range.end;
            (&observers[range.clone()], &ratings[range])
        })
        .filter(|(_, unit)| unit.len() > 1)
        .collect();

    let pairable: Vec<&[f64]> = units.iter().map(|(_, unit)| *unit).collect();
    let all = |compute: &dyn Fn() -> Result<f64, Lack>| {
        among_several(
            &units,
            || Figure::of(pairable.len(), Treatment::Pairable, compute),
            Treatment::Pairable,
        )
    };
    figures.insert(Statistic::PercentAgreement, all(&|| agreement::percent(&pairable)));
    for (statistic, metric) in [
        (Statistic::KrippendorffNominal, Metric::Nominal),
        (Statistic::KrippendorffOrdinal, Metric::Ordinal),
        (Statistic::KrippendorffInterval, Metric::Interval),
    ] {
        figures.insert(statistic, all(&|| agreement::krippendorff(&pairable, metric)));
    }

    let k = most_frequent_count(&units);
    let equal: Vec<&[f64]> = pairable.iter().copied().filter(|unit| Some(unit.len()) == k).collect();
    let icc = one_way(&equal);
    for (statistic, result) in [
        (Statistic::FleissKappa, agreement::fleiss(&equal).map(Estimate::from)),
        (Statistic::Icc11, icc.and_then(|icc| icc.single)),
        (Statistic::Icc1k, icc.and_then(|icc| icc.mean)),
    ] {
        let figure = || Figure::of(equal.len(), Treatment::SameCount, || result);
        figures.insert(statistic, among_several(&units, figure, Treatment::SameCount));
    }

    let (same_observers, block) = largest_block(&units);
    let variances = icc::Variances::of(&block);
    let random = variances.map(|variances| variances.two_way_random());
    let mixed = variances.map(|variances| variances.two_way_mixed());
    for (statistic, result) in [
        (Statistic::Icc21, random.and_then(|icc| icc.single)),
        (Statistic::Icc2k, random.and_then(|icc| icc.mean)),
        (Statistic::Icc31, mixed.and_then(|icc| icc.single)),
        (Statistic::Icc3k, mixed.and_then(|icc| icc.mean)),
    ] {
        let figure = if block.people() < SMALLEST_GROUP {
            Figure::absent(Lack::NoCommonObservers, Treatment::SameObservers)
        } else {
            Figure::of(block.people(), Treatment::SameObservers, || result)
        };
        figures.insert(statistic, among_several(&units, || figure, Treatment::SameObservers));
    }

    let name = |observer: &u32| group.observers[*observer as usize].clone();
    let enough = block.people() >= SMALLEST_GROUP;
    ItemAnalysis {
        path: item.path.clone(),
        figures,
        distribution: (n >= SMALLEST_GROUP).then(|| distribution(&values, &item.scale)),
        observers_per_person: k.filter(|_| equal.len() >= SMALLEST_GROUP),
        same_observers: same_observers.iter().filter(|_| enough).map(name).collect(),
        pairs: pairs(group, &units),
    }
}

/// Where nobody has two observers, that is the reason, and not that too few have.
fn among_several<T>(units: &[T], figure: impl FnOnce() -> Figure, treatment: Treatment) -> Figure {
    if units.is_empty() { Figure::absent(Lack::OneObserver, treatment) } else { figure() }
}

/// How many people have each value; values of the scale that nobody has are told too.
fn distribution(values: &[f64], scale: &[f64]) -> Vec<Cell> {
    let rounded: Vec<f64> = values.iter().map(|value| figure::round(*value)).collect();
    let mut cells: Vec<Cell> =
        agreement::counts(&rounded).into_iter().map(|(value, people)| Cell { value, people }).collect();
    for value in scale.iter().map(|value| figure::round(*value)) {
        if let Err(position) = cells.binary_search_by(|cell| cell.value.total_cmp(&value)) {
            cells.insert(position, Cell { value, people: 0 });
        }
    }
    cells
}

/// The most frequent number of ratings of a person; of equally frequent ones the greatest.
fn most_frequent_count(units: &[(&[u32], &[f64])]) -> Option<usize> {
    let mut frequency: BTreeMap<usize, usize> = BTreeMap::new();
    for (_, unit) in units {
        *frequency.entry(unit.len()).or_default() += 1;
    }
    frequency.into_iter().max_by_key(|(count, people)| (*people, *count)).map(|(count, _)| count)
}

fn one_way(units: &[&[f64]]) -> Result<icc::Icc, Lack> {
    let mut ratings = Matrix::new(units.first().map_or(0, |unit| unit.len()));
    for unit in units {
        ratings.push(unit);
    }
    Ok(icc::Variances::of(&ratings)?.one_way())
}

/// The observers who were the only ones of the most people, with their ratings; of equally many people the most
/// observers, then those who come first in the alphabet.
fn largest_block<'u>(units: &[(&'u [u32], &[f64])]) -> (&'u [u32], Matrix) {
    let mut people: HashMap<&[u32], usize> = HashMap::new();
    for (observers, _) in units {
        *people.entry(observers).or_default() += 1;
    }
    let better =
        |(observers, people): &(&'u [u32], usize)| (*people, observers.len(), std::cmp::Reverse(*observers));
    let best = people.into_iter().max_by_key(better);
    let observers = best.map(|(observers, _)| observers).unwrap_or_default();
    let mut block = Matrix::new(observers.len());
    for (_, unit) in units.iter().filter(|(own, _)| *own == observers) {
        block.push(unit);
    }
    (observers, block)
}

/// Each two observers with enough people in common.
fn pairs(group: &Group, units: &[(&[u32], &[f64])]) -> Vec<PairAnalysis> {
    // Only observers with enough people can have enough in common.
    let mut people = vec![0usize; group.observers.len()];
    for observer in units.iter().flat_map(|(observers, _)| *observers) {
        people[*observer as usize] += 1;
    }
    let mut chosen: Vec<usize> =
        (0..people.len()).filter(|observer| people[*observer] >= SMALLEST_GROUP).collect();
    chosen.sort_by_key(|observer| (std::cmp::Reverse(people[*observer]), *observer));
    chosen.truncate(MOST_PAIRED_OBSERVERS);
    chosen.sort_unstable();
    let mut place = vec![None; people.len()];
    for (position, observer) in chosen.iter().enumerate() {
        place[*observer] = Some(position);
    }

    let count = chosen.len();
    let mut common: Vec<Vec<[f64; 2]>> = vec![Vec::new(); count * count];
    let mut own: Vec<(usize, f64)> = Vec::new();
    for (observers, unit) in units {
        own.clear();
        own.extend(
            observers
                .iter()
                .zip(*unit)
                .filter_map(|(observer, value)| Some((place[*observer as usize]?, *value))),
        );
        for (position, (first, a)) in own.iter().enumerate() {
            for (second, b) in &own[position + 1..] {
                common[first * count + second].push([*a, *b]);
            }
        }
    }
    let pair = |(position, pairs): (usize, &Vec<[f64; 2]>)| {
        let name = |position: usize| group.observers[chosen[position]].clone();
        let figure =
            |compute: &dyn Fn() -> Result<f64, Lack>| Figure::of(pairs.len(), Treatment::Pairwise, compute);
        let units = || pairs.iter().map(<[f64; 2]>::as_slice).collect::<Vec<_>>();
        (pairs.len() >= SMALLEST_GROUP).then(|| PairAnalysis {
            observers: [name(position / count), name(position % count)],
            figures: Figures::from([
                (Statistic::PercentAgreement, figure(&|| agreement::percent(&units()))),
                (Statistic::CohenKappa, figure(&|| agreement::cohen(pairs, Weights::Unweighted))),
                (Statistic::CohenKappaLinear, figure(&|| agreement::cohen(pairs, Weights::Linear))),
                (Statistic::CohenKappaQuadratic, figure(&|| agreement::cohen(pairs, Weights::Quadratic))),
            ]),
        })
    };
    common.iter().enumerate().filter_map(pair).collect()
}
