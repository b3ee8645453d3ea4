//! What happens to an issue after it was recorded: reprinted, superseded, withdrawn, expired.

use std::slice::from_ref;

use crate::event::Event;
use crate::ledger::{Ledger, find};
use crate::read::events_of;
use crate::{Digest, EventKind, Number, Refusal, Register, RegisterError, Stamp, State, Text, Why};

impl Register {
    /// Records that a valid document was printed again; `file` is the digest of these bytes.
    ///
    /// The same file at the same moment is one reprint, at another moment it is another one.
    ///
    /// # Errors
    ///
    /// [`RegisterError::Refused`] if the number is unknown or not valid.
    pub fn reprint(
        &mut self,
        number: &Number,
        file: Digest,
        reason: Option<&Text>,
        stamp: &Stamp,
    ) -> Result<(), RegisterError> {
        self.change(from_ref(number), EventKind::Reprinted, stamp, |event| Event {
            reason: reason.cloned(),
            file: Some(file),
            ..event
        })
    }

    /// Withdraws a document, whatever state it is in: nobody may rely on it from now on.
    ///
    /// The reason is told to whoever asks, so it must not tell who the participant is.
    /// To withdraw it once more for the same reason changes nothing.
    ///
    /// # Errors
    ///
    /// [`RegisterError::Refused`] if the number is unknown, or was withdrawn for another reason.
    pub fn withdraw(&mut self, number: &Number, reason: &Text, stamp: &Stamp) -> Result<(), RegisterError> {
        self.change(from_ref(number), EventKind::Withdrawn, stamp, |event| Event {
            reason: Some(reason.clone()),
            ..event
        })
    }

    /// Declares that `new` holds in the place of `old`.
    ///
    /// A correction does this by itself, see [`record`](Register::record). This is for documents that are no
    /// editions of each other, for instance when one person had two keys.
    ///
    /// # Errors
    ///
    /// [`RegisterError::Refused`] if one of the numbers is unknown, if `old` is superseded by another one or
    /// withdrawn, or if `new` is not valid. So no chain of successors ever leads back to its beginning.
    pub fn supersede(
        &mut self,
        old: &Number,
        new: &Number,
        reason: Option<&Text>,
        stamp: &Stamp,
    ) -> Result<(), RegisterError> {
        self.change(from_ref(old), EventKind::Superseded, stamp, |event| Event {
            reason: reason.cloned(),
            other: Some(new.clone()),
            ..event
        })
    }

    /// Records that the time for which documents were meant has passed; all of them or none.
    ///
    /// Those that have expired for the same reason before are passed over.
    ///
    /// # Errors
    ///
    /// [`RegisterError::Refused`] names every number that is unknown, superseded or withdrawn.
    pub fn expire(
        &mut self,
        numbers: &[Number],
        reason: Option<&Text>,
        stamp: &Stamp,
    ) -> Result<(), RegisterError> {
        self.change(numbers, EventKind::Expired, stamp, |event| Event { reason: reason.cloned(), ..event })
    }

    fn change(
        &mut self,
        numbers: &[Number],
        kind: EventKind,
        stamp: &Stamp,
        complete: impl Fn(Event) -> Event,
    ) -> Result<(), RegisterError> {
        let mut ledger = self.append()?;
        let mut refused = Vec::new();
        for number in numbers {
            let event = complete(ledger.event(number, kind, stamp));
            match happens(&ledger, &event)? {
                Ok(Happens::Now) => ledger.push(&event, None)?,
                Ok(Happens::Before) => {}
                Err(refusal) => refused.push(refusal),
            }
        }
        if !refused.is_empty() {
            return Err(RegisterError::Refused(refused));
        }
        ledger.commit()
    }
}

/// Whether an event is recorded already.
pub(crate) enum Happens {
    /// The very same event is.
    Before,
    /// It is not, and it may happen.
    Now,
}

/// Holds an event against how its issue stands.
pub(crate) fn happens(ledger: &Ledger<'_>, event: &Event) -> Result<Result<Happens, Refusal>, RegisterError> {
    let Event { number, event: kind, .. } = event;
    let Some(issue) = find(&ledger.transaction, number)? else {
        return Ok(Err(Refusal::new(number, Why::Unknown)));
    };
    if events_of(&ledger.transaction, number)?.iter().any(|there| there.same_as(event)) {
        return Ok(Ok(Happens::Before));
    }
    let state = issue.state;
    if State::after(*kind) == Some(state) {
        return Ok(Err(Refusal::new(number, Why::Already { state })));
    }
    if !state.allows(*kind) {
        return Ok(Err(Refusal::new(number, Why::Not { event: *kind, state })));
    }
    if let (EventKind::Superseded, Some(successor)) = (kind, &event.other) {
        if successor == number {
            return Ok(Err(Refusal::new(number, Why::Itself)));
        }
        match find(&ledger.transaction, successor)?.map(|issue| issue.state) {
            None => return Ok(Err(Refusal::new(successor, Why::Unknown))),
            Some(State::Valid) => {}
            Some(state) => return Ok(Err(Refusal::new(successor, Why::NoSuccessor { state }))),
        }
    }
    Ok(Ok(Happens::Now))
}
