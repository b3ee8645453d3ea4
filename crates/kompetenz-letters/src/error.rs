//! Why a letter could not be written.

use kompetenz::{Words, words};

/// Why a letter could not be written. It says where in the text of the letter, and nothing of the person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LetterError {
    /// The letter has no text in the language of the data.
    #[error("no text in `{0}`")]
    NoText(String),
    /// The text asks for something that this person does not have, in this line of it (counted from 1).
    #[error("line {0} prints something that is not there")]
    Missing(usize),
    /// The text cannot be followed, in this line of it (counted from 1).
    #[error("line {0} cannot be followed")]
    Broken(usize),
    /// The letter becomes longer than any letter, or never ends.
    #[error("the letter does not end")]
    Endless,
}

impl LetterError {
    /// A stable name, for instance `letter-missing`.
    pub fn code(&self) -> &'static str {
        match self {
            LetterError::NoText(_) => "letter-language",
            LetterError::Missing(_) => "letter-missing",
            LetterError::Broken(_) => "letter-broken",
            LetterError::Endless => "letter-endless",
        }
    }

    /// The reason in both languages.
    pub fn message(&self) -> Words {
        match self {
            LetterError::NoText(language) => {
                words!("the letter has no text in `{language}`", "den Brief gibt es nicht in `{language}`")
            }
            LetterError::Missing(line) => words!(
                "line {line} of its text prints something that this person does not have",
                "Zeile {line} seines Textes druckt etwas, das es bei dieser Person nicht gibt"
            ),
            LetterError::Broken(line) => words!(
                "line {line} of its text cannot be followed",
                "Zeile {line} seines Textes lässt sich nicht ausführen"
            ),
            LetterError::Endless => words!("its text does not end", "sein Text endet nicht"),
        }
    }
}
