//! Assessments for tests.

use std::path::Path;
use std::sync::LazyLock;

use kompetenz::{Assessment, Sources, Ui, check};

/// The assessment of one file; a mistake in it fails the test with its rendering.
pub(crate) fn assessment(text: &str) -> Assessment {
    build(&Sources::new("assessment.toml", text))
}

/// The assessment that is shipped with the project.
pub(crate) fn nordstadt() -> &'static Assessment {
    static NORDSTADT: LazyLock<Assessment> = LazyLock::new(|| build(&nordstadt_sources()));
    &NORDSTADT
}

/// The files of the assessment that is shipped with the project.
pub(crate) fn nordstadt_sources() -> Sources {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assessments/nordstadt");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).expect("a readable file");
    let main = read("assessment.toml");
    let mut sources = Sources::new("assessment.toml", main.as_str());
    for name in kompetenz::raw::files_of(&main) {
        let text = read(&name);
        sources.add(name, text);
    }
    sources
}

fn build(sources: &Sources) -> Assessment {
    let checked = check(sources);
    let shown =
        checked.diagnostics.iter().map(|d| d.render(sources, Ui::En, false)).collect::<Vec<_>>().join("\n");
    checked.assessment.unwrap_or_else(|| panic!("{shown}"))
}
