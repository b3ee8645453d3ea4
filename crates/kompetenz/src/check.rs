//! From files to an [`Assessment`]: resolves every name, proves every promise, and reports every mistake.
//!
//! The steps, in reading order: read the files, gather the names, resolve each thing, look whether the whole
//! makes sense (`sense`), hold the translations against the texts (`languages`), and run the author's
//! examples (`examples`).
//! Nothing stops at the first mistake; only the steps that need a sound assessment wait for one.

#![allow(clippy::wildcard_imports, reason = "the steps of the check are one thing in several files")]

mod conditions;
mod documents;
mod examples;
mod items;
mod jobs;
mod languages;
mod letters;
mod measures;
mod norms;
mod parts;
mod rules;
mod sense;
mod texts;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use crate::assessment::{
    Asks, Assessment, Bound, Bounds, Certificate, Condition, Decisions, Due, EasyMeasure, EasyRead,
    EasySentence, Fact, Finding, Fold, Item, Ix, Job, Ladder, Level, Limit, Mastery, Measure, Module, Name,
    Need, Node, Norm, NormGroup, NormReading, Observers, Part, Parts, PointRow, Ranking, Reading,
    Recommendation, Requirement, Rounding, Rule, Rung, Scale, ScaleValue, ScaleValues, Step, Test, Text,
    Trials, Unit,
};
use crate::diagnostic::{Code, Diagnostic, FileId, MAX_SOURCE_BYTES, Place, Severity, Sources};
use crate::id::{self, similar};
use crate::raw::{self, At, Combine, FactKind, Given, Ref};
use crate::{Exact, Words, words};

pub use languages::language_tag;
pub use letters::LetterText;
pub use texts::{Original, Originals, originals};

/// What came out of a [`check`].
#[derive(Debug)]
pub struct Checked {
    /// The assessment, if there was no error.
    pub assessment: Option<Assessment>,
    /// All mistakes, in the order of files and lines.
    pub diagnostics: Vec<Diagnostic>,
    /// How many examples were run.
    pub examples: usize,
    /// The texts of letters that were found, whatever is wrong with the rest.
    pub letters: Vec<LetterText>,
}

/// Checks the files of an assessment and runs its examples.
///
/// The first file is the main file.
/// Its modules are looked for as `<id>.toml` and its translations as `lang/<code>.toml`.
///
/// ```
/// use kompetenz::{Sources, check};
/// let sources = Sources::new("assessment.toml", r#"
///     id = "demo"
///     version = "1.0.0"
///     language = "en"
///     title = "Demo"
///     [[scale]]
///     id = "rating"
///     values = [0, 1, 2, 3, 4]
///     [[item]]
///     id = "planning"
///     scale = "ratnig"
///     title = "Planning"
/// "#);
/// let checked = check(&sources);
/// assert!(checked.assessment.is_none());
/// assert_eq!(checked.diagnostics[0].code.name(), "unknown-id");
/// assert_eq!(checked.diagnostics[0].help.as_ref().unwrap().en, "did you mean `rating`?");
/// ```
pub fn check(sources: &Sources) -> Checked {
    let mut checker = Checker::new(sources);
    let files = checker.read();
    let mut examples = 0;
    let assessment = if files.is_empty() { None } else { checker.build(&files) };
    if let Some(assessment) = &assessment {
        for (scope, file) in &files {
            examples += file.example.len();
            examples::run(assessment, scope, &file.example, &mut checker.diagnostics);
        }
    }
    let mut diagnostics = checker.diagnostics;
    diagnostics.sort_by_key(|diagnostic| (diagnostic.place(), diagnostic.code));
    let sound = diagnostics.iter().all(|diagnostic| diagnostic.severity != Severity::Error);
    Checked { assessment: assessment.filter(|_| sound), diagnostics, examples, letters: checker.letters }
}

/// For how many mistakes a similar name is looked for.
const MAX_ADVISED: usize = 200;

/// The path by which the parts of a file are named from outside: empty for the main file.
type Scope = String;

struct Checker<'a> {
    sources: &'a Sources,
    diagnostics: Vec<Diagnostic>,
    /// Paths that are left out because of a mistake in them.
    broken: HashSet<String>,
    names: HashMap<String, (Name, Place)>,
    /// Every text of the definition: its path, its words and where they stand.
    texts: Vec<TextEntry>,
    /// Paths that something refers to.
    used: HashSet<String>,
    /// The kind and the options of each fact.
    fact_kinds: Vec<(FactKind, Vec<String>)>,
    /// What can be printed of each measure.
    printable: Vec<Printable>,
    /// What the parts of measures need to know of each item.
    item_info: Vec<Option<items::ItemInfo>>,
    /// The choices of each scale that has some.
    choices: HashMap<Ix<Scale>, Rc<[String]>>,
    /// How observers come together in each file.
    combines: HashMap<Scope, Combine>,
    /// The files that say when a self-assessment is worth a talk.
    talks: HashSet<Scope>,
    /// Tests of self-assessments, which there may never be.
    gap_tests: Vec<(Place, Node)>,
    /// Tests of scores, which may turn out to be impossible.
    score_tests: Vec<(Place, Node, Bounds<Exact>)>,
    /// The texts of letters.
    letters: Vec<LetterText>,
}

/// What can be printed of a measure.
#[derive(Debug, Clone, Copy, Default)]
struct Printable {
    /// The word of its level.
    level: bool,
    /// Its value.
    score: bool,
    /// The best of its ranking.
    top: bool,
}

/// A text of the definition, to be held against its translations.
struct TextEntry {
    path: String,
    text: At<String>,
    scope: Scope,
    /// What is known when the text is printed. `None`: the text may have no placeholders.
    known: Option<HashSet<Node>>,
}

impl<'a> Checker<'a> {
    fn new(sources: &'a Sources) -> Checker<'a> {
        Checker {
            sources,
            diagnostics: Vec::new(),
            broken: HashSet::new(),
            names: HashMap::new(),
            texts: Vec::new(),
            used: HashSet::new(),
            fact_kinds: Vec::new(),
            printable: Vec::new(),
            item_info: Vec::new(),
            choices: HashMap::new(),
            combines: HashMap::new(),
            talks: HashSet::new(),
            gap_tests: Vec::new(),
            score_tests: Vec::new(),
            letters: Vec::new(),
        }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn error(&mut self, code: Code, place: Place, message: Words) {
        self.report(Diagnostic::error(code, place, message));
    }

    fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// A place as explanations name it.
    fn show(&self, place: Place) -> String {
        self.sources.show(place)
    }

    // ---- reading --------------------------------------------------------------------------------------------

    /// The main file and its modules, each with its scope.
    fn read(&mut self) -> Vec<(Scope, raw::Definition)> {
        let Some((main_id, _)) = self.sources.iter().next() else { return Vec::new() };
        let Some(main) = self.read_file(main_id, "") else { return Vec::new() };
        let mut files = Vec::new();
        for module in &main.modules {
            let name = format!("{}.toml", module.value);
            match self.sources.find(&name) {
                Some(file) => {
                    if let Some(definition) = self.read_file(file, module.as_str()) {
                        if definition.id.value != module.value {
                            let id = &module.value;
                            self.report(
                                Diagnostic::error(
                                    Code::InvalidId,
                                    definition.id.place,
                                    words!("this module is named `{id}`", "dieses Modul heißt `{id}`"),
                                )
                                .label(module.place, words!("named here", "hier genannt")),
                            );
                        }
                        files.push((module.to_string(), definition));
                    } else {
                        self.broken.insert(module.to_string());
                    }
                }
                None => {
                    self.broken.insert(module.to_string());
                    self.error(
                        Code::MissingFile,
                        module.place,
                        words!("the file `{name}` is missing", "die Datei `{name}` fehlt"),
                    );
                }
            }
        }
        files.insert(0, (String::new(), main));
        files
    }

    fn read_file(&mut self, file: FileId, scope: &str) -> Option<raw::Definition> {
        let text = &self.sources.get(file).text;
        if text.len() > MAX_SOURCE_BYTES {
            self.error(
                Code::MissingFile,
                Place::new(file, &(0..0)),
                words!("larger than 4 MB", "größer als 4 MB"),
            );
            return None;
        }
        let mut broken = Vec::new();
        let definition = raw::parse(file, text, &mut self.diagnostics, &mut broken);
        self.broken.extend(broken.into_iter().map(|id| join(scope, &id)));
        definition
    }

    // ---- names ----------------------------------------------------------------------------------------------

    fn name(&mut self, path: String, name: Name, place: Place) {
        if let Some((_, first)) = self.names.get(&path) {
            let first = *first;
            self.report(
                Diagnostic::error(
                    Code::DuplicateId,
                    place,
                    words!("the id `{path}` is given twice", "die Id `{path}` ist doppelt vergeben"),
                )
                .label(first, words!("first given here", "zuerst hier vergeben")),
            );
            return;
        }
        self.names.insert(path, (name, place));
    }

    /// Gives every part of every file its position and its path.
    fn gather(&mut self, files: &[(Scope, raw::Definition)]) {
        let mut counts = [0usize; 9];
        let mut next = |kind: usize| {
            counts[kind] += 1;
            counts[kind] - 1
        };
        for (position, (scope, file)) in files.iter().enumerate() {
            if position > 0 {
                self.name(scope.clone(), Name::Module(Ix::new(position)), file.id.place);
            }
            for scale in &file.scale {
                let ix = next(0);
                self.name(join(scope, scale.id.as_str()), Name::Scale(Ix::new(ix)), scale.id.place);
            }
            for ladder in &file.ladder {
                let ix = next(1);
                self.name(join(scope, ladder.id.as_str()), Name::Ladder(Ix::new(ix)), ladder.id.place);
            }
            let columns = file.fact.iter().map(|fact| &fact.id).chain(file.item.iter().map(|item| &item.id));
            for id in columns.filter(|id| scope.is_empty() && id::COLUMNS.contains(&id.as_str())) {
                let written = &id.value;
                self.error(
                    Code::InvalidId,
                    id.place,
                    words!(
                        "`{written}` is a column about the person and cannot be an id in the main file",
                        "`{written}` ist eine Spalte zur Person und kann in der Hauptdatei keine Id sein"
                    ),
                );
            }
            for fact in &file.fact {
                let ix = next(2);
                self.name(join(scope, fact.id.as_str()), Name::Fact(Ix::new(ix)), fact.id.place);
            }
            for item in &file.item {
                let ix = next(3);
                self.name(join(scope, item.id.as_str()), Name::Item(Ix::new(ix)), item.id.place);
            }
            for measure in &file.measure {
                let ix = next(4);
                self.name(join(scope, measure.id.as_str()), Name::Measure(Ix::new(ix)), measure.id.place);
            }
            for finding in &file.finding {
                let ix = next(5);
                self.name(join(scope, finding.id.as_str()), Name::Finding(Ix::new(ix)), finding.id.place);
            }
            for recommendation in &file.recommendation {
                let ix = next(6);
                let path = join(scope, recommendation.id.as_str());
                self.name(path, Name::Recommendation(Ix::new(ix)), recommendation.id.place);
            }
            for norm in &file.norm {
                let ix = next(7);
                self.name(join(scope, norm.id.as_str()), Name::Norm(Ix::new(ix)), norm.id.place);
            }
            for job in &file.job {
                let ix = next(8);
                self.name(join(scope, job.id.as_str()), Name::Job(Ix::new(ix)), job.id.place);
            }
        }
    }

    /// What a reference means: a part of the same file, or a path from the main file.
    fn resolve(&mut self, scope: &str, reference: &Ref) -> Option<Name> {
        let local = join(scope, reference);
        for path in [&local, &reference.value] {
            if let Some((name, _)) = self.names.get(path) {
                let name = *name;
                self.used.insert(path.clone());
                return Some(name);
            }
        }
        if self.is_left_out(scope, reference) {
            return None;
        }
        let written = &reference.value;
        let help = self
            .similar_name(scope, written)
            .map(|name| words!("did you mean `{name}`?", "ist `{name}` gemeint?"));
        self.diagnostics.push(
            Diagnostic::error(
                Code::UnknownId,
                reference.place,
                words!("there is no `{written}`", "`{written}` gibt es nicht"),
            )
            .maybe_help(help),
        );
        None
    }

    /// Whether a reference leads to something that is left out because of a mistake in it.
    /// That mistake is reported where the thing is defined.
    fn is_left_out(&self, scope: &str, reference: &str) -> bool {
        let local = join(scope, reference);
        let module = reference.split('.').next().unwrap_or_default();
        [local.as_str(), reference, module].iter().any(|path| self.broken.contains(*path))
    }

    /// The name, as it is written in this file, that looks most like what was written.
    fn similar_name(&self, scope: &str, written: &str) -> Option<&str> {
        // Comparing with every name takes long, and whoever has that many mistakes needs other advice.
        if self.diagnostics.len() > MAX_ADVISED {
            return None;
        }
        let prefix = format!("{scope}.");
        let mut known: Vec<&str> =
            self.names.keys().map(|path| path.strip_prefix(&prefix).unwrap_or(path)).collect();
        // The answer must not depend on the order of a hash map.
        known.sort_unstable();
        similar(written, known)
    }

    fn wrong_kind(&mut self, reference: &Ref, expected: &Words, found: Name) {
        let written = &reference.value;
        let (found_en, found_de) = kind(found);
        let Words { en, de } = expected;
        self.error(
            Code::WrongKind,
            reference.place,
            words!(
                "`{written}` is {found_en}, expected {en}",
                "`{written}` ist {found_de}, erwartet wird {de}"
            ),
        );
    }

    fn node(&mut self, scope: &str, reference: &Ref) -> Option<Node> {
        match self.resolve(scope, reference)? {
            Name::Item(item) => Some(Node::Item(item)),
            Name::Measure(measure) => Some(Node::Measure(measure)),
            other => {
                self.wrong_kind(
                    reference,
                    &words!("an item or a measure", "ein Merkmal oder Messwert"),
                    other,
                );
                None
            }
        }
    }

    fn measure(&mut self, scope: &str, reference: &Ref) -> Option<Ix<Measure>> {
        match self.resolve(scope, reference)? {
            Name::Measure(measure) => Some(measure),
            other => {
                self.wrong_kind(reference, &words!("a measure", "ein Messwert"), other);
                None
            }
        }
    }

    // ---- texts ----------------------------------------------------------------------------------------------

    fn text(&mut self, scope: &str, path: String, text: &At<String>) -> Ix<Text> {
        self.sentence(scope, path, text, None)
    }

    /// Registers a text. `known` is what a printed placeholder may rely on.
    fn sentence(
        &mut self,
        scope: &str,
        path: String,
        text: &At<String>,
        known: Option<HashSet<Node>>,
    ) -> Ix<Text> {
        self.texts.push(TextEntry { path, text: text.clone(), scope: scope.to_owned(), known });
        Ix::new(self.texts.len() - 1)
    }

    // ---- building -------------------------------------------------------------------------------------------

    /// Resolves everything. `None` if there was an error.
    fn build(&mut self, files: &[(Scope, raw::Definition)]) -> Option<Assessment> {
        self.gather(files);
        let main = &files[0].1;
        self.misplaced(files);
        let version = self.version(main);
        let languages = self.languages(main);

        let mut scales = Vec::new();
        let mut ladders: Vec<Option<Ladder>> = Vec::new();
        let mut facts = Vec::new();
        let mut items = Vec::new();
        // What an item is worth depends on its scale, which may stand in another file.
        for (scope, file) in files {
            scales.extend(file.scale.iter().map(|scale| self.scale(scope, scale)));
            let combine = file.observers.as_ref().and_then(|observers| observers.combine.as_ref());
            if file.observers.as_ref().is_some_and(|observers| observers.talk_from.is_some()) {
                self.talks.insert(scope.clone());
            }
            self.combines.insert(scope.clone(), combine.map_or(Combine::Mean, |combine| combine.value));
        }
        for (scope, file) in files {
            for ladder in &file.ladder {
                let path = join(scope, ladder.id.as_str());
                let title = self.text(scope, format!("{path}.title"), &ladder.title);
                // What a condition looks at is not known yet.
                if ladder.levels.iter().any(|level| level.when.is_some()) {
                    self.error(
                        Code::InvalidLevels,
                        ladder.id.place,
                        words!(
                            "a shared ladder takes `at-least` or `above`, not `when`",
                            "eine gemeinsame Leiter nimmt `at-least` oder `above`, nicht `when`"
                        ),
                    );
                    ladders.push(None);
                    continue;
                }
                ladders.push(self.levels(scope, &path, title, &ladder.levels, ladder.place));
            }
            for fact in &file.fact {
                facts.push(self.fact(scope, fact));
            }
            for item in &file.item {
                let (item, info) = self.item(scope, item, files, &scales);
                items.push(item);
                self.item_info.push(info);
            }
        }
        let mut norms = Vec::new();
        for (scope, file) in files {
            for norm in &file.norm {
                let built = self.norm(scope, norm, norms.len());
                norms.push(built);
            }
        }

        let raw_measures: Vec<(&Scope, &At<raw::Measure>)> =
            files.iter().flat_map(|(scope, file)| file.measure.iter().map(move |m| (scope, m))).collect();
        // Which ladder a measure has must be known before the conditions that name its levels.
        let mut ladder_of: Vec<Option<Ix<Ladder>>> = Vec::new();
        let mut own_levels = Vec::new();
        for (scope, measure) in &raw_measures {
            let ladder = match measure.levels.as_deref() {
                None => None,
                Some(raw::Levels::Ladder(reference)) => match self.resolve(scope, reference) {
                    Some(Name::Ladder(ladder)) => Some(ladder),
                    Some(other) => {
                        self.wrong_kind(reference, &words!("a ladder", "eine Leiter"), other);
                        None
                    }
                    None => None,
                },
                Some(raw::Levels::Own(_)) => {
                    ladders.push(None);
                    own_levels.push((ladder_of.len(), Ix::<Ladder>::new(ladders.len() - 1)));
                    Some(Ix::new(ladders.len() - 1))
                }
            };
            ladder_of.push(ladder);
        }
        let level_ids = measures::level_ids(files, &raw_measures, &ladder_of);
        let condition: Vec<bool> =
            raw_measures.iter().map(|(_, measure)| measure.rule.value == raw::Rule::Condition).collect();
        self.printable = raw_measures
            .iter()
            .zip(&ladder_of)
            .map(|((_, measure), ladder)| Printable {
                level: ladder.is_some(),
                score: measure.shown.is_some(),
                top: measure.rule.value == raw::Rule::Rank,
            })
            .collect();
        let rankings: Vec<Option<Vec<Node>>> =
            raw_measures.iter().map(|(scope, measure)| self.ranked(scope, measure)).collect();
        let cx =
            Levels { ladder_of: &ladder_of, ids: &level_ids, condition: &condition, rankings: &rankings };
        let mut titles: Vec<Option<Ix<Text>>> = vec![None; raw_measures.len()];
        for (position, ladder) in own_levels {
            let (scope, measure) = raw_measures[position];
            let Some(raw::Levels::Own(levels)) = measure.levels.as_deref() else { continue };
            let path = join(scope, measure.id.as_str());
            // The title of the measure is the heading of its own legend.
            let title = self.text(scope, format!("{path}.title"), &measure.title);
            titles[position] = Some(title);
            ladders[ladder.position()] =
                self.own_levels(scope, &path, title, levels, measure.levels.as_ref()?.place, &cx);
        }
        let mut measures = Vec::new();
        for (position, (scope, measure)) in raw_measures.iter().enumerate() {
            let module = module_of(files, scope);
            measures.push(self.measure_rule(scope, measure, module, (position, titles[position]), &cx));
        }

        let mut jobs = Vec::new();
        for (scope, file) in files {
            jobs.extend(file.job.iter().map(|job| self.job(scope, job, &cx)));
        }
        let order = self.order(&raw_measures, &measures, &ladders);
        let steps = self.steps(main);
        let mut findings = Vec::new();
        let mut recommendations = Vec::new();
        for (scope, file) in files {
            for finding in &file.finding {
                findings.push(self.finding(scope, finding, &cx));
            }
            for recommendation in &file.recommendation {
                recommendations.push(self.recommendation(scope, recommendation, &steps, &cx));
            }
        }
        let exclusions = self.exclusions(files, &recommendations);
        let modules = files.iter().map(|(scope, file)| self.module(scope, file, &cx)).collect::<Vec<_>>();
        let certificate = main.certificate.as_ref().map(|certificate| self.certificate(certificate, &cx));

        let easy_read = match &main.easy_read {
            Some(page) => {
                let built = documents::Built { modules: &modules, ladders: &ladders, measures: &measures };
                let profile = self.easy_profile(main, page, &built, &cx);
                let sentences = self.easy_sentences(files, &modules, &findings, &recommendations);
                self.easy_read(page, profile, sentences).map(Some)
            }
            None => Some(None),
        };

        // What a mistaken part refers to only seems to be unused.
        if !self.has_errors() {
            self.unused(files);
        }
        let texts = self.translate(languages.as_deref());
        let letters = self.letters(main);

        if self.has_errors() {
            return None;
        }
        let id = main.id.to_string();
        let names =
            std::mem::take(&mut self.names).into_iter().map(|(path, (name, _))| (path, name)).collect();
        let (measures, order) = (all(measures)?, order?);
        let mut items = all(items)?;
        compared_by_scores(&measures, &mut items);
        let local = local(&order, &measures, &items);
        let mut assessment = Assessment {
            id,
            version: version?,
            digest: self.sources.digest(),
            languages: languages?,
            modules: all(modules)?.into(),
            scales: all(scales)?.into(),
            items: items.into(),
            ladders: all(ladders)?.into(),
            local,
            measures: measures.into(),
            order,
            ranges: Vec::new(),
            facts: facts.into(),
            norms: all(norms)?.into(),
            jobs: all(jobs)?.into(),
            exclusions: exclusions?,
            decisions: main.decisions.as_ref().map_or(Decisions::Optional, |decisions| decisions.value),
            findings: all(findings)?.into(),
            recommendations: all(recommendations)?.into(),
            steps: all(steps)?,
            certificate: match certificate {
                Some(certificate) => Some(certificate?),
                None => None,
            },
            easy_read: easy_read?,
            left_out: documents::left_out(main),
            names,
            texts: texts?,
            letters,
        };
        self.sense(files, &mut assessment);
        Some(assessment)
    }

    /// What a measure ranks, if it ranks anything.
    fn ranked(&self, scope: &str, measure: &raw::Measure) -> Option<Vec<Node>> {
        let node = |part: &At<raw::Part>| {
            let local = join(scope, &part.id);
            let (name, _) = self.names.get(&local).or_else(|| self.names.get(&part.id.value))?;
            match name {
                Name::Item(item) => Some(Node::Item(*item)),
                Name::Measure(measure) => Some(Node::Measure(*measure)),
                _ => None,
            }
        };
        (measure.rule.value == raw::Rule::Rank).then(|| measure.of.iter().filter_map(node).collect())
    }

    fn misplaced(&mut self, files: &[(Scope, raw::Definition)]) {
        for (_, module) in &files[1..] {
            let keys = [
                ("version", module.version.as_ref().map(|v| v.place)),
                ("language", module.language.as_ref().map(|v| v.place)),
                ("languages", module.languages.first().map(|v| v.place)),
                ("modules", module.modules.first().map(|v| v.place)),
                ("certificate", module.certificate.as_ref().map(|v| v.place)),
                ("easy-read", module.easy_read.as_ref().map(|v| v.place)),
                ("report", module.report.as_ref().map(|v| v.place)),
                ("decisions", module.decisions.as_ref().map(|v| v.place)),
                ("step", module.step.first().map(|v| v.place)),
                ("letter", module.letter.first().map(|v| v.place)),
            ];
            for (key, place) in keys {
                if let Some(place) = place {
                    self.error(
                        Code::Misplaced,
                        place,
                        words!("`{key}` belongs into the main file", "`{key}` gehört in die Hauptdatei"),
                    );
                }
            }
        }
    }

    fn version(&mut self, main: &raw::Definition) -> Option<String> {
        let Some(version) = &main.version else {
            let place = main.id.place;
            self.error(
                Code::MissingKey,
                place,
                words!("the key `version` is missing", "der Schlüssel `version` fehlt"),
            );
            return None;
        };
        let sound = version.len() <= 32
            && version.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
        if !sound {
            self.report(
                Diagnostic::error(Code::WrongType, version.place, words!("not a version", "keine Version"))
                    .help(words!(
                        "write numbers with points, for instance `1.0.0`",
                        "Zahlen mit Punkten schreiben, zum Beispiel `1.0.0`"
                    )),
            );
        }
        sound.then(|| version.to_string())
    }
}

/// What is known of levels while conditions are resolved.
struct Levels<'a> {
    /// The ladder of each measure.
    ladder_of: &'a [Option<Ix<Ladder>>],
    /// The ids of the levels of each ladder.
    ids: &'a HashMap<Ix<Ladder>, Vec<String>>,
    /// Which measures have levels, but no score.
    condition: &'a [bool],
    /// What each ranking ranks.
    rankings: &'a [Option<Vec<Node>>],
}

impl<'a> Levels<'a> {
    fn levels(&self, measure: Ix<Measure>) -> Option<&'a Vec<String>> {
        self.ids.get(self.ladder_of.get(measure.position())?.as_ref()?)
    }

    fn is_condition(&self, measure: Ix<Measure>) -> bool {
        self.condition.get(measure.position()).copied().unwrap_or(false)
    }
}

/// Which measures are computed from items of their own module alone.
fn local(order: &[Ix<Measure>], measures: &[Measure], items: &[Item]) -> Vec<bool> {
    let mut local = vec![true; measures.len()];
    for ix in order {
        let own = &measures[ix.position()];
        local[ix.position()] = own.rule.parts().iter().all(|part| match part {
            Node::Item(item) => items[item.position()].module == own.module,
            Node::Measure(part) => local[part.position()] && measures[part.position()].module == own.module,
        });
    }
    local
}

/// Items of which observers' scores are compared, and never the single ratings.
fn compared_by_scores(measures: &[Measure], items: &mut [Item]) {
    let mut apart = vec![false; items.len()];
    let mut singly = vec![false; items.len()];
    for measure in measures {
        let scores = measure.rule.covered().is_some_and(|parts| parts.per_observer.is_some());
        for part in measure.rule.parts() {
            if let Node::Item(item) = part {
                let over = measure.rule.covered().is_some_and(|parts| parts.over.is_some());
                items[item.position()].single |= over;
                let kind = if scores { &mut apart } else { &mut singly };
                kind[item.position()] = true;
            }
        }
    }
    for (position, item) in items.iter_mut().enumerate() {
        item.disputable = singly[position] || !apart[position];
    }
}

/// Names in a row, not more than anybody reads.
fn listed(names: &[impl AsRef<str>]) -> String {
    const MOST: usize = 12;
    let shown: Vec<String> = names.iter().take(MOST).map(|name| format!("`{}`", name.as_ref())).collect();
    let more = if names.len() > MOST { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}

/// Says which whole numbers may stand here.
fn from_one_to(most: usize) -> Words {
    match most {
        1 => words!("only 1 makes sense here", "hier ist nur 1 sinnvoll"),
        _ => words!("this must be a number from 1 to {most}", "das muss eine Zahl von 1 bis {most} sein"),
    }
}

/// The path of a part from the main file.
fn join(scope: &str, id: &str) -> String {
    if scope.is_empty() { id.to_owned() } else { format!("{scope}.{id}") }
}

/// The module that a scope names.
fn module_of(files: &[(Scope, raw::Definition)], scope: &str) -> Ix<Module> {
    Ix::new(files.iter().position(|(own, _)| own == scope).unwrap_or(0))
}

/// Everything, or nothing if one is missing.
fn all<T>(things: Vec<Option<T>>) -> Option<Vec<T>> {
    things.into_iter().collect()
}

/// What a name stands for, in both languages.
fn kind(name: Name) -> (&'static str, &'static str) {
    match name {
        Name::Module(_) => ("a module", "ein Modul"),
        Name::Scale(_) => ("a scale", "eine Skala"),
        Name::Ladder(_) => ("a ladder", "eine Leiter"),
        Name::Item(_) => ("an item", "ein Merkmal"),
        Name::Measure(_) => ("a measure", "ein Messwert"),
        Name::Fact(_) => ("a fact", "eine Angabe"),
        Name::Finding(_) => ("a finding", "ein Befund"),
        Name::Recommendation(_) => ("a recommendation", "eine Empfehlung"),
        Name::Norm(_) => ("a norm table", "eine Normtabelle"),
        Name::Job(_) => ("a job", "ein Beruf"),
    }
}
