//! Which columns an entry sheet has, worked out once for all kinds of files.

use std::collections::HashMap;

use kompetenz::assessment::{Assessment, FactKind, Item, Ix, Language, Module, Node, Scale, ScaleValues};
use kompetenz::{Ui, Words, words};

use super::accepts::{Accepts, Range};
use super::scales::{Anchor, DASH, List, anchors, missing, yes_and_no};
use super::{EntrySheet, FORMAT, say};
use crate::write::WriteError;
use crate::write::guard::cell_text;

/// How many groups every assessment has: the person, and the observation.
pub(super) const FIXED_GROUPS: usize = 2;

/// Everything that the writers of a sheet need to know.
pub(super) struct Plan<'a> {
    pub(super) assessment: &'a Assessment,
    pub(super) language: Language,
    /// The language of what the assessment does not say itself.
    pub(super) ui: Ui,
    /// The modules on the sheet.
    pub(super) modules: Vec<&'a Module>,
    /// The columns in their order, those that belong together in one group. No group is empty.
    pub(super) groups: Vec<Group<'a>>,
    /// The lists to choose from.
    pub(super) lists: Vec<List>,
}

/// Columns under one heading.
pub(super) struct Group<'a> {
    pub(super) title: String,
    /// The module whose ratings these are, if they are any.
    pub(super) module: Option<&'a Module>,
    pub(super) columns: Vec<Column>,
    /// How many columns, from the first one on, can be folded away. The one behind them must stay in sight,
    /// because spreadsheets join neighbouring groups.
    pub(super) folded: usize,
}

/// A column.
pub(super) struct Column {
    /// The heading that is read.
    pub(super) heading: String,
    /// The heading for people.
    pub(super) title: String,
    /// What is looked at, and the steps in words.
    pub(super) help: Option<String>,
    pub(super) content: Content,
    pub(super) accepts: Accepts,
}

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    Key,
    Name,
    BirthDate,
    Observer,
    /// The rest of what every assessment asks.
    Occasion,
    Note,
    Fact,
    Rating(Ix<Item>),
}

impl<'a> Plan<'a> {
    pub(super) fn new(assessment: &'a Assessment, sheet: &EntrySheet) -> Result<Plan<'a>, WriteError> {
        let modules = modules(assessment, sheet.modules.as_deref())?;
        let language = sheet.language;
        let ui = match assessment.languages[language.position()].split('-').next() {
            Some("de") => Ui::De,
            Some("en") => Ui::En,
            _ => sheet.ui,
        };
        let shown: Vec<&Module> = modules.iter().map(|(_, module)| *module).collect();
        let mut plan =
            Plan { assessment, language, ui, modules: shown, groups: fixed(ui).into(), lists: Vec::new() };
        plan.add_facts();
        let mut scales = HashMap::new();
        let before = plan.groups.len();
        for (ix, module) in modules {
            plan.add_module(ix, module, &mut scales);
        }
        if plan.groups.len() == before { Err(WriteError::NothingToEnter) } else { Ok(plan) }
    }

    /// What the sheet is for, in one cell.
    pub(super) fn marker(&self) -> String {
        let Assessment { id, version, digest, .. } = self.assessment;
        cell_text(&format!("{FORMAT} {id} {version} {digest}"))
    }

    /// The foot of a printed page. `&` begins an instruction there.
    pub(super) fn footer(&self) -> String {
        let Assessment { id, version, .. } = self.assessment;
        let version = cell_text(version).replace('&', "&&");
        let page = say(&words!("Page", "Seite"), self.ui);
        format!("&L{id} {version}&R{page} &P / &N")
    }

    /// The title of the assessment.
    pub(super) fn title(&self) -> String {
        let main = self.assessment.modules().next();
        main.map_or_else(String::new, |(_, module)| {
            self.assessment.text(module.title, self.language).to_owned()
        })
    }

    /// All columns in their order.
    pub(super) fn columns(&self) -> impl Iterator<Item = &Column> {
        self.groups.iter().flat_map(|group| &group.columns)
    }

    fn add_facts(&mut self) {
        let (assessment, ui) = (self.assessment, self.ui);
        let mut columns = Vec::new();
        for (_, fact) in assessment.facts() {
            let module = fact.path.split_once('.').map(|(module, _)| module);
            if module.is_some_and(|id| self.modules.iter().all(|module| module.id != id)) {
                continue;
            }
            let accepts = match fact.kind {
                FactKind::Number => Accepts::Number,
                FactKind::Date => Accepts::Day,
                FactKind::Flag => self.list(&fact.path, &yes_and_no(ui)),
                FactKind::Choice => {
                    let option = |option: &String| Anchor::of_code(option);
                    self.list(&fact.path, &fact.options.iter().map(option).collect::<Vec<_>>())
                }
            };
            columns.push(Column {
                heading: fact.path.clone(),
                title: assessment.text(fact.title, self.language).to_owned(),
                help: accepts.allowed(self),
                content: Content::Fact,
                accepts,
            });
        }
        if !columns.is_empty() {
            let title = say(&words!("Background", "Zur Person"), ui);
            self.groups.push(Group { title, module: None, folded: 0, columns });
        }
    }

    fn add_module(&mut self, ix: Ix<Module>, module: &'a Module, scales: &mut HashMap<Ix<Scale>, Accepts>) {
        let assessment = self.assessment;
        let mut columns = Vec::new();
        for (item_ix, item) in assessment.items().filter(|(_, item)| item.module == ix) {
            let scale = assessment.scale(item_ix);
            let accepts = match scales.get(&item.scale) {
                Some(accepts) => accepts.clone(),
                None => scales.entry(item.scale).or_insert(self.accepts(scale)).clone(),
            };
            columns.push(Column {
                heading: item.path.clone(),
                title: assessment.title(Node::Item(item_ix), self.language).to_owned(),
                help: Some(self.help(item, scale, &accepts)),
                content: Content::Rating(item_ix),
                accepts,
            });
        }
        if columns.is_empty() {
            return;
        }
        let mut folded = 0;
        // The column for notes about the module keeps the groups of two modules apart.
        // In the main file it would be the note about the whole, which stands at the front.
        if module.id != assessment.id {
            folded = columns.len();
            columns.push(Column {
                heading: format!("{}.note", module.id),
                title: say(&words!("Note", "Notiz"), self.ui),
                help: None,
                content: Content::Note,
                accepts: Accepts::Text,
            });
        }
        let title = assessment.text(module.title, self.language).to_owned();
        self.groups.push(Group { title, module: Some(module), columns, folded });
    }

    fn accepts(&mut self, scale: &Scale) -> Accepts {
        if let ScaleValues::Range(from, to, step) = &scale.values {
            let codes = missing(scale, self.ui);
            let (from, to, step) = (from.clone(), to.clone(), step.clone());
            let range = Range { from, to, step, unit: scale.unit.clone() };
            let codes = (!codes.is_empty()).then(|| self.add_list(&scale.path, &codes));
            return Accepts::Measured(range, codes);
        }
        self.list(&scale.path, &anchors(self.assessment, scale, self.language, self.ui))
    }

    fn list(&mut self, name: &str, anchors: &[Anchor]) -> Accepts {
        Accepts::Entry(self.add_list(name, anchors))
    }

    fn add_list(&mut self, name: &str, anchors: &[Anchor]) -> usize {
        self.lists.push(List::new(name, anchors, self.ui));
        self.lists.len() - 1
    }

    /// What is looked at, and what the steps mean.
    fn help(&self, item: &Item, scale: &Scale, accepts: &Accepts) -> String {
        let mut lines = Vec::new();
        if let Some(text) = item.text {
            lines.extend([self.assessment.text(text, self.language).to_owned(), String::new()]);
        }
        lines.extend(self.scale_rows(scale, accepts).into_iter().map(|(written, meaning)| {
            if written.is_empty() { meaning } else { format!("{written}{DASH}{meaning}") }
        }));
        lines.join("\n")
    }

    /// A scale in words: rows of what is written and what it means.
    /// What needs no words stands together in one row, with nothing in front.
    pub(super) fn scale_rows(&self, scale: &Scale, accepts: &Accepts) -> Vec<(String, String)> {
        let mut rows = Vec::new();
        if let Accepts::Measured(range, _) = accepts {
            rows.push((String::new(), range.words(self.ui)));
        }
        let anchors = anchors(self.assessment, scale, self.language, self.ui);
        for same in anchors.chunk_by(|a, b| a.meaning.is_none() && b.meaning.is_none()) {
            let written =
                same.iter().map(|anchor| anchor.written.text(self.ui)).collect::<Vec<_>>().join(", ");
            rows.push(match &same[0].meaning {
                Some(meaning) => (written, meaning.clone()),
                None => (String::new(), written),
            });
        }
        rows
    }
}

/// The modules that were asked for, in the order of the definition.
fn modules<'a>(
    assessment: &'a Assessment,
    wanted: Option<&[String]>,
) -> Result<Vec<(Ix<Module>, &'a Module)>, WriteError> {
    let Some(wanted) = wanted else { return Ok(assessment.modules().collect()) };
    let is_known = |id: &String| assessment.modules().any(|(_, module)| module.id == *id);
    let unknown: Vec<String> = wanted.iter().filter(|id| !is_known(id)).cloned().collect();
    if !unknown.is_empty() {
        return Err(WriteError::UnknownModules(unknown));
    }
    Ok(assessment.modules().filter(|(_, module)| wanted.contains(&module.id)).collect())
}

/// The columns that every assessment has.
fn fixed(ui: Ui) -> [Group<'static>; FIXED_GROUPS] {
    let column = |heading: &str, title: Words, help: Option<Words>, content, accepts| Column {
        heading: heading.to_owned(),
        title: say(&title, ui),
        help: help.map(|help| say(&help, ui)),
        content,
        accepts,
    };
    let key = words!(
        "What tells people apart, for instance a number. The same person has the same key in every row and file.",
        "Was Personen unterscheidet, zum Beispiel eine Nummer. Dieselbe Person hat in jeder Zeile und jeder Datei dieselbe Kennung."
    );
    let observer = words!(
        "Who observed. For a self-assessment: self.",
        "Wer beobachtet hat. Bei einer Selbsteinschätzung: selbst."
    );
    let situation = words!(
        "Only if the same tasks were seen in several situations, for instance: workshop, kitchen.",
        "Nur wenn dieselben Aufgaben in mehreren Situationen zu sehen waren, zum Beispiel: Werkstatt, Küche."
    );
    let trial = words!(
        "Only if a task was shown several times: 1 for the first time, 2 for the second.",
        "Nur wenn eine Aufgabe mehrmals gezeigt wurde: 1 für das erste Mal, 2 für das zweite."
    );
    let text = Accepts::Text;
    [
        Group {
            title: say(&words!("Person", "Person"), ui),
            module: None,
            folded: 0,
            columns: vec![
                column("key", words!("Key", "Kennung"), Some(key), Content::Key, text.clone()),
                column("name", words!("Name", "Name"), None, Content::Name, text.clone()),
                column(
                    "birth-date",
                    words!("Date of birth", "Geburtsdatum"),
                    None,
                    Content::BirthDate,
                    Accepts::Day,
                ),
            ],
        },
        Group {
            title: say(&words!("Observation", "Beobachtung"), ui),
            module: None,
            folded: 0,
            columns: vec![
                column(
                    "observer",
                    words!("Observer", "Beobachtung"),
                    Some(observer),
                    Content::Observer,
                    text.clone(),
                ),
                column(
                    "situation",
                    words!("Situation", "Situation"),
                    Some(situation),
                    Content::Occasion,
                    text.clone(),
                ),
                column("trial", words!("Trial", "Durchgang"), Some(trial), Content::Occasion, Accepts::Count),
                column("from", words!("From", "von"), None, Content::Occasion, Accepts::Day),
                column("to", words!("To", "bis"), None, Content::Occasion, Accepts::Day),
                column("hours", words!("Hours", "Stunden"), None, Content::Occasion, Accepts::Duration),
                column("note", words!("Note", "Notiz"), None, Content::Note, text),
            ],
        },
    ]
}
