use clap::ValueEnum;
use kompetenz::{CertificateData, EasyReadData, ReportData};
use kompetenz_letters::LetterData;

use crate::Answer;
use crate::trouble::Result;
use crate::ui::Speaker;

/// Print a JSON Schema: for editors that complete and check TOML, and for programs that read certificates.
///
/// The same files are in docs/schemas, and `init` and `new` put them beside a definition, into the folder `.schema`.
/// A definition names its schema in its first line: `#:schema ./.schema/assessment.json`
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Of what
    #[arg(value_enum, default_value = "assessment")]
    of: Of,
}

#[derive(Clone, Copy, ValueEnum)]
enum Of {
    /// The files of an assessment
    Assessment,
    /// The file issuer.toml
    Issuer,
    /// The data of a certificate
    Certificate,
    /// The data of an easy-read page
    EasyRead,
    /// The data of a report
    Report,
    /// The data of a letter: what its text may print
    Letter,
}

pub(crate) fn run(Args { of }: &Args, speaker: &Speaker) -> Result<Answer> {
    let schema = match of {
        Of::Assessment => kompetenz::raw::schema(),
        Of::Issuer => kompetenz::issuer::schema(),
        Of::Certificate => CertificateData::schema(),
        Of::EasyRead => EasyReadData::schema(),
        Of::Report => ReportData::schema(),
        Of::Letter => LetterData::schema(),
    };
    speaker.print(&format!("{schema:#}\n"))?;
    Ok(Answer::Yes)
}
