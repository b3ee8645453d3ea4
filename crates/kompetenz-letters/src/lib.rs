//! Letters that go with a certificate: an invitation to the talk about the result, a cover letter to an office.
//!
//! Text in, text out: the texts of letters lie in an [`Assessment`](kompetenz::Assessment), the values in a
//! [`LetterData`], and [`write()`] puts them together as Markdown or plain text.
//! This crate reads no file and prints nothing.
//!
//! - [`check()`] is the check of an assessment together with the texts of its letters.
//! - [`LetterData::new`] says what a letter may say: what stands on the certificate, and what an office adds to it.
//! - [`write()`] makes the letter.
//!
//! A letter is whole or there is none: what an author forgot is found by the check, which writes every letter for
//! made-up people who have everything, nothing, and everything but one thing.
//! A value is always printed as text: a name that looks like Markdown stays a name.

mod check;
mod data;
mod engine;
mod error;
mod escape;
mod sample;

pub use check::check;
pub use data::{
    Appointment, Competence, FORMAT, Issuer, LetterData, Module, Participant, Recommendation, Signatory,
    Step, Talk,
};
pub use engine::{FILTERS, write};
pub use error::LetterError;
pub use sample::sample;
