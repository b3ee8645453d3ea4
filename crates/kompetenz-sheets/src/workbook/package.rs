//! The archive that a workbook is: its parts by name, each of them read as a stream.
//!
//! No declared size is believed.
//! A part is inflated while it is read, [`Xml`] counts the bytes, and nothing that is not asked for is inflated at all.

use std::collections::HashMap;
use std::io::{BufReader, Cursor};

use zip::ZipArchive;
use zip::read::ZipFile;

use super::problems;
use super::xml::Xml;
use crate::rows::Problem;

/// More parts than any workbook has.
const MAX_ENTRIES: usize = 10_000;
/// The largest part that is not kept in memory, inflated, in bytes.
pub(super) const MAX_SHEET_BYTES: u64 = 1 << 30;
/// The largest table of shared texts, inflated, in bytes. It is kept in memory.
pub(super) const MAX_STRINGS_BYTES: u64 = 256 << 20;
/// The largest of all other parts, inflated, in bytes.
pub(super) const MAX_SMALL_BYTES: u64 = 16 << 20;

/// A part that is being inflated.
pub(super) type Part<'p, 'b> = Xml<BufReader<ZipFile<'p, Cursor<&'b [u8]>>>>;

pub(super) struct Package<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// The parts by their names in small letters: these names have no case.
    parts: HashMap<String, usize>,
}

impl<'b> Package<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Result<Package<'b>, Problem> {
        // The `zip` crate keeps all entries, so they are counted before, each by the mark that it begins with.
        if bytes.windows(4).filter(|four| four == b"PK\x01\x02").nth(MAX_ENTRIES).is_some() {
            return Err(problems::too_large());
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| problems::damaged_archive())?;
        let mut parts = HashMap::with_capacity(zip.len());
        for (ix, name) in zip.file_names().enumerate() {
            let name = name.map_err(|_| problems::damaged_archive())?;
            // Two parts of one name: which of them counts would be a matter of taste.
            if parts.insert(folded(&name), ix).is_some() {
                return Err(problems::damaged_archive());
            }
        }
        Ok(Package { zip, parts })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&folded(name))
    }

    /// A part of at most `limit` bytes.
    ///
    /// # Errors
    /// If there is no such part, or it is in a cipher or packed in a way that no spreadsheet uses.
    pub(super) fn part(&mut self, name: &str, limit: u64) -> Result<Part<'_, 'b>, Problem> {
        let ix = *self.parts.get(&folded(name)).ok_or_else(problems::missing_part)?;
        let entry = self.zip.by_index(ix).map_err(|_| problems::damaged_archive())?;
        Ok(Xml::new(BufReader::with_capacity(INFLATED_AT_ONCE, entry), limit))
    }
}

/// How much is inflated at once, in bytes: enough to forget the cost of asking for it, and little for the cache.
const INFLATED_AT_ONCE: usize = 32 << 10;

/// Some programs write `\` where `/` belongs.
fn folded(name: &str) -> String {
    name.replace('\\', "/").to_ascii_lowercase()
}
