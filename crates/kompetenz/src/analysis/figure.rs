//! A figure as it is reported: what it is, its value or why there is none, on how many people it rests, and what
//! became of missing data.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::SMALLEST_GROUP;
use crate::{Words, words};

/// What a statistic came to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The value.
    pub value: f64,
    /// The 95 % confidence interval, for statistics that have one.
    pub interval: Option<(f64, f64)>,
}

impl From<f64> for Estimate {
    fn from(value: f64) -> Estimate {
        Estimate { value, interval: None }
    }
}

/// Why there is no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lack {
    /// It would rest on fewer people than [`SMALLEST_GROUP`], and could tell about one of them.
    TooFewPeople,
    /// A test of one item has no consistency.
    TooFewItems,
    /// The formula divides by how much values differ, and they do not.
    NoVariance,
    /// KR-20 is for items that are 0 or 1.
    NotDichotomous,
    /// Nobody was rated by two observers.
    OneObserver,
    /// No [`SMALLEST_GROUP`] people were rated by exactly the same observers.
    NoCommonObservers,
}

impl Lack {
    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Lack::TooFewPeople => "too-few-people",
            Lack::TooFewItems => "too-few-items",
            Lack::NoVariance => "no-variance",
            Lack::NotDichotomous => "not-dichotomous",
            Lack::OneObserver => "one-observer",
            Lack::NoCommonObservers => "no-common-observers",
        }
    }

    /// What it means.
    pub fn meaning(self) -> Words {
        match self {
            Lack::TooFewPeople => words!(
                "fewer than {SMALLEST_GROUP} people: suppressed, because it could tell about one of them",
                "weniger als {SMALLEST_GROUP} Personen: unterdrückt, weil es etwas über Einzelne verraten könnte"
            ),
            Lack::TooFewItems => words!("fewer than two items", "weniger als zwei Merkmale"),
            Lack::NoVariance => words!(
                "the values do not differ, or too little for this formula",
                "die Werte unterscheiden sich nicht oder für diese Formel zu wenig"
            ),
            Lack::NotDichotomous => words!("the items are not 0 or 1", "die Merkmale sind nicht 0 oder 1"),
            Lack::OneObserver => {
                words!("nobody was rated by two observers", "niemand wurde von zwei Personen bewertet")
            }
            Lack::NoCommonObservers => words!(
                "no {SMALLEST_GROUP} people were rated by exactly the same observers",
                "keine {SMALLEST_GROUP} Personen wurden von genau denselben Beobachtenden bewertet"
            ),
        }
    }
}

/// What becomes of missing values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Treatment {
    /// Everyone with a value for the item counts.
    Available,
    /// Only people with a value for every item of the measure count.
    Listwise,
    /// People whom both observers rated count.
    Pairwise,
    /// Every rating of people with at least two ratings counts.
    Pairable,
    /// People with the most frequent number of observers count.
    SameCount,
    /// The largest group of people whom exactly the same observers rated counts.
    SameObservers,
}

impl Treatment {
    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Treatment::Available => "available",
            Treatment::Listwise => "listwise",
            Treatment::Pairwise => "pairwise",
            Treatment::Pairable => "pairable",
            Treatment::SameCount => "same-count",
            Treatment::SameObservers => "same-observers",
        }
    }

    /// What it means.
    pub fn meaning(self) -> Words {
        match self {
            Treatment::Available => {
                words!("everyone with a value for the item", "alle mit einem Wert für das Merkmal")
            }
            Treatment::Listwise => words!(
                "only people with a value for every item of the measure",
                "nur Personen mit einem Wert für jedes Merkmal des Messwerts"
            ),
            Treatment::Pairwise => {
                words!("people whom both observers rated", "Personen, die beide Beobachtenden bewertet haben")
            }
            Treatment::Pairable => words!(
                "every rating of people with at least two ratings of the item",
                "jede Bewertung von Personen mit mindestens zwei Bewertungen des Merkmals"
            ),
            Treatment::SameCount => words!(
                "people with the most frequent number of observers, at least two; others are left out",
                "Personen mit der häufigsten Zahl von Beobachtenden, mindestens zwei; andere bleiben außen vor"
            ),
            Treatment::SameObservers => words!(
                "the largest group of people whom exactly the same observers rated; others are left out",
                "die größte Gruppe von Personen mit genau denselben Beobachtenden; andere bleiben außen vor"
            ),
        }
    }
}

/// What is computed. Each function of this module says how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "`meaning` says it")]
pub enum Statistic {
    Difficulty,
    Mean,
    StandardDeviation,
    CronbachAlpha,
    Kr20,
    ItemTotal,
    AlphaIfDeleted,
    PercentAgreement,
    CohenKappa,
    CohenKappaLinear,
    CohenKappaQuadratic,
    FleissKappa,
    KrippendorffNominal,
    KrippendorffOrdinal,
    KrippendorffInterval,
    Icc11,
    Icc21,
    Icc31,
    Icc1k,
    Icc2k,
    Icc3k,
}

impl Statistic {
    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Statistic::Difficulty => "difficulty",
            Statistic::Mean => "mean",
            Statistic::StandardDeviation => "standard-deviation",
            Statistic::CronbachAlpha => "cronbach-alpha",
            Statistic::Kr20 => "kr-20",
            Statistic::ItemTotal => "item-total-correlation",
            Statistic::AlphaIfDeleted => "alpha-if-deleted",
            Statistic::PercentAgreement => "percent-agreement",
            Statistic::CohenKappa => "cohen-kappa",
            Statistic::CohenKappaLinear => "cohen-kappa-linear",
            Statistic::CohenKappaQuadratic => "cohen-kappa-quadratic",
            Statistic::FleissKappa => "fleiss-kappa",
            Statistic::KrippendorffNominal => "krippendorff-alpha-nominal",
            Statistic::KrippendorffOrdinal => "krippendorff-alpha-ordinal",
            Statistic::KrippendorffInterval => "krippendorff-alpha-interval",
            Statistic::Icc11 => "icc-1-1",
            Statistic::Icc21 => "icc-2-1",
            Statistic::Icc31 => "icc-3-1",
            Statistic::Icc1k => "icc-1-k",
            Statistic::Icc2k => "icc-2-k",
            Statistic::Icc3k => "icc-3-k",
        }
    }

    /// The heading of its column, the same in every language.
    pub fn symbol(self) -> &'static str {
        match self {
            Statistic::Difficulty => "P",
            Statistic::Mean => "M",
            Statistic::StandardDeviation => "SD",
            Statistic::CronbachAlpha => "α",
            Statistic::Kr20 => "KR-20",
            Statistic::ItemTotal => "r(it)",
            Statistic::AlphaIfDeleted => "α(-i)",
            Statistic::PercentAgreement => "%",
            Statistic::CohenKappa => "κ",
            Statistic::CohenKappaLinear => "κ lin",
            Statistic::CohenKappaQuadratic => "κ quad",
            Statistic::FleissKappa => "κ(F)",
            Statistic::KrippendorffNominal => "α(K) nom",
            Statistic::KrippendorffOrdinal => "α(K) ord",
            Statistic::KrippendorffInterval => "α(K) int",
            Statistic::Icc11 => "ICC(1,1)",
            Statistic::Icc21 => "ICC(2,1)",
            Statistic::Icc31 => "ICC(3,1)",
            Statistic::Icc1k => "ICC(1,k)",
            Statistic::Icc2k => "ICC(2,k)",
            Statistic::Icc3k => "ICC(3,k)",
        }
    }

    /// What it is.
    pub fn meaning(self) -> Words {
        match self {
            Statistic::Difficulty => words!(
                "difficulty: how much of the scale was reached; 0 is hardest, 1 is easiest",
                "Schwierigkeit: wie viel der Skala erreicht wurde; 0 ist am schwersten, 1 am leichtesten"
            ),
            Statistic::Mean => words!("mean", "Mittelwert"),
            Statistic::StandardDeviation => {
                words!("standard deviation (n − 1)", "Standardabweichung (n − 1)")
            }
            Statistic::CronbachAlpha => {
                words!("Cronbach's alpha, with 95 % interval", "Cronbachs Alpha, mit 95-%-Intervall")
            }
            Statistic::Kr20 => words!("Kuder-Richardson formula 20", "Kuder-Richardson-Formel 20"),
            Statistic::ItemTotal => words!(
                "correlation of the item with the sum of the other items",
                "Trennschärfe: Korrelation des Merkmals mit der Summe der übrigen"
            ),
            Statistic::AlphaIfDeleted => {
                words!("alpha without the item", "Alpha ohne das Merkmal")
            }
            Statistic::PercentAgreement => words!(
                "agreement: equal pairs of ratings, in percent",
                "Übereinstimmung: gleiche Paare von Bewertungen in Prozent"
            ),
            Statistic::CohenKappa => words!("Cohen's kappa", "Cohens Kappa"),
            Statistic::CohenKappaLinear => {
                words!("Cohen's kappa, linear weights", "Cohens Kappa, lineare Gewichte")
            }
            Statistic::CohenKappaQuadratic => {
                words!("Cohen's kappa, quadratic weights", "Cohens Kappa, quadratische Gewichte")
            }
            Statistic::FleissKappa => words!("Fleiss' kappa", "Fleiss' Kappa"),
            Statistic::KrippendorffNominal => {
                words!("Krippendorff's alpha, nominal", "Krippendorffs Alpha, nominal")
            }
            Statistic::KrippendorffOrdinal => {
                words!("Krippendorff's alpha, ordinal", "Krippendorffs Alpha, ordinal")
            }
            Statistic::KrippendorffInterval => {
                words!("Krippendorff's alpha, interval", "Krippendorffs Alpha, Intervall")
            }
            Statistic::Icc11 => {
                words!("ICC(1): one rating, any observers", "ICC(1): eine Bewertung, beliebige Beobachtende")
            }
            Statistic::Icc21 => words!(
                "ICC(A,1): one rating, absolute agreement of the same observers",
                "ICC(A,1): eine Bewertung, absolute Übereinstimmung derselben Beobachtenden"
            ),
            Statistic::Icc31 => words!(
                "ICC(C,1): one rating, consistency of the same observers",
                "ICC(C,1): eine Bewertung, Konsistenz derselben Beobachtenden"
            ),
            Statistic::Icc1k => words!("ICC(k): the mean of k ratings", "ICC(k): Mittel aus k Bewertungen"),
            Statistic::Icc2k => {
                words!("ICC(A,k): the mean of k ratings", "ICC(A,k): Mittel aus k Bewertungen")
            }
            Statistic::Icc3k => {
                words!("ICC(C,k): the mean of k ratings", "ICC(C,k): Mittel aus k Bewertungen")
            }
        }
    }

    /// Where its formula comes from.
    pub fn source(self) -> &'static str {
        match self {
            Statistic::Difficulty => "Lienert & Raatz (1998)",
            Statistic::Mean | Statistic::StandardDeviation => "",
            Statistic::CronbachAlpha => "Cronbach (1951); Feldt, Woodruff & Salih (1987)",
            Statistic::Kr20 => "Kuder & Richardson (1937)",
            Statistic::ItemTotal => "Nunnally & Bernstein (1994)",
            Statistic::AlphaIfDeleted => "Cronbach (1951)",
            Statistic::PercentAgreement | Statistic::CohenKappa => "Cohen (1960)",
            Statistic::CohenKappaLinear => "Cohen (1968); Cicchetti & Allison (1971)",
            Statistic::CohenKappaQuadratic => "Cohen (1968); Fleiss & Cohen (1973)",
            Statistic::FleissKappa => "Fleiss (1971)",
            Statistic::KrippendorffNominal
            | Statistic::KrippendorffOrdinal
            | Statistic::KrippendorffInterval => "Krippendorff (2011, 2018)",
            Statistic::Icc11
            | Statistic::Icc21
            | Statistic::Icc31
            | Statistic::Icc1k
            | Statistic::Icc2k
            | Statistic::Icc3k => "Shrout & Fleiss (1979); McGraw & Wong (1996)",
        }
    }
}

/// Names are written in one place, so that JSON and CSV cannot differ.
macro_rules! serialize_by_name {
    ($($type:ty),*) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }
    )*};
}
serialize_by_name!(Lack, Treatment, Statistic);

/// A statistic of a group.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Its value, rounded to six decimal places, or why there is none.
    pub result: Result<Estimate, Lack>,
    /// How many people it rests on. `None`: fewer than [`SMALLEST_GROUP`].
    pub n: Option<usize>,
    /// What became of missing data.
    pub treatment: Treatment,
}

impl Figure {
    /// Computes a figure of `n` people, unless they are too few to be reported.
    ///
    /// Every figure is made here, so that no statistic can forget the rule.
    pub(super) fn of<E: Into<Estimate>>(
        n: usize,
        treatment: Treatment,
        compute: impl FnOnce() -> Result<E, Lack>,
    ) -> Figure {
        if n < SMALLEST_GROUP {
            return Figure::absent(Lack::TooFewPeople, treatment);
        }
        let rounded = |estimate: E| {
            let Estimate { value, interval } = estimate.into();
            Estimate { value: round(value), interval: interval.map(|(low, high)| (round(low), round(high))) }
        };
        Figure { result: compute().map(rounded), n: Some(n), treatment }
    }

    /// A figure that nobody is left for.
    pub(super) fn absent(lack: Lack, treatment: Treatment) -> Figure {
        Figure { result: Err(lack), n: None, treatment }
    }
}

/// Six decimal places: what lies behind them changes with the order of the rows. The sum takes the sign from `-0`.
pub(super) fn round(value: f64) -> f64 {
    let rounded = (value * 1e6).round() / 1e6;
    // Beyond 2^53 there are no decimal places, and the product may overflow.
    if rounded.is_finite() { rounded + 0.0 } else { value }
}

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match &self.result {
            Ok(Estimate { value, interval }) => {
                map.serialize_entry("value", value)?;
                if let Some((lower, upper)) = interval {
                    map.serialize_entry("lower", lower)?;
                    map.serialize_entry("upper", upper)?;
                }
            }
            Err(lack) => {
                map.serialize_entry("value", &None::<f64>)?;
                map.serialize_entry("absent", lack)?;
            }
        }
        map.serialize_entry("n", &self.n)?;
        map.serialize_entry("treatment", &self.treatment)?;
        map.end()
    }
}
