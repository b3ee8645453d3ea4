use std::path::{Path, PathBuf};

use jiff::civil::DateTime;
use kompetenz::assessment::{Letter, LetterFormat};
use kompetenz::entry::Origin;
use kompetenz::{Assessment, Words, words};
use kompetenz_batch::{Desk, Kind, Languages, Refusal};
use kompetenz_letters::{Appointment, LetterData};
use kompetenz_register::{Access, Filter, Issued, Issuer, Register, State, Text, TextError};

use super::render::{Issue, language, one};
use crate::files::Office;
use crate::input::{Input, Row};
use crate::trouble::{Context, Result};
use crate::ui::Speaker;
use crate::{Answer, files};

/// Write letters that go with certificates: for everybody in the results, or for one person.
///
/// The definition says which letters there are and how each is worded. Letters to participants are written in the
/// language you name, letters to an office in the language of the definition. They are text or Markdown, to be
/// opened in your own word processor.
///
/// A letter says nothing that the certificate does not say, and where there is no certificate there is no letter.
/// Its file is named by the certificate number, and a file that is there already is not overwritten.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The assessment: a folder with `assessment.toml`, or its main file
    assessment: PathBuf,
    #[command(flatten)]
    input: Input,
    /// Which letter, by its id, such as `invitation`
    #[arg(long, value_name = "ID")]
    letter: String,
    /// About whom, by the key [default: everybody in the results]
    #[arg(long)]
    key: Option<String>,
    /// The folder for letters; made if it does not exist
    #[arg(long, short, default_value = ".")]
    out: PathBuf,
    /// The language of the letters, such as `ro` [default: the language of the definition]
    #[arg(long)]
    language: Option<String>,
    /// The day of issue of certificate and letter, such as 2026-11-22 [default: today]
    #[arg(long)]
    issued: Option<String>,
    /// Who issues: a TOML file [default: issuer.toml in the assessment's folder]
    #[arg(long)]
    issuer: Option<PathBuf>,
    /// The register of what was issued: the letter names the certificate that holds [default: the one the issuer's file
    /// names; without a register, the certificate that `render` makes]
    #[arg(long, value_name = "FILE")]
    register: Option<PathBuf>,
    /// When one person comes to talk about the result, such as 2026-12-01T10:30 [default: not agreed yet]
    #[arg(long, value_name = "TIME")]
    talk: Option<String>,
    /// Where the talk is [default: at the address of the issuer]
    #[arg(long, requires = "talk")]
    place: Option<String>,
    /// With whom the talk is
    #[arg(long, value_name = "NAME", requires = "talk")]
    adviser: Option<String>,
}

pub(crate) fn run(args: &Args, speaker: &Speaker) -> Result<Answer> {
    let Args { assessment: path, input, key, out, .. } = args;
    let issued = files::issued(args.issued.as_deref())?;
    let talk = args.appointment()?;
    if talk.as_ref().is_some_and(|talk| talk.when.date() < issued) {
        return Err(words!(
            "the talk lies before the day of issue",
            "das Gespräch liegt vor dem Tag der Ausstellung"
        )
        .into());
    }
    let Some(assessment) = files::assessment(path, speaker)? else { return Ok(Answer::No) };
    let letter = find(&args.letter, &assessment)?;
    let first = language(args.language.as_deref(), &assessment)?;
    let code = &assessment.languages[first.position()];
    if letter.text(code).is_none() {
        let (id, main) = (&letter.id, &assessment.languages[0]);
        return Err(words!(
            "the letter `{id}` goes to an office and is written in `{main}` only",
            "der Brief `{id}` geht an eine Behörde und wird nur in `{main}` geschrieben"
        )
        .into());
    }
    let issue = Issue {
        issued: args.issued.clone(),
        issuer: args.issuer.clone(),
        language: args.language.clone(),
        ..Issue::default()
    };
    let Some(office) = issue.office(path, &assessment, speaker)? else { return Ok(Answer::No) };
    let rows = match key {
        Some(key) => one(&input.how, &input.results, Some(key), &assessment, speaker)?
            .map(|entry| vec![Row { origin: entry.origin.clone(), entry: Ok(entry) }]),
        None => input.rows(&assessment, speaker)?,
    };
    let Some(rows) = rows else { return Ok(Answer::No) };
    let all = rows.len();
    if talk.is_some() && all > 1 {
        return Err(words!(
            "the results have {all} participants, and a talk is with one of them; say which one with `--key`",
            "in den Ergebnissen sind {all} Personen, und ein Gespräch ist mit einer von ihnen; mit `--key` sagen, mit welcher"
        )
        .into());
    }
    let desk = Desk {
        assessment: &assessment,
        issuing: &office.issuing,
        press: &office.studio,
        kind: Kind::Certificate,
        languages: Languages { first, beside: None },
        issued,
        chosen_day: issue.issued.is_some(),
        draft: false,
    };
    let registered = Registered::open(args.register.as_deref(), &office, &assessment)?;
    files::make_folder(out)?;
    let mut written = 0;
    for Row { origin, entry } in rows {
        let data = match entry {
            Ok(entry) => match desk.certificate(&entry, issued) {
                Ok(data) => match &registered {
                    Some(known) => known.number(&entry.key, code)?.map(|number| data.numbered(&number)),
                    None => Ok(data),
                },
                Err(refusal) => Err(refusal),
            },
            Err(faults) => Err(Refusal::Faults(faults)),
        };
        let certificate = match data {
            Ok(certificate) => certificate,
            Err(Refusal::Faults(faults)) => {
                speaker.faults(&faults);
                continue;
            }
            Err(Refusal::Reason(_, reason)) => {
                speaker.note(&at(&origin, &reason));
                continue;
            }
        };
        let text =
            match kompetenz_letters::write(letter, &LetterData::new(letter, &certificate, talk.as_ref())) {
                Ok(text) => text,
                Err(error) => {
                    let (Words { en, de }, reason) = (error.message(), error.code());
                    speaker.note(&at(
                        &origin,
                        &words!("no letter: {en} [{reason}]", "kein Brief: {de} [{reason}]"),
                    ));
                    continue;
                }
            };
        let ending = match letter.format {
            LetterFormat::Markdown => "md",
            LetterFormat::Plain => "txt",
        };
        let file = out.join(format!("{}-{}.{code}.{ending}", certificate.number, letter.id));
        if !files::is_free(&file, text.as_bytes()) {
            let shown = file.display();
            speaker.note(&at(
                &origin,
                &words!(
                    "not written: `{shown}` is there already and has other content; move it away, or take another folder [file-taken]",
                    "nicht geschrieben: `{shown}` gibt es schon, mit anderem Inhalt; die Datei weglegen oder einen anderen Ordner nehmen [file-taken]"
                ),
            ));
            continue;
        }
        files::write(&file, text.as_bytes())?;
        written += 1;
    }
    let (refused, out) = (all - written, out.display());
    speaker.say(&words!(
        "{written} letter(s) in {out}, {refused} refused",
        "{written} Brief(e) in {out}, {refused} abgelehnt"
    ))?;
    Ok(if refused == 0 { Answer::Yes } else { Answer::No })
}

impl Args {
    /// What is agreed about the talk, if anything is.
    fn appointment(&self) -> Result<Option<Appointment>> {
        let Some(written) = &self.talk else { return Ok(None) };
        // A day alone would be read as midnight.
        let when = written.parse::<DateTime>().ok().filter(|_| written.contains(':')).ok_or_else(|| {
            words!(
                "`{written}` is no day with a time; write it as 2026-12-01T10:30",
                "`{written}` ist kein Tag mit Uhrzeit; als 2026-12-01T10:30 schreiben"
            )
        })?;
        Ok(Some(Appointment { when, place: self.place.clone(), adviser: self.adviser.clone() }))
    }
}

/// What was issued of an assessment.
struct Registered {
    register: Register,
    issuer: Issuer,
    assessment: Text,
}

impl Registered {
    /// Opens the register, if one was given or the issuer's file names one.
    fn open(given: Option<&Path>, office: &Office, assessment: &Assessment) -> Result<Option<Self>> {
        let Some(path) = given.or(office.register.as_deref()) else { return Ok(None) };
        let issuer = office.issuer()?;
        let shown = path.display();
        let register = Register::open(path, &issuer, Access::Read)
            .context(|| words!("the register `{shown}`", "das Register `{shown}`"))?;
        let assessment = Text::new(&assessment.id).map_err(TextError::words)?;
        Ok(Some(Registered { register, issuer, assessment }))
    }

    /// The number of the certificate that holds for this person; of several the one in the language of the letter, or
    /// else the latest.
    fn number(&self, key: &str, language: &str) -> Result<std::result::Result<String, Refusal>> {
        let filter = Filter {
            participant: Some(self.issuer.participant(key)),
            assessment: Some(self.assessment.clone()),
            kind: Some(Text::new(Kind::Certificate.name()).map_err(TextError::words)?),
            state: Some(State::Valid),
            ..Filter::default()
        };
        let valid = self.register.list(&filter)?;
        let in_language = |issued: &&Issued| issued.language.as_str().split('+').any(|code| code == language);
        let found = valid.iter().rfind(in_language).or(valid.last());
        Ok(found.map(|issued| issued.number.as_str().to_owned()).ok_or_else(|| {
            let reason = words!(
                "no letter: the register has no certificate of this person that holds; `batch` issues one [not-issued]",
                "kein Brief: im Register steht kein gültiges Zertifikat dieser Person; `batch` stellt eines aus [not-issued]"
            );
            Refusal::Reason("not-issued", reason)
        }))
    }
}

/// The letter with this id.
fn find<'a>(id: &str, assessment: &'a Assessment) -> Result<&'a Letter> {
    let found = assessment.letters.iter().find(|letter| letter.id == id);
    let letter = found.ok_or_else(|| {
        let known = assessment.letters.iter().map(|letter| format!("`{}` ({})", letter.id, letter.title));
        let known = known.collect::<Vec<_>>().join(", ");
        if known.is_empty() {
            words!("the assessment has no letters", "die Feststellung hat keine Briefe")
        } else {
            words!(
                "the assessment has no letter `{id}`; it has {known}",
                "die Feststellung hat keinen Brief `{id}`; sie hat {known}"
            )
        }
    })?;
    Ok(letter)
}

/// What happened, with the place of the person's results.
fn at(origin: &Origin, reason: &Words) -> Words {
    let place = origin.source().place(origin.spot);
    let (en, de) = (&reason.en, &reason.de);
    Words { en: format!("{}: {en}", place.en), de: format!("{}: {de}", place.de) }
}
