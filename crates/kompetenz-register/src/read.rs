//! What the register answers.

use jiff::Timestamp;
use jiff::civil::Date;
use kompetenz::{Words, words};
use rusqlite::{Connection, params};
use serde::Serialize;

use crate::event::{EVENTS, Event};
use crate::issue::ISSUED;
use crate::ledger::find;
use crate::{EventKind, Issued, Number, Participant, Register, RegisterError, State, Text};

/// What the register says about a number.
///
/// A text that is no number at all never gets this far, see [`Number::parse`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "answer", rename_all = "kebab-case")]
pub enum Answer {
    /// This issuer has not issued it.
    Unknown,
    /// It holds.
    Valid,
    /// Another one holds in its place; ask how that one stands.
    Superseded {
        /// Its number.
        by: Number,
    },
    /// It was issued, and must not be relied on.
    Withdrawn {
        /// When it was withdrawn.
        since: Timestamp,
        /// Why.
        reason: Text,
    },
    /// It was issued, and its time has passed.
    Expired {
        /// When that was recorded.
        since: Timestamp,
    },
}

/// An issue with its whole history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct History {
    /// What was issued.
    pub issued: Issued,
    /// What happened to it, in the order of recording.
    pub events: Vec<Event>,
}

/// Everything the register holds, as two flat tables.
///
/// The order is by number, and for each number by recording. So registers with the same content give the same
/// export, however that content got into them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Export {
    /// What was issued.
    pub issues: Vec<Issued>,
    /// What happened.
    pub events: Vec<Event>,
}

/// Which issues to list. What is `None` does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of this participant.
    pub participant: Option<Participant>,
    /// Of this assessment.
    pub assessment: Option<Text>,
    /// Of this kind of document.
    pub kind: Option<Text>,
    /// In this language.
    pub language: Option<Text>,
    /// In this state.
    pub state: Option<State>,
    /// Issued on this day or later.
    pub from: Option<Date>,
    /// Issued on this day or earlier.
    pub to: Option<Date>,
}

impl Register {
    /// How a number stands.
    pub fn answer(&self, number: &Number) -> Result<Answer, RegisterError> {
        let Some(History { issued, events }) = self.show(number)? else { return Ok(Answer::Unknown) };
        // The event that brought the state about; a valid issue has none.
        let decisive = events.into_iter().find(|event| State::after(event.event) == Some(issued.state));
        Ok(match decisive {
            None => Answer::Valid,
            Some(Event { event: EventKind::Superseded, other: Some(by), .. }) => Answer::Superseded { by },
            Some(Event { event: EventKind::Withdrawn, reason: Some(reason), moment, .. }) => {
                Answer::Withdrawn { since: moment, reason }
            }
            Some(Event { event: EventKind::Expired, moment, .. }) => Answer::Expired { since: moment },
            Some(_) => return Err(RegisterError::unreadable("event.other, event.reason")),
        })
    }

    /// An issue with its whole history. `None`: the number is unknown.
    pub fn show(&self, number: &Number) -> Result<Option<History>, RegisterError> {
        let reading = self.connection.unchecked_transaction()?;
        let Some(issued) = find(&reading, number)? else { return Ok(None) };
        Ok(Some(History { issued, events: events_of(&reading, number)? }))
    }

    /// What was issued, in the order of recording.
    pub fn list(&self, filter: &Filter) -> Result<Vec<Issued>, RegisterError> {
        let Filter { participant, assessment, kind, language, state, from, to } = filter;
        let mut query = self.connection.prepare_cached(&format!(
            "{ISSUED}
             WHERE (?1 IS NULL OR participant = ?1) AND (?2 IS NULL OR assessment = ?2)
               AND (?3 IS NULL OR issue.kind = ?3) AND (?4 IS NULL OR language = ?4)
               AND (?5 IS NULL OR issued >= ?5) AND (?6 IS NULL OR issued <= ?6)
             ORDER BY issue.id"
        ))?;
        let day = |day: &Option<Date>| day.map(|day| day.to_string());
        let values = params![participant, assessment, kind, language, day(from), day(to)];
        let rows = query.query_and_then(values, Issued::read)?;
        rows.filter(|row| row.as_ref().map_or(true, |row| state.is_none_or(|state| row.state == state)))
            .collect()
    }

    /// Everything, for CSV and JSON, and to compare two registers.
    ///
    /// It is personal data: whoever has the secret or a certificate can tell whose it is.
    pub fn export(&self) -> Result<Export, RegisterError> {
        let reading = self.connection.unchecked_transaction()?;
        let mut issues = reading.prepare(&format!("{ISSUED} ORDER BY number"))?;
        let mut events = reading.prepare(&format!("{EVENTS} ORDER BY issue.number, event.seq"))?;
        Ok(Export {
            issues: issues.query_and_then([], Issued::read)?.collect::<Result<_, _>>()?,
            events: events
                .query_and_then([], |row| Event::read(row).map(|(_, _, event)| event))?
                .collect::<Result<_, _>>()?,
        })
    }
}

impl Answer {
    /// The answer in both languages.
    pub fn words(&self) -> Words {
        match self {
            Answer::Unknown => words!(
                "unknown: this issuer has not issued it",
                "unbekannt: diese Stelle hat es nicht ausgestellt"
            ),
            Answer::Valid => words!("valid", "gültig"),
            Answer::Superseded { by } => words!("superseded by `{by}`", "ersetzt durch `{by}`"),
            Answer::Withdrawn { since, reason } => {
                let since = since.strftime("%Y-%m-%d %H:%M UTC");
                words!("withdrawn since {since}: {reason}", "zurückgezogen seit {since}: {reason}")
            }
            Answer::Expired { since } => {
                let since = since.strftime("%Y-%m-%d %H:%M UTC");
                words!("expired since {since}", "abgelaufen seit {since}")
            }
        }
    }
}

/// What happened to an issue, in the order of recording.
pub(crate) fn events_of(connection: &Connection, number: &Number) -> Result<Vec<Event>, RegisterError> {
    // As in `ledger::latest`, ORDER BY would cost more than the search.
    let mut query = connection.prepare_cached(&format!("{EVENTS} WHERE issue.number = ?1"))?;
    let mut events = query.query_and_then([number], Event::read)?.collect::<Result<Vec<_>, _>>()?;
    events.sort_by_key(|(seq, _, _)| *seq);
    Ok(events.into_iter().map(|(_, _, event)| event).collect())
}
