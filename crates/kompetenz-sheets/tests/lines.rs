//! NDJSON as a stream.

use std::io::{self, BufReader, Read};

use kompetenz_sheets::{Lines, Person, read};

use crate::vocabulary;

fn line(key: &str) -> String {
    format!(
        "{{\"key\":\"{key}\",\"name\":\"Ana\",\"observations\":{{\"anna\":{{\"german.writing-screening\":\"A2\"}}}}}}\n"
    )
}

/// In pieces of few bytes, as a slow program writes them.
fn lines(input: &[u8]) -> Vec<Person> {
    let vocabulary = vocabulary();
    Lines::new(BufReader::with_capacity(7, input), "in.ndjson", &vocabulary).map(Result::unwrap).collect()
}

/// Who came, or what is wrong, with the row.
fn told(people: &[Person]) -> Vec<String> {
    let told = |person: &Person| match person {
        Ok(entry) => format!("{} in {}", entry.key, entry.origin.spot.row),
        Err(rejected) => {
            let row = rejected.origin.spot.row;
            format!("{} in {row}", rejected.faults[0].code.name())
        }
    };
    people.iter().map(told).collect()
}

#[test]
fn a_stream_says_what_the_whole_file_says() {
    let people: String = (1..40).map(|ix| line(&format!("P-{ix}"))).collect();
    // The whole file tells of what it cannot read at its end.
    let text = format!("{people}{{\"key\":\n");
    let whole = read(text.as_bytes(), "in.ndjson", &vocabulary()).unwrap();
    assert_eq!(format!("{:?}", lines(text.as_bytes())), format!("{:?}", whole.people));
}

#[test]
fn a_line_that_cannot_be_read_stops_only_itself() {
    let long = format!("{{\"key\":\"{}\"}}\n", "9".repeat(4 << 20));
    let input = [
        "\u{FEFF}".as_bytes(),
        line("P-1").as_bytes(),
        b"\n",
        b"{\"key\":\n",
        b"\xff\xfe\n",
        long.as_bytes(),
        b"[1]\n",
        line("P-1").as_bytes(),
        format!("[{},{}]\n", line("P-3").trim(), line("P-4").trim()).as_bytes(),
        line("P-2").trim_end().as_bytes(),
    ]
    .concat();
    insta::assert_snapshot!(told(&lines(&input)).join("\n"), @"
    P-1 in 1
    unreadable in 3
    unknown-encoding in 4
    missing-value in 5
    wrong-type in 6
    P-1 in 7
    P-3 in 8
    P-4 in 8
    P-2 in 9
    ");
}

#[test]
fn an_error_of_the_input_ends_it() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::ErrorKind::ConnectionReset.into())
        }
    }
    let (vocabulary, first) = (vocabulary(), line("P-1"));
    let input = BufReader::new(first.as_bytes().chain(Broken));
    let mut lines = Lines::new(input, "in.ndjson", &vocabulary);
    assert_eq!(lines.next().unwrap().unwrap().unwrap().key, "P-1");
    assert_eq!(lines.next().unwrap().unwrap_err().kind(), io::ErrorKind::ConnectionReset);
    assert!(lines.next().is_none());
}
