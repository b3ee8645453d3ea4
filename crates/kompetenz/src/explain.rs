//! Why a result is what it is, why a recommendation is given, and why another one is not.
//!
//! An explanation reads the results; no value and no level is computed again.
//! Whether a condition holds is asked of the same results by the same function that decided it.
//! Every line names the file and line of the rule behind it.

use std::collections::HashSet;

use jiff::civil::Date;
use serde::Serialize;

use crate::assessment::{
    Asks, Assessment, Bound, Bounds, Condition, Fact, Fold, Item, Ix, Job, Language, Level, Limit, Measure,
    Missing, Name, Node, Reading, Recommendation, Requirement, Rounding, Rule, Scale, Test, Text, Unit,
    Verdict,
};
use crate::dates::Dates;
use crate::raw::{Half, ReportPart};
use crate::recommend::{Advice, Standing};
use crate::record::{Decision, DecisionVerdict, FactValue, Seen};
use crate::score::{Along, Coverage, Fit, Outcome, RungResult, Scored, Trace, Truth, Why};
use crate::{Exact, Words, words};

/// One line of an explanation, with the lines that explain it further.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Reason {
    /// The path of what is explained, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The line.
    pub says: Words,
    /// For conditions: whether it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub truth: Option<Truth>,
    /// The file and line of the rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Why it is so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub because: Vec<Reason>,
    /// Whether it says the opposite of what is below it.
    #[serde(skip)]
    negates: bool,
}

impl Reason {
    fn new(says: Words) -> Reason {
        Reason { path: None, says, truth: None, place: None, because: Vec::new(), negates: false }
    }
}

/// Explains an item, a measure, a finding, a recommendation or a job. `None`: there is nothing to explain by this path.
pub fn explain(advice: &Advice<'_>, path: &str, language: Language) -> Option<Reason> {
    let mut cx = Cx::new(advice, language);
    match advice.scored().assessment().find(path)? {
        Name::Item(item) => Some(cx.node(Node::Item(item))),
        Name::Measure(measure) => Some(cx.node(Node::Measure(measure))),
        Name::Finding(ix) => {
            let finding = &advice.scored().assessment().findings[ix];
            Some(cx.rule(&finding.path, Some(&finding.when), &finding.place, advice.finding(ix)))
        }
        Name::Recommendation(ix) => {
            let rule = &advice.scored().assessment().recommendations[ix];
            Some(cx.recommendation(ix, rule))
        }
        Name::Job(ix) => Some(cx.job(ix)),
        Name::Module(_) | Name::Scale(_) | Name::Ladder(_) | Name::Fact(_) | Name::Norm(_) => None,
    }
}

/// Explains everything: each measure of the modules taken, each finding and each recommendation.
pub fn explain_all(advice: &Advice<'_>, language: Language) -> Vec<Reason> {
    let scored = advice.scored();
    let assessment = scored.assessment();
    let mut cx = Cx::new(advice, language);
    let mut reasons = Vec::new();
    for (ix, _) in assessment.measures.iter() {
        let node = Node::Measure(ix);
        if *scored.outcome(node) != Outcome::NotTaken && !cx.told.contains(&node) {
            reasons.push(cx.node(node));
        }
    }
    let findings = assessment.findings.iter();
    reasons.extend(findings.map(|(ix, f)| cx.rule(&f.path, Some(&f.when), &f.place, advice.finding(ix))));
    let rules = assessment.recommendations.iter();
    reasons.extend(rules.map(|(ix, r)| cx.recommendation(ix, r)));
    reasons.extend(assessment.jobs.iter().map(|(ix, _)| cx.job(ix)));
    reasons
}

/// Why a recommendation, finding or level is *not* there: only what failed on the way to it.
///
/// `None`: there is no recommendation or finding by this path, or nothing speaks against it.
pub fn why_not(advice: &Advice<'_>, path: &str, language: Language) -> Option<Reason> {
    let assessment = advice.scored().assessment();
    let holds = match assessment.find(path)? {
        Name::Recommendation(ix) => advice.standing(ix) == Standing::Recommended,
        Name::Finding(ix) => advice.finding(ix) == Truth::Holds,
        _ => return None,
    };
    if holds {
        return None;
    }
    let mut reason = explain(advice, path, language)?;
    if reason.truth != Some(Truth::Holds) {
        reason.because.retain_mut(|inner| failed(inner, true));
    }
    Some(reason)
}

/// Keeps of a condition what failed, or below a `not` what held; `false`: nothing of it.
fn failed(reason: &mut Reason, wanted: bool) -> bool {
    let against = match reason.truth {
        Some(Truth::Holds) => !wanted,
        Some(Truth::Fails) => wanted,
        // What is not known stands in the way of both.
        Some(Truth::Unknown(_)) => true,
        None => false,
    };
    let inner = wanted != reason.negates;
    reason.because.retain_mut(|reason| failed(reason, inner));
    against
}

/// A condition that holds, with only those lines below it that carry it.
fn carried(reason: Reason, wanted: bool, grounds: &mut Vec<Reason>) {
    let carries = match reason.truth {
        Some(Truth::Holds) => wanted,
        Some(Truth::Fails) => !wanted,
        Some(Truth::Unknown(_)) | None => false,
    };
    if !carries {
        return;
    }
    if reason.because.is_empty() {
        let Words { en, de } = &reason.says;
        let says = if wanted { reason.says } else { words!("not: {en}", "nicht: {de}") };
        grounds.push(Reason { says, ..reason });
        return;
    }
    let inner = wanted != reason.negates;
    reason.because.into_iter().for_each(|reason| carried(reason, inner, grounds));
}

pub(crate) struct Cx<'a> {
    advice: &'a Advice<'a>,
    language: Language,
    /// Whoever reads a report knows titles, not ids, and numbers as the language writes them.
    reader: Option<&'a Dates>,
    /// What is explained already: measures form a graph, and a part of many must not be told many times.
    told: HashSet<Node>,
}

impl<'a> Cx<'a> {
    /// For authors: with ids, and numbers as a definition has them.
    fn new(advice: &'a Advice<'a>, language: Language) -> Cx<'a> {
        Cx { advice, language, reader: None, told: HashSet::new() }
    }

    /// For readers of a report: with titles, and numbers as the language writes them.
    pub(crate) fn for_readers(advice: &'a Advice<'a>, language: Language, dates: &'a Dates) -> Cx<'a> {
        Cx { reader: Some(dates), ..Cx::new(advice, language) }
    }

    /// Why a condition holds: the tests that carry it, one after the other.
    pub(crate) fn grounds(&mut self, condition: &Condition) -> Vec<Reason> {
        let mut grounds = Vec::new();
        carried(self.condition(condition), true, &mut grounds);
        grounds
    }

    /// The caps and floors of a measure that apply.
    pub(crate) fn limits(&mut self, ix: Ix<Measure>) -> Vec<Reason> {
        let measure = &self.assessment().measures[ix];
        let result = self.scored().measure(ix);
        let floors = measure.floors.iter().zip(&result.floors).map(|(limit, truth)| (limit, truth, &FLOOR));
        let caps = measure.caps.iter().zip(&result.caps).map(|(limit, truth)| (limit, truth, &CAP));
        let applying = floors.chain(caps).filter(|(limit, truth, _)| limit.applies(**truth));
        applying.map(|(limit, truth, kind)| self.limit(ix, limit, *truth, kind)).collect()
    }

    /// What something is called: by its path for authors, by its title for readers.
    fn name(&self, path: &str, title: Ix<Text>) -> String {
        match self.reader {
            Some(_) => self.assessment().text(title, self.language).to_owned(),
            None => format!("`{path}`"),
        }
    }

    fn name_of(&self, node: Node) -> String {
        let title = match node {
            Node::Item(item) => self.assessment().items[item].title,
            Node::Measure(measure) => self.assessment().measures[measure].title,
        };
        self.name(self.assessment().path(node), title)
    }

    /// An exact number: with its decimal beside it when it has no short one, or as readers have it.
    fn number(&self, value: &Exact) -> String {
        self.reader.map_or_else(|| show(value), |dates| dates.number(value))
    }

    /// A number of the definition.
    fn plain(&self, value: &Exact) -> String {
        self.reader.map_or_else(|| value.to_plain(), |dates| dates.number(value))
    }

    fn day(&self, date: Date) -> String {
        self.reader.map_or_else(|| date.to_string(), |dates| dates.short(date))
    }

    fn scored(&self) -> &'a Scored<'a> {
        self.advice.scored()
    }

    fn assessment(&self) -> &'a Assessment {
        self.scored().assessment()
    }

    fn node(&mut self, node: Node) -> Reason {
        let mut reason = Reason::new(self.headline(node));
        reason.path = Some(self.assessment().path(node).to_owned());
        reason.place = Some(match node {
            Node::Item(item) => self.assessment().items[item].place.clone(),
            Node::Measure(measure) => self.assessment().measures[measure].place.clone(),
        });
        if !self.told.insert(node) {
            return reason;
        }
        match node {
            Node::Item(item) => self.item(item, &mut reason),
            Node::Measure(measure) => self.measure(measure, &mut reason),
        }
        let scored = self.scored();
        if let Some(own) = scored.own(node).filter(|_| self.nominal(node).is_none()) {
            let own = show(own);
            let says = match scored.gap(node).map(|gap| show(&gap)) {
                Some(gap) => words!(
                    "self-assessment: {own} (differs by {gap}; shown beside, never counted)",
                    "Selbsteinschätzung: {own} (Unterschied {gap}; steht daneben, zählt nie mit)"
                ),
                None => words!("self-assessment: {own}", "Selbsteinschätzung: {own}"),
            };
            reason.because.push(Reason::new(says));
        }
        reason.because.extend(self.notes(self.assessment().path(node)));
        reason
    }

    /// Who rated, and when: `anna`, `anna, kitchen, trial 2`.
    pub(crate) fn occasion(&self, position: usize) -> Words {
        let record = self.scored().record();
        let who = match record.axes[position].observer {
            Some(observer) => self.observer(observer),
            None => words!("the participant", "die teilnehmende Person"),
        };
        let when = self.circumstances(position);
        let joined = |who: String, when: String| if when.is_empty() { who } else { format!("{who}, {when}") };
        Words { en: joined(who.en, when.en), de: joined(who.de, when.de) }
    }

    /// Who observed: the name, or a number for readers of a report that leaves names out.
    pub(crate) fn observer(&self, position: usize) -> Words {
        if self.reader.is_some() && self.assessment().left_out.contains(&ReportPart::Observers) {
            let number = position + 1;
            return words!("observer {number}", "beobachtende Person {number}");
        }
        let name = &self.scored().record().observers[position];
        words!("{name}", "{name}")
    }

    /// When somebody rated: `kitchen, trial 2`. Empty where that goes without saying.
    pub(crate) fn circumstances(&self, position: usize) -> Words {
        let record = self.scored().record();
        let occasion = &record.occasions[position];
        let mut when = Words { en: String::new(), de: String::new() };
        if let Some(situation) = &occasion.situation {
            when = words!("{situation}", "{situation}");
        }
        // The trial is named where there is more than one.
        if record.occasions.iter().any(|occasion| occasion.trial > 1) {
            let trial = occasion.trial;
            let comma = if occasion.situation.is_some() { ", " } else { "" };
            when.en.push_str(&format!("{comma}trial {trial}"));
            when.de.push_str(&format!("{comma}Durchgang {trial}"));
        }
        when
    }

    fn notes(&self, path: &str) -> Vec<Reason> {
        let note = |note: &crate::record::Note| {
            // An explanation has one line for each reason.
            let text = note.text.split_whitespace().collect::<Vec<_>>().join(" ");
            let Words { en, de } = self.occasion(note.occasion);
            Reason::new(words!("noted by {en}: {text}", "notiert von {de}: {text}"))
        };
        self.scored().record().notes_about(path).map(note).collect()
    }

    fn item(&mut self, ix: Ix<Item>, reason: &mut Reason) {
        let assessment = self.assessment();
        let record = self.scored().record();
        let item = &assessment.items[ix];
        let scale = assessment.scale(ix);
        for (position, seen) in record.seen(ix).iter().enumerate() {
            let Words { en, de } = self.occasion(position);
            reason.because.push(Reason::new(match seen {
                Seen::Blank => continue,
                Seen::NotObserved => words!("{en}: not observed", "{de}: nicht beobachtet"),
                Seen::NotReached => words!("{en}: not reached", "{de}: nicht erreicht"),
                Seen::Refused => words!("{en}: refused", "{de}: abgelehnt"),
                Seen::Value(raw) => {
                    let shown = scale.show(raw);
                    let points = item.reading.read(raw).map(|value| show(&value)).unwrap_or_default();
                    match item.reading {
                        Reading::Plain | Reading::Nominal => words!("{en}: {shown}", "{de}: {shown}"),
                        Reading::Reversed(_) => {
                            words!("{en}: {shown}, reversed: {points}", "{de}: {shown}, umgekehrt: {points}")
                        }
                        Reading::Options(_) | Reading::Points(_) => {
                            words!("{en}: {shown}, worth {points}", "{de}: {shown}, wert: {points}")
                        }
                    }
                }
            }));
        }
        reason.because.extend(self.resolutions(Node::Item(ix)));
    }

    /// How disputes about an item or measure were settled.
    pub(crate) fn resolutions(&self, node: Node) -> Vec<Reason> {
        let record = self.scored().record();
        let own = record.resolutions.iter().filter(|resolution| resolution.about == node);
        own.map(|resolution| {
            let value = match node {
                Node::Item(item) => self.assessment().scale(item).show(&resolution.value),
                Node::Measure(_) => self.number(&resolution.value),
            };
            let why = resolution.note.split_whitespace().collect::<Vec<_>>().join(" ");
            let by = resolution.by.as_ref().map_or_else(String::new, |by| format!(" ({by})"));
            let place = record.situation(resolution).map_or_else(String::new, |place| format!(", {place}"));
            Reason::new(words!(
                "dispute settled{by}{place} at {value}: {why}",
                "strittig, geklärt{by}{place} auf {value}: {why}"
            ))
        })
        .collect()
    }

    /// `Metall: 14/5 = 2.8, level "überwiegend selbständig"`
    fn headline(&self, node: Node) -> Words {
        let title = self.assessment().title(node, self.language);
        let Words { en, de } = self.result(node);
        words!("{title}: {en}", "{title}: {de}")
    }

    /// What came out for an item or measure.
    pub(crate) fn result(&self, node: Node) -> Words {
        self.worded(node, self.scored().outcome(node))
    }

    /// The same for another outcome of it, such as an earlier one.
    pub(crate) fn worded(&self, node: Node, outcome: &Outcome) -> Words {
        let level = |level: Option<usize>| {
            let Node::Measure(measure) = node else { return None };
            let level = self.assessment().level(measure, level)?;
            Some(self.assessment().text(level.title, self.language))
        };
        match outcome {
            outcome @ (Outcome::Score { .. } | Outcome::Level(_)) => {
                let score = outcome.value().map(|value| match self.nominal(node) {
                    Some(scale) => scale.show(value),
                    None => self.number(value),
                });
                let level = level(outcome.level());
                let join = |level: Option<String>| {
                    [score.clone(), level].into_iter().flatten().collect::<Vec<_>>().join(", ")
                };
                Words {
                    en: join(level.map(|level| format!("level “{level}”"))),
                    de: join(level.map(|level| format!("Stufe „{level}“"))),
                }
            }
            Outcome::Insufficient(coverage) => {
                let Words { en, de } = self.covered(coverage);
                words!("not enough observed ({en})", "nicht ausreichend beobachtet ({de})")
            }
            Outcome::Disputed { .. } if self.nominal(node).is_some() => words!(
                "disputed: observers wrote down different choices",
                "strittig: es wurden verschiedene Auswahlen notiert"
            ),
            Outcome::Disputed { spread } if spread.is_zero() => words!("disputed", "strittig"),
            Outcome::Disputed { spread } => {
                let spread = self.plain(spread);
                words!(
                    "disputed: observers are {spread} apart",
                    "strittig: die Beobachtungen liegen {spread} auseinander"
                )
            }
            Outcome::NotTaken => words!("not taken", "nicht durchgeführt"),
        }
    }

    /// The scale of a choice that is worth nothing by itself.
    pub(crate) fn nominal(&self, node: Node) -> Option<&'a Scale> {
        let Node::Item(item) = node else { return None };
        let nominal = self.assessment().items[item].reading == Reading::Nominal;
        nominal.then(|| self.assessment().scale(item))
    }

    fn measure(&mut self, ix: Ix<Measure>, reason: &mut Reason) {
        let measure = &self.assessment().measures[ix];
        let result = self.scored().measure(ix);
        let word = measure.rule.word();
        let mut rule = Reason::new(words!("rule `{word}`", "Regel `{word}`"));
        for coverage in &result.coverage {
            let Words { en, de } = self.covered(coverage);
            rule.says.en.push_str(&format!("; {en}"));
            rule.says.de.push_str(&format!("; {de}"));
        }
        for part in measure.rule.parts() {
            let mut child = self.node(part);
            self.read_here(&measure.rule, part, &mut child);
            if let Some((weight, share)) = self.weight(&measure.rule, part) {
                let weight = weight.to_plain();
                child.says.en.push_str(&format!(" × weight {weight}"));
                child.says.de.push_str(&format!(" × Gewicht {weight}"));
                if let Some(share) = share.map(|share| show(&share)) {
                    child.says.en.push_str(&format!(" (share {share})"));
                    child.says.de.push_str(&format!(" (Anteil {share})"));
                }
            }
            rule.because.push(child);
        }
        rule.because.extend(self.trace(measure, &result.trace));
        reason.because.push(rule);
        reason.because.extend(self.resolutions(Node::Measure(ix)));
        if let (Some(unrounded), Some(rounding)) = (&result.unrounded, measure.round_first) {
            let (from, Words { en, de }) = (show(unrounded), rounded(rounding));
            let to = result.outcome.value().map(show).unwrap_or_default();
            reason.because.push(Reason::new(words!(
                "{from} is rounded before it is compared, {en}: {to}",
                "{from} wird vor dem Vergleich gerundet, {de}: {to}"
            )));
        }
        if let (Some(shown), Some(rounding)) = (self.scored().shown(ix), measure.shown) {
            let (shown, Words { en, de }) = (shown.to_places(rounding.places), rounded(rounding));
            reason.because.push(Reason::new(words!("shown as {shown}, {en}", "gezeigt als {shown}, {de}")));
        }
        match (measure.ladder, result.uncapped) {
            (Some(ladder), Some(level)) => {
                reason.because.push(self.level(ladder, level, result.outcome.value()));
            }
            // Without a level, the conditions say what was not known.
            (Some(ladder), None) if result.outcome != Outcome::NotTaken => {
                for level in self.assessment().ladders[ladder].levels.iter().rev() {
                    let Bound::When(condition) = &level.bound else { continue };
                    let title = self.assessment().text(level.title, self.language);
                    let mut open = Reason::new(words!("“{title}”", "„{title}“"));
                    open.place = Some(level.place.clone());
                    open.because.push(self.condition(condition));
                    reason.because.push(open);
                }
            }
            _ => {}
        }
        for (floor, truth) in measure.floors.iter().zip(&result.floors) {
            reason.because.push(self.limit(ix, floor, *truth, &FLOOR));
        }
        for (cap, truth) in measure.caps.iter().zip(&result.caps) {
            reason.because.push(self.limit(ix, cap, *truth, &CAP));
        }
    }

    /// A cap or floor, and whether it applies.
    fn limit(&mut self, ix: Ix<Measure>, limit: &Limit, truth: Truth, kind: &LimitWords) -> Reason {
        let level = self.assessment().level(ix, Some(limit.level));
        let title = level.map_or("", |level| self.assessment().text(level.title, self.language));
        let LimitWords { en, de, bound_en, bound_de } = kind;
        let mut reason = Reason::new(match (limit.applies(truth), truth) {
            (true, Truth::Unknown(_)) => words!(
                "{en} applies, because its condition is not known: {bound_en} “{title}”",
                "{de} greift, weil die Bedingung nicht bekannt ist: {bound_de} „{title}“"
            ),
            (true, _) => words!("{en} applies: {bound_en} “{title}”", "{de} greift: {bound_de} „{title}“"),
            (false, Truth::Unknown(_)) => words!(
                "{en} “{bound_en} {title}” does not apply: it is not known",
                "{de} „{bound_de} {title}“ greift nicht: nicht bekannt"
            ),
            (false, _) => {
                words!("{en} “{bound_en} {title}” does not apply", "{de} „{bound_de} {title}“ greift nicht")
            }
        });
        reason.truth = Some(truth);
        reason.place = Some(limit.place.clone());
        reason.because.push(self.condition(&limit.when));
        reason
    }

    /// What the value of a part is worth in this measure, where the measure reads it in its own way.
    fn read_here(&self, rule: &Rule, part: Node, child: &mut Reason) {
        let Some(parts) = rule.covered() else { return };
        let Some(own) = parts.list.iter().find(|own| own.node == part) else { return };
        let value = self.scored().outcome(part).value().and_then(|value| own.reading.read(value));
        if let (false, Some(value)) = (own.reading == Reading::Plain, value) {
            let value = show(&value);
            child.says.en.push_str(&format!(", here {value}"));
            child.says.de.push_str(&format!(", hier {value}"));
        }
    }

    /// What happened on the way to a value, as far as the parts do not tell it.
    pub(crate) fn trace(&self, measure: &Measure, trace: &Trace) -> Vec<Reason> {
        match trace {
            Trace::Plain => Vec::new(),
            Trace::Prorated(raised) => {
                let (total, seen, of) =
                    (self.number(&raised.total), self.number(&raised.seen), self.number(&raised.of));
                vec![Reason::new(words!(
                    "raised in proportion: {total} × {of} ÷ {seen}",
                    "anteilig hochgerechnet: {total} × {of} ÷ {seen}"
                ))]
            }
            Trace::Zeroed(nodes) => {
                let paths: Vec<&str> = nodes.iter().map(|node| self.assessment().path(*node)).collect();
                let paths = paths.join(", ");
                vec![Reason::new(words!("missing, counts as 0: {paths}", "fehlt, zählt als 0: {paths}"))]
            }
            Trace::Over(units) => units
                .iter()
                .map(|(along, value)| {
                    let (Words { en, de }, value) = (self.along(*along), self.number(value));
                    Reason::new(words!("{en}: {value}", "{de}: {value}"))
                })
                .collect(),
            Trace::Scores(scores) => scores
                .iter()
                .map(|(position, score)| {
                    let (Words { en, de }, score) = (self.observer(*position), self.number(score));
                    Reason::new(words!("by {en} alone: {score}", "nach {de} allein: {score}"))
                })
                .collect(),
            Trace::Gains(gains) => gains
                .iter()
                .map(|gain| {
                    let (from, to) = (self.occasion(gain.from), self.occasion(gain.to));
                    let (gained, Words { en, de }) = (self.number(&gain.gain), from);
                    let (to_en, to_de) = (to.en, to.de);
                    Reason::new(words!(
                        "gained {gained} ({en} → {to_en})",
                        "Zuwachs {gained} ({de} → {to_de})"
                    ))
                })
                .collect(),
            Trace::Rungs(rungs) => Self::rungs(measure, rungs),
            Trace::Ranking(places) => places
                .iter()
                .map(|placed| {
                    let title = self.assessment().title(placed.node, self.language);
                    let (rank, value) = (placed.rank, self.number(&placed.value));
                    Reason::new(words!("place {rank}: {title}, {value}", "Platz {rank}: {title}, {value}"))
                })
                .collect(),
            Trace::Norm(group) => self.norm(measure, *group).into_iter().collect(),
        }
    }

    fn along(&self, along: Along) -> Words {
        match along {
            Along::Situation(occasion) => match &self.scored().record().occasions[occasion].situation {
                Some(situation) => words!("{situation}", "{situation}"),
                None => words!("no situation named", "ohne genannte Situation"),
            },
            Along::Observer(position) => self.observer(position),
            Along::Trial(trial) => words!("trial {trial}", "Durchgang {trial}"),
            Along::Rating(occasion) => self.occasion(occasion),
        }
    }

    fn rungs(measure: &Measure, rungs: &[RungResult]) -> Vec<Reason> {
        let Rule::Mastery(mastery) = &measure.rule else { return Vec::new() };
        let mut reasons: Vec<Reason> = rungs
            .iter()
            .zip(&mastery.rungs)
            .enumerate()
            .map(|(position, (result, rung))| {
                let number = position + 1;
                let RungResult { right, seen, .. } = result;
                let (needs, of) = (rung.needs, rung.of.len());
                let Words { en, de } = match result.passed {
                    Some(true) => words!("passed", "geschafft"),
                    Some(false) => words!("not passed", "nicht geschafft"),
                    None => words!("open", "offen"),
                };
                Reason::new(words!(
                    "rung {number}: {right} right of {seen} seen of {of}, {needs} needed: {en}",
                    "Sprosse {number}: {right} richtig von {seen} gesehenen von {of}, {needs} nötig: {de}"
                ))
            })
            .collect();
        if rungs.len() < mastery.rungs.len() {
            reasons.push(Reason::new(words!(
                "what comes behind does not count",
                "was danach kommt, zählt nicht"
            )));
        }
        reasons
    }

    fn norm(&self, measure: &Measure, group: usize) -> Option<Reason> {
        let Rule::Norm(_, norm) = &measure.rule else { return None };
        let norm = &self.assessment().norms[*norm];
        let gives = norm.gives;
        let (gives, source) = (gives.word(), &norm.source);
        let mut reason = Reason::new(words!(
            "read by the norm table `{gives}` ({source})",
            "gelesen nach der Normtabelle `{gives}` ({source})"
        ));
        reason.place = Some(norm.groups[group].place.clone());
        Some(reason)
    }

    /// The weight of a part, and in a mean its share of the weights of all parts seen.
    fn weight(&self, rule: &Rule, part: Node) -> Option<(Exact, Option<Exact>)> {
        let Rule::Fold(fold, parts) = rule else { return None };
        let seen = |node: Node| self.scored().outcome(node).value().is_some();
        let zero = parts.missing == Missing::Zero;
        if !parts.weighted || !seen(part) {
            return None;
        }
        let own = &parts.list.iter().find(|own| own.node == part)?.weight;
        let share = (*fold == Fold::Mean && parts.per_observer.is_none()).then(|| {
            // What is missing and counts as 0 keeps its share.
            let counted = parts.list.iter().filter(|part| zero || seen(part.node));
            own / &counted.map(|part| &part.weight).sum()
        });
        Some((own.clone(), share))
    }

    fn level(
        &mut self,
        ladder: Ix<crate::assessment::Ladder>,
        position: usize,
        value: Option<&Exact>,
    ) -> Reason {
        let levels = &self.assessment().ladders[ladder].levels;
        let level = &levels[position];
        let title = self.assessment().text(level.title, self.language);
        let cut = |level: &Level| match &level.bound {
            Bound::AtLeast(cut) => Some(("≥", cut.to_plain())),
            Bound::Above(cut) => Some((">", cut.to_plain())),
            Bound::When(_) | Bound::Base => None,
        };
        let mut reason = Reason::new(match (cut(level), value) {
            (Some((sign, cut_at)), Some(value)) => {
                let value = show(value);
                match levels.get(position + 1).and_then(cut) {
                    Some((next_sign, next)) => words!(
                        "{value} {sign} {cut_at}: “{title}”; the next level needs {next_sign} {next}",
                        "{value} {sign} {cut_at}: „{title}“; die nächste Stufe braucht {next_sign} {next}"
                    ),
                    None => words!(
                        "{value} {sign} {cut_at}: “{title}”, the highest level",
                        "{value} {sign} {cut_at}: „{title}“, die höchste Stufe"
                    ),
                }
            }
            _ => words!(
                "“{title}” is the highest level whose condition holds",
                "„{title}“ ist die höchste Stufe, deren Bedingung zutrifft"
            ),
        });
        reason.place = Some(level.place.clone());
        if let Bound::When(condition) = &level.bound {
            reason.because.push(self.condition(condition));
        }
        for higher in &levels[position + 1..] {
            if let Bound::When(condition) = &higher.bound {
                let title = self.assessment().text(higher.title, self.language);
                let mut above = Reason::new(words!("not “{title}”", "nicht „{title}“"));
                above.place = Some(higher.place.clone());
                above.because.push(self.condition(condition));
                reason.because.push(above);
            }
        }
        reason
    }

    fn recommendation(&mut self, ix: Ix<Recommendation>, rule: &Recommendation) -> Reason {
        let mut reason =
            self.rule(&rule.path, rule.when.as_ref(), &rule.place, self.advice.recommendation(ix));
        if let Standing::Excluded(by) = self.advice.standing(ix) {
            let other = &self.assessment().recommendations[by];
            let path = &other.path;
            let mut excluded = Reason::new(words!(
                "left out, because `{path}` is recommended",
                "weggelassen, weil `{path}` empfohlen wird"
            ));
            excluded.place = Some(other.place.clone());
            reason.because.push(excluded);
        }
        reason.because.extend(self.advice.decision(ix).map(|decision| Reason::new(Self::decided(decision))));
        reason
    }

    /// What the assessor decided, by whom, and why.
    pub(crate) fn decided(decision: &Decision) -> Words {
        let by = decision.by.as_ref().map_or_else(String::new, |by| format!(" ({by})"));
        let why = decision.reason.as_ref().map_or_else(String::new, |reason| {
            format!(": {}", reason.split_whitespace().collect::<Vec<_>>().join(" "))
        });
        match &decision.verdict {
            DecisionVerdict::Confirmed => {
                words!("confirmed by the assessor{by}{why}", "von der Fachkraft bestätigt{by}{why}")
            }
            DecisionVerdict::Edited(_) => {
                words!("reworded by the assessor{by}{why}", "von der Fachkraft umformuliert{by}{why}")
            }
            DecisionVerdict::Rejected => {
                words!("rejected by the assessor{by}{why}", "von der Fachkraft abgelehnt{by}{why}")
            }
        }
    }

    /// What a job asks for.
    pub(crate) fn asked(&self, requirement: &Requirement) -> String {
        match &requirement.asks {
            Asks::Level(level) => {
                let level = self.assessment().level(requirement.of, Some(*level));
                level.map_or("", |level| self.assessment().text(level.title, self.language)).to_owned()
            }
            Asks::Value(value) => self.plain(value),
        }
    }

    /// A job, feature by feature.
    fn job(&mut self, ix: Ix<Job>) -> Reason {
        let job = &self.assessment().jobs[ix];
        let result = self.scored().job(ix);
        let title = self.assessment().text(job.title, self.language);
        let Words { en, de } = verdict(result.verdict);
        let mut reason = Reason::new(words!("{title}: {en}", "{title}: {de}"));
        reason.path = Some(job.path.clone());
        reason.place = Some(job.place.clone());
        for (requirement, feature) in job.requires.iter().zip(&result.features) {
            let node = Node::Measure(requirement.of);
            let title = self.assessment().title(node, self.language);
            let asked = self.asked(requirement);
            let (must_en, must_de) = if requirement.must { (" (must)", " (Muss)") } else { ("", "") };
            let (Words { en, de }, found) = (fit(feature.fit), self.result(node));
            let (found_en, found_de) = (found.en, found.de);
            let mut line = Reason::new(words!(
                "{title}: asks for “{asked}”{must_en}, shown: {found_en}: {en}",
                "{title}: verlangt „{asked}“{must_de}, gezeigt: {found_de}: {de}"
            ));
            line.place = Some(requirement.place.clone());
            reason.because.push(line);
        }
        reason
    }

    fn rule(&mut self, path: &str, when: Option<&Condition>, place: &str, truth: Truth) -> Reason {
        let mut reason = Reason::new(match (truth, when) {
            (Truth::Holds, None) => words!("applies always", "gilt immer"),
            (Truth::Holds, Some(_)) => words!("applies", "trifft zu"),
            (Truth::Fails, _) => words!("does not apply", "trifft nicht zu"),
            (Truth::Unknown(_), _) => words!("cannot be decided", "lässt sich nicht entscheiden"),
        });
        reason.path = Some(path.to_owned());
        reason.truth = Some(truth);
        reason.place = Some(place.to_owned());
        reason.because.extend(when.map(|when| self.condition(when)));
        reason
    }

    fn condition(&mut self, condition: &Condition) -> Reason {
        let assessment = self.assessment();
        let record = self.scored().record();
        let truth = self.scored().holds(condition, Some(self.advice.issued));
        let level = |measure: Ix<Measure>, position: usize| {
            let ladder = assessment.measures[measure].ladder;
            ladder.map_or("", |ladder| {
                assessment.text(assessment.ladders[ladder].levels[position].title, self.language)
            })
        };
        let fact_name = |fact: Ix<Fact>| {
            let fact = &assessment.facts[fact];
            self.name(&fact.path, fact.title)
        };
        let job_name = |job: Ix<Job>| {
            let job = &assessment.jobs[job];
            self.name(&job.path, job.title)
        };
        let mut because = Vec::new();
        let negates = matches!(condition.test, Test::Not(_));
        let says = match &condition.test {
            Test::All(list) => {
                because = list.iter().map(|inner| self.condition(inner)).collect();
                words!("all of these", "alles davon")
            }
            Test::Any(list) => {
                because = list.iter().map(|inner| self.condition(inner)).collect();
                words!("at least one of these", "mindestens eines davon")
            }
            Test::Not(inner) => {
                because = vec![self.condition(inner)];
                words!("not", "nicht")
            }
            Test::Score(node, bounds) => {
                let (name, bounds) = (self.name_of(*node), between(bounds, |bound| self.plain(bound)));
                let Words { en, de } = self.result(*node);
                words!("{name} {bounds}: {en}", "{name} {bounds}: {de}")
            }
            Test::Level(measure, low, high) => {
                let node = Node::Measure(*measure);
                let name = self.name_of(node);
                let (low, high) = (level(*measure, *low), level(*measure, *high));
                let Words { en, de } = self.result(node);
                if low == high {
                    words!("level of {name} is “{low}”: {en}", "Stufe von {name} ist „{low}“: {de}")
                } else {
                    words!(
                        "level of {name} in “{low}” … “{high}”: {en}",
                        "Stufe von {name} in „{low}“ … „{high}“: {de}"
                    )
                }
            }
            Test::FactNumber(fact, bounds) => {
                let (name, bounds) = (fact_name(*fact), between(bounds, |bound| self.plain(bound)));
                let Words { en, de } = self.fact_value(record.fact(*fact), &assessment.facts[*fact].options);
                words!("fact {name} {bounds}: {en}", "Angabe {name} {bounds}: {de}")
            }
            Test::FactDate(fact, bounds) => {
                let (name, bounds) = (fact_name(*fact), between(bounds, |bound| self.day(*bound)));
                let Words { en, de } = self.fact_value(record.fact(*fact), &assessment.facts[*fact].options);
                words!("fact {name} {bounds}: {en}", "Angabe {name} {bounds}: {de}")
            }
            Test::FactFlag(fact, flag) => {
                let name = fact_name(*fact);
                let Words { en, de } = self.fact_value(record.fact(*fact), &assessment.facts[*fact].options);
                let asked = match self.reader {
                    Some(_) => self.fact_value(Some(&FactValue::Flag(*flag)), &[]),
                    None => words!("{flag}", "{flag}"),
                };
                let (asked_en, asked_de) = (asked.en, asked.de);
                words!("fact {name} is {asked_en}: {en}", "Angabe {name} ist {asked_de}: {de}")
            }
            Test::FactChoice(fact, option) => {
                let (name, option) = (fact_name(*fact), &assessment.facts[*fact].options[*option]);
                let Words { en, de } = self.fact_value(record.fact(*fact), &assessment.facts[*fact].options);
                words!("fact {name} is {option}: {en}", "Angabe {name} ist {option}: {de}")
            }
            Test::Known(fact) => {
                let name = fact_name(*fact);
                let Words { en, de } = self.fact_value(record.fact(*fact), &assessment.facts[*fact].options);
                words!("fact {name} is known: {en}", "Angabe {name} ist bekannt: {de}")
            }
            Test::Age(bounds) => {
                let bounds = between(bounds, ToString::to_string);
                words!("age in full years {bounds}", "Alter in vollen Jahren {bounds}")
            }
            Test::Insufficient(measure) => {
                let name = self.name_of(Node::Measure(*measure));
                let Words { en, de } = self.result(Node::Measure(*measure));
                words!("not enough seen of {name}: {en}", "zu wenig gesehen von {name}: {de}")
            }
            Test::Taken(module) => {
                let module = &assessment.modules[*module];
                let name = self.name(&module.id, module.title);
                words!("module {name} was taken", "Modul {name} wurde durchgeführt")
            }
            Test::Rank(node, ranking, at_most) => {
                let (name, within) = (self.name_of(*node), self.name_of(Node::Measure(*ranking)));
                let placed = self.scored().ranking(*ranking).iter().find(|placed| placed.node == *node);
                let rank = placed.map_or_else(|| "–".to_owned(), |placed| placed.rank.to_string());
                words!(
                    "{name} among the first {at_most} of {within}: place {rank}",
                    "{name} unter den ersten {at_most} von {within}: Platz {rank}"
                )
            }
            Test::Verdict(job, asked) => {
                let (name, found) = (job_name(*job), verdict(self.scored().job(*job).verdict));
                let word = asked.word();
                let asked = match self.reader {
                    Some(_) => verdict(*asked),
                    None => words!("`{word}`", "`{word}`"),
                };
                let Words { en, de } = found;
                let (asked_en, asked_de) = (asked.en, asked.de);
                words!("job {name} is {asked_en}: {en}", "Beruf {name} ist {asked_de}: {de}")
            }
            Test::More(job, more) => {
                let name = job_name(*job);
                words!(
                    "job {name} asks for less than was shown: {more}",
                    "Beruf {name} verlangt weniger, als gezeigt wurde: {more}"
                )
            }
            Test::Gap(node) => {
                let name = self.name_of(*node);
                let gap = self.scored().gap(*node);
                let gap = gap.map_or_else(|| "–".to_owned(), |gap| self.number(&gap));
                words!(
                    "self-assessment of {name} is worth a talk: differs by {gap}",
                    "Selbsteinschätzung von {name} ist ein Gespräch wert: Unterschied {gap}"
                )
            }
        };
        Reason {
            path: None,
            says,
            truth: Some(truth),
            place: Some(condition.place.clone()),
            because,
            negates,
        }
    }

    /// What was seen, and what was needed.
    pub(crate) fn covered(&self, coverage: &Coverage) -> Words {
        let (seen, needed) = (self.number(&coverage.seen), self.plain(&coverage.needed));
        match coverage.unit {
            Unit::Parts => {
                words!("{seen} part(s) seen, {needed} needed", "{seen} Teil(e) gesehen, {needed} nötig")
            }
            Unit::Share => {
                words!("share {seen} seen, {needed} needed", "Anteil {seen} gesehen, {needed} nötig")
            }
            Unit::Weight => {
                words!("weight {seen} seen, {needed} needed", "Gewicht {seen} gesehen, {needed} nötig")
            }
            Unit::Present => {
                words!(
                    "{seen} observer(s), {needed} needed",
                    "{seen} beobachtende Person(en), {needed} nötig"
                )
            }
            Unit::Observers => words!(
                "rated by {seen} observer(s), {needed} needed",
                "von {seen} Person(en) bewertet, {needed} nötig"
            ),
            Unit::Situations => {
                words!("{seen} situation(s), {needed} needed", "{seen} Situation(en), {needed} nötig")
            }
            Unit::Ratings => {
                words!("{seen} rating(s), {needed} needed", "{seen} Bewertung(en), {needed} nötig")
            }
            Unit::Mandatory => {
                words!(
                    "{seen} of {needed} mandatory part(s) seen",
                    "{seen} von {needed} Pflichtteil(en) gesehen"
                )
            }
            Unit::Trials => words!("{seen} trial(s), {needed} needed", "{seen} Durchgang, {needed} nötig"),
            Unit::Rungs => {
                words!(
                    "{seen} rung(s) decided, {needed} needed",
                    "{seen} Sprosse(n) entschieden, {needed} nötig"
                )
            }
            Unit::Value => words!("{seen} lies below {needed}", "{seen} liegt unter {needed}"),
            Unit::Norm => {
                words!("no comparison group for this person", "keine Vergleichsgruppe für diese Person")
            }
        }
    }

    /// A fact about the person.
    pub(crate) fn fact_value(&self, value: Option<&FactValue>, options: &[String]) -> Words {
        match value {
            None => words!("not given", "keine Angabe"),
            Some(FactValue::Number(number)) => {
                let number = self.plain(number);
                words!("{number}", "{number}")
            }
            Some(FactValue::Flag(true)) => words!("yes", "ja"),
            Some(FactValue::Flag(false)) => words!("no", "nein"),
            Some(FactValue::Date(date)) => {
                let date = self.day(*date);
                words!("{date}", "{date}")
            }
            Some(FactValue::Choice(option)) => {
                let option = &options[*option];
                words!("{option}", "{option}")
            }
        }
    }
}

impl Truth {
    /// The truth in both languages.
    pub fn words(self) -> Words {
        match self {
            Truth::Holds => words!("yes", "ja"),
            Truth::Fails => words!("no", "nein"),
            Truth::Unknown(Why::Insufficient) => {
                words!("unknown: not enough seen", "unbekannt: zu wenig gesehen")
            }
            Truth::Unknown(Why::Disputed) => words!("unknown: disputed", "unbekannt: strittig"),
            Truth::Unknown(Why::NotTaken) => words!("unknown: not taken", "unbekannt: nicht durchgeführt"),
            Truth::Unknown(Why::NoFact) => words!("unknown: not given", "unbekannt: keine Angabe"),
        }
    }
}

/// An exact number, with its decimal beside it when it has no short one.
fn show(value: &Exact) -> String {
    let plain = value.to_plain();
    if plain.contains('/') { format!("{plain} ≈ {}", value.to_places(2)) } else { plain }
}

/// The words for a cap or a floor.
struct LimitWords {
    en: &'static str,
    de: &'static str,
    bound_en: &'static str,
    bound_de: &'static str,
}

const CAP: LimitWords = LimitWords { en: "cap", de: "Deckel", bound_en: "at most", bound_de: "höchstens" };
const FLOOR: LimitWords =
    LimitWords { en: "floor", de: "Boden", bound_en: "at least", bound_de: "mindestens" };

fn rounded(rounding: Rounding) -> Words {
    let Rounding { places, half } = rounding;
    match half {
        Half::Up => words!("{places} place(s), halves up", "{places} Stelle(n), Halbe aufwärts"),
        Half::Even => {
            words!("{places} place(s), halves to even", "{places} Stelle(n), Halbe zur geraden Zahl")
        }
    }
}

/// The verdict about a job in both languages.
pub fn verdict(verdict: Verdict) -> Words {
    match verdict {
        Verdict::PossibleNow => words!("possible now", "jetzt möglich"),
        Verdict::WithSupport => words!("possible with support", "mit Begleitung möglich"),
        Verdict::Later => words!("later", "später"),
        Verdict::ToShow => words!("still to be shown", "noch zu zeigen"),
    }
}

/// How an ability fits a job, in both languages.
pub fn fit(fit: Fit) -> Words {
    match fit {
        Fit::Fits => words!("fits", "passt"),
        Fit::More => words!("more than needed", "kann mehr"),
        Fit::Learnable => words!("learnable", "lernbar"),
        Fit::ToSupport => words!("to be supported first", "erst fördern"),
        Fit::Unknown => words!("unknown", "unbekannt"),
    }
}

fn between<T>(bounds: &Bounds<T>, show: impl Fn(&T) -> String) -> String {
    let bound = |sign: &str, bound: &Option<T>| bound.as_ref().map(|bound| format!("{sign} {}", show(bound)));
    let all = [
        bound("≥", &bounds.at_least),
        bound(">", &bounds.above),
        bound("≤", &bounds.at_most),
        bound("<", &bounds.below),
    ];
    all.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
