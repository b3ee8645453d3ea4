use std::fs;
use std::path::PathBuf;

use kompetenz::words;

use crate::trouble::Result;
use crate::ui::Speaker;
use crate::{Answer, files};

/// Write a small assessment to start from: definition, translation, issuer and results.
///
/// It is complete and valid: check it, make a certificate with it, then change it into your own.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The folder to make; it must not exist or be empty
    folder: PathBuf,
}

const STARTER: [(&str, &str); 5] = [
    ("assessment.toml", include_str!("../starter/assessment.toml")),
    ("lang/en.toml", include_str!("../starter/lang/en.toml")),
    ("issuer.toml", include_str!("../starter/issuer.toml")),
    ("results.csv", include_str!("../starter/results.csv")),
    ("participant.toml", include_str!("../starter/participant.toml")),
];

pub(crate) fn run(Args { folder }: &Args, speaker: &Speaker) -> Result<Answer> {
    let shown = folder.display();
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(words!("`{shown}` is not empty", "`{shown}` ist nicht leer").into());
    }
    files::make_folder(&folder.join("lang"))?;
    files::write_schema(folder, "assessment.json", &kompetenz::raw::schema())?;
    files::write_schema(folder, "issuer.json", &kompetenz::issuer::schema())?;
    let secret = secret()?;
    for (name, text) in STARTER {
        files::write(&folder.join(name), text.replace("$SECRET", &secret).as_bytes())?;
    }
    speaker.say(&words!(
        "made {shown}; go on with:\n  kompetenz check {shown}\n  kompetenz batch {shown} {shown}/results.csv --out {shown}/certificates",
        "{shown} ist angelegt; weiter mit:\n  kompetenz check {shown}\n  kompetenz batch {shown} {shown}/results.csv --out {shown}/zertifikate"
    ))?;
    Ok(Answer::Yes)
}

/// A secret that nobody has had before: 128 bits of chance in letters that can be copied by hand.
fn secret() -> Result<String> {
    let mut chance = [0; 16];
    getrandom::fill(&mut chance).map_err(|_| {
        words!("the system gives no random numbers", "das System gibt keine Zufallszahlen heraus")
    })?;
    let groups = chance.chunks(2).map(|two| two.iter().fold(0, |group, byte| group << 8 | u16::from(*byte)));
    Ok(groups.map(|group| format!("{group:04x}")).collect::<Vec<_>>().join("-"))
}
