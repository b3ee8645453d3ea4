use std::path::Path;

use kompetenz::{Words, words};
use kompetenz_register::{Access, Answer as Standing, Digest, Number, Register};
use serde_json::json;

use super::register::{At, Form, number};
use crate::trouble::{Context, Result};
use crate::ui::Speaker;
use crate::{Answer, files};

/// The largest file that is taken for a document.
const LARGEST: usize = 64 << 20;

/// Say whether a document was issued and still holds: by its number, or by its file.
///
/// Of a file every byte counts: it is the one that was issued, or a reprint of it, or it is not.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Numbers, or PDF files
    #[arg(required = true, value_name = "NUMBER|FILE")]
    documents: Vec<String>,
    #[command(flatten)]
    at: At,
    /// What to write
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
}

pub(crate) fn run(Args { documents, at, format }: &Args, speaker: &Speaker) -> Result<Answer> {
    let Some(register) = at.open(Access::Read, speaker)? else { return Ok(Answer::No) };
    let mut all_hold = true;
    for document in documents {
        let number = match Path::new(document) {
            path if path.is_file() => by_file(&register, Digest::of(&files::bytes(path, LARGEST)?))?,
            path if looks_like_a_file(path) => {
                return Err(
                    words!("there is no file `{document}`", "die Datei `{document}` gibt es nicht").into()
                );
            }
            _ => Some(number(document).context(|| words!("`{document}`", "`{document}`"))?),
        };
        let standing = match &number {
            Some(number) => register.answer(number)?,
            None => Standing::Unknown,
        };
        all_hold &= standing == Standing::Valid;
        if *format == Form::Json {
            let told = json!({ "asked": document, "number": number, "answer": standing });
            speaker.print(&format!("{told}\n"))?;
        } else {
            let Words { en, de } = standing.words();
            speaker.say(&match number {
                Some(number) if number.as_str() != document => {
                    words!("{document}: {number}, {en}", "{document}: {number}, {de}")
                }
                Some(_) => words!("{document}: {en}", "{document}: {de}"),
                None => words!(
                    "{document}: unknown: no file with exactly these bytes was issued; it may be a draft, or saved again by another program; ask for the number that is printed on it",
                    "{document}: unbekannt: genau diese Datei wurde nicht ausgestellt; sie kann ein Entwurf sein oder von einem anderen Programm neu gespeichert; nach der Nummer fragen, die darauf steht"
                ),
            })?;
        }
    }
    Ok(if all_hold { Answer::Yes } else { Answer::No })
}

/// Whether somebody means a file and no number.
fn looks_like_a_file(path: &Path) -> bool {
    path.extension().is_some() || path.components().count() > 1
}

/// The number under which exactly these bytes were issued or reprinted.
fn by_file(register: &Register, file: Digest) -> Result<Option<Number>> {
    let export = register.export()?;
    let issued = export.issues.into_iter().find(|issued| issued.file == file).map(|issued| issued.number);
    let reprinted = || export.events.into_iter().find(|event| event.file == Some(file));
    Ok(issued.or_else(|| reprinted().map(|event| event.number)))
}
