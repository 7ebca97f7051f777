// SPDX-License-Identifier: MIT OR Apache-2.0
//! Who wrote the repository, and for whom.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::lists::{BOTS, FREE_MAIL};

/// Authors and where they work.
#[derive(Debug, Default)]
pub(super) struct People {
    /// Names, mail local parts and handles, as they may stand in paths and remarks.
    pub(super) names: Vec<String>,
    /// By domain of their addresses, who uses it. Free mailboxes are left out.
    pub(super) employers: BTreeMap<String, HashSet<String>>,
}

/// Learns from name and address of each author.
pub(super) fn learn(authors: &[(String, String)]) -> People {
    let mut employers: BTreeMap<String, HashSet<String>> = BTreeMap::new();
    let mut names: BTreeSet<String> = BTreeSet::new();
    let mut seen: HashSet<(&str, &str)> = HashSet::new();
    for (name, address) in authors {
        if !seen.insert((name, address)) {
            continue;
        }
        let (name, address) = (name.trim().to_lowercase(), address.trim().to_lowercase());
        names.extend(handle_of(&address));
        if is_bot(&name) || is_bot(&address) {
            continue;
        }
        names.extend(names_of(&name));
        let Some((local, domain)) = address.split_once('@') else { continue };
        names.extend(login_of(local));
        if is_employer(domain) {
            employers.entry(domain.to_owned()).or_default().insert(name);
        }
    }
    People { names: names.into_iter().collect(), employers }
}

fn is_bot(text: &str) -> bool {
    BOTS.iter().any(|bot| text.contains(bot)) || text.ends_with("-bot") || text.ends_with(" bot")
}

/// The login behind `123+login@users.noreply.github.com`.
fn handle_of(address: &str) -> Option<String> {
    let local = address.strip_suffix("@users.noreply.github.com")?;
    let login = local.split_once('+').map_or(local, |(_, login)| login);
    (login.len() >= 3 && !is_bot(login)).then(|| login.to_owned())
}

fn login_of(local: &str) -> Option<String> {
    let login = local.split('+').next().unwrap_or_default();
    let fits = login.len() >= 3 && login.starts_with(|c: char| c.is_ascii_alphabetic());
    fits.then(|| login.to_owned())
}

/// The name as it is, and the logins that are commonly made of it.
fn names_of(name: &str) -> Vec<String> {
    let words: Vec<&str> = name
        .split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_')
        .filter(|word| !word.is_empty())
        .collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return Vec::new() };
    let mut out = vec![words.join(" "), (*first).to_owned()];
    if words.len() > 1 {
        let initial: String = first.chars().take(1).collect();
        out.extend([
            format!("{first}{last}"),
            format!("{first}.{last}"),
            format!("{initial}{last}"),
        ]);
    }
    out.retain(|name| name.chars().count() >= 3);
    out
}

fn is_employer(domain: &str) -> bool {
    let machine = [".local", ".localdomain", ".lan", ".internal", ".home", "localhost", ".(none)"];
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
    domain.contains('.')
        && domain.chars().all(fits)
        && domain.rsplit('.').next().is_some_and(|tld| tld.chars().any(char::is_alphabetic))
        && !machine.iter().any(|tail| domain.ends_with(tail))
        && !FREE_MAIL.contains(domain)
        && !domain.contains("noreply")
}
