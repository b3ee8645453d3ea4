//! Slips that people make in workbooks: each is read as it is meant, or told with its place. Nothing is lost in silence.

use std::fmt::Write as _;

use kompetenz::entry::FaultCode;
use kompetenz::{Exact, Record};
use kompetenz_sheets::read;
use rust_xlsxwriter::Workbook;

use crate::write::{NORDSTADT, shipped};
use crate::{content, render, vocabulary};

/// A workbook of sheets as text: cells between `|`, numbers and flags between `<` and `>`, hidden ones behind `!`.
fn book(sheets: &[(&str, &str)]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(name.trim_start_matches('!')).unwrap();
        sheet.set_hidden(name.starts_with('!'));
        for (row, line) in (0..).zip(rows.lines()) {
            for (column, cell) in (0..).zip(line.split('|')) {
                let inner = cell.strip_prefix('<').and_then(|cell| cell.strip_suffix('>'));
                match inner.map(|inner| (inner.parse::<f64>(), inner == "true")) {
                    None => sheet.write_string(row, column, cell).unwrap(),
                    Some((Ok(number), _)) => sheet.write_number(row, column, number).unwrap(),
                    Some((Err(_), flag)) => sheet.write_boolean(row, column, flag).unwrap(),
                };
            }
        }
    }
    book.save_to_buffer().unwrap()
}

/// What is read of a workbook: people, faults and warnings.
fn told(sheets: &[(&str, &str)]) -> String {
    told_of(&book(sheets))
}

/// The same for the bytes of a workbook.
fn told_of(bytes: &[u8]) -> String {
    let mut told = String::new();
    match read(bytes, "x.xlsx", &vocabulary()) {
        Err(faults) => told += &render(&faults),
        Ok(reading) => {
            for person in reading.people {
                match person {
                    Ok(entry) => writeln!(told, "{}", content(&entry)).unwrap(),
                    Err(rejected) => told += &render(&rejected.faults),
                }
            }
            for warning in reading.warnings.iter().filter(|warning| !warning.en.contains("have no column")) {
                writeln!(told, "{}\n{}", warning.en, warning.de).unwrap();
            }
        }
    }
    told
}

#[test]
fn a_rating_is_read_however_it_is_typed_or_told_with_its_cell() {
    let three = Some("3");
    for (typed, meant) in [
        ("<3>", three),
        ("3", three),
        (" 3 ", three),
        ("3.0", three),
        ("3,0", three),
        ("03", three),
        ("\u{a0}3\u{202f}", three),
        ("3\n", three),
        ("3 – meist von allein", three),
        ("3 - Meist  von allein", three),
        ("meist von allein", three),
        ("n", Some("n")),
        (" N ", Some("n")),
        // Nobody knows what these are.
        ("３", None),
        ("'3", None),
        ("3.", None),
        ("3 (gut)", None),
        ("3 – sicher von allein", None),
        ("\u{200b}3", None),
        ("−1", None),
        ("<3.5>", None),
        ("<true>", None),
        ("#WERT!", None),
    ] {
        let rows =
            format!("Kennung|Name|Beobachtung|metal.saw-order|metal.saw-plan\n1|Ana Popa|anna|{typed}|n\n");
        // A line break in a cell is none between rows.
        let rows = rows.replacen("3\n|", "3|", 1);
        let reading = read(&book(&[("A", &rows)]), "x.xlsx", &NORDSTADT.vocabulary()).unwrap();
        let faults = match &reading.people[0] {
            Err(rejected) => rejected.faults.clone(),
            Ok(entry) => match Record::new(&NORDSTADT, entry) {
                Err(faults) => faults,
                Ok(record) => {
                    let (ix, _) = NORDSTADT.items().find(|(_, item)| item.path == "metal.saw-order").unwrap();
                    let seen = format!("{:?}", record.seen(ix));
                    let expected = match meant.expect(typed) {
                        "n" => "[NotObserved]".to_owned(),
                        number => format!("[Value({:?})]", Exact::parse(number).unwrap()),
                    };
                    assert_eq!(seen, expected, "{typed}");
                    continue;
                }
            },
        };
        assert_eq!(meant, None, "{typed}");
        assert_eq!(faults.len(), 1, "{typed}");
        assert_eq!((faults[0].spot.row, faults[0].spot.column), (2, 4), "{typed}");
    }
}

#[test]
fn true_and_false_are_yes_and_no() {
    let assessment = shipped("points-test");
    let rows = "Kennung|Name|Beobachtung|shoes|symbol\n1|Ana|anna|<true>|b\n2|Bo|anna|<false>|b\n3|Cy|anna|WAHR|b\n4|Di|anna|<1>|B\n";
    let reading = read(&book(&[("A", rows)]), "x.xlsx", &assessment.vocabulary()).unwrap();
    let (shoes, _) = assessment.items().find(|(_, item)| item.path == "shoes").unwrap();
    let seen: Vec<_> = reading
        .people
        .iter()
        .map(|person| Record::new(&assessment, person.as_ref().unwrap()).unwrap().seen(shoes).to_vec())
        .collect();
    let value = |number| vec![kompetenz::record::Seen::Value(Exact::from(number))];
    assert_eq!(seen, [value(1), value(0), value(1), value(1)]);
}

#[test]
fn a_day_is_read_only_if_its_year_is_certain() {
    for (typed, is_read) in [
        ("12.03.1990", true),
        ("12.3.1990", true),
        ("\u{a0}1990-03-12 ", true),
        ("<32944>", true),
        ("12.03.90", false),
        ("12/03/1990", false),
        ("12. März 1990", false),
        ("31.02.1990", false),
        ("<1990>", false),
        ("<0.5>", false),
    ] {
        let rows = format!("Kennung|Name|Beobachtung|metal.saw-order|Geburtsdatum\n1|Ana|anna|3|{typed}");
        let reading = read(&book(&[("A", &rows)]), "x.xlsx", &vocabulary()).unwrap();
        match &reading.people[0] {
            Ok(entry) => {
                assert!(is_read, "{typed}");
                assert_eq!(entry.birth_date, Some(jiff::civil::date(1990, 3, 12)), "{typed}");
            }
            Err(rejected) => {
                assert!(!is_read, "{typed}");
                let fault = &rejected.faults[0];
                let place = (fault.code, fault.spot.row, fault.spot.column);
                assert_eq!(place, (FaultCode::InvalidDate, 2, 5), "{typed}");
            }
        }
    }
}

const HEADINGS: &str = "Kennung|Name|Beobachtung|metal.saw-order";

#[test]
fn sheets_of_one_workbook_complete_or_contradict_each_other() {
    let sheet = |rows: &str| format!("{HEADINGS}\n{rows}");
    let (anna, ben, again, other) = (
        sheet("1|Ana Popa|anna|3"),
        sheet("1|Ana Popa|ben|4"),
        sheet("<1>||Anna|<3>"),
        sheet("1|Ana Popa|anna|4"),
    );
    // A copy of a sheet says nothing new.
    insta::assert_snapshot!(told(&[("Mai", &anna), ("Mai (2)", &anna), ("Juni", &ben), ("August", &again)]), @r#"
    1 "Ana Popa" None None-None None ["anna", "ben"]
    anna: metal.saw-order = 3
    ben: metal.saw-order = 4
    "#);
    insta::assert_snapshot!(told(&[("Mai", &anna), ("Juni", &other)]), @"
    x.xlsx, sheet Juni, row 2, column D: `metal.saw-order` differs between x.xlsx, sheet Mai, row 2 and x.xlsx, sheet Juni, row 2, which are of the same participant [contradiction]
      help: make both say the same, leave one of them empty, or give namesakes different keys
    x.xlsx, Blatt Juni, Zeile 2, Spalte D: `metal.saw-order` ist in x.xlsx, Blatt Mai, Zeile 2 und x.xlsx, Blatt Juni, Zeile 2 verschieden, obwohl beide zu derselben Person gehören
      Hilfe: beide Stellen angleichen, eine davon leer lassen oder Namensgleichen verschiedene Kennungen geben
    ");
}

#[test]
fn no_sheet_with_ratings_is_left_out_in_silence() {
    let full = format!("{HEADINGS}\n1|Ana Popa|anna|3");
    let few = "Kennung|metal.saw-plan\n1|4";
    let legend = "Wert|Bedeutung\n3|meist von allein";
    insta::assert_snapshot!(told(&[("A", &full), ("!B", &full), ("Legende", legend), ("!Listen", legend)]), @r#"
    1 "Ana Popa" None None-None None ["anna"]
    anna: metal.saw-order = 3
    x.xlsx, sheet B: this hidden sheet has ratings and was not read; show it, or name it with `--sheet`
    x.xlsx, Blatt B: dieses ausgeblendete Blatt hat Bewertungen und wurde nicht gelesen; es einblenden oder mit `--sheet` nennen
    "#);
    insta::assert_snapshot!(told(&[("A", &full), ("B", few)]), @r#"
    x.xlsx, sheet B, row 1: the column `observer` is missing [missing-column]
      help: add the column, or say in a file given with `--map` who observed: `[fill]` and below it `observer = "anna"`
    x.xlsx, Blatt B, Zeile 1: die Spalte `Beobachtung` fehlt
      Hilfe: die Spalte ergänzen oder in einer Datei, die mit `--map` angegeben wird, sagen, wer beobachtet hat: `[fill]` und darunter `observer = "anna"`
    "#);
}

#[test]
fn keys_that_a_spreadsheet_changed_are_noticed() {
    let rows = |rows: &str| format!("{HEADINGS}\n{rows}");
    // One participant, whatever the cells are.
    insta::assert_snapshot!(told(&[("A", &rows("<3>|Ana|anna|3\n3|Ana|ben|4\n 3\u{a0}|Ana|kaya|4"))]), @r#"
    3 "Ana" None None-None None ["anna", "ben", "kaya"]
    anna: metal.saw-order = 3
    ben: metal.saw-order = 4
    kaya: metal.saw-order = 4
    "#);
    // Perhaps one participant.
    insta::assert_snapshot!(told(&[("A", &rows("0012|Ana|anna|3\nP-1|Bo|anna|3")), ("B", &rows("<12>|Ana|ben|4\np-1|Bo|ben|4"))]), @r#"
    0012 "Ana" None None-None None ["anna"]
    anna: metal.saw-order = 3
    P-1 "Bo" None None-None None ["anna"]
    anna: metal.saw-order = 3
    12 "Ana" None None-None None ["ben"]
    ben: metal.saw-order = 4
    p-1 "Bo" None None-None None ["ben"]
    ben: metal.saw-order = 4
    x.xlsx, sheet B, row 2: the key is nearly that in x.xlsx, sheet A, row 2; one participant has the same key everywhere
    x.xlsx, Blatt B, Zeile 2: die Kennung gleicht fast der in x.xlsx, Blatt A, Zeile 2; eine Person hat überall dieselbe Kennung
    x.xlsx, sheet B, row 3: the key is nearly that in x.xlsx, sheet A, row 3; one participant has the same key everywhere
    x.xlsx, Blatt B, Zeile 3: die Kennung gleicht fast der in x.xlsx, Blatt A, Zeile 3; eine Person hat überall dieselbe Kennung
    "#);
    // Nobody.
    insta::assert_snapshot!(told(&[("A", &rows("<1234567890123456>|Ana|anna|3\n<true>|Bo|anna|4"))]), @"
    x.xlsx, sheet A, row 2, column A: `Kennung` is a number with more than 15 digits, and spreadsheets keep no more [invalid-number]
      help: give the cell the format `Text` and write it once more
    x.xlsx, Blatt A, Zeile 2, Spalte A: `Kennung` ist eine Zahl mit mehr als 15 Ziffern, und mehr behalten Tabellenkalkulationen nicht
      Hilfe: der Zelle das Format `Text` geben und noch einmal schreiben
    x.xlsx, sheet A, row 3, column A: `Kennung` is not a text [wrong-type]
      help: give the cell the format `Text` and write it once more
    x.xlsx, Blatt A, Zeile 3, Spalte A: `Kennung` ist kein Text
      Hilfe: der Zelle das Format `Text` geben und noch einmal schreiben
    ");
}

#[test]
fn what_stands_far_out_is_told_where_it_stands() {
    let far = format!("{HEADINGS}{}\n1|Ana|anna|3{}x", "|".repeat(200), "|".repeat(200));
    insta::assert_snapshot!(told(&[("A", &far)]), @"
    x.xlsx, sheet A, row 2, column GV: there is a cell here, but its column has no heading [row-length]
      help: empty the cell; or give the column a heading, which for notes begins with `#`
    x.xlsx, Blatt A, Zeile 2, Spalte GV: hier steht eine Zelle, aber ihre Spalte hat keine Überschrift
      Hilfe: die Zelle leeren oder der Spalte eine Überschrift geben, die bei Notizen mit `#` beginnt
    ");
    let blank = format!("{HEADINGS}{}\n1|Ana|anna|3{}", "| ".repeat(200), "| ".repeat(200));
    insta::assert_snapshot!(told(&[("A", &blank)]), @r#"
    1 "Ana" None None-None None ["anna"]
    anna: metal.saw-order = 3
    "#);
    let low = format!("{}{HEADINGS}\n1|Ana|anna|3", "Titel\n".repeat(18));
    insta::assert_snapshot!(told(&[("A", &low)]), @r#"
    1 "Ana" None None-None None ["anna"]
    anna: metal.saw-order = 3
    "#);
}

/// With people next to each other, the rows begin with headings and go on with names.
#[test]
fn a_table_on_its_side_is_refused_without_a_word_about_anybody() {
    let told = told(&[(
        "A",
        "Name|Elena Muster|Jan Muster\nKennung|P-1|P-2\nBeobachtung|anna|anna\nmetal.saw-order|3|4",
    )]);
    assert!(!told.contains("Muster") && !told.contains("P-1"));
    insta::assert_snapshot!(told, @r#"
    x.xlsx, sheet A, row 1: the column `observer` is missing [missing-column]
      help: add the column, or say in a file given with `--map` who observed: `[fill]` and below it `observer = "anna"`
    x.xlsx, Blatt A, Zeile 1: die Spalte `Beobachtung` fehlt
      Hilfe: die Spalte ergänzen oder in einer Datei, die mit `--map` angegeben wird, sagen, wer beobachtet hat: `[fill]` und darunter `observer = "anna"`
    x.xlsx, sheet A, row 1, column B: this heading is not known in this assessment [unknown-column]
      help: every column has a heading, and every participant a row
    x.xlsx, Blatt A, Zeile 1, Spalte B: diese Überschrift ist in dieser Feststellung nicht bekannt
      Hilfe: jede Spalte hat eine Überschrift und jede Person eine Zeile
    x.xlsx, sheet A, row 1, column C: this heading is not known in this assessment [unknown-column]
      help: every column has a heading, and every participant a row
    x.xlsx, Blatt A, Zeile 1, Spalte C: diese Überschrift ist in dieser Feststellung nicht bekannt
      Hilfe: jede Spalte hat eine Überschrift und jede Person eine Zeile
    "#);
}

#[test]
fn a_misspelt_german_heading_is_put_right() {
    for (written, meant) in [("Kenung", "`Kennung`"), ("nahme", "`Name`"), ("BEOBACHTUG", "`Beobachtung`")] {
        let rows = format!("{}\n1|Ana|anna|3", HEADINGS.replace(meant.trim_matches('`'), written));
        let faults = read(&book(&[("A", &rows)]), "x.xlsx", &vocabulary()).unwrap_err();
        let help = faults.iter().find_map(|fault| fault.help.as_ref().filter(|help| help.de.contains(meant)));
        assert!(help.is_some(), "{written}: {}", render(&faults));
    }
}

/// Whoever observed twice would count as two observers.
#[test]
fn one_name_stays_one_however_it_is_typed() {
    let rows = format!(
        "{HEADINGS}|metal.saw-plan\n1|Ana  Popa|Ştefan\u{a0}Öz|3|\n1|Ana\u{a0}Popa|ben|4|\n2|Bo|Frau  Kaya|3|2"
    );
    let second = "Kennung|Name|Beobachtung|metal.saw-plan\n1|Ana Popa|ȘTEFAN  ÖZ|2\n2|Bo|frau Kaya|2";
    insta::assert_snapshot!(told(&[("A", &rows), ("B", second)]), @r#"
    1 "Ana  Popa" None None-None None ["ben", "Ştefan\u{a0}Öz"]
    ben: metal.saw-order = 4
    Ştefan Öz: metal.saw-order = 3
    Ştefan Öz: metal.saw-plan = 2
    2 "Bo" None None-None None ["Frau  Kaya"]
    Frau  Kaya: metal.saw-order = 3
    Frau  Kaya: metal.saw-plan = 2
    "#);
}

#[test]
fn a_prepared_sheet_may_stay_empty_wherever_it_stands() {
    let full = format!("{HEADINGS}\n1|Ana|anna|3");
    for sheets in [[("A", HEADINGS), ("B", &full)], [("B", &full), ("A", HEADINGS)]] {
        let reading = read(&book(&sheets), "x.xlsx", &vocabulary()).unwrap();
        assert!(reading.people.len() == 1 && reading.people[0].is_ok());
        assert!(reading.notes.iter().any(|note| note.en.contains("sheet A: there are no rows")));
    }
    insta::assert_snapshot!(told(&[("A", HEADINGS), ("B", HEADINGS)]), @"
    x.xlsx, sheet A, row 1: there are no rows under the headings [empty]
    x.xlsx, Blatt A, Zeile 1: unter den Überschriften stehen keine Zeilen
    x.xlsx, sheet B, row 1: there are no rows under the headings [empty]
    x.xlsx, Blatt B, Zeile 1: unter den Überschriften stehen keine Zeilen
    ");
}

/// A value that is shown across two rows is that of the first one only, and nobody sees it.
#[test]
fn merged_ratings_are_told() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("A").unwrap();
    for (row, line) in (0..).zip(["Gruppe|||", HEADINGS, "1|Ana|anna|3", "2|Bo|anna|", "||ben|4"]) {
        for (column, cell) in (0..).zip(line.split('|')) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    let plain = rust_xlsxwriter::Format::new();
    sheet.merge_range(0, 0, 0, 3, "Gruppe", &plain).unwrap();
    sheet.merge_range(2, 3, 3, 3, "3", &plain).unwrap();
    sheet.merge_range(3, 0, 4, 0, "2", &plain).unwrap();
    insta::assert_snapshot!(told_of(&book.save_to_buffer().unwrap()), @r#"
    1 "Ana" None None-None None ["anna"]
    anna: metal.saw-order = 3
    2 "Bo" None None-None None ["anna"]

    x.xlsx, sheet A, row 5, column A: `Kennung` is empty [missing-value]
    x.xlsx, Blatt A, Zeile 5, Spalte A: `Kennung` ist leer
    x.xlsx, sheet A, row 5, column B: `Name` is empty [missing-value]
    x.xlsx, Blatt A, Zeile 5, Spalte B: `Name` ist leer
    x.xlsx, sheet A, row 3, column D: this cell is merged with those below it, down to row 4, which are empty all the same
    x.xlsx, Blatt A, Zeile 3, Spalte D: diese Zelle ist mit denen darunter bis Zeile 4 verbunden, die trotzdem leer sind
    "#);
}
