//! What people rely on: a file is read as it was written, or there is a question.

use kompetenz::Ui;
use proptest::prelude::*;
use proptest::sample::select;

use super::survey::CODE_PAGES;
use super::*;

/// Words as they stand in results: names, places, and what assessors note.
const WORDS: &[(&str, &[&str])] = &[
    (
        "German",
        &[
            "Jäger",
            "Müller",
            "König",
            "Weiß",
            "Groß",
            "Größe",
            "Übung",
            "Özdemir",
            "Ärztin",
            "für",
            "Öl",
            "Bär",
            "Grüße",
            "Café",
            "Straße",
            "Jürgen",
            "Löwe",
            "Rückfrage",
            "Maße",
        ],
    ),
    (
        "Romanian",
        &[
            "Ştefan",
            "Ionaşcu",
            "Ţurcanu",
            "Constanţa",
            "Năstase",
            "Mureş",
            "Orăştie",
            "Brânză",
            "Bălţi",
            "împreună",
            "şi",
            "în",
            "Âncuţa",
        ],
    ),
    (
        "Bulgarian",
        &[
            "Иванов",
            "Георгиева",
            "Петър",
            "Димитрова",
            "Ия",
            "Ана",
            "Христо",
            "с",
            "на",
            "Стоянов",
            "Щерев",
            "Ърновска",
            "добре",
            "МВР",
        ],
    ),
    (
        "Polish",
        &[
            "Paweł",
            "Łukasz",
            "Małgorzata",
            "Wąsik",
            "Święcki",
            "Grażyna",
            "Woźniak",
            "żółć",
            "Józef",
            "Płock",
            "Gołąb",
            "Żaneta",
            "Róża",
            "Kołłątaj",
            "mężczyzna",
            "Źrebiec",
            "młody",
            "Dźwig",
        ],
    ),
    (
        "Czech",
        &[
            "Dvořák",
            "Růžička",
            "Šťastný",
            "Žižková",
            "říší",
            "Čapek",
            "Něměc",
            "Ďurica",
            "Baťa",
            "Šíma",
            "Košice",
            "šíří",
            "Ľubomír",
            "Vážený",
            "běžec",
            "Růžena",
        ],
    ),
    ("Hungarian", &["Kőrösi", "Szűcs", "Ernő", "Őze", "József", "Tőkés", "György", "fűtő", "Űrhajó", "bőr"]),
    (
        "Croatian",
        &["Šimić", "Kovačević", "Đorđe", "Žarko", "Ćosić", "Dženana", "DŽenana", "Hadžić", "Šiša", "Matiš"],
    ),
    (
        "Turkish",
        &[
            "Yıldız", "Şahin", "Doğan", "İbrahim", "Üçü", "İŞÇİ", "Çağrı", "Gülşen", "Öztürk", "Işık",
            "ığdır", "Ayşe", "GÜÇ", "İÇİ",
        ],
    ),
    (
        "Portuguese",
        &[
            "João",
            "Conceição",
            "Simões",
            "Antônio",
            "Ângela",
            "Inês",
            "Vovó",
            "Drªs",
            "nºs",
            "Ilmº",
            "às",
            "É",
        ],
    ),
    (
        "French",
        &[
            "René",
            "Hélène",
            "Éric",
            "François",
            "Zoë",
            "l’école",
            "à",
            "Œuvre",
            "cœur",
            "L’Haÿ",
            "Noël",
            "d’État",
        ],
    ),
    ("Spanish", &["Muñoz", "Peña", "José", "¿Qué", "¡Hola", "Íñigo", "Güell"]),
    (
        "signs",
        &[
            "–",
            "„Gut“",
            "“well”",
            "‘so’",
            "‹Wort›",
            "‹OHNE›",
            "«oui»",
            "»ja«",
            "…",
            "50 €",
            "20 °C",
            "§ 5",
            "50 m²",
            "m³",
            "m³pro",
            "½",
            "Kurs¹",
            "¹Fußnote",
            "Firma®",
            "Werk™",
            "©Foto",
            "5‰",
            "†1999",
            "¾Stunde",
            "x×y",
            "D´Angelo",
            "1ª",
            "annaŚliwa",
            "AnaŠimić",
            "evaŽakOva",
            "istÜbung",
            "kundeÄnderung",
            "istÖl",
            "sagte„hallo“",
            "TÜs",
            "AnnaÉva",
            "hÉireann",
            "äöüßé",
            "Montag–Freitag",
            "wort…wort",
            "GmbH•",
            "£5",
            "Anteil‰",
            "rot“und",
            "~",
            "±5",
            "O’Brien",
        ],
    ),
];

/// A text in an encoding, if it has all the letters.
fn encode(text: &str, encoding: Encoding) -> Option<Vec<u8>> {
    match encoding {
        Encoding::Utf16Le => Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        Encoding::Utf16Be => Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        _ => {
            let (bytes, _, has_gaps) = encoding.standard().encode(text);
            (!has_gaps).then(|| bytes.into_owned())
        }
    }
}

/// The text that a file with these words is read as, unless there is a question. Never another one.
fn read_back(text: &str, encoding: Encoding) -> Option<Encoding> {
    let bytes = encode(text, encoding)?;
    let decoded = decode(&bytes, None).ok()?;
    assert_eq!(decoded.text, text, "written in {}, read in {}", encoding.name(), decoded.encoding.name());
    Some(decoded.encoding)
}

fn all_words() -> Vec<String> {
    let words = WORDS.iter().flat_map(|(_, words)| words.iter());
    words.flat_map(|word| [(*word).to_owned(), word.to_uppercase(), word.to_lowercase()]).collect()
}

/// What a file with a text in an encoding is read as, or the question about it.
fn answer(text: &str, encoding: Encoding) -> Result<Encoding, Undecided> {
    let bytes = encode(text, encoding).expect("the encoding has these letters");
    decode(&bytes, None).map(|decoded| decoded.encoding)
}

fn both(undecided: &Undecided) -> String {
    let (message, help) = undecided.words();
    [Ui::En, Ui::De].map(|ui| format!("{}: {}", message.get(ui), help.get(ui))).join("\n")
}

#[test]
fn one_word_is_read_as_written_or_asked_about() {
    for word in all_words() {
        for encoding in CODE_PAGES {
            read_back(&word, encoding);
        }
    }
}

proptest! {
    #[test]
    fn words_are_read_as_written_or_asked_about(
        words in proptest::collection::vec((select(all_words()), select(vec![" ", ";", "-", "\r\n"])), 1..6),
        encoding in select(Encoding::ALL.to_vec()),
    ) {
        // Only words that the encoding has, so that no case is wasted.
        let words = words.iter().filter(|(word, _)| encode(word, encoding).is_some());
        let text: String = words.flat_map(|(word, separator)| [word.as_str(), separator]).collect();
        // Without a mark, UTF-16 shows in its separators, which the headings have.
        let is_utf16 = matches!(encoding, Encoding::Utf16Le | Encoding::Utf16Be);
        let headings = if is_utf16 { "key;name;observer\r\n" } else { "" };
        read_back(&format!("{headings}{text}"), encoding);
    }

    /// What was read is all there is in the file, and nothing else.
    #[test]
    fn nothing_is_lost_and_nothing_invented(
        bytes in proptest::collection::vec(prop_oneof![any::<u8>(), select(b"\0\0\0aeS;\r\n\xC3\xBC\xE4\xFC".to_vec())], 0..200),
        given in proptest::option::of(select(Encoding::ALL.to_vec())),
    ) {
        match decode(&bytes, given) {
            Ok(decoded) => {
                let written = encode(&decoded.text, decoded.encoding).expect("it came from there");
                prop_assert!(bytes.ends_with(&written));
                prop_assert!(bytes.len() - written.len() <= 3, "more than the mark is missing");
                prop_assert!(given.is_none_or(|given| given == decoded.encoding));
            }
            Err(undecided) => prop_assert!(!both(&undecided).is_empty()),
        }
    }
}

#[test]
fn files_with_one_reading_are_decided() {
    use Encoding::{Iso8859_2, Utf8, Windows1250, Windows1251, Windows1252};
    for (text, written, read) in [
        ("Jäger", Windows1252, Windows1252),
        ("Müller", Windows1252, Windows1252),
        ("KÖLN", Windows1252, Windows1252),
        ("Özdemir", Windows1252, Windows1252),
        ("Übung", Windows1252, Windows1252),
        ("Fuß", Windows1252, Windows1252),
        ("René", Windows1252, Windows1252),
        ("Kévin", Windows1252, Windows1252),
        ("Größe „XL“ – 50 €;Äpfel;Öl;Café;äöüÄÖÜß", Windows1252, Windows1252),
        ("Jäger;50 m²", Windows1252, Windows1252),
        // The same file in the other encodings is the same text.
        ("Größe;Äpfel", Windows1250, Windows1252),
        ("Ionaşcu", Windows1250, Windows1250),
        ("Năstase;Ţurcanu;Constanţa;Ionaşcu", Windows1250, Windows1250),
        ("Małgorzata;Wąsik;Święcki;Woźniak", Windows1250, Windows1250),
        ("Wąsik", Iso8859_2, Iso8859_2),
        ("Иванов;Петър;Ия", Windows1251, Windows1251),
        ("IT-курс;Иванова – „Добре“", Windows1251, Windows1251),
        ("nothing but ASCII", Windows1250, Utf8),
        ("Müller;Ștefan;Иванов;Yıldız;Δt", Utf8, Utf8),
        ("MÜLLER", Utf8, Utf8),
        ("STRAßE", Utf8, Utf8),
        ("Məmmədov", Utf8, Utf8),
        ("Mu\u{308}ller", Utf8, Utf8),
    ] {
        assert_eq!(answer(text, written), Ok(read), "{text} in {}", written.name());
        assert_eq!(read_back(text, written), Some(read));
    }
}

/// The letters of a question, `line: letter encoding, …`.
fn question(bytes: &[u8]) -> String {
    let Err(Undecided::Ambiguous(places)) = decode(bytes, None) else {
        panic!("this is no question");
    };
    let names = |encodings: &[Encoding]| {
        encodings.iter().map(|encoding| encoding.name()).collect::<Vec<_>>().join(" ")
    };
    let letters = |place: &Place| {
        let letters =
            place.letters.iter().map(|(letter, encodings)| format!("{letter} {}", names(encodings)));
        letters.collect::<Vec<_>>().join(", ")
    };
    let places =
        places.iter().map(|place| format!("{}+{}: {}", place.at.line, place.at.offset, letters(place)));
    places.collect::<Vec<_>>().join("\n")
}

#[test]
fn files_with_several_readings_are_a_question() {
    use Encoding::{Macintosh, Windows1250, Windows1251, Windows1252, Windows1254};
    let ask =
        |text: &str, encoding| question(&encode(text, encoding).expect("the encoding has these letters"));
    insta::assert_snapshot!(ask("key;name\r\nP-1;João", Windows1252), @"2+16: ã windows-1252, ă windows-1250, „ macintosh");
    insta::assert_snapshot!(ask("key;name\nP-1;Yıldız\nP-2;Doğan", Windows1254), @"3+26: ð windows-1252, đ windows-1250, ğ windows-1254");
    insta::assert_snapshot!(ask("Kőrösi", Windows1250), @"1+1: õ windows-1252, ő windows-1250");
    insta::assert_snapshot!(ask("Ştefan", Windows1250), @"1+0: Ş windows-1250, ™ macintosh");
    insta::assert_snapshot!(ask("Pawe³", Windows1252), @"1+4: ³ windows-1252, ł windows-1250, ≥ macintosh");
    insta::assert_snapshot!(ask("Schäfer;König", Macintosh), @"1+3: Š windows-1252, ä macintosh");
    insta::assert_snapshot!(ask("Ия", Windows1251), @"1+0: È windows-1252, И windows-1251, » macintosh");
    insta::assert_snapshot!(ask("Müller;äöü;João;Þór", Windows1252), @"1+16: Þ windows-1252, Ţ windows-1250, Ş windows-1254");
    // No single letter tells these apart.
    insta::assert_snapshot!(ask("Müller;João\nNový", Windows1252), @r"
    1+9: ã windows-1252 windows-1254, ă windows-1250
    2+15: ý windows-1252 windows-1250, ı windows-1254
    ");
    // By chance, these are valid UTF-8.
    insta::assert_snapshot!(ask("RÓŻA", Windows1250), @"1+1: ӯ utf-8, Ó windows-1250, У windows-1251, ” macintosh");
    insta::assert_snapshot!(ask("l’école", Macintosh), @"1+1: Վ utf-8, Õ windows-1252, Ő windows-1250, ’ macintosh");
}

#[test]
fn questions_and_refusals_say_what_to_do() {
    use Encoding::{Utf8, Utf16Le, Windows1252};
    let words = |bytes: &[u8], given| both(&decode(bytes, given).expect_err("this cannot be read"));
    insta::assert_snapshot!(words(b"key;name\r\nP-1;\r\nP-2;Jo\xE3o", None), @r"
    it is not certain in which encoding the file is written: a character in line 3 is `ã` with `--encoding windows-1252`, `ă` with `--encoding windows-1250` and `„` with `--encoding macintosh`; say which is right, or save the file from Excel as `CSV UTF-8`, which leaves no question
    es ist nicht sicher, in welcher Kodierung die Datei geschrieben ist: ein Zeichen in Zeile 3 ist `ã` mit `--encoding windows-1252`, `ă` mit `--encoding windows-1250` und `„` mit `--encoding macintosh`; angeben, was stimmt, oder die Datei aus Excel als `CSV UTF-8` speichern, dann stellt sich die Frage nicht
    ");
    insta::assert_snapshot!(words(b"Jo\xE3o\nNov\xFD;M\xFCller", None), @r"
    it is not certain in which encoding the file is written: a character in line 1 is `ã` with `--encoding windows-1252` or `--encoding windows-1254` and `ă` with `--encoding windows-1250`; a character in line 2 is `ý` with `--encoding windows-1252` or `--encoding windows-1250` and `ı` with `--encoding windows-1254`; say which is right, or save the file from Excel as `CSV UTF-8`, which leaves no question
    es ist nicht sicher, in welcher Kodierung die Datei geschrieben ist: ein Zeichen in Zeile 1 ist `ã` mit `--encoding windows-1252` oder `--encoding windows-1254` und `ă` mit `--encoding windows-1250`; ein Zeichen in Zeile 2 ist `ý` mit `--encoding windows-1252` oder `--encoding windows-1250` und `ı` mit `--encoding windows-1254`; angeben, was stimmt, oder die Datei aus Excel als `CSV UTF-8` speichern, dann stellt sich die Frage nicht
    ");
    // `Müller` as DOS wrote it.
    insta::assert_snapshot!(words(b"M\x81ller", None), @r"
    in no encoding do the letters of the file make words; line 1 rules out the last one: save the file from Excel as `CSV UTF-8`, or name its encoding with `--encoding`: `windows-1252`, `windows-1250`, `iso-8859-2`, `windows-1254`, `windows-1251` or `macintosh`
    in keiner Kodierung ergeben die Buchstaben der Datei Wörter; Zeile 1 schließt die letzte aus: die Datei aus Excel als `CSV UTF-8` speichern oder ihre Kodierung mit `--encoding` nennen: `windows-1252`, `windows-1250`, `iso-8859-2`, `windows-1254`, `windows-1251` oder `macintosh`
    ");
    insta::assert_snapshot!(words("Müller\nJäger\nGro\u{DF}".as_bytes().split_last().unwrap().1, None), @r"
    the file is text in utf-8, but damaged in line 3: write the broken letters in this line again and save the file as `CSV UTF-8`
    die Datei ist Text in utf-8, aber in Zeile 3 beschädigt: die beschädigten Buchstaben in dieser Zeile neu schreiben und die Datei als `CSV UTF-8` speichern
    ");
    insta::assert_snapshot!(words(b"a\rb\x81", Some(Windows1252)), @r"
    the file cannot be text in windows-1252: something in line 2 is no letter there: leave out `--encoding`, or name another one
    die Datei kann kein Text in windows-1252 sein: etwas in Zeile 2 ist dort kein Zeichen: `--encoding` weglassen oder eine andere Kodierung nennen
    ");
    insta::assert_snapshot!(words(b"\xFF\xFEa\0", Some(Utf8)), @r"
    the file is marked as utf-16le, not as utf-8: leave out `--encoding`
    die Datei ist als utf-16le gekennzeichnet, nicht als utf-8: `--encoding` weglassen
    ");
    insta::assert_snapshot!(words(b"a\0\n\0\0\xD8b\0", Some(Utf16Le)), @r"
    the file cannot be text in utf-16le: something in line 2 is no letter there: leave out `--encoding`, or name another one
    die Datei kann kein Text in utf-16le sein: etwas in Zeile 2 ist dort kein Zeichen: `--encoding` weglassen oder eine andere Kodierung nennen
    ");
}

#[test]
fn a_mark_decides_and_is_no_text() {
    for (bytes, encoding) in [
        (b"\xEF\xBB\xBFa;\xC3\xBC".as_slice(), Encoding::Utf8),
        (b"\xFF\xFEa\0;\0\xFC\0", Encoding::Utf16Le),
        (b"\xFE\xFF\0a\0;\0\xFC", Encoding::Utf16Be),
    ] {
        let text = "a;ü".into();
        assert_eq!(decode(bytes, None), Ok(Decoded { text, encoding, detected: false }));
        assert_eq!(decode(bytes, Some(encoding)), decode(bytes, None));
        assert_eq!(
            decode(bytes, Some(Encoding::Windows1252)),
            Err(Undecided::Contradiction { given: Encoding::Windows1252, marked: encoding })
        );
    }
}

#[test]
fn utf16_needs_no_mark() {
    for text in ["key;name\r\nP-1;Yıldız\r\n", "a", "Кл;Име\r\nP-1;Иванов;3;2;4\r\n"] {
        for encoding in [Encoding::Utf16Le, Encoding::Utf16Be] {
            let bytes = encode(text, encoding).unwrap();
            assert_eq!(decode(&bytes, None), Ok(Decoded { text: text.into(), encoding, detected: true }));
        }
    }
}

#[test]
fn what_is_given_decides() {
    for (bytes, given, text) in [
        (b"Jo\xE3o".as_slice(), Encoding::Windows1252, "João"),
        (b"Jo\xE3o", Encoding::Windows1250, "Joăo"),
        (b"\xC3\xBC", Encoding::Windows1252, "Ã¼"),
        (b"J\x8Ager", Encoding::Macintosh, "Jäger"),
        (b"a\0", Encoding::Utf8, "a\0"),
    ] {
        assert_eq!(
            decode(bytes, Some(given)),
            Ok(Decoded { text: text.into(), encoding: given, detected: false }),
            "{}",
            given.name()
        );
    }
}

#[test]
fn text_in_utf8_is_not_copied() {
    for text in ["", "plain", "\u{FEFF}Müller", "Иванов"] {
        let decoded = decode(text.as_bytes(), None).expect("it is UTF-8");
        assert!(matches!(decoded.text, Cow::Borrowed(_)));
        assert_eq!((decoded.encoding, decoded.detected), (Encoding::Utf8, false));
    }
}

#[test]
fn damaged_files_are_refused_with_the_place() {
    let damaged = |encoding, line, offset| Err(Undecided::Damaged { encoding, at: At { line, offset } });
    for (bytes, expected) in [
        // One letter cut off, among many whole ones.
        (
            "Jürgen;Jäger\nKöln;Wei".to_owned().into_bytes().into_iter().chain([0xC3]).collect(),
            damaged(Encoding::Utf8, 2, 24),
        ),
        // Two files of different encodings in one.
        (
            [b"M\xC3\xBCller\r\n".as_slice(), &b"J\xE4ger\r\n".repeat(20)].concat(),
            damaged(Encoding::Utf8, 2, 10),
        ),
        ("Иван\rИ".as_bytes()[..10].to_vec(), damaged(Encoding::Utf8, 2, 9)),
        (b"\xEF\xBB\xBF\n\xE4".to_vec(), damaged(Encoding::Utf8, 2, 4)),
        // Half a pair of surrogates, and half a letter.
        (b"\xFF\xFEa\0\n\0\0\xD8b\0".to_vec(), damaged(Encoding::Utf16Le, 2, 6)),
        (b"\xFE\xFF\0a\0\n\xDC\0\0b".to_vec(), damaged(Encoding::Utf16Be, 2, 6)),
        (b"a\0b\0c\0\n\0d".to_vec(), damaged(Encoding::Utf16Le, 2, 8)),
    ] {
        assert_eq!(decode(&bytes, None), expected);
    }
}

#[test]
fn hostile_files_get_an_answer() {
    let million = 1 << 20;
    for bytes in [
        vec![0xFF; million],
        vec![0; million],
        vec![0x80; million],
        b"\xC2\x80".repeat(million / 2),
        b"a\xE4".repeat(million / 2),
        b"\xED\xA0\x80".repeat(million / 3),
        (0..=u8::MAX).cycle().take(million).collect(),
    ] {
        if let Ok(decoded) = decode(&bytes, None) {
            assert_eq!(encode(&decoded.text, decoded.encoding), Some(bytes));
        }
    }
}

#[test]
fn names_are_read_as_people_write_them() {
    use Encoding::{
        Iso8859_2, Macintosh, Utf8, Utf16Be, Utf16Le, Windows1250, Windows1251, Windows1252, Windows1254,
    };
    for (written, read) in [
        ("utf8", Some(Utf8)),
        (" UTF-8 ", Some(Utf8)),
        ("UTF-16", Some(Utf16Le)),
        ("utf16be", Some(Utf16Be)),
        ("cp1252", Some(Windows1252)),
        ("CP-1250", Some(Windows1250)),
        ("Windows 1251", Some(Windows1251)),
        ("win1254", Some(Windows1254)),
        ("1250", Some(Windows1250)),
        ("latin2", Some(Iso8859_2)),
        ("ISO 8859-2", Some(Iso8859_2)),
        ("mac", Some(Macintosh)),
        ("ansi", None),
        ("koi8-r", None),
        ("", None),
    ] {
        assert_eq!(Encoding::parse(written), read, "{written}");
    }
    for encoding in Encoding::ALL {
        assert_eq!(Encoding::parse(encoding.name()), Some(encoding));
    }
}
