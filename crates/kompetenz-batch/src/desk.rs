//! From one entry to its document: what all documents of a run have in common, and why there may be none.

use std::panic::{AssertUnwindSafe, catch_unwind};

use jiff::civil::Date;
use kompetenz::assessment::Language;
use kompetenz::certificate::{self, CertificateData, Issuing};
use kompetenz::report::{self, ReportData};
use kompetenz::{Assessment, Entry, Fault, Record, Words, recommend, score, words};
use kompetenz_register::{Digest, Number};
use kompetenz_render::{RenderError, Studio};
use serde_json::Value;

/// What all documents of a run have in common.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// By which definition the results came about.
    pub assessment: &'a Assessment,
    /// Who issues.
    pub issuing: &'a Issuing,
    /// Who sets them: the studio of the engine, or something else that makes bytes of a document.
    pub press: &'a dyn Press,
    /// What is made.
    pub kind: Kind,
    /// In which languages.
    pub languages: Languages,
    /// The day of issue.
    pub issued: Date,
    /// Whether a person has chosen the day. Only then it is held against the end of the assessment: today is what
    /// the clock says.
    pub chosen_day: bool,
    /// Whether this is a trial: marked as such on every page, and never registered.
    pub draft: bool,
}

/// Makes bytes of documents. The [`Studio`] of the engine is one; the same document gives the same bytes.
pub trait Press: Sync {
    /// The bytes of one document.
    ///
    /// # Errors
    /// What cannot be printed.
    fn pdf(&self, document: &Document) -> Result<Vec<u8>, RenderError>;
}

impl Press for Studio {
    fn pdf(&self, document: &Document) -> Result<Vec<u8>, RenderError> {
        match document {
            Document::Certificate(data) => self.render(data),
            Document::Report(data) => kompetenz_render::report(data),
        }
    }
}

/// For whom a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// For the participant: strengths and next steps.
    Certificate,
    /// For advisers: everything, with reasons.
    Report,
}

impl Kind {
    /// What it is called in numbers, registers and file names.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Certificate => certificate::KIND,
            Kind::Report => report::KIND,
        }
    }
}

/// The languages of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Languages {
    /// The language of the page.
    pub first: Language,
    /// The quieter one under it, another than the first. Reports have none.
    pub beside: Option<Language>,
}

impl Languages {
    /// How a register names them: `de`, or `de+ro`.
    pub fn tag(self, assessment: &Assessment) -> String {
        let code = |language: Language| assessment.languages[language.position()].as_str();
        let first = code(self.first).to_owned();
        self.beside.map_or(first, |beside| format!("{}+{}", code(self.first), code(beside)))
    }
}

/// Everything one document says.
#[derive(Debug, Clone)]
pub enum Document {
    /// A certificate.
    Certificate(Box<CertificateData>),
    /// A report for advisers.
    Report(Box<ReportData>),
}

/// Why an entry becomes no document.
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    /// It does not fit the assessment.
    Faults(Vec<Fault>),
    /// It fits, but there is no document: a stable code, and the reason.
    Reason(&'static str, Words),
}

impl Desk<'_> {
    /// The document of an entry as of a day, with the number of its first edition.
    ///
    /// `earlier` is an earlier assessment of the same person, with which a report compares.
    ///
    /// # Errors
    /// Results that do not fit the assessment, or reasons to withhold the document.
    pub fn document(&self, entry: &Entry, earlier: Option<&Entry>, day: Date) -> Result<Document, Refusal> {
        let record = Record::new(self.assessment, entry).map_err(Refusal::Faults)?;
        let earlier = earlier.map(|entry| Record::new(self.assessment, entry)).transpose();
        let earlier = earlier.map_err(Refusal::Faults)?;
        let last = record.to.or(record.from);
        if let Some(last) = last.filter(|last| self.chosen_day && day < *last) {
            let reason = words!(
                "no certificate: the day of issue {day} lies before the end of the assessment, {last} [issued-early]",
                "kein Zertifikat: der Tag der Ausstellung {day} liegt vor dem Ende der Feststellung, {last} [issued-early]"
            );
            return Err(Refusal::Reason("issued-early", reason));
        }
        let scored = score(&record);
        let advice = recommend(&scored, day);
        let Languages { first, beside } = self.languages;
        match self.kind {
            Kind::Certificate => match beside {
                None => CertificateData::new(&advice, self.issuing, first),
                Some(beside) => CertificateData::new_beside(&advice, self.issuing, first, beside),
            }
            .map(|data| Document::Certificate(Box::new(CertificateData { draft: self.draft, ..data })))
            .map_err(|withheld| {
                let (Words { en, de }, code) = (withheld.message(), withheld.code());
                let reason = words!("no certificate: {en} [{code}]", "kein Zertifikat: {de} [{code}]");
                Refusal::Reason(code, reason)
            }),
            Kind::Report => {
                let earlier = earlier.as_ref().map(score);
                ReportData::new(&advice, self.issuing, first, earlier.as_ref())
                    .map(|data| Document::Report(Box::new(ReportData { draft: self.draft, ..data })))
                    .map_err(|refused| {
                        let (Words { en, de }, code) = (refused.message(), refused.code());
                        let reason = words!("no report: {en} [{code}]", "kein Bericht: {de} [{code}]");
                        Refusal::Reason(code, reason)
                    })
            }
        }
    }

    /// The bytes of a document.
    ///
    /// # Errors
    /// What cannot be printed, and why. Should the engine panic, that is a refusal too: nobody is harmed by
    /// another's row.
    pub fn pdf(&self, document: &Document) -> Result<Vec<u8>, Refusal> {
        let made = catch_unwind(AssertUnwindSafe(|| self.press.pdf(document)));
        let (en, de) = match self.kind {
            Kind::Certificate => ("no certificate", "kein Zertifikat"),
            Kind::Report => ("no report", "kein Bericht"),
        };
        match made {
            Ok(Ok(pdf)) => Ok(pdf),
            Ok(Err(error)) => {
                let code =
                    if matches!(error, RenderError::MissingGlyphs(_)) { "missing-glyph" } else { "render" };
                let Words { en: why, de: warum } = error.message();
                Err(Refusal::Reason(code, words!("{en}: {why} [{code}]", "{de}: {warum} [{code}]")))
            }
            Err(_) => Err(Refusal::Reason(
                "engine",
                words!("{en}: the engine failed [engine]", "{de}: der Satz ist gescheitert [engine]"),
            )),
        }
    }
}

impl Document {
    /// The number printed on it.
    pub fn number(&self) -> &str {
        match self {
            Document::Certificate(data) => &data.number,
            Document::Report(data) => &data.number,
        }
    }

    /// The name of its file without ending, if nobody asks for another one. It tells nothing about the person, but
    /// whether it may be handed out.
    pub fn name(&self) -> String {
        match self {
            Document::Certificate(data) => data.number.clone(),
            Document::Report(data) => format!("{}-report", data.number),
        }
    }

    /// The same document as another edition.
    pub(crate) fn numbered(mut self, number: &Number) -> Document {
        match &mut self {
            Document::Certificate(data) => {
                number.as_str().clone_into(&mut data.number);
                if let Some(beside) = &mut data.beside {
                    number.as_str().clone_into(&mut beside.number);
                }
            }
            Document::Report(data) => number.as_str().clone_into(&mut data.number),
        }
        self
    }

    /// The document as JSON, as it is attached to its PDF.
    ///
    /// # Errors
    /// None in practice: it has only texts and numbers.
    pub fn json(&self) -> serde_json::Result<Value> {
        match self {
            Document::Certificate(data) => serde_json::to_value(data),
            Document::Report(data) => serde_json::to_value(data),
        }
    }

    /// The digest of what it says, apart from number and day of issue: these are the register's answer.
    pub(crate) fn digest(&self) -> Digest {
        let mut value = self.json().unwrap_or_default();
        for key in ["number", "issued", "draft"] {
            strip(&mut value, key);
        }
        Digest::of(value.to_string().as_bytes())
    }
}

/// Takes a field from a document, and from the one beside it.
fn strip(value: &mut Value, key: &str) {
    if let Value::Object(fields) = value {
        fields.shift_remove(key);
        if let Some(beside) = fields.get_mut("beside") {
            strip(beside, key);
        }
    }
}
