// SPDX-License-Identifier: MIT OR Apache-2.0
//! Hosts, tickets, accounts and people in the names of files and directories.
//!
//! An inventory has a file for each host, so a folder in which three names are those of hosts is
//! asked about as a whole. What is told of one folder has no span: it is approved, or left out.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    ops::Range,
};

use aho_corasick::AhoCorasick;

use super::{
    folder::{self, Kind},
    remarks,
};
use crate::{
    domain::{
        Finding, Identity, Layer, LineIndex, Metadata, PathClass, Place, RepoPath, RuleIdx, Secret,
        Severity, Spans, Vocabulary,
    },
    scan::{Engine, PathFacts, Scratch, history::Identify, internal::people_of},
};

/// With so many names of hosts or people in it a folder is one question.
const MANY: usize = 3;

/// The rules that are asked about names, and whether what they find are hosts.
const ASKED: [(&str, bool); 9] = [
    ("internal/org-host", true),
    ("internal/internal-host", true),
    ("internal/private-address", true),
    ("internal/public-address", true),
    ("internal/consul-service", true),
    ("internal/org-email", false),
    ("internal/ticket", false),
    ("internal/code-name", false),
    ("internal/aws-account", false),
];

/// Looks at names one after the other.
pub(super) struct Inside<'a> {
    engine: &'a Engine,
    identify: &'a Identify<'a>,
    place: Metadata,
    facts: PathFacts,
    asked: Vec<(RuleIdx, bool)>,
    keywords: Option<AhoCorasick>,
    people: HashSet<String>,
    folders: BTreeMap<RepoPath, Folder>,
    found: Vec<(Finding, Identity)>,
}

/// What is known of a folder.
#[derive(Default)]
struct Folder {
    names: usize,
    hosts: BTreeSet<Vec<u8>>,
    people: usize,
    /// Hosts that were found by themselves: they go up in the folder if there are enough.
    found: Vec<(Finding, Identity)>,
}

impl<'a> Inside<'a> {
    pub(super) fn new(
        engine: &'a Engine,
        identify: &'a Identify<'a>,
        words: &Vocabulary,
        place: Metadata,
    ) -> Self {
        let rules = engine.rules();
        let asked = ASKED.iter().filter_map(|(id, host)| Some((rules.find(id)?, *host)));
        let asked: Vec<(RuleIdx, bool)> = asked.collect();
        let keywords = engine.keywords_of(|rule| asked.iter().any(|(idx, _)| *idx == rule));
        Self {
            engine,
            identify,
            place,
            facts: engine.facts(&place.path()),
            asked,
            keywords: AhoCorasick::builder().ascii_case_insensitive(true).build(keywords).ok(),
            people: people_of(words).into_iter().collect(),
            folders: BTreeMap::new(),
            found: Vec::new(),
        }
    }

    /// Looks at the last part of `path`.
    pub(super) fn look(&mut self, path: &RepoPath, scratch: &mut Scratch) {
        // What can't be written as it is can't be found again.
        if str::from_utf8(path.as_bytes()).is_err() {
            return;
        }
        let name = path.file_name();
        let stem = &name[..folder::stem(name)];
        let dir = path.parent();
        if let Some(kind) = folder::kind(&dir) {
            self.in_folder(&dir, kind, stem);
        }
        let worth = self.keywords.as_ref().is_none_or(|all| all.is_match(stem));
        if worth || is_number(stem) {
            self.search(path, &dir, stem.len(), scratch);
        }
    }

    fn in_folder(&mut self, dir: &RepoPath, kind: Kind, stem: &[u8]) {
        let known = self.folders.entry(dir.clone()).or_default();
        known.names += 1;
        let is_host = match kind {
            Kind::Hosts => !folder::is_stock(stem),
            Kind::MaybeHosts => folder::is_hostlike(stem),
            Kind::People => false,
        };
        if is_host {
            known.hosts.insert(stem.to_vec());
        }
        if kind == Kind::People {
            let stem = String::from_utf8_lossy(stem).to_lowercase();
            known.people += usize::from(self.people.contains(&stem));
        }
    }

    /// Runs the rules over a path up to the end of its stem. A slash says nothing here, while in
    /// a text it makes the path of a file of what stands around it.
    fn search(&mut self, path: &RepoPath, dir: &RepoPath, stem: usize, scratch: &mut Scratch) {
        let bytes = path.as_bytes();
        let from = bytes.len() - path.file_name().len();
        let text: Vec<u8> = bytes[..from + stem]
            .iter()
            .map(|b| if matches!(b, b'/' | b'\n') { b' ' } else { *b })
            .collect();
        let lines = self.engine.lines(&self.facts, &text, None, scratch);
        if lines.is_empty() {
            return;
        }
        let class = class_in(dir);
        let mut all = Vec::new();
        self.engine.marks(&text, &lines, |found| {
            let (mark, span) = (found.mark, found.span);
            let asked = self.asked.iter().find(|(rule, _)| *rule == mark.rule);
            let Some((rule, host)) = asked.filter(|_| span.start >= from) else { return };
            let counts = class != PathClass::Vendored || self.engine.rules().get(*rule).vendored;
            let counts = counts && !is_setting(mark.value.expose());
            if counts && mark.value.expose() == &bytes[span.clone()] {
                let plain = matches!(class, PathClass::Normal | PathClass::Docs);
                let severity = if plain { mark.severity } else { mark.severity.lowered() };
                let place = Place::Span(span_of(bytes, span));
                let values = (mark.value.clone(), mark.context.clone());
                let notes = mark.notes.clone();
                let found = self.finding(*rule, severity, path, place, values, notes);
                all.push((found, *host));
            }
        });
        for (found, host) in all {
            if host {
                let known = self.folders.entry(dir.clone()).or_default();
                known.hosts.insert(text[from..].to_vec());
                known.found.push(found);
            } else {
                self.found.push(found);
            }
        }
    }

    fn finding(
        &self,
        rule: RuleIdx,
        severity: Severity,
        name: &RepoPath,
        place: Place,
        (value, context): (Secret, Secret),
        mut notes: Vec<String>,
    ) -> (Finding, Identity) {
        notes.extend(remarks(self.place));
        let id = (self.identify)(rule, value.expose(), context.expose());
        let finding = Finding {
            rule,
            severity,
            confidence: self.engine.rules().info(rule).confidence,
            path: self.place.path(),
            layer: Layer::Name(String::from_utf8_lossy(name.as_bytes()).into()),
            place,
            value,
            context,
            notes,
        };
        (finding, id)
    }

    /// Returns what was found.
    pub(super) fn finish(mut self) -> Vec<(Finding, Identity)> {
        let mut out = std::mem::take(&mut self.found);
        for (dir, known) in std::mem::take(&mut self.folders) {
            let plain = class_in(&dir) == PathClass::Normal;
            let kind = folder::kind(&dir);
            let hosts = known.hosts.len();
            let by_name = plain
                && match kind {
                    Some(Kind::Hosts) => hosts > 0,
                    Some(Kind::MaybeHosts) => hosts >= MANY && hosts * 2 >= known.names,
                    _ => false,
                };
            let many = known.found.len() >= MANY && !dir.is_root();
            if by_name || many {
                let least = known.found.iter().map(|(finding, _)| finding.severity).max();
                let severity = if many { least } else { None };
                let count = (hosts, known.names);
                out.extend(self.whole("internal/host-names", &dir, count, severity));
            } else {
                out.extend(known.found);
            }
            if plain && known.people >= MANY {
                let count = (known.people, known.names);
                out.extend(self.whole("internal/person-names", &dir, count, None));
            }
        }
        out
    }

    /// One question about a folder, of which `count.0` names tell something, out of `count.1` if
    /// they were counted.
    fn whole(
        &self,
        id: &str,
        dir: &RepoPath,
        count: (usize, usize),
        severity: Option<Severity>,
    ) -> Option<(Finding, Identity)> {
        let rule = self.engine.rules().detected(id)?;
        let most = self.engine.rules().info(rule).severity;
        let severity = severity.map_or(most, |severity| severity.min(most));
        let note = match count {
            (n, 0) => format!("{n} names in it"),
            (n, all) => format!("{n} of {all} names in it"),
        };
        let values = (Secret::new(dir.as_bytes()), Secret::new(b""));
        Some(self.finding(rule, severity, dir, Place::File, values, vec![note]))
    }
}

/// Whether a name is that of a file of settings beside one that is shipped, as `jail2.local` is.
fn is_setting(value: &[u8]) -> bool {
    value.ends_with(b".local") && value.iter().filter(|b| **b == b'.').count() == 1
}

/// Returns how much names in a folder weigh. Their own words say nothing: `db1.test.corp` is no
/// test.
fn class_in(dir: &RepoPath) -> PathClass {
    PathClass::of(&RepoPath::new(&[dir.as_bytes(), b"/x"].concat()))
}

fn span_of(text: &[u8], span: Range<usize>) -> crate::domain::Span {
    let index = LineIndex::new(text);
    Spans::new(&index, text).next(span)
}

/// Whether a name may be the address of a machine or the number of an account.
fn is_number(stem: &[u8]) -> bool {
    let dots = stem
        .windows(3)
        .filter(|three| three[0].is_ascii_digit() && three[1] == b'.' && three[2].is_ascii_digit())
        .count();
    dots >= 3 || stem.split(|b| !b.is_ascii_digit()).any(|run| run.len() == 12)
}
