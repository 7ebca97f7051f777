// SPDX-License-Identifier: MIT OR Apache-2.0
//! The rows of the list: built when something changed, never while drawing.

use std::{cmp::Reverse, collections::BTreeMap, collections::HashSet};

use serde::{Deserialize, Serialize};

use super::filter::{Filter, Matcher};
use crate::{
    domain::{Finding, Layer, Place, RepoPath, RuleIdx, Severity, Verdict},
    review::{FindingIdx, Group, GroupIdx, GroupState, Session},
};

/// What a row stands for. It names the same thing for as long as the review is open, so the
/// cursor, marks and folds are kept by it and not by a line number.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Anchor {
    /// A group: same rule, same value.
    Group(GroupIdx),
    /// One place.
    Place(FindingIdx),
    /// All groups of a rule.
    Rule(RuleIdx),
    /// All places below a directory.
    Directory(RepoPath),
    /// All places in a file.
    File(RepoPath),
    /// The head of the files that could not be judged.
    NotScannedHead,
    /// One of them.
    NotScanned(usize),
}

/// How the list is arranged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Grouping {
    #[default]
    Value,
    Rule,
    Directory,
    File,
}

impl Grouping {
    pub(crate) const ALL: [Self; 4] = [Self::Value, Self::Rule, Self::Directory, Self::File];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Rule => "rule",
            Self::Directory => "directory",
            Self::File => "file",
        }
    }
}

/// A row of the list.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) anchor: Anchor,
    pub(crate) depth: u8,
    /// The places of a head row that the filter lets through, or those of a group, by path and
    /// place; empty for other rows.
    pub(crate) members: Vec<FindingIdx>,
    pub(crate) severity: Severity,
    pub(crate) settled: usize,
    pub(crate) undecided: usize,
    pub(crate) files: usize,
}

impl Row {
    fn leaf(anchor: Anchor, depth: u8, severity: Severity) -> Self {
        let (members, settled, undecided, files) = (Vec::new(), 0, 0, 1);
        Self { anchor, depth, members, severity, settled, undecided, files }
    }

    fn group(session: &Session, group: GroupIdx, depth: u8) -> Self {
        let of = session.group(group);
        let mut row = Self::leaf(Anchor::Group(group), depth, of.severity);
        row.members.clone_from(&of.members);
        // Scans find in any order; a reviewer wants the same one every time.
        row.members.sort_by_key(|idx| standing_place(session, *idx));
        row
    }

    pub(crate) fn is_head(&self) -> bool {
        !matches!(self.anchor, Anchor::Group(_) | Anchor::Place(_) | Anchor::NotScanned(_))
    }

    /// Counts anew how a head row stands.
    pub(crate) fn recount(&mut self, session: &Session) {
        if self.members.is_empty() {
            return;
        }
        let verdict = |idx: &FindingIdx| session.standing(*idx).verdict;
        self.settled =
            self.members.iter().filter(|i| verdict(i).is_some_and(Verdict::settles)).count();
        self.undecided = self.members.iter().filter(|i| verdict(i).is_none()).count();
    }

    /// Returns whether something in this row has no verdict.
    pub(crate) fn is_open(&self, session: &Session) -> bool {
        match &self.anchor {
            Anchor::Group(group) => session.group(*group).state() == GroupState::Open,
            Anchor::Place(idx) => session.standing(*idx).verdict.is_none(),
            Anchor::NotScanned(i) => session
                .not_scanned()
                .get(*i)
                .is_some_and(|f| f.why.blocks() && session.file_verdict(&f.path).is_none()),
            Anchor::NotScannedHead => false,
            _ => self.undecided > 0,
        }
    }

    /// Returns whether something in this row waits for the reviewer in a view with this filter.
    pub(crate) fn waits(&self, session: &Session, filter: &Filter) -> bool {
        if !filter.samples() {
            return self.is_open(session);
        }
        match &self.anchor {
            Anchor::Group(group) => session.group(*group).draws().0 > 0,
            _ => self.places(session).iter().any(|idx| filter.waits(session.standing(*idx))),
        }
    }

    /// Returns the places that the row covers.
    pub(crate) fn places<'a>(&'a self, session: &'a Session) -> &'a [FindingIdx] {
        match &self.anchor {
            Anchor::Group(group) if self.members.is_empty() => &session.group(*group).members,
            Anchor::Place(idx) => std::slice::from_ref(idx),
            _ => &self.members,
        }
    }
}

/// Rows, and how many groups or places the filter leaves out.
pub(crate) struct Rows {
    pub(crate) rows: Vec<Row>,
    pub(crate) hidden: usize,
}

/// Builds the rows.
pub(crate) fn build(
    session: &Session,
    matcher: &Matcher<'_>,
    grouping: Grouping,
    folded: &HashSet<Anchor>,
) -> Rows {
    let mut out = match grouping {
        Grouping::Value => by_value(session, matcher),
        Grouping::Rule => by_rule(session, matcher, folded),
        Grouping::Directory => {
            let head = |f: &Finding| Anchor::Directory(f.path.parent());
            by_place(session, matcher, folded, head)
        }
        Grouping::File => by_place(session, matcher, folded, |f| Anchor::File(f.path.clone())),
    };
    not_scanned(session, matcher, folded, &mut out.rows);
    out
}

/// What places are put in order by: what the reviewed commit has comes first in a file.
pub(crate) fn standing_place(
    session: &Session,
    idx: FindingIdx,
) -> (&RepoPath, &Layer, &Place, &str) {
    let finding = session.finding(idx);
    let id = &session.rules().info(finding.rule).id;
    (&finding.path, &finding.layer, &finding.place, id)
}

type Rank = (u8, Reverse<Severity>, Reverse<usize>);

/// What needs somebody comes first: re-opened, then open, by severity, then by places.
fn rank(session: &Session, group: &Group) -> Rank {
    let state = match group.state() {
        GroupState::Open => {
            let again = group.members.iter().any(|i| session.standing(*i).reopened);
            u8::from(!again)
        }
        GroupState::Deferred => 2,
        GroupState::Decided(_) => 3,
    };
    (state, Reverse(group.severity), Reverse(group.members.len()))
}

/// Returns the groups that the filter lets through in the order of the list, and how many it does
/// not. The order depends on what was found only, not on when.
fn matching(session: &Session, matcher: &Matcher<'_>) -> (Vec<(RuleIdx, GroupIdx)>, usize) {
    let mut all = 0;
    let groups = session.groups().inspect(|_| all += 1).filter(|(_, group)| matcher.group(group));
    let mut kept: Vec<_> = groups
        .map(|(idx, group)| {
            let first = group.members.iter().map(|i| standing_place(session, *i)).min();
            let id = &*session.rules().info(group.rule).id;
            (rank(session, group), id, first, &group.value, group.rule, idx)
        })
        .collect();
    kept.sort_unstable();
    let hidden = all - kept.len();
    (kept.into_iter().map(|(.., rule, idx)| (rule, idx)).collect(), hidden)
}

fn by_value(session: &Session, matcher: &Matcher<'_>) -> Rows {
    let (groups, hidden) = matching(session, matcher);
    let row = |(_, idx)| Row::group(session, idx, 0);
    Rows { rows: groups.into_iter().map(row).collect(), hidden }
}

fn by_rule(session: &Session, matcher: &Matcher<'_>, folded: &HashSet<Anchor>) -> Rows {
    let (groups, hidden) = matching(session, matcher);
    let mut heads: Vec<(RuleIdx, Vec<GroupIdx>)> = Vec::new();
    let mut at: BTreeMap<RuleIdx, usize> = BTreeMap::new();
    for (rule, idx) in groups {
        let i = *at.entry(rule).or_insert_with(|| {
            heads.push((rule, Vec::new()));
            heads.len() - 1
        });
        heads[i].1.push(idx);
    }
    let mut rows = Vec::new();
    for (rule, groups) in heads {
        let members = groups.iter().flat_map(|g| session.group(*g).members.iter().copied());
        let head = head(session, Anchor::Rule(rule), members.collect());
        let shut = folded.contains(&head.anchor);
        rows.push(head);
        if !shut {
            let leaf = |g| Row::group(session, g, 1);
            rows.extend(groups.into_iter().map(leaf));
        }
    }
    Rows { rows, hidden }
}

fn by_place(
    session: &Session,
    matcher: &Matcher<'_>,
    folded: &HashSet<Anchor>,
    head_of: impl Fn(&Finding) -> Anchor,
) -> Rows {
    let mut heads: BTreeMap<Anchor, Vec<FindingIdx>> = BTreeMap::new();
    let mut hidden = 0;
    for (idx, finding) in session.findings() {
        if matcher.place(idx, finding) {
            heads.entry(head_of(finding)).or_default().push(idx);
        } else {
            hidden += 1;
        }
    }
    let mut heads: Vec<Row> =
        heads.into_iter().map(|(anchor, members)| head(session, anchor, members)).collect();
    heads.sort_by_key(|row| (row.undecided == 0, Reverse(row.severity)));
    let mut rows = Vec::new();
    for mut head in heads {
        head.members.sort_by_key(|idx| standing_place(session, *idx));
        let shut = folded.contains(&head.anchor);
        let leaf =
            |idx: &FindingIdx| Row::leaf(Anchor::Place(*idx), 1, session.finding(*idx).severity);
        let leaves: Vec<Row> =
            if shut { Vec::new() } else { head.members.iter().map(leaf).collect() };
        rows.push(head);
        rows.extend(leaves);
    }
    Rows { rows, hidden }
}

/// A head row; its severity is the worst of what is still open, or of everything.
fn head(session: &Session, anchor: Anchor, members: Vec<FindingIdx>) -> Row {
    let open = |idx: &&FindingIdx| session.standing(**idx).verdict.is_none();
    let severity = |idx: &FindingIdx| session.finding(*idx).severity;
    let worst = members.iter().filter(open).map(severity).max();
    let worst = worst.or_else(|| members.iter().map(severity).max());
    let files: HashSet<&RepoPath> = members.iter().map(|i| &session.finding(*i).path).collect();
    let files = files.len();
    let mut row = Row::leaf(anchor, 0, worst.unwrap_or(Severity::Info));
    row.files = files;
    row.members = members;
    row.recount(session);
    row
}

fn not_scanned(
    session: &Session,
    matcher: &Matcher<'_>,
    folded: &HashSet<Anchor>,
    rows: &mut Vec<Row>,
) {
    let files = session.not_scanned().iter().enumerate();
    let mut shown: Vec<(bool, &RepoPath, usize)> = files
        .filter(|(_, file)| matcher.file(&file.path))
        .map(|(i, file)| (!file.why.blocks(), &file.path, i))
        .collect();
    if shown.is_empty() {
        return;
    }
    shown.sort();
    let mut head = Row::leaf(Anchor::NotScannedHead, 0, Severity::Info);
    head.files = shown.len();
    rows.push(head);
    if !folded.contains(&Anchor::NotScannedHead) {
        let leaf = |(_, _, i)| Row::leaf(Anchor::NotScanned(i), 1, Severity::Info);
        rows.extend(shown.into_iter().map(leaf));
    }
}
