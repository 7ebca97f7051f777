// SPDX-License-Identifier: MIT OR Apache-2.0
//! Copyright holders who are not those who publish.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{Gap, LicensingScan, Report, parts::Parts, standing::is_link};
use crate::{
    domain::{FileKind, RepoPath, Severity},
    scan::licensing::{
        Copyright, Observation,
        bundle::is_notice_name,
        holder::{has_address, holder_key, is_own_holder, joint_holders},
        is_licence_name,
    },
};

pub(super) fn judge(scan: &LicensingScan, report: &mut Report<'_>) {
    let (owners, known) = owners(scan);
    if owners.is_empty() {
        return;
    }
    let parts = Parts::new(scan);
    let staff = staff(scan, &owners);
    for (path, seen) in &scan.observed {
        let elsewhere = is_licence_name(path) && !path.parent().is_root()
            || is_credit(path)
            || lists_others(path);
        if seen.copyrights.is_empty()
            || elsewhere
            || is_link(scan, path)
            || parts.foreign(path).is_some()
        {
            continue;
        }
        let granted = grants(scan, path, seen);
        for (key, one) in foreign(seen, &owners) {
            if staff.contains(&key) && !has_address(&one.holder) {
                continue;
            }
            report.push(gap(path, &key, one, granted, known));
        }
    }
}

/// Returns whether the file is kept to name others: a list of the licences of what is used, or
/// their text under a name of its own.
fn lists_others(path: &RepoPath) -> bool {
    let name = String::from_utf8_lossy(path.file_name()).to_ascii_lowercase();
    let prose = matches!(FileKind::of(path), FileKind::Prose | FileKind::Other);
    let own = path.parent().is_root() && (is_licence_name(path) || name.starts_with("notice"));
    let words = ["license", "licence", "third-party", "third_party", "thirdparty", "3rdparty"];
    prose && !own && words.iter().any(|word| name.contains(word))
}

/// Returns who writes from an address of the owners anywhere in the tree: without an address they
/// are the same people.
fn staff(scan: &LicensingScan, owners: &[Arc<str>]) -> BTreeSet<String> {
    let all = scan.observed.values().flat_map(|seen| &seen.copyrights);
    let all = all.flat_map(|one| joint_holders(&one.holder));
    let own = all.filter(|holder| has_address(holder) && is_own_holder(holder, owners));
    own.map(holder_key).filter(|key| !key.is_empty()).collect()
}

/// Returns whether the file is there to name others: a notice, or the licences of a bundle.
fn is_credit(path: &RepoPath) -> bool {
    let name = path.file_name().to_ascii_lowercase();
    is_notice_name(&name) || name.ends_with(b".license.txt") || name.ends_with(b".licence.txt")
}

/// Returns the holders in a file that are none of the owners, each once.
fn foreign<'a>(seen: &'a Observation, owners: &[Arc<str>]) -> BTreeMap<String, &'a Copyright> {
    let mut out: BTreeMap<String, &Copyright> = BTreeMap::new();
    for one in &seen.copyrights {
        let holders = joint_holders(&one.holder);
        for holder in holders.into_iter().filter(|holder| !is_own_holder(holder, owners)) {
            let key = holder_key(holder);
            // Somebody of whom only the address is known.
            let key = if key.is_empty() { holder.to_lowercase() } else { key };
            let kept = out.entry(key).or_insert(one);
            if one.reserved && !kept.reserved {
                *kept = one;
            }
        }
    }
    out
}

fn gap<'a>(
    path: &'a RepoPath,
    key: &'a str,
    one: &Copyright,
    granted: bool,
    known: bool,
) -> Gap<'a> {
    let evidence = format!("{path}:{} names {}", one.line, one.holder);
    let gap = Gap::new("copyright-foreign", path, key)
        .because(evidence)
        .note(format!("held by {}", one.holder));
    match (known, one.reserved && !granted) {
        (true, true) => {
            gap.note("all rights reserved, and no licence in the file").at_most(Severity::High)
        }
        (true, false) => gap.at_most(Severity::Medium),
        // Nobody has said who publishes; the text at the top only makes it likely.
        (false, _) => {
            let note =
                "nobody has said who the owners are: the licence text at the top names others";
            gap.note(note).at_most(Severity::Low)
        }
    }
}

/// Returns whether the file says under which licence it may be used.
fn grants(scan: &LicensingScan, path: &RepoPath, seen: &Observation) -> bool {
    let fact = scan.facts.get(path).is_some_and(|fact| &*fact.licence != "NONE");
    fact || !seen.licences.is_empty() || seen.tags.iter().any(|tag| tag.declared.terms().is_some())
}

/// Returns the owners, and whether somebody said so. Before anybody did, whoever the licence text
/// at the top names is likely to be one.
fn owners(scan: &LicensingScan) -> (Vec<Arc<str>>, bool) {
    if !scan.policy.owners.is_empty() {
        return (scan.policy.owners.clone(), true);
    }
    let tops =
        scan.observed.iter().filter(|(path, _)| path.parent().is_root() && is_licence_name(path));
    let holders = tops.flat_map(|(_, seen)| &seen.copyrights);
    let named = holders.filter(|one| !is_own_holder(&one.holder, &[]));
    (named.map(|one| one.holder.as_str().into()).collect(), false)
}
