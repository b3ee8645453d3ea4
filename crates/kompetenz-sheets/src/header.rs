//! The headings of a table: which column holds what.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use csv::StringRecord;
use kompetenz::entry::{Fault, FaultCode, Origin, Spot, Vocabulary, column_letters};
use kompetenz::id::similar;
use kompetenz::raw::FactKind;
use kompetenz::words;
use unicode_normalization::UnicodeNormalization;

use crate::draft::Day;

/// As many columns as a spreadsheet can have.
const MAX_COLUMNS: usize = 1 << 14;
/// What stands behind a path, and a point, if the column holds notes about it.
pub(crate) const NOTE: [&str; 2] = ["note", "notiz"];
/// How many unknown columns are listed.
const MAX_LISTED: usize = 50;
/// How much of a heading stands in a message.
const MAX_SHOWN_CHARS: usize = 80;

/// A column of a table.
#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) content: Content,
    /// The heading as it stands in the file.
    pub(crate) heading: Arc<str>,
}

/// What a column holds.
#[derive(Debug, Clone)]
pub(crate) enum Content {
    Key,
    Name,
    Day(Day),
    Hours,
    Observer,
    Situation,
    Trial,
    /// A note about an item, measure or module, or about the whole.
    Note(Option<Arc<str>>),
    /// Who settled or decided what the row says.
    By,
    Item(Arc<str>),
    /// The value that counts of a measure. Only a resolution has one.
    Measure(Arc<str>),
    /// What was decided about a recommendation.
    Recommendation(Arc<str>),
    Fact(Arc<str>, FactKind),
    /// The heading begins with `#`.
    Ignored,
    /// There is no heading.
    Unnamed,
}

/// The columns that every assessment has: what they hold, the English and the German heading, and others for the same.
const FIXED: [(Content, &str, &str, &[&str]); 11] = [
    (Content::Key, "key", "Kennung", &["Schlüssel"]),
    (Content::Name, "name", "Name", &[]),
    (Content::Observer, "observer", "Beobachtung", &["Beobachter", "Beobachterin"]),
    (Content::Day(Day::Birth), "birth-date", "Geburtsdatum", &["birthdate"]),
    (Content::Day(Day::From), "from", "von", &[]),
    (Content::Day(Day::To), "to", "bis", &[]),
    (Content::Hours, "hours", "Stunden", &[]),
    (Content::Situation, "situation", "Situation", &[]),
    (Content::Trial, "trial", "Versuch", &["Durchgang"]),
    (Content::Note(None), "note", "Notiz", &[]),
    (Content::By, "decided-by", "entschieden-von", &[]),
];
/// How many of them, from the first on, must be there.
const REQUIRED: usize = 3;

/// Reads the headings. All that is wrong with them is reported at once.
pub(crate) fn read(
    cells: &StringRecord,
    row: u32,
    origin: &Origin,
    vocabulary: &Vocabulary,
) -> Result<Vec<Column>, Vec<Fault>> {
    // Spreadsheets leave empty columns at the end.
    let count = cells.len() - cells.iter().rev().take_while(|cell| cell.trim().is_empty()).count();
    if count > MAX_COLUMNS {
        let message =
            words!("there are more than {MAX_COLUMNS} columns", "es sind mehr als {MAX_COLUMNS} Spalten");
        return Err(vec![Fault::new(FaultCode::TooLarge, origin, Spot { row, column: 0 }, message)]);
    }
    let known = known_columns(vocabulary);
    // Each column by its first name, to find it again under another one.
    let mut found: HashMap<&str, u32> = HashMap::new();
    let (mut columns, mut unknown, mut faults) = (Vec::with_capacity(count), Vec::new(), Vec::new());
    for (heading, number) in cells.iter().take(count).zip(1..) {
        let shown = shown(heading);
        let fault = |code, message| {
            Fault::new(code, origin, Spot { row, column: number }, message).field(shown.clone())
        };
        let content = match known.get(&folded(heading)) {
            Some((name, content)) => {
                if let Some(&earlier) = found.get(name.as_str()) {
                    let (first, second) = (column_letters(earlier), column_letters(number));
                    let message = words!(
                        "columns {first} and {second} are both `{shown}`",
                        "die Spalten {first} und {second} sind beide `{shown}`"
                    );
                    faults.push(fault(FaultCode::DuplicateColumn, message));
                }
                found.entry(name).or_insert(number);
                content.clone()
            }
            None if heading.trim().is_empty() => Content::Unnamed,
            None if heading.trim_start().starts_with('#') => Content::Ignored,
            None => {
                let message = words!(
                    "the column `{shown}` is not known in this assessment",
                    "die Spalte `{shown}` ist in dieser Feststellung nicht bekannt"
                );
                unknown.push((heading, fault(FaultCode::UnknownColumn, message)));
                Content::Unnamed
            }
        };
        columns.push(Column { content, heading: shown.into() });
    }
    for (_, english, german, _) in FIXED.iter().take(REQUIRED).filter(|fixed| !found.contains_key(fixed.1)) {
        let message = words!("the column `{english}` is missing", "die Spalte `{german}` fehlt");
        let mut fault = Fault::new(FaultCode::MissingColumn, origin, Spot { row, column: 0 }, message);
        if found.is_empty() {
            fault = fault.help(words!(
                "the first row of the table holds the headings of its columns",
                "in der ersten Zeile der Tabelle stehen die Überschriften der Spalten"
            ));
        }
        faults.push(fault);
    }
    // A row in which no heading is known may be about a person. Then nothing of it is repeated.
    if !found.is_empty() {
        report_unknown(unknown, &known, &mut faults);
    }
    if faults.is_empty() {
        return Ok(columns);
    }
    faults.sort_by_key(|fault| fault.spot);
    Err(faults)
}

fn report_unknown(unknown: Vec<(&str, Fault)>, known: &Known, faults: &mut Vec<Fault>) {
    let more = unknown.len().saturating_sub(MAX_LISTED);
    let mut names: Vec<&str> = known.values().map(|(name, _)| name.as_str()).collect();
    names.extend(FIXED.iter().map(|(_, _, german, _)| *german));
    // The answer must not depend on the order of a hash map.
    names.sort_unstable();
    for ((heading, mut fault), number) in unknown.into_iter().zip(1..) {
        if number > MAX_LISTED {
            fault.message =
                words!("{more} further columns are not known", "{more} weitere Spalten sind nicht bekannt");
            fault.field = None;
            faults.push(fault);
            return;
        }
        // German headings are capitalised, everything else is in small letters.
        let lower = folded(heading);
        let meant =
            similar(&lower, names.iter().copied()).or_else(|| similar(heading.trim(), names.iter().copied()));
        faults.push(fault.help(match meant {
            Some(name) => words!(
                "did you mean `{name}`? the heading of a column that is only a note begins with `#`",
                "ist `{name}` gemeint? die Überschrift einer Spalte, die nur eine Notiz ist, beginnt mit `#`"
            ),
            None => words!(
                "the heading of a column that is only a note begins with `#`",
                "die Überschrift einer Spalte, die nur eine Notiz ist, beginnt mit `#`"
            ),
        }));
    }
}

/// Columns by their folded headings: the first name and what they hold.
type Known = HashMap<String, (String, Content)>;

fn known_columns(vocabulary: &Vocabulary) -> Known {
    let mut known = Known::new();
    // These come first: an item of the id `note` has its column.
    for about in notable(vocabulary) {
        for word in NOTE {
            let content = Content::Note(Some(about.into()));
            known.insert(folded(&format!("{about}.{word}")), (format!("{about}.{}", NOTE[0]), content));
        }
    }
    for path in &vocabulary.measures {
        known.insert(folded(path), (path.clone(), Content::Measure(path.as_str().into())));
    }
    for path in &vocabulary.recommendations {
        known.insert(folded(path), (path.clone(), Content::Recommendation(path.as_str().into())));
    }
    for item in &vocabulary.items {
        known.insert(folded(item), (item.clone(), Content::Item(item.as_str().into())));
    }
    for (fact, kind) in &vocabulary.facts {
        known.insert(folded(fact), (fact.clone(), Content::Fact(fact.as_str().into(), *kind)));
    }
    // The fixed columns come last: a fact of the same name cannot take their place.
    for (content, english, german, others) in &FIXED {
        for name in [english, german].into_iter().chain(*others) {
            known.insert(folded(name), ((*english).to_owned(), content.clone()));
        }
    }
    known
}

/// What a note may be about: the paths of all items, measures and modules.
pub(crate) fn notable(vocabulary: &Vocabulary) -> impl Iterator<Item = &str> {
    let (items, measures) = (vocabulary.items.iter(), vocabulary.measures.iter());
    let facts = vocabulary.facts.iter().map(|(path, _)| path);
    let all = items.clone().chain(measures.clone()).chain(&vocabulary.recommendations).chain(facts);
    let modules: BTreeSet<&str> =
        all.filter_map(|path| path.split_once('.')).map(|(module, _)| module).collect();
    items.chain(measures).map(String::as_str).chain(modules)
}

/// A heading without white space and capitals.
fn folded(heading: &str) -> String {
    heading.chars().filter(|c| !c.is_whitespace()).nfc().flat_map(char::to_lowercase).collect()
}

/// A heading as it can stand in a message: neither endless nor able to move the cursor of a terminal.
pub(crate) fn shown(heading: &str) -> String {
    let is_harmless = |c: char| c != '`' && (c == ' ' || c.is_ascii_graphic() || c.is_alphanumeric());
    heading.trim().chars().take(MAX_SHOWN_CHARS).map(|c| if is_harmless(c) { c } else { '·' }).collect()
}
