use std::collections::HashSet;
use std::io::{IsTerminal, stderr};
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;
use kompetenz::entry::{Form, Origin, Source};
use kompetenz::{Assessment, Fault, Words, words};
use kompetenz_render::for_each_in_order;
use serde_json::{Value, json};

use super::render::{Issue, Languages, Refusal, certify, check_labels, render_words};
use crate::files::Office;
use crate::input::{Input, Row};
use crate::trouble::Result;
use crate::ui::Speaker;
use crate::{Answer, files};

/// Make certificates for everybody in the results, on all cores.
///
/// Each certificate is a file of its own, named by its number. Rows that cannot be certified are reported with
/// their place and reason, and everybody else gets a certificate. What happened to every row stands in
/// `report.json` beside the certificates, without names.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The assessment: a folder with `assessment.toml`, or its main file
    assessment: PathBuf,
    #[command(flatten)]
    input: Input,
    /// The folder for certificates and report; made if it does not exist
    #[arg(long, short)]
    out: PathBuf,
    #[command(flatten)]
    issue: Issue,
    /// How many certificates are made at the same time [default: one per core]
    #[arg(long)]
    jobs: Option<NonZeroUsize>,
    /// Print no progress and no summary; what is refused is still told
    #[arg(long, short)]
    quiet: bool,
}

/// What happened to one row.
enum Fate {
    Issued {
        number: String,
        pdf: Vec<u8>,
    },
    /// The rows of the participant are faulty.
    Invalid(Vec<Fault>),
    /// Scored, but not certified; the code and the reason.
    Refused(&'static str, Words),
}

pub(crate) fn run(args: &Args, speaker: &Speaker) -> Result<Answer> {
    let Args { assessment: path, input, out, issue, jobs, quiet } = args;
    let issued = files::issued(issue.issued.as_deref())?;
    let Some(assessment) = files::assessment(path, speaker)? else { return Ok(Answer::No) };
    let languages = issue.languages(&assessment)?;
    let Some(office) = files::office(issue.issuer.as_deref(), path, &assessment, speaker)? else {
        return Ok(Answer::No);
    };
    check_labels(&assessment, languages, &office)?;
    let Some(rows) = input.rows(&assessment, speaker)? else { return Ok(Answer::No) };
    files::make_folder(out)?;

    let all = rows.len();
    let workers = jobs.or_else(|| std::thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN);
    // More workers than rows would only wait.
    let workers = workers.min(NonZeroUsize::new(all).unwrap_or(NonZeroUsize::MIN));
    let bar = progress(all, *quiet);
    let mut numbers = HashSet::new();
    let mut report = Vec::new();
    let mut issued_count = 0;
    for_each_in_order(
        rows,
        workers,
        |row| (row.origin.clone(), fate(row, &assessment, &office, issue, issued, languages)),
        |_, (origin, fate)| -> Result<()> {
            let place = Place(&origin);
            let line = match fate {
                Fate::Issued { number, pdf }
                    if !numbers.contains(&number)
                        && files::is_free(&out.join(format!("{number}.pdf")), &pdf) =>
                {
                    let file = format!("{number}.pdf");
                    files::write(&out.join(&file), &pdf)?;
                    numbers.insert(number.clone());
                    issued_count += 1;
                    place.line("issued", json!({ "number": number, "certificate": file, "bytes": pdf.len() }))
                }
                Fate::Issued { .. } => {
                    let reason = words!(
                        "not written: the folder has another certificate with this number, from another row or an earlier run (with other results or in another language); move it away, or take another folder [number-taken]",
                        "nicht geschrieben: im Ordner liegt ein anderes Zertifikat mit dieser Nummer, von einer anderen Zeile oder einem früheren Lauf (mit anderen Ergebnissen oder in anderer Sprache); es weglegen oder einen anderen Ordner nehmen [number-taken]"
                    );
                    bar.suspend(|| speaker.note(&place.with(&reason)));
                    place.line("refused", json!({ "code": "number-taken", "reason": reason }))
                }
                Fate::Invalid(faults) => {
                    bar.suspend(|| speaker.faults(&faults));
                    place.line("invalid", json!({ "faults": faults }))
                }
                Fate::Refused(code, reason) => {
                    bar.suspend(|| speaker.note(&place.with(&reason)));
                    place.line("refused", json!({ "code": code, "reason": reason }))
                }
            };
            report.push(line);
            bar.inc(1);
            Ok(())
        },
    )?;
    bar.finish_and_clear();

    let refused = all - issued_count;
    let report = json!({
        "format": "kompetenz-batch/1",
        "assessment": assessment.id,
        "version": assessment.version,
        "issued": issued.to_string(),
        "language": assessment.languages[languages.first.position()],
        "beside": languages.beside.map(|beside| &assessment.languages[beside.position()]),
        "certificates": issued_count,
        "refused": refused,
        "rows": report,
    });
    files::write(&out.join("report.json"), format!("{report:#}\n").as_bytes())?;
    if !quiet {
        let out = out.display();
        speaker.say(&words!(
            "{issued_count} certificate(s) in {out}, {refused} refused; every row stands in {out}/report.json",
            "{issued_count} Zertifikat(e) in {out}, {refused} abgelehnt; alle Zeilen stehen in {out}/report.json"
        ))?;
    }
    Ok(if refused == 0 { Answer::Yes } else { Answer::No })
}

/// From a row to a certificate, or to the reason why there is none.
fn fate(
    row: Row,
    assessment: &Assessment,
    office: &Office,
    issue: &Issue,
    issued: Date,
    languages: Languages,
) -> Fate {
    let data = row
        .entry
        .map_err(Refusal::Faults)
        .and_then(|entry| certify(&entry, assessment, office, issue, issued, languages));
    let data = match data {
        Ok(data) => data,
        Err(Refusal::Faults(faults)) => return Fate::Invalid(faults),
        Err(Refusal::Reason(code, reason)) => return Fate::Refused(code, reason),
    };
    // Nobody is harmed by another's row: should the engine panic on one, the others go on.
    match catch_unwind(AssertUnwindSafe(|| office.studio.render(&data))) {
        Ok(Ok(pdf)) => Fate::Issued { number: data.number, pdf },
        Ok(Err(error)) => Fate::Refused("render", render_words(&error)),
        Err(_) => Fate::Refused(
            "engine",
            words!(
                "no certificate: the engine failed [engine]",
                "kein Zertifikat: der Satz ist gescheitert [engine]"
            ),
        ),
    }
}

/// The place of a row, for messages and the report.
struct Place<'a>(&'a Origin);

impl Place<'_> {
    fn with(&self, reason: &Words) -> Words {
        let place = self.0.source().place(self.0.spot);
        let (en, de) = (&reason.en, &reason.de);
        Words { en: format!("{}: {en}", place.en), de: format!("{}: {de}", place.de) }
    }

    fn line(&self, status: &str, more: Value) -> Value {
        let Source { file, sheet, form } = self.0.source();
        let row = Some(self.0.spot.row).filter(|_| *form == Form::Table);
        let mut line = json!({ "file": &**file, "sheet": sheet.as_deref(), "row": row, "status": status });
        if let (Value::Object(line), Value::Object(more)) = (&mut line, more) {
            line.extend(more);
        }
        line
    }
}

/// A bar on a terminal, and nothing anywhere else.
fn progress(all: usize, quiet: bool) -> ProgressBar {
    if quiet || !stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(all as u64);
    let template = "{bar:40} {pos}/{len}  {per_sec}  {eta}";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}
