//! Results files: the good ones of `fixtures/results`, the faulty ones of `fixtures/results-invalid`,
//! and bytes that nobody meant to be a results file.

mod documents;
mod fixtures;
mod forms;
mod hostile;
mod lines;
mod office;
mod properties;
mod shapes;
mod slips;
mod tables;
mod wild;
mod write;

use std::fmt::Write as _;

use kompetenz::entry::{Entry, Fault, Observer, Occasion, Vocabulary};
use kompetenz::raw::{FactKind, Given};
use kompetenz_sheets::{Reading, read};

/// What `nordstadt` observes.
fn vocabulary() -> Vocabulary {
    let mut items = Vec::new();
    for task in ["saw", "drill", "bend"] {
        for criterion in ["order", "plan", "safety", "quality", "tempo"] {
            items.push(format!("metal.{task}-{criterion}"));
        }
    }
    for skill in ["listening", "reading", "speaking", "writing"] {
        items.push(format!("german.{skill}-screening"));
    }
    items.extend(["listening-reading", "writing", "speaking"].map(|part| format!("german.dtz-{part}")));
    let facts = [
        ("first-language", FactKind::Choice),
        ("foreign-certificate", FactKind::Flag),
        ("job-start", FactKind::Flag),
        ("metal.work-years", FactKind::Number),
    ];
    let measures = ["metal.saw", "metal.drill", "metal.bend", "metal.field", "german.overall"];
    let recommendations = ["result-talk", "recognition", "metal.repeat-try-out", "german.writing-support"];
    Vocabulary {
        assessment: "nordstadt".into(),
        version: "2.0.0".into(),
        items,
        measures: measures.map(str::to_owned).into(),
        recommendations: recommendations.map(str::to_owned).into(),
        facts: facts.map(|(path, kind)| (path.to_owned(), kind)).into(),
        titles: ["metal.saw-safety", "metal.drill-safety"]
            .map(|path| ("Sicherheit".to_owned(), path.to_owned()))
            .into(),
        ..Vocabulary::default()
    }
}

/// Reads a table or form, whose headings must be good.
fn good(text: &str) -> Reading {
    read(text.as_bytes(), "results.csv", &vocabulary()).unwrap_or_else(|faults| panic!("{}", render(&faults)))
}

/// All faults of a file, those of the whole file or those of its participants.
fn faults(bytes: &[u8], file: &str) -> Vec<Fault> {
    match read(bytes, file, &vocabulary()) {
        Ok(reading) => {
            reading.people.into_iter().filter_map(Result::err).flat_map(|rejected| rejected.faults).collect()
        }
        Err(faults) => faults,
    }
}

/// Faults as people see them, in both languages.
fn render(faults: &[Fault]) -> String {
    let mut out = String::new();
    for fault in faults {
        let (place, message) = (fault.place(), &fault.message);
        writeln!(out, "{}: {} [{}]", place.en, message.en, fault.code.name()).unwrap();
        if let Some(help) = &fault.help {
            writeln!(out, "  help: {}", help.en).unwrap();
        }
        writeln!(out, "{}: {}", place.de, message.de).unwrap();
        if let Some(help) = &fault.help {
            writeln!(out, "  Hilfe: {}", help.de).unwrap();
        }
    }
    out
}

/// An occasion as a form names it.
fn named(occasion: &Occasion) -> String {
    let mut name = match &occasion.observer {
        Observer::Named(name) => name.clone(),
        Observer::Own => "self".into(),
    };
    if let Some(situation) = &occasion.situation {
        write!(name, " @ {situation}").unwrap();
    }
    if occasion.trial != 1 {
        write!(name, " #{}", occasion.trial).unwrap();
    }
    name
}

/// What an entry says, without its places, so that two ways to write the same can be compared.
fn content(entry: &Entry) -> String {
    let shown = |value: &Given| match value {
        Given::Number(number) => number.to_plain(),
        Given::Text(text) => format!("{text:?}"),
        Given::Flag(flag) => flag.to_string(),
        Given::Date(date) => date.to_string(),
    };
    let mut lines: Vec<String> =
        entry.facts.iter().map(|fact| format!("{} = {}", fact.fact, shown(&fact.value))).collect();
    let occasion = |ix: usize| named(&entry.occasions[ix]);
    let ratings = entry.ratings.iter();
    lines.extend(ratings.map(|r| format!("{}: {} = {}", occasion(r.occasion), r.item, shown(&r.value))));
    let notes = entry.notes.iter();
    lines.extend(notes.map(|note| format!("{}: {:?} {:?}", occasion(note.occasion), note.about, note.text)));
    lines.extend(entry.resolutions.iter().map(|settled| {
        let (situation, by) = (&settled.situation, &settled.by);
        format!(
            "settled: {} = {} {situation:?} {:?} {by:?}",
            settled.about,
            shown(&settled.value),
            settled.note
        )
    }));
    lines.extend(
        entry.decisions.iter().map(|decision| {
            format!("decided: {:?} {:?} {:?}", decision.ruling, decision.reason, decision.by)
        }),
    );
    lines.sort();
    let mut observers: Vec<_> = entry.occasions.iter().map(named).collect();
    observers.sort();
    format!(
        "{} {:?} {:?} {:?}-{:?} {:?} {observers:?}\n{}",
        entry.key,
        entry.name,
        entry.birth_date,
        entry.from,
        entry.to,
        entry.hours,
        lines.join("\n")
    )
}
