//! What is issued: a document, the candidate for an issue, the issue, and what the register keeps of it.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::Row;
use serde::Serialize;

use crate::digest::Fields;
use crate::event::State;
use crate::{Digest, Number, Participant, RegisterError, Text};

/// What stays the same from one edition to the next: which document of which participant.
///
/// A certificate and a report, or the German and the Romanian certificate, are different documents.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Document {
    /// Whose it is.
    pub participant: Participant,
    /// The id of the assessment.
    pub assessment: Text,
    /// What it is, for instance `certificate` or `report`.
    pub kind: Text,
    /// Its language, a BCP 47 tag such as `de`.
    pub language: Text,
    /// Which of several assessments of the same person this is, for instance `2026-spring`. `None`: there is one.
    ///
    /// Without it, the results of a second assessment are taken for a correction of the first.
    pub round: Option<Text>,
}

/// A document that might be issued, before it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Which document.
    pub document: Document,
    /// The digest of everything that decides what the document says, *without* number and day of issue:
    /// these are the register's answer, and a run resumed on the next day must not look like a correction.
    pub data: Digest,
}

/// A document that was made and is about to be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// Which document, saying what.
    pub candidate: Candidate,
    /// 1 for the first issue of the document, one more with every correction.
    pub edition: u32,
    /// The number printed on it. No two issues share one.
    pub number: Number,
    /// The version of the definition.
    pub version: Text,
    /// The digest of the definition, which tells two drafts of one version apart.
    pub definition: Digest,
    /// The digest of the file's bytes.
    pub file: Digest,
    /// The day of issue that is printed on it.
    pub issued: Date,
    /// Why it is issued; asked for when it corrects another one.
    pub reason: Option<Text>,
}

/// What the register keeps of one issue, flat, for CSV and JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Issued {
    /// The certificate number.
    pub number: Number,
    /// Whose it is: 64 hexadecimal digits that tell nothing without the issuer's secret.
    pub participant: Participant,
    /// The id of the assessment.
    pub assessment: Text,
    /// The version of its definition.
    pub version: Text,
    /// The digest of its definition.
    pub definition: Digest,
    /// The digest of the data.
    pub data: Digest,
    /// The digest of the file's bytes.
    pub file: Digest,
    /// What it is, for instance `certificate`.
    pub kind: Text,
    /// Its language.
    pub language: Text,
    /// Which of several assessments of the same person.
    pub round: Option<Text>,
    /// 1 for the first issue, one more with every correction.
    pub edition: u32,
    /// The day of issue.
    pub issued: Date,
    /// When it was recorded, to the millisecond.
    pub recorded: Timestamp,
    /// How it stands.
    pub state: State,
}

/// The columns of [`Issued`].
///
/// How an issue stands follows from its events; the worst of them counts, whatever came later.
pub(crate) const ISSUED: &str = "
    SELECT number, participant, assessment, version, definition, data, issue.file, issue.kind, language,
           round, edition, issued,
           (SELECT moment FROM event WHERE event.issue = issue.id AND event.kind = 'issued'),
           (SELECT max(CASE kind WHEN 'withdrawn' THEN 3 WHEN 'superseded' THEN 2 WHEN 'expired' THEN 1 ELSE 0 END)
              FROM event WHERE event.issue = issue.id)
      FROM issue";

impl Issued {
    /// Reads a row of [`ISSUED`].
    pub(crate) fn read(row: &Row<'_>) -> Result<Issued, RegisterError> {
        let round: String = row.get(9)?;
        let issued: String = row.get(11)?;
        Ok(Issued {
            number: row.get(0)?,
            participant: row.get(1)?,
            assessment: row.get(2)?,
            version: row.get(3)?,
            definition: row.get(4)?,
            data: row.get(5)?,
            file: row.get(6)?,
            kind: row.get(7)?,
            language: row.get(8)?,
            round: Text::new(&round).ok(),
            edition: row.get(10)?,
            issued: issued.parse().map_err(|_| RegisterError::unreadable("issue.issued"))?,
            recorded: moment(row.get(12)?)?,
            state: State::of_rank(row.get(13)?),
        })
    }

    /// Whether this is the record of `issue`; when it was recorded and how it stands do not matter.
    pub(crate) fn same_as(&self, issue: &Issue) -> bool {
        issue == &Issue { reason: issue.reason.clone(), ..self.to_issue() }
    }

    /// The issue that was recorded, without its reason, which its events have.
    pub(crate) fn to_issue(&self) -> Issue {
        Issue {
            candidate: Candidate {
                document: Document {
                    participant: self.participant,
                    assessment: self.assessment.clone(),
                    kind: self.kind.clone(),
                    language: self.language.clone(),
                    round: self.round.clone(),
                },
                data: self.data,
            },
            edition: self.edition,
            number: self.number.clone(),
            version: self.version.clone(),
            definition: self.definition,
            file: self.file,
            issued: self.issued,
            reason: None,
        }
    }
}

impl Issue {
    /// The digest of everything that stands in the row of the issue.
    pub(crate) fn digest(&self) -> Digest {
        let Issue { candidate, edition, number, version, definition, file, issued, reason: _ } = self;
        let Candidate { document, data } = candidate;
        let Document { participant, assessment, kind, language, round } = document;
        Fields::of("kompetenz-register/1 issue")
            .text(number.as_str())
            .text(&participant.to_string())
            .text(assessment.as_str())
            .text(version.as_str())
            .bytes(&definition.0)
            .bytes(&data.0)
            .bytes(&file.0)
            .text(kind.as_str())
            .text(language.as_str())
            .text(round.as_ref().map_or("", Text::as_str))
            .number((*edition).into())
            .text(&issued.to_string())
            .digest()
    }
}

/// A moment as the register stores it, in milliseconds since 1970.
pub(crate) fn moment(milliseconds: i64) -> Result<Timestamp, RegisterError> {
    Timestamp::from_millisecond(milliseconds).map_err(|_| RegisterError::unreadable("event.moment"))
}
