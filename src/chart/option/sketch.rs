//! What every kind of chart gives: an ECharts option, and what stands beside it.

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
    /// What a pointer finds at each mark.
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
    /// What charming says of a chart, and over it what charming cannot say. `height` is in pixels.
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
