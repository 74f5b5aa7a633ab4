//! Whether a site has room for a series: an indicator that is there, or is to be made, and that uses it.

use crate::finding::{Code, Finding};
use crate::model::Indicator;
use crate::read::is_id;
use crate::source::{Origin, Snapshot};

/// What stands against importing a series for this indicator: it must be there already, or be `new`.
#[must_use]
pub fn obstacle(id: &str, new: bool, indicators: &[Indicator], snapshot: &Snapshot) -> Option<Finding> {
    let there = snapshot.find(&format!("data/indicators/{id}.yaml"));
    let finding = match there {
        _ if !is_id(id) => Finding::general(Code::FileName).with("name", id),
        Some(file) if new => Finding::new(Code::FiguresExisting, Origin::file(&file.path)),
        None if !new => {
            let known = indicators.iter().map(|indicator| indicator.id.as_str());
            Finding::general(Code::FiguresIndicator).near(id, known)
        }
        _ => return None,
    };
    Some(finding.with("value", id))
}

/// That the indicator's file does not name its series; such figures would be shown nowhere.
#[must_use]
pub fn unused(id: &str, snapshot: &Snapshot) -> Option<Finding> {
    let file = snapshot.find(&format!("data/indicators/{id}.yaml"))?;
    let series = format!("series/{id}.csv");
    let is_named = file.text().unwrap_or_default().contains(&series);
    (!is_named).then(|| Finding::new(Code::FiguresUnused, Origin::file(&file.path)).with("value", series))
}
