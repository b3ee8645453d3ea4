//! Fonts without the programs that fit their outlines to coarse screens.
//!
//! Print has no use for these programs, and readers of PDF smooth outlines instead of running them.
//! But they are nearly half of the fonts in every certificate, and the half that is hard to compress.
//! The files of the fonts stay as they were published; the programs are left out as the files are read.

/// The tables of nothing but programs: their common part, its numbers, and from which size on they are meant to run.
const PROGRAMS: [&[u8; 4]; 4] = [b"fpgm", b"prep", b"cvt ", b"gasp"];

/// The same font with the same outlines, whose numbers are as they were. `None` if it has no TrueType outlines.
///
/// Its tables have no checksums: nothing asks for those of a font in memory, and a certificate's are made anew.
pub(crate) fn unhinted(font: &[u8]) -> Option<Vec<u8>> {
    let tables: Vec<(&[u8], &[u8])> = (0..usize::from(u16_at(font, 4)?))
        .map(|index| {
            let entry = font.get(12 + 16 * index..)?.get(..16)?;
            let (start, length) = (u32_at(entry, 8)?, u32_at(entry, 12)?);
            Some((&entry[..4], font.get(start..)?.get(..length)?))
        })
        .collect::<Option<_>>()?;
    let table = |tag: &[u8; 4]| tables.iter().find(|(name, _)| name == tag).map(|(_, bytes)| *bytes);

    let (glyf, loca, mut head) = (table(b"glyf")?, table(b"loca")?, table(b"head")?.to_vec());
    let places: Vec<usize> = match u16_at(&head, 50)? {
        0 => {
            (0..loca.len() / 2).filter_map(|index| Some(2 * usize::from(u16_at(loca, 2 * index)?))).collect()
        }
        _ => (0..loca.len() / 4).filter_map(|index| u32_at(loca, 4 * index)).collect(),
    };
    let (mut outlines, mut starts) = (Vec::new(), vec![0; 4]);
    for place in places.windows(2) {
        outlines.extend(bare(glyf.get(place[0]..place[1])?)?);
        outlines.resize(outlines.len().next_multiple_of(4), 0);
        starts.extend(u32::try_from(outlines.len()).ok()?.to_be_bytes());
    }
    // From now on, places are 32 bits wide.
    head[50..52].copy_from_slice(&[0, 1]);

    let kept: Vec<(&[u8], &[u8])> = tables
        .iter()
        .filter(|(name, _)| !PROGRAMS.iter().any(|program| name == program))
        .map(|&(name, bytes)| match name {
            b"glyf" => (name, &*outlines),
            b"loca" => (name, &*starts),
            b"head" => (name, &*head),
            _ => (name, bytes),
        })
        .collect();
    let mut entries = [font.get(..4)?, &u16::try_from(kept.len()).ok()?.to_be_bytes(), &[0; 6]].concat();
    let mut body = Vec::new();
    for (name, bytes) in &kept {
        let start = 12 + 16 * kept.len() + body.len();
        entries.extend([name, &[0; 4][..]].concat());
        entries.extend(u32::try_from(start).ok()?.to_be_bytes());
        entries.extend(u32::try_from(bytes.len()).ok()?.to_be_bytes());
        body.extend_from_slice(bytes);
        body.resize(body.len().next_multiple_of(4), 0);
    }
    entries.extend(body);
    Some(entries)
}

/// An outline without its program.
fn bare(outline: &[u8]) -> Option<Vec<u8>> {
    if outline.is_empty() {
        return Some(Vec::new());
    }
    let contours = u16_at(outline, 0)?;
    // A negative number of contours marks an outline that is put together from others.
    if contours > 0x7fff {
        return parts(outline);
    }
    let place = 10 + 2 * usize::from(contours);
    let points = place + 2 + usize::from(u16_at(outline, place)?);
    Some([outline.get(..place)?, &[0; 2], outline.get(points..)?].concat())
}

/// An outline that is put together from others, up to its program.
fn parts(outline: &[u8]) -> Option<Vec<u8>> {
    const WIDE: u16 = 0x01;
    const SCALE: u16 = 0x08;
    const MORE: u16 = 0x20;
    const TWO_SCALES: u16 = 0x40;
    const MATRIX: u16 = 0x80;
    const PROGRAM: u16 = 0x100;

    let mut bare = outline.to_vec();
    let mut place = 10;
    loop {
        let flags = u16_at(outline, place)?;
        bare.get_mut(place..place + 2)?.copy_from_slice(&(flags & !PROGRAM).to_be_bytes());
        let size = |flag, bytes| if flags & flag == 0 { 0 } else { bytes };
        place += 6 + size(WIDE, 2) + size(SCALE, 2) + size(TWO_SCALES, 4) + size(MATRIX, 8);
        if flags & MORE == 0 {
            break;
        }
    }
    bare.get(..place)?;
    bare.truncate(place);
    Some(bare)
}

fn u16_at(bytes: &[u8], place: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(place..)?.first_chunk().copied()?))
}

fn u32_at(bytes: &[u8], place: usize) -> Option<usize> {
    usize::try_from(u32::from_be_bytes(bytes.get(place..)?.first_chunk().copied()?)).ok()
}

#[cfg(test)]
mod tests {
    use ttf_parser::{Face, GlyphId, OutlineBuilder};

    use super::unhinted;
    use crate::fonts::FAMILIES;

    /// An outline as the pen that draws it goes.
    #[derive(Default, PartialEq, Debug)]
    struct Pen(Vec<(char, [f32; 4])>);

    impl OutlineBuilder for Pen {
        fn move_to(&mut self, x: f32, y: f32) {
            self.0.push(('m', [x, y, 0.0, 0.0]));
        }
        fn line_to(&mut self, x: f32, y: f32) {
            self.0.push(('l', [x, y, 0.0, 0.0]));
        }
        fn quad_to(&mut self, a: f32, b: f32, x: f32, y: f32) {
            self.0.push(('q', [a, b, x, y]));
        }
        fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {
            unreachable!("TrueType has no cubic curves");
        }
        fn close(&mut self) {
            self.0.push(('z', [0.0; 4]));
        }
    }

    #[test]
    fn every_outline_and_every_width_stays_and_the_programs_go() {
        for font in FAMILIES.into_iter().flatten() {
            let bare = unhinted(font).expect("a font with TrueType outlines");
            let (before, after) = (Face::parse(font, 0).unwrap(), Face::parse(&bare, 0).unwrap());
            assert_eq!(before.number_of_glyphs(), after.number_of_glyphs());
            for id in (0..before.number_of_glyphs()).map(GlyphId) {
                let draw = |face: &Face| {
                    let mut pen = Pen::default();
                    let bounds = face.outline_glyph(id, &mut pen);
                    (pen, bounds, face.glyph_hor_advance(id))
                };
                assert_eq!(draw(&before), draw(&after), "{id:?}");
            }
            for program in super::PROGRAMS {
                let tag = ttf_parser::Tag::from_bytes(program);
                assert!(after.raw_face().table(tag).is_none(), "{tag} is still there");
            }
        }
    }

    #[test]
    fn a_font_that_is_cut_off_or_damaged_is_refused_or_read_and_never_harms() {
        let [[_, font], ..] = FAMILIES;
        for length in (0..font.len()).step_by(997).chain(0..400) {
            assert_eq!(unhinted(&font[..length]), None, "{length} bytes");
        }
        let mut damaged = font.to_vec();
        for place in 0..400 {
            damaged[place] ^= 0xff;
            // Whatever comes of it: it comes, and is not much longer than what went in.
            assert!(unhinted(&damaged).is_none_or(|made| made.len() < 2 * font.len()), "{place}");
            damaged[place] ^= 0xff;
        }
    }
}
