//! Forms in TOML, with the slips people make in them.

use kompetenz_sheets::read;

use crate::{content, faults, good, render, vocabulary};

#[test]
fn the_spellings_of_toml_say_the_same() {
    let head = "key = \"P-1\"\nname = \"x\"\nhours = 7.5\nfrom = 2026-11-09\n";
    let plain = "[facts]\nmetal.work-years = 6\njob-start = true\n[observations.anna]\nmetal.saw-order = 3\nmetal.saw-plan = \"n\"\n";
    let expected = content(good(&format!("{head}{plain}")).people[0].as_ref().unwrap());
    for (name, text) in [
        ("byte order mark", format!("\u{feff}{head}{plain}")),
        ("CRLF", format!("{head}{plain}").replace('\n', "\r\n")),
        (
            "values in quotation marks",
            head.replace("7.5", "\"7,5\"").replace("2026-11-09", "\"9.11.2026\"") + plain,
        ),
        ("words for a flag", format!("{head}{plain}").replace("true", "\"ja\"")),
        (
            "nested tables",
            format!("{head}{plain}")
                .replace("anna]\nmetal.", "anna.metal]\n")
                .replace("\nmetal.saw-p", "\nsaw-p"),
        ),
        (
            "inline tables",
            format!(
                "{head}facts = {{ metal = {{ work-years = 6 }}, job-start = true }}\nobservations = {{ anna = {{ metal.saw-order = 3, \"metal.saw-plan\" = \"n\" }} }}"
            ),
        ),
        ("after comments", format!("# P-1;x;anna\n# b;c\n\n{head}{plain}")),
    ] {
        let reading = good(&text);
        match &reading.people[0] {
            Ok(entry) => assert_eq!(content(entry), expected, "{name}"),
            Err(rejected) => panic!("{name}: {}", render(&rejected.faults)),
        }
    }
}

/// Places are lines and characters, not bytes.
#[test]
fn slips_are_found_all_at_once() {
    let form = "key = 17\nname = \"x\"\nbirth-date = \"12.3.90\"\n# ș ț\nto = 2026-11-01\nfrom = 2026-11-09\n\
                observers = 2\n\
                [facts]\nfirst-language = [\"ro\"]\nmetal = 6\n\
                [observations]\nben = 3\n\"ș\".metal.saw-order = {}\nanna.metall.saw-order = 3\nmetal.saw-order = 3\n";
    insta::assert_snapshot!(render(&faults(form.as_bytes(), "x.toml")), @"
    x.toml, line 1, column 7: `key` is not a text [wrong-type]
      help: write it in quotation marks
    x.toml, Zeile 1, Zeichen 7: `key` ist kein Text
      Hilfe: in Anführungszeichen schreiben
    x.toml, line 3, column 14: `birth-date` is not a date [invalid-date]
      help: write day, month and the year in full: `12.03.1990` or `1990-03-12`
    x.toml, Zeile 3, Zeichen 14: `birth-date` ist kein Datum
      Hilfe: Tag, Monat und das ganze Jahr schreiben: `12.03.1990` oder `1990-03-12`
    x.toml, line 5, column 6: `to` is before `from` [invalid-date]
    x.toml, Zeile 5, Zeichen 6: `to` liegt vor `from`
    x.toml, line 7, column 1: there is no key `observers` here [unknown-column]
      help: did you mean `observations`?
    x.toml, Zeile 7, Zeichen 1: einen Schlüssel `observers` gibt es hier nicht
      Hilfe: ist `observations` gemeint?
    x.toml, line 9, column 18: `first-language` is not a single value [wrong-type]
    x.toml, Zeile 9, Zeichen 18: `first-language` ist kein einzelner Wert
    x.toml, line 10, column 9: `metal` is not a table [wrong-type]
    x.toml, Zeile 10, Zeichen 9: `metal` ist keine Tabelle
    x.toml, line 12, column 1: the ratings of this observer are not a table [wrong-type]
      help: they stand below a line such as `[observations.anna]`
    x.toml, Zeile 12, Zeichen 1: die Bewertungen dieser Beobachtung sind keine Tabelle
      Hilfe: sie stehen unter einer Zeile wie `[observations.anna]`
    x.toml, line 13, column 23: `metal.saw-order` is not a single value [wrong-type]
    x.toml, Zeile 13, Zeichen 23: `metal.saw-order` ist kein einzelner Wert
    x.toml, line 14, column 6: there is no key `metall` here [unknown-column]
      help: did you mean `metal`?
    x.toml, Zeile 14, Zeichen 6: einen Schlüssel `metall` gibt es hier nicht
      Hilfe: ist `metal` gemeint?
    x.toml, line 15, column 7: there is no key `saw-order` here [unknown-column]
      help: did you mean `metal.saw-order`?
    x.toml, Zeile 15, Zeichen 7: einen Schlüssel `saw-order` gibt es hier nicht
      Hilfe: ist `metal.saw-order` gemeint?
    ");
}

#[test]
fn syntax_errors_are_found_all_at_once() {
    let form = "key = \"P-1\"\nname = \"ș\" x\nkey = \"P-2\"\nfrom = 2026-13-09\n[observations.anna\nmetal.saw-order = 3\n";
    insta::assert_snapshot!(render(&read(form.as_bytes(), "x.toml", &vocabulary()).unwrap_err()), @"
    x.toml, line 2, column 12: not valid TOML: unexpected key or value, expected newline, `#` [unreadable]
    x.toml, Zeile 2, Zeichen 12: kein gültiges TOML: unexpected key or value, expected newline, `#`
    x.toml, line 3, column 1: not valid TOML: duplicate key [unreadable]
    x.toml, Zeile 3, Zeichen 1: kein gültiges TOML: duplicate key
    x.toml, line 4, column 8: not valid TOML: invalid date, expected month between 01 and 12 [unreadable]
    x.toml, Zeile 4, Zeichen 8: kein gültiges TOML: invalid date, expected month between 01 and 12
    x.toml, line 5, column 19: not valid TOML: unclosed table, expected `]` [unreadable]
    x.toml, Zeile 5, Zeichen 19: kein gültiges TOML: unclosed table, expected `]`
    ");
}

#[test]
fn other_encodings_are_refused() {
    let form = b"key = \"P-1\"\n# \xC3\xA4\nname = \"J\xFCrgen\"\n";
    insta::assert_snapshot!(render(&faults(form, "x.toml")), @"
    x.toml, line 3, column 10: the text is not in UTF-8 [unreadable]
      help: save the file again with the encoding UTF-8; most editors ask for it under `Save as`
    x.toml, Zeile 3, Zeichen 10: der Text ist nicht in UTF-8 geschrieben
      Hilfe: die Datei noch einmal mit der Kodierung UTF-8 speichern; die meisten Editoren fragen danach bei `Speichern unter`
    ");
}
