//! The register of issued certificates: what was issued, and what happened to it, for years.
//!
//! One SQLite file per issuer holds every issue and every event: *issued, reprinted, corrected, superseded,
//! withdrawn, expired*. Rows are only ever added, events form a chain of digests, and participants stand in it by a
//! keyed hash: no name and no key. `docs/register.md` tells what this proves and what it does not, how to keep the
//! file, and what to do when it is damaged.
//!
//! The crate reads no clock: every moment comes in as an argument.
//!
//! # Issuing so that files and register agree
//!
//! ```text
//! candidates ──plan──▶ Standing ──make the file, under a temporary name──▶ Issue ──record──▶ rename
//! ```
//!
//! 1. [`Register::plan`] says of each candidate whether it is new, the same as before, changed or withdrawn.
//! 2. For what is to be issued, the driver derives the number ([`Number::derive`]), makes the bytes, and writes them
//!    under a temporary name beside their place.
//! 3. [`Register::record`] records a group of them in one transaction.
//! 4. Only then does each file get its name.
//!
//! So a file that has its name is in the register, whenever the process is killed. After a kill the same command is
//! simply run again: what was recorded is [`Standing::Same`], and if its file is missing it is made once more, with
//! the same number and day and therefore the same bytes. What was not recorded is still new.
//! Temporary files of the run that was killed are swept away at the beginning.
//!
//! # Example
//!
//! ```
//! use jiff::{Timestamp, civil::date};
//! use kompetenz_register::{
//!     Access, Answer, Candidate, Digest, Document, Issue, Issuer, Number, Register, Scope, Stamp, Standing, Text,
//! };
//!
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("register.sqlite");
//! let issuer = Issuer::new("office-dortmund", "correct horse battery staple")?;
//! let mut register = Register::open(&path, &issuer, Access::Create(Scope::Whole))?;
//!
//! // Who might get what, and how that stands.
//! let document = Document {
//!     participant: issuer.participant("P-0017"),
//!     assessment: Text::new("nordstadt")?,
//!     kind: Text::new("certificate")?,
//!     language: Text::new("de")?,
//!     round: None,
//! };
//! let candidate = Candidate { document, data: Digest::of(b"what the certificate says") };
//! let standing = register.plan(&[candidate.clone()])?.remove(0);
//! assert_eq!(standing, Standing::New);
//!
//! // Its number, and its file under a temporary name.
//! let (version, issued) = (Text::new("1.0.0")?, date(2026, 11, 22));
//! let edition = standing.next_edition();
//! let number = Number::derive(&issuer, &candidate.document, &version, edition, issued);
//! let pdf = format!("%PDF {number}");
//!
//! // Recorded before the file gets its name.
//! let issue = Issue {
//!     candidate: candidate.clone(),
//!     edition,
//!     number: number.clone(),
//!     version,
//!     definition: Digest::of(b"the files of the definition"),
//!     file: Digest::of(pdf.as_bytes()),
//!     issued,
//!     reason: None,
//! };
//! let stamp = Stamp::at("2026-11-22T10:15:00Z".parse::<Timestamp>()?).by(Text::new("reception")?);
//! assert_eq!(register.record(&[issue.clone()], &stamp)?, 1);
//! assert_eq!(register.record(&[issue], &stamp)?, 0, "once more is not twice");
//! assert!(matches!(register.plan(&[candidate])?[0], Standing::Same(_)));
//! assert_eq!(register.answer(&number)?, Answer::Valid);
//!
//! // A year later.
//! let stamp = Stamp::at("2027-11-22T09:00:00Z".parse()?);
//! let reason = Text::new("issued by mistake")?;
//! register.withdraw(&number, &reason, &stamp)?;
//! assert_eq!(register.answer(&number)?, Answer::Withdrawn { since: stamp.moment, reason });
//! assert_eq!(register.check(None)?.findings, []);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod change;
mod check;
mod digest;
mod error;
mod event;
mod issue;
mod issuer;
mod ledger;
mod merge;
mod number;
mod plan;
mod read;
mod record;
mod refusal;
mod register;
mod schema;
mod scope;
mod seal;
mod text;

pub use check::{Checkup, Finding};
pub use digest::Digest;
pub use error::RegisterError;
pub use event::{Event, EventKind, Stamp, State};
pub use issue::{Candidate, Document, Issue, Issued};
pub use issuer::{Issuer, IssuerError, MIN_SECRET, Participant};
pub use merge::{MergeFault, Merged};
pub use number::{NotANumber, Number};
pub use plan::Standing;
pub use read::{Answer, Export, Filter, History};
pub use refusal::{Refusal, Why};
pub use register::{Access, Register};
pub use scope::{MAX_PARTS, Part, Scope};
pub use seal::Seal;
pub use text::{MAX_TEXT, Text, TextError};
