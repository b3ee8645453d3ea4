//! Templates: the files documents are made with, in memory.

use std::collections::{BTreeMap, BTreeSet};

use crate::StudioError;

macro_rules! shipped {
    ($($path:literal),+ $(,)?) => {
        [$(($path, include_str!(concat!("../../../templates/", $path)))),+]
    };
}

/// Every text of the folder `templates`; a test holds the list complete.
const SHIPPED: &[(&str, &str)] = &shipped![
    "classic/certificate.typ",
    "clear/certificate.typ",
    "easy-read.typ",
    "entry-form.typ",
    "labels/ar.toml",
    "labels/bg.toml",
    "labels/de.toml",
    "labels/en.toml",
    "labels/hr.toml",
    "labels/it.toml",
    "labels/pl.toml",
    "labels/ro.toml",
    "labels/ru.toml",
    "labels/tr.toml",
    "labels/uk.toml",
    "lib/language.typ",
    "lib/page.typ",
    "lib/pair.typ",
    "lib/pictograms.typ",
    "lib/sheet.typ",
    "report.typ",
];

/// What makes a folder a family of templates.
const ENTRY: &str = "certificate.typ";

/// The files documents are made with: Typst, `labels/<language>.toml` for every language they know, and pictures.
///
/// Each document has its program: the certificate the one of its family, `<family>/certificate.typ`, the easy-read
/// page `easy-read.typ`, the report `report.typ`, the blank form `entry-form.typ`. The files can import and read each other, and nothing else.
/// What they are given and must do is told in docs/certificate-data.md.
///
/// ```
/// use kompetenz_render::Template;
///
/// let own = [("mine/certificate.typ", "#let certificate(data, pictures: (:), pages: none) = [= #data.title]")];
/// let template = Template::certificate().with_files("my-templates", own).of_family("mine")?;
/// assert_eq!(template.families().collect::<Vec<_>>(), ["classic", "clear", "mine"]);
/// # Ok::<(), kompetenz_render::StudioError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    files: BTreeMap<String, File>,
    entry: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct File {
    pub(crate) bytes: Vec<u8>,
    /// How messages name it: whoever has a copy of their own looks for the mistake there.
    pub(crate) shown: String,
}

impl Template {
    /// What comes with the program: the certificate of the family `clear`, and all other documents.
    pub fn certificate() -> Self {
        Self::from_files("clear/certificate.typ", SHIPPED.iter().copied())
    }

    /// A template of other files, each with its path inside the template, and which of them is the certificate.
    pub fn from_files<P: Into<String>, B: Into<Vec<u8>>>(
        entry: &str,
        files: impl IntoIterator<Item = (P, B)>,
    ) -> Self {
        let file = |(path, bytes): (P, B)| {
            let path = path.into();
            (path.clone(), File { bytes: bytes.into(), shown: path })
        };
        Self { files: files.into_iter().map(file).collect(), entry: entry.to_owned() }
    }

    /// The same with files of one's own, which take the place of those with the same path.
    ///
    /// Messages put `folder` before their paths.
    #[must_use]
    pub fn with_files<P: Into<String>, B: Into<Vec<u8>>>(
        mut self,
        folder: &str,
        files: impl IntoIterator<Item = (P, B)>,
    ) -> Self {
        let folder = folder.trim_end_matches('/');
        for (path, bytes) in files {
            let path = path.into();
            let shown = format!("{folder}/{path}");
            self.files.insert(path, File { bytes: bytes.into(), shown });
        }
        self
    }

    /// Whether all of it came with the program.
    pub(crate) fn is_shipped(&self) -> bool {
        let shipped = |(path, file): (&String, &File)| {
            SHIPPED.iter().any(|(known, text)| known == path && text.as_bytes() == file.bytes)
        };
        self.files.iter().all(shipped)
    }

    /// The same with the certificate of another family.
    ///
    /// # Errors
    ///
    /// [`StudioError::NoFamily`], when no folder of this name has a `certificate.typ`.
    pub fn of_family(mut self, name: &str) -> Result<Self, StudioError> {
        if !self.families().any(|known| known == name) {
            let known = self.families().map(str::to_owned).collect();
            return Err(StudioError::NoFamily { name: name.to_owned(), known });
        }
        self.entry = format!("{name}/{ENTRY}");
        Ok(self)
    }

    /// The families a certificate can be made with: the folders with a `certificate.typ`, sorted.
    pub fn families(&self) -> impl Iterator<Item = &str> {
        let paths = self.files.keys();
        let names: BTreeSet<&str> =
            paths.filter_map(|path| path.strip_suffix(ENTRY)?.strip_suffix('/')).collect();
        names.into_iter().filter(|name| !name.is_empty() && !name.contains('/'))
    }

    /// All files, each with its path inside the template, in the order of their paths.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, file)| (path.as_str(), file.bytes.as_slice()))
    }

    /// The files that no document can be made with: they take no shipped file's place, are no certificate and no
    /// labels, and no program of the template says their name. Mostly slips, such as `label/de.toml`.
    ///
    /// ```
    /// use kompetenz_render::Template;
    ///
    /// let own = [("labels/de.toml", ""), ("label/ro.toml", "")];
    /// let template = Template::certificate().with_files("my-templates", own);
    /// assert_eq!(template.unused().collect::<Vec<_>>(), ["label/ro.toml"]);
    /// ```
    pub fn unused(&self) -> impl Iterator<Item = &str> {
        let named = |path: &str, name: &str| {
            self.files.iter().any(|(program, file)| {
                program != path
                    && program.strip_suffix(".typ").is_some()
                    && str::from_utf8(&file.bytes).is_ok_and(|text| text.contains(name))
            })
        };
        self.files.keys().map(String::as_str).filter(move |path| {
            let name = path.rsplit('/').next().unwrap_or(path);
            let known = SHIPPED.iter().any(|(shipped, _)| shipped == path);
            !known && name != ENTRY && language(path).is_none() && !named(path, name)
        })
    }

    /// All files by their paths.
    pub(crate) fn shelf(&self) -> &BTreeMap<String, File> {
        &self.files
    }

    /// The path of the file that defines the certificate.
    pub(crate) fn entry(&self) -> &str {
        &self.entry
    }

    /// The languages there are labels for.
    pub(crate) fn languages(&self) -> Vec<String> {
        self.files.keys().filter_map(|path| language(path)).map(str::to_owned).collect()
    }
}

/// The language a file has the labels for.
pub(crate) fn language(path: &str) -> Option<&str> {
    path.trim_start_matches('/').strip_prefix("labels/")?.strip_suffix(".toml")
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::SHIPPED;

    #[test]
    fn every_text_of_the_folder_is_shipped() {
        fn collect(root: &Path, folder: &Path, paths: &mut Vec<String>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    collect(root, &path, paths);
                } else if path.extension().is_some_and(|extension| extension == "typ" || extension == "toml")
                {
                    let inside = path.strip_prefix(root).unwrap();
                    paths.push(inside.to_str().unwrap().replace('\\', "/"));
                }
            }
        }
        let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../templates"));
        let mut paths = Vec::new();
        collect(root, root, &mut paths);
        paths.sort();
        let shipped: Vec<_> = SHIPPED.iter().map(|(path, _)| *path).collect();
        assert_eq!(shipped, paths);
    }
}
