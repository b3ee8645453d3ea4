//! The texts of a workbook: each is stored once, however many cells have it.

use std::io::BufRead;

use super::super::problems;
use super::super::xml::Xml;
use crate::rows::Problem;

/// All shared texts one after the other, in one piece of memory.
#[derive(Default)]
pub(super) struct Strings {
    text: String,
    /// Where each of them ends.
    ends: Vec<u32>,
}

impl Strings {
    pub(super) fn read<R: BufRead>(xml: &mut Xml<R>) -> Result<Strings, Problem> {
        let mut strings = Strings::default();
        let mut scratch = String::new();
        if !xml.child()? {
            return Err(problems::damaged_part());
        }
        while xml.child()? {
            if xml.name() != "si" {
                xml.skip()?;
                continue;
            }
            read_text(xml, &mut scratch, &mut strings.text)?;
            strings.ends.push(u32::try_from(strings.text.len()).map_err(|_| problems::too_large())?);
        }
        xml.finish()?;
        Ok(strings)
    }

    pub(super) fn get(&self, ix: usize) -> Option<&str> {
        let end = *self.ends.get(ix)? as usize;
        let start = ix.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        self.text.get(start..end)
    }
}

/// Adds the text of the element in which we are, plain or in differently formatted runs, and leaves it.
///
/// How Japanese is pronounced stands beside the text and is not part of it.
pub(super) fn read_text<R: BufRead>(
    xml: &mut Xml<R>,
    scratch: &mut String,
    out: &mut String,
) -> Result<(), Problem> {
    while xml.child()? {
        match xml.name() {
            "t" => {
                scratch.clear();
                xml.text(scratch)?;
                push_unescaped(scratch, out);
            }
            "r" => {
                while xml.child()? {
                    if xml.name() == "t" {
                        scratch.clear();
                        xml.text(scratch)?;
                        push_unescaped(scratch, out);
                    } else {
                        xml.skip()?;
                    }
                }
            }
            _ => xml.skip()?,
        }
    }
    Ok(())
}

/// Adds a text in which signs that XML cannot hold stand as `_x000D_`, by the number of their UTF-16 unit.
pub(super) fn push_unescaped(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (plain, escape) = rest.split_at(at);
        out.push_str(plain);
        rest = escape;
        let mut units = Vec::new();
        while let Some(unit) = unit(rest) {
            units.push(unit);
            rest = &rest[ESCAPE_BYTES..];
        }
        if units.is_empty() {
            let (no_escape, behind) = rest.split_at(2);
            out.push_str(no_escape);
            rest = behind;
        }
        let signs = char::decode_utf16(units);
        out.extend(signs.map(|sign| sign.unwrap_or(char::REPLACEMENT_CHARACTER)));
    }
    out.push_str(rest);
}

/// The length of `_x000D_`.
const ESCAPE_BYTES: usize = 7;

/// The UTF-16 unit of an escape at the beginning of a text.
fn unit(text: &str) -> Option<u16> {
    let digits = text.get(..ESCAPE_BYTES)?.strip_prefix("_x")?.strip_suffix('_')?;
    // A sign before the digits would be a number too.
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    u16::from_str_radix(digits, 16).ok()
}
