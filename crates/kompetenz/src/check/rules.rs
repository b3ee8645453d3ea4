//! Findings, recommendations, steps, and what the certificate shows.

use super::*;

impl Checker<'_> {
    pub(super) fn finding(
        &mut self,
        scope: &str,
        finding: &At<raw::Finding>,
        cx: &Levels<'_>,
    ) -> Option<Finding> {
        let path = join(scope, finding.id.as_str());
        let when = self.condition(scope, &finding.when, cx);
        let known = when.as_ref().map(sense::known_if_holds).unwrap_or_default();
        let text = self.sentence(scope, format!("{path}.text"), &finding.text, Some(known.clone()));
        let easy = finding.easy.as_ref();
        let easy = easy.map(|easy| self.sentence(scope, format!("{path}.easy"), easy, Some(known)));
        let picture = finding.picture.as_ref().map(|picture| picture.value);
        let priority = finding.priority.as_ref().map_or(50, |priority| priority.value);
        let place = self.show(finding.place);
        Some(Finding { path, kind: finding.kind.value, when: when?, priority, text, easy, picture, place })
    }

    pub(super) fn recommendation(
        &mut self,
        scope: &str,
        recommendation: &At<raw::Recommendation>,
        steps: &[Option<Step>],
        cx: &Levels<'_>,
    ) -> Option<Recommendation> {
        let path = join(scope, recommendation.id.as_str());
        let when = match &recommendation.when {
            Some(when) => self.condition(scope, when, cx).map(Some),
            None => Some(None),
        };
        let known = when.iter().flatten().map(sense::known_if_holds).next().unwrap_or_default();
        let text = self.sentence(scope, format!("{path}.text"), &recommendation.text, Some(known.clone()));
        let easy = recommendation.easy.as_ref();
        let easy = easy.map(|easy| self.sentence(scope, format!("{path}.easy"), easy, Some(known)));
        let body = self.text(scope, format!("{path}.body"), &recommendation.body);
        let number = recommendation.step.value;
        let step = steps.iter().flatten().map(|step| step.number).find(|step| u32::from(*step) == number);
        // A step that is itself mistaken is reported where it is declared.
        if step.is_none() && steps.iter().all(Option::is_some) {
            self.report(
                Diagnostic::error(
                    Code::InvalidStep,
                    recommendation.step.place,
                    words!("there is no step {number}", "einen Schritt {number} gibt es nicht"),
                )
                .help(words!(
                    "steps are declared in the main file: `[[step]]` with `number` and `title`",
                    "Schritte stehen in der Hauptdatei: `[[step]]` mit `number` und `title`"
                )),
            );
        }
        let due = match &recommendation.due {
            Some(due) => {
                let read = Due::read(due);
                if read.is_none() {
                    self.report(
                        Diagnostic::error(
                            Code::InvalidStep,
                            due.place,
                            words!("not a stretch of time", "keine Zeitspanne"),
                        )
                        .help(words!(
                            "write for instance `10 days`, `4 weeks` or `6 months` (at most 10 years)",
                            "zum Beispiel `10 days`, `4 weeks` oder `6 months` schreiben (höchstens 10 Jahre)"
                        )),
                    );
                }
                read.map(Some)
            }
            None => Some(None),
        };
        let excludes: Vec<_> = recommendation
            .excludes
            .iter()
            .map(|reference| match self.resolve(scope, reference)? {
                Name::Recommendation(other) => Some(other),
                other => {
                    self.wrong_kind(reference, &words!("a recommendation", "eine Empfehlung"), other);
                    None
                }
            })
            .collect();
        let priority = recommendation.priority.as_ref().map_or(50, |priority| priority.value);
        let place = self.show(recommendation.place);
        Some(Recommendation {
            path,
            step: step?,
            when: when?,
            priority,
            internal: recommendation.internal.as_ref().is_some_and(|flag| flag.value),
            excludes: all(excludes)?,
            body,
            due: due?,
            text,
            easy,
            picture: recommendation.picture.as_ref().map(|picture| picture.value),
            place,
        })
    }

    /// The recommendations that exclude others, each behind those that could exclude it.
    pub(super) fn exclusions(
        &mut self,
        files: &[(Scope, raw::Definition)],
        recommendations: &[Option<Recommendation>],
    ) -> Option<Vec<Ix<Recommendation>>> {
        let mut excluded_by = vec![0usize; recommendations.len()];
        for recommendation in recommendations.iter().flatten() {
            for other in &recommendation.excludes {
                excluded_by[other.position()] += 1;
            }
        }
        let mut ready: Vec<usize> = (0..excluded_by.len()).filter(|&ix| excluded_by[ix] == 0).collect();
        let mut next = 0;
        while let Some(&ix) = ready.get(next) {
            next += 1;
            for other in recommendations[ix].iter().flat_map(|recommendation| &recommendation.excludes) {
                excluded_by[other.position()] -= 1;
                if excluded_by[other.position()] == 0 {
                    ready.push(other.position());
                }
            }
        }
        if let Some(start) = excluded_by.iter().position(|left| *left > 0) {
            // Whoever is left over is excluded by another one left over; going back leads into a circle.
            let left = |ix: &usize| excluded_by[*ix] > 0;
            let excludes = |ix: usize, other: usize| {
                let own = recommendations[ix].iter().flat_map(|recommendation| &recommendation.excludes);
                own.into_iter().position(|excluded| excluded.position() == other)
            };
            let mut path = vec![start];
            let (first, at) = loop {
                let last = path[path.len() - 1];
                let before =
                    (0..excluded_by.len()).filter(left).find_map(|ix| excludes(ix, last).map(|at| (ix, at)));
                let (before, at) = before.unwrap_or((start, 0));
                if path.contains(&before) {
                    break (before, at);
                }
                path.push(before);
            };
            let raw = files.iter().flat_map(|(_, file)| &file.recommendation).nth(first)?;
            self.error(
                Code::Cycle,
                raw.excludes.get(at).map_or(raw.place, |reference| reference.place),
                words!(
                    "recommendations exclude each other in a circle",
                    "Empfehlungen schließen einander im Kreis aus"
                ),
            );
            return None;
        }
        let excluding = |ix: &usize| recommendations[*ix].as_ref().is_some_and(|r| !r.excludes.is_empty());
        Some(ready.into_iter().filter(excluding).map(Ix::new).collect())
    }

    pub(super) fn steps(&mut self, main: &raw::Definition) -> Vec<Option<Step>> {
        let mut seen: Vec<u32> = Vec::new();
        let mut steps = Vec::new();
        for step in &main.step {
            let number = step.number.value;
            let title = self.text("", format!("step.{number}.title"), &step.title);
            let sound = (6..=9).contains(&number) && seen.last().is_none_or(|last| *last < number);
            if !sound {
                self.error(
                    Code::InvalidStep,
                    step.number.place,
                    words!(
                        "steps are numbered 6 to 9, ascending",
                        "Schritte haben die Nummern 6 bis 9, aufsteigend"
                    ),
                );
            }
            seen.push(number);
            steps.push(u8::try_from(number).ok().filter(|_| sound).map(|number| Step { number, title }));
        }
        steps
    }

    pub(super) fn module(&mut self, scope: &str, file: &raw::Definition, cx: &Levels<'_>) -> Option<Module> {
        let prefix = if scope.is_empty() { String::new() } else { format!("{scope}.") };
        let title = self.text(scope, format!("{prefix}title"), &file.title);
        let summary =
            file.summary.as_ref().map(|summary| self.text(scope, format!("{prefix}summary"), summary));
        let shows = self.shown(scope, &file.shows, cx);
        let observers = file.observers.as_deref();
        let dispute_from = observers.and_then(|o| o.dispute_from.as_ref());
        let talk_from = observers.and_then(|o| o.talk_from.as_ref());
        for distance in [dispute_from, talk_from].into_iter().flatten() {
            if distance.value <= Exact::ZERO {
                let message =
                    words!("the distance must be greater than 0", "der Abstand muss größer als 0 sein");
                self.error(Code::InvalidNumber, distance.place, message);
            }
        }
        Some(Module {
            id: file.id.to_string(),
            title,
            summary,
            shows: shows?,
            observers: Observers {
                at_least: observers.and_then(|o| o.at_least.as_ref()).map_or(1, |n| n.value.max(1)),
                combine: observers.and_then(|o| o.combine.as_ref()).map_or(Combine::Mean, |c| c.value),
                dispute_from: dispute_from.map(|spread| spread.value.clone()),
                trials: observers.and_then(|o| o.trials.as_ref()).map_or(Trials::All, |t| t.value),
                talk_from: talk_from.map(|distance| distance.value.clone()),
            },
            picture: file.picture.as_ref().map(|picture| picture.value),
        })
    }

    /// Measures that a certificate shows; each needs levels, because a certificate shows no bare numbers.
    pub(super) fn shown(
        &mut self,
        scope: &str,
        references: &[Ref],
        cx: &Levels<'_>,
    ) -> Option<Vec<Ix<Measure>>> {
        let mut measures = Vec::new();
        for reference in references {
            let measure = self.measure(scope, reference);
            if let Some(measure) = measure
                && cx.levels(measure).is_none()
            {
                let written = &reference.value;
                self.report(
                    Diagnostic::error(
                        Code::InvalidLevels,
                        reference.place,
                        words!("`{written}` has no levels", "`{written}` hat keine Stufen"),
                    )
                    .help(words!(
                        "a certificate shows levels, not numbers: give the measure `levels`",
                        "ein Zertifikat zeigt Stufen, keine Zahlen: dem Messwert `levels` geben"
                    )),
                );
            }
            measures.push(measure);
        }
        all(measures)
    }

    pub(super) fn certificate(
        &mut self,
        certificate: &raw::Certificate,
        cx: &Levels<'_>,
    ) -> Option<Certificate> {
        let mut text = |key: &str, text: &At<String>| self.text("", format!("certificate.{key}"), text);
        let title = text("title", &certificate.title);
        let subtitle = text("subtitle", &certificate.subtitle);
        let procedure = text("procedure", &certificate.procedure);
        let is = text("is", &certificate.is);
        let is_not = text("is-not", &certificate.is_not);
        let profile = self.shown("", &certificate.profile, cx)?;
        let per_step = certificate.per_step.as_ref().map(|count| count.value);
        let per_kind = certificate.per_kind.as_ref().map(|count| count.value);
        Some(Certificate { title, subtitle, procedure, is, is_not, profile, per_step, per_kind })
    }

    /// Warns of what is declared and used nowhere: often a forgotten part, sometimes a slip in a name.
    pub(super) fn unused(&mut self, files: &[(Scope, raw::Definition)]) {
        for (scope, file) in files {
            let things = file
                .scale
                .iter()
                .map(|x| (&x.id, ("this scale", "diese Skala")))
                .chain(file.ladder.iter().map(|x| (&x.id, ("this ladder", "diese Leiter"))))
                .chain(file.fact.iter().map(|x| (&x.id, ("this fact", "diese Angabe"))))
                .chain(file.norm.iter().map(|x| (&x.id, ("this norm table", "diese Normtabelle"))))
                .chain(file.item.iter().map(|x| (&x.id, ("this item", "dieses Merkmal"))));
            for (id, (en, de)) in things {
                if !self.used.contains(&join(scope, id.as_str())) {
                    let message = words!("{en} is used nowhere", "{de} wird nirgends verwendet");
                    self.diagnostics.push(Diagnostic::warning(Code::Unused, id.place, message));
                }
            }
        }
    }
}
