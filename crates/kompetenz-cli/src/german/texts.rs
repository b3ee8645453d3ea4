//! The texts of the command line: English as in the doc comments of the arguments, and German.
//!
//! An entry is a paragraph, the name of a value in capitals, or what a value means. The same words stand here once,
//! however many commands use them. A text without an entry, and an entry without a text, fail a test that says
//! what to write.

/// English, German.
#[rustfmt::skip]
pub(super) const TEXTS: &[(&str, &str)] = &[
    // ---- the program ------------------------------------------------------------------------------------------
    ("Competency assessments: check definitions, score results, explain them, print certificates.",
     "Kompetenzfeststellungen: Definitionen prüfen, Ergebnisse auswerten und begründen, Zertifikate erstellen."),
    ("An assessment is a folder of text files that a subject expert writes: `assessment.toml`, its modules, and its translations in `lang/`. Results come from workbooks, CSV, JSON or TOML files; `sheet` makes a workbook to fill in, and `read` says what is wrong with results. Certificates are PDF files for paper, archive and screen reader (PDF/A-3a, PDF/UA-1), with the data attached.",
     "Eine Feststellung ist ein Ordner mit Textdateien, die eine Fachkraft schreibt: `assessment.toml`, die Module und die Übersetzungen in `lang/`. Ergebnisse kommen aus Arbeitsmappen, CSV-, JSON- oder TOML-Dateien; `sheet` macht eine Arbeitsmappe zum Ausfüllen, und `read` sagt, was an Ergebnissen falsch ist. Zertifikate sind PDF-Dateien für Papier, Archiv und Vorleseprogramme (PDF/A-3a, PDF/UA-1); die Daten sind angehängt."),
    ("Nothing here needs the network, and nothing about participants is written anywhere but into the results you ask for.",
     "Nichts davon braucht das Netz, und über Teilnehmende wird nichts geschrieben außer in die Ergebnisse, die verlangt sind."),
    ("Examples:
  kompetenz init my-assessment                             a small assessment to start from
  kompetenz check assessments/nordstadt                    find mistakes, run the author's examples
  kompetenz check my-assessment --watch                    again, whenever a file is saved
  kompetenz new my-assessment painting                     a module to start from
  kompetenz translate my-assessment ro                     what there is to translate
  kompetenz sheet assessments/nordstadt --out sheet.xlsx   a workbook to fill in
  kompetenz read assessments/nordstadt sheet.xlsx          what is wrong with results
  kompetenz score assessments/nordstadt results.csv        a table of results
  kompetenz explain assessments/nordstadt results.csv --key P-0007 metal.field
  kompetenz growth assessments/nordstadt spring.csv autumn.csv
  kompetenz analyze assessments/nordstadt results.csv      how good items and observers are
  kompetenz render assessments/nordstadt participant.toml  one certificate
  kompetenz batch assessments/nordstadt results.csv --out certificates
  kompetenz verify K7F3-9QXD-2MH4                          does it hold?",
     "Beispiele:
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
  kompetenz verify K7F3-9QXD-2MH4                          gilt es noch?"),
    ("Exit codes:
  0  done, and good
  1  done, and the answer is no: mistakes found, rows refused
  2  could not be done: a file is missing, the command line is wrong",
     "Rückgabewerte:
  0  erledigt, alles in Ordnung
  1  erledigt, aber die Antwort ist nein: Fehler gefunden, Zeilen abgelehnt
  2  nicht möglich: eine Datei fehlt, der Aufruf ist falsch"),
    ("The language in which the program speaks to you [default: by your locale]",
     "Die Sprache, die das Programm spricht [Vorgabe: die des Systems]"),
    ("German", "Deutsch"),
    ("English", "Englisch"),

    // ---- what clap adds ---------------------------------------------------------------------------------------
    ("Print this message or the help of the given subcommand(s)",
     "Diese Hilfe oder die eines Befehls ausgeben"),
    ("Print help (see more with '--help')", "Hilfe ausgeben (mehr mit `--help`)"),
    ("Print help (see a summary with '-h')", "Hilfe ausgeben (kürzer mit `-h`)"),
    ("Print version", "Version ausgeben"),

    // ---- the names of values ----------------------------------------------------------------------------------
    ("ASSESSMENT", "FESTSTELLUNG"),
    ("DOCUMENT", "DOKUMENT"),
    ("EARLIER", "FRÜHERE"),
    ("FOLDER", "ORDNER"),
    ("FORMAT", "FORMAT"),
    ("CODE", "KÜRZEL"),
    ("COUNT", "ANZAHL"),
    ("FILE", "DATEI"),
    ("ID", "ID"),
    ("NAME", "NAME"),
    ("IDS", "IDS"),
    ("ISSUED", "TAG"),
    ("ISSUER", "DATEI"),
    ("JOBS", "ANZAHL"),
    ("KEY", "KENNUNG"),
    ("LANG", "SPRACHE"),
    ("LANGUAGE", "SPRACHE"),
    ("LATER", "SPÄTERE"),
    ("MODULE", "MODUL"),
    ("OF", "WOVON"),
    ("OUT", "ZIEL"),
    ("PATH", "PFAD"),
    ("RESULTS", "ERGEBNISSE"),
    ("SHELL", "SHELL"),
    ("TITLE", "TITEL"),
    ("UI", "SPRACHE"),

    // ---- what several commands have ---------------------------------------------------------------------------
    ("The assessment: a folder with `assessment.toml`, or its main file",
     "Die Feststellung: ein Ordner mit `assessment.toml` oder ihre Hauptdatei"),
    ("Results: CSV, XLSX, ODS, JSON, NDJSON or TOML files; several are put together by the participants' keys; `-` reads NDJSON from standard input",
     "Ergebnisse: Dateien in CSV, XLSX, ODS, JSON, NDJSON oder TOML; mehrere werden nach den Kennungen zusammengeführt; `-` liest NDJSON von der Standardeingabe"),
    ("Results: a CSV, XLSX, ODS, JSON, NDJSON or TOML file",
     "Ergebnisse: eine Datei in CSV, XLSX, ODS, JSON, NDJSON oder TOML"),
    ("A further file with results of the same people; may be given several times",
     "Eine weitere Datei mit Ergebnissen derselben Personen; mehrfach möglich"),
    ("The encoding of text files, such as windows-1250 [default: found out, or asked for]",
     "Die Kodierung von Textdateien, zum Beispiel windows-1250 [Vorgabe: wird erkannt oder erfragt]"),
    ("The sheet of a workbook to read [default: every sheet with results]",
     "Das Blatt einer Arbeitsmappe, das gelesen wird [Vorgabe: alle Blätter mit Ergebnissen]"),
    ("A TOML file that says what the headings of another office mean",
     "Eine TOML-Datei, die sagt, was die Überschriften eines anderen Amts bedeuten"),
    ("Write all faults into a list to work through: CSV, XLSX or JSON, by the ending of its name",
     "Alle Fehler in eine Liste zum Abarbeiten schreiben: CSV, XLSX oder JSON, je nach Endung des Namens"),
    ("For people", "Für Menschen"),
    ("For other programs", "Für andere Programme"),
    ("For other programs: everything", "Für andere Programme: alles"),

    // ---- how certificates are issued --------------------------------------------------------------------------
    ("The day of issue, such as 2026-11-22 [default: today]",
     "Der Tag der Ausstellung, zum Beispiel 2026-11-22 [Vorgabe: heute]"),
    ("Who issues: a TOML file [default: issuer.toml in the assessment's folder]",
     "Wer ausstellt: eine TOML-Datei [Vorgabe: issuer.toml im Ordner der Feststellung]"),
    ("The language of the certificates, such as `ro` [default: the language of the definition]",
     "Die Sprache der Zertifikate, zum Beispiel `ro` [Vorgabe: die Sprache der Definition]"),
    ("A second language beside the first, line under line, such as `ar` [default: none]",
     "Eine zweite Sprache neben der ersten, Zeile unter Zeile, zum Beispiel `ar` [Vorgabe: keine]"),

    // ---- sheet ------------------------------------------------------------------------------------------------
    ("Make a sheet to enter results: a workbook, a CSV table, or a form on paper.",
     "Einen Bogen zum Eintragen machen: eine Arbeitsmappe, eine CSV-Tabelle oder ein Formular auf Papier."),
    ("The workbook has a drop-down in every cell, with the words of each step, comments that say what they mean, and colours for what is missing. It knows for which version of the assessment it was made. Filled in, it is read by every command that takes results. The form on paper is for the workshop: what was seen is written down first, and rated after.",
     "Die Arbeitsmappe hat in jeder Zelle eine Auswahl mit den Worten der Stufen, Kommentare, die sie erklären, und Farben für das, was fehlt. Sie weiß, für welche Version der Feststellung sie gemacht ist. Ausgefüllt liest sie jeder Befehl, der Ergebnisse nimmt. Das Formular auf Papier ist für die Werkstatt: erst wird aufgeschrieben, was zu sehen war, dann bewertet."),
    ("Where to write the sheet [default: the id and version of the assessment and the modules, in the current folder]",
     "Wohin der Bogen geschrieben wird [Vorgabe: Id und Version der Feststellung und die Module, im aktuellen Ordner]"),
    ("The kind of sheet", "Die Art des Bogens"),
    ("The language of the sheet, such as `ro` [default: the language of the definition]",
     "Die Sprache des Bogens, zum Beispiel `ro` [Vorgabe: die Sprache der Definition]"),
    ("Only these modules, such as `metal,german`", "Nur diese Module, zum Beispiel `metal,german`"),
    ("Who observes, filled in beforehand", "Wer beobachtet, schon eingetragen"),
    ("A table with `key`, `name` and `birth-date`: a row is made for everybody in it",
     "Eine Tabelle mit `Kennung`, `Name` und `Geburtsdatum`: jede Person darin bekommt eine Zeile"),
    ("How many empty rows the workbook has", "Wie viele leere Zeilen die Arbeitsmappe hat"),
    ("A workbook for office programs", "Eine Arbeitsmappe für Büroprogramme"),
    ("A plain table", "Eine einfache Tabelle"),
    ("A form on paper", "Ein Formular auf Papier"),

    // ---- read -------------------------------------------------------------------------------------------------
    ("Read results and say what is wrong with them, without scoring anything.",
     "Ergebnisse lesen und sagen, was daran falsch ist, ohne etwas auszuwerten."),
    ("All faults of all files are told at once, each with file, sheet, row and column. What was assumed about the files, such as an old encoding, is told too.",
     "Alle Fehler aller Dateien werden auf einmal genannt, jeder mit Datei, Blatt, Zeile und Spalte. Was über die Dateien angenommen wurde, etwa eine alte Kodierung, wird auch gesagt."),
    ("How to print what was read", "Wie das Gelesene ausgegeben wird"),

    // ---- init -------------------------------------------------------------------------------------------------
    ("Write a small assessment to start from: definition, translation, issuer and results.",
     "Eine kleine Feststellung zum Anfangen anlegen: Definition, Übersetzung, ausstellende Stelle und Ergebnisse."),
    ("It is complete and valid: check it, make a certificate with it, then change it into your own.",
     "Sie ist vollständig und gültig: prüfen, ein Zertifikat damit erstellen, dann zur eigenen umschreiben."),
    ("The folder to make; it must not exist or be empty",
     "Der Ordner, der angelegt wird; es gibt ihn noch nicht, oder er ist leer"),

    // ---- new --------------------------------------------------------------------------------------------------
    ("Write a module to start from, and add it to the main file.",
     "Ein Modul zum Anfangen anlegen und in die Hauptdatei eintragen."),
    ("The module is small and complete: two items, a measure with levels, a finding, and an example that passes. Its texts are German if the definition is, and English otherwise. Change it into your own.",
     "Das Modul ist klein und vollständig: zwei Merkmale, ein Messwert mit Stufen, ein Befund und ein Beispiel, das besteht. Seine Texte sind deutsch, wenn die Definition es ist, sonst englisch. Es ist zum Umschreiben da."),
    ("The id of the module, such as `painting`; its file is `painting.toml`",
     "Die Id des Moduls, zum Beispiel `malerei`; seine Datei ist `malerei.toml`"),
    ("What the module is called [default: its id]", "Wie das Modul heißt [Vorgabe: wie seine Id]"),

    // ---- check ------------------------------------------------------------------------------------------------
    ("Find the mistakes of a definition and run its author's examples.",
     "Die Fehler einer Definition finden und ihre Beispiele durchrechnen."),
    ("All mistakes are reported at once, each with its place, a code and what to do about it; the codes are explained in docs/diagnostics.md. An assessment whose own examples fail is invalid.",
     "Alle Fehler werden auf einmal gemeldet, jeder mit Stelle, Code und Abhilfe; die Codes erklärt docs/diagnostics.md. Eine Feststellung, deren eigene Beispiele nicht bestehen, ist ungültig."),
    ("With `--watch` the check is repeated whenever a file of the assessment is saved with other words in it, until Ctrl-C ends it. The exit code is then the one of the last check.",
     "Mit `--watch` wird erneut geprüft, sobald eine Datei der Feststellung mit anderem Inhalt gespeichert wird, bis Strg-C es beendet. Dann gilt der Rückgabewert der letzten Prüfung."),
    ("How to print what was found", "Wie das Gefundene ausgegeben wird"),
    ("Check again whenever a file of the assessment is saved; Ctrl-C ends it",
     "Erneut prüfen, sobald eine Datei der Feststellung gespeichert wird; Strg-C beendet es"),

    // ---- translate --------------------------------------------------------------------------------------------
    ("Write what there is to translate into `lang/LANG.toml`, or bring the file up to date.",
     "Was zu übersetzen ist, in `lang/SPRACHE.toml` schreiben oder die Datei auf den neuesten Stand bringen."),
    ("Each text of the definition has an entry there, with the original before it as a comment. What was translated stays, and so do the translator's own comments. New texts are added empty; `check` counts an empty text as missing. An entry whose original has changed since gets a line `# CHANGED: was \"…\"`, which the translator removes after a look at it; an entry of a text that does not exist any more gets a line `# OBSOLETE`.",
     "Jeder Text der Definition hat dort einen Eintrag, davor als Kommentar das Original. Was übersetzt ist, bleibt, und eigene Kommentare bleiben auch. Neue Texte kommen leer hinzu; für `check` fehlt ein leerer Text. Ein Eintrag, dessen Original sich seither geändert hat, bekommt eine Zeile `# CHANGED: was \"…\"`; wer übersetzt, sieht ihn durch und löscht sie. Ein Eintrag, dessen Text es nicht mehr gibt, bekommt eine Zeile `# OBSOLETE`."),
    ("The exit code is 1 as long as anything is left to translate, to look at or to remove.",
     "Der Rückgabewert ist 1, solange etwas zu übersetzen, durchzusehen oder zu löschen ist."),
    ("The language, such as `ro`", "Die Sprache, zum Beispiel `ro`"),
    ("Every language that the main file promises", "Alle Sprachen, die die Hauptdatei verspricht"),

    // ---- score ------------------------------------------------------------------------------------------------
    ("Where to write the results [default: the terminal; a workbook needs a file]",
     "Wohin die Ergebnisse geschrieben werden [Vorgabe: auf den Bildschirm; eine Arbeitsmappe braucht eine Datei]"),
    ("For other programs: everything, a line for each participant", "Für andere Programme: alles, eine Zeile je Person"),
    ("For spreadsheets: a row for each participant, as a German Excel reads it with `--ui de`",
     "Für Tabellenprogramme: eine Zeile je Person, mit `--ui de` so, wie ein deutsches Excel sie liest"),
    ("The same as a workbook", "Dasselbe als Arbeitsmappe"),
    ("Score results: every measure of every participant, with findings and recommendations.",
     "Ergebnisse auswerten: alle Messwerte aller Personen, mit Befunden und Empfehlungen."),
    ("Values are exact fractions; what is printed is rounded to two places. A participant whose rows are faulty is reported, and everybody else is scored.",
     "Werte sind genaue Brüche; ausgegeben werden sie auf zwei Stellen gerundet. Wessen Zeilen fehlerhaft sind, wird gemeldet; alle anderen werden ausgewertet."),
    ("How to print the results", "Wie die Ergebnisse ausgegeben werden"),
    ("The day of issue that recommendations depend on, such as 2026-11-22 [default: today]",
     "Der Tag der Ausstellung, von dem Empfehlungen abhängen, zum Beispiel 2026-11-22 [Vorgabe: heute]"),
    ("For people: what the certificate's profile shows", "Für Menschen: was das Profil des Zertifikats zeigt"),

    // ---- explain ----------------------------------------------------------------------------------------------
    ("Say why: why this level, why this recommendation, why not that one.",
     "Begründen: warum diese Stufe, warum diese Empfehlung, warum jene nicht."),
    ("For one participant, every line names the file and line of the rule behind it. Without an id, everything is explained.",
     "Für eine Person; jede Zeile nennt Datei und Zeile der Regel, auf der sie beruht. Ohne Id wird alles begründet."),
    ("What to explain: the ids of measures, items, findings or recommendations, such as `metal.field`",
     "Was zu begründen ist: die Ids von Messwerten, Merkmalen, Befunden oder Empfehlungen, zum Beispiel `metal.field`"),
    ("Say why these recommendations or findings are *not* made: only what failed",
     "Begründen, warum diese Empfehlungen oder Befunde *nicht* gelten: nur, woran es lag"),
    ("Whose results, by the key [default: the only participant of the file]",
     "Wessen Ergebnisse, nach der Kennung [Vorgabe: die einzige Person der Datei]"),
    ("How to print the explanation", "Wie die Begründung ausgegeben wird"),
    ("The day of issue that ages depend on, such as 2026-11-22 [default: today]",
     "Der Tag der Ausstellung, von dem das Alter abhängt, zum Beispiel 2026-11-22 [Vorgabe: heute]"),

    // ---- growth -----------------------------------------------------------------------------------------------
    ("Compare two assessments of the same people: what has grown.",
     "Zwei Feststellungen derselben Personen vergleichen: was gewachsen ist."),
    ("Participants are matched by their key. Results by different versions of a definition are not compared, and neither are those by a definition whose scales, rules or levels were changed: their numbers do not mean the same.",
     "Zugeordnet wird nach der Kennung. Nicht verglichen werden Ergebnisse nach verschiedenen Versionen einer Definition oder nach einer, deren Skalen, Regeln oder Stufen geändert wurden: Ihre Zahlen bedeuten nicht dasselbe."),
    ("The earlier results", "Die früheren Ergebnisse"),
    ("The later results", "Die späteren Ergebnisse"),
    ("The definition of the earlier results, if it was kept apart [default: the same]",
     "Die Definition der früheren Ergebnisse, falls sie getrennt aufbewahrt wurde [Vorgabe: dieselbe]"),
    ("How to print the comparison", "Wie der Vergleich ausgegeben wird"),

    // ---- analyze ----------------------------------------------------------------------------------------------
    ("Analyse a group: how difficult items are, whether they belong together, whether observers agree.",
     "Eine Gruppe untersuchen: wie schwierig Merkmale sind, ob sie zusammengehören, ob Beobachtende übereinstimmen."),
    ("Every figure says on how many people it rests and what became of missing data. Nothing is said about fewer than five people. What the figures mean, and where their formulas come from: docs/analysis.md.",
     "Jede Zahl sagt, auf wie vielen Personen sie beruht und was aus fehlenden Daten wurde. Über weniger als fünf Personen wird nichts gesagt. Was die Zahlen bedeuten und woher die Formeln stammen: docs/analysis.md."),
    ("How to print the analysis", "Wie die Untersuchung ausgegeben wird"),
    ("Only this measure and what it is computed from, such as metal.field",
     "Nur dieser Messwert und woraus er berechnet wird, zum Beispiel metal.field"),
    ("For people: tables", "Für Menschen: Tabellen"),
    ("For other programs: everything, with what it means",
     "Für andere Programme: alles, und was es bedeutet"),
    ("For spreadsheets: a row for each figure", "Für Tabellenprogramme: eine Zeile je Zahl"),

    // ---- render -----------------------------------------------------------------------------------------------
    ("Make one certificate, or the report for advisers.", "Ein Zertifikat erstellen, oder den Bericht für die Beratung."),
    ("The file is named by the certificate number unless you say otherwise. The same results, definition and day of issue always give the same file, byte for byte.",
     "Die Datei heißt nach der Nummer des Zertifikats, wenn nichts anderes angegeben ist. Gleiche Ergebnisse, gleiche Definition und gleicher Tag der Ausstellung ergeben immer dieselbe Datei, Byte für Byte."),
    ("The certificate shows strengths only and belongs to the participant. The report shows everything, in German or English, also where there is no certificate; it is internal and not handed out.",
     "Das Zertifikat zeigt nur Stärken und gehört der Person. Der Bericht zeigt alles, auf Deutsch oder Englisch, auch wo es kein Zertifikat gibt; er ist intern und wird nicht ausgehändigt."),
    ("For whom: the participant, or advisers", "Für wen: die teilnehmende Person oder die Beratung"),
    ("For the participant: strengths and next steps", "Für die teilnehmende Person: Stärken und nächste Schritte"),
    ("For advisers: everything, with reasons", "Für die Beratung: alles, mit Gründen"),
    ("Earlier results of the same person: the report tells what has grown",
     "Frühere Ergebnisse derselben Person: der Bericht sagt, was gewachsen ist"),
    ("Whose certificate, by the key [default: the only participant of the file]",
     "Wessen Zertifikat, nach der Kennung [Vorgabe: die einzige Person der Datei]"),
    ("Where to write the file [default: the certificate number, in the current folder]",
     "Wohin die Datei geschrieben wird [Vorgabe: die Nummer des Zertifikats, im aktuellen Ordner]"),
    ("What to write", "Was geschrieben wird"),
    ("The document", "Das Dokument"),
    ("Its data, as it is attached to the document", "Seine Daten, wie sie ihm angehängt sind"),

    // ---- batch ------------------------------------------------------------------------------------------------
    ("Make documents for everybody in the results, on all cores, and register them.",
     "Für alle Personen in den Ergebnissen Dokumente erstellen, auf allen Prozessorkernen, und ins Register eintragen."),
    ("Each document is a file of its own, named by its number, and stands in the register. Rows that cannot be certified are reported with their place and reason, and everybody else gets a certificate. What happened to every row stands in `report.json` beside the documents, without names.",
     "Jedes Dokument ist eine eigene Datei, heißt nach seiner Nummer und steht im Register. Zeilen, für die es kein Zertifikat gibt, werden mit Stelle und Grund gemeldet; alle anderen bekommen eines. Was aus jeder Zeile wurde, steht in `report.json` neben den Dokumenten, ohne Namen."),
    ("Run again, the same command goes on where it was interrupted: who has a certificate that still says the same keeps it, and whose results have changed gets a corrected one with a new number, which supersedes the old one.",
     "Noch einmal aufgerufen, macht derselbe Befehl dort weiter, wo er unterbrochen wurde: Wessen Zertifikat noch dasselbe sagt, behält es; wessen Ergebnisse sich geändert haben, bekommt ein berichtigtes mit neuer Nummer, das das alte ersetzt."),
    ("The folder for documents and report; made if it does not exist",
     "Der Ordner für Dokumente und Bericht; wird angelegt, falls es ihn nicht gibt"),
    ("The register of what was issued [default: the one the issuer's file names, or `register.sqlite` in the folder]",
     "Das Register des Ausgestellten [Vorgabe: das in der Datei der ausstellenden Stelle genannte oder `register.sqlite` im Ordner]"),
    ("Make drafts: marked as such across every page, and not registered",
     "Entwürfe erstellen: quer über jede Seite als solche gekennzeichnet und nicht eingetragen"),
    ("Which of several assessments of the same people this is, such as `2027-spring`; without it, other results are a correction",
     "Welche Feststellungsrunde derselben Personen dies ist, zum Beispiel `2027-frühjahr`; ohne diese Angabe sind andere Ergebnisse eine Berichtigung"),
    ("Why documents are issued or corrected, for the register; no names",
     "Warum ausgestellt oder berichtigt wird, für das Register; keine Namen"),
    ("Who issues, for the register: a name or a role",
     "Wer ausstellt, für das Register: ein Name oder eine Funktion"),
    ("Only documents with these numbers", "Nur Dokumente mit diesen Nummern"),
    ("Only these rows of the results, such as `10-20` or `17`",
     "Nur diese Zeilen der Ergebnisse, zum Beispiel `10-20` oder `17`"),
    ("Only documents that say something else than what was issued",
     "Nur Dokumente, die etwas anderes sagen als das Ausgestellte"),
    ("Issue again, with a new number, what was withdrawn, has expired or was superseded",
     "Erneut ausstellen, mit neuer Nummer, was zurückgezogen, abgelaufen oder ersetzt ist"),
    ("Only this part of the batch, such as `3/16`; every part has a register of its own, joined by `register merge`",
     "Nur dieser Teil des Laufs, zum Beispiel `3/16`; jeder Teil hat ein eigenes Register, `register merge` führt sie zusammen"),
    ("How files are named, such as `{{ row }}-{{ number }}` [default: by their number]",
     "Wie Dateien heißen, zum Beispiel `{{ row }}-{{ number }}` [Vorgabe: nach der Nummer]"),
    ("Make a folder for each value of a field, such as `language` or `facts.group`",
     "Einen Ordner für jeden Wert eines Feldes anlegen, zum Beispiel `language` oder `facts.group`"),
    ("Also put all documents into one archive, `documents.zip`",
     "Alle Dokumente zusätzlich in ein Archiv packen, `documents.zip`"),
    ("As what the report is written besides JSON", "Als was der Bericht außer als JSON geschrieben wird"),
    ("For spreadsheets, a line for each row", "Für Tabellenprogramme, eine Zeile je Zeile der Ergebnisse"),
    ("Do everything but write", "Alles tun, nur nichts schreiben"),
    ("End at the first row that is refused", "Bei der ersten abgelehnten Zeile enden"),
    ("How many documents are made at the same time [default: one per core]",
     "Wie viele Dokumente gleichzeitig erstellt werden [Vorgabe: eines je Prozessorkern]"),
    ("How progress is told", "Wie der Fortschritt gemeldet wird"),
    ("A bar on a terminal, lines elsewhere", "Ein Balken am Bildschirm, sonst Zeilen"),
    ("Lines", "Zeilen"),
    ("For other programs: what happened to each row, a line of JSON on standard output",
     "Für andere Programme: was aus jeder Zeile wurde, je eine Zeile JSON auf der Standardausgabe"),
    ("Print no progress and no summary; what is refused is still told",
     "Weder Fortschritt noch Zusammenfassung ausgeben; was abgelehnt wird, wird trotzdem gemeldet"),
    ("NUMBER", "NUMMER"),
    ("ROWS", "ZEILEN"),
    ("PART", "TEIL"),
    ("PATTERN", "MUSTER"),
    ("FIELD", "FELD"),
    ("PROGRESS", "ART"),
    ("WHO", "WER"),
    ("TEXT", "TEXT"),

    // ---- register ---------------------------------------------------------------------------------------------
    ("Ask and keep the register of what was issued.", "Das Register des Ausgestellten befragen und führen."),
    ("It tells which documents there are and how each of them stands, takes note of what was withdrawn, superseded or has expired, proves that nothing was changed in it, and joins what several machines have issued.",
     "Es sagt, welche Dokumente es gibt und wie es um jedes steht, hält fest, was zurückgezogen, ersetzt oder abgelaufen ist, weist nach, dass nichts verändert wurde, und führt zusammen, was mehrere Rechner ausgestellt haben."),
    ("What was issued, in the order of recording", "Was ausgestellt wurde, in der Reihenfolge der Einträge"),
    ("Only documents that stand like this", "Nur Dokumente, um die es so steht"),
    ("It holds", "Es gilt"),
    ("Its time has passed", "Seine Zeit ist abgelaufen"),
    ("Another one holds in its place", "Ein anderes gilt an seiner Stelle"),
    ("It must not be relied on", "Niemand darf sich darauf verlassen"),
    ("Only documents of this kind, such as `certificate` or `report`",
     "Nur Dokumente dieser Art, zum Beispiel `certificate` oder `report`"),
    ("Only documents in this language, such as `de` or `de+ro`",
     "Nur Dokumente in dieser Sprache, zum Beispiel `de` oder `de+ro`"),
    ("Only what was issued on this day or later", "Nur was an diesem Tag oder später ausgestellt wurde"),
    ("Only what was issued on this day or earlier", "Nur was an diesem Tag oder früher ausgestellt wurde"),
    ("For spreadsheets", "Für Tabellenprogramme"),
    ("One document with its whole history.", "Ein Dokument mit seiner ganzen Geschichte."),
    ("A number that was not issued ends with exit code 1, and so does one that does not hold any more.",
     "Eine Nummer, die nicht ausgestellt wurde, endet mit Rückgabewert 1, ebenso eine, die nicht mehr gilt."),
    ("The number, as it is printed on the document", "Die Nummer, wie sie auf dem Dokument steht"),
    ("Everything the register holds, as JSON: as confidential as the register itself",
     "Alles, was im Register steht, als JSON: so vertraulich wie das Register selbst"),
    ("Where to write it [default: standard output]", "Wohin es geschrieben wird [Vorgabe: Standardausgabe]"),
    ("Prove that nothing in the register is damaged, changed, missing or slipped in.",
     "Nachweisen, dass im Register nichts beschädigt, verändert, verloren oder untergeschoben ist."),
    ("It ends with exit code 1 if something is, and prints the seal: written down where nobody can change it, it proves later that everything up to today is still the same.",
     "Ist es das doch, ist der Rückgabewert 1. Ausgegeben wird das Siegel: Aufgeschrieben, wo niemand es ändern kann, beweist es später, dass bis heute alles gleich geblieben ist."),
    ("A seal that was taken earlier", "Ein früher notiertes Siegel"),
    ("Withdraw a document: nobody may rely on it from now on.",
     "Ein Dokument zurückziehen: Ab jetzt darf sich niemand mehr darauf verlassen."),
    ("The file stays where it is; whoever asks for the number is told when and why it was withdrawn.",
     "Die Datei bleibt, wo sie ist; wer nach der Nummer fragt, erfährt, wann und warum das Dokument zurückgezogen wurde."),
    ("Why; told to whoever asks for the number, so no names",
     "Warum; erfährt jeder, der nach der Nummer fragt, deshalb keine Namen"),
    ("Who does it: a name or a role", "Wer es tut: ein Name oder eine Funktion"),
    ("Declare that one document holds in the place of another.",
     "Festhalten, dass ein Dokument anstelle eines anderen gilt."),
    ("A correction does this by itself. This is for documents that do not know of each other, for instance when one person had two keys.",
     "Eine Berichtigung tut das von selbst. Dies ist für Dokumente, die nichts voneinander wissen, zum Beispiel wenn eine Person zwei Kennungen hatte."),
    ("The number that does not hold any more", "Die Nummer, die nicht mehr gilt"),
    ("The number that holds in its place", "Die Nummer, die an ihrer Stelle gilt"),
    ("Why; no names", "Warum; keine Namen"),
    ("Record that the time for which documents were meant has passed",
     "Festhalten, dass die Zeit abgelaufen ist, für die Dokumente gedacht waren"),
    ("Their numbers", "Ihre Nummern"),
    ("Join the registers of the parts of a batch into the issuer's register.",
     "Die Register der Teile eines Laufs im Register der ausstellenden Stelle zusammenführen."),
    ("All parts must be there, each exactly once, and sound; otherwise nothing is taken in, and all reasons are told.",
     "Alle Teile müssen da sein, jeder genau einmal, und unversehrt; sonst wird nichts übernommen, und alle Gründe werden genannt."),
    ("The registers of all parts, in any order", "Die Register aller Teile, in beliebiger Reihenfolge"),
    ("Write a copy of the register, while others may go on recording",
     "Eine Kopie des Registers schreiben, während andere weiter eintragen können"),
    ("The file to write; it must not exist", "Die neue Datei; es darf sie noch nicht geben"),
    ("Who keeps the register: a TOML file", "Wer das Register führt: eine TOML-Datei"),
    ("The register [default: the one the issuer's file names]",
     "Das Register [Vorgabe: das in der Datei der ausstellenden Stelle genannte]"),
    ("DAY", "TAG"),
    ("KIND", "ART"),
    ("STATE", "STAND"),
    ("SEAL", "SIEGEL"),
    ("OLD", "ALT"),
    ("NEW", "NEU"),
    ("NUMBERS", "NUMMERN"),
    ("PARTS", "TEILE"),

    // ---- verify -----------------------------------------------------------------------------------------------
    ("Say whether a document was issued and still holds: by its number, or by its file.",
     "Sagen, ob ein Dokument ausgestellt wurde und noch gilt: nach seiner Nummer oder nach seiner Datei."),
    ("Of a file every byte counts: it is the one that was issued, or a reprint of it, or it is not.",
     "Bei einer Datei zählt jedes Byte: Sie ist die ausgestellte oder ein erneuter Druck davon, oder sie ist es nicht."),
    ("Numbers, or PDF files", "Nummern oder PDF-Dateien"),
    ("NUMBER|FILE", "NUMMER|DATEI"),

    // ---- schema -----------------------------------------------------------------------------------------------
    ("Print a JSON Schema: for editors that complete and check TOML, and for programs that read certificates.",
     "Ein JSON-Schema ausgeben: für Editoren, die TOML ergänzen und prüfen, und für Programme, die Zertifikate lesen."),
    ("The same files are in docs/schemas, and `init` and `new` put them beside a definition, into the folder `.schema`. A definition names its schema in its first line: `#:schema ./.schema/assessment.json`",
     "Dieselben Dateien liegen in docs/schemas, und `init` und `new` legen sie neben eine Definition, in den Ordner `.schema`. Eine Definition nennt ihr Schema in der ersten Zeile: `#:schema ./.schema/assessment.json`"),
    ("Of what", "Wovon"),
    ("The files of an assessment", "Die Dateien einer Feststellung"),
    ("The file issuer.toml", "Die Datei issuer.toml"),
    ("The data of a certificate", "Die Daten eines Zertifikats"),
    ("The data of a report", "Die Daten eines Berichts"),

    // ---- completions ------------------------------------------------------------------------------------------
    ("Print a script that completes commands and options in your shell.",
     "Ein Skript ausgeben, das Befehle und Optionen in der Shell ergänzt."),
    ("For bash: kompetenz completions bash > ~/.local/share/bash-completion/completions/kompetenz",
     "Für bash: kompetenz completions bash > ~/.local/share/bash-completion/completions/kompetenz"),
    ("The shell", "Die Shell"),
];
