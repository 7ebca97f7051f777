// SPDX-License-Identifier: MIT OR Apache-2.0
//! The report as data: an in-toto statement whose predicate `assets/signoff.schema.json` describes.
//!
//! The field names are the file format. Text is as the guard left it but not escaped: that is
//! each renderer's own business.

use serde::Serialize;

use super::{
    attest::Attestations,
    licences::LicencesEntry,
    past::{GroupHistory, HistoryEntry},
    people::ReviewerEntry,
    reading::ReadingEntry,
    rotation::RotationEntry,
    rules::RuleEntry,
    words::WordsEntry,
};
use crate::domain::NotScanned;

/// A finished report. See the [module](super) for what it never holds.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    #[serde(rename = "_type")]
    pub(super) kind: &'static str,
    pub(super) subject: [Subject; 1],
    #[serde(rename = "predicateType")]
    pub(super) predicate_type: &'static str,
    pub(super) predicate: Predicate,
}

impl Report {
    /// Returns whether nothing stands against a release.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.predicate.result == Outcome::Passed
    }
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Subject {
    pub(super) name: &'static str,
    pub(super) digest: GitDigest,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct GitDigest {
    pub(super) git_commit: String,
    pub(super) git_tree: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Predicate {
    pub(super) schema: u32,
    pub(super) tool: Tool,
    pub(super) audience: &'static str,
    pub(super) created: String,
    pub(super) result: Outcome,
    /// Why the result is not `passed`.
    pub(super) against: Vec<Tally>,
    pub(super) source: SourceEntry,
    pub(super) ruleset: Ruleset,
    pub(super) policy: PolicyEntry,
    pub(super) checklist: Checklist,
    pub(super) export: Export,
    pub(super) scan: Scan,
    pub(super) counts: Places,
    /// Groups, not places, but for `findings`.
    pub(super) by_category: Vec<CategoryRow>,
    /// Places.
    pub(super) by_verdict: Vec<Tally>,
    /// Places.
    pub(super) by_origin: Vec<Tally>,
    /// What each person decided.
    pub(super) reviewers: Vec<ReviewerEntry>,
    /// Batches of approvals from which a sample was drawn.
    pub(super) samples: Vec<SampleEntry>,
    /// Which files were read, and which are drawn to be.
    pub(super) reading: ReadingEntry,
    /// Credentials that must not be published, and whether they were rotated.
    pub(super) rotation: RotationEntry,
    /// The organisation's own words, by number.
    pub(super) words: WordsEntry,
    pub(super) carried: Carried,
    pub(super) residual: Vec<Residual>,
    pub(super) properties: Vec<&'static str>,
    /// Groups with an undecided or deferred place; what blocks comes first.
    pub(super) open: Vec<GroupEntry>,
    /// Groups that are decided.
    pub(super) decisions: Vec<GroupEntry>,
    /// Decisions on files and directories as such.
    pub(super) path_decisions: Vec<PathDecision>,
    pub(super) modules: Vec<ModuleEntry>,
    pub(super) not_judged: Vec<NotJudged>,
    /// The release checklist; none when nobody asked for one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) attestations: Option<Attestations>,
    /// Which licences and copyright holders there are; none if nothing is known of any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) licences: Option<LicencesEntry>,
    /// What the scan of the history covered; none when only one commit was scanned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) history: Option<HistoryEntry>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Outcome {
    Passed,
    Failed,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Tool {
    pub(super) name: &'static str,
    pub(super) version: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct SourceEntry {
    pub(super) name: String,
    pub(super) revision: String,
    /// `sha256:` and the digest of the nonce followed by the commit's hexadecimal digits. A public
    /// report holds this and not the commit, which would be an oracle for what was redacted.
    pub(super) commitment: String,
    /// Opens the commitment; a private report needs it to vouch for the public one.
    pub(super) nonce: String,
    pub(super) commit: String,
    pub(super) tree: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Ruleset {
    pub(super) sha256: String,
    pub(super) rules: usize,
    /// What the repository's own files make of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) changes: Vec<RuleEntry>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct PolicyEntry {
    pub(super) sha256: String,
    pub(super) min_signers: u32,
    /// Whether it was written down for this repository.
    pub(super) written: bool,
    pub(super) min_reviewers: u32,
    pub(super) reviewers: Vec<String>,
    /// The least severity that blocks.
    pub(super) blocking: &'static str,
    /// Classes of values of which an approval needs two people.
    pub(super) second_voter: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) expires_days: Option<u32>,
    /// Globs of paths that are no part of a release.
    pub(super) out_of_scope: Vec<String>,
    /// Verdicts for which a reason must be chosen.
    pub(super) choose_reason: Vec<&'static str>,
    /// Verdicts that need a note.
    pub(super) need_note: Vec<&'static str>,
    /// How many files without findings must be drawn and read.
    pub(super) sample_unflagged: u32,
    /// When a credential must be rotated: `history` where that is published, or `always`.
    pub(super) rotation: &'static str,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Checklist {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sha256: Option<String>,
    pub(super) votes: usize,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Export {
    pub(super) mode: String,
    pub(super) refs: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Scan {
    pub(super) of: &'static str,
    pub(super) complete: bool,
    pub(super) files: u64,
    pub(super) bytes: u64,
    /// By reason; excluded files are left out.
    pub(super) not_scanned: Vec<Tally>,
}

/// How many of something.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Tally {
    pub(super) what: &'static str,
    pub(super) count: usize,
}

/// Counts of places; the schema allows numbers only.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Places {
    pub(super) findings: usize,
    pub(super) groups: usize,
    pub(super) approved: usize,
    /// Licences that a reviewer has concluded to be others than those found.
    pub(super) corrected: usize,
    /// Licensing gaps that the release mends.
    pub(super) fixed: usize,
    pub(super) redacted: usize,
    pub(super) excluded: usize,
    pub(super) undecided: usize,
    pub(super) deferred: usize,
    /// Approved by one person where the policy wants two; not among `approved`.
    pub(super) needs_second: usize,
    /// Undecided, deferred, or in need of a second person.
    pub(super) unresolved: usize,
    pub(super) disputed: usize,
    /// Decided once, and to be looked at again because the text changed.
    pub(super) stale: usize,
    pub(super) blocking_groups: usize,
    pub(super) not_judged: usize,
    pub(super) not_judged_blocking: usize,
    /// Drawn from batches of approvals, and nobody looked at them yet.
    pub(super) samples_due: usize,
}

/// A batch of approvals and what looking at some of its places says about the rest. Which places
/// those are follows from the seed.
#[derive(Clone, Debug, Serialize)]
pub(super) struct SampleEntry {
    pub(super) by: String,
    pub(super) at: String,
    /// As 16 hexadecimal digits.
    pub(super) seed: String,
    pub(super) places: usize,
    /// Places on which the approval still holds as the batch gave it.
    pub(super) in_force: usize,
    pub(super) drawn: usize,
    pub(super) due: usize,
    pub(super) clean: usize,
    pub(super) bad: usize,
    /// At most so many places in a hundred are wrong, with 95 % confidence, as a decimal; only
    /// for a sample that is clean.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) bound: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct CategoryRow {
    pub(super) category: &'static str,
    pub(super) findings: usize,
    pub(super) groups: usize,
    pub(super) open: usize,
    pub(super) deferred: usize,
    pub(super) needs_second: usize,
    pub(super) approved: usize,
    /// Licences that a reviewer has concluded to be others than those found.
    pub(super) corrected: usize,
    /// Licensing gaps that the release mends.
    pub(super) fixed: usize,
    pub(super) redacted: usize,
    pub(super) excluded: usize,
    pub(super) blocking: usize,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Carried {
    pub(super) kept: usize,
    pub(super) reopened: usize,
    pub(super) expired: usize,
    pub(super) gone: usize,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Residual {
    pub(super) class: &'static str,
    pub(super) text: String,
}

/// One group: always in the report, whatever its size.
#[derive(Clone, Debug, Serialize)]
pub(super) struct GroupEntry {
    pub(super) rule: String,
    pub(super) title: String,
    pub(super) category: &'static str,
    pub(super) class: &'static str,
    pub(super) severity: &'static str,
    pub(super) confidence: &'static str,
    /// Head of the keyed id of the value.
    pub(super) id: String,
    /// The licence, holder or package that a licensing gap is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) about: Option<String>,
    pub(super) state: &'static str,
    pub(super) blocks: bool,
    pub(super) places: usize,
    pub(super) files: u32,
    pub(super) disputed: usize,
    pub(super) reopened: usize,
    /// None when only one commit was scanned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) history: Option<GroupHistory>,
    /// Places that share one decision, or share having none.
    pub(super) parts: Vec<Part>,
    #[serde(skip_serializing_if = "is_zero")]
    pub(super) more_parts: usize,
    /// Places in those further parts.
    #[serde(skip_serializing_if = "is_zero")]
    pub(super) places_in_more_parts: usize,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Part {
    /// None: nobody has decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) decision: Option<Decision>,
    /// What other reviewers say, where they differ.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) others: Vec<Word>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) reopened: bool,
    pub(super) places: usize,
    /// The first of them, as `path:line`.
    pub(super) first: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Decision {
    pub(super) verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<&'static str>,
    /// The licence that holds instead, or what is done in the release.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) to: Option<String>,
    pub(super) by: String,
    pub(super) at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) how: Option<&'static str>,
    /// How many of how many different lines had been on screen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) seen: Option<(u32, u32)>,
    /// The last day on which an approval counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) until: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) note: Option<String>,
    /// What the vote was on: `place`, `file` or `directory`.
    pub(super) on: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) directory: Option<String>,
}

/// What one reviewer says.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Word {
    pub(super) by: String,
    pub(super) verdict: &'static str,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct PathDecision {
    pub(super) decision: Decision,
    /// All of them, so that nobody has to guess which files are left out.
    pub(super) paths: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct ModuleEntry {
    pub(super) path: String,
    pub(super) kind: &'static str,
    pub(super) files: usize,
    pub(super) ready: bool,
    /// Different values still unresolved in it.
    pub(super) missing: usize,
    pub(super) blocking: usize,
    /// Different credentials that are not known to be rotated, where that blocks.
    pub(super) not_rotated: usize,
    /// Places on which reviewers differ and files that could not be read.
    pub(super) disputed_or_unreadable: usize,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct NotJudged {
    pub(super) path: String,
    pub(super) why: &'static str,
    pub(super) reason: String,
    /// The object in question, where the reason names one. Not for the public.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) source_object: Option<String>,
    pub(super) blocks: bool,
    pub(super) excluded: bool,
    pub(super) looked_at: bool,
}

impl NotJudged {
    pub(super) fn is_out_of_scope(&self) -> bool {
        self.why == NotScanned::OutOfScope.word()
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference in")]
fn is_zero(n: &usize) -> bool {
    *n == 0
}
