mod change;
mod joining;
mod look;

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use jiff::Timestamp;
use kompetenz::{Words, words};
use kompetenz_register::{
    Access, Issuer, NotANumber, Number, Register, RegisterError, Stamp, Text, TextError,
};

use crate::trouble::{Context, Result};
use crate::ui::Speaker;
use crate::{Answer, files};

/// Ask and keep the register of what was issued.
///
/// It tells which documents there are and how each of them stands, takes note of what was withdrawn, superseded or
/// has expired, proves that nothing was changed in it, and joins what several machines have issued.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    List(look::List),
    Show(look::Show),
    Export(look::Export),
    Check(look::Check),
    Withdraw(change::Withdraw),
    Supersede(change::Supersede),
    Expire(change::Expire),
    Merge(joining::Merge),
    Backup(joining::Backup),
}

pub(crate) fn run(Args { command }: &Args, speaker: &Speaker) -> Result<Answer> {
    match command {
        Command::List(args) => look::list(args, speaker),
        Command::Show(args) => look::show(args, speaker),
        Command::Export(args) => look::export(args, speaker),
        Command::Check(args) => look::check(args, speaker),
        Command::Withdraw(args) => change::withdraw(args, speaker),
        Command::Supersede(args) => change::supersede(args, speaker),
        Command::Expire(args) => change::expire(args, speaker),
        Command::Merge(args) => joining::merge(args, speaker),
        Command::Backup(args) => joining::backup(args, speaker),
    }
}

/// Which register, and whose.
#[derive(clap::Args)]
pub(super) struct At {
    /// Who keeps the register: a TOML file
    #[arg(long, default_value = "issuer.toml", value_name = "FILE")]
    issuer: PathBuf,
    /// The register [default: the one the issuer's file names]
    #[arg(long, value_name = "FILE")]
    register: Option<PathBuf>,
}

/// As what an answer is written.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// For people
    Text,
    /// For other programs
    Json,
}

/// When something is recorded, why and by whom.
#[derive(clap::Args)]
struct Note {
    /// Who does it: a name or a role
    #[arg(long, value_name = "WHO")]
    by: Option<String>,
}

impl Note {
    fn stamp(&self) -> Result<Stamp> {
        let stamp = Stamp::at(Timestamp::now());
        Ok(match &self.by {
            Some(by) => stamp.by(text(by)?),
            None => stamp,
        })
    }
}

impl At {
    /// Opens the register. `None`: the issuer's file has mistakes, and they have been told.
    pub(super) fn open(&self, access: Access, speaker: &Speaker) -> Result<Option<Register>> {
        let Some((issuer, path)) = self.keeper(speaker)? else { return Ok(None) };
        open(&path, &issuer, access).map(Some)
    }

    fn keeper(&self, speaker: &Speaker) -> Result<Option<(Issuer, PathBuf)>> {
        let Some((issuer, named)) = files::keeper_of(&self.issuer, speaker)? else { return Ok(None) };
        let path = self.register.clone().or(named).ok_or_else(|| {
            words!(
                "the issuer's file names no register; say which one with `--register FILE`",
                "die Datei der ausstellenden Stelle nennt kein Register; mit `--register DATEI` sagen, welches"
            )
        })?;
        Ok(Some((issuer, path)))
    }
}

fn open(path: &std::path::Path, issuer: &Issuer, access: Access) -> Result<Register> {
    let shown = path.display();
    Register::open(path, issuer, access)
        .context(|| words!("the register `{shown}`", "das Register `{shown}`"))
}

/// A number as somebody typed it.
pub(super) fn number(text: &str) -> Result<Number> {
    Ok(Number::parse(text).map_err(NotANumber::words)?)
}

/// A line of text for the register.
fn text(text: &str) -> Result<Text> {
    Ok(Text::new(text).map_err(TextError::words)?)
}

/// What was recorded, or why not: a number the register refuses is an answer, not a failure.
fn recorded(result: Result<(), RegisterError>, done: &Words, speaker: &Speaker) -> Result<Answer> {
    match result {
        Ok(()) => {
            speaker.say(done)?;
            Ok(Answer::Yes)
        }
        Err(error @ (RegisterError::Refused(_) | RegisterError::Merge(_))) => {
            speaker.note(&error.words());
            Ok(Answer::No)
        }
        Err(error) => Err(error.into()),
    }
}
