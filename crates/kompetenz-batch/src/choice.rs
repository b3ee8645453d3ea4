//! Who is asked for, of all who stand in the results.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use kompetenz::{Words, words};
use kompetenz_register::{Number, Standing};

use crate::{Partition, Row};

/// Who is asked for. What is empty or `None` leaves nobody out.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// Only documents with these numbers.
    pub only: HashSet<Number>,
    /// Only people who begin in this row of their table.
    pub rows: Option<RangeInclusive<u32>>,
    /// Only documents that say something else than the edition that was issued.
    pub changed: bool,
    /// Only people of this part of the batch.
    pub partition: Option<Partition>,
    /// Numbers that were withdrawn, have expired or were superseded, whose documents are to be issued again, with a
    /// new number: only a person can wish that.
    pub reissue: HashSet<Number>,
}

impl Choice {
    /// Whether a row belongs to the part that is made here. To the other parts it is as if it did not exist.
    pub fn has(&self, row: &Row) -> bool {
        let Some(partition) = self.partition else { return true };
        match &row.entry {
            Ok(entry) => partition.has(&entry.key),
            // A key that cannot be read is none; the row is told by exactly one part all the same.
            Err(_) => partition.has(&format!("{} {}", row.origin.source().file, row.origin.spot.row)),
        }
    }

    /// Why a row is passed over before anything is known about it.
    pub(crate) fn skips_row(&self, row: &Row) -> Option<Words> {
        let rows = self.rows.as_ref()?;
        (!rows.contains(&row.origin.spot.row))
            .then(|| words!("not among the rows asked for", "nicht unter den verlangten Zeilen"))
    }

    /// Why a document is passed over when it is known how it stands.
    pub(crate) fn skips(&self, number: &Number, standing: &Standing) -> Option<Words> {
        if !self.only.is_empty() && !self.only.contains(number) {
            return Some(words!("not among the numbers asked for", "nicht unter den verlangten Nummern"));
        }
        if self.changed && !matches!(standing, Standing::Changed(_)) {
            return Some(words!("nothing has changed", "nichts hat sich geändert"));
        }
        None
    }
}
