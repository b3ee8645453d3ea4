//! Before anything is made: how each candidate stands.

use crate::ledger::latest;
use crate::{Candidate, Issued, Register, RegisterError, State};

/// How a candidate stands, by the latest edition of its document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// The document was never issued: make edition 1 and record it.
    New,
    /// It is issued, says the same and is valid: nothing is to be recorded.
    ///
    /// If its file is missing, make it again with the number and the day of [`Issued`], and compare its digest.
    Same(Issued),
    /// It is issued and valid, but says something else: the next edition corrects it.
    Changed(Issued),
    /// The latest edition has expired. Whether there is to be another one is for a person to decide.
    Expired(Issued),
    /// Another document was declared to hold in its place.
    Superseded(Issued),
    /// The latest edition was withdrawn. Only a person may decide to issue the document once more.
    Withdrawn(Issued),
}

impl Standing {
    /// The latest edition, if there is one.
    pub fn latest(&self) -> Option<&Issued> {
        match self {
            Standing::New => None,
            Standing::Same(latest)
            | Standing::Changed(latest)
            | Standing::Expired(latest)
            | Standing::Superseded(latest)
            | Standing::Withdrawn(latest) => Some(latest),
        }
    }

    /// The number of the edition that would come next, from 1.
    pub fn next_edition(&self) -> u32 {
        self.latest().map_or(1, |latest| latest.edition.saturating_add(1))
    }
}

impl Register {
    /// Says of each candidate, in their order, how it stands.
    ///
    /// All answers are of the same moment. What another process does afterwards is noticed by
    /// [`record`](Register::record).
    pub fn plan(&self, candidates: &[Candidate]) -> Result<Vec<Standing>, RegisterError> {
        let reading = self.connection.unchecked_transaction()?;
        candidates
            .iter()
            .map(|candidate| {
                Ok(match latest(&reading, &candidate.document)? {
                    None => Standing::New,
                    Some(latest) => match latest.state {
                        State::Valid if latest.data == candidate.data => Standing::Same(latest),
                        State::Valid => Standing::Changed(latest),
                        State::Expired => Standing::Expired(latest),
                        State::Superseded => Standing::Superseded(latest),
                        State::Withdrawn => Standing::Withdrawn(latest),
                    },
                })
            })
            .collect()
    }
}
