//! Every file the program reads or writes.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use jiff::civil::Date;
use kompetenz::diagnostic::MAX_SOURCE_BYTES;
use kompetenz::issuer;
use kompetenz::{Assessment, Checked, Sources, check, words};
use kompetenz_render::{Logo, Studio, Template};

use crate::ui::{Speaker, colors};

/// The main file of an assessment's folder.
const MAIN: &str = "assessment.toml";

/// The folder of an assessment, given as a folder or as its main file, and the name of the main file in it.
pub(crate) fn locate(path: &Path) -> Result<(&Path, &str)> {
    if path.is_dir() {
        return Ok((path, MAIN));
    }
    let name = path.file_name().and_then(|name| name.to_str());
    let name = name.ok_or_else(|| anyhow!("`{}` is no file", path.display()))?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    Ok((folder.unwrap_or(Path::new(".")), name))
}

/// Reads all files of an assessment: a folder, or its main file.
pub(crate) fn sources(path: &Path) -> Result<Sources> {
    let (folder, main) = locate(path)?;
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

pub(crate) fn text(path: &Path) -> Result<String> {
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

/// Where the schema lies in the folder of an assessment, as its files name it in their first line.
pub(crate) const SCHEMA: &str = "./.schema/assessment.json";

/// Writes a schema into the folder of an assessment, so that editors find it offline.
pub(crate) fn write_schema(folder: &Path, name: &str, schema: &serde_json::Value) -> Result<()> {
    let path = folder.join(".schema");
    fs::create_dir_all(&path).with_context(|| format!("cannot make the folder `{}`", path.display()))?;
    write(&path.join(name), format!("{schema:#}\n").as_bytes())
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

/// Whether a file may be written: nothing is there yet, or exactly this.
pub(crate) fn is_free(path: &Path, bytes: &[u8]) -> bool {
    match fs::read(path) {
        Ok(there) => there == bytes,
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
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
