//! Templates that do not end, or go too deep or too far: given up with a reason, while everybody else goes on.

use std::time::Duration;

use kompetenz_render::{Pictures, RenderError, Studio, Template};

use crate::support::{STUDIO, fixture, template};

/// It ends, but not before a test has lost its patience: no test should keep a core busy for ever.
const SLOW: &str = "#let certificate(data, ..rest) = { let n = 0; for a in range(4000) { for b in range(4000) { n += 1 } }; [= #n] }";

fn studio(source: &str) -> Studio {
    Studio::new(&template(source), Pictures::default()).expect("a template without mistakes of syntax")
}

fn error(source: &str) -> RenderError {
    studio(source).render(&fixture("short")).expect_err("it was printed")
}

#[test]
fn a_template_that_does_not_end_is_given_up() {
    let patience = Duration::from_millis(20);
    let studio = studio(SLOW).with_patience(patience);
    let data = fixture("short");
    for left_behind in 1..=3 {
        assert_eq!(studio.render(&data), Err(RenderError::Late { patience }));
        assert_eq!(studio.left_behind(), left_behind);
    }
    // Nobody waits a fourth time.
    let error = studio.render(&data).unwrap_err();
    assert_eq!((&error, error.code()), (&RenderError::TooManyLate, "endless-template"));
    insta::assert_snapshot!(RenderError::Late { patience }, @"the template did not finish within 0.02 s");

    // Other documents are made meanwhile, on the same thread and often enough that the engine forgets in between.
    let before = STUDIO.render(&data).unwrap();
    for _ in 0..40 {
        assert!(STUDIO.render(&data).unwrap() == before);
    }
}

#[test]
fn endless_loops_and_recursion_end_in_the_engine() {
    let said = |body: &str| error(&format!("#let certificate(data, ..rest) = {{\n  {body}\n}}")).to_string();
    insta::assert_snapshot!(said("while data.title != none { data.title }"), @"certificate.typ:2:3: loop seems to be infinite");
    insta::assert_snapshot!(said("let f(n) = f(n + 1); f(0)"), @"certificate.typ:2:14: maximum function call depth exceeded");
    insta::assert_snapshot!(said("let f(n) = if n > 0 { block(f(n - 1)) } else [x]; f(70); let g = [x]; for i in range(500) { g = block(g) }; g"), @"certificate.typ:2:25: maximum layout depth exceeded (hint: try to reduce the amount of nesting in your layout)");
    insta::assert_snapshot!(said("show heading: it => [= Again #it]; [= Title]"), @"certificate.typ:2:24: maximum show rule depth exceeded (hint: maybe a show rule matches its own output) (hint: maybe there are too deeply nested elements)");
    insta::assert_snapshot!(said("let c = state(\"c\", 1); context c.update(c.final() + 1); context c.final()"), @r#"
    document did not converge within five attempts (hint: see 2 additional warnings for more details) (hint: see https://typst.app/help/convergence for help); certificate.typ:2:43: value of `state("c")` did not converge (hint: the following values were observed:
    - run 1: `1`
    - run 2: `2`
    - run 3: `3`
    - run 4: `4`
    - run 5: `5`
    - final: `6`) (hint: see https://typst.app/help/state-convergence for help); certificate.typ:2:67: value of `state("c")` did not converge (hint: the following values were observed:
    - run 1: `1`
    - run 2: `2`
    - run 3: `3`
    - run 4: `4`
    - run 5: `5`
    - final: `6`) (hint: see https://typst.app/help/state-convergence for help)
    "#);
}

#[test]
fn nesting_beyond_all_measure_is_a_mistake_of_syntax() {
    for (open, middle, close) in [
        ("(", "1", ")"),
        ("[#", "1", "]"),
        ("{", "1", "}"),
        ("$(", "1", ")$"),
        ("- ", "1", ""),
        ("f(", "1", ")"),
        ("1+", "1", ""),
        ("", "x", ".y"),
        ("", "x", "()"),
        ("", "x", " = x"),
        ("if x {} else ", "{}", ""),
    ] {
        let deep = format!("#let x = {}{middle}{}", open.repeat(20_000), close.repeat(20_000));
        assert!(Studio::new(&template(&deep), Pictures::default()).is_err(), "{open}{middle}{close}");
    }
    // What is just not too deep is still walked through.
    let sum = format!("#let certificate(data, ..rest) = [= #{{ {}1 }}]", "1+".repeat(700));
    assert!(matches!(error(&sum), RenderError::Template(_)), "it has no title, which is the only mistake");
    let tables = format!("a = {}1{}", "[".repeat(20_000), "]".repeat(20_000));
    let labels = [("certificate.typ", "#let certificate(data) = []"), ("labels/de.toml", tables.as_str())];
    assert!(Studio::new(&Template::from_files("certificate.typ", labels), Pictures::default()).is_err());
}

#[test]
fn a_document_has_something_on_some_pages() {
    assert_eq!(error("#let certificate(data, ..rest) = []"), RenderError::Empty);
    let many = "#let certificate(data, ..rest) = for i in range(10000) { [x]; pagebreak() }";
    assert_eq!(error(many), RenderError::TooManyPages { count: 10_001, limit: 500 });
}
