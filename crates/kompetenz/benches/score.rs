//! How fast definitions are checked and records scored. Run with `cargo bench -p kompetenz`.

#![allow(clippy::disallowed_methods, reason = "benchmarks read fixtures")]

use std::hint::black_box;
use std::path::Path;

use divan::Bencher;
use divan::counter::ItemsCount;
use kompetenz::entry::{Occasion, Rating, Spot};
use kompetenz::raw::Given;
use kompetenz::{Assessment, Entry, Exact, Record, Sources, check, recommend, score};

fn main() {
    divan::main();
}

fn sources() -> Sources {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assessments/nordstadt");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).expect("a readable file");
    let main = read("assessment.toml");
    let mut sources = Sources::new("assessment.toml", main.as_str());
    for name in kompetenz::raw::files_of(&main) {
        let text = read(&name);
        sources.add(name, text);
    }
    sources
}

fn assessment() -> Assessment {
    check(&sources()).assessment.expect("a valid assessment")
}

/// Two observers of all fifteen items of the metal module, with differing ratings.
fn entry(assessment: &Assessment) -> Entry {
    let mut entry = Entry { key: "P-1".into(), name: "Test".into(), ..Entry::default() };
    entry.occasions = vec![Occasion::of("anna"), Occasion::of("ben")];
    let items = assessment.vocabulary().items;
    for (position, item) in items.iter().filter(|path| path.starts_with("metal.")).enumerate() {
        for occasion in 0..2 {
            let value = i32::try_from(1 + (position + occasion) % 3).expect("small");
            let value = Given::Number(Exact::from(value));
            entry.ratings.push(Rating { item: item.as_str().into(), occasion, value, spot: Spot::default() });
        }
    }
    entry
}

#[divan::bench]
fn check_nordstadt(bencher: Bencher<'_, '_>) {
    let sources = sources();
    bencher.bench(|| check(black_box(&sources)));
}

#[divan::bench]
fn score_metal(bencher: Bencher<'_, '_>) {
    let assessment = assessment();
    let record = Record::new(&assessment, &entry(&assessment)).expect("sound");
    bencher.counter(ItemsCount::new(1u32)).bench(|| score(black_box(&record)).disputes().len());
}

#[divan::bench]
fn record_score_recommend_metal(bencher: Bencher<'_, '_>) {
    let assessment = assessment();
    let entry = entry(&assessment);
    let issued = jiff::civil::date(2026, 11, 22);
    bencher.counter(ItemsCount::new(1u32)).bench(|| {
        let record = Record::new(&assessment, black_box(&entry)).expect("sound");
        let scored = score(&record);
        recommend(&scored, issued).recommended().len()
    });
}
