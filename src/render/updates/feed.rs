//! Feeds that readers can follow: events of consultations, and updates of the report.
//!
//! Takes the consultations and the day; gives a feed for each language, with an entry for every past event: opened, extended,
//! closed, results, decided, news of a commitment. Events of unknown day and constructed consultations are left out. Takes the recorded updates;
//! gives another feed for each language, with an entry for every update.

use super::update;
use crate::download::atom::{Feed, FeedEntry, feed, lasting_id};
use crate::model::{Commitment, CommitmentStatus, Consultation, Layout, Progress, Update};
use crate::page::consultation_state;
use crate::page::inline::plain;
use crate::page::locale::Locale;
use crate::page::output::Output;
use crate::page::report::Report;
use crate::page::routes::{Chapter, Reference, relative};
use jiff::civil::Date;

/// Address of the feed of consultations in a language; `None` when there is nothing to follow.
pub(crate) fn consultations_route(report: &Report<'_>, locale: &Locale<'_>) -> Option<String> {
    let has_real = report
        .site
        .consultations
        .iter()
        .any(|consultation| !consultation.sample);
    let folder = locale.word("routes.consultation");
    (locale.is_full && has_real).then(|| locale.file_route(&format!("{folder}/feed.xml")))
}

/// Address of the feed of updates in a language; `None` when there is nothing to follow.
pub(crate) fn updates_route(report: &Report<'_>, locale: &Locale<'_>) -> Option<String> {
    let name = locale.word("routes.updates");
    (locale.is_full && !report.site.updates.is_empty()).then(|| locale.file_route(&format!("{name}.xml")))
}

/// The feeds of every language.
pub(crate) fn files(report: &Report<'_>) -> Vec<Output> {
    let writers = |route: fn(&Report<'_>, &Locale<'_>) -> Option<String>| {
        let writer = move |locale| {
            let route = route(report, locale)?;
            Some(FeedWriter { report, locale, route })
        };
        report.locales.iter().filter_map(writer)
    };
    let consultations = writers(consultations_route).map(FeedWriter::consultations);
    let updates = writers(updates_route).map(FeedWriter::updates);
    consultations.chain(updates).collect()
}

/// Writes one feed of a language.
struct FeedWriter<'a> {
    report: &'a Report<'a>,
    locale: &'a Locale<'a>,
    route: String,
}

impl FeedWriter<'_> {
    /// The feed of consultations.
    fn consultations(self) -> Output {
        let consultations = self.report.site.consultations.iter();
        let real = consultations.filter(|consultation| !consultation.sample);
        let events = real.flat_map(|consultation| [self.events(consultation), self.news(consultation)].concat());
        let mut events: Vec<(Date, FeedEntry)> = events.collect();
        // Newest first. Events of one day keep their order, of consultations and of each one's life, turned round.
        events.sort_by_key(|(date, _)| *date);
        events.reverse();
        let list = self
            .report
            .first_pages
            .get(&(self.locale.number, Layout::Consultations))
            .map_or("index", String::as_str);
        let page = self.href(&Reference::Page(list.to_owned()));
        self.output("consultation.feed.title", page, events)
    }

    /// The feed of updates.
    fn updates(self) -> Output {
        let page = self.href(&Reference::Updates);
        // An author may move the page; the ids of its entries must stay the same.
        let fixed_route = self
            .locale
            .file_route(&format!("{}.html", self.locale.word("routes.updates")));
        let entry = |update: &Update| {
            let text = update.text.in_language(self.locale.code);
            let summary = [
                update::in_short(self.locale, update),
                plain(text).split_whitespace().collect::<Vec<_>>().join(" "),
            ];
            let event = (self.locale.word("anchor.update"), update.date);
            let anchor = update::anchor(self.locale, update);
            FeedEntry {
                id: lasting_id(self.report, &fixed_route, Some(event)),
                title: update::title(self.locale, update),
                href: format!("{}#{anchor}", page.as_deref().unwrap_or_default()),
                updated: update.date,
                summary: joined(&summary),
            }
        };
        let updates = self.report.site.updates.iter();
        let entries = updates.map(|update| (update.date, entry(update))).collect();
        self.output("updates.feed", page.clone(), entries)
    }

    /// Past events of a consultation, oldest first.
    fn events(&self, consultation: &Consultation) -> Vec<(Date, FeedEntry)> {
        let (locale, dates) = (self.locale, &consultation.dates);
        let Some(href) = self.href(&Reference::Consultation(consultation.id.clone())) else {
            return Vec::new();
        };
        // An author may move the page; the ids of its events must stay the same.
        let fixed_route = locale.file_route(&format!("{}/{}", locale.word("routes.consultation"), consultation.id));
        let on_day = |word: &str, date: Option<Date>| {
            let day = date.map(|date| consultation_state::day(locale, date));
            day.map(|day| locale.fill(&format!("consultation.standing.{word}"), &[("day", &day)]))
                .unwrap_or_default()
        };
        // The last day as it stood when it opened.
        let first_close = dates
            .extensions
            .first()
            .map_or(dates.closes, |extension| extension.from);
        let after_close = dates.closes.and_then(|day| day.tomorrow().ok());
        let mut events = vec![("opened", dates.opens, on_day("last_day", first_close))];
        events.extend(dates.extensions.iter().map(|extension| {
            let sentence = consultation_state::extension_sentence(locale, extension);
            ("extended", extension.on, sentence)
        }));
        events.push(("closed", after_close, on_day("closed", dates.closes)));
        let results = dates.results.filter(|_| !dates.unanswered);
        events.push(("results", results, on_day("results", results)));
        events.push(("decided", dates.decision, on_day("decided", dates.decision)));
        if let Some(end) = dates.withdrawn.as_ref().map(|end| end.on) {
            events.retain(|(_, date, _)| date.is_none_or(|date| date <= end));
            events.push(("withdrawn", Some(end), on_day("withdrawn", Some(end))));
        }
        let title = consultation.title.in_language(locale.code);
        let description = consultation.description.in_language(locale.code);
        let past = events.into_iter().filter_map(|(event, date, sentence)| {
            let date = date.filter(|date| *date <= self.report.today)?;
            let entry = FeedEntry {
                id: lasting_id(self.report, &fixed_route, Some((event, date))),
                title: locale.fill(&format!("consultation.feed.{event}"), &[("title", title)]),
                href: href.clone(),
                updated: date,
                summary: joined(&[sentence, plain(description)]),
            };
            Some((date, entry))
        });
        past.collect()
    }

    /// News of the commitments after the decision, in the order written.
    fn news(&self, consultation: &Consultation) -> Vec<(Date, FeedEntry)> {
        let locale = self.locale;
        let chapter = Reference::Chapter(consultation.id.clone(), Chapter::Commitments);
        let (Some(href), Some(outcomes)) = (self.href(&chapter), self.report.site.outcomes(&consultation.id)) else {
            return Vec::new();
        };
        let fixed_route = locale.file_route(&format!("{}/{}", locale.word("routes.consultation"), consultation.id));
        let title = consultation.title.in_language(locale.code);
        let entry = |(commitment, news): (&Commitment, &Progress)| {
            let text = plain(commitment.text.in_language(locale.code));
            let status = locale.word(&format!("commitment.status.{}", news.status.name()));
            let sentence = locale.fill("commitment.news", &[("text", &text), ("status", status)]);
            let event = format!("commitment-{}", commitment.id);
            let entry = FeedEntry {
                id: lasting_id(self.report, &fixed_route, Some((&event, news.date))),
                title: locale.fill("consultation.feed.commitment", &[("title", title)]),
                href: format!("{href}#{}-{}", locale.word("anchor.commitment"), commitment.id),
                updated: news.date,
                summary: joined(&[sentence, plain(news.note.in_language(locale.code))]),
            };
            (news.date, entry)
        };
        let all = outcomes.commitments.iter();
        let all = all.flat_map(|commitment| commitment.history.iter().map(move |news| (commitment, news)));
        // What was decided to be done is told by the event of the decision.
        let is_news = |news: &Progress| news.date <= self.report.today && news.status != CommitmentStatus::Planned;
        all.filter(|(_, news)| is_news(news)).map(entry).collect()
    }

    /// The feed with these entries, newest first, under a title that names the site; `page` is the page of the same content.
    fn output(self, title: &str, page: Option<String>, entries: Vec<(Date, FeedEntry)>) -> Output {
        let Self { report, locale, route } = self;
        let settings = &report.site.settings;
        let publisher = settings.publisher.in_language(locale.code);
        let name = settings.title.in_language(locale.code);
        let atom = Feed {
            id: lasting_id(report, &route, None),
            title: locale.fill(title, &[("title", name)]),
            language: locale.code.to_owned(),
            author: if publisher.is_empty() { name } else { publisher }.to_owned(),
            self_href: (!report.base_url.is_empty()).then(|| format!("{}{route}", report.base_url)),
            page,
            updated: entries.first().map_or(report.today, |(date, _)| *date),
            entries: entries.into_iter().map(|(_, entry)| entry).collect(),
        };
        Output {
            bytes: feed(&atom).into_bytes().into(),
            route,
        }
    }

    /// Address of a thing's page: absolute when the site knows where it lies, else from the feed.
    fn href(&self, about: &Reference) -> Option<String> {
        let route = self.report.routes.find(self.locale.number, about)?;
        let base_url = self.report.base_url;
        Some(if base_url.is_empty() {
            relative(&self.route, route)
        } else {
            format!("{base_url}{route}")
        })
    }
}

/// Sentences in one line, without the empty ones.
fn joined(sentences: &[String]) -> String {
    let sentences: Vec<&str> = sentences
        .iter()
        .map(String::as_str)
        .filter(|text| !text.is_empty())
        .collect();
    sentences.join(" ")
}
