//! The QR code, read back from paper by another reader than its maker.

use rqrr::PreparedImage;

use crate::support::{FAMILIES, adorned, fixture, grey, operators, shelf_beside};

#[test]
fn the_code_is_read_from_a_grey_scan() {
    for (family, studio) in FAMILIES.iter() {
        for data in [adorned(fixture("standard")), adorned(shelf_beside("de", "ar"))] {
            let pdf = studio.render(&data).unwrap();
            let (width, height, points) = grey(&pdf, 2, 150);
            let mut scan = PreparedImage::prepare_from_greyscale(width, height, |x, y| points[y * width + x]);
            let found: Vec<_> = scan.detect_grids().iter().map(|grid| grid.decode().unwrap()).collect();
            let [(meta, read)] = found.as_slice() else { panic!("{family}: {} codes", found.len()) };
            assert_eq!(Some(read), data.verify.as_ref(), "{family}");
            // Level M, as the format numbers its levels.
            assert_eq!(meta.ecc_level, 0, "{family}");
        }
    }
}

#[test]
fn the_code_is_large_enough_and_has_its_zone_of_quiet() {
    let (_, studio) = &FAMILIES[0];
    let mut data = adorned(fixture("standard"));
    for address in ["https://e.org/K7F3-9QXD-2MHZ".into(), format!("https://example.org/{}", "a".repeat(90))]
    {
        data.verify = Some(address);
        let (width, height, points) = grey(&studio.render(&data).unwrap(), 2, 300);
        let dark = |x: usize, y: usize| points[y * width + x] < 128;
        let mut scan = PreparedImage::prepare_from_greyscale(width, height, |x, y| points[y * width + x]);
        let [grid] = &scan.detect_grids()[..] else { panic!("one code") };
        let [left, top] = [grid.bounds[0].x, grid.bounds[0].y].map(|at| usize::try_from(at).unwrap());
        let side = usize::try_from(grid.bounds[1].x).unwrap() - left;
        let (meta, _) = grid.decode().unwrap();
        let (modules, millimetres) = (meta.version.to_size(), side * 254 / 3000);
        assert!(millimetres >= 18, "{millimetres} mm");
        // Four modules of white on the near side and above, less a point of blur.
        let quiet = 4 * side / modules - 2;
        let white = (top - quiet..top + side).all(|y| (left - quiet..left - 2).all(|x| !dark(x, y)));
        assert!(white, "something stands close to a code of {modules} modules");
    }
}

#[test]
fn the_code_is_told_to_those_who_cannot_see_it_and_absent_without_an_address() {
    let (_, studio) = &FAMILIES[0];
    let mut data = adorned(fixture("standard"));
    let with = studio.render(&data).unwrap();
    data.verify = None;
    let without = studio.render(&data).unwrap();
    let [with, without] = [with, without].map(|pdf| operators(&pdf).matches("/Alt ").count());
    assert_eq!(with, without + 1);
}

#[test]
fn an_address_that_fits_no_code_is_refused() {
    let (_, studio) = &FAMILIES[0];
    let mut data = adorned(fixture("standard"));
    for address in [String::new(), format!("https://example.org/{}", "a".repeat(3000))] {
        data.verify = Some(address);
        let error = studio.render(&data).unwrap_err().to_string();
        insta::allow_duplicates! {
            insta::assert_snapshot!(error, @"`verify` should be an address that fits a QR code");
        }
    }
}
