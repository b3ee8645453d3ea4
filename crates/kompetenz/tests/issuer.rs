//! The issuer's file: what it may say, and what is said of its mistakes.

use insta::assert_snapshot;
use kompetenz::issuer::{Loaded, read};
use kompetenz::{Sources, Ui};

const NEEDED: &str = "name = \"N\"\nplace = \"O\"\ncolor = \"#123456\"\n";

fn languages() -> Vec<String> {
    ["de", "ro", "bg"].map(str::to_owned).into()
}

fn good(text: &str) -> Loaded {
    read(&Sources::new("issuer.toml", format!("{NEEDED}{text}")), &languages()).expect("a good file")
}

/// All mistakes, as people read them.
fn mistakes(text: &str, ui: Ui) -> String {
    let sources = Sources::new("issuer.toml", text);
    let diagnostics = read(&sources, &languages()).expect_err("a file with mistakes");
    let shown: Vec<_> = diagnostics.iter().map(|d| d.render(&sources, ui, false)).collect();
    shown.join("\n\n")
}

#[test]
fn what_is_absent_has_a_meaning() {
    let Loaded { issuing, template, pictures } = good("");
    let issuer = issuing.issuer_in("ro");
    assert_eq!((&issuer.accent, &issuer.logo, &issuer.footer), (&None, &None, &None));
    assert!(issuer.funders.is_empty() && issuer.signatories.is_empty() && issuing.verify.is_none());
    assert!(template.is_none() && pictures.logo.is_none() && pictures.funders.is_empty());
}

#[test]
fn each_reader_sees_the_own_language_and_a_plain_text_is_for_all() {
    let Loaded { issuing, pictures, .. } = good(
        r#"
        footer = { de = "Fuß", ro = "Subsol", bg = "Край" }
        [[funder]]
        text = "Stiftung"
        logo = "stiftung.svg"
        [[funder]]
        text = { de = "Bund", ro = "Federația", bg = "Федерация" }
        [[signatory]]
        name = "M"
        role.de = "Leitung"
        role.ro = "Conducerea"
        role.bg = "Ръководител"
        scan = "m.png"
        "#,
    );
    for (language, footer, funder, role) in [
        ("de", "Fuß", "Bund", "Leitung"),
        ("ro", "Subsol", "Federația", "Conducerea"),
        ("bg", "Край", "Федерация", "Ръководител"),
    ] {
        let issuer = issuing.issuer_in(language);
        assert_eq!(issuer.footer.as_deref(), Some(footer));
        assert_eq!([&issuer.funders[0].text, &issuer.funders[1].text], ["Stiftung", funder]);
        assert_eq!(issuer.signatories[0].role, role);
    }
    let named = |picture: &Option<kompetenz::raw::At<String>>| picture.as_ref().map(|at| at.value.clone());
    assert_eq!(pictures.funders.iter().map(named).collect::<Vec<_>>(), [Some("stiftung.svg".into()), None]);
    assert_eq!(pictures.scans.iter().map(named).collect::<Vec<_>>(), [Some("m.png".into())]);
}

#[test]
fn every_mistake_is_told_at_once_with_its_place() {
    assert_snapshot!(mistakes(
        "name = \"N\"\nplace = \"O\"\ncolor = \"#123456\"\naccent = \"orange\"\n\
        footer = { de = \"Fuß\", ro = \" \" }\nverify = \"http://example.org/{number}\"\n\
        [[funder]]\ntext = 3\n\
        [[signatory]]\nname = \"M\"\nrole = \"\"\nscan = \"../m.png\"\n",
        Ui::De,
    ), @r#"
    Fehler[wrong-type]: erwartet wird ein Text oder eine Tabelle von Texten nach Sprache, gefunden wurde eine Zahl
     --> issuer.toml:8:8
      |
    8 | text = 3
      |        ^

    Fehler[wrong-type]: keine Farbe wie `#0d5c73`
     --> issuer.toml:4:10
      |
    4 | accent = "orange"
      |          ^^^^^^^^

    Fehler[invalid-text]: der Text ist leer
     --> issuer.toml:5:29
      |
    5 | footer = { de = "Fuß", ro = " " }
      |                             ^^^

    Fehler[missing-translation]: der Text fehlt in `bg`
     --> issuer.toml:5:10
      |
    5 | footer = { de = "Fuß", ro = " " }
      |          ^^^^^^^^^^^^^^^^^^^^^^^^

    Fehler[invalid-text]: der Text ist leer
      --> issuer.toml:11:8
       |
    11 | role = ""
       |        ^^

    Fehler[missing-file]: das Bild muss neben dieser Datei liegen
      --> issuer.toml:12:8
       |
    12 | scan = "../m.png"
       |        ^^^^^^^^^^

    Fehler[invalid-text]: die Adresse muss mit `https://` und dem Namen eines Servers beginnen
     --> issuer.toml:6:10
      |
    6 | verify = "http://example.org/{number}"
      |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = Hilfe: zum Beispiel `https://example.org/pruefen/{number}` schreiben
    "#);
}

#[test]
fn addresses_that_lead_nowhere_are_refused() {
    let messages = |address: &str| {
        let sources = Sources::new("issuer.toml", format!("{NEEDED}verify = \"{address}\"\n"));
        read(&sources, &languages()).err().map(|diagnostics| diagnostics[0].message.en.clone())
    };
    for address in
        ["https://example.org/{number}", "https://example.org:8443/z?n={number}&x=1", "https://z.de#{number}"]
    {
        assert_eq!(messages(address), None, "{address}");
    }
    let server = "the address must begin with `https://` and a name of a server";
    let number = "the address must have `{number}` once, behind the name of the server";
    let character = "the address has a character that does not belong into one";
    for (address, message) in [
        ("", server),
        ("http://example.org/{number}", server),
        ("https:///{number}", server),
        ("javascript:alert({number})", server),
        ("https://example.org/", number),
        ("https://example.org/{number}/{number}", number),
        ("https://{number}.example.org/", number),
        ("https://example.org/{Number}", number),
        ("https://example.org/{number} ", character),
        ("https://example.org/é/{number}", character),
        ("https://bank.example@evil.example/{number}", character),
        ("https://example.org/{x}/{number}", character),
    ] {
        assert_eq!(messages(address).as_deref(), Some(message), "{address}");
    }
    let long = format!("https://example.org/{}/{{number}}", "a".repeat(100));
    assert_eq!(messages(&long).as_deref(), Some("the address has more than 100 characters"));
}
