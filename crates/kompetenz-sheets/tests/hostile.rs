//! Files made to break a reader. What counts is that it answers, within bounded memory.

use std::fmt::Write as _;

use kompetenz::entry::FaultCode;
use kompetenz_sheets::{MAX_FORM_BYTES, MAX_TABLE_BYTES, read};

use crate::{faults, vocabulary};

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
        ("noise", noise, FaultCode::Unreadable),
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
            format!("{FORM}x = \"{}\"", "a".repeat(20_000)).into(),
            FaultCode::TooLarge,
        ),
        ("deep lists", format!("{FORM}x = {}", "[".repeat(9_000)).into(), FaultCode::Unreadable),
        ("deep tables", format!("{FORM}x = {}", "{a=".repeat(3_000)).into(), FaultCode::Unreadable),
        ("deep dotted keys", format!("{FORM}{}a = 1", "a.".repeat(4_000)).into(), FaultCode::Unreadable),
        ("many syntax errors", format!("{FORM}{}", "a = =\n".repeat(100_000)).into(), FaultCode::Unreadable),
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
        ("rating", format!("{HEAD}P;x;anna;{}\n", "3".repeat(201))),
    ] {
        assert_eq!(codes(table.as_bytes()), [FaultCode::TooLong], "{name}");
    }
    let longest =
        format!("{HEAD}{};{};{};{}\n", "P".repeat(100), "ș".repeat(200), "a".repeat(100), "3".repeat(200));
    assert_eq!(codes(longest.as_bytes()), []);
}
