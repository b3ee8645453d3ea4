//! Any text as a definition: no panic and no hang, and whoever gets no assessment is told why.
#![no_main]

use kompetenz::{Severity, Sources, Ui, check};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let sources = Sources::new("assessment.toml", text);
    let checked = check(&sources);
    for diagnostic in &checked.diagnostics {
        diagnostic.render(&sources, Ui::De, false);
    }
    let wrong = checked.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    assert_eq!(checked.assessment.is_none(), wrong);
});
