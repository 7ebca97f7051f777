// SPDX-License-Identifier: MIT OR Apache-2.0
//! Addresses of authors, and of those whom trailers name, by the domain that they are at.
//!
//! A release settles the addresses of a domain together, so there is one finding for each domain
//! and not one for each person.

use std::{collections::HashSet, ops::Range};

use memchr::memmem;

use crate::{
    domain::{RuleIdx, Vocabulary},
    rules::RuleSet,
};

/// Trailers end with `-by` or `-By` and this before the person.
const BY: &[u8] = b"y: ";
/// Longer than this is no name of a trailer.
const LONGEST_TRAILER: usize = 40;
/// Ends of names that only a machine has, with its network.
const PRIVATE: [&str; 16] = [
    "local",
    "localdomain",
    "localnet",
    "localhost",
    "lan",
    "internal",
    "home",
    "corp",
    "intra",
    "intranet",
    "private",
    "box",
    "priv",
    "domain",
    "arpa",
    "(none)",
];

/// Providers whose end somebody forgot.
const MISTYPED: [&str; 6] = ["gmail", "googlemail", "hotmail", "outlook", "yahoo", "icloud"];

/// An address at its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// All of it.
    pub(super) span: Range<usize>,
    /// What stands behind the `@`.
    pub(super) host: Range<usize>,
}

/// Who is at home where.
pub(super) struct Who {
    domains: Vec<String>,
    people: HashSet<String>,
    author: Option<RuleIdx>,
    machine: Option<RuleIdx>,
    /// The rules about addresses of people whoever they are.
    mail: Vec<RuleIdx>,
    /// The rule about those of the organisation.
    own: Option<RuleIdx>,
}

impl Who {
    pub(super) fn new(rules: &RuleSet, words: &Vocabulary) -> Self {
        let lower = |word: &String| word.trim_matches(['.', '*', ' ']).to_ascii_lowercase();
        let mail = ["sensitive/personal-email", "sensitive/named-email"];
        Self {
            domains: words.domains.iter().map(lower).filter(|word| word.contains('.')).collect(),
            people: crate::scan::internal::people_of(words).into_iter().collect(),
            author: rules.detected("internal/author-domain"),
            machine: rules.detected("internal/machine-address"),
            mail: mail.iter().filter_map(|id| rules.find(id)).collect(),
            own: rules.find("internal/org-email"),
        }
    }

    /// Returns whether a rule is about addresses of people whoever they are.
    pub(super) fn is_mail(&self, rule: RuleIdx) -> bool {
        self.mail.contains(&rule)
    }

    /// Returns an address of the organisation that a rule has found, such as one in place of a
    /// name.
    pub(super) fn found(&self, rule: RuleIdx, text: &[u8], span: &Range<usize>) -> Option<Address> {
        let sign = memchr::memrchr(b'@', &text[span.clone()]).filter(|_| self.own == Some(rule))?;
        Some(Address { span: span.clone(), host: span.start + sign + 1..span.end })
    }

    /// Returns whether `name` is one of the people who wrote the repository.
    pub(super) fn is_person(&self, name: &str) -> bool {
        self.people.contains(&name.to_lowercase())
    }

    /// Returns by which rule an address is asked about, and the part of it that stands for all
    /// alike: the domain of the organisation, or what the network of a machine is called.
    pub(super) fn judge(&self, text: &[u8], address: &Address) -> Option<(RuleIdx, Range<usize>)> {
        let host = String::from_utf8_lossy(&text[address.host.clone()]).to_ascii_lowercase();
        let below = |domain: &String| {
            host.strip_suffix(domain.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        };
        if self.domains.iter().any(below) {
            return Some((self.author?, address.host.clone()));
        }
        let tail = machine(&host)?;
        Some((self.machine?, address.host.end - tail..address.host.end))
    }
}

/// Returns how many bytes at the end of a host say that a machine made the address up.
fn machine(host: &str) -> Option<usize> {
    let last = host.rsplit('.').next().unwrap_or_default();
    if PRIVATE.contains(&last) {
        return Some(last.len());
    }
    let inside = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    // Subversion's importer puts the id of the repository there.
    let uuid = host.len() == 36 && host.bytes().filter(|b| *b == b'-').count() == 4;
    let name = !host.is_empty() && !uuid && host.bytes().all(inside) && !MISTYPED.contains(&host);
    let address = host.parse::<std::net::IpAddr>().is_ok();
    (name || address).then_some(host.len())
}

/// Returns the address on each line of what [`message::people`](crate::repo::message::people)
/// makes of a commit.
pub(super) fn authors(people: &[u8]) -> Vec<Address> {
    let mut at = 0;
    let mut out = Vec::new();
    for line in people.split_inclusive(|b| *b == b'\n') {
        out.extend(on_line(people, at..at + line.len()));
        at += line.len();
    }
    out
}

/// Returns the addresses of those whom the trailers of a message name.
pub(super) fn trailers(message: &[u8]) -> Vec<Address> {
    let mut out = Vec::new();
    for at in memmem::find_iter(message, BY) {
        let start = memchr::memrchr(b'\n', &message[..at]).map_or(0, |i| i + 1);
        // What is quoted or put back is indented.
        let name = message[start..at].trim_ascii_start();
        let name = name.strip_suffix(b"b").or_else(|| name.strip_suffix(b"B"));
        let Some(name) = name.and_then(|name| name.strip_suffix(b"-")) else { continue };
        let word = |b: &u8| b.is_ascii_alphabetic() || *b == b'-';
        if !name.is_empty() && name.len() <= LONGEST_TRAILER && name.iter().all(word) {
            let end = memchr::memchr(b'\n', &message[at..]).map_or(message.len(), |i| at + i);
            out.extend(on_line(message, at + BY.len()..end));
        }
    }
    out
}

/// Returns what stands between angle brackets there, or the one word that is an address.
fn on_line(text: &[u8], line: Range<usize>) -> Option<Address> {
    let bytes = text[line.clone()].trim_ascii();
    let start = line.start + (text[line.clone()].len() - text[line].trim_ascii_start().len());
    let (open, close) = match memchr::memrchr(b'<', bytes) {
        Some(open) => (open + 1, memchr::memrchr(b'>', bytes).unwrap_or(bytes.len())),
        None => (0, bytes.len()),
    };
    let address = bytes.get(open..close)?;
    let sign = memchr::memrchr(b'@', address)?;
    let span = start + open..start + close;
    let blank = |b: &u8| b.is_ascii_whitespace();
    let fits = sign > 0 && sign + 1 < address.len() && !address.iter().any(blank);
    fits.then(|| Address { host: span.start + sign + 1..span.end, span })
}

#[cfg(test)]
mod tests {
    use super::{authors, machine, trailers};

    #[test]
    fn addresses_stand_in_brackets_or_alone() {
        let hosts = |text: &str, of: fn(&[u8]) -> Vec<super::Address>| -> Vec<String> {
            of(text.as_bytes()).into_iter().map(|one| text[one.host].to_owned()).collect()
        };
        assert_eq!(hosts("A B <a@b.test>\nC <c@d.(none)>\n", authors), ["b.test", "d.(none)"]);
        assert_eq!(hosts("A <a>\n\n<@x>\n", authors), [""; 0]);
        let message = "Fix\n\nstand-by: it is a@c.test\nSigned-off-by: A <a@b.test>\n\
            Acked-by: d@e.test\nx Acked-by: f@g.test\n  Co-Authored-By: H <h@i.test>\n\
            Key: k@l.test";
        assert_eq!(hosts(message, trailers), ["b.test", "e.test", "i.test"]);
    }

    #[test]
    fn machines_are_told_by_the_end_of_their_names() {
        assert_eq!(machine("books-macbook-pro.local"), Some(5));
        assert_eq!(machine("vm.(none)"), Some(6));
        assert_eq!(machine("build3"), Some(6));
        assert_eq!(machine("10.1.2.3"), Some(8));
        assert_eq!(machine("mail.example.org"), None);
        assert_eq!(machine("1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"), None);
    }
}
