//! Formulas against the examples of the papers they come from and against the usual packages, and what must hold of
//! any group.

use proptest::prelude::*;
use serde_json::Value;

use super::agreement::{Metric, Weights, cohen, fleiss, krippendorff, percent};
use super::icc::Variances;
use super::reliability::{Consistency, difficulty, mean, standard_deviation};
use super::*;
use crate::assessment::Name;
use crate::entry::{Occasion, Rating, Spot};
use crate::raw::Given;
use crate::{Assessment, Entry, Exact, Record, Sources, check, score};

fn matrix(rows: &[&[f64]]) -> Matrix {
    let mut matrix = Matrix::new(rows[0].len());
    for row in rows {
        matrix.push(row);
    }
    matrix
}

#[track_caller]
fn near(value: f64, expected: f64, places: i32) {
    assert!((value - expected).abs() < 0.5 * 10f64.powi(-places), "{value} is not {expected}");
}

/// Shrout & Fleiss (1979), table 2: six targets, four judges.
fn shrout_and_fleiss() -> Matrix {
    matrix(&[
        &[9.0, 2.0, 5.0, 8.0],
        &[6.0, 1.0, 3.0, 2.0],
        &[8.0, 4.0, 6.0, 8.0],
        &[7.0, 1.0, 2.0, 6.0],
        &[10.0, 5.0, 6.0, 9.0],
        &[6.0, 2.0, 4.0, 7.0],
    ])
}

#[test]
fn intraclass_correlations_are_those_of_shrout_and_fleiss() {
    let variances = Variances::of(&shrout_and_fleiss()).unwrap();
    let (one, random, mixed) = (variances.one_way(), variances.two_way_random(), variances.two_way_mixed());
    // The values of table 4; intervals and further digits by pingouin 0.5 and the R package psych.
    for (estimate, value, lower, upper) in [
        (one.single, 0.165_741_77, -0.13, 0.72),
        (random.single, 0.289_763_78, 0.02, 0.76),
        (mixed.single, 0.714_840_71, 0.34, 0.95),
        (one.mean, 0.442_797_13, -0.88, 0.91),
        (random.mean, 0.620_050_55, 0.07, 0.93),
        (mixed.mean, 0.909_315_54, 0.68, 0.99),
    ] {
        let estimate = estimate.unwrap();
        near(estimate.value, value, 8);
        let (low, high) = estimate.interval.unwrap();
        near(low, lower, 2);
        near(high, upper, 2);
    }
}

#[test]
fn intraclass_correlations_of_two_observers() {
    let variances = Variances::of(&matrix(&[
        &[1.0, 2.0],
        &[2.0, 2.0],
        &[3.0, 3.0],
        &[4.0, 3.0],
        &[0.0, 1.0],
        &[2.0, 2.0],
        &[4.0, 4.0],
        &[1.0, 1.0],
        &[3.0, 4.0],
        &[2.0, 1.0],
    ]))
    .unwrap();
    let (one, random, mixed) = (variances.one_way(), variances.two_way_random(), variances.two_way_mixed());
    for (estimate, value, lower, upper) in [
        (one.single, 0.836_363_64, 0.50, 0.96),
        (random.single, 0.835_164_84, 0.47, 0.96),
        (mixed.single, 0.823_104_69, 0.44, 0.95),
        (one.mean, 0.910_891_09, 0.66, 0.98),
        (random.mean, 0.910_179_64, 0.64, 0.98),
        (mixed.mean, 0.902_970_30, 0.61, 0.98),
    ] {
        let estimate = estimate.unwrap();
        near(estimate.value, value, 8);
        let (low, high) = estimate.interval.unwrap();
        near(low, lower, 2);
        near(high, upper, 2);
    }
}

/// Quantiles by `scipy.stats.f.ppf`.
#[test]
fn quantiles_of_the_f_distribution() {
    for (numerator, denominator, expected) in [
        (5.0, 18.0, 3.381_967_805_875_243),
        (18.0, 5.0, 6.361_883_204_654_352),
        (19_999.0, 20_000.0, 1.028_106_959_974_633_5),
        (19_999.0, 979_951.0, 1.019_899_632_659_661_2),
        (3.3, 4.0, 9.846_390_023_627_36),
    ] {
        near(icc::f_quantile(numerator, denominator).unwrap(), expected, 8);
    }
    assert_eq!(icc::f_quantile(0.0, 4.0), None);
    assert_eq!(icc::f_quantile(f64::NAN, 4.0), None);
}

/// Krippendorff (2011), part C: four observers, twelve units, missing data.
#[test]
fn alpha_of_krippendorffs_example() {
    let observers = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
        [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
    ];
    let unit = |unit: usize| -> Vec<f64> {
        observers.iter().map(|ratings| f64::from(ratings[unit])).filter(|rating| *rating > 0.0).collect()
    };
    let units: Vec<Vec<f64>> = (0..12).map(unit).collect();
    let units: Vec<&[f64]> = units.iter().map(Vec::as_slice).collect();
    for (metric, value) in [
        (Metric::Nominal, 0.743_421_052_631_579),
        (Metric::Ordinal, 0.815_387_503_754_881_4),
        (Metric::Interval, 0.849_107_142_857_142_7),
    ] {
        near(krippendorff(&units, metric).unwrap(), value, 12);
    }
}

/// Ten subjects, fourteen raters, five categories: the example of Fleiss' kappa that textbooks share, κ = 0.210.
#[test]
fn fleiss_kappa_of_the_textbook_example() {
    let table = [
        [0, 0, 0, 0, 14],
        [0, 2, 6, 4, 2],
        [0, 0, 3, 5, 6],
        [0, 3, 9, 2, 0],
        [2, 2, 8, 1, 1],
        [7, 7, 0, 0, 0],
        [3, 2, 6, 3, 0],
        [2, 5, 3, 2, 2],
        [6, 5, 2, 1, 0],
        [0, 2, 2, 3, 7],
    ];
    let subject = |counts: &[usize; 5]| -> Vec<f64> {
        (0u8..).zip(counts).flat_map(|(value, count)| vec![f64::from(value); *count]).collect()
    };
    let units: Vec<Vec<f64>> = table.iter().map(subject).collect();
    let units: Vec<&[f64]> = units.iter().map(Vec::as_slice).collect();
    near(fleiss(&units).unwrap(), 0.209_930_704_421_955, 12);
}

/// By `sklearn.metrics.cohen_kappa_score`.
#[test]
fn cohens_kappa_with_and_without_weights() {
    let first = [1, 2, 3, 4, 0, 2, 2, 3, 1, 4, 4, 0, 3, 2, 1];
    let second = [1, 2, 4, 4, 1, 2, 3, 3, 1, 3, 4, 0, 2, 2, 3];
    let pairs: Vec<[f64; 2]> = first.iter().zip(second).map(|(a, b)| [f64::from(*a), f64::from(b)]).collect();
    for (weights, value) in [
        (Weights::Unweighted, 0.491_525_423_728_813_6),
        (Weights::Linear, 0.670_846_394_984_326),
        (Weights::Quadratic, 0.811_188_811_188_811_1),
    ] {
        near(cohen(&pairs, weights).unwrap(), value, 12);
    }
    let units: Vec<&[f64]> = pairs.iter().map(<[f64; 2]>::as_slice).collect();
    near(percent(&units).unwrap(), 60.0, 12);
}

/// By numpy from the definitions, alpha and its interval by `pingouin.cronbach_alpha`.
#[test]
fn alpha_and_item_total_correlations() {
    let scores = matrix(&[
        &[3.0, 2.0, 4.0, 1.0],
        &[2.0, 2.0, 3.0, 1.0],
        &[4.0, 4.0, 4.0, 3.0],
        &[1.0, 0.0, 2.0, 1.0],
        &[3.0, 3.0, 3.0, 2.0],
        &[0.0, 1.0, 1.0, 0.0],
        &[4.0, 3.0, 4.0, 4.0],
        &[2.0, 1.0, 3.0, 2.0],
    ]);
    let test = Consistency::of(&scores);
    let alpha = test.alpha().unwrap();
    near(alpha.value, 0.937_585_173_071_681_8, 12);
    near(alpha.interval.unwrap().0, 0.815, 3);
    near(alpha.interval.unwrap().1, 0.986, 3);
    let totals =
        [0.980_965_554_567_061_2, 0.796_146_367_769_350_7, 0.862_105_449_728_519_4, 0.800_956_373_376_080_2];
    let deleted =
        [0.874_172_185_430_463_7, 0.936_708_860_759_493_8, 0.921_290_322_580_645_2, 0.934_631_432_545_201_6];
    for item in 0..4 {
        near(test.item_total(item).unwrap(), totals[item], 12);
        near(test.alpha_if_deleted(item).unwrap(), deleted[item], 12);
    }
    assert_eq!(test.kr20(), Err(Lack::NotDichotomous));
    let first: Vec<f64> = scores.rows().map(|row| row[0]).collect();
    near(mean(&first).unwrap(), 2.375, 12);
    near(standard_deviation(&first).unwrap(), 1.407_885_953_173_359, 12);
    near(difficulty(&first, 0.0, 4.0).unwrap(), 0.593_75, 12);
}

/// By hand: pq are .1875, .1875, .234375, .234375 and .1875, the variance of the sums is 2.4375, and
/// 5/4 · (1 − 1.03125 / 2.4375) = 0.7212.
#[test]
fn kuder_richardson_by_hand() {
    let scores = matrix(&[
        &[1.0, 1.0, 1.0, 1.0, 1.0],
        &[1.0, 1.0, 1.0, 1.0, 0.0],
        &[1.0, 1.0, 1.0, 0.0, 0.0],
        &[1.0, 1.0, 0.0, 0.0, 0.0],
        &[1.0, 0.0, 0.0, 0.0, 0.0],
        &[0.0, 1.0, 1.0, 0.0, 1.0],
        &[1.0, 1.0, 1.0, 1.0, 0.0],
        &[0.0, 0.0, 0.0, 0.0, 0.0],
    ]);
    near(Consistency::of(&scores).kr20().unwrap().value, 0.721_153_846_153_846, 12);
}

#[test]
fn what_has_no_value_has_a_reason() {
    let third = 7.0 / 3.0;
    let constant = matrix(&[[third; 3].as_slice(); 7]);
    let test = Consistency::of(&constant);
    assert_eq!(test.alpha(), Err(Lack::NoVariance));
    assert_eq!(test.item_total(0), Err(Lack::NoVariance));
    assert_eq!(Consistency::of(&matrix(&[&[1.0], &[2.0]])).alpha(), Err(Lack::TooFewItems));
    assert_eq!(Consistency::of(&matrix(&[&[1.0], &[2.0]])).item_total(0), Err(Lack::TooFewItems));
    let two = Consistency::of(&matrix(&[&[1.0, 2.0], &[2.0, 1.0], &[3.0, 3.0]]));
    assert_eq!(two.alpha_if_deleted(0), Err(Lack::TooFewItems));
    // Items that cancel each other out: the sum is the same for everyone.
    let opposite = Consistency::of(&matrix(&[&[0.1, 0.3], &[0.3, 0.1], &[0.2, 0.2]]));
    assert_eq!(opposite.alpha(), Err(Lack::NoVariance));

    assert_eq!(Variances::of(&constant).unwrap_err(), Lack::NoVariance);
    assert_eq!(Variances::of(&matrix(&[&[1.0], &[2.0]])).unwrap_err(), Lack::OneObserver);
    assert_eq!(Variances::of(&matrix(&[&[1.0, 2.0]])).unwrap_err(), Lack::TooFewPeople);
    // People who do not differ, rated with differences.
    let alike = Variances::of(&matrix(&[&[1.0, 2.0], &[2.0, 1.0], &[1.0, 2.0]])).unwrap();
    assert_eq!(alike.one_way().mean, Err(Lack::NoVariance));
    assert!(alike.one_way().single.unwrap().value < 0.0);
    // Perfect agreement has a value and no interval.
    let perfect = Variances::of(&matrix(&[&[third; 3], &[0.1; 3], &[third; 3], &[3.7; 3]])).unwrap();
    for icc in [perfect.one_way(), perfect.two_way_random(), perfect.two_way_mixed()] {
        for estimate in [icc.single, icc.mean] {
            assert_eq!(estimate, Ok(Estimate { value: 1.0, interval: None }));
        }
    }

    let same: &[&[f64]] = &[&[third, third], &[third, third]];
    assert_eq!(percent(same), Ok(100.0));
    assert_eq!(fleiss(same), Err(Lack::NoVariance));
    for metric in [Metric::Nominal, Metric::Ordinal, Metric::Interval] {
        assert_eq!(krippendorff(same, metric), Err(Lack::NoVariance));
        assert_eq!(krippendorff(&[&[1.0], &[2.0]], metric), Err(Lack::OneObserver));
    }
    for weights in [Weights::Unweighted, Weights::Linear, Weights::Quadratic] {
        assert_eq!(cohen(&[[third, third]; 9], weights), Err(Lack::NoVariance));
        assert_eq!(cohen(&[], weights), Err(Lack::OneObserver));
    }
    assert_eq!(fleiss(&[]), Err(Lack::OneObserver));
    assert_eq!(percent(&[&[1.0]]), Err(Lack::OneObserver));
}

/// Ratings by observer of one item, on a scale from 0 to 4; the value of a person is the mean of the ratings.
fn item(name: &str, people: &[Vec<(u32, u8)>]) -> ItemData {
    let value = |ratings: &Vec<(u32, u8)>| {
        mean(&ratings.iter().map(|(_, value)| f64::from(*value)).collect::<Vec<_>>())
    };
    let rated = |(person, ratings): (u32, &Vec<(u32, u8)>)| {
        let rated =
            |(observer, value): &(u32, u8)| Rated { person, observer: *observer, value: f64::from(*value) };
        ratings.iter().map(rated).collect::<Vec<_>>()
    };
    ItemData {
        path: name.to_owned(),
        lowest: 0.0,
        highest: 4.0,
        scale: vec![0.0, 1.0, 2.0, 3.0, 4.0],
        values: people.iter().map(value).collect(),
        ratings: (0..).zip(people).flat_map(rated).collect(),
    }
}

/// A group of one measure with all items. `ratings[item][person]` are observers with their values.
fn group(ratings: &[Vec<Vec<(u32, u8)>>]) -> Group {
    Group {
        people: ratings.first().map_or(0, Vec::len),
        observers: ["anna", "ben", "kaya", "weber"].map(str::to_owned).to_vec(),
        items: ratings.iter().enumerate().map(|(i, people)| item(&format!("i{i}"), people)).collect(),
        measures: vec![MeasureData {
            path: "m".into(),
            items: (0..ratings.len()).collect(),
            reversed: vec![None; ratings.len()],
        }],
        ..Group::default()
    }
}

#[test]
fn nothing_is_said_about_fewer_than_five() {
    let four = analyze(&group(&[vec![vec![(0, 1), (1, 2)]; 4], vec![vec![(0, 1), (1, 3)]; 4]]));
    assert_eq!(four.suppressed, Some(Lack::TooFewPeople));
    assert_eq!((four.people, four.items.len(), four.measures.len()), (None, 0, 0));

    // Seven people, of whom four have the second item, and three a second observer of the first.
    let first = vec![
        vec![(0, 1), (1, 2)],
        vec![(0, 2), (1, 2)],
        vec![(0, 3), (1, 4)],
        vec![(0, 0)],
        vec![(1, 2)],
        vec![(0, 4)],
        vec![(1, 1)],
    ];
    let second = first.iter().enumerate().map(|(i, own)| if i < 4 { own.clone() } else { vec![] }).collect();
    let analysis = analyze(&group(&[first, second]));
    assert_eq!(analysis.people, Some(7));
    for (statistic, figure) in
        analysis.measures[0].figures.iter().chain(&analysis.measures[0].items[0].figures)
    {
        assert_eq!((figure.result, figure.n), (Err(Lack::TooFewPeople), None), "{statistic:?}");
    }
    let [seven, four] = &analysis.items[..] else { panic!("two items") };
    assert!(seven.figures[&Statistic::Mean].result.is_ok());
    assert!(seven.distribution.is_some());
    assert_eq!(four.distribution, None);
    assert_eq!(four.figures[&Statistic::Mean].result, Err(Lack::TooFewPeople));
    for item in [seven, four] {
        assert_eq!(item.figures[&Statistic::PercentAgreement].result, Err(Lack::TooFewPeople));
        assert_eq!(item.figures[&Statistic::FleissKappa].result, Err(Lack::TooFewPeople));
        assert_eq!(item.figures[&Statistic::Icc31].result, Err(Lack::NoCommonObservers));
        assert_eq!((item.pairs.len(), item.same_observers.len(), item.observers_per_person), (0, 0, None));
    }
}

#[test]
fn one_observer_alone_agrees_with_nobody() {
    let analysis =
        analyze(&group(&[vec![vec![(0, 1)], vec![(1, 2)], vec![(0, 3)], vec![(0, 0)], vec![(1, 2)]]]));
    for (statistic, figure) in &analysis.items[0].figures {
        if figure.treatment != Treatment::Available {
            assert_eq!(figure.result, Err(Lack::OneObserver), "{statistic:?}");
        }
    }
}

#[test]
fn every_figure_rests_on_the_people_its_treatment_says() {
    // Six people by anna and ben, one by anna and kaya, one by three, one by one.
    let mut people: Vec<Vec<(u32, u8)>> = [(1, 2), (2, 2), (3, 4), (0, 0), (4, 4), (2, 1)]
        .iter()
        .map(|(a, b)| vec![(0, *a), (1, *b)])
        .collect();
    people.push(vec![(0, 3), (2, 3)]);
    people.push(vec![(0, 3), (1, 2), (2, 3)]);
    people.push(vec![(3, 1)]);
    let analysis = analyze(&group(&[people]));
    let item = &analysis.items[0];
    for (statistic, n) in [
        (Statistic::Mean, 9),
        (Statistic::KrippendorffOrdinal, 8),
        (Statistic::PercentAgreement, 8),
        (Statistic::FleissKappa, 7),
        (Statistic::Icc1k, 7),
        (Statistic::Icc21, 6),
        (Statistic::Icc3k, 6),
    ] {
        assert_eq!(item.figures[&statistic].n, Some(n), "{statistic:?}");
    }
    assert_eq!(item.observers_per_person, Some(2));
    assert_eq!(item.same_observers, ["anna", "ben"]);
    // Anna and kaya have two people in common, which is too few.
    assert_eq!(item.pairs.len(), 1);
    assert_eq!(item.pairs[0].observers, ["anna", "ben"]);
    assert_eq!(item.pairs[0].figures[&Statistic::CohenKappa].n, Some(7));
    let cells = item.distribution.as_ref().unwrap();
    assert_eq!(cells.iter().map(|cell| cell.people).sum::<usize>(), 9);
    assert!(cells.windows(2).all(|pair| pair[0].value < pair[1].value));
}

/// Three items; `both` is computed from two of them, `all` from `both` and the third.
fn definition() -> Assessment {
    let sources = Sources::new(
        "assessment.toml",
        r#"
id = "test"
version = "1"
language = "en"
title = "Test"
[[scale]]
id = "s"
values = [0, 1, 2, 3, 4]
not-observed = "n"
[[scale]]
id = "points"
range = { from = 0, to = 100, step = 0.5 }
[[item]]
id = "a"
scale = "s"
title = "A"
[[item]]
id = "b"
scale = "s"
title = "B"
[[item]]
id = "c"
scale = "points"
title = "C"
[[measure]]
id = "both"
title = "Both"
rule = "mean"
of = ["a", "b"]
[[measure]]
id = "either"
title = "Either"
rule = "first"
of = ["a", "b"]
[[measure]]
id = "points-only"
title = "Points"
rule = "mean"
of = ["c"]
[[measure]]
id = "all"
title = "All"
rule = "mean"
of = ["both", "points-only"]
"#,
    );
    let checked = check(&sources);
    let shown: Vec<&str> = checked.diagnostics.iter().map(|d| d.code.name()).collect();
    checked.assessment.unwrap_or_else(|| panic!("{shown:?}"))
}

#[test]
fn a_group_is_collected_from_records() {
    let assessment = definition();
    let entry = |observers: [&str; 2], ratings: &[(&str, usize, &str)]| {
        let rating = |(item, observer, value): &(&str, usize, &str)| Rating {
            item: (*item).into(),
            occasion: *observer,
            value: Exact::parse(value).map_or_else(|_| Given::Text((*value).into()), Given::Number),
            spot: Spot::default(),
        };
        let ratings = ratings.iter().map(rating).collect();
        let occasions = observers.map(Occasion::parse).into_iter().flatten().collect();
        Entry { key: "P".into(), name: "Test".into(), occasions, ratings, ..Entry::default() }
    };
    let entries = [
        entry(["weber", "anna"], &[("a", 0, "3"), ("a", 1, "4"), ("b", 0, "n"), ("c", 1, "37.5")]),
        entry(["ben", "anna"], &[("a", 0, "2"), ("b", 0, "1"), ("b", 1, "1")]),
    ];
    let collect = |only: Option<&str>| {
        let only = only.map(|path| match assessment.find(path) {
            Some(Name::Measure(measure)) => measure,
            _ => panic!("no measure {path}"),
        });
        let mut builder = GroupBuilder::new(&assessment, only);
        for entry in &entries {
            builder.add(&score(&Record::new(&assessment, entry).unwrap()));
        }
        builder.finish()
    };
    let group = collect(None);
    assert_eq!((group.people, &group.observers[..]), (2, &["anna", "ben", "weber"].map(str::to_owned)[..]));
    let rated = |item: usize| -> Vec<(u32, u32, f64)> {
        group.items[item].ratings.iter().map(|r| (r.person, r.observer, r.value)).collect()
    };
    // By person and then by observer, whatever the order in the record. "Not observed" and blank are no ratings.
    assert_eq!(rated(0), [(0, 0, 4.0), (0, 2, 3.0), (1, 1, 2.0)]);
    assert_eq!(rated(1), [(1, 0, 1.0), (1, 1, 1.0)]);
    assert_eq!(group.items[0].values, [Some(3.5), Some(2.0)]);
    assert_eq!(group.items[1].values, [None, Some(1.0)]);
    assert_eq!(group.items[2].values, [Some(37.5), None]);
    assert_eq!((group.items[2].lowest, group.items[2].highest), (0.0, 100.0));
    // One item has no consistency, and of the parts of `first` only one counts.
    let measures = |group: &Group| group.measures.iter().map(|m| m.path.clone()).collect::<Vec<_>>();
    assert_eq!(measures(&group), ["both"]);
    let items = |group: &Group| group.items.iter().map(|item| item.path.clone()).collect::<Vec<_>>();
    assert_eq!(items(&collect(Some("both"))), ["a", "b"]);
    assert_eq!(items(&collect(Some("points-only"))), ["c"]);
    assert_eq!(items(&collect(Some("all"))), ["a", "b", "c"]);
    assert_eq!(measures(&collect(Some("all"))), ["both"]);
}

/// Whoever reads the JSON finds every name explained.
#[test]
fn the_report_explains_its_names() {
    let ratings = [(1, 2), (2, 2), (3, 4), (0, 0), (4, 4)].map(|(a, b)| vec![(0, a), (1, b)]).to_vec();
    let analysis = analyze(&group(&[ratings.clone(), ratings]));
    let json = serde_json::to_value(&analysis).unwrap();
    let figures = json["items"][0]["figures"].as_object().unwrap();
    assert_eq!(figures["icc-1-1"]["treatment"], "same-count");
    assert_eq!(figures["icc-1-1"]["n"], 5);
    assert!(figures["icc-1-1"]["lower"].as_f64() < figures["icc-1-1"]["upper"].as_f64());
    for (name, figure) in figures {
        assert!(json["legend"]["statistics"][name]["meaning"]["de"].is_string(), "{name}");
        let treatment = figure["treatment"].as_str().unwrap();
        assert!(json["legend"]["treatments"][treatment]["en"].is_string(), "{treatment}");
    }
    let kr20 = &json["measures"][0]["figures"]["kr-20"];
    assert_eq!((&kr20["value"], &kr20["absent"]), (&Value::Null, &Value::from("not-dichotomous")));
    assert!(json["legend"]["absent"]["not-dichotomous"]["de"].is_string());
}

/// Ratings of `items` items by up to four observers, anywhere between nobody and all of them.
fn any_group() -> impl Strategy<Value = Vec<Vec<Vec<(u32, u8)>>>> {
    let cell = proptest::collection::vec(proptest::option::weighted(0.6, 0u8..5), 4).prop_map(|row| {
        (0u32..).zip(row).filter_map(|(observer, value)| Some((observer, value?))).collect::<Vec<_>>()
    });
    (1usize..5, 0usize..25).prop_flat_map(move |(items, people)| {
        proptest::collection::vec(proptest::collection::vec(cell.clone(), people), items)
    })
}

/// The first figure that differs by more than rounding.
fn difference(one: &Analysis, other: &Analysis) -> Option<String> {
    let differ = |(a, b): &((Statistic, &Figure), (Statistic, &Figure))| match (a.1.result, b.1.result) {
        (Ok(x), Ok(y)) => a.1.n != b.1.n || (x.value - y.value).abs() > 1e-5 * x.value.abs().max(1.0),
        (x, y) => x != y,
    };
    assert_eq!(one.figures().count(), other.figures().count());
    one.figures().zip(other.figures()).find(differ).map(|pair| format!("{pair:?}"))
}

proptest! {
    #[test]
    fn every_result_is_a_number_in_its_range(ratings in any_group()) {
        let analysis = analyze(&group(&ratings));
        for (statistic, figure) in analysis.figures() {
            prop_assert!(figure.n.is_none_or(|n| n >= SMALLEST_GROUP));
            let Ok(Estimate { value, interval }) = figure.result else { continue };
            prop_assert!(figure.n.is_some());
            prop_assert!(value.is_finite(), "{:?}", statistic);
            match statistic {
                Statistic::Mean | Statistic::StandardDeviation => prop_assert!((0.0..=4.0).contains(&value)),
                Statistic::PercentAgreement => prop_assert!((0.0..=100.0).contains(&value)),
                Statistic::Difficulty => prop_assert!((0.0..=1.0).contains(&value)),
                _ => prop_assert!(value <= 1.0, "{:?} {}", statistic, value),
            }
            if let Some((lower, upper)) = interval {
                prop_assert!(lower.is_finite() && upper.is_finite());
                prop_assert!(lower <= value && value <= upper, "{:?} {} {} {}", statistic, lower, value, upper);
                prop_assert!(upper <= 1.0);
            }
        }
        // Whatever is not a finite number would be `null` with neither value nor reason.
        let json: Value = serde_json::to_value(&analysis).unwrap();
        prop_assert!(!json.to_string().contains("\"value\":null,\"n\""));
    }

    #[test]
    fn the_order_of_people_does_not_matter(ratings in any_group()) {
        let turned: Vec<Vec<Vec<(u32, u8)>>> =
            ratings.iter().map(|people| people.iter().rev().cloned().collect()).collect();
        prop_assert_eq!(difference(&analyze(&group(&ratings)), &analyze(&group(&turned))), None);
    }

    #[test]
    fn the_order_of_observers_does_not_matter(
        pairs in proptest::collection::vec((0u8..5, 0u8..5, 0u8..5), 2..30),
    ) {
        let units: Vec<[f64; 3]> =
            pairs.iter().map(|(a, b, c)| [f64::from(*a), f64::from(*b), f64::from(*c)]).collect();
        let turned: Vec<[f64; 3]> = units.iter().map(|[a, b, c]| [*c, *a, *b]).collect();
        let slices = |units: &[[f64; 3]]| -> Vec<Vec<f64>> { units.iter().map(|unit| unit.to_vec()).collect() };
        let (one, other) = (slices(&units), slices(&turned));
        let one: Vec<&[f64]> = one.iter().map(Vec::as_slice).collect();
        let other: Vec<&[f64]> = other.iter().map(Vec::as_slice).collect();
        prop_assert_eq!(fleiss(&one), fleiss(&other));
        for metric in [Metric::Nominal, Metric::Ordinal, Metric::Interval] {
            match (krippendorff(&one, metric), krippendorff(&other, metric)) {
                (Ok(a), Ok(b)) => prop_assert!((a - b).abs() < 1e-9),
                (a, b) => prop_assert_eq!(a, b),
            }
        }
        let flipped: Vec<[f64; 2]> = units.iter().map(|[a, b, _]| [*b, *a]).collect();
        let pairs: Vec<[f64; 2]> = units.iter().map(|[a, b, _]| [*a, *b]).collect();
        for weights in [Weights::Unweighted, Weights::Linear, Weights::Quadratic] {
            match (cohen(&pairs, weights), cohen(&flipped, weights)) {
                (Ok(a), Ok(b)) => prop_assert!((a - b).abs() < 1e-9),
                (a, b) => prop_assert_eq!(a, b),
            }
        }
    }

    #[test]
    fn a_constant_added_to_an_item_changes_no_alpha(
        rows in proptest::collection::vec(proptest::collection::vec(0u8..5, 4), 2..40),
        constant in -1000i32..1000,
    ) {
        let scores = |constant: f64| {
            let mut scores = Matrix::new(4);
            for row in &rows {
                let mut row: Vec<f64> = row.iter().map(|value| f64::from(*value)).collect();
                row[1] += constant;
                scores.push(&row);
            }
            Consistency::of(&scores)
        };
        let (one, other) = (scores(0.0), scores(f64::from(constant) / 7.0));
        let close = |a: Result<f64, Lack>, b: Result<f64, Lack>| match (a, b) {
            (Ok(a), Ok(b)) => (a - b).abs() < 1e-6,
            (a, b) => a == b,
        };
        prop_assert!(close(one.alpha().map(|a| a.value), other.alpha().map(|a| a.value)));
        for item in 0..4 {
            prop_assert!(close(one.item_total(item), other.item_total(item)));
            prop_assert!(close(one.alpha_if_deleted(item), other.alpha_if_deleted(item)));
        }
    }

    #[test]
    fn identical_observers_agree_perfectly(values in proptest::collection::vec(0u8..5, 2..40)) {
        prop_assume!(values.iter().any(|value| *value != values[0]));
        let pairs: Vec<[f64; 2]> = values.iter().map(|value| [f64::from(*value); 2]).collect();
        let units: Vec<&[f64]> = pairs.iter().map(<[f64; 2]>::as_slice).collect();
        for weights in [Weights::Unweighted, Weights::Linear, Weights::Quadratic] {
            prop_assert_eq!(cohen(&pairs, weights), Ok(1.0));
        }
        for metric in [Metric::Nominal, Metric::Ordinal, Metric::Interval] {
            prop_assert_eq!(krippendorff(&units, metric), Ok(1.0));
        }
        prop_assert!((fleiss(&units).unwrap() - 1.0).abs() < 1e-12);
        prop_assert_eq!(percent(&units), Ok(100.0));
    }

    /// Alpha is the consistency of the sum of k raters: both formulas are one (McGraw & Wong 1996).
    #[test]
    fn alpha_is_icc_3_k(rows in proptest::collection::vec(proptest::collection::vec(0u8..5, 3), 3..40)) {
        let mut scores = Matrix::new(3);
        for row in &rows {
            scores.push(&row.iter().map(|value| f64::from(*value)).collect::<Vec<_>>());
        }
        let alpha = Consistency::of(&scores).alpha();
        let icc = Variances::of(&scores).and_then(|variances| variances.two_way_mixed().mean);
        match (alpha, icc) {
            (Ok(alpha), Ok(icc)) => prop_assert!((alpha.value - icc.value).abs() < 1e-9),
            (alpha, icc) => prop_assert!(alpha.is_err() && icc.is_err(), "{:?} {:?}", alpha, icc),
        }
    }
}

#[test]
fn situations_are_one_rating_of_an_observer_and_self_assessments_none() {
    let assessment = definition();
    let rating = |item: &str, occasion: usize, value: i32| Rating {
        item: item.into(),
        occasion,
        value: Given::Number(Exact::from(value)),
        spot: Spot::default(),
    };
    let occasions = ["anna @ wood", "anna @ metal", "ben @ wood", "self"].map(Occasion::parse);
    let entry = Entry {
        key: "P".into(),
        name: "Test".into(),
        occasions: occasions.into_iter().flatten().collect(),
        ratings: vec![rating("a", 0, 2), rating("a", 1, 4), rating("a", 2, 4), rating("a", 3, 1)],
        ..Entry::default()
    };
    let record = Record::new(&assessment, &entry).expect("sound");
    let mut builder = GroupBuilder::new(&assessment, None);
    builder.add(&score(&record));
    let group = builder.finish();
    assert_eq!(group.observers, ["anna", "ben"]);
    let seen: Vec<f64> = group.items[0].ratings.iter().map(|rating| rating.value).collect();
    assert_eq!(seen, [3.0, 4.0]);
}
