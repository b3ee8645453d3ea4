//! How fast issues are recorded, one by one and in groups. Run with `cargo bench -p kompetenz-register`.
//!
//! Every transaction waits for the drive a few times, so what is measured is mostly the drive.

use divan::Bencher;
use divan::counter::ItemsCount;
use jiff::Timestamp;
use jiff::civil::date;
use kompetenz_register::{
    Access, Candidate, Digest, Document, Issue, Issuer, Number, Register, Scope, Stamp, Text,
};
use tempfile::TempDir;

fn main() {
    divan::main();
}

fn issuer() -> Issuer {
    Issuer::new("office", "correct horse battery staple").expect("an issuer")
}

fn text(text: &str) -> Text {
    Text::new(text).expect("a text")
}

fn issues(count: usize) -> Vec<Issue> {
    let (office, version, day) = (issuer(), text("1.0.0"), date(2026, 11, 22));
    let issue = |ix: usize| {
        let document = Document {
            participant: office.participant(&format!("P-{ix}")),
            assessment: text("nordstadt"),
            kind: text("certificate"),
            language: text("de"),
            round: None,
        };
        let data = Digest::of(&ix.to_be_bytes());
        Issue {
            number: Number::derive(&office, &document, &version, 1, day),
            candidate: Candidate { document, data },
            edition: 1,
            version: version.clone(),
            definition: Digest::of(b"definition"),
            file: data,
            issued: day,
            reason: None,
        }
    };
    (0..count).map(issue).collect()
}

fn stamp() -> Stamp {
    Stamp::at(Timestamp::UNIX_EPOCH)
}

/// A register in a folder of its own, which goes with it. The folder is in the working folder: what is for passing
/// files may lie in memory.
fn register() -> (TempDir, Register) {
    let folder = tempfile::tempdir_in(".").expect("a folder");
    let path = folder.path().join("register.sqlite");
    let register = Register::open(&path, &issuer(), Access::Create(Scope::Whole)).expect("a register");
    (folder, register)
}

/// So many issues, and how many of them share a transaction.
const GROUPS: [(usize, usize); 5] =
    [(200, 1), (2_000, 10), (10_000, 100), (100_000, 1_000), (100_000, 10_000)];

#[divan::bench(args = GROUPS, sample_count = 1, sample_size = 1)]
fn record(bencher: Bencher<'_, '_>, (count, group): (usize, usize)) {
    let (issues, stamp) = (issues(count), stamp());
    bencher.counter(ItemsCount::new(count)).with_inputs(register).bench_local_refs(|(_, register)| {
        for issues in issues.chunks(group) {
            register.record(issues, &stamp).expect("recorded");
        }
    });
}

/// A batch that is run again: everybody has a certificate already.
#[divan::bench(args = [100_000], sample_count = 1, sample_size = 1)]
fn plan(bencher: Bencher<'_, '_>, count: usize) {
    let issues = issues(count);
    let (_folder, mut register) = register();
    register.record(&issues, &stamp()).expect("recorded");
    let candidates: Vec<Candidate> = issues.into_iter().map(|issue| issue.candidate).collect();
    bencher.counter(ItemsCount::new(count)).bench_local(|| register.plan(&candidates).expect("a plan").len());
}

#[divan::bench(args = [100_000], sample_count = 1, sample_size = 1)]
fn check(bencher: Bencher<'_, '_>, count: usize) {
    let (_folder, mut register) = register();
    register.record(&issues(count), &stamp()).expect("recorded");
    bencher
        .counter(ItemsCount::new(count))
        .bench_local(|| register.check(None).expect("a check").findings.len());
}
