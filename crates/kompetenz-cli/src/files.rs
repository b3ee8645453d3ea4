//! Every file the program reads or writes.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use jiff::civil::Date;
use kompetenz::diagnostic::MAX_SOURCE_BYTES;
use kompetenz::entry::Origin;
use kompetenz::issuer;
use kompetenz::{Assessment, Checked, Entry, Fault, FaultCode, Sources, check, words};
use kompetenz_render::{Logo, Studio, Template};

use crate::ui::{Speaker, colors};

/// The main file of an assessment's folder.
const MAIN: &str = "assessment.toml";

/// Reads all files of an assessment: a folder, or its main file.
pub(crate) fn sources(path: &Path) -> Result<Sources> {
    let (folder, main) = if path.is_dir() {
        (path, MAIN)
    } else {
        let name = path.file_name().and_then(|name| name.to_str());
        (
            path.parent().unwrap_or(Path::new("")),
            name.ok_or_else(|| anyhow!("`{}` is no file", path.display()))?,
        )
    };
    let text_of_main = text(&folder.join(main))?;
    let mut sources = Sources::new(main, text_of_main.as_str());
    for name in kompetenz::raw::files_of(&text_of_main) {
        let path = folder.join(&name);
        // What is missing is reported by the check, at the place where it is named.
        if path.is_file() {
            sources.add(name, text(&path)?);
        }
    }
    Ok(sources)
}

fn text(path: &Path) -> Result<String> {
    let bytes = bytes(path, MAX_SOURCE_BYTES)?;
    String::from_utf8(bytes).map_err(|_| anyhow!("`{}` is not text in UTF-8", path.display()))
}

/// The bytes of a file that is not larger than it may be.
pub(crate) fn bytes(path: &Path, limit: usize) -> Result<Vec<u8>> {
    let shown = path.display();
    let about = fs::metadata(path).with_context(|| format!("cannot read `{shown}`"))?;
    if about.is_dir() {
        bail!("`{shown}` is a folder");
    }
    if about.len() > limit as u64 {
        bail!("`{shown}` is larger than {} MB", limit >> 20);
    }
    fs::read(path).with_context(|| format!("cannot read `{shown}`"))
}

/// An assessment without mistakes. `None`: it has mistakes, and they have been told.
pub(crate) fn assessment(path: &Path, speaker: &Speaker) -> Result<Option<Assessment>> {
    let sources = sources(path)?;
    let Checked { assessment, diagnostics, .. } = check(&sources);
    if assessment.is_none() {
        let shown = speaker.diagnostics(&diagnostics, &sources, colors(&io::stderr()));
        let shown = shown.trim_end();
        speaker.note(&words!("{shown}", "{shown}"));
    }
    Ok(assessment)
}

/// A participant from a results file: an entry, or what is wrong with it.
pub(crate) struct Row {
    pub(crate) origin: Origin,
    pub(crate) entry: Result<Entry, Vec<Fault>>,
}

/// Reads results files. `None`: a file as a whole cannot be read, and the reasons have been told.
pub(crate) fn results(
    paths: &[PathBuf],
    assessment: &Assessment,
    speaker: &Speaker,
) -> Result<Option<Vec<Row>>> {
    let vocabulary = assessment.vocabulary();
    let mut rows = Vec::new();
    let mut readable = true;
    let mut first: HashMap<String, Origin> = HashMap::new();
    for path in paths {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let bytes = bytes(path, kompetenz_sheets::MAX_TABLE_BYTES)?;
        match kompetenz_sheets::read(&bytes, &name, &vocabulary) {
            Ok(reading) => {
                for person in reading.people {
                    rows.push(match person {
                        Ok(entry) => match first.get(&entry.key) {
                            Some(other) => twice(&entry, other),
                            None => {
                                first.insert(entry.key.clone(), entry.origin.clone());
                                Row { origin: entry.origin.clone(), entry: Ok(entry) }
                            }
                        },
                        Err(rejected) => Row { origin: rejected.origin, entry: Err(rejected.faults) },
                    });
                }
            }
            Err(faults) => {
                readable = false;
                speaker.faults(&faults);
            }
        }
    }
    Ok(readable.then_some(rows))
}

/// One participant in two files: which one is right is not for the program to decide.
fn twice(entry: &Entry, other: &Origin) -> Row {
    let (file, row) = (&other.file, other.row);
    let spot = kompetenz::entry::Spot { row: entry.origin.row, column: 0 };
    let message =
        words!("the same key is in {file}, row {row}", "dieselbe Kennung steht in {file}, Zeile {row}");
    let fault = Fault::new(FaultCode::DuplicateRow, &entry.origin, spot, message).field("key");
    Row { origin: entry.origin.clone(), entry: Err(vec![fault]) }
}

/// Who issues, and everything certificates have in common.
pub(crate) struct Office {
    pub(crate) issuing: kompetenz::certificate::Issuing,
    pub(crate) studio: Studio,
}

/// Reads the issuer's file; without one given, `issuer.toml` in the assessment's folder.
/// `None`: it has mistakes, and they have been told.
pub(crate) fn office(given: Option<&Path>, assessment: &Path, speaker: &Speaker) -> Result<Option<Office>> {
    let folder = if assessment.is_dir() { assessment } else { assessment.parent().unwrap_or(Path::new("")) };
    let path = given.map_or_else(|| folder.join("issuer.toml"), Path::to_owned);
    let source = text(&path).context("the issuer's file is needed (`--issuer FILE`)")?;
    let sources = Sources::new(path.display().to_string(), source);
    let loaded = match issuer::read(&sources) {
        Ok(loaded) => loaded,
        Err(diagnostics) => {
            let shown = speaker.diagnostics(&diagnostics, &sources, colors(&io::stderr()));
            let shown = shown.trim_end();
            speaker.note(&words!("{shown}", "{shown}"));
            return Ok(None);
        }
    };
    let logo = match &loaded.logo {
        Some(name) => {
            let path = path.with_file_name(name);
            let bytes = bytes(&path, 4 << 20)?;
            Some(Logo::new(bytes).with_context(|| format!("the logo `{}` cannot be used", path.display()))?)
        }
        None => None,
    };
    let studio = Studio::new(Template::certificate(), logo)?;
    Ok(Some(Office { issuing: loaded.issuing, studio }))
}

/// Writes a file so that it appears whole or not at all.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".kompetenz-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any other file a user makes; the umask still takes away what it takes away.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let attempt = || -> Result<()> {
        let mut file = builder.tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.persist(path)?;
        Ok(())
    };
    attempt().with_context(|| format!("cannot write `{}`", path.display()))
}

/// The day of issue: as given, or today.
pub(crate) fn issued(given: Option<&str>) -> Result<Date> {
    match given {
        Some(text) => text.parse().map_err(|_| anyhow!("`{text}` is no date; write it as 2026-11-22")),
        None => Ok(jiff::Zoned::now().date()),
    }
}
