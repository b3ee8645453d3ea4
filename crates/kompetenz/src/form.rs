//! The blank form: what an assessor takes into the workshop, on paper and before any result.
//!
//! An [`EntryForm`] is plain, owned data in one language, the contract between a definition and the template
//! of the form, as [`CertificateData`](crate::CertificateData) is the one of the certificate.
//! Templates lay it out; they compute, translate and format nothing.
//!
//! It knows the definition only. Nothing of a participant can get into it, because there is no record to take it from.

use serde::Serialize;

use crate::assessment::{Assessment, Fact, Item, Ix, Language, Module, Scale, ScaleValue, ScaleValues, Text};
use crate::dates::Dates;
use crate::raw::FactKind;
use crate::{Exact, Words, words};

/// How many hexadecimal digits of the digest a form shows: enough to tell two drafts of one version apart.
const DIGEST_DIGITS: usize = 8;

/// Everything a blank form asks for, in one language.
///
/// ```
/// use kompetenz::form::EntryForm;
/// use kompetenz::{Sources, check};
///
/// let sources = Sources::new("assessment.toml", r#"
///     id = "wood"
///     version = "1.0.0"
///     language = "en"
///     title = "Wood work sample"
///
///     [[scale]]
///     id = "solved"
///     yes-no = true
///
///     [[item]]
///     id = "length"
///     scale = "solved"
///     title = "Sawing: length"
///
///     [[item]]
///     id = "angle"
///     scale = "solved"
///     title = "Sawing: angle"
///
///     [[measure]]
///     id = "saw"
///     title = "Sawing"
///     rule = "sum"
///     of = ["length", "angle"]
/// "#);
/// let assessment = check(&sources).assessment.expect("no mistakes");
/// let form = EntryForm::new(&assessment, assessment.main_language(), None)?;
/// let group = &form.modules[0].groups[0];
/// assert_eq!(group.title.as_deref(), Some("Sawing"));
/// assert_eq!(group.items[1].title, "angle");
/// # Ok::<(), kompetenz::form::NoForm>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct EntryForm {
    /// The language of all texts, a BCP 47 tag such as `de`.
    pub language: String,
    /// What the form is for.
    pub assessment: FormSource,
    /// The modules with something to fill in, in the order of the definition; never empty.
    pub modules: Vec<FormModule>,
}

/// The definition a form was made from, so that a sheet of paper can be told from one of another draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct FormSource {
    /// The id of the definition.
    pub id: String,
    /// The version of the definition.
    pub version: String,
    /// The first eight hexadecimal digits of the digest of its files.
    pub digest: String,
    /// The title of the assessment.
    pub title: String,
}

/// A module: the sheets of one station.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct FormModule {
    /// The id of the module; the main file has the id of the assessment.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What a participant does in it. Absent: the definition does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// What is asked about the person. Those of the main file are about the whole.
    pub facts: Vec<FormFact>,
    /// What its items are rated on, each once, in the order of their first use.
    pub scales: Vec<FormScale>,
    /// The items, in the order of the definition. A module of facts alone has none.
    pub groups: Vec<FormGroup>,
}

/// Items in a row that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct FormGroup {
    /// What their titles begin with before a colon, for instance the task that all of them are about.
    /// Absent: each of them stands for itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The items; never empty.
    pub items: Vec<FormItem>,
}

/// Something that is observed and rated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct FormItem {
    /// The path of the item, which is also the heading of its column in a table of results.
    pub id: String,
    /// Its title, without the title of its group.
    pub title: String,
    /// What is looked at. Absent: the title says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The position of its scale in [`FormModule::scales`], from 0.
    pub scale: usize,
}

/// What can be entered for an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct FormScale {
    /// The values.
    pub answer: Answer,
    /// The code for "not observed". Absent: there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_observed: Option<String>,
    /// The code for "not reached". Absent: there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_reached: Option<String>,
    /// The code for "refused". Absent: there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
}

/// Something that rules know about a person besides observations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct FormFact {
    /// The path of the fact, which is also the heading of its column in a table of results.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What can be entered: choices, yes or no, a number or a day.
    pub answer: Answer,
}

/// What can be entered, by its kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Answer {
    /// One of these steps, lowest first.
    Steps {
        /// The steps.
        steps: Vec<Step>,
    },
    /// A measured or counted value.
    Range {
        /// The lowest value, as the language writes it.
        from: String,
        /// The highest value, as the language writes it.
        to: String,
        /// What it goes up in, as the language writes it. Absent: in whole numbers.
        #[serde(skip_serializing_if = "Option::is_none")]
        step: Option<String>,
        /// What is printed behind the value. Absent: nothing.
        #[serde(skip_serializing_if = "Option::is_none")]
        unit: Option<String>,
    },
    /// One of these choices, as they are entered.
    Choices {
        /// The choices.
        choices: Vec<String>,
    },
    /// Yes or no.
    YesNo,
    /// Any number.
    Number,
    /// A day.
    Date,
}

/// A step of a scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Step {
    /// What is entered: its code, or else its number.
    pub code: String,
    /// What it is called. Absent: the code says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

/// Why there is no form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoForm {
    /// No item and no fact is left to ask for.
    #[error("there is nothing to fill in")]
    NothingToFillIn,
    /// Some of the modules that were asked for do not exist or have nothing to fill in.
    #[error("no form for {}", .modules.join(", "))]
    NoSuchModules {
        /// All of these modules, as they were asked for.
        modules: Vec<String>,
        /// The modules that have a form.
        known: Vec<String>,
    },
}

impl NoForm {
    /// The reason in both languages.
    pub fn message(&self) -> Words {
        let list = |ids: &[String]| ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
        match self {
            NoForm::NothingToFillIn => words!(
                "there is nothing to fill in: no item and no fact",
                "es gibt nichts auszufüllen: kein Merkmal und keine Angabe zur Person"
            ),
            NoForm::NoSuchModules { modules, known } => {
                let (modules, known) = (list(modules), list(known));
                words!(
                    "there is no form for {modules}; there is one for {known}",
                    "es gibt kein Formular für {modules}; es gibt eines für {known}"
                )
            }
        }
    }
}

impl EntryForm {
    /// The blank form of an assessment, or of some of its modules.
    ///
    /// `modules` are ids in any order; the main file has the id of the assessment. `None`: all modules.
    /// A module without items and facts, such as one that compares jobs, is left out where all are asked for.
    ///
    /// # Errors
    /// A module that is asked for by name must have a form, and there must be something to fill in.
    pub fn new(
        assessment: &Assessment,
        language: Language,
        modules: Option<&[String]>,
    ) -> Result<EntryForm, NoForm> {
        let cx = Cx { assessment, language, dates: Dates::new(&assessment.languages[language.0]) };
        let all = assessment.modules.iter().map(|(ix, module)| cx.module(ix, module));
        let mut forms: Vec<FormModule> =
            all.filter(|module| !module.facts.is_empty() || !module.groups.is_empty()).collect();
        if let Some(wanted) = modules {
            let known: Vec<String> = forms.iter().map(|module| module.id.clone()).collect();
            let missing: Vec<String> = wanted.iter().filter(|id| !known.contains(id)).cloned().collect();
            if !missing.is_empty() && !known.is_empty() {
                return Err(NoForm::NoSuchModules { modules: missing, known });
            }
            forms.retain(|module| wanted.contains(&module.id));
        }
        if forms.is_empty() {
            return Err(NoForm::NothingToFillIn);
        }
        Ok(EntryForm {
            language: assessment.languages[language.0].clone(),
            assessment: FormSource {
                id: assessment.id.clone(),
                version: assessment.version.clone(),
                digest: assessment.digest.chars().take(DIGEST_DIGITS).collect(),
                title: assessment.text(assessment.modules[Ix::new(0)].title, language).to_owned(),
            },
            modules: forms,
        })
    }
}

struct Cx<'a> {
    assessment: &'a Assessment,
    language: Language,
    dates: Dates,
}

impl Cx<'_> {
    fn text(&self, ix: Ix<Text>) -> String {
        self.assessment.text(ix, self.language).to_owned()
    }

    fn module(&self, ix: Ix<Module>, module: &Module) -> FormModule {
        let items: Vec<&Item> =
            self.assessment.items().map(|(_, item)| item).filter(|item| item.module == ix).collect();
        let mut scales = Vec::new();
        for item in &items {
            if !scales.contains(&item.scale) {
                scales.push(item.scale);
            }
        }
        let main = self.assessment.main_language();
        let originals: Vec<&str> = items.iter().map(|item| self.assessment.text(item.title, main)).collect();
        let position = |item: &Item| scales.iter().position(|scale| *scale == item.scale).unwrap_or_default();
        let items = items.iter().map(|item| FormItem {
            id: item.path.clone(),
            title: self.text(item.title),
            text: item.text.map(|text| self.text(text)),
            scale: position(item),
        });
        let facts = self.assessment.facts.iter().map(|(_, fact)| fact);
        // A path is `module.id`, or the id alone in the main file.
        let scope = (ix != Ix::new(0)).then_some(module.id.as_str());
        let own = |fact: &&Fact| fact.path.split_once('.').map(|(module, _)| module) == scope;
        FormModule {
            id: module.id.clone(),
            title: self.text(module.title),
            summary: module.summary.map(|summary| self.text(summary)),
            facts: facts.filter(own).map(|fact| self.fact(fact)).collect(),
            groups: groups(items.collect(), &originals),
            scales: scales.iter().map(|scale| self.scale(&self.assessment.scales[*scale])).collect(),
        }
    }

    fn fact(&self, fact: &Fact) -> FormFact {
        let answer = match fact.kind {
            FactKind::Number => Answer::Number,
            FactKind::Flag => Answer::YesNo,
            FactKind::Date => Answer::Date,
            FactKind::Choice => Answer::Choices { choices: fact.options.clone() },
        };
        FormFact { id: fact.path.clone(), title: self.text(fact.title), answer }
    }

    fn scale(&self, scale: &Scale) -> FormScale {
        let number = |number: &Exact| self.dates.number_to_enter(number);
        let answer = match &scale.values {
            ScaleValues::List(values) => {
                let step = |value: &ScaleValue| Step {
                    code: value.code.clone().unwrap_or_else(|| number(&value.number)),
                    title: value.title.map(|title| self.text(title)),
                };
                Answer::Steps { steps: values.iter().map(step).collect() }
            }
            ScaleValues::Range(from, to, step) => Answer::Range {
                from: number(from),
                to: number(to),
                step: (*step != Exact::ONE).then(|| number(step)),
                unit: scale.unit.clone(),
            },
            ScaleValues::Choices(choices) => Answer::Choices { choices: choices.clone() },
            ScaleValues::YesNo => Answer::YesNo,
        };
        FormScale {
            answer,
            not_observed: scale.not_observed.clone(),
            not_reached: scale.not_reached.clone(),
            refused: scale.refused.clone(),
        }
    }
}

/// Puts neighbours together whose titles begin alike, and those between them.
///
/// `originals` are the titles in the language of the definition. They decide, so that a form has the same tasks
/// in all languages, and none because two words happen to be the same in one of them.
/// Measures would tell more, but a questionnaire must not show which statements are counted together.
fn groups(items: Vec<FormItem>, originals: &[&str]) -> Vec<FormGroup> {
    let beginning = |at: usize| split(originals.get(at)?).map(|(beginning, _)| beginning);
    // A beginning that stands alone is only part of a title.
    let shared = |at: usize| {
        let same = |other: Option<usize>| other.and_then(beginning) == beginning(at);
        beginning(at).filter(|_| same(at.checked_sub(1)) || same(Some(at + 1)))
    };
    let mut groups: Vec<(Option<&str>, Vec<FormItem>)> = Vec::new();
    for (at, item) in items.into_iter().enumerate() {
        match groups.last_mut().filter(|(task, _)| *task == shared(at)) {
            Some((_, items)) => items.push(item),
            None => groups.push((shared(at), vec![item])),
        }
    }
    let group = |(task, items): (Option<&str>, Vec<FormItem>)| match task {
        Some(_) => titled(items),
        None => FormGroup { title: None, items },
    };
    groups.into_iter().map(group).collect()
}

/// The items of one task, under what all their titles begin with if the translator kept to it.
fn titled(mut items: Vec<FormItem>) -> FormGroup {
    let title = items.first().and_then(|item| split(&item.title)).map(|(beginning, _)| beginning.to_owned());
    let all = items.iter().all(|item| split(&item.title).map(|(beginning, _)| beginning) == title.as_deref());
    let title = title.filter(|_| all);
    if title.is_some() {
        for item in &mut items {
            if let Some((_, rest)) = split(&item.title) {
                item.title = rest.to_owned();
            }
        }
    }
    FormGroup { title, items }
}

/// What stands before and behind the first colon with a space behind it.
fn split(title: &str) -> Option<(&str, &str)> {
    let (beginning, rest) = title.split_once(": ")?;
    let (beginning, rest) = (beginning.trim(), rest.trim());
    (!beginning.is_empty() && !rest.is_empty()).then_some((beginning, rest))
}
