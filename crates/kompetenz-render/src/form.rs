//! The blank form for observers: a definition in, paper to print out.

use kompetenz::form::EntryForm;
use typst::foundations::Bytes;

use crate::check::missing_glyphs;
use crate::studio::{Manuscript, add_breaks, json_file};
use crate::{Files, Format, RenderError, Studio};

/// The template, which is a whole program: it reads the data and places it.
const MAIN: &str = "/entry-form.typ";

impl Studio {
    /// Makes a blank form (A4): for each module its own sheets, to be filled in with a pen.
    ///
    /// The same form gives the same bytes: there is no date in it. So it cannot be a PDF/A either, and need not be:
    /// what belongs into an archive is the form that was filled in. Take
    /// [`Standards::accessible`](crate::Standards::accessible).
    ///
    /// # Errors
    ///
    /// As [`Studio::certificate`].
    ///
    /// # Panics
    ///
    /// Never: any form can be written as JSON.
    ///
    /// # Example
    ///
    /// ```
    /// use kompetenz::form::EntryForm;
    /// use kompetenz::{Sources, check};
    /// use kompetenz_render::{Format, Pictures, Standards, Studio, Template};
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
    /// let studio = Studio::new(&Template::certificate(), Pictures::default())?;
    /// let files = studio.entry_form(&form, &Format::Pdf(Standards::accessible()))?;
    /// assert!(files[0].starts_with(b"%PDF-1.7"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn entry_form(&self, form: &EntryForm, format: &Format) -> Result<Files, RenderError> {
        if let Some(fault) = self.check_language("language", &form.language) {
            return Err(RenderError::Invalid(vec![fault]));
        }
        let mut value = serde_json::to_value(form).expect("texts and numbers can be written as JSON");
        let missing = missing_glyphs(&value);
        if !missing.is_empty() {
            return Err(RenderError::MissingGlyphs(missing));
        }

        add_breaks(&mut value);
        let source = &form.assessment;
        self.print(
            Manuscript {
                usual: None,
                main: MAIN,
                json: json_file(&value),
                attached: Bytes::new([]),
                qr: Bytes::new([]),
                day: None,
                ident: format!("{} {} {} {}", source.id, source.version, source.digest, form.language),
                // Nothing in a blank form is anybody's secret.
                secrets: Vec::new(),
            },
            format,
        )
    }
}
