// SPDX-License-Identifier: MIT OR Apache-2.0
//! Which domains are the organisation's: where its people work, and what its files name most.

use std::{
    collections::{BTreeMap, HashSet},
    iter,
};

use super::{
    Survey,
    called::{Called, LONG_NAME},
    counted,
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
/// A public project's domain is the organisation's own from so many different names on …
const OWN_PROJECT: usize = 20;
/// … or from so many that name an environment: nobody else names somebody's staging host.
const OWN_STAGES: usize = 2;
/// … or if so many manifests say that they belong there.
const OWN_MANIFESTS: usize = 5;
/// Names in so many files are no accident.
const MANY_FILES: usize = 5;
/// So often a name must stand where only an address can.
const LEAST_ADDRESSED: u32 = 3;
/// Of the names so many percent must do so, or only those that do count.
const ADDRESSED_PERCENT: usize = 25;
/// Whoever is no more than a part of the authors is a guest where another domain stands in so many
/// times as many files.
const GUEST_FILES: usize = 4;
/// Fewer names are the most of a repository that names nothing.
const FEW_HOSTS: usize = 8;
/// So many different hosts speak for themselves.
const MANY_HOSTS: usize = 10;
/// From this score on a domain is shown …
const SHOWN: f64 = 1.2;
/// … and from this one on it counts unless somebody says no.
const TICKED: f64 = 3.0;
/// What guests have at most.
const DOUBTFUL: f64 = 1.9;
/// The first of all counts from here on.
const LIKELY: f64 = 2.0;
/// More are shown to nobody: some organisations have a domain for each of their sites …
const MOST: usize = 24;
/// … and of those that do not count so many.
const MOST_DOUBTFUL: usize = 4;

/// Words for an environment or a back door in the names of hosts.
const STAGES: &[&str] =
    &["stg", "stage", "staging", "uat", "preprod", "prod", "integration", "mgmt", "bastion"];

/// What speaks for one domain.
#[derive(Debug, Default)]
struct Case {
    people: HashSet<String>,
    hosts: usize,
    /// Of those, how many speak for it.
    telling: usize,
    files: usize,
    in_manifest: bool,
    /// Whether its names are those of hosts, not of attributes.
    addressed: bool,
    /// Whether it is a public project's that does not seem to be the organisation's own.
    foreign: bool,
    /// Whether its names or the manifests tell that it is the organisation's.
    own: bool,
    /// Whether files are called after its hosts, side by side.
    listed: bool,
    /// Whether a surer one has the same name elsewhere, as `works.net` beside `works.io`.
    sibling: bool,
    /// How many have a domain of their own below it.
    domains: usize,
}

/// Learns the domains, the likeliest first.
pub(super) fn learn(survey: &Survey, people: &People, called: &Called) -> Vec<Word> {
    let mut cases = by_people(people, called);
    let ours = labels_of_ours(survey, &cases);
    for (domain, below) in &survey.domains {
        let (hosts, telling) = distinct(domain, below);
        let own = is_own(domain, below);
        let known = cases.keys().any(|own| own == &**domain || is_below(own, domain));
        if WELL_KNOWN.contains(&**domain) || below.files < LEAST_FILES && !known {
            continue;
        }
        let named = called.by_owner(domain) || ours.contains(label_of(domain));
        let foreign = PROJECTS.contains(&**domain) && !own && !named && telling < OWN_PROJECT;
        if foreign && !known {
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
        case.foreign = foreign;
        case.own = own;
        case.addressed =
            below.hosts.values().map(|seen| seen.addressed).sum::<u32>() >= LEAST_ADDRESSED;
        (case.hosts, case.telling) = (hosts, telling);
        case.files = below.files;
        case.in_manifest = below.in_manifest;
        cases.insert(name, case);
    }
    list(survey, &mut cases);
    for (parent, case) in shared(survey) {
        cases.retain(|domain, _| !is_below(domain, &parent));
        cases.insert(parent, case);
    }
    ranked(cases, people, called)
}

/// Takes in the domains that files are called after, unless only a part of one is known to be ours.
fn list(survey: &Survey, cases: &mut BTreeMap<String, Case>) {
    for domain in survey.inventory.domains() {
        if !cases.keys().any(|own| is_below(own, &domain)) {
            let case = cases.entry(domain).or_default();
            (case.listed, case.foreign) = (true, false);
        }
    }
}

/// What the domains are called that are surely the organisation's: it may have the same name
/// elsewhere, even if that is a public project's.
fn labels_of_ours(survey: &Survey, by_people: &BTreeMap<String, Case>) -> HashSet<String> {
    let people = by_people.iter().filter(|(_, case)| case.people.len() >= LEAST_PEOPLE);
    let people = people.map(|(domain, _)| domain.as_str());
    let hosts = survey.domains.iter().filter(|(domain, below)| {
        let least = if PROJECTS.contains(&***domain) { OWN_PROJECT } else { MANY_HOSTS };
        below.files >= MANY_FILES
            && !WELL_KNOWN.contains(&***domain)
            && distinct(domain, below).1 >= least
    });
    let hosts = hosts.map(|(domain, _)| &**domain);
    let all = people.chain(hosts).map(label_of).filter(|label| label.len() >= LONG_NAME);
    all.map(str::to_owned).collect()
}

/// What the domain is called: `works` of `works.io`.
fn label_of(domain: &str) -> &str {
    let own = psl::domain_str(domain).unwrap_or(domain);
    own.split('.').next().unwrap_or_default()
}

/// Domains below which everybody may have one, as the Public Suffix List says, and of which so
/// many are named here that the organisation runs the whole.
fn shared(survey: &Survey) -> BTreeMap<String, Case> {
    let mut all: BTreeMap<String, Case> = BTreeMap::new();
    let ours = |parent: &str| {
        let dots = parent.match_indices('.').map(|(dot, _)| &parent[dot + 1..]);
        !iter::once(parent)
            .chain(dots)
            .any(|own| WELL_KNOWN.contains(own) || PROJECTS.contains(own))
    };
    for (domain, below) in &survey.domains {
        let Some(suffix) = psl::suffix(domain.as_bytes()) else { continue };
        let private = suffix.typ() == Some(psl::Type::Private);
        let Some(parent) = str::from_utf8(suffix.as_bytes()).ok().filter(|_| private) else {
            continue;
        };
        if parent.contains('.') && ours(parent) {
            let case = all.entry(parent.to_owned()).or_default();
            case.domains += 1;
            case.hosts += below.hosts.len();
            case.telling = case.hosts;
            case.files += below.files;
            case.addressed = true;
        }
    }
    all.retain(|_, case| case.hosts >= OWN_PROJECT && case.domains >= MANY_HOSTS);
    all
}

/// Domains of which enough people have addresses; sub-domains go with their parent.
fn by_people(people: &People, called: &Called) -> BTreeMap<String, Case> {
    let employers = &people.employers;
    let all: HashSet<&String> = employers.values().flatten().collect();
    let enough = |domain: &str, n: usize| {
        n >= LEAST_PEOPLE && n * 100 >= all.len() * LEAST_PERCENT || called.by_any(domain)
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

/// Whether hosts of different environments are named here, which nobody else does, or the
/// manifests say that what they describe belongs there.
fn is_own(domain: &str, below: &Below) -> bool {
    let stage = |host: &str| {
        let labels = host.strip_suffix(domain).unwrap_or_default();
        labels.split(['.', '-']).any(|word| STAGES.contains(&word))
    };
    below.is_home
        || below.manifests >= OWN_MANIFESTS
        || below.hosts.keys().filter(|host| stage(host)).count() >= OWN_STAGES
}

/// Different names, the domain itself and its `www` left out, and how many of them are hosts.
fn distinct(domain: &str, below: &Below) -> (usize, usize) {
    let itself = |host: &str| host == domain || host.strip_prefix("www.") == Some(domain);
    // A supplier gives each customer a random one.
    let all = || below.hosts.iter().filter(|(host, _)| !itself(host) && !is_random(host));
    let addressed = all().filter(|(_, seen)| seen.addressed > 0).count();
    let all = all().count();
    // Groups of an API look like hosts and are very many.
    (all, if addressed * 100 >= all * ADDRESSED_PERCENT { all } else { addressed })
}

/// Whether the first label is a number that a machine made up: `9f81ab03c44e.example`.
fn is_random(host: &str) -> bool {
    let first = host.split('.').next().unwrap_or_default();
    first.len() >= 12
        && first.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
        && first.bytes().filter(u8::is_ascii_digit).count() >= 3
}

fn ranked(mut cases: BTreeMap<String, Case>, people: &People, called: &Called) -> Vec<Word> {
    take_siblings(&mut cases);
    let most = |count: fn(&Case) -> usize| cases.values().map(count).max().unwrap_or_default();
    let scale = Scale {
        hosts: most(|case| if case.addressed { case.telling } else { 0 }).max(FEW_HOSTS),
        people: most(|case| case.people.len()).max(1),
        files: most(|case| if case.addressed { case.files } else { 0 }),
        all: people.employers.values().flatten().collect::<HashSet<_>>().len(),
    };
    let score = |domain: &str, case: &Case| scale.score(domain, case, called);
    let mut all: Vec<(f64, String, Case)> =
        cases.into_iter().map(|(domain, case)| (score(&domain, &case), domain, case)).collect();
    all.retain(|(score, ..)| *score >= SHOWN);
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let sure = all.iter().filter(|(score, ..)| *score >= TICKED).count();
    all.truncate(MOST.min(sure + MOST_DOUBTFUL));
    // The likeliest counts also where there is less to go by: most repositories are small.
    let counts = |no: usize, score: f64| score >= TICKED || no == 0 && score >= LIKELY;
    all.iter()
        .enumerate()
        .map(|(no, (score, domain, case))| {
            word(WordKind::Domain, domain.clone(), counts(no, *score), case.seen())
        })
        .collect()
}

/// Marks domains of the same name as one that has enough hosts or people: whoever runs it has
/// those in other countries too.
fn take_siblings(cases: &mut BTreeMap<String, Case>) {
    let sure = cases.iter().filter(|(domain, case)| {
        let hosts = case.addressed && case.telling >= MANY_HOSTS && case.files >= MANY_FILES;
        (hosts || case.people.len() >= LEAST_PEOPLE) && label_of(domain).len() >= LONG_NAME
    });
    let sure: HashSet<String> = sure.map(|(domain, _)| label_of(domain).to_owned()).collect();
    for (domain, case) in cases {
        case.sibling = case.hosts >= 2 && sure.contains(label_of(domain));
        case.addressed |= case.sibling;
    }
}

/// What the likeliest have, to compare the others with.
struct Scale {
    hosts: usize,
    people: usize,
    files: usize,
    all: usize,
}

impl Scale {
    fn score(&self, domain: &str, case: &Case, names: &Called) -> f64 {
        let called = case.sibling || names.by_any(domain);
        let n = case.people.len();
        let mut score = 0.0;
        if n >= LEAST_PEOPLE && n * 100 >= self.all * LEAST_PERCENT {
            // Where half of the authors work for it, its public pages are still everybody's.
            let doubt = case.foreign || WELL_KNOWN.contains(domain);
            let worth = if doubt { 2.5 } else { 2.0 + (n as f64 / 10.0).min(3.0) };
            // Suppliers and neighbours work here too.
            score += worth * n as f64 / self.people as f64;
        }
        if case.addressed && case.files >= LEAST_FILES {
            score += 3.0 * case.telling as f64 / self.hosts as f64;
            // Hardly anybody names so many hosts of somebody else.
            let many = case.telling >= MANY_HOSTS;
            score += if many && case.files >= MANY_FILES { TICKED } else { 0.0 };
            score += if many && case.files < MANY_FILES { 1.5 } else { 0.0 };
        }
        // What is named in no file is somebody's mailbox.
        let called = called && (case.addressed || case.files == 0);
        score += if called { 1.5 } else { 0.0 };
        score += if case.in_manifest { 0.3 } else { 0.0 };
        let least = if names.exactly(domain) { LEAST_FILES } else { MANY_FILES };
        let sure = case.own || called && case.files >= least;
        if case.listed || sure && case.addressed && case.files >= LEAST_FILES {
            score.max(TICKED)
        } else if !called && self.is_guest(case) {
            score.min(DOUBTFUL)
        } else {
            score
        }
    }

    /// Whether it only sends people: most authors work elsewhere, and the files hardly name it.
    fn is_guest(&self, case: &Case) -> bool {
        case.people.len() * 2 < self.all
            && case.telling < MANY_HOSTS
            && case.files * GUEST_FILES < self.files
    }
}

impl Case {
    fn seen(&self) -> String {
        let people = Some(self.people.len()).filter(|n| *n > 0).map(|n| counted(n, "author"));
        let hosts = (self.files > 0)
            .then(|| format!("{} in {}", counted(self.hosts, "host"), counted(self.files, "file")));
        let listed = self.listed.then(|| "files are called after it".to_owned());
        people.into_iter().chain(hosts).chain(listed).collect::<Vec<_>>().join(", ")
    }
}

/// Whether `name` lies below `domain`.
pub(super) fn is_below(name: &str, domain: &str) -> bool {
    name.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'))
}
