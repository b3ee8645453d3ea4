//! What comes out of the studio, looked at with the tools of others (poppler).

mod documents;
mod faults;
mod logos;
mod parallel;
mod support;
