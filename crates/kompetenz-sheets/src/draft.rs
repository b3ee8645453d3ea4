//! A participant in the making: gathered from rows of a table or from a form, and proven complete at the end.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;
use kompetenz::entry::{Entry, FactEntry, Fault, FaultCode, Form, Origin, Rating, Spot};
use kompetenz::raw::FactKind;
use kompetenz::record::{MAX_KEY_CHARS, MAX_NAME_CHARS};
use kompetenz::{Exact, Words, words};

use unicode_normalization::UnicodeNormalization;

use crate::value::{Written, how_to_write_numbers, no_number};
use crate::{Person, Rejected};

/// How many faults of one participant are listed.
const MAX_FAULTS: usize = 100;

/// A place in a file, with the heading or path by which people know it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct At<'a> {
    pub(crate) spot: Spot,
    pub(crate) field: &'a Arc<str>,
}

/// What one row said about the person, and where, so that another row can be held against it.
#[derive(Debug)]
struct Said<T> {
    value: T,
    spot: Spot,
    field: Arc<str>,
}

/// The fields that hold a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Day {
    Birth,
    From,
    To,
}

#[derive(Debug)]
pub(crate) struct Draft {
    origin: Origin,
    key: Option<String>,
    name: Option<Said<String>>,
    birth_date: Option<Said<Date>>,
    from: Option<Said<Date>>,
    to: Option<Said<Date>>,
    hours: Option<Said<Exact>>,
    observers: Vec<String>,
    /// Where each observer stands first, by the name in small letters: `Anna` and `anna` are one person.
    observer_spots: HashMap<String, (usize, Spot)>,
    ratings: Vec<Rating>,
    facts: Vec<FactEntry>,
    faults: Vec<Fault>,
}

impl Draft {
    pub(crate) fn new(origin: Origin) -> Draft {
        Draft {
            origin,
            key: None,
            name: None,
            birth_date: None,
            from: None,
            to: None,
            hours: None,
            observers: Vec::new(),
            observer_spots: HashMap::new(),
            ratings: Vec::new(),
            facts: Vec::new(),
            faults: Vec::new(),
        }
    }

    /// Reports a fault. Beyond [`MAX_FAULTS`] nobody reads on, and a hostile file must not fill the memory.
    pub(crate) fn report(&mut self, code: FaultCode, at: At<'_>, message: Words, help: Option<Words>) {
        if self.is_full() {
            return;
        }
        if self.faults.len() == MAX_FAULTS {
            let message = words!(
                "further faults of this participant are not listed",
                "weitere Fehler dieser Person sind nicht aufgeführt"
            );
            self.faults.push(Fault::new(code, &self.origin, at.spot, message));
            return;
        }
        let mut fault = Fault::new(code, &self.origin, at.spot, message);
        if !at.field.is_empty() {
            fault.field = Some(at.field.to_string());
        }
        fault.help = help;
        self.faults.push(fault);
    }

    /// Whether more faults would not be listed.
    pub(crate) fn is_full(&self) -> bool {
        self.faults.len() > MAX_FAULTS
    }

    pub(crate) fn missing(&mut self, at: At<'_>) {
        let field = at.field;
        self.report(FaultCode::MissingValue, at, words!("`{field}` is empty", "`{field}` ist leer"), None);
    }

    /// The text of a field that must be one, or nothing and a fault.
    fn text_of<'a>(&mut self, written: Written<'a>, at: At<'_>) -> Option<&'a str> {
        let text = written.text();
        let field = at.field;
        match text {
            None => {
                let message = words!("`{field}` is not a text", "`{field}` ist kein Text");
                let help = words!("write it in quotation marks", "in Anführungszeichen schreiben");
                self.report(FaultCode::WrongType, at, message, Some(help));
            }
            Some(text) if text.contains(char::REPLACEMENT_CHARACTER) => {
                self.lost_characters(at);
                return None;
            }
            Some(_) => {}
        }
        text
    }

    /// Programs that save in an old encoding put a question mark where they have no letter, for instance for `ș`.
    fn lost_characters(&mut self, at: At<'_>) {
        let field = at.field;
        let message = words!(
            "`{field}` has a sign in it that stands for a lost letter",
            "in `{field}` steht ein Zeichen für einen verlorenen Buchstaben"
        );
        let help = match self.origin.form {
            Form::Table => crate::save_as_utf8(),
            Form::Text => words!("write it with all its letters", "mit allen Buchstaben schreiben"),
        };
        self.report(FaultCode::LostCharacter, at, message, Some(help));
    }

    fn too_long(&mut self, at: At<'_>, message: Words) {
        self.report(FaultCode::TooLong, at, message, None);
    }

    fn key_too_long(&mut self, at: At<'_>) {
        let field = at.field;
        let message = words!(
            "`{field}` has more than {MAX_KEY_CHARS} characters",
            "`{field}` hat mehr als {MAX_KEY_CHARS} Zeichen"
        );
        self.too_long(at, message);
    }

    pub(crate) fn key(&mut self, written: Written<'_>, at: At<'_>) {
        if written.is_empty() {
            return self.missing(at);
        }
        let Some(key) = self.text_of(written, at) else { return };
        if self.key.is_none() {
            if key.chars().nth(MAX_KEY_CHARS).is_some() {
                self.key_too_long(at);
            }
            self.key = Some(key.to_owned());
        }
    }

    pub(crate) fn name(&mut self, written: Written<'_>, at: At<'_>) {
        if written.is_empty() {
            return;
        }
        let Some(name) = self.text_of(written, at) else { return };
        if name.contains('?') {
            return self.lost_characters(at);
        }
        // Counting stops early, because the name could be as long as the file.
        if name.chars().nth(MAX_NAME_CHARS).is_some() {
            let field = at.field;
            return self.too_long(
                at,
                words!(
                    "`{field}` has more than {MAX_NAME_CHARS} characters",
                    "`{field}` hat mehr als {MAX_NAME_CHARS} Zeichen"
                ),
            );
        }
        match &self.name {
            // Compared before it is copied: most rows repeat the name.
            Some(said) if said.value == name => {}
            // One keyboard writes `ț` as one character, another as two: the same name all the same.
            Some(said) if said.value.nfc().eq(name.nfc()) => {}
            Some(said) => {
                let earlier = said.spot;
                self.contradiction(earlier, at);
            }
            None => {
                self.name = Some(Said { value: name.to_owned(), spot: at.spot, field: at.field.clone() });
            }
        }
    }

    pub(crate) fn day(&mut self, day: Day, written: Written<'_>, at: At<'_>) {
        if written.is_empty() {
            return;
        }
        match written.date() {
            Ok(date) => {
                let slot = match day {
                    Day::Birth => &mut self.birth_date,
                    Day::From => &mut self.from,
                    Day::To => &mut self.to,
                };
                if let Some(earlier) = agree(slot, date, at) {
                    self.contradiction(earlier, at);
                }
            }
            Err(problem) => {
                let (message, help) = problem.words(at.field);
                self.report(FaultCode::InvalidDate, at, message, help);
            }
        }
    }

    pub(crate) fn hours(&mut self, written: Written<'_>, at: At<'_>) {
        if written.is_empty() {
            return;
        }
        let field = at.field;
        match written.number() {
            Some(hours) if hours.is_negative() => {
                let message = words!("`{field}` is below zero", "`{field}` ist kleiner als null");
                self.report(FaultCode::InvalidNumber, at, message, None);
            }
            Some(hours) => {
                if let Some(earlier) = agree(&mut self.hours, hours, at) {
                    self.contradiction(earlier, at);
                }
            }
            None => {
                self.report(FaultCode::InvalidNumber, at, no_number(field), Some(how_to_write_numbers()));
            }
        }
    }

    /// Adds an observer and says which one it is.
    pub(crate) fn observer(&mut self, name: &str, at: At<'_>) -> usize {
        let name = name.trim();
        if name.is_empty() {
            self.missing(at);
        } else if name.chars().nth(MAX_KEY_CHARS).is_some() {
            self.key_too_long(at);
        } else if let Some(name) = self.text_of(Written::Text(name), at) {
            if let Some(&(ix, earlier)) = self.observer_spots.get(&name.to_lowercase()) {
                let (first, second) = (earlier.row, at.spot.row);
                let message = match self.origin.form {
                    Form::Table => words!(
                        "rows {first} and {second} are of the same participant and the same observer",
                        "die Zeilen {first} und {second} gehören zu derselben Person und derselben Beobachtung"
                    ),
                    Form::Text => words!(
                        "lines {first} and {second} are of the same observer",
                        "die Zeilen {first} und {second} gehören zu derselben Beobachtung"
                    ),
                };
                self.report(FaultCode::DuplicateRow, at, message, None);
                return ix;
            }
            self.observer_spots.insert(name.to_lowercase(), (self.observers.len(), at.spot));
            self.observers.push(name.to_owned());
            return self.observers.len() - 1;
        }
        // The participant is rejected already. The index only has to be one.
        0
    }

    pub(crate) fn rate(&mut self, item: &Arc<str>, observer: usize, written: Written<'_>, at: At<'_>) {
        if written.is_empty() {
            return;
        }
        match written.given(None) {
            Ok(value) => self.ratings.push(Rating { item: item.clone(), observer, value, spot: at.spot }),
            Err(problem) => {
                let (code, message, help) = problem.words(at.field);
                self.report(code, at, message, help);
            }
        }
    }

    pub(crate) fn fact(&mut self, fact: &Arc<str>, kind: FactKind, written: Written<'_>, at: At<'_>) {
        if written.is_empty() {
            return;
        }
        match written.given(Some(kind)) {
            Ok(value) => match self.facts.iter().find(|known| known.fact == *fact) {
                Some(known) if known.value == value => {}
                Some(known) => {
                    let earlier = known.spot;
                    self.contradiction(earlier, at);
                }
                None => self.facts.push(FactEntry { fact: fact.clone(), value, spot: at.spot }),
            },
            Err(problem) => {
                let (code, message, help) = problem.words(at.field);
                self.report(code, at, message, help);
            }
        }
    }

    fn contradiction(&mut self, earlier: Spot, at: At<'_>) {
        let (field, first, second) = (at.field, earlier.row, at.spot.row);
        let message = words!(
            "`{field}` differs between rows {first} and {second}, which are of the same participant",
            "`{field}` ist in den Zeilen {first} und {second} verschieden, obwohl sie zu derselben Person gehören"
        );
        let help = words!(
            "make both rows say the same, leave one of the cells empty, or give namesakes different keys",
            "beide Zeilen angleichen, eine der Zellen leer lassen oder Namensgleichen verschiedene Kennungen geben"
        );
        self.report(FaultCode::Contradiction, at, message, Some(help));
    }

    /// The entry, if nothing is wrong. `name` is where a name that is nowhere should have been.
    pub(crate) fn finish(mut self, name: At<'_>) -> Person {
        let name_is_at_fault = self.faults.iter().any(|fault| fault.field.as_deref() == Some(name.field));
        if self.name.is_none() && !name_is_at_fault {
            self.missing(name);
        }
        let order = [(&self.from, &self.to), (&self.birth_date, &self.from), (&self.birth_date, &self.to)]
            .into_iter()
            .find_map(|(earlier, later)| match (earlier, later) {
                (Some(earlier), Some(later)) if later.value < earlier.value => {
                    Some((earlier.field.clone(), later.field.clone(), later.spot))
                }
                _ => None,
            });
        if let Some((earlier, later, spot)) = order {
            let message = words!("`{later}` is before `{earlier}`", "`{later}` liegt vor `{earlier}`");
            self.report(FaultCode::InvalidDate, At { spot, field: &later }, message, None);
        }
        if !self.faults.is_empty() {
            self.faults.sort_by_key(|fault| fault.spot);
            return Err(Rejected { origin: self.origin, key: self.key, faults: self.faults });
        }
        // Entries live long, and a batch has many of them.
        self.ratings.shrink_to_fit();
        self.facts.shrink_to_fit();
        Ok(Entry {
            key: self.key.unwrap_or_default(),
            origin: self.origin,
            name: self.name.map(|said| said.value).unwrap_or_default(),
            birth_date: self.birth_date.map(|said| said.value),
            from: self.from.map(|said| said.value),
            to: self.to.map(|said| said.value),
            hours: self.hours.map(|said| said.value),
            observers: self.observers,
            ratings: self.ratings,
            facts: self.facts,
        })
    }
}

/// Keeps the first value. The place of the first value, if a later one differs from it.
fn agree<T: PartialEq>(slot: &mut Option<Said<T>>, value: T, at: At<'_>) -> Option<Spot> {
    if let Some(said) = slot {
        return (said.value != value).then_some(said.spot);
    }
    *slot = Some(Said { value, spot: at.spot, field: at.field.clone() });
    None
}
