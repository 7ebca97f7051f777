// SPDX-License-Identifier: MIT OR Apache-2.0
//! What stands behind a public SSH key: whose it is, and on which machine it was made.

use std::ops::Range;

use super::{Slot, has_any, in_test_code, is_word, push, widen};
use crate::{
    domain::{PathClass, RuleIdx},
    rules::RuleSet,
    scan::{Detector, Sink, View},
};

/// Accounts and hosts of samples and of images.
const STOCK_USERS: &[&str] = &[
    "vagrant",
    "user",
    "root",
    "test",
    "foo",
    "you",
    "your_email",
    "ansible",
    "packer",
    "ubuntu",
    "runner",
    "docker",
    "your",
    "username",
    "me",
    "someone",
    "name",
    "email",
];

/// Hosts that stand for any host.
const STOCK_HOSTS: &[&str] = &[
    "localhost",
    "hostname",
    "host",
    "example",
    "domain",
    "debian",
    "ubuntu",
    "centos",
    "fedora",
    "kali",
    "archlinux",
    "alpine",
    "raspberrypi",
    "server",
    "machine",
    "box",
    "vm",
];

/// Comments that tell nothing.
const STOCK: &[&str] = &[
    "key",
    "user",
    "test",
    "example",
    "comment",
    "vagrant",
    "root",
    "generated",
    "sample",
    "foo",
    "bar",
    "dummy",
    "none",
    "rsa",
    "ed25519",
    "public",
    "insecure",
    "fake",
    "name",
    "this",
    "the",
    "todo",
    "placeholder",
    "default",
    "mykey",
    "key1",
    "key2",
    "your",
    "ssh",
    "redacted",
];

pub(super) struct Key {
    comment: Option<Slot>,
}

impl Key {
    pub(super) fn new(rules: &RuleSet) -> Self {
        Self { comment: Slot::find(rules, "internal/ssh-key-comment") }
    }
}

impl Detector for Key {
    fn at(&self, view: &View<'_>, _: RuleIdx, at: Range<usize>, sink: &mut Sink) {
        let text = view.text;
        let Some(comment) = comment_of(text, at.start) else { return };
        if view.class == PathClass::Vendored {
            return;
        }
        let first = widen(text, comment.start..comment.start, 128, |b| {
            is_word(b) || matches!(b, b'@' | b'.' | b'+' | b'-')
        });
        let first = comment.start..trim_dots(text, first.end);
        match memchr::memchr(b'@', &text[first.clone()]) {
            Some(sign) => {
                let (user, host) = text[first.clone()].split_at(sign);
                if is_telling(user, &host[1..]) {
                    push(self.comment, sink, |slot| slot.hit(first));
                }
            }
            // A host is the host rules' business, and in tests a word is a made-up one.
            None if is_label(&text[comment.clone()]) && !in_test_code(view) => {
                push(self.comment, sink, |slot| slot.low(comment));
            }
            None => {}
        }
    }
}

/// Where the comment stands behind the key whose type begins at `at`.
fn comment_of(text: &[u8], at: usize) -> Option<Range<usize>> {
    let kind = text[at..].iter().take(48).position(|b| *b == b' ')?;
    let blob = at + kind + 1;
    let base64 = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=');
    let end = blob + text[blob..].iter().take_while(|b| base64(**b)).count();
    let blanks = text[end..].iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
    if end < blob + 24 || !text[blob..].starts_with(b"AAAA") || blanks == 0 {
        return None;
    }
    let start = end + blanks;
    let ends = |b: &u8| {
        matches!(b, b'\n' | b'\r' | b'"' | b'\'' | b',' | b';' | b'<' | b']' | b'\\' | b'`')
    };
    let len = text[start..].iter().take(80).position(ends);
    let len = len.unwrap_or_else(|| text[start..].len().min(80));
    let comment = &text[start..start + len];
    let len = comment.iter().rposition(|b| !b.is_ascii_whitespace()).map_or(0, |i| i + 1);
    (len > 0).then_some(start..start + len)
}

fn trim_dots(text: &[u8], end: usize) -> usize {
    end - usize::from(text[..end].ends_with(b"."))
}

fn is_telling(user: &[u8], host: &[u8]) -> bool {
    let (user, host) = (user.to_ascii_lowercase(), host.to_ascii_lowercase());
    // The administrator tells where the key was made, unless that was a container.
    let container = host.len() == 12 && host.iter().all(u8::is_ascii_hexdigit);
    let admin = user == b"root" && !container;
    let sample = !admin && STOCK_USERS.iter().any(|word| word.as_bytes() == user)
        || STOCK_HOSTS.iter().any(|word| word.as_bytes() == host)
        || host.starts_with(b"test")
        || host.starts_with(b"example.")
        || host.ends_with(b".example")
        || host.ends_with(b".test")
        || has_any(&host, &[".example."]);
    !sample && !user.is_empty() && host.first().is_some_and(u8::is_ascii_alphanumeric)
}

/// Whether the comment is a name of somebody or something.
fn is_label(comment: &[u8]) -> bool {
    let lower = comment.to_ascii_lowercase();
    let mut words = lower.split(|b| !b.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    let stock = |word: &[u8]| STOCK.iter().any(|stock| stock.as_bytes() == word);
    let letters = lower.iter().filter(|b| b.is_ascii_alphabetic()).count();
    let host = lower.contains(&b'.') && !lower.contains(&b' ') && !lower.ends_with(b".pem");
    let code = lower.iter().any(|b| b"{}$%()=#|>&[@".contains(b));
    letters >= 3 && !host && !code && !words.all(stock)
}
