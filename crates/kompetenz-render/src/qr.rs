//! The QR code that leads to where a certificate can be checked, as one path of an SVG.

use std::fmt::Write as _;

use fast_qr::{ECL, QRBuilder, QRCode};

/// Modules of white around the code, without which readers do not find it.
const QUIET: usize = 4;

/// The finest code that is still read from a copy of a copy: version 8 has 49 modules, four tenths of a millimetre each.
const FINEST: usize = 49;

/// The code of an address. `None`: it is empty, or too long to be read from paper.
///
/// Level M: it is still read when 15 % of it are stained.
pub(crate) fn code(address: &str) -> Option<QRCode> {
    if address.is_empty() {
        return None;
    }
    QRBuilder::new(address).ecl(ECL::M).build().ok().filter(|code| code.size <= FINEST)
}

/// The code as an SVG, quiet zone included: runs of dark modules as bars of one path.
///
/// One path is one operation on paper, and has no seams between modules.
pub(crate) fn svg(code: &QRCode) -> String {
    let side = code.size + 2 * QUIET;
    let mut path = String::new();
    for y in 0..code.size {
        let mut x = 0;
        while x < code.size {
            let run = (x..code.size).take_while(|x| code[y][*x].value()).count();
            if run > 0 {
                write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET)
                    .expect("a string takes everything");
            }
            x += run.max(1);
        }
    }
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}"><path fill="#000" d="{path}"/></svg>"##
    )
}
