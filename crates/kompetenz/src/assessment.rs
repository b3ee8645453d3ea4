//! The checked model: an assessment in which every name is resolved and every promise is proven.
//!
//! There is no way to make an [`Assessment`] but [`check()`](crate::check()), so whoever holds one may rely on it:
//! no reference dangles, nothing is computed from itself, every ladder covers all values without gaps,
//! every text exists in every promised language, every placeholder has something to say,
//! and the author's examples pass.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::Index;

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use crate::Exact;
use crate::entry::Vocabulary;
use crate::raw;
pub use crate::raw::{
    Combine, Counts, Decisions, FactKind, FindingKind, Gives, Half, LetterFormat, Missing, Over, Picture,
    ReportPart, Ties, Trials, Verdict,
};
use crate::record::FactValue;

/// An assessment that is ready to score records.
#[derive(Debug)]
pub struct Assessment {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// The digest of its files: what tells two drafts of one version apart.
    pub digest: String,
    /// Its languages; the first one is the language of the definition.
    pub languages: Vec<String>,
    pub(crate) modules: Arena<Module>,
    pub(crate) scales: Arena<Scale>,
    pub(crate) items: Arena<Item>,
    pub(crate) ladders: Arena<Ladder>,
    pub(crate) measures: Arena<Measure>,
    /// Which measures are computed from items of their own module alone: where it was not taken, they were not.
    pub(crate) local: Vec<bool>,
    /// All measures, each behind everything it is computed from.
    pub(crate) order: Vec<Ix<Measure>>,
    /// The lowest and highest value of each measure, where they are known.
    pub(crate) ranges: Vec<Option<(Exact, Exact)>>,
    pub(crate) facts: Arena<Fact>,
    pub(crate) norms: Arena<Norm>,
    pub(crate) jobs: Arena<Job>,
    pub(crate) findings: Arena<Finding>,
    pub(crate) recommendations: Arena<Recommendation>,
    pub(crate) steps: Vec<Step>,
    /// Recommendations that others exclude, those first whose exclusion decides about others.
    pub(crate) exclusions: Vec<Ix<Recommendation>>,
    /// Whether the assessor must decide about every recommendation.
    pub(crate) decisions: Decisions,
    pub(crate) certificate: Option<Certificate>,
    pub(crate) easy_read: Option<EasyRead>,
    /// What the report for advisers leaves out.
    pub(crate) left_out: Vec<ReportPart>,
    pub(crate) names: HashMap<String, Name>,
    /// For each language, each text.
    pub(crate) texts: Vec<Vec<Text>>,
    /// The letters that go with certificates, in the order of the definition.
    pub letters: Vec<Letter>,
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
    /// A norm table.
    Norm(Ix<Norm>),
    /// A job.
    Job(Ix<Job>),
}

/// A letter that goes with a certificate.
///
/// The core knows its texts, but not what they mean; that is the business of `kompetenz-letters`.
#[derive(Debug, Clone)]
pub struct Letter {
    /// The id.
    pub id: String,
    /// What the office calls it.
    pub title: String,
    /// To which office it goes, a line each. Empty: to the participant.
    pub recipient: Vec<String>,
    /// Whom readers can call.
    pub phone: Option<String>,
    /// How its texts are written.
    pub format: LetterFormat,
    /// Its text by language: in all of them for participants, in the first one for an office.
    pub texts: Vec<(String, String)>,
}

impl Letter {
    /// Its text in a language. `None`: it has none.
    pub fn text(&self, language: &str) -> Option<&str> {
        self.texts.iter().find(|(own, _)| own == language).map(|(_, text)| text.as_str())
    }
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
            measures: self.measures.iter().map(|(_, measure)| measure.path.clone()).collect(),
            recommendations: self.recommendations.iter().map(|(_, r)| r.path.clone()).collect(),
            facts: self.facts.iter().map(|(_, fact)| (fact.path.clone(), fact.kind)).collect(),
            titles: self.titles(),
            digest: self.digest.clone(),
        }
    }

    /// The number of the step of a scale that is called this, in any of the languages.
    ///
    /// `None`: no step is called this, or two are.
    pub(crate) fn step_called(&self, scale: &Scale, words: &str) -> Option<Exact> {
        let ScaleValues::List(values) = &scale.values else { return None };
        let mut called = values.iter().filter(|value| self.is_called(value, words));
        let first = called.next()?;
        called.next().is_none().then(|| first.number.clone())
    }

    /// Whether a scale has a step with this number that is called this, in any of the languages.
    pub(crate) fn has_step(&self, scale: &Scale, number: &Exact, words: &str) -> bool {
        let ScaleValues::List(values) = &scale.values else { return false };
        values.iter().any(|value| value.number == *number && self.is_called(value, words))
    }

    fn is_called(&self, value: &ScaleValue, words: &str) -> bool {
        let mut languages = (0..self.languages.len()).map(Language);
        value
            .title
            .is_some_and(|title| languages.any(|language| same_words(self.text(title, language), words)))
    }

    /// What items, facts and modules are called in every language, each with its path.
    fn titles(&self) -> Vec<(String, String)> {
        let items = self.items.iter().map(|(_, item)| (item.title, &item.path));
        let facts = self.facts.iter().map(|(_, fact)| (fact.title, &fact.path));
        let modules = self.modules.iter().map(|(_, module)| (module.title, &module.id));
        let named: Vec<_> = items.chain(facts).chain(modules).collect();
        let languages = (0..self.languages.len()).map(Language);
        languages
            .flat_map(|language| {
                named.iter().map(move |&(title, path)| (self.text(title, language).to_owned(), path.clone()))
            })
            .collect()
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

    /// One item.
    pub fn item(&self, ix: Ix<Item>) -> &Item {
        &self.items[ix]
    }

    /// The items, in the order of the definition.
    pub fn items(&self) -> impl Iterator<Item = (Ix<Item>, &Item)> {
        self.items.iter()
    }

    /// The scale of an item.
    pub fn scale(&self, ix: Ix<Item>) -> &Scale {
        &self.scales[self.items[ix].scale]
    }

    /// The modules, in the order of the definition; the first one is the main file.
    pub fn modules(&self) -> impl Iterator<Item = (Ix<Module>, &Module)> {
        self.modules.iter()
    }

    /// The facts, in the order of the definition.
    pub fn facts(&self) -> impl Iterator<Item = (Ix<Fact>, &Fact)> {
        self.facts.iter()
    }

    /// The jobs, in the order of the definition.
    pub fn jobs(&self) -> impl Iterator<Item = (Ix<Job>, &Job)> {
        self.jobs.iter()
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
    /// Its picture.
    pub picture: Option<Picture>,
}

/// How several observers come together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observers {
    /// How many a module needs.
    pub at_least: u32,
    /// How their ratings of an item become one value.
    pub combine: Combine,
    /// The spread from which on an item is disputed.
    pub dispute_from: Option<Exact>,
    /// Which of repeated trials count.
    pub trials: Trials,
    /// The distance from which on a self-assessment is worth a talk.
    pub talk_from: Option<Exact>,
}

/// What an item is rated on.
#[derive(Debug)]
pub struct Scale {
    /// Its path.
    pub path: String,
    /// The values it has.
    pub values: ScaleValues,
    /// What is printed behind a number.
    pub unit: Option<String>,
    /// The code for "not observed".
    pub not_observed: Option<String>,
    /// The code for "not reached".
    pub not_reached: Option<String>,
    /// The code for "refused".
    pub refused: Option<String>,
}

/// The values of a scale.
#[derive(Debug, PartialEq, Eq)]
pub enum ScaleValues {
    /// These values.
    List(Vec<ScaleValue>),
    /// All numbers from the first to the second, in steps of the third.
    Range(Exact, Exact, Exact),
    /// Choices, numbered from 1 on.
    Choices(Vec<String>),
    /// Yes is 1, no is 0.
    YesNo,
}

/// A value of a scale.
#[derive(Debug)]
pub struct ScaleValue {
    /// The number that is computed with.
    pub number: Exact,
    /// What may be written instead of the number.
    pub code: Option<String>,
    /// What it is called.
    pub title: Option<Ix<Text>>,
}

/// Titles may change; what counts is what is computed with.
impl PartialEq for ScaleValue {
    fn eq(&self, other: &ScaleValue) -> bool {
        self.number == other.number && self.code == other.code
    }
}
impl Eq for ScaleValue {}

/// Whether two texts are the same words. White space, capitals and the way a keyboard composes letters do not matter.
fn same_words(one: &str, other: &str) -> bool {
    fn folded(text: &str) -> impl Iterator<Item = char> {
        text.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase)
    }
    folded(one).eq(folded(other))
}

/// What may be written for yes and no.
const YES: &[&str] = &["yes", "ja", "true", "wahr", "1"];
const NO: &[&str] = &["no", "nein", "false", "falsch", "0"];

impl Scale {
    /// The lowest and the highest value. Choices have none.
    pub fn bounds(&self) -> Option<(Exact, Exact)> {
        match &self.values {
            ScaleValues::List(values) => {
                Some((values.first()?.number.clone(), values.last()?.number.clone()))
            }
            ScaleValues::Range(from, to, _) => Some((from.clone(), to.clone())),
            ScaleValues::YesNo => Some((Exact::ZERO, Exact::ONE)),
            ScaleValues::Choices(_) => None,
        }
    }

    /// Whether the scale has this number.
    pub fn has(&self, number: &Exact) -> bool {
        match &self.values {
            ScaleValues::List(values) => values.iter().any(|value| value.number == *number),
            ScaleValues::Range(from, to, step) => {
                number >= from && number <= to && (&(number - from) / step).to_whole().is_some()
            }
            ScaleValues::YesNo => *number == Exact::ZERO || *number == Exact::ONE,
            ScaleValues::Choices(_) => false,
        }
    }

    /// The number behind a code, a choice, or a word for yes or no.
    pub fn decode(&self, code: &str) -> Option<Exact> {
        let same = |own: &str| own.eq_ignore_ascii_case(code);
        match &self.values {
            ScaleValues::List(values) => values
                .iter()
                .find(|value| value.code.as_deref().is_some_and(same))
                .map(|value| value.number.clone()),
            ScaleValues::Choices(choices) => {
                let position = choices.iter().position(|choice| same(choice))?;
                Some(Exact::from(i64::try_from(position + 1).ok()?))
            }
            ScaleValues::YesNo if YES.iter().copied().any(same) => Some(Exact::ONE),
            ScaleValues::YesNo if NO.iter().copied().any(same) => Some(Exact::ZERO),
            ScaleValues::YesNo | ScaleValues::Range(..) => None,
        }
    }

    /// A value of the scale for people: `A2 (6)`, `3`, `12 mm`, or the choice `b`.
    pub fn show(&self, number: &Exact) -> String {
        let plain = number.to_plain();
        let unit = |plain: String| match &self.unit {
            Some(unit) => format!("{plain} {unit}"),
            None => plain,
        };
        match &self.values {
            ScaleValues::List(values) => {
                let code = values.iter().find(|value| value.number == *number).and_then(|v| v.code.as_ref());
                code.map_or_else(|| unit(plain.clone()), |code| format!("{code} ({plain})"))
            }
            ScaleValues::Choices(choices) => {
                let position = number.to_whole().and_then(|n| usize::try_from(n).ok()?.checked_sub(1));
                position.and_then(|position| choices.get(position).cloned()).unwrap_or(plain)
            }
            ScaleValues::Range(..) | ScaleValues::YesNo => unit(plain),
        }
    }

    /// What may be written, for people: `0, 1, 2, 3, 4, n`.
    pub fn allowed(&self) -> String {
        let mut allowed = match &self.values {
            ScaleValues::List(values) => {
                let one = |value: &ScaleValue| value.code.clone().unwrap_or_else(|| value.number.to_plain());
                values.iter().map(one).collect::<Vec<_>>()
            }
            ScaleValues::Range(from, to, step) => {
                // The step is said where it is not one: `0 … 45`, but `0 / 0.5 … 100`.
                let second = (*step != Exact::ONE).then(|| format!(" / {}", (from + step).to_plain()));
                vec![format!("{}{} … {}", from.to_plain(), second.unwrap_or_default(), to.to_plain())]
            }
            ScaleValues::Choices(choices) => choices.clone(),
            ScaleValues::YesNo => vec!["ja/yes, nein/no".to_owned()],
        };
        // Nobody reads more than that.
        if allowed.len() > 20 {
            allowed.truncate(20);
            allowed.push("…".to_owned());
        }
        let codes = [&self.not_observed, &self.not_reached, &self.refused];
        allowed.extend(codes.into_iter().flatten().cloned());
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
    /// What is looked at.
    pub text: Option<Ix<Text>>,
    /// What it is rated on.
    pub scale: Ix<Scale>,
    /// What a rating is worth.
    pub reading: Reading,
    /// Whether a measure looks at its single ratings.
    pub(crate) single: bool,
    /// Whether observers can be too far apart on it. Not where only their scores are compared.
    pub disputable: bool,
    /// The file and line where it is defined.
    pub place: String,
}

/// What a rating is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// Itself.
    Plain,
    /// This number minus the rating: the lowest counts as the highest.
    Reversed(Exact),
    /// For choices: the points of each.
    Options(Vec<Exact>),
    /// For measured values: the points of each stretch.
    Points(Vec<PointRow>),
    /// Nothing: a choice that each measure reads in its own way.
    Nominal,
}

/// The points of a stretch of measured values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointRow {
    /// The stretch.
    pub stretch: Bounds<Exact>,
    /// The points.
    pub is: Exact,
}

impl Reading {
    /// The lowest and highest value it can give, of ratings that go from the lowest to the highest in `own`.
    pub(crate) fn range(&self, own: Option<(Exact, Exact)>) -> Option<(Exact, Exact)> {
        match self {
            Reading::Plain | Reading::Reversed(_) => own,
            Reading::Options(points) => points.iter().min().cloned().zip(points.iter().max().cloned()),
            Reading::Points(rows) => {
                let points = || rows.iter().map(|row| &row.is);
                points().min().cloned().zip(points().max().cloned())
            }
            Reading::Nominal => None,
        }
    }

    /// What a rating is worth. `None`: it is worth nothing here, which no checked definition asks for.
    pub fn read<'r>(&self, raw: &'r Exact) -> Option<Cow<'r, Exact>> {
        match self {
            Reading::Plain | Reading::Nominal => Some(Cow::Borrowed(raw)),
            Reading::Reversed(sum) => Some(Cow::Owned(sum - raw)),
            Reading::Options(points) => {
                let position = usize::try_from(raw.to_whole()?).ok()?.checked_sub(1)?;
                points.get(position).cloned().map(Cow::Owned)
            }
            Reading::Points(rows) => {
                rows.iter().find(|row| row.stretch.contain(raw)).map(|row| Cow::Owned(row.is.clone()))
            }
        }
    }
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
    /// How the value is rounded before it is compared.
    pub round_first: Option<Rounding>,
    /// How the value is rounded where it is printed.
    pub shown: Option<Rounding>,
    /// Its levels.
    pub ladder: Option<Ix<Ladder>>,
    /// What it is called in plain words.
    pub easy: Option<Ix<Text>>,
    /// Its own picture.
    pub picture: Option<Picture>,
    /// What keeps its level down.
    pub caps: Vec<Limit>,
    /// What keeps its level up.
    pub floors: Vec<Limit>,
    /// The file and line where it is defined.
    pub place: String,
}

/// How a number is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rounding {
    /// To how many decimal places.
    pub places: u32,
    /// Where a number goes that lies exactly between two.
    pub half: Half,
}

/// How a measure is computed.
#[derive(Debug, PartialEq, Eq)]
pub enum Rule {
    /// One number from all parts seen.
    Fold(Fold, Parts),
    /// What was gained from the first trial of an item to the last one; observers come together like this.
    Gain(Ix<Item>, Combine),
    /// How many rungs of a ladder of tasks were passed in a row.
    Mastery(Mastery),
    /// The order of several measures.
    Rank(Ranking),
    /// The first part that has a value.
    First(Vec<Node>),
    /// One value read into another: from each bound on, the result beside it.
    Table(Node, Vec<(Exact, Exact)>),
    /// One value read against a comparison group.
    Norm(Node, Ix<Norm>),
    /// No number: the highest level whose condition holds.
    Condition(Vec<Node>),
}

/// How many values become one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fold {
    /// Their mean by weight. For a plain mean all weights are one.
    Mean,
    /// The lower one of the middle values.
    LowerMedian,
    /// The higher one of the middle values.
    UpperMedian,
    /// The lowest.
    Lowest,
    /// The highest.
    Highest,
    /// The n-th highest, counted from 1.
    NthHighest(usize),
    /// Their sum by weight.
    Sum,
    /// Their sum by weight, and this constant.
    Linear(Exact),
    /// How many reach this value.
    Count(Exact),
    /// Which share of them reaches this value.
    Share(Exact),
    /// Their sum by weight, in percent of the highest possible one; the highest value of each part.
    Percent(Vec<Exact>),
    /// The distance from the lowest to the highest.
    Spread,
}

/// A ladder of tasks.
#[derive(Debug, PartialEq, Eq)]
pub struct Mastery {
    /// The rungs, the easiest first.
    pub rungs: Vec<Rung>,
    /// From which value on an item is right.
    pub right: Exact,
    /// After how many failed rungs in a row the test ends.
    pub stop_after: Option<u32>,
    /// Which rungs count.
    pub counts: Counts,
}

/// A rung of a ladder of tasks.
#[derive(Debug, PartialEq, Eq)]
pub struct Rung {
    /// Its items.
    pub of: Vec<Ix<Item>>,
    /// How many of them must be right.
    pub needs: u32,
}

/// The order of several measures.
#[derive(Debug, PartialEq, Eq)]
pub struct Ranking {
    /// What is ranked.
    pub parts: Parts,
    /// Which rank equal values share.
    pub ties: Ties,
    /// The value is the distance from the best to this one.
    pub spread_to: usize,
    /// How many of the best are named.
    pub top: u32,
}

impl Rule {
    /// The name of the rule in the definition.
    pub fn word(&self) -> &'static str {
        let word = match self {
            Rule::Fold(fold, parts) => match fold {
                Fold::Mean if parts.weighted => raw::Rule::WeightedMean,
                Fold::Mean => raw::Rule::Mean,
                Fold::LowerMedian => raw::Rule::LowerMedian,
                Fold::UpperMedian => raw::Rule::UpperMedian,
                Fold::Lowest => raw::Rule::Lowest,
                Fold::Highest => raw::Rule::Highest,
                Fold::NthHighest(_) => raw::Rule::NthHighest,
                Fold::Sum => raw::Rule::Sum,
                Fold::Linear(_) => raw::Rule::Linear,
                Fold::Count(_) => raw::Rule::Count,
                Fold::Share(_) => raw::Rule::Share,
                Fold::Percent(_) => raw::Rule::Percent,
                Fold::Spread => raw::Rule::Spread,
            },
            Rule::Gain(..) => raw::Rule::Gain,
            Rule::Mastery(_) => raw::Rule::Mastery,
            Rule::Rank(_) => raw::Rule::Rank,
            Rule::First(_) => raw::Rule::First,
            Rule::Table(..) => raw::Rule::Table,
            Rule::Norm(..) => raw::Rule::Norm,
            Rule::Condition(_) => raw::Rule::Condition,
        };
        word.word()
    }

    /// What the measure is computed from.
    pub fn parts(&self) -> Vec<Node> {
        match self {
            Rule::Fold(_, parts) | Rule::Rank(Ranking { parts, .. }) => {
                parts.list.iter().map(|part| part.node).collect()
            }
            Rule::Gain(item, _) => vec![Node::Item(*item)],
            Rule::Mastery(mastery) => {
                mastery.rungs.iter().flat_map(|rung| &rung.of).map(|item| Node::Item(*item)).collect()
            }
            Rule::First(parts) | Rule::Condition(parts) => parts.clone(),
            Rule::Table(part, _) | Rule::Norm(part, _) => vec![*part],
        }
    }

    /// How each part is read, in the order of [`parts`](Rule::parts).
    pub(crate) fn readings(&self) -> Vec<&Reading> {
        match self.covered() {
            Some(parts) => parts.list.iter().map(|part| &part.reading).collect(),
            None => vec![&Reading::Plain; self.parts().len()],
        }
    }

    /// The parts with what is asked of them, for rules that have a coverage.
    pub fn covered(&self) -> Option<&Parts> {
        match self {
            Rule::Fold(_, parts) | Rule::Rank(Ranking { parts, .. }) => Some(parts),
            _ => None,
        }
    }
}

/// What a measure is computed from, and how much of it must have been seen.
#[derive(Debug, PartialEq, Eq)]
pub struct Parts {
    /// The parts.
    pub list: Vec<Part>,
    /// Whether the author gave weights.
    pub weighted: bool,
    /// The weight of all parts.
    pub weight: Exact,
    /// The weights as whole numbers in the same proportions: `3, 3, 6` for `0.15, 0.15, 0.30`.
    /// For a mean only the proportions matter, and whole numbers are much faster to reckon with.
    pub(crate) proportions: Vec<Exact>,
    /// How much of them is needed; all of these must be met.
    pub needs: Vec<Need>,
    /// What parts without a value mean.
    pub missing: Missing,
    /// Over what of the one item the rule runs. `None`: over the parts.
    pub over: Option<Over>,
    /// Whether it is computed for each observer apart, and how their scores come together.
    pub per_observer: Option<Combine>,
}

/// A part of a measure.
#[derive(Debug, PartialEq, Eq)]
pub struct Part {
    /// The item or measure.
    pub node: Node,
    /// Its weight; 1 where the author gave none.
    pub weight: Exact,
    /// Whether the measure is insufficient without it.
    pub must: bool,
    /// What its value is worth here.
    pub reading: Reading,
}

/// How much must have been seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// In what it is counted.
    pub unit: Unit,
    /// How much is needed.
    pub needed: Exact,
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
    /// In observers of the module.
    Present,
    /// In observers who rated any of the items.
    Observers,
    /// In situations in which any of the items was rated.
    Situations,
    /// In ratings of the items.
    Ratings,
    /// In parts that must be there.
    Mandatory,
    /// In trials of one observer.
    Trials,
    /// In rungs of a ladder of tasks that are decided.
    Rungs,
    /// In the value that a table begins with.
    Value,
    /// In comparison groups for the person.
    Norm,
}

/// A table that reads raw values against those of a comparison group.
#[derive(Debug)]
pub struct Norm {
    /// Its path.
    pub path: String,
    /// What it gives.
    pub gives: Gives,
    /// Where the figures come from.
    pub source: String,
    /// The groups.
    pub groups: Vec<NormGroup>,
    /// The file and line where it is defined.
    pub place: String,
}

/// A group of a norm table.
#[derive(Debug)]
pub struct NormGroup {
    /// The facts of the people in it.
    pub facts: Vec<(Ix<Fact>, FactValue)>,
    /// Their age in full years on the last day of the assessment.
    pub age: Option<Bounds<u32>>,
    /// What a raw value becomes.
    pub reads: NormReading,
    /// The file and line where it is defined.
    pub place: String,
}

/// What a raw value becomes.
#[derive(Debug, PartialEq, Eq)]
pub enum NormReading {
    /// From each bound on, the result beside it.
    Rows(Vec<(Exact, Exact)>),
    /// By the mean and the standard deviation of the group.
    Standard {
        /// The mean.
        mean: Exact,
        /// The standard deviation, more than 0.
        sd: Exact,
    },
}

/// What a job asks for.
#[derive(Debug)]
pub struct Job {
    /// Its path.
    pub path: String,
    /// Its title.
    pub title: Ix<Text>,
    /// What people do in it.
    pub summary: Option<Ix<Text>>,
    /// What it asks for.
    pub requires: Vec<Requirement>,
    /// The file and line where it is defined.
    pub place: String,
}

/// One thing a job asks for.
#[derive(Debug)]
pub struct Requirement {
    /// The measure.
    pub of: Ix<Measure>,
    /// How much of it.
    pub asks: Asks,
    /// Whether the job cannot be done without it.
    pub must: bool,
    /// The file and line where it is defined.
    pub place: String,
}

/// How much a job asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asks {
    /// This level, counted from the lowest, 0.
    Level(usize),
    /// This value.
    Value(Exact),
}

/// An item or a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Node {
    /// An item.
    Item(Ix<Item>),
    /// A measure.
    Measure(Ix<Measure>),
}

/// What keeps a level down or up.
#[derive(Debug)]
pub struct Limit {
    /// When it applies.
    pub when: Condition,
    /// The highest level that remains possible, or the lowest.
    pub level: usize,
    /// Whether it applies too if the condition cannot be known.
    pub if_unknown: bool,
    /// The file and line where it is defined.
    pub place: String,
}

/// Where a cap or floor stands may change; what it does decides.
impl PartialEq for Limit {
    fn eq(&self, other: &Limit) -> bool {
        let Limit { when, level, if_unknown, place: _ } = self;
        *when == other.when && *level == other.level && *if_unknown == other.if_unknown
    }
}
impl Eq for Limit {}

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
    /// What it means, in plain words.
    pub easy: Option<Ix<Text>>,
    /// How many of the four steps of the bar it fills.
    pub bar: u8,
    /// What earns it.
    pub bound: Bound,
    /// The file and line where it is defined.
    pub place: String,
}

/// What earns a level.
#[derive(Debug, PartialEq, Eq)]
pub enum Bound {
    /// A value of at least this much.
    AtLeast(Exact),
    /// A value above this one.
    Above(Exact),
    /// A condition.
    When(Condition),
    /// Nothing: it is the level below all conditions.
    Base,
}

impl Bound {
    /// Whether a value earns it. A level by condition is earned by no value.
    pub fn reached(&self, value: &Exact) -> bool {
        match self {
            Bound::AtLeast(cut) => value >= cut,
            Bound::Above(cut) => value > cut,
            Bound::When(_) | Bound::Base => false,
        }
    }

    /// The cut, if there is one.
    pub fn cut(&self) -> Option<&Exact> {
        match self {
            Bound::AtLeast(cut) | Bound::Above(cut) => Some(cut),
            Bound::When(_) | Bound::Base => None,
        }
    }
}

/// A condition with the file and line where it is defined.
#[derive(Debug)]
pub struct Condition {
    /// The test.
    pub test: Test,
    /// The file and line.
    pub place: String,
}

/// Where a condition stands may change; what it tests decides.
impl PartialEq for Condition {
    fn eq(&self, other: &Condition) -> bool {
        self.test == other.test
    }
}
impl Eq for Condition {}

/// What a condition tests.
#[derive(Debug, PartialEq, Eq)]
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
    /// A fact is known.
    Known(Ix<Fact>),
    /// The age in full years on the day of issue lies within bounds.
    Age(Bounds<u32>),
    /// Not enough was seen of a measure.
    Insufficient(Ix<Measure>),
    /// A module was taken.
    Taken(Ix<Module>),
    /// Something has this place in a ranking, or a better one.
    Rank(Node, Ix<Measure>, u32),
    /// A job fits like this.
    Verdict(Ix<Job>, Verdict),
    /// At least one ability lies two steps above what a job asks, or none does.
    More(Ix<Job>, bool),
    /// The self-assessment lies so far from the result that it is worth a talk.
    Gap(Node),
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
    /// Its order on the certificate, smaller first.
    pub priority: u32,
    /// The sentence.
    pub text: Ix<Text>,
    /// The sentence in plain words.
    pub easy: Option<Ix<Text>>,
    /// Its own picture.
    pub picture: Option<Picture>,
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
    /// Whether it is for advisers only.
    pub internal: bool,
    /// What is left out when this one is made.
    pub excludes: Vec<Ix<Recommendation>>,
    /// Who is responsible.
    pub body: Ix<Text>,
    /// How long after the day of issue it is due.
    pub due: Option<Due>,
    /// What to do.
    pub text: Ix<Text>,
    /// What to do in plain words.
    pub easy: Option<Ix<Text>>,
    /// Its own picture.
    pub picture: Option<Picture>,
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

impl Due {
    /// Reads `10 days`, `4 weeks` or `6 months`: whole numbers, at most ten years.
    ///
    /// ```
    /// use kompetenz::assessment::Due;
    /// assert_eq!(Due::read("4 weeks"), Some(Due::Days(28)));
    /// assert_eq!(Due::read("soon"), None);
    /// ```
    pub fn read(text: &str) -> Option<Due> {
        let (count, unit) = text.trim().split_once(' ')?;
        let count: i32 = count.parse().ok().filter(|count| (1..=3660).contains(count))?;
        match unit.trim() {
            "day" | "days" => Some(Due::Days(count)),
            "week" | "weeks" if count <= 520 => Some(Due::Days(count * 7)),
            "month" | "months" if count <= 120 => Some(Due::Months(count)),
            _ => None,
        }
    }
}

/// A step that recommendations belong to.
#[derive(Debug)]
pub struct Step {
    /// Its number among the nine steps.
    pub number: u8,
    /// Its title.
    pub title: Ix<Text>,
}

/// What the easy-read page says: for everything it may have to show, a picture and a sentence.
#[derive(Debug)]
pub(crate) struct EasyRead {
    /// What the page is called.
    pub(crate) title: Ix<Text>,
    /// What stands first.
    pub(crate) opening: Vec<Ix<Text>>,
    /// What stands last.
    pub(crate) closing: Vec<Ix<Text>>,
    /// The measures with a bar, in this order.
    pub(crate) profile: Vec<EasyMeasure>,
    /// The findings that are said in plain words.
    pub(crate) findings: HashMap<String, EasySentence>,
    /// All recommendations that may stand on a certificate.
    pub(crate) recommendations: HashMap<String, EasySentence>,
}

/// A measure of the easy-read page.
#[derive(Debug)]
pub(crate) struct EasyMeasure {
    /// The measure.
    pub(crate) of: Ix<Measure>,
    /// Its picture.
    pub(crate) picture: Picture,
    /// What it is called.
    pub(crate) title: Ix<Text>,
    /// The sentences of its levels, lowest first.
    pub(crate) levels: Vec<Ix<Text>>,
}

/// A sentence of the easy-read page.
#[derive(Debug)]
pub(crate) struct EasySentence {
    /// The picture beside it.
    pub(crate) picture: Picture,
    /// The sentence.
    pub(crate) text: Ix<Text>,
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
    pub(crate) per_kind: Option<u32>,
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
    /// The value of a measure, as it is shown.
    Score(Ix<Measure>),
    /// The titles of the best of a ranking.
    Top(Ix<Measure>),
    /// The title of a job.
    Job(Ix<Job>),
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
