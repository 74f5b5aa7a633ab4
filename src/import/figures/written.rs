//! A series as the site's own files: the table, where it comes from, and the skeleton of its indicator.
//!
//! Takes rows, facts and what was asked; gives text. Strings are written as JSON strings, which YAML reads as they are.

use super::{Facts, Mapped};
use crate::model::{Places, UnitKind, Value};
use crate::read::{ORIGIN_FORMAT, fingerprint};
use csv::WriterBuilder;
use serde_json::Value as Json;
use std::fmt::Write as _;

/// One request as it was sent, and what came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The address, or the name of the file that was read instead.
    pub url: String,
    /// What was posted; `None`: nothing was.
    pub body: Option<String>,
    /// Fingerprint of the answer: BLAKE3, in hexadecimal.
    pub hash: String,
    /// Length of the answer in bytes.
    pub bytes: usize,
}

/// How an import came about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Import {
    /// Id of the indicator.
    pub indicator: String,
    /// What was typed after `utsikt import`, without what only concerned that time.
    pub command: Vec<String>,
    /// The moment, or the day when it was given.
    pub fetched: String,
    /// Requests, in order.
    pub asked: Vec<Asked>,
    /// Where a reader finds the table.
    pub url: String,
}

/// A string for YAML.
fn quoted(text: &str) -> String {
    Json::from(text).to_string()
}

/// The table, in the form that `read/table` reads: comma, decimal point, only the columns that say something.
///
/// # Panics
/// Never: a list in memory takes every record.
#[must_use]
pub fn table(mapped: &Mapped, places: &Places, column: &str) -> String {
    let rows = &mapped.rows;
    let has_sex = rows.iter().any(|row| row.sex != crate::model::Sex::Total);
    let has_category = rows.iter().any(|row| !row.category.is_empty());
    let status = |row: &super::Row| {
        let mut words = row.flags.names();
        if let Value::Missing(reason) = row.value {
            words.push(reason.name());
        }
        words.join("|")
    };
    let has_status = rows.iter().any(|row| !status(row).is_empty());
    let has_note = rows.iter().any(|row| !row.note.is_empty());
    let mut writer = WriterBuilder::new().from_writer(Vec::new());
    let columns = [
        (true, "place"),
        (true, "period"),
        (true, "value"),
        (has_sex, "sex"),
        (has_category, column),
    ];
    let columns = columns.into_iter().chain([(has_status, "status"), (has_note, "note")]);
    let write = |writer: &mut csv::Writer<Vec<u8>>, record: Vec<String>| {
        writer
            .write_record(record)
            .expect("a list in memory takes every record of the same length");
    };
    write(
        &mut writer,
        columns
            .filter(|(has, _)| *has)
            .map(|(_, name)| name.to_owned())
            .collect(),
    );
    for row in rows {
        let number = row.value.known().map(|number| number.to_string()).unwrap_or_default();
        let fields = [
            (true, places[row.place].code.clone()),
            (true, row.period.to_string()),
            (true, number),
            (has_sex, row.sex.letter().to_owned()),
            (has_category, row.category.clone()),
            (has_status, status(row)),
            (has_note, row.note.clone()),
        ];
        write(
            &mut writer,
            fields
                .into_iter()
                .filter(|(has, _)| *has)
                .map(|(_, text)| text)
                .collect(),
        );
    }
    let bytes = writer.into_inner().expect("a list in memory is never full");
    String::from_utf8(bytes).expect("it is made of strings")
}

/// The file that says where a table comes from.
#[must_use]
pub fn origin(import: &Import, facts: &Facts, mapped: &Mapped, table: &str, swedish: bool) -> String {
    let mut text = String::new();
    let head = if swedish {
        "# Var siffrorna i tabellen bredvid kommer ifrån. Skriven av `utsikt import`, som skriver om den nästa gång.\n"
    } else {
        "# Where the figures in the table beside come from. Written by `utsikt import`, which rewrites it next time.\n"
    };
    text.push_str(head);
    let mut line = |key: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(text, "{key}: {}", quoted(value));
        }
    };
    line("format", ORIGIN_FORMAT);
    line("publisher", &facts.publisher);
    line("table", &facts.table);
    line("title", &facts.title);
    line("measure", &mapped.measure);
    line("definition", &facts.definition);
    line("unit", &mapped.unit);
    line("licence", &facts.licence);
    line("updated", &facts.updated);
    line("next", &facts.next);
    line("url", &import.url);
    line("fetched", &import.fetched);
    line("program", concat!("utsikt ", env!("CARGO_PKG_VERSION")));
    line("hash", &fingerprint(table.as_bytes()));
    let list = |items: &[String]| items.iter().map(|item| quoted(item)).collect::<Vec<_>>().join(", ");
    let _ = writeln!(text, "command: [{}]", list(&import.command));
    if !facts.notes.is_empty() {
        text.push_str("notes:\n");
        for note in &facts.notes {
            let _ = writeln!(text, "  - {}", quoted(note));
        }
    }
    text.push_str("requests:\n");
    for asked in &import.asked {
        let _ = writeln!(text, "  - url: {}", quoted(&asked.url));
        if let Some(body) = &asked.body {
            let _ = writeln!(text, "    body: {}", quoted(body));
        }
        let _ = writeln!(text, "    hash: {}\n    bytes: {}", quoted(&asked.hash), asked.bytes);
    }
    text
}

/// The unit that these words of a publisher's are, exactly; `None`: words of its own.
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
pub fn skeleton(import: &Import, facts: &Facts, mapped: &Mapped, sv: bool) -> String {
    let say = |swedish: &'static str, english: &'static str| if sv { swedish } else { english };
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
    let _ = writeln!(text, "period: {}", period_name(mapped));
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

/// The column of categories in a table whose indicator names none yet.
pub const BREAKDOWN_COLUMN: &str = "category";

fn kolada_id(facts: &Facts) -> Option<&str> {
    let id = facts.table.as_str();
    let plain = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (facts.publisher == "Kolada" && plain).then_some(id)
}

fn period_name(mapped: &Mapped) -> &'static str {
    use crate::model::PeriodKind;
    match mapped.kind {
        PeriodKind::Year => "year",
        PeriodKind::SchoolYear => "school_year",
        PeriodKind::HalfYear => "half_year",
        PeriodKind::Quarter => "quarter",
        PeriodKind::Month => "month",
        PeriodKind::Election => "election",
        PeriodKind::Span => "span",
    }
}

/// Most decimals of any figure, and never more than two: a long row of them is a quotient.
fn decimals(mapped: &Mapped) -> u8 {
    let of = |number: f64| {
        number
            .to_string()
            .split_once('.')
            .map_or(0, |(_, decimals)| decimals.len())
    };
    let most = mapped
        .rows
        .iter()
        .filter_map(|row| row.value.known())
        .map(of)
        .max()
        .unwrap_or(0);
    u8::try_from(most.min(2)).unwrap_or(2)
}
