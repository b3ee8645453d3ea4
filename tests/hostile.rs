//! Input that nobody should hand in: each a clear error or harmless text, and never a panic.

use std::fs;

use insta::assert_snapshot;

use crate::{certificates, folder, kompetenz, path, said};

const HEAD: &str = "key;name;observer;german.listening-screening;german.reading-screening;german.speaking-screening;german.writing-screening";

/// Batches a results file made of these bytes; what is said, and how many certificates there are.
fn batch(bytes: &[u8]) -> (String, usize) {
    let out = folder();
    let results = out.path().join("results.csv");
    fs::write(&results, bytes).unwrap();
    let made = out.path().join("made");
    let output = kompetenz(&[
        "batch",
        "assessments/nordstadt",
        path(&results),
        "--out",
        path(&made),
        "--issued",
        "2026-11-22",
    ]);
    let count = if made.exists() { certificates(&made).len() } else { 0 };
    let said = said(&output, out.path());
    assert!(!said.contains("panicked"), "{said}");
    assert!(matches!(output.status.code(), Some(0..=2)), "{said}");
    (said, count)
}

#[test]
fn markup_in_a_name_is_harmless_text() {
    for name in [
        "#read(\"/etc/passwd\")",
        "*Ana* _Pop_",
        "$x^2$",
        "@ref <label>",
        "\\ \\u{41} // x /* y */",
        "`raw`",
        "\"Ana\" 'Pop'",
        "= Ana",
        "- Ana",
        "#let x = 1",
        "<script>",
        "{{ field.level }}",
        "%s %n",
        "Ana\u{200d}Pop",
    ] {
        let quoted = name.replace('"', "\"\"");
        let (said, count) = batch(format!("{HEAD}\n1;\"{quoted}\";anna;A2;A2;A2;A2\n").as_bytes());
        assert_eq!(count, 1, "{name}: {said}");
    }
}

#[test]
fn deceptive_names_are_refused_without_repeating_them() {
    let (said, count) = batch(format!("{HEAD}\n1;Ana \u{202e}poP;anna;A2;A2;A2;A2\n2;A\u{0}na;anna;A2;A2;A2;A2\n3;\u{feff}\u{200b};anna;A2;A2;A2;A2\n").as_bytes());
    assert_eq!(count, 0);
    assert_snapshot!(said, @"
    --- output
    0 certificate(s) in $OUT/made, 3 refused; every row stands in $OUT/made/report.json
    --- errors
    results.csv: 3 item(s) have no column and count as not observed: `german.dtz-listening-reading`, `german.dtz-writing`, `german.dtz-speaking`
    results.csv, row 2 (name): `name` contains the invisible or direction character U+202E [deceptive-character]
    results.csv, row 3 (name): `name` contains the invisible or direction character U+0000 [deceptive-character]
    results.csv, row 4 (name): `name` contains the invisible or direction character U+FEFF [deceptive-character]
    --- exit code 1
    ");
}

#[test]
fn files_that_are_no_tables_are_told_so() {
    for (name, bytes) in [
        ("empty", Vec::new()),
        ("blank", b" \n\n\t\n".to_vec()),
        ("binary", (0..100_000u32).map(|n| u8::try_from(n * 7919 % 256).unwrap()).collect()),
        ("utf-16", "key;name\n".encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("windows-1252", b"key;name;observer\n1;J\xFCrgen;anna\n".to_vec()),
        ("zip", b"PK\x03\x04 and so on".to_vec()),
        ("only a head", HEAD.as_bytes().to_vec()),
        ("toml without an end", b"key = \"1\nname = ".to_vec()),
        ("a long line", [HEAD.as_bytes(), b"\n1;", &vec![b'x'; 100 << 20]].concat()),
        ("many columns", vec![b';'; 1_000_000]),
    ] {
        let (said, count) = batch(&bytes);
        assert_eq!(count, 0, "{name}");
        assert!(said.contains("results.csv"), "{name}: {said}");
        assert!(said.ends_with("exit code 1"), "{name}: {said}");
        assert!(said.len() < 10_000, "{name}: {} characters said", said.len());
    }
}

#[test]
fn one_faulty_row_harms_nobody_else() {
    let (said, count) = batch(format!("{HEAD}\n1;Ana;anna;A2;A2;A2;C9\n2;Ben;anna;A2;A2;A2;A2\n2;Ben;anna;A2;A2;A2;A2\n3;Can;anna;A2;A2;A2;A2\n").as_bytes());
    assert_eq!(count, 1);
    assert_snapshot!(said, @"
    --- output
    1 certificate(s) in $OUT/made, 2 refused; every row stands in $OUT/made/report.json
    --- errors
    results.csv: 3 item(s) have no column and count as not observed: `german.dtz-listening-reading`, `german.dtz-writing`, `german.dtz-speaking`
    results.csv, row 2, column G (german.writing-screening): this is no value of the scale; allowed: L1, L2, L3, L4, A1, A2, B1, B2, n [outside-scale]
    results.csv, row 4, column C (observer): rows 3 and 4 are of the same participant and the same observer, in the same situation and trial – put them together, or tell them apart in the columns `situation` and `trial` [duplicate-row]
    --- exit code 1
    ");
}

#[test]
fn a_definition_that_is_no_text_is_told_so() {
    let out = folder();
    for (name, bytes) in [
        ("binary", &[0xFFu8, 0, 1][..]),
        ("empty", b""),
        ("nonsense", b"]]]"),
        ("huge", &vec![b'#'; 5 << 20]),
    ] {
        let file = out.path().join("assessment.toml");
        fs::write(&file, bytes).unwrap();
        let output = kompetenz(&["check", path(out.path())]);
        let said = said(&output, out.path());
        assert!(matches!(output.status.code(), Some(1 | 2)) && !said.contains("panicked"), "{name}: {said}");
    }
}

#[test]
fn an_issuer_with_mistakes_is_told_all_of_them() {
    let out = folder();
    let issuer = out.path().join("issuer.toml");
    fs::write(
        &issuer,
        "name = \"\"\nplace = \"Ort\"\ncolor = \"red\"\nlogo = \"../../etc/passwd\"\nsignatry = []\n",
    )
    .unwrap();
    let output = kompetenz(&[
        "render",
        "assessments/nordstadt",
        "fixtures/results/turcanu.toml",
        "--issuer",
        path(&issuer),
    ]);
    assert_snapshot!(said(&output, out.path()), @r#"
    --- errors
    error[unknown-key]: there is no key `signatry` here
     --> $OUT/issuer.toml:5:1
      |
    5 | signatry = []
      | ^^^^^^^^
      |
      = help: did you mean `signatory`?

    error[wrong-type]: not a colour such as `#0d5c73`
     --> $OUT/issuer.toml:3:9
      |
    3 | color = "red"
      |         ^^^^^

    error[invalid-text]: the text is empty
     --> $OUT/issuer.toml:1:8
      |
    1 | name = ""
      |        ^^

    error[missing-key]: a logo needs `logo-text`, for people who cannot see it
     --> $OUT/issuer.toml:4:8
      |
    4 | logo = "../../etc/passwd"
      |        ^^^^^^^^^^^^^^^^^^

    error[missing-file]: the picture must lie beside this file
     --> $OUT/issuer.toml:4:8
      |
    4 | logo = "../../etc/passwd"
      |        ^^^^^^^^^^^^^^^^^^
    --- exit code 1
    "#);
}

#[test]
fn pictures_and_templates_that_are_not_there_are_told_with_their_places() {
    let out = folder();
    let issuer = out.path().join("issuer.toml");
    fs::write(
        &issuer,
        "name = \"N\"\nplace = \"Ort\"\ncolor = \"#123456\"\ntemplate = \"baroque\"\n\
        [[funder]]\ntext = \"F\"\nlogo = \"none.svg\"\n\
        [[signatory]]\nname = \"M\"\nrole = \"R\"\nscan = \"text.png\"\n",
    )
    .unwrap();
    fs::write(out.path().join("text.png"), "no picture").unwrap();
    let results = "fixtures/results/turcanu.toml";
    let output = kompetenz(&["render", "assessments/nordstadt", results, "--issuer", path(&issuer)]);
    assert_snapshot!(said(&output, out.path()), @r#"
    --- errors
    error[missing-file]: cannot read `$OUT/none.svg`: there is no such file or folder
     --> $OUT/issuer.toml:7:8
      |
    7 | logo = "none.svg"
      |        ^^^^^^^^^^

    error[missing-file]: the picture is neither a PNG nor an SVG
      --> $OUT/issuer.toml:11:8
       |
    11 | scan = "text.png"
       |        ^^^^^^^^^^

    error[unknown-id]: there is no template `baroque`
     --> $OUT/issuer.toml:4:12
      |
    4 | template = "baroque"
      |            ^^^^^^^^^
      |
      = help: the templates are `classic`, `clear`
    --- exit code 1
    "#);
}

#[test]
fn a_logo_with_scripts_is_refused() {
    let out = folder();
    let issuer = out.path().join("issuer.toml");
    fs::write(
        &issuer,
        "name = \"N\"\nplace = \"Ort\"\ncolor = \"#123456\"\nlogo = \"logo.svg\"\nlogo-text = \"x\"\n",
    )
    .unwrap();
    for svg in [
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"file:///etc/passwd\"/></svg>",
        "<!DOCTYPE x [<!ENTITY a \"b\">]><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        "no picture at all",
    ] {
        fs::write(out.path().join("logo.svg"), svg).unwrap();
        let output = kompetenz(&[
            "render",
            "assessments/nordstadt",
            "fixtures/results/turcanu.toml",
            "--issuer",
            path(&issuer),
        ]);
        assert_eq!(output.status.code(), Some(1), "{svg}");
        assert!(said(&output, out.path()).contains("issuer.toml:4:8"), "{svg}");
    }
}
