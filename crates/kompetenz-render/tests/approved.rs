//! Every document in every family and language as somebody approved it: the text of each page as it stands there, and
//! below it what a screen reader is told it consists of.
//!
//! `cargo insta review` shows what has changed.

use crate::easy_read;
use crate::reports;
use crate::structure::outline;
use crate::support::{FAMILIES, STUDIO, adorned, shelf, shelf_beside, shelf_easy, text};

fn approve(name: &str, pdf: &[u8]) {
    // Poppler ends a page with a form feed.
    let pages = text(pdf, &["-layout"]).replace('\u{c}', "\n---- page ----\n");
    let lines: Vec<_> = pages.lines().map(str::trim_end).collect();
    insta::assert_snapshot!(name, format!("{}\n{}", lines.join("\n").trim(), outline(pdf)));
}

#[test]
fn certificates_read_as_approved() {
    for (family, studio) in FAMILIES.iter() {
        for language in STUDIO.languages() {
            approve(&format!("{family}-{language}"), &studio.render(&adorned(shelf(language))).unwrap());
        }
        for (first, second) in [("de", "ro"), ("de", "ar"), ("ar", "de")] {
            let pdf = studio.render(&adorned(shelf_beside(first, second))).unwrap();
            approve(&format!("{family}-{first}-beside-{second}"), &pdf);
        }
    }
}

#[test]
fn easy_read_pages_and_reports_read_as_approved() {
    for language in STUDIO.languages() {
        approve(&format!("easy-read-{language}"), &easy_read::paper(&shelf_easy(language)));
    }
    approve("report-en", &reports::paper(&reports::short()));
}
