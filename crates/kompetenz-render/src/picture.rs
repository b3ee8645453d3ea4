//! Pictures from outside, proven harmless once: logos, and scans of signatures.

use std::fmt;

use kompetenz::{Words, words};
use roxmltree::{Document, Node, ParsingOptions};

/// A picture that can be printed on every certificate.
#[derive(Debug, Clone)]
pub struct Picture {
    format: Format,
    bytes: Vec<u8>,
}

#[derive(Debug, Clone, Copy)]
enum Format {
    Png,
    Svg,
}

/// Why a picture is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PictureError {
    /// Neither PNG nor SVG.
    Format,
    /// More bytes than a picture needs.
    TooLarge {
        /// The limit in kilobytes.
        limit: usize,
    },
    /// More pixels than a picture needs.
    TooManyPixels,
    /// Not well-formed, or with more elements than a picture needs.
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

impl PictureError {
    /// The reason in both languages.
    ///
    /// Only what the engine says of a picture it cannot draw is in its own English in both.
    pub fn message(&self) -> Words {
        match self {
            PictureError::Format => {
                words!("the picture is neither a PNG nor an SVG", "das Bild ist weder ein PNG noch ein SVG")
            }
            PictureError::TooLarge { limit } => {
                words!("the picture is larger than {limit} KB", "das Bild ist größer als {limit} KB")
            }
            PictureError::TooManyPixels => words!(
                "the picture has more than {MAX_PIXELS} pixels",
                "das Bild hat mehr als {MAX_PIXELS} Bildpunkte"
            ),
            PictureError::Xml { message, line, column } => words!(
                "the picture is no plain SVG: {message}",
                "das Bild ist kein einfaches SVG: Fehler im XML, Zeile {line}, Spalte {column}"
            ),
            PictureError::Element { name, line } => words!(
                "the picture has the element `{name}`, line {line}",
                "das Bild enthält das Element `{name}`, Zeile {line}"
            ),
            PictureError::Reference { line } => words!(
                "the picture refers to something outside of it, line {line}",
                "das Bild verweist auf etwas außerhalb, Zeile {line}"
            ),
            PictureError::Undrawable { message } => {
                words!(
                    "the picture cannot be drawn: {message}",
                    "das Bild lässt sich nicht zeichnen: {message}"
                )
            }
        }
    }
}

impl fmt::Display for PictureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().en)
    }
}

impl std::error::Error for PictureError {}

const MAX_SVG: usize = 256 * 1024;
const MAX_PNG: usize = 1024 * 1024;
const MAX_PIXELS: u64 = 4_000_000;
/// The engine's time grows with the elements, and `use` multiplies them.
const MAX_NODES: u32 = 20_000;
const MAX_USES: usize = 50;

impl Picture {
    /// Takes a PNG or SVG, told apart by their first bytes.
    ///
    /// # Errors
    ///
    /// When it is neither, too large, or an SVG that runs or refers to anything.
    pub fn new(bytes: Vec<u8>) -> Result<Self, PictureError> {
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            check_png(&bytes)?;
            Ok(Self { format: Format::Png, bytes })
        } else if bytes.trim_ascii_start().starts_with(b"<") || bytes.starts_with(b"\xef\xbb\xbf<") {
            check_svg(&bytes)?;
            Ok(Self { format: Format::Svg, bytes })
        } else {
            Err(PictureError::Format)
        }
    }

    /// The ending of the path a template finds it under, and the bytes.
    fn into_file(self) -> (&'static str, Vec<u8>) {
        let ending = match self.format {
            Format::Png => "png",
            Format::Svg => "svg",
        };
        (ending, self.bytes)
    }
}

/// All pictures of an issuer.
///
/// What they show is told by the data: [`Issuer::logo`](kompetenz::certificate::Issuer::logo),
/// [`Issuer::funders`](kompetenz::certificate::Issuer::funders) and
/// [`Issuer::signatories`](kompetenz::certificate::Issuer::signatories).
#[derive(Debug, Clone, Default)]
pub struct Pictures {
    /// The logo of the issuer.
    pub logo: Option<Picture>,
    /// The logos of the funders, in their order.
    pub funders: Vec<Option<Picture>>,
    /// The signatures of the signatories, in their order.
    pub scans: Vec<Option<Picture>>,
}

/// Where a template finds the pictures. The paths are the same for every certificate.
#[derive(Debug, Default)]
pub(crate) struct Paths {
    pub(crate) logo: Option<String>,
    pub(crate) funders: Vec<Option<String>>,
    pub(crate) scans: Vec<Option<String>>,
}

impl Pictures {
    /// The files a template sees, and where.
    pub(crate) fn into_files(self) -> (Paths, Vec<(String, Vec<u8>)>) {
        let mut files = Vec::new();
        let mut file = |name: String, picture: Option<Picture>| {
            let (ending, bytes) = picture?.into_file();
            let path = format!("/{name}.{ending}");
            files.push((path.clone(), bytes));
            Some(path)
        };
        let mut row = |name: &str, pictures: Vec<Option<Picture>>| {
            let numbered = pictures.into_iter().enumerate();
            numbered.map(|(i, picture)| file(format!("{name}-{}", i + 1), picture)).collect()
        };
        let (funders, scans) = (row("funder", self.funders), row("scan", self.scans));
        let logo = file("logo".into(), self.logo);
        (Paths { logo, funders, scans }, files)
    }
}

fn check_png(bytes: &[u8]) -> Result<(), PictureError> {
    if bytes.len() > MAX_PNG {
        return Err(PictureError::TooLarge { limit: MAX_PNG / 1024 });
    }
    // Width and height open the first chunk; a small file can unfold into gigabytes.
    let side = |at: usize| {
        let number = bytes.get(at..at + 4)?.try_into().ok()?;
        Some(u64::from(u32::from_be_bytes(number)))
    };
    let (Some(width), Some(height)) = (side(16), side(20)) else { return Err(PictureError::Format) };
    if width * height > MAX_PIXELS { Err(PictureError::TooManyPixels) } else { Ok(()) }
}

fn check_svg(bytes: &[u8]) -> Result<(), PictureError> {
    if bytes.len() > MAX_SVG {
        return Err(PictureError::TooLarge { limit: MAX_SVG / 1024 });
    }
    let text = str::from_utf8(bytes).map_err(|_| PictureError::Format)?;
    // Without a DTD there are no entities.
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    let document =
        Document::parse_with_options(text.trim_start_matches('\u{feff}'), options).map_err(|error| {
            let place = error.pos();
            PictureError::Xml { message: error.to_string(), line: place.row, column: place.col }
        })?;
    if document.root_element().tag_name().name() != "svg" {
        return Err(PictureError::Format);
    }

    let line = |node: Node| document.text_pos_at(node.range().start).row;
    let mut uses = 0;
    for node in document.descendants().filter(Node::is_element) {
        let name = node.tag_name().name();
        uses += usize::from(name == "use");
        let forbidden = ["script", "foreignObject", "iframe", "audio", "video", "set", "animate", "handler"];
        if forbidden.contains(&name) || name.starts_with("animate") || uses > MAX_USES {
            return Err(PictureError::Element { name: name.into(), line: line(node) });
        }
        for attribute in node.attributes() {
            let value = attribute.value().trim();
            let outside = match attribute.name() {
                "href" | "src" => !value.starts_with('#') && !value.starts_with("data:image/"),
                handler if handler.starts_with("on") => true,
                _ => points_outside(value),
            };
            if outside {
                return Err(PictureError::Reference { line: line(node) });
            }
        }
        if name == "style" && node.descendants().filter_map(|child| child.text()).any(points_outside) {
            return Err(PictureError::Reference { line: line(node) });
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
