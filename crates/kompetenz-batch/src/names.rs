//! Names of files and folders, from a pattern the coordinator writes.
//!
//! A name is good on Windows, macOS and Linux, and never leads out of the folder.

use std::path::PathBuf;

use kompetenz::{Assessment, Words, words};
use sha2::{Digest as _, Sha256};
use unicode_normalization::UnicodeNormalization;

use crate::BatchError;
use crate::pattern::{Fields, Pattern};

/// The longest name without ending, in bytes: with the folder around it, it stays below what Windows allows.
const MAX_NAME: usize = 120;

/// Names that Windows keeps for devices.
const RESERVED: &[&str] = &["con", "prn", "aux", "nul"];

/// What the files for the print shop begin with, which are replaced by every run: no document has such a name.
pub(crate) const PRINT_RUN: &str = "print-run";

/// How files are named, and into which folders they go.
#[derive(Debug)]
pub struct Names {
    /// `None`: by their number.
    file: Option<Pattern>,
    folder: Option<Pattern>,
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
        for text in [pattern, split].into_iter().flatten() {
            if text.contains(['/', '\\']) {
                return Err(BatchError::Pattern(words!(
                    "the pattern `{text}` has a slash; folders are made by `--split-by FIELD`",
                    "das Muster `{text}` enthält einen Schrägstrich; Ordner macht `--split-by FELD`"
                )));
            }
        }
        Ok(Names {
            file: pattern.map(|text| Pattern::new(text, assessment)).transpose()?,
            folder: split.map(|field| Pattern::field(field, assessment)).transpose()?,
        })
    }

    /// The name of a document, seen from the output folder, with its ending.
    pub(crate) fn of(&self, fields: &Fields<'_>) -> Result<PathBuf, Words> {
        let stem =
            self.file.as_ref().map_or_else(|| Ok(fields.usual.clone()), |pattern| pattern.fill(fields))?;
        // Nobody takes a trial for a document, and a trial is never in the way of one.
        let draft = if fields.draft { "draft-" } else { "" };
        // Whoever writes the ending into the pattern means this one.
        let stem = stem.strip_suffix(".pdf").unwrap_or(&stem);
        let file = format!("{draft}{}.pdf", sanitised(stem));
        Ok(match &self.folder {
            Some(folder) => [sanitised(&folder.fill(fields)?), file].iter().collect(),
            None => file.into(),
        })
    }
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
    let whole = folded(name.as_ref());
    let ours = whole.strip_prefix("draft-").unwrap_or(&whole).starts_with(PRINT_RUN);
    if name.is_empty() || numbered || ours || RESERVED.contains(&device.as_str()) {
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

/// Half the digest of a name as every system takes it: two names have the same only if some system takes them for one.
pub(crate) fn mark(name: &std::path::Path) -> [u8; 16] {
    let digest: [u8; 32] = Sha256::digest(folded(name)).into();
    *digest.first_chunk().expect("16 is less than 32")
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
            ("print-run", "_print-run"),
            ("Print-Run-1", "_Print-Run-1"),
            ("draft-print-run", "_draft-print-run"),
            ("reprint-run", "reprint-run"),
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
