// SPDX-License-Identifier: MIT OR Apache-2.0
//! Names of people without an address: in lists of accounts, as those whom a remark tells to ask,
//! and as logins in lists of users.

use std::{ops::Range, sync::Arc};

use super::{
    Slot, Words, after, before, has_any, in_comment, in_test_code, is_word,
    people::{ACCOUNTS, is_managed},
    push, widen,
};
use crate::{
    domain::{FileKind, PathClass, RuleIdx},
    rules::RuleSet,
    scan::{Detector, Fits, Reach, Sink, View},
};

/// Settings that only accounts of people have.
const OF_PEOPLE: &[&str] = &[
    "ssh_key",
    "sshkey",
    "ssh-key",
    "ssh_pub",
    "authorized_key",
    "pubkey",
    "public_key",
    "email:",
    "email =",
    "email=",
    "\"email\"",
    "'email'",
    "gpg",
    "github:",
    "nickname",
    "uid:",
    "uid =>",
];

/// Words of names that are no people's.
const OF_THINGS: &[&[u8]] = &[
    b"user",
    b"users",
    b"account",
    b"accounts",
    b"service",
    b"services",
    b"server",
    b"servers",
    b"team",
    b"bot",
    b"system",
    b"daemon",
    b"admin",
    b"admins",
    b"administrator",
    b"owner",
    b"example",
    b"test",
    b"name",
    b"role",
    b"group",
    b"groups",
    b"engineering",
    b"release",
    b"build",
    b"backup",
    b"deploy",
    b"robot",
    b"agent",
    b"monitoring",
    b"project",
    b"foundation",
    b"add",
    b"create",
    b"set",
    b"install",
    b"configure",
    b"update",
    b"remove",
    b"copy",
    b"ensure",
    b"enable",
    b"run",
    b"key",
    b"keys",
    b"data",
    b"database",
    b"software",
    b"community",
    b"inc",
    b"the",
    b"jenkins",
    b"mail",
    b"mailer",
    b"developers",
    b"support",
    b"manage",
    b"check",
    b"sync",
    b"upload",
    b"download",
    b"default",
    b"github",
    b"gitlab",
    b"file",
    b"files",
    b"ci",
    b"action",
    b"actions",
    b"app",
    b"org",
    b"security",
    b"operations",
    b"ops",
    b"list",
    b"docker",
    b"linux",
];

/// Words above that credit whoever they name.
const CREDITS: &[&str] =
    &["author", "maintainer", "contributor", "copyright", "developers", "license", "publisher"];

/// So many lines around a name are looked at for what its account has, and so many items below a
/// key.
const AROUND: u8 = 6;
const ITEMS: u8 = 40;

pub(super) struct Names {
    name: Option<Slot>,
    words: Arc<Words>,
}

impl Names {
    pub(super) fn new(rules: &RuleSet, words: &Arc<Words>) -> Self {
        Self { name: Slot::find(rules, "internal/known-name"), words: Arc::clone(words) }
    }

    /// The name behind `name:` and the like.
    fn field(&self, view: &View<'_>, at: Range<usize>, sink: &mut Sink) {
        let text = view.text;
        let start = value_at(text, at.end);
        let Some(span) = full_name(text, start) else { return };
        let ends =
            matches!(after(text, span.end), b'"' | b'\'' | b'\n' | b'\r' | b',' | b';' | b'}');
        let words = text[span.clone()].to_ascii_lowercase();
        let thing = words.split(|b| *b == b' ').any(|word| OF_THINGS.contains(&word));
        if !ends || thing {
            return;
        }
        let around = text[view.lines(at.start, AROUND, AROUND)].to_ascii_lowercase();
        if has_any(&around, CREDITS) {
            return;
        }
        let data = view.kind != FileKind::Code || is_managed(view);
        // `- name: Rotate Passwords` is a task.
        let head = &text[view.line(at.start).start..at.start];
        let task = head.trim_ascii().starts_with(b"-") && view.text[at.clone()].ends_with(b": ");
        let account = data && !task && view.kind != FileKind::Prose && has_any(&around, OF_PEOPLE);
        if account || self.words.is_person(&words) {
            push(self.name, sink, |slot| slot.hit(span));
            if let Some(login) = account.then(|| key_above(view, at.start)).flatten() {
                push(self.name, sink, |slot| slot.hit(login));
            }
        }
    }

    /// Whom a remark tells to ask.
    fn told(&self, view: &View<'_>, at: Range<usize>, sink: &mut Sink) {
        let text = view.text;
        if is_word(before(text, at.start))
            || view.kind != FileKind::Prose && !in_comment(view, at.start)
        {
            return;
        }
        let first = widen(text, at.end..at.end, 30, is_letter).end;
        let known = |span: &Range<usize>| {
            let lower = text[span.clone()].to_ascii_lowercase();
            let tool = ACCOUNTS.iter().any(|word| word.as_bytes() == lower)
                || OF_THINGS.contains(&lower.as_slice());
            lower.len() >= 3 && !tool && self.words.is_person(&lower)
        };
        let alone = at.end..first;
        let joined = matches!(after(text, first), b'_' | b'-' | b'/' | b'.' | b':' | b'(')
            && is_word(after(text, first + 1))
            || after(text, first).is_ascii_digit();
        let full = full_name(text, at.end).filter(|span| known(span));
        let name = full.or_else(|| (!joined && known(&alone)).then_some(alone));
        if let Some(name) = name {
            push(self.name, sink, |slot| slot.hit(name));
        }
    }

    /// Logins of people in the list below a key.
    fn listed(&self, view: &View<'_>, at: Range<usize>, sink: &mut Sink) {
        let text = view.text;
        let mut line = view.line(at.start);
        for _ in 0..ITEMS {
            if line.end >= text.len() {
                return;
            }
            line = view.line(line.end + 1);
            let item = &text[line.clone()];
            let words = item.trim_ascii();
            if words.is_empty() || words.starts_with(b"#") {
                continue;
            }
            let Some(rest) = words.strip_prefix(b"- ") else { return };
            let offset = line.start + item.len() - item.trim_ascii_start().len() + 2;
            let blanks = rest.iter().take_while(|b| b" \"'".contains(b)).count();
            let start = offset + blanks;
            let end = widen(text, start..start, 40, |b| is_word(b) || b"-.".contains(&b)).end;
            let login = &text[start..end];
            let tail = text[end..line.end].trim_ascii_start();
            let alone = tail.iter().take_while(|b| **b != b'#').all(|b| b" \"'\r".contains(b));
            let known = login.first().is_some_and(u8::is_ascii_lowercase)
                && !ACCOUNTS.iter().any(|word| word.as_bytes() == login)
                && !OF_THINGS.contains(&login);
            if alone && known && self.words.is_person(login) {
                push(self.name, sink, |slot| slot.hit(start..end));
            }
        }
    }
}

impl Detector for Names {
    fn at(&self, view: &View<'_>, _: RuleIdx, at: Range<usize>, sink: &mut Sink) {
        if view.class == PathClass::Vendored || in_test_code(view) || view.facts.credits {
            return;
        }
        let last = before(view.text, at.end);
        if last == b':' {
            self.listed(view, at, sink);
        } else if is_field(&view.text[at.clone()]) {
            self.field(view, at, sink);
        } else {
            self.told(view, at, sink);
        }
    }

    fn fits(&self) -> Option<Fits> {
        Some(may_name)
    }

    fn reach(&self) -> Reach {
        Reach::lines(AROUND, ITEMS)
    }
}

/// Whether a name may follow the keyword, or a list.
fn may_name(text: &[u8], at: &Range<usize>) -> bool {
    let keyword = &text[at.clone()];
    if keyword.ends_with(b":") {
        return matches!(after(text, at.end), b'\n' | b'\r');
    }
    if is_field(keyword) {
        return full_name(text, value_at(text, at.end)).is_some();
    }
    begins_name(text, at.end)
}

fn is_field(keyword: &[u8]) -> bool {
    keyword.iter().any(|b| matches!(b, b':' | b'='))
}

fn value_at(text: &[u8], end: usize) -> usize {
    widen(text, end..end, 4, |b| matches!(b, b' ' | b'"' | b'\'')).end
}

fn is_letter(b: u8) -> bool {
    b.is_ascii_alphabetic() || b >= 0x80
}

/// Whether a capital and a small letter stand at `at`.
fn begins_name(text: &[u8], at: usize) -> bool {
    let first = after(text, at);
    let second = after(text, at + 1);
    first.is_ascii_uppercase() && (second.is_ascii_lowercase() || second >= 0x80)
        || matches!(first, 0xc3..=0xc5) && second >= 0x80
}

/// Two to four words with capitals at `at`.
fn full_name(text: &[u8], at: usize) -> Option<Range<usize>> {
    let mut end = at;
    let mut count = 0;
    while count < 4 && begins_name(text, end) {
        let word = widen(text, end..end, 40, |b| is_letter(b) || matches!(b, b'-' | b'\'')).end;
        let word = word - usize::from(text[..word].ends_with(b"'"));
        // `GitHub` and `JDK` are no names of people, `McAlpha` is.
        let capitals = text[end + 1..word].iter().filter(|b| b.is_ascii_uppercase()).count();
        if word - end < 2 || capitals > 1 {
            return None;
        }
        count += 1;
        let initial = text.get(word + 1..word + 4);
        let middle = initial.is_some_and(|i| i[0].is_ascii_uppercase() && i[1..] == *b". ");
        let next = if middle { word + 4 } else { word + 1 };
        if after(text, word) != b' ' || !begins_name(text, next) {
            return (count >= 2).then_some(at..word);
        }
        end = next;
    }
    None
}

/// The key that the settings around `at` are below, if it is written as a login.
fn key_above(view: &View<'_>, at: usize) -> Option<Range<usize>> {
    let text = view.text;
    let indent =
        |line: &Range<usize>| text[line.clone()].iter().take_while(|b| **b == b' ').count();
    let mut line = view.line(at);
    let own = indent(&line);
    for _ in 0..AROUND {
        line = view.line(line.start.checked_sub(1)?);
        let deep = indent(&line);
        if deep >= own || line.is_empty() {
            continue;
        }
        let key = line.start + deep;
        let end = widen(text, key..key, 33, |b| is_word(b) || b"-.".contains(&b)).end;
        let ends = text[end..line.end].trim_ascii() == b":";
        let login = &text[key..end];
        let account = ACCOUNTS.iter().any(|word| word.as_bytes() == login)
            || OF_THINGS.contains(&login)
            || login.ends_with(b"s")
                && has_any(login, &["user", "account", "admin", "key", "member"]);
        return (ends && login.len() >= 3 && !account).then_some(key..end);
    }
    None
}
