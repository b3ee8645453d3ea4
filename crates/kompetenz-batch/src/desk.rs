//! From one entry to its document: what all documents of a run have in common, and why there may be none.

use std::panic::{AssertUnwindSafe, catch_unwind};

use jiff::civil::Date;
use kompetenz::assessment::Language;
use kompetenz::certificate::{self, CertificateData, Issuing};
use kompetenz::easy_read::{self, EasyReadData};
use kompetenz::report::{self, ReportData};
use kompetenz::{Advice, Assessment, Entry, Fault, Record, Words, recommend, score, words};
use kompetenz_register::{Digest, Number};
use kompetenz_render::{Files, Format, RenderError, Studio};
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
        document.print(self, &Format::default()).map(|files| files.concat())
    }
}

/// For whom a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// For the participant: strengths and next steps.
    Certificate,
    /// For the participant: the certificate in pictures and short sentences.
    EasyRead,
    /// For advisers: everything, with reasons.
    Report,
}

impl Kind {
    /// What it is called in numbers, registers and file names.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Certificate => certificate::KIND,
            Kind::EasyRead => easy_read::KIND,
            Kind::Report => report::KIND,
        }
    }

    /// The name of a file without ending. It tells nothing about the person, but whether it may be handed out.
    pub fn name_of(self, number: &str) -> String {
        match self {
            Kind::Certificate => number.to_owned(),
            Kind::EasyRead | Kind::Report => format!("{number}-{}", self.name()),
        }
    }

    /// What is told about a document of this kind that there is not.
    fn none(self, why: &Words, code: &'static str) -> Refusal {
        let (en, de) = match self {
            Kind::Certificate => ("no certificate", "kein Zertifikat"),
            Kind::EasyRead => ("no easy-read page", "keine Seite „einfach erklärt“"),
            Kind::Report => ("no report", "kein Bericht"),
        };
        let Words { en: why, de: warum } = why;
        Refusal::Reason(code, words!("{en}: {why} [{code}]", "{de}: {warum} [{code}]"))
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
    /// An easy-read page.
    EasyRead(Box<EasyReadData>),
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
        let earlier = earlier.map(|entry| Record::new(self.assessment, entry)).transpose();
        let earlier = earlier.map_err(Refusal::Faults)?;
        let (first, draft) = (self.languages.first, self.draft);
        self.advised(entry, day, |advice| match self.kind {
            Kind::Certificate => self.of_advice(advice).map(|data| Document::Certificate(Box::new(data))),
            Kind::EasyRead => EasyReadData::new(advice, self.issuing, first)
                .map(|data| Document::EasyRead(Box::new(EasyReadData { draft, ..data })))
                .map_err(|withheld| self.kind.none(&withheld.message(), withheld.code())),
            Kind::Report => {
                let earlier = earlier.as_ref().map(score);
                ReportData::new(advice, self.issuing, first, earlier.as_ref())
                    .map(|data| Document::Report(Box::new(ReportData { draft, ..data })))
                    .map_err(|refused| self.kind.none(&refused.message(), refused.code()))
            }
        })
    }

    /// The certificate of an entry as of a day, whatever the kind of the other documents of the run.
    ///
    /// # Errors
    /// As [`Desk::document`].
    pub fn certificate(&self, entry: &Entry, day: Date) -> Result<CertificateData, Refusal> {
        self.advised(entry, day, |advice| self.of_advice(advice))
    }

    /// What is recommended to a person, if the results fit and the day can be.
    fn advised<T>(
        &self,
        entry: &Entry,
        day: Date,
        make: impl FnOnce(&Advice<'_>) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let record = Record::new(self.assessment, entry).map_err(Refusal::Faults)?;
        let last = record.to.or(record.from);
        if let Some(last) = last.filter(|last| self.chosen_day && day < *last) {
            let why = words!(
                "the day of issue {day} lies before the end of the assessment, {last}",
                "der Tag der Ausstellung {day} liegt vor dem Ende der Feststellung, {last}"
            );
            return Err(self.kind.none(&why, "issued-early"));
        }
        make(&recommend(&score(&record), day))
    }

    fn of_advice(&self, advice: &Advice<'_>) -> Result<CertificateData, Refusal> {
        let Languages { first, beside } = self.languages;
        match beside {
            None => CertificateData::new(advice, self.issuing, first),
            Some(beside) => CertificateData::new_beside(advice, self.issuing, first, beside),
        }
        .map(|data| if self.draft { data.into_draft() } else { data })
        .map_err(|withheld| Kind::Certificate.none(&withheld.message(), withheld.code()))
    }

    /// The bytes of a document.
    ///
    /// # Errors
    /// What cannot be printed, and why. Should the engine panic, that is a refusal too: nobody is harmed by
    /// another's row.
    pub fn pdf(&self, document: &Document) -> Result<Vec<u8>, Refusal> {
        self.made(|| self.press.pdf(document))
    }

    /// The files of a document in any format.
    ///
    /// # Errors
    /// As [`Desk::pdf`].
    pub fn print(&self, document: &Document, studio: &Studio, format: &Format) -> Result<Files, Refusal> {
        self.made(|| document.print(studio, format))
    }

    pub(crate) fn made<T>(&self, make: impl FnOnce() -> Result<T, RenderError>) -> Result<T, Refusal> {
        match catch_unwind(AssertUnwindSafe(make)) {
            Ok(result) => result.map_err(|error| self.kind.none(&error.message(), error.code())),
            Err(_) => {
                let why = words!("the engine failed", "der Satz ist gescheitert");
                Err(self.kind.none(&why, "engine"))
            }
        }
    }
}

impl Document {
    fn print(&self, studio: &Studio, format: &Format) -> Result<Files, RenderError> {
        match self {
            Document::Certificate(data) => studio.certificate(data, format),
            Document::EasyRead(data) => studio.easy_read(data, format),
            Document::Report(data) => studio.report(data, format),
        }
    }

    /// The number printed on it.
    pub fn number(&self) -> &str {
        match self {
            Document::Certificate(data) => &data.number,
            Document::EasyRead(data) => &data.number,
            Document::Report(data) => &data.number,
        }
    }

    /// The name of its file without ending, if nobody asks for another one, see [`Kind::name_of`].
    pub fn name(&self) -> String {
        let kind = match self {
            Document::Certificate(_) => Kind::Certificate,
            Document::EasyRead(_) => Kind::EasyRead,
            Document::Report(_) => Kind::Report,
        };
        kind.name_of(self.number())
    }

    /// The same document as another edition.
    pub(crate) fn numbered(self, number: &Number) -> Document {
        let number = number.as_str();
        match self {
            Document::Certificate(data) => Document::Certificate(Box::new(data.numbered(number))),
            Document::EasyRead(data) => {
                Document::EasyRead(Box::new(EasyReadData { number: number.to_owned(), ..*data }))
            }
            Document::Report(data) => {
                Document::Report(Box::new(ReportData { number: number.to_owned(), ..*data }))
            }
        }
    }

    /// The document as JSON, as it is attached to its PDF.
    ///
    /// # Errors
    /// None in practice: it has only texts and numbers.
    pub fn json(&self) -> serde_json::Result<Value> {
        match self {
            Document::Certificate(data) => serde_json::to_value(data),
            Document::EasyRead(data) => serde_json::to_value(data),
            Document::Report(data) => serde_json::to_value(data),
        }
    }

    /// The digest of what it says, apart from number and day of issue: these are the register's answer.
    pub(crate) fn digest(&self) -> Digest {
        // The address to check it at has the number in it.
        let mut value = match self {
            Document::Certificate(data) => serde_json::to_value(data.clone().numbered("")),
            other => other.json(),
        }
        .unwrap_or_default();
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
