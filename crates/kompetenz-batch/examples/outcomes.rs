//! A batch without the command line: results from code, certificates in a folder, an outcome for each row.
//!
//! ```sh
//! cargo run --release -p kompetenz-batch --example outcomes -- certificates
//! ```

#![allow(clippy::print_stdout, reason = "an example speaks to whoever runs it")]

use std::error::Error;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::{env, fs};

use kompetenz::certificate::{Issuer as Shown, Issuing};
use kompetenz::entry::{Entry, Occasion, Rating, Spot};
use kompetenz::raw::{self, Given};
use kompetenz::{Sources, check};
use kompetenz_batch::{
    Batch, Book, Cancel, Choice, Desk, Folder, GROUP, Kind, Languages, Names, Remarks, Row, Settings,
};
use kompetenz_register::{Access, Issuer, Register, Scope};
use kompetenz_render::{Pictures, Studio, Template};

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::args().nth(1).unwrap_or_else(|| "certificates".into()));

    // The definition: its main file, and the files that it names.
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assessments/nordstadt");
    let main = fs::read_to_string(folder.join("assessment.toml"))?;
    let mut sources = Sources::new("assessment.toml", main.as_str());
    for name in raw::files_of(&main) {
        let text = fs::read_to_string(folder.join(&name))?;
        sources.add(name, text);
    }
    let assessment = check(&sources).assessment.ok_or("the definition has mistakes")?;

    // Who issues. The secret is the same for numbers and register.
    let secret = "correct horse battery staple";
    let shown = Shown {
        name: "Anlaufstelle Willkommen Nordstadt".into(),
        address: vec!["Musterstraße 5".into(), "44145 Dortmund".into()],
        place: "Dortmund".into(),
        color: "#0d5c73".into(),
        ..Shown::default()
    };
    let issuing = Issuing { issuer: shown, secret: secret.into(), ..Issuing::default() };
    let issuer = Issuer::new("willkommen-nordstadt", secret)?;
    let studio = Studio::new(&Template::certificate(), Pictures::default())?;
    let desk = Desk {
        assessment: &assessment,
        issuing: &issuing,
        press: &studio,
        kind: Kind::Certificate,
        languages: Languages { first: assessment.main_language(), beside: None },
        issued: jiff::civil::date(2026, 11, 22),
        chosen_day: true,
        draft: false,
    };

    // Where the documents go, and where they are registered.
    let shelf = Folder::open(&out)?;
    let register = Register::open(&out.join("register.sqlite"), &issuer, Access::Create(Scope::Whole))?;
    let book = Book::new(Some(register), &issuer, &desk, Remarks::default())?;
    let settings = Settings {
        choice: Choice::default(),
        names: Names::new(None, None, &assessment)?,
        workers: NonZeroUsize::new(2).ok_or("two workers")?,
        group: GROUP,
        fail_fast: false,
        cancel: Cancel::default(),
        now: &|| jiff::Timestamp::UNIX_EPOCH,
        tick: &|| (),
    };

    // The rows may come from anywhere; nothing happens before the loop asks for the next outcome.
    let rows = (1..=3).map(person);
    for outcome in Batch::new(&desk, Some(book), &shelf, settings, rows) {
        println!("{}", outcome?.json());
    }
    Ok(())
}

/// A person whose German was rated.
fn person(number: u32) -> Row {
    let rating = |item: &str| Rating {
        item: item.into(),
        occasion: 0,
        value: Given::Text("A2".into()),
        spot: Spot::default(),
    };
    let entry = Entry {
        key: format!("P-{number:04}"),
        name: format!("Person {number}"),
        occasions: vec![Occasion::of("anna")],
        ratings: vec![rating("german.speaking-screening"), rating("german.listening-screening")],
        ..Entry::default()
    };
    Row { origin: entry.origin.clone(), entry: Ok(entry) }
}
