// SPDX-License-Identifier: MIT OR Apache-2.0
//! Which names stand in the files, by the domain that they belong to.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use memchr::memchr_iter;

use super::{
    inventory::Inventory,
    keys,
    lists::{EXTENSIONS, MANIFESTS, MEDIA},
    trackers,
};
use crate::domain::{FileKind, PathClass, RepoPath};

/// So much of one file is read.
const MOST_BYTES: usize = 1 << 18;
/// So many different names are kept: a file of random ones must not fill the memory.
const MOST_NAMES: usize = 200_000;
/// Longest name, RFC 1035, section 2.3.4.
const LONGEST: usize = 253;

/// The names below one domain.
#[derive(Debug, Default)]
pub(super) struct Below {
    /// How often each name stands in the files.
    pub(super) hosts: HashMap<Box<str>, Seen>,
    /// In how many files there is one.
    pub(super) files: usize,
    /// Whether a manifest, a list of submodules or the first page names one.
    pub(super) in_manifest: bool,
    /// How many manifests do; pages name everybody.
    pub(super) manifests: usize,
    /// Whether the repository is reviewed there.
    pub(super) is_home: bool,
    last: usize,
}

/// How one name stands in the files.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    /// How often.
    pub(super) times: u32,
    /// How often where only an address can stand, or numbered as hosts are: what is an attribute
    /// of an object or a key of an API never is.
    pub(super) addressed: u32,
}

/// What the files of a commit say about the organisation's names.
#[derive(Debug, Default)]
pub struct Survey {
    /// By registrable domain, after the Public Suffix List (<https://publicsuffix.org>).
    pub(super) domains: HashMap<Box<str>, Below>,
    /// By last label, where no registry knows it.
    pub(super) suffixes: HashMap<Box<str>, Below>,
    /// What files and directories are called after.
    pub(super) inventory: Inventory,
    /// Numbers of what look like ticket keys in comments.
    pub(super) tickets: BTreeMap<String, Vec<String>>,
    /// Whether the file that is read says where the repository is reviewed.
    at_home: bool,
    /// Whether messages tell the ticket keys.
    messages_tell: bool,
    /// Numbers of Request Tracker.
    pub(super) requests: BTreeSet<Box<[u8]>>,
    files: usize,
    names: usize,
}

impl Survey {
    /// Makes an empty one for a repository with so many messages.
    #[must_use]
    pub fn beside(messages: usize) -> Self {
        Self { messages_tell: messages >= keys::HISTORY, ..Self::default() }
    }

    /// Whether the file at `path` is worth reading: other people's code and tests say nothing
    /// about the organisation.
    #[must_use]
    pub fn wants(path: &RepoPath) -> bool {
        let own = match PathClass::of(path) {
            PathClass::Normal => true,
            // A page of prose counts as one too, and names what is real.
            PathClass::Test | PathClass::Docs => FileKind::of(path) == FileKind::Prose,
            PathClass::Vendored | PathClass::Generated => false,
        };
        own && !MEDIA.contains(path.extension().as_str())
    }

    /// Takes the names in a file in.
    pub fn read(&mut self, path: &RepoPath, text: &[u8]) {
        let text = &text[..text.len().min(MOST_BYTES)];
        if text.contains(&0) {
            return;
        }
        self.files += 1;
        self.inventory.take(path);
        let kind = FileKind::of(path);
        let name = std::str::from_utf8(path.file_name()).unwrap_or_default();
        let manifest = MANIFESTS.contains(name);
        self.at_home = path.as_bytes() == b".gitreview";
        let mut from = 0;
        for dot in memchr_iter(b'.', text) {
            if dot < from {
                continue;
            }
            let start = dot - text[from..dot].iter().rev().take_while(|b| part(**b)).count();
            let end = dot + text[dot..].iter().take_while(|b| part(**b)).count();
            from = end;
            if let Some((name, addressed)) = name_at(text, start, end, kind) {
                self.take(name, addressed, kind, manifest);
            }
        }
        if kind != FileKind::Prose && !self.messages_tell {
            self.take_tickets(text);
        }
        if kind != FileKind::Prose {
            trackers::requests(text, &mut self.requests);
        }
    }

    fn take(&mut self, name: &str, addressed: bool, kind: FileKind, manifest: bool) {
        let Some(suffix) = psl::suffix(name.as_bytes()) else { return };
        let below = if suffix.is_known() {
            let Some(domain) = psl::domain_str(name) else { return };
            // `x.gov.uk` alone belongs to whoever runs all of it.
            entry(&mut self.domains, domain)
        } else {
            let first = name.split('.').next().unwrap_or_default();
            let numbered = first.bytes().any(|b| b.is_ascii_digit())
                && first.starts_with(|c: char| c.is_ascii_alphabetic());
            if !numbered || kind == FileKind::Code {
                return;
            }
            entry(&mut self.suffixes, name.rsplit('.').next().unwrap_or_default())
        };
        if below.last != self.files {
            below.last = self.files;
            below.files += 1;
            below.manifests += usize::from(manifest && kind != FileKind::Prose);
        }
        below.in_manifest |= manifest;
        below.is_home |= self.at_home;
        if let Some(seen) = below.hosts.get_mut(name) {
            seen.times += 1;
            seen.addressed += u32::from(addressed);
        } else if self.names < MOST_NAMES {
            self.names += 1;
            let addressed = u32::from(addressed);
            below.hosts.insert(name.into(), Seen { times: 1, addressed });
        }
    }

    /// Takes in what looks like ticket keys in comments.
    fn take_tickets(&mut self, text: &[u8]) {
        for dash in memchr_iter(b'-', text) {
            let head = &text[..dash];
            let key = head.iter().rev().take_while(|b| b.is_ascii_uppercase()).count();
            let digits = text[dash + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
            if !(2..=12).contains(&key) || !(3..=6).contains(&digits) {
                continue;
            }
            let line = head.iter().rposition(|b| *b == b'\n').map_or(0, |i| i + 1);
            let before = &text[line..dash - key];
            let joined = before.last().is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'-');
            let comment = before.contains(&b'#') || before.windows(2).any(|w| w == b"//");
            if joined || !comment || self.tickets.len() > 500 {
                continue;
            }
            let word = |part: &[u8]| String::from_utf8_lossy(part).into_owned();
            let numbers = self.tickets.entry(word(&text[dash - key..dash])).or_default();
            if numbers.len() < 50 {
                numbers.push(word(&text[dash + 1..dash + 1 + digits]));
            }
        }
    }
}

fn entry<'a>(map: &'a mut HashMap<Box<str>, Below>, key: &str) -> &'a mut Below {
    map.entry(key.into()).or_default()
}

fn part(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_')
}

/// The host name in `start..end`, if it is one there, and whether it is addressed as one: in code
/// and in paths a dotted word is most often something else.
fn name_at(text: &[u8], start: usize, end: usize, kind: FileKind) -> Option<(&str, bool)> {
    let word = text[start..end].trim_ascii();
    let word = word.strip_suffix(b".").unwrap_or(word);
    let fits = (4..=LONGEST).contains(&word.len())
        && word.iter().all(|b| !b.is_ascii_uppercase() && *b != b'_')
        && word.split(|b| *b == b'.').all(is_label);
    if !fits {
        return None;
    }
    let at = |i: Option<usize>| i.and_then(|i| text.get(i)).copied().unwrap_or(b'\n');
    let left = at(start.checked_sub(1));
    let right = at(Some(start + word.len()));
    let second = at(start.checked_sub(2));
    // `@someone.else` is a handle, not a mailbox.
    let mailbox = left == b'@' && second.is_ascii_alphanumeric();
    let url = left == b'/' && second == b'/' || mailbox;
    let apart = matches!(left, b'$' | b'%' | b'{' | b'}' | b'\\' | b')')
        || matches!(right, b'(' | b'{' | b'[' | b'$');
    // `group.example/v1` and `group.example/label` are keys of an API.
    let path = left == b'/' && !url || left == b'~' || right == b'/' && !url;
    let quoted = url || matches!(left, b'"' | b'\'' | b'`');
    let name = std::str::from_utf8(word).ok()?;
    let last = name.rsplit('.').next()?;
    let top = (2..=24).contains(&last.len()) && last.bytes().all(|b| b.is_ascii_alphabetic());
    let file = !url && EXTENSIONS.contains(last);
    let bare = kind == FileKind::Code && !quoted;
    let end = start + word.len();
    let port = right == b':' && at(Some(end + 1)).is_ascii_digit();
    let addressed = url || port || is_numbered(name.split('.').next()?);
    (top && !apart && !path && !file && !bare).then_some((name, addressed))
}

/// A word, and digits that count: not `s3` or `oauth2`.
pub(super) fn is_numbered(label: &str) -> bool {
    let digits = label.bytes().filter(u8::is_ascii_digit).count();
    let letters = label.bytes().filter(u8::is_ascii_alphabetic).count();
    label.ends_with(|c: char| c.is_ascii_digit())
        && label.starts_with(|c: char| c.is_ascii_alphabetic())
        && letters >= 2
        && (digits >= 2 || letters >= 4)
        && digits <= letters + 4
}

fn is_label(label: &[u8]) -> bool {
    (1..=63).contains(&label.len()) && !label.starts_with(b"-") && !label.ends_with(b"-")
}
