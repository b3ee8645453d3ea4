//! A designer's folder of templates, read once.

use std::fs;
use std::path::Path;

use kompetenz::{Words, words};

use crate::trouble::{Context, Result, Trouble};

/// What a template can be made of. Whatever else lies in the folder is left alone.
const ENDINGS: [&str; 4] = ["typ", "toml", "svg", "png"];

/// Far more than templates need, and far less than would be felt.
const MOST_FILES: usize = 300;
const MOST_BYTES: u64 = 1 << 20;
const DEEPEST: usize = 8;

/// Every file of the folder that a template can be made of, with its path in it; folders are divided by `/`.
///
/// Nothing outside of the folder is read: links are refused, whatever they point to.
pub(crate) fn templates(folder: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let shown = folder.display();
    let mut found = Found::default();
    found.collect(folder, "", 0)?;
    if found.files.is_empty() && found.problems.is_empty() {
        found.problems.push(words!(
            "the folder has no templates (files that end in .typ, .toml, .svg or .png)",
            "im Ordner sind keine Vorlagen (Dateien, die auf .typ, .toml, .svg oder .png enden)"
        ));
    }
    if found.problems.is_empty() {
        return Ok(found.files);
    }
    let start = words!("the templates in `{shown}` cannot be used", "die Vorlagen in `{shown}` taugen nicht");
    let all = found.problems.into_iter().fold(start, |Words { en, de }, problem| {
        let (more_en, more_de) = (problem.en, problem.de);
        words!("{en}\n  {more_en}", "{de}\n  {more_de}")
    });
    Err(all.into())
}

#[derive(Default)]
struct Found {
    files: Vec<(String, Vec<u8>)>,
    /// Everything that is wrong, to be told at once.
    problems: Vec<Words>,
}

impl Found {
    fn collect(&mut self, folder: &Path, inside: &str, depth: usize) -> Result<()> {
        let shown = folder.display();
        let reading = || words!("cannot read `{shown}`", "`{shown}` lässt sich nicht lesen");
        let mut entries =
            fs::read_dir(folder).and_then(Iterator::collect::<std::io::Result<Vec<_>>>).context(reading)?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let path = entry.path();
            let Some(name) = entry.file_name().to_str().map(str::to_owned) else {
                self.problem(&path, words!("the name is not text", "der Name ist kein Text"));
                continue;
            };
            // Such as `.git` and `.DS_Store`.
            if name.starts_with('.') {
                continue;
            }
            let inner = if inside.is_empty() { name.clone() } else { format!("{inside}/{name}") };
            let ending = Path::new(&name).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
            // Asked of the entry itself and not of what it points to.
            let kind = entry.file_type().context(reading)?;
            if kind.is_symlink() {
                self.problem(
                    &path,
                    words!(
                        "this is a link; put the file itself here",
                        "das ist eine Verknüpfung; die Datei selbst hierher legen"
                    ),
                );
            } else if kind.is_dir() {
                if depth < DEEPEST {
                    self.collect(&path, &inner, depth + 1)?;
                } else {
                    self.problem(&path, words!("folders lie too deep", "die Ordner liegen zu tief"));
                }
            } else if !ENDINGS.contains(&ending) {
            } else if !kind.is_file() {
                self.problem(&path, words!("this is no plain file", "das ist keine gewöhnliche Datei"));
            } else if inner == "certificate.typ" {
                self.problem(
                    &path,
                    words!(
                        "this belongs into a folder, whose name is then the name of the template",
                        "das gehört in einen Ordner, dessen Name dann der Name der Vorlage ist"
                    ),
                );
            } else if entry.metadata().context(reading)?.len() > MOST_BYTES {
                self.problem(&path, words!("this is larger than 1 MB", "das ist größer als 1 MB"));
            } else if self.files.len() >= MOST_FILES {
                let words = words!(
                    "there are more than {MOST_FILES} files in it",
                    "darin sind mehr als {MOST_FILES} Dateien"
                );
                return Err(Trouble::from(words)).context(reading);
            } else {
                self.files.push((inner, fs::read(&path).context(reading)?));
            }
        }
        Ok(())
    }

    fn problem(&mut self, path: &Path, Words { en, de }: Words) {
        let shown = path.display();
        self.problems.push(words!("{shown}: {en}", "{shown}: {de}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        folder
    }

    fn said(folder: &Path) -> String {
        match templates(folder) {
            Err(Trouble::Told(words)) => words.en.replace(&folder.display().to_string(), "DIR"),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn only_what_a_template_is_made_of_is_read() {
        let folder = folder(&[
            ("mine/certificate.typ", "a"),
            ("labels/de.toml", "b"),
            ("mine/notes.md", "c"),
            (".git/config.toml", "d"),
            ("stamp.svg", "<svg/>"),
        ]);
        let files = templates(folder.path()).expect("good templates");
        let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["labels/de.toml", "mine/certificate.typ", "stamp.svg"]);
    }

    #[cfg(unix)]
    #[test]
    fn nothing_leads_out_of_the_folder() {
        let outside = folder(&[("secret.typ", "x")]);
        let folder = folder(&[("mine/certificate.typ", "a"), ("certificate.typ", "b")]);
        let link =
            |to: &Path, name| std::os::unix::fs::symlink(to, folder.path().join(name)).expect("a link");
        link(&outside.path().join("secret.typ"), "page.typ");
        link(outside.path(), "lib");
        link(folder.path(), "round");
        insta::assert_snapshot!(said(folder.path()), @"
        the templates in `DIR` cannot be used
          DIR/certificate.typ: this belongs into a folder, whose name is then the name of the template
          DIR/lib: this is a link; put the file itself here
          DIR/page.typ: this is a link; put the file itself here
          DIR/round: this is a link; put the file itself here
        ");
    }

    #[test]
    fn there_are_limits() {
        let large = "x".repeat((1 << 20) + 1);
        let deep = format!("{}page.typ", "a/".repeat(9));
        let large_and_deep = folder(&[("large.typ", &large), (&deep, "")]);
        insta::assert_snapshot!(said(large_and_deep.path()), @"
        the templates in `DIR` cannot be used
          DIR/a/a/a/a/a/a/a/a/a: folders lie too deep
          DIR/large.typ: this is larger than 1 MB
        ");
        let many = folder(&[]);
        for i in 0..=MOST_FILES {
            fs::write(many.path().join(format!("{i}.typ")), "").expect("a file");
        }
        insta::assert_snapshot!(said(many.path()), @"cannot read `DIR`: there are more than 300 files in it");
        insta::assert_snapshot!(said(folder(&[("notes.md", "")]).path()), @"
        the templates in `DIR` cannot be used
          the folder has no templates (files that end in .typ, .toml, .svg or .png)
        ");
    }
}
