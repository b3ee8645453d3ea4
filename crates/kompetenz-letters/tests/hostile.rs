//! What no value and no text can do.

use std::sync::LazyLock;

use kompetenz::assessment::{Letter, LetterFormat};
use kompetenz_letters::{LetterError, check, sample, write};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::{definition, good};

/// A letter with this text for a person with this name.
fn letter(format: &str, text: &str, name: &str) -> String {
    let assessment = good(format, text);
    let mut data = sample("en");
    name.clone_into(&mut data.participant.name);
    write(&assessment.letters[0], &data).unwrap()
}

/// What people read of a paragraph of Markdown, if it is one and has no marks in it.
fn read(markdown: &str) -> Option<String> {
    let mut events = Parser::new_ext(markdown, Options::all() - Options::ENABLE_SMART_PUNCTUATION);
    let mut text = String::new();
    if events.next() != Some(Event::Start(Tag::Paragraph)) {
        return None;
    }
    for event in events.by_ref() {
        match event {
            Event::Text(part) => text.push_str(&part),
            Event::End(TagEnd::Paragraph) => break,
            _ => return None,
        }
    }
    events.next().is_none().then_some(text)
}

#[test]
fn a_name_is_a_name() {
    for name in [
        "*Anna* _Maria_ **X**",
        "# Anna",
        "22. Anna",
        "1) Anna",
        "- Anna",
        "+ Anna",
        "> Anna",
        "=====",
        "---",
        "| a | b |",
        "<b>Anna</b>",
        "<script>alert(1)</script>",
        "![x](http://x)",
        "[x](y) [x]: y",
        "`code` ~~x~~ $x$",
        "&lt; &amp; &#65;",
        "\\*Anna\\*",
        "{{ number }} {% if %}",
        ": Anna",
        "[^1]: Anna",
        "```",
        "Anna\\",
    ] {
        let alone = letter("markdown", "{{ participant.name }}\n", name);
        assert_eq!(read(&alone).as_deref(), Some(name), "{alone}");
        let inside = letter("markdown", "Dear {{ participant.name }},\n", name);
        assert_eq!(read(&inside), Some(format!("Dear {name},")), "{inside}");
        assert_eq!(letter("plain", "Dear {{ participant.name }},\n", name), format!("Dear {name},\n"));
    }
}

#[test]
fn a_date_stays_readable_where_it_begins_no_line() {
    let text = "Dortmund, {{ issued }}\n\n{{ issued }}\n";
    assert_eq!(letter("markdown", text, ""), "Dortmund, 22. November 2026\n\n22\\. November 2026\n");
}

#[test]
fn a_value_stays_in_its_line() {
    for (name, shown) in [
        ("Anna\n\n# Title", "Anna  # Title"),
        ("Anna\r\nB", "Anna  B"),
        ("Anna\u{2028}B\u{2029}C\u{85}D", "Anna B C D"),
        ("Anna\u{202e}B\u{2066}C", "Anna\u{fffd}B\u{fffd}C"),
        ("Anna\u{0}\u{7}\u{1b}[31mB\u{1f}", "Anna\u{fffd}\u{fffd}\u{fffd}[31mB\u{fffd}"),
    ] {
        assert_eq!(letter("plain", "Dear {{ participant.name }}", name), format!("Dear {shown}\n"));
        let markdown = letter("markdown", "Dear {{ participant.name }}", name);
        assert_eq!(read(&markdown), Some(format!("Dear {shown}")));
    }
}

/// No way through the engine takes the escaping off a value, or puts it on twice.
#[test]
fn every_way_to_print_escapes_once() {
    for text in [
        "x {{ participant.name }}",
        "x {% set name = participant.name %}{{ name }}",
        "x {% set name %}{{ participant.name }}{% endset %}{{ name }}",
        "x {% with name = participant.name %}{{ name }}{% endwith %}",
        "x {% for name in [participant.name] %}{{ name }}{% endfor %}",
        "x {{ [participant.name]|join }}",
        "x {{ [participant.name]|first }}",
        "x {{ [participant.name]|last }}",
        "x {{ participant.name ~ \"\" }}",
        "x {{ participant.name|default(\"\") }}",
        "x {{ participant.name if number else \"\" }}",
    ] {
        assert_eq!(letter("markdown", text, "*a* <b>"), "x \\*a\\* \\<b\\>\n", "{text}");
    }
    for text in ["{{ participant.name|safe }}", "{{ participant.name|escape }}", "{{ participant.name|e }}"] {
        assert!(check(&definition("markdown", text)).assessment.is_none(), "{text}");
    }
}

#[test]
fn a_letter_without_end_is_stopped() {
    let list = "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]";
    let nested = format!("{}x", format!("{{% for a in {list} %}}").repeat(8)) + &"{% endfor %}".repeat(8);
    let long = format!("{{{{ \"{}\" }}}}", "x".repeat(9_000));
    let large = format!("{}{long}", format!("{{% for a in {list} %}}").repeat(3)) + &"{% endfor %}".repeat(3);
    for text in [&nested, &large] {
        let told = check(&definition("plain", text)).diagnostics;
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].message.en, "this letter does not end");
    }
    // A text that was never checked is stopped too.
    let mut assessment = good("plain", "x");
    assessment.letters[0].texts[0].1 = nested;
    assert_eq!(write(&assessment.letters[0], &sample("en")), Err(LetterError::Endless));
    let told = check(&definition("plain", &"x".repeat(70_000))).diagnostics;
    assert_eq!(told[0].message.en, "larger than 64 KB");
}

/// What goes wrong with the data of a person is told without them.
#[test]
fn errors_tell_nothing_of_the_person() {
    let mut assessment = good("plain", "x");
    let letter = &mut assessment.letters[0];
    let mut data = sample("en");
    "Secret Name".clone_into(&mut data.participant.name);
    for (text, error) in [
        ("\n{{ participant.name + 1 }}", LetterError::Broken(2)),
        ("{% if x %}\n{% endif %}\n{{ participant[participant.name] }}", LetterError::Missing(3)),
        ("{{ participant.name.foo() }}", LetterError::Broken(1)),
    ] {
        text.clone_into(&mut letter.texts[0].1);
        assert_eq!(write(letter, &data), Err(error));
    }
    data.language = "ro".into();
    assert_eq!(write(letter, &data), Err(LetterError::NoText("ro".into())));
    assert_eq!(letter.format, LetterFormat::Plain);
}

/// A letter whose text a test exchanges.
static CARD: LazyLock<Letter> = LazyLock::new(|| good("markdown", "x").letters.remove(0));

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Whatever a name consists of, a reader of Markdown reads it as it is.
    #[test]
    fn markdown_never_reads_a_value(
        name in "[ -~äșЖ\\*_#<>|`\\[\\]~=+-]{0,24}",
        before in prop::sample::select(vec!["", "Dear ", "\"", "(", "7 "]),
    ) {
        let mut letter = CARD.clone();
        letter.texts[0].1 = format!("{before}{{{{ participant.name }}}}, x\n");
        let mut data = sample("en");
        data.participant.name.clone_from(&name);
        let markdown = write(&letter, &data).unwrap();
        let shown = format!("{before}{name}, x");
        // Spaces at the beginning of a line are no text in Markdown.
        prop_assert_eq!(read(&markdown), Some(shown.trim_start().to_owned()), "{}", markdown);
    }

    /// Nothing that anybody writes makes the check stop working.
    #[test]
    fn any_text_is_checked(text in "(\\{\\{|\\}\\}|\\{%|%\\}|[a-z .|\\[\\]0\n]|steps|talk|for|in|if|endif|endfor|é){0,30}") {
        let sources = definition("markdown", &text);
        for diagnostic in check(&sources).diagnostics {
            let place = diagnostic.place();
            prop_assert!(place.end as usize <= sources.get(place.file).text.len());
            diagnostic.render(&sources, kompetenz::Ui::De, false);
        }
    }
}
