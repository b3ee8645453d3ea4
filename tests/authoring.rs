//! What authors and translators do beside their editor.

use std::fs;
use std::path::Path;

use insta::assert_snapshot;

use crate::watching::{Watching, edit, save};
use crate::{copy_of_nordstadt, folder, kompetenz, names, path, root, said};

/// A folder as `init` makes it.
fn started(folder: &Path) {
    assert_eq!(kompetenz(&["init", path(folder)]).status.code(), Some(0));
}

// ---- check --watch --------------------------------------------------------------------------------------------

#[test]
fn check_watches_and_checks_again_on_every_save() {
    let out = folder();
    let copy = out.path().join("copy");
    copy_of_nordstadt(&copy);
    let watching = Watching::start(&["check", path(&copy), "--watch"]);
    assert_snapshot!(watching.said_until("valid"), @"nordstadt 2.0.0 is valid: 139 measures, 356 examples passed, languages de, en, ro, bg, tr");

    // A mistake in a module.
    edit(&copy.join("metal.toml"), "rule = \"lowest\"", "rule = \"lowst\"");
    assert_snapshot!(watching.said_until("warning(s)"), @r#"

    ---- checked again (1) ----
    error[wrong-type]: expected one of `weighted-mean`, `mean`, `lower-median`, `upper-median`, `lowest`, `highest`, `nth-highest`, `sum`, `linear`, `count`, `share`, `percent`, `spread`, `gain`, `mastery`, `rank`, `first`, `table`, `norm`, `condition`
       --> metal.toml:151:8
        |
    151 | rule = "lowst"
        |        ^^^^^^^
        |
        = help: did you mean `lowest`?

    1 error(s), 0 warning(s)
    "#);
    edit(&copy.join("metal.toml"), "rule = \"lowst\"", "rule = \"lowest\"");
    assert_snapshot!(watching.said_until("valid"), @"

    ---- checked again (2) ----
    nordstadt 2.0.0 is valid: 139 measures, 356 examples passed, languages de, en, ro, bg, tr
    ");

    // A new module: first it is missing, then it is there.
    edit(&copy.join("assessment.toml"), "modules = [", "modules = [\"painting\", ");
    assert!(watching.said_until("warning(s)").contains("missing-file"));
    save(&copy.join("painting.toml"), "id = \"painting\"\ntitle = \"Malen\"\n");
    let said = watching.said_until("warning(s)");
    assert!(said.contains("---- checked again (4) ----") && said.contains("painting.title"), "{said}");

    // A language file that goes away.
    fs::remove_file(copy.join("lang/ro.toml")).unwrap();
    assert!(watching.said_until("warning(s)").contains("the file `lang/ro.toml` is missing"));
}

/// Ctrl-C ends with the answer of the last check.
#[cfg(unix)]
#[test]
fn watching_ends_with_the_answer_of_the_last_check() {
    let interrupted = |watching: &mut Watching| {
        let kill = format!("kill -INT {}", watching.child.id());
        assert!(std::process::Command::new("sh").args(["-c", &kill]).status().unwrap().success());
        watching.child.wait().unwrap().code()
    };
    let out = folder();
    let copy = out.path().join("copy");
    copy_of_nordstadt(&copy);
    let mut watching = Watching::start(&["check", path(&copy), "--watch"]);
    watching.said_until("valid");
    assert_eq!(interrupted(&mut watching), Some(0));

    let mut watching = Watching::start(&["check", path(&copy), "--watch"]);
    watching.said_until("valid");
    edit(&copy.join("metal.toml"), "rule = \"lowest\"", "rule = \"lowst\"");
    watching.said_until("warning(s)");
    assert_eq!(interrupted(&mut watching), Some(1));
}

// ---- translate ------------------------------------------------------------------------------------------------

#[test]
fn translate_writes_what_there_is_to_translate() {
    let out = folder();
    let mine = out.path().join("mine");
    started(&mine);
    assert_snapshot!(said(&kompetenz(&["translate", path(&mine), "ro"]), out.path()), @r#"
    --- output
    lang/ro.toml: 30 texts, 30 to translate (30 new), 0 changed, 0 obsolete
    assessment.toml does not promise this language; for certificates in it, add "ro" to `languages`
    --- exit code 1
    "#);
    let romanian = mine.join("lang/ro.toml");
    let text = fs::read_to_string(&romanian).unwrap();
    assert_snapshot!(text.lines().take(20).collect::<Vec<_>>().join("\n"), @r#"
    # de: Werkprobe Holz
    title = ""
    # de: Eine Latte auf 300 mm Länge sägen und eine Kiste aus fünf Teilen nach Bildplan zusammenschrauben.
    summary = ""

    [certificate]
    # de: Zertifikat
    title = ""
    # de: über die Kompetenzfeststellung
    subtitle = ""
    # de: Die Aufgaben wurden in der Werkstatt bearbeitet. Mindestens zwei Personen haben unabhängig voneinander beobachtet und ihre Beobachtungen danach zusammengeführt.
    procedure = ""
    # de: Dieses Dokument beschreibt, was in der Kompetenzfeststellung gezeigt wurde.
    is = ""
    # de: Es ist kein Prüfungszeugnis und keine Entscheidung über die Anerkennung eines Berufsabschlusses.
    is-not = ""

    [step.6]
    # de: Plan erarbeiten
    title = ""
    "#);

    // Promised, the check counts what is still empty.
    edit(&mine.join("assessment.toml"), "languages = [\"en\"]", "languages = [\"en\", \"ro\"]");
    let check = said(&kompetenz(&["check", path(&mine)]), out.path());
    assert!(check.contains("30 texts are missing in `lang/ro.toml`"), "{check}");

    // Translated, changed, removed.
    fs::write(&romanian, text.replace("title = \"\"", "title = \"Lemn\" # mine")).unwrap();
    edit(&mine.join("assessment.toml"), "\"Werkprobe Holz\"", "\"Holz\"");
    edit(&mine.join("assessment.toml"), "id = \"box-safety\"", "id = \"box-care\"");
    edit(&mine.join("assessment.toml"), "{ id = \"box-safety\"", "{ id = \"box-care\"");
    assert_snapshot!(said(&kompetenz(&["translate", path(&mine), "--all"]), out.path()), @"
    --- output
    lang/en.toml: 30 texts, 1 to translate (1 new), 1 changed, 1 obsolete
    lang/ro.toml: 30 texts, 18 to translate (1 new), 1 changed, 1 obsolete
    --- exit code 1
    ");
    let text = fs::read_to_string(&romanian).unwrap();
    assert!(
        text.starts_with("# CHANGED: was \"Werkprobe Holz\"\n# de: Holz\ntitle = \"Lemn\" # mine\n"),
        "{text}"
    );
    assert!(text.contains("[box-safety]\n# OBSOLETE\n# de: Kiste: Werkzeug"), "{text}");

    // What is up to date stays as it is.
    assert_snapshot!(said(&kompetenz(&["--ui", "de", "translate", path(&mine), "ro"]), out.path()), @"
    --- output
    lang/ro.toml: 30 Texte, 18 zu übersetzen (0 neu), 1 geändert, 1 überholt
    --- exit code 1
    ");
    assert_eq!(fs::read_to_string(&romanian).unwrap(), text);
    assert_eq!(names(&mine.join("lang")), ["en.toml", "ro.toml"]);
}

#[test]
fn translate_has_nothing_to_do_for_the_shipped_assessment() {
    let out = folder();
    let copy = out.path().join("copy");
    copy_of_nordstadt(&copy);
    assert_snapshot!(said(&kompetenz(&["translate", path(&copy), "--all"]), out.path()), @"
    --- output
    lang/en.toml: all 935 texts are translated
    lang/ro.toml: all 935 texts are translated
    lang/bg.toml: all 935 texts are translated
    lang/tr.toml: all 935 texts are translated
    --- exit code 0
    ");
    assert_eq!(kompetenz(&["check", path(&copy)]).status.code(), Some(0));
}

/// Nothing is written as long as it is not clear what there is to translate.
#[test]
fn translate_waits_for_a_sound_definition() {
    let out = folder();
    let mine = out.path().join("mine");
    started(&mine);
    let english = fs::read_to_string(mine.join("lang/en.toml")).unwrap();
    fs::write(mine.join("lang/en.toml"), format!("{english}\n[works")).unwrap();
    assert_snapshot!(said(&kompetenz(&["translate", path(&mine), "en"]), out.path()), @"
    --- output
    error[syntax]: this heading is not closed
      --> lang/en.toml:82:7
       |
    82 | [works
       |       ^
       |
       = help: write `[name]` or `[[name]]`

    lang/en.toml was not touched: correct it first
    --- exit code 1
    ");
    edit(&mine.join("assessment.toml"), "rule = \"mean\"", "rule = \"meen\"");
    assert_snapshot!(said(&kompetenz(&["translate", path(&mine), "en"]), out.path()), @r#"
    --- output
    error[wrong-type]: expected one of `weighted-mean`, `mean`, `lower-median`, `upper-median`, `lowest`, `highest`, `nth-highest`, `sum`, `linear`, `count`, `share`, `percent`, `spread`, `gain`, `mastery`, `rank`, `first`, `table`, `norm`, `condition`
      --> assessment.toml:88:8
       |
    88 | rule = "meen"
       |        ^^^^^^
       |
       = help: did you mean `mean`?

    nothing was written: correct the definition first
    --- exit code 1
    "#);
    assert_eq!(fs::read_to_string(mine.join("lang/en.toml")).unwrap(), format!("{english}\n[works"));
}

#[test]
fn translate_refuses_what_is_no_other_language() {
    let out = folder();
    for language in ["deutsch", "de", "RO", "../en"] {
        let output = kompetenz(&["translate", "assessments/nordstadt", language]);
        assert_eq!(output.status.code(), Some(2), "{}", said(&output, out.path()));
    }
}

// ---- new ------------------------------------------------------------------------------------------------------

#[test]
fn new_makes_a_module_that_passes() {
    let out = folder();
    let mine = out.path().join("mine");
    started(&mine);
    let before = fs::read_to_string(mine.join("assessment.toml")).unwrap();
    let output = kompetenz(&["new", path(&mine), "painting", "--title", "Malen \"nass in nass\""]);
    assert_snapshot!(said(&output, out.path()), @"
    --- output
    made $OUT/mine/painting.toml and added it to assessment.toml; go on with:
      kompetenz check $OUT/mine
    its texts are still to be translated (en):
      kompetenz translate $OUT/mine --all
    --- exit code 0
    ");
    let after = fs::read_to_string(mine.join("assessment.toml")).unwrap();
    assert_eq!(after.replacen("modules = [\"painting\"]\n", "", 1), before);

    assert_eq!(kompetenz(&["translate", path(&mine), "--all"]).status.code(), Some(1));
    let english = fs::read_to_string(mine.join("lang/en.toml")).unwrap();
    let english =
        english.replace("text = \"\"", "text = \"{{ task.level }}\"").replace("\"\"", "\"Painting\"");
    fs::write(mine.join("lang/en.toml"), english).unwrap();
    assert_snapshot!(said(&kompetenz(&["check", path(&mine)]), out.path()), @"
    --- output
    wood 1.0.0 is valid: 4 measures, 2 examples passed, languages de, en
    --- exit code 0
    ");
    assert_snapshot!(said(&kompetenz(&["translate", path(&mine), "--all"]), out.path()), @"
    --- output
    lang/en.toml: all 38 texts are translated
    --- exit code 0
    ");
}

#[test]
fn new_refuses_ids_that_exist_or_are_none() {
    let out = folder();
    let mine = out.path().join("mine");
    started(&mine);
    let before = names(&mine);
    // A finding is called so; the other three cannot be written.
    for (id, code) in [("works", 1), ("level", 2), ("Öl und Lack", 2), ("issuer", 2)] {
        let output = kompetenz(&["new", path(&mine), id]);
        assert_eq!(output.status.code(), Some(code), "{}", said(&output, out.path()));
    }
    assert_eq!(names(&mine), before);
}

/// Whoever keeps the schema elsewhere gets no second one.
#[test]
fn new_takes_the_schema_of_the_main_file() {
    let out = folder();
    let copy = out.path().join("copy");
    copy_of_nordstadt(&copy);
    assert_eq!(kompetenz(&["new", path(&copy), "painting"]).status.code(), Some(0));
    let module = fs::read_to_string(copy.join("painting.toml")).unwrap();
    assert!(module.starts_with("#:schema ../../docs/schemas/assessment.json\n"), "{module}");
    assert!(!copy.join(".schema").exists());
}

// ---- the schema beside the definition --------------------------------------------------------------------------

/// An editor finds the schema without a network and without this repository.
#[test]
fn schemas_lie_beside_the_definition() {
    let out = folder();
    let mine = out.path().join("mine");
    started(&mine);
    for (file, schema) in [("assessment.toml", "assessment.json"), ("issuer.toml", "issuer.json")] {
        let text = fs::read_to_string(mine.join(file)).unwrap();
        let named = text.lines().next().unwrap().strip_prefix("#:schema ").unwrap();
        assert_eq!(
            fs::read_to_string(mine.join(named)).unwrap(),
            fs::read_to_string(root().join("docs/schemas").join(schema)).unwrap()
        );
    }
}

/// An issuer's file that lacks a language is found before the first batch, not by it.
#[test]
fn the_issuers_file_is_checked_with_the_assessment() {
    let out = folder();
    let assessment = out.path().join("mine");
    assert_eq!(kompetenz(&["init", path(&assessment)]).status.code(), Some(0));
    assert_eq!(kompetenz(&["check", path(&assessment)]).status.code(), Some(0));
    let issuer = assessment.join("issuer.toml");
    let text = std::fs::read_to_string(&issuer).unwrap();
    std::fs::write(&issuer, text.replace(", en = \"Director\"", "")).unwrap();
    let output = kompetenz(&["check", path(&assessment)]);
    assert_eq!(output.status.code(), Some(1));
    let told = said(&output, out.path());
    assert!(told.contains("missing-translation") && told.contains("issuer.toml:"), "{told}");
    let json = kompetenz(&["check", path(&assessment), "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!((&report["valid"], report["diagnostics"].as_array().map(Vec::len)), (&false.into(), Some(1)));
}
