mod eject;
mod gallery;
mod preview;
mod samples;

use std::path::PathBuf;

use kompetenz::words;
use kompetenz_render::Template;

use crate::trouble::Result;
use crate::ui::Speaker;
use crate::{Answer, design};

/// List the templates, write them out to change them, and look at them with sample data.
///
/// Templates are Typst files. What `eject` writes out can be changed and given to `render`, `batch` and `sheet` with
/// `--templates DIR`: each file takes the place of the shipped one with the same path, and all others stay. A new
/// folder with a `certificate.typ` is a new template, chosen with `--template NAME`.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    List(List),
    Eject(eject::Args),
    Preview(preview::Args),
}

/// List the templates of certificates, and all files.
#[derive(clap::Args)]
struct List {
    /// A folder with templates of your own, which take the place of the shipped ones file by file
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
}

pub(crate) fn run(Args { command }: &Args, speaker: &Speaker) -> Result<Answer> {
    match command {
        Command::List(args) => list(args, speaker),
        Command::Eject(args) => eject::run(args, speaker),
        Command::Preview(args) => preview::run(args, speaker),
    }
}

fn list(List { templates }: &List, speaker: &Speaker) -> Result<Answer> {
    let shipped = Template::certificate();
    let template = design::template(templates.as_deref())?;
    let families = template.families().collect::<Vec<_>>().join(", ");
    speaker.say(&words!("templates of certificates: {families}", "Vorlagen für Zertifikate: {families}"))?;
    for (path, bytes) in template.files() {
        let origin = match shipped.files().find(|(known, _)| *known == path) {
            None => words!("yours", "eigene"),
            Some((_, there)) if there != bytes => {
                words!("yours, instead of the shipped one", "eigene, statt der mitgelieferten")
            }
            Some(_) => words!("shipped", "mitgeliefert"),
        };
        let (en, de) = (origin.en, origin.de);
        speaker.say(&words!("  {path:<24} {en}", "  {path:<24} {de}"))?;
    }
    Ok(Answer::Yes)
}
