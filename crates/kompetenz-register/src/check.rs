//! Whether the register is whole and unaltered.

use std::collections::HashMap;

use kompetenz::{Words, words};
use rusqlite::{Connection, OptionalExtension};

use crate::event::{EVENTS, Event};
use crate::ledger::find;
use crate::{EventKind, Number, Register, RegisterError, Seal, State, schema};

/// What a check has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkup {
    /// How many issues were read.
    pub issues: usize,
    /// The seal of everything that was read, to be written down somewhere else.
    pub seal: Seal,
    /// What is wrong. Empty: nothing.
    pub findings: Vec<Finding>,
}

/// Something that is wrong with a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// The file is damaged, in SQLite's words.
    Damaged(String),
    /// A table, index or trigger is missing, changed or foreign.
    Altered(String),
    /// An event, or the issue it brings in, is not what was recorded.
    Broken {
        /// Its place in the chain, from 1.
        event: i64,
    },
    /// Events are missing in the middle.
    Gap {
        /// The place of the last event before them, 0 for the beginning.
        after: i64,
    },
    /// Events are missing at the end.
    Shortened {
        /// How many there were.
        from: i64,
        /// How many there are.
        to: i64,
    },
    /// The events up to a seal are not the ones it was taken of.
    Seal(Seal),
    /// An issue that no event brings in.
    Unissued(Number),
    /// An event that cannot have happened as its issue stood, or a successor that was not valid.
    ///
    /// Two issues that supersede each other are found by this.
    Impossible {
        /// Its place in the chain, from 1.
        event: i64,
        /// The number of its issue.
        number: Number,
    },
}

impl Register {
    /// Reads everything and says what is wrong with it.
    ///
    /// The file's structure, tables and triggers, the chain of events from the first to the last, and whether each
    /// event could happen. With `seal`, also whether the events up to the seal are still the same.
    ///
    /// It finds damage, and changes by somebody who did not compute the whole chain anew. Only a seal that was
    /// kept somewhere else finds those by somebody who did.
    ///
    /// # Errors
    ///
    /// Only if it cannot be read now, for instance because another process is writing for too long.
    pub fn check(&self, seal: Option<&Seal>) -> Result<Checkup, RegisterError> {
        let reading = self.connection.unchecked_transaction()?;
        let mut findings = Vec::new();
        let mut walk = Walk { seal: Seal { events: 0, link: self.genesis() }, states: HashMap::new() };
        let steps = [
            structure(&reading, &mut findings),
            guards(&reading, &mut findings),
            walk.all(&reading, seal, &mut findings),
            end(&reading, walk.seal.events, &mut findings),
            unissued(&reading, &mut findings),
        ];
        // A step that cannot go on has found damage too, and keeps no other step from looking.
        for step in steps {
            match step {
                Ok(()) => {}
                Err(error @ (RegisterError::Busy | RegisterError::ReadOnly)) => return Err(error),
                Err(RegisterError::Damaged { detail }) => findings.push(Finding::Damaged(detail)),
                Err(error) => findings.push(Finding::Damaged(error.to_string())),
            }
        }
        Ok(Checkup { issues: walk.states.len(), seal: walk.seal, findings })
    }
}

/// The way along the chain.
struct Walk {
    /// The event reached.
    seal: Seal,
    states: HashMap<Number, State>,
}

impl Walk {
    fn all(
        &mut self,
        connection: &Connection,
        seal: Option<&Seal>,
        findings: &mut Vec<Finding>,
    ) -> Result<(), RegisterError> {
        let mut proven = seal.is_none_or(|seal| *seal == self.seal);
        let mut query = connection.prepare(&format!("{EVENTS} ORDER BY event.seq"))?;
        for row in query.query_and_then([], Event::read)? {
            let (seq, link, event) = row?;
            let before = self.seal;
            if seq != before.events + 1 {
                findings.push(Finding::Gap { after: before.events });
            }
            let issue = match event.event {
                EventKind::Issued => {
                    find(connection, &event.number)?.map(|issued| issued.to_issue().digest())
                }
                _ => None,
            };
            if event.link(&before.link, seq, issue.as_ref()) != link {
                findings.push(Finding::Broken { event: seq });
            }
            // The stored link goes on, so that one changed event is one finding.
            self.seal = Seal { events: seq, link };
            proven |= seal.is_some_and(|seal| *seal == self.seal);
            if !self.happens(&event) {
                findings.push(Finding::Impossible { event: seq, number: event.number });
            }
        }
        if let (false, Some(seal)) = (proven, seal) {
            findings.push(Finding::Seal(*seal));
        }
        Ok(())
    }

    /// Lets an event happen, and says whether it could.
    fn happens(&mut self, event: &Event) -> bool {
        let Event { number, event: kind, .. } = event;
        let Some(state) = self.states.get(number).copied() else {
            self.states.insert(number.clone(), State::Valid);
            return *kind == EventKind::Issued;
        };
        if let Some(next) = State::after(*kind) {
            self.states.insert(number.clone(), next.max(state));
        }
        let successor = event.other.as_ref().and_then(|other| self.states.get(other));
        *kind != EventKind::Issued
            && state.allows(*kind)
            && (*kind != EventKind::Superseded || successor == Some(&State::Valid))
    }
}

/// What SQLite finds: pages, indices, constraints, references.
fn structure(connection: &Connection, findings: &mut Vec<Finding>) -> Result<(), RegisterError> {
    let mut query = connection.prepare("PRAGMA integrity_check(10)")?;
    for line in query.query_map([], |row| row.get::<_, String>(0))? {
        let line = line?;
        if line != "ok" {
            findings.push(Finding::Damaged(line));
        }
    }
    let mut query = connection.prepare("PRAGMA foreign_key_check")?;
    for table in query.query_map([], |row| row.get::<_, String>(0))? {
        findings.push(Finding::Damaged(format!("a reference of `{}` leads nowhere", table?)));
    }
    Ok(())
}

/// The tables, and the triggers that keep them.
fn guards(connection: &Connection, findings: &mut Vec<Finding>) -> Result<(), RegisterError> {
    findings.extend(schema::altered(connection)?.into_iter().map(Finding::Altered));
    Ok(())
}

/// SQLite remembers the highest place that was ever given; whoever takes events away must know of that.
fn end(connection: &Connection, last: i64, findings: &mut Vec<Finding>) -> Result<(), RegisterError> {
    let sql = "SELECT seq FROM sqlite_sequence WHERE name = 'event'";
    let highest: i64 = connection.query_row(sql, [], |row| row.get(0)).optional()?.unwrap_or(0);
    if highest != last {
        findings.push(Finding::Shortened { from: highest, to: last });
    }
    Ok(())
}

fn unissued(connection: &Connection, findings: &mut Vec<Finding>) -> Result<(), RegisterError> {
    let mut query = connection.prepare(
        "SELECT number FROM issue
          WHERE NOT EXISTS (SELECT 1 FROM event WHERE event.issue = issue.id AND event.kind = 'issued')",
    )?;
    for number in query.query_map([], |row| row.get(0))? {
        findings.push(Finding::Unissued(number?));
    }
    Ok(())
}

impl Finding {
    /// What is wrong, in both languages.
    pub fn words(&self) -> Words {
        match self {
            Finding::Damaged(detail) => words!("damaged: {detail}", "beschädigt: {detail}"),
            Finding::Altered(name) => words!(
                "`{name}` is missing, changed or foreign",
                "`{name}` fehlt, ist verändert oder gehört nicht hierher"
            ),
            Finding::Broken { event } => words!(
                "event {event} is not what was recorded",
                "Ereignis {event} ist nicht mehr so, wie es eingetragen wurde"
            ),
            Finding::Gap { after } => {
                words!("events are missing after event {after}", "nach Ereignis {after} fehlen Ereignisse")
            }
            Finding::Shortened { from, to } => words!(
                "events are missing at the end: there were {from}, and there are {to}",
                "am Ende fehlen Ereignisse: es waren {from}, jetzt sind es {to}"
            ),
            Finding::Seal(Seal { events, .. }) => words!(
                "the first {events} events are not the ones of the seal",
                "die ersten {events} Ereignisse sind nicht die des Siegels"
            ),
            Finding::Unissued(number) => words!(
                "`{number}` stands there, but was never issued",
                "`{number}` steht da, wurde aber nie ausgestellt"
            ),
            Finding::Impossible { event, number } => words!(
                "event {event} cannot have happened to `{number}`",
                "Ereignis {event} ist bei `{number}` nicht möglich"
            ),
        }
    }
}
