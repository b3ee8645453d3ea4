//! The program in German and in English: help, wrong command lines, and errors from outside.

use std::fs;

use insta::assert_snapshot;

use crate::{command, folder, path, said};

/// What a run says when a line has 100 columns, without blanks at the end of lines.
fn says(args: &[&str]) -> String {
    let output = command(args).env("COLUMNS", "100").output().expect("the program starts");
    let said = said(&output, &std::env::temp_dir());
    said.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

#[test]
fn help_is_german_for_who_asked_for_german() {
    assert_snapshot!(says(&["--help", "--ui", "de"]), @"
    --- output
    Kompetenzfeststellungen: Definitionen prüfen, Ergebnisse auswerten und begründen, Zertifikate
    erstellen.

    Eine Feststellung ist ein Ordner mit Textdateien, die eine Fachkraft schreibt: `assessment.toml`,
    die Module und die Übersetzungen in `lang/`. Ergebnisse kommen aus Arbeitsmappen, CSV-, JSON- oder
    TOML-Dateien; `sheet` macht eine Arbeitsmappe zum Ausfüllen, und `read` sagt, was an Ergebnissen
    falsch ist. Zertifikate sind PDF-Dateien für Papier, Archiv und Vorleseprogramme (PDF/A-3a,
    PDF/UA-1); die Daten sind angehängt.

    Nichts davon braucht das Netz, und über Teilnehmende wird nichts geschrieben außer in die
    Ergebnisse, die verlangt sind.

    Aufruf: kompetenz [OPTIONEN] <BEFEHL>

    Befehle:
      init         Eine kleine Feststellung zum Anfangen anlegen: Definition, Übersetzung, ausstellende
                   Stelle und Ergebnisse
      new          Ein Modul zum Anfangen anlegen und in die Hauptdatei eintragen
      check        Die Fehler einer Definition finden und ihre Beispiele durchrechnen
      translate    Was zu übersetzen ist, in `lang/SPRACHE.toml` schreiben oder die Datei auf den
                   neuesten Stand bringen
      sheet        Einen Bogen zum Eintragen machen: eine Arbeitsmappe, eine CSV-Tabelle oder ein
                   Formular auf Papier
      read         Ergebnisse lesen und sagen, was daran falsch ist, ohne etwas auszuwerten
      score        Ergebnisse auswerten: alle Messwerte aller Personen, mit Befunden und Empfehlungen
      explain      Begründen: warum diese Stufe, warum diese Empfehlung, warum jene nicht
      growth       Zwei Feststellungen derselben Personen vergleichen: was gewachsen ist
      analyze      Eine Gruppe untersuchen: wie schwierig Merkmale sind, ob sie zusammengehören, ob
                   Beobachtende übereinstimmen
      render       Ein Zertifikat erstellen, die Seite „einfach erklärt“ dazu oder den Bericht für die
                   Beratung
      batch        Für alle Personen in den Ergebnissen Dokumente erstellen, auf allen Prozessorkernen,
                   und ins Register eintragen
      register     Das Register des Ausgestellten befragen und führen
      verify       Sagen, ob ein Dokument ausgestellt wurde und noch gilt: nach seiner Nummer oder nach
                   seiner Datei
      templates    Vorlagen auflisten, zum Ändern herausschreiben und mit Beispieldaten ansehen
      letter       Briefe schreiben, die zu Zertifikaten gehören: für alle Personen der Ergebnisse oder
                   für eine
      schema       Ein JSON-Schema ausgeben: für Editoren, die TOML ergänzen und prüfen, und für
                   Programme, die Zertifikate lesen
      completions  Ein Skript ausgeben, das Befehle und Optionen in der Shell ergänzt
      help         Diese Hilfe oder die eines Befehls ausgeben

    Optionen:
          --ui <SPRACHE>
              Die Sprache, die das Programm spricht [Vorgabe: die des Systems]

              Mögliche Werte:
              - de: Deutsch
              - en: Englisch

      -h, --help
              Hilfe ausgeben (kürzer mit `-h`)

      -V, --version
              Version ausgeben

    Beispiele:
      kompetenz init meine-feststellung                        eine kleine Feststellung zum Anfangen
      kompetenz check assessments/nordstadt                    Fehler finden, Beispiele durchrechnen
      kompetenz check meine-feststellung --watch               nach jedem Speichern erneut
      kompetenz new meine-feststellung malerei                 ein Modul zum Anfangen
      kompetenz translate meine-feststellung ro                was zu übersetzen ist
      kompetenz sheet assessments/nordstadt --out bogen.xlsx   eine Arbeitsmappe zum Ausfüllen
      kompetenz read assessments/nordstadt bogen.xlsx          was an Ergebnissen falsch ist
      kompetenz score assessments/nordstadt ergebnisse.csv     eine Tabelle der Ergebnisse
      kompetenz explain assessments/nordstadt ergebnisse.csv --key P-0007 metal.field
      kompetenz growth assessments/nordstadt frühjahr.csv herbst.csv
      kompetenz analyze assessments/nordstadt ergebnisse.csv   wie gut Merkmale und Beobachtung sind
      kompetenz render assessments/nordstadt person.toml       ein Zertifikat
      kompetenz batch assessments/nordstadt ergebnisse.csv --out zertifikate
      kompetenz letter assessments/nordstadt ergebnisse.csv --letter invitation --out briefe
      kompetenz verify K7F3-9QXD-2MHZ                          gilt es noch?

    Rückgabewerte:
      0  erledigt, alles in Ordnung
      1  erledigt, aber die Antwort ist nein: Fehler gefunden, Zeilen abgelehnt
      2  nicht möglich: eine Datei fehlt, der Aufruf ist falsch
    --- exit code 0
    ");
    assert_snapshot!(says(&["help", "batch", "--ui=de"]), @"
    --- errors
    Fehler: den Befehl `--ui=de` gibt es nicht

    Aufruf: kompetenz batch [OPTIONEN] --out <ZIEL> <FESTSTELLUNG> <ERGEBNISSE>...

    Mehr dazu mit `--help`
    --- exit code 2
    ");
    assert_snapshot!(says(&["--ui=de", "analyze", "-h"]), @"
    --- output
    Eine Gruppe untersuchen: wie schwierig Merkmale sind, ob sie zusammengehören, ob Beobachtende
    übereinstimmen

    Aufruf: kompetenz analyze [OPTIONEN] <FESTSTELLUNG> <ERGEBNISSE>...

    Angaben:
      <FESTSTELLUNG>   Die Feststellung: ein Ordner mit `assessment.toml` oder ihre Hauptdatei
      <ERGEBNISSE>...  Ergebnisse: Dateien in CSV, XLSX, ODS, JSON, NDJSON oder TOML; mehrere werden
                       nach den Kennungen zusammengeführt; `-` liest NDJSON von der Standardeingabe

    Optionen:
          --encoding <NAME>  Die Kodierung von Textdateien, zum Beispiel windows-1250 [Vorgabe: wird
                             erkannt oder erfragt]
          --sheet <NAME>     Das Blatt einer Arbeitsmappe, das gelesen wird [Vorgabe: alle Blätter mit
                             Ergebnissen]
          --map <DATEI>      Eine TOML-Datei, die sagt, was die Überschriften eines anderen Amts
                             bedeuten
          --faults <DATEI>   Alle Fehler in eine Liste zum Abarbeiten schreiben: CSV, XLSX oder JSON, je
                             nach Endung des Namens
          --format <FORMAT>  Wie die Untersuchung ausgegeben wird [Vorgabe: text] [mögliche Werte: text,
                             json, csv]
          --measure <PFAD>   Nur dieser Messwert und woraus er berechnet wird, zum Beispiel metal.field
          --ui <SPRACHE>     Die Sprache, die das Programm spricht [Vorgabe: die des Systems] [mögliche
                             Werte: de, en]
      -h, --help             Hilfe ausgeben (mehr mit `--help`)
    --- exit code 0
    ");
}

#[test]
fn the_language_is_the_one_asked_for_or_the_one_of_the_system() {
    for (locale, args, german) in [
        ("LANG=C", "check -h", false),
        ("LANG=C", "--ui de check -h", true),
        ("LANG=C", "check --ui de -h", true),
        ("LANG=C", "check -h --ui=de", true),
        ("LANG=C", "help check --ui=de", true),
        ("LANG=C", "check x y -- --ui de", false),
        ("LANG=de_DE.UTF-8", "check -h", true),
        ("LANG=de_DE.UTF-8", "check -h --ui en", false),
        ("LANG=de_DE.UTF-8", "check --ui fr x", true),
        ("LANG=C LC_MESSAGES=de_AT.UTF-8", "check -h", true),
        ("LANG=C LC_MESSAGES=de_DE LC_ALL=en_GB.UTF-8", "check -h", false),
        ("LANG=de_CH.UTF-8 LC_ALL=", "check -h", true),
    ] {
        let args: Vec<_> = args.split(' ').collect();
        let locale = locale.split(' ').filter_map(|variable| variable.split_once('='));
        let output = command(&args).envs(locale).output().unwrap();
        let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert_eq!(text.contains("Aufruf:") || text.contains("Fehler:"), german, "{args:?}: {text}");
        assert_eq!(text.contains("Usage:"), !german, "{args:?}: {text}");
    }
}

#[test]
fn what_is_wrong_with_a_command_line_is_said_in_german() {
    let cases: &[&[&str]] = &[
        &["--ui", "de"],
        &["chek", "x"],
        &["help", "unknown"],
        &["check"],
        &["check", "a", "b"],
        &["check", "a", "--formt", "json"],
        &["check", "a", "--what"],
        &["check", "a", "--format"],
        &["check", "a", "--format", "txt"],
        &["check", "a", "--watch", "--watch"],
        &["check", "a", "--watch=yes"],
        &["batch"],
        &["batch", "a", "b", "--out", "c", "--jobs", "0"],
        &["batch", "a", "b", "--out", "c", "--jobs", "many"],
        &["batch", "a", "b", "--out", "c", "--jobs", "99999999999999999999999"],
        &["translate", "a"],
        &["translate", "a", "ro", "--all"],
        &["--out", "x", "batch", "a"],
        &["--", "check", "a"],
        &["--ui", "fr", "check", "a"],
        &["completions", "fisch"],
    ];
    let mut all = String::new();
    for args in cases {
        let output = command(args).env("LANG", "de_DE.UTF-8").output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(output.stdout.is_empty(), "{args:?}");
        let text = String::from_utf8(output.stderr).unwrap();
        let (text, help) = text.rsplit_once("\n\n").unwrap();
        assert_eq!(help, "Mehr dazu mit `--help`\n", "{args:?}");
        all.push_str(&format!("$ kompetenz {}\n{text}\n\n", args.join(" ")));
    }
    assert_snapshot!(all, @"
    $ kompetenz --ui de
    Fehler: nach `kompetenz` fehlt der Befehl
      [Befehle: init, new, check, translate, sheet, read, score, explain, growth, analyze, render, batch, register, verify, templates, letter, schema, completions, help]

    Aufruf: kompetenz [OPTIONEN] <BEFEHL>

    $ kompetenz chek x
    Fehler: den Befehl `chek` gibt es nicht

      Tipp: gemeint ist vielleicht `check` oder `schema`

    Aufruf: kompetenz [OPTIONEN] <BEFEHL>

    $ kompetenz help unknown
    Fehler: den Befehl `unknown` gibt es nicht

    Aufruf: kompetenz [OPTIONEN] <BEFEHL>

    $ kompetenz check
    Fehler: diese Angabe fehlt:
      `<FESTSTELLUNG>`

    Aufruf: kompetenz check [OPTIONEN] <FESTSTELLUNG>

    $ kompetenz check a b
    Fehler: die Angabe `b` ist hier zu viel

    Aufruf: kompetenz check [OPTIONEN] <FESTSTELLUNG>

    $ kompetenz check a --formt json
    Fehler: die Option `--formt` gibt es hier nicht

      Tipp: gemeint ist vielleicht `--format`

    Aufruf: kompetenz check [OPTIONEN] <FESTSTELLUNG>

    $ kompetenz check a --what
    Fehler: die Option `--what` gibt es hier nicht

      Tipp: gemeint ist vielleicht `--watch`

    Aufruf: kompetenz check [OPTIONEN] <FESTSTELLUNG>

    $ kompetenz check a --format
    Fehler: der Wert von `--format <FORMAT>` fehlt
      [mögliche Werte: text, json]

    $ kompetenz check a --format txt
    Fehler: `txt` ist kein Wert für `--format <FORMAT>`
      [mögliche Werte: text, json]

      Tipp: gemeint ist vielleicht `text`

    $ kompetenz check a --watch --watch
    Fehler: `--watch` darf nur einmal vorkommen

    Aufruf: kompetenz check [OPTIONEN] <FESTSTELLUNG>

    $ kompetenz check a --watch=yes
    Fehler: `yes` ist ein Wert zu viel für `--watch`

    Aufruf: kompetenz check [OPTIONEN] <FESTSTELLUNG>

    $ kompetenz batch
    Fehler: diese Angaben fehlen:
      `--out <ZIEL>`
      `<FESTSTELLUNG>`
      `<ERGEBNISSE>...`

    Aufruf: kompetenz batch [OPTIONEN] --out <ZIEL> <FESTSTELLUNG> <ERGEBNISSE>...

    $ kompetenz batch a b --out c --jobs 0
    Fehler: `0` ist kein Wert für `--jobs <ANZAHL>`: die Zahl muss größer als 0 sein

    $ kompetenz batch a b --out c --jobs many
    Fehler: `many` ist kein Wert für `--jobs <ANZAHL>`: das ist keine ganze Zahl

    $ kompetenz batch a b --out c --jobs 99999999999999999999999
    Fehler: `99999999999999999999999` ist kein Wert für `--jobs <ANZAHL>`: die Zahl ist zu groß

    $ kompetenz translate a
    Fehler: diese Angabe fehlt:
      `<SPRACHE>`

    Aufruf: kompetenz translate [OPTIONEN] <FESTSTELLUNG> [SPRACHE]

    $ kompetenz translate a ro --all
    Fehler: `[SPRACHE]` geht nicht zusammen mit `--all`

    Aufruf: kompetenz translate [OPTIONEN] <FESTSTELLUNG> [SPRACHE]

    $ kompetenz --out x batch a
    Fehler: die Option `--out` gibt es hier nicht

      Tipp: es gibt `batch --out`

    Aufruf: kompetenz [OPTIONEN] <BEFEHL>

    $ kompetenz -- check a
    Fehler: die Angabe `check` ist hier zu viel

      Tipp: den Befehl `check` ohne `--` davor schreiben

    Aufruf: kompetenz [OPTIONEN] <BEFEHL>

    $ kompetenz --ui fr check a
    Fehler: `fr` ist kein Wert für `--ui <SPRACHE>`
      [mögliche Werte: de, en]

    $ kompetenz completions fisch
    Fehler: `fisch` ist kein Wert für `<SHELL>`
      [mögliche Werte: bash, elvish, fish, powershell, zsh]

      Tipp: gemeint ist vielleicht `fish`
    ");
}

/// Help instead of an error, but on the stream of errors and with their exit code, because nothing was done.
#[test]
fn no_command_at_all_gives_german_help() {
    let output = command(&[]).env("LANG", "de_DE.UTF-8").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("Aufruf: kompetenz [OPTIONEN] <BEFEHL>\n\nBefehle:\n  init "), "{told}");
}

#[test]
fn errors_from_outside_are_told_in_both_languages() {
    let out = folder();
    let file = |name: &str, bytes: &[u8]| {
        fs::write(out.path().join(name), bytes).unwrap();
        path(&out.path().join(name)).to_owned()
    };
    let (nordstadt, results) = ("assessments/nordstadt", "fixtures/results/turcanu.toml");
    let latin = file("latin.toml", b"title = \"Pr\xfcfung\"");
    let large = file("large.toml", &vec![b'#'; 5 << 20]);
    let picture = file("logo.png", b"no picture");
    let below = format!("{picture}/below");
    let cases: &[&[&str]] = &[
        &["check", "missing"],
        &["check", "README.md/below"],
        &["check", &latin],
        &["check", &large],
        &["score", nordstadt, "missing.csv"],
        &["score", nordstadt, "fixtures"],
        &["score", nordstadt, results, "--issued", "22.11.26"],
        &["explain", nordstadt, results, "metal.feild"],
        &["explain", nordstadt, "fixtures/results/nordstadt.csv"],
        &["explain", nordstadt, results, "--key", "nobody"],
        &["analyze", nordstadt, results, "--measure", "metal"],
        &["render", nordstadt, results, "--language", "fr"],
        &["render", nordstadt, results, "--issuer", "missing.toml"],
        &["render", nordstadt, results, "--out", &below],
        &["batch", nordstadt, results, "--out", &below],
        &["batch", nordstadt, results, "--out", &picture],
        &["init", nordstadt],
        &["init", &below],
        &["new", nordstadt, "metal"],
        &["new", nordstadt, "Größe"],
        &["translate", nordstadt, "de"],
    ];
    let mut all = String::new();
    for args in cases {
        all.push_str(&format!("$ kompetenz {}\n", args.join(" ")));
        for ui in ["en", "de"] {
            let output = command(args).args(["--ui", ui]).output().unwrap();
            assert_eq!(output.status.code(), Some(2), "{args:?}");
            assert!(output.stdout.is_empty(), "{args:?}");
            all.push_str(&String::from_utf8(output.stderr).unwrap());
        }
        all.push('\n');
    }
    let all = all.replace(path(out.path()), "$OUT");
    assert_snapshot!(all, @"
    $ kompetenz check missing
    error: cannot read `./missing`: there is no such file or folder
    Fehler: `./missing` lässt sich nicht lesen: die Datei oder den Ordner gibt es nicht

    $ kompetenz check README.md/below
    error: cannot read `README.md/below`: a part of the path is no folder
    Fehler: `README.md/below` lässt sich nicht lesen: ein Teil des Pfads ist kein Ordner

    $ kompetenz check $OUT/latin.toml
    error: `$OUT/latin.toml` is not text in UTF-8
    Fehler: `$OUT/latin.toml` ist kein Text in UTF-8

    $ kompetenz check $OUT/large.toml
    error: `$OUT/large.toml` is larger than 4 MB
    Fehler: `$OUT/large.toml` ist größer als 4 MB

    $ kompetenz score assessments/nordstadt missing.csv
    error: cannot read `missing.csv`: there is no such file or folder
    Fehler: `missing.csv` lässt sich nicht lesen: die Datei oder den Ordner gibt es nicht

    $ kompetenz score assessments/nordstadt fixtures
    error: `fixtures` is a folder
    Fehler: `fixtures` ist ein Ordner

    $ kompetenz score assessments/nordstadt fixtures/results/turcanu.toml --issued 22.11.26
    error: `22.11.26` is no date; write it as 2026-11-22 or 22.11.2026
    Fehler: `22.11.26` ist kein Datum; als 22.11.2026 oder 2026-11-22 schreiben

    $ kompetenz explain assessments/nordstadt fixtures/results/turcanu.toml metal.feild
    error: there is no `metal.feild`; did you mean `metal.field`?
    Fehler: `metal.feild` gibt es nicht; ist `metal.field` gemeint?

    $ kompetenz explain assessments/nordstadt fixtures/results/nordstadt.csv
    error: the file has 24 participants; say which one with `--key`
    Fehler: in der Datei sind 24 Personen; mit `--key` sagen, welche

    $ kompetenz explain assessments/nordstadt fixtures/results/turcanu.toml --key nobody
    error: no participant of the file has this key
    Fehler: keine Person der Datei hat diese Kennung

    $ kompetenz analyze assessments/nordstadt fixtures/results/turcanu.toml --measure metal
    error: there is no measure `metal`
    Fehler: einen Messwert `metal` gibt es nicht

    $ kompetenz render assessments/nordstadt fixtures/results/turcanu.toml --language fr
    error: the assessment has no language `fr`; it has de, en, ro, bg, tr
    Fehler: die Feststellung hat keine Sprache `fr`; sie hat de, en, ro, bg, tr

    $ kompetenz render assessments/nordstadt fixtures/results/turcanu.toml --issuer missing.toml
    error: the issuer's file is needed (`--issuer FILE`): cannot read `missing.toml`: there is no such file or folder
    Fehler: die Datei der ausstellenden Stelle wird gebraucht (`--issuer DATEI`): `missing.toml` lässt sich nicht lesen: die Datei oder den Ordner gibt es nicht

    $ kompetenz render assessments/nordstadt fixtures/results/turcanu.toml --out $OUT/logo.png/below
    error: cannot write `$OUT/logo.png/below`: a part of the path is no folder
    Fehler: `$OUT/logo.png/below` lässt sich nicht schreiben: ein Teil des Pfads ist kein Ordner

    $ kompetenz batch assessments/nordstadt fixtures/results/turcanu.toml --out $OUT/logo.png/below
    error: cannot write into `$OUT/logo.png/below`: a part of the path is no folder
    Fehler: in `$OUT/logo.png/below` lässt sich nicht schreiben: ein Teil des Pfads ist kein Ordner

    $ kompetenz batch assessments/nordstadt fixtures/results/turcanu.toml --out $OUT/logo.png
    error: cannot write into `$OUT/logo.png`: a part of the path is no folder
    Fehler: in `$OUT/logo.png` lässt sich nicht schreiben: ein Teil des Pfads ist kein Ordner

    $ kompetenz init assessments/nordstadt
    error: `assessments/nordstadt` is not empty
    Fehler: `assessments/nordstadt` ist nicht leer

    $ kompetenz init $OUT/logo.png/below
    error: cannot make the folder `$OUT/logo.png/below/lang`: a part of the path is no folder
    Fehler: der Ordner `$OUT/logo.png/below/lang` lässt sich nicht anlegen: ein Teil des Pfads ist kein Ordner

    $ kompetenz new assessments/nordstadt metal
    error: `assessments/nordstadt/metal.toml` is there already
    Fehler: `assessments/nordstadt/metal.toml` gibt es schon

    $ kompetenz new assessments/nordstadt Größe
    error: `Größe` cannot be an id; write for instance `groesse`
    Fehler: `Größe` kann keine Id sein; zum Beispiel `groesse` schreiben

    $ kompetenz translate assessments/nordstadt de
    error: the definition itself is in `de`
    Fehler: die Definition selbst ist in `de`
    ");
}

/// The system's own words are English everywhere; nobody else has put them into German.
#[cfg(unix)]
#[test]
fn what_only_the_system_knows_stands_in_a_german_sentence() {
    let out = folder();
    let link = out.path().join("link");
    std::os::unix::fs::symlink(&link, &link).unwrap();
    let output = command(&["check", path(&link), "--ui", "de"]).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    let frame = format!("Fehler: `{}` lässt sich nicht lesen: das System meldet „", link.display());
    assert!(told.starts_with(&frame) && told.ends_with("“\n"), "{told}");
}

/// Somebody may not be allowed to read a file; whoever runs the tests as administrator is allowed everything.
#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_told_in_both_languages() {
    use std::os::unix::fs::PermissionsExt;

    let out = folder();
    let file = out.path().join("secret.toml");
    fs::write(&file, "").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
    let administrator = fs::read(&file).is_ok();
    for (ui, why) in [("en", "permission is missing"), ("de", "die Berechtigung fehlt")] {
        let output = command(&["check", path(&file), "--ui", ui]).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(told.contains(why), !administrator, "{told}");
    }
}

/// As with `kompetenz … | head`: nobody is left to be told anything.
#[test]
fn help_that_nobody_reads_is_no_error() {
    for args in [&["--help"][..], &["--ui", "de", "help", "batch"], &["--version"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = command(args).stdout(writer).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{args:?}");
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{args:?}");
    }
}
