//! Small pictures for the cells of a table, written by hand as plain SVG.
//!
//! Takes bare numbers; gives an `<svg>` of some hundred bytes with classes and no colours, which the theme's CSS gives it
//! (`.spark path`, `.spark circle`). Hidden from screen readers, as the numbers stand beside. A site has thousands of them: no
//! ECharts, no tree of elements, and lengths written without formatting floats.

/// Width of a sparkline.
const WIDTH: f64 = 84.0;
/// Height of a sparkline.
const HEIGHT: f64 = 22.0;
/// Room for the marker at the end.
const ROOM: f64 = 3.0;

/// A line of values, evenly spaced, the last one marked: `class="spark"`, a `path` and a `circle`.
///
/// **Missing:** `None` is a gap; a value between two gaps is a dot of the line's width (the CSS needs
/// `stroke-linecap: round`); a single value is the marker alone; without any value the result is empty.
#[must_use]
pub fn sparkline(values: &[Option<f64>]) -> String {
    let finite = || values.iter().flatten().copied().filter(|value| value.is_finite());
    let low = finite().fold(f64::INFINITY, f64::min);
    let high = finite().fold(f64::NEG_INFINITY, f64::max);
    if low > high {
        return String::new();
    }
    let mut out = opened("spark", HEIGHT, 160 + values.len() * 8);
    let step = (WIDTH - 2.0 * ROOM) / (count(values.len()) - 1.0).max(1.0);
    let place = |at: usize, value: f64| {
        let share = if high > low { (value - low) / (high - low) } else { 0.5 };
        let x = if values.len() == 1 {
            WIDTH / 2.0
        } else {
            ROOM + count(at) * step
        };
        (x, HEIGHT - ROOM - share * (HEIGHT - 2.0 * ROOM))
    };
    let present = |at: usize| values.get(at).copied().flatten().filter(|value| value.is_finite());
    let (mut last, mut drawn) = (None, false);
    for at in 0..values.len() {
        let Some(value) = present(at) else { continue };
        let (x, y) = place(at, value);
        last = Some((x, y));
        let begins = at == 0 || present(at - 1).is_none();
        let ends = present(at + 1).is_none();
        if begins && ends && finite().count() == 1 {
            continue;
        }
        out.push_str(if !drawn {
            "<path d=\"M"
        } else if begins {
            "M"
        } else {
            "L"
        });
        drawn = true;
        number(&mut out, x);
        out.push(' ');
        number(&mut out, y);
        if begins && ends {
            out.push_str("h0");
        }
    }
    if drawn {
        out.push_str("\"/>");
    }
    if let Some((x, y)) = last {
        circle(&mut out, x, y);
    }
    out.push_str("</svg>");
    out
}

fn opened(class: &str, height: f64, room: usize) -> String {
    let mut out = String::with_capacity(room);
    out.push_str("<svg class=\"");
    out.push_str(class);
    out.push_str("\" viewBox=\"0 0 84 ");
    number(&mut out, height);
    out.push_str("\" width=\"84\" height=\"");
    number(&mut out, height);
    out.push_str("\" aria-hidden=\"true\" focusable=\"false\">");
    out
}

fn circle(out: &mut String, x: f64, y: f64) {
    out.push_str("<circle cx=\"");
    number(out, x);
    out.push_str("\" cy=\"");
    number(out, y);
    out.push_str("\" r=\"2.5\"/>");
}

/// Writes a length between 0 and some hundred pixels, to a tenth; far quicker than formatting a float.
fn number(out: &mut String, value: f64) {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a length inside a small picture"
    )]
    let tenths = (value * 10.0).round() as u32;
    for place in [1000, 100] {
        if tenths >= place {
            out.push(digit(tenths / place));
        }
    }
    out.push(digit(tenths / 10));
    if !tenths.is_multiple_of(10) {
        out.push('.');
        out.push(digit(tenths));
    }
}

fn digit(number: u32) -> char {
    char::from(b'0' + u8::try_from(number % 10).unwrap_or_default())
}

#[expect(clippy::cast_precision_loss, reason = "there are some dozen values")]
fn count(values: usize) -> f64 {
    values as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_stay_gaps_and_the_last_value_is_marked() {
        let drawn = sparkline(&[Some(1.0), Some(3.0), None, Some(2.0), None, Some(1.0), Some(1.0)]);
        assert!(
            drawn.contains(r#"<path d="M3 19L16 3M42 11h0M68 19L81 19"/><circle cx="81" cy="19" r="2.5"/>"#),
            "{drawn}"
        );
        assert!(!drawn.contains("style") && drawn.contains("aria-hidden"));
    }

    #[test]
    fn few_values_are_no_trouble() {
        assert_eq!(sparkline(&[]), "");
        assert_eq!(sparkline(&[None, Some(f64::NAN)]), "");
        assert!(sparkline(&[Some(4.0)]).contains(r#"focusable="false"><circle cx="42" cy="11""#));
        assert!(sparkline(&[None, Some(4.0)]).contains(r#"focusable="false"><circle cx="81" cy="11""#));
    }
}
