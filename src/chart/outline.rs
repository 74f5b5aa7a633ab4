//! Positions of the areas of a map: bounds, centres and extents.
//!
//! Takes `GeoJSON` (WGS 84, polygons and multipolygons with a `code` property); gives numbers to lay a map and its labels out
//! with. It draws nothing and keeps no boundary.

use serde_json::Value;

/// A map's bounds and the positions of its areas.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MapOutline {
    /// All areas together.
    pub(crate) bounds: MapBounds,
    /// Areas in the file's order.
    pub(crate) areas: Vec<AreaPosition>,
}

/// Bounds in degrees of longitude and latitude.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct MapBounds {
    /// West.
    pub(crate) west: f64,
    /// East.
    pub(crate) east: f64,
    /// South.
    pub(crate) south: f64,
    /// North.
    pub(crate) north: f64,
}

/// Position of one area: that of its largest piece.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AreaPosition {
    /// The feature's `code`.
    pub(crate) code: String,
    /// Longitude and latitude of the middle of the widest stretch inside.
    pub(crate) centre: (f64, f64),
    /// Width of that stretch, in degrees of longitude.
    pub(crate) width: f64,
    /// Height of the largest piece, in degrees of latitude.
    pub(crate) height: f64,
}

impl MapBounds {
    const NONE: MapBounds = MapBounds {
        west: f64::INFINITY,
        east: f64::NEG_INFINITY,
        south: f64::INFINITY,
        north: f64::NEG_INFINITY,
    };

    fn with(self, ring: &[(f64, f64)]) -> MapBounds {
        ring.iter().fold(self, |bounds, &(x, y)| MapBounds {
            west: bounds.west.min(x),
            east: bounds.east.max(x),
            south: bounds.south.min(y),
            north: bounds.north.max(y),
        })
    }
}

impl MapOutline {
    /// Reads `GeoJSON`; `None` where it holds no polygon.
    pub(crate) fn read(geojson: &str) -> Option<MapOutline> {
        let json: Value = serde_json::from_str(geojson).ok()?;
        let mut outline = MapOutline {
            bounds: MapBounds::NONE,
            areas: Vec::new(),
        };
        for feature in json["features"].as_array()? {
            let rings = outer_rings(&feature["geometry"]);
            outline.bounds = rings.iter().fold(outline.bounds, |bounds, ring| bounds.with(ring));
            let largest = rings.into_iter().max_by(|one, other| area(one).total_cmp(&area(other)));
            let Some((largest, code)) = largest.zip(feature["properties"]["code"].as_str()) else {
                continue;
            };
            outline.areas.push(AreaPosition::of_ring(code, &largest));
        }
        (outline.bounds.west < outline.bounds.east).then_some(outline)
    }

    /// Length of a degree of longitude as a share of one of latitude, at the middle of the map.
    pub(crate) fn squeeze(&self) -> f64 {
        f64::midpoint(self.bounds.south, self.bounds.north).to_radians().cos()
    }

    /// Width over height on paper.
    pub(crate) fn aspect(&self) -> f64 {
        (self.bounds.east - self.bounds.west) * self.squeeze() / (self.bounds.north - self.bounds.south)
    }

    /// Position of the area of this code; `None`: there is none.
    pub(crate) fn find(&self, code: &str) -> Option<&AreaPosition> {
        self.areas.iter().find(|area| area.code == code)
    }
}

impl AreaPosition {
    /// Looks for the widest stretch inside among some heights of the ring's middle half.
    fn of_ring(code: &str, ring: &[(f64, f64)]) -> AreaPosition {
        let bounds = MapBounds::NONE.with(ring);
        let height = bounds.north - bounds.south;
        let levels = [0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68].map(|share| bounds.south + share * height);
        let mut best = (f64::midpoint(bounds.west, bounds.east), levels[0], 0.0);
        for level in levels {
            for pair in crossings(ring, level).chunks_exact(2) {
                // A level nearer the middle wins unless another is clearly wider.
                if pair[1] - pair[0] > best.2 * 1.15 {
                    best = (f64::midpoint(pair[0], pair[1]), level, pair[1] - pair[0]);
                }
            }
        }
        AreaPosition {
            code: code.to_owned(),
            centre: (best.0, best.1),
            width: best.2,
            height,
        }
    }
}

/// Longitudes at which a ring crosses a latitude, from the west.
fn crossings(ring: &[(f64, f64)], level: f64) -> Vec<f64> {
    let sides = ring
        .windows(2)
        .filter(|side| (side[0].1 > level) != (side[1].1 > level));
    let mut longitudes: Vec<f64> = sides
        .map(|side| side[0].0 + (level - side[0].1) / (side[1].1 - side[0].1) * (side[1].0 - side[0].0))
        .collect();
    longitudes.sort_by(f64::total_cmp);
    longitudes
}

fn outer_rings(geometry: &Value) -> Vec<Vec<(f64, f64)>> {
    let ring = |polygon: &Value| -> Option<Vec<(f64, f64)>> {
        polygon
            .get(0)?
            .as_array()?
            .iter()
            .map(|point| Some((point.get(0)?.as_f64()?, point.get(1)?.as_f64()?)))
            .collect()
    };
    match (geometry["type"].as_str(), &geometry["coordinates"]) {
        (Some("Polygon"), polygon) => ring(polygon).into_iter().collect(),
        (Some("MultiPolygon"), Value::Array(polygons)) => polygons.iter().filter_map(ring).collect(),
        _ => Vec::new(),
    }
}

/// Twice the area inside a ring, by the shoelace formula.
fn area(ring: &[(f64, f64)]) -> f64 {
    ring.windows(2)
        .map(|side| side[0].0 * side[1].1 - side[1].0 * side[0].1)
        .sum::<f64>()
        .abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_piece_decides() {
        let geojson = r#"{"features":[{"properties":{"code":"18"},"geometry":{"type":"MultiPolygon","coordinates":[
            [[[0,60],[1,60],[1,61],[0,61],[0,60]]], [[[5,60],[9,60],[9,64],[5,64],[5,60]]]]}}]}"#;
        let outline = MapOutline::read(geojson).expect("boundaries");
        let place = outline.find("18").expect("known");
        assert_eq!((place.centre, place.width, place.height), ((7.0, 62.0), 4.0, 4.0));
        assert!((outline.squeeze() - 0.469).abs() < 0.001);
        assert_eq!(MapOutline::read("{}"), None);
    }
}
