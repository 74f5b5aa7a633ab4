//! An index: what it says of the report's own place, part by part; how sure that is; and how it is made.

mod bases;
mod member;
mod part;
pub(crate) mod score;
mod sure;
pub(crate) mod tree;
mod what_if;

pub(crate) use member::members;
pub(crate) use part::at_place;

use super::Matter;
use crate::export;
use crate::finding::Log;
use crate::measure;
use crate::model::{Index, Indicator, Part, PlaceId, Score};
use crate::render::report::Standpoint;
use crate::render::routes::Reference;
use crate::render::view::{Cell, Column, Link, RowHeader, Table, TableRow};
use crate::render::{prose, row, source};
use minijinja::{Value as Any, context};
use part::PartView;

pub(super) fn matter(standpoint: Standpoint<'_>, index: &Index, log: &Log) -> Matter {
    let code = standpoint.code();
    let composite = standpoint.composite(&index.id);
    let parts: Vec<PartView> = composite
        .into_iter()
        .flat_map(|composite| composite.frame.tops().map(move |top| (composite, top)))
        .filter_map(|(composite, top)| part::part(standpoint, composite, top, log))
        .collect();
    let view = context! {
        title => index.name.in_language(code),
        description => Any::from_safe_string(prose::inline(index.description.in_language(code))),
        scale => Any::from_safe_string(prose::inline(index.scale.in_language(code))),
        source => crate::theme::template_value(source::view(standpoint, &index.source)),
        parts => crate::theme::template_value(&parts),
        municipalities => crate::theme::template_value(municipalities(standpoint, index)),
        downloads => crate::theme::template_value(downloads(standpoint, index)),
    };
    let title = index.name.in_language(code).to_owned();
    Matter {
        description: Some(index.description.in_language(code).to_owned()),
        title,
        view,
        sample: false,
    }
}

/// Scores of the municipalities, from the index that holds theirs.
fn municipalities(standpoint: Standpoint<'_>, own: &Index) -> Option<Table> {
    let site = standpoint.site();
    let places = standpoint.municipalities();
    let scores_of = |index: &crate::model::Index| -> Vec<(String, String)> {
        index
            .tree
            .iter()
            .filter_map(|score| {
                Some((
                    score.name.in_language(standpoint.code()).to_owned(),
                    score.indicator.clone()?,
                ))
            })
            .collect()
    };
    let holds = |index: &&Index| {
        index.id != own.id
            && scores_of(index).iter().any(|(_, id)| {
                site.indicator(id)
                    .is_some_and(|it| places.iter().any(|place| it.total(*place).is_some()))
            })
    };
    let index = site.indices().iter().find(holds)?;
    let scores: Vec<(String, &Indicator)> = scores_of(index)
        .into_iter()
        .filter_map(|(name, id)| Some((name, site.indicator(&id)?)))
        .collect();
    let text = |word: &'static str| Column {
        title: standpoint.word(word).to_owned(),
        numeric: false,
        unit: None,
    };
    let mut columns = vec![text("sentence.column.place")];
    columns.extend(scores.iter().map(|(name, _)| Column {
        title: name.clone(),
        numeric: true,
        unit: None,
    }));
    let cell = |indicator: &Indicator, place: PlaceId| {
        let shown = row::value(
            standpoint,
            indicator,
            measure::newest(indicator, place, Part::TOTAL),
            false,
        );
        let sort = measure::latest(indicator, place, Part::TOTAL, None)
            .and_then(|it| it.value.known())
            .map(|it| it.to_string());
        Cell {
            text: shown.text,
            sort,
            missing: shown.missing,
            flag: shown.flag,
            note: shown.note,
            home: false,
        }
    };
    let row = |place: &PlaceId| TableRow {
        home: false,
        country: standpoint.country() == Some(*place),
        header: RowHeader {
            title: standpoint.place_name(*place).to_owned(),
            href: standpoint.href(&Reference::Place(*place)),
        },
        cells: scores.iter().map(|(_, indicator)| cell(indicator, *place)).collect(),
    };
    let first = scores.first().map(|(_, indicator)| *indicator)?;
    let mut ordered = places;
    let known = |place: &PlaceId| {
        measure::latest(first, *place, Part::TOTAL, None)
            .and_then(|it| it.value.known())
            .unwrap_or(f64::MIN)
    };
    ordered.sort_by(|a, b| known(b).total_cmp(&known(a)));
    ordered.extend(standpoint.country().filter(|country| first.total(*country).is_some()));
    Some(Table {
        id: standpoint.shelf.id("kommuner-tabell"),
        caption: index.name.in_language(standpoint.code()).to_owned(),
        columns,
        rows: ordered.iter().map(row).collect(),
        notes: vec![index.scale.in_language(standpoint.code()).to_owned()],
    })
}

fn downloads(standpoint: Standpoint<'_>, index: &Index) -> Vec<Link> {
    let nodes = index.tree.iter().flat_map(Score::walk);
    let indicators: Vec<&Indicator> = nodes
        .filter_map(|score| standpoint.site().indicator(score.indicator.as_ref()?))
        .collect();
    let text = export::series(standpoint, &indicators);
    vec![standpoint.offer(
        standpoint.word("sentence.all_csv"),
        &format!("assets/data/index-{}.csv", index.id),
        text,
    )]
}
