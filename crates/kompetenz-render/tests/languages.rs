//! The certificate in every language of its labels: fixed words, letter forms, direction.

use std::collections::BTreeMap;

use kompetenz::certificate::CertificateData;
use toml::de::{DeTable, DeValue};

use crate::support::{STUDIO, info, pdf, picture, printed_texts, shelf, squeezed, text};

#[test]
fn every_language_has_the_same_labels() {
    let german = labels("de");
    assert!(german.contains_key("form.signature") && german.len() > 35, "{german:?}");
    for language in STUDIO.languages() {
        let labels = labels(language);
        // The report is for advisers and exists in some languages only, but whole in each of them.
        let has_report = labels.keys().any(|key| key.starts_with("report."));
        let expected: Vec<_> =
            german.keys().filter(|key| has_report || !key.starts_with("report.")).collect();
        assert_eq!(labels.keys().collect::<Vec<_>>(), expected, "{language}");
        for (key, label) in labels {
            assert!(!label.trim().is_empty(), "{language}: `{key}` is empty");
            let places = |label: &str| label.matches("{}").count();
            assert_eq!(places(&label), places(&german[&key]), "{language}: `{key}`");
        }
    }
}

#[test]
fn every_text_is_on_its_page_in_every_language() {
    assert_eq!(STUDIO.languages().len(), 11);
    for language in STUDIO.languages() {
        let data = shelf(language);
        let pdf = pdf(&data);
        assert!(info(&pdf, &[]).contains("Pages:           2\n"), "{language}");
        // The first page is for the person, the second one documents.
        let pages = [1, 2].map(|page| Paper::new(&pdf, page));
        let labels = labels(language);
        for (page, keys) in [
            (
                1,
                ["issued", "born", "period", "hours", "hours-unit", "profile", "abilities", "steps", "due"]
                    .as_slice(),
            ),
            (2, &["documentation", "legend", "procedure", "is", "is-not", "number"]),
        ] {
            for key in keys {
                pages[page - 1].has(&labels[*key], &format!("{language}: `{key}`"));
            }
        }
        for (field, text) in printed_texts(&data) {
            pages[usize::from(documents(&field))].has(&text, &format!("{language}: `{field}`"));
        }
    }
}

#[test]
fn letters_have_the_forms_of_their_language() {
    // The name stands at the same place in every language, and nothing else does.
    let name = |language: &str| {
        let mut data = CertificateData { language: language.into(), ..shelf("de") };
        data.participant.name = "Здравка Людмилова".into();
        picture(&pdf(&data), (60, 145), (300, 23))
    };
    let (bulgarian, russian, ukrainian) = (name("bg"), name("ru"), name("uk"));
    assert!(bulgarian != russian, "Bulgarian has letters of its own");
    assert!(russian == ukrainian);
}

#[test]
fn arabic_mirrors_the_whole_page() {
    // The same texts, so that only the direction of the page is another.
    let boxes = |language: &str, page: usize| {
        let data = CertificateData { language: language.into(), ..shelf("en") };
        boxes(&pdf(&data), page)
    };
    for (page, word) in [
        (1, "Anlaufstelle"),
        (1, "Certificate"),
        (1, "Amal"),
        (1, "Working"),
        (1, "Puts"),
        (2, "Participation"),
        (2, "Maria"),
    ] {
        let [english, arabic] = ["en", "ar"].map(|language| sides(&boxes(language, page), word));
        let width = |(left, right): (f64, f64)| right - left;
        assert!((width(english) - width(arabic)).abs() < 0.1, "{word}");
        assert!(english.0 < PAGE / 2.0 && arabic.1 > PAGE / 2.0, "{word}: {english:?}, {arabic:?}");
    }
    // To the point: what begins at the left margin of one ends at the right margin of the other.
    let [english, arabic] = ["en", "ar"].map(|language| boxes(language, 1));
    let ((left, _), (_, right)) = (sides(&english, "Certificate"), sides(&arabic, "Certificate"));
    assert!((left - (PAGE - right)).abs() < 2.0, "{left}, {right}");
}

#[test]
fn arabic_words_follow_each_other_from_right_to_left() {
    let pdf = pdf(&shelf("ar"));
    let boxes = boxes(&pdf, 2);
    // "Participation was voluntary …", and what the documentation belongs to.
    for line in [["كانت", "المشاركة", "طوعية", "لاحظ"], ["ملحق", "بالشهادة", "رقم", "الصادرة"]]
    {
        let places = line.map(|word| sides(&boxes, word).0);
        assert!(places.is_sorted_by(|one, next| one > next), "{line:?}: {places:?}");
    }
}

#[test]
fn numbers_and_ids_stay_in_order_among_arabic_words() {
    let mut data = shelf("ar");
    // Digits first: between Arabic words the hyphen behind them would change sides.
    data.number = "7342-QXD-2MH4".into();
    let pdf = pdf(&data);
    let boxes = boxes(&pdf, 2);
    for whole in ["7342-QXD-2MH4", "1.0.0"] {
        assert!(boxes.contains(&format!(">{whole}</word>")), "{boxes}");
    }
    // The day is read before the month, the name of the place before both.
    let [place, day, year] = ["Dortmund", "22", "2026"].map(|word| sides(&boxes, word).0);
    assert!(place > day && day > year, "{place}, {day}, {year}");
}

/// The width of a page, in points.
const PAGE: f64 = 595.28;

/// What can be read on a page.
pub(crate) struct Paper {
    whole: String,
    /// The letters of each word. Some readers turn Arabic ligatures around, so their order says nothing.
    words: Vec<Vec<char>>,
}

impl Paper {
    pub(crate) fn new(pdf: &[u8], page: usize) -> Paper {
        let page = page.to_string();
        let read = |how: &[&str]| text(pdf, &[how, &["-f", &page, "-l", &page]].concat());
        Paper {
            whole: squeezed(&read(&["-raw"])),
            words: boxed(&read(&["-bbox"])).map(|(word, ..)| letters(word)).collect(),
        }
    }

    /// What is read out, in its order.
    pub(crate) fn heard(pdf: &[u8]) -> Paper {
        let structure = info(pdf, &["-struct-text"]);
        let said = |line: &'_ str| line.trim().strip_prefix('"')?.strip_suffix('"').map(str::to_owned);
        // A hyphen of its own is one where a word was divided; it is told as such, which poppler does not show.
        let said: Vec<String> = structure.lines().filter_map(said).filter(|text| text != "-").collect();
        Paper { words: said.iter().flat_map(|text| words(text)).collect(), whole: squeezed(&said.concat()) }
    }

    pub(crate) fn has(&self, text: &str, what: &str) {
        assert!(self.shows(text), "{what} is missing from:\n{}", self.whole);
    }

    pub(crate) fn shows(&self, text: &str) -> bool {
        let arabic = text.chars().any(|c| ('\u{600}'..'\u{700}').contains(&c));
        if arabic {
            words(text).iter().all(|word| self.words.contains(word))
        } else {
            self.whole.contains(&squeezed(text))
        }
    }
}

fn words(text: &str) -> Vec<Vec<char>> {
    text.split_whitespace().map(letters).collect()
}

fn letters(word: &str) -> Vec<char> {
    let mut letters: Vec<char> = word.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.sort_unstable();
    letters
}

/// Whether a field is part of the documentation on the second page.
pub(crate) fn documents(field: &str) -> bool {
    [
        ".assessment",
        ".modules",
        ".legends",
        ".issuer.place",
        ".issuer.signatories",
        ".issuer.funders",
        ".verify",
    ]
    .iter()
    .any(|part| field.starts_with(part))
}

/// The labels of a language by their path.
pub(crate) fn labels(language: &str) -> BTreeMap<String, String> {
    fn walk(table: &DeTable<'_>, path: &str, labels: &mut BTreeMap<String, String>) {
        for (key, value) in table {
            let path = format!("{path}{}", key.get_ref());
            match value.get_ref() {
                DeValue::String(text) => drop(labels.insert(path, text.to_string())),
                DeValue::Boolean(flag) => drop(labels.insert(path, flag.to_string())),
                DeValue::Table(table) => walk(table, &format!("{path}."), labels),
                other => panic!("`{path}` is no label: {other:?}"),
            }
        }
    }
    let path = format!("{}/../../templates/labels/{language}.toml", env!("CARGO_MANIFEST_DIR"));
    let file = std::fs::read_to_string(path).expect("a readable file");
    let mut labels = BTreeMap::new();
    walk(DeTable::parse(&file).expect("TOML").get_ref(), "", &mut labels);
    labels
}

pub(crate) fn boxes(pdf: &[u8], page: usize) -> String {
    let page = page.to_string();
    text(pdf, &["-bbox", "-f", &page, "-l", &page])
}

/// The words of a page with where each begins and ends, in points from the left.
fn boxed(boxes: &str) -> impl Iterator<Item = (&str, f64, f64)> {
    boxes.lines().filter_map(|line| {
        let side = |name: &str| line.split_once(name)?.1.split('"').nth(1)?.parse().ok();
        let word = line.trim().strip_suffix("</word>")?.rsplit('>').next()?;
        Some((word, side("xMin")?, side("xMax")?))
    })
}

/// Where a word begins and ends.
pub(crate) fn sides(boxes: &str, word: &str) -> (f64, f64) {
    let place = boxed(boxes).find(|(found, ..)| letters(found) == letters(word));
    let (_, left, right) = place.unwrap_or_else(|| panic!("`{word}` is missing from:\n{boxes}"));
    (left, right)
}
