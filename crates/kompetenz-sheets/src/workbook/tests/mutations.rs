//! Sound files with a few bytes changed: there is always an answer, never a panic.

use super::{dump, excel_parts, ods_rows};
use std::io::{Cursor, Write as _};

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    /// Changes, doubles or drops a few bytes.
    fn change(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..=self.roll(4) {
            if bytes.is_empty() {
                return;
            }
            let at = self.roll(bytes.len());
            match self.roll(4) {
                0 => bytes[at] = u8::try_from(self.roll(256)).unwrap(),
                1 => bytes[at] = b"<>/\"'=& 09-:;#_\x00\xFF"[self.roll(17)],
                2 => drop(bytes.drain(at..(at + self.roll(40)).min(bytes.len()))),
                _ => {
                    let piece: Vec<u8> = bytes[at..(at + self.roll(40)).min(bytes.len())].to_vec();
                    let to = self.roll(bytes.len());
                    bytes.splice(to..to, piece);
                }
            }
        }
    }
}

/// Not compressed, and without checksums that would keep changed parts from being read.
fn stored(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, options).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The archive itself is changed: entries, sizes, offsets, compressed bytes.
#[test]
fn changed_archives_are_answered() {
    let mut dice = Dice(1);
    for name in ["libreoffice.xlsx", "libreoffice.ods", "script.xlsx", "old.xls"] {
        let path = format!("{}/../../fixtures/workbooks/{name}", env!("CARGO_MANIFEST_DIR"));
        let sound = std::fs::read(path).unwrap();
        for _ in 0..500 {
            let mut bytes = sound.clone();
            dice.change(&mut bytes);
            assert!(!dump(&bytes).is_empty());
        }
    }
}

/// The parts are changed and packed soundly again, so that the changes reach what reads XML.
#[test]
fn changed_parts_are_answered() {
    let rows = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>32944.5</v></c></row>
        <row r="3"><c r="A3"><f>A1</f><v>-0.25</v></c><c r="C3" t="str"><v>a_x000D_&#51;</v></c></row>"#;
    let excel: Vec<(&str, Vec<u8>)> =
        excel_parts(rows).into_iter().map(|(name, content)| (name, content.into_bytes())).collect();
    let rows = r#"<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float" office:value="-2.5" table:number-columns-repeated="3"/></table:table-row>
        <table:table-row><table:table-cell office:value-type="date" office:date-value="1990-03-12"/><table:table-cell><text:p>a<text:s text:c="2"/>b</text:p></table:table-cell></table:table-row>"#;
    let mut ods = Vec::new();
    let mut zip = zip::ZipArchive::new(Cursor::new(ods_rows(rows))).unwrap();
    for name in ["content.xml", "META-INF/manifest.xml"] {
        let mut content = Vec::new();
        std::io::copy(&mut zip.by_name(name).unwrap(), &mut content).unwrap();
        ods.push((name, content));
    }
    let mut dice = Dice(2);
    for sound in [excel, ods] {
        for _ in 0..2000 {
            let mut parts = sound.clone();
            let ix = dice.roll(parts.len());
            dice.change(&mut parts[ix].1);
            assert!(!dump(&stored(&parts)).is_empty());
        }
    }
}
