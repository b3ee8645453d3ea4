//! How fast definitions are checked and records scored. Run with `cargo bench -p kompetenz --bench score`.

#![allow(clippy::disallowed_methods, reason = "benchmarks read fixtures")]

use std::hint::black_box;
use std::path::Path;

use divan::Bencher;
use divan::counter::ItemsCount;
use kompetenz::entry::{Occasion, Rating, Spot};
use kompetenz::raw::Given;
use kompetenz::{Assessment, Entry, Exact, Record, Sources, check, recommend, score};

/// The allocator of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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

/// How somebody went through the assessment.
#[derive(Debug, Clone, Copy)]
enum Way {
    /// Two observers of one field, and nothing else.
    OneField,
    /// Three fields, the key competences in two situations, and everything that is answered alone: most people.
    Usual,
    /// Every module there is, with a self-assessment.
    Everything,
}

/// Ratings that look random and are the same in every run.
fn entry(assessment: &Assessment, way: Way, seed: usize) -> Entry {
    let mut entry = Entry { key: format!("P-{seed}"), name: "Test".into(), ..Entry::default() };
    let occasions = ["anna", "ben", "anna @ metal", "ben @ metal", "anna @ wood", "ben @ wood", "self"];
    entry.occasions = occasions.iter().filter_map(|occasion| Occasion::parse(occasion)).collect();
    for (position, (ix, item)) in assessment.items().enumerate() {
        let module = item.path.split('.').next().unwrap_or_default();
        let taken = match way {
            Way::OneField => module == "metal",
            Way::Usual => !["cleaning", "care", "warehouse"].contains(&module),
            Way::Everything => true,
        };
        let rated: &[usize] = match (module, way) {
            _ if !taken => continue,
            ("metal" | "wood" | "kitchen" | "cleaning" | "care" | "warehouse", _) => &[0, 1],
            ("key", Way::Everything) => &[2, 3, 4, 5, 6],
            ("key", _) => &[2, 3, 4, 5],
            _ => &[0],
        };
        let scale = assessment.scale(ix);
        let usual = 1 + (position * 7 + seed * 5) % 3;
        for &occasion in rated {
            let wanted = (usual + (position + occasion + seed) % 2).to_string();
            let value = Exact::parse(&wanted).ok().filter(|value| scale.has(value)).unwrap_or(Exact::ONE);
            if scale.has(&value) {
                let (item, value) = (item.path.as_str().into(), Given::Number(value));
                entry.ratings.push(Rating { item, occasion, value, spot: Spot::default() });
            }
        }
    }
    entry
}

/// A few people, so that no branch is learnt by heart.
const PEOPLE: usize = 32;

fn entries(assessment: &Assessment, way: Way) -> Vec<Entry> {
    let entries: Vec<Entry> = (0..PEOPLE).map(|seed| entry(assessment, way, seed)).collect();
    assert!(entries.iter().all(|entry| Record::new(assessment, entry).is_ok()), "sound entries");
    entries
}

/// With all its examples and languages.
#[divan::bench]
fn check_nordstadt(bencher: Bencher<'_, '_>) {
    let sources = sources();
    bencher.bench(|| check(black_box(&sources)));
}

#[divan::bench(args = [Way::OneField, Way::Usual, Way::Everything])]
fn score_and_recommend(bencher: Bencher<'_, '_>, way: Way) {
    let assessment = assessment();
    let entries = entries(&assessment, way);
    let records: Vec<Record<'_>> =
        entries.iter().filter_map(|entry| Record::new(&assessment, entry).ok()).collect();
    let issued = jiff::civil::date(2026, 11, 22);
    bencher.counter(ItemsCount::new(records.len())).bench(|| {
        let made = |record| recommend(&score(record), issued).recommended().len();
        black_box(&records).iter().map(made).sum::<usize>()
    });
}

#[divan::bench(args = [Way::OneField, Way::Usual, Way::Everything])]
fn hold_against_the_definition(bencher: Bencher<'_, '_>, way: Way) {
    let assessment = assessment();
    let entries = entries(&assessment, way);
    bencher.counter(ItemsCount::new(entries.len())).bench(|| {
        let held = |entry| Record::new(&assessment, entry).map_or(0, |record| record.occasions.len());
        black_box(&entries).iter().map(held).sum::<usize>()
    });
}
