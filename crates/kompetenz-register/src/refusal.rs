//! Why one number could not be recorded or changed.

use kompetenz::{Words, words};

use crate::{EventKind, Number, State};

/// A number that was refused, and why.
///
/// When one of many is refused, none of them is recorded: leave the refused ones out, and record the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The number.
    pub number: Number,
    /// Why.
    pub why: Why,
}

/// Why a number was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The register does not know it.
    Unknown,
    /// It is the number of another document, or of the same one saying something else.
    Taken,
    /// The same issue is recorded with another file: program or template have changed since.
    OtherFile,
    /// It is not the edition that comes next.
    NotNext {
        /// The edition that is the latest now, 0 if there is none.
        latest: u32,
    },
    /// As it stands, this cannot happen to it.
    Not {
        /// What was to happen.
        event: EventKind,
        /// How it stands.
        state: State,
    },
    /// It stands like this already, but for another reason or by another number.
    Already {
        /// How it stands.
        state: State,
    },
    /// It cannot take the place of another one, because it is not valid itself.
    NoSuccessor {
        /// How it stands.
        state: State,
    },
    /// It cannot take its own place.
    Itself,
}

impl Refusal {
    pub(crate) fn new(number: &Number, why: Why) -> Refusal {
        Refusal { number: number.clone(), why }
    }

    /// The reason in both languages, with what to do.
    pub fn words(&self) -> Words {
        let Refusal { number, why } = self;
        match why {
            Why::Unknown => words!(
                "`{number}` is not in the register; compare it with the certificate",
                "`{number}` steht nicht im Register; mit dem Zertifikat vergleichen"
            ),
            Why::Taken => words!(
                "`{number}` is recorded with other content; issue it on another day or as a correction",
                "`{number}` ist mit anderem Inhalt eingetragen; an einem anderen Tag oder als Berichtigung ausstellen"
            ),
            Why::OtherFile => words!(
                "`{number}` is recorded with another file; if program or template have changed, record a reprint",
                "`{number}` ist mit einer anderen Datei eingetragen; haben sich Programm oder Vorlage geändert, einen erneuten Druck eintragen"
            ),
            Why::NotNext { latest } => words!(
                "`{number}` does not follow edition {latest}, the latest one; issue it again by what the register says now",
                "`{number}` folgt nicht auf Ausgabe {latest}, die neueste; nach dem jetzigen Stand des Registers neu ausstellen"
            ),
            Why::Not { event, state } => {
                let (state, event) = (state.words(), event.words());
                let (en, de) = (state.en, state.de);
                let (event_en, event_de) = (event.en, event.de);
                words!(
                    "`{number}` is {en}, so `{event_en}` cannot be recorded any more",
                    "`{number}` ist {de}, deshalb lässt sich `{event_de}` nicht mehr eintragen"
                )
            }
            Why::Already { state } => {
                let Words { en, de } = state.words();
                words!(
                    "`{number}` is {en} already, with other particulars; the first entry stands",
                    "`{number}` ist schon {de}, mit anderen Angaben; es bleibt beim ersten Eintrag"
                )
            }
            Why::NoSuccessor { state } => {
                let Words { en, de } = state.words();
                words!(
                    "`{number}` is {en}, so it cannot take the place of another one",
                    "`{number}` ist {de} und kann deshalb kein anderes ersetzen"
                )
            }
            Why::Itself => {
                words!("`{number}` cannot take its own place", "`{number}` kann sich nicht selbst ersetzen")
            }
        }
    }
}
