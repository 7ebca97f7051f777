// SPDX-License-Identifier: MIT OR Apache-2.0
//! Files that say who can decrypt what: they name people, machines and files.

use std::{collections::HashSet, ops::Range};

use memchr::memmem;

use crate::domain::RepoPath;

/// So much of a list is read.
const MOST_BYTES: usize = 1 << 20;

/// A list by the name of its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::scan) enum List {
    /// `.sops.yaml`: keys under anchors that say whose they are.
    Sops,
    /// `secrets.nix` of agenix and the file of keys beside it.
    Nix,
    /// `.gpg-id` of pass: a key a line.
    GpgId,
    /// Who may read what blackbox encrypts.
    Admins,
    /// What blackbox encrypts.
    Files,
    /// `.gitattributes`: which paths are encrypted.
    Attributes,
}

impl List {
    /// Tells a list by its path.
    pub(in crate::scan) fn of(path: &RepoPath) -> Option<Self> {
        match path.file_name() {
            b".sops.yaml" | b".sops.yml" => Some(Self::Sops),
            b"secrets.nix" | b"keys.nix" | b"pubkeys.nix" | b"publicKeys.nix" => Some(Self::Nix),
            b".gpg-id" => Some(Self::GpgId),
            b"blackbox-admins.txt" => Some(Self::Admins),
            b"blackbox-files.txt" => Some(Self::Files),
            b".gitattributes" => Some(Self::Attributes),
            _ => None,
        }
    }
}

/// What a part of a list is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// A name of a person or a machine.
    Name,
    /// A key, or its fingerprint.
    Key,
    /// A path.
    Path,
}

/// Returns what stands in a list, in the order of the text.
pub(super) fn entries(list: List, text: &[u8]) -> Vec<(Entry, Range<usize>)> {
    let text = &text[..text.len().min(MOST_BYTES)];
    let mut all = Vec::new();
    match list {
        List::Sops => sops(text, &mut all),
        List::Nix => nix(text, &mut all),
        List::GpgId | List::Admins | List::Files => {
            for line in lines(text) {
                all.push((kind_of_line(list, &text[line.clone()]), line));
            }
        }
        List::Attributes => {
            for line in lines(text) {
                all.extend(encrypted_path(text, line).map(|path| (Entry::Path, path)));
            }
        }
    }
    all
}

/// The lines that say something, without blanks around them or a comment behind.
fn lines(text: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut next = if text.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    std::iter::from_fn(move || {
        while next < text.len() {
            let start = next;
            let end = memchr::memchr(b'\n', &text[start..]).map_or(text.len(), |i| start + i);
            next = end + 1;
            let line = &text[start..end];
            let said = memmem::find(line, b" #").map_or(line, |comment| &line[..comment]);
            let first = start + said.len() - said.trim_ascii_start().len();
            let said = said.trim_ascii();
            if !said.is_empty() && said[0] != b'#' {
                return Some(first..first + said.len());
            }
        }
        None
    })
}

fn kind_of_line(list: List, line: &[u8]) -> Entry {
    let digits = line.strip_prefix(b"0x").unwrap_or(line);
    let digits = digits.strip_suffix(b"!").unwrap_or(digits);
    match list {
        List::Files => Entry::Path,
        _ if matches!(digits.len(), 8 | 16 | 40) && is_hex(digits) => Entry::Key,
        _ => Entry::Name,
    }
}

fn is_hex(text: &[u8]) -> bool {
    text.iter().all(u8::is_ascii_hexdigit)
}

/// `secrets/** filter=git-crypt diff=git-crypt`
fn encrypted_path(text: &[u8], line: Range<usize>) -> Option<Range<usize>> {
    let bytes = &text[line.clone()];
    let mut words = bytes.split(u8::is_ascii_whitespace);
    let path = words.next()?;
    let filter = words.find_map(|word| word.strip_prefix(b"filter="))?;
    let encrypts =
        ["crypt", "age", "transcrypt"].iter().any(|name| {
            filter == name.as_bytes() || filter.ends_with(&[b"-", name.as_bytes()].concat())
        }) || [b"git-crypt-".as_slice(), b"crypt-"].iter().any(|head| filter.starts_with(head));
    let own = matches!(path, b"*" | b"**" | b".gitattributes");
    (encrypts && !own).then(|| line.start..line.start + path.len())
}

/// The name that begins at `at`.
fn word(text: &[u8], at: usize) -> Range<usize> {
    let part = |b: &&u8| b.is_ascii_alphanumeric() || b"_-.@".contains(b) || **b >= 0x80;
    let len = text[at..].iter().take_while(part).count();
    let dots = text[at..at + len].iter().rev().take_while(|b| **b == b'.').count();
    at..at + len - dots
}

/// Names of anchors that stand for keys, what refers to them, and fingerprints.
fn sops(text: &[u8], all: &mut Vec<(Entry, Range<usize>)>) {
    let mut names: HashSet<&[u8]> = HashSet::new();
    for at in memchr::memchr_iter(b'&', text) {
        let name = word(text, at + 1);
        let rest = text[name.end..].trim_ascii_start();
        if !name.is_empty() && rest.len() < text.len() - name.end && is_key(rest) {
            names.insert(&text[name]);
        }
    }
    for at in memchr::memchr2_iter(b'&', b'*', text) {
        let name = word(text, at + 1);
        if names.contains(&text[name.clone()]) {
            all.push((Entry::Name, name));
        }
    }
    let mut at = 0;
    while at < text.len() {
        let len = text[at..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        if len == 40 && is_hex(&text[at..at + len]) {
            all.push((Entry::Key, at..at + len));
        }
        at += len + 1;
    }
    all.sort_by_key(|(_, span)| span.start);
}

/// Whether a key of a recipient begins at `text`: of age, SSH or PGP, or one of a cloud.
fn is_key(text: &[u8]) -> bool {
    let text = text.strip_prefix(b"\"").or(text.strip_prefix(b"'")).unwrap_or(text);
    let heads: [&[u8]; 5] = [b"age1", b"ssh-", b"arn:aws", b"projects/", b"https://"];
    let digits = text.iter().take_while(|b| b.is_ascii_hexdigit()).count();
    heads.iter().any(|head| text.starts_with(head)) || digits == 40
}

/// Words for several recipients at once.
const GROUPS: [&[u8]; 14] = [
    b"users",
    b"systems",
    b"all",
    b"hosts",
    b"machines",
    b"admins",
    b"servers",
    b"everyone",
    b"allKeys",
    b"keys",
    b"default",
    b"publicKeys",
    b"with",
    b"in",
];

/// Names of keys, and the names in lists of who can decrypt a file.
fn nix(text: &[u8], all: &mut Vec<(Entry, Range<usize>)>) {
    let mut list = false;
    for line in lines(text) {
        let mut at = line.start;
        if let Some(name) = assigned_key(text, line.clone()) {
            all.push((Entry::Name, name));
        }
        while at < line.end {
            match text[at] {
                b'[' => list = true,
                b']' | b';' => list = false,
                b'"' => {
                    let rest = &text[at + 1..line.end];
                    at += 1 + memchr::memchr(b'"', rest).unwrap_or(rest.len());
                }
                b if b.is_ascii_alphabetic() || b == b'_' => {
                    let whole = word(text, at);
                    // The end of a path of names is that of the recipient.
                    let dot = memchr::memrchr(b'.', &text[whole.clone()]);
                    let name = whole.start + dot.map_or(0, |i| i + 1)..whole.end;
                    if list && !name.is_empty() && !GROUPS.contains(&&text[name.clone()]) {
                        all.push((Entry::Name, name));
                    }
                    at = whole.end.max(at + 1) - 1;
                }
                _ => {}
            }
            at += 1;
        }
    }
    all.sort_by_key(|(_, span)| span.start);
    all.dedup();
}

/// `alice = "age1…"`
fn assigned_key(text: &[u8], line: Range<usize>) -> Option<Range<usize>> {
    let bytes = &text[line.clone()];
    let sign = memchr::memchr(b'=', bytes)?;
    let value = bytes[sign + 1..].trim_ascii_start();
    let value = value.strip_prefix(b"[").unwrap_or(value).trim_ascii_start();
    let name = bytes[..sign].trim_ascii();
    let name = name.strip_prefix(b"\"").and_then(|n| n.strip_suffix(b"\"")).unwrap_or(name);
    let plain = |b: &u8| b.is_ascii_alphanumeric() || b"_-.'".contains(b);
    let single = value.first() == Some(&b'"') && is_key(value) && !value.starts_with(b"\"https");
    let quoted = usize::from(bytes[0] == b'"');
    (single && !name.is_empty() && name.iter().all(plain) && !GROUPS.contains(&name))
        .then(|| line.start + quoted..line.start + quoted + name.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Entry, List, entries};

    fn of(list: List, text: &str) -> Vec<(Entry, &str)> {
        entries(list, text.as_bytes()).into_iter().map(|(kind, span)| (kind, &text[span])).collect()
    }

    #[test]
    fn lists_name_people_keys_and_paths() {
        let fingerprint = "0123456789ABCDEF".repeat(2) + "01234567";
        let text = format!(
            "keys:\r\n  - &mira age1qq\r\n  - &box-1 {fingerprint}\r\n  - &rule\r\nrules:\r\n  - age: *mira\r\n  - pgp: \"{fingerprint}\" # *\r\n"
        );
        let (name, key) = (|text| (Entry::Name, text), (Entry::Key, &*fingerprint));
        assert_eq!(of(List::Sops, &text), [name("mira"), name("box-1"), key, name("mira"), key]);
        let nix = "let\n  mira = \"ssh-ed25519 AAAA\"; # hers\n  users = [ mira hosts.box-1 ];\nin {\n  \"a.age\".publicKeys = users ++ [ \"age1x\" box2 ];\n  n = 5;\n}";
        let names = ["mira", "mira", "box-1", "box2"].map(name);
        assert_eq!(of(List::Nix, nix), names);
        assert_eq!(
            of(List::GpgId, "0x0123456789ABCDEF\n# x\nmira@acme.io\n"),
            [(Entry::Key, "0x0123456789ABCDEF"), name("mira@acme.io"),]
        );
        assert_eq!(of(List::Files, "a/b.txt\n"), [(Entry::Path, "a/b.txt")]);
        let attributes = "* text=auto\nkeys/** filter=git-crypt diff=git-crypt\n*.png filter=lfs\nb filter=crypt\n.gitattributes !filter\n";
        assert_eq!(
            of(List::Attributes, attributes),
            [(Entry::Path, "keys/**"), (Entry::Path, "b")]
        );
    }

    proptest! {
        #[test]
        fn never_panics(text in r#"[ \n\r&*#"=\[\];.a-c0é]{0,60}"#) {
            for list in [List::Sops, List::Nix, List::GpgId, List::Files, List::Attributes] {
                for (_, span) in entries(list, text.as_bytes()) {
                    prop_assert!(!text.as_bytes()[span].is_empty());
                }
            }
        }
    }
}
