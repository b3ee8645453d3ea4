//! Which cells show their number as a date: nothing else tells a date from a number.

use std::collections::HashMap;
use std::io::BufRead;

use super::super::problems;
use super::super::xml::Xml;
use crate::rows::Problem;

/// The formats of the cells, by the number that a cell gives.
#[derive(Default)]
pub(super) struct Styles(Vec<Format>);

/// As what a number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Format {
    #[default]
    Number,
    /// A day, with or without the time of day.
    Date,
    /// A time of day or a duration.
    Time,
}

impl Styles {
    pub(super) fn read<R: BufRead>(xml: &mut Xml<R>) -> Result<Styles, Problem> {
        let mut own: HashMap<u32, Format> = HashMap::new();
        let mut used = Vec::new();
        if !xml.child()? {
            return Err(problems::damaged_part());
        }
        while xml.child()? {
            match xml.name() {
                "numFmts" => {
                    while xml.child()? {
                        if let (Some(id), Some(code)) = (number(xml)?, xml.attribute("formatCode")?) {
                            own.insert(id, Format::of(&code));
                        }
                        xml.skip()?;
                    }
                }
                "cellXfs" => {
                    while xml.child()? {
                        used.push(number(xml)?.unwrap_or_default());
                        xml.skip()?;
                    }
                }
                _ => xml.skip()?,
            }
        }
        xml.finish()?;
        Ok(Styles(
            used.into_iter()
                .map(|id| own.get(&id).copied().unwrap_or_else(|| Format::built_in(id)))
                .collect(),
        ))
    }

    pub(super) fn get(&self, ix: usize) -> Format {
        self.0.get(ix).copied().unwrap_or_default()
    }
}

fn number<R: BufRead>(xml: &Xml<R>) -> Result<Option<u32>, Problem> {
    Ok(xml.attribute("numFmtId")?.and_then(|id| id.parse().ok()))
}

impl Format {
    /// A format that has a number only, because every spreadsheet knows it.
    fn built_in(id: u32) -> Format {
        match id {
            // 27 to 36 and 50 to 58 are dates as East Asian versions write them.
            14..=17 | 22 | 27..=36 | 50..=58 => Format::Date,
            18..=21 | 45..=47 => Format::Time,
            _ => Format::Number,
        }
    }

    /// A format as it is written, for instance `DD.MM.YYYY` or `0.0" m"`. The first section is the one that counts.
    fn of(code: &str) -> Format {
        let (mut month_or_minute, mut time) = (false, false);
        let mut signs = code.chars();
        while let Some(sign) = signs.next() {
            match sign {
                ';' => break,
                '"' => drop(signs.by_ref().find(|sign| *sign == '"')),
                // The sign behind these stands for itself, for its width, or for a filling.
                '\\' | '_' | '*' => drop(signs.next()),
                '[' => {
                    let inside: String = signs.by_ref().take_while(|sign| *sign != ']').collect();
                    // A duration, `[hh]:mm`. Other brackets hold a colour, a condition or a language.
                    let all = |unit: char| inside.chars().all(|sign| sign.eq_ignore_ascii_case(&unit));
                    time |= !inside.is_empty() && (all('h') || all('m') || all('s'));
                }
                'd' | 'D' | 'y' | 'Y' => return Format::Date,
                'h' | 'H' | 's' | 'S' => time = true,
                'm' | 'M' => month_or_minute = true,
                _ => {}
            }
        }
        match (time, month_or_minute) {
            (true, _) => Format::Time,
            (false, true) => Format::Date,
            (false, false) => Format::Number,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Format::{self, Date, Number, Time};

    #[test]
    fn a_format_tells_dates_times_and_numbers_apart() {
        for (code, expected) in [
            ("General", Number),
            ("0.00E+00", Number),
            ("@", Number),
            ("0%", Number),
            ("#,##0.00\\ \"€\";[Red]-#,##0.00\\ \"€\"", Number),
            ("0.0\" Meter, Tag, Stunde\"", Number),
            ("0\\d", Number),
            ("#,##0*y", Number),
            ("#,##0_m", Number),
            ("[Magenta]0", Number),
            ("[>=100]0;dd.mm.yyyy", Number),
            ("[$-407]0", Number),
            ("\"never closed yyyy", Number),
            ("[never closed yyyy", Number),
            ("0\\", Number),
            ("DD.MM.YYYY", Date),
            ("dd/mm/yy\\ hh:mm", Date),
            ("[$-407]d/\\ mmmm\\ yyyy;@", Date),
            ("mmmm", Date),
            ("mmm-yy", Date),
            ("hh:mm", Time),
            ("h:mm AM/PM", Time),
            ("[h]:mm", Time),
            ("[HH]:MM:SS", Time),
            ("[mm]:ss", Time),
            ("mm:ss.0", Time),
            ("", Number),
        ] {
            assert_eq!(Format::of(code), expected, "{code}");
        }
    }
}
