// SPDX-License-Identifier: MIT OR Apache-2.0
//! The policy, and what each person decided under it.

use serde::Serialize;

use super::{
    build::bare,
    decisions::time,
    document::{Block, Item, Line, code, strong, text},
    guard::Guard,
    input,
    model::{PolicyEntry, Predicate, Tally},
    passages::many,
};
use crate::{
    domain::{Class, Origin, Policy, Verdict, same_person},
    review::{ReviewerWork, Session},
};

/// What one person decided. Counts places, but for `paths`.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ReviewerEntry {
    pub(super) by: String,
    /// Whether the policy requires this person.
    pub(super) required: bool,
    /// None: this person has not taken part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) last: Option<String>,
    pub(super) places: usize,
    pub(super) by_verdict: Vec<Tally>,
    pub(super) by_origin: Vec<Tally>,
    /// Decided for a whole value while not all of its lines had been on screen.
    pub(super) partly_seen: usize,
    /// Decisions on files and directories as such.
    pub(super) paths: usize,
    /// Files read as they stand.
    pub(super) files_read: usize,
}

/// Returns the policy as the report tells it.
pub(super) fn policy(given: &input::Policy, policy: &Policy, guard: &Guard) -> PolicyEntry {
    let words = |verdicts: &[Verdict]| verdicts.iter().map(|verdict| verdict.word()).collect();
    PolicyEntry {
        sha256: bare(&given.sha256),
        min_signers: given.min_signers.max(1),
        written: policy.digest.is_some(),
        min_reviewers: policy.min_reviewers,
        reviewers: policy.reviewers.iter().map(|who| guard.reviewer(who)).collect(),
        blocking: policy.blocking.word(),
        second_voter: policy.second_voter.iter().copied().map(Class::word).collect(),
        expires_days: policy.expires_days,
        out_of_scope: policy.out_of_scope.iter().map(|glob| guard.name(glob)).collect(),
        choose_reason: words(&policy.choose_reason),
        need_note: words(&policy.need_note),
        sample_unflagged: policy.sample_unflagged,
        rotation: if policy.rotate_always { "always" } else { "history" },
    }
}

/// Returns what each person decided, those last who had to take part and have not.
pub(super) fn reviewers(session: &Session, guard: &Guard) -> Vec<ReviewerEntry> {
    let required = &session.policy().reviewers;
    let work = session.work();
    let absent = required.iter().filter(|who| !work.iter().any(|w| same_person(&w.by, who)));
    let absent = absent.map(|who| ReviewerWork { by: who.clone(), ..ReviewerWork::default() });
    let absent: Vec<ReviewerWork> = absent.collect();
    let entry = |work: &ReviewerWork| ReviewerEntry {
        by: guard.reviewer(&work.by),
        required: required.iter().any(|who| same_person(who, &work.by)),
        last: (work.last > 0).then(|| time(work.last)),
        places: work.places(),
        by_verdict: tallies(Verdict::ALL.iter().map(|verdict| verdict.word()), &work.by_verdict),
        by_origin: tallies(
            Origin::ALL.iter().map(|origin| origin.word()).chain(["unknown"]),
            &work.by_origin,
        ),
        partly_seen: work.partly_seen,
        paths: work.paths,
        files_read: work.read,
    };
    work.iter().chain(&absent).map(entry).collect()
}

fn tallies(words: impl Iterator<Item = &'static str>, counts: &[usize]) -> Vec<Tally> {
    let all = words.zip(counts).map(|(what, count)| Tally { what, count: *count });
    all.filter(|tally| tally.count > 0).collect()
}

/// Adds what the policy asks and what each person decided.
pub(super) fn blocks<'a>(out: &mut Vec<Block<'a>>, predicate: &'a Predicate) {
    if predicate.policy.written {
        out.push(Block::Heading(2, "Policy".into()));
        out.push(Block::List(asked(&predicate.policy)));
    }
    if !predicate.reviewers.is_empty() {
        out.push(Block::Heading(2, "Who decided what".into()));
        out.push(Block::List(predicate.reviewers.iter().map(person).map(Item::from).collect()));
    }
}

fn asked(policy: &PolicyEntry) -> Vec<Item<'_>> {
    let mut out: Vec<Line> =
        vec![vec![text(format!("Blocking from severity {}.", policy.blocking))]];
    let mut say = |head: &'static str, all: Vec<&str>| {
        if !all.is_empty() {
            out.push(vec![text(head), text(all.join(", "))]);
        }
    };
    say("Must take part: ", policy.reviewers.iter().map(String::as_str).collect());
    say("An approval needs two people: ", policy.second_voter.clone());
    say("A reason must be chosen: ", policy.choose_reason.clone());
    say("A note is needed: ", policy.need_note.clone());
    if policy.min_reviewers > 0 {
        out.push(vec![text(format!(
            "At least {} must take part.",
            many(policy.min_reviewers, "reviewer")
        ))]);
    }
    if let Some(days) = policy.expires_days {
        out.push(vec![text(format!("An approval counts for {}.", many(days, "day")))]);
    }
    if policy.sample_unflagged > 0 {
        let files = many(policy.sample_unflagged, "file");
        out.push(vec![text(format!("{files} without findings must be drawn and read."))]);
    }
    if policy.rotation == "always" {
        let words = "A redacted credential must be rotated, whatever is published.";
        out.push(vec![text(words)]);
    }
    for glob in &policy.out_of_scope {
        out.push(vec![text("Out of scope, not judged and no part of a release: "), code(&**glob)]);
    }
    out.into_iter().map(Item::from).collect()
}

fn person(entry: &ReviewerEntry) -> Line<'_> {
    let mut line = vec![strong(&*entry.by)];
    if entry.required {
        line.push(text(" (required)"));
    }
    let Some(last) = &entry.last else {
        line.push(text(" did not take part"));
        return line;
    };
    line.push(text(format!(": {}", many(entry.places, "place"))));
    let list = |all: &[Tally]| {
        let all: Vec<String> = all.iter().map(|t| format!("{} {}", t.count, t.what)).collect();
        all.join(", ")
    };
    if entry.places > 0 {
        let (verdicts, origins) = (list(&entry.by_verdict), list(&entry.by_origin));
        line.push(text(format!(" ({verdicts}); how: {origins}")));
    }
    if entry.partly_seen > 0 {
        let n = many(entry.partly_seen, "place");
        line.push(text(format!("; not all lines were on screen for {n}")));
    }
    if entry.paths > 0 {
        line.push(text(format!("; {} on files or directories", many(entry.paths, "decision"))));
    }
    if entry.files_read > 0 {
        line.push(text(format!("; {} read", many(entry.files_read, "file"))));
    }
    line.push(text(format!("; last at {last}")));
    line
}
