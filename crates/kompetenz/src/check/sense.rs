//! Whether a definition makes sense as a whole: what can be reached, and what is known when a sentence is printed.

use super::*;

/// The items and measures that a condition looks at.
pub(super) fn nodes_of(condition: &Condition, nodes: &mut Vec<Node>) {
    match &condition.test {
        Test::All(list) | Test::Any(list) => list.iter().for_each(|inner| nodes_of(inner, nodes)),
        Test::Not(inner) => nodes_of(inner, nodes),
        Test::Score(node, _) | Test::Gap(node) => nodes.push(*node),
        Test::Level(measure, ..) | Test::Insufficient(measure) => nodes.push(Node::Measure(*measure)),
        Test::Rank(node, ranking, _) => nodes.extend([*node, Node::Measure(*ranking)]),
        Test::FactNumber(..)
        | Test::FactDate(..)
        | Test::FactFlag(..)
        | Test::FactChoice(..)
        | Test::Known(..)
        | Test::Age(..)
        | Test::Verdict(..)
        | Test::More(..)
        | Test::Taken(..) => {}
    }
}

/// What certainly has a result whenever the condition holds.
///
/// Tests of scores and levels can be answered, with yes or with no, only when there is a result.
pub(super) fn known_if_holds(condition: &Condition) -> HashSet<Node> {
    known(condition, true)
}

fn known(condition: &Condition, holds: bool) -> HashSet<Node> {
    match (&condition.test, holds) {
        (Test::Score(node, _) | Test::Gap(node), _) => HashSet::from([*node]),
        (Test::Rank(node, ranking, _), _) => HashSet::from([*node, Node::Measure(*ranking)]),
        (Test::Level(measure, ..), _) => HashSet::from([Node::Measure(*measure)]),
        (Test::Not(inner), _) => known(inner, !holds),
        // All hold, or none of any holds: everything that one of them needs is known.
        (Test::All(list), true) | (Test::Any(list), false) => {
            list.iter().flat_map(|inner| known(inner, holds)).collect()
        }
        // At least one of them decided it, but which one is open: only what each of them needs is known.
        (Test::Any(list), true) | (Test::All(list), false) => list
            .iter()
            .map(|inner| known(inner, holds))
            .reduce(|a, b| a.intersection(&b).copied().collect())
            .unwrap_or_default(),
        _ => HashSet::new(),
    }
}

/// The lowest and the highest value that something can have.
type Range = (Exact, Exact);

impl Checker<'_> {
    /// Levels that no value can reach, values that have no level or no row, and tests that can never hold.
    pub(super) fn sense(&mut self, files: &[(Scope, raw::Definition)], assessment: &mut Assessment) {
        let ranges = ranges(assessment);
        assessment.ranges.clone_from(&ranges);
        let assessment = &*assessment;
        let raw_measures =
            files.iter().flat_map(|(scope, file)| file.measure.iter().map(move |measure| (scope, measure)));
        let mut told = HashSet::new();
        for ((ix, measure), (_, raw)) in assessment.measures.iter().zip(raw_measures) {
            let Some((lowest, highest)) = &ranges[ix.position()] else { continue };
            if let Some(bound) = &raw.at_least {
                let parts: Vec<Range> = measure
                    .rule
                    .parts()
                    .into_iter()
                    .zip(measure.rule.readings())
                    .filter_map(|(part, reading)| reading.range(range_of(assessment, part, &ranges)))
                    .collect();
                if let Some(most) = parts.iter().map(|(_, highest)| highest).max()
                    && bound.value > *most
                {
                    let most = most.to_plain();
                    self.error(
                        Code::NeverHolds,
                        bound.place,
                        words!(
                            "no part can reach this: the highest value is {most}",
                            "das kann kein Teil erreichen: der höchste Wert ist {most}"
                        ),
                    );
                }
            }
            if let Rule::Norm(part, norm) = &measure.rule {
                self.normed(assessment, raw, *part, &assessment.norms[*norm], &ranges);
            }
            let Some(ladder_ix) = measure.ladder else { continue };
            let ladder = &assessment.ladders[ladder_ix];
            let own = match raw.levels.as_deref() {
                Some(raw::Levels::Own(levels)) => Some(levels),
                _ => None,
            };
            let at = |level: usize| {
                let cut =
                    own.and_then(|levels| levels[level].at_least.as_ref().or(levels[level].above.as_ref()));
                cut.map_or_else(
                    || raw.levels.as_ref().map_or(raw.place, |levels| levels.place),
                    |cut| cut.place,
                )
            };
            for (position, level) in ladder.levels.iter().enumerate() {
                let Some(cut) = level.bound.cut() else { continue };
                let (id, cut_text) = (&level.id, cut.to_plain());
                if position == 0 && !level.bound.reached(lowest) {
                    let only = lowest == cut;
                    let lowest = lowest.to_plain();
                    self.report(
                        Diagnostic::error(
                            Code::InvalidLevels,
                            at(position),
                            // Above its lowest value, a ladder leaves out that value alone.
                            if only {
                                words!("the value {lowest} has no level", "der Wert {lowest} hat keine Stufe")
                            } else {
                                words!(
                                    "values from {lowest} to {cut_text} have no level",
                                    "Werte von {lowest} bis {cut_text} haben keine Stufe"
                                )
                            },
                        )
                        .help(words!(
                            "give the lowest level `at-least = {lowest}`",
                            "der untersten Stufe `at-least = {lowest}` geben"
                        )),
                    );
                }
                // Of a shared ladder, a measure may reach a part only; but somebody must reach each level.
                let shared = own.is_none();
                if !(level.bound.reached(highest)
                    || shared && reached(assessment, &ranges, ladder_ix, position))
                {
                    let highest = highest.to_plain();
                    if shared && !told.insert((ladder_ix, position)) {
                        continue;
                    }
                    let (from_en, from_de) = match level.bound {
                        Bound::Above(_) => ("above", "über"),
                        _ => ("at", "bei"),
                    };
                    self.error(
                        Code::UnreachableLevel,
                        at(position),
                        words!(
                            "no result reaches the level `{id}`: it begins {from_en} {cut_text}, the highest value is {highest}",
                            "kein Ergebnis erreicht die Stufe `{id}`: sie beginnt {from_de} {cut_text}, der höchste Wert ist {highest}"
                        ),
                    );
                }
            }
        }
        let raw_jobs = files.iter().flat_map(|(_, file)| &file.job);
        for ((_, job), raw) in assessment.jobs.iter().zip(raw_jobs) {
            for (requirement, raw) in job.requires.iter().zip(&raw.requires) {
                let most = ranges[requirement.of.position()].as_ref().map(|(_, highest)| highest);
                if let (Asks::Value(asked), Some(most)) = (&requirement.asks, most)
                    && asked > most
                {
                    let most = most.to_plain();
                    self.error(
                        Code::NeverHolds,
                        raw.at_least.as_ref().map_or(raw.place, |asked| asked.place),
                        words!(
                            "nobody can reach this: the highest value is {most}",
                            "das kann niemand erreichen: der höchste Wert ist {most}"
                        ),
                    );
                }
            }
        }
        self.impossible(assessment, &ranges);
        self.selfless(assessment);
    }

    /// Rows of a norm table that begin above the lowest raw value: whoever has less would have no result.
    fn normed(
        &mut self,
        assessment: &Assessment,
        raw: &raw::Measure,
        part: Node,
        norm: &Norm,
        ranges: &[Option<Range>],
    ) {
        let Some((lowest, _)) = range_of(assessment, part, ranges) else { return };
        for group in &norm.groups {
            let NormReading::Rows(rows) = &group.reads else { continue };
            if let Some((first, _)) = rows.first()
                && *first > lowest
            {
                let (lowest, first, place) = (lowest.to_plain(), first.to_plain(), &group.place);
                self.error(
                    Code::InvalidNorm,
                    raw.norm.as_ref().map_or(raw.id.place, |norm| norm.place),
                    words!(
                        "values from {lowest} to {first} have no row in the group at {place}",
                        "Werte von {lowest} bis {first} haben keine Zeile in der Gruppe bei {place}"
                    ),
                );
                return;
            }
        }
    }

    /// Gaps of what never has a self-assessment.
    fn selfless(&mut self, assessment: &Assessment) {
        let mut has_own = vec![false; assessment.measures.len()];
        let of = |has_own: &[bool], node: &Node| match node {
            Node::Item(_) => true,
            Node::Measure(measure) => has_own[measure.position()],
        };
        for &ix in &assessment.order {
            let rule = &assessment.measures[ix].rule;
            has_own[ix.position()] = match rule {
                Rule::Fold(fold, parts) => {
                    let total = matches!(
                        fold,
                        Fold::Sum | Fold::Linear(_) | Fold::Count(_) | Fold::Spread | Fold::NthHighest(_)
                    );
                    !(parts.over.is_some() && total) && rule.parts().iter().any(|part| of(&has_own, part))
                }
                Rule::First(_) | Rule::Table(..) => rule.parts().iter().any(|part| of(&has_own, part)),
                _ => false,
            };
        }
        for (place, node) in std::mem::take(&mut self.gap_tests) {
            if !of(&has_own, &node) {
                let path = assessment.path(node);
                self.error(
                    Code::NeverHolds,
                    place,
                    words!(
                        "this can never hold: a rule like that of `{path}` gives no self-assessment",
                        "das kann nie zutreffen: eine Regel wie die von `{path}` ergibt keine Selbsteinschätzung"
                    ),
                );
            }
        }
    }

    /// Tests of scores that nothing can pass.
    fn impossible(&mut self, assessment: &Assessment, ranges: &[Option<Range>]) {
        for (place, node, bounds) in std::mem::take(&mut self.score_tests) {
            let Some((lowest, highest)) = range_of(assessment, node, ranges) else { continue };
            let too_high = bounds.at_least.as_ref().is_some_and(|bound| *bound > highest)
                || bounds.above.as_ref().is_some_and(|bound| *bound >= highest);
            let too_low = bounds.at_most.as_ref().is_some_and(|bound| *bound < lowest)
                || bounds.below.as_ref().is_some_and(|bound| *bound <= lowest);
            if too_high || too_low {
                let path = assessment.path(node);
                let (lowest, highest) = (lowest.to_plain(), highest.to_plain());
                self.error(
                    Code::NeverHolds,
                    place,
                    words!(
                        "this can never hold: `{path}` goes from {lowest} to {highest}",
                        "das kann nie zutreffen: `{path}` geht von {lowest} bis {highest}"
                    ),
                );
            }
        }
    }
}

/// Whether any measure reaches a level of a shared ladder.
fn reached(assessment: &Assessment, ranges: &[Option<Range>], ladder: Ix<Ladder>, position: usize) -> bool {
    let bound = &assessment.ladders[ladder].levels[position].bound;
    assessment.measures.iter().zip(ranges).any(|((_, measure), range)| {
        let reaches = |(_, highest): &Range| bound.reached(highest);
        measure.ladder == Some(ladder) && range.as_ref().is_none_or(reaches)
    })
}

/// The lowest and highest value of an item or measure.
fn range_of(assessment: &Assessment, node: Node, ranges: &[Option<Range>]) -> Option<Range> {
    match node {
        Node::Item(item) => {
            let item = &assessment.items[item];
            item.reading.range(assessment.scales[item.scale].bounds())
        }
        Node::Measure(measure) => ranges[measure.position()].clone(),
    }
}

/// The lowest and highest value of each measure, over all observations that can be made.
fn ranges(assessment: &Assessment) -> Vec<Option<Range>> {
    let mut ranges: Vec<Option<Range>> = vec![None; assessment.measures.len()];
    for &ix in &assessment.order {
        let measure = &assessment.measures[ix];
        let range = range(assessment, &measure.rule, &ranges);
        ranges[ix.position()] = match measure.round_first {
            Some(rounding) => {
                let round = |value: Exact| value.rounded(rounding.places, rounding.half);
                range.map(|(lowest, highest)| (round(lowest), round(highest)))
            }
            None => range,
        };
    }
    ranges
}

fn range(assessment: &Assessment, rule: &Rule, ranges: &[Option<Range>]) -> Option<Range> {
    let of = |node: Node| range_of(assessment, node, ranges);
    let whole = |count: usize| Exact::from(i64::try_from(count).unwrap_or(i64::MAX));
    let hull = |parts: Vec<Range>| {
        let lowest = parts.iter().map(|(lowest, _)| lowest).min()?.clone();
        Some((lowest, parts.iter().map(|(_, highest)| highest).max()?.clone()))
    };
    let rows = |rows: &[(Exact, Exact)]| {
        let is = || rows.iter().map(|(_, is)| is);
        is().min().cloned().zip(is().max().cloned())
    };
    match rule {
        Rule::Fold(fold, parts) => {
            let read = parts.list.iter().map(|part| part.reading.range(of(part.node)));
            let mut own: Vec<Range> = read.collect::<Option<_>>()?;
            if parts.missing == raw::Missing::Zero {
                for (lowest, highest) in &mut own {
                    *lowest = std::mem::replace(lowest, Exact::ZERO).min(Exact::ZERO);
                    *highest = std::mem::replace(highest, Exact::ZERO).max(Exact::ZERO);
                }
            }
            let values = if parts.over.is_some() { crate::record::MAX_OCCASIONS } else { own.len() };
            Some(match fold {
                // A mean lies between the lowest and the highest part, and may be one part alone.
                Fold::Mean | Fold::LowerMedian | Fold::UpperMedian | Fold::Lowest | Fold::Highest => {
                    hull(own)?
                }
                Fold::NthHighest(_) => hull(own)?,
                Fold::Sum | Fold::Linear(_) => {
                    let plus = if let Fold::Linear(plus) = fold { plus.clone() } else { Exact::ZERO };
                    let (lowest, highest) = total(parts, own, values);
                    (&lowest + &plus, &highest + &plus)
                }
                Fold::Count(_) => (Exact::ZERO, whole(values)),
                Fold::Share(_) => (Exact::ZERO, Exact::ONE),
                Fold::Percent(tops) => {
                    let hundred = Exact::from(100);
                    let percent = |((lowest, _), top): (&Range, &Exact)| &(lowest * &hundred) / top;
                    (own.iter().zip(tops).map(percent).min()?, hundred.clone())
                }
                Fold::Spread => {
                    let (lowest, highest) = hull(own)?;
                    (Exact::ZERO, &highest - &lowest)
                }
            })
        }
        Rule::Gain(item, _) => {
            let (lowest, highest) = of(Node::Item(*item))?;
            let most = &highest - &lowest;
            Some((-most.clone(), most))
        }
        Rule::Mastery(mastery) => Some((Exact::ZERO, whole(mastery.rungs.len()))),
        Rule::Rank(ranking) => {
            let own = ranking.parts.list.iter().map(|part| of(part.node)).collect::<Option<Vec<_>>>()?;
            let (lowest, highest) = hull(own)?;
            Some((Exact::ZERO, &highest - &lowest))
        }
        Rule::First(parts) => hull(parts.iter().map(|part| of(*part)).collect::<Option<_>>()?),
        Rule::Table(_, table) => rows(table),
        Rule::Norm(part, norm) => {
            let (lowest, highest) = of(*part)?;
            let norm = &assessment.norms[*norm];
            let group = |group: &NormGroup| match &group.reads {
                NormReading::Rows(table) => rows(table),
                NormReading::Standard { mean, sd } => {
                    let read = |raw: &Exact| crate::score::standard(norm.gives, &(&(raw - mean) / sd));
                    Some((read(&lowest), read(&highest)))
                }
            };
            hull(norm.groups.iter().map(group).collect::<Option<_>>()?)
        }
        Rule::Condition(_) => None,
    }
}

/// The lowest and highest total of parts.
fn total(parts: &Parts, own: Vec<Range>, values: usize) -> Range {
    let many = Exact::from(i64::try_from(values).unwrap_or(i64::MAX));
    let weighed = |(part, (lowest, highest)): (&Part, Range)| {
        let (a, b) = (&part.weight * &lowest, &part.weight * &highest);
        if a <= b { (a, b) } else { (b, a) }
    };
    if parts.over.is_some() {
        let weighed = parts.list.iter().zip(own).next().map(weighed);
        let (lowest, highest) = weighed.unwrap_or((Exact::ZERO, Exact::ZERO));
        let (least, most) = (&lowest * &many, &highest * &many);
        return (lowest.min(least), highest.max(most));
    }
    let weights: Exact = parts.list.iter().map(|part| &part.weight).sum();
    if parts.missing == raw::Missing::Prorate {
        // Raised in proportion, a total is a mean times all weights.
        let lowest = own.iter().map(|(lowest, _)| lowest).min().map(|lowest| lowest * &weights);
        let highest = own.iter().map(|(_, highest)| highest).max().map(|highest| highest * &weights);
        return (lowest.unwrap_or(Exact::ZERO), highest.unwrap_or(Exact::ZERO));
    }
    parts
        .list
        .iter()
        .zip(own)
        .map(weighed)
        .fold((Exact::ZERO, Exact::ZERO), |(low, high), (a, b)| (&low + &a, &high + &b))
}
