//! What comes out of the studio, looked at with the tools of others (poppler, qpdf).

mod beside;
mod documents;
mod families;
mod faults;
mod forms;
mod languages;
mod look;
mod parallel;
mod pictures;
mod print_run;
mod qr;
mod reports;
mod support;
