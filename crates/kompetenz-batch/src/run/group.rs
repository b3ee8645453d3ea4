//! One group of rows: prepare, plan, make, record, name.
//!
//! The order is the protocol of `docs/register.md`. A document gets its name after it is recorded, so whatever lies
//! in the folder is in the register, at whatever point the process is ended.

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use jiff::civil::Date;
use kompetenz::entry::Origin;
use kompetenz::{Entry, Words, words};
use kompetenz_register::{Candidate, Digest, Issue, Issued, Number, RegisterError, Standing};
use kompetenz_render::for_each_in_order;

use super::{Batch, Shared};
use crate::names::mark;
use crate::pattern::Fields;
use crate::print_run::Slot;
use crate::shelf::Found;
use crate::{BatchError, Document, Fate, Made, Outcome, Refusal, Row, Shelf};

/// Where a file goes that was superseded.
const SUPERSEDED: &str = "superseded";

/// Where a file goes that was withdrawn: what must not be relied on does not lie among what is handed out.
const WITHDRAWN: &str = "withdrawn";

/// Where a file goes that has the name of a document and is not the one that was issued.
const SET_ASIDE: &str = "set-aside";

/// A row on its way. Without a fate at the end, it was not begun.
struct Case {
    origin: Origin,
    fate: Option<Fate>,
}

/// A row that may become a document.
struct Prepared {
    entry: Entry,
    document: Document,
    /// The digest of what it says.
    data: Digest,
}

/// A document that is to be made.
struct Task {
    document: Document,
    purpose: Purpose,
    number: String,
    edition: u32,
    issued: Date,
    name: PathBuf,
    /// Editions before it that lie in the folder: their names now, and where they go.
    retire: Vec<(PathBuf, PathBuf)>,
    /// Where a file goes that lies under its name and is another one.
    set_aside: Option<PathBuf>,
    /// Its place in the print run, if there is to be one.
    slot: Option<Slot>,
}

/// Why a document is made.
enum Purpose {
    Draft,
    New(Candidate),
    Correction(Candidate, Number),
    /// Its file is missing.
    Again(Box<Issued>),
}

/// What there is to do about a row.
enum Step {
    Make(Box<Task>),
    Over(Fate),
}

/// A document that is made and has no name yet.
struct Ready<U> {
    case: usize,
    task: Task,
    unnamed: U,
    digest: Digest,
    bytes: u64,
}

impl<I: Iterator<Item = Row>, S: Shelf> Batch<'_, I, S> {
    /// The outcomes of a group, and what ended it early.
    pub(super) fn group(&mut self, rows: Vec<Row>) -> (Vec<Outcome>, Option<BatchError>) {
        let mut cases = Vec::with_capacity(rows.len());
        let error = self.work(rows, &mut cases).err();
        let over = |case: Case| Some(Outcome { origin: case.origin, fate: case.fate? });
        (cases.into_iter().filter_map(over).collect(), error)
    }

    fn work(&mut self, rows: Vec<Row>, cases: &mut Vec<Case>) -> Result<(), BatchError> {
        let prepared = self.shared.prepare(rows, cases);
        // A refusal may end the run; what stood before it in the results is still made.
        let ended = self.shared.stopped.swap(false, Ordering::Relaxed);
        let standings = self.plan(&prepared)?;
        let mut tasks = Vec::new();
        for ((case, prepared), standing) in prepared.into_iter().zip(standings) {
            if self.shared.ends() {
                break;
            }
            match self.step(prepared, standing)? {
                Step::Make(task) => tasks.push((case, *task)),
                Step::Over(fate) => self.shared.over(&mut cases[case], fate),
            }
        }
        let (mut ready, failed) = self.shared.make(tasks, cases);
        self.record(&mut ready, cases)?;
        for ready in ready {
            let case = ready.case;
            let fate = self.publish(ready)?;
            cases[case].fate = Some(fate);
        }
        if ended {
            self.shared.stopped.store(true, Ordering::Relaxed);
        }
        failed.map_or(Ok(()), Err)
    }

    /// How each document stands.
    fn plan(&self, prepared: &[(usize, Prepared)]) -> Result<Vec<Standing>, BatchError> {
        let Some(book) = &self.book else { return Ok(vec![Standing::New; prepared.len()]) };
        let candidate = |(_, prepared): &(_, Prepared)| book.candidate(&prepared.entry.key, prepared.data);
        let candidates: Vec<Candidate> = prepared.iter().map(candidate).collect();
        Ok(book.plan(&candidates)?)
    }

    /// What there is to do about a document that stands like this.
    fn step(&mut self, prepared: Prepared, standing: Standing) -> Result<Step, BatchError> {
        let Prepared { entry, mut document, data } = prepared;
        let day = self.shared.desk.issued;
        let Some(book) = &self.book else {
            let number = document.number().to_owned();
            return self.named(&entry, document, Purpose::Draft, number, 1, day, &[]);
        };
        let candidate = book.candidate(&entry.key, data);
        if !self.seen.insert(candidate.document.participant) {
            return Ok(refused(
                "twice",
                words!(
                    "no document: this person stands in the results twice [twice]",
                    "kein Dokument: diese Person steht zweimal in den Ergebnissen [twice]"
                ),
            ));
        }
        // What was issued on another day is held against what would have been issued on that day:
        // that time has passed changes what is due when, and is no correction.
        let standing = match standing {
            Standing::Same(latest) | Standing::Changed(latest) if latest.issued != day => {
                match self.shared.desk.document(&entry, None, latest.issued) {
                    Ok(then) if then.digest() == latest.data => {
                        document = then;
                        Standing::Same(latest)
                    }
                    _ => Standing::Changed(latest),
                }
            }
            standing => standing,
        };
        let next = (standing.next_edition(), book.number(&candidate, standing.next_edition(), day));
        let number = standing.latest().map_or(&next.1, |latest| &latest.number);
        if let Some(reason) = self.shared.settings.choice.skips(number, &standing) {
            return Ok(Step::Over(Fate::Skipped("not-selected", reason)));
        }
        let wanted = |latest: &Issued| self.shared.settings.choice.reissue.contains(&latest.number);
        let (purpose, edition, number, issued) = match standing {
            Standing::Same(latest) => {
                let (edition, number, issued) = (latest.edition, latest.number.clone(), latest.issued);
                (Purpose::Again(Box::new(latest)), edition, number, issued)
            }
            Standing::New => (Purpose::New(candidate.clone()), next.0, next.1, day),
            Standing::Changed(latest) => {
                (Purpose::Correction(candidate.clone(), latest.number), next.0, next.1, day)
            }
            Standing::Expired(latest) | Standing::Superseded(latest) | Standing::Withdrawn(latest)
                if wanted(&latest) =>
            {
                (Purpose::Correction(candidate.clone(), latest.number), next.0, next.1, day)
            }
            Standing::Expired(latest) => return Ok(only_by_wish("expired", &latest)),
            Standing::Superseded(latest) => {
                self.put_away(&entry, &latest, SUPERSEDED)?;
                return Ok(only_by_wish("superseded", &latest));
            }
            Standing::Withdrawn(latest) => {
                self.put_away(&entry, &latest, WITHDRAWN)?;
                return Ok(only_by_wish("withdrawn", &latest));
            }
        };
        let earlier = if edition > 1 { book.earlier(&candidate, edition)? } else { Vec::new() };
        let document = document.numbered(&number);
        self.named(&entry, document, purpose, number.as_str().to_owned(), edition, issued, &earlier)
    }

    /// Moves the file of a document that does not hold any more into a folder of its own.
    fn put_away(&self, entry: &Entry, latest: &Issued, folder: &str) -> Result<(), BatchError> {
        let Shared { desk, settings, shelf, .. } = &self.shared;
        let fields = Fields::new(desk, entry, latest.number.as_str(), latest.edition, latest.issued);
        let (Ok(name), Some(book)) = (settings.names.of(&fields), &self.book) else { return Ok(()) };
        if let Found::File(file) = shelf.look(&name)?
            && book.knows(latest, file)?
        {
            shelf.rename(&name, &Path::new(folder).join(format!("{}.pdf", latest.number)))?;
        }
        Ok(())
    }

    /// Where the document goes, and whether it lies there already or something else does.
    #[expect(clippy::too_many_arguments, reason = "everything that is known of one document by now")]
    fn named(
        &mut self,
        entry: &Entry,
        document: Document,
        purpose: Purpose,
        number: String,
        edition: u32,
        issued: Date,
        earlier: &[Issued],
    ) -> Result<Step, BatchError> {
        let Shared { desk, settings, .. } = &self.shared;
        let name_of = |number: &str, edition, issued| {
            settings.names.of(&Fields::new(desk, entry, number, edition, issued))
        };
        let fields = Fields::new(desk, entry, &number, edition, issued);
        let slot = self.gathered.as_mut().map(|gathered| gathered.slot(&fields));
        let name = match name_of(&number, edition, issued) {
            Ok(name) => name,
            Err(reason) => return Ok(refused("file-name", reason)),
        };
        if !self.named.insert(mark(&name)) {
            return Ok(refused(
                "name-taken",
                words!(
                    "no document: the pattern gives another row the same name; add `{{{{ number }}}}` to it [name-taken]",
                    "kein Dokument: das Muster ergibt für eine andere Zeile denselben Namen; `{{{{ number }}}}` hinzunehmen [name-taken]"
                ),
            ));
        }
        let mut retire = Vec::new();
        for before in earlier {
            let Ok(from) = name_of(before.number.as_str(), before.edition, before.issued) else { continue };
            if let (Found::File(file), Some(book)) = (self.shared.shelf.look(&from)?, &self.book)
                && book.knows(before, file)?
            {
                retire.push((from, Path::new(SUPERSEDED).join(format!("{}.pdf", before.number))));
            }
        }
        let mut set_aside = None;
        match (self.shared.shelf.look(&name)?, &purpose) {
            (Found::Nothing, _) | (Found::File(_), Purpose::Draft) => {}
            (Found::File(_), _) if retire.iter().any(|(from, _)| *from == name) => {}
            (Found::File(file), Purpose::Again(latest)) => {
                let book = self.book.as_ref();
                if book.is_some_and(|book| book.knows(latest, file).unwrap_or(false)) && retire.is_empty() {
                    self.gather(slot, &document)?;
                    let made = Made { number, edition, file: name, bytes: 0, set_aside: None };
                    return Ok(Step::Over(Fate::Same(made)));
                }
                let stem = name.file_stem().unwrap_or_default().to_string_lossy();
                let digest = file.to_string();
                set_aside = Some(Path::new(SET_ASIDE).join(format!("{stem}-{}.pdf", &digest[..8])));
            }
            (Found::File(_) | Found::Other, _) => {
                return Ok(refused(
                    "in-the-way",
                    words!(
                        "not written: something else has the name of this document in the folder; move it away, or take another folder [in-the-way]",
                        "nicht geschrieben: im Ordner trägt etwas anderes den Namen dieses Dokuments; es weglegen oder einen anderen Ordner nehmen [in-the-way]"
                    ),
                ));
            }
        }
        let task = Task { document, purpose, number, edition, issued, name, retire, set_aside, slot };
        Ok(Step::Make(Box::new(task)))
    }

    /// Records what was made. What the register refuses gets no name, and the others do.
    fn record(&mut self, ready: &mut Vec<Ready<S::Unnamed>>, cases: &mut [Case]) -> Result<(), BatchError> {
        let Some(book) = self.book.as_mut().filter(|_| self.shared.shelf.keeps()) else { return Ok(()) };
        let now = self.shared.settings.now;
        loop {
            let issue = |ready: &Ready<S::Unnamed>| -> Option<Issue> {
                let Task { purpose, number, edition, issued, .. } = &ready.task;
                let (Purpose::New(candidate) | Purpose::Correction(candidate, _)) = purpose else {
                    return None;
                };
                let number = Number::parse(number).ok()?;
                Some(book.issue(candidate.clone(), *edition, number, ready.digest, *issued))
            };
            let issues: Vec<Issue> = ready.iter().filter_map(issue).collect();
            match book.record(&issues, now()) {
                Ok(()) => break,
                Err(RegisterError::Refused(refusals)) if !refusals.is_empty() => {
                    ready.retain(|ready| {
                        let refusal =
                            refusals.iter().find(|refusal| refusal.number.as_str() == ready.task.number);
                        let Some(refusal) = refusal else { return true };
                        let Words { en, de } = refusal.words();
                        let reason =
                            words!("not issued: {en} [register]", "nicht ausgestellt: {de} [register]");
                        cases[ready.case].fate = Some(Fate::Refused(Refusal::Reason("register", reason)));
                        false
                    });
                }
                Err(error) => return Err(error.into()),
            }
        }
        for Ready { task, digest, .. } in ready.iter() {
            // The same content in other bytes: program or template have changed since it was issued.
            if let Purpose::Again(latest) = &task.purpose
                && !book.knows(latest, *digest)?
            {
                book.reprint(&latest.number, *digest, now())?;
            }
        }
        Ok(())
    }

    /// Takes a document that lies in the folder along for the print shop.
    fn gather(&mut self, slot: Option<Slot>, document: &Document) -> Result<(), BatchError> {
        if let (Some(gathered), Some(slot)) = (&mut self.gathered, slot) {
            gathered.keep(slot, document)?;
        }
        Ok(())
    }

    /// Gives a recorded document its name.
    fn publish(&mut self, ready: Ready<S::Unnamed>) -> Result<Fate, BatchError> {
        let Ready { task, unnamed, bytes, .. } = ready;
        let Task { document, purpose, number, edition, name, retire, set_aside, slot, .. } = task;
        let place = self.shared.shelf;
        for (from, to) in retire {
            if place.look(&to)? == Found::Nothing {
                place.rename(&from, &to)?;
            }
        }
        if let Some(to) = &set_aside {
            place.rename(&name, to)?;
        }
        if let Purpose::Draft = purpose {
            place.remove(&name)?;
        }
        place.name(unnamed, &name)?;
        self.gather(slot, &document)?;
        let made = Made { number, edition, file: name, bytes, set_aside };
        Ok(match purpose {
            Purpose::Draft | Purpose::New(_) => Fate::Issued(made),
            Purpose::Correction(_, before) => Fate::Corrected(made, before),
            Purpose::Again(_) => Fate::Same(made),
        })
    }
}

impl<S: Shelf> Shared<'_, S> {
    fn over(&self, case: &mut Case, fate: Fate) {
        self.stop_at(&fate);
        case.fate = Some(fate);
        (self.settings.tick)();
    }

    /// What each row says, on all cores. Rows after the first refused one are left out if that ends the run.
    fn prepare(&self, rows: Vec<Row>, cases: &mut Vec<Case>) -> Vec<(usize, Prepared)> {
        let work = |row: Row| {
            if let Some(reason) = self.settings.choice.skips_row(&row) {
                return (row.origin, Err(Fate::Skipped("not-selected", reason)));
            }
            let prepared = row.entry.map_err(Refusal::Faults).and_then(|entry| {
                let document = self.desk.document(&entry, None, self.desk.issued)?;
                let data = document.digest();
                Ok(Prepared { entry, document, data })
            });
            (row.origin, prepared.map_err(Fate::Refused))
        };
        let mut prepared = Vec::new();
        let rows = rows.into_iter().take_while(|_| !self.ends());
        let sink = |ix, (origin, result): (Origin, Result<Prepared, Fate>)| {
            let mut case = Case { origin, fate: None };
            match result {
                Ok(ready) => prepared.push((ix, ready)),
                Err(fate) => self.over(&mut case, fate),
            }
            cases.push(case);
            if self.ends() { Err(()) } else { Ok(()) }
        };
        // The only error is that the run ends here.
        let _ = for_each_in_order(rows, self.settings.workers, work, sink);
        prepared
    }

    /// Makes documents on all cores and puts them down without names. What is begun when the run ends is finished.
    fn make(
        &self,
        tasks: Vec<(usize, Task)>,
        cases: &mut [Case],
    ) -> (Vec<Ready<S::Unnamed>>, Option<BatchError>) {
        let work = |(case, task): (usize, Task)| {
            let made = self.desk.pdf(&task.document).map(|pdf| {
                let unnamed = self.shelf.put(&pdf)?;
                let bytes = pdf.len() as u64;
                Ok::<_, std::io::Error>((unnamed, Digest::of(&pdf), bytes))
            });
            (case, task, made)
        };
        let (mut ready, mut failed) = (Vec::new(), None);
        let tasks = tasks.into_iter().take_while(|_| !self.ends());
        let sink = |_, (case, task, made)| {
            match made {
                Err(refusal) => self.over(&mut cases[case], Fate::Refused(refusal)),
                Ok(Err(error)) => {
                    failed = Some(BatchError::Shelf(error));
                    return Err(());
                }
                Ok(Ok((unnamed, digest, bytes))) => {
                    ready.push(Ready { case, task, unnamed, digest, bytes });
                    (self.settings.tick)();
                }
            }
            Ok(())
        };
        // The only error is the one of the shelf, kept above.
        let _ = for_each_in_order(tasks, self.settings.workers, work, sink);
        (ready, failed)
    }
}

fn refused(code: &'static str, reason: Words) -> Step {
    Step::Over(Fate::Refused(Refusal::Reason(code, reason)))
}

/// What ended an edition, a person has decided; so does whoever wants another one.
fn only_by_wish(code: &'static str, latest: &Issued) -> Step {
    let number = &latest.number;
    let Words { en, de } = latest.state.words();
    let reason = words!(
        "`{number}` is {en}; to issue it again with a new number: `--reissue {number}` [{code}]",
        "`{number}` ist {de}; erneut ausstellen, mit neuer Nummer: `--reissue {number}` [{code}]"
    );
    Step::Over(Fate::Skipped(code, reason))
}
