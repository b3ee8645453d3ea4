//! The register as its users rely on it: lives of certificates, several processes, crashes, damage and joining.

#![allow(clippy::print_stderr, reason = "a test that cannot run here says so")]

mod append_only;
mod child;
mod common;
mod corruption;
mod crash;
mod driver;
mod export;
mod life;
mod merge;
mod opening;
mod processes;
mod small_drive;
