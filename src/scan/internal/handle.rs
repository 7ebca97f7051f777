// SPDX-License-Identifier: MIT OR Apache-2.0
//! Handles, and logins of people who own or look after something.

use std::{ops::Range, sync::Arc};

use super::{
    Slot, Words, after, before, has_any, in_comment, in_test_code, is_word, people::ACCOUNTS, push,
    widen,
};
use crate::{
    domain::{FileKind, PathClass, RepoPath, RuleIdx},
    rules::RuleSet,
    scan::{Detector, Sign, Sink, View},
};

/// Groups of a hosting site may lie in each other as deep as this.
const MOST_SLASHES: usize = 4;

pub(super) struct Handle {
    handle: Option<Slot>,
    owner: Option<Slot>,
    words: Arc<Words>,
}

impl Handle {
    pub(super) fn new(rules: &RuleSet, words: &Arc<Words>) -> Self {
        Self {
            handle: Slot::find(rules, "internal/handle"),
            owner: Slot::find(rules, "internal/owner-name"),
            words: Arc::clone(words),
        }
    }

    /// A handle behind `owner:` and the like.
    fn named(&self, view: &View<'_>, at: Range<usize>, sink: &mut Sink) {
        let text = view.text;
        // A keyword that ends with the sign itself has it behind, the others may quote it.
        let sign = if text[at.end - 1] == b'@' { at.end - 1 } else { value_at(text, at.end) };
        if after(text, sign) != b'@' || !says(view, &at) {
            return;
        }
        // More may follow: `owner: @alpha, @beta`.
        let mut sign = sign;
        while after(text, sign) == b'@' {
            self.handle_at(view, sign, sink);
            let name = widen(text, sign + 1..sign + 1, 80, is_handle).end;
            sign = widen(text, name..name, 5, |b| b"\"', ".contains(&b)).end;
        }
    }

    fn handle_at(&self, view: &View<'_>, sign: usize, sink: &mut Sink) {
        let text = view.text;
        let end = widen(text, sign + 1..sign + 1, 80, is_handle).end;
        let handle = &text[sign + 1..end.max(sign + 1)];
        let handle = &handle[..handle.iter().rposition(|b| is_word(*b)).map_or(0, |i| i + 1)];
        let left = before(text, sign);
        let slashes = handle.iter().filter(|b| **b == b'/').count();
        let stock = has_any(handle, &["example", "your-", "my-org", "username"]);
        // After a word it is an e-mail address.
        let address = is_word(left) || after(text, end) == b'(';
        if address || handle.len() < 2 || slashes > MOST_SLASHES || stock {
            return;
        }
        push(self.handle, sink, |slot| slot.hit(sign..sign + 1 + handle.len()));
    }

    /// Logins without the sign: only authors are known to be people.
    fn owners(&self, view: &View<'_>, at: Range<usize>, sink: &mut Sink) {
        let text = view.text;
        if is_word(before(text, at.start)) || in_test_code(view) {
            return;
        }
        let mut start = value_at(text, at.end);
        loop {
            let name = start..widen(text, start..start, 40, is_login).end;
            let login = &text[name.clone()];
            let known = !ACCOUNTS.iter().any(|word| word.as_bytes() == login)
                && login.first().is_some_and(u8::is_ascii_lowercase)
                && matches!(after(text, name.end), b'"' | b'\'' | b',' | b']' | b'\n' | b'\r')
                && self.words.is_person(login);
            if known {
                push(self.owner, sink, |slot| slot.hit(name.clone()));
            }
            start = widen(text, name.end..name.end, 4, |b| b"\"', ".contains(&b)).end;
            if name.is_empty() || !text[name.end..start].contains(&b',') {
                return;
            }
        }
    }
}

impl Detector for Handle {
    fn at(&self, view: &View<'_>, rule: RuleIdx, at: Range<usize>, sink: &mut Sink) {
        if view.class == PathClass::Vendored {
            // Their people are not ours.
        } else if self.owner.is_some_and(|slot| slot.rule == rule) {
            self.owners(view, at, sink);
        } else {
            self.named(view, at, sink);
        }
    }

    fn sign(&self) -> Option<Sign> {
        self.handle.map(|_| Sign::Mention)
    }

    fn at_sign(&self, view: &View<'_>, sign: usize, sink: &mut Sink) {
        if view.facts.owners && view.class != PathClass::Vendored {
            self.handle_at(view, sign, sink);
        }
    }
}

fn is_handle(b: u8) -> bool {
    is_word(b) || matches!(b, b'-' | b'/' | b'.')
}

fn is_login(b: u8) -> bool {
    is_word(b) || matches!(b, b'-' | b'.')
}

/// Where the value behind a key begins.
fn value_at(text: &[u8], key_end: usize) -> usize {
    widen(text, key_end..key_end, 3, |b| b"\"' [(<*-".contains(&b)).end
}

/// Whether the keyword at `at` stands in words rather than in code, if it is one of words:
/// `ping @host` calls something, `# ping @alpha` does not, and behind a bracket the name of the
/// person comes first: `Quentin Alpha (@alpha)`.
fn says(view: &View<'_>, at: &Range<usize>) -> bool {
    let text = view.text;
    let words = view.kind == FileKind::Prose || in_comment(view, at.start);
    let joined = is_word(before(text, at.start));
    match &text[at.clone()] {
        b" (@" => {
            let end = widen(text, at.end..at.end, 80, is_handle).end;
            let head = &text[view.line(at.start).start..at.start];
            let mut names = head.rsplit(|b| *b == b' ').take(2);
            let capital = |name: &[u8]| name.first().is_some_and(u8::is_ascii_uppercase);
            let named = names.next().is_some_and(capital) && names.next().is_some_and(capital);
            words && named && after(text, end) == b')'
        }
        _ if joined => false,
        // A list at the head of a page; elsewhere it may be the scope of a package.
        [b'-', b' ', ..] => {
            let end = widen(text, at.end..at.end, 80, is_handle).end;
            let name = &text[at.end..end];
            let whole = matches!(after(text, end), b'"' | b'\'') && !name.contains(&b'/');
            whole && view.kind == FileKind::Prose
        }
        [.., b' ', b'@'] => {
            let owner = text[at.clone()].to_ascii_lowercase();
            words
                || owner.starts_with(b"cc")
                || owner.starts_with(b"/cc")
                || has_any(&owner, &["contact", "maintained"])
        }
        _ => true,
    }
}

/// Returns whether the file lists who owns or maintains what.
pub(in crate::scan) fn is_owners_list(path: &RepoPath) -> bool {
    let lists = [&b"CODEOWNERS"[..], b"OWNERS", b"OWNERS_ALIASES", b"MAINTAINERS"];
    let name = path.file_name();
    let stem = name.strip_suffix(b".md").or(name.strip_suffix(b".txt")).unwrap_or(name);
    lists.contains(&stem)
}
