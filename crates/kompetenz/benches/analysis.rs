//! How fast a group is analysed: 20,000 people, 50 items, two observers. Run with
//! `cargo bench -p kompetenz --bench analysis`.

use std::fmt::Write as _;
use std::hint::black_box;

use divan::Bencher;
use kompetenz::analysis::Group;
use kompetenz::entry::{Occasion, Rating, Spot};
use kompetenz::raw::Given;
use kompetenz::{Assessment, Entry, Exact, GroupBuilder, Record, Sources, analyze, check, score};

const PEOPLE: usize = 20_000;
const ITEMS: usize = 50;

fn main() {
    divan::main();
}

/// Fifty items in five measures.
fn assessment() -> Assessment {
    let mut text = String::from(
        r#"
id = "big"
version = "1.0.0"
language = "en"
title = "Big"

[[scale]]
id = "rating"
values = [0, 1, 2, 3, 4]
not-observed = "n"
"#,
    );
    for item in 0..ITEMS {
        let _ = write!(text, "\n[[item]]\nid = \"i{item}\"\nscale = \"rating\"\ntitle = \"Item\"\n");
    }
    for measure in 0..5 {
        let parts: Vec<String> = (0..10).map(|part| format!("\"i{}\"", measure * 10 + part)).collect();
        let parts = parts.join(", ");
        let _ = write!(
            text,
            "\n[[measure]]\nid = \"m{measure}\"\ntitle = \"Measure\"\nrule = \"mean\"\nof = [{parts}]\n"
        );
    }
    check(&Sources::new("assessment.toml", text)).assessment.expect("no mistakes")
}

/// Two of five observers rate everyone, with differences that look random and are the same in every run.
fn entries() -> Vec<Entry> {
    let mut state = 1u32;
    let mut dice = move |sides: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) % sides
    };
    let names = ["anna", "ben", "kaya", "lindner", "weber"];
    let one = |person: usize| {
        let mut entry = Entry { key: format!("P-{person}"), name: "Test".into(), ..Entry::default() };
        entry.occasions =
            vec![Occasion::of(names[person % 5]), Occasion::of(names[(person + 1 + person / 5 % 4) % 5])];
        let ability = dice(4);
        for item in 0..ITEMS {
            for observer in 0..2 {
                if dice(50) > 0 {
                    let value = i32::try_from((ability + dice(3)).saturating_sub(1).min(4)).expect("small");
                    let value = Given::Number(Exact::from(value));
                    let item = format!("i{item}").as_str().into();
                    entry.ratings.push(Rating { item, occasion: observer, value, spot: Spot::default() });
                }
            }
        }
        entry
    };
    (0..PEOPLE).map(one).collect()
}

fn group(assessment: &Assessment, entries: &[Entry]) -> Group {
    let mut builder = GroupBuilder::new(assessment, None);
    for entry in entries {
        let record = Record::new(assessment, entry).expect("sound");
        builder.add(&score(&record));
    }
    builder.finish()
}

#[divan::bench(sample_count = 5)]
fn record_score_collect(bencher: Bencher<'_, '_>) {
    let (assessment, entries) = (assessment(), entries());
    bencher.bench_local(|| group(&assessment, black_box(&entries)));
}

#[divan::bench(sample_count = 5)]
fn analyze_group(bencher: Bencher<'_, '_>) {
    let assessment = assessment();
    let group = group(&assessment, &entries());
    bencher.bench_local(|| analyze(black_box(&group)));
}
