//! What happens to documents after they were issued. Nothing is ever deleted.

use kompetenz::words;
use kompetenz_register::Access;

use super::{At, Note, number, recorded, text};
use crate::Answer;
use crate::trouble::Result;
use crate::ui::Speaker;

/// Withdraw a document: nobody may rely on it from now on.
///
/// The file stays where it is; whoever asks for the number is told when and why it was withdrawn.
#[derive(clap::Args)]
pub(super) struct Withdraw {
    /// The number, as it is printed on the document
    number: String,
    /// Why; told to whoever asks for the number, so no names
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[command(flatten)]
    note: Note,
    #[command(flatten)]
    at: At,
}

/// Declare that one document holds in the place of another.
///
/// A correction does this by itself. This is for documents that do not know of each other, for instance when one
/// person had two keys.
#[derive(clap::Args)]
pub(super) struct Supersede {
    /// The number that does not hold any more
    old: String,
    /// The number that holds in its place
    new: String,
    /// Why; no names
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    note: Note,
    #[command(flatten)]
    at: At,
}

/// Record that the time for which documents were meant has passed.
#[derive(clap::Args)]
pub(super) struct Expire {
    /// Their numbers
    #[arg(required = true)]
    numbers: Vec<String>,
    /// Why; no names
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    note: Note,
    #[command(flatten)]
    at: At,
}

pub(super) fn withdraw(args: &Withdraw, speaker: &Speaker) -> Result<Answer> {
    let Withdraw { number: typed, reason, note, at } = args;
    let (number, reason, stamp) = (number(typed)?, text(reason)?, note.stamp()?);
    let Some(mut register) = at.open(Access::Write, speaker)? else { return Ok(Answer::No) };
    let done = words!("{number} is withdrawn", "{number} ist zurückgezogen");
    recorded(register.withdraw(&number, &reason, &stamp), &done, speaker)
}

pub(super) fn supersede(args: &Supersede, speaker: &Speaker) -> Result<Answer> {
    let Supersede { old, new, reason, note, at } = args;
    let (old, new, stamp) = (number(old)?, number(new)?, note.stamp()?);
    let reason = reason.as_deref().map(text).transpose()?;
    let Some(mut register) = at.open(Access::Write, speaker)? else { return Ok(Answer::No) };
    let done = words!("{new} holds in the place of {old}", "{new} gilt anstelle von {old}");
    recorded(register.supersede(&old, &new, reason.as_ref(), &stamp), &done, speaker)
}

pub(super) fn expire(args: &Expire, speaker: &Speaker) -> Result<Answer> {
    let Expire { numbers, reason, note, at } = args;
    let numbers = numbers.iter().map(|typed| number(typed)).collect::<Result<Vec<_>>>()?;
    let (count, stamp) = (numbers.len(), note.stamp()?);
    let reason = reason.as_deref().map(text).transpose()?;
    let Some(mut register) = at.open(Access::Write, speaker)? else { return Ok(Answer::No) };
    let done = words!("{count} document(s) have expired", "{count} Dokument(e) sind abgelaufen");
    recorded(register.expire(&numbers, reason.as_ref(), &stamp), &done, speaker)
}
