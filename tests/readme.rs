//! What the README promises.

use std::fs;

use crate::{kompetenz, root};

/// Every `kompetenz …` line of the README is a command that exists, with options that exist.
#[test]
fn the_commands_of_the_readme_exist() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let mut found = 0;
    for line in readme.lines().filter_map(|line| line.trim().strip_prefix("kompetenz ")) {
        // Some commands have commands of their own.
        let words = if line.starts_with("register ") || line.starts_with("templates ") { 2 } else { 1 };
        let command: Vec<&str> = line.split_whitespace().take(words).chain(["--help"]).collect();
        let help = kompetenz(&command);
        assert_eq!(help.status.code(), Some(0), "{line}");
        let help = String::from_utf8(help.stdout).unwrap();
        for option in line.split_whitespace().filter(|word| word.starts_with("--")) {
            assert!(help.contains(option), "{line}");
        }
        found += 1;
    }
    assert!(found >= 6, "only {found} commands in the README");
}
