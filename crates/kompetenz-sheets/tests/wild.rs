//! Workbooks as offices make them without us: read as they are, and again as an office program saves them.

use std::fs;
use std::path::Path;

use kompetenz::Record;
use kompetenz_sheets::{Reading, read};

use crate::office::{FORMATS, files};
use crate::write::NORDSTADT;
use crate::{content, render};

/// A workbook that is checked in.
pub(crate) fn workbook(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/workbooks");
    fs::read(folder.join(name)).unwrap()
}

/// What everybody in it has, who must fit the assessment; and what was assumed about the file.
fn told(bytes: &[u8], file: &str) -> (String, String) {
    let reading = read(bytes, file, &NORDSTADT.vocabulary());
    let Reading { people, notes, warnings, .. } =
        reading.unwrap_or_else(|faults| panic!("{}", render(&faults)));
    let (mut told, mut assumed) = (String::new(), String::new());
    for person in &people {
        let entry = person.as_ref().unwrap_or_else(|rejected| panic!("{}", render(&rejected.faults)));
        if let Err(faults) = Record::new(&NORDSTADT, entry) {
            panic!("{}", render(&faults));
        }
        told += &format!("{}\n", content(entry));
    }
    for note in notes.iter().chain(&warnings) {
        assumed += &format!("{}\n", note.en);
    }
    (told, assumed)
}

#[test]
fn a_wide_workbook_is_read_with_all_that_offices_like() {
    let (told, assumed) = told(&workbook("wide.xlsx"), "wide.xlsx");
    insta::assert_snapshot!(told + &assumed, @r#"
    1 "Elena-Ștefania Țurcanu" Some(1990-03-12) Some(2026-11-09)-Some(2026-11-20) Some(60) ["Kaya", "Öz"]
    Kaya: metal.saw-order = 3
    Kaya: metal.saw-plan = 3
    Kaya: metal.saw-safety = 4
    Kaya: metal.saw-tempo = "4 – sicher von allein"
    first-language = "ro"
    job-start = true
    Öz: "metal" "ruhig;\nordentlich"
    Öz: german.dtz-speaking = 74.5
    Öz: german.listening-screening = "B1"
    Öz: metal.saw-order = 3
    Öz: metal.saw-plan = 2
    Öz: metal.saw-safety = 4
    Öz: metal.saw-tempo = 3
    Öz: wood.saw-order = 3
    Öz: wood.saw-plan = 2
    2 "İbrahim Çağlayan" Some(1979-09-09) Some(2026-11-09)-Some(2026-11-20) Some(75/2) ["Öz"]
    first-language = "tr"
    job-start = false
    Öz: german.listening-screening = "A2"
    Öz: metal.saw-order = 4
    Öz: metal.saw-plan = "n"
    Öz: metal.saw-safety = 3
    Öz: metal.saw-tempo = 4
    Öz: wood.saw-order = "N"
    Öz: wood.saw-plan = 4
    3 "Живка Петрова" Some(2001-12-31) Some(2026-11-09)-Some(2026-11-20) Some(60) ["Öz"]
    first-language = "bg"
    job-start = false
    Öz: "metal" "kommt später"
    Öz: german.dtz-speaking = 0.5
    Öz: german.listening-screening = "B2"
    Öz: metal.saw-order = 2
    Öz: metal.saw-plan = 2
    Öz: metal.saw-safety = 3
    Öz: metal.saw-tempo = "meist von allein"
    Öz: wood.saw-order = 1
    Öz: wood.saw-plan = 2
    4 "Ana Popa" Some(1985-01-31) None-None Some(49/4) ["Kaya"]
    Kaya: german.listening-screening = "L4"
    Kaya: metal.saw-order = 1
    Kaya: metal.saw-plan = 0
    Kaya: metal.saw-safety = 2
    Kaya: metal.saw-tempo = "n"
    first-language = "RO"
    job-start = true
    wide.xlsx, sheet Legende: not read, because hardly any heading is known
    wide.xlsx, sheet Gruppe Herbst & Winter: not read, because the heading begins with `#`: K, R
    wide.xlsx, sheet Gruppe Herbst & Winter: 29 item(s) have no column and count as not observed: `metal.saw-quality`, `metal.drill-order`, `metal.drill-plan`, `metal.drill-safety`, `metal.drill-quality`, `metal.drill-tempo`, `metal.bend-order`, `metal.bend-plan`, `metal.bend-safety`, `metal.bend-quality`, `metal.bend-tempo`, `wood.saw-safety`, `wood.saw-quality`, `wood.saw-tempo`, `wood.box-order`, `wood.box-plan`, `wood.box-safety`, `wood.box-quality`, `wood.box-tempo`, `wood.finish-order`, `wood.finish-plan`, `wood.finish-safety`, `wood.finish-quality`, `wood.finish-tempo`, `german.reading-screening`, `german.speaking-screening`, `german.writing-screening`, `german.dtz-listening-reading`, `german.dtz-writing`
    "#);
}

#[test]
fn a_long_workbook_is_read_row_by_row() {
    let (told, assumed) = told(&workbook("long.xlsx"), "long.xlsx");
    insta::assert_snapshot!(told + &assumed, @r#"
    101 "Elena-Ștefania Țurcanu" None None-None None ["Kaya @ Werkstatt", "Öz", "Öz @ Werkstatt"]
    Kaya @ Werkstatt: metal.saw-order = 2
    first-language = "ro"
    Öz @ Werkstatt: "metal.saw-order" "legt Werkzeug bereit"
    Öz @ Werkstatt: metal.drill-plan = 2
    Öz @ Werkstatt: metal.saw-order = 3
    Öz @ Werkstatt: metal.saw-safety = "n"
    Öz: german.dtz-speaking = 74.5
    102 "Живка Петрова" None None-None None ["Kaya @ Werkstatt"]
    Kaya @ Werkstatt: "" "kam nach der Pause nicht wieder"
    Kaya @ Werkstatt: "metal.saw-order" "erste Zeile\nzweite Zeile"
    Kaya @ Werkstatt: metal.saw-order = 3
    metal.work-years = 6.5
    103 "Ana Popa" None None-None None ["Kaya @ Werkstatt"]
    Kaya @ Werkstatt: metal.saw-order = 4
    long.xlsx, sheet Protokoll: not read, because the heading begins with `#`: H
    "#);
}

#[test]
fn an_office_program_that_saves_them_changes_nothing() {
    let Some(files) = files() else { return };
    for stem in ["wide", "long"] {
        let before = told(&workbook(&format!("{stem}.xlsx")), "before.xlsx").0;
        for format in FORMATS {
            let file = format!("{stem}-saved.{format}");
            assert_eq!(told(&files[&file], &file).0, before, "{file}");
        }
    }
}
