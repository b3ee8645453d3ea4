//! One line of text as a person or a definition wrote it.

use std::fmt;

use kompetenz::{Words, words};
use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};
use serde::Serialize;

/// The longest text, in characters.
pub const MAX_TEXT: usize = 500;

/// One line of text: never empty, without control characters, at most [`MAX_TEXT`] characters.
///
/// Ids, versions, languages, reasons and names of staff are such texts.
/// A reason is kept for ever, so it must not tell who the participant is.
///
/// ```
/// use kompetenz_register::{Text, TextError};
/// assert_eq!(Text::new("  a typing error ")?.as_str(), "a typing error");
/// assert_eq!(Text::new(" "), Err(TextError::Empty));
/// # Ok::<(), TextError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Text(String);

/// Why a text cannot stand in the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.words().en)]
pub enum TextError {
    /// There is nothing but white space.
    Empty,
    /// It is longer than [`MAX_TEXT`] characters.
    Long,
    /// It has a line break, a tab or another control character.
    Control,
}

impl Text {
    /// A text without the white space around it.
    pub fn new(text: &str) -> Result<Text, TextError> {
        let text = text.trim();
        if text.is_empty() {
            Err(TextError::Empty)
        } else if text.chars().any(char::is_control) {
            Err(TextError::Control)
        } else if text.chars().count() > MAX_TEXT {
            Err(TextError::Long)
        } else {
            Ok(Text(text.to_owned()))
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TextError {
    /// What is wrong, in both languages.
    pub fn words(self) -> Words {
        match self {
            TextError::Empty => words!("the text is empty", "der Text ist leer"),
            TextError::Long => {
                words!(
                    "the text is longer than {MAX_TEXT} characters",
                    "der Text ist länger als {MAX_TEXT} Zeichen"
                )
            }
            TextError::Control => words!(
                "the text has a line break or another control character",
                "der Text enthält einen Zeilenumbruch oder ein anderes Steuerzeichen"
            ),
        }
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl ToSql for Text {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}

impl FromSql for Text {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Text::new(value.as_str()?).map_err(FromSqlError::other)
    }
}
