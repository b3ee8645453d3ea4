//! What the register answers: nothing here changes it.

use std::path::PathBuf;

use clap::ValueEnum;
use jiff::civil::Date;
use kompetenz::{Exact, Ui, Words, words};
use kompetenz_register::{Access, Event, Filter, Issued, Seal, State, Text};
use kompetenz_sheets::write::{Cell, Dialect, Table};
use serde_json::json;

use super::{At, Form, number, text};
use crate::trouble::Result;
use crate::ui::Speaker;
use crate::{Answer, files};

/// What was issued, in the order of recording.
#[derive(clap::Args)]
pub(super) struct List {
    #[command(flatten)]
    at: At,
    /// Only documents that stand like this
    #[arg(long, value_enum, value_name = "STATE")]
    state: Option<StateArg>,
    /// Only documents of this kind, such as `certificate` or `report`
    #[arg(long, value_name = "KIND")]
    document: Option<String>,
    /// Only documents in this language, such as `de` or `de+ro`
    #[arg(long, value_name = "CODE")]
    language: Option<String>,
    /// Only what was issued on this day or later
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// Only what was issued on this day or earlier
    #[arg(long, value_name = "DAY")]
    to: Option<String>,
    /// What to write
    #[arg(long, value_enum, default_value = "text")]
    format: ListFormat,
}

#[derive(Clone, Copy, ValueEnum)]
enum StateArg {
    /// It holds
    Valid,
    /// Its time has passed
    Expired,
    /// Another one holds in its place
    Superseded,
    /// It must not be relied on
    Withdrawn,
}

#[derive(Clone, Copy, ValueEnum)]
enum ListFormat {
    /// For people
    Text,
    /// For other programs
    Json,
    /// For spreadsheets
    Csv,
}

/// One document with its whole history.
///
/// A number that was not issued ends with exit code 1, and so does one that does not hold any more.
#[derive(clap::Args)]
pub(super) struct Show {
    /// The number, as it is printed on the document
    number: String,
    #[command(flatten)]
    at: At,
    /// What to write
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
}

/// Everything the register holds, as JSON: as confidential as the register itself.
#[derive(clap::Args)]
pub(super) struct Export {
    #[command(flatten)]
    at: At,
    /// Where to write it [default: standard output]
    #[arg(long, short)]
    out: Option<PathBuf>,
}

/// Prove that nothing in the register is damaged, changed, missing or slipped in.
///
/// It ends with exit code 1 if something is, and prints the seal: written down where nobody can change it, it proves
/// later that everything up to today is still the same.
#[derive(clap::Args)]
pub(super) struct Check {
    #[command(flatten)]
    at: At,
    /// A seal that was taken earlier
    #[arg(long, value_name = "SEAL")]
    seal: Option<String>,
    /// What to write
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
}

pub(super) fn list(args: &List, speaker: &Speaker) -> Result<Answer> {
    let List { at, state, document, language, from, to, format } = args;
    let day = |day: &Option<String>| -> Result<Option<Date>> { day.as_deref().map(files::day).transpose() };
    let filter = Filter {
        state: state.map(Into::into),
        kind: document.as_deref().map(text).transpose()?,
        language: language.as_deref().map(text).transpose()?,
        from: day(from)?,
        to: day(to)?,
        ..Filter::default()
    };
    let Some(register) = at.open(Access::Read, speaker)? else { return Ok(Answer::No) };
    let all = register.list(&filter)?;
    match format {
        ListFormat::Text => {
            let line = |issued: &Issued| format!("{}\n", in_a_line(issued).get(speaker.ui));
            speaker.print(&all.iter().map(line).collect::<String>())?;
        }
        ListFormat::Json => speaker.print(&format!("{:#}\n", serde_json::to_value(&all)?))?,
        ListFormat::Csv => {
            let dialect = if speaker.ui == Ui::De { Dialect::German } else { Dialect::Plain };
            let csv = table(&all, speaker.ui).to_csv(dialect).map_err(|error| error.words())?;
            speaker.write(&csv)?;
        }
    }
    Ok(Answer::Yes)
}

pub(super) fn show(Show { number: typed, at, format }: &Show, speaker: &Speaker) -> Result<Answer> {
    let number = number(typed)?;
    let Some(register) = at.open(Access::Read, speaker)? else { return Ok(Answer::No) };
    let (answer, history) = (register.answer(&number)?, register.show(&number)?);
    let holds = history.as_ref().is_some_and(|history| history.issued.state == State::Valid);
    if *format == Form::Json {
        let told = json!({ "number": number, "answer": answer, "history": history });
        speaker.print(&format!("{told:#}\n"))?;
    } else {
        let Words { en, de } = answer.words();
        speaker.say(&words!("{number}: {en}", "{number}: {de}"))?;
        if let Some(history) = &history {
            speaker.say(&in_a_line(&history.issued))?;
            for event in &history.events {
                speaker.say(&happened(event))?;
            }
        }
    }
    Ok(if holds { Answer::Yes } else { Answer::No })
}

pub(super) fn export(Export { at, out }: &Export, speaker: &Speaker) -> Result<Answer> {
    let Some(register) = at.open(Access::Read, speaker)? else { return Ok(Answer::No) };
    let text = format!("{:#}\n", serde_json::to_value(register.export()?)?);
    match out {
        Some(path) => files::write_new(path, text.as_bytes())?,
        None => speaker.print(&text)?,
    }
    Ok(Answer::Yes)
}

pub(super) fn check(Check { at, seal, format }: &Check, speaker: &Speaker) -> Result<Answer> {
    let seal = match seal {
        Some(text) => Some(Seal::parse(text).ok_or_else(|| {
            words!(
                "this is no seal: it looks like `12-3f9a…`, with 64 digits after the hyphen",
                "das ist kein Siegel: es sieht aus wie `12-3f9a…`, mit 64 Stellen nach dem Strich"
            )
        })?),
        None => None,
    };
    let Some(register) = at.open(Access::Read, speaker)? else { return Ok(Answer::No) };
    let checkup = register.check(seal.as_ref())?;
    let findings: Vec<Words> = checkup.findings.iter().map(kompetenz_register::Finding::words).collect();
    let (issues, seal) = (checkup.issues, checkup.seal);
    if *format == Form::Json {
        let told = json!({ "issues": issues, "seal": seal, "findings": findings });
        speaker.print(&format!("{told:#}\n"))?;
    } else if findings.is_empty() {
        speaker.say(&words!(
            "{issues} document(s), all as recorded; the seal: {seal}",
            "{issues} Dokument(e), alle wie eingetragen; das Siegel: {seal}"
        ))?;
    } else {
        for finding in &findings {
            speaker.say(finding)?;
        }
        speaker.note(&words!(
            "leave the file as it is and put the last backup in its place; docs/register.md says how to go on",
            "die Datei unverändert aufheben und die letzte Sicherung an ihre Stelle legen; docs/register.md sagt, wie es weitergeht"
        ));
    }
    Ok(if findings.is_empty() { Answer::Yes } else { Answer::No })
}

impl From<StateArg> for State {
    fn from(state: StateArg) -> State {
        match state {
            StateArg::Valid => State::Valid,
            StateArg::Expired => State::Expired,
            StateArg::Superseded => State::Superseded,
            StateArg::Withdrawn => State::Withdrawn,
        }
    }
}

/// One issue for people.
fn in_a_line(issued: &Issued) -> Words {
    let Issued { number, kind, language, assessment, version, edition, issued, state, .. } = issued;
    let Words { en, de } = state.words();
    words!(
        "{number}  {issued}  {kind}  {language}  {assessment} {version}  edition {edition}  {en}",
        "{number}  {issued}  {kind}  {language}  {assessment} {version}  Ausgabe {edition}  {de}"
    )
}

/// One event for people.
fn happened(Event { event, moment, reason, by, other, .. }: &Event) -> Words {
    let Words { en, de } = event.words();
    let mut told = words!("  {moment}  {en}", "  {moment}  {de}");
    let mut add = |more: Words| {
        told.en.push_str(&more.en);
        told.de.push_str(&more.de);
    };
    if let Some(other) = other {
        add(words!(" ({other})", " ({other})"));
    }
    if let Some(reason) = reason {
        add(words!(": {reason}", ": {reason}"));
    }
    if let Some(by) = by {
        add(words!(", by {by}", ", von {by}"));
    }
    told
}

fn table(all: &[Issued], ui: Ui) -> Table {
    let headings = [
        words!("Number", "Nummer"),
        words!("Issued", "Ausgestellt"),
        words!("Document", "Dokument"),
        words!("Language", "Sprache"),
        words!("Assessment", "Feststellung"),
        words!("Version", "Version"),
        words!("Round", "Feststellungsrunde"),
        words!("Edition", "Ausgabe"),
        words!("State", "Stand"),
        words!("Participant", "Person"),
        words!("File", "Datei"),
    ];
    let mut table = Table::new(headings.map(|heading| heading.get(ui).to_owned()));
    for issued in all {
        table.push([
            Cell::text(issued.number.as_str()),
            Cell::Date(issued.issued),
            Cell::text(issued.kind.as_str()),
            Cell::text(issued.language.as_str()),
            Cell::text(issued.assessment.as_str()),
            Cell::text(issued.version.as_str()),
            Cell::maybe_text(issued.round.as_ref().map(Text::as_str)),
            Cell::Number(Exact::from(i64::from(issued.edition))),
            Cell::text(issued.state.words().get(ui)),
            Cell::text(issued.participant.to_string()),
            Cell::text(issued.file.to_string()),
        ]);
    }
    table
}
