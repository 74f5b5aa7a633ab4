//! What each layout shows, and which pages are related to it.

use super::consultation::related_questions::{self, Subject};
use super::markdown::Rendered;
use super::report::{data, indicator, listing, overview, place, set};
use super::{consultation, index, updates};
use crate::finding::Log;
use crate::model::Layout;
use crate::page::content::{EmptyView, Mentions, PageContent};
use crate::page::context::PageContext;
use crate::page::navigation::Related;
use crate::page::routes::Reference;
use crate::page::view::Link;

/// The content of a page.
pub(crate) fn content(page: PageContext<'_>, log: &Log) -> PageContent {
    let site = page.site;
    match (&page.plan.about, page.plan.layout) {
        (Reference::Indicator(id), Layout::Indicator) => site.indicator(id).map(|it| indicator::content(page, it, log)),
        (Reference::Set(id), Layout::Set) => site.set(id).map(|it| set::content(page, it)),
        (Reference::Place(place), Layout::Place) => Some(place::content(page, *place, log)),
        (Reference::Score(index, id), Layout::Score) => site
            .index(index)
            .and_then(|it| index::score::content(page, it, id, log)),
        (Reference::Index(id), Layout::Index) => site.index(id).map(|it| index::content(page, it, log)),
        (Reference::Updates, Layout::Updates) => Some(updates::content(page)),
        (Reference::Consultation(id) | Reference::Chapter(id, _), layout) => site
            .consultation(id)
            .and_then(|it| consultation::content(page, it, layout, log)),
        _ => None,
    }
    .map_or_else(|| author_page(page), |content| with_head(page, content))
}

/// Generated content under the author's title and description, where there are any.
fn with_head(page: PageContext<'_>, content: PageContent) -> PageContent {
    let Some(head) = page.plan.page else { return content };
    let description = (!head.description.is_empty())
        .then(|| head.description.clone())
        .or(content.description);
    // A page about an indicator keeps the indicator's name, so that it is called the same everywhere.
    let keeps_name = matches!(
        page.plan.layout,
        Layout::Indicator | Layout::Set | Layout::Place | Layout::Score
    );
    PageContent {
        title: if keeps_name { content.title } else { head.title.clone() },
        description,
        ..content
    }
}

/// A page that an author wrote, with what its layout adds.
fn author_page(page: PageContext<'_>) -> PageContent {
    match page.plan.layout {
        Layout::Front => listing::front(page),
        Layout::Overview => overview::overview(page),
        Layout::Sets => listing::sets(page),
        Layout::Places => listing::places(page),
        Layout::Data => data::data(page),
        Layout::Sources => data::sources(page),
        Layout::Accessibility => listing::accessibility(page),
        Layout::Terms => listing::terms(page),
        Layout::Consultations => return consultation::list::list(page),
        _ => PageContent::of_author_page(page, false, &EmptyView {}),
    }
}

/// Related pages: the indicators that a page shows, and the pages that show an indicator.
pub(crate) fn related(page: PageContext<'_>, narrative: &Rendered, mentions: &Mentions<'_>) -> Vec<Related> {
    let own = match &page.plan.about {
        Reference::Indicator(id) => Some(id),
        _ => None,
    };
    let mut groups = Vec::new();
    if let Some(id) = own {
        let pages = mentions.get(&(page.locale.number, id.clone())).into_iter().flatten();
        let elsewhere = pages.filter(|other| page.plan.page.is_none_or(|this| this.id != other.id));
        let links: Vec<Link> = elsewhere
            .filter_map(|other| page.link(&other.title, &Reference::Page(other.id.clone())))
            .collect();
        groups.push(Related {
            title: page.word("sentence.related.pages").to_owned(),
            links,
        });
    }
    if let Reference::Page(id) = &page.plan.about {
        groups.push(asked_about(page, id));
    }
    let shown = narrative
        .uses
        .iter()
        .filter(|id| Some(*id) != own)
        .filter_map(|id| page.site.indicator(id));
    let links: Vec<Link> = shown
        .map(|indicator| page.indicator_link(indicator))
        .filter(|link| !link.href.is_empty())
        .collect();
    groups.push(Related {
        title: page.word("sentence.related.indicators").to_owned(),
        links,
    });
    groups.retain(|group| !group.links.is_empty());
    groups
}

/// Questions that are about a page, and the consultations they belong to.
fn asked_about(page: PageContext<'_>, id: &str) -> Related {
    let mut links = Vec::new();
    for asked in related_questions::asked(page, Subject::Page(id)) {
        links.push(Link {
            title: asked.title,
            href: asked.href,
            note: None,
        });
        links.extend(asked.questions);
    }
    Related {
        title: page.word("consultation.asked").to_owned(),
        links,
    }
}
