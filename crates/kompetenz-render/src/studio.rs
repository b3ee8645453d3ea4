//! From data to bytes: the world one document is made in.

use std::path::Path;

use kompetenz::certificate::CertificateData;
use kompetenz::words;
use rayon::{ThreadPool, ThreadPoolBuilder};
use serde_json::Value;
use typst::diag::{FileError, FileResult, SourceResult};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::check::{Date, check_fields, check_glyphs, parse_date};
use crate::error::{RenderError, StudioError, flatten, secrets};
use crate::fonts::fonts;
use crate::picture::{Paths, PictureError, Pictures};
use crate::print_run::Sheets;
use crate::template::Template;
use crate::{InvalidField, cache, qr};

/// The path under which a template finds the data.
///
/// The engine keeps every path it has ever seen, in a table of 65,535 places: a path per certificate would fill it.
const DATA: &str = "/data.json";

/// The path of the data as it is attached.
const ATTACHED: &str = "/attached.json";

/// The path of the program that calls the template for a document of [`USUAL_PAGES`].
const MAIN: &str = "/main.typ";

/// The path of the program that lets the template count its pages.
const COUNTING: &str = "/counting.typ";

/// Nearly every certificate is one sheet.
///
/// "Page 1 of 2" costs a second layout when the template has to find out the total, so it is told a total first.
/// Where it turns out otherwise, the document is made again.
const USUAL_PAGES: usize = 2;

/// The path of the QR code, one for all certificates.
const QR: &str = "/qr.svg";

/// The path of a document of nothing but the pictures.
const PROBE: &str = "/probe.typ";

/// Deeply nested layout needs more than the two megabytes a thread is given by default.
const STACK: usize = 16 * 1024 * 1024;

/// Everything certificates have in common: template, pictures, fonts and the engine's library.
///
/// Make one and share it between all threads.
pub struct Studio {
    library: LazyHash<Library>,
    main: FileId,
    counting: FileId,
    data: FileId,
    attached: FileId,
    sources: Vec<Source>,
    files: Vec<(FileId, Bytes)>,
    languages: Vec<String>,
    qr: FileId,
    has_logo: bool,
    funders: usize,
    scans: usize,
    standards: PdfStandards,
}

impl Studio {
    /// Prepares a template for many documents.
    ///
    /// # Errors
    ///
    /// When the template has a path that leaves it, lacks its entry, or has no labels;
    /// when the engine cannot read a picture.
    pub fn new(template: &Template, pictures: Pictures) -> Result<Self, StudioError> {
        let languages = template.languages();
        if languages.is_empty() {
            return Err(StudioError::NoLabels);
        }

        let entry = template.entry();
        let mut sources = Vec::new();
        let mut files = Vec::new();
        for (path, text) in template.files() {
            let id = file_id(path).ok_or_else(|| StudioError::Path { path: path.to_owned() })?;
            if Path::new(path).extension().is_some_and(|extension| extension == "typ") {
                sources.push(Source::new(id, text.to_owned()));
            } else {
                files.push((id, Bytes::from_string(text.to_owned())));
            }
        }
        if !file_id(entry).is_some_and(|id| sources.iter().any(|source| source.id() == id)) {
            return Err(StudioError::NoEntry { path: entry.to_owned() });
        }

        let (paths, pictures) = pictures.into_files();
        let (main, counting) = (known_id(MAIN), known_id(COUNTING));
        sources.push(Source::new(main, main_text(entry, &paths, Some(USUAL_PAGES))));
        sources.push(Source::new(counting, main_text(entry, &paths, None)));
        let probe: Vec<_> = pictures.iter().map(|(path, _)| format!("#image({path:?})")).collect();
        sources.push(Source::new(known_id(PROBE), probe.join("\n")));
        let has_pictures = !pictures.is_empty();
        for (path, bytes) in pictures {
            let id = file_id(&path).ok_or(StudioError::Path { path })?;
            files.push((id, Bytes::new(bytes)));
        }

        let studio = Self {
            library: LazyHash::new(Library::default()),
            main,
            counting,
            data: known_id(DATA),
            attached: known_id(ATTACHED),
            sources,
            files,
            languages,
            qr: known_id(QR),
            has_logo: paths.logo.is_some(),
            funders: paths.funders.len(),
            scans: paths.scans.len(),
            standards: PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1])
                .map_err(|error| StudioError::Standards { message: error.message().to_string() })?,
        };
        if has_pictures {
            studio.draw_pictures()?;
        }
        Ok(studio)
    }

    /// Makes the PDF of one certificate.
    ///
    /// The calling thread waits while a thread of its own does the work, so that any number of callers
    /// can render at the same time without one document's layout running inside another's.
    ///
    /// # Errors
    ///
    /// When a field cannot be printed ([`RenderError::Invalid`]), when a character has no glyph in the
    /// embedded fonts ([`RenderError::MissingGlyphs`]), or when the template has a mistake
    /// ([`RenderError::Template`]).
    ///
    /// # Panics
    ///
    /// When the engine panics, or the system has no more threads to give.
    pub fn render(&self, data: &CertificateData) -> Result<Vec<u8>, RenderError> {
        let (document, secrets) = self.document(data)?;
        let options = document.to_archive(data.number.clone());
        document.run(&secrets, |document| typst_pdf::pdf(&document.settled()?, &options))
    }

    /// Lays out one certificate for a [`PrintRun`](crate::PrintRun).
    ///
    /// # Errors
    ///
    /// As [`Studio::render`].
    ///
    /// # Panics
    ///
    /// As [`Studio::render`].
    pub fn sheets(&self, data: &CertificateData) -> Result<Sheets, RenderError> {
        let (document, secrets) = self.document(data)?;
        document.run(&secrets, |document| Ok(Sheets::of(&data.number, document.day, &document.settled()?)))
    }

    /// The studio with the data of one certificate, and what must stand in no message about it.
    fn document(&self, data: &CertificateData) -> Result<(Document<'_>, Vec<String>), RenderError> {
        let day = self.check(data)?;
        let attached =
            Bytes::new(serde_json::to_vec_pretty(data).expect("texts and numbers can be written as JSON"));
        let mut value = serde_json::to_value(data).expect("texts and numbers can be written as JSON");
        let secrets = secrets(&value);
        let json = if add_breaks(&mut value) { json_file(&value) } else { attached.clone() };
        // Two languages often need a third page, so their pages are counted from the start.
        let main = if data.beside.is_some() { self.counting } else { self.main };
        let code = data.verify.as_deref().and_then(qr::code);
        let qr = code.map_or_else(|| Bytes::new([]), |code| Bytes::from_string(qr::svg(&code)));
        Ok((Document { studio: self, main, json, attached, qr, day }, secrets))
    }

    /// The languages the template has labels for.
    pub fn languages(&self) -> &[String] {
        &self.languages
    }

    /// Finds a broken picture once, not in every document.
    fn draw_pictures(&self) -> Result<(), PictureError> {
        let probe = Document::undated(self, PROBE, Bytes::new([]));
        on_engine_thread(|| probe.compile()).map(drop).map_err(|diagnostics| {
            let messages: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
            PictureError::Undrawable { message: messages.join("; ") }
        })
    }

    /// What is wrong with a language that the template has no labels for.
    pub(crate) fn check_language(&self, field: &str, tag: &str) -> Option<InvalidField> {
        let language = tag.split('-').next().unwrap_or_default();
        let list = self.languages.join(", ");
        let expected =
            words!("one of the template's languages ({list})", "eine der Sprachen der Vorlage ({list})");
        let known = self.languages.iter().any(|known| known == language);
        (!known).then(|| InvalidField { field: field.into(), expected })
    }

    /// Whatever would make the document wrong, before the engine sees it.
    fn check(&self, data: &CertificateData) -> Result<Date, RenderError> {
        let mut invalid = check_fields(data);
        invalid.extend(self.check_language("language", &data.language));
        if let Some(beside) = &data.beside {
            invalid.extend(self.check_language("beside.language", &beside.language));
        }
        if data.issuer.logo.is_some() && !self.has_logo {
            invalid.push(InvalidField {
                field: "issuer.logo".into(),
                expected: words!(
                    "no description, because no logo was given",
                    "keine Beschreibung, weil es kein Logo gibt"
                ),
            });
        }
        for (given, told, field) in [
            (self.funders, data.issuer.funders.len(), "issuer.funders"),
            (self.scans, data.issuer.signatories.len(), "issuer.signatories"),
        ] {
            if given > told {
                let expected = words!("one for each picture that was given", "je einer für jedes Bild");
                invalid.push(InvalidField { field: field.into(), expected });
            }
        }
        let Some(day) = parse_date(&data.issued.iso).filter(|_| invalid.is_empty()) else {
            return Err(RenderError::Invalid(invalid));
        };
        let missing = check_glyphs(data);
        if missing.is_empty() { Ok(day) } else { Err(RenderError::MissingGlyphs(missing)) }
    }
}

/// The studio with the data of one document on the table.
pub(crate) struct Document<'a> {
    studio: &'a Studio,
    main: FileId,
    /// What the template reads.
    json: Bytes,
    /// What is attached: the data as it came.
    attached: Bytes,
    /// The QR code, an SVG. Empty: there is none.
    qr: Bytes,
    day: Date,
}

impl<'a> Document<'a> {
    /// A document of no day in particular, with nothing attached, from the program at the path `main`.
    pub(crate) fn undated(studio: &'a Studio, main: &'static str, json: Bytes) -> Self {
        let day = Date { year: 2000, month: 1, day: 1 };
        Self::new(studio, main, json, Bytes::new([]), day)
    }

    /// A document of a day, from the program at the path `main`, which attaches the data itself.
    pub(crate) fn new(
        studio: &'a Studio,
        main: &'static str,
        json: Bytes,
        attached: Bytes,
        day: Date,
    ) -> Self {
        Self { studio, main: known_id(main), json, attached, qr: Bytes::new([]), day }
    }

    /// How it is written for an archive: PDF/A-3a and PDF/UA-1, made on its day. `ident` tells it from all others.
    pub(crate) fn to_archive(&self, ident: String) -> PdfOptions {
        let Date { year, month, day } = self.day;
        PdfOptions {
            ident: Smart::Custom(ident),
            creator: Smart::Custom(Some("kompetenz".into())),
            timestamp: Datetime::from_ymd_hms(year, month, day, 0, 0, 0).map(Timestamp::new_utc),
            standards: self.studio.standards.clone(),
            ..PdfOptions::default()
        }
    }

    /// Runs the engine. No secret stands in what the template did wrong.
    pub(crate) fn run<R: Send>(
        mut self,
        secrets: &[String],
        make: impl FnOnce(&mut Self) -> SourceResult<R> + Send,
    ) -> Result<R, RenderError> {
        // Also after a failure or a panic: what the engine remembers of this document is of no further use.
        let _done = cache::DocumentDone;
        on_engine_thread(|| make(&mut self))
            .map_err(|diagnostics| RenderError::Template(flatten(&self, &diagnostics, secrets)))
    }

    /// The pages of a certificate, each of which says of how many it is one.
    fn settled(&mut self) -> SourceResult<PagedDocument> {
        let pages = self.compile()?;
        if self.main != self.studio.main || pages.pages().len() == USUAL_PAGES {
            return Ok(pages);
        }
        self.main = self.studio.counting;
        self.compile()
    }

    pub(crate) fn compile(&self) -> SourceResult<PagedDocument> {
        let compiled = typst::compile(self);
        // A warning is a layout that did not settle or a font that is not there: not something to hand out.
        match compiled.output {
            Ok(_) if !compiled.warnings.is_empty() => Err(compiled.warnings),
            output => output,
        }
    }
}

impl World for Document<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.studio.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &fonts().book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        match self.studio.sources.iter().find(|source| source.id() == id) {
            Some(source) => Ok(source.clone()),
            None => Err(refuse(id)),
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.studio.data {
            return Ok(self.json.clone());
        }
        if id == self.studio.qr {
            return Ok(self.qr.clone());
        }
        if id == self.studio.attached {
            return Ok(self.attached.clone());
        }
        match self.studio.files.iter().find(|(known, _)| *known == id) {
            Some((_, bytes)) => Ok(bytes.clone()),
            None => self.source(id).map(Bytes::from_string),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        fonts().all.get(index).cloned()
    }

    /// The day of issue: a certificate made again next year is the same certificate.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        Datetime::from_ymd(self.day.year, self.day.month, self.day.day)
    }
}

/// Runs the engine on a thread of its own for each calling thread.
///
/// Layout spreads over the threads of the current rayon pool, and while it waits for them it takes up whatever
/// else that pool has to do: with the global pool whole other documents, on the same stack, until it overflows.
/// A pool of one thread has nothing else to do.
fn on_engine_thread<R: Send>(work: impl FnOnce() -> R + Send) -> R {
    thread_local! {
        static ENGINE: ThreadPool = ThreadPoolBuilder::new()
            .num_threads(1)
            .stack_size(STACK)
            .thread_name(|_| "typesetter".into())
            .build()
            .expect("the system gives a thread");
    }
    ENGINE.with(|engine| engine.install(work))
}

/// Calls the template, and attaches the data whatever the template does.
fn main_text(entry: &str, Paths { logo, funders, scans }: &Paths, pages: Option<usize>) -> String {
    let pages = pages.map_or("none".into(), |pages| pages.to_string());
    let path = |path: &Option<String>| path.as_ref().map_or("none".into(), |path| format!("{path:?}"));
    let list =
        |paths: &[Option<String>]| paths.iter().map(|one| path(one) + ", ").collect::<Vec<_>>().concat();
    let (logo, funders, scans) = (path(logo), list(funders), list(scans));
    format!(
        r#"#import {entry:?}: certificate
#let data = json("{DATA}")
#let pictures = (logo: {logo}, funders: ({funders}), scans: ({scans}), qr: "{QR}")
#pdf.attach(
  "certificate.json",
  read("{ATTACHED}", encoding: none),
  relationship: "data",
  mime-type: "application/json",
  description: data.title + " " + data.number,
)
#certificate(data, pictures: pictures, pages: {pages})
"#
    )
}

/// Gives words that no line can hold places to break, and tells whether there were any.
///
/// Nobody has such a name, but a template should not have to think of it.
pub(crate) fn add_breaks(value: &mut Value) -> bool {
    /// Letters that fit a line of the narrowest column, and letters between two places to break.
    const LONGEST: usize = 28;
    const PIECE: usize = 14;

    let mut any = false;
    change_texts(value, &mut |text| {
        if text.len() <= LONGEST || text.split(' ').all(|word| word.chars().count() <= LONGEST) {
            return;
        }
        any = true;
        let mut broken = String::new();
        for word in text.split_inclusive(' ') {
            let long = word.chars().count() > LONGEST;
            for (i, character) in word.chars().enumerate() {
                if long && i > 0 && i % PIECE == 0 {
                    broken.push('\u{200b}');
                }
                broken.push(character);
            }
        }
        *text = broken;
    });
    any
}

/// What a template reads as a file of JSON.
pub(crate) fn json_file(value: &Value) -> Bytes {
    Bytes::new(serde_json::to_vec(value).expect("texts and numbers can be written as JSON"))
}

fn change_texts(value: &mut Value, change: &mut impl FnMut(&mut String)) {
    match value {
        Value::String(text) => change(text),
        Value::Array(items) => items.iter_mut().for_each(|item| change_texts(item, change)),
        Value::Object(fields) => fields.values_mut().for_each(|field| change_texts(field, change)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn refuse(id: FileId) -> FileError {
    let path = id.get();
    let message = if matches!(path.root(), VirtualRoot::Package(_)) {
        "packages are not available: a template is complete in itself".into()
    } else {
        typst::diag::eco_format!("`{}` is not a file of this template", path.vpath().get_with_slash())
    };
    FileError::Other(Some(message))
}

/// The engine's name for a path of the template, unless the path leaves it.
fn file_id(path: &str) -> Option<FileId> {
    let path = VirtualPath::new(path).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

fn known_id(path: &'static str) -> FileId {
    file_id(path).expect("a path of our own is a good path")
}
