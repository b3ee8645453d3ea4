//! The end of the chain of events, held while something is appended to it.

use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use crate::issue::ISSUED;
use crate::seal::seal;
use crate::{Document, Event, EventKind, Issue, Issued, Number, Register, RegisterError, Seal, Stamp};

/// A transaction that only appends. Dropped without [`Ledger::commit`], it leaves no trace.
pub(crate) struct Ledger<'a> {
    pub(crate) transaction: Transaction<'a>,
    seal: Seal,
    /// The latest moment of all events, in milliseconds since 1970.
    latest: i64,
}

impl Register {
    /// Begins to append. From here on nobody else can, so what is read now still holds when it is committed.
    pub(crate) fn append(&mut self) -> Result<Ledger<'_>, RegisterError> {
        if !self.writable {
            return Err(RegisterError::ReadOnly);
        }
        let genesis = self.genesis();
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let seal = seal(&transaction, genesis)?;
        let latest = transaction
            .query_row("SELECT max(moment) FROM event", [], |row| row.get::<_, Option<i64>>(0))?
            .unwrap_or(i64::MIN);
        Ok(Ledger { transaction, seal, latest })
    }
}

impl Ledger<'_> {
    /// Puts a new issue into its table. Nothing is known of it until an event brings it in.
    pub(crate) fn insert(&self, issue: &Issue) -> Result<(), RegisterError> {
        let document = &issue.candidate.document;
        let mut insert = self.transaction.prepare_cached(
            "INSERT INTO issue (number, participant, assessment, version, definition, data, file, kind, language,
                                round, edition, issued)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?;
        insert.execute(params![
            issue.number,
            document.participant,
            document.assessment,
            issue.version,
            issue.definition,
            issue.candidate.data,
            issue.file,
            document.kind,
            document.language,
            document.round.as_ref().map_or("", |round| round.as_str()),
            issue.edition,
            issue.issued.to_string(),
        ])?;
        Ok(())
    }

    /// An event that happens now, with nothing but its stamp.
    pub(crate) fn event(&self, number: &Number, event: EventKind, stamp: &Stamp) -> Event {
        Event {
            number: number.clone(),
            event,
            moment: stamp.moment,
            clock_back: stamp.moment.as_millisecond() < self.latest,
            reason: None,
            by: stamp.by.clone(),
            other: None,
            file: None,
        }
    }

    /// Appends an event. An event that brings in an issue vouches for the issue too.
    pub(crate) fn push(&mut self, event: &Event, issue: Option<&Issue>) -> Result<(), RegisterError> {
        let digest = issue.map(Issue::digest);
        let seq = self.seal.events + 1;
        let link = event.link(&self.seal.link, seq, digest.as_ref());
        let moment = event.moment.as_millisecond();
        let mut insert = self.transaction.prepare_cached(
            "INSERT INTO event (seq, issue, kind, moment, clock_back, reason, author, other, file, hash)
             VALUES (?1, (SELECT id FROM issue WHERE number = ?2), ?3, ?4, ?5, ?6, ?7,
                     (SELECT id FROM issue WHERE number = ?8), ?9, ?10)",
        )?;
        insert.execute(params![
            seq,
            event.number,
            event.event,
            moment,
            event.clock_back,
            event.reason,
            event.by,
            event.other,
            event.file,
            link
        ])?;
        self.seal = Seal { events: seq, link };
        self.latest = self.latest.max(moment);
        Ok(())
    }

    /// Makes everything appended durable: when this returns, neither `kill -9` nor a power cut takes it away.
    pub(crate) fn commit(self) -> Result<(), RegisterError> {
        Ok(self.transaction.commit()?)
    }
}

/// What is recorded under a number.
pub(crate) fn find(connection: &Connection, number: &Number) -> Result<Option<Issued>, RegisterError> {
    let mut query = connection.prepare_cached(&format!("{ISSUED} WHERE number = ?1"))?;
    let mut rows = query.query([number])?;
    rows.next()?.map(Issued::read).transpose()
}

/// The latest edition of a document.
pub(crate) fn latest(connection: &Connection, document: &Document) -> Result<Option<Issued>, RegisterError> {
    let Document { participant, assessment, kind, language, round } = document;
    let round = round.as_ref().map_or("", |round| round.as_str());
    // Sorted here and not by ORDER BY: with it SQLite compiles the statement anew for every document, which takes
    // several times as long as the search.
    let mut query = connection.prepare_cached(&format!(
        "{ISSUED} WHERE participant = ?1 AND assessment = ?2 AND issue.kind = ?3 AND language = ?4 AND round = ?5"
    ))?;
    let values = params![participant, assessment, kind, language, round];
    let editions = query.query_and_then(values, Issued::read)?.collect::<Result<Vec<_>, _>>()?;
    Ok(editions.into_iter().max_by_key(|issued| issued.edition))
}
