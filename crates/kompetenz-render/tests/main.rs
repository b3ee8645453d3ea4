//! What comes out of the studio, looked at with the tools of others (poppler, qpdf).

mod beside;
mod documents;
mod faults;
mod forms;
mod languages;
mod logos;
mod parallel;
mod print_run;
mod reports;
mod support;
