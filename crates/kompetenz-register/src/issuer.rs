//! Who keeps the register, and how participants are recognised without being named.

use std::fmt;

use kompetenz::{Words, words};
use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlResult, ToSqlOutput, ValueRef};
use serde::Serialize;

use crate::{Digest, Text};

/// The shortest secret, in bytes. Whoever can try all secrets can try all keys.
pub const MIN_SECRET: usize = 16;

/// The body that issues certificates, with the secret behind all keyed hashes.
///
/// ```
/// use kompetenz_register::Issuer;
/// let issuer = Issuer::new("office-dortmund", "correct horse battery staple")?;
/// assert_eq!(issuer.participant("P-0017"), issuer.participant("P-0017"));
/// assert_ne!(issuer.participant("P-0017"), issuer.participant("P-0018"));
/// assert!(Issuer::new("office-dortmund", "1234").is_err());
/// # Ok::<(), kompetenz_register::IssuerError>(())
/// ```
#[derive(Clone)]
pub struct Issuer {
    id: Text,
    secret: String,
}

/// Why nobody can keep a register like this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.words().en)]
pub enum IssuerError {
    /// The issuer's id is no text.
    Id(crate::TextError),
    /// The secret is shorter than [`MIN_SECRET`] bytes.
    ShortSecret,
}

impl Issuer {
    /// An issuer by its id, which never changes, and its secret.
    pub fn new(id: &str, secret: &str) -> Result<Issuer, IssuerError> {
        if secret.len() < MIN_SECRET {
            return Err(IssuerError::ShortSecret);
        }
        Ok(Issuer { id: Text::new(id).map_err(IssuerError::Id)?, secret: secret.to_owned() })
    }

    /// The id.
    pub fn id(&self) -> &Text {
        &self.id
    }

    /// The participant with this key, as the register knows people: by a hash nobody can compute without the
    /// secret.
    pub fn participant(&self, key: &str) -> Participant {
        Participant(Digest(kompetenz::number::participant(key, &self.secret)))
    }

    /// What the register keeps to recognise the secret.
    pub(crate) fn secret_mark(&self) -> Digest {
        Digest(kompetenz::number::keyed("secret", self.id.as_str(), &self.secret))
    }

    pub(crate) fn secret(&self) -> &str {
        &self.secret
    }
}

/// The secret stays out of logs.
impl fmt::Debug for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Issuer").field("id", &self.id).finish_non_exhaustive()
    }
}

impl IssuerError {
    /// What is wrong, in both languages.
    pub fn words(self) -> Words {
        match self {
            IssuerError::Id(error) => {
                let Words { en, de } = error.words();
                words!("the issuer's id: {en}", "die Kennung der ausstellenden Stelle: {de}")
            }
            IssuerError::ShortSecret => words!(
                "the issuer's secret is shorter than {MIN_SECRET} bytes",
                "das Geheimnis der ausstellenden Stelle ist kürzer als {MIN_SECRET} Bytes"
            ),
        }
    }

    /// What to do about it.
    pub fn help(self) -> Words {
        match self {
            IssuerError::Id(_) => words!(
                "choose a short id such as `office-dortmund`, and never change it",
                "eine kurze Kennung wie `stelle-dortmund` wählen und nie ändern"
            ),
            IssuerError::ShortSecret => words!(
                "set `secret` in `issuer.toml` to several random words, and keep a copy in a safe place",
                "in `issuer.toml` als `secret` mehrere zufällige Wörter setzen und eine Kopie sicher verwahren"
            ),
        }
    }
}

/// A participant as the register knows people: the HMAC-SHA-256 of the key with the issuer's secret.
///
/// Only [`Issuer::participant`] makes one, so no key gets into the register in clear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Participant(pub(crate) Digest);

impl fmt::Display for Participant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl ToSql for Participant {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}

impl FromSql for Participant {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Digest::column_result(value).map(Participant)
    }
}
