//! Many documents at once, in bounded memory.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::engine::typesetting;

/// Does `work` for every job on so many threads and hands the results to `sink`, one at a time and in the order of
/// the jobs.
///
/// Jobs are drawn one by one, and none is begun that is more than a few places ahead of the last result handed
/// over: memory does not grow with the number of jobs, however slow one job or the sink is.
/// When the sink fails, no further job is begun.
///
/// The sink is called by whichever thread has finished the result that was waited for. A thread of its own would have
/// to be woken for every document, and that costs as much as three lines of text.
///
/// ```
/// # use std::num::NonZeroUsize;
/// let mut squares = Vec::new();
/// let two = NonZeroUsize::new(2).unwrap();
/// kompetenz_render::for_each_in_order(1..=4, two, |n| n * n, |_, square| Ok::<_, ()>(squares.push(square))).unwrap();
/// assert_eq!(squares, [1, 4, 9, 16]);
/// ```
///
/// # Errors
///
/// The first error of the sink.
///
/// # Panics
///
/// When the iterator, `work` or `sink` panics; no further job is begun then.
pub fn for_each_in_order<J, R, E>(
    jobs: impl IntoIterator<Item = J, IntoIter: Send>,
    workers: NonZeroUsize,
    work: impl Fn(J) -> R + Sync,
    sink: impl FnMut(usize, R) -> Result<(), E> + Send,
) -> Result<(), E>
where
    R: Send,
    E: Send,
{
    let queue = Queue {
        state: Mutex::new(State { jobs: jobs.into_iter(), begun: 0, handed_over: 0, closed: false }),
        room: Condvar::new(),
        ahead: workers.get() * 4,
    };
    let counter = Mutex::new(Counter { sink, early: BTreeMap::new(), next: 0, failed: None });
    let one = || {
        let _close = CloseOnPanic(&queue);
        while let Some((index, job)) = queue.next() {
            let result = work(job);
            match Counter::take(&counter, index, result) {
                Some(handed_over) => queue.make_room(handed_over),
                None => queue.close(),
            }
        }
    };
    thread::scope(|scope| {
        let all: Vec<_> = (0..workers.get()).map(|_| scope.spawn(|| typesetting(one))).collect();
        for worker in all {
            worker.join().unwrap_or_else(|panic| resume_unwind(panic));
        }
    });
    let Counter { failed, .. } = counter.into_inner().unwrap_or_else(PoisonError::into_inner);
    failed.map_or(Ok(()), Err)
}

/// Where jobs are drawn.
struct Queue<I> {
    state: Mutex<State<I>>,
    /// Told whenever a worker that waits may go on.
    room: Condvar,
    /// How many jobs may be begun whose results were not handed over.
    ahead: usize,
}

struct State<I> {
    jobs: I,
    begun: usize,
    handed_over: usize,
    closed: bool,
}

impl<I: Iterator> Queue<I> {
    /// The next job and its place, as soon as there is room for its result.
    fn next(&self) -> Option<(usize, I::Item)> {
        let full = |state: &mut State<I>| !state.closed && state.begun - state.handed_over >= self.ahead;
        let mut state = self.room.wait_while(self.lock(), full).unwrap_or_else(PoisonError::into_inner);
        if state.closed {
            return None;
        }
        let index = state.begun;
        let job = state.jobs.next()?;
        state.begun += 1;
        Some((index, job))
    }
}

impl<I> Queue<I> {
    fn make_room(&self, handed_over: usize) {
        let mut state = self.lock();
        // Whoever handed over later may come here earlier.
        state.handed_over = state.handed_over.max(handed_over);
        drop(state);
        self.room.notify_all();
    }

    fn close(&self) {
        self.lock().closed = true;
        self.room.notify_all();
    }

    /// A panic under the lock is one of the iterator; it closes the queue, so nobody asks the iterator again.
    fn lock(&self) -> MutexGuard<'_, State<I>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where results are handed over.
struct Counter<R, E, S> {
    sink: S,
    /// What was finished before its turn.
    early: BTreeMap<usize, R>,
    next: usize,
    failed: Option<E>,
}

impl<R, E, S: FnMut(usize, R) -> Result<(), E>> Counter<R, E, S> {
    /// Hands over what it is the turn of, and tells how many that makes. `None`: nothing more is wanted, because the
    /// sink has failed or panicked.
    fn take(counter: &Mutex<Self>, index: usize, result: R) -> Option<usize> {
        let mut counter = counter.lock().ok().filter(|counter| counter.failed.is_none())?;
        let Counter { sink, early, next, failed } = &mut *counter;
        early.insert(index, result);
        while let Some(result) = early.remove(next) {
            if let Err(error) = sink(*next, result) {
                *failed = Some(error);
                return None;
            }
            *next += 1;
        }
        Some(*next)
    }
}

/// Lets everybody else finish when this thread panics, who would wait for it for ever.
struct CloseOnPanic<'a, I>(&'a Queue<I>);

impl<I> Drop for CloseOnPanic<'_, I> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.close();
        }
    }
}
