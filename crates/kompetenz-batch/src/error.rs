//! What ends a run before its last row.

use std::fmt;
use std::io;

use kompetenz::{Words, words};
use kompetenz_register::{RegisterError, TextError};

/// Why a run cannot go on. What it has issued so far stays: the same command, run again, goes on from there.
#[derive(Debug)]
pub enum BatchError {
    /// The register refuses.
    Register(RegisterError),
    /// A file cannot be written or read where the documents go.
    Shelf(io::Error),
    /// An id of the definition cannot stand in a register.
    Text(TextError),
    /// Another run is writing into the same folder.
    Occupied,
    /// The pattern for file names has a mistake.
    Pattern(Words),
    /// The file for the print shop cannot be made. The documents themselves are.
    PrintRun(Words),
}

impl BatchError {
    /// What is wrong, in both languages.
    pub fn words(&self) -> Words {
        match self {
            BatchError::Register(error) => error.words(),
            BatchError::Shelf(error) => words!("{error}", "das System meldet „{error}“"),
            BatchError::Text(error) => error.words(),
            BatchError::Occupied => words!(
                "another run is writing into this folder; wait until it is done",
                "ein anderer Lauf schreibt gerade in diesen Ordner; warten, bis er fertig ist"
            ),
            BatchError::Pattern(words) | BatchError::PrintRun(words) => words.clone(),
        }
    }
}

impl fmt::Display for BatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words().en)
    }
}

impl std::error::Error for BatchError {}

impl From<RegisterError> for BatchError {
    fn from(error: RegisterError) -> BatchError {
        BatchError::Register(error)
    }
}

impl From<io::Error> for BatchError {
    fn from(error: io::Error) -> BatchError {
        BatchError::Shelf(error)
    }
}

impl From<TextError> for BatchError {
    fn from(error: TextError) -> BatchError {
        BatchError::Text(error)
    }
}
