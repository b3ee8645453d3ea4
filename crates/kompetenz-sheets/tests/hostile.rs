//! Files made to break a reader. What counts is that it answers, within bounded memory.

use std::fmt::Write as _;

use kompetenz::entry::FaultCode;
use kompetenz_sheets::{MAX_FORM_BYTES, MAX_TABLE_BYTES, read};

use crate::{faults, good, vocabulary};

const HEAD: &str = "key;name;observer;metal.saw-order\n";
const FORM: &str = "key = \"P-1\"\nname = \"x\"\n";

pub(crate) fn codes(bytes: &[u8]) -> Vec<FaultCode> {
    let mut codes: Vec<_> = faults(bytes, "hostile").iter().map(|fault| fault.code).collect();
    codes.dedup();
    codes
}

#[test]
fn hostile_files_get_an_answer() {
    let noise: Vec<u8> =
        (0..200_000u64).map(|n| (n.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 56) as u8).collect();
    for (name, bytes, expected) in [
        ("nothing", Vec::new(), FaultCode::Empty),
        ("white space", b"\xEF\xBB\xBF \r\n\t\n".to_vec(), FaultCode::Empty),
        ("only separators", b";;;;\n;;;;\n".to_vec(), FaultCode::Empty),
        ("headings only", HEAD.into(), FaultCode::Empty),
        ("NUL bytes", vec![0; 1000], FaultCode::Unreadable),
        ("noise", noise, FaultCode::UnknownEncoding),
        ("a line of 100 MB", vec![b'a'; 100 << 20], FaultCode::TooLarge),
        ("a row of 100 MB", [HEAD.as_bytes(), &vec![b';'; 100 << 20]].concat(), FaultCode::TooLarge),
        ("a cell of 100 MB", [HEAD.as_bytes(), b"\"", &vec![b'\n'; 100 << 20]].concat(), FaultCode::TooLarge),
        ("a million columns", "a;".repeat(1_000_000).into(), FaultCode::TooLarge),
        ("a hundred thousand columns", "a;".repeat(100_000).into(), FaultCode::TooLarge),
        (
            "ten thousand unknown columns",
            ("key;name;observer".to_owned() + &";metal.sew-order".repeat(10_000)).into(),
            FaultCode::UnknownColumn,
        ),
        (
            "more rows than a spreadsheet has",
            (HEAD.to_owned() + &"a;b;c;3\n".repeat((1 << 20) + 1)).into(),
            FaultCode::TooLarge,
        ),
        ("a table larger than the limit", vec![b'a'; MAX_TABLE_BYTES + 1], FaultCode::TooLarge),
        (
            "a form larger than the limit",
            (FORM.to_owned() + &"#\n".repeat(MAX_FORM_BYTES / 2)).into(),
            FaultCode::TooLarge,
        ),
        (
            "a long line in a form",
            format!("{FORM}x = \"{}\"", "a".repeat(30_000)).into(),
            FaultCode::TooLarge,
        ),
        ("deep lists", format!("{FORM}x = {}", "[".repeat(9_000)).into(), FaultCode::Unreadable),
        ("deep tables", format!("{FORM}x = {}", "{a=".repeat(3_000)).into(), FaultCode::Unreadable),
        ("deep dotted keys", format!("{FORM}{}a = 1", "a.".repeat(4_000)).into(), FaultCode::Unreadable),
        ("many syntax errors", format!("{FORM}{}", "a = =\n".repeat(100_000)).into(), FaultCode::Unreadable),
        (
            "a note of 100 kB",
            format!("key;name;observer;note\nP;x;anna;{}\n", "a".repeat(100_000)).into(),
            FaultCode::TooLong,
        ),
        (
            "a note of 100 kB about an item",
            format!("key;name;observer;metal.saw-order.note\nP;x;anna;{}\n", "ș".repeat(50_000)).into(),
            FaultCode::TooLong,
        ),
        (
            "a note of 100 kB in a form",
            format!("{FORM}[notes.anna]\nnote = \"\"\"\n{}\"\"\"\n", "late \n".repeat(20_000)).into(),
            FaultCode::TooLong,
        ),
        (
            "a reason of 100 kB",
            format!("key;name;observer;recognition\nP;x;anna;rejected: {}\n", "a".repeat(100_000)).into(),
            FaultCode::TooLong,
        ),
        (
            "a resolution of nothing known",
            format!("{FORM}[resolutions]\nmetal.sew-order = {{ value = 3, note = \"x\" }}\n").into(),
            FaultCode::UnknownColumn,
        ),
        (
            "a hundred thousand resolutions of one item",
            format!("{FORM}{}", "[[resolutions.metal.saw-order]]\n".repeat(100_000)).into(),
            FaultCode::InvalidResolution,
        ),
        (
            "a hundred thousand decisions",
            format!("{FORM}{}", "[[decision]]\n".repeat(100_000)).into(),
            FaultCode::InvalidDecision,
        ),
        (
            "rubbish for a decision",
            "key;name;observer;recognition\nP;x;anna;:::\u{0}:\n".into(),
            FaultCode::InvalidDecision,
        ),
        (
            "a trial beyond all numbers",
            "key;name;observer;trial\nP;x;anna;99999999999999999999999\n".into(),
            FaultCode::InvalidNumber,
        ),
    ] {
        let codes = codes(&bytes);
        assert!(codes.contains(&expected), "{name}: {codes:?}");
    }
}

/// Control characters pass, because the core says what is wrong with a name; they must only not do harm here.
#[test]
fn control_characters_in_cells_do_no_harm() {
    let table =
        format!("{}\u{1b}[2J\u{0};\u{0};\u{1}\u{202e};\u{0}\n", HEAD.to_owned() + &";;;\n".repeat(30_000));
    let reading = read(table.as_bytes(), "results.csv", &vocabulary()).unwrap();
    assert_eq!(reading.people[0].as_ref().unwrap().name, "\u{0}");

    let headings = "key;name;observer;\u{1b}[2J`\u{202e};\u{7}\nP;x;a;;\n";
    let found = faults(headings.as_bytes(), "results.csv");
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|fault| !fault.message.en.contains(char::is_control)));
    assert!(found[0].message.en.contains("`·[2J··`"), "{}", found[0].message.en);
}

/// How many occasions are too many, the core decides. Here they must only not take long.
#[test]
fn a_thousand_occasions_are_read() {
    let mut table = "key;name;observer;situation;trial;metal.saw-order\n".to_owned();
    let mut form = FORM.to_owned();
    for n in 0..100_000 {
        writeln!(table, "P-1;x;anna {};kitchen {};{};3", n % 100, n % 7, n + 1).unwrap();
        if n < 1000 {
            writeln!(form, "[observations.\"anna {} @ kitchen {} #{}\"]", n % 100, n % 7, n + 1).unwrap();
            writeln!(form, "metal.saw-order = 3").unwrap();
        }
    }
    for (text, count) in [(table, 100_000), (form, 1000)] {
        let entry = good(&text).people.remove(0).unwrap();
        assert_eq!((entry.occasions.len(), entry.ratings.len()), (count, count));
    }
}

/// In a form `#` and `@` have a meaning. In a table such a name would silently be one more observer.
#[test]
fn signs_in_the_names_of_observers_are_refused_in_tables() {
    for name in ["anna #2", "#anna", "#", "anna @ kitchen", "@", "anna@example.org"] {
        let table = format!("{HEAD}P;x;{name};3\n");
        assert_eq!(codes(table.as_bytes()), [FaultCode::WrongType], "{name}");
    }
    for name in [
        "anna #",
        "anna #0",
        "anna #-1",
        "anna #two",
        "#2",
        "@ kitchen",
        "anna @",
        "anna #2 @ kitchen",
        "anna @ #2",
    ] {
        let form = format!("{FORM}[observations.\"{name}\"]\nmetal.saw-order = 3\n");
        assert_eq!(codes(form.as_bytes()), [FaultCode::WrongType], "{name}");
    }
}

/// Nobody reads a million messages, and they must not fill the memory.
#[test]
fn the_faults_of_one_participant_are_bounded() {
    let mut table = "key;name;observer;from\n".to_owned();
    let mut form = format!("{FORM}[observations.anna]\n");
    for n in 0..100_000 {
        writeln!(table, "P;x;{n};soon").unwrap();
        writeln!(form, "metal.saw-{n} = 3").unwrap();
    }
    assert_eq!(faults(table.as_bytes(), "results.csv").len(), 101);
    assert_eq!(faults(form.as_bytes(), "x.toml").len(), 101);
}

#[test]
fn long_texts_are_refused() {
    for (name, table) in [
        ("key", format!("{HEAD}{};x;anna;3\n", "P".repeat(101))),
        ("name", format!("{HEAD}P;{};anna;3\n", "ș".repeat(201))),
        ("observer", format!("{HEAD}P;x;{};3\n", "a".repeat(101))),
        ("situation", format!("key;name;observer;situation\nP;x;anna;{}\n", "a".repeat(101))),
        ("note", format!("key;name;observer;note\nP;x;anna;{}\n", "ș".repeat(5001))),
        (
            "who decided",
            format!("key;name;observer;recognition;decided-by\nP;x;anna;confirmed;{}\n", "a".repeat(101)),
        ),
        ("rating", format!("{HEAD}P;x;anna;{}\n", "3".repeat(201))),
    ] {
        assert_eq!(codes(table.as_bytes()), [FaultCode::TooLong], "{name}");
    }
    let longest =
        format!("{HEAD}{};{};{};{}\n", "P".repeat(100), "ș".repeat(200), "a".repeat(100), "3".repeat(200));
    assert_eq!(codes(longest.as_bytes()), []);
    // A form has lines for the longest note in the longest letters.
    let longest = format!("{FORM}[notes.anna]\nnote = \"{}\"\n", "𝄞".repeat(5000));
    assert_eq!(codes(longest.as_bytes()), []);
}
