//! The wire format: what may stand in the TOML files of an assessment, with places, and nothing proven yet.
//!
//! [`parse`] turns a text into a [`Definition`] and a list of mistakes.
//! What the names refer to and whether the rules make sense is decided by [`check`](crate::check()).

pub(crate) mod decode;
mod documents;
mod forms;
mod syntax;

use schemars::JsonSchema;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub use decode::At;
use decode::{Cx, Decode, PATHS, flatten, wire};
pub use documents::{EasyRead, Picture, Report, ReportPart};

use crate::diagnostic::{Diagnostic, FileId};
use crate::exact::Exact;
use crate::id::Id;

/// A reference to a part of the assessment: `field`, or from another module `metal.field`.
pub type Ref = At<String>;

wire! {
    /// A file of an assessment: the main file, or one of its modules.
    pub struct Definition {
        /// The id of the assessment or module.
        pub id: At<Id>,
        /// The version of the assessment, for instance `1.0.0`. Main file only.
        pub version: Option<At<String>>,
        /// The language of the texts in these files, for instance `de`. Main file only.
        pub language: Option<At<String>>,
        /// Further languages; each has a file `lang/<code>.toml` with every text. Main file only.
        pub languages: Vec<At<String>>,
        /// What it is called.
        pub title: At<String>,
        /// What a participant does in it, one or two sentences.
        pub summary: Option<At<String>>,
        /// The modules; each has a file `<id>.toml`. Main file only.
        pub modules: Vec<At<Id>>,
        /// The measures of this module that the certificate documents, in this order.
        pub shows: Vec<Ref>,
        /// How several observers come together.
        pub observers: Option<At<Observers>>,
        /// What the certificate says besides results. Main file only.
        pub certificate: Option<At<Certificate>>,
        /// What the easy-read page says besides results. Without it there is no such page. Main file only.
        pub easy_read: Option<At<EasyRead>>,
        /// What the report for advisers shows. Without it: everything. Main file only.
        pub report: Option<At<Report>>,
        /// The picture of this file on the easy-read page, for everything in it without one of its own.
        pub picture: Option<At<Picture>>,
        /// Whether the assessor must decide about every recommendation. Without it: `optional`. Main file only.
        pub decisions: Option<At<Decisions>>,
        /// The steps that recommendations belong to. Main file only.
        pub step: Vec<At<Step>>,
        /// The scales that items are rated on.
        pub scale: Vec<At<Scale>>,
        /// Ladders of levels that several measures share.
        pub ladder: Vec<At<Ladder>>,
        /// What rules need to know about a person besides observations.
        pub fact: Vec<At<Fact>>,
        /// What is observed.
        pub item: Vec<At<Item>>,
        /// What is computed from items or from other measures.
        pub measure: Vec<At<Measure>>,
        /// Tables that read raw values against those of a comparison group.
        pub norm: Vec<At<Norm>>,
        /// What jobs ask for.
        pub job: Vec<At<Job>>,
        /// Sentences about abilities and potentials.
        pub finding: Vec<At<Finding>>,
        /// Recommended next steps.
        pub recommendation: Vec<At<Recommendation>>,
        /// The author's own tests. An assessment whose examples fail is invalid.
        pub example: Vec<At<Example>>,
        /// Letters that go with a certificate; each has a file in `letters/`. Main file only.
        pub letter: Vec<At<Letter>>,
    }
}

wire! {
    /// How several observers come together.
    pub struct Observers {
        /// How many observers a module needs. Without it: one.
        pub at_least: Option<At<u32>>,
        /// How their ratings of one item become one value. Without it: the mean.
        pub combine: Option<At<Combine>>,
        /// How far apart two ratings of one item may not be; from this spread on a person must decide.
        pub dispute_from: Option<At<Exact>>,
        /// Which of repeated trials count. Without it: all.
        pub trials: Option<At<Trials>>,
        /// From which distance on a self-assessment is worth a talk.
        pub talk_from: Option<At<Exact>>,
    }
}

wire! {
    /// Which of repeated trials of one item count.
    pub word Trials {
        /// All of them.
        All = "all",
        /// The first one.
        First = "first",
        /// The last one.
        Last = "last",
    }
}

wire! {
    /// Whether the assessor must decide about every recommendation before a certificate is made.
    pub word Decisions {
        /// Recommendations count unless they are rejected.
        Optional = "optional",
        /// Every recommendation must be confirmed, edited or rejected.
        Required = "required",
    }
}

wire! {
    /// How ratings of one item by several observers become one value.
    pub word Combine {
        /// The arithmetic mean.
        Mean = "mean",
        /// The middle value; of two middle values the lower one.
        LowerMedian = "lower-median",
        /// The middle value; of two middle values the higher one.
        UpperMedian = "upper-median",
        /// The lowest rating.
        Lowest = "lowest",
        /// The highest rating.
        Highest = "highest",
    }
}

wire! {
    /// What the certificate says besides results.
    pub struct Certificate {
        /// What the document is called.
        pub title: At<String>,
        /// What it is about.
        pub subtitle: At<String>,
        /// How the results came about, a few sentences.
        pub procedure: At<String>,
        /// What this document is.
        pub is: At<String>,
        /// What this document is not.
        pub is_not: At<String>,
        /// The measures on the first page, in this order.
        pub profile: Vec<Ref>,
        /// How many recommendations of one step the certificate shows at most. Without it: all.
        pub per_step: Option<At<u32>>,
        /// How many abilities, and how many potentials, the certificate shows at most. Without it: all.
        pub per_kind: Option<At<u32>>,
    }
}

wire! {
    /// A step on the way into work that recommendations belong to.
    pub struct Step {
        /// Its number among the nine steps, 6 to 9.
        pub number: At<u32>,
        /// Its title.
        pub title: At<String>,
    }
}

wire! {
    /// A scale that items are rated on: a list of values, a range of numbers, choices, or yes and no.
    pub struct Scale {
        /// The id.
        pub id: At<Id>,
        /// The values, lowest first.
        pub values: Vec<At<ScaleValue>>,
        /// A range of numbers, instead of `values`.
        pub range: Option<At<Range>>,
        /// Choices that are not numbers, instead of `values`. Each item says what they are worth.
        pub choices: Vec<At<Id>>,
        /// Yes and no, instead of `values`: yes is 1, no is 0.
        pub yes_no: Option<At<bool>>,
        /// What is printed behind a number, for instance `mm`. It is not translated.
        pub unit: Option<At<String>>,
        /// The code for "not observed". It is never a number.
        pub not_observed: Option<At<String>>,
        /// The code for "not reached", because the test ended before. It is never a number.
        pub not_reached: Option<At<String>>,
        /// The code for "refused". It is never a number.
        pub refused: Option<At<String>>,
    }
}

wire! {
    /// Numbers from a lowest to a highest one, in steps.
    pub struct Range {
        /// The lowest number.
        pub from: At<Exact>,
        /// The highest number.
        pub to: At<Exact>,
        /// The step between neighbours. Without it: 1.
        pub step: Option<At<Exact>>,
    }
}

/// A value of a scale: `3`, or `{ value = 3, code = "L3", title = "…" }`.
#[derive(Debug, Clone)]
pub struct ScaleValue {
    /// The number that is computed with.
    pub number: At<Exact>,
    /// What may be written instead of the number.
    pub code: Option<At<String>>,
    /// What it is called.
    pub title: Option<At<String>>,
}

wire! {
    /// A value of a scale that may also be written as a code, or has a name.
    pub struct CodedValue {
        /// The number that is computed with.
        pub value: At<Exact>,
        /// What may be written instead of the number, for instance `A2`.
        pub code: Option<At<String>>,
        /// What it is called, for people who rate.
        pub title: Option<At<String>>,
    }
}

wire! {
    /// A ladder of levels that several measures share.
    pub struct Ladder {
        /// The id.
        pub id: At<Id>,
        /// What it is called, the heading of its legend.
        pub title: At<String>,
        /// The levels, lowest first.
        pub levels: Vec<At<Level>>,
    }
}

wire! {
    /// A level: a word for a stretch of values, or for a condition.
    pub struct Level {
        /// The id.
        pub id: At<Id>,
        /// The word on the certificate.
        pub title: At<String>,
        /// What it means, for the legend.
        pub text: Option<At<String>>,
        /// What it means, to the person and in plain words, for the easy-read page.
        pub easy: Option<At<String>>,
        /// The lowest value of this level. The level ends where the next one begins.
        pub at_least: Option<At<Exact>>,
        /// The value that this level lies above, instead of `at-least`: the value itself belongs to the level below.
        pub above: Option<At<Exact>>,
        /// The condition of this level, instead of a cut. The highest level whose condition holds counts.
        pub when: Option<At<Condition>>,
        /// How many of the four steps of the bar it fills. Without it: its place in the ladder.
        pub bar: Option<At<u32>>,
    }
}

wire! {
    /// Something that rules need to know about a person besides observations.
    pub struct Fact {
        /// The id.
        pub id: At<Id>,
        /// What it is called.
        pub title: At<String>,
        /// What kind of thing it is.
        pub kind: At<FactKind>,
        /// The choices, for the kind `choice`.
        pub options: Vec<At<Id>>,
    }
}

wire! {
    /// The kind of a fact.
    pub word FactKind {
        /// A number.
        Number = "number",
        /// Yes or no.
        Flag = "flag",
        /// A calendar day.
        Date = "date",
        /// One of a few choices.
        Choice = "choice",
    }
}

wire! {
    /// Something that is observed.
    pub struct Item {
        /// The id.
        pub id: At<Id>,
        /// What it is called.
        pub title: At<String>,
        /// What is looked at, for people who rate.
        pub text: Option<At<String>>,
        /// The scale it is rated on.
        pub scale: Ref,
        /// Whether the lowest rating counts as the highest value.
        pub reverse: Option<At<bool>>,
        /// For choices: the right answer. It is worth 1, every other one 0.
        pub key: Option<At<String>>,
        /// For choices: what each of them is worth.
        pub scores: Option<At<Scores>>,
        /// What a measured value is worth.
        pub points: Vec<At<PointRow>>,
    }
}

/// What each choice is worth: `{ a = 1, b = -0.5 }`.
#[derive(Debug, Clone, Default)]
pub struct Scores(pub Vec<(At<String>, At<Exact>)>);

wire! {
    /// What a stretch of measured values is worth.
    pub struct PointRow {
        /// From this value on. The first row may be open.
        pub at_least: Option<At<Exact>>,
        /// Up to this value. The last row may be open.
        pub at_most: Option<At<Exact>>,
        /// The points.
        pub is: At<Exact>,
    }
}

wire! {
    /// Something that is computed from items or from other measures.
    pub struct Measure {
        /// The id.
        pub id: At<Id>,
        /// What it is called.
        pub title: At<String>,
        /// How it is computed.
        pub rule: At<Rule>,
        /// What it is computed from.
        pub of: Vec<At<Part>>,
        /// How much must have been seen. Without it: everything.
        pub coverage: Option<At<Coverage>>,
        /// What parts without a value mean. Without it: they are left out.
        pub missing: Option<At<Missing>>,
        /// Over what of its one item the rule runs. Without it: over the parts.
        pub over: Option<At<Over>>,
        /// Whether it is computed for each observer apart before their scores come together.
        pub per_observer: Option<At<bool>>,
        /// How the scores or gains of several observers come together. Without it: as `[observers]` says.
        pub combine: Option<At<Combine>>,
        /// For the rules `count`, `share` and `mastery`: from which value on a part counts.
        pub at_least: Option<At<Exact>>,
        /// For the rule `nth-highest`: which one.
        pub nth: Option<At<u32>>,
        /// For the rule `linear`: what is added.
        pub plus: Option<At<Exact>>,
        /// For the rule `mastery`: its rungs, the easiest first.
        pub rungs: Vec<At<Rung>>,
        /// For the rule `mastery`: which rungs count. Without it: those in a row from the first one on.
        pub counts: Option<At<Counts>>,
        /// For the rule `mastery`: after how many failed rungs in a row the test ends.
        pub stop_after: Option<At<u32>>,
        /// For the rule `rank`: which rank equal values share.
        pub ties: Option<At<Ties>>,
        /// For the rule `rank`: the value is the distance from the best to this one.
        pub spread_to: Option<At<u32>>,
        /// For the rule `rank`: how many titles `{{ id.top }}` prints. Without it: 3.
        pub top: Option<At<u32>>,
        /// For the rule `table`: what each stretch of values becomes.
        pub table: Vec<At<Row>>,
        /// For the rule `norm`: the table.
        pub norm: Option<Ref>,
        /// How the value is rounded before it is compared, where a published rule asks for it.
        pub round_first: Option<At<Rounding>>,
        /// How the value is rounded where it is printed.
        pub shown: Option<At<Rounding>>,
        /// Its levels: a list, or the id of a ladder.
        pub levels: Option<At<Levels>>,
        /// What it is called on the easy-read page. Without it: its title.
        pub easy: Option<At<String>>,
        /// Its picture on the easy-read page. Without it: that of its file.
        pub picture: Option<At<Picture>>,
        /// What keeps the level down.
        pub caps: Vec<At<Cap>>,
        /// What keeps the level up. A cap is stronger.
        pub floors: Vec<At<Floor>>,
    }
}

wire! {
    /// How a measure is computed.
    pub word Rule {
        /// The mean of the parts seen, each with its weight.
        WeightedMean = "weighted-mean",
        /// The mean of the parts seen.
        Mean = "mean",
        /// The middle one of the parts seen; of two middle ones the lower.
        LowerMedian = "lower-median",
        /// The middle one of the parts seen; of two middle ones the higher.
        UpperMedian = "upper-median",
        /// The lowest of the parts seen.
        Lowest = "lowest",
        /// The highest of the parts seen.
        Highest = "highest",
        /// The second highest, third highest and so on.
        NthHighest = "nth-highest",
        /// The sum, each part with its weight if it has one.
        Sum = "sum",
        /// The sum of the parts, each with its weight, and a constant.
        Linear = "linear",
        /// How many parts reach a value.
        Count = "count",
        /// Which share of the parts reaches a value, 0 to 1.
        Share = "share",
        /// The sum in percent of the highest possible sum.
        Percent = "percent",
        /// The distance from the lowest to the highest part.
        Spread = "spread",
        /// What was gained from the first trial to the last one.
        Gain = "gain",
        /// How many rungs of a ladder of tasks were passed in a row.
        Mastery = "mastery",
        /// The order of several measures.
        Rank = "rank",
        /// The first part that has a value.
        First = "first",
        /// The value of one part, read into another by a table.
        Table = "table",
        /// The value of one part, read against a comparison group.
        Norm = "norm",
        /// No number: the highest level whose condition holds.
        Condition = "condition",
    }
}

/// A part of a measure: `"planning"`, or `{ id = "planning", weight = 0.4 }`.
#[derive(Debug, Clone)]
pub struct Part {
    /// The item or measure.
    pub id: Ref,
    /// Its weight.
    pub weight: Option<At<Exact>>,
    /// Whether its lowest value counts as the highest one here.
    pub reverse: Option<At<bool>>,
    /// Whether the measure is insufficient without it.
    pub must: Option<At<bool>>,
    /// For choices: the right answer.
    pub key: Option<At<String>>,
    /// For choices: what each of them is worth here.
    pub scores: Option<At<Scores>>,
}

wire! {
    /// A part of a measure with its weight, or with a reading of its own.
    pub struct WeightedPart {
        /// The item or measure.
        pub id: Ref,
        /// Its weight. In a weighted mean, what counts is its share of the weights of all parts seen.
        pub weight: Option<At<Exact>>,
        /// Whether its lowest value counts as the highest one here.
        pub reverse: Option<At<bool>>,
        /// Whether the measure is insufficient without it.
        pub must: Option<At<bool>>,
        /// For choices: the right answer. It is worth 1, every other one 0.
        pub key: Option<At<String>>,
        /// For choices: what each of them is worth here.
        pub scores: Option<At<Scores>>,
    }
}

wire! {
    /// How much must have been seen; below any of these the result is "insufficient".
    pub struct Coverage {
        /// How many of the parts.
        pub count: Option<At<u32>>,
        /// Which share of the parts, 0 to 1.
        pub share: Option<At<Exact>>,
        /// Which share of the weights, 0 to 1.
        pub weight: Option<At<Exact>>,
        /// How many observers rated any of the items.
        pub observers: Option<At<u32>>,
        /// In how many situations any of the items was rated.
        pub situations: Option<At<u32>>,
        /// How many ratings of the items there are.
        pub ratings: Option<At<u32>>,
    }
}

wire! {
    /// What parts without a value mean.
    pub word Missing {
        /// They are left out; the others keep their proportions.
        LeaveOut = "leave-out",
        /// The total of the others is raised in proportion.
        Prorate = "prorate",
        /// They count as 0.
        Zero = "zero",
        /// Without them there is no result.
        Refuse = "refuse",
    }
}

wire! {
    /// Over what of one item a rule runs.
    pub word Over {
        /// One value for each situation.
        Situations = "situations",
        /// One value for each observer.
        Observers = "observers",
        /// One value for each trial.
        Trials = "trials",
        /// Every single rating.
        Ratings = "ratings",
    }
}

wire! {
    /// Which rank equal values share.
    pub word Ties {
        /// The best one: 1, 1, 3.
        Best = "best",
        /// The worst one: 2, 2, 3.
        Worst = "worst",
        /// The best one, and no rank is left out: 1, 1, 2.
        Dense = "dense",
    }
}

wire! {
    /// A rung of a ladder of tasks.
    pub struct Rung {
        /// Its items.
        pub of: Vec<Ref>,
        /// How many of them must be right.
        pub needs: At<u32>,
    }
}

wire! {
    /// Which rungs of a ladder of tasks count.
    pub word Counts {
        /// Those passed in a row from the first one on.
        InARow = "in-a-row",
        /// All that were passed before the test ended.
        All = "all",
    }
}

wire! {
    /// How a number is rounded.
    pub struct Rounding {
        /// To how many decimal places.
        pub places: At<u32>,
        /// Where a number goes that lies exactly between two.
        pub half: At<Half>,
    }
}

wire! {
    /// Where a number goes that lies exactly between two.
    pub word Half {
        /// Away from zero: 2.5 becomes 3.
        Up = "up",
        /// To the even one: 2.5 becomes 2, 3.5 becomes 4.
        Even = "even",
    }
}

wire! {
    /// A table that reads raw values against those of a comparison group.
    pub struct Norm {
        /// The id.
        pub id: At<Id>,
        /// What it gives.
        pub gives: At<Gives>,
        /// Where the figures come from: the sample, its size, its year.
        pub source: At<String>,
        /// What becomes of people for whom there is no group. Without it, a missing group is a mistake.
        pub uncovered: Option<At<Uncovered>>,
        /// The groups.
        pub group: Vec<At<NormGroup>>,
    }
}

wire! {
    /// What a norm table gives.
    pub word Gives {
        /// Points of any kind.
        Points = "points",
        /// z values: mean 0, standard deviation 1.
        Z = "z",
        /// T values: mean 50, standard deviation 10.
        T = "t",
        /// Percentile ranks: which percentage of the group lies below or here.
        Percentile = "percentile",
        /// Stanines: 1 to 9.
        Stanine = "stanine",
    }
}

wire! {
    /// What becomes of people for whom a norm table has no group.
    pub word Uncovered {
        /// They get no result: insufficient.
        NoResult = "no-result",
    }
}

wire! {
    /// A group of a norm table: whom it is for, and its rows, or its mean and standard deviation.
    pub struct NormGroup {
        /// The facts of the people in it: choices and flags.
        pub facts: Option<Givens>,
        /// Their age in full years on the last day of the assessment.
        pub age: Option<At<AgeTest>>,
        /// What each raw value becomes.
        pub rows: Vec<At<Row>>,
        /// The mean of the raw values in the group, instead of rows.
        pub mean: Option<At<Exact>>,
        /// Their standard deviation, with `mean`.
        pub sd: Option<At<Exact>>,
    }
}

wire! {
    /// A row of a table: from this value on, the result is that one. Below the first row there is no result.
    pub struct Row {
        /// The lowest value of this row.
        pub at_least: At<Exact>,
        /// The result.
        pub is: At<Exact>,
    }
}

/// Levels: a list of levels, or the id of a ladder.
#[derive(Debug, Clone)]
pub enum Levels {
    /// The levels of this measure alone.
    Own(Vec<At<Level>>),
    /// The id of a shared ladder.
    Ladder(Ref),
}

wire! {
    /// What keeps a level down, whatever the value says.
    pub struct Cap {
        /// When it applies.
        pub when: At<Condition>,
        /// The highest level that remains possible.
        pub at_most: Ref,
        /// What happens if the condition cannot be known. Without it: `ignore`.
        pub if_unknown: Option<At<IfUnknown>>,
    }
}

wire! {
    /// What keeps a level up, whatever the value says.
    pub struct Floor {
        /// When it applies.
        pub when: At<Condition>,
        /// The lowest level that remains possible.
        pub at_least: Ref,
        /// What happens if the condition cannot be known. Without it: `ignore`.
        pub if_unknown: Option<At<IfUnknown>>,
    }
}

wire! {
    /// What a cap or floor does if its condition cannot be known.
    pub word IfUnknown {
        /// Nothing.
        Ignore = "ignore",
        /// The same as if the condition held.
        Apply = "apply",
    }
}

wire! {
    /// A condition. It holds, does not hold, or cannot be known because something was not seen.
    pub enum Condition {
        /// All of these hold.
        All(Vec<At<Condition>>) = "all",
        /// At least one of these holds.
        Any(Vec<At<Condition>>) = "any",
        /// This one does not hold.
        Not(Box<At<Condition>>) = "not",
        /// The value of an item or measure.
        Score(At<ScoreTest>) = "score",
        /// The level of a measure.
        Level(At<LevelTest>) = "level",
        /// A fact about the person.
        Fact(At<FactTest>) = "fact",
        /// Whether a fact about the person is known.
        Known(Ref) = "known",
        /// The age in full years on the day of issue.
        Age(At<AgeTest>) = "age",
        /// Not enough was seen of this measure. Does not hold for a module not taken.
        Insufficient(Ref) = "insufficient",
        /// The module was taken.
        Taken(Ref) = "taken",
        /// The place of a measure in a ranking.
        Rank(At<RankTest>) = "rank",
        /// How a job fits.
        Job(At<JobTest>) = "job",
        /// The self-assessment of an item or measure lies as far from the result as `talk-from` says.
        Gap(Ref) = "gap",
    }
}

wire! {
    /// A test of a place in a ranking.
    pub struct RankTest {
        /// The measure whose place is tested.
        pub of: Ref,
        /// The measure with the rule `rank`.
        pub r#in: Ref,
        /// This place or a better one; 1 is the best.
        pub at_most: At<u32>,
    }
}

wire! {
    /// A test of how a job fits.
    pub struct JobTest {
        /// The job.
        pub of: Ref,
        /// The verdict.
        pub is: Option<At<Verdict>>,
        /// `true`: at least one ability lies two steps or more above what the job asks.
        pub more: Option<At<bool>>,
    }
}

wire! {
    /// How a job fits.
    pub word Verdict {
        /// It can begin now.
        PossibleNow = "possible-now",
        /// It can begin with somebody at the side.
        WithSupport = "with-support",
        /// Later: something that the job must have is to be supported first.
        Later = "later",
        /// Something that the job must have was not seen enough.
        ToShow = "to-show",
    }
}

wire! {
    /// A test of a value.
    pub struct ScoreTest {
        /// The item or measure.
        pub of: Ref,
        /// This value or more.
        pub at_least: Option<At<Exact>>,
        /// More than this value.
        pub above: Option<At<Exact>>,
        /// This value or less.
        pub at_most: Option<At<Exact>>,
        /// Less than this value.
        pub below: Option<At<Exact>>,
    }
}

wire! {
    /// A test of a level.
    pub struct LevelTest {
        /// The measure.
        pub of: Ref,
        /// Exactly this level.
        pub is: Option<Ref>,
        /// This level or a higher one.
        pub at_least: Option<Ref>,
        /// This level or a lower one.
        pub at_most: Option<Ref>,
        /// A lower level than this one.
        pub below: Option<Ref>,
    }
}

wire! {
    /// A test of a fact.
    pub struct FactTest {
        /// The fact.
        pub of: Ref,
        /// For a flag `true` or `false`, for a choice one of its options, for a number or date the value itself.
        pub is: Option<At<Given>>,
        /// For numbers and dates: this or more, this day or later.
        pub at_least: Option<At<Given>>,
        /// For numbers and dates: less, or earlier.
        pub below: Option<At<Given>>,
    }
}

wire! {
    /// A test of the age.
    pub struct AgeTest {
        /// This age or older.
        pub at_least: Option<At<u32>>,
        /// Younger than this.
        pub below: Option<At<u32>>,
    }
}

wire! {
    /// A sentence about what was shown.
    pub struct Finding {
        /// The id.
        pub id: At<Id>,
        /// Whether it was shown reliably or is growing.
        pub kind: At<FindingKind>,
        /// When the sentence is true.
        pub when: At<Condition>,
        /// Its order on the certificate; smaller comes first. Without it: 50.
        pub priority: Option<At<u32>>,
        /// The sentence. Placeholders: `{{ field.level }}`, `{{ field.title }}`.
        pub text: At<String>,
        /// The same to the person and in plain words, for the easy-read page. Without it: it is not on that page.
        pub easy: Option<At<String>>,
        /// Its picture on the easy-read page. Without it: that of its file.
        pub picture: Option<At<Picture>>,
    }
}

wire! {
    /// The kind of a finding.
    pub word FindingKind {
        /// Shown reliably.
        Ability = "ability",
        /// Shown once, or gained.
        Potential = "potential",
    }
}

wire! {
    /// A recommended next step.
    pub struct Recommendation {
        /// The id.
        pub id: At<Id>,
        /// The step it belongs to, 6 to 9.
        pub step: At<u32>,
        /// When it is recommended. Without it: always.
        pub when: Option<At<Condition>>,
        /// Its order within the step; smaller is more urgent. Without it: 50.
        pub priority: Option<At<u32>>,
        /// Whether it is for advisers only: it is in the report, and not on the certificate.
        pub internal: Option<At<bool>>,
        /// Recommendations that are left out when this one is made, because the two contradict each other.
        pub excludes: Vec<Ref>,
        /// Who is responsible.
        pub body: At<String>,
        /// Until when, counted from the day of issue: `10 days`, `4 weeks`, `6 months`.
        pub due: Option<At<String>>,
        /// What to do. Placeholders as in findings.
        pub text: At<String>,
        /// The same to the person and in plain words, for the easy-read page.
        pub easy: Option<At<String>>,
        /// Its picture on the easy-read page. Without it: that of its file.
        pub picture: Option<At<Picture>>,
    }
}

wire! {
    /// What a job asks for. It is compared feature by feature, and nobody is ranked by it.
    pub struct Job {
        /// The id.
        pub id: At<Id>,
        /// What it is called.
        pub title: At<String>,
        /// What people do in it.
        pub summary: Option<At<String>>,
        /// What it asks for.
        pub requires: Vec<At<Requirement>>,
    }
}

wire! {
    /// One thing a job asks for.
    pub struct Requirement {
        /// The measure.
        pub of: Ref,
        /// The level it asks for.
        pub level: Option<Ref>,
        /// The value it asks for, instead of a level.
        pub at_least: Option<At<Exact>>,
        /// Whether the job cannot be done without it.
        pub must: Option<At<bool>>,
    }
}

wire! {
    /// A test by the author: these observations give that result.
    pub struct Example {
        /// What it shows, in the author's own words.
        pub name: At<String>,
        /// The ratings of each observer.
        pub observations: Observations,
        /// Facts about the person.
        pub facts: Option<Givens>,
        /// What a person decided where observers are too far apart.
        pub resolutions: Option<Resolutions>,
        /// The last day of the assessment, for norms by age. Without it: the day of issue.
        pub to: Option<At<Given>>,
        /// The day of birth.
        pub birth_date: Option<At<Given>>,
        /// The day of issue, for rules about the age. Without it: 1 January 2026.
        pub issued: Option<At<Given>>,
        /// What must come out. What is not named is not tested.
        pub expect: At<Expect>,
    }
}

wire! {
    /// A letter that goes with a certificate. Its text stands in `letters/<id>.<language>.md`.
    pub struct Letter {
        /// The id.
        pub id: At<Id>,
        /// What the office calls it. It is not printed and not translated.
        pub title: At<String>,
        /// To which office it goes, a line each; its text is in the language of the definition only. Without it: to
        /// the participant, with a text in every language.
        pub recipient: Vec<At<String>>,
        /// Whom readers can call. It is printed as it stands.
        pub phone: Option<At<String>>,
        /// How its text is written. Without it: `markdown`.
        pub format: Option<At<LetterFormat>>,
    }
}

wire! {
    /// How the text of a letter is written.
    pub word LetterFormat {
        /// With marks for headings, lists and emphasis; the file ends in `.md`.
        Markdown = "markdown",
        /// As it is printed; the file ends in `.txt`.
        Plain = "plain",
    }
}

impl Letter {
    /// The file of its text in one language, beside the main file.
    pub(crate) fn file(&self, language: &str) -> String {
        let ending = match self.format.as_deref() {
            None | Some(LetterFormat::Markdown) => "md",
            Some(LetterFormat::Plain) => "txt",
        };
        format!("letters/{}.{language}.{ending}", self.id)
    }
}

/// A value as it is written: a number, a text, `true`, `false` or a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// A number.
    Number(Exact),
    /// A text.
    Text(String),
    /// Yes or no.
    Flag(bool),
    /// A calendar day.
    Date(jiff::civil::Date),
}

/// Values by path: `metal.t1-order = 3`.
#[derive(Debug, Clone, Default)]
pub struct Givens(pub Vec<(At<String>, At<Given>)>);

/// Decisions by path: `planning = { value = 3, note = "…" }`.
#[derive(Debug, Clone, Default)]
pub struct Resolutions(pub Vec<(At<String>, Resolution)>);

wire! {
    /// What a person decided where observers are too far apart.
    pub struct Resolution {
        /// The value that counts.
        pub value: At<Given>,
        /// Why.
        pub note: At<String>,
        /// Who decided.
        pub by: Option<At<String>>,
        /// In which situation. Without it: in all that are disputed.
        pub situation: Option<At<String>>,
    }
}

/// Ratings by occasion and path: `anna = { planning = 4 }`, `"anna @ kitchen #2" = { planning = 3 }`.
#[derive(Debug, Clone, Default)]
pub struct Observations(pub Vec<(At<String>, Givens)>);

/// What an example expects.
#[derive(Debug, Clone)]
pub struct Expect {
    /// The result of measures and jobs.
    pub results: Vec<(At<String>, Expected)>,
    /// The recommendations, exactly these, in this order.
    pub recommended: Option<At<Vec<Ref>>>,
    /// The findings, exactly these, in any order.
    pub findings: Option<At<Vec<Ref>>>,
}

/// What an example expects of one measure or job.
#[derive(Debug, Clone)]
pub enum Expected {
    /// A score, a level, or both.
    Result(ExpectedResult),
    /// A word: an outcome that is no result, or the verdict about a job.
    Said(At<Said>),
}

wire! {
    /// A score, a level, or both.
    pub struct ExpectedResult {
        /// The exact score; a fraction may be written as text: `"7/3"`.
        pub score: Option<At<Fraction>>,
        /// The level.
        pub level: Option<At<String>>,
        /// The exact score by the self-assessment.
        pub own: Option<At<Fraction>>,
    }
}

/// An exact number that may be written as a fraction: `2.5`, `"7/3"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fraction(pub Exact);

wire! {
    /// What is said of a measure without a result, or of a job.
    pub word Said {
        /// Not enough was seen of a measure.
        Insufficient = "insufficient",
        /// The observers are too far apart.
        Disputed = "disputed",
        /// The module was not taken.
        NotTaken = "not-taken",
        /// The job can begin now.
        PossibleNow = "possible-now",
        /// The job can begin with somebody at the side.
        WithSupport = "with-support",
        /// The job can begin later.
        Later = "later",
        /// Something that the job must have was not seen enough.
        ToShow = "to-show",
    }
}

/// Reads one file of an assessment. The definition is `None` if nothing useful is left of it.
///
/// All mistakes of the file are reported, and `broken` gets the ids of the elements that were left out.
pub fn parse(
    file: FileId,
    text: &str,
    diagnostics: &mut Vec<Diagnostic>,
    broken: &mut Vec<String>,
) -> Option<Definition> {
    let table = parse_table(file, text, diagnostics)?;
    let mut cx = Cx::new(file, diagnostics);
    let definition = Definition::decode(table, &mut cx);
    broken.append(&mut cx.broken);
    definition
}

/// Reads a file of another form, such as the issuer's.
pub(crate) fn parse_as<T: Decode>(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<T> {
    let table = parse_table(file, text, diagnostics)?;
    T::decode(table, &mut Cx::new(file, diagnostics))
}

/// Reads a language file: every text by its path.
pub fn parse_language(
    file: FileId,
    text: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Vec<(At<String>, At<String>)>> {
    let table = parse_table(file, text, diagnostics)?;
    flatten(table, &mut Cx::new(file, diagnostics), PATHS)
}

/// All syntax errors of a text, or its table.
fn parse_table<'i>(
    file: FileId,
    text: &'i str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Spanned<DeValue<'i>>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        syntax::report(file, text, &errors, diagnostics);
    }
    // The span of a document is the whole file; a missing key of the file itself is shown at its beginning.
    errors.is_empty().then(|| Spanned::new(0..0, DeValue::Table(table.into_inner())))
}

/// The files that a main file refers to: modules, the languages it promises, and the texts of letters.
///
/// For programs that keep assessments in files: read these, as far as they exist, and hand them to
/// [`check`](crate::check()).
pub fn files_of(main: &str) -> Vec<String> {
    let read = parse(FileId(0), main, &mut Vec::new(), &mut Vec::new());
    let Some(definition) = read else { return Vec::new() };
    let modules = definition.modules.iter().map(|module| format!("{module}.toml"));
    // A language that is no tag must not lead out of the folder.
    let tag = |code: &str| code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let languages: Vec<&str> =
        definition.languages.iter().map(|code| code.as_str()).filter(|code| tag(code)).collect();
    let translations = languages.iter().map(|code| format!("lang/{code}.toml"));
    let main = definition.language.as_ref().map(|code| code.as_str()).filter(|code| tag(code));
    let letters = definition.letter.iter().flat_map(|letter| {
        let others = languages.iter().copied().filter(|_| letter.recipient.is_empty());
        main.into_iter().chain(others).map(|language| letter.file(language))
    });
    modules.chain(translations).chain(letters).collect()
}

/// The JSON Schema of [`Definition`], for editors and other programs.
pub fn schema() -> serde_json::Value {
    schema_of::<Definition>("A file of a kompetenz assessment")
}

/// The JSON Schema of a type that is written in TOML.
pub(crate) fn schema_of<T: JsonSchema>(title: &str) -> serde_json::Value {
    let mut schema = schemars::schema_for!(T).to_value();
    schema["title"] = title.into();
    without_null(&mut schema);
    schema
}

/// TOML has no null, and lists may always be left out.
fn without_null(schema: &mut serde_json::Value) {
    use serde_json::Value;
    match schema {
        Value::Array(values) => values.iter_mut().for_each(without_null),
        Value::Object(object) => {
            if let Some(Value::Array(types)) = object.get_mut("type") {
                types.retain(|t| t != "null");
                if let [only] = types.as_slice() {
                    let only = only.clone();
                    object.insert("type".into(), only);
                }
            }
            if let Some(Value::Array(any)) = object.get_mut("anyOf") {
                any.retain(|s| s.get("type").is_none_or(|t| t != "null"));
                if let [Value::Object(only)] = any.as_slice() {
                    let only = only.clone();
                    object.remove("anyOf");
                    for (key, value) in only {
                        object.entry(key).or_insert(value);
                    }
                }
            }
            let lists: Vec<String> = object
                .get("properties")
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
                .filter(|(_, property)| property.get("type").is_some_and(|t| t == "array"))
                .map(|(key, _)| key.clone())
                .collect();
            if let Some(Value::Array(required)) = object.get_mut("required") {
                required.retain(|key| !lists.iter().any(|list| key == list));
            }
            object.values_mut().for_each(without_null);
        }
        _ => {}
    }
}
