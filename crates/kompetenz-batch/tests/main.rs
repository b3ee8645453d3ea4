//! Batches as coordinators rely on them: what is issued, corrected and refused, and what is left after any end.

mod child;
mod crash;
mod faults;
mod life;
mod parts;
mod print_run;
mod support;
