//! Recording what is about to be published.

use crate::event::Event;
use crate::ledger::{Ledger, find, latest};
use crate::{EventKind, Issue, Number, Refusal, Register, RegisterError, Stamp, State, Why};

impl Register {
    /// Records issues, all of them or none, and says how many are new.
    ///
    /// Call it *before* the files get their final names: then a certificate that lies in the folder is in the
    /// register, whenever the power fails. An issue that is recorded already is passed over, so the same call
    /// twice is the same as once.
    ///
    /// An edition after the first corrects the one before: that one is superseded, unless it was withdrawn or
    /// superseded before.
    ///
    /// One call is one transaction with a handful of syncs of the drive: a thousand issues in one call take
    /// hardly longer than one.
    ///
    /// # Errors
    ///
    /// [`RegisterError::Refused`] names every issue that cannot be recorded, and none is.
    pub fn record(&mut self, issues: &[Issue], stamp: &Stamp) -> Result<usize, RegisterError> {
        if issues.is_empty() {
            return Ok(0);
        }
        let mut ledger = self.append()?;
        let mut refused = Vec::new();
        let mut new = 0;
        for issue in issues {
            match standing(&ledger, issue)? {
                Ok(Recorded::Before(State::Valid)) => {}
                Ok(Recorded::Before(state)) => {
                    refused.push(Refusal::new(&issue.number, Why::Not { event: EventKind::Issued, state }));
                }
                Ok(Recorded::Not { before }) => {
                    write(&mut ledger, issue, before, stamp)?;
                    new += 1;
                }
                Err(why) => refused.push(Refusal::new(&issue.number, why)),
            }
        }
        if !refused.is_empty() {
            return Err(RegisterError::Refused(refused));
        }
        ledger.commit()?;
        Ok(new)
    }
}

/// Whether an issue is recorded already.
pub(crate) enum Recorded {
    /// It is, everything about it is the same, and it stands like this now.
    Before(State),
    /// It is not, and it is the one that comes next.
    Not {
        /// The number of the edition before it, and how that one stands.
        before: Option<(Number, State)>,
    },
}

/// Compares an issue with what is recorded.
pub(crate) fn standing(ledger: &Ledger<'_>, issue: &Issue) -> Result<Result<Recorded, Why>, RegisterError> {
    if let Some(there) = find(&ledger.transaction, &issue.number)? {
        let other_file = Issue { file: there.file, ..issue.clone() };
        return Ok(if there.same_as(issue) {
            Ok(Recorded::Before(there.state))
        } else if there.same_as(&other_file) {
            Err(Why::OtherFile)
        } else {
            Err(Why::Taken)
        });
    }
    let before = latest(&ledger.transaction, &issue.candidate.document)?;
    let latest = before.as_ref().map_or(0, |before| before.edition);
    Ok(if latest.checked_add(1) == Some(issue.edition) {
        Ok(Recorded::Not { before: before.map(|before| (before.number, before.state)) })
    } else {
        Err(Why::NotNext { latest })
    })
}

fn write(
    ledger: &mut Ledger<'_>,
    issue: &Issue,
    before: Option<(Number, State)>,
    stamp: &Stamp,
) -> Result<(), RegisterError> {
    ledger.insert(issue)?;
    let event = |ledger: &Ledger<'_>, number, kind| Event {
        reason: issue.reason.clone(),
        ..ledger.event(number, kind, stamp)
    };
    ledger.push(&event(ledger, &issue.number, EventKind::Issued), Some(issue))?;
    let Some((before, state)) = before else { return Ok(()) };
    let corrected = event(ledger, &issue.number, EventKind::Corrected);
    ledger.push(&Event { other: Some(before.clone()), ..corrected }, None)?;
    if state.allows(EventKind::Superseded) {
        let superseded = event(ledger, &before, EventKind::Superseded);
        ledger.push(&Event { other: Some(issue.number.clone()), ..superseded }, None)?;
    }
    Ok(())
}
