//! What a document is written as: a PDF after some standards, or pictures of its pages.

use std::fmt;
use std::str::FromStr;

use kompetenz::{Words, words};
use typst_layout::PagedDocument;
use typst_pdf::{PdfStandard, PdfStandards};
use typst_render::RenderOptions;
use typst_svg::SvgOptions;

use crate::RenderError;

/// What a document is written as.
#[derive(Debug, Clone, PartialEq)]
pub enum Format {
    /// One PDF file after these standards.
    Pdf(Standards),
    /// A picture of each page, with so many pixels per inch.
    Png(Resolution),
    /// A drawing of each page. Letters are shapes in it: it looks the same everywhere, but no text can be copied.
    Svg,
}

/// A document, written: one file for a PDF, a file for each page for pictures, in the order of the pages.
pub type Files = Vec<Vec<u8>>;

impl Default for Format {
    /// A PDF for archives and for everybody.
    fn default() -> Self {
        Format::Pdf(Standards::default())
    }
}

// Standards --------------------------------------------------------------------------------------

/// The standards a PDF keeps: at most one for archives (PDF/A), one for accessibility (PDF/UA), and one version.
///
/// ```
/// use kompetenz_render::Standards;
///
/// let both: Standards = "a-3a+ua-1".parse().unwrap();
/// assert_eq!(both, Standards::default());
/// assert!("a-4+ua-1".parse::<Standards>().is_err());
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Standards(Vec<Standard>);

/// One standard as we know it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Standard {
    name: &'static str,
    kind: Kind,
    /// The version of PDF it asks for.
    version: &'static str,
    /// Whether any file may be attached.
    attachments: bool,
    engine: PdfStandard,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Version,
    Archive,
    Accessible,
}

/// Those that are of use for our documents: what is older cannot be accessible, and saves nothing.
const KNOWN: [Standard; 11] = {
    use Kind::{Accessible, Archive, Version};
    const fn standard(
        name: &'static str,
        kind: Kind,
        version: &'static str,
        attachments: bool,
        engine: PdfStandard,
    ) -> Standard {
        Standard { name, kind, version, attachments, engine }
    }
    [
        standard("a-3a", Archive, "1.7", true, PdfStandard::A_3a),
        standard("a-3b", Archive, "1.7", true, PdfStandard::A_3b),
        standard("a-3u", Archive, "1.7", true, PdfStandard::A_3u),
        standard("a-2a", Archive, "1.7", false, PdfStandard::A_2a),
        standard("a-2b", Archive, "1.7", false, PdfStandard::A_2b),
        standard("a-2u", Archive, "1.7", false, PdfStandard::A_2u),
        standard("a-4", Archive, "2.0", false, PdfStandard::A_4),
        standard("a-4f", Archive, "2.0", true, PdfStandard::A_4f),
        standard("ua-1", Accessible, "1.7", true, PdfStandard::Ua_1),
        standard("1.7", Version, "1.7", true, PdfStandard::V_1_7),
        standard("2.0", Version, "2.0", true, PdfStandard::V_2_0),
    ]
};

/// Why some standards cannot be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StandardsError {
    /// No such standard.
    Unknown(String),
    /// No document can keep both.
    Together(&'static str, &'static str),
}

impl StandardsError {
    /// The reason in both languages.
    pub fn message(&self) -> Words {
        match self {
            StandardsError::Unknown(name) => {
                let known = KNOWN.map(|standard| standard.name).join(", ");
                words!(
                    "there is no standard `{name}`; known are {known}, joined by `+`",
                    "die Norm `{name}` gibt es nicht; bekannt sind {known}, verbunden mit `+`"
                )
            }
            StandardsError::Together(one, other) => words!(
                "no PDF can be `{one}` and `{other}` at the same time",
                "ein PDF kann nicht zugleich `{one}` und `{other}` sein"
            ),
        }
    }
}

impl fmt::Display for StandardsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().en)
    }
}

impl std::error::Error for StandardsError {}

impl Default for Standards {
    /// PDF/A-3a and PDF/UA-1: for the archive, with the data attached, and for screen readers.
    fn default() -> Self {
        Self(KNOWN.into_iter().filter(|standard| ["a-3a", "ua-1"].contains(&standard.name)).collect())
    }
}

impl FromStr for Standards {
    type Err = StandardsError;

    /// Reads names joined by `+`, such as `a-3a+ua-1`.
    fn from_str(text: &str) -> Result<Self, StandardsError> {
        let mut standards: Vec<Standard> = Vec::new();
        for name in text.split('+') {
            let known = KNOWN.into_iter().find(|standard| standard.name == name.trim());
            let standard = known.ok_or_else(|| StandardsError::Unknown(name.trim().to_owned()))?;
            let clash = |other: &&Standard| other.kind == standard.kind || other.version != standard.version;
            if let Some(other) = standards.iter().find(clash) {
                return Err(StandardsError::Together(other.name, standard.name));
            }
            standards.push(standard);
        }
        Ok(Self(standards))
    }
}

impl fmt::Display for Standards {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.0.iter().map(|standard| standard.name).collect();
        f.write_str(&names.join("+"))
    }
}

impl Standards {
    /// Accessible, and nothing else: for what does not belong into an archive.
    pub fn accessible() -> Self {
        Self(KNOWN.into_iter().filter(|standard| standard.kind == Kind::Accessible).collect())
    }

    /// Whether data may be attached.
    pub(crate) fn allow_attachments(&self) -> bool {
        self.0.iter().all(|standard| standard.attachments)
    }

    pub(crate) fn for_engine(&self) -> PdfStandards {
        let list: Vec<_> = self.0.iter().map(|standard| standard.engine).collect();
        PdfStandards::new(&list).expect("what was parsed is what the engine can do; a test holds it")
    }
}

// Pictures ---------------------------------------------------------------------------------------

/// Pixels per inch, from 18 to 600.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resolution(u16);

impl Resolution {
    /// So many pixels per inch, unless a picture would be useless or gigantic.
    pub fn new(ppi: u16) -> Option<Self> {
        (18..=600).contains(&ppi).then_some(Self(ppi))
    }
}

/// Four times A4 at the highest resolution.
const MAX_PIXELS: f64 = 160e6;

/// A picture of each page.
#[expect(clippy::float_arithmetic, reason = "sizes of pages, not of scores")]
pub(crate) fn png(document: &PagedDocument, Resolution(ppi): Resolution) -> Result<Files, RenderError> {
    let pixel_per_pt = f64::from(ppi) / 72.0;
    let options = RenderOptions { pixel_per_pt: pixel_per_pt.into(), render_bleed: false };
    let picture = |page: &typst_layout::Page| {
        let size = page.frame.size();
        let pixels = size.x.to_pt() * size.y.to_pt() * pixel_per_pt * pixel_per_pt;
        if !(1.0..=MAX_PIXELS).contains(&pixels) {
            return Err(RenderError::PageSize);
        }
        typst_render::render(page, &options).encode_png().map_err(|_| RenderError::Engine)
    };
    document.pages().iter().map(picture).collect()
}

/// A drawing of each page.
pub(crate) fn svg(document: &PagedDocument) -> Files {
    let options = SvgOptions::default();
    document.pages().iter().map(|page| typst_svg::svg(page, &options).into_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of any one, two or three standards, we refuse exactly those the engine refuses.
    #[test]
    fn what_can_be_kept_together_is_what_the_engine_says() {
        let mut lists: Vec<Vec<Standard>> = KNOWN.iter().map(|one| vec![*one]).collect();
        for one in KNOWN {
            for two in KNOWN {
                lists.push(vec![one, two]);
                lists.extend(KNOWN.map(|three| vec![one, two, three]));
            }
        }
        for list in lists {
            let names: Vec<_> = list.iter().map(|standard| standard.name).collect();
            let engine: Vec<_> = list.iter().map(|standard| standard.engine).collect();
            let ours = names.join("+").parse::<Standards>();
            assert_eq!(ours.is_ok(), PdfStandards::new(&engine).is_ok(), "{names:?}");
            if let Ok(standards) = ours {
                assert_eq!(standards.to_string(), names.join("+"));
            }
        }
    }

    #[test]
    fn what_is_refused_is_told_in_our_words() {
        let said = |text: &str| text.parse::<Standards>().unwrap_err().message();
        insta::assert_snapshot!(said("a-4+ua-1").en, @"no PDF can be `a-4` and `ua-1` at the same time");
        insta::assert_snapshot!(said("a-3a+a-2b").de, @"ein PDF kann nicht zugleich `a-3a` und `a-2b` sein");
        insta::assert_snapshot!(said("pdf/x").en, @"there is no standard `pdf/x`; known are a-3a, a-3b, a-3u, a-2a, a-2b, a-2u, a-4, a-4f, ua-1, 1.7, 2.0, joined by `+`");
    }
}
