//! Many certificates at once.

use std::fs;
use std::path::Path;

use insta::assert_snapshot;

use crate::{certificates, folder, kompetenz, names, path, said};

const ISSUED: [&str; 2] = ["--issued", "2026-11-22"];

fn batch(results: &str, out: &Path, more: &[&str]) -> std::process::Output {
    kompetenz(&[&["batch", "assessments/nordstadt", results, "--out", path(out)], &ISSUED[..], more].concat())
}

#[test]
fn everybody_who_can_be_certified_is_and_the_others_are_reported() {
    let out = folder();
    let output = batch("fixtures/results/nordstadt.csv", out.path(), &[]);
    assert_snapshot!(said(&output, out.path()), @"
    --- output
    22 certificate(s) in $OUT, 2 refused; every row stands in $OUT/report.json
    --- errors
    nordstadt.csv, row 26: no certificate: observers are too far apart on metal.bend-safety; a person must decide first [disputed]
    nordstadt.csv, row 41, column N (metal.saw-safety): this is no value of the scale; allowed: 0, 1, 2, 3, 4, n [outside-scale]
    --- exit code 1
    ");

    let report: serde_json::Value =
        serde_json::from_slice(&fs::read(out.path().join("report.json")).unwrap()).unwrap();
    assert_eq!((&report["certificates"], &report["refused"]), (&22.into(), &2.into()));
    let rows = report["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 24);
    for row in rows.iter().filter(|row| row["status"] == "issued") {
        let file = out.path().join(row["certificate"].as_str().unwrap());
        assert_eq!(fs::metadata(file).unwrap().len(), row["bytes"].as_u64().unwrap());
        assert!(kompetenz::number::is_valid(row["number"].as_str().unwrap()));
    }
    assert_eq!(names(out.path()).len(), 23, "22 certificates and the report, and nothing half-written");
}

#[test]
fn nothing_but_the_certificates_knows_a_name() {
    let out = folder();
    let output = batch("fixtures/results/nordstadt.csv", out.path(), &[]);
    let report = fs::read_to_string(out.path().join("report.json")).unwrap();
    let everything = format!("{}{report}{:?}", said(&output, out.path()), names(out.path()));
    let results = fs::read_to_string(crate::root().join("fixtures/results/nordstadt.csv")).unwrap();
    for line in results.lines().skip(1) {
        let cells: Vec<&str> = line.split(';').collect();
        for secret in [cells[0], cells[1]] {
            assert!(secret.is_empty() || !everything.contains(secret), "{secret}");
        }
    }
}

#[test]
fn any_number_of_workers_gives_the_same_bytes() {
    let (one, two) = (folder(), folder());
    batch("fixtures/results/nordstadt.csv", one.path(), &["--jobs", "1"]);
    batch("fixtures/results/nordstadt.csv", two.path(), &["--jobs", "3", "--quiet"]);
    assert_eq!(names(one.path()), names(two.path()));
    for name in names(one.path()) {
        assert!(
            fs::read(one.path().join(&name)).unwrap() == fs::read(two.path().join(&name)).unwrap(),
            "{name}"
        );
    }
}

#[test]
fn several_files_are_one_batch_and_nobody_is_certified_from_one_of_two_files() {
    let out = folder();
    let base =
        ["batch", "assessments/nordstadt", "fixtures/results/turcanu.toml", "fixtures/results/dimitrov.toml"];
    let output = kompetenz(&[&base[..], &["--out", path(out.path())], &ISSUED].concat());
    assert_snapshot!(said(&output, out.path()), @"
    --- output
    2 certificate(s) in $OUT, 0 refused; every row stands in $OUT/report.json
    --- exit code 0
    ");

    // The same person by two observers in two files, who disagree: neither file alone is the result.
    let [anna, ben, both] = ["anna.csv", "ben.csv", "certificates"].map(|name| out.path().join(name));
    fs::write(&anna, "key;name;observer;german.speaking-screening\nP-1;Ana;anna;A2\nP-2;Can;anna;A2\n")
        .unwrap();
    fs::write(&ben, "key;name;observer;german.speaking-screening\nP-1;Ana;ben;L4\n").unwrap();
    let output = kompetenz(
        &[&["batch", "assessments/nordstadt", path(&anna), path(&ben), "--out", path(&both)], &ISSUED[..]]
            .concat(),
    );
    assert_snapshot!(said(&output, out.path()), @"
    --- output
    1 certificate(s) in $OUT/certificates, 1 refused; every row stands in $OUT/certificates/report.json
    --- errors
    anna.csv: 6 item(s) have no column and count as not observed: `german.listening-screening`, `german.reading-screening`, `german.writing-screening`, `german.dtz-listening-reading`, `german.dtz-writing`, `german.dtz-speaking`
    ben.csv: 6 item(s) have no column and count as not observed: `german.listening-screening`, `german.reading-screening`, `german.writing-screening`, `german.dtz-listening-reading`, `german.dtz-writing`, `german.dtz-speaking`
    anna.csv, row 2: no certificate: observers are too far apart on german.speaking-screening; a person must decide first [disputed]
    --- exit code 1
    ");
    assert_eq!(names(&both).len(), 2, "one certificate and the report");
}

#[test]
fn a_broken_form_harms_nobody_else() {
    let out = folder();
    let (broken, made) = (out.path().join("broken.toml"), out.path().join("made"));
    fs::write(&broken, "key = \"P-9\nname = ").unwrap();
    let output = kompetenz(
        &[
            &[
                "batch",
                "assessments/nordstadt",
                path(&broken),
                "fixtures/results/turcanu.toml",
                "--out",
                path(&made),
            ],
            &ISSUED[..],
        ]
        .concat(),
    );
    assert_snapshot!(said(&output, out.path()), @r#"
    --- output
    1 certificate(s) in $OUT/made, 1 refused; every row stands in $OUT/made/report.json
    --- errors
    broken.toml, line 1, column 11: not valid TOML: invalid basic string, expected `"` [unreadable]
    broken.toml, line 2, column 8: not valid TOML: string values must be quoted, expected literal string [unreadable]
    --- exit code 1
    "#);
    assert_eq!(names(&made).len(), 2, "one certificate and the report");
}

#[test]
fn no_certificate_is_written_over_another() {
    let out = folder();
    assert_eq!(batch("fixtures/results/turcanu.toml", out.path(), &[]).status.code(), Some(0));
    let [certificate] = certificates(out.path()).try_into().expect("one certificate");
    let first = fs::read(&certificate).unwrap();
    // Again the same: nothing changes, and nothing is wrong.
    assert_eq!(batch("fixtures/results/turcanu.toml", out.path(), &[]).status.code(), Some(0));
    // The same number with other contents: the first certificate stays.
    let output = batch("fixtures/results/turcanu.toml", out.path(), &["--language", "ro"]);
    assert_snapshot!(said(&output, out.path()), @"
    --- output
    0 certificate(s) in $OUT, 1 refused; every row stands in $OUT/report.json
    --- errors
    turcanu.toml, line 1: not written: the folder has another certificate with this number, from another row or an earlier run (with other results or in another language); move it away, or take another folder [number-taken]
    --- exit code 1
    ");
    assert_eq!(fs::read(&certificate).unwrap(), first);
}

#[test]
fn no_certificate_is_issued_before_the_assessment_is_over() {
    let out = folder();
    let output = kompetenz(&[
        "batch",
        "assessments/nordstadt",
        "fixtures/results/turcanu.toml",
        "--issued",
        "2026-11-19",
        "--out",
        path(out.path()),
    ]);
    assert_snapshot!(said(&output, out.path()), @"
    --- output
    0 certificate(s) in $OUT, 1 refused; every row stands in $OUT/report.json
    --- errors
    turcanu.toml, line 1: no certificate: the day of issue 2026-11-19 lies before the end of the assessment, 2026-11-20 [issued-early]
    --- exit code 1
    ");
}

#[test]
fn any_number_of_jobs_is_good() {
    let out = folder();
    assert_eq!(
        batch("fixtures/results/turcanu.toml", out.path(), &["--jobs", "99999"]).status.code(),
        Some(0)
    );
}

#[test]
fn a_character_that_no_font_shows_is_refused_with_row_and_field() {
    let out = folder();
    let results = out.path().join("emoji.csv");
    let row = |key: &str, name: &str| format!("{key};{name};anna;A2;A2;A2;A2\n");
    let text = format!(
        "key;name;observer;german.listening-screening;german.reading-screening;german.speaking-screening;german.writing-screening\n{}{}{}",
        row("1", "Ana 😀 Pop"),
        row("2", "王 Wang"),
        row("3", "Ana Pop"),
    );
    fs::write(&results, text).unwrap();
    let made = out.path().join("made");
    assert_snapshot!(said(&batch(path(&results), &made, &[]), out.path()), @"
    --- output
    1 certificate(s) in $OUT/made, 2 refused; every row stands in $OUT/made/report.json
    --- errors
    emoji.csv: 3 item(s) have no column and count as not observed: `german.dtz-listening-reading`, `german.dtz-writing`, `german.dtz-speaking`
    emoji.csv, row 2: no certificate: `participant.name` has the character U+1F600, which no font can show [missing-glyph]
    emoji.csv, row 3: no certificate: `participant.name` has the character U+738B, which no font can show [missing-glyph]
    --- exit code 1
    ");
    assert_eq!(names(&made).len(), 2, "one certificate and the report");
}

#[test]
fn a_target_that_cannot_be_written_is_an_error() {
    let out = folder();
    let file = out.path().join("file");
    fs::write(&file, "in the way").unwrap();
    let output = batch("fixtures/results/turcanu.toml", &file, &[]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output, out.path()));
    assert_eq!(fs::read_to_string(&file).unwrap(), "in the way");
}
