//! What can go wrong, without a word of the data in it.

use std::fmt;
use std::time::Duration;

use kompetenz::{Words, words};
use serde_json::Value;
use typst::diag::SourceDiagnostic;
use typst::syntax::FileId;
use typst::{World, WorldExt};

use crate::check::walk;
use crate::engine::Stopped;
use crate::{InvalidField, MissingGlyph, PictureError};

/// Why a document could not be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RenderError {
    /// Fields that cannot be printed as they are, all of them.
    Invalid(Vec<InvalidField>),
    /// Characters that no font can show, all of them.
    MissingGlyphs(Vec<MissingGlyph>),
    /// The template has a mistake, or makes a document that breaks a standard.
    Template(Vec<TemplateFault>),
    /// The template did not finish within the time it is given. What it does is left to itself until the program ends.
    Late {
        /// The time it is given.
        patience: Duration,
    },
    /// Nothing was tried any more: too many documents before this one did not finish.
    TooManyLate,
    /// The template makes more pages than any document has.
    TooManyPages {
        /// The number of its pages.
        count: usize,
        /// The largest number there may be.
        limit: usize,
    },
    /// The template puts nothing on its pages.
    Empty,
    /// A page is too large for a picture of this resolution, or has no size at all.
    PageSize,
    /// The engine failed; a fault in the program, not in the template.
    Engine,
}

/// Why a template or a picture cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StudioError {
    /// The template has no file that defines the certificate.
    NoEntry {
        /// The path of the file that is missing.
        path: String,
    },
    /// The template knows no language.
    NoLabels,
    /// A path that cannot be inside a template.
    Path {
        /// The path.
        path: String,
    },
    /// There is no such family of templates.
    NoFamily {
        /// The name that was asked for.
        name: String,
        /// The families there are.
        known: Vec<String>,
    },
    /// A file of the template is not text.
    NoText {
        /// The file.
        file: String,
    },
    /// A picture of the template cannot be used.
    TemplatePicture {
        /// The file.
        file: String,
        /// Why.
        error: PictureError,
    },
    /// Labels that are missing or cannot be read, in all languages; or files that are nested too deep to be read.
    Files(Vec<FileFault>),
    /// Mistakes that are seen without any data, in all files.
    Template(Vec<TemplateFault>),
    /// A picture of the issuer cannot be used.
    Picture(PictureError),
}

impl From<Stopped> for RenderError {
    fn from(stopped: Stopped) -> Self {
        match stopped {
            Stopped::Late(patience) => RenderError::Late { patience },
            Stopped::TooManyLate => RenderError::TooManyLate,
            Stopped::Failed => RenderError::Engine,
        }
    }
}

impl RenderError {
    /// The reason in both languages, in one line.
    ///
    /// Only what the engine says of a mistake in a template is in its own English in both.
    pub fn message(&self) -> Words {
        match self {
            RenderError::Invalid(fields) => listed(fields.iter().map(InvalidField::message)),
            RenderError::MissingGlyphs(glyphs) => listed(glyphs.iter().map(MissingGlyph::message)),
            RenderError::Template(faults) => {
                let Words { en, de } = listed(faults.iter().map(|fault| words!("{fault}", "{fault}")));
                words!("{en}", "Fehler in der Vorlage: {de}")
            }
            RenderError::Late { patience } => {
                let seconds = patience.as_secs_f64();
                words!(
                    "the template did not finish within {seconds} s",
                    "die Vorlage ist nach {seconds} s nicht fertig geworden"
                )
            }
            RenderError::TooManyLate => words!(
                "not tried, because the template did not finish for several documents before",
                "nicht versucht, weil die Vorlage bei mehreren Dokumenten davor nicht fertig geworden ist"
            ),
            RenderError::TooManyPages { count, limit } => words!(
                "the template makes {count} pages; {limit} is the most",
                "die Vorlage macht {count} Seiten; mehr als {limit} dürfen es nicht sein"
            ),
            RenderError::Empty => {
                words!("the template puts nothing on its pages", "die Vorlage bringt nichts auf ihre Seiten")
            }
            RenderError::PageSize => words!(
                "a page is too large for a picture of this resolution, or has no size",
                "eine Seite ist für ein Bild dieser Auflösung zu groß oder hat keine Größe"
            ),
            RenderError::Engine => words!("the engine failed", "der Satz ist gescheitert"),
        }
    }

    /// The same in one word, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            RenderError::MissingGlyphs(_) => "missing-glyph",
            RenderError::Late { .. } | RenderError::TooManyLate => "endless-template",
            RenderError::Engine => "engine",
            RenderError::Invalid(_)
            | RenderError::Template(_)
            | RenderError::TooManyPages { .. }
            | RenderError::Empty
            | RenderError::PageSize => "render",
        }
    }
}

impl StudioError {
    /// The reason in both languages: in one line, or with a line for each mistake in the template.
    ///
    /// Only what the engine says of a mistake in a template is in its own English in both.
    pub fn message(&self) -> Words {
        match self {
            StudioError::NoEntry { path } => {
                words!("the template has no `{path}`", "die Vorlage hat kein `{path}`")
            }
            StudioError::NoLabels => words!(
                "the template has no `labels/<language>.toml`",
                "die Vorlage hat kein `labels/<Sprache>.toml`"
            ),
            StudioError::Path { path } => {
                words!("`{path}` is no path inside a template", "`{path}` ist kein Pfad in einer Vorlage")
            }
            StudioError::NoFamily { name, known } => {
                let known = known.join(", ");
                words!(
                    "there is no template `{name}`; there are {known}",
                    "die Vorlage `{name}` gibt es nicht; es gibt {known}"
                )
            }
            StudioError::NoText { file } => {
                words!("`{file}` is not text in UTF-8", "`{file}` ist kein Text in UTF-8")
            }
            StudioError::TemplatePicture { file, error } => {
                let Words { en, de } = error.message();
                words!("`{file}` cannot be used: {en}", "`{file}` taugt nicht: {de}")
            }
            StudioError::Files(faults) => mistakes(faults.iter().map(FileFault::message)),
            StudioError::Template(faults) => {
                mistakes(faults.iter().map(|fault| words!("{fault}", "{fault}")))
            }
            StudioError::Picture(error) => error.message(),
        }
    }
}

/// A list of mistakes in the files of a template, a line for each.
fn mistakes(faults: impl Iterator<Item = Words>) -> Words {
    /// Whoever has mended so many looks again anyway.
    const SHOWN: usize = 20;

    let faults: Vec<Words> = faults.collect();
    let start = words!("the template has mistakes", "die Vorlage hat Fehler");
    let rest = faults.len().saturating_sub(SHOWN);
    let rest = (rest > 0).then(|| words!("and {rest} more", "und {rest} weitere"));
    faults.into_iter().take(SHOWN).chain(rest).fold(start, |Words { en, de }, fault| {
        let (more_en, more_de) = (fault.en, fault.de);
        words!("{en}\n  {more_en}", "{de}\n  {more_de}")
    })
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().en)
    }
}

impl fmt::Display for StudioError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().en)
    }
}

impl std::error::Error for RenderError {}

impl std::error::Error for StudioError {}

impl From<PictureError> for StudioError {
    fn from(error: PictureError) -> Self {
        StudioError::Picture(error)
    }
}

/// Something wrong with a file of a template, found before the engine sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFault {
    /// The file, as the author of the template knows it.
    pub file: String,
    /// The line, from 1, unless the mistake is that something is not there.
    pub line: Option<usize>,
    /// What is wrong.
    pub problem: Words,
}

impl FileFault {
    /// The reason in both languages, with the place.
    pub fn message(&self) -> Words {
        let (file, Words { en, de }) = (&self.file, &self.problem);
        let line = self.line.map(|line| format!(":{line}")).unwrap_or_default();
        words!("{file}{line}: {en}", "{file}{line}: {de}")
    }
}

/// One problem the engine found in a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateFault {
    /// What is wrong, in the engine's words.
    pub message: String,
    /// Where, if anywhere.
    pub place: Option<Place>,
    /// What may help.
    pub hints: Vec<String>,
}

/// A place in a file of the template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file, as the author of the template knows it.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
}

impl fmt::Display for TemplateFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(Place { file, line, column }) = &self.place {
            write!(f, "{file}:{line}:{column}: ")?;
        }
        f.write_str(&self.message)?;
        self.hints.iter().try_for_each(|hint| write!(f, " (hint: {hint})"))
    }
}

/// The engine's diagnostics as plain data, with everything personal taken out.
pub(crate) fn flatten(
    world: &dyn World,
    diagnostics: &[SourceDiagnostic],
    name: &dyn Fn(FileId) -> String,
    secrets: &[String],
) -> Vec<TemplateFault> {
    let fault = |diagnostic: &SourceDiagnostic| TemplateFault {
        message: without(secrets, &diagnostic.message),
        // An error inside the engine's own functions has its place further out, where the template called them.
        place: std::iter::once(diagnostic.span)
            .chain(diagnostic.trace.iter().map(|point| point.span.into()))
            .find_map(|span| {
                let source = world.source(span.id()?).ok()?;
                let (line, column) = source.lines().byte_to_line_column(world.range(span)?.start)?;
                Some(Place { file: name(source.id()), line: line + 1, column: column + 1 })
            }),
        hints: diagnostic.hints.iter().map(|hint| without(secrets, &hint.v)).collect(),
    };
    diagnostics.iter().map(fault).collect()
}

/// Every word of the data that could tell something about a person, longest first.
///
/// The engine quotes values: "the text `…` could not be displayed".
pub(crate) fn secrets(data: &Value) -> Vec<String> {
    let mut secrets = Vec::new();
    walk(data, &mut String::new(), &mut |field, text| {
        let name = field.rsplit('.').next();
        if !matches!(name, Some("format" | "number" | "language" | "color" | "id")) {
            secrets.push(text.to_owned());
            if field == "name" || field.starts_with("participant.") {
                secrets.extend(text.split_whitespace().map(str::to_owned));
            }
        }
    });
    // Anything shorter is part of ordinary words and tells nothing.
    secrets.retain(|secret| secret.chars().count() > 2);
    secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    secrets.dedup();
    secrets
}

fn without(secrets: &[String], message: &str) -> String {
    secrets.iter().fold(message.to_owned(), |message, secret| message.replace(secret.as_str(), "…"))
}

/// Several messages as one.
fn listed(messages: impl Iterator<Item = Words>) -> Words {
    let (en, de): (Vec<_>, Vec<_>) = messages.map(|Words { en, de }| (en, de)).unzip();
    Words { en: en.join("; "), de: de.join("; ") }
}
