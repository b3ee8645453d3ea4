//! Workbooks as offices save them: XLSX and ODS, row by row.
//!
//! Both are zip archives of XML, read here as streams with limits ([`package`], [`xml`]), so that a file of any
//! content takes a known amount of memory: its shared texts and its longest row.
//! `calamine`, which reads both formats too, is the reader that ours is held against in the tests and the benchmark.
//! It is not used itself, because it takes files at their word:
//! it reserves memory for as many texts as a number in the file says and copies fonts and number formats for each style,
//! it builds whole tables of `OpenDocument` and waits for ever if one is cut off,
//! row numbers beyond all limits wrap around to small ones, and an error value it does not know ends the reading.

mod decimal;
mod excel;
mod open_document;
mod package;
mod problems;
mod row;
#[cfg(test)]
mod tests;
mod xml;

use crate::rows::{Merged, Problem, Rows, Table};
use crate::value::Written;
use excel::Excel;
use open_document::OpenDocument;
use package::Package;

/// How the archive of XLSX and ODS begins, and that of most else that is one. An empty one begins with its end.
const ZIP: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];
/// How the older files of Microsoft Office begin, and new ones in a cipher.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Bytes that are a workbook, opened safely.
pub(crate) struct Workbook<'b> {
    package: Package<'b>,
    content: Content,
    sheets: Vec<SheetName>,
}

/// A sheet with rows and columns, as people know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SheetName {
    /// What its tab says. It may tell something about people and is for comparing only.
    pub(crate) name: String,
    /// It is not shown, so who saved the file may not know of it.
    pub(crate) hidden: bool,
}

/// What is kept of a workbook to read its sheets.
enum Content {
    Excel(Excel),
    OpenDocument(OpenDocument),
}

impl<'b> Workbook<'b> {
    /// Whether bytes can only be meant for [`open`](Workbook::open), be it to say why they are no workbook.
    pub(crate) fn is_one(bytes: &[u8]) -> bool {
        bytes.starts_with(COMPOUND) || ZIP.iter().any(|magic| bytes.starts_with(magic))
    }

    /// Opens a workbook and looks which sheets it has.
    ///
    /// # Errors
    /// What else it is, or what keeps it from being read, and what to do about it.
    pub(crate) fn open(bytes: &'b [u8]) -> Result<Workbook<'b>, Problem> {
        if bytes.starts_with(COMPOUND) {
            return Err(inside_compound(bytes));
        }
        let mut package = Package::open(bytes)?;
        let (content, sheets) = if package.has(excel::RELATIONSHIPS) {
            let (excel, sheets) = Excel::open(&mut package)?;
            (Content::Excel(excel), sheets)
        } else if package.has(open_document::MANIFEST) {
            let (document, sheets) = OpenDocument::open(&mut package)?;
            (Content::OpenDocument(document), sheets)
        } else if package.has("Index/Document.iwa") {
            return Err(problems::apple_numbers());
        } else {
            return Err(problems::plain_archive());
        };
        if sheets.is_empty() {
            return Err(problems::no_sheets());
        }
        Ok(Workbook { package, content, sheets })
    }

    /// The sheets with rows and columns, in the order of the file; there is at least one.
    ///
    /// Charts, macros and the like are none.
    pub(crate) fn sheets(&self) -> &[SheetName] {
        &self.sheets
    }

    /// The sheet with this index as a table.
    pub(crate) fn sheet(&mut self, index: usize) -> Sheet<'_, 'b> {
        Sheet { workbook: self, index }
    }

    /// The rows of the sheet with this index, from the first one on however often it is asked for.
    ///
    /// # Errors
    /// If the sheet cannot be read at all, for instance because there is none of this index.
    pub(crate) fn rows(&mut self, sheet: usize) -> Result<SheetRows<'_, 'b>, Problem> {
        let package = &mut self.package;
        Ok(SheetRows(match &self.content {
            Content::Excel(excel) => Format::Excel(excel.rows(sheet, package)?),
            Content::OpenDocument(document) => Format::OpenDocument(document.rows(sheet, package)?),
        }))
    }
}

/// What a compound file is: neither of the things in it can be read.
///
/// It has a directory, a small file system with entries of 128 bytes that begin with a name in UTF-16.
fn inside_compound(bytes: &[u8]) -> Problem {
    let has = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        bytes.chunks_exact(128).any(|entry| entry.starts_with(&name))
    };
    if has("EncryptedPackage") {
        problems::encrypted()
    } else if has("Workbook") || has("Book") {
        problems::old_excel()
    } else if has("WordDocument") {
        problems::text_document()
    } else {
        problems::other_document()
    }
}

/// One sheet.
pub(crate) struct Sheet<'w, 'b> {
    workbook: &'w mut Workbook<'b>,
    index: usize,
}

impl<'b> Table for Sheet<'_, 'b> {
    type Rows<'r>
        = SheetRows<'r, 'b>
    where
        Self: 'r;

    fn rows(&mut self) -> Result<SheetRows<'_, 'b>, Problem> {
        self.workbook.rows(self.index)
    }

    fn is_1904(&self) -> bool {
        matches!(&self.workbook.content, Content::Excel(excel) if excel.is_1904())
    }
}

/// The rows of one sheet.
pub(crate) struct SheetRows<'w, 'b>(Format<'w, 'b>);

enum Format<'w, 'b> {
    Excel(excel::cells::Sheet<'w, 'b>),
    OpenDocument(open_document::Sheet<'w, 'b>),
}

impl Rows for SheetRows<'_, '_> {
    fn next_row(&mut self) -> Result<Option<u32>, Problem> {
        match &mut self.0 {
            Format::Excel(sheet) => sheet.next_row(),
            Format::OpenDocument(sheet) => sheet.next_row(),
        }
    }

    fn width(&self) -> usize {
        match &self.0 {
            Format::Excel(sheet) => sheet.row.width(),
            Format::OpenDocument(sheet) => sheet.row.width(),
        }
    }

    fn cell(&self, ix: usize) -> Written<'_> {
        match &self.0 {
            Format::Excel(sheet) => sheet.row.cell(ix),
            Format::OpenDocument(sheet) => sheet.row.cell(ix),
        }
    }

    fn merged(&self) -> &[Merged] {
        match &self.0 {
            Format::Excel(sheet) => &sheet.merged,
            Format::OpenDocument(sheet) => sheet.merged(),
        }
    }
}
