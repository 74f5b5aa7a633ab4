//! Path data of an SVG: moved and scaled, rounded, and written as briefly as it reads.
//!
//! Takes the `d` ECharts writes and the matrix it sets beside it; gives a `d` that needs no matrix. Understands the
//! commands ECharts uses (M, L, C, Q, A, Z, large and small); where it meets another, it gives `None` and the caller keeps
//! what was there.

use std::fmt::Write as _;

/// Scale and shift, without rotation: `x' = a·x + e`, `y' = d·y + f`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Matrix {
    /// Horizontal scale.
    pub(crate) a: f64,
    /// Vertical scale.
    pub(crate) d: f64,
    /// Shift to the right.
    pub(crate) e: f64,
    /// Shift down.
    pub(crate) f: f64,
}

impl Matrix {
    /// The identity.
    pub(crate) const IDENTITY: Matrix = Matrix {
        a: 1.0,
        d: 1.0,
        e: 0.0,
        f: 0.0,
    };

    /// Whether circles stay circles.
    fn keeps_circles(self) -> bool {
        (self.a.abs() - self.d.abs()).abs() < 1e-6
    }

    /// Whether it only moves.
    pub(crate) fn is_shift(self) -> bool {
        (self.a - 1.0).abs() < 1e-6 && (self.d - 1.0).abs() < 1e-6
    }

    /// Reads `translate(…)` and `matrix(…)`; no transform is the identity. `None` where something turns or slants.
    pub(crate) fn read(transform: Option<&str>) -> Option<Matrix> {
        let Some(text) = transform else {
            return Some(Matrix::IDENTITY);
        };
        let (name, arguments) = text.strip_suffix(')')?.split_once('(')?;
        let numbers: Vec<f64> = arguments
            .split([',', ' '])
            .filter(|part| !part.is_empty())
            .map(str::parse)
            .collect::<Result<_, _>>()
            .ok()?;
        match (name, numbers.as_slice()) {
            ("translate", &[e, f]) => Some(Matrix {
                e,
                f,
                ..Matrix::IDENTITY
            }),
            ("matrix", &[a, turn, slant, d, e, f]) if turn == 0.0 && slant == 0.0 => Some(Matrix { a, d, e, f }),
            _ => None,
        }
    }
}

/// A path with its matrix worked in.
#[derive(Debug, PartialEq)]
pub(crate) enum PathShape {
    /// Centre and radius.
    Circle(f64, f64, f64),
    /// Path data.
    Path(String),
}

/// Path data with the matrix worked in, rounded to a tenth of a pixel; `None` where a command is not understood.
pub(crate) fn transformed(d: &str, matrix: Matrix) -> Option<PathShape> {
    // ECharts' round symbol: two arcs around the origin.
    if d.starts_with("M1 0A1 1 0 1 1 1 -0.") && matrix.keeps_circles() {
        return Some(PathShape::Circle(matrix.e, matrix.f, matrix.a.abs()));
    }
    let mut writer = PathWriter::default();
    let mut rest = d;
    while let Some(command) = rest.chars().next() {
        rest = &rest[command.len_utf8()..];
        let end = rest
            .find(|letter: char| letter.is_ascii_alphabetic() && letter != 'e')
            .unwrap_or(rest.len());
        let numbers = numbers(&rest[..end])?;
        rest = &rest[end..];
        writer.draw(command, &numbers, matrix)?;
    }
    Some(PathShape::Path(writer.out))
}

/// Writes path data with absolute positions rounded, so that rounding never adds up.
#[derive(Default)]
struct PathWriter {
    out: String,
    /// Current point, in the source's coordinates.
    at: (f64, f64),
    /// First point of the current piece, likewise.
    start: (f64, f64),
    /// Last command written.
    last: char,
    /// Current point as written.
    at_written: (String, String),
}

impl PathWriter {
    fn draw(&mut self, command: char, numbers: &[f64], matrix: Matrix) -> Option<()> {
        let relative = command.is_ascii_lowercase();
        let size = match command.to_ascii_uppercase() {
            'M' | 'L' => 2,
            'C' => 6,
            'Q' => 4,
            'A' => 7,
            'Z' => {
                self.out.push('Z');
                self.last = 'Z';
                self.at = self.start;
                return Some(());
            }
            _ => return None,
        };
        if numbers.is_empty() || !numbers.len().is_multiple_of(size) {
            return None;
        }
        for part in numbers.chunks_exact(size) {
            self.piece(command.to_ascii_uppercase(), part, relative, matrix);
        }
        Some(())
    }

    fn piece(&mut self, command: char, part: &[f64], relative: bool, matrix: Matrix) {
        let from = if relative { self.at } else { (0.0, 0.0) };
        let points: &[f64] = if command == 'A' { &part[5..] } else { part };
        let absolute: Vec<(f64, f64)> = points
            .chunks_exact(2)
            .map(|pair| (pair[0] + from.0, pair[1] + from.1))
            .collect();
        let Some(&end) = absolute.last() else { return };
        let as_written = |(x, y): (f64, f64)| (px(matrix.a * x + matrix.e), px(matrix.d * y + matrix.f));
        let (x, y) = as_written(end);
        match command {
            'L' if x == self.at_written.0 && y == self.at_written.1 => {}
            'L' if y == self.at_written.1 => self.put('H', &[&x]),
            'L' if x == self.at_written.0 => self.put('V', &[&y]),
            'A' => {
                let radii = (px(part[0] * matrix.a.abs()), px(part[1] * matrix.d.abs()));
                let turn = px(part[2]);
                // A mirrored arc sweeps the other way.
                let sweep = (part[4] != 0.0) != (matrix.a * matrix.d < 0.0);
                let flags = (px(part[3]), if sweep { "1" } else { "0" });
                self.put('A', &[&radii.0, &radii.1, &turn, &flags.0, flags.1, &x, &y]);
            }
            _ => {
                let numbers: Vec<String> = absolute
                    .iter()
                    .map(|&point| as_written(point))
                    .flat_map(|(x, y)| [x, y])
                    .collect();
                self.put(command, &numbers.iter().map(String::as_str).collect::<Vec<_>>());
            }
        }
        if command == 'M' {
            self.start = end;
        }
        self.at = end;
        self.at_written = (x, y);
    }

    /// Writes a command, its letter only where it changes, and no space before a minus.
    fn put(&mut self, command: char, numbers: &[&str]) {
        let repeated = self.last == command && command != 'M';
        if !repeated {
            self.out.push(command);
        }
        for (at, number) in numbers.iter().enumerate() {
            if (at > 0 || repeated) && !number.starts_with('-') {
                self.out.push(' ');
            }
            self.out.push_str(number);
        }
        self.last = command;
    }
}

/// The numbers of a command; ECharts parts them by spaces, commas or a minus.
fn numbers(text: &str) -> Option<Vec<f64>> {
    let mut numbers = Vec::new();
    for part in text.split([' ', ',']).filter(|part| !part.is_empty()) {
        let mut rest = part;
        // A minus that is not the first letter, nor an exponent's, begins the next number.
        while let Some(next) = rest
            .char_indices()
            .skip(1)
            .find(|&(at, letter)| letter == '-' && !rest[..at].ends_with('e'))
            .map(|(at, _)| at)
        {
            numbers.push(rest[..next].parse().ok()?);
            rest = &rest[next..];
        }
        numbers.push(rest.parse().ok()?);
    }
    Some(numbers)
}

/// A length in pixels as written: rounded to a tenth, without a trailing `.0` or a minus before zero.
pub(crate) fn px(value: f64) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write!(text, "{value:.1}");
    if let Some(whole) = text.strip_suffix(".0") {
        text.truncate(whole.len());
    }
    if text == "-0" { "0".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(d: &str, matrix: Matrix) -> String {
        match transformed(d, matrix) {
            Some(PathShape::Path(d)) => d,
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn symbols_lose_their_matrix() {
        let matrix = Matrix::read(Some("matrix(3,0,0,3,10.04,20)")).expect("no turn");
        assert_eq!(path("M0 -1L1 0L0 1L-1 0Z", matrix), "M10 17L13 20 10 23 7 20Z");
        assert_eq!(
            transformed("M1 0A1 1 0 1 1 1 -0.1A1 1 0 0 1 1 0", matrix),
            Some(PathShape::Circle(10.04, 20.0, 3.0))
        );
        assert_eq!(Matrix::read(Some("matrix(1,1,0,1,0,0)")), None);
    }

    #[test]
    fn straight_lines_are_short() {
        assert_eq!(path("M50 310.5L570 310.5", Matrix::IDENTITY), "M50 310.5H570");
        assert_eq!(path("M48 5l524 0l0 4l-524 0Z", Matrix::IDENTITY), "M48 5H572V9H48Z");
        assert_eq!(path("M1e-7-5L3-2", Matrix::IDENTITY), "M0-5L3-2");
    }
}
