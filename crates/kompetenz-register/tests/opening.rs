//! Which files are opened, and what is said about the others.

use std::fs;
use std::path::Path;

use insta::assert_snapshot;
use kompetenz::Ui;
use kompetenz_register::{Access, Digest, Issuer, Part, Register, RegisterError, Scope};
use rusqlite::Connection;

use crate::common::{Desk, at, issue, issuer, text};

/// What opening a file says, in both languages, with the help.
fn refused(path: &Path, issuer: &Issuer, access: Access) -> String {
    let error = Register::open(path, issuer, access).unwrap_err();
    let help = error.help().unwrap();
    [Ui::En, Ui::De].map(|ui| format!("{}\n  → {}", error.words().get(ui), help.get(ui))).join("\n")
}

/// What happens to a register before it is opened.
type Spoil<'a> = Box<dyn Fn(&Path) + 'a>;

#[test]
fn every_file_that_cannot_be_used_gets_its_own_answer() {
    let create = Access::Create(Scope::Whole);
    let own = issuer();
    let wrong = Issuer::new("office-dortmund", "wrong horse battery staple").unwrap();
    let other = Issuer::new("office-essen", "correct horse battery staple").unwrap();
    let part = Scope::Part(Part::new(Digest::of(b"batch"), 1, 2).unwrap());
    let sql = |path: &Path, sql: &str| Connection::open(path).unwrap().execute_batch(sql).unwrap();
    let cases: Vec<(&str, Spoil<'_>, &Issuer, Access)> = vec![
        ("there is no file", Box::new(|path| fs::remove_file(path).unwrap()), &own, Access::Write),
        ("a text", Box::new(|path| fs::write(path, "number;name\n").unwrap()), &own, create),
        ("an empty file", Box::new(|path| fs::write(path, "").unwrap()), &own, create),
        ("another database", Box::new(|path| sql(path, "PRAGMA application_id = 7")), &own, create),
        ("a newer register", Box::new(|path| sql(path, "PRAGMA user_version = 2")), &own, create),
        ("of another issuer", Box::new(|_| ()), &other, Access::Read),
        ("another secret", Box::new(|_| ()), &wrong, Access::Read),
        ("whole instead of a part", Box::new(|_| ()), &own, Access::Create(part)),
        ("altered", Box::new(|path| sql(path, "DROP TRIGGER issue_no_update")), &own, create),
    ];
    let mut shown = String::new();
    for (name, spoil, issuer, access) in cases {
        let desk = Desk::new();
        desk.register().record(&[issue("a", "v1")], &at(0)).unwrap();
        spoil(&desk.path());
        shown += &format!("# {name}\n{}\n", refused(&desk.path(), issuer, access));
    }
    assert_snapshot!(shown, @"
    # there is no file
    there is no register here
      → check the path; if this is the first batch, let the register be made
    hier liegt kein Register
      → den Pfad prüfen; beim ersten Lauf das Register anlegen lassen
    # a text
    this file is no register
      → check the path; if it was a register, its beginning is lost: put the last backup in its place
    diese Datei ist kein Register
      → den Pfad prüfen; war es ein Register, ist sein Anfang verloren: die letzte Sicherung an seine Stelle legen
    # an empty file
    this file is no register
      → check the path; if it was a register, its beginning is lost: put the last backup in its place
    diese Datei ist kein Register
      → den Pfad prüfen; war es ein Register, ist sein Anfang verloren: die letzte Sicherung an seine Stelle legen
    # another database
    this file is no register
      → check the path; if it was a register, its beginning is lost: put the last backup in its place
    diese Datei ist kein Register
      → den Pfad prüfen; war es ein Register, ist sein Anfang verloren: die letzte Sicherung an seine Stelle legen
    # a newer register
    the register has the format 2, which this version of the program does not know
      → use the version of the program that wrote it, or a newer one
    das Register hat das Format 2, das diese Programmversion nicht kennt
      → die Programmversion benutzen, die es geschrieben hat, oder eine neuere
    # of another issuer
    this is the register of another issuer, `office-dortmund`
      → take the register of this issuer, or the issuer's file that belongs to this register
    dies ist das Register einer anderen Stelle, `office-dortmund`
      → das Register dieser Stelle nehmen oder die Datei der Stelle, zu der dieses Register gehört
    # another secret
    the issuer's secret is not the one this register was made with
      → restore `secret` in `issuer.toml` from its copy; with another one nobody is recognised
    das Geheimnis der Stelle ist nicht das, mit dem dieses Register angelegt wurde
      → `secret` in `issuer.toml` aus der Kopie wiederherstellen; mit einem anderen wird niemand wiedererkannt
    # whole instead of a part
    this register holds everything of the issuer, not a part of a batch
      → take another file for this part, and join the parts at the end
    dieses Register enthält alles von der Stelle, nicht einen Teil eines Laufs
      → für diesen Teil eine andere Datei nehmen und die Teile am Ende zusammenführen
    # altered
    the register was altered by something else: `issue_no_update`
      → leave the file as it is, put the last backup in its place, and run the batches made since then again; `docs/register.md` says how
    das Register wurde von etwas anderem verändert: `issue_no_update`
      → die Datei unverändert aufheben, die letzte Sicherung an ihre Stelle legen und die Läufe seitdem wiederholen; `docs/register.md` sagt, wie
    ");
}

#[test]
fn a_folder_that_is_not_there_is_an_error_and_not_made() {
    let desk = Desk::new();
    let error = Register::open(
        &desk.folder().join("missing/register.sqlite"),
        &issuer(),
        Access::Create(Scope::Whole),
    );
    assert!(matches!(error, Err(RegisterError::Io(_))), "{error:?}");
    assert!(Register::open(desk.folder(), &issuer(), Access::Read).is_err(), "a folder is no register");
}

#[test]
fn opened_to_be_read_nothing_is_written() {
    let desk = Desk::new();
    desk.register().record(&[issue("a", "v1")], &at(0)).unwrap();
    let mut register = Register::open(&desk.path(), &issuer(), Access::Read).unwrap();
    let number = issue("a", "v1").number;
    let error = register.withdraw(&number, &text("by mistake"), &at(1)).unwrap_err();
    assert!(matches!(error, RegisterError::ReadOnly), "{error:?}");
    assert!(register.show(&number).unwrap().is_some());
}

#[test]
fn a_register_is_one_file_and_nothing_stays_beside_it() {
    let desk = Desk::new();
    desk.register().record(&[issue("a", "v1")], &at(0)).unwrap();
    let names: Vec<_> =
        fs::read_dir(desk.folder()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["register.sqlite"]);
}

#[test]
fn a_register_that_another_tool_left_in_wal_mode_is_one_file_again() {
    let desk = Desk::new();
    desk.register().record(&[issue("a", "v1")], &at(0)).unwrap();
    desk.raw().pragma_update(None, "journal_mode", "WAL").unwrap();
    desk.register().record(&[issue("b", "v1")], &at(0)).unwrap();
    let mode: String = desk.raw().pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
    assert_eq!(mode, "delete");
    assert_eq!(desk.register().check(None).unwrap().issues, 2);
}

#[test]
fn a_backup_is_the_same_register() {
    let desk = Desk::new();
    let mut register = desk.register();
    register.record(&[issue("a", "v1"), issue("b", "v1")], &at(0)).unwrap();
    register.withdraw(&issue("a", "v1").number, &text("by mistake"), &at(1)).unwrap();
    let copy = desk.folder().join("backup.sqlite");
    let looking = Register::open(&desk.path(), &issuer(), Access::Read).unwrap();
    looking.backup(&copy).unwrap();
    assert!(matches!(looking.backup(&copy), Err(RegisterError::Exists)));

    let mut backup = Register::open(&copy, &issuer(), Access::Write).unwrap();
    assert_eq!(backup.check(Some(&register.seal().unwrap())).unwrap().findings, []);
    assert_eq!(backup.export().unwrap(), register.export().unwrap());
    backup.record(&[issue("c", "v1")], &at(2)).unwrap();
    assert_eq!(register.export().unwrap().issues.len(), 2, "the original is another file");
}

#[test]
fn what_cannot_be_right_is_refused_before_it_gets_near_the_file() {
    let long = "x".repeat(501);
    let texts =
        ["", " \t ", "two\nlines", &long].map(|it| kompetenz_register::Text::new(it).unwrap_err().words());
    let issuers = [("office", "short"), ("", "correct horse battery staple")]
        .map(|(id, secret)| Issuer::new(id, secret).unwrap_err())
        .map(|error| [error.words(), error.help()]);
    let lines: Vec<String> = (texts.iter().chain(issuers.iter().flatten()))
        .map(|words| format!("{}\n{}", words.en, words.de))
        .collect();
    assert_snapshot!(lines.join("\n"), @"
    the text is empty
    der Text ist leer
    the text is empty
    der Text ist leer
    the text has a line break or another control character
    der Text enthält einen Zeilenumbruch oder ein anderes Steuerzeichen
    the text is longer than 500 characters
    der Text ist länger als 500 Zeichen
    the issuer's secret is shorter than 16 bytes
    das Geheimnis der ausstellenden Stelle ist kürzer als 16 Bytes
    set `secret` in `issuer.toml` to several random words, and keep a copy in a safe place
    in `issuer.toml` als `secret` mehrere zufällige Wörter setzen und eine Kopie sicher verwahren
    the issuer's id: the text is empty
    die Kennung der ausstellenden Stelle: der Text ist leer
    choose a short id such as `office-dortmund`, and never change it
    eine kurze Kennung wie `stelle-dortmund` wählen und nie ändern
    ");
    let shown = format!("{:?}", issuer());
    assert!(!shown.contains("horse"), "{shown}");
}
