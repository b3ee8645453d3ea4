//! The texts of a definition, for those who translate them: whole even while the translations are not.

use super::*;

/// The texts of a definition in its own language.
#[derive(Debug, Clone)]
pub struct Originals {
    /// The language they are written in.
    pub language: String,
    /// The further languages the main file promises, as they are written there.
    pub promised: Vec<String>,
    /// The texts, in the order of files and lines.
    pub texts: Vec<Original>,
}

/// A text of a definition, as its author wrote it.
#[derive(Debug, Clone)]
pub struct Original {
    /// The path under which a language file translates it, for instance `metal.saw.title`.
    pub path: String,
    /// The text, with its placeholders.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// Lists every text of a definition, or says what is wrong with the definition.
///
/// Translations are not looked at, and examples are not run: both may still be in the making.
///
/// ```
/// use kompetenz::{Sources, originals};
/// let sources = Sources::new("assessment.toml", r#"
///     id = "demo"
///     version = "1.0.0"
///     language = "en"
///     languages = ["ro"]
///     title = "Demo"
/// "#);
/// let originals = originals(&sources).expect("no mistakes");
/// assert_eq!(originals.texts[0].path, "title");
/// assert_eq!(originals.promised, ["ro"]);
/// ```
pub fn originals(sources: &Sources) -> Result<Originals, Vec<Diagnostic>> {
    let mut checker = Checker::new(sources);
    let mut files = checker.read();
    let mut promised = Vec::new();
    let mut language = None;
    if let Some((_, main)) = files.first_mut() {
        promised.extend(std::mem::take(&mut main.languages).into_iter().map(|language| language.value));
        language = main.language.as_ref().map(|language| language.value.clone());
        checker.build(&files);
    }
    match language {
        Some(language) if !checker.has_errors() => {
            let mut entries = checker.texts;
            entries.sort_by_key(|entry| entry.text.place);
            let original = |entry: TextEntry| Original {
                path: entry.path,
                place: entry.text.place,
                text: entry.text.value,
            };
            Ok(Originals { language, promised, texts: entries.into_iter().map(original).collect() })
        }
        _ => {
            let mut diagnostics = checker.diagnostics;
            diagnostics.sort_by_key(|diagnostic| (diagnostic.place(), diagnostic.code));
            Err(diagnostics)
        }
    }
}
