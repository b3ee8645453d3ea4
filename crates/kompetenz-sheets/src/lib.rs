//! Results files: bytes in, [`Entry`] values or [`Fault`]s out.
//!
//! [`read`] takes the bytes of a file and the [`Vocabulary`] of an assessment.
//! It opens no file and prints nothing, and its messages name a file, a row and a column, but never repeat a value,
//! because most values say something about a person.
//!
//! ```
//! use kompetenz::entry::Vocabulary;
//!
//! let vocabulary = Vocabulary { items: vec!["metal.saw-order".into()], ..Vocabulary::default() };
//! let file = "Kennung;Name;Beobachtung;metal.saw-order\r\n\
//!             P-0001;Elena-Ștefania Țurcanu;anna;3\r\n\
//!             P-0001;Elena-Ștefania Țurcanu;ben;2\r\n\
//!             P-0002;;anna;4\r\n";
//!
//! let reading = kompetenz_sheets::read(file.as_bytes(), "results.csv", &vocabulary).expect("the headings are good");
//! let first = reading.people[0].as_ref().expect("nothing is wrong with these rows");
//! assert_eq!((first.occasions.len(), first.ratings.len()), (2, 2));
//! let second = reading.people[1].as_ref().expect_err("the name is missing");
//! assert_eq!(second.faults[0].to_string(), "results.csv, row 4, column B: `Name` is empty [missing-value]");
//! ```
//!
//! What kind of file it is shows in its content, not in its name: a table as CSV, XLSX or ODS, or forms in TOML,
//! JSON or NDJSON. [`Reader`] puts several files together. [`write`](mod@write) makes the files that offices get from us.
//!
//! # Tables
//!
//! A table has one row per participant, observer, situation and trial, or one row per observation with the columns
//! `item` and `value`. CSV has cells separated by `;`, `,` or tab and lines ended in any of the three ways, in UTF-8,
//! UTF-16 or an older [`Encoding`].
//! The headings are the row, of the first twenty, that has the most of them; white space and capitals do not matter.
//!
//! | English | German | |
//! |---|---|---|
//! | `key` | `Kennung`, `Schlüssel` | what tells participants apart; without it each row is somebody |
//! | `name` | `Name` | required in one of the files |
//! | `observer` | `Beobachtung`, `Beobachter`, `Beobachterin` | required; `self` is the participant |
//! | `situation` | `Situation` | |
//! | `trial` | `Versuch`, `Durchgang` | a whole number from 1 on |
//! | `birth-date` | `Geburtsdatum` | `12.03.1990` or `1990-03-12` |
//! | `from`, `to` | `von`, `bis` | the first and the last day |
//! | `hours` | `Stunden` | a number |
//! | the path or title of an item | | a rating; an empty cell is none |
//! | `item`, `value` | `Merkmal`, `Wert` | what a row is about, and what was observed |
//! | the path or title of a fact | | for a flag `yes`, `no`, `ja`, `nein` and the like |
//! | `note`, and `.note` behind a path | `Notiz`, `.notiz` | a note about the whole, an item, a measure or a module |
//! | the path of a recommendation | | a decision: `confirmed`, `rejected: reason`, `edited: new text` |
//! | `decided-by` | `entschieden-von` | who settled or decided what stands in the row |
//! | `#` and anything | | not read |
//!
//! Decimals have a point or a comma.
//! The rows of one key make one [`Entry`], wherever they stand.
//! What they say about the person must agree, and an empty cell agrees with everything.
//! A row of the observer `resolution` (`Klärung`) settles disputes: its items and measures are the values that count,
//! and its note says why.
//! A fault in any of these rows rejects this participant and nobody else.
//!
//! Rows are counted as a spreadsheet counts them: the headings are row 1, an empty line is a row,
//! and a cell with line breaks in it does not begin a new one.
//!
//! Observers and situations whose names differ in capitals only are the same one.
//! A table has at most as many rows and columns as a spreadsheet, and a file is no larger than [`MAX_TABLE_BYTES`].
//!
//! # Forms
//!
//! A TOML file holds one participant and is written by hand:
//!
//! ```toml
//! assessment = "nordstadt"      # may be left out, and so may the version
//! version = "1.0.0"
//! key = "P-0001"
//! name = "Elena-Ștefania Țurcanu"
//! birth-date = 1990-03-12
//! from = 2026-11-09
//! to = 2026-11-20
//! hours = 60
//!
//! [facts]
//! metal.work-years = 6
//!
//! [observations."anna @ workshop"]
//! metal.saw-order = 3
//!
//! [notes."anna @ workshop"]
//! note = "Calm and exact."       # about the whole
//! metal.saw-order = "Laid the tools out first."
//!
//! [resolutions]
//! metal.saw-order = { value = 3, note = "Looked at together.", by = "kaya" }
//!
//! [[decision]]
//! recommendation = "recognition"
//! is = "confirmed"
//! ```
//!
//! Ratings and facts may be left out, as cells may be empty.
//! A text is read as a cell is, so that `hours = "7,5"` is a number.

mod delimited;
mod draft;
mod encoding;
mod form;
mod header;
mod json;
mod lines;
mod map;
mod names;
mod node;
mod occasions;
mod page;
mod people;
mod rows;
mod table;
mod value;
mod workbook;
pub mod write;

use std::sync::Arc;

use kompetenz::entry::{Entry, Fault, FaultCode, Form, Origin, Source, Spot, Vocabulary};
use kompetenz::{Words, words};

use crate::delimited::Delimited;
use crate::encoding::Undecided;
use crate::header::Top;
use crate::names::{Content, Names};
use crate::page::Page;
use crate::people::People;
use crate::rows::{Merged, Problem, Rows, Table};
use crate::workbook::{SheetName, Workbook};

pub use crate::encoding::Encoding;
pub use crate::lines::Lines;
pub use crate::map::Map;

/// The largest file that is read as a table, in bytes.
pub const MAX_TABLE_BYTES: usize = 512 << 20;
/// The largest file that is read as a form, in bytes.
pub const MAX_FORM_BYTES: usize = 5 << 20;
/// The largest file of JSON with many participants in one value, in bytes. One per line has the limit of tables.
pub const MAX_JSON_BYTES: usize = 64 << 20;

/// How many headings a sheet must have that we know to be taken for results.
const SHEET_HEADINGS: usize = 3;

/// What files say.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The participants in the order of their first rows.
    pub people: Vec<Person>,
    /// Faults of files that cannot be read as a whole. Whose results they hold, nobody knows, so whoever goes on
    /// with `people` alone may leave out half of what was seen of somebody.
    pub faults: Vec<Fault>,
    /// What was assumed about the files and what was left out, for people who wonder.
    pub notes: Vec<Words>,
    /// What is well formed but may be a slip that changes results, for everybody.
    pub warnings: Vec<Words>,
}

/// The results of one participant, or what is wrong with them.
pub type Person = Result<Entry, Rejected>;

/// A participant whose rows cannot be used.
#[derive(Debug, Clone)]
pub struct Rejected {
    /// Where the participant begins.
    pub origin: Origin,
    /// The participant's key, if it could be read. For comparing only: it must stand in no message.
    pub key: Option<String>,
    /// Everything that is wrong, in the order of the file. Never empty.
    pub faults: Vec<Fault>,
}

/// What cannot be seen in a file.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'o> {
    /// The encoding of its text. Absent: it is found out, or asked for.
    pub encoding: Option<Encoding>,
    /// The name of the sheet to read. Absent: all that have results.
    pub sheet: Option<&'o str>,
    /// What its headings mean.
    pub map: Option<&'o Map>,
}

/// Reads one results file. `file` is its name without the folder and stands in messages only.
///
/// # Errors
/// If the file as a whole cannot be read, everything that is wrong with it.
/// What is wrong with one participant is found in [`Reading::people`] and keeps nobody else from being read.
pub fn read(bytes: &[u8], file: &str, vocabulary: &Vocabulary) -> Result<Reading, Vec<Fault>> {
    let mut reader = Reader::new(vocabulary);
    reader.add(bytes, file, &Options::default());
    let reading = reader.finish();
    if reading.faults.is_empty() { Ok(reading) } else { Err(reading.faults) }
}

/// Reads several files that belong together: one per observer, module or group.
///
/// The rows of one key make one [`Entry`], whatever files they stand in.
/// What two files say about one participant, or one observer of one item, must agree.
///
/// ```
/// use kompetenz::entry::Vocabulary;
/// use kompetenz_sheets::{Options, Reader};
///
/// let vocabulary = Vocabulary { items: vec!["metal.saw-order".into()], ..Vocabulary::default() };
/// let mut reader = Reader::new(&vocabulary);
/// for (file, observer) in [("anna.csv", "anna"), ("ben.csv", "ben")] {
///     let table = format!("key;name;observer;metal.saw-order\nP-1;Ana Popa;{observer};3\n");
///     reader.add(table.as_bytes(), file, &Options::default());
/// }
/// let reading = reader.finish();
/// assert_eq!(reading.people[0].as_ref().unwrap().occasions.len(), 2);
/// ```
#[derive(Debug)]
pub struct Reader<'v> {
    vocabulary: &'v Vocabulary,
    names: Names,
    sources: Vec<Source>,
    people: People,
    /// Tables without names, and whether any file had them.
    nameless: Vec<Fault>,
    has_names: bool,
    /// Tables with nobody in them.
    empty: Vec<Fault>,
    faults: Vec<Fault>,
    /// Forms and lines that cannot be read. Each is one participant and harms nobody else.
    unreadable: Vec<(Spot, Vec<Fault>)>,
    notes: Vec<Words>,
    warnings: Vec<Words>,
}

impl<'v> Reader<'v> {
    /// Nothing is read yet.
    pub fn new(vocabulary: &'v Vocabulary) -> Reader<'v> {
        Reader {
            vocabulary,
            names: Names::new(vocabulary),
            sources: Vec::new(),
            people: People::default(),
            nameless: Vec::new(),
            has_names: false,
            empty: Vec::new(),
            faults: Vec::new(),
            unreadable: Vec::new(),
            notes: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// Reads a file. `file` is its name without the folder and stands in messages only.
    pub fn add(&mut self, bytes: &[u8], file: &str, options: &Options<'_>) {
        if let Err(faults) = self.file(bytes, file, options) {
            self.faults.extend(faults);
        }
    }

    /// Everybody, when all files are read.
    pub fn finish(mut self) -> Reading {
        if self.sources.is_empty() {
            self.source("-", None, Form::Table);
        }
        if !self.has_names {
            self.faults.append(&mut self.nameless);
        }
        for (one, other) in self.people.similar_situations() {
            let (one, other) = (names::shown(&one), names::shown(&other));
            self.warnings.push(words!(
                "the situations `{one}` and `{other}` count as two; if they are one, a dispute between observers stays hidden",
                "die Situationen `{one}` und `{other}` gelten als zwei; sind sie eine, bleibt ein Widerspruch zwischen Beobachtungen verborgen"
            ));
        }
        // Of several tables that belong together, some may be prepared and still empty.
        if self.people.count() == 0 {
            self.faults.append(&mut self.empty);
        }
        for Fault { source, message, .. } in &self.empty {
            self.notes.push(about(source, Spot::default(), message));
        }
        let sources: Arc<[Source]> = self.sources.into();
        self.warnings.extend(self.people.alike(&sources));
        let mut people = self.people.finish(&sources);
        people.extend(self.unreadable.into_iter().map(|(spot, faults)| {
            let origin = Origin { sources: sources.clone(), spot };
            Err(Rejected { origin, key: None, faults })
        }));
        Reading { people, faults: self.faults, notes: self.notes, warnings: self.warnings }
    }

    /// Adds a source: its number, and itself.
    fn source(&mut self, file: &str, sheet: Option<&str>, form: Form) -> (Source, u32) {
        let source = Source { file: file.into(), sheet: sheet.map(Arc::from), form };
        self.sources.push(source.clone());
        (source, u32::try_from(self.sources.len() - 1).unwrap_or(u32::MAX))
    }

    fn file(&mut self, bytes: &[u8], file: &str, options: &Options<'_>) -> Result<(), Vec<Fault>> {
        let no_map = Map::default();
        let map = options.map.unwrap_or(&no_map);
        let as_a_whole = |source: &(Source, u32), code, message| {
            Fault::at(code, &source.0, Spot { source: source.1, ..Spot::default() }, message)
        };
        if bytes.len() > MAX_TABLE_BYTES {
            let source = self.source(file, None, Form::Table);
            return Err(vec![as_a_whole(&source, FaultCode::TooLarge, larger_than(MAX_TABLE_BYTES))]);
        }
        if Workbook::is_one(bytes) {
            return self.workbook(bytes, file, options.sheet.or(map.sheet.as_deref()), map);
        }
        let decoded = match encoding::decode(bytes, options.encoding.or(map.encoding)) {
            Ok(decoded) => decoded,
            Err(undecided) => {
                let source = self.source(file, None, Form::Table);
                let (message, help) = undecided.words();
                let code = match undecided {
                    Undecided::Damaged { .. } => FaultCode::Unreadable,
                    _ => FaultCode::UnknownEncoding,
                };
                return Err(vec![as_a_whole(&source, code, message).help(help)]);
            }
        };
        if decoded.detected {
            let name = decoded.encoding.name();
            self.notes.push(words!("{file}: read as {name}", "{file}: gelesen als {name}"));
        }
        let text = decoded.text.strip_prefix('\u{FEFF}').unwrap_or(&decoded.text);
        if text.bytes().all(|byte| byte.is_ascii_whitespace()) {
            let source = self.source(file, None, Form::Table);
            let message = words!("the file is empty", "die Datei ist leer");
            return Err(vec![as_a_whole(&source, FaultCode::Empty, message)]);
        }
        let head = &text.as_bytes()[..text.len().min(SNIFFED_BYTES)];
        // A single one is the matter of its cell.
        if head.iter().filter(|byte| **byte == 0).nth(head.len() / 8).is_some() {
            let source = self.source(file, None, Form::Table);
            let message = words!("the file is no text", "die Datei ist kein Text");
            let help = save_as_utf8();
            return Err(vec![as_a_whole(&source, FaultCode::Unreadable, message).help(help)]);
        }
        let is_json = json::is_one(text);
        let by_line = is_json && json::is_by_line(text);
        let is_form = !is_json && looks_like_form(text.as_bytes());
        let limit = match (is_form, is_json && !by_line) {
            (true, _) => MAX_FORM_BYTES,
            (_, true) => MAX_JSON_BYTES,
            _ => MAX_TABLE_BYTES,
        };
        let form = if is_form || is_json { Form::Text } else { Form::Table };
        let source = self.source(file, None, form);
        if text.len() > limit {
            return Err(vec![as_a_whole(&source, FaultCode::TooLarge, larger_than(limit))]);
        }
        if is_form {
            self.note(&source.0, &words!("a form with one participant", "ein Bogen mit einer Person"));
            self.form(text, &source);
            return Ok(());
        }
        if is_json {
            self.has_names = true;
            let (source, number) = &source;
            let (source, people) = ((source, *number), &mut self.people);
            if by_line {
                json::read_lines(text, source, self.vocabulary, people, &mut self.unreadable);
            } else {
                json::read(text, source, self.vocabulary, people, &mut self.faults);
            }
            return Ok(());
        }
        let mut table = Delimited::new(text);
        self.note(&source.0, &table.kind());
        let place = |problem: Problem| vec![problem.in_source(&source.0, source.1)];
        let top = Top::read(&mut table.rows().map_err(place)?, &self.names, map).map_err(place)?;
        if let Some((row, mark)) = top.mark() {
            self.meant_for(&mark, row, &source)?;
        }
        self.table(&mut table, &top, map, &source)
    }

    /// Reads the sheets of a workbook that have results: those that are shown and have headings we know.
    fn workbook(
        &mut self,
        bytes: &[u8],
        file: &str,
        wanted: Option<&str>,
        map: &Map,
    ) -> Result<(), Vec<Fault>> {
        let mut book = match Workbook::open(bytes) {
            Ok(book) => book,
            Err(problem) => {
                let (source, number) = self.source(file, None, Form::Table);
                return Err(vec![problem.in_source(&source, number)]);
            }
        };
        let sheets = book.sheets().to_vec();
        let is_read = |sheet: &SheetName| match wanted {
            Some(wanted) => sheet.name.trim() == wanted.trim(),
            None => !sheet.hidden,
        };
        // What the sheets say about themselves stands in a hidden one, where nobody changes it by accident.
        let about = sheets.iter().position(|sheet| sheet.hidden && sheet.name == ABOUT);
        let about = about.and_then(|ix| about_sheet(book.rows(ix).ok()?));
        let mut faults = Vec::new();
        let mut tops: Vec<(usize, Top, (Source, u32))> = Vec::new();
        for (ix, sheet) in sheets.iter().enumerate().filter(|(_, sheet)| is_read(sheet)) {
            let source = self.source(file, Some(&sheet.name), Form::Table);
            let top = book.rows(ix).and_then(|mut rows| Top::read(&mut rows, &self.names, map));
            match top {
                Ok(top) => tops.push((ix, top, source)),
                Err(problem) => faults.push(problem.in_source(&source.0, source.1)),
            }
        }
        if wanted.is_none() {
            self.hidden(&mut book, &sheets, file, map);
        }
        let most = tops.iter().map(|(_, top, _)| top.known()).max();
        let Some(most) = most else {
            if faults.is_empty() {
                let (source, number) = self.source(file, None, Form::Table);
                let spot = Spot { source: number, ..Spot::default() };
                faults.push(Fault::at(FaultCode::Empty, &source, spot, no_such_sheet()).help(see_the_tabs()));
            }
            return Err(faults);
        };
        for (ix, top, source) in tops {
            // If no sheet looks like results, the best one says what is missing.
            let is_read = top.known() >= most.min(SHEET_HEADINGS) || top.has_ratings();
            if !is_read || top.is_empty() && most > 0 {
                // The instructions of a sheet that we made are no results, and nobody wonders.
                if !top.is_empty() && about.is_none() {
                    self.note(&source.0, &not_read());
                }
                continue;
            }
            let meant = match (&about, top.mark()) {
                (Some(mark), _) => self.meant_for(&mark.each_ref().map(String::as_str), 0, &source),
                (None, Some((row, mark))) => self.meant_for(&mark, row, &source),
                (None, None) => Ok(()),
            };
            if let Err(own) = meant.and_then(|()| self.table(&mut book.sheet(ix), &top, map, &source)) {
                faults.extend(own);
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    /// Tells of hidden sheets with results. They are not read, because who hid them may have meant just that.
    fn hidden(&mut self, book: &mut Workbook<'_>, sheets: &[SheetName], file: &str, map: &Map) {
        for (ix, sheet) in sheets.iter().enumerate().filter(|(_, sheet)| sheet.hidden) {
            let top = book.rows(ix).and_then(|mut rows| Top::read(&mut rows, &self.names, map));
            if top.is_ok_and(|top| top.has_ratings()) {
                let source =
                    Source { file: file.into(), sheet: Some(sheet.name.as_str().into()), form: Form::Table };
                self.warn(&source, &hidden_results());
            }
        }
    }

    /// Whether a sheet that we made was made from this definition.
    fn meant_for(&mut self, mark: &[&str; 3], row: u32, source: &(Source, u32)) -> Result<(), Vec<Fault>> {
        let [assessment, version, digest] = *mark;
        let known = self.vocabulary;
        if (assessment, version) != (known.assessment.as_str(), known.version.as_str()) {
            let spot = Spot { source: source.1, row, column: 0 };
            let fault = Fault::at(FaultCode::WrongAssessment, &source.0, spot, other_sheet(known));
            return Err(vec![fault.help(make_anew())]);
        }
        if digest != known.digest {
            self.warn(&source.0, &other_draft());
        }
        Ok(())
    }

    /// Reads a form. Its faults are those of one participant, who may be nobody known.
    fn form(&mut self, text: &str, source: &(Source, u32)) {
        self.has_names = true;
        let read = Page::new(text, &source.0, source.1).and_then(|page| {
            let table = page.toml()?.into();
            let wrong = form::meant_for(&table, &page, self.vocabulary);
            if !wrong.is_empty() {
                return Err(wrong);
            }
            form::read(&page, table, page.whole(), self.vocabulary, &mut self.people);
            Ok(())
        });
        if let Err(faults) = read {
            self.unreadable.push((Spot { source: source.1, row: 1, column: 0 }, faults));
        }
    }

    /// Reads a table whose first rows are read already.
    fn table(
        &mut self,
        table: &mut impl Table,
        top: &Top,
        map: &Map,
        source: &(Source, u32),
    ) -> Result<(), Vec<Fault>> {
        let (source, number) = (&source.0, source.1);
        let fault =
            |code, row, message| Fault::at(code, source, Spot { source: number, row, column: 0 }, message);
        if top.is_empty() {
            return Err(vec![fault(
                FaultCode::Empty,
                0,
                words!("the table is empty", "die Tabelle ist leer"),
            )]);
        }
        let header = top.header((source, number), &self.names, map)?;
        match header.place(|content| *content == Content::Name) {
            Some(_) => self.has_names = true,
            None => {
                let message = words!("the column `name` is missing", "die Spalte `Name` fehlt");
                self.nameless.push(fault(FaultCode::MissingColumn, header.row, message));
            }
        }
        let lost = if header.place(|content| *content == Content::Subject).is_some() {
            Vec::new()
        } else {
            table::lost_columns(&header.columns, self.vocabulary)
        };
        for words in &lost {
            self.warn(source, words);
        }
        if let Some(ignored) = table::ignored(&header.columns) {
            self.note(source, &ignored);
        }
        let before = self.people.rows();
        let merged = table::read(table, &header, (source, number), &self.names, &mut self.people)
            .map_err(|problem| vec![problem.in_source(source, number)])?;
        for Merged { rows: (row, last), columns: (column, _) } in merged {
            let spot = Spot { source: number, row, column };
            self.warnings.push(about(source, spot, &merged_until(last)));
        }
        if self.people.rows() == before {
            let message =
                words!("there are no rows under the headings", "unter den Überschriften stehen keine Zeilen");
            self.empty.push(fault(FaultCode::Empty, header.row, message));
        }
        Ok(())
    }

    fn note(&mut self, source: &Source, words: &Words) {
        self.notes.push(about(source, Spot::default(), words));
    }

    fn warn(&mut self, source: &Source, words: &Words) {
        self.warnings.push(about(source, Spot::default(), words));
    }
}

/// What is said about a place; the default is the whole file or sheet.
fn about(source: &Source, spot: Spot, Words { en, de }: &Words) -> Words {
    let place = source.place(spot);
    Words { en: format!("{}: {en}", place.en), de: format!("{}: {de}", place.de) }
}

/// The hidden sheet of an entry sheet that says what it was made for.
const ABOUT: &str = "kompetenz";

/// Assessment, version and digest, as the hidden sheet of an entry sheet has them in two columns.
fn about_sheet(mut rows: impl Rows) -> Option<[String; 3]> {
    let mut about = [const { None }; 3];
    // Nothing of it stands further below.
    for _ in 0..20 {
        let Ok(Some(_)) = rows.next_row() else { break };
        let key = ["assessment", "version", "digest"].iter().position(|key| rows.cell(0).text() == Some(key));
        if let Some(ix) = key {
            about[ix] = Some(rows.cell(1).shown().trim().to_owned());
        }
    }
    let [assessment, version, digest] = about;
    Some([assessment?, version?, digest?])
}

fn no_such_sheet() -> Words {
    words!("the workbook has no sheet of this name", "die Arbeitsmappe hat kein Blatt mit diesem Namen")
}

fn see_the_tabs() -> Words {
    words!(
        "the name stands on the tab below the table; without `--sheet` every sheet that is shown is read",
        "der Name steht auf dem Reiter unter der Tabelle; ohne `--sheet` wird jedes sichtbare Blatt gelesen"
    )
}

fn not_read() -> Words {
    words!(
        "not read, because hardly any heading is known",
        "nicht gelesen, weil kaum eine Überschrift bekannt ist"
    )
}

fn hidden_results() -> Words {
    words!(
        "this hidden sheet has ratings and was not read; show it, or name it with `--sheet`",
        "dieses ausgeblendete Blatt hat Bewertungen und wurde nicht gelesen; es einblenden oder mit `--sheet` nennen"
    )
}

fn merged_until(row: u32) -> Words {
    words!(
        "this cell is merged with those below it, down to row {row}, which are empty all the same",
        "diese Zelle ist mit denen darunter bis Zeile {row} verbunden, die trotzdem leer sind"
    )
}

fn larger_than(limit: usize) -> Words {
    let megabytes = limit >> 20;
    words!("the file is larger than {megabytes} MB", "die Datei ist größer als {megabytes} MB")
}

fn other_sheet(known: &Vocabulary) -> Words {
    let (assessment, version) = (&known.assessment, &known.version);
    words!(
        "this sheet was made for another assessment or version than `{assessment}` {version}",
        "dieser Bogen wurde für eine andere Feststellung oder Version als `{assessment}` {version} gemacht"
    )
}

fn make_anew() -> Words {
    words!(
        "use the definition it was made for, or make a new sheet with `kompetenz sheet` and copy the results into it",
        "die Definition nehmen, für die er gemacht wurde, oder mit `kompetenz sheet` einen neuen Bogen machen und die Ergebnisse hineinkopieren"
    )
}

/// Reads a list of people: a table with `key`, `name` and, if it has one, `birth-date`.
///
/// # Errors
/// Everything that is wrong with it. A list with a fault is none.
pub fn roster(
    bytes: &[u8],
    file: &str,
    vocabulary: &Vocabulary,
) -> Result<Vec<write::Participant>, Vec<Fault>> {
    let map = Map::with_observer("-");
    let mut reader = Reader::new(vocabulary);
    reader.add(bytes, file, &Options { map: Some(&map), ..Options::default() });
    let Reading { people, mut faults, .. } = reader.finish();
    let mut roster = Vec::with_capacity(people.len());
    for person in people {
        match person {
            Ok(Entry { key, name, birth_date, .. }) => {
                roster.push(write::Participant { key, name, birth_date });
            }
            Err(rejected) => faults.extend(rejected.faults),
        }
    }
    if faults.is_empty() { Ok(roster) } else { Err(faults) }
}

fn other_draft() -> Words {
    words!(
        "this sheet was made from another draft of this version; its columns were read all the same",
        "dieser Bogen wurde aus einem anderen Entwurf dieser Version gemacht; seine Spalten wurden trotzdem gelesen"
    )
}

/// How much of a file is looked at to see what it is.
const SNIFFED_BYTES: usize = 64 << 10;

/// How to get UTF-8 out of a spreadsheet.
fn save_as_utf8() -> Words {
    words!(
        "save it from Excel again: File, Save as, file type `CSV UTF-8 (Comma delimited)`",
        "aus Excel noch einmal speichern: Datei, Speichern unter, Dateityp `CSV UTF-8 (durch Trennzeichen getrennt)`"
    )
}

/// Whether a text is TOML: most of its first lines are assignments or headings of tables.
///
/// A majority decides, so that a slip in one line does not turn a form into a table with strange messages.
fn looks_like_form(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(SNIFFED_BYTES)];
    let lines = head.split(|byte| matches!(byte, b'\n' | b'\r')).map(<[u8]>::trim_ascii);
    let (mut seen, mut like_toml) = (0, 0);
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with(b"#")).take(20) {
        seen += 1;
        let is_assignment = line.iter().position(|&byte| byte == b'=').is_some_and(|equals| {
            let key = line[..equals].trim_ascii();
            let in_key = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_. \"'@#".contains(byte);
            !key.is_empty() && key.iter().all(in_key)
        });
        let is_heading = line.starts_with(b"[") && line.iter().all(|byte| !matches!(byte, b';' | b'\t'));
        like_toml += u32::from(is_assignment || is_heading);
        // What stands in a text of several lines says nothing about the file.
        if line.windows(3).any(|three| three == b"\"\"\"" || three == b"'''") {
            break;
        }
    }
    2 * like_toml > seen
}
