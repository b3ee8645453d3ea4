use std::collections::HashMap;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use kompetenz::assessment::Node;
use kompetenz::growth::{Change, Incomparable};
use kompetenz::{Assessment, Entry, Exact, Outcome, Record, Scored, growth, score, words};
use serde_json::{Value, json};

use crate::input::How;
use crate::trouble::Result;
use crate::ui::Speaker;
use crate::{Answer, files};

/// Compare two assessments of the same people: what has grown.
///
/// Participants are matched by their key. Results by different versions of a definition are not compared, and
/// neither are those by a definition whose scales, rules or levels were changed: their numbers do not mean the same.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The assessment: a folder with `assessment.toml`, or its main file
    assessment: PathBuf,
    /// The earlier results
    earlier: PathBuf,
    /// The later results
    later: PathBuf,
    /// The definition of the earlier results, if it was kept apart [default: the same]
    #[arg(long, value_name = "ASSESSMENT")]
    earlier_assessment: Option<PathBuf>,
    #[command(flatten)]
    how: How,
    /// How to print the comparison
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For other programs
    Json,
}

pub(crate) fn run(args: &Args, speaker: &Speaker) -> Result<Answer> {
    let Args { assessment, earlier, later, earlier_assessment, how, format } = args;
    let Some(now) = files::assessment(assessment, speaker)? else { return Ok(Answer::No) };
    let then = match earlier_assessment {
        Some(path) => match files::assessment(path, speaker)? {
            Some(then) => Some(then),
            None => return Ok(Answer::No),
        },
        None => None,
    };
    let then = then.as_ref().unwrap_or(&now);
    let mut answer = Answer::Yes;
    let Some(before) = entries(earlier, how, then, speaker, &mut answer)? else { return Ok(Answer::No) };
    let Some(after) = entries(later, how, &now, speaker, &mut answer)? else { return Ok(Answer::No) };
    let mut before: HashMap<String, Entry> =
        before.into_iter().map(|entry| (entry.key.clone(), entry)).collect();

    let mut people = Vec::new();
    let mut text = String::new();
    for entry in after {
        let place = entry.origin.spot.row;
        let Some(first) = before.remove(&entry.key) else {
            speaker
                .note(&words!("row {place}: no earlier results", "Zeile {place}: keine früheren Ergebnisse"));
            continue;
        };
        let (Ok(first), Ok(second)) = (Record::new(then, &first), Record::new(&now, &entry)) else {
            continue;
        };
        let (first, second) = (score(&first), score(&second));
        match growth(&first, &second) {
            Ok(changes) => match format {
                Format::Text => text.push_str(&to_text(&second, &changes, speaker)),
                Format::Json => people.push(to_json(&second, &changes)),
            },
            // What is wrong with the definitions is the same for everybody.
            Err(
                reason @ (Incomparable::Assessments(..)
                | Incomparable::Versions(..)
                | Incomparable::Changed(_)),
            ) => {
                speaker.note(&reason.message());
                return Ok(Answer::No);
            }
            Err(reason) => {
                answer = Answer::No;
                let kompetenz::Words { en, de } = reason.message();
                speaker.note(&words!("row {place}: {en}", "Zeile {place}: {de}"));
            }
        }
    }
    if !before.is_empty() {
        let count = before.len();
        speaker.note(&words!(
            "{count} participant(s) have earlier results only",
            "{count} Teilnehmende haben nur frühere Ergebnisse"
        ));
    }
    match format {
        Format::Text => speaker.print(&text)?,
        Format::Json => {
            let report = json!({
                "format": "kompetenz-growth/1",
                "assessment": now.id,
                "version": now.version,
                "people": people,
            });
            speaker.print(&format!("{report:#}\n"))?;
        }
    }
    Ok(answer)
}

/// The sound entries of a file; the faults of the others are told.
fn entries(
    path: &Path,
    how: &How,
    assessment: &Assessment,
    speaker: &Speaker,
    answer: &mut Answer,
) -> Result<Option<Vec<Entry>>> {
    let Some(rows) = how.rows(&[path.to_owned()], assessment, speaker)? else { return Ok(None) };
    let mut entries = Vec::new();
    for row in rows {
        let checked = row.entry.and_then(|entry| Record::new(assessment, &entry).map(drop).map(|()| entry));
        match checked {
            Ok(entry) => entries.push(entry),
            Err(faults) => {
                *answer = Answer::No;
                speaker.faults(&faults);
            }
        }
    }
    Ok(Some(entries))
}

/// One line for each measure that changed, and how many did not.
fn to_text(scored: &Scored<'_>, changes: &[Change], speaker: &Speaker) -> String {
    let assessment = scored.assessment();
    let key = &scored.record().key;
    let mut text = format!("{key}\n");
    let mut same = 0;
    for change in changes {
        if change.before == change.after {
            same += 1;
            continue;
        }
        let path = assessment.path(Node::Measure(change.measure));
        let sign = match (change.levels(), change.value()) {
            (Some(levels), _) if levels > 0 => "▲",
            (Some(levels), _) if levels < 0 => "▼",
            (_, Some(value)) if value > Exact::ZERO => "△",
            (_, Some(value)) if value < Exact::ZERO => "▽",
            _ => "·",
        };
        let said = |outcome: &Outcome| result(assessment, change, outcome, speaker);
        text.push_str(&format!("  {sign} {path}: {} → {}\n", said(&change.before), said(&change.after)));
    }
    let line = words!("  {same} measure(s) unchanged", "  {same} Messwert(e) unverändert");
    text.push_str(&format!("{}\n", line.get(speaker.ui)));
    text
}

fn result(assessment: &Assessment, change: &Change, outcome: &Outcome, speaker: &Speaker) -> String {
    let said = match outcome {
        Outcome::Score { .. } | Outcome::Level(_) => {
            let score = outcome.value().map(|value| value.to_places(2));
            let level = assessment.level(change.measure, outcome.level()).map(|level| level.id.clone());
            return [score, level].into_iter().flatten().collect::<Vec<_>>().join(" ");
        }
        Outcome::Insufficient(_) => words!("insufficient", "nicht genug gesehen"),
        Outcome::Disputed { .. } => words!("disputed", "strittig"),
        Outcome::NotTaken => words!("not taken", "nicht durchgeführt"),
    };
    said.get(speaker.ui).to_owned()
}

fn to_json(scored: &Scored<'_>, changes: &[Change]) -> Value {
    let assessment = scored.assessment();
    let side = |change: &Change, outcome: &Outcome| {
        let level = assessment.level(change.measure, outcome.level()).map(|level| &level.id);
        let word = match outcome {
            Outcome::Score { .. } | Outcome::Level(_) => "result",
            Outcome::Insufficient(_) => "insufficient",
            Outcome::Disputed { .. } => "disputed",
            Outcome::NotTaken => "not-taken",
        };
        json!({ "outcome": word, "score": outcome.value(), "level": level })
    };
    let measures: serde_json::Map<String, Value> = changes
        .iter()
        .map(|change| {
            let path = assessment.path(Node::Measure(change.measure)).to_owned();
            let json = json!({
                "before": side(change, &change.before),
                "after": side(change, &change.after),
                "levels": change.levels(),
                "value": change.value(),
            });
            (path, json)
        })
        .collect();
    json!({ "key": scored.record().key, "measures": measures })
}
