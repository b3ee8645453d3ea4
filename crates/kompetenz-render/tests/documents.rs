//! Good data: what is in the document, for people, screen readers and programs.

use kompetenz::certificate::CertificateData;
use kompetenz_render::{Studio, Template};

use crate::support::{
    FIXTURES, attachment, fixture, fonts, info, logo, operators, pdf, printed_texts, squeezed, text,
};

#[test]
fn the_standard_certificate_reads_well() {
    insta::assert_snapshot!(text(&pdf(&fixture("standard")), &["-layout"]));
}

#[test]
fn every_text_of_the_data_is_on_paper() {
    for name in FIXTURES {
        let data = fixture(name);
        let paper = squeezed(&text(&pdf(&data), &["-raw"]));
        for (field, text) in printed_texts(&data) {
            assert!(paper.contains(&squeezed(&text)), "{name}: `{field}` is missing from:\n{paper}");
        }
    }
}

#[test]
fn the_attached_data_is_the_data() {
    for name in FIXTURES {
        let data = fixture(name);
        let attached: CertificateData =
            serde_json::from_slice(&attachment(&pdf(&data), "certificate.json")).expect("JSON of our format");
        assert_eq!(attached, data, "{name}");
    }
}

#[test]
fn rendering_twice_gives_the_same_bytes() {
    for name in FIXTURES {
        let data = fixture(name);
        let other = Studio::new(&Template::certificate(), logo()).unwrap();
        assert!(pdf(&data) == other.render(&data).unwrap(), "{name} differs");
    }
}

#[test]
fn one_sheet_is_enough_for_everybody_ordinary() {
    for (name, pages) in [("standard", 2), ("romanian", 2), ("short", 2), ("hostile", 3), ("long", 3)] {
        let info = info(&pdf(&fixture(name)), &[]);
        assert!(info.contains(&format!("Pages:           {pages}\n")), "{name}:\n{info}");
    }
}

#[test]
fn each_page_says_which_of_how_many_it_is() {
    for (name, last) in
        [("standard", "Seite 2 von 2"), ("romanian", "Pagina 2 din 2"), ("long", "Seite 3 von 3")]
    {
        let text = text(&pdf(&fixture(name)), &["-raw"]);
        assert!(text.contains(last), "{name}:\n{text}");
        assert!(text.contains(&last.replacen(['2', '3'], "1", 1)), "{name}:\n{text}");
    }
}

#[test]
fn the_standards_are_kept_and_named() {
    let pdf = pdf(&fixture("standard"));
    let metadata = info(&pdf, &["-meta"]);
    for claim in ["<pdfaid:part>3", "<pdfaid:conformance>A", "<pdfuaid:part>1"] {
        assert!(metadata.contains(claim), "{claim} is missing from:\n{metadata}");
    }
    let facts = info(&pdf, &[]);
    assert!(facts.contains("Tagged:          yes"), "{facts}");
    assert!(facts.contains("Title:           Zertifikat über die Kompetenzfeststellung – Elena"), "{facts}");
    assert!(String::from_utf8_lossy(&pdf).contains("/Lang"), "no language");

    let fonts = fonts(&pdf);
    let rows: Vec<_> = fonts.lines().skip(2).collect();
    assert!(rows.len() >= 2 && rows.iter().all(|row| row.contains(" yes yes yes ")), "{fonts}");
}

#[test]
fn fonts_have_outlines_and_no_programs_for_screens() {
    let streams = operators(&pdf(&fixture("standard")));
    assert!(streams.contains("glyf"), "no outlines");
    assert!(!streams.contains("fpgm") && !streams.contains("cvt "), "programs");
}

#[test]
fn a_screen_reader_hears_headings_lists_and_levels() {
    let structure = info(&pdf(&fixture("standard")), &["-struct-text"]);
    for heard in ["H1 ", "H2 ", "H3 ", "\"Zertifikat\"", "LBody", "Figure", "\"überwiegend selbständig\""] {
        assert!(structure.contains(heard), "{heard} is missing from:\n{structure}");
    }
    // What stands at the foot of every page is not read out on every page.
    assert!(!structure.contains("Seite 1 von 2"), "{structure}");
}
