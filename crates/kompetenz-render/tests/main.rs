//! What comes out of the studio, looked at with the tools of others (poppler, qpdf).

mod beside;

mod designers;
mod documents;
mod faults;
mod formats;
mod forms;
mod languages;
mod logos;
mod parallel;
mod reports;
mod runaways;
mod support;
