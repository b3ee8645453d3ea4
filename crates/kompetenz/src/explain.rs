//! Why a result is what it is, why a recommendation is given, and why another one is not.
//!
//! An explanation reads the results; it computes nothing.
//! Every line names the file and line of the rule behind it.

use std::collections::HashSet;

use serde::Serialize;

use crate::assessment::{
    Assessment, Bound, Bounds, Condition, Ix, Language, Measure, Name, Node, Rule, Test, Unit,
};
use crate::recommend::Advice;
use crate::record::{FactValue, Seen};
use crate::score::{Coverage, Outcome, Scored, Truth, Why};
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
}

impl Reason {
    fn new(says: Words) -> Reason {
        Reason { path: None, says, truth: None, place: None, because: Vec::new() }
    }
}

/// Explains an item, a measure, a finding or a recommendation. `None`: there is nothing to explain by this path.
pub fn explain(advice: &Advice<'_>, path: &str, language: Language) -> Option<Reason> {
    let mut cx = Cx { advice, language, told: HashSet::new() };
    match advice.scored().assessment().find(path)? {
        Name::Item(item) => Some(cx.node(Node::Item(item))),
        Name::Measure(measure) => Some(cx.node(Node::Measure(measure))),
        Name::Finding(ix) => {
            let finding = &advice.scored().assessment().findings[ix];
            Some(cx.rule(&finding.path, Some(&finding.when), &finding.place, advice.finding(ix)))
        }
        Name::Recommendation(ix) => {
            let rule = &advice.scored().assessment().recommendations[ix];
            Some(cx.rule(&rule.path, rule.when.as_ref(), &rule.place, advice.recommendation(ix)))
        }
        Name::Module(_) | Name::Scale(_) | Name::Ladder(_) | Name::Fact(_) => None,
    }
}

/// Explains everything: each measure of the modules taken, each finding and each recommendation.
pub fn explain_all(advice: &Advice<'_>, language: Language) -> Vec<Reason> {
    let scored = advice.scored();
    let assessment = scored.assessment();
    let mut cx = Cx { advice, language, told: HashSet::new() };
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
    reasons
        .extend(rules.map(|(ix, r)| cx.rule(&r.path, r.when.as_ref(), &r.place, advice.recommendation(ix))));
    reasons
}

struct Cx<'a> {
    advice: &'a Advice<'a>,
    language: Language,
    /// What is explained already: measures form a graph, and a part of many must not be told many times.
    told: HashSet<Node>,
}

impl<'a> Cx<'a> {
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
            Node::Item(item) => {
                let scored = self.scored();
                let scale = &self.assessment().scales[self.assessment().items[item].scale];
                let observers = scored.record().observers.iter().zip(scored.record().seen(item));
                for (observer, seen) in observers {
                    reason.because.push(Reason::new(match seen {
                        Seen::Blank => continue,
                        Seen::NotObserved => {
                            words!("{observer}: not observed", "{observer}: nicht beobachtet")
                        }
                        Seen::Value(value) => {
                            let value = scale.show(value);
                            words!("{observer}: {value}", "{observer}: {value}")
                        }
                    }));
                }
            }
            Node::Measure(measure) => self.measure(measure, &mut reason),
        }
        reason
    }

    /// `Metall: 14/5 = 2.8, level "überwiegend selbständig"`
    fn headline(&self, node: Node) -> Words {
        let title = self.assessment().title(node, self.language);
        let Words { en, de } = self.result(node);
        words!("{title}: {en}", "{title}: {de}")
    }

    fn result(&self, node: Node) -> Words {
        let level = |level: Option<usize>| {
            let Node::Measure(measure) = node else { return None };
            let level = self.assessment().level(measure, level)?;
            Some(self.assessment().text(level.title, self.language))
        };
        match self.scored().outcome(node) {
            outcome @ (Outcome::Score { .. } | Outcome::Level(_)) => {
                let score = outcome.value().map(show);
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
                let Words { en, de } = covered(coverage);
                words!("not enough observed ({en})", "nicht ausreichend beobachtet ({de})")
            }
            Outcome::Disputed { spread } => {
                let spread = spread.to_plain();
                words!(
                    "disputed: observers are {spread} apart",
                    "strittig: die Beobachtungen liegen {spread} auseinander"
                )
            }
            Outcome::NotTaken => words!("not taken", "nicht durchgeführt"),
        }
    }

    fn measure(&mut self, ix: Ix<Measure>, reason: &mut Reason) {
        let measure = &self.assessment().measures[ix];
        let result = self.scored().measure(ix);
        let word = measure.rule.word();
        let mut rule = Reason::new(match &result.coverage {
            Some(coverage) => {
                let Words { en, de } = covered(coverage);
                words!("rule `{word}`; {en}", "Regel `{word}`; {de}")
            }
            None => words!("rule `{word}`", "Regel `{word}`"),
        });
        for part in measure.rule.parts() {
            let mut child = self.node(part);
            if let Some((weight, share)) = self.weight(&measure.rule, part) {
                let (weight, share) = (weight.to_plain(), show(&share));
                child.says.en.push_str(&format!(" × weight {weight} (share {share})"));
                child.says.de.push_str(&format!(" × Gewicht {weight} (Anteil {share})"));
            }
            rule.because.push(child);
        }
        reason.because.push(rule);
        if let Some(ladder) = measure.ladder
            && let Some(level) = result.uncapped
        {
            reason.because.push(self.level(ladder, level, result.outcome.value()));
        }
        for (cap, truth) in measure.caps.iter().zip(&result.caps) {
            let Some(level) = self.assessment().level(ix, Some(cap.at_most)) else { continue };
            let title = self.assessment().text(level.title, self.language);
            let says = match truth {
                Truth::Holds => words!("capped: at most “{title}”", "Deckel: höchstens „{title}“"),
                Truth::Fails => {
                    words!("no cap: “{title}” does not apply", "kein Deckel: „{title}“ greift nicht")
                }
                Truth::Unknown(_) => {
                    words!(
                        "no cap: whether “{title}” applies is not known",
                        "kein Deckel: ob „{title}“ greift, ist nicht bekannt"
                    )
                }
            };
            let mut reason_cap = Reason::new(says);
            reason_cap.truth = Some(*truth);
            reason_cap.place = Some(cap.place.clone());
            reason_cap.because.push(self.condition(&cap.when));
            reason.because.push(reason_cap);
        }
    }

    /// The weight of a part and its share of the weights of all parts seen.
    fn weight(&self, rule: &Rule, part: Node) -> Option<(Exact, Exact)> {
        let Rule::Mean(parts) = rule else { return None };
        let seen = |node: Node| self.scored().outcome(node).value().is_some();
        if !parts.weighted || !seen(part) {
            return None;
        }
        let total: Exact = parts.list.iter().filter(|(node, _)| seen(*node)).map(|(_, weight)| weight).sum();
        let (_, weight) = parts.list.iter().find(|(node, _)| *node == part)?;
        Some((weight.clone(), weight / &total))
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
        let mut reason = Reason::new(match (&level.bound, value) {
            (Bound::AtLeast(cut), Some(value)) => {
                let (value, cut) = (show(value), cut.to_plain());
                let next = levels.get(position + 1).and_then(|next| match &next.bound {
                    Bound::AtLeast(cut) => Some(cut.to_plain()),
                    _ => None,
                });
                match next {
                    Some(next) => words!(
                        "{value} ≥ {cut}: “{title}”; the next level begins at {next}",
                        "{value} ≥ {cut}: „{title}“; die nächste Stufe beginnt bei {next}"
                    ),
                    None => words!(
                        "{value} ≥ {cut}: “{title}”, the highest level",
                        "{value} ≥ {cut}: „{title}“, die höchste Stufe"
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
        let mut because = Vec::new();
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
                let (path, bounds) = (assessment.path(*node), between(bounds, Exact::to_plain));
                let Words { en, de } = self.result(*node);
                words!("`{path}` {bounds}: {en}", "`{path}` {bounds}: {de}")
            }
            Test::Level(measure, low, high) => {
                let node = Node::Measure(*measure);
                let path = assessment.path(node);
                let (low, high) = (level(*measure, *low), level(*measure, *high));
                let range = if low == high {
                    format!("„{low}“")
                } else {
                    format!("„{low}“ … „{high}“")
                };
                let Words { en, de } = self.result(node);
                words!("level of `{path}` in {range}: {en}", "Stufe von `{path}` in {range}: {de}")
            }
            Test::FactNumber(fact, bounds) => {
                let (path, bounds) = (&assessment.facts[*fact].path, between(bounds, Exact::to_plain));
                let Words { en, de } = fact_value(record.fact(*fact), &assessment.facts[*fact].options);
                words!("fact `{path}` {bounds}: {en}", "Angabe `{path}` {bounds}: {de}")
            }
            Test::FactDate(fact, bounds) => {
                let (path, bounds) = (&assessment.facts[*fact].path, between(bounds, ToString::to_string));
                let Words { en, de } = fact_value(record.fact(*fact), &assessment.facts[*fact].options);
                words!("fact `{path}` {bounds}: {en}", "Angabe `{path}` {bounds}: {de}")
            }
            Test::FactFlag(fact, flag) => {
                let path = &assessment.facts[*fact].path;
                let Words { en, de } = fact_value(record.fact(*fact), &assessment.facts[*fact].options);
                words!("fact `{path}` is {flag}: {en}", "Angabe `{path}` ist {flag}: {de}")
            }
            Test::FactChoice(fact, option) => {
                let (path, option) =
                    (&assessment.facts[*fact].path, &assessment.facts[*fact].options[*option]);
                let Words { en, de } = fact_value(record.fact(*fact), &assessment.facts[*fact].options);
                words!("fact `{path}` is {option}: {en}", "Angabe `{path}` ist {option}: {de}")
            }
            Test::Age(bounds) => {
                let bounds = between(bounds, ToString::to_string);
                words!("age in full years {bounds}", "Alter in vollen Jahren {bounds}")
            }
            Test::Insufficient(measure) => {
                let path = &assessment.measures[*measure].path;
                let Words { en, de } = self.result(Node::Measure(*measure));
                words!("not enough seen of `{path}`: {en}", "zu wenig gesehen von `{path}`: {de}")
            }
            Test::Taken(module) => {
                let id = &assessment.modules[*module].id;
                words!("module `{id}` was taken", "Modul `{id}` wurde durchgeführt")
            }
        };
        Reason { path: None, says, truth: Some(truth), place: Some(condition.place.clone()), because }
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

fn covered(coverage: &Coverage) -> Words {
    let (seen, needed) = (show(&coverage.seen), coverage.needed.to_plain());
    match coverage.unit {
        Unit::Parts => {
            words!("{seen} part(s) seen, {needed} needed", "{seen} Teil(e) gesehen, {needed} nötig")
        }
        Unit::Share => words!("share {seen} seen, {needed} needed", "Anteil {seen} gesehen, {needed} nötig"),
        Unit::Weight => {
            words!("weight {seen} seen, {needed} needed", "Gewicht {seen} gesehen, {needed} nötig")
        }
        Unit::Observers => {
            words!("{seen} observer(s), {needed} needed", "{seen} beobachtende Person(en), {needed} nötig")
        }
        Unit::Value => words!("{seen} lies below {needed}", "{seen} liegt unter {needed}"),
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

fn fact_value(value: Option<&FactValue>, options: &[String]) -> Words {
    match value {
        None => words!("not given", "keine Angabe"),
        Some(FactValue::Number(number)) => {
            let number = number.to_plain();
            words!("{number}", "{number}")
        }
        Some(FactValue::Flag(true)) => words!("yes", "ja"),
        Some(FactValue::Flag(false)) => words!("no", "nein"),
        Some(FactValue::Date(date)) => words!("{date}", "{date}"),
        Some(FactValue::Choice(option)) => {
            let option = &options[*option];
            words!("{option}", "{option}")
        }
    }
}
