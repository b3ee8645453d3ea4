//! Competency assessments as data: definitions that a subject expert writes, exact scoring, explained results.
//!
//! # The pipeline
//!
//! ```text
//! files ──check──▶ Assessment
//!                      │
//! Entry ──Record::new──▶ Record ──score──▶ Scored ──recommend──▶ Advice ──CertificateData::new──▶ CertificateData
//! ```
//!
//! Every arrow is one function, and each takes only what the one before it made, so no step can be skipped:
//!
//! - [`check()`] reads the TOML files of an assessment, reports every mistake, and runs the author's examples.
//! - [`Record::new`] holds the results of one participant against the assessment.
//! - [`score()`] computes every measure in exact fractions. It cannot fail.
//! - [`recommend()`] finds the sentences and next steps that follow on the day of issue. It cannot fail.
//! - [`CertificateData::new`] puts the strengths into words, ready to print.
//! - [`ReportData::new`] puts everything into words, for advisers.
//! - [`explain()`] says why, at any point, by reading the results.
//!
//! This crate reads no file, no clock and no environment, and prints nothing.
//! `kompetenz-sheets` makes entries from files, `kompetenz-render` makes PDF files from certificate data.
//!
//! # Example
//!
//! ```
//! use jiff::civil::date;
//! use kompetenz::certificate::{CertificateData, Issuer, Issuing};
//! use kompetenz::entry::{Entry, Occasion, Rating, Spot};
//! use kompetenz::raw::Given;
//! use kompetenz::{Exact, Record, Sources, check, explain, recommend, score};
//!
//! // What a subject expert writes.
//! let sources = Sources::new("assessment.toml", r#"
//!     id = "wood"
//!     version = "1.0.0"
//!     language = "en"
//!     title = "Wood work sample"
//!     shows = ["field"]
//!
//!     [certificate]
//!     title = "Certificate"
//!     subtitle = "of competency assessment"
//!     procedure = "Two people observed."
//!     is = "This document describes what was shown."
//!     is-not = "It is not an examination."
//!     profile = ["field"]
//!
//!     [[step]]
//!     number = 8
//!     title = "Get into work"
//!
//!     [[scale]]
//!     id = "rating"
//!     values = [0, 1, 2, 3, 4]
//!     not-observed = "n"
//!
//!     [[item]]
//!     id = "planning"
//!     scale = "rating"
//!     title = "Planning"
//!
//!     [[item]]
//!     id = "quality"
//!     scale = "rating"
//!     title = "Quality"
//!
//!     [[measure]]
//!     id = "field"
//!     title = "Wood"
//!     rule = "weighted-mean"
//!     of = [{ id = "planning", weight = 0.4 }, { id = "quality", weight = 0.6 }]
//!     levels = [
//!       { id = "guided", at-least = 0, title = "with guidance" },
//!       { id = "independent", at-least = 2.4, title = "mostly independent" },
//!     ]
//!
//!     [[finding]]
//!     id = "works"
//!     kind = "ability"
//!     when = { level = { of = "field", is = "independent" } }
//!     text = "Works with wood: {{ field.level }}."
//!
//!     [[recommendation]]
//!     id = "try-out"
//!     step = 8
//!     when = { level = { of = "field", is = "independent" } }
//!     body = "Team Work"
//!     due = "4 weeks"
//!     text = "Try-out in a company"
//!
//!     [[example]]
//!     name = "exactly at the cut, the higher level counts"
//!     observations = { anna = { planning = 3, quality = 2 } }
//!     expect = { field = { score = 2.4, level = "independent" }, recommended = ["try-out"] }
//! "#);
//! let assessment = check(&sources).assessment.expect("no mistakes");
//!
//! // What the assessors observed.
//! let rating = |item: &str, value: i32| Rating {
//!     item: item.into(),
//!     occasion: 0,
//!     value: Given::Number(Exact::from(value)),
//!     spot: Spot::default(),
//! };
//! let entry = Entry {
//!     key: "P-0001".into(),
//!     name: "Elena Țurcanu".into(),
//!     occasions: vec![Occasion::of("anna")],
//!     ratings: vec![rating("planning", 3), rating("quality", 4)],
//!     ..Entry::default()
//! };
//! let record = Record::new(&assessment, &entry).expect("no faults");
//!
//! // What follows from it.
//! let scored = score(&record);
//! let advice = recommend(&scored, date(2026, 11, 22));
//! let why = explain(&advice, "field", assessment.main_language()).expect("a measure");
//! assert_eq!(why.says.en, "Wood: 3.6, level “mostly independent”");
//!
//! let issuer = Issuer {
//!     name: "Example".into(),
//!     address: vec![],
//!     place: "Dortmund".into(),
//!     color: "#0d5c73".into(),
//!     signatories: vec![],
//!     ..Issuer::default()
//! };
//! let issuing = Issuing { issuer, ..Issuing::default() };
//! let data = CertificateData::new(&advice, &issuing, assessment.main_language()).expect("something to certify");
//! assert_eq!(data.abilities[0].text, "Works with wood: mostly independent.");
//! assert_eq!(data.steps[0].recommendations[0].due.as_ref().unwrap().text, "December 20, 2026");
//! ```

pub mod analysis;
pub mod assessment;
pub mod certificate;
pub mod check;
mod codes;
mod dates;
pub mod diagnostic;
pub mod entry;
pub mod exact;
pub mod explain;
pub mod form;
pub mod growth;
pub mod id;
pub mod issuer;
pub mod number;
mod ratings;
pub mod raw;
pub mod recommend;
pub mod record;
pub mod report;
pub mod score;
pub mod text;
mod words;

pub use analysis::{Analysis, GroupBuilder, analyze};
pub use assessment::Assessment;
pub use certificate::CertificateData;
pub use check::{Checked, check, language_tag, originals};
pub use diagnostic::{Code, Diagnostic, Severity, Sources};
pub use entry::{Entry, Fault, FaultCode};
pub use exact::Exact;
pub use explain::{explain, explain_all, why_not};
pub use growth::growth;
pub use id::Id;
pub use recommend::{Advice, recommend};
pub use record::Record;
pub use report::ReportData;
pub use score::{Outcome, Scored, score};
pub use words::{Ui, Words};
