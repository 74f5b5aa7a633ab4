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
    let say = |swedish: &'static str, english: &'static str| if is_swedish { swedish } else { english };
    let title = match (mapped.measure.as_str(), facts.title.as_str()) {
        ("", "") => import.indicator.as_str(),
        ("", title) => title,
        (measure, _) => measure,
    };
    let mut text = String::from(say(
        "# Skapad av `utsikt import` ur källans egna uppgifter. Gå igenom raderna med en pil och ta bort pilarna.\n",
        "# Made by `utsikt import` of what the source says itself. Go through the lines with an arrow, then remove the arrows.\n",
    ));
    let _ = writeln!(
        text,
        "name: {}  # ← {}",
        quoted(title),
        say("skriv rubriken i klarspråk", "write the headline in plain words")
    );
    let _ = writeln!(
        text,
        "# question: …  # ← {}",
        say("frågan som siffran svarar på", "the question that the figure answers")
    );
    let definition = if facts.definition.is_empty() {
        facts.title.as_str()
    } else {
        facts.definition.as_str()
    };
    if !definition.is_empty() {
        let _ = writeln!(text, "definition: {}", quoted(definition));
    }
    let decimals = mapped.decimals.unwrap_or_else(|| decimals(mapped)).min(9);
    let kind = unit_kind(&mapped.unit);
    let label = match kind {
        None if !mapped.unit.is_empty() => format!(", label: {}", quoted(&mapped.unit)),
        _ => String::new(),
    };
    let remark = if mapped.unit.is_empty() {
        say("  # ← källan anger ingen enhet", "  # ← the source gives no unit")
    } else {
        ""
    };
    let _ = writeln!(
        text,
        "unit: {{ kind: {}, decimals: {decimals}{label} }}{remark}",
        kind.unwrap_or_default().name()
    );
    let _ = writeln!(
        text,
        "better: neither  # ← {}",
        say(
            "higher, lower eller neither: åt vilket håll det är bättre",
            "higher, lower or neither: which way is better"
        )
    );
    let _ = writeln!(
        text,
        "# comparable: false  # ← {}",
        say(
            "om siffran är en summa som växer med platsens storlek",
            "when the figure is a total that grows with the place"
        )
    );
    let period = PERIOD_KINDS.iter().find(|(_, kind)| *kind == mapped.kind);
    let _ = writeln!(text, "period: {}", period.map_or("year", |(name, _)| name));
    let publisher = if facts.publisher.is_empty() {
        "…"
    } else {
        &facts.publisher
    };
    let arrow = |missing: bool| if missing { "  # ←" } else { "" };
    let _ = writeln!(
        text,
        "source:\n  publisher: {}{}",
        quoted(publisher),
        arrow(facts.publisher.is_empty())
    );
    let source_title = [facts.table.as_str(), facts.title.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty());
    let source_title = source_title.collect::<Vec<_>>().join(" ");
    if !source_title.is_empty() {
        let _ = writeln!(text, "  title: {}", quoted(&source_title));
    }
    if !import.url.is_empty() {
        let _ = writeln!(text, "  url: {}", quoted(&import.url));
    }
    let licence = if facts.licence.is_empty() {
        "…"
    } else {
        &facts.licence
    };
    let _ = writeln!(
        text,
        "  licence: {}{}",
        quoted(licence),
        arrow(facts.licence.is_empty())
    );
    let _ = writeln!(
        text,
        "  # processing: …  # ← {}",
        say(
            "säg här vad som har räknats om; siffran är då en bearbetning",
            "say here what has been computed; the figure is then derived"
        )
    );
    if let Some(table) = kolada_id(facts) {
        let _ = writeln!(text, "external: {{ kolada: {table} }}");
    }
    if !facts.next.is_empty() {
        let _ = writeln!(
            text,
            "next_release: {}",
            quoted(facts.next.get(..10).unwrap_or(&facts.next))
        );
    }
    for note in &facts.notes {
        let start = if text.contains("\nnotes:\n") { "" } else { "notes:\n" };
        let _ = writeln!(text, "{start}  - text: {}", quoted(note));
    }
    if let Some((name, categories)) = &mapped.breakdown {
        let _ = writeln!(
            text,
            "breakdown:\n  column: {BREAKDOWN_COLUMN}\n  name: {}\n  values:",
            quoted(name)
        );
        for (code, label) in categories {
            let _ = writeln!(text, "    {}: {}", quoted(code), quoted(label));
        }
    }
    let _ = writeln!(text, "series: {{ file: series/{}.csv }}", import.indicator);
    text
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
