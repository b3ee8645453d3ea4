use std::path::{Path, PathBuf};

use clap::ValueEnum;
use kompetenz::{Assessment, Checked, Diagnostic, Sources, issuer, words};
use kompetenz_letters::check;

use super::watch::{self, Round};
use crate::trouble::Result;
use crate::ui::{Speaker, colors, count};
use crate::{Answer, files};

/// Find the mistakes of a definition and run its author's examples.
///
/// All mistakes are reported at once, each with its place, a code and what to do about it; the codes are explained
/// in docs/diagnostics.md. An assessment whose own examples fail is invalid. An `issuer.toml` in the folder is checked
/// with it.
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
    let (folder, _) = files::locate(&args.assessment)?;
    if !args.watch {
        return tell(args.format, &files::sources(&args.assessment)?, folder, speaker);
    }
    // Whatever is saved from here on is heard of, so that nothing is missed while the first check runs.
    let saved = watch::saved(folder)?;
    speaker
        .note(&words!("checking on every save; Ctrl-C ends it", "prüft bei jedem Speichern; Strg-C beendet"));
    watch::rounds(
        saved,
        || files::sources(&args.assessment),
        |round| match round {
            Round::First(sources) => tell(args.format, sources, folder, speaker),
            Round::Again(number, sources) => {
                // Another program reads one JSON document after the other and needs no line between them.
                if matches!(args.format, Format::Text) {
                    speaker.say(&words!(
                        "\n---- checked again ({number}) ----",
                        "\n---- erneut geprüft ({number}) ----"
                    ))?;
                }
                tell(args.format, sources, folder, speaker)
            }
            Round::Unreadable(trouble) => {
                speaker.error(trouble);
                Ok(Answer::No)
            }
        },
    )
}

/// The mistakes of the issuer's file in the folder, whose texts must be there in the languages of the assessment.
fn issuer_faults(folder: &Path, assessment: Option<&Assessment>) -> Result<(Sources, Vec<Diagnostic>)> {
    let path = folder.join("issuer.toml");
    let Some(assessment) = assessment.filter(|_| path.is_file()) else {
        return Ok((Sources::new("issuer.toml", ""), Vec::new()));
    };
    let sources = Sources::new("issuer.toml", files::text(&path)?);
    let faults = issuer::read(&sources, &assessment.languages).err().unwrap_or_default();
    Ok((sources, faults))
}

fn tell(format: Format, sources: &Sources, folder: &Path, speaker: &Speaker) -> Result<Answer> {
    let Checked { assessment, diagnostics, examples, .. } = check(sources);
    let (issuer, faults) = issuer_faults(folder, assessment.as_ref())?;
    let valid = assessment.is_some() && faults.is_empty();
    match format {
        Format::Text => {
            let colors = colors(&std::io::stdout());
            speaker.print(&speaker.diagnostics(&diagnostics, sources, colors))?;
            speaker.print(&speaker.diagnostics(&faults, &issuer, colors))?;
            match &assessment {
                Some(_) if !faults.is_empty() => speaker.say(&count(&faults))?,
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
            let told = diagnostics.iter().map(|diagnostic| diagnostic.to_json(sources));
            let diagnostics: Vec<_> = told.chain(faults.iter().map(|fault| fault.to_json(&issuer))).collect();
            let report = serde_json::json!({
                "valid": valid,
                "examples": examples,
                "diagnostics": diagnostics,
            });
            speaker.print(&format!("{report:#}\n"))?;
        }
    }
    Ok(if valid { Answer::Yes } else { Answer::No })
}
