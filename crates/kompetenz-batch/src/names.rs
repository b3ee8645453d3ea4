//! Names of files and folders, from a pattern the coordinator writes.
//!
//! A name is good on Windows, macOS and Linux, and never leads out of the folder.

use std::collections::BTreeMap;
use std::path::PathBuf;

use kompetenz::entry::Source;
use kompetenz::raw::Given;
use kompetenz::{Assessment, Entry, Words, words};
use minijinja::{Environment, UndefinedBehavior, context};
use unicode_normalization::UnicodeNormalization;

use crate::BatchError;

/// The longest name without ending, in bytes: with the folder around it, it stays below what Windows allows.
const MAX_NAME: usize = 120;

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

/// Names that Windows keeps for devices.
const RESERVED: &[&str] = &["con", "prn", "aux", "nul"];

/// How files are named, and into which folders they go.
#[derive(Debug)]
pub struct Names {
    engine: Environment<'static>,
    /// Whether files are named by something else than their number.
    named: bool,
    split: bool,
}

/// What is known of a document when it is named.
pub(crate) struct Fields<'a> {
    pub(crate) assessment: &'a Assessment,
    pub(crate) entry: &'a Entry,
    /// The name by its number.
    pub(crate) usual: &'a str,
    pub(crate) number: &'a str,
    pub(crate) edition: u32,
    pub(crate) issued: String,
    pub(crate) document: &'a str,
    pub(crate) language: &'a str,
    pub(crate) draft: bool,
}

impl Names {
    /// Names after a pattern such as `{{ row }}-{{ number }}`, and folders after a field such as `language`.
    /// Without a pattern, a file is named by its number.
    ///
    /// # Errors
    /// Mistakes of the pattern, and fields there are none of.
    pub fn new(
        pattern: Option<&str>,
        split: Option<&str>,
        assessment: &Assessment,
    ) -> Result<Names, BatchError> {
        let mut engine = Environment::new();
        engine.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
        engine.set_undefined_behavior(UndefinedBehavior::Chainable);
        let facts: Vec<String> = assessment.facts().map(|(_, fact)| variable(&fact.path)).collect();
        for (which, text) in [
            ("name", pattern.map(str::to_owned)),
            ("folder", split.map(|field| format!("{{{{ {field} }}}}"))),
        ] {
            let Some(text) = text else { continue };
            if text.contains(['/', '\\']) {
                return Err(BatchError::Pattern(words!(
                    "the pattern `{text}` has a slash; folders are made by `--split-by FIELD`",
                    "das Muster `{text}` enthält einen Schrägstrich; Ordner macht `--split-by FELD`"
                )));
            }
            engine.add_template_owned(which, text.clone()).map_err(|error| {
                let why = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
                BatchError::Pattern(words!(
                    "the pattern `{text}` cannot be read: {why}; write it as `{{{{ row }}}}-{{{{ number }}}}`",
                    "das Muster `{text}` ist nicht lesbar ({why}); so schreiben: `{{{{ row }}}}-{{{{ number }}}}`"
                ))
            })?;
            let Ok(template) = engine.get_template(which) else { continue };
            let unknown = template.undeclared_variables(true).into_iter().find(|field| {
                field.strip_prefix("facts.").map_or_else(
                    || !FIELDS.contains(&field.as_str()),
                    |fact| !facts.iter().any(|known| known == fact),
                )
            });
            if let Some(field) = unknown {
                return Err(BatchError::Pattern(no_field(&field, &facts)));
            }
        }
        Ok(Names { engine, named: pattern.is_some(), split: split.is_some() })
    }

    /// The name of a document, seen from the output folder, with its ending.
    pub(crate) fn of(&self, fields: &Fields<'_>) -> Result<PathBuf, Words> {
        let stem = if self.named { self.fill("name", fields)? } else { fields.usual.to_owned() };
        // Nobody takes a trial for a document, and a trial is never in the way of one.
        let draft = if fields.draft { "draft-" } else { "" };
        let file = format!("{draft}{}.pdf", sanitised(&stem));
        Ok(if self.split {
            [sanitised(&self.fill("folder", fields)?), file].iter().collect()
        } else {
            file.into()
        })
    }

    fn fill(&self, which: &str, fields: &Fields<'_>) -> Result<String, Words> {
        let &Fields { assessment, entry, number, edition, ref issued, document, language, .. } = fields;
        let Source { file, sheet, .. } = entry.origin.source();
        let facts: BTreeMap<String, String> =
            entry.facts.iter().map(|fact| (variable(&fact.fact), given(&fact.value))).collect();
        let context = context! {
            number, edition, issued, document, language, facts,
            assessment => &*assessment.id,
            version => &*assessment.version,
            file => &**file,
            sheet => sheet.as_deref(),
            row => entry.origin.spot.row,
            key => &*entry.key,
            name => &*entry.name,
        };
        // What the engine says can quote the data, so it is left out.
        let filled = self.engine.get_template(which).and_then(|template| template.render(context));
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

/// A text as the name of a file or folder that every system accepts.
pub(crate) fn sanitised(text: &str) -> String {
    let mut name: String = text
        .nfc()
        .map(|c| match c {
            '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*' => '_',
            c if c.is_control() || is_invisible(c) => '_',
            c => c,
        })
        .collect();
    let mut end = name.len().min(MAX_NAME);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    name.truncate(end);
    // Windows drops dots and spaces at the end; a dot at the beginning hides the file elsewhere.
    let name = name.trim().trim_end_matches(['.', ' ']).trim_start_matches(['.', ' ']);
    let device = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let numbered = device.strip_prefix("com").or(device.strip_prefix("lpt"));
    let numbered =
        numbered.is_some_and(|rest| rest.chars().count() == 1 && rest.chars().all(char::is_numeric));
    if name.is_empty() || numbered || RESERVED.contains(&device.as_str()) {
        format!("_{name}")
    } else {
        name.to_owned()
    }
}

/// Characters that change how a name is shown and are not seen themselves.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// What two names have in common that some system takes for one.
pub(crate) fn folded(name: &std::path::Path) -> String {
    name.to_string_lossy().to_lowercase().nfkc().collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_name_is_good_on_every_system() {
        let cases = [
            ("K7F3-9QXD-2MHZ", "K7F3-9QXD-2MHZ"),
            ("../../etc/passwd", "_.._etc_passwd"),
            ("..", "_"),
            ("", "_"),
            ("  Ana. ", "Ana"),
            ("CON", "_CON"),
            ("con.tar", "_con.tar"),
            ("Lpt9", "_Lpt9"),
            ("com²", "_com²"),
            ("Cone", "Cone"),
            ("a<b>c:d\"e/f\\g|h?i*j", "a_b_c_d_e_f_g_h_i_j"),
            ("tab\tline\nnull\0", "tab_line_null_"),
            ("Anas\u{202e}fdp", "Anas_fdp"),
            ("Țurcanu", "Țurcanu"),
            ("Mu\u{308}ller", "Müller"),
        ];
        for (text, name) in cases {
            assert_eq!(sanitised(text), name, "{text:?}");
        }
        assert!(sanitised(&"ä".repeat(500)).len() <= MAX_NAME);
    }

    proptest! {
        #[test]
        fn no_text_leads_anywhere_else(text in any::<String>()) {
            let name = sanitised(&text);
            prop_assert!(!name.is_empty() && name.len() <= MAX_NAME + 1);
            prop_assert!(!name.contains(['/', '\\', ':', '\0']) && !name.starts_with('.') && !name.ends_with(['.', ' ']));
            prop_assert_eq!(sanitised(&name), name, "once more changes nothing");
        }
    }

    #[test]
    fn names_that_some_system_takes_for_one_are_one() {
        let same = |a: &str, b: &str| folded(a.as_ref()) == folded(b.as_ref());
        assert!(same("ANA.pdf", "ana.pdf"));
        assert!(same("Mu\u{308}ller.pdf", "MÜLLER.pdf"));
        assert!(!same("ana.pdf", "anna.pdf"));
    }
}
