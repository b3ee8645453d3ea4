//! Joining the registers of the parts of a batch.

use std::collections::{BTreeMap, BTreeSet};

use kompetenz::{Words, words};

use crate::change::{Happens, happens};
use crate::event::{EVENTS, Event};
use crate::ledger::{Ledger, find};
use crate::record::{Recorded, standing};
use crate::{EventKind, Finding, Part, Refusal, Register, RegisterError, Scope};

/// What a merge has taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merged {
    /// How many issues are new.
    pub issues: usize,
    /// How many events are new.
    pub events: usize,
}

/// Why parts cannot be joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MergeFault {
    /// The register that is to take them in is a part itself.
    IntoPart,
    /// A register is no part of a batch.
    NotAPart {
        /// Its place in the list, from 1.
        place: usize,
    },
    /// A register belongs to another issuer, or was made with another secret.
    OtherIssuer {
        /// Its place in the list, from 1.
        place: usize,
    },
    /// A register is part of another batch than the first one in the list, or of one with another count of parts.
    OtherBatch {
        /// Its place in the list, from 1.
        place: usize,
    },
    /// There is no register for a part.
    Absent {
        /// The part, from 1.
        part: u32,
    },
    /// There is more than one register for a part.
    Twice {
        /// The part, from 1.
        part: u32,
    },
    /// The parts were made with different versions of a definition.
    OtherDefinition {
        /// The id of the assessment.
        assessment: String,
    },
    /// The check of a part has found something.
    Unsound {
        /// The part, from 1.
        part: u32,
        /// What was found.
        finding: Finding,
    },
    /// Something of a part contradicts what is recorded already, here or in another part.
    Refused {
        /// The part, from 1.
        part: u32,
        /// Which number, and why.
        refusal: Refusal,
    },
}

impl Register {
    /// Takes in everything that the parts of one batch hold, in one transaction.
    ///
    /// All parts must be there, each exactly once. Their order does not matter: they are taken by their number.
    /// Moments, reasons and marks stay as they were recorded. What is here already is passed over, so after a part
    /// was completed, all of them may be merged again.
    ///
    /// # Errors
    ///
    /// [`RegisterError::Merge`] with every reason, and nothing is taken in.
    pub fn merge(&mut self, parts: &[Register]) -> Result<Merged, RegisterError> {
        let ordered = self.complete(parts)?;
        let mut faults = definitions(&ordered)?;
        for (part, register) in &ordered {
            let unsound = |finding| MergeFault::Unsound { part: part.part(), finding };
            faults.extend(register.check(None)?.findings.into_iter().map(unsound));
        }
        if !faults.is_empty() {
            return Err(RegisterError::Merge(faults));
        }
        let mut ledger = self.append()?;
        let mut merged = Merged { issues: 0, events: 0 };
        for (part, register) in ordered {
            let refused = |refusal| MergeFault::Refused { part: part.part(), refusal };
            faults.extend(take(&mut ledger, register, &mut merged)?.into_iter().map(refused));
        }
        if !faults.is_empty() {
            return Err(RegisterError::Merge(faults));
        }
        ledger.commit()?;
        Ok(merged)
    }

    /// Proves that all parts of one batch of our issuer are there, and puts them in order.
    fn complete<'a>(&self, parts: &'a [Register]) -> Result<Vec<(Part, &'a Register)>, RegisterError> {
        let mut faults = Vec::new();
        if self.scope != Scope::Whole {
            faults.push(MergeFault::IntoPart);
        }
        let mut known: Vec<(Part, &Register)> = Vec::new();
        for (place, register) in (1..).zip(parts) {
            let mark = register.issuer.secret_mark();
            if (register.issuer.id(), mark) != (self.issuer.id(), self.issuer.secret_mark()) {
                faults.push(MergeFault::OtherIssuer { place });
            }
            match (register.scope, known.first()) {
                (Scope::Whole, _) => faults.push(MergeFault::NotAPart { place }),
                (Scope::Part(part), Some((first, _)))
                    if (part.batch(), part.parts()) != (first.batch(), first.parts()) =>
                {
                    faults.push(MergeFault::OtherBatch { place });
                }
                (Scope::Part(part), _) => known.push((part, register)),
            }
        }
        known.sort_by_key(|(part, _)| part.part());
        let present: Vec<u32> = known.iter().map(|(part, _)| part.part()).collect();
        let twice: BTreeSet<u32> =
            present.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
        faults.extend(twice.into_iter().map(|part| MergeFault::Twice { part }));
        // A batch of unknown size is missing at least its first part.
        let parts = known.first().map_or(1, |(part, _)| part.parts());
        let absent = (1..=parts).filter(|part| present.binary_search(part).is_err());
        faults.extend(absent.map(|part| MergeFault::Absent { part }));
        if faults.is_empty() { Ok(known) } else { Err(RegisterError::Merge(faults)) }
    }
}

/// Parts of one batch agree on the definition of each assessment.
fn definitions(parts: &[(Part, &Register)]) -> Result<Vec<MergeFault>, RegisterError> {
    let mut known: BTreeMap<String, BTreeSet<(String, Vec<u8>)>> = BTreeMap::new();
    for (_, register) in parts {
        let mut query =
            register.connection.prepare("SELECT DISTINCT assessment, version, definition FROM issue")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            known.entry(row.get(0)?).or_default().insert((row.get(1)?, row.get(2)?));
        }
    }
    let several = known.into_iter().filter(|(_, definitions)| definitions.len() > 1);
    Ok(several.map(|(assessment, _)| MergeFault::OtherDefinition { assessment }).collect())
}

/// Appends what one part holds, and says what contradicts what is there.
fn take(
    ledger: &mut Ledger<'_>,
    part: &Register,
    merged: &mut Merged,
) -> Result<Vec<Refusal>, RegisterError> {
    let mut refusals = Vec::new();
    let mut query = part.connection.prepare(&format!("{EVENTS} ORDER BY event.seq"))?;
    for row in query.query_and_then([], Event::read)? {
        let (_, _, event) = row?;
        if event.event == EventKind::Issued {
            let issue = find(&part.connection, &event.number)?
                .ok_or_else(|| RegisterError::unreadable("event.issue"))?
                .to_issue();
            match standing(ledger, &issue)? {
                Ok(Recorded::Before(_)) => {}
                Ok(Recorded::Not { .. }) => {
                    ledger.insert(&issue)?;
                    ledger.push(&event, Some(&issue))?;
                    merged.issues += 1;
                    merged.events += 1;
                }
                Err(why) => refusals.push(Refusal::new(&issue.number, why)),
            }
        } else {
            match happens(ledger, &event)? {
                Ok(Happens::Before) => {}
                Ok(Happens::Now) => {
                    ledger.push(&event, None)?;
                    merged.events += 1;
                }
                Err(refusal) => refusals.push(refusal),
            }
        }
    }
    Ok(refusals)
}

impl MergeFault {
    /// The reason in both languages, with what to do.
    pub fn words(&self) -> Words {
        match self {
            MergeFault::IntoPart => words!(
                "the parts must be joined in the issuer's own register, and this one holds a part",
                "die Teile gehören in das Register der Stelle, und dieses enthält selbst einen Teil"
            ),
            MergeFault::NotAPart { place } => words!(
                "register {place} in the list is no part of a batch",
                "Register {place} in der Liste ist kein Teil eines Laufs"
            ),
            MergeFault::OtherIssuer { place } => words!(
                "register {place} in the list is of another issuer or was made with another secret",
                "Register {place} in der Liste gehört einer anderen Stelle oder hat ein anderes Geheimnis"
            ),
            MergeFault::OtherBatch { place } => words!(
                "register {place} in the list belongs to another batch than the first one",
                "Register {place} in der Liste gehört zu einem anderen Lauf als das erste"
            ),
            MergeFault::Absent { part } => {
                words!(
                    "part {part} is missing; add its register",
                    "Teil {part} fehlt; sein Register dazunehmen"
                )
            }
            MergeFault::Twice { part } => words!(
                "part {part} is there more than once; take one of them away",
                "Teil {part} ist mehr als einmal da; einen davon weglassen"
            ),
            MergeFault::OtherDefinition { assessment } => words!(
                "the parts were made with different definitions of `{assessment}`; make them again with the same one",
                "die Teile sind mit verschiedenen Fassungen von `{assessment}` gemacht; mit derselben neu machen"
            ),
            MergeFault::Unsound { part, finding } => {
                let Words { en, de } = finding.words();
                words!("part {part}: {en}", "Teil {part}: {de}")
            }
            MergeFault::Refused { part, refusal } => {
                let Words { en, de } = refusal.words();
                words!("part {part}: {en}", "Teil {part}: {de}")
            }
        }
    }
}
