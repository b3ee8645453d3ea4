//! The arguments about the file for the print shop, and what is told of it.

use kompetenz::{Assessment, words};
use kompetenz_batch::{SortBy, Volume};

use crate::commands::render::Kind;
use crate::trouble::Result;
use crate::ui::Speaker;

/// One file of all certificates, for the print shop.
#[derive(clap::Args)]
pub(super) struct Combined {
    /// Also put all certificates into one PDF for the print shop, `print-run.pdf`: each begins on a front page; more
    /// than 1,000 go into several volumes
    #[arg(long)]
    combined: bool,
    /// The order in it: `row`, `number`, or a field such as `facts.group`
    #[arg(long, value_name = "FIELD", default_value = "row", requires = "combined")]
    sort_by: String,
}

impl Combined {
    /// The order of the print run. `None`: there is to be none.
    pub(super) fn sort(&self, kind: Kind, assessment: &Assessment) -> Result<Option<SortBy>> {
        if !self.combined {
            return Ok(None);
        }
        if kind != Kind::Certificate {
            return Err(words!(
                "`--combined` is for certificates; for other documents there is `--zip`",
                "`--combined` gibt es für Zertifikate; für andere Dokumente gibt es `--zip`"
            )
            .into());
        }
        Ok(Some(SortBy::parse(&self.sort_by, assessment)?))
    }

    /// Says what there is for the print shop. `None`: the run was not completed.
    pub(super) fn tell(&self, volumes: Option<&[Volume]>, speaker: &Speaker) -> Result<()> {
        match volumes {
            _ if !self.combined => Ok(()),
            None => speaker.say(&words!(
                "there is no print run yet; it is made when the run is complete",
                "einen Sammeldruck gibt es noch nicht; er entsteht, wenn der Lauf vollständig ist"
            )),
            Some(volumes) => volumes.iter().try_for_each(|Volume { file, certificates }| {
                let file = file.display();
                speaker.say(&words!(
                    "for the print shop: {file} with {certificates} certificate(s)",
                    "für die Druckerei: {file} mit {certificates} Zertifikat(en)"
                ))
            }),
        }
    }
}
