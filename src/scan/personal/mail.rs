// SPDX-License-Identifier: MIT OR Apache-2.0
//! Mail addresses of people, apart from those of roles and of authors.

use std::ops::Range;

use memchr::memmem;

use crate::{
    domain::{RuleIdx, Severity},
    rules::RuleSet,
    scan::{Detector, Hit, Reach, Sign, Sink, View},
};

/// Local parts that stand for a role or a sample, not a person.
const ROLES: &[&str] = &[
    "admin",
    "administrator",
    "alice",
    "anonymous",
    "bob",
    "contact",
    "email",
    "example",
    "fake",
    "first.last",
    "firstname.lastname",
    "foo",
    "foobar",
    "git",
    "hello",
    "help",
    "info",
    "jane",
    "jane.doe",
    "janedoe",
    "joe",
    "john",
    "john.doe",
    "johndoe",
    "mail",
    "me",
    "my",
    "name",
    "no-reply",
    "nobody",
    "noreply",
    "root",
    "sales",
    "security",
    "someone",
    "support",
    "test",
    "user",
    "username",
    "you",
    "your",
    "xyz",
    "john.appleseed",
    "mailing.list",
    "lastname",
    "firstname",
    "lastname.firstname",
    "email.address",
    "fred.bloggs",
    "joe.bloggs",
    "jane.citizen",
    "john.citizen",
    "my.name",
    "your.name",
    "test.user",
    "some.user",
    "user.name",
    "prenom.nom",
    "nome.cognome",
    "vorname.nachname",
    "name.surname",
    "u.s.e.r",
    "bar",
    "foo.bar",
    "mailer-daemon",
    "do-not-reply",
    "no.reply",
    "donotreply",
    "alerts",
    "notifications",
    "service",
    "feedback",
    "hr",
    "legal",
    "privacy",
    "newsletter",
    "marketing",
    "team",
    "office",
    "press",
    "jobs",
    "billing",
    "abuse",
    "postmaster",
    "webmaster",
    "somebody",
    "someuser",
    "sender",
    "recipient",
    "max.mustermann",
    "mustermann",
    "jsmith",
    "johnsmith",
    "john.smith",
    "jane.smith",
    "hi",
    "firstlast",
    "first",
    "emailer",
    "abc",
];

/// Words of lines that credit somebody, which must stay as they are.
const CREDITS: &[&str] = &[
    "author",
    "copyright",
    "(c)",
    "maintain",
    "contribut",
    "signed-off-by",
    "reported",
    "credit",
    "thanks",
    "written by",
    "co-authored-by",
    "reviewed-by",
    "acked-by",
    "tested-by",
    "suggested-by",
    "packager",
    "uploader",
    "committer",
    "translator",
    "translation",
    "tradu",
    "bersetz",
    "vertaald",
    "oversat",
    "modified by",
    "ported by",
    "fixed by",
    "idea by",
    "invented by",
    "developed by",
    "created by",
    "patch by",
];

pub(in crate::scan) fn is_personal(text: &[u8], span: &Range<usize>) -> bool {
    let value = &text[span.clone()];
    let Some(at) = memchr::memchr(b'@', value) else { return false };
    let local = String::from_utf8_lossy(&value[..at]).to_ascii_lowercase();
    let local = local.replace('_', ".");
    let plain = local.split('+').next().unwrap_or_default();
    let plain = plain.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-'));
    let sample = ROLES.contains(&plain) || plain.starts_with("your") || plain.contains("example");
    // The rest of a variable: `x-$it@mail.com`.
    let variable = span.start.checked_sub(1).is_some_and(|i| matches!(text[i], b'$' | b'%' | b'}'));
    !sample && !variable && !local.contains("..") && local.len() > 1 && !is_credit(text, span.start)
}

/// So many lines above are looked at: lists of authors span lines.
pub(in crate::scan) const ABOVE: u8 = 12;

/// Looks at the line and the two above it, and further up as long as lines name people too.
pub(super) fn is_credit(text: &[u8], at: usize) -> bool {
    let from = at.saturating_sub(1500);
    let end = memchr::memchr(b'\n', &text[at..text.len().min(at + 200)]).map_or(at, |i| at + i);
    let lines = text[from..end].rsplit(|b| *b == b'\n').take(usize::from(ABOVE) + 1);
    for (no, line) in lines.enumerate() {
        let lower = line.to_ascii_lowercase();
        let credits = |word: &str| memmem::find(&lower, word.as_bytes()).is_some();
        if CREDITS.iter().any(|word| credits(word)) || is_changelog(line) {
            return true;
        }
        if no > 2 && !line.contains(&b'@') && !line.contains(&b'<') {
            return false;
        }
    }
    false
}

/// Whether the line is as changelogs of Debian and of spec files sign theirs.
fn is_changelog(line: &[u8]) -> bool {
    const DAYS: [&[u8]; 7] = [b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat", b"Sun"];
    line.starts_with(b" -- ")
        || line.strip_prefix(b"* ").is_some_and(|rest| DAYS.iter().any(|day| rest.starts_with(day)))
}

/// Domains that are set aside, and those of machines.
const NOBODYS: &[&str] = &[
    "example.",
    ".example",
    ".test",
    ".invalid",
    ".local",
    "localhost",
    "noreply",
    "domain.",
    "company.",
    "your",
    "acme.",
    "foo.",
    "bar.",
    "test.",
    "email.com",
    "mail.example",
    ".png",
    ".jpg",
    ".svg",
    ".js",
    ".css",
    ".git",
    "lists.",
    "googlegroups.",
];

/// Finds addresses whose local part is a first and a last name, wherever they are.
pub(super) struct NamedMail {
    rule: Option<(RuleIdx, Severity)>,
}

impl NamedMail {
    pub(super) fn new(rules: &RuleSet) -> Self {
        let rule = rules.detected("sensitive/named-email");
        Self { rule: rule.map(|rule| (rule, rules.info(rule).severity)) }
    }
}

impl Detector for NamedMail {
    fn sign(&self) -> Option<Sign> {
        self.rule.map(|_| Sign::Mail)
    }

    fn at_sign(&self, view: &View<'_>, at: usize, sink: &mut Sink) {
        let text = view.text;
        let (Some((rule, severity)), Some(local)) = (self.rule, named(text, at)) else { return };
        let part = |b: &&u8| b.is_ascii_alphanumeric() || matches!(**b, b'.' | b'-');
        let len = text[at + 1..].iter().take(64).take_while(part).count();
        let domain = text[at + 1..at + 1 + len].to_ascii_lowercase();
        let domain = domain.strip_suffix(b".").unwrap_or(&domain);
        let Some(dot) = domain.iter().rposition(|b| *b == b'.') else { return };
        let tld = &domain[dot + 1..];
        let odd = NOBODYS.iter().any(|word| memmem::find(domain, word.as_bytes()).is_some());
        let span = local..at + 1 + domain.len();
        let follows = text.get(span.end).is_some_and(|b| matches!(b, b'_' | b':' | b'/' | b'@'));
        let fits = (2..=12).contains(&tld.len()) && tld.iter().all(u8::is_ascii_alphabetic);
        if fits && !odd && !follows && is_personal(text, &span) {
            sink.push(Hit::new(rule, span, severity));
        }
    }

    fn reach(&self) -> Reach {
        Reach::lines(ABOVE, 0)
    }
}

/// Returns where a local part begins that is two or three names with dots between.
fn named(text: &[u8], at: usize) -> Option<usize> {
    let head = &text[at.saturating_sub(48)..at];
    let part = |b: &&u8| b.is_ascii_alphanumeric() || matches!(**b, b'.' | b'-' | b'_' | b'+');
    let len = head.iter().rev().take_while(part).count();
    let local = &head[head.len() - len..];
    let mut names = 0;
    for name in local.split(|b| *b == b'.') {
        let letters = name.iter().filter(|b| b.is_ascii_alphabetic() || **b == b'-').count();
        if name.is_empty() || letters != name.len() {
            return None;
        }
        names += usize::from(name.len() > 1);
    }
    let dots = local.iter().filter(|b| **b == b'.').count();
    // What stands before it: a colon or slash is that of a URL.
    let before = head.len().checked_sub(len + 1).map(|i| head[i]);
    let url = matches!(before, Some(b'/' | b'$' | b'%' | b'}' | b'@'));
    ((1..=2).contains(&dots) && names >= 2 && !url).then_some(at - len)
}

/// Whether the `@` at `at` may be one of an address with two names before it.
pub(in crate::scan) fn is_sign(text: &[u8], at: usize) -> bool {
    text.get(at + 1).is_some_and(u8::is_ascii_alphanumeric) && named(text, at).is_some()
}

#[cfg(test)]
mod tests {
    use super::is_personal;

    #[test]
    fn people_and_roles() {
        let is = |text: &str| {
            let start = text.find('<').map_or(0, |i| i + 1);
            let end = text.find('>').unwrap_or(text.len());
            is_personal(text.as_bytes(), &(start..end))
        };
        assert!(is("alpha.beta@gmail.com") && is("mail <alpha.b@gmail.com> today"));
        for text in ["info@gmail.com", "john.doe2@gmail.com", "Author: E <alpha.b@gmail.com>"] {
            assert!(!is(text), "{text}");
        }
    }
}
