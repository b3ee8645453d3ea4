//! The contract of the report for advisers: everything that came out for one person, ready to print.
//!
//! One result has several documents. The certificate shows strengths only and belongs to the participant; the report
//! shows everything to the person who plans the next steps and answers for them, and is never handed out.
//! Like a certificate it is plain, owned data in one language, and is attached to its PDF.
//!
//! The first field names the format.
//! A new field is optional and has a meaning when it is absent; any other change makes a new format.

mod advice;
mod results;
mod wording;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::assessment::Language;
use crate::certificate::{Day, Issuer, Issuing, Participant};
use crate::growth::Incomparable;
use crate::recommend::Advice;
use crate::score::Scored;
use crate::{Words, words};
use wording::Cx;

/// The name of this format, the first field of every report.
pub const FORMAT: &str = "kompetenz-report/1";

/// What a report is called in numbers and registers.
pub const KIND: &str = "report";

/// The languages a report is written in: those of the people who work with it.
pub const LANGUAGES: [&str; 2] = ["de", "en"];

/// Everything that came out for one person, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ReportData {
    /// Always [`FORMAT`].
    pub format: String,
    /// The number of the report, another than that of the certificate.
    pub number: String,
    /// Whether this is a trial; it is marked as such on every page. Absent: it is not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub draft: bool,
    /// The language of all texts, a BCP 47 tag: German or English.
    pub language: String,
    /// What the document is called.
    pub title: String,
    /// For whom the document is, and for whom it is not.
    pub audience: String,
    /// The day from which due dates and ages are counted.
    pub issued: Day,
    /// Who answers for the report.
    pub issuer: Issuer,
    /// What tells participants apart in the files of the office, for instance `P-0017`.
    pub key: String,
    /// Whose results these are.
    pub participant: Participant,
    /// By which definition they came about.
    pub assessment: Definition,
    /// When the assessment took place, ready to print. Absent: not recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// How long it took, ready to print, for instance "60". In hours. Absent: not recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// Why there is no certificate in this language. Absent: there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withheld: Option<String>,
    /// Who rated, in the order of the results file; the participant's own ratings come last.
    pub observers: Vec<Observer>,
    /// What is known about the person besides observations.
    pub facts: Vec<Fact>,
    /// What was noted about the person as a whole.
    pub notes: Vec<Note>,
    /// The next steps that are recommended, internal ones too. Steps without a recommendation are absent.
    pub steps: Vec<Step>,
    /// Recommendations that are not made although something speaks for them, or did when they were decided about.
    pub left_out: Vec<Recommendation>,
    /// All findings that hold, in the order of the definition.
    pub findings: Vec<Finding>,
    /// Where the person sees the own work so differently that the definition asks for a talk.
    pub talks: Vec<Talk>,
    /// All jobs of the definition, in its order and never in an order of how they fit.
    pub jobs: Vec<Job>,
    /// What has changed since an earlier assessment. Absent: it was not compared with one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub growth: Option<Growth>,
    /// The modules taken.
    pub modules: Vec<Module>,
}

/// The definition behind the results, exactly enough to find it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Definition {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// The digest of its files in hexadecimal digits, which tells two drafts of one version apart.
    pub digest: String,
    /// The title of the assessment.
    pub title: String,
}

/// Somebody who rated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Observer {
    /// The name, or a word for the participant.
    pub name: String,
    /// Whether it is the participant.
    pub own: bool,
    /// In which situations and trials. Empty: there was only one, which has no name.
    pub occasions: Vec<String>,
}

/// A fact about the person that rules know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Fact {
    /// The id of the fact.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What is known.
    pub value: String,
}

/// What an observer noted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Note {
    /// Who noted it, with situation and trial where there are some.
    pub by: String,
    /// What was noted, in one line.
    pub text: String,
}

/// One of the steps 6 to 9 on the way into work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Step {
    /// Its number among the nine steps.
    pub number: u8,
    /// Its title.
    pub title: String,
    /// What is recommended in this step: what the assessor added first, then the most urgent first.
    pub recommendations: Vec<Recommendation>,
}

/// A recommendation, made or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Recommendation {
    /// The id of the recommendation; `added` where the assessor added it.
    pub id: String,
    /// The number of its step.
    pub step: u8,
    /// What to do, in the assessor's words where these replaced those of the definition.
    pub text: String,
    /// The words of the definition that were replaced. Absent: they stand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<String>,
    /// Who is responsible.
    pub body: String,
    /// Until when. Absent: no day is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
    /// What became of it.
    pub standing: Standing,
    /// Whether it is for advisers only.
    pub internal: bool,
    /// Whether it stands on the certificate. One that is not internal is absent there where others are more urgent.
    pub certified: bool,
    /// Why it is made; empty where it is always made, or was added.
    pub because: Vec<Ground>,
    /// Why it is left out. Absent: it is made, or the decision says why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_out: Option<String>,
    /// What the assessor decided, by whom and why. Absent: nothing yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
}

/// What became of a recommendation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It is made by a rule.
    Recommended,
    /// The assessor added it.
    Added,
    /// Another recommendation takes its place.
    Excluded,
    /// The assessor rejected it.
    Rejected,
    /// The assessor decided about it, but by now nothing speaks for it.
    Outdated,
}

/// One ground on which something holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Ground {
    /// The ground, in one phrase.
    pub text: String,
    /// The file and line of the rule, for instance `metal.toml:141`.
    pub place: String,
}

/// A sentence about what was shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Finding {
    /// The id of the finding.
    pub id: String,
    /// Whether it was shown reliably or is growing.
    pub kind: Kind,
    /// The sentence.
    pub text: String,
    /// Whether it stands on the certificate, which has room for the most important ones.
    pub certified: bool,
    /// Why it holds.
    pub because: Vec<Ground>,
}

/// The kind of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// It was shown reliably.
    Ability,
    /// It was shown once, or is growing.
    Potential,
}

/// A self-assessment that is worth a talk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Talk {
    /// The id of the item or measure.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What the observers saw.
    pub observed: String,
    /// How the person sees it.
    pub own: Own,
}

/// A self-assessment beside a result. It is never counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Own {
    /// What the self-assessment comes to.
    pub value: String,
    /// How far it lies above or below the result, in words. Absent: there is no result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gap: Option<String>,
    /// Both as dots on a line. Absent: there is no result, or its values have no lowest and highest one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dots: Option<Dots>,
}

/// Two dots on a line from the lowest to the highest value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Dots {
    /// Where the result lies, in thousandths of the line: 0 to 1000.
    pub observed: u16,
    /// Where the self-assessment lies, in thousandths of the line: 0 to 1000.
    pub own: u16,
}

/// How a job fits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Job {
    /// The id of the job.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What follows from its features.
    pub verdict: String,
    /// Everything the job asks for, in the order of the definition.
    pub features: Vec<Feature>,
}

/// One thing that a job asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Feature {
    /// The id of the measure.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whether the job cannot be done without it.
    pub must: bool,
    /// The level or value that the job asks for.
    pub asked: String,
    /// What was shown.
    pub shown: String,
    /// What that means for the job.
    pub fit: String,
    /// How far it lies above or below what is asked for, in words. Absent: not enough was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distance: Option<String>,
}

/// What has changed since an earlier assessment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Growth {
    /// When the earlier assessment took place, ready to print. Absent: not recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// The measures that changed, in the order of the definition.
    pub changes: Vec<Change>,
    /// How many measures came out as before.
    pub unchanged: u32,
}

/// How one measure has changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Change {
    /// The id of the measure.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What came out then.
    pub before: String,
    /// What comes out now.
    pub after: String,
    /// The change in words. Absent: then or now there is nothing to compare.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// A module taken, with everything that was seen and computed in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Module {
    /// The id of the module; the main file has the id of the assessment.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The results, in the order of the definition. What was not taken is absent.
    pub measures: Vec<Measure>,
    /// Who rated the items, in which situation and trial: the columns of [`Item::ratings`].
    pub columns: Vec<Column>,
    /// What the ratings mean that were given, each once.
    pub codes: Vec<Meaning>,
    /// What was observed, in the order of the definition. Items without any entry are absent.
    pub items: Vec<Item>,
    /// How many items have no entry at all.
    pub blank: u32,
    /// What was noted about the module as a whole.
    pub notes: Vec<Note>,
}

/// Who rated the items of a module, in one situation and trial.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Column {
    /// Who, in which situation and trial.
    pub title: String,
    /// Whether it is the participant.
    pub own: bool,
}

/// What a rating means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Meaning {
    /// The rating, as it stands in the columns.
    pub code: String,
    /// What it means.
    pub text: String,
}

/// The kind of what came out. "Not taken" is not among them: that is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// A value, a level, or both.
    Result,
    /// Not enough was seen.
    Insufficient,
    /// Observers are too far apart, and a person must decide.
    Disputed,
    /// The module was not taken; only notes are there.
    NotTaken,
}

/// The result of a measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Measure {
    /// The id of the measure.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whether the certificate documents it.
    pub certified: bool,
    /// The kind of what came out.
    pub outcome: Outcome,
    /// The value as the definition shows it, else with at most two decimal places. Absent: there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The level. Absent: there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// What stands in the way of a result, in words. Absent: there is a result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lack: Option<String>,
    /// What was seen of what was needed, in words.
    pub coverage: Vec<String>,
    /// How it is computed, in one phrase.
    pub rule: String,
    /// The file and line of the rule.
    pub place: String,
    /// What happened on the way to the value, such as the rungs of a ladder of tasks or the places of a ranking.
    pub steps: Vec<String>,
    /// The level before caps and floors. Absent: none of them moved it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved_from: Option<String>,
    /// The caps and floors that moved the level, each with why it applies.
    pub limits: Vec<Ground>,
    /// The self-assessment. Absent: there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<Own>,
    /// How a dispute was settled: at which value, by whom and why.
    pub resolutions: Vec<String>,
    /// What was noted about it.
    pub notes: Vec<Note>,
}

/// A level that was reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Level {
    /// The word of the level.
    pub title: String,
    /// How many of the four steps of the bar it fills: 1 to 4.
    pub bar: u8,
}

/// What was observed of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Item {
    /// The id of the item.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The ratings as they were given, one for each of [`Module::columns`]. Empty: nothing was entered.
    pub ratings: Vec<String>,
    /// The kind of what came out.
    pub outcome: Outcome,
    /// The combined value. Absent: there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// What stands in the way of a value, in words. Absent: there is a value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lack: Option<String>,
    /// The self-assessment. Absent: there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<Own>,
    /// How a dispute was settled: at which value, by whom and why.
    pub resolutions: Vec<String>,
    /// What was noted about it.
    pub notes: Vec<Note>,
}

/// Why there is no report.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoReport {
    /// It is not written in this language.
    #[error("no report in `{asked}`, only in {}", .known.join(", "))]
    Language {
        /// The language that was asked for.
        asked: String,
        /// The languages of the assessment that a report can be written in. May be empty.
        known: Vec<String>,
    },
    /// The earlier results cannot be compared with these.
    #[error("no growth: {0}")]
    Incomparable(Incomparable),
}

impl NoReport {
    /// A stable name: `language` or `incomparable`.
    pub fn code(&self) -> &'static str {
        match self {
            NoReport::Language { .. } => "language",
            NoReport::Incomparable(_) => "incomparable",
        }
    }

    /// The reason in both languages.
    pub fn message(&self) -> Words {
        match self {
            NoReport::Language { asked, known } if known.is_empty() => words!(
                "reports are written in German and English only, and the assessment has neither of them (asked for: `{asked}`)",
                "Berichte gibt es nur auf Deutsch und Englisch, und das Verfahren hat keine der beiden Sprachen (verlangt: `{asked}`)"
            ),
            NoReport::Language { asked, known } => {
                let known = known.iter().map(|code| format!("`{code}`")).collect::<Vec<_>>().join(", ");
                words!(
                    "there is no report in `{asked}`; reports are for advisers, and of this assessment they are written in {known}",
                    "einen Bericht in `{asked}` gibt es nicht; Berichte sind für die Beratung, und zu diesem Verfahren gibt es sie in {known}"
                )
            }
            NoReport::Incomparable(reason) => reason.message(),
        }
    }
}

impl ReportData {
    /// The JSON Schema of the format, for programs that read reports.
    pub fn schema() -> serde_json::Value {
        schemars::schema_for!(ReportData).to_value()
    }

    /// The report about one record: for everybody whose record fits the assessment, also where a certificate is
    /// withheld. `earlier` are results of the same person before, to tell what has grown.
    ///
    /// # Errors
    /// Reports are written in German and English, as far as the assessment has these languages; and earlier results
    /// must be [comparable](crate::growth()).
    pub fn new(
        advice: &Advice<'_>,
        issuing: &Issuing,
        language: Language,
        earlier: Option<&Scored<'_>>,
    ) -> Result<ReportData, NoReport> {
        let cx = Cx::new(advice, language)?;
        let growth = earlier.map(|earlier| cx.growth(earlier)).transpose().map_err(NoReport::Incomparable)?;
        Ok(cx.report(issuing, growth))
    }
}
