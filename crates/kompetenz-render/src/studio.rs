//! From data to bytes: the world one document is made in.

use std::ffi::OsStr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use kompetenz::certificate::CertificateData;
use kompetenz::words;
use serde_json::Value;
use typst::diag::{FileError, FileResult, SourceDiagnostic, SourceResult};
use typst::foundations::{self, Bytes, Datetime, Smart};
use typst::layout::{Frame, FrameItem};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, Timestamp};

use crate::check::{Date, check_fields, check_glyphs, missing_glyphs, parse_date};
use crate::engine::Engine;
use crate::error::{RenderError, StudioError, TemplateFault, flatten, secrets};
use crate::fonts::fonts;
use crate::format::{self, Files, Format};
use crate::labels::check_labels;
use crate::picture::{Paths, Picture, PictureError, Pictures};
use crate::print_run::Sheets;
use crate::source::source;
use crate::template::Template;
use crate::{InvalidField, cache, qr};

/// The path under which a template finds the data.
///
/// The engine keeps every path it has ever seen, in a table of 65,535 places: a path per certificate would fill it.
const DATA: &str = "/data.json";

/// The path of the data as it is attached; empty where the standard allows no attachment.
const ATTACHED: &str = "/attached.json";

/// The path of the program that calls the template for a document of [`USUAL_PAGES`].
const MAIN: &str = "/main.typ";

/// The path of the program that lets the template count its pages.
const COUNTING: &str = "/counting.typ";

/// The path of the program around the report.
pub(crate) const REPORT: &str = "/print-report.typ";

/// The path of the program around the easy-read page.
pub(crate) const EASY_READ: &str = "/print-easy-read.typ";

/// Nearly every certificate is one sheet.
///
/// "Page 1 of 2" costs a second layout when the template has to find out the total, so it is told a total first.
/// Where it turns out otherwise, the document is made again.
const USUAL_PAGES: usize = 2;

/// No document is longer by right; a template that never stops making pages should not fill the memory.
const MOST_PAGES: usize = 500;

/// The path of the QR code, one for all certificates.
const QR: &str = "/qr.svg";

/// The path of a document of nothing but the pictures.
const PROBE: &str = "/probe.typ";

/// Everything documents have in common: template, pictures, fonts, and the engine with its patience.
///
/// Make one and share it between all threads. It prints certificates, reports and blank forms, all from one template.
pub struct Studio {
    desk: Arc<Desk>,
    engine: Engine,
}

/// What lies ready for every document. A thread that is left behind keeps its share of it.
pub(crate) struct Desk {
    library: LazyHash<Library>,
    data: FileId,
    attached: FileId,
    sources: Vec<Source>,
    files: Vec<(FileId, Bytes)>,
    /// How messages name the files of the template.
    names: Vec<(FileId, String)>,
    languages: Vec<String>,
    qr: FileId,
    has_logo: bool,
    funders: usize,
    scans: usize,
}

impl Studio {
    /// Prepares a template for many documents.
    ///
    /// # Errors
    ///
    /// When the template has a path that leaves it, lacks its entry, or has no labels; when a file of it has mistakes
    /// that can be seen without data, all of them at once; when the engine cannot read a picture.
    pub fn new(template: &Template, pictures: Pictures) -> Result<Self, StudioError> {
        let languages = template.languages();
        if languages.is_empty() {
            return Err(StudioError::NoLabels);
        }
        let faults = check_labels(template);
        if !faults.is_empty() {
            return Err(StudioError::Files(faults));
        }

        let entry = template.entry();
        let mut sources = Vec::new();
        let mut files = Vec::new();
        let mut names = Vec::new();
        let mut too_deep = Vec::new();
        for (path, file) in template.shelf() {
            let id = file_id(path).ok_or_else(|| StudioError::Path { path: path.to_owned() })?;
            names.push((id, file.shown.clone()));
            match Path::new(path).extension().and_then(OsStr::to_str) {
                Some("typ") => {
                    let text = str::from_utf8(&file.bytes)
                        .map_err(|_| StudioError::NoText { file: file.shown.clone() })?;
                    match source(id, &file.shown, text) {
                        Ok(source) => sources.push(source),
                        Err(fault) => too_deep.push(fault),
                    }
                }
                Some("svg" | "png") => {
                    let proven = Picture::new(file.bytes.clone())
                        .map_err(|error| StudioError::TemplatePicture { file: file.shown.clone(), error })?;
                    files.push((id, Bytes::new(proven.into_file().1)));
                }
                _ => files.push((id, Bytes::new(file.bytes.clone()))),
            }
        }
        if !too_deep.is_empty() {
            return Err(StudioError::Files(too_deep));
        }
        if !file_id(entry).is_some_and(|id| sources.iter().any(|source| source.id() == id)) {
            return Err(StudioError::NoEntry { path: entry.to_owned() });
        }

        let (paths, pictures) = pictures.into_files();
        let print = |pages| certificate_text(entry, &paths, pages);
        sources.push(Source::new(known_id(MAIN), print(Some(USUAL_PAGES))));
        sources.push(Source::new(known_id(COUNTING), print(None)));
        for (program, attachment, template) in
            [(REPORT, "report.json", "/report.typ"), (EASY_READ, "easy-read.json", "/easy-read.typ")]
        {
            let body = format!("#include {template:?}");
            sources.push(Source::new(known_id(program), main_text(attachment, &body)));
        }
        let probe: Vec<_> = pictures.iter().map(|(path, _)| format!("#image({path:?})")).collect();
        sources.push(Source::new(known_id(PROBE), probe.join("\n")));
        let has_pictures = !pictures.is_empty();
        for (path, bytes) in pictures {
            let id = file_id(&path).ok_or(StudioError::Path { path })?;
            files.push((id, Bytes::new(bytes)));
        }

        let desk = Arc::new(Desk {
            library: LazyHash::new(Library::default()),
            data: known_id(DATA),
            attached: known_id(ATTACHED),
            sources,
            files,
            names,
            languages,
            qr: known_id(QR),
            has_logo: paths.logo.is_some(),
            funders: paths.funders.len(),
            scans: paths.scans.len(),
        });
        let faults = desk.syntax_faults();
        if !faults.is_empty() {
            return Err(StudioError::Template(faults));
        }
        let studio = Self { desk, engine: Engine::new() };
        if has_pictures {
            studio.draw_pictures()?;
        }
        // Our own templates end, and the pictures were drawn once.
        let engine = if template.is_shipped() { studio.engine.trusting() } else { studio.engine };
        Ok(Self { engine, ..studio })
    }

    /// The same, waiting so long for each document until the template is taken for one that never ends.
    ///
    /// Without it, 30 seconds. The time of a document on a machine that is busy with other things counts as well.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { engine: self.engine.with_patience(patience), ..self }
    }

    /// How many threads of this studio run on with a document that was given up.
    ///
    /// The engine cannot be interrupted; such a thread ends with the process, if not before. With three of them the
    /// studio refuses everything.
    pub fn left_behind(&self) -> usize {
        self.engine.left_behind()
    }

    /// Makes the PDF (PDF/A-3a, PDF/UA-1) of one certificate, with its data attached.
    ///
    /// # Errors
    ///
    /// As [`Studio::certificate`].
    pub fn render(&self, data: &CertificateData) -> Result<Vec<u8>, RenderError> {
        self.certificate(data, &Format::default()).map(|files| files.concat())
    }

    /// Makes one certificate.
    ///
    /// The calling thread waits while a thread of its own does the work, so that any number of callers
    /// can render at the same time without one document's layout running inside another's. Within
    /// [`for_each_in_order`](crate::for_each_in_order) the shipped templates are set by the thread that works.
    ///
    /// # Errors
    ///
    /// When a field cannot be printed ([`RenderError::Invalid`]), when a character has no glyph in the
    /// embedded fonts ([`RenderError::MissingGlyphs`]), when the template has a mistake
    /// ([`RenderError::Template`] and its neighbours), or when it does not end ([`RenderError::Late`]).
    ///
    /// # Panics
    ///
    /// Never: any certificate can be written as JSON.
    pub fn certificate(&self, data: &CertificateData, format: &Format) -> Result<Files, RenderError> {
        self.print(self.manuscript(data)?, format)
    }

    /// Lays out one certificate for a [`PrintRun`](crate::PrintRun).
    ///
    /// # Errors
    ///
    /// As [`Studio::certificate`].
    pub fn sheets(&self, data: &CertificateData) -> Result<Sheets, RenderError> {
        let manuscript = self.manuscript(data)?;
        let number = data.number.clone();
        self.on_engine(move |desk| {
            let day = manuscript.day;
            desk.lay_out(&manuscript, &Bytes::new([]))
                .map(|(_, document)| Sheets::of(&number, day, &document))
        })
    }

    /// One certificate, checked and ready to be printed.
    fn manuscript(&self, data: &CertificateData) -> Result<Manuscript, RenderError> {
        let day = self.check(data)?;
        // Without line breaks and indents, because every file carries it.
        let attached =
            Bytes::new(serde_json::to_vec(data).expect("texts and numbers can be written as JSON"));
        let mut value = serde_json::to_value(data).expect("texts and numbers can be written as JSON");
        let secrets = secrets(&value);
        let json = if add_breaks(&mut value) { json_file(&value) } else { attached.clone() };
        let code = data.verify.as_deref().and_then(qr::code);
        Ok(Manuscript {
            // Two languages often need a third page, so their pages are counted from the start.
            usual: data.beside.is_none().then_some((MAIN, USUAL_PAGES)),
            main: COUNTING,
            json,
            attached,
            qr: code.map_or_else(|| Bytes::new([]), |code| Bytes::from_string(qr::svg(&code))),
            day: Some(day),
            ident: data.number.clone(),
            secrets,
        })
    }

    /// The languages the template has labels for.
    pub fn languages(&self) -> &[String] {
        &self.desk.languages
    }

    /// A document of a day whose template is a whole program, with its data attached.
    pub(crate) fn print_data(
        &self,
        main: &'static str,
        mut data: Value,
        day: Date,
        ident: String,
        format: &Format,
    ) -> Result<Files, RenderError> {
        let missing = missing_glyphs(&data);
        if !missing.is_empty() {
            return Err(RenderError::MissingGlyphs(missing));
        }
        let secrets = secrets(&data);
        let attached =
            Bytes::new(serde_json::to_vec_pretty(&data).expect("texts and numbers can be written as JSON"));
        add_breaks(&mut data);
        let (json, qr) = (json_file(&data), Bytes::new([]));
        self.print(
            Manuscript { usual: None, main, json, attached, qr, day: Some(day), ident, secrets },
            format,
        )
    }

    /// From a manuscript to paper: the one way for all documents.
    pub(crate) fn print(&self, manuscript: Manuscript, format: &Format) -> Result<Files, RenderError> {
        let format = format.clone();
        self.on_engine(move |desk| desk.print(&manuscript, &format))
    }

    /// Work on one document.
    fn on_engine<R: Send + 'static>(
        &self,
        work: impl FnOnce(&Desk) -> Result<R, RenderError> + Send + 'static,
    ) -> Result<R, RenderError> {
        // Also after a failure or a panic: what the engine remembers of this document is of no further use.
        let _done = cache::DocumentDone;
        let desk = Arc::clone(&self.desk);
        self.engine.run(move || work(&desk))?
    }

    /// Finds a broken picture once, not in every document.
    fn draw_pictures(&self) -> Result<(), StudioError> {
        let drawn = self.on_engine(|desk| {
            let nothing = Bytes::new([]);
            let sheet = desk.undated(PROBE, &nothing);
            let pdf = |document| typst_pdf::pdf(&document, &PdfOptions::default());
            sheet.compile().and_then(pdf).map(drop).map_err(|faults| desk.fault(&sheet, &faults, &[]))
        });
        drawn.map_err(|error| {
            let message = match error {
                RenderError::Template(faults) => {
                    faults.iter().map(|fault| fault.message.as_str()).collect::<Vec<_>>().join("; ")
                }
                error => error.message().en,
            };
            StudioError::Picture(PictureError::Undrawable { message })
        })
    }

    /// What is wrong with a language that the template has no labels for.
    pub(crate) fn check_language(&self, field: &str, tag: &str) -> Option<InvalidField> {
        let language = tag.split('-').next().unwrap_or_default();
        let list = self.languages().join(", ");
        let expected =
            words!("one of the template's languages ({list})", "eine der Sprachen der Vorlage ({list})");
        let known = self.languages().iter().any(|known| known == language);
        (!known).then(|| InvalidField { field: field.into(), expected })
    }

    /// Whatever would make the document wrong, before the engine sees it.
    fn check(&self, data: &CertificateData) -> Result<Date, RenderError> {
        let mut invalid = check_fields(data);
        invalid.extend(self.check_language("language", &data.language));
        if let Some(beside) = &data.beside {
            invalid.extend(self.check_language("beside.language", &beside.language));
        }
        if data.issuer.logo.is_some() && !self.desk.has_logo {
            invalid.push(InvalidField {
                field: "issuer.logo".into(),
                expected: words!(
                    "no description, because no logo was given",
                    "keine Beschreibung, weil es kein Logo gibt"
                ),
            });
        }
        for (given, told, field) in [
            (self.desk.funders, data.issuer.funders.len(), "issuer.funders"),
            (self.desk.scans, data.issuer.signatories.len(), "issuer.signatories"),
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

/// One document, checked and ready to be printed.
pub(crate) struct Manuscript {
    /// The program to try first, and the number of pages it is right for.
    pub(crate) usual: Option<(&'static str, usize)>,
    /// The path of the program that is right for any number of pages.
    pub(crate) main: &'static str,
    /// What the template reads.
    pub(crate) json: Bytes,
    /// What is attached: the data as it came. Empty: nothing.
    pub(crate) attached: Bytes,
    /// The QR code, an SVG. Empty: there is none.
    pub(crate) qr: Bytes,
    /// The day it was made, if it is of any day.
    pub(crate) day: Option<Date>,
    /// What tells it from all other documents.
    pub(crate) ident: String,
    /// What may not stand in a message.
    pub(crate) secrets: Vec<String>,
}

impl Desk {
    fn print(&self, manuscript: &Manuscript, format: &Format) -> Result<Files, RenderError> {
        let nothing = Bytes::new([]);
        let attached = match format {
            Format::Pdf(standards) if standards.allow_attachments() => &manuscript.attached,
            _ => &nothing,
        };
        let (sheet, document) = self.lay_out(manuscript, attached)?;
        match format {
            Format::Pdf(standards) => {
                let options = PdfOptions {
                    ident: Smart::Custom(manuscript.ident.clone()),
                    creator: Smart::Custom(Some("kompetenz".into())),
                    timestamp: manuscript.day.and_then(|Date { year, month, day }| {
                        Datetime::from_ymd_hms(year, month, day, 0, 0, 0).map(Timestamp::new_utc)
                    }),
                    standards: standards.for_engine(),
                    ..PdfOptions::default()
                };
                let pdf = typst_pdf::pdf(&document, &options);
                pdf.map(|pdf| vec![pdf])
                    .map_err(|diagnostics| self.fault(&sheet, &diagnostics, &manuscript.secrets))
            }
            Format::Png(resolution) => format::png(&document, *resolution),
            Format::Svg => Ok(format::svg(&document)),
        }
    }

    /// The finished pages, and the sheet they were made on.
    fn lay_out<'a>(
        &'a self,
        manuscript: &'a Manuscript,
        attached: &'a Bytes,
    ) -> Result<(Sheet<'a>, PagedDocument), RenderError> {
        let Manuscript { usual, main, json, qr, day, secrets, .. } = manuscript;
        let compiled = |main: &'static str| {
            let sheet = Sheet { desk: self, main: known_id(main), json, attached, qr, day: *day };
            match sheet.compile() {
                Ok(document) => Ok((sheet, document)),
                Err(diagnostics) => Err(self.fault(&sheet, &diagnostics, secrets)),
            }
        };
        let tried = match usual {
            Some((first, count)) => Some(compiled(first)?).filter(|(_, tried)| tried.pages().len() == *count),
            None => None,
        };
        let (sheet, document) = tried.map_or_else(|| compiled(main), Ok)?;
        let count = document.pages().len();
        if count > MOST_PAGES {
            return Err(RenderError::TooManyPages { count, limit: MOST_PAGES });
        }
        if !document.pages().iter().any(|page| shows_anything(&page.frame)) {
            return Err(RenderError::Empty);
        }
        Ok((sheet, document))
    }

    /// What the template did wrong, without any secret.
    fn fault(&self, sheet: &Sheet, diagnostics: &[SourceDiagnostic], secrets: &[String]) -> RenderError {
        RenderError::Template(flatten(sheet, diagnostics, &|id| self.name(id), secrets))
    }

    /// A sheet with nothing on it, of no day.
    fn undated<'a>(&'a self, main: &'static str, nothing: &'a Bytes) -> Sheet<'a> {
        Sheet { desk: self, main: known_id(main), json: nothing, attached: nothing, qr: nothing, day: None }
    }

    /// What the parser stumbles over, in all files of the template.
    fn syntax_faults(&self) -> Vec<TemplateFault> {
        let mut faults = Vec::new();
        for source in &self.sources {
            for error in source.root().errors_and_warnings().0 {
                faults.push(SourceDiagnostic::from(error));
            }
        }
        let nothing = Bytes::new([]);
        let sheet = self.undated(MAIN, &nothing);
        flatten(&sheet, &faults, &|id| self.name(id), &[])
    }

    /// How the author of the template knows a file.
    fn name(&self, id: FileId) -> String {
        match self.names.iter().find(|(known, _)| *known == id) {
            Some((_, name)) => name.clone(),
            None => id.get().vpath().get_without_slash().to_owned(),
        }
    }
}

/// Whether there is anything on a page: a word, a line, a picture.
fn shows_anything(frame: &Frame) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => shows_anything(&group.frame),
        FrameItem::Tag(_) | FrameItem::Link(..) => false,
        _ => true,
    })
}

/// The desk with the data of one document on it.
struct Sheet<'a> {
    desk: &'a Desk,
    main: FileId,
    json: &'a Bytes,
    attached: &'a Bytes,
    qr: &'a Bytes,
    day: Option<Date>,
}

impl Sheet<'_> {
    fn compile(&self) -> SourceResult<PagedDocument> {
        let compiled = typst::compile(self);
        // A warning is a layout that did not settle or a font that is not there: not something to hand out.
        match compiled.output {
            Ok(_) if !compiled.warnings.is_empty() => Err(compiled.warnings),
            output => output,
        }
    }
}

impl World for Sheet<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.desk.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &fonts().book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        match self.desk.sources.iter().find(|source| source.id() == id) {
            Some(source) => Ok(source.clone()),
            None => Err(refuse(id)),
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.desk.data {
            return Ok(self.json.clone());
        }
        if id == self.desk.qr {
            return Ok(self.qr.clone());
        }
        if id == self.desk.attached {
            return Ok(self.attached.clone());
        }
        match self.desk.files.iter().find(|(known, _)| *known == id) {
            Some((_, bytes)) => Ok(bytes.clone()),
            None => self.source(id).map(Bytes::from_string),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        fonts().all.get(index).cloned()
    }

    /// The day of the document: what is printed must not depend on when it is printed.
    fn today(&self, _: Option<foundations::Duration>) -> Option<Datetime> {
        let Date { year, month, day } = self.day.unwrap_or(Date { year: 2000, month: 1, day: 1 });
        Datetime::from_ymd(year, month, day)
    }
}

/// The program around a document: attaches the data and writes what identifies it into the metadata, whatever the
/// template does.
///
/// A block of its own for the metadata, because what follows would otherwise be styled with something personal and
/// could not be taken over from one document to the next.
fn main_text(attachment: &str, body: &str) -> String {
    format!(
        r#"#let data = json("{DATA}")
#let attached = read("{ATTACHED}", encoding: none)
#if attached.len() > 0 {{
  pdf.attach(
    {attachment:?},
    attached,
    relationship: "data",
    mime-type: "application/json",
    description: data.title + " " + data.number,
  )
}}
#let of = if "assessment" in data {{ (data.assessment.id + " " + data.assessment.version,) }}
#[#set document(keywords: (data.number,) + of)]
{body}
"#
    )
}

/// The program that calls the template of a certificate.
fn certificate_text(entry: &str, Paths { logo, funders, scans }: &Paths, pages: Option<usize>) -> String {
    let pages = pages.map_or("none".into(), |pages| pages.to_string());
    let path = |path: &Option<String>| path.as_ref().map_or("none".into(), |path| format!("{path:?}"));
    let list =
        |paths: &[Option<String>]| paths.iter().map(|one| path(one) + ", ").collect::<Vec<_>>().concat();
    let (logo, funders, scans) = (path(logo), list(funders), list(scans));
    let entry = format!("/{}", entry.trim_start_matches('/'));
    let body = format!(
        r#"#import {entry:?}: certificate
#let pictures = (logo: {logo}, funders: ({funders}), scans: ({scans}), qr: "{QR}")
#certificate(data, pictures: pictures, pages: {pages})"#
    );
    main_text("certificate.json", &body)
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
        // An address is copied and typed as it stands, and never torn.
        Value::Object(fields) => {
            fields
                .iter_mut()
                .filter(|(name, _)| *name != "verify")
                .for_each(|(_, field)| change_texts(field, change));
        }
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
