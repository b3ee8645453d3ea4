//! What a document can be written as: PDF after several standards, and pictures of its pages.

use kompetenz::report::ReportData;
use kompetenz_render::{Format, Pictures, RenderError, Resolution, Standards, Studio};

use crate::support::{STUDIO, attachment, fixture, info, proof_read, template};

fn pdf(standards: &str) -> Vec<u8> {
    let format = Format::Pdf(standards.parse().expect("standards that go together"));
    STUDIO.certificate(&fixture("standard"), &format).expect("a good certificate").concat()
}

#[test]
fn each_standard_is_kept_and_named() {
    for (standards, claims) in [
        ("a-3a+ua-1", &["<pdfaid:part>3", "<pdfaid:conformance>A", "<pdfuaid:part>1"][..]),
        ("a-3b", &["<pdfaid:part>3", "<pdfaid:conformance>B"]),
        ("a-2a+ua-1+1.7", &["<pdfaid:part>2", "<pdfaid:conformance>A", "<pdfuaid:part>1"]),
        ("a-2u", &["<pdfaid:part>2", "<pdfaid:conformance>U"]),
        ("a-4", &["<pdfaid:part>4"]),
        ("a-4f", &["<pdfaid:part>4", "<pdfaid:conformance>F"]),
        ("ua-1", &["<pdfuaid:part>1"]),
    ] {
        let pdf = pdf(standards);
        proof_read(&pdf);
        let metadata = info(&pdf, &["-meta"]);
        let parts = claims.iter().filter(|claim| claim.contains(":part>")).count();
        // Each is opened and closed, and described nowhere else under this name.
        assert_eq!(
            metadata.matches("<pdfaid:part>").count() + metadata.matches("<pdfuaid:part>").count(),
            parts
        );
        for claim in claims {
            assert!(metadata.contains(claim), "{standards}: {claim} is missing from:\n{metadata}");
        }
    }
}

#[test]
fn data_is_attached_wherever_the_standard_allows_it() {
    for (standards, is_attached) in
        [("a-3a+ua-1", true), ("a-3u", true), ("a-2a", false), ("a-4", false), ("a-4f", true), ("1.7", true)]
    {
        let pdf = pdf(standards);
        let has_files = String::from_utf8_lossy(&pdf).contains("/EmbeddedFiles");
        assert_eq!(has_files, is_attached, "{standards}");
        if is_attached {
            assert!(attachment(&pdf, "certificate.json").starts_with(b"{"), "{standards}");
        }
    }
}

#[test]
fn metadata_tells_which_document_it_is() {
    let data = fixture("standard");
    let facts = info(&STUDIO.render(&data).unwrap(), &[]);
    for fact in [
        format!("Keywords:        {}, {} {}\n", data.number, data.assessment.id, data.assessment.version),
        format!("Author:          {}\n", data.issuer.name),
        "Creator:         kompetenz\n".into(),
    ] {
        assert!(facts.contains(&fact), "{fact} is missing from:\n{facts}");
    }
    let report: ReportData = serde_json::from_str(include_str!("../../../fixtures/reports/short.json"))
        .expect("data of our format");
    let facts = info(&STUDIO.report(&report, &Format::default()).unwrap().concat(), &[]);
    assert!(facts.contains(&format!("Keywords:        {}, ", report.number)), "{facts}");
}

#[test]
fn pictures_have_a_file_for_each_page_and_are_the_same_every_time() {
    let data = fixture("long");
    let png = Format::Png(Resolution::new(72).expect("a plain resolution"));
    let pages = STUDIO.certificate(&data, &png).unwrap();
    assert_eq!(pages.len(), 3);
    for page in &pages {
        assert!(page.starts_with(b"\x89PNG"));
        let side = |at: usize| u32::from_be_bytes(page[at..at + 4].try_into().unwrap());
        // A4 has 595.3 by 841.9 points.
        assert_eq!((side(16), side(20)), (595, 842));
    }
    assert!(pages == STUDIO.certificate(&data, &png).unwrap(), "they differ");

    let drawings = STUDIO.certificate(&data, &Format::Svg).unwrap();
    assert_eq!(drawings.len(), 3);
    for drawing in &drawings {
        let text = str::from_utf8(drawing).expect("text");
        assert!(text.starts_with("<svg") && text.trim_end().ends_with("</svg>"), "{}", &text[..200]);
        assert!(!text.contains("<script") && !text.contains("http-equiv"));
    }
    assert!(drawings == STUDIO.certificate(&data, &Format::Svg).unwrap(), "they differ");
}

#[test]
fn resolutions_are_neither_useless_nor_gigantic() {
    assert!([0, 17, 601, u16::MAX].iter().all(|&ppi| Resolution::new(ppi).is_none()));
    assert!([18, 72, 600].iter().all(|&ppi| Resolution::new(ppi).is_some()));
}

#[test]
fn a_page_that_makes_no_picture_is_refused() {
    let source = "#let certificate(data, ..rest) = { set page(width: 40000pt, height: 40000pt); [x] }";
    let studio = Studio::new(&template(source), Pictures::default()).unwrap();
    let png = Format::Png(Resolution::new(300).unwrap());
    assert_eq!(studio.certificate(&fixture("short"), &png), Err(RenderError::PageSize));
}

/// The blank form has no date, and so is no file for an archive.
#[test]
fn the_standards_of_forms_are_those_of_people() {
    assert_eq!(Standards::accessible().to_string(), "ua-1");
    assert_eq!(Standards::default().to_string(), "a-3a+ua-1");
}
