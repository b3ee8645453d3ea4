//! What is said to the person at the terminal, in German or English.

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::ValueEnum;
use kompetenz::{Diagnostic, Fault, Severity, Sources, Ui, Words, words};

use crate::UiArg;
use crate::german::GermanErrors;
use crate::trouble::{Result, Trouble};

/// Speaks one language; results go to standard output, everything else to standard error.
pub(crate) struct Speaker {
    pub(crate) ui: Ui,
}

impl Speaker {
    pub(crate) fn new(ui: Ui) -> Speaker {
        Speaker { ui }
    }

    /// A line of output.
    pub(crate) fn say(&self, words: &Words) -> Result<()> {
        self.print(&format!("{}\n", words.get(self.ui)))
    }

    /// Output as it stands.
    pub(crate) fn print(&self, text: &str) -> Result<()> {
        self.write(text.as_bytes())
    }

    /// Output that need not be text.
    #[expect(clippy::unused_self, reason = "everything that is said goes through the speaker")]
    pub(crate) fn write(&self, bytes: &[u8]) -> Result<()> {
        let mut out = io::stdout().lock();
        out.write_all(bytes)?;
        out.flush()?;
        Ok(())
    }

    /// A remark beside the output.
    pub(crate) fn note(&self, words: &Words) {
        remark(words.get(self.ui));
    }

    /// Why the program could not do what it was asked to.
    pub(crate) fn error(&self, trouble: &Trouble) {
        if let Trouble::Told(Words { en, de }) = trouble {
            self.note(&words!("error: {en}", "Fehler: {de}"));
        }
    }

    /// What clap has to say about the command line: help and version are output, anything else is an error.
    pub(crate) fn usage(&self, error: clap::Error) -> ExitCode {
        let code = if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
        // A stream that is closed has nobody who reads it.
        let _ = match self.ui {
            Ui::En => error.print(),
            Ui::De => error.apply::<GermanErrors>().print(),
        };
        code
    }

    /// Faults of a results file, one line each, with what to do.
    pub(crate) fn faults(&self, faults: &[Fault]) {
        for fault in faults {
            remark(&self.fault(fault));
        }
    }

    pub(crate) fn fault(&self, fault: &Fault) -> String {
        let field = fault.field.as_ref().map(|field| format!(" ({field})")).unwrap_or_default();
        let (place, message) = (fault.place(), fault.message.get(self.ui));
        let help = fault.help.as_ref().map(|help| format!(" – {}", help.get(self.ui))).unwrap_or_default();
        format!("{}{field}: {message}{help} [{}]", place.get(self.ui), fault.code.name())
    }

    /// Diagnostics of a definition, with excerpts of the source.
    pub(crate) fn diagnostics(&self, diagnostics: &[Diagnostic], sources: &Sources, color: bool) -> String {
        let render = |diagnostic: &Diagnostic| format!("{}\n\n", diagnostic.render(sources, self.ui, color));
        diagnostics.iter().map(render).collect()
    }
}

/// `2 errors, 1 warning`.
pub(crate) fn count(diagnostics: &[Diagnostic]) -> Words {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    let warnings = diagnostics.len() - errors;
    words!("{errors} error(s), {warnings} warning(s)", "{errors} Fehler, {warnings} Hinweis(e)")
}

/// Standard error may be closed; then there is nobody to tell.
fn remark(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Whether a stream may have colours.
pub(crate) fn colors(stream: &impl IsTerminal) -> bool {
    stream.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// The language to speak: what `--ui` asks for, wherever it stands, and otherwise the one of the locale.
///
/// The arguments are as they were typed, because their help and their errors are in this language too.
pub(crate) fn language(args: impl IntoIterator<Item = OsString>) -> Ui {
    let mut args = args.into_iter().take_while(|arg| arg != "--");
    while let Some(arg) = args.next() {
        let asked = match arg.to_str().and_then(|arg| arg.strip_prefix("--ui")) {
            Some("") => args.next(),
            Some(value) => value.strip_prefix('=').map(OsString::from),
            None => None,
        };
        let asked = asked.and_then(|asked| UiArg::from_str(asked.to_str()?, false).ok());
        if let Some(asked) = asked {
            return asked.into();
        }
    }
    by_locale()
}

/// German where the locale is German, English elsewhere.
fn by_locale() -> Ui {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| {
        let value = std::env::var(name).ok()?;
        (!value.is_empty()).then_some(value)
    });
    match locale {
        Some(locale) if locale.starts_with("de") => Ui::De,
        _ => Ui::En,
    }
}
