//! The blank form, looked at as the people who print it out and fill it in.

use std::path::Path;
use std::sync::LazyLock;

use kompetenz::form::EntryForm;
use kompetenz::{Assessment, Sources, Ui, check, raw};
use kompetenz_render::{Format, MissingGlyph, RenderError, Standards};

use crate::support::{STUDIO, fonts, info, proof_read, squeezed, text};

/// The largest form there is, on paper.
pub(crate) static NORDSTADT: LazyLock<(EntryForm, Vec<u8>)> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assessments/nordstadt");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).expect("a readable file");
    let main = read("assessment.toml");
    let mut sources = Sources::new("assessment.toml", main.as_str());
    for name in raw::files_of(&main) {
        let text = read(&name);
        sources.add(name, text);
    }
    let form = form_of(&build(&sources));
    let pdf = paper(&form);
    (form, pdf)
});

const SMALL: &str = r#"
id = "small"
version = "1.0.0"
language = "de"
title = "Werkprobe Holz"
summary = "Eine Leiste auf Länge sägen."
fact = [{ id = "job-start", kind = "flag", title = "Arbeitsbeginn ist geplant" }]

[[scale]]
id = "rating"
values = [{ value = 0, title = "mit Hilfe" }, { value = 1, title = "mit Hinweis" }, { value = 2, title = "allein" }]
not-observed = "n"

[[scale]]
id = "length"
range = { from = 0, to = 12.5, step = 0.5 }
unit = "mm"

[[item]]
id = "plan"
scale = "rating"
title = "Sägen: Planung"
text = "misst, reißt an und sägt in dieser Reihenfolge"

[[item]]
id = "safety"
scale = "rating"
title = "Sägen: Sicherheit"

[[item]]
id = "off"
scale = "length"
title = "Abweichung"

[[measure]]
id = "saw"
title = "Sägen"
rule = "mean"
of = ["plan", "safety"]

[[measure]]
id = "error"
title = "Abweichung"
rule = "sum"
of = ["off"]

[[finding]]
id = "ready"
kind = "ability"
when = { fact = { of = "job-start", is = true } }
text = "Bereit."
"#;

#[test]
fn a_small_form_reads_well() {
    let mut form = small();
    form.assessment.digest = "3f2a91c0".into();
    insta::assert_snapshot!(text(&paper(&form), &["-layout"]), @"
    Werkprobe Holz



    Werkprobe Holz
    Eine Leiste auf Länge sägen.



    Kennung                         Name



    Beobachtende Person             Datum                Situation                                        Durchgang


    Arbeitsbeginn ist geplant                                                                                    ja     nein



     0 mit Hilfe                         1 mit Hinweis      2 allein                           n nicht beobachtet


    Sägen
    Beobachtung




                                                                                                                    Bewertung
    Planung
                                                                                                      0   1     2         n
    misst, reißt an und sägt in dieser Reihenfolge

    Sicherheit                                                                                        0   1     2         n


    Beobachtung




                                                                                                                    Bewertung

    Abweichung                                                       0 – 12,5, in Schritten von 0,5                      mm


    Notizen




    Datum, Unterschrift der beobachtenden Person

    Formular zu small 1.0.0 · 3f2a91c0                                                         Werkprobe Holz · Seite 1 von 1
    ");
}

#[test]
fn every_station_gets_its_sheets_and_every_sheet_says_what_it_belongs_to() {
    let (form, pdf) = &*NORDSTADT;
    let source = &form.assessment;
    let all = text(pdf, &["-layout"]);
    let mut pages = all.split_terminator('\u{c}');
    for module in &form.modules {
        // Only facts: what is asked about the person.
        let title = if module.groups.is_empty() { "Angaben zur Person" } else { &module.title };
        let first = pages.next().unwrap_or_else(|| panic!("no page for {}", module.id));
        assert!(first.contains(title), "{first}");
        let count: usize = first.trim_end().rsplit(' ').next().unwrap().parse().expect("a number of pages");
        let mut sheets = vec![first];
        sheets.extend(pages.by_ref().take(count - 1));
        for (page, sheet) in sheets.iter().enumerate() {
            let footer = format!("{title} · Seite {} von {count}", page + 1);
            assert!(sheet.contains(&footer), "{footer}\n{sheet}");
            let origin = format!("Formular zu nordstadt {} · {}", source.version, source.digest);
            assert!(sheet.contains(&origin), "{origin}\n{sheet}");
            assert!(sheet.contains("Kennung"), "{sheet}");
        }
        // A work sample is one sheet of paper, printed on both sides.
        let tasks = module.groups.iter().filter(|group| group.title.is_some()).count();
        assert!(tasks < 3 || count == 2, "{title}: {count}");
        assert!(sheets[count - 1].contains("Unterschrift"), "{title}");
    }
    assert_eq!(pages.next(), None);
}

#[test]
fn every_question_and_every_box_is_on_paper() {
    let (form, pdf) = &*NORDSTADT;
    let paper = squeezed(&text(pdf, &["-raw"]));
    for group in form.modules.iter().flat_map(|module| &module.groups) {
        for item in &group.items {
            assert!(paper.contains(&squeezed(&item.title)), "{}", item.id);
            assert!(paper.contains(&squeezed(item.text.as_deref().unwrap_or_default())), "{}", item.id);
        }
    }
    assert!(paper.contains("L1L2L3L4A1A2B1B2n"), "the boxes of one row");
}

#[test]
fn forms_are_accessible_sound_and_the_same_every_time() {
    let (form, pdf) = &*NORDSTADT;
    let small_pdf = paper(&small());
    assert!(*pdf == paper(form), "the large form differs");
    assert!(small_pdf == paper(&small()), "the small form differs");
    for pdf in [pdf, &small_pdf] {
        proof_read(pdf);
        assert!(info(pdf, &["-meta"]).contains("<pdfuaid:part>1"));
        let facts = info(pdf, &[]);
        assert!(facts.contains("Tagged:          yes") && facts.contains("A4"), "{facts}");
        let fonts = fonts(pdf);
        assert!(fonts.lines().skip(2).all(|row| row.contains(" yes yes yes ")), "{fonts}");
    }
    let structure = info(&small_pdf, &["-struct-text"]);
    for heard in ["H1 ", "\"Werkprobe Holz\"", "H2 ", "\"Sägen\"", "\"Notizen\""] {
        assert!(structure.contains(heard), "{heard} is missing from:\n{structure}");
    }
    // What stands at the foot of every page is not read out on every page.
    assert!(!structure.contains("Seite 1"), "{structure}");
}

#[test]
fn every_language_has_all_labels_of_the_form() {
    for language in STUDIO.languages() {
        let form = EntryForm { language: language.clone(), ..small() };
        assert!(text(&paper(&form), &[]).contains("Planung"), "{language}");
    }
    let form = EntryForm { language: "tlh".into(), ..small() };
    let error = entry_form(&form).unwrap_err();
    insta::assert_snapshot!(error, @"`language` should be one of the template's languages (ar, bg, de, en, hr, it, pl, ro, ru, tr, uk)");
}

#[test]
fn markup_in_a_title_is_harmless_text() {
    let hostile = "#panic() *x* _y_ $z$ <a> @b \\ // `c` [d] == e";
    let mut form = small();
    form.modules[0].title = hostile.into();
    form.modules[0].groups[0].title = Some(hostile.into());
    form.modules[0].groups[0].items[0].text = Some(hostile.into());
    let text = squeezed(&text(&paper(&form), &["-raw"]));
    // The footer names the module too.
    assert_eq!(text.matches(&squeezed(hostile)).count(), 4, "{text}");
}

#[test]
fn characters_that_deceive_or_have_no_glyph_are_refused_with_their_place() {
    for character in ['\u{202e}', '\u{2066}', '\0', '😀'] {
        let mut form = small();
        form.modules[0].groups[0].items[1].title.push(character);
        let field = "modules[0].groups[0].items[1].title".to_owned();
        let missing = vec![MissingGlyph { field, character }];
        assert_eq!(entry_form(&form), Err(RenderError::MissingGlyphs(missing)));
    }
}

#[test]
fn a_text_without_end_runs_over_pages_and_none_of_it_is_lost() {
    let mut form = small();
    let words = "Wort ".repeat(2_000);
    form.modules[0].groups[0].items[0].title = words.trim_end().into();
    form.modules[0].groups[1].items[0].title = "x".repeat(10_000);
    let text = squeezed(&text(&paper(&form), &["-raw"]));
    assert_eq!(text.matches("Wort").count(), 2_000);
    assert!(text.matches('x').count() >= 10_000);
}

pub(crate) fn small() -> EntryForm {
    form_of(&build(&Sources::new("assessment.toml", SMALL)))
}

fn build(sources: &Sources) -> Assessment {
    let checked = check(sources);
    let shown: Vec<_> = checked.diagnostics.iter().map(|d| d.render(sources, Ui::En, false)).collect();
    checked.assessment.unwrap_or_else(|| panic!("{}", shown.join("\n")))
}

fn form_of(assessment: &Assessment) -> EntryForm {
    EntryForm::new(assessment, assessment.main_language(), None).expect("something to fill in")
}

pub(crate) fn paper(form: &EntryForm) -> Vec<u8> {
    entry_form(form).unwrap_or_else(|error| panic!("{error}"))
}

fn entry_form(form: &EntryForm) -> Result<Vec<u8>, RenderError> {
    STUDIO.entry_form(form, &Format::Pdf(Standards::accessible())).map(|files| files.concat())
}
