//! What `analyze` says about groups.

use std::fs;

use insta::assert_snapshot;
use serde_json::Value;

use crate::{folder, kompetenz, path, root, said};

/// The first participants of `many.csv`, with two rows each.
fn first(people: usize, to: &std::path::Path) -> std::path::PathBuf {
    let many = fs::read_to_string(root().join("fixtures/results/many.csv")).unwrap();
    let lines: Vec<&str> = many.lines().take(1 + 2 * people).collect();
    let file = to.join("some.csv");
    fs::write(&file, lines.join("\n")).unwrap();
    file
}

#[test]
fn analyze_says_how_good_items_and_observers_are() {
    let out = folder();
    let some = first(40, out.path());
    let output = kompetenz(&["analyze", "assessments/nordstadt", path(&some), "--measure", "metal.handling"]);
    assert_snapshot!(said(&output, out.path()), @"");
    let args = ["--ui", "de", "analyze", "assessments/nordstadt", path(&some), "--measure", "metal.handling"];
    let german = said(&kompetenz(&args), out.path());
    assert_snapshot!(german.lines().take(5).collect::<Vec<_>>().join("\n"), @"");
}

#[test]
fn analyze_writes_a_row_for_each_figure() {
    let out = folder();
    let many = "fixtures/results/many.csv";
    let args = ["analyze", "assessments/nordstadt", many, "--measure", "metal.handling", "--format", "csv"];
    let output = said(&kompetenz(&args), out.path());
    let wanted = |line: &&str| {
        line.starts_with("kind,")
            || line.starts_with("group,")
            || line.starts_with("measure,")
            || line.contains("metal.saw-safety") && !line.contains(" + ")
            || line.ends_with("anna + ben")
            || line.starts_with("---")
    };
    assert_snapshot!(output.lines().filter(wanted).collect::<Vec<_>>().join("\n"), @"");
}

#[test]
fn analyze_explains_its_names_to_other_programs() {
    let many = "fixtures/results/many.csv";
    let output = kompetenz(&["analyze", "assessments/nordstadt", many, "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["format"], "kompetenz-analysis/1");
    assert_eq!(report["suppressed"], Value::Null);
    assert!(report["people"].as_u64().unwrap() > 900);
    for item in report["items"].as_array().unwrap() {
        for (name, figure) in item["figures"].as_object().unwrap() {
            assert!(report["legend"]["statistics"][name]["source"].is_string(), "{name}");
            assert!(figure["value"].is_number() || figure["absent"].is_string(), "{name}");
        }
    }
}

#[test]
fn analyze_says_nothing_about_four_people() {
    let out = folder();
    let four = first(4, out.path());
    let output = kompetenz(&["analyze", "assessments/nordstadt", path(&four)]);
    assert_snapshot!(said(&output, out.path()), @"");
    let csv = kompetenz(&["analyze", "assessments/nordstadt", path(&four), "--format", "csv"]);
    assert_snapshot!(said(&csv, out.path()), @"");
}

#[test]
fn analyze_leaves_out_whoever_is_refused_and_says_so() {
    let out = folder();
    let file = first(12, out.path());
    let rows = fs::read_to_string(&file).unwrap().replacen(",L3,", ",L9,", 1);
    fs::write(&file, rows).unwrap();
    let output = kompetenz(&["analyze", "assessments/nordstadt", path(&file), "--measure", "metal.handling"]);
    let said = said(&output, out.path());
    assert_snapshot!(said.lines().next().unwrap_or_default().to_owned() + &said[said.find("\n--- errors").unwrap()..], @"");
    let unknown = kompetenz(&["analyze", "assessments/nordstadt", path(&file), "--measure", "metal.fild"]);
    assert_eq!(unknown.status.code(), Some(2));
}
