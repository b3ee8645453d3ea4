//! The template engine as letters see it: values, conditions and lists, and nothing that reaches out of the text.

use std::io;
use std::ops::Range;

use kompetenz::assessment::{Letter, LetterFormat};
use minijinja::value::{Serde, ValueKind};
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value, filters, tests,
};

use crate::escape::{self, GAP};
use crate::{LetterData, LetterError};

/// The largest letter, in bytes: more than anybody reads.
const MAX_LETTER_BYTES: usize = 256 << 10;

/// How many instructions of the engine a letter may take. A long one takes about two thousand.
const FUEL: u64 = 200_000;

/// What a text can do with a value: `{{ recipient|join(", ") }}`.
pub const FILTERS: [&str; 7] = ["default", "first", "join", "last", "length", "lower", "upper"];

/// Writes a letter, in the language of the data.
///
/// # Errors
/// An assessment that [`check()`](crate::check()) found good gives none for complete data of a language it has.
pub fn write(letter: &Letter, data: &LetterData) -> Result<String, LetterError> {
    let text = letter.text(&data.language).ok_or_else(|| LetterError::NoText(data.language.clone()))?;
    let environment = environment(letter.format, UndefinedBehavior::SemiStrict);
    render(&environment, text, &values(data)).map_err(|error| {
        let line = place_of(&error, text).map_or(1, |place| text[..place.start].matches('\n').count() + 1);
        match error.kind() {
            ErrorKind::UndefinedError => LetterError::Missing(line),
            ErrorKind::OutOfFuel | ErrorKind::WriteFailure => LetterError::Endless,
            // What the engine says could quote a value.
            _ => LetterError::Broken(line),
        }
    })
}

/// An engine for letters of one format. `undefined`: what becomes of a value that is not there.
pub(crate) fn environment(format: LetterFormat, undefined: UndefinedBehavior) -> Environment<'static> {
    // Everything that a text may use is named here: no filter can take the escaping off a value, and there is no
    // loader, so that no text can read another file.
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(undefined);
    environment.set_fuel(Some(FUEL));
    // Mistakes know their place only then.
    environment.set_debug(true);
    environment.add_filter("default", filters::default);
    environment.add_filter("first", filters::first);
    environment.add_filter("join", join);
    environment.add_filter("last", filters::last);
    environment.add_filter("length", filters::length);
    environment.add_filter("lower", filters::lower);
    environment.add_filter("upper", filters::upper);
    environment.add_test("defined", tests::is_defined);
    // With an escape of its own, the engine remembers what is escaped already when a text is kept by `set`.
    environment.set_auto_escape_callback(|_| AutoEscape::Custom("letter".into()));
    environment.set_formatter(move |out, state, value| print(out, state, value, format));
    environment
}

/// The parts of a list in one line. The engine's own filter passes over parts that are not there.
fn join(parts: Vec<Value>, between: Option<String>) -> Result<String, Error> {
    let part = |part: Value| match part.as_str() {
        Some(text) => Ok(text.to_owned()),
        None if part.is_undefined() => Err(ErrorKind::UndefinedError.into()),
        None if part.is_number() => Ok(part.to_string()),
        None => Err(Error::from(ErrorKind::NonPrimitive)),
    };
    let parts = parts.into_iter().map(part).collect::<Result<Vec<_>, _>>()?;
    Ok(parts.join(&between.unwrap_or_default()))
}

fn print(out: &mut Output, state: &mut State, value: &Value, format: LetterFormat) -> Result<(), Error> {
    if value.is_undefined() || value.is_none() {
        // The engine's own way to print knows how strict it is.
        return match state.undefined_behavior() {
            UndefinedBehavior::Lenient | UndefinedBehavior::Chainable => Ok(()),
            _ => Err(ErrorKind::UndefinedError.into()),
        };
    }
    let text = match value.kind() {
        // Going through nothing prints nothing; printing several things at once is a slip.
        ValueKind::Seq if value.len() == Some(0) => return Ok(()),
        ValueKind::Seq | ValueKind::Map | ValueKind::Iterable => return Err(ErrorKind::NonPrimitive.into()),
        _ => value.to_string(),
    };
    // What was escaped when it was kept is not escaped again.
    let text = if value.is_safe() { text } else { escape::value(&text, format) };
    out.write_str(&text).map_err(Error::from)
}

/// What a letter may say, as the engine holds it.
pub(crate) fn values(data: &LetterData) -> Value {
    Value::from(Serde(data))
}

/// Writes a text with these values.
pub(crate) fn render(environment: &Environment<'_>, text: &str, values: &Value) -> Result<String, Error> {
    let mut letter = Bounded(Vec::new());
    environment
        .template_from_str(&without_lines_of_instructions(text))?
        .render_captured_to(values, &mut letter)?;
    Ok(escape::finish(&String::from_utf8_lossy(&letter.0)))
}

/// The place of a mistake in a text, if the engine knows it.
pub(crate) fn place_of(error: &Error, text: &str) -> Option<Range<usize>> {
    error.range().filter(|range| text.get(range.clone()).is_some())
}

/// A line with nothing but instructions leaves no line behind in the letter; anywhere else line ends stay.
///
/// Such a line is made of [`GAP`] instead of spaces and its line end, so that nothing moves to another place.
fn without_lines_of_instructions(text: &str) -> String {
    let line = |line: &str| only_instructions(line).unwrap_or_else(|| line.to_owned());
    text.split_inclusive('\n').map(line).collect()
}

/// The instructions of a line with gaps around them. `None`: there is something else in it, or nothing.
fn only_instructions(line: &str) -> Option<String> {
    let mut only = String::new();
    let mut rest = line;
    loop {
        let next = rest.trim_start();
        only.extend(std::iter::repeat_n(GAP, rest.len() - next.len()));
        if next.is_empty() {
            return only.contains('{').then_some(only);
        }
        let end = ["%", "#"].iter().find_map(|sign| {
            let inner = next.strip_prefix('{')?.strip_prefix(sign)?;
            Some(inner.find(&format!("{sign}}}"))? + 4)
        })?;
        only.push_str(&next[..end]);
        rest = &next[end..];
    }
}

/// A letter that cannot grow without end.
struct Bounded(Vec<u8>);

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > MAX_LETTER_BYTES {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
