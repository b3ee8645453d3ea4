//! The documents that one result may have, and which of them a definition provides for.

use crate::assessment::Assessment;
use crate::{Words, words};

/// A kind of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Document {
    /// For the participant and whoever is shown it: strengths and next steps.
    Certificate,
    /// For the participant: the certificate in pictures and plain words.
    EasyRead,
    /// For advisers only: everything, with reasons.
    Report,
}

impl Document {
    /// All of them.
    pub const ALL: &[Document] = &[Document::Certificate, Document::EasyRead, Document::Report];

    /// Its name, as it is asked for: `certificate`, `easy-read`, `report`.
    pub fn name(self) -> &'static str {
        match self {
            Document::Certificate => "certificate",
            Document::EasyRead => "easy-read",
            Document::Report => "report",
        }
    }

    /// None of it, as the object of a sentence: "the assessment defines **no certificate**".
    pub(crate) fn none(self) -> Words {
        match self {
            Document::Certificate => words!("no certificate", "kein Zertifikat"),
            Document::EasyRead => words!("no easy-read page", "keine Seite „einfach erklärt“"),
            Document::Report => words!("no report", "keinen Bericht"),
        }
    }
}

impl Assessment {
    /// Which documents there are.
    ///
    /// A definition provides for a certificate by `[certificate]` and for an easy-read page by `[easy-read]`. There is
    /// always a report, because whoever advises must be able to see why; `[report]` says what it leaves out.
    pub fn documents(&self) -> Vec<Document> {
        let provided = |document: &Document| match document {
            Document::Certificate => self.certificate.is_some(),
            Document::EasyRead => self.easy_read.is_some(),
            Document::Report => true,
        };
        Document::ALL.iter().copied().filter(provided).collect()
    }
}
