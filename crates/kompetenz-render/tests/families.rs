//! Every family with every shape of data: complete, inside of the page, and in good order.

use kompetenz::certificate::{CertificateData, Competence, Signatory};
use kompetenz_render::{Pictures, Studio, Template};

use crate::languages::{Paper, documents};
use crate::support::{
    FAMILIES, FIXTURES, STUDIO, adorned, fixture, info, printed_texts, proof_read, shelf, shelf_beside,
    squeezed, text,
};

/// Certificates of all shapes and languages, each with a name.
fn shapes() -> Vec<(String, CertificateData)> {
    let mut shapes: Vec<_> =
        FIXTURES.iter().map(|name| ((*name).to_owned(), adorned(fixture(name)))).collect();
    for language in STUDIO.languages() {
        shapes.push((language.clone(), adorned(shelf(language))));
        if language != "de" {
            shapes.push((format!("de beside {language}"), adorned(shelf_beside("de", language))));
        }
    }
    shapes.push(("ar beside de".into(), adorned(shelf_beside("ar", "de"))));
    let mut add = |name: &str, change: fn(&mut CertificateData)| {
        for (kind, mut data) in
            [("alone", adorned(fixture("standard"))), ("beside", adorned(shelf_beside("de", "ro")))]
        {
            change(&mut data);
            if let Some(beside) = &mut data.beside {
                change(beside);
            }
            shapes.push((format!("{name}, {kind}"), data));
        }
    };
    add("a long name and forty competences", |data| {
        data.participant.name = "Maximiliane-Konstantina Prinzessin Oberhuber-Unterleitner von".into();
        let one = data.modules[0].competences[0].clone();
        let numbered = |i| Competence { title: format!("{} {i}", one.title), ..one.clone() };
        data.modules[0].competences = (0..40).map(numbered).collect();
    });
    add("one competence and nothing recommended", |data| {
        data.participant.name = "Li".into();
        data.profile.truncate(1);
        data.modules.truncate(1);
        data.modules[0].competences.truncate(1);
        data.legends.truncate(1);
        data.abilities.clear();
        data.potentials.clear();
        data.steps.clear();
    });
    add("twelve modules", |data| {
        let one = data.modules[0].clone();
        data.modules = vec![one; 12];
    });
    add("six modules and six legends", |data| {
        let (module, legend) = (data.modules[0].clone(), data.legends[0].clone());
        (data.modules, data.legends) = (vec![module; 6], vec![legend; 6]);
    });
    add("eight recommendations and four signatories", |data| {
        let one = data.steps[0].recommendations[0].clone();
        data.steps[0].recommendations = vec![one; 8];
        let role = data.issuer.signatories[0].role.clone();
        data.issuer.signatories =
            (1..5).map(|i| Signatory { name: format!("Person {i}"), role: role.clone() }).collect();
    });
    add("potentials only, a birthday, three signatories, nobody to ask", |data| {
        data.abilities.clear();
        data.verify = None;
        data.period = None;
        data.hours = None;
        let one = data.issuer.signatories[0].clone();
        data.issuer.signatories = vec![one; 3];
        data.issuer.funders.clear();
        data.issuer.footer = None;
    });
    shapes
}

/// Checks each shape in each family.
pub(crate) fn each(check: impl Fn(&str, &CertificateData, &[u8])) {
    for (family, studio) in FAMILIES.iter() {
        for (name, mut data) in shapes() {
            if data.issuer.funders.is_empty() {
                // As many pictures as the studio has.
                data.issuer.funders = adorned(fixture("short")).issuer.funders;
                if let Some(beside) = &mut data.beside {
                    beside.issuer.funders.clone_from(&data.issuer.funders);
                }
            }
            let what = format!("{family}, {name}");
            let pdf = studio.render(&data).unwrap_or_else(|error| panic!("{what}: {error}"));
            check(&what, &data, &pdf);
        }
    }
}

fn pages(pdf: &[u8]) -> usize {
    let info = info(pdf, &[]);
    let line = info.lines().find_map(|line| line.strip_prefix("Pages:")).expect("a number of pages");
    line.trim().parse().expect("a number")
}

#[test]
fn every_text_is_on_paper_and_what_is_told_first_comes_first() {
    each(|what, data, pdf| {
        let count = pages(pdf);
        let papers: Vec<_> = (1..=count).map(|page| Paper::new(pdf, page)).collect();
        for (field, text) in printed_texts(data) {
            let short = field.strip_prefix(".beside").unwrap_or(&field);
            let place = format!("{what}: `{field}`");
            if count == 2 {
                papers[usize::from(documents(short))].has(&text, &place);
            } else {
                assert!(papers.iter().any(|paper| paper.shows(&text)), "{place} is missing");
            }
        }
    });
}

/// Words of a page: left, top, right and bottom in points, and the word.
fn words(pdf: &[u8], page: usize) -> Vec<(f64, f64, f64, f64, String)> {
    let page = page.to_string();
    let boxes = text(pdf, &["-bbox", "-f", &page, "-l", &page]);
    let side = |line: &str, name: &str| line.split_once(name)?.1.split('"').nth(1)?.parse::<f64>().ok();
    boxes
        .lines()
        .filter_map(|line| {
            let word = line.trim().strip_suffix("</word>")?.rsplit('>').next()?.to_owned();
            Some((side(line, "xMin")?, side(line, "yMin")?, side(line, "xMax")?, side(line, "yMax")?, word))
        })
        .collect()
}

const MM: f64 = 72.0 / 25.4;

/// Where the foot of a page begins.
const FOOT: f64 = (297.0 - 21.0) * MM;

#[test]
fn nothing_leaves_its_margins_or_runs_over_the_foot() {
    each(|what, data, pdf| {
        // A full stop at the end of a line hangs into the margin, as printers do it.
        let (near, far) = (25.0 * MM - 3.0, (210.0 - 18.0) * MM + 3.0);
        let (left, right) =
            if data.language == "ar" { (210.0 * MM - far, 210.0 * MM - near) } else { (near, far) };
        for page in 1..=pages(pdf) {
            let words = words(pdf, page);
            for (x, y, to, bottom, word) in &words {
                assert!(*x >= left && *to <= right, "{what}, page {page}: `{word}` from {x} to {to}");
                let crosses = *y < FOOT - 2.0 && *bottom > FOOT + 4.0;
                assert!(*y > 30.0 && !crosses, "{what}, page {page}: `{word}` from {y} to {bottom}");
            }
            // At the foot stands what belongs there, and nothing that ran down from above.
            let foot: String =
                words.iter().filter(|(_, y, ..)| *y >= FOOT - 2.0).map(|(.., word)| word.as_str()).collect();
            let most = [Some(data), data.beside.as_deref()].into_iter().flatten().map(|data| {
                let said = data.issuer.footer.as_ref().unwrap_or(&data.issuer.name);
                squeezed(said).chars().count() + data.number.len() + 32
            });
            let (length, most) = (foot.chars().count(), most.sum::<usize>());
            assert!((1..=most).contains(&length), "{what}, page {page}: {foot}");
        }
    });
}

#[test]
fn no_page_ends_with_a_heading_and_no_signature_stands_alone() {
    each(|what, data, pdf| {
        let titles =
            data.modules.iter().map(|module| &module.title).chain(data.steps.iter().map(|step| &step.title));
        let titles: Vec<_> = titles.chain(data.legends.iter().map(|legend| &legend.title)).collect();
        let count = pages(pdf);
        for page in 1..=count {
            let words: Vec<_> = words(pdf, page).into_iter().filter(|(_, y, ..)| *y < FOOT - 2.0).collect();
            let last = words.iter().map(|(_, y, ..)| *y).fold(0.0, f64::max);
            let line: Vec<_> =
                words.iter().filter(|(_, y, ..)| *y > last - 3.0).map(|(.., word)| word.as_str()).collect();
            let line = line.join(" ");
            assert!(!titles.iter().any(|title| ***title == *line), "{what}, page {page} ends with `{line}`");
            if page == count {
                // Level words of a legend or a module, besides what the document is.
                let level = data.legends.iter().flat_map(|legend| &legend.levels).next();
                let level = level.map(|level| squeezed(&level.title)).unwrap_or_default();
                let page: String = words.iter().map(|(.., word)| squeezed(word)).collect();
                let arabic = level.chars().any(|c| c > '\u{600}');
                assert!(arabic || page.contains(&level), "{what}: the signatures stand alone");
            }
        }
    });
}

#[test]
fn files_are_sound_and_small() {
    each(|what, _, pdf| {
        proof_read(pdf);
        if pages(pdf) == 2 {
            assert!(pdf.len() < 80 * 1024, "{what}: {} KB", pdf.len() / 1024);
        }
    });
}

#[test]
fn the_template_of_the_manual_runs() {
    let manual = include_str!("../../../docs/certificate-data.md");
    let source =
        manual.split("```typst\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a template");
    let files = [("smallest/certificate.typ", source), ("labels/de.toml", "")];
    let template = Template::from_files("smallest/certificate.typ", files);
    let studio = Studio::new(&template, Pictures::default()).unwrap();
    let mut data = fixture("standard");
    data.issuer.logo = None;
    let pdf = studio.render(&data).unwrap();
    proof_read(&pdf);
    assert!(text(&pdf, &[]).contains(&data.participant.name));
}

#[test]
fn families_are_known_by_their_names() {
    let template = Template::certificate();
    assert_eq!(template.families().collect::<Vec<_>>(), ["classic", "clear"]);
    assert!(template.clone().of_family("baroque").is_err());
    assert!(template.of_family("../clear").is_err());
}

#[test]
fn more_pictures_than_there_are_bodies_and_people_are_refused() {
    let (_, studio) = &FAMILIES[0];
    let error = studio.render(&CertificateData { verify: None, ..shelf("de") }).unwrap_err().to_string();
    insta::assert_snapshot!(error, @"`issuer.funders` should be one for each picture that was given");
}
