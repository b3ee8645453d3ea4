//! Many certificates in one file, for the print shop.
//!
//! Each certificate is laid out by itself, exactly as its own file is, and its finished pages are put together:
//! so nothing of one can move in another, and each font is embedded once for all.

use typst::ecow::EcoVec;
use typst::foundations::{Datetime, NativeElement, Smart};
use typst::introspection::{Location, Tag, TagFlags};
use typst::layout::{Frame, FrameItem, Point};
use typst::model::{DocumentInfo, HeadingElem};
use typst::text::TextElem;
use typst_layout::{Page, PagedDocument};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::check::Date;
use crate::{RenderError, TemplateFault};

/// The finished pages of one certificate, made by [`Studio::sheets`](crate::Studio::sheets).
///
/// They are made on any thread, and put together by a [`PrintRun`].
pub struct Sheets {
    number: String,
    issued: Date,
    pages: EcoVec<Page>,
}

impl Sheets {
    pub(crate) fn of(number: &str, issued: Date, document: &PagedDocument) -> Self {
        let mut pages: EcoVec<Page> = document.pages().into();
        for page in pages.make_mut() {
            leave_ink_only(&mut page.frame);
        }
        Self { number: number.to_owned(), issued, pages }
    }
}

/// One PDF of many certificates, to be printed on both sides.
///
/// Each certificate begins on a front page: where one has an odd number of pages, an empty back follows.
/// Each has a bookmark with its number.
/// The file is a PDF/A-2b without tags and attachments: it is for paper, and the certificates themselves
/// are the files to keep and to hand on.
///
/// All pages are held in memory until the end, about a quarter of a megabyte for a certificate of two pages,
/// so a large batch is better printed in several runs of a thousand each.
///
/// ```
/// use kompetenz_render::{Pictures, PrintRun, Studio, Template};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let json = include_str!("../../../fixtures/certificates/short.json");
/// # let certificates: Vec<kompetenz::certificate::CertificateData> = vec![serde_json::from_str(json)?];
/// let studio = Studio::new(&Template::certificate(), Pictures::default())?;
/// let mut run = PrintRun::default();
/// for data in &certificates {
///     run.push(studio.sheets(data)?);
/// }
/// let pdf = run.finish("Certificates of 22 November 2026")?;
/// assert!(pdf.starts_with(b"%PDF-1.7"));
/// # Ok(())
/// # }
/// ```
#[derive(Default)]
pub struct PrintRun {
    pages: EcoVec<Page>,
    certificates: u32,
    /// The latest day of issue.
    issued: Option<Date>,
}

impl PrintRun {
    /// Adds a certificate behind the others.
    pub fn push(&mut self, sheets: Sheets) {
        let Sheets { number, issued, mut pages } = sheets;
        let Some(first) = pages.make_mut().first_mut() else { return };
        bookmark(&mut first.frame, &number, self.certificates);
        self.certificates += 1;
        self.issued = self.issued.max(Some(issued));
        if let (1, Some(last)) = (self.pages.len() % 2, self.pages.last()) {
            let back = Page { frame: Frame::hard(last.frame.size()), ..last.clone() };
            self.pages.push(back);
        }
        self.pages.extend(pages);
    }

    /// How many certificates it holds.
    pub fn certificates(&self) -> u32 {
        self.certificates
    }

    /// The PDF, with this title, made on the latest day of issue of its certificates. The same certificates and title give the same bytes.
    ///
    /// # Errors
    ///
    /// When the engine cannot write the file, for instance because there is no page in it.
    ///
    /// # Panics
    ///
    /// When the engine panics.
    pub fn finish(self, title: &str) -> Result<Vec<u8>, RenderError> {
        let date = self.issued.and_then(|Date { year, month, day }| Datetime::from_ymd(year, month, day));
        let info =
            DocumentInfo { title: Some(title.into()), date: Smart::Custom(date), ..DocumentInfo::default() };
        let options = PdfOptions {
            ident: Smart::Custom(title.to_owned()),
            creator: Smart::Custom(Some("kompetenz".into())),
            standards: PdfStandards::new(&[PdfStandard::A_2b]).expect("one standard agrees with itself"),
            tagged: false,
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&PagedDocument::new(self.pages, info), &options).map_err(|_| {
            // What the engine says may quote what stands on a page.
            let message = "the pages cannot be written as one file".to_owned();
            RenderError::Template(vec![TemplateFault { message, place: None, hints: Vec::new() }])
        })
    }
}

/// Takes out what is no ink: the marks of headings, of attachments and of counters, which would be counted
/// through all certificates, and links.
fn leave_ink_only(frame: &mut Frame) {
    frame.retain(|item| match item {
        FrameItem::Group(group) => {
            group.parent = None;
            leave_ink_only(&mut group.frame);
            true
        }
        FrameItem::Tag(_) | FrameItem::Link(..) => false,
        FrameItem::Text(_) | FrameItem::Shape(..) | FrameItem::Image(..) => true,
    });
}

/// Marks the beginning of a page as a heading of this text, which is what bookmarks are made of.
fn bookmark(frame: &mut Frame, text: &str, place: u32) {
    let location = Location::new(u128::from(place) + 1);
    let mut heading = HeadingElem::new(TextElem::packed(text)).pack();
    heading.set_location(location);
    let flags = TagFlags { introspectable: true, tagged: false };
    let end = FrameItem::Tag(Tag::End(location, u128::from(place) + 1, flags));
    frame.prepend_multiple([
        (Point::zero(), FrameItem::Tag(Tag::Start(heading, flags))),
        (Point::zero(), end),
    ]);
}
