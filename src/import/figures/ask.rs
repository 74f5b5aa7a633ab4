//! What to ask a publisher's API for, in portions that it accepts.
//!
//! Takes what is wanted and what the API says about itself; gives requests, in order. Asks nobody.

use super::choice::{Choice, select};
use super::fault::Fault;
use super::model::{Dimension, Facts, Role};
use super::question::Question;
use super::{json, jsonstat, pxweb};
use crate::model::Places;
use crate::source::{FilePath, SourceFile};
use serde_json::{Value, json};

/// Elements that version 3 of Kolada's API takes in one part of an address.
const MOST_IDS: usize = 25;

/// A question to a publisher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The address.
    pub url: String,
    /// What is posted as JSON; `None`: it is a plain GET.
    pub body: Option<String>,
}

impl Request {
    /// A GET.
    #[must_use]
    pub fn get(url: String) -> Self {
        Self { url, body: None }
    }
}

/// Which figures of Kolada's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kolada {
    /// Ids of key figures.
    pub kpis: Vec<String>,
    /// Ids of places; empty: those of the site.
    pub places: Vec<String>,
    /// Years; empty: all.
    pub years: Vec<String>,
}

/// Text within an address: everything but letters, digits and a few marks as its bytes in hexadecimal.
fn in_address(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect()
}

fn portions(list: &[String]) -> Vec<String> {
    list.chunks(MOST_IDS)
        .map(|part| part.iter().map(|id| in_address(id)).collect::<Vec<_>>().join(","))
        .collect()
}

/// Requests for key figures: first what they are, then their figures, at most 25 ids in each part of an address.
#[must_use]
pub fn kolada(api: &str, asked: &Kolada, site_places: &[String]) -> Vec<Request> {
    let places = portions(if asked.places.is_empty() {
        site_places
    } else {
        &asked.places
    });
    let mut requests = Vec::new();
    for kpis in portions(&asked.kpis) {
        requests.push(Request::get(format!("{api}/kpi/{kpis}")));
        for places in &places {
            let address = format!("{api}/data/kpi/{kpis}/municipality/{places}");
            let years = portions(&asked.years);
            if years.is_empty() {
                requests.push(Request::get(address));
            } else {
                requests.extend(
                    years
                        .iter()
                        .map(|years| Request::get(format!("{address}/year/{years}"))),
                );
            }
        }
    }
    requests
}

/// The codes by which Kolada knows the site's places.
#[must_use]
pub fn kolada_places(places: &Places) -> Vec<String> {
    places.iter().filter_map(|(_, place)| kolada_code(place)).collect()
}

/// The code by which Kolada knows a place: the one of four digits.
fn kolada_code(place: &crate::model::Place) -> Option<String> {
    let four = |code: &&String| code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_digit());
    [&place.code].into_iter().chain(&place.aliases).find(four).cloned()
}

/// The address of a next page on the host that was asked: an API behind a proxy names itself by `http` at times. `None`: it
/// is another host.
#[must_use]
pub fn next_address(asked: &str, next: &str) -> Option<String> {
    let (scheme, rest) = asked.split_once("://")?;
    let host = rest.split('/').next()?;
    if next.starts_with('/') && !next.starts_with("//") {
        return Some(format!("{scheme}://{host}{next}"));
    }
    let (_, next) = next.split_once("://")?;
    (next.split(['/', '?']).next()? == host).then(|| format!("{scheme}://{next}"))
}

/// Years of a list such as `2017-2024,2026`.
///
/// # Errors
/// The part that is no year and no range of years.
pub fn years(written: &str) -> Result<Vec<String>, String> {
    let year = |text: &str| {
        text.trim()
            .parse::<u16>()
            .ok()
            .filter(|year| (1500..=2500).contains(year))
    };
    let mut years = Vec::new();
    for part in written.split(',') {
        let (first, last) = part.split_once(['-', '\u{2013}']).unwrap_or((part, part));
        match (year(first), year(last)) {
            (Some(first), Some(last)) if first <= last => years.extend((first..=last).map(|year| year.to_string())),
            _ => return Err(part.to_owned()),
        }
    }
    Ok(years)
}

/// The versions of `PxWeb`'s API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// Tables by their path; queries posted to it.
    One,
    /// Tables by their id.
    Two,
}

/// A table of a `PxWeb` API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PxwebTable {
    /// Where the API begins.
    pub api: String,
    /// Path (version 1) or id (version 2).
    pub table: String,
    /// Version of the API.
    pub version: Version,
    /// Language of names.
    pub language: String,
}

/// What an API says about its limits and terms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// Figures it gives at once; `None`: not said.
    pub cells: Option<usize>,
    /// Terms of use; empty: not said.
    pub licence: String,
}

/// Figures asked for at once when the API does not say how many it gives.
const CAUTIOUS: usize = 10_000;

impl PxwebTable {
    /// The question for limits and terms.
    #[must_use]
    pub fn terms(&self) -> Request {
        Request::get(match self.version {
            Version::One => format!("{}/?config", self.api),
            Version::Two => format!("{}/config", self.api),
        })
    }

    /// The question for dimensions and categories.
    #[must_use]
    pub fn description(&self) -> Request {
        Request::get(match self.version {
            Version::One => self.address(),
            Version::Two => format!("{}/metadata?lang={}", self.address(), in_address(&self.language)),
        })
    }

    /// The table's own address.
    #[must_use]
    pub fn address(&self) -> String {
        let path: Vec<String> = self.table.trim_matches('/').split('/').map(in_address).collect();
        match self.version {
            Version::One => format!("{}/{}", self.api, path.join("/")),
            Version::Two => format!("{}/tables/{}", self.api, path.join("/")),
        }
    }

    /// The dimensions and what is said about the table.
    ///
    /// # Errors
    /// A finding when the answer describes no table.
    pub fn described(&self, file: &SourceFile) -> Result<(Vec<Dimension>, Facts), Fault> {
        match self.version {
            Version::One => pxweb::description(file),
            Version::Two => jsonstat::description(file),
        }
    }

    /// Requests for what is chosen of these dimensions, each for no more figures than the API gives at once, and what they
    /// ask for together. Of places only the site's are asked for, unless others are.
    ///
    /// # Errors
    /// A finding about a choice that the table does not have.
    pub fn data(
        &self,
        dimensions: &[Dimension],
        choice: &Choice,
        places: &Places,
        terms: &Terms,
        path: &FilePath,
    ) -> Result<(Vec<Request>, Question), Fault> {
        let mut chosen: Vec<Vec<usize>> = dimensions
            .iter()
            .map(|dimension| {
                let all = (0..dimension.categories.len()).collect::<Vec<_>>();
                let is_known = |at: &usize| places.find(&dimension.categories[*at].code).is_some();
                let known: Vec<usize> = all.iter().copied().filter(is_known).collect();
                if dimension.role == Role::Place && !known.is_empty() {
                    known
                } else {
                    all
                }
            })
            .collect();
        for (at, expressions) in choice.expressions(dimensions, path)? {
            chosen[at] = select(&dimensions[at], expressions, path)?;
        }
        let question = Question::table(dimensions, &chosen);
        let limit = terms.cells.unwrap_or(CAUTIOUS).max(1);
        let portions = split(chosen, limit).into_iter();
        let requests = portions.map(|part| self.request(dimensions, &part)).collect();
        Ok((requests, question))
    }

    fn request(&self, dimensions: &[Dimension], part: &[Vec<usize>]) -> Request {
        let codes = |at: usize| -> Vec<&str> {
            part[at]
                .iter()
                .map(|category| dimensions[at].categories[*category].code.as_str())
                .collect()
        };
        let each = dimensions.iter().zip(0..);
        let (url, body): (String, Value) = match self.version {
            Version::One => {
                let query: Vec<Value> = each
                    .map(|(dimension, at)| json!({"code": dimension.code, "selection": {"filter": "item", "values": codes(at)}}))
                    .collect();
                (
                    self.address(),
                    json!({"query": query, "response": {"format": "json-stat2"}}),
                )
            }
            Version::Two => {
                let selection: Vec<Value> = each
                    .map(|(dimension, at)| json!({"variableCode": dimension.code, "valueCodes": codes(at)}))
                    .collect();
                let language = in_address(&self.language);
                let url = format!("{}/data?lang={language}&outputFormat=json-stat2", self.address());
                (url, json!({"selection": selection}))
            }
        };
        Request {
            url,
            body: Some(body.to_string()),
        }
    }
}

/// What an API says about its limits and terms; nothing, when the answer is something else.
#[must_use]
pub fn terms(file: &SourceFile) -> Terms {
    let Ok(Value::Object(config)) = json::open(file) else {
        return Terms::default();
    };
    let cells = ["maxDataCells", "maxValues", "maxCells"]
        .iter()
        .find_map(|key| config.get(*key)?.as_u64());
    let cells = cells.and_then(|cells| usize::try_from(cells).ok());
    let licence = json::text(config.get("license"));
    // The address says it all; a name is what a reader understands.
    let licence = if licence.contains("/cc0") || licence.contains("/zero/") {
        "CC0".to_owned()
    } else {
        licence
    };
    Terms { cells, licence }
}

/// Parts of a choice that have no more combinations than the limit: the dimension with most categories is halved first.
fn split(chosen: Vec<Vec<usize>>, limit: usize) -> Vec<Vec<Vec<usize>>> {
    let count = chosen
        .iter()
        .try_fold(1_usize, |count, categories| count.checked_mul(categories.len()));
    let largest = (0..chosen.len()).max_by_key(|at| (chosen[*at].len(), std::cmp::Reverse(*at)));
    match largest {
        Some(at) if count.is_none_or(|count| count > limit) && chosen[at].len() > 1 => {
            let (mut first, mut second) = (chosen.clone(), chosen);
            let middle = first[at].len() / 2;
            let rest = first[at].split_off(middle);
            second[at] = rest;
            let mut parts = split(first, limit);
            parts.extend(split(second, limit));
            parts
        }
        _ => vec![chosen],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_small_enough_and_whole_together() {
        let chosen = vec![(0..312).collect::<Vec<usize>>(), (0..3).collect(), (0..20).collect()];
        let parts = split(chosen, 1000);
        let size = |part: &Vec<Vec<usize>>| part.iter().map(Vec::len).product::<usize>();
        assert!(parts.iter().all(|part| size(part) <= 1000));
        assert_eq!(parts.iter().map(size).sum::<usize>(), 312 * 3 * 20);
    }

    #[test]
    fn kolada_is_asked_for_no_more_than_25_ids_at_once() {
        let ids: Vec<String> = (0..60).map(|id| format!("{id:04}")).collect();
        let asked = Kolada {
            kpis: vec!["N1".to_owned()],
            places: ids,
            years: years("2017-2018").unwrap(),
        };
        let requests = kolada("https://x/v3", &asked, &[]);
        assert_eq!(requests.len(), 4);
        assert!(
            requests
                .iter()
                .all(|request| request.url.split('/').all(|part| part.split(',').count() <= 25))
        );
        assert!(requests[3].url.ends_with(",0059/year/2017,2018"), "{}", requests[3].url);
    }

    #[test]
    fn the_next_page_is_on_the_host_that_was_asked() {
        let next = |next| next_address("https://api.x/v3/data?page=1", next);
        // An API behind a proxy names itself by another scheme.
        assert_eq!(
            next("http://api.x/v3/data?page=2").unwrap(),
            "https://api.x/v3/data?page=2"
        );
        assert_eq!(next("/v3/data?page=2").unwrap(), "https://api.x/v3/data?page=2");
        assert_eq!(next("https://evil/v3/data?page=2"), None);
        assert_eq!(next("//evil/v3"), None);
    }

    #[test]
    fn years_are_lists_and_ranges() {
        assert_eq!(years("2017-2019,2021").unwrap(), ["2017", "2018", "2019", "2021"]);
        assert_eq!(years("2019-2017").unwrap_err(), "2019-2017");
    }
}
