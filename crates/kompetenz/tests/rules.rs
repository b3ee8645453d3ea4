//! Every rule of the language against numbers computed by hand, and what each makes of gaps.

use jiff::civil::date;
use kompetenz::assessment::{Name, Node, Verdict};
use kompetenz::entry::{Decision, FactEntry, Localized, Note, Resolution, Ruling, Spot};
use kompetenz::raw::Given;
use kompetenz::score::Fit;
use kompetenz::{Assessment, Entry, Exact, Record, recommend, score};

use crate::common::assessment;
use crate::scoring::{entry, outcome};

/// A definition of four items `a` to `d` on 0 to 4, with more in TOML.
fn define(more: &str) -> Assessment {
    let item = |id| format!("[[item]]\nid = \"{id}\"\nscale = \"s\"\ntitle = \"{id}\"\n");
    let items = ["a", "b", "c", "d"].map(item).concat();
    assessment(&format!(
        "id = \"test\"\nversion = \"1\"\nlanguage = \"en\"\ntitle = \"Test\"\n\
         [[scale]]\nid = \"s\"\nvalues = [0, 1, 2, 3, 4]\nnot-observed = \"n\"\nnot-reached = \"-\"\nrefused = \"v\"\n\
         {items}{more}"
    ))
}

/// Checks what comes out for the measure `m`, observation by observation.
fn table(measure: &str, rows: &[(&str, &str)]) {
    let assessment = define(&format!("[[measure]]\nid = \"m\"\ntitle = \"M\"\n{measure}"));
    for (observations, expected) in rows {
        assert_eq!(outcome(&assessment, &entry(observations), "m"), *expected, "{observations} by {measure}");
    }
}

#[test]
fn medians_say_which_of_two_middle_values_counts() {
    let parts = "of = [\"a\", \"b\", \"c\", \"d\"]\ncoverage = { count = 2 }";
    table(
        &format!("rule = \"lower-median\"\n{parts}"),
        &[("x: a 4, b 1, c 3, d 2", "2"), ("x: a 4, b 1, c 3", "3"), ("x: a 4, b 1", "1")],
    );
    table(
        &format!("rule = \"upper-median\"\n{parts}"),
        &[("x: a 4, b 1, c 3, d 2", "3"), ("x: a 4, b 1, c 3", "3"), ("x: a 4, b 1", "4")],
    );
}

#[test]
fn a_sum_says_what_a_missing_part_means() {
    let of = "of = [\"a\", \"b\", \"c\", \"d\"]";
    table(
        &format!("rule = \"sum\"\n{of}"),
        &[("x: a 1, b 2, c 3, d 4", "10"), ("x: a 1, b 2, c 3", "insufficient 3 of 4")],
    );
    table(
        &format!("rule = \"sum\"\n{of}\ncoverage = {{ count = 3 }}\nmissing = \"prorate\""),
        &[
            ("x: a 1, b 2, c 3, d 4", "10"),
            ("x: a 1, b 2, c 2", "20/3"),
            ("x: a 1, b 2", "insufficient 2 of 3"),
        ],
    );
    table(
        &format!("rule = \"sum\"\n{of}\ncoverage = {{ count = 2 }}\nmissing = \"zero\""),
        &[("x: a 1, b 2", "3"), ("x: a 1, b 2, c n, d v", "3"), ("x: a 1", "insufficient 1 of 2")],
    );
    table(
        &format!("rule = \"mean\"\n{of}\ncoverage = {{ count = 2 }}\nmissing = \"zero\""),
        &[("x: a 4, b 4", "2"), ("x: a 4, b 4, c 4, d 4", "4")],
    );
    table(
        "rule = \"sum\"\nof = [{ id = \"a\", weight = 2 }, { id = \"b\", weight = 1 }, { id = \"c\", weight = 1 }]\n\
         coverage = { weight = 0.75 }\nmissing = \"prorate\"",
        // 2·3 + 1 = 7 of weight 3, raised to weight 4.
        &[("x: a 3, b 1", "28/3"), ("x: b 3, c 3", "insufficient 0.5 of 0.75")],
    );
}

#[test]
fn linear_combinations_take_constants_and_differences() {
    table(
        "rule = \"linear\"\nof = [{ id = \"a\", weight = 2 }, { id = \"b\", weight = -1 }]\nplus = 10",
        &[("x: a 3, b 4", "12"), ("x: a 3", "insufficient 1 of 2")],
    );
}

#[test]
fn counts_and_shares_ask_for_a_step() {
    let of = "of = [\"a\", \"b\", \"c\", \"d\"]\nat-least = 3";
    table(&format!("rule = \"count\"\n{of}"), &[("x: a 3, b 4, c 2, d 0", "2")]);
    table(
        &format!("rule = \"count\"\n{of}\ncoverage = {{ count = 2 }}\nmissing = \"prorate\""),
        &[("x: a 3, b 0", "2"), ("x: a 3, b 0, c 0", "4/3")],
    );
    table(
        &format!("rule = \"share\"\n{of}\ncoverage = {{ count = 2 }}"),
        &[("x: a 3, b 0", "0.5"), ("x: a 3, b 4, c 3, d 3", "1")],
    );
    table(
        &format!("rule = \"share\"\n{of}\ncoverage = {{ count = 2 }}\nmissing = \"zero\""),
        &[("x: a 3, b 0", "0.25")],
    );
}

#[test]
fn a_percentage_puts_the_weights_on_the_ceiling_too() {
    let parts = "rule = \"percent\"\nof = [{ id = \"a\", weight = 3 }, { id = \"b\", weight = 1 }]\ncoverage = { count = 1 }";
    // 3·2 + 4 = 10 of 16; alone 8 of 12.
    table(parts, &[("x: a 2, b 4", "62.5"), ("x: a 4", "100"), ("x: a 2", "50"), ("x: a 0, b 0", "0")]);
    table(&format!("{parts}\nmissing = \"zero\""), &[("x: a 4", "75")]);
}

#[test]
fn spread_and_nth_highest() {
    let of = "of = [\"a\", \"b\", \"c\", \"d\"]\ncoverage = { count = 3 }";
    table(&format!("rule = \"spread\"\n{of}"), &[("x: a 4, b 1, c 2", "3"), ("x: a 2, b 2, c 2, d 2", "0")]);
    table(
        &format!("rule = \"nth-highest\"\nnth = 3\n{of}"),
        &[("x: a 4, b 3, c 2, d 1", "2"), ("x: a 4, b 4, c 1", "1"), ("x: a 4, b 4", "insufficient 2 of 3")],
    );
}

#[test]
fn a_mandatory_part_cannot_be_made_up_for() {
    table(
        "rule = \"mean\"\nof = [{ id = \"a\", must = true }, \"b\", \"c\"]\ncoverage = { count = 2 }",
        &[
            ("x: a 4, b 2", "3"),
            ("x: b 4, c 4", "insufficient 0 of 1"),
            ("x: a n, b 4, c 4", "insufficient 0 of 1"),
        ],
    );
}

#[test]
fn missing_values_are_of_three_kinds_and_never_a_number() {
    table(
        "rule = \"mean\"\nof = [\"a\", \"b\"]\ncoverage = { count = 1 }",
        &[("x: a 0, b -", "0"), ("x: a v, b 2", "2"), ("x: a n, b v", "insufficient 0 of 1")],
    );
}

#[test]
fn a_reversed_item_counts_the_other_way_in_one_measure_and_as_it_is_in_another() {
    let assessment = define(
        "[[measure]]\nid = \"m\"\ntitle = \"M\"\nrule = \"mean\"\nof = [\"a\", { id = \"b\", reverse = true }]\n\
         [[measure]]\nid = \"k\"\ntitle = \"K\"\nrule = \"sum\"\nof = [\"b\"]\n",
    );
    let entry = entry("x: a 3, b 1");
    assert_eq!(outcome(&assessment, &entry, "m"), "3");
    assert_eq!(outcome(&assessment, &entry, "k"), "1");
}

/// A test with questions of several kinds.
const POINTS: &str = r#"
[[scale]]
id = "abc"
choices = ["a", "b", "c"]
not-reached = "-"
[[scale]]
id = "yes"
yes-no = true
[[scale]]
id = "minutes"
range = { from = 0, to = 60, step = 0.5 }
unit = "min"
[[item]]
id = "q1"
scale = "abc"
title = "Q1"
key = "b"
[[item]]
id = "q2"
scale = "abc"
title = "Q2"
scores = { a = 2, b = -0.5, c = 0 }
[[item]]
id = "q3"
scale = "abc"
title = "Q3"
[[item]]
id = "done"
scale = "yes"
title = "Done"
[[item]]
id = "time"
scale = "minutes"
title = "Time"
points = [{ at-most = 10, is = 2 }, { at-most = 20, is = 1 }, { is = 0 }]
[[measure]]
id = "m"
title = "M"
rule = "sum"
of = ["q1", "q2", { id = "q3", key = "c" }, "done", "time"]
[[measure]]
id = "other"
title = "Other"
rule = "sum"
of = [{ id = "q3", scores = { a = 5, b = 0, c = 1 } }]
"#;

#[test]
fn choices_yes_and_no_and_measured_values_become_points() {
    let assessment = define(POINTS);
    let cases = [
        ("x: q1 b, q2 a, q3 c, done ja, time 10", "7", "1"),
        ("x: q1 a, q2 b, q3 a, done nein, time 10.5", "0.5", "5"),
        ("x: q1 c, q2 b, q3 b, done 0, time 20.5", "-0.5", "0"),
        ("x: q1 b, q2 a, q3 -, done yes, time 0", "insufficient 4 of 5", "insufficient 0 of 1"),
    ];
    for (observations, sum, other) in cases {
        let entry = entry(observations);
        assert_eq!(outcome(&assessment, &entry, "m"), sum, "{observations}");
        assert_eq!(outcome(&assessment, &entry, "other"), other, "{observations}");
    }
    // Two people who write down different answers cannot both be right: nothing is averaged.
    assert_eq!(outcome(&assessment, &entry("x: q3 a; y: q3 b"), "other"), "disputed 1");
    assert_eq!(outcome(&assessment, &entry("x: q3 a; y: q3 a"), "other"), "5");
}

#[test]
fn rules_run_over_situations_observers_trials_and_ratings() {
    let ratings = "anna @ wood: a 2; anna @ metal: a 4; ben @ wood: a 3; ben @ wood #2: a 4";
    let cases = [
        // wood: (2 + 3 + 4) / 3 = 3, metal: 4
        ("rule = \"lowest\"\nover = \"situations\"", "3"),
        ("rule = \"count\"\nover = \"situations\"\nat-least = 3", "2"),
        ("rule = \"count\"\nover = \"situations\"\nat-least = 3.5", "1"),
        // anna: 3, ben: 3.5
        ("rule = \"highest\"\nover = \"observers\"", "3.5"),
        // trial 1: 3, trial 2: 4
        ("rule = \"spread\"\nover = \"trials\"", "1"),
        ("rule = \"lower-median\"\nover = \"ratings\"", "3"),
        (
            "rule = \"mean\"\nover = \"ratings\"\ncoverage = { ratings = 4, situations = 2, observers = 2 }",
            "3.25",
        ),
        ("rule = \"mean\"\nover = \"ratings\"\ncoverage = { ratings = 5 }", "insufficient 4 of 5"),
        ("rule = \"mean\"\nover = \"ratings\"\ncoverage = { situations = 3 }", "insufficient 2 of 3"),
    ];
    for (rule, expected) in cases {
        table(&format!("{rule}\nof = [\"a\"]"), &[(ratings, expected)]);
    }
}

#[test]
fn a_gain_is_one_observers_second_trial_minus_the_first() {
    let gain = "rule = \"gain\"\nof = [\"a\"]\ncombine = \"highest\"";
    table(
        gain,
        &[
            ("anna: a 1; anna #2: a 3; ben: a 2; ben #2: a 3", "2"),
            ("anna: a 3; anna #2: a 1", "-2"),
            // Another observer's second trial is no gain of this one's.
            ("anna: a 1; ben #2: a 4", "insufficient 1 of 2"),
            // Neither is another situation.
            ("anna @ wood: a 1; anna @ metal #2: a 4", "insufficient 1 of 2"),
        ],
    );
}

#[test]
fn which_of_repeated_trials_counts_is_said() {
    let observed = "anna: a 1; anna #2: a 3; ben #3: a 4";
    for (trials, expected) in [("all", "8/3"), ("first", "2.5"), ("last", "3.5")] {
        let assessment = define(&format!(
            "[observers]\ntrials = \"{trials}\"\n[[measure]]\nid = \"m\"\ntitle = \"M\"\nrule = \"mean\"\nof = [\"a\"]\n"
        ));
        assert_eq!(outcome(&assessment, &entry(observed), "m"), expected, "{trials}");
    }
}

#[test]
fn a_dispute_is_between_observers_of_the_same_situation_and_trial() {
    let assessment = define(
        "[observers]\ndispute-from = 2\n[[measure]]\nid = \"m\"\ntitle = \"M\"\nrule = \"mean\"\nof = [\"a\"]\n",
    );
    let cases = [
        ("anna @ wood: a 1; ben @ wood: a 3", "disputed 2"),
        ("anna @ wood: a 1; ben @ metal: a 3", "2"),
        ("anna: a 1; anna #2: a 3", "2"),
        ("anna: a 1; ben #2: a 3", "2"),
        ("anna: a 1; ben: a 2; carl: a 3", "disputed 2"),
    ];
    for (observations, expected) in cases {
        assert_eq!(outcome(&assessment, &entry(observations), "m"), expected, "{observations}");
    }
}

fn resolution(about: &str, value: i32, note: &str) -> Resolution {
    Resolution {
        about: about.into(),
        situation: None,
        value: Given::Number(Exact::from(value)),
        note: note.into(),
        by: None,
        spot: Spot::default(),
    }
}

#[test]
fn a_resolution_with_a_note_settles_a_dispute_and_nothing_else() {
    let assessment = define(
        "[observers]\ndispute-from = 2\n[[measure]]\nid = \"m\"\ntitle = \"M\"\nrule = \"mean\"\nof = [\"a\"]\n\
         [[measure]]\nid = \"over\"\ntitle = \"O\"\nrule = \"mean\"\nof = [\"a\"]\nover = \"situations\"\n",
    );
    let mut disputed = entry("anna @ wood: a 1; ben @ wood: a 3; anna @ metal: a 4");
    disputed.resolutions.push(resolution("a", 2, "talked about it"));
    // The decision stands for both ratings in the wood workshop; the metal workshop stays as it was.
    assert_eq!(outcome(&assessment, &disputed, "m"), "8/3");
    assert_eq!(outcome(&assessment, &disputed, "over"), "3");

    let refused = |entry: &Entry| {
        let faults = Record::new(&assessment, entry).expect_err("a fault");
        faults.iter().map(|fault| fault.code.name()).collect::<Vec<_>>()
    };
    let mut silent = disputed.clone();
    silent.resolutions[0].note = "  ".into();
    assert_eq!(refused(&silent), ["invalid-resolution"]);
    let mut agreed = entry("anna: a 3; ben: a 3");
    agreed.resolutions.push(resolution("a", 1, "overruled"));
    assert_eq!(refused(&agreed), ["invalid-resolution"]);
    let mut outside = disputed.clone();
    outside.resolutions[0].value = Given::Number(Exact::from(9));
    assert_eq!(refused(&outside), ["outside-scale"]);
}

#[test]
fn observers_scores_can_come_together_instead_of_their_ratings() {
    let define = |per_observer: bool| {
        define(&format!(
            "[observers]\nat-least = 2\ndispute-from = 1.5\ncombine = \"lowest\"\n[[measure]]\nid = \"m\"\n\
             title = \"M\"\nrule = \"mean\"\nof = [\"a\", \"b\"]\nper-observer = {per_observer}\n"
        ))
    };
    let crossed = entry("anna: a 4, b 2; ben: a 2, b 4");
    // Rating by rating they are two apart; their scores agree.
    assert_eq!(outcome(&define(false), &crossed, "m"), "disputed 2");
    assert_eq!(outcome(&define(true), &crossed, "m"), "3");
    let apart = define(true);
    assert_eq!(outcome(&apart, &entry("anna: a 4, b 4; ben: a 2, b 3"), "m"), "disputed 1.5");
    assert_eq!(outcome(&apart, &entry("anna: a 4, b 4; ben: a 3, b 3"), "m"), "3");
    assert_eq!(outcome(&apart, &entry("anna: a 4, b 4; ben: a 3"), "m"), "insufficient 1 of 2");
    let mut settled = entry("anna: a 4, b 4; ben: a 2, b 3");
    settled.resolutions.push(resolution("m", 3, "agreed"));
    assert_eq!(outcome(&apart, &settled, "m"), "3");
    // A decision must be needed, and possible.
    let refused = |entry: &Entry, value: i32| {
        let mut entry = entry.clone();
        entry.resolutions = vec![resolution("m", value, "agreed")];
        let faults = Record::new(&apart, &entry).map(drop).expect_err("a fault");
        faults.iter().map(|fault| fault.code.name()).collect::<Vec<_>>()
    };
    assert_eq!(refused(&entry("anna: a 4, b 4; ben: a 3, b 3"), 3), ["invalid-resolution"]);
    assert_eq!(refused(&settled, -50), ["outside-scale"]);
}

#[test]
fn a_self_assessment_stands_beside_and_never_counts() {
    let assessment = define(
        "[[step]]\nnumber = 6\ntitle = \"Plan\"\n[observers]\ntalk-from = 2\n\
         [[measure]]\nid = \"m\"\ntitle = \"M\"\nrule = \"mean\"\nof = [\"a\", \"b\"]\n\
         [[recommendation]]\nid = \"talk\"\nstep = 6\nwhen = { gap = \"m\" }\nbody = \"Team\"\ntext = \"Talk\"\n",
    );
    let cases = [
        ("anna: a 2, b 2; self: a 4, b 4", "2", Some("4"), 1),
        ("anna: a 2, b 2; selbst: a 3, b 4", "2", Some("3.5"), 0),
        ("anna: a 4, b 4; self: a 2, b 2", "4", Some("2"), 1),
        ("anna: a 2, b 2; self: a 4", "2", None, 0),
        ("anna: a 2; self: a 4, b 4", "insufficient 1 of 2", Some("4"), 0),
    ];
    for (observations, result, own, talks) in cases {
        let entry = entry(observations);
        assert_eq!(outcome(&assessment, &entry, "m"), result, "{observations}");
        let record = Record::new(&assessment, &entry).unwrap();
        let scored = score(&record);
        let Some(Name::Measure(ix)) = assessment.find("m") else { panic!() };
        assert_eq!(scored.own(Node::Measure(ix)).map(Exact::to_plain).as_deref(), own, "{observations}");
        let advice = recommend(&scored, date(2026, 1, 1));
        assert_eq!(advice.recommended().len(), talks, "{observations}");
    }
    // What only the participant says was not observed.
    let alone = Record::new(&assessment, &entry("self: a 4, b 4")).expect_err("nothing observed");
    assert_eq!(alone[0].message.en, "nothing was observed");
    // Where nothing asks for self-assessments, they would be lost.
    let deaf = define("[[measure]]\nid = \"m\"\ntitle = \"M\"\nrule = \"mean\"\nof = [\"a\"]\n");
    let lost = Record::new(&deaf, &entry("self: a 4")).expect_err("never counted");
    assert!(lost[0].message.en.contains("only answers by `self`"), "{}", lost[0].message.en);
}

const LADDER: &str = "rule = \"mastery\"\nat-least = 2\nstop-after = 2\nrungs = [\n\
    { of = [\"a\", \"b\"], needs = 1 },\n{ of = [\"c\"], needs = 1 },\n{ of = [\"d\"], needs = 1 },\n]";

#[test]
fn a_ladder_of_tasks_counts_rungs_passed_in_a_row() {
    table(
        LADDER,
        &[
            ("x: a 2, b 0, c 2, d 2", "3"),
            ("x: a 0, b 1, c 2, d 2", "0"),
            // Passed as soon as enough are right, failed as soon as that is out of reach.
            ("x: a 2, c 0", "1"),
            ("x: a 2, c 0, d -", "1"),
            ("x: a 1, b -", "insufficient 0 of 1"),
            ("x: a 4, b 4, c -, d 4", "insufficient 1 of 2"),
            ("x: a 0, b 0, c 0", "0"),
        ],
    );
}

#[test]
fn a_ladder_may_count_all_rungs_before_the_test_ended() {
    let rungs = "rule = \"mastery\"\nat-least = 2\nstop-after = 2\ncounts = \"all\"\nrungs = [\n\
        { of = [\"a\"], needs = 1 },\n{ of = [\"b\"], needs = 1 },\n{ of = [\"c\"], needs = 1 },\n{ of = [\"d\"], needs = 1 },\n]";
    table(
        rungs,
        &[
            ("x: a 2, b 0, c 2, d 2", "3"),
            // After two failures in a row nothing counts, and nothing need be there.
            ("x: a 2, b 0, c 0, d 4", "1"),
            ("x: a 2, b 0, c 0", "1"),
            ("x: a 2, b 0, d 4", "insufficient 2 of 3"),
        ],
    );
}

#[test]
fn ratings_without_a_situation_are_no_situation_beside_named_ones() {
    let rule = "rule = \"mean\"\nof = [\"a\"]\nover = \"ratings\"\ncoverage = { situations = 2 }";
    table(rule, &[("x: a 2; x @ wood: a 2", "insufficient 1 of 2"), ("x @ metal: a 2; x @ wood: a 2", "2")]);
    let one = rule.replace("situations = 2", "situations = 1");
    table(&one, &[("x: a 2", "2")]);
}

#[test]
fn ranks_declare_their_ties() {
    let rank = |ties: &str| {
        define(&format!(
            "[[measure]]\nid = \"m\"\ntitle = \"M\"\nrule = \"rank\"\nof = [\"a\", \"b\", \"c\", \"d\"]\n\
             ties = \"{ties}\"\nspread-to = 3\nlevels = [{{ id = \"broad\", at-least = 0, title = \"Broad\" }}, \
             {{ id = \"clear\", at-least = 2, title = \"Clear\" }}]\n"
        ))
    };
    let observed = entry("x: a 2, b 4, c 4, d 1");
    for (ties, expected) in [("best", "1 1 3 4"), ("worst", "2 2 3 4"), ("dense", "1 1 2 3")] {
        let assessment = rank(ties);
        let record = Record::new(&assessment, &observed).unwrap();
        let scored = score(&record);
        let Some(Name::Measure(ix)) = assessment.find("m") else { panic!() };
        let places: Vec<String> = scored.ranking(ix).iter().map(|placed| placed.rank.to_string()).collect();
        assert_eq!(places.join(" "), expected, "{ties}");
    }
    let assessment = rank("best");
    assert_eq!(outcome(&assessment, &observed, "m"), "2 clear");
    assert_eq!(outcome(&assessment, &entry("x: a 3, b 4, c 4, d 1"), "m"), "1 broad");
    // A missing interest could have been the strongest one.
    assert_eq!(outcome(&assessment, &entry("x: a 3, b 4, c 4"), "m"), "insufficient 3 of 4");
}

const NORMS: &str = r#"
[[fact]]
id = "sex"
kind = "choice"
options = ["f", "m"]
title = "Sex"
[[norm]]
id = "t-norm"
gives = "t"
source = "invented"
[[norm.group]]
facts = { sex = "f" }
age = { below = 30 }
mean = 2
sd = 0.5
[[norm.group]]
facts = { sex = "f" }
age = { at-least = 30 }
mean = 3
sd = 1
[[norm.group]]
facts = { sex = "m" }
age = { below = 150 }
rows = [{ at-least = 0, is = 20 }, { at-least = 2, is = 45 }, { at-least = 3, is = 60 }]
[[norm.group]]
facts = { sex = "m" }
age = { at-least = 150 }
mean = 1
sd = 1
[[measure]]
id = "raw"
title = "Raw"
rule = "mean"
of = ["a", "b"]
[[measure]]
id = "m"
title = "M"
rule = "norm"
of = ["raw"]
norm = "t-norm"
"#;

#[test]
fn raw_values_are_read_against_the_group_of_the_person() {
    let assessment = define(NORMS);
    let person = |sex: Option<&str>, born: Option<i16>| {
        let mut entry = entry("x: a 3, b 2");
        entry.to = Some(date(2026, 6, 1));
        entry.birth_date = born.map(|year| date(year, 6, 1));
        entry.facts.extend(sex.map(|sex| FactEntry {
            fact: "sex".into(),
            value: Given::Text(sex.into()),
            spot: Spot::default(),
        }));
        outcome(&assessment, &entry, "m")
    };
    // Raw 2.5: one standard deviation above 2, half a one below 3.
    assert_eq!(person(Some("f"), Some(2000)), "60");
    assert_eq!(person(Some("f"), Some(1996)), "45", "thirty on the last day of the assessment");
    assert_eq!(person(Some("m"), Some(1980)), "45");
    assert_eq!(person(None, Some(1980)), "insufficient 0 of 1");
    assert_eq!(person(Some("f"), None), "insufficient 0 of 1");
}

#[test]
fn a_rule_that_rounds_first_says_so_and_changes_the_level() {
    let levels = "levels = [{ id = \"low\", at-least = 0, title = \"Low\" }, { id = \"high\", at-least = 2.5, title = \"High\" }]";
    let mean = format!("rule = \"mean\"\nof = [\"a\", \"b\", \"c\", \"d\"]\n{levels}");
    // 9/4 = 2.25
    table(&mean, &[("x: a 2, b 2, c 2, d 3", "2.25 low"), ("x: a 2, b 3, c 2, d 3", "2.5 high")]);
    let round = |half: &str| format!("{mean}\nround-first = {{ places = 1, half = \"{half}\" }}");
    table(&round("up"), &[("x: a 2, b 2, c 2, d 3", "2.3 low")]);
    table(&round("even"), &[("x: a 2, b 2, c 2, d 3", "2.2 low")]);
    let third = format!(
        "rule = \"mean\"\nof = [\"a\", \"b\", \"c\"]\n{levels}\nround-first = {{ places = 0, half = \"up\" }}"
    );
    table(&third, &[("x: a 2, b 3, c 3", "3 high")]);
}

#[test]
fn a_cut_is_at_or_above_as_the_definition_says() {
    let levels = |key: &str| {
        format!(
            "rule = \"mean\"\nof = [\"a\", \"b\"]\nlevels = [{{ id = \"low\", at-least = 0, title = \"Low\" }}, \
             {{ id = \"high\", {key} = 2.5, title = \"High\" }}]"
        )
    };
    table(&levels("at-least"), &[("x: a 2, b 3", "2.5 high"), ("x: a 2, b 2", "2 low")]);
    table(&levels("above"), &[("x: a 2, b 3", "2.5 low"), ("x: a 3, b 3", "3 high")]);
}

#[test]
fn floors_lift_caps_press_and_caps_are_stronger() {
    let measure = |more: &str| {
        format!(
            "rule = \"mean\"\nof = [\"a\", \"b\"]\ncoverage = {{ count = 1 }}\nlevels = [{{ id = \"low\", at-least = 0, title = \"L\" }}, \
             {{ id = \"mid\", at-least = 2, title = \"M\" }}, {{ id = \"high\", at-least = 3, title = \"H\" }}]\n{more}"
        )
    };
    let floor = "floors = [{ when = { score = { of = \"a\", at-least = 4 } }, at-least = \"high\" }]";
    let cap = "caps = [{ when = { score = { of = \"b\", below = 1 } }, at-most = \"mid\" }]";
    table(&measure(floor), &[("x: a 4, b 1", "2.5 high"), ("x: a 3, b 1", "2 mid"), ("x: b 1", "1 low")]);
    table(&measure(&format!("{floor}\n{cap}")), &[("x: a 4, b 0", "2 mid"), ("x: a 4, b 1", "2.5 high")]);
    let strict = cap.replace("at-most = \"mid\"", "at-most = \"mid\", if-unknown = \"apply\"");
    table(&measure(cap), &[("x: a 4", "4 high")]);
    table(&measure(&strict), &[("x: a 4", "4 mid")]);
}

const JOB: &str = r#"
[[measure]]
id = "ma"
title = "A"
rule = "mean"
of = ["a"]
levels = [
  { id = "l0", at-least = 0, title = "0" }, { id = "l1", at-least = 1, title = "1" },
  { id = "l2", at-least = 2, title = "2" }, { id = "l3", at-least = 3, title = "3" },
]
[[measure]]
id = "mb"
title = "B"
rule = "mean"
of = ["b"]
[[job]]
id = "job"
title = "Job"
requires = [{ of = "ma", level = "l2", must = true }, { of = "mb", at-least = 2 }]
"#;

#[test]
fn a_job_fits_feature_by_feature_and_nobody_is_ranked() {
    let assessment = define(JOB);
    let cases = [
        ("x: a 2, b 2", Verdict::PossibleNow, [Fit::Fits, Fit::Fits]),
        ("x: a 3, b 1", Verdict::PossibleNow, [Fit::Fits, Fit::Learnable]),
        ("x: a 2, b 4", Verdict::PossibleNow, [Fit::Fits, Fit::More]),
        ("x: a 2", Verdict::PossibleNow, [Fit::Fits, Fit::Unknown]),
        ("x: a 1, b 2", Verdict::WithSupport, [Fit::Learnable, Fit::Fits]),
        ("x: a 2, b 0", Verdict::WithSupport, [Fit::Fits, Fit::ToSupport]),
        ("x: a 0, b 4", Verdict::Later, [Fit::ToSupport, Fit::More]),
        ("x: b 4", Verdict::ToShow, [Fit::Unknown, Fit::More]),
    ];
    let Some(Name::Job(ix)) = assessment.find("job") else { panic!() };
    for (observations, verdict, fits) in cases {
        let entry = entry(observations);
        let record = Record::new(&assessment, &entry).unwrap();
        let scored = score(&record);
        let job = scored.job(ix);
        assert_eq!(job.verdict, verdict, "{observations}");
        assert_eq!(
            job.features.iter().map(|feature| feature.fit).collect::<Vec<_>>(),
            fits,
            "{observations}"
        );
    }
}

const RULES: &str = r#"
[[step]]
number = 6
title = "Plan"
[[measure]]
id = "m"
title = "M"
rule = "mean"
of = ["a", "b"]
coverage = { count = 1 }
[[recommendation]]
id = "apply"
step = 6
when = { score = { of = "a", at-least = 3 } }
excludes = ["repeat"]
body = "Office"
text = "Apply"
[[recommendation]]
id = "repeat"
step = 6
priority = 10
when = { score = { of = "b", at-most = 1 } }
excludes = ["advice"]
body = "Workshop"
text = "Repeat"
[[recommendation]]
id = "advice"
step = 6
body = "Team"
text = "Advice"
[[recommendation]]
id = "other"
step = 6
when = { score = { of = "c", at-least = 1 } }
body = "Team"
text = "Other"
"#;

/// The recommendations that follow, by path; `+` is one of the assessor's own.
fn recommended(assessment: &Assessment, entry: &Entry) -> String {
    let record = Record::new(assessment, entry).expect("a sound entry");
    let scored = score(&record);
    let advice = recommend(&scored, date(2026, 1, 1));
    let paths = advice.next_steps();
    paths.iter().map(|next| next.path().unwrap_or("+")).collect::<Vec<_>>().join(" ")
}

fn decide(ruling: Ruling, reason: Option<&str>) -> Decision {
    Decision { ruling, reason: reason.map(str::to_owned), by: None, spot: Spot::default() }
}

#[test]
fn a_recommendation_leaves_out_what_it_contradicts() {
    let assessment = define(RULES);
    assert_eq!(recommended(&assessment, &entry("x: a 0, b 4")), "advice");
    assert_eq!(recommended(&assessment, &entry("x: a 0, b 0")), "repeat");
    // What is left out itself leaves out nothing.
    assert_eq!(recommended(&assessment, &entry("x: a 4, b 0")), "apply advice");
}

#[test]
fn the_assessor_decides_and_it_is_documented() {
    let assessment = define(RULES);
    let mut decided = entry("x: a 4, b 0");
    decided.decisions.push(decide(Ruling::Rejected("apply".into()), Some("wants to learn first")));
    // With `apply` rejected, what it had left out comes back.
    assert_eq!(recommended(&assessment, &decided), "repeat");
    let text = |text: &str| vec![Localized { language: None, text: text.into() }];
    decided.decisions.push(decide(
        Ruling::Added { step: 6, text: text("Visit"), body: text("Team"), due: Some("2 weeks".into()) },
        None,
    ));
    decided.decisions.push(decide(Ruling::Edited("repeat".into(), text("Repeat in May")), None));
    assert_eq!(recommended(&assessment, &decided), "+ repeat");

    let faults = |decision: Decision| {
        let mut entry = entry("x: a 4, b 0");
        entry.decisions.push(decision);
        let faults = Record::new(&assessment, &entry).map(drop).expect_err("a fault");
        faults.iter().map(|fault| fault.message.en.clone()).collect::<Vec<_>>().join("; ")
    };
    assert_eq!(faults(decide(Ruling::Rejected("apply".into()), Some(" "))), "a rejection needs a reason");
    assert_eq!(faults(decide(Ruling::Confirmed("aply".into()), None)), "there is no `aply`");
    assert!(
        faults(decide(Ruling::Edited("apply".into(), vec![]), None)).starts_with("an edited recommendation")
    );
    let added = Ruling::Added { step: 5, text: text("x"), body: text("y"), due: None };
    assert!(faults(decide(added, None)).starts_with("an own recommendation needs a step (6)"));
}

#[test]
fn a_decision_about_something_not_recommended_is_told() {
    let assessment = define(RULES);
    let mut entry = entry("x: a 4, b 4");
    entry.decisions.push(decide(Ruling::Confirmed("repeat".into()), None));
    entry.decisions.push(decide(Ruling::Confirmed("apply".into()), None));
    let record = Record::new(&assessment, &entry).unwrap();
    let scored = score(&record);
    let advice = recommend(&scored, date(2026, 1, 1));
    let outdated: Vec<&str> = advice.outdated().map(|r| r.path.as_str()).collect();
    let undecided: Vec<&str> = advice.undecided().map(|r| r.path.as_str()).collect();
    assert_eq!((outdated, undecided), (vec!["repeat"], vec!["advice"]));
}

#[test]
fn between_two_choices_of_one_observer_there_is_no_third() {
    let question = "[[scale]]\nid = \"abc\"\nchoices = [\"a\", \"b\", \"c\"]\n[[item]]\nid = \"q\"\nscale = \"abc\"\ntitle = \"Q\"\n";
    let assessment = define(&format!(
        "{question}[[measure]]\nid = \"m\"\ntitle = \"M\"\nrule = \"sum\"\nof = [{{ id = \"q\", key = \"b\" }}]\nper-observer = true\n"
    ));
    // Half way from `a` to `c` lies `b`, but nobody said so.
    assert_eq!(outcome(&assessment, &entry("anna @ k: q a; anna @ l: q c"), "m"), "0");
    assert_eq!(outcome(&assessment, &entry("anna @ k: q b; anna @ l: q c"), "m"), "0.5");
}

#[test]
fn zero_for_what_is_missing_does_not_make_up_for_too_few_observers() {
    let assessment = define(
        "[observers]\nat-least = 2\n[[measure]]\nid = \"t\"\ntitle = \"T\"\nrule = \"mean\"\nof = [\"a\"]\nper-observer = true\n\
         [[measure]]\nid = \"o\"\ntitle = \"O\"\nrule = \"mean\"\nof = [\"b\"]\n\
         [[measure]]\nid = \"m\"\ntitle = \"M\"\nrule = \"sum\"\nof = [\"t\", \"o\"]\ncoverage = { count = 1 }\nmissing = \"zero\"\n",
    );
    assert_eq!(outcome(&assessment, &entry("anna: a 4, b 3; ben: b 3"), "m"), "insufficient 1 of 2");
    assert_eq!(outcome(&assessment, &entry("anna: a 4, b 3; ben: a 4"), "m"), "7");
}

#[test]
fn what_is_settled_for_one_situation_counts_more_than_what_is_settled_for_all() {
    let assessment = define(
        "[observers]\ndispute-from = 2\n[[measure]]\nid = \"m\"\ntitle = \"M\"\nrule = \"mean\"\nof = [\"a\"]\n",
    );
    let mut disputed = entry("anna @ k: a 0; ben @ k: a 4; anna @ l: a 0; ben @ l: a 4");
    let here = Resolution { situation: Some("K".into()), ..resolution("a", 4, "seen closely") };
    disputed.resolutions = vec![resolution("a", 1, "talked"), here];
    assert_eq!(outcome(&assessment, &disputed, "m"), "2.5");
    disputed.resolutions.reverse();
    assert_eq!(outcome(&assessment, &disputed, "m"), "2.5");
    // A measure that only hands on a dispute is not where it is settled.
    disputed.resolutions = vec![resolution("m", 1, "talked")];
    let faults = Record::new(&assessment, &disputed).map(drop).expect_err("no dispute of its own");
    assert_eq!(faults[0].code.name(), "invalid-resolution");
}

#[test]
fn an_observer_is_one_person_however_the_name_is_capitalised() {
    let assessment = define(
        "[observers]\nat-least = 2\n[[measure]]\nid = \"m\"\ntitle = \"M\"\nrule = \"mean\"\nof = [\"a\"]\n",
    );
    assert_eq!(outcome(&assessment, &entry("Anna @ k: a 4; anna @ l: a 4"), "m"), "insufficient 1 of 2");
    let twice = Record::new(&assessment, &entry("Anna: a 4; anna: a 4")).map(drop).expect_err("twice");
    assert_eq!(twice[0].code.name(), "duplicate-row");
}

#[test]
fn a_weight_below_zero_turns_the_range_of_a_sum_over_situations() {
    let text = |levels: &str| {
        format!(
            "[[measure]]\nid = \"m\"\ntitle = \"M\"\nrule = \"sum\"\nof = [{{ id = \"a\", weight = -1 }}]\nover = \"situations\"\n\
             levels = [{{ id = \"low\", at-least = {levels}, title = \"L\" }}]\n"
        )
    };
    let assessment = define(&text("-5000"));
    assert_eq!(outcome(&assessment, &entry("x @ k: a 4; x @ l: a 3"), "m"), "-7 low");
}

#[test]
fn a_dispute_behind_a_failed_rung_does_not_matter() {
    let ladder = LADDER.to_owned();
    let assessment =
        define(&format!("[observers]\ndispute-from = 2\n[[measure]]\nid = \"m\"\ntitle = \"M\"\n{ladder}\n"));
    assert_eq!(outcome(&assessment, &entry("x: a 0, b 0, c 0; y: a 0, b 0, c 4"), "m"), "0");
    assert_eq!(outcome(&assessment, &entry("x: a 4, b 0, c 0; y: a 4, b 0, c 4"), "m"), "disputed 4");
}

#[test]
fn a_note_belongs_to_somebody() {
    let assessment = define("[[measure]]\nid = \"m\"\ntitle = \"M\"\nrule = \"mean\"\nof = [\"a\"]\n");
    let mut noted = entry("anna: a 2");
    noted.notes.push(Note { about: "a".into(), occasion: 7, text: "hm".into(), spot: Spot::default() });
    assert!(Record::new(&assessment, &noted).is_err());
    noted.notes[0].occasion = 0;
    assert!(Record::new(&assessment, &noted).is_ok());
}
