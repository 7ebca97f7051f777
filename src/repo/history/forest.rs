// SPDX-License-Identifier: MIT OR Apache-2.0
//! The forest in which each commit hangs below its first parent.
//!
//! Depth first, the commits below a commit take one stretch of places. What a commit brings in,
//! its stretch has, but for the stretches of those that take it out again.

use super::trees::NONE;

/// Places of commits, depth first: 12 bytes a commit and the table of maxima.
#[derive(Debug)]
pub(super) struct Forest {
    /// The commit at each place; [`NONE`] where only a tag names the tree.
    pub(super) order: Vec<u32>,
    /// The place of each commit.
    pub(super) place: Vec<u32>,
    /// For each place, the end of the stretch that starts there.
    pub(super) end: Vec<u32>,
    newest: RangeMax,
}

impl Forest {
    /// Plants the forest: `parents` has the first parent of each commit, of a smaller number, or
    /// [`NONE`]. `more` roots without a commit follow at the end.
    pub(super) fn new(parents: &[u32], more: usize) -> Self {
        let count = parents.len();
        let mut size = vec![1_u32; count];
        for commit in (0..count).rev() {
            if let Some(parent) = size.get(parents[commit] as usize).copied() {
                size[parents[commit] as usize] = parent + size[commit];
            }
        }
        let place = places(parents, &size);
        let mut order = vec![NONE; count + more];
        let mut end: Vec<u32> = (1..).take(count + more).collect();
        for commit in 0..count {
            let at = place[commit] as usize;
            order[at] = commit as u32;
            end[at] = place[commit] + size[commit];
        }
        let newest = RangeMax::new(order.iter().map(|no| no.wrapping_add(1)).collect());
        Self { order, place, end, newest }
    }

    /// Returns the newest commit in a stretch of places, if it holds any.
    pub(super) fn newest(&self, from: u32, to: u32) -> Option<u32> {
        self.newest.max(from as usize, to as usize).checked_sub(1)
    }
}

/// Returns the place of each commit. The largest child comes last: when the others are done, the
/// trees of their common parent are still at hand.
fn places(parents: &[u32], size: &[u32]) -> Vec<u32> {
    let mut by_size: Vec<u32> = (0..parents.len() as u32).collect();
    by_size.sort_by_key(|commit| size[*commit as usize]);
    let mut taken = vec![1_u32; parents.len()];
    let mut place = vec![0_u32; parents.len()];
    let mut roots = 0;
    for commit in by_size {
        let commit = commit as usize;
        let offset = taken.get_mut(parents[commit] as usize).unwrap_or(&mut roots);
        place[commit] = *offset;
        *offset += size[commit];
    }
    for commit in 0..parents.len() {
        place[commit] += place.get(parents[commit] as usize).copied().unwrap_or(0);
    }
    place
}

/// Answers what the largest number in a range is: blocks of 16, and of the blocks' maxima those
/// of 1, 2, 4 … blocks from each on.
#[derive(Debug)]
struct RangeMax {
    values: Vec<u32>,
    levels: Vec<Vec<u32>>,
}

const BLOCK: usize = 16;

impl RangeMax {
    fn new(values: Vec<u32>) -> Self {
        let max = |block: &[u32]| block.iter().copied().max().unwrap_or(0);
        let mut levels: Vec<Vec<u32>> = vec![values.chunks(BLOCK).map(max).collect()];
        let mut step = 1;
        while let Some(last) = levels.last()
            && last.len() > step
        {
            let next = last.iter().zip(&last[step..]).map(|(a, b)| *a.max(b)).collect();
            levels.push(next);
            step *= 2;
        }
        Self { values, levels }
    }

    fn max(&self, from: usize, to: usize) -> u32 {
        let scan = |from: usize, to: usize| {
            self.values.get(from..to).and_then(|range| range.iter().copied().max()).unwrap_or(0)
        };
        let (first, last) = (from.div_ceil(BLOCK), to / BLOCK);
        if first >= last {
            return scan(from, to);
        }
        let level = (last - first).ilog2() as usize;
        let row = &self.levels[level];
        let blocks = row[first].max(row[last - (1 << level)]);
        blocks.max(scan(from, first * BLOCK)).max(scan(last * BLOCK, to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_number_of_any_range_is_found() {
        let values: Vec<u32> = (0..150_u32).map(|i| i.wrapping_mul(2_654_435_761) >> 20).collect();
        let table = RangeMax::new(values.clone());
        for from in 0..=values.len() {
            for to in from..=values.len() {
                let expected = values[from..to].iter().copied().max().unwrap_or(0);
                assert_eq!(table.max(from, to), expected, "{from}..{to}");
            }
        }
    }

    #[test]
    fn what_hangs_below_a_commit_takes_one_stretch() {
        let parents = [NONE, 0, 0, 1, NONE, 4, 1, 2, 2];
        let forest = Forest::new(&parents, 1);
        for (commit, parent) in parents.iter().enumerate() {
            let below = |mut at: u32| loop {
                if at == commit as u32 {
                    return true;
                }
                if at == NONE {
                    return false;
                }
                at = parents[at as usize];
            };
            let at = forest.place[commit];
            let stretch = &forest.order[at as usize..forest.end[at as usize] as usize];
            let mut stretch = stretch.to_vec();
            stretch.sort_unstable();
            let expected: Vec<u32> = (0..parents.len() as u32).filter(|c| below(*c)).collect();
            assert_eq!(stretch, expected, "{commit} below {parent}");
            let end = forest.end[at as usize];
            assert_eq!(forest.newest(at, end), expected.last().copied());
        }
        assert_eq!((forest.order[9], forest.newest(9, 10)), (NONE, None));
    }
}
