//! Scales, facts, items, levels and measures.

use super::*;

impl Checker<'_> {
    pub(super) fn scale(&mut self, scope: &str, scale: &raw::Scale) -> Option<Scale> {
        let place = scale.id.place;
        let not_observed = scale.not_observed.as_ref().map(ToString::to_string);
        let values = match (&scale.range, scale.values.as_slice()) {
            (Some(range), []) => {
                let step = range.step.as_ref().map_or(Exact::ONE, |step| step.value.clone());
                let (from, to) = (range.from.value.clone(), range.to.value.clone());
                let whole = step > Exact::ZERO && (&(&to - &from) / &step).to_whole().is_some();
                if from >= to || !whole {
                    self.error(
                        Code::InvalidScale,
                        range.place,
                        words!(
                            "the range does not lead upwards from `from` to `to` in whole steps",
                            "der Bereich führt nicht in ganzen Schritten aufwärts von `from` nach `to`"
                        ),
                    );
                    return None;
                }
                ScaleValues::Range(from, to, step)
            }
            (None, [_, _, ..]) => {
                let mut list: Vec<(Exact, Option<String>)> = Vec::new();
                let mut sound = true;
                for value in &scale.values {
                    let number = value.number.value.clone();
                    if list.last().is_some_and(|(last, _)| *last >= number) && sound {
                        sound = false;
                        let message = words!("the values must ascend", "die Werte müssen aufsteigen");
                        self.report(Diagnostic::error(Code::InvalidScale, value.place, message).help(
                            words!("write the lowest value first", "den niedrigsten Wert zuerst schreiben"),
                        ));
                    }
                    let code = value.code.as_ref().map(ToString::to_string);
                    if let (Some(code), Some(at)) = (&code, &value.code) {
                        let same = |other: &String| other.eq_ignore_ascii_case(code);
                        let taken = list.iter().filter_map(|(_, other)| other.as_ref()).any(same)
                            || not_observed.as_ref().is_some_and(same);
                        if taken || code.trim() != code || code.is_empty() || Exact::parse(code).is_ok() {
                            sound = false;
                            self.error(
                                Code::InvalidScale,
                                at.place,
                                words!(
                                    "a code must differ from all other codes and from numbers",
                                    "ein Code muss sich von allen anderen Codes und von Zahlen unterscheiden"
                                ),
                            );
                        }
                    }
                    list.push((number, code));
                }
                if !sound {
                    return None;
                }
                ScaleValues::List(list)
            }
            _ => {
                self.report(
                    Diagnostic::error(
                        Code::InvalidScale,
                        place,
                        words!("a scale has either two or more `values`, or a `range`", "eine Skala hat entweder mindestens zwei `values` oder einen `range`"),
                    )
                    .help(words!(
                        "for instance `values = [0, 1, 2, 3, 4]` or `range = {{ from = 0, to = 100, step = 0.5 }}`",
                        "zum Beispiel `values = [0, 1, 2, 3, 4]` oder `range = {{ from = 0, to = 100, step = 0.5 }}`"
                    )),
                );
                return None;
            }
        };
        if let Some(code) = &scale.not_observed
            && (code.trim() != code.as_str() || code.is_empty() || Exact::parse(code).is_ok())
        {
            self.error(
                Code::InvalidScale,
                code.place,
                words!(
                    "the code for \"not observed\" must not be a number",
                    "der Code für „nicht beobachtet“ darf keine Zahl sein"
                ),
            );
            return None;
        }
        Some(Scale { path: join(scope, scale.id.as_str()), values, not_observed })
    }

    pub(super) fn fact(&mut self, scope: &str, fact: &raw::Fact) -> Fact {
        let path = join(scope, fact.id.as_str());
        if (fact.kind.value == FactKind::Choice) == fact.options.is_empty() {
            self.error(
                Code::Misplaced,
                fact.id.place,
                words!(
                    "`options` belong to facts of the kind `choice`, and only to those",
                    "`options` gehören zu Angaben der Art `choice`, und nur zu diesen"
                ),
            );
        }
        let options: Vec<String> = fact.options.iter().map(ToString::to_string).collect();
        self.fact_kinds.push((fact.kind.value, options.clone()));
        Fact {
            title: self.text(scope, format!("{path}.title"), &fact.title),
            path,
            kind: fact.kind.value,
            options,
        }
    }

    pub(super) fn item(
        &mut self,
        scope: &str,
        item: &At<raw::Item>,
        files: &[(Scope, raw::Definition)],
    ) -> Option<Item> {
        let path = join(scope, item.id.as_str());
        let title = self.text(scope, format!("{path}.title"), &item.title);
        let scale = match self.resolve(scope, &item.scale)? {
            Name::Scale(scale) => scale,
            other => {
                self.wrong_kind(&item.scale, &words!("a scale", "eine Skala"), other);
                return None;
            }
        };
        Some(Item { path, module: module_of(files, scope), title, scale, place: self.show(item.place) })
    }

    pub(super) fn levels(
        &mut self,
        scope: &str,
        path: &str,
        title: Ix<Text>,
        levels: &[At<raw::Level>],
        place: Place,
    ) -> Option<Ladder> {
        let none = Levels { ladder_of: &[], ids: &HashMap::new(), condition: &[] };
        self.own_levels(scope, path, title, levels, place, &none)
    }

    pub(super) fn own_levels(
        &mut self,
        scope: &str,
        path: &str,
        title: Ix<Text>,
        levels: &[At<raw::Level>],
        place: Place,
        cx: &Levels<'_>,
    ) -> Option<Ladder> {
        if levels.is_empty() {
            self.error(Code::InvalidLevels, place, words!("there are no levels", "es gibt keine Stufen"));
            return None;
        }
        let by_condition = levels.iter().any(|level| level.when.is_some());
        let mut sound = true;
        let mut built: Vec<Level> = Vec::new();
        let mut bars_missing = false;
        for (position, level) in levels.iter().enumerate() {
            if built.iter().any(|other| other.id == level.id.as_str()) {
                let id = &level.id.value;
                self.error(
                    Code::DuplicateId,
                    level.id.place,
                    words!("the level `{id}` is given twice", "die Stufe `{id}` ist doppelt vergeben"),
                );
                sound = false;
            }
            // The meaning of the level `x` is translated under `x-text`.
            let text_of = levels.iter().find(|other| {
                other.text.is_some() && level.id.as_str().strip_suffix("-text") == Some(other.id.as_str())
            });
            if let Some(other) = text_of {
                let (id, other) = (&level.id.value, &other.id.value);
                self.error(
                    Code::DuplicateId,
                    level.id.place,
                    words!(
                        "in translations `{id}` is the text of the level `{other}`",
                        "in Übersetzungen ist `{id}` der Text der Stufe `{other}`"
                    ),
                );
                sound = false;
            }
            let bound = match (&level.at_least, &level.when) {
                (Some(cut), None) if !by_condition => {
                    if let Some(Level { bound: Bound::AtLeast(before), .. }) = built.last()
                        && *before >= cut.value
                    {
                        self.error(
                            Code::InvalidLevels,
                            cut.place,
                            words!("the cuts must ascend", "die Grenzen müssen aufsteigen"),
                        );
                        sound = false;
                    }
                    Some(Bound::AtLeast(cut.value.clone()))
                }
                (None, Some(when)) if position > 0 => self.ageless(scope, when, cx).map(Bound::When),
                (None, None) if by_condition && position == 0 => Some(Bound::Base),
                _ => {
                    self.report(
                        Diagnostic::error(
                            Code::InvalidLevels,
                            level.id.place,
                            words!("a ladder has a cut or a condition at every level, and does not mix them", "eine Leiter hat an jeder Stufe eine Grenze oder eine Bedingung und mischt sie nicht"),
                        )
                        .help(words!(
                            "give every level `at-least`; or every level but the lowest `when`",
                            "jeder Stufe `at-least` geben; oder jeder außer der untersten `when`"
                        )),
                    );
                    None
                }
            };
            let before = built.last().map_or(0, |before| before.bar);
            let bar = self.bar(level, position, levels.len(), before, &mut bars_missing);
            let own = format!("{path}.levels.{}", level.id.value);
            let title = self.text(scope, own.clone(), &level.title);
            let text = level.text.as_ref().map(|text| self.text(scope, format!("{own}-text"), text));
            let place = self.show(level.place);
            match (bound, bar) {
                (Some(bound), Some(bar)) => {
                    built.push(Level { id: level.id.to_string(), title, text, bar, bound, place });
                }
                _ => sound = false,
            }
        }
        sound.then(|| Ladder { path: path.to_owned(), title, levels: built })
    }

    pub(super) fn bar(
        &mut self,
        level: &raw::Level,
        position: usize,
        count: usize,
        before: u8,
        missing: &mut bool,
    ) -> Option<u8> {
        let bar = match &level.bar {
            Some(bar) => u8::try_from(bar.value).ok().filter(|bar| (1..=4).contains(bar) && *bar >= before),
            None if count <= 4 => u8::try_from(position + 1).ok(),
            None => None,
        };
        // That they are missing is said once for all.
        let said = std::mem::replace(missing, *missing || (bar.is_none() && level.bar.is_none()));
        if bar.is_none() && !(said && level.bar.is_none()) {
            let (place, message) = match &level.bar {
                Some(bar) => (
                    bar.place,
                    words!(
                        "`bar` is a number from 1 to 4 that never falls from level to level",
                        "`bar` ist eine Zahl von 1 bis 4, die von Stufe zu Stufe nie fällt"
                    ),
                ),
                None => (
                    level.id.place,
                    words!(
                        "with more than four levels each needs `bar`",
                        "bei mehr als vier Stufen braucht jede `bar`"
                    ),
                ),
            };
            self.report(Diagnostic::error(Code::InvalidLevels, place, message).help(words!(
                "it says how many of the four steps of the bar on the certificate this level fills",
                "es sagt, wie viele der vier Schritte des Balkens auf dem Zertifikat diese Stufe füllt"
            )));
        }
        bar
    }

    pub(super) fn measure_rule(
        &mut self,
        scope: &str,
        measure: &At<raw::Measure>,
        module: Ix<Module>,
        position: usize,
        cx: &Levels<'_>,
    ) -> Option<Measure> {
        let path = join(scope, measure.id.as_str());
        let own = matches!(measure.levels.as_deref(), Some(raw::Levels::Own(_)));
        // With levels of its own, the title is registered already.
        let title_path = format!("{path}.title");
        let registered = own.then(|| self.texts.iter().position(|entry| entry.path == title_path)).flatten();
        let title = registered.map_or_else(|| self.text(scope, title_path, &measure.title), Ix::new);
        let caps = self.caps(scope, measure, position, cx);
        let rule = self.rule(scope, measure, cx)?;
        let ladder = cx.ladder_of[position];
        let conditional = matches!(measure.levels.as_deref(), Some(raw::Levels::Own(levels)) if levels.iter().any(|l| l.when.is_some()));
        if matches!(rule, Rule::Condition(_)) != conditional {
            self.report(
                Diagnostic::error(
                    Code::InvalidLevels,
                    measure.rule.place,
                    words!(
                        "the rule `condition` and levels with `when` go together",
                        "die Regel `condition` und Stufen mit `when` gehören zusammen"
                    ),
                )
                .help(words!(
                    "levels of other rules take `at-least`",
                    "Stufen anderer Regeln nehmen `at-least`"
                )),
            );
            return None;
        }
        let place = self.show(measure.place);
        Some(Measure { path, module, title, rule, ladder, caps: caps?, place })
    }

    pub(super) fn caps(
        &mut self,
        scope: &str,
        measure: &raw::Measure,
        position: usize,
        cx: &Levels<'_>,
    ) -> Option<Vec<Cap>> {
        let mut caps = Vec::new();
        let mut sound = true;
        for cap in &measure.caps {
            let when = self.ageless(scope, &cap.when, cx);
            let at_most = self.level_of(cx, Ix::new(position), &cap.at_most);
            match (when, at_most) {
                (Some(when), Some(at_most)) => caps.push(Cap { when, at_most, place: self.show(cap.place) }),
                _ => sound = false,
            }
        }
        sound.then_some(caps)
    }

    pub(super) fn rule(&mut self, scope: &str, measure: &raw::Measure, cx: &Levels<'_>) -> Option<Rule> {
        let rule = measure.rule.value;
        let nodes: Vec<Option<Node>> = measure.of.iter().map(|part| self.node(scope, &part.id)).collect();
        if measure.of.is_empty() {
            let place = measure.id.place;
            self.error(
                Code::MissingKey,
                place,
                words!("`of` is missing or empty", "`of` fehlt oder ist leer"),
            );
            return None;
        }
        let mut seen = HashSet::new();
        for (ix, node) in nodes.iter().enumerate() {
            if node.is_some_and(|node| !seen.insert(node)) {
                let place = measure.of[ix].place;
                self.error(
                    Code::DuplicateId,
                    place,
                    words!("this part is named twice", "dieser Teil ist doppelt genannt"),
                );
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
        let weighted = rule == raw::Rule::WeightedMean;
        let mut weights = Vec::new();
        for part in &measure.of {
            match &part.weight {
                Some(weight) if weighted && weight.value > Exact::ZERO => weights.push(weight.value.clone()),
                None if !weighted => weights.push(Exact::ONE),
                Some(weight) => {
                    let message = if weighted {
                        words!("a weight must be greater than 0", "ein Gewicht muss größer als 0 sein")
                    } else {
                        words!(
                            "only the rule `weighted-mean` uses weights",
                            "nur die Regel `weighted-mean` nutzt Gewichte"
                        )
                    };
                    self.error(Code::InvalidWeight, weight.place, message);
                }
                None => self.report(
                    Diagnostic::error(
                        Code::InvalidWeight,
                        part.place,
                        words!("the weight is missing", "das Gewicht fehlt"),
                    )
                    .help(words!(
                        "write `{{ id = \"…\", weight = … }}`",
                        "`{{ id = \"…\", weight = … }}` schreiben"
                    )),
                ),
            }
        }
        if let (Some(row), false) = (measure.table.first(), rule == raw::Rule::Table) {
            self.error(
                Code::Misplaced,
                row.place,
                words!("only the rule `table` uses a table", "nur die Regel `table` nutzt eine Tabelle"),
            );
        }
        let covers = matches!(
            rule,
            raw::Rule::WeightedMean | raw::Rule::Mean | raw::Rule::Lowest | raw::Rule::Highest
        );
        if let (Some(coverage), false) = (&measure.coverage, covers) {
            let word = rule.word();
            self.error(
                Code::InvalidCoverage,
                coverage.place,
                words!("the rule `{word}` uses no coverage", "die Regel `{word}` nutzt keine Abdeckung"),
            );
        }
        if weights.len() != nodes.len() {
            return None;
        }
        let nodes = all(nodes)?;
        let parts = |checker: &mut Self| {
            let list: Vec<_> = nodes.iter().copied().zip(weights.iter().cloned()).collect();
            checker.coverage(measure, list, weighted)
        };
        Some(match rule {
            raw::Rule::WeightedMean | raw::Rule::Mean => Rule::Mean(parts(self)?),
            raw::Rule::Lowest => Rule::Lowest(parts(self)?),
            raw::Rule::Highest => Rule::Highest(parts(self)?),
            raw::Rule::First => Rule::First(nodes),
            raw::Rule::Condition => Rule::Condition(nodes),
            raw::Rule::Table => {
                let [part] = nodes.as_slice() else {
                    self.error(
                        Code::InvalidLevels,
                        measure.rule.place,
                        words!("a table reads one part", "eine Tabelle liest einen Teil"),
                    );
                    return None;
                };
                let rows: Vec<_> = measure
                    .table
                    .iter()
                    .map(|row| (row.at_least.value.clone(), row.is.value.clone()))
                    .collect();
                if rows.is_empty() {
                    self.error(
                        Code::MissingKey,
                        measure.rule.place,
                        words!("`table` is missing or empty", "`table` fehlt oder ist leer"),
                    );
                    return None;
                }
                if let Some(ix) = (1..rows.len()).find(|&ix| rows[ix - 1].0 >= rows[ix].0) {
                    let place = measure.table[ix].at_least.place;
                    self.error(
                        Code::InvalidLevels,
                        place,
                        words!("the rows must ascend", "die Zeilen müssen aufsteigen"),
                    );
                    return None;
                }
                Rule::Table(*part, rows)
            }
        })
    }

    pub(super) fn coverage(
        &mut self,
        measure: &raw::Measure,
        list: Vec<(Node, Exact)>,
        weighted: bool,
    ) -> Option<Parts> {
        let count = Exact::from(i64::try_from(list.len()).unwrap_or(i64::MAX));
        let weight: Exact = list.iter().map(|(_, weight)| weight).sum();
        let (unit, needed, total) = match measure.coverage.as_deref() {
            None => (Unit::Parts, count.clone(), count),
            Some(raw::Coverage::Count(needed)) => (Unit::Parts, Exact::from(i64::from(needed.value)), count),
            Some(raw::Coverage::Share(needed)) => (Unit::Share, needed.value.clone(), Exact::ONE),
            Some(raw::Coverage::Weight(needed)) => (Unit::Weight, needed.value.clone(), Exact::ONE),
        };
        let place = measure.coverage.as_ref().map_or(measure.id.place, |coverage| coverage.place);
        if needed > total || needed <= Exact::ZERO {
            let total = total.to_plain();
            self.error(
                Code::InvalidCoverage,
                place,
                words!(
                    "the coverage must be more than 0 and at most {total}",
                    "die Abdeckung muss größer als 0 und höchstens {total} sein"
                ),
            );
            return None;
        }
        if unit == Unit::Weight && !weighted {
            self.error(
                Code::InvalidCoverage,
                place,
                words!(
                    "there are no weights here; use `count` or `share`",
                    "hier gibt es keine Gewichte; `count` oder `share` nehmen"
                ),
            );
            return None;
        }
        let total = if unit == Unit::Weight { weight } else { total };
        Some(Parts { list, weighted, unit, needed, total })
    }

    /// Each measure behind everything it is computed from; a measure computed from itself is reported.
    pub(super) fn order(
        &mut self,
        raw: &[(&Scope, &At<raw::Measure>)],
        measures: &[Option<Measure>],
        ladders: &[Option<Ladder>],
    ) -> Option<Vec<Ix<Measure>>> {
        let mut uses: Vec<Vec<usize>> = Vec::new();
        for measure in measures {
            let mut nodes = Vec::new();
            if let Some(measure) = measure {
                nodes = measure.rule.parts();
                measure.caps.iter().for_each(|cap| sense::nodes_of(&cap.when, &mut nodes));
                let ladder = measure.ladder.and_then(|ladder| ladders[ladder.position()].as_ref());
                for level in ladder.iter().flat_map(|ladder| &ladder.levels) {
                    if let Bound::When(condition) = &level.bound {
                        sense::nodes_of(condition, &mut nodes);
                    }
                }
            }
            let measures = nodes.iter().filter_map(|node| match node {
                Node::Measure(measure) => Some(measure.position()),
                Node::Item(_) => None,
            });
            uses.push(measures.collect());
        }
        // Without recursion: a long chain of measures must not exhaust the stack.
        let mut used_by: Vec<Vec<usize>> = vec![Vec::new(); uses.len()];
        for (user, used) in uses.iter().enumerate() {
            for &used in used {
                used_by[used].push(user);
            }
        }
        let mut missing: Vec<usize> = uses.iter().map(Vec::len).collect();
        let mut ready: Vec<usize> = (0..uses.len()).filter(|&ix| missing[ix] == 0).collect();
        let mut next = 0;
        while let Some(&ix) = ready.get(next) {
            next += 1;
            for &user in &used_by[ix] {
                missing[user] -= 1;
                if missing[user] == 0 {
                    ready.push(user);
                }
            }
        }
        let mut done = vec![false; uses.len()];
        for &ix in &ready {
            done[ix] = true;
        }
        let order: Vec<Ix<Measure>> = ready.into_iter().map(Ix::new).collect();
        let Some(start) = done.iter().position(|done| !done) else { return Some(order) };
        // From any measure left over, following what is left over leads into a circle.
        let mut path = vec![start];
        let circle = loop {
            let last = path[path.len() - 1];
            let next = uses[last].iter().copied().find(|&used| !done[used]).unwrap_or(start);
            if let Some(from) = path.iter().position(|&ix| ix == next) {
                break path.split_off(from);
            }
            path.push(next);
        };
        // Nobody follows a longer circle, and its beginning is as good as all of it.
        let more = if circle.len() > 8 { " → …" } else { "" };
        let names: Vec<String> =
            circle.iter().take(8).map(|&ix| join(raw[ix].0, raw[ix].1.id.as_str())).collect();
        let chain = names.join("` → `");
        let first = &names[0];
        self.error(
            Code::Cycle,
            raw[circle[0]].1.id.place,
            words!(
                "this measure is computed from itself: `{chain}`{more} → `{first}`",
                "dieser Messwert wird aus sich selbst berechnet: `{chain}`{more} → `{first}`"
            ),
        );
        None
    }
}

/// The ids of the levels of every ladder, as far as they are known.
pub(super) fn level_ids(
    files: &[(Scope, raw::Definition)],
    measures: &[(&Scope, &At<raw::Measure>)],
    ladder_of: &[Option<Ix<Ladder>>],
) -> HashMap<Ix<Ladder>, Vec<String>> {
    let ids = |levels: &[At<raw::Level>]| levels.iter().map(|level| level.id.to_string()).collect::<Vec<_>>();
    let mut all = HashMap::new();
    for (position, ladder) in files.iter().flat_map(|(_, file)| &file.ladder).enumerate() {
        all.insert(Ix::new(position), ids(&ladder.levels));
    }
    for ((_, measure), ladder) in measures.iter().zip(ladder_of) {
        if let (Some(raw::Levels::Own(levels)), Some(ladder)) = (measure.levels.as_deref(), ladder) {
            all.insert(*ladder, ids(levels));
        }
    }
    all
}
