//! Layout of a diagram: places of the boxes, and the strips between them.
//!
//! Takes a plan, its links and a size; gives every box's place, and the strips between them for arrows. Columns share the
//! width so that the tallest becomes as low as it can; what does not fit beside each other without breaking words goes into
//! further rows. Boxes of a row are centred on each other. Places are whole pixels.

use std::collections::{BTreeMap, BTreeSet};

use super::super::size::Size;
use super::block::{Block, Widths};
use super::link::{self, Course, GridPosition, ResolvedLink, Route, Strip};
use super::plan::{Plan, PlanGroup};

/// Between boxes of a column.
const GAP: f64 = 20.0;
/// Between boxes of a column where an arrow passes.
const ARROW_GAP: f64 = 42.0;
/// Between columns at least.
const GUTTER: f64 = 44.0;
/// Between columns at most, when there is room to spare.
const WIDE_GUTTER: f64 = 88.0;
/// Between rows.
const CHANNEL: f64 = 32.0;
/// Between tracks side by side.
pub(super) const PITCH: f64 = 10.0;
/// Between the right side of a box, or the upper or lower, and the first track: a head and a little more.
const LEAD: f64 = 18.0;
/// Between the left side of a box, where most heads are, and the first track.
const HEADWAY: f64 = 22.0;
/// Between the outermost track and the edge of the drawing.
const MARGIN: f64 = 3.0;
/// No column is narrower.
const NARROWEST: f64 = 112.0;
/// Words may ask for a column as wide as this; longer ones break.
const WORD_ROOM: f64 = 200.0;
/// No column among others, and none alone, is wider.
const WIDEST: (f64, f64) = (268.0, 440.0);
/// By how much a column grows at a time.
const STEP: f64 = 4.0;

/// Everything in its place.
#[derive(Debug)]
pub(super) struct DiagramLayout {
    /// Width of the drawing.
    pub(super) width: f64,
    /// Height of the drawing.
    pub(super) height: f64,
    /// Boxes, in the order of the plan's groups.
    pub(super) blocks: Vec<Block>,
    /// Arrows.
    pub(super) routes: Vec<Route>,
    /// From where to where tracks may lie: across for gutters, down for channels.
    pub(super) strips: BTreeMap<Strip, (f64, f64)>,
}

/// Groups by column by row, as indices.
type GroupGrid = Vec<Vec<Vec<usize>>>;

/// Lays a plan out.
pub(super) fn lay_out(plan: &Plan, links: &[ResolvedLink], size: Size) -> DiagramLayout {
    let mut columns: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (index, group) in plan.groups.iter().enumerate() {
        columns.entry(group.column).or_default().push(index);
    }
    let columns: Vec<Vec<usize>> = columns.into_values().collect();
    let width = f64::from(size.width());
    let unplaced = |grid: GroupGrid| Unplaced::new(&plan.groups, links, grid, width);
    if size == Size::Narrow {
        let grid = if columns.is_empty() {
            GroupGrid::new()
        } else {
            vec![vec![columns.concat()]]
        };
        return unplaced(grid).place();
    }
    for rows in 1..columns.len() {
        let length = columns.len().div_ceil(rows);
        let unplaced = unplaced(columns.chunks(length).map(<[_]>::to_vec).collect());
        if unplaced.fits() {
            return unplaced.place();
        }
    }
    unplaced(columns.into_iter().map(|column| vec![column]).collect()).place()
}

/// A grid of groups, before widths are known.
struct Unplaced<'a> {
    groups: &'a [PlanGroup],
    grid: GroupGrid,
    width: f64,
    routes: Vec<Route>,
    /// Nets that pass through a strip.
    traffic: BTreeMap<Strip, BTreeSet<usize>>,
}

impl<'a> Unplaced<'a> {
    fn new(groups: &'a [PlanGroup], links: &[ResolvedLink], grid: GroupGrid, width: f64) -> Unplaced<'a> {
        let mut positions = vec![GridPosition::default(); groups.len()];
        for (row, columns) in grid.iter().enumerate() {
            for (column, members) in columns.iter().enumerate() {
                for (rank, &group) in members.iter().enumerate() {
                    positions[group] = GridPosition { row, column, rank };
                }
            }
        }
        let routes = link::routes(links, &positions);
        let mut traffic: BTreeMap<Strip, BTreeSet<usize>> = BTreeMap::new();
        for route in &routes {
            for &strip in &route.strips {
                traffic.entry(strip).or_default().insert(route.net);
            }
        }
        Unplaced {
            groups,
            grid,
            width,
            routes,
            traffic,
        }
    }

    /// Room for the tracks of a strip, and whether there are any. Crowds are set tighter.
    fn tracks(&self, strip: Strip) -> Option<f64> {
        let nets = self.traffic.get(&strip)?.len();
        let most = if self.width > 500.0 { 90.0 } else { 60.0 };
        Some((between(nets) * PITCH).min(most))
    }

    /// Width of a gutter.
    fn gutter(&self, row: usize, place: usize) -> f64 {
        let tracks = self.tracks(Strip::Gutter(row, place));
        let is_edge = place == 0 || place == self.grid[row].len();
        match tracks {
            None if is_edge => 0.0,
            None => GUTTER,
            Some(room) if place == 0 => MARGIN + aside(row) + room + HEADWAY,
            Some(room) if is_edge => LEAD + room + aside(row) + MARGIN,
            Some(room) => (LEAD + room + HEADWAY).max(GUTTER),
        }
    }

    /// Height of a channel.
    fn channel(&self, place: usize) -> f64 {
        let is_edge = place == 0 || place == self.grid.len();
        match self.tracks(Strip::Channel(place)) {
            None if is_edge => 0.0,
            None => CHANNEL,
            Some(room) if is_edge => LEAD + room + MARGIN,
            Some(room) => (2.0 * LEAD + room).max(CHANNEL),
        }
    }

    fn spine(&self) -> f64 {
        self.tracks(Strip::Spine).map_or(0.0, |room| MARGIN + room + PITCH)
    }

    /// Width that a row's gutters leave to its columns.
    fn room(&self, row: usize) -> f64 {
        let gutters: f64 = (0..=self.grid[row].len()).map(|place| self.gutter(row, place)).sum();
        self.width - self.spine() - gutters
    }

    /// Widths that would do for a column, alone or among the others of its row.
    fn limits(&self, members: &[usize], alone: bool) -> Widths {
        let none = Widths {
            least: NARROWEST,
            good: NARROWEST,
            most: NARROWEST,
        };
        let wide = members
            .iter()
            .map(|&group| Block::widths(&self.groups[group]))
            .fold(none, |one, two| Widths {
                least: one.least.max(two.least),
                good: one.good.max(two.good),
                most: one.most.max(two.most),
            });
        let widest = if alone { WIDEST.1 } else { WIDEST.0 };
        Widths {
            least: wide.least.min(WORD_ROOM),
            good: wide.good.min(WORD_ROOM),
            most: wide.most.min(widest),
        }
    }

    fn fits(&self) -> bool {
        let needed = |row: usize| {
            self.grid[row]
                .iter()
                .map(|members| self.limits(members, false).least)
                .sum::<f64>()
        };
        (0..self.grid.len()).all(|row| needed(row) <= self.room(row))
    }

    /// Between a box and the next in its column.
    fn gap(&self, upper: usize, lower: usize) -> f64 {
        let joins = |route: &Route| {
            let ends = (route.link.from.group, route.link.to.group);
            route.course == Course::Down && (ends == (upper, lower) || ends == (lower, upper))
        };
        if self.routes.iter().any(joins) { ARROW_GAP } else { GAP }
    }

    fn stack(&self, members: &[usize], width: f64, evenly: bool) -> (Vec<Block>, f64) {
        let mut y = 0.0;
        let mut blocks = Vec::new();
        for (rank, &group) in members.iter().enumerate() {
            if let Some(above) = rank.checked_sub(1) {
                y += self.gap(members[above], group);
            }
            let block = Block {
                y,
                ..Block::measure(&self.groups[group], width, evenly)
            };
            y = block.bottom();
            blocks.push(block);
        }
        (blocks, y)
    }

    /// The columns of a row, each with its boxes and height. What room there is goes first to columns whose numbers would
    /// break, the narrowest first, and then to the tallest for as long as it has use for it.
    fn columns(&self, row: usize) -> Vec<(Vec<Block>, f64)> {
        let grid = &self.grid[row];
        let room = self.room(row);
        if self.is_narrow() {
            return grid.iter().map(|members| self.stack(members, room, true)).collect();
        }
        let limits: Vec<Widths> = grid
            .iter()
            .map(|members| self.limits(members, grid.len() == 1))
            .collect();
        let mut widths: Vec<f64> = limits.iter().map(|limit| limit.least.min(room)).collect();
        let height = |column: usize, width: f64| self.stack(&grid[column], width, false).1;
        let mut heights: Vec<f64> = widths
            .iter()
            .enumerate()
            .map(|(column, &width)| height(column, width))
            .collect();
        while widths.iter().sum::<f64>() + STEP <= room {
            let below = |limit: fn(&Widths) -> f64| {
                (0..grid.len())
                    .filter(|&column| widths[column] + STEP <= limit(&limits[column]))
                    .collect::<Vec<usize>>()
            };
            let cramped = below(|limit| limit.good + STEP)
                .into_iter()
                .min_by(|&a, &b| widths[a].total_cmp(&widths[b]));
            let by_height = |a: &usize, b: &usize| heights[*a].total_cmp(&heights[*b]).then(b.cmp(a));
            let tallest = || below(|limit| limit.most).into_iter().max_by(by_height);
            let Some(growing) = cramped.or_else(tallest) else { break };
            widths[growing] += STEP;
            heights[growing] = height(growing, widths[growing]);
        }
        grid.iter()
            .zip(&widths)
            .map(|(members, &width)| self.stack(members, width, true))
            .collect()
    }

    fn is_narrow(&self) -> bool {
        self.width < 500.0
    }

    fn place(self) -> DiagramLayout {
        let mut blocks: Vec<Option<Block>> = vec![None; self.groups.len()];
        let mut strips = BTreeMap::from([(Strip::Spine, (MARGIN, self.spine() - PITCH))]);
        let mut y = 0.0;
        for (row, columns) in self.grid.iter().enumerate() {
            let channel = self.channel(row);
            strips.insert(Strip::Channel(row), (y + LEAD, y + channel - LEAD));
            y += channel;
            let stacks = self.columns(row);
            let height = stacks.iter().map(|stack| stack.1).fold(0.0, f64::max);
            let taken: f64 = stacks
                .iter()
                .filter_map(|(blocks, _)| blocks.first())
                .map(|block| block.width)
                .sum();
            let spare = ((self.room(row) - taken) / between(columns.len()).max(1.0)).floor();
            let mut x = self.spine();
            for (column, (stack, tall)) in stacks.into_iter().enumerate() {
                x = self.pass(row, column, (x, spare), &mut strips);
                let down = y + ((height - tall) / 2.0).floor();
                let width = stack.first().map_or(0.0, |block| block.width);
                for (block, &group) in stack.into_iter().zip(&columns[column]) {
                    blocks[group] = Some(Block {
                        x,
                        y: block.y + down,
                        ..block
                    });
                }
                x += width;
            }
            self.pass(row, columns.len(), (x, 0.0), &mut strips);
            y += height;
        }
        let last = self.channel(self.grid.len());
        strips.insert(Strip::Channel(self.grid.len()), (y + LEAD, y + last - MARGIN));
        let blocks = blocks.into_iter().flatten().collect();
        DiagramLayout {
            width: self.width,
            height: (y + last).max(1.0),
            blocks,
            routes: self.routes,
            strips,
        }
    }

    /// Notes where a gutter's tracks may lie, and gives its right end.
    fn pass(&self, row: usize, place: usize, (x, spare): (f64, f64), strips: &mut BTreeMap<Strip, (f64, f64)>) -> f64 {
        let width = self.gutter(row, place);
        let is_inner = place > 0 && place < self.grid[row].len();
        let end = if is_inner {
            x + (width + spare).min(width.max(WIDE_GUTTER))
        } else {
            x + width
        };
        let from = if place == 0 { x + MARGIN + aside(row) } else { x + LEAD };
        let to = if place == self.grid[row].len() {
            end - MARGIN - aside(row)
        } else {
            end - HEADWAY
        };
        strips.insert(Strip::Gutter(row, place), (from, to));
        end
    }
}

/// Shift of a row's outermost tracks, off those of its neighbours, which they may meet in the channel between.
fn aside(row: usize) -> f64 {
    if row.is_multiple_of(2) { 0.0 } else { PITCH / 2.0 }
}

/// Number of spaces between things.
pub(super) fn between(things: usize) -> f64 {
    f64::from(u32::try_from(things.saturating_sub(1)).unwrap_or(u32::MAX))
}
