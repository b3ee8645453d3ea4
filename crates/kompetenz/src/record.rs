//! A participant's results, held against the assessment they were made by.

use std::collections::HashMap;

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use crate::assessment::{Arena, Assessment, Fact, FactKind, Item, Ix, Module, Name};
use crate::entry::{Entry, Fault, FaultCode, Origin, Spot};
use crate::id::similar;
use crate::raw::Given;
use crate::{Exact, words};

/// A participant's results, proven to fit an assessment.
///
/// It borrows the assessment it was checked against, and [`score`](crate::score()) takes it alone:
/// it can be scored by no other assessment, nor outlive its own.
///
/// ```compile_fail,E0505
/// # use kompetenz::{Assessment, Entry, Record, score};
/// fn outlive(assessment: Assessment, entry: &Entry) {
///     let record = Record::new(&assessment, entry).unwrap();
///     drop(assessment);
///     score(&record);
/// }
/// ```
#[derive(Debug)]
pub struct Record<'a> {
    pub(crate) assessment: &'a Assessment,
    /// Where the results come from.
    pub origin: Origin,
    /// What tells participants apart.
    pub key: String,
    /// The name, in composed form (Unicode NFC).
    pub name: String,
    /// The day of birth.
    pub birth_date: Option<Date>,
    /// The first day of the assessment.
    pub from: Option<Date>,
    /// The last day of the assessment.
    pub to: Option<Date>,
    /// How long the assessment took, in hours.
    pub hours: Option<Exact>,
    /// Who observed.
    pub observers: Vec<String>,
    /// For each item, what each observer saw.
    seen: Vec<Seen>,
    facts: Vec<Option<FactValue>>,
    taken: Vec<bool>,
}

/// What one observer saw of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// Nothing was entered.
    Blank,
    /// "Not observed" was entered. It is not a number and never the lowest value.
    NotObserved,
    /// A rating.
    Value(Exact),
}

/// A fact about a participant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactValue {
    /// A number.
    Number(Exact),
    /// Yes or no.
    Flag(bool),
    /// A calendar day.
    Date(Date),
    /// Which of the options.
    Choice(usize),
}

/// The longest key of a participant and the longest name of an observer, in characters.
pub const MAX_KEY_CHARS: usize = 100;
/// The longest name of a participant, in characters.
pub const MAX_NAME_CHARS: usize = 200;

impl<'a> Record<'a> {
    /// Holds an entry against an assessment.
    ///
    /// # Errors
    /// Everything that is wrong with the entry, not only the first thing:
    /// unknown items and facts, ratings outside their scale, one observer rating an item twice,
    /// names with deceptive characters, impossible dates, and entries without any observation.
    pub fn new(assessment: &'a Assessment, entry: &Entry) -> Result<Record<'a>, Vec<Fault>> {
        let mut faults = Vec::new();
        let name = person(entry, &mut faults);
        let (seen, taken) = observations(assessment, entry, &mut faults);
        let facts = facts(assessment, entry, &mut faults);
        if faults.is_empty() {
            Ok(Record {
                assessment,
                origin: entry.origin.clone(),
                key: entry.key.clone(),
                name,
                birth_date: entry.birth_date,
                from: entry.from,
                to: entry.to,
                hours: entry.hours.clone(),
                observers: entry.observers.clone(),
                seen,
                facts,
                taken,
            })
        } else {
            Err(faults)
        }
    }

    /// The assessment the record fits.
    pub fn assessment(&self) -> &'a Assessment {
        self.assessment
    }

    /// What each observer saw of an item, in the order of [`observers`](Record::observers).
    pub fn seen(&self, item: Ix<Item>) -> &[Seen] {
        let count = self.observers.len();
        &self.seen[item.position() * count..(item.position() + 1) * count]
    }

    /// A fact, if it is known.
    pub fn fact(&self, fact: Ix<Fact>) -> Option<&FactValue> {
        self.facts[fact.position()].as_ref()
    }

    /// Whether anything was observed in a module.
    pub fn taken(&self, module: Ix<Module>) -> bool {
        self.taken[module.position()]
    }
}

/// The name in composed form; faults of everything that is said about the person.
fn person(entry: &Entry, faults: &mut Vec<Fault>) -> String {
    let spot = Spot { row: entry.origin.row, column: 0 };
    let mut fault = |code, field: &str, message| {
        faults.push(Fault::new(code, &entry.origin, spot, message).field(field));
    };
    for (field, text, longest) in [("key", &entry.key, MAX_KEY_CHARS), ("name", &entry.name, MAX_NAME_CHARS)]
    {
        if text.trim().is_empty() {
            fault(FaultCode::MissingValue, field, words!("`{field}` is empty", "`{field}` ist leer"));
        }
        if let Some(character) = text.chars().find(|c| deceptive(*c)) {
            let code = u32::from(character);
            fault(
                FaultCode::DeceptiveCharacter,
                field,
                words!(
                    "`{field}` contains the invisible or direction character U+{code:04X}",
                    "`{field}` enthält das unsichtbare oder Richtungs-Zeichen U+{code:04X}"
                ),
            );
        }
        if text.chars().count() > longest {
            fault(
                FaultCode::TooLong,
                field,
                words!(
                    "`{field}` has more than {longest} characters",
                    "`{field}` hat mehr als {longest} Zeichen"
                ),
            );
        }
    }
    if let (Some(from), Some(to)) = (entry.from, entry.to)
        && from > to
    {
        fault(
            FaultCode::InvalidDate,
            "to",
            words!("the assessment ends before it begins", "die Feststellung endet, bevor sie beginnt"),
        );
    }
    if let (Some(born), Some(first)) = (entry.birth_date, entry.from.or(entry.to))
        && born >= first
    {
        fault(
            FaultCode::InvalidDate,
            "birth-date",
            words!(
                "the day of birth lies after the assessment",
                "der Tag der Geburt liegt nach der Feststellung"
            ),
        );
    }
    if entry.hours.as_ref().is_some_and(|hours| *hours <= Exact::ZERO) {
        fault(
            FaultCode::InvalidNumber,
            "hours",
            words!("the hours must be more than 0", "die Stunden müssen mehr als 0 sein"),
        );
    }
    entry.name.trim().nfc().collect()
}

/// Characters that are not seen but change what is read: controls, marks of direction, and what has no meaning.
///
/// The joiners U+200C and U+200D stay, because Arabic and Persian names need them.
fn deceptive(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{180E}'
            | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFF}'
            | '\u{E000}'..='\u{F8FF}' | '\u{E0000}'..='\u{10FFFF}')
}

fn observations(assessment: &Assessment, entry: &Entry, faults: &mut Vec<Fault>) -> (Vec<Seen>, Vec<bool>) {
    let count = entry.observers.len();
    let mut seen = vec![Seen::Blank; assessment.items.len() * count];
    let mut taken = vec![false; assessment.modules.len()];
    for rating in &entry.ratings {
        let mut fault = |code, message| {
            let fault = Fault::new(code, &entry.origin, rating.spot, message).field(&*rating.item);
            faults.push(fault);
        };
        let Some(Name::Item(ix)) = assessment.find(&rating.item) else {
            let written = &rating.item;
            let items = assessment.items.iter().map(|(_, item)| item.path.as_str());
            let help =
                similar(written, items).map(|name| words!("did you mean `{name}`?", "ist `{name}` gemeint?"));
            fault(
                FaultCode::UnknownColumn,
                words!("there is no item `{written}`", "ein Merkmal `{written}` gibt es nicht"),
            );
            if let Some(last) = faults.last_mut() {
                last.help = help;
            }
            continue;
        };
        let item = &assessment.items[ix];
        let scale = &assessment.scales[item.scale];
        let value = match &rating.value {
            Given::Number(number) if scale.has(number) => Some(Seen::Value(number.clone())),
            Given::Text(text) => {
                let text = text.trim();
                if scale.not_observed.as_ref().is_some_and(|code| code.eq_ignore_ascii_case(text)) {
                    Some(Seen::NotObserved)
                } else {
                    let number = Exact::parse(text).ok().filter(|number| scale.has(number));
                    scale.decode(text).cloned().or(number).map(Seen::Value)
                }
            }
            _ => None,
        };
        let Some(value) = value else {
            let allowed = scale.allowed();
            fault(
                FaultCode::OutsideScale,
                words!(
                    "this is no value of the scale; allowed: {allowed}",
                    "das ist kein Wert der Skala; erlaubt: {allowed}"
                ),
            );
            continue;
        };
        taken[item.module.position()] = true;
        let own = seen[ix.position() * count..].get_mut(..count).unwrap_or_default();
        match own.get_mut(rating.observer) {
            Some(cell @ Seen::Blank) => *cell = value,
            None => fault(
                FaultCode::MissingValue,
                words!(
                    "the rating names no observer of this entry",
                    "zur Bewertung fehlt die beobachtende Person"
                ),
            ),
            _ => fault(
                FaultCode::DuplicateRow,
                words!("this observer rated the item twice", "diese Person hat das Merkmal zweimal bewertet"),
            ),
        }
    }
    if !taken.contains(&true) && faults.is_empty() {
        let spot = Spot { row: entry.origin.row, column: 0 };
        let message = words!("nothing was observed", "es wurde nichts beobachtet");
        faults.push(Fault::new(FaultCode::NothingObserved, &entry.origin, spot, message));
    }
    (seen, taken)
}

fn facts(assessment: &Assessment, entry: &Entry, faults: &mut Vec<Fault>) -> Vec<Option<FactValue>> {
    let mut facts = vec![None; assessment.facts.len()];
    let kinds: &Arena<Fact> = &assessment.facts;
    let mut first: HashMap<usize, Spot> = HashMap::new();
    for given in &entry.facts {
        let mut fault = |code, message, help| {
            let mut fault = Fault::new(code, &entry.origin, given.spot, message).field(&*given.fact);
            fault.help = help;
            faults.push(fault);
        };
        let Some(Name::Fact(ix)) = assessment.find(&given.fact) else {
            let written = &given.fact;
            let known = kinds.iter().map(|(_, fact)| fact.path.as_str());
            let help =
                similar(written, known).map(|name| words!("did you mean `{name}`?", "ist `{name}` gemeint?"));
            let message = words!("there is no fact `{written}`", "eine Angabe `{written}` gibt es nicht");
            fault(FaultCode::UnknownColumn, message, help);
            continue;
        };
        let fact = &kinds[ix];
        let value = match (fact.kind, &given.value) {
            (FactKind::Number, Given::Number(number)) => Some(FactValue::Number(number.clone())),
            (FactKind::Flag, Given::Flag(flag)) => Some(FactValue::Flag(*flag)),
            (FactKind::Date, Given::Date(date)) => Some(FactValue::Date(*date)),
            (FactKind::Choice, Given::Text(text)) => {
                let option = |own: &String| own.eq_ignore_ascii_case(text.trim());
                fact.options.iter().position(option).map(FactValue::Choice)
            }
            _ => None,
        };
        let Some(value) = value else {
            let options = fact.options.join(", ");
            let (en, de) = match fact.kind {
                FactKind::Number => ("a number", "eine Zahl"),
                FactKind::Flag => ("yes or no", "ja oder nein"),
                FactKind::Date => ("a date", "ein Datum"),
                FactKind::Choice => (options.as_str(), options.as_str()),
            };
            let message = words!("this does not fit; allowed: {en}", "das passt nicht; erlaubt: {de}");
            fault(FaultCode::InvalidFact, message, None);
            continue;
        };
        match &facts[ix.position()] {
            Some(known) if *known != value => {
                let row = first.get(&ix.position()).map_or(0, |spot| spot.row);
                let message = words!("row {row} says something else", "Zeile {row} sagt etwas anderes");
                fault(FaultCode::Contradiction, message, None);
            }
            _ => {
                first.insert(ix.position(), given.spot);
                facts[ix.position()] = Some(value);
            }
        }
    }
    facts
}
