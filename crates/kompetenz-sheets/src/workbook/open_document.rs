//! ODS: the sheets of an `OpenDocument` spreadsheet, which all lie in one part, and their rows.
//!
//! ```xml
//! <table:table table:name="Results"><table:table-row table:number-rows-repeated="2">
//!   <table:table-cell office:value-type="float" office:value="3.5"><text:p>3,5</text:p></table:table-cell>
//!   <table:table-cell table:number-columns-repeated="1022"/>
//! </table:table-row></table:table>
//! ```
//!
//! What is repeated is stored once here as well and counted, never copied, because a small file may repeat one cell
//! seventeen thousand million times.

mod cell;

use std::collections::HashSet;

use super::SheetName;
use super::package::{MAX_SHEET_BYTES, MAX_SMALL_BYTES, Package, Part};
use super::problems;
use super::row::{MAX_ROWS, Row};
use crate::rows::{Merged, Problem};
use cell::Reader;

/// The part that lists the others, in all documents of this kind.
pub(super) const MANIFEST: &str = "META-INF/manifest.xml";
const CONTENT: &str = "content.xml";
/// How many cells of a sheet are handed out, repeated ones counted each time. A million rows of a hundred columns.
const MAX_CELLS: usize = 100_000_000;
/// The style of the tables in which office programs keep what formulas took from other files. They are no sheets.
const EXTERNAL: &str = "ta_extref";

/// What is kept of a document to read its sheets.
pub(super) struct OpenDocument {
    /// For each sheet which of the tables it is.
    tables: Vec<usize>,
}

impl OpenDocument {
    pub(super) fn open(package: &mut Package<'_>) -> Result<(OpenDocument, Vec<SheetName>), Problem> {
        if is_encrypted(&mut package.part(MANIFEST, MAX_SMALL_BYTES)?)? {
            return Err(problems::encrypted());
        }
        let mut xml = package.part(CONTENT, MAX_SHEET_BYTES)?;
        let (mut tables, mut sheets) = (Vec::new(), Vec::new());
        let hidden = enter_spreadsheet(&mut xml)?;
        let mut count = 0;
        while xml.child()? {
            if xml.name() == "table" {
                let style = xml.attribute("table:style-name")?.unwrap_or_default();
                if style != EXTERNAL {
                    let name = xml.attribute("table:name")?.unwrap_or_default();
                    sheets.push(SheetName { name, hidden: hidden.contains(&style) });
                    tables.push(count);
                }
                count += 1;
            }
            xml.skip()?;
        }
        xml.finish()?;
        Ok((OpenDocument { tables }, sheets))
    }

    pub(super) fn rows<'w, 'b>(
        &self,
        sheet: usize,
        package: &'w mut Package<'b>,
    ) -> Result<Sheet<'w, 'b>, Problem> {
        let mut before = *self.tables.get(sheet).ok_or_else(problems::missing_part)?;
        let mut xml = package.part(CONTENT, MAX_SHEET_BYTES)?;
        enter_spreadsheet(&mut xml)?;
        while xml.child()? {
            match (xml.name(), before) {
                ("table", 0) => return Ok(Sheet::new(xml)),
                ("table", _) => before -= 1,
                _ => {}
            }
            xml.skip()?;
        }
        Err(problems::missing_part())
    }
}

/// Whether any part is in a cipher.
fn is_encrypted(xml: &mut Part<'_, '_>) -> Result<bool, Problem> {
    if !xml.child()? {
        return Err(problems::damaged_part());
    }
    while xml.child()? {
        while xml.child()? {
            if xml.name() == "encryption-data" {
                return Ok(true);
            }
            xml.skip()?;
        }
    }
    xml.finish()?;
    Ok(false)
}

/// Goes to the tables. The names of the styles whose tables are hidden.
fn enter_spreadsheet(xml: &mut Part<'_, '_>) -> Result<HashSet<String>, Problem> {
    let mut hidden = HashSet::new();
    if !xml.child()? {
        return Err(problems::damaged_part());
    }
    while xml.child()? {
        match xml.name() {
            "automatic-styles" => {
                while xml.child()? {
                    let style = xml.attribute("style:name")?.unwrap_or_default();
                    while xml.child()? {
                        if xml.attribute("table:display")?.is_some_and(|display| display == "false") {
                            hidden.insert(style.clone());
                        }
                        xml.skip()?;
                    }
                }
            }
            "body" => {
                if !xml.child()? {
                    return Err(problems::damaged_part());
                }
                return match xml.name() {
                    "spreadsheet" => Ok(hidden),
                    "text" => Err(problems::text_document()),
                    _ => Err(problems::other_document()),
                };
            }
            _ => xml.skip()?,
        }
    }
    Err(problems::damaged_part())
}

/// The rows of one sheet.
pub(super) struct Sheet<'w, 'b> {
    /// Absent when the sheet is read to its end.
    xml: Option<Part<'w, 'b>>,
    reader: Reader,
    /// How many groups of rows are open around the next row.
    groups: u32,
    /// The number of the row that was handed out last, from 1.
    number: u32,
    /// How often that row comes once more.
    repeats: u32,
    cells: usize,
    pub(super) row: Row,
}

impl<'w, 'b> Sheet<'w, 'b> {
    fn new(xml: Part<'w, 'b>) -> Sheet<'w, 'b> {
        Sheet {
            xml: Some(xml),
            reader: Reader::default(),
            groups: 0,
            number: 0,
            repeats: 0,
            cells: 0,
            row: Row::default(),
        }
    }

    pub(super) fn merged(&self) -> &[Merged] {
        &self.reader.merged
    }

    pub(super) fn next_row(&mut self) -> Result<Option<u32>, Problem> {
        if self.repeats > 0 {
            self.repeats -= 1;
            self.number += 1;
            return self.count();
        }
        let Some(mut xml) = self.xml.take() else { return Ok(None) };
        // The rows that have been left behind, empty ones among them. They may be more than there can be.
        let mut behind = u64::from(self.number);
        loop {
            let at = u32::try_from(behind + 1).unwrap_or(u32::MAX);
            let read = self.read_row(&mut xml, at);
            let Some(times) = read.map_err(|problem| problem.at(at, 0))? else {
                self.row.clear();
                return Ok(None);
            };
            if self.row.finish() {
                if behind + u64::from(times) > u64::from(MAX_ROWS) {
                    return Err(problems::beyond_limits().at(at, 0));
                }
                (self.number, self.repeats) = (at, times - 1);
                self.xml = Some(xml);
                return self.count();
            }
            behind += u64::from(times);
        }
    }

    /// Reads the next row, whatever is in it, and says how often it is there. `None`: there is none.
    fn read_row(&mut self, xml: &mut Part<'_, '_>, number: u32) -> Result<Option<u32>, Problem> {
        loop {
            if !xml.child()? {
                if self.groups == 0 {
                    return Ok(None);
                }
                self.groups -= 1;
                continue;
            }
            match xml.name() {
                "table-row" => break,
                "table-row-group" | "table-header-rows" | "table-rows" => self.groups += 1,
                _ => xml.skip()?,
            }
        }
        let times = cell::repeated(xml, "table:number-rows-repeated")?;
        self.row.clear();
        self.reader.read_row(xml, &mut self.row, number)?;
        Ok(Some(times))
    }

    /// Keeps a few repeated cells from being handed out for hours.
    fn count(&mut self) -> Result<Option<u32>, Problem> {
        self.cells += self.row.width();
        if self.cells > MAX_CELLS {
            Err(problems::too_large().at(self.number, 0))
        } else {
            Ok(Some(self.number))
        }
    }
}
