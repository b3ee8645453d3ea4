//! The run: rows in, outcomes out, a group at a time.
//!
//! Nothing happens until the next outcome is asked for, so whoever takes the outcomes sets the pace, and memory does
//! not grow with the number of rows.

mod group;

use std::collections::{HashSet, VecDeque};
use std::iter::Fuse;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;
use kompetenz_register::Participant;

use crate::{BatchError, Book, Cancel, Choice, Desk, Fate, Gathered, Names, Outcome, Row, Shelf};

/// A good size for groups: recording a thousand documents takes hardly longer than recording one.
pub const GROUP: NonZeroUsize = NonZeroUsize::new(1000).expect("not zero");

/// How a run goes about its work.
pub struct Settings<'a> {
    /// Who is asked for.
    pub choice: Choice,
    /// How files are named.
    pub names: Names,
    /// How many documents are made at the same time.
    pub workers: NonZeroUsize,
    /// How many rows are planned, made and recorded together, see [`GROUP`].
    pub group: NonZeroUsize,
    /// Whether the first row that is refused ends the run.
    pub fail_fast: bool,
    /// Ends the run early.
    pub cancel: Cancel,
    /// What the clock says; it stands in the register as the moment of recording.
    pub now: &'a (dyn Fn() -> Timestamp + Sync),
    /// Told of each row that is over, long before its group is recorded: for a bar.
    pub tick: &'a (dyn Fn() + Sync),
}

/// A run: an iterator of outcomes, in the order of the rows.
///
/// After an error there is nothing more. After a run was cancelled, the rows that were not begun have no outcome.
/// Dropped early, it leaves everything it has told in folder and register, and nothing half-made.
pub struct Batch<'a, I: Iterator<Item = Row>, S: Shelf> {
    shared: Shared<'a, S>,
    /// `None`: drafts, which no register knows.
    book: Option<Book>,
    rows: Fuse<I>,
    ready: VecDeque<Outcome>,
    failed: Option<BatchError>,
    /// Whoever had an outcome in this run, and the digests of the names that were given: they are many.
    seen: HashSet<Participant>,
    named: HashSet<[u8; 16]>,
    /// What goes to the print shop, if anything does.
    gathered: Option<&'a mut Gathered>,
    /// Whether every row has its outcome.
    complete: bool,
}

/// What all workers know.
struct Shared<'a, S> {
    desk: &'a Desk<'a>,
    shelf: &'a S,
    settings: Settings<'a>,
    /// Whether a refusal has ended the run.
    stopped: AtomicBool,
}

impl<'a, I: Iterator<Item = Row>, S: Shelf> Batch<'a, I, S> {
    /// A run over these rows. Without a `book`, nothing is registered: that is for drafts.
    pub fn new(
        desk: &'a Desk<'a>,
        book: Option<Book>,
        shelf: &'a S,
        settings: Settings<'a>,
        rows: impl IntoIterator<IntoIter = I>,
    ) -> Batch<'a, I, S> {
        Batch {
            shared: Shared { desk, shelf, settings, stopped: AtomicBool::new(false) },
            book,
            rows: rows.into_iter().fuse(),
            ready: VecDeque::new(),
            failed: None,
            seen: HashSet::new(),
            named: HashSet::new(),
            gathered: None,
            complete: false,
        }
    }

    /// The same run, which also gathers its certificates for the print shop.
    #[must_use]
    pub fn gathering(self, gathered: &'a mut Gathered) -> Self {
        Batch { gathered: Some(gathered), ..self }
    }

    /// Whether the run has come to the end of the rows, and nothing has ended it before.
    pub fn is_complete(&self) -> bool {
        self.complete
    }
}

impl<S> Shared<'_, S> {
    /// Whether nothing more is to be begun.
    fn ends(&self) -> bool {
        self.settings.cancel.is_cancelled() || self.stopped.load(Ordering::Relaxed)
    }

    /// Ends the run after a refusal, if that is how it was to be.
    fn stop_at(&self, fate: &Fate) {
        if self.settings.fail_fast && matches!(fate, Fate::Refused(_)) {
            self.stopped.store(true, Ordering::Relaxed);
        }
    }
}

impl<I: Iterator<Item = Row>, S: Shelf> Iterator for Batch<'_, I, S> {
    type Item = Result<Outcome, BatchError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(outcome) = self.ready.pop_front() {
                return Some(Ok(outcome));
            }
            if let Some(error) = self.failed.take() {
                self.shared.stopped.store(true, Ordering::Relaxed);
                return Some(Err(error));
            }
            if self.shared.ends() {
                return None;
            }
            let size = self.shared.settings.group.get();
            let choice = &self.shared.settings.choice;
            let group: Vec<Row> = self
                .rows
                .by_ref()
                // Rows may come slowly, and somebody may have asked for the end in the meantime.
                .take_while(|_| !self.shared.ends())
                .filter(|row| choice.has(row))
                .take(size)
                .collect();
            if group.is_empty() {
                self.complete = !self.shared.ends();
                return None;
            }
            let (outcomes, error) = self.group(group);
            self.ready = outcomes.into();
            self.failed = error;
        }
    }
}
