//! The blank form for observers: a definition in, a PDF to print out.

use std::sync::LazyLock;

use kompetenz::form::EntryForm;
use typst::foundations::Smart;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::check::missing_glyphs;
use crate::studio::{Document, add_breaks, json_file};
use crate::{Pictures, RenderError, Studio, Template};

/// The template, which is a whole program: it reads the data and places it.
const MAIN: &str = "/entry-form.typ";

/// Makes the PDF (PDF/UA-1, A4) of a blank form: for each module its own sheets, to be filled in with a pen.
///
/// The same form gives the same bytes: there is no date in it.
/// It is no PDF/A, because what belongs into an archive is the form that was filled in.
///
/// # Errors
///
/// When there are no labels in its language ([`RenderError::Invalid`]), or when a character has no glyph in the
/// embedded fonts or deceives the reader ([`RenderError::MissingGlyphs`]).
///
/// # Panics
///
/// When the engine panics, or the system has no more threads to give.
///
/// # Example
///
/// ```
/// use kompetenz::form::EntryForm;
/// use kompetenz::{Sources, check};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let sources = Sources::new("assessment.toml", r#"
///     id = "wood"
///     version = "1.0.0"
///     language = "en"
///     title = "Wood work sample"
///     fact = [{ id = "work-years", kind = "number", title = "Years of work" }]
///
///     [[finding]]
///     id = "experience"
///     kind = "ability"
///     when = { fact = { of = "work-years", at-least = 3 } }
///     text = "Has worked with wood for years."
/// "#);
/// let assessment = check(&sources).assessment.expect("no mistakes");
/// let form = EntryForm::new(&assessment, assessment.main_language(), None)?;
/// let pdf = kompetenz_render::entry_form(&form)?;
/// assert!(pdf.starts_with(b"%PDF-1.7"));
/// # Ok(())
/// # }
/// ```
pub fn entry_form(form: &EntryForm) -> Result<Vec<u8>, RenderError> {
    static STUDIO: LazyLock<Studio> = LazyLock::new(|| {
        Studio::new(&Template::certificate(), Pictures::default()).expect("our template is good")
    });

    if let Some(fault) = STUDIO.check_language("language", &form.language) {
        return Err(RenderError::Invalid(vec![fault]));
    }
    let mut value = serde_json::to_value(form).expect("texts and numbers can be written as JSON");
    let missing = missing_glyphs(&value);
    if !missing.is_empty() {
        return Err(RenderError::MissingGlyphs(missing));
    }

    add_breaks(&mut value);
    let document = Document::undated(&STUDIO, MAIN, json_file(&value));
    let source = &form.assessment;
    let options = PdfOptions {
        ident: Smart::Custom(format!("{} {} {} {}", source.id, source.version, source.digest, form.language)),
        creator: Smart::Custom(Some("kompetenz".into())),
        standards: PdfStandards::new(&[PdfStandard::Ua_1]).expect("the engine knows PDF/UA-1"),
        ..PdfOptions::default()
    };
    // Nothing in a blank form is anybody's secret.
    document.run(&[], |document| typst_pdf::pdf(&document.compile()?, &options))
}
