//! The contract of the easy-read page: the certificate in pictures and plain words, ready to print.
//!
//! It is for the participant, and explains the certificate of the same number: the same strengths and next steps,
//! each as one short sentence with a picture. It is withheld wherever the certificate is.
//!
//! The first field names the format.
//! A new field is optional and has a meaning when it is absent; any other change makes a new format.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::assessment::{FindingKind, Language};
use crate::certificate::{Cx, Day, Issuer, Issuing, Withheld, certifiable, printed_findings, printed_steps};
use crate::dates::Dates;
use crate::document::Document;
use crate::number;
pub use crate::raw::Picture;
use crate::recommend::{Advice, Next};
use crate::record::DecisionVerdict;

/// The name of this format, the first field of every page.
pub const FORMAT: &str = "kompetenz-easy-read/1";

/// What an easy-read page is called in numbers and registers.
pub const KIND: &str = "easy-read";

/// Everything one easy-read page says, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct EasyReadData {
    /// Always [`FORMAT`].
    pub format: String,
    /// The number of this page; the certificate that it explains has another one.
    pub number: String,
    /// A trial: marked as such on every page, and never registered.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub draft: bool,
    /// The language of all texts, a BCP 47 tag such as `de`.
    pub language: String,
    /// What the page is called.
    pub title: String,
    /// The day of issue.
    pub issued: Day,
    /// Who answers for the page.
    pub issuer: Issuer,
    /// The name of the person, as the person writes it.
    pub name: String,
    /// What stands first, one short sentence each.
    pub opening: Vec<String>,
    /// How far the person has come, in the order of the definition. What was not observed enough is absent.
    pub strengths: Vec<Strength>,
    /// What was shown, one short sentence each: abilities first, then potentials.
    pub sentences: Vec<Sentence>,
    /// What comes next, in the order of the steps.
    pub next: Vec<Recommended>,
    /// What stands last, one short sentence each.
    pub closing: Vec<String>,
}

/// How far the person has come in one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Strength {
    /// The id of the measure, for instance `metal.field`.
    pub id: String,
    /// Its picture.
    pub picture: Picture,
    /// What it is called.
    pub title: String,
    /// What the level means.
    pub text: String,
    /// How many of the four steps of the bar are filled: 1 to 4.
    pub bar: u8,
}

/// One sentence about what was shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Sentence {
    /// The id of the finding.
    pub id: String,
    /// Its picture.
    pub picture: Picture,
    /// The sentence.
    pub text: String,
}

/// One recommended next step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Recommended {
    /// The id of the recommendation; `added` where the assessor added it.
    pub id: String,
    /// Its picture.
    pub picture: Picture,
    /// What to do. Where the assessor has changed the recommendation, these are the assessor's own words.
    pub text: String,
    /// Who helps with it.
    pub body: String,
    /// Until when. Absent: no day is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<PlainDay>,
}

/// A calendar day in words and in figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PlainDay {
    /// ISO 8601, for instance `2026-12-06`.
    pub iso: String,
    /// In the language of the page, for instance "6. Dezember 2026".
    pub words: String,
    /// As letters from offices write it in the country of issue, in every language: "06.12.2026".
    pub figures: String,
}

impl EasyReadData {
    /// The JSON Schema of the format, for programs that read such pages.
    pub fn schema() -> serde_json::Value {
        schemars::schema_for!(EasyReadData).to_value()
    }

    /// The easy-read page of one record: strengths only, ready to print.
    ///
    /// Findings without a sentence in plain words are left out; of everything else the certificate shows, nothing is.
    ///
    /// # Errors
    /// It is withheld where the certificate is, and where the definition has no `[easy-read]`.
    pub fn new(advice: &Advice<'_>, issuing: &Issuing, language: Language) -> Result<EasyReadData, Withheld> {
        let scored = advice.scored();
        let (assessment, record) = (scored.assessment(), scored.record());
        let page = assessment.easy_read.as_ref().ok_or(Withheld::Undefined(Document::EasyRead))?;
        let certificate = certifiable(advice)?;
        let cx = Cx { scored, language, dates: Dates::new(&assessment.languages[language.0]) };
        let text = |ix| assessment.text(ix, language).to_owned();

        let strength = |measure: &crate::assessment::EasyMeasure| {
            let position = scored.outcome(crate::assessment::Node::Measure(measure.of)).level()?;
            Some(Strength {
                id: assessment.measures[measure.of].path.clone(),
                picture: measure.picture,
                title: text(measure.title),
                text: text(*measure.levels.get(position)?),
                bar: cx.level(measure.of)?.bar,
            })
        };
        let findings = [FindingKind::Ability, FindingKind::Potential]
            .into_iter()
            .flat_map(|kind| printed_findings(advice, certificate, kind));
        let sentence = |finding: &crate::assessment::Finding| {
            let easy = page.findings.get(&finding.path)?;
            Some(Sentence { id: finding.path.clone(), picture: easy.picture, text: cx.sentence(easy.text) })
        };
        let next = |next: &Next<'_>| {
            let printed = cx.recommended(advice, next)?;
            let easy = next.path().and_then(|path| page.recommendations.get(path));
            Ok(Recommended {
                id: printed.id,
                // What the assessor adds is talked over.
                picture: easy.map_or(Picture::Advice, |easy| easy.picture),
                text: match easy {
                    Some(easy) if !in_own_words(next) => cx.sentence(easy.text),
                    _ => printed.text,
                },
                body: printed.body,
                due: advice.due(next).map(|date| plain_day(&cx.dates, date)),
            })
        };
        let steps = printed_steps(advice, certificate);
        Ok(EasyReadData {
            format: FORMAT.to_owned(),
            number: number::of_first_edition(advice, KIND, (language, None), &issuing.secret),
            draft: false,
            language: assessment.languages[language.0].clone(),
            title: text(page.title),
            issued: cx.dates.day(advice.issued),
            issuer: issuing.issuer_in(&assessment.languages[language.0]).clone(),
            name: record.name.clone(),
            opening: page.opening.iter().copied().map(text).collect(),
            strengths: page.profile.iter().filter_map(strength).collect(),
            sentences: findings.filter_map(sentence).collect(),
            next: steps.iter().flat_map(|(_, own)| own).map(next).collect::<Result<_, Withheld>>()?,
            closing: page.closing.iter().copied().map(text).collect(),
        })
    }
}

/// Whether the assessor has put a recommendation into other words.
fn in_own_words(next: &Next<'_>) -> bool {
    match next {
        Next::Rule(_, _, Some(decision)) => matches!(decision.verdict, DecisionVerdict::Edited(_)),
        Next::Rule(_, _, None) => false,
        Next::Added(_) => true,
    }
}

/// The figures are those of letters, tickets and signs around the person, whatever the language.
fn plain_day(dates: &Dates, date: Date) -> PlainDay {
    let Day { iso, text: words } = dates.day(date);
    PlainDay { iso, words, figures: date.strftime("%d.%m.%Y").to_string() }
}
