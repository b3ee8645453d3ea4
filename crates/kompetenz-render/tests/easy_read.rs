//! The easy-read page on paper: every text in every language, large letters, pictures that are told, nothing alone.

use kompetenz::easy_read::{EasyReadData, Picture};
use kompetenz_render::{Format, MissingGlyph, RenderError};

use crate::languages::{Paper, labels, sides};
use crate::support::{STUDIO, attachment, fonts, info, proof_read, shelf_easy, squeezed, text, texts_of};

fn short() -> EasyReadData {
    serde_json::from_str(include_str!("../../../fixtures/easy-read/short.json")).expect("data of our format")
}

fn easy_read(data: &EasyReadData) -> Result<Vec<u8>, RenderError> {
    STUDIO.easy_read(data, &Format::default()).map(|files| files.concat())
}

pub(crate) fn paper(data: &EasyReadData) -> Vec<u8> {
    easy_read(data).unwrap_or_else(|error| panic!("{error}"))
}

/// A page with so many bars, sentences and next steps; every second next step has a day.
pub(crate) fn page(strengths: usize, sentences: usize, next: usize) -> EasyReadData {
    let mut data = short();
    data.strengths = data.strengths.into_iter().cycle().take(strengths).collect();
    data.sentences = data.sentences.into_iter().cycle().take(sentences).collect();
    data.next = data.next.into_iter().cycle().take(next).collect();
    data
}

fn pages(pdf: &[u8]) -> Vec<String> {
    text(pdf, &["-layout"]).split_terminator('\u{c}').map(str::to_owned).collect()
}

#[test]
fn a_small_page_reads_well() {
    insta::assert_snapshot!(text(&paper(&short()), &["-layout"]), @"
    Example                                                               November 22, 2026


    What you can do
    in simple words

    Elena Țurcanu
    You have worked with wood.
    Here is what you can do.

    What you showed
              Wood
              You work without help.

              Speaking German
              This works in daily life.

    Your strengths

              You ask when something is not clear.


    What comes next
              You work in a company for 2 weeks.
              Who helps? Team Work
              By when? January 17, 2027 (17.01.2027)

              You talk about your work.
              Who helps? Advice office



      Do you have questions?
      Come to us.
      Example
      Musterstraße 5, 44145 Dortmund
      This page explains the certificate. It is not a certificate.




    Example                                                 No. MN9V-BVHC-ZW3W · Page 1 of 1
    ");
}

#[test]
fn pages_are_archivable_accessible_and_the_same_every_time() {
    let data = short();
    let pdf = paper(&data);
    assert!(pdf == paper(&data), "it differs");
    proof_read(&pdf);
    let meta = info(&pdf, &["-meta"]);
    for claim in ["<pdfaid:part>3", "<pdfaid:conformance>A", "<pdfuaid:part>1"] {
        assert!(meta.contains(claim), "{claim} is missing from:\n{meta}");
    }
    let facts = info(&pdf, &[]);
    assert!(facts.contains("Tagged:          yes") && facts.contains("A4"), "{facts}");
    assert!(facts.contains("Title:           What you can do – Elena"), "{facts}");
    let fonts = fonts(&pdf);
    let rows: Vec<_> = fonts.lines().skip(2).collect();
    assert!(rows.len() >= 2 && rows.iter().all(|row| row.contains(" yes yes yes ")), "{fonts}");
    let attached: EasyReadData =
        serde_json::from_slice(&attachment(&pdf, "easy-read.json")).expect("our format");
    assert_eq!(attached, data);
}

#[test]
fn a_screen_reader_hears_headings_pictures_and_bars() {
    let pdf = paper(&short());
    let structure = info(&pdf, &["-struct-text"]);
    for heard in ["H1 ", "H2 ", "\"What you showed\"", "\"What comes next\"", "Figure"] {
        assert!(structure.contains(heard), "{heard} is missing from:\n{structure}");
    }
    // Nothing is told twice: what is at the foot of each page is for the eye.
    assert!(!structure.contains("Page 1 of 1"), "{structure}");
    let told = crate::support::operators(&pdf);
    for alt in ["saw", "speech bubble", "two people talking", "4 of 4 steps", "2 of 4 steps"] {
        assert!(told.contains(&format!("/Alt ({alt})")), "{alt} is not told");
    }
}

#[test]
fn every_text_is_on_the_page_in_every_language() {
    assert_eq!(STUDIO.languages().len(), 11);
    for language in STUDIO.languages() {
        let data = shelf_easy(language);
        let pdf = paper(&data);
        assert!(info(&pdf, &[]).contains("Pages:           1\n"), "{language}");
        let page = Paper::new(&pdf, 1);
        let labels = labels(language);
        for key in ["easy", "shown", "strengths", "next", "help", "until"] {
            page.has(&labels[&format!("easy-read.{key}")], &format!("{language}: `{key}`"));
        }
        assert!(data.strengths.len() == 2 && data.sentences.len() == 2 && data.next.len() == 1);
        for (field, text) in texts_of(&serde_json::to_value(&data).unwrap()) {
            // Who signs the certificate does not sign here.
            if !field.contains(".place") && !field.contains(".signatories") {
                page.has(&text, &format!("{language}: `{field}`"));
            }
        }
    }
}

/// A picture without a shape would be a mistake of the template, and one without a description unheard.
#[test]
fn every_picture_is_drawn_and_described_in_every_language() {
    for language in STUDIO.languages() {
        let labels = labels(language);
        let described = labels.keys().filter(|key| key.starts_with("easy-read.pictures."));
        assert_eq!(described.count(), Picture::ALL.len(), "{language}");
        let mut data = page(0, Picture::ALL.len(), 0);
        data.language.clone_from(language);
        for (sentence, picture) in data.sentences.iter_mut().zip(Picture::ALL) {
            sentence.picture = *picture;
        }
        proof_read(&paper(&data));
    }
}

#[test]
fn arabic_mirrors_the_page() {
    let at = |language: &str, word: &str| {
        let data = EasyReadData { language: language.into(), ..short() };
        sides(&text(&paper(&data), &["-bbox"]), word)
    };
    for word in ["Example", "What", "Elena", "Speaking"] {
        let ((left, _), (_, right)) = (at("en", word), at("ar", word));
        assert!(left < 297.0 && right > 297.0, "{word}: {left}, {right}");
    }
    // The day of issue stands across from the issuer.
    let ((left, _), (_, right)) = (at("en", "November"), at("ar", "November"));
    assert!(left > 297.0 && right < 297.0, "{left}, {right}");
    // What begins at the left margin of one ends at the right margin of the other.
    let ((left, _), (_, right)) = (at("en", "Elena"), at("ar", "Țurcanu"));
    let (_, elena) = at("ar", "Elena");
    assert!((left - (595.28 - right.max(elena))).abs() < 3.0, "{left}, {right}, {elena}");
}

/// From one bar and nothing else to more than anybody has: each page has something to read above its foot, and the
/// ending stands with what it ends.
#[test]
fn nothing_is_alone_on_a_page() {
    for strengths in [0, 1, 2, 5, 12] {
        for (sentences, next) in [(0, 0), (1, 1), (0, 5), (6, 8), (12, 3)] {
            let data = page(strengths, sentences, next);
            let all = pages(&paper(&data));
            let whole = squeezed(&all.concat());
            assert_eq!(whole.matches("SpeakingGerman").count(), strengths / 2);
            assert_eq!(whole.matches("Whohelps?").count(), next);
            let last = all.last().expect("a page");
            assert!(last.contains(&data.closing[1]) && last.contains(&data.number), "{last}");
            for page in &all {
                let lines: Vec<_> = page.lines().filter(|line| !line.trim().is_empty()).collect();
                // The foot, the five lines of the ending, and what it ends.
                assert!(lines.len() > 6, "{strengths}, {sentences}, {next}:\n{page}");
                // A heading has something below it on its page.
                let before_foot = lines[lines.len() - 2].trim();
                for heading in ["What you showed", "Your strengths", "What comes next"] {
                    assert_ne!(before_foot, heading, "{page}");
                }
            }
        }
    }
}

#[test]
fn whatever_is_printed_is_placed_and_never_evaluated() {
    let hostile = "#panic() *x* _y_ $z$ <a> @b \\ // `c` [d] == e";
    let endless = "x".repeat(300);
    for name in [hostile, "Wolfeschlegelsteinhausenbergerdorff-Adelina-Ștefania Țurcanu-Öz", "Bo", &endless]
    {
        let mut data = short();
        data.name = name.into();
        data.strengths[0].title = name.into();
        data.strengths[1].text = name.into();
        data.sentences[0].text = name.into();
        data.next[0].text = name.into();
        data.next[1].body = name.into();
        data.closing.push(name.into());
        let paper = squeezed(&text(&paper(&data), &["-raw"]));
        assert_eq!(paper.matches(&squeezed(name)).count(), 7, "{paper}");
    }
}

/// An assessor's own words have no limit that a page would have.
#[test]
fn the_longest_words_are_whole() {
    let mut data = short();
    data.next[1].text = "Wort ".repeat(2_000);
    let paper = squeezed(&text(&paper(&data), &["-raw"]));
    assert_eq!(paper.matches("Wort").count(), 2_000);
}

#[test]
fn what_cannot_be_printed_is_refused_with_its_place() {
    for character in ['\u{202e}', '\0', '\n', '😀'] {
        let mut data = short();
        data.next[1].body.push(character);
        let field = "next[1].body".to_owned();
        assert_eq!(
            easy_read(&data),
            Err(RenderError::MissingGlyphs(vec![MissingGlyph { field, character }]))
        );
    }
    let mut data = short();
    data.format = "kompetenz-easy-read/9".into();
    data.language = "xx".into();
    data.issued.iso = "2026-02-30".into();
    data.issuer.color = "red".into();
    data.name = " ".into();
    data.strengths[1].bar = 5;
    insta::assert_snapshot!(easy_read(&data).unwrap_err().to_string().replace("; ", "\n"), @"
    `format` should be kompetenz-easy-read/1
    `issued.iso` should be a day such as `2026-11-22`
    `issuer.color` should be a colour such as `#0b5a70`
    `name` should be a text
    `strengths[1].bar` should be 1 to 4
    `language` should be one of the template's languages (ar, bg, de, en, hr, it, pl, ro, ru, tr, uk)
    ");
}

/// Nothing personal is in a message.
#[test]
fn messages_name_fields_and_no_values() {
    let mut data = short();
    data.name = "Secret Name\u{202e}".into();
    let message = easy_read(&data).unwrap_err().to_string();
    assert!(message.contains("`name`") && !message.contains("Secret"), "{message}");
}
