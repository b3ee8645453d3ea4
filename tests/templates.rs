//! Formats and templates, as a designer and an office use them.

use std::fs;

use insta::assert_snapshot;

use crate::watching::{Watching, edit};
use crate::{folder, kompetenz, names, path, said};

const RENDER: [&str; 5] =
    ["render", "assessments/nordstadt", "fixtures/results/turcanu.toml", "--issued", "2026-11-22"];

fn render(more: &[&str]) -> std::process::Output {
    kompetenz(&[&RENDER[..], more].concat())
}

#[test]
fn pictures_are_numbered_and_written_all_or_none() {
    let out = folder();
    let target = out.path().join("page.png");
    let made = render(&["--format", "png", "--ppi", "20", "--out", path(&target)]);
    assert!(made.status.success(), "{}", said(&made, out.path()));
    assert_eq!(names(out.path()), ["page-1.png", "page-2.png"]);
    render(&["--format", "svg", "--out", path(&out.path().join("page"))]);
    assert_eq!(names(out.path()), ["page-1.png", "page-1.svg", "page-2.png", "page-2.svg"]);

    // A folder in the way of the second page: the first is not written either.
    let other = folder();
    fs::create_dir(other.path().join("page-2.png")).unwrap();
    let refused = render(&["--format", "png", "--ppi", "20", "--out", path(&other.path().join("page.png"))]);
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(names(other.path()), ["page-2.png"]);

    fs::write(out.path().join("page-3.png"), "of a longer one").unwrap();
    let refused = render(&["--format", "png", "--ppi", "20", "--out", path(&target)]);
    assert_snapshot!(said(&refused, out.path()), @"
    --- errors
    error: `$OUT/page-3.png` is there, a page of another document with more pages; move it away
    --- exit code 2
    ");
}

#[test]
fn formats_that_make_no_sense_are_refused_before_anything_is_done() {
    let out = folder();
    let said = |more: &[&str]| said(&render(more), out.path());
    assert_snapshot!(said(&["--format", "svg", "--ppi", "100"]), @"
    --- errors
    error: `--ppi` belongs to `--format png`
    --- exit code 2
    ");
    assert_snapshot!(said(&["--format", "json", "--standard", "a-2a"]), @"
    --- errors
    error: `--standard` belongs to `--format pdf`
    --- exit code 2
    ");
    assert_snapshot!(said(&["--standard", "a-4+ua-1"]), @"
    --- errors
    error: no PDF can be `a-4` and `ua-1` at the same time
    --- exit code 2
    ");
    assert_snapshot!(said(&["--format", "png", "--ppi", "5000"]), @"
    --- errors
    error: `--ppi` goes from 18 to 600
    --- exit code 2
    ");
    assert_snapshot!(said(&["--patience", "0"]), @"
    --- errors
    error: `--patience` is a number of seconds above 0
    --- exit code 2
    ");
}

#[test]
fn a_designer_writes_out_changes_looks_and_uses() {
    let out = folder();
    let mine = out.path().join("mine");
    assert_snapshot!(said(&kompetenz(&["templates", "eject", "clear", "labels/ar.toml", "--to", path(&mine)]), out.path()), @"
    --- output
    clear/certificate.typ
    labels/ar.toml
    wrote 2 file(s); change them and look at them with:
      kompetenz templates preview $OUT/mine --out preview
    --- exit code 0
    ");
    let certificate = mine.join("clear/certificate.typ");
    let changed = fs::read_to_string(&certificate).unwrap() + "\n// changed\n";
    fs::write(&certificate, changed).unwrap();
    assert_snapshot!(said(&kompetenz(&["templates", "eject", "clear", "lib", "--to", path(&mine)]), out.path()), @"
    --- errors
    error: nothing is written, because these have been changed already: `$OUT/mine/clear/certificate.typ`
    --- exit code 2
    ");
    assert!(!mine.join("lib").exists(), "all or none");
    assert_snapshot!(said(&kompetenz(&["templates", "eject", "clear", "nope", "--to", path(&mine)]), out.path()), @"
    --- errors
    error: no shipped template is called `nope`; see `kompetenz templates list`
    --- exit code 2
    ");

    let listed = kompetenz(&["templates", "list", "--templates", path(&mine)]);
    let listed = String::from_utf8(listed.stdout).unwrap();
    assert!(listed.contains("clear/certificate.typ    yours, instead of the shipped one\n"), "{listed}");
    assert!(listed.contains("labels/ar.toml           shipped\n"), "{listed}");

    let preview = out.path().join("preview");
    let look =
        ["templates", "preview", path(&mine), "--out", path(&preview), "--ppi", "20", "--template", "clear"];
    let first = kompetenz(&look);
    assert!(first.status.success(), "{}", said(&first, out.path()));
    let page = fs::read_to_string(preview.join("index.html")).unwrap();
    let pictures: Vec<_> = page.split("src=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(pictures.len() > 60, "{}", pictures.len());
    assert!(pictures.iter().all(|picture| preview.join(picture).is_file()));
    // Nothing changed: no picture is written again.
    let again = String::from_utf8(kompetenz(&look).stdout).unwrap();
    assert!(again.contains(" 0 of them new or changed, 0 document(s) failed"), "{again}");

    let pdf = out.path().join("x.pdf");
    assert!(render(&["--templates", path(&mine), "--out", path(&pdf)]).status.success());

    // A slip in a path is told.
    fs::create_dir(mine.join("label")).unwrap();
    fs::write(mine.join("label/ro.toml"), "").unwrap();
    let told = render(&["--templates", path(&mine), "--format", "json"]);
    assert!(told.status.success());
    let told = String::from_utf8(told.stderr).unwrap();
    assert!(told.contains("the template file `label/ro.toml` is not used"), "{told}");
}

#[test]
fn the_preview_looks_again_on_every_save() {
    let out = folder();
    let mine = out.path().join("mine");
    assert!(kompetenz(&["templates", "eject", "labels/de.toml", "--to", path(&mine)]).status.success());
    let (labels, preview) = (mine.join("labels/de.toml"), out.path().join("preview"));
    let mut args = vec!["templates", "preview", path(&mine), "--out", path(&preview), "--template", "clear"];
    args.extend(["--ppi", "20", "--watch"]);
    let watching = Watching::start(&args);
    let first = watching.said_until("index.html");
    assert!(first.contains(", 0 document(s) failed"), "{first}");

    // A label changes the documents it stands on, and no others.
    edit(&labels, "Gezeigte Fähigkeiten", "Was gezeigt wurde");
    let changed = watching.said_until("index.html");
    let count = |said: &str| -> usize {
        let words: Vec<_> = said.split(' ').collect();
        let of = words.iter().position(|word| *word == "of").expect("so many of them");
        words[of - 1].parse().expect("a number")
    };
    let (all, new) = (count(&first), count(&changed));
    assert!(0 < new && new < all / 2, "{changed}");

    // A mistake is told, and the next save makes it good.
    edit(&labels, "Was gezeigt wurde\"", "Was gezeigt wurde");
    edit(&labels, "Was gezeigt wurde", "Gezeigte Fähigkeiten\"");
    assert_eq!(count(&watching.said_until("index.html")), new);
}

#[test]
fn mistakes_in_templates_name_the_designers_own_file() {
    let out = folder();
    let family = out.path().join("mine");
    fs::create_dir(&family).unwrap();
    fs::write(family.join("certificate.typ"), "#let certificate(data, ..rest) = {\n  data.nothing\n}")
        .unwrap();
    let pdf = out.path().join("x.pdf");
    let with = |more: &[&str]| {
        let all = [&["--templates", path(out.path()), "--out", path(&pdf)], more].concat();
        said(&render(&all), out.path())
    };
    assert_snapshot!(with(&["--template", "mine"]), @r#"
    --- errors
    no certificate: $OUT/mine/certificate.typ:2:8: dictionary does not contain key "nothing" [render]
    --- exit code 1
    "#);
    assert_snapshot!(with(&["--template", "theirs"]), @"
    --- errors
    error: there is no template `theirs`; there are classic, clear, mine
    --- exit code 2
    ");
    fs::write(family.join("certificate.typ"), "#let certificate(data = {\n").unwrap();
    assert_snapshot!(with(&[]), @"
    --- errors
    error: the template has mistakes
      $OUT/mine/certificate.typ:1:17: unclosed delimiter
      $OUT/mine/certificate.typ:1:23: unexpected equals sign
      $OUT/mine/certificate.typ:1:25: expected pattern, found code block
      $OUT/mine/certificate.typ:1:26: expected equals sign
    --- exit code 2
    ");
    fs::remove_file(family.join("certificate.typ")).unwrap();
    assert_snapshot!(with(&[]), @"
    --- errors
    error: the templates in `$OUT` cannot be used
      the folder has no templates (files that end in .typ, .toml, .svg or .png)
    --- exit code 2
    ");
    assert!(!pdf.exists());
}

/// The template never ends, and the program does.
#[test]
fn a_batch_with_a_template_that_never_ends_ends() {
    let out = folder();
    let family = out.path().join("templates/endless");
    fs::create_dir_all(&family).unwrap();
    let endless = "#let certificate(data, ..rest) = { let r = range(9999); for a in r { for b in r { for c in r {} } } }";
    fs::write(family.join("certificate.typ"), endless).unwrap();
    let target = out.path().join("certificates");
    let batch = kompetenz(&[
        "batch",
        "assessments/nordstadt",
        "fixtures/results/nordstadt.csv",
        "--issued",
        "2026-11-22",
        "--out",
        path(&target),
        "--templates",
        path(&out.path().join("templates")),
        "--template",
        "endless",
        "--patience",
        "0.2",
    ]);
    assert_eq!(batch.status.code(), Some(1));
    let told = String::from_utf8(batch.stderr).unwrap();
    assert!(told.matches("did not finish within 0.2 s [endless-template]").count() >= 3, "{told}");
    assert!(told.contains("not tried, because the template did not finish"), "{told}");
    assert_eq!(names(&target), [".kompetenz", "register.sqlite", "report.json"]);
}
