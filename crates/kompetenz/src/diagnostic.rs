//! The mistakes of an author, as data: what is wrong, where, and what to do about it.
//!
//! Nothing is thrown one by one: a check of an assessment returns all its diagnostics.
//! Each [`Code`] has a section in `docs/diagnostics.md` and a faulty file in `fixtures/invalid/`.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::codes::codes;
use crate::{Ui, Words};

/// A file of an assessment, held in memory.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its path inside the assessment's folder, for instance `lang/en.toml`.
    pub name: String,
    /// Its text.
    pub text: String,
    line_starts: Vec<u32>,
}

/// The files of one assessment. The first one is the main file.
#[derive(Debug, Clone, Default)]
pub struct Sources(Vec<Source>);

/// One of the files of a [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct FileId(pub(crate) u16);

/// A stretch of text in one of the files of an assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// The byte behind the last one.
    pub end: u32,
}

/// The largest file that is read, in bytes. A real definition has a few thousand lines.
pub const MAX_SOURCE_BYTES: usize = 4 << 20;

impl Sources {
    /// The main file of an assessment.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Sources {
        let mut sources = Sources(Vec::new());
        sources.add(name, text);
        sources
    }

    /// Adds a module or a language file, by its path beside the main file.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> &mut Sources {
        let text = text.into();
        let line_starts = std::iter::once(0)
            .chain(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| as_u32(i + 1)))
            .collect();
        self.0.push(Source { name: name.into(), text, line_starts });
        self
    }

    /// The file with this path.
    pub fn find(&self, name: &str) -> Option<FileId> {
        self.0
            .iter()
            .position(|source| source.name == name)
            .map(|ix| FileId(ix.try_into().unwrap_or(u16::MAX)))
    }

    /// All files with their ids, the main file first.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.0.iter().enumerate().map(|(ix, source)| (FileId(ix.try_into().unwrap_or(u16::MAX)), source))
    }

    /// One file.
    pub fn get(&self, file: FileId) -> &Source {
        &self.0[usize::from(file.0)]
    }

    /// The line of a place, counted from 1.
    pub fn line(&self, place: Place) -> u32 {
        as_u32(self.get(place.file).line_starts.partition_point(|&start| start <= place.start))
    }

    /// The column of a place in characters, counted from 1.
    pub fn column(&self, place: Place) -> u32 {
        let source = self.get(place.file);
        let start = source.line_starts[self.line(place) as usize - 1] as usize;
        as_u32(source.text[start..place.start as usize].chars().count() + 1)
    }

    /// A digest of all files (SHA-256, 64 hexadecimal digits): equal texts, and only these, have the same one.
    ///
    /// Line ends do not count, because version control rewrites them, and neither do the texts of letters, because
    /// no result depends on them.
    ///
    /// ```
    /// use kompetenz::Sources;
    /// let one = Sources::new("assessment.toml", "id = \"a\"\n").digest();
    /// assert_eq!(one, Sources::new("assessment.toml", "id = \"a\"\r\n").digest());
    /// assert_ne!(one, Sources::new("assessment.toml", "id = \"b\"\n").digest());
    /// ```
    pub fn digest(&self) -> String {
        let mut files: Vec<&Source> =
            self.0.iter().filter(|source| !source.name.starts_with("letters/")).collect();
        // The main file stays first; the others come in any order.
        files.get_mut(1..).unwrap_or_default().sort_by(|one, other| one.name.cmp(&other.name));
        let mut hash = Sha256::new();
        for Source { name, text, .. } in files {
            let text = text.replace("\r\n", "\n");
            for part in [name, &text] {
                // The length before each part keeps different parts from running into the same text.
                hash.update((part.len() as u64).to_be_bytes());
                hash.update(part.as_bytes());
            }
        }
        hash.finalize().iter().fold(String::with_capacity(64), |text, byte| text + &format!("{byte:02x}"))
    }

    /// A place as people name it: `metal.toml:12`.
    pub fn show(&self, place: Place) -> String {
        format!("{}:{}", self.get(place.file).name, self.line(place))
    }
}

impl Place {
    /// A byte range in a file.
    pub fn new(file: FileId, span: &Range<usize>) -> Place {
        Place { file, start: as_u32(span.start), end: as_u32(span.end.max(span.start)) }
    }
}

/// Files are bounded by [`MAX_SOURCE_BYTES`], so nothing is ever cut off here.
fn as_u32(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// How grave a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The assessment cannot be used.
    Error,
    /// The assessment can be used, but its author should look.
    Warning,
}

/// A place with a remark.
#[derive(Debug, Clone)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What there is to see. None: the place speaks for itself.
    pub text: Option<Words>,
}

/// One mistake in an assessment.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The kind of mistake.
    pub code: Code,
    /// How grave it is.
    pub severity: Severity,
    /// What is wrong: lower case, no full stop, names in backticks.
    pub message: Words,
    /// Where; the first label is the place of the mistake.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: Option<Words>,
}

impl Diagnostic {
    /// A mistake at a place.
    pub fn error(code: Code, place: Place, message: Words) -> Diagnostic {
        let labels = vec![Label { place, text: None }];
        Diagnostic { code, severity: Severity::Error, message, labels, help: None }
    }

    /// Something to look at.
    pub fn warning(code: Code, place: Place, message: Words) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, place, message) }
    }

    /// Adds another place that has to do with it.
    #[must_use]
    pub fn label(mut self, place: Place, text: Words) -> Diagnostic {
        self.labels.push(Label { place, text: Some(text) });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: Words) -> Diagnostic {
        self.help = Some(help);
        self
    }

    /// Says what to do, if there is something to say.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<Words>) -> Diagnostic {
        self.help = self.help.or(help);
        self
    }

    /// The place of the mistake.
    pub fn place(&self) -> Place {
        self.labels[0].place
    }

    /// The diagnostic with an excerpt of the source, as a terminal shows it. `color` adds ANSI colours.
    pub fn render(&self, sources: &Sources, ui: Ui, color: bool) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR.with_name(match ui {
                Ui::En => "error",
                Ui::De => "Fehler",
            }),
            Severity::Warning => Level::WARNING.with_name(match ui {
                Ui::En => "warning",
                Ui::De => "Hinweis",
            }),
        };
        let title = level.primary_title(self.message.get(ui)).id(self.code.name());
        let mut group = Group::with_title(title);
        let mut files: Vec<FileId> = Vec::new();
        for label in &self.labels {
            if !files.contains(&label.place.file) {
                files.push(label.place.file);
            }
        }
        for file in files {
            let source = sources.get(file);
            let annotations =
                self.labels.iter().enumerate().filter(|(_, l)| l.place.file == file).map(|(ix, l)| {
                    let kind = if ix == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
                    let span = l.place.start as usize..l.place.end as usize;
                    kind.span(span).label(l.text.as_ref().map(|words| words.get(ui)))
                });
            group = group.element(
                Snippet::source(source.text.as_str())
                    .path(source.name.as_str())
                    .fold(true)
                    .annotations(annotations),
            );
        }
        if let Some(help) = &self.help {
            let level = Level::HELP.with_name(match ui {
                Ui::En => "help",
                Ui::De => "Hilfe",
            });
            group = group.element(level.message(help.get(ui)));
        }
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[group])
    }

    /// The diagnostic for another program.
    pub fn to_json(&self, sources: &Sources) -> serde_json::Value {
        let place = |place: Place| {
            serde_json::json!({
                "file": sources.get(place.file).name,
                "line": sources.line(place),
                "column": sources.column(place),
                "bytes": [place.start, place.end],
            })
        };
        serde_json::json!({
            "code": self.code.name(),
            "severity": self.severity,
            "message": self.message,
            "help": self.help,
            "labels": self.labels.iter().map(|label| {
                serde_json::json!({ "place": place(label.place), "text": label.text })
            }).collect::<Vec<_>>(),
        })
    }
}

codes! {
    /// The kind of a mistake: a stable name, the same in every language.
    pub enum Code {
        /// The text is not TOML.
        Syntax = "syntax",
        /// A key that does not exist here.
        UnknownKey = "unknown-key",
        /// A key that must be there is not.
        MissingKey = "missing-key",
        /// A value of another kind than the key takes.
        WrongType = "wrong-type",
        /// A number that cannot be kept exactly, or that lies outside of what makes sense here.
        InvalidNumber = "invalid-number",
        /// An id that is not written in lower case letters, digits and hyphens, or that is reserved.
        InvalidId = "invalid-id",
        /// Two things with the same id.
        DuplicateId = "duplicate-id",
        /// A reference to something that does not exist.
        UnknownId = "unknown-id",
        /// A reference to something that exists but is of another kind.
        WrongKind = "wrong-kind",
        /// A measure that is computed from itself.
        Cycle = "cycle",
        /// A file that the main file names is not there, or is too large.
        MissingFile = "missing-file",
        /// A key that only the main file may have, or one that only makes sense elsewhere.
        Misplaced = "misplaced",
        /// A scale whose values contradict each other.
        InvalidScale = "invalid-scale",
        /// Weights that are missing, not used or not positive.
        InvalidWeight = "invalid-weight",
        /// What a rating is worth is not said, or said twice, or said wrongly.
        InvalidItem = "invalid-item",
        /// A rule without what it needs, or with what it cannot use.
        InvalidMeasure = "invalid-measure",
        /// What a missing part means is not said, or cannot be.
        InvalidMissing = "invalid-missing",
        /// A norm table with gaps, overlaps or rows that cannot be.
        InvalidNorm = "invalid-norm",
        /// A job that asks for nothing, or for something that is not measured like this.
        InvalidJob = "invalid-job",
        /// A coverage that can never be met, or that the rule does not use.
        InvalidCoverage = "invalid-coverage",
        /// A ladder of levels that leaves a gap, does not ascend or mixes its two forms.
        InvalidLevels = "invalid-levels",
        /// A level that no result can reach.
        UnreachableLevel = "unreachable-level",
        /// A condition that says nothing, or that can never hold.
        InvalidCondition = "invalid-condition",
        /// A test that no result can pass.
        NeverHolds = "never-holds",
        /// A recommendation for a step that is not declared, or a due date that cannot be read.
        InvalidStep = "invalid-step",
        /// A text that is empty, or whose placeholders are not closed.
        InvalidText = "invalid-text",
        /// A placeholder for something that does not exist.
        UnknownPlaceholder = "unknown-placeholder",
        /// A placeholder that may have nothing to say when its sentence is printed.
        UnprovenPlaceholder = "unproven-placeholder",
        /// A language that is not known, or declared twice.
        InvalidLanguage = "invalid-language",
        /// A text that a promised language lacks.
        MissingTranslation = "missing-translation",
        /// The easy-read page has no sentence or no picture for something that it shows.
        MissingEasy = "missing-easy",
        /// A translation of a text that does not exist.
        UnknownText = "unknown-text",
        /// An example whose observations the definition itself refuses.
        InvalidExample = "invalid-example",
        /// An example whose result is not the one the author expects.
        FailedExample = "failed-example",
        /// Something that is declared and used nowhere.
        Unused = "unused",
        /// The text of a letter cannot be followed: an instruction is not closed, does not exist or never ends.
        InvalidLetter = "invalid-letter",
        /// The text of a letter prints something that no letter knows.
        UnknownVariable = "unknown-variable",
        /// The text of a letter prints, without asking, something that not every person has.
        UnguardedVariable = "unguarded-variable",
    }
}
