//! What a document is written as, and the files it becomes.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use kompetenz::words;
use kompetenz_render::{Files, Format, Resolution, Standards};

use crate::files;
use crate::trouble::Result;

/// What to write.
#[derive(clap::Args)]
pub(crate) struct Paper {
    /// What to write
    #[arg(long, value_enum, default_value = "pdf")]
    format: Kind,
    /// The standards of a PDF, joined by `+`, such as `a-2a` or `ua-1+1.7` [default: a-3a+ua-1]
    #[arg(long, value_name = "NAMES")]
    standard: Option<String>,
    /// How many pixels per inch a PNG has [default: 150]
    #[arg(long, value_name = "COUNT")]
    ppi: Option<u16>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// The document
    Pdf,
    /// A picture of each page
    Png,
    /// A drawing of each page
    Svg,
    /// Its data, as it is attached to the document
    Json,
}

/// The same, once it makes sense.
pub(crate) enum What {
    /// The document.
    Printed(Format),
    /// Its data.
    Data,
}

impl Paper {
    /// What is asked for, if that is possible.
    pub(crate) fn what(&self) -> Result<What> {
        let Paper { format, standard, ppi } = self;
        if standard.is_some() && *format != Kind::Pdf {
            return Err(words!(
                "`--standard` belongs to `--format pdf`",
                "`--standard` gehört zu `--format pdf`"
            )
            .into());
        }
        if ppi.is_some() && *format != Kind::Png {
            return Err(
                words!("`--ppi` belongs to `--format png`", "`--ppi` gehört zu `--format png`").into()
            );
        }
        Ok(match format {
            Kind::Pdf => What::Printed(Format::Pdf(match standard {
                Some(names) => {
                    names.parse().map_err(|error: kompetenz_render::StandardsError| error.message())?
                }
                None => Standards::default(),
            })),
            Kind::Png => What::Printed(Format::Png(resolution(ppi.unwrap_or(150))?)),
            Kind::Svg => What::Printed(Format::Svg),
            Kind::Json => What::Data,
        })
    }

    /// Where one file goes: where it was asked to, or under its name into the current folder.
    pub(crate) fn place(&self, out: Option<&Path>, name: &str) -> PathBuf {
        out.map_or_else(|| PathBuf::from(format!("{name}.{}", self.ending())), Path::to_owned)
    }

    /// Writes all files of a document or none, and tells their names and their kilobytes together.
    pub(crate) fn write(&self, out: Option<&Path>, name: &str, files: &Files) -> Result<(String, usize)> {
        let place = self.place(out, name);
        let kilobytes = files.iter().map(Vec::len).sum::<usize>().div_ceil(1024);
        if matches!(self.format, Kind::Pdf | Kind::Json) {
            files::write(&place, &files.concat())?;
            return Ok((place.display().to_string(), kilobytes));
        }
        let pages: Vec<PathBuf> = (1..=files.len() + 1).map(|number| self.page(&place, number)).collect();
        // A page of an earlier, longer document would be taken for one of this.
        if let Some(rest) = pages.last().filter(|rest| rest.exists()) {
            let rest = rest.display();
            return Err(words!(
                "`{rest}` is there, a page of another document with more pages; move it away",
                "`{rest}` gibt es schon, eine Seite eines anderen Dokuments mit mehr Seiten; sie weglegen"
            )
            .into());
        }
        let together: Vec<(&Path, &[u8])> =
            pages.iter().zip(files).map(|(path, bytes)| (path.as_path(), bytes.as_slice())).collect();
        files::write_together(&together)?;
        let names: Vec<_> = together.iter().map(|(path, _)| path.display().to_string()).collect();
        Ok((names.join(", "), kilobytes))
    }

    /// The name of a page: the number of the page stands before the ending.
    fn page(&self, place: &Path, number: usize) -> PathBuf {
        let ending = self.ending();
        let name = place.file_name().unwrap_or_default().to_string_lossy();
        let stem = name.strip_suffix(&format!(".{ending}")).unwrap_or(&name);
        place.with_file_name(format!("{stem}-{number}.{ending}"))
    }

    fn ending(&self) -> &'static str {
        match self.format {
            Kind::Pdf => "pdf",
            Kind::Png => "png",
            Kind::Svg => "svg",
            Kind::Json => "json",
        }
    }
}

/// So many pixels per inch, if that makes sense.
pub(crate) fn resolution(ppi: u16) -> Result<Resolution> {
    Resolution::new(ppi)
        .ok_or_else(|| words!("`--ppi` goes from 18 to 600", "`--ppi` geht von 18 bis 600").into())
}
