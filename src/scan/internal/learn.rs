// SPDX-License-Identifier: MIT OR Apache-2.0
//! Learns the organisation's words from commits alone: who wrote them and what they say.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::domain::Vocabulary;

/// A domain needs so many different people …
const LEAST_PEOPLE: usize = 3;
/// … who are at least so many percent of those without a free mailbox.
const LEAST_PERCENT: usize = 5;
/// A ticket key needs so many messages, with at least two numbers among them.
const LEAST_MESSAGES: usize = 3;

/// Providers whose addresses say nothing about an employer.
const FREE_MAIL: &[&str] = &[
    "gmail.com",
    "googlemail.com",
    "outlook.com",
    "hotmail.com",
    "hotmail.co.uk",
    "hotmail.fr",
    "live.com",
    "msn.com",
    "yahoo.com",
    "yahoo.co.uk",
    "yahoo.co.in",
    "yahoo.fr",
    "yahoo.de",
    "ymail.com",
    "rocketmail.com",
    "icloud.com",
    "me.com",
    "mac.com",
    "aol.com",
    "gmx.de",
    "gmx.net",
    "gmx.com",
    "gmx.at",
    "web.de",
    "t-online.de",
    "freenet.de",
    "posteo.de",
    "posteo.net",
    "mailbox.org",
    "proton.me",
    "protonmail.com",
    "protonmail.ch",
    "pm.me",
    "fastmail.com",
    "fastmail.fm",
    "hey.com",
    "zoho.com",
    "yandex.ru",
    "yandex.com",
    "mail.ru",
    "inbox.ru",
    "list.ru",
    "bk.ru",
    "qq.com",
    "163.com",
    "126.com",
    "foxmail.com",
    "sina.com",
    "naver.com",
    "free.fr",
    "orange.fr",
    "laposte.net",
    "wanadoo.fr",
    "libero.it",
    "seznam.cz",
    "wp.pl",
    "o2.pl",
    "abv.bg",
    "ukr.net",
    "tutanota.com",
    "tutanota.de",
    "tuta.io",
    "duck.com",
    "riseup.net",
    "disroot.org",
    "comcast.net",
    "verizon.net",
    "att.net",
    "sbcglobal.net",
    "btinternet.com",
    "users.sourceforge.net",
    "users.noreply.github.com",
    "users.noreply.gitlab.com",
    "noreply.github.com",
    "github.com",
    "gitlab.com",
    "example.com",
    "example.org",
    "users.noreply.codeberg.org",
    "rambler.ru",
    "bigpond.com",
    "cox.net",
    "home.nl",
    "xs4all.nl",
    "debian.org",
    "apache.org",
    "fedoraproject.org",
    "gentoo.org",
    "ieee.org",
    "acm.org",
    "lists.sourceforge.net",
    "googlegroups.com",
];

/// Words in a name or address that make the author a program.
const BOTS: &[&str] = &[
    "[bot]",
    "noreply",
    "no-reply",
    "dependabot",
    "renovate",
    "github-actions",
    "greenkeeper",
    "pyup-bot",
    "snyk-bot",
    "jenkins",
    "travis",
    "circleci",
    "semantic-release",
    "automation",
    "pre-commit-ci",
    "weblate",
    "transifex",
    "gitlab-ci",
    "buildbot",
    "releasebot",
    "mergify",
];

/// Names of standards and software that are followed by a dash and a number.
const STANDARDS: &[&str] = &[
    "UTF",
    "ISO",
    "SHA",
    "MD",
    "RFC",
    "CVE",
    "CWE",
    "GHSA",
    "AES",
    "RSA",
    "DES",
    "GPL",
    "LGPL",
    "AGPL",
    "BSD",
    "MIT",
    "EPEL",
    "RHEL",
    "RHBA",
    "RHSA",
    "RHEA",
    "DSA",
    "USN",
    "GLSA",
    "EL",
    "FC",
    "PEP",
    "JEP",
    "JSR",
    "KIP",
    "BIP",
    "EIP",
    "IE",
    "IEEE",
    "ANSI",
    "ECMA",
    "ASCII",
    "CP",
    "KOI",
    "X",
    "V",
    "VERSION",
    "RC",
    "BETA",
    "ALPHA",
    "PHASE",
    "STEP",
    "PART",
    "TLS",
    "SSL",
    "HTTP",
    "IPV",
    "IP",
    "TCP",
    "UDP",
    "USB",
    "HDMI",
    "WPA",
    "MP",
    "H",
    "HMAC",
    "ED",
    "CRC",
    "BASE",
    "WINDOWS",
    "WIN",
    "UCS",
    "GB",
    "BIG",
    "EUC",
    "JIS",
    "PKCS",
    "FIPS",
    "NIST",
    "SP",
    "PCI",
    "GPT",
    "COVID",
    "LTS",
    "PHP",
    "ES",
    "JAVA",
    "JDK",
    "JRE",
    "PY",
    "PYTHON",
    "CPU",
    "GPU",
    "CASSANDRA",
    "PUP",
    "MODULES",
    "JENKINS",
    "SECURITY",
    "OPTIND",
    "COMP",
    "CWORD",
    "DOC",
    "INTEL",
    "SPARK",
    "HADOOP",
    "KAFKA",
    "MESOS",
    "PULL",
    "PR",
    "GH",
    "ISSUE",
    "BUG",
    "REVERT",
    "Q",
    "UTC",
    "GMT",
    "EST",
    "PST",
    "CET",
    "TOP",
    "A",
    "B",
    "C",
];

/// Learns domains, ticket keys and people from `authors` (name and address of each author and
/// committer) and `messages`; `owner` is the repository's owner on its hosting site.
///
/// Nothing here is certain: the result is shown and confirmed before it counts.
pub fn learn<'a>(
    authors: impl Iterator<Item = (&'a str, &'a str)>,
    messages: impl Iterator<Item = &'a str>,
    owner: Option<&str>,
) -> Vocabulary {
    let mut domains: HashMap<String, HashSet<String>> = HashMap::new();
    let mut people: BTreeSet<String> = BTreeSet::new();
    let mut seen: HashSet<(&str, &str)> = HashSet::new();
    for (name, address) in authors {
        if !seen.insert((name, address)) {
            continue;
        }
        let (name, address) = (name.trim().to_lowercase(), address.trim().to_lowercase());
        people.extend(handle_of(&address));
        if is_bot(&name) || is_bot(&address) {
            continue;
        }
        people.extend(names_of(&name));
        let Some((local, domain)) = address.split_once('@') else { continue };
        people.extend(login_of(local));
        if is_employer(domain) {
            domains.entry(domain.to_owned()).or_default().insert(name);
        }
    }
    let owner = owner.map(str::to_lowercase);
    Vocabulary {
        domains: ranked(&domains, owner.as_deref()),
        ticket_keys: ticket_keys(messages),
        people: people.into_iter().collect(),
        code_names: Vec::new(),
        owners: owner.into_iter().collect(),
    }
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
        && !FREE_MAIL.contains(&domain)
        && !domain.contains("noreply")
}

/// Domains by the number of their people, the largest first; sub-domains go with their parent.
fn ranked(domains: &HashMap<String, HashSet<String>>, owner: Option<&str>) -> Vec<String> {
    let all: HashSet<&String> = domains.values().flatten().collect();
    let owned = |domain: &str| {
        let label = domain.rsplit('.').nth(1).unwrap_or_default();
        owner.is_some_and(|owner| owner == label)
    };
    let enough = |domain: &str, people: usize| {
        people >= LEAST_PEOPLE && people * 100 >= all.len() * LEAST_PERCENT || owned(domain)
    };
    let mut kept: Vec<(&String, usize)> = domains
        .iter()
        .map(|(domain, people)| (domain, people.len()))
        .filter(|(domain, people)| enough(domain, *people))
        .collect();
    kept.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let below = |domain: &str, other: &str| {
        domain.strip_suffix(other).is_some_and(|rest| rest.ends_with('.'))
    };
    let names: Vec<&String> = kept.iter().map(|(domain, _)| *domain).collect();
    let top = names.iter().filter(|name| !names.iter().any(|other| below(name, other)));
    top.map(|name| (*name).clone()).collect()
}

fn ticket_keys<'a>(messages: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut keys: BTreeMap<&str, (usize, HashSet<&str>)> = BTreeMap::new();
    for message in messages {
        let mut in_message: HashSet<&str> = HashSet::new();
        let joined = |c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_');
        for word in message.split(joined) {
            let Some((key, number)) = ticket(word) else { continue };
            let entry = keys.entry(key).or_default();
            entry.0 += usize::from(in_message.insert(key));
            entry.1.insert(number);
        }
    }
    let enough =
        |(count, numbers): &(usize, HashSet<&str>)| *count >= LEAST_MESSAGES && numbers.len() >= 2;
    let kept = keys.iter().filter(|(key, seen)| enough(seen) && !STANDARDS.contains(key));
    kept.map(|(key, _)| (*key).to_owned()).collect()
}

/// Takes `KEY-123` apart; more may follow a dash, as in a branch name.
fn ticket(word: &str) -> Option<(&str, &str)> {
    let (key, rest) = word.split_once('-')?;
    let number = rest.split(['-', '_']).next()?;
    let upper = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    let fits = (2..=12).contains(&key.len())
        && key.starts_with(|c: char| c.is_ascii_uppercase())
        && key.chars().all(upper)
        && (1..=7).contains(&number.len())
        && number.chars().all(|c| c.is_ascii_digit());
    fits.then_some((key, number))
}
