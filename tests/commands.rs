//! Each command on the shipped assessment and fixtures.

use std::fs;

use insta::assert_snapshot;

use crate::{command, copy_of_nordstadt, folder, kompetenz, names, path, root, said};

#[test]
fn check_says_that_the_shipped_assessment_is_valid() {
    let out = folder();
    assert_snapshot!(said(&kompetenz(&["check", "assessments/nordstadt"]), out.path()), @"
    --- output
    nordstadt 2.0.0 is valid: 139 measures, 356 examples passed, languages de, en, ro, bg, tr
    --- exit code 0
    ");
    assert_snapshot!(said(&kompetenz(&["--ui", "de", "check", "assessments/nordstadt/assessment.toml"]), out.path()), @"
    --- output
    nordstadt 2.0.0 ist gültig: 139 Messwerte, 356 Beispiele bestanden, Sprachen de, en, ro, bg, tr
    --- exit code 0
    ");
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
    assert_snapshot!(said(&kompetenz(&["check", path(&copy)]), out.path()), @r#"
    --- output
    error[missing-translation]: a text is missing in `lang/en.toml`
       --> assessment.toml:118:9
        |
    118 | title = "Arbeitsbeginn ist geplant"
        |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^
        |
        = help: add to `lang/en.toml`:
                job-start.title

    error[invalid-weight]: a weight must be greater than 0
       --> metal.toml:109:33
        |
    109 |   { id = "saw-safety", weight = 0 },
        |                                 ^

    error[wrong-type]: expected one of `weighted-mean`, `mean`, `lower-median`, `upper-median`, `lowest`, `highest`, `nth-highest`, `sum`, `linear`, `count`, `share`, `percent`, `spread`, `gain`, `mastery`, `rank`, `first`, `table`, `norm`, `condition`
       --> metal.toml:151:8
        |
    151 | rule = "lowst"
        |        ^^^^^^^
        |
        = help: did you mean `lowest`?

    error[unknown-text]: there is no text `job-strat.title`
       --> lang/en.toml:114:1
        |
    114 | title = "Start of work is planned"
        | ^^^^^
        |
        = help: did you mean `job-start.title`?

    4 error(s), 0 warning(s)
    --- exit code 1
    "#);
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
    assert_snapshot!(said(&kompetenz(&["check", path(&copy)]), out.path()), @r#"
    --- output
    error[failed-example]: `german.overall` comes out as `{ level = "b1" }`
       --> german.toml:284:28
        |
    284 | expect.overall = { level = "a2" }
        |                            ^^^^

    1 error(s), 0 warning(s)
    --- exit code 1
    "#);
    let results = "fixtures/results/turcanu.toml";
    assert_eq!(kompetenz(&["score", path(&copy), results]).status.code(), Some(1));
}

#[test]
fn score_prints_a_table_of_everybody_who_can_be_scored() {
    let out = folder();
    let output = kompetenz(&["score", "assessments/nordstadt", "fixtures/results/nordstadt.csv"]);
    assert_snapshot!(said(&output, out.path()), @"
    --- output
    row  key     metal.field       wood.field  cleaning.field  kitchen.field  care.field  warehouse.field  german.listening  german.reading  german.speaking  german.writing  basics.numeracy
    2    P-0001  2.80 independent  –           –               –              –           –                6.00 a2           6.00 a2         7.00 b1          5.00 a1         –
    4    P-0002  3.76 confident    –           –               –              –           –                3.00 l3           2.00 l2         5.00 a1          1.00 l1         –
    6    P-0003  2.21 guided       –           –               –              –           –                5.00 a1           5.00 a1         6.00 a2          4.00 l4         –
    8    P-0004  3.21 confident    –           –               –              –           –                –                 –               –                –               –
    10   P-0005  2.60 independent  –           –               –              –           –                6.00 a2           6.00 a2         6.00 a2          6.00 a2         –
    12   P-0006  3.43 confident    –           –               –              –           –                6.00 a2           6.00 a2         7.00 b1          7.00 b1         –
    14   P-0007  3.86 confident    –           –               –              –           –                7.00 b1           7.00 b1         6.00 a2          7.00 b1         –
    16   P-0008  insufficient      –           –               –              –           –                8.00 b2           8.00 b2         8.00 b2          8.00 b2         –
    18   P-0009  –                 –           –               –              –           –                5.00 a1           4.00 l4         5.00 a1          3.00 l3         –
    19   P-0010  2.48 independent  –           –               –              –           –                6.00 a2           6.00 a2         6.00 a2          6.00 a2         –
    21   P-0011  2.86 independent  –           –               –              –           –                6.00 a2           7.00 b1         6.00 a2          6.00 a2         –
    22   P-0012  1.49 guided       –           –               –              –           –                6.00 a2           2.00 l2         6.00 a2          1.00 l1         –
    24   P-0013  2.88 guided*      –           –               –              –           –                6.00 a2           5.00 a1         6.00 a2          5.00 a1         –
    26   P-0014  disputed          –           –               –              –           –                5.00 a1           5.00 a1         6.00 a2          5.00 a1         –
    28   P-0015  2.38 guided       –           –               –              –           –                6.00 a2           6.00 a2         5.00 a1          5.00 a1         –
    30   P-0016  3.47 confident    –           –               –              –           –                4.00 l4           3.00 l3         5.00 a1          2.00 l2         –
    32   P-0017  insufficient      –           –               –              –           –                5.00 a1           2.00 l2         6.00 a2          1.00 l1         –
    34   P-0018  –                 –           –               –              –           –                7.00 b1           7.00 b1         7.00 b1          7.00 b1         –
    35   P-0019  3.73 confident    –           –               –              –           –                6.00 a2           6.00 a2         6.00 a2          6.00 a2         –
    37   P-0020  1.59 guided       –           –               –              –           –                7.00 b1           6.00 a2         7.00 b1          6.00 a2         –
    39   P-0021  3.34 confident    –           –               –              –           –                6.00 a2           6.00 a2         6.00 a2          6.00 a2         –
    43   P-0023  –                 –           –               –              –           –                1.00 l1           1.00 l1         4.00 l4          1.00 l1         –
    44   P-0024  2.89 independent  –           –               –              –           –                8.00 b2           7.00 b1         8.00 b2          7.00 b1         –
    * a cap or floor decided the level; `kompetenz explain` says which
    --- errors
    nordstadt.csv, row 41, column N (metal.saw-safety): this is no value of the scale; allowed: 0, 1, 2, 3, 4, n [outside-scale]
    --- exit code 1
    ");
}

#[test]
fn score_as_json_says_everything_and_names_nobody() {
    let output =
        kompetenz(&["score", "assessments/nordstadt", "fixtures/results/turcanu.toml", "--format", "json"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(!text.contains("urcanu\""), "{text}");
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let field = &json["people"][0]["measures"]["metal.field"];
    assert_snapshot!(serde_json::to_string_pretty(field).unwrap(), @r#"
    {
      "outcome": "result",
      "score": "14/5",
      "rounded": "2.80",
      "level": "independent",
      "level-before-caps": "independent",
      "coverage": [
        {
          "seen": "3",
          "needed": "2",
          "unit": "parts"
        }
      ]
    }
    "#);
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn explain_tells_why_with_file_and_line() {
    let out = folder();
    let base =
        ["explain", "assessments/nordstadt", "fixtures/results/nordstadt.csv", "--issued", "2026-11-22"];
    let with = |more: &[&str]| said(&kompetenz(&[&base[..], more].concat()), out.path());
    assert_snapshot!(with(&["--key", "P-0013", "metal.field", "metal.try-out"]), @"
    --- output
    metal.field  Metall: 2.875, level “mit Anleitung”  [metal.toml:155]
      rule `mean`; 3 part(s) seen, 2 needed
        metal.saw  Anreißen und sägen: 2.625, level “mit Anleitung”  [metal.toml:102]
          rule `weighted-mean`; weight 1 seen, 0.8 needed
            metal.saw-order  Sägen: Auftrag verstanden: 3 × weight 0.15 (share 0.15)  [metal.toml:22]
              anna: 3
              ben: 3
            metal.saw-plan  Sägen: Planung und Reihenfolge: 3.5 × weight 0.15 (share 0.15)  [metal.toml:27]
              anna: 4
              ben: 3
            metal.saw-safety  Sägen: Werkzeug und Sicherheit: 1.5 × weight 0.3 (share 0.3)  [metal.toml:32]
              anna: 1
              ben: 2
            metal.saw-quality  Sägen: Maß und Qualität: 3 × weight 0.3 (share 0.3)  [metal.toml:37]
              anna: 3
              ben: 3
            metal.saw-tempo  Sägen: Tempo: 3 × weight 0.1 (share 0.1)  [metal.toml:42]
              anna: 3
              ben: 3
          2.625 ≥ 2.4: “überwiegend selbständig”; the next level needs ≥ 3.2  [assessment.toml:80]
          cap applies: at most “mit Anleitung” → yes  [metal.toml:115]
            `metal.saw-safety` < 2: 1.5 → yes  [metal.toml:115]
        metal.drill  Bohren und entgraten: 3.225, level “selbständig und sicher”  [metal.toml:117]
          rule `weighted-mean`; weight 1 seen, 0.8 needed
            metal.drill-order  Bohren: Auftrag verstanden: 3 × weight 0.15 (share 0.15)  [metal.toml:48]
              anna: 3
              ben: 3
            metal.drill-plan  Bohren: Planung und Reihenfolge: 3.5 × weight 0.15 (share 0.15)  [metal.toml:53]
              anna: 3
              ben: 4
            metal.drill-safety  Bohren: Werkzeug und Sicherheit: 3 × weight 0.3 (share 0.3)  [metal.toml:58]
              anna: 3
              ben: 3
            metal.drill-quality  Bohren: Maß und Qualität: 3.5 × weight 0.3 (share 0.3)  [metal.toml:63]
              anna: 4
              ben: 3
            metal.drill-tempo  Bohren: Tempo: 3 × weight 0.1 (share 0.1)  [metal.toml:68]
              anna: 3
              ben: 3
          3.225 ≥ 3.2: “selbständig und sicher”, the highest level  [assessment.toml:81]
          cap “at most mit Anleitung” does not apply → no  [metal.toml:130]
            `metal.drill-safety` < 2: 3 → no  [metal.toml:130]
        metal.bend  Biegen nach Muster: 2.775, level “überwiegend selbständig”  [metal.toml:132]
          rule `weighted-mean`; weight 1 seen, 0.8 needed
            metal.bend-order  Biegen: Auftrag verstanden: 3.5 × weight 0.15 (share 0.15)  [metal.toml:74]
              anna: 4
              ben: 3
            metal.bend-plan  Biegen: Planung und Reihenfolge: 3 × weight 0.15 (share 0.15)  [metal.toml:79]
              anna: 3
              ben: 3
            metal.bend-safety  Biegen: Werkzeug und Sicherheit: 2 × weight 0.3 (share 0.3)  [metal.toml:84]
              anna: 2
              ben: 2
            metal.bend-quality  Biegen: Form und Qualität: 3 × weight 0.3 (share 0.3)  [metal.toml:89]
              anna: 3
              ben: 3
            metal.bend-tempo  Biegen: Tempo: 3 × weight 0.1 (share 0.1)  [metal.toml:94]
              anna: 3
              ben: 3
          2.775 ≥ 2.4: “überwiegend selbständig”; the next level needs ≥ 3.2  [assessment.toml:80]
          cap “at most mit Anleitung” does not apply → no  [metal.toml:145]
            `metal.bend-safety` < 2: 2 → no  [metal.toml:145]
      2.875 ≥ 2.4: “überwiegend selbständig”; the next level needs ≥ 3.2  [assessment.toml:80]
      cap applies: at most “mit Anleitung” → yes  [metal.toml:162]
        `metal.safety` < 2: 1.5 → yes  [metal.toml:162]

    metal.try-out  does not apply  [metal.toml:341]
      level of `metal.field` in “überwiegend selbständig” … “selbständig und sicher”: 2.875, level “mit Anleitung” → no  [metal.toml:345]
    --- exit code 0
    ");
    assert_snapshot!(with(&["--key", "P-0010", "german.overall", "--ui", "de"]), @"
    --- output
    german.overall  Deutsch insgesamt: Stufe „A2“  [german.toml:158]
      Regel `condition`
        german.speaking  Deutsch: Sprechen: 6, Stufe „A2“  [german.toml:133]
          Regel `first`
            german.speaking-test  Sprechen im DTZ: 6  [german.toml:110]
              Regel `table`
                german.dtz-speaking  DTZ: Punkte Sprechen: 61.5  [german.toml:88]
                  ben: 61.5
            german.speaking-screening  Sprechen: Einschätzung: 6  [german.toml:68]
              ben: A2 (6)
          6 ≥ 6: „A2“; die nächste Stufe braucht ≥ 7  [german.toml:51]
        german.listening-reading  Hören und Lesen: 6, Stufe „A2“  [german.toml:150]
          Regel `lowest`; 2 Teil(e) gesehen, 2 nötig
            german.listening  Deutsch: Hören: 6, Stufe „A2“  [german.toml:117]
              Regel `first`
                german.listening-reading-test  Hören und Lesen im DTZ: 6  [german.toml:96]
                  Regel `table`
                    german.dtz-listening-reading  DTZ: Punkte Hören und Lesen: 22  [german.toml:78]
                      ben: 22
                german.listening-screening  Hören: Einschätzung: 6  [german.toml:58]
                  ben: A2 (6)
              6 ≥ 6: „A2“; die nächste Stufe braucht ≥ 7  [german.toml:51]
            german.reading  Deutsch: Lesen: 6, Stufe „A2“  [german.toml:125]
              Regel `first`
                german.listening-reading-test  Hören und Lesen im DTZ: 6  [german.toml:96]
                german.reading-screening  Lesen: Einschätzung: 6  [german.toml:63]
                  ben: A2 (6)
              6 ≥ 6: „A2“; die nächste Stufe braucht ≥ 7  [german.toml:51]
          6 ≥ 6: „A2“; die nächste Stufe braucht ≥ 7  [german.toml:51]
        german.writing  Deutsch: Schreiben: 6, Stufe „A2“  [german.toml:141]
          Regel `first`
            german.writing-test  Schreiben im DTZ: 6  [german.toml:103]
              Regel `table`
                german.dtz-writing  DTZ: Punkte Schreiben: 8.5  [german.toml:83]
                  ben: 8.5
            german.writing-screening  Schreiben: Einschätzung: 5  [german.toml:73]
              ben: A1 (5)
          6 ≥ 6: „A2“; die nächste Stufe braucht ≥ 7  [german.toml:51]
      „A2“ ist die höchste Stufe, deren Bedingung zutrifft  [german.toml:165]
        alles davon → ja  [german.toml:165]
          Stufe von `german.speaking` in „A2“ … „B2 oder höher“: 6, Stufe „A2“ → ja  [german.toml:166]
          mindestens eines davon → ja  [german.toml:167]
            Stufe von `german.listening-reading` in „A2“ … „B2 oder höher“: 6, Stufe „A2“ → ja  [german.toml:168]
            Stufe von `german.writing` in „A2“ … „B2 oder höher“: 6, Stufe „A2“ → ja  [german.toml:169]
        nicht „B1“  [german.toml:172]
          alles davon → nein  [german.toml:172]
            Stufe von `german.speaking` in „B1“ … „B2 oder höher“: 6, Stufe „A2“ → nein  [german.toml:173]
            mindestens eines davon → nein  [german.toml:174]
              Stufe von `german.listening-reading` in „B1“ … „B2 oder höher“: 6, Stufe „A2“ → nein  [german.toml:175]
              Stufe von `german.writing` in „B1“ … „B2 oder höher“: 6, Stufe „A2“ → nein  [german.toml:176]
    --- exit code 0
    ");
    assert_snapshot!(with(&["--key", "P-0010", "metal.feild"]), @"
    --- errors
    error: there is no `metal.feild`; did you mean `metal.field`?
    --- exit code 2
    ");
    assert_snapshot!(with(&[]), @"
    --- errors
    error: the file has 24 participants; say which one with `--key`
    --- exit code 2
    ");
    let json = kompetenz(&[&base[..], &["--key", "P-0013", "--format", "json"]].concat());
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert!(json.as_array().is_some_and(|reasons| !reasons.is_empty()));
    assert!(json.to_string().contains(r#""path":"metal.field""#));
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
    assert_snapshot!(said(&output, out.path()), @"
    --- errors
    error: the assessment has no language `fr`; it has de, en, ro, bg, tr
    --- exit code 2
    ");
    assert_eq!(names(out.path()), ["de.json", "en.json", "one.pdf", "ro.json"], "no other file is left");
}

#[test]
fn a_second_language_stands_beside_the_first_or_nothing_is_written() {
    let out = folder();
    let results = out.path().join("results.toml");
    let added = r#"
[[decision]]
step = 7
text = { de = "Gabelstaplerschein machen", ro = "Permis de stivuitor" }
body = { de = "Bildungsträger", ro = "Furnizor de formare" }
"#;
    let whole = fs::read_to_string(root().join("fixtures/results/turcanu.toml")).unwrap() + added;
    fs::write(&results, whole).unwrap();
    let json = out.path().join("both.json");
    let render = |languages: &[&str]| {
        let base = ["render", "assessments/nordstadt", path(&results), "--issued", "2026-11-22"];
        kompetenz(&[&base, languages, &["--format", "json", "--out", path(&json)]].concat())
    };

    assert_eq!(render(&["--language", "de", "--beside", "ro"]).status.code(), Some(0));
    let data: serde_json::Value = serde_json::from_str(&fs::read_to_string(&json).unwrap()).unwrap();
    let beside = &data["beside"];
    assert_eq!([&data["language"], &beside["language"]], ["de", "ro"]);
    assert_eq!([&data["title"], &beside["title"]], ["Zertifikat", "Certificat"]);
    assert_eq!(data["number"], beside["number"]);
    fs::remove_file(&json).unwrap();

    // The assessor's own words are in German and Romanian only.
    assert_snapshot!(said(&render(&["--language", "de", "--beside", "tr"]), out.path()), @"
    --- errors
    no certificate: a recommendation in the assessor's own words has no text in `tr` [untranslated]
    --- exit code 1
    ");
    assert_snapshot!(said(&render(&["--language", "en", "--beside", "de"]), out.path()), @"
    --- errors
    no certificate: a recommendation in the assessor's own words has no text in `en` [untranslated]
    --- exit code 1
    ");
    assert_snapshot!(said(&render(&["--language", "ro", "--beside", "ro"]), out.path()), @"
    --- errors
    error: the certificate is in `ro` already; `--beside` takes another language
    --- exit code 2
    ");
    assert_snapshot!(said(&render(&["--beside", "fr"]), out.path()), @"
    --- errors
    error: the assessment has no language `fr`; it has de, en, ro, bg, tr
    --- exit code 2
    ");
    assert_eq!(names(out.path()), ["results.toml"], "nothing is written");
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
    assert_snapshot!(said(&output, out.path()), @"
    --- errors
    no certificate: observers are too far apart on metal.bend-safety; a person must decide first [disputed]
    --- exit code 1
    ");
    assert!(names(out.path()).is_empty());
}

#[test]
fn init_makes_an_assessment_that_works_at_once() {
    let out = folder();
    let mine = out.path().join("mine");
    let output = command(&["init", path(&mine)]).output().unwrap();
    assert_snapshot!(said(&output, out.path()), @"
    --- output
    made $OUT/mine; go on with:
      kompetenz check $OUT/mine
      kompetenz batch $OUT/mine $OUT/mine/results.csv --out $OUT/mine/certificates
    --- exit code 0
    ");
    assert_snapshot!(said(&kompetenz(&["check", path(&mine)]), out.path()), @"
    --- output
    wood 1.0.0 is valid: 3 measures, 1 examples passed, languages de, en
    --- exit code 0
    ");
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
    assert_snapshot!(said(&output, out.path()), @"
    --- output
    2 issued, 0 refused; documents in $OUT/mine/certificates, every row in $OUT/mine/certificates/report.json, registered in $OUT/mine/certificates/register.sqlite
    --- exit code 0
    ");
    let participant = mine.join("participant.toml");
    assert_eq!(kompetenz(&["score", path(&mine), path(&participant)]).status.code(), Some(0));
    assert_snapshot!(said(&kompetenz(&["init", path(&mine)]), out.path()), @"
    --- errors
    error: `$OUT/mine` is not empty
    --- exit code 2
    ");
}

#[test]
fn schemas_are_the_ones_checked_in() {
    for of in ["assessment", "issuer", "certificate", "report"] {
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
    assert_snapshot!(said(&kompetenz(&["--help"]), out.path()), @"
    --- output
    Competency assessments: check definitions, score results, explain them, print certificates.

    An assessment is a folder of text files that a subject expert writes: `assessment.toml`, its
    modules, and its translations in `lang/`. Results come from workbooks, CSV, JSON or TOML files;
    `sheet` makes a workbook to fill in, and `read` says what is wrong with results. Certificates are
    PDF files for paper, archive and screen reader (PDF/A-3a, PDF/UA-1), with the data attached.

    Nothing here needs the network, and nothing about participants is written anywhere but into the
    results you ask for.

    Usage: kompetenz [OPTIONS] <COMMAND>

    Commands:
      init         Write a small assessment to start from: definition, translation, issuer and results
      new          Write a module to start from, and add it to the main file
      check        Find the mistakes of a definition and run its author's examples
      translate    Write what there is to translate into `lang/LANG.toml`, or bring the file up to date
      sheet        Make a sheet to enter results: a workbook, a CSV table, or a form on paper
      read         Read results and say what is wrong with them, without scoring anything
      score        Score results: every measure of every participant, with findings and recommendations
      explain      Say why: why this level, why this recommendation, why not that one
      growth       Compare two assessments of the same people: what has grown
      analyze      Analyse a group: how difficult items are, whether they belong together, whether
                   observers agree
      render       Make one certificate, its easy-read page, or the report for advisers
      batch        Make documents for everybody in the results, on all cores, and register them
      register     Ask and keep the register of what was issued
      verify       Say whether a document was issued and still holds: by its number, or by its file
      templates    List the templates, write them out to change them, and look at them with sample data
      letter       Write letters that go with certificates: for everybody in the results, or for one
                   person
      schema       Print a JSON Schema: for editors that complete and check TOML, and for programs that
                   read certificates
      completions  Print a script that completes commands and options in your shell
      help         Print this message or the help of the given subcommand(s)

    Options:
          --ui <UI>
              The language in which the program speaks to you [default: by your locale]

              Possible values:
              - de: German
              - en: English

      -h, --help
              Print help (see a summary with '-h')

      -V, --version
              Print version

    Examples:
      kompetenz init my-assessment                             a small assessment to start from
      kompetenz check assessments/nordstadt                    find mistakes, run the author's examples
      kompetenz check my-assessment --watch                    again, whenever a file is saved
      kompetenz new my-assessment painting                     a module to start from
      kompetenz translate my-assessment ro                     what there is to translate
      kompetenz sheet assessments/nordstadt --out sheet.xlsx   a workbook to fill in
      kompetenz read assessments/nordstadt sheet.xlsx          what is wrong with results
      kompetenz score assessments/nordstadt results.csv        a table of results
      kompetenz explain assessments/nordstadt results.csv --key P-0007 metal.field
      kompetenz growth assessments/nordstadt spring.csv autumn.csv
      kompetenz analyze assessments/nordstadt results.csv      how good items and observers are
      kompetenz render assessments/nordstadt participant.toml  one certificate
      kompetenz batch assessments/nordstadt results.csv --out certificates
      kompetenz letter assessments/nordstadt results.csv --letter invitation --out letters
      kompetenz verify K7F3-9QXD-2MHZ                          does it hold?

    Exit codes:
      0  done, and good
      1  done, and the answer is no: mistakes found, rows refused
      2  could not be done: a file is missing, the command line is wrong
    --- exit code 0
    ");
    assert_snapshot!(said(&kompetenz(&["batch", "--help"]), out.path()), @"
    --- output
    Make documents for everybody in the results, on all cores, and register them.

    Each document is a file of its own, named by its number, and stands in the register. Rows that
    cannot be certified are reported with their place and reason, and everybody else gets a certificate.
    What happened to every row stands in `report.json` beside the documents, without names.

    Run again, the same command goes on where it was interrupted: who has a certificate that still says
    the same keeps it, and whose results have changed gets a corrected one with a new number, which
    supersedes the old one.

    Usage: kompetenz batch [OPTIONS] --out <OUT> <ASSESSMENT> <RESULTS>...

    Arguments:
      <ASSESSMENT>
              The assessment: a folder with `assessment.toml`, or its main file

      <RESULTS>...
              Results: CSV, XLSX, ODS, JSON, NDJSON or TOML files; several are put together by the
              participants' keys; `-` reads NDJSON from standard input

    Options:
          --encoding <NAME>
              The encoding of text files, such as windows-1250 [default: found out, or asked for]

          --sheet <NAME>
              The sheet of a workbook to read [default: every sheet with results]

          --map <FILE>
              A TOML file that says what the headings of another office mean

          --faults <FILE>
              Write all faults into a list to work through: CSV, XLSX or JSON, by the ending of its name

      -o, --out <OUT>
              The folder for documents and report; made if it does not exist

          --issued <ISSUED>
              The day of issue, such as 2026-11-22 [default: today]

          --issuer <ISSUER>
              Who issues: a TOML file [default: issuer.toml in the assessment's folder]

          --language <LANGUAGE>
              The language of the certificates, such as `ro` [default: the language of the definition]

          --beside <CODE>
              A second language beside the first, line under line, such as `ar` [default: none]

          --template <NAME>
              The template of the certificates: the name of a folder with `certificate.typ` [default:
              clear]

          --templates <DIR>
              A folder with templates of your own, which take the place of the shipped ones file by file

          --patience <SECONDS>
              After how many seconds a document is given up: the template may never end
              
              [default: 30]

          --document <DOCUMENT>
              For whom: the participant, or advisers

              Possible values:
              - certificate: For the participant: strengths and next steps
              - easy-read:   For the participant: the certificate in pictures and short sentences
              - report:      For advisers: everything, with reasons
              
              [default: certificate]

          --register <FILE>
              The register of what was issued [default: the one the issuer's file names, or
              `register.sqlite` in the folder]

          --draft
              Make drafts: marked as such across every page, and not registered

          --round <NAME>
              Which of several assessments of the same people this is, such as `2027-spring`; without
              it, other results are a correction

          --reason <TEXT>
              Why documents are issued or corrected, for the register; no names

          --by <WHO>
              Who issues, for the register: a name or a role

          --only <NUMBER>...
              Only documents with these numbers

          --rows <ROWS>
              Only these rows of the results, such as `10-20` or `17`

          --changed
              Only documents that say something else than what was issued

          --reissue <NUMBER>...
              Issue again, with a new number, what was withdrawn, has expired or was superseded

          --partition <PART>
              Only this part of the batch, such as `3/16`; every part has a register of its own, joined
              by `register merge`

          --file-name <PATTERN>
              How files are named, such as `{{ row }}-{{ number }}` [default: by their number]

          --split-by <FIELD>
              Make a folder for each value of a field, such as `language` or `facts.group`

          --zip
              Also put all documents into one archive, `documents.zip`

          --combined
              Also put all certificates into one PDF for the print shop, `print-run.pdf`: each begins on
              a front page; more than 1,000 go into several volumes

          --sort-by <FIELD>
              The order in it: `row`, `number`, or a field such as `facts.group`
              
              [default: row]

          --report <FORMAT>
              As what the report is written besides JSON

              Possible values:
              - csv:  For spreadsheets, a line for each row
              - xlsx: The same as a workbook

          --dry-run
              Do everything but write

          --fail-fast
              End at the first row that is refused

          --jobs <JOBS>
              How many documents are made at the same time [default: one per core]

          --progress <PROGRESS>
              How progress is told

              Possible values:
              - auto:  A bar on a terminal, lines elsewhere
              - lines: Lines
              - json:  For other programs: what happened to each row, a line of JSON on standard output
              
              [default: auto]

      -q, --quiet
              Print no progress and no summary; what is refused is still told

          --ui <UI>
              The language in which the program speaks to you [default: by your locale]

              Possible values:
              - de: German
              - en: English

      -h, --help
              Print help (see a summary with '-h')
    --- exit code 0
    ");
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

/// Situations, trials, a self-assessment, a settled dispute, notes and decisions, as an office saves them.
#[test]
fn score_and_explain_take_everything_a_table_can_say() {
    let out = folder();
    let fields = "fixtures/results/fields.csv";
    let base = ["explain", "assessments/nordstadt", fields, "--issued", "2026-11-22", "--key"];
    let with = |rest: &[&str]| said(&kompetenz(&[&base[..], rest].concat()), out.path());
    assert_snapshot!(said(&kompetenz(&["score", "assessments/nordstadt", fields]), out.path()), @"
    --- output
    row  key     metal.field  wood.field  cleaning.field  kitchen.field     care.field  warehouse.field  german.listening  german.reading  german.speaking  german.writing  basics.numeracy
    2    F-0001  –            –           3.39 confident  2.64 independent  –           –                6.00 a2           5.00 a1         6.00 a2          4.00 l4         –
    11   F-0002  –            –           –               2.80 guided*      –           –                5.00 a1           5.00 a1         6.00 a2          5.00 a1         –
    13   F-0003  –            –           insufficient    –                 –           –                7.00 b1           6.00 a2         7.00 b1          5.00 a1         –
    * a cap or floor decided the level; `kompetenz explain` says which
    --- errors
    fields.csv: 3 item(s) have no column and count as not observed: `german.dtz-listening-reading`, `german.dtz-writing`, `german.dtz-speaking`
    --- exit code 0
    ");
    assert_snapshot!(with(&["F-0001", "cleaning.floor-safety", "key.planning", "key.learning-gain"]), @"
    --- output
    cleaning.floor-safety  Boden: Geräte und Sicherheit: 3  [cleaning.toml:84]
      anna, trial 1: 1
      ben, trial 1: 3
      dispute settled at 3: Ben war näher dabei; Schild stand vor dem Wischen
      noted by anna, trial 1: Schild erst nach Hinweis aufgestellt

    key.planning  Arbeit planen: 2, level “mit Hinweis”  [key.toml:363]
      rule `lower-median`; 4 part(s) seen, 1 needed; rated by 2 observer(s), 2 needed; 2 situation(s), 2 needed; 4 rating(s), 3 needed
        key.planning-seen  Arbeit planen: 2  [key.toml:92]
          anna, Reinigung, trial 1: H (2)
          ben, Reinigung, trial 1: H (2)
          anna, Küche, trial 1: H (2)
          ben, Küche, trial 1: A (3)
          the participant, trial 1: L (4)
          self-assessment: 4 (differs by 2; shown beside, never counted)
        anna, Reinigung, trial 1: 2
        ben, Reinigung, trial 1: 2
        anna, Küche, trial 1: 2
        ben, Küche, trial 1: 3
      2 ≥ 2: “mit Hinweis”; the next level needs ≥ 3  [key.toml:40]
      self-assessment: 4 (differs by 2; shown beside, never counted)

    key.learning-gain  Neues lernen: Zuwachs vom ersten zum letzten Versuch: 2  [key.toml:446]
      rule `gain`
        key.learning-seen  Neues lernen: 3  [key.toml:102]
          anna, Reinigung, trial 1: H (2)
          ben, Reinigung, trial 1: A (3)
          anna, Küche, trial 1: A (3)
          ben, Küche, trial 1: A (3)
          anna, Reinigung, trial 2: L (4)
          the participant, trial 1: A (3)
          self-assessment: 3 (differs by 0; shown beside, never counted)
        gained 2 (anna, Reinigung, trial 1 → anna, Reinigung, trial 2)
    --- errors
    fields.csv: 3 item(s) have no column and count as not observed: `german.dtz-listening-reading`, `german.dtz-writing`, `german.dtz-speaking`
    --- exit code 0
    ");
    assert_snapshot!(with(&["F-0001", "--ui", "de", "fit.cleaner", "result-talk"]), @"
    --- output
    fit.cleaner  Reinigungskraft: jetzt möglich  [fit.toml:13]
      Reinigung: verlangt „mit Anleitung“ (Muss), gezeigt: 407/120 ≈ 3.39, Stufe „selbständig und sicher“: kann mehr  [fit.toml:18]
      Mittel und Geräte sicher nutzen: verlangt „überwiegend selbständig“ (Muss), gezeigt: 11/3 ≈ 3.67, Stufe „selbständig und sicher“: passt  [fit.toml:19]
      Sorgfältig arbeiten: verlangt „meist von allein“ (Muss), gezeigt: 3, Stufe „meist von allein“: passt  [fit.toml:20]
      Zuverlässig arbeiten: verlangt „meist von allein“ (Muss), gezeigt: 4, Stufe „auch in neuer Lage“: passt  [fit.toml:21]
      Ausdauernd arbeiten: verlangt „meist von allein“, gezeigt: 3, Stufe „meist von allein“: passt  [fit.toml:22]
      Absprachen einhalten: verlangt „meist von allein“, gezeigt: 4, Stufe „auch in neuer Lage“: passt  [fit.toml:23]
      Eigene Arbeit prüfen: verlangt „mit Hinweis“, gezeigt: 3, Stufe „meist von allein“: passt  [fit.toml:24]
      Deutsch: Sprechen: verlangt „A1“, gezeigt: 6, Stufe „A2“: passt  [fit.toml:25]
      Deutsch: Lesen: verlangt „L3“, gezeigt: 5, Stufe „A1“: kann mehr  [fit.toml:26]
      Rechnen insgesamt: verlangt „einfache Aufgaben“, gezeigt: nicht durchgeführt: unbekannt  [fit.toml:27]

    result-talk  gilt immer  [assessment.toml:209]
      von der Fachkraft umformuliert
    --- errors
    fields.csv: 3 Merkmal(e) haben keine Spalte und gelten als nicht beobachtet: `german.dtz-listening-reading`, `german.dtz-writing`, `german.dtz-speaking`
    --- exit code 0
    ");
    assert_snapshot!(with(&["F-0002", "--why-not", "kitchen.try-out"]), @"
    --- output
    kitchen.try-out  does not apply  [kitchen.toml:341]
      level of `kitchen.field` in “überwiegend selbständig” … “selbständig und sicher”: 2.8, level “mit Anleitung” → no  [kitchen.toml:345]
    --- errors
    fields.csv: 3 item(s) have no column and count as not observed: `german.dtz-listening-reading`, `german.dtz-writing`, `german.dtz-speaking`
    --- exit code 0
    ");
    let json = kompetenz(&["score", "assessments/nordstadt", fields, "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    let first = &json["people"][0];
    assert_eq!(first["jobs"]["fit.cleaner"]["verdict"], "possible-now");
    assert_eq!(first["measures"]["key.planning"]["self"], "4");
    assert_eq!(first["outdated-decisions"], serde_json::json!([]));
}

/// Results of the same people half a year apart.
#[test]
fn growth_shows_what_has_grown_and_compares_nothing_else() {
    let out = folder();
    let before = root().join("fixtures/results/fields.csv");
    let later = out.path().join("later.csv");
    let rows = fs::read_to_string(&before).unwrap();
    let rows = rows.replace("02.11.2026;20.11.2026", "03.05.2027;21.05.2027");
    // In the kitchen the second person works safely now.
    let rows = rows.replace("kitchen-helper;;;;;;;;;;;;;;;;3;3;1;", "kitchen-helper;;;;;;;;;;;;;;;;4;4;3;");
    fs::write(&later, rows).unwrap();
    let growth = |more: &[&str]| {
        let base = ["growth", "assessments/nordstadt", path(&before), path(&later)];
        said(&kompetenz(&[&base[..], more].concat()), out.path())
    };
    assert_snapshot!(growth(&[]), @"
    --- output
    F-0001
      82 measure(s) unchanged
    F-0002
      △ best-field: 2.80 → 2.95
      △ safety-everywhere: 1.50 → 2.50
      ▲ kitchen.cut: 2.55 guided → 3.00 independent
      △ kitchen.safety: 1.50 → 2.50
      ▲ kitchen.field: 2.80 guided → 2.95 independent
      △ kitchen.orders: 3.00 independent → 3.17 independent
      △ kitchen.planning: 3.00 independent → 3.17 independent
      ▲ kitchen.handling: 2.50 guided → 2.83 independent
      16 measure(s) unchanged
    F-0003
      24 measure(s) unchanged
    --- errors
    fields.csv: 3 item(s) have no column and count as not observed: `german.dtz-listening-reading`, `german.dtz-writing`, `german.dtz-speaking`
    later.csv: 3 item(s) have no column and count as not observed: `german.dtz-listening-reading`, `german.dtz-writing`, `german.dtz-speaking`
    --- exit code 0
    ");
    // An older version of the definition measures something else.
    let old = out.path().join("old");
    copy_of_nordstadt(&old);
    let main = fs::read_to_string(old.join("assessment.toml")).unwrap();
    fs::write(old.join("assessment.toml"), main.replace("version = \"2.0.0\"", "version = \"1.9.0\""))
        .unwrap();
    assert_snapshot!(growth(&["--earlier-assessment", path(&old)]), @"
    --- errors
    fields.csv: 3 item(s) have no column and count as not observed: `german.dtz-listening-reading`, `german.dtz-writing`, `german.dtz-speaking`
    later.csv: 3 item(s) have no column and count as not observed: `german.dtz-listening-reading`, `german.dtz-writing`, `german.dtz-speaking`
    results by the versions 1.9.0 and 2.0.0 cannot be compared: their rules differ
    --- exit code 1
    ");
}
