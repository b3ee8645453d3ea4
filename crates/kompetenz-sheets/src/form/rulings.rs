//! What a person decides, in a form: `[resolutions]` and `[[decision]]`.

use kompetenz::entry::{Decision, FaultCode, Localized, Ruling, Vocabulary};
use kompetenz::id::similar;
use kompetenz::record::{MAX_KEY_CHARS, MAX_NOTE_CHARS};
use kompetenz::words;

use super::{Names, Page, no_table, unknown};
use crate::draft::{At, Draft, Settled, Verdict, no_such_decision};
use crate::node::{Node, Table, Value};
use crate::value::Written;

/// The keys of a resolution.
const RESOLUTION: [&str; 4] = ["value", "note", "by", "situation"];
/// The keys of a decision.
const DECISION: [&str; 8] = ["recommendation", "is", "text", "reason", "by", "step", "body", "due"];
/// The longest period, in characters: `10 months` and the like.
const MAX_DUE_CHARS: usize = 40;

impl Page<'_> {
    pub(super) fn resolutions(
        &self,
        node: &Node<'_>,
        at: At<'_>,
        vocabulary: &Vocabulary,
        draft: &mut Draft,
    ) {
        let paths = vocabulary.items.iter().chain(&vocabulary.measures);
        let names = Names::new(paths.map(|path| (path.as_str(), ())));
        self.walk(node, at, &names, draft, &mut |draft, _, (), node, at| match &node.value {
            Value::Table(table) => self.resolution(table, at, draft),
            // A list settles one item in several situations.
            Value::List(tables) => self.each_table(tables, at, draft, Page::resolution),
            _ => {
                let field = at.field;
                let message = words!("`{field}` is not a table", "`{field}` ist keine Tabelle");
                let help = words!(
                    "write `{field} = {{ value = 3, note = \"…\" }}`, with the value that counts and the reason",
                    "`{field} = {{ value = 3, note = \"…\" }}` schreiben, mit dem Wert, der gilt, und der Begründung"
                );
                draft.report(FaultCode::WrongType, at, message, Some(help));
            }
        });
    }

    fn resolution(&self, table: &Table<'_>, at: At<'_>, draft: &mut Draft) {
        self.all_known(table, &RESOLUTION, draft);
        let situation = self.text(table, "situation", MAX_KEY_CHARS, draft);
        let note = self.text(table, "note", MAX_NOTE_CHARS, draft);
        let by = self.text(table, "by", MAX_KEY_CHARS, draft);
        if note.as_ref().is_some_and(String::is_empty) {
            draft.unexplained(at);
        }
        let value = table.get("value").map_or(Written::Text(""), Node::written);
        if value.is_empty() {
            return draft.missing(At { spot: at.spot, field: &"value".into() });
        }
        if let (Some(situation), Some(note), Some(by)) = (situation, note, by) {
            draft.settle(
                at.field,
                &Settled { situation: filled(situation), note, by: filled(by) },
                value,
                at,
            );
        }
    }

    pub(super) fn decisions(&self, node: &Node<'_>, at: At<'_>, vocabulary: &Vocabulary, draft: &mut Draft) {
        let Value::List(tables) = &node.value else {
            let message =
                words!("`decision` is not a list of tables", "`decision` ist keine Liste von Tabellen");
            let help = words!(
                "each decision begins with the line `[[decision]]`",
                "jede Entscheidung beginnt mit der Zeile `[[decision]]`"
            );
            return draft.report(FaultCode::WrongType, at, message, Some(help));
        };
        self.each_table(tables, at, draft, |page, table, at, draft| {
            page.all_known(table, &DECISION, draft);
            let reason = page.text(table, "reason", MAX_NOTE_CHARS, draft).and_then(filled);
            let by = page.text(table, "by", MAX_KEY_CHARS, draft).and_then(filled);
            let ruling = if table.has("recommendation") {
                page.ruling(table, reason.is_some(), at, vocabulary, draft)
            } else {
                page.own(table, at, draft)
            };
            if let Some(ruling) = ruling {
                draft.decided(Decision { ruling, reason, by, spot: at.spot });
            }
        });
    }

    /// A decision about a recommendation, or nothing and a fault.
    fn ruling(
        &self,
        table: &Table<'_>,
        has_reason: bool,
        at: At<'_>,
        vocabulary: &Vocabulary,
        draft: &mut Draft,
    ) -> Option<Ruling> {
        let path = self.text(table, "recommendation", usize::MAX, draft)?;
        if !vocabulary.recommendations.contains(&path) {
            let message = words!("there is no such recommendation", "eine solche Empfehlung gibt es nicht");
            let known = vocabulary.recommendations.iter().map(String::as_str);
            let help =
                similar(&path, known).map(|name| words!("did you mean `{name}`?", "ist `{name}` gemeint?"));
            draft.report(FaultCode::InvalidDecision, self.place(table, "recommendation", at), message, help);
            return None;
        }
        let verdict = Verdict::read(&self.text(table, "is", usize::MAX, draft)?);
        let Some(verdict) = verdict else {
            let (message, _) = no_such_decision();
            let help = words!(
                "write `is = \"confirmed\"`, `is = \"rejected\"` and a `reason`, or `is = \"edited\"` and a `text`",
                "`is = \"confirmed\"`, `is = \"rejected\"` und einen Grund (`reason`) oder `is = \"edited\"` und einen Text (`text`) schreiben"
            );
            draft.report(FaultCode::InvalidDecision, self.place(table, "is", at), message, Some(help));
            return None;
        };
        let text_is_misplaced = verdict != Verdict::Edited && table.has("text");
        let misplaced = text_is_misplaced.then_some("text").into_iter().chain(["step", "body", "due"]);
        self.misplaced(table, misplaced, at, draft);
        let path = path.as_str().into();
        match verdict {
            Verdict::Confirmed => Some(Ruling::Confirmed(path)),
            Verdict::Rejected => {
                // A reason that is there but faulty is reported already.
                let is_missing = table.get("reason").is_none_or(|node| node.written().is_empty());
                if is_missing && !has_reason {
                    let message = words!(
                        "a rejection needs a `reason`",
                        "eine Ablehnung braucht einen Grund (`reason`)"
                    );
                    draft.report(FaultCode::InvalidDecision, at, message, None);
                }
                Some(Ruling::Rejected(path))
            }
            Verdict::Edited => {
                let texts = self.texts(table, "text", draft)?;
                if texts.is_empty() {
                    let message = words!(
                        "an edited recommendation needs a `text`",
                        "eine geänderte Empfehlung braucht einen Text (`text`)"
                    );
                    draft.report(FaultCode::InvalidDecision, at, message, None);
                }
                Some(Ruling::Edited(path, texts))
            }
        }
    }

    /// A recommendation of the person's own, or nothing and a fault.
    fn own(&self, table: &Table<'_>, at: At<'_>, draft: &mut Draft) -> Option<Ruling> {
        self.misplaced(table, ["is"], at, draft);
        let step = table.get("step").map(Node::written);
        let (text, body) = (self.texts(table, "text", draft)?, self.texts(table, "body", draft)?);
        let due = self.text(table, "due", MAX_DUE_CHARS, draft)?;
        let (Some(step), false, false) = (step, text.is_empty(), body.is_empty()) else {
            let message = words!(
                "a recommendation of your own needs `step`, `text` and `body`",
                "eine eigene Empfehlung braucht `step`, `text` und `body`"
            );
            let help = words!(
                "the number of the step, what to do, and who is responsible; a decision about another one names it with `recommendation`",
                "die Nummer des Schritts, was zu tun ist und wer zuständig ist; eine Entscheidung über eine andere nennt sie mit `recommendation`"
            );
            draft.report(FaultCode::InvalidDecision, at, message, Some(help));
            return None;
        };
        let step = draft.count(step, self.place(table, "step", At { field: &"step".into(), ..at }))?;
        Some(Ruling::Added { step, text, body, due: filled(due) })
    }

    /// A text in one language or in several, each not empty; or nothing and a fault.
    fn texts(&self, table: &Table<'_>, key: &str, draft: &mut Draft) -> Option<Vec<Localized>> {
        let Some(Value::Table(languages)) = table.get(key).map(|node| &node.value) else {
            let text = self.text(table, key, MAX_NOTE_CHARS, draft)?;
            return Some(filled(text).map(|text| Localized { language: None, text }).into_iter().collect());
        };
        let mut texts = Vec::new();
        for language in languages.keys().map(|key| &key.text) {
            if let Some(text) = filled(self.text(languages, language, MAX_NOTE_CHARS, draft)?) {
                texts.push(Localized { language: Some(language.to_string()), text });
            }
        }
        Some(texts)
    }

    /// The text at a key, which is empty if there is none; or nothing and a fault.
    fn text(&self, table: &Table<'_>, key: &str, longest: usize, draft: &mut Draft) -> Option<String> {
        let Some(value) = table.get(key) else { return Some(String::new()) };
        let at = At { spot: self.spot(value.start), field: &super::shown(key).into() };
        draft.text(value.written(), longest, at)
    }

    /// The place of a key's value, or of the whole if there is no such key.
    fn place<'a>(&self, table: &Table<'_>, key: &str, at: At<'a>) -> At<'a> {
        At { spot: table.get(key).map_or(at.spot, |node| self.spot(node.start)), ..at }
    }

    /// Reports keys that are none of these.
    fn all_known(&self, table: &Table<'_>, keys: &[&'static str], draft: &mut Draft) {
        for key in table.keys().filter(|key| !keys.contains(&key.text.as_ref())) {
            let spot = self.spot(key.start);
            unknown(draft, spot, &key.text, || similar(&key.text, keys.iter().copied()));
        }
    }

    /// Reports keys that belong to another kind of decision.
    fn misplaced<'k>(
        &self,
        table: &Table<'_>,
        keys: impl IntoIterator<Item = &'k str>,
        at: At<'_>,
        draft: &mut Draft,
    ) {
        for key in keys.into_iter().filter(|key| table.has(key)) {
            let message = words!(
                "`{key}` has no place in this kind of decision",
                "`{key}` hat in dieser Art von Entscheidung keinen Platz"
            );
            let help = words!(
                "a decision about a recommendation has `recommendation`, `is` and, if it is edited, `text`; one of your own has `step`, `text`, `body` and `due`",
                "eine Entscheidung über eine Empfehlung hat `recommendation`, `is` und, wenn sie geändert ist, `text`; eine eigene hat `step`, `text`, `body` und `due`"
            );
            let at = At { field: &key.into(), ..self.place(table, key, at) };
            draft.report(FaultCode::InvalidDecision, at, message, Some(help));
        }
    }

    fn each_table(
        &self,
        tables: &[Node<'_>],
        at: At<'_>,
        draft: &mut Draft,
        each: impl Fn(&Self, &Table<'_>, At<'_>, &mut Draft),
    ) {
        for value in tables {
            let at = At { spot: self.spot(value.start), ..at };
            match &value.value {
                Value::Table(table) => each(self, table, at, draft),
                _ => no_table(draft, at),
            }
        }
    }
}

/// The text, unless it is empty.
fn filled(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}
