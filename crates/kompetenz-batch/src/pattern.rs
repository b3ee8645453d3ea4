//! Patterns that the coordinator writes, such as `{{ row }}-{{ number }}`, and the fields they can name.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kompetenz::entry::Source;
use kompetenz::raw::Given;
use kompetenz::{Assessment, Entry, Words, words};
use minijinja::{Environment, UndefinedBehavior, context};

use crate::{BatchError, Desk};

/// What a pattern can name. Facts come in addition, as `facts.work_years`.
pub const FIELDS: &[&str] = &[
    "number",
    "edition",
    "issued",
    "document",
    "language",
    "assessment",
    "version",
    "file",
    "sheet",
    "row",
    "key",
    "name",
    "facts",
];

/// The one template of an engine.
const PATTERN: &str = "pattern";

/// A pattern that is filled with what is known of a document.
#[derive(Debug)]
pub(crate) struct Pattern(Environment<'static>);

/// What is known of a document when it gets its place.
pub(crate) struct Fields<'a> {
    pub(crate) assessment: &'a Assessment,
    pub(crate) entry: &'a Entry,
    /// The name by its number.
    pub(crate) usual: String,
    pub(crate) number: &'a str,
    pub(crate) edition: u32,
    pub(crate) issued: Date,
    pub(crate) document: &'a str,
    pub(crate) language: &'a str,
    pub(crate) draft: bool,
}

impl<'a> Fields<'a> {
    pub(crate) fn new(
        desk: &Desk<'a>,
        entry: &'a Entry,
        number: &'a str,
        edition: u32,
        issued: Date,
    ) -> Fields<'a> {
        let Desk { assessment, kind, languages, draft, .. } = *desk;
        let language = &assessment.languages[languages.first.position()];
        let (usual, document) = (kind.name_of(number), kind.name());
        Fields { assessment, entry, usual, number, edition, issued, document, language, draft }
    }
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// Mistakes of the pattern, and fields there are none of.
    pub(crate) fn new(text: &str, assessment: &Assessment) -> Result<Pattern, BatchError> {
        let mut engine = Environment::new();
        engine.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
        engine.set_undefined_behavior(UndefinedBehavior::Chainable);
        engine.add_template_owned(PATTERN, text.to_owned()).map_err(|error| {
            let why = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
            BatchError::Pattern(words!(
                "the pattern `{text}` cannot be read: {why}; write it as `{{{{ row }}}}-{{{{ number }}}}`",
                "das Muster `{text}` ist nicht lesbar ({why}); so schreiben: `{{{{ row }}}}-{{{{ number }}}}`"
            ))
        })?;
        let facts: Vec<String> = assessment.facts().map(|(_, fact)| variable(&fact.path)).collect();
        let named = engine.get_template(PATTERN).map(|template| template.undeclared_variables(true));
        let unknown = named.unwrap_or_default().into_iter().find(|field| {
            field.strip_prefix("facts.").map_or_else(
                || !FIELDS.contains(&field.as_str()),
                |fact| !facts.iter().any(|known| known == fact),
            )
        });
        match unknown {
            Some(field) => Err(BatchError::Pattern(no_field(&field, &facts))),
            None => Ok(Pattern(engine)),
        }
    }

    /// The pattern of nothing but one field; a fact may be written as the definition writes it.
    ///
    /// # Errors
    /// As [`Pattern::new`].
    pub(crate) fn field(field: &str, assessment: &Assessment) -> Result<Pattern, BatchError> {
        let fact = field.strip_prefix("facts.").map(|fact| format!("facts.{}", variable(fact)));
        let field = fact.as_deref().unwrap_or(field);
        Pattern::new(&format!("{{{{ {field} }}}}"), assessment)
    }

    /// What the pattern says of a document.
    ///
    /// # Errors
    /// A pattern that computes something which cannot be computed of this one.
    pub(crate) fn fill(&self, fields: &Fields<'_>) -> Result<String, Words> {
        let &Fields { assessment, entry, number, edition, issued, document, language, .. } = fields;
        let Source { file, sheet, .. } = entry.origin.source();
        let facts: BTreeMap<String, String> =
            entry.facts.iter().map(|fact| (variable(&fact.fact), given(&fact.value))).collect();
        let context = context! {
            number, edition, document, language, facts,
            issued => issued.to_string(),
            assessment => &*assessment.id,
            version => &*assessment.version,
            file => &**file,
            sheet => sheet.as_deref(),
            row => entry.origin.spot.row,
            key => &*entry.key,
            name => &*entry.name,
        };
        // What the engine says can quote the data, so it is left out.
        let filled = self.0.get_template(PATTERN).and_then(|template| template.render(context));
        filled.map_err(|_| {
            words!(
                "the pattern gives no name for this row [file-name]",
                "das Muster ergibt für diese Zeile keinen Namen [file-name]"
            )
        })
    }
}

/// The name of a fact as a pattern can write it.
fn variable(path: &str) -> String {
    path.replace(['-', '.'], "_")
}

fn given(value: &Given) -> String {
    match value {
        Given::Number(number) => number.to_plain(),
        Given::Text(text) => text.clone(),
        Given::Flag(flag) => flag.to_string(),
        Given::Date(date) => date.to_string(),
    }
}

fn no_field(field: &str, facts: &[String]) -> Words {
    let mut known: Vec<String> =
        FIELDS.iter().filter(|known| **known != "facts").map(ToString::to_string).collect();
    known.extend(facts.iter().map(|fact| format!("facts.{fact}")));
    let known = known.join(", ");
    words!("there is no field `{field}`; there are {known}", "es gibt kein Feld `{field}`; es gibt {known}")
}
