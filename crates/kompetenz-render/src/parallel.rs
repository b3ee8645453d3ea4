//! Many documents at once, in bounded memory.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;

/// Does `work` for every job on so many threads and hands the results to `sink`, on the calling thread,
/// in the order of the jobs.
///
/// Jobs are drawn one by one, and none is begun that is more than a few places ahead of the last result handed
/// over: memory does not grow with the number of jobs, however slow one job or the sink is.
/// When the sink fails, no further job is begun.
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
    mut sink: impl FnMut(usize, R) -> Result<(), E>,
) -> Result<(), E>
where
    R: Send,
{
    let ahead = workers.get() * 4;
    let queue = Queue {
        state: Mutex::new(State { jobs: jobs.into_iter(), begun: 0, handed_over: 0, closed: false }),
        room: Condvar::new(),
        ahead,
    };
    let (sender, results) = mpsc::channel();

    thread::scope(|scope| {
        for _ in 0..workers.get() {
            let sender = sender.clone();
            let (queue, work) = (&queue, &work);
            scope.spawn(move || {
                let _close = CloseOnPanic(queue);
                while let Some((index, job)) = queue.next() {
                    // Nobody listens any more when the sink has failed.
                    if sender.send((index, work(job))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);

        let _close = CloseOnPanic(&queue);
        let mut early = BTreeMap::new();
        let mut next = 0;
        for (index, result) in results {
            early.insert(index, result);
            while let Some(result) = early.remove(&next) {
                if let Err(error) = sink(next, result) {
                    queue.lock().closed = true;
                    queue.room.notify_all();
                    return Err(error);
                }
                next += 1;
                queue.lock().handed_over = next;
                queue.room.notify_all();
            }
        }
        Ok(())
    })
}

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
    /// A panic under the lock is one of the iterator; it closes the queue, so nobody asks the iterator again.
    fn lock(&self) -> MutexGuard<'_, State<I>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Lets everybody else finish when this thread panics, who would wait for it for ever.
struct CloseOnPanic<'a, I>(&'a Queue<I>);

impl<I> Drop for CloseOnPanic<'_, I> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.lock().closed = true;
            self.0.room.notify_all();
        }
    }
}
