//! What was seen and what came out: the modules with their measures and items.

use std::collections::HashSet;

use super::wording::Cx;
use super::{Column, Dots, Ground, Item, Level, Meaning, Measure, Module, Outcome, Own};
use crate::assessment::{self, Fold, Ix, Node, Over, Reading, Rule, Scale, ScaleValues};
use crate::explain::Reason;
use crate::raw::ReportPart;
use crate::record::Seen;
use crate::score::{self, Trace};
use crate::{Exact, Words, words};

impl Cx<'_> {
    pub(super) fn modules(&self) -> Vec<Module> {
        let assessment = self.assessment();
        let modules = assessment.modules().map(|(ix, module)| self.module(ix, module));
        modules
            .filter(|module| {
                !module.measures.is_empty() || !module.items.is_empty() || !module.notes.is_empty()
            })
            .collect()
    }

    fn module(&self, ix: Ix<assessment::Module>, module: &assessment::Module) -> Module {
        let (assessment, record) = (self.assessment(), self.record());
        let wanted = self.shows(ReportPart::Items);
        let all: Vec<_> = assessment.items().filter(|(_, item)| wanted && item.module == ix).collect();
        let entered = |item: Ix<assessment::Item>| record.seen(item).iter().any(|seen| *seen != Seen::Blank);
        let written = record.notes.iter().filter(|_| self.shows(ReportPart::Notes));
        let noted: HashSet<&str> = written.map(|note| &*note.about).collect();
        let (items, blank): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|(ix, item)| entered(*ix) || noted.contains(&*item.path));
        let mut columns: Vec<usize> = (0..record.occasions.len())
            .filter(|&position| items.iter().any(|(ix, _)| record.seen(*ix)[position] != Seen::Blank))
            .collect();
        // The sort is stable: observers stay in the order of the file, and the participant comes last.
        columns.sort_by_key(|&position| record.axes[position].observer.is_none());
        let measures = assessment.measures().filter(|(_, measure)| measure.module == ix);
        Module {
            id: module.id.clone(),
            title: self.text(module.title),
            measures: measures
                .filter(|(ix, measure)| {
                    *self.scored().outcome(Node::Measure(*ix)) != score::Outcome::NotTaken
                        || noted.contains(&*measure.path)
                })
                .map(|(ix, measure)| self.measure(ix, measure))
                .collect(),
            columns: columns
                .iter()
                .map(|&position| Column {
                    title: self.column(position),
                    own: record.axes[position].observer.is_none(),
                })
                .collect(),
            codes: self.codes(&items),
            blank: if items.is_empty() { 0 } else { u32::try_from(blank.len()).unwrap_or(u32::MAX) },
            items: items.into_iter().map(|(ix, item)| self.item(ix, item, &columns)).collect(),
            notes: self.notes(&module.id),
        }
    }

    fn measure(&self, ix: Ix<assessment::Measure>, measure: &assessment::Measure) -> Measure {
        let (assessment, node) = (self.assessment(), Node::Measure(ix));
        let result = self.scored().measure(ix);
        let mut explain = self.explain();
        let level = |position: Option<usize>| assessment.level(ix, position);
        let moved = result.uncapped != result.outcome.level();
        let limits = if moved { explain.limits(ix) } else { Vec::new() };
        let shown = self.scored().shown(ix).zip(measure.shown);
        let module = &assessment.modules[measure.module];
        Measure {
            id: measure.path.clone(),
            title: self.text(measure.title),
            certified: module.shows.contains(&ix) || assessment.profile().contains(&ix),
            outcome: kind(&result.outcome),
            value: match shown {
                Some((value, rounding)) => Some(self.shared.dates.number_with(&value, rounding.places)),
                None => result.outcome.value().map(|value| self.shared.dates.number(value)),
            },
            level: level(result.outcome.level())
                .map(|level| Level { title: self.text(level.title), bar: level.bar }),
            lack: self.lack(node),
            coverage: result.coverage.iter().map(|coverage| self.say(explain.covered(coverage))).collect(),
            rule: self.say(rule(&measure.rule, &|number| self.shared.dates.number(number))),
            place: measure.place.clone(),
            steps: match &result.trace {
                // The ratings stand below, each with its occasion.
                Trace::Over(_) => Vec::new(),
                trace => {
                    let lines = explain.trace(measure, trace);
                    lines.into_iter().map(|line| self.say(line.says)).collect()
                }
            },
            moved_from: level(result.uncapped).filter(|_| moved).map(|level| self.text(level.title)),
            limits: limits.into_iter().map(|limit| self.limit(limit)).collect(),
            own: self.own(node),
            resolutions: self.resolutions(node),
            notes: self.notes(&measure.path),
        }
    }

    /// A cap or floor, and in the same line why it applies.
    fn limit(&self, mut limit: Reason) -> Ground {
        let why = std::mem::take(&mut limit.because).into_iter().map(|reason| self.say(reason.says));
        let why = why.collect::<Vec<_>>().join("; ");
        let Ground { text, place } = self.ground(limit);
        Ground { text: format!("{text} ({why})"), place }
    }

    fn item(&self, ix: Ix<assessment::Item>, item: &assessment::Item, columns: &[usize]) -> Item {
        let node = Node::Item(ix);
        let scale = self.assessment().scale(ix);
        let outcome = self.scored().outcome(node);
        let seen = self.record().seen(ix);
        Item {
            id: item.path.clone(),
            title: self.text(item.title),
            ratings: columns.iter().map(|&position| self.rating(scale, &seen[position])).collect(),
            outcome: kind(outcome),
            value: outcome.value().map(|value| self.item_value(item, scale, value)),
            lack: self.lack(node),
            own: self.own(node),
            resolutions: self.resolutions(node),
            notes: self.notes(&item.path),
        }
    }

    /// A rating as it was given, as short as it may be.
    fn rating(&self, scale: &Scale, seen: &Seen) -> String {
        let code = |code: &Option<String>| code.clone().unwrap_or_else(|| "–".to_owned());
        match seen {
            Seen::Blank => String::new(),
            Seen::NotObserved => code(&scale.not_observed),
            Seen::NotReached => code(&scale.not_reached),
            Seen::Refused => code(&scale.refused),
            Seen::Value(value) => self.scale_value(scale, value),
        }
    }

    fn scale_value(&self, scale: &Scale, value: &Exact) -> String {
        let number = |unit: &Option<String>| {
            let number = self.shared.dates.number(value);
            unit.as_ref().map_or_else(|| number.clone(), |unit| format!("{number} {unit}"))
        };
        match &scale.values {
            ScaleValues::List(values) => {
                let step = values.iter().find(|step| step.number == *value);
                step.and_then(|step| step.code.clone()).unwrap_or_else(|| number(&scale.unit))
            }
            ScaleValues::Choices(_) => scale.show(value),
            ScaleValues::Range(..) => number(&scale.unit),
            ScaleValues::YesNo if *value == Exact::ONE => self.say(words!("yes", "ja")),
            ScaleValues::YesNo if value.is_zero() => self.say(words!("no", "nein")),
            ScaleValues::YesNo => number(&None),
        }
    }

    /// What several ratings come to: as a rating where it is one, else as the number that is computed with.
    fn item_value(&self, item: &assessment::Item, scale: &Scale, value: &Exact) -> String {
        match item.reading {
            Reading::Plain | Reading::Nominal => self.scale_value(scale, value),
            Reading::Reversed(_) | Reading::Options(_) | Reading::Points(_) => {
                self.shared.dates.number(value)
            }
        }
    }

    /// What the ratings mean that were given for these items, lowest first.
    fn codes(&self, items: &[(Ix<assessment::Item>, &assessment::Item)]) -> Vec<Meaning> {
        let mut codes: Vec<Meaning> = Vec::new();
        let mut add = |code: &str, text: String| {
            if !codes.iter().any(|known| known.code == code && known.text == text) {
                codes.push(Meaning { code: code.to_owned(), text });
            }
        };
        let mut scales: Vec<&Scale> = Vec::new();
        for (ix, _) in items {
            let scale = self.assessment().scale(*ix);
            if !scales.iter().any(|known| std::ptr::eq(*known, scale)) {
                scales.push(scale);
            }
        }
        let given = |scale: &Scale, wanted: &Seen| {
            let mut own = items.iter().filter(|(ix, _)| std::ptr::eq(self.assessment().scale(*ix), scale));
            own.any(|(ix, _)| self.record().seen(*ix).contains(wanted))
        };
        for scale in &scales {
            let ScaleValues::List(values) = &scale.values else { continue };
            for step in values {
                let seen = Seen::Value(step.number.clone());
                if let (Some(title), true) = (step.title, given(scale, &seen)) {
                    add(&self.scale_value(scale, &step.number), self.text(title));
                }
            }
        }
        for scale in &scales {
            for (seen, says) in [
                (Seen::NotObserved, words!("not observed", "nicht beobachtet")),
                (Seen::NotReached, words!("not reached", "nicht erreicht")),
                (Seen::Refused, words!("refused", "abgelehnt")),
            ] {
                if given(scale, &seen) {
                    add(&self.rating(scale, &seen), self.say(says));
                }
            }
        }
        codes
    }

    /// Why there is no result, if there is none.
    fn lack(&self, node: Node) -> Option<String> {
        let lacking = kind(self.scored().outcome(node)) != Outcome::Result;
        lacking.then(|| self.say(self.explain().result(node)))
    }

    fn resolutions(&self, node: Node) -> Vec<String> {
        self.explain().resolutions(node).into_iter().map(|reason| self.say(reason.says)).collect()
    }

    /// The self-assessment of an item or measure.
    pub(super) fn own(&self, node: Node) -> Option<Own> {
        let assessment = self.assessment();
        let own = self.scored().own(node)?;
        let (value, nominal, range) = match node {
            Node::Item(ix) => {
                let (item, scale) = (assessment.item(ix), assessment.scale(ix));
                let nominal = item.reading == Reading::Nominal;
                (self.item_value(item, scale, own), nominal, item.reading.range(scale.bounds()))
            }
            Node::Measure(ix) => {
                (self.shared.dates.number(own), false, assessment.ranges[ix.position()].clone())
            }
        };
        let observed = self.scored().outcome(node).value().filter(|_| !nominal);
        let dots = observed.zip(range).and_then(|(observed, range)| {
            Some(Dots { observed: thousandths(observed, &range)?, own: thousandths(own, &range)? })
        });
        let gap = self.scored().gap(node).filter(|_| !nominal).map(|gap| {
            if gap.is_zero() { self.say(words!("the same", "gleich")) } else { self.signed(&gap) }
        });
        Some(Own { value, gap, dots })
    }

    /// A difference: `+1`, `−0,5`.
    pub(super) fn signed(&self, number: &Exact) -> String {
        let sign = if number.is_negative() { "−" } else { "+" };
        format!("{sign}{}", self.shared.dates.number(&number.clone().abs()))
    }
}

fn kind(outcome: &score::Outcome) -> Outcome {
    match outcome {
        score::Outcome::Score { .. } | score::Outcome::Level(_) => Outcome::Result,
        score::Outcome::Insufficient(_) => Outcome::Insufficient,
        score::Outcome::Disputed { .. } => Outcome::Disputed,
        score::Outcome::NotTaken => Outcome::NotTaken,
    }
}

/// Where a value lies between the lowest and the highest one. `None`: there is only one value.
fn thousandths(value: &Exact, (lowest, highest): &(Exact, Exact)) -> Option<u16> {
    let width = highest - lowest;
    if width.is_zero() {
        return None;
    }
    let part = &(&(value - lowest) * &Exact::from(1000)) / &width;
    u16::try_from(part.floor()?.clamp(0, 1000)).ok()
}

/// A rule in one phrase.
fn rule(rule: &Rule, number: &dyn Fn(&Exact) -> String) -> Words {
    let mut says = match rule {
        Rule::Fold(fold, parts) => match fold {
            Fold::Mean if parts.weighted => words!("weighted mean", "gewichtetes Mittel"),
            Fold::Mean => words!("mean", "Mittel"),
            Fold::LowerMedian => words!("lower median", "unterer Median"),
            Fold::UpperMedian => words!("upper median", "oberer Median"),
            Fold::Lowest => words!("lowest value", "niedrigster Wert"),
            Fold::Highest => words!("highest value", "höchster Wert"),
            Fold::NthHighest(n) => words!("value no. {n} from the top", "{n}. Wert von oben"),
            Fold::Sum => words!("sum", "Summe"),
            Fold::Linear(_) => words!("weighted sum", "gewichtete Summe"),
            Fold::Count(from) => {
                let from = number(from);
                words!("number of values from {from} on", "Anzahl der Werte ab {from}")
            }
            Fold::Share(from) => {
                let from = number(from);
                words!("share of values from {from} on", "Anteil der Werte ab {from}")
            }
            Fold::Percent(_) => words!("percent of what is possible", "Prozent des Möglichen"),
            Fold::Spread => words!("distance from lowest to highest", "Abstand vom niedrigsten zum höchsten"),
        },
        Rule::Gain(..) => {
            words!("gain from the first trial to the last", "Zuwachs vom ersten zum letzten Durchgang")
        }
        Rule::Mastery(_) => words!("rungs passed in a row", "geschaffte Sprossen in Folge"),
        Rule::Rank(_) => words!("order by value", "Rangfolge nach Werten"),
        Rule::First(_) => words!("first value that is there", "erster vorhandener Wert"),
        Rule::Table(..) => words!("read from a table", "aus einer Tabelle abgelesen"),
        Rule::Norm(..) => words!("read from a norm table", "aus einer Normtabelle abgelesen"),
        Rule::Condition(_) => {
            words!("highest level whose condition holds", "höchste Stufe, deren Bedingung zutrifft")
        }
    };
    let (en, de) = match rule.covered().and_then(|parts| parts.over) {
        Some(Over::Situations) => (" over situations", " über Situationen"),
        Some(Over::Observers) => (" over observers", " über Beobachtende"),
        Some(Over::Trials) => (" over trials", " über Durchgänge"),
        Some(Over::Ratings) => (" over ratings", " über Bewertungen"),
        None => ("", ""),
    };
    says.en.push_str(en);
    says.de.push_str(de);
    if rule.covered().is_some_and(|parts| parts.per_observer.is_some()) {
        says.en.push_str(", for each observer apart");
        says.de.push_str(", je beobachtende Person");
    }
    says
}
