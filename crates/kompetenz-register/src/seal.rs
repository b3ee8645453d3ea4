//! The seal: what vouches for everything recorded up to a moment.

use std::fmt;

use rusqlite::{Connection, OptionalExtension};
use serde::{Serialize, Serializer};

use crate::{Digest, Register, RegisterError};

/// What vouches for everything up to an event: how many there are, and the link of the last one.
///
/// Written down somewhere else (in the minutes, in a mail to the board), it proves later that nothing before it was
/// changed, taken away or slipped in: see [`Register::check`].
///
/// ```
/// use kompetenz_register::Seal;
/// let seal = Seal::parse("12-e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855").unwrap();
/// assert_eq!(seal.events, 12);
/// assert_eq!(Seal::parse(&seal.to_string()), Some(seal));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seal {
    /// How many events there are.
    pub events: i64,
    /// The link of the last one. Without events: that of the register itself.
    pub link: Digest,
}

impl Seal {
    /// Reads a seal as it is printed. `None`: it is something else.
    pub fn parse(text: &str) -> Option<Seal> {
        let (events, link) = text.trim().split_once('-')?;
        Some(Seal { events: events.parse().ok().filter(|events| *events >= 0)?, link: Digest::parse(link)? })
    }
}

impl fmt::Display for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.events, self.link)
    }
}

impl Serialize for Seal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Register {
    /// The seal of everything recorded so far.
    pub fn seal(&self) -> Result<Seal, RegisterError> {
        seal(&self.connection, self.genesis())
    }
}

/// The end of the chain. Before the first event it is the `genesis`.
pub(crate) fn seal(connection: &Connection, genesis: Digest) -> Result<Seal, RegisterError> {
    let sql = "SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1";
    let last = connection
        .query_row(sql, [], |row| Ok(Seal { events: row.get(0)?, link: row.get(1)? }))
        .optional()?;
    Ok(last.unwrap_or(Seal { events: 0, link: genesis }))
}
