// SPDX-License-Identifier: MIT OR Apache-2.0
//! Groups as the report lists them: each one once, bounded in size, in an order that does not
//! depend on which worker was first.

use std::{
    cmp::{Ordering, Reverse},
    collections::HashMap,
};

use super::{
    decisions::{Given, LastVotes},
    guard::Guard,
    model::{GroupEntry, Part, Word},
    past::{self, GroupHistory},
};
use crate::{
    domain::{Class, Finding, Layer, Metadata, Place, RepoPath, Verdict},
    review::{FindingIdx, Group, GroupIdx, GroupState, Session},
};

/// How many places, and how many different decisions, are listed of one group.
const LISTED: usize = 20;
/// How much of a group's keyed id is shown: enough to find it, and short enough to say.
pub(super) const ID_CHARS: usize = 8;

/// What the places of one part have in common.
#[derive(PartialEq, Eq, Hash)]
struct Shared<'a> {
    given: Option<Given<'a>>,
    others: Vec<(&'a str, Verdict)>,
    reopened: bool,
}

/// Places of one group with one decision, before they are put into words.
struct Bundle<'a> {
    shared: Shared<'a>,
    count: usize,
    first: Vec<FindingIdx>,
}

/// Turns groups of a session into entries.
pub(super) struct Lister<'a> {
    pub(super) session: &'a Session,
    pub(super) guard: &'a Guard<'a>,
    pub(super) last: LastVotes<'a>,
    pub(super) with_history: bool,
}

impl<'a> Lister<'a> {
    /// Returns the unresolved groups and the decided ones: by category, what blocks first, then
    /// the worst.
    pub(super) fn groups(&self) -> (Vec<GroupEntry>, Vec<GroupEntry>) {
        let mut order: Vec<(GroupIdx, &Group)> = self.session.groups().collect();
        order.sort_by_cached_key(|(idx, group)| {
            let places = group.members.iter().map(|i| self.session.finding(*i));
            let first = places.min_by(|a, b| by_place(a, b));
            let first = first.map(|finding| {
                (rank(finding), finding.path.clone(), finding.place.clone(), finding.layer.clone())
            });
            let info = self.session.info(*idx);
            let worst_first =
                (Reverse(group.blocks()), Reverse(group.severity), Reverse(group.confidence));
            (info.category, worst_first, info.id.clone(), first, group.value.clone())
        });
        let (open, decided): (Vec<_>, Vec<_>) =
            order.into_iter().partition(|(_, group)| group.state().unresolved());
        let entries = |groups: Vec<(GroupIdx, &Group)>| {
            groups.into_iter().map(|(idx, group)| self.group(idx, group)).collect()
        };
        (entries(open), entries(decided))
    }

    fn group(&self, idx: GroupIdx, group: &Group) -> GroupEntry {
        let info = self.session.info(idx);
        let (mut disputed, mut reopened) = (0, 0);
        for standing in group.members.iter().map(|i| self.session.standing(*i)) {
            disputed += usize::from(standing.disputed);
            reopened += usize::from(standing.reopened);
        }
        let mut bundles = self.bundles(group);
        let rest = bundles.split_off(bundles.len().min(LISTED));
        GroupEntry {
            rule: info.id.clone(),
            title: info.title.clone(),
            category: info.category.word(),
            class: info.class.word(),
            severity: group.severity.word(),
            confidence: group.confidence.word(),
            id: group.value.chars().take(ID_CHARS).collect(),
            about: self.about(group),
            state: state_word(group.state()),
            blocks: group.blocks(),
            places: group.members.len(),
            files: group.files,
            disputed,
            reopened,
            history: self.history(group),
            parts: bundles.into_iter().map(|bundle| self.part(bundle)).collect(),
            more_parts: rest.len(),
            places_in_more_parts: rest.iter().map(|bundle| bundle.count).sum(),
        }
    }

    /// Returns what a licensing gap is about, where its path does not tell.
    fn about(&self, group: &Group) -> Option<String> {
        let finding = self.session.finding(*group.members.first()?);
        let gap = self.session.rules().info(finding.rule).class == Class::Licence;
        let value = String::from_utf8_lossy(finding.value.expose());
        let told = gap && value != "." && value != finding.path.to_string();
        let told = told && !self.session.holds_masked_value(&value);
        told.then(|| self.guard.holder(&value))
    }

    fn history(&self, group: &Group) -> Option<GroupHistory> {
        let past = || past::of_group(self.session, &group.members, group.in_tree, self.guard);
        self.with_history.then(past)
    }

    /// Returns the places of a group by decision: undecided ones first, then the disputed ones,
    /// then in the order of time.
    fn bundles(&self, group: &Group) -> Vec<Bundle<'a>> {
        let mut by_shared: HashMap<Shared<'a>, Vec<FindingIdx>> = HashMap::new();
        for idx in &group.members {
            by_shared.entry(self.shared(*idx)).or_default().push(*idx);
        }
        let each = (LISTED / by_shared.len().max(1)).max(1);
        let mut bundles: Vec<Bundle<'a>> = by_shared
            .into_iter()
            .map(|(shared, mut places)| {
                let count = places.len();
                self.keep_first(&mut places, each);
                Bundle { shared, count, first: places }
            })
            .collect();
        bundles.sort_by(|a, b| {
            let rank = |Bundle { shared, .. }: &Bundle| {
                let at = shared.given.as_ref().map(Given::at);
                (at.is_some(), shared.others.is_empty(), at)
            };
            let first = |bundle: &Bundle| bundle.first.first().map(|i| self.session.finding(*i));
            rank(a).cmp(&rank(b)).then_with(|| match (first(a), first(b)) {
                (Some(a), Some(b)) => by_place(a, b),
                _ => Ordering::Equal,
            })
        });
        bundles
    }

    fn shared(&self, idx: FindingIdx) -> Shared<'a> {
        let standing = self.session.standing(idx);
        let vote = standing.vote.and_then(|i| self.session.vote(i));
        let others = match vote {
            Some(vote) if standing.disputed => self.last.differing(vote),
            _ => Vec::new(),
        };
        Shared { given: vote.and_then(Given::of), others, reopened: standing.reopened }
    }

    /// Leaves the first `many` places in their order, without sorting all the others.
    fn keep_first(&self, places: &mut Vec<FindingIdx>, many: usize) {
        let by = |a: &FindingIdx, b: &FindingIdx| {
            by_place(self.session.finding(*a), self.session.finding(*b))
        };
        if places.len() > many {
            places.select_nth_unstable_by(many, by);
            places.truncate(many);
        }
        places.sort_by(by);
    }

    fn part(&self, bundle: Bundle<'a>) -> Part {
        let Bundle { shared, count, first } = bundle;
        let others = shared.others.into_iter();
        Part {
            decision: shared.given.map(|given| given.entry(self.guard)),
            others: others
                .map(|(by, verdict)| Word { by: self.guard.reviewer(by), verdict: verdict.word() })
                .collect(),
            reopened: shared.reopened,
            places: count,
            first: first.into_iter().map(|i| self.place(self.session.finding(i))).collect(),
        }
    }

    pub(super) fn place(&self, finding: &Finding) -> String {
        let path = self.guard.path(&finding.path);
        let line = finding.line().unwrap_or(1);
        match (&finding.layer, &finding.place) {
            (Layer::Name(name), _) if finding.path == Metadata::Config.path() => {
                format!("setting {}", self.guard.name(name))
            }
            (Layer::Name(name), _)
                if [Metadata::Paths, Metadata::PastPaths]
                    .map(Metadata::path)
                    .contains(&finding.path) =>
            {
                format!("name of {}", self.guard.path(&RepoPath::new(name.as_bytes())))
            }
            (Layer::Name(name), _) => format!("ref {}", self.guard.name(name)),
            (Layer::Object(_), _) if finding.path == Metadata::Identities.path() => {
                "author or committer".into()
            }
            (Layer::Object(_), _) => format!("message, line {line}"),
            (Layer::Past(_), Place::Span(_)) => format!("{path}:{line} (history)"),
            (Layer::Past(_), _) => format!("{path} (history)"),
            (Layer::Tree, Place::Repository) => "the repository".into(),
            (Layer::Tree, Place::File) if finding.line().is_none() => path,
            (Layer::Tree, _) => format!("{path}:{line}"),
        }
    }
}

pub(super) fn by_place(a: &Finding, b: &Finding) -> Ordering {
    (rank(a), &a.path, &a.place, &a.layer).cmp(&(rank(b), &b.path, &b.place, &b.layer))
}

/// The reviewed commit comes first, then its history, then what stands in no file.
fn rank(finding: &Finding) -> u8 {
    match finding.layer {
        Layer::Tree => 0,
        Layer::Past(_) => 1,
        Layer::Object(_) | Layer::Name(_) => 2,
    }
}

pub(super) fn state_word(state: GroupState) -> &'static str {
    match state {
        GroupState::Open => "open",
        GroupState::Deferred | GroupState::Decided(Verdict::Defer) => "deferred",
        GroupState::NeedsSecond => "needs a second voter",
        GroupState::Decided(Verdict::Approve) => "approved",
        GroupState::Decided(Verdict::Correct) => "corrected",
        GroupState::Decided(Verdict::Fix) => "to be fixed",
        GroupState::Decided(Verdict::Redact) => "redacted",
        GroupState::Decided(Verdict::Exclude) => "excluded",
    }
}
