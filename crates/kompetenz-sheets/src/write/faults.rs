//! Faults as a list to work through.

use kompetenz::entry::{Fault, Form, column_letters};
use kompetenz::{Exact, Ui, words};

use super::{Cell, Table};

/// One row per fault, in the order given, for the person who puts the file right.
///
/// | column | |
/// |---|---|
/// | `file`, `sheet`, `row`, `column` | where; the sheet is empty as long as faults do not know theirs |
/// | `code` | what kind of fault, the same in every language |
/// | `field` | the heading of the column, or the path of the item |
/// | `message`, `help` | what is wrong, and what to do |
/// | `done` | empty, to tick off |
///
/// The headings and the two texts are in the language `ui`. As in every message, nobody's name, key or value appears.
///
/// ```
/// use kompetenz::Ui;
/// use kompetenz::entry::{Fault, FaultCode, Form, Source, Spot};
/// use kompetenz::words;
/// use kompetenz_sheets::write::{Dialect, faults};
///
/// let source = Source { file: "group-3.csv".into(), sheet: None, form: Form::Table };
/// let message = words!("`Name` is empty", "`Name` ist leer");
/// let fault = Fault::at(FaultCode::MissingValue, &source, Spot { source: 0, row: 4, column: 2 }, message);
/// let csv = faults(&[fault], Ui::En).to_csv(Dialect::Plain).expect("a small table");
/// assert_eq!(
///     String::from_utf8_lossy(&csv),
///     "file,sheet,row,column,code,field,message,help,done\n\
///      group-3.csv,,4,B,missing-value,,`Name` is empty,,\n"
/// );
/// ```
pub fn faults(faults: &[Fault], ui: Ui) -> Table {
    let headings = [
        words!("file", "Datei"),
        words!("sheet", "Blatt"),
        words!("row", "Zeile"),
        words!("column", "Spalte"),
        words!("code", "Code"),
        words!("field", "Feld"),
        words!("message", "Meldung"),
        words!("help", "Hilfe"),
        words!("done", "erledigt"),
    ];
    let mut table = Table::new(headings.iter().map(|heading| heading.get(ui)));
    for fault in faults {
        let place = fault.spot;
        table.push([
            Cell::text(&*fault.source.file),
            Cell::maybe_text(fault.source.sheet.as_deref()),
            if place.row > 0 { Cell::Number(Exact::from(i64::from(place.row))) } else { Cell::Empty },
            match fault.source.form {
                _ if place.column == 0 => Cell::Empty,
                Form::Table => Cell::text(column_letters(place.column)),
                Form::Text => Cell::Number(Exact::from(i64::from(place.column))),
            },
            Cell::text(fault.code.name()),
            Cell::maybe_text(fault.field.as_deref()),
            Cell::text(fault.message.get(ui)),
            Cell::maybe_text(fault.help.as_ref().map(|help| help.get(ui))),
        ]);
    }
    table
}
