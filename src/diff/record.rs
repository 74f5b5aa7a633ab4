//! A difference → `data/changes/DATE.yaml`, the update as the site tells readers of it.
//!
//! Takes what differs for readers: figures, definitions, ranks, statuses, claims. Made-up figures are no news and are left
//! out. What a person has written into an earlier record of the same day is kept. Strings are written as JSON writes them,
//! which is also YAML.

use super::{Difference, Figure, FiguresChange, RankMove, StatusMove, Subject};
use crate::finding::{Finding, Language};
use crate::measure::{Rank, is_large_revision};
use crate::model::{Fate, Indicator, Period, Sex, Site, Text, Unit, Update};
use crate::read::UPDATES;
use crate::theme::{self, ThemeLanguage};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Where the update of a day is recorded, within the site.
#[must_use]
pub fn path_of_record(date: Date) -> String {
    format!("{UPDATES}{date}.yaml")
}

/// The record of this day, with comments in the language; `None` when there is nothing that readers would notice.
#[must_use]
pub fn record(difference: &Difference<'_>, site: &Site, date: Date, language: Language) -> Option<String> {
    let code = match language {
        Language::Sv => "sv",
        Language::En => "en",
    };
    let writer = Writer {
        site,
        before: site.updates.iter().find(|update| update.date == date),
        voice: theme::built_in_language(code),
    };
    let figures: String = difference
        .figures
        .iter()
        .filter(|it| !it.indicator.sample)
        .map(|it| writer.figures(it))
        .collect();
    let ranks: String = difference
        .ranks
        .iter()
        .filter(|it| !writer.is_sample(it))
        .map(rank)
        .collect();
    let statuses: String = difference
        .statuses
        .iter()
        .filter(|it| !it.indicator.sample)
        .map(status)
        .collect();
    let claims: String = difference.claims.iter().map(|it| claim(it, site)).collect();
    let lists = [
        ("figures", figures),
        ("ranks", ranks),
        ("statuses", statuses),
        ("claims", claims),
    ];
    if lists.iter().all(|(_, list)| list.is_empty()) {
        return None;
    }
    let mut text = crate::read::schema_line("update");
    let _ = writeln!(text, "# {}", writer.voice.words.text("changes.record"));
    for (key, said) in [
        ("title", writer.before.map(|it| &it.title)),
        ("text", writer.before.map(|it| &it.text)),
    ] {
        text.push_str(&said_or_nothing(key, said));
    }
    for (key, list) in lists.iter().filter(|(_, list)| !list.is_empty()) {
        let _ = write!(text, "{key}:\n{list}");
    }
    Some(text)
}

struct Writer<'a> {
    site: &'a Site,
    /// What has been recorded of the same day before.
    before: Option<&'a Update>,
    voice: ThemeLanguage,
}

impl Writer<'_> {
    fn is_sample(&self, it: &RankMove<'_>) -> bool {
        match it.subject {
            Subject::Indicator(indicator) => indicator.sample,
            Subject::Top(index, _) => index
                .scored()
                .filter_map(|score| self.site.scored(score))
                .any(|indicator| indicator.sample),
        }
    }

    fn figures(&self, it: &FiguresChange<'_>) -> String {
        let mut text = format!(
            "  - indicator: {}\n    name: {}\n",
            quoted(&it.indicator.id),
            words(&it.indicator.name)
        );
        let _ = writeln!(text, "    unit: {}", unit(&it.indicator.unit));
        if it.fate != Fate::Kept {
            let _ = writeln!(text, "    fate: {}", it.fate.name());
        }
        if !it.redefined.is_empty() {
            let _ = writeln!(text, "    redefined: [{}]", it.redefined.join(", "));
        }
        // Figures that were made up before are not what was published then.
        let made_up = it.redefined.contains(&"sample");
        text.extend(extent(
            "added",
            it.added.iter().chain(it.revised.iter().filter(|_| made_up)),
        ));
        if made_up || it.fate == Fate::Gone {
            return text;
        }
        text.extend(extent("gone", it.gone.iter()));
        let vanished = self.vanished(it);
        if !vanished.is_empty() {
            let codes: Vec<String> = vanished.into_iter().map(quoted).collect();
            let _ = writeln!(text, "    vanished: [{}]", codes.join(", "));
        }
        let mut by_period: BTreeMap<Period, Vec<&Figure<'_>>> = BTreeMap::new();
        for figure in &it.revised {
            by_period.entry(figure.period).or_default().push(figure);
        }
        if !by_period.is_empty() {
            text.push_str("    revised:\n");
        }
        // The newest first: that is what readers remember.
        for (period, figures) in by_period.into_iter().rev() {
            text.push_str(&self.revision(it.indicator, period, &figures));
        }
        text
    }

    /// Codes of the places that have lost figures and have none left.
    fn vanished<'c>(&self, it: &'c FiguresChange<'_>) -> BTreeSet<&'c str> {
        let left = |code: &str| {
            let place = self.site.places.find(code)?;
            let series = it.indicator.series.iter().filter(|series| series.place == place);
            Some(
                series
                    .flat_map(|series| &series.observations)
                    .any(|it| it.value.known().is_some()),
            )
        };
        it.gone
            .iter()
            .map(|figure| figure.place)
            .filter(|code| left(code) == Some(false))
            .collect()
    }

    fn revision(&self, indicator: &Indicator, period: Period, figures: &[&Figure<'_>]) -> String {
        let mut text = format!("      - period: {period}\n");
        let before = self
            .before
            .and_then(|it| it.figures_of(&indicator.id))
            .into_iter()
            .flat_map(|it| &it.revised);
        let written = before
            .filter(|it| it.period.to_string() == period.to_string())
            .map(|it| &it.note);
        let known = indicator
            .notes
            .iter()
            .filter(|note| note.period == Some(period))
            .map(|note| &note.text);
        let note = written.chain(known).find(|note| !note.is_empty());
        let large = figures
            .iter()
            .filter_map(|it| Some((it.was?, it.now?)))
            .filter(|(was, now)| {
                self.site
                    .settings
                    .note_above_percent
                    .is_some_and(|limit| is_large_revision(*was, *now, limit))
            });
        let large: Vec<(f64, f64)> = large.collect();
        if note.is_none() && !large.is_empty() {
            let _ = writeln!(text, "        # {}", self.why(&large));
        }
        if note.is_some() || !large.is_empty() {
            text.extend(
                said_or_nothing("note", note)
                    .lines()
                    .map(|line| format!("        {line}\n")),
            );
        }
        text.push_str("        values:\n");
        for figure in figures {
            let mut parts = vec![format!("place: {}", quoted(figure.place))];
            parts.extend((figure.sex != Sex::Total).then(|| format!("sex: {}", figure.sex.letter())));
            parts.extend(figure.category.map(|(_, name)| format!("category: {}", words(name))));
            let numbers = [("was", figure.was), ("now", figure.now)];
            parts.extend(numbers.map(|(key, number)| format!("{key}: {}", number.unwrap_or_default())));
            let _ = writeln!(text, "          - {{ {} }}", parts.join(", "));
        }
        text
    }

    /// The comment that asks for a note.
    fn why(&self, large: &[(f64, f64)]) -> String {
        let percent = large
            .iter()
            .map(|(was, now)| crate::measure::percent_change(*was, *now));
        let largest = percent
            .collect::<Option<Vec<f64>>>()
            .and_then(|all| all.into_iter().max_by(|a, b| a.abs().total_cmp(&b.abs())));
        let Some(largest) = largest else {
            return self.voice.words.text("changes.why_zero").to_owned();
        };
        let limit = self.site.settings.note_above_percent.unwrap_or_default();
        let percent = self.voice.format.percent(largest, 1);
        let limit = self.voice.format.number(limit, u8::from(limit.fract() != 0.0)) + "\u{a0}%";
        self.voice
            .words
            .fill("changes.why", &[("percent", &percent), ("limit", &limit)])
    }
}

/// How many figures, from when to when; nothing where there are none.
fn extent<'f>(key: &str, figures: impl Iterator<Item = &'f Figure<'f>>) -> Option<String> {
    let periods: Vec<Period> = figures.map(|figure| figure.period).collect();
    let (first, last) = (periods.iter().min()?, periods.iter().max()?);
    Some(format!(
        "    {key}: {{ figures: {}, first: {first}, last: {last} }}\n",
        periods.len()
    ))
}

fn rank(it: &RankMove<'_>) -> String {
    let (subject, name) = match it.subject {
        Subject::Indicator(indicator) => (format!("indicator: {}", quoted(&indicator.id)), &indicator.name),
        Subject::Top(index, score) => (format!("index: {}", quoted(&index.id)), &score.name),
    };
    let then = |(period, rank): &(Option<Period>, Rank)| {
        let period = period.map(|period| format!(", period: {period}")).unwrap_or_default();
        format!("{{ position: {}, of: {}{period} }}", rank.position, rank.of)
    };
    format!(
        "  - {subject}\n    name: {}\n    place: {}\n    was: {}\n    now: {}\n",
        words(name),
        quoted(&it.place.code),
        then(&it.from),
        then(&it.to)
    )
}

fn status(it: &StatusMove<'_>) -> String {
    format!(
        "  - indicator: {}\n    name: {}\n    set: {}\n    set_name: {}\n    place: {}\n    was: {}\n    now: {}\n",
        quoted(&it.indicator.id),
        words(&it.indicator.name),
        quoted(&it.set.id),
        words(&it.set.name),
        quoted(&it.place.code),
        it.from.name(),
        it.to.name()
    )
}

fn claim(it: &Finding, site: &Site) -> String {
    let file = it
        .origin
        .as_ref()
        .map(|origin| origin.file.to_string())
        .unwrap_or_default();
    let page = site.pages.iter().find(|page| *page.prose.file == *file);
    let page = page
        .map(|page| format!("\n    page: {}", quoted(&page.id)))
        .unwrap_or_default();
    format!("  - text: {}{page}\n", quoted(it.argument("claim").unwrap_or_default()))
}

/// A key with its text, or without a value, to be filled in by a person.
fn said_or_nothing(key: &str, said: Option<&Text>) -> String {
    match said.filter(|text| !text.is_empty()) {
        Some(text) => format!("{key}: {}\n", words(text)),
        None => format!("{key}:\n"),
    }
}

/// Text in one language or several.
fn words(text: &Text) -> String {
    let entries: Vec<(&str, &str)> = text.entries().collect();
    if let [("", text)] = entries[..] {
        return quoted(text);
    }
    let each: Vec<String> = entries
        .iter()
        .map(|(code, text)| format!("{}: {}", quoted(code), quoted(text)))
        .collect();
    format!("{{ {} }}", each.join(", "))
}

fn unit(unit: &Unit) -> String {
    let mut parts = vec![
        format!("kind: {}", unit.kind.name()),
        format!("decimals: {}", unit.decimals),
    ];
    for (key, text) in [("label", &unit.label), ("short", &unit.short)] {
        parts.extend((!text.is_empty()).then(|| format!("{key}: {}", words(text))));
    }
    format!("{{ {} }}", parts.join(", "))
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
