use std::path::PathBuf;

use kompetenz::{Id, Sources, originals, words};
use kompetenz_authoring::module;

use crate::trouble::Result;
use crate::ui::{Speaker, colors};
use crate::{Answer, files};

/// Write a module to start from, and add it to the main file.
///
/// The module is small and complete: two items, a measure with levels, a finding, and an example that passes. Its
/// texts are German if the definition is, and English otherwise. Change it into your own.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The assessment: a folder with `assessment.toml`, or its main file
    assessment: PathBuf,
    /// The id of the module, such as `painting`; its file is `painting.toml`
    module: String,
    /// What the module is called [default: its id]
    #[arg(long)]
    title: Option<String>,
}

pub(crate) fn run(Args { assessment, module, title }: &Args, speaker: &Speaker) -> Result<Answer> {
    let Some(id) = Id::new(module).filter(|id| !id.is_reserved()) else {
        let refusal = match Id::like(module) {
            Some(id) => words!(
                "`{module}` cannot be an id; write for instance `{id}`",
                "`{module}` kann keine Id sein; zum Beispiel `{id}` schreiben"
            ),
            None => words!("`{module}` cannot be an id", "`{module}` kann keine Id sein"),
        };
        return Err(refusal.into());
    };
    let (folder, _) = files::locate(assessment)?;
    let sources = files::sources(assessment)?;
    let before = match originals(&sources) {
        Ok(originals) => originals,
        Err(diagnostics) => return refuse(&diagnostics, &sources, speaker),
    };
    let name = format!("{id}.toml");
    let path = folder.join(&name);
    if path.exists() {
        let shown = path.display();
        return Err(words!("`{shown}` is there already", "`{shown}` gibt es schon").into());
    }

    let mut files = sources.iter().map(|(_, file)| file);
    let main = files.next().ok_or_else(|| words!("no main file", "keine Hauptdatei"))?;
    // Whoever keeps the schema elsewhere keeps it there for the new module too.
    let schema = module::schema_of(&main.text).unwrap_or(files::SCHEMA);
    let title = title.as_deref().unwrap_or(id.as_str());
    let text = module::module(&id, title, &before.language, schema);
    let with_module = module::with_module(&main.text, &id).map_err(|_| {
        words!(
            "cannot add the module to the main file",
            "das Modul lässt sich nicht in die Hauptdatei eintragen"
        )
    })?;

    // Only what will be sound is written.
    let mut after = Sources::new(main.name.as_str(), with_module.as_str());
    files.for_each(|file| _ = after.add(file.name.as_str(), file.text.as_str()));
    after.add(name.as_str(), text.as_str());
    if let Err(diagnostics) = originals(&after) {
        return refuse(&diagnostics, &after, speaker);
    }
    if schema == files::SCHEMA {
        files::write_schema(folder, "assessment.json", &kompetenz::raw::schema())?;
    }
    files::write(&path, text.as_bytes())?;
    files::write(&folder.join(&main.name), with_module.as_bytes())?;

    let (shown, assessment, main) = (path.display(), assessment.display(), &main.name);
    speaker.say(&words!(
        "made {shown} and added it to {main}; go on with:\n  kompetenz check {assessment}",
        "{shown} ist angelegt und in {main} eingetragen; weiter mit:\n  kompetenz check {assessment}"
    ))?;
    if !before.promised.is_empty() {
        let languages = before.promised.join(", ");
        speaker.say(&words!(
            "its texts are still to be translated ({languages}):\n  kompetenz translate {assessment} --all",
            "seine Texte sind noch zu übersetzen ({languages}):\n  kompetenz translate {assessment} --all"
        ))?;
    }
    Ok(Answer::Yes)
}

/// Mistakes that stand in the way; nothing is written.
fn refuse(diagnostics: &[kompetenz::Diagnostic], sources: &Sources, speaker: &Speaker) -> Result<Answer> {
    speaker.print(&speaker.diagnostics(diagnostics, sources, colors(&std::io::stdout())))?;
    speaker.say(&words!("nothing was written", "nichts wurde geschrieben"))?;
    Ok(Answer::No)
}
