//! With which templates documents are made, and how long each may take.

use std::path::PathBuf;
use std::time::Duration;

use kompetenz::words;
use kompetenz_render::{Pictures, Studio, Template};

use crate::files;
use crate::trouble::Result;

/// Whose templates, and how much patience with them.
#[derive(clap::Args)]
pub(crate) struct Design {
    /// A folder with templates of your own, which take the place of the shipped ones file by file
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// After how many seconds a document is given up: the template may never end
    #[arg(long, value_name = "SECONDS", default_value_t = 30.0)]
    patience: f64,
}

impl Default for Design {
    /// The shipped templates, and the usual patience.
    fn default() -> Self {
        Design { templates: None, patience: 30.0 }
    }
}

impl Design {
    /// The templates.
    pub(crate) fn template(&self) -> Result<Template> {
        template(self.templates.as_deref())
    }

    /// A studio that has this patience.
    pub(crate) fn studio(&self, template: &Template, pictures: Pictures) -> Result<Studio> {
        let patience = Duration::try_from_secs_f64(self.patience).ok().filter(|patience| !patience.is_zero());
        let patience = patience.ok_or_else(|| {
            words!(
                "`--patience` is a number of seconds above 0",
                "`--patience` ist eine Zahl von Sekunden über 0"
            )
        })?;
        Ok(Studio::new(template, pictures)?.with_patience(patience))
    }
}

/// The shipped templates, with those of the folder in their place.
pub(crate) fn template(folder: Option<&std::path::Path>) -> Result<Template> {
    let shipped = Template::certificate();
    match folder {
        Some(folder) => Ok(shipped.with_files(&folder.display().to_string(), files::templates(folder)?)),
        None => Ok(shipped),
    }
}
