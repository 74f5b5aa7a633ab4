//! The content of each page by its layout, and its related pages.

use super::consultation::related_questions::{self, QuestionSubject};
use super::markdown::RenderedMarkdown;
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
        (Reference::Indicator(id), Layout::Indicator) => {
            let indicator = site.indicator(id);
            indicator.map(|indicator| indicator::content(page, indicator, log))
        }
        (Reference::Set(id), Layout::Set) => site.set(id).map(|set| set::content(page, set)),
        (Reference::Place(place), Layout::Place) => Some(place::content(page, *place, log)),
        (Reference::Score(index, id), Layout::Score) => site
            .index(index)
            .and_then(|index| index::score::content(page, index, id, log)),
        (Reference::Index(id), Layout::Index) => site.index(id).map(|index| index::content(page, index, log)),
        (Reference::Updates, Layout::Updates) => Some(updates::content(page)),
        (Reference::Consultation(id) | Reference::Chapter(id, _), layout) => site
            .consultation(id)
            .and_then(|consultation| consultation::content(page, consultation, layout, log)),
        _ => None,
    }
    .map_or_else(|| narrative(page), |content| under_author_title(page, content))
}

/// Generated content under the title and description of the author's page about the same subject, if there is one.
fn under_author_title(page: PageContext<'_>, content: PageContent) -> PageContent {
    let Some(author_page) = page.plan.page else {
        return content;
    };
    let description = (!author_page.description.is_empty())
        .then(|| author_page.description.clone())
        .or(content.description);
    // A page about an indicator keeps the indicator's name, so that it is called the same everywhere.
    let keeps_name = matches!(
        page.plan.layout,
        Layout::Indicator | Layout::Set | Layout::Place | Layout::Score
    );
    PageContent {
        title: if keeps_name {
            content.title
        } else {
            author_page.title.clone()
        },
        description,
        ..content
    }
}

/// A page of an author's narrative, with the view that its layout adds.
fn narrative(page: PageContext<'_>) -> PageContent {
    match page.plan.layout {
        Layout::Front => listing::front(page),
        Layout::Overview => overview::overview(page),
        Layout::Sets => listing::sets(page),
        Layout::Places => listing::places(page),
        Layout::Data => data::data(page),
        Layout::Sources => data::sources(page),
        Layout::Accessibility => listing::accessibility(page),
        Layout::Terms => listing::terms(page),
        Layout::Consultations => consultation::list::list(page),
        _ => PageContent::of_author_page(page, false, &EmptyView {}),
    }
}

/// Related pages: of a page, the indicators it shows and the questions about it; of an indicator, the pages that show it.
pub(crate) fn related(page: PageContext<'_>, narrative: &RenderedMarkdown, mentions: &Mentions<'_>) -> Vec<Related> {
    let subject = match &page.plan.about {
        Reference::Indicator(id) => Some(id),
        _ => None,
    };
    let mut groups = Vec::new();
    if let Some(id) = subject {
        let pages = mentions.get(&(page.locale.number, id.clone())).into_iter().flatten();
        let other_pages = pages.filter(|other| page.plan.page.is_none_or(|this| this.id != other.id));
        let links: Vec<Link> = other_pages
            .filter_map(|other| page.link(&other.title, &Reference::Page(other.id.clone())))
            .collect();
        groups.push(Related {
            title: page.word("sentence.related.pages").to_owned(),
            links,
        });
    }
    if let Reference::Page(id) = &page.plan.about {
        groups.push(questions_about(page, id));
    }
    let indicators = narrative
        .uses
        .iter()
        .filter(|id| Some(*id) != subject)
        .filter_map(|id| page.site.indicator(id));
    let links: Vec<Link> = indicators
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
fn questions_about(page: PageContext<'_>, id: &str) -> Related {
    let mut links = Vec::new();
    for consultation in related_questions::related_consultations(page, QuestionSubject::Page(id)) {
        links.push(Link {
            title: consultation.title,
            href: consultation.href,
            note: None,
        });
        links.extend(consultation.questions);
    }
    Related {
        title: page.word("consultation.asked").to_owned(),
        links,
    }
}
