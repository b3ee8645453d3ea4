//! What jobs ask for.

use super::*;

impl Checker<'_> {
    pub(super) fn job(&mut self, scope: &str, job: &At<raw::Job>, cx: &Levels<'_>) -> Option<Job> {
        let path = join(scope, job.id.as_str());
        let title = self.text(scope, format!("{path}.title"), &job.title);
        let summary = job.summary.as_ref().map(|text| self.text(scope, format!("{path}.summary"), text));
        if job.requires.is_empty() {
            self.error(
                Code::InvalidJob,
                job.id.place,
                words!(
                    "this job asks for nothing; `requires` is missing or empty",
                    "dieser Beruf verlangt nichts; `requires` fehlt oder ist leer"
                ),
            );
            return None;
        }
        let mut requires: Vec<Option<Requirement>> = Vec::new();
        let mut named = HashSet::new();
        for requirement in &job.requires {
            let built = self.requirement(scope, requirement, cx);
            if let Some(built) = &built
                && !named.insert(built.of)
            {
                let message = words!("this is asked for twice", "das ist doppelt verlangt");
                self.error(Code::DuplicateId, requirement.of.place, message);
            }
            requires.push(built);
        }
        let requires = all(requires)?;
        if !requires.iter().any(|requirement| requirement.must) {
            self.report(
                Diagnostic::error(
                    Code::InvalidJob,
                    job.id.place,
                    words!(
                        "nothing is a must here, so the job would suit people of whom nothing is known",
                        "nichts ist hier ein Muss, also passte der Beruf auch zu Menschen, von denen nichts bekannt ist"
                    ),
                )
                .help(words!(
                    "write `must = true` where the job cannot be done without",
                    "`must = true` schreiben, wo es ohne nicht geht"
                )),
            );
        }
        Some(Job { path, title, summary, requires, place: self.show(job.place) })
    }

    fn requirement(
        &mut self,
        scope: &str,
        requirement: &At<raw::Requirement>,
        cx: &Levels<'_>,
    ) -> Option<Requirement> {
        let of = self.measure(scope, &requirement.of)?;
        let written = &requirement.of.value;
        let asks = match (&requirement.level, &requirement.at_least) {
            (Some(level), None) => {
                if cx.levels(of).is_none() {
                    self.error(
                        Code::InvalidJob,
                        requirement.of.place,
                        words!("`{written}` has no levels", "`{written}` hat keine Stufen"),
                    );
                    return None;
                }
                Asks::Level(self.level_of(cx, of, level)?)
            }
            (None, Some(_)) if cx.is_condition(of) => {
                self.error(
                    Code::InvalidJob,
                    requirement.of.place,
                    words!(
                        "`{written}` has levels, but no score",
                        "`{written}` hat Stufen, aber keinen Wert"
                    ),
                );
                return None;
            }
            (None, Some(value)) => Asks::Value(value.value.clone()),
            _ => {
                self.report(
                    Diagnostic::error(
                        Code::InvalidJob,
                        requirement.place,
                        words!(
                            "a job asks for a `level` or for `at-least` so much, one of the two",
                            "ein Beruf verlangt eine Stufe (`level`) oder mindestens so viel (`at-least`), eines von beiden"
                        ),
                    )
                    .help(words!(
                        "write `{{ of = \"{written}\", level = \"…\" }}`",
                        "`{{ of = \"{written}\", level = \"…\" }}` schreiben"
                    )),
                );
                return None;
            }
        };
        let must = requirement.must.as_ref().is_some_and(|flag| flag.value);
        Some(Requirement { of, asks, must, place: self.show(requirement.place) })
    }
}
