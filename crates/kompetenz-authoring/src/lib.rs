//! What helps authors and translators: language files that keep up with their definition, and new modules.
//!
//! Everything here edits TOML as people write it, so comments, order and spaces of a file stay as they are.
//! Text goes in and text comes out; this crate reads and writes no file.
//!
//! ```
//! use kompetenz::{Sources, originals};
//! use kompetenz_authoring::translation;
//!
//! let definition = Sources::new("assessment.toml", r#"
//!     id = "demo"
//!     version = "1.0.0"
//!     language = "en"
//!     title = "Demo"
//! "#);
//! let originals = originals(&definition).expect("no mistakes");
//! let file = Sources::new("lang/ro.toml", "");
//! let translation = translation::update(&file, &originals).expect("no mistakes");
//! assert_eq!(translation.text, "# en: Demo\ntitle = \"\"\n");
//! assert_eq!(translation.new, 1);
//! ```

pub mod module;
pub mod translation;
