use insta::assert_snapshot;
use kompetenz::{Id, Sources, check};
use kompetenz_authoring::module::{module, schema_of, with_module};

fn id(text: &str) -> Id {
    Id::new(text).expect("an id")
}

/// In both languages, with a title that has quotation marks.
#[test]
fn a_new_module_is_valid() {
    for language in ["de", "en", "de-CH", "fr"] {
        let main =
            format!("id = \"demo\"\nversion = \"1.0.0\"\nlanguage = \"{language}\"\ntitle = \"Demo\"\n");
        let main = with_module(&main, &id("wood")).unwrap();
        let mut sources = Sources::new("assessment.toml", main);
        sources.add("wood.toml", module(&id("wood"), "Werkprobe \"Holz\"", language, "./assessment.json"));
        let checked = check(&sources);
        assert!(checked.diagnostics.is_empty(), "{:?}", checked.diagnostics);
        assert_eq!(checked.examples, 1);
        let german = checked.assessment.unwrap().measures().count() == 1 && language.starts_with("de");
        let text = &sources.iter().nth(1).unwrap().1.text;
        assert_eq!(text.contains("mit Anleitung"), german);
        assert_eq!(schema_of(text), Some("./assessment.json"));
        assert!(!text.contains("MODULE"), "{text}");
    }
}

#[test]
fn the_list_of_modules_keeps_its_form() {
    let with = |main: &str| with_module(main, &id("wood")).unwrap();
    assert_eq!(with("a = 1 # b\n\n[c]\n"), "a = 1 # b\nmodules = [\"wood\"]\n\n[c]\n");
    assert_eq!(with("modules = []\n"), "modules = [\"wood\"]\n");
    assert_eq!(with("modules = [\"metal\"]  # all\n[c]\n"), "modules = [\"metal\", \"wood\"]  # all\n[c]\n");
    assert_eq!(with("modules = [\"metal\"]\r\n"), "modules = [\"metal\", \"wood\"]\r\n");
    assert_snapshot!(with("modules = [\n  \"metal\", # first\n  \"german\", # second\n] # all\n"), @r#"
    modules = [
      "metal", # first
      "german", # second
      "wood",
    ] # all
    "#);
    assert_snapshot!(with("modules = [\n  \"metal\",\n  \"german\"\n]\n"), @r#"
    modules = [
      "metal",
      "german",
      "wood",
    ]
    "#);
}
