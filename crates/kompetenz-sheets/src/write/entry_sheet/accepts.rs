//! What a cell accepts, and how the spreadsheet sees to it.

use kompetenz::{Exact, Ui, words};
use rust_xlsxwriter::{DataValidation, DataValidationRule, ExcelDateTime, Formula};

use super::plan::Plan;
use super::say;
use super::scales::decimal;
use crate::write::WriteError;
use crate::write::guard::cell_text;

/// The longest title of a message of Excel, in UTF-16 units.
const MAX_TITLE: usize = 32;
/// The longest message of Excel.
const MAX_MESSAGE: usize = 255;
/// The years that days may have. Before 1901 spreadsheets do not count days alike.
const YEARS: (u16, u16) = (1901, 2199);

/// What a cell accepts.
#[derive(Debug, Clone)]
pub(super) enum Accepts {
    /// Any text, which stays as it is typed.
    Text,
    /// A day.
    Day,
    /// A whole number from 1 on.
    Count,
    /// A number from 0 on.
    Duration,
    /// Any number.
    Number,
    /// An entry of the list with this number.
    Entry(usize),
    /// A measured value, or an entry of the list with this number.
    Measured(Range, Option<usize>),
}

/// The values of a measurement.
#[derive(Debug, Clone)]
pub(super) struct Range {
    pub(super) from: Exact,
    pub(super) to: Exact,
    pub(super) step: Exact,
    pub(super) unit: Option<String>,
}

impl Range {
    /// The values for people: `0 bis 50 mm, in Schritten von 0,1`.
    pub(super) fn words(&self, ui: Ui) -> String {
        let (from, to, step) = (decimal(&self.from, ui), decimal(&self.to, ui), decimal(&self.step, ui));
        let unit = self.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
        say(
            &words!(
                "{from} to {to}{unit}, in steps of {step}",
                "{from} bis {to}{unit}, in Schritten von {step}"
            ),
            ui,
        )
    }

    /// The formula that is true of a number in the cell if the scale has it.
    fn formula(&self, cell: &str) -> String {
        let (from, to, step) = (self.from.to_plain(), self.to.to_plain(), self.step.to_plain());
        // Spreadsheets reckon in floats, in which 0.3 is not three times 0.1 exactly.
        let steps = format!("({cell}-({from}))/({step})");
        format!("AND({cell}>=({from}),{cell}<=({to}),ABS({steps}-ROUND({steps},0))<0.000001)")
    }
}

/// The defined name of a list.
pub(super) fn list_name(list: usize) -> String {
    format!("list_{}", list + 1)
}

impl Accepts {
    /// The number format of the cell.
    pub(super) fn number_format(&self, plan: &Plan<'_>) -> &'static str {
        match self {
            Accepts::Text => "@",
            Accepts::Entry(list) if plan.lists[*list].is_text() => "@",
            Accepts::Day => "dd.mm.yyyy",
            Accepts::Count
            | Accepts::Duration
            | Accepts::Number
            | Accepts::Entry(_)
            | Accepts::Measured(..) => "General",
        }
    }

    /// The formula that is true if something else stands in the cell, which only pasting can bring about.
    pub(super) fn wrong(&self, cell: &str) -> Option<String> {
        match self {
            Accepts::Entry(list) => {
                let list = list_name(*list);
                // As texts, because a pasted `3` may be a text and is read all the same.
                Some(format!("AND({cell}<>\"\",SUMPRODUCT(--({list}&\"\"={cell}&\"\"))=0)"))
            }
            Accepts::Measured(range, codes) => {
                let right = measured_formula(range, *codes, cell);
                Some(format!("AND({cell}<>\"\",NOT({right}))"))
            }
            Accepts::Text | Accepts::Day | Accepts::Count | Accepts::Duration | Accepts::Number => None,
        }
    }

    /// The check of the spreadsheet while somebody types. `cell` is the first one it is set for.
    pub(super) fn validation(
        &self,
        plan: &Plan<'_>,
        cell: &str,
    ) -> Result<Option<DataValidation>, WriteError> {
        let ui = plan.ui;
        let new = DataValidation::new();
        let (rule, title, message) = match self {
            Accepts::Text => return Ok(None),
            Accepts::Day => {
                let (first, last) = YEARS;
                (
                    new.allow_date(DataValidationRule::Between(
                        ExcelDateTime::from_ymd(first, 1, 1)?,
                        ExcelDateTime::from_ymd(last, 12, 31)?,
                    )),
                    words!("Not a day", "Kein Datum"),
                    words!(
                        "Please write day, month and the year in full, between {first} and {last}: 12.03.1990.",
                        "Bitte Tag, Monat und das ganze Jahr schreiben, zwischen {first} und {last}: 12.03.1990."
                    ),
                )
            }
            Accepts::Count => (
                new.allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(1)),
                words!("Not a trial", "Kein Durchgang"),
                words!(
                    "Please write a whole number: 1, 2, 3 …",
                    "Bitte eine ganze Zahl schreiben: 1, 2, 3 …"
                ),
            ),
            Accepts::Duration => (
                new.allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0)),
                words!("Not a number of hours", "Keine Stundenzahl"),
                words!(
                    "Please write a number without a unit: 7.5.",
                    "Bitte eine Zahl ohne Einheit schreiben: 7,5."
                ),
            ),
            Accepts::Number => (
                new.allow_custom(Formula::new(format!("=ISNUMBER({cell})"))),
                words!("Not a number", "Keine Zahl"),
                words!("Please write a number without a unit.", "Bitte eine Zahl ohne Einheit schreiben."),
            ),
            Accepts::Entry(list) => {
                let typed = &plan.lists[*list].typed;
                (
                    new.allow_list_formula(Formula::new(format!("={}", list_name(*list)))),
                    words!("Not in the list", "Nicht in der Liste"),
                    words!(
                        "Please choose from the list, or type one of these: {typed}",
                        "Bitte aus der Liste wählen oder eines davon tippen: {typed}"
                    ),
                )
            }
            Accepts::Measured(range, codes) => {
                let rule = match (whole_bounds(range), codes) {
                    (Some((from, to)), None) => new.allow_whole_number(DataValidationRule::Between(from, to)),
                    _ => {
                        new.allow_custom(Formula::new(format!("={}", measured_formula(range, *codes, cell))))
                    }
                };
                let allowed = self.allowed(plan).unwrap_or_default();
                let shown = clipped(&allowed, MAX_MESSAGE);
                (
                    rule.set_input_message(shown)?,
                    words!("Outside the scale", "Nicht auf der Skala"),
                    words!("Allowed are: {allowed}", "Erlaubt sind: {allowed}"),
                )
            }
        };
        let rule = rule
            .set_error_title(clipped(title.get(ui), MAX_TITLE))?
            .set_error_message(clipped(message.get(ui), MAX_MESSAGE))?;
        Ok(Some(rule))
    }

    /// What may be written into a cell with a scale, for people.
    pub(super) fn allowed(&self, plan: &Plan<'_>) -> Option<String> {
        match self {
            Accepts::Entry(list) => Some(plan.lists[*list].typed.clone()),
            Accepts::Measured(range, codes) => {
                let codes = codes.map(|list| plan.lists[list].typed.as_str());
                Some(
                    [Some(range.words(plan.ui).as_str()), codes]
                        .into_iter()
                        .flatten()
                        .collect::<Vec<_>>()
                        .join("; "),
                )
            }
            Accepts::Text | Accepts::Day | Accepts::Count | Accepts::Duration | Accepts::Number => None,
        }
    }
}

/// The formula that is true of a measured value of the range, and of a code.
fn measured_formula(range: &Range, codes: Option<usize>, cell: &str) -> String {
    let number = format!("IF(ISNUMBER({cell}),{},FALSE)", range.formula(cell));
    match codes {
        Some(list) => format!("OR(SUMPRODUCT(--({}&\"\"={cell}&\"\"))>0,{number})", list_name(list)),
        None => number,
    }
}

/// The bounds of a range of all whole numbers, for which the spreadsheet has a check of its own.
fn whole_bounds(range: &Range) -> Option<(i32, i32)> {
    let whole = |number: &Exact| i32::try_from(number.to_whole()?).ok();
    (range.step == Exact::ONE).then_some(())?;
    Some((whole(&range.from)?, whole(&range.to)?))
}

/// The beginning of a text as it can stand in a message, with `…` where it goes on.
pub(super) fn clipped(text: &str, units: usize) -> String {
    let text = cell_text(text);
    if text.encode_utf16().count() <= units {
        return text;
    }
    let mut left = units - 1;
    let fits = |c: &char| {
        let length = c.len_utf16();
        let fits = length <= left;
        left = left.saturating_sub(length);
        fits
    };
    let mut short: String = text.chars().take_while(fits).collect();
    short.push('…');
    short
}
