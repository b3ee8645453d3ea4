//! A small driver that follows the protocol: plan, files beside their places, record, rename.

use std::fs;
use std::path::Path;

use kompetenz_register::{Candidate, Digest, Issue, Register, RegisterError, Stamp, Standing};

use crate::common::{candidate, edition, pdf};

/// How many files are recorded in one transaction.
const GROUP: usize = 5;

/// The prefix of files that have not got their names yet.
const UNNAMED: &str = ".unnamed-";

/// Issues everything that is to be issued, and tells `step` of each thing it has done.
pub(crate) fn run(
    register: &mut Register,
    folder: &Path,
    rows: &[(String, String)],
    stamp: &Stamp,
    mut step: impl FnMut(),
) -> Result<(), RegisterError> {
    for name in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()) {
        if name.to_string_lossy().starts_with(UNNAMED) {
            fs::remove_file(folder.join(name)).unwrap();
        }
    }
    let candidates: Vec<Candidate> = rows.iter().map(|(key, says)| candidate(key, says)).collect();
    let standings = register.plan(&candidates)?;
    let mut pairs = candidates.into_iter().zip(standings).peekable();
    while pairs.peek().is_some() {
        let mut issues: Vec<Issue> = Vec::new();
        let mut unnamed = Vec::new();
        for (candidate, standing) in pairs.by_ref().take(GROUP) {
            let (number, bytes) = match standing {
                Standing::Same(latest) => {
                    let there = fs::read(folder.join(format!("{}.pdf", latest.number)));
                    if there.is_ok_and(|bytes| Digest::of(&bytes) == latest.file) {
                        continue;
                    }
                    let bytes = pdf(&latest.number, &candidate.data);
                    (latest.number, bytes)
                }
                Standing::New | Standing::Changed(_) => {
                    let issue = edition(candidate, standing.next_edition());
                    let bytes = pdf(&issue.number, &issue.candidate.data);
                    issues.push(issue);
                    (issues[issues.len() - 1].number.clone(), bytes)
                }
                // A person must decide.
                Standing::Expired(_) | Standing::Superseded(_) | Standing::Withdrawn(_) => continue,
            };
            let beside = folder.join(format!("{UNNAMED}{number}"));
            fs::write(&beside, bytes).unwrap();
            unnamed.push((beside, folder.join(format!("{number}.pdf"))));
            step();
        }
        register.record(&issues, stamp)?;
        step();
        for (from, to) in unnamed {
            fs::rename(from, to).unwrap();
            step();
        }
    }
    Ok(())
}

/// So many people, in the wording of a version.
pub(crate) fn rows(people: usize, version: usize) -> Vec<(String, String)> {
    // Every third is corrected from one version to the next.
    let says = |ix| if ix % 3 == 0 { format!("says {version}") } else { "says what it said".to_owned() };
    (0..people).map(|ix| (format!("P-{ix:04}"), says(ix))).collect()
}
