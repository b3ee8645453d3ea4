//! Tables: one row per participant and observer.

use std::collections::{HashMap, HashSet};

use kompetenz::entry::{Fault, FaultCode, Origin, Spot, Vocabulary, column_letters};
use kompetenz::{Words, words};

use crate::Reading;
use crate::draft::{At, Draft};
use crate::header::{self, Column, Content};
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
    // The headings were proven to have these three.
    let column_of = |is_wanted: fn(&Content) -> bool| {
        columns.iter().position(|column| is_wanted(&column.content)).unwrap_or_default()
    };
    let key_column = column_of(|content| matches!(content, Content::Key));
    let name_column = column_of(|content| matches!(content, Content::Name));
    let observer_column = column_of(|content| matches!(content, Content::Observer));

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
        let key = row.cells.get(key_column).unwrap_or_default().trim();
        let known = by_key.get(key).copied();
        let ix = known.unwrap_or(drafts.len());
        if known.is_none() {
            drafts.push((row.number, Draft::new(Origin { row: row.number, ..origin.clone() })));
            // Rows without a key belong to nobody, so each of them is rejected alone.
            if !key.is_empty() {
                by_key.insert(key.to_owned(), ix);
            }
        }
        read_row(&row, &columns, width, (key_column, observer_column), &mut drafts[ix].1);
    }
    if drafts.is_empty() {
        let message =
            words!("there are no rows under the headings", "unter den Überschriften stehen keine Zeilen");
        return Err(empty(header_row, message));
    }
    let name = |row| At {
        spot: Spot { row, column: as_u32(name_column + 1) },
        field: &columns[name_column].heading,
    };
    let people = drafts.into_iter().map(|(row, draft)| draft.finish(name(row))).collect();
    Ok(Reading { people, notes: notes(separator, &columns), warnings: lost_columns(&columns, vocabulary) })
}

fn read_row(
    row: &Row<'_>,
    columns: &[Column],
    // How many cells the row of the headings has, empty ones included.
    width: usize,
    (key_column, observer_column): (usize, usize),
    draft: &mut Draft,
) {
    let at = |ix: usize| At {
        spot: Spot { row: row.number, column: as_u32(ix + 1) },
        field: &columns[ix].heading,
    };
    // A row may be shorter than the headings, and these two must be there all the same.
    draft.key(Written::Text(row.cells.get(key_column).unwrap_or_default()), at(key_column));
    let observer = draft.observer(row.cells.get(observer_column).unwrap_or_default(), at(observer_column));
    for ((ix, column), cell) in columns.iter().enumerate().zip(row.cells) {
        let written = Written::Text(cell);
        match &column.content {
            Content::Name => draft.name(written, at(ix)),
            Content::Day(day) => draft.day(*day, written, at(ix)),
            Content::Hours => draft.hours(written, at(ix)),
            Content::Item(item) => draft.rate(item, observer, written, at(ix)),
            Content::Fact(fact, kind) => draft.fact(fact, *kind, written, at(ix)),
            Content::Key | Content::Observer | Content::Ignored | Content::Unnamed => {}
        }
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
