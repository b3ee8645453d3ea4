//! Many documents in one archive, whose bytes depend on nothing but the documents.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Writes the named files of a folder into a zip archive, in the order of their names.
///
/// PDF files are compressed already, so they are stored as they are. Every file has the same fixed time:
/// the same documents give the same archive.
///
/// # Errors
/// A file that cannot be read, or an archive that cannot be written.
pub fn archive<W: Write + Seek>(folder: &Path, files: &BTreeSet<PathBuf>, target: W) -> io::Result<W> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(target);
    for file in files {
        // Archives have slashes on every system.
        let parts: Vec<_> = file.iter().map(|part| part.to_string_lossy()).collect();
        archive.start_file(parts.join("/"), options)?;
        io::copy(&mut File::open(folder.join(file))?, &mut archive)?;
    }
    Ok(archive.finish()?)
}
