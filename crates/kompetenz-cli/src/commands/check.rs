use std::path::PathBuf;

use anyhow::Result;
use clap::ValueEnum;
use kompetenz::{Checked, check, words};

use crate::ui::{Speaker, colors, count};
use crate::{Answer, files};

/// Find the mistakes of a definition and run its author's examples.
///
/// All mistakes are reported at once, each with its place, a code and what to do about it; the codes are explained
/// in docs/diagnostics.md. An assessment whose own examples fail is invalid.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The assessment: a folder with `assessment.toml`, or its main file
    assessment: PathBuf,
    /// How to print what was found
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For other programs
    Json,
}

pub(crate) fn run(Args { assessment, format }: &Args, speaker: &Speaker) -> Result<Answer> {
    let sources = files::sources(assessment)?;
    let Checked { assessment, diagnostics, examples } = check(&sources);
    match format {
        Format::Text => {
            speaker.print(&speaker.diagnostics(&diagnostics, &sources, colors(&std::io::stdout())))?;
            match &assessment {
                Some(assessment) => {
                    let (id, version) = (&assessment.id, &assessment.version);
                    let measures = assessment.measures().count();
                    let languages = assessment.languages.join(", ");
                    speaker.say(&words!(
                        "{id} {version} is valid: {measures} measures, {examples} examples passed, languages {languages}",
                        "{id} {version} ist gültig: {measures} Messwerte, {examples} Beispiele bestanden, Sprachen {languages}"
                    ))?;
                }
                None => speaker.say(&count(&diagnostics))?,
            }
        }
        Format::Json => {
            let diagnostics: Vec<_> =
                diagnostics.iter().map(|diagnostic| diagnostic.to_json(&sources)).collect();
            let report = serde_json::json!({
                "valid": assessment.is_some(),
                "examples": examples,
                "diagnostics": diagnostics,
            });
            speaker.print(&format!("{report:#}\n"))?;
        }
    }
    Ok(if assessment.is_some() { Answer::Yes } else { Answer::No })
}
