//! Tables as other people lay them out, and what several files say together.

use kompetenz::entry::{Entry, FaultCode, Vocabulary};
use kompetenz_sheets::{Map, Options, Reader, Reading};

use crate::{content, good, render, vocabulary};

/// The usual vocabulary, with titles.
fn titled() -> Vocabulary {
    let mut vocabulary = vocabulary();
    let mut title = |title: &str, path: &str| vocabulary.titles.push((title.to_owned(), path.to_owned()));
    title("Metall", "metal");
    title("Metalworking", "metal");
    title("Deutsch", "german");
    for (task, german) in [("saw", "Sägen"), ("drill", "Bohren"), ("bend", "Biegen")] {
        title(&format!("{german}: Reihenfolge"), &format!("metal.{task}-order"));
        title(&format!("{task}: order"), &format!("metal.{task}-order"));
        title("Sicherheit", &format!("metal.{task}-safety"));
    }
    title("Schreiben", "german.writing-screening");
    title("Schreiben", "metal.saw-plan");
    title("Berufsjahre Metall", "metal.work-years");
    vocabulary
}

/// Reads files together.
fn together(files: &[(&str, &str)], vocabulary: &Vocabulary) -> Reading {
    let mut reader = Reader::new(vocabulary);
    for (file, text) in files {
        reader.add(text.as_bytes(), file, &Options::default());
    }
    reader.finish()
}

fn only(reading: &Reading) -> &Entry {
    assert!(reading.faults.is_empty(), "{}", render(&reading.faults));
    assert_eq!(reading.people.len(), 1);
    reading.people[0].as_ref().unwrap_or_else(|rejected| panic!("{}", render(&rejected.faults)))
}

/// Everything that is wrong, with files and with people.
fn wrong(reading: &Reading) -> String {
    let of_people = reading.people.iter().filter_map(|person| person.as_ref().err());
    let mut faults = reading.faults.clone();
    faults.extend(of_people.flat_map(|rejected| rejected.faults.clone()));
    render(&faults)
}

const WIDE: &str = "key;name;observer;situation;metal.saw-order;metal.saw-plan;metal.work-years;note
P-1;Ana Popa;anna;shop;3;2;6;calm
P-1;Ana Popa;ben;;4;n;;
";

/// One row per observation says the same as one row per observer.
#[test]
fn long_tables_say_what_wide_tables_say() {
    let long = "Kennung;Name;Beobachtung;Situation;Merkmal;Wert;Notiz
P-1;Ana Popa;anna;shop;metal.saw-order;3;
P-1;;ben;;Sägen: Reihenfolge;4;
P-1;;anna;shop;metal.saw-plan;2;
P-1;;ben;;Metal.Saw-Plan;n;
P-1;;anna;shop;berufsjahre metall;6;
P-1;;anna;shop;;;calm
";
    let titled = titled();
    assert_eq!(
        content(only(&together(&[("l.csv", long)], &titled))),
        content(only(&together(&[("w.csv", WIDE)], &titled)))
    );
}

#[test]
fn long_tables_have_notes_resolutions_and_decisions() {
    let long = "key;name;observer;item;value;note;decided-by
P-1;Ana;anna;metal.saw-order;1;laid the tools out first;
P-1;Ana;ben;metal.saw-order;3;;
P-1;;Klärung;metal.saw-order;2;seen together;kaya
P-1;;anna;recognition;confirmed;;kaya
";
    insta::assert_snapshot!(content(only(&together(&[("l.csv", long)], &titled()))), @r#"
    P-1 "Ana" None None-None None ["anna", "ben"]
    anna: "metal.saw-order" "laid the tools out first"
    anna: metal.saw-order = 1
    ben: metal.saw-order = 3
    decided: Confirmed("recognition") None Some("kaya")
    settled: metal.saw-order = 2 None "seen together" Some("kaya")
    "#);
}

#[test]
fn faults_of_long_tables_have_their_cells() {
    let long = "key;name;observer;item;value
P-1;Ana;anna;metal.saw-ordre;3
P-2;Bea;anna;Schreiben;3
P-3;Eva;anna;;3
P-4;Ida;anna;metal.saw-order;3
P-4;Ida;anna;metal.saw-order;2
P-5;Oda;anna;name;2
";
    insta::assert_snapshot!(wrong(&together(&[("l.csv", long)], &titled())), @"
    l.csv, row 2, column D: there is no item of this name [unknown-item]
      help: did you mean `metal.saw-order`?
    l.csv, Zeile 2, Spalte D: ein Merkmal mit diesem Namen gibt es nicht
      Hilfe: ist `metal.saw-order` gemeint?
    l.csv, row 3, column D: this is the title of several items: `german.writing-screening`, `metal.saw-plan` [unknown-item]
      help: write one of these names
    l.csv, Zeile 3, Spalte D: so heißen mehrere Merkmale: `german.writing-screening`, `metal.saw-plan`
      Hilfe: einen dieser Namen schreiben
    l.csv, row 4, column D: `item` is empty [missing-value]
    l.csv, Zeile 4, Spalte D: `item` ist leer
    l.csv, row 6, column E: `metal.saw-order` differs between rows 5 and 6, which are of the same participant [contradiction]
      help: make both say the same, leave one of them empty, or give namesakes different keys
    l.csv, Zeile 6, Spalte E: `metal.saw-order` ist in den Zeilen 5 und 6 verschieden, obwohl beide zu derselben Person gehören
      Hilfe: beide Stellen angleichen, eine davon leer lassen oder Namensgleichen verschiedene Kennungen geben
    l.csv, row 7, column D: there is no item of this name [unknown-item]
      help: write the path of an item, such as `metal.saw-order`, or its title
    l.csv, Zeile 7, Spalte D: ein Merkmal mit diesem Namen gibt es nicht
      Hilfe: den Pfad eines Merkmals schreiben, wie `metal.saw-order`, oder seinen Titel
    ");
}

/// The same rating twice is one rating, wherever it stands.
#[test]
fn what_is_said_twice_counts_once() {
    let long =
        "key;name;observer;item;value\nP-1;Ana;anna;metal.saw-order;3\nP-1;Ana;anna;metal.saw-order;3\n";
    assert_eq!(only(&together(&[("l.csv", long)], &titled())).ratings.len(), 1);
    let wide = "key;name;observer;metal.saw-order\nP-1;Ana;anna;3\n";
    let reading = together(&[("one.csv", wide), ("two.csv", wide)], &titled());
    assert_eq!((only(&reading).ratings.len(), only(&reading).occasions.len()), (1, 1));
}

/// Titles of the definition, in any of its languages, stand for ids; what stands above them says which module.
#[test]
fn headings_may_be_titles() {
    let plain = "key;name;observer;metal.saw-order;metal.drill-safety;metal.work-years\nP-1;Ana;anna;3;4;6\n";
    let expected = content(only(&together(&[("p.csv", plain)], &titled())));
    for (name, table) in [
        (
            "German",
            "Kennung;Name;Beobachter;Sägen: Reihenfolge;metal.drill-safety;Berufsjahre Metall\nP-1;Ana;anna;3;4;6\n",
        ),
        (
            "English, other spaces",
            "KEY;name; Observer ;Saw:  Order;metal.drill-safety;metal.work-years\nP-1;Ana;anna;3;4;6\n",
        ),
        (
            "titles above",
            "Werkstatt Nord, November;;;;;\n;;;;;\nkey;name;observer;metal.saw-order;metal.drill-safety;metal.work-years\nP-1;Ana;anna;3;4;6\n",
        ),
        (
            "empty columns behind",
            "key;name;observer;metal.saw-order;metal.drill-safety;metal.work-years;;;\nP-1;Ana;anna;3;4;6;;;\n\n;;;;;;;;\n",
        ),
    ] {
        assert_eq!(content(only(&together(&[("t.csv", table)], &titled()))), expected, "{name}");
    }
}

#[test]
fn a_heading_above_several_columns_says_which_module() {
    let table = ";;;Metall;;Deutsch\nKennung;Name;Beobachtung;Sägen: Reihenfolge;Schreiben;Schreiben\nP-1;Ana;anna;3;4;A2\n";
    let reading = together(&[("g.csv", table)], &titled());
    let rated: Vec<&str> = only(&reading).ratings.iter().map(|rating| &*rating.item).collect();
    assert_eq!(rated, ["metal.saw-order", "metal.saw-plan", "german.writing-screening"]);
    // Merged downwards: the heading stands in the upper row.
    let merged = "Kennung;Name;Beobachtung;Metall\n;;;Sägen: Reihenfolge\nP-1;Ana;anna;3\n";
    assert_eq!(only(&together(&[("m.csv", merged)], &titled())).ratings.len(), 1);
}

#[test]
fn a_title_of_several_items_is_not_guessed() {
    let table = "key;name;observer;Sicherheit;Schreiben\nP-1;Ana;anna;3;A2\n";
    insta::assert_snapshot!(wrong(&together(&[("a.csv", table)], &titled())), @"
    a.csv, row 1, column D: `Sicherheit` is the title of several: `metal.saw-safety`, `metal.drill-safety`, `metal.bend-safety` [ambiguous-column]
      help: write one of these names instead of the title, or the title of the module into the row above
    a.csv, Zeile 1, Spalte D: `Sicherheit` ist der Titel von mehreren: `metal.saw-safety`, `metal.drill-safety`, `metal.bend-safety`
      Hilfe: statt des Titels einen dieser Namen schreiben, oder den Titel des Moduls in die Zeile darüber
    a.csv, row 1, column E: `Schreiben` is the title of several: `german.writing-screening`, `metal.saw-plan` [ambiguous-column]
      help: write one of these names instead of the title, or the title of the module into the row above
    a.csv, Zeile 1, Spalte E: `Schreiben` ist der Titel von mehreren: `german.writing-screening`, `metal.saw-plan`
      Hilfe: statt des Titels einen dieser Namen schreiben, oder den Titel des Moduls in die Zeile darüber
    ");
}

/// Contradictions between files name both places.
#[test]
fn files_that_contradict_each_other_are_told() {
    let one = "key;name;observer;hours;metal.saw-order;metal.work-years\nP-1;Ana Popa;anna;60;3;6\nP-2;Bea;anna;;2;\n";
    let two = "key;name;observer;hours;metal.saw-order;metal.work-years\nP-1;Anna Popa;anna;58;4;7\nP-2;Bea;ben;;2;\n";
    let reading = together(&[("one.csv", one), ("two.csv", two)], &titled());
    insta::assert_snapshot!(wrong(&reading), @"
    two.csv, row 2, column B: `name` differs between one.csv, row 2 and two.csv, row 2, which are of the same participant [contradiction]
      help: make both say the same, leave one of them empty, or give namesakes different keys
    two.csv, Zeile 2, Spalte B: `name` ist in one.csv, Zeile 2 und two.csv, Zeile 2 verschieden, obwohl beide zu derselben Person gehören
      Hilfe: beide Stellen angleichen, eine davon leer lassen oder Namensgleichen verschiedene Kennungen geben
    two.csv, row 2, column D: `hours` differs between one.csv, row 2 and two.csv, row 2, which are of the same participant [contradiction]
      help: make both say the same, leave one of them empty, or give namesakes different keys
    two.csv, Zeile 2, Spalte D: `hours` ist in one.csv, Zeile 2 und two.csv, Zeile 2 verschieden, obwohl beide zu derselben Person gehören
      Hilfe: beide Stellen angleichen, eine davon leer lassen oder Namensgleichen verschiedene Kennungen geben
    two.csv, row 2, column E: `metal.saw-order` differs between one.csv, row 2 and two.csv, row 2, which are of the same participant [contradiction]
      help: make both say the same, leave one of them empty, or give namesakes different keys
    two.csv, Zeile 2, Spalte E: `metal.saw-order` ist in one.csv, Zeile 2 und two.csv, Zeile 2 verschieden, obwohl beide zu derselben Person gehören
      Hilfe: beide Stellen angleichen, eine davon leer lassen oder Namensgleichen verschiedene Kennungen geben
    two.csv, row 2, column F: `metal.work-years` differs between one.csv, row 2 and two.csv, row 2, which are of the same participant [contradiction]
      help: make both say the same, leave one of them empty, or give namesakes different keys
    two.csv, Zeile 2, Spalte F: `metal.work-years` ist in one.csv, Zeile 2 und two.csv, Zeile 2 verschieden, obwohl beide zu derselben Person gehören
      Hilfe: beide Stellen angleichen, eine davon leer lassen oder Namensgleichen verschiedene Kennungen geben
    ");
    // The other participant of both files is whole.
    assert_eq!(reading.people[1].as_ref().unwrap().occasions.len(), 2);
}

/// A file of a module needs no names if another one has them.
#[test]
fn a_name_in_one_file_is_enough() {
    let people = "key;name;observer;metal.saw-order\nP-1;Ana;anna;3\n";
    let german = "key;observer;german.writing-screening\nP-1;kaya;A2\n";
    assert_eq!(only(&together(&[("g.csv", german), ("p.csv", people)], &titled())).ratings.len(), 2);
    insta::assert_snapshot!(wrong(&together(&[("g.csv", german)], &titled())), @"
    g.csv, row 1: the column `name` is missing [missing-column]
    g.csv, Zeile 1: die Spalte `Name` fehlt
    g.csv, row 2: `name` is empty [missing-value]
    g.csv, Zeile 2: `name` ist leer
    ");
}

#[test]
fn tables_and_forms_are_put_together() {
    let table = "key;name;observer;metal.saw-order\nP-1;Ana;anna;3\n";
    let form = "key = \"P-1\"\nname = \"Ana\"\n[observations.ben]\nmetal.saw-order = 2\n";
    assert_eq!(only(&together(&[("t.csv", table), ("f.toml", form)], &titled())).occasions.len(), 2);
}

/// Without keys two of one name are two people if their days of birth differ, and a question otherwise.
#[test]
fn namesakes_are_never_merged() {
    let table = |rows: &str| format!("name;birth-date;observer;metal.saw-order\n{rows}");
    let two = together(
        &[("n.csv", &table("Ana Popa;12.03.1990;anna;3\nANA  POPA;13.03.1990;anna;2\nBea;;anna;1\n"))],
        &titled(),
    );
    let keys: Vec<&str> = two.people.iter().map(|person| person.as_ref().unwrap().key.as_str()).collect();
    assert!(keys[0] != keys[1] && keys.iter().all(|key| key.starts_with("N-")), "{keys:?}");

    for rows in [
        "Ana Popa;12.03.1990;anna;3\nAna popa;12.03.1990;ben;2\n",
        "Ana Popa;12.03.1990;anna;3\nAna Popa;;ben;2\n",
        "Ana Popa;;anna;3\nAna Popa;;ben;2\n",
        "Ana Popa;12.03.1990;anna;3\nAna  Popa;12.03.1990;ben;2\n",
        "Ana Popa;12.03.1990;anna;3\nAna\u{a0}Popa;12.03.1990;ben;2\n",
    ] {
        let reading = together(&[("n.csv", &table(rows))], &titled());
        let refused = reading.people.iter().all(|person| {
            person.as_ref().is_err_and(|rejected| rejected.faults[0].code == FaultCode::Namesake)
        });
        assert!(refused && reading.people.len() == 2, "{rows}");
    }
    let keyed = "key;name;birth-date;observer;metal.saw-order\nP-1;Ana Popa;12.03.1990;ben;3\n";
    let reading = together(&[("k.csv", keyed), ("n.csv", &table("Ana Popa;12.03.1990;anna;3\n"))], &titled());
    insta::assert_snapshot!(wrong(&reading), @"
    k.csv, row 2, column B: the same name stands in k.csv, row 2 and n.csv, row 2, without a key in both places; one participant or two, nobody can tell [namesake]
      help: give everybody a key in a column `key`, or fill in the days of birth
    k.csv, Zeile 2, Spalte B: derselbe Name steht in k.csv, Zeile 2 und n.csv, Zeile 2, ohne Kennung an beiden Stellen; ob es eine Person ist oder zwei, ist nicht zu erkennen
      Hilfe: allen eine Kennung in einer Spalte `Kennung` geben oder die Geburtsdaten eintragen
    n.csv, row 2, column A: the same name stands in k.csv, row 2 and n.csv, row 2, without a key in both places; one participant or two, nobody can tell [namesake]
      help: give everybody a key in a column `key`, or fill in the days of birth
    n.csv, Zeile 2, Spalte A: derselbe Name steht in k.csv, Zeile 2 und n.csv, Zeile 2, ohne Kennung an beiden Stellen; ob es eine Person ist oder zwei, ist nicht zu erkennen
      Hilfe: allen eine Kennung in einer Spalte `Kennung` geben oder die Geburtsdaten eintragen
    ");
    // With keys, namesakes are as many as there are keys.
    assert_eq!(good("key;name;observer;metal.saw-order\nP-1;Ana;anna;3\nP-2;Ana;anna;3\n").people.len(), 2);
}

/// A row that only has what a prepared sheet has filled in is nobody's.
#[test]
fn prepared_rows_that_stay_empty_are_nobody() {
    let table = "key;name;observer;situation;metal.saw-order\n;;anna;;\nP-1;Ana;anna;;3\n;;anna;;\n";
    assert_eq!(good(table).people.len(), 1);
}

#[test]
fn sheets_of_another_version_are_recognised() {
    let mut vocabulary = titled();
    vocabulary.digest = "d1".into();
    let sheet = |mark: &str| {
        format!("kompetenz-sheet/1 {mark};;;\nkey;name;observer;metal.saw-order\nP-1;Ana;anna;3\n")
    };
    let good = together(&[("s.csv", &sheet("nordstadt 2.0.0 d1"))], &vocabulary);
    assert_eq!(only(&good).ratings.len(), 1);
    let draft = together(&[("s.csv", &sheet("nordstadt 2.0.0 d2"))], &vocabulary);
    assert!(draft.warnings[0].en.contains("another draft"), "{:?}", draft.warnings);
    insta::assert_snapshot!(wrong(&together(&[("s.csv", &sheet("nordstadt 1.0.0 d1"))], &vocabulary)), @"
    s.csv, row 1: this sheet was made for another assessment or version than `nordstadt` 2.0.0 [wrong-assessment]
      help: use the definition it was made for, or make a new sheet with `kompetenz sheet` and copy the results into it
    s.csv, Zeile 1: dieser Bogen wurde für eine andere Feststellung oder Version als `nordstadt` 2.0.0 gemacht
      Hilfe: die Definition nehmen, für die er gemacht wurde, oder mit `kompetenz sheet` einen neuen Bogen machen und die Ergebnisse hineinkopieren
    ");
}

#[test]
fn maps_translate_headings_and_fill_in_what_is_missing() {
    let map = r##"
[columns]
"Teiln.-Nr." = "key"
"Vor- und  Zuname" = "Name"
"Reihenfolge" = "metal.saw-order"
"intern" = "#"

[fill]
observer = "anna"
from = "09.11.2026"
metal.work-years = "6"
"##;
    let map =
        Map::parse(&map.replace("metal.work-years", "\"metal.work-years\""), "map.toml", &titled()).unwrap();
    let table = "TEILN.-NR.;Vor- und Zuname;Reihenfolge;intern\n1;Ana;3;x\n";
    let titled = titled();
    let mut reader = Reader::new(&titled);
    reader.add(table.as_bytes(), "office.csv", &Options { map: Some(&map), ..Options::default() });
    insta::assert_snapshot!(content(only(&reader.finish())), @r#"
    1 "Ana" None Some(2026-11-09)-None None ["anna"]
    anna: metal.saw-order = 3
    metal.work-years = 6
    "#);
}

#[test]
fn faults_of_maps_have_their_places() {
    let map = r#"
columns = 3
encoding = "klingon"
[fill]
key = "1"
observr = "anna"
trial = 2
"#;
    insta::assert_snapshot!(render(&Map::parse(map, "map.toml", &titled()).unwrap_err()), @"
    map.toml, line 2, column 11: `columns` is no key of a map, or not of this kind [unknown-column]
      help: a map has the tables `[columns]` and `[fill]` and the texts `sheet` and `encoding`
    map.toml, Zeile 2, Zeichen 11: `columns` ist kein Schlüssel einer Zuordnung oder nicht von dieser Art
      Hilfe: eine Zuordnung hat die Tabellen `[columns]` und `[fill]` und die Texte `sheet` und `encoding`
    map.toml, line 3, column 12: there is no such encoding [unknown-encoding]
      help: known are utf-8, utf-16le, utf-16be, windows-1252, windows-1250, iso-8859-2, windows-1254, windows-1251, macintosh
    map.toml, Zeile 3, Zeichen 12: eine solche Kodierung gibt es nicht
      Hilfe: bekannt sind utf-8, utf-16le, utf-16be, windows-1252, windows-1250, iso-8859-2, windows-1254, windows-1251, macintosh
    map.toml, line 5, column 7: this differs from row to row and cannot be filled in for all [unknown-column]
    map.toml, Zeile 5, Zeichen 7: das ist in jeder Zeile anders und kann nicht für alle ausgefüllt werden
    map.toml, line 6, column 11: there is no column `observr` [unknown-column]
      help: did you mean `observer`?
    map.toml, Zeile 6, Zeichen 11: eine Spalte `observr` gibt es nicht
      Hilfe: ist `observer` gemeint?
    map.toml, line 7, column 9: here stands a text in quotation marks [wrong-type]
    map.toml, Zeile 7, Zeichen 9: hier steht ein Text in Anführungszeichen
    ");
    let map = "[columns]\nNr = \"kay\"\nName = 3\n";
    insta::assert_snapshot!(render(&Map::parse(map, "map.toml", &titled()).unwrap_err()), @"
    map.toml, line 2, column 6: there is no column `kay` [unknown-column]
    map.toml, Zeile 2, Zeichen 6: eine Spalte `kay` gibt es nicht
    map.toml, line 3, column 8: here stands a text in quotation marks [wrong-type]
    map.toml, Zeile 3, Zeichen 8: hier steht ein Text in Anführungszeichen
    ");
}

/// JSON says what TOML says: one participant, a list, a table with a list, or one in each line.
#[test]
fn json_has_four_shapes() {
    let form = "key = \"P-1\"\nname = \"Ana Popa\"\nbirth-date = 1990-03-12\nhours = 7.5\n[facts]\nmetal.work-years = 6\n[observations.\"anna @ shop\"]\nmetal.saw-order = 3\nmetal.saw-plan = \"n\"\n";
    let expected = content(only(&together(&[("f.toml", form)], &titled())));
    let one = r#"{"key": "P-1", "name": "Ana \u0050opa", "birth-date": "1990-03-12", "hours": 7.5, "facts": {"metal.work-years": 6},
        "notes": null, "observations": {"anna @ shop": {"metal": {"saw-order": 3}, "metal.saw-plan": "n"}}}"#;
    let line = one.replace('\n', " ");
    for json in [
        one.to_owned(),
        format!("[{one}]"),
        format!("{{\"assessment\": \"nordstadt\", \"version\": \"2.0.0\", \"people\": [{one}]}}"),
        format!("{line}\n\n{{\"key\": \"P-1\", \"hours\": 7.5}}\n"),
    ] {
        let reading = together(&[("x.json", &json)], &titled());
        assert_eq!(content(only(&reading)), expected, "{json}");
    }
}

#[test]
fn faults_of_json_have_their_places() {
    let json = r#"[
  {"key": "P-1", "name": "Ana", "key": "P-2"},
  {"key": "P-3", "name": "Bea", "observations": {"anna": {"metal": {"saw-ordre": 3}}}},
  {"key": "P-4", "name": "Eva", "observations": {"anna": {"metal.saw-order": [3]}}, "hours": 1e3},
  3
]"#;
    insta::assert_snapshot!(wrong(&together(&[("x.json", json)], &titled())), @"
    x.json, line 2, column 33: this key stands here twice [duplicate-column]
    x.json, Zeile 2, Zeichen 33: dieser Schlüssel steht hier doppelt
    x.json, line 5, column 3: here stands no participant [wrong-type]
      help: a participant is an object with `key`, `name` and `observations`; several are a list of them, or one in each line
    x.json, Zeile 5, Zeichen 3: hier steht keine Person
      Hilfe: eine Person ist ein Objekt mit `key`, `name` und `observations`; mehrere sind eine Liste davon oder je eine Zeile
    x.json, line 3, column 69: there is no key `metal.saw-ordre` here [unknown-column]
      help: did you mean `metal.saw-order`?
    x.json, Zeile 3, Zeichen 69: einen Schlüssel `metal.saw-ordre` gibt es hier nicht
      Hilfe: ist `metal.saw-order` gemeint?
    x.json, line 4, column 78: `metal.saw-order` is not a single value [wrong-type]
    x.json, Zeile 4, Zeichen 78: `metal.saw-order` ist kein einzelner Wert
    x.json, line 4, column 94: `hours` is not a plain decimal number [invalid-number]
      help: write digits only, with at most one decimal sign and no unit, for instance `60` or `7.5`
    x.json, Zeile 4, Zeichen 94: `hours` ist keine einfache Dezimalzahl
      Hilfe: nur Ziffern mit höchstens einem Dezimalzeichen und ohne Einheit schreiben, zum Beispiel `60` oder `7,5`
    ");
    for (json, line) in
        [("{\"key\": 'x'}", 1), ("{\"key\": 1,}", 1), ("{\n// x\n}", 2), ("{\"key\": 01}", 1), ("[{}", 1)]
    {
        let reading = together(&[("x.json", json)], &titled());
        assert_eq!(reading.faults[0].code, FaultCode::Unreadable, "{json}");
        assert_eq!(reading.faults[0].spot.row, line, "{json}");
    }
}

/// A line that is no JSON harms nobody else.
#[test]
fn a_faulty_line_is_told_and_the_others_are_read() {
    let lines = "{\"key\": \"P-1\", \"name\": \"Ana\", \"observations\": {}}\n{oops}\n\n{\"key\": \"P-2\", \"name\": \"Bea\"}\n";
    let reading = together(&[("x.ndjson", lines)], &titled());
    assert!(reading.faults.is_empty());
    let rows: Vec<_> = reading
        .people
        .iter()
        .map(|person| person.as_ref().map(|entry| entry.origin.spot.row).map_err(|r| r.faults[0].spot.row))
        .collect();
    assert_eq!(rows, [Ok(1), Ok(4), Err(2)]);
}

/// A misspelt situation would be one more, and the ratings in it would never be held against the others.
#[test]
fn situations_that_are_nearly_the_same_are_told() {
    let table = "key;name;observer;situation;metal.saw-order\nP-1;Ana;anna;kitchen;1\nP-1;Ana;ben;kitchne;4\nP-1;Ana;kaya;school;2\n";
    let warnings = good(table).warnings;
    let told: Vec<_> = warnings.iter().filter(|warning| warning.en.contains("situations")).collect();
    assert_eq!(told.len(), 1, "{warnings:?}");
    assert!(told[0].en.contains("`kitchen` and `kitchne`"), "{}", told[0].en);
}
