//! Everything the program says to a person exists in German and in English, side by side where it is written.

use serde::Serialize;

/// The language the program speaks with the person at the keyboard.
///
/// It has nothing to do with the languages of an assessment or a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ui {
    /// English.
    #[default]
    En,
    /// German.
    De,
}

/// One message in both languages.
///
/// ```
/// use kompetenz::{Ui, words};
/// let id = "metal";
/// let message = words!("no module `{id}`", "kein Modul `{id}`");
/// assert_eq!(message.get(Ui::De), "kein Modul `metal`");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Words {
    /// The English wording.
    pub en: String,
    /// The German wording.
    pub de: String,
}

impl Words {
    /// The wording in one language.
    pub fn get(&self, ui: Ui) -> &str {
        match ui {
            Ui::En => &self.en,
            Ui::De => &self.de,
        }
    }
}

/// Writes a message in English and German; both may capture variables like `format!`.
#[macro_export]
macro_rules! words {
    ($en:literal, $de:literal $(,)?) => {
        $crate::Words { en: format!($en), de: format!($de) }
    };
}
