//! The checked model: an assessment in which every name is resolved and every promise is proven.
//!
//! There is no way to make an [`Assessment`] but [`check()`](crate::check()), so whoever holds one may rely on it:
//! no reference dangles, nothing is computed from itself, every ladder covers all values without gaps,
//! every text exists in every promised language, every placeholder has something to say,
//! and the author's examples pass.

use std::collections::HashMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::Index;

use jiff::civil::Date;

use crate::Exact;
use crate::entry::Vocabulary;
pub use crate::raw::{Combine, FactKind, FindingKind};

/// An assessment that is ready to score records.
#[derive(Debug)]
pub struct Assessment {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Its languages; the first one is the language of the definition.
    pub languages: Vec<String>,
    pub(crate) modules: Arena<Module>,
    pub(crate) scales: Arena<Scale>,
    pub(crate) items: Arena<Item>,
    pub(crate) ladders: Arena<Ladder>,
    pub(crate) measures: Arena<Measure>,
    /// All measures, each behind everything it is computed from.
    pub(crate) order: Vec<Ix<Measure>>,
    pub(crate) facts: Arena<Fact>,
    pub(crate) findings: Arena<Finding>,
    pub(crate) recommendations: Arena<Recommendation>,
    pub(crate) steps: Vec<Step>,
    pub(crate) certificate: Option<Certificate>,
    pub(crate) names: HashMap<String, Name>,
    /// For each language, each text.
    pub(crate) texts: Vec<Vec<Text>>,
}

/// What a path names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    /// A module.
    Module(Ix<Module>),
    /// A scale.
    Scale(Ix<Scale>),
    /// A ladder of levels.
    Ladder(Ix<Ladder>),
    /// An item.
    Item(Ix<Item>),
    /// A measure.
    Measure(Ix<Measure>),
    /// A fact.
    Fact(Ix<Fact>),
    /// A finding.
    Finding(Ix<Finding>),
    /// A recommendation.
    Recommendation(Ix<Recommendation>),
}

impl Assessment {
    /// What a path such as `metal.field` names.
    pub fn find(&self, path: &str) -> Option<Name> {
        self.names.get(path).copied()
    }

    /// All paths with what they name, in no particular order.
    pub fn names(&self) -> impl Iterator<Item = (&str, Name)> {
        self.names.iter().map(|(path, name)| (path.as_str(), *name))
    }

    /// The names that columns of a results file may have.
    pub fn vocabulary(&self) -> Vocabulary {
        Vocabulary {
            assessment: self.id.clone(),
            version: self.version.clone(),
            items: self.items.iter().map(|(_, item)| item.path.clone()).collect(),
            facts: self.facts.iter().map(|(_, fact)| (fact.path.clone(), fact.kind)).collect(),
        }
    }

    /// The measures, in the order of the definition.
    pub fn measures(&self) -> impl Iterator<Item = (Ix<Measure>, &Measure)> {
        self.measures.iter()
    }

    /// One measure.
    pub fn measure(&self, ix: Ix<Measure>) -> &Measure {
        &self.measures[ix]
    }

    /// The level of a measure at a position of its ladder, counted from 0.
    pub fn level(&self, measure: Ix<Measure>, position: Option<usize>) -> Option<&Level> {
        self.ladders[self.measures[measure].ladder?].levels.get(position?)
    }

    /// One ladder.
    pub fn ladder(&self, ix: Ix<Ladder>) -> &Ladder {
        &self.ladders[ix]
    }

    /// The measures on the first page of the certificate.
    pub fn profile(&self) -> &[Ix<Measure>] {
        self.certificate.as_ref().map_or(&[], |certificate| &certificate.profile)
    }

    /// Which of the assessment's languages this is.
    pub fn language(&self, code: &str) -> Option<Language> {
        self.languages.iter().position(|language| language == code).map(Language)
    }

    /// The language of the definition.
    pub fn main_language(&self) -> Language {
        Language(0)
    }

    /// A text without placeholders, such as a title.
    pub fn text(&self, id: Ix<Text>, language: Language) -> &str {
        match self.texts[language.0][id.position()].pieces.as_slice() {
            [Piece::Plain(text)] => text,
            // Only sentences have placeholders, and they are printed by the results.
            _ => "",
        }
    }

    /// The title of an item or measure.
    pub fn title(&self, node: Node, language: Language) -> &str {
        match node {
            Node::Item(item) => self.text(self.items[item].title, language),
            Node::Measure(measure) => self.text(self.measures[measure].title, language),
        }
    }

    /// The path of an item or measure.
    pub fn path(&self, node: Node) -> &str {
        match node {
            Node::Item(item) => &self.items[item].path,
            Node::Measure(measure) => &self.measures[measure].path,
        }
    }
}

/// One of the languages of an assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Language(pub(crate) usize);

impl Language {
    /// Its position among the [languages](Assessment::languages) of the assessment.
    pub fn position(self) -> usize {
        self.0
    }
}

/// A file of the assessment; the main file is the first module.
#[derive(Debug)]
pub struct Module {
    /// Its id; the main file has the id of the assessment.
    pub id: String,
    /// Its title.
    pub title: Ix<Text>,
    /// What a participant does in it.
    pub summary: Option<Ix<Text>>,
    /// The measures that the certificate documents.
    pub shows: Vec<Ix<Measure>>,
    /// How several observers come together.
    pub observers: Observers,
}

/// How several observers come together.
#[derive(Debug, Clone)]
pub struct Observers {
    /// How many a module needs.
    pub at_least: u32,
    /// How their ratings of an item become one value.
    pub combine: Combine,
    /// The spread from which on an item is disputed.
    pub dispute_from: Option<Exact>,
}

/// What an item is rated on.
#[derive(Debug)]
pub struct Scale {
    /// Its path.
    pub path: String,
    /// The values it has.
    pub values: ScaleValues,
    /// The code for "not observed".
    pub not_observed: Option<String>,
}

/// The values of a scale.
#[derive(Debug)]
pub enum ScaleValues {
    /// These values, each with its code if it has one.
    List(Vec<(Exact, Option<String>)>),
    /// All numbers from the first to the second, in steps of the third.
    Range(Exact, Exact, Exact),
}

impl Scale {
    /// The lowest and the highest value.
    pub fn bounds(&self) -> (Exact, Exact) {
        match &self.values {
            ScaleValues::List(values) => (values[0].0.clone(), values[values.len() - 1].0.clone()),
            ScaleValues::Range(from, to, _) => (from.clone(), to.clone()),
        }
    }

    /// Whether the scale has this number.
    pub fn has(&self, number: &Exact) -> bool {
        match &self.values {
            ScaleValues::List(values) => values.iter().any(|(value, _)| value == number),
            ScaleValues::Range(from, to, step) => {
                number >= from && number <= to && (&(number - from) / step).to_whole().is_some()
            }
        }
    }

    /// The number behind a code.
    pub fn decode(&self, code: &str) -> Option<&Exact> {
        match &self.values {
            ScaleValues::List(values) => values
                .iter()
                .find(|(_, own)| own.as_ref().is_some_and(|own| own.eq_ignore_ascii_case(code)))
                .map(|(value, _)| value),
            ScaleValues::Range(..) => None,
        }
    }

    /// A value of the scale for people: `A2 (6)`, or `3` where values have no codes.
    pub fn show(&self, number: &Exact) -> String {
        let plain = number.to_plain();
        let code = match &self.values {
            ScaleValues::List(values) => {
                values.iter().find(|(value, _)| value == number).and_then(|v| v.1.as_ref())
            }
            ScaleValues::Range(..) => None,
        };
        code.map_or(plain.clone(), |code| format!("{code} ({plain})"))
    }

    /// What may be written, for people: `0, 1, 2, 3, 4, n`.
    pub fn allowed(&self) -> String {
        let mut allowed = match &self.values {
            ScaleValues::List(values) => {
                let one = |(value, code): &(Exact, Option<String>)| {
                    code.clone().unwrap_or_else(|| value.to_plain())
                };
                values.iter().map(one).collect::<Vec<_>>()
            }
            ScaleValues::Range(from, to, step) => {
                vec![format!("{} … {} (± {})", from.to_plain(), to.to_plain(), step.to_plain())]
            }
        };
        allowed.extend(self.not_observed.clone());
        allowed.join(", ")
    }
}

/// Something that is observed.
#[derive(Debug)]
pub struct Item {
    /// Its path.
    pub path: String,
    /// Its module.
    pub module: Ix<Module>,
    /// Its title.
    pub title: Ix<Text>,
    /// What it is rated on.
    pub scale: Ix<Scale>,
    /// The file and line where it is defined.
    pub place: String,
}

/// Something that is computed.
#[derive(Debug)]
pub struct Measure {
    /// Its path.
    pub path: String,
    /// Its module.
    pub module: Ix<Module>,
    /// Its title.
    pub title: Ix<Text>,
    /// How it is computed.
    pub rule: Rule,
    /// Its levels.
    pub ladder: Option<Ix<Ladder>>,
    /// What keeps its level down.
    pub caps: Vec<Cap>,
    /// The file and line where it is defined.
    pub place: String,
}

/// How a measure is computed.
#[derive(Debug)]
pub enum Rule {
    /// The mean of the parts seen, by weight. For a plain mean all weights are one.
    Mean(Parts),
    /// The lowest of the parts seen.
    Lowest(Parts),
    /// The highest of the parts seen.
    Highest(Parts),
    /// The first part that has a value.
    First(Vec<Node>),
    /// One value read into another: from each bound on, the result beside it.
    Table(Node, Vec<(Exact, Exact)>),
    /// No number: the highest level whose condition holds.
    Condition(Vec<Node>),
}

impl Rule {
    /// The name of the rule in the definition.
    pub fn word(&self) -> &'static str {
        match self {
            Rule::Mean(parts) if parts.weighted => "weighted-mean",
            Rule::Mean(_) => "mean",
            Rule::Lowest(_) => "lowest",
            Rule::Highest(_) => "highest",
            Rule::First(_) => "first",
            Rule::Table(..) => "table",
            Rule::Condition(_) => "condition",
        }
    }

    /// What the measure is computed from.
    pub fn parts(&self) -> Vec<Node> {
        match self {
            Rule::Mean(parts) | Rule::Lowest(parts) | Rule::Highest(parts) => {
                parts.list.iter().map(|(node, _)| *node).collect()
            }
            Rule::First(parts) | Rule::Condition(parts) => parts.clone(),
            Rule::Table(part, _) => vec![*part],
        }
    }
}

/// What a measure is computed from, and how much of it must have been seen.
#[derive(Debug)]
pub struct Parts {
    /// The parts with their weights.
    pub list: Vec<(Node, Exact)>,
    /// Whether the author gave weights.
    pub weighted: bool,
    /// In what the coverage is counted.
    pub unit: Unit,
    /// How much of it is needed.
    pub needed: Exact,
    /// How much of it there is.
    pub total: Exact,
}

/// In what a coverage is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// In parts.
    Parts,
    /// In shares of the parts.
    Share,
    /// In shares of the weights.
    Weight,
    /// In observers.
    Observers,
    /// In the value that a table begins with.
    Value,
}

/// An item or a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Node {
    /// An item.
    Item(Ix<Item>),
    /// A measure.
    Measure(Ix<Measure>),
}

/// What keeps a level down.
#[derive(Debug)]
pub struct Cap {
    /// When it applies.
    pub when: Condition,
    /// The highest level that remains possible.
    pub at_most: usize,
    /// The file and line where it is defined.
    pub place: String,
}

/// A ladder of levels, lowest first.
#[derive(Debug)]
pub struct Ladder {
    /// Its path; a ladder of one measure alone has the path of the measure.
    pub path: String,
    /// The heading of its legend.
    pub title: Ix<Text>,
    /// The levels.
    pub levels: Vec<Level>,
}

/// A level of a ladder.
#[derive(Debug)]
pub struct Level {
    /// Its id.
    pub id: String,
    /// The word on the certificate.
    pub title: Ix<Text>,
    /// What it means.
    pub text: Option<Ix<Text>>,
    /// How many of the four steps of the bar it fills.
    pub bar: u8,
    /// What earns it.
    pub bound: Bound,
    /// The file and line where it is defined.
    pub place: String,
}

/// What earns a level.
#[derive(Debug)]
pub enum Bound {
    /// A value of at least this much.
    AtLeast(Exact),
    /// A condition.
    When(Condition),
    /// Nothing: it is the level below all conditions.
    Base,
}

/// A condition with the file and line where it is defined.
#[derive(Debug)]
pub struct Condition {
    /// The test.
    pub test: Test,
    /// The file and line.
    pub place: String,
}

/// What a condition tests.
#[derive(Debug)]
pub enum Test {
    /// All of these hold.
    All(Vec<Condition>),
    /// At least one of these holds.
    Any(Vec<Condition>),
    /// This one does not hold.
    Not(Box<Condition>),
    /// The value of an item or measure lies within bounds.
    Score(Node, Bounds<Exact>),
    /// The level of a measure is one from the first to the last of these, both included.
    Level(Ix<Measure>, usize, usize),
    /// A number lies within bounds.
    FactNumber(Ix<Fact>, Bounds<Exact>),
    /// A day lies within bounds.
    FactDate(Ix<Fact>, Bounds<Date>),
    /// A flag is this one.
    FactFlag(Ix<Fact>, bool),
    /// A choice is this one of the options.
    FactChoice(Ix<Fact>, usize),
    /// The age in full years on the day of issue lies within bounds.
    Age(Bounds<u32>),
    /// Not enough was seen of a measure.
    Insufficient(Ix<Measure>),
    /// A module was taken.
    Taken(Ix<Module>),
}

/// Bounds of a value; each one may be absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounds<T> {
    /// This or more.
    pub at_least: Option<T>,
    /// More than this.
    pub above: Option<T>,
    /// This or less.
    pub at_most: Option<T>,
    /// Less than this.
    pub below: Option<T>,
}

impl<T: Ord> Bounds<T> {
    /// Whether a value lies within.
    pub fn contain(&self, value: &T) -> bool {
        self.at_least.as_ref().is_none_or(|bound| value >= bound)
            && self.above.as_ref().is_none_or(|bound| value > bound)
            && self.at_most.as_ref().is_none_or(|bound| value <= bound)
            && self.below.as_ref().is_none_or(|bound| value < bound)
    }
}

/// Something that rules know about a person besides observations.
#[derive(Debug)]
pub struct Fact {
    /// Its path.
    pub path: String,
    /// Its title.
    pub title: Ix<Text>,
    /// Its kind.
    pub kind: FactKind,
    /// The options of a choice.
    pub options: Vec<String>,
}

/// A sentence about what was shown.
#[derive(Debug)]
pub struct Finding {
    /// Its path.
    pub path: String,
    /// Shown reliably, or growing.
    pub kind: FindingKind,
    /// When it is true.
    pub when: Condition,
    /// The sentence.
    pub text: Ix<Text>,
    /// The file and line where it is defined.
    pub place: String,
}

/// A recommended next step.
#[derive(Debug)]
pub struct Recommendation {
    /// Its path.
    pub path: String,
    /// The number of its step.
    pub step: u8,
    /// When it is recommended; `None`: always.
    pub when: Option<Condition>,
    /// Its order within the step, smaller first.
    pub priority: u32,
    /// Who is responsible.
    pub body: Ix<Text>,
    /// How long after the day of issue it is due.
    pub due: Option<Due>,
    /// What to do.
    pub text: Ix<Text>,
    /// The file and line where it is defined.
    pub place: String,
}

/// A stretch of time from the day of issue on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Calendar days.
    Days(i32),
    /// Calendar months; the last day of a month where the day does not exist.
    Months(i32),
}

/// A step that recommendations belong to.
#[derive(Debug)]
pub struct Step {
    /// Its number among the nine steps.
    pub number: u8,
    /// Its title.
    pub title: Ix<Text>,
}

/// What the certificate says besides results.
#[derive(Debug)]
pub struct Certificate {
    pub(crate) title: Ix<Text>,
    pub(crate) subtitle: Ix<Text>,
    pub(crate) procedure: Ix<Text>,
    pub(crate) is: Ix<Text>,
    pub(crate) is_not: Ix<Text>,
    pub(crate) profile: Vec<Ix<Measure>>,
    pub(crate) per_step: Option<u32>,
}

/// A text with its placeholders resolved.
#[derive(Debug, Clone)]
pub struct Text {
    pub(crate) pieces: Vec<Piece>,
}

/// A piece of a text.
#[derive(Debug, Clone)]
pub(crate) enum Piece {
    /// Printed as it stands.
    Plain(String),
    /// The title of an item or measure.
    Title(Node),
    /// The word of the level of a measure.
    Level(Ix<Measure>),
}

/// The position of a thing in its [`Arena`]; positions of different kinds of things cannot be mixed up.
pub struct Ix<T>(u32, PhantomData<fn() -> T>);

impl<T> Ix<T> {
    pub(crate) fn new(position: usize) -> Ix<T> {
        // Files are bounded in size, so there are far fewer things than that.
        Ix(u32::try_from(position).unwrap_or(u32::MAX), PhantomData)
    }

    pub(crate) fn position(self) -> usize {
        self.0 as usize
    }
}

impl<T> Clone for Ix<T> {
    fn clone(&self) -> Ix<T> {
        *self
    }
}
impl<T> Copy for Ix<T> {}
impl<T> PartialEq for Ix<T> {
    fn eq(&self, other: &Ix<T>) -> bool {
        self.0 == other.0
    }
}
impl<T> Eq for Ix<T> {}
impl<T> Hash for Ix<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<T> fmt::Debug for Ix<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

/// Things of one kind, in the order of the definition.
#[derive(Debug)]
pub struct Arena<T>(Vec<T>);

impl<T> Arena<T> {
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The things with their positions.
    pub fn iter(&self) -> impl Iterator<Item = (Ix<T>, &T)> {
        self.0.iter().enumerate().map(|(position, thing)| (Ix::new(position), thing))
    }
}

impl<T> From<Vec<T>> for Arena<T> {
    fn from(things: Vec<T>) -> Arena<T> {
        Arena(things)
    }
}

impl<T> Index<Ix<T>> for Arena<T> {
    type Output = T;
    fn index(&self, ix: Ix<T>) -> &T {
        &self.0[ix.position()]
    }
}
