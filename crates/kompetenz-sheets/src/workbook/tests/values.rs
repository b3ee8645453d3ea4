//! Formulas without a value are faults of their rows, whatever the column holds, and never empty cells.

use std::sync::Arc;

use kompetenz::entry::{FaultCode, Form, Origin, Spot};
use kompetenz::raw::FactKind;

use crate::draft::{At, Day, Draft};
use crate::value::Written;

#[test]
fn a_formula_without_a_value_is_a_fault_in_every_column() {
    for written in [Written::Error, Written::Uncomputed] {
        let field: Arc<str> = "hours".into();
        let at = At { spot: Spot { source: 0, row: 2, column: 3 }, field: &field };
        let mut draft = Draft::new(at.spot, Form::Table, at);
        draft.key(written, at);
        draft.name(written, at);
        draft.day(Day::From, written, at);
        draft.hours(written, at);
        draft.count(written, at);
        draft.rate(&field, 0, written, at);
        draft.fact(&field, FactKind::Date, written, at);
        draft.note(None, 0, written, at);
        draft.decide(&field, None, written, at);
        let rejected = draft.finish(&Origin::default().sources).expect_err("nothing of this is a value");
        assert_eq!(rejected.faults.len(), 9, "{written:?}");
        let word =
            if matches!(written, Written::Error) { "error of a formula" } else { "whose value is not in" };
        for fault in rejected.faults {
            assert_eq!(fault.code, FaultCode::WrongType);
            assert!(fault.message.en.contains(word) && fault.help.is_some(), "{}", fault.message.en);
        }
    }
}
