// SPDX-License-Identifier: MIT OR Apache-2.0
//! What the hosts below the organisation's domains say: private top-level domains, places between
//! host and domain, numbered fleets, and accounts with suppliers.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Survey, counted,
    domains::is_below,
    lists::{EXTENSIONS, GENERIC, NO_TENANTS, TENANTS},
    survey::is_numbered,
    word,
};
use crate::domain::{Word, WordKind};

/// A private top-level domain needs so many different names …
const LEAST_NAMES: usize = 8;
/// … in so many files.
const LEAST_FILES: usize = 4;
/// A place needs so many different numbered hosts …
const LEAST_HOSTS: usize = 8;
/// … or so many hosts …
const MANY_HOSTS: usize = 10;
/// … of which so many are numbered.
const LEAST_NUMBERED: usize = 4;
/// A fleet needs so many members.
const LEAST_MEMBERS: usize = 3;
/// More of a kind are shown to nobody.
const MOST: usize = 40;

/// Learns last labels that no registry knows and that many numbered hosts have.
pub(super) fn suffixes(survey: &Survey) -> Vec<Word> {
    let mut found: Vec<_> = survey
        .suffixes
        .iter()
        .filter(|(tail, below)| {
            // Under a top-level domain there are domains; `a1.large` and `b2.large` are sizes.
            let deep = below.hosts.keys().filter(|host| host.matches('.').count() >= 2).count();
            below.hosts.len() >= LEAST_NAMES
                && deep * 2 >= below.hosts.len()
                && below.files >= LEAST_FILES
                && !EXTENSIONS.contains(&***tail)
        })
        .collect();
    found.sort_by(|a, b| b.1.hosts.len().cmp(&a.1.hosts.len()).then(a.0.cmp(b.0)));
    found.truncate(MOST);
    found
        .into_iter()
        .map(|(tail, below)| {
            let (hosts, files) = (below.hosts.len(), below.files);
            let seen = format!("{} in {}", counted(hosts, "host"), counted(files, "file"));
            word(WordKind::Suffix, tail.to_string(), true, seen)
        })
        .collect()
}

/// Learns places and fleets from the hosts below `domains` and `suffixes`.
pub(super) fn learn(survey: &Survey, domains: &[&str], suffixes: &[Word]) -> Vec<Word> {
    let mut sites: BTreeMap<&str, (BTreeSet<&str>, usize)> = BTreeMap::new();
    let mut fleets: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (host, own) in own_hosts(survey, domains, suffixes) {
        let Some(labels) = host.strip_suffix(own).map(|labels| labels.trim_end_matches('.')) else {
            continue;
        };
        let mut labels = labels.split('.');
        let Some(first) = labels.next().filter(|first| !first.is_empty()) else { continue };
        // Machines stand at a place; what stands below a service is its pages.
        let own_label = |label: &str| domains.iter().any(|own| own.split('.').any(|l| l == label));
        let place = |label: &&str| is_place(label) && !own_label(label);
        for site in labels.filter(place) {
            let at = sites.entry(site).or_default();
            at.0.insert(host);
            at.1 += usize::from(is_numbered(first));
        }
        if is_numbered(first) {
            let digits = |c: char| if c.is_ascii_digit() { '#' } else { c };
            fleets.entry(first.chars().map(digits).collect()).or_default().insert(first);
        }
    }
    let sites = sites.into_iter().filter_map(|(site, (hosts, numbered))| {
        let many = hosts.len() >= MANY_HOSTS && numbered >= LEAST_NUMBERED;
        let seen = if many { hosts.len() } else { numbered };
        (seen >= LEAST_HOSTS).then(|| (site.to_owned(), seen))
    });
    let fleets = fleets.into_iter().map(|(fleet, hosts)| (fleet, hosts.len()));
    let mut out = most(sites.collect(), LEAST_HOSTS, WordKind::Site);
    out.extend(most(fleets.collect(), LEAST_MEMBERS, WordKind::Fleet));
    out
}

/// Hosts of the organisation, each with the domain that it lies below.
fn own_hosts<'a>(
    survey: &'a Survey,
    domains: &'a [&'a str],
    suffixes: &'a [Word],
) -> impl Iterator<Item = (&'a str, &'a str)> {
    let in_domains = domains.iter().flat_map(|own| {
        let registered = psl::domain_str(own).unwrap_or(own);
        let hosts = survey.domains.get(registered).into_iter().flat_map(|b| b.hosts.keys());
        hosts.map(|host| &**host).filter(|host| is_below(host, own)).map(|host| (host, *own))
    });
    let in_suffixes = suffixes.iter().flat_map(|suffix| {
        let hosts = survey.suffixes.get(&*suffix.text).into_iter().flat_map(|b| b.hosts.keys());
        hosts.map(|host| (&**host, suffix.text.as_str()))
    });
    in_domains.chain(in_suffixes)
}

fn is_place(label: &str) -> bool {
    (3..=16).contains(&label.len())
        && label.starts_with(|c: char| c.is_ascii_alphabetic())
        && !GENERIC.contains(label)
}

fn most(all: BTreeMap<String, usize>, least: usize, kind: WordKind) -> Vec<Word> {
    let mut all: Vec<_> = all.into_iter().filter(|(_, n)| *n >= least).collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    all.truncate(MOST);
    all.into_iter().map(|(text, n)| word(kind, text, true, counted(n, "host"))).collect()
}

/// Learns accounts with suppliers from the hosts that each customer has there.
pub(super) fn tenants(survey: &Survey) -> Vec<Word> {
    let mut all = BTreeMap::new();
    for supplier in TENANTS.iter() {
        // Some suppliers' domains are public suffixes themselves, so that each tenant is one.
        let own = survey
            .domains
            .iter()
            .filter(|(domain, _)| &***domain == *supplier || is_below(domain, supplier));
        for (host, seen) in own.flat_map(|(_, below)| &below.hosts) {
            let Some(labels) = host.strip_suffix(supplier) else { continue };
            let first = labels.trim_end_matches('.').rsplit('.').next().unwrap_or_default();
            if first.len() >= 2 && !NO_TENANTS.contains(first) && !is_region(first) {
                *all.entry(format!("{first}.{supplier}")).or_insert(0) += seen.times as usize;
            }
        }
    }
    let mut all: Vec<_> = all.into_iter().filter(|(_, n)| *n >= 2).collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    all.truncate(MOST);
    let tenant = |(text, n)| word(WordKind::Tenant, text, true, counted(n, "place"));
    all.into_iter().map(tenant).collect()
}

/// Whether it names a part of the supplier's own fleet: `logs-prod-us-central1`, `us3`.
fn is_region(label: &str) -> bool {
    let area = label.trim_end_matches(|c: char| c.is_ascii_digit());
    area.len() < label.len() && matches!(area, "us" | "eu" | "ap" | "na" | "uk" | "au")
        || label.split('-').count() > 2 && label.split('-').any(|part| part == "prod")
}
