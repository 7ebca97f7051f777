// SPDX-License-Identifier: MIT OR Apache-2.0
//! The state of one review.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, OnceLock},
};

use super::{
    CarryOver, Group, GroupIdx,
    attest::Questions,
    ballot::{Ballot, Earlier},
    group::Tally,
    pairs::Pairs,
    reading::Reading,
    sample::Samples,
    stand_in::Mapping,
    standing::Standing,
};
use crate::{
    domain::{
        Class, Finding, Identity, Layer, NotScannedFile, Place, Policy, RepoPath, RuleIdx,
        RuleInfo, Sighting, Target, Verdict, Vote,
    },
    rules::RuleSet,
};

/// The place of a finding in its session. Findings are never removed, so it stays valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FindingIdx(pub u32);

/// A finding with its keyed ids, ready to be taken in.
#[derive(Clone)]
pub struct Identified {
    /// The finding.
    pub finding: Finding,
    /// Its ids under the key of this review.
    pub id: Identity,
}

pub(super) struct Entry {
    pub(super) finding: Finding,
    pub(super) id: Identity,
    pub(super) group: GroupIdx,
    pub(super) standing: Standing,
    /// Earlier places whose votes count here too, after the text or the file moved.
    pub(super) earlier: Vec<Earlier>,
    /// The vote that counted before what it rested on changed.
    pub(super) lapsed: Option<u32>,
    /// Since when it has stood there, once the history was scanned.
    sighting: Option<Arc<Sighting>>,
}

/// One review: what was found, what was said about it, and what follows.
pub struct Session {
    pub(super) rules: Arc<RuleSet>,
    pub(super) policy: Arc<Policy>,
    pub(super) reviewer: Arc<str>,
    pub(super) entries: Vec<Entry>,
    pub(super) groups: Vec<Group>,
    by_group: HashMap<(RuleIdx, Arc<str>), GroupIdx>,
    pub(super) by_value: HashMap<Arc<str>, Vec<GroupIdx>>,
    /// The groups of credentials and personal data, of many more of other things.
    pub(super) masked: Vec<GroupIdx>,
    pub(super) by_target: HashMap<Target, Vec<FindingIdx>>,
    /// For each target that is not there any more the findings that took its votes over.
    pub(super) heirs: HashMap<Target, Vec<FindingIdx>>,
    pub(super) by_file: HashMap<RepoPath, Vec<FindingIdx>>,
    pub(super) ballot: Ballot,
    pub(super) samples: Samples,
    pub(super) steps: Vec<super::Step>,
    pub(super) undone: Vec<super::Step>,
    pub(super) not_scanned: Vec<NotScannedFile>,
    pub(super) shapes_seen: HashSet<(GroupIdx, Arc<str>)>,
    pub(super) carried: CarryOver,
    /// Targets of decisions that match nothing of what was scanned.
    pub(super) gone: Vec<Target>,
    pub(super) clock: i64,
    /// The release checklist; without items until somebody hands one over.
    pub(super) questions: Questions,
    pub(super) reading: Reading,
    /// Which findings are parts of one credential.
    pub(super) pairs: Pairs,
    /// Whether the plan is to publish the history too.
    pub(super) publishes_history: bool,
    /// What takes the place of each value, once somebody asked.
    pub(super) stand_ins: OnceLock<Mapping>,
    /// Whether the licence that a reviewer concluded closes the gap.
    pub(super) clearing: Clearing,
}

/// Says whether a gap of the kind (a rule's name without its category) is closed where an SPDX
/// expression, or NONE, is what holds.
pub type Clearing = Arc<dyn Fn(&str, &str) -> bool + Send + Sync>;

impl Session {
    /// Starts a review with the votes of the checklist.
    #[must_use]
    pub fn new(rules: Arc<RuleSet>, reviewer: &str, votes: Vec<Vote>) -> Self {
        let clock = votes.iter().map(|vote| vote.at).max().unwrap_or(0);
        let mut ballot = Ballot::default();
        votes.into_iter().for_each(|vote| ballot.add(vote));
        let mut samples = Samples::default();
        samples.learn(ballot.votes().iter());
        Self {
            rules,
            policy: Arc::default(),
            reviewer: reviewer.into(),
            entries: Vec::new(),
            groups: Vec::new(),
            by_group: HashMap::new(),
            by_value: HashMap::new(),
            masked: Vec::new(),
            by_target: HashMap::new(),
            heirs: HashMap::new(),
            by_file: HashMap::new(),
            ballot,
            samples,
            steps: Vec::new(),
            undone: Vec::new(),
            not_scanned: Vec::new(),
            shapes_seen: HashSet::new(),
            carried: CarryOver::default(),
            gone: Vec::new(),
            clock,
            questions: Questions::default(),
            reading: Reading::default(),
            pairs: Pairs::default(),
            publishes_history: false,
            stand_ins: OnceLock::new(),
            clearing: Arc::new(|_, expression| expression != "NONE"),
        }
    }

    /// Takes a finding in and returns its index. Its group is new or grows at the end.
    ///
    /// A place of the history that is told again, in another version of the file, is shown there
    /// from now on and is no further place.
    pub fn add(&mut self, new: Identified) -> FindingIdx {
        let Identified { finding, id } = new;
        if let Some(idx) = self.told_before(&finding, &id) {
            self.show_in(idx, finding);
            return idx;
        }
        self.forget_stand_ins();
        let idx = FindingIdx(u32::try_from(self.entries.len()).unwrap_or(u32::MAX));
        let group = self.group_for(&finding, &id);
        if finding.place == Place::File && self.rules.info(finding.rule).rotates {
            let groups = self.by_value.entry(id.context.clone()).or_default();
            if !groups.contains(&group) {
                groups.push(group);
            }
        }
        let here = self.by_file.entry(finding.path.clone()).or_default();
        // A file may hold a hundred thousand values, and a value stand in as many files.
        let members = &self.groups[group.0 as usize].members;
        let first_in_file = if members.len() < here.len() {
            !members.iter().any(|i| self.entries[i.0 as usize].finding.path == finding.path)
        } else {
            !here.iter().any(|i| self.entries[i.0 as usize].group == group)
        };
        here.push(idx);
        self.pairs.learn(&finding, self.rules.info(finding.rule), idx);
        let target = place_target(&finding, &id);
        self.by_target.entry(target).or_default().push(idx);
        let standing = Standing::default();
        let entry = Entry {
            finding,
            id,
            group,
            standing,
            earlier: Vec::new(),
            lapsed: None,
            sighting: None,
        };
        let group = &mut self.groups[group.0 as usize];
        group.members.push(idx);
        group.severity = group.severity.max(entry.finding.severity);
        group.confidence = group.confidence.max(entry.finding.confidence);
        group.files += u32::from(first_in_file);
        group.in_tree |= entry.finding.in_commit();
        group.tally.add(&entry.standing);
        self.entries.push(entry);
        self.refresh(idx);
        idx
    }

    /// Has `clearing` say whether a concluded licence closes a gap.
    #[must_use]
    pub fn with_clearing(mut self, clearing: Clearing) -> Self {
        self.clearing = clearing;
        self
    }

    fn told_before(&self, finding: &Finding, id: &Identity) -> Option<FindingIdx> {
        let past = |finding: &Finding| matches!(finding.layer, Layer::Past(_));
        if !past(finding) {
            return None;
        }
        let known = self.by_target.get(&place_target(finding, id))?;
        known.iter().copied().find(|idx| {
            let known = self.finding(*idx);
            known.rule == finding.rule && past(known)
        })
    }

    fn show_in(&mut self, idx: FindingIdx, finding: Finding) {
        let info = self.rules.info(finding.rule);
        let entry = &mut self.entries[idx.0 as usize];
        self.pairs.forget(&entry.finding, info, idx);
        self.pairs.learn(&finding, info, idx);
        entry.finding = finding;
        let group = entry.group.0 as usize;
        let members = || self.groups[group].members.iter().map(|i| self.finding(*i));
        let severity = members().map(|finding| finding.severity).max();
        let confidence = members().map(|finding| finding.confidence).max();
        let group = &mut self.groups[group];
        group.severity = severity.unwrap_or(group.severity);
        group.confidence = confidence.unwrap_or(group.confidence);
    }

    /// Remembers since when the place has stood in the history.
    pub fn attribute(&mut self, target: &Target, sighting: &Arc<Sighting>) {
        for idx in self.by_target.get(target).into_iter().flatten() {
            self.entries[idx.0 as usize].sighting = Some(sighting.clone());
        }
    }

    /// Returns since when the finding at `idx` has stood there, if the history was scanned.
    #[must_use]
    pub fn sighting(&self, idx: FindingIdx) -> Option<&Sighting> {
        self.entries[idx.0 as usize].sighting.as_deref()
    }

    /// Lists a file that could not be judged.
    pub fn add_not_scanned(&mut self, file: NotScannedFile) {
        self.not_scanned.push(file);
    }

    fn group_for(&mut self, finding: &Finding, id: &Identity) -> GroupIdx {
        let next = GroupIdx(u32::try_from(self.groups.len()).unwrap_or(u32::MAX));
        let key = (finding.rule, id.value.clone());
        let idx = *self.by_group.entry(key).or_insert(next);
        if idx == next {
            self.by_value.entry(id.value.clone()).or_default().push(idx);
            if self.rules.info(finding.rule).class.starts_masked() {
                self.masked.push(idx);
            }
            self.groups.push(Group {
                rule: finding.rule,
                value: id.value.clone(),
                severity: finding.severity,
                confidence: finding.confidence,
                members: Vec::new(),
                files: 0,
                in_tree: false,
                bar: self.policy.blocking,
                tally: Tally::default(),
            });
        }
        idx
    }

    /// Returns the rules of this review.
    #[must_use]
    pub fn rules(&self) -> &Arc<RuleSet> {
        &self.rules
    }

    /// Returns what the reviewer is told about the rule of `group`.
    #[must_use]
    pub fn info(&self, group: GroupIdx) -> &RuleInfo {
        self.rules.info(self.group(group).rule)
    }

    /// Returns who is reviewing.
    #[must_use]
    pub fn reviewer(&self) -> &str {
        &self.reviewer
    }

    /// Returns the finding at `idx`.
    ///
    /// # Panics
    /// Never for an index that this session gave out; the same holds for the other look-ups.
    #[must_use]
    pub fn finding(&self, idx: FindingIdx) -> &Finding {
        &self.entries[idx.0 as usize].finding
    }

    /// Returns the keyed ids of the finding at `idx`.
    #[must_use]
    pub fn identity(&self, idx: FindingIdx) -> &Identity {
        &self.entries[idx.0 as usize].id
    }

    /// Returns the keyed id of what a licensing gap rests on: gaps with the same evidence have the
    /// same one, wherever they are.
    #[must_use]
    pub fn evidence(&self, idx: FindingIdx) -> Option<&str> {
        let entry = &self.entries[idx.0 as usize];
        let licence = self.rules.info(entry.finding.rule).class == Class::Licence;
        licence.then_some(&*entry.id.context)
    }

    /// Returns how the finding at `idx` stands.
    #[must_use]
    pub fn standing(&self, idx: FindingIdx) -> Standing {
        self.entries[idx.0 as usize].standing
    }

    /// Returns the group of the finding at `idx`.
    #[must_use]
    pub fn group_of(&self, idx: FindingIdx) -> GroupIdx {
        self.entries[idx.0 as usize].group
    }

    /// Returns the group at `idx`.
    #[must_use]
    pub fn group(&self, idx: GroupIdx) -> &Group {
        &self.groups[idx.0 as usize]
    }

    /// Returns all groups with their indexes, in the order in which they came up.
    pub fn groups(&self) -> impl Iterator<Item = (GroupIdx, &Group)> {
        self.groups.iter().enumerate().map(|(i, group)| (GroupIdx(i as u32), group))
    }

    /// Returns all findings with their indexes, in the order in which they came up.
    pub fn findings(&self) -> impl Iterator<Item = (FindingIdx, &Finding)> {
        self.entries.iter().enumerate().map(|(i, entry)| (FindingIdx(i as u32), &entry.finding))
    }

    /// Returns the findings of a file.
    #[must_use]
    pub fn in_file(&self, path: &RepoPath) -> &[FindingIdx] {
        self.by_file.get(path).map_or(&[], Vec::as_slice)
    }

    /// Returns the group of `rule` whose value has the keyed id `value`.
    #[must_use]
    pub fn find_group(&self, rule: RuleIdx, value: &str) -> Option<GroupIdx> {
        self.by_group.get(&(rule, value.into())).copied()
    }

    /// Returns the files that could not be judged.
    #[must_use]
    pub fn not_scanned(&self) -> &[NotScannedFile] {
        &self.not_scanned
    }

    /// Returns all votes, to be written to the checklist.
    #[must_use]
    pub fn votes(&self) -> &[Vote] {
        self.ballot.votes()
    }

    /// Returns the vote that a [`Standing`] names.
    #[must_use]
    pub fn vote(&self, index: u32) -> Option<&Vote> {
        self.ballot.get(index)
    }

    /// Returns the vote that counted at `idx` before what it rested on changed, while nobody has
    /// said anything since.
    #[must_use]
    pub fn lapsed(&self, idx: FindingIdx) -> Option<&Vote> {
        let entry = &self.entries[idx.0 as usize];
        entry.lapsed.filter(|_| entry.standing.reopened).and_then(|vote| self.vote(vote))
    }

    /// Returns the verdict in force on a file as a whole, from votes on it or on a directory
    /// above it.
    #[must_use]
    pub fn file_verdict(&self, path: &RepoPath) -> Option<Verdict> {
        self.ballot.outcome_of_file(path).verdict
    }

    /// Returns what became of the decisions of earlier runs; all zero until
    /// [`settle`](Self::settle) was called.
    #[must_use]
    pub fn carried(&self) -> CarryOver {
        self.carried
    }
}

impl Entry {
    pub(super) fn target(&self) -> Target {
        place_target(&self.finding, &self.id)
    }

    /// Returns its target, and those whose votes count here too.
    pub(super) fn targets(&self) -> Vec<Target> {
        let earlier = self.earlier.iter().map(|earlier| earlier.target.clone());
        std::iter::once(self.target()).chain(earlier).collect()
    }
}

pub(super) fn place_target(finding: &Finding, id: &Identity) -> Target {
    Target::Place { path: finding.path.clone(), id: id.clone() }
}
