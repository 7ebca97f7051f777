// SPDX-License-Identifier: MIT OR Apache-2.0
//! The rows of the list: built when something changed, never while drawing.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use super::{
    filter::{Filter, Matcher},
    index::Index,
};
use crate::{
    domain::{Confidence, Module, NotScanned, RepoPath, RuleIdx, Severity, Verdict},
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
    /// All places in a module and in no module within it; none for those outside of modules.
    Module(Option<RepoPath>),
    /// All places that an author brought in; none where the history was not scanned.
    Author(Option<Arc<str>>),
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
    Module,
    Author,
}

impl Grouping {
    pub(crate) const ALL: [Self; 6] =
        [Self::Value, Self::Rule, Self::Directory, Self::File, Self::Module, Self::Author];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Rule => "rule",
            Self::Directory => "directory",
            Self::File => "file",
            Self::Module => "module",
            Self::Author => "author",
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
    pub(crate) fn leaf(anchor: Anchor, depth: u8, severity: Severity) -> Self {
        let (members, settled, undecided, files) = (Vec::new(), 0, 0, 1);
        Self { anchor, depth, members, severity, settled, undecided, files }
    }

    fn group(from: &Source<'_>, group: GroupIdx, depth: u8) -> Self {
        let of = from.session.group(group);
        let mut row = Self::leaf(Anchor::Group(group), depth, of.severity);
        row.members.clone_from(&of.members);
        row.members.sort_unstable_by_key(|idx| from.index.rank(*idx));
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
        self.settled = self.members.iter().filter(|i| session.standing(**i).settled()).count();
        let open = self.members.iter().filter(|i| session.open_for_reviewer(**i));
        self.undecided = open.clone().count();
        if self.is_head() {
            let worst = open.map(|i| session.finding(*i).severity).max();
            self.severity = worst.unwrap_or(self.severity);
        }
    }

    /// Returns whether something in this row has no verdict.
    pub(crate) fn is_open(&self, session: &Session) -> bool {
        match &self.anchor {
            Anchor::Group(group) => {
                let group = session.group(*group);
                match group.state() {
                    GroupState::Open => true,
                    GroupState::NeedsSecond => {
                        group.members.iter().any(|idx| session.open_for_reviewer(*idx))
                    }
                    _ => false,
                }
            }
            Anchor::Place(idx) => session.open_for_reviewer(*idx),
            Anchor::NotScanned(i) => session.not_scanned().get(*i).is_some_and(|f| {
                let verdict = session.file_verdict(&f.path);
                let stands = |v: Verdict| v.settles() && !f.why.is_settled_by(v);
                f.why.blocks() && verdict.is_none_or(stands)
            }),
            Anchor::NotScannedHead => false,
            _ => self.undecided > 0,
        }
    }

    /// Returns whether something in this row waits for the reviewer in a view with this filter.
    pub(crate) fn waits(&self, session: &Session, filter: &Filter) -> bool {
        if !filter.looks() {
            return self.is_open(session);
        }
        match &self.anchor {
            Anchor::Group(group) if filter.unrotated() => session.group(*group).turns().0 > 0,
            Anchor::Group(group) => session.group(*group).draws().0 > 0,
            _ => self.places(session).iter().any(|idx| filter.waits(session, *idx)),
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

/// What rows are built from.
pub(crate) struct Source<'a> {
    pub(crate) session: &'a Session,
    pub(crate) index: &'a Index,
    pub(crate) matcher: &'a Matcher<'a>,
    pub(crate) modules: &'a [Module],
    pub(crate) folded: &'a HashSet<Anchor>,
}

/// Builds the rows.
pub(crate) fn build(from: &Source<'_>, grouping: Grouping) -> Rows {
    let path = |idx: FindingIdx| &from.session.finding(idx).path;
    let mut out = match grouping {
        Grouping::Value => by_value(from),
        Grouping::Rule => by_rule(from),
        Grouping::Directory => by_file(from, |path| Anchor::Directory(path.parent())),
        Grouping::File => by_place(from, |idx| Anchor::File(path(idx).clone())),
        Grouping::Module => {
            let modules: HashSet<&RepoPath> = from.modules.iter().map(|m| &m.path).collect();
            by_file(from, |path| Anchor::Module(innermost(path, &modules)))
        }
        Grouping::Author => by_place(from, |idx| Anchor::Author(author(from.session, idx))),
    };
    not_scanned(from.session, from.matcher, from.folded, &mut out.rows);
    out
}

/// Returns the innermost of `modules` that holds the file at `path`.
fn innermost(path: &RepoPath, modules: &HashSet<&RepoPath>) -> Option<RepoPath> {
    let mut dir = path.parent();
    loop {
        if modules.contains(&dir) {
            return Some(dir);
        }
        if dir.is_root() {
            return None;
        }
        dir = dir.parent();
    }
}

/// Returns who brought a place in, if the history was scanned.
fn author(session: &Session, idx: FindingIdx) -> Option<Arc<str>> {
    let first = session.sighting(idx)?.first.as_ref()?;
    Some(first.author.as_str().into())
}

type Rank = (u8, Reverse<(Severity, Confidence)>, Reverse<usize>);

/// What needs somebody comes first: re-opened, then open, by severity, then the surest,
/// then by places.
fn rank(session: &Session, group: &Group) -> Rank {
    let state = match group.state() {
        GroupState::Open => {
            let again = group.members.iter().any(|i| session.standing(*i).reopened);
            u8::from(!again)
        }
        GroupState::Deferred => 2,
        // The second person it waits for may be the one who is here.
        GroupState::NeedsSecond
            if group.members.iter().any(|idx| session.open_for_reviewer(*idx)) =>
        {
            1
        }
        GroupState::NeedsSecond => 3,
        GroupState::Decided(_) => 4,
    };
    (state, Reverse((group.severity, group.confidence)), Reverse(group.members.len()))
}

/// Returns the groups that the filter lets through in the order of the list, and how many it does
/// not. The order depends on what was found only, not on when.
fn matching(from: &Source<'_>) -> (Vec<(RuleIdx, GroupIdx)>, usize) {
    let (session, index) = (from.session, from.index);
    let mut all = 0;
    let groups = session.groups().inspect(|_| all += 1);
    let mut kept: Vec<_> = groups
        .filter(|(_, group)| from.matcher.group(group))
        .map(|(idx, group)| {
            let first = group.members.iter().map(|i| index.rank(*i)).min();
            (rank(session, group), index.rule(group.rule), first, group.rule, idx)
        })
        .collect();
    kept.sort_unstable();
    let hidden = all - kept.len();
    (kept.into_iter().map(|(.., rule, idx)| (rule, idx)).collect(), hidden)
}

fn by_value(from: &Source<'_>) -> Rows {
    let (groups, hidden) = matching(from);
    let row = |(_, idx)| Row::group(from, idx, 0);
    Rows { rows: groups.into_iter().map(row).collect(), hidden }
}

fn by_rule(from: &Source<'_>) -> Rows {
    let (groups, hidden) = matching(from);
    let mut heads: Vec<(RuleIdx, Vec<GroupIdx>)> = Vec::new();
    let mut at: HashMap<RuleIdx, usize> = HashMap::new();
    for (rule, idx) in groups {
        let i = *at.entry(rule).or_insert_with(|| {
            heads.push((rule, Vec::new()));
            heads.len() - 1
        });
        heads[i].1.push(idx);
    }
    let mut rows = Vec::new();
    for (rule, groups) in heads {
        let members = groups.iter().flat_map(|g| from.session.group(*g).members.iter().copied());
        let head = head(from, Anchor::Rule(rule), members.collect());
        let shut = from.folded.contains(&head.anchor);
        rows.push(head);
        if !shut {
            rows.extend(groups.into_iter().map(|g| Row::group(from, g, 1)));
        }
    }
    Rows { rows, hidden }
}

/// Groups places under a head that depends on their file only: it is asked once a file.
fn by_file(from: &Source<'_>, head_of: impl Fn(&RepoPath) -> Anchor) -> Rows {
    let mut known: Vec<Option<Anchor>> = vec![None; from.index.files()];
    let heads = from.index.order().iter().map(|idx| {
        let slot = &mut known[from.index.file(*idx)];
        slot.get_or_insert_with(|| head_of(&from.session.finding(*idx).path)).clone()
    });
    let heads: Vec<Anchor> = heads.collect();
    under_heads(from, heads)
}

fn by_place(from: &Source<'_>, head_of: impl Fn(FindingIdx) -> Anchor) -> Rows {
    under_heads(from, from.index.order().iter().map(|idx| head_of(*idx)).collect())
}

/// Puts the places, in their order, under `heads`: one for each finding of the index.
fn under_heads(from: &Source<'_>, heads: Vec<Anchor>) -> Rows {
    let mut groups: Vec<(Anchor, Vec<FindingIdx>)> = Vec::new();
    let mut at: HashMap<Anchor, usize> = HashMap::new();
    let mut hidden = 0;
    for (idx, anchor) in from.index.order().iter().copied().zip(heads) {
        if !from.matcher.place(idx, from.session.finding(idx)) {
            hidden += 1;
            continue;
        }
        let i = *at.entry(anchor).or_insert_with_key(|anchor| {
            groups.push((anchor.clone(), Vec::new()));
            groups.len() - 1
        });
        groups[i].1.push(idx);
    }
    groups.sort_by(|a, b| a.0.cmp(&b.0));
    let mut heads: Vec<Row> =
        groups.into_iter().map(|(anchor, members)| head(from, anchor, members)).collect();
    heads.sort_by_key(|row| (row.undecided == 0, Reverse(row.severity)));
    let mut rows = Vec::new();
    for head in heads {
        let shut = from.folded.contains(&head.anchor);
        let leaf = |idx: &FindingIdx| {
            Row::leaf(Anchor::Place(*idx), 1, from.session.finding(*idx).severity)
        };
        let leaves: Vec<Row> =
            if shut { Vec::new() } else { head.members.iter().map(leaf).collect() };
        rows.push(head);
        rows.extend(leaves);
    }
    Rows { rows, hidden }
}

/// A head row; its severity is the worst of what is still open, or of everything.
fn head(from: &Source<'_>, anchor: Anchor, members: Vec<FindingIdx>) -> Row {
    let session = from.session;
    let open = |idx: &&FindingIdx| session.standing(**idx).verdict.is_none();
    let severity = |idx: &FindingIdx| session.finding(*idx).severity;
    let worst = members.iter().filter(open).map(severity).max();
    let worst = worst.or_else(|| members.iter().map(severity).max());
    let mut files: Vec<usize> = members.iter().map(|idx| from.index.file(*idx)).collect();
    files.sort_unstable();
    files.dedup();
    let mut row = Row::leaf(anchor, 0, worst.unwrap_or(Severity::Info));
    row.files = files.len();
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
    let rank = |why: &NotScanned| match why {
        NotScanned::OutOfScope => 2,
        why => u8::from(!why.blocks()),
    };
    let mut shown: Vec<(u8, &RepoPath, usize)> = files
        .filter(|(_, file)| matcher.file(&file.path))
        .map(|(i, file)| (rank(&file.why), &file.path, i))
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
