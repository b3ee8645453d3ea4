//! How pages look: small grey pictures of some, held against the ones that people have looked at.
//!
//! `KOMPETENZ_UPDATE_PICTURES=1` writes them anew; look at them before they are committed.

use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};

use crate::support::{FAMILIES, adorned, fixture, grey, shelf, shelf_beside};

/// Points per inch: enough to see what moved, and not enough to see how a letter is smoothed.
const DPI: u16 = 40;

/// The side of the blocks that are compared, in points.
const BLOCK: usize = 8;

/// How far apart, out of 255, a block may be and the whole page on average.
const TOLERANCE: (i64, i64) = (40, 2);

#[test]
fn pages_look_as_they_were_approved() {
    let shapes = [
        ("de", 1, adorned(fixture("standard"))),
        ("de", 2, adorned(fixture("standard"))),
        ("de-ro", 1, adorned(shelf_beside("de", "ro"))),
        ("de-ro", 2, adorned(shelf_beside("de", "ro"))),
        ("ar", 1, adorned(shelf("ar"))),
        ("long", 1, adorned(fixture("long"))),
    ];
    let mut differing = Vec::new();
    for (family, studio) in FAMILIES.iter() {
        for (name, page, data) in &shapes {
            let pdf = studio.render(data).unwrap();
            let drawn = grey(&pdf, *page, DPI);
            let path = folder().join(format!("{family}-{name}-{page}.png"));
            if std::env::var_os("KOMPETENZ_UPDATE_PICTURES").is_some() {
                write(&path, &drawn);
            }
            let approved = read(&path);
            assert_eq!((drawn.0, drawn.1), (approved.0, approved.1), "{}", path.display());
            let (most, mean) = distance(&drawn, &approved);
            if most > TOLERANCE.0 || mean > TOLERANCE.1 {
                differing.push(format!("{}: a block by {most}, all by {mean}", path.display()));
            }
        }
    }
    assert!(differing.is_empty(), "these look different:\n{}", differing.join("\n"));
}

#[test]
fn a_line_that_is_missing_is_noticed() {
    let (_, studio) = &FAMILIES[0];
    let mut data = adorned(fixture("standard"));
    let before = grey(&studio.render(&data).unwrap(), 1, DPI);
    assert_eq!(distance(&before, &before), (0, 0));
    data.abilities.pop();
    let (most, _) = distance(&grey(&studio.render(&data).unwrap(), 1, DPI), &before);
    assert!(most > TOLERANCE.0, "{most}");
}

type Picture = (usize, usize, Vec<u8>);

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures")
}

/// The greatest difference between the means of two blocks, and the mean of all of them.
fn distance((width, height, one): &Picture, (_, _, other): &Picture) -> (i64, i64) {
    let mean = |points: &[u8], x: usize, y: usize| {
        let rows = (y..(y + BLOCK).min(*height))
            .map(|y| &points[y * width + x..y * width + (x + BLOCK).min(*width)]);
        let points: Vec<_> = rows.flatten().map(|point| i64::from(*point)).collect();
        points.iter().sum::<i64>() / i64::try_from(points.len()).unwrap()
    };
    let blocks = (0..*height).step_by(BLOCK).flat_map(|y| (0..*width).step_by(BLOCK).map(move |x| (x, y)));
    let differences: Vec<_> = blocks.map(|(x, y)| (mean(one, x, y) - mean(other, x, y)).abs()).collect();
    let count = i64::try_from(differences.len()).unwrap();
    (differences.iter().copied().max().unwrap_or_default(), differences.iter().sum::<i64>() / count)
}

fn write(path: &Path, (width, height, points): &Picture) {
    fs::create_dir_all(folder()).unwrap();
    let side = |side: &usize| u32::try_from(*side).unwrap();
    let mut encoder = png::Encoder::new(File::create(path).unwrap(), side(width), side(height));
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_compression(png::Compression::High);
    encoder.write_header().unwrap().write_image_data(points).unwrap();
}

fn read(path: &Path) -> Picture {
    let file = File::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut reader = png::Decoder::new(BufReader::new(file)).read_info().unwrap();
    let mut points = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut points).unwrap();
    (info.width.try_into().unwrap(), info.height.try_into().unwrap(), points)
}
