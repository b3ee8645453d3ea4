//! Results as they come from a file, not yet held against a definition.
//!
//! Readers of files make [`Entry`] values; [`Record::new`](crate::Record::new) proves them against an assessment.
//! What is wrong with them is a [`Fault`], which names a file, a row and a column, and never a person.

use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;

use crate::codes::codes;
use crate::raw::{FactKind, Given};
use crate::{Exact, Words};

/// The results of one participant.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    /// What tells participants apart, for instance `P-0017`. Namesakes have different keys.
    pub key: String,
    /// Where the entry begins.
    pub origin: Origin,
    /// The name as the participant writes it.
    pub name: String,
    /// The day of birth.
    pub birth_date: Option<Date>,
    /// The first day of the assessment.
    pub from: Option<Date>,
    /// The last day of the assessment.
    pub to: Option<Date>,
    /// How long the assessment took, in hours.
    pub hours: Option<Exact>,
    /// Who observed, in which situation and trial, in the order of the file.
    pub occasions: Vec<Occasion>,
    /// What they observed. A cell left empty is no rating.
    pub ratings: Vec<Rating>,
    /// What they noted, apart from the ratings.
    pub notes: Vec<Note>,
    /// What was decided where observers were too far apart.
    pub resolutions: Vec<Resolution>,
    /// Facts about the participant.
    pub facts: Vec<FactEntry>,
    /// What the assessor decided about recommendations.
    pub decisions: Vec<Decision>,
}

/// Who observed, and when: one observer in one situation and trial, or the participant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Occasion {
    /// Who rates.
    pub observer: Observer,
    /// In which situation, for instance `kitchen`. Absent: there is only one, or it does not matter.
    pub situation: Option<String>,
    /// The number of the trial, from 1 on.
    pub trial: u32,
}

/// Who rates.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Observer {
    /// An observer, by name.
    Named(String),
    /// The participant. A self-assessment is shown beside the result and never part of it.
    Own,
}

/// The names that mean the participant.
const OWN: &[&str] = &[
    "self",
    "selbst",
    "self-assessment",
    "selbsteinschätzung",
    "selbsteinschaetzung",
    "ich",
    "teilnehmer",
    "teilnehmerin",
];

impl Observer {
    /// The observer with this name; `self`, `selbst` and words like `Selbsteinschätzung` mean the participant.
    pub fn new(name: &str) -> Observer {
        // A misspelt one would count as one more observer, so the likely words are all taken.
        let written = name.trim().to_lowercase();
        let own = OWN.contains(&written.as_str());
        if own { Observer::Own } else { Observer::Named(name.trim().to_owned()) }
    }
}

impl Occasion {
    /// An observer, with no situation and the first trial.
    pub fn of(observer: &str) -> Occasion {
        Occasion { observer: Observer::new(observer), situation: None, trial: 1 }
    }

    /// Reads an occasion as it is written in TOML: `anna`, `anna @ kitchen`, `anna @ kitchen #2`, `self`.
    ///
    /// `None`: a part is empty, or the trial is no number from 1 on.
    ///
    /// ```
    /// use kompetenz::entry::{Observer, Occasion};
    /// let occasion = Occasion::parse("anna @ kitchen #2").unwrap();
    /// assert_eq!(occasion.observer, Observer::Named("anna".into()));
    /// assert_eq!(occasion.situation.as_deref(), Some("kitchen"));
    /// assert_eq!(occasion.trial, 2);
    /// assert_eq!(Occasion::parse("self").unwrap().observer, Observer::Own);
    /// assert!(Occasion::parse("anna #0").is_none());
    /// ```
    pub fn parse(text: &str) -> Option<Occasion> {
        let (rest, trial) = match text.rsplit_once('#') {
            Some((rest, number)) => (rest, number.trim().parse().ok().filter(|trial| *trial > 0)?),
            None => (text, 1),
        };
        let (name, situation) = match rest.split_once('@') {
            Some((name, situation)) => (name, Some(situation.trim())),
            None => (rest, None),
        };
        let sound = !name.trim().is_empty() && situation.is_none_or(|situation| !situation.is_empty());
        sound.then(|| Occasion {
            observer: Observer::new(name),
            situation: situation.map(str::to_owned),
            trial,
        })
    }
}

/// One rating of one item on one occasion.
#[derive(Debug, Clone)]
pub struct Rating {
    /// The path of the item, for instance `metal.t1-order`.
    pub item: Arc<str>,
    /// Which of the [occasions](Entry::occasions).
    pub occasion: usize,
    /// What was written.
    pub value: Given,
    /// Where.
    pub spot: Spot,
}

/// What an observer noted.
#[derive(Debug, Clone)]
pub struct Note {
    /// The path of the item, measure or module it is about. Empty: about the whole.
    pub about: Arc<str>,
    /// Which of the [occasions](Entry::occasions).
    pub occasion: usize,
    /// What was noted.
    pub text: String,
    /// Where.
    pub spot: Spot,
}

/// What a person decided where observers were too far apart.
#[derive(Debug, Clone)]
pub struct Resolution {
    /// The path of the item or measure.
    pub about: Arc<str>,
    /// In which situation. Absent: in all that are disputed.
    pub situation: Option<String>,
    /// The value that counts.
    pub value: Given,
    /// Why. It must not be empty.
    pub note: String,
    /// Who decided.
    pub by: Option<String>,
    /// Where.
    pub spot: Spot,
}

/// What the assessor decided about a recommendation, or one of the assessor's own.
#[derive(Debug, Clone)]
pub struct Decision {
    /// What was decided.
    pub ruling: Ruling,
    /// Why. A rejection needs a reason.
    pub reason: Option<String>,
    /// Who decided.
    pub by: Option<String>,
    /// Where.
    pub spot: Spot,
}

/// What was decided about a recommendation.
#[derive(Debug, Clone)]
pub enum Ruling {
    /// It stays as it is: its path.
    Confirmed(Arc<str>),
    /// It stays with another text: its path and the text.
    Edited(Arc<str>, Vec<Localized>),
    /// It is dropped: its path.
    Rejected(Arc<str>),
    /// It is added by the assessor.
    Added {
        /// The number of the step.
        step: u32,
        /// What to do.
        text: Vec<Localized>,
        /// Who is responsible.
        body: Vec<Localized>,
        /// Until when, as in a definition: `4 weeks`.
        due: Option<String>,
    },
}

/// A text in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Localized {
    /// The code of the language. Absent: the language of the definition.
    pub language: Option<String>,
    /// The text.
    pub text: String,
}

/// One fact about a participant.
#[derive(Debug, Clone)]
pub struct FactEntry {
    /// The path of the fact, for instance `work-years`.
    pub fact: Arc<str>,
    /// What was written.
    pub value: Given,
    /// Where.
    pub spot: Spot,
}

/// A cell: row and column, both counted from 1. In a text file, a line and the place of a character in it.
///
/// Zero means "the whole row" or "the whole file". The default means: not from a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// Which of the [sources](Origin::sources) of the entry.
    pub source: u32,
    /// The row.
    pub row: u32,
    /// The column.
    pub column: u32,
}

impl Spot {
    /// The whole row.
    #[must_use]
    pub fn whole_row(self) -> Spot {
        Spot { column: 0, ..self }
    }
}

/// A file, or one sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The name of the file, without its folder.
    pub file: Arc<str>,
    /// The name of the sheet, if the file is a workbook.
    pub sheet: Option<Arc<str>>,
    /// Whether columns have letters, as in a table, or are places in a line of text.
    pub form: Form,
}

/// Where an entry comes from: the files that were read together, and the place where it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// All files and sheets that were read. Never empty.
    pub sources: Arc<[Source]>,
    /// Where the entry begins. Row zero: not from a file.
    pub spot: Spot,
}

impl Origin {
    /// The file and sheet where the entry begins.
    pub fn source(&self) -> &Source {
        self.source_of(self.spot)
    }

    /// The file and sheet of a spot.
    ///
    /// # Panics
    /// If there are no sources at all, which no reader makes.
    pub fn source_of(&self, spot: Spot) -> &Source {
        let ix = usize::try_from(spot.source).unwrap_or(usize::MAX);
        self.sources.get(ix).unwrap_or(&self.sources[0])
    }
}

impl Source {
    /// A place as people name it, for instance `results.xlsx, sheet Metal, row 17, column C`.
    pub fn place(&self, spot: Spot) -> Words {
        let mut place = Words { en: self.file.to_string(), de: self.file.to_string() };
        let mut add = |en: &str, de: &str, what: &str| {
            place.en.push_str(&format!(", {en} {what}"));
            place.de.push_str(&format!(", {de} {what}"));
        };
        if let Some(sheet) = &self.sheet {
            add("sheet", "Blatt", sheet);
        }
        let (row, column) = match self.form {
            Form::Table => ("row", "Spalte"),
            Form::Text => ("line", "Zeichen"),
        };
        if spot.row > 0 {
            add(row, "Zeile", &spot.row.to_string());
        }
        if spot.column > 0 {
            let number = match self.form {
                Form::Table => column_letters(spot.column),
                Form::Text => spot.column.to_string(),
            };
            add("column", column, &number);
        }
        place
    }
}

/// How the places of a file are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Row 17, column C.
    Table,
    /// Line 17, column 3.
    Text,
}

impl Default for Origin {
    /// Made in code, not read from a file.
    fn default() -> Origin {
        let nowhere = Source { file: "-".into(), sheet: None, form: Form::Table };
        Origin { sources: [nowhere].into(), spot: Spot::default() }
    }
}

/// Something wrong with a results file, in words that name no person and repeat no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The kind of fault.
    pub code: FaultCode,
    /// The file and the sheet.
    pub source: Source,
    /// Where in it.
    pub spot: Spot,
    /// The heading of the column or the path of the item, if there is one.
    pub field: Option<String>,
    /// What is wrong: lower case, no full stop.
    pub message: Words,
    /// What to do about it.
    pub help: Option<Words>,
}

impl Fault {
    /// A fault in the files of an entry.
    pub fn new(code: FaultCode, origin: &Origin, spot: Spot, message: Words) -> Fault {
        Fault::at(code, origin.source_of(spot), spot, message)
    }

    /// A fault in a file or sheet.
    pub fn at(code: FaultCode, source: &Source, spot: Spot, message: Words) -> Fault {
        Fault { code, source: source.clone(), spot, field: None, message, help: None }
    }

    /// Names the column or item.
    #[must_use]
    pub fn field(mut self, field: impl Into<String>) -> Fault {
        self.field = Some(field.into());
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: Words) -> Fault {
        self.help = Some(help);
        self
    }

    /// The place as people name it, for instance `results.csv, row 17, column C`.
    pub fn place(&self) -> Words {
        self.source.place(self.spot)
    }
}

impl fmt::Display for Fault {
    /// One line in English: `results.csv, row 17, column C: … [code]`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} [{}]", self.place().en, self.message.en, self.code.name())
    }
}

impl Serialize for Fault {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut fault = serializer.serialize_struct("Fault", 9)?;
        fault.serialize_field("code", self.code.name())?;
        fault.serialize_field("file", &*self.source.file)?;
        fault.serialize_field("sheet", &self.source.sheet.as_deref())?;
        fault.serialize_field("row", &self.spot.row)?;
        fault.serialize_field("column", &self.spot.column)?;
        let letters = (self.source.form == Form::Table && self.spot.column > 0)
            .then(|| column_letters(self.spot.column));
        fault.serialize_field("column-letters", &letters)?;
        fault.serialize_field("field", &self.field)?;
        fault.serialize_field("message", &self.message)?;
        fault.serialize_field("help", &self.help)?;
        fault.end()
    }
}

/// A column as spreadsheets name it: 1 is `A`, 27 is `AA`.
///
/// ```
/// use kompetenz::entry::column_letters;
/// assert_eq!([1, 26, 27, 702, 703].map(column_letters), ["A", "Z", "AA", "ZZ", "AAA"]);
/// ```
pub fn column_letters(mut column: u32) -> String {
    let mut letters = Vec::new();
    while column > 0 {
        column -= 1;
        letters.push(char::from(b'A' + u8::try_from(column % 26).unwrap_or(0)));
        column /= 26;
    }
    letters.iter().rev().collect()
}

codes! {
    /// The kind of a fault in a results file: a stable name, the same in every language.
    pub enum FaultCode {
        /// The file is no text and no workbook, or damaged, or not well formed.
        Unreadable = "unreadable",
        /// A text file in an old encoding, and which one it is would change its letters.
        UnknownEncoding = "unknown-encoding",
        /// The file is protected by a password.
        Encrypted = "encrypted",
        /// A row whose quotation marks do not pair up, so that cells or rows could be swallowed.
        MalformedRow = "malformed-row",
        /// A value of another kind than this key takes.
        WrongType = "wrong-type",
        /// A question mark or replacement sign where a letter was lost by saving in an old encoding.
        LostCharacter = "lost-character",
        /// The file, a row or a cell is larger than any real one.
        TooLarge = "too-large",
        /// The file has no results.
        Empty = "empty",
        /// The results were entered for another assessment or version.
        WrongAssessment = "wrong-assessment",
        /// A column or key that must be there is not.
        MissingColumn = "missing-column",
        /// A column or key that is neither an item nor a fact nor anything else known.
        UnknownColumn = "unknown-column",
        /// A heading that several items have as their title.
        AmbiguousColumn = "ambiguous-column",
        /// A row about an item that the assessment does not have.
        UnknownItem = "unknown-item",
        /// Two columns with the same heading.
        DuplicateColumn = "duplicate-column",
        /// A row with more cells than there are columns.
        RowLength = "row-length",
        /// A cell that must be filled is empty.
        MissingValue = "missing-value",
        /// A cell that is not a date, or a date that cannot be.
        InvalidDate = "invalid-date",
        /// A cell that is not a number.
        InvalidNumber = "invalid-number",
        /// A rating that the scale of its item does not have.
        OutsideScale = "outside-scale",
        /// A fact of another kind than the definition says.
        InvalidFact = "invalid-fact",
        /// The same participant and observer twice.
        DuplicateRow = "duplicate-row",
        /// Two rows of one participant say different things.
        Contradiction = "contradiction",
        /// Rows without a key whose names are the same: one participant or two, nobody can tell.
        Namesake = "namesake",
        /// A control, direction or unassigned character, which could make a name read as another one.
        DeceptiveCharacter = "deceptive-character",
        /// A text longer than any real one.
        TooLong = "too-long",
        /// Nothing was observed of this participant.
        NothingObserved = "nothing-observed",
        /// A dispute is settled where there is none, or without a note.
        InvalidResolution = "invalid-resolution",
        /// A decision about a recommendation that does not exist, or one that lacks its reason or text.
        InvalidDecision = "invalid-decision",
    }
}

/// The names that the columns of a results file may have: what a reader needs to know of an assessment.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// The id of the assessment.
    pub assessment: String,
    /// Its version.
    pub version: String,
    /// The paths of all items.
    pub items: Vec<String>,
    /// The paths of all measures.
    pub measures: Vec<String>,
    /// The paths of all recommendations.
    pub recommendations: Vec<String>,
    /// The paths of all facts.
    pub facts: Vec<(String, FactKind)>,
    /// What items, facts and modules are called, in every language: title and path.
    pub titles: Vec<(String, String)>,
    /// The digest of the definition, by which a sheet made from another draft is recognised.
    pub digest: String,
}
