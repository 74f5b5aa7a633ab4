//! Arguments of the functions over indicators: which figure of an indicator is meant.
//!
//! `place="00"`, `period="2023"`, `sex="K"`, `category="industri"`; without them the report's own place and its latest
//! figure for all.

use crate::finding::{Code, message};
use crate::model::{Indicator, Part, Period, PlaceId, Sex, Site};
use crate::render::markdown::record::CallProblem;
use minijinja::value::Kwargs;
use minijinja::{Error, Value};

/// Names of the arguments, for near misses.
pub(super) const ARGUMENTS: &[&str] = &[
    "place", "period", "sex", "category", "from", "to", "within", "stated", "by",
];

/// A figure of an indicator.
#[derive(Clone, Copy)]
pub(super) struct FigureQuery<'a> {
    pub(super) indicator: &'a Indicator,
    pub(super) place: PlaceId,
    pub(super) part: Part,
    /// `None` for the latest.
    pub(super) period: Option<Period>,
}

impl<'a> FigureQuery<'a> {
    /// The figure that these arguments name; an error where one of them names nothing.
    pub(super) fn parse(site: &'a Site, id: &str, arguments: &Kwargs) -> Result<Self, Error> {
        let indicator = site.indicator(id).ok_or_else(|| {
            let ids = site.indicators.iter().map(|indicator| indicator.id.clone());
            CallProblem::error(Code::UnknownIndicator, id, ids.collect())
        })?;
        let place = match place_argument(site, arguments, "place")? {
            Some(place) => place,
            None => home(site)?,
        };
        let part = Part {
            sex: sex(arguments)?,
            category: category(indicator, arguments)?,
        };
        let period = period_argument(indicator, arguments, "period")?;
        Ok(Self {
            indicator,
            place,
            part,
            period,
        })
    }

    /// The period of the figure that was found, as first and last, and whether the author named it.
    pub(super) fn time(&self, found: Period) -> ([Period; 2], bool) {
        ([found; 2], self.period.is_some())
    }
}

fn sex(arguments: &Kwargs) -> Result<Sex, Error> {
    let Some(letter) = arguments.get::<Option<String>>("sex")? else {
        return Ok(Sex::Total);
    };
    let sex = Sex::NAMES.iter().find(|(name, _)| *name == letter);
    sex.map(|(_, sex)| *sex)
        .ok_or_else(|| CallProblem::error(Code::ValueChoice, &letter, ["T", "K", "M"].map(str::to_owned).to_vec()))
}

/// Position of the category in the indicator's breakdown; `None` without the argument.
fn category(indicator: &Indicator, arguments: &Kwargs) -> Result<Option<u16>, Error> {
    let Some(code) = arguments.get::<Option<String>>("category")? else {
        return Ok(None);
    };
    let categories = indicator.breakdown.iter().flat_map(|breakdown| &breakdown.categories);
    let codes: Vec<String> = categories.map(|(code, _)| code.clone()).collect();
    let index = codes.iter().position(|other| *other == code);
    match index.and_then(|index| u16::try_from(index).ok()) {
        Some(index) => Ok(Some(index)),
        None => Err(CallProblem::error(Code::UnknownCategory, &code, codes)),
    }
}

/// The report's own place, which a site need not have.
fn home(site: &Site) -> Result<PlaceId, Error> {
    let home = site.settings.home;
    Ok(home.ok_or_else(|| CallProblem::Setting(message::no_home()))?)
}

/// The place with this code.
pub(super) fn place(site: &Site, code: &str) -> Result<PlaceId, Error> {
    site.places
        .find(code)
        .ok_or_else(|| CallProblem::Place(code.to_owned()).into())
}

/// The place whose code an argument gives; `None` without the argument.
pub(super) fn place_argument(site: &Site, arguments: &Kwargs, name: &str) -> Result<Option<PlaceId>, Error> {
    let code = arguments.get::<Option<String>>(name)?;
    code.map(|code| place(site, &code)).transpose()
}

/// A period argument, in the indicator's own kind; `None` without the argument.
pub(super) fn period_argument(indicator: &Indicator, arguments: &Kwargs, name: &str) -> Result<Option<Period>, Error> {
    let Some(value) = arguments.get::<Option<Value>>(name)? else {
        return Ok(None);
    };
    let written = value.to_string();
    if let Some(period) = Period::parse(&written, indicator.period) {
        return Ok(Some(period));
    }
    let code = if Period::guess(&written).is_some() {
        Code::PeriodKind
    } else {
        Code::PeriodForm
    };
    Err(CallProblem::expecting(
        code,
        &written,
        Vec::new(),
        crate::read::period_example(indicator.period),
    ))
}
