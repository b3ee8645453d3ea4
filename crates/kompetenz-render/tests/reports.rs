//! The report for advisers on paper: whole, for whom it is on every page, and sound whatever was noted.

use kompetenz::report::{Note, ReportData};
use kompetenz_render::{Format, MissingGlyph, RenderError};

use crate::support::{STUDIO, attachment, fonts, info, proof_read, squeezed, text};

pub(crate) fn short() -> ReportData {
    serde_json::from_str(include_str!("../../../fixtures/reports/short.json")).expect("data of our format")
}

pub(crate) fn paper(data: &ReportData) -> Vec<u8> {
    report(data).unwrap_or_else(|error| panic!("{error}"))
}

fn report(data: &ReportData) -> Result<Vec<u8>, RenderError> {
    STUDIO.report(data, &Format::default()).map(|files| files.concat())
}

#[test]
fn a_small_report_reads_well() {
    insta::assert_snapshot!(text(&paper(&short()), &["-layout"]));
}

#[test]
fn reports_are_archivable_accessible_and_the_same_every_time() {
    let data = short();
    let pdf = paper(&data);
    assert!(pdf == paper(&data), "it differs");
    proof_read(&pdf);
    let meta = info(&pdf, &["-meta"]);
    assert!(meta.contains("<pdfuaid:part>1") && meta.contains("<pdfaid:part>3"), "{meta}");
    let facts = info(&pdf, &[]);
    assert!(facts.contains("Tagged:          yes") && facts.contains("A4"), "{facts}");
    assert!(fonts(&pdf).lines().skip(2).all(|row| row.contains(" yes yes yes ")));
    let attached: ReportData = serde_json::from_slice(&attachment(&pdf, "report.json")).expect("our format");
    assert_eq!(attached, data);
    let structure = info(&pdf, &["-struct-text"]);
    for heard in ["H1 ", "H2 ", "\"Recommended next steps\"", "H3 ", "\"Wood work sample\""] {
        assert!(structure.contains(heard), "{heard} is missing from:\n{structure}");
    }
}

#[test]
fn every_page_says_that_it_is_internal_and_which_it_is() {
    let mut data = short();
    let module = data.modules[0].clone();
    data.modules.extend(std::iter::repeat_n(module, 20));
    let all = text(&paper(&data), &["-layout"]);
    let pages: Vec<&str> = all.split_terminator('\u{c}').collect();
    assert!(pages.len() > 2, "{}", pages.len());
    assert!(pages[0].trim_start().starts_with("Internal report for advisers – do not hand out"));
    for (ix, page) in pages.iter().enumerate() {
        let last = page.trim_end().lines().last().unwrap_or_default();
        assert!(last.contains("internal – do not hand out"), "{last}");
        assert!(
            last.contains(&format!("No. {} · Page {} of {}", data.number, ix + 1, pages.len())),
            "{last}"
        );
    }
}

/// What people write into notes is placed, never evaluated, however long it is.
#[test]
fn notes_are_harmless_and_whole() {
    let mut data = short();
    let hostile = "#panic() *x* _y_ $z$ <a> @b \\ // `c` [d] == e";
    let endless = format!("{}{}", "Wort ".repeat(2_000), "x".repeat(5_000));
    for text in [hostile, &endless] {
        data.notes.push(Note { by: "anna".into(), text: text.into() });
        data.modules[0].items[0].notes.push(Note { by: "ben".into(), text: text.into() });
        data.modules[0].measures[0].resolutions.push(text.into());
    }
    data.modules[0].items[1].title = "y".repeat(300);
    let paper = squeezed(&text(&paper(&data), &["-raw"]));
    assert_eq!(paper.matches(&squeezed(hostile)).count(), 3);
    assert_eq!(paper.matches("Wort").count(), 6_000);
    assert!(paper.matches('x').count() >= 15_000);
}

/// However many observed, and however long their names are, every rating is on paper.
#[test]
fn many_observers_have_room() {
    for count in [1, 4, 9, 40] {
        let mut data = short();
        let module = &mut data.modules[0];
        let column = module.columns[0].clone();
        module.columns = vec![column; count];
        module.columns[0].title = "Somebody with a very long name, kitchen".into();
        for item in &mut module.items {
            item.ratings = (0..count).map(|rating| format!("A{rating}")).collect();
        }
        let paper = squeezed(&text(&paper(&data), &["-raw"]));
        assert!(paper.contains(&format!("A{}", count - 1)), "{count}");
    }
}

#[test]
fn what_cannot_be_printed_is_refused_with_its_place() {
    for character in ['\u{202e}', '\0', '\n', '😀'] {
        let mut data = short();
        data.modules[0].items[1].notes[0].text.push(character);
        let field = "modules[0].items[1].notes[0].text".to_owned();
        assert_eq!(report(&data), Err(RenderError::MissingGlyphs(vec![MissingGlyph { field, character }])));
    }
    let mut data = short();
    data.language = "ro".into();
    data.issued.iso = "2026-02-30".into();
    data.issuer.color = "red".into();
    data.modules[0].measures[0].level.as_mut().expect("a level").bar = 5;
    data.modules[0].items[0].ratings.pop();
    insta::assert_snapshot!(report(&data).unwrap_err().to_string().replace("; ", "\n"), @"
    `language` should be one of the languages of reports (de, en)
    `issued.iso` should be a day such as `2026-11-22`
    `issuer.color` should be a colour such as `#0b5a70`
    `modules[0].measures[0].level.bar` should be 1 to 4
    `modules[0].items[0].ratings` should be one for each of the 3 column(s)
    ");
}

/// Nothing personal is in a message, also where the engine quotes what it stumbled over.
#[test]
fn messages_name_fields_and_no_values() {
    let mut data = short();
    data.participant.name = "Secret Name\u{202e}".into();
    data.key = "P-SECRET\u{202e}".into();
    let message = report(&data).unwrap_err().to_string();
    assert!(message.contains("participant.name") && message.contains("key"), "{message}");
    assert!(!message.contains("Secret") && !message.contains("SECRET"), "{message}");
}
