//! Tables as spreadsheets and other programs write them.

use kompetenz::entry::FaultCode;
use kompetenz::raw::{FactKind, Given};
use kompetenz::{Exact, words};
use kompetenz_sheets::read;

use crate::hostile::codes;
use crate::{content, faults, good, named, render, vocabulary};

#[test]
fn the_dialects_of_csv_say_the_same() {
    let plain = "key;name;observer;hours;metal.saw-order;german.dtz-speaking\n\
                 P-1;Țurcanu;anna;7.5;3;74.5\nP-1;Țurcanu;ben;7.5;n;\n";
    let expected = content(good(plain).people[0].as_ref().unwrap());
    let comma = plain.replace(';', ",");
    for (name, text) in [
        ("byte order mark", format!("\u{feff}{plain}")),
        ("CRLF", plain.replace('\n', "\r\n")),
        ("CR", plain.replace('\n', "\r")),
        ("no end of the last line", plain.trim_end().to_owned()),
        ("commas", comma.clone()),
        ("tabs", plain.replace(';', "\t")),
        ("decimal comma", plain.replace("7.5", "7,5").replace("74.5", "74,5")),
        ("quoted decimal comma", comma.replace("7.5", "\"7,5\"").replace("74.5", "\"74,5\"")),
        ("quoted cells", plain.replace("Țurcanu", "\"Țurcanu\"").replace("anna", "\"anna\"")),
        (
            "quoted headings with separators",
            plain.replace("key;", "\"#a,b,c,d,e,f,g\n\";key;").replace("\nP", "\n;P"),
        ),
        ("German headings", plain.replace("key;name;observer;hours", "Kennung;Name;Beobachtung;Stunden")),
        (
            "capitals and spaces",
            plain.replace("key;name", " KEY ; na\u{a0}me ").replace("metal.saw-o", "Metal. Saw-O"),
        ),
        ("spaces around values", plain.replace(";3;", "; 3 ;").replace("P-1;", " P-1\t ;")),
        ("empty rows", plain.replace("\nP", "\n\n;;;;;\nP") + "\n;;;;;\n\n\n"),
        ("empty columns", plain.replace('\n', ";;;\n")),
        ("notes", plain.replace('\n', ";a note\n").replacen("a note", "#", 1)),
        ("an empty cell agrees", plain.replace("P-1;Țurcanu;ben;7.5", "P-1;;ben;")),
        ("short rows", plain.replace(";n;\n", ";n\n")),
    ] {
        let reading = good(&text);
        assert_eq!(reading.people.len(), 1, "{name}");
        match &reading.people[0] {
            Ok(entry) => assert_eq!(content(entry), expected, "{name}"),
            Err(rejected) => panic!("{name}: {}", render(&rejected.faults)),
        }
    }
}

/// An item column that went missing in an office program changes results, so everybody is told.
#[test]
fn a_lost_column_is_told() {
    let rows = "P-1;Ana;anna;3\n";
    let whole = read(format!("key;name;observer;metal.saw-order\n{rows}").as_bytes(), "x.csv", &vocabulary())
        .unwrap();
    let items = vocabulary().items.iter().filter(|item| item.starts_with("metal.")).count();
    assert_eq!(whole.warnings.len(), 1);
    assert!(
        whole.warnings[0].en.starts_with(&format!("x.csv: {} item(s) have no column", items - 1)),
        "{:?}",
        whole.warnings
    );
    assert!(!whole.warnings[0].en.contains("german."), "a module that is not in the table was not taken");
}

/// A decimal comma between commas makes one cell of a row into two and shifts all the others.
#[test]
fn a_shifted_row_is_no_result() {
    let table = "key,name,observer,german.dtz-speaking,metal.saw-order\nP-1,Ana,anna,34,5,\n";
    assert_eq!(codes(table.as_bytes()), [FaultCode::RowLength]);
}

/// Rows are numbered as a spreadsheet shows them.
#[test]
fn rows_are_those_of_a_spreadsheet() {
    for (name, before, row) in [
        ("nothing", "", 2),
        ("an empty line", "\n", 3),
        ("empty lines of all kinds", "\n\r\n\r\r\n", 6),
        ("an empty row", ";;\n", 3),
        ("a line break in a cell", "P-1;x;\"an\nna\"\n", 3),
        ("a line break of another kind in a cell", "P-1;x;\"an\r\nna\"\r\n", 3),
    ] {
        let text = format!("key;name;observer\n{before};x;anna\n");
        let found = faults(text.as_bytes(), "results.csv");
        assert_eq!(found.len(), 1, "{name}");
        assert_eq!((found[0].spot.row, found[0].spot.column), (row, 1), "{name}");
    }
}

#[test]
fn values_are_read_as_they_are_meant() {
    let number = |text: &str| Given::Number(Exact::parse(text).unwrap());
    let text = |text: &str| Given::Text(text.into());
    for (cell, kind, value) in [
        ("3", None, number("3")),
        ("74,5", None, number("74.5")),
        ("74.5", None, number("74.5")),
        ("-1", None, number("-1")),
        ("n", None, text("n")),
        ("A2", None, text("A2")),
        ("1e3", None, text("1e3")),
        ("1.000,5", None, text("1.000,5")),
        ("1,000,5", None, text("1,000,5")),
        ("3\u{0}", None, text("3\u{0}")),
        ("0,1234567890123456", None, text("0,1234567890123456")),
        ("ja", None, text("ja")),
        ("ja", Some(FactKind::Flag), Given::Flag(true)),
        ("FALSCH", Some(FactKind::Flag), Given::Flag(false)),
        ("1", Some(FactKind::Flag), number("1")),
        ("perhaps", Some(FactKind::Flag), text("perhaps")),
        ("ja", Some(FactKind::Choice), text("ja")),
        ("1.3.1990", Some(FactKind::Date), Given::Date(jiff::civil::date(1990, 3, 1))),
        ("1990-03-01", Some(FactKind::Date), Given::Date(jiff::civil::date(1990, 3, 1))),
    ] {
        let mut vocabulary = vocabulary();
        vocabulary.items.push("cell".into());
        if let Some(kind) = kind {
            vocabulary.items.pop();
            vocabulary.facts.push(("cell".into(), kind));
        }
        let table = format!("key;name;observer;cell\nP-1;x;anna;{cell}\n");
        let reading = read(table.as_bytes(), "results.csv", &vocabulary).unwrap();
        let entry = reading.people[0].as_ref().unwrap();
        let found = entry.ratings.iter().map(|r| &r.value).chain(entry.facts.iter().map(|f| &f.value)).next();
        assert_eq!(found, Some(&value), "{cell:?} as {kind:?}");
    }
}

#[test]
fn dates_are_german_or_iso_or_the_numbers_of_spreadsheets() {
    for (cell, date) in [
        ("12.03.1990", Some((1990, 3, 12))),
        ("1.3.1990", Some((1990, 3, 1))),
        ("1990-03-12", Some((1990, 3, 12))),
        ("29.02.2000", Some((2000, 2, 29))),
        ("01.01.1900", Some((1900, 1, 1))),
        ("31.12.1899", None),
        ("29.02.1999", None),
        ("12.03.90", None),
        ("12.03.01990", None),
        ("12.3.", None),
        ("12/03/1990", None),
        ("03-12-1990", None),
        ("1990-3-12", None),
        ("12.März 1990", None),
        ("+1.03.1990", None),
        ("12.03.1990.", None),
        ("32944", Some((1990, 3, 12))),
        ("9999", None),
        ("1990", None),
        ("09999", None),
        ("32944.5", None),
        ("99999", Some((2173, 10, 13))),
        ("12.03.2990", None),
    ] {
        let table = format!("key;name;observer;Geburtsdatum\nP-1;x;anna;{cell}\n");
        let reading = good(&table);
        match (&reading.people[0], date) {
            (Ok(entry), Some((year, month, day))) => {
                assert_eq!(entry.birth_date, Some(jiff::civil::date(year, month, day)), "{cell}");
            }
            (Err(rejected), None) => assert_eq!(rejected.faults[0].code, FaultCode::InvalidDate, "{cell}"),
            (person, _) => panic!("{cell}: {person:?}"),
        }
    }
}

/// One participant's fault is nobody else's, and all of a participant's faults are listed, also those of good rows.
#[test]
fn a_faulty_row_rejects_its_participant_alone() {
    let reading = good(
        "key;name;observer;hours;from;metal.saw-order\n\
         P-1;a;anna;many;;3\n\
         P-2;b;anna;60;;3\n\
         P-1;a;ben;60;soon;3\n\
         ;c;ben;60;;3\n\
         ;d;ben;60;;3\n",
    );
    let rows: Vec<_> = reading
        .people
        .iter()
        .map(|person| person.as_ref().map_or_else(|r| r.origin.spot.row, |e| e.origin.spot.row))
        .collect();
    assert_eq!(rows, [2, 3, 5, 6]);
    assert!(reading.people[1].is_ok());
    let Err(first) = &reading.people[0] else { panic!() };
    insta::assert_snapshot!(render(&first.faults), @"
    results.csv, row 2, column D: `hours` is not a plain decimal number [invalid-number]
      help: write digits only, with at most one decimal sign and no unit, for instance `60` or `7.5`
    results.csv, Zeile 2, Spalte D: `hours` ist keine einfache Dezimalzahl
      Hilfe: nur Ziffern mit höchstens einem Dezimalzeichen und ohne Einheit schreiben, zum Beispiel `60` oder `7,5`
    results.csv, row 4, column E: `from` is not a date [invalid-date]
      help: write day, month and the year in full: `12.03.1990` or `1990-03-12`
    results.csv, Zeile 4, Spalte E: `from` ist kein Datum
      Hilfe: Tag, Monat und das ganze Jahr schreiben: `12.03.1990` oder `1990-03-12`
    ");
}

/// Excel writes a question mark where its old encoding has no letter. That is all that is left of the name.
#[test]
fn lost_letters_are_not_printed_on_certificates() {
    let table =
        "key;name;observer\nP-1;Elena-?tefania ?urcanu;anna\nP-2;Ana P\u{fffd}un;anna\nP-3;Ana;\u{fffd}\n";
    insta::assert_snapshot!(render(&faults(table.as_bytes(), "results.csv")), @"
    results.csv, row 2, column B: `name` has a sign in it that stands for a lost letter [lost-character]
      help: save it from Excel again: File, Save as, file type `CSV UTF-8 (Comma delimited)`
    results.csv, Zeile 2, Spalte B: in `name` steht ein Zeichen für einen verlorenen Buchstaben
      Hilfe: aus Excel noch einmal speichern: Datei, Speichern unter, Dateityp `CSV UTF-8 (durch Trennzeichen getrennt)`
    results.csv, row 3, column B: `name` has a sign in it that stands for a lost letter [lost-character]
      help: save it from Excel again: File, Save as, file type `CSV UTF-8 (Comma delimited)`
    results.csv, Zeile 3, Spalte B: in `name` steht ein Zeichen für einen verlorenen Buchstaben
      Hilfe: aus Excel noch einmal speichern: Datei, Speichern unter, Dateityp `CSV UTF-8 (durch Trennzeichen getrennt)`
    results.csv, row 4, column C: `observer` has a sign in it that stands for a lost letter [lost-character]
      help: save it from Excel again: File, Save as, file type `CSV UTF-8 (Comma delimited)`
    results.csv, Zeile 4, Spalte C: in `observer` steht ein Zeichen für einen verlorenen Buchstaben
      Hilfe: aus Excel noch einmal speichern: Datei, Speichern unter, Dateityp `CSV UTF-8 (durch Trennzeichen getrennt)`
    ");
}

/// Old encodings are read where only one of them makes words, and all of Unicode always is.
#[test]
fn other_encodings_are_read_or_asked_for() {
    let latin = |text: &str| text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect::<Vec<u8>>();
    let utf16 = |text: &str| {
        let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect::<Vec<u8>>()
    };
    let table = "key;name;observer;metal.saw-order\n\nP-1;Jan;anna;3\nP-2;Jürgen Groß;anna;2\n";
    for (bytes, note) in [
        (table.as_bytes().to_vec(), "results.csv: a table with semicolons between its cells"),
        (latin(table), "results.csv: read as windows-1252"),
        (utf16(table), "results.csv: a table with semicolons between its cells"),
        (utf16(table)[2..].to_vec(), "results.csv: read as utf-16le"),
    ] {
        let reading = read(&bytes, "results.csv", &vocabulary()).unwrap();
        assert_eq!(reading.people[1].as_ref().unwrap().name, "Jürgen Groß", "{note}");
        assert_eq!(reading.notes[0].en, note);
    }
    let mut out = String::new();
    for bytes in [latin("key;name;observer\nP-1;João Simões;anna\n"), b"PK\x03\x04\x14\0".to_vec()] {
        out.push_str(&render(&read(&bytes, "results.csv", &vocabulary()).unwrap_err()));
    }
    insta::assert_snapshot!(out, @"
    results.csv: it is not certain in which encoding the file is written [unknown-encoding]
      help: a character in line 2 is `ã` with `--encoding windows-1252`, `ă` with `--encoding windows-1250` and `„` with `--encoding macintosh`; say which is right, or save the file from Excel as `CSV UTF-8`, which leaves no question
    results.csv: es ist nicht sicher, in welcher Kodierung die Datei geschrieben ist
      Hilfe: ein Zeichen in Zeile 2 ist `ã` mit `--encoding windows-1252`, `ă` mit `--encoding windows-1250` und `„` mit `--encoding macintosh`; angeben, was stimmt, oder die Datei aus Excel als `CSV UTF-8` speichern, dann stellt sich die Frage nicht
    results.csv: the workbook is damaged, or was not copied to its end [unreadable]
      help: open it in Excel or LibreOffice, save it under a new name and hand that in; if it does not open, take another copy
    results.csv: die Arbeitsmappe ist beschädigt oder wurde nicht bis zum Ende kopiert
      Hilfe: in Excel oder LibreOffice öffnen, unter neuem Namen speichern und diese Datei abgeben; lässt sie sich nicht öffnen, eine andere Kopie nehmen
    ");
}

/// Without its headings a table may begin with a participant, and messages repeat nothing about people.
#[test]
fn a_table_without_headings_is_not_quoted() {
    let found = faults(b"P-1;Elena Muster;anna;3\nP-2;Jan Muster;anna;3\n", "results.csv");
    let rendered = render(&found);
    assert!(!rendered.contains("Muster"));
    insta::assert_snapshot!(rendered, @"
    results.csv, row 1: the column `key` is missing [missing-column]
      help: one of the first rows of the table holds the headings of its columns; headings of another office are translated by a file given with `--map`
    results.csv, Zeile 1: die Spalte `Kennung` fehlt
      Hilfe: in einer der ersten Zeilen der Tabelle stehen die Überschriften der Spalten; Überschriften eines anderen Amts übersetzt eine Datei, die mit `--map` angegeben wird
    results.csv, row 1: the column `name` is missing [missing-column]
      help: one of the first rows of the table holds the headings of its columns; headings of another office are translated by a file given with `--map`
    results.csv, Zeile 1: die Spalte `Name` fehlt
      Hilfe: in einer der ersten Zeilen der Tabelle stehen die Überschriften der Spalten; Überschriften eines anderen Amts übersetzt eine Datei, die mit `--map` angegeben wird
    results.csv, row 1: the column `observer` is missing [missing-column]
      help: one of the first rows of the table holds the headings of its columns; headings of another office are translated by a file given with `--map`
    results.csv, Zeile 1: die Spalte `Beobachtung` fehlt
      Hilfe: in einer der ersten Zeilen der Tabelle stehen die Überschriften der Spalten; Überschriften eines anderen Amts übersetzt eine Datei, die mit `--map` angegeben wird
    ");
}

/// A quotation mark that is never closed would take all further participants into one cell.
#[test]
fn quotation_marks_that_do_not_close_are_refused() {
    let mut out = String::new();
    for table in [
        "key;name;observer;#\nP-1;a;anna;\"late\nP-2;b;anna;\n",
        "key;name;observer;#\nP-1;a;anna;\"late\nP-2;b;anna;\"ill\"\n",
    ] {
        out.push_str(&render(&faults(table.as_bytes(), "results.csv")));
    }
    insta::assert_snapshot!(out, @"
    results.csv, row 2: a quotation mark in this row is never closed [malformed-row]
      help: a cell that begins with a quotation mark ends with one; inside it, each quotation mark is doubled
    results.csv, Zeile 2: ein Anführungszeichen in dieser Zeile wird nie geschlossen
      Hilfe: eine Zelle, die mit einem Anführungszeichen beginnt, endet auch mit einem; darin wird jedes Anführungszeichen verdoppelt
    results.csv, row 2: a cell of this row goes on behind its closing quotation mark [malformed-row]
      help: a cell that begins with a quotation mark ends with one; inside it, each quotation mark is doubled
    results.csv, Zeile 2: eine Zelle dieser Zeile geht hinter ihrem schließenden Anführungszeichen weiter
      Hilfe: eine Zelle, die mit einem Anführungszeichen beginnt, endet auch mit einem; darin wird jedes Anführungszeichen verdoppelt
    ");
}

#[test]
fn notes_say_what_was_assumed() {
    let reading = good("key,name,observer,#age,metal.saw-order,# remark\nP-1,x,anna,33,3,\n");
    assert_eq!(
        reading.notes,
        [
            words!(
                "results.csv: a table with commas between its cells",
                "results.csv: eine Tabelle mit Kommas zwischen den Zellen"
            ),
            words!(
                "results.csv: not read, because the heading begins with `#`: D, F",
                "results.csv: nicht gelesen, weil die Überschrift mit `#` beginnt: D, F"
            ),
        ]
    );
}

/// The spelling that comes first counts, so that nobody after us takes one for two.
#[test]
fn occasions_are_told_apart_by_observer_situation_and_trial() {
    let table = "Kennung;Name;Beobachtung;Situation;Versuch;metal.saw-order
P-1;x;Klärung;KÜCHE;;2
P-1;x;Anna;Küche;;3
P-1;x;anna;küche;2;3
P-1;x;ANNA;;;3
P-1;x;Selbst;Werkstatt;1;3
"
    .replace("metal.saw-order", "Notiz;metal.saw-order")
    .replace(";3\n", ";;3\n")
    .replace(";2\n", ";why;2\n");
    let reading = good(&table);
    let entry = reading.people[0].as_ref().unwrap_or_else(|r| panic!("{}", render(&r.faults)));
    let named: Vec<_> = entry.occasions.iter().map(named).collect();
    assert_eq!(named, ["Anna @ Küche", "Anna @ Küche #2", "Anna", "self @ Werkstatt"]);
    assert_eq!(entry.resolutions[0].situation.as_deref(), Some("Küche"));

    let twice = "key;name;observer;situation;Durchgang
P-1;x;anna;kitchen;
P-1;x;Anna;Kitchen;1,0
P-1;x;self;;2
P-1;x;selbst;;2
P-1;x;anna;kitchen;1,5
P-1;x;anna;kitchen;two
";
    insta::assert_snapshot!(render(&faults(twice.as_bytes(), "results.csv")), @"
    results.csv, row 3, column C: rows 2 and 3 are of the same participant and the same observer, in the same situation and trial [duplicate-row]
      help: put them together, or tell them apart in the columns `situation` and `trial`
    results.csv, Zeile 3, Spalte C: die Zeilen 2 und 3 gehören zu derselben Person und derselben Beobachtung, in derselben Situation und demselben Durchgang
      Hilfe: zusammenlegen, oder in den Spalten `Situation` und `Durchgang` unterscheiden
    results.csv, row 5, column C: rows 4 and 5 are of the same participant and the same observer, in the same situation and trial [duplicate-row]
      help: put them together, or tell them apart in the columns `situation` and `trial`
    results.csv, Zeile 5, Spalte C: die Zeilen 4 und 5 gehören zu derselben Person und derselben Beobachtung, in derselben Situation und demselben Durchgang
      Hilfe: zusammenlegen, oder in den Spalten `Situation` und `Durchgang` unterscheiden
    results.csv, row 6, column E: `Durchgang` is not a whole number from 1 on [invalid-number]
    results.csv, Zeile 6, Spalte E: `Durchgang` ist keine ganze Zahl ab 1
    results.csv, row 7, column E: `Durchgang` is not a whole number from 1 on [invalid-number]
    results.csv, Zeile 7, Spalte E: `Durchgang` ist keine ganze Zahl ab 1
    ");
}

#[test]
fn decisions_are_read_as_they_are_meant() {
    for (cell, expected) in [
        ("confirmed", Some("Confirmed(\"recognition\") None")),
        ("Bestätigt", Some("Confirmed(\"recognition\") None")),
        ("BESTA\u{308}TIGT", Some("Confirmed(\"recognition\") None")),
        ("bestaetigt", Some("Confirmed(\"recognition\") None")),
        ("rejected: no time", Some("Rejected(\"recognition\") Some(\"no time\")")),
        ("Abgelehnt : Montag: keine Zeit", Some("Rejected(\"recognition\") Some(\"Montag: keine Zeit\")")),
        ("edited:x", Some("Edited(\"recognition\", [Localized { language: None, text: \"x\" }]) None")),
        ("geaendert: x", Some("Edited(\"recognition\", [Localized { language: None, text: \"x\" }]) None")),
        ("Geändert: x", Some("Edited(\"recognition\", [Localized { language: None, text: \"x\" }]) None")),
        ("", Some("")),
        ("confirmed: yes", None),
        ("rejected", None),
        ("rejected:", None),
        ("edited: ", None),
        ("ja", None),
        ("1", None),
        (": x", None),
    ] {
        let table = format!("key;name;observer;recognition\nP-1;x;anna;{cell}\n");
        match &good(&table).people[0] {
            Ok(entry) => {
                let said: Vec<_> =
                    entry.decisions.iter().map(|d| format!("{:?} {:?}", d.ruling, d.reason)).collect();
                assert_eq!(Some(said.join("").as_str()), expected, "{cell}");
            }
            Err(rejected) => {
                assert_eq!((rejected.faults[0].code, expected), (FaultCode::InvalidDecision, None), "{cell}");
            }
        }
    }
}

#[test]
fn decisions_of_one_participant_agree() {
    let head = "key;name;observer;recognition;decided-by\n";
    let row = |observer: &str, rest: &str| format!("P-1;x;{observer};{rest}\n");
    for (first, second, agree) in [
        ("confirmed;", "bestätigt;kaya", true),
        ("confirmed;kaya", ";", true),
        ("confirmed;kaya", "confirmed;kaya", true),
        ("confirmed;kaya", "confirmed;lee", false),
        ("rejected: a;", "rejected: a;", true),
        ("rejected: a;", "rejected: b;", false),
        ("edited: a;", "edited: b;", false),
        ("edited: a;", "rejected: a;", false),
    ] {
        let table = format!("{head}{}{}", row("anna", first), row("ben", second));
        match &good(&table).people[0] {
            Ok(entry) => {
                assert!(agree, "{first} {second}");
                let by = table.contains("kaya").then_some("kaya");
                assert_eq!((entry.decisions.len(), entry.decisions[0].by.as_deref()), (1, by));
            }
            Err(rejected) => {
                assert_eq!(
                    (rejected.faults[0].code, agree),
                    (FaultCode::Contradiction, false),
                    "{first} {second}"
                );
            }
        }
    }
}

/// Nothing that is written down is passed over.
#[test]
fn cells_that_have_no_place_are_reported() {
    let table = "key;name;observer;situation;trial;note;metal.saw-order;metal.saw-order.note;metal.saw;recognition;decided-by
P-1;x;anna;;;;3;;3;;
P-1;x;ben;;;;3;;;;kaya
P-1;x;resolution;;2;why;3;perhaps;3;;kaya
P-1;x;resolution;kitchen;;;;;;;
P-1;x;resolution;;;why;;;;confirmed;
P-1;x;resolution;;;;;;3;;
P-1;x;resolution;;;;;;;;kaya
P-1;x;resolution;;;;;;;;
";
    insta::assert_snapshot!(render(&faults(table.as_bytes(), "results.csv")), @"
    results.csv, row 2, column I: `metal.saw` is computed, so nobody rates it [invalid-resolution]
      help: only a row with the observer `resolution` has a value here
    results.csv, Zeile 2, Spalte I: `metal.saw` wird berechnet, also bewertet es niemand
      Hilfe: nur eine Zeile mit der Beobachtung `Klärung` hat hier einen Wert
    results.csv, row 3, column K: here stands who decided, but nothing is decided in this row [invalid-decision]
      help: empty the cell, or fill in the decision
    results.csv, Zeile 3, Spalte K: hier steht, wer entschieden hat, aber in dieser Zeile ist nichts entschieden
      Hilfe: die Zelle leeren oder die Entscheidung eintragen
    results.csv, row 4, column E: a resolution has no `trial` [invalid-resolution]
      help: empty the cell; the reason stands in `note`, and the situation in `situation`
    results.csv, Zeile 4, Spalte E: eine Klärung hat kein `trial`
      Hilfe: die Zelle leeren; die Begründung steht unter `Notiz`, die Situation unter `Situation`
    results.csv, row 4, column H: a resolution has no `metal.saw-order.note` [invalid-resolution]
      help: empty the cell; the reason stands in `note`, and the situation in `situation`
    results.csv, Zeile 4, Spalte H: eine Klärung hat kein `metal.saw-order.note`
      Hilfe: die Zelle leeren; die Begründung steht unter `Notiz`, die Situation unter `Situation`
    results.csv, row 5, column D: this row settles nothing [invalid-resolution]
      help: write the value that counts into the column of the item or measure, or delete the row
    results.csv, Zeile 5, Spalte D: diese Zeile klärt nichts
      Hilfe: den Wert, der gilt, in die Spalte des Merkmals oder des Messwerts schreiben oder die Zeile löschen
    results.csv, row 6, column F: this row settles nothing [invalid-resolution]
      help: write the value that counts into the column of the item or measure, or delete the row
    results.csv, Zeile 6, Spalte F: diese Zeile klärt nichts
      Hilfe: den Wert, der gilt, in die Spalte des Merkmals oder des Messwerts schreiben oder die Zeile löschen
    results.csv, row 7, column F: a resolution needs a note that says why [invalid-resolution]
      help: write the reason into `note`
    results.csv, Zeile 7, Spalte F: eine Klärung braucht eine Notiz mit der Begründung
      Hilfe: die Begründung unter `Notiz` (`note`) schreiben
    results.csv, row 8, column K: here stands who decided, but nothing is decided in this row [invalid-decision]
      help: empty the cell, or fill in the decision
    results.csv, Zeile 8, Spalte K: hier steht, wer entschieden hat, aber in dieser Zeile ist nichts entschieden
      Hilfe: die Zelle leeren oder die Entscheidung eintragen
    ");
}

#[test]
fn columns_of_notes_are_found_and_told_apart() {
    let table = "key;name;observer;Metal.Saw-Order.Notiz;german.notiz;Notiz\nP-1;x;anna;a;b;c\n";
    let reading = good(table);
    let entry = reading.people[0].as_ref().unwrap();
    let notes: Vec<_> = entry.notes.iter().map(|note| (&*note.about, note.text.as_str())).collect();
    assert_eq!(notes, [("metal.saw-order", "a"), ("german", "b"), ("", "c")]);

    let table = "key;name;observer;metal.note;Metal.Notiz;metal.saw-ordr.note;recognition.note;notes\nP-1;x;anna;;;;;\n";
    insta::assert_snapshot!(render(&faults(table.as_bytes(), "results.csv")), @"
    results.csv, row 1, column E: columns D and E are both `Metal.Notiz` [duplicate-column]
    results.csv, Zeile 1, Spalte E: die Spalten D und E sind beide `Metal.Notiz`
    results.csv, row 1, column F: the column `metal.saw-ordr.note` is not known in this assessment [unknown-column]
      help: did you mean `metal.saw-order.note`? the heading of a column that is only a note begins with `#`
    results.csv, Zeile 1, Spalte F: die Spalte `metal.saw-ordr.note` ist in dieser Feststellung nicht bekannt
      Hilfe: ist `metal.saw-order.note` gemeint? die Überschrift einer Spalte, die nur eine Notiz ist, beginnt mit `#`
    results.csv, row 1, column G: the column `recognition.note` is not known in this assessment [unknown-column]
      help: did you mean `recognition`? the heading of a column that is only a note begins with `#`
    results.csv, Zeile 1, Spalte G: die Spalte `recognition.note` ist in dieser Feststellung nicht bekannt
      Hilfe: ist `recognition` gemeint? die Überschrift einer Spalte, die nur eine Notiz ist, beginnt mit `#`
    results.csv, row 1, column H: the column `notes` is not known in this assessment [unknown-column]
      help: did you mean `note`? the heading of a column that is only a note begins with `#`
    results.csv, Zeile 1, Spalte H: die Spalte `notes` ist in dieser Feststellung nicht bekannt
      Hilfe: ist `note` gemeint? die Überschrift einer Spalte, die nur eine Notiz ist, beginnt mit `#`
    ");
}
