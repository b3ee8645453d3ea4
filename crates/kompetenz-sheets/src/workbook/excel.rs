//! XLSX and XLSM: which parts a workbook has, and what all of its sheets share.
//!
//! Parts refer to each other by relationships, each of which has an id, a type and a target.

pub(super) mod cells;
mod strings;
mod styles;

use std::collections::BTreeMap;

use super::SheetName;
use super::decimal::Epoch;
use super::package::{MAX_SHEET_BYTES, MAX_SMALL_BYTES, MAX_STRINGS_BYTES, Package};
use super::problems;
use crate::rows::Problem;
use cells::Sheet;
use strings::Strings;
use styles::Styles;

/// The part that names the main part, in all office documents of Microsoft.
pub(super) const RELATIONSHIPS: &str = "_rels/.rels";

/// What is kept of a workbook to read its sheets.
#[derive(Default)]
pub(super) struct Excel {
    /// The parts of the sheets.
    sheets: Vec<String>,
    strings: Strings,
    styles: Styles,
    epoch: Epoch,
}

/// Relationships by their ids, in an order that is the same each time.
type Links = BTreeMap<String, Relationship>;

/// Where a part refers to another one.
struct Relationship {
    /// The last word of its type, for instance `worksheet`.
    kind: String,
    /// The part it leads to.
    target: String,
}

impl Excel {
    /// Whether days are counted from 1904 on.
    pub(super) fn is_1904(&self) -> bool {
        matches!(self.epoch, Epoch::Of1904)
    }

    pub(super) fn open(package: &mut Package<'_>) -> Result<(Excel, Vec<SheetName>), Problem> {
        let roots = relationships(package, RELATIONSHIPS, "")?;
        let main = roots.into_values().find(|relationship| relationship.kind == "officeDocument");
        let main = main.ok_or_else(problems::plain_archive)?.target;
        if main.to_ascii_lowercase().ends_with(".bin") {
            return Err(problems::binary_excel());
        }
        let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
        let links = format!("{folder}/_rels/{file}.rels");
        let links = links.trim_start_matches('/');
        let links = if package.has(links) { relationships(package, links, folder)? } else { Links::new() };

        let mut excel = Excel::default();
        let names = excel.read_workbook(package, &main, &links)?;
        for Relationship { kind, target } in links.values() {
            match kind.as_str() {
                "sharedStrings" => {
                    excel.strings = Strings::read(&mut package.part(target, MAX_STRINGS_BYTES)?)?;
                }
                "styles" => excel.styles = Styles::read(&mut package.part(target, MAX_SMALL_BYTES)?)?,
                _ => {}
            }
        }
        Ok((excel, names))
    }

    pub(super) fn rows<'w, 'b>(
        &'w self,
        sheet: usize,
        package: &'w mut Package<'b>,
    ) -> Result<Sheet<'w, 'b>, Problem> {
        let part = self.sheets.get(sheet).ok_or_else(problems::missing_part)?;
        Sheet::new(package.part(part, MAX_SHEET_BYTES)?, &self.strings, &self.styles, self.epoch)
    }

    /// Reads which sheets there are, and their names.
    fn read_workbook(
        &mut self,
        package: &mut Package<'_>,
        part: &str,
        links: &Links,
    ) -> Result<Vec<SheetName>, Problem> {
        let mut names = Vec::new();
        let mut xml = package.part(part, MAX_SMALL_BYTES)?;
        if !xml.child()? {
            return Err(problems::damaged_part());
        }
        match xml.name() {
            "workbook" => {}
            "document" => return Err(problems::text_document()),
            _ => return Err(problems::other_document()),
        }
        while xml.child()? {
            match xml.name() {
                "workbookPr" => {
                    let flag = xml.attribute("date1904")?;
                    if flag.is_some_and(|flag| matches!(flag.as_str(), "1" | "true" | "on")) {
                        self.epoch = Epoch::Of1904;
                    }
                    xml.skip()?;
                }
                "sheets" => {
                    while xml.child()? {
                        // The prefix of `r:id` is up to the writer; `sheetId` is something else.
                        let id =
                            xml.attributes().find(|attribute| attribute.key.local_name().as_ref() == "id");
                        let link = id.and_then(|id| links.get(id.value.as_ref()));
                        let Some(link) = link else { return Err(problems::missing_part()) };
                        if link.kind == "worksheet" {
                            let name = xml.attribute("name")?.unwrap_or_default();
                            let state = xml.attribute("state")?;
                            let hidden = state.is_some_and(|state| state != "visible");
                            names.push(SheetName { name, hidden });
                            self.sheets.push(link.target.clone());
                        }
                        xml.skip()?;
                    }
                }
                _ => xml.skip()?,
            }
        }
        xml.finish()?;
        Ok(names)
    }
}

/// The relationships in a part, by their ids. Relative targets begin at `folder`.
fn relationships(package: &mut Package<'_>, part: &str, folder: &str) -> Result<Links, Problem> {
    let mut found = Links::new();
    let mut xml = package.part(part, MAX_SMALL_BYTES)?;
    if !xml.child()? {
        return Err(problems::damaged_part());
    }
    while xml.child()? {
        let (id, kind, target) = (xml.attribute("Id")?, xml.attribute("Type")?, xml.attribute("Target")?);
        let is_inside = xml.attribute("TargetMode")?.is_none_or(|mode| mode != "External");
        if let (Some(id), Some(kind), Some(target), true) = (id, kind, target, is_inside) {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            found.insert(id, Relationship { kind, target: resolved(folder, &target) });
        }
        xml.skip()?;
    }
    xml.finish()?;
    Ok(found)
}

/// The name of a part to which `target` leads from a folder.
fn resolved(folder: &str, target: &str) -> String {
    let mut path: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            _ => path.push(step),
        }
    }
    path.retain(|step| !step.is_empty());
    path.join("/")
}
