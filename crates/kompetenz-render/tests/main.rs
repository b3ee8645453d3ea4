//! What comes out of the studio, looked at with the tools of others (poppler, qpdf).

mod beside;
mod documents;
mod easy_read;
mod faults;
mod forms;
mod languages;
mod logos;
mod parallel;
mod reports;
mod support;
