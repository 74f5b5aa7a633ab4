//! Drawings, remembered or made: one engine a thread, started when the first drawing must be made.

use crate::chart::{self, Caption, Drawing, Engine, Picture, Shape, Size};
use crate::finding::{Code, Finding, Log};
use crate::render::report::Standpoint;
use crate::source::Origin;
use std::cell::RefCell;
use std::sync::Arc;

/// An engine and the hash of the maps it was started with.
type Running = Option<([u8; 32], Engine)>;

thread_local! {
    /// ECharts cannot move between threads, and takes a tenth of a second to start.
    static ENGINE: RefCell<Running> = const { RefCell::new(None) };
}

/// The drawing of a picture, or nothing after a finding.
pub(super) fn drawing(
    standpoint: Standpoint<'_>,
    picture: &Picture,
    size: Size,
    origin: &Origin,
    log: &Log,
) -> Option<Arc<str>> {
    let (maps, maps_hash) = (&standpoint.report.maps, standpoint.report.maps_hash);
    let mut key = chart::key(picture, size);
    // Only maps depend on boundaries; no other drawing is made anew when they change.
    if matches!(picture.shape, Shape::Map { .. }) {
        key = *blake3::hash(&[key, maps_hash].concat()).as_bytes();
    }
    let made = standpoint.report.memo.recall(key, || {
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
    match made {
        Ok(svg) => Some(svg),
        Err(fault) => {
            log.add(Finding::new(Code::ChartFailed, origin.clone()).with("problem", fault.text));
            None
        }
    }
}

/// Changes with every change of how a drawing becomes a file, so that remembered ones are made anew.
const ALONE_EDITION: &str = "2";

/// A drawing as a file of its own, with title and source.
pub(super) fn alone(standpoint: Standpoint<'_>, svg: &str, caption: &Caption<'_>) -> Arc<str> {
    let mut hasher = blake3::Hasher::new();
    for part in [
        "alone",
        ALONE_EDITION,
        svg,
        caption.lang,
        caption.title,
        caption.description,
        caption.source,
    ] {
        hasher.update(part.as_bytes()).update(b"\0");
    }
    let number = |name: &str| {
        svg.split_once(&format!(" {name}=\""))?
            .1
            .split_once('"')?
            .0
            .parse()
            .ok()
    };
    let made = standpoint.report.memo.recall(*hasher.finalize().as_bytes(), || {
        let drawing = Drawing {
            svg: svg.to_owned(),
            width: number("width").unwrap_or(0),
            height: number("height").unwrap_or(0),
        };
        Ok::<String, std::convert::Infallible>(chart::standalone(&drawing, *caption))
    });
    match made {
        Ok(text) => text,
        Err(never) => match never {},
    }
}
