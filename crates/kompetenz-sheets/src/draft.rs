//! A participant in the making: gathered from rows of a table or from a form, and proven complete at the end.

mod rulings;

use std::collections::{HashMap, HashSet, hash_map};
use std::sync::Arc;

use jiff::civil::Date;
use kompetenz::entry::{
    Decision, Entry, FactEntry, Fault, FaultCode, Form, Note, Observer, Occasion, Origin, Rating, Resolution,
    Source, Spot,
};
use kompetenz::number::key_of;
use kompetenz::raw::{FactKind, Given};
use kompetenz::record::{MAX_KEY_CHARS, MAX_NAME_CHARS, MAX_NOTE_CHARS};
use kompetenz::{Exact, Words, words};

use unicode_normalization::UnicodeNormalization;

use crate::occasions::Occasions;
use crate::value::{Written, how_to_write_numbers, no_number};
use crate::{Person, Rejected};

pub(crate) use rulings::{Settled, Verdict, no_such_decision};

/// How many faults of one participant are listed.
const MAX_FAULTS: usize = 100;
/// How many ratings of a row there is room for at once; a sheet with hundreds of items has few of them filled in.
const EXPECTED_RATINGS: usize = 64;
/// The occasion of a participant who is rejected already. It only has to be a number.
const REJECTED: usize = 0;

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

/// A fault in the making: places of other files are named at the end, when all files are known.
#[derive(Debug)]
struct Slip {
    code: FaultCode,
    spot: Spot,
    field: Option<String>,
    message: Message,
    help: Option<Words>,
}

#[derive(Debug)]
enum Message {
    Plain(Words),
    /// What is said here was said differently there.
    Differs(Spot),
}

#[derive(Debug)]
pub(crate) struct Draft {
    /// Where the participant begins.
    spot: Spot,
    form: Form,
    /// Where the name should stand.
    name_place: (Spot, Arc<str>),
    /// Whether an occasion may be spread over several rows or files, so that ratings may meet.
    may_meet: bool,
    key: Option<String>,
    name: Option<Said<String>>,
    birth_date: Option<Said<Date>>,
    from: Option<Said<Date>>,
    to: Option<Said<Date>>,
    hours: Option<Said<Exact>>,
    occasions: Occasions,
    ratings: Vec<Rating>,
    notes: Vec<Note>,
    resolutions: Vec<Resolution>,
    facts: Vec<FactEntry>,
    decisions: Vec<Decision>,
    slips: Vec<Slip>,
}

impl Draft {
    /// `name` is where the name should stand.
    pub(crate) fn new(spot: Spot, form: Form, name: At<'_>) -> Draft {
        Draft {
            spot,
            form,
            name_place: (name.spot, name.field.clone()),
            may_meet: false,
            key: None,
            name: None,
            birth_date: None,
            from: None,
            to: None,
            hours: None,
            occasions: Occasions::default(),
            ratings: Vec::new(),
            notes: Vec::new(),
            resolutions: Vec::new(),
            facts: Vec::new(),
            decisions: Vec::new(),
            slips: Vec::new(),
        }
    }

    /// Says that there is more about this participant, in this source.
    pub(crate) fn goes_on(&mut self, source: u32) {
        self.may_meet |= source != self.spot.source;
    }

    /// Says that an occasion may have several rows.
    pub(crate) fn is_spread(&mut self) {
        self.may_meet = true;
    }

    /// Makes room for the ratings of a row at once.
    pub(crate) fn expect_ratings(&mut self, columns: usize) {
        self.ratings.reserve(columns.min(EXPECTED_RATINGS));
    }

    /// Reports a fault. Beyond [`MAX_FAULTS`] nobody reads on, and a hostile file must not fill the memory.
    pub(crate) fn report(&mut self, code: FaultCode, at: At<'_>, message: Words, help: Option<Words>) {
        self.slip(code, at, Message::Plain(message), help);
    }

    fn slip(&mut self, code: FaultCode, at: At<'_>, message: Message, help: Option<Words>) {
        if self.is_full() {
            return;
        }
        if self.slips.len() == MAX_FAULTS {
            let message = Message::Plain(words!(
                "further faults of this participant are not listed",
                "weitere Fehler dieser Person sind nicht aufgeführt"
            ));
            self.slips.push(Slip { code, spot: at.spot, field: None, message, help: None });
            return;
        }
        let field = Some(at.field.to_string()).filter(|field| !field.is_empty());
        self.slips.push(Slip { code, spot: at.spot, field, message, help });
    }

    /// Whether more faults would not be listed.
    pub(crate) fn is_full(&self) -> bool {
        self.slips.len() > MAX_FAULTS
    }

    pub(crate) fn missing(&mut self, at: At<'_>) {
        let field = at.field;
        self.report(FaultCode::MissingValue, at, words!("`{field}` is empty", "`{field}` ist leer"), None);
    }

    /// Whether there is a formula in place of a value. Then that is reported, whatever the value should have been.
    fn has_no_value(&mut self, written: Written<'_>, at: At<'_>) -> bool {
        let Some(problem) = written.missing() else { return false };
        let (code, message, help) = problem.words(at.field);
        self.report(code, at, message, help);
        true
    }

    /// The text of a field that must be one, or nothing and a fault.
    fn text_of<'a>(&mut self, written: Written<'a>, at: At<'_>) -> Option<&'a str> {
        if self.has_no_value(written, at) {
            return None;
        }
        // A spreadsheet makes a number of everything that looks like one, also of a key.
        let text = if self.form == Form::Table { written.label() } else { written.text() };
        let field = at.field;
        match text {
            None => {
                let message = words!("`{field}` is not a text", "`{field}` ist kein Text");
                let help = match self.form {
                    Form::Table => as_text(),
                    Form::Text => words!("write it in quotation marks", "in Anführungszeichen schreiben"),
                };
                self.report(FaultCode::WrongType, at, message, Some(help));
            }
            // Two numbers that differ further behind would be one.
            Some(_) if written.is_rounded() => {
                let message = words!(
                    "`{field}` is a number with more than 15 digits, and spreadsheets keep no more",
                    "`{field}` ist eine Zahl mit mehr als 15 Ziffern, und mehr behalten Tabellenkalkulationen nicht"
                );
                self.report(FaultCode::InvalidNumber, at, message, Some(as_text()));
                return None;
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
        let help = match self.form {
            Form::Table => crate::save_as_utf8(),
            Form::Text => words!("write it with all its letters", "mit allen Buchstaben schreiben"),
        };
        self.report(FaultCode::LostCharacter, at, message, Some(help));
    }

    /// A text of at most so many characters, which is empty if nothing is written; or nothing and a fault.
    pub(crate) fn text(&mut self, written: Written<'_>, longest: usize, at: At<'_>) -> Option<String> {
        let text = self.text_of(written, at)?;
        if self.is_too_long(text, longest, at) {
            return None;
        }
        Some(text.to_owned())
    }

    fn is_too_long(&mut self, text: &str, longest: usize, at: At<'_>) -> bool {
        // No text has more characters than bytes. Counting stops early, because it could be as long as the file.
        if text.len() <= longest || text.chars().nth(longest).is_none() {
            return false;
        }
        let field = at.field;
        let message = words!(
            "`{field}` has more than {longest} characters",
            "`{field}` hat mehr als {longest} Zeichen"
        );
        self.report(FaultCode::TooLong, at, message, None);
        true
    }

    /// A whole number from 1 on, or nothing and a fault.
    pub(crate) fn count(&mut self, written: Written<'_>, at: At<'_>) -> Option<u32> {
        if self.has_no_value(written, at) {
            return None;
        }
        let number = written.number().and_then(|number| number.to_whole());
        let count = number.and_then(|number| u32::try_from(number).ok()).filter(|count| *count > 0);
        if count.is_none() {
            let field = at.field;
            let message =
                words!("`{field}` is not a whole number from 1 on", "`{field}` ist keine ganze Zahl ab 1");
            self.report(FaultCode::InvalidNumber, at, message, None);
        }
        count
    }

    pub(crate) fn key(&mut self, written: Written<'_>, at: At<'_>) {
        if written.is_empty() {
            return self.missing(at);
        }
        let Some(key) = self.text_of(written, at) else { return };
        if self.key.is_none() {
            self.is_too_long(key, MAX_KEY_CHARS, at);
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
        if self.is_too_long(name, MAX_NAME_CHARS, at) {
            return;
        }
        match &self.name {
            // Compared before it is copied: most rows repeat the name.
            Some(said) if said.value == name => {}
            Some(said) if is_same_name(&said.value, name) => {}
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
        if written.is_empty() || self.has_no_value(written, at) {
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
        if written.is_empty() || self.has_no_value(written, at) {
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

    /// Adds an occasion and says which one it is. `None`: it is not known, and that is reported already.
    ///
    /// Whether it may be `spread` over several rows, the table knows.
    pub(crate) fn occasion(&mut self, occasion: Option<Occasion>, is_spread: bool, at: At<'_>) -> usize {
        let Some(occasion) = self.sound(occasion, at) else { return REJECTED };
        let (ix, earlier) = self.occasions.add(occasion, at.spot);
        // The same occasion in another file, or in a row for each observation, is the same occasion gone on.
        if let Some(earlier) = earlier.filter(|earlier| earlier.source == at.spot.source && !is_spread) {
            let (first, second) = (earlier.row, at.spot.row);
            let (message, help) = match self.form {
                Form::Table => (
                    words!(
                        "rows {first} and {second} are of the same participant and the same observer, in the same situation and trial",
                        "die Zeilen {first} und {second} gehören zu derselben Person und derselben Beobachtung, in derselben Situation und demselben Durchgang"
                    ),
                    words!(
                        "put them together, or tell them apart in the columns `situation` and `trial`",
                        "zusammenlegen, oder in den Spalten `Situation` und `Durchgang` unterscheiden"
                    ),
                ),
                Form::Text => (
                    words!(
                        "lines {first} and {second} are of the same observer, in the same situation and trial",
                        "die Zeilen {first} und {second} gehören zu derselben Beobachtung, in derselben Situation und demselben Durchgang"
                    ),
                    words!(
                        "put them together, or tell them apart, for instance `anna @ kitchen #2`",
                        "zusammenlegen oder unterscheiden, zum Beispiel `anna @ küche #2`"
                    ),
                ),
            };
            self.report(FaultCode::DuplicateRow, at, message, Some(help));
        }
        ix
    }

    /// Says which occasion it is, and adds it if there are only notes of it.
    pub(crate) fn occasion_of_notes(&mut self, occasion: Option<Occasion>, at: At<'_>) -> usize {
        self.sound(occasion, at).map_or(REJECTED, |occasion| self.occasions.add(occasion, at.spot).0)
    }

    /// The occasion, if its names are neither too long nor damaged.
    fn sound(&mut self, occasion: Option<Occasion>, at: At<'_>) -> Option<Occasion> {
        let occasion = occasion?;
        let observer = match &occasion.observer {
            Observer::Named(name) => Some(name),
            Observer::Own => None,
        };
        for name in observer.into_iter().chain(&occasion.situation) {
            let name = self.text_of(Written::Text(name), at)?;
            if self.is_too_long(name, MAX_KEY_CHARS, at) {
                return None;
            }
        }
        Some(occasion)
    }

    pub(crate) fn rate(&mut self, item: &Arc<str>, occasion: usize, written: Written<'_>, at: At<'_>) {
        let rating = |value| Rating { item: item.clone(), occasion, value, spot: at.spot };
        // Most ratings are a single digit, and a large file has millions of them.
        if let Some(digit) = written.digit() {
            return self.ratings.push(rating(Given::Number(Exact::from(i64::from(digit)))));
        }
        if written.is_empty() {
            return;
        }
        match written.given(None) {
            Ok(value) => self.ratings.push(rating(value)),
            Err(problem) => {
                let (code, message, help) = problem.words(at.field);
                self.report(code, at, message, help);
            }
        }
    }

    /// Adds a note. About nothing in particular means: about the whole.
    pub(crate) fn note(
        &mut self,
        about: Option<&Arc<str>>,
        occasion: usize,
        written: Written<'_>,
        at: At<'_>,
    ) {
        if written.is_empty() {
            return;
        }
        if let Some(text) = self.text(written, MAX_NOTE_CHARS, at) {
            let about = about.cloned().unwrap_or_default();
            self.notes.push(Note { about, occasion, text, spot: at.spot });
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
        let help = words!(
            "make both say the same, leave one of them empty, or give namesakes different keys",
            "beide Stellen angleichen, eine davon leer lassen oder Namensgleichen verschiedene Kennungen geben"
        );
        self.slip(FaultCode::Contradiction, at, Message::Differs(earlier), Some(help));
    }

    /// Ratings of one item on one occasion that stand in several places: the same ones count once.
    fn meet(&mut self) {
        let mut first: HashMap<(Arc<str>, usize), (Given, Spot)> = HashMap::new();
        let mut differing = Vec::new();
        self.ratings.retain(|rating| match first.entry((rating.item.clone(), rating.occasion)) {
            hash_map::Entry::Vacant(place) => {
                place.insert((rating.value.clone(), rating.spot));
                true
            }
            hash_map::Entry::Occupied(known) => {
                let (value, spot) = known.get();
                if *value != rating.value {
                    differing.push((rating.item.clone(), *spot, rating.spot));
                }
                false
            }
        });
        for (item, earlier, spot) in differing {
            self.contradiction(earlier, At { spot, field: &item });
        }
        let mut seen = HashSet::new();
        self.notes.retain(|note| seen.insert((note.about.clone(), note.occasion, note.text.clone())));
    }

    /// What tells who it is if there is no key: the name, folded as the keys made of names are, and the day of birth.
    pub(crate) fn person(&self) -> (Option<String>, Option<Date>) {
        let name = self.name.as_ref().map(|said| key_of(&said.value, None));
        (name, self.birth_date.as_ref().map(|said| said.value))
    }

    pub(crate) fn has_key(&self) -> bool {
        self.key.is_some()
    }

    /// Reports that nobody can tell whether this is the participant who begins there.
    pub(crate) fn namesake(&mut self, other: Spot) {
        let (spot, field) = self.name_place.clone();
        let help = words!(
            "give everybody a key in a column `key`, or fill in the days of birth",
            "allen eine Kennung in einer Spalte `Kennung` geben oder die Geburtsdaten eintragen"
        );
        self.slip(FaultCode::Namesake, At { spot, field: &field }, Message::Differs(other), Some(help));
    }

    /// The situations in which somebody observed.
    pub(crate) fn situations(&self) -> impl Iterator<Item = &str> {
        self.occasions.situations()
    }

    /// Where the participant begins.
    pub(crate) fn spot(&self) -> Spot {
        self.spot
    }

    /// The entry, if nothing is wrong.
    pub(crate) fn finish(mut self, sources: &Arc<[Source]>) -> Person {
        if self.may_meet {
            self.meet();
        }
        let (name_spot, name_field) = self.name_place.clone();
        let name_is_at_fault = self.slips.iter().any(|slip| slip.field.as_deref() == Some(&name_field));
        if self.name.is_none() && !name_is_at_fault {
            self.missing(At { spot: name_spot, field: &name_field });
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
        let origin = Origin { sources: sources.clone(), spot: self.spot };
        if !self.slips.is_empty() {
            self.slips.sort_by_key(|slip| slip.spot);
            let faults = self.slips.into_iter().map(|slip| slip.fault(&origin)).collect();
            return Err(Rejected { origin, key: self.key, faults });
        }
        // The row of a resolution may stand before those that it settles.
        for situation in self.resolutions.iter_mut().filter_map(|settled| settled.situation.as_mut()) {
            if let Some(spelling) = self.occasions.spelling(situation) {
                situation.clone_from(spelling);
            }
        }
        // Entries live long, and a batch has many of them.
        self.ratings.shrink_to_fit();
        self.facts.shrink_to_fit();
        let name = self.name.map(|said| said.value).unwrap_or_default();
        let birth_date = self.birth_date.map(|said| said.value);
        Ok(Entry {
            key: self.key.unwrap_or_else(|| key_of(&name, birth_date)),
            origin,
            name,
            birth_date,
            from: self.from.map(|said| said.value),
            to: self.to.map(|said| said.value),
            hours: self.hours.map(|said| said.value),
            occasions: self.occasions.into_list(),
            ratings: self.ratings,
            notes: self.notes,
            resolutions: self.resolutions,
            facts: self.facts,
            decisions: self.decisions,
        })
    }
}

impl Slip {
    fn fault(self, origin: &Origin) -> Fault {
        let message = match self.message {
            Message::Plain(message) => message,
            Message::Differs(earlier) => {
                let (one, other) = (earlier.min(self.spot), earlier.max(self.spot));
                let places = if one.source == other.source {
                    let (first, second) = (one.row, other.row);
                    words!("rows {first} and {second}", "den Zeilen {first} und {second}")
                } else {
                    let place = |spot: Spot| origin.source_of(spot).place(spot.whole_row());
                    let (first, second) = (place(one), place(other));
                    Words {
                        en: format!("{} and {}", first.en, second.en),
                        de: format!("{} und {}", first.de, second.de),
                    }
                };
                let Words { en, de } = places;
                match (self.code, &self.field) {
                    (FaultCode::Namesake, _) => words!(
                        "the same name stands in {en}, without a key in both places; one participant or two, nobody can tell",
                        "derselbe Name steht in {de}, ohne Kennung an beiden Stellen; ob es eine Person ist oder zwei, ist nicht zu erkennen"
                    ),
                    (_, field) => {
                        let field = field.as_deref().unwrap_or_default();
                        words!(
                            "`{field}` differs between {en}, which are of the same participant",
                            "`{field}` ist in {de} verschieden, obwohl beide zu derselben Person gehören"
                        )
                    }
                }
            }
        };
        let fault = Fault::new(self.code, origin, self.spot, message);
        let fault = match self.field {
            Some(field) => fault.field(field),
            None => fault,
        };
        match self.help {
            Some(help) => fault.help(help),
            None => fault,
        }
    }
}

/// One keyboard writes `ț` as one character, another as two, and nobody sees two spaces where one should be.
fn is_same_name(one: &str, other: &str) -> bool {
    let words =
        |name: &str| name.split_whitespace().map(|word| word.nfc().collect::<String>()).collect::<Vec<_>>();
    words(one) == words(other)
}

fn as_text() -> Words {
    words!(
        "give the cell the format `Text` and write it once more",
        "der Zelle das Format `Text` geben und noch einmal schreiben"
    )
}

/// Keeps the first value. The place of the first value, if a later one differs from it.
fn agree<T: PartialEq>(slot: &mut Option<Said<T>>, value: T, at: At<'_>) -> Option<Spot> {
    if let Some(said) = slot {
        return (said.value != value).then_some(said.spot);
    }
    *slot = Some(Said { value, spot: at.spot, field: at.field.clone() });
    None
}
