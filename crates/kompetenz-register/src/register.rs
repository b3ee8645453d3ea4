//! Opening and making a register, and copying it while it is in use.

use std::io::ErrorKind;
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, params};
use tempfile::NamedTempFile;

use crate::digest::Fields;
use crate::{Digest, Issuer, Part, RegisterError, Scope, Text, schema};

/// How long we wait for another process that writes.
const PATIENCE: Duration = Duration::from_secs(20);

/// How much of the file is kept in memory at most, in KiB: the indices of a few hundred thousand issues.
const CACHE: i64 = 32 << 10;

/// What the register is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Only to look. An altered register can still be looked at and checked.
    Read,
    /// To record.
    Write,
    /// To record; if there is no file yet, a register of this scope is made.
    Create(Scope),
}

/// The register of one issuer: what was issued, and what happened to it.
///
/// Several processes may have it open at the same time. Every method sees or does everything or nothing.
#[derive(Debug)]
pub struct Register {
    pub(crate) connection: Connection,
    pub(crate) issuer: Issuer,
    pub(crate) scope: Scope,
    /// Whether it was opened to record.
    pub(crate) writable: bool,
}

impl Register {
    /// Opens the register in a file.
    ///
    /// # Errors
    ///
    /// A file that is missing, no register, damaged, of a newer version, of another issuer or with another secret.
    /// To write: a file that allows no writing, or whose tables or triggers were altered.
    /// To create: a register of another scope.
    pub fn open(path: &Path, issuer: &Issuer, access: Access) -> Result<Register, RegisterError> {
        if !path.try_exists().map_err(RegisterError::Io)? {
            match access {
                Access::Create(scope) => create(path, issuer, scope)?,
                Access::Read | Access::Write => return Err(RegisterError::Missing),
            }
        }
        // Even to look, the file is opened for writing if that is possible: after a crash, the half of a
        // transaction that was left must be taken back first.
        let connection = connect(path)?;
        schema::recognise(&connection)?;
        let scope = identify(&connection, issuer)?;
        match access {
            Access::Create(wanted) if wanted != scope => {
                return Err(RegisterError::OtherScope { found: scope });
            }
            Access::Create(_) | Access::Write => {
                if connection.is_readonly("main")? {
                    return Err(RegisterError::ReadOnly);
                }
                let names = schema::altered(&connection)?;
                if !names.is_empty() {
                    return Err(RegisterError::Altered { names });
                }
                // Another tool may have left the journal in a mode that no network drive supports.
                connection.pragma_update(None, "journal_mode", "DELETE")?;
            }
            Access::Read => {}
        }
        let writable = access != Access::Read;
        Ok(Register { connection, issuer: issuer.clone(), scope, writable })
    }

    /// Whose register it is.
    pub fn issuer(&self) -> &Issuer {
        &self.issuer
    }

    /// What it holds.
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// Writes a copy as of now into a new file, while others may go on recording.
    ///
    /// # Errors
    ///
    /// A file that exists already, or cannot be written.
    pub fn backup(&self, path: &Path) -> Result<(), RegisterError> {
        let file = beside(path)?;
        let there =
            file.path().to_str().ok_or_else(|| RegisterError::Io(ErrorKind::InvalidFilename.into()))?;
        self.connection.execute("VACUUM INTO ?1", [there])?;
        file.as_file().sync_all().map_err(RegisterError::Io)?;
        file.persist_noclobber(path).map_err(|error| match error.error.kind() {
            ErrorKind::AlreadyExists => RegisterError::Exists,
            _ => RegisterError::Io(error.error),
        })?;
        Ok(())
    }

    /// The link before the first event: the register itself.
    pub(crate) fn genesis(&self) -> Digest {
        let part = match self.scope {
            Scope::Whole => None,
            Scope::Part(part) => Some(part),
        };
        Fields::of("kompetenz-register/1 register")
            .text(self.issuer.id().as_str())
            .bytes(&self.issuer.secret_mark().0)
            .maybe(part.map(|part| part.batch().0).as_ref().map(<[u8; 32]>::as_slice))
            .number(part.map_or(0, Part::part).into())
            .number(part.map_or(0, Part::parts).into())
            .digest()
    }
}

/// Opens a file with everything that holds for each connection.
fn connect(path: &Path) -> Result<Connection, RegisterError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    // A rollback journal, not WAL: WAL needs memory shared by all processes, which no network drive has.
    // EXTRA also syncs the folder when the journal is removed, so that what was committed stays committed.
    connection.pragma_update(None, "synchronous", "EXTRA")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    // Numbers and hashes come in no order, so every group touches pages all over the indices. In KiB.
    connection.pragma_update(None, "cache_size", -CACHE)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    Ok(connection)
}

/// Makes a register beside its place and moves it there, so that it appears whole or not at all.
fn create(path: &Path, issuer: &Issuer, scope: Scope) -> Result<(), RegisterError> {
    let file = beside(path)?;
    let mut connection = connect(file.path())?;
    let transaction = connection.transaction()?;
    schema::create(&transaction)?;
    let part = match scope {
        Scope::Whole => None,
        Scope::Part(part) => Some(part),
    };
    transaction.execute(
        "INSERT INTO register (id, issuer, secret_mark, batch, part, parts) VALUES (1, ?1, ?2, ?3, ?4, ?5)",
        params![
            issuer.id(),
            issuer.secret_mark(),
            part.map(Part::batch),
            part.map(Part::part),
            part.map(Part::parts)
        ],
    )?;
    transaction.commit()?;
    drop(connection);
    match file.persist_noclobber(path) {
        Ok(_) => Ok(()),
        // Another process was first; whether its register suits us is found out when we open it.
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(RegisterError::Io(error.error)),
    }
}

/// A file in the folder of `path`, to be moved there when it is whole.
fn beside(path: &Path) -> Result<NamedTempFile, RegisterError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".kompetenz-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any other file a user makes; the umask still takes away what it takes away.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder).map_err(RegisterError::Io)
}

/// Reads whose register this is and what it holds, and compares it with who asks.
fn identify(connection: &Connection, issuer: &Issuer) -> Result<Scope, RegisterError> {
    let sql = "SELECT issuer, secret_mark, batch, part, parts FROM register";
    let row = connection.query_row(sql, [], |row| {
        let part = match (row.get(2)?, row.get(3)?, row.get(4)?) {
            (Some(batch), Some(part), Some(parts)) => Some((batch, part, parts)),
            _ => None,
        };
        Ok((row.get::<_, Text>(0)?, row.get::<_, Digest>(1)?, part))
    });
    let (id, mark, part) = match row {
        // The marks of a register are there, but not its tables.
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::Unknown) => {
            return Err(RegisterError::NotARegister);
        }
        row => row?,
    };
    if &id != issuer.id() {
        return Err(RegisterError::OtherIssuer { found: id.to_string() });
    }
    if mark != issuer.secret_mark() {
        return Err(RegisterError::WrongSecret);
    }
    match part {
        None => Ok(Scope::Whole),
        Some((batch, part, parts)) => Part::new(batch, part, parts)
            .map(Scope::Part)
            .ok_or_else(|| RegisterError::unreadable("register.part")),
    }
}
