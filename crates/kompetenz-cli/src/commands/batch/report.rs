//! The report of a run, beside the documents. That of an earlier run is kept under another name.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;

use kompetenz::{Ui, words};
use kompetenz_batch::{Outcome, Report};
use kompetenz_sheets::write::Dialect;

use super::ReportFormat;
use crate::files;
use crate::trouble::{Context, Result};
use crate::ui::Speaker;

/// Writes the report as JSON, and the outcomes as the tables that are asked for.
pub(super) fn write(
    folder: &Path,
    report: &Report<'_>,
    outcomes: &[Outcome],
    formats: &[ReportFormat],
    speaker: &Speaker,
) -> Result<()> {
    put(folder, "json", |target| {
        serde_json::to_writer_pretty(&mut *target, report)?;
        target.write_all(b"\n")
    })?;
    // A table of an earlier run beside the report of this one would be taken for its own.
    for (ending, format) in [("csv", ReportFormat::Csv), ("xlsx", ReportFormat::Xlsx)] {
        if !formats.contains(&format) {
            set_aside(folder, ending)?;
        }
    }
    for format in formats {
        let table = kompetenz_batch::table(outcomes, speaker.ui);
        let dialect = if speaker.ui == Ui::De { Dialect::German } else { Dialect::Plain };
        let (ending, bytes) = match format {
            ReportFormat::Csv => ("csv", table.to_csv(dialect)),
            ReportFormat::Xlsx => ("xlsx", table.to_xlsx(words!("Report", "Bericht").get(speaker.ui))),
        };
        let bytes = bytes.map_err(|error| error.words())?;
        put(folder, ending, |target| target.write_all(&bytes))?;
    }
    Ok(())
}

/// Writes `report.<ending>`; one that is there with other content becomes `report-1.<ending>`, and so on.
fn put(folder: &Path, ending: &str, fill: impl Fn(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    let path = folder.join(format!("report.{ending}"));
    if !says(&path, &fill) {
        set_aside(folder, ending)?;
    }
    files::write_with(&path, |file| {
        let mut target = BufWriter::new(file);
        fill(&mut target)?;
        target.flush()
    })
}

/// Gives the report of an earlier run, if there is one, a name of its own.
fn set_aside(folder: &Path, ending: &str) -> Result<()> {
    let path = folder.join(format!("report.{ending}"));
    let mut names = (1u32..).map(|ix| folder.join(format!("report-{ix}.{ending}")));
    let Some(kept) = names.find(|name| !name.exists()).filter(|_| path.exists()) else { return Ok(()) };
    let shown = path.display();
    fs::rename(&path, kept).context(|| {
        words!(
            "the report of the run before, `{shown}`, cannot be kept",
            "der Bericht des vorigen Laufs, `{shown}`, lässt sich nicht aufheben"
        )
    })
}

/// Whether a file has this content already, found out without holding either in memory.
fn says(path: &Path, fill: impl Fn(&mut dyn Write) -> io::Result<()>) -> bool {
    let Ok(report) = File::open(path) else { return false };
    let mut there = Compared(BufReader::new(report));
    fill(&mut there).is_ok() && there.0.fill_buf().is_ok_and(<[u8]>::is_empty)
}

/// Takes what is written and fails where a file says something else.
struct Compared(BufReader<File>);

impl Write for Compared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut same = vec![0; bytes.len()];
        self.0.read_exact(&mut same)?;
        if same == bytes { Ok(bytes.len()) } else { Err(io::ErrorKind::InvalidData.into()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
