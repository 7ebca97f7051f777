// SPDX-License-Identifier: MIT OR Apache-2.0
//! What a report is made from.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::{
    domain::{self, HistorySummary, Inventory, Module, Word},
    review::Session,
};

/// The rule by which this program lets a review pass, in the words that its digest covers.
const BUILTIN_POLICY: &str = "A review passes when the scan saw every file, every finding is \
    decided, none is put off, every place drawn from a batch of approvals was looked at, every \
    file drawn from those without findings was read, no reviewers differ, every file could be \
    read, and every required item of the release checklist is answered with yes or does not \
    apply; with the history also every object of it was read.";

/// Everything a report says. The rules digest is not here: the session knows its rules.
pub struct ReportInput<'a> {
    /// The review.
    pub session: &'a Session,
    /// What was reviewed.
    pub source: Source<'a>,
    /// What it takes to pass.
    pub policy: Policy,
    /// SHA-256 of the checklist, bare or after `sha256:`; none while it was never written.
    pub checklist_digest: Option<&'a str>,
    /// The release plan: `snapshot`, `history` or `modules`.
    pub mode: &'a str,
    /// The refs that would be released.
    pub refs: &'a [String],
    /// What the scan of the history covered; none when only one commit was scanned.
    pub history: Option<&'a HistorySummary>,
    /// When, as RFC 3339 in UTC.
    pub created: &'a str,
    /// This program's version.
    pub version: &'a str,
    /// How many files were scanned.
    pub files: u64,
    /// How many bytes they have.
    pub bytes: u64,
    /// Whether the scan has seen every file. A review can't pass before that, however clean it
    /// looks so far.
    pub complete: bool,
    /// The modules of the repository.
    pub modules: &'a [Module],
    /// The organisation's own words. None of them is in the report.
    pub words: &'a [Word],
    /// Their seal under the key of the review.
    pub words_seal: &'a str,
    /// What is known of licences; none if nobody looked.
    pub licences: Option<&'a Inventory>,
    /// Random bytes that keep the commitment to the commit from being guessed.
    pub nonce: [u8; 32],
}

/// What was reviewed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Source<'a> {
    /// Name of the repository.
    pub name: &'a str,
    /// The commit, as 40 or 64 hexadecimal digits.
    pub commit: &'a str,
    /// Its tree.
    pub tree: &'a str,
    /// What was asked for: `HEAD`, a branch, a tag.
    pub revision: &'a str,
    /// What a reader must know: uncommitted changes, a shallow clone.
    pub banners: &'a [String],
}

/// What it takes to pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// SHA-256 of the policy's text, 64 hexadecimal digits.
    pub sha256: String,
    /// How many people must sign, at least one.
    pub min_signers: u32,
}

impl Policy {
    /// Returns the policy that holds when none was written down.
    #[must_use]
    pub fn builtin() -> Self {
        Self { sha256: HEXLOWER.encode(&Sha256::digest(BUILTIN_POLICY)), min_signers: 1 }
    }

    /// Returns the policy of a review: the digest is that of the file, where there is one.
    #[must_use]
    pub fn of(policy: &domain::Policy) -> Self {
        let builtin = Self::builtin();
        let sha256 = policy.digest.as_deref().map_or(builtin.sha256, str::to_owned);
        Self { sha256, min_signers: builtin.min_signers }
    }
}
