//! One QuickJS with Apache ECharts in it.
//!
//! Takes a finished option as JSON and a size; gives the SVG text that ECharts' own renderer makes of it, still raw, and
//! where the values of its lines stand. Every drawing has a limit of memory and of steps, counted rather than timed, so that
//! an absurd option ends in a [`DrawError`], and ends in it on every machine. Knows nothing of pictures; cleans nothing up.

use std::cell::Cell;
use std::fmt;
use std::rc::Rc;

use rquickjs::loader::Bundle;
use rquickjs::{CatchResultExt, Context, Ctx, Function, Module, Object, Runtime};

use super::outline::MapOutline;
use super::widths;

/// ECharts as charming carries it, compiled by the build script: its text would take a tenth of a second to read.
const ECHARTS: Bundle = Bundle {
    0: &[("echarts", include_bytes!(concat!(env!("OUT_DIR"), "/echarts.bytecode")))],
};
/// Our own script around ECharts.
const PRELUDE: &str = include_str!("engine.js");
/// Version of ECharts; part of every drawing's key.
pub(crate) const VERSION: &str = env!("ECHARTS_VERSION");

/// Bytes of memory one engine may take.
const MEMORY_LIMIT: usize = 256 << 20;
/// Bytes of memory at which QuickJS looks for cycles to free, which means walking through all of ECharts. A drawing leaves a
/// third of a megabyte of them behind: a hundred are drawn before the first walk.
const GC_THRESHOLD: usize = 64 << 20;
/// Bytes of stack of one engine; QuickJS' own default is too little for deep options.
const STACK_SIZE: usize = 1 << 20;
/// How often QuickJS may ask whether to go on (every 10 000 steps or so) before a drawing counts as runaway.
const INTERRUPT_LIMIT: u32 = 2_000;

/// Why a picture could not be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawError {
    /// The message of ECharts or QuickJS, in English.
    pub text: String,
}

impl DrawError {
    pub(crate) fn new(text: impl Into<String>) -> DrawError {
        DrawError { text: text.into() }
    }
}

impl fmt::Display for DrawError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the chart could not be drawn: {}", self.text)
    }
}

impl std::error::Error for DrawError {}

/// A drawing as ECharts gives it.
#[derive(Clone, Debug)]
pub(crate) struct RawDrawing {
    /// SVG as ECharts writes it.
    pub(crate) svg: String,
    /// Values of lines and radars, in series' and items' order.
    pub(crate) positions: Vec<MarkPosition>,
}

/// Position of a value in a drawing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct MarkPosition {
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
    maps: Vec<MapData>,
    /// How often QuickJS has asked whether to go on with the present drawing.
    interrupts: Rc<Cell<u32>>,
    /// `None` after an error: the state ECharts is left in is then anyone's guess, so the next drawing loads it anew.
    context: Option<Context>,
}

/// Boundaries, given to ECharts at their first use.
struct MapData {
    name: String,
    geojson: String,
    outline: MapOutline,
    registered: bool,
}

impl Engine {
    /// Loads ECharts (about a hundredth of a second). `maps` are names and their GeoJSON, read when first drawn.
    ///
    /// # Errors
    /// When QuickJS gets no memory, ECharts does not load, or a map holds no boundaries.
    pub fn start(maps: &[(String, String)]) -> Result<Engine, DrawError> {
        let read = |(name, geojson): &(String, String)| {
            let outline =
                MapOutline::read(geojson).ok_or_else(|| DrawError::new(format!("{name} holds no boundaries")))?;
            Ok(MapData {
                name: name.clone(),
                geojson: geojson.clone(),
                outline,
                registered: false,
            })
        };
        let maps = maps.iter().map(read).collect::<Result<_, _>>()?;
        let mut engine = Engine {
            maps,
            interrupts: Rc::new(Cell::new(0)),
            context: None,
        };
        engine.load()?;
        Ok(engine)
    }

    /// Draws an option; a map it names is registered first.
    pub(crate) fn render(
        &mut self,
        option: &str,
        width: u32,
        height: u32,
        map: Option<&str>,
    ) -> Result<RawDrawing, DrawError> {
        if self.context.is_none() {
            self.load()?;
        }
        let drawn = self.run(option, width, height, map);
        if drawn.is_err() {
            self.context = None;
        }
        drawn
    }

    /// Positions of a map's areas; `None`: the engine was not given the map.
    pub(crate) fn outline(&self, map: &str) -> Option<&MapOutline> {
        self.maps
            .iter()
            .find(|boundaries| boundaries.name == map)
            .map(|boundaries| &boundaries.outline)
    }

    fn load(&mut self) -> Result<(), DrawError> {
        let runtime = Runtime::new().map_err(|error| DrawError::new(error.to_string()))?;
        runtime.set_memory_limit(MEMORY_LIMIT);
        runtime.set_max_stack_size(STACK_SIZE);
        runtime.set_gc_threshold(GC_THRESHOLD);
        let interrupts = Rc::clone(&self.interrupts);
        runtime.set_interrupt_handler(Some(Box::new(move || {
            interrupts.set(interrupts.get() + 1);
            interrupts.get() > INTERRUPT_LIMIT
        })));
        runtime.set_loader(ECHARTS, ECHARTS);
        let context = Context::full(&runtime).map_err(|error| DrawError::new(error.to_string()))?;
        self.interrupts.set(0);
        context.with(|js| {
            caught(
                &js,
                Module::import(&js, "echarts").and_then(|loading| loading.finish::<Object>()),
            )?;
            caught(&js, js.eval::<(), _>(PRELUDE))?;
            call(&js, "widths", |function| {
                function.call::<_, ()>((widths::tables().to_string(),))
            })
        })?;
        for map in &mut self.maps {
            map.registered = false;
        }
        self.context = Some(context);
        Ok(())
    }

    fn run(&mut self, option: &str, width: u32, height: u32, map: Option<&str>) -> Result<RawDrawing, DrawError> {
        let Some(context) = &self.context else {
            return Err(DrawError::new("no engine"));
        };
        self.interrupts.set(0);
        let interrupts = Rc::clone(&self.interrupts);
        let unregistered = self
            .maps
            .iter_mut()
            .find(|boundaries| Some(boundaries.name.as_str()) == map && !boundaries.registered);
        let drawn = context.with(|js| {
            if let Some(boundaries) = unregistered {
                call(&js, "map", |function| {
                    function.call::<_, ()>((boundaries.name.as_str(), boundaries.geojson.as_str()))
                })?;
                boundaries.registered = true;
            }
            let result: Vec<String> = call(&js, "draw", |function| function.call((option, width, height)))?;
            let mut parts = result.into_iter();
            let svg = parts.next().unwrap_or_default();
            Ok(RawDrawing {
                svg,
                positions: parts.next().map(|text| read_positions(&text)).unwrap_or_default(),
            })
        });
        if interrupts.get() > INTERRUPT_LIMIT {
            Err(DrawError::new("it would take too long"))
        } else {
            drawn
        }
    }
}

/// Reads the prelude's flat list; a value that is not drawn has no position.
fn read_positions(text: &str) -> Vec<MarkPosition> {
    let numbers: Vec<Option<f64>> = serde_json::from_str(text).unwrap_or_default();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "these are indices"
    )]
    let index = |number: f64| number as usize;
    let read = |four: &[Option<f64>]| {
        Some(MarkPosition {
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
) -> Result<T, DrawError> {
    let function = js
        .globals()
        .get::<_, Object>("utsikt")
        .and_then(|ours| ours.get::<_, Function>(name));
    caught(js, function.and_then(with))
}

/// An exception as an error with its own message, of one line.
fn caught<T>(js: &Ctx<'_>, result: rquickjs::Result<T>) -> Result<T, DrawError> {
    result
        .catch(js)
        .map_err(|error| DrawError::new(error.to_string().lines().next().unwrap_or_default().to_owned()))
}
