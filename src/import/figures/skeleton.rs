//! The skeleton of an indicator: what the source says itself, and what its author must still decide.
//!
//! Takes a series and the facts about it; gives YAML. Lines that wait for their author end with an arrow.

use super::model::Facts;
use super::series::Mapped;
use super::written::ImportRecord;
use super::written::{BREAKDOWN_COLUMN, quoted};
use crate::model::UnitKind;
use crate::read::PERIOD_KINDS;
use std::fmt::Write as _;

/// The unit that a publisher means by exactly these words; `None`: a unit of its own.
fn unit_kind(words: &str) -> Option<UnitKind> {
    match words.trim().to_lowercase().as_str() {
        "procent" | "percent" | "%" | "per cent" | "percentage" => Some(UnitKind::Percent),
        "kr" | "kronor" | "sek" => Some(UnitKind::Sek),
        "tkr" | "tusental kronor" | "tusen kronor" | "sek thousands" => Some(UnitKind::Ksek),
        "personer" | "antal personer" | "persons" | "number of persons" => Some(UnitKind::Persons),
        "ton" | "tonnes" => Some(UnitKind::Tonnes),
        "kiloton" | "kilotonnes" | "1 000 ton" => Some(UnitKind::Kilotonnes),
        "index" => Some(UnitKind::Index),
        "antal" | "number" => Some(UnitKind::Number),
        _ => None,
    }
}

/// The skeleton of an indicator with this series, with what the author must still decide.
#[must_use]
pub fn skeleton(import: &ImportRecord, facts: &Facts, mapped: &Mapped, is_swedish: bool) -> String {
    let skeleton = Skeleton {
        import,
        facts,
        mapped,
        is_swedish,
    };
    [
        skeleton.head(),
        skeleton.unit(),
        skeleton.source(),
        skeleton.notes(),
        skeleton.breakdown(),
        format!("series: {{ file: series/{}.csv }}\n", import.indicator),
    ]
    .concat()
}

struct Skeleton<'a> {
    import: &'a ImportRecord,
    facts: &'a Facts,
    mapped: &'a Mapped,
    /// Whether remarks for the author are in Swedish; else they are in English.
    is_swedish: bool,
}

impl Skeleton<'_> {
    fn say(&self, swedish: &'static str, english: &'static str) -> &'static str {
        if self.is_swedish { swedish } else { english }
    }

    /// What it is called and what is counted.
    fn head(&self) -> String {
        let facts = self.facts;
        let title = match (self.mapped.measure.as_str(), facts.title.as_str()) {
            ("", "") => self.import.indicator.as_str(),
            ("", title) => title,
            (measure, _) => measure,
        };
        let mut text = String::from(self.say(
            "# Skapad av `utsikt import` ur källans egna uppgifter. Gå igenom raderna med en pil och ta bort pilarna.\n",
            "# Made by `utsikt import` of what the source says itself. Go through the lines with an arrow, then remove the arrows.\n",
        ));
        let plain_words = self.say("skriv rubriken i klarspråk", "write the headline in plain words");
        let _ = writeln!(text, "name: {}  # ← {plain_words}", quoted(title));
        let question = self.say("frågan som siffran svarar på", "the question that the figure answers");
        let _ = writeln!(text, "# question: …  # ← {question}");
        let definition = [&facts.definition, &facts.title]
            .into_iter()
            .find(|text| !text.is_empty());
        if let Some(definition) = definition {
            let _ = writeln!(text, "definition: {}", quoted(definition));
        }
        text
    }

    /// Its unit, which way is better, and its periods.
    fn unit(&self) -> String {
        let mapped = self.mapped;
        let decimals = mapped.decimals.unwrap_or_else(|| decimals(mapped)).min(9);
        let kind = unit_kind(&mapped.unit);
        let label = match kind {
            None if !mapped.unit.is_empty() => format!(", label: {}", quoted(&mapped.unit)),
            _ => String::new(),
        };
        let remark = if mapped.unit.is_empty() {
            self.say("  # ← källan anger ingen enhet", "  # ← the source gives no unit")
        } else {
            ""
        };
        let name = kind.unwrap_or_default().name();
        let better = self.say(
            "higher, lower eller neither: åt vilket håll det är bättre",
            "higher, lower or neither: which way is better",
        );
        let comparable = self.say(
            "om siffran är en summa som växer med platsens storlek",
            "when the figure is a total that grows with the place",
        );
        let period = PERIOD_KINDS.iter().find(|(_, kind)| *kind == mapped.kind);
        let period = period.map_or("year", |(name, _)| name);
        format!(
            "unit: {{ kind: {name}, decimals: {decimals}{label} }}{remark}\nbetter: neither  # ← {better}\n\
             # comparable: false  # ← {comparable}\nperiod: {period}\n"
        )
    }

    /// Where the figures come from.
    fn source(&self) -> String {
        let facts = self.facts;
        let or_arrow = |text: &str| match text {
            "" => format!("{}  # ←", quoted("…")),
            text => quoted(text),
        };
        let mut text = format!("source:\n  publisher: {}\n", or_arrow(&facts.publisher));
        let title = [facts.table.as_str(), facts.title.as_str()];
        let title = title
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        if !title.is_empty() {
            let _ = writeln!(text, "  title: {}", quoted(&title));
        }
        if !self.import.url.is_empty() {
            let _ = writeln!(text, "  url: {}", quoted(&self.import.url));
        }
        let processing = self.say(
            "säg här vad som har räknats om; siffran är då en bearbetning",
            "say here what has been computed; the figure is then derived",
        );
        let _ = writeln!(text, "  licence: {}", or_arrow(&facts.licence));
        let _ = writeln!(text, "  # processing: …  # ← {processing}");
        if let Some(table) = kolada_id(facts) {
            let _ = writeln!(text, "external: {{ kolada: {table} }}");
        }
        if !facts.next.is_empty() {
            let day = facts.next.get(..10).unwrap_or(&facts.next);
            let _ = writeln!(text, "next_release: {}", quoted(day));
        }
        text
    }

    /// What the source remarks.
    fn notes(&self) -> String {
        let mut text = String::new();
        for note in &self.facts.notes {
            let start = if text.is_empty() { "notes:\n" } else { "" };
            let _ = writeln!(text, "{start}  - text: {}", quoted(note));
        }
        text
    }

    /// What it is divided by.
    fn breakdown(&self) -> String {
        let Some((name, categories)) = &self.mapped.breakdown else {
            return String::new();
        };
        let mut text = format!(
            "breakdown:\n  column: {BREAKDOWN_COLUMN}\n  name: {}\n  values:\n",
            quoted(name)
        );
        for (code, label) in categories {
            let _ = writeln!(text, "    {}: {}", quoted(code), quoted(label));
        }
        text
    }
}

fn kolada_id(facts: &Facts) -> Option<&str> {
    let id = facts.table.as_str();
    let plain = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (facts.publisher == "Kolada" && plain).then_some(id)
}

/// Most decimals of any figure, and never more than two: a long row of them is a quotient.
fn decimals(mapped: &Mapped) -> u8 {
    let count = |number: f64| {
        let text = number.to_string();
        text.split_once('.').map_or(0, |(_, decimals)| decimals.len())
    };
    let most = mapped
        .rows
        .iter()
        .filter_map(|row| row.value.known())
        .map(count)
        .max()
        .unwrap_or(0);
    u8::try_from(most.min(2)).unwrap_or(2)
}
