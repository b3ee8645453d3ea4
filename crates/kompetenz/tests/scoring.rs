//! Scoring, pitfall by pitfall: each test is named after a mistake that real software in this field has made.

use kompetenz::assessment::{Name, Node};
use kompetenz::entry::{FactEntry, Occasion, Rating, Spot};
use kompetenz::raw::Given;
use kompetenz::record::Seen;
use kompetenz::score::{Coverage, Truth, Why};
use kompetenz::{Assessment, Entry, Exact, Outcome, Record, Sources, check, recommend, score};
use proptest::prelude::*;

use crate::common::{assessment, nordstadt};

/// Ratings on several occasions: `anna: a 3, b n; ben @ kitchen #2: a 4`.
pub(crate) fn entry(observations: &str) -> Entry {
    let mut entry = Entry { key: "P-1".into(), name: "Test".into(), ..Entry::default() };
    for (occasion, part) in observations.split(';').enumerate() {
        let (name, ratings) = part.split_once(':').expect("an observer with ratings");
        entry.occasions.push(Occasion::parse(name).expect("an occasion"));
        for rating in ratings.split(',').filter(|rating| !rating.trim().is_empty()) {
            let (item, value) = rating.trim().split_once(' ').expect("an item with a value");
            let value = Exact::parse(value).map_or_else(|_| Given::Text(value.into()), Given::Number);
            entry.ratings.push(Rating { item: item.into(), occasion, value, spot: Spot::default() });
        }
    }
    entry
}

/// What comes out for a measure, in one line.
pub(crate) fn outcome(assessment: &Assessment, entry: &Entry, path: &str) -> String {
    let record = Record::new(assessment, entry).expect("a sound entry");
    let Some(Name::Measure(ix)) = assessment.find(path) else { panic!("no measure {path}") };
    let level = |level| assessment.level(ix, level).map(|level| level.id.as_str()).unwrap_or_default();
    match score(&record).outcome(Node::Measure(ix)) {
        Outcome::Score { value, level: reached } => {
            format!("{} {}", value.to_plain(), level(*reached)).trim_end().to_owned()
        }
        Outcome::Level(reached) => level(Some(*reached)).to_owned(),
        Outcome::Insufficient(Coverage { seen, needed, .. }) => {
            format!("insufficient {} of {}", seen.to_plain(), needed.to_plain())
        }
        Outcome::Disputed { spread } => format!("disputed {}", spread.to_plain()),
        Outcome::NotTaken => "not taken".into(),
    }
}

/// A definition of three items `a`, `b`, `c` on 0 to 4, with more in TOML; checks results of `m`.
fn cases(more: &str, cases: &[(&str, &str)]) {
    let assessment = assessment(&format!(
        r#"
id = "test"
version = "1"
language = "en"
title = "Test"
{}
[[scale]]
id = "s"
values = [0, 1, 2, 3, 4]
not-observed = "n"
[[item]]
id = "a"
scale = "s"
title = "A"
[[item]]
id = "b"
scale = "s"
title = "B"
[[item]]
id = "c"
scale = "s"
title = "C"
{more}"#,
        if more.contains("[observers]") { "" } else { "[observers]\nat-least = 1" }
    ));
    for (observations, expected) in cases {
        assert_eq!(outcome(&assessment, &entry(observations), "m"), *expected, "{observations}");
    }
}

#[test]
fn unanswered_is_not_zero() {
    cases(
        "[[measure]]\nid = \"m\"\ntitle = \"M\"\nrule = \"mean\"\nof = [\"a\", \"b\", \"c\"]\ncoverage = { count = 2 }",
        &[
            ("x: a 4, b 4, c n", "4"),
            ("x: a 4, b 4", "4"),
            ("x: a 4, b 4, c 0", "8/3"),
            ("x: a 0, b 0, c 0", "0"),
        ],
    );
}

#[test]
fn nothing_is_renormalised_without_being_told() {
    // Without `coverage`, everything must have been seen.
    cases(
        "[[measure]]\nid = \"m\"\ntitle = \"M\"\nrule = \"mean\"\nof = [\"a\", \"b\", \"c\"]",
        &[
            ("x: a 4, b 4, c 4", "4"),
            ("x: a 4, b 4, c n", "insufficient 2 of 3"),
            ("x: a 4", "insufficient 1 of 3"),
        ],
    );
}

#[test]
fn coverage_counts_parts_shares_and_weights() {
    let measure = |coverage: &str| {
        format!(
            "[[measure]]\nid = \"m\"\ntitle = \"M\"\nrule = \"weighted-mean\"\n\
             of = [{{ id = \"a\", weight = 0.5 }}, {{ id = \"b\", weight = 0.3 }}, {{ id = \"c\", weight = 0.2 }}]\n\
             coverage = {coverage}"
        )
    };
    cases(&measure("{ count = 2 }"), &[("x: a 1, c 1", "1"), ("x: a 1", "insufficient 1 of 2")]);
    cases(&measure("{ share = 0.6 }"), &[("x: b 1, c 1", "1"), ("x: a 1", "insufficient 1/3 of 0.6")]);
    // Exactly the weight that is needed is enough; 0.3 + 0.2 is 0.5, not 0.49999….
    cases(
        &measure("{ weight = 0.5 }"),
        &[("x: b 1, c 1", "1"), ("x: a 3", "3"), ("x: b 3", "insufficient 0.3 of 0.5")],
    );
}

#[test]
fn weights_count_in_the_sum_and_in_the_ceiling() {
    // With the best rating everywhere, whatever was not seen, the mean is the best value and never more or less.
    let weighted = "[[measure]]\nid = \"m\"\ntitle = \"M\"\nrule = \"weighted-mean\"\n\
        of = [{ id = \"a\", weight = 5 }, { id = \"b\", weight = 3 }, { id = \"c\", weight = 2 }]\ncoverage = { count = 1 }";
    cases(
        weighted,
        &[
            ("x: a 4, b 4, c 4", "4"),
            ("x: a 4", "4"),
            ("x: b 4, c 4", "4"),
            ("x: a 4, b 0", "2.5"),
            ("x: a 2, b 4, c 1", "2.4"),
        ],
    );
}

#[test]
fn levels_compare_before_anything_is_rounded() {
    let measure = |cut: &str| {
        format!(
            "[[measure]]\nid = \"m\"\ntitle = \"M\"\nrule = \"weighted-mean\"\n\
             of = [{{ id = \"a\", weight = 0.333 }}, {{ id = \"b\", weight = 0.667 }}]\n\
             levels = [{{ id = \"low\", at-least = 0, title = \"L\" }}, {{ id = \"high\", at-least = {cut}, title = \"H\" }}]"
        )
    };
    // 2.667 would be shown as 2.67: rounded first, it would reach the cut.
    cases(&measure("2.67"), &[("x: a 2, b 3", "2.667 low")]);
    cases(&measure("2.667"), &[("x: a 2, b 3", "2.667 high")]);
    cases(&measure("2.6671"), &[("x: a 2, b 3", "2.667 low")]);
}

#[test]
fn decimals_at_cuts_are_exact() {
    // In binary floating point 0.1 × 3 + 0.2 × 3 ≥ 0.9 is false.
    cases(
        "[[measure]]\nid = \"m\"\ntitle = \"M\"\nrule = \"weighted-mean\"\n\
         of = [{ id = \"a\", weight = 0.1 }, { id = \"b\", weight = 0.2 }, { id = \"c\", weight = 0.7 }]\n\
         levels = [{ id = \"low\", at-least = 0, title = \"L\" }, { id = \"high\", at-least = 0.9, title = \"H\" }]",
        &[("x: a 3, b 3, c 0", "0.9 high")],
    );
}

#[test]
fn every_level_can_be_reached_not_only_the_top() {
    cases(
        "[[measure]]\nid = \"m\"\ntitle = \"M\"\nrule = \"mean\"\nof = [\"a\", \"b\"]\n\
         levels = [{ id = \"one\", at-least = 0, title = \"1\" }, { id = \"two\", at-least = 1.5, title = \"2\" }, \
         { id = \"three\", at-least = 2.5, title = \"3\" }, { id = \"four\", at-least = 3.5, title = \"4\" }]",
        &[
            ("x: a 0, b 0", "0 one"),
            ("x: a 1, b 1", "1 one"),
            ("x: a 1, b 2", "1.5 two"),
            ("x: a 2, b 2", "2 two"),
            ("x: a 2, b 3", "2.5 three"),
            ("x: a 3, b 4", "3.5 four"),
            ("x: a 4, b 4", "4 four"),
        ],
    );
}

#[test]
fn observers_come_together_as_the_definition_says() {
    for (combine, expected) in [("mean", "8/3"), ("lower-median", "3"), ("lowest", "2"), ("highest", "3")] {
        cases(
            &format!(
                "[observers]\ncombine = \"{combine}\"\n[[measure]]\nid = \"m\"\ntitle = \"M\"\nrule = \"mean\"\nof = [\"a\"]"
            ),
            &[("x: a 2; y: a 3; z: a 3", expected), ("x: a n; y: a 2; z:", "2")],
        );
    }
    // Of two middle values the lower one.
    cases(
        "[observers]\ncombine = \"lower-median\"\n[[measure]]\nid = \"m\"\ntitle = \"M\"\nrule = \"mean\"\nof = [\"a\"]",
        &[("x: a 1; y: a 4", "1"), ("w: a 4; x: a 1; y: a 2; z: a 3", "2")],
    );
}

#[test]
fn a_dispute_is_no_number() {
    cases(
        "[observers]\nat-least = 2\ndispute-from = 2\n\
         [[measure]]\nid = \"m\"\ntitle = \"M\"\nrule = \"mean\"\nof = [\"a\", \"b\"]\ncoverage = { count = 1 }",
        &[
            ("x: a 3, b 3; y: a 4, b 3", "3.25"),
            ("x: a 2, b 3; y: a 4, b 3", "disputed 2"),
            // One observer alone is not enough for the module, even where single items may be seen by one.
            ("x: a 2, b 3", "insufficient 1 of 2"),
            ("x: a 2, b 3; y: a n", "2.5"),
        ],
    );
}

#[test]
fn lowest_highest_first_and_table() {
    let measure = |rest: &str| format!("[[measure]]\nid = \"m\"\ntitle = \"M\"\n{rest}");
    cases(
        &measure("rule = \"lowest\"\nof = [\"a\", \"b\"]\ncoverage = { count = 1 }"),
        &[("x: a 3, b 1", "1"), ("x: a 3", "3")],
    );
    cases(
        &measure("rule = \"highest\"\nof = [\"a\", \"b\"]\ncoverage = { count = 1 }"),
        &[("x: a 3, b 1", "3"), ("x: b 1", "1")],
    );
    cases(
        &measure("rule = \"first\"\nof = [\"a\", \"b\"]"),
        &[("x: a 3, b 1", "3"), ("x: b 1", "1"), ("x: a n, b 1", "1"), ("x: c 1", "insufficient 0 of 1")],
    );
    cases(
        &measure(
            "rule = \"table\"\nof = [\"a\"]\ntable = [{ at-least = 2, is = 6 }, { at-least = 4, is = 7 }]",
        ),
        &[
            ("x: a 2", "6"),
            ("x: a 3", "6"),
            ("x: a 4", "7"),
            ("x: a 1", "insufficient 1 of 2"),
            ("x: b 1", "insufficient 0 of 1"),
        ],
    );
}

#[test]
fn caps_keep_a_level_down_and_leave_the_value() {
    cases(
        "[[measure]]\nid = \"m\"\ntitle = \"M\"\nrule = \"mean\"\nof = [\"a\", \"b\"]\n\
         levels = [{ id = \"low\", at-least = 0, title = \"L\" }, { id = \"mid\", at-least = 1.5, title = \"M\" }, { id = \"high\", at-least = 2.5, title = \"H\" }]\n\
         caps = [{ when = { score = { of = \"c\", below = 2 } }, at-most = \"mid\" }]",
        &[
            ("x: a 4, b 4, c 2", "4 high"),
            ("x: a 4, b 4, c 1", "4 mid"),
            // A cap never lifts.
            ("x: a 0, b 1, c 1", "0.5 low"),
            // What was not seen caps nothing, and does not hide the level either.
            ("x: a 4, b 4, c n", "4 high"),
        ],
    );
}

#[test]
fn levels_by_condition_are_not_guessed() {
    cases(
        "[[measure]]\nid = \"m\"\ntitle = \"M\"\nrule = \"condition\"\nof = [\"a\", \"b\", \"c\"]\n\
         levels = [{ id = \"base\", title = \"0\" }, { id = \"some\", title = \"1\", when = { any = [{ score = { of = \"a\", at-least = 3 } }, { score = { of = \"b\", at-least = 3 } }] } }, \
         { id = \"all\", title = \"2\", when = { all = [{ score = { of = \"a\", at-least = 3 } }, { score = { of = \"c\", at-least = 3 } }] } }]",
        &[
            ("x: a 3, b 0, c 3", "all"),
            ("x: a 3, b 0, c 2", "some"),
            ("x: a 0, b 0, c 4", "base"),
            // `c` is not known, so the higher level may be reached or not: nothing is said, also not the lower one.
            ("x: a 3, b 0", "insufficient 2 of 3"),
            // `a` is too low for `all` whatever `c` is, and `b` is enough for `some`.
            ("x: a 2, b 3", "some"),
            ("x: b 3", "insufficient 1 of 3"),
        ],
    );
}

#[test]
fn unknown_is_neither_yes_nor_no() {
    let assessment = assessment(
        r#"
id = "test"
version = "1"
language = "en"
title = "Test"
[[step]]
number = 6
title = "Plan"
[[scale]]
id = "s"
values = [0, 1, 2]
not-observed = "n"
[[item]]
id = "a"
scale = "s"
title = "A"
[[item]]
id = "b"
scale = "s"
title = "B"
[[fact]]
id = "flag"
kind = "flag"
title = "F"
[[recommendation]]
id = "high"
step = 6
body = "x"
when = { score = { of = "a", at-least = 1 } }
text = "x"
[[recommendation]]
id = "not-high"
step = 6
body = "x"
when = { not = { score = { of = "a", at-least = 1 } } }
text = "x"
[[recommendation]]
id = "no-flag"
step = 6
body = "x"
when = { not = { fact = { of = "flag", is = true } } }
text = "x"
[[recommendation]]
id = "either"
step = 6
body = "x"
when = { any = [{ score = { of = "a", at-least = 1 } }, { score = { of = "b", at-least = 1 } }] }
text = "x"
"#,
    );
    let recommended = |entry: &Entry| {
        let record = Record::new(&assessment, entry).unwrap();
        let scored = score(&record);
        let advice = recommend(&scored, jiff::civil::date(2026, 1, 1));
        advice.recommended().iter().map(|r| r.path.clone()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(recommended(&entry("x: a 1, b 0")), "high either");
    assert_eq!(recommended(&entry("x: a 0, b 0")), "not-high");
    assert_eq!(recommended(&entry("x: a n, b 0")), "");
    assert_eq!(recommended(&entry("x: a n, b 1")), "either");
    let mut with_flag = entry("x: a n, b 0");
    with_flag.facts.push(FactEntry { fact: "flag".into(), value: Given::Flag(false), spot: Spot::default() });
    assert_eq!(recommended(&with_flag), "no-flag");

    let record = Record::new(&assessment, &entry("x: a n, b 0")).unwrap();
    let scored = score(&record);
    let advice = recommend(&scored, jiff::civil::date(2026, 1, 1));
    let Some(Name::Recommendation(ix)) = assessment.find("not-high") else { panic!() };
    assert_eq!(advice.recommendation(ix), Truth::Unknown(Why::Insufficient));
}

#[test]
fn one_rating_never_overwrites_another() {
    let assessment = nordstadt();
    let mut twice = entry("anna: metal.saw-order 3, metal.saw-order 4");
    twice.ratings[1].spot = Spot { source: 0, row: 7, column: 3 };
    let faults = Record::new(assessment, &twice).unwrap_err();
    assert_eq!(faults.len(), 1);
    assert_eq!(
        faults[0].to_string(),
        "-, row 7, column C: this observer rated the item twice [duplicate-row]"
    );
}

#[test]
fn a_renamed_item_is_a_fault_and_not_a_gap() {
    let assessment = nordstadt();
    let faults = Record::new(assessment, &entry("anna: metal.saw-ordr 3")).unwrap_err();
    assert_eq!(faults[0].code.name(), "unknown-column");
    assert_eq!(faults[0].help.as_ref().unwrap().en, "did you mean `metal.saw-order`?");
}

#[test]
fn all_faults_of_a_record_are_reported_and_none_tells_who_it_is() {
    let assessment = nordstadt();
    let mut bad =
        entry("anna: metal.saw-order 5, metal.saw-plan 2.5, metal.saw-tempo x, german.dtz-writing 20.5");
    bad.name = "Elena\u{202e}\0 Geheim".into();
    bad.key = String::new();
    bad.from = Some(jiff::civil::date(2026, 2, 2));
    bad.to = Some(jiff::civil::date(2026, 1, 1));
    bad.birth_date = Some(jiff::civil::date(2026, 3, 3));
    bad.hours = Some(Exact::ZERO);
    bad.facts.push(FactEntry {
        fact: "job-start".into(),
        value: Given::Text("Geheim".into()),
        spot: Spot::default(),
    });
    let faults = Record::new(assessment, &bad).unwrap_err();
    let codes: Vec<_> = faults.iter().map(|fault| fault.code.name()).collect();
    assert_eq!(
        codes,
        [
            "missing-value",
            "deceptive-character",
            "invalid-date",
            "invalid-date",
            "invalid-number",
            "outside-scale",
            "outside-scale",
            "outside-scale",
            "outside-scale",
            "invalid-fact",
        ]
    );
    for fault in faults {
        assert!(!format!("{fault:?}").contains("Geheim"), "{fault}");
    }
}

/// An accent without a letter is printed over whatever stands before it; one that belongs to a letter is a name.
#[test]
fn marks_need_a_letter() {
    for (name, is_good) in [
        ("S\u{326}tefan", true),
        ("Ștefan", true),
        ("محمَّد", true),
        ("\u{301}Ana", false),
        ("Ana \u{308}Popa", false),
        ("Ana-\u{323}", false),
    ] {
        let mut entry = entry("anna: metal.saw-order 3");
        entry.name = name.into();
        let faults = Record::new(nordstadt(), &entry).err().unwrap_or_default();
        let codes: Vec<_> = faults.iter().map(|fault| fault.code.name()).collect();
        assert_eq!(codes, if is_good { vec![] } else { vec!["deceptive-character"] }, "{name:?}");
    }
}

/// A rating may be the words of its step, in any language, or both.
#[test]
fn steps_may_be_written_in_words() {
    let definition = "id='a'\nversion='1'\nlanguage='de'\ntitle='A'\n[[scale]]\nid='s'\nnot-observed='n'\nvalues=[{value=1,title='beginnt'},{value=2,title='mit Hinweis'},{value=3,code='X',title='meist von allein'},{value=4,title='doppelt'},{value=5,title='Doppelt'}]\n[[item]]\nid='i'\nscale='s'\ntitle='I'\n[[measure]]\nid='m'\ntitle='M'\nrule='mean'\nof=['i']\n";
    let checked = check(&Sources::new("assessment.toml", definition));
    let assessment = checked.assessment.unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
    for (written, value) in [
        ("beginnt", Some("1")),
        ("Meist  von Allein", Some("3")),
        ("2 – mit Hinweis", Some("2")),
        ("X – meist von allein", Some("3")),
        ("2 - mit hinweis", Some("2")),
        ("n – nicht beobachtet", None),
        ("5 – doppelt", Some("5")),
        // What contradicts itself, and what two steps are called, is no rating.
        ("2 – beginnt", Some("outside-scale")),
        ("doppelt", Some("outside-scale")),
        ("2 –", Some("outside-scale")),
    ] {
        let entry = entry(&format!("anna: i {written}"));
        let shown = match Record::new(&assessment, &entry) {
            Ok(record) => match &record.seen(assessment.items().next().unwrap().0)[0] {
                Seen::Value(number) => Some(number.to_plain()),
                _ => None,
            },
            Err(faults) => faults.first().map(|fault| fault.code.name().to_owned()),
        };
        assert_eq!(shown.as_deref(), value, "{written}");
    }
}

#[test]
fn codes_and_numbers_of_a_scale_are_the_same() {
    let assessment = nordstadt();
    for (written, score) in [("A2", "6 a2"), ("a2", "6 a2"), ("6", "6 a2"), ("L1", "1 l1"), ("B2", "8 b2")] {
        let entry = entry(&format!("anna: german.speaking-screening {written}"));
        assert_eq!(outcome(assessment, &entry, "german.speaking"), score, "{written}");
    }
}

#[test]
fn a_module_not_taken_is_neither_missing_nor_insufficient() {
    let assessment = nordstadt();
    let only_german = entry("anna: german.speaking-screening A2");
    assert_eq!(outcome(assessment, &only_german, "metal.field"), "not taken");
    assert_eq!(outcome(assessment, &only_german, "german.writing"), "insufficient 0 of 1");
    // Whoever came and was not observed has taken part.
    let came = entry("anna: metal.saw-order n; ben: metal.saw-order n");
    assert_eq!(outcome(assessment, &came, "metal.field"), "insufficient 0 of 2");
}

const METAL: [&str; 15] = [
    "saw-order",
    "saw-plan",
    "saw-safety",
    "saw-quality",
    "saw-tempo",
    "drill-order",
    "drill-plan",
    "drill-safety",
    "drill-quality",
    "drill-tempo",
    "bend-order",
    "bend-plan",
    "bend-safety",
    "bend-quality",
    "bend-tempo",
];

/// Ratings of two observers; `None` is a gap.
fn metal_entry(ratings: &[[Option<i32>; 2]]) -> Entry {
    let mut entry = entry("anna: ; ben: ");
    for (item, both) in METAL.iter().zip(ratings) {
        for (occasion, rating) in both.iter().enumerate() {
            let Some(rating) = rating else { continue };
            let item = format!("metal.{item}").into();
            let value = Given::Number(Exact::from(*rating));
            entry.ratings.push(Rating { item, occasion, value, spot: Spot::default() });
        }
    }
    entry
}

fn ratings() -> impl Strategy<Value = Vec<[Option<i32>; 2]>> {
    // Second ratings lie close to the first, or nearly every record would be disputed.
    let one = (prop::option::weighted(0.9, 0..=4), prop::option::weighted(0.9, -1..=1));
    let one = one.prop_map(|(first, step): (Option<i32>, Option<i32>)| {
        [first, first.zip(step).map(|(first, step)| (first + step).clamp(0, 4))]
    });
    prop::collection::vec(one, 15)
}

fn metal_outcomes(assessment: &Assessment, entry: &Entry) -> Vec<(String, Outcome)> {
    let record = Record::new(assessment, entry).expect("sound");
    let scored = score(&record);
    assessment.measures().map(|(ix, m)| (m.path.clone(), scored.outcome(Node::Measure(ix)).clone())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn raising_a_rating_never_lowers_a_score(ratings in ratings(), item in 0usize..15, observer in 0usize..2) {
        let assessment = nordstadt();
        prop_assume!(ratings.iter().flatten().flatten().count() > 0);
        let before = metal_outcomes(assessment, &metal_entry(&ratings));
        let mut raised = ratings.clone();
        prop_assume!(raised[item][observer].is_some_and(|rating| rating < 4));
        raised[item][observer] = raised[item][observer].map(|rating| rating + 1);
        let after = metal_outcomes(assessment, &metal_entry(&raised));
        for ((path, before), (_, after)) in before.iter().zip(&after) {
            if let (Outcome::Score { value, level }, Outcome::Score { value: new, level: new_level }) = (before, after) {
                prop_assert!(new >= value, "{} fell", path);
                prop_assert!(new_level >= level, "level of {} fell", path);
            }
        }
    }

    #[test]
    fn removing_a_rating_never_makes_enough_of_too_little(ratings in ratings(), item in 0usize..15, observer in 0usize..2) {
        let assessment = nordstadt();
        let mut fewer = ratings.clone();
        fewer[item][observer] = None;
        prop_assume!(fewer.iter().flatten().flatten().count() > 0);
        let before = metal_outcomes(assessment, &metal_entry(&ratings));
        let after = metal_outcomes(assessment, &metal_entry(&fewer));
        for ((path, before), (_, after)) in before.iter().zip(&after) {
            if matches!(before, Outcome::Insufficient(_)) {
                prop_assert!(!matches!(after, Outcome::Score { .. } | Outcome::Level(_)), "{}", path);
            }
        }
    }

    #[test]
    fn the_order_of_ratings_and_observers_does_not_matter(ratings in ratings(), seed in any::<u64>()) {
        let assessment = nordstadt();
        prop_assume!(ratings.iter().flatten().flatten().count() > 0);
        let entry = metal_entry(&ratings);
        let mut other = entry.clone();
        other.occasions.reverse();
        for rating in &mut other.ratings {
            rating.occasion = 1 - rating.occasion;
        }
        let count = other.ratings.len();
        other.ratings.rotate_left(usize::try_from(seed % 1000).unwrap() % count.max(1));
        prop_assert_eq!(metal_outcomes(assessment, &entry), metal_outcomes(assessment, &other));
    }

    #[test]
    fn a_score_lies_within_its_scale(ratings in ratings()) {
        let assessment = nordstadt();
        prop_assume!(ratings.iter().flatten().flatten().count() > 0);
        for (path, outcome) in metal_outcomes(assessment, &metal_entry(&ratings)) {
            if let Outcome::Score { value, .. } = outcome {
                prop_assert!(value >= Exact::ZERO && value <= Exact::from(4), "{}", path);
            }
        }
    }
}
