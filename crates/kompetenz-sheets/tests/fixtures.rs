//! Files of the fixtures folders.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use kompetenz::entry::FaultCode;
use kompetenz::raw::Given;
use kompetenz::{Record, Sources};
use kompetenz_sheets::{Reading, read};

use crate::{content, faults, render, vocabulary};

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fixtures").join(name)
}

fn fixture(name: &str) -> Reading {
    let bytes = fs::read(folder("results").join(name)).unwrap();
    read(&bytes, name, &vocabulary()).unwrap_or_else(|faults| panic!("{}", render(&faults)))
}

#[test]
fn the_sample_of_nordstadt_reads_without_faults() {
    let reading = fixture("nordstadt.csv");
    let people: Vec<_> = reading.people.iter().map(|person| person.as_ref().unwrap()).collect();
    assert_eq!(people.len(), 24);
    assert_eq!(reading.notes[0].en, "nordstadt.csv: a table with semicolons between its cells");
    assert_eq!(people[1].name, "Димитър Димитров");
    // The second sheet of this participant is the last row of the file.
    assert_eq!((people[10].occasions.len(), people[10].ratings.last().unwrap().spot.row), (2, 46));

    insta::assert_snapshot!(content(people[6]), @r#"
    P-0007 "İbrahim Çağlayan" Some(1979-09-09) Some(2026-11-09)-Some(2026-11-20) Some(60) ["ben", "kaya"]
    ben: german.dtz-listening-reading = 40
    ben: german.dtz-speaking = 74.5
    ben: german.dtz-writing = 16
    ben: german.listening-screening = "B1"
    ben: german.reading-screening = "A2"
    ben: german.speaking-screening = "B1"
    ben: german.writing-screening = "A2"
    ben: metal.bend-order = 4
    ben: metal.bend-plan = 4
    ben: metal.bend-quality = 4
    ben: metal.bend-safety = 4
    ben: metal.bend-tempo = 3
    ben: metal.drill-order = 4
    ben: metal.drill-plan = 4
    ben: metal.drill-quality = 3
    ben: metal.drill-safety = 4
    ben: metal.drill-tempo = 4
    ben: metal.saw-order = 4
    ben: metal.saw-plan = 4
    ben: metal.saw-quality = 4
    ben: metal.saw-safety = 4
    ben: metal.saw-tempo = 4
    first-language = "tr"
    foreign-certificate = true
    job-start = true
    kaya: metal.bend-order = 4
    kaya: metal.bend-plan = 4
    kaya: metal.bend-quality = 4
    kaya: metal.bend-safety = 4
    kaya: metal.bend-tempo = 4
    kaya: metal.drill-order = 4
    kaya: metal.drill-plan = 3
    kaya: metal.drill-quality = 4
    kaya: metal.drill-safety = 4
    kaya: metal.drill-tempo = 4
    kaya: metal.saw-order = 4
    kaya: metal.saw-plan = 4
    kaya: metal.saw-quality = 3
    kaya: metal.saw-safety = 4
    kaya: metal.saw-tempo = 4
    metal.work-years = 15
    "#);
}

/// The sample promises one rating outside the scale and one dispute to the tests of everything that follows.
#[test]
fn the_sample_of_nordstadt_has_one_slip_and_one_dispute() {
    let reading = fixture("nordstadt.csv");
    let (mut outside, mut disputed) = (Vec::new(), Vec::new());
    for entry in reading.people.iter().map(|person| person.as_ref().unwrap()) {
        let mut by_item: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
        for rating in entry.ratings.iter().filter(|rating| rating.item.starts_with("metal.")) {
            match &rating.value {
                Given::Number(number) => by_item.entry(&rating.item).or_default().extend(number.to_whole()),
                other => assert_eq!(*other, Given::Text("n".into())),
            }
        }
        for (item, ratings) in by_item {
            let (low, high) = (ratings.iter().min().unwrap(), ratings.iter().max().unwrap());
            if *high > 4 {
                outside.push((entry.key.as_str(), item));
            } else if high - low >= 2 {
                disputed.push((entry.key.as_str(), item));
            }
        }
    }
    assert_eq!(outside, [("P-0022", "metal.saw-safety")]);
    assert_eq!(disputed, [("P-0014", "metal.bend-safety")]);
}

#[test]
fn a_thousand_participants_read_without_faults() {
    let reading = fixture("many.csv");
    assert_eq!(reading.people.len(), 1000);
    assert!(
        reading.people.iter().all(|person| person.as_ref().is_ok_and(|entry| entry.occasions.len() == 2))
    );
}

/// A form and the rows of a table say the same.
#[test]
fn forms_and_tables_agree() {
    let table = fixture("nordstadt.csv");
    for (name, row) in [("turcanu.toml", 0), ("dimitrov.toml", 1)] {
        let form = fixture(name);
        let (form, row) = (form.people[0].as_ref().unwrap(), table.people[row].as_ref().unwrap());
        assert_eq!(content(form), content(row), "{name}");
    }
}

/// The form of the participant whose dispute is settled says all that a form can say, and it fits its assessment.
#[test]
fn a_form_with_rulings_fits_its_assessment() {
    let definition = folder("../assessments/nordstadt");
    let text = |name: &str| fs::read_to_string(definition.join(name)).unwrap();
    let main = text("assessment.toml");
    let mut sources = Sources::new("assessment.toml", main.as_str());
    for name in kompetenz::raw::files_of(&main) {
        let text = text(&name);
        sources.add(name, text);
    }
    let assessment = kompetenz::check(&sources).assessment.unwrap();
    let bytes = fs::read(folder("results").join("popa.toml")).unwrap();
    let reading = read(&bytes, "popa.toml", &assessment.vocabulary()).unwrap();
    let entry = reading.people[0].as_ref().unwrap_or_else(|rejected| panic!("{}", render(&rejected.faults)));
    let record = Record::new(&assessment, entry).unwrap_or_else(|faults| panic!("{}", render(&faults)));
    assert_eq!((record.notes.len(), record.resolutions.len(), entry.decisions.len()), (4, 1, 3));
}

/// Codes that are found when an entry is held against its assessment, not when it is read.
const FOUND_LATER: [FaultCode; 4] = [
    FaultCode::OutsideScale,
    FaultCode::InvalidFact,
    FaultCode::DeceptiveCharacter,
    FaultCode::NothingObserved,
];

/// Each faulty file is named after its fault, and there is one for every fault that reading can find.
#[test]
fn faulty_files_are_named_after_their_faults() {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder("results-invalid")).unwrap().map(|file| file.unwrap().path()).collect();
    paths.sort();
    let (mut codes, mut rendered) = (BTreeSet::new(), String::new());
    for path in paths {
        let name = path.file_name().unwrap().to_str().unwrap();
        let Some(code) = FaultCode::ALL.iter().find(|code| path.file_stem().unwrap() == code.name()) else {
            assert!(name.starts_with('.'), "{name} is not named after a fault");
            continue;
        };
        if FOUND_LATER.contains(code) {
            continue;
        }
        let faults = faults(&fs::read(&path).unwrap(), name);
        assert!(faults.iter().any(|fault| fault.code == *code), "{name}:\n{}", render(&faults));
        codes.insert(*code);
        rendered.push_str(&render(&faults));
        rendered.push('\n');
    }
    let missing: Vec<_> =
        FaultCode::ALL.iter().filter(|code| !codes.contains(code) && !FOUND_LATER.contains(code)).collect();
    assert!(missing.is_empty(), "no file for {missing:?}");

    insta::assert_snapshot!(rendered, @r#"
    ambiguous-column.csv, row 1, column D: `Sicherheit` is the title of several: `metal.saw-safety`, `metal.drill-safety` [ambiguous-column]
      help: write one of these names instead of the title, or the title of the module into the row above
    ambiguous-column.csv, Zeile 1, Spalte D: `Sicherheit` ist der Titel von mehreren: `metal.saw-safety`, `metal.drill-safety`
      Hilfe: statt des Titels einen dieser Namen schreiben, oder den Titel des Moduls in die Zeile darüber

    contradiction.csv, row 3, column B: `Name` differs between rows 2 and 3, which are of the same participant [contradiction]
      help: make both say the same, leave one of them empty, or give namesakes different keys
    contradiction.csv, Zeile 3, Spalte B: `Name` ist in den Zeilen 2 und 3 verschieden, obwohl beide zu derselben Person gehören
      Hilfe: beide Stellen angleichen, eine davon leer lassen oder Namensgleichen verschiedene Kennungen geben
    contradiction.csv, row 3, column F: `Stunden` differs between rows 2 and 3, which are of the same participant [contradiction]
      help: make both say the same, leave one of them empty, or give namesakes different keys
    contradiction.csv, Zeile 3, Spalte F: `Stunden` ist in den Zeilen 2 und 3 verschieden, obwohl beide zu derselben Person gehören
      Hilfe: beide Stellen angleichen, eine davon leer lassen oder Namensgleichen verschiedene Kennungen geben
    contradiction.csv, row 3, column H: `first-language` differs between rows 2 and 3, which are of the same participant [contradiction]
      help: make both say the same, leave one of them empty, or give namesakes different keys
    contradiction.csv, Zeile 3, Spalte H: `first-language` ist in den Zeilen 2 und 3 verschieden, obwohl beide zu derselben Person gehören
      Hilfe: beide Stellen angleichen, eine davon leer lassen oder Namensgleichen verschiedene Kennungen geben

    duplicate-column.csv, row 1, column D: columns B and D are both `Name` [duplicate-column]
    duplicate-column.csv, Zeile 1, Spalte D: die Spalten B und D sind beide `Name`
    duplicate-column.csv, row 1, column K: columns J and K are both `Metal.Saw-Order` [duplicate-column]
    duplicate-column.csv, Zeile 1, Spalte K: die Spalten J und K sind beide `Metal.Saw-Order`

    duplicate-column.toml, line 6, column 21: `metal.saw-order` stands in line 5 already [duplicate-column]
    duplicate-column.toml, Zeile 6, Zeichen 21: `metal.saw-order` steht schon in Zeile 5

    duplicate-row.csv, row 4, column G: rows 2 and 4 are of the same participant and the same observer, in the same situation and trial [duplicate-row]
      help: put them together, or tell them apart in the columns `situation` and `trial`
    duplicate-row.csv, Zeile 4, Spalte G: die Zeilen 2 und 4 gehören zu derselben Person und derselben Beobachtung, in derselben Situation und demselben Durchgang
      Hilfe: zusammenlegen, oder in den Spalten `Situation` und `Durchgang` unterscheiden

    duplicate-row.toml, line 7, column 15: lines 4 and 7 are of the same observer, in the same situation and trial [duplicate-row]
      help: put them together, or tell them apart, for instance `anna @ kitchen #2`
    duplicate-row.toml, Zeile 7, Zeichen 15: die Zeilen 4 und 7 gehören zu derselben Beobachtung, in derselben Situation und demselben Durchgang
      Hilfe: zusammenlegen oder unterscheiden, zum Beispiel `anna @ küche #2`

    empty.csv, row 1: there are no rows under the headings [empty]
    empty.csv, Zeile 1: unter den Überschriften stehen keine Zeilen

    encrypted.ods: the workbook is protected by a password [encrypted]
      help: remove the password: in Excel File, Info, Protect Workbook, Encrypt with Password; in LibreOffice File, Save As, without `Save with password`
    encrypted.ods: die Arbeitsmappe ist mit einem Kennwort geschützt
      Hilfe: das Kennwort entfernen: in Excel Datei, Informationen, Arbeitsmappe schützen, Mit Kennwort verschlüsseln; in LibreOffice Datei, Speichern unter, ohne `Mit Kennwort speichern`

    encrypted.xlsx: the workbook is protected by a password [encrypted]
      help: remove the password: in Excel File, Info, Protect Workbook, Encrypt with Password; in LibreOffice File, Save As, without `Save with password`
    encrypted.xlsx: die Arbeitsmappe ist mit einem Kennwort geschützt
      Hilfe: das Kennwort entfernen: in Excel Datei, Informationen, Arbeitsmappe schützen, Mit Kennwort verschlüsseln; in LibreOffice Datei, Speichern unter, ohne `Mit Kennwort speichern`

    invalid-date.csv, row 2, column C: `Geburtsdatum` is not a date [invalid-date]
      help: write day, month and the year in full: `12.03.1990` or `1990-03-12`
    invalid-date.csv, Zeile 2, Spalte C: `Geburtsdatum` ist kein Datum
      Hilfe: Tag, Monat und das ganze Jahr schreiben: `12.03.1990` oder `1990-03-12`
    invalid-date.csv, row 2, column E: `bis` is not a date [invalid-date]
      help: write day, month and the year in full: `12.03.1990` or `1990-03-12`
    invalid-date.csv, Zeile 2, Spalte E: `bis` ist kein Datum
      Hilfe: Tag, Monat und das ganze Jahr schreiben: `12.03.1990` oder `1990-03-12`
    invalid-date.csv, row 3, column C: `Geburtsdatum` is not between 1900 and 2199 [invalid-date]
    invalid-date.csv, Zeile 3, Spalte C: `Geburtsdatum` liegt nicht zwischen 1900 und 2199
    invalid-date.csv, row 3, column E: `bis` is before `von` [invalid-date]
    invalid-date.csv, Zeile 3, Spalte E: `bis` liegt vor `von`

    invalid-date.toml, line 3, column 14: `birth-date` is not a date [invalid-date]
      help: write day, month and the year in full: `12.03.1990` or `1990-03-12`
    invalid-date.toml, Zeile 3, Zeichen 14: `birth-date` ist kein Datum
      Hilfe: Tag, Monat und das ganze Jahr schreiben: `12.03.1990` oder `1990-03-12`
    invalid-date.toml, line 4, column 8: `from` is not a date [invalid-date]
      help: write day, month and the year in full: `12.03.1990` or `1990-03-12`
    invalid-date.toml, Zeile 4, Zeichen 8: `from` ist kein Datum
      Hilfe: Tag, Monat und das ganze Jahr schreiben: `12.03.1990` oder `1990-03-12`
    invalid-date.toml, line 5, column 6: `to` is not between 1900 and 2199 [invalid-date]
    invalid-date.toml, Zeile 5, Zeichen 6: `to` liegt nicht zwischen 1900 und 2199

    invalid-decision.csv, row 2, column E: this is no decision about a recommendation [invalid-decision]
      help: write `confirmed`, `rejected:` and the reason, or `edited:` and the new text
    invalid-decision.csv, Zeile 2, Spalte E: das ist keine Entscheidung über eine Empfehlung
      Hilfe: `bestätigt`, `abgelehnt:` und den Grund oder `geändert:` und den neuen Text schreiben
    invalid-decision.csv, row 2, column F: this is no decision about a recommendation [invalid-decision]
      help: write `confirmed`, `rejected:` and the reason, or `edited:` and the new text
    invalid-decision.csv, Zeile 2, Spalte F: das ist keine Entscheidung über eine Empfehlung
      Hilfe: `bestätigt`, `abgelehnt:` und den Grund oder `geändert:` und den neuen Text schreiben
    invalid-decision.csv, row 2, column G: this is no decision about a recommendation [invalid-decision]
      help: write `confirmed`, `rejected:` and the reason, or `edited:` and the new text
    invalid-decision.csv, Zeile 2, Spalte G: das ist keine Entscheidung über eine Empfehlung
      Hilfe: `bestätigt`, `abgelehnt:` und den Grund oder `geändert:` und den neuen Text schreiben
    invalid-decision.csv, row 3, column H: here stands who decided, but nothing is decided in this row [invalid-decision]
      help: empty the cell, or fill in the decision
    invalid-decision.csv, Zeile 3, Spalte H: hier steht, wer entschieden hat, aber in dieser Zeile ist nichts entschieden
      Hilfe: die Zelle leeren oder die Entscheidung eintragen

    invalid-decision.toml, line 8, column 1: a rejection needs a `reason` [invalid-decision]
    invalid-decision.toml, Zeile 8, Zeichen 1: eine Ablehnung braucht einen Grund (`reason`)
    invalid-decision.toml, line 13, column 1: an edited recommendation needs a `text` [invalid-decision]
    invalid-decision.toml, Zeile 13, Zeichen 1: eine geänderte Empfehlung braucht einen Text (`text`)
    invalid-decision.toml, line 20, column 6: this is no decision about a recommendation [invalid-decision]
      help: write `is = "confirmed"`, `is = "rejected"` and a `reason`, or `is = "edited"` and a `text`
    invalid-decision.toml, Zeile 20, Zeichen 6: das ist keine Entscheidung über eine Empfehlung
      Hilfe: `is = "confirmed"`, `is = "rejected"` und einen Grund (`reason`) oder `is = "edited"` und einen Text (`text`) schreiben
    invalid-decision.toml, line 24, column 18: there is no such recommendation [invalid-decision]
      help: did you mean `metal.repeat-try-out`?
    invalid-decision.toml, Zeile 24, Zeichen 18: eine solche Empfehlung gibt es nicht
      Hilfe: ist `metal.repeat-try-out` gemeint?
    invalid-decision.toml, line 28, column 1: a recommendation of your own needs `step`, `text` and `body` [invalid-decision]
      help: the number of the step, what to do, and who is responsible; a decision about another one names it with `recommendation`
    invalid-decision.toml, Zeile 28, Zeichen 1: eine eigene Empfehlung braucht `step`, `text` und `body`
      Hilfe: die Nummer des Schritts, was zu tun ist und wer zuständig ist; eine Entscheidung über eine andere nennt sie mit `recommendation`
    invalid-decision.toml, line 31, column 6: `is` has no place in this kind of decision [invalid-decision]
      help: a decision about a recommendation has `recommendation`, `is` and, if it is edited, `text`; one of your own has `step`, `text`, `body` and `due`
    invalid-decision.toml, Zeile 31, Zeichen 6: `is` hat in dieser Art von Entscheidung keinen Platz
      Hilfe: eine Entscheidung über eine Empfehlung hat `recommendation`, `is` und, wenn sie geändert ist, `text`; eine eigene hat `step`, `text`, `body` und `due`

    invalid-number.csv, row 2, column F: `Stunden` is not a plain decimal number [invalid-number]
      help: write digits only, with at most one decimal sign and no unit, for instance `60` or `7.5`
    invalid-number.csv, Zeile 2, Spalte F: `Stunden` ist keine einfache Dezimalzahl
      Hilfe: nur Ziffern mit höchstens einem Dezimalzeichen und ohne Einheit schreiben, zum Beispiel `60` oder `7,5`
    invalid-number.csv, row 3, column F: `Stunden` is below zero [invalid-number]
    invalid-number.csv, Zeile 3, Spalte F: `Stunden` ist kleiner als null

    invalid-number.toml, line 3, column 9: `hours` is not a plain decimal number [invalid-number]
      help: write digits only, with at most one decimal sign and no unit, for instance `60` or `7.5`
    invalid-number.toml, Zeile 3, Zeichen 9: `hours` ist keine einfache Dezimalzahl
      Hilfe: nur Ziffern mit höchstens einem Dezimalzeichen und ohne Einheit schreiben, zum Beispiel `60` oder `7,5`
    invalid-number.toml, line 6, column 19: `metal.saw-order` is not a plain decimal number [invalid-number]
      help: write digits only, with at most one decimal sign and no unit, for instance `60` or `7.5`
    invalid-number.toml, Zeile 6, Zeichen 19: `metal.saw-order` ist keine einfache Dezimalzahl
      Hilfe: nur Ziffern mit höchstens einem Dezimalzeichen und ohne Einheit schreiben, zum Beispiel `60` oder `7,5`
    invalid-number.toml, line 7, column 20: `metal.saw-safety` is not a plain decimal number [invalid-number]
      help: write digits only, with at most one decimal sign and no unit, for instance `60` or `7.5`
    invalid-number.toml, Zeile 7, Zeichen 20: `metal.saw-safety` ist keine einfache Dezimalzahl
      Hilfe: nur Ziffern mit höchstens einem Dezimalzeichen und ohne Einheit schreiben, zum Beispiel `60` oder `7,5`

    invalid-resolution.csv, row 3, column I: `metal.saw` is computed, so nobody rates it [invalid-resolution]
      help: only a row with the observer `resolution` has a value here
    invalid-resolution.csv, Zeile 3, Spalte I: `metal.saw` wird berechnet, also bewertet es niemand
      Hilfe: nur eine Zeile mit der Beobachtung `Klärung` hat hier einen Wert
    invalid-resolution.csv, row 4, column F: a resolution needs a note that says why [invalid-resolution]
      help: write the reason into `note`
    invalid-resolution.csv, Zeile 4, Spalte F: eine Klärung braucht eine Notiz mit der Begründung
      Hilfe: die Begründung unter `Notiz` (`note`) schreiben
    invalid-resolution.csv, row 5, column E: a resolution has no `Durchgang` [invalid-resolution]
      help: empty the cell; the reason stands in `note`, and the situation in `situation`
    invalid-resolution.csv, Zeile 5, Spalte E: eine Klärung hat kein `Durchgang`
      Hilfe: die Zelle leeren; die Begründung steht unter `Notiz`, die Situation unter `Situation`
    invalid-resolution.csv, row 5, column H: a resolution has no `metal.saw-order.notiz` [invalid-resolution]
      help: empty the cell; the reason stands in `note`, and the situation in `situation`
    invalid-resolution.csv, Zeile 5, Spalte H: eine Klärung hat kein `metal.saw-order.notiz`
      Hilfe: die Zelle leeren; die Begründung steht unter `Notiz`, die Situation unter `Situation`
    invalid-resolution.csv, row 6, column F: this row settles nothing [invalid-resolution]
      help: write the value that counts into the column of the item or measure, or delete the row
    invalid-resolution.csv, Zeile 6, Spalte F: diese Zeile klärt nichts
      Hilfe: den Wert, der gilt, in die Spalte des Merkmals oder des Messwerts schreiben oder die Zeile löschen

    invalid-resolution.toml, line 11, column 15: a resolution is no observation [invalid-resolution]
      help: what counts stands below `[resolutions]`, for instance `metal.saw-order = { value = 3, note = "…" }`
    invalid-resolution.toml, Zeile 11, Zeichen 15: eine Klärung ist keine Beobachtung
      Hilfe: was gilt, steht unter `[resolutions]`, zum Beispiel `metal.saw-order = { value = 3, note = "…" }`
    invalid-resolution.toml, line 15, column 19: a resolution needs a note that says why [invalid-resolution]
      help: write the reason into `note`
    invalid-resolution.toml, Zeile 15, Zeichen 19: eine Klärung braucht eine Notiz mit der Begründung
      Hilfe: die Begründung unter `Notiz` (`note`) schreiben

    lost-character.csv, row 2, column B: `name` has a sign in it that stands for a lost letter [lost-character]
      help: save it from Excel again: File, Save as, file type `CSV UTF-8 (Comma delimited)`
    lost-character.csv, Zeile 2, Spalte B: in `name` steht ein Zeichen für einen verlorenen Buchstaben
      Hilfe: aus Excel noch einmal speichern: Datei, Speichern unter, Dateityp `CSV UTF-8 (durch Trennzeichen getrennt)`

    malformed-row.csv, row 2: a quotation mark in this row is never closed [malformed-row]
      help: a cell that begins with a quotation mark ends with one; inside it, each quotation mark is doubled
    malformed-row.csv, Zeile 2: ein Anführungszeichen in dieser Zeile wird nie geschlossen
      Hilfe: eine Zelle, die mit einem Anführungszeichen beginnt, endet auch mit einem; darin wird jedes Anführungszeichen verdoppelt

    missing-column.csv, row 1: the column `observer` is missing [missing-column]
      help: add the column, or say in a file given with `--map` who observed: `[fill]` and below it `observer = "anna"`
    missing-column.csv, Zeile 1: die Spalte `Beobachtung` fehlt
      Hilfe: die Spalte ergänzen oder in einer Datei, die mit `--map` angegeben wird, sagen, wer beobachtet hat: `[fill]` und darunter `observer = "anna"`

    missing-column.toml, line 1: the key `key` is missing [missing-column]
    missing-column.toml, Zeile 1: der Schlüssel `key` fehlt
    missing-column.toml, line 1: `name` is empty [missing-value]
    missing-column.toml, Zeile 1: `name` ist leer

    missing-value.csv, row 3, column G: `Beobachtung` is empty [missing-value]
    missing-value.csv, Zeile 3, Spalte G: `Beobachtung` ist leer
    missing-value.csv, row 4, column B: `Name` is empty [missing-value]
    missing-value.csv, Zeile 4, Spalte B: `Name` ist leer
    missing-value.csv, row 5, column A: `Kennung` is empty [missing-value]
    missing-value.csv, Zeile 5, Spalte A: `Kennung` ist leer

    missing-value.toml, line 1, column 7: `key` is empty [missing-value]
    missing-value.toml, Zeile 1, Zeichen 7: `key` ist leer
    missing-value.toml, line 2, column 8: `name` is empty [missing-value]
    missing-value.toml, Zeile 2, Zeichen 8: `name` ist leer
    missing-value.toml, line 4, column 15: `observer` is empty [missing-value]
    missing-value.toml, Zeile 4, Zeichen 15: `observer` ist leer

    namesake.csv, row 2, column A: the same name stands in rows 2 and 3, without a key in both places; one participant or two, nobody can tell [namesake]
      help: give everybody a key in a column `key`, or fill in the days of birth
    namesake.csv, Zeile 2, Spalte A: derselbe Name steht in den Zeilen 2 und 3, ohne Kennung an beiden Stellen; ob es eine Person ist oder zwei, ist nicht zu erkennen
      Hilfe: allen eine Kennung in einer Spalte `Kennung` geben oder die Geburtsdaten eintragen
    namesake.csv, row 3, column A: the same name stands in rows 2 and 3, without a key in both places; one participant or two, nobody can tell [namesake]
      help: give everybody a key in a column `key`, or fill in the days of birth
    namesake.csv, Zeile 3, Spalte A: derselbe Name steht in den Zeilen 2 und 3, ohne Kennung an beiden Stellen; ob es eine Person ist oder zwei, ist nicht zu erkennen
      Hilfe: allen eine Kennung in einer Spalte `Kennung` geben oder die Geburtsdaten eintragen

    row-length.csv, row 3, column L: there is a cell here, but its column has no heading [row-length]
      help: empty the cell; or give the column a heading, which for notes begins with `#`
    row-length.csv, Zeile 3, Spalte L: hier steht eine Zelle, aber ihre Spalte hat keine Überschrift
      Hilfe: die Zelle leeren oder der Spalte eine Überschrift geben, die bei Notizen mit `#` beginnt

    too-large.csv, row 1: there are more than 16384 columns [too-large]
    too-large.csv, Zeile 1: es sind mehr als 16384 Spalten

    too-long.csv, row 2, column B: `Name` has more than 200 characters [too-long]
    too-long.csv, Zeile 2, Spalte B: `Name` hat mehr als 200 Zeichen

    unknown-column.csv, row 1, column C: the column `Geburstdatum` is not known in this assessment [unknown-column]
      help: did you mean `Geburtsdatum`? the heading of a column that is only a note begins with `#`
    unknown-column.csv, Zeile 1, Spalte C: die Spalte `Geburstdatum` ist in dieser Feststellung nicht bekannt
      Hilfe: ist `Geburtsdatum` gemeint? die Überschrift einer Spalte, die nur eine Notiz ist, beginnt mit `#`
    unknown-column.csv, row 1, column F: the column `Bemerkung` is not known in this assessment [unknown-column]
      help: the heading of a column that is only a note begins with `#`
    unknown-column.csv, Zeile 1, Spalte F: die Spalte `Bemerkung` ist in dieser Feststellung nicht bekannt
      Hilfe: die Überschrift einer Spalte, die nur eine Notiz ist, beginnt mit `#`
    unknown-column.csv, row 1, column J: the column `metal.saw-ordre` is not known in this assessment [unknown-column]
      help: did you mean `metal.saw-order`? the heading of a column that is only a note begins with `#`
    unknown-column.csv, Zeile 1, Spalte J: die Spalte `metal.saw-ordre` ist in dieser Feststellung nicht bekannt
      Hilfe: ist `metal.saw-order` gemeint? die Überschrift einer Spalte, die nur eine Notiz ist, beginnt mit `#`

    unknown-column.toml, line 3, column 1: there is no key `hour` here [unknown-column]
      help: did you mean `hours`?
    unknown-column.toml, Zeile 3, Zeichen 1: einen Schlüssel `hour` gibt es hier nicht
      Hilfe: ist `hours` gemeint?
    unknown-column.toml, line 6, column 1: there is no key `first-langage` here [unknown-column]
      help: did you mean `first-language`?
    unknown-column.toml, Zeile 6, Zeichen 1: einen Schlüssel `first-langage` gibt es hier nicht
      Hilfe: ist `first-language` gemeint?
    unknown-column.toml, line 9, column 1: there is no key `saw-order` here [unknown-column]
      help: did you mean `metal.saw-order`?
    unknown-column.toml, Zeile 9, Zeichen 1: einen Schlüssel `saw-order` gibt es hier nicht
      Hilfe: ist `metal.saw-order` gemeint?
    unknown-column.toml, line 10, column 1: there is no key `metall` here [unknown-column]
      help: did you mean `metal`?
    unknown-column.toml, Zeile 10, Zeichen 1: einen Schlüssel `metall` gibt es hier nicht
      Hilfe: ist `metal` gemeint?

    unknown-encoding.csv: it is not certain in which encoding the file is written [unknown-encoding]
      help: a character in line 2 is `ã` with `--encoding windows-1252`, `ă` with `--encoding windows-1250` and `„` with `--encoding macintosh`; say which is right, or save the file from Excel as `CSV UTF-8`, which leaves no question
    unknown-encoding.csv: es ist nicht sicher, in welcher Kodierung die Datei geschrieben ist
      Hilfe: ein Zeichen in Zeile 2 ist `ã` mit `--encoding windows-1252`, `ă` mit `--encoding windows-1250` und `„` mit `--encoding macintosh`; angeben, was stimmt, oder die Datei aus Excel als `CSV UTF-8` speichern, dann stellt sich die Frage nicht

    unknown-item.csv, row 2, column D: there is no item of this name [unknown-item]
      help: did you mean `metal.saw-order`?
    unknown-item.csv, Zeile 2, Spalte D: ein Merkmal mit diesem Namen gibt es nicht
      Hilfe: ist `metal.saw-order` gemeint?
    unknown-item.csv, row 3, column D: this is the title of several items: `metal.saw-safety`, `metal.drill-safety` [unknown-item]
      help: write one of these names
    unknown-item.csv, Zeile 3, Spalte D: so heißen mehrere Merkmale: `metal.saw-safety`, `metal.drill-safety`
      Hilfe: einen dieser Namen schreiben

    unreadable.csv: the file is text in utf-8, but damaged in line 6 [unreadable]
      help: write the broken letters in this line again and save the file as `CSV UTF-8`
    unreadable.csv: die Datei ist Text in utf-8, aber in Zeile 6 beschädigt
      Hilfe: die beschädigten Buchstaben in dieser Zeile neu schreiben und die Datei als `CSV UTF-8` speichern

    unreadable.toml, line 2, column 8: not valid TOML: string values must be quoted, expected literal string [unreadable]
    unreadable.toml, Zeile 2, Zeichen 8: kein gültiges TOML: string values must be quoted, expected literal string
    unreadable.toml, line 5, column 19: not valid TOML: unclosed table, expected `]` [unreadable]
    unreadable.toml, Zeile 5, Zeichen 19: kein gültiges TOML: unclosed table, expected `]`

    wrong-assessment.toml, line 1, column 14: these are results of another assessment than `nordstadt` [wrong-assessment]
    wrong-assessment.toml, Zeile 1, Zeichen 14: das sind Ergebnisse einer anderen Feststellung als `nordstadt`
    wrong-assessment.toml, line 2, column 11: these are results of another version than `2.0.0` [wrong-assessment]
    wrong-assessment.toml, Zeile 2, Zeichen 11: das sind Ergebnisse einer anderen Version als `2.0.0`

    wrong-type.toml, line 3, column 8: `name` is not a text [wrong-type]
      help: write it in quotation marks
    wrong-type.toml, Zeile 3, Zeichen 8: `name` ist kein Text
      Hilfe: in Anführungszeichen schreiben
    wrong-type.toml, line 6, column 19: `metal.saw-order` is not a single value [wrong-type]
    wrong-type.toml, Zeile 6, Zeichen 19: `metal.saw-order` ist kein einzelner Wert
    "#);
}
