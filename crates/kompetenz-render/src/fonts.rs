//! The fonts, embedded in the program and read on first use.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

use crate::unhinted::unhinted;

/// The fonts of all certificates.
///
/// Reading them takes a few milliseconds, which a program that renders nothing does not pay.
pub(crate) fn fonts() -> &'static Fonts {
    static FONTS: LazyLock<Fonts> = LazyLock::new(Fonts::read);
    &FONTS
}

pub(crate) struct Fonts {
    pub(crate) all: Vec<Font>,
    pub(crate) book: LazyHash<FontBook>,
    /// One bit for each code point that some family can show in both of its weights.
    coverage: Vec<u64>,
}

/// Regular and semi-bold of each family, side by side.
pub(crate) const FAMILIES: [[&[u8]; 2]; 3] = [
    [
        include_bytes!("../../../templates/fonts/IBMPlexSans-Regular.ttf"),
        include_bytes!("../../../templates/fonts/IBMPlexSans-SemiBold.ttf"),
    ],
    [
        include_bytes!("../../../templates/fonts/IBMPlexSansArabic-Regular.ttf"),
        include_bytes!("../../../templates/fonts/IBMPlexSansArabic-SemiBold.ttf"),
    ],
    [
        include_bytes!("../../../templates/fonts/NotoSansHebrew-Regular.ttf"),
        include_bytes!("../../../templates/fonts/NotoSansHebrew-SemiBold.ttf"),
    ],
];

impl Fonts {
    fn read() -> Self {
        let mut all = Vec::new();
        let mut coverage = vec![0u64; 0x11_0000 / 64];
        for family in FAMILIES {
            let [regular, bold] = family.map(|bytes| read(bytes).expect("an embedded font can be read"));
            let mut in_bold = vec![0u64; coverage.len()];
            for code in bold.info().coverage.iter() {
                in_bold[code as usize / 64] |= 1 << (code % 64);
            }
            for code in regular.info().coverage.iter() {
                coverage[code as usize / 64] |= in_bold[code as usize / 64] & 1 << (code % 64);
            }
            all.extend([regular, bold]);
        }
        let book = LazyHash::new(FontBook::from_fonts(&all));
        Self { all, book, coverage }
    }

    /// Whether some family has a glyph for the character, regular and semi-bold.
    pub(crate) fn cover(&self, character: char) -> bool {
        let code = u32::from(character) as usize;
        self.coverage[code / 64] & 1 << (code % 64) != 0
    }
}

fn read(bytes: &'static [u8]) -> Option<Font> {
    Font::new(unhinted(bytes).map_or(Bytes::new(bytes), Bytes::new), 0)
}
