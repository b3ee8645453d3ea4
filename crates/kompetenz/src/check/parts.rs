//! How a measure is computed: its rule, its parts, and how much of them must have been seen.

use super::*;

/// Where a key stands, if it is there.
fn at<T>(key: Option<&At<T>>) -> Option<Place> {
    key.map(|key| key.place)
}

impl Checker<'_> {
    pub(super) fn rule(&mut self, scope: &str, measure: &raw::Measure, cx: &Levels<'_>) -> Option<Rule> {
        let rule = measure.rule.value;
        self.misplaced_keys(measure);
        if rule == raw::Rule::Mastery {
            return self.mastery(scope, measure).map(Rule::Mastery);
        }
        let nodes: Vec<Option<Node>> = measure.of.iter().map(|part| self.node(scope, &part.id)).collect();
        if measure.of.is_empty() {
            self.missing_key(measure.id.place, "of");
            return None;
        }
        let mut seen = HashSet::new();
        for (ix, node) in nodes.iter().enumerate() {
            if node.is_some_and(|node| !seen.insert(node)) {
                let place = measure.of[ix].place;
                let message = words!("this part is named twice", "dieser Teil ist doppelt genannt");
                self.error(Code::DuplicateId, place, message);
                return None;
            }
        }
        for (part, node) in measure.of.iter().zip(&nodes) {
            if let Some(Node::Measure(ix)) = node
                && rule != raw::Rule::Condition
                && cx.is_condition(*ix)
            {
                let written = &part.id.value;
                let message = words!(
                    "`{written}` has levels, but no score",
                    "`{written}` hat Stufen, aber keinen Wert"
                );
                self.error(Code::WrongKind, part.id.place, message);
                return None;
            }
        }
        let nodes = all(nodes)?;
        let list = self.parts(measure, &nodes)?;
        let single = |checker: &mut Self| match nodes.as_slice() {
            [one] => Some(*one),
            _ => {
                let word = rule.word();
                checker.error(
                    Code::InvalidMeasure,
                    measure.rule.place,
                    words!(
                        "the rule `{word}` reads exactly one part",
                        "die Regel `{word}` liest genau einen Teil"
                    ),
                );
                None
            }
        };
        Some(match rule {
            raw::Rule::First => Rule::First(nodes),
            raw::Rule::Condition => Rule::Condition(nodes),
            raw::Rule::Table => {
                let part = single(self)?;
                let rows = self.rows(&measure.table, measure.rule.place, ("table", Code::InvalidLevels))?;
                Rule::Table(part, rows)
            }
            raw::Rule::Norm => {
                let part = single(self)?;
                let Some(norm) = &measure.norm else {
                    self.missing_key(measure.rule.place, "norm");
                    return None;
                };
                match self.resolve(scope, norm)? {
                    Name::Norm(norm) => Rule::Norm(part, norm),
                    other => {
                        self.wrong_kind(norm, &words!("a norm table", "eine Normtabelle"), other);
                        return None;
                    }
                }
            }
            raw::Rule::Gain => {
                let Node::Item(item) = single(self)? else {
                    self.error(
                        Code::InvalidMeasure,
                        measure.of[0].place,
                        words!(
                            "the rule `gain` reads an item, not a measure",
                            "die Regel `gain` liest ein Merkmal, keinen Messwert"
                        ),
                    );
                    return None;
                };
                Rule::Gain(item, self.combine_of(scope, measure))
            }
            raw::Rule::Rank => {
                let parts = self.covered(scope, measure, list)?;
                Rule::Rank(self.ranking(measure, parts)?)
            }
            fold => {
                let fold = self.fold(measure, fold, &list)?;
                Rule::Fold(fold, self.covered(scope, measure, list)?)
            }
        })
    }

    fn missing_key(&mut self, place: Place, key: &str) {
        self.error(
            Code::MissingKey,
            place,
            words!("`{key}` is missing or empty", "`{key}` fehlt oder ist leer"),
        );
    }

    /// Keys that the rule does not read. They would look as if they meant something.
    fn misplaced_keys(&mut self, measure: &raw::Measure) {
        use raw::Rule as R;
        let rule = measure.rule.value;
        let fold =
            !matches!(rule, R::Gain | R::Mastery | R::Rank | R::First | R::Table | R::Norm | R::Condition);
        let per_observer = measure.per_observer.as_ref().is_some_and(|flag| flag.value);
        let reaches = matches!(rule, R::Count | R::Share | R::Mastery);
        let keys = [
            ("of", at(measure.of.first()), rule != R::Mastery),
            ("coverage", at(measure.coverage.as_ref()), fold || rule == R::Rank),
            ("missing", at(measure.missing.as_ref()), fold),
            ("over", at(measure.over.as_ref()), fold && !per_observer && rule != R::Linear),
            ("per-observer", at(measure.per_observer.as_ref()), fold),
            ("combine", at(measure.combine.as_ref()), rule == R::Gain || per_observer),
            ("at-least", at(measure.at_least.as_ref()), reaches),
            ("nth", at(measure.nth.as_ref()), rule == R::NthHighest),
            ("plus", at(measure.plus.as_ref()), rule == R::Linear),
            ("rungs", at(measure.rungs.first()), rule == R::Mastery),
            ("counts", at(measure.counts.as_ref()), rule == R::Mastery),
            ("stop-after", at(measure.stop_after.as_ref()), rule == R::Mastery),
            ("ties", at(measure.ties.as_ref()), rule == R::Rank),
            ("spread-to", at(measure.spread_to.as_ref()), rule == R::Rank),
            ("top", at(measure.top.as_ref()), rule == R::Rank),
            ("table", at(measure.table.first()), rule == R::Table),
            ("norm", at(measure.norm.as_ref()), rule == R::Norm),
            ("shown", at(measure.shown.as_ref()), rule != R::Condition),
            ("round-first", at(measure.round_first.as_ref()), rule != R::Condition),
        ];
        let word = rule.word();
        for (key, place, used) in keys {
            if let (Some(place), false) = (place, used) {
                self.error(
                    Code::Misplaced,
                    place,
                    words!(
                        "`{key}` means nothing to the rule `{word}` here",
                        "`{key}` bedeutet für die Regel `{word}` hier nichts"
                    ),
                );
            }
        }
    }

    /// The parts with their weights and readings.
    fn parts(&mut self, measure: &raw::Measure, nodes: &[Node]) -> Option<Vec<Part>> {
        use raw::Rule as R;
        let rule = measure.rule.value;
        let own_reading =
            !matches!(rule, R::Gain | R::Mastery | R::Rank | R::First | R::Table | R::Norm | R::Condition);
        let mut parts = Vec::new();
        for (part, &node) in measure.of.iter().zip(nodes) {
            let weight = self.weight(rule, part);
            let must = part.must.as_ref().is_some_and(|flag| flag.value);
            let extra = [
                part.reverse.as_ref().map(|flag| flag.place),
                part.key.as_ref().map(|key| key.place),
                part.scores.as_ref().map(|scores| scores.place),
                part.must.as_ref().map(|flag| flag.place).filter(|_| rule != R::Rank),
            ];
            if let (false, Some(place)) = (own_reading, extra.into_iter().flatten().next()) {
                let word = rule.word();
                self.error(
                    Code::Misplaced,
                    place,
                    words!(
                        "the rule `{word}` reads its parts as they are, without `reverse`, `must`, `key` or `scores`",
                        "die Regel `{word}` liest ihre Teile, wie sie sind, ohne `reverse`, `must`, `key` oder `scores`"
                    ),
                );
                parts.push(None);
                continue;
            }
            let reading = self.part_reading(part, node);
            parts.push(weight.zip(reading).map(|(weight, reading)| Part { node, weight, must, reading }));
        }
        all(parts)
    }

    fn weight(&mut self, rule: raw::Rule, part: &At<raw::Part>) -> Option<Exact> {
        use raw::Rule as R;
        let positive = matches!(rule, R::WeightedMean | R::Percent);
        let any = matches!(rule, R::Sum | R::Linear);
        match &part.weight {
            Some(weight) if (positive && weight.value > Exact::ZERO) || (any && !weight.value.is_zero()) => {
                Some(weight.value.clone())
            }
            None if rule != R::WeightedMean => Some(Exact::ONE),
            Some(weight) => {
                let message = if positive {
                    words!("a weight must be greater than 0", "ein Gewicht muss größer als 0 sein")
                } else if any {
                    words!("a weight of 0 counts nothing", "ein Gewicht von 0 zählt nichts")
                } else {
                    let word = rule.word();
                    words!("the rule `{word}` uses no weights", "die Regel `{word}` nutzt keine Gewichte")
                };
                self.error(Code::InvalidWeight, weight.place, message);
                None
            }
            None => {
                self.report(
                    Diagnostic::error(
                        Code::InvalidWeight,
                        part.place,
                        words!("the weight is missing", "das Gewicht fehlt"),
                    )
                    .help(words!(
                        "write `{{ id = \"…\", weight = … }}`",
                        "`{{ id = \"…\", weight = … }}` schreiben"
                    )),
                );
                None
            }
        }
    }

    /// What the value of a part is worth in this measure.
    fn part_reading(&mut self, part: &At<raw::Part>, node: Node) -> Option<Reading> {
        let reverse = part.reverse.as_ref().filter(|flag| flag.value);
        let keying = part.key.as_ref().map(|key| key.place).or(part.scores.as_ref().map(|s| s.place));
        let Node::Item(item) = node else {
            let Some(place) = reverse.map(|flag| flag.place).or(keying) else { return Some(Reading::Plain) };
            let written = &part.id.value;
            self.error(
                Code::Misplaced,
                place,
                words!(
                    "`{written}` is a measure; only items can have `reverse`, `key` or `scores`",
                    "`{written}` ist ein Messwert; nur Merkmale können `reverse`, `key` oder `scores` haben"
                ),
            );
            return None;
        };
        // A mistaken item is reported where it is defined.
        let info = self.item_info.get(item.position())?.as_ref()?;
        let (bounds, choices, nominal) = (info.bounds.clone(), Rc::clone(&info.choices), info.nominal);
        if let Some(flag) = reverse {
            if keying.is_some() {
                let message = words!(
                    "either `reverse`, or `key` or `scores`",
                    "entweder `reverse`, oder `key` oder `scores`"
                );
                self.error(Code::InvalidItem, flag.place, message);
                return None;
            }
            return self.reversed(bounds, flag.place);
        }
        if let (Some(place), false, false) = (keying, nominal, choices.is_empty()) {
            let message = words!(
                "the item itself says already what its choices are worth",
                "was seine Auswahlen wert sind, sagt schon das Merkmal selbst"
            );
            self.error(Code::InvalidItem, place, message);
            return None;
        }
        if let Some(points) = self.keyed(part.key.as_ref(), part.scores.as_ref(), &choices)? {
            return Some(Reading::Options(points));
        }
        if nominal {
            let written = &part.id.value;
            self.report(
                Diagnostic::error(
                    Code::InvalidItem,
                    part.id.place,
                    words!(
                        "nothing says what the choices of `{written}` are worth",
                        "nichts sagt, was die Auswahlen von `{written}` wert sind"
                    ),
                )
                .help(words!(
                    "give the item or this part `key = \"…\"` or `scores = {{ … }}`",
                    "dem Merkmal oder diesem Teil `key = \"…\"` oder `scores = {{ … }}` geben"
                )),
            );
            return None;
        }
        Some(Reading::Plain)
    }

    /// The lowest and highest value of an item, as a part reads it.
    pub(super) fn part_bounds(&self, part: &Part) -> Option<(Exact, Exact)> {
        let Node::Item(item) = part.node else { return None };
        part.reading.range(self.item_info.get(item.position())?.as_ref()?.bounds.clone())
    }

    fn fold(&mut self, measure: &raw::Measure, rule: raw::Rule, list: &[Part]) -> Option<Fold> {
        use raw::Rule as R;
        let reached = |checker: &mut Self| {
            if measure.at_least.is_none() {
                checker.missing_key(measure.rule.place, "at-least");
            }
            measure.at_least.as_ref().map(|bound| bound.value.clone())
        };
        Some(match rule {
            R::LowerMedian => Fold::LowerMedian,
            R::UpperMedian => Fold::UpperMedian,
            R::Lowest => Fold::Lowest,
            R::Highest => Fold::Highest,
            R::Sum => Fold::Sum,
            R::Spread => Fold::Spread,
            R::Linear => Fold::Linear(measure.plus.as_ref().map_or(Exact::ZERO, |plus| plus.value.clone())),
            R::Count => Fold::Count(reached(self)?),
            R::Share => Fold::Share(reached(self)?),
            R::NthHighest => {
                let Some(nth) = &measure.nth else {
                    self.missing_key(measure.rule.place, "nth");
                    return None;
                };
                Fold::NthHighest(usize::try_from(nth.value).unwrap_or(usize::MAX))
            }
            R::Percent => {
                let mut highest = Vec::new();
                for (part, raw) in list.iter().zip(&measure.of) {
                    // Only of an item is it known for certain what the most is.
                    match self.part_bounds(part).map(|(_, highest)| highest) {
                        Some(top) if top > Exact::ZERO => highest.push(Some(top)),
                        _ => {
                            self.error(
                                Code::InvalidMeasure,
                                raw.place,
                                words!(
                                    "a percentage needs items with a highest value above 0; for a measure none is certain",
                                    "ein Prozentwert braucht Merkmale mit einem höchsten Wert über 0; bei einem Messwert ist keiner gewiss"
                                ),
                            );
                            highest.push(None);
                        }
                    }
                }
                Fold::Percent(all(highest)?)
            }
            _ => Fold::Mean,
        })
    }

    /// How observers come together in this measure.
    fn combine_of(&self, scope: &str, measure: &raw::Measure) -> Combine {
        measure.combine.as_ref().map_or_else(
            || self.combines.get(scope).copied().unwrap_or(Combine::Mean),
            |combine| combine.value,
        )
    }

    fn covered(&mut self, scope: &str, measure: &raw::Measure, list: Vec<Part>) -> Option<Parts> {
        let per_observer = measure.per_observer.as_ref().filter(|flag| flag.value);
        let over = measure.over.as_ref();
        let items = list.iter().all(|part| matches!(part.node, Node::Item(_)));
        if let Some(flag) = per_observer
            && !items
        {
            self.error(
                Code::InvalidMeasure,
                flag.place,
                words!(
                    "with `per-observer`, a measure is computed from items alone",
                    "mit `per-observer` wird ein Messwert nur aus Merkmalen berechnet"
                ),
            );
            return None;
        }
        if let Some(over) = over
            && (!items || list.len() != 1)
        {
            let word = over.value.word();
            self.error(
                Code::InvalidMeasure,
                over.place,
                words!(
                    "with `over = \"{word}\"`, `of` names one item and nothing else",
                    "mit `over = \"{word}\"` nennt `of` ein Merkmal und sonst nichts"
                ),
            );
            return None;
        }
        let weighted = measure.of.iter().any(|part| part.weight.is_some());
        let missing = measure.missing.as_ref().map_or(raw::Missing::LeaveOut, |missing| missing.value);
        let needs = self.needs(measure, &list, weighted)?;
        self.missing_policy(measure, &list, &needs)?;
        let nth = match measure.rule.value {
            raw::Rule::NthHighest => measure.nth.as_ref(),
            raw::Rule::Rank => measure.spread_to.as_ref(),
            _ => None,
        };
        let most = if over.is_some() { crate::record::MAX_OCCASIONS } else { list.len() };
        if let Some(nth) = nth {
            let certain = needs.iter().filter(|need| need.unit == Unit::Parts).map(|need| &need.needed).max();
            let position = Exact::from(i64::from(nth.value));
            let enough = certain.is_some_and(|certain| *certain >= position) || missing == raw::Missing::Zero;
            let known = usize::try_from(nth.value).is_ok_and(|nth| (1..=most).contains(&nth));
            let count = nth.value;
            if !known {
                self.error(Code::InvalidMeasure, nth.place, from_one_to(most));
                return None;
            }
            if !enough {
                self.report(
                    Diagnostic::error(
                        Code::InvalidMeasure,
                        nth.place,
                        words!(
                            "it is not certain that {count} values are there",
                            "es ist nicht sicher, dass {count} Werte da sind"
                        ),
                    )
                    .help(words!(
                        "ask for as many: `coverage = {{ count = {count} }}`",
                        "so viele verlangen: `coverage = {{ count = {count} }}`"
                    )),
                );
                return None;
            }
        }
        Some(Parts {
            weight: list.iter().map(|part| &part.weight).sum(),
            proportions: Exact::proportions(&list.iter().map(|part| &part.weight).collect::<Vec<_>>()),
            weighted,
            needs,
            missing,
            over: over.map(|over| over.value),
            per_observer: per_observer.map(|_| self.combine_of(scope, measure)),
            list,
        })
    }

    /// How much must have been seen.
    fn needs(&mut self, measure: &raw::Measure, list: &[Part], weighted: bool) -> Option<Vec<Need>> {
        let count = Exact::from(i64::try_from(list.len()).unwrap_or(i64::MAX));
        let over = measure.over.is_some();
        let everything = || {
            let needed = if over { Exact::ONE } else { count.clone() };
            vec![Need { unit: Unit::Parts, needed }]
        };
        let Some(coverage) = &measure.coverage else { return Some(everything()) };
        if let Some(missing) = &measure.missing
            && missing.value == raw::Missing::Refuse
        {
            self.error(
                Code::InvalidCoverage,
                missing.place,
                words!(
                    "`missing = \"refuse\"` asks for all parts, and `coverage` for fewer",
                    "`missing = \"refuse\"` verlangt alle Teile, `coverage` weniger"
                ),
            );
            return None;
        }
        let number =
            |key: &Option<At<u32>>| key.as_ref().map(|key| (Exact::from(i64::from(key.value)), key.place));
        let exact = |key: &Option<At<Exact>>| key.as_ref().map(|key| (key.value.clone(), key.place));
        let many = Exact::from(i64::try_from(crate::record::MAX_OCCASIONS).unwrap_or(i64::MAX));
        let most = if over { many.clone() } else { count.clone() };
        let asked = [
            (Unit::Parts, number(&coverage.count), most),
            (Unit::Share, exact(&coverage.share), Exact::ONE),
            (Unit::Weight, exact(&coverage.weight), Exact::ONE),
            (Unit::Observers, number(&coverage.observers), many.clone()),
            (Unit::Situations, number(&coverage.situations), many.clone()),
            (Unit::Ratings, number(&coverage.ratings), many),
        ];
        let mut needs = Vec::new();
        let mut sound = true;
        let items = list.iter().any(|part| matches!(part.node, Node::Item(_)));
        let apart = measure.per_observer.as_ref().is_some_and(|flag| flag.value);
        for (unit, asked, most) in asked {
            let Some((needed, place)) = asked else { continue };
            let by_ratings = matches!(unit, Unit::Observers | Unit::Situations | Unit::Ratings);
            let message = if needed > most || needed <= Exact::ZERO {
                let most = most.to_plain();
                words!(
                    "the coverage must be more than 0 and at most {most}",
                    "die Abdeckung muss größer als 0 und höchstens {most} sein"
                )
            } else if unit == Unit::Weight && !weighted {
                words!(
                    "there are no weights here; use `count` or `share`",
                    "hier gibt es keine Gewichte; `count` oder `share` nehmen"
                )
            } else if unit == Unit::Weight && list.iter().any(|part| part.weight <= Exact::ZERO) {
                words!(
                    "with weights below 0 there is no share of the weights; use `count` or `share`",
                    "mit Gewichten unter 0 gibt es keinen Anteil der Gewichte; `count` oder `share` nehmen"
                )
            } else if apart && matches!(unit, Unit::Situations | Unit::Ratings) {
                words!(
                    "with `per-observer`, situations and ratings are not counted; use `count`, `share` or `observers`",
                    "mit `per-observer` werden Situationen und Bewertungen nicht gezählt; `count`, `share` oder `observers` nehmen"
                )
            } else if over && matches!(unit, Unit::Share | Unit::Weight) {
                words!(
                    "how many there could be is not known here; use `count`",
                    "wie viele es sein könnten, ist hier nicht bekannt; `count` nehmen"
                )
            } else if by_ratings && !items {
                words!(
                    "observers, situations and ratings are counted of items, and there are none here",
                    "beobachtende Personen, Situationen und Bewertungen werden bei Merkmalen gezählt; hier gibt es keine"
                )
            } else {
                needs.push(Need { unit, needed });
                continue;
            };
            sound = false;
            self.error(Code::InvalidCoverage, place, message);
        }
        if sound && needs.is_empty() {
            self.error(
                Code::InvalidCoverage,
                coverage.place,
                words!("this coverage asks for nothing", "diese Abdeckung verlangt nichts"),
            );
            return None;
        }
        // Who asks only for observers, situations or ratings still needs every part.
        let of_parts = |need: &Need| matches!(need.unit, Unit::Parts | Unit::Share | Unit::Weight);
        if !needs.iter().any(of_parts) {
            needs.splice(0..0, everything());
        }
        sound.then_some(needs)
    }

    /// A total over parts of which some may be missing must say what a gap means: unsaid, it would be a 0.
    fn missing_policy(&mut self, measure: &raw::Measure, list: &[Part], needs: &[Need]) -> Option<()> {
        use raw::{Missing as M, Rule as R};
        let rule = measure.rule.value;
        let count = Exact::from(i64::try_from(list.len()).unwrap_or(i64::MAX));
        let complete = needs.iter().any(|need| match need.unit {
            Unit::Parts => need.needed >= count,
            Unit::Share | Unit::Weight => need.needed >= Exact::ONE,
            _ => false,
        });
        let total = matches!(rule, R::Sum | R::Count | R::Linear) && measure.over.is_none();
        let said = measure.missing.as_ref();
        let place = said.map_or(measure.rule.place, |missing| missing.place);
        let word = rule.word();
        let message = match said.map(|missing| missing.value) {
            _ if measure.over.is_some() && said.is_some() => words!(
                "over situations, observers, trials or ratings nothing is missing",
                "über Situationen, Personen, Durchgänge oder Bewertungen fehlt nichts"
            ),
            None | Some(M::LeaveOut) if total && !complete => words!(
                "parts may be missing, so the rule `{word}` must say what a missing one means",
                "es dürfen Teile fehlen; also muss die Regel `{word}` sagen, was ein fehlender bedeutet"
            ),
            Some(M::Prorate) if !matches!(rule, R::Sum | R::Count) => words!(
                "only a `sum` or `count` can be raised in proportion",
                "nur eine `sum` oder `count` lässt sich anteilig hochrechnen"
            ),
            Some(M::Prorate) if list.iter().any(|part| part.weight <= Exact::ZERO) => words!(
                "with weights below 0 nothing can be raised in proportion",
                "mit Gewichten unter 0 lässt sich nichts anteilig hochrechnen"
            ),
            Some(M::Prorate | M::Zero) if complete => words!(
                "all parts are needed, so none can be missing; say with `coverage` how many may",
                "alle Teile sind nötig, also kann keiner fehlen; mit `coverage` sagen, wie viele dürfen"
            ),
            _ => return Some(()),
        };
        let help = match said.map(|missing| missing.value) {
            None | Some(M::LeaveOut) if rule == R::Linear => Some(words!(
                "say `missing = \"zero\"` (it counts 0); or leave out `coverage`",
                "`missing = \"zero\"` (er zählt 0) sagen; oder `coverage` weglassen"
            )),
            None | Some(M::LeaveOut) if measure.over.is_none() => Some(words!(
                "say `missing = \"zero\"` (it counts 0) or `missing = \"prorate\"` (the others are raised in proportion); or leave out `coverage`",
                "`missing = \"zero\"` (er zählt 0) oder `missing = \"prorate\"` (die anderen werden hochgerechnet) sagen; oder `coverage` weglassen"
            )),
            Some(M::Prorate) if measure.over.is_none() && !matches!(rule, R::Sum | R::Count | R::Linear) => {
                Some(words!(
                    "a rule such as `mean` keeps the proportions by itself: leave out `missing`",
                    "eine Regel wie `mean` wahrt die Verhältnisse von selbst: `missing` weglassen"
                ))
            }
            _ => None,
        };
        self.report(Diagnostic::error(Code::InvalidMissing, place, message).maybe_help(help));
        None
    }

    fn mastery(&mut self, scope: &str, measure: &raw::Measure) -> Option<Mastery> {
        if measure.rungs.is_empty() {
            self.missing_key(measure.rule.place, "rungs");
            return None;
        }
        let mut rungs = Vec::new();
        let mut named = HashSet::new();
        for rung in &measure.rungs {
            let mut of = Vec::new();
            for reference in &rung.of {
                let item = match self.resolve(scope, reference) {
                    Some(Name::Item(item)) => Some(item),
                    Some(other) => {
                        self.wrong_kind(reference, &words!("an item", "ein Merkmal"), other);
                        None
                    }
                    None => None,
                };
                if item.is_some_and(|item| !named.insert(item)) {
                    let message = words!("this part is named twice", "dieser Teil ist doppelt genannt");
                    self.error(Code::DuplicateId, reference.place, message);
                }
                let nominal = item.and_then(|item| self.item_info.get(item.position())?.as_ref());
                if nominal.is_some_and(|info| info.nominal) {
                    let message = words!(
                        "nothing says which choice of this item is right",
                        "nichts sagt, welche Auswahl dieses Merkmals richtig ist"
                    );
                    self.error(Code::InvalidItem, reference.place, message);
                }
                of.push(item);
            }
            let needs = rung.needs.value;
            if rung.of.is_empty() {
                self.missing_key(rung.place, "of");
            } else if needs == 0 || usize::try_from(needs).is_ok_and(|needs| needs > rung.of.len()) {
                let count = rung.of.len();
                self.error(Code::InvalidMeasure, rung.needs.place, from_one_to(count));
            }
            rungs.push(all(of).map(|of| Rung { of, needs }));
        }
        if let Some(stop) = &measure.stop_after
            && stop.value == 0
        {
            let message = words!("this must be 1 or more", "das muss 1 oder mehr sein");
            self.error(Code::InvalidMeasure, stop.place, message);
        }
        Some(Mastery {
            rungs: all(rungs)?,
            right: measure.at_least.as_ref().map_or(Exact::ONE, |bound| bound.value.clone()),
            stop_after: measure.stop_after.as_ref().map(|stop| stop.value),
            counts: measure.counts.as_ref().map_or(raw::Counts::InARow, |counts| counts.value),
        })
    }

    fn ranking(&mut self, measure: &raw::Measure, parts: Parts) -> Option<Ranking> {
        if measure.ties.is_none() {
            self.missing_key(measure.rule.place, "ties");
        }
        if measure.spread_to.is_none() {
            self.missing_key(measure.rule.place, "spread-to");
        }
        let spread_to = usize::try_from(measure.spread_to.as_ref()?.value).ok()?;
        let top = measure.top.as_ref().map_or(3, |top| top.value);
        if let (0, Some(at)) = (top, &measure.top) {
            let message = words!("this must be 1 or more", "das muss 1 oder mehr sein");
            self.error(Code::InvalidMeasure, at.place, message);
        }
        Some(Ranking { parts, ties: measure.ties.as_ref()?.value, spread_to, top })
    }

    /// Rows of a table, ascending.
    pub(super) fn rows(
        &mut self,
        rows: &[At<raw::Row>],
        place: Place,
        (key, code): (&str, Code),
    ) -> Option<Vec<(Exact, Exact)>> {
        if rows.is_empty() {
            self.missing_key(place, key);
            return None;
        }
        if let Some(ix) = (1..rows.len()).find(|&ix| rows[ix - 1].at_least.value >= rows[ix].at_least.value) {
            self.error(
                code,
                rows[ix].at_least.place,
                words!("the rows must ascend", "die Zeilen müssen aufsteigen"),
            );
            return None;
        }
        Some(rows.iter().map(|row| (row.at_least.value.clone(), row.is.value.clone())).collect())
    }
}
