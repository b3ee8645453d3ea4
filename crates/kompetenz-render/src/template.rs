//! Templates: texts in memory.

use std::collections::BTreeMap;

/// A template for certificates: `certificate.typ`, and `labels/<language>.toml` for every language it knows.
///
/// `certificate.typ` defines `certificate(data, logo: none)`.
/// It can import and read the other texts of the template, and nothing else.
#[derive(Debug, Clone)]
pub struct Template {
    files: BTreeMap<String, String>,
}

impl Template {
    /// The template that comes with the program.
    pub fn certificate() -> Self {
        Self::from_files([
            ("certificate.typ", include_str!("../../../templates/certificate.typ")),
            ("language.typ", include_str!("../../../templates/language.typ")),
            ("labels/ar.toml", include_str!("../../../templates/labels/ar.toml")),
            ("labels/bg.toml", include_str!("../../../templates/labels/bg.toml")),
            ("labels/de.toml", include_str!("../../../templates/labels/de.toml")),
            ("labels/en.toml", include_str!("../../../templates/labels/en.toml")),
            ("labels/hr.toml", include_str!("../../../templates/labels/hr.toml")),
            ("labels/it.toml", include_str!("../../../templates/labels/it.toml")),
            ("labels/pl.toml", include_str!("../../../templates/labels/pl.toml")),
            ("labels/ro.toml", include_str!("../../../templates/labels/ro.toml")),
            ("labels/ru.toml", include_str!("../../../templates/labels/ru.toml")),
            ("labels/tr.toml", include_str!("../../../templates/labels/tr.toml")),
            ("labels/uk.toml", include_str!("../../../templates/labels/uk.toml")),
        ])
    }

    /// The blank form for observers that comes with the program. It takes fonts, colours and labels from the certificate.
    pub(crate) fn entry_form() -> Self {
        let mut template = Self::certificate();
        let form = include_str!("../../../templates/entry-form.typ");
        template.files.insert("entry-form.typ".into(), form.into());
        template
    }

    /// The report for advisers that comes with the program. It takes fonts, colours, bars and labels from the certificate.
    pub(crate) fn report() -> Self {
        let mut template = Self::certificate();
        template.files.insert("report.typ".into(), include_str!("../../../templates/report.typ").into());
        template
    }

    /// The easy-read page that comes with the program. It takes fonts, colours, bars and labels from the certificate.
    pub(crate) fn easy_read() -> Self {
        let mut template = Self::certificate();
        for (path, text) in [
            ("easy-read.typ", include_str!("../../../templates/easy-read.typ")),
            ("lib/pictograms.typ", include_str!("../../../templates/lib/pictograms.typ")),
        ] {
            template.files.insert(path.into(), text.into());
        }
        template
    }

    /// A template of other texts, each with its path inside the template.
    pub fn from_files<P: Into<String>, T: Into<String>>(files: impl IntoIterator<Item = (P, T)>) -> Self {
        Self { files: files.into_iter().map(|(path, text)| (path.into(), text.into())).collect() }
    }

    /// The languages there are labels for.
    pub(crate) fn languages(&self) -> Vec<String> {
        let language = |path: &String| {
            let name = path.trim_start_matches('/').strip_prefix("labels/")?.strip_suffix(".toml")?;
            Some(name.to_owned())
        };
        self.files.keys().filter_map(language).collect()
    }

    pub(crate) fn into_files(self) -> impl Iterator<Item = (String, String)> {
        self.files.into_iter()
    }
}
