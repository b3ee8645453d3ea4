//! The results files shown in `docs/file-format.md` are good ones.

use std::fs;
use std::path::Path;

use kompetenz_sheets::Map;

use crate::{good, render, vocabulary};

/// The blocks of code with this info.
fn blocks(info: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/file-format.md");
    let text = fs::read_to_string(path).unwrap();
    let opening = format!("```{info}\n");
    text.split(&opening).skip(1).map(|block| block.split("```").next().unwrap().to_owned()).collect()
}

#[test]
fn results_in_the_documentation_are_read() {
    let (tables, forms) = (blocks("csv results"), blocks("toml results"));
    assert_eq!((tables.len(), forms.len()), (6, 2));
    let people = |text: &str| {
        let reading = good(text);
        reading
            .people
            .into_iter()
            .map(|person| person.unwrap_or_else(|fault| panic!("{:?}", fault.faults)))
            .collect::<Vec<_>>()
    };
    let table = people(&tables[0]);
    assert_eq!(table.iter().map(|entry| entry.occasions.len()).collect::<Vec<_>>(), [2, 1]);
    let form = people(&forms[0]);
    assert_eq!(
        (form[0].name.as_str(), form[0].hours.as_ref()),
        (table[0].name.as_str(), table[0].hours.as_ref())
    );
    // Each of the others shows something that the first ones do not have.
    let counts = |text: &str| {
        let entry = people(text).remove(0);
        (entry.occasions.len(), entry.notes.len(), entry.resolutions.len(), entry.decisions.len())
    };
    let others: Vec<_> = tables[1..].iter().chain(&forms[1..]).map(|text| counts(text)).collect();
    assert_eq!(others, [(2, 1, 0, 0), (4, 0, 0, 0), (1, 3, 0, 0), (2, 0, 1, 0), (1, 0, 0, 3), (4, 3, 1, 3)]);
}

#[test]
fn the_map_in_the_documentation_is_one() {
    for map in blocks("toml map") {
        Map::parse(&map, "map.toml", &vocabulary()).unwrap_or_else(|faults| panic!("{}", render(&faults)));
    }
    assert_eq!(blocks("toml map").len(), 1);
}
