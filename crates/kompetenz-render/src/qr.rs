//! The QR code that leads to where a certificate can be checked, as one path of an SVG.

use std::fmt::Write as _;

use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, Version};

/// Modules of white around the code, without which readers do not find it.
const QUIET: i32 = 4;

/// The finest code that is still read from a copy of a copy: version 8 has 49 modules, four tenths of a millimetre each.
const FINEST: u8 = 8;

/// The pattern laid over the code, the same for all.
///
/// Which of the eight it is stands in the code, and readers take each.
/// To try all of them and choose the prettiest for each code costs ten times as much.
const MASK: u8 = 0;

/// The code of an address. `None`: it is empty, or too long to be read from paper.
///
/// Level M: it is still read when 15 % of it are stained.
pub(crate) fn code(address: &str) -> Option<QrCode> {
    if address.is_empty() {
        return None;
    }
    let segments = QrSegment::make_segments(address);
    let (smallest, finest) = (Version::MIN, Version::new(FINEST));
    let mask = Some(Mask::new(MASK));
    QrCode::encode_segments_advanced(&segments, QrCodeEcc::Medium, smallest, finest, mask, false).ok()
}

/// The code as an SVG, quiet zone included: runs of dark modules as bars of one path.
///
/// One path is one operation on paper, and has no seams between modules.
pub(crate) fn svg(code: &QrCode) -> String {
    let side = code.size() + 2 * QUIET;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|x| code.get_module(*x, y)).count();
            if run > 0 {
                write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET)
                    .expect("a string takes everything");
            }
            x += i32::try_from(run).unwrap_or(i32::MAX).max(1);
        }
    }
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}"><path fill="#000" d="{path}"/></svg>"##
    )
}
