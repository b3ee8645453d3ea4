//! The sheet in which results are entered.

use kompetenz::words;
use rust_xlsxwriter::{Format, Formula, IgnoreError, Note, ProtectionOptions, Worksheet};

use super::accepts::clipped;
use super::hidden::{ABOUT, OBSERVER_ROW};
use super::plan::{Column, Content, FIXED_GROUPS, Group, Plan};
use super::rules::{self, Area};
use super::{EntrySheet, Participant, look, say};
use crate::write::guard::cell_text;
use crate::write::table::has_excel_date;
use crate::write::{WriteError, workbook};

/// Where things are, counted from 0.
const MARKER_ROW: u32 = 0;
const GROUP_ROW: u32 = 1;
const TITLE_ROW: u32 = 2;
const HEADING_ROW: u32 = 3;
/// The first row to fill in.
pub(super) const FIRST_ROW: u32 = 4;
/// Key and name stay in sight.
const FROZEN_COLUMNS: u16 = 2;

/// The longest note of Excel that people still read.
const MAX_NOTE: usize = 2_000;
/// Up to this many columns fit legibly on the width of a page.
const COLUMNS_ON_A_PAGE: u16 = 30;
/// The paper size, as Excel numbers them.
const A3: u8 = 8;
/// In percent; with it, a module of 15 items fits on the width of a page.
const A3_SCALE: u16 = 60;
/// Most titles are shorter; one that is longer is read in its note.
const MAX_TITLE_LINES: u32 = 9;

pub(super) fn write(sheet: &mut Worksheet, plan: &Plan<'_>, wish: &EntrySheet) -> Result<(), WriteError> {
    let columns: Vec<&Column> = plan.columns().collect();
    let rows = u32::try_from(wish.roster.len() + wish.blank_rows).map_err(|_| WriteError::TooLarge)?;
    // A sheet without a single row to fill in would be no entry sheet.
    let last_row = FIRST_ROW + rows.max(1) - 1;
    let is_rating = |column: &&Column| matches!(column.content, Content::Rating(_));
    let first = columns.iter().position(is_rating).unwrap_or_default();
    let area = Area { last_row, ratings: (number(first)?, number(columns.len() - 1)?) };

    sheet.set_name(workbook::sheet_name(&say(&words!("Results", "Ergebnisse"), plan.ui)))?;
    sheet.write_string_with_format(MARKER_ROW, 0, plan.marker(), &look::marker())?;
    headings(sheet, plan)?;
    data(sheet, plan, wish, &columns, &area)?;
    rules::checks(sheet, plan, &columns, &area)?;
    rules::colours(sheet, plan, &columns, &area)?;
    page(sheet, plan, &area)?;
    sheet.set_freeze_panes(FIRST_ROW, FROZEN_COLUMNS)?;
    sheet.set_selection(FIRST_ROW, 0, FIRST_ROW, 0)?;
    sheet.set_active(true);
    // Keys such as 0012 are texts on purpose, and Excel need not remark on it.
    sheet.ignore_error_range(FIRST_ROW, 0, area.last_row, area.ratings.1, IgnoreError::NumberStoredAsText)?;
    sheet.protect_with_options(&ProtectionOptions {
        format_cells: true,
        format_columns: true,
        format_rows: true,
        insert_rows: true,
        sort: true,
        ..ProtectionOptions::new()
    });
    Ok(())
}

/// Titles in words and, hidden below them, the headings that are read.
fn headings(sheet: &mut Worksheet, plan: &Plan<'_>) -> Result<(), WriteError> {
    let mut lines = 1;
    let mut first: u16 = 0;
    for (group, position) in plan.groups.iter().zip(0..) {
        let last = first + number(group.columns.len())? - 1;
        band(sheet, position, group, first, last)?;
        for (column, at) in group.columns.iter().zip(first..) {
            let width = width(column.content);
            sheet.set_column_width(at, width)?;
            sheet.write_string_with_format(
                TITLE_ROW,
                at,
                cell_text(&column.title),
                &look::title(position),
            )?;
            sheet.write_string_with_format(HEADING_ROW, at, &column.heading, &look::heading())?;
            if let Some(help) = &column.help {
                sheet.insert_note(TITLE_ROW, at, &note(&cell_text(&column.title), &cell_text(help)))?;
            }
            lines = lines.max(wrapped_lines(&column.title, width));
        }
        if group.folded > 0 {
            sheet.group_columns(first, first + number(group.folded)? - 1)?;
        }
        first = last + 1;
    }
    sheet.set_row_height_pixels(GROUP_ROW, look::BAND_HEIGHT)?;
    sheet.set_row_height_pixels(TITLE_ROW, lines.min(MAX_TITLE_LINES) * look::TITLE_LINE + 6)?;
    sheet.set_row_hidden(HEADING_ROW)?;
    Ok(())
}

/// The title of a group over its columns.
fn band(
    sheet: &mut Worksheet,
    position: usize,
    group: &Group<'_>,
    first: u16,
    last: u16,
) -> Result<(), WriteError> {
    let (title, format) = (cell_text(&group.title), look::band(position));
    // A merged cell across the edge of the frozen columns would be cut when the sheet is moved.
    if first < FROZEN_COLUMNS || first == last {
        for column in first..=last {
            sheet.write_blank(GROUP_ROW, column, &format)?;
        }
        sheet.write_string_with_format(GROUP_ROW, first, title, &format)?;
    } else {
        sheet.merge_range(GROUP_ROW, first, GROUP_ROW, last, &title, &format)?;
    }
    Ok(())
}

fn data(
    sheet: &mut Worksheet,
    plan: &Plan<'_>,
    wish: &EntrySheet,
    columns: &[&Column],
    area: &Area,
) -> Result<(), WriteError> {
    let formats: Vec<Format> = columns
        .iter()
        .map(|column| {
            let is_prefilled = column.content == Content::Observer && wish.observer.is_some();
            // As a text, the formula that fills in the observer would be shown as such once it is touched.
            let kind = if is_prefilled { "General" } else { column.accepts.number_format(plan) };
            look::data(kind, matches!(column.content, Content::Rating(_) | Content::Fact | Content::Note))
        })
        .collect();
    // Until a spreadsheet has reckoned, the formula for the observer stands for nothing; LibreOffice may never do so.
    sheet.set_formula_result_default("");
    let mut roster = wish.roster.iter();
    for row in FIRST_ROW..=area.last_row {
        sheet.set_row_height_pixels(row, look::DATA_HEIGHT)?;
        let person = roster.next();
        for ((column, format), at) in columns.iter().zip(&formats).zip(0..) {
            match (column.content, person, &wish.observer) {
                (Content::Observer, Some(_), Some(name)) => {
                    sheet.write_string_with_format(row, at, cell_text(name), format)?;
                }
                (Content::Observer, None, Some(_)) => {
                    sheet.write_formula_with_format(row, at, observer(row), format)?;
                }
                (content, Some(person), _) => write_person(sheet, (row, at), content, person, format)?,
                (_, None, _) => {
                    sheet.write_blank(row, at, format)?;
                }
            }
        }
    }
    Ok(())
}

/// The name of the observer, as soon as there is somebody in the row: a row with nothing else in it is nobody's.
fn observer(row: u32) -> Formula {
    let (row, from) = (row + 1, OBSERVER_ROW + 1);
    Formula::new(format!("=IF(AND(A{row}=\"\",B{row}=\"\"),\"\",{ABOUT}!$B${from})"))
}

fn write_person(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    content: Content,
    person: &Participant,
    format: &Format,
) -> Result<(), WriteError> {
    match (content, person.birth_date) {
        (Content::Key, _) => sheet.write_string_with_format(row, column, cell_text(&person.key), format)?,
        (Content::Name, _) => sheet.write_string_with_format(row, column, cell_text(&person.name), format)?,
        (Content::BirthDate, Some(day)) if has_excel_date(day) => {
            sheet.write_datetime_with_format(row, column, day, format)?
        }
        (Content::BirthDate, Some(day)) => {
            sheet.write_string_with_format(row, column, day.to_string(), format)?
        }
        _ => sheet.write_blank(row, column, format)?,
    };
    Ok(())
}

/// Paper: a few columns fit on a page, many begin a new page with each module.
fn page(sheet: &mut Worksheet, plan: &Plan<'_>, area: &Area) -> Result<(), WriteError> {
    sheet.set_landscape();
    sheet.set_paper_size(A3);
    sheet.set_repeat_rows(GROUP_ROW, TITLE_ROW)?;
    sheet.set_repeat_columns(0, FROZEN_COLUMNS - 1)?;
    sheet.set_margins(0.4, 0.4, 0.4, 0.6, 0.2, 0.3);
    sheet.set_print_area(GROUP_ROW, 0, area.last_row, area.ratings.1)?;
    if area.ratings.1 < COLUMNS_ON_A_PAGE {
        sheet.set_print_fit_to_pages(1, 0);
    } else {
        sheet.set_print_scale(A3_SCALE);
        let starts = plan.groups.iter().scan(0_u32, |next, group| {
            let start = *next;
            *next += u32::try_from(group.columns.len()).unwrap_or(u32::MAX);
            Some(start)
        });
        // Person and observation share the first page.
        let breaks: Vec<u32> = starts.skip(FIXED_GROUPS).collect();
        sheet.set_vertical_page_breaks(&breaks)?;
    }
    sheet.set_footer(plan.footer());
    Ok(())
}

/// A note that is as large as its text.
fn note(title: &str, help: &str) -> Note {
    const PIXELS: u32 = 300;
    const CHARACTERS: u32 = 46;
    const LINE: u32 = 18;
    let text = clipped(&format!("{title}\n\n{help}"), MAX_NOTE);
    let lines: u32 = text.lines().map(|line| wrapped_lines(line, CHARACTERS)).sum();
    Note::new(text)
        .add_author_prefix(false)
        .set_author("kompetenz")
        .set_width(PIXELS)
        .set_height(LINE * (lines + 1))
}

/// How many lines a text takes in a column, broken between words and, where one is too long, within it.
pub(super) fn wrapped_lines(text: &str, width: u32) -> u32 {
    let width = width.max(2) - 1;
    let length = |word: &str| u32::try_from(word.chars().count()).unwrap_or(u32::MAX);
    let (mut lines, mut used) = (1, 0);
    for word in text.split_whitespace() {
        let mut word = length(word);
        if used > 0 && used + 1 + word > width {
            lines += 1;
            used = 0;
        }
        while word > width {
            lines += 1;
            word -= width;
        }
        used += word + u32::from(used > 0);
    }
    lines
}

fn width(content: Content) -> u32 {
    match content {
        Content::Key => look::KEY_WIDTH,
        Content::Name => look::NAME_WIDTH,
        Content::Note => look::NOTE_WIDTH,
        Content::Rating(_) | Content::Fact => look::RATING_WIDTH,
        Content::BirthDate | Content::Observer | Content::Occasion => look::PLAIN_WIDTH,
    }
}

/// A position among the columns as the number of a column.
pub(super) fn number(position: usize) -> Result<u16, WriteError> {
    u16::try_from(position).map_err(|_| WriteError::TooLarge)
}
