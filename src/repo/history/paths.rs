// SPDX-License-Identifier: MIT OR Apache-2.0
//! Every path once, as the directory that holds it and its last part.

use std::hash::{BuildHasher, Hasher, RandomState};

use super::PathId;
use crate::domain::RepoPath;

/// A free place in the hash table.
const FREE: u32 = u32::MAX;

/// The table of paths: 12 bytes a path, its last part, and about 6 bytes of hash table.
///
/// The hash is keyed at random: names are chosen by whoever wrote the repository.
#[derive(Clone, Debug)]
pub(super) struct Paths {
    parents: Vec<u32>,
    ends: Vec<u64>,
    names: Vec<u8>,
    table: Vec<u32>,
    keys: RandomState,
}

impl Default for Paths {
    fn default() -> Self {
        // Path 0 is the repository itself.
        Self {
            parents: vec![0],
            ends: vec![0],
            names: Vec::new(),
            table: vec![FREE; 64],
            keys: RandomState::new(),
        }
    }
}

impl Paths {
    /// Returns the number of paths, the repository itself among them.
    pub(super) fn len(&self) -> usize {
        self.parents.len()
    }

    /// Returns the path of `name` in `parent`, which is made if it is not there.
    pub(super) fn intern(&mut self, parent: PathId, name: &[u8]) -> PathId {
        let mut place = self.start(parent.0, name);
        loop {
            let there = self.table[place];
            if there == FREE {
                break;
            }
            if self.parents[there as usize] == parent.0 && self.name(there) == name {
                return PathId(there);
            }
            place = (place + 1) & (self.table.len() - 1);
        }
        // The bounds on changes keep the number far below what 32 bits hold.
        let id = u32::try_from(self.parents.len()).unwrap_or(FREE - 1);
        self.parents.push(parent.0);
        self.names.extend_from_slice(name);
        self.ends.push(self.names.len() as u64);
        self.table[place] = id;
        if self.parents.len() * 4 > self.table.len() * 3 {
            self.grow();
        }
        PathId(id)
    }

    /// Returns the whole path.
    pub(super) fn path(&self, id: PathId) -> RepoPath {
        let mut parts = Vec::new();
        let mut at = id.0;
        // A parent is always made before what lies in it.
        while at != 0 && (at as usize) < self.parents.len() {
            parts.push(self.name(at));
            at = self.parents[at as usize];
        }
        parts.reverse();
        RepoPath::new(&parts.join(&b'/'))
    }

    /// Takes in the paths of `other` and returns the new number of each.
    pub(super) fn absorb(&mut self, other: &Self) -> Vec<u32> {
        let mut moved = vec![0; other.len()];
        for id in 1..other.len() {
            let parent = moved[other.parents[id] as usize];
            let id = u32::try_from(id).unwrap_or(0);
            moved[id as usize] = self.intern(PathId(parent), other.name(id)).0;
        }
        moved
    }

    /// Gives back what only [`intern`](Self::intern) needs.
    pub(super) fn freeze(&mut self) {
        self.table = Vec::new();
        self.parents.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.names.shrink_to_fit();
    }

    fn name(&self, id: u32) -> &[u8] {
        let id = id as usize;
        let start = if id == 0 { 0 } else { self.ends[id - 1] };
        &self.names[start as usize..self.ends[id] as usize]
    }

    fn start(&self, parent: u32, name: &[u8]) -> usize {
        let mut hasher = self.keys.build_hasher();
        hasher.write_u32(parent);
        hasher.write(name);
        hasher.finish() as usize & (self.table.len() - 1)
    }

    fn grow(&mut self) {
        self.table = vec![FREE; self.table.len() * 2];
        for id in 1..self.parents.len() {
            let id = u32::try_from(id).unwrap_or(0);
            let mut place = self.start(self.parents[id as usize], self.name(id));
            while self.table[place] != FREE {
                place = (place + 1) & (self.table.len() - 1);
            }
            self.table[place] = id;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_kept_once_and_comes_back_whole() {
        let mut paths = Paths::default();
        let mut ids = Vec::new();
        for i in 0..500_u32 {
            let dir = paths.intern(PathId(0), format!("d{}", i % 7).as_bytes());
            ids.push(paths.intern(dir, format!("f{i}").as_bytes()));
        }
        assert_eq!(paths.len(), 1 + 7 + 500);
        for (i, id) in ids.iter().enumerate() {
            assert_eq!(paths.path(*id).as_bytes(), format!("d{}/f{i}", i % 7).as_bytes());
        }
        assert!(paths.path(PathId(0)).is_root());
    }

    #[test]
    fn paths_of_two_workers_are_brought_together() {
        let (mut a, mut b) = (Paths::default(), Paths::default());
        let here = a.intern(PathId(0), b"x");
        let dir = b.intern(PathId(0), b"y");
        let file = b.intern(dir, b"z");
        let same = b.intern(PathId(0), b"x");
        let moved = a.absorb(&b);
        assert_eq!(moved[same.0 as usize], here.0);
        assert_eq!(a.path(PathId(moved[file.0 as usize])).as_bytes(), b"y/z");
        assert_eq!(a.len(), 4);
    }
}
