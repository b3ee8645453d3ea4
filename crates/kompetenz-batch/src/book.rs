//! What a run asks the register, and what it records there.

use jiff::Timestamp;
use jiff::civil::Date;
use kompetenz_register::{
    Candidate, Digest, Document, Filter, Issue, Issued, Issuer, Number, Register, RegisterError, Stamp,
    Standing, Text,
};

use crate::{BatchError, Desk, Row};

/// The register of a run, with all that its issues have in common.
#[derive(Debug)]
pub struct Book {
    /// `None`: nothing is recorded yet, and nothing will be; the run only tells what it would do.
    register: Option<Register>,
    issuer: Issuer,
    assessment: Text,
    version: Text,
    definition: Digest,
    kind: Text,
    language: Text,
    round: Option<Text>,
    by: Option<Text>,
    reason: Option<Text>,
}

/// What a person says about a run, for the register.
#[derive(Debug, Clone, Default)]
pub struct Remarks {
    /// Which of several assessments of the same people this is.
    pub round: Option<Text>,
    /// Who issues.
    pub by: Option<Text>,
    /// Why, told with each document.
    pub reason: Option<Text>,
}

impl Book {
    /// A run that records in `register`, or finds nothing in it that was recorded before.
    ///
    /// # Errors
    /// [`BatchError::Text`] if an id of the definition cannot stand in a register.
    pub fn new(
        register: Option<Register>,
        issuer: &Issuer,
        desk: &Desk<'_>,
        remarks: Remarks,
    ) -> Result<Book, BatchError> {
        let Remarks { round, by, reason } = remarks;
        let assessment = desk.assessment;
        Ok(Book {
            register,
            issuer: issuer.clone(),
            assessment: Text::new(&assessment.id)?,
            version: Text::new(&assessment.version)?,
            definition: Digest::parse(&assessment.digest)
                .unwrap_or_else(|| Digest::of(assessment.digest.as_bytes())),
            kind: Text::new(desk.kind.name())?,
            language: Text::new(&desk.languages.tag(assessment))?,
            round,
            by,
            reason,
        })
    }

    /// The rows of whoever was issued this document before, in whatever edition and however it stands.
    ///
    /// # Errors
    /// A register that cannot be read.
    pub fn known<'r>(&self, rows: impl IntoIterator<Item = &'r Row>) -> Result<Vec<&'r Row>, BatchError> {
        let entry = |row: &'r Row| Some((row, row.entry.as_ref().ok()?));
        let people: Vec<_> = rows.into_iter().filter_map(entry).collect();
        let anything = Digest::of(b"");
        let candidates: Vec<_> =
            people.iter().map(|(_, entry)| self.candidate(&entry.key, anything)).collect();
        let standings = self.plan(&candidates)?;
        let known = people.into_iter().zip(standings).filter(|(_, standing)| *standing != Standing::New);
        Ok(known.map(|((row, _), _)| row).collect())
    }

    pub(crate) fn candidate(&self, key: &str, data: Digest) -> Candidate {
        let document = Document {
            participant: self.issuer.participant(key),
            assessment: self.assessment.clone(),
            kind: self.kind.clone(),
            language: self.language.clone(),
            round: self.round.clone(),
        };
        Candidate { document, data }
    }

    pub(crate) fn plan(&self, candidates: &[Candidate]) -> Result<Vec<Standing>, RegisterError> {
        match &self.register {
            Some(register) => register.plan(candidates),
            None => Ok(vec![Standing::New; candidates.len()]),
        }
    }

    pub(crate) fn number(&self, candidate: &Candidate, edition: u32, day: Date) -> Number {
        Number::derive(&self.issuer, &candidate.document, &self.version, edition, day)
    }

    pub(crate) fn issue(
        &self,
        candidate: Candidate,
        edition: u32,
        number: Number,
        file: Digest,
        issued: Date,
    ) -> Issue {
        let (version, definition, reason) = (self.version.clone(), self.definition, self.reason.clone());
        Issue { candidate, edition, number, version, definition, file, issued, reason }
    }

    /// All editions of a document but the latest.
    pub(crate) fn earlier(&self, candidate: &Candidate, latest: u32) -> Result<Vec<Issued>, RegisterError> {
        let Some(register) = &self.register else { return Ok(Vec::new()) };
        let Document { participant, assessment, kind, language, round } = &candidate.document;
        let filter = Filter {
            participant: Some(*participant),
            assessment: Some(assessment.clone()),
            kind: Some(kind.clone()),
            language: Some(language.clone()),
            ..Filter::default()
        };
        let mut all = register.list(&filter)?;
        all.retain(|issued| issued.round == *round && issued.edition < latest);
        Ok(all)
    }

    /// Whether a file is the one that was issued, or a reprint of it.
    pub(crate) fn knows(&self, issued: &Issued, file: Digest) -> Result<bool, RegisterError> {
        if issued.file == file {
            return Ok(true);
        }
        let Some(register) = &self.register else { return Ok(false) };
        let history = register.show(&issued.number)?;
        Ok(history.is_some_and(|history| history.events.iter().any(|event| event.file == Some(file))))
    }

    pub(crate) fn record(&mut self, issues: &[Issue], moment: Timestamp) -> Result<(), RegisterError> {
        let stamp = self.stamp(moment);
        self.register.as_mut().map_or(Ok(0), |register| register.record(issues, &stamp)).map(drop)
    }

    pub(crate) fn reprint(
        &mut self,
        number: &Number,
        file: Digest,
        moment: Timestamp,
    ) -> Result<(), RegisterError> {
        let stamp = self.stamp(moment);
        let reason = self.reason.clone();
        self.register
            .as_mut()
            .map_or(Ok(()), |register| register.reprint(number, file, reason.as_ref(), &stamp))
    }

    fn stamp(&self, moment: Timestamp) -> Stamp {
        Stamp { moment, by: self.by.clone() }
    }
}
