//! Texts that nobody meant to be a definition, and definitions larger than any real one.
//!
//! None of them may panic, exhaust the stack or take long, and whatever is said about them can be shown.

use std::fmt::Write as _;
use std::path::Path;

use kompetenz::{Checked, Diagnostic, Severity, Sources, Ui, check};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::{errors, read, repository, sources};

/// Checks, and shows everything that was found in both languages.
fn checked(sources: &Sources) -> Checked {
    let checked = check(sources);
    for diagnostic in &checked.diagnostics {
        for ui in [Ui::En, Ui::De] {
            let shown = diagnostic.render(sources, ui, false);
            assert!(shown.contains(diagnostic.code.name()));
        }
        assert!(diagnostic.to_json(sources)["labels"][0]["place"]["line"].as_u64() >= Some(1));
    }
    let sound = checked.diagnostics.iter().all(|d| d.severity == Severity::Warning);
    // Whoever gets no assessment hears why.
    assert_eq!(checked.assessment.is_some(), sound);
    checked
}

fn check_text(text: &str) -> Checked {
    checked(&Sources::new("assessment.toml", text))
}

/// The messages in English, each once.
fn messages(checked: &Checked) -> Vec<String> {
    let mut messages: Vec<String> =
        checked.diagnostics.iter().map(|d: &Diagnostic| d.message.en.clone()).collect();
    messages.dedup();
    messages
}

const HEAD: &str = "id = \"demo\"\nversion = \"1.0.0\"\nlanguage = \"en\"\ntitle = \"Demo\"\n\
    [[scale]]\nid = \"rating\"\nvalues = [0, 1, 2, 3, 4]\n\
    [[item]]\nid = \"planning\"\nscale = \"rating\"\ntitle = \"Planning\"\n";

/// The shipped definition as pairs of names and texts, the main file first.
fn nordstadt() -> Vec<(String, String)> {
    let sources = sources(&repository("assessments/nordstadt"));
    sources.iter().map(|(_, source)| (source.name.clone(), source.text.clone())).collect()
}

/// The definition with every key there is.
fn exhaustive() -> Vec<(String, String)> {
    let sources = sources(&repository("fixtures/exhaustive"));
    sources.iter().map(|(_, source)| (source.name.clone(), source.text.clone())).collect()
}

fn as_sources(files: &[(String, String)]) -> Sources {
    let mut sources = Sources::new(files[0].0.as_str(), files[0].1.as_str());
    for (name, text) in &files[1..] {
        sources.add(name.as_str(), text.as_str());
    }
    sources
}

/// One change to a text.
#[derive(Debug, Clone)]
enum Mutation {
    Delete,
    Double,
    Replace(String),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    prop_oneof![
        Just(Mutation::Delete),
        Just(Mutation::Double),
        // What definitions are made of, in the wrong place.
        proptest::sample::select(vec![
            "\"",
            "'",
            "[",
            "]",
            "{",
            "}",
            "=",
            ",",
            ".",
            "#",
            "\n",
            "\r",
            "\0",
            "{{",
            "}}",
            "-1",
            "0",
            "1e9",
            "nan",
            "true",
            "2026-02-30",
            "[[item]]",
            "[example]",
            "{ all = [] }",
            "\"\"\"",
            "ä",
            "„",
            "\u{feff}",
            "\u{202e}",
            "overall",
            "metal.",
            "999999999999999999999",
            "id = \"x\"\n",
        ])
        .prop_map(|text| Mutation::Replace(text.to_owned())),
        "\\PC{0,12}".prop_map(Mutation::Replace),
    ]
}

fn mutate(text: &mut String, from: Index, length: usize, mutation: &Mutation) {
    let start = text.floor_char_boundary(from.index(text.len() + 1));
    let end = text.floor_char_boundary((start + length).min(text.len()));
    let slice = text[start..end].to_owned();
    let new = match mutation {
        Mutation::Delete => String::new(),
        Mutation::Double => slice.repeat(2),
        Mutation::Replace(new) => new.clone(),
    };
    text.replace_range(start..end, &new);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_answered(text in "\\PC{0,200}") {
        check_text(&text);
    }

    #[test]
    fn any_text_with_the_signs_of_toml_is_answered(text in "[\\[\\]{}=,.#\"'\\\\\n\r\t a-z0-9äß-]{0,120}") {
        check_text(&text);
        check_text(&format!("{HEAD}{text}"));
        checked(&{
            let mut sources = Sources::new("assessment.toml", HEAD.replace("title = \"Demo\"", "title = \"Demo\"\nlanguages = [\"ro\"]"));
            sources.add("lang/ro.toml", text);
            sources
        });
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_changed_definition_is_answered(
        every_key in any::<bool>(),
        changes in prop::collection::vec((any::<Index>(), any::<Index>(), 0usize..60, mutation()), 1..4),
    ) {
        let mut files = if every_key { exhaustive() } else { nordstadt() };
        for (file, from, length, mutation) in &changes {
            let ix = file.index(files.len());
            mutate(&mut files[ix].1, *from, *length, mutation);
        }
        checked(&as_sources(&files));
    }

    /// Whole lines, so that the text stays TOML more often and the later steps have their turn.
    #[test]
    fn a_definition_with_lines_lost_or_doubled_is_answered(
        every_key in any::<bool>(),
        changes in prop::collection::vec((any::<Index>(), any::<Index>(), 0usize..3), 1..6),
    ) {
        let mut files = if every_key { exhaustive() } else { nordstadt() };
        lose_or_double_lines(&mut files, &changes);
        checked(&as_sources(&files));
    }
}

fn lose_or_double_lines(files: &mut [(String, String)], changes: &[(Index, Index, usize)]) {
    for (file, line, times) in changes {
        let (_, text) = file.get_mut_of(files);
        let mut lines: Vec<&str> = text.lines().collect();
        // The text of a letter can be a line long, and that may be gone already.
        if lines.is_empty() {
            continue;
        }
        let line = line.index(lines.len());
        let copies = vec![lines[line]; *times];
        lines.splice(line..=line, copies);
        *text = lines.join("\n");
    }
}

/// [`Index::get_mut`] for lists of files.
trait GetMutOf {
    fn get_mut_of<'a, T>(&self, list: &'a mut [T]) -> &'a mut T;
}

impl GetMutOf for Index {
    fn get_mut_of<'a, T>(&self, list: &'a mut [T]) -> &'a mut T {
        let ix = self.index(list.len());
        &mut list[ix]
    }
}

#[test]
fn deep_nesting_is_refused() {
    let deep = 1000;
    for (open, inner, close) in [
        ("{ not = ", "{ taken = \"x\" }", " }"),
        ("{ all = [", "", "] }"),
        ("[", "1", "]"),
        ("{ a = ", "1", " }"),
        ("{ a.b.c.d.e.f.g.h = ", "1", " }"),
    ] {
        let nested = format!("{}{inner}{}", open.repeat(deep), close.repeat(deep));
        for before in [
            "[[finding]]\nid = \"f\"\nkind = \"ability\"\ntext = \"x\"\nwhen = ",
            "[[scale]]\nid = \"s\"\nvalues = ",
            "[[example]]\nname = \"e\"\nexpect = {}\nobservations = ",
        ] {
            let checked = check_text(&format!("{HEAD}{before}{nested}\n"));
            assert_eq!(messages(&checked), ["this is nested too deeply"], "{before}{open}");
        }
    }
    let dotted = ["a"; 1000].join(".");
    for text in [format!("{dotted} = 1\n"), format!("[{dotted}]\n"), format!("[[{dotted}]]\nx = 1\n")] {
        assert_eq!(messages(&check_text(&text)), ["this is nested too deeply"]);
    }
}

/// As deep as TOML is read at all: long keys in inline tables in a table.
#[test]
fn the_deepest_nesting_that_is_read_fits_the_stack() {
    let key = ["a"; 79].join(".");
    let nested = format!("{}1{}", format!("{{ {key} = ").repeat(70), " }".repeat(70));
    let example = format!("[[example]]\nname = \"e\"\nexpect = {{}}\nobservations.anna = {nested}\n");
    assert_eq!(errors(&check_text(&format!("{HEAD}{example}"))), ["wrong-type"]);
}

/// Each measure is computed from the next one, so that the order of the file is the wrong one.
fn chain(count: usize, rule: &str, part: &str) -> String {
    let mut text = HEAD.to_owned();
    for ix in 0..count {
        let of = if ix + 1 == count { "planning".to_owned() } else { format!("m{}", ix + 1) };
        let part = part.replace("ID", &of);
        write!(text, "[[measure]]\nid = \"m{ix}\"\ntitle = \"M\"\n{rule}\nof = [{part}]\n").unwrap();
    }
    text
}

#[test]
fn a_long_chain_of_measures_is_scored_or_refused() {
    let rule = "rule = \"highest\"";
    let example = "[[example]]\nname = \"e\"\nobservations.anna.planning = 3\nexpect.m0 = { score = 3 }\n";
    let checked = check_text(&format!("{}{example}", chain(65, rule, "\"ID\"")));
    assert!(checked.diagnostics.is_empty(), "{:?}", messages(&checked));
    for count in [66, 20_000] {
        assert_eq!(errors(&check_text(&chain(count, rule, "\"ID\""))), ["invalid-measure"]);
        // The last one closes the circle.
        let circle = chain(count, rule, "\"ID\"").replace("of = [\"planning\"]", "of = [\"m0\"]");
        assert_eq!(errors(&check_text(&circle)), ["cycle"]);
    }
}

#[test]
fn many_parts_are_no_trouble() {
    let count = 10_000;
    let mut text = HEAD.to_owned();
    let mut parts = String::new();
    for ix in 0..count {
        write!(text, "[[item]]\nid = \"i{ix}\"\nscale = \"rating\"\ntitle = \"I\"\n").unwrap();
        write!(parts, "\"i{ix}\", ").unwrap();
    }
    text.push_str(&format!(
        "[[measure]]\nid = \"all\"\ntitle = \"All\"\nrule = \"mean\"\nof = [\"planning\", {parts}]\n"
    ));
    assert_eq!(errors(&check_text(&text)), [""; 0]);
}

#[test]
fn a_wide_condition_is_no_trouble() {
    let tests = "{ score = { of = \"planning\", at-least = 3 } }, ".repeat(20_000);
    let text = format!(
        "{HEAD}[[finding]]\nid = \"wide\"\nkind = \"ability\"\nwhen = {{ any = [{tests}] }}\ntext = \"Plans.\"\n"
    );
    assert_eq!(errors(&check_text(&text)), [""; 0]);
}

#[test]
fn many_mistakes_are_no_trouble() {
    // Each is compared with everything it could have meant.
    let mut text = HEAD.to_owned();
    for ix in 0..3_000 {
        write!(text, "[[item]]\nid = \"item-{ix}\"\nscale = \"ratnig-{ix}\"\ntitle = \"I\"\n").unwrap();
    }
    assert_eq!(check(&Sources::new("assessment.toml", text)).diagnostics.len(), 3_000);
}

#[test]
fn a_file_has_at_most_four_megabytes() {
    let mut text = HEAD.to_owned();
    text.push_str(&"# nothing to see here\n".repeat((4 << 20) / 22 + 1));
    let large = check_text(&text);
    assert_eq!(errors(&large), ["missing-file"]);
    assert_eq!(messages(&large), ["larger than 4 MB"]);
    text.truncate(4 << 20);
    assert_eq!(errors(&check_text(&text)), [""; 0]);
}

#[test]
fn endless_names_are_no_trouble() {
    let long = "x".repeat(1 << 20);
    for text in [
        format!("{HEAD}[[item]]\nid = \"{long}\"\nscale = \"rating\"\ntitle = \"I\"\n"),
        format!("{HEAD}[[item]]\nid = \"i\"\nscale = \"{long}\"\ntitle = \"I\"\n"),
        format!("{HEAD}[[item]]\nid = \"i\"\nscale = \"rating\"\ntitle = \"{long}\"\n"),
        format!("{HEAD}{long} = 1\n"),
        format!("{HEAD}[[{long}]]\n"),
        format!("version = \"{long}\"\n{}", HEAD.replace("version = \"1.0.0\"\n", "")),
        format!("language = \"{long}\"\n{}", HEAD.replace("language = \"en\"\n", "")),
        format!("modules = [\"{long}\"]\n{HEAD}"),
        format!("languages = [\"{long}\"]\n{HEAD}"),
    ] {
        check_text(&text);
    }
}

#[test]
fn line_ends_of_windows_are_line_ends() {
    let windows: Vec<_> =
        nordstadt().into_iter().map(|(name, text)| (name, text.replace('\n', "\r\n"))).collect();
    let sources = as_sources(&windows);
    let checked = checked(&sources);
    assert!(checked.assessment.is_some(), "{:?}", messages(&checked));
    // Lines are counted the same.
    let broken = HEAD.replace("scale = \"rating\"", "scale = \"ratnig\"").replace('\n', "\r\n");
    let sources = Sources::new("assessment.toml", broken);
    let checked = check(&sources);
    assert_eq!(sources.show(checked.diagnostics[0].place()), "assessment.toml:10");
}

/// Editors of Windows write a byte order mark; nobody sees it, so nobody shall hear of it.
#[test]
fn a_byte_order_mark_is_nothing() {
    let checked = check_text(&format!("\u{feff}{HEAD}"));
    assert_eq!(errors(&checked), [""; 0]);
    let marked: Vec<_> =
        nordstadt().into_iter().map(|(name, text)| (name, format!("\u{feff}{text}"))).collect();
    assert!(check(&as_sources(&marked)).assessment.is_some());
    // A mistake in the first line is shown where it is.
    let sources = Sources::new("assessment.toml", format!("\u{feff}{}", HEAD.replacen("id", "di", 1)));
    let found = check(&sources).diagnostics;
    assert!(found.iter().all(|d| sources.line(d.place()) == 1));
    assert!(found[0].render(&sources, Ui::En, false).contains("1 | "));
}

#[test]
fn strange_numbers_are_refused_or_read_exactly() {
    let scale = |values: &str| {
        format!(
            "{HEAD}[[scale]]\nid = \"s\"\nvalues = [{values}]\n[[item]]\nid = \"i\"\nscale = \"s\"\ntitle = \"I\"\n"
        )
    };
    for good in
        ["0.1, 0.2", "-1, 1", "+1, 2", "1_000, 2_000", "0.000000000000001, 999999999999999", "-0.0, 1"]
    {
        assert_eq!(errors(&check_text(&scale(good))), [""; 0], "{good}");
    }
    for bad in [
        "0, 1e400",
        "0, 9999999999999999",
        "0, 0.1234567890123456",
        "0, inf",
        "-inf, 0",
        "nan, 1",
        "0, 0x10",
        "0, 1e2",
        &format!("0, {}", "9".repeat(100_000)),
        &format!("0, 0.{}1", "0".repeat(100_000)),
    ] {
        let errors = errors(&check_text(&scale(bad)));
        assert!(
            matches!(errors.as_slice(), ["invalid-number" | "wrong-type"]),
            "{}: {errors:?}",
            &bad[..10.min(bad.len())]
        );
    }
    // As large as numbers can be, in every place at once.
    let large = "999999999999999";
    let text = format!(
        "{HEAD}[observers]\nat-least = 4294967295\ndispute-from = {large}\n\
         [[measure]]\nid = \"m\"\ntitle = \"M\"\nrule = \"weighted-mean\"\n\
         of = [{{ id = \"planning\", weight = {large} }}, {{ id = \"big\", weight = 0.000000000000001 }}]\n\
         coverage = {{ weight = 0.000000000000001 }}\n\
         [[item]]\nid = \"big\"\nscale = \"wide\"\ntitle = \"I\"\n\
         [[scale]]\nid = \"wide\"\nrange = {{ from = -{large}, to = {large}, step = 3 }}\n\
         [[example]]\nname = \"e\"\nobservations.anna = {{ planning = 4, big = {large} }}\nexpect.m = \"insufficient\"\n"
    );
    assert_eq!(errors(&check_text(&text)), [""; 0]);
}

#[test]
fn bytes_that_no_editor_writes_are_refused() {
    for text in ["\0", "id = \"a\0b\"", "id\0 = 1", "# \0", "\u{1}", "id = \"\u{7f}\"", "\r", "a = 1\rb = 2"]
    {
        assert!(errors(&check_text(text)).contains(&"syntax"), "{text:?}");
    }
    assert_eq!(errors(&check_text("")), ["missing-key"; 2]);
}

/// Names that look alike to people are different names, and letters beyond ASCII are no ids.
#[test]
fn ids_are_plain() {
    for id in
        ["pl\u{430}nning", "planning\u{200b}", "plann\u{131}ng", "PLANNING", "", "-a", "1a", "a.b", "../x"]
    {
        let text = format!("{HEAD}[[item]]\nid = \"{id}\"\nscale = \"rating\"\ntitle = \"I\"\n");
        assert_eq!(errors(&check_text(&text)), ["invalid-id"], "{id:?}");
    }
}

/// No file that a definition names lies outside of its folder.
#[test]
fn files_stay_in_their_folder() {
    for name in ["../../etc/passwd", "/etc/passwd", "a/b", "..", ".", "a\\\\b", "c:x", "lang/en"] {
        let text = format!("modules = [\"{name}\"]\nlanguages = [\"{name}\"]\n{HEAD}");
        for file in kompetenz::raw::files_of(&text) {
            let parts: Vec<_> = Path::new(&file).components().collect();
            let plain = |part: &std::path::Component<'_>| matches!(part, std::path::Component::Normal(_));
            assert!(parts.iter().all(plain) && parts.len() <= 2, "{name} leads to {file}");
            assert!(!file.contains(['\\', ':']), "{name} leads to {file}");
        }
    }
}

/// The files around the faulty ones: each fixture survives the loss of any one of its lines.
#[test]
fn every_line_can_be_lost() {
    for (_, path) in crate::diagnostics::fixtures() {
        if path.is_dir() {
            continue;
        }
        let text = read(&path);
        let lines: Vec<&str> = text.lines().collect();
        for lost in 0..lines.len() {
            let left: Vec<&str> =
                lines.iter().enumerate().filter(|(ix, _)| *ix != lost).map(|(_, l)| *l).collect();
            check_text(&left.join("\n"));
        }
    }
}

/// Whatever a definition is made of thousands of times, the check ends, and says what is wrong.
///
/// A square of these counts would take minutes, and be noticed without a clock.
mod thousands {
    use super::*;
    fn found(text: &str) -> Vec<&'static str> {
        errors(&check_text(text))
    }

    fn repeat(count: usize, one: impl Fn(usize) -> String) -> String {
        (0..count).map(one).collect()
    }

    fn items(count: usize) -> String {
        repeat(count, |ix| format!("[[item]]\nid = \"i{ix}\"\nscale = \"rating\"\ntitle = \"I\"\n"))
    }

    fn means(count: usize) -> String {
        repeat(count, |ix| {
            format!("[[measure]]\nid = \"m{ix}\"\ntitle = \"M\"\nrule = \"mean\"\nof = [\"i{ix}\"]\n")
        })
    }

    #[test]
    fn rungs() {
        let count = 10_000;
        let rungs = repeat(count, |ix| format!("{{ of = [\"i{ix}\"], needs = 1 }}, "));
        let measure = |stop: usize| {
            format!(
                "[[measure]]\nid = \"m\"\ntitle = \"M\"\nrule = \"mastery\"\nrungs = [{rungs}]\nstop-after = {stop}\n"
            )
        };
        let ratings = repeat(count, |ix| format!("i{ix} = 1, "));
        let example = format!(
            "[[example]]\nname = \"e\"\nobservations.anna = {{ {} }}\nexpect.m = {{ score = {count} }}\n",
            ratings.trim_end_matches(", ")
        );
        let items = items(count);
        assert_eq!(found(&format!("{HEAD}{items}{}{example}", measure(2))), [""; 0]);
        assert_eq!(found(&format!("{HEAD}{items}{}", measure(0))), ["invalid-measure"]);
    }

    #[test]
    fn groups_of_a_norm() {
        let norm = |groups: &str| {
            format!(
                "{HEAD}[[norm]]\nid = \"n\"\ngives = \"points\"\nsource = \"S\"\n{groups}\
                 [[measure]]\nid = \"m\"\ntitle = \"M\"\nrule = \"norm\"\nof = [\"planning\"]\nnorm = \"n\"\n"
            )
        };
        let count = 10_000;
        let group = |from: usize, below: Option<usize>| {
            let below = below.map(|below| format!(", below = {below}")).unwrap_or_default();
            format!(
                "[[norm.group]]\nage = {{ at-least = {from}{below} }}\nrows = [{{ at-least = 0, is = 1 }}]\n"
            )
        };
        let all = repeat(count, |ix| group(ix, (ix + 1 < count).then_some(ix + 1)));
        assert_eq!(found(&norm(&all)), [""; 0]);
        let gap = repeat(count, |ix| if ix == 70 { String::new() } else { group(ix, Some(ix + 1)) });
        assert_eq!(found(&norm(&gap)), ["invalid-norm"]);
        let twice = repeat(count, |ix| group(ix / 2, Some(ix / 2 + 1)));
        assert_eq!(found(&norm(&twice)), ["invalid-norm"]);
        // Thousands of rows, and facts of which nobody could list the combinations.
        let rows = repeat(20_000, |ix| format!("{{ at-least = {ix}, is = 1 }}, "));
        assert_eq!(found(&norm(&format!("[[norm.group]]\nrows = [{rows}]\n"))), [""; 0]);
        let flags = repeat(500, |ix| format!("[[fact]]\nid = \"f{ix}\"\nkind = \"flag\"\ntitle = \"F\"\n"));
        let facts = repeat(500, |ix| format!("f{ix} = true, "));
        let facts = facts.trim_end_matches(", ");
        let group = format!("[[norm.group]]\nfacts = {{ {facts} }}\nrows = [{{ at-least = 0, is = 1 }}]\n");
        assert_eq!(found(&format!("{}{flags}", norm(&group))), ["invalid-norm"]);
    }

    #[test]
    fn jobs_and_what_they_ask_for() {
        let count = 10_000;
        let parts = format!("{HEAD}{}{}", items(count), means(count));
        let requires = repeat(count, |ix| format!("{{ of = \"m{ix}\", at-least = 2, must = true }}, "));
        let one = format!("[[job]]\nid = \"j\"\ntitle = \"J\"\nrequires = [{requires}]\n");
        assert_eq!(found(&format!("{parts}{one}")), [""; 0]);
        let many = repeat(count, |ix| {
            format!(
                "[[job]]\nid = \"j{ix}\"\ntitle = \"J\"\nrequires = [{{ of = \"m{ix}\", at-least = 2, must = true }}]\n\
                     [[finding]]\nid = \"f{ix}\"\nkind = \"ability\"\nwhen = {{ job = {{ of = \"j{ix}\", is = \"later\" }} }}\ntext = \"x\"\n"
            )
        });
        let example = "[[example]]\nname = \"e\"\nobservations.anna.i0 = 0\nexpect.j0 = \"later\"\n";
        assert_eq!(found(&format!("{parts}{many}{example}")), [""; 0]);
    }

    #[test]
    fn parts_of_a_ranking_and_tests_of_it() {
        let count = 3_000;
        let of = repeat(count, |ix| format!("\"m{ix}\", "));
        let tests =
            repeat(count, |ix| format!("{{ rank = {{ of = \"m{ix}\", in = \"r\", at-most = 1 }} }}, "));
        for ties in ["best", "worst", "dense"] {
            let ratings = repeat(count, |ix| format!("i{ix} = {}, ", ix % 5));
            let text = format!(
                "{HEAD}{}{}[[measure]]\nid = \"r\"\ntitle = \"R\"\nrule = \"rank\"\nof = [{of}]\nties = \"{ties}\"\nspread-to = 2\n\
                 [[finding]]\nid = \"f\"\nkind = \"ability\"\nwhen = {{ any = [{tests}] }}\ntext = \"Likes: {{{{ r.top }}}}.\"\n\
                 [[example]]\nname = \"e\"\nobservations.anna = {{ {} }}\nexpect.r = {{ score = 0 }}\n",
                items(count),
                means(count),
                ratings.trim_end_matches(", ")
            );
            assert_eq!(found(&text), [""; 0]);
        }
    }

    /// Each measure adds digits to the fractions of the one before it, and each is read by thousands.
    #[test]
    fn measures_in_chains_of_long_fractions() {
        let rule = "rule = \"linear\"\nplus = 0.000000000000007";
        let long = chain(64, rule, "{ id = \"ID\", weight = 0.123456789012347 }");
        let wide = repeat(1_000, |ix| {
            format!(
                "[[measure]]\nid = \"w{ix}\"\ntitle = \"M\"\nrule = \"sum\"\nof = [\"m0\", {{ id = \"planning\", weight = {} }}]\n",
                ix + 1
            )
        });
        let example = "[[example]]\nname = \"e\"\nobservations.anna.planning = 3\nexpect.findings = []\n";
        assert_eq!(found(&format!("{long}{wide}{example}")), [""; 0]);
    }

    #[test]
    fn measures_with_levels_of_their_own() {
        let text = repeat(5_000, |ix| {
            format!(
                "[[measure]]\nid = \"m{ix}\"\ntitle = \"M\"\nrule = \"mean\"\nof = [\"planning\"]\n\
                 levels = [{{ id = \"a\", at-least = 0, title = \"A\" }}, {{ id = \"b\", above = 2, title = \"B\" }}]\n"
            )
        });
        assert_eq!(found(&format!("{HEAD}{text}")), [""; 0]);
    }

    #[test]
    fn recommendations_that_exclude_each_other() {
        let count = 5_000;
        let recommendation = |ix: usize, excludes: String| {
            format!(
                "[[recommendation]]\nid = \"r{ix}\"\nstep = 8\nbody = \"B\"\ntext = \"T\"\nexcludes = [{excludes}]\n"
            )
        };
        let head = format!("{HEAD}[[step]]\nnumber = 8\ntitle = \"S\"\n");
        // Each excludes the next ten, and the first one is left with every eleventh.
        let next = |ix: usize| {
            (ix + 1..(ix + 11).min(count)).map(|other| format!("\"r{other}\"")).collect::<Vec<_>>().join(", ")
        };
        let all = repeat(count, |ix| recommendation(ix, next(ix)));
        let example = "[[example]]\nname = \"e\"\nobservations.anna.planning = 1\nexpect.findings = []\n";
        assert_eq!(found(&format!("{head}{all}{example}")), [""; 0]);
        let circle = repeat(count, |ix| recommendation(ix, format!("\"r{}\"", (ix + 1) % count)));
        assert_eq!(found(&format!("{head}{circle}")), ["cycle"]);
    }

    #[test]
    fn choices() {
        let scale_of = |count: usize| {
            let choices = repeat(count, |ix| format!("\"c{ix}\", "));
            format!("[[scale]]\nid = \"s\"\nchoices = [{choices}]\nnot-observed = \"n\"\n")
        };
        assert_eq!(found(&format!("{HEAD}{}", scale_of(100_000))), ["invalid-scale"]);
        let count = 1_000;
        let scale = scale_of(count);
        let item =
            |id: &str, more: &str| format!("[[item]]\nid = \"{id}\"\nscale = \"s\"\ntitle = \"I\"\n{more}\n");
        let key = item("i", "key = \"c999\"");
        assert_eq!(found(&format!("{HEAD}{scale}{key}")), [""; 0]);
        let scores = repeat(count, |ix| format!("c{ix} = {}\n", ix % 7));
        let with_points = item("i", &format!("[item.scores]\n{scores}"));
        assert_eq!(found(&format!("{HEAD}{scale}{with_points}")), [""; 0]);
        // Whatever is forgotten, is twice there or does not exist is told in few words.
        let forgotten = item("i", "scores = { c1 = 1 }");
        let checked = check_text(&format!("{HEAD}{scale}{forgotten}"));
        assert_eq!(errors(&checked), ["invalid-item"]);
        assert!(
            checked.diagnostics[0].message.en.len() < 2_000,
            "{}",
            checked.diagnostics[0].message.en.len()
        );
        let unknown = item("i", "key = \"d\"");
        let checked = check_text(&format!("{HEAD}{scale}{unknown}"));
        assert_eq!(errors(&checked), ["unknown-id"]);
        assert!(checked.diagnostics[0].help.as_ref().unwrap().en.len() < 2_000);
        let twice = scale.replace("\"c999\"", "\"c0\"");
        assert_eq!(found(&format!("{HEAD}{twice}{}", item("i", "key = \"c0\""))), ["invalid-scale"]);
        // Many questions share one scale.
        let questions = repeat(1_000, |ix| item(&format!("q{ix}"), ""));
        assert_eq!(found(&format!("{HEAD}{scale}{questions}")), [""; 0]);
    }

    #[test]
    fn rows_of_points_and_values_with_codes() {
        let rows = repeat(20_000, |ix| format!("{{ at-most = {ix}, is = {ix} }}, "));
        let values = repeat(20_000, |ix| format!("{{ value = {ix}, code = \"c{ix}\", title = \"T\" }}, "));
        let text = format!(
            "{HEAD}[[scale]]\nid = \"wide\"\nrange = {{ from = 0, to = 20000 }}\n\
             [[item]]\nid = \"i\"\nscale = \"wide\"\ntitle = \"I\"\npoints = [{rows}{{ is = 0 }}]\n\
             [[scale]]\nid = \"coded\"\nvalues = [{values}]\n\
             [[item]]\nid = \"j\"\nscale = \"coded\"\ntitle = \"J\"\n\
             [[measure]]\nid = \"m\"\ntitle = \"M\"\nrule = \"percent\"\nof = [\"i\", \"j\"]\n"
        );
        assert_eq!(found(&text), [""; 0]);
    }

    #[test]
    fn occasions() {
        let count = 500;
        let observers = repeat(count, |ix| {
            format!(
                "observations.\"o{} @ s{} #{}\" = {{ planning = {} }}\n",
                ix % 25,
                ix % 20,
                1 + ix,
                ix % 3
            )
        });
        let measures = ["situations", "observers", "trials", "ratings"].map(|over| {
            format!("[[measure]]\nid = \"{over}\"\ntitle = \"M\"\nrule = \"mean\"\nof = [\"planning\"]\nover = \"{over}\"\n")
        });
        let measures = measures.concat();
        let text = |observers: &str, expect: &str| {
            format!(
                "{HEAD}[observers]\ndispute-from = 3\n{measures}\
                 [[measure]]\nid = \"each\"\ntitle = \"M\"\nrule = \"mean\"\nof = [\"planning\"]\nper-observer = true\n\
                 [[measure]]\nid = \"gained\"\ntitle = \"M\"\nrule = \"gain\"\nof = [\"planning\"]\n\
                 [[example]]\nname = \"e\"\n{observers}{expect}\n"
            )
        };
        assert_eq!(found(&text(&observers, "expect.findings = []")), [""; 0]);
        let more = format!("{observers}observations.\"anna #501\" = {{ planning = 1 }}\n");
        assert_eq!(found(&text(&more, "expect.findings = []")), ["invalid-example"]);
    }

    #[test]
    fn nesting_in_the_newer_tables() {
        let deep = 1000;
        let nested = format!("{}1{}", "{ a = ".repeat(deep), " }".repeat(deep));
        for before in [
            "[[item]]\nid = \"i\"\nscale = \"rating\"\ntitle = \"I\"\nscores = ",
            "[[norm]]\nid = \"n\"\ngives = \"t\"\nsource = \"S\"\n[[norm.group]]\nmean = 1\nsd = 1\nfacts = ",
            "[[example]]\nname = \"e\"\nexpect = {}\nobservations = {}\nresolutions = ",
            "[[example]]\nname = \"e\"\nobservations = {}\nexpect = ",
            "[[measure]]\nid = \"m\"\ntitle = \"M\"\nrule = \"mastery\"\nrungs = ",
            "[[job]]\nid = \"j\"\ntitle = \"J\"\nrequires = ",
        ] {
            let checked = check_text(&format!("{HEAD}{before}{nested}\n"));
            assert_eq!(messages(&checked), ["this is nested too deeply"], "{before}");
        }
        // Conditions as deep as they are read.
        let not = format!("{}{{ gap = \"planning\" }}{}", "{ not = ".repeat(70), " }".repeat(70));
        let text = format!(
            "{HEAD}[observers]\ntalk-from = 1\n[[finding]]\nid = \"f\"\nkind = \"ability\"\ntext = \"x\"\nwhen = {not}\n"
        );
        check_text(&text);
    }
}
