//! Scales, facts and items: what may be entered, and what it is worth.

use super::*;

/// How many choices a scale may have.
const MAX_CHOICES: usize = 1_000;

/// What the parts of measures need to know of an item.
pub(super) struct ItemInfo {
    /// The lowest and highest value it can have. A choice that measures read in their own way has none.
    pub(super) bounds: Option<(Exact, Exact)>,
    /// The choices it has, if it has any.
    pub(super) choices: Rc<[String]>,
    /// Whether nothing says yet what its choices are worth.
    pub(super) nominal: bool,
}

impl Checker<'_> {
    pub(super) fn scale(&mut self, scope: &str, scale: &raw::Scale) -> Option<Scale> {
        let path = join(scope, scale.id.as_str());
        let codes = self.missing_codes(scale);
        let yes_no = scale.yes_no.as_ref().is_some_and(|flag| flag.value);
        let values = match (&scale.range, scale.values.as_slice(), scale.choices.as_slice(), yes_no) {
            (Some(range), [], [], false) => {
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
            (None, [_, _, ..], [], false) => ScaleValues::List(self.scale_values(
                scope,
                &path,
                scale,
                codes.as_deref().unwrap_or_default(),
            )?),
            (None, [], [_, _, ..], false) => {
                ScaleValues::Choices(self.choices(scale, codes.as_deref().unwrap_or_default())?)
            }
            (None, [], [], true) => ScaleValues::YesNo,
            _ => {
                self.report(
                    Diagnostic::error(
                        Code::InvalidScale,
                        scale.id.place,
                        words!(
                            "a scale has one of these: two or more `values`, a `range`, two or more `choices`, or `yes-no`",
                            "eine Skala hat eines davon: mindestens zwei `values`, einen `range`, mindestens zwei `choices` oder `yes-no`"
                        ),
                    )
                    .help(words!(
                        "for instance `values = [0, 1, 2, 3, 4]`, `range = {{ from = 0, to = 100, step = 0.5 }}`, `choices = [\"a\", \"b\", \"c\"]` or `yes-no = true`",
                        "zum Beispiel `values = [0, 1, 2, 3, 4]`, `range = {{ from = 0, to = 100, step = 0.5 }}`, `choices = [\"a\", \"b\", \"c\"]` oder `yes-no = true`"
                    )),
                );
                return None;
            }
        };
        codes?;
        let text = |text: &Option<At<String>>| text.as_ref().map(ToString::to_string);
        let built = Scale {
            path,
            values,
            unit: text(&scale.unit),
            not_observed: text(&scale.not_observed),
            not_reached: text(&scale.not_reached),
            refused: text(&scale.refused),
        };
        for code in [&scale.not_observed, &scale.not_reached, &scale.refused].into_iter().flatten() {
            if built.decode(code).is_some() {
                self.code_taken(code.place);
                return None;
            }
        }
        Some(built)
    }

    /// The codes for missing values, each different from the others and from every number.
    fn missing_codes(&mut self, scale: &raw::Scale) -> Option<Vec<String>> {
        let mut codes: Vec<String> = Vec::new();
        let mut sound = true;
        for code in [&scale.not_observed, &scale.not_reached, &scale.refused].into_iter().flatten() {
            if code.trim() != code.as_str() || code.is_empty() || Exact::parse(code).is_ok() {
                sound = false;
                self.error(
                    Code::InvalidScale,
                    code.place,
                    words!(
                        "a code is a sign or a word without spaces around it, and not a number",
                        "ein Code ist ein Zeichen oder Wort ohne Leerzeichen davor und danach, und keine Zahl"
                    ),
                );
            } else if codes.iter().any(|other| other.eq_ignore_ascii_case(code)) {
                sound = false;
                self.code_taken(code.place);
            }
            codes.push(code.to_string());
        }
        sound.then_some(codes)
    }

    fn code_taken(&mut self, place: Place) {
        self.error(
            Code::InvalidScale,
            place,
            words!(
                "a code must differ from all other codes and from numbers",
                "ein Code muss sich von allen anderen Codes und von Zahlen unterscheiden"
            ),
        );
    }

    fn scale_values(
        &mut self,
        scope: &str,
        path: &str,
        scale: &raw::Scale,
        codes: &[String],
    ) -> Option<Vec<ScaleValue>> {
        let mut list: Vec<ScaleValue> = Vec::new();
        let mut taken: HashSet<String> = codes.iter().map(|code| code.to_ascii_lowercase()).collect();
        let mut sound = true;
        for (position, value) in scale.values.iter().enumerate() {
            let number = value.number.value.clone();
            if list.last().is_some_and(|last| last.number >= number) && sound {
                sound = false;
                let message = words!("the values must ascend", "die Werte müssen aufsteigen");
                self.report(
                    Diagnostic::error(Code::InvalidScale, value.place, message).help(words!(
                        "write the lowest value first",
                        "den niedrigsten Wert zuerst schreiben"
                    )),
                );
            }
            let code = value.code.as_ref().map(ToString::to_string);
            if let (Some(code), Some(at)) = (&code, &value.code) {
                let new = taken.insert(code.to_ascii_lowercase());
                if !new || code.trim() != code || code.is_empty() || Exact::parse(code).is_ok() {
                    sound = false;
                    self.code_taken(at.place);
                }
            }
            // A translator finds the value by its place in the list.
            let title_path = format!("{path}.values.{}", position + 1);
            let title = value.title.as_ref().map(|title| self.text(scope, title_path, title));
            list.push(ScaleValue { number, code, title });
        }
        sound.then_some(list)
    }

    fn choices(&mut self, scale: &raw::Scale, codes: &[String]) -> Option<Vec<String>> {
        if let Some(choice) = scale.choices.get(MAX_CHOICES) {
            self.error(
                Code::InvalidScale,
                choice.place,
                words!("at most {MAX_CHOICES} choices", "höchstens {MAX_CHOICES} Auswahlen"),
            );
            return None;
        }
        // Ids have no capitals.
        let mut taken: HashSet<String> = codes.iter().map(|code| code.to_ascii_lowercase()).collect();
        let mut sound = true;
        for choice in &scale.choices {
            if !taken.insert(choice.to_string()) {
                sound = false;
                self.code_taken(choice.place);
            }
        }
        sound.then(|| scale.choices.iter().map(ToString::to_string).collect())
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
        scales: &[Option<Scale>],
    ) -> (Option<Item>, Option<ItemInfo>) {
        let path = join(scope, item.id.as_str());
        let title = self.text(scope, format!("{path}.title"), &item.title);
        let text = item.text.as_ref().map(|text| self.text(scope, format!("{path}.text"), text));
        let scale = match self.resolve(scope, &item.scale) {
            Some(Name::Scale(scale)) => scale,
            Some(other) => {
                self.wrong_kind(&item.scale, &words!("a scale", "eine Skala"), other);
                return (None, None);
            }
            None => return (None, None),
        };
        let Some(on) = &scales[scale.position()] else { return (None, None) };
        let Some(reading) = self.reading(item, on) else { return (None, None) };
        let bounds = reading.range(on.bounds());
        let choices = self.choices_of(scale, on);
        let info = ItemInfo { bounds, choices, nominal: reading == Reading::Nominal };
        let item = Item {
            path,
            module: module_of(files, scope),
            title,
            text,
            scale,
            reading,
            single: false,
            // Whether only scores are compared is known when all measures are.
            disputable: true,
            place: self.show(item.place),
        };
        (Some(item), Some(info))
    }

    /// The choices of a scale, once for all items on it.
    fn choices_of(&mut self, ix: Ix<Scale>, scale: &Scale) -> Rc<[String]> {
        let ScaleValues::Choices(choices) = &scale.values else { return Rc::default() };
        Rc::clone(self.choices.entry(ix).or_insert_with(|| choices.as_slice().into()))
    }

    /// What a rating of an item is worth.
    fn reading(&mut self, item: &At<raw::Item>, scale: &Scale) -> Option<Reading> {
        let reverse = item.reverse.as_ref().is_some_and(|flag| flag.value);
        let ways = [reverse, item.key.is_some(), item.scores.is_some(), !item.points.is_empty()];
        if ways.iter().filter(|way| **way).count() > 1 {
            self.error(
                Code::InvalidItem,
                item.id.place,
                words!(
                    "an item has one of `reverse`, `key`, `scores` and `points`",
                    "ein Merkmal hat nur eines von `reverse`, `key`, `scores` und `points`"
                ),
            );
            return None;
        }
        if reverse {
            let place = item.reverse.as_ref().map_or(item.place, |flag| flag.place);
            return self.reversed(scale.bounds(), place);
        }
        let choices = match &scale.values {
            ScaleValues::Choices(choices) => choices.as_slice(),
            _ => &[],
        };
        if let Some(points) = self.keyed(item.key.as_ref(), item.scores.as_ref(), choices)? {
            return Some(Reading::Options(points));
        }
        if !item.points.is_empty() {
            return self.points(item, scale).map(Reading::Points);
        }
        Some(if choices.is_empty() { Reading::Plain } else { Reading::Nominal })
    }

    /// A reading in which the lowest value counts as the highest.
    pub(super) fn reversed(&mut self, bounds: Option<(Exact, Exact)>, place: Place) -> Option<Reading> {
        let Some((lowest, highest)) = bounds else {
            self.error(
                Code::InvalidItem,
                place,
                words!(
                    "choices have no order that could be reversed",
                    "Auswahlen haben keine Reihenfolge, die sich umkehren ließe"
                ),
            );
            return None;
        };
        Some(Reading::Reversed(&lowest + &highest))
    }

    /// The points of each choice, if a key or scores are given.
    #[allow(clippy::option_option, reason = "points may be absent, or mistaken")]
    pub(super) fn keyed(
        &mut self,
        key: Option<&At<String>>,
        scores: Option<&At<raw::Scores>>,
        choices: &[String],
    ) -> Option<Option<Vec<Exact>>> {
        let place = match (key, scores) {
            (None, None) => return Some(None),
            (Some(key), _) => key.place,
            (None, Some(scores)) => scores.place,
        };
        if choices.is_empty() || (key.is_some() && scores.is_some()) {
            self.error(
                Code::InvalidItem,
                place,
                words!(
                    "`key` or `scores` belong to items on a scale with `choices`, one of the two",
                    "`key` oder `scores` gehören zu Merkmalen auf einer Skala mit `choices`, eines von beiden"
                ),
            );
            return None;
        }
        if let Some(key) = key {
            let right = choices.iter().position(|choice| *choice == key.value);
            if right.is_none() {
                self.unknown_choice(key, choices);
            }
            let point = |position| if Some(position) == right { Exact::ONE } else { Exact::ZERO };
            return right.map(|_| Some((0..choices.len()).map(point).collect()));
        }
        let scores = scores?;
        let mut points: Vec<Option<Exact>> = vec![None; choices.len()];
        let mut sound = true;
        let positions: HashMap<&str, usize> = choices.iter().map(String::as_str).zip(0..).collect();
        for (choice, score) in &scores.0 {
            match positions.get(choice.value.as_str()).copied() {
                Some(position) => points[position] = Some(score.value.clone()),
                None => {
                    self.unknown_choice(choice, choices);
                    sound = false;
                }
            }
        }
        let unscored: Vec<&str> =
            choices.iter().zip(&points).filter(|(_, p)| p.is_none()).map(|(c, _)| c.as_str()).collect();
        if let (true, Some(_)) = (sound, unscored.first()) {
            let list = listed(&unscored);
            let message = words!("the points of {list} are missing", "die Punkte für {list} fehlen");
            self.report(Diagnostic::error(Code::InvalidItem, scores.place, message).help(words!(
                "give a choice that is worth nothing 0 points",
                "einer Auswahl, die nichts wert ist, 0 Punkte geben"
            )));
        }
        all(points).filter(|_| sound).map(Some)
    }

    fn unknown_choice(&mut self, written: &At<String>, choices: &[String]) {
        let (word, list) = (&written.value, listed(choices));
        self.report(
            Diagnostic::error(
                Code::UnknownId,
                written.place,
                words!("there is no choice `{word}`", "eine Auswahl `{word}` gibt es nicht"),
            )
            .help(words!("the choices are {list}", "die Auswahlen sind {list}")),
        );
    }

    /// The points of each stretch of measured values; together they cover the scale.
    fn points(&mut self, item: &At<raw::Item>, scale: &Scale) -> Option<Vec<PointRow>> {
        let Some((lowest, highest)) = scale.bounds() else {
            self.error(
                Code::InvalidItem,
                item.points.first().map_or(item.place, |row| row.place),
                words!(
                    "choices are worth what `key` or `scores` say",
                    "was Auswahlen wert sind, sagen `key` oder `scores`"
                ),
            );
            return None;
        };
        let count = item.points.len();
        let mut rows: Vec<PointRow> = Vec::new();
        let mut before: Option<Exact> = None;
        let downwards = item.points.iter().any(|row| row.at_most.is_some());
        for (position, row) in item.points.iter().enumerate() {
            let (bound, open) = if downwards {
                (&row.at_most, position + 1 == count)
            } else {
                (&row.at_least, position == 0)
            };
            let mixed =
                row.at_least.is_some() && row.at_most.is_some() || (downwards && row.at_least.is_some());
            let sound = match bound {
                _ if mixed => false,
                Some(bound) => before.as_ref().is_none_or(|before| *before < bound.value),
                None => open,
            };
            if !sound {
                self.report(
                    Diagnostic::error(
                        Code::InvalidItem,
                        row.place,
                        words!("the rows must ascend without gaps", "die Zeilen müssen lückenlos aufsteigen"),
                    )
                    .help(words!(
                        "give every row `at-most` (the last one may be open) or every row `at-least` (the first one may be open)",
                        "jeder Zeile `at-most` geben (die letzte darf offen sein) oder jeder Zeile `at-least` (die erste darf offen sein)"
                    )),
                );
                return None;
            }
            let bound = bound.as_ref().map(|bound| bound.value.clone());
            let none = Bounds { at_least: None, above: None, at_most: None, below: None };
            let stretch = if downwards {
                Bounds { above: before.clone(), at_most: bound.clone(), ..none }
            } else {
                if let Some(PointRow { stretch, .. }) = rows.last_mut() {
                    stretch.below.clone_from(&bound);
                }
                Bounds { at_least: bound.clone(), ..none }
            };
            before = bound.or(before);
            rows.push(PointRow { stretch, is: row.is.value.clone() });
        }
        let covers = |value: &Exact| rows.iter().any(|row| row.stretch.contain(value));
        let uncovered = [lowest, highest].into_iter().find(|value| !covers(value));
        if let Some(value) = uncovered {
            let value = value.to_plain();
            let place = item.points.first().map_or(item.place, |row| row.place);
            self.error(
                Code::InvalidItem,
                place,
                words!(
                    "the value {value} of the scale has no row",
                    "der Wert {value} der Skala hat keine Zeile"
                ),
            );
            return None;
        }
        Some(rows)
    }
}
