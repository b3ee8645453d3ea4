//! The author's examples: scored like any record, and held against what the author expects.

use std::sync::Arc;

use jiff::civil::{Date, date};

use super::join;
use crate::assessment::{Assessment, FactKind, Ix, Measure, Name, Node, Verdict};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::entry::{Entry, FactEntry, Occasion, Rating, Resolution, Spot};
use crate::id::similar;
use crate::raw::{At, Example, Expected, Fraction, Given, Givens, Ref, Said};
use crate::recommend::recommend;
use crate::record::Record;
use crate::score::{Outcome, Scored, score};
use crate::words;

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
    for (path, expected) in &example.expect.results {
        match result(assessment, scope, path, diagnostics) {
            Some(Name::Measure(ix)) => compare(&scored, ix, path.place, expected, diagnostics),
            Some(Name::Job(ix)) => {
                let verdict = scored.job(ix).verdict;
                let (said, place) = match expected {
                    Expected::Said(said) => (verdict_of(said.value), said.place),
                    Expected::Result(_) => (None, path.place),
                };
                if said != Some(verdict) {
                    let (path, verdict) = (&assessment.jobs[ix].path, verdict.word());
                    let message =
                        words!("`{path}` comes out as `{verdict}`", "bei `{path}` kommt `{verdict}` heraus");
                    diagnostics.push(Diagnostic::error(Code::FailedExample, place, message));
                }
            }
            _ => {}
        }
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
        Spot { source: 0, row, column: 1 }
    };
    for (occasion, (name, ratings)) in example.observations.0.iter().enumerate() {
        match Occasion::parse(name) {
            Some(occasion) => entry.occasions.push(occasion),
            None => {
                // It keeps its place, so that the ratings of the others keep theirs.
                entry.occasions.push(Occasion::of(name));
                diagnostics.push(Diagnostic::error(
                    Code::InvalidExample,
                    name.place,
                    words!(
                        "expected an observer, such as `anna`, `anna @ kitchen` or `anna @ kitchen #2`",
                        "erwartet wird eine beobachtende Person wie `anna`, `anna @ Küche` oder `anna @ Küche #2`"
                    ),
                ));
            }
        }
        for (item, given) in &ratings.0 {
            entry.ratings.push(Rating {
                item: path(item),
                occasion,
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
    for (about, resolution) in example.resolutions.iter().flat_map(|resolutions| &resolutions.0) {
        entry.resolutions.push(Resolution {
            about: path(about),
            situation: resolution.situation.as_ref().map(ToString::to_string),
            value: resolution.value.value.clone(),
            note: resolution.note.to_string(),
            by: resolution.by.as_ref().map(ToString::to_string),
            spot: spot(),
        });
    }
    // Norms by age ask for the last day of the assessment.
    entry.to = match example.issued.as_deref() {
        Some(Given::Date(date)) => Some(*date),
        _ => Some(ISSUED),
    };
    let dates = [
        (&example.birth_date, Some(&mut entry.birth_date)),
        (&example.to, Some(&mut entry.to)),
        (&example.issued, None),
    ];
    for (given, slot) in dates {
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
    let given = ratings.chain(facts).map(|(path, given)| (path.place, given.place));
    let settled = example.resolutions.iter().flat_map(|resolutions| &resolutions.0);
    let settled = settled.map(|(path, resolution)| (path.place, resolution.value.place));
    let (path, value) = given.chain(settled).nth(usize::try_from(spot.row).ok()?.checked_sub(1)?)?;
    Some(Place { file: path.file, start: path.start, end: value.end.max(path.end) })
}

/// The measure or job that an expected result is about.
fn result(
    assessment: &Assessment,
    scope: &str,
    path: &At<String>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Name> {
    let found = [join(scope, path), path.value.clone()].iter().find_map(|path| assessment.find(path));
    if let Some(Name::Measure(_) | Name::Job(_)) = found {
        return found;
    }
    let written = &path.value;
    let prefix = format!("{scope}.");
    let measures = assessment.measures.iter().map(|(_, measure)| measure.path.as_str());
    let jobs = assessment.jobs.iter().map(|(_, job)| job.path.as_str());
    let known = measures.chain(jobs).map(|path| path.strip_prefix(&prefix).unwrap_or(path));
    let help = similar(written, known).map(|name| words!("did you mean `{name}`?", "ist `{name}` gemeint?"));
    diagnostics.push(
        Diagnostic::error(
            Code::UnknownId,
            path.place,
            words!(
                "there is no measure or job `{written}`",
                "einen Messwert oder Beruf `{written}` gibt es nicht"
            ),
        )
        .maybe_help(help),
    );
    None
}

fn verdict_of(said: Said) -> Option<Verdict> {
    match said {
        Said::PossibleNow => Some(Verdict::PossibleNow),
        Said::WithSupport => Some(Verdict::WithSupport),
        Said::Later => Some(Verdict::Later),
        Said::ToShow => Some(Verdict::ToShow),
        Said::Insufficient | Said::Disputed | Said::NotTaken => None,
    }
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
    scored: &Scored<'_>,
    ix: Ix<Measure>,
    place: Place,
    expected: &Expected,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let assessment = scored.assessment();
    let outcome = scored.outcome(Node::Measure(ix));
    let path = &assessment.measures[ix].path;
    let level_id = |level: Option<usize>| assessment.level(ix, level).map(|level| level.id.clone());
    let own = scored.own(Node::Measure(ix));
    let wants_own = matches!(expected, Expected::Result(result) if result.own.is_some());
    let found = match outcome {
        Outcome::Insufficient(_) => "insufficient".to_owned(),
        Outcome::Disputed { .. } => "disputed".to_owned(),
        Outcome::NotTaken => "not-taken".to_owned(),
        Outcome::Score { .. } | Outcome::Level(_) => {
            let number = |value: &crate::Exact| {
                let plain = value.to_plain();
                if plain.contains('/') { format!("\"{plain}\"") } else { plain }
            };
            let score = outcome.value().map(|value| format!("score = {}", number(value)));
            let level = level_id(outcome.level()).map(|id| format!("level = \"{id}\""));
            let own = own.filter(|_| wants_own).map(|own| format!("own = {}", number(own)));
            format!("{{ {} }}", [score, level, own].into_iter().flatten().collect::<Vec<_>>().join(", "))
        }
    };
    let (as_expected, place) = match expected {
        Expected::Said(said) => {
            let same = matches!(
                (said.value, outcome),
                (Said::Insufficient, Outcome::Insufficient(_))
                    | (Said::Disputed, Outcome::Disputed { .. })
                    | (Said::NotTaken, Outcome::NotTaken)
            );
            (same, said.place)
        }
        Expected::Result(result) => {
            let number = |found: Option<&crate::Exact>, expected: &Option<At<Fraction>>| {
                expected.as_ref().filter(|expected| found != Some(&expected.value.0)).map(|e| e.place)
            };
            let level =
                result.level.as_ref().filter(|l| level_id(outcome.level()).as_ref() != Some(&l.value));
            let wrong = number(outcome.value(), &result.score)
                .or(level.map(|level| level.place))
                .or(number(own, &result.own));
            (wrong.is_none(), wrong.unwrap_or(place))
        }
    };
    if !as_expected {
        let message = words!("`{path}` comes out as `{found}`", "bei `{path}` kommt `{found}` heraus");
        diagnostics.push(Diagnostic::error(Code::FailedExample, place, message));
    }
}
