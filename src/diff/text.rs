//! A difference → text that a person reads at a terminal, in the language of whoever reads.
//!
//! Takes a [`Difference`](super::Difference); gives lines, which [`super::markdown`] takes too. The report's own place comes
//! first; of long lists the beginning is shown and the rest counted, since JSON has all of it.

use super::{Difference, Figure, FiguresChange, Pages, RankAt, RankMove, StatusMove, language_code};
use crate::finding::{Finding, Language, Messages};
use crate::model::{Fate, Sex};
use crate::theme::{self, ThemeLanguage};

/// Lines of one kind under one heading; the rest is counted.
const MOST: usize = 12;

/// The difference, under the names by which the two sites were called.
#[must_use]
pub fn text(difference: &Difference<'_>, names: (&str, &str), language: Language) -> String {
    lines(difference, names, language).join("\n") + "\n"
}

/// The lines of the text: headings at the margin, each after an empty line, and items below them indented by depth.
pub(super) fn lines(difference: &Difference<'_>, (old, new): (&str, &str), language: Language) -> Vec<String> {
    let writer = Writer::new(language);
    let mut lines = vec![writer.fill("title", &[("old", old), ("new", new)])];
    if difference.is_empty() {
        lines.push(writer.word("nothing").to_owned());
    }
    let Difference {
        figures,
        ranks,
        statuses,
        claims,
        findings,
        mended,
        pages,
    } = difference;
    writer.section(&mut lines, "claims", claims.iter().map(|claim| writer.finding(claim)));
    writer.figures(&mut lines, figures);
    writer.section(&mut lines, "ranks", ranks.iter().map(|rank| writer.rank(rank)));
    writer.section(
        &mut lines,
        "statuses",
        statuses.iter().map(|status| writer.status(status)),
    );
    writer.section(
        &mut lines,
        "findings",
        findings.iter().map(|finding| writer.finding(finding)),
    );
    if *mended > 0 {
        lines.extend([String::new(), writer.count("mended", *mended)]);
    }
    writer.pages(&mut lines, pages);
    lines
}

/// The heading of a comment on a change.
pub(super) fn title(language: Language) -> String {
    Writer::new(language).word("comment").to_owned()
}

struct Writer {
    voice: ThemeLanguage,
    messages: Messages,
}

impl Writer {
    fn new(language: Language) -> Self {
        Self {
            voice: theme::built_in_language(language_code(language)),
            messages: Messages::new(language),
        }
    }

    fn word(&self, key: &str) -> &str {
        self.voice.words.text(&format!("changes.{key}"))
    }

    fn fill(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        self.voice.words.fill(&format!("changes.{key}"), arguments)
    }

    fn count(&self, key: &str, n: usize) -> String {
        self.fill(key, &[("n", &n.to_string())])
    }

    /// A heading and a list, if there is anything to list.
    fn section(&self, lines: &mut Vec<String>, heading: &str, items: impl Iterator<Item = String>) {
        let items = self.shortened(items, "  ");
        if !items.is_empty() {
            lines.extend([String::new(), self.word(heading).to_owned()]);
            lines.extend(items);
        }
    }

    /// The beginning of a list, and how many items are left out.
    fn shortened(&self, mut items: impl Iterator<Item = String>, indent: &str) -> Vec<String> {
        let mut lines: Vec<String> = items.by_ref().take(MOST).collect();
        let rest = items.count();
        if rest > 0 {
            lines.push(self.count("more", rest));
        }
        lines.iter().map(|line| format!("{indent}{line}")).collect()
    }

    fn finding(&self, finding: &Finding) -> String {
        let file = finding
            .origin
            .as_ref()
            .map(|origin| format!("{}: ", origin.file))
            .unwrap_or_default();
        let label = self.messages.label(finding);
        let tail = if label.is_empty() {
            String::new()
        } else {
            format!(" ({label})")
        };
        format!("{file}{}{tail}", self.messages.headline(finding))
    }

    fn figures(&self, lines: &mut Vec<String>, changes: &[FiguresChange<'_>]) {
        if changes.is_empty() {
            return;
        }
        lines.extend([String::new(), self.word("figures").to_owned()]);
        for change in changes {
            let indicator = change.indicator;
            lines.push(format!(
                "  {} ({})",
                indicator.name.in_language(&self.voice.code),
                indicator.id
            ));
            match change.fate {
                Fate::New => lines.push(format!("    {}", self.word("indicator_new"))),
                Fate::Gone => lines.push(format!("    {}", self.word("indicator_gone"))),
                Fate::Kept => {}
            }
            if !change.redefined.is_empty() {
                lines.push(format!(
                    "    {}",
                    self.fill("redefined", &[("keys", &change.redefined.join(", "))])
                ));
            }
            if !change.added.is_empty() {
                let periods = self.periods(&change.added);
                lines.push(format!("    {} ({periods})", self.count("added", change.added.len())));
            }
            if !change.revised.is_empty() {
                lines.push(format!("    {}", self.count("revised", change.revised.len())));
                let figures = change.revised.iter().map(|figure| self.revision(change, figure));
                lines.extend(self.shortened(figures, "      "));
            }
            if !change.gone.is_empty() {
                lines.push(format!("    {}", self.count("gone", change.gone.len())));
                let figures = change.gone.iter().map(|figure| self.loss(change, figure));
                lines.extend(self.shortened(figures, "      "));
            }
        }
    }

    /// The first and the last period of some figures.
    fn periods(&self, figures: &[Figure<'_>]) -> String {
        let periods = || figures.iter().map(|figure| figure.period);
        let (Some(first), Some(last)) = (periods().min(), periods().max()) else {
            return String::new();
        };
        if first == last {
            self.voice.format.period(first)
        } else {
            self.voice.format.span(first, last)
        }
    }

    fn subject(&self, figure: &Figure<'_>) -> String {
        let language = &self.voice.code;
        let mut parts = vec![figure.name.in_language(language).to_owned()];
        parts.extend(figure.category.map(|(_, name)| name.in_language(language).to_owned()));
        if figure.sex != Sex::Total {
            parts.push(self.word(&format!("sex.{}", figure.sex.letter())).to_owned());
        }
        format!("{} {}", parts.join(", "), self.voice.format.period(figure.period))
    }

    fn number(&self, change: &FiguresChange<'_>, number: f64) -> String {
        self.voice
            .format
            .short_value(number, &change.indicator.unit, &self.voice.code)
    }

    fn revision(&self, change: &FiguresChange<'_>, figure: &Figure<'_>) -> String {
        let numbers = [figure.was, figure.now].map(Option::unwrap_or_default);
        let [mut was, mut now] = numbers.map(|number| self.number(change, number));
        if was == now {
            // The change is too small to be seen as the site rounds it.
            [was, now] = numbers.map(|number| number.to_string());
        }
        let percent = figure
            .percent()
            .map(|percent| format!(" ({})", self.voice.format.percent(percent, 1)));
        format!("{}: {was} → {now}{}", self.subject(figure), percent.unwrap_or_default())
    }

    fn loss(&self, change: &FiguresChange<'_>, figure: &Figure<'_>) -> String {
        let why = figure
            .reason
            .map(|reason| format!(" ({})", self.voice.words.text(&format!("reason.{}", reason.name()))));
        let was = self.number(change, figure.was.unwrap_or_default());
        format!("{}: {was}{}", self.subject(figure), why.unwrap_or_default())
    }

    fn rank(&self, rank_move: &RankMove<'_>) -> String {
        let names = [&rank_move.place.name, rank_move.subject.name()];
        let [place, subject] = names.map(|name| name.in_language(&self.voice.code));
        let rank_at = |RankAt { period, rank }: &RankAt| {
            let [position, of] = [rank.position, rank.of].map(|number| number.to_string());
            let words = self.fill("rank", &[("position", &position), ("of", &of)]);
            match period {
                Some(period) => format!("{words} ({})", self.voice.format.period(*period)),
                None => words,
            }
        };
        let (from, to) = (rank_at(&rank_move.from), rank_at(&rank_move.to));
        format!("{place}, {subject}: {from} → {to}")
    }

    fn status(&self, status_move: &StatusMove<'_>) -> String {
        let StatusMove {
            set,
            indicator,
            place,
            from,
            to,
        } = status_move;
        let names = [&place.name, &indicator.name, &set.name];
        let [place, indicator, set] = names.map(|name| name.in_language(&self.voice.code));
        let [from, to] = [from, to].map(|status| self.word(&format!("status.{}", status.name())));
        format!("{place}, {indicator} ({set}): {from} → {to}")
    }

    fn pages(&self, lines: &mut Vec<String>, pages: &Pages) {
        let (text, markup): (Vec<_>, Vec<_>) = pages.changed.iter().partition(|page| page.text);
        let changed: Vec<String> = text.into_iter().map(|page| page.route.clone()).collect();
        let lists = [
            ("pages_added", &pages.added),
            ("pages_removed", &pages.removed),
            ("pages_changed", &changed),
        ];
        for (heading, routes) in lists {
            self.section(lines, heading, routes.iter().cloned());
        }
        if !markup.is_empty() {
            lines.extend([String::new(), self.count("pages_around", markup.len())]);
        }
        let lists = [
            ("files_added", &pages.files_added),
            ("files_removed", &pages.files_removed),
            ("files_changed", &pages.files_changed),
        ];
        for (heading, routes) in lists {
            self.section(lines, heading, routes.iter().cloned());
        }
    }
}
