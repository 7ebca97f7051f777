// SPDX-License-Identifier: MIT OR Apache-2.0
//! Whether a credential still opens anything.

/// What somebody says of a credential, wherever it stands.
///
/// The order is the order of strictness: what must be done comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rotated {
    /// It was made up for a test or as a sample, and never opened anything.
    NeverLive,
    /// It was revoked or changed where it is used: whoever has it gets nowhere.
    Yes,
    /// Whoever was asked does not know.
    Unknown,
    /// It still opens what it opened.
    No,
}

impl Rotated {
    /// All answers, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Yes, Self::No, Self::NeverLive, Self::Unknown];

    /// Returns whether the credential is known to open nothing.
    #[must_use]
    pub fn is_safe(self) -> bool {
        matches!(self, Self::NeverLive | Self::Yes)
    }

    /// Returns the word used in files and JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::NeverLive => "never-live",
            Self::Yes => "rotated",
            Self::Unknown => "not-known",
            Self::No => "not-rotated",
        }
    }

    /// Returns the words shown on the screen and in reports.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::NeverLive => "never live",
            Self::Yes => "rotated",
            Self::Unknown => "not known",
            Self::No => "not rotated yet",
        }
    }
}
