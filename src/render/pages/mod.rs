//! What each layout shows: one file a layout, or a few small ones together.

pub(crate) mod consultation;
mod data;
mod index;
mod indicator;
mod listing;
mod overview;
mod place;
pub(crate) mod set;
mod updates;

use super::Mentions;
use super::asked::{self, Subject};
use super::frame::Related;
use super::prose::Rendered;
use super::report::Standpoint;
use super::routes::Reference;
use super::view::Link;
use crate::finding::Log;
use crate::model::Layout;
use minijinja::{Value, context};

/// A page's own matter.
pub(crate) struct Matter {
    pub(crate) title: String,
    pub(crate) description: Option<String>,
    /// What the template is given as `view`.
    pub(crate) view: Value,
    /// Whether it shows constructed figures.
    pub(crate) sample: bool,
}

/// The matter of a page.
pub(crate) fn matter(standpoint: Standpoint<'_>, log: &Log) -> Matter {
    let site = standpoint.site();
    match (&standpoint.job.about, standpoint.job.layout) {
        (Reference::Indicator(id), Layout::Indicator) => {
            site.indicator(id).map(|it| indicator::matter(standpoint, it, log))
        }
        (Reference::Set(id), Layout::Set) => site.set(id).map(|it| set::matter(standpoint, it)),
        (Reference::Place(place), Layout::Place) => Some(place::matter(standpoint, *place, log)),
        (Reference::Score(index, id), Layout::Score) => site
            .index(index)
            .and_then(|it| index::score::matter(standpoint, it, id, log)),
        (Reference::Index(id), Layout::Index) => site.index(id).map(|it| index::matter(standpoint, it, log)),
        (Reference::Updates, Layout::Updates) => Some(updates::matter(standpoint)),
        (Reference::Consultation(id) | Reference::Chapter(id, _), layout) => site
            .consultation(id)
            .and_then(|it| consultation::matter(standpoint, it, layout, log)),
        _ => None,
    }
    .map_or_else(|| written(standpoint), |matter| said(standpoint, matter))
}

/// An author's title and description come before made ones.
fn said(standpoint: Standpoint<'_>, matter: Matter) -> Matter {
    let Some(page) = standpoint.job.page else { return matter };
    let description = (!page.description.is_empty())
        .then(|| page.description.clone())
        .or(matter.description);
    // A page about an indicator keeps the indicator's name, so that it is called the same everywhere.
    let made = matches!(
        standpoint.job.layout,
        Layout::Indicator | Layout::Set | Layout::Place | Layout::Score
    );
    Matter {
        title: if made { matter.title } else { page.title.clone() },
        description,
        ..matter
    }
}

/// A page that an author wrote, with what its layout adds.
fn written(standpoint: Standpoint<'_>) -> Matter {
    let (view, sample) = match standpoint.job.layout {
        Layout::Front => listing::front(standpoint),
        Layout::Overview => overview::overview(standpoint),
        Layout::Sets => listing::sets(standpoint),
        Layout::Places => listing::places(standpoint),
        Layout::Data => data::data(standpoint),
        Layout::Sources => data::sources(standpoint),
        Layout::Accessibility => listing::accessibility(standpoint),
        Layout::Terms => listing::terms(standpoint),
        Layout::Consultations => consultation::list::list(standpoint),
        _ => (context! {}, false),
    };
    let page = standpoint.job.page;
    Matter {
        title: page.map_or(String::new(), |page| page.title.clone()),
        description: page.map(|page| page.description.clone()),
        view,
        sample,
    }
}

/// Related pages: the indicators that a page shows, and the pages that show an indicator.
pub(crate) fn related(standpoint: Standpoint<'_>, narrative: &Rendered, mentions: &Mentions<'_>) -> Vec<Related> {
    let own = match &standpoint.job.about {
        Reference::Indicator(id) => Some(id),
        _ => None,
    };
    let mut groups = Vec::new();
    if let Some(id) = own {
        let pages = mentions.get(&(standpoint.language, id.clone())).into_iter().flatten();
        let elsewhere = pages.filter(|page| standpoint.job.page.is_none_or(|own| own.id != page.id));
        let links: Vec<Link> = elsewhere
            .filter_map(|page| standpoint.link(&page.title, &reference(page)))
            .collect();
        groups.push(Related {
            title: standpoint.word("sentence.related.pages").to_owned(),
            links,
        });
    }
    if let Reference::Page(id) = &standpoint.job.about {
        groups.push(asked_about(standpoint, id));
    }
    let shown = narrative
        .uses
        .iter()
        .filter(|id| Some(*id) != own)
        .filter_map(|id| standpoint.site().indicator(id));
    let links: Vec<Link> = shown
        .map(|indicator| standpoint.indicator_link(indicator))
        .filter(|link| !link.href.is_empty())
        .collect();
    groups.push(Related {
        title: standpoint.word("sentence.related.indicators").to_owned(),
        links,
    });
    groups.retain(|group| !group.links.is_empty());
    groups
}

/// Questions that are about a page, and the consultations they belong to.
fn asked_about(standpoint: Standpoint<'_>, page: &str) -> Related {
    let mut links = Vec::new();
    for asked in asked::asked(standpoint, Subject::Page(page)) {
        links.push(Link {
            title: asked.title,
            href: asked.href,
            note: None,
        });
        links.extend(asked.questions);
    }
    Related {
        title: standpoint.word("consultation.asked").to_owned(),
        links,
    }
}

/// The thing a page is about: its own, or the page itself.
fn reference(page: &crate::model::Page) -> Reference {
    Reference::Page(page.id.clone())
}
