//! Forms in TOML, with the slips people make in them.

use crate::{content, faults, good, render};

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
    x.toml, line 12, column 1: what belongs to this observer is not a table [wrong-type]
      help: it stands below a line such as `[observations.anna]`
    x.toml, Zeile 12, Zeichen 1: was zu dieser Beobachtung gehört, ist keine Tabelle
      Hilfe: es steht unter einer Zeile wie `[observations.anna]`
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
    insta::assert_snapshot!(render(&faults(form.as_bytes(), "x.toml")), @"
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
    x.toml: the file is text in utf-8, but damaged in line 3 [unreadable]
      help: write the broken letters in this line again and save the file as `CSV UTF-8`
    x.toml: die Datei ist Text in utf-8, aber in Zeile 3 beschädigt
      Hilfe: die beschädigten Buchstaben in dieser Zeile neu schreiben und die Datei als `CSV UTF-8` speichern
    ");
}

/// What a table says in columns, a form says in its keys.
const TABLE: &str = "key;name;observer;situation;trial;note;metal.note;metal.saw-plan.note;metal.saw-order;metal.saw-plan;metal.saw;recognition;result-talk;metal.repeat-try-out;decided-by
P-1;x;anna;kitchen;;calm;asks;used a rule;1;n;;confirmed;;;
P-1;x;anna;kitchen;2;;;;2;3;;;;;
P-1;x;Ben;kitchen;1;;;;3;;;bestätigt;;abgelehnt: too early;kaya
P-1;x;self;;;;proud;;4;;;;;;
P-1;x;resolution;kitchen;;seen on video;;;2;;;;edited: in May: with kaya;;kaya
P-1;x;resolution;;;asked again;;;;;2,5;;;;
";

#[test]
fn forms_say_all_that_tables_say() {
    let form = r#"
key = "P-1"
name = "x"

# Notes may stand before the observations they belong to.
[notes."anna @ kitchen"]
note = "calm"
metal.note = "asks"
metal.saw-plan = "used a rule"

[notes.self]
metal = "proud"

[observations]
"anna @ kitchen" = { metal.saw-order = 1, metal.saw-plan = "n" }
"ANNA@Kitchen#2".metal = { saw-order = 2, saw-plan = 3 }

[observations."Ben @ kitchen"]
metal.saw-order = 3

[observations.Selbst]
metal.saw-order = 4

[resolutions]
metal.saw-order = { value = 2, note = "seen on video", by = "kaya", situation = "KITCHEN" }
metal.saw.value = 2.5
metal.saw.note = "asked again"

[[decision]]
recommendation = "recognition"
is = "confirmed"
by = "kaya"

[[decision]]
recommendation = "metal.repeat-try-out"
is = "Abgelehnt"
reason = "too early"
by = "kaya"

[[decision]]
recommendation = "result-talk"
is = "edited"
text = "in May: with kaya"
by = "kaya"
"#;
    let expected = content(good(TABLE).people[0].as_ref().unwrap());
    match &good(form).people[0] {
        Ok(entry) => assert_eq!(content(entry), expected),
        Err(rejected) => panic!("{}", render(&rejected.faults)),
    }
    insta::assert_snapshot!(expected, @r#"
    P-1 "x" None None-None None ["Ben @ kitchen", "anna @ kitchen", "anna @ kitchen #2", "self"]
    Ben @ kitchen: metal.saw-order = 3
    anna @ kitchen #2: metal.saw-order = 2
    anna @ kitchen #2: metal.saw-plan = 3
    anna @ kitchen: "" "calm"
    anna @ kitchen: "metal" "asks"
    anna @ kitchen: "metal.saw-plan" "used a rule"
    anna @ kitchen: metal.saw-order = 1
    anna @ kitchen: metal.saw-plan = "n"
    decided: Confirmed("recognition") None Some("kaya")
    decided: Edited("result-talk", [Localized { language: None, text: "in May: with kaya" }]) None Some("kaya")
    decided: Rejected("metal.repeat-try-out") Some("too early") Some("kaya")
    self: "metal" "proud"
    self: metal.saw-order = 4
    settled: metal.saw = 2.5 None "asked again" None
    settled: metal.saw-order = 2 Some("kitchen") "seen on video" Some("kaya")
    "#);
}

#[test]
fn own_recommendations_and_texts_in_several_languages() {
    let form = r#"
key = "P-1"
name = "x"
observations.anna.metal.saw-order = true

[[resolutions.metal.saw-order]]
value = 1
note = "one"
situation = "kitchen"

[[resolutions.metal.saw-order]]
value = 2
note = "two"
situation = "workshop"

[[decision]]
recommendation = "recognition"
is = "edited"
text = { de = "Im Mai", ro = "În mai" }
reason = "closed until then"

[[decision]]
step = 8
text = "Visit the workshop"
body = { de = "Jobcenter" }
due = "4 weeks"
by = "kaya"
"#;
    let reading = good(form);
    insta::assert_snapshot!(content(reading.people[0].as_ref().unwrap_or_else(|r| panic!("{}", render(&r.faults)))), @r#"
    P-1 "x" None None-None None ["anna"]
    anna: metal.saw-order = true
    decided: Added { step: 8, text: [Localized { language: None, text: "Visit the workshop" }], body: [Localized { language: Some("de"), text: "Jobcenter" }], due: Some("4 weeks") } None Some("kaya")
    decided: Edited("recognition", [Localized { language: Some("de"), text: "Im Mai" }, Localized { language: Some("ro"), text: "În mai" }]) Some("closed until then") None
    settled: metal.saw-order = 1 Some("kitchen") "one" None
    settled: metal.saw-order = 2 Some("workshop") "two" None
    "#);
}

#[test]
fn slips_in_notes_resolutions_and_decisions_are_found() {
    let form = r#"key = "P-1"
name = "x"
[observations."anna #0"]
metal.saw-order = 3
[notes.anna]
metal.saw-ordr = "x"
metall = "x"
metal.saw-plan = 3
german = ["x"]
[notes]
ben = "x"
resolution = { note = "x" }
[resolutions]
metal.saw-order = 3
metal.sew = { value = 3, note = "x" }
metal.saw-plan = { valu = 3, note = " " }
metal.saw-tempo = { value = [3], note = 3, by = "x" }
metal.saw-safety = [3]
[[decision]]
recommendation = "recognition"
is = "confirmed"
text = "x"
due = "4 weeks"
[[decision]]
recomendation = "recognition"
step = 0
text = "x"
body = "x"
[[decision]]
recommendation = "recognition"
[[decision]]
recommendation = 3
is = "confirmed"
"#;
    insta::assert_snapshot!(render(&faults(form.as_bytes(), "x.toml")), @r#"
    x.toml, line 3, column 15: this does not say who observed, in which situation and trial [wrong-type]
      help: write `anna`, `"anna @ kitchen"`, `"anna #2"` or `"anna @ kitchen #2"`, with the number of the trial from 1 on
    x.toml, Zeile 3, Zeichen 15: das sagt nicht, wer beobachtet hat, in welcher Situation und welchem Durchgang
      Hilfe: `anna`, `"anna @ küche"`, `"anna #2"` oder `"anna @ küche #2"` schreiben, mit der Nummer des Durchgangs ab 1
    x.toml, line 6, column 7: there is no key `metal.saw-ordr` here [unknown-column]
      help: did you mean `metal.saw-order`?
    x.toml, Zeile 6, Zeichen 7: einen Schlüssel `metal.saw-ordr` gibt es hier nicht
      Hilfe: ist `metal.saw-order` gemeint?
    x.toml, line 7, column 1: there is no key `metall` here [unknown-column]
      help: did you mean `metal`?
    x.toml, Zeile 7, Zeichen 1: einen Schlüssel `metall` gibt es hier nicht
      Hilfe: ist `metal` gemeint?
    x.toml, line 8, column 18: `metal.saw-plan` is not a text [wrong-type]
      help: write it in quotation marks
    x.toml, Zeile 8, Zeichen 18: `metal.saw-plan` ist kein Text
      Hilfe: in Anführungszeichen schreiben
    x.toml, line 9, column 10: `german` is not a text [wrong-type]
      help: write it in quotation marks
    x.toml, Zeile 9, Zeichen 10: `german` ist kein Text
      Hilfe: in Anführungszeichen schreiben
    x.toml, line 11, column 1: what belongs to this observer is not a table [wrong-type]
      help: it stands below a line such as `[notes.anna]`
    x.toml, Zeile 11, Zeichen 1: was zu dieser Beobachtung gehört, ist keine Tabelle
      Hilfe: es steht unter einer Zeile wie `[notes.anna]`
    x.toml, line 12, column 1: a resolution is no observation [invalid-resolution]
      help: what counts stands below `[resolutions]`, for instance `metal.saw-order = { value = 3, note = "…" }`
    x.toml, Zeile 12, Zeichen 1: eine Klärung ist keine Beobachtung
      Hilfe: was gilt, steht unter `[resolutions]`, zum Beispiel `metal.saw-order = { value = 3, note = "…" }`
    x.toml, line 14, column 19: `metal.saw-order` is not a table [wrong-type]
      help: write `metal.saw-order = { value = 3, note = "…" }`, with the value that counts and the reason
    x.toml, Zeile 14, Zeichen 19: `metal.saw-order` ist keine Tabelle
      Hilfe: `metal.saw-order = { value = 3, note = "…" }` schreiben, mit dem Wert, der gilt, und der Begründung
    x.toml, line 15, column 7: there is no key `metal.sew` here [unknown-column]
      help: did you mean `metal.saw`?
    x.toml, Zeile 15, Zeichen 7: einen Schlüssel `metal.sew` gibt es hier nicht
      Hilfe: ist `metal.saw` gemeint?
    x.toml, line 16, column 18: a resolution needs a note that says why [invalid-resolution]
      help: write the reason into `note`
    x.toml, Zeile 16, Zeichen 18: eine Klärung braucht eine Notiz mit der Begründung
      Hilfe: die Begründung unter `Notiz` (`note`) schreiben
    x.toml, line 16, column 18: `value` is empty [missing-value]
    x.toml, Zeile 16, Zeichen 18: `value` ist leer
    x.toml, line 16, column 20: there is no key `valu` here [unknown-column]
      help: did you mean `value`?
    x.toml, Zeile 16, Zeichen 20: einen Schlüssel `valu` gibt es hier nicht
      Hilfe: ist `value` gemeint?
    x.toml, line 17, column 41: `note` is not a text [wrong-type]
      help: write it in quotation marks
    x.toml, Zeile 17, Zeichen 41: `note` ist kein Text
      Hilfe: in Anführungszeichen schreiben
    x.toml, line 18, column 21: `metal.saw-safety` is not a table [wrong-type]
    x.toml, Zeile 18, Zeichen 21: `metal.saw-safety` ist keine Tabelle
    x.toml, line 22, column 8: `text` has no place in this kind of decision [invalid-decision]
      help: a decision about a recommendation has `recommendation`, `is` and, if it is edited, `text`; one of your own has `step`, `text`, `body` and `due`
    x.toml, Zeile 22, Zeichen 8: `text` hat in dieser Art von Entscheidung keinen Platz
      Hilfe: eine Entscheidung über eine Empfehlung hat `recommendation`, `is` und, wenn sie geändert ist, `text`; eine eigene hat `step`, `text`, `body` und `due`
    x.toml, line 23, column 7: `due` has no place in this kind of decision [invalid-decision]
      help: a decision about a recommendation has `recommendation`, `is` and, if it is edited, `text`; one of your own has `step`, `text`, `body` and `due`
    x.toml, Zeile 23, Zeichen 7: `due` hat in dieser Art von Entscheidung keinen Platz
      Hilfe: eine Entscheidung über eine Empfehlung hat `recommendation`, `is` und, wenn sie geändert ist, `text`; eine eigene hat `step`, `text`, `body` und `due`
    x.toml, line 25, column 1: there is no key `recomendation` here [unknown-column]
      help: did you mean `recommendation`?
    x.toml, Zeile 25, Zeichen 1: einen Schlüssel `recomendation` gibt es hier nicht
      Hilfe: ist `recommendation` gemeint?
    x.toml, line 26, column 8: `step` is not a whole number from 1 on [invalid-number]
    x.toml, Zeile 26, Zeichen 8: `step` ist keine ganze Zahl ab 1
    x.toml, line 29, column 1: this is no decision about a recommendation [invalid-decision]
      help: write `is = "confirmed"`, `is = "rejected"` and a `reason`, or `is = "edited"` and a `text`
    x.toml, Zeile 29, Zeichen 1: das ist keine Entscheidung über eine Empfehlung
      Hilfe: `is = "confirmed"`, `is = "rejected"` und einen Grund (`reason`) oder `is = "edited"` und einen Text (`text`) schreiben
    x.toml, line 32, column 18: `recommendation` is not a text [wrong-type]
      help: write it in quotation marks
    x.toml, Zeile 32, Zeichen 18: `recommendation` ist kein Text
      Hilfe: in Anführungszeichen schreiben
    "#);
    let form = "key = \"P-1\"\nname = \"x\"\ndecision = { step = 8 }\n";
    insta::assert_snapshot!(render(&faults(form.as_bytes(), "x.toml")), @"
    x.toml, line 3, column 12: `decision` is not a list of tables [wrong-type]
      help: each decision begins with the line `[[decision]]`
    x.toml, Zeile 3, Zeichen 12: `decision` ist keine Liste von Tabellen
      Hilfe: jede Entscheidung beginnt mit der Zeile `[[decision]]`
    ");
}

/// A text of several lines does not make a form look like a table.
#[test]
fn long_notes_are_forms_all_the_same() {
    let form =
        format!("key = \"P-1\"\nname = \"x\"\n[notes.anna]\nnote = \"\"\"\n{}\"\"\"\n", "a;b;c\n".repeat(40));
    assert_eq!(good(&form).people[0].as_ref().unwrap().notes[0].text.lines().count(), 40);
}
