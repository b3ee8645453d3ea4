//! Where documents go: under a temporary name first, and under their own when they are recorded.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use kompetenz_register::Digest;
use sha2::{Digest as _, Sha256};
use tempfile::TempPath;

use crate::BatchError;

/// Where documents go. A [`Folder`] is one; tests and other programs may have others.
pub trait Shelf: Sync {
    /// A document that has no name yet. Dropped, it is gone.
    type Unnamed: Send;

    /// Puts the bytes of a document down, without a name.
    fn put(&self, bytes: &[u8]) -> io::Result<Self::Unnamed>;

    /// What lies under a name.
    fn look(&self, name: &Path) -> io::Result<Found>;

    /// Gives a document its name.
    fn name(&self, document: Self::Unnamed, name: &Path) -> io::Result<()>;

    /// Gives what lies under a name another one.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Takes the draft under a name away, if there is one.
    fn remove(&self, draft: &Path) -> io::Result<()>;

    /// Whether what is put down stays, so that it has to be registered. A [`Rehearsal`] keeps nothing.
    fn keeps(&self) -> bool {
        true
    }
}

/// What lies under a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// Nothing.
    Nothing,
    /// A file with this digest.
    File(Digest),
    /// Something that is no file.
    Other,
}

/// A folder that one run at a time writes into.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    /// Where documents lie that have no name yet.
    unnamed: PathBuf,
    /// Held as long as the run goes on; the system lets go of it however the process ends.
    lock: File,
}

/// The folder for what is not finished, inside the output folder.
const HIDDEN: &str = ".kompetenz";

impl Folder {
    /// Takes possession of a folder, makes it if it is not there, and sweeps away what a run that was killed has
    /// left without a name.
    ///
    /// # Errors
    /// [`BatchError::Occupied`] while another run writes into it; a folder that cannot be made or written.
    pub fn open(path: &Path) -> Result<Folder, BatchError> {
        let unnamed = path.join(HIDDEN);
        fs::create_dir_all(&unnamed)?;
        let lock = File::create(unnamed.join("lock"))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(BatchError::Occupied),
            // A drive without locks: the coordinator must see to it.
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        for entry in fs::read_dir(&unnamed)? {
            let entry = entry?;
            if entry.file_name() != "lock" {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(Folder { path: path.to_owned(), unnamed, lock })
    }

    /// An empty file without a name, which is gone when it is closed, however the process ends.
    ///
    /// # Errors
    /// A folder that cannot be written.
    pub fn scratch(&self) -> io::Result<File> {
        tempfile::tempfile_in(&self.unnamed)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Folder {
    /// Lets go of the folder at once, even if a process that is just being started has taken over our open files.
    fn drop(&mut self) {
        // If this fails, the system does it when the file is closed.
        let _ = self.lock.unlock();
    }
}

impl Shelf for Folder {
    type Unnamed = TempPath;

    fn put(&self, bytes: &[u8]) -> io::Result<TempPath> {
        let mut builder = tempfile::Builder::new();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // As any other file a user makes; the umask still takes away what it takes away.
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        let mut file = builder.tempfile_in(&self.unnamed)?;
        file.write_all(bytes)?;
        Ok(file.into_temp_path())
    }

    fn look(&self, name: &Path) -> io::Result<Found> {
        look(&self.path.join(name))
    }

    fn name(&self, document: TempPath, name: &Path) -> io::Result<()> {
        let path = self.free(name)?;
        document.persist(path).map_err(|error| error.error)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(self.path.join(from), self.free(to)?)
    }

    fn remove(&self, draft: &Path) -> io::Result<()> {
        match fs::remove_file(self.path.join(draft)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

impl Folder {
    /// A path nothing lies under, in a folder that is there.
    fn free(&self, name: &Path) -> io::Result<PathBuf> {
        let path = self.path.join(name);
        if let Some(folder) = path.parent().filter(|folder| *folder != self.path) {
            fs::create_dir_all(folder)?;
        }
        // We hold the folder, and looked before; whoever puts a file there by hand in between keeps it.
        if path.try_exists()? { Err(ErrorKind::AlreadyExists.into()) } else { Ok(path) }
    }
}

/// What lies at a path.
pub(crate) fn look(path: &Path) -> io::Result<Found> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(error) => return Err(error),
    };
    if !file.metadata()?.is_file() {
        return Ok(Found::Other);
    }
    let mut hash = Sha256::new();
    let mut piece = [0; 1 << 13];
    loop {
        match file.read(&mut piece)? {
            0 => break,
            read => hash.update(&piece[..read]),
        }
    }
    Ok(Found::File(Digest::from(<[u8; 32]>::from(hash.finalize()))))
}

/// A shelf that keeps nothing: for a run that only tells what it would do, with the names that are taken elsewhere.
#[derive(Debug)]
pub struct Rehearsal {
    path: PathBuf,
}

impl Rehearsal {
    /// What would happen in this folder, which need not be there.
    pub fn of(path: &Path) -> Rehearsal {
        Rehearsal { path: path.to_owned() }
    }
}

impl Shelf for Rehearsal {
    type Unnamed = ();

    fn put(&self, _: &[u8]) -> io::Result<()> {
        Ok(())
    }

    fn look(&self, name: &Path) -> io::Result<Found> {
        look(&self.path.join(name))
    }

    fn name(&self, (): (), _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn rename(&self, _: &Path, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn remove(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn keeps(&self) -> bool {
        false
    }
}
