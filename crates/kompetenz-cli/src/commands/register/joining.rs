//! The register as a file: joined from parts, and copied.

use std::path::PathBuf;

use kompetenz::words;
use kompetenz_register::{Access, Merged, Scope};

use super::{At, open, recorded};
use crate::Answer;
use crate::trouble::{Context, Result};
use crate::ui::Speaker;

/// Join the registers of the parts of a batch into the issuer's register.
///
/// All parts must be there, each exactly once, and sound; otherwise nothing is taken in, and all reasons are told.
#[derive(clap::Args)]
pub(super) struct Merge {
    /// The registers of all parts, in any order
    #[arg(required = true)]
    parts: Vec<PathBuf>,
    #[command(flatten)]
    at: At,
}

/// Write a copy of the register, while others may go on recording.
#[derive(clap::Args)]
pub(super) struct Backup {
    /// The file to write; it must not exist
    out: PathBuf,
    #[command(flatten)]
    at: At,
}

pub(super) fn merge(Merge { parts, at }: &Merge, speaker: &Speaker) -> Result<Answer> {
    let Some((issuer, path)) = at.keeper(speaker)? else { return Ok(Answer::No) };
    let parts = parts.iter().map(|part| open(part, &issuer, Access::Read)).collect::<Result<Vec<_>>>()?;
    let mut register = open(&path, &issuer, Access::Create(Scope::Whole))?;
    let (mut new, count) = (0, parts.len());
    let merged = register.merge(&parts).map(|Merged { issues, .. }| new = issues);
    let done = words!(
        "{count} part(s) joined, {new} document(s) new in the register",
        "{count} Teil(e) zusammengeführt, {new} Dokument(e) neu im Register"
    );
    recorded(merged, &done, speaker)
}

pub(super) fn backup(Backup { out, at }: &Backup, speaker: &Speaker) -> Result<Answer> {
    let Some(register) = at.open(Access::Read, speaker)? else { return Ok(Answer::No) };
    let shown = out.display();
    register
        .backup(out)
        .context(|| words!("cannot write `{shown}`", "`{shown}` lässt sich nicht schreiben"))?;
    let seal = register.seal()?;
    speaker.say(&words!(
        "{shown} is a copy of the register; the seal: {seal}",
        "{shown} ist eine Kopie des Registers; das Siegel: {seal}"
    ))?;
    Ok(Answer::Yes)
}
