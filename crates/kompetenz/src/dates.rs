//! Dates and numbers as each language writes them, by the CLDR data of ICU.

use icu_calendar::{Date as IcuDate, Gregorian};
use icu_datetime::fieldsets::{T, YMD, YMDE};
use icu_datetime::input::Time as IcuTime;
use icu_datetime::{FixedCalendarDateTimeFormatter, NoCalendarFormatter};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_decimal::options::{DecimalFormatterOptions, GroupingStrategy};
use icu_locale_core::Locale;
use jiff::civil::{Date, DateTime};

use crate::Exact;
use crate::certificate::Day;

/// The Gregorian calendar in every language: a date on the certificate is the one in the passport.
type Formatter = FixedCalendarDateTimeFormatter<Gregorian, YMD>;

/// How one language writes dates and numbers.
pub struct Dates {
    locale: Locale,
    long: Option<Formatter>,
    short: Option<Formatter>,
    number: Option<DecimalFormatter>,
    ungrouped: Option<DecimalFormatter>,
}

impl Dates {
    /// By the tag of a language. A language that ICU has no data for gets its neutral forms.
    pub fn new(language: &str) -> Dates {
        // The digits of the certificate number, of results files and of the passport, in every language: two languages
        // beside each other say the same number.
        let locale: Locale = format!("{language}-u-nu-latn").parse().unwrap_or(Locale::UNKNOWN);
        let mut ungrouped = DecimalFormatterOptions::default();
        ungrouped.grouping_strategy = Some(GroupingStrategy::Never);
        Dates {
            locale: locale.clone(),
            long: Formatter::try_new(locale.clone().into(), YMD::long()).ok(),
            short: Formatter::try_new(locale.clone().into(), YMD::medium()).ok(),
            number: DecimalFormatter::try_new(locale.clone().into(), DecimalFormatterOptions::default()).ok(),
            ungrouped: DecimalFormatter::try_new(locale.into(), ungrouped).ok(),
        }
    }

    /// A day, for machines and in words: "22. November 2026".
    pub fn day(&self, date: Date) -> Day {
        Day { iso: date.to_string(), text: format(self.long.as_ref(), date) }
    }

    /// When people meet: the day with its weekday, and the time to the minute.
    ///
    /// ```
    /// use kompetenz::dates::Dates;
    /// let (day, time) = Dates::new("de").meeting("2026-12-01T10:30".parse().unwrap());
    /// assert_eq!((day.as_str(), time.as_str()), ("Dienstag, 1. Dezember 2026", "10:30"));
    /// ```
    pub fn meeting(&self, when: DateTime) -> (String, String) {
        let prefs = || self.locale.clone().into();
        let day =
            match (FixedCalendarDateTimeFormatter::try_new(prefs(), YMDE::long()), gregorian(when.date())) {
                (Ok(formatter), Some(date)) => formatter.format(&date).to_string(),
                _ => when.date().to_string(),
            };
        let (hour, minute) = (when.hour().unsigned_abs(), when.minute().unsigned_abs());
        let time =
            match (NoCalendarFormatter::try_new(prefs(), T::hm()), IcuTime::try_new(hour, minute, 0, 0)) {
                (Ok(formatter), Ok(time)) => formatter.format(&time).to_string(),
                _ => format!("{hour:02}:{minute:02}"),
            };
        (day, time)
    }

    /// A day in its short form: "22.11.2026".
    pub(crate) fn short(&self, date: Date) -> String {
        format(self.short.as_ref(), date)
    }

    /// A number with at most two decimal places.
    pub(crate) fn number(&self, number: &Exact) -> String {
        let plain = number.to_places(2);
        decimal(self.number.as_ref(), plain.trim_end_matches('0').trim_end_matches('.'))
    }

    /// A number with exactly so many decimal places.
    pub(crate) fn number_with(&self, number: &Exact, places: u32) -> String {
        decimal(self.number.as_ref(), &number.to_places(places))
    }

    /// A number as a results file may have it: all its decimal places, and nothing between the thousands,
    /// where a point would be read as the one before the decimals.
    pub(crate) fn number_to_enter(&self, number: &Exact) -> String {
        decimal(self.ungrouped.as_ref(), &number.to_plain())
    }
}

fn decimal(formatter: Option<&DecimalFormatter>, plain: &str) -> String {
    match (formatter, Decimal::try_from_str(plain)) {
        (Some(formatter), Ok(decimal)) => formatter.format_to_string(&decimal),
        _ => plain.to_owned(),
    }
}

fn format(formatter: Option<&Formatter>, date: Date) -> String {
    match (formatter, gregorian(date)) {
        (Some(formatter), Some(iso)) => formatter.format(&iso).to_string(),
        _ => date.to_string(),
    }
}

fn gregorian(date: Date) -> Option<IcuDate<Gregorian>> {
    IcuDate::try_new_gregorian(date.year().into(), date.month().unsigned_abs(), date.day().unsigned_abs())
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn each_language_has_its_own_forms() {
        let day = date(2026, 11, 2);
        let half = Exact::parse("1060.5").unwrap();
        for (language, long, short, number) in [
            ("de", "2. November 2026", "02.11.2026", "1.060,5"),
            ("en", "November 2, 2026", "Nov 2, 2026", "1,060.5"),
            ("en-GB", "2 November 2026", "2 Nov 2026", "1,060.5"),
            ("ro", "2 noiembrie 2026", "2 nov. 2026", "1.060,5"),
            ("bg", "2 ноември 2026\u{202f}г.", "2.11.2026\u{202f}г.", "1060,5"),
            ("tr", "2 Kasım 2026", "2 Kas 2026", "1.060,5"),
            ("pl", "2 listopada 2026", "2 lis 2026", "1060,5"),
            ("it", "2 novembre 2026", "2 nov 2026", "1060,5"),
            ("hr", "2. studenoga 2026.", "2. stu 2026.", "1.060,5"),
            ("ru", "2 ноября 2026\u{202f}г.", "2 нояб. 2026\u{202f}г.", "1\u{a0}060,5"),
            ("uk", "2 листопада 2026\u{202f}р.", "2 лист. 2026\u{202f}р.", "1\u{a0}060,5"),
            ("ar", "2 نوفمبر 2026", "02\u{200f}/11\u{200f}/2026", "1,060.5"),
            ("fa", "2 نوامبر 2026", "2 نوامبر 2026", "1,060.5"),
        ] {
            let dates = Dates::new(language);
            assert_eq!(dates.day(day).text, long);
            assert_eq!(dates.day(day).iso, "2026-11-02");
            assert_eq!(dates.short(day), short);
            assert_eq!(dates.number(&half), number);
        }
    }

    #[test]
    fn a_number_to_enter_has_nothing_between_the_thousands() {
        let half = Exact::parse("1060.5").unwrap();
        for (language, number) in [("de", "1060,5"), ("en", "1060.5"), ("bg", "1060,5"), ("fa", "1060.5")] {
            assert_eq!(Dates::new(language).number_to_enter(&half), number);
        }
    }
}
