//! Colours, sizes and formats of entry sheets: calm, and readable in black and white too.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// The bands of neighbouring groups, darker for the title of a group and lighter for those of its columns.
const BANDS: [(u32, u32); 2] = [(0x00C9_DDE3, 0x00E9_F2F4), (0x00DD_D6C6, 0x00F4_F0E7)];
const INK: u32 = 0x0022_2B2E;
const GREY: u32 = 0x0080_8A8D;
const LINE: u32 = 0x00C8_CFD1;
/// A cell that is still empty.
const OPEN: u32 = 0x00FF_F7D6;
/// A cell that must not stay empty.
const NEEDED: u32 = 0x00FF_C266;
/// A cell with something that cannot be read.
const WRONG: (u32, u32) = (0x00F6_C1BC, 0x008A_1C12);

/// The width of columns, in characters.
pub(super) const KEY_WIDTH: u32 = 12;
pub(super) const NAME_WIDTH: u32 = 26;
pub(super) const PLAIN_WIDTH: u32 = 12;
/// Wide enough for a drop-down list that can be read, and narrow enough for a module on a screen.
pub(super) const RATING_WIDTH: u32 = 14;
pub(super) const NOTE_WIDTH: u32 = 24;
/// Heights, in pixels: the title of a group, a line of the title of a column, a line of running text.
pub(super) const BAND_HEIGHT: u32 = 26;
pub(super) const TITLE_LINE: u32 = 17;
pub(super) const PROSE_LINE: u32 = 21;
/// A row for data: two lines of an entry.
pub(super) const DATA_HEIGHT: u32 = 35;

/// The line that says what the sheet is for.
pub(super) fn marker() -> Format {
    Format::new().set_font_size(8).set_font_color(Color::RGB(GREY))
}

/// The title of a group.
pub(super) fn band(group: usize) -> Format {
    let (dark, _) = BANDS[group % BANDS.len()];
    Format::new()
        .set_bold()
        .set_font_color(Color::RGB(INK))
        .set_background_color(Color::RGB(dark))
        .set_align(FormatAlign::Left)
        .set_align(FormatAlign::VerticalCenter)
        .set_indent(1)
}

/// The title of a column.
pub(super) fn title(group: usize) -> Format {
    let (_, light) = BANDS[group % BANDS.len()];
    framed(Format::new())
        .set_font_size(9)
        .set_bold()
        .set_font_color(Color::RGB(INK))
        .set_background_color(Color::RGB(light))
        .set_text_wrap()
        .set_align(FormatAlign::Top)
}

/// A heading that only programs read.
pub(super) fn heading() -> Format {
    marker().set_num_format("@")
}

/// A cell to fill in.
pub(super) fn data(number_format: &str, small: bool) -> Format {
    framed(Format::new())
        .set_num_format(number_format)
        .set_font_size(if small { 9 } else { 11 })
        .set_text_wrap()
        .set_align(FormatAlign::Left)
        .set_align(FormatAlign::Top)
        .set_unlocked()
}

/// A rating that is still to be made.
pub(super) fn open() -> Format {
    Format::new().set_background_color(Color::RGB(OPEN))
}

/// Something that must not be missing.
pub(super) fn needed() -> Format {
    Format::new().set_background_color(Color::RGB(NEEDED))
}

/// Something that cannot be read.
pub(super) fn wrong() -> Format {
    Format::new().set_background_color(Color::RGB(WRONG.0)).set_font_color(Color::RGB(WRONG.1))
}

/// The title of the instructions.
pub(super) fn document_title() -> Format {
    Format::new().set_font_size(18).set_bold().set_font_color(Color::RGB(INK)).set_align(FormatAlign::Top)
}

/// A heading in the instructions.
pub(super) fn section() -> Format {
    let (dark, _) = BANDS[0];
    Format::new()
        .set_font_size(12)
        .set_bold()
        .set_font_color(Color::RGB(INK))
        .set_background_color(Color::RGB(dark))
}

/// Running text in the instructions.
pub(super) fn prose() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top)
}

/// The same, standing out.
pub(super) fn strong() -> Format {
    prose().set_bold()
}

/// What stands in front of running text: a number or a code.
pub(super) fn label() -> Format {
    prose().set_align(FormatAlign::Right).set_indent(1)
}

fn framed(format: Format) -> Format {
    format.set_border(FormatBorder::Thin).set_border_color(Color::RGB(LINE))
}
