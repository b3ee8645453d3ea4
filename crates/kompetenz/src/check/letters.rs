//! Letters: each has a text in every language it is written in.

use super::*;
use crate::assessment::{Letter, LetterFormat};

/// The text of a letter in one language: a file, and what it is for.
///
/// What the text says is checked by `kompetenz-letters`, which knows the engine it is written for.
#[derive(Debug, Clone)]
pub struct LetterText {
    /// The id of the letter.
    pub letter: String,
    /// The language of the text.
    pub language: String,
    /// How it is written.
    pub format: LetterFormat,
    /// Its file.
    pub file: FileId,
}

impl Checker<'_> {
    /// All letters with their texts. What is missing is reported at the letter.
    pub(super) fn letters(&mut self, main: &raw::Definition) -> Vec<Letter> {
        let mut given: HashMap<&str, Place> = HashMap::new();
        for letter in &main.letter {
            if let Some(first) = given.insert(letter.id.as_str(), letter.id.place) {
                let id = &letter.id;
                let message = words!("the id `{id}` is given twice", "die Id `{id}` ist doppelt vergeben");
                self.report(
                    Diagnostic::error(Code::DuplicateId, letter.id.place, message)
                        .label(first, words!("first given here", "zuerst hier vergeben")),
                );
            }
        }
        main.letter.iter().map(|letter| self.letter(main, letter)).collect()
    }

    fn letter(&mut self, main: &raw::Definition, letter: &raw::Letter) -> Letter {
        let printed = [&letter.title].into_iter().chain(&letter.recipient).chain(&letter.phone);
        for text in printed.filter(|text| text.trim().is_empty()) {
            self.error(Code::InvalidText, text.place, words!("the text is empty", "der Text ist leer"));
        }
        // An office reads the language of the definition; participants read theirs.
        let others = main.languages.iter().filter(|_| letter.recipient.is_empty());
        let format = letter.format.as_deref().copied().unwrap_or(LetterFormat::Markdown);
        let mut texts = Vec::new();
        for language in main.language.iter().chain(others) {
            // What is no language is reported where it is named.
            if language_tag(language).as_deref() != Some(language.as_str()) {
                continue;
            }
            let name = letter.file(language);
            let Some(file) = self.sources.find(&name) else {
                self.error(
                    Code::MissingFile,
                    letter.id.place,
                    words!("the file `{name}` is missing", "die Datei `{name}` fehlt"),
                );
                continue;
            };
            let text = self.sources.get(file).text.clone();
            let (id, language) = (letter.id.to_string(), language.to_string());
            self.letters.push(LetterText { letter: id, language: language.clone(), format, file });
            texts.push((language, text));
        }
        Letter {
            id: letter.id.to_string(),
            title: letter.title.to_string(),
            recipient: letter.recipient.iter().map(ToString::to_string).collect(),
            phone: letter.phone.as_ref().map(ToString::to_string),
            format,
            texts,
        }
    }
}
