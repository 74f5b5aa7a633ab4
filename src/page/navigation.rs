//! The frame of every page: navigation, breadcrumbs, links to the page before and after, notices.

use crate::model::{Edition, Layout, Page};
use crate::page::context::PageContext;
use crate::page::inline::inline;
use crate::page::locale::Locale;
use crate::page::routes::Reference;
use crate::page::sequence::Neighbour;
use crate::page::view::{Heading, Html, Link, NavigationLink};
use serde::Serialize;

/// View of the site, for the frame of every page (`layout.html`). Addresses are relative to the page.
#[derive(Serialize)]
pub(crate) struct SiteView {
    title: String,
    short_title: String,
    description: String,
    /// Code of the page's language.
    language: String,
    /// This page in every language, or else the front page in it; empty when the site has one language.
    languages: Vec<LanguageLink>,
    /// First and last year of the report; empty when the site states none.
    period: String,
    publisher: Publisher,
    /// A notice on every page; empty when there is none.
    notice: Html,
    navigation: Vec<NavigationLink>,
    footer: Vec<Link>,
    /// Older editions, each with its day of publication as its note.
    editions: Vec<Link>,
    /// The front page.
    home: Link,
    /// The day of the build.
    built: String,
    /// Absolute address of the front page, if it is known.
    base_url: Option<String>,
    /// Stylesheets that the theme adds.
    stylesheets: Vec<String>,
    /// The script that the theme adds.
    script: Option<String>,
}

/// A link to a language of the site.
#[derive(Serialize)]
struct LanguageLink {
    code: String,
    /// Name of the language in the language itself.
    name: String,
    href: String,
    /// Whether it is the page's language.
    current: bool,
}

/// The publisher of the report.
#[derive(Serialize)]
struct Publisher {
    name: String,
    email: Option<String>,
    url: Option<String>,
}

/// View of the page itself, for its frame (`layout.html`).
#[derive(Serialize)]
pub(crate) struct PageView {
    /// Id of an author's page; of any other its address without `.html`.
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) description: Option<String>,
    /// Name of the layout, which is also the name of its template.
    pub(crate) layout: &'static str,
    /// Relative address of the site's root: empty, or `../` for every folder.
    pub(crate) root: String,
    /// Absolute address, where the site knows its own.
    pub(crate) canonical: Option<String>,
    /// From the front page to this page; empty on the front page.
    pub(crate) breadcrumbs: Vec<Crumb>,
    /// Headings of the narrative.
    pub(crate) contents: Vec<Heading>,
    /// The page before this one in reading order.
    pub(crate) previous: Option<Link>,
    /// The page after this one in reading order.
    pub(crate) next: Option<Link>,
    pub(crate) related: Vec<Related>,
    /// Whether it shows constructed figures.
    pub(crate) sample: bool,
    pub(crate) draft: bool,
    /// Whether the site shows what must wait for its day.
    pub(crate) embargoed: bool,
}

/// A step of the breadcrumbs; the last is the page itself and has no address.
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

/// The view of the site from this page.
pub(crate) fn site(page: PageContext<'_>) -> SiteView {
    let settings = &page.site.settings;
    let code = page.code();
    let theme = page.report.theme;
    let root = root(page.route());
    let optional = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let home = page
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
        languages: languages(page),
        period: settings
            .period
            .map_or(String::new(), |(from, to)| format!("{from}\u{2013}{to}")),
        publisher: Publisher {
            name: settings.publisher.in_language(code).to_owned(),
            email: optional(&settings.publisher_email),
            url: optional(&settings.publisher_url),
        },
        notice: Html(inline(settings.notice.in_language(code))),
        navigation: settings
            .navigation
            .iter()
            .filter_map(|(id, _)| navigation(page, id))
            .collect(),
        footer: footer(page),
        editions: editions(page),
        home: Link {
            title: settings.title.in_language(code).to_owned(),
            href: home,
            note: None,
        },
        built: page.locale.format.date(&page.report.today.to_string()),
        base_url: optional(page.report.base_url),
        stylesheets: assets.collect(),
        script: theme
            .script
            .as_ref()
            .and_then(|path| theme.asset(path))
            .map(|route| format!("{root}{route}")),
    }
}

/// Links at the foot: the author's, and the page of updates unless it is among them.
fn footer(page: PageContext<'_>) -> Vec<Link> {
    let entries = page.site.settings.footer.iter();
    let mut links: Vec<Link> = entries.filter_map(|(id, _)| page_link(page, id)).collect();
    // The page of updates exists only when there are updates, so an author cannot rely on a link of their own.
    if !page.site.updates.is_empty()
        && let Some(news) = page.link(page.word("updates.title"), &Reference::Updates)
        && links.iter().all(|link| link.href != news.href)
    {
        links.push(news);
    }
    links
}

/// Relative address of the site's root: empty, or `../` for every folder.
pub(crate) fn root(route: &str) -> String {
    "../".repeat(route.matches('/').count())
}

/// Links to this page in every language, or else to the front page; none when the site has one language.
fn languages(page: PageContext<'_>) -> Vec<LanguageLink> {
    let locales = page.report.locales;
    if locales.len() < 2 {
        return Vec::new();
    }
    let front = Reference::Page("index".to_owned());
    let link = |locale: &Locale<'_>| {
        let translation = page.find_in(locale.number, &page.plan.about);
        let route = translation.or_else(|| page.find_in(locale.number, &front))?;
        Some(LanguageLink {
            code: locale.code.to_owned(),
            name: locale.word("sentence.language").to_owned(),
            href: page.href_to(route),
            current: locale.number == page.locale.number,
        })
    };
    locales.iter().filter_map(link).collect()
}

/// Older editions, with the day each was published.
fn editions(page: PageContext<'_>) -> Vec<Link> {
    let link = |edition: &Edition| Link {
        title: edition.title.in_language(page.code()).to_owned(),
        href: page.href_to(&format!("{}/index.html", edition.id)),
        note: Some(page.locale.format.date(&edition.date.to_string())),
    };
    page.site.settings.editions.iter().map(link).collect()
}

/// A link to an author's page under its title in menus, if it exists in the page's language.
fn page_link(page: PageContext<'_>, id: &str) -> Option<Link> {
    let target = page.site.page(page.code(), id)?;
    page.link(&target.menu, &Reference::Page(id.to_owned()))
}

/// An entry of the main navigation, if the author's page of this id exists.
fn navigation(page: PageContext<'_>, id: &str) -> Option<NavigationLink> {
    let link = page_link(page, id)?;
    let route = page.find(&Reference::Page(id.to_owned()))?;
    let section = section(page).and_then(|section| page.find(&Reference::Page(section.id.clone())));
    let folder = route.strip_suffix("index.html").filter(|folder| !folder.is_empty());
    let current = route == page.route();
    let below = folder.is_some_and(|folder| page.route().starts_with(folder)) || section == Some(route);
    Some(NavigationLink {
        title: link.title,
        href: link.href,
        current,
        within: below && !current,
    })
}

/// The page that a page made from data belongs under: the overview, the list of sets, the list of places.
fn section(page: PageContext<'_>) -> Option<&Page> {
    let layout = match page.plan.about {
        Reference::Indicator(_) => Layout::Overview,
        Reference::Set(_) => Layout::Sets,
        Reference::Place(_) => Layout::Places,
        Reference::Score(_, _) => Layout::Index,
        Reference::Consultation(_) | Reference::Chapter(_, _) => Layout::Consultations,
        Reference::Page(_) | Reference::Index(_) | Reference::Updates => return None,
    };
    page.page_of_layout(layout)
}

/// The breadcrumbs from the front page to this page.
pub(crate) fn breadcrumbs(page: PageContext<'_>, title: &str) -> Vec<Crumb> {
    let front = Reference::Page("index".to_owned());
    if page.find(&front) == Some(page.route()) {
        return Vec::new();
    }
    let crumb = |link: Link| Crumb {
        title: link.title,
        href: Some(link.href),
    };
    let mut crumbs: Vec<Crumb> = page_link(page, "index").map(crumb).into_iter().collect();
    let section = section(page)
        .and_then(|section| page_link(page, &section.id))
        .map(crumb);
    match section {
        Some(section) => crumbs.push(section),
        None => crumbs.extend(folders(page).into_iter().map(crumb)),
    }
    // A chapter lies below its consultation, whose title it need not say again.
    let chapter = match &page.plan.about {
        Reference::Chapter(id, _) => page
            .site
            .consultations
            .iter()
            .find(|consultation| consultation.id == *id),
        _ => None,
    };
    let title = match chapter {
        Some(consultation) => {
            let about = Reference::Consultation(consultation.id.clone());
            let route = page.find(&about).or_else(|| page.find_in(0, &about));
            crumbs.extend(route.map(|route| Crumb {
                title: consultation.title.in_language(page.code()).to_owned(),
                href: Some(page.href_to(route)),
            }));
            page.word(&format!("consultation.chapter.{}", page.plan.layout.name()))
        }
        None => title,
    };
    crumbs.push(Crumb {
        title: title.to_owned(),
        href: None,
    });
    crumbs
}

/// Index pages of the folders the page lies in.
fn folders(page: PageContext<'_>) -> Vec<Link> {
    let Some(author_page) = page.plan.page else {
        return Vec::new();
    };
    let parts: Vec<&str> = author_page.id.split('/').collect();
    (1..parts.len())
        .map(|depth| format!("{}/index", parts[..depth].join("/")))
        .filter(|id| *id != author_page.id)
        .filter_map(|id| page_link(page, &id))
        .collect()
}

/// Links to the pages before and after this one in reading order.
pub(crate) fn sequence(page: PageContext<'_>) -> (Option<Link>, Option<Link>) {
    let key = (page.locale.number, page.plan.about.clone());
    let link = |neighbour: &Option<Neighbour>| neighbour.as_ref().and_then(|(about, title)| page.link(title, about));
    page.report
        .neighbours
        .get(&key)
        .map_or((None, None), |(before, after)| (link(before), link(after)))
}
