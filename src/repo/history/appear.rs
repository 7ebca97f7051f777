// SPDX-License-Identifier: MIT OR Apache-2.0
//! From what came and went to the first and last commit of each file.

use super::{Appearance, CommitNo, PathId, changes::Event, forest::Forest};
use crate::repo::objects::ObjIdx;

/// Returns the appearances, sorted by blob and path. `events` are sorted by place, `blobs` is more
/// than the number of any blob, and `reviewed` the place of the reviewed commit.
pub(super) fn appearances(
    events: Vec<Event>,
    forest: &Forest,
    blobs: usize,
    reviewed: u32,
) -> Vec<Appearance> {
    let (starts, mut events) = by_blob(events, blobs);
    let mut sweep = Sweep { forest, reviewed, open: Vec::new() };
    let mut out: Vec<Appearance> = Vec::new();
    for bounds in starts.windows(2) {
        let group = &mut events[bounds[0] as usize..bounds[1] as usize];
        // Stable: the places of each path stay in order.
        if !group.is_sorted_by_key(|event| (event.path, event.mode())) {
            group.sort_by_key(|event| (event.path, event.mode()));
        }
        for run in group.chunk_by(|a, b| a.path == b.path && a.mode() == b.mode()) {
            let Some(found) = sweep.run(run) else { continue };
            match out.last_mut() {
                Some(last) if last.blob == found.blob && last.path == found.path => {
                    join(last, &found);
                }
                _ => out.push(found),
            }
        }
    }
    out.shrink_to_fit();
    out
}

/// Sorts by blob and returns where those of each blob start.
fn by_blob(events: Vec<Event>, blobs: usize) -> (Vec<u32>, Vec<Event>) {
    let mut starts = vec![0_u32; blobs + 1];
    for event in &events {
        starts[event.blob as usize] += 1;
    }
    let mut total = 0;
    for start in &mut starts {
        total += *start;
        *start = total;
    }
    let mut out = events.clone();
    for event in events.into_iter().rev() {
        let start = &mut starts[event.blob as usize];
        *start -= 1;
        out[*start as usize] = event;
    }
    (starts, out)
}

/// Takes in the same blob at the same path in another mode; the mode of the last commit stands.
fn join(into: &mut Appearance, other: &Appearance) {
    into.first = into.first.min(other.first);
    into.in_tree |= other.in_tree;
    let age = |no: CommitNo| no.0.wrapping_add(1);
    if age(other.last) > age(into.last) {
        into.last = other.last;
        into.mode = other.mode;
    }
}

struct Sweep<'a> {
    forest: &'a Forest,
    reviewed: u32,
    /// The stretches the current place lies in: where each ends, and how often the file was there
    /// before it.
    open: Vec<(u32, i32)>,
}

impl Sweep<'_> {
    /// Judges the events of one blob at one path in one mode; nothing if no commit has it.
    fn run(&mut self, run: &[Event]) -> Option<Appearance> {
        let event = run.first()?;
        let mut out = Appearance {
            blob: ObjIdx(event.blob),
            path: PathId(event.path),
            mode: event.mode(),
            first: CommitNo::NONE,
            last: CommitNo::NONE,
            in_tree: false,
        };
        let (mut at, mut count, mut ever) = (0, 0, false);
        self.open.clear();
        // A crafted tree may name a file twice, so it can come and go in the same commit.
        for events in run.chunk_by(|a, b| a.place() == b.place()) {
            let place = events[0].place();
            at = self.close(at, place, &mut count, &mut out);
            self.mark(at, place, count, &mut out);
            at = place;
            self.open.push((self.forest.end[place as usize], count));
            let before = count;
            count += events.iter().map(|event| if event.came() { 1 } else { -1 }).sum::<i32>();
            if before <= 0 && count > 0 {
                ever = true;
                out.first = out.first.min(CommitNo(self.forest.order[place as usize]));
            }
        }
        self.close(at, u32::MAX, &mut count, &mut out);
        ever.then_some(out)
    }

    /// Ends the stretches that end until `place`, and returns how far that went.
    fn close(&mut self, mut at: u32, place: u32, count: &mut i32, out: &mut Appearance) -> u32 {
        while let Some((end, before)) = self.open.pop_if(|(end, _)| *end <= place) {
            self.mark(at, end, *count, out);
            (at, *count) = (end, before);
        }
        at
    }

    /// Notes that all commits from place `from` to place `to` have the file, if `count` says so.
    fn mark(&self, from: u32, to: u32, count: i32, out: &mut Appearance) {
        if count <= 0 || from >= to {
            return;
        }
        out.in_tree |= (from..to).contains(&self.reviewed);
        if let Some(newest) = self.forest.newest(from, to)
            && newest.wrapping_add(1) > out.last.0.wrapping_add(1)
        {
            out.last = CommitNo(newest);
        }
    }
}
