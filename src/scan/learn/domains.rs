// SPDX-License-Identifier: MIT OR Apache-2.0
//! Which domains are the organisation's: where its people work, and what its files name most.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::{
    Survey, counted,
    lists::{PROJECTS, WELL_KNOWN},
    people::People,
    survey::Below,
    word,
};
use crate::domain::{Word, WordKind};

/// A domain needs so many different people …
const LEAST_PEOPLE: usize = 3;
/// … who are at least so many percent of those without a free mailbox.
const LEAST_PERCENT: usize = 5;
/// Names below a domain must stand in so many files.
const LEAST_FILES: usize = 3;
/// A public project's domain is the organisation's own from so many different names on.
const OWN_PROJECT: usize = 20;
/// So many different hosts speak for themselves.
const MANY_HOSTS: usize = 10;
/// From this score on a domain is shown …
const SHOWN: f64 = 1.2;
/// … and from this one on it counts unless somebody says no.
const TICKED: f64 = 3.0;
/// More are shown to nobody.
const MOST: usize = 8;

/// What speaks for one domain.
#[derive(Debug, Default)]
struct Case {
    people: HashSet<String>,
    hosts: usize,
    files: usize,
    in_manifest: bool,
}

/// Learns the domains, the likeliest first.
pub(super) fn learn(survey: &Survey, people: &People, tokens: &BTreeSet<String>) -> Vec<Word> {
    let mut cases = by_people(people, tokens);
    for (domain, below) in &survey.domains {
        let hosts = distinct(domain, below);
        let known = cases.keys().any(|own| own == &**domain || is_below(own, domain));
        if WELL_KNOWN.contains(&**domain) || below.files < LEAST_FILES && !known {
            continue;
        }
        if PROJECTS.contains(&**domain) && hosts < OWN_PROJECT && !known {
            continue;
        }
        let all_within =
            |own: &str| below.hosts.keys().all(|host| &**host == own || is_below(host, own));
        // People of a part of it stand for the whole, unless that part is all there is.
        let parts: Vec<String> =
            cases.keys().filter(|own| is_below(own, domain)).cloned().collect();
        let name = match parts.as_slice() {
            [own] if all_within(own) => own.clone(),
            _ => domain.to_string(),
        };
        let mut case = Case::default();
        for part in parts.iter().chain([&name]) {
            if let Some(known) = cases.remove(part) {
                case.people.extend(known.people);
            }
        }
        case.hosts = hosts;
        case.files = below.files;
        case.in_manifest = below.in_manifest;
        cases.insert(name, case);
    }
    ranked(cases, people, tokens)
}

/// Domains of which enough people have addresses; sub-domains go with their parent.
fn by_people(people: &People, tokens: &BTreeSet<String>) -> BTreeMap<String, Case> {
    let employers = &people.employers;
    let all: HashSet<&String> = employers.values().flatten().collect();
    let enough = |domain: &str, n: usize| {
        n >= LEAST_PEOPLE && n * 100 >= all.len() * LEAST_PERCENT || is_called(domain, tokens)
    };
    let kept: Vec<&String> = employers
        .iter()
        .filter(|(domain, who)| enough(domain, who.len()))
        .map(|(domain, _)| domain)
        .collect();
    let mut out: BTreeMap<String, Case> = BTreeMap::new();
    for (domain, who) in employers {
        // The widest of those that are kept.
        let within = |own: &&&String| *own == &domain || is_below(domain, own);
        let Some(own) = kept.iter().filter(within).min_by_key(|own| own.len()) else { continue };
        out.entry((*own).clone()).or_default().people.extend(who.iter().cloned());
    }
    out
}

/// Different names, the domain itself and its `www` left out.
fn distinct(domain: &str, below: &Below) -> usize {
    let itself = |host: &str| host == domain || host.strip_prefix("www.") == Some(domain);
    below.hosts.keys().filter(|host| !itself(host)).count()
}

fn ranked(cases: BTreeMap<String, Case>, people: &People, tokens: &BTreeSet<String>) -> Vec<Word> {
    let most = cases.values().map(|case| case.hosts).max().unwrap_or_default().max(1);
    let all: usize = people.employers.values().flatten().collect::<HashSet<_>>().len();
    let score = |domain: &str, case: &Case| {
        let n = case.people.len();
        let mut score = 0.0;
        if n >= LEAST_PEOPLE && n * 100 >= all * LEAST_PERCENT {
            // Where half of the authors work for it, its public pages are still everybody's.
            let known = WELL_KNOWN.contains(domain) || PROJECTS.contains(domain);
            let doubt = known && case.hosts < OWN_PROJECT;
            score += if doubt { 1.5 } else { 2.0 + (n as f64 / 10.0).min(3.0) };
        }
        if case.files >= LEAST_FILES {
            // Three names are the most of a repository that names nothing.
            score += 3.0 * case.hosts as f64 / most.max(5) as f64;
            // Hardly anybody names so many hosts of somebody else.
            score += if case.hosts >= MANY_HOSTS { 1.5 } else { 0.0 };
        }
        score += if is_called(domain, tokens) { 1.5 } else { 0.0 };
        score + if case.in_manifest { 0.3 } else { 0.0 }
    };
    let mut all: Vec<(f64, String, Case)> =
        cases.into_iter().map(|(domain, case)| (score(&domain, &case), domain, case)).collect();
    all.retain(|(score, ..)| *score >= SHOWN);
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    all.truncate(MOST);
    let seen = |case: &Case| {
        let people = Some(case.people.len()).filter(|n| *n > 0).map(|n| counted(n, "author"));
        let hosts = (case.files > 0)
            .then(|| format!("{} in {}", counted(case.hosts, "host"), counted(case.files, "file")));
        people.into_iter().chain(hosts).collect::<Vec<_>>().join(", ")
    };
    all.iter()
        .map(|(score, domain, case)| {
            word(WordKind::Domain, domain.clone(), *score >= TICKED, seen(case))
        })
        .collect()
}

/// Whether `name` lies below `domain`.
pub(super) fn is_below(name: &str, domain: &str) -> bool {
    name.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'))
}

/// Whether the domain is called like the repository or its owner.
fn is_called(domain: &str, tokens: &BTreeSet<String>) -> bool {
    let label = psl::domain_str(domain).unwrap_or(domain).split('.').next().unwrap_or_default();
    let plain: String = label.chars().filter(|c| *c != '-').collect();
    tokens.iter().any(|token| token == label || *token == plain)
}
