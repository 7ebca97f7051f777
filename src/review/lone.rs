// SPDX-License-Identifier: MIT OR Apache-2.0
//! Key ids without a secret: they weigh one step less.
//!
//! That depends on everything that was found, so it is decided when all of it is known, and anew
//! each time. A scan of a file alone, or of a part of the history, could not say it.

use std::collections::{BTreeSet, HashMap};

use super::{FindingIdx, GroupIdx, Session, pairs::NEAR};
use crate::domain::{Class, Half, Severity, TextOf, remark};

/// Lines of credentials that may open something, by text.
type Openers = HashMap<TextOf, BTreeSet<u32>>;

impl Session {
    /// Weighs key ids one step lower that stand nowhere in a text with their other half, nor near
    /// another credential, which may be the secret under a name that no rule knows; and the others
    /// as their rule says.
    pub(super) fn weigh_ids(&mut self) {
        let is_id = |group: &GroupIdx| {
            self.info(*group).pair.as_ref().is_some_and(|pair| pair.half == Half::Id)
        };
        let ids: Vec<GroupIdx> = self.groups().map(|(idx, _)| idx).filter(is_id).collect();
        let mut openers = Openers::new();
        for group in ids {
            let members = self.group(group).members.clone();
            let lone = members.iter().all(|idx| !self.has_opener(*idx, &mut openers));
            let changed: Vec<FindingIdx> =
                members.iter().copied().filter(|idx| self.weigh(*idx, lone)).collect();
            if changed.is_empty() {
                continue;
            }
            let severity = members.iter().map(|idx| self.finding(*idx).severity).max();
            let group = &mut self.groups[group.0 as usize];
            group.severity = severity.unwrap_or(group.severity);
            // How many people must approve it depends on it.
            changed.into_iter().for_each(|idx| self.refresh(idx));
        }
    }

    fn has_opener(&self, idx: FindingIdx, openers: &mut Openers) -> bool {
        if self.has_other_half(idx) {
            return true;
        }
        let finding = self.finding(idx);
        let text = finding.text_of();
        let line = finding.place.line();
        let lines = openers.entry(text).or_insert_with_key(|text| {
            let here = self.in_file(&text.path).iter().map(|idx| self.finding(*idx));
            let opens = here.filter(|other| {
                let info = self.rules.info(other.rule);
                let id = info.pair.as_ref().is_some_and(|pair| pair.half == Half::Id);
                other.layer == text.layer && info.class == Class::Credential && !id
            });
            opens.map(|other| other.place.line()).collect()
        });
        lines.range(line.saturating_sub(NEAR)..=line.saturating_add(NEAR)).next().is_some()
    }

    /// Returns whether that changed anything.
    fn weigh(&mut self, idx: FindingIdx, lone: bool) -> bool {
        let finding = &mut self.entries[idx.0 as usize].finding;
        let known = finding.notes.iter().position(|note| note == remark::LONE_ID);
        match (known, lone) {
            // What is low stays listed, and what is proved weighs what it weighs.
            (None, true) if finding.severity > Severity::Low && !finding.proved() => {
                finding.severity = finding.severity.lowered();
                finding.notes.push(remark::LONE_ID.to_owned());
                true
            }
            (Some(at), false) => {
                finding.severity = finding.severity.raised();
                finding.notes.remove(at);
                true
            }
            _ => false,
        }
    }
}
