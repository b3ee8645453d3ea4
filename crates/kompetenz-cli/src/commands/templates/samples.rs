//! Documents of people who do not exist: of every kind, in every language, short and long.

use kompetenz::certificate::{CertificateData, Issuing};
use kompetenz::form::EntryForm;
use kompetenz::report::{LANGUAGES, ReportData};
use kompetenz::{
    Assessment, Checked, EasyReadData, Entry, Record, Sources, check, issuer, recommend, score, words,
};
use kompetenz_render::{Files, Format, Picture, Pictures, RenderError, Studio};

use crate::trouble::Result;

/// A document to look at.
pub(super) struct Sample {
    /// What is to be seen, as a file name.
    pub(super) name: String,
    document: Document,
}

enum Document {
    Certificate(Box<CertificateData>),
    EasyRead(Box<EasyReadData>),
    Report(Box<ReportData>),
    Form(Box<EntryForm>),
}

impl Sample {
    pub(super) fn print(&self, studio: &Studio, format: &Format) -> std::result::Result<Files, RenderError> {
        match &self.document {
            Document::Certificate(data) => studio.certificate(data, format),
            Document::EasyRead(data) => studio.easy_read(data, format),
            Document::Report(data) => studio.report(data, format),
            Document::Form(form) => studio.entry_form(form, format),
        }
    }

    /// Whether the template of the certificate decides how it looks.
    pub(super) fn is_certificate(&self) -> bool {
        matches!(self.document, Document::Certificate(_))
    }
}

macro_rules! fixture {
    ($path:literal) => {
        include_str!(concat!("../../../../../fixtures/", $path))
    };
}

/// Certificates with much and little on them.
const CERTIFICATES: [(&str, &str); 4] = [
    ("certificate-standard", fixture!("certificates/standard.json")),
    ("certificate-long", fixture!("certificates/long.json")),
    ("certificate-short", fixture!("certificates/short.json")),
    ("certificate-romanian", fixture!("certificates/romanian.json")),
];

/// A small assessment in every language of the labels.
const SHELF: [(&str, &str); 11] = [
    ("assessment.toml", fixture!("languages/assessment.toml")),
    ("lang/ar.toml", fixture!("languages/lang/ar.toml")),
    ("lang/bg.toml", fixture!("languages/lang/bg.toml")),
    ("lang/en.toml", fixture!("languages/lang/en.toml")),
    ("lang/hr.toml", fixture!("languages/lang/hr.toml")),
    ("lang/it.toml", fixture!("languages/lang/it.toml")),
    ("lang/pl.toml", fixture!("languages/lang/pl.toml")),
    ("lang/ro.toml", fixture!("languages/lang/ro.toml")),
    ("lang/ru.toml", fixture!("languages/lang/ru.toml")),
    ("lang/tr.toml", fixture!("languages/lang/tr.toml")),
    ("lang/uk.toml", fixture!("languages/lang/uk.toml")),
];

/// The pictures of the made-up issuer.
pub(super) fn pictures() -> Result<Pictures> {
    let logo = Picture::new(fixture!("certificates/logo.svg").into())?;
    Ok(Pictures { logo: Some(logo), ..Pictures::default() })
}

/// Everything there is to look at.
pub(super) fn samples() -> Result<Vec<Sample>> {
    // What ships is tested; should it be damaged after all, that is told like any other trouble.
    shelf().ok_or_else(|| words!("the sample data are damaged", "die Beispieldaten sind beschädigt").into())
}

fn shelf() -> Option<Vec<Sample>> {
    let assessment = assessment()?;
    let issuer = Sources::new("issuer.toml", fixture!("languages/issuer.toml"));
    let issuing = issuer::read(&issuer, &assessment.languages).ok()?.issuing;
    let entry = entry(&assessment)?;
    let record = Record::new(&assessment, &entry).ok()?;
    let scored = score(&record);
    let advice = recommend(&scored, jiff::civil::date(2026, 11, 22));

    let mut samples = Vec::new();
    let mut add = |name: String, document| samples.push(Sample { name, document });
    for (name, json) in CERTIFICATES {
        add(name.to_owned(), Document::Certificate(serde_json::from_str(json).ok()?));
    }
    let main = assessment.main_language();
    for code in &assessment.languages {
        let language = assessment.language(code)?;
        let issuing: &Issuing = &issuing;
        let alone = CertificateData::new(&advice, issuing, language).ok()?;
        add(format!("certificate-{code}"), Document::Certificate(Box::new(alone)));
        if language != main {
            let both = CertificateData::new_beside(&advice, issuing, main, language).ok()?;
            add(format!("certificate-de-{code}"), Document::Certificate(Box::new(both)));
        }
    }
    for code in &assessment.languages {
        let page = EasyReadData::new(&advice, &issuing, assessment.language(code)?).ok()?;
        add(format!("easy-read-{code}"), Document::EasyRead(Box::new(page)));
    }
    add("report-short".into(), Document::Report(serde_json::from_str(fixture!("reports/short.json")).ok()?));
    for code in LANGUAGES {
        let report = ReportData::new(&advice, &issuing, assessment.language(code)?, None).ok()?;
        add(format!("report-{code}"), Document::Report(Box::new(report)));
    }
    for code in &assessment.languages {
        let form = EntryForm::new(&assessment, assessment.language(code)?, None).ok()?;
        add(format!("entry-form-{code}"), Document::Form(Box::new(form)));
    }
    Some(samples)
}

fn assessment() -> Option<Assessment> {
    let [(name, main), languages @ ..] = SHELF;
    let mut sources = Sources::new(name, main);
    for (name, text) in languages {
        sources.add(name, text);
    }
    let Checked { assessment, .. } = check(&sources);
    assessment
}

fn entry(assessment: &Assessment) -> Option<Entry> {
    let bytes = fixture!("languages/participant.toml").as_bytes();
    let reading = kompetenz_sheets::read(bytes, "participant.toml", &assessment.vocabulary()).ok()?;
    reading.people.into_iter().next()?.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_samples_are_of_every_kind_and_in_every_language() {
        let samples = samples().expect("the data that ship are good");
        let names: Vec<_> = samples.iter().map(|sample| sample.name.as_str()).collect();
        assert_eq!(names.len(), 4 + 11 + 10 + 11 + 3 + 11);
        for name in [
            "certificate-long",
            "certificate-ar",
            "certificate-de-ar",
            "easy-read-hr",
            "report-en",
            "entry-form-uk",
        ] {
            assert!(names.contains(&name), "{name}: {names:?}");
        }
    }
}
