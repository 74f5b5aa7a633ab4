//! Drawings from the cache, else from an engine: one engine a thread, started for its first drawing.

use crate::chart;
use crate::chart::{Caption, Drawing, Engine, Picture, Shape, Size, ValueAxis};
use crate::finding::{Code, Finding, Log};
use crate::page::context::PageContext;
use crate::source::Origin;
use std::cell::RefCell;
use std::sync::Arc;

/// The drawings for a wide and for a narrow column; `None` where there is nothing to draw.
pub(crate) type Drawings = (Option<Arc<str>>, Option<Arc<str>>);

/// An engine and the hash of the maps it was started with.
type Running = Option<([u8; 32], Engine)>;

thread_local! {
    /// ECharts cannot move between threads, and takes a tenth of a second to start.
    static ENGINE: RefCell<Running> = const { RefCell::new(None) };
}

/// Both drawings of a shape whose values have this unit, written behind each, and so many decimals.
pub(crate) fn drawings(
    page: PageContext<'_>,
    shape: Shape,
    (unit, decimals): (&str, u8),
    origin: &Origin,
    log: &Log,
) -> Drawings {
    let axis = ValueAxis {
        unit: unit.to_owned(),
        decimals,
        unit_in_labels: !unit.is_empty(),
        signed: false,
        numbers: page.locale.format.style.clone(),
    };
    let picture = Picture {
        shape,
        axis,
        overlay: serde_json::Value::Null,
    };
    picture_drawings(page, &picture, origin, log)
}

/// Both drawings of a picture; one that fails is a finding at `origin`.
pub(super) fn picture_drawings(page: PageContext<'_>, picture: &Picture, origin: &Origin, log: &Log) -> Drawings {
    let draw = |size| drawing(page, picture, size, origin, log);
    (draw(Size::Wide), draw(Size::Narrow))
}

fn drawing(page: PageContext<'_>, picture: &Picture, size: Size, origin: &Origin, log: &Log) -> Option<Arc<str>> {
    let (maps, maps_hash) = (&page.report.maps, page.report.maps_hash);
    let mut key = chart::key(picture, size);
    // Only maps depend on boundaries; no other drawing is made anew when they change.
    if matches!(picture.shape, Shape::Map { .. }) {
        key = *blake3::hash(&[key, maps_hash].concat()).as_bytes();
    }
    let svg = page.report.cache.get_or_make(key, || {
        ENGINE.with(|cell| {
            let mut running = cell.borrow_mut();
            if running.as_ref().is_none_or(|(hash, _)| *hash != maps_hash) {
                *running = Some((maps_hash, Engine::start(maps)?));
            }
            match running.as_mut() {
                Some((_, engine)) => chart::draw(engine, picture, size).map(|drawing| drawing.svg),
                None => Err(chart::DrawError {
                    text: "the engine did not start".to_owned(),
                }),
            }
        })
    });
    match svg {
        Ok(svg) => Some(svg),
        Err(fault) => {
            log.add(Finding::new(Code::ChartFailed, origin.clone()).with("problem", fault.text));
            None
        }
    }
}

/// Part of the cache's key: a new edition makes all files anew. Raised with every change of how a drawing becomes a file.
const FILE_EDITION: &str = "2";

/// A drawing as a file of its own, with title and source.
pub(super) fn standalone(page: PageContext<'_>, svg: &str, caption: &Caption<'_>) -> Arc<str> {
    let mut hasher = blake3::Hasher::new();
    for part in [
        "alone",
        FILE_EDITION,
        svg,
        caption.lang,
        caption.title,
        caption.description,
        caption.source,
    ] {
        hasher.update(part.as_bytes()).update(b"\0");
    }
    let attribute = |name: &str| {
        svg.split_once(&format!(" {name}=\""))?
            .1
            .split_once('"')?
            .0
            .parse()
            .ok()
    };
    let file = page.report.cache.get_or_make(*hasher.finalize().as_bytes(), || {
        let drawing = Drawing {
            svg: svg.to_owned(),
            width: attribute("width").unwrap_or(0),
            height: attribute("height").unwrap_or(0),
        };
        Ok::<String, std::convert::Infallible>(chart::standalone(&drawing, *caption))
    });
    match file {
        Ok(text) => text,
        Err(never) => match never {},
    }
}
