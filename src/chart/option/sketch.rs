//! The result of every kind of chart: an ECharts option, and the labels of its marks.

use charming::Chart;
use serde_json::Value;

use super::super::overlay;
use super::super::size::Size;
use super::super::svg::MarkLabels;
use super::axes;

/// An ECharts option, and what is needed to draw it and to clean the drawing.
#[derive(Clone, Debug)]
pub(crate) struct Sketch {
    /// ECharts' option.
    pub(crate) option: Value,
    /// Texts that a pointer finds at marks.
    pub(crate) mark_labels: MarkLabels,
    /// Width in pixels.
    pub(crate) width: u32,
    /// Height in pixels.
    pub(crate) height: u32,
    /// Name of the boundaries that the option needs; `None`: it is no map.
    pub(crate) map: Option<String>,
    /// Series and item of marks drawn after their neighbours, which would paint over their outline.
    pub(crate) front: Vec<(usize, usize)>,
}

impl Sketch {
    /// A chart as charming writes it, with `over`, which charming cannot say, laid over it. `height` is in pixels.
    pub(super) fn new(chart: &Chart, over: Value, mark_labels: MarkLabels, size: Size, height: f64) -> Sketch {
        // Charming's types are plain data; turning them into JSON cannot fail.
        let mut option = serde_json::to_value(chart).unwrap_or_default();
        overlay::merge(&mut option, axes::ground());
        overlay::merge(&mut option, over);
        Sketch {
            option,
            mark_labels,
            width: size.width(),
            height: whole_pixels(height),
            map: None,
            front: Vec::new(),
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a drawing is some thousand pixels high"
)]
fn whole_pixels(length: f64) -> u32 {
    length.ceil() as u32
}
