//! Templates with sample data, as pictures, and again whenever a file is saved.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use kompetenz::{Words, words};
use kompetenz_render::{Files, Format, RenderError, Studio, Template, for_each_in_order};

use super::gallery::{Shown, html};
use super::samples::{Sample, pictures, samples};
use crate::commands::watch;
use crate::paper::resolution;
use crate::trouble::Result;
use crate::ui::Speaker;
use crate::{Answer, design, files};

/// Make pictures of all documents with sample data, to look at templates.
///
/// The samples are of made-up people: much and little text, every language, alone and beside German. Open
/// `index.html` in the folder with a browser: it shows all pages side by side.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A folder with templates of your own, which take the place of the shipped ones file by file
    #[arg(value_name = "DIR")]
    templates: Option<PathBuf>,
    /// The folder for the pictures and `index.html`; made if it does not exist
    #[arg(long, short)]
    out: PathBuf,
    /// Only this template of certificates [default: all]
    #[arg(long, value_name = "NAME")]
    template: Option<String>,
    /// How many pixels per inch the pictures have
    #[arg(long, value_name = "COUNT", default_value_t = 80)]
    ppi: u16,
    /// Make them again whenever a file of yours is saved; Ctrl-C ends it
    #[arg(long, requires = "templates")]
    watch: bool,
}

/// Nobody who designs waits longer, and no sample takes as long.
const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) fn run(args: &Args, speaker: &Speaker) -> Result<Answer> {
    let mut studio = Preview {
        format: Format::Png(resolution(args.ppi)?),
        samples: samples()?,
        left_behind: 0,
        args,
        speaker,
    };
    files::make_folder(&args.out)?;
    let folder = match &args.templates {
        Some(folder) if args.watch => folder,
        folder => return studio.round(&design::template(folder.as_deref())?),
    };

    // Whatever is saved from here on is heard of, so that nothing is missed while the first pictures are made.
    let saved = watch::saved(folder)?;
    speaker.note(&words!(
        "looking again on every save; Ctrl-C ends it",
        "sieht bei jedem Speichern nach; Strg-C beendet"
    ));
    let mut seen = design::template(Some(folder));
    let mut answer = studio.told(seen.clone())?;
    for () in saved {
        let now = design::template(Some(folder));
        if now != seen {
            answer = studio.told(now.clone())?;
            seen = now;
        }
    }
    Ok(answer)
}

/// What stays the same from one round to the next.
struct Preview<'a> {
    args: &'a Args,
    speaker: &'a Speaker,
    format: Format,
    samples: Vec<Sample>,
    /// Threads that run on with a template that does not end.
    left_behind: usize,
}

impl Preview<'_> {
    /// A round under `--watch`: the next save may make good what is wrong now.
    fn told(&mut self, template: Result<Template>) -> Result<Answer> {
        if self.left_behind > 0 {
            return Err(words!(
                "a template did not end, and still keeps the processor busy; start again",
                "eine Vorlage ist nicht fertig geworden und beschäftigt noch den Rechner; neu starten"
            )
            .into());
        }
        template.and_then(|template| self.round(&template)).or_else(|trouble| {
            self.speaker.error(&trouble);
            Ok(Answer::No)
        })
    }

    /// All pictures of all families, once.
    fn round(&mut self, template: &Template) -> Result<Answer> {
        let Preview { args, speaker, .. } = *self;
        let families: Vec<String> = match &args.template {
            Some(name) => vec![name.clone()],
            None => template.families().map(str::to_owned).collect(),
        };
        let mut wall = Wall::default();
        for (i, family) in families.iter().enumerate() {
            let studio = Studio::new(&template.clone().of_family(family)?, pictures()?)?;
            let studio = studio.with_patience(PATIENCE);
            // Other documents look the same in all families.
            let is_wanted = |sample: &&Sample| sample.is_certificate() || i == 0;
            let wanted: Vec<_> = self.samples.iter().filter(is_wanted).collect();
            let result = self.family(&studio, family, &wanted, &mut wall);
            self.left_behind += studio.left_behind();
            result?;
        }

        let Wall { mut shown, others, changed } = wall;
        shown.extend(others);
        let failed = shown.iter().filter(|shown| shown.problem.is_some()).count();
        let index = args.out.join("index.html");
        files::write(&index, html(speaker.ui, &shown).as_bytes())?;
        let (index, all) = (index.display(), shown.iter().map(|shown| shown.pages.len()).sum::<usize>());
        speaker.say(&words!(
            "{all} page(s), {changed} of them new or changed, {failed} document(s) failed; look at {index}",
            "{all} Seite(n), davon {changed} neu oder geändert, {failed} Dokument(e) gescheitert; zu sehen in {index}"
        ))?;
        Ok(if failed == 0 { Answer::Yes } else { Answer::No })
    }

    /// These samples with the templates of one family.
    fn family(&self, studio: &Studio, family: &str, samples: &[&Sample], wall: &mut Wall) -> Result<()> {
        let workers = thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        let print = |sample: &&Sample| sample.print(studio, &self.format);
        for_each_in_order(samples, workers, print, |i, result| {
            let sample = samples[i];
            if sample.is_certificate() {
                let page =
                    self.keep(family.to_owned(), &format!("{family}/"), sample, result, &mut wall.changed)?;
                wall.shown.push(page);
            } else {
                let section = words!("other documents", "andere Dokumente");
                let section = section.get(self.speaker.ui).to_owned();
                let page = self.keep(section, "", sample, result, &mut wall.changed)?;
                wall.others.push(page);
            }
            Ok(())
        })
    }

    /// Writes the pages that are not there yet like this, so that viewers notice only those.
    fn keep(
        &self,
        section: String,
        folder: &str,
        sample: &Sample,
        result: std::result::Result<Files, RenderError>,
        changed: &mut usize,
    ) -> Result<Shown> {
        let name = &sample.name;
        let (pages, problem) = match result {
            Ok(pages) => (pages, None),
            Err(error) => {
                let reason = error.message();
                let Words { en, de } = &reason;
                self.speaker.note(&words!("{folder}{name}: {en}", "{folder}{name}: {de}"));
                (Files::new(), Some(reason.get(self.speaker.ui).to_owned()))
            }
        };
        files::make_folder(&self.args.out.join(folder))?;
        let mut names = Vec::new();
        for (i, bytes) in pages.iter().enumerate() {
            let page = format!("{folder}{name}-{}.png", i + 1);
            let path = self.args.out.join(&page);
            if !is_same(&path, bytes) {
                files::write(&path, bytes)?;
                *changed += 1;
            }
            names.push(page);
        }
        Ok(Shown { section, name: name.clone(), pages: names, problem })
    }
}

/// What has been made so far.
#[derive(Default)]
struct Wall {
    shown: Vec<Shown>,
    others: Vec<Shown>,
    changed: usize,
}

fn is_same(path: &Path, bytes: &[u8]) -> bool {
    files::bytes(path, usize::MAX).is_ok_and(|there| there == bytes)
}
