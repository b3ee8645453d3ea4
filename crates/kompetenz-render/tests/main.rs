//! What comes out of the studio, looked at with the tools of others (poppler, qpdf).

mod beside;
mod documents;
mod faults;
mod forms;
mod languages;
mod parallel;
mod pictures;
mod reports;
mod support;
