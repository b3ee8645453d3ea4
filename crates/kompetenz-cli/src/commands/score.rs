use std::path::PathBuf;

use clap::ValueEnum;
use kompetenz::assessment::{Assessment, Ix, Job, Measure, Node, Requirement};
use kompetenz::score::Feature;
use kompetenz::{Advice, Outcome, Record, Scored, Ui, recommend, score, words};
use kompetenz_sheets::write::{Dialect, scores};
use serde_json::{Value, json};

use crate::input::Input;
use crate::trouble::Result;
use crate::ui::Speaker;
use crate::{Answer, files};

/// Score results: every measure of every participant, with findings and recommendations.
///
/// Values are exact fractions; what is printed is rounded to two places. A participant whose rows are faulty is
/// reported, and everybody else is scored.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The assessment: a folder with `assessment.toml`, or its main file
    assessment: PathBuf,
    #[command(flatten)]
    input: Input,
    /// How to print the results
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// Where to write the results [default: the terminal; a workbook needs a file]
    #[arg(long, short)]
    out: Option<PathBuf>,
    /// The day of issue that recommendations depend on, such as 2026-11-22 [default: today]
    #[arg(long)]
    issued: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: what the certificate's profile shows
    Table,
    /// For other programs: everything
    Json,
    /// For other programs: everything, a line for each participant
    Ndjson,
    /// For spreadsheets: a row for each participant, as a German Excel reads it with `--ui de`
    Csv,
    /// The same as a workbook
    Xlsx,
}

pub(crate) fn run(
    Args { assessment, input, format, out, issued }: &Args,
    speaker: &Speaker,
) -> Result<Answer> {
    let issued = files::issued(issued.as_deref())?;
    let Some(assessment) = files::assessment(assessment, speaker)? else { return Ok(Answer::No) };
    if *format == Format::Xlsx && out.is_none() {
        return Err(words!(
            "a workbook needs a file: `--out FILE`",
            "eine Arbeitsmappe braucht eine Datei: `--out DATEI`"
        )
        .into());
    }
    let Some(rows) = input.rows(&assessment, speaker)? else { return Ok(Answer::No) };

    let mut refused = Vec::new();
    let mut records = Vec::new();
    for row in rows {
        match row.entry.and_then(|entry| Record::new(&assessment, &entry)) {
            Ok(record) => records.push(record),
            Err(faults) => refused.push((row.origin, faults)),
        }
    }
    if *format != Format::Json {
        for (_, faults) in &refused {
            speaker.faults(faults);
        }
    }
    let answer = if refused.is_empty() { Answer::Yes } else { Answer::No };
    let scored: Vec<Scored<'_>> = records.iter().map(score).collect();
    let advice: Vec<Advice<'_>> = scored.iter().map(|scored| recommend(scored, issued)).collect();
    let bytes = match format {
        Format::Table => {
            let mut table = Table::new(&assessment);
            for advice in &advice {
                table.add(advice, speaker);
            }
            table.render(speaker).into_bytes()
        }
        Format::Json => {
            let refused = refused.iter().map(|(origin, faults)| {
                json!({ "file": &*origin.source().file, "row": origin.spot.row, "faults": faults })
            });
            let report = json!({
                "format": "kompetenz-scores/1",
                "assessment": assessment.id,
                "version": assessment.version,
                "people": advice.iter().map(to_json).collect::<Vec<_>>(),
                "refused": refused.collect::<Vec<_>>(),
            });
            format!("{report:#}\n").into_bytes()
        }
        Format::Ndjson => advice
            .iter()
            .fold(String::new(), |lines, advice| lines + &format!("{}\n", to_json(advice)))
            .into_bytes(),
        Format::Csv => {
            let dialect = if speaker.ui == Ui::De { Dialect::German } else { Dialect::Plain };
            scores(&assessment, &advice).to_csv(dialect).map_err(|error| error.words())?
        }
        Format::Xlsx => {
            let title = words!("Results", "Ergebnisse");
            scores(&assessment, &advice).to_xlsx(title.get(speaker.ui)).map_err(|error| error.words())?
        }
    };
    match out {
        Some(path) => files::write_new(path, &bytes)?,
        None => speaker.write(&bytes)?,
    }
    Ok(answer)
}

/// Everything there is to say about one participant, for other programs. Names are left out; the key identifies.
fn to_json(advice: &Advice<'_>) -> Value {
    let scored = advice.scored();
    let assessment = scored.assessment();
    let measures: serde_json::Map<String, Value> =
        assessment.measures().map(|(ix, measure)| (measure.path.clone(), measure_json(scored, ix))).collect();
    json!({
        "key": scored.record().key,
        "file": &*scored.record().origin.source().file,
        "row": scored.record().origin.spot.row,
        "measures": measures,
        "jobs": assessment.jobs().map(|(ix, job)| {
            (job.path.clone(), job_json(scored, ix, job))
        }).collect::<serde_json::Map<_, _>>(),
        "disputes": scored.disputes().iter().map(|(node, spread)| {
            json!({ "item": assessment.path(*node), "spread": spread })
        }).collect::<Vec<_>>(),
        "findings": advice.findings().map(|finding| &finding.path).collect::<Vec<_>>(),
        "recommended": advice.recommended().iter().map(|r| &r.path).collect::<Vec<_>>(),
        "undecided": advice.undecided().map(|r| &r.path).collect::<Vec<_>>(),
        "outdated-decisions": advice.outdated().map(|r| &r.path).collect::<Vec<_>>(),
    })
}

fn job_json(scored: &Scored<'_>, ix: Ix<Job>, job: &Job) -> Value {
    let result = scored.job(ix);
    let feature = |(requirement, feature): (&Requirement, &Feature)| {
        json!({
            "of": scored.assessment().path(Node::Measure(requirement.of)),
            "must": requirement.must,
            "fit": feature.fit,
            "distance": feature.distance,
        })
    };
    json!({
        "verdict": result.verdict.word(),
        "features": job.requires.iter().zip(&result.features).map(feature).collect::<Vec<_>>(),
    })
}

fn measure_json(scored: &Scored<'_>, ix: Ix<Measure>) -> Value {
    let (assessment, result) = (scored.assessment(), scored.measure(ix));
    let level = |position: Option<usize>| assessment.level(ix, position).map(|level| &level.id);
    let mut json = match &result.outcome {
        outcome @ (Outcome::Score { .. } | Outcome::Level(_)) => json!({
            "outcome": "result",
            "score": outcome.value(),
            "rounded": outcome.value().map(|value| value.to_places(2)),
            "level": level(outcome.level()),
            "level-before-caps": level(result.uncapped),
            "coverage": result.coverage,
        }),
        Outcome::Insufficient(coverage) => json!({ "outcome": "insufficient", "coverage": coverage }),
        Outcome::Disputed { spread } => json!({ "outcome": "disputed", "spread": spread }),
        Outcome::NotTaken => json!({ "outcome": "not-taken" }),
    };
    // What the definition shows, and what a person thinks of herself, stand beside the exact value.
    if let (Some(shown), Some(rounding)) = (scored.shown(ix), assessment.measure(ix).shown) {
        json["shown"] = shown.to_places(rounding.places).into();
    }
    if let Some(own) = scored.own(Node::Measure(ix)) {
        json["self"] = json!(own);
    }
    json
}

/// A table for the terminal: a line per participant, a column per measure of the profile.
struct Table {
    measures: Vec<Ix<Measure>>,
    rows: Vec<Vec<String>>,
    /// Whether a cap or floor moved a level.
    moved: bool,
}

impl Table {
    fn new(assessment: &Assessment) -> Table {
        let profile = assessment.profile();
        let measures: Vec<_> = if profile.is_empty() {
            assessment.measures().map(|(ix, _)| ix).collect()
        } else {
            profile.to_vec()
        };
        let mut head = vec![String::new(), "key".to_owned()];
        head.extend(measures.iter().map(|&ix| assessment.path(Node::Measure(ix)).to_owned()));
        Table { measures, rows: vec![head], moved: false }
    }

    fn add(&mut self, advice: &Advice<'_>, speaker: &Speaker) {
        let scored = advice.scored();
        let assessment = scored.assessment();
        let mut row = vec![scored.record().origin.spot.row.to_string(), scored.record().key.clone()];
        for &ix in &self.measures {
            let outcome = scored.outcome(Node::Measure(ix));
            let level =
                |position| assessment.level(ix, position).map(|level| level.id.as_str()).unwrap_or_default();
            row.push(match outcome {
                Outcome::Score { .. } | Outcome::Level(_) => {
                    let score = outcome.value().map(|value| value.to_places(2));
                    let level = Some(level(outcome.level()).to_owned()).filter(|level| !level.is_empty());
                    // A level that a cap or floor moved does not follow from the number beside it.
                    let moved = scored.measure(ix).uncapped != outcome.level();
                    let level = level.map(|level| if moved { format!("{level}*") } else { level });
                    self.moved |= moved;
                    [score, level].into_iter().flatten().collect::<Vec<_>>().join(" ")
                }
                Outcome::Insufficient(_) => {
                    words!("insufficient", "nicht genug gesehen").get(speaker.ui).to_owned()
                }
                Outcome::Disputed { .. } => words!("disputed", "strittig").get(speaker.ui).to_owned(),
                Outcome::NotTaken => "–".to_owned(),
            });
        }
        self.rows.push(row);
    }

    fn render(mut self, speaker: &Speaker) -> String {
        words!("row", "Zeile").get(speaker.ui).clone_into(&mut self.rows[0][0]);
        words!("key", "Kennung").get(speaker.ui).clone_into(&mut self.rows[0][1]);
        let width =
            |column: usize| self.rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..self.rows[0].len()).map(width).collect();
        let line = |row: &Vec<String>| {
            let cells = row.iter().zip(&widths).map(|(cell, &width)| format!("{cell:width$}"));
            format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
        };
        let mut text: String = self.rows.iter().map(line).collect();
        if self.moved {
            let legend = words!(
                "* a cap or floor decided the level; `kompetenz explain` says which",
                "* ein Deckel oder Boden hat die Stufe entschieden; `kompetenz explain` sagt, welcher"
            );
            text.push_str(&format!("{}\n", legend.get(speaker.ui)));
        }
        text
    }
}
