// SPDX-License-Identifier: MIT OR Apache-2.0
//! Says of each place in which commit it came and which had it last.

use std::{cell::OnceCell, collections::HashMap, hash::Hash, sync::Arc};

use crate::{
    domain::{CommitRef, Metadata, NumberMap, RepoPath, Sighting, Target},
    repo::{
        history::{CommitNo, History, PathId},
        objects::Objects,
    },
    scan::{
        MAX_FILE_BYTES,
        history::{Entry, Place, Remark, Sightings},
    },
};

/// Says since when the places of files stand.
pub(super) fn attribute_places(
    sightings: Sightings,
    commits: &mut Commits<'_>,
) -> Vec<(Target, Arc<Sighting>)> {
    let Sightings { marks, mut places, .. } = sightings;
    let same = numbered(&marks, |mark| &mark.id);
    let key = |place: &Place| (place.path, same[place.mark.0 as usize]);
    places.sort_unstable_by_key(|(place, _)| key(place));
    let mut out = Vec::with_capacity(places.len());
    // Marks that differ in their remarks only are one place.
    for one in places.chunk_by_mut(|a, b| key(&a.0) == key(&b.0)) {
        let Some(((place, seen), others)) = one.split_first_mut() else { continue };
        others.iter().for_each(|(_, other)| seen.join(other));
        let id = marks[place.mark.0 as usize].id.clone();
        let target = Target::Place { path: commits.path(place.path), id };
        let last = if seen.first == CommitNo::NONE { CommitNo::NONE } else { seen.last };
        out.push((target, commits.sighting((seen.first, last), seen.versions)));
    }
    out
}

/// Says since when remarks stand; those that differ in their notes only are one place.
pub(super) fn attribute_remarks(
    remarks: &[Remark],
    commits: &mut Commits<'_>,
) -> Vec<(Target, Arc<Sighting>)> {
    let newer = |a: CommitNo, b: CommitNo| if a == CommitNo::NONE { b } else { a.max(b) };
    let mut joined: HashMap<Target, ((CommitNo, CommitNo), u32)> = HashMap::new();
    for Remark { finding, id, seen, versions } in remarks {
        let target = Target::Place { path: finding.path.clone(), id: id.clone() };
        let known = joined.entry(target).or_insert((*seen, 0));
        known.0.0 = known.0.0.min(seen.0);
        if seen.1 != CommitNo::NONE {
            known.0.1 = newer(known.0.1, seen.1);
        }
        known.1 += versions;
    }
    let sighting = |(target, (seen, versions))| (target, commits.sighting(seen, versions));
    joined.into_iter().map(sighting).collect()
}

/// Numbers marks so that those with the same key have the same number.
pub(super) fn numbered<'m, K: Eq + Hash>(
    marks: &'m [Entry],
    key: impl Fn(&'m Entry) -> K,
) -> Vec<u32> {
    let mut known: HashMap<K, u32> = HashMap::with_capacity(marks.len());
    marks.iter().zip(0..).map(|(mark, number)| *known.entry(key(mark)).or_insert(number)).collect()
}

/// Puts numbers of commits into words, each once.
pub(super) struct Commits<'a> {
    history: &'a History,
    pub(super) objects: &'a Objects,
    known: NumberMap<CommitNo, Arc<CommitRef>>,
    paths: Vec<OnceCell<RepoPath>>,
}

impl<'a> Commits<'a> {
    pub(super) fn new(history: &'a History, objects: &'a Objects) -> Self {
        let paths = vec![OnceCell::new(); history.paths()];
        Self { history, objects, known: NumberMap::default(), paths }
    }

    pub(super) fn path(&self, path: PathId) -> RepoPath {
        match self.paths.get(path.0 as usize) {
            Some(known) => known.get_or_init(|| self.history.path(path)).clone(),
            None => Metadata::Unreachable.path(),
        }
    }

    fn sighting(&mut self, (first, last): (CommitNo, CommitNo), versions: u32) -> Arc<Sighting> {
        Arc::new(Sighting { first: self.of(first), last: self.of(last), versions })
    }

    fn of(&mut self, no: CommitNo) -> Option<Arc<CommitRef>> {
        let commit = self.history.commit(no)?;
        let known = self.known.entry(no).or_insert_with(|| {
            let raw = self.objects.read(commit.idx, MAX_FILE_BYTES).unwrap_or_default();
            Arc::new(CommitRef {
                id: self.objects.id(commit.idx).to_string(),
                time: commit.author_time,
                author: crate::repo::message::author(&raw),
            })
        });
        Some(known.clone())
    }
}
