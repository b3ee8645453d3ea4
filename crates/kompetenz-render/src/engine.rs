//! The threads the engine runs on: those that typeset, or each caller's own, which is left behind when the engine does
//! not come back.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError, Weak, mpsc};
use std::time::Duration;

use rayon::{ThreadPool, ThreadPoolBuilder};

/// Deeply nested layout needs more than the two megabytes a thread is given by default.
const STACK: usize = 16 * 1024 * 1024;

/// So many threads may be left behind before nothing is tried any more: each of them keeps a core busy.
const MOST_LEFT_BEHIND: usize = 3;

/// A document takes a fiftieth of a second. What takes a thousand times as long will take for ever.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long work may take, and which of it never came back.
#[derive(Debug)]
pub(crate) struct Engine {
    patience: Duration,
    /// Whether all that is run is known to end.
    trusting: bool,
    /// One for each thread that was left behind; it can be upgraded for as long as the thread runs.
    left_behind: Mutex<Vec<Weak<()>>>,
}

/// Why there is no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stopped {
    /// It did not come back in time.
    Late(Duration),
    /// It was not even begun, because too much before it has not come back.
    TooManyLate,
    /// It panicked, or the system has no more threads to give.
    Failed,
}

impl Engine {
    pub(crate) fn new() -> Self {
        Self { patience: PATIENCE, trusting: false, left_behind: Mutex::default() }
    }

    /// An engine for work that is known to end. Threads that typeset do it themselves; to hand it over to another one
    /// and to be woken when it is done costs a twentieth of a document.
    pub(crate) fn trusting(self) -> Self {
        Self { trusting: true, ..self }
    }

    pub(crate) fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Does the work on the calling thread's own thread of the engine, and waits for it as long as it may take; or
    /// here, if it can be trusted and this thread is one for it.
    ///
    /// The engine cannot be interrupted. So the work owns whatever it needs, and a thread that is late is left to
    /// itself, with a new one in its place; it ends with the process, if not before.
    pub(crate) fn run<R: Send + 'static>(
        &self,
        work: impl FnOnce() -> R + Send + 'static,
    ) -> Result<R, Stopped> {
        if self.trusting && TYPESETTING.get() {
            return catch_unwind(AssertUnwindSafe(work)).map_err(|_| Stopped::Failed);
        }
        if self.left_behind() >= MOST_LEFT_BEHIND {
            return Err(Stopped::TooManyLate);
        }
        let running = Arc::new(());
        let still_running = Arc::downgrade(&running);
        let (sender, receiver) = mpsc::channel();
        on_own_thread(move || {
            let result = catch_unwind(AssertUnwindSafe(work));
            drop(running);
            // Nobody listens any more when it is late.
            let _ = sender.send(result);
        })?;
        match receiver.recv_timeout(self.patience) {
            Ok(Ok(result)) => Ok(result),
            Ok(Err(_)) | Err(mpsc::RecvTimeoutError::Disconnected) => {
                replace_own_thread();
                Err(Stopped::Failed)
            }
            Err(mpsc::RecvTimeoutError::Timeout) => {
                replace_own_thread();
                self.lock().push(still_running);
                Err(Stopped::Late(self.patience))
            }
        }
    }

    /// How many threads were left behind and still run.
    pub(crate) fn left_behind(&self) -> usize {
        let mut left_behind = self.lock();
        left_behind.retain(|thread| thread.strong_count() > 0);
        left_behind.len()
    }

    /// Nothing in the list can be half done.
    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Weak<()>>> {
        self.left_behind.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

thread_local! {
    /// Layout spreads over the threads of the current rayon pool, and while it waits for them it takes up whatever
    /// else that pool has to do: with the global pool whole other documents, on the same stack, until it overflows.
    /// A pool of one thread has nothing else to do.
    static OWN: RefCell<Option<ThreadPool>> = const { RefCell::new(None) };
    /// Whether this is the thread of such a pool.
    static TYPESETTING: Cell<bool> = const { Cell::new(false) };
}

/// A pool of one thread, with as much stack as the engine needs.
fn pool() -> Result<ThreadPool, Stopped> {
    ThreadPoolBuilder::new()
        .num_threads(1)
        .stack_size(STACK)
        .thread_name(|_| "typesetter".into())
        .start_handler(|_| TYPESETTING.set(true))
        .build()
        .map_err(|_| Stopped::Failed)
}

/// Does the work on a thread the engine can run on, while the calling thread waits; on the calling thread, if the
/// system has no more threads to give.
pub(crate) fn typesetting<R: Send>(work: impl FnOnce() -> R + Send) -> R {
    match pool() {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}

fn on_own_thread(work: impl FnOnce() + Send + 'static) -> Result<(), Stopped> {
    OWN.with_borrow_mut(|own| {
        let pool = match own.take() {
            Some(pool) => pool,
            None => pool()?,
        };
        own.insert(pool).spawn(work);
        Ok(())
    })
}

/// Lets the thread end when it is done, without waiting for it.
fn replace_own_thread() {
    OWN.with_borrow_mut(|own| *own = None);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_that_is_late_is_replaced_and_counts_until_it_ends() {
        let engine = Engine::new().with_patience(Duration::from_millis(20));
        let (go_on, wait) = mpsc::channel::<()>();
        let late = engine.run(move || wait.recv().is_ok());
        assert_eq!(late, Err(Stopped::Late(Duration::from_millis(20))));
        assert_eq!(engine.left_behind(), 1);
        assert_eq!(Engine::new().run(|| 1), Ok(1), "the new thread works");
        drop(go_on);
        while engine.left_behind() > 0 {
            std::thread::yield_now();
        }
    }

    #[test]
    fn after_three_nothing_is_begun_any_more() {
        let engine = Engine::new().with_patience(Duration::from_millis(20));
        let waiting: Vec<_> = (0..3)
            .map(|_| {
                let (go_on, wait) = mpsc::channel::<()>();
                assert!(matches!(engine.run(move || wait.recv().is_ok()), Err(Stopped::Late(_))));
                go_on
            })
            .collect();
        assert_eq!(engine.run(|| panic!("it was begun")), Err::<(), _>(Stopped::TooManyLate));
        drop(waiting);
    }

    #[test]
    fn a_panic_is_no_panic_of_the_caller() {
        assert_eq!(Engine::new().run(|| -> u8 { panic!("a fault of the engine") }), Err(Stopped::Failed));
        assert_eq!(Engine::new().run(|| 2), Ok(2));
    }
}
