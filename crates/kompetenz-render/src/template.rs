//! Templates: texts in memory.

use std::collections::BTreeMap;

macro_rules! shipped {
    ($($path:literal),+ $(,)?) => {
        [$(($path, include_str!(concat!("../../../templates/", $path)))),+]
    };
}

/// Every text of the folder `templates`; a test holds the list complete.
const SHIPPED: &[(&str, &str)] = &shipped![
    "classic/certificate.typ",
    "clear/certificate.typ",
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
    "lib/sheet.typ",
    "report.typ",
];

/// The texts documents are made with: Typst files, and `labels/<language>.toml` for every language they know.
///
/// One of them, the entry, defines `certificate(data, pictures: (:), pages: none)`; docs/certificate-data.md is the contract.
/// The files can import and read each other, and nothing else.
#[derive(Debug, Clone)]
pub struct Template {
    files: BTreeMap<String, String>,
    entry: String,
}

impl Template {
    /// What comes with the program: the certificate of the family `clear`, and all other documents.
    pub fn certificate() -> Self {
        Self::from_files("clear/certificate.typ", SHIPPED.iter().copied())
    }

    /// The same with the certificate of another family, such as `classic`. `None`: there is no such family.
    pub fn of_family(self, family: &str) -> Option<Self> {
        let entry = format!("{family}/certificate.typ");
        self.files.contains_key(&entry).then_some(Self { entry, ..self })
    }

    /// The families there are: the folders that define a certificate.
    pub fn families(&self) -> impl Iterator<Item = &str> {
        self.files.keys().filter_map(|path| path.strip_suffix("/certificate.typ"))
    }

    /// A template of other texts, each with its path inside the template, and which of them is the certificate.
    pub fn from_files<P: Into<String>, T: Into<String>>(
        entry: &str,
        files: impl IntoIterator<Item = (P, T)>,
    ) -> Self {
        let files = files.into_iter().map(|(path, text)| (path.into(), text.into())).collect();
        Self { files, entry: entry.to_owned() }
    }

    /// The path of the file that defines the certificate.
    pub(crate) fn entry(&self) -> &str {
        &self.entry
    }

    /// The languages there are labels for.
    pub(crate) fn languages(&self) -> Vec<String> {
        let language = |path: &String| {
            let name = path.trim_start_matches('/').strip_prefix("labels/")?.strip_suffix(".toml")?;
            Some(name.to_owned())
        };
        self.files.keys().filter_map(language).collect()
    }

    /// All texts, each with its path inside the template, in the order of their paths.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }
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
