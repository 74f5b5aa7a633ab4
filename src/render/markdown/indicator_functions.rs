//! The functions of expressions that ask about indicators.
//!
//! Each takes an indicator's id and the arguments of a [`FigureQuery`], and gives a number in the indicator's unit, or text.
//! A number is what readers see: rounded to the digits that are shown, differences by the rule of [`measure::difference`].
//! So a comparison of two of them says what a reader says who compares the page's figures.
//! A missing figure is not a number, which spoils every comparison it is in, and is recorded as missing.

use crate::finding::message::{self, Message};
use crate::measure;
use crate::measure::Rank;
use crate::model::{Level, Period, PlaceId, Reason, Site, Value as Figure};
use crate::page::locale::Locale;
use crate::render::markdown::figure_query::{FigureQuery, period_argument, place, place_argument};
use crate::render::markdown::record::{CallProblem, FigureTime, Lookup, Record};
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

/// Digits of a change in per cent.
const PERCENT_DECIMALS: u8 = 1;

/// The figures of a site, in a language.
struct IndicatorFunctions {
    site: Arc<Site>,
    language: String,
    format: Format,
    /// The sentence of a rank, with its placeholders.
    rank_of: String,
    reasons: Vec<(Reason, String)>,
}

/// A function of expressions: takes the state with its record, an id and the arguments.
type Function = fn(&IndicatorFunctions, &State, &str, &Kwargs) -> Result<Value, Error>;

/// First and last figure of a change.
type ChangeEnds = [(Period, f64); 2];

/// A change that was asked for: of which figure, between which, and whether the author named both periods.
type Change<'a> = (FigureQuery<'a>, ChangeEnds, bool);

/// A number as readers see it, and unrounded.
struct Shown {
    number: f64,
    exact: f64,
    text: String,
}

impl Shown {
    /// A text, which is no number.
    fn text(text: &str) -> Self {
        Self {
            number: f64::NAN,
            exact: f64::NAN,
            text: text.to_owned(),
        }
    }
}

/// The periods of a figure, and whether the author named them.
type Time = ([Period; 2], bool);

/// Adds the functions to the environment.
pub(super) fn register(environment: &mut Environment<'static>, site: &Arc<Site>, locale: &Locale<'_>) {
    let reasons = Reason::NAMES
        .iter()
        .map(|(name, reason)| (*reason, locale.word(&format!("reason.{name}")).to_owned()))
        .collect();
    let functions = Arc::new(IndicatorFunctions {
        site: site.clone(),
        language: locale.code.to_owned(),
        format: locale.format.clone(),
        rank_of: locale.word("sentence.rank_of").to_owned(),
        reasons,
    });
    let by_name: [(&'static str, Function); 8] = [
        ("value", IndicatorFunctions::value),
        ("change", IndicatorFunctions::change),
        ("change_percent", IndicatorFunctions::change_percent),
        ("difference", IndicatorFunctions::difference),
        ("rank", IndicatorFunctions::rank),
        ("rank_of", IndicatorFunctions::rank_of),
        ("period", IndicatorFunctions::period),
        ("name", IndicatorFunctions::name),
    ];
    for (name, function) in by_name {
        let functions = functions.clone();
        environment.add_function(name, move |state: &State, id: String, arguments: Kwargs| {
            let value = function(&functions, state, &id, &arguments)?;
            arguments.assert_all_used()?;
            Ok::<Value, Error>(value)
        });
    }
    let format = locale.format.clone();
    environment.add_function("date", move |date: String| format.date(&date));
}

/// A figure that is not there, in expressions.
fn not_a_number() -> Value {
    Value::from(f64::NAN)
}

impl IndicatorFunctions {
    fn query(&self, id: &str, arguments: &Kwargs) -> Result<FigureQuery<'_>, Error> {
        FigureQuery::parse(&self.site, id, arguments)
    }

    /// Period and number of the figure; `None`, recorded, where it is missing.
    fn look_up(&self, state: &State, query: FigureQuery<'_>) -> Option<(Period, f64)> {
        let observation = match query.period {
            Some(period) => query.indicator.at(query.place, query.part, period),
            None => measure::latest(query.indicator, query.place, query.part, None),
        };
        let figure = observation.and_then(|observation| Some((observation.period, observation.value.known()?)));
        if figure.is_none() {
            self.record_missing(state, query);
        }
        figure
    }

    /// Records a missing figure with the reason why there is none.
    fn record_missing(&self, state: &State, query: FigureQuery<'_>) {
        let observation = match query.period {
            Some(period) => query.indicator.at(query.place, query.part, period),
            // Where no period was asked for, the last observation says why there is no number.
            None => query
                .indicator
                .series(query.place, query.part)
                .and_then(|series| series.observations.last()),
        };
        let reason = match observation.map(|observation| observation.value) {
            Some(Figure::Missing(reason)) => Some(reason),
            _ => query.indicator.absence.as_ref().map(|absence| absence.reason),
        };
        let word = reason
            .and_then(|reason| self.reasons.iter().find(|(other, _)| *other == reason))
            .map_or_else(|| "–".to_owned(), |(_, word)| word.clone());
        let missing = reason.map_or_else(message::figure_not_in_data, absence);
        let periods = query.period.map(|period| [period; 2]);
        self.write(state, query, periods, Shown::text(&word), (Some(missing), None));
    }

    /// Records a figure that is there, and gives its number.
    fn record(&self, state: &State, query: FigureQuery<'_>, function: &'static str, time: Time, shown: Shown) -> Value {
        let number = shown.number;
        let (periods, is_named) = time;
        let time = FigureTime {
            function,
            indicator: query.indicator.id.clone(),
            place: query.place,
            part: query.part,
            periods,
            is_named,
        };
        let assumed = self.write(state, query, Some(periods), shown, (None, Some(time)));
        Value::from(assumed.unwrap_or(number))
    }

    /// Writes in the record; gives the number that the figure is assumed to be, if another.
    fn write(
        &self,
        state: &State,
        query: FigureQuery<'_>,
        periods: Option<[Period; 2]>,
        shown: Shown,
        (missing, time): (Option<Message>, Option<FigureTime>),
    ) -> Option<f64> {
        let place = self.site.places[query.place].name.in_language(&self.language);
        let name = query.indicator.short.in_language(&self.language);
        let period = match periods {
            None => String::new(),
            Some([first, last]) if first == last => format!(", {}", self.format.period(last)),
            Some([first, last]) => format!(", {}", self.format.span(first, last)),
        };
        let lookup = Lookup {
            figure: format!("{name}, {place}{period}"),
            indicator: Some(query.indicator.id.clone()),
            number: shown.number,
            exact: shown.exact,
            text: shown.text,
            missing,
            time,
        };
        Record::enter(state, lookup)
    }

    fn value(&self, state: &State, id: &str, arguments: &Kwargs) -> Result<Value, Error> {
        let query = self.query(id, arguments)?;
        let Some((period, number)) = self.look_up(state, query) else {
            return Ok(not_a_number());
        };
        let shown = Shown {
            number: measure::rounded(number, query.indicator.unit.decimals),
            exact: number,
            text: self.format.value(number, &query.indicator.unit, &self.language),
        };
        Ok(self.record(state, query, "value", query.time(period), shown))
    }

    /// First and last figure of a change; without `from` and `to` those of the report's period.
    fn ends(&self, state: &State, id: &str, arguments: &Kwargs) -> Result<Option<Change<'_>>, Error> {
        let query = self.query(id, arguments)?;
        let from = period_argument(query.indicator, arguments, "from")?;
        let to = period_argument(query.indicator, arguments, "to")?;
        let are_named = from.is_some() && to.is_some();
        let in_report = measure::trend(query.indicator, query.place, query.part, self.site.settings.period);
        if from.is_none()
            && to.is_none()
            && let Some(ends) = in_report
        {
            return Ok(Some((query, ends, are_named)));
        }
        let first = FigureQuery {
            period: from.or(in_report.map(|[first, _]| first.0)),
            ..query
        };
        let last = FigureQuery { period: to, ..query };
        let Some(start) = self.look_up(state, first) else {
            return Ok(None);
        };
        let end = self.look_up(state, last);
        Ok(end.map(|end| (last, [start, end], are_named)))
    }

    fn change(&self, state: &State, id: &str, arguments: &Kwargs) -> Result<Value, Error> {
        let Some((query, [first, last], are_named)) = self.ends(state, id, arguments)? else {
            return Ok(not_a_number());
        };
        let shown = self.shown_difference(last.1, first.1, query);
        Ok(self.record(state, query, "change", ([first.0, last.0], are_named), shown))
    }

    /// The difference of two figures as readers see it: of the figures as they are shown.
    fn shown_difference(&self, minuend: f64, subtrahend: f64, query: FigureQuery<'_>) -> Shown {
        let unit = &query.indicator.unit;
        let difference = measure::difference(minuend, subtrahend, unit.decimals);
        Shown {
            number: measure::rounded(difference, unit.decimals),
            exact: minuend - subtrahend,
            text: self.format.difference(difference, unit, &self.language),
        }
    }

    fn change_percent(&self, state: &State, id: &str, arguments: &Kwargs) -> Result<Value, Error> {
        let Some((query, [first, last], are_named)) = self.ends(state, id, arguments)? else {
            return Ok(not_a_number());
        };
        let periods = [first.0, last.0];
        let Some(percent) = measure::percent_change(first.1, last.1) else {
            let missing = Some(message::expression_infinite());
            self.write(state, query, Some(periods), Shown::text("–"), (missing, None));
            return Ok(not_a_number());
        };
        let shown = Shown {
            number: measure::rounded(percent, PERCENT_DECIMALS),
            exact: percent,
            text: self.format.percent(percent, PERCENT_DECIMALS),
        };
        Ok(self.record(state, query, "change_percent", (periods, are_named), shown))
    }

    fn difference(&self, state: &State, id: &str, arguments: &Kwargs) -> Result<Value, Error> {
        let other = match place_argument(&self.site, arguments, "to")? {
            Some(place) => place,
            None => self
                .site
                .settings
                .country
                .ok_or_else(|| CallProblem::Setting(message::no_country()))?,
        };
        let query = self.query(id, arguments)?;
        let Some((period, number)) = self.look_up(state, query) else {
            return Ok(not_a_number());
        };
        let other_query = FigureQuery {
            place: other,
            period: Some(period),
            ..query
        };
        let Some((_, other_number)) = self.look_up(state, other_query) else {
            return Ok(not_a_number());
        };
        let shown = self.shown_difference(number, other_number, query);
        Ok(self.record(state, query, "difference", query.time(period), shown))
    }

    /// Rank among the places of the same level, within the place that `within="18"` names.
    fn rank_within(
        &self,
        state: &State,
        id: &str,
        arguments: &Kwargs,
    ) -> Result<Option<(FigureQuery<'_>, Period, Rank)>, Error> {
        let query = self.query(id, arguments)?;
        let within = place_argument(&self.site, arguments, "within")?;
        let Some((period, _)) = self.look_up(state, query) else {
            return Ok(None);
        };
        let level = self.site.places[query.place].level;
        let parent = within.filter(|_| level != Level::Country);
        let places: Vec<PlaceId> = self.site.places.at_level(level, parent).collect();
        let rank = measure::rank(query.indicator, query.part, period, query.place, &places);
        Ok(rank.map(|rank| (query, period, rank)))
    }

    fn rank(&self, state: &State, id: &str, arguments: &Kwargs) -> Result<Value, Error> {
        let Some((query, period, rank)) = self.rank_within(state, id, arguments)? else {
            return Ok(not_a_number());
        };
        #[expect(clippy::cast_precision_loss, reason = "ranks are small")]
        let number = rank.position as f64;
        let shown = Shown {
            number,
            exact: number,
            text: rank.position.to_string(),
        };
        let given = self.record(state, query, "rank", query.time(period), shown);
        // A rank is a whole number, without decimals.
        Ok(if f64::try_from(given.clone()).ok() == Some(number) {
            Value::from(rank.position)
        } else {
            given
        })
    }

    fn rank_of(&self, state: &State, id: &str, arguments: &Kwargs) -> Result<Value, Error> {
        let Some((query, period, rank)) = self.rank_within(state, id, arguments)? else {
            return Ok(not_a_number());
        };
        let numbers = [("n", &*rank.position.to_string()), ("total", &*rank.of.to_string())];
        let text = crate::theme::fill(&self.rank_of, &numbers);
        self.record(state, query, "rank_of", query.time(period), Shown::text(&text));
        Ok(Value::from(text))
    }

    fn period(&self, state: &State, id: &str, arguments: &Kwargs) -> Result<Value, Error> {
        let query = self.query(id, arguments)?;
        let Some((period, _)) = self.look_up(state, query) else {
            return Ok(not_a_number());
        };
        let text = self.format.period_in_text(period);
        self.record(state, query, "period", query.time(period), Shown::text(&text));
        Ok(Value::from(text))
    }

    /// The name of an indicator, else of a place.
    fn name(&self, _: &State, id: &str, _: &Kwargs) -> Result<Value, Error> {
        let name = match self.site.indicator(id) {
            Some(indicator) => &indicator.name,
            None => &self.site.places[place(&self.site, id)?].name,
        };
        Ok(Value::from(name.in_language(&self.language)))
    }
}

/// The reason of a missing figure, as a phrase within a finding.
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
