//! Any bytes as a results file: entries or faults, and every entry that fits can be scored and explained.
#![no_main]

use std::sync::LazyLock;

use kompetenz::{Assessment, Record, Sources, check, explain_all, recommend, score};
use libfuzzer_sys::fuzz_target;

static ASSESSMENT: LazyLock<Assessment> = LazyLock::new(|| {
    let text = include_str!("../../assessments/questionnaire/assessment.toml");
    let mut sources = Sources::new("assessment.toml", text);
    sources.add("lang/en.toml", include_str!("../../assessments/questionnaire/lang/en.toml"));
    check(&sources).assessment.expect("a valid assessment")
});

fuzz_target!(|bytes: &[u8]| {
    let assessment = &*ASSESSMENT;
    let Ok(reading) = kompetenz_sheets::read(bytes, "fuzz", &assessment.vocabulary()) else { return };
    for entry in reading.people.into_iter().flatten() {
        let Ok(record) = Record::new(assessment, &entry) else { continue };
        let scored = score(&record);
        let issued = jiff::civil::date(2026, 11, 22);
        let advice = recommend(&scored, issued);
        explain_all(&advice, assessment.main_language());
    }
});
