//! How fast the whole program makes certificates, how much memory it takes, and whether it slows down.
//!
//! `cargo bench -p kompetenz-cli` runs it; docs/performance.md says what came out and why.
//!
//! - `KOMPETENZ_PEER="command"` runs another program before and after, which must print a line that begins with
//!   its certificates per second; the ratio is printed.
//! - `KOMPETENZ_BATCH=10000` sets how many certificates the long run makes; 0 leaves it out.

#![allow(
    clippy::print_stdout,
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "a benchmark prints rates"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

fn main() {
    let many = root().join("fixtures/results/many.csv");
    let one = measure(&many, 1, &[]);
    let all = measure(&many, cores(), &[]);
    println!("batch of many.csv, 1 worker:            {:.1} certificates/s", one.rate);
    println!("batch of many.csv, {} worker(s):         {:.1} certificates/s", cores(), all.rate);
    println!(
        "  of cores × 1 worker:                  {:.0} %",
        100.0 * all.rate / (one.rate * cores() as f64)
    );
    println!("  peak memory:                          {} MB", all.peak_kb / 1024);

    if let Ok(peer) = std::env::var("KOMPETENZ_PEER") {
        // Before and after a second run of ours, so that a machine that drifts does not favour anyone.
        let before = peer_rate(&peer);
        let ours = measure(&many, cores(), &[]).rate;
        let theirs = f64::midpoint(before, peer_rate(&peer));
        println!("peer, one process:                      {theirs:.1} certificates/s");
        println!("ours / peer:                            {:.2}", ours / theirs);
    }

    let count = std::env::var("KOMPETENZ_BATCH").ok().and_then(|text| text.parse().ok()).unwrap_or(10_000);
    if count > 0 {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let results = folder.path().join("results.csv");
        fs::write(&results, repeated(&many, count)).expect("a results file");
        let long = measure(&results, cores(), &[]);
        println!("batch of {count}:                         {:.1} certificates/s", long.rate);
        println!("  peak memory:                          {} MB", long.peak_kb / 1024);
        println!("  last tenth / first tenth:             {:.2} (rate)", long.last_to_first);
        // In turn, so that a machine that drifts favours neither.
        let tried = || measure(&results, cores(), &["--dry-run"]).seconds;
        let (kept, tried) = (long.seconds, f64::midpoint(tried(), tried()));
        let kept = f64::midpoint(kept, measure(&results, cores(), &[]).seconds);
        println!("  files and register, of the time:      {:.1} %", 100.0 * (kept - tried) / kept);
    }
}

struct Run {
    seconds: f64,
    rate: f64,
    peak_kb: u64,
    /// The rate of the last tenth of the certificates by that of the first.
    last_to_first: f64,
}

fn measure(results: &Path, workers: usize, more: &[&str]) -> Run {
    let out = tempfile::tempdir().expect("a temporary folder");
    let begun = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_kompetenz"))
        .current_dir(root())
        .args(["batch", "assessments/nordstadt", "--issued", "2026-11-22", "--quiet"])
        .args(more)
        .args(["--jobs", &workers.to_string(), "--out"])
        .arg(out.path())
        .arg(results)
        .stdout(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut peak_kb = 0;
    let status = loop {
        peak_kb = peak_of(child.id()).unwrap_or(0).max(peak_kb);
        if let Some(status) = child.try_wait().expect("a status") {
            break status;
        }
        sleep(Duration::from_millis(20));
    };
    let seconds = begun.elapsed().as_secs_f64();
    assert!(status.success(), "{status}");

    let mut written: Vec<SystemTime> = fs::read_dir(out.path())
        .expect("a folder")
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let certificate = entry.path().extension().is_some_and(|ending| ending == "pdf");
            certificate.then(|| entry.metadata().ok()?.modified().ok()).flatten()
        })
        .collect();
    written.sort();
    if written.is_empty() {
        return Run { seconds, rate: 0.0, peak_kb, last_to_first: 1.0 };
    }
    let tenth = written.len() / 10;
    let span = |from: usize, to: usize| {
        written[to].duration_since(written[from]).unwrap_or_default().as_secs_f64().max(1e-9)
    };
    // The first tenth begins behind the first certificates, which pay for fonts and templates.
    let first = span(tenth / 10, tenth + tenth / 10);
    let last = span(written.len() - 1 - tenth, written.len() - 1);
    Run { seconds, rate: written.len() as f64 / seconds, peak_kb, last_to_first: first / last }
}

/// The largest memory a process has had so far, in kilobytes. Linux tells; elsewhere it stays unknown.
fn peak_of(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

fn peer_rate(command: &str) -> f64 {
    let mut words = command.split_whitespace();
    let program = words.next().expect("a command");
    let output = Command::new(program).args(words).current_dir(root()).output().expect("the peer starts");
    let text = String::from_utf8_lossy(&output.stdout);
    text.split_whitespace().next().and_then(|rate| rate.parse().ok()).expect("the peer prints its rate first")
}

/// The results of `many.csv` again and again under other keys, until there are so many people.
fn repeated(many: &Path, count: usize) -> String {
    let text = fs::read_to_string(many).expect("fixtures/results/many.csv");
    let (head, rows) = text.split_once('\n').expect("a head");
    let mut out = format!("{head}\n");
    let people = rows.lines().count() / 2;
    for person in 0..count {
        for row in rows.lines().skip(2 * (person % people)).take(2) {
            let (key, rest) = row.split_once(',').expect("a key");
            out.push_str(&format!("{key}-{},{rest}\n", person / people));
        }
    }
    out
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
