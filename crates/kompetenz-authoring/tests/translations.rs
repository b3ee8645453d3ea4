use insta::assert_snapshot;
use kompetenz::check::Originals;
use kompetenz::{Sources, check, originals};
use kompetenz_authoring::translation::{Translation, update};

use crate::{read, sources};

const DEFINITION: &str = r#"
id = "wood"
version = "1.0.0"
language = "de"
title = "Werkprobe Holz"

[[step]]
number = 6
title = "Plan erarbeiten"

[[step]]
number = 8
title = "In Arbeit kommen"

[[scale]]
id = "rating"
values = [0, 1, 2, 3, 4]

[[item]]
id = "quality"
scale = "rating"
title = "Maß und Qualität"

[[measure]]
id = "field"
title = "Holz"
rule = "mean"
of = ["quality"]
levels = [
  { id = "guided", at-least = 0, title = "mit Anleitung" },
  { id = "independent", at-least = 2.4, title = "selbständig", text = "arbeitet nach Auftrag" },
]

[[finding]]
id = "works"
kind = "ability"
when = { level = { of = "field", at-least = "independent" } }
text = "Arbeitet \"{{ field.level }}\"."
"#;

fn of(definition: &str) -> Originals {
    originals(&Sources::new("assessment.toml", definition)).expect("no mistakes")
}

/// Brings a file up to date, and makes sure that doing it again changes nothing.
fn updated(file: &str, definition: &str) -> Translation {
    let originals = of(definition);
    let once = update(&Sources::new("lang/en.toml", file), &originals).expect("no mistakes");
    let twice = update(&Sources::new("lang/en.toml", once.text.as_str()), &originals).expect("no mistakes");
    assert_eq!(twice, Translation { new: 0, ..once.clone() });
    once
}

fn counts(translation: &Translation) -> [usize; 5] {
    let Translation { texts, new, open, changed, obsolete, .. } = translation;
    [*texts, *new, *open, *changed, *obsolete]
}

#[test]
fn a_new_file_has_every_text_with_its_original() {
    let new = updated("", DEFINITION);
    assert_eq!(counts(&new), [9, 9, 9, 0, 0]);
    assert_snapshot!(new.text, @r#"
    # de: Werkprobe Holz
    title = ""

    [step.6]
    # de: Plan erarbeiten
    title = ""

    [step.8]
    # de: In Arbeit kommen
    title = ""

    [quality]
    # de: Maß und Qualität
    title = ""

    [field]
    # de: Holz
    title = ""

    [field.levels]
    # de: mit Anleitung
    guided = ""
    # de: selbständig
    independent = ""
    # de: arbeitet nach Auftrag
    independent-text = ""

    [works]
    # de: Arbeitet "{{ field.level }}".
    text = ""
    "#);
}

#[test]
fn what_a_translator_wrote_stays() {
    let file = r#"# My own remarks
# on the whole file.

title = "Wood" # short

# Steps of the city
[step]
# not "plan"
6.title = "Make a plan"

[works]
text = """Works {{ field.level }}.""" 
[field]
levels.guided = 'guided'
# ---- the rest ----
quality-of-life.title = "?"
# the end
"#;
    let kept = updated(file, DEFINITION);
    assert_eq!(counts(&kept), [9, 5, 5, 0, 1]);
    assert_snapshot!(kept.text, @r#"
    # My own remarks
    # on the whole file.

    # de: Werkprobe Holz
    title = "Wood" # short

    # Steps of the city
    [step]
    # not "plan"
    # de: Plan erarbeiten
    6.title = "Make a plan"
    # de: In Arbeit kommen
    8.title = ""

    [quality]
    # de: Maß und Qualität
    title = ""

    [works]
    # de: Arbeitet "{{ field.level }}".
    text = """Works {{ field.level }}.""" 
    [field]
    # de: mit Anleitung
    levels.guided = 'guided'
    # de: selbständig
    levels.independent = ""
    # de: arbeitet nach Auftrag
    levels.independent-text = ""
    # ---- the rest ----
    # OBSOLETE
    quality-of-life.title = "?"
    # de: Holz
    title = ""
    # the end
    "#);
}

#[test]
fn braces_are_opened_because_they_have_no_room_for_comments() {
    let file = "# one line\nfield = { title = \"Wood\", levels = { guided = \"guided\", independent = \"free\" } } # mine\n[quality]\ntitle = \"Q\"\n";
    assert_snapshot!(updated(file, DEFINITION).text, @r#"
    # one line
    # de: Holz
    field.title = "Wood"
    # de: mit Anleitung
    field.levels.guided = "guided"
    # de: selbständig
    field.levels.independent = "free" # mine
    # de: arbeitet nach Auftrag
    field.levels.independent-text = ""
    # de: Werkprobe Holz
    title = ""

    [step.6]
    # de: Plan erarbeiten
    title = ""

    [step.8]
    # de: In Arbeit kommen
    title = ""
    [quality]
    # de: Maß und Qualität
    title = "Q"

    [works]
    # de: Arbeitet "{{ field.level }}".
    text = ""
    "#);
}

#[test]
fn what_changed_is_marked_until_somebody_has_looked() {
    let file = updated("", DEFINITION).text.replace("\"\"", "\"x\"");
    assert_eq!(counts(&updated(&file, DEFINITION)), [9, 0, 0, 0, 0]);

    let second = DEFINITION.replace("Maß und Qualität", "Maße");
    let marked = updated(&file, &second);
    assert_eq!(counts(&marked), [9, 0, 0, 1, 0]);
    let place = marked.text.find("[quality]").unwrap();
    assert_snapshot!(&marked.text[place..place + 80], @r#"
    [quality]
    # CHANGED: was "Maß und Qualität"
    # de: Maße
    title = "x"

    [field]
    #
    "#);

    // Changed once more, the mark still tells which text was translated.
    let third = DEFINITION.replace("Maß und Qualität", "Genauigkeit");
    let again = updated(&marked.text, &third);
    assert!(
        again.text.contains("# CHANGED: was \"Maß und Qualität\"\n# de: Genauigkeit\n"),
        "{}",
        again.text
    );
    // Changed back, there is nothing to look at.
    assert_eq!(updated(&again.text, DEFINITION).text, file);
    // Whoever has looked removes the line.
    let seen = again.text.replace("# CHANGED: was \"Maß und Qualität\"\n", "");
    assert_eq!(counts(&updated(&seen, &third)), [9, 0, 0, 0, 0]);
    // A text that was never translated cannot be out of date.
    let open = updated("", DEFINITION).text;
    assert_eq!(counts(&updated(&open, &second)), [9, 0, 9, 0, 0]);
}

#[test]
fn what_is_obsolete_is_kept_and_comes_back() {
    let file = updated("", DEFINITION).text.replace("\"\"", "\"x\"");
    let renamed = DEFINITION.replace("id = \"works\"", "id = \"is-good\"");
    let marked = updated(&file, &renamed);
    assert_eq!(counts(&marked), [9, 1, 1, 0, 1]);
    let place = marked.text.find("[works]").unwrap();
    assert_snapshot!(&marked.text[place..], @r#"
    [works]
    # OBSOLETE
    # de: Arbeitet "{{ field.level }}".
    text = "x"
    "#);
    let back = updated(&marked.text, DEFINITION);
    assert_eq!(counts(&back), [9, 0, 0, 0, 1]);
    assert!(back.text.contains("[works]\n# de: Arbeitet"), "{}", back.text);
}

#[test]
fn lines_end_as_they_did() {
    let new = updated("title = \"Wood\"\r\n", DEFINITION);
    assert_eq!(new.text.matches('\n').count(), new.text.matches("\r\n").count());
}

/// A file with mistakes is not touched, and the mistakes are told with their places.
#[test]
fn mistakes_are_told() {
    let mistakes = |file: &str| {
        let sources = Sources::new("lang/en.toml", file);
        let mistakes = update(&sources, &of(DEFINITION)).expect_err("mistakes");
        let told = |d: &kompetenz::Diagnostic| {
            format!("{} {} {}", sources.show(d.place()), d.code.name(), d.message.en)
        };
        mistakes.iter().map(told).collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!(mistakes("title = \"Wood\nfield.title = 3\n"), @"lang/en.toml:1 syntax this text is not closed");
    assert_snapshot!(mistakes("title = 3\n"), @"lang/en.toml:1 wrong-type expected a text, found a number");
    assert_snapshot!(mistakes("field = \"Wood\"\n[title]\nmain = \"Wood\"\n"), @"
    lang/en.toml:1 unknown-text there is no text `field`
    lang/en.toml:3 unknown-text there is no text `title.main`
    ");
}

/// Every form that TOML has for the same thing: each entry keeps its words, and each text gets an entry.
#[test]
fn no_form_of_toml_loses_anything() {
    let forms = [
        "title = 'a'\n\"field\" = { title = 'b', levels = { guided = 'c' } }",
        "field = {}\nworks = { }\n[quality]\n[step.6]",
        "\"field.levels\".guided = 'a'\n\"field.levels.independent\" = 'b'\n",
        "[field.levels]\nguided = 'a'\n[field]\ntitle = 'b'\n[step]\n[step.8]\ntitle = 'c'",
        "field.levels.guided = 'a'\ntitle = 'b'\nfield.title = 'c'\nfield.levels.independent = 'd'",
        "[works]\ntext = \"\"\"\nmany \\\n  lines\"\"\"\n[old.older.oldest]\na.b.c = ''''quoted''''\n",
        "field = { # one\n  title = 'a', # two\n  levels.guided = 'b' # three\n} # four\n",
        "\u{feff}title = 'a'\r\n[step]\r\n\t# b\r\n\t6.title = 'c'\r\n",
        "# only a remark",
        "   ",
        "step = { 6 = { title = 'a' } }\n[field]\nlevels = { guided = 'b' }\ntitle = 'c' # d",
        "[step]\n6 = { title = 'a' }\n[ field.levels ]\nguided='b'#c",
    ];
    let entries = |text: &str| -> Vec<(String, String)> {
        let sources = Sources::new("lang/en.toml", text);
        let mut mistakes = Vec::new();
        let file = sources.iter().next().unwrap().0;
        let entries = kompetenz::raw::parse_language(file, text, &mut mistakes).unwrap_or_default();
        assert!(mistakes.is_empty(), "{mistakes:?}\n{text}");
        entries.into_iter().map(|(path, text)| (path.value, text.value)).collect()
    };
    for form in forms {
        let (before, updated) = (entries(form), updated(form, DEFINITION));
        let after = entries(&updated.text);
        assert!(before.iter().all(|entry| after.contains(entry)), "{}", updated.text);
        let originals = of(DEFINITION).texts;
        let paths: Vec<&str> = after.iter().map(|(path, _)| path.as_str()).collect();
        assert!(originals.iter().all(|text| paths.contains(&text.path.as_str())), "{}", updated.text);
        assert_eq!(after.len(), before.len() + updated.new);
        for remark in form.split('#').skip(1).filter_map(|rest| rest.lines().next()) {
            assert!(updated.text.contains(remark), "{remark}\n{}", updated.text);
        }
    }
}

/// The files that are shipped: nothing is lost, nothing moves, and they stay valid.
#[test]
fn shipped_translations_only_get_their_originals() {
    for (folder, names) in [("assessments/nordstadt", &["en", "ro"][..]), ("fixtures/exhaustive", &["de"])] {
        let originals = originals(&sources(folder)).expect("no mistakes");
        for name in names {
            let name = format!("lang/{name}.toml");
            let before = read(&format!("{folder}/{name}"));
            let after = update(&Sources::new(name.as_str(), before.as_str()), &originals).unwrap();
            assert!(after.is_complete(), "{folder}/{name}");
            let marker = format!("# {}: ", originals.language);
            let is_ours = |line: &&str| line.starts_with(&marker);
            let own: String = after.text.split_inclusive('\n').filter(|line| !is_ours(line)).collect();
            let before: String = before.split_inclusive('\n').filter(|line| !is_ours(line)).collect();
            assert_eq!(own, before, "{folder}/{name}");
            assert_eq!(after.text.lines().filter(is_ours).count(), originals.texts.len());
        }
    }
}

/// What is listed is what the check asks for: filled in, a new file is a whole translation.
#[test]
fn a_filled_in_file_passes_the_check() {
    for folder in ["assessments/nordstadt", "fixtures/exhaustive"] {
        let shipped = sources(folder);
        let originals = originals(&shipped).expect("no mistakes");
        let new = update(&Sources::new("lang/fr.toml", ""), &originals).unwrap();
        let with = |translation: &str| {
            let mut files = shipped.iter();
            let main = &files.next().unwrap().1.text;
            let promise = main.replacen("languages = [", "languages = [\"fr\", ", 1);
            let mut sources = Sources::new("assessment.toml", promise);
            files.for_each(|(_, file)| _ = sources.add(file.name.as_str(), file.text.as_str()));
            sources.add("lang/fr.toml", translation);
            // A new language needs its own text of the letter to participants.
            sources.add("letters/invitation.fr.md", "");
            check(&sources)
        };
        let untranslated = with(&new.text);
        assert_eq!(untranslated.diagnostics.len(), 1, "{:?}", untranslated.diagnostics);
        let told = &untranslated.diagnostics[0];
        assert_eq!(told.code, kompetenz::Code::MissingTranslation);
        assert!(told.message.en.starts_with(&originals.texts.len().to_string()), "{}", told.message.en);

        // Each text is its own translation, so that its placeholders are there too.
        let mut filled = String::new();
        let mut original = "";
        for line in new.text.lines() {
            let marker = format!("# {}: ", originals.language);
            original = line.strip_prefix(&marker).unwrap_or(original);
            let line = line.replace("\"\"", &format!("'''{original}'''"));
            filled.push_str(&format!("{line}\n"));
        }
        let translated = with(&filled);
        assert!(translated.assessment.is_some(), "{:?}", translated.diagnostics);
    }
}
