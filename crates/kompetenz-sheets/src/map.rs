//! Headings of another office: which of its columns are which of ours.

use std::collections::HashMap;

use kompetenz::entry::{Fault, FaultCode, Form, Source, Vocabulary};
use kompetenz::{Words, words};
use toml::Spanned;
use toml::de::DeValue;

use crate::encoding::Encoding;
use crate::names::{Content, Found, Names, folded, shown};
use crate::page::Page;

/// How foreign tables are read: their headings in our words, and what they leave unsaid.
///
/// ```
/// use kompetenz::entry::Vocabulary;
/// use kompetenz_sheets::{Map, Options, Reader};
///
/// let vocabulary = Vocabulary { items: vec!["metal.saw-order".into()], ..Vocabulary::default() };
/// let map = Map::parse(
///     r##"
///     [columns]
///     "Teiln.-Nr." = "key"
///     "Vor- und Zuname" = "name"
///     "Sägen" = "metal.saw-order"
///     "Kostenstelle" = "#"
///
///     [fill]
///     observer = "anna"
///     "##,
///     "map.toml",
///     &vocabulary,
/// )
/// .expect("every name is known");
///
/// let mut reader = Reader::new(&vocabulary);
/// let table = "Teiln.-Nr.;Vor- und Zuname;Sägen;Kostenstelle\n1;Ana Popa;3;4711\n";
/// reader.add(table.as_bytes(), "office.csv", &Options { map: Some(&map), ..Options::default() });
/// assert!(reader.finish().people[0].is_ok());
/// ```
#[derive(Debug, Clone, Default)]
pub struct Map {
    /// By foreign headings without white space and capitals: our name, or nothing if the column is not read.
    columns: HashMap<String, Option<String>>,
    /// What every row has in a column that is not there, with the English heading.
    fill: Vec<(Content, String, String)>,
    /// The name of the sheet to read.
    pub(crate) sheet: Option<String>,
    /// The encoding of the file.
    pub(crate) encoding: Option<Encoding>,
}

impl Map {
    /// Reads a map: `[columns]` with foreign headings and our names (or `"#"`), `[fill]` with our names and values,
    /// `sheet` and `encoding`.
    ///
    /// # Errors
    /// Everything that is wrong with it, with its place.
    pub fn parse(text: &str, file: &str, vocabulary: &Vocabulary) -> Result<Map, Vec<Fault>> {
        let source = Source { file: file.into(), sheet: None, form: Form::Text };
        let page = Page::new(text, &source, 0)?;
        let table = page.toml()?;
        let names = Names::new(vocabulary);
        let (mut map, mut faults) = (Map::default(), Vec::new());
        let mut fault = |code, value: &Spanned<DeValue<'_>>, message: Words, help: Option<Words>| {
            let mut fault = Fault::at(code, &source, page.spot(value.span().start), message);
            fault.help = help;
            faults.push(fault);
        };
        for (key, value) in &table {
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("columns", DeValue::Table(columns)) => {
                    for (heading, ours) in columns {
                        let Some(name) = ours.get_ref().as_str() else {
                            fault(FaultCode::WrongType, ours, no_name(), None);
                            continue;
                        };
                        let target = if name.trim() == "#" {
                            None
                        } else if let Found::One(name, _) = names.find(name) {
                            Some(name.to_owned())
                        } else {
                            let (message, help) = unknown(name, &names);
                            fault(FaultCode::UnknownColumn, ours, message, help);
                            continue;
                        };
                        map.columns.insert(folded(heading.get_ref()), target);
                    }
                }
                ("fill", DeValue::Table(fills)) => {
                    for (ours, value) in fills {
                        let text = value.get_ref().as_str().map(str::trim).filter(|text| !text.is_empty());
                        match (names.find(ours.get_ref()), text) {
                            (Found::One(name, content), Some(text)) if can_be_filled(content) => {
                                map.fill.push((content.clone(), name.to_owned(), text.to_owned()));
                            }
                            (Found::One(..), Some(_)) => {
                                fault(FaultCode::UnknownColumn, value, unfillable(), None);
                            }
                            (Found::One(..), None) => fault(FaultCode::WrongType, value, no_name(), None),
                            _ => {
                                let (message, help) = unknown(ours.get_ref(), &names);
                                fault(FaultCode::UnknownColumn, value, message, help);
                            }
                        }
                    }
                }
                ("sheet", DeValue::String(sheet)) => map.sheet = Some(sheet.trim().to_owned()),
                ("encoding", DeValue::String(name)) => match Encoding::parse(name) {
                    Some(encoding) => map.encoding = Some(encoding),
                    None => {
                        let known = Encoding::ALL.iter().map(|encoding| encoding.name());
                        let known = known.collect::<Vec<_>>().join(", ");
                        let message =
                            words!("there is no such encoding", "eine solche Kodierung gibt es nicht");
                        let help = words!("known are {known}", "bekannt sind {known}");
                        fault(FaultCode::UnknownEncoding, value, message, Some(help));
                    }
                },
                (key, _) => {
                    let key = shown(key);
                    let message = words!(
                        "`{key}` is no key of a map, or not of this kind",
                        "`{key}` ist kein Schlüssel einer Zuordnung oder nicht von dieser Art"
                    );
                    let help = words!(
                        "a map has the tables `[columns]` and `[fill]` and the texts `sheet` and `encoding`",
                        "eine Zuordnung hat die Tabellen `[columns]` und `[fill]` und die Texte `sheet` und `encoding`"
                    );
                    fault(FaultCode::UnknownColumn, value, message, Some(help));
                }
            }
        }
        if faults.is_empty() { Ok(map) } else { Err(faults) }
    }

    /// Nothing is translated, and everybody has the same observer.
    pub(crate) fn with_observer(name: &str) -> Map {
        let fill = vec![(Content::Observer, "observer".to_owned(), name.to_owned())];
        Map { fill, ..Map::default() }
    }

    /// What a heading is, in our words or in those of the map.
    pub(crate) fn find<'n>(&'n self, heading: &str, names: &'n Names) -> Found<'n> {
        if self.columns.is_empty() {
            return names.find(heading);
        }
        match self.columns.get(&folded(heading)) {
            Some(Some(ours)) => names.find(ours),
            Some(None) => Found::Ignored,
            None => names.find(heading),
        }
    }

    pub(crate) fn fill(&self) -> &[(Content, String, String)] {
        &self.fill
    }
}

/// Whether all rows of a table can have the same.
fn can_be_filled(content: &Content) -> bool {
    matches!(
        content,
        Content::Observer
            | Content::Situation
            | Content::Trial
            | Content::Day(_)
            | Content::Hours
            | Content::Fact(..)
            | Content::By
    )
}

fn no_name() -> Words {
    words!("here stands a text in quotation marks", "hier steht ein Text in Anführungszeichen")
}

fn unfillable() -> Words {
    words!(
        "this differs from row to row and cannot be filled in for all",
        "das ist in jeder Zeile anders und kann nicht für alle ausgefüllt werden"
    )
}

fn unknown(name: &str, names: &Names) -> (Words, Option<Words>) {
    let (meant, name) = (names.similar(name, |_| true), shown(name));
    let message = words!("there is no column `{name}`", "eine Spalte `{name}` gibt es nicht");
    (message, meant.map(|name| words!("did you mean `{name}`?", "ist `{name}` gemeint?")))
}
