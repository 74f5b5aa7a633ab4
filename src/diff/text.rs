//! A difference → text that a person reads at a terminal, in the language of whoever reads.
//!
//! The report's own place comes first; of long lists the beginning is shown and the rest counted, since JSON has all of it.

use super::{Difference, Figure, FiguresChange, RankMove, StatusMove, Subject};
use crate::finding::{Finding, Language, Messages};
use crate::measure::Status;
use crate::model::{Fate, Period, Sex};
use crate::theme::{self, Voice};

/// Lines of one kind under one heading; the rest is counted.
const MOST: usize = 12;

/// What differs, told under the names by which the two sites were called.
#[must_use]
pub fn text(difference: &Difference<'_>, names: (&str, &str), language: Language) -> String {
    lines(difference, names, language).join("\n") + "\n"
}

/// The same line by line: headings at the margin, each after an empty line, and what stands under them by how deep it is.
pub(super) fn lines(difference: &Difference<'_>, (old, new): (&str, &str), language: Language) -> Vec<String> {
    let teller = Teller::of(language);
    let mut lines = vec![teller.fill("title", &[("old", old), ("new", new)])];
    if difference.is_empty() {
        lines.push(teller.word("nothing").to_owned());
    }
    teller.section(
        &mut lines,
        "claims",
        difference.claims.iter().map(|claim| teller.finding(claim)).collect(),
    );
    teller.figures(&mut lines, &difference.figures);
    teller.section(
        &mut lines,
        "ranks",
        difference.ranks.iter().map(|it| teller.rank(it)).collect(),
    );
    teller.section(
        &mut lines,
        "statuses",
        difference.statuses.iter().map(|it| teller.status(it)).collect(),
    );
    teller.section(
        &mut lines,
        "findings",
        difference.findings.iter().map(|it| teller.finding(it)).collect(),
    );
    if difference.mended > 0 {
        lines.extend([String::new(), teller.count("mended", difference.mended)]);
    }
    teller.pages(&mut lines, difference);
    lines
}

/// What a comment on a change is headed by.
pub(super) fn title(language: Language) -> String {
    Teller::of(language).word("comment").to_owned()
}

struct Teller {
    voice: Voice,
    messages: Messages,
}

impl Teller {
    fn of(language: Language) -> Self {
        let code = match language {
            Language::Sv => "sv",
            Language::En => "en",
        };
        Self {
            voice: theme::own_voice(code),
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
    fn section(&self, lines: &mut Vec<String>, heading: &str, items: Vec<String>) {
        if !items.is_empty() {
            lines.extend([String::new(), self.word(heading).to_owned()]);
            lines.extend(self.shortened(items, "  "));
        }
    }

    fn shortened(&self, items: Vec<String>, indent: &str) -> Vec<String> {
        let rest = items.len().saturating_sub(MOST);
        let mut shown: Vec<String> = items
            .into_iter()
            .take(MOST)
            .map(|item| format!("{indent}{item}"))
            .collect();
        if rest > 0 {
            shown.push(format!("{indent}{}", self.count("more", rest)));
        }
        shown
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
                indicator.name.in_language(&self.voice.language),
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
                let told = change
                    .revised
                    .iter()
                    .map(|figure| self.revision(change, figure))
                    .collect();
                lines.extend(self.shortened(told, "      "));
            }
            if !change.gone.is_empty() {
                lines.push(format!("    {}", self.count("gone", change.gone.len())));
                let told = change.gone.iter().map(|figure| self.loss(change, figure)).collect();
                lines.extend(self.shortened(told, "      "));
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
        let language = &self.voice.language;
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
            .short_value(number, &change.indicator.unit, &self.voice.language)
    }

    fn revision(&self, change: &FiguresChange<'_>, figure: &Figure<'_>) -> String {
        let [mut was, mut now] = [figure.was, figure.now].map(|it| self.number(change, it.unwrap_or_default()));
        if was == now {
            // Too small a change to be seen as the site rounds it.
            [was, now] = [figure.was, figure.now].map(|it| it.unwrap_or_default().to_string());
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

    fn rank(&self, it: &RankMove<'_>) -> String {
        let language = &self.voice.language;
        let what = match it.subject {
            Subject::Indicator(indicator) => indicator.name.in_language(language),
            Subject::Top(_, score) => score.name.in_language(language),
        };
        let stand = |(period, rank): &(Option<Period>, crate::measure::Rank)| {
            let [position, of] = [rank.position, rank.of].map(|number| number.to_string());
            let said = self.fill("rank", &[("position", &position), ("of", &of)]);
            match period {
                Some(period) => format!("{said} ({})", self.voice.format.period(*period)),
                None => said,
            }
        };
        format!(
            "{}, {what}: {} → {}",
            it.place.name.in_language(language),
            stand(&it.from),
            stand(&it.to)
        )
    }

    fn status(&self, it: &StatusMove<'_>) -> String {
        let language = &self.voice.language;
        let [place, what, set] =
            [&it.place.name, &it.indicator.name, &it.set.name].map(|name| name.in_language(language));
        let word = |status: Status| self.word(&format!("status.{}", status.name()));
        format!("{place}, {what} ({set}): {} → {}", word(it.from), word(it.to))
    }

    fn pages(&self, lines: &mut Vec<String>, difference: &Difference<'_>) {
        let pages = &difference.pages;
        let (text, around): (Vec<_>, Vec<_>) = pages.changed.iter().partition(|page| page.text);
        self.section(lines, "pages_added", pages.added.clone());
        self.section(lines, "pages_removed", pages.removed.clone());
        self.section(
            lines,
            "pages_changed",
            text.into_iter().map(|page| page.route.clone()).collect(),
        );
        if !around.is_empty() {
            lines.extend([String::new(), self.count("pages_around", around.len())]);
        }
        let files = [
            ("files_added", &pages.files_added),
            ("files_removed", &pages.files_removed),
        ];
        for (key, list) in files.into_iter().chain([("files_changed", &pages.files_changed)]) {
            self.section(lines, key, list.clone());
        }
    }
}
