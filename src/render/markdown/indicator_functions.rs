//! The functions of expressions that ask about indicators.
//!
//! Each takes an indicator's id and the arguments of a [`FigureQuery`], and gives a number in the indicator's unit, or text.
//! A missing figure is not a number, which spoils every comparison it is in, and is recorded as missing.

use crate::finding::message::{self, Message};
use crate::measure;
use crate::measure::Rank;
use crate::model::{Level, Period, PlaceId, Reason, Site, Value as Figure};
use crate::page::locale::Locale;
use crate::render::markdown::figure_query::{FigureQuery, period_argument, place, place_argument};
use crate::render::markdown::record::{CallProblem, Lookup, Record};
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
        self.record(state, query, query.period, f64::NAN, word, Some(missing));
    }

    fn record(
        &self,
        state: &State,
        query: FigureQuery<'_>,
        period: Option<Period>,
        number: f64,
        text: String,
        missing: Option<Message>,
    ) {
        let place = self.site.places[query.place].name.in_language(&self.language);
        let name = query.indicator.short.in_language(&self.language);
        let period = period.map_or(String::new(), |period| format!(", {}", self.format.period(period)));
        let lookup = Lookup {
            figure: format!("{name}, {place}{period}"),
            indicator: Some(query.indicator.id.clone()),
            number,
            text,
            missing,
        };
        Record::write(state, |entries| entries.lookups.push(lookup));
    }

    fn value(&self, state: &State, id: &str, arguments: &Kwargs) -> Result<Value, Error> {
        let query = self.query(id, arguments)?;
        let Some((period, number)) = self.look_up(state, query) else {
            return Ok(not_a_number());
        };
        let text = self.format.value(number, &query.indicator.unit, &self.language);
        self.record(state, query, Some(period), number, text, None);
        Ok(Value::from(number))
    }

    /// First and last figure of a change; without `from` and `to` those of the report's period.
    fn ends(
        &self,
        state: &State,
        id: &str,
        arguments: &Kwargs,
    ) -> Result<Option<(FigureQuery<'_>, ChangeEnds)>, Error> {
        let query = self.query(id, arguments)?;
        let from = period_argument(query.indicator, arguments, "from")?;
        let to = period_argument(query.indicator, arguments, "to")?;
        let in_report = measure::trend(query.indicator, query.place, query.part, self.site.settings.period);
        if from.is_none()
            && to.is_none()
            && let Some(ends) = in_report
        {
            return Ok(Some((query, ends)));
        }
        let first = FigureQuery {
            period: from.or(in_report.map(|[first, _]| first.0)),
            ..query
        };
        let last = FigureQuery { period: to, ..query };
        let Some(start) = self.look_up(state, first) else {
            return Ok(None);
        };
        Ok(self.look_up(state, last).map(|end| (last, [start, end])))
    }

    fn change(&self, state: &State, id: &str, arguments: &Kwargs) -> Result<Value, Error> {
        let Some((query, [first, last])) = self.ends(state, id, arguments)? else {
            return Ok(not_a_number());
        };
        let number = last.1 - first.1;
        let text = self.difference_text(last.1, first.1, query);
        self.record(state, query, Some(last.0), number, text, None);
        Ok(Value::from(number))
    }

    /// The difference of two figures as readers see it: of the figures as they are shown.
    fn difference_text(&self, minuend: f64, subtrahend: f64, query: FigureQuery<'_>) -> String {
        let unit = &query.indicator.unit;
        let difference = measure::difference(minuend, subtrahend, unit.decimals);
        self.format.difference(difference, unit, &self.language)
    }

    fn change_percent(&self, state: &State, id: &str, arguments: &Kwargs) -> Result<Value, Error> {
        let Some((query, [first, last])) = self.ends(state, id, arguments)? else {
            return Ok(not_a_number());
        };
        let number = measure::percent_change(first.1, last.1).unwrap_or(f64::NAN);
        let text = self.format.percent(number, 1);
        let missing = number.is_nan().then(message::expression_infinite);
        self.record(state, query, Some(last.0), number, text, missing);
        Ok(Value::from(number))
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
        let difference = number - other_number;
        let text = self.difference_text(number, other_number, query);
        self.record(state, query, Some(period), difference, text, None);
        Ok(Value::from(difference))
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
        self.record(state, query, Some(period), number, rank.position.to_string(), None);
        Ok(Value::from(rank.position))
    }

    fn rank_of(&self, state: &State, id: &str, arguments: &Kwargs) -> Result<Value, Error> {
        let Some((query, period, rank)) = self.rank_within(state, id, arguments)? else {
            return Ok(not_a_number());
        };
        let numbers = [("n", &*rank.position.to_string()), ("total", &*rank.of.to_string())];
        let text = crate::theme::fill(&self.rank_of, &numbers);
        self.record(state, query, Some(period), f64::NAN, text.clone(), None);
        Ok(Value::from(text))
    }

    fn period(&self, state: &State, id: &str, arguments: &Kwargs) -> Result<Value, Error> {
        let query = self.query(id, arguments)?;
        let Some((period, _)) = self.look_up(state, query) else {
            return Ok(not_a_number());
        };
        let text = self.format.period_in_text(period);
        self.record(state, query, Some(period), f64::NAN, text.clone(), None);
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
