// SPDX-License-Identifier: MIT OR Apache-2.0
//! Mail addresses that stand in data without a word that says so: an item of a list, the key or
//! the value of a setting, a remark behind one. In words and in code only those of people who
//! wrote the repository.

use std::{ops::Range, sync::Arc};

use super::{Slot, Words, before, is_word, people::is_managed, push, widen};
use crate::{
    domain::{FileKind, PathClass},
    rules::RuleSet,
    scan::{Detector, Reach, Sign, Sink, View, personal},
};

/// Words of a local part that make it a role, a list or an account of software.
const ROLE_PARTS: &[&[u8]] = &[
    b"abuse",
    b"admin",
    b"admins",
    b"alert",
    b"alerts",
    b"announce",
    b"apache",
    b"backup",
    b"bot",
    b"bounce",
    b"bounces",
    b"bug",
    b"bugs",
    b"build",
    b"builds",
    b"ci",
    b"commit",
    b"commits",
    b"contact",
    b"cron",
    b"daemon",
    b"deploy",
    b"dev",
    b"devel",
    b"devops",
    b"discuss",
    b"docker",
    b"ftp",
    b"general",
    b"git",
    b"hello",
    b"help",
    b"hg",
    b"hostmaster",
    b"info",
    b"infra",
    b"jenkins",
    b"licensing",
    b"list",
    b"lists",
    b"mail",
    b"mailman",
    b"mirror",
    b"mirrors",
    b"monitoring",
    b"news",
    b"nobody",
    b"noc",
    b"noreply",
    b"notification",
    b"notifications",
    b"office",
    b"ops",
    b"oncall",
    b"owner",
    b"packages",
    b"postgres",
    b"postmaster",
    b"press",
    b"project",
    b"puppet",
    b"release",
    b"releases",
    b"reply",
    b"root",
    b"rsync",
    b"sales",
    b"security",
    b"sender",
    b"server",
    b"service",
    b"sftp",
    b"ssh",
    b"status",
    b"support",
    b"svn",
    b"sysadmin",
    b"system",
    b"team",
    b"test",
    b"ubuntu",
    b"user",
    b"users",
    b"vagrant",
    b"web",
    b"webmaster",
    b"www",
    b"builder",
    b"hosting",
    b"feedback",
    b"ansible",
    b"core",
    b"me",
    b"you",
    b"dmarc",
    b"guest",
    b"zuul",
    b"private",
    b"board",
    b"systems",
    b"ec2",
    b"centos",
    b"certs",
    b"domains",
    b"host",
    b"email",
];

/// Domains that are set aside, that hold lists rather than people, and those of machines.
const NOBODYS: &[&[u8]] = &[
    b"example",
    b"test",
    b"invalid",
    b"local",
    b"localhost",
    b"localdomain",
    b"internal",
    b"domain",
    b"company",
    b"yourcompany",
    b"mydomain",
    b"yourdomain",
    b"acme",
    b"foo",
    b"bar",
    b"lists",
    b"list",
    b"googlegroups",
    b"noreply",
    b"email",
    b"openssh",
    b"libssh",
    b"gserviceaccount",
    b"somewhere",
    b"mycompany",
    b"host",
    b"hostname",
    b"vger",
    b"users",
];

pub(super) struct Mailbox {
    slot: Option<Slot>,
    words: Arc<Words>,
}

impl Mailbox {
    pub(super) fn new(rules: &RuleSet, words: &Arc<Words>) -> Self {
        Self { slot: Slot::find(rules, "internal/data-email"), words: Arc::clone(words) }
    }
}

impl Detector for Mailbox {
    fn sign(&self) -> Option<Sign> {
        self.slot.map(|_| Sign::Mailbox)
    }

    fn at_sign(&self, view: &View<'_>, at: usize, sink: &mut Sink) {
        let own = match view.class {
            PathClass::Normal => true,
            PathClass::Docs => view.kind == FileKind::Prose,
            PathClass::Test | PathClass::Vendored | PathClass::Generated => false,
        };
        if !own || view.facts.credits || view.facts.licence || view.facts.locale {
            return;
        }
        let text = view.text;
        let Some(span) = mailbox(text, at) else { return };
        let (local, domain) = (&text[span.start..at], &text[at + 1..span.end]);
        if is_role(local) || is_nobodys(domain) || self.words.is_org(domain) {
            return;
        }
        let data = view.kind == FileKind::Config || is_managed(view);
        let written = data && is_item(view, &span) || self.words.is_person(local);
        if written && personal::is_personal(text, &span) {
            push(self.slot, sink, |slot| slot.hit(span));
        }
    }

    fn reach(&self) -> Reach {
        Reach::lines(personal::ABOVE, 0)
    }
}

/// The address around the `@` at `at`, if it is one of a person's form.
fn mailbox(text: &[u8], at: usize) -> Option<Range<usize>> {
    let part = |b: u8| is_word(b) || matches!(b, b'.' | b'-' | b'+');
    let start = widen(text, at..at, 64, part).start;
    let end = widen(text, at + 1..at + 1, 80, |b| b.is_ascii_alphanumeric() || b"-.".contains(&b));
    let end = end.end - usize::from(text[..end.end].ends_with(b"."));
    let local = &text[start..at];
    let domain = std::str::from_utf8(text.get(at + 1..end)?).ok()?;
    let mailto = text[..start].ends_with(b"mailto:");
    let left = before(text, start);
    let apart = mailto || !matches!(left, b'/' | b'$' | b'%' | b'}' | b'@' | b':' | b'\\' | b'~');
    let right = text.get(end).copied().unwrap_or(b'\n');
    let further = text.get(end + 1).copied().unwrap_or(b'\n');
    let key = right == b':' && further.is_ascii_whitespace();
    let ends = key || !matches!(right, b'_' | b':' | b'/' | b'@' | b'(' | b'$' | b'{');
    let named = local.len() >= 3 && local[0].is_ascii_alphabetic();
    let lower = domain.to_ascii_lowercase();
    let known = lower.contains('.') && psl::suffix(lower.as_bytes()).is_some_and(|s| s.is_known());
    (apart && ends && named && known && psl::domain_str(&lower).is_some()).then_some(start..end)
}

fn is_role(local: &[u8]) -> bool {
    let lower = local.to_ascii_lowercase();
    let mut parts = lower.split(|b| !b.is_ascii_alphabetic());
    parts.any(|part| ROLE_PARTS.contains(&part))
}

fn is_nobodys(domain: &[u8]) -> bool {
    let lower = domain.to_ascii_lowercase();
    lower.split(|b| *b == b'.').any(|label| {
        NOBODYS.contains(&label) || label.starts_with(b"your") || label.starts_with(b"example")
    })
}

/// Whether nothing stands beside the address but what makes it an item, a key, a value or a
/// remark. `Name <address>` is how authors are credited.
fn is_item(view: &View<'_>, span: &Range<usize>) -> bool {
    let text = view.text;
    let line = view.line(span.start);
    let quote = |b: &u8| matches!(*b, b'"' | b'\'' | b'`');
    let open = |b: &u8| b.is_ascii_whitespace() || quote(b) || b"[({,|".contains(b);
    let head = &text[line.start..span.start];
    let head = &head[..head.iter().rposition(|b| !open(b)).map_or(0, |i| i + 1)];
    let tail = text[span.end..line.end.max(span.end)].trim_ascii();
    let ends = tail.first().is_none_or(|b| quote(b) || b":,;])}#|".contains(b));
    let before_mark = head.split_last().map_or(&[][..], |(_, rest)| rest.trim_ascii());
    match head.last() {
        None => ends,
        Some(b'-') => ends && before_mark.is_empty(),
        Some(b':' | b'=' | b'>') => ends && !head.starts_with(b"#"),
        // A whole line of remark is prose of whoever wrote the file.
        Some(b'#') => !before_mark.is_empty() && !before_mark.starts_with(b"#"),
        Some(_) => {
            let last = head.iter().rposition(open).map_or(head, |i| &head[i + 1..]);
            ends && last.contains(&b'@')
        }
    }
}

/// Whether the `@` at `at` may be one of an address.
pub(in crate::scan) fn is_sign(text: &[u8], at: usize) -> bool {
    let joins = |i: Option<usize>| i.and_then(|i| text.get(i)).is_some_and(|b| is_word(*b));
    let rest = &text[(at + 1).min(text.len())..text.len().min(at + 80)];
    let name = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
    joins(at.checked_sub(1))
        && name > 0
        && rest.get(name) == Some(&b'.')
        && rest.get(name + 1).is_some_and(u8::is_ascii_alphabetic)
}
