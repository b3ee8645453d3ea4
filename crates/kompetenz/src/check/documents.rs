//! The documents beside the certificate: whatever the easy-read page may have to show has a picture and a sentence.

use super::*;
use crate::assessment::Picture;
use crate::raw::ReportPart;

/// What the page shows, as far as it is built. `None` is what was left out because of a mistake in it.
pub(super) struct Built<'a> {
    pub(super) modules: &'a [Option<Module>],
    pub(super) ladders: &'a [Option<Ladder>],
    pub(super) measures: &'a [Option<Measure>],
}

/// Sentences of the page by the path of what they say.
type Sentences = HashMap<String, EasySentence>;

impl Checker<'_> {
    /// The texts of the page itself, with what is known of everything it shows.
    pub(super) fn easy_read(
        &mut self,
        page: &At<raw::EasyRead>,
        profile: Option<Vec<EasyMeasure>>,
        (findings, recommendations): (Sentences, Sentences),
    ) -> Option<EasyRead> {
        let title = self.text("", "easy-read.title".to_owned(), &page.title);
        let mut list = |key: &str, texts: &[At<String>]| -> Vec<Ix<Text>> {
            let text = |(text, number): (_, usize)| self.text("", format!("easy-read.{key}.{number}"), text);
            texts.iter().zip(1..).map(text).collect()
        };
        let opening = list("opening", &page.opening);
        let closing = list("closing", &page.closing);
        Some(EasyRead { title, opening, closing, profile: profile?, findings, recommendations })
    }

    /// The measures with a bar: those of the page, or else those of the certificate.
    pub(super) fn easy_profile(
        &mut self,
        main: &raw::Definition,
        page: &At<raw::EasyRead>,
        built: &Built<'_>,
        cx: &Levels<'_>,
    ) -> Option<Vec<EasyMeasure>> {
        let Some(certificate) = &main.certificate else {
            self.report(
                Diagnostic::error(
                    Code::MissingKey,
                    page.place,
                    words!("the key `certificate` is missing", "der Schlüssel `certificate` fehlt"),
                )
                .help(words!(
                    "the easy-read page explains the certificate: add `[certificate]`",
                    "die Seite „einfach erklärt“ erklärt das Zertifikat: `[certificate]` ergänzen"
                )),
            );
            return None;
        };
        let references = if page.profile.is_empty() { &certificate.profile } else { &page.profile };
        let shown = self.shown("", references, cx)?;
        let mut said = HashSet::new();
        let measures = references.iter().zip(shown);
        let measures: Vec<_> =
            measures.map(|(reference, ix)| self.easy_measure(reference, ix, built, &mut said)).collect();
        all(measures)
    }

    fn easy_measure(
        &mut self,
        reference: &Ref,
        ix: Ix<Measure>,
        built: &Built<'_>,
        said: &mut HashSet<Ix<Ladder>>,
    ) -> Option<EasyMeasure> {
        let measure = built.measures[ix.position()].as_ref()?;
        let ladder = measure.ladder?;
        let levels = &built.ladders[ladder.position()].as_ref()?.levels;
        let written = &reference.value;
        let without: Vec<&str> =
            levels.iter().filter(|level| level.easy.is_none()).map(|level| level.id.as_str()).collect();
        // A ladder that several measures share lacks its sentences once.
        if !without.is_empty() && said.insert(ladder) {
            let list = listed(&without);
            self.report(
                Diagnostic::error(
                    Code::MissingEasy,
                    reference.place,
                    words!(
                        "levels of `{written}` have no `easy`: {list}",
                        "Stufen von `{written}` haben kein `easy`: {list}"
                    ),
                )
                .help(words!(
                    "say to the person, in one short sentence, what the level means",
                    "der Person in einem kurzen Satz sagen, was die Stufe bedeutet"
                )),
            );
        }
        let module = built.modules[measure.module.position()].as_ref();
        let picture = self.picture(measure.picture, module, written, reference.place);
        let levels = all(levels.iter().map(|level| level.easy).collect());
        Some(EasyMeasure {
            of: ix,
            picture: picture?,
            title: measure.easy.unwrap_or(measure.title),
            levels: levels?,
        })
    }

    /// The sentences of findings, which may have one, and of recommendations, which must.
    pub(super) fn easy_sentences(
        &mut self,
        files: &[(Scope, raw::Definition)],
        modules: &[Option<Module>],
        findings: &[Option<Finding>],
        recommendations: &[Option<Recommendation>],
    ) -> (Sentences, Sentences) {
        let (mut said, mut advised) = (Sentences::new(), Sentences::new());
        let raw_findings = in_modules(files, modules, |file| &file.finding);
        for ((module, raw), finding) in raw_findings.zip(findings) {
            let Some((finding, text)) = finding.as_ref().and_then(|own| Some((own, own.easy?))) else {
                continue;
            };
            if let Some(picture) = self.picture(finding.picture, module, &finding.path, raw.id.place) {
                said.insert(finding.path.clone(), EasySentence { picture, text });
            }
        }
        let raw_recommendations = in_modules(files, modules, |file| &file.recommendation);
        for ((module, raw), recommendation) in raw_recommendations.zip(recommendations) {
            let Some(recommendation) = recommendation.as_ref().filter(|own| !own.internal) else { continue };
            let path = &recommendation.path;
            let picture = self.picture(recommendation.picture, module, path, raw.id.place);
            match (recommendation.easy, picture) {
                (Some(text), Some(picture)) => {
                    advised.insert(path.clone(), EasySentence { picture, text });
                }
                (Some(_), None) => {}
                (None, _) => self.report(
                    Diagnostic::error(
                        Code::MissingEasy,
                        raw.id.place,
                        words!("`{path}` has no `easy`", "`{path}` hat kein `easy`"),
                    )
                    .help(words!(
                        "the easy-read page shows every recommendation of the certificate: say to the person, in one short sentence, what to do",
                        "die Seite „einfach erklärt“ zeigt jede Empfehlung des Zertifikats: der Person in einem kurzen Satz sagen, was zu tun ist"
                    )),
                ),
            }
        }
        (said, advised)
    }

    /// Its own picture, or that of its file.
    fn picture(
        &mut self,
        own: Option<Picture>,
        module: Option<&Module>,
        path: &str,
        place: Place,
    ) -> Option<Picture> {
        let picture = own.or(module?.picture);
        if picture.is_none() {
            self.report(
                Diagnostic::error(
                    Code::MissingEasy,
                    place,
                    words!("`{path}` has no `picture`", "`{path}` hat kein `picture`"),
                )
                .help(words!(
                    "give it a `picture`, or give one to its whole file: `picture = \"work\"` above the first table",
                    "ihm ein `picture` geben, oder der ganzen Datei: `picture = \"work\"` vor der ersten Tabelle"
                )),
            );
        }
        picture
    }
}

/// What the report leaves out.
pub(super) fn left_out(main: &raw::Definition) -> Vec<ReportPart> {
    main.report.iter().flat_map(|report| &report.leave_out).map(|part| part.value).collect()
}

/// Elements of all files in the order in which they are built, each with its module.
fn in_modules<'f, T: 'f>(
    files: &'f [(Scope, raw::Definition)],
    modules: &'f [Option<Module>],
    of: impl Fn(&'f raw::Definition) -> &'f Vec<At<T>>,
) -> impl Iterator<Item = (Option<&'f Module>, &'f At<T>)> {
    let files = files.iter().zip(modules);
    files.flat_map(move |((_, file), module)| of(file).iter().map(move |element| (module.as_ref(), element)))
}
