//! A second language beside the first: everything twice, in order, told apart by screen readers, readable.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;

use kompetenz::certificate::CertificateData;
use kompetenz_render::for_each_in_order;

use crate::languages::{Paper, boxes, documents, labels, sides};
use crate::support::{
    PLAIN_FAMILIES, STUDIO, attachment, info, operators, pdf, printed_texts, proof_read, shelf_beside,
    squeezed, text,
};

/// German beside every other language, and a page that runs the other way.
fn pairs() -> Vec<(&'static str, &'static str)> {
    let others = ["ar", "bg", "en", "hr", "it", "pl", "ro", "ru", "tr", "uk"];
    others.into_iter().map(|other| ("de", other)).chain([("ar", "de"), ("ro", "ar")]).collect()
}

#[test]
fn every_text_of_both_languages_is_on_the_same_page() {
    for (first, second) in pairs() {
        let data = shelf_beside(first, second);
        let pdf = pdf(&data);
        assert!(info(&pdf, &[]).contains("Pages:           2\n"), "{first} beside {second}");
        let pages = [1, 2].map(|page| Paper::new(&pdf, page));
        for (field, text) in printed_texts(&data) {
            let field = field.strip_prefix(".beside").unwrap_or(&field);
            pages[usize::from(documents(field))].has(&text, &format!("{first} beside {second}: `{field}`"));
        }
        for language in [first, second] {
            let labels = labels(language);
            for (page, keys) in [
                (
                    1,
                    ["issued", "born", "period", "hours", "profile", "abilities", "potentials", "steps"]
                        .as_slice(),
                ),
                (2, &["documentation", "legend", "procedure", "is", "is-not"]),
            ] {
                for key in keys {
                    pages[page - 1].has(&labels[*key], &format!("{first} beside {second}: `{key}`"));
                }
            }
        }
    }
}

#[test]
fn the_second_language_stands_under_the_first() {
    insta::assert_snapshot!(text(&pdf(&shelf_beside("de", "ro")), &["-layout", "-l", "1"]), @"
    Anlaufstelle Willkommen                                                               Ausgestellt am 22. November 2026
    Musterstraße 5 · 44145 Dortmund                                                                Eliberat la 22 noiembrie 2026




    Zertifikat Certificat
    über die Arbeitsprobe Regal privind proba practică „raft”

    Amal Haddad
    geboren am 8. Januar 1995                                    Zeitraum 09.11.2026 – 20.11.2026         Umfang 60 Stunden
    data nașterii 8 ianuarie 1995                                             Perioada 9 nov. 2026 – 20 nov. 2026     Durata 60 h


    Profil
    Nach Plan arbeiten                                                                        selbständig
    Lucrul după plan                                                                          autonom
    Werkzeug sicher nutzen                                                                    mit Anleitung
    Folosirea în siguranță a uneltelor                                                        cu îndrumare



       Gezeigte Fähigkeiten Abilități demonstrate                                 Potenziale Potențial
       • Baut ein Regal nach Bildplan auf: 3,5 von 4 Punkten.                     • Nutzt Werkzeug mit Anleitung;
          Montează un raft după un plan în imagini: 3,5 din 4 puncte.               darauf lässt sich aufbauen.
                                                                                     Folosește uneltele cu îndrumare; pe
                                                                                     aceasta se poate construi.


    Nächste Schritte Următorii pași spre un loc de muncă
     8     In Arbeit kommen Obținerea unui loc de muncă
           Betriebliche Erprobung, zwei Wochen                                                 Koordination · bis 17. Januar 2027
           Probă de lucru într-o firmă, două săptămâni                                      Coordonare · până la 17 ianuarie 2027




    Anlaufstelle Willkommen                                                                   Nr. 7H33-SPJP-WXSE · Seite 1 von 2
                                                                                             Nr. 7H33-SPJP-WXSE · Pagina 1 din 2
    ");
}

#[test]
fn what_is_the_same_in_both_languages_is_said_once() {
    let mut data = shelf_beside("de", "ro");
    let level = |data: &mut CertificateData| data.profile[0].level = "A2".into();
    level(&mut data);
    level(data.beside.as_mut().unwrap());
    let page = text(&pdf(&data), &["-raw", "-l", "1"]);
    assert_eq!(page.matches("A2").count(), 1, "{page}");
}

#[test]
fn arabic_beside_german_is_at_the_right_of_its_own_lines() {
    let pdf = pdf(&shelf_beside("de", "ar"));
    let [first, second] = [1, 2].map(|page| boxes(&pdf, page));
    // "Of the work sample", beside the German subtitle.
    let places = ["عن", "عينة", "العمل"].map(|word| sides(&first, word));
    assert!(places.is_sorted_by(|one, next| one.0 > next.0), "{places:?}");
    // "Building a shelf after a plan", a sentence under the German one.
    let places = ["تركيب", "وفق", "مخطط"].map(|word| sides(&second, word));
    assert!(places.is_sorted_by(|one, next| one.0 > next.0), "{places:?}");
    let margin = 595.28 - 18.0 * 72.0 / 25.4;
    assert!((places[0].1 - margin).abs() < 2.0, "{places:?}");
    assert!(sides(&first, "Zertifikat").0 < 72.0);
}

#[test]
fn a_screen_reader_knows_the_language_of_every_span() {
    for (first, second) in [("de", "ro"), ("de", "ar"), ("bg", "de")] {
        let data = shelf_beside(first, second);
        let pdf = pdf(&data);
        let operators = operators(&pdf);
        assert!(operators.contains(&format!("/Lang ({first})")), "the document is not in {first}");
        let spans: Vec<_> =
            operators.split("/Lang(").skip(1).filter_map(|span| span.split(')').next()).collect();
        assert_eq!(BTreeSet::from_iter(&spans), BTreeSet::from([&second]), "{first} beside {second}");
        // Headings, the title, rows, sentences, a step, a legend, three texts on the document, and more.
        assert!(spans.len() > 25, "{first} beside {second}: {}", spans.len());
    }
}

#[test]
fn the_attached_data_has_both_languages() {
    let data = shelf_beside("de", "ar");
    let pdf = pdf(&data);
    proof_read(&pdf);
    let attached: CertificateData = serde_json::from_slice(&attachment(&pdf, "certificate.json")).unwrap();
    assert_eq!(attached, data);
    assert_eq!(attached.beside.map(|beside| beside.number), Some(data.number));
}

#[test]
fn any_number_of_workers_gives_the_same_bytes() {
    let pairs = pairs();
    let render = |i: usize| {
        let (first, second) = pairs[i % pairs.len()];
        pdf(&shelf_beside(first, second))
    };
    let alone: Vec<_> = (0..pairs.len()).map(render).collect();
    for workers in [2, 5] {
        let done =
            for_each_in_order(0..pairs.len(), NonZeroUsize::new(workers).unwrap(), render, |i, bytes| {
                if bytes == alone[i] { Ok(()) } else { Err(pairs[i]) }
            });
        assert_eq!(done, Ok(()), "{workers} workers");
    }
}

#[test]
fn a_second_language_that_is_not_the_same_certificate_is_refused() {
    let refused = |change: fn(&mut CertificateData, &mut CertificateData)| {
        let mut data = shelf_beside("de", "ro");
        let mut beside = data.beside.take().unwrap();
        change(&mut data, &mut beside);
        data.beside = Some(beside);
        STUDIO.render(&data).unwrap_err().to_string()
    };
    insta::assert_snapshot!(refused(|_, ro| ro.abilities[0].text = " ".into()), @"`beside.abilities[0].text` should be a text, as in the first language");
    insta::assert_snapshot!(refused(|de, _| de.modules[0].summary = String::new()), @"`modules[0].summary` should be a text, as in the second language");
    insta::assert_snapshot!(refused(|_, ro| ro.period = None), @"`beside.period` should be the same as in the first language");
    insta::assert_snapshot!(refused(|de, _| de.hours = None), @"`beside.hours` should be the same as in the first language");
    insta::assert_snapshot!(refused(|_, ro| ro.number = "another".into()), @"`beside.number` should be the same as in the first language");
    insta::assert_snapshot!(refused(|_, ro| ro.participant.name = "Elena".into()), @"`beside.participant.name` should be the same as in the first language");
    insta::assert_snapshot!(refused(|_, ro| ro.profile[1].bar = 3), @"`beside.profile[1].bar` should be the same as in the first language");
    insta::assert_snapshot!(refused(|_, ro| drop(ro.steps.pop())), @"`beside.steps` should be the same as in the first language");
    insta::assert_snapshot!(refused(|_, ro| ro.legends[0].levels.swap(0, 1)), @"`beside.legends[0].levels[0].bar` should be the same as in the first language; `beside.legends[0].levels[1].bar` should be the same as in the first language");
    insta::assert_snapshot!(refused(|_, ro| ro.language = "de".into()), @"`beside.language` should be another language than the first");
    insta::assert_snapshot!(refused(|_, ro| ro.language = "tlh".into()), @"`beside.language` should be one of the template's languages (ar, bg, de, en, hr, it, pl, ro, ru, tr, uk)");
    insta::assert_snapshot!(refused(|de, ro| ro.beside = Some(Box::new(de.clone()))), @"`beside.beside` should be nothing: two languages are the most");
    insta::assert_snapshot!(refused(|_, ro| ro.title = "证书".into()), @"`beside.title` has the character U+8BC1, which no font can show; `beside.title` has the character U+4E66, which no font can show");
}

#[test]
fn every_text_has_a_contrast_of_four_and_a_half_to_one() {
    let colors = ["#0d5c73", "#ffd800", "#9ad0ff", "#ff5050", "#000000", "#ffffff"];
    for (i, brand) in colors.into_iter().enumerate() {
        // Dark with bright, bright with dark, and none.
        let accent = colors.get(i + 1).map(|accent| (*accent).to_owned());
        let mut data = shelf_beside("de", "ar");
        let (first, second) = (&mut data.issuer, &mut data.beside.as_mut().unwrap().issuer);
        for issuer in [first, second] {
            issuer.color = brand.into();
            issuer.accent.clone_from(&accent);
        }
        for (family, studio) in &*PLAIN_FAMILIES {
            let what = format!("{family} in {brand} and {accent:?}");
            let (texts, mut grounds) = colours(&operators(&studio.render(&data).unwrap()));
            // A rule at the side of a block is filled, too, but nothing is written on it.
            let rule = luminance(&[207.0 / 255.0, 214.0 / 255.0, 220.0 / 255.0]);
            grounds.retain(|ground| (ground - rule).abs() > 0.001);
            assert!(texts.len() >= 3 && !grounds.is_empty(), "{what}: {texts:?} on {grounds:?}");
            // Dark text stands on paper or on the tint of the abilities, white text on the brand colour.
            let tint = grounds.iter().copied().filter(|ground| *ground > 0.5).fold(1.0, f64::min);
            let darkest = grounds.iter().copied().fold(1.0, f64::min);
            for text in texts {
                let contrast =
                    if text > 0.9 { 1.05 / (darkest + 0.05) } else { (tint + 0.05) / (text + 0.05) };
                assert!(contrast >= 4.5, "{what}: {text} has {contrast}");
            }
        }
    }
}

/// The relative luminance, after WCAG 2, of everything that is written and of everything that is filled.
fn colours(operators: &str) -> (Vec<f64>, Vec<f64>) {
    let (mut texts, mut grounds) = (Vec::new(), Vec::new());
    let (mut numbers, mut colour, mut saved) = (Vec::new(), 0.0, Vec::new());
    for token in operators.split(|c: char| c.is_whitespace() || c == '/') {
        if let Ok(number) = token.parse::<f64>() {
            numbers.push(number);
            continue;
        }
        match token {
            "q" => saved.push(colour),
            "Q" => colour = saved.pop().unwrap_or_default(),
            "scn" => colour = luminance(&numbers),
            "BT" => texts.push(colour),
            "f" | "f*" => grounds.push(colour),
            _ => {}
        }
        numbers.clear();
    }
    for list in [&mut texts, &mut grounds] {
        list.sort_by(f64::total_cmp);
        list.dedup();
    }
    (texts, grounds)
}

#[expect(clippy::float_arithmetic, reason = "luminance is defined so, and decides no score")]
fn luminance(parts: &[f64]) -> f64 {
    let linear = |part: f64| if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) };
    match parts {
        [red, green, blue] => 0.2126 * linear(*red) + 0.7152 * linear(*green) + 0.0722 * linear(*blue),
        [gray] => linear(*gray),
        other => panic!("what colour is {other:?}?"),
    }
}

#[test]
fn forty_competences_in_two_languages_lose_none() {
    let mut data = shelf_beside("de", "ro");
    let name = "Maximiliane-Konstantina Prinzessin Oberhuber-Unterleitner von";
    let many = |data: &mut CertificateData| {
        let one = data.modules[0].competences[0].clone();
        data.modules[0].competences = (0..40)
            .map(|i| kompetenz::certificate::Competence {
                title: format!("{} {i}", one.title),
                ..one.clone()
            })
            .collect();
        data.participant.name = name.into();
    };
    many(&mut data);
    many(data.beside.as_mut().unwrap());
    let pdf = pdf(&data);
    let paper = squeezed(&text(&pdf, &["-raw"]));
    for (field, text) in printed_texts(&data) {
        assert!(paper.contains(&squeezed(&text)), "`{field}` is missing from:\n{paper}");
    }
    assert!(paper.contains("Seite3von3"), "{paper}");
}
