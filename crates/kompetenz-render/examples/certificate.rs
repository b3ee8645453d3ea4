//! From a definition and a record made in code to a PDF file, without the command line:
//!
//! ```sh
//! cargo run --release -p kompetenz-render --example certificate -- certificate.pdf
//! ```

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "an example speaks to whoever runs it")]

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use kompetenz::certificate::{CertificateData, Issuer, Issuing, Signatory};
use kompetenz::entry::{Entry, Occasion, Rating, Spot};
use kompetenz::raw::{self, Given};
use kompetenz::{Exact, Record, Sources, Ui, check, recommend, score};
use kompetenz_render::{Pictures, Studio, Template};

fn main() -> Result<(), Box<dyn Error>> {
    let target = env::args().nth(1).unwrap_or_else(|| "certificate.pdf".into());

    // The definition: its main file, and the files that it names.
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assessments/nordstadt");
    let main = fs::read_to_string(folder.join("assessment.toml"))?;
    let mut sources = Sources::new("assessment.toml", main.as_str());
    for name in raw::files_of(&main) {
        let text = fs::read_to_string(folder.join(&name))?;
        sources.add(name, text);
    }
    let checked = check(&sources);
    for diagnostic in &checked.diagnostics {
        eprintln!("{}", diagnostic.render(&sources, Ui::En, false));
    }
    let assessment = checked.assessment.ok_or("the definition has mistakes")?;

    // The results: two observers of two tasks, and one estimate.
    let mut entry = Entry {
        key: "P-0001".into(),
        name: "Elena-Ștefania Țurcanu".into(),
        occasions: vec![Occasion::of("anna"), Occasion::of("ben")],
        hours: Some(Exact::from(60)),
        ..Entry::default()
    };
    for task in ["saw", "drill"] {
        for (criterion, ratings) in
            [("order", [3, 4]), ("plan", [3, 3]), ("safety", [4, 3]), ("quality", [3, 3]), ("tempo", [2, 3])]
        {
            for (occasion, rating) in ratings.into_iter().enumerate() {
                entry.ratings.push(Rating {
                    item: format!("metal.{task}-{criterion}").into(),
                    occasion,
                    value: Given::Number(Exact::from(rating)),
                    spot: Spot::default(),
                });
            }
        }
    }
    entry.ratings.push(Rating {
        item: "german.speaking-screening".into(),
        occasion: 0,
        value: Given::Text("A2".into()),
        spot: Spot::default(),
    });

    // The results become a certificate, or there is a reason why not.
    let record = Record::new(&assessment, &entry).map_err(|faults| format!("{faults:?}"))?;
    let scored = score(&record);
    let advice = recommend(&scored, jiff::civil::date(2026, 11, 22));
    let issuer = Issuer {
        name: "Anlaufstelle Willkommen Nordstadt".into(),
        address: vec!["Musterstraße 5".into(), "44145 Dortmund".into()],
        place: "Dortmund".into(),
        color: "#0d5c73".into(),
        signatories: vec![Signatory { name: "Maria Beispiel".into(), role: "Kompetenzfeststellung".into() }],
        ..Issuer::default()
    };
    let issuing = Issuing { issuer, ..Issuing::default() };
    let data = CertificateData::new(&advice, &issuing, assessment.main_language())?;

    // One studio serves any number of certificates, from any number of threads.
    let studio = Studio::new(&Template::certificate(), Pictures::default())?;
    fs::write(&target, studio.render(&data)?)?;
    println!("{} written to {target}", data.number);
    Ok(())
}
