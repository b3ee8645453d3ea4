//! People, documents and registers that the tests share.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::date;
use kompetenz::Words;
use kompetenz_register::{
    Access, Candidate, Digest, Document, Issue, Issuer, Number, Register, RegisterError, Scope, Stamp, Text,
};
use tempfile::TempDir;

/// A folder of its own for every test.
pub(crate) struct Desk(TempDir);

impl Desk {
    pub(crate) fn new() -> Desk {
        Desk(tempfile::tempdir().unwrap())
    }

    pub(crate) fn folder(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder().join("register.sqlite")
    }

    /// The register of this desk; made when it is asked for first.
    pub(crate) fn register(&self) -> Register {
        self.scoped("register.sqlite", Scope::Whole)
    }

    pub(crate) fn scoped(&self, name: &str, scope: Scope) -> Register {
        Register::open(&self.folder().join(name), &issuer(), Access::Create(scope)).unwrap()
    }

    /// The same file without any of our rules, as a tool for databases opens it.
    pub(crate) fn raw(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.path()).unwrap()
    }
}

pub(crate) fn issuer() -> Issuer {
    Issuer::new("office-dortmund", "correct horse battery staple").unwrap()
}

pub(crate) fn text(text: &str) -> Text {
    Text::new(text).unwrap()
}

/// So many minutes after the first batch began.
pub(crate) fn at(minutes: i64) -> Stamp {
    Stamp::at(Timestamp::from_second(1_795_341_600 + 60 * minutes).unwrap())
}

pub(crate) fn candidate(key: &str, says: &str) -> Candidate {
    let document = Document {
        participant: issuer().participant(key),
        assessment: text("nordstadt"),
        kind: text("certificate"),
        language: text("de"),
        round: None,
    };
    Candidate { document, data: Digest::of(says.as_bytes()) }
}

/// The issue of a candidate, with a file as [`pdf`] makes it.
pub(crate) fn edition(candidate: Candidate, edition: u32) -> Issue {
    let (version, issued) = (text("1.0.0"), date(2026, 11, 22));
    let number = Number::derive(&issuer(), &candidate.document, &version, edition, issued);
    let file = Digest::of(&pdf(&number, &candidate.data));
    let definition = Digest::of(b"definition");
    Issue { candidate, edition, number, version, definition, file, issued, reason: None }
}

pub(crate) fn issue(key: &str, says: &str) -> Issue {
    edition(candidate(key, says), 1)
}

/// Stands in for the engine: the same input gives the same bytes.
pub(crate) fn pdf(number: &Number, data: &Digest) -> Vec<u8> {
    format!("%PDF-1.7 {number} says {data}").into_bytes()
}

/// The refusals of an error, in English and then in German.
pub(crate) fn refusals<T: std::fmt::Debug>(result: Result<T, RegisterError>) -> String {
    let error = result.unwrap_err();
    assert!(matches!(error, RegisterError::Refused(_) | RegisterError::Merge(_)), "{error:?}");
    let Words { en, de } = error.words();
    format!("{en}\n{de}")
}

/// Numbers that look random and are the same in every run.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// All files of a folder by name, without the register and what lies beside it.
pub(crate) fn files(folder: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .filter(|path| path.is_file())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap()))
        .filter(|(name, _)| !name.starts_with("register.sqlite"))
        .collect()
}
