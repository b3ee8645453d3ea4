//! Tables: one row per participant, observer, situation and trial.

use std::collections::{HashMap, HashSet};

use kompetenz::entry::{Fault, FaultCode, Observer, Occasion, Origin, Spot, Vocabulary, column_letters};
use kompetenz::record::{MAX_KEY_CHARS, MAX_NOTE_CHARS};
use kompetenz::{Words, words};

use crate::Reading;
use crate::draft::{At, Draft, Settled};
use crate::header::{self, Column, Content};
use crate::occasions::is_resolution;
use crate::rows::{Row, Rows};
use crate::value::Written;

pub(crate) fn read(bytes: &[u8], origin: &Origin, vocabulary: &Vocabulary) -> Result<Reading, Vec<Fault>> {
    let separator = separator(bytes);
    let mut rows = Rows::new(bytes, separator, origin);
    let empty = |row, message| vec![Fault::new(FaultCode::Empty, origin, Spot { row, column: 0 }, message)];

    let Some(Row { number: header_row, cells }) = rows.next_row()? else {
        return Err(empty(0, words!("the table is empty", "die Tabelle ist leer")));
    };
    let width = cells.len();
    let columns = header::read(cells, header_row, origin, vocabulary)?;
    let places = Places::new(&columns);

    let mut drafts: Vec<(u32, Draft)> = Vec::new();
    let mut by_key: HashMap<String, usize> = HashMap::new();
    while let Some(row) = rows.next_row()? {
        // A row with nothing but notes is nobody's.
        let is_note = |column: &Column| matches!(column.content, Content::Ignored);
        let says_nothing =
            |(ix, cell): (usize, &str)| cell.trim().is_empty() || columns.get(ix).is_some_and(is_note);
        if row.cells.iter().enumerate().all(says_nothing) {
            continue;
        }
        let key = row.cells.get(places.key).unwrap_or_default().trim();
        let known = by_key.get(key).copied();
        let ix = known.unwrap_or(drafts.len());
        if known.is_none() {
            drafts.push((row.number, Draft::new(Origin { row: row.number, ..origin.clone() })));
            // Rows without a key belong to nobody, so each of them is rejected alone.
            if !key.is_empty() {
                by_key.insert(key.to_owned(), ix);
            }
        }
        read_row(&row, &columns, width, &places, &mut drafts[ix].1);
    }
    if drafts.is_empty() {
        let message =
            words!("there are no rows under the headings", "unter den Überschriften stehen keine Zeilen");
        return Err(empty(header_row, message));
    }
    let people =
        drafts.into_iter().map(|(row, draft)| draft.finish(at(row, places.name, &columns))).collect();
    Ok(Reading { people, notes: notes(separator, &columns), warnings: lost_columns(&columns, vocabulary) })
}

/// The columns that say what a whole row is about.
struct Places {
    key: usize,
    name: usize,
    observer: usize,
    situation: Option<usize>,
    trial: Option<usize>,
    note: Option<usize>,
    by: Option<usize>,
}

impl Places {
    fn new(columns: &[Column]) -> Places {
        let find =
            |is_wanted: fn(&Content) -> bool| columns.iter().position(|column| is_wanted(&column.content));
        Places {
            // The headings were proven to have these three.
            key: find(|content| matches!(content, Content::Key)).unwrap_or_default(),
            name: find(|content| matches!(content, Content::Name)).unwrap_or_default(),
            observer: find(|content| matches!(content, Content::Observer)).unwrap_or_default(),
            situation: find(|content| matches!(content, Content::Situation)),
            trial: find(|content| matches!(content, Content::Trial)),
            note: find(|content| matches!(content, Content::Note(None))),
            by: find(|content| matches!(content, Content::By)),
        }
    }
}

/// What a row is.
enum Kind {
    /// What was seen on an occasion.
    Seen(usize),
    /// What counts where observers were too far apart.
    Settled(Settled),
}

fn at(row: u32, ix: usize, columns: &[Column]) -> At<'_> {
    At { spot: Spot { row, column: as_u32(ix + 1) }, field: &columns[ix].heading }
}

fn read_row(
    row: &Row<'_>,
    columns: &[Column],
    // How many cells the row of the headings has, empty ones included.
    width: usize,
    places: &Places,
    draft: &mut Draft,
) {
    let at = |ix: usize| at(row.number, ix, columns);
    // A row may be shorter than the headings, and some cells must be there all the same.
    let cell = |ix: usize| Written::Text(row.cells.get(ix).unwrap_or_default());
    draft.key(cell(places.key), at(places.key));
    let filled = |place: Option<usize>| place.filter(|ix| !cell(*ix).is_empty());
    let by_place = filled(places.by);
    let by = by_place.and_then(|ix| draft.text(cell(ix), MAX_KEY_CHARS, at(ix)));
    let observer = row.cells.get(places.observer).unwrap_or_default();
    let kind = if is_resolution(observer) {
        let mut text = |place, longest| filled(place).and_then(|ix| draft.text(cell(ix), longest, at(ix)));
        Kind::Settled(Settled {
            situation: text(places.situation, MAX_KEY_CHARS),
            note: text(places.note, MAX_NOTE_CHARS).unwrap_or_default(),
            by: by.clone(),
        })
    } else {
        let occasion = occasion(row, columns, places, draft);
        Kind::Seen(draft.occasion(occasion, at(places.observer)))
    };
    let (mut settles, mut decides) = (false, false);
    for ((ix, column), cell) in columns.iter().enumerate().zip(row.cells) {
        let written = Written::Text(cell);
        match (&column.content, &kind) {
            (Content::Name, _) => draft.name(written, at(ix)),
            (Content::Day(day), _) => draft.day(*day, written, at(ix)),
            (Content::Hours, _) => draft.hours(written, at(ix)),
            (Content::Fact(fact, kind), _) => draft.fact(fact, *kind, written, at(ix)),
            (Content::Item(item), Kind::Seen(occasion)) => draft.rate(item, *occasion, written, at(ix)),
            (Content::Item(about) | Content::Measure(about), Kind::Settled(settled)) => {
                settles |= !written.is_empty();
                draft.settle(about, settled, written, at(ix));
            }
            (Content::Note(about), Kind::Seen(occasion)) => {
                draft.note(about.as_ref(), *occasion, written, at(ix));
            }
            (Content::Recommendation(path), _) => {
                decides |= !written.is_empty();
                draft.decide(path, by.as_deref(), written, at(ix));
            }
            (Content::Measure(_), Kind::Seen(_)) if !written.is_empty() => computed(draft, at(ix)),
            (Content::Note(Some(_)) | Content::Trial, Kind::Settled(_)) if !written.is_empty() => {
                no_place_in_a_resolution(draft, at(ix));
            }
            // The rest was read before, is empty, or is not read at all.
            _ => {}
        }
    }
    if let Kind::Settled(_) = kind {
        let (note, situation) = (filled(places.note), filled(places.situation));
        if settles && note.is_none() {
            draft.unexplained(at(places.note.unwrap_or(places.observer)));
        } else if !settles && let Some(ix) = note.or(situation) {
            settles_nothing(draft, at(ix));
        }
    }
    if let Some(ix) = by_place.filter(|_| !settles && !decides) {
        let message = words!(
            "here stands who decided, but nothing is decided in this row",
            "hier steht, wer entschieden hat, aber in dieser Zeile ist nichts entschieden"
        );
        let help = words!(
            "empty the cell, or fill in the decision",
            "die Zelle leeren oder die Entscheidung eintragen"
        );
        draft.report(FaultCode::InvalidDecision, at(ix), message, Some(help));
    }
    let has_no_heading =
        |ix: usize| columns.get(ix).is_none_or(|column| matches!(column.content, Content::Unnamed));
    // A cell too many is a fault even when it is empty: a decimal comma between commas shifts all the others.
    let stray = row
        .cells
        .iter()
        .enumerate()
        .find(|(ix, cell)| has_no_heading(*ix) && (!cell.trim().is_empty() || *ix >= width));
    if let Some((ix, _)) = stray {
        let spot = Spot { row: row.number, column: as_u32(ix + 1) };
        let message = words!(
            "there is a cell here, but its column has no heading",
            "hier steht eine Zelle, aber ihre Spalte hat keine Überschrift"
        );
        let help = words!(
            "empty the cell; or give the column a heading, which for notes begins with `#`",
            "die Zelle leeren oder der Spalte eine Überschrift geben, die bei Notizen mit `#` beginnt"
        );
        draft.report(FaultCode::RowLength, At { spot, field: &"".into() }, message, Some(help));
    }
}

/// Who observed, in which situation and trial; or nothing and faults.
fn occasion(row: &Row<'_>, columns: &[Column], places: &Places, draft: &mut Draft) -> Option<Occasion> {
    let at = |ix: usize| at(row.number, ix, columns);
    let cell = |ix: usize| row.cells.get(ix).map(str::trim).unwrap_or_default();
    let filled = |place: Option<usize>| place.filter(|ix| !cell(*ix).is_empty());
    let name = cell(places.observer);
    if name.is_empty() {
        draft.missing(at(places.observer));
        return None;
    }
    // In a form `anna @ kitchen #2` says all three. Here it would silently be one more observer.
    if name.bytes().any(|byte| matches!(byte, b'@' | b'#')) {
        let field = at(places.observer).field;
        let message = words!("`{field}` has a `@` or `#` in it", "in `{field}` steht ein `@` oder `#`");
        let help = words!(
            "write the situation and the number of the trial into columns of their own: `situation` and `trial`",
            "die Situation und die Nummer des Durchgangs in eigene Spalten schreiben: `Situation` und `Durchgang`"
        );
        draft.report(FaultCode::WrongType, at(places.observer), message, Some(help));
        return None;
    }
    let trial = match filled(places.trial) {
        Some(ix) => draft.count(Written::Text(cell(ix)), at(ix)),
        None => Some(1),
    };
    let situation = match filled(places.situation) {
        Some(ix) => Some(draft.text(Written::Text(cell(ix)), MAX_KEY_CHARS, at(ix))?),
        None => None,
    };
    Some(Occasion { observer: Observer::new(name), situation, trial: trial? })
}

fn computed(draft: &mut Draft, at: At<'_>) {
    let field = at.field;
    let message = words!(
        "`{field}` is computed, so nobody rates it",
        "`{field}` wird berechnet, also bewertet es niemand"
    );
    let help = words!(
        "only a row with the observer `resolution` has a value here",
        "nur eine Zeile mit der Beobachtung `Klärung` hat hier einen Wert"
    );
    draft.report(FaultCode::InvalidResolution, at, message, Some(help));
}

fn no_place_in_a_resolution(draft: &mut Draft, at: At<'_>) {
    let field = at.field;
    let message = words!("a resolution has no `{field}`", "eine Klärung hat kein `{field}`");
    let help = words!(
        "empty the cell; the reason stands in `note`, and the situation in `situation`",
        "die Zelle leeren; die Begründung steht unter `Notiz`, die Situation unter `Situation`"
    );
    draft.report(FaultCode::InvalidResolution, at, message, Some(help));
}

fn settles_nothing(draft: &mut Draft, at: At<'_>) {
    let message = words!("this row settles nothing", "diese Zeile klärt nichts");
    let help = words!(
        "write the value that counts into the column of the item or measure, or delete the row",
        "den Wert, der gilt, in die Spalte des Merkmals oder des Messwerts schreiben oder die Zeile löschen"
    );
    draft.report(FaultCode::InvalidResolution, at, message, Some(help));
}

/// What stands between the cells: the most frequent candidate in the line of the headings, outside quotation marks.
fn separator(bytes: &[u8]) -> u8 {
    let mut counts = [(0, b';'), (0, b'\t'), (0, b',')];
    let mut is_quoted = false;
    for byte in bytes.trim_ascii_start().iter().take(crate::SNIFFED_BYTES) {
        match byte {
            b'"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            b'\r' | b'\n' => break,
            _ => counts
                .iter_mut()
                .filter(|(_, candidate)| candidate == byte)
                .for_each(|(count, _)| *count += 1),
        }
    }
    // Of equals the last one wins, so the first candidate must come last.
    counts.into_iter().rev().max_by_key(|(count, _)| *count).map_or(b';', |(_, candidate)| candidate)
}

/// Items without a column whose module has columns: perhaps never observed, perhaps lost in an office program.
fn lost_columns(columns: &[Column], vocabulary: &Vocabulary) -> Vec<Words> {
    let there: HashSet<&str> = columns
        .iter()
        .filter_map(|column| match &column.content {
            Content::Item(item) => Some(&**item),
            _ => None,
        })
        .collect();
    let module = |item: &str| item.rsplit_once('.').map(|(module, _)| module.to_owned());
    let modules: HashSet<Option<String>> = there.iter().map(|item| module(item)).collect();
    let lost: Vec<&str> = vocabulary
        .items
        .iter()
        .map(String::as_str)
        .filter(|item| !there.contains(item) && modules.contains(&module(item)))
        .collect();
    if lost.is_empty() {
        return Vec::new();
    }
    let (count, names) = (lost.len(), lost.join("`, `"));
    vec![words!(
        "{count} item(s) have no column and count as not observed: `{names}`",
        "{count} Merkmal(e) haben keine Spalte und gelten als nicht beobachtet: `{names}`"
    )]
}

fn notes(separator: u8, columns: &[Column]) -> Vec<Words> {
    let mut notes = vec![match separator {
        b';' => words!(
            "a table with semicolons between its cells",
            "eine Tabelle mit Semikolons zwischen den Zellen"
        ),
        b',' => {
            words!("a table with commas between its cells", "eine Tabelle mit Kommas zwischen den Zellen")
        }
        _ => {
            words!("a table with tabs between its cells", "eine Tabelle mit Tabulatoren zwischen den Zellen")
        }
    }];
    let ignored = columns.iter().zip(1..).filter(|(column, _)| matches!(column.content, Content::Ignored));
    let letters: Vec<String> = ignored.map(|(_, number)| column_letters(number)).collect();
    if !letters.is_empty() {
        let letters = letters.join(", ");
        notes.push(words!(
            "not read, because the heading begins with `#`: {letters}",
            "nicht gelesen, weil die Überschrift mit `#` beginnt: {letters}"
        ));
    }
    notes
}

/// Rows are bounded, so nothing is ever cut off here.
fn as_u32(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
