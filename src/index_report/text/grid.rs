//! Tables and running text laid out for a terminal.

/// A table with its columns under each other.
#[derive(Debug, Default)]
pub(super) struct Grid {
    rows: Vec<Vec<String>>,
    /// Columns that are texts and stand to the left; numbers stand to the right.
    left: Vec<usize>,
}

/// Columns are this far apart.
const GAP: usize = 2;

impl Grid {
    /// A table with this head; an empty head is not printed. These columns stand to the left.
    pub(super) fn new(head: Vec<String>, left: &[usize]) -> Self {
        Self {
            rows: vec![head],
            left: left.to_vec(),
        }
    }

    /// Adds a row.
    pub(super) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// Whether it has rows below its head.
    pub(super) fn has_rows(&self) -> bool {
        self.rows.len() > 1
    }

    /// The lines, each indented by two.
    pub(super) fn lines(&self) -> String {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            self.rows
                .iter()
                .filter_map(|row| row.get(column))
                .map(|cell| cell.chars().count())
                .max()
                .unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let mut text = String::new();
        for row in self.rows.iter().filter(|row| row.iter().any(|cell| !cell.is_empty())) {
            let mut line = String::new();
            for (column, cell) in row.iter().enumerate() {
                let space = " ".repeat(widths[column] - cell.chars().count());
                line.push_str(&" ".repeat(GAP));
                if self.left.contains(&column) {
                    line.extend([cell, space.as_str()]);
                } else {
                    line.extend([space.as_str(), cell]);
                }
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

/// Running text in lines of at most so many characters.
const LINE: usize = 96;

/// Running text in lines that a terminal need not break.
pub(super) fn wrapped(text: &str) -> String {
    let mut wrapped = String::new();
    let mut length = 0;
    for word in text.split(' ') {
        let own = word.chars().count();
        if length > 0 && length + 1 + own > LINE {
            wrapped.push('\n');
            length = 0;
        } else if length > 0 {
            wrapped.push(' ');
            length += 1;
        }
        wrapped.push_str(word);
        length += own;
    }
    wrapped
}

#[cfg(test)]
mod tests {
    use super::{Grid, wrapped};

    #[test]
    fn lines_end_between_words() {
        let text = format!("{} {} b", "a".repeat(90), "å".repeat(10));
        assert_eq!(wrapped(&text), format!("{}\n{} b", "a".repeat(90), "å".repeat(10)));
        assert_eq!(wrapped("kort"), "kort");
    }

    #[test]
    fn numbers_stand_under_each_other_and_texts_begin_together() {
        let texts = |cells: [&str; 3]| cells.map(ToOwned::to_owned).to_vec();
        let mut grid = Grid::new(texts(["", "Plats", "Poäng"]), &[1]);
        assert!(!grid.has_rows());
        grid.row(texts(["9", "Örebro", "−4,6"]));
        grid.row(texts(["10", "Ås", ""]));
        assert_eq!(grid.lines(), "      Plats   Poäng\n   9  Örebro   −4,6\n  10  Ås\n");
    }
}
