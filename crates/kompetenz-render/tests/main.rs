//! What comes out of the studio, looked at with the tools of others (poppler, qpdf).

mod approved;
mod beside;

mod designers;
mod documents;
mod easy_read;
mod families;
mod faults;
mod formats;
mod forms;
mod languages;
mod look;
mod parallel;
mod pictures;
mod print_run;
mod qr;
mod reports;
mod runaways;
mod structure;
mod support;
