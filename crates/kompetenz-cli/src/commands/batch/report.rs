//! The report of a run, beside the documents. That of an earlier run is kept under another name.

use std::fs;
use std::path::Path;

use kompetenz::{Ui, words};
use kompetenz_sheets::write::{Dialect, Table};
use serde_json::Value;

use super::ReportFormat;
use crate::files;
use crate::trouble::{Context, Result};
use crate::ui::Speaker;

/// Writes the report as JSON, and as the tables that are asked for.
pub(super) fn write(
    folder: &Path,
    report: &Value,
    table: &Table,
    formats: &[ReportFormat],
    speaker: &Speaker,
) -> Result<()> {
    put(folder, "json", format!("{report:#}\n").as_bytes())?;
    for format in formats {
        let dialect = if speaker.ui == Ui::De { Dialect::German } else { Dialect::Plain };
        let (ending, bytes) = match format {
            ReportFormat::Csv => ("csv", table.to_csv(dialect)),
            ReportFormat::Xlsx => ("xlsx", table.to_xlsx(words!("Report", "Bericht").get(speaker.ui))),
        };
        put(folder, ending, &bytes.map_err(|error| error.words())?)?;
    }
    Ok(())
}

/// Writes `report.<ending>`; one that is there with other content becomes `report-1.<ending>`, and so on.
fn put(folder: &Path, ending: &str, bytes: &[u8]) -> Result<()> {
    let path = folder.join(format!("report.{ending}"));
    if !files::is_free(&path, bytes) {
        let mut names = (1u32..).map(|ix| folder.join(format!("report-{ix}.{ending}")));
        if let Some(kept) = names.find(|name| !name.exists()) {
            let shown = path.display();
            fs::rename(&path, kept).context(|| {
                words!(
                    "the report of the run before, `{shown}`, cannot be kept",
                    "der Bericht des vorigen Laufs, `{shown}`, lässt sich nicht aufheben"
                )
            })?;
        }
    }
    files::write(&path, bytes)
}
