use std::path::PathBuf;

use clap::ValueEnum;
use kompetenz::{Checked, Sources, words};
use kompetenz_letters::check;

use super::watch::{self, Round};
use crate::trouble::Result;
use crate::ui::{Speaker, colors, count};
use crate::{Answer, files};

/// Find the mistakes of a definition and run its author's examples.
///
/// All mistakes are reported at once, each with its place, a code and what to do about it; the codes are explained
/// in docs/diagnostics.md. An assessment whose own examples fail is invalid.
///
/// With `--watch` the check is repeated whenever a file of the assessment is saved with other words in it, until
/// Ctrl-C ends it. The exit code is then the one of the last check.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The assessment: a folder with `assessment.toml`, or its main file
    assessment: PathBuf,
    /// How to print what was found
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Check again whenever a file of the assessment is saved; Ctrl-C ends it
    #[arg(long)]
    watch: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For other programs
    Json,
}

pub(crate) fn run(args: &Args, speaker: &Speaker) -> Result<Answer> {
    if !args.watch {
        return tell(args.format, &files::sources(&args.assessment)?, speaker);
    }
    let (folder, _) = files::locate(&args.assessment)?;
    // Whatever is saved from here on is heard of, so that nothing is missed while the first check runs.
    let saved = watch::saved(folder)?;
    speaker
        .note(&words!("checking on every save; Ctrl-C ends it", "prüft bei jedem Speichern; Strg-C beendet"));
    watch::rounds(
        saved,
        || files::sources(&args.assessment),
        |round| match round {
            Round::First(sources) => tell(args.format, sources, speaker),
            Round::Again(number, sources) => {
                // Another program reads one JSON document after the other and needs no line between them.
                if matches!(args.format, Format::Text) {
                    speaker.say(&words!(
                        "\n---- checked again ({number}) ----",
                        "\n---- erneut geprüft ({number}) ----"
                    ))?;
                }
                tell(args.format, sources, speaker)
            }
            Round::Unreadable(trouble) => {
                speaker.error(trouble);
                Ok(Answer::No)
            }
        },
    )
}

fn tell(format: Format, sources: &Sources, speaker: &Speaker) -> Result<Answer> {
    let Checked { assessment, diagnostics, examples, .. } = check(sources);
    match format {
        Format::Text => {
            speaker.print(&speaker.diagnostics(&diagnostics, sources, colors(&std::io::stdout())))?;
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
                diagnostics.iter().map(|diagnostic| diagnostic.to_json(sources)).collect();
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
