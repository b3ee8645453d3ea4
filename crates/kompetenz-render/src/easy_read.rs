//! The easy-read page: its data in, a page for the participant out.

use kompetenz::easy_read::{EasyReadData, FORMAT};
use kompetenz::words;

use crate::check::{Date, is_color, parse_date};
use crate::studio::EASY_READ;
use crate::{Files, Format, InvalidField, RenderError, Studio};

impl Studio {
    /// Makes one easy-read page (A4), with its data attached where the standard allows it.
    ///
    /// The same data gives the same bytes. There is no logo on it: the only pictures are those that say something.
    ///
    /// # Errors
    ///
    /// As [`Studio::certificate`].
    ///
    /// # Panics
    ///
    /// Never: any page can be written as JSON.
    ///
    /// # Example
    ///
    /// ```
    /// use kompetenz::EasyReadData;
    /// use kompetenz_render::{Format, Pictures, Studio, Template};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let json = include_str!("../../../fixtures/easy-read/short.json");
    /// let data: EasyReadData = serde_json::from_str(json)?;
    /// let studio = Studio::new(&Template::certificate(), Pictures::default())?;
    /// let files = studio.easy_read(&data, &Format::default())?;
    /// assert!(files[0].starts_with(b"%PDF-1.7"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn easy_read(&self, data: &EasyReadData, format: &Format) -> Result<Files, RenderError> {
        let day = self.check_easy_read(data).map_err(RenderError::Invalid)?;
        let value = serde_json::to_value(data).expect("texts and numbers can be written as JSON");
        self.print_data(EASY_READ, value, day, data.number.clone(), format)
    }

    /// Whatever the engine or the template would stumble over, before they see it; or else the day of issue.
    fn check_easy_read(&self, data: &EasyReadData) -> Result<Date, Vec<InvalidField>> {
        let mut invalid = Vec::new();
        let mut expect = |holds: bool, field: &str, expected| {
            if !holds {
                invalid.push(InvalidField { field: field.into(), expected });
            }
        };
        let day = parse_date(&data.issued.iso);
        expect(data.format == FORMAT, "format", words!("{FORMAT}", "{FORMAT}"));
        expect(day.is_some(), "issued.iso", words!("a day such as `2026-11-22`", "ein Tag wie `2026-11-22`"));
        expect(
            is_color(&data.issuer.color),
            "issuer.color",
            words!("a colour such as `#0b5a70`", "eine Farbe wie `#0b5a70`"),
        );
        for (field, text) in [
            ("number", &data.number),
            ("title", &data.title),
            ("issuer.name", &data.issuer.name),
            ("name", &data.name),
        ] {
            expect(!text.trim().is_empty(), field, words!("a text", "ein Text"));
        }
        for (i, strength) in data.strengths.iter().enumerate() {
            let bar = (1..=4).contains(&strength.bar);
            expect(bar, &format!("strengths[{i}].bar"), words!("1 to 4", "1 bis 4"));
        }
        invalid.extend(self.check_language("language", &data.language));
        match day {
            Some(day) if invalid.is_empty() => Ok(day),
            _ => Err(invalid),
        }
    }
}
