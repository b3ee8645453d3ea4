//! An office with people, and a press that is quick because it does not set type.

use std::collections::BTreeMap;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use kompetenz::certificate::{Issuer as Shown, Issuing, Signatory};
use kompetenz::entry::{Entry, Occasion, Origin, Rating, Spot};
use kompetenz::raw::{self, Given};
use kompetenz::{Assessment, Exact, Sources, check};
use kompetenz_batch::{
    Batch, BatchError, Book, Cancel, Choice, Desk, Document, Fate, Folder, Kind, Languages, Names, Outcome,
    Press, Remarks, Row, Settings, Shelf,
};
use kompetenz_register::{Access, Export, Issuer, Register, Scope};
use kompetenz_render::RenderError;

pub(crate) const SECRET: &str = "correct horse battery staple";

/// A small one: every process that is started to be killed reads it anew.
pub(crate) static ASSESSMENT: LazyLock<Assessment> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../kompetenz-cli/src/starter");
    let main = fs::read_to_string(folder.join("assessment.toml")).unwrap();
    let mut sources = Sources::new("assessment.toml", main.as_str());
    for name in raw::files_of(&main) {
        let text = fs::read_to_string(folder.join(&name)).unwrap();
        sources.add(name, text);
    }
    check(&sources).assessment.unwrap()
});

pub(crate) static ISSUING: LazyLock<Issuing> = LazyLock::new(|| Issuing {
    issuer: Shown {
        name: "Anlaufstelle".into(),
        address: vec!["Musterstraße 5".into()],
        place: "Dortmund".into(),
        color: "#0d5c73".into(),
        signatories: vec![Signatory { name: "Maria Beispiel".into(), role: "Leitung".into() }],
        ..Shown::default()
    },
    secret: SECRET.into(),
    ..Issuing::default()
});

pub(crate) fn issuer() -> Issuer {
    Issuer::new("office", SECRET).unwrap()
}

/// Prints the data of a document; panics over one name, and stumbles over another.
pub(crate) struct Quick;

impl Press for Quick {
    fn pdf(&self, document: &Document) -> Result<Vec<u8>, RenderError> {
        let text = document.json().unwrap().to_string();
        assert!(!text.contains("Panic"), "the engine stumbles");
        if text.contains("Broken") {
            return Err(RenderError::Template(Vec::new()));
        }
        Ok(format!("%PDF {text}").into_bytes())
    }
}

pub(crate) const DAY: Date = date(2026, 11, 22);

pub(crate) fn desk(issued: Date) -> Desk<'static> {
    Desk {
        assessment: &ASSESSMENT,
        issuing: &ISSUING,
        press: &Quick,
        kind: Kind::Certificate,
        languages: Languages { first: ASSESSMENT.main_language(), beside: None },
        issued,
        chosen_day: true,
        draft: false,
    }
}

/// A person in a row of the results, who shows so much of everything at woodwork.
pub(crate) fn person(row: u32, name: &str, rating: i64) -> Row {
    let mut entry = Entry {
        key: format!("P-{row:04}"),
        name: name.into(),
        occasions: vec![Occasion::of("anna"), Occasion::of("ben")],
        origin: Origin { spot: Spot { row, ..Spot::default() }, ..Origin::default() },
        ..Entry::default()
    };
    for task in ["saw", "box"] {
        for criterion in ["quality", "safety"] {
            entry.ratings.extend((0..2).map(|occasion| Rating {
                item: format!("{task}-{criterion}").into(),
                occasion,
                value: Given::Number(Exact::from(rating)),
                spot: Spot::default(),
            }));
        }
    }
    Row { origin: entry.origin.clone(), entry: Ok(entry) }
}

/// So many people in the wording of a version: every third is corrected from one to the next.
pub(crate) fn people(count: u32, version: i64) -> Vec<Row> {
    let rating = |row| if row % 3 == 0 { 2 + version % 2 } else { 3 };
    (1..=count).map(|row| person(row, "Ana Pop", rating(row))).collect()
}

pub(crate) fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

/// Two at a time, recorded in groups of four.
pub(crate) fn settings() -> Settings<'static> {
    Settings {
        choice: Choice::default(),
        names: Names::new(None, None, &ASSESSMENT).unwrap(),
        workers: NonZeroUsize::new(2).unwrap(),
        group: NonZeroUsize::new(4).unwrap(),
        fail_fast: false,
        cancel: Cancel::default(),
        now: &now,
        tick: &|| (),
    }
}

pub(crate) fn register(folder: &Path) -> Register {
    Register::open(&folder.join("register.sqlite"), &issuer(), Access::Create(Scope::Whole)).unwrap()
}

/// The office with a folder of its own.
pub(crate) struct Office {
    folder: tempfile::TempDir,
}

impl Office {
    pub(crate) fn new() -> Office {
        Office { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn run(&self, rows: Vec<Row>) -> Vec<Outcome> {
        self.run_with(&desk(DAY), settings(), rows)
    }

    pub(crate) fn run_with(&self, desk: &Desk<'_>, settings: Settings<'_>, rows: Vec<Row>) -> Vec<Outcome> {
        let folder = Folder::open(self.path()).unwrap();
        run_on(&folder, self.path(), desk, settings, rows).map(Result::unwrap).collect()
    }

    pub(crate) fn export(&self) -> Export {
        let register = register(self.path());
        assert_eq!(register.check(None).unwrap().findings, []);
        register.export().unwrap()
    }

    /// The documents of the folder with their bytes, wherever they lie.
    pub(crate) fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(self.path(), self.path(), &mut files);
        files
    }
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else if path.extension().is_some_and(|ending| ending == "pdf") {
            files.insert(path.strip_prefix(root).unwrap().to_owned(), fs::read(&path).unwrap());
        }
    }
}

/// A run that registers in the folder.
pub(crate) fn run_on<'a, S: Shelf>(
    shelf: &'a S,
    folder: &Path,
    desk: &'a Desk<'a>,
    settings: Settings<'a>,
    rows: Vec<Row>,
) -> impl Iterator<Item = Result<Outcome, BatchError>> + 'a {
    let book = Book::new(Some(register(folder)), &issuer(), desk, Remarks::default()).unwrap();
    Batch::new(desk, Some(book), shelf, settings, rows)
}

/// The fates as words, such as `issued` and `refused: twice`.
pub(crate) fn fates(outcomes: &[Outcome]) -> Vec<String> {
    let word = |outcome: &Outcome| match outcome.fate.reason() {
        Some((code, _)) => format!("{}: {code}", outcome.fate.name()),
        None => outcome.fate.name().to_owned(),
    };
    outcomes.iter().map(word).collect()
}

/// The number of an outcome that has one.
pub(crate) fn number(outcome: &Outcome) -> String {
    outcome.fate.made().map(|made| made.number.clone()).expect("a document")
}

pub(crate) fn is_corrected(outcome: &Outcome) -> bool {
    matches!(outcome.fate, Fate::Corrected(..))
}
