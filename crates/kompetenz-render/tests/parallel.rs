//! Many documents at once.

use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};

use kompetenz_render::for_each_in_order;

use crate::support::{FIXTURES, fixture, pdf};

const FOUR: NonZeroUsize = NonZeroUsize::new(4).unwrap();

#[test]
fn many_threads_give_the_bytes_of_one() {
    let data = |i: usize| {
        let mut data = fixture(FIXTURES[i % FIXTURES.len()]);
        data.number = format!("K{i}");
        data
    };
    let alone: Vec<_> = (0..15).map(|i| pdf(&data(i))).collect();
    let mut together = Vec::new();
    let done = for_each_in_order(
        0..15,
        FOUR,
        |i| pdf(&data(i)),
        |i, bytes| {
            together.push((i, bytes));
            Ok::<_, ()>(())
        },
    );
    assert_eq!(done, Ok(()));
    for (i, (index, bytes)) in together.into_iter().enumerate() {
        assert_eq!(i, index);
        assert!(bytes == alone[i], "document {i} differs");
    }
}

#[test]
fn no_job_is_begun_far_ahead_of_the_results() {
    let begun = AtomicUsize::new(0);
    let work = |i: usize| {
        begun.fetch_add(1, Ordering::SeqCst);
        i
    };
    let sink = |i: usize, _| {
        let ahead = begun.load(Ordering::SeqCst) - i;
        if ahead <= 17 { Ok(()) } else { Err(ahead) }
    };
    assert_eq!(for_each_in_order(0..500, FOUR, work, sink), Ok(()));
}

#[test]
fn a_failing_sink_ends_the_work() {
    let result = for_each_in_order(0.., FOUR, |i: u64| i, |_, i| if i < 10 { Ok(()) } else { Err("full") });
    assert_eq!(result, Err("full"));
}

#[test]
fn a_panic_anywhere_ends_the_work_instead_of_hanging_it() {
    let quiet = |f: &mut dyn FnMut()| catch_unwind(AssertUnwindSafe(f)).is_err();
    let ok = |_, ()| Ok::<_, ()>(());
    assert!(quiet(&mut || {
        let _ = for_each_in_order(0.., FOUR, |i: u64| assert!(i < 20), ok);
    }));
    assert!(quiet(&mut || {
        let _ = for_each_in_order(
            0..,
            FOUR,
            |_: u64| (),
            |i, ()| -> Result<(), ()> {
                assert!(i < 20);
                Ok(())
            },
        );
    }));
    assert!(quiet(&mut || {
        let jobs = (0..).inspect(|i: &u64| assert!(*i < 20));
        let _ = for_each_in_order(jobs, FOUR, |_| (), ok);
    }));
}

#[test]
fn no_jobs_are_no_work() {
    let nothing = std::iter::empty::<u8>();
    assert_eq!(for_each_in_order(nothing, FOUR, |job| job, |_, _| Err("called")), Ok(()));
}
