//! Texts that could be taken for formulas.

use kompetenz_sheets::write::{guarded, unguarded};
use proptest::prelude::*;

#[test]
fn what_could_begin_a_formula_is_guarded() {
    for (text, written) in [
        ("=1+2", "'=1+2"),
        ("+49 231 500", "'+49 231 500"),
        ("+49231500", "'+49231500"),
        ("-2+3", "'-2+3"),
        ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\rx", "'\rx"),
        ("\nx", "'\nx"),
        ("  \u{a0}=1", "'  \u{a0}=1"),
        ("＝1+2", "'＝1+2"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠x", "'＠x"),
        ("-1.5.2", "'-1.5.2"),
        ("- 1", "'- 1"),
        // What already looks guarded is guarded once more, so that it can be told apart.
        ("'=1", "''=1"),
        // Nothing of this begins a formula.
        ("-1.5", "-1.5"),
        ("-1,5", "-1,5"),
        ("-20", "-20"),
        ("P-0001", "P-0001"),
        ("a=b", "a=b"),
        ("'tis", "'tis"),
        ("'", "'"),
        ("", ""),
        (" x", " x"),
    ] {
        assert_eq!(guarded(text), written, "{text:?}");
        assert_eq!(unguarded(&guarded(text)), text);
    }
}

proptest! {
    #[test]
    fn the_guard_comes_off_again(text in "['=+\\-@＝ \\t\\r\\n1.,a]{0,8}|\\PC*") {
        let written = guarded(&text).into_owned();
        prop_assert_eq!(unguarded(&written), text.as_str());
        let begins = written.trim_start().chars().next();
        let is_number = written.trim_start().strip_prefix('-').is_some_and(|rest| {
            rest.replace(',', ".").parse::<f64>().is_ok()
        });
        prop_assert!(is_number || !begins.is_some_and(|c| "=+-@＝＋－＠".contains(c)), "{written:?}");
    }
}
