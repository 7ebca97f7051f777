// SPDX-License-Identifier: MIT OR Apache-2.0
//! What is known about findings and groups before anybody decided anything: learned once for each
//! finding, so that a suggestion costs little however many places there are.

use std::collections::HashMap;

use super::documentation::{Example, domain_of, example};
use crate::{
    domain::{Class, Finding, PathClass, RepoPath, RuleIdx, remark},
    review::{FindingIdx, GroupIdx, Session},
};

/// What speaks for a place, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Signs(u16);

impl Signs {
    /// Under a directory of tests.
    pub(super) const TEST: Self = Self(1);
    /// In code of others that is kept in the tree.
    pub(super) const VENDORED: Self = Self(1 << 1);
    /// The scanner lowered it because of its path, which it never does for what is proved.
    pub(super) const LOWERED: Self = Self(1 << 2);
    /// A sample that its vendor prints.
    pub(super) const SAMPLE: Self = Self(1 << 3);
    /// A default that everybody knows.
    pub(super) const DEFAULT: Self = Self(1 << 4);
    /// A role's address.
    pub(super) const ROLE: Self = Self(1 << 5);
    /// A line that credits somebody.
    pub(super) const CREDIT: Self = Self(1 << 6);
    /// Made to be handed out.
    pub(super) const PUBLIC: Self = Self(1 << 7);
    /// In the URL of a host that is set aside for examples.
    pub(super) const EXAMPLE_HOST: Self = Self(1 << 8);
    const ALL: Self = Self(u16::MAX);

    pub(super) fn has(self, sign: Self) -> bool {
        self.0 & sign.0 == sign.0
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    fn with(self, sign: Self, there: bool) -> Self {
        if there { Self(self.0 | sign.0) } else { self }
    }

    fn of(finding: &Finding) -> Self {
        let mut out = Self::default()
            .with(Self::TEST, test_directory(&finding.path).is_some())
            .with(Self::VENDORED, PathClass::of(&finding.path) == PathClass::Vendored);
        for note in finding.notes.iter().map(String::as_str) {
            out = out
                .with(Self::LOWERED, is_lowered(note))
                .with(Self::SAMPLE, remark::SAMPLES.contains(&note))
                .with(Self::DEFAULT, note == remark::PUBLISHED_DEFAULT)
                .with(Self::DEFAULT, note.starts_with(remark::KNOWN_DEFAULT))
                .with(Self::ROLE, note == remark::ROLE)
                .with(Self::CREDIT, note == remark::CREDIT)
                .with(Self::EXAMPLE_HOST, note == remark::EXAMPLE_HOST)
                .with(Self::PUBLIC, note == remark::PUBLIC);
        }
        out
    }
}

/// What findings can have in common beside their value.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// One rule, and names in one domain.
    Domain(RuleIdx, String),
    /// One rule in one directory.
    Directory(RuleIdx, RepoPath),
    /// One rule.
    Rule(RuleIdx),
}

/// Whether all places of a group are in one directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Home {
    One(u32),
    Many,
}

/// What is known about a group.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    /// The signs that all its places have.
    pub(super) signs: Signs,
    /// Whether any place is proved to hold something real.
    pub(super) proved: bool,
    pub(super) example: Option<Example>,
    domain: Option<u32>,
    home: Home,
    rule: u32,
}

impl Facts {
    /// Returns the numbers of the likenesses that it shares, the closest first.
    pub(super) fn likenesses(&self) -> impl Iterator<Item = u32> {
        let home = match self.home {
            Home::One(directory) => Some(directory),
            Home::Many => None,
        };
        [self.domain, home, Some(self.rule)].into_iter().flatten()
    }
}

/// Everything that was learned.
#[derive(Default)]
pub(super) struct Known {
    signs: Vec<Signs>,
    groups: Vec<Option<Facts>>,
    numbers: HashMap<Likeness, u32>,
    pub(super) likenesses: Vec<Likeness>,
}

impl Known {
    pub(super) fn learn(&mut self, session: &Session, idx: FindingIdx) {
        let finding = session.finding(idx);
        let signs = Signs::of(finding);
        let at = idx.0 as usize;
        self.signs.resize(self.signs.len().max(at + 1), Signs::default());
        self.signs[at] = signs;
        let group = session.group_of(idx).0 as usize;
        if self.groups.len() <= group {
            self.groups.resize(group + 1, None);
        }
        let dir = self.number(Likeness::Directory(finding.rule, finding.path.parent()));
        match self.groups[group].take() {
            None => {
                let facts = self.first(session, finding, dir);
                self.groups[group] = Some(facts);
            }
            Some(mut facts) => {
                facts.signs = facts.signs.and(signs);
                facts.proved |= finding.proved();
                if facts.home != Home::One(dir) {
                    facts.home = Home::Many;
                }
                self.groups[group] = Some(facts);
            }
        }
    }

    fn first(&mut self, session: &Session, finding: &Finding, dir: u32) -> Facts {
        let class = session.rules().info(finding.rule).class;
        let signs = Signs::of(finding);
        let value = finding.value.expose();
        let domain = domain_of(class, value).map(|domain| Likeness::Domain(finding.rule, domain));
        let sample = class == Class::Credential && signs.has(Signs::SAMPLE);
        Facts {
            signs,
            proved: finding.proved(),
            example: if sample { Some(Example::Vendor) } else { example(class, value) },
            domain: domain.map(|domain| self.number(domain)),
            home: Home::One(dir),
            rule: self.number(Likeness::Rule(finding.rule)),
        }
    }

    fn number(&mut self, likeness: Likeness) -> u32 {
        let next = u32::try_from(self.likenesses.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(likeness.clone()).or_insert(next);
        if number == next {
            self.likenesses.push(likeness);
        }
        number
    }

    pub(super) fn of(&self, group: GroupIdx) -> Option<&Facts> {
        self.groups.get(group.0 as usize)?.as_ref()
    }

    /// Returns the signs that all of `places` have.
    pub(super) fn shared(&self, places: impl Iterator<Item = FindingIdx>) -> Signs {
        let of = |idx: FindingIdx| self.signs.get(idx.0 as usize).copied().unwrap_or_default();
        places.map(of).fold(Signs::ALL, Signs::and)
    }
}

/// Returns the directory of tests that holds `path`: up to the part whose name says so.
pub(super) fn test_directory(path: &RepoPath) -> Option<RepoPath> {
    let bytes = path.as_bytes();
    let mut start = 0;
    for (end, _) in bytes.iter().enumerate().filter(|(_, b)| **b == b'/') {
        let name = bytes[start..end].to_ascii_lowercase();
        if matches!(
            &name[..],
            b"test"
                | b"tests"
                | b"testing"
                | b"testdata"
                | b"test-data"
                | b"test_data"
                | b"spec"
                | b"specs"
                | b"fixture"
                | b"fixtures"
                | b"mock"
                | b"mocks"
                | b"__tests__"
                | b"__mocks__"
                | b"__snapshots__"
                | b"__fixtures__"
                | b"cassettes"
                | b"molecule"
        ) {
            return Some(RepoPath::new(&bytes[..end]));
        }
        start = end + 1;
    }
    None
}

/// Where it stands says that it is a test or a sample.
fn is_lowered(note: &str) -> bool {
    note.ends_with(remark::LOWERED) || note == remark::SAMPLE_IN_COMMENT
}

#[cfg(test)]
mod tests {
    use super::test_directory;
    use crate::domain::RepoPath;

    #[test]
    fn directories_of_tests_are_known_by_name() {
        let of =
            |path: &str| test_directory(&RepoPath::new(path.as_bytes())).map(|d| d.to_string());
        assert_eq!(of("roles/db/tests/vars.yml").as_deref(), Some("roles/db/tests"));
        assert_eq!(of("Spec/fixtures/a").as_deref(), Some("Spec"));
        assert_eq!(of("src/testimony/a"), None);
        assert_eq!(of("tests"), None, "a file of that name");
        assert_eq!(of("contest/a"), None);
    }
}
