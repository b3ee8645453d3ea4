//! From results to registered documents in a folder.
//!
//! A [`Batch`] is an iterator: rows go in, an [`Outcome`] for each comes out, in their order. Nothing happens until the
//! next outcome is asked for; a [`Cancel`] token ends it early, and what is begun is finished.
//! It can be ended at any point, by `kill -9` too: run again, it ends with the same files and the same register.
//!
//! ```text
//! Row ──Desk::document──▶ Document ──Book: plan──▶ new · same · changed · withdrawn
//!                                        │ new, changed
//!                                        ▼
//!          Shelf: put, without a name ──Book: record──▶ Shelf: name ──▶ Outcome
//! ```
//!
//! - A [`Desk`] is what all documents of a run have in common; it turns an entry into bytes, or says why not.
//! - A [`Book`] is the register of the run. Without one, drafts are made.
//! - A [`Shelf`] is where documents go: a [`Folder`], or a [`Rehearsal`] that keeps nothing.
//! - A [`Gathered`] takes along what the certificates say, and prints them into one file for the print shop.
//! - A [`Ledger`] takes the outcomes down for the [`Report`].
//! - [`Settings`] say who is asked for ([`Choice`]), how files are called ([`Names`]), and how many are made at a time.
//!
//! The crate reads no clock and prints nothing. It has no global state besides the caches of the typesetting engine.
//!
//! # Example
//!
//! `cargo run --release -p kompetenz-batch --example outcomes` is the whole of it as a program.

mod archive;
mod book;
mod cancel;
mod choice;
mod desk;
mod error;
mod fingerprint;
mod names;
mod outcome;
mod partition;
mod pattern;
mod print_run;
mod report;
mod run;
mod shelf;

pub use archive::archive;
pub use book::{Book, Remarks};
pub use cancel::Cancel;
pub use choice::Choice;
pub use desk::{Desk, Document, Kind, Languages, Press, Refusal};
pub use error::BatchError;
pub use fingerprint::fingerprint;
pub use names::Names;
pub use outcome::{Fate, Made, Outcome, Row};
pub use partition::Partition;
pub use pattern::FIELDS;
pub use print_run::{Gathered, Printing, SortBy, VOLUME, Volume};
pub use report::{Counts, Ledger, Report, Told, table};
pub use run::{Batch, GROUP, Settings};
pub use shelf::{Folder, Found, Rehearsal, Shelf};
