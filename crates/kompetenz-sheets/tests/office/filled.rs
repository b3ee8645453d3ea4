//! A sheet being filled in: what is typed into which cell, and the entry that it must come back as.
//!
//! Ratings and facts are taken in turn from what the sheet offers, so that each entry of each list is chosen by
//! somebody. What a choice means is said here once more, from the definition alone.

use std::collections::HashMap;
use std::sync::Arc;

use calamine::Data;
use kompetenz::assessment::{Assessment, Fact, Scale, ScaleValues};
use kompetenz::entry::{Entry, FactEntry, Note, Occasion, Rating, Spot, column_letters};
use kompetenz::raw::{FactKind, Given};
use kompetenz::record::Seen;
use kompetenz::{Exact, Record};

use super::session::Session;
use crate::write::{lists, row, sheet};

/// The sheet with the cells to fill in, and where the headings stand that are read, counted from 0.
pub(crate) const RESULTS: &str = "Ergebnisse";
const HEADINGS: u32 = 3;
/// One cell in so many stays empty.
const GAP: u32 = 7;

/// A workbook in front of an assessor.
pub(crate) struct Sheet<'a> {
    assessment: &'a Assessment,
    headings: Vec<String>,
    lists: HashMap<String, Vec<Data>>,
    /// How often each scale and fact had its turn.
    turns: HashMap<String, usize>,
}

/// Somebody whose rows are filled in.
pub(crate) struct Person {
    /// What must come back.
    pub(crate) entry: Entry,
    /// What the rating of an item on an occasion must be taken for.
    meant: HashMap<(Arc<str>, usize), Seen>,
}

impl<'a> Sheet<'a> {
    pub(crate) fn new(assessment: &'a Assessment, bytes: &[u8]) -> Sheet<'a> {
        Sheet {
            assessment,
            headings: row(&sheet(bytes, RESULTS), HEADINGS),
            lists: lists(bytes).into_iter().collect(),
            turns: HashMap::new(),
        }
    }

    /// Fills in a row: these cells by heading, and every rating; with the first row also every fact.
    pub(crate) fn fill(
        &mut self,
        session: &mut Session,
        person: &mut Person,
        number: u32,
        occasion: Occasion,
        cells: &[(&str, &str)],
    ) {
        let has_facts = !person.entry.facts.is_empty();
        let at = person.entry.occasions.len();
        person.entry.occasions.push(occasion);
        for (heading, column) in self.headings.clone().iter().zip(1..) {
            let spot = Spot { source: 0, row: number, column };
            let mut enter =
                |text: &str| session.type_in(&format!("{}{number}", column_letters(column)), text);
            if let Some((_, text)) = cells.iter().find(|(name, _)| name == heading) {
                enter(text);
                if let Some(about) = heading.strip_suffix("note") {
                    let about = about.trim_end_matches('.').into();
                    person.entry.notes.push(Note { about, occasion: at, text: (*text).to_owned(), spot });
                }
            } else if let Some((_, fact)) = self.assessment.facts().find(|(_, fact)| fact.path == *heading) {
                if !has_facts {
                    let (text, value) = self.fact(fact);
                    enter(&text);
                    person.entry.facts.push(FactEntry { fact: heading.as_str().into(), value, spot });
                }
            } else if let Some((ix, item)) = self.assessment.items().find(|(_, item)| item.path == *heading) {
                if (spot.row + column).is_multiple_of(GAP) {
                    continue;
                }
                let scale = self.assessment.scale(ix);
                let (text, value) = self.rating(scale);
                enter(&text);
                let item: Arc<str> = item.path.as_str().into();
                person.meant.insert((item.clone(), at), meaning(scale, &value));
                person.entry.ratings.push(Rating { item, occasion: at, value, spot });
            }
        }
    }

    /// The next of these values, and its text as it is typed in German.
    fn next(&mut self, path: &str, options: &[Given]) -> (String, Given) {
        let turn = self.turns.entry(path.to_owned()).or_default();
        let value = options[*turn % options.len()].clone();
        *turn += 1;
        let text = match &value {
            Given::Number(number) => number.to_plain().replace('.', ","),
            Given::Text(text) => text.clone(),
            other => panic!("nobody types {other:?}"),
        };
        (text, value)
    }

    /// What a list offers, in its order.
    fn offered(&self, path: &str) -> Vec<Given> {
        let entries = self.lists.get(path).map(Vec::as_slice).unwrap_or_default();
        let given = |entry: &Data| match entry {
            Data::String(text) => Given::Text(text.clone()),
            number => Given::Number(Exact::parse(&number.to_string()).unwrap()),
        };
        entries.iter().map(given).collect()
    }

    fn rating(&mut self, scale: &Scale) -> (String, Given) {
        let mut options = self.offered(&scale.path);
        if let ScaleValues::Range(from, to, step) = &scale.values {
            let measured = [from.clone(), from.clone() + step.clone(), to.clone()];
            options.extend(measured.map(Given::Number));
        }
        self.next(&scale.path, &options)
    }

    fn fact(&mut self, fact: &Fact) -> (String, Given) {
        match fact.kind {
            FactKind::Choice => self.next(&fact.path, &self.offered(&fact.path)),
            FactKind::Flag => {
                let (text, _) = self.next(&fact.path, &self.offered(&fact.path));
                let flag = text == "ja";
                (text, Given::Flag(flag))
            }
            FactKind::Number => ("6,5".into(), Given::Number(Exact::parse("6.5").unwrap())),
            FactKind::Date => ("1.2.2020".into(), Given::Date(jiff::civil::date(2020, 2, 1))),
        }
    }
}

impl Person {
    /// Somebody of whom nothing is filled in yet.
    pub(crate) fn new(entry: Entry) -> Person {
        Person { entry, meant: HashMap::new() }
    }

    /// Every rating is taken for what it means, and where nothing was entered nothing is there.
    pub(crate) fn is_meant_by(&self, record: &Record<'_>) {
        for (ix, item) in record.assessment().items() {
            for (occasion, seen) in record.seen(ix).iter().enumerate() {
                let meant = self.meant.get(&(item.path.as_str().into(), occasion));
                assert_eq!(seen, meant.unwrap_or(&Seen::Blank), "{}", item.path);
            }
        }
    }
}

/// What an entry means on a scale: its code or number stands before the words.
fn meaning(scale: &Scale, given: &Given) -> Seen {
    let text = match given {
        Given::Number(number) => return Seen::Value(number.clone()),
        Given::Text(text) => text.split(" – ").next().unwrap().to_owned(),
        other => panic!("nobody chooses {other:?}"),
    };
    let codes = [
        (&scale.not_observed, Seen::NotObserved),
        (&scale.not_reached, Seen::NotReached),
        (&scale.refused, Seen::Refused),
    ];
    if let Some((_, seen)) = codes.into_iter().find(|(code, _)| code.as_ref() == Some(&text)) {
        return seen;
    }
    Seen::Value(match &scale.values {
        ScaleValues::List(values) => {
            let is_it = |code: &Option<String>, number: &Exact| match code {
                Some(code) => *code == text,
                None => number.to_plain() == text,
            };
            values.iter().find(|value| is_it(&value.code, &value.number)).unwrap().number.clone()
        }
        ScaleValues::Choices(choices) => {
            let position = choices.iter().position(|choice| *choice == text).unwrap();
            Exact::from(i64::try_from(position).unwrap() + 1)
        }
        ScaleValues::YesNo => Exact::from(i64::from(text == "ja")),
        ScaleValues::Range(..) => panic!("a measured value is no text"),
    })
}
