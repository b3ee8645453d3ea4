//! Made-up people for whom the check writes every letter.

use crate::data::{
    Competence, FORMAT, Issuer, LetterData, Module, Participant, Recommendation, Signatory, Step, Talk,
};

/// Takes something away that not every person or office has.
type Absence = fn(&mut LetterData);

/// Everything that may be absent or empty.
const ABSENCES: [Absence; 14] = [
    |data| data.phone = None,
    |data| data.participant.birth_date = None,
    |data| data.period = None,
    |data| data.hours = None,
    |data| data.talk = None,
    |data| data.talk.iter_mut().for_each(|talk| talk.adviser = None),
    |data| data.steps.iter_mut().flat_map(|step| &mut step.recommendations).for_each(|r| r.due = None),
    |data| data.issuer.address.clear(),
    |data| data.issuer.signatories.clear(),
    |data| data.abilities.clear(),
    |data| data.potentials.clear(),
    |data| data.profile.clear(),
    |data| data.modules.clear(),
    |data| data.steps.clear(),
];

/// A made-up letter in which nothing is absent.
pub fn sample(language: &str) -> LetterData {
    let competence = || Competence { title: "Metall".into(), level: "mit Anleitung".into() };
    let recommendation = || Recommendation {
        text: "Probearbeit in einem Betrieb".into(),
        body: "Team Arbeit".into(),
        due: Some("20. Dezember 2026".into()),
    };
    LetterData {
        format: FORMAT.into(),
        language: language.into(),
        number: "K7F3-9QXD-2MHZ".into(),
        issued: "22. November 2026".into(),
        recipient: vec!["Elena Muster".into()],
        phone: Some("0231 1234567".into()),
        issuer: Issuer {
            name: "Anlaufstelle".into(),
            address: vec!["Musterstraße 5".into(), "44145 Dortmund".into()],
            place: "Dortmund".into(),
            signatories: vec![Signatory { name: "Maria Beispiel".into(), role: "Leitung".into() }],
        },
        participant: Participant { name: "Elena Muster".into(), birth_date: Some("1. Mai 1990".into()) },
        assessment: "Kompetenzfeststellung".into(),
        procedure: "Die Teilnahme war freiwillig.".into(),
        period: Some("02.11.2026 – 13.11.2026".into()),
        hours: Some("60".into()),
        talk: Some(Talk {
            day: "Dienstag, 1. Dezember 2026".into(),
            time: "10:30".into(),
            place: "Raum 4".into(),
            adviser: Some("Maria Beispiel".into()),
        }),
        abilities: vec!["Arbeitet sicher mit Metall.".into(); 2],
        potentials: vec!["Lernt schnell.".into(); 2],
        profile: vec![competence(), competence()],
        modules: vec![
            Module {
                title: "Metall".into(),
                summary: "Hat gesägt und gefeilt.".into(),
                competences: vec![competence()],
            };
            2
        ],
        steps: vec![
            Step {
                number: 8,
                title: "In Arbeit kommen".into(),
                recommendations: vec![recommendation(), recommendation()],
            };
            2
        ],
    }
}

/// People who lack everything, one thing only, or everything but one thing.
///
/// A text that asks for one thing and prints another is found with one of them.
pub(crate) fn lacking(language: &str) -> Vec<LetterData> {
    let without = |lacks: &dyn Fn(usize) -> bool| {
        let mut data = sample(language);
        ABSENCES.iter().enumerate().filter(|(ix, _)| lacks(*ix)).for_each(|(_, absence)| absence(&mut data));
        data
    };
    let mut people = vec![without(&|_| true)];
    for one in 0..ABSENCES.len() {
        people.push(without(&|ix| ix == one));
        people.push(without(&|ix| ix != one));
    }
    people
}
