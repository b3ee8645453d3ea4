//! The contract between results and templates: everything a certificate says, ready to print.
//!
//! A [`CertificateData`] is plain, owned data in one language, with the same in a second one beside it if asked for.
//! Templates lay it out; they compute, translate and format nothing.
//! The same JSON is attached to every PDF, so that another program can read the certificate years later.
//!
//! The first field names the format.
//! A new field is optional and has a meaning when it is absent; any other change makes a new format.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use unicode_normalization::UnicodeNormalization;

use crate::assessment::{self, Decisions, FindingKind, Ix, Language, Level, Measure, Node};
use crate::dates::Dates;
use crate::document::Document;
use crate::entry::Localized;
use crate::recommend::{Advice, Next};
use crate::record::DecisionVerdict;
use crate::score::Scored;
use crate::{Words, number, words};

/// The name of this format, the first field of every certificate.
pub const FORMAT: &str = "kompetenz-certificate/1";

/// What stands for the number in the address of a certificate.
pub(crate) const NUMBER: &str = "{number}";
/// What a certificate is called in numbers and registers.
pub const KIND: &str = "certificate";

/// Everything one certificate says, in one language or with a second one beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CertificateData {
    /// Always [`FORMAT`].
    pub format: String,
    /// The certificate number, for instance `K7F3-9QXD-2MHZ`. It tells nothing about the person.
    pub number: String,
    /// Whether this is a trial that nobody may rely on; it is marked as such on every page. Absent: it is not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub draft: bool,
    /// The language of all texts, a BCP 47 tag such as `de`.
    pub language: String,
    /// What the document is called, for instance "Zertifikat".
    pub title: String,
    /// What it is about, for instance "über die Kompetenzfeststellung".
    pub subtitle: String,
    /// The day of issue.
    pub issued: Day,
    /// Who answers for the certificate.
    pub issuer: Issuer,
    /// Where the certificate can be checked: an address with its number. Absent: there is no such place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verify: Option<String>,
    /// Whose certificate it is.
    pub participant: Participant,
    /// By which definition the results came about.
    pub assessment: AssessmentInfo,
    /// When the assessment took place, ready to print. Absent: not recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// How long it took, ready to print, for instance "60". In hours. Absent: not recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// The measures shown as bars on the first page, in the order of the definition.
    pub profile: Vec<Competence>,
    /// What was shown reliably, one sentence each.
    pub abilities: Vec<Sentence>,
    /// What was shown once or is growing, one sentence each.
    pub potentials: Vec<Sentence>,
    /// The recommended next steps, grouped by step, ascending. Steps without a recommendation are absent.
    pub steps: Vec<Step>,
    /// The modules taken, with what was shown in each. Modules not taken are absent.
    pub modules: Vec<Module>,
    /// What the words of the levels mean, one legend for each ladder used on this certificate.
    pub legends: Vec<Legend>,
    /// The same certificate in a second language, printed line under line with the first. Absent: there is only one.
    ///
    /// Participant, number, levels and the names of the issuer are the same and all parts are there in the same order; only texts differ.
    /// It has none beside it itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beside: Option<Box<CertificateData>>,
}

/// A calendar day, for machines and for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Day {
    /// ISO 8601, for instance `2026-11-22`.
    pub iso: String,
    /// In the certificate's language, for instance "22. November 2026".
    pub text: String,
}

/// The body that issues the certificate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Issuer {
    /// Its name.
    pub name: String,
    /// Its address, a line each.
    pub address: Vec<String>,
    /// The place of signature.
    pub place: String,
    /// The brand colour, `#rrggbb`.
    pub color: String,
    /// A second colour for what is still growing, `#rrggbb`. Absent: the brand colour serves for it too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accent: Option<String>,
    /// What the logo shows, for people who cannot see it. Absent: there is no logo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<String>,
    /// A line at the foot of each page. Absent: there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub footer: Option<String>,
    /// Who funds the work. Absent: nobody is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub funders: Vec<Funder>,
    /// Who signs, in the order of the signature lines.
    pub signatories: Vec<Signatory>,
}

/// A body that funds the work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Funder {
    /// Its name, or what it asks to be said. It stands beside the logo, if there is one.
    pub text: String,
}

/// A person who signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Signatory {
    /// The name under the line.
    pub name: String,
    /// In which function the person signs.
    pub role: String,
}

/// The person the certificate is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Participant {
    /// The name as the person writes it.
    pub name: String,
    /// The day of birth. Absent: not recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<Day>,
}

/// The assessment behind the results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AssessmentInfo {
    /// The id of the definition.
    pub id: String,
    /// The version of the definition.
    pub version: String,
    /// The title of the assessment.
    pub title: String,
    /// How the results came about, a few sentences.
    pub procedure: String,
    /// What this document is.
    pub is: String,
    /// What this document is not.
    pub is_not: String,
}

/// One competence with the level that was shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Competence {
    /// The id of the measure, for instance `metal.field`.
    pub id: String,
    /// The title of the measure.
    pub title: String,
    /// The word of the level.
    pub level: String,
    /// How many of the four steps of the bar are filled: 1 to 4.
    pub bar: u8,
}

/// One sentence about what was shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Sentence {
    /// The id of the finding.
    pub id: String,
    /// The sentence.
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
    /// What is recommended in this step, most urgent first.
    pub recommendations: Vec<Recommended>,
}

/// One recommended next step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Recommended {
    /// The id of the recommendation.
    pub id: String,
    /// What to do.
    pub text: String,
    /// Who is responsible.
    pub body: String,
    /// Until when. Absent: no day is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
}

/// A module taken, with what was shown in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Module {
    /// The id of the module.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What the person did in it.
    pub summary: String,
    /// What was shown, in the order of the definition. What was not observed enough is absent.
    pub competences: Vec<Competence>,
}

/// The words of one ladder of levels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Legend {
    /// What the ladder is called.
    pub title: String,
    /// Its levels, lowest first.
    pub levels: Vec<LegendLevel>,
}

/// One level of a legend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LegendLevel {
    /// The word of the level.
    pub title: String,
    /// What it means.
    pub text: String,
    /// How many of the four steps of the bar it fills: 1 to 4.
    pub bar: u8,
}

/// Who issues certificates, as far as a certificate shows it, and what goes into their numbers.
#[derive(Debug, Clone, Default)]
pub struct Issuing {
    /// What certificates show of the issuer, in every language without its own in `translated`.
    pub issuer: Issuer,
    /// The same by language, where its texts differ.
    pub translated: BTreeMap<String, Issuer>,
    /// Where certificates can be checked: an address with `{number}` in it. Absent: nowhere.
    pub verify: Option<String>,
    /// A secret of the issuer that goes into the numbers. May be empty.
    pub secret: String,
}

impl Issuing {
    /// What certificates in this language show of the issuer.
    pub fn issuer_in(&self, language: &str) -> &Issuer {
        self.translated.get(language).unwrap_or(&self.issuer)
    }
}

/// Why a record gets no certificate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Withheld {
    /// The definition does not say that there is this document.
    #[error("the assessment defines no {}", .0.name())]
    Undefined(Document),
    /// Observers are too far apart on these items; a person must decide first.
    #[error("observers are too far apart on {}", .0.join(", "))]
    Disputed(Vec<String>),
    /// The assessor has not decided about these recommendations yet, and the definition asks for it.
    #[error("not decided yet: {}", .0.join(", "))]
    Undecided(Vec<String>),
    /// The assessor's own wording of a recommendation is missing in the language of the certificate.
    #[error("the assessor's own wording is missing in `{0}`")]
    Untranslated(String),
    /// Not enough was seen of anything: there is no level to certify.
    #[error("not enough was observed for any level")]
    NothingShown,
}

impl Withheld {
    /// A stable name, for instance `disputed` or `nothing-shown`.
    pub fn code(&self) -> &'static str {
        match self {
            Withheld::Undefined(_) => "undefined",
            Withheld::Disputed(_) => "disputed",
            Withheld::Undecided(_) => "undecided",
            Withheld::Untranslated(_) => "untranslated",
            Withheld::NothingShown => "nothing-shown",
        }
    }

    /// The reason in both languages.
    pub fn message(&self) -> Words {
        match self {
            Withheld::Undefined(document) => {
                let Words { en, de } = document.none();
                words!("the assessment defines {en}", "das Verfahren sieht {de} vor")
            }
            Withheld::Disputed(items) => {
                let items = items.join(", ");
                words!(
                    "observers are too far apart on {items}; a person must decide first",
                    "die Beobachtungen gehen bei {items} zu weit auseinander; zuerst muss ein Mensch entscheiden"
                )
            }
            Withheld::Undecided(recommendations) => {
                let list = recommendations.join(", ");
                words!(
                    "the assessor has not decided yet about {list}",
                    "noch nicht entschieden ist über {list}"
                )
            }
            Withheld::Untranslated(language) => {
                words!(
                    "a recommendation in the assessor's own words has no text in `{language}`",
                    "eine Empfehlung in eigenen Worten hat keinen Text in `{language}`"
                )
            }
            Withheld::NothingShown => {
                words!(
                    "not enough was observed for any level; `kompetenz explain` says what was missing",
                    "für keine Stufe wurde genug beobachtet; `kompetenz explain` sagt, was gefehlt hat"
                )
            }
        }
    }
}

impl CertificateData {
    /// The JSON Schema of the format, for programs that read certificates and for designers of templates.
    pub fn schema() -> serde_json::Value {
        schemars::schema_for!(CertificateData).to_value()
    }

    /// The certificate of one record: strengths only, ready to print, with the number of its first edition.
    ///
    /// What was not observed enough, not taken or not recommended is absent.
    ///
    /// # Errors
    /// A disputed record gets no certificate, and neither does one without any level.
    pub fn new(
        advice: &Advice<'_>,
        issuing: &Issuing,
        language: Language,
    ) -> Result<CertificateData, Withheld> {
        let scored = advice.scored();
        let assessment = scored.assessment();
        let record = scored.record();
        let certificate = certifiable(advice)?;
        let cx = Cx { scored, language, dates: Dates::new(&assessment.languages[language.0]) };
        let text = |ix| assessment.text(ix, language).to_owned();
        let sentences = |kind| {
            let sentence = |finding: &assessment::Finding| Sentence {
                id: finding.path.clone(),
                text: cx.sentence(finding.text),
            };
            printed_findings(advice, certificate, kind).into_iter().map(sentence).collect()
        };
        let number = number::of_first_edition(advice, KIND, (language, None), &issuing.secret);
        let code = &assessment.languages[language.0];
        Ok(CertificateData {
            format: FORMAT.to_owned(),
            verify: issuing.verify.as_ref().map(|address| address.replace(NUMBER, &number)),
            number,
            draft: false,
            language: code.clone(),
            title: text(certificate.title),
            subtitle: text(certificate.subtitle),
            issued: cx.dates.day(advice.issued),
            issuer: issuing.issuer_in(code).clone(),
            participant: Participant {
                name: record.name.clone(),
                birth_date: record.birth_date.map(|date| cx.dates.day(date)),
            },
            assessment: AssessmentInfo {
                id: assessment.id.clone(),
                version: assessment.version.clone(),
                title: assessment.text(assessment.modules[Ix::new(0)].title, language).to_owned(),
                procedure: text(certificate.procedure),
                is: text(certificate.is),
                is_not: text(certificate.is_not),
            },
            period: cx.period(),
            hours: record.hours.as_ref().map(|hours| cx.dates.number(hours)),
            abilities: sentences(FindingKind::Ability),
            potentials: sentences(FindingKind::Potential),
            steps: cx.steps(advice, certificate)?,
            legends: cx.legends(certificate),
            profile: certificate.profile.iter().filter_map(|&ix| cx.competence(ix)).collect(),
            modules: cx.modules(),
            beside: None,
        })
    }

    /// The same as [`CertificateData::new`], with a second language beside the first.
    ///
    /// # Errors
    /// In addition, what is missing in the second language withholds the certificate: nothing falls back on the first.
    pub fn new_beside(
        advice: &Advice<'_>,
        issuing: &Issuing,
        language: Language,
        beside: Language,
    ) -> Result<CertificateData, Withheld> {
        let number = number::of_first_edition(advice, KIND, (language, Some(beside)), &issuing.secret);
        let beside = Box::new(CertificateData::new(advice, issuing, beside)?);
        let data =
            CertificateData { beside: Some(beside), ..CertificateData::new(advice, issuing, language)? };
        Ok(data.numbered(&number))
    }

    /// The same certificate as a trial that nobody may rely on, in both languages.
    #[must_use]
    pub fn into_draft(mut self) -> CertificateData {
        self.draft = true;
        self.beside = self.beside.map(|beside| Box::new(beside.into_draft()));
        self
    }

    /// The same certificate as another edition: its number stands wherever the old one stood.
    #[must_use]
    pub fn numbered(mut self, number: &str) -> CertificateData {
        self.verify = self.verify.map(|address| address.replace(&self.number, number));
        number.clone_into(&mut self.number);
        self.beside = self.beside.map(|beside| Box::new(beside.numbered(number)));
        self
    }
}

/// What the definition says of certificates, if this record may have one: whatever explains a certificate is
/// withheld where it is.
pub(crate) fn certifiable<'a>(advice: &Advice<'a>) -> Result<&'a assessment::Certificate, Withheld> {
    let scored = advice.scored();
    let assessment = scored.assessment();
    let undefined = Withheld::Undefined(Document::Certificate);
    let certificate = assessment.certificate.as_ref().ok_or(undefined)?;
    let disputes = scored.disputes();
    if !disputes.is_empty() {
        let paths = disputes.iter().map(|(node, _)| assessment.path(*node).to_owned());
        return Err(Withheld::Disputed(paths.collect()));
    }
    let undecided: Vec<String> = advice.undecided().map(|r| r.path.clone()).collect();
    if assessment.decisions == Decisions::Required && !undecided.is_empty() {
        return Err(Withheld::Undecided(undecided));
    }
    let modules = assessment.modules.iter().flat_map(|(_, module)| &module.shows);
    let level = |ix: Ix<Measure>| assessment.level(ix, scored.outcome(Node::Measure(ix)).level());
    if certificate.profile.iter().chain(modules).all(|&ix| level(ix).is_none()) {
        return Err(Withheld::NothingShown);
    }
    Ok(certificate)
}

/// The findings of a kind that a certificate prints, the most important first.
pub(crate) fn printed_findings<'a>(
    advice: &Advice<'a>,
    certificate: &assessment::Certificate,
    kind: FindingKind,
) -> Vec<&'a assessment::Finding> {
    let mut own: Vec<_> = advice.findings().filter(|finding| finding.kind == kind).collect();
    // The sort is stable: equals stay in the order of the definition.
    own.sort_by_key(|finding| finding.priority);
    own.truncate(certificate.per_kind.map_or(usize::MAX, |most| most as usize));
    own
}

/// The next steps that a certificate prints, by step; steps without any are absent.
pub(crate) fn printed_steps<'a>(
    advice: &Advice<'a>,
    certificate: &assessment::Certificate,
) -> Vec<(&'a assessment::Step, Vec<Next<'a>>)> {
    let most = certificate.per_step.map_or(usize::MAX, |most| most as usize);
    let next_steps = advice.next_steps();
    let steps = advice.scored().assessment().steps.iter().map(|step| {
        let own = next_steps.iter().filter(|next| next.step() == step.number && !next.internal());
        (step, own.take(most).copied().collect::<Vec<_>>())
    });
    steps.filter(|(_, own)| !own.is_empty()).collect()
}

/// What is needed to put a result into words.
pub(crate) struct Cx<'a> {
    pub(crate) scored: &'a Scored<'a>,
    pub(crate) language: Language,
    pub(crate) dates: Dates,
}

impl Cx<'_> {
    /// When the assessment took place. `None`: not recorded.
    pub(crate) fn period(&self) -> Option<String> {
        let record = self.scored.record();
        match (record.from, record.to) {
            (Some(from), Some(to)) if from != to => {
                Some(format!("{} – {}", self.dates.short(from), self.dates.short(to)))
            }
            (from, to) => from.or(to).map(|date| self.dates.short(date)),
        }
    }

    /// A measure with the level that was shown. `None`: there is no level to show.
    fn competence(&self, ix: Ix<Measure>) -> Option<Competence> {
        let assessment = self.scored.assessment();
        let measure = &assessment.measures[ix];
        let level = self.level(ix)?;
        Some(Competence {
            id: measure.path.clone(),
            title: assessment.text(measure.title, self.language).to_owned(),
            level: assessment.text(level.title, self.language).to_owned(),
            bar: level.bar,
        })
    }

    pub(crate) fn level(&self, ix: Ix<Measure>) -> Option<&Level> {
        self.scored.assessment().level(ix, self.scored.outcome(Node::Measure(ix)).level())
    }

    fn modules(&self) -> Vec<Module> {
        let assessment = self.scored.assessment();
        let text = |ix| assessment.text(ix, self.language).to_owned();
        // What was not taken has no level, and a module without any level is left out.
        assessment
            .modules
            .iter()
            .map(|(_, module)| Module {
                id: module.id.clone(),
                title: text(module.title),
                summary: module.summary.map(text).unwrap_or_default(),
                competences: module.shows.iter().filter_map(|&ix| self.competence(ix)).collect(),
            })
            .filter(|module| !module.competences.is_empty())
            .collect()
    }

    fn steps(
        &self,
        advice: &Advice<'_>,
        certificate: &assessment::Certificate,
    ) -> Result<Vec<Step>, Withheld> {
        let mut steps = Vec::new();
        for (step, own) in printed_steps(advice, certificate) {
            steps.push(Step {
                number: step.number,
                title: self.scored.assessment().text(step.title, self.language).to_owned(),
                recommendations: own
                    .iter()
                    .map(|next| self.recommended(advice, next))
                    .collect::<Result<_, _>>()?,
            });
        }
        Ok(steps)
    }

    /// A next step in words. The assessor's own words are never printed in another language than they are in.
    pub(crate) fn recommended(&self, advice: &Advice<'_>, next: &Next<'_>) -> Result<Recommended, Withheld> {
        let assessment = self.scored.assessment();
        let code = &assessment.languages[self.language.0];
        let in_language = |texts: &[Localized]| {
            let main = &assessment.languages[0];
            let own = texts.iter().find(|text| text.language.as_ref().unwrap_or(main) == code);
            own.map(|own| own.text.nfc().collect::<String>())
                .ok_or_else(|| Withheld::Untranslated(code.clone()))
        };
        let (id, text, body) = match next {
            Next::Rule(_, recommendation, decision) => {
                let text = match decision.map(|decision| &decision.verdict) {
                    Some(DecisionVerdict::Edited(texts)) => in_language(texts)?,
                    _ => self.sentence(recommendation.text),
                };
                let body = assessment.text(recommendation.body, self.language).to_owned();
                (recommendation.path.clone(), text, body)
            }
            Next::Added(added) => ("added".to_owned(), in_language(&added.text)?, in_language(&added.body)?),
        };
        let due = advice.due(next).map(|date| self.dates.day(date));
        Ok(Recommended { id, text, body, due })
    }

    /// The ladders of everything the certificate shows, each once.
    fn legends(&self, certificate: &assessment::Certificate) -> Vec<Legend> {
        let assessment = self.scored.assessment();
        let text = |ix| assessment.text(ix, self.language).to_owned();
        let modules = assessment.modules.iter().flat_map(|(_, module)| &module.shows);
        let shown = certificate.profile.iter().chain(modules);
        let mut ladders = Vec::new();
        for &ix in shown {
            if let (Some(ladder), Some(_)) = (assessment.measures[ix].ladder, self.level(ix))
                && !ladders.contains(&ladder)
            {
                ladders.push(ladder);
            }
        }
        let legend = |ladder: &assessment::Ladder| Legend {
            title: text(ladder.title),
            levels: ladder
                .levels
                .iter()
                .map(|level| LegendLevel {
                    title: text(level.title),
                    text: level.text.map(text).unwrap_or_default(),
                    bar: level.bar,
                })
                .collect(),
        };
        ladders.into_iter().map(|ladder| legend(&assessment.ladders[ladder])).collect()
    }

    /// A sentence with its placeholders filled; the checker has proven that each has something to say.
    pub(crate) fn sentence(&self, ix: Ix<assessment::Text>) -> String {
        let assessment = self.scored.assessment();
        let pieces = &assessment.texts[self.language.0][ix.position()].pieces;
        let piece = |piece: &assessment::Piece| -> String {
            match piece {
                assessment::Piece::Plain(text) => text.clone(),
                assessment::Piece::Title(node) => assessment.title(*node, self.language).to_owned(),
                assessment::Piece::Job(job) => {
                    assessment.text(assessment.jobs[*job].title, self.language).to_owned()
                }
                assessment::Piece::Level(measure) => self
                    .level(*measure)
                    .map_or("", |level| assessment.text(level.title, self.language))
                    .to_owned(),
                assessment::Piece::Score(measure) => {
                    let places = assessment.measures[*measure].shown.map_or(0, |shown| shown.places);
                    self.scored
                        .shown(*measure)
                        .map(|value| self.dates.number_with(&value, places))
                        .unwrap_or_default()
                }
                assessment::Piece::Top(measure) => {
                    let top = match &assessment.measures[*measure].rule {
                        assessment::Rule::Rank(ranking) => ranking.top,
                        _ => 0,
                    };
                    let places = self.scored.ranking(*measure);
                    // Whatever rank equal values share, at least the best is named.
                    let first = places.first().map_or(0, |placed| placed.rank);
                    let best = places.iter().filter(|placed| placed.rank <= top.max(first));
                    let titles = best.map(|placed| assessment.title(placed.node, self.language));
                    titles.collect::<Vec<_>>().join(", ")
                }
            }
        };
        pieces.iter().map(piece).collect()
    }
}
