//! Conditions: each name resolved, each test one that says something and whose bounds do not contradict each other.

use super::*;

impl Checker<'_> {
    pub(super) fn condition(
        &mut self,
        scope: &str,
        condition: &At<raw::Condition>,
        cx: &Levels<'_>,
    ) -> Option<Condition> {
        let test = match &condition.value {
            raw::Condition::All(list) => Test::All(self.conditions(scope, list, condition.place, cx)?),
            raw::Condition::Any(list) => Test::Any(self.conditions(scope, list, condition.place, cx)?),
            raw::Condition::Not(inner) => Test::Not(Box::new(self.condition(scope, inner, cx)?)),
            raw::Condition::Score(test) => {
                let node = self.node(scope, &test.of)?;
                if let Node::Measure(measure) = node
                    && cx.is_condition(measure)
                {
                    let written = &test.of.value;
                    self.error(
                        Code::InvalidCondition,
                        test.of.place,
                        words!(
                            "`{written}` has levels, but no score",
                            "`{written}` hat Stufen, aber keinen Wert"
                        ),
                    );
                    return None;
                }
                if self.is_nominal(node) {
                    self.no_value(&test.of);
                    return None;
                }
                let bounds = Bounds {
                    at_least: test.at_least.as_ref().map(|v| v.value.clone()),
                    above: test.above.as_ref().map(|v| v.value.clone()),
                    at_most: test.at_most.as_ref().map(|v| v.value.clone()),
                    below: test.below.as_ref().map(|v| v.value.clone()),
                };
                let bounds = self.bounds(bounds, test.place)?;
                self.score_tests.push((test.place, node, bounds.clone()));
                Test::Score(node, bounds)
            }
            raw::Condition::Level(test) => self.level_test(scope, test, cx)?,
            raw::Condition::Fact(test) => self.fact_test(scope, test)?,
            raw::Condition::Known(reference) => match self.resolve(scope, reference)? {
                Name::Fact(fact) => Test::Known(fact),
                other => {
                    self.wrong_kind(reference, &words!("a fact", "eine Angabe"), other);
                    return None;
                }
            },
            raw::Condition::Age(test) => Test::Age(self.bounds(
                Bounds {
                    at_least: test.at_least.as_ref().map(|v| v.value),
                    above: None,
                    at_most: None,
                    below: test.below.as_ref().map(|v| v.value),
                },
                test.place,
            )?),
            raw::Condition::Insufficient(reference) => Test::Insufficient(self.measure(scope, reference)?),
            raw::Condition::Taken(reference) => match self.resolve(scope, reference)? {
                Name::Module(module) => Test::Taken(module),
                other => {
                    self.wrong_kind(reference, &words!("a module", "ein Modul"), other);
                    return None;
                }
            },
            raw::Condition::Rank(test) => self.rank_test(scope, test, cx)?,
            raw::Condition::Job(test) => self.job_test(scope, test)?,
            raw::Condition::Gap(reference) => {
                let node = self.node(scope, reference)?;
                if self.is_nominal(node) {
                    self.no_value(reference);
                    return None;
                }
                self.gap_test(scope, node, reference)?
            }
        };
        Some(Condition { test, place: self.show(condition.place) })
    }

    /// Whether something is a choice of which nothing says what it is worth.
    fn is_nominal(&self, node: Node) -> bool {
        let Node::Item(item) = node else { return false };
        self.item_info.get(item.position()).and_then(Option::as_ref).is_some_and(|info| info.nominal)
    }

    fn no_value(&mut self, reference: &Ref) {
        self.error(
            Code::InvalidCondition,
            reference.place,
            words!(
                "a choice has no value of its own; test a measure that reads it",
                "eine Auswahl hat für sich keinen Wert; einen Messwert prüfen, der sie liest"
            ),
        );
    }

    fn rank_test(&mut self, scope: &str, test: &At<raw::RankTest>, cx: &Levels<'_>) -> Option<Test> {
        let node = self.node(scope, &test.of)?;
        let ranking = self.measure(scope, &test.r#in)?;
        let parts = cx.rankings.get(ranking.position())?;
        let Some(parts) = parts else {
            let written = &test.r#in.value;
            self.error(
                Code::InvalidCondition,
                test.r#in.place,
                words!(
                    "`{written}` is no ranking; its rule is not `rank`",
                    "`{written}` ist keine Rangfolge; die Regel ist nicht `rank`"
                ),
            );
            return None;
        };
        let ranked = parts.contains(&node);
        let most = parts.len();
        let at_most = test.at_most.value;
        // The last place holds for everybody.
        let says = (1..most).contains(&usize::try_from(at_most).unwrap_or(usize::MAX));
        if !ranked {
            let (of, within) = (&test.of.value, &test.r#in.value);
            self.error(
                Code::InvalidCondition,
                test.of.place,
                words!("`{of}` has no place in `{within}`", "`{of}` hat in `{within}` keinen Platz"),
            );
            return None;
        }
        if !says {
            let last = most.saturating_sub(1);
            self.error(Code::InvalidCondition, test.at_most.place, from_one_to(last));
            return None;
        }
        Some(Test::Rank(node, ranking, at_most))
    }

    fn job_test(&mut self, scope: &str, test: &At<raw::JobTest>) -> Option<Test> {
        let job = match self.resolve(scope, &test.of)? {
            Name::Job(job) => job,
            other => {
                self.wrong_kind(&test.of, &words!("a job", "ein Beruf"), other);
                return None;
            }
        };
        let verdict = test.is.as_ref().map(|verdict| Test::Verdict(job, verdict.value));
        let more = test.more.as_ref().map(|more| Test::More(job, more.value));
        match (verdict, more) {
            (Some(verdict), Some(more)) => {
                let place = self.show(test.place);
                let both = [verdict, more].map(|test| Condition { test, place: place.clone() });
                Some(Test::All(both.into()))
            }
            (Some(one), None) | (None, Some(one)) => Some(one),
            (None, None) => {
                self.error(
                    Code::InvalidCondition,
                    test.place,
                    words!(
                        "this tests nothing; `is` or `more` is missing",
                        "das prüft nichts; `is` oder `more` fehlt"
                    ),
                );
                None
            }
        }
    }

    fn gap_test(&mut self, scope: &str, node: Node, reference: &Ref) -> Option<Test> {
        // The path as it was resolved: in this file, or from the main file.
        let local = join(scope, reference);
        let path = if self.names.contains_key(&local) { local } else { reference.value.clone() };
        let scope = path.rsplit_once('.').map_or("", |(scope, _)| scope);
        if self.talks.contains(scope) {
            self.gap_tests.push((reference.place, node));
            return Some(Test::Gap(node));
        }
        self.report(
            Diagnostic::error(
                Code::InvalidCondition,
                reference.place,
                words!(
                    "nothing says from which distance on a self-assessment is worth a talk",
                    "nichts sagt, ab welchem Abstand eine Selbsteinschätzung ein Gespräch wert ist"
                ),
            )
            .help(words!(
                "give `[observers]` of that file `talk-from`",
                "in `[observers]` dieser Datei `talk-from` angeben"
            )),
        );
        None
    }

    /// A condition for levels and caps: a result depends neither on the day of issue, nor on what a person
    /// thinks of herself, nor on what a job asks for.
    pub(super) fn timeless(
        &mut self,
        scope: &str,
        condition: &At<raw::Condition>,
        cx: &Levels<'_>,
    ) -> Option<Condition> {
        fn foreign(condition: &At<raw::Condition>) -> Option<(Place, Words)> {
            match &condition.value {
                raw::Condition::Age(test) => Some((
                    test.place,
                    words!("a level does not depend on the age", "eine Stufe hängt nicht vom Alter ab"),
                )),
                raw::Condition::Job(test) => Some((
                    test.place,
                    words!("a level does not depend on a job", "eine Stufe hängt nicht von einem Beruf ab"),
                )),
                raw::Condition::Gap(reference) => Some((
                    reference.place,
                    words!(
                        "a level does not depend on the self-assessment",
                        "eine Stufe hängt nicht von der Selbsteinschätzung ab"
                    ),
                )),
                raw::Condition::All(list) | raw::Condition::Any(list) => list.iter().find_map(foreign),
                raw::Condition::Not(inner) => foreign(inner),
                _ => None,
            }
        }
        if let Some((place, message)) = foreign(condition) {
            self.report(Diagnostic::error(Code::Misplaced, place, message).help(words!(
                "test it in the `when` of a finding or recommendation",
                "es im `when` eines Befunds oder einer Empfehlung prüfen"
            )));
            return None;
        }
        self.condition(scope, condition, cx)
    }

    pub(super) fn conditions(
        &mut self,
        scope: &str,
        list: &[At<raw::Condition>],
        place: Place,
        cx: &Levels<'_>,
    ) -> Option<Vec<Condition>> {
        if list.is_empty() {
            self.error(
                Code::InvalidCondition,
                place,
                words!("the list of conditions is empty", "die Liste der Bedingungen ist leer"),
            );
        }
        let resolved: Vec<_> = list.iter().map(|condition| self.condition(scope, condition, cx)).collect();
        all(resolved).filter(|resolved| !resolved.is_empty())
    }

    /// Bounds that say something, and that something can lie within.
    pub(super) fn bounds<T: Ord + Clone>(&mut self, bounds: Bounds<T>, place: Place) -> Option<Bounds<T>> {
        let low = bounds.at_least.as_ref().max(bounds.above.as_ref());
        let high = match (&bounds.at_most, &bounds.below) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.as_ref().or(b.as_ref()),
        };
        // Whether the bound that decides on a side excludes its own value.
        let strict = (bounds.above.is_some() && bounds.above.as_ref() == low)
            || (bounds.below.is_some() && bounds.below.as_ref() == high);
        let message = match (low, high) {
            (None, None) => {
                words!("this tests nothing; a bound is missing", "das prüft nichts; eine Grenze fehlt")
            }
            (Some(low), Some(high)) if low > high || (low == high && strict) => {
                words!(
                    "this can never hold: nothing lies between the bounds",
                    "das kann nie zutreffen: zwischen den Grenzen liegt nichts"
                )
            }
            _ => return Some(bounds),
        };
        self.error(Code::InvalidCondition, place, message);
        None
    }

    pub(super) fn level_test(
        &mut self,
        scope: &str,
        test: &At<raw::LevelTest>,
        cx: &Levels<'_>,
    ) -> Option<Test> {
        let measure = self.measure(scope, &test.of)?;
        let Some(ids) = cx.levels(measure) else {
            let written = &test.of.value;
            self.error(
                Code::InvalidCondition,
                test.of.place,
                words!("`{written}` has no levels", "`{written}` hat keine Stufen"),
            );
            return None;
        };
        let mut level = |reference: &Option<Ref>| match reference {
            Some(reference) => self.level_of(cx, measure, reference).map(Some),
            None => Some(None),
        };
        let (is, at_least) = (level(&test.is), level(&test.at_least));
        let (at_most, below) = (level(&test.at_most), level(&test.below));
        let (is, at_least, at_most, below) = (is?, at_least?, at_most?, below?);
        let top = ids.len().checked_sub(1)?;
        let low = is.max(at_least).unwrap_or(0);
        let below = match below {
            Some(0) => {
                self.error(
                    Code::InvalidCondition,
                    test.place,
                    words!(
                        "this can never hold: there is no lower level",
                        "das kann nie zutreffen: eine tiefere Stufe gibt es nicht"
                    ),
                );
                return None;
            }
            Some(below) => Some(below - 1),
            None => None,
        };
        let high = [is, at_most, below].into_iter().flatten().min().unwrap_or(top);
        let any = [is, at_least, at_most, below].iter().any(Option::is_some);
        let message = if !any {
            words!("this tests nothing; a level is missing", "das prüft nichts; eine Stufe fehlt")
        } else if low > high {
            words!(
                "this can never hold: no level lies between",
                "das kann nie zutreffen: dazwischen liegt keine Stufe"
            )
        } else {
            return Some(Test::Level(measure, low, high));
        };
        self.error(Code::InvalidCondition, test.place, message);
        None
    }

    pub(super) fn level_of(
        &mut self,
        cx: &Levels<'_>,
        measure: Ix<Measure>,
        reference: &Ref,
    ) -> Option<usize> {
        let written = &reference.value;
        let ids = cx.levels(measure).map(Vec::as_slice).unwrap_or_default();
        let found = ids.iter().position(|id| id == written);
        if found.is_none() {
            let help = similar(written, ids.iter().map(String::as_str))
                .map(|name| words!("did you mean `{name}`?", "ist `{name}` gemeint?"));
            self.report(
                Diagnostic::error(
                    Code::UnknownId,
                    reference.place,
                    words!("there is no level `{written}` here", "eine Stufe `{written}` gibt es hier nicht"),
                )
                .maybe_help(help),
            );
        }
        found
    }

    pub(super) fn fact_test(&mut self, scope: &str, test: &At<raw::FactTest>) -> Option<Test> {
        let fact = match self.resolve(scope, &test.of)? {
            Name::Fact(fact) => fact,
            other => {
                self.wrong_kind(&test.of, &words!("a fact", "eine Angabe"), other);
                return None;
            }
        };
        let (kind, options) = self.fact_kinds.get(fact.position()).cloned()?;
        let values = [&test.is, &test.at_least, &test.below].map(|given| given.as_ref().map(|at| &at.value));
        let place = test.place;
        let sound = match (kind, values) {
            (FactKind::Flag, [Some(Given::Flag(flag)), None, None]) => Some(Test::FactFlag(fact, *flag)),
            (FactKind::Choice, [Some(Given::Text(option)), None, None]) => {
                options.iter().position(|own| own == option).map(|ix| Test::FactChoice(fact, ix))
            }
            (FactKind::Number, values) => {
                let number = |given: Option<&Given>| match given {
                    Some(Given::Number(number)) => Some(Some(number.clone())),
                    None => Some(None),
                    Some(_) => None,
                };
                let [is, at_least, below] = values.map(number);
                match (is, at_least, below) {
                    (Some(is), Some(at_least), Some(below)) => {
                        let bounds =
                            Bounds { at_least: is.clone().max(at_least), above: None, at_most: is, below };
                        return Some(Test::FactNumber(fact, self.bounds(bounds, place)?));
                    }
                    _ => None,
                }
            }
            (FactKind::Date, values) => {
                let date = |given: Option<&Given>| match given {
                    Some(Given::Date(date)) => Some(Some(*date)),
                    None => Some(None),
                    Some(_) => None,
                };
                let [is, at_least, below] = values.map(date);
                match (is, at_least, below) {
                    (Some(is), Some(at_least), Some(below)) => {
                        let bounds = Bounds { at_least: is.max(at_least), above: None, at_most: is, below };
                        return Some(Test::FactDate(fact, self.bounds(bounds, place)?));
                    }
                    _ => None,
                }
            }
            _ => None,
        };
        if sound.is_none() {
            let list = listed(&options);
            let help = match kind {
                FactKind::Flag => {
                    words!("write `is = true` or `is = false`", "`is = true` oder `is = false` schreiben")
                }
                FactKind::Choice => words!(
                    "write `is = \"…\"` with one of {list}",
                    "`is = \"…\"` mit einem von {list} schreiben"
                ),
                FactKind::Number => words!(
                    "write `is`, `at-least` or `below` with a number",
                    "`is`, `at-least` oder `below` mit einer Zahl schreiben"
                ),
                FactKind::Date => words!(
                    "write `is`, `at-least` or `below` with a date",
                    "`is`, `at-least` oder `below` mit einem Datum schreiben"
                ),
            };
            let word = kind.word();
            self.report(
                Diagnostic::error(
                    Code::InvalidCondition,
                    place,
                    words!(
                        "this is no test of a fact of the kind `{word}`",
                        "das prüft keine Angabe der Art `{word}`"
                    ),
                )
                .help(help),
            );
        }
        sound
    }
}
