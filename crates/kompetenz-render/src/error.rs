//! What can go wrong, without a word of the data in it.

use std::fmt;

use kompetenz::{Words, words};
use serde_json::Value;
use typst::diag::SourceDiagnostic;
use typst::{World, WorldExt};

use crate::check::walk;
use crate::{InvalidField, MissingGlyph, PictureError};

/// Why a certificate could not be rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RenderError {
    /// Fields that cannot be printed as they are, all of them.
    Invalid(Vec<InvalidField>),
    /// Characters that no font can show, all of them.
    MissingGlyphs(Vec<MissingGlyph>),
    /// The template has a mistake, or makes a document that breaks a standard.
    Template(Vec<TemplateFault>),
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
    /// A picture cannot be used.
    Picture(PictureError),
    /// The engine does not support the standards we promise.
    Standards {
        /// In the engine's words.
        message: String,
    },
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
        }
    }
}

impl StudioError {
    /// The reason in both languages, in one line.
    ///
    /// Only what the engine says of its standards is in its own English in both.
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
            StudioError::Picture(error) => error.message(),
            StudioError::Standards { message } => {
                words!("{message}", "die geforderten PDF-Normen werden nicht unterstützt: {message}")
            }
        }
    }
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
    /// The path inside the template.
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
                let file = source.id().get().vpath().get_without_slash().to_owned();
                Some(Place { file, line: line + 1, column: column + 1 })
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
            if field.starts_with("participant.") {
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
