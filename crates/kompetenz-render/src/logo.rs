//! The issuer's logo: a picture from outside, proven harmless once.

use std::fmt;

use kompetenz::{Words, words};
use roxmltree::{Document, Node, ParsingOptions};

/// A logo that can be printed on every certificate.
#[derive(Debug, Clone)]
pub struct Logo {
    format: Format,
    bytes: Vec<u8>,
}

#[derive(Debug, Clone, Copy)]
enum Format {
    Png,
    Svg,
}

/// Why a logo is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogoError {
    /// Neither PNG nor SVG.
    Format,
    /// More bytes than a logo needs.
    TooLarge {
        /// The limit in kilobytes.
        limit: usize,
    },
    /// More pixels than a logo needs.
    TooManyPixels,
    /// Not well-formed, or with more elements than a logo needs.
    Xml {
        /// What the parser says, in English and with the place.
        message: String,
        /// The line, from 1.
        line: u32,
        /// The column, from 1.
        column: u32,
    },
    /// An element that has no place in a picture on paper.
    Element {
        /// The name of the element.
        name: String,
        /// Its line.
        line: u32,
    },
    /// Something that points out of the file.
    Reference {
        /// The line.
        line: u32,
    },
    /// A picture the engine cannot draw.
    Undrawable {
        /// What the engine says.
        message: String,
    },
}

impl LogoError {
    /// The reason in both languages.
    ///
    /// Only what the engine says of a picture it cannot draw is in its own English in both.
    pub fn message(&self) -> Words {
        match self {
            LogoError::Format => {
                words!("the logo is neither a PNG nor an SVG", "das Logo ist weder ein PNG noch ein SVG")
            }
            LogoError::TooLarge { limit } => {
                words!("the logo is larger than {limit} KB", "das Logo ist größer als {limit} KB")
            }
            LogoError::TooManyPixels => words!(
                "the logo has more than {MAX_PIXELS} pixels",
                "das Logo hat mehr als {MAX_PIXELS} Bildpunkte"
            ),
            LogoError::Xml { message, line, column } => words!(
                "the logo is no plain SVG: {message}",
                "das Logo ist kein einfaches SVG: Fehler im XML, Zeile {line}, Spalte {column}"
            ),
            LogoError::Element { name, line } => words!(
                "the logo has the element `{name}`, line {line}",
                "das Logo enthält das Element `{name}`, Zeile {line}"
            ),
            LogoError::Reference { line } => words!(
                "the logo refers to something outside of it, line {line}",
                "das Logo verweist auf etwas außerhalb, Zeile {line}"
            ),
            LogoError::Undrawable { message } => {
                words!("the logo cannot be drawn: {message}", "das Logo lässt sich nicht zeichnen: {message}")
            }
        }
    }
}

impl fmt::Display for LogoError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().en)
    }
}

impl std::error::Error for LogoError {}

const MAX_SVG: usize = 256 * 1024;
const MAX_PNG: usize = 1024 * 1024;
const MAX_PIXELS: u64 = 4_000_000;
/// The engine's time grows with the elements, and `use` multiplies them.
const MAX_NODES: u32 = 20_000;
const MAX_USES: usize = 50;

impl Logo {
    /// Takes a PNG or SVG, told apart by their first bytes.
    ///
    /// # Errors
    ///
    /// When it is neither, too large, or an SVG that runs or refers to anything.
    pub fn new(bytes: Vec<u8>) -> Result<Self, LogoError> {
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            check_png(&bytes)?;
            Ok(Self { format: Format::Png, bytes })
        } else if bytes.trim_ascii_start().starts_with(b"<") || bytes.starts_with(b"\xef\xbb\xbf<") {
            check_svg(&bytes)?;
            Ok(Self { format: Format::Svg, bytes })
        } else {
            Err(LogoError::Format)
        }
    }

    /// The fixed path a template finds it under, and the bytes.
    pub(crate) fn into_file(self) -> (&'static str, Vec<u8>) {
        let path = match self.format {
            Format::Png => "/logo.png",
            Format::Svg => "/logo.svg",
        };
        (path, self.bytes)
    }
}

fn check_png(bytes: &[u8]) -> Result<(), LogoError> {
    if bytes.len() > MAX_PNG {
        return Err(LogoError::TooLarge { limit: MAX_PNG / 1024 });
    }
    // Width and height open the first chunk; a small file can unfold into gigabytes.
    let side = |at: usize| {
        let number = bytes.get(at..at + 4)?.try_into().ok()?;
        Some(u64::from(u32::from_be_bytes(number)))
    };
    let (Some(width), Some(height)) = (side(16), side(20)) else { return Err(LogoError::Format) };
    if width * height > MAX_PIXELS { Err(LogoError::TooManyPixels) } else { Ok(()) }
}

fn check_svg(bytes: &[u8]) -> Result<(), LogoError> {
    if bytes.len() > MAX_SVG {
        return Err(LogoError::TooLarge { limit: MAX_SVG / 1024 });
    }
    let text = str::from_utf8(bytes).map_err(|_| LogoError::Format)?;
    // Without a DTD there are no entities.
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    let document =
        Document::parse_with_options(text.trim_start_matches('\u{feff}'), options).map_err(|error| {
            let place = error.pos();
            LogoError::Xml { message: error.to_string(), line: place.row, column: place.col }
        })?;
    if document.root_element().tag_name().name() != "svg" {
        return Err(LogoError::Format);
    }

    let line = |node: Node| document.text_pos_at(node.range().start).row;
    let mut uses = 0;
    for node in document.descendants().filter(Node::is_element) {
        let name = node.tag_name().name();
        uses += usize::from(name == "use");
        let forbidden = ["script", "foreignObject", "iframe", "audio", "video", "set", "animate", "handler"];
        if forbidden.contains(&name) || name.starts_with("animate") || uses > MAX_USES {
            return Err(LogoError::Element { name: name.into(), line: line(node) });
        }
        for attribute in node.attributes() {
            let value = attribute.value().trim();
            let outside = match attribute.name() {
                "href" | "src" => !value.starts_with('#') && !value.starts_with("data:image/"),
                handler if handler.starts_with("on") => true,
                _ => points_outside(value),
            };
            if outside {
                return Err(LogoError::Reference { line: line(node) });
            }
        }
        if name == "style" && node.descendants().filter_map(|child| child.text()).any(points_outside) {
            return Err(LogoError::Reference { line: line(node) });
        }
    }
    Ok(())
}

/// Whether a piece of CSS has an address that is not inside the file.
fn points_outside(css: &str) -> bool {
    let css = css.to_ascii_lowercase();
    css.contains("@import")
        || css.split("url(").skip(1).any(|address| {
            let address = address.trim_start_matches([' ', '"', '\'']);
            !address.starts_with('#') && !address.starts_with("data:image/")
        })
}
