// SPDX-License-Identifier: MIT OR Apache-2.0
//! Host names in running text: where one starts and ends, and what its labels say.

use std::ops::Range;

use super::{after, before, widen};

/// Words that are the public face of an organisation, seen as the first label of a host.
const PUBLIC_FACE: &[&str] = &[
    "www",
    "docs",
    "doc",
    "documentation",
    "wiki",
    "blog",
    "static",
    "download",
    "downloads",
    "bugs",
    "lists",
    "play",
    "cdn",
    "media",
    "help",
    "news",
    "developer",
    "developers",
    "status",
    "schema",
    "schemas",
    "ns",
    "about",
    "press",
    "careers",
    "jobs",
    "support",
    "community",
];

/// Parts of a first label that name an environment or a back door.
const FLEET: &[&str] = &[
    "stg", "stage", "staging", "qa", "uat", "preprod", "mgmt", "oob", "ilo", "idrac", "ipmi",
    "pdu", "vpn", "bastion", "jump", "jumphost",
];

/// Longest rest of a file's name.
const LONGEST_REST: usize = 32;

/// Labels whose digit counts nothing.
const NAMES_WITH_DIGIT: &[&str] = &["oauth2", "s3", "k8s", "www2", "ipv4", "ipv6", "web3", "i18n"];

/// The host name that ends at `end` and holds the known tail before it, or nothing when the tail
/// is a part of a longer name.
pub(super) fn ending_at(text: &[u8], tail: Range<usize>) -> Option<Range<usize>> {
    let next = after(text, tail.end);
    if goes_on(next) || next == b'.' && goes_on(after(text, tail.end + 1)) {
        return None;
    }
    before_tail(text, tail)
}

/// The same for a host that a file is called after.
pub(super) fn of_file(text: &[u8], tail: Range<usize>) -> Option<Range<usize>> {
    let below = before(text, tail.start) == b'.';
    names_file(text, tail.end, below).then(|| before_tail(text, tail))?
}

fn before_tail(text: &[u8], tail: Range<usize>) -> Option<Range<usize>> {
    let label = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'.';
    let span = widen(text, tail.start..tail.start, 200, label);
    let left = text[span.start..tail.start].iter().take_while(|b| matches!(b, b'.' | b'-')).count();
    Some(span.start + left..tail.end).filter(|span| span.start <= tail.start)
}

/// Ends of files that are called after the host that they are for.
const OF_HOSTS: &[&str] = &[
    "cert", "cer", "cfg", "conf", "crt", "csr", "erb", "html", "ini", "j2", "js", "json", "key",
    "keytab", "log", "nix", "pem", "pp", "pub", "rb", "service", "signed", "sls", "toml", "txt",
    "yaml", "yml", "zone",
];

/// Whether what follows the host that ends at `end` makes the name of a file or a thing of it:
/// `db1.corp.example.pem`, `db1.corp.example-access.log`, and below the domain `db1.corp.example-old`.
fn names_file(text: &[u8], end: usize, below: bool) -> bool {
    let rest = &text[end..text.len().min(end + LONGEST_REST)];
    let rest = &rest[..rest.iter().take_while(|b| goes_on(**b) || **b == b'.').count()];
    let rest = rest.strip_suffix(b".").unwrap_or(rest);
    let mut parts = rest.split(|b| *b == b'.');
    let dashed = match parts.next() {
        Some([]) => false,
        Some([b'-', name @ ..]) if !name.is_empty() => true,
        _ => return false,
    };
    match parts.next_back() {
        None => dashed && below,
        Some(last) => parts.count() <= 2 && OF_HOSTS.iter().any(|end| end.as_bytes() == last),
    }
}

fn goes_on(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'-' || b == b'_'
}

/// What the first labels of a host on a domain of the organisation say.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    /// The domain itself, or a site that everybody knows.
    Public,
    /// One name among others.
    Plain,
    /// A number or an environment: part of a fleet.
    Fleet,
}

/// Judges the labels that stand before the domain.
pub(super) fn face(labels: &[u8]) -> Face {
    let lower = String::from_utf8_lossy(labels).to_ascii_lowercase();
    let mut parts = lower.trim_end_matches('.').split('.');
    let first = parts.next().unwrap_or_default();
    let fleet = |label: &str| {
        label.bytes().any(|b| b.is_ascii_digit()) && !NAMES_WITH_DIGIT.contains(&label)
            || label.split('-').any(|word| FLEET.contains(&word))
    };
    if first.is_empty() || PUBLIC_FACE.contains(&first) && parts.clone().next().is_none() {
        Face::Public
    } else if fleet(first) || parts.next().is_some_and(fleet) {
        Face::Fleet
    } else {
        Face::Plain
    }
}

/// Whether `at` is a directory in the address of another site, as the name of a repository is in
/// `https://github.com/owner/corp.example`.
pub(super) fn in_other_address(text: &[u8], at: usize) -> bool {
    let part = |b: u8| b.is_ascii_graphic() && !b"\"'`<>()[]{}|\\,".contains(&b);
    let head = &text[widen(text, at..at, 200, part).start..at];
    // A host that comes first has nothing but the scheme before it.
    memchr::memmem::rfind(head, b"://").is_some_and(|scheme| head[scheme + 3..].contains(&b'/'))
}

/// Whether what stands before `at` makes a name there the path of a URL or a file.
pub(super) fn in_file_path(text: &[u8], at: usize) -> bool {
    before(text, at) == b'/' && at.checked_sub(1).is_none_or(|i| before(text, i) != b'/')
}
