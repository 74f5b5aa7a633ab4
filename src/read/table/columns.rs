//! The header of an indicator's table → positions of its columns.
//!
//! Takes the header's fields; gives [`ObservationColumns`], or findings about columns that are unknown, stand twice or are
//! missing. Rows are [`super::observations`]'s.

use crate::finding::{Code, Finding, Log};
use crate::model::Period;
use crate::source::Origin;
use csv::StringRecord;

/// Positions of the columns in a row.
pub(super) struct ObservationColumns {
    pub(super) place: usize,
    pub(super) period: usize,
    pub(super) value: usize,
    pub(super) sex: Option<usize>,
    pub(super) status: Option<usize>,
    pub(super) note: Option<usize>,
    pub(super) low: Option<usize>,
    pub(super) high: Option<usize>,
    /// The indicator's own breakdown.
    pub(super) category: Option<usize>,
    /// Fields in a whole row.
    pub(super) count: usize,
}

/// Headings that are told one by one.
const MOST_FAULTS: usize = 50;
const REQUIRED: [&str; 3] = ["place", "period", "value"];
const OPTIONAL: [&str; 5] = ["sex", "status", "note", "low", "high"];

impl ObservationColumns {
    /// The columns of this header; `None` after findings. `category` is the heading of the indicator's breakdown, `field`
    /// gives the place of a heading.
    pub(super) fn read(
        header: &StringRecord,
        category: Option<&str>,
        field: impl Fn(usize) -> Origin,
        row: Origin,
        log: &Log,
    ) -> Option<Self> {
        let known: Vec<&str> = REQUIRED.into_iter().chain(OPTIONAL).chain(category).collect();
        let find = |name: &str| header.iter().position(|heading| heading.trim() == name);
        let mut faults: Vec<Finding> = Vec::new();
        for (index, heading) in header.iter().map(str::trim).enumerate() {
            let finding = |code| Finding::new(code, field(index)).with("column", heading);
            if !known.contains(&heading) {
                let absent = known.iter().copied().filter(|name| find(name).is_none());
                let unknown = finding(Code::ColumnUnknown).near(heading, absent);
                let is_period = Period::guess(heading).is_some();
                faults.push(if is_period {
                    unknown.with("period", heading)
                } else {
                    unknown
                });
                if is_period {
                    // A table with a column a period is one fault, however many periods it has.
                    break;
                }
            } else if let Some(first) = find(heading).filter(|first| *first < index) {
                faults.push(finding(Code::ColumnDuplicate).beside(field(first)));
            }
            if faults.len() == MOST_FAULTS {
                // A file with thousands of columns is no table of figures; each of them need not be looked at.
                let last = faults.pop();
                faults.extend(last.map(|last| last.with("more", header.len() - index - 1)));
                break;
            }
        }
        if !faults.is_empty() {
            log.append(faults);
            // A column of another name may be the one that is missing: one fault, not two.
            return None;
        }
        if let Some(name) = REQUIRED.into_iter().find(|name| find(name).is_none()) {
            log.add(Finding::new(Code::ColumnMissing, row).with("column", name));
            return None;
        }
        Some(Self {
            place: find("place")?,
            period: find("period")?,
            value: find("value")?,
            sex: find("sex"),
            status: find("status"),
            note: find("note"),
            low: find("low"),
            high: find("high"),
            category: category.and_then(find),
            count: header.len(),
        })
    }
}
