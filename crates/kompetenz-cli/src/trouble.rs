//! Why the program could not do what it was asked to, in German and in English.
//!
//! Every error of the program is a [`Trouble`], and a trouble is made of [`Words`]: an error that exists in one
//! language only does not compile. Errors from outside are put into both languages here, by their kind.
//!
//! ```ignore
//! let text = fs::read(path).context(|| words!("cannot read `{shown}`", "`{shown}` lässt sich nicht lesen"))?;
//! let language = known.ok_or_else(|| words!("no language `{code}`", "keine Sprache `{code}`"))?;
//! return Err(words!("`{shown}` is a folder", "`{shown}` ist ein Ordner").into());
//! ```

use std::io::{self, ErrorKind};

use kompetenz::{Words, words};
use kompetenz_render::{PictureError, StudioError};

/// What comes of something that may not be possible.
pub(crate) type Result<T, E = Trouble> = std::result::Result<T, E>;

/// Why something could not be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The reason, for the person who asked for it.
    Told(Words),
    /// Whoever reads our output has seen enough, as with `| head`: nobody is there to be told.
    NobodyReads,
}

/// Says what was to be done when something went wrong.
pub(crate) trait Context<T> {
    /// Puts the words and a colon before the reason.
    fn context(self, doing: impl FnOnce() -> Words) -> Result<T>;
}

impl<T, E: Into<Trouble>> Context<T> for Result<T, E> {
    fn context(self, doing: impl FnOnce() -> Words) -> Result<T> {
        self.map_err(|error| match error.into() {
            Trouble::Told(why) => {
                let doing = doing();
                let en = format!("{}: {}", doing.en, why.en);
                Trouble::Told(Words { en, de: format!("{}: {}", doing.de, why.de) })
            }
            Trouble::NobodyReads => Trouble::NobodyReads,
        })
    }
}

impl From<Words> for Trouble {
    fn from(words: Words) -> Trouble {
        Trouble::Told(words)
    }
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Trouble {
        match error.kind() {
            ErrorKind::BrokenPipe => Trouble::NobodyReads,
            _ => Trouble::Told(system(&error)),
        }
    }
}

impl From<serde_json::Error> for Trouble {
    /// What serde says can quote the data, so it is left out.
    fn from(_: serde_json::Error) -> Trouble {
        words!("this cannot be written as JSON", "das lässt sich nicht als JSON schreiben").into()
    }
}

impl From<PictureError> for Trouble {
    fn from(error: PictureError) -> Trouble {
        error.message().into()
    }
}

impl From<StudioError> for Trouble {
    fn from(error: StudioError) -> Trouble {
        error.message().into()
    }
}

impl From<ctrlc::Error> for Trouble {
    fn from(error: ctrlc::Error) -> Trouble {
        match error {
            ctrlc::Error::System(error) => error.into(),
            other => told_by_the_system(&other).into(),
        }
    }
}

impl From<notify::Error> for Trouble {
    fn from(error: notify::Error) -> Trouble {
        match error.kind {
            notify::ErrorKind::Io(error) => error.into(),
            notify::ErrorKind::PathNotFound => system(&ErrorKind::NotFound.into()).into(),
            notify::ErrorKind::MaxFilesWatch => words!(
                "the system watches as many files as it can",
                "das System überwacht schon so viele Dateien, wie es kann"
            )
            .into(),
            _ => told_by_the_system(&error).into(),
        }
    }
}

/// What the operating system says, in words that need no knowledge of it.
fn system(error: &io::Error) -> Words {
    match error.kind() {
        ErrorKind::NotFound => {
            words!("there is no such file or folder", "die Datei oder den Ordner gibt es nicht")
        }
        ErrorKind::PermissionDenied => words!("permission is missing", "die Berechtigung fehlt"),
        ErrorKind::AlreadyExists => words!("the name is taken", "der Name ist schon vergeben"),
        ErrorKind::IsADirectory => words!("it is a folder", "es ist ein Ordner"),
        ErrorKind::NotADirectory => {
            words!("a part of the path is no folder", "ein Teil des Pfads ist kein Ordner")
        }
        ErrorKind::InvalidFilename => {
            words!("the system does not allow this name", "das System lässt diesen Namen nicht zu")
        }
        ErrorKind::StorageFull => words!("the disk is full", "der Datenträger ist voll"),
        ErrorKind::QuotaExceeded => {
            words!("your share of the disk is used up", "der zugeteilte Speicherplatz ist verbraucht")
        }
        ErrorKind::ReadOnlyFilesystem => {
            words!("the disk is write-protected", "der Datenträger ist schreibgeschützt")
        }
        ErrorKind::FileTooLarge => words!("the file is too large", "die Datei ist zu groß"),
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => {
            words!("another program is using it", "ein anderes Programm benutzt es gerade")
        }
        ErrorKind::InvalidData => words!("its contents are damaged", "der Inhalt ist beschädigt"),
        ErrorKind::UnexpectedEof => words!("it ends too early", "es endet zu früh"),
        ErrorKind::OutOfMemory => words!("the memory is full", "der Arbeitsspeicher ist voll"),
        ErrorKind::TimedOut => words!("it took too long", "es hat zu lange gedauert"),
        ErrorKind::StaleNetworkFileHandle
        | ErrorKind::HostUnreachable
        | ErrorKind::NetworkUnreachable
        | ErrorKind::NetworkDown => {
            words!("the network drive cannot be reached", "das Netzlaufwerk ist nicht erreichbar")
        }
        _ => told_by_the_system(error),
    }
}

/// What nobody has put into German yet.
fn told_by_the_system(error: &impl std::error::Error) -> Words {
    words!("{error}", "das System meldet „{error}“")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told<T: std::fmt::Debug>(result: Result<T>) -> (String, String) {
        match result {
            Err(Trouble::Told(words)) => (words.en, words.de),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_error_carries_what_was_to_be_done_in_both_languages() {
        let result: io::Result<()> = Err(ErrorKind::NotFound.into());
        let result = result
            .context(|| words!("cannot read `a`", "`a` lässt sich nicht lesen"))
            .context(|| words!("the issuer is needed", "die ausstellende Stelle wird gebraucht"));
        let (en, de) = told(result);
        assert_eq!(en, "the issuer is needed: cannot read `a`: there is no such file or folder");
        assert_eq!(
            de,
            "die ausstellende Stelle wird gebraucht: `a` lässt sich nicht lesen: die Datei oder den Ordner gibt es nicht"
        );
    }

    #[test]
    fn what_the_system_says_is_told_in_both_languages() {
        let kinds = [
            ErrorKind::NotFound,
            ErrorKind::PermissionDenied,
            ErrorKind::AlreadyExists,
            ErrorKind::IsADirectory,
            ErrorKind::NotADirectory,
            ErrorKind::InvalidFilename,
            ErrorKind::StorageFull,
            ErrorKind::QuotaExceeded,
            ErrorKind::ReadOnlyFilesystem,
            ErrorKind::FileTooLarge,
            ErrorKind::ResourceBusy,
            ErrorKind::InvalidData,
            ErrorKind::UnexpectedEof,
            ErrorKind::OutOfMemory,
            ErrorKind::TimedOut,
            ErrorKind::HostUnreachable,
        ];
        let told: Vec<_> = kinds.map(|kind| told::<()>(Err(io::Error::from(kind).into()))).into();
        let told: Vec<_> = told.iter().map(|(en, de)| format!("{en} – {de}")).collect();
        insta::assert_snapshot!(told.join("\n"), @"
        there is no such file or folder – die Datei oder den Ordner gibt es nicht
        permission is missing – die Berechtigung fehlt
        the name is taken – der Name ist schon vergeben
        it is a folder – es ist ein Ordner
        a part of the path is no folder – ein Teil des Pfads ist kein Ordner
        the system does not allow this name – das System lässt diesen Namen nicht zu
        the disk is full – der Datenträger ist voll
        your share of the disk is used up – der zugeteilte Speicherplatz ist verbraucht
        the disk is write-protected – der Datenträger ist schreibgeschützt
        the file is too large – die Datei ist zu groß
        another program is using it – ein anderes Programm benutzt es gerade
        its contents are damaged – der Inhalt ist beschädigt
        it ends too early – es endet zu früh
        the memory is full – der Arbeitsspeicher ist voll
        it took too long – es hat zu lange gedauert
        the network drive cannot be reached – das Netzlaufwerk ist nicht erreichbar
        ");
    }

    #[test]
    fn what_has_no_german_yet_stands_in_a_german_sentence() {
        let (en, de) = told::<()>(Err(io::Error::other("wobbly").into()));
        assert_eq!((en.as_str(), de.as_str()), ("wobbly", "das System meldet „wobbly“"));
    }

    #[test]
    fn a_reader_who_has_seen_enough_is_told_nothing() {
        let result: io::Result<()> = Err(ErrorKind::BrokenPipe.into());
        let result = result.context(|| words!("cannot write", "lässt sich nicht schreiben"));
        assert_eq!(result, Err(Trouble::NobodyReads));
    }

    #[test]
    fn errors_of_json_do_not_quote_the_data() {
        let error = serde_json::from_str::<u8>("\"Elena\"").unwrap_err();
        assert!(error.to_string().contains("Elena"), "{error}");
        let (en, de) = told::<()>(Err(error.into()));
        assert!(!en.contains("Elena") && !de.contains("Elena"), "{en} {de}");
    }
}
