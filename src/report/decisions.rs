// SPDX-License-Identifier: MIT OR Apache-2.0
//! Votes in force as the report tells them.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;

use super::{
    guard::Guard,
    model::{Decision, PathDecision},
};
use crate::{
    domain::{Origin, Reason, RepoPath, Target, Verdict, Vote},
    review::Session,
};

/// What is told of a vote. Two votes of which the same is told are one decision.
#[derive(PartialEq, Eq, Hash)]
pub(super) struct Given<'a> {
    verdict: Verdict,
    by: &'a str,
    at: i64,
    why: Option<Reason>,
    to: Option<&'a str>,
    how: Option<Origin>,
    seen: Option<(u32, u32)>,
    until: Option<i32>,
    note: Option<&'a str>,
    on: On<'a>,
}

/// What a vote was on. A file needs no path: it is that of the place itself, and files that were
/// excluded in one stroke stay together.
#[derive(PartialEq, Eq, Hash)]
enum On<'a> {
    Place,
    File,
    Directory(&'a RepoPath),
}

fn says_more(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Correct | Verdict::Fix)
}

impl<'a> Given<'a> {
    /// Returns what is told of `vote`, nothing if it takes another one back.
    pub(super) fn of(vote: &'a Vote) -> Option<Self> {
        Some(Self {
            verdict: vote.act.verdict()?,
            by: &vote.by,
            at: vote.at,
            why: vote.why,
            to: vote.to.as_deref().filter(|_| vote.act.verdict().is_some_and(says_more)),
            how: vote.how,
            seen: vote.seen,
            until: vote.until,
            note: vote.note.as_deref(),
            on: match &vote.target {
                Target::Place { .. } => On::Place,
                Target::File(_) => On::File,
                Target::Directory(path) => On::Directory(path),
                // These are no verdicts, and stand in lists of their own.
                Target::Attestation(_)
                | Target::Batch
                | Target::Text(_)
                | Target::Unflagged
                | Target::Rotation(_)
                | Target::StandIn(_) => return None,
            },
        })
    }

    pub(super) fn at(&self) -> i64 {
        self.at
    }

    pub(super) fn entry(&self, guard: &Guard) -> Decision {
        let (on, directory) = match self.on {
            On::Place => ("place", None),
            On::File => ("file", None),
            On::Directory(path) => ("directory", Some(guard.path(path))),
        };
        Decision {
            verdict: self.verdict.word(),
            reason: self.why.map(Reason::word),
            to: self.to.map(|to| guard.remark(to)),
            by: guard.reviewer(self.by),
            at: time(self.at),
            how: self.how.map(Origin::word),
            seen: self.seen,
            until: self.until.map(day),
            note: self.note.map(|note| guard.remark(note)),
            on,
            directory,
        }
    }
}

/// Each reviewer's last vote on each target.
pub(super) struct LastVotes<'a>(HashMap<&'a Target, BTreeMap<&'a str, &'a Vote>>);

impl<'a> LastVotes<'a> {
    /// Collects them. Votes on places are needed only to tell who differs.
    pub(super) fn of(session: &'a Session, with_places: bool) -> Self {
        let mut last: HashMap<&Target, BTreeMap<&str, &Vote>> = HashMap::new();
        for vote in session.votes() {
            if !with_places && matches!(vote.target, Target::Place { .. }) {
                continue;
            }
            let by = last.entry(&vote.target).or_default();
            // Of two with one time stamp the one that became known later counts, as in the ballot.
            by.entry(&*vote.by)
                .and_modify(|known| *known = if known.at <= vote.at { vote } else { known })
                .or_insert(vote);
        }
        Self(last)
    }

    /// Returns who says something else than `vote` on its target, and what.
    pub(super) fn differing(&self, vote: &Vote) -> Vec<(&'a str, Verdict)> {
        let others = self.0.get(&vote.target).into_iter().flatten();
        others
            .filter_map(|(by, other)| other.act.verdict().map(|verdict| (*by, verdict)))
            .filter(|(_, verdict)| Some(*verdict) != vote.act.verdict())
            .collect()
    }

    /// Returns the decisions on files and directories as such, in the order of time. What was
    /// given to several files in one stroke is one decision.
    pub(super) fn on_paths(&self, guard: &Guard) -> Vec<PathDecision> {
        let mut by_given: HashMap<Given, Vec<&RepoPath>> = HashMap::new();
        for (target, by) in &self.0 {
            if let Target::File(path) | Target::Directory(path) = target {
                let given = by.values().filter_map(|vote| Given::of(vote));
                given.for_each(|given| by_given.entry(given).or_default().push(path));
            }
        }
        let mut all: Vec<(Given, Vec<&RepoPath>)> = by_given.into_iter().collect();
        all.iter_mut().for_each(|(_, paths)| paths.sort());
        all.sort_by(|(a, in_a), (b, in_b)| (a.at, a.by, in_a).cmp(&(b.at, b.by, in_b)));
        all.into_iter()
            .map(|(given, paths)| PathDecision {
                decision: given.entry(guard),
                paths: paths.into_iter().map(|path| guard.path(path)).collect(),
            })
            .collect()
    }
}

/// Returns a day, counted from 1970-01-01, as RFC 3339 writes it.
fn day(day: i32) -> String {
    let text = time(i64::from(day) * 24 * 60 * 60 * 1000);
    text.split('T').next().unwrap_or(&text).to_owned()
}

/// Returns milliseconds since 1970-01-01 UTC as RFC 3339.
pub(super) fn time(at: i64) -> String {
    Timestamp::from_millisecond(at)
        .map_or_else(|_| format!("{at} ms after 1970"), |time| time.to_string())
}
