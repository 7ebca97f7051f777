// SPDX-License-Identifier: MIT OR Apache-2.0
//! The licence of the whole as it was at earlier times.

use std::collections::BTreeMap;

use super::{Family, is_licence_name, observe};
use crate::{
    domain::{Finding, Layer, Place, RepoPath, Secret, Severity},
    rules::RuleSet,
    scan::{PathFacts, View},
};

/// So many changes are told; a repository that changes its licence more often is a test of that.
const MAX_CHANGES: usize = 20;
/// So many domains are told by name.
const MAX_DOMAINS: usize = 12;
/// How many of the changes are named, the newest.
const SHOWN: usize = 3;
/// Mail hosts that everybody can have an address at; they tell of no owner.
const ANYBODY: [&str; 3] = ["users.noreply.github.com", "noreply.github.com", ""];

/// One version of a licence text at the top, in the order of commits.
pub struct RootText {
    /// Its path.
    pub path: RepoPath,
    /// The number of the first commit that has it.
    pub first: u32,
    /// The number of the last commit that has it.
    pub last: u32,
    /// The first commit and its day, as the reviewer is to read it.
    pub commit: String,
    /// The licences whose texts it holds.
    pub licences: Vec<Family>,
}

/// A change of the licence of the whole.
pub struct Relicensed {
    /// The number of the commit that brought the new text.
    pub at: u32,
    from: String,
    to: String,
    commit: String,
    path: RepoPath,
}

/// Returns whether a text at `path` is the licence of the whole.
#[must_use]
pub fn is_root_text(path: &RepoPath) -> bool {
    path.parent().is_root() && is_licence_name(path)
}

/// Returns the licences whose texts stand in the file.
#[must_use]
pub fn root_licences(path: &RepoPath, text: &[u8]) -> Vec<Family> {
    let seen = observe(path, &View::new(&PathFacts::of(path), text));
    seen.and_then(|seen| seen.text).map(|text| text.identified.licences).unwrap_or_default()
}

/// Returns where the licence of the whole became another one.
#[must_use]
pub fn relicensed(mut texts: Vec<RootText>) -> Vec<Relicensed> {
    texts.retain(|text| !text.licences.is_empty());
    texts.sort_by(|a, b| (a.first, &a.path).cmp(&(b.first, &b.path)));
    let mut out = Vec::new();
    for (no, new) in texts.iter().enumerate() {
        // The version of the same file before, or what went as this came.
        let before = &texts[..no];
        let same = before.iter().rev().find(|old| old.path == new.path);
        let standing = before.iter().any(|old| old.path != new.path && old.last >= new.first);
        let gone = before.iter().rev().find(|old| old.last <= new.first);
        let Some(old) = same.or(gone.filter(|_| !standing)) else { continue };
        let kept = old.licences.iter().any(|one| new.licences.iter().any(|two| one.fits(two)));
        if !kept && out.len() < MAX_CHANGES {
            out.push(Relicensed {
                at: new.first,
                from: names(&old.licences),
                to: names(&new.licences),
                commit: new.commit.clone(),
                path: new.path.clone(),
            });
        }
    }
    out
}

fn names(families: &[Family]) -> String {
    let names: Vec<&str> = families.iter().map(Family::as_str).collect();
    names.join(", ")
}

/// Tells of the changes, and of the domains of authors who wrote before the last of them.
#[must_use]
pub fn tell_relicensed(
    rules: &RuleSet,
    changes: &[Relicensed],
    domains: &BTreeMap<String, usize>,
    owners: &[&str],
) -> Option<Finding> {
    let rule = rules.detected("licensing/history")?;
    let (first, last) = (changes.first()?, changes.last()?);
    let lines: Vec<String> = changes
        .iter()
        .map(|one| format!("{}: {} from {} to {}", one.commit, one.path, one.from, one.to))
        .collect();
    let others: Vec<(&str, usize)> = domains
        .iter()
        .map(|(domain, count)| (domain.as_str(), *count))
        .filter(|(domain, _)| {
            !ANYBODY.contains(domain) && !owners.iter().any(|own| is_own(domain, own))
        })
        .collect();
    let mut notes: Vec<String> = lines.iter().rev().take(SHOWN).rev().cloned().collect();
    notes.push(others_note(&others));
    notes.retain(|note| !note.is_empty());
    let foreign = !owners.is_empty() && !others.is_empty();
    let value = format!("{} to {}", first.from, last.to);
    Some(Finding {
        rule,
        severity: if foreign { Severity::Medium } else { Severity::Low },
        confidence: rules.info(rule).confidence,
        path: RepoPath::root(),
        layer: Layer::Tree,
        place: Place::Repository,
        value: Secret::new(value.as_bytes()),
        context: Secret::new(lines.join("\n").as_bytes()),
        notes,
    })
}

fn others_note(others: &[(&str, usize)]) -> String {
    if others.is_empty() {
        return String::new();
    }
    let mut sorted = others.to_vec();
    sorted.sort_by_key(|(domain, count)| (std::cmp::Reverse(*count), *domain));
    let named: Vec<String> = sorted
        .iter()
        .take(MAX_DOMAINS)
        .map(|(domain, count)| format!("{domain} ({count})"))
        .collect();
    let more = sorted.len().saturating_sub(MAX_DOMAINS);
    let more = if more > 0 { format!(" and {more} more domains") } else { String::new() };
    format!("commits before by authors of {}{more}", named.join(", "))
}

/// Whether `domain` is the owner's, or below it. Names of owners are no domains.
fn is_own(domain: &str, owner: &str) -> bool {
    let owner = owner.trim_start_matches('@').to_ascii_lowercase();
    owner.contains('.')
        && domain
            .strip_suffix(owner.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::{RootText, is_own, relicensed};
    use crate::{domain::RepoPath, scan::licensing::Family};

    fn text(path: &str, first: u32, last: u32, id: &str) -> RootText {
        let licences = if id.is_empty() { Vec::new() } else { vec![Family::of_id(id)] };
        let path = RepoPath::new(path.as_bytes());
        RootText { path, first, last, commit: first.to_string(), licences }
    }

    fn changes(texts: Vec<RootText>) -> Vec<String> {
        relicensed(texts).iter().map(|one| format!("{}>{}@{}", one.from, one.to, one.at)).collect()
    }

    #[test]
    fn only_another_licence_is_a_change() {
        let file = |first, last, id| text("LICENSE", first, last, id);
        assert_eq!(
            changes(vec![file(1, 4, "MIT"), file(5, 9, "Apache-2.0")]),
            ["MIT>Apache-2.0@5"]
        );
        // A new year, a text nobody knows, "only" in place of "or later".
        assert!(changes(vec![file(1, 4, "MIT"), file(5, 9, "MIT")]).is_empty());
        assert!(changes(vec![file(1, 4, ""), file(5, 9, "MIT")]).is_empty());
        assert!(
            changes(vec![file(1, 4, "GPL-3.0-only"), file(5, 9, "GPL-3.0-or-later")]).is_empty()
        );
        // The file moved, or a second one came beside it.
        assert_eq!(
            changes(vec![text("COPYING", 1, 4, "GPL-2.0"), file(5, 9, "MIT")]),
            ["GPL-2.0>MIT@5"]
        );
        assert!(
            changes(vec![
                text("LICENSE-MIT", 1, 9, "MIT"),
                text("LICENSE-APACHE", 3, 9, "Apache-2.0")
            ])
            .is_empty()
        );
    }

    #[test]
    fn owners_domains() {
        assert!(is_own("example.com", "example.com") && is_own("mail.example.com", "@example.com"));
        assert!(!is_own("badexample.com", "example.com") && !is_own("example.com", "Example GmbH"));
    }
}
