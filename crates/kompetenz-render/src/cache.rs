//! The one place that decides how much the engine remembers.

use std::sync::atomic::{AtomicUsize, Ordering};

/// So many documents of the process make a round.
const ROUND: usize = 8;

/// What was not used for more than so many rounds is forgotten.
///
/// The engine's caches are global, never shrink by themselves, and are slower to search the larger they are.
/// But they also hold what certificates have in common: the evaluated template, and every line of text
/// that was laid out before, be it a heading, the legend or a sentence of the definition.
/// Forgetting everything (no round at all) costs a third more time; a longer memory gains nothing
/// and takes up to twice the space.
const KEEP: usize = 2;

/// Counts a finished document when it goes out of scope, finished well or not.
pub(crate) struct DocumentDone;

impl Drop for DocumentDone {
    fn drop(&mut self) {
        static DONE: AtomicUsize = AtomicUsize::new(0);
        if DONE.fetch_add(1, Ordering::Relaxed) % ROUND == ROUND - 1 {
            typst::comemo::evict(KEEP);
        }
    }
}
