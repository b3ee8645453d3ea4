//! What is said to the person at the terminal, in German or English.

use std::io::{self, IsTerminal, Write};

use anyhow::Result;
use kompetenz::{Diagnostic, Fault, Severity, Sources, Ui, Words, words};

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
    #[expect(clippy::unused_self, reason = "everything that is said goes through the speaker")]
    pub(crate) fn print(&self, text: &str) -> Result<()> {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())?;
        out.flush()?;
        Ok(())
    }

    /// A remark beside the output.
    pub(crate) fn note(&self, words: &Words) {
        remark(words.get(self.ui));
    }

    /// Why the program could not do what it was asked to.
    pub(crate) fn error(&self, error: &anyhow::Error) {
        remark(&match self.ui {
            Ui::En => format!("error: {error:#}"),
            Ui::De => format!("Fehler: {error:#}"),
        });
    }

    /// A reason why something cannot be done, in the words of the person who asked for it.
    pub(crate) fn refusal(&self, words: &Words) -> anyhow::Error {
        anyhow::anyhow!("{}", words.get(self.ui))
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
pub(crate) fn remark(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Whether a stream may have colours.
pub(crate) fn colors(stream: &impl IsTerminal) -> bool {
    stream.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// German where the locale is German, English elsewhere.
pub(crate) fn by_locale() -> Ui {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| {
        let value = std::env::var(name).ok()?;
        (!value.is_empty()).then_some(value)
    });
    match locale {
        Some(locale) if locale.starts_with("de") => Ui::De,
        _ => Ui::En,
    }
}
