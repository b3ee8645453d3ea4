//! Digests: SHA-256 as the register stores, compares and prints it.

use std::fmt;

use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlResult, ToSqlOutput, ValueRef};
use serde::{Serialize, Serializer};
use sha2::{Digest as _, Sha256};

/// A SHA-256 digest, printed and serialised as 64 hexadecimal digits.
///
/// ```
/// use kompetenz_register::Digest;
/// let digest = Digest::of(b"%PDF-1.7");
/// assert_eq!(Digest::parse(&digest.to_string()), Some(digest));
/// assert_eq!(Digest::parse("1234"), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub(crate) [u8; 32]);

impl Digest {
    /// The digest of some bytes, for instance those of a PDF file.
    pub fn of(bytes: &[u8]) -> Digest {
        Digest(Sha256::digest(bytes).into())
    }

    /// Reads 64 hexadecimal digits, as `kompetenz::Assessment::digest` has them. `None`: it is something else.
    pub fn parse(hex: &str) -> Option<Digest> {
        if hex.len() != 64 || !hex.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        let mut bytes = [0; 32];
        for (ix, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&hex[2 * ix..2 * ix + 2], 16).ok()?;
        }
        Some(Digest(bytes))
    }
}

impl From<[u8; 32]> for Digest {
    /// A digest that was computed piece by piece.
    fn from(bytes: [u8; 32]) -> Digest {
        Digest(bytes)
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl ToSql for Digest {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Blob(&self.0)))
    }
}

impl FromSql for Digest {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        FromSql::column_result(value).map(Digest)
    }
}

/// Digests a row of fields so that no two different rows run into the same bytes.
pub(crate) struct Fields(Sha256);

impl Fields {
    /// Begins with a name, so that a digest of one purpose is never one of another.
    pub(crate) fn of(purpose: &str) -> Fields {
        Fields(Sha256::new()).bytes(purpose.as_bytes())
    }

    pub(crate) fn bytes(mut self, bytes: &[u8]) -> Fields {
        self.0.update((bytes.len() as u64).to_be_bytes());
        self.0.update(bytes);
        self
    }

    pub(crate) fn text(self, text: &str) -> Fields {
        self.bytes(text.as_bytes())
    }

    pub(crate) fn number(self, number: i64) -> Fields {
        self.bytes(&number.to_be_bytes())
    }

    /// An absent field is no bytes and a mark, a field that is there has another mark.
    pub(crate) fn maybe(self, bytes: Option<&[u8]>) -> Fields {
        match bytes {
            Some(bytes) => self.number(1).bytes(bytes),
            None => self.number(0),
        }
    }

    pub(crate) fn digest(self) -> Digest {
        Digest(self.0.finalize().into())
    }
}
