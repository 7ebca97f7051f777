// SPDX-License-Identifier: MIT OR Apache-2.0
//! Trackers whose tickets are numbers, which are only known by the word before them.

/// How a tracker writes its tickets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tracker {
    /// `T123456`, as Phabricator does.
    Task,
    /// `bug 123456`, as Bugzilla does.
    Bug,
    /// `RT #6366`, as Request Tracker does.
    Rt,
    /// `rhbz#1234567`, Red Hat's Bugzilla.
    Rhbz,
    /// `ticket 4711`.
    Ticket,
    /// `[#45048111]`, as Pivotal Tracker does.
    Story,
}

impl Tracker {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Task, Self::Bug, Self::Rt, Self::Rhbz, Self::Ticket, Self::Story];

    /// Returns the name that files use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::Bug => "bug",
            Self::Rt => "rt",
            Self::Rhbz => "rhbz",
            Self::Ticket => "ticket",
            Self::Story => "story",
        }
    }

    /// Returns the tracker that is called `name`.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tracker| tracker.name() == name)
    }

    /// Whether a ticket of it begins as `lower` does, which is in lower case.
    #[must_use]
    pub fn writes(self, lower: &str) -> bool {
        match self {
            Self::Task => lower
                .strip_prefix('t')
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())),
            Self::Rhbz => lower.starts_with("rhbz") || lower.starts_with("bz"),
            Self::Story => lower.starts_with("[#"),
            Self::Bug | Self::Rt | Self::Ticket => lower.starts_with(self.name()),
        }
    }
}
