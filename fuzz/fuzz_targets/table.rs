//! Any text below good headings, wide and long: rows are read or refused, and nobody is lost in between.
#![no_main]

use kompetenz::entry::Vocabulary;
use libfuzzer_sys::fuzz_target;

const HEADINGS: [&str; 2] = [
    "key;name;observer;situation;trial;birth-date;hours;metal.saw-order;note\n",
    "Kennung,Name,Beobachtung,Merkmal,Wert,Notiz\n",
];

fuzz_target!(|bytes: &[u8]| {
    let vocabulary = Vocabulary { items: vec!["metal.saw-order".into()], ..Vocabulary::default() };
    for headings in HEADINGS {
        let file = [headings.as_bytes(), bytes].concat();
        if let Ok(reading) = kompetenz_sheets::read(&file, "fuzz", &vocabulary) {
            for rejected in reading.people.iter().filter_map(|person| person.as_ref().err()) {
                assert!(!rejected.faults.is_empty());
            }
        }
    }
});
