//! The easy-read page, made as an office makes it.

use std::fs;
use std::path::Path;
use std::process::Command;

use insta::assert_snapshot;
use serde_json::Value;

use crate::{folder, names, path, said};

/// Makes a document in a folder of its own; what the program says comes back.
fn render(out: &Path, assessment: &str, document: &str, more: &[&str]) -> String {
    let base = ["render", assessment, "--document", document, "--issued", "2026-11-22"];
    let output = crate::command(&[&base[..], more].concat()).output().expect("the program starts");
    said(&output, out)
}

const NORDSTADT: &str = "assessments/nordstadt";
const TURCANU: &str = "fixtures/results/turcanu.toml";

/// The page as text.
fn page(language: &str) -> String {
    let out = folder();
    let file = out.path().join("page.pdf");
    let said =
        render(out.path(), NORDSTADT, "easy-read", &[TURCANU, "--language", language, "--out", path(&file)]);
    assert!(said.ends_with("exit code 0"), "{said}");
    let output = Command::new("pdftotext").args(["-layout", path(&file), "-"]).output();
    let output = output.expect("`pdftotext` (poppler-utils) is needed");
    let text = String::from_utf8(output.stdout).unwrap();
    // Blank lines depend on the version of the program.
    let page =
        |page: &str| page.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n");
    text.split_terminator('\u{c}').map(page).collect::<Vec<_>>().join("\n=====\n")
}

#[test]
fn the_page_is_in_plain_german() {
    assert_snapshot!(page("de"), @"
    Anlaufstelle Willkommen Nordstadt                                      22. November 2026
    Das können Sie
    einfach erklärt
    Elena-Ștefania Țurcanu
    Sie haben gezeigt, was Sie können.
    Hier steht das Ergebnis.
    4 volle Kästchen bedeuten: Sie können es sehr gut.
    Das haben Sie gezeigt
                 Metall
                 Sie arbeiten meistens ohne Hilfe.
                 Deutsch: Hören
                 Das klappt bei Themen, die Sie gut kennen.
                 Deutsch: Lesen
                 Das klappt bei Themen, die Sie gut kennen.
                 Deutsch: Sprechen
                 Das klappt im Alltag und bei der Arbeit.
                 Deutsch: Schreiben
                 Das klappt mit kurzen Gesprächen und Texten.
    Ihre Stärken
                 Sie sprechen noch eine andere Sprache.
                 Sie verstehen, was Sie tun sollen.
                 Eine Aufgabe machen Sie schon sicher und ohne Hilfe.
    Anlaufstelle Willkommen Nordstadt                       Nr. ASRB-J5HA-9N3A · Seite 1 von 2
    =====
    So geht es weiter
                 Sie sprechen über Ihr Ergebnis.
                 Wer hilft? Koordination
                 Bis wann? 6. Dezember 2026 (06.12.2026)
                 Sie gehen mit Ihren Zeugnissen zur Beratung.
                 Wer hilft? Anerkennungsberatung (IQ, HWK, IHK)
                 Bis wann? 3. Januar 2027 (03.01.2027)
                 Sie lernen Deutsch für die Arbeit in einem Berufssprachkurs.
                 Wer hilft? Jobcenter oder Agentur für Arbeit
                 Bis wann? 3. Januar 2027 (03.01.2027)
                 Sie üben Lesen und Schreiben.
                 Wer hilft? Sprachkursträger
                 Bis wann? 3. Januar 2027 (03.01.2027)
                 Sie arbeiten 2 Wochen zur Probe im Bereich Metall.
                 Wer hilft? Team Arbeit
                 Bis wann? 17. Januar 2027 (17.01.2027)
                 In einem Jahr zeigen Sie noch einmal, was Sie können.
                 Wer hilft? Team Kompetenzfeststellung
                 Bis wann? 22. November 2027 (22.11.2027)
       Haben Sie Fragen?
       Dann kommen Sie zu uns.
       Anlaufstelle Willkommen Nordstadt
       Musterstraße 5, 44145 Dortmund
       Diese Seite erklärt das Zertifikat. Sie ist kein Zertifikat.
    Anlaufstelle Willkommen Nordstadt                         Nr. ASRB-J5HA-9N3A · Seite 2 von 2
    ");
}

#[test]
fn the_page_is_in_plain_romanian() {
    assert_snapshot!(page("ro"), @"
    Anlaufstelle Willkommen Nordstadt                                             22 noiembrie 2026
    Ce știți să faceți
    explicat simplu
    Elena-Ștefania Țurcanu
    Ați arătat ce știți să faceți.
    Aici este rezultatul.
    4 căsuțe pline înseamnă: vă descurcați foarte bine.
    Ce ați arătat
                 Prelucrarea metalelor
                 Lucrați de obicei fără ajutor.
                 Germană: ascultare
                 Merge la teme pe care le cunoașteți bine.
                 Germană: citire
                 Merge la teme pe care le cunoașteți bine.
                 Germană: vorbire
                 Merge în viața de zi cu zi și la muncă.
                 Germană: scriere
                 Merge cu discuții și texte scurte.
    Punctele dumneavoastră forte
                 Vorbiți și o altă limbă.
                 Înțelegeți ce aveți de făcut.
                 O sarcină o faceți deja sigur și fără ajutor.
    Anlaufstelle Willkommen Nordstadt                            Nr. C6GW-9ENE-9NRQ · Pagina 1 din 2
    =====
    Ce urmează
                 Vorbiți despre rezultatul dumneavoastră.
                 Cine ajută? Coordonare
                 Până când? 6 decembrie 2026 (06.12.2026)
                 Mergeți cu diplomele dumneavoastră la consiliere.
                 Cine ajută? Consiliere pentru recunoaștere
                 (Anerkennungsberatung: IQ, HWK, IHK)
                 Până când? 3 ianuarie 2027 (03.01.2027)
                 Învățați germana pentru muncă la un curs (Berufssprachkurs).
                 Cine ajută? Jobcenter sau agenția de muncă (Agentur für Arbeit)
                 Până când? 3 ianuarie 2027 (03.01.2027)
                 Exersați cititul și scrisul.
                 Cine ajută? Furnizor de cursuri de limbă
                 Până când? 3 ianuarie 2027 (03.01.2027)
                 Lucrați 2 săptămâni de probă în domeniul „Prelucrarea
                 metalelor”.
                 Cine ajută? Team Arbeit
                 Până când? 17 ianuarie 2027 (17.01.2027)
                 Peste un an arătați din nou ce știți să faceți.
                 Cine ajută? Echipa de evaluare a competențelor
                 Până când? 22 noiembrie 2027 (22.11.2027)
       Aveți întrebări?
       Atunci veniți la noi.
       Anlaufstelle Willkommen Nordstadt
       Musterstraße 5, 44145 Dortmund
       Această pagină explică certificatul. Ea nu este un certificat.
    Anlaufstelle Willkommen Nordstadt                     Nr. C6GW-9ENE-9NRQ · Pagina 2 din 2
    ");
}

/// The name of the file tells nothing about the person.
#[test]
fn the_file_is_named_by_its_number() {
    let out = folder();
    let [assessment, results] = [NORDSTADT, TURCANU].map(|file| crate::root().join(file));
    let mut command = crate::command(&[
        "render",
        path(&assessment),
        path(&results),
        "--document",
        "easy-read",
        "--issued",
        "2026-11-22",
    ]);
    assert!(command.current_dir(out.path()).status().unwrap().success());
    assert_eq!(names(out.path()), ["ASRB-J5HA-9N3A-easy-read.pdf"]);
}

#[test]
fn its_data_are_of_its_schema() {
    let out = folder();
    let file = out.path().join("page.json");
    let said = render(
        out.path(),
        NORDSTADT,
        "easy-read",
        &[TURCANU, "--language", "tr", "--format", "json", "--out", path(&file)],
    );
    assert!(said.ends_with("exit code 0"), "{said}");
    let data: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    let schema: Value =
        serde_json::from_str(&fs::read_to_string(crate::root().join("docs/schemas/easy-read.json")).unwrap())
            .unwrap();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(data["format"], "kompetenz-easy-read/1");
    assert!(keys(&data).iter().all(|key| keys(&schema["properties"]).contains(key)), "{data:#}");
}

#[test]
fn a_document_that_is_not_defined_is_refused_before_anything_is_written() {
    let out = folder();
    let test = "assessments/points-test";
    assert_snapshot!(render(out.path(), test, "easy-read", &["no-such-file.csv"]), @"
    --- errors
    error: the assessment defines no document `easy-read`; it has `certificate`, `report`
    --- exit code 2
    ");
    assert_snapshot!(render(out.path(), test, "easy-read", &["no-such-file.csv", "--ui", "de"]), @"
    --- errors
    Fehler: das Verfahren sieht kein Dokument `easy-read` vor; es gibt `certificate`, `report`
    --- exit code 2
    ");
    assert!(names(out.path()).is_empty());
}

#[test]
fn it_has_one_language_and_compares_nothing() {
    let out = folder();
    assert_snapshot!(render(out.path(), NORDSTADT, "easy-read", &[TURCANU, "--beside", "ro"]), @"
    --- errors
    error: `--beside` belongs to `--document certificate`: an easy-read page has one language
    --- exit code 2
    ");
    assert_snapshot!(
        render(out.path(), NORDSTADT, "easy-read", &[TURCANU, "--earlier", TURCANU, "--ui", "de"]), @"
    --- errors
    Fehler: `--earlier` gehört zu `--document report`: kein anderes Dokument vergleicht mit Früherem
    --- exit code 2
    ");
}

#[test]
fn it_is_withheld_where_the_certificate_is() {
    let out = folder();
    let file = out.path().join("page.pdf");
    let results = ["fixtures/results/nordstadt.csv", "--key", "P-0014", "--out", path(&file)];
    assert_snapshot!(render(out.path(), NORDSTADT, "easy-read", &results), @"
    --- errors
    no easy-read page: observers are too far apart on metal.bend-safety; a person must decide first [disputed]
    --- exit code 1
    ");
    assert!(names(out.path()).is_empty());
}
