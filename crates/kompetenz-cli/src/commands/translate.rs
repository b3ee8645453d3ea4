use std::path::{Path, PathBuf};

use kompetenz::check::Originals;
use kompetenz::{Diagnostic, Sources, language_tag, originals, words};
use kompetenz_authoring::translation::{self, Translation};

use crate::trouble::Result;
use crate::ui::{Speaker, colors};
use crate::{Answer, files};

/// Write what there is to translate into `lang/LANG.toml`, or bring the file up to date.
///
/// Each text of the definition has an entry there, with the original before it as a comment. What was translated
/// stays, and so do the translator's own comments. New texts are added empty; `check` counts an empty text as
/// missing. An entry whose original has changed since gets a line `# CHANGED: was "…"`, which the translator
/// removes after a look at it; an entry of a text that does not exist any more gets a line `# OBSOLETE`.
///
/// The exit code is 1 as long as anything is left to translate, to look at or to remove.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The assessment: a folder with `assessment.toml`, or its main file
    assessment: PathBuf,
    /// The language, such as `ro`
    #[arg(value_name = "LANG", required_unless_present = "all", conflicts_with = "all")]
    language: Option<String>,
    /// Every language that the main file promises
    #[arg(long)]
    all: bool,
}

pub(crate) fn run(Args { assessment, language, .. }: &Args, speaker: &Speaker) -> Result<Answer> {
    let (folder, main) = files::locate(assessment)?;
    let sources = files::sources(assessment)?;
    let originals = match originals(&sources) {
        Ok(originals) => originals,
        Err(diagnostics) => {
            show(&diagnostics, &sources, speaker)?;
            speaker.say(&words!(
                "nothing was written: correct the definition first",
                "nichts wurde geschrieben: zuerst die Definition korrigieren"
            ))?;
            return Ok(Answer::No);
        }
    };
    let languages = language.as_ref().map_or(&originals.promised[..], std::slice::from_ref);
    for language in languages {
        let refusal = match language_tag(language) {
            Some(tag) if tag != *language => {
                words!("write this language as `{tag}`", "diese Sprache als `{tag}` schreiben")
            }
            Some(tag) if tag == originals.language => {
                words!("the definition itself is in `{tag}`", "die Definition selbst ist in `{tag}`")
            }
            Some(_) => continue,
            None => words!(
                "`{language}` is not the code of a language, such as `de` or `ro`",
                "`{language}` ist kein Kürzel einer Sprache wie `de` oder `ro`"
            ),
        };
        return Err(refusal.into());
    }
    if languages.is_empty() {
        speaker.say(&words!(
            "`languages` in {main} promises no language",
            "`languages` in {main} verspricht keine Sprache"
        ))?;
    }
    let mut answer = Answer::Yes;
    for language in languages {
        if translate(folder, language, &originals, speaker)? == Answer::No {
            answer = Answer::No;
        }
        if !originals.promised.contains(language) {
            speaker.say(&words!(
                "{main} does not promise this language; for certificates in it, add \"{language}\" to `languages`",
                "{main} verspricht diese Sprache nicht; für Zertifikate in ihr \"{language}\" in `languages` ergänzen"
            ))?;
        }
    }
    Ok(answer)
}

fn translate(folder: &Path, language: &str, originals: &Originals, speaker: &Speaker) -> Result<Answer> {
    let name = format!("lang/{language}.toml");
    let path = folder.join(&name);
    let before = if path.exists() { files::text(&path)? } else { String::new() };
    let file = Sources::new(name.as_str(), before.as_str());
    let translation = match translation::update(&file, originals) {
        Ok(translation) => translation,
        Err(diagnostics) => {
            show(&diagnostics, &file, speaker)?;
            speaker.say(&words!(
                "{name} was not touched: correct it first",
                "{name} ist unverändert: zuerst korrigieren"
            ))?;
            return Ok(Answer::No);
        }
    };
    if translation.text != before {
        files::make_folder(&folder.join("lang"))?;
        files::write(&path, translation.text.as_bytes())?;
    }
    let Translation { texts, new, open, changed, obsolete, .. } = &translation;
    if translation.is_complete() {
        speaker.say(&words!(
            "{name}: all {texts} texts are translated",
            "{name}: alle {texts} Texte sind übersetzt"
        ))?;
        return Ok(Answer::Yes);
    }
    speaker.say(&words!(
        "{name}: {texts} texts, {open} to translate ({new} new), {changed} changed, {obsolete} obsolete",
        "{name}: {texts} Texte, {open} zu übersetzen ({new} neu), {changed} geändert, {obsolete} überholt"
    ))?;
    Ok(Answer::No)
}

fn show(diagnostics: &[Diagnostic], sources: &Sources, speaker: &Speaker) -> Result<()> {
    speaker.print(&speaker.diagnostics(diagnostics, sources, colors(&std::io::stdout())))
}
