//! What every page has around its own matter: navigation, breadcrumbs, neighbours, notices.

use super::report::Neighbour;
use super::report::Standpoint;
use super::routes::{Reference, relative};
use super::view::{Heading, Link, NavigationLink};
use crate::model::{Edition, Layout, Page};
use serde::Serialize;

/// The site, from where a page stands.
#[derive(Serialize)]
pub(crate) struct SiteView {
    title: String,
    short_title: String,
    description: String,
    language: String,
    languages: Vec<LanguageLink>,
    period: String,
    publisher: Publisher,
    notice: String,
    navigation: Vec<NavigationLink>,
    footer: Vec<Link>,
    editions: Vec<Link>,
    home: Link,
    built: String,
    base_url: Option<String>,
    stylesheets: Vec<String>,
    script: Option<String>,
}

#[derive(Serialize)]
struct LanguageLink {
    code: String,
    name: String,
    href: String,
    current: bool,
}

#[derive(Serialize)]
struct Publisher {
    name: String,
    email: Option<String>,
    url: Option<String>,
}

/// The page itself.
#[derive(Serialize)]
pub(crate) struct PageView {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) description: Option<String>,
    pub(crate) layout: &'static str,
    pub(crate) root: String,
    pub(crate) canonical: Option<String>,
    pub(crate) breadcrumbs: Vec<Crumb>,
    pub(crate) contents: Vec<Heading>,
    pub(crate) previous: Option<Link>,
    pub(crate) next: Option<Link>,
    pub(crate) related: Vec<Related>,
    pub(crate) sample: bool,
    pub(crate) draft: bool,
    pub(crate) updated: Option<String>,
}

/// A step of the way here; the last is the page itself and has no address.
#[derive(Serialize)]
pub(crate) struct Crumb {
    title: String,
    href: Option<String>,
}

/// Links under a heading.
#[derive(Serialize)]
pub(crate) struct Related {
    pub(crate) title: String,
    pub(crate) links: Vec<Link>,
}

/// The site as this page sees it.
pub(crate) fn site(standpoint: Standpoint<'_>) -> SiteView {
    let settings = standpoint.site().settings();
    let code = standpoint.code();
    let theme = standpoint.report.theme;
    let root = root(standpoint.route);
    let optional = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let home = standpoint
        .href(&Reference::Page("index".to_owned()))
        .unwrap_or_else(|| format!("{root}index.html"));
    let assets = theme
        .stylesheets
        .iter()
        .filter_map(|path| theme.asset(path))
        .map(|route| format!("{root}{route}"));
    SiteView {
        title: settings.title.in_language(code).to_owned(),
        short_title: settings.short_title.in_language(code).to_owned(),
        description: settings.description.in_language(code).to_owned(),
        language: code.to_owned(),
        languages: languages(standpoint),
        period: settings
            .period
            .map_or(String::new(), |(from, to)| format!("{from}\u{2013}{to}")),
        publisher: Publisher {
            name: settings.publisher.in_language(code).to_owned(),
            email: optional(&settings.publisher_email),
            url: optional(&settings.publisher_url),
        },
        notice: super::prose::inline(settings.notice.in_language(code)),
        navigation: settings
            .navigation
            .iter()
            .filter_map(|(id, _)| navigation(standpoint, id))
            .collect(),
        footer: footer(standpoint),
        editions: editions(standpoint),
        home: Link {
            title: settings.title.in_language(code).to_owned(),
            href: home,
            note: None,
        },
        built: standpoint.voice().format.date(&standpoint.report.today.to_string()),
        base_url: optional(standpoint.report.base_url),
        stylesheets: assets.collect(),
        script: theme
            .script
            .as_ref()
            .and_then(|path| theme.asset(path))
            .map(|route| format!("{root}{route}")),
    }
}

/// Links at the foot: the author's, and what is new unless it is among them.
fn footer(standpoint: Standpoint<'_>) -> Vec<Link> {
    let written = &standpoint.site().settings().footer;
    let mut links: Vec<Link> = written.iter().filter_map(|(id, _)| page_link(standpoint, id)).collect();
    // Without updates there is no page, and nobody should depend on that.
    if standpoint.site().has_updates()
        && let Some(news) = standpoint.link(standpoint.word("updates.title"), &Reference::Updates)
        && links.iter().all(|link| link.href != news.href)
    {
        links.push(news);
    }
    links
}

/// The way to the site's root: empty, or `../` for every folder.
pub(crate) fn root(route: &str) -> String {
    "../".repeat(route.matches('/').count())
}

fn languages(standpoint: Standpoint<'_>) -> Vec<LanguageLink> {
    let voices = &standpoint.report.theme.languages;
    if voices.len() < 2 {
        return Vec::new();
    }
    let front = Reference::Page("index".to_owned());
    let link = |(index, voice): (usize, &crate::theme::ThemeLanguage)| {
        let same = standpoint.find(index, &standpoint.job.about);
        let route = same.or_else(|| standpoint.find(index, &front))?;
        Some(LanguageLink {
            code: voice.code.clone(),
            name: voice.words.text("sentence.language").to_owned(),
            href: relative(standpoint.route, route),
            current: index == standpoint.language,
        })
    };
    voices.iter().enumerate().filter_map(link).collect()
}

/// Older editions, with the day each was published.
fn editions(standpoint: Standpoint<'_>) -> Vec<Link> {
    let link = |edition: &Edition| Link {
        title: edition.title.in_language(standpoint.code()).to_owned(),
        href: relative(standpoint.route, &format!("{}/index.html", edition.id)),
        note: Some(standpoint.voice().format.date(&edition.date.to_string())),
    };
    standpoint.site().settings().editions.iter().map(link).collect()
}

fn page_link(standpoint: Standpoint<'_>, id: &str) -> Option<Link> {
    let page = standpoint.site().page(standpoint.code(), id)?;
    standpoint.link(&page.menu, &Reference::Page(id.to_owned()))
}

fn navigation(standpoint: Standpoint<'_>, id: &str) -> Option<NavigationLink> {
    let link = page_link(standpoint, id)?;
    let route = standpoint.find(standpoint.language, &Reference::Page(id.to_owned()))?;
    let section =
        section(standpoint).and_then(|page| standpoint.find(standpoint.language, &Reference::Page(page.id.clone())));
    let folder = route.strip_suffix("index.html").filter(|folder| !folder.is_empty());
    let current = route == standpoint.route;
    let below = folder.is_some_and(|folder| standpoint.route.starts_with(folder)) || section == Some(route);
    Some(NavigationLink {
        title: link.title,
        href: link.href,
        current,
        within: below && !current,
    })
}

/// The page that a page made from data belongs under: the overview, the list of sets, the list of places.
fn section(standpoint: Standpoint<'_>) -> Option<&Page> {
    let layout = match standpoint.job.about {
        Reference::Indicator(_) => Layout::Overview,
        Reference::Set(_) => Layout::Sets,
        Reference::Place(_) => Layout::Places,
        Reference::Score(_, _) => Layout::Index,
        Reference::Consultation(_) | Reference::Chapter(_, _) => Layout::Consultations,
        Reference::Page(_) | Reference::Index(_) | Reference::Updates => return None,
    };
    page_of_layout(standpoint, layout)
}

/// The first page of a layout in the page's language.
pub(crate) fn page_of_layout(standpoint: Standpoint<'_>, layout: Layout) -> Option<&Page> {
    let id = standpoint.of_layout(layout)?;
    standpoint.site().page(standpoint.code(), id)
}

/// The way from the front page to here.
pub(crate) fn breadcrumbs(standpoint: Standpoint<'_>, title: &str) -> Vec<Crumb> {
    let front = Reference::Page("index".to_owned());
    if standpoint.find(standpoint.language, &front) == Some(standpoint.route) {
        return Vec::new();
    }
    let crumb = |link: Link| Crumb {
        title: link.title,
        href: Some(link.href),
    };
    let mut crumbs: Vec<Crumb> = page_link(standpoint, "index").map(crumb).into_iter().collect();
    let section = section(standpoint)
        .and_then(|page| page_link(standpoint, &page.id))
        .map(crumb);
    match section {
        Some(section) => crumbs.push(section),
        None => crumbs.extend(folders(standpoint).into_iter().map(crumb)),
    }
    crumbs.push(Crumb {
        title: title.to_owned(),
        href: None,
    });
    crumbs
}

/// Index pages of the folders the page lies in.
fn folders(standpoint: Standpoint<'_>) -> Vec<Link> {
    let Some(page) = standpoint.job.page else {
        return Vec::new();
    };
    let parts: Vec<&str> = page.id.split('/').collect();
    (1..parts.len())
        .map(|depth| format!("{}/index", parts[..depth].join("/")))
        .filter(|id| *id != page.id)
        .filter_map(|id| page_link(standpoint, &id))
        .collect()
}

/// Links to the pages that come before and after this one, in reading order.
pub(crate) fn sequence(standpoint: Standpoint<'_>) -> (Option<Link>, Option<Link>) {
    let key = (standpoint.language, standpoint.job.about.clone());
    let link = |neighbour: &Option<Neighbour>| {
        neighbour
            .as_ref()
            .and_then(|(about, title)| standpoint.link(title, about))
    };
    standpoint
        .report
        .neighbours
        .get(&key)
        .map_or((None, None), |(before, after)| (link(before), link(after)))
}
