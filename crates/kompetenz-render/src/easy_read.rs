//! The easy-read page: its data in, a page for the participant out.

use kompetenz::easy_read::{EasyReadData, FORMAT};

use crate::check::{Date, Flaws};
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
        let mut flaws = Flaws::default();
        flaws.format(&data.format, FORMAT);
        let day = flaws.issued(&data.issued.iso);
        flaws.color(&data.issuer.color, "issuer.color");
        flaws.texts([
            ("number", &data.number),
            ("title", &data.title),
            ("issuer.name", &data.issuer.name),
            ("name", &data.name),
        ]);
        for (i, strength) in data.strengths.iter().enumerate() {
            flaws.bar(strength.bar, &format!("strengths[{i}].bar"));
        }
        flaws.0.extend(self.check_language("language", &data.language));
        flaws.none_on(day)
    }
}
