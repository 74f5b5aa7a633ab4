//! Observations: a number, or the reason why there is none.

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

impl Reason {
    /// As written in data files; also the keys of the theme's words.
    pub const NAMES: &'static [(&'static str, Reason)] = &[
        ("not_collected", Reason::NotCollected),
        ("not_applicable", Reason::NotApplicable),
        ("suppressed", Reason::Suppressed),
        ("not_fetched", Reason::NotFetched),
        ("not_published", Reason::NotPublished),
        ("unavailable", Reason::Unavailable),
    ];

    /// As written in data files.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES
            .iter()
            .find(|(_, reason)| *reason == self)
            .map_or("", |(name, _)| name)
    }
}

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

/// What else is to be said of a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "any of them may hold together with any other"
)]
pub struct Flags {
    /// May still change.
    pub provisional: bool,
    /// Reckoned rather than measured.
    pub estimated: bool,
    /// Changed since it was first published.
    pub revised: bool,
    /// Not comparable with the periods before.
    pub breaks: bool,
}

impl Flags {
    /// As written in data files.
    pub const NAMES: [&'static str; 4] = ["provisional", "estimated", "revised", "break"];

    /// Names of the flags that are set.
    #[must_use]
    pub fn names(self) -> Vec<&'static str> {
        let set = [self.provisional, self.estimated, self.revised, self.breaks];
        Self::NAMES
            .into_iter()
            .zip(set)
            .filter_map(|(name, is_set)| is_set.then_some(name))
            .collect()
    }

    /// Sets the flag of this name; false when no flag is called so.
    pub fn set(&mut self, name: &str) -> bool {
        let flag = match name {
            "provisional" => &mut self.provisional,
            "estimated" => &mut self.estimated,
            "revised" => &mut self.revised,
            "break" => &mut self.breaks,
            _ => return false,
        };
        *flag = true;
        true
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

/// Which part of the population or the whole: everybody, women, a sector.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// Women, men or both.
    pub sex: Sex,
    /// Position in the indicator's breakdown; `None`: all of it.
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
    /// When.
    pub period: Period,
    /// What.
    pub value: Value,
    /// Lower and upper bound of its confidence interval, if known.
    pub bounds: Option<(f64, f64)>,
    /// How sure.
    pub flags: Flags,
    /// A remark; empty when there is none.
    pub note: String,
}

/// Observations of one place and part, by period, each period once.
#[derive(Clone, Debug)]
pub struct Series {
    /// Where.
    pub place: PlaceId,
    /// Of what part.
    pub part: Part,
    /// In order of time.
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
