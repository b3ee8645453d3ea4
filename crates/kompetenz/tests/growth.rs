//! Two results of one person: growth is shown, and refused where the numbers do not mean the same.

use jiff::civil::date;
use kompetenz::assessment::Node;
use kompetenz::explain::Reason;
use kompetenz::growth::Incomparable;
use kompetenz::{Assessment, Entry, Record, growth, recommend, score, why_not};

use crate::common::assessment;
use crate::scoring::entry;

fn define(version: &str, highest: i32, cut: &str) -> Assessment {
    named("test", version, highest, cut)
}

fn named(id: &str, version: &str, highest: i32, cut: &str) -> Assessment {
    assessment(&format!(
        r#"
id = "{id}"
version = "{version}"
language = "en"
title = "Test"
[[scale]]
id = "s"
range = {{ from = 0, to = {highest} }}
[[item]]
id = "a"
scale = "s"
title = "A"
[[item]]
id = "b"
scale = "s"
title = "B"
[[measure]]
id = "m"
title = "M"
rule = "mean"
of = ["a", "b"]
levels = [{{ id = "low", at-least = 0, title = "Low" }}, {{ id = "high", at-least = {cut}, title = "High" }}]
[[measure]]
id = "one"
title = "One"
rule = "mean"
of = ["a"]
"#
    ))
}

fn on(day: jiff::civil::Date, observations: &str) -> Entry {
    Entry { to: Some(day), ..entry(observations) }
}

/// What has changed, in one line for each measure; or why nothing can be said.
fn compare(before: (&Assessment, &Entry), after: (&Assessment, &Entry)) -> Result<String, Incomparable> {
    let (first, second) =
        (Record::new(before.0, before.1).expect("sound"), Record::new(after.0, after.1).expect("sound"));
    let (first, second) = (score(&first), score(&second));
    let changes = growth(&first, &second)?;
    let line = |change: &kompetenz::growth::Change| {
        let path = after.0.path(Node::Measure(change.measure));
        let value = change.value().map_or_else(|| "?".to_owned(), |value| value.to_plain());
        let levels = change.levels().map_or_else(|| "?".to_owned(), |levels| levels.to_string());
        format!("{path} {value} {levels}")
    };
    Ok(changes.iter().map(line).collect::<Vec<_>>().join("; "))
}

/// The same definition but for one line, which decides about the result.
#[test]
fn whatever_decides_about_a_result_must_be_the_same() {
    let text = |line: &str, caps: &str, observers: &str| {
        assessment(&format!(
            r#"
id = "test"
version = "1"
language = "en"
title = "Test"
[observers]
{observers}
[[scale]]
id = "s"
values = [0, 1, 2, 3, 4]
[[item]]
id = "a"
scale = "s"
title = "A"
[[item]]
id = "b"
scale = "s"
title = "B"
[[measure]]
id = "m"
title = "M"
{line}
levels = [{{ id = "low", at-least = -100, title = "Low" }}, {{ id = "high", at-least = 2, title = "High" }}]
{caps}
"#
        ))
    };
    let linear = "rule = \"linear\"\nof = [\"a\", \"b\"]\nplus = 1";
    let cap = "caps = [{ when = { score = { of = \"a\", below = 1 } }, at-most = \"low\" }]";
    let base = text(linear, cap, "at-least = 1");
    let entry = on(date(2026, 3, 1), "x: a 2, b 2");
    let others = [
        text(&linear.replace("plus = 1", "plus = 2"), cap, "at-least = 1"),
        text(&linear.replace("\"b\"", "{ id = \"b\", reverse = true }"), cap, "at-least = 1"),
        text(linear, &cap.replace("below = 1", "below = 2"), "at-least = 1"),
        text(linear, "", "at-least = 1"),
        text(linear, cap, "combine = \"lowest\""),
    ];
    for other in &others {
        assert!(matches!(compare((&base, &entry), (other, &entry)), Err(Incomparable::Changed(_))));
    }
    assert!(compare((&base, &entry), (&text(linear, cap, "at-least = 1"), &entry)).is_ok());
}

#[test]
fn growth_is_told_in_values_and_levels() {
    let test = define("1", 4, "2.5");
    let spring = on(date(2026, 3, 1), "x: a 2, b 2");
    let autumn = on(date(2026, 10, 1), "x: a 4, b 3");
    assert_eq!(compare((&test, &spring), (&test, &autumn)).unwrap(), "m 1.5 1; one 2 ?");
    let short = on(date(2026, 10, 1), "x: a 4");
    assert_eq!(compare((&test, &spring), (&test, &short)).unwrap(), "m ? ?; one 2 ?");
    assert_eq!(compare((&test, &autumn), (&test, &spring)), Err(Incomparable::Order));
    let other = Entry { key: "P-2".into(), ..autumn.clone() };
    assert_eq!(compare((&test, &spring), (&test, &other)), Err(Incomparable::People));
}

#[test]
fn numbers_that_mean_different_things_are_not_compared() {
    let first = define("1", 4, "2.5");
    let entry = on(date(2026, 3, 1), "x: a 2, b 2");
    let compare = |other: &Assessment| compare((&first, &entry), (other, &entry));
    assert_eq!(
        compare(&define("1", 4, "2.5")).unwrap(),
        "m 0 0; one 0 ?",
        "read twice, it is the same definition"
    );
    assert_eq!(compare(&define("2", 4, "2.5")), Err(Incomparable::Versions("1".into(), "2".into())));
    assert_eq!(compare(&define("1", 5, "2.5")), Err(Incomparable::Changed(vec!["a".into(), "b".into()])));
    assert_eq!(compare(&define("1", 4, "3")), Err(Incomparable::Changed(vec!["m".into()])));
    assert_eq!(
        compare(&named("wood", "1", 4, "2.5")),
        Err(Incomparable::Assessments("test".into(), "wood".into()))
    );
}

/// The lines of an explanation, one after the other.
fn gather(reason: &Reason, lines: &mut Vec<String>) {
    lines.push(reason.says.en.clone());
    reason.because.iter().for_each(|inner| gather(inner, lines));
}

#[test]
fn why_not_shows_only_what_stands_in_the_way() {
    let test = assessment(
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
values = [0, 1, 2, 3, 4]
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
[[recommendation]]
id = "go"
step = 6
when = { all = [
  { score = { of = "a", at-least = 2 } },
  { not = { any = [{ score = { of = "b", at-least = 3 } }, { score = { of = "a", below = 1 } }] } },
  { score = { of = "c", at-least = 1 } },
] }
body = "Team"
text = "Go"
"#,
    );
    let told = |observations: &str| {
        let entry = entry(observations);
        let record = Record::new(&test, &entry).unwrap();
        let scored = score(&record);
        let advice = recommend(&scored, date(2026, 1, 1));
        let reason = why_not(&advice, "go", test.main_language())?;
        let mut lines = Vec::new();
        gather(&reason, &mut lines);
        Some(lines.join(" | "))
    };
    assert_eq!(told("x: a 3, b 0, c 1"), None);
    assert_eq!(told("x: a 1, b 0, c 1").unwrap(), "does not apply | all of these | `a` ≥ 2: 1");
    assert_eq!(
        told("x: a 3, b 4").unwrap(),
        "does not apply | all of these | not | at least one of these | `b` ≥ 3: 4 | `c` ≥ 1: not enough observed (0 part(s) seen, 1 needed)"
    );
}
