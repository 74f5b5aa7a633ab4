//! The functions that expressions know.
//!
//! Each takes an indicator's id and gives a number in its unit (or text), for the report's own place and its latest
//! period unless told otherwise: `place="00"`, `period="2023"`, `sex="K"`, `category="industri"`. A missing
//! figure is not a number, which spoils every comparison it is in, and is written down as missing.

use crate::finding::Code;
use crate::finding::message::{self, Message};
use crate::measure;
use crate::model::{Indicator, Level, Part, Period, PlaceId, Reason, Sex, Site, Value as Figure};
use crate::page::locale::Locale;
use crate::render::markdown::record::{Call, CallProblem, Record};
use crate::theme::Format;
use minijinja::value::Kwargs;
use minijinja::{Environment, Error, State, Value};
use std::sync::Arc;

/// Names of the functions, for near misses.
pub(super) const NAMES: &[&str] = &[
    "value",
    "change",
    "change_percent",
    "difference",
    "rank",
    "rank_of",
    "period",
    "name",
    "claim",
    "date",
];

/// Names of their arguments, for near misses.
pub(super) const ARGUMENTS: &[&str] = &["place", "period", "sex", "category", "from", "to", "within"];

/// The figures of a site, in a language.
struct Figures {
    site: Arc<Site>,
    language: String,
    format: Format,
    rank_of: String,
    reasons: Vec<(Reason, String)>,
}

/// Which figure was asked for.
struct Asked<'a> {
    indicator: &'a Indicator,
    place: PlaceId,
    part: Part,
    period: Option<Period>,
}

/// A function of expressions: the record, the id it is asked about, its arguments.
type Function = fn(&Figures, &State, &str, &Kwargs) -> Result<Value, Error>;

/// Ends of a change, with what was asked for.
type Ends<'a> = (Asked<'a>, [(Period, f64); 2]);

/// Makes the functions known.
pub(super) fn register(environment: &mut Environment<'static>, site: &Arc<Site>, locale: &Locale<'_>) {
    let reasons = Reason::NAMES
        .iter()
        .map(|(name, reason)| (*reason, locale.word(&format!("reason.{name}")).to_owned()))
        .collect();
    let figures = Arc::new(Figures {
        site: site.clone(),
        language: locale.code.to_owned(),
        format: locale.format.clone(),
        rank_of: locale.word("sentence.rank_of").to_owned(),
        reasons,
    });
    let functions: [(&'static str, Function); 8] = [
        ("value", Figures::value),
        ("change", Figures::change),
        ("change_percent", Figures::change_percent),
        ("difference", Figures::difference),
        ("rank", Figures::rank),
        ("rank_of", Figures::rank_of),
        ("period", Figures::period),
        ("name", Figures::name),
    ];
    for (name, function) in functions {
        let figures = figures.clone();
        environment.add_function(name, move |state: &State, id: String, arguments: Kwargs| {
            let value = function(&figures, state, &id, &arguments)?;
            arguments.assert_all_used()?;
            Ok::<Value, Error>(value)
        });
    }
    let format = locale.format.clone();
    environment.add_function("date", move |written: String| format.date(&written));
}

impl Figures {
    fn asked(&self, id: &str, arguments: &Kwargs) -> Result<Asked<'_>, Error> {
        let indicator = self.site.indicator(id).ok_or_else(|| {
            CallProblem::error(
                Code::UnknownIndicator,
                id,
                self.site
                    .indicators
                    .iter()
                    .map(|indicator| indicator.id.clone())
                    .collect(),
            )
        })?;
        let place = match arguments.get::<Option<String>>("place")? {
            Some(code) => self.place(&code)?,
            None => self.home()?,
        };
        let sex = match arguments.get::<Option<String>>("sex")? {
            None => Sex::Total,
            Some(written) => {
                let found = Sex::NAMES.iter().find(|(name, _)| *name == written);
                found
                    .ok_or_else(|| {
                        CallProblem::error(Code::ValueChoice, &written, ["T", "K", "M"].map(str::to_owned).to_vec())
                    })?
                    .1
            }
        };
        let category = match arguments.get::<Option<String>>("category")? {
            None => None,
            Some(code) => {
                let codes: Vec<String> = indicator
                    .breakdown
                    .iter()
                    .flat_map(|it| &it.categories)
                    .map(|(code, _)| code.clone())
                    .collect();
                let found = codes
                    .iter()
                    .position(|own| *own == code)
                    .and_then(|index| u16::try_from(index).ok());
                Some(found.ok_or_else(|| CallProblem::error(Code::UnknownCategory, &code, codes))?)
            }
        };
        Ok(Asked {
            indicator,
            place,
            part: Part { sex, category },
            period: period(indicator, arguments, "period")?,
        })
    }

    fn place(&self, code: &str) -> Result<PlaceId, Error> {
        let known = || self.site.places.codes().map(ToOwned::to_owned).collect();
        self.site
            .places
            .find(code)
            .ok_or_else(|| CallProblem::error(Code::UnknownPlace, code, known()))
    }

    fn home(&self) -> Result<PlaceId, Error> {
        Ok(self
            .site
            .settings
            .home
            .ok_or_else(|| CallProblem::Setting(message::no_home()))?)
    }

    /// The figure's period and number; a missing one is written down.
    fn look_up(&self, state: &State, asked: &Asked<'_>) -> Option<(Period, f64)> {
        let observation = match asked.period {
            Some(period) => asked.indicator.at(asked.place, asked.part, period),
            None => measure::latest(asked.indicator, asked.place, asked.part, None),
        };
        if let Some((period, number)) = observation.and_then(|found| Some((found.period, found.value.known()?))) {
            return Some((period, number));
        }
        // Where no period was asked for, the last one says why there is nothing.
        let last = || asked.indicator.series(asked.place, asked.part)?.observations.last();
        let observation = observation.or_else(|| last().filter(|_| asked.period.is_none()));
        let reason = match observation.map(|found| found.value) {
            Some(Figure::Missing(reason)) => Some(reason),
            _ => asked.indicator.absence.as_ref().map(|absence| absence.reason),
        };
        let word = reason
            .and_then(|reason| self.reasons.iter().find(|(own, _)| *own == reason))
            .map(|(_, word)| word.clone());
        let missing = reason.map_or_else(message::figure_not_in_data, absence);
        self.note(
            state,
            asked,
            asked.period,
            f64::NAN,
            word.unwrap_or_else(|| "–".to_owned()),
            Some(missing),
        );
        None
    }

    fn note(
        &self,
        state: &State,
        asked: &Asked<'_>,
        period: Option<Period>,
        number: f64,
        shown: String,
        missing: Option<Message>,
    ) {
        let place = self.site.places[asked.place].name.in_language(&self.language);
        let name = asked.indicator.short.in_language(&self.language);
        let period = period.map_or(String::new(), |period| format!(", {}", self.format.period(period)));
        let call = Call {
            what: format!("{name}, {place}{period}"),
            indicator: Some(asked.indicator.id.clone()),
            number,
            shown,
            missing,
        };
        Record::note(state, |entries| entries.calls.push(call));
    }

    fn value(&self, state: &State, id: &str, arguments: &Kwargs) -> Result<Value, Error> {
        let asked = self.asked(id, arguments)?;
        let Some((period, number)) = self.look_up(state, &asked) else {
            return Ok(Value::from(f64::NAN));
        };
        let shown = self.format.value(number, &asked.indicator.unit, &self.language);
        self.note(state, &asked, Some(period), number, shown, None);
        Ok(Value::from(number))
    }

    /// First and last number of a change; by default those of the report's period.
    fn ends(&self, state: &State, id: &str, arguments: &Kwargs) -> Result<Option<Ends<'_>>, Error> {
        let mut asked = self.asked(id, arguments)?;
        let (from, to) = (
            period(asked.indicator, arguments, "from")?,
            period(asked.indicator, arguments, "to")?,
        );
        if from.is_none()
            && to.is_none()
            && let Some(ends) = measure::trend(asked.indicator, asked.place, asked.part, self.site.settings.period)
        {
            return Ok(Some((asked, ends)));
        }
        let first = measure::trend(asked.indicator, asked.place, asked.part, self.site.settings.period)
            .map(|[first, _]| first.0);
        asked.period = from.or(first);
        let Some(start) = self.look_up(state, &asked) else {
            return Ok(None);
        };
        asked.period = to;
        let Some(end) = self.look_up(state, &asked) else {
            return Ok(None);
        };
        Ok(Some((asked, [start, end])))
    }

    fn change(&self, state: &State, id: &str, arguments: &Kwargs) -> Result<Value, Error> {
        let Some((asked, [first, last])) = self.ends(state, id, arguments)? else {
            return Ok(Value::from(f64::NAN));
        };
        let number = last.1 - first.1;
        let shown = measure::difference(last.1, first.1, asked.indicator.unit.decimals);
        let shown = self.format.difference(shown, &asked.indicator.unit, &self.language);
        self.note(state, &asked, Some(last.0), number, shown, None);
        Ok(Value::from(number))
    }

    fn change_percent(&self, state: &State, id: &str, arguments: &Kwargs) -> Result<Value, Error> {
        let Some((asked, [first, last])) = self.ends(state, id, arguments)? else {
            return Ok(Value::from(f64::NAN));
        };
        let number = measure::percent_change(first.1, last.1).unwrap_or(f64::NAN);
        self.note(
            state,
            &asked,
            Some(last.0),
            number,
            self.format.percent(number, 1),
            number.is_nan().then(message::expression_infinite),
        );
        Ok(Value::from(number))
    }

    fn difference(&self, state: &State, id: &str, arguments: &Kwargs) -> Result<Value, Error> {
        let other = match arguments.get::<Option<String>>("to")? {
            Some(code) => self.place(&code)?,
            None => self
                .site
                .settings
                .country
                .ok_or_else(|| CallProblem::Setting(message::no_country()))?,
        };
        let asked = self.asked(id, arguments)?;
        let Some((period, own)) = self.look_up(state, &asked) else {
            return Ok(Value::from(f64::NAN));
        };
        let compared = Asked {
            place: other,
            period: Some(period),
            ..self.asked_again(&asked)
        };
        let Some((_, theirs)) = self.look_up(state, &compared) else {
            return Ok(Value::from(f64::NAN));
        };
        let number = own - theirs;
        let shown = measure::difference(own, theirs, asked.indicator.unit.decimals);
        let shown = self.format.difference(shown, &asked.indicator.unit, &self.language);
        self.note(state, &asked, Some(period), number, shown, None);
        Ok(Value::from(number))
    }

    #[expect(clippy::unused_self, reason = "ties the copy to the figures it borrows from")]
    fn asked_again<'a>(&'a self, asked: &Asked<'a>) -> Asked<'a> {
        Asked {
            indicator: asked.indicator,
            place: asked.place,
            part: asked.part,
            period: asked.period,
        }
    }

    /// Rank among the places of the same level, within `within="18"` when given.
    fn ranked(
        &self,
        state: &State,
        id: &str,
        arguments: &Kwargs,
    ) -> Result<Option<(Asked<'_>, Period, measure::Rank)>, Error> {
        let asked = self.asked(id, arguments)?;
        let within = arguments
            .get::<Option<String>>("within")?
            .map(|code| self.place(&code))
            .transpose()?;
        let Some((period, _)) = self.look_up(state, &asked) else {
            return Ok(None);
        };
        let level = self.site.places[asked.place].level;
        let places: Vec<PlaceId> = self
            .site
            .places
            .at_level(level, within.filter(|_| level != Level::Country))
            .collect();
        Ok(measure::rank(asked.indicator, asked.part, period, asked.place, &places).map(|rank| (asked, period, rank)))
    }

    fn rank(&self, state: &State, id: &str, arguments: &Kwargs) -> Result<Value, Error> {
        let Some((asked, period, rank)) = self.ranked(state, id, arguments)? else {
            return Ok(Value::from(f64::NAN));
        };
        #[expect(clippy::cast_precision_loss, reason = "ranks are small")]
        let number = rank.position as f64;
        self.note(state, &asked, Some(period), number, rank.position.to_string(), None);
        Ok(Value::from(rank.position))
    }

    fn rank_of(&self, state: &State, id: &str, arguments: &Kwargs) -> Result<Value, Error> {
        let Some((asked, period, rank)) = self.ranked(state, id, arguments)? else {
            return Ok(Value::from(f64::NAN));
        };
        let filled = crate::theme::fill(
            &self.rank_of,
            &[("n", &rank.position.to_string()), ("total", &rank.of.to_string())],
        );
        self.note(state, &asked, Some(period), f64::NAN, filled.clone(), None);
        Ok(Value::from(filled))
    }

    fn period(&self, state: &State, id: &str, arguments: &Kwargs) -> Result<Value, Error> {
        let asked = self.asked(id, arguments)?;
        let Some((period, _)) = self.look_up(state, &asked) else {
            return Ok(Value::from(f64::NAN));
        };
        let shown = self.format.period_in_text(period);
        self.note(state, &asked, Some(period), f64::NAN, shown.clone(), None);
        Ok(Value::from(shown))
    }

    fn name(&self, _: &State, id: &str, _: &Kwargs) -> Result<Value, Error> {
        let indicator = self
            .site
            .indicator(id)
            .map(|indicator| indicator.name.in_language(&self.language));
        match indicator {
            Some(name) => Ok(Value::from(name)),
            None => Ok(Value::from(
                self.site.places[self.place(id)?].name.in_language(&self.language),
            )),
        }
    }
}

/// Why a figure is missing, as a phrase within a finding.
fn absence(reason: Reason) -> Message {
    match reason {
        Reason::NotCollected => message::figure_not_collected(),
        Reason::NotApplicable => message::figure_not_applicable(),
        Reason::Suppressed => message::figure_suppressed(),
        Reason::NotFetched => message::figure_not_fetched(),
        Reason::NotPublished => message::figure_not_published(),
        Reason::Unavailable => message::figure_unavailable(),
    }
}

/// A period argument, in the indicator's own kind.
fn period(indicator: &Indicator, arguments: &Kwargs, name: &str) -> Result<Option<Period>, Error> {
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
