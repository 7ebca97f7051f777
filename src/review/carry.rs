// SPDX-License-Identifier: MIT OR Apache-2.0
//! What becomes of decisions when the code has moved on.

use std::{
    collections::{HashMap, HashSet},
    ops::Deref,
    sync::Arc,
};

use super::{
    FindingIdx, Session, TreeFile,
    ballot::{Earlier, is_fragile},
    bits::Bits,
};
use crate::domain::{Class, RepoPath, Target};

/// What became of the decisions of earlier runs, counted in targets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CarryOver {
    /// Still in force, also where the text around the value or the file's name changed.
    pub kept: usize,
    /// Approvals of credentials whose surroundings changed: to be looked at again.
    pub reopened: usize,
    /// Approvals that have run out: to be given anew.
    pub expired: usize,
    /// Decisions whose value is nowhere in what was scanned.
    pub gone: usize,
}

impl CarryOver {
    /// Returns the words for [`gone`](Self::gone). Without the history, what a decision is about
    /// may well stand in the past, which nobody looked at.
    #[must_use]
    pub fn gone_word(history: bool) -> &'static str {
        if history { "gone" } else { "gone from this commit" }
    }

    /// Returns whether no earlier decision is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Returns what became of them in words: `41 decisions kept, 3 re-opened (text changed)`.
    #[must_use]
    pub fn words(&self, history: bool) -> String {
        let Self { kept, reopened, expired, gone } = self;
        let s = if *kept == 1 { "" } else { "s" };
        let expired = match expired {
            0 => String::new(),
            n => format!("{n} re-opened (expired), "),
        };
        let gone_word = Self::gone_word(history);
        format!(
            "{kept} decision{s} kept, {reopened} re-opened (text changed), {expired}{gone} {gone_word}"
        )
    }
}

/// The paths of the reviewed commit, and of those reviewed before it.
#[derive(Clone, Debug, Default)]
pub struct Paths {
    /// Files and directories of the commit under review.
    pub now: HashSet<RepoPath>,
    /// The same for each commit that was reviewed earlier and is still there.
    pub earlier: Vec<HashSet<RepoPath>>,
    /// The files of the commit under review.
    pub files: Vec<TreeFile>,
}

impl Deref for Paths {
    type Target = HashSet<RepoPath>;

    fn deref(&self) -> &Self::Target {
        &self.now
    }
}

impl From<HashSet<RepoPath>> for Paths {
    fn from(now: HashSet<RepoPath>) -> Self {
        Self { now, ..Self::default() }
    }
}

impl Paths {
    /// Returns in which of the earlier commits each of these paths was, as bits.
    fn known<'p>(&self, of: impl Iterator<Item = &'p RepoPath>) -> HashMap<RepoPath, Bits> {
        let bits = |path: &RepoPath| {
            let there = self.earlier.iter().map(|paths| paths.contains(path));
            there.collect::<Bits>()
        };
        let mut out: HashMap<RepoPath, Bits> = HashMap::new();
        for path in of {
            if !out.contains_key(path) {
                out.insert(path.clone(), bits(path));
            }
        }
        out
    }
}

/// What was found of the values whose decisions match nothing.
#[derive(Default)]
struct Candidates {
    /// By value and surroundings.
    alike: HashMap<(Arc<str>, Arc<str>), Vec<FindingIdx>>,
    /// By value and file.
    inside: HashMap<(Arc<str>, RepoPath), Vec<FindingIdx>>,
}

/// A decision on its way to the places that stand for its own now.
struct Passing {
    from: Target,
    to: Vec<FindingIdx>,
    /// The file has another name, which it surely got while this one was not there; none if the
    /// file is the same and the text is not.
    moved: Option<bool>,
    /// They ask something else now, so nothing passes on but that it was decided once.
    anew: bool,
}

impl Session {
    /// Matches earlier decisions with what was found, once the scan has seen everything.
    ///
    /// In stages: the same place; the same value in the same file with other surroundings; the
    /// same value in a file that took the old one's place. A known value at a further place is
    /// new: somebody has to look. Where it is not clear which place a decision passes on to, it
    /// passes on to none. An approval of a credential survives nothing but the first stage and
    /// a plain move. What passes on is judged together with what was said at the new place.
    pub fn settle(&mut self, paths: &Paths) -> CarryOver {
        self.weigh_ids();
        let mut carry = CarryOver::default();
        let mut targets: Vec<Target> = self.ballot.targets().cloned().collect();
        targets.sort_unstable();
        self.gone.clear();
        self.set_files(&paths.files);
        self.forget_earlier();
        let mut lost = Vec::new();
        for target in targets {
            let outcome = self.ballot.outcome(&target);
            match (&target, outcome.verdict) {
                (Target::Text(path), None) if !paths.contains(path) => self.gone.push(target),
                (_, None) => carry.expired += usize::from(outcome.expired),
                (Target::Place { .. }, Some(_)) if !self.is_present(&target, paths) => {
                    lost.push(target);
                }
                (_, Some(_)) if self.is_present(&target, paths) => carry.kept += 1,
                (Target::File(_) | Target::Directory(_), Some(_)) => {
                    self.gone.push(target);
                    carry.gone += 1;
                }
                // These are no verdicts: none comes here.
                (_, Some(_)) => {}
            }
        }
        self.pass_on(lost, paths, &mut carry);
        self.gone.sort_unstable();
        self.carried = carry;
        self.sort_places();
        carry
    }

    /// Takes back what an earlier call passed on.
    fn forget_earlier(&mut self) {
        for idx in std::mem::take(&mut self.heirs).into_values().flatten() {
            self.entries[idx.0 as usize].earlier.clear();
            self.refresh(idx);
        }
        for i in 0..self.entries.len() {
            self.entries[i].lapsed = None;
            if std::mem::take(&mut self.entries[i].standing.reopened) {
                self.refresh(FindingIdx(i as u32));
            }
        }
    }

    /// Passes the decisions on `lost` places on.
    fn pass_on(&mut self, lost: Vec<Target>, paths: &Paths, carry: &mut CarryOver) {
        let candidates = self.candidates(&lost);
        let places = candidates.alike.values().flatten().map(|i| &self.finding(*i).path);
        let known = paths.known(lost.iter().filter_map(Target::path).chain(places));
        let find = |from| self.passing(from, &candidates, &known, paths);
        let all: Vec<Passing> = lost.into_iter().map(find).collect();
        let together = self.beside_each_other(&all, &known);
        let mut touched: HashSet<FindingIdx> = HashSet::new();
        for Passing { from, to, moved, anew } in all {
            let outcome = self.ballot.outcome(&from);
            let vote = outcome.vote.and_then(|i| self.vote(i));
            let fragile = anew || moved.is_none() && vote.is_some_and(is_fragile);
            *match to.is_empty() {
                true => &mut carry.gone,
                false if fragile => &mut carry.reopened,
                false => &mut carry.kept,
            } += 1;
            if to.is_empty() {
                self.gone.push(from);
                continue;
            }
            for heir in to {
                touched.insert(heir);
                let sure = moved == Some(true) && !together.contains(&heir);
                let lapsed = outcome.vote.filter(|_| fragile);
                self.inherit(heir, &from, lapsed, (sure, moved.is_none()));
            }
        }
        touched.into_iter().for_each(|idx| self.refresh(idx));
    }

    /// Returns the places to which decisions pass on from several files that were there beside
    /// each other: none of these is the same file later.
    fn beside_each_other(
        &self,
        all: &[Passing],
        known: &HashMap<RepoPath, Bits>,
    ) -> HashSet<FindingIdx> {
        let mut out = HashSet::new();
        let mut before: HashMap<FindingIdx, Bits> = HashMap::new();
        for passing in all.iter().filter(|passing| passing.moved == Some(true)) {
            let Some(bits) = passing.from.path().and_then(|path| known.get(path)) else { continue };
            for heir in &passing.to {
                let before = before.entry(*heir).or_default();
                if before.meets(bits) {
                    out.insert(*heir);
                }
                before.join(bits);
            }
        }
        out
    }

    /// Returns the places of the values that `lost` decisions are about.
    fn candidates(&self, lost: &[Target]) -> Candidates {
        let mut out = Candidates::default();
        let values = lost.iter().filter_map(|target| match target {
            Target::Place { id, .. } => Some(&id.value),
            _ => None,
        });
        let values: HashSet<&Arc<str>> = values.collect();
        for (i, entry) in self.entries.iter().enumerate() {
            if !values.contains(&entry.id.value) {
                continue;
            }
            let idx = FindingIdx(i as u32);
            let value = &entry.id.value;
            let alike = (value.clone(), entry.id.context.clone());
            out.alike.entry(alike).or_default().push(idx);
            out.inside.entry((value.clone(), entry.finding.path.clone())).or_default().push(idx);
        }
        out
    }

    /// Returns where the decision on `from` passes on to.
    fn passing(
        &self,
        from: Target,
        candidates: &Candidates,
        known: &HashMap<RepoPath, Bits>,
        paths: &Paths,
    ) -> Passing {
        let Target::Place { path, id } = &from else {
            return Passing { from, to: Vec::new(), moved: None, anew: false };
        };
        if paths.contains(path) {
            let here = candidates.inside.get(&(id.value.clone(), path.clone()));
            let mut to = self.rewritten(&from, here.map_or(&[][..], Vec::as_slice));
            let anew = to.is_empty();
            if anew {
                to = self.asked_anew(&from, path);
            }
            return Passing { from, to, moved: None, anew };
        }
        let alike = candidates.alike.get(&(id.value.clone(), id.context.clone()));
        let alike = alike.map_or(&[][..], Vec::as_slice);
        let nowhere = Bits::default();
        let with = known.get(path).unwrap_or(&nowhere);
        // Whether a file may be this one under a new name: it was not there beside it in any
        // commit that was reviewed. Nothing if no such commit is known.
        let may_be = |idx: &FindingIdx| {
            let there = known.get(&self.finding(*idx).path).unwrap_or(&nowhere);
            (!with.is_empty()).then(|| !with.meets(there))
        };
        let to = self.renamed(&from, path, alike, &may_be);
        Passing { from, to, moved: Some(!with.is_empty()), anew: false }
    }

    /// Returns whether nobody said anything at a place itself that counts or has run out.
    fn is_free(&self, idx: FindingIdx) -> bool {
        let own = self.ballot.outcome(&self.entries[idx.0 as usize].target());
        own.vote.is_none() && !own.expired
    }

    /// Returns the places in the file of `from`, if they all have one line shape; of those at
    /// which something was said already, if that lacks somebody's word.
    fn rewritten(&self, from: &Target, here: &[FindingIdx]) -> Vec<FindingIdx> {
        let (free, other): (Vec<FindingIdx>, Vec<_>) = here.iter().partition(|i| self.is_free(**i));
        let adds = |i: &&FindingIdx| {
            let own = self.entries[i.0 as usize].target();
            self.ballot.adds(&own, from, false)
        };
        let alike = |all: &[FindingIdx]| {
            let mut shapes = all.iter().map(|i| &self.identity(*i).context);
            shapes.next().is_some_and(|first| shapes.all(|shape| shape == first))
        };
        let mut out = if alike(&free) { free } else { Vec::new() };
        if alike(&other) {
            out.extend(other.iter().filter(adds));
        }
        out
    }

    /// Returns the undecided places in the file `path` that ask about licences what was decided on
    /// other evidence, such as another word in a manifest: one question at most.
    fn asked_anew(&self, from: &Target, path: &RepoPath) -> Vec<FindingIdx> {
        let vote = self.ballot.outcome(from).vote.and_then(|vote| self.vote(vote));
        if vote.is_none_or(|vote| vote.class != Some(Class::Licence)) {
            return Vec::new();
        }
        let asks = |idx: &FindingIdx| {
            let rule = self.finding(*idx).rule;
            self.rules.info(rule).class == Class::Licence && self.is_free(*idx)
        };
        let out: Vec<_> = self.in_file(path).iter().copied().filter(asks).collect();
        let mut groups = out.iter().map(|idx| self.group_of(*idx));
        let first = groups.next();
        if groups.all(|group| Some(group) == first) { out } else { Vec::new() }
    }

    /// Returns the places in the one file that took the place of the file `path`: one in which
    /// something was said since, else one that is new, and of several the one that kept its name.
    fn renamed(
        &self,
        from: &Target,
        path: &RepoPath,
        alike: &[FindingIdx],
        may_be: &dyn Fn(&FindingIdx) -> Option<bool>,
    ) -> Vec<FindingIdx> {
        let (free, other): (Vec<FindingIdx>, Vec<_>) =
            alike.iter().partition(|i| self.is_free(**i));
        let adds = |i: &FindingIdx| {
            let entry = &self.entries[i.0 as usize];
            // Where it is not known what was where, a first approval is all that passes on.
            let known = may_be(i);
            known.unwrap_or(entry.standing.needs_second)
                && self.ballot.adds(&entry.target(), from, known.is_some())
        };
        let since = self.in_one_file(&other.into_iter().filter(adds).collect::<Vec<_>>(), path);
        if !since.is_empty() {
            return since;
        }
        let free = free.into_iter().filter(|i| may_be(i).unwrap_or(true));
        self.in_one_file(&free.collect::<Vec<_>>(), path)
    }

    /// Returns those of `places` that are in one file: the only one, or the only one that is
    /// called like `path`.
    fn in_one_file(&self, places: &[FindingIdx], path: &RepoPath) -> Vec<FindingIdx> {
        let mut files: Vec<&RepoPath> = places.iter().map(|i| &self.finding(*i).path).collect();
        files.sort_unstable();
        files.dedup();
        if files.len() > 1 {
            files.retain(|file| file.file_name() == path.file_name());
        }
        match files.as_slice() {
            [one] => places.iter().copied().filter(|i| self.finding(*i).path == **one).collect(),
            _ => Vec::new(),
        }
    }

    /// Puts the places of each group into the order of paths, whatever the scan found first.
    fn sort_places(&mut self) {
        let entries = &self.entries;
        let key = |idx: &FindingIdx| {
            let finding = &entries[idx.0 as usize].finding;
            (&finding.path, &finding.place)
        };
        for group in &mut self.groups {
            group.members.sort_by(|a, b| key(a).cmp(&key(b)));
        }
    }

    fn inherit(
        &mut self,
        heir: FindingIdx,
        from: &Target,
        lapsed: Option<u32>,
        (sure, rewritten): (bool, bool),
    ) {
        let entry = &mut self.entries[heir.0 as usize];
        if lapsed.is_some() {
            entry.standing.reopened = true;
            entry.lapsed = lapsed;
        } else {
            entry.earlier.push(Earlier { target: from.clone(), sure, rewritten });
            self.heirs.entry(from.clone()).or_default().push(heir);
        }
    }

    fn is_present(&self, target: &Target, paths: &Paths) -> bool {
        match target {
            Target::Place { .. } => self.by_target.contains_key(target),
            Target::File(path) | Target::Directory(path) => {
                // A file of the past that nobody could judge has no finding either.
                let unjudged = |path: &RepoPath| match target {
                    Target::Directory(dir) => path.is_within(dir),
                    _ => target.path() == Some(path),
                };
                paths.contains(path)
                    || self.is_found_in(target)
                    || self.not_scanned.iter().any(|file| unjudged(&file.path))
            }
            Target::Text(path) => self.file_at(path).is_some(),
            // That a credential was rotated stays true when it is gone.
            // What a value got is given to no other while it may come back.
            Target::Attestation(_)
            | Target::Batch
            | Target::Unflagged
            | Target::Rotation(_)
            | Target::StandIn(_) => false,
        }
    }
}
