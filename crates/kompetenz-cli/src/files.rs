//! Every file the program reads or writes.

mod templates;

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use jiff::ToSpan;
use jiff::civil::Date;
use kompetenz::diagnostic::{Code, Diagnostic, MAX_SOURCE_BYTES};
use kompetenz::issuer::{self, Loaded};
use kompetenz::raw::At;
use kompetenz::{Assessment, Checked, Sources, Words, words};
use kompetenz_letters::check;
use kompetenz_register::Issuer;
use kompetenz_render::{Picture, Pictures, Studio};
use tempfile::NamedTempFile;

pub(crate) use self::templates::templates;
use crate::design::Design;
use crate::trouble::{Context, Result, Trouble};
use crate::ui::{Speaker, colors};

/// The main file of an assessment's folder.
const MAIN: &str = "assessment.toml";

/// The folder of an assessment, given as a folder or as its main file, and the name of the main file in it.
pub(crate) fn locate(path: &Path) -> Result<(&Path, &str)> {
    if path.is_dir() {
        return Ok((path, MAIN));
    }
    let name = path.file_name().and_then(|name| name.to_str());
    let shown = path.display();
    let name = name.ok_or_else(|| words!("`{shown}` is no file", "`{shown}` ist keine Datei"))?;
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
    let shown = path.display();
    String::from_utf8(bytes)
        .map_err(|_| words!("`{shown}` is not text in UTF-8", "`{shown}` ist kein Text in UTF-8").into())
}

/// The bytes of a file that is not larger than it may be.
pub(crate) fn bytes(path: &Path, limit: usize) -> Result<Vec<u8>> {
    let shown = path.display();
    let reading = || words!("cannot read `{shown}`", "`{shown}` lässt sich nicht lesen");
    let about = fs::metadata(path).context(reading)?;
    if about.is_dir() {
        return Err(words!("`{shown}` is a folder", "`{shown}` ist ein Ordner").into());
    }
    if about.len() > limit as u64 {
        let limit = limit >> 20;
        return Err(
            words!("`{shown}` is larger than {limit} MB", "`{shown}` ist größer als {limit} MB").into()
        );
    }
    fs::read(path).context(reading)
}

/// What is piped into the program, if it is not more than it may be.
pub(crate) fn piped(limit: usize) -> Result<Vec<u8>> {
    let reading = || words!("cannot read standard input", "die Standardeingabe lässt sich nicht lesen");
    let mut bytes = Vec::new();
    io::stdin().lock().take(limit as u64 + 1).read_to_end(&mut bytes).context(reading)?;
    if bytes.len() > limit {
        let limit = limit >> 20;
        return Err(words!(
            "standard input is larger than {limit} MB",
            "die Standardeingabe ist größer als {limit} MB"
        )
        .into());
    }
    Ok(bytes)
}

/// Where the schema lies in the folder of an assessment, as its files name it in their first line.
pub(crate) const SCHEMA: &str = "./.schema/assessment.json";

/// Writes a schema into the folder of an assessment, so that editors find it offline.
pub(crate) fn write_schema(folder: &Path, name: &str, schema: &serde_json::Value) -> Result<()> {
    let path = folder.join(".schema");
    make_folder(&path)?;
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
    /// The register the issuer's file names.
    pub(crate) register: Option<PathBuf>,
    id: Option<String>,
}

impl Office {
    /// Who keeps the register, if the issuer's file says all that is needed.
    pub(crate) fn issuer(&self) -> Result<Issuer> {
        keeper(self.id.as_deref(), &self.issuing.secret)
    }
}

/// Who keeps a register: the id and the secret of the issuer's file.
fn keeper(id: Option<&str>, secret: &str) -> Result<Issuer> {
    let id = id.ok_or_else(|| {
        words!(
            "to register what is issued, the issuer's file needs `id`, a short name such as `office-dortmund`; `--draft` makes trials without it",
            "um Ausgestelltes einzutragen, braucht die Datei der ausstellenden Stelle `id`, eine kurze Kennung wie `stelle-dortmund`; `--draft` macht Entwürfe ohne sie"
        )
    })?;
    Ok(Issuer::new(id, secret)?)
}

/// The issuer's register as the issuer's file names it, and who keeps it. `None`: the file has mistakes, and they
/// have been told.
pub(crate) fn keeper_of(path: &Path, speaker: &Speaker) -> Result<Option<(Issuer, Option<PathBuf>)>> {
    // Nothing is printed, so no language is asked for.
    let Some((loaded, _)) = issuer_file(path, &[], speaker)? else { return Ok(None) };
    let register = loaded.register.map(|register| path.with_file_name(register));
    Ok(Some((keeper(loaded.id.as_deref(), &loaded.issuing.secret)?, register)))
}

/// Reads the issuer's file; without one given, `issuer.toml` in the assessment's folder.
/// `family` are the templates of certificates; without it, the ones the file names, or else `clear`.
/// `None`: it has mistakes, and they have been told.
///
/// Its texts must be there in all languages of the assessment.
pub(crate) fn office(
    given: Option<&Path>,
    design: &Design,
    family: Option<&str>,
    path: &Path,
    assessment: &Assessment,
    speaker: &Speaker,
) -> Result<Option<Office>> {
    let folder = if path.is_dir() { path } else { path.parent().unwrap_or(Path::new("")) };
    let path = given.map_or_else(|| folder.join("issuer.toml"), Path::to_owned);
    let Some((loaded, sources)) = issuer_file(&path, &assessment.languages, speaker)? else {
        return Ok(None);
    };
    let Loaded { issuing, template, pictures, id, register } = loaded;
    let mut diagnostics = Vec::new();
    let mut picture = |name: &Option<At<String>>| {
        let name = name.as_ref()?;
        let picture = match bytes(&path.with_file_name(&name.value), 4 << 20) {
            Ok(bytes) => Picture::new(bytes).map_err(|error| error.message()),
            Err(Trouble::Told(why)) => Err(why),
            Err(Trouble::NobodyReads) => return None,
        };
        picture.map_err(|why| diagnostics.push(Diagnostic::error(Code::MissingFile, name.place, why))).ok()
    };
    let pictures = Pictures {
        logo: picture(&pictures.logo),
        funders: pictures.funders.iter().map(&mut picture).collect(),
        scans: pictures.scans.iter().map(&mut picture).collect(),
    };
    let templates = design.template()?;
    for unused in templates.unused() {
        speaker.note(&words!(
            "the template file `{unused}` is not used: it takes no shipped file's place, and nothing names it",
            "die Vorlagendatei `{unused}` wird nicht benutzt: sie ersetzt keine mitgelieferte, und nichts nennt sie"
        ));
    }
    if let (None, Some(family)) = (family, &template)
        && !templates.families().any(|known| known == family.value)
    {
        let known = templates.families().collect::<Vec<_>>().join("`, `");
        let message = words!("there is no template `{family}`", "eine Vorlage `{family}` gibt es nicht");
        let help = words!("the templates are `{known}`", "die Vorlagen sind `{known}`");
        diagnostics.push(Diagnostic::error(Code::UnknownId, family.place, message).help(help));
    }
    if !diagnostics.is_empty() {
        tell(&diagnostics, &sources, speaker);
        return Ok(None);
    }
    let family = family.or(template.as_ref().map(|family| family.value.as_str()));
    let studio = design.studio(&templates.of_family(family.unwrap_or("clear"))?, pictures)?;
    let register = register.map(|register| path.with_file_name(register));
    Ok(Some(Office { issuing, studio, register, id }))
}

/// Reads the issuer's file, whose texts must be there in these languages. `None`: it has mistakes, and they have been
/// told.
fn issuer_file(path: &Path, languages: &[String], speaker: &Speaker) -> Result<Option<(Loaded, Sources)>> {
    let source = text(path).context(|| {
        words!(
            "the issuer's file is needed (`--issuer FILE`)",
            "die Datei der ausstellenden Stelle wird gebraucht (`--issuer DATEI`)"
        )
    })?;
    let sources = Sources::new(path.display().to_string(), source);
    match issuer::read(&sources, languages) {
        Ok(loaded) => Ok(Some((loaded, sources))),
        Err(diagnostics) => {
            tell(&diagnostics, &sources, speaker);
            Ok(None)
        }
    }
}

fn tell(diagnostics: &[Diagnostic], sources: &Sources, speaker: &Speaker) {
    let shown = speaker.diagnostics(diagnostics, sources, colors(&io::stderr()));
    let shown = shown.trim_end();
    speaker.note(&words!("{shown}", "{shown}"));
}

/// Whether a file may be written: nothing is there yet, or exactly this.
pub(crate) fn is_free(path: &Path, bytes: &[u8]) -> bool {
    match fs::read(path) {
        Ok(there) => there == bytes,
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

/// Makes a folder, and those it lies in, where they are missing.
pub(crate) fn make_folder(path: &Path) -> Result<()> {
    let shown = path.display();
    fs::create_dir_all(path).context(|| {
        words!("cannot make the folder `{shown}`", "der Ordner `{shown}` lässt sich nicht anlegen")
    })
}

/// Writes a file, unless another one is there: somebody may have worked on it.
pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> Result<()> {
    if is_free(path, bytes) {
        return write(path, bytes);
    }
    let shown = path.display();
    Err(words!(
        "`{shown}` is there already and has other content; take another name, or move it away",
        "`{shown}` gibt es schon, mit anderem Inhalt; einen anderen Namen nehmen oder die Datei weglegen"
    )
    .into())
}

/// Writes a file so that it appears whole or not at all.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    write_together(&[(path, bytes)])
}

/// The same for a file that is written piece by piece.
pub(crate) fn write_with(path: &Path, fill: impl Fn(&File) -> io::Result<()>) -> Result<()> {
    let written = beside(path, fill).and_then(|file| Ok(file.persist(path)?)).map(drop);
    written.context(|| writing(path))
}

/// Writes several files so that all of them appear, each of them whole, or none.
pub(crate) fn write_together(files: &[(&Path, &[u8])]) -> Result<()> {
    let mut ready = Vec::new();
    for (path, bytes) in files {
        let file = beside(path, |mut file| file.write_all(bytes)).context(|| writing(path))?;
        ready.push((*path, file));
    }
    let mut new = Vec::new();
    for (path, file) in ready {
        let is_new = !path.exists();
        if let Err(error) = file.persist(path) {
            // What was there before has been replaced for good, but nothing is left that was not.
            for path in new {
                let _ = fs::remove_file(path);
            }
            return Err(error.error).context(|| writing(path));
        }
        if is_new {
            new.push(path);
        }
    }
    Ok(())
}

fn writing(path: &Path) -> Words {
    let shown = path.display();
    words!("cannot write `{shown}`", "`{shown}` lässt sich nicht schreiben")
}

/// A file in the same folder, filled and ready to take the place of another one.
fn beside(path: &Path, fill: impl Fn(&File) -> io::Result<()>) -> io::Result<NamedTempFile> {
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
    let made = builder.tempfile_in(folder)?;
    fill(made.as_file())?;
    Ok(made)
}

/// The day of issue: as given, or today. A day more than a year ahead is a slip.
pub(crate) fn issued(given: Option<&str>) -> Result<Date> {
    let today = jiff::Zoned::now().date();
    let Some(text) = given else { return Ok(today) };
    let day = day(text)?;
    if day > today.saturating_add(1.year()) {
        return Err(words!(
            "`{text}` is more than a year ahead; a document is issued today or soon",
            "`{text}` liegt mehr als ein Jahr voraus; ausgestellt wird heute oder bald"
        )
        .into());
    }
    Ok(day)
}

/// A day as programs write it, `2026-11-22`, or as Germans do, `22.11.2026`.
pub(crate) fn day(text: &str) -> Result<Date> {
    // Of a year with two digits nobody knows the century.
    let german = || Date::strptime("%d.%m.%Y", text).ok().filter(|day| day.year() > 999);
    text.parse().ok().or_else(german).ok_or_else(|| {
        words!(
            "`{text}` is no date; write it as 2026-11-22 or 22.11.2026",
            "`{text}` ist kein Datum; als 22.11.2026 oder 2026-11-22 schreiben"
        )
        .into()
    })
}
