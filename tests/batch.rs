//! Many certificates at once.

use std::fs;
use std::path::{Path, PathBuf};

use insta::assert_snapshot;

use crate::{certificates, folder, kompetenz, names, path, root, said};

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
    22 issued, 2 refused; documents in $OUT, every row in $OUT/report.json, registered in $OUT/register.sqlite
    --- errors
    nordstadt.csv, row 26: no certificate: observers are too far apart on metal.bend-safety; a person must decide first [disputed]
    nordstadt.csv, row 41, column N (metal.saw-safety): this is no value of the scale; allowed: 0, 1, 2, 3, 4, n [outside-scale]
    --- exit code 1
    ");

    let report: serde_json::Value =
        serde_json::from_slice(&fs::read(out.path().join("report.json")).unwrap()).unwrap();
    assert_eq!((&report["counts"]["issued"], &report["counts"]["refused"]), (&22.into(), &2.into()));
    let rows = report["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 24);
    for row in rows.iter().filter(|row| row["status"] == "issued") {
        let file = out.path().join(row["document"].as_str().unwrap());
        assert_eq!(fs::metadata(file).unwrap().len(), row["bytes"].as_u64().unwrap());
        assert!(kompetenz::number::is_valid(row["number"].as_str().unwrap()));
    }
    let there = names(out.path());
    assert_eq!(there.len(), 25, "22 certificates, the report, the register and the lock");
    assert_eq!(names(&out.path().join(".kompetenz")), ["lock"], "nothing half-written");
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
    // The moments in the registers differ.
    for name in names(one.path()).into_iter().filter(|name| name.contains(".pdf") || name == "report.json") {
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
    2 issued, 0 refused; documents in $OUT, every row in $OUT/report.json, registered in $OUT/register.sqlite
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
    1 issued, 1 refused; documents in $OUT/certificates, every row in $OUT/certificates/report.json, registered in $OUT/certificates/register.sqlite
    --- errors
    anna.csv: 6 item(s) have no column and count as not observed: `german.listening-screening`, `german.reading-screening`, `german.writing-screening`, `german.dtz-listening-reading`, `german.dtz-writing`, `german.dtz-speaking`
    ben.csv: 6 item(s) have no column and count as not observed: `german.listening-screening`, `german.reading-screening`, `german.writing-screening`, `german.dtz-listening-reading`, `german.dtz-writing`, `german.dtz-speaking`
    anna.csv, row 2: no certificate: observers are too far apart on german.speaking-screening; a person must decide first [disputed]
    --- exit code 1
    ");
    assert_eq!(certificates(&both).len(), 1);
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
    1 issued, 1 refused; documents in $OUT/made, every row in $OUT/made/report.json, registered in $OUT/made/register.sqlite
    --- errors
    broken.toml, line 1, column 11: not valid TOML: invalid basic string, expected `"` [unreadable]
    broken.toml, line 2, column 8: not valid TOML: string values must be quoted, expected literal string [unreadable]
    --- exit code 1
    "#);
    assert_eq!(certificates(&made).len(), 1);
}

#[test]
fn no_certificate_is_written_over_another() {
    let out = folder();
    assert_eq!(batch("fixtures/results/turcanu.toml", out.path(), &[]).status.code(), Some(0));
    let [certificate] = certificates(out.path()).try_into().expect("one certificate");
    let first = fs::read(&certificate).unwrap();
    // Again the same: nothing changes, and nothing is wrong.
    assert_snapshot!(said(&batch("fixtures/results/turcanu.toml", out.path(), &[]), out.path()), @"
    --- output
    1 unchanged, 0 refused; documents in $OUT, every row in $OUT/report.json, registered in $OUT/register.sqlite
    --- exit code 0
    ");
    // Another language is another document.
    assert_snapshot!(said(&batch("fixtures/results/turcanu.toml", out.path(), &["--language", "ro"]), out.path()), @"
    --- output
    1 issued, 0 refused; documents in $OUT, every row in $OUT/report.json, registered in $OUT/register.sqlite
    --- exit code 0
    ");
    assert_eq!(certificates(out.path()).len(), 2);
    assert_eq!(fs::read(&certificate).unwrap(), first);
    let reports: Vec<_> = names(out.path()).into_iter().filter(|name| name.starts_with("report")).collect();
    assert_eq!(reports, ["report-1.json", "report-2.json", "report.json"]);

    // Something else has the name: it stays, and nothing is registered.
    let other = folder();
    fs::write(other.path().join(certificate.file_name().unwrap()), "of somebody else").unwrap();
    assert_snapshot!(said(&batch("fixtures/results/turcanu.toml", other.path(), &[]), other.path()), @"
    --- output
    1 refused; documents in $OUT, every row in $OUT/report.json, registered in $OUT/register.sqlite
    --- errors
    turcanu.toml, line 1: not written: something else has the name of this document in the folder; move it away, or take another folder [in-the-way]
    --- exit code 1
    ");
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
    1 refused; documents in $OUT, every row in $OUT/report.json, registered in $OUT/register.sqlite
    --- errors
    turcanu.toml, line 1: no certificate: the day of issue 2026-11-19 lies before the end of the assessment, 2026-11-20 [issued-early]
    --- exit code 1
    ");
}

/// The ending of the pattern is the ending of the file.
#[test]
fn what_was_lost_or_was_another_file_is_told_in_the_summary() {
    let out = folder();
    let again = || {
        let named = ["--file-name", "{{ number }}.pdf"];
        let output = batch("fixtures/results/turcanu.toml", out.path(), &named);
        String::from_utf8_lossy(&output.stdout).split(';').next().unwrap_or_default().to_owned()
    };
    assert_eq!(again(), "1 issued, 0 refused");
    let [certificate] = certificates(out.path()).try_into().expect("one certificate");
    assert!(!path(&certificate).ends_with(".pdf.pdf"));
    fs::remove_file(&certificate).unwrap();
    assert_eq!(again(), "1 unchanged, 1 of them made again, 0 refused");
    fs::write(&certificate, "of somebody else").unwrap();
    assert_eq!(again(), "1 unchanged, 1 of them made again, 1 put aside as foreign, 0 refused");
}

#[test]
fn the_day_is_written_as_people_write_it_and_not_years_ahead() {
    let out = folder();
    let on = |day: &str| {
        let folder = out.path().join(day);
        let args =
            ["batch", "assessments/nordstadt", "fixtures/results/turcanu.toml", "--quiet", "--issued", day];
        (kompetenz(&[&args[..], &["--out", path(&folder)]].concat()), folder)
    };
    let (iso, german) = (on("2026-11-22"), on("22.11.2026"));
    assert!(iso.0.status.success() && german.0.status.success());
    assert_eq!(numbers(&iso.1), numbers(&german.1));
    assert_snapshot!(said(&on("2062-11-22").0, out.path()), @"
    --- errors
    error: `2062-11-22` is more than a year ahead; a document is issued today or soon
    --- exit code 2
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
    1 issued, 2 refused; documents in $OUT/made, every row in $OUT/made/report.json, registered in $OUT/made/register.sqlite
    --- errors
    emoji.csv: 3 item(s) have no column and count as not observed: `german.dtz-listening-reading`, `german.dtz-writing`, `german.dtz-speaking`
    emoji.csv, row 2: no certificate: `participant.name` has the character U+1F600, which no font can show [missing-glyph]
    emoji.csv, row 3: no certificate: `participant.name` has the character U+738B, which no font can show [missing-glyph]
    --- exit code 1
    ");
    assert_eq!(certificates(&made).len(), 1);
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

/// The register of a folder, asked by a command with more words.
fn register(out: &Path, command: &str, more: &[&str]) -> std::process::Output {
    let register = out.join("register.sqlite");
    let at = ["--issuer", "assessments/nordstadt/issuer.toml", "--register", path(&register)];
    kompetenz(&[&["register", command], more, &at[..]].concat())
}

/// Two people, one of them with these ratings of German.
fn two_people(out: &Path, level: &str) -> PathBuf {
    let results = out.join(format!("{level}.csv"));
    let items = "german.listening-screening;german.reading-screening;german.speaking-screening;german.writing-screening;german.dtz-listening-reading;german.dtz-writing;german.dtz-speaking";
    let text = format!(
        "key;name;observer;{items}\nP-1;Ana Pop;anna;A2;A2;A2;A2;;;\nP-2;Can Ay;anna;{level};A2;A2;A2;;;\n"
    );
    fs::write(&results, text).unwrap();
    results
}

fn numbers(out: &Path) -> Vec<String> {
    let report: serde_json::Value =
        serde_json::from_slice(&fs::read(out.join("report.json")).unwrap()).unwrap();
    let number = |row: &serde_json::Value| row["number"].as_str().unwrap().to_owned();
    report["rows"].as_array().unwrap().iter().map(number).collect()
}

#[test]
fn the_life_of_a_certificate_is_told_by_its_number() {
    let out = folder();
    let made = out.path().join("made");
    let (first, second) = (two_people(out.path(), "A1"), two_people(out.path(), "B1"));
    assert_eq!(batch(path(&first), &made, &["--by", "reception"]).status.code(), Some(0));
    let before = numbers(&made);
    let corrected = batch(path(&second), &made, &["--reason", "a typing error", "--report", "csv", "--zip"]);
    assert_snapshot!(said(&corrected, out.path()), @"
    --- output
    1 corrected, 1 unchanged, 0 refused; documents in $OUT/made, every row in $OUT/made/report.json, registered in $OUT/made/register.sqlite
    --- exit code 0
    ");
    let after = numbers(&made);
    assert_eq!(before[0], after[0]);
    assert_eq!(names(&made.join("superseded")), [format!("{}.pdf", before[1])]);
    let csv = fs::read_to_string(made.join("report.csv")).unwrap();
    assert!(csv.contains("corrected") && !csv.contains("Can Ay"), "{csv}");
    let archive = fs::read(made.join("documents.zip")).unwrap();
    batch(path(&second), &made, &["--zip"]);
    assert_eq!(
        fs::read(made.join("documents.zip")).unwrap(),
        archive,
        "the same documents, the same archive"
    );

    let told = |output: &std::process::Output| {
        let text = said(output, out.path());
        let text = text.replace(&before[0], "$ONE").replace(&before[1], "$OLD").replace(&after[1], "$NEW");
        // Moments and links differ from run to run.
        let text = text.split(" UTC").collect::<Vec<_>>();
        let (last, moments) = text.split_last().expect("a text has a last part");
        let moments =
            moments.iter().map(|part| format!("{}$MOMENT", &part[..part.len() - "2026-11-22 23:59".len()]));
        let text = moments.collect::<String>() + last;
        let moment = |word: &str| word.len() > 19 && word.starts_with("20") && word.contains('T');
        let seal = |word: &str| word.len() > 64;
        let word = |word: &str| {
            let rest = word.trim_end_matches([':', ',']);
            let end = &word[rest.len()..];
            if moment(rest) {
                format!("$MOMENT{end}")
            } else if seal(rest) {
                "$SEAL".into()
            } else {
                word.into()
            }
        };
        text.lines()
            .map(|line| line.split(' ').map(word).collect::<Vec<_>>().join(" "))
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert_snapshot!(told(&register(&made, "show", &[&before[1]])), @"
    --- output
    $OLD: superseded by `$NEW`
    $OLD  2026-11-22  certificate  de  nordstadt 2.0.0  edition 1  superseded
      $MOMENT  issued, by reception
      $MOMENT  superseded ($NEW): a typing error
    --- exit code 1
    ");
    assert_snapshot!(told(&register(&made, "withdraw", &[&before[0], "--reason", "issued by mistake"])), @"
    --- output
    $ONE is withdrawn
    --- exit code 0
    ");
    assert_snapshot!(told(&register(&made, "withdraw", &[&before[0], "--reason", "for another reason"])), @"
    --- errors
    `$ONE` is withdrawn already, with other particulars; the first entry stands
    --- exit code 1
    ");
    assert_snapshot!(told(&register(&made, "show", &["K7F3-9QXD-2MHZ"])), @"
    --- output
    K7F3-9QXD-2MHZ: unknown: this issuer has not issued it
    --- exit code 1
    ");
    assert_snapshot!(told(&register(&made, "show", &["K7F3-9QXD-2MHX"])), @"
    --- errors
    error: not a certificate number: a symbol is missing, wrong or in the wrong place
    --- exit code 2
    ");
    let csv = said(&register(&made, "list", &["--format", "csv", "--state", "valid"]), out.path());
    assert!(csv.contains(&after[1]) && !csv.contains(&before[1]), "{csv}");
    assert_snapshot!(told(&register(&made, "list", &[])), @"
    --- output
    $ONE  2026-11-22  certificate  de  nordstadt 2.0.0  edition 1  withdrawn
    $OLD  2026-11-22  certificate  de  nordstadt 2.0.0  edition 1  superseded
    $NEW  2026-11-22  certificate  de  nordstadt 2.0.0  edition 2  valid
    --- exit code 0
    ");
    assert_snapshot!(told(&register(&made, "check", &[])), @"
    --- output
    3 document(s), all as recorded; the seal: $SEAL
    --- exit code 0
    ");
    assert_snapshot!(told(&batch(path(&second), &made, &[])), @"
    --- output
    1 unchanged, 1 skipped, 0 refused; documents in $OUT/made, every row in $OUT/made/report.json, registered in $OUT/made/register.sqlite
    --- errors
    B1.csv, row 2: `$ONE` is withdrawn; to issue it again with a new number: `--reissue $ONE` [withdrawn]
    --- exit code 0
    ");

    let (new, old) =
        (made.join(format!("{}.pdf", after[1])), made.join("superseded").join(format!("{}.pdf", before[1])));
    let foreign = out.path().join("foreign.pdf");
    fs::write(&foreign, "%PDF of somebody else").unwrap();
    let at = ["--issuer", "assessments/nordstadt/issuer.toml", "--register"];
    let file = made.join("register.sqlite");
    let asked = ["verify", path(&new), path(&old), path(&foreign), &before[0], "--format", "text"];
    assert_snapshot!(told(&kompetenz(&[&asked[..], &at, &[path(&file)]].concat())), @"
    --- output
    $OUT/made/$NEW.pdf: $NEW, valid
    $OUT/made/superseded/$OLD.pdf: $OLD, superseded by `$NEW`
    $OUT/foreign.pdf: unknown: no file with exactly these bytes was issued; it may be a draft, or saved again by another program; ask for the number that is printed on it
    $ONE: withdrawn since $MOMENT: issued by mistake
    --- exit code 1
    ");
    assert_eq!(
        kompetenz(&[&["verify", path(&new)], &at[..], &[path(&file)]].concat()).status.code(),
        Some(0)
    );
}

#[test]
fn what_the_register_cannot_be_used_for_is_told_with_the_way_out() {
    let out = folder();
    let made = out.path().join("made");
    assert_eq!(batch("fixtures/results/turcanu.toml", &made, &[]).status.code(), Some(0));
    let file = made.join("register.sqlite");
    let issuer = out.path().join("issuer.toml");
    let text = fs::read_to_string(crate::root().join("assessments/points-test/issuer.toml")).unwrap();
    fs::write(&issuer, text.replace("willkommen-nordstadt", "another-office")).unwrap();
    let another = ["--issuer", path(&issuer)];
    assert_snapshot!(said(&batch("fixtures/results/turcanu.toml", &made, &another), out.path()), @"
    --- errors
    error: the register `$OUT/made/register.sqlite`: this is the register of another issuer, `willkommen-nordstadt`; take the register of this issuer, or the issuer's file that belongs to this register
    --- exit code 2
    ");
    fs::write(&issuer, text.replace("id = ", "# ")).unwrap();
    assert_snapshot!(said(&batch("fixtures/results/turcanu.toml", &made, &another), out.path()), @"
    --- errors
    error: to register what is issued, the issuer's file needs `id`, a short name such as `office-dortmund`; `--draft` makes trials without it
    --- exit code 2
    ");
    let draft = [&another[..], &["--draft"]].concat();
    assert_eq!(
        batch("fixtures/results/turcanu.toml", &out.path().join("drafts"), &draft).status.code(),
        Some(0)
    );
    fs::write(&file, "not a register any more, and long enough to be looked at").unwrap();
    assert_snapshot!(said(&batch("fixtures/results/turcanu.toml", &made, &[]), out.path()), @"
    --- errors
    error: the register `$OUT/made/register.sqlite`: this file is no register; check the path; if it was a register, its beginning is lost: put the last backup in its place
    --- exit code 2
    ");
}

#[test]
fn a_rehearsal_writes_nothing() {
    let out = folder();
    let made = out.path().join("made");
    assert_snapshot!(said(&batch("fixtures/results/turcanu.toml", &made, &["--dry-run"]), out.path()), @"
    --- output
    nothing is written; it would be: 1 issued, 0 refused
    --- exit code 0
    ");
    assert!(!made.exists());
}

#[test]
fn a_draft_says_so_on_every_page() {
    let out = folder();
    let documents: [&[&str]; 5] = [
        &["certificate"],
        &["certificate", "--beside", "ro"],
        &["certificate", "--beside", "bg", "--template", "classic"],
        &["easy-read"],
        &["report"],
    ];
    for (ix, document) in documents.into_iter().enumerate() {
        let made = out.path().join(ix.to_string());
        let draft = [&["--draft", "--document"], document].concat();
        assert_eq!(batch("fixtures/results/turcanu.toml", &made, &draft).status.code(), Some(0));
        assert!(!made.join("register.sqlite").exists());
        let [draft] = certificates(&made).try_into().expect("one draft");
        let printed = |program: &str, args: &[&str]| {
            let output = std::process::Command::new(program).args(args).output().expect("poppler-utils");
            String::from_utf8_lossy(&output.stdout).into_owned()
        };
        // Letters that stand askew come out one by one.
        let text = printed("pdftotext", &["-raw", path(&draft), "-"]);
        let pages: Vec<&str> = text.trim_end_matches('\u{c}').split('\u{c}').collect();
        let marked = |page: &&str| page.split_whitespace().collect::<String>().contains("Entwurf");
        assert!(pages.len() > 1 && pages.iter().all(marked), "{document:?}: {text}");
        let title = printed("pdfinfo", &[path(&draft)]);
        assert!(title.contains("Entwurf: "), "what cannot be seen can be heard: {title}");
    }
}

/// A form in a line of NDJSON.
const FORM: &str = "{\"key\":\"P-1\",\"name\":\"Ana Pop\",\"observations\":{\"anna\":{\"german.listening-screening\":\"A2\",\"german.reading-screening\":\"A2\",\"german.speaking-screening\":\"A2\",\"german.writing-screening\":\"A2\"}}}\n";

#[test]
fn results_and_outcomes_can_be_piped() {
    let out = folder();
    let output = piped(FORM, out.path(), &["--progress", "json"]);
    let told = said(&output, out.path());
    assert_snapshot!(told.split(",\"bytes\"").next().unwrap(), @r#"
    --- output
    {"file":"stdin.ndjson","sheet":null,"row":null,"status":"issued","number":"9G9Z-JGFX-VKSJ","edition":1,"document":"9G9Z-JGFX-VKSJ.pdf"
    "#);
    assert_eq!(certificates(out.path()).len(), 1);
}

#[test]
fn the_parts_of_a_batch_are_joined() {
    let out = folder();
    let parts: Vec<PathBuf> = (1..=2).map(|part| out.path().join(format!("part-{part}"))).collect();
    for (folder, part) in parts.iter().zip(["1/2", "2/2"]) {
        batch("fixtures/results/fields.csv", folder, &["--partition", part, "--quiet"]);
    }
    let registers: Vec<PathBuf> = parts.iter().map(|part| part.join("register.sqlite")).collect();
    let merged = |parts: &[&Path]| {
        let parts: Vec<&str> = parts.iter().map(|part| path(part)).collect();
        register(out.path(), "merge", &parts)
    };
    assert_snapshot!(said(&merged(&[&registers[0]]), out.path()), @"
    --- errors
    part 2 is missing; add its register
    --- exit code 1
    ");
    let all = certificates(&parts[0]).len() + certificates(&parts[1]).len();
    let joined = said(&merged(&[&registers[1], &registers[0]]), out.path());
    assert!(joined.contains(&format!("2 part(s) joined, {all} document(s) new")), "{joined}");
}

/// A part has a register of its own and would issue first editions to people who have one.
#[test]
fn a_part_with_somebody_who_has_a_certificate_is_refused_at_the_start() {
    let out = folder();
    let office = out.path().join("office");
    crate::copy_of_nordstadt(&office);
    let issuer = office.join("issuer.toml");
    let named = format!("register = \"../register.sqlite\"\n{}", fs::read_to_string(&issuer).unwrap());
    fs::write(&issuer, named).unwrap();
    let make = |results: &str, folder: &str, more: &[&str]| {
        let folder = out.path().join(folder);
        let args =
            ["batch", path(&office), results, "--out", path(&folder), "--issued", "2026-11-22", "--quiet"];
        kompetenz(&[&args[..], more].concat())
    };
    assert!(make("fixtures/results/turcanu.toml", "one", &[]).status.success());
    let results = ["fixtures/results/turcanu.toml", "fixtures/results/popa.toml"];
    let part = |part: &str| make(results[0], &part.replace('/', "-"), &[results[1], "--partition", part]);
    let (refused, others): (Vec<_>, Vec<_>) =
        ["1/2", "2/2"].map(part).into_iter().partition(|output| output.status.code() == Some(2));
    assert_eq!((refused.len(), others.len()), (1, 1), "only the part of the one who has a certificate");
    assert_snapshot!(said(&refused[0], out.path()), @"
    --- errors
    error: by the register `$OUT/office/../register.sqlite`, 1 of this part have this document already, the first in turcanu.toml, line 1; parts are for people who have none: make theirs without `--partition`
    --- exit code 2
    ");
}

/// The first Ctrl-C is asked for while results are still read, so nothing is begun.
#[cfg(target_os = "linux")]
#[test]
fn ctrl_c_says_where_it_stands_and_how_to_go_on() {
    use std::process::{Command, Stdio};

    let out = folder();
    let mut child = crate::command(&[
        "batch",
        "assessments/nordstadt",
        "-",
        "--out",
        path(out.path()),
        "--issued",
        "2026-11-22",
    ])
    .stdin(Stdio::piped())
    .stdout(Stdio::piped())
    .stderr(Stdio::piped())
    .spawn()
    .unwrap();
    let listens = || {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
        let caught = caught.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
        caught & 0b10 != 0
    };
    while !listens() {
        std::thread::yield_now();
    }
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let mut told = std::io::BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    std::io::BufRead::read_line(&mut told, &mut line).unwrap();
    assert_eq!(line, "finishing what is begun; Ctrl-C once more ends at once\n");
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), FORM.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_snapshot!(said(&output, out.path()), @"
    --- output
    0 refused; documents in $OUT, every row in $OUT/report.json, registered in $OUT/register.sqlite
    ended as you wished: 0 rows are done; the same command goes on with the others
    --- exit code 1
    ");
}

#[test]
fn a_print_run_has_everybody_in_the_order_asked_for() {
    let out = folder();
    let output = batch("fixtures/results/nordstadt.csv", out.path(), &["--combined", "--sort-by", "number"]);
    assert_snapshot!(String::from_utf8_lossy(&output.stdout).replace(path(out.path()), "$OUT"), @"
    22 issued, 2 refused; documents in $OUT, every row in $OUT/report.json, registered in $OUT/register.sqlite
    for the print shop: print-run.pdf with 22 certificate(s)
    ");
    let files = names(out.path()).into_iter();
    let documents = files.filter_map(|name| name.strip_suffix(".pdf").map(str::to_owned));
    let sorted: Vec<_> = documents.filter(|name| name != "print-run").collect();
    let print_run = out.path().join("print-run.pdf");
    let listed = std::process::Command::new("qpdf")
        .args(["--json", "--json-key=outlines"])
        .arg(&print_run)
        .output()
        .expect("qpdf");
    let json: serde_json::Value = serde_json::from_slice(&listed.stdout).unwrap();
    let marks: Vec<_> =
        json["outlines"].as_array().unwrap().iter().map(|mark| mark["title"].as_str().unwrap()).collect();
    assert_eq!(marks, sorted, "names of files are sorted here");
    // The same again, on another day: nothing is issued, and the print run has the same bytes.
    let bytes = fs::read(&print_run).unwrap();
    let again =
        ["batch", "assessments/nordstadt", "fixtures/results/nordstadt.csv", "--issued", "2026-12-01"];
    kompetenz(&[&again[..], &["--out", path(out.path()), "--combined", "--sort-by", "number"]].concat());
    assert!(fs::read(&print_run).unwrap() == bytes);
}

#[test]
fn what_a_print_run_cannot_be_is_told() {
    let out = folder();
    let told = |more: &[&str]| said(&batch("fixtures/results/nordstadt.csv", out.path(), more), out.path());
    assert_snapshot!(told(&["--combined", "--document", "report"]), @"
    --- errors
    error: `--combined` is for certificates; for other documents there is `--zip`
    --- exit code 2
    ");
    assert_snapshot!(told(&["--combined", "--sort-by", "shoes"]), @"
    --- errors
    error: there is no field `shoes`; there are number, edition, issued, document, language, assessment, version, file, sheet, row, key, name, facts.first_language, facts.foreign_certificate, facts.chosen_job, facts.job_start, facts.metal_work_years, facts.wood_work_years, facts.cleaning_work_years, facts.kitchen_work_years, facts.warehouse_work_years, facts.basics_school_script
    --- exit code 2
    ");
    assert!(told(&["--sort-by", "number"]).contains("--combined"));
    assert_eq!(names(out.path()).len(), 0);
}

/// Runs the program on these lines.
fn piped(lines: &str, out: &Path, more: &[&str]) -> std::process::Output {
    use std::io::Write;
    use std::process::Stdio;

    let args = ["batch", "assessments/nordstadt", "-", "--out", path(out), "--issued", "2026-11-22"];
    let mut child = crate::command(&[&args[..], more].concat())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn a_line_that_cannot_be_read_and_a_person_who_comes_twice_stop_only_themselves() {
    let out = folder();
    let lines = format!("{FORM}{{\"key\":\n{FORM}{}", FORM.replace("P-1", "P-2"));
    assert_snapshot!(said(&piped(&lines, out.path(), &[]), out.path()), @"
    --- output
    2 issued, 2 refused; documents in $OUT, every row in $OUT/report.json, registered in $OUT/register.sqlite
    --- errors
    stdin.ndjson, line 2, column 8: not valid JSON: Expected value after colon in object property [unreadable]
    stdin.ndjson, line 3: no document: this person stands in the results twice [twice]
    --- exit code 1
    ");
    let report: serde_json::Value =
        serde_json::from_slice(&fs::read(out.path().join("report.json")).unwrap()).unwrap();
    assert_eq!((&report["complete"], &report["counts"]["issued"]), (&true.into(), &2.into()));
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_allows_no_writing_is_told_and_left_as_it_is() {
    let mounted = on_a_drive("1m,ro", "fixtures/results/nordstadt.csv", "nothing-more");
    let Some(output) = mounted else { return };
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("cannot write into"), "{told}");
}

/// 22 certificates of fifty kilobytes are too many for 600, and the register takes its share.
#[cfg(target_os = "linux")]
#[test]
fn on_a_full_drive_whatever_has_its_name_is_registered_and_the_rest_is_made_later() {
    let again = "ls -A \"$DRIVE/.kompetenz\"; mount -o remount,size=20m \"$DRIVE\"; \
                 \"$@\"; echo \"exit code $?\"; ls \"$DRIVE\" | grep -c pdf";
    let mounted = on_a_drive("600k", "fixtures/results/nordstadt.csv", again);
    let Some(output) = mounted else { return };
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let told = format!("{out}--- errors\n{err}");
    // Where on the drive it got full is not to be relied on, and the way there names files by chance.
    let (before, after) = told.split_once("exit code 2\n").expect("the drive is full");
    assert!(!before.contains("22 issued"), "{told}");
    assert!(after.starts_with("lock\n") && after.contains("exit code 1\n22\n"), "{told}");
    assert!(err.contains("cannot write") || err.contains("full"), "{told}");
}

/// A batch into a small drive, and what a shell says `then`, where `"$@"` is the batch again and `$DRIVE` the drive.
/// `None`: this user or system cannot mount one.
#[cfg(target_os = "linux")]
fn on_a_drive(options: &str, results: &str, then: &str) -> Option<std::process::Output> {
    let out = folder();
    let drive = path(out.path());
    let run = |script: &str| {
        let args = ["batch", "assessments/nordstadt", results, "--out", drive, "--issued", "2026-11-22"];
        std::process::Command::new("unshare")
            .args(["--mount", "sh", "-c", script, "sh", env!("CARGO_BIN_EXE_kompetenz")])
            .args(args)
            .current_dir(crate::root())
            .envs([("DRIVE", drive), ("LANG", "C")])
            .output()
            .ok()
    };
    let mount = format!("mount -t tmpfs -o size={options} none \"$DRIVE\"");
    if !run(&mount)?.status.success() {
        return None;
    }
    run(&match then {
        "nothing-more" => format!("{mount} && \"$@\""),
        then => format!("{mount} && {{ \"$@\"; echo \"exit code $?\"; {then}; }}"),
    })
}

/// A coordinator looks first, also when there is a register already and somebody's results have changed.
#[test]
fn a_rehearsal_tells_of_corrections_and_records_nothing() {
    let out = folder();
    let made = out.path().join("made");
    assert_eq!(batch("fixtures/results/turcanu.toml", &made, &[]).status.code(), Some(0));
    let before = fs::read(made.join("register.sqlite")).unwrap();
    let results = fs::read_to_string(root().join("fixtures/results/turcanu.toml")).unwrap();
    let corrected = out.path().join("corrected.toml");
    fs::write(&corrected, results.replace("hours = 60", "hours = 61")).unwrap();
    let rehearsal = batch(path(&corrected), &made, &["--dry-run"]);
    assert_eq!(rehearsal.status.code(), Some(0));
    assert_eq!(
        said(&rehearsal, out.path()),
        "--- output\nnothing is written; it would be: 1 corrected, 0 refused\n--- exit code 0"
    );
    assert!(before == fs::read(made.join("register.sqlite")).unwrap());
    assert_eq!(certificates(&made).len(), 1);
}

#[test]
fn what_was_withdrawn_does_not_lie_among_what_is_handed_out() {
    let out = folder();
    // The register lies in a folder that nobody has made yet.
    let register = out.path().join("office/register.sqlite");
    let made = out.path().join("made");
    let run = |options: &[&str]| {
        batch("fixtures/results/turcanu.toml", &made, &[&["--register", path(&register)], options].concat())
    };
    assert_eq!(run(&["--report", "csv"]).status.code(), Some(0));
    let [certificate] = certificates(&made).try_into().expect("one certificate");
    let number = certificate.file_stem().unwrap().to_str().unwrap().to_owned();
    let issuer = root().join("assessments/nordstadt/issuer.toml");
    let withdraw = ["register", "withdraw", &number, "--reason", "a mistake", "--issuer", path(&issuer)];
    let withdrawn = kompetenz(&[&withdraw[..], &["--register", path(&register)]].concat());
    assert_eq!(withdrawn.status.code(), Some(0));
    assert_eq!(run(&[]).status.code(), Some(0));
    assert!(certificates(&made).is_empty());
    assert_eq!(names(&made.join("withdrawn")), [format!("{number}.pdf")]);
    // The table tells of the run before, so it has the name of the report of that run.
    assert!(names(&made).contains(&"report-1.csv".to_owned()) && !made.join("report.csv").exists());
}

#[test]
fn a_folder_for_each_value_of_a_fact_written_as_in_the_definition() {
    let out = folder();
    let made = batch("fixtures/results/turcanu.toml", out.path(), &["--split-by", "facts.first-language"]);
    assert_eq!(made.status.code(), Some(0));
    assert!(names(out.path()).contains(&"ro".to_owned()), "{:?}", names(out.path()));
}
