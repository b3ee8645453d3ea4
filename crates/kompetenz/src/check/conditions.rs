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
                let bounds = Bounds {
                    at_least: test.at_least.as_ref().map(|v| v.value.clone()),
                    above: test.above.as_ref().map(|v| v.value.clone()),
                    at_most: test.at_most.as_ref().map(|v| v.value.clone()),
                    below: test.below.as_ref().map(|v| v.value.clone()),
                };
                Test::Score(node, self.bounds(bounds, test.place)?)
            }
            raw::Condition::Level(test) => self.level_test(scope, test, cx)?,
            raw::Condition::Fact(test) => self.fact_test(scope, test)?,
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
        };
        Some(Condition { test, place: self.show(condition.place) })
    }

    /// A condition for levels and caps: results must not depend on the day of issue.
    pub(super) fn ageless(
        &mut self,
        scope: &str,
        condition: &At<raw::Condition>,
        cx: &Levels<'_>,
    ) -> Option<Condition> {
        fn age(condition: &At<raw::Condition>) -> Option<Place> {
            match &condition.value {
                raw::Condition::Age(test) => Some(test.place),
                raw::Condition::All(list) | raw::Condition::Any(list) => list.iter().find_map(age),
                raw::Condition::Not(inner) => age(inner),
                _ => None,
            }
        }
        if let Some(place) = age(condition) {
            self.report(
                Diagnostic::error(
                    Code::Misplaced,
                    place,
                    words!("a level does not depend on the age", "eine Stufe hängt nicht vom Alter ab"),
                )
                .help(words!(
                    "test the age in the `when` of a finding or recommendation",
                    "das Alter im `when` eines Befunds oder einer Empfehlung prüfen"
                )),
            );
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
            let list = options.join("`, `");
            let help = match kind {
                FactKind::Flag => {
                    words!("write `is = true` or `is = false`", "`is = true` oder `is = false` schreiben")
                }
                FactKind::Choice => words!(
                    "write `is = \"…\"` with one of `{list}`",
                    "`is = \"…\"` mit einem von `{list}` schreiben"
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
