//! What was written into a cell, read on the scale of its item.

use super::Seen;
use crate::Exact;
use crate::assessment::{Assessment, Scale};
use crate::raw::Given;

/// What a rating means on a scale: `None`, if it is none of its values.
pub(super) fn read(assessment: &Assessment, scale: &Scale, given: &Given) -> Option<Seen> {
    match given {
        Given::Number(number) if scale.has(number) => Some(Seen::Value(number.clone())),
        Given::Flag(flag) => {
            let word = if *flag { "yes" } else { "no" };
            scale.decode(word).map(Seen::Value)
        }
        Given::Text(text) => {
            let text = text.trim();
            let step = || assessment.step_called(scale, text).map(Seen::Value);
            short(scale, text).or_else(step).or_else(|| worded(assessment, scale, text))
        }
        Given::Number(_) | Given::Date(_) => None,
    }
}

/// A code or a number.
fn short(scale: &Scale, text: &str) -> Option<Seen> {
    let is = |code: &Option<String>| code.as_ref().is_some_and(|code| code.eq_ignore_ascii_case(text));
    if is(&scale.not_observed) {
        return Some(Seen::NotObserved);
    }
    if is(&scale.not_reached) {
        return Some(Seen::NotReached);
    }
    if is(&scale.refused) {
        return Some(Seen::Refused);
    }
    let number = || Exact::parse(text).ok().filter(|number| scale.has(number));
    scale.decode(text).or_else(number).map(Seen::Value)
}

/// What stands between a code or number and its words, as in `3 – mostly alone`.
pub const BEFORE_WORDS: &str = " – ";

/// A code or number and its words, as the drop-downs of an entry sheet offer them.
///
/// Both must say the same: whoever changes one half by hand has not said which one counts.
fn worded(assessment: &Assessment, scale: &Scale, text: &str) -> Option<Seen> {
    let (code, words) = text.split_once(BEFORE_WORDS).or_else(|| text.split_once(" - "))?;
    let seen = short(scale, code.trim())?;
    match &seen {
        Seen::Value(number) => assessment.has_step(scale, number, words).then_some(seen),
        // What is not seen has a code only; its words are those of the sheet.
        _ => Some(seen),
    }
}
