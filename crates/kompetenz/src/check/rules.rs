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
        let text = self.sentence(scope, format!("{path}.text"), &finding.text, Some(known));
        Some(Finding { path, kind: finding.kind.value, when: when?, text, place: self.show(finding.place) })
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
        let text = self.sentence(scope, format!("{path}.text"), &recommendation.text, Some(known));
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
                let read = read_due(due);
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
        let priority = recommendation.priority.as_ref().map_or(50, |priority| priority.value);
        let place = self.show(recommendation.place);
        Some(Recommendation { path, step: step?, when: when?, priority, body, due: due?, text, place })
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
        if let Some(spread) = dispute_from
            && spread.value <= Exact::ZERO
        {
            let message = words!("the spread must be greater than 0", "der Abstand muss größer als 0 sein");
            self.error(Code::InvalidNumber, spread.place, message);
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
            },
        })
    }

    /// Measures that a certificate shows; each needs levels, because a certificate shows no bare numbers.
    fn shown(&mut self, scope: &str, references: &[Ref], cx: &Levels<'_>) -> Option<Vec<Ix<Measure>>> {
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
        Some(Certificate { title, subtitle, procedure, is, is_not, profile, per_step })
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

/// `10 days`, `4 weeks`, `6 months`: whole numbers, at most ten years.
fn read_due(text: &str) -> Option<Due> {
    let (count, unit) = text.trim().split_once(' ')?;
    let count: i32 = count.parse().ok().filter(|count| (1..=3660).contains(count))?;
    match unit.trim() {
        "day" | "days" => Some(Due::Days(count)),
        "week" | "weeks" if count <= 520 => Some(Due::Days(count * 7)),
        "month" | "months" if count <= 120 => Some(Due::Months(count)),
        _ => None,
    }
}
