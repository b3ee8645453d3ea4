//! One file for the print shop.

use kompetenz_render::PrintRun;

use crate::support::{STUDIO, attachments, fixture, fonts, info, pdf, qpdf_json, text};

/// Certificates of two, three, two and three pages.
const CERTIFICATES: [&str; 4] = ["standard", "long", "romanian", "hostile"];

fn print_run(names: &[&str]) -> Vec<u8> {
    let mut run = PrintRun::default();
    for name in names {
        run.push(STUDIO.sheets(&fixture(name)).expect("a certificate"));
    }
    run.finish("Druckauftrag").expect("a print run")
}

#[test]
fn each_certificate_begins_on_a_front_page_and_looks_as_it_does_alone() {
    let run = print_run(&CERTIFICATES);
    let page = |pdf: &[u8], page: usize| {
        let page = page.to_string();
        text(pdf, &["-layout", "-f", &page, "-l", &page])
    };
    let mut next = 1;
    for name in CERTIFICATES {
        assert_eq!(next % 2, 1, "{name} begins on the back of another");
        let alone = pdf(&fixture(name));
        let count = text(&alone, &[]).matches('\u{c}').count();
        for own in 1..=count {
            assert_eq!(page(&run, next), page(&alone, own), "page {own} of {name}");
            next += 1;
        }
        if next % 2 == 0 && name != "hostile" {
            assert_eq!(page(&run, next).trim(), "", "behind {name}");
            next += 1;
        }
    }
    assert_eq!(text(&run, &[]).matches('\u{c}').count(), next - 1, "nothing comes behind the last one");
}

#[test]
fn bookmarks_are_numbers() {
    let json = qpdf_json(&print_run(&CERTIFICATES), "outlines");
    let outlines = json["outlines"].as_array().unwrap();
    let bookmarks: Vec<_> = outlines
        .iter()
        .map(|mark| (mark["title"].as_str().unwrap().to_owned(), mark["destpageposfrom1"].as_u64().unwrap()))
        .collect();
    let numbers = CERTIFICATES.map(|name| fixture(name).number);
    assert_eq!(bookmarks, numbers.into_iter().zip([1, 3, 7, 9]).collect::<Vec<_>>());
}

#[test]
fn fonts_are_shared_and_nothing_is_attached() {
    let names = ["standard", "romanian", "short"];
    let run = print_run(&[names, names, names, names].concat());
    let sum: usize = [names, names, names, names].concat().iter().map(|name| pdf(&fixture(name)).len()).sum();
    assert!(run.len() * 4 < sum, "{} of {sum} bytes", run.len());
    let listed = fonts(&run);
    let fonts: Vec<_> = listed.lines().skip(2).collect();
    assert_eq!(fonts.len(), 2, "{listed}");
    assert!(fonts.iter().all(|row| row.contains(" yes yes yes ")), "{listed}");
    assert_eq!(attachments(&run), "");
}

#[test]
fn it_is_an_archived_file_of_its_own_title() {
    let run = print_run(&CERTIFICATES);
    assert!(run == print_run(&CERTIFICATES), "the same certificates give other bytes");
    let metadata = info(&run, &["-meta"]);
    for claim in ["<pdfaid:part>2", "<pdfaid:conformance>B"] {
        assert!(metadata.contains(claim), "{claim} is missing from:\n{metadata}");
    }
    let facts = info(&run, &[]);
    assert!(facts.contains("Title:           Druckauftrag\n"), "{facts}");
}

#[test]
fn a_run_without_certificates_is_no_file() {
    assert!(PrintRun::default().finish("Druckauftrag").is_err());
}
