//! What happens to an issue, and how it stands afterwards.

use jiff::Timestamp;
use kompetenz::{Words, words};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};
use rusqlite::{Row, ToSql};
use serde::Serialize;

use crate::digest::Fields;
use crate::issue::moment;
use crate::{Digest, Number, RegisterError, Text};

/// What can happen to an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// It was recorded; the first event of every issue.
    Issued,
    /// The same document was printed again, perhaps with other bytes.
    Reprinted,
    /// It corrects the edition before it, which `other` names.
    Corrected,
    /// `other` holds in its place.
    Superseded,
    /// It must not be relied on any more.
    Withdrawn,
    /// It has passed the time for which it was meant.
    Expired,
}

/// One event in the life of an issue, flat, for CSV and JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Event {
    /// To which issue it happened.
    pub number: Number,
    /// What happened.
    pub event: EventKind,
    /// When it was recorded, to the millisecond.
    pub moment: Timestamp,
    /// Whether this moment was earlier than that of the event recorded before: the clock had been set back, or
    /// clocks of two machines disagree.
    pub clock_back: bool,
    /// Why.
    pub reason: Option<Text>,
    /// By whom.
    pub by: Option<Text>,
    /// The issue that is corrected by this one, or that holds in its place.
    pub other: Option<Number>,
    /// The digest of the bytes of a reprint.
    pub file: Option<Digest>,
}

/// When something is recorded, and by whom.
///
/// The register reads no clock; the moment is kept to the millisecond.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The moment.
    pub moment: Timestamp,
    /// Who did it, if that is to be kept: a name or a role.
    pub by: Option<Text>,
}

impl Stamp {
    /// A moment, and nobody named.
    pub fn at(moment: Timestamp) -> Stamp {
        Stamp { moment, by: None }
    }

    /// The same moment with somebody who answers for it.
    #[must_use]
    pub fn by(self, who: Text) -> Stamp {
        Stamp { by: Some(who), ..self }
    }
}

/// How an issue stands. The order is the rule: an event may only move it upwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It holds.
    Valid,
    /// Its time has passed.
    Expired,
    /// Another one holds in its place.
    Superseded,
    /// It must not be relied on.
    Withdrawn,
}

impl State {
    /// The state an event brings about. `None`: the event changes nothing about it.
    pub(crate) fn after(event: EventKind) -> Option<State> {
        match event {
            EventKind::Issued | EventKind::Reprinted | EventKind::Corrected => None,
            EventKind::Expired => Some(State::Expired),
            EventKind::Superseded => Some(State::Superseded),
            EventKind::Withdrawn => Some(State::Withdrawn),
        }
    }

    /// Whether the event may happen to an issue that stands like this.
    ///
    /// What ends an issue must be worse than what ended it before; everything else happens to valid ones only.
    pub(crate) fn allows(self, event: EventKind) -> bool {
        State::after(event).map_or(self == State::Valid, |next| next > self)
    }

    /// The rank that [`ISSUED`](crate::issue::ISSUED) computes.
    pub(crate) fn of_rank(rank: i64) -> State {
        match rank {
            0 => State::Valid,
            1 => State::Expired,
            2 => State::Superseded,
            _ => State::Withdrawn,
        }
    }

    /// The word for it in both languages.
    pub fn words(self) -> Words {
        match self {
            State::Valid => words!("valid", "gültig"),
            State::Expired => words!("expired", "abgelaufen"),
            State::Superseded => words!("superseded", "ersetzt"),
            State::Withdrawn => words!("withdrawn", "zurückgezogen"),
        }
    }
}

impl EventKind {
    const ALL: [EventKind; 6] = [
        EventKind::Issued,
        EventKind::Reprinted,
        EventKind::Corrected,
        EventKind::Superseded,
        EventKind::Withdrawn,
        EventKind::Expired,
    ];

    /// The name under which it is stored.
    pub fn name(self) -> &'static str {
        match self {
            EventKind::Issued => "issued",
            EventKind::Reprinted => "reprinted",
            EventKind::Corrected => "corrected",
            EventKind::Superseded => "superseded",
            EventKind::Withdrawn => "withdrawn",
            EventKind::Expired => "expired",
        }
    }

    /// The word for it in both languages.
    pub fn words(self) -> Words {
        let en = self.name();
        match self {
            EventKind::Issued => words!("{en}", "ausgestellt"),
            EventKind::Reprinted => words!("{en}", "erneut gedruckt"),
            EventKind::Corrected => words!("{en}", "berichtigt"),
            EventKind::Superseded => words!("{en}", "ersetzt"),
            EventKind::Withdrawn => words!("{en}", "zurückgezogen"),
            EventKind::Expired => words!("{en}", "abgelaufen"),
        }
    }
}

impl ToSql for EventKind {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.name().into())
    }
}

impl FromSql for EventKind {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let name = value.as_str()?;
        EventKind::ALL.into_iter().find(|kind| kind.name() == name).ok_or(FromSqlError::InvalidType)
    }
}

/// The columns of [`Event`], with its place in the chain and its link before them.
pub(crate) const EVENTS: &str = "
    SELECT event.seq, event.hash, issue.number, event.kind, event.moment, event.clock_back, event.reason,
           event.author, other.number, event.file
      FROM event JOIN issue ON issue.id = event.issue LEFT JOIN issue AS other ON other.id = event.other";

impl Event {
    /// Reads a row of [`EVENTS`]: its place in the chain, its link, and the rest.
    pub(crate) fn read(row: &Row<'_>) -> Result<(i64, Digest, Event), RegisterError> {
        let event = Event {
            number: row.get(2)?,
            event: row.get(3)?,
            moment: moment(row.get(4)?)?,
            clock_back: row.get(5)?,
            reason: row.get(6)?,
            by: row.get(7)?,
            other: row.get(8)?,
            file: row.get(9)?,
        };
        Ok((row.get(0)?, row.get(1)?, event))
    }

    /// Whether this records the same thing as another event, perhaps at another moment or by somebody else.
    ///
    /// Only a reprint at another moment is another reprint.
    pub(crate) fn same_as(&self, event: &Event) -> bool {
        let Event { moment, clock_back, by, .. } = event.clone();
        let same_moment = moment.as_millisecond() == self.moment.as_millisecond();
        (self.event != EventKind::Reprinted || same_moment)
            && event == &Event { moment, clock_back, by, ..self.clone() }
    }

    /// The link of this event in the chain: a digest of the link before, its place, and all it says.
    ///
    /// `issue` is the digest of the issue itself, for the event that brings it in.
    pub(crate) fn link(&self, before: &Digest, seq: i64, issue: Option<&Digest>) -> Digest {
        let Event { number, event, moment, clock_back, reason, by, other, file } = self;
        let text = |text: &Option<Text>| text.as_ref().map(|text| text.as_str().as_bytes().to_vec());
        Fields::of("kompetenz-register/1 event")
            .bytes(&before.0)
            .number(seq)
            .text(number.as_str())
            .text(event.name())
            .number(moment.as_millisecond())
            .number((*clock_back).into())
            .maybe(text(reason).as_deref())
            .maybe(text(by).as_deref())
            .maybe(other.as_ref().map(|other| other.as_str().as_bytes()))
            .maybe(file.as_ref().map(|file| file.0.as_slice()))
            .maybe(issue.map(|issue| issue.0.as_slice()))
            .digest()
    }
}
