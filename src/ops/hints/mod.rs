// SPDX-License-Identifier: MIT OR Apache-2.0
//! What a program can say about an item of the release checklist. It never answers one.

mod facts;

use std::collections::BTreeMap;

use globset::{GlobBuilder, GlobMatcher};

pub use facts::TreeFacts;

use crate::{
    domain::{Detector, HistorySummary, Item, NotScanned, RepoPath, RuleIdx},
    review::Session,
};

/// So many rules are told one by one.
const RULES: usize = 5;
/// So many paths go with a hint.
const PATHS: usize = 5;
/// So many domains are named.
const DOMAINS: usize = 6;
/// Folders in which a hosting site looks for files about the project.
const FOLDERS: [&[u8]; 4] = [b"", b".github", b".gitlab", b"docs"];

/// Where a hint leads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Leads {
    /// Nowhere.
    #[default]
    Nowhere,
    /// To the findings that this filter shows.
    Findings(String),
    /// To the files that could not be judged.
    NotJudged,
    /// To the credentials that must be rotated and are not known to be.
    Unrotated,
}

/// Something that helps to answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hint {
    /// In words. Names from the repository may be among them.
    pub text: String,
    /// Where more of it is shown.
    pub leads: Leads,
    /// The first files it is about.
    pub paths: Vec<RepoPath>,
    /// How many files more.
    pub more: usize,
}

impl Hint {
    fn says(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    fn about<'a>(text: String, paths: impl Iterator<Item = &'a RepoPath>) -> Self {
        let mut paths: Vec<RepoPath> = paths.cloned().collect();
        let more = paths.len().saturating_sub(PATHS);
        paths.truncate(PATHS);
        Self { text, paths, more, ..Self::default() }
    }
}

/// What hints are taken from.
#[derive(Clone, Copy)]
pub struct Hinting<'a> {
    /// The review with what was found.
    pub session: &'a Session,
    /// The commit's files and authors, once somebody has looked at them.
    pub facts: Option<&'a TreeFacts>,
    /// What the scan of the history covered, if there was one.
    pub history: Option<&'a HistorySummary>,
}

impl Hinting<'_> {
    /// Returns what can be said about `item`, in the order of its detectors.
    #[must_use]
    pub fn about(&self, item: &Item) -> Vec<Hint> {
        item.hints.iter().flat_map(|detector| self.detect(detector)).collect()
    }

    fn detect(&self, detector: &Detector) -> Vec<Hint> {
        match detector {
            Detector::Rules(glob) => return self.rules(glob),
            Detector::Binaries => return self.binaries(),
            Detector::History => return vec![self.history()],
            Detector::Rotation => return vec![self.rotation()],
            _ => {}
        }
        let Some(facts) = self.facts else {
            return vec![Hint::says("the files are still being looked at")];
        };
        vec![match detector {
            Detector::Cryptography => uses(&facts.cryptography, "imports of cryptography"),
            Detector::Telemetry => uses(&facts.telemetry, "usage data or error reports are sent"),
            Detector::Authors => authors(facts),
            Detector::Files(glob) => files(facts, glob),
            Detector::Present(names) => present(facts, names),
            Detector::Rules(_) | Detector::Binaries | Detector::History | Detector::Rotation => {
                return Vec::new();
            }
        }]
    }

    fn rules(&self, glob: &str) -> Vec<Hint> {
        let Some(glob_matcher) = matcher(glob) else { return Vec::new() };
        let rules = self.session.rules();
        let wanted = rules.iter().filter(|(_, rule)| glob_matcher.is_match(&rule.info.id));
        let mut by_rule: BTreeMap<RuleIdx, (usize, usize)> =
            wanted.map(|(idx, _)| (idx, (0, 0))).collect();
        for (_, group) in self.session.groups() {
            if let Some((all, open)) = by_rule.get_mut(&group.rule) {
                *all += 1;
                *open += usize::from(group.state().unresolved());
            }
        }
        let asked = by_rule.len();
        let mut found: Vec<(RuleIdx, usize, usize)> = by_rule
            .into_iter()
            .filter(|(_, (all, _))| *all > 0)
            .map(|(rule, (all, open))| (rule, all, open))
            .collect();
        if found.is_empty() {
            let rules = many(asked, "rule");
            return vec![Hint::says(format!("nothing found by {rules}: {glob}"))];
        }
        found.sort_by_key(|(_, all, open)| (std::cmp::Reverse(*open), std::cmp::Reverse(*all)));
        let rest = found.iter().skip(RULES);
        let (values, open) = rest.fold((0, 0), |(v, o), (_, all, open)| (v + all, o + open));
        let more = found.len().saturating_sub(RULES);
        let mut out: Vec<Hint> = found
            .into_iter()
            .take(RULES)
            .map(|(rule, all, open)| {
                let info = rules.info(rule);
                let text = format!("{}: {}, {open} open", info.title, many(all, "value"));
                Hint { leads: Leads::Findings(info.id.clone()), ..Hint::says(text) }
            })
            .collect();
        if more > 0 {
            let values = many(values, "value");
            out.push(Hint::says(format!("{} more: {values}, {open} open", many(more, "rule"))));
        }
        out
    }

    fn binaries(&self) -> Vec<Hint> {
        let all = self.session.not_scanned();
        let of = |wanted: fn(&NotScanned) -> bool| {
            all.iter().filter(move |file| wanted(&file.why)).map(|file| &file.path)
        };
        let binary = of(|why| matches!(why, NotScanned::Binary | NotScanned::Kind(_)));
        let large = of(|why| matches!(why, NotScanned::TooLarge(_))).count();
        let n = binary.clone().count();
        let mut text = format!(
            "{} no text",
            if n == 1 { "1 file is".into() } else { format!("{n} files are") }
        );
        if large > 0 {
            text = format!("{text}, {large} too large to be judged");
        }
        let leads = if n + large > 0 { Leads::NotJudged } else { Leads::Nowhere };
        vec![Hint { leads, ..Hint::about(text, binary) }]
    }

    fn rotation(&self) -> Hint {
        let counts = self.session.counts().rotation;
        if counts.asked == 0 {
            return Hint::says("no credential is redacted or left out");
        }
        let asked = many(counts.asked, "redacted credential");
        let text = match counts.waiting() {
            0 => format!("{asked}: all rotated or never live, as people say"),
            n => format!("{asked}: {n} not known to be rotated"),
        };
        let leads = if counts.waiting() > 0 { Leads::Unrotated } else { Leads::Nowhere };
        Hint { leads, ..Hint::says(text) }
    }

    fn history(&self) -> Hint {
        let Some(history) = self.history else {
            return Hint::says(
                "the history was not scanned: H on the dashboard scans it, --history too",
            );
        };
        let mut text = format!(
            "history scanned: {}, {}, {} of files",
            many(history.refs.len(), "ref"),
            many(history.commits, "commit"),
            many(history.blobs, "version"),
        );
        let past = self.session.groups().filter(|(_, group)| !group.in_tree);
        let past = many(past.count(), "value");
        text = format!("{text}; {past} stand in the history only");
        if history.missing + history.unread > 0 {
            let unseen = many(history.missing + history.unread, "object");
            text = format!("{text}; {unseen} could not be read");
        }
        Hint { leads: Leads::Findings("is:history".into()), ..Hint::says(text) }
    }
}

fn uses(files: &[RepoPath], what: &str) -> Hint {
    if files.is_empty() {
        return Hint::says(format!("{what}: no file names a library known for it"));
    }
    Hint::about(format!("{what}: {}", many(files.len(), "file")), files.iter())
}

fn authors(facts: &TreeFacts) -> Hint {
    let outside: usize = facts.outside.iter().map(|(_, n)| n).sum();
    let named = facts.outside.iter().take(DOMAINS).map(|(domain, n)| format!("{domain} {n}"));
    let named: Vec<String> = named.collect();
    let more = facts.outside.len().saturating_sub(DOMAINS);
    let more = if more > 0 { format!(", {more} more") } else { String::new() };
    let list = format!("{}{more}", named.join(", "));
    let people = match facts.people {
        1 => "1 author".to_owned(),
        n => format!("{n} authors"),
    };
    Hint::says(match facts.domains.first() {
        None => format!("{people} in the recent commits, and no domain stands out as ours: {list}"),
        Some(own) if outside == 0 => format!("{people} in the recent commits, all of {own}"),
        Some(own) => {
            format!("{outside} of {people} in the recent commits are not of {own}: {list}")
        }
    })
}

fn files(facts: &TreeFacts, glob: &str) -> Hint {
    let Some(matcher) = matcher(glob) else { return Hint::default() };
    let fits = |path: &&RepoPath| matcher.is_match(&*String::from_utf8_lossy(path.as_bytes()));
    let found: Vec<&RepoPath> = facts.files.iter().filter(fits).collect();
    if found.is_empty() {
        return Hint::says(format!("no file fits {glob}"));
    }
    let verb = if found.len() == 1 { "fits" } else { "fit" };
    let text = format!("{} {verb} {glob}", many(found.len(), "file"));
    Hint::about(text, found.into_iter())
}

fn present(facts: &TreeFacts, names: &[String]) -> Hint {
    let bare = |name: &[u8]| {
        let stem = name.split(|b| *b == b'.').next().unwrap_or_default();
        String::from_utf8_lossy(stem).to_uppercase().replace('-', "_")
    };
    let here = facts.files.iter().filter(|path| FOLDERS.contains(&path.parent().as_bytes()));
    let here: Vec<(String, &RepoPath)> = here.map(|path| (bare(path.file_name()), path)).collect();
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    for name in names {
        let mut wanted = name.split('|').map(|name| bare(name.as_bytes()));
        let path = wanted.find_map(|name| here.iter().find(|(known, _)| *known == name));
        match path {
            Some((_, path)) => found.push(*path),
            None => missing.push(name.replace('|', " or ")),
        }
    }
    let text = match (found.len(), missing.len()) {
        (0, _) => format!("not there: {}", missing.join(", ")),
        (n, 0) => format!("{n} of {n} there"),
        (n, m) => format!("{n} of {} there, not there: {}", n + m, missing.join(", ")),
    };
    Hint::about(text, found.into_iter())
}

/// Patterns were checked when the list was read.
fn matcher(glob: &str) -> Option<GlobMatcher> {
    let glob = GlobBuilder::new(glob).literal_separator(true).build().ok()?;
    Some(glob.compile_matcher())
}

fn many(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}
