//! Entry sheets: what an assessor sees, and what the reader finds.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use calamine::{Data, Reader as _, SheetVisible};
use insta::assert_snapshot;
use jiff::civil::date;
use kompetenz::assessment::{Assessment, Scale};
use kompetenz::entry::column_letters;
use kompetenz::{Exact, Ui};
use kompetenz_sheets::read;
use kompetenz_sheets::write::{EntrySheet, FORMAT, Participant, SheetFormat, WriteError};

use super::{NORDSTADT, SHIPPED, lists, open, plain, row, sheet, shipped, small, written};

/// Where the reader and the assessor find things, counted from 0.
const TITLES: u32 = 2;
const HEADINGS: u32 = 3;
const FIRST: u32 = 4;

#[test]
fn a_workbook_says_what_it_is_for_and_has_every_heading() {
    for name in SHIPPED {
        let assessment = shipped(name);
        let bytes = written(&assessment, &plain(&assessment));
        let mut book = open(&bytes);
        let visible: Vec<_> =
            book.sheets_metadata().iter().map(|sheet| (sheet.name.clone(), sheet.visible)).collect();
        assert_eq!(
            visible,
            [
                ("Anleitung".to_owned(), SheetVisible::Visible),
                ("Ergebnisse".to_owned(), SheetVisible::Visible),
                ("lists".to_owned(), SheetVisible::Hidden),
                ("kompetenz".to_owned(), SheetVisible::VeryHidden),
            ]
        );
        assert!(book.worksheet_formula("Ergebnisse").unwrap().is_empty());
        let results = sheet(&bytes, "Ergebnisse");
        let Assessment { id, version, digest, .. } = &assessment;
        let marker = row(&results, 0);
        assert_eq!(marker[0], format!("{FORMAT} {id} {version} {digest}"));
        assert!(marker[1..].iter().all(String::is_empty));
        // Each item and fact once, and nothing that the reader does not know.
        let headings = row(&results, HEADINGS);
        assert_eq!(
            &headings[..10],
            ["key", "name", "birth-date", "observer", "situation", "trial", "from", "to", "hours", "note"]
        );
        let vocabulary = assessment.vocabulary();
        let mut wanted: BTreeSet<&str> = vocabulary.items.iter().map(String::as_str).collect();
        wanted.extend(vocabulary.facts.iter().map(|(path, _)| path.as_str()));
        let is_no_note = |path: &&String| path.rsplit('.').next() != Some("note");
        let given: BTreeSet<&str> = headings[10..].iter().filter(is_no_note).map(String::as_str).collect();
        assert_eq!(given, wanted);
        assert_eq!(headings.iter().collect::<BTreeSet<_>>().len(), headings.len());
        let table = format!("{}\nP-1;x;;anna\n", headings.join(";"));
        if let Err(faults) = read(table.as_bytes(), "x.csv", &vocabulary) {
            panic!("{faults:?}");
        }
        assert!(row(&results, TITLES).iter().all(|title| !title.is_empty()));
        assert_eq!(
            bytes,
            written(&assessment, &plain(&assessment)),
            "the same arguments give the same bytes"
        );
    }
}

#[test]
fn lists_offer_words_first_and_then_what_may_be_typed() {
    let mut shown = String::new();
    for (name, entries) in lists(&written(&NORDSTADT, &plain(&NORDSTADT))) {
        let entries: Vec<String> = entries
            .iter()
            .map(|entry| match entry {
                Data::String(text) => format!("`{text}`"),
                other => other.to_string(),
            })
            .collect();
        writeln!(shown, "{name}: {}", entries.join(", ")).unwrap();
    }
    assert_snapshot!(shown, @"
    first-language: `ro`, `bg`, `tr`, `de`, `pl`, `it`, `ru`, `uk`, `hr`, `ar`, `rom`, `other`
    foreign-certificate: `ja`, `nein`
    chosen-job: `cleaner`, `kitchen-helper`, `warehouse-helper`, `metal-helper`, `wood-helper`, `everyday-helper`
    job-start: `ja`, `nein`
    basics.school-script: `latin`, `cyrillic`, `other`, `none`
    rating: `0 – erste Versuche`, `1 – mit viel Hilfe`, `2 – mit einigen Hinweisen`, `3 – meist von allein`, `4 – sicher von allein`, `n – nicht beobachtet`, 0, 1, 2, 3, 4, `n`
    key.rating: `B – beginnt`, `H – mit Hinweis`, `A – meist von allein`, `L – auch in neuer Lage`, `n – nicht beobachtet`, `B`, `H`, `A`, `L`, `n`
    basics.task: `o – noch nicht gelöst oder ausgelassen`, `1 – gelöst`, `n – nicht beobachtet`, `-`, `o`, 1, `n`
    basics.script: `none – noch keine Buchstaben`, `letters – Buchstaben`, `words – Wörter`, `sentences – Sätze`, `text – kurzer Text`, `n – nicht beobachtet`, `none`, `letters`, `words`, `sentences`, `text`, `n`
    german.cefr: `L1`, `L2`, `L3`, `L4`, `A1`, `A2`, `B1`, `B2`, `n – nicht beobachtet`, `n`
    digital.help: `0 – noch nicht gezeigt`, `1 – mit Hilfe`, `2 – allein`, `3 – allein, und kann es anderen zeigen`, `n – nicht beobachtet`, 0, 1, 2, 3, `n`
    interests.smileys: `0 – gar nicht gern`, `1 – eher nicht gern`, `2 – mittel`, `3 – gern`, `4 – sehr gern`, `n – nicht beobachtet`, `v – Antwort abgelehnt`, 0, 1, 2, 3, 4, `n`, `v`
    ");
}

/// What a scale reads of an entry.
fn reads(scale: &Scale, entry: &Data) -> bool {
    let text = entry.to_string();
    let written = text.split_once(" – ").map_or(text.as_str(), |(written, _)| written);
    let missing = [&scale.not_observed, &scale.not_reached, &scale.refused];
    missing.iter().any(|code| code.as_deref() == Some(written))
        || scale.decode(written).is_some()
        || Exact::parse(written).is_ok_and(|number| scale.has(&number))
}

#[test]
fn every_entry_of_a_list_is_read_and_every_value_is_in_it() {
    for name in SHIPPED {
        let assessment = shipped(name);
        for language in assessment.languages.clone() {
            let wish = EntrySheet { ui: Ui::De, ..EntrySheet::new(assessment.language(&language).unwrap()) };
            let lists = lists(&written(&assessment, &wish));
            for (ix, item) in assessment.items() {
                let scale = assessment.scale(ix);
                let Some((_, entries)) = lists.iter().find(|(list, _)| *list == scale.path) else {
                    // Nothing to choose from: a measurement without codes.
                    assert!(scale.allowed().contains('…'), "{}", item.path);
                    continue;
                };
                for entry in entries {
                    assert!(reads(scale, entry), "{name} {language} {}: {entry}", scale.path);
                }
                let plain: BTreeSet<String> = entries.iter().map(ToString::to_string).collect();
                for value in scale.allowed().split(", ").filter(|value| !value.contains(['…', '/'])) {
                    assert!(plain.contains(value), "{name} {}: {value}", scale.path);
                }
            }
        }
    }
}

/// A code that a spreadsheet could take for a formula is offered alone: chosen with its words, it would be one.
#[test]
fn no_entry_begins_a_formula() {
    for name in SHIPPED {
        let assessment = shipped(name);
        for (_, entries) in lists(&written(&assessment, &plain(&assessment))) {
            for entry in entries {
                let text = entry.to_string();
                assert!(text == "-" || !text.starts_with(['=', '+', '-', '@']), "{text}");
            }
        }
    }
}

#[test]
fn titles_are_in_the_language_and_the_rest_in_german_or_english() {
    let titles = |language: &str, ui| {
        let wish = EntrySheet {
            ui,
            modules: Some(vec!["metal".into()]),
            ..EntrySheet::new(NORDSTADT.language(language).unwrap())
        };
        let bytes = written(&NORDSTADT, &wish);
        let name = open(&bytes).sheet_names()[1].clone();
        let titles = row(&sheet(&bytes, &name), TITLES);
        format!("{name}: {}, {}", titles[0], titles.iter().rev().nth(1).unwrap())
    };
    assert_eq!(titles("de", Ui::En), "Ergebnisse: Kennung, Biegen: Tempo");
    assert_eq!(titles("en", Ui::De), "Results: Key, Bending: pace");
    assert_eq!(titles("tr", Ui::De), "Ergebnisse: Kennung, Bükme: hız");
    assert_eq!(titles("tr", Ui::En), "Results: Key, Bükme: hız");
}

#[test]
fn a_roster_is_filled_in_and_stays_text() {
    let person =
        |key: &str, name: &str, birth_date| Participant { key: key.into(), name: name.into(), birth_date };
    let wish = EntrySheet {
        observer: Some("=Anna \"Kaya\"".into()),
        roster: vec![
            person("0012", "Elena-Ștefania Țurcanu", Some(date(1990, 3, 12))),
            person("=1+1", "@x\0", Some(date(1850, 1, 1))),
        ],
        blank_rows: 2,
        modules: Some(vec!["metal".into()]),
        ..plain(&NORDSTADT)
    };
    let bytes = written(&NORDSTADT, &wish);
    let results = sheet(&bytes, "Ergebnisse");
    assert_eq!(&row(&results, FIRST)[..4], ["0012", "Elena-Ștefania Țurcanu", "32944", "=Anna \"Kaya\""]);
    assert_eq!(&row(&results, FIRST + 1)[..4], ["=1+1", "@x\u{FFFD}", "1850-01-01", "=Anna \"Kaya\""]);
    // The rows without a person wait for one: their only formula holds no text of anybody, and gives nothing yet.
    let formulas = open(&bytes).worksheet_formula("Ergebnisse").unwrap();
    let formulas: Vec<_> = formulas.used_cells().map(|(_, _, formula)| formula.clone()).collect();
    assert_eq!(
        formulas,
        ["IF(AND(A7=\"\",B7=\"\"),\"\",kompetenz!$B$7)", "IF(AND(A8=\"\",B8=\"\"),\"\",kompetenz!$B$7)"]
    );
    assert!(row(&results, FIRST + 2).iter().all(String::is_empty));
    let about = sheet(&bytes, "kompetenz");
    let about: Vec<String> = about.rows().map(|row| format!("{} | {}", row[0], row[1])).collect();
    assert_eq!(about[0], "format | kompetenz-sheet/1");
    assert_eq!(about[4..], ["language | de", "modules | metal", "observer | =Anna \"Kaya\""]);
}

#[test]
fn a_sheet_has_the_modules_asked_for_in_the_order_of_the_definition() {
    let wish = |modules: &[&str]| EntrySheet {
        modules: Some(modules.iter().map(|id| (*id).to_owned()).collect()),
        ..plain(&NORDSTADT)
    };
    let headings = row(&sheet(&written(&NORDSTADT, &wish(&["wood", "metal"])), "Ergebnisse"), HEADINGS);
    let modules: BTreeSet<_> =
        headings.iter().filter_map(|path| path.split_once('.')).map(|(module, _)| module).collect();
    assert_eq!(modules, ["metal", "wood"].into());
    let place = |path: &str| headings.iter().position(|heading| heading == path).unwrap();
    assert!(place("metal.saw-order") < place("wood.note"));
    assert!(place("first-language") < place("metal.saw-order"));

    let refused = |modules: &[&str]| super::entry_sheet(&NORDSTADT, &wish(modules)).unwrap_err();
    let error = refused(&["metal", "mettal", "wod"]);
    assert_snapshot!(error.to_string(), @"the assessment has no module `mettal`, `wod`");
    assert_snapshot!(error.words().de, @"die Feststellung hat kein Modul `mettal`, `wod`");
    assert!(matches!(refused(&["fit"]), WriteError::NothingToEnter));
    let endless = EntrySheet { blank_rows: usize::MAX, ..plain(&NORDSTADT) };
    assert!(matches!(super::entry_sheet(&NORDSTADT, &endless), Err(WriteError::TooLarge)));
}

#[test]
fn the_first_sheet_tells_what_to_do_and_what_the_steps_mean() {
    let wish = EntrySheet { modules: Some(vec!["metal".into(), "german".into()]), ..plain(&NORDSTADT) };
    let text = |wish: &EntrySheet, name: &str| {
        let sheet = sheet(&written(&NORDSTADT, wish), name);
        let rows =
            sheet.rows().map(|row| format!("{} | {}", row[0], row[1]).trim_matches([' ', '|']).to_owned());
        rows.filter(|row| !row.is_empty()).collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!(text(&wish, "Anleitung"), @"
    Kompetenzfeststellung Nordstadt
    Ergebnisbogen zur Fassung 2.0.0
    So wird ausgefüllt
    1. | Eingetragen wird auf dem Blatt „Ergebnisse“. Eine Zeile ist eine Person, gesehen von einer Beobachterin oder einem Beobachter. Jede Zeile braucht Kennung, Name und Beobachtung.
    2. | Die Kennung unterscheidet die Personen, zum Beispiel eine Nummer. Dieselbe Person hat in jeder Zeile und jeder Datei dieselbe Kennung.
    3. | Worauf genau zu achten ist, steht in der Notiz an jeder Spaltenüberschrift: die Maus darauf halten.
    4. | Zum Bewerten in die Zelle klicken und aus der Liste wählen, oder nur die Zahl oder das Kürzel vor dem Strich tippen. Messwerte werden als Zahl getippt, ohne Einheit.
    5. | Wenn eine Aufgabe bearbeitet wurde, etwas aber nicht zu beobachten war, das Kürzel dafür eintragen: „n“. Was gar nicht an der Reihe war, bleibt leer. Beides zählt nie als schlechtes Ergebnis.
    6. | Eine zweite Beobachterin oder ein zweiter Beobachter nimmt eine zweite Zeile mit derselben Kennung oder eine eigene Datei. Bitte zuerst unabhängig voneinander bewerten.
    7. | Situation und Durchgang sind nur für Aufgaben, die in mehreren Situationen oder mehrmals zu sehen waren. Jede Situation und jeder Durchgang hat eine eigene Zeile; der erste Durchgang ist 1.
    8. | Eine Selbsteinschätzung hat eine eigene Zeile, in der unter Beobachtung „selbst“ steht.
    9. | Farben: Blassgelb ist noch leer, Orange fehlt (Kennung, Name oder Beobachtung), Rot ist nicht lesbar und muss aus der Liste gewählt werden.
    10. | Die Überschriften sind gesperrt, ohne Kennwort. Spalten dürfen schmaler gemacht und ausgeblendet werden; reichen die Zeilen nicht, dazwischen neue einfügen. Um Module in Excel mit + und − über den Spalten zuzuklappen, zuerst Überprüfen, Blattschutz aufheben wählen.
    11. | Als Excel-Arbeitsmappe (.xlsx) speichern, unter einem Namen, der keine Person nennt, und die Datei abgeben.
    Module und ihre Spalten
    P–AE | Werkprobe Metall
    Flachstahl auf 80 mm Länge anreißen und sägen, drei Löcher nach Skizze bohren und entgraten, einen Haken nach Muster biegen.
    AF–AM | Deutsch
    Gespräch, Hör- und Leseaufgaben und ein kurzer eigener Text aus dem Arbeitsalltag – oder ein vorgelegtes Zertifikat. Die Stufen orientieren sich an LASLLIAM (L1 bis L4) und am GER (A1 bis B2).
    Skalen und was ihre Stufen bedeuten
    Werkprobe Metall (P–AD)
    0 | erste Versuche
    1 | mit viel Hilfe
    2 | mit einigen Hinweisen
    3 | meist von allein
    4 | sicher von allein
    n | nicht beobachtet
    Deutsch (AF–AI)
    L1, L2, L3, L4, A1, A2, B1, B2
    n | nicht beobachtet
    Deutsch (AJ)
    0 bis 45, in Schritten von 1
    Deutsch (AK)
    0 bis 20, in Schritten von 0,5
    Deutsch (AL)
    0 bis 100, in Schritten von 0,5
    ");
    let english = EntrySheet { language: NORDSTADT.language("en").unwrap(), ..wish };
    assert_snapshot!(text(&english, "Instructions"), @"
    Nordstadt competency assessment
    Entry sheet for version 2.0.0
    How to fill in the sheet
    1. | Results are entered on the sheet “Results”. A row is one person, seen by one observer. Every row needs key, name and observer.
    2. | The key tells people apart, for instance a number. The same person has the same key in every row and every file.
    3. | What exactly to look at stands in the note on each column title: hold the mouse over it.
    4. | To rate, click the cell and choose from the list, or type only the number or code in front of the dash. Measured values are typed as numbers, without a unit.
    5. | If a task was done, but something could not be observed, enter the code for it: “n”. What was not done at all stays empty. Neither ever counts as a bad result.
    6. | A second observer uses a second row with the same key, or a file of their own. Please rate independently of each other first.
    7. | Situation and trial are only for tasks that were seen in several situations or several times. Each situation and each trial has a row of its own; the first trial is 1.
    8. | A self-assessment has a row of its own, with “self” as the observer.
    9. | Colours: pale yellow is still empty, orange is missing (key, name or observer), red cannot be read and must be chosen from the list.
    10. | The headings are locked, without a password. Columns may be made narrower and hidden; if there are too few rows, insert some in between. To fold modules away with + and − above the columns in Excel, first choose Review, Unprotect Sheet.
    11. | Save as an Excel workbook (.xlsx), under a name that names no person, and hand in the file.
    Modules and their columns
    P–AE | Work sample: metal
    Mark out and saw flat steel to a length of 80 mm, drill three holes to a sketch and deburr them, bend a hook to match a sample.
    AF–AM | German
    A conversation, listening and reading tasks and a short written text about everyday work – or a certificate that was presented. The levels are based on LASLLIAM (L1 to L4) and the CEFR (A1 to B2).
    Scales and what their steps mean
    Work sample: metal (P–AD)
    0 | first attempts
    1 | with a lot of help
    2 | with some prompts
    3 | mostly without help
    4 | confidently without help
    n | not observed
    German (AF–AI)
    L1, L2, L3, L4, A1, A2, B1, B2
    n | not observed
    German (AJ)
    0 to 45, in steps of 1
    German (AK)
    0 to 20, in steps of 0.5
    German (AL)
    0 to 100, in steps of 0.5
    ");
}

#[test]
fn the_table_of_plain_text_opens_in_a_german_excel() {
    let assessment = shipped("points-test");
    let wish = EntrySheet {
        format: SheetFormat::Csv,
        observer: Some("anna".into()),
        roster: vec![Participant {
            key: "P-1".into(),
            name: "=1;2".into(),
            birth_date: Some(date(1990, 3, 2)),
        }],
        ..plain(&assessment)
    };
    let text = String::from_utf8(written(&assessment, &wish)).unwrap();
    assert!(text.starts_with("\u{FEFF}kompetenz-sheet/1 points-test 1.0.0 "));
    assert!(text.lines().all(|line| !line.contains('\r')), "{text:?}");
    assert_eq!(text.matches("\r\n").count(), 4);
    let lines: Vec<&str> = text.split("\r\n").skip(1).collect();
    assert_snapshot!(lines.join("\n"), @r#"
    # Kennung;# Name;# Geburtsdatum;# Beobachtung;# Situation;# Durchgang;# von;# bis;# Stunden;# Notiz;# Welches Zeichen steht für zerbrechlich?;# Welcher Karton gehört auf den Platz 3-B?;# Wie viele Kartons sind es zusammen?;# Welches Paket ist am schwersten?;# Welche Ware läuft zuerst ab?;# Eine Flasche ist zerbrochen: Was kommt zuerst?;# Zwölf Artikel nach Liste holen: Zeit;# Kartons bündig stapeln: größter Überstand;# Sicherheitsschuhe angezogen
    key;name;birth-date;observer;situation;trial;from;to;hours;note;symbol;place;total;heaviest;expiry;spill;picking;stacking;shoes
    P-1;"'=1;2";02.03.1990;anna;;;;;;;;;;;;;;;
    "#);
    // From its third row on, the file of today is one that can be read.
    let table = format!("{}\n{}3\n", lines[1], lines[2]);
    let reading = read(table.as_bytes(), "x.csv", &assessment.vocabulary());
    assert!(reading.is_ok(), "{reading:?}");
}

#[test]
fn column_titles_explain_the_item_and_its_steps() {
    let wish = EntrySheet { modules: Some(vec!["metal".into(), "basics".into()]), ..plain(&NORDSTADT) };
    let bytes = written(&NORDSTADT, &wish);
    let headings = row(&sheet(&bytes, "Ergebnisse"), HEADINGS);
    let notes = super::part(&bytes, "xl/comments1.xml");
    let note = |path: &str| {
        let column = headings.iter().position(|heading| heading == path).unwrap() + 1;
        let cell = format!("ref=\"{}3\"", column_letters(u32::try_from(column).unwrap()));
        let (_, rest) = notes.split_once(&cell).unwrap();
        let (text, _) = rest.split_once("</comment>").unwrap();
        let (_, text) = text.rsplit_once("<t").unwrap();
        let (_, text) = text.split_once('>').unwrap();
        text.split_once("</t>").unwrap().0.to_owned()
    };
    assert_snapshot!(note("metal.saw-order"), @"
    Sägen: Auftrag verstanden

    findet das Maß 80 mm im Auftrag und zeigt, wo gesägt wird

    0 – erste Versuche
    1 – mit viel Hilfe
    2 – mit einigen Hinweisen
    3 – meist von allein
    4 – sicher von allein
    n – nicht beobachtet
    ");
    let help = note("basics.quantities-1a");
    assert!(help.ends_with("- – nicht erreicht"), "{help}");
}

/// What a definition may say that the XML of a workbook may not.
#[test]
fn a_strange_definition_gives_a_sound_workbook() {
    let assessment = small(
        "summary = \"<&> ]]>\"\n[[scale]]\nid = \"s\"\nrange = { from = -0.5, to = 2, step = 0.5 }\nunit = \"<\\u0002&\\\"\"\n\
         not-observed = \"=1\"\n[[scale]]\nid = \"t\"\nvalues = [{ value = 0, code = \"@\", title = \"<none>\" }, 1]\n\
         [[item]]\nid = \"one\"\ntitle = \"=SUM(A1) & <b>\"\nscale = \"s\"\ntext = \"a & b\"\n\
         [[item]]\nid = \"two\"\ntitle = \"Two\"\nscale = \"t\"\n",
    );
    let bytes = written(&assessment, &plain(&assessment));
    assert!(open(&bytes).worksheet_formula("Results").unwrap().is_empty());
    let titles = row(&sheet(&bytes, "Results"), TITLES);
    assert_eq!(titles[10..], ["=SUM(A1) & <b>", "Two"]);
    let lists: Vec<_> =
        lists(&bytes).into_iter().map(|(name, entries)| format!("{name} {entries:?}")).collect();
    assert_snapshot!(lists.join("\n"), @r#"
    s [String("=1")]
    t [String("@"), Float(1.0)]
    "#);
    // No XML at all has a sign that XML forbids.
    for name in ["xl/worksheets/sheet2.xml", "xl/sharedStrings.xml", "xl/comments1.xml", "docProps/core.xml"]
    {
        let xml = super::part(&bytes, name);
        assert!(xml.chars().all(|c| !c.is_control() || c == '\n'), "{name}");
    }
}
