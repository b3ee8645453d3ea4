use std::path::{Path, PathBuf};

use clap::ValueEnum;
use kompetenz::assessment::Language;
use kompetenz::{Assessment, Document as Provided, Entry, words};
use kompetenz_batch::{Desk, Languages, Refusal};

use crate::design::Design;
use crate::files::Office;
use crate::input::{How, Input};
use crate::paper::{Paper, What};
use crate::trouble::Result;
use crate::ui::Speaker;
use crate::{Answer, files};

/// Make one certificate, its easy-read page, or the report for advisers.
///
/// The file is named by the certificate number unless you say otherwise. The same results, definition and day of
/// issue always give the same file, byte for byte. Pictures have a file for each page, numbered before the ending.
///
/// The certificate shows strengths only and belongs to the participant. The report shows everything, in German or
/// English, also where there is no certificate; it is internal and not handed out.
///
/// The easy-read page explains the certificate to the participant, in pictures and short sentences: ask for it in the
/// first language with `--language`. There is one if the definition has `[easy-read]`.
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
    #[command(flatten)]
    paper: Paper,
}

/// How certificates are issued.
#[derive(clap::Args, Default)]
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
    /// The template of the certificates: the name of a folder with `certificate.typ` [default: clear]
    #[arg(long, value_name = "NAME")]
    pub(crate) template: Option<String>,
    #[command(flatten)]
    pub(crate) design: Design,
}

/// What is made.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub(crate) enum Kind {
    /// For the participant: strengths and next steps
    Certificate,
    /// For the participant: the certificate in pictures and short sentences
    EasyRead,
    /// For advisers: everything, with reasons
    Report,
}

pub(crate) fn run(args: &Args, speaker: &Speaker) -> Result<Answer> {
    let Args { assessment: path, input, key, document: kind, earlier, out, issue, paper } = args;
    let what = paper.what()?;
    if earlier.is_some() && *kind != Kind::Report {
        return Err(words!(
            "`--earlier` belongs to `--document report`: no other document compares with anything",
            "`--earlier` gehört zu `--document report`: kein anderes Dokument vergleicht mit Früherem"
        )
        .into());
    }
    check_beside(*kind, issue)?;
    let issued = files::issued(issue.issued.as_deref())?;
    let Some(assessment) = files::assessment(path, speaker)? else { return Ok(Answer::No) };
    check_provided(*kind, &assessment)?;
    let languages = issue.languages(&assessment)?;
    let Some(office) = issue.office(path, &assessment, speaker)? else { return Ok(Answer::No) };
    if *kind != Kind::Report {
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
    let desk = Desk {
        assessment: &assessment,
        issuing: &office.issuing,
        press: &office.studio,
        kind: (*kind).into(),
        languages,
        issued,
        chosen_day: issue.issued.is_some(),
        draft: false,
    };
    let made = desk.document(&entry, before.as_ref(), issued).and_then(|document| {
        let files = match &what {
            What::Printed(format) => Some(desk.print(&document, &office.studio, format)?),
            What::Data => None,
        };
        Ok((document, files))
    });
    let (document, files) = match made {
        Ok(made) => made,
        Err(Refusal::Faults(faults)) => {
            speaker.faults(&faults);
            return Ok(Answer::No);
        }
        Err(Refusal::Reason(_, reason)) => {
            speaker.note(&reason);
            return Ok(Answer::No);
        }
    };
    let files = match files {
        Some(files) => files,
        None => vec![format!("{:#}\n", document.json()?).into_bytes()],
    };
    let (names, kilobytes) = paper.write(out.as_deref(), &document.name(), &files)?;
    speaker.say(&words!("wrote {names} ({kilobytes} KB)", "{names} geschrieben ({kilobytes} KB)"))?;
    Ok(Answer::Yes)
}

impl From<Kind> for kompetenz_batch::Kind {
    fn from(kind: Kind) -> kompetenz_batch::Kind {
        match kind {
            Kind::Certificate => kompetenz_batch::Kind::Certificate,
            Kind::EasyRead => kompetenz_batch::Kind::EasyRead,
            Kind::Report => kompetenz_batch::Kind::Report,
        }
    }
}

/// Only certificates have room for a second language.
pub(crate) fn check_beside(kind: Kind, issue: &Issue) -> Result<()> {
    if issue.beside.is_none() || kind != Kind::EasyRead {
        return Ok(());
    }
    Err(words!(
        "`--beside` belongs to `--document certificate`: an easy-read page has one language",
        "`--beside` gehört zu `--document certificate`: die Seite „einfach erklärt“ hat eine Sprache"
    )
    .into())
}

/// Whether the definition provides for the document; better said before the results are read.
pub(crate) fn check_provided(kind: Kind, assessment: &Assessment) -> Result<()> {
    let wanted = match kind {
        Kind::Certificate => Provided::Certificate,
        Kind::EasyRead => Provided::EasyRead,
        Kind::Report => Provided::Report,
    };
    let provided = assessment.documents();
    if provided.contains(&wanted) {
        return Ok(());
    }
    let (wanted, known) = (wanted.name(), provided.iter().map(|document| format!("`{}`", document.name())));
    let known = known.collect::<Vec<_>>().join(", ");
    Err(words!(
        "the assessment defines no document `{wanted}`; it has {known}",
        "das Verfahren sieht kein Dokument `{wanted}` vor; es gibt {known}"
    )
    .into())
}

impl Issue {
    /// Who issues, and everything the documents have in common. `None`: there are mistakes, and they have been told.
    pub(crate) fn office(
        &self,
        path: &Path,
        assessment: &Assessment,
        speaker: &Speaker,
    ) -> Result<Option<Office>> {
        let (issuer, template) = (self.issuer.as_deref(), self.template.as_deref());
        files::office(issuer, &self.design, template, path, assessment, speaker)
    }

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
