//! One module for each command.

pub(crate) mod analyze;
pub(crate) mod batch;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod explain;
pub(crate) mod growth;
pub(crate) mod init;
pub(crate) mod letter;
pub(crate) mod new;
pub(crate) mod read;
pub(crate) mod register;
pub(crate) mod render;
pub(crate) mod schema;
pub(crate) mod score;
pub(crate) mod sheet;
pub(crate) mod templates;
pub(crate) mod translate;
pub(crate) mod verify;

mod watch;
