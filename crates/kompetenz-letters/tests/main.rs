//! Letters: what is written for whom, what is found wrong in their texts, and what no value can do.

mod faults;

use kompetenz::{Sources, Ui};

/// The files of a definition with one letter, `card`, in English.
fn definition(format: &str, text: &str) -> Sources {
    let ending = if format == "plain" { "txt" } else { "md" };
    let main = format!(
        "id = \"demo\"\nversion = \"1.0.0\"\nlanguage = \"en\"\ntitle = \"Demo\"\n\n\
         [[letter]]\nid = \"card\"\ntitle = \"A card\"\nformat = \"{format}\"\n"
    );
    let mut sources = Sources::new("assessment.toml", main);
    sources.add(format!("letters/card.en.{ending}"), text);
    sources
}

/// Everything the check says, as people read it.
fn said(sources: &Sources, ui: Ui) -> String {
    let checked = kompetenz_letters::check(sources);
    let shown: Vec<String> = checked.diagnostics.iter().map(|d| d.render(sources, ui, false)).collect();
    shown.join("\n\n")
}
