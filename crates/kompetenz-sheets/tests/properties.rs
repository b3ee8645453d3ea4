//! What holds for all files.

use std::fmt::Write as _;

use proptest::prelude::*;

use crate::{content, faults, good, vocabulary};
use kompetenz_sheets::read;

/// Rows of a few participants and observers, with now and then a gap.
fn rows() -> impl Strategy<Value = Vec<(u8, u8, Option<u8>, bool)>> {
    let row = (0..4u8, 0..4u8, proptest::option::of(0..5u8), any::<bool>());
    // The same participant and observer twice is a fault, which is not what is tested here.
    proptest::collection::btree_map((0..4u8, 0..4u8), row, 1..12).prop_map(|rows| {
        rows.into_iter().map(|((p, o), (_, _, rating, says))| (p, o, rating, says)).collect()
    })
}

fn table(rows: &[(u8, u8, Option<u8>, bool)]) -> String {
    let mut table = "Kennung;Name;Beobachtung;Geburtsdatum;metal.work-years;metal.saw-order\n".to_owned();
    for (person, observer, rating, says_more) in rows {
        let rating = rating.map(|rating| rating.to_string()).unwrap_or_default();
        let more = if *says_more { format!("0{}.03.1990;{person},5", person + 1) } else { ";".into() };
        writeln!(table, "P-{person};name {person};observer {observer};{more};{rating}").unwrap();
    }
    table
}

proptest! {
    #[test]
    fn arbitrary_bytes_get_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let _ = read(&bytes, "x", &vocabulary());
    }

    #[test]
    fn what_almost_looks_like_a_table_gets_an_answer(
        cells in "key;name;observer;metal.saw-order\n[P;,\"\r\n\t a0ș\u{0}.\\-]{0,200}"
    ) {
        let _ = read(cells.as_bytes(), "x", &vocabulary());
    }

    #[test]
    fn what_almost_looks_like_a_form_gets_an_answer(
        keys in "key = \"P\"\nname = \"x\"\n[a-c\\[\\]{}=.\"'\n 0-9ș-]{0,200}"
    ) {
        let _ = read(keys.as_bytes(), "x", &vocabulary());
    }

    #[test]
    fn what_almost_looks_like_a_form_with_rulings_gets_an_answer(
        keys in "key = \"P\"\nname = \"x\"\n(\\[?\\[(observations|notes|resolutions|decision)[.a-c\"@# 0-9]{0,9}\\]\\]?\n(note|is|step|text|metal.saw-order) = [{\"a-c0-9 =}]{0,9}\n){0,9}"
    ) {
        let _ = read(keys.as_bytes(), "x", &vocabulary());
    }

    /// No message repeats what stands in a cell.
    #[test]
    fn messages_repeat_no_value(cells in proptest::collection::vec("(Zzyzx)[0-9.,;-]{0,9}", 12)) {
        let mut table =
            "key;name;observer;birth-date;hours;trial;situation;recognition;metal.saw;metal.saw-order;note\n".to_owned();
        for (row, observer) in cells.chunks(4).zip(["Zzyzx", "resolution", "Zzyzx#2"]) {
            let cells = row.join(";");
            writeln!(table, "Zzyzx;Zzyzx;{observer};{cells};{cells}").unwrap();
        }
        for fault in faults(table.as_bytes(), "x") {
            let shown = format!("{fault:?}");
            prop_assert!(!shown.contains("Zzyzx"), "repeats a value");
        }
    }

    #[test]
    fn the_order_of_rows_does_not_matter(
        (rows, shuffled) in rows().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle()))
    ) {
        let contents = |rows: &[_]| {
            let people = good(&table(rows)).people;
            let mut contents: Vec<_> = people.iter().map(|person| content(person.as_ref().unwrap())).collect();
            contents.sort();
            contents
        };
        prop_assert_eq!(contents(&rows), contents(&shuffled));
    }
}
