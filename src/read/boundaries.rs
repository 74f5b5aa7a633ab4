//! `data/geo/*.geojson`: the boundaries of places, for maps.
//!
//! Takes GeoJSON (RFC 7946: WGS 84, longitude before latitude) and the places; gives the same without the areas that cannot be
//! drawn. Every area needs the code of its place in `properties.code` and a surface. What is wrong is reported at the area;
//! what is wrong with all of them in one way, once, at the file.

use super::document::text_of;
use super::json::json_offset;
use crate::finding::{Code, Finding, Log, Message, message};
use crate::model::Places;
use crate::source::{Origin, SourceFile};
use serde_json::Value;
use std::borrow::Cow;

/// What others call the property with a place's code.
const OTHER_KEYS: [&str; 12] = [
    "kod",
    "id",
    "kommunkod",
    "lanskod",
    "länskod",
    "knkod",
    "lnkod",
    "lan_code",
    "kom_code",
    "place",
    "nuts_id",
    "region",
];

/// The boundaries that can be drawn, as GeoJSON; `None` after a finding where there are none.
pub(super) fn read<'a>(file: &'a SourceFile, places: &Places, log: &Log) -> Option<Cow<'a, str>> {
    let text = text_of(file, log)?;
    let origin = Origin::file(&file.path);
    let form = |problem: Message, origin: Origin| {
        log.add(Finding::new(Code::MapForm, origin).with_message("problem", problem));
    };
    let mut document: Value = match serde_json::from_str(text) {
        Ok(document) => document,
        Err(error) => {
            let at = json_offset(text, &error);
            let is_nan = ["NaN", "nan", "Infinity"]
                .iter()
                .any(|word| text[at..].starts_with(word) || before(text, at, word));
            let problem = if is_nan {
                message::map_no_number()
            } else {
                message::map_no_json()
            };
            form(problem, Origin::span(&file.path, at..at));
            return None;
        }
    };
    let is_collection = document["type"] == "FeatureCollection";
    let Some(features) = document
        .get_mut("features")
        .and_then(Value::as_array_mut)
        .filter(|_| is_collection)
    else {
        form(message::map_no_collection(), origin);
        return None;
    };
    let faults: Vec<Option<Message>> = features.iter().map(|feature| fault(feature, places)).collect();
    match (features.is_empty(), faults.first()) {
        (false, Some(Some(first))) if faults.len() > 1 && faults.iter().all(|fault| fault.as_ref() == Some(first)) => {
            form(first.clone(), origin);
            return None;
        }
        (true, _) => {
            form(message::map_no_features(), origin);
            return None;
        }
        _ => {}
    }
    for (index, (feature, fault)) in features.iter().zip(&faults).enumerate() {
        let at = origin.at("features").at(&index.to_string());
        let code = feature["properties"]["code"].as_str().unwrap_or_default();
        if let Some(problem) = fault {
            let finding = Finding::new(Code::MapArea, at).with("number", index + 1);
            log.add(finding.with_message("problem", problem.clone()));
        } else if places.find(code).is_none() {
            let finding = Finding::new(Code::MapPlace, at.at("properties").at("code")).with("value", code);
            log.add(places.suggest(finding, code));
        }
    }
    if faults.iter().all(Option::is_none) {
        return Some(text.into());
    }
    let mut sound = faults.iter().map(Option::is_none);
    features.retain(|_| sound.next().unwrap_or(false));
    (!features.is_empty()).then(|| document.to_string().into())
}

/// Whether this word ends where the parser stopped, a letter or two into it or after it.
fn before(text: &str, at: usize, word: &str) -> bool {
    (0..=word.len()).any(|back| at >= back && text.get(at - back..).is_some_and(|rest| rest.starts_with(word)))
}

/// Why an area cannot be drawn; `None`: it can.
fn fault(feature: &Value, places: &Places) -> Option<Message> {
    code_fault(&feature["properties"], places).or_else(|| geometry_fault(&feature["geometry"]))
}

fn code_fault(properties: &Value, places: &Places) -> Option<Message> {
    match &properties["code"] {
        Value::String(code) if !code.trim().is_empty() => return None,
        Value::Number(number) => {
            let padded = [2, 4].map(|width| format!("{:0>width$}", number.to_string()));
            let known = padded.iter().find(|code| places.find(code).is_some());
            return Some(message::map_code_number(known.unwrap_or(&number.to_string())));
        }
        _ => {}
    }
    let others = properties.as_object().into_iter().flatten();
    let holds_code = |value: &Value| value.as_str().is_some_and(|text| places.find(text).is_some());
    let is_called_so = |key: &str| OTHER_KEYS.contains(&key.to_lowercase().as_str()) || key.to_lowercase() == "code";
    let key = others.clone().find(|(_, value)| holds_code(value));
    let key = key.or_else(|| others.clone().find(|(key, _)| is_called_so(key)));
    Some(key.map_or_else(message::map_no_code, |(key, _)| message::map_code_as(key)))
}

fn geometry_fault(geometry: &Value) -> Option<Message> {
    let no_polygons = Vec::new();
    let coordinates = geometry["coordinates"].as_array().unwrap_or(&no_polygons);
    let polygons: Vec<&Value> = match geometry["type"].as_str() {
        None => return Some(message::map_no_geometry()),
        Some("Polygon") => vec![&geometry["coordinates"]],
        Some("MultiPolygon") => coordinates.iter().collect(),
        Some(kind) => return Some(message::map_geometry(kind)),
    };
    if polygons.is_empty() {
        return Some(message::map_no_geometry());
    }
    let rings: Vec<&Value> = polygons
        .iter()
        .filter_map(|polygon| polygon.as_array())
        .flatten()
        .collect();
    if rings.is_empty() {
        return Some(message::map_no_geometry());
    }
    rings.into_iter().find_map(ring_fault)
}

fn ring_fault(ring: &Value) -> Option<Message> {
    let Some(points) = ring.as_array().filter(|points| points.len() >= 4) else {
        return Some(message::map_ring());
    };
    let number = |point: &Value, index: usize| point.get(index).and_then(Value::as_f64);
    let mut places = Vec::with_capacity(points.len());
    for point in points {
        let (Some(longitude), Some(latitude)) = (number(point, 0), number(point, 1)) else {
            return Some(message::map_no_number());
        };
        if longitude.abs() > 180.0 || latitude.abs() > 90.0 {
            return Some(message::map_outside());
        }
        places.push((longitude, latitude));
    }
    let doubled_area: f64 = places
        .windows(2)
        .map(|side| side[0].0 * side[1].1 - side[1].0 * side[0].1)
        .sum();
    let is_closed = places.first() == places.last();
    (!is_closed || doubled_area == 0.0).then(message::map_ring)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn geometry(text: &str) -> Option<Message> {
        geometry_fault(&serde_json::from_str(text).expect("JSON"))
    }

    #[test]
    fn only_surfaces_on_the_earth_are_boundaries() {
        let square = r#"{"type":"Polygon","coordinates":[[[15,59],[16,59],[16,60],[15,59]]]}"#;
        assert_eq!(geometry(square), None);
        assert_eq!(geometry("null"), Some(message::map_no_geometry()));
        assert_eq!(
            geometry(r#"{"type":"MultiPolygon","coordinates":[]}"#),
            Some(message::map_no_geometry())
        );
        assert_eq!(
            geometry(r#"{"type":"Polygon","coordinates":[]}"#),
            Some(message::map_no_geometry())
        );
        let point = r#"{"type":"Point","coordinates":[15,59]}"#;
        assert_eq!(geometry(point), Some(message::map_geometry("Point")));
        let ring = |points: &str| geometry(&format!(r#"{{"type":"Polygon","coordinates":[[{points}]]}}"#));
        assert_eq!(ring("[15,59],[16,59],[15,59]"), Some(message::map_ring()));
        assert_eq!(ring("[15,59],[16,59],[17,59],[15,59]"), Some(message::map_ring()));
        assert_eq!(ring("[15,59],[16,59],[16,60],[15,60]"), Some(message::map_ring()));
        assert_eq!(
            ring("[15,59],[16,null],[16,60],[15,59]"),
            Some(message::map_no_number())
        );
        assert_eq!(
            ring("[511000,6570000],[512000,6570000],[512000,6571000],[511000,6570000]"),
            Some(message::map_outside())
        );
    }
}
