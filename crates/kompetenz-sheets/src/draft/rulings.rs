//! What a person decides about results: disputes that are settled, and recommendations.

use std::sync::Arc;

use kompetenz::entry::{Decision, FaultCode, Localized, Resolution, Ruling};
use kompetenz::record::MAX_NOTE_CHARS;
use kompetenz::{Words, words};

use super::{At, Draft};
use crate::occasions::is_one_of;
use crate::value::Written;

/// What the resolutions of one row have in common.
#[derive(Debug, Default)]
pub(crate) struct Settled {
    pub(crate) situation: Option<String>,
    pub(crate) note: String,
    pub(crate) by: Option<String>,
}

/// What a person may make of a recommendation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Confirmed,
    Rejected,
    Edited,
}

impl Verdict {
    pub(crate) fn read(word: &str) -> Option<Verdict> {
        let words: [(Verdict, &[&str]); 3] = [
            (Verdict::Confirmed, &["confirmed", "bestätigt", "bestaetigt"]),
            (Verdict::Rejected, &["rejected", "abgelehnt"]),
            (Verdict::Edited, &["edited", "geändert", "geaendert"]),
        ];
        words.into_iter().find(|(_, spellings)| is_one_of(word, spellings)).map(|(verdict, _)| verdict)
    }
}

impl Draft {
    /// Adds the value that counts of an item or measure.
    pub(crate) fn settle(&mut self, about: &Arc<str>, settled: &Settled, written: Written<'_>, at: At<'_>) {
        if written.is_empty() {
            return;
        }
        match written.given(None) {
            Ok(value) => self.resolutions.push(Resolution {
                about: about.clone(),
                situation: settled.situation.clone(),
                value,
                note: settled.note.clone(),
                by: settled.by.clone(),
                spot: at.spot,
            }),
            Err(problem) => {
                let (code, message, help) = problem.words(at.field);
                self.report(code, at, message, help);
            }
        }
    }

    /// Reports a resolution without a reason.
    pub(crate) fn unexplained(&mut self, at: At<'_>) {
        let message = words!(
            "a resolution needs a note that says why",
            "eine Klärung braucht eine Notiz mit der Begründung"
        );
        let help = words!("write the reason into `note`", "die Begründung unter `Notiz` (`note`) schreiben");
        self.report(FaultCode::InvalidResolution, at, message, Some(help));
    }

    /// Reads the cell of a recommendation: `confirmed`, `rejected: reason` or `edited: new text`.
    pub(crate) fn decide(
        &mut self,
        recommendation: &Arc<str>,
        by: Option<&str>,
        written: Written<'_>,
        at: At<'_>,
    ) {
        if written.is_empty() {
            return;
        }
        let Some(cell) = self.text_of(written, at) else { return };
        let (word, text) = match cell.split_once(':') {
            Some((word, text)) => (word, Some(text.trim()).filter(|text| !text.is_empty())),
            None => (cell, None),
        };
        if text.is_some_and(|text| self.is_too_long(text, MAX_NOTE_CHARS, at)) {
            return;
        }
        let path = recommendation.clone();
        let (ruling, reason) = match (Verdict::read(word), text) {
            (Some(Verdict::Confirmed), None) => (Ruling::Confirmed(path), None),
            (Some(Verdict::Rejected), Some(reason)) => (Ruling::Rejected(path), Some(reason.to_owned())),
            (Some(Verdict::Edited), Some(text)) => {
                let text = Localized { language: None, text: text.to_owned() };
                (Ruling::Edited(path, vec![text]), None)
            }
            _ => {
                let (message, help) = no_such_decision();
                return self.report(FaultCode::InvalidDecision, at, message, Some(help));
            }
        };
        let by = by.map(str::to_owned);
        self.agree_on(Decision { ruling, reason, by, spot: at.spot }, at);
    }

    /// Adds a decision, unless another row made the same one.
    fn agree_on(&mut self, decision: Decision, at: At<'_>) {
        let about = path(&decision.ruling);
        let Some(known) = self.decisions.iter_mut().find(|known| path(&known.ruling) == about) else {
            return self.decisions.push(decision);
        };
        let same = match (&known.ruling, &decision.ruling) {
            (Ruling::Confirmed(_), Ruling::Confirmed(_)) | (Ruling::Rejected(_), Ruling::Rejected(_)) => true,
            (Ruling::Edited(_, one), Ruling::Edited(_, other)) => one == other,
            _ => false,
        };
        let same_person = known.by.is_none() || decision.by.is_none() || known.by == decision.by;
        if same && same_person && known.reason == decision.reason {
            known.by = known.by.take().or(decision.by);
            return;
        }
        let earlier = known.spot;
        self.contradiction(earlier, at);
    }

    /// Adds a decision as it is.
    pub(crate) fn decided(&mut self, decision: Decision) {
        self.decisions.push(decision);
    }
}

/// Which recommendation it is about.
fn path(ruling: &Ruling) -> Option<&Arc<str>> {
    match ruling {
        Ruling::Confirmed(path) | Ruling::Edited(path, _) | Ruling::Rejected(path) => Some(path),
        Ruling::Added { .. } => None,
    }
}

/// What is wrong with a cell that is no decision, and what may be written.
pub(crate) fn no_such_decision() -> (Words, Words) {
    (
        words!(
            "this is no decision about a recommendation",
            "das ist keine Entscheidung über eine Empfehlung"
        ),
        words!(
            "write `confirmed`, `rejected:` and the reason, or `edited:` and the new text",
            "`bestätigt`, `abgelehnt:` und den Grund oder `geändert:` und den neuen Text schreiben"
        ),
    )
}
