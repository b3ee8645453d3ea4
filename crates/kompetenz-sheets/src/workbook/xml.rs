//! XML as a stream that cannot be made to fill the memory: no piece, no depth and no part is without a limit.
//!
//! quick-xml takes the pieces apart.
//! It keeps a piece (a tag, a text) and the names of all open elements in memory, however many there are,
//! so both are bounded here.
//! It expands no entities; those of a document type, which could grow without end, are refused.

use std::io::{self, BufRead};

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::Event;
use quick_xml::events::attributes::{Attribute, Attributes};
use quick_xml::{Error, XmlVersion};

use super::problems;
use super::row::MAX_ROW_BYTES;
use crate::rows::Problem;

/// The longest piece, in bytes. The longest text of a cell has 32,767 characters.
const MAX_PIECE_BYTES: usize = 4 << 20;
/// How many elements may be open at once. A cell is at level 4, or at about 20 with rows grouped as deep as can be.
const MAX_DEPTH: usize = 256;

/// A part of a workbook, read element by element.
pub(super) struct Xml<R> {
    reader: Reader<Bounded<R>>,
    /// The piece that was read last.
    buffer: Vec<u8>,
    /// What stands between `<` and `>` of the element that was begun last.
    tag: String,
    name_len: usize,
    depth: usize,
    /// The element that was begun last was written as one that is empty.
    ends_at_once: bool,
}

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// An element begins: its [`name`](Xml::name) can be asked for.
    Begin,
    /// An element ends, or the part does.
    End,
    /// Text, or what does not matter.
    Text,
}

impl<R: BufRead> Xml<R> {
    /// Reads at most `limit` bytes.
    pub(super) fn new(source: R, limit: u64) -> Xml<R> {
        let reader = Reader::from_reader(Bounded { source, left: limit, piece: 0 });
        Xml { reader, buffer: Vec::new(), tag: String::new(), name_len: 0, depth: 0, ends_at_once: false }
    }

    /// Goes into the next child of the element in which we are; `false` leaves this element instead, as it has no more.
    ///
    /// A child must be left before the next one can be asked for: by its own `false`, by [`skip`](Xml::skip) or by
    /// [`text`](Xml::text).
    pub(super) fn child(&mut self) -> Result<bool, Problem> {
        loop {
            match self.step(None)? {
                Step::Begin => return Ok(true),
                Step::End => return Ok(false),
                Step::Text => {}
            }
        }
    }

    /// Leaves the element in which we are.
    pub(super) fn skip(&mut self) -> Result<(), Problem> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            self.step(None)?;
        }
        Ok(())
    }

    /// Adds the text of the element in which we are, without that of its children, and leaves it.
    pub(super) fn text(&mut self, out: &mut String) -> Result<(), Problem> {
        loop {
            match self.step(Some(out))? {
                Step::Begin => self.skip()?,
                Step::End => return Ok(()),
                Step::Text => {}
            }
        }
    }

    /// Reads to the end of the part. Only there it shows whether the bytes are still those that were saved.
    pub(super) fn finish(&mut self) -> Result<(), Problem> {
        while self.depth > 0 {
            self.step(None)?;
        }
        // Comments may follow the root element.
        while self.step(None)? != Step::End {}
        Ok(())
    }

    /// The name of the element that was begun last, without its prefix.
    pub(super) fn name(&self) -> &str {
        let name = &self.tag[..self.name_len];
        name.split_once(':').map_or(name, |(_, local)| local)
    }

    /// The attributes of the element that was begun last. What is not an attribute ends them.
    pub(super) fn attributes(&self) -> impl Iterator<Item = Attribute<'_>> {
        let mut attributes = Attributes::new(&self.tag, self.name_len);
        // Doubled attributes would be searched for in each of millions of cells.
        attributes.with_checks(false);
        attributes.map_while(Result::ok)
    }

    /// The value of an attribute, by its whole name.
    pub(super) fn attribute(&self, name: &str) -> Result<Option<String>, Problem> {
        self.attributes().find(|attribute| attribute.key.as_ref() == name).as_ref().map(value).transpose()
    }

    /// Goes one step on; what is text is added to `text`.
    pub(super) fn step(&mut self, text: Option<&mut String>) -> Result<Step, Problem> {
        if self.ends_at_once {
            self.ends_at_once = false;
            self.depth -= 1;
            return Ok(Step::End);
        }
        self.buffer.clear();
        self.reader.get_mut().piece = 0;
        let event = self.reader.read_event_into(&mut self.buffer).map_err(|error| problem(&error))?;
        let piece = match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                if self.depth == MAX_DEPTH {
                    return Err(problems::too_large());
                }
                self.depth += 1;
                self.ends_at_once = matches!(event, Event::Empty(_));
                self.tag.clear();
                self.tag.push_str(tag);
                self.name_len = tag.name().as_ref().len();
                return Ok(Step::Begin);
            }
            Event::End(_) => {
                self.depth = self.depth.saturating_sub(1);
                return Ok(Step::End);
            }
            Event::Eof if self.depth == 0 => return Ok(Step::End),
            Event::Eof => return Err(problems::damaged_part()),
            // Old OpenOffice names a document type, which is harmless. Declarations of its own would be in brackets.
            Event::DocType(declared) if declared.contains('[') => return Err(problems::own_entities()),
            Event::Text(piece) => piece.xml10_content(),
            Event::CData(piece) => piece.xml10_content(),
            Event::GeneralRef(name) => {
                if let Some(text) = text {
                    let sign = name.resolve_char_ref().map_err(|error| problem(&error))?;
                    match (sign, resolve_xml_entity(name)) {
                        (Some(sign), _) => text.push(sign),
                        (None, Some(meant)) => text.push_str(meant),
                        (None, None) => return Err(problems::damaged_part()),
                    }
                }
                return Ok(Step::Text);
            }
            Event::DocType(_) | Event::Comment(_) | Event::PI(_) | Event::Decl(_) => return Ok(Step::Text),
        };
        if let Some(text) = text {
            if text.len() + piece.len() > MAX_ROW_BYTES {
                return Err(problems::long_row());
            }
            text.push_str(&piece);
        }
        Ok(Step::Text)
    }
}

/// The value of an attribute, with the signs that its entities stand for.
pub(super) fn value(attribute: &Attribute<'_>) -> Result<String, Problem> {
    let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| problem(&error))?;
    Ok(value.into_owned())
}

fn problem(error: &Error) -> Problem {
    match error {
        Error::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => problems::too_large(),
        Error::Io(_) => problems::damaged_archive(),
        _ => problems::damaged_part(),
    }
}

/// Ends a part that is too long with an error, whatever size was declared for it.
struct Bounded<R> {
    source: R,
    /// How many bytes the part may still have.
    left: u64,
    /// How long the piece is that is being read.
    piece: usize,
}

impl<R: BufRead> io::Read for Bounded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let count = ready.len().min(out.len());
        out[..count].copy_from_slice(&ready[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let ready = self.source.fill_buf()?;
        if !ready.is_empty() && (self.left == 0 || self.piece >= MAX_PIECE_BYTES) {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(ready.len());
        Ok(&ready[..most])
    }

    fn consume(&mut self, count: usize) {
        self.source.consume(count);
        self.left = self.left.saturating_sub(count as u64);
        self.piece += count;
    }
}
