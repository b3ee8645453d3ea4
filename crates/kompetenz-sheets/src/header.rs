//! The headings of a table: where they stand, and which column holds what.

use std::collections::HashMap;
use std::sync::Arc;

use kompetenz::entry::{Fault, FaultCode, Source, Spot, column_letters};
use kompetenz::words;

use crate::map::Map;
use crate::names::{Content, FIXED, Found, Names, shown};
use crate::rows::{Problem, Rows};

/// As many columns as a spreadsheet can have.
const MAX_COLUMNS: usize = 1 << 14;
/// How many rows are looked at to find the headings. Above them stand titles.
const MAX_HEAD_ROWS: usize = 20;
/// So many headings must be known for the others to be repeated in messages. In a table on its side, with people next
/// to each other, each row begins with one heading and goes on with what is said about them.
const MIN_KNOWN: usize = 2;
/// How many unknown columns are listed.
const MAX_LISTED: usize = 50;
/// What stands first in a sheet that we made ourselves, before the id, the version and the digest.
pub(crate) const MARK: &str = "kompetenz-sheet/1";

/// A column of a table.
#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) content: Content,
    /// The heading as it stands in the file.
    pub(crate) heading: Arc<str>,
    /// What every row has here, because the table has no such column.
    pub(crate) always: Option<String>,
}

/// The first rows of a table, as texts.
pub(crate) struct Top(Vec<TopRow>);

struct TopRow {
    number: u32,
    cells: Vec<String>,
    /// How many cells are headings that we know, and how many of them are not mere titles.
    known: (usize, usize),
    /// Whether one of them is for who it is about, or who observed.
    tells_who: bool,
    /// Whether one of them is for ratings.
    rates: bool,
}

/// The headings of a table.
#[derive(Debug)]
pub(crate) struct Header {
    pub(crate) columns: Vec<Column>,
    /// The row in which they stand.
    pub(crate) row: u32,
    /// How many cells that row has, empty ones included.
    pub(crate) width: usize,
    /// How many columns the table itself has.
    pub(crate) headed: usize,
    /// Those of them that have no heading.
    pub(crate) unnamed: Vec<usize>,
}

impl TopRow {
    /// The cells of the row before, if it stands directly above.
    fn cells_above<'t>(&self, before: Option<&'t TopRow>) -> &'t [String] {
        before.filter(|before| before.number + 1 == self.number).map_or(&[], |before| &before.cells)
    }
}

/// The heading of a column, and what it is. A heading that is merged with the cell above stands there.
fn heading<'t, 'n>(
    cells: &'t [String],
    above: &'t [String],
    ix: usize,
    find: impl Fn(&str) -> Found<'n>,
) -> (&'t str, Found<'n>) {
    let own = cells.get(ix).map(String::as_str).unwrap_or_default();
    if own.trim().is_empty()
        && let Some(merged) = above.get(ix)
        && let found @ Found::One(..) = find(merged)
    {
        return (merged, found);
    }
    (own, find(own))
}

impl Header {
    /// Which column holds this.
    pub(crate) fn place(&self, is_wanted: impl Fn(&Content) -> bool) -> Option<usize> {
        self.columns.iter().position(|column| is_wanted(&column.content))
    }
}

impl Top {
    /// Reads the rows in which headings can stand.
    pub(crate) fn read(rows: &mut impl Rows, names: &Names, map: &Map) -> Result<Top, Problem> {
        let mut top = Vec::new();
        while top.len() < MAX_HEAD_ROWS
            && let Some(number) = rows.next_row()?
        {
            // Spreadsheets leave empty columns at the end.
            let width = rows.width();
            let empty = (0..width).rev().take_while(|ix| rows.cell(*ix).is_empty()).count();
            if width - empty > MAX_COLUMNS {
                let message = words!(
                    "there are more than {MAX_COLUMNS} columns",
                    "es sind mehr als {MAX_COLUMNS} Spalten"
                );
                return Err(Problem {
                    code: FaultCode::TooLarge,
                    row: number,
                    column: 0,
                    message,
                    help: None,
                });
            }
            let cells: Vec<String> =
                (0..width).take(MAX_COLUMNS).map(|ix| rows.cell(ix).shown().into_owned()).collect();
            let mut row = TopRow { number, cells, known: (0, 0), tells_who: false, rates: false };
            let above = row.cells_above(top.last());
            let (mut known, mut tells_who, mut rates) = ((0, 0), false, false);
            for ix in 0..row.cells.len().max(above.len()) {
                match heading(&row.cells, above, ix, |text| map.find(text, names)).1 {
                    Found::One(_, content) => {
                        known = (known.0 + 1, known.1 + 1);
                        tells_who |= matches!(content, Content::Key | Content::Name | Content::Observer);
                        rates |= matches!(content, Content::Item(_));
                    }
                    Found::Called(called) => {
                        known.0 += 1;
                        rates |= called.iter().any(|(_, content)| matches!(content, Content::Item(_)));
                    }
                    Found::Ignored | Found::Nothing => {}
                }
            }
            (row.known, row.tells_who, row.rates) = (known, tells_who, rates);
            top.push(row);
        }
        Ok(Top(top))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Which row has the most headings. Of equals the first one counts.
    fn best(&self) -> Option<usize> {
        (0..self.0.len()).rev().max_by_key(|ix| self.0[*ix].known)
    }

    /// How many headings we know in the best row.
    pub(crate) fn known(&self) -> usize {
        self.best().map_or(0, |ix| self.0[ix].known.0)
    }

    /// Whether the headings are those of ratings of somebody, be they ever so few.
    pub(crate) fn has_ratings(&self) -> bool {
        self.best().is_some_and(|ix| self.0[ix].tells_who && self.0[ix].rates)
    }

    /// What a sheet that we made says about itself: assessment, version and digest, and the row where it stands.
    pub(crate) fn mark(&self) -> Option<(u32, [&str; 3])> {
        self.0.iter().find_map(|row| {
            let mut words = row.cells.first()?.split_whitespace();
            let is_ours = words.next() == Some(MARK);
            let [id, version, digest] =
                [words.next(), words.next(), words.next()].map(Option::unwrap_or_default);
            is_ours.then_some((row.number, [id, version, digest]))
        })
    }

    /// The headings: the row that has the most of them. All that is wrong with them is reported at once.
    pub(crate) fn header(
        &self,
        source: (&Source, u32),
        names: &Names,
        map: &Map,
    ) -> Result<Header, Vec<Fault>> {
        let Some(best) = self.best() else {
            return Ok(Header { columns: Vec::new(), row: 0, width: 0, headed: 0, unnamed: Vec::new() });
        };
        let row = &self.0[best];
        let above = row.cells_above(best.checked_sub(1).map(|ix| &self.0[ix]));
        Reader { source: source.0, number: source.1, row: row.number, names, map, faults: Vec::new() }
            .header(&row.cells, above)
    }
}

/// Reads one row of headings.
struct Reader<'h> {
    source: &'h Source,
    number: u32,
    row: u32,
    names: &'h Names,
    map: &'h Map,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn fault(&self, code: FaultCode, column: u32, message: kompetenz::Words) -> Fault {
        Fault::at(code, self.source, Spot { source: self.number, row: self.row, column }, message)
    }

    fn header(mut self, cells: &[String], above: &[String]) -> Result<Header, Vec<Fault>> {
        let count = cells.len().max(above.len());
        let trailing = |ix: &usize| [cells, above].iter().all(|row| is_blank(row, *ix));
        let count = count - (0..count).rev().take_while(trailing).count();
        let (mut columns, mut unknown): (Vec<Column>, Vec<(String, Fault)>) = (Vec::new(), Vec::new());
        // What stands above several columns and is written above the first of them only.
        let mut group = "";
        for (ix, number) in (0..count).zip(1..) {
            if let Some(text) = above.get(ix).filter(|text| !text.trim().is_empty()) {
                group = text;
            }
            let (heading, found) = heading(cells, above, ix, |text| self.map.find(text, self.names));
            let shown = shown(heading);
            let content = match found {
                Found::One(_, content) => content.clone(),
                Found::Called(paths) => {
                    let module = self.names.module(group);
                    let of_group = |path: &&(String, Content)| {
                        module.is_some_and(|id| {
                            path.0.strip_prefix(id).is_some_and(|rest| rest.starts_with('.'))
                        })
                    };
                    let grouped: Vec<_> = paths.iter().filter(of_group).collect();
                    match (paths, grouped.as_slice()) {
                        ([(_, content)], _) | (_, [(_, content)]) => content.clone(),
                        _ => {
                            let list = paths
                                .iter()
                                .map(|(path, _)| format!("`{path}`"))
                                .collect::<Vec<_>>()
                                .join(", ");
                            let message = words!(
                                "`{shown}` is the title of several: {list}",
                                "`{shown}` ist der Titel von mehreren: {list}"
                            );
                            let help = words!(
                                "write one of these names instead of the title, or the title of the module into the row above",
                                "statt des Titels einen dieser Namen schreiben, oder den Titel des Moduls in die Zeile darüber"
                            );
                            let fault = self.fault(FaultCode::AmbiguousColumn, number, message);
                            self.faults.push(fault.field(shown.clone()).help(help));
                            Content::Unnamed
                        }
                    }
                }
                Found::Ignored => Content::Ignored,
                Found::Nothing if heading.trim().is_empty() => Content::Unnamed,
                Found::Nothing => {
                    let message = words!(
                        "the column `{shown}` is not known in this assessment",
                        "die Spalte `{shown}` ist in dieser Feststellung nicht bekannt"
                    );
                    let fault = self.fault(FaultCode::UnknownColumn, number, message).field(shown.clone());
                    unknown.push((heading.to_owned(), fault));
                    Content::Unnamed
                }
            };
            columns.push(Column { content, heading: shown.into(), always: None });
        }
        let known = columns.iter().filter(|column| column.content.is_read()).count();
        let nothing_found = known == 0;
        self.doubles(&columns);
        let headed = columns.len();
        let unnamed = (0..headed).filter(|ix| columns[*ix].content == Content::Unnamed).collect();
        for (content, heading, value) in self.map.fill() {
            if !columns.iter().any(|column| column.content == *content) {
                let (content, heading) = (content.clone(), heading.as_str().into());
                columns.push(Column { content, heading, always: Some(value.clone()) });
            }
        }
        self.required(&columns, nothing_found);
        // A row in which hardly a heading is known may be about a person. Then nothing of it is repeated.
        if known >= MIN_KNOWN {
            self.unknown(unknown);
        } else if !nothing_found {
            self.unquoted(unknown);
        }
        if self.faults.is_empty() {
            return Ok(Header { columns, row: self.row, width: cells.len(), headed, unnamed });
        }
        self.faults.sort_by_key(|fault| fault.spot);
        Err(self.faults)
    }

    fn doubles(&mut self, columns: &[Column]) {
        let mut first = HashMap::new();
        for (column, number) in columns.iter().zip(1..).filter(|(column, _)| column.content.is_read()) {
            let earlier = *first.entry(column.content.identity()).or_insert(number);
            if earlier != number {
                let (first, second) = (column_letters(earlier), column_letters(number));
                let shown = &column.heading;
                let message = words!(
                    "columns {first} and {second} are both `{shown}`",
                    "die Spalten {first} und {second} sind beide `{shown}`"
                );
                let fault = self.fault(FaultCode::DuplicateColumn, number, message);
                self.faults.push(fault.field(&*column.heading));
            }
        }
    }

    fn required(&mut self, columns: &[Column], nothing_found: bool) {
        let has = |wanted: &Content| columns.iter().any(|column| column.content == *wanted);
        let is_long = has(&Content::Subject) || has(&Content::Value);
        let mut missing = Vec::new();
        // Without a key two people of one name cannot be told apart, unless each has one row.
        if !has(&Content::Key) && (is_long || !has(&Content::Name)) {
            missing.push(Content::Key);
        }
        if nothing_found {
            missing.push(Content::Name);
        }
        missing.extend([Content::Observer].into_iter().filter(|wanted| !has(wanted)));
        if is_long {
            missing.extend([Content::Subject, Content::Value].into_iter().filter(|wanted| !has(wanted)));
        }
        for wanted in missing {
            let Some((_, english, german, _)) = FIXED.iter().find(|fixed| fixed.0 == wanted) else {
                continue;
            };
            let message = words!("the column `{english}` is missing", "die Spalte `{german}` fehlt");
            let mut fault = self.fault(FaultCode::MissingColumn, 0, message);
            if nothing_found {
                fault = fault.help(words!(
                    "one of the first rows of the table holds the headings of its columns; headings of another office are translated by a file given with `--map`",
                    "in einer der ersten Zeilen der Tabelle stehen die Überschriften der Spalten; Überschriften eines anderen Amts übersetzt eine Datei, die mit `--map` angegeben wird"
                ));
            } else if wanted == Content::Observer {
                fault = fault.help(words!(
                    "add the column, or say in a file given with `--map` who observed: `[fill]` and below it `observer = \"anna\"`",
                    "die Spalte ergänzen oder in einer Datei, die mit `--map` angegeben wird, sagen, wer beobachtet hat: `[fill]` und darunter `observer = \"anna\"`"
                ));
            }
            self.faults.push(fault);
        }
    }

    /// Reports columns of which only the place may be told.
    fn unquoted(&mut self, unknown: Vec<(String, Fault)>) {
        for (_, fault) in unknown.into_iter().take(MAX_LISTED) {
            let message = words!(
                "this heading is not known in this assessment",
                "diese Überschrift ist in dieser Feststellung nicht bekannt"
            );
            let help = words!(
                "every column has a heading, and every participant a row",
                "jede Spalte hat eine Überschrift und jede Person eine Zeile"
            );
            self.faults.push(Fault { field: None, message, ..fault }.help(help));
        }
    }

    fn unknown(&mut self, unknown: Vec<(String, Fault)>) {
        let more = unknown.len().saturating_sub(MAX_LISTED);
        for ((heading, mut fault), number) in unknown.into_iter().zip(1..) {
            if number > MAX_LISTED {
                fault.message = words!(
                    "{more} further columns are not known",
                    "{more} weitere Spalten sind nicht bekannt"
                );
                fault.field = None;
                self.faults.push(fault);
                return;
            }
            self.faults.push(fault.help(match self.names.similar(&heading, |_| true) {
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
}

fn is_blank(row: &[String], ix: usize) -> bool {
    row.get(ix).is_none_or(|cell| cell.trim().is_empty())
}
