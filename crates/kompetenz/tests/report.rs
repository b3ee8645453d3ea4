//! The data of the report for advisers: everything that came out, also where a certificate is withheld.

use jiff::civil::date;
use kompetenz::assessment::Language;
use kompetenz::certificate::{Issuer, Issuing};
use kompetenz::entry::{Decision, FactEntry, Localized, Note, Resolution, Ruling, Spot};
use kompetenz::growth::Incomparable;
use kompetenz::raw::Given;
use kompetenz::report::{NoReport, Outcome, ReportData};
use kompetenz::{Assessment, Entry, Exact, Record, Ui, recommend, score};

use crate::common::{assessment, nordstadt};
use crate::scoring::entry;

/// A definition with everything that a report tells of, in German and English. `talk-from` and disputes begin at 2.
const WOOD: &str = r#"
id = "wood"
version = "1.0.0"
language = "en"
title = "Wood work sample"
shows = ["field"]
[observers]
at-least = 2
dispute-from = 2
talk-from = 2
[certificate]
title = "Certificate"
subtitle = "of competency assessment"
procedure = "Two people observed."
is = "What was shown."
is-not = "No examination."
profile = ["field"]
per-kind = 1
[[step]]
number = 7
title = "Show and grow"
[[step]]
number = 8
title = "Get into work"
[[scale]]
id = "s"
values = [{ value = 0, title = "tried" }, { value = 1, title = "helped" }, 2, { value = 3, title = "alone" }, 4]
not-observed = "n"
[[item]]
id = "plan"
scale = "s"
title = "Planning"
[[item]]
id = "safety"
scale = "s"
title = "Safety"
[[item]]
id = "speed"
scale = "s"
title = "Speed"
[[item]]
id = "finish"
scale = "s"
title = "Finish"
[[measure]]
id = "field"
title = "Wood"
rule = "mean"
of = ["plan", "safety"]
levels = [{ id = "low", at-least = 0, title = "guided", bar = 1 }, { id = "high", at-least = 2, title = "alone", bar = 4 }]
caps = [{ when = { score = { of = "safety", below = 2 } }, at-most = "low" }]
[[measure]]
id = "pace"
title = "Pace"
rule = "mean"
of = ["speed", "finish"]
coverage = { count = 2 }
[[fact]]
id = "years"
kind = "number"
title = "Years of work"
[[job]]
id = "helper"
title = "Helper"
requires = [{ of = "field", level = "high", must = true }, { of = "pace", at-least = 2 }]
[[finding]]
id = "plans"
kind = "ability"
when = { all = [{ score = { of = "plan", at-least = 3 } }, { not = { fact = { of = "years", at-least = 5 } } }] }
text = "Plans the work."
[[finding]]
id = "learns"
kind = "ability"
when = { level = { of = "field", is = "low" } }
text = "Works with wood {{ field.level }}."
[[recommendation]]
id = "training"
step = 7
when = { any = [{ score = { of = "safety", below = 2 } }, { insufficient = "pace" }] }
excludes = ["course"]
body = "Workshop"
due = "4 weeks"
text = "Training"
[[recommendation]]
id = "course"
step = 7
body = "School"
text = "Course"
[[recommendation]]
id = "talk"
step = 7
internal = true
when = { gap = "plan" }
body = "Team"
text = "Talk"
[[recommendation]]
id = "try-out"
step = 8
body = "Team"
text = "Try-out"
[[recommendation]]
id = "apply"
step = 8
when = { level = { of = "field", is = "high" } }
body = "Team"
text = "Apply"
"#;

/// Ratings of two people and a self-assessment, with notes, a dispute that was settled, and decisions of all kinds.
fn rich() -> Entry {
    let note = |about: &str, occasion: usize, text: &str| Note {
        about: about.into(),
        occasion,
        text: text.into(),
        spot: Spot::default(),
    };
    let ruled = |ruling: Ruling, reason: Option<&str>| Decision {
        ruling,
        reason: reason.map(Into::into),
        by: Some("kaya".into()),
        spot: Spot::default(),
    };
    let text = |text: &str| vec![Localized { language: None, text: text.into() }];
    Entry {
        from: Some(date(2026, 11, 2)),
        to: Some(date(2026, 11, 20)),
        hours: Some(Exact::from(12)),
        notes: vec![
            note("", 0, "Asks\n  when unsure."),
            note("field", 1, "Came late once."),
            note("safety", 1, "Reached over the blade."),
        ],
        resolutions: vec![Resolution {
            about: "safety".into(),
            situation: None,
            value: Given::Number(Exact::from(1)),
            note: "Looked at together.".into(),
            by: Some("kaya".into()),
            spot: Spot::default(),
        }],
        facts: vec![FactEntry {
            fact: "years".into(),
            value: Given::Number(Exact::parse("2.5").unwrap()),
            spot: Spot::default(),
        }],
        decisions: vec![
            ruled(Ruling::Confirmed("training".into()), None),
            ruled(Ruling::Rejected("try-out".into()), Some("No place before March.")),
            ruled(Ruling::Edited("talk".into(), text("Talk at home")), None),
            ruled(Ruling::Confirmed("apply".into()), None),
            ruled(
                Ruling::Added {
                    step: 8,
                    text: text("Visit"),
                    body: text("Team"),
                    due: Some("2 weeks".into()),
                },
                Some("Wished for."),
            ),
        ],
        ..entry("anna: plan 3, safety 3, speed n; ben: plan 4, safety 1; self: plan 0, safety 2")
    }
}

fn issuing() -> Issuing {
    let issuer = Issuer {
        name: "Example".into(),
        address: vec![],
        place: "Dortmund".into(),
        color: "#0d5c73".into(),
        signatories: vec![],
        ..Issuer::default()
    };
    Issuing { issuer, ..Issuing::default() }
}

fn report(assessment: &Assessment, entry: &Entry, earlier: Option<&Entry>) -> Result<ReportData, NoReport> {
    report_in(assessment, assessment.main_language(), entry, earlier)
}

fn report_in(
    assessment: &Assessment,
    language: Language,
    entry: &Entry,
    earlier: Option<&Entry>,
) -> Result<ReportData, NoReport> {
    let record = Record::new(assessment, entry).expect("sound");
    let earlier = earlier.map(|earlier| Record::new(assessment, earlier).expect("sound"));
    let (scored, before) = (score(&record), earlier.as_ref().map(score));
    ReportData::new(&recommend(&scored, date(2026, 11, 22)), &issuing(), language, before.as_ref())
}

#[test]
fn a_report_tells_everything_that_came_out() {
    let wood = assessment(WOOD);
    let earlier = Entry {
        to: Some(date(2026, 3, 1)),
        ..entry("anna: plan 2, safety 2, speed 1, finish 1; ben: plan 2, safety 2, speed 1, finish 2")
    };
    let report = report(&wood, &rich(), Some(&earlier)).unwrap();
    insta::assert_snapshot!(format!("{:#}", serde_json::to_value(&report).unwrap()));
}

/// What a program writes it reads again, and other fields than these are mistakes.
#[test]
fn a_report_is_a_contract() {
    let report = report(&assessment(WOOD), &rich(), None).unwrap();
    let mut json = serde_json::to_value(&report).unwrap();
    let schema = jsonschema::validator_for(&ReportData::schema()).unwrap();
    assert!(schema.is_valid(&json));
    assert_eq!(serde_json::from_value::<ReportData>(json.clone()).unwrap(), report);
    let fixture = crate::read(&crate::repository("fixtures/reports/short.json"));
    assert_eq!(serde_json::from_str::<ReportData>(&fixture).unwrap().format, report.format);
    json["rank"] = 1.into();
    assert!(!schema.is_valid(&json));
    assert!(serde_json::from_value::<ReportData>(json).is_err());
}

#[test]
fn a_withheld_certificate_is_no_reason_for_no_report() {
    let wood = assessment(WOOD);
    let disputed = report(&wood, &entry("anna: plan 3, safety 3; ben: plan 3, safety 0"), None).unwrap();
    assert_eq!(
        disputed.withheld.as_deref(),
        Some("observers are too far apart on safety; a person must decide first")
    );
    let safety = &disputed.modules[0].items[1];
    assert_eq!((safety.outcome, safety.ratings.join(" ")), (Outcome::Disputed, "3 0".into()));
    assert_eq!(safety.lack.as_deref(), Some("disputed: observers are 3 apart"));

    let little = report(&wood, &entry("anna: plan n; ben: plan n"), None).unwrap();
    assert!(little.withheld.unwrap().contains("not enough was observed"));
    let field = &little.modules[0].measures[0];
    assert_eq!(field.outcome, Outcome::Insufficient);
    assert_eq!(field.lack.as_deref(), Some("not enough observed (0 part(s) seen, 2 needed)"));

    let undecided =
        assessment(&WOOD.replace("language = \"en\"", "language = \"en\"\ndecisions = \"required\""));
    let undecided =
        report(&undecided, &entry("anna: plan 3, safety 3; ben: plan 3, safety 3"), None).unwrap();
    assert!(undecided.withheld.unwrap().contains("has not decided yet"));
    assert!(!undecided.steps.is_empty());
}

#[test]
fn reports_are_written_in_german_and_english_only() {
    let nordstadt = nordstadt();
    let entry = entry("anna: german.speaking-screening A2");
    let in_language = |code: &str| {
        let language = nordstadt.language(code).expect("a language of the assessment");
        report_in(nordstadt, language, &entry, None)
    };
    assert_eq!(in_language("de").unwrap().title, "Bericht zur Feststellung");
    assert_eq!(in_language("en").unwrap().title, "Report on the assessment");
    for code in ["ro", "bg", "tr"] {
        let refused = in_language(code).unwrap_err();
        assert_eq!(refused.code(), "language");
        let message = refused.message();
        assert!(message.en.contains(code) && message.en.ends_with("in `de`, `en`"), "{}", message.en);
        assert!(message.get(Ui::De).ends_with("in `de`, `en`"));
    }
    let turkish = assessment(&WOOD.replace("language = \"en\"", "language = \"tr\""));
    let refused = report(&turkish, &self::entry("anna: plan 3; ben: plan 3"), None).unwrap_err();
    assert_eq!(refused, NoReport::Language { asked: "tr".into(), known: vec![] });
    assert!(refused.message().en.contains("neither"));
}

#[test]
fn growth_is_refused_where_the_numbers_do_not_mean_the_same() {
    let wood = assessment(WOOD);
    let other = Entry { key: "P-2".into(), ..rich() };
    let refused = report(&wood, &rich(), Some(&other)).unwrap_err();
    assert_eq!(refused, NoReport::Incomparable(Incomparable::People));
    let after = Entry { from: None, to: Some(date(2027, 1, 1)), ..rich() };
    let refused = report(&wood, &rich(), Some(&after)).unwrap_err();
    assert_eq!(refused.code(), "incomparable");
}

/// Both dots lie on the line, wherever the values lie on the scale.
#[test]
fn self_assessments_stand_beside_what_was_observed() {
    let wood = assessment(WOOD);
    for (seen, own, observed, dot, gap) in
        [(0, 4, 0, 1000, "+4"), (4, 0, 1000, 0, "−4"), (2, 2, 500, 500, "the same"), (1, 2, 250, 500, "+1")]
    {
        let entry = entry(&format!("anna: plan {seen}; ben: plan {seen}; self: plan {own}"));
        let report = report(&wood, &entry, None).unwrap();
        let own = report.modules[0].items[0].own.as_ref().expect("a self-assessment");
        let dots = own.dots.expect("two dots");
        assert_eq!((dots.observed, dots.own, own.gap.as_deref()), (observed, dot, Some(gap)));
        assert_eq!(report.talks.len(), usize::from(gap.contains('4')), "{gap}");
    }
}
