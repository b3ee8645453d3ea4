//! The certificates of a run in one file for the print shop, or in several volumes.
//!
//! While the run goes on, what each certificate says goes into a file without a name, and memory keeps only its place
//! in the order. When the run is over, the certificates are laid out once more, in this order, a volume at a time.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use kompetenz::certificate::CertificateData;
use kompetenz::{Assessment, words};
use kompetenz_render::{PrintRun, Sheets, Studio, for_each_in_order};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::names::PRINT_RUN;
use crate::pattern::{Fields, Pattern};
use crate::shelf::Found;
use crate::{BatchError, Cancel, Desk, Document, Refusal, Shelf};

/// A good size for volumes: the pages of a volume are held in memory until it is written.
pub const VOLUME: NonZeroUsize = NonZeroUsize::new(1000).expect("not zero");

/// In which order certificates are printed.
#[derive(Debug)]
pub struct SortBy(Order);

#[derive(Debug)]
enum Order {
    Row,
    Number,
    Field(Box<Pattern>),
}

impl SortBy {
    /// Reads `row`, which is the order of the results, `number`, or a [field](crate::FIELDS) such as `facts.group`.
    ///
    /// Texts are sorted as in a German list of names (DIN 5007-1), with numbers in them by their value. Where a field
    /// says the same of two people, the order of the results counts.
    ///
    /// # Errors
    /// [`BatchError::Pattern`] if there is no such field.
    pub fn parse(text: &str, assessment: &Assessment) -> Result<SortBy, BatchError> {
        Ok(SortBy(match text {
            "row" => Order::Row,
            "number" => Order::Number,
            field => Order::Field(Pattern::field(field, assessment)?.into()),
        }))
    }
}

/// The certificates of a run, gathered for the print shop while the run goes on.
///
/// Whoever has a certificate at the end of the run is in it, also if it lay there before. Documents of other kinds
/// are not.
#[derive(Debug)]
pub struct Gathered {
    sort: SortBy,
    /// The data of all certificates, one behind the other.
    scratch: File,
    length: u64,
    places: u32,
    kept: Vec<Slot>,
}

/// Where a certificate comes in the order, and where its data lies.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Slot {
    key: Box<str>,
    place: u32,
    start: u64,
    length: usize,
}

/// How gathered certificates are printed.
#[derive(Debug)]
pub struct Printing<'a> {
    /// The title of the file; of several volumes, each adds which one it is.
    pub title: &'a str,
    /// How many certificates a volume has at most, see [`VOLUME`].
    pub volume: NonZeroUsize,
    /// How many certificates are laid out at the same time.
    pub workers: NonZeroUsize,
    /// Ends the work early. Then there is no print run.
    pub cancel: &'a Cancel,
}

/// A file for the print shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Volume {
    /// Where it lies, seen from the output folder.
    pub file: PathBuf,
    /// How many certificates it has.
    pub certificates: u32,
}

impl Gathered {
    /// Nothing yet. `scratch` is an empty file that nobody else uses; [`Folder::scratch`](crate::Folder::scratch)
    /// makes one.
    pub fn new(scratch: File, sort: SortBy) -> Gathered {
        Gathered { sort, scratch, length: 0, places: 0, kept: Vec::new() }
    }

    /// How many certificates it holds.
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// The place of the next document in the order. Called for the documents in the order of the results.
    pub(crate) fn slot(&mut self, fields: &Fields<'_>) -> Slot {
        self.places += 1;
        let key = match &self.sort.0 {
            Order::Row => String::new(),
            Order::Number => fields.number.to_owned(),
            // Of whom nothing can be said comes first, where it is seen.
            Order::Field(pattern) => pattern.fill(fields).map(|text| collated(&text)).unwrap_or_default(),
        };
        Slot { key: key.into(), place: self.places, start: 0, length: 0 }
    }

    /// Keeps a certificate that lies in the folder.
    pub(crate) fn keep(&mut self, slot: Slot, document: &Document) -> io::Result<()> {
        let Document::Certificate(data) = document else { return Ok(()) };
        let bytes = serde_json::to_vec(data)?;
        self.scratch.write_all(&bytes)?;
        self.kept.push(Slot { start: self.length, length: bytes.len(), ..slot });
        self.length += bytes.len() as u64;
        Ok(())
    }

    /// Prints everything into `print-run.pdf`, or into `print-run-1.pdf` and so on if there is too much for one
    /// volume; drafts into `draft-print-run.pdf`. They take the place of those of the run before.
    ///
    /// Until all volumes are made, none has a name. The same certificates and settings give the same bytes.
    /// `None`: the work was cancelled, and nothing was printed.
    ///
    /// # Errors
    /// [`BatchError::PrintRun`] for what cannot be printed, [`BatchError::Shelf`] for what cannot be written.
    pub fn print(
        self,
        desk: &Desk<'_>,
        studio: &Studio,
        target: &impl Shelf,
        printing: &Printing<'_>,
    ) -> Result<Option<Vec<Volume>>, BatchError> {
        let Gathered { scratch, mut kept, .. } = self;
        kept.sort_unstable();
        let (all, size) = (kept.len(), printing.volume.get());
        let volumes = all.div_ceil(size);
        let name = |volume| file_name(desk.draft, volume, volumes);

        let jobs =
            kept.iter().map(|slot| slot.read(&scratch)).take_while(|_| !printing.cancel.is_cancelled());
        let work = |data: io::Result<CertificateData>| -> Result<Sheets, BatchError> {
            let data = data?;
            desk.made(|| studio.sheets(&data)).map_err(|refusal| refused(&data.number, &refusal))
        };
        let mut printed = Vec::with_capacity(volumes);
        let mut run = PrintRun::default();
        for_each_in_order(jobs, printing.workers, work, |ix, sheets| {
            run.push(sheets?);
            if (ix + 1).is_multiple_of(size) || ix + 1 == all {
                let run = std::mem::take(&mut run);
                let volume = printed.len() + 1;
                let made = Volume { file: name(volume), certificates: run.certificates() };
                let title = match volumes {
                    1 => printing.title.to_owned(),
                    _ => format!("{} ({volume}/{volumes})", printing.title),
                };
                let pdf = desk.made(|| run.finish(&title));
                let pdf = pdf.map_err(|refusal| refused(&made.file.display().to_string(), &refusal))?;
                printed.push((target.put(&pdf)?, made));
            }
            Ok::<_, BatchError>(())
        })?;
        if printing.cancel.is_cancelled() {
            return Ok(None);
        }

        clear(target, desk.draft)?;
        let mut told = Vec::with_capacity(volumes);
        for (unnamed, volume) in printed {
            target.name(unnamed, &volume.file)?;
            told.push(volume);
        }
        Ok(Some(told))
    }
}

impl Slot {
    fn read(&self, mut scratch: &File) -> io::Result<CertificateData> {
        let mut bytes = vec![0; self.length];
        scratch.seek(SeekFrom::Start(self.start))?;
        scratch.read_exact(&mut bytes)?;
        Ok(serde_json::from_slice(&bytes)?)
    }
}

/// The name of a volume, counted from 1. One alone has no number.
fn file_name(draft: bool, volume: usize, volumes: usize) -> PathBuf {
    let draft = if draft { "draft-" } else { "" };
    match volumes {
        1 => format!("{draft}{PRINT_RUN}.pdf"),
        _ => format!("{draft}{PRINT_RUN}-{volume}.pdf"),
    }
    .into()
}

/// Takes the print run away that an earlier run has left; no document has such a name.
fn clear(shelf: &impl Shelf, draft: bool) -> io::Result<()> {
    let several = usize::MAX;
    shelf.remove(&file_name(draft, 1, 1))?;
    for volume in 1.. {
        let name: &Path = &file_name(draft, volume, several);
        if shelf.look(name)? == Found::Nothing {
            break;
        }
        shelf.remove(name)?;
    }
    Ok(())
}

fn refused(what: &str, refusal: &Refusal) -> BatchError {
    let (en, de) = match refusal {
        Refusal::Reason(_, why) => (why.en.as_str(), why.de.as_str()),
        Refusal::Faults(_) => ("the results do not fit", "die Ergebnisse passen nicht"),
    };
    BatchError::PrintRun(words!(
        "there is no print run, because of `{what}`: {en}",
        "es gibt keinen Sammeldruck, wegen `{what}`: {de}"
    ))
}

/// A text as it is sorted: marks above and below letters do not count, nor does case, and numbers count by value.
fn collated(text: &str) -> String {
    let plain: String = text.nfkd().filter(|c| !is_combining_mark(*c)).collect();
    let plain = plain.to_lowercase().replace('ß', "ss");
    let mut key = String::with_capacity(plain.len());
    let mut digits = String::new();
    // The last one ends the digits before it and is taken off again.
    for c in plain.chars().chain(['\0']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if !digits.is_empty() {
            let number = digits.trim_start_matches('0');
            key.push_str(&format!("{number:0>20}"));
            digits.clear();
        }
        key.push(c);
    }
    key.pop();
    key
}

#[cfg(test)]
mod tests {
    use super::collated;

    #[test]
    fn texts_are_sorted_as_people_look_them_up() {
        let sorted =
            ["", "3", "20", "Äpfel 2", "apfel 10", "Böhm", "bohn", "Șerban", "șerbu", "Straße", "strasze"];
        let mut keys = sorted.map(collated);
        keys.sort();
        assert_eq!(keys, sorted.map(collated));
    }
}
