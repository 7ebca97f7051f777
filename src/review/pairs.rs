// SPDX-License-Identifier: MIT OR Apache-2.0
//! Parts of one credential that stand together: a key id, its secret, the token of its session.
//!
//! Which ones belong together follows from the places of the findings alone, and is worked out
//! anew for a text whenever something is found there: the order in which that happens, and how
//! much of the history was scanned before, change nothing.

use std::{
    cmp::Reverse,
    collections::{BTreeSet, HashMap, HashSet},
    sync::{Arc, OnceLock},
};

use super::{Choice, FindingIdx, GroupIdx, Scope, Session};
use crate::domain::{
    Act, Finding, Half, Origin, Place, Rotated, RuleInfo, Target, TextOf, Verdict,
};

/// Parts stand together up to so many lines apart.
pub(super) const NEAR: u32 = 10;
/// So many parts in a row are looked at together: the work grows with the square.
const TOGETHER: usize = 128;

/// All parts of credentials.
#[derive(Default)]
pub(super) struct Pairs(HashMap<(TextOf, Arc<str>), Parts>);

/// The parts of one kind of credential in one text.
#[derive(Default)]
struct Parts {
    all: BTreeSet<Part>,
    /// How many of them open what the ids name.
    secrets: usize,
    whole: OnceLock<HashMap<FindingIdx, Arc<[FindingIdx]>>>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    line: u32,
    start: usize,
    half: Half,
    idx: FindingIdx,
}

impl Part {
    fn of(
        finding: &Finding,
        info: &RuleInfo,
        idx: FindingIdx,
    ) -> Option<((TextOf, Arc<str>), Self)> {
        let (pair, Place::Span(span)) = (info.pair.as_ref()?, &finding.place) else { return None };
        let part = Self { line: span.line, start: span.start, half: pair.half, idx };
        Some(((finding.text_of(), pair.family.clone()), part))
    }

    /// Returns how far apart two parts are: in lines, and on one line in bytes.
    fn distance(&self, other: &Self) -> (u64, u64) {
        match self.line.abs_diff(other.line) {
            0 => (0, self.start.abs_diff(other.start) as u64),
            lines => (lines.into(), 0),
        }
    }
}

impl Pairs {
    pub(super) fn learn(&mut self, finding: &Finding, info: &RuleInfo, idx: FindingIdx) {
        let Some((key, part)) = Part::of(finding, info, idx) else { return };
        let parts = self.0.entry(key).or_default();
        if parts.all.insert(part) {
            parts.secrets += usize::from(part.half == Half::Secret);
        }
        parts.whole = OnceLock::new();
    }

    pub(super) fn forget(&mut self, finding: &Finding, info: &RuleInfo, idx: FindingIdx) {
        let Some((key, part)) = Part::of(finding, info, idx) else { return };
        let Some(parts) = self.0.get_mut(&key) else { return };
        if parts.all.remove(&part) {
            parts.secrets -= usize::from(part.half == Half::Secret);
        }
        parts.whole = OnceLock::new();
    }

    fn parts(&self, finding: &Finding, info: &RuleInfo) -> Option<&Parts> {
        // Most rules find no part of anything, and are asked as often.
        let family = info.pair.as_ref()?.family.clone();
        self.0.get(&(finding.text_of(), family))
    }
}

impl Parts {
    fn whole(&self, idx: FindingIdx) -> &[FindingIdx] {
        let whole = self.whole.get_or_init(|| self.put_together());
        whole.get(&idx).map_or(&[], |all| all)
    }

    fn put_together(&self) -> HashMap<FindingIdx, Arc<[FindingIdx]>> {
        let all: Vec<Part> = self.all.iter().copied().collect();
        let mut by_id: HashMap<FindingIdx, Vec<Part>> = HashMap::new();
        for run in all.chunk_by(|a, b| b.line - a.line <= NEAR).flat_map(|run| run.chunks(TOGETHER))
        {
            let of =
                |half| run.iter().copied().filter(|part| part.half == half).collect::<Vec<_>>();
            let ids = of(Half::Id);
            for half in [Half::Secret, Half::Token] {
                for (id, other) in matched(&ids, &of(half)) {
                    by_id.entry(id.idx).or_insert_with(|| vec![id]).push(other);
                }
            }
        }
        let mut out = HashMap::new();
        for mut parts in by_id.into_values() {
            parts.sort_unstable();
            let whole: Arc<[FindingIdx]> = parts.iter().map(|part| part.idx).collect();
            out.extend(whole.iter().map(|idx| (*idx, whole.clone())));
        }
        out
    }
}

/// How good a way to match parts is: how many are, and then how near they stand.
type Worth = (u32, Reverse<(u64, u64)>);

/// Gives each of `others` an id, so that as many as possible have one, those nearest to each
/// other go together, and of two at the same distance the earlier. A nearest id alone would not
/// do: in a list of keys, the id of the next often stands nearer than one's own.
fn matched(ids: &[Part], others: &[Part]) -> Vec<(Part, Part)> {
    let width = others.len() + 1;
    let mut best: Vec<Worth> = vec![(0, Reverse((0, 0))); (ids.len() + 1) * width];
    let at = |i: usize, j: usize| i * width + j;
    let with = |best: &[Worth], i: usize, j: usize| {
        let (lines, bytes) = ids[i].distance(&others[j]);
        let (n, Reverse((all_lines, all_bytes))) = best[at(i + 1, j + 1)];
        (lines <= NEAR.into()).then(|| (n + 1, Reverse((all_lines + lines, all_bytes + bytes))))
    };
    for i in (0..ids.len()).rev() {
        for j in (0..others.len()).rev() {
            let without = best[at(i + 1, j)].max(best[at(i, j + 1)]);
            best[at(i, j)] = with(&best, i, j).map_or(without, |worth| worth.max(without));
        }
    }
    let (mut i, mut j, mut out) = (0, 0, Vec::new());
    while i < ids.len() && j < others.len() {
        let here = best[at(i, j)];
        if with(&best, i, j) == Some(here) {
            out.push((ids[i], others[j]));
            (i, j) = (i + 1, j + 1);
        } else if best[at(i, j + 1)] == here {
            j += 1;
        } else {
            i += 1;
        }
    }
    out
}

impl Session {
    /// Returns all parts of the credential of which the finding at `idx` is one, in the order in
    /// which they stand; none where it stands alone.
    #[must_use]
    pub fn whole_of(&self, idx: FindingIdx) -> &[FindingIdx] {
        let finding = self.finding(idx);
        let parts = self.pairs.parts(finding, self.rules.info(finding.rule));
        parts.map_or(&[], |parts| parts.whole(idx))
    }

    /// Returns whether the secret of a key id stands anywhere in the same text.
    pub(super) fn has_other_half(&self, idx: FindingIdx) -> bool {
        let finding = self.finding(idx);
        let parts = self.pairs.parts(finding, self.rules.info(finding.rule));
        parts.is_some_and(|parts| parts.secrets > 0)
    }

    /// Returns the groups of the other parts of a credential, wherever it stands.
    #[must_use]
    pub fn partners(&self, group: GroupIdx) -> Vec<GroupIdx> {
        if self.info(group).pair.is_none() {
            return Vec::new();
        }
        let places = self.group(group).members.iter().flat_map(|idx| self.whole_of(*idx));
        let mut known = HashSet::from([group]);
        places.map(|idx| self.group_of(*idx)).filter(|other| known.insert(*other)).collect()
    }

    /// Returns the open places to which a verdict over `scope` goes as well, because they hold
    /// other parts of the same credential. Like a verdict on many, an approval leaves out what
    /// blocks and was never on screen.
    ///
    /// Where the size of a decision is shown before it is taken, or facts about each value speak
    /// for it, it stays with just that. To exclude is a verdict on files, whatever stands in them.
    pub(super) fn along(&self, scope: &Scope, act: Act, how: Origin) -> Vec<FindingIdx> {
        let Act::Give(verdict @ (Verdict::Approve | Verdict::Redact | Verdict::Defer)) = act else {
            return Vec::new();
        };
        if matches!(how, Origin::Sample | Origin::Suggestion) {
            return Vec::new();
        }
        let places = match scope {
            Scope::Group(_) | Scope::Listed(_) => self.members(scope),
            _ => return Vec::new(),
        };
        let mut out: Vec<FindingIdx> = match self.one_group(&places) {
            Some(group) => {
                let others = self.partners(group).into_iter();
                others.flat_map(|other| self.group(other).members.iter().copied()).collect()
            }
            None => places.iter().flat_map(|idx| self.whole_of(*idx)).copied().collect(),
        };
        let mut known: HashSet<FindingIdx> = places.into_iter().collect();
        out.retain(|idx| {
            let open = match self.standing(*idx).verdict {
                None => true,
                Some(said) => said == Verdict::Defer && verdict != Verdict::Defer,
            };
            let careful = || self.policy.careful(self.finding(*idx).severity);
            let unseen = verdict == Verdict::Approve && careful() && !self.was_seen(*idx);
            open && !unseen && known.insert(*idx)
        });
        out
    }

    /// Returns the group all of whose open places are among `places`, if they are of one.
    fn one_group(&self, places: &[FindingIdx]) -> Option<GroupIdx> {
        let group = self.group_of(*places.first()?);
        let here: HashSet<&FindingIdx> = places.iter().collect();
        let mut members = self.group(group).members.iter();
        let all = members.all(|idx| here.contains(idx) || !self.waits_for_reviewer(*idx));
        (all && places.iter().all(|idx| self.group_of(*idx) == group)).then_some(group)
    }

    /// Adds to `values` those of the other parts, for which the same answer holds: whoever has
    /// revoked a key has revoked its id and its secret. What is known to be safe stays so, and an
    /// answer is taken back where it was given with this one.
    pub(super) fn with_partners(
        &self,
        values: &[Arc<str>],
        said: Option<Rotated>,
    ) -> Vec<Arc<str>> {
        let mut out: Vec<Arc<str>> = values.to_vec();
        let given = |value: &Arc<str>| {
            let target = Target::Rotation(value.clone());
            self.ballot.last_before(&target, &self.reviewer, i64::MAX).map(|vote| vote.at)
        };
        for value in values {
            let groups = self.groups_of(value).iter().flat_map(|group| self.partners(*group));
            let others = groups.map(|group| self.group(group).value.clone());
            out.extend(others.filter(|other| match said {
                Some(_) => !self.rotation_state(other).is_safe(),
                None => given(other).is_some() && given(other) == given(value),
            }));
        }
        out
    }
}

impl Choice {
    /// Returns the same for another value, which has a stand-in of its own.
    pub(super) fn for_partner(&self) -> Self {
        Self { to: None, ..self.clone() }
    }
}
