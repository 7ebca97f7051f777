// SPDX-License-Identifier: MIT OR Apache-2.0
//! Which shapes of lines have been on screen.

use std::{collections::HashSet, sync::Arc};

use super::{FindingIdx, GroupIdx, Session};

impl Session {
    /// Remembers that a finding's line has been on screen.
    pub fn mark_seen(&mut self, idx: FindingIdx) {
        let entry = &self.entries[idx.0 as usize];
        self.shapes_seen.insert((entry.group, entry.id.context.clone()));
    }

    /// Returns whether a line of the shape of this finding's has been on screen.
    #[must_use]
    pub fn was_seen(&self, idx: FindingIdx) -> bool {
        let entry = &self.entries[idx.0 as usize];
        self.shapes_seen.contains(&(entry.group, entry.id.context.clone()))
    }

    /// Returns how many of how many distinct line shapes of a group have been on screen.
    #[must_use]
    pub fn shapes(&self, group: GroupIdx) -> (u32, u32) {
        let members = &self.group(group).members;
        let all: HashSet<&Arc<str>> = members.iter().map(|i| &self.identity(*i).context).collect();
        let seen =
            all.iter().filter(|c| self.shapes_seen.contains(&(group, (**c).clone()))).count();
        (seen as u32, all.len() as u32)
    }
}
