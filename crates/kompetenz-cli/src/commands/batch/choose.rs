//! The arguments that say who is asked for.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use kompetenz::words;
use kompetenz_batch::{Choice, Partition};
use kompetenz_register::{NotANumber, Number};

use crate::commands::render::Issue;
use crate::trouble::Result;

/// Who is asked for, of all in the results.
#[derive(clap::Args)]
pub(super) struct Chosen {
    /// Only documents with these numbers
    #[arg(long, value_name = "NUMBER", num_args = 1..)]
    only: Vec<String>,
    /// Only these rows of the results, such as `10-20` or `17`
    #[arg(long, value_name = "ROWS")]
    rows: Option<String>,
    /// Only documents that say something else than what was issued
    #[arg(long)]
    changed: bool,
    /// Issue again, with a new number, what was withdrawn, has expired or was superseded
    #[arg(long, value_name = "NUMBER", num_args = 1..)]
    reissue: Vec<String>,
    /// Only this part of the batch, such as `3/16`; every part has a register of its own, joined by `register merge`
    #[arg(long, value_name = "PART")]
    partition: Option<String>,
}

impl Chosen {
    pub(super) fn choice(&self, issue: &Issue) -> Result<Choice> {
        let Chosen { only, rows, changed, reissue, .. } = self;
        let partition = self.partition()?;
        if partition.is_some() && issue.issued.is_none() {
            return Err(words!(
                "`--partition` needs `--issued DAY`, so that all machines agree on the day",
                "`--partition` braucht `--issued TAG`, damit alle Rechner denselben Tag nehmen"
            )
            .into());
        }
        Ok(Choice {
            only: numbers(only)?,
            rows: rows.as_deref().map(range).transpose()?,
            changed: *changed,
            partition,
            reissue: numbers(reissue)?,
        })
    }

    /// Which part of the batch is asked for.
    pub(super) fn partition(&self) -> Result<Option<Partition>> {
        self.partition.as_deref().map(part).transpose()
    }

    /// Whether it is a part of a batch at all.
    pub(super) fn is_part(&self) -> bool {
        self.partition.is_some()
    }
}

fn numbers(texts: &[String]) -> Result<HashSet<Number>> {
    let number = |text: &String| Ok(Number::parse(text).map_err(NotANumber::words)?);
    texts.iter().map(number).collect()
}

fn part(text: &str) -> Result<Partition> {
    let partition = Partition::parse(text).ok_or_else(|| {
        words!(
            "`{text}` is no part of a batch; write it as `3/16`",
            "`{text}` ist kein Teil eines Laufs; als `3/16` schreiben"
        )
    })?;
    Ok(partition)
}

fn range(text: &str) -> Result<RangeInclusive<u32>> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let range = first.trim().parse().ok().zip(last.trim().parse().ok());
    let (first, last) = range.filter(|(first, last)| first <= last).ok_or_else(|| {
        words!(
            "`{text}` are no rows; write them as `10-20`",
            "`{text}` sind keine Zeilen; als `10-20` schreiben"
        )
    })?;
    Ok(first..=last)
}
