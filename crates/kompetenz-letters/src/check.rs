//! The check of an assessment with the texts of its letters: every mistake of every text, each at its place.
//!
//! The engine stops at the first mistake. So a place that is found to be wrong is overwritten by something harmless
//! of the same length, which moves no other place, and the text is tried again.

use std::collections::BTreeSet;
use std::ops::Range;

use kompetenz::diagnostic::Place;
use kompetenz::id::similar;
use kompetenz::{Checked, Code, Diagnostic, LetterText, Severity, Sources, Words, words};
use minijinja::value::ValueKind;
use minijinja::{Environment, ErrorKind, UndefinedBehavior, Value};

use crate::engine::{FILTERS, environment, place_of, render, values};
use crate::sample::{lacking, sample};

/// The largest text of a letter, in bytes.
const MAX_TEXT_BYTES: usize = 64 << 10;

/// How many mistakes of one text are told.
const MAX_MISTAKES: usize = 50;

/// Checks the files of an assessment, runs its examples, and writes its letters for made-up people.
///
/// It is [`kompetenz::check()`] with the mistakes in the texts of letters among the others.
///
/// ```
/// use kompetenz::Sources;
/// let mut sources = Sources::new("assessment.toml", r#"
///     id = "demo"
///     version = "1.0.0"
///     language = "en"
///     title = "Demo"
///     [[letter]]
///     id = "invitation"
///     title = "Invitation"
/// "#);
/// sources.add("letters/invitation.en.md", "Dear {{ participant.nmae }}");
/// let checked = kompetenz_letters::check(&sources);
/// assert!(checked.assessment.is_none());
/// assert_eq!(checked.diagnostics[0].message.en, "no letter knows `participant.nmae`");
/// ```
pub fn check(sources: &Sources) -> Checked {
    let mut checked = kompetenz::check(sources);
    for text in &checked.letters {
        let mut reading = Reading::new(text, sources);
        reading.read();
        checked.diagnostics.append(&mut reading.diagnostics);
    }
    checked.diagnostics.sort_by_key(|diagnostic| (diagnostic.place(), diagnostic.code));
    if checked.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        checked.assessment = None;
    }
    checked
}

/// One text while it is read.
struct Reading<'a> {
    text: &'a LetterText,
    source: &'a str,
    /// The text with all known mistakes overwritten.
    patched: String,
    /// What has been overwritten.
    patches: Vec<Range<usize>>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Reading<'a> {
    fn new(text: &'a LetterText, sources: &'a Sources) -> Reading<'a> {
        let source = sources.get(text.file).text.as_str();
        Reading { text, source, patched: source.to_owned(), patches: Vec::new(), diagnostics: Vec::new() }
    }

    fn read(&mut self) {
        if self.source.len() > MAX_TEXT_BYTES {
            let message = words!("larger than 64 KB", "größer als 64 KB");
            return self.report(Code::InvalidLetter, 0..0, message, None);
        }
        let language = self.text.language.clone();
        let full = values(&sample(&language));
        let strict = environment(self.text.format, UndefinedBehavior::Strict);
        if let Err(error) = strict.template_from_str(self.source) {
            let place = place_of(&error, self.source).unwrap_or(0..0);
            return self.broken(error.kind(), place);
        }
        self.unknown_names(&strict, &full);
        let mut goes_on = self.attempt(&strict, &full, true);
        // From here on it is right that something is absent, if the text asks for it first.
        let asking = environment(self.text.format, UndefinedBehavior::SemiStrict);
        for person in lacking(&language) {
            goes_on = goes_on && self.attempt(&asking, &values(&person), false);
        }
    }

    /// Names that no letter knows, also in parts of the text that are never printed for the made-up people.
    fn unknown_names(&mut self, environment: &Environment<'_>, full: &Value) {
        let known = names(full);
        let Ok(template) = environment.template_from_str(self.source) else { return };
        let used = template.undeclared_variables(true).into_iter().collect::<BTreeSet<_>>();
        for name in used.into_iter().filter(|name| !known.contains(name)) {
            for place in occurrences(self.source, &name) {
                self.unknown(&place, full);
                self.patch(environment, place);
            }
        }
    }

    /// Writes the letter for one person until nothing more is wrong with it, or nothing more can be said.
    ///
    /// `complete`: the person has everything, so what is not there is known to no letter.
    /// False: the letter does not end, for anybody.
    fn attempt(&mut self, environment: &Environment<'_>, person: &Value, complete: bool) -> bool {
        while self.diagnostics.len() < MAX_MISTAKES {
            let Err(error) = render(environment, &self.patched, person) else { return true };
            let place = self.whole(place_of(&error, &self.patched).unwrap_or(0..0), error.kind());
            // What follows from a place that is overwritten is no mistake of its own.
            let follows = self
                .patches
                .iter()
                .any(|patch| *patch == place || (patch.start < place.end && place.start < patch.end));
            if !follows {
                match error.kind() {
                    ErrorKind::UndefinedError if complete => self.unknown(&place, person),
                    ErrorKind::UndefinedError => self.unguarded(&place, person),
                    kind => self.broken(kind, place.clone()),
                }
            }
            if matches!(error.kind(), ErrorKind::OutOfFuel | ErrorKind::WriteFailure) {
                return false;
            }
            if !self.patch(environment, place) {
                return true;
            }
        }
        true
    }

    /// The place of an expression with what the engine leaves out of it: the list before `[0]`, the bar of a filter,
    /// and the value before it if the value is what is wrong.
    fn whole(&self, place: Range<usize>, kind: ErrorKind) -> Range<usize> {
        let before = &self.patched[..place.start];
        let name =
            |text: &str| text.trim_end_matches(|c: char| belongs(c) || ['.', '[', ']'].contains(&c)).len();
        let start = match before.trim_end().strip_suffix('|') {
            Some(value) if kind == ErrorKind::UndefinedError => name(value.trim_end()),
            Some(value) => value.len(),
            None if self.patched[place.clone()].starts_with('[') => name(before),
            None => place.start,
        };
        start..place.end
    }

    /// Overwrites a place by an empty list, which can be printed, asked for and gone through.
    ///
    /// False: it is overwritten already, or the text would be none that can be read.
    fn patch(&mut self, environment: &Environment<'_>, place: Range<usize>) -> bool {
        if self.patches.contains(&place) {
            return false;
        }
        if place.is_empty() {
            self.patches.push(place);
            return false;
        }
        let harmless = match &self.patched[place.clone()] {
            filter if filter.starts_with('|') => "",
            short if short.len() == 1 => "0",
            _ => "[]",
        };
        let mut patched = self.patched.clone();
        patched.replace_range(place.clone(), &format!("{harmless:<width$}", width = place.len()));
        self.patches.push(place);
        let sound = environment.template_from_str(&patched).is_ok();
        if sound {
            self.patched = patched;
        }
        sound
    }

    fn report(&mut self, code: Code, place: Range<usize>, message: Words, help: Option<Words>) {
        let place = Place::new(self.text.file, &place);
        self.diagnostics.push(Diagnostic::error(code, place, message).maybe_help(help));
    }

    fn unknown(&mut self, place: &Range<usize>, full: &Value) {
        let name = one_line(&self.source[place.clone()]);
        let help = meant(&name, full).map(|name| words!("did you mean `{name}`?", "ist `{name}` gemeint?"));
        let message = words!("no letter knows `{name}`", "`{name}` gibt es in keinem Brief");
        let list = words!("docs/letters.md lists what there is", "in docs/letters.md steht, was es gibt");
        self.report(Code::UnknownVariable, place.clone(), message, Some(help.unwrap_or(list)));
    }

    fn unguarded(&mut self, place: &Range<usize>, person: &Value) {
        let expression = one_line(&self.source[place.clone()]);
        let name = expression.split('|').next().unwrap_or_default().trim();
        let asked = first_absent(name, person, &values(&sample(&self.text.language)));
        self.report(
            Code::UnguardedVariable,
            place.clone(),
            words!("not everybody has `{name}`", "`{name}` gibt es nicht bei allen"),
            Some(words!(
                "ask first: `{{% if {asked} %}} … {{% endif %}}`",
                "erst danach fragen: `{{% if {asked} %}} … {{% endif %}}`"
            )),
        );
    }

    fn broken(&mut self, kind: ErrorKind, place: Range<usize>) {
        let (message, help) = match kind {
            ErrorKind::SyntaxError | ErrorKind::BadEscape => (
                words!("this is no instruction that letters know", "diese Anweisung kennen Briefe nicht"),
                Some(words!(
                    "a value is `{{{{ name }}}}`, a condition `{{% if name %}} … {{% endif %}}`, a list `{{% for one in list %}} … {{% endfor %}}`, a remark `{{# … #}}`; each is closed",
                    "ein Wert ist `{{{{ name }}}}`, eine Bedingung `{{% if name %}} … {{% endif %}}`, eine Liste `{{% for eins in liste %}} … {{% endfor %}}`, eine Bemerkung `{{# … #}}`; alle werden geschlossen"
                )),
            ),
            ErrorKind::UnknownFilter
            | ErrorKind::UnknownTest
            | ErrorKind::UnknownFunction
            | ErrorKind::UnknownMethod => {
                let list = FILTERS.join("`, `");
                (
                    words!("letters cannot do this with a value", "das können Briefe mit einem Wert nicht"),
                    Some(words!("what they can do: `{list}`", "was sie können: `{list}`")),
                )
            }
            ErrorKind::NonPrimitive => (
                words!("this is not one value, but several", "das ist nicht ein Wert, sondern mehrere"),
                Some(words!(
                    "print one part, such as `{{{{ participant.name }}}}`, or go through a list: `{{% for one in list %}} … {{% endfor %}}`",
                    "einen Teil drucken, zum Beispiel `{{{{ participant.name }}}}`, oder eine Liste durchlaufen: `{{% for eins in liste %}} … {{% endfor %}}`"
                )),
            ),
            ErrorKind::OutOfFuel | ErrorKind::WriteFailure => (
                words!("this letter does not end", "dieser Brief endet nicht"),
                Some(words!(
                    "take lists apart that go through each other",
                    "Listen entflechten, die ineinander durchlaufen werden"
                )),
            ),
            _ => (words!("this cannot be carried out", "das lässt sich nicht ausführen"), None),
        };
        self.report(Code::InvalidLetter, place, message, help);
    }
}

/// The names a text can use, with points: `participant.name`.
fn names(values: &Value) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    gather(values, "", &mut names);
    names
}

fn gather(values: &Value, prefix: &str, names: &mut BTreeSet<String>) {
    if values.kind() != ValueKind::Map {
        return;
    }
    for key in values.try_iter().into_iter().flatten() {
        let Ok(value) = values.get_item(&key) else { continue };
        let name = format!("{prefix}{key}");
        gather(&value, &format!("{name}."), names);
        names.insert(name);
    }
}

/// The names of everything in a list too: `title`.
fn fields(values: &Value, found: &mut BTreeSet<String>) {
    for part in values.try_iter().into_iter().flatten() {
        match values.kind() {
            ValueKind::Map => {
                if let Ok(value) = values.get_item(&part) {
                    fields(&value, found);
                }
                found.insert(part.to_string());
            }
            ValueKind::Seq => fields(&part, found),
            _ => {}
        }
    }
}

/// What was probably meant by a name.
fn meant(name: &str, full: &Value) -> Option<String> {
    let known = names(full);
    let parts = |name: &str| name.split('.').count();
    let alike = known.iter().map(String::as_str).filter(|known| parts(known) == parts(name));
    if let Some(name) = similar(name, alike) {
        return Some(name.to_owned());
    }
    // `step.titel`, where `step` is one of a list.
    let (one, field) = name.rsplit_once('.').filter(|(one, _)| !known.contains(*one))?;
    let mut found = BTreeSet::new();
    fields(full, &mut found);
    similar(field, found.iter().map(String::as_str)).map(|field| format!("{one}.{field}"))
}

/// The first part of a name that this person lacks, which a text can ask for: `talk` of `talk.day`.
fn first_absent(name: &str, person: &Value, full: &Value) -> String {
    let name = name.trim_start_matches(['[', '(']);
    let name = name.split(|c: char| !belongs(c) && c != '.').next().unwrap_or_default();
    let absent =
        |values: &Value, part: &str| values.get_attr(part).map_or(true, |value| value.is_undefined());
    // What belongs to one of a list, such as `one.due`, is asked for by its whole name.
    if name.split('.').next().is_none_or(|first| absent(full, first)) {
        return name.to_owned();
    }
    let mut value = person.clone();
    let mut end = 0;
    for part in name.split('.') {
        end += part.len();
        match value.get_attr(part) {
            Ok(next) if !next.is_undefined() => value = next,
            _ => break,
        }
        end += 1;
    }
    name.get(..end).unwrap_or(name).to_owned()
}

/// Whether a character can be part of a name.
fn belongs(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// Where a name stands in the instructions of a text.
fn occurrences(text: &str, name: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (start, _) in text.match_indices(name) {
        let (before, behind) = (&text[..start], &text[start + name.len()..]);
        let open = before.rfind("{{").max(before.rfind("{%"));
        let closed = before.rfind("}}").max(before.rfind("%}"));
        let alone = !before.ends_with(|c| belongs(c) || c == '.') && !behind.starts_with(belongs);
        if alone && open > closed {
            found.push(start..start + name.len());
        }
    }
    found
}

/// An expression as a message quotes it.
fn one_line(expression: &str) -> String {
    expression.split_whitespace().collect::<Vec<_>>().join(" ").replace('`', "'")
}
