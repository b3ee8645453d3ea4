//! What can go wrong with the register as a whole, with help, in both languages.

use std::error::Error;

use kompetenz::{Words, words};
use rusqlite::ErrorCode;

use crate::{MergeFault, Refusal, Scope};

/// Why the register could not do what was asked. Nothing of it was done then.
///
/// No error names the file: whoever opened it knows the path and puts it in front, as with `std::io::Error`.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.words().en)]
pub enum RegisterError {
    /// There is no file, and none was to be made.
    Missing,
    /// There is a file already, where a backup was to be written.
    Exists,
    /// The file is something else.
    NotARegister,
    /// The register was written by a newer version of the program.
    Newer {
        /// The version of its schema.
        found: i32,
    },
    /// The register belongs to another issuer.
    OtherIssuer {
        /// The id of the issuer it belongs to.
        found: String,
    },
    /// The issuer is right, but the secret is not the one the register was made with.
    WrongSecret,
    /// The register holds something else than it was to be made for.
    OtherScope {
        /// What it holds.
        found: Scope,
    },
    /// Tables, indices or triggers are not the ones the register was made with.
    Altered {
        /// Their names.
        names: Vec<String>,
    },
    /// The file is damaged.
    Damaged {
        /// In SQLite's words, or the field that cannot be read.
        detail: String,
    },
    /// The file, its folder or its drive allows no writing, or the register was opened to be read.
    ReadOnly,
    /// Another process was writing for longer than we wait.
    Busy,
    /// The drive is full.
    Full,
    /// Some numbers cannot be recorded or changed as asked; all of them, and why.
    Refused(Vec<Refusal>),
    /// The parts cannot be joined; all reasons.
    Merge(Vec<MergeFault>),
    /// Anything else SQLite reports.
    Sqlite(#[source] rusqlite::Error),
    /// The file system refused to make the file.
    Io(#[source] std::io::Error),
}

impl RegisterError {
    /// A field that has a value no register writes.
    pub(crate) fn unreadable(field: &str) -> RegisterError {
        RegisterError::Damaged { detail: field.to_owned() }
    }

    /// What is wrong, in both languages.
    pub fn words(&self) -> Words {
        match self {
            RegisterError::Missing => words!("there is no register here", "hier liegt kein Register"),
            RegisterError::Exists => words!("there is a file here already", "hier liegt schon eine Datei"),
            RegisterError::NotARegister => {
                words!("this file is no register", "diese Datei ist kein Register")
            }
            RegisterError::Newer { found } => words!(
                "the register has the format {found}, which this version of the program does not know",
                "das Register hat das Format {found}, das diese Programmversion nicht kennt"
            ),
            RegisterError::OtherIssuer { found } => words!(
                "this is the register of another issuer, `{found}`",
                "dies ist das Register einer anderen Stelle, `{found}`"
            ),
            RegisterError::WrongSecret => words!(
                "the issuer's secret is not the one this register was made with",
                "das Geheimnis der Stelle ist nicht das, mit dem dieses Register angelegt wurde"
            ),
            RegisterError::OtherScope { found } => {
                let Words { en, de } = found.words();
                words!("this register holds {en}", "dieses Register enthält {de}")
            }
            RegisterError::Altered { names } => {
                let names = quoted(names);
                words!(
                    "the register was altered by something else: {names}",
                    "das Register wurde von etwas anderem verändert: {names}"
                )
            }
            RegisterError::Damaged { detail } => {
                words!("the register is damaged ({detail})", "das Register ist beschädigt ({detail})")
            }
            RegisterError::ReadOnly => words!(
                "the register can be read, but not written",
                "das Register lässt sich lesen, aber nicht schreiben"
            ),
            RegisterError::Busy => words!(
                "another process has been writing to the register for too long",
                "ein anderer Prozess schreibt schon zu lange in das Register"
            ),
            RegisterError::Full => words!("the drive is full", "der Datenträger ist voll"),
            RegisterError::Refused(refusals) => joined(refusals.iter().map(Refusal::words)),
            RegisterError::Merge(faults) => joined(faults.iter().map(MergeFault::words)),
            RegisterError::Sqlite(error) => {
                words!(
                    "the register cannot be read or written: {error}",
                    "das Register lässt sich nicht lesen oder schreiben: {error}"
                )
            }
            RegisterError::Io(error) => words!(
                "the file of the register cannot be made: {error}",
                "die Datei des Registers lässt sich nicht anlegen: {error}"
            ),
        }
    }

    /// What to do about it, if there is something to say.
    pub fn help(&self) -> Option<Words> {
        Some(match self {
            RegisterError::Missing => words!(
                "check the path; if this is the first batch, let the register be made",
                "den Pfad prüfen; beim ersten Lauf das Register anlegen lassen"
            ),
            RegisterError::Exists => words!("take another name", "einen anderen Namen nehmen"),
            RegisterError::NotARegister => words!(
                "check the path; if it was a register, its beginning is lost: put the last backup in its place",
                "den Pfad prüfen; war es ein Register, ist sein Anfang verloren: die letzte Sicherung an seine Stelle legen"
            ),
            RegisterError::Newer { .. } => words!(
                "use the version of the program that wrote it, or a newer one",
                "die Programmversion benutzen, die es geschrieben hat, oder eine neuere"
            ),
            RegisterError::OtherIssuer { .. } => words!(
                "take the register of this issuer, or the issuer's file that belongs to this register",
                "das Register dieser Stelle nehmen oder die Datei der Stelle, zu der dieses Register gehört"
            ),
            RegisterError::WrongSecret => words!(
                "restore `secret` in `issuer.toml` from its copy; with another one nobody is recognised",
                "`secret` in `issuer.toml` aus der Kopie wiederherstellen; mit einem anderen wird niemand wiedererkannt"
            ),
            RegisterError::OtherScope { .. } => words!(
                "take another file for this part, and join the parts at the end",
                "für diesen Teil eine andere Datei nehmen und die Teile am Ende zusammenführen"
            ),
            RegisterError::Altered { .. } | RegisterError::Damaged { .. } => words!(
                "leave the file as it is, put the last backup in its place, and run the batches made since then again; `docs/register.md` says how",
                "die Datei unverändert aufheben, die letzte Sicherung an ihre Stelle legen und die Läufe seitdem wiederholen; `docs/register.md` sagt, wie"
            ),
            RegisterError::ReadOnly => words!(
                "check the rights of the file, its folder and the drive",
                "die Rechte der Datei, ihres Ordners und des Laufwerks prüfen"
            ),
            RegisterError::Busy => words!(
                "wait until the other one is done, and run the same command again",
                "warten, bis der andere fertig ist, und denselben Befehl wiederholen"
            ),
            RegisterError::Full => words!(
                "make room, and run the same command again; nothing recorded so far is lost",
                "Platz schaffen und denselben Befehl wiederholen; nichts bisher Eingetragenes ist verloren"
            ),
            RegisterError::Refused(_)
            | RegisterError::Merge(_)
            | RegisterError::Sqlite(_)
            | RegisterError::Io(_) => return None,
        })
    }
}

impl From<rusqlite::Error> for RegisterError {
    fn from(error: rusqlite::Error) -> RegisterError {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => RegisterError::NotARegister,
            Some(ErrorCode::DatabaseCorrupt) => RegisterError::Damaged { detail: error.to_string() },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => RegisterError::Busy,
            Some(ErrorCode::ReadOnly) => RegisterError::ReadOnly,
            Some(ErrorCode::DiskFull) => RegisterError::Full,
            Some(_) => RegisterError::Sqlite(error),
            None => match error {
                // What was read is not of the kind the register writes. The value itself is not repeated.
                rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::InvalidColumnType(..)
                | rusqlite::Error::IntegralValueOutOfRange(..)
                | rusqlite::Error::Utf8Error(..)
                | rusqlite::Error::QueryReturnedNoRows => RegisterError::Damaged { detail: kind_of(&error) },
                error => RegisterError::Sqlite(error),
            },
        }
    }
}

/// Which column cannot be read, without what stands in it.
fn kind_of(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::InvalidColumnType(_, name, _) => format!("column `{name}`"),
        rusqlite::Error::QueryReturnedNoRows => "a row is missing".to_owned(),
        error => error.source().map_or_else(|| "a value".to_owned(), ToString::to_string),
    }
}

fn quoted(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn joined(all: impl Iterator<Item = Words>) -> Words {
    let (en, de): (Vec<_>, Vec<_>) = all.map(|Words { en, de }| (en, de)).unzip();
    Words { en: en.join("\n"), de: de.join("\n") }
}
