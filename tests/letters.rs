//! `kompetenz letter`: who gets which letter, in which file.

use std::fs;

use insta::assert_snapshot;

use crate::{command, folder, kompetenz, names, path, said};

const NORDSTADT: &str = "assessments/nordstadt";
const TURCANU: &str = "fixtures/results/turcanu.toml";
const GROUP: &str = "fixtures/results/nordstadt.csv";

/// Runs `letter` for one person with these options, and gives the only file it wrote.
fn only(options: &[&str]) -> (String, String) {
    let out = folder();
    let mut args = vec!["letter", NORDSTADT, TURCANU, "--issued", "2026-11-22", "--out", path(out.path())];
    args.extend(options);
    let output = kompetenz(&args);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output, out.path()));
    let names = names(out.path());
    assert_eq!(names.len(), 1, "{names:?}");
    let text = fs::read_to_string(out.path().join(&names[0])).unwrap();
    (names.into_iter().next().unwrap(), text)
}

#[test]
fn an_invitation_is_in_the_language_of_the_person() {
    let options = [
        "--letter",
        "invitation",
        "--language",
        "ro",
        "--talk",
        "2026-12-01T10:30",
        "--adviser",
        "Jana Șerban",
    ];
    let (name, text) = only(&options);
    assert_snapshot!(name, @"GJS3-ZRK4-CC8K-invitation.ro.md");
    assert_snapshot!(text, @"
    **Anlaufstelle Willkommen Nordstadt**, Musterstraße 5, 44145 Dortmund

    Dortmund, 22 noiembrie 2026

    # Invitație la o discuție despre rezultatul dumneavoastră

    Bună ziua, Elena-Ștefania Țurcanu,

    Ne-ați arătat ce știți să faceți. Vă mulțumim!
    Certificatul dumneavoastră este gata. Am dori să vorbim cu dumneavoastră despre el.

    - **Când?** marți, 1 decembrie 2026, ora 10:30
    - **Unde?** Anlaufstelle Willkommen Nordstadt, Musterstraße 5, 44145 Dortmund
    - **Cu cine?** Jana Șerban

    ## Despre ce vorbim

    - Ce știți să faceți bine
    - Ce pași vă recomandăm în continuare
    - Ce vă doriți dumneavoastră

    ## Vă rugăm să aduceți

    - Cartea de identitate sau pașaportul
    - Scrisorile de la Jobcenter, dacă aveți
    - Întrebările dumneavoastră

    Puteți veni cu o persoană în care aveți încredere.
    Aveți nevoie de un interpret? Vă rugăm să ne spuneți din timp.

    ## Bine de știut

    Discuția este voluntară și nu costă nimic. Dacă nu doriți să veniți, nu este nicio problemă.

    Aveți întrebări sau nu puteți veni? Vă rugăm să ne sunați: 0231 000000

    Vă așteptăm cu drag!

    Maria Beispiel
    ");
}

#[test]
fn the_office_gets_the_next_steps() {
    let (name, text) = only(&["--letter", "jobcenter"]);
    assert_snapshot!(name, @"TR9D-QH7P-RRPE-jobcenter.de.txt");
    assert_snapshot!(text, @"
    Anlaufstelle Willkommen Nordstadt
    Musterstraße 5
    44145 Dortmund

    Jobcenter Dortmund
    Musterweg 1
    44137 Dortmund

    Dortmund, 22. November 2026

    Kompetenzfeststellung: Zertifikat für Elena-Ștefania Țurcanu, geboren am 12. März 1990

    Zertifikat Nr. TR9D-QH7P-RRPE

    Sehr geehrte Damen und Herren,

    als Anlage erhalten Sie das Zertifikat über die Kompetenzfeststellung von Elena-Ștefania Țurcanu.
    Zeitraum der Feststellung: 09.11.2026 – 20.11.2026 (60 Stunden)

    Die Teilnahme war freiwillig. Fähigkeiten wurden in praktischen Aufgaben und im Gespräch gezeigt. Geschulte Personen haben beobachtet, in der Werkstatt immer mindestens zwei unabhängig voneinander. Danach haben sie ihre Beobachtungen zusammengeführt.

    Für den Kooperationsplan empfehlen wir:

    Plan erarbeiten, Bewerbung starten
    - Ergebnisgespräch in der Erstsprache, gemeinsamer Plan mit Terminen
      Zuständig: Koordination; bis 6. Dezember 2026
    - Mit den Unterlagen zum Berufsabschluss zur Anerkennungsberatung gehen
      Zuständig: Anerkennungsberatung (IQ, HWK, IHK); bis 3. Januar 2027

    Kompetenzen zeigen und fördern
    - Berufssprachkurs beginnen
      Zuständig: Jobcenter oder Agentur für Arbeit; bis 3. Januar 2027
    - Lesen und Schreiben fördern; beim Sprechen auf dem Erreichten aufbauen
      Zuständig: Sprachkursträger; bis 3. Januar 2027

    In Arbeit kommen
    - Betriebliche Erprobung im Bereich Metall, zwei Wochen
      Zuständig: Team Arbeit; bis 17. Januar 2027

    In Arbeit bleiben
    - Kompetenzfeststellung wiederholen und Fortschritte sichtbar machen
      Zuständig: Team Kompetenzfeststellung; bis 22. November 2027

    Die Empfehlungen sind Vorschläge. Über die nächsten Schritte entscheiden Elena-Ștefania Țurcanu und Sie gemeinsam.

    Wir geben diese Unterlagen nur mit schriftlicher Einwilligung weiter; sie liegt bei. Bitte verwenden Sie sie nur für die Beratung und den Kooperationsplan von Elena-Ștefania Țurcanu.

    Für Rückfragen erreichen Sie uns unter 0231 000000.

    Mit freundlichen Grüßen

    Maria Beispiel
    Kompetenzfeststellung

    Ahmet Muster
    Leitung

    Anlagen:
    - Zertifikat Nr. TR9D-QH7P-RRPE
    - Einwilligung in die Weitergabe
    ");
}

#[test]
fn everybody_with_a_certificate_gets_a_letter_and_no_name_is_told() {
    let out = folder();
    let args = [
        "letter",
        NORDSTADT,
        GROUP,
        "--letter",
        "invitation",
        "--issued",
        "2026-11-22",
        "--out",
        path(out.path()),
    ];
    let output = kompetenz(&args);
    assert_snapshot!(said(&output, out.path()), @"
    --- output
    22 letter(s) in $OUT, 2 refused
    --- errors
    nordstadt.csv, row 26: no certificate: observers are too far apart on metal.bend-safety; a person must decide first [disputed]
    nordstadt.csv, row 41, column N (metal.saw-safety): this is no value of the scale; allowed: 0, 1, 2, 3, 4, n [outside-scale]
    --- exit code 1
    ");
    let first = names(out.path());
    assert_eq!(first.len(), 22);
    assert!(first.iter().all(|name| name.ends_with("-invitation.de.md") && name.is_ascii()));
    // Doing it again changes nothing, and another text does not replace what is there.
    assert_eq!(kompetenz(&args).status.code(), Some(1));
    assert_eq!(names(out.path()), first);
    let taken = out.path().join(&first[0]);
    fs::write(&taken, "written by hand").unwrap();
    let again = said(&kompetenz(&args), out.path());
    assert!(again.contains("[file-taken]") && again.contains("21 letter(s)"), "{again}");
    assert_eq!(fs::read_to_string(&taken).unwrap(), "written by hand");
}

#[test]
fn what_cannot_be_asked_for_is_told() {
    let out = folder();
    let told = |options: &[&str], results: &str| {
        let mut args =
            vec!["letter", NORDSTADT, results, "--issued", "2026-11-22", "--out", path(out.path())];
        args.extend(options);
        said(&kompetenz(&args), out.path())
    };
    assert_snapshot!(told(&["--letter", "invitaton"], TURCANU), @"
    --- errors
    error: the assessment has no letter `invitaton`; it has `invitation` (Einladung zum Ergebnisgespräch), `jobcenter` (Anschreiben an das Jobcenter)
    --- exit code 2
    ");
    assert_snapshot!(told(&["--letter", "jobcenter", "--language", "ro"], TURCANU), @"
    --- errors
    error: the letter `jobcenter` goes to an office and is written in `de` only
    --- exit code 2
    ");
    assert_snapshot!(told(&["--letter", "invitation", "--talk", "2026-12-01T10:30"], GROUP), @"
    --- errors
    error: the results have 24 participants, and a talk is with one of them; say which one with `--key`
    --- exit code 2
    ");
    assert_snapshot!(told(&["--letter", "invitation", "--talk", "2026-12-01"], TURCANU), @"
    --- errors
    error: `2026-12-01` is no day with a time; write it as 2026-12-01T10:30
    --- exit code 2
    ");
    assert_snapshot!(told(&["--letter", "invitation", "--talk", "2026-11-01T10:30"], TURCANU), @"
    --- errors
    error: the talk lies before the day of issue
    --- exit code 2
    ");
    assert_snapshot!(told(&["--letter", "invitation", "--place", "Room 4"], TURCANU), @"
    --- errors
    error: the following required arguments were not provided:
      --talk <TIME>

    Usage: kompetenz letter --letter <ID> --talk <TIME> --issued <ISSUED> --out <OUT> --place <PLACE> <ASSESSMENT> <RESULTS>...

    For more information, try '--help'.
    --- exit code 2
    ");
    assert!(names(out.path()).is_empty());
}

#[test]
fn the_check_reads_the_texts_of_letters() {
    let copy = folder();
    crate::copy_of_nordstadt(copy.path());
    fs::write(copy.path().join("letters/invitation.tr.md"), "Merhaba {{ participant.nmae }}, {{ period }}\n")
        .unwrap();
    fs::remove_file(copy.path().join("letters/invitation.bg.md")).unwrap();
    let output = command(&["check", path(copy.path()), "--ui", "de"]).output().unwrap();
    assert_snapshot!(said(&output, copy.path()), @r#"
    --- output
    Fehler[missing-file]: die Datei `letters/invitation.bg.md` fehlt
        --> assessment.toml:1777:6
         |
    1777 | id = "invitation"
         |      ^^^^^^^^^^^^

    Fehler[unknown-variable]: `participant.nmae` gibt es in keinem Brief
     --> letters/invitation.tr.md:1:12
      |
    1 | Merhaba {{ participant.nmae }}, {{ period }}
      |            ^^^^^^^^^^^^^^^^
      |
      = Hilfe: ist `participant.name` gemeint?

    Fehler[unguarded-variable]: `period` gibt es nicht bei allen
     --> letters/invitation.tr.md:1:36
      |
    1 | Merhaba {{ participant.nmae }}, {{ period }}
      |                                    ^^^^^^
      |
      = Hilfe: erst danach fragen: `{% if period %} … {% endif %}`

    3 Fehler, 0 Hinweis(e)
    --- exit code 1
    "#);
}

/// The register knows of corrections and of what was withdrawn; the definition and the results do not.
#[test]
fn a_letter_names_the_certificate_that_holds() {
    let out = folder();
    let [made, letters] = ["made", "letters"].map(|name| out.path().join(name));
    let register = made.join("register.sqlite");
    let batch = |results: &str| {
        let args = ["batch", NORDSTADT, results, "--issued", "2026-11-22", "--beside", "ro", "--out"];
        let output = kompetenz(&[&args[..], &[path(&made)]].concat());
        assert_eq!(output.status.code(), Some(0), "{}", said(&output, out.path()));
        names(&made).iter().find_map(|name| name.strip_suffix(".pdf")).unwrap().to_owned()
    };
    let letter = || {
        let _ = fs::remove_dir_all(&letters);
        let args = ["letter", NORDSTADT, TURCANU, "--letter", "jobcenter", "--issued", "2026-11-22"];
        let places = ["--register", path(&register), "--out", path(&letters)];
        let output = kompetenz(&[&args[..], &places].concat());
        (output.status.code(), said(&output, out.path()), names(&letters))
    };

    // German beside Romanian is a certificate with a number of its own, and the corrected one has yet another.
    let first = batch(TURCANU);
    assert_eq!(letter().2, [format!("{first}-jobcenter.de.txt")]);
    let corrected = out.path().join("corrected.toml");
    let results = fs::read_to_string(crate::root().join(TURCANU)).unwrap();
    fs::write(&corrected, results.replace("hours = 60", "hours = 61")).unwrap();
    let second = batch(path(&corrected));
    assert_ne!(first, second);
    assert_eq!(letter().2, [format!("{second}-jobcenter.de.txt")]);

    let issuer = format!("{NORDSTADT}/issuer.toml");
    let withdraw =
        ["register", "withdraw", &second, "--reason", "a mistake", "--issuer", &issuer, "--register"];
    assert_eq!(kompetenz(&[&withdraw[..], &[path(&register)]].concat()).status.code(), Some(0));
    let (code, told, files) = letter();
    assert_eq!((code, files), (Some(1), Vec::new()));
    assert!(told.contains("the register has no certificate of this person that holds"), "{told}");
}
