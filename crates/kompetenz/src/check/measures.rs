//! Levels and measures.

use super::*;

/// How many measures may build one upon the other. Real ones build on four or five.
const MAX_DEPTH: usize = 64;

impl Checker<'_> {
    pub(super) fn levels(
        &mut self,
        scope: &str,
        path: &str,
        title: Ix<Text>,
        levels: &[At<raw::Level>],
        place: Place,
    ) -> Option<Ladder> {
        let none = Levels { ladder_of: &[], ids: &HashMap::new(), condition: &[], rankings: &[] };
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
        let mut ids = HashSet::new();
        // The meaning of the level `x` is translated under `x-text`, and in plain words under `x-easy`.
        let taken: HashMap<String, &str> = levels
            .iter()
            .flat_map(|level| {
                let id = level.id.as_str();
                let text = level.text.as_ref().map(|_| (format!("{id}-text"), id));
                text.into_iter().chain(level.easy.as_ref().map(|_| (format!("{id}-easy"), id)))
            })
            .collect();
        let mut bars_missing = false;
        for (position, level) in levels.iter().enumerate() {
            if !ids.insert(level.id.as_str()) {
                let id = &level.id.value;
                self.error(
                    Code::DuplicateId,
                    level.id.place,
                    words!("the level `{id}` is given twice", "die Stufe `{id}` ist doppelt vergeben"),
                );
                sound = false;
            }
            if let Some(other) = taken.get(level.id.as_str()) {
                let id = &level.id.value;
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
            let cut = match (&level.at_least, &level.above) {
                (Some(cut), None) => Some((cut, Bound::AtLeast(cut.value.clone()))),
                (None, Some(cut)) => Some((cut, Bound::Above(cut.value.clone()))),
                _ => None,
            };
            let both = level.at_least.is_some() && level.above.is_some();
            let bound = match (cut, &level.when) {
                (Some((cut, bound)), None) if !by_condition => {
                    if built
                        .last()
                        .and_then(|before| before.bound.cut())
                        .is_some_and(|before| *before >= cut.value)
                    {
                        self.error(
                            Code::InvalidLevels,
                            cut.place,
                            words!("the cuts must ascend", "die Grenzen müssen aufsteigen"),
                        );
                        sound = false;
                    }
                    Some(bound)
                }
                (None, Some(when)) if position > 0 && !both => {
                    self.timeless(scope, when, cx).map(Bound::When)
                }
                (None, None) if by_condition && position == 0 && !both => Some(Bound::Base),
                _ => {
                    self.report(
                        Diagnostic::error(
                            Code::InvalidLevels,
                            level.id.place,
                            words!("a ladder has a cut or a condition at every level, and does not mix them", "eine Leiter hat an jeder Stufe eine Grenze oder eine Bedingung und mischt sie nicht"),
                        )
                        .help(words!(
                            "give every level either `at-least` or `above`; or every level but the lowest `when`",
                            "jeder Stufe entweder `at-least` oder `above` geben; oder jeder außer der untersten `when`"
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
            let easy = level.easy.as_ref().map(|easy| self.text(scope, format!("{own}-easy"), easy));
            let place = self.show(level.place);
            match (bound, bar) {
                (Some(bound), Some(bar)) => {
                    built.push(Level { id: level.id.to_string(), title, text, easy, bar, bound, place });
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
            // Beside bars that are written, the default could fall.
            None if count <= 4 => u8::try_from(position + 1).ok().map(|bar| bar.max(before)),
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
        (position, title): (usize, Option<Ix<Text>>),
        cx: &Levels<'_>,
    ) -> Option<Measure> {
        let path = join(scope, measure.id.as_str());
        // With levels of its own, the title is registered already.
        let title = title.unwrap_or_else(|| self.text(scope, format!("{path}.title"), &measure.title));
        let easy = measure.easy.as_ref().map(|easy| self.text(scope, format!("{path}.easy"), easy));
        let caps = measure.caps.iter().map(|cap| (cap.place, &cap.when, &cap.at_most, &cap.if_unknown));
        let caps = self.limits(scope, caps, position, cx);
        let floors =
            measure.floors.iter().map(|floor| (floor.place, &floor.when, &floor.at_least, &floor.if_unknown));
        let floors = self.limits(scope, floors, position, cx);
        let round_first = self.rounding(measure.round_first.as_ref());
        let shown = self.rounding(measure.shown.as_ref());
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
        Some(Measure {
            path,
            module,
            title,
            rule,
            round_first: round_first?,
            shown: shown?,
            ladder,
            easy,
            picture: measure.picture.as_ref().map(|picture| picture.value),
            caps: caps?,
            floors: floors?,
            place,
        })
    }

    /// How a number is rounded. `None`: there is a mistake in it.
    #[allow(clippy::option_option, reason = "a rounding may be absent, or mistaken")]
    fn rounding(&mut self, rounding: Option<&At<raw::Rounding>>) -> Option<Option<Rounding>> {
        let Some(rounding) = rounding else { return Some(None) };
        if rounding.places.value > 9 {
            self.error(
                Code::InvalidMeasure,
                rounding.places.place,
                words!("at most 9 decimal places", "höchstens 9 Nachkommastellen"),
            );
            return None;
        }
        Some(Some(Rounding { places: rounding.places.value, half: rounding.half.value }))
    }

    fn limits<'r>(
        &mut self,
        scope: &str,
        limits: impl Iterator<Item = (Place, &'r At<raw::Condition>, &'r Ref, &'r Option<At<raw::IfUnknown>>)>,
        position: usize,
        cx: &Levels<'_>,
    ) -> Option<Vec<Limit>> {
        let mut built = Vec::new();
        let mut sound = true;
        for (place, when, level, if_unknown) in limits {
            let when = self.timeless(scope, when, cx);
            let level = self.level_of(cx, Ix::new(position), level);
            let if_unknown = if_unknown.as_ref().is_some_and(|word| word.value == raw::IfUnknown::Apply);
            match (when, level) {
                (Some(when), Some(level)) => {
                    built.push(Limit { when, level, if_unknown, place: self.show(place) });
                }
                _ => sound = false,
            }
        }
        sound.then_some(built)
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
                measure
                    .caps
                    .iter()
                    .chain(&measure.floors)
                    .for_each(|limit| sense::nodes_of(&limit.when, &mut nodes));
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
        // How many measures lie below each, one upon the other. An explanation goes down all of them.
        let mut depth = vec![0usize; uses.len()];
        for &ix in &ready {
            depth[ix] = uses[ix].iter().map(|&used| depth[used] + 1).max().unwrap_or(0);
        }
        if let Some(deep) = ready.iter().copied().find(|&ix| depth[ix] > MAX_DEPTH) {
            self.error(
                Code::InvalidMeasure,
                raw[deep].1.id.place,
                words!(
                    "this builds on more than {MAX_DEPTH} measures, one upon the other",
                    "das baut auf mehr als {MAX_DEPTH} Messwerten auf, einer auf dem anderen"
                ),
            );
            return None;
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
