//! Any text as JSON and as NDJSON: participants or faults with places, in bounded depth.
#![no_main]

use kompetenz::entry::Vocabulary;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let vocabulary = Vocabulary { items: vec!["metal.saw-order".into()], ..Vocabulary::default() };
    for (before, after) in [("", ""), ("{\"key\":\"P-1\",", "}"), ("{}\n{", "}\n"), ("[", "]")] {
        let file = [before.as_bytes(), bytes, after.as_bytes()].concat();
        let _ = kompetenz_sheets::read(&file, "fuzz", &vocabulary);
    }
});
