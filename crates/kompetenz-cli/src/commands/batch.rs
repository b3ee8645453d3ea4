mod choose;
mod combined;
mod progress;
mod report;

use std::cell::RefCell;
use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use kompetenz::entry::Vocabulary;
use kompetenz::{Words, words};
use kompetenz_batch::{
    Batch, BatchError, Book, Cancel, Counts, Desk, Folder, GROUP, Gathered, Ledger, Names, Outcome,
    Partition, Printing, Rehearsal, Remarks, Report, Row, Settings, Shelf, Told, VOLUME, fingerprint,
};
use kompetenz_register::{Access, Part, Register, Scope, Text, TextError};

use self::choose::Chosen;
use self::combined::Combined;
use self::progress::Progress;
use super::render::{Issue, Kind, check_beside, check_labels, check_provided};
use crate::files::Office;
use crate::input::Input;
use crate::trouble::{Context, Result, Trouble};
use crate::ui::Speaker;
use crate::{Answer, files, input};

/// Make documents for everybody in the results, on all cores, and register them.
///
/// Each document is a file of its own, named by its number, and stands in the register. Rows that cannot be certified
/// are reported with their place and reason, and everybody else gets a certificate. What happened to every row stands
/// in `report.json` beside the documents, without names.
///
/// Run again, the same command goes on where it was interrupted: who has a certificate that still says the same keeps
/// it, and whose results have changed gets a corrected one with a new number, which supersedes the old one.
#[derive(clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of the command line")]
pub(crate) struct Args {
    /// The assessment: a folder with `assessment.toml`, or its main file
    assessment: PathBuf,
    #[command(flatten)]
    input: Input,
    /// The folder for documents and report; made if it does not exist
    #[arg(long, short)]
    out: PathBuf,
    #[command(flatten)]
    issue: Issue,
    /// For whom: the participant, or advisers
    #[arg(long, value_enum, default_value = "certificate")]
    document: Kind,
    /// The register of what was issued [default: the one the issuer's file names, or `register.sqlite` in the folder]
    #[arg(long, value_name = "FILE")]
    register: Option<PathBuf>,
    /// Make drafts: marked as such across every page, and not registered
    #[arg(long)]
    draft: bool,
    /// Which of several assessments of the same people this is, such as `2027-spring`; without it, other results are a
    /// correction
    #[arg(long, value_name = "NAME")]
    round: Option<String>,
    /// Why documents are issued or corrected, for the register; no names
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Who issues, for the register: a name or a role
    #[arg(long, value_name = "WHO")]
    by: Option<String>,
    #[command(flatten)]
    chosen: Chosen,
    /// How files are named, such as `{{ row }}-{{ number }}` [default: by their number]
    #[arg(long, value_name = "PATTERN")]
    file_name: Option<String>,
    /// Make a folder for each value of a field, such as `language` or `facts.group`
    #[arg(long, value_name = "FIELD")]
    split_by: Option<String>,
    /// Also put all documents into one archive, `documents.zip`
    #[arg(long)]
    zip: bool,
    #[command(flatten)]
    combined: Combined,
    /// As what the report is written besides JSON
    #[arg(long, value_enum, value_name = "FORMAT")]
    report: Vec<ReportFormat>,
    /// Do everything but write
    #[arg(long)]
    dry_run: bool,
    /// End at the first row that is refused
    #[arg(long)]
    fail_fast: bool,
    /// How many documents are made at the same time [default: one per core]
    #[arg(long)]
    jobs: Option<NonZeroUsize>,
    /// How progress is told
    #[arg(long, value_enum, default_value = "auto")]
    progress: ProgressArg,
    /// Print no progress and no summary; what is refused is still told
    #[arg(long, short)]
    quiet: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ReportFormat {
    /// For spreadsheets, a line for each row
    Csv,
    /// The same as a workbook
    Xlsx,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ProgressArg {
    /// A bar on a terminal, lines elsewhere
    Auto,
    /// Lines
    Lines,
    /// For other programs: what happened to each row, a line of JSON on standard output
    Json,
}

pub(crate) fn run(args: &Args, speaker: &Speaker) -> Result<Answer> {
    let Args { assessment: path, input: results, out, issue, .. } = args;
    let issued = files::issued(issue.issued.as_deref())?;
    let Some(assessment) = files::assessment(path, speaker)? else { return Ok(Answer::No) };
    let languages = issue.languages(&assessment)?;
    let Some(office) = issue.office(path, &assessment, speaker)? else { return Ok(Answer::No) };
    check_provided(args.document, &assessment)?;
    check_beside(args.document, issue)?;
    if args.document != Kind::Report {
        check_labels(&assessment, languages, &office)?;
    }
    let desk = Desk {
        assessment: &assessment,
        issuing: &office.issuing,
        press: &office.studio,
        kind: args.document.into(),
        languages,
        issued,
        chosen_day: issue.issued.is_some(),
        draft: args.draft,
    };
    let names = Names::new(args.file_name.as_deref(), args.split_by.as_deref(), &assessment)?;
    let choice = args.chosen.choice(issue)?;
    let sort = args.combined.sort(args.document, &assessment)?;
    let cancel = Cancel::default();
    listen(&cancel, speaker)?;
    // What ties parts together is computed of all rows, so those of a part are read at once.
    let rows = if results.is_stream() && !args.chosen.is_part() {
        None
    } else {
        let Some(rows) = results.rows(&assessment, speaker)? else { return Ok(Answer::No) };
        Some(rows)
    };

    let all = rows.as_ref().map(|rows| rows.iter().filter(|row| choice.has(row)).count());
    let progress = Progress::new(all, args.progress, args.quiet, speaker);
    let tick = || progress.tick();
    let settings = Settings {
        choice,
        names,
        workers: workers(args.jobs, all),
        group: GROUP,
        fail_fast: args.fail_fast,
        cancel: cancel.clone(),
        now: &jiff::Timestamp::now,
        tick: &tick,
    };
    let register = register_path(args, &office);
    let run = Run { args, desk: &desk, office: &office, register: &register, progress: &progress, all };
    let (vocabulary, broken) = (assessment.vocabulary(), RefCell::new(None));
    let known = rows.as_deref().unwrap_or_default();
    let mut volumes = None;
    let (taken, trouble) = if args.dry_run {
        let book = run.book(known)?;
        let rows = each(rows, &vocabulary, &broken);
        run.take(Batch::new(&desk, book, &Rehearsal::of(out), settings, rows), None)
    } else {
        let in_folder = || {
            let shown = out.display();
            words!("cannot write into `{shown}`", "in `{shown}` lässt sich nicht schreiben")
        };
        let folder = Folder::open(out).context(in_folder)?;
        let book = run.book(known)?;
        let rows = each(rows, &vocabulary, &broken);
        let mut gathered = match sort {
            Some(sort) => Some(Gathered::new(folder.scratch().context(in_folder)?, sort)),
            None => None,
        };
        let mut batch = Batch::new(&desk, book, &folder, settings, rows);
        if let Some(gathered) = &mut gathered {
            batch = batch.gathering(gathered);
        }
        let mut ledger = Ledger::new(folder.scratch().context(in_folder)?);
        let (taken, trouble) = run.take(batch, Some(&mut ledger));
        let taken = Taken { complete: taken.complete && broken.borrow().is_none(), ..taken };
        // Even if the drive is full: what could not be done is said below.
        let told = ledger.finish().context(in_folder);
        let kept = told.and_then(|told| run.keep(&taken, &told, speaker));
        let printed = match gathered.filter(|_| taken.complete) {
            Some(gathered) => {
                let title = format!("{} {}", assessment.id, assessment.version);
                let printing = Printing {
                    title: &title,
                    volume: VOLUME,
                    workers: workers(args.jobs, all),
                    cancel: &cancel,
                };
                let volumes = gathered.print(&desk, &office.studio, &folder, &printing);
                volumes.map_err(Trouble::from).context(in_folder)
            }
            None => Ok(None),
        };
        (taken, trouble.context(in_folder).and(kept).and(printed.map(|made| volumes = made)))
    };
    progress.finish();
    run.summary(&taken, cancel.is_cancelled(), speaker)?;
    if !args.quiet && !run.progress.is_json() && !args.dry_run {
        args.combined.tell(volumes.as_deref(), speaker)?;
    }
    trouble?;
    broken.into_inner().map_or(Ok(()), Err).context(|| {
        words!(
            "standard input cannot be read any further",
            "die Standardeingabe lässt sich nicht weiter lesen"
        )
    })?;
    Ok(if taken.counts.refused > 0 || !taken.complete { Answer::No } else { Answer::Yes })
}

/// The rows that are known already, or those of standard input as they come.
fn each<'a>(
    rows: Option<Vec<Row>>,
    vocabulary: &'a Vocabulary,
    broken: &'a RefCell<Option<io::Error>>,
) -> Box<dyn Iterator<Item = Row> + 'a> {
    match rows {
        Some(rows) => Box::new(rows.into_iter()),
        None => Box::new(input::stream(vocabulary, broken)),
    }
}

/// What came out of a run.
struct Taken {
    counts: Counts,
    /// Kept only where a table or an archive is made of them.
    outcomes: Vec<Outcome>,
    /// Whether every row has its outcome.
    complete: bool,
}

/// One run of the command.
struct Run<'a> {
    args: &'a Args,
    desk: &'a Desk<'a>,
    office: &'a Office,
    register: &'a Path,
    progress: &'a Progress<'a>,
    /// How many rows there are, if that is known before the end.
    all: Option<usize>,
}

impl Run<'_> {
    /// The register of the run. `None`: drafts.
    fn book(&self, rows: &[Row]) -> Result<Option<Book>> {
        let Args { draft, dry_run, round, reason, by, chosen, .. } = self.args;
        if *draft {
            return Ok(None);
        }
        let remarks = Remarks {
            round: text(round.as_deref())?,
            by: text(by.as_deref())?,
            reason: text(reason.as_deref())?,
        };
        let issuer = self.office.issuer()?;
        let scope = match chosen.partition()? {
            None => Scope::Whole,
            Some(partition) => {
                self.refuse_known(rows, partition)?;
                let batch = fingerprint(self.desk, round.as_deref(), rows);
                Part::new(batch, partition.part(), partition.parts()).map_or(Scope::Whole, Scope::Part)
            }
        };
        let opening = || the_register(self.register);
        let register = if !*dry_run {
            if let Some(folder) = self.register.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                files::make_folder(folder)?;
            }
            Some(Register::open(self.register, &issuer, Access::Create(scope)).context(opening)?)
        } else if self.register.exists() {
            Some(Register::open(self.register, &issuer, Access::Read).context(opening)?)
        } else {
            None
        };
        Ok(Some(Book::new(register, &issuer, self.desk, remarks)?))
    }

    /// Parts make first editions only: each has a register of its own, which knows nobody.
    fn refuse_known(&self, rows: &[Row], partition: Partition) -> Result<()> {
        let Some(path) = self.office.register.as_deref().filter(|path| path.exists()) else { return Ok(()) };
        let issuer = self.office.issuer()?;
        let register = Register::open(path, &issuer, Access::Read).context(|| the_register(path))?;
        let remarks = Remarks { round: text(self.args.round.as_deref())?, ..Remarks::default() };
        let book = Book::new(Some(register), &issuer, self.desk, remarks)?;
        let part = rows.iter().filter(|row| row.entry.as_ref().is_ok_and(|entry| partition.has(&entry.key)));
        let known = book.known(part).map_err(|error| self.trouble(error))?;
        let Some(first) = known.first() else { return Ok(()) };
        let (count, place) = (known.len(), first.origin.source().place(first.origin.spot));
        let shown = path.display();
        let Words { en, de } = place;
        Err(words!(
            "by the register `{shown}`, {count} of this part have this document already, the first in {en}; parts are for people who have none: make theirs without `--partition`",
            "laut Register `{shown}` haben {count} aus diesem Teil dieses Dokument schon, zuerst {de}; Teile sind für Personen, die noch keines haben: ihres ohne `--partition` machen"
        )
        .into())
    }

    /// Takes the outcomes as they come, writes them down, and tells of them.
    fn take(
        &self,
        mut batch: Batch<'_, impl Iterator<Item = Row>, impl Shelf>,
        mut ledger: Option<&mut Ledger>,
    ) -> (Taken, Result<()>) {
        let keeps = self.args.zip || !self.args.report.is_empty();
        let mut taken = Taken { counts: Counts::default(), outcomes: Vec::new(), complete: false };
        for outcome in batch.by_ref() {
            let told = match outcome {
                Ok(outcome) => {
                    taken.counts.add(&outcome.fate);
                    let written = ledger.as_mut().map_or(Ok(()), |ledger| ledger.push(&outcome));
                    let told = self.progress.tell(taken.counts.all(), &outcome);
                    if keeps {
                        taken.outcomes.push(outcome);
                    }
                    written.map_err(Trouble::from).and(told)
                }
                Err(error) => Err(self.trouble(error)),
            };
            if told.is_err() {
                return (taken, told);
            }
        }
        taken.complete = batch.is_complete() || self.all == Some(taken.counts.all());
        (taken, Ok(()))
    }

    fn trouble(&self, error: BatchError) -> Trouble {
        match error {
            BatchError::Register(error) => {
                let told: Result<()> = Err(error.into());
                told.context(|| the_register(self.register)).err().unwrap_or(Trouble::NobodyReads)
            }
            error => error.into(),
        }
    }

    /// Writes what belongs beside the documents: the report, and the archive.
    fn keep(&self, taken: &Taken, told: &Told, speaker: &Speaker) -> Result<()> {
        let Args { out, report: formats, zip, .. } = self.args;
        let Taken { outcomes, complete, .. } = taken;
        let report = Report::new(self.desk, told, *complete);
        report::write(out, &report, outcomes, formats, speaker)?;
        if *zip {
            let made = outcomes.iter().filter_map(|outcome| outcome.fate.made());
            let files = made.map(|made| made.file.clone()).collect();
            files::write_with(&out.join("documents.zip"), |target| {
                kompetenz_batch::archive(out, &files, target).map(drop)
            })?;
        }
        Ok(())
    }

    /// Tells where the run stands.
    fn summary(&self, taken: &Taken, cancelled: bool, speaker: &Speaker) -> Result<()> {
        let Args { out, draft, dry_run, quiet, .. } = self.args;
        if *quiet || self.progress.is_json() {
            return Ok(());
        }
        let Words { en, de } = taken.counts.words();
        let (out, register) = (out.display(), self.register.display());
        speaker.say(&if *dry_run {
            words!("nothing is written; it would be: {en}", "nichts ist geschrieben; es wären: {de}")
        } else if *draft {
            words!(
                "{en}: drafts in {out}, which no register knows; every row stands in {out}/report.json",
                "{de}: Entwürfe in {out}, die in keinem Register stehen; alle Zeilen stehen in {out}/report.json"
            )
        } else {
            words!(
                "{en}; documents in {out}, every row in {out}/report.json, registered in {register}",
                "{de}; Dokumente in {out}, alle Zeilen in {out}/report.json, eingetragen in {register}"
            )
        })?;
        if !taken.complete {
            let done = taken.counts.all();
            let why = if cancelled {
                words!("ended as you wished", "auf Wunsch beendet")
            } else {
                words!("ended early", "vorzeitig beendet")
            };
            let (en, de) = (why.en, why.de);
            let of = self.all.map(|all| words!(" of {all}", " von {all}"));
            let Words { en: of, de: von } = of.unwrap_or_else(|| words!("", ""));
            speaker.say(&words!(
                "{en}: {done}{of} rows are done; the same command goes on with the others",
                "{de}: {done}{von} Zeilen sind fertig; derselbe Befehl macht mit den übrigen weiter"
            ))?;
        }
        Ok(())
    }
}

/// What messages call a register.
fn the_register(path: &Path) -> Words {
    let shown = path.display();
    words!("the register `{shown}`", "das Register `{shown}`")
}

/// A remark, if there is one.
fn text(text: Option<&str>) -> Result<Option<Text>> {
    Ok(text.map(Text::new).transpose().map_err(TextError::words)?)
}

/// Where the register lies. A part of a batch has one of its own.
fn register_path(args: &Args, office: &Office) -> PathBuf {
    let named = || office.register.clone().filter(|_| !args.chosen.is_part());
    args.register.clone().or_else(named).unwrap_or_else(|| args.out.join("register.sqlite"))
}

/// As many as are asked for, and otherwise as there are cores. More than rows would only wait.
fn workers(jobs: Option<NonZeroUsize>, rows: Option<usize>) -> NonZeroUsize {
    let workers = jobs.or_else(|| std::thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN);
    rows.map_or(workers, |rows| workers.min(NonZeroUsize::new(rows).unwrap_or(NonZeroUsize::MIN)))
}

/// The first Ctrl-C finishes what is begun, the second ends at once; either way the same command goes on later.
fn listen(cancel: &Cancel, speaker: &Speaker) -> Result<()> {
    let (cancel, speaker) = (cancel.clone(), Speaker::new(speaker.ui));
    ctrlc::set_handler(move || {
        if cancel.cancel() {
            std::process::exit(130);
        }
        speaker.note(&words!(
            "finishing what is begun; Ctrl-C once more ends at once",
            "Begonnenes wird fertiggestellt; noch einmal Strg-C beendet sofort"
        ));
    })?;
    Ok(())
}
