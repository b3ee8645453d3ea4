use std::path::PathBuf;

use clap::ValueEnum;
use jiff::civil::Date;
use kompetenz::assessment::Language;
use kompetenz::certificate::{CertificateData, Withheld};
use kompetenz::report::ReportData;
use kompetenz::{Assessment, Entry, Fault, Record, Words, recommend, score, words};
use kompetenz_render::RenderError;
use serde_json::Value;

use crate::files::Office;
use crate::input::{How, Input};
use crate::trouble::Result;
use crate::ui::Speaker;
use crate::{Answer, files};

/// Make one certificate, or the report for advisers.
///
/// The file is named by the certificate number unless you say otherwise. The same results, definition and day of
/// issue always give the same file, byte for byte.
///
/// The certificate shows strengths only and belongs to the participant. The report shows everything, in German or
/// English, also where there is no certificate; it is internal and not handed out.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The assessment: a folder with `assessment.toml`, or its main file
    assessment: PathBuf,
    #[command(flatten)]
    input: Input,
    /// Whose certificate, by the key [default: the only participant of the file]
    #[arg(long)]
    key: Option<String>,
    /// For whom: the participant, or advisers
    #[arg(long, value_enum, default_value = "certificate")]
    document: Kind,
    /// Earlier results of the same person: the report tells what has grown
    #[arg(long)]
    earlier: Option<PathBuf>,
    /// Where to write the file [default: the certificate number, in the current folder]
    #[arg(long, short)]
    out: Option<PathBuf>,
    #[command(flatten)]
    issue: Issue,
    /// What to write
    #[arg(long, value_enum, default_value = "pdf")]
    format: Format,
}

/// How certificates are issued.
#[derive(clap::Args)]
pub(crate) struct Issue {
    /// The day of issue, such as 2026-11-22 [default: today]
    #[arg(long)]
    pub(crate) issued: Option<String>,
    /// Who issues: a TOML file [default: issuer.toml in the assessment's folder]
    #[arg(long)]
    pub(crate) issuer: Option<PathBuf>,
    /// The language of the certificates, such as `ro` [default: the language of the definition]
    #[arg(long)]
    pub(crate) language: Option<String>,
    /// A second language beside the first, line under line, such as `ar` [default: none]
    #[arg(long, value_name = "CODE")]
    pub(crate) beside: Option<String>,
}

/// The languages of a certificate.
#[derive(Clone, Copy)]
pub(crate) struct Languages {
    /// The language of the page.
    pub(crate) first: Language,
    /// The quieter one under it, another than the first.
    pub(crate) beside: Option<Language>,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Kind {
    /// For the participant: strengths and next steps
    Certificate,
    /// For advisers: everything, with reasons
    Report,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// The document
    Pdf,
    /// Its data, as it is attached to the document
    Json,
}

pub(crate) fn run(args: &Args, speaker: &Speaker) -> Result<Answer> {
    let Args { assessment: path, input, key, document: kind, earlier, out, issue, format } = args;
    if earlier.is_some() && *kind == Kind::Certificate {
        return Err(words!(
            "`--earlier` belongs to `--document report`: a certificate compares with nothing",
            "`--earlier` gehört zu `--document report`: ein Zertifikat vergleicht mit nichts"
        )
        .into());
    }
    let issued = files::issued(issue.issued.as_deref())?;
    let Some(assessment) = files::assessment(path, speaker)? else { return Ok(Answer::No) };
    let languages = issue.languages(&assessment)?;
    let Some(office) = files::office(issue.issuer.as_deref(), path, &assessment, speaker)? else {
        return Ok(Answer::No);
    };
    if *kind == Kind::Certificate {
        check_labels(&assessment, languages, &office)?;
    }
    let Some(entry) = one(&input.how, &input.results, key.as_deref(), &assessment, speaker)? else {
        return Ok(Answer::No);
    };
    let before = match earlier {
        Some(file) => {
            let file = std::slice::from_ref(file);
            match one(&input.how, file, Some(&entry.key), &assessment, speaker)? {
                Some(before) => Some(before),
                None => return Ok(Answer::No),
            }
        }
        None => None,
    };
    let document = match kind {
        Kind::Certificate => {
            certify(&entry, &assessment, &office, issue, issued, languages).map(Document::Certificate)
        }
        Kind::Report => report(&entry, before.as_ref(), &assessment, &office, issue, issued, languages.first)
            .map(Document::Report),
    };
    let document = match document {
        Ok(document) => document,
        Err(Refusal::Faults(faults)) => {
            speaker.faults(&faults);
            return Ok(Answer::No);
        }
        Err(Refusal::Reason(_, reason)) => {
            speaker.note(&reason);
            return Ok(Answer::No);
        }
    };
    let (bytes, ending) = match format {
        Format::Pdf => match document.pdf(&office) {
            Ok(pdf) => (pdf, "pdf"),
            Err(reason) => {
                speaker.note(&reason);
                return Ok(Answer::No);
            }
        },
        Format::Json => (format!("{:#}\n", document.json()?).into_bytes(), "json"),
    };
    let path = out.clone().unwrap_or_else(|| PathBuf::from(format!("{}.{ending}", document.name())));
    files::write(&path, &bytes)?;
    let (path, kilobytes) = (path.display(), bytes.len().div_ceil(1024));
    speaker.say(&words!("wrote {path} ({kilobytes} KB)", "{path} geschrieben ({kilobytes} KB)"))?;
    Ok(Answer::Yes)
}

/// What one result becomes.
enum Document {
    Certificate(CertificateData),
    Report(ReportData),
}

impl Document {
    /// The name of its file, without ending. It tells nothing about the person, but whether it may be handed out.
    fn name(&self) -> String {
        match self {
            Document::Certificate(data) => data.number.clone(),
            Document::Report(data) => format!("{}-report", data.number),
        }
    }

    fn json(&self) -> serde_json::Result<Value> {
        match self {
            Document::Certificate(data) => serde_json::to_value(data),
            Document::Report(data) => serde_json::to_value(data),
        }
    }

    fn pdf(&self, office: &Office) -> std::result::Result<Vec<u8>, Words> {
        match self {
            Document::Certificate(data) => office.studio.render(data).map_err(|error| render_words(&error)),
            Document::Report(data) => kompetenz_render::report(data).map_err(|error| {
                let Words { en, de } = error.message();
                words!("no report: {en} [render]", "kein Bericht: {de} [render]")
            }),
        }
    }
}

impl Issue {
    /// The languages of the certificates, if the assessment has them.
    pub(crate) fn languages(&self, assessment: &Assessment) -> Result<Languages> {
        let first = language(self.language.as_deref(), assessment)?;
        let beside = self.beside.as_deref().map(|code| language(Some(code), assessment)).transpose()?;
        if beside == Some(first) {
            let code = &assessment.languages[first.position()];
            return Err(words!(
                "the certificate is in `{code}` already; `--beside` takes another language",
                "das Zertifikat ist schon in `{code}`; mit `--beside` eine andere Sprache angeben"
            )
            .into());
        }
        Ok(Languages { first, beside })
    }
}

/// The language with this code, if the assessment has it; without a code, the language of the definition.
pub(crate) fn language(code: Option<&str>, assessment: &Assessment) -> Result<Language> {
    let Some(code) = code else { return Ok(assessment.main_language()) };
    let language = assessment.language(code).ok_or_else(|| {
        let known = assessment.languages.join(", ");
        words!(
            "the assessment has no language `{code}`; it has {known}",
            "die Feststellung hat keine Sprache `{code}`; sie hat {known}"
        )
    })?;
    Ok(language)
}

/// Whether the template speaks the languages; better said once than for every row.
pub(crate) fn check_labels(assessment: &Assessment, languages: Languages, office: &Office) -> Result<()> {
    let known = office.studio.languages();
    for language in [Some(languages.first), languages.beside].into_iter().flatten() {
        let code = &assessment.languages[language.position()];
        let main = code.split('-').next().unwrap_or_default();
        if !known.iter().any(|known| known == main) {
            let known = known.join(", ");
            return Err(words!(
                "the template has no labels in `{code}`; it has {known}",
                "die Vorlage hat keine Beschriftungen in `{code}`; sie hat {known}"
            )
            .into());
        }
    }
    Ok(())
}

/// Why an entry becomes no certificate.
pub(crate) enum Refusal {
    /// It does not fit the assessment.
    Faults(Vec<Fault>),
    /// It fits, but is not certified: the code and the reason.
    Reason(&'static str, Words),
}

/// From an entry to the data of its certificate: one way, for one certificate and for many.
pub(crate) fn certify(
    entry: &Entry,
    assessment: &Assessment,
    office: &Office,
    issue: &Issue,
    issued: Date,
    Languages { first, beside }: Languages,
) -> std::result::Result<CertificateData, Refusal> {
    let record = Record::new(assessment, entry).map_err(Refusal::Faults)?;
    if let Some(reason) = too_early(&record, issue, issued) {
        return Err(Refusal::Reason("issued-early", reason));
    }
    let scored = score(&record);
    let advice = recommend(&scored, issued);
    match beside {
        None => CertificateData::new(&advice, &office.issuing, first),
        Some(beside) => CertificateData::new_beside(&advice, &office.issuing, first, beside),
    }
    .map_err(|withheld| Refusal::Reason(withheld.code(), withheld_words(&withheld)))
}

/// From an entry to the data of its report, whether or not there is a certificate; `before` is an earlier one of the
/// same person.
fn report(
    entry: &Entry,
    before: Option<&Entry>,
    assessment: &Assessment,
    office: &Office,
    issue: &Issue,
    issued: Date,
    language: Language,
) -> std::result::Result<ReportData, Refusal> {
    let record = Record::new(assessment, entry).map_err(Refusal::Faults)?;
    let before = before.map(|before| Record::new(assessment, before)).transpose().map_err(Refusal::Faults)?;
    if let Some(reason) = too_early(&record, issue, issued) {
        return Err(Refusal::Reason("issued-early", reason));
    }
    let (scored, before) = (score(&record), before.as_ref().map(score));
    ReportData::new(&recommend(&scored, issued), &office.issuing, language, before.as_ref()).map_err(
        |refused| {
            let (Words { en, de }, code) = (refused.message(), refused.code());
            let reason = words!("no report: {en} [{code}]", "kein Bericht: {de} [{code}]");
            Refusal::Reason(code, reason)
        },
    )
}

/// Why nothing can be issued on a day that was given: the assessment was not over yet.
///
/// Only a day that was typed is held against the assessment; today is what the clock says.
fn too_early(record: &Record<'_>, issue: &Issue, issued: Date) -> Option<Words> {
    let last = record.to.or(record.from).filter(|last| issue.issued.is_some() && issued < *last)?;
    Some(words!(
        "no certificate: the day of issue {issued} lies before the end of the assessment, {last} [issued-early]",
        "kein Zertifikat: der Tag der Ausstellung {issued} liegt vor dem Ende der Feststellung, {last} [issued-early]"
    ))
}

/// The participant with this key, or the only one. `None`: faulty, and the faults have been told.
pub(crate) fn one(
    how: &How,
    results: &[PathBuf],
    key: Option<&str>,
    assessment: &Assessment,
    speaker: &Speaker,
) -> Result<Option<Entry>> {
    let Some(mut rows) = how.rows(results, assessment, speaker)? else { return Ok(None) };
    let Some(key) = key else {
        return match (rows.len(), rows.pop()) {
            (1, Some(row)) => Ok(row.entry.map_err(|faults| speaker.faults(&faults)).ok()),
            (0, _) | (_, None) => {
                Err(words!("the file has no participant", "in der Datei ist keine Person").into())
            }
            (count, _) => Err(words!(
                "the file has {count} participants; say which one with `--key`",
                "in der Datei sind {count} Personen; mit `--key` sagen, welche"
            )
            .into()),
        };
    };
    let mut faulty = false;
    for row in rows {
        match row.entry {
            Ok(entry) if entry.key == key => return Ok(Some(entry)),
            Ok(_) => {}
            Err(_) => faulty = true,
        }
    }
    Err(if faulty {
        words!(
            "no participant of the file has this key, or its rows are faulty; see `kompetenz score`",
            "keine Person der Datei hat diese Kennung, oder ihre Zeilen sind fehlerhaft; siehe `kompetenz score`"
        )
    } else {
        words!("no participant of the file has this key", "keine Person der Datei hat diese Kennung")
    }
    .into())
}

/// Why a certificate is withheld.
fn withheld_words(withheld: &Withheld) -> Words {
    let (reason, code) = (withheld.message(), withheld.code());
    let (en, de) = (reason.en, reason.de);
    words!("no certificate: {en} [{code}]", "kein Zertifikat: {de} [{code}]")
}

/// Why a certificate could not be rendered.
pub(crate) fn render_words(error: &RenderError) -> Words {
    let code = if matches!(error, RenderError::MissingGlyphs(_)) { "missing-glyph" } else { "render" };
    let Words { en, de } = error.message();
    words!("no certificate: {en} [{code}]", "kein Zertifikat: {de} [{code}]")
}
