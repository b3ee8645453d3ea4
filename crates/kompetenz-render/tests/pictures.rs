//! Pictures from outside.

use kompetenz_render::{Picture, PictureError, Pictures, Studio, StudioError, Template};

fn svg(body: &str) -> Result<Picture, PictureError> {
    let text = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">{body}</svg>"#
    );
    Picture::new(text.into_bytes())
}

#[test]
fn a_plain_picture_is_taken() {
    svg(r##"<defs><path id="a" d="M0 0h9v9z"/></defs><use href="#a" style="fill:url(#g)"/>"##).unwrap();
    svg(r#"<image href="data:image/png;base64,AA=="/>"#).unwrap();
}

#[test]
fn whatever_runs_or_reaches_out_is_refused() {
    for body in [
        "<script>1</script>",
        "<foreignObject/>",
        "<rect onload='x()'/>",
        "<image href='https://example.org/a.png'/>",
        "<image xlink:href='/etc/passwd'/>",
        "<use href='other.svg#a'/>",
        "<image href='data:text/html,x'/>",
        "<a href='javascript:x()'/>",
        "<rect fill='url(http://example.org/#a)'/>",
        "<rect style='fill:url( \"//example.org\")'/>",
        "<style>@import 'a.css';</style>",
        "<style>rect { fill: url(a.svg#b) }</style>",
        "<animate attributeName='href'/>",
    ] {
        assert!(svg(body).is_err(), "{body}");
    }
}

#[test]
fn entities_and_masses_are_refused() {
    let bomb = r#"<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>"#;
    assert!(matches!(Picture::new(bomb.into()), Err(PictureError::Xml { .. })));
    assert!(matches!(svg(&"<g/>".repeat(30_000)), Err(PictureError::Xml { .. })));
    assert!(matches!(svg(&"<use href='#a'/>".repeat(60)), Err(PictureError::Element { .. })));
    assert_eq!(svg(&" ".repeat(300_000)).unwrap_err(), PictureError::TooLarge { limit: 256 });
}

#[test]
fn other_files_are_refused() {
    assert_eq!(Picture::new(b"GIF89a".to_vec()).unwrap_err(), PictureError::Format);
    assert_eq!(Picture::new(Vec::new()).unwrap_err(), PictureError::Format);
    assert_eq!(Picture::new(b"<html/>".to_vec()).unwrap_err(), PictureError::Format);
    let mut huge = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    huge.extend([0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
    assert_eq!(Picture::new(huge).unwrap_err(), PictureError::TooManyPixels);
}

#[test]
fn a_broken_picture_is_found_once_and_early() {
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    png.extend([0, 0, 0, 9, 0, 0, 0, 9, 8, 6, 0, 0, 0]);
    // Wherever it stands on the page.
    let picture = Picture::new(png).unwrap();
    for pictures in [
        Pictures { logo: Some(picture.clone()), ..Pictures::default() },
        Pictures { funders: vec![None, Some(picture.clone())], ..Pictures::default() },
        Pictures { scans: vec![Some(picture)], ..Pictures::default() },
    ] {
        let error = Studio::new(&Template::certificate(), pictures).err();
        assert!(matches!(error, Some(StudioError::Picture(PictureError::Undrawable { .. }))), "{error:?}");
    }
}
