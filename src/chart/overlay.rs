//! The author's own ECharts options, laid over ours.
//!
//! Takes two JSON values; gives the first with the second laid over it. Also finds the author's keys that charming does
//! not know, since ECharts ignores a misspelt key without a word. It checks names, not sense.

use charming::Chart;
use serde_json::{Map, Value};

/// JSON pointers of the keys in an author's option that charming does not know, in order; empty when all are known.
///
/// An option charming cannot read at all is read key by key, so that one odd value does not hide the rest. The keys ECharts
/// knows and charming 0.6 cannot say, such as a map series, are reported too: the author is told, and decides.
#[must_use]
pub fn unknown_options(option: &Value) -> Vec<String> {
    let Value::Object(option) = option else {
        return if option.is_null() {
            Vec::new()
        } else {
            vec![String::new()]
        };
    };
    let mut unknown = Vec::new();
    for (key, value) in option {
        if let ("series", Value::Array(series)) = (key.as_str(), value) {
            for (at, one) in series.iter().enumerate() {
                let of_series = unknown_in_series(one).into_iter();
                unknown.extend(of_series.map(|pointer| format!("/series/{at}{pointer}")));
            }
            continue;
        }
        let pointer = format!("/{}", escaped(key));
        let known = as_charming_knows(key, value.clone());
        match known.as_ref().and_then(|known| known.get(key)) {
            Some(known) => compare(value, known, &pointer, &mut unknown),
            None if is_empty(value) => {}
            None => unknown.push(pointer),
        }
    }
    unknown
}

/// An option of this one key, read and written again by charming; `None` where charming cannot read it.
fn as_charming_knows(key: &str, value: Value) -> Option<Value> {
    let option = Value::Object(Map::from_iter([(key.to_owned(), value)]));
    let chart: Chart = serde_json::from_value(option).ok()?;
    serde_json::to_value(chart).ok()
}

/// Pointers of what charming does not know of one series. Laid over ours it need not say its type again: then the type that
/// knows most of its keys is taken.
fn unknown_in_series(series: &Value) -> Vec<String> {
    let Value::Object(keys) = series else {
        return Vec::new();
    };
    let types: &[&str] = if keys.contains_key("type") {
        &[""]
    } else {
        &["line", "bar", "scatter", "radar", "custom"]
    };
    let readings = types.iter().map(|name| {
        let mut one_type = keys.clone();
        one_type.entry("type").or_insert_with(|| (*name).into());
        let known = as_charming_knows("series", vec![Value::Object(one_type)].into());
        let mut unknown = Vec::new();
        match known.as_ref().and_then(|known| known["series"].get(0)) {
            Some(known) => compare(series, known, "", &mut unknown),
            None => unknown.push(String::new()),
        }
        unknown
    });
    readings.min_by_key(Vec::len).unwrap_or_default()
}

/// Lays `over` over `under`: objects merge, arrays element by element, anything else replaces. `null` removes a key; within an
/// array, where removing would shift the rest, it leaves the element as it is.
pub(crate) fn merge(under: &mut Value, over: Value) {
    match (under, over) {
        (Value::Object(under), Value::Object(over)) => {
            for (key, value) in over {
                if value.is_null() {
                    under.remove(&key);
                } else {
                    merge(under.entry(key).or_insert(Value::Null), value);
                }
            }
        }
        (Value::Array(under), Value::Array(over)) => {
            for (at, value) in over.into_iter().enumerate() {
                match under.get_mut(at) {
                    Some(_) if value.is_null() => {}
                    Some(place) => merge(place, value),
                    None => under.push(value),
                }
            }
        }
        (under, over) => *under = over,
    }
}

/// Notes what of `option` is missing in `known`, which charming wrote. It writes a lone element as an array, or the other way
/// about.
fn compare(option: &Value, known: &Value, pointer: &str, unknown: &mut Vec<String>) {
    match (option, known) {
        (Value::Object(option), Value::Object(known)) => {
            for (key, value) in option {
                let inner = format!("{pointer}/{}", escaped(key));
                match known.get(key) {
                    Some(known) => compare(value, known, &inner, unknown),
                    None if is_empty(value) => {}
                    None => unknown.push(inner),
                }
            }
        }
        (Value::Array(option), Value::Array(known)) => {
            for (at, value) in option.iter().enumerate() {
                let inner = format!("{pointer}/{at}");
                match known.get(at) {
                    Some(known) => compare(value, known, &inner, unknown),
                    None => unknown.push(inner),
                }
            }
        }
        (Value::Array(option), known) if option.len() == 1 => {
            compare(&option[0], known, &format!("{pointer}/0"), unknown);
        }
        (option, Value::Array(known)) if known.len() == 1 => compare(option, &known[0], pointer, unknown),
        _ => {}
    }
}

/// `null`, `[]` or `{}`.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(values) => values.is_empty(),
        Value::Object(values) => values.is_empty(),
        _ => false,
    }
}

/// A key within a JSON pointer (RFC 6901).
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn misspelt_keys_are_named() {
        let option = json!({
            "xAxis": { "axisLabel": { "rotat": 30, "rotate": 30 } },
            "series": [{ "type": "line", "smoth": true, "name": "a" }, null, { "barWidth": 4, "barwidth": 4 }],
            "legnd": {}, "legend": { "show": true }, "tooltips": { "show": true }
        });
        assert_eq!(
            unknown_options(&option),
            [
                "/series/0/smoth",
                "/series/2/barwidth",
                "/tooltips",
                "/xAxis/axisLabel/rotat"
            ]
        );
        assert_eq!(unknown_options(&Value::Null), [""; 0]);
    }

    #[test]
    fn null_removes_and_arrays_merge_by_index() {
        let mut under = json!({ "a": [1, { "b": 2, "c": 3 }], "d": 4 });
        merge(&mut under, json!({ "a": [null, { "b": null, "e": 5 }, 6], "d": null }));
        assert_eq!(under, json!({ "a": [1, { "c": 3, "e": 5 }, 6] }));
    }
}
