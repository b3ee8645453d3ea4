//! What a letter may say: a certificate and what an office adds to it, every value ready to print.
//!
//! A [`LetterData`] is made of a [`CertificateData`] alone, so a letter exists only where a certificate does, and
//! nothing of the internal report can get into it.

use jiff::civil::DateTime;
use kompetenz::CertificateData;
use kompetenz::assessment::Letter;
use kompetenz::certificate;
use kompetenz::dates::Dates;
use schemars::JsonSchema;
use serde::Serialize;

/// The name of this format, the first field of every letter.
pub const FORMAT: &str = "kompetenz-letter/1";

/// Everything one letter may say, in one language.
///
/// The names of the fields are the names of the variables in the text of a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LetterData {
    /// Always `kompetenz-letter/1`.
    pub format: String,
    /// The language of the letter, for instance `de`.
    pub language: String,
    /// The certificate number.
    pub number: String,
    /// The day of issue, for instance "22. November 2026".
    pub issued: String,
    /// To whom the letter goes, a line each: the participant's name, or the lines of an office.
    pub recipient: Vec<String>,
    /// Whom readers can call. Absent: the definition names nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Who writes.
    pub issuer: Issuer,
    /// Whom the letter is about.
    pub participant: Participant,
    /// What the assessment is called.
    pub assessment: String,
    /// How the results came about, a few sentences.
    pub procedure: String,
    /// When the assessment took place. Absent: not recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// How many hours it took. Absent: not recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// When and where the result is talked about. Absent: nothing is agreed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub talk: Option<Talk>,
    /// What was shown reliably, one sentence each.
    pub abilities: Vec<String>,
    /// What was shown once or is growing, one sentence each.
    pub potentials: Vec<String>,
    /// What the first page of the certificate shows.
    pub profile: Vec<Competence>,
    /// The modules taken, with what was shown in each.
    pub modules: Vec<Module>,
    /// The recommended next steps, grouped by step.
    pub steps: Vec<Step>,
}

/// Who writes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Issuer {
    /// The name of the body.
    pub name: String,
    /// Its address, a line each.
    pub address: Vec<String>,
    /// The place of signature.
    pub place: String,
    /// Who signs.
    pub signatories: Vec<Signatory>,
}

/// A person who signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Signatory {
    /// The name.
    pub name: String,
    /// In which function the person signs.
    pub role: String,
}

/// Whom the letter is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Participant {
    /// The name as the person writes it.
    pub name: String,
    /// The day of birth. Absent: not recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<String>,
}

/// When and where the result is talked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Talk {
    /// The day, for instance "Dienstag, 1. Dezember 2026".
    pub day: String,
    /// The time, for instance "10:30".
    pub time: String,
    /// Where it is.
    pub place: String,
    /// With whom. Absent: not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adviser: Option<String>,
}

/// One competence with the level that was shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Competence {
    /// What it is called.
    pub title: String,
    /// The word of the level.
    pub level: String,
}

/// A module taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Module {
    /// What it is called.
    pub title: String,
    /// What the person did in it. May be empty.
    pub summary: String,
    /// What was shown in it.
    pub competences: Vec<Competence>,
}

/// One of the steps on the way into work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its number among the nine steps.
    pub number: u8,
    /// What it is called.
    pub title: String,
    /// What is recommended in it, most urgent first.
    pub recommendations: Vec<Recommendation>,
}

/// One recommended next step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recommendation {
    /// What to do.
    pub text: String,
    /// Who is responsible.
    pub body: String,
    /// Until when. Absent: no day is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
}

/// What is agreed about the talk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    /// When.
    pub when: DateTime,
    /// Where. None: at the address of the issuer.
    pub place: Option<String>,
    /// With whom.
    pub adviser: Option<String>,
}

impl LetterData {
    /// The JSON Schema of the format, for people who write letters.
    pub fn schema() -> serde_json::Value {
        schemars::schema_for!(LetterData).to_value()
    }

    /// What `letter` may say about the person of a certificate, in the language of the certificate.
    pub fn new(letter: &Letter, certificate: &CertificateData, talk: Option<&Appointment>) -> LetterData {
        let texts = |sentences: &[certificate::Sentence]| sentences.iter().map(|s| s.text.clone()).collect();
        let competences = |competences: &[certificate::Competence]| {
            let competence =
                |c: &certificate::Competence| Competence { title: c.title.clone(), level: c.level.clone() };
            competences.iter().map(competence).collect::<Vec<_>>()
        };
        let issuer = &certificate.issuer;
        let participant = &certificate.participant;
        LetterData {
            format: FORMAT.to_owned(),
            language: certificate.language.clone(),
            number: certificate.number.clone(),
            issued: certificate.issued.text.clone(),
            recipient: match letter.recipient.as_slice() {
                [] => vec![participant.name.clone()],
                lines => lines.to_vec(),
            },
            phone: letter.phone.clone(),
            issuer: Issuer {
                name: issuer.name.clone(),
                address: issuer.address.clone(),
                place: issuer.place.clone(),
                signatories: issuer
                    .signatories
                    .iter()
                    .map(|s| Signatory { name: s.name.clone(), role: s.role.clone() })
                    .collect(),
            },
            participant: Participant {
                name: participant.name.clone(),
                birth_date: participant.birth_date.as_ref().map(|day| day.text.clone()),
            },
            assessment: certificate.assessment.title.clone(),
            procedure: certificate.assessment.procedure.clone(),
            period: certificate.period.clone(),
            hours: certificate.hours.clone(),
            talk: talk.map(|talk| {
                let (day, time) = Dates::new(&certificate.language).meeting(talk.when);
                let office = || {
                    let lines = std::iter::once(&issuer.name).chain(&issuer.address);
                    lines.map(String::as_str).collect::<Vec<_>>().join(", ")
                };
                let place = talk.place.clone().unwrap_or_else(office);
                Talk { day, time, place, adviser: talk.adviser.clone() }
            }),
            abilities: texts(&certificate.abilities),
            potentials: texts(&certificate.potentials),
            profile: competences(&certificate.profile),
            modules: certificate
                .modules
                .iter()
                .map(|module| Module {
                    title: module.title.clone(),
                    summary: module.summary.clone(),
                    competences: competences(&module.competences),
                })
                .collect(),
            steps: certificate
                .steps
                .iter()
                .map(|step| Step {
                    number: step.number,
                    title: step.title.clone(),
                    recommendations: step
                        .recommendations
                        .iter()
                        .map(|r| Recommendation {
                            text: r.text.clone(),
                            body: r.body.clone(),
                            due: r.due.as_ref().map(|day| day.text.clone()),
                        })
                        .collect(),
                })
                .collect(),
        }
    }
}
