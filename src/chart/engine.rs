//! One QuickJS with Apache ECharts in it.
//!
//! Takes a finished option as JSON and a size; gives the SVG text ECharts' own renderer makes of it, still raw, and
//! where the values of its lines stand. Every drawing has a limit of memory and of steps, counted rather than timed, so that an absurd option ends in a [`Fault`], and
//! ends in it on every machine. Knows nothing of pictures; cleans nothing up.

use std::cell::Cell;
use std::fmt;
use std::rc::Rc;

use rquickjs::loader::Bundle;
use rquickjs::{CatchResultExt, Context, Ctx, Function, Module, Object, Runtime};

use super::outline::Outline;
use super::widths;

/// ECharts as charming carries it, compiled by the build script: its text would take a tenth of a second to read.
const ECHARTS: Bundle = Bundle {
    0: &[("echarts", include_bytes!(concat!(env!("OUT_DIR"), "/echarts.bytecode")))],
};
/// Our few lines around it.
const PRELUDE: &str = include_str!("engine.js");
/// Version of ECharts; part of every drawing's key.
pub(crate) const VERSION: &str = env!("ECHARTS_VERSION");

/// Memory one engine may take.
const MEMORY: usize = 256 << 20;
/// Memory at which QuickJS looks for cycles to free, which means walking through all of ECharts. A drawing leaves a third of
/// a megabyte of them behind: a hundred are drawn before the first walk.
const LITTER: usize = 64 << 20;
/// Stack of one engine; QuickJS' own default is too little for deep options.
const STACK: usize = 1 << 20;
/// How often QuickJS may ask whether to go on (every 10 000 steps or so) before a drawing counts as runaway.
const PATIENCE: u32 = 2_000;

/// Why there is no drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What ECharts or QuickJS said.
    pub text: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the chart could not be drawn: {}", self.text)
    }
}

impl std::error::Error for Fault {}

/// What ECharts made of an option.
#[derive(Clone, Debug)]
pub(crate) struct Raw {
    /// SVG as ECharts writes it.
    pub(crate) svg: String,
    /// Values of lines and radars, in series' and items' order.
    pub(crate) places: Vec<Found>,
}

/// Where a value stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Found {
    /// Index of the series.
    pub(crate) series: usize,
    /// Index of the item; in a radar, of the item's corner, counted through.
    pub(crate) item: usize,
    /// Pixels from the left.
    pub(crate) x: f64,
    /// Pixels from the top.
    pub(crate) y: f64,
}

/// ECharts, ready to draw. One a thread; it cannot be sent to another.
pub struct Engine {
    maps: Vec<Map>,
    asked: Rc<Cell<u32>>,
    /// `None` after a fault: the state ECharts is left in is then anyone's guess, so the next drawing loads it anew.
    running: Option<Context>,
}

/// Boundaries, given to ECharts at their first use.
struct Map {
    name: String,
    geojson: String,
    outline: Outline,
    registered: bool,
}

impl Engine {
    /// Loads ECharts (about a hundredth of a second). `maps` are names and their GeoJSON, read when first drawn.
    ///
    /// # Errors
    /// When QuickJS gets no memory, ECharts does not load, or a map holds no boundaries.
    pub fn start(maps: &[(String, String)]) -> Result<Engine, Fault> {
        let read = |(name, geojson): &(String, String)| {
            let outline = Outline::read(geojson).ok_or_else(|| Fault {
                text: format!("{name} holds no boundaries"),
            })?;
            Ok(Map {
                name: name.clone(),
                geojson: geojson.clone(),
                outline,
                registered: false,
            })
        };
        let maps = maps.iter().map(read).collect::<Result<_, _>>()?;
        let mut engine = Engine {
            maps,
            asked: Rc::new(Cell::new(0)),
            running: None,
        };
        engine.load()?;
        Ok(engine)
    }

    /// Draws an option; a map it names is registered first.
    pub(crate) fn render(&mut self, option: &str, width: u32, height: u32, map: Option<&str>) -> Result<Raw, Fault> {
        if self.running.is_none() {
            self.load()?;
        }
        let drawn = self.run(option, width, height, map);
        if drawn.is_err() {
            self.running = None;
        }
        drawn
    }

    /// Where a map's areas lie.
    pub(crate) fn outline(&self, map: &str) -> Option<&Outline> {
        self.maps
            .iter()
            .find(|known| known.name == map)
            .map(|known| &known.outline)
    }

    fn load(&mut self) -> Result<(), Fault> {
        let runtime = Runtime::new().map_err(|error| Fault {
            text: error.to_string(),
        })?;
        runtime.set_memory_limit(MEMORY);
        runtime.set_max_stack_size(STACK);
        runtime.set_gc_threshold(LITTER);
        let asked = Rc::clone(&self.asked);
        runtime.set_interrupt_handler(Some(Box::new(move || {
            asked.set(asked.get() + 1);
            asked.get() > PATIENCE
        })));
        runtime.set_loader(ECHARTS, ECHARTS);
        let context = Context::full(&runtime).map_err(|error| Fault {
            text: error.to_string(),
        })?;
        self.asked.set(0);
        context.with(|js| {
            caught(
                &js,
                Module::import(&js, "echarts").and_then(|loading| loading.finish::<Object>()),
            )?;
            caught(&js, js.eval::<(), _>(PRELUDE))?;
            call(&js, "widths", |tell| {
                tell.call::<_, ()>((widths::tables().to_string(),))
            })
        })?;
        for map in &mut self.maps {
            map.registered = false;
        }
        self.running = Some(context);
        Ok(())
    }

    fn run(&mut self, option: &str, width: u32, height: u32, map: Option<&str>) -> Result<Raw, Fault> {
        let Some(context) = &self.running else {
            return Err(Fault {
                text: "no engine".to_owned(),
            });
        };
        self.asked.set(0);
        let asked = Rc::clone(&self.asked);
        let wanted = self
            .maps
            .iter_mut()
            .find(|known| Some(known.name.as_str()) == map && !known.registered);
        let drawn = context.with(|js| {
            if let Some(wanted) = wanted {
                call(&js, "map", |tell| {
                    tell.call::<_, ()>((wanted.name.as_str(), wanted.geojson.as_str()))
                })?;
                wanted.registered = true;
            }
            let drawn: Vec<String> = call(&js, "draw", |tell| tell.call((option, width, height)))?;
            let mut parts = drawn.into_iter();
            let svg = parts.next().unwrap_or_default();
            Ok(Raw {
                svg,
                places: parts.next().map(|text| found(&text)).unwrap_or_default(),
            })
        });
        if asked.get() > PATIENCE {
            Err(Fault {
                text: "it would take too long".to_owned(),
            })
        } else {
            drawn
        }
    }
}

/// Reads the prelude's flat list; a value that is not drawn has no place.
fn found(text: &str) -> Vec<Found> {
    let numbers: Vec<Option<f64>> = serde_json::from_str(text).unwrap_or_default();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "these are indices"
    )]
    let index = |number: f64| number as usize;
    let read = |four: &[Option<f64>]| {
        Some(Found {
            series: index(four[0]?),
            item: index(four[1]?),
            x: four[2]?,
            y: four[3]?,
        })
    };
    numbers.chunks_exact(4).filter_map(read).collect()
}

/// Calls one of the prelude's functions.
fn call<'js, T>(
    js: &Ctx<'js>,
    name: &str,
    with: impl FnOnce(Function<'js>) -> rquickjs::Result<T>,
) -> Result<T, Fault> {
    let found = js
        .globals()
        .get::<_, Object>("utsikt")
        .and_then(|ours| ours.get::<_, Function>(name));
    caught(js, found.and_then(with))
}

/// Puts the exception's words in place of "exception".
fn caught<T>(js: &Ctx<'_>, result: rquickjs::Result<T>) -> Result<T, Fault> {
    result.catch(js).map_err(|error| Fault {
        text: error.to_string().lines().next().unwrap_or_default().to_owned(),
    })
}
