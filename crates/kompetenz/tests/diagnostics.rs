//! Each faulty definition is found to be faulty, at its place, in words that were read by a person.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use kompetenz::{Code, Sources, Ui, check};

use crate::{render, repository, sources};

/// The faulty definitions, each with its name.
pub(crate) fn fixtures() -> Vec<(String, PathBuf)> {
    let mut fixtures: Vec<(String, PathBuf)> = fs::read_dir(repository("fixtures/invalid"))
        .unwrap()
        .map(|file| file.unwrap().path())
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), path))
        .collect();
    fixtures.sort();
    fixtures
}

/// The code after which a fixture is named: `unknown-id-level` is one of `unknown-id`.
pub(crate) fn code_of(name: &str) -> Option<Code> {
    let is_of = |code: &&Code| {
        name.strip_prefix(code.name()).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    Code::ALL.iter().copied().filter(|code| is_of(&code)).max_by_key(|code| code.name().len())
}

/// What the files say about themselves: `#~ code` at the end of a faulty line.
fn expected(sources: &Sources) -> BTreeSet<(String, u32, String)> {
    let mut expected = BTreeSet::new();
    for (_, source) in sources.iter() {
        for (line, number) in source.text.lines().zip(1..) {
            let Some((_, codes)) = line.split_once("#~") else { continue };
            expected
                .extend(codes.split_whitespace().map(|code| (source.name.clone(), number, code.to_owned())));
        }
    }
    expected
}

#[test]
fn faults_are_found_where_they_are() {
    let mut wrong = String::new();
    for (name, path) in fixtures() {
        let code = code_of(&name).unwrap_or_else(|| panic!("{name} is not named after a code"));
        let sources = sources(&path);
        let checked = check(&sources);
        let found: BTreeSet<_> = checked
            .diagnostics
            .iter()
            .map(|d| {
                let place = d.place();
                (sources.get(place.file).name.clone(), sources.line(place), d.code.name().to_owned())
            })
            .collect();
        let (en, de) = (render(&checked, &sources, Ui::En), render(&checked, &sources, Ui::De));
        let expected = expected(&sources);
        if found != expected {
            let (more, less) = (found.difference(&expected), expected.difference(&found));
            let (more, less): (Vec<_>, Vec<_>) = (more.collect(), less.collect());
            wrong.push_str(&format!("{name} should not say {more:?} and should say {less:?}:\n{en}\n\n"));
            continue;
        }
        assert!(found.iter().any(|(_, _, found)| found == code.name()), "{name} shows no `{}`", code.name());
        insta::assert_snapshot!(name.as_str(), format!("{en}\n\n{de}"));
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// A code without a faulty file or without an explanation is not finished.
#[test]
fn every_code_has_a_fixture() {
    let mut names: Vec<String> = fixtures().into_iter().map(|(name, _)| name).collect();
    // The texts of letters are checked by another crate, and its tests read these.
    let letters = fs::read_dir(repository("fixtures/letters")).unwrap();
    names.extend(letters.map(|folder| folder.unwrap().file_name().into_string().unwrap()));
    let shown: Vec<Code> = names.iter().filter_map(|name| code_of(name)).collect();
    let missing: Vec<_> = Code::ALL.iter().filter(|code| !shown.contains(code)).map(|c| c.name()).collect();
    assert!(missing.is_empty(), "no faulty file for {missing:?}");
}

/// Lower case, no full stop, names in backticks; the help says what to do.
#[test]
fn messages_follow_their_grammar() {
    for (name, path) in fixtures() {
        let sources = sources(&path);
        for diagnostic in check(&sources).diagnostics {
            for words in [Some(&diagnostic.message), diagnostic.help.as_ref()].into_iter().flatten() {
                for text in [&words.en, &words.de] {
                    assert!(!text.ends_with('.') && !text.ends_with('!'), "{name}: {text}");
                    assert_eq!(text.matches('`').count() % 2, 0, "{name}: {text}");
                }
                // German nouns are capitalised wherever they stand.
                let first = words.en.chars().next().unwrap();
                assert!(!first.is_uppercase() || words.en.starts_with("TOML"), "{name}: {}", words.en);
            }
        }
    }
}
