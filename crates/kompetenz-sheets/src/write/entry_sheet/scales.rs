//! What may be entered on a scale: the steps in words, and the lists to choose from.

use kompetenz::assessment::{Assessment, Language, Scale, ScaleValues};
use kompetenz::{Exact, Ui, words};

use super::say;

/// Between a step and its words. Whatever stands before it is read.
pub(super) const DASH: &str = " – ";

/// A step of a scale as people know it: what is written, and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Anchor {
    pub(super) written: Written,
    pub(super) meaning: Option<String>,
}

/// What is written for a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Written {
    Number(Exact),
    Code(String),
}

impl Written {
    pub(super) fn text(&self, ui: Ui) -> String {
        match self {
            Written::Number(number) => decimal(number, ui),
            Written::Code(code) => code.clone(),
        }
    }
}

impl Anchor {
    /// A code that needs no words.
    pub(super) fn of_code(code: &str) -> Anchor {
        Anchor { written: Written::Code(code.to_owned()), meaning: None }
    }

    /// The step in one line: `3 – meist von allein`.
    pub(super) fn line(&self, ui: Ui) -> String {
        let written = self.written.text(ui);
        match &self.meaning {
            Some(meaning) => format!("{written}{DASH}{meaning}"),
            None => written,
        }
    }

    /// The line, if there are words and no spreadsheet takes it for the beginning of a formula when it is chosen.
    fn choosable_line(&self, ui: Ui) -> Option<String> {
        let is_safe = !self.written.text(ui).starts_with(['-', '+', '=', '@']);
        (self.meaning.is_some() && is_safe).then(|| self.line(ui))
    }
}

/// The steps of a scale, and behind them the codes for a value that is not there.
pub(super) fn anchors(assessment: &Assessment, scale: &Scale, language: Language, ui: Ui) -> Vec<Anchor> {
    let mut anchors = match &scale.values {
        ScaleValues::List(values) => values
            .iter()
            .map(|value| Anchor {
                written: match &value.code {
                    Some(code) => Written::Code(code.clone()),
                    None => Written::Number(value.number.clone()),
                },
                meaning: value.title.map(|title| assessment.text(title, language).to_owned()),
            })
            .collect(),
        ScaleValues::Choices(choices) => choices.iter().map(|choice| Anchor::of_code(choice)).collect(),
        ScaleValues::YesNo => yes_and_no(ui),
        ScaleValues::Range(..) => Vec::new(),
    };
    anchors.extend(missing(scale, ui));
    anchors
}

/// The codes for a value that is not there.
pub(super) fn missing(scale: &Scale, ui: Ui) -> Vec<Anchor> {
    let codes = [
        (&scale.not_observed, words!("not observed", "nicht beobachtet")),
        (&scale.not_reached, words!("not reached", "nicht erreicht")),
        (&scale.refused, words!("answer declined", "Antwort abgelehnt")),
    ];
    codes
        .iter()
        .filter_map(|(code, meaning)| {
            Some(Anchor { meaning: Some(say(meaning, ui)), ..Anchor::of_code(code.as_ref()?) })
        })
        .collect()
}

/// The two answers of a flag.
pub(super) fn yes_and_no(ui: Ui) -> Vec<Anchor> {
    [words!("yes", "ja"), words!("no", "nein")].map(|word| Anchor::of_code(word.get(ui))).into()
}

/// What a cell with a list may hold, in the order of the list.
#[derive(Debug)]
pub(super) struct List {
    /// The path of the scale or fact it belongs to.
    pub(super) name: String,
    pub(super) entries: Vec<Entry>,
    /// Everything that may be typed, for messages: `0, 1, 2, n`.
    pub(super) typed: String,
}

/// An entry of a list.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Entry {
    Text(String),
    /// A number, which a typed number is only equal to if it is kept as one.
    Number(Exact),
}

impl List {
    /// First each step with its words, if it has any, which people choose; then what they may type instead.
    pub(super) fn new(name: &str, anchors: &[Anchor], ui: Ui) -> List {
        let typed = |anchor: &Anchor| match &anchor.written {
            Written::Number(number) => Entry::Number(number.clone()),
            Written::Code(code) => Entry::Text(code.clone()),
        };
        let chosen = |anchor| Anchor::choosable_line(anchor, ui).map_or_else(|| typed(anchor), Entry::Text);
        let mut entries: Vec<Entry> = anchors.iter().map(chosen).collect();
        for entry in anchors.iter().map(typed) {
            if !entries.contains(&entry) {
                entries.push(entry);
            }
        }
        let typed: Vec<String> = anchors.iter().map(|anchor| anchor.written.text(ui)).collect();
        List { name: name.to_owned(), entries, typed: typed.join(", ") }
    }

    /// Whether all entries are texts, so that cells may be kept from taking `1-2` for a day.
    pub(super) fn is_text(&self) -> bool {
        self.entries.iter().all(|entry| matches!(entry, Entry::Text(_)))
    }
}

/// A number with the decimal sign of the language.
pub(super) fn decimal(number: &Exact, ui: Ui) -> String {
    let plain = number.to_plain();
    match ui {
        Ui::De => plain.replace('.', ","),
        Ui::En => plain,
    }
}
