// SPDX-License-Identifier: MIT OR Apache-2.0
//! What a decision reaches.

use super::{FindingIdx, Reached, Scope, Session};
use crate::domain::{Act, RuleIdx, Verdict};

impl Session {
    /// Returns the findings that `scope` covers.
    #[must_use]
    pub fn members(&self, scope: &Scope) -> Vec<FindingIdx> {
        let of_rule = |rule: RuleIdx| {
            let groups = self.groups.iter().filter(move |group| group.rule == rule);
            groups.flat_map(|group| group.members.iter().copied())
        };
        match scope {
            Scope::Place(idx) => {
                let target = self.entries[idx.0 as usize].target();
                self.by_target.get(&target).cloned().unwrap_or_default()
            }
            Scope::Group(idx) => self.group(*idx).members.clone(),
            Scope::RuleInFile(rule, path) => {
                let same = |i: &FindingIdx| self.finding(*i).rule == *rule;
                self.in_file(path).iter().copied().filter(same).collect()
            }
            Scope::RuleInDirectory(rule, dir) => {
                of_rule(*rule).filter(|i| self.finding(*i).path.is_within(dir)).collect()
            }
            Scope::Rule(rule) => of_rule(*rule).collect(),
            Scope::Evidence(idx) => {
                let one = &self.entries[idx.0 as usize];
                let same = |i: &FindingIdx| self.entries[i.0 as usize].id.context == one.id.context;
                of_rule(one.finding.rule).filter(same).collect()
            }
            Scope::Places(places) | Scope::Listed(places) => places.clone(),
        }
    }

    /// Returns what `act` over `scope` reaches.
    ///
    /// More than one place at a time means the open ones: an earlier verdict is not undone by
    /// the way. Only where all are decided does a new verdict change them. An approval over more
    /// than one value leaves out what blocks and was never on screen. A redaction leaves out whole
    /// files and the repository as such: there is no text to replace, and all would go out as it is.
    #[must_use]
    pub fn reach(&self, scope: &Scope, act: Act) -> Reached {
        let mut all = self.members(scope);
        let before = all.len();
        if act == Act::Give(Verdict::Redact) {
            all.retain(|idx| self.finding(*idx).place.span().is_some());
        }
        Reached { whole: before - all.len(), ..self.reach_of(scope, act, all) }
    }

    fn reach_of(&self, scope: &Scope, act: Act, all: Vec<FindingIdx>) -> Reached {
        if matches!(scope, Scope::Place(_) | Scope::Listed(_)) || act == Act::Withdraw {
            return Reached { places: all, ..Reached::default() };
        }
        let open = |idx: &FindingIdx| self.waits_for_reviewer(*idx);
        let open: Vec<FindingIdx> = all.iter().copied().filter(open).collect();
        let (mut places, decided) = match open.len() {
            0 => (all, 0),
            some => (open, all.len() - some),
        };
        let before = places.len();
        if act == Act::Give(Verdict::Approve) && !matches!(scope, Scope::Group(_)) {
            let careful = |i: &FindingIdx| self.policy.careful(self.finding(*i).severity);
            places.retain(|i| !careful(i) || self.was_seen(*i));
        }
        Reached { decided, unseen: before - places.len(), places, whole: 0 }
    }
}
