//! The report for advisers, made as an office makes it.

use std::fs;
use std::path::Path;
use std::process::Command;

use insta::assert_snapshot;
use serde_json::Value;

use crate::{folder, kompetenz, names, path, said};

/// Makes a report in a folder of its own; what the program says comes back.
fn report(out: &Path, results: &str, more: &[&str]) -> String {
    let results = format!("fixtures/results/{results}");
    let base =
        ["render", "assessments/nordstadt", &results, "--document", "report", "--issued", "2026-11-22"];
    let output = crate::command(&[&base[..], more].concat()).output().expect("the program starts");
    said(&output, out)
}

fn json(out: &Path, results: &str, more: &[&str]) -> Value {
    let file = out.join("report.json");
    let said = report(out, results, &[&["--format", "json", "--out", path(&file)], more].concat());
    assert!(said.ends_with("exit code 0"), "{said}");
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

/// The pages of a report as text.
fn pages(out: &Path, results: &str, more: &[&str]) -> String {
    let file = out.join("report.pdf");
    let said = report(out, results, &[&["--out", path(&file)], more].concat());
    assert!(said.ends_with("exit code 0"), "{said}");
    let output = Command::new("pdftotext").args(["-layout", path(&file), "-"]).output();
    let output = output.expect("`pdftotext` (poppler-utils) is needed");
    // Blank lines depend on the version of the program.
    let text = String::from_utf8(output.stdout).unwrap();
    // The digest is another one after every change of the definition.
    let data = json(out, results, more);
    let text = text.replace(&data["assessment"]["digest"].as_str().expect("a digest")[..12], "DIGEST");
    let page =
        |page: &str| page.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n");
    text.split_terminator('\u{c}').map(page).collect::<Vec<_>>().join("\n=====\n")
}

#[test]
fn resolutions_decisions_and_notes_are_told() {
    let out = folder();
    assert_snapshot!(pages(out.path(), "popa.toml", &[]));
}

#[test]
fn a_disputed_result_is_told_in_english_too() {
    let out = folder();
    assert_snapshot!(pages(out.path(), "nordstadt.csv", &["--key", "P-0014", "--language", "en"]));
}

/// The name of the file tells for whom it is, and nothing about the person.
#[test]
fn the_file_is_named_by_the_number_and_as_a_report() {
    let out = folder();
    let results = crate::root().join("fixtures/results/turcanu.toml");
    let assessment = crate::root().join("assessments/nordstadt");
    for (document, name) in [("report", "7BZA-T4S6-9S3S-report.pdf"), ("certificate", "TR9D-QH7P-RRPE.pdf")] {
        let mut command = crate::command(&[
            "render",
            path(&assessment),
            path(&results),
            "--document",
            document,
            "--issued",
            "2026-11-22",
        ]);
        assert!(command.current_dir(out.path()).status().unwrap().success());
        assert!(names(out.path()).contains(&name.to_owned()), "{:?}", names(out.path()));
    }
}

#[test]
fn other_languages_are_refused_before_anything_is_written() {
    let out = folder();
    let file = out.path().join("report.pdf");
    assert_snapshot!(report(out.path(), "turcanu.toml", &["--language", "ro", "--out", path(&file)]), @"
    --- errors
    no report: there is no report in `ro`; reports are for advisers, and of this assessment they are written in `de`, `en` [language]
    --- exit code 1
    ");
    assert_snapshot!(report(out.path(), "turcanu.toml", &["--ui", "de", "--language", "bg", "--out", path(&file)]), @"
    --- errors
    kein Bericht: einen Bericht in `bg` gibt es nicht; Berichte sind für die Beratung, und zu diesem Verfahren gibt es sie in `de`, `en` [language]
    --- exit code 1
    ");
    assert!(names(out.path()).is_empty());
}

#[test]
fn growth_since_an_earlier_assessment_is_told() {
    let out = folder();
    let earlier = out.path().join("earlier.csv");
    let rows = fs::read_to_string(crate::root().join("fixtures/results/fields.csv")).unwrap();
    let rows = rows.replace("02.11.2026;20.11.2026", "04.05.2026;22.05.2026");
    fs::write(&earlier, rows.replace(";4;3;4;4;3;4;", ";2;2;2;2;2;4;")).unwrap();
    let data = json(out.path(), "fields.csv", &["--key", "F-0001", "--earlier", path(&earlier)]);
    assert_eq!(data["growth"]["since"], "22.05.2026");
    let room =
        data["growth"]["changes"].as_array().unwrap().iter().find(|c| c["id"] == "cleaning.room").unwrap();
    assert_eq!(room["by"], "2 Stufen höher");
    assert!(
        pages(out.path(), "fields.csv", &["--key", "F-0001", "--earlier", path(&earlier)])
            .contains("Entwicklung seit 22.05.2026")
    );

    let other = kompetenz(&[
        "render",
        "assessments/nordstadt",
        "fixtures/results/fields.csv",
        "--key",
        "F-0001",
        "--earlier",
        path(&earlier),
    ]);
    assert_snapshot!(said(&other, out.path()), @"
    --- errors
    error: `--earlier` belongs to `--document report`: no other document compares with anything
    --- exit code 2
    ");
}

/// All twelve modules: nothing that was rated is missing on paper.
#[test]
fn the_longest_report_is_whole() {
    let out = folder();
    let data = json(out.path(), "full.toml", &[]);
    assert_eq!(data["modules"].as_array().unwrap().len(), 12);
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    let file = out.path().join("report.pdf");
    report(out.path(), "full.toml", &["--out", path(&file)]);
    let output = Command::new("pdftotext").args(["-raw", path(&file), "-"]).output().unwrap();
    let paper = squeezed(&String::from_utf8(output.stdout).unwrap());
    for module in data["modules"].as_array().unwrap() {
        let rows = module["items"].as_array().unwrap().iter().chain(module["measures"].as_array().unwrap());
        for row in rows {
            let title = row["title"].as_str().unwrap();
            assert!(paper.contains(&squeezed(title)), "{title}");
        }
    }
}
