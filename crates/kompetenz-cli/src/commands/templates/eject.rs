//! Writing shipped templates out, to be changed.

use std::path::PathBuf;

use kompetenz::words;
use kompetenz_render::Template;

use crate::trouble::Result;
use crate::ui::Speaker;
use crate::{Answer, files};

/// Write shipped templates out, to change them.
///
/// Write out only what you will change: what is not in your folder stays as shipped, and gets better with the
/// program. A file that is there already, with other content, is never overwritten.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// What to write out: a template such as `clear`, a file such as `report.typ`, a folder such as `labels`, or `all`
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
    /// The folder to write to; made if it does not exist
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
}

pub(crate) fn run(Args { names, to }: &Args, speaker: &Speaker) -> Result<Answer> {
    let shipped = Template::certificate();
    let is = |path: &str, name: &str| {
        let name = name.trim_end_matches('/');
        name == "all"
            || path
                .strip_prefix(name)
                .is_some_and(|rest| matches!(rest, "" | ".typ") || rest.starts_with('/'))
    };
    let unknown: Vec<_> =
        names.iter().filter(|name| !shipped.files().any(|(path, _)| is(path, name))).collect();
    if !unknown.is_empty() {
        let unknown: Vec<_> = unknown.iter().map(|name| format!("`{name}`")).collect();
        let unknown = unknown.join(", ");
        return Err(words!(
            "no shipped template is called {unknown}; see `kompetenz templates list`",
            "keine mitgelieferte Vorlage heißt {unknown}; siehe `kompetenz templates list`"
        )
        .into());
    }

    let wanted: Vec<_> = shipped
        .files()
        .filter(|(path, _)| names.iter().any(|name| is(path, name)))
        .map(|(path, bytes)| (path, to.join(path), bytes))
        .collect();
    let taken: Vec<_> = wanted
        .iter()
        .filter(|(_, target, bytes)| !files::is_free(target, bytes))
        .map(|(_, target, _)| format!("`{}`", target.display()))
        .collect();
    if !taken.is_empty() {
        let taken = taken.join(", ");
        return Err(words!(
            "nothing is written, because these have been changed already: {taken}",
            "nichts wird geschrieben, weil diese schon geändert sind: {taken}"
        )
        .into());
    }
    for (_, target, bytes) in &wanted {
        files::make_folder(target.parent().unwrap_or(to))?;
        files::write(target, bytes)?;
    }
    for (path, ..) in &wanted {
        speaker.say(&words!("{path}", "{path}"))?;
    }
    let (count, to) = (wanted.len(), to.display());
    speaker.say(&words!(
        "wrote {count} file(s); change them and look at them with:\n  kompetenz templates preview {to} --out preview",
        "{count} Datei(en) geschrieben; nach dem Ändern ansehen mit:\n  kompetenz templates preview {to} --out vorschau"
    ))?;
    Ok(Answer::Yes)
}
