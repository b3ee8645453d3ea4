//! Each command on the shipped assessment and fixtures.

use std::fs;

use insta::assert_snapshot;

use crate::{command, copy_of_nordstadt, folder, kompetenz, names, path, said};

#[test]
fn check_says_that_the_shipped_assessment_is_valid() {
    let out = folder();
    assert_snapshot!(said(&kompetenz(&["check", "assessments/nordstadt"]), out.path()), @"");
    assert_snapshot!(said(&kompetenz(&["--ui", "de", "check", "assessments/nordstadt/assessment.toml"]), out.path()), @"");
}

#[test]
fn check_reports_all_mistakes_at_once() {
    let out = folder();
    let copy = out.path().join("copy");
    copy_of_nordstadt(&copy);
    let metal = fs::read_to_string(copy.join("metal.toml")).unwrap();
    let metal =
        metal.replacen("weight = 0.30", "weight = 0", 1).replacen("rule = \"lowest\"", "rule = \"lowst\"", 1);
    fs::write(copy.join("metal.toml"), metal).unwrap();
    let english = fs::read_to_string(copy.join("lang/en.toml")).unwrap();
    fs::write(copy.join("lang/en.toml"), english.replacen("[job-start]", "[job-strat]", 1)).unwrap();
    assert_snapshot!(said(&kompetenz(&["check", path(&copy)]), out.path()), @"");
    let json = kompetenz(&["check", path(&copy), "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(json["valid"], false);
    assert_eq!(json["diagnostics"][0]["labels"][0]["place"]["file"], "assessment.toml");
}

#[test]
fn a_failing_example_makes_an_assessment_invalid() {
    let out = folder();
    let copy = out.path().join("copy");
    copy_of_nordstadt(&copy);
    let german = fs::read_to_string(copy.join("german.toml")).unwrap();
    let german = german.replacen("{ at-least = 75, is = 7 }", "{ at-least = 74.5, is = 7 }", 1);
    fs::write(copy.join("german.toml"), german).unwrap();
    assert_snapshot!(said(&kompetenz(&["check", path(&copy)]), out.path()), @"");
    let results = "fixtures/results/turcanu.toml";
    assert_eq!(kompetenz(&["score", path(&copy), results]).status.code(), Some(1));
}

#[test]
fn score_prints_a_table_of_everybody_who_can_be_scored() {
    let out = folder();
    let output = kompetenz(&["score", "assessments/nordstadt", "fixtures/results/nordstadt.csv"]);
    assert_snapshot!(said(&output, out.path()), @"");
}

#[test]
fn score_as_json_says_everything_and_names_nobody() {
    let output =
        kompetenz(&["score", "assessments/nordstadt", "fixtures/results/turcanu.toml", "--format", "json"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(!text.contains("urcanu\""), "{text}");
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let field = &json["people"][0]["measures"]["metal.field"];
    assert_snapshot!(serde_json::to_string_pretty(field).unwrap(), @"");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn explain_tells_why_with_file_and_line() {
    let out = folder();
    let base =
        ["explain", "assessments/nordstadt", "fixtures/results/nordstadt.csv", "--issued", "2026-11-22"];
    let with = |more: &[&str]| said(&kompetenz(&[&base[..], more].concat()), out.path());
    assert_snapshot!(with(&["--key", "P-0013", "metal.field", "metal.try-out"]), @"");
    assert_snapshot!(with(&["--key", "P-0010", "german.overall", "--ui", "de"]), @"");
    assert_snapshot!(with(&["--key", "P-0010", "metal.feild"]), @"");
    assert_snapshot!(with(&[]), @"");
    let json = kompetenz(&[&base[..], &["--key", "P-0013", "--format", "json"]].concat());
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert!(json.as_array().unwrap().iter().any(|reason| reason["path"] == "metal.field"));
}

#[test]
fn render_makes_one_certificate_or_its_data() {
    let out = folder();
    let base = ["render", "assessments/nordstadt", "fixtures/results/turcanu.toml", "--issued", "2026-11-22"];
    let pdf = out.path().join("one.pdf");
    let output = kompetenz(&[&base[..], &["--out", path(&pdf)]].concat());
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let first = fs::read(&pdf).unwrap();
    assert!(first.starts_with(b"%PDF-1.7"));
    kompetenz(&[&base[..], &["--out", path(&pdf)]].concat());
    assert_eq!(fs::read(&pdf).unwrap(), first, "the same input gives the same bytes");

    for language in ["de", "en", "ro"] {
        let json = out.path().join(format!("{language}.json"));
        let more = ["--format", "json", "--language", language, "--out", path(&json)];
        assert_eq!(kompetenz(&[&base[..], &more].concat()).status.code(), Some(0));
        insta::assert_snapshot!(format!("certificate_{language}"), fs::read_to_string(&json).unwrap());
    }
    let output = kompetenz(&[&base[..], &["--language", "fr"]].concat());
    assert_snapshot!(said(&output, out.path()), @"");
    assert_eq!(names(out.path()), ["de.json", "en.json", "one.pdf", "ro.json"], "no other file is left");
}

#[test]
fn a_disputed_record_gets_no_certificate() {
    let out = folder();
    let pdf = out.path().join("one.pdf");
    let output = kompetenz(&[
        "render",
        "assessments/nordstadt",
        "fixtures/results/nordstadt.csv",
        "--key",
        "P-0014",
        "--out",
        path(&pdf),
    ]);
    assert_snapshot!(said(&output, out.path()), @"");
    assert!(names(out.path()).is_empty());
}

#[test]
fn init_makes_an_assessment_that_works_at_once() {
    let out = folder();
    let mine = out.path().join("mine");
    let output = command(&["init", path(&mine)]).output().unwrap();
    assert_snapshot!(said(&output, out.path()), @"");
    assert_snapshot!(said(&kompetenz(&["check", path(&mine)]), out.path()), @"");
    let (results, certificates) = (mine.join("results.csv"), mine.join("certificates"));
    let output = kompetenz(&[
        "batch",
        path(&mine),
        path(&results),
        "--out",
        path(&certificates),
        "--issued",
        "2026-11-22",
    ]);
    assert_snapshot!(said(&output, out.path()), @"");
    let participant = mine.join("participant.toml");
    assert_eq!(kompetenz(&["score", path(&mine), path(&participant)]).status.code(), Some(0));
    assert_snapshot!(said(&kompetenz(&["init", path(&mine)]), out.path()), @"");
}

#[test]
fn schemas_are_the_ones_checked_in() {
    for of in ["assessment", "issuer", "certificate"] {
        let printed = kompetenz(&["schema", of]).stdout;
        let checked_in = fs::read(crate::root().join(format!("docs/schemas/{of}.json"))).unwrap();
        assert_eq!(String::from_utf8(printed), String::from_utf8(checked_in), "kompetenz schema {of}");
    }
}

#[test]
fn completions_know_the_commands() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = String::from_utf8(kompetenz(&["completions", shell]).stdout).unwrap();
        assert!(script.contains("explain"), "{shell}");
    }
}

#[test]
fn help_reads_like_a_manual() {
    let out = folder();
    assert_snapshot!(said(&kompetenz(&["--help"]), out.path()), @"");
    assert_snapshot!(said(&kompetenz(&["batch", "--help"]), out.path()), @"");
}

#[test]
fn what_cannot_be_done_ends_with_two() {
    let out = folder();
    for args in [
        &["check", "no-such-folder"][..],
        &["score", "assessments/nordstadt", "no-such-file.csv"],
        &["render", "assessments/nordstadt", "fixtures/results/turcanu.toml", "--issued", "tomorrow"],
        &["render", "assessments/nordstadt", "fixtures/results/turcanu.toml", "--issuer", "no-such.toml"],
        &["frobnicate"],
    ] {
        let output = kompetenz(args);
        assert_eq!(output.status.code(), Some(2), "{}", said(&output, out.path()));
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn a_reader_who_has_seen_enough_is_no_error() {
    use std::process::Stdio;
    let mut child = command(&["schema"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Closing the pipe before anything is read is what `| head -0` does.
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}
