//! The author's examples: scored like any record, and held against what the author expects.

use std::sync::Arc;

use jiff::civil::{Date, date};

use super::join;
use crate::assessment::{Assessment, FactKind, Ix, Measure, Name, Node};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::entry::{Entry, FactEntry, Rating, Spot};
use crate::id::similar;
use crate::raw::{At, Example, Expected, Given, Givens, Lack, Ref};
use crate::recommend::recommend;
use crate::record::Record;
use crate::score::{Outcome, score};
use crate::{Exact, words};

/// The day of issue of examples that name none.
const ISSUED: Date = date(2026, 1, 1);

/// Runs the examples of one file.
pub(super) fn run(
    assessment: &Assessment,
    scope: &str,
    examples: &[At<Example>],
    diagnostics: &mut Vec<Diagnostic>,
) {
    for example in examples {
        let before = diagnostics.len();
        let entry = entry(assessment, scope, example, diagnostics);
        if diagnostics.len() == before {
            run_one(assessment, scope, example, &entry, diagnostics);
        }
    }
}

fn run_one(
    assessment: &Assessment,
    scope: &str,
    example: &At<Example>,
    entry: &Entry,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let record = match Record::new(assessment, entry) {
        Ok(record) => record,
        Err(faults) => {
            for fault in faults {
                // Spots of an example count its ratings and facts; see `entry`.
                let place = place_of(example, fault.spot).unwrap_or(example.name.place);
                diagnostics.push(
                    Diagnostic::error(Code::InvalidExample, place, fault.message).maybe_help(fault.help),
                );
            }
            return;
        }
    };
    let scored = score(&record);
    let issued = match example.issued.as_deref() {
        Some(Given::Date(date)) => *date,
        _ => ISSUED,
    };
    let advice = recommend(&scored, issued);
    for (path, expected) in &example.expect.measures {
        let Some(ix) = measure(assessment, scope, path, diagnostics) else { continue };
        let outcome = scored.outcome(Node::Measure(ix));
        compare(assessment, ix, outcome, path.place, expected, diagnostics);
    }
    let name = &example.name.value;
    let own = |path: &str| scope.is_empty() || path.starts_with(&format!("{scope}."));
    if let Some(expected) = &example.expect.recommended {
        let found: Vec<&str> =
            advice.recommended().iter().map(|r| r.path.as_str()).filter(|path| own(path)).collect();
        let expected_paths =
            resolve(assessment, scope, expected, diagnostics, |name| matches!(name, Name::Recommendation(_)));
        if expected_paths.is_some_and(|expected| expected != found) {
            let found = local(scope, &found);
            let message = words!(
                "the recommendations of \"{name}\" are `[{found}]`",
                "die Empfehlungen von „{name}“ sind `[{found}]`"
            );
            diagnostics.push(Diagnostic::error(Code::FailedExample, expected.place, message));
        }
    }
    if let Some(expected) = &example.expect.findings {
        let mut found: Vec<&str> =
            advice.findings().map(|finding| finding.path.as_str()).filter(|path| own(path)).collect();
        found.sort_unstable();
        let expected_paths =
            resolve(assessment, scope, expected, diagnostics, |name| matches!(name, Name::Finding(_)));
        if let Some(mut expected_paths) = expected_paths {
            expected_paths.sort_unstable();
            if expected_paths != found {
                let found = local(scope, &found);
                let message = words!(
                    "the findings of \"{name}\" are `[{found}]`",
                    "die Befunde von „{name}“ sind `[{found}]`"
                );
                diagnostics.push(Diagnostic::error(Code::FailedExample, expected.place, message));
            }
        }
    }
}

fn local(scope: &str, paths: &[&str]) -> String {
    let prefix = format!("{scope}.");
    let quoted: Vec<String> =
        paths.iter().map(|path| format!("\"{}\"", path.strip_prefix(&prefix).unwrap_or(path))).collect();
    quoted.join(", ")
}

/// The example as an entry. Its spots count ratings and facts, so that a fault finds back to its place.
fn entry(
    assessment: &Assessment,
    scope: &str,
    example: &At<Example>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Entry {
    let mut entry = Entry { key: "example".into(), name: "Example".into(), ..Entry::default() };
    let path = |written: &At<String>| -> Arc<str> {
        let local = join(scope, written);
        if assessment.find(&local).is_some() { local.into() } else { written.value.clone().into() }
    };
    let mut row = 0;
    let mut spot = || {
        row += 1;
        Spot { row, column: 1 }
    };
    for (observer, (name, ratings)) in example.observations.0.iter().enumerate() {
        entry.observers.push(name.value.clone());
        for (item, given) in &ratings.0 {
            entry.ratings.push(Rating {
                item: path(item),
                observer,
                value: given.value.clone(),
                spot: spot(),
            });
        }
    }
    for (fact, given) in example.facts.iter().flat_map(|facts| &facts.0) {
        let fact = path(fact);
        // A day may be written as a text too, because some editors know no TOML dates.
        let kind = match assessment.find(&fact) {
            Some(Name::Fact(ix)) => Some(assessment.facts[ix].kind),
            _ => None,
        };
        let value = match &given.value {
            Given::Text(text) if kind == Some(FactKind::Date) => {
                text.parse().map_or_else(|_| given.value.clone(), Given::Date)
            }
            value => value.clone(),
        };
        entry.facts.push(FactEntry { fact, value, spot: spot() });
    }
    for (given, slot) in [(&example.birth_date, Some(&mut entry.birth_date)), (&example.issued, None)] {
        match given.as_ref().map(|at| (&at.value, at.place)) {
            Some((Given::Date(date), _)) => {
                if let Some(slot) = slot {
                    *slot = Some(*date);
                }
            }
            Some((_, place)) => diagnostics.push(Diagnostic::error(
                Code::InvalidExample,
                place,
                words!("expected a date such as `1990-03-12`", "erwartet wird ein Datum wie `1990-03-12`"),
            )),
            None => {}
        }
    }
    entry
}

/// The place of the rating or fact with this number.
fn place_of(example: &Example, spot: Spot) -> Option<Place> {
    let ratings = example.observations.0.iter().flat_map(|(_, Givens(ratings))| ratings);
    let facts = example.facts.iter().flat_map(|facts| &facts.0);
    let (path, given) = ratings.chain(facts).nth(usize::try_from(spot.row).ok()?.checked_sub(1)?)?;
    Some(Place { file: path.place.file, start: path.place.start, end: given.place.end })
}

fn measure(
    assessment: &Assessment,
    scope: &str,
    path: &At<String>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Ix<Measure>> {
    let found = [join(scope, path), path.value.clone()].iter().find_map(|path| assessment.find(path));
    if let Some(Name::Measure(ix)) = found {
        return Some(ix);
    }
    let written = &path.value;
    let prefix = format!("{scope}.");
    let measures = assessment.measures.iter().map(|(_, m)| m.path.strip_prefix(&prefix).unwrap_or(&m.path));
    let help =
        similar(written, measures).map(|name| words!("did you mean `{name}`?", "ist `{name}` gemeint?"));
    diagnostics.push(
        Diagnostic::error(
            Code::UnknownId,
            path.place,
            words!("there is no measure `{written}`", "einen Messwert `{written}` gibt es nicht"),
        )
        .maybe_help(help),
    );
    None
}

fn resolve(
    assessment: &Assessment,
    scope: &str,
    references: &At<Vec<Ref>>,
    diagnostics: &mut Vec<Diagnostic>,
    is: fn(Name) -> bool,
) -> Option<Vec<String>> {
    let mut paths = Vec::new();
    for reference in &references.value {
        let candidates = [join(scope, reference), reference.value.clone()];
        let found = candidates.into_iter().find(|path| assessment.find(path).is_some_and(is));
        if found.is_none() {
            let written = &reference.value;
            let known = assessment.names.iter().filter(|(_, name)| is(**name)).map(|(path, _)| path.as_str());
            let help =
                similar(written, known).map(|name| words!("did you mean `{name}`?", "ist `{name}` gemeint?"));
            diagnostics.push(
                Diagnostic::error(
                    Code::UnknownId,
                    reference.place,
                    words!("there is no `{written}` here", "`{written}` gibt es hier nicht"),
                )
                .maybe_help(help),
            );
        }
        paths.push(found);
    }
    paths.into_iter().collect()
}

fn compare(
    assessment: &Assessment,
    ix: Ix<Measure>,
    outcome: &Outcome,
    place: Place,
    expected: &Expected,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let measure = &assessment.measures[ix];
    let path = &measure.path;
    let level_id = |level: Option<usize>| assessment.level(ix, level).map(|level| level.id.clone());
    let found = match outcome {
        Outcome::Insufficient(_) => "insufficient".to_owned(),
        Outcome::Disputed { .. } => "disputed".to_owned(),
        Outcome::NotTaken => "not-taken".to_owned(),
        Outcome::Score { .. } | Outcome::Level(_) => {
            let score = outcome.value().map(|value| format!("score = {}", value.to_plain()));
            let level = level_id(outcome.level()).map(|id| format!("level = \"{id}\""));
            format!("{{ {} }}", [score, level].into_iter().flatten().collect::<Vec<_>>().join(", "))
        }
    };
    let (as_expected, place) = match expected {
        Expected::Lack(lack) => {
            let same = matches!(
                (lack.value, outcome),
                (Lack::Insufficient, Outcome::Insufficient(_))
                    | (Lack::Disputed, Outcome::Disputed { .. })
                    | (Lack::NotTaken, Outcome::NotTaken)
            );
            (same, lack.place)
        }
        Expected::Result(result) => {
            let score: Option<&At<Exact>> = result.score.as_ref();
            let same_score = score.is_none_or(|score| outcome.value() == Some(&score.value));
            let same_level = result
                .level
                .as_ref()
                .is_none_or(|level| level_id(outcome.level()).as_ref() == Some(&level.value));
            let wrong =
                if same_score { result.level.as_ref().map(|l| l.place) } else { score.map(|s| s.place) };
            (same_score && same_level, wrong.unwrap_or(place))
        }
    };
    if !as_expected {
        let message = words!("`{path}` comes out as `{found}`", "bei `{path}` kommt `{found}` heraus");
        // A fraction such as 7/3 has no digits that could be written here.
        let fraction = outcome.value().is_some_and(|value| value.to_plain().contains('/'));
        let help = (fraction && matches!(expected, Expected::Result(_))).then(|| {
            words!(
                "this score cannot be written with digits: expect the `level` alone",
                "dieser Wert lässt sich nicht mit Ziffern schreiben: nur die Stufe (`level`) erwarten"
            )
        });
        diagnostics.push(Diagnostic::error(Code::FailedExample, place, message).maybe_help(help));
    }
}
