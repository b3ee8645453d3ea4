//! What the parts of a report have in common: its language, and how names, numbers and people are written in it.

use unicode_normalization::UnicodeNormalization;

use super::{Definition, Fact, Ground, Growth, LANGUAGES, NoReport, Note, Observer, ReportData};
use crate::assessment::{self, Ix, Language};
use crate::certificate::{self, CertificateData, Issuing, Participant};
use crate::entry::{self, Localized};
use crate::explain::{self, Reason};
use crate::recommend::Advice;
use crate::record::{self, Record};
use crate::score::Scored;
use crate::{Assessment, Ui, Words, number, words};

/// What is needed to put everything about a result into words.
pub(super) struct Cx<'a> {
    pub(super) advice: &'a Advice<'a>,
    pub(super) language: Language,
    pub(super) ui: Ui,
    /// The words that the certificate has too.
    pub(super) shared: certificate::Cx<'a>,
}

impl<'a> Cx<'a> {
    /// The words of a report exist in two languages.
    pub(super) fn new(advice: &'a Advice<'a>, language: Language) -> Result<Cx<'a>, NoReport> {
        let languages = &advice.scored().assessment().languages;
        let code = &languages[language.position()];
        let ui = match main_language(code) {
            "de" => Ui::De,
            "en" => Ui::En,
            _ => {
                let known = languages.iter().filter(|code| LANGUAGES.contains(&main_language(code)));
                return Err(NoReport::Language { asked: code.clone(), known: known.cloned().collect() });
            }
        };
        let dates = crate::dates::Dates::new(code);
        let shared = certificate::Cx { scored: advice.scored(), language, dates };
        Ok(Cx { advice, language, ui, shared })
    }

    pub(super) fn scored(&self) -> &'a Scored<'a> {
        self.advice.scored()
    }

    pub(super) fn assessment(&self) -> &'a Assessment {
        self.scored().assessment()
    }

    pub(super) fn record(&self) -> &'a Record<'a> {
        self.scored().record()
    }

    pub(super) fn explain(&self) -> explain::Cx<'_> {
        explain::Cx::for_readers(self.advice, self.language, &self.shared.dates)
    }

    pub(super) fn say(&self, words: Words) -> String {
        match self.ui {
            Ui::De => words.de,
            Ui::En => words.en,
        }
    }

    pub(super) fn text(&self, ix: Ix<assessment::Text>) -> String {
        self.assessment().text(ix, self.language).to_owned()
    }

    /// A line of an explanation with what explains it, as one phrase.
    pub(super) fn ground(&self, reason: Reason) -> Ground {
        Ground { text: self.say(reason.says), place: reason.place.unwrap_or_default() }
    }

    pub(super) fn notes(&self, about: &str) -> Vec<Note> {
        let explain = self.explain();
        let note = |note: &record::Note| Note {
            by: self.say(explain.occasion(note.occasion)),
            text: in_one_line(&note.text),
        };
        self.record().notes_about(about).map(note).collect()
    }

    /// The assessor's own words; where they are missing in the language of the report, all there are, with theirs.
    pub(super) fn own_words(&self, texts: &[Localized]) -> String {
        let assessment = self.assessment();
        let code = &assessment.languages[self.language.position()];
        let main = &assessment.languages[0];
        let of = |text: &'_ Localized| text.language.clone().unwrap_or_else(|| main.clone());
        match texts.iter().find(|text| of(text) == *code) {
            Some(own) => in_one_line(&own.text),
            None => {
                let with_language = |text| format!("{}: {}", of(text), in_one_line(&text.text));
                texts.iter().map(with_language).collect::<Vec<_>>().join(" · ")
            }
        }
    }

    pub(super) fn report(&self, issuing: &Issuing, growth: Option<Growth>) -> ReportData {
        let (assessment, record, dates) = (self.assessment(), self.record(), &self.shared.dates);
        let issued = self.advice.issued;
        let certificate = CertificateData::new(self.advice, issuing, self.language);
        let (steps, left_out) = self.recommendations(certificate.as_ref().ok());
        ReportData {
            format: super::FORMAT.to_owned(),
            number: number::derive(&assessment.id, &assessment.version, &record.key, issued, &issuing.secret),
            language: assessment.languages[self.language.position()].clone(),
            title: self.say(words!("Report on the assessment", "Bericht zur Feststellung")),
            audience: self.say(words!(
                "Internal report for advisers – do not hand out",
                "Interner Bericht für die Beratung – nicht aushändigen"
            )),
            issued: dates.day(issued),
            issuer: issuing.issuer_in(&assessment.languages[self.language.position()]).clone(),
            key: record.key.clone(),
            participant: Participant {
                name: record.name.clone(),
                birth_date: record.birth_date.map(|date| dates.day(date)),
            },
            assessment: Definition {
                id: assessment.id.clone(),
                version: assessment.version.clone(),
                digest: assessment.digest.clone(),
                title: self.text(assessment.modules[Ix::new(0)].title),
            },
            period: self.shared.period(),
            hours: record.hours.as_ref().map(|hours| dates.number(hours)),
            findings: self.findings(certificate.as_ref().ok()),
            withheld: certificate.err().map(|withheld| self.say(withheld.message())),
            observers: self.observers(),
            facts: self.facts(),
            notes: self.notes(""),
            steps,
            left_out,
            talks: self.talks(),
            jobs: self.jobs(),
            growth,
            modules: self.modules(),
        }
    }

    fn observers(&self) -> Vec<Observer> {
        let record = self.record();
        let explain = self.explain();
        // The participant comes last.
        let people = (0..record.observers.len()).map(Some).chain([None]);
        let observer = |person: Option<usize>| {
            let own = record.axes.iter().enumerate().filter(|(_, axis)| axis.observer == person);
            let occasions: Vec<String> =
                own.map(|(position, _)| self.say(explain.circumstances(position))).collect();
            (!occasions.is_empty()).then(|| Observer {
                name: match person {
                    Some(position) => record.observers[position].clone(),
                    None => self.say(words!("self-assessment", "Selbsteinschätzung")),
                },
                own: person.is_none(),
                occasions: occasions.into_iter().filter(|occasion| !occasion.is_empty()).collect(),
            })
        };
        people.filter_map(observer).collect()
    }

    fn facts(&self) -> Vec<Fact> {
        let explain = self.explain();
        let fact = |(ix, fact): (_, &assessment::Fact)| {
            let value = self.record().fact(ix)?;
            Some(Fact {
                id: fact.path.clone(),
                title: self.text(fact.title),
                value: self.say(explain.fact_value(Some(value), &fact.options)),
            })
        };
        self.assessment().facts().filter_map(fact).collect()
    }

    /// The heading of a column of ratings.
    pub(super) fn column(&self, position: usize) -> String {
        match self.record().occasions[position].observer {
            entry::Observer::Named(_) => self.say(self.explain().occasion(position)),
            entry::Observer::Own => {
                let own = self.say(words!("self", "selbst"));
                let when = self.say(self.explain().circumstances(position));
                if when.is_empty() { own } else { format!("{own}, {when}") }
            }
        }
    }
}

/// A line break has no place in a line of print, and letters are written in one composed form.
pub(super) fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect()
}

fn main_language(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}
