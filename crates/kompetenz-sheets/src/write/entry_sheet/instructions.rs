//! The first sheet: how to fill in the second one, what the modules are, and what the steps of each scale mean.

use std::collections::BTreeSet;

use kompetenz::assessment::Scale;
use kompetenz::entry::column_letters;
use kompetenz::{Words, words};
use rust_xlsxwriter::{Format, Worksheet};

use super::plan::{Column, Content, Plan};
use super::results::wrapped_lines;
use super::{look, say};
use crate::write::guard::cell_text;
use crate::write::{WriteError, workbook};

/// The width of the labels and of the text, in characters; together a page of A4.
const LABEL_WIDTH: u32 = 12;
const TEXT_WIDTH: u32 = 82;
const A4: u8 = 9;

pub(super) fn write(sheet: &mut Worksheet, plan: &Plan<'_>) -> Result<(), WriteError> {
    sheet.set_name(workbook::sheet_name(&say(&words!("Instructions", "Anleitung"), plan.ui)))?;
    sheet.set_column_width(0, LABEL_WIDTH)?;
    sheet.set_column_width(1, TEXT_WIDTH)?;
    let mut page = Page { sheet, row: 0 };

    let (title, version) = (plan.title(), &plan.assessment.version);
    page.sheet.write_string_with_format(0, 1, cell_text(&title), &look::document_title())?;
    page.sheet.set_row_height_pixels(0, 2 * look::PROSE_LINE)?;
    page.row = 1;
    let version = words!("Entry sheet for version {version}", "Ergebnisbogen zur Fassung {version}");
    page.line("", version.get(plan.ui), &look::prose())?;

    page.section(&words!("How to fill in the sheet", "So wird ausgefüllt"), plan)?;
    for (step, number) in steps(plan).iter().zip(1..) {
        page.line(&format!("{number}."), step.get(plan.ui), &look::prose())?;
    }
    page.section(&words!("Modules and their columns", "Module und ihre Spalten"), plan)?;
    let mut first = 0;
    for group in &plan.groups {
        let columns = span(first, first + group.columns.len() - 1);
        first += group.columns.len();
        let Some(module) = group.module else { continue };
        page.line(&columns, &group.title, &look::strong())?;
        if let Some(summary) = module.summary {
            page.line("", plan.assessment.text(summary, plan.language), &look::prose())?;
        }
    }
    page.section(&words!("Scales and what their steps mean", "Skalen und was ihre Stufen bedeuten"), plan)?;
    for (scale, places) in scales(plan) {
        page.line("", &where_used(&places), &look::strong())?;
        for (written, meaning) in plan.scale_rows(scale, &places[0].column.accepts) {
            page.line(&written, &meaning, &look::prose())?;
        }
        page.row += 1;
    }
    sheet.set_portrait();
    sheet.set_paper_size(A4);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.6, 0.6, 0.6, 0.6, 0.3, 0.3);
    sheet.set_screen_gridlines(false);
    sheet.set_footer(plan.footer());
    Ok(())
}

/// What an assessor must know, in the order in which it is needed.
fn steps(plan: &Plan<'_>) -> Vec<Words> {
    let codes: BTreeSet<&str> = plan
        .columns()
        .filter_map(|column| match column.content {
            Content::Rating(item) => plan.assessment.scale(item).not_observed.as_deref(),
            _ => None,
        })
        .collect();
    let quoted = |open: &str, close: &str| {
        codes.iter().map(|code| format!("{open}{code}{close}")).collect::<Vec<_>>().join(", ")
    };
    let mut steps = vec![
        words!(
            "Results are entered on the sheet “Results”. A row is one person, seen by one observer. Every row needs key, name and observer.",
            "Eingetragen wird auf dem Blatt „Ergebnisse“. Eine Zeile ist eine Person, gesehen von einer Beobachterin oder einem Beobachter. Jede Zeile braucht Kennung, Name und Beobachtung."
        ),
        words!(
            "The key tells people apart, for instance a number. The same person has the same key in every row and every file.",
            "Die Kennung unterscheidet die Personen, zum Beispiel eine Nummer. Dieselbe Person hat in jeder Zeile und jeder Datei dieselbe Kennung."
        ),
        words!(
            "What exactly to look at stands in the note on each column title: hold the mouse over it.",
            "Worauf genau zu achten ist, steht in der Notiz an jeder Spaltenüberschrift: die Maus darauf halten."
        ),
        words!(
            "To rate, click the cell and choose from the list, or type only the number or code in front of the dash. Measured values are typed as numbers, without a unit.",
            "Zum Bewerten in die Zelle klicken und aus der Liste wählen, oder nur die Zahl oder das Kürzel vor dem Strich tippen. Messwerte werden als Zahl getippt, ohne Einheit."
        ),
    ];
    steps.push(if codes.is_empty() {
        words!(
            "Leave a cell empty if nothing was observed. An empty cell never counts as a bad result.",
            "Was nicht beobachtet wurde, bleibt leer. Eine leere Zelle zählt nie als schlechtes Ergebnis."
        )
    } else {
        let (english, german) = (quoted("“", "”"), quoted("„", "“"));
        words!(
            "If a task was done, but something could not be observed, enter the code for it: {english}. What was not done at all stays empty. Neither ever counts as a bad result.",
            "Wenn eine Aufgabe bearbeitet wurde, etwas aber nicht zu beobachten war, das Kürzel dafür eintragen: {german}. Was gar nicht an der Reihe war, bleibt leer. Beides zählt nie als schlechtes Ergebnis."
        )
    });
    steps.extend([
        words!(
            "A second observer uses a second row with the same key, or a file of their own. Please rate independently of each other first.",
            "Eine zweite Beobachterin oder ein zweiter Beobachter nimmt eine zweite Zeile mit derselben Kennung oder eine eigene Datei. Bitte zuerst unabhängig voneinander bewerten."
        ),
        words!(
            "Situation and trial are only for tasks that were seen in several situations or several times. Each situation and each trial has a row of its own; the first trial is 1.",
            "Situation und Durchgang sind nur für Aufgaben, die in mehreren Situationen oder mehrmals zu sehen waren. Jede Situation und jeder Durchgang hat eine eigene Zeile; der erste Durchgang ist 1."
        ),
        words!(
            "A self-assessment has a row of its own, with “self” as the observer.",
            "Eine Selbsteinschätzung hat eine eigene Zeile, in der unter Beobachtung „selbst“ steht."
        ),
        words!(
            "Colours: pale yellow is still empty, orange is missing (key, name or observer), red cannot be read and must be chosen from the list.",
            "Farben: Blassgelb ist noch leer, Orange fehlt (Kennung, Name oder Beobachtung), Rot ist nicht lesbar und muss aus der Liste gewählt werden."
        ),
        words!(
            "The headings are locked, without a password. Columns may be made narrower and hidden; if there are too few rows, insert some in between. To fold modules away with + and − above the columns in Excel, first choose Review, Unprotect Sheet.",
            "Die Überschriften sind gesperrt, ohne Kennwort. Spalten dürfen schmaler gemacht und ausgeblendet werden; reichen die Zeilen nicht, dazwischen neue einfügen. Um Module in Excel mit + und − über den Spalten zuzuklappen, zuerst Überprüfen, Blattschutz aufheben wählen."
        ),
        words!(
            "Save as an Excel workbook (.xlsx), under a name that names no person, and hand in the file.",
            "Als Excel-Arbeitsmappe (.xlsx) speichern, unter einem Namen, der keine Person nennt, und die Datei abgeben."
        ),
    ]);
    steps
}

/// Where a column is.
struct Place<'p> {
    group: &'p str,
    /// Counted from 0.
    number: usize,
    column: &'p Column,
}

/// Each scale on the sheet with its columns, in the order in which they are met.
fn scales<'p>(plan: &'p Plan<'_>) -> Vec<(&'p Scale, Vec<Place<'p>>)> {
    let mut scales: Vec<(&Scale, Vec<Place<'_>>)> = Vec::new();
    let columns =
        plan.groups.iter().flat_map(|group| group.columns.iter().map(move |column| (group, column)));
    for ((group, column), number) in columns.zip(0..) {
        let Content::Rating(item) = column.content else { continue };
        let scale = plan.assessment.scale(item);
        let place = Place { group: &group.title, number, column };
        match scales.iter_mut().find(|(known, _)| known.path == scale.path) {
            Some((_, places)) => places.push(place),
            None => scales.push((scale, vec![place])),
        }
    }
    scales
}

/// Where a scale is used: `Werkprobe Metall (Q–AE), Werkprobe Holz (AG–AU)`.
///
/// Scales have no title of their own, and two of them may belong to one module, so the columns say which is meant.
fn where_used(places: &[Place<'_>]) -> String {
    let runs = places.chunk_by(|a, b| a.group == b.group && a.number + 1 == b.number);
    let part = |run: &[Place<'_>]| {
        format!("{} ({})", run[0].group, span(run[0].number, run[0].number + run.len() - 1))
    };
    runs.map(part).collect::<Vec<_>>().join(", ")
}

/// Columns as the spreadsheet names them: `Q–AE`.
fn span(first: usize, last: usize) -> String {
    let letters = |position: usize| column_letters(u32::try_from(position + 1).unwrap_or(u32::MAX));
    if first == last { letters(first) } else { format!("{}–{}", letters(first), letters(last)) }
}

/// A sheet that is written from top to bottom.
struct Page<'s> {
    sheet: &'s mut Worksheet,
    row: u32,
}

impl Page<'_> {
    fn section(&mut self, title: &Words, plan: &Plan<'_>) -> Result<(), WriteError> {
        self.row += 1;
        self.sheet.write_blank(self.row, 0, &look::section())?;
        self.sheet.write_string_with_format(self.row, 1, title.get(plan.ui), &look::section())?;
        self.row += 1;
        Ok(())
    }

    /// A label and a text beside it. The row is made as high as the text needs, because not every
    /// spreadsheet does so for a row that it finds without a height.
    fn line(&mut self, label: &str, text: &str, format: &Format) -> Result<(), WriteError> {
        // A width counts digits; of running text a tenth more fits.
        let lines = if label.is_empty() { 0 } else { wrapped_lines(label, LABEL_WIDTH) };
        let lines = lines.max(wrapped_lines(text, TEXT_WIDTH + TEXT_WIDTH / 10));
        self.sheet.set_row_height_pixels(self.row, lines * look::PROSE_LINE)?;
        if !label.is_empty() {
            self.sheet.write_string_with_format(self.row, 0, cell_text(label), &look::label())?;
        }
        self.sheet.write_string_with_format(self.row, 1, cell_text(text), format)?;
        self.row += 1;
        Ok(())
    }
}
