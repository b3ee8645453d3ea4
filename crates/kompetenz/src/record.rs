//! A participant's results, held against the assessment they were made by.

mod rating;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::assessment::{
    Arena, Assessment, Due, Fact, FactKind, Item, Ix, Module, Name, Node, Reading, Recommendation,
};
use crate::entry::{Entry, Fault, FaultCode, Localized, Observer, Occasion, Origin, Ruling, Spot};
use crate::id::similar;
use crate::raw::Given;
use crate::{Exact, Scored, Words, ratings, words};

pub use rating::BEFORE_WORDS;

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
    /// Who observed, in which situation and trial; the participant's own ratings too.
    pub occasions: Vec<Occasion>,
    /// The names of the observers, each once.
    pub observers: Vec<String>,
    /// What the observers noted.
    pub notes: Vec<Note>,
    /// What was decided where observers were too far apart.
    pub resolutions: Vec<Resolution>,
    /// What the assessor decided about recommendations, by recommendation.
    pub(crate) decisions: HashMap<Ix<Recommendation>, Decision>,
    /// The recommendations that the assessor added.
    pub(crate) added: Vec<Added>,
    /// The occasions in numbers.
    pub(crate) axes: Vec<Axis>,
    /// For each situation, whether it has a name.
    pub(crate) named: Vec<bool>,
    /// Whether there is a self-assessment.
    pub(crate) has_own: bool,
    /// Whether anything was tried more than once.
    pub(crate) repeats: bool,
    /// For each item, what was seen on each occasion.
    seen: Vec<Seen>,
    facts: Vec<Option<FactValue>>,
    taken: Vec<bool>,
}

/// An occasion in numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Axis {
    /// Which observer; `None`: the participant.
    pub(crate) observer: Option<usize>,
    /// Which situation, counted from 0. Occasions without a situation share one.
    pub(crate) situation: usize,
    /// The number of the trial.
    pub(crate) trial: u32,
}

/// What was seen of one item on one occasion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// Nothing was entered.
    Blank,
    /// "Not observed" was entered. It is not a number and never the lowest value.
    NotObserved,
    /// "Not reached" was entered: the test ended before.
    NotReached,
    /// "Refused" was entered.
    Refused,
    /// A rating as it was entered. What it is worth, the item says.
    Value(Exact),
}

/// What an observer noted, kept apart from the ratings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The path of what it is about. Empty: the whole.
    pub about: Arc<str>,
    /// Which of the [occasions](Record::occasions).
    pub occasion: usize,
    /// What was noted.
    pub text: String,
}

/// What a person decided where observers were too far apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolution {
    /// What it is about.
    pub about: Node,
    /// In which situation, counted from 0. `None`: in all that are disputed.
    pub(crate) situation: Option<usize>,
    /// The value that counts: of an item, a rating of its scale.
    pub value: Exact,
    /// Why.
    pub note: String,
    /// Who decided.
    pub by: Option<String>,
}

/// What the assessor decided about a recommendation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What was decided.
    pub verdict: DecisionVerdict,
    /// Why.
    pub reason: Option<String>,
    /// Who decided.
    pub by: Option<String>,
}

/// What the assessor made of a recommendation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecisionVerdict {
    /// It stays as it is.
    Confirmed,
    /// It stays with another text, in these languages.
    Edited(Vec<Localized>),
    /// It is dropped.
    Rejected,
}

/// A recommendation of the assessor's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// The number of its step.
    pub step: u8,
    /// What to do, by language.
    pub text: Vec<Localized>,
    /// Who is responsible, by language.
    pub body: Vec<Localized>,
    /// How long after the day of issue it is due.
    pub due: Option<Due>,
    /// Why.
    pub reason: Option<String>,
    /// Who added it.
    pub by: Option<String>,
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
/// How many occasions (rows of one participant) there may be.
pub const MAX_OCCASIONS: usize = 500;
/// The longest note, reason or text of the assessor, in characters.
pub const MAX_NOTE_CHARS: usize = 5_000;

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
        let (observers, situations, axes) = axes(entry, &mut faults);
        let (seen, taken) = observations(assessment, entry, &mut faults);
        let facts = facts(assessment, entry, &mut faults);
        let notes = notes(assessment, entry, &mut faults);
        let (decisions, added) = decisions(assessment, entry, &mut faults);
        let resolutions = resolutions(assessment, entry, &situations, &mut faults);
        let mut record = Record {
            assessment,
            origin: entry.origin.clone(),
            key: entry.key.clone(),
            name,
            birth_date: entry.birth_date,
            from: entry.from,
            to: entry.to,
            hours: entry.hours.clone(),
            occasions: entry.occasions.clone(),
            observers,
            notes,
            resolutions: resolutions.iter().map(|(resolution, _)| resolution.clone()).collect(),
            decisions,
            added,
            has_own: entry
                .ratings
                .iter()
                .any(|rating| axes.get(rating.occasion).is_some_and(|axis| axis.observer.is_none())),
            repeats: axes.iter().any(|axis| axis.trial > 1),
            named: situations.iter().map(Option::is_some).collect(),
            axes,
            seen,
            facts,
            taken,
        };
        // Whether there is a dispute to settle can be told only of ratings that are sound.
        if faults.is_empty() && !resolutions.is_empty() {
            let mut unsettled = record;
            unsettled.resolutions.clear();
            let scored = crate::score(&unsettled);
            for (resolution, spot) in &resolutions {
                settles(&scored, entry, resolution, *spot, &mut faults);
            }
            drop(scored);
            record = unsettled;
            record.resolutions = resolutions.into_iter().map(|(resolution, _)| resolution).collect();
        }
        if faults.is_empty() { Ok(record) } else { Err(faults) }
    }

    /// The assessment the record fits.
    pub fn assessment(&self) -> &'a Assessment {
        self.assessment
    }

    /// What was seen of an item, in the order of [`occasions`](Record::occasions).
    pub fn seen(&self, item: Ix<Item>) -> &[Seen] {
        let count = self.occasions.len();
        &self.seen[item.position() * count..(item.position() + 1) * count]
    }

    /// The situation a resolution is about, if it is about one that has a name.
    pub fn situation(&self, resolution: &Resolution) -> Option<&str> {
        let own = self.axes.iter().position(|axis| Some(axis.situation) == resolution.situation)?;
        self.occasions[own].situation.as_deref()
    }

    /// What was decided about a disputed item or measure.
    pub fn resolution(&self, about: Node) -> Option<&Resolution> {
        self.resolutions.iter().find(|resolution| resolution.about == about)
    }

    /// What was noted about an item, measure or module, by its path.
    pub fn notes_about(&self, path: &str) -> impl Iterator<Item = &Note> {
        self.notes.iter().filter(move |note| *note.about == *path)
    }

    /// The age in full years on the last day of the assessment.
    pub(crate) fn age(&self) -> Option<u32> {
        crate::score::full_years(self.birth_date?, self.to.or(self.from)?)
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

/// Refuses a resolution where observers agree: it would overrule them unseen.
fn settles(
    unsettled: &Scored<'_>,
    entry: &Entry,
    resolution: &Resolution,
    spot: Spot,
    faults: &mut Vec<Fault>,
) {
    let record = unsettled.record();
    let path = record.assessment.path(resolution.about);
    let range = match resolution.about {
        Node::Measure(measure) => record.assessment.ranges[measure.position()].as_ref(),
        Node::Item(_) => None,
    };
    if let Some((lowest, highest)) = range
        && (resolution.value < *lowest || resolution.value > *highest)
    {
        let (lowest, highest) = (lowest.to_plain(), highest.to_plain());
        let message = words!(
            "this is no value of `{path}`, which goes from {lowest} to {highest}",
            "das ist kein Wert von `{path}`, das von {lowest} bis {highest} geht"
        );
        faults.push(Fault::new(FaultCode::OutsideScale, &entry.origin, spot, message).field(path));
    }
    let here = match (resolution.about, resolution.situation) {
        (Node::Item(item), Some(situation)) => ratings::disputed(record, item, situation),
        _ => true,
    };
    // A measure that only hands on the dispute of an item is settled at the item.
    let own = unsettled.disputes().iter().any(|(node, _)| *node == resolution.about);
    if own && here {
        return;
    }
    let message =
        words!("there is no dispute to settle on `{path}`", "bei `{path}` gibt es nichts zu klären");
    let help = words!(
        "correct the ratings themselves, or leave the resolution out",
        "die Bewertungen selbst berichtigen oder die Klärung weglassen"
    );
    faults
        .push(Fault::new(FaultCode::InvalidResolution, &entry.origin, spot, message).field(path).help(help));
}

/// The name in composed form; faults of everything that is said about the person.
fn person(entry: &Entry, faults: &mut Vec<Fault>) -> String {
    let spot = entry.origin.spot.whole_row();
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
        if let Some(mark) = stray_mark(text) {
            let code = u32::from(mark);
            fault(
                FaultCode::DeceptiveCharacter,
                field,
                words!(
                    "`{field}` contains the mark U+{code:04X} without a letter it belongs to",
                    "`{field}` enthält das Zeichen U+{code:04X} ohne einen Buchstaben, zu dem es gehört"
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

/// An accent or vowel sign that stands on no letter, and so is seen on whatever is printed before it.
fn stray_mark(text: &str) -> Option<char> {
    let mut before = ' ';
    for character in text.chars() {
        if is_combining_mark(character) && !before.is_alphanumeric() && !is_combining_mark(before) {
            return Some(character);
        }
        before = character;
    }
    None
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

/// The names of the observers and of the situations, each once, and the occasions in numbers.
fn axes(entry: &Entry, faults: &mut Vec<Fault>) -> (Vec<String>, Vec<Option<String>>, Vec<Axis>) {
    let spot = entry.origin.spot.whole_row();
    let mut fault = |code, message| faults.push(Fault::new(code, &entry.origin, spot, message));
    if entry.occasions.len() > MAX_OCCASIONS {
        fault(
            FaultCode::TooLarge,
            words!(
                "this participant has more than {MAX_OCCASIONS} rows",
                "zu dieser Person gibt es mehr als {MAX_OCCASIONS} Zeilen"
            ),
        );
        return (Vec::new(), Vec::new(), Vec::new());
    }
    let hidden = |text: &str| text.chars().any(deceptive);
    let decided = entry.resolutions.iter().filter_map(|resolution| resolution.by.as_ref());
    let decided = decided.chain(entry.decisions.iter().filter_map(|decision| decision.by.as_ref()));
    let named = entry.occasions.iter().flat_map(|occasion| {
        let name = match &occasion.observer {
            Observer::Named(name) => Some(name),
            Observer::Own => None,
        };
        name.into_iter().chain(&occasion.situation)
    });
    // Notes and reasons may have several lines; the other invisible characters have no business there either.
    let written = entry.notes.iter().map(|note| note.text.as_str());
    let written = written.chain(entry.resolutions.iter().map(|resolution| resolution.note.as_str()));
    let mut written = written.chain(entry.decisions.iter().filter_map(|decision| decision.reason.as_deref()));
    let lines = |text: &str| text.chars().any(|c| !matches!(c, '\n' | '\r' | '\t') && deceptive(c));
    if named.chain(decided).any(|name| hidden(name)) || written.any(lines) {
        fault(
            FaultCode::DeceptiveCharacter,
            words!(
                "the name of an observer or situation, a note or a reason contains an invisible or direction character",
                "der Name einer beobachtenden Person oder Situation, eine Notiz oder ein Grund enthält ein unsichtbares oder Richtungs-Zeichen"
            ),
        );
    }
    let mut known = HashSet::new();
    let folded = |occasion: &Occasion| {
        let name = match &occasion.observer {
            Observer::Named(name) => Some(folded(name)),
            Observer::Own => None,
        };
        (name, occasion.situation.as_deref().map(folded), occasion.trial)
    };
    if !entry.occasions.iter().all(|occasion| known.insert(folded(occasion))) {
        fault(
            FaultCode::DuplicateRow,
            words!(
                "one observer is there twice for the same situation and trial",
                "eine beobachtende Person kommt für dieselbe Situation und denselben Durchgang zweimal vor"
            ),
        );
    }
    let mut observers: Vec<String> = Vec::new();
    let mut situations: Vec<Option<String>> = Vec::new();
    let mut axes = Vec::with_capacity(entry.occasions.len());
    // Somebody is one person, however the name is capitalised.
    let (mut people, mut places) = (Vec::new(), Vec::new());
    for occasion in &entry.occasions {
        let (name, situation, trial) = folded(occasion);
        let observer = match (&occasion.observer, name) {
            (Observer::Named(written), Some(name)) => {
                let position = position(&mut people, &name);
                if position == observers.len() {
                    observers.push(written.clone());
                }
                Some(position)
            }
            _ => None,
        };
        let situation = position(&mut places, &situation);
        if situation == situations.len() {
            situations.push(occasion.situation.clone());
        }
        axes.push(Axis { observer, situation, trial });
    }
    (observers, situations, axes)
}

/// A name as it is compared: composed, without the space around it, and without capitals.
fn folded(name: &str) -> String {
    name.trim().nfc().flat_map(char::to_lowercase).collect()
}

/// Where a thing stands in a list; it is added if it is new.
fn position<T: PartialEq + Clone>(list: &mut Vec<T>, thing: &T) -> usize {
    list.iter().position(|known| known == thing).unwrap_or_else(|| {
        list.push(thing.clone());
        list.len() - 1
    })
}

fn unknown_path(path: &str, known: &mut dyn Iterator<Item = &str>) -> (Words, Option<Words>) {
    let help = similar(path, known).map(|name| words!("did you mean `{name}`?", "ist `{name}` gemeint?"));
    // Whatever else was typed there could be a name.
    let message = match help {
        Some(_) => words!("there is no `{path}`", "`{path}` gibt es nicht"),
        None => words!("this is no id of the assessment", "das ist keine Id des Verfahrens"),
    };
    (message, help)
}

fn notes(assessment: &Assessment, entry: &Entry, faults: &mut Vec<Fault>) -> Vec<Note> {
    let mut notes = Vec::new();
    for note in &entry.notes {
        let mut fault = |code, message, help: Option<Words>| {
            let mut fault = Fault::new(code, &entry.origin, note.spot, message).field(&*note.about);
            fault.help = help;
            faults.push(fault);
        };
        let about = match assessment.find(&note.about) {
            Some(Name::Item(_) | Name::Measure(_) | Name::Module(_)) => true,
            _ => note.about.is_empty(),
        };
        if !about {
            let mut known = assessment.names.keys().map(String::as_str);
            let (message, help) = unknown_path(&note.about, &mut known);
            fault(FaultCode::UnknownColumn, message, help);
        }
        if note.occasion >= entry.occasions.len() {
            let message =
                words!("the note names no observer of this entry", "zur Notiz fehlt die beobachtende Person");
            fault(FaultCode::MissingValue, message, None);
        }
        if note.text.chars().count() > MAX_NOTE_CHARS {
            let message = words!(
                "the note has more than {MAX_NOTE_CHARS} characters",
                "die Notiz hat mehr als {MAX_NOTE_CHARS} Zeichen"
            );
            fault(FaultCode::TooLong, message, None);
        }
        notes.push(Note { about: note.about.clone(), occasion: note.occasion, text: note.text.clone() });
    }
    notes
}

fn resolutions(
    assessment: &Assessment,
    entry: &Entry,
    situations: &[Option<String>],
    faults: &mut Vec<Fault>,
) -> Vec<(Resolution, Spot)> {
    let mut resolutions: Vec<(Resolution, Spot)> = Vec::new();
    if let Some(given) = entry.resolutions.get(MAX_OCCASIONS) {
        let message = words!(
            "this participant has more than {MAX_OCCASIONS} resolutions",
            "zu dieser Person gibt es mehr als {MAX_OCCASIONS} Klärungen"
        );
        faults.push(Fault::new(FaultCode::TooLarge, &entry.origin, given.spot, message));
        return resolutions;
    }
    for given in &entry.resolutions {
        let mut fault = |code, message| {
            faults.push(Fault::new(code, &entry.origin, given.spot, message).field(&*given.about));
        };
        let (about, value) = match assessment.find(&given.about) {
            Some(Name::Item(item)) => {
                let value = match rating::read(assessment, assessment.scale(item), &given.value) {
                    Some(Seen::Value(value)) => Some(value),
                    _ => None,
                };
                (Node::Item(item), value)
            }
            Some(Name::Measure(measure)) => {
                let value = match &given.value {
                    Given::Number(number) => Some(number.clone()),
                    _ => None,
                };
                (Node::Measure(measure), value)
            }
            _ => {
                let mut items = assessment.items.iter().map(|(_, item)| item.path.as_str());
                let (message, help) = unknown_path(&given.about, &mut items);
                fault(FaultCode::UnknownColumn, message);
                if let Some(last) = faults.last_mut() {
                    last.help = help;
                }
                continue;
            }
        };
        let Some(value) = value else {
            let message = words!("this is no value of the scale", "das ist kein Wert der Skala");
            fault(FaultCode::OutsideScale, message);
            continue;
        };
        if given.note.trim().is_empty() || given.note.chars().count() > MAX_NOTE_CHARS {
            fault(
                FaultCode::InvalidResolution,
                words!(
                    "a resolution needs a note that says why, of at most {MAX_NOTE_CHARS} characters",
                    "eine Klärung braucht eine Notiz mit der Begründung, höchstens {MAX_NOTE_CHARS} Zeichen lang"
                ),
            );
            continue;
        }
        let situation = match &given.situation {
            None => None,
            Some(name) => {
                let whole = match about {
                    Node::Measure(_) => true,
                    Node::Item(item) => assessment.items[item].reading == Reading::Nominal,
                };
                if whole {
                    fault(
                        FaultCode::InvalidResolution,
                        words!(
                            "this is settled as a whole, not for one situation",
                            "das wird als Ganzes geklärt, nicht für eine Situation"
                        ),
                    );
                    continue;
                }
                let name = folded(name);
                let same =
                    |known: &Option<String>| known.as_deref().is_some_and(|known| folded(known) == name);
                let found = situations.iter().position(same);
                if found.is_none() {
                    fault(
                        FaultCode::InvalidResolution,
                        words!(
                            "nobody observed in this situation",
                            "in dieser Situation hat niemand beobachtet"
                        ),
                    );
                    continue;
                }
                found
            }
        };
        if resolutions.iter().any(|(other, _)| other.about == about && other.situation == situation) {
            let message = words!("this is settled twice", "das ist doppelt geklärt");
            fault(FaultCode::DuplicateRow, message);
            continue;
        }
        let (note, by) = (given.note.trim().to_owned(), given.by.clone());
        resolutions.push((Resolution { about, situation, value, note, by }, given.spot));
    }
    resolutions
}

type Decided = (HashMap<Ix<Recommendation>, Decision>, Vec<Added>);

fn decisions(assessment: &Assessment, entry: &Entry, faults: &mut Vec<Fault>) -> Decided {
    let mut decisions = HashMap::new();
    let mut added = Vec::new();
    for given in &entry.decisions {
        let mut fault = |code, message, field: &str, help| {
            let mut fault = Fault::new(code, &entry.origin, given.spot, message).field(field);
            fault.help = help;
            faults.push(fault);
        };
        let reason = given.reason.clone().filter(|reason| !reason.trim().is_empty());
        let by = given.by.clone();
        let (path, verdict) = match &given.ruling {
            Ruling::Confirmed(path) => (path, DecisionVerdict::Confirmed),
            Ruling::Edited(path, text) => (path, DecisionVerdict::Edited(text.clone())),
            Ruling::Rejected(path) => (path, DecisionVerdict::Rejected),
            Ruling::Added { step, text, body, due } => {
                let known = assessment.steps.iter().find(|known| u32::from(known.number) == *step);
                let read = due.as_deref().map(Due::read);
                let sound = known.is_some()
                    && read != Some(None)
                    && worded(assessment, text)
                    && worded(assessment, body);
                if let (true, Some(step)) = (sound, known) {
                    added.push(Added {
                        step: step.number,
                        text: text.clone(),
                        body: body.clone(),
                        due: read.flatten(),
                        reason,
                        by,
                    });
                } else {
                    let steps: Vec<String> =
                        assessment.steps.iter().map(|step| step.number.to_string()).collect();
                    let steps = steps.join(", ");
                    fault(
                        FaultCode::InvalidDecision,
                        words!(
                            "an own recommendation needs a step ({steps}), a text and a responsible body, and a time such as `4 weeks` if any",
                            "eine eigene Empfehlung braucht einen Schritt ({steps}), einen Text und eine zuständige Stelle, und wenn eine Zeit, dann wie `4 weeks`"
                        ),
                        "decision",
                        None,
                    );
                }
                continue;
            }
        };
        let Some(Name::Recommendation(ix)) = assessment.find(path) else {
            let mut known = assessment.recommendations.iter().map(|(_, r)| r.path.as_str());
            let (message, help) = unknown_path(path, &mut known);
            fault(FaultCode::InvalidDecision, message, path, help);
            continue;
        };
        let problem = match &verdict {
            DecisionVerdict::Rejected if reason.is_none() => {
                Some(words!("a rejection needs a reason", "eine Ablehnung braucht einen Grund"))
            }
            DecisionVerdict::Edited(text) if !worded(assessment, text) => Some(words!(
                "an edited recommendation needs a text in languages of the assessment, of at most {MAX_NOTE_CHARS} characters",
                "eine geänderte Empfehlung braucht einen Text in Sprachen des Verfahrens, höchstens {MAX_NOTE_CHARS} Zeichen lang"
            )),
            _ if decisions.contains_key(&ix) => Some(words!(
                "this recommendation is decided twice",
                "über diese Empfehlung ist doppelt entschieden"
            )),
            _ => None,
        };
        match problem {
            Some(message) => fault(FaultCode::InvalidDecision, message, path, None),
            None => {
                decisions.insert(ix, Decision { verdict, reason, by });
            }
        }
    }
    (decisions, added)
}

/// Whether there is a text, each in another language of the assessment, without characters that deceive.
fn worded(assessment: &Assessment, texts: &[Localized]) -> bool {
    let mut languages = HashSet::new();
    !texts.is_empty()
        && texts.iter().all(|localized| {
            let main = &assessment.languages[0];
            let language = localized.language.as_ref().unwrap_or(main);
            assessment.languages.contains(language)
                && languages.insert(language)
                && !localized.text.trim().is_empty()
                && localized.text.chars().count() <= MAX_NOTE_CHARS
                && !localized.text.chars().any(deceptive)
        })
}

fn observations(assessment: &Assessment, entry: &Entry, faults: &mut Vec<Fault>) -> (Vec<Seen>, Vec<bool>) {
    let count = entry.occasions.len();
    if count > MAX_OCCASIONS {
        return (Vec::new(), Vec::new());
    }
    let mut seen = vec![Seen::Blank; assessment.items.len() * count];
    let mut taken = vec![false; assessment.modules.len()];
    let mut said = taken.clone();
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
        let value = rating::read(assessment, scale, &rating.value);
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
        // What only the participant says of a module does not make it one that was observed.
        let external =
            entry.occasions.get(rating.occasion).is_some_and(|occasion| occasion.observer != Observer::Own);
        taken[item.module.position()] |= external;
        said[item.module.position()] |= !external;
        let own = seen[ix.position() * count..].get_mut(..count).unwrap_or_default();
        match own.get_mut(rating.occasion) {
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
    // What a participant says about herself stands beside what others saw. In a module where nothing asks for that,
    // the answers would be lost without a word.
    for (ix, module) in assessment.modules.iter() {
        if said[ix.position()] && !taken[ix.position()] && module.observers.talk_from.is_none() {
            let spot = entry.origin.spot.whole_row();
            let id = &module.id;
            let message = words!(
                "in `{id}` there are only answers by `self`, which are never counted",
                "in `{id}` gibt es nur Angaben von `selbst`, die nie mitzählen"
            );
            let help = words!(
                "name as the observer who took down the answers",
                "als Beobachtung die Person nennen, die die Antworten aufgenommen hat"
            );
            faults.push(Fault::new(FaultCode::NothingObserved, &entry.origin, spot, message).help(help));
        }
    }
    if !taken.contains(&true) && faults.is_empty() {
        let spot = entry.origin.spot.whole_row();
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
