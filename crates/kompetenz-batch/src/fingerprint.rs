//! What makes a batch the one it is, the same on every machine that makes a part of it.
//!
//! The digest is computed from what the results say, field by field and each with its length before it, and not from
//! how this version of the program keeps them: parts made by different versions can be joined as long as the layout
//! below, [`LAYOUT`], is the same. Where results stand does not count, so a copy of the file under another name is
//! the same batch.

use kompetenz::entry::{
    Decision, FactEntry, Localized, Note, Observer, Occasion, Rating, Resolution, Ruling,
};
use kompetenz::raw::Given;
use kompetenz::{Entry, Fault};
use kompetenz_register::Digest;
use sha2::{Digest as _, Sha256};

use crate::{Desk, Row};

/// To be raised when anything below changes what is hashed.
const LAYOUT: &str = "kompetenz-batch-digest/1";

/// The digest of a batch: definition, kind, languages, day, round, and all its rows in their order.
///
/// The registers of parts can be joined if they were made with the same one.
pub fn fingerprint(desk: &Desk<'_>, round: Option<&str>, rows: &[Row]) -> Digest {
    let Desk { assessment, kind, languages, issued, .. } = desk;
    let mut hash = Hash(Sha256::new());
    for text in [LAYOUT, &assessment.digest, kind.name(), &languages.tag(assessment), &issued.to_string()] {
        hash.text(text);
    }
    hash.maybe(round);
    hash.list(rows, row);
    Digest::from(<[u8; 32]>::from(hash.0.finalize()))
}

/// Writes values so that no two different sequences of them are the same bytes.
struct Hash(Sha256);

impl Hash {
    fn number(&mut self, number: u64) {
        self.0.update(number.to_be_bytes());
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.update(text);
    }

    fn maybe(&mut self, text: Option<&str>) {
        self.number(text.is_some().into());
        if let Some(text) = text {
            self.text(text);
        }
    }

    fn list<T>(&mut self, list: &[T], each: impl Fn(&mut Hash, &T)) {
        self.number(list.len() as u64);
        for item in list {
            each(self, item);
        }
    }
}

fn row(hash: &mut Hash, row: &Row) {
    match &row.entry {
        Ok(read) => {
            hash.text("entry");
            entry(hash, read);
        }
        // What could not be read is told by its place and by what is wrong with it.
        Err(faults) => {
            hash.text("faults");
            hash.text(&row.origin.source().file);
            hash.number(row.origin.spot.row.into());
            hash.list(faults, |hash, Fault { code, spot, .. }| {
                hash.text(code.name());
                hash.number(spot.row.into());
                hash.number(spot.column.into());
            });
        }
    }
}

// Each field is named, so that the compiler asks about a new one.
fn entry(hash: &mut Hash, entry: &Entry) {
    let Entry {
        key,
        origin: _,
        name,
        birth_date,
        from,
        to,
        hours,
        occasions,
        ratings,
        notes,
        resolutions,
        facts,
        decisions,
    } = entry;
    hash.text(key);
    hash.text(name);
    for date in [birth_date, from, to] {
        hash.maybe(date.map(|date| date.to_string()).as_deref());
    }
    hash.maybe(hours.as_ref().map(kompetenz::Exact::to_fraction).as_deref());
    hash.list(occasions, |hash, Occasion { observer, situation, trial }| {
        hash.maybe(match observer {
            Observer::Named(name) => Some(name),
            Observer::Own => None,
        });
        hash.maybe(situation.as_deref());
        hash.number((*trial).into());
    });
    hash.list(ratings, |hash, Rating { item, occasion, value, spot: _ }| {
        hash.text(item);
        hash.number(*occasion as u64);
        given(hash, value);
    });
    hash.list(notes, |hash, Note { about, occasion, text, spot: _ }| {
        hash.text(about);
        hash.number(*occasion as u64);
        hash.text(text);
    });
    hash.list(resolutions, |hash, Resolution { about, situation, value, note, by, spot: _ }| {
        hash.text(about);
        hash.maybe(situation.as_deref());
        given(hash, value);
        hash.text(note);
        hash.maybe(by.as_deref());
    });
    hash.list(facts, |hash, FactEntry { fact, value, spot: _ }| {
        hash.text(fact);
        given(hash, value);
    });
    hash.list(decisions, |hash, Decision { ruling: decided, reason, by, spot: _ }| {
        ruling(hash, decided);
        hash.maybe(reason.as_deref());
        hash.maybe(by.as_deref());
    });
}

fn ruling(hash: &mut Hash, ruling: &Ruling) {
    match ruling {
        Ruling::Confirmed(path) => {
            hash.text("confirmed");
            hash.text(path);
        }
        Ruling::Edited(path, texts) => {
            hash.text("edited");
            hash.text(path);
            hash.list(texts, localized);
        }
        Ruling::Rejected(path) => {
            hash.text("rejected");
            hash.text(path);
        }
        Ruling::Added { step, text, body, due } => {
            hash.text("added");
            hash.number((*step).into());
            hash.list(text, localized);
            hash.list(body, localized);
            hash.maybe(due.as_deref());
        }
    }
}

fn localized(hash: &mut Hash, Localized { language, text }: &Localized) {
    hash.maybe(language.as_deref());
    hash.text(text);
}

fn given(hash: &mut Hash, value: &Given) {
    let (kind, text) = match value {
        Given::Number(number) => ("number", number.to_fraction()),
        Given::Text(text) => ("text", text.clone()),
        Given::Flag(flag) => ("flag", flag.to_string()),
        Given::Date(date) => ("date", date.to_string()),
    };
    hash.text(kind);
    hash.text(&text);
}
