//! Tables: one row per participant, observer, situation and trial, or one row per observation.

use std::collections::HashSet;
use std::sync::Arc;

use kompetenz::entry::{FaultCode, Observer, Occasion, Source, Spot, Vocabulary, column_letters};
use kompetenz::raw::FactKind;
use kompetenz::record::{MAX_KEY_CHARS, MAX_NOTE_CHARS};
use kompetenz::{Words, words};

use crate::draft::{At, Draft, Settled};
use crate::header::{Column, Header};
use crate::names::{Content, Found, Names, bounded};
use crate::occasions::is_resolution;
use crate::people::People;
use crate::rows::{Merged, Problem, Rows, Table};
use crate::value::{Written, is_error};

/// Reads the rows below the headings. Which merged cells there hide that others are empty.
pub(crate) fn read(
    table: &mut impl Table,
    header: &Header,
    source: (&Source, u32),
    names: &Names,
    people: &mut People,
) -> Result<Vec<Merged>, Problem> {
    let is_1904 = table.is_1904();
    let mut rows = table.rows()?;
    let places = Places::new(header);
    let (form, number) = (source.0.form, source.1);
    let name: Arc<str> = places.name.map_or_else(|| "name".into(), |ix| header.columns[ix].heading.clone());
    while let Some(row) = rows.next_row()? {
        if row <= header.row {
            continue;
        }
        let row = Row { number: row, source: number, header, rows: &rows, is_1904 };
        // A row with nothing but notes, or with an observer and no participant, is nobody's.
        let says_nothing = |ix: usize| match header.columns.get(ix) {
            Some(column) => column.always.is_some() || column.content.is_frame(),
            None => false,
        };
        if (0..row.width()).all(|ix| says_nothing(ix) || row.cell(ix).is_empty()) {
            continue;
        }
        let spot = Spot { source: number, row: row.number, column: 0 };
        let name_spot = Spot { column: places.name.map_or(0, |ix| as_u32(ix + 1)), ..spot };
        let name = At { spot: name_spot, field: &name };
        let draft = match places.key {
            Some(ix) => people.of(row.cell(ix).label().unwrap_or_default(), spot, form, name),
            None => people.without_key(spot, form, name),
        };
        draft.expect_ratings(header.headed);
        row.read(&places, names, draft);
    }
    Ok(rows.merged().iter().filter(|merged| hides_values(merged, header)).copied().collect())
}

/// The columns that say what a whole row is about.
struct Places {
    key: Option<usize>,
    name: Option<usize>,
    observer: usize,
    situation: Option<usize>,
    trial: Option<usize>,
    note: Option<usize>,
    by: Option<usize>,
    /// What the row is about and what was observed, where every observation has a row.
    observation: Option<(usize, usize)>,
}

impl Places {
    fn new(header: &Header) -> Places {
        let place = |wanted: Content| header.place(|content| *content == wanted);
        Places {
            key: place(Content::Key),
            name: place(Content::Name),
            // The headings were proven to have it.
            observer: place(Content::Observer).unwrap_or_default(),
            situation: place(Content::Situation),
            trial: place(Content::Trial),
            note: place(Content::Note(None)),
            by: place(Content::By),
            observation: place(Content::Subject).zip(place(Content::Value)),
        }
    }
}

/// Whether cells under the headings are merged across rows, so that all of them but the first one seem to have a value
/// and have none. Who it is and who observed would be missed without this.
fn hides_values(merged: &Merged, header: &Header) -> bool {
    let is_missed = |content: &Content| {
        matches!(content, Content::Key | Content::Name | Content::Observer | Content::Subject)
    };
    let (first, last) = merged.columns;
    let hides = |(column, number): (&Column, u32)| {
        (first..=last).contains(&number) && column.content.is_read() && !is_missed(&column.content)
    };
    merged.rows.1 > header.row.max(merged.rows.0) && header.columns.iter().zip(1..).any(hides)
}

/// What a row is.
enum Kind {
    /// What was seen on an occasion.
    Seen(usize),
    /// What counts where observers were too far apart.
    Settled(Settled),
}

/// A row under its headings.
struct Row<'r, R> {
    number: u32,
    source: u32,
    header: &'r Header,
    rows: &'r R,
    is_1904: bool,
}

impl<R: Rows> Row<'_, R> {
    /// How many cells there are, those of columns that the file does not have included.
    fn width(&self) -> usize {
        self.rows.width().max(self.header.columns.len())
    }

    /// A row may be shorter than the headings, and some cells are the same in every row.
    fn cell(&self, ix: usize) -> Written<'_> {
        if ix >= self.header.headed
            && let Some(always) = self.header.columns.get(ix).and_then(|column| column.always.as_deref())
        {
            return Written::Text(always);
        }
        match self.rows.cell(ix) {
            // A table of plain text has no other way to say it.
            Written::Text(text) if text.len() > 2 && is_error(text) => Written::Error,
            written => written,
        }
    }

    fn at(&self, ix: usize) -> At<'_> {
        let column = &self.header.columns[ix];
        let number = if column.always.is_some() { 0 } else { as_u32(ix + 1) };
        At { spot: Spot { source: self.source, row: self.number, column: number }, field: &column.heading }
    }

    fn filled(&self, place: Option<usize>) -> Option<usize> {
        place.filter(|ix| !self.cell(*ix).is_empty())
    }

    fn read(&self, places: &Places, names: &Names, draft: &mut Draft) {
        if let Some(ix) = places.key {
            draft.key(self.cell(ix), self.at(ix));
        }
        let text = |draft: &mut Draft, place, longest| {
            self.filled(place).and_then(|ix| draft.text(self.cell(ix), longest, self.at(ix)))
        };
        let by = text(draft, places.by, MAX_KEY_CHARS);
        let is_long = places.observation.is_some();
        if is_long {
            draft.is_spread();
        }
        let kind = if self.cell(places.observer).text().is_some_and(is_resolution) {
            Kind::Settled(Settled {
                situation: text(draft, places.situation, MAX_KEY_CHARS),
                note: text(draft, places.note, MAX_NOTE_CHARS).unwrap_or_default(),
                by: by.clone(),
            })
        } else {
            let occasion = self.occasion(places, draft);
            Kind::Seen(draft.occasion(occasion, is_long, self.at(places.observer)))
        };
        let (mut settles, mut decides) = (false, false);
        let mut take = |content: &Content, written: Written<'_>, at: At<'_>, draft: &mut Draft| {
            match (content, &kind) {
                (Content::Name, _) => draft.name(written, at),
                (Content::Day(day), _) => draft.day(*day, self.day(written), at),
                (Content::Hours, _) => draft.hours(written, at),
                (Content::Fact(fact, FactKind::Date), _) => {
                    draft.fact(fact, FactKind::Date, self.day(written), at);
                }
                (Content::Fact(fact, kind), _) => draft.fact(fact, *kind, written, at),
                (Content::Item(item), Kind::Seen(occasion)) => draft.rate(item, *occasion, written, at),
                (Content::Item(about) | Content::Measure(about), Kind::Settled(settled)) => {
                    settles |= !written.is_empty();
                    draft.settle(about, settled, written, at);
                }
                (Content::Note(about), Kind::Seen(occasion)) => {
                    draft.note(about.as_ref(), *occasion, written, at);
                }
                (Content::Recommendation(path), _) => {
                    decides |= !written.is_empty();
                    draft.decide(path, by.as_deref(), written, at);
                }
                (Content::Measure(_), Kind::Seen(_)) if !written.is_empty() => computed(draft, at),
                (Content::Note(Some(_)) | Content::Trial, Kind::Settled(_)) if !written.is_empty() => {
                    no_place_in_a_resolution(draft, at);
                }
                // The rest was read before, is empty, or is not read at all.
                _ => {}
            }
        };
        for (ix, column) in self.header.columns.iter().enumerate() {
            let written = self.cell(ix);
            if !written.is_empty() {
                // In a table of single observations, a note is about what the row is about.
                if is_long && column.content == Content::Note(None) && matches!(kind, Kind::Seen(_)) {
                    continue;
                }
                take(&column.content, written, self.at(ix), draft);
            }
        }
        if let Some((subject, value)) = places.observation {
            let about = self.subject(subject, value, names, draft);
            if let Some(content) = &about {
                take(content, self.cell(value), self.at(value), draft);
            }
            if let (Some(ix), Kind::Seen(occasion)) = (self.filled(places.note), &kind) {
                let path = match &about {
                    Some(Content::Item(path) | Content::Measure(path)) => Some(path),
                    _ => None,
                };
                draft.note(path, *occasion, self.cell(ix), self.at(ix));
            }
        }
        if let Kind::Settled(_) = kind {
            let (note, situation) = (self.filled(places.note), self.filled(places.situation));
            if settles && note.is_none() {
                draft.unexplained(self.at(places.note.unwrap_or(places.observer)));
            } else if !settles && let Some(ix) = note.or(situation) {
                settles_nothing(draft, self.at(ix));
            }
        }
        if let Some(ix) = self.filled(places.by).filter(|_| !settles && !decides) {
            let message = words!(
                "here stands who decided, but nothing is decided in this row",
                "hier steht, wer entschieden hat, aber in dieser Zeile ist nichts entschieden"
            );
            let help = words!(
                "empty the cell, or fill in the decision",
                "die Zelle leeren oder die Entscheidung eintragen"
            );
            draft.report(FaultCode::InvalidDecision, self.at(ix), message, Some(help));
        }
        self.stray(draft);
    }

    /// A plain number in the place of a date counts days, and workbooks count in two ways.
    fn day<'w>(&self, written: Written<'w>) -> Written<'w> {
        if self.is_1904 { written.in_1904() } else { written }
    }

    /// What a row of single observations is about; or nothing, and a fault unless the row is only a note.
    fn subject(&self, subject: usize, value: usize, names: &Names, draft: &mut Draft) -> Option<Content> {
        let (written, at) = (self.cell(subject), self.at(subject));
        if written.is_empty() {
            if !self.cell(value).is_empty() {
                draft.missing(at);
            }
            return None;
        }
        let heading = bounded(written.shown());
        let content = match names.find(&heading) {
            Found::One(_, content) | Found::Called([(_, content)]) => Some(content.clone()),
            _ => None,
        };
        let is_subject = |content: &Content| {
            matches!(
                content,
                Content::Item(_) | Content::Measure(_) | Content::Fact(..) | Content::Recommendation(_)
            )
        };
        if let Some(content) = content.filter(is_subject) {
            return Some(content);
        }
        let (message, help) = if let Found::Called(several) = names.find(&heading) {
            let list = several.iter().map(|(path, _)| format!("`{path}`")).collect::<Vec<_>>().join(", ");
            (
                words!("this is the title of several items: {list}", "so heißen mehrere Merkmale: {list}"),
                words!("write one of these names", "einen dieser Namen schreiben"),
            )
        } else {
            let help = match names.similar(&heading, is_subject) {
                Some(name) => words!("did you mean `{name}`?", "ist `{name}` gemeint?"),
                None => words!(
                    "write the path of an item, such as `metal.saw-order`, or its title",
                    "den Pfad eines Merkmals schreiben, wie `metal.saw-order`, oder seinen Titel"
                ),
            };
            (words!("there is no item of this name", "ein Merkmal mit diesem Namen gibt es nicht"), help)
        };
        draft.report(FaultCode::UnknownItem, at, message, Some(help));
        None
    }

    /// A cell too many is a fault even when it is empty: a decimal comma between commas shifts all the others.
    fn stray(&self, draft: &mut Draft) {
        let beyond = self.header.headed..self.rows.width();
        let mut strays = self.header.unnamed.iter().copied().chain(beyond);
        // The place to look at is the one where something stands.
        let filled = strays.clone().find(|ix| !self.rows.cell(*ix).is_empty());
        let Some(ix) = filled.or_else(|| strays.find(|ix| *ix >= self.header.width)) else { return };
        let spot = Spot { source: self.source, row: self.number, column: as_u32(ix + 1) };
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

    /// Who observed, in which situation and trial; or nothing and faults.
    fn occasion(&self, places: &Places, draft: &mut Draft) -> Option<Occasion> {
        let at = self.at(places.observer);
        let written = self.cell(places.observer);
        if written.is_empty() {
            draft.missing(at);
            return None;
        }
        let name = draft.text(written, MAX_KEY_CHARS, at)?;
        // In a form `anna @ kitchen #2` says all three. Here it would silently be one more observer.
        if name.bytes().any(|byte| matches!(byte, b'@' | b'#')) {
            let field = at.field;
            let message = words!("`{field}` has a `@` or `#` in it", "in `{field}` steht ein `@` oder `#`");
            let help = words!(
                "write the situation and the number of the trial into columns of their own: `situation` and `trial`",
                "die Situation und die Nummer des Durchgangs in eigene Spalten schreiben: `Situation` und `Durchgang`"
            );
            draft.report(FaultCode::WrongType, at, message, Some(help));
            return None;
        }
        let trial = match self.filled(places.trial) {
            Some(ix) => draft.count(self.cell(ix), self.at(ix)),
            None => Some(1),
        };
        let situation = match self.filled(places.situation) {
            Some(ix) => Some(draft.text(self.cell(ix), MAX_KEY_CHARS, self.at(ix))?),
            None => None,
        };
        Some(Occasion { observer: Observer::new(&name), situation, trial: trial? })
    }
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

/// Items without a column whose module has columns: perhaps never observed, perhaps lost in an office program.
pub(crate) fn lost_columns(columns: &[Column], vocabulary: &Vocabulary) -> Vec<Words> {
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

/// Which columns are not read because of their headings.
pub(crate) fn ignored(columns: &[Column]) -> Option<Words> {
    let ignored = columns.iter().zip(1..).filter(|(column, _)| matches!(column.content, Content::Ignored));
    let letters: Vec<String> = ignored.map(|(_, number)| column_letters(number)).collect();
    let letters = Some(letters.join(", ")).filter(|letters| !letters.is_empty())?;
    Some(words!(
        "not read, because the heading begins with `#`: {letters}",
        "nicht gelesen, weil die Überschrift mit `#` beginnt: {letters}"
    ))
}

/// Rows are bounded, so nothing is ever cut off here.
fn as_u32(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
