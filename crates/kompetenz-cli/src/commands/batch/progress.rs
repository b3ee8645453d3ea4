//! How far a run is: a bar on a terminal, lines elsewhere, or JSON for other programs.

use std::io::{IsTerminal, stderr};

use indicatif::{ProgressBar, ProgressStyle};
use kompetenz::{Words, words};
use kompetenz_batch::{Fate, Outcome, Refusal};

use super::ProgressArg;
use crate::trouble::Result;
use crate::ui::Speaker;

/// How many rows pass between two lines.
const EVERY: usize = 1000;

pub(super) struct Progress<'a> {
    bar: ProgressBar,
    lines: bool,
    json: bool,
    /// How many rows there are, if that is known before the end.
    all: Option<usize>,
    speaker: &'a Speaker,
}

impl<'a> Progress<'a> {
    pub(super) fn new(
        all: Option<usize>,
        how: ProgressArg,
        quiet: bool,
        speaker: &'a Speaker,
    ) -> Progress<'a> {
        let auto = !quiet && how == ProgressArg::Auto;
        let terminal = stderr().is_terminal();
        let bar = if auto && terminal { bar(all) } else { ProgressBar::hidden() };
        let lines = auto && !terminal || !quiet && how == ProgressArg::Lines;
        Progress { bar, lines, json: how == ProgressArg::Json, all, speaker }
    }

    /// A row is over, and will be told when its group is recorded.
    pub(super) fn tick(&self) {
        self.bar.inc(1);
    }

    /// Tells of the outcome in this place of all, counted from 1.
    pub(super) fn tell(&self, place: usize, outcome: &Outcome) -> Result<()> {
        if self.json {
            return self.speaker.print(&format!("{}\n", outcome.json()));
        }
        if let Fate::Refused(Refusal::Faults(faults)) = &outcome.fate {
            self.bar.suspend(|| self.speaker.faults(faults));
        }
        // Who was not asked for need not be told of; it stands in the report.
        if let Some((_, reason)) = outcome.fate.reason().filter(|(code, _)| *code != "not-selected") {
            self.note(&outcome.with_place(reason));
        }
        if let Some(aside) = outcome.fate.made().and_then(|made| made.set_aside.as_ref()) {
            let aside = aside.display();
            self.note(&outcome.with_place(&words!(
                "the file of this document was not the one that was issued; it lies in {aside} now",
                "die Datei dieses Dokuments war nicht die ausgestellte; sie liegt jetzt in {aside}"
            )));
        }
        if self.lines && place.is_multiple_of(EVERY) {
            self.note(&match self.all {
                Some(all) => words!("{place} of {all}", "{place} von {all}"),
                None => words!("{place}", "{place}"),
            });
        }
        Ok(())
    }

    /// Whether standard output belongs to other programs.
    pub(super) fn is_json(&self) -> bool {
        self.json
    }

    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }

    fn note(&self, words: &Words) {
        self.bar.suspend(|| self.speaker.note(words));
    }
}

fn bar(all: Option<usize>) -> ProgressBar {
    let bar = all.map_or_else(ProgressBar::no_length, |all| ProgressBar::new(all as u64));
    let template =
        if all.is_some() { "{bar:40} {pos}/{len}  {per_sec}  {eta}" } else { "{spinner} {pos}  {per_sec}" };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}
