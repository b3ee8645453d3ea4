//! The tables and triggers, and how a file is recognised as a register.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use crate::RegisterError;

/// Tables, indices and triggers of the current version.
const SCHEMA: &str = include_str!("schema.sql");

/// "KReg": the mark in the header of the file that tells a register from any other SQLite file.
const APPLICATION: i32 = 0x4b52_6567;

/// The version of the schema this program writes.
const VERSION: i32 = 1;

/// Makes sure that a file is a register of a version we know.
pub(crate) fn recognise(connection: &Connection) -> Result<(), RegisterError> {
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    match (pragma("application_id")?, pragma("user_version")?) {
        (APPLICATION, VERSION) => Ok(()),
        (APPLICATION, found) if found > VERSION => Err(RegisterError::Newer { found }),
        _ => Err(RegisterError::NotARegister),
    }
}

/// Makes the tables of a register, inside the transaction of the caller.
pub(crate) fn create(connection: &Connection) -> Result<(), RegisterError> {
    connection.execute_batch(SCHEMA)?;
    connection.pragma_update(None, "application_id", APPLICATION)?;
    connection.pragma_update(None, "user_version", VERSION)?;
    Ok(())
}

/// The tables, indices and triggers that are missing, changed or foreign, by name.
pub(crate) fn altered(connection: &Connection) -> Result<Vec<String>, RegisterError> {
    let fresh = Connection::open_in_memory()?;
    fresh.execute_batch(SCHEMA)?;
    let (expected, found) = (objects(&fresh)?, objects(connection)?);
    let names: BTreeSet<_> = expected.keys().chain(found.keys()).collect();
    Ok(names.into_iter().filter(|name| expected.get(*name) != found.get(*name)).cloned().collect())
}

/// Every object by name. SQLite's own have no text that could be altered.
fn objects(connection: &Connection) -> Result<BTreeMap<String, (String, String)>, RegisterError> {
    let mut query = connection.prepare(
        "SELECT name, type || ' ' || tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    )?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
