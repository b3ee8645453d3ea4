//! Bad data and bad templates: what is said, and what is not.

use kompetenz_render::{MissingGlyph, Pictures, RenderError, Studio, StudioError, Template, check_glyphs};

use crate::support::{FIXTURES, STUDIO, fixture, template};

#[test]
fn our_fonts_have_every_letter_of_the_fixtures() {
    for name in FIXTURES {
        assert_eq!(check_glyphs(&fixture(name)), [], "{name}");
    }
}

#[test]
fn a_character_without_a_glyph_is_named_with_its_field_and_nothing_else() {
    let mut data = fixture("standard");
    data.participant.name = "Elena 😀😀".into();
    data.abilities[1].text = "Schreibt 漢字".into();
    let error = STUDIO.render(&data).unwrap_err();
    let missing = |field: &str, character| MissingGlyph { field: field.into(), character };
    assert_eq!(
        error,
        RenderError::MissingGlyphs(vec![
            missing("participant.name", '😀'),
            missing("abilities[1].text", '漢'),
            missing("abilities[1].text", '字'),
        ])
    );
    insta::assert_snapshot!(error, @"`participant.name` has the character U+1F600, which no font can show; `abilities[1].text` has the character U+6F22, which no font can show; `abilities[1].text` has the character U+5B57, which no font can show");
}

#[test]
fn characters_that_make_a_text_read_differently_are_refused() {
    for character in ['\u{202e}', '\u{2066}', '\u{feff}', '\t', '\0', '\u{e000}'] {
        let mut data = fixture("short");
        data.participant.name.push(character);
        let missing = check_glyphs(&data);
        assert_eq!(missing, [MissingGlyph { field: "participant.name".into(), character }]);
    }
}

#[test]
fn all_letters_of_our_scripts_can_be_printed() {
    let mut data = fixture("short");
    for name in [
        "Ștefănița Țurcanu",
        "Şükrü Iğdır",
        "Đặng Thị Hường",
        "Łukasz Żółć",
        "Ольга Ґалаґан",
        "Ιωάννα",
        "محمد عبد‌الله",
        "שרה כהן",
    ] {
        data.participant.name = name.into();
        if let Err(error) = STUDIO.render(&data) {
            panic!("{name}: {error}");
        }
    }
}

#[test]
fn every_field_that_cannot_be_printed_is_reported() {
    let mut data = fixture("standard");
    data.language = "tlh".into();
    data.issued.iso = "2026-02-30".into();
    data.issuer.color = "teal".into();
    data.participant.name = " ".into();
    data.modules[1].competences[2].bar = 0;
    let message = STUDIO.render(&data).unwrap_err().message();
    insta::assert_snapshot!(message.en.replace("; ", "\n"), @r"
    `issued.iso` should be a day such as `2026-11-22`
    `issuer.color` should be a colour such as `#0b5a70`
    `participant.name` should be a text
    `modules[1].competences[2].bar` should be 1 to 4
    `language` should be one of the template's languages (ar, bg, de, en, hr, it, pl, ro, ru, tr, uk)
    ");
    insta::assert_snapshot!(message.de.replace("; ", "\n"), @r"
    in `issued.iso` wird erwartet: ein Tag wie `2026-11-22`
    in `issuer.color` wird erwartet: eine Farbe wie `#0b5a70`
    in `participant.name` wird erwartet: ein Text
    in `modules[1].competences[2].bar` wird erwartet: 1 bis 4
    in `language` wird erwartet: eine der Sprachen der Vorlage (ar, bg, de, en, hr, it, pl, ro, ru, tr, uk)
    ");
}

#[test]
fn a_described_logo_that_is_not_there_is_an_error() {
    let studio = Studio::new(&Template::certificate(), Pictures::default()).unwrap();
    let error = studio.render(&fixture("standard")).unwrap_err();
    insta::assert_snapshot!(error, @"`issuer.logo` should be no description, because no logo was given");
}

#[test]
fn a_template_reaches_nothing_outside_of_it() {
    let message = |body: &str| {
        let studio = Studio::new(&template(body), Pictures::default()).unwrap();
        studio.render(&fixture("short")).unwrap_err().to_string()
    };
    insta::assert_snapshot!(
        message("#import \"@preview/cetz:0.4.0\": canvas\n#let certificate(data, ..rest) = []"),
        @"certificate.typ:1:9: failed to load file (packages are not available: a template is complete in itself)"
    );
    insta::assert_snapshot!(
        message("#let certificate(data, ..rest) = {\n  read(\"/etc/passwd\")\n}"),
        @"certificate.typ:2:8: failed to load file (`/etc/passwd` is not a file of this template)"
    );
}

#[test]
fn a_mistake_in_a_template_is_shown_with_its_place_and_without_the_data() {
    let source = "#let certificate(data, ..rest) = {\n  panic(\"for \" + data.participant.name)\n}";
    let studio = Studio::new(&template(source), Pictures::default()).unwrap();
    let error = studio.render(&fixture("short")).unwrap_err().to_string();
    insta::assert_snapshot!(error, @"certificate.typ:2:3: panicked with: for …");
}

#[test]
fn a_document_that_breaks_a_standard_is_not_handed_out() {
    let source = "#let certificate(data, ..rest) = [== Second first]";
    let studio = Studio::new(&template(source), Pictures::default()).unwrap();
    let error = studio.render(&fixture("short")).unwrap_err();
    assert!(matches!(error, RenderError::Template(_)), "{error}");
}

#[test]
fn a_template_is_complete() {
    let error = |files: &[(&str, &str)]| {
        Studio::new(&Template::from_files("certificate.typ", files.to_vec()), Pictures::default()).err()
    };
    assert_eq!(
        error(&[("labels/de.toml", "")]),
        Some(StudioError::NoEntry { path: "certificate.typ".into() })
    );
    assert_eq!(error(&[("certificate.typ", "")]), Some(StudioError::NoLabels));
    let path = "../outside.typ".to_owned();
    assert_eq!(error(&[("labels/de.toml", ""), (&path, "")]), Some(StudioError::Path { path }));
}

#[test]
fn a_failure_does_not_spoil_the_next_document() {
    let good = fixture("short");
    let mut bad = good.clone();
    bad.participant.name.push('😀');
    let before = STUDIO.render(&good).unwrap();
    STUDIO.render(&bad).unwrap_err();
    assert!(before == STUDIO.render(&good).unwrap());
}
