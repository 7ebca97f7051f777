// SPDX-License-Identifier: MIT OR Apache-2.0
//! What the people who own a repository ask of its review, beside what always holds.

use std::sync::Arc;

use super::{Class, Licensing, Severity, Verdict};

const MS_PER_DAY: i64 = 24 * 60 * 60 * 1000;

/// Returns the day, counted from 1970-01-01 UTC, of a time in milliseconds since then.
#[must_use]
pub fn day_of(at: i64) -> i32 {
    let day = at.div_euclid(MS_PER_DAY);
    i32::try_from(day).unwrap_or(if day < 0 { i32::MIN } else { i32::MAX })
}

/// The rules of one review. The default is what holds where nothing was written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Who must have taken part.
    pub reviewers: Vec<Arc<str>>,
    /// How many people must have taken part.
    pub min_reviewers: u32,
    /// Verdicts for which a reason must be chosen; the usual one does not stand in.
    pub choose_reason: Vec<Verdict>,
    /// Verdicts that need a note.
    pub need_note: Vec<Verdict>,
    /// The least severity that blocks.
    pub blocking: Severity,
    /// Globs of paths that are no part of any release.
    pub out_of_scope: Vec<String>,
    /// Classes of values whose approval needs a second person.
    pub second_voter: Vec<Class>,
    /// After how many days an approval has to be given anew.
    pub expires_days: Option<u32>,
    /// Name of the template of attestations, a file beside the checklist.
    pub attestations: Option<String>,
    /// The share of wrong approvals, in percent, that a sample of a batch must rule out.
    pub sample_miss: u32,
    /// How many of the files in which nothing was found must be drawn and read.
    pub sample_unflagged: u32,
    /// Whether credentials must be rotated also where only the files of one commit are published.
    pub rotate_always: bool,
    /// What was decided about licences.
    pub licensing: Licensing,
    /// SHA-256 of the file that it was read from, in hexadecimal.
    pub digest: Option<Arc<str>>,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            reviewers: Vec::new(),
            min_reviewers: 0,
            choose_reason: Vec::new(),
            need_note: Vec::new(),
            blocking: Severity::High,
            out_of_scope: Vec::new(),
            second_voter: Vec::new(),
            expires_days: None,
            attestations: None,
            sample_miss: 5,
            sample_unflagged: 0,
            rotate_always: false,
            licensing: Licensing::default(),
            digest: None,
        }
    }
}

impl Policy {
    /// Returns whether an unresolved finding of this severity blocks the release.
    #[must_use]
    pub fn blocks(&self, severity: Severity) -> bool {
        severity >= self.blocking
    }

    /// Returns whether approving many findings of this severity at once needs a look at each
    /// line. The policy comes with the repository under review: it may ask for more care than
    /// usual, and not for less.
    #[must_use]
    pub fn careful(&self, severity: Severity) -> bool {
        severity >= self.blocking.min(Severity::High)
    }

    /// Returns whether an approval of a value of `class` needs a second person.
    #[must_use]
    pub fn wants_second(&self, class: Class) -> bool {
        self.second_voter.contains(&class)
    }

    /// Returns the last day on which an approval given at `at` (milliseconds since 1970-01-01
    /// UTC) counts, if it ends at all.
    #[must_use]
    pub fn until(&self, verdict: Option<Verdict>, at: i64) -> Option<i32> {
        let days = self.expires_days.filter(|_| verdict == Some(Verdict::Approve))?;
        Some(day_of(at).saturating_add(i32::try_from(days).unwrap_or(i32::MAX)))
    }
}

/// Returns whether two names of reviewers mean one person: addresses differ in case by chance.
#[must_use]
pub fn same_person(a: &str, b: &str) -> bool {
    a.trim().eq_ignore_ascii_case(b.trim())
}

#[cfg(test)]
mod tests {
    use super::{Policy, day_of};
    use crate::domain::{Severity, Verdict};

    #[test]
    fn a_policy_can_ask_for_more_care_and_not_for_less() {
        let lax = Policy { blocking: Severity::Critical, ..Policy::default() };
        assert!(!lax.blocks(Severity::High) && lax.careful(Severity::High));
        let strict = Policy { blocking: Severity::Low, ..Policy::default() };
        assert!(strict.blocks(Severity::Low) && strict.careful(Severity::Low));
        assert!(!strict.careful(Severity::Info));
    }

    #[test]
    fn only_approvals_end() {
        let policy = Policy { expires_days: Some(10), ..Policy::default() };
        let day = 86_400_000;
        assert_eq!(policy.until(Some(Verdict::Approve), 3 * day + 5), Some(13));
        assert_eq!(policy.until(Some(Verdict::Redact), 3 * day), None);
        assert_eq!(policy.until(None, 3 * day), None);
        assert_eq!(Policy::default().until(Some(Verdict::Approve), day), None);
        assert_eq!((day_of(-1), day_of(0), day_of(day)), (-1, 0, 1));
        assert_eq!((day_of(i64::MAX), day_of(i64::MIN)), (i32::MAX, i32::MIN));
    }
}
