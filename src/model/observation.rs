//! Observations: a number, or the reason why there is none.

use super::names::names;
use super::{Period, PlaceId};

/// Why there is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nobody has measured it.
    NotCollected,
    /// The question makes no sense here.
    NotApplicable,
    /// Too few are concerned to publish it.
    Suppressed,
    /// It exists, but has not been brought here.
    NotFetched,
    /// It will come.
    NotPublished,
    /// The source has no figure, or one too uncertain to give, and says no more.
    Unavailable,
}

names!(Reason {
    NotCollected = "not_collected",
    NotApplicable = "not_applicable",
    Suppressed = "suppressed",
    NotFetched = "not_fetched",
    NotPublished = "not_published",
    Unavailable = "unavailable",
});

/// A number or a reason. A known number is finite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// In the indicator's unit.
    Known(f64),
    /// No number.
    Missing(Reason),
}

impl Value {
    /// The number, if there is one.
    #[must_use]
    pub fn known(self) -> Option<f64> {
        match self {
            Value::Known(number) => Some(number),
            Value::Missing(_) => None,
        }
    }
}

/// Reservations about a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "any of them may hold together with any other"
)]
pub struct Flags {
    /// May still change.
    pub provisional: bool,
    /// Estimated rather than measured.
    pub estimated: bool,
    /// Changed since it was first published.
    pub revised: bool,
    /// After a break: not comparable with the periods before.
    pub breaks: bool,
}

impl Flags {
    /// The words of data files.
    pub const NAMES: [&'static str; 4] = ["provisional", "estimated", "revised", "break"];

    /// The flags in the order of their names.
    fn each(&mut self) -> [&mut bool; 4] {
        [
            &mut self.provisional,
            &mut self.estimated,
            &mut self.revised,
            &mut self.breaks,
        ]
    }

    /// Words of the flags that are set.
    #[must_use]
    pub fn names(mut self) -> Vec<&'static str> {
        let named = Self::NAMES.into_iter().zip(self.each());
        named.filter_map(|(name, flag)| flag.then_some(name)).collect()
    }

    /// Sets the flag of a word; false where no flag has that word.
    pub fn set(&mut self, word: &str) -> bool {
        let named = Self::NAMES.into_iter().zip(self.each());
        let flag = named.into_iter().find(|(name, _)| *name == word);
        flag.map(|(_, flag)| *flag = true).is_some()
    }
}

/// Women, men, or both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sex {
    /// Both together.
    #[default]
    Total,
    /// Women.
    Women,
    /// Men.
    Men,
}

impl Sex {
    /// As written in data files, with the letters that Kolada uses and their English forms.
    pub const NAMES: &'static [(&'static str, Sex)] = &[
        ("T", Sex::Total),
        ("K", Sex::Women),
        ("M", Sex::Men),
        ("total", Sex::Total),
        ("women", Sex::Women),
        ("men", Sex::Men),
        ("", Sex::Total),
    ];

    /// The letter in data files, downloads and words.
    #[must_use]
    pub fn letter(self) -> &'static str {
        match self {
            Sex::Total => "T",
            Sex::Women => "K",
            Sex::Men => "M",
        }
    }
}

/// Part of the population or of the whole: everybody, women, a sector.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// Women, men or both.
    pub sex: Sex,
    /// Position in the indicator's breakdown; `None`: all categories together.
    pub category: Option<u16>,
}

impl Part {
    /// Everything and everybody.
    pub const TOTAL: Part = Part {
        sex: Sex::Total,
        category: None,
    };

    /// All of one sex.
    #[must_use]
    pub fn of_sex(sex: Sex) -> Self {
        Part { sex, category: None }
    }
}

/// One observation.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// Period of the observation.
    pub period: Period,
    /// The number, or why there is none.
    pub value: Value,
    /// Lower and upper bound of its confidence interval; `None`: not known.
    pub bounds: Option<(f64, f64)>,
    /// Reservations about the number.
    pub flags: Flags,
    /// A remark; empty: none.
    pub note: String,
}

/// Observations of one place and part, by period, each period once.
#[derive(Clone, Debug)]
pub struct Series {
    /// The place.
    pub place: PlaceId,
    /// Part of the place.
    pub part: Part,
    /// Observations in order of time.
    pub observations: Vec<Observation>,
}

impl Series {
    /// The observation of this period.
    #[must_use]
    pub fn at(&self, period: Period) -> Option<&Observation> {
        self.observations
            .binary_search_by_key(&period, |observation| observation.period)
            .ok()
            .map(|index| &self.observations[index])
    }

    /// The last observation with a number.
    #[must_use]
    pub fn latest(&self) -> Option<&Observation> {
        self.observations
            .iter()
            .rev()
            .find(|observation| observation.value.known().is_some())
    }
}
