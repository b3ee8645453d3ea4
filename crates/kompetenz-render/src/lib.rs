//! Documents on paper: [`CertificateData`](kompetenz::certificate::CertificateData) in, PDF/A-3a and PDF/UA-1 bytes out.
//!
//! This is the only crate that names the typesetting engine.
//!
//! 1. A [`Template`] is a handful of files in memory, a [`Picture`] is proven harmless: a logo, or the scan of a
//!    signature.
//! 2. A [`Studio`] is made of both once and shared by all threads.
//! 3. [`Studio::render`] turns the data of one certificate into the bytes of one PDF, with the data attached:
//!    in one language, or with a second one beside the first.
//! 4. [`Studio::certificate`], [`Studio::easy_read`] (which explains it to the participant), [`Studio::report`] (for
//!    advisers, of the same result) and [`Studio::entry_form`] (blank, before there is anything to certify) print in
//!    any [`Format`]: PDF after several standards, PNG, SVG.
//! 5. A [`PrintRun`] is one file of many certificates, for the print shop.
//! 6. [`for_each_in_order`] renders many documents, on all cores, in bounded memory.
//!
//! # Invariants
//!
//! - The same template, pictures and data give the same bytes, in any process and on any number of threads.
//! - Nothing is read from disk, network, clock or environment: templates and fonts are part of the program.
//! - Data is never code: it reaches the template as a JSON file, and only as that.
//! - A character that no font can show is an error that names the field, never an empty box on paper.
//! - A template that does not end is given up; its thread is left behind, and everybody else goes on.
//! - No message contains a value of the data, because nearly all of it is personal.
//!
//! # Example
//!
//! ```
//! use kompetenz::certificate::CertificateData;
//! use kompetenz_render::{Pictures, Studio, Template};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let json = include_str!("../../../fixtures/certificates/short.json");
//! let data: CertificateData = serde_json::from_str(json)?;
//! let studio = Studio::new(&Template::certificate(), Pictures::default())?;
//! let pdf = studio.render(&data)?;
//! assert!(pdf.starts_with(b"%PDF-1.7"));
//! # Ok(())
//! # }
//! ```

mod beside;
mod cache;
mod check;
mod easy_read;
mod engine;
mod error;
mod fonts;
mod form;
mod format;
mod labels;
mod parallel;
mod picture;
mod print_run;
mod qr;
mod report;
mod source;
mod studio;
mod template;
mod unhinted;

pub use check::{InvalidField, MissingGlyph, check_fields, check_glyphs};
pub use error::{FileFault, Place, RenderError, StudioError, TemplateFault};
pub use format::{Files, Format, Resolution, Standards, StandardsError};
pub use parallel::for_each_in_order;
pub use picture::{Picture, PictureError, Pictures};
pub use print_run::{PrintRun, Sheets};
pub use studio::Studio;
pub use template::Template;
