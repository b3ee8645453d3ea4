//! Competency assessments as data.
#![allow(missing_docs)]
pub mod assessment;
pub mod certificate;
pub mod check;
mod dates;
pub mod diagnostic;
pub mod entry;
pub mod exact;
pub mod explain;
pub mod id;
pub mod issuer;
pub mod number;
pub mod raw;
pub mod recommend;
pub mod record;
pub mod score;
pub mod text;
mod words;

pub use assessment::Assessment;
pub use certificate::CertificateData;
pub use check::{Checked, check};
pub use diagnostic::{Code, Diagnostic, Severity, Sources};
pub use entry::{Entry, Fault, FaultCode};
pub use exact::Exact;
pub use explain::{explain, explain_all};
pub use id::Id;
pub use recommend::{Advice, recommend};
pub use record::Record;
pub use score::{Outcome, Scored, score};
pub use words::{Ui, Words};
