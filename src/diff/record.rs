//! A difference → `data/changes/DATE.yaml`, the record of an update for the site's readers.
//!
//! Takes figures, definitions, ranks, statuses and claims; gives YAML which a person completes, since no build can know what
//! the site was before or why it changed. Sample figures are no news and are left out; texts that a person has written into an
//! earlier record of the same day are kept. A record has the names and units of its day. [`crate::read`] reads it,
//! [`crate::check`] asks for notes, and [`crate::render`] makes the page and the feed of it.
//!
//! Strings are written as JSON writes them, which is also YAML.

use super::{Difference, Figure, FiguresChange, RankAt, RankMove, Ranked, StatusMove, language_code};
use crate::finding::{Finding, Language};
use crate::measure::{is_large_revision, percent_change};
use crate::model::{Fate, Indicator, Period, Sex, Site, Text, Unit, Update};
use crate::read::UPDATES;
use crate::theme::{self, ThemeLanguage};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Path of the record of a day, within the site.
#[must_use]
pub fn record_path(date: Date) -> String {
    format!("{UPDATES}{date}.yaml")
}

/// The record of this day, with comments in the language; `None` when there is nothing that readers would notice.
#[must_use]
pub fn record(difference: &Difference<'_>, site: &Site, date: Date, language: Language) -> Option<String> {
    let writer = Writer {
        site,
        before: site.updates.iter().find(|update| update.date == date),
        voice: theme::built_in_language(language_code(language)),
    };
    let figures = difference.figures.iter().filter(|change| !change.indicator.sample);
    let ranks = difference.ranks.iter().filter(|rank_move| !writer.is_sample(rank_move));
    let statuses = difference
        .statuses
        .iter()
        .filter(|status_move| !status_move.indicator.sample);
    let claims = difference.claims.iter();
    let lists: [(&str, String); 4] = [
        ("figures", figures.map(|change| writer.figures(change)).collect()),
        ("ranks", ranks.map(rank).collect()),
        ("statuses", statuses.map(status).collect()),
        ("claims", claims.map(|finding| claim(finding, site)).collect()),
    ];
    if lists.iter().all(|(_, list)| list.is_empty()) {
        return None;
    }
    let mut text = crate::read::schema_line("update");
    let _ = writeln!(text, "# {}", writer.voice.words.text("changes.record"));
    let before = writer.before;
    text.push_str(&text_or_blank("title", before.map(|update| &update.title)));
    text.push_str(&text_or_blank("text", before.map(|update| &update.text)));
    for (key, list) in lists.iter().filter(|(_, list)| !list.is_empty()) {
        let _ = write!(text, "{key}:\n{list}");
    }
    Some(text)
}

struct Writer<'a> {
    site: &'a Site,
    /// The earlier record of the same day.
    before: Option<&'a Update>,
    voice: ThemeLanguage,
}

impl Writer<'_> {
    fn is_sample(&self, rank_move: &RankMove<'_>) -> bool {
        match rank_move.subject {
            Ranked::Indicator(indicator) => indicator.sample,
            Ranked::Top(index, _) => index
                .scored()
                .filter_map(|score| self.site.scored(score))
                .any(|indicator| indicator.sample),
        }
    }

    fn figures(&self, change: &FiguresChange<'_>) -> String {
        let mut text = format!(
            "  - indicator: {}\n    name: {}\n",
            quoted(&change.indicator.id),
            words(&change.indicator.name)
        );
        let _ = writeln!(text, "    unit: {}", unit(&change.indicator.unit));
        if change.fate != Fate::Kept {
            let _ = writeln!(text, "    fate: {}", change.fate.name());
        }
        if !change.redefined.is_empty() {
            let _ = writeln!(text, "    redefined: [{}]", change.redefined.join(", "));
        }
        // The sample figures of before were never published, so nothing of them can be revised or gone.
        let was_sample = change.redefined.contains(&"sample");
        text.extend(extent(
            "added",
            change.added.iter().chain(change.revised.iter().filter(|_| was_sample)),
        ));
        if was_sample || change.fate == Fate::Gone {
            return text;
        }
        text.extend(extent("gone", change.gone.iter()));
        let vanished = self.vanished(change);
        if !vanished.is_empty() {
            let codes: Vec<String> = vanished.into_iter().map(quoted).collect();
            let _ = writeln!(text, "    vanished: [{}]", codes.join(", "));
        }
        let mut by_period: BTreeMap<Period, Vec<&Figure<'_>>> = BTreeMap::new();
        for figure in &change.revised {
            by_period.entry(figure.period).or_default().push(figure);
        }
        if !by_period.is_empty() {
            text.push_str("    revised:\n");
        }
        // The newest first: that is what readers remember.
        for (period, figures) in by_period.into_iter().rev() {
            text.push_str(&self.revision(change.indicator, period, &figures));
        }
        text
    }

    /// Codes of the places that have lost figures and have none left.
    fn vanished<'c>(&self, change: &'c FiguresChange<'_>) -> BTreeSet<&'c str> {
        let left = |code: &str| {
            let place = self.site.places.find(code)?;
            let series = change.indicator.series.iter().filter(|series| series.place == place);
            let mut observations = series.flat_map(|series| &series.observations);
            Some(observations.any(|observation| observation.value.known().is_some()))
        };
        change
            .gone
            .iter()
            .map(|figure| figure.place)
            .filter(|code| left(code) == Some(false))
            .collect()
    }

    fn revision(&self, indicator: &Indicator, period: Period, figures: &[&Figure<'_>]) -> String {
        let mut text = format!("      - period: {period}\n");
        let before = self
            .before
            .and_then(|update| update.figures_of(&indicator.id))
            .into_iter()
            .flat_map(|figures| &figures.revised);
        let recorded = before
            .filter(|revision| revision.period.to_string() == period.to_string())
            .map(|revision| &revision.note);
        let in_indicator = indicator
            .notes
            .iter()
            .filter(|note| note.period == Some(period))
            .map(|note| &note.text);
        let note = recorded.chain(in_indicator).find(|note| !note.is_empty());
        let large = figures
            .iter()
            .filter_map(|figure| Some((figure.was?, figure.now?)))
            .filter(|(was, now)| {
                self.site
                    .settings
                    .note_above_percent
                    .is_some_and(|limit| is_large_revision(*was, *now, limit))
            });
        let large: Vec<(f64, f64)> = large.collect();
        if note.is_none() && !large.is_empty() {
            let _ = writeln!(text, "        # {}", self.note_request(&large));
        }
        if note.is_some() || !large.is_empty() {
            text.extend(
                text_or_blank("note", note)
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
    fn note_request(&self, large: &[(f64, f64)]) -> String {
        let percent = large.iter().map(|(was, now)| percent_change(*was, *now));
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

/// Number of figures, their first and last period; `None` where there are none.
fn extent<'f>(key: &str, figures: impl Iterator<Item = &'f Figure<'f>>) -> Option<String> {
    let periods: Vec<Period> = figures.map(|figure| figure.period).collect();
    let (first, last) = (periods.iter().min()?, periods.iter().max()?);
    Some(format!(
        "    {key}: {{ figures: {}, first: {first}, last: {last} }}\n",
        periods.len()
    ))
}

fn rank(rank_move: &RankMove<'_>) -> String {
    let subject = match rank_move.subject {
        Ranked::Indicator(indicator) => format!("indicator: {}", quoted(&indicator.id)),
        Ranked::Top(index, _) => format!("index: {}", quoted(&index.id)),
    };
    let rank_at = |RankAt { period, rank }: &RankAt| {
        let period = period.map(|period| format!(", period: {period}")).unwrap_or_default();
        format!("{{ position: {}, of: {}{period} }}", rank.position, rank.of)
    };
    format!(
        "  - {subject}\n    name: {}\n    place: {}\n    was: {}\n    now: {}\n",
        words(rank_move.subject.name()),
        quoted(&rank_move.place.code),
        rank_at(&rank_move.from),
        rank_at(&rank_move.to)
    )
}

fn status(status_move: &StatusMove<'_>) -> String {
    format!(
        "  - indicator: {}\n    name: {}\n    set: {}\n    set_name: {}\n    place: {}\n    was: {}\n    now: {}\n",
        quoted(&status_move.indicator.id),
        words(&status_move.indicator.name),
        quoted(&status_move.set.id),
        words(&status_move.set.name),
        quoted(&status_move.place.code),
        status_move.from.name(),
        status_move.to.name()
    )
}

fn claim(finding: &Finding, site: &Site) -> String {
    let file = finding
        .origin
        .as_ref()
        .map(|origin| origin.file.to_string())
        .unwrap_or_default();
    let page = site.pages.iter().find(|page| *page.prose.file == *file);
    let page = page
        .map(|page| format!("\n    page: {}", quoted(&page.id)))
        .unwrap_or_default();
    format!(
        "  - text: {}{page}\n",
        quoted(finding.argument("claim").unwrap_or_default())
    )
}

/// A key with its text, or without a value, to be filled in by a person.
fn text_or_blank(key: &str, text: Option<&Text>) -> String {
    match text.filter(|text| !text.is_empty()) {
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
