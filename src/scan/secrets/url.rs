// SPDX-License-Identifier: MIT OR Apache-2.0
//! Passwords before the `@` of a URL, for any scheme.

use std::ops::Range;

use super::is_placeholder;
use crate::{
    domain::{RuleIdx, Severity, remark},
    rules::RuleSet,
    scan::{Detector, Fits, Hit, Sink, View, Why},
};

/// How far the `@` may be from `://`, in bytes.
const REACH: usize = 400;

/// Pairs that manuals use, as user and password.
const SAMPLE_USERS: [&str; 8] =
    ["user", "username", "usr", "foo", "login", "someuser", "youruser", "u"];

/// Finds `scheme://user:password@host`.
pub(super) struct UrlPassword {
    severity: Severity,
}

impl UrlPassword {
    pub(super) fn new(rules: &RuleSet) -> Self {
        let rule = rules.detected("sensitive/url-password");
        Self { severity: rule.map_or(Severity::High, |rule| rules.info(rule).severity) }
    }
}

/// Returns the part of an address between `://`, which ends at `from`, and the path.
fn authority(text: &[u8], from: usize) -> &[u8] {
    let rest = &text[from..text.len().min(from + REACH)];
    let ends = |b: &u8| b.is_ascii_whitespace() || b"/?#\"'`<>\\|,".contains(b);
    &rest[..rest.iter().position(ends).unwrap_or(rest.len())]
}

impl Detector for UrlPassword {
    fn fits(&self) -> Option<Fits> {
        Some(|text, at| authority(text, at.end).contains(&b'@'))
    }

    fn at(&self, view: &View<'_>, rule: RuleIdx, at: Range<usize>, sink: &mut Sink) {
        let text = view.text;
        let scheme = at.start.checked_sub(1).and_then(|i| text.get(i));
        if !scheme.is_some_and(u8::is_ascii_alphanumeric) {
            return;
        }
        let authority = authority(text, at.end);
        let Some(sign) = memchr::memrchr(b'@', authority) else { return };
        let Some(colon) = memchr::memchr(b':', &authority[..sign]) else { return };
        let (user, password) = (&authority[..colon], &authority[colon + 1..sign]);
        let Some((severity, note)) = self.judge(user, password, &authority[sign + 1..]) else {
            let start = at.end + colon + 1;
            return view.dropped(rule, start..start + password.len(), Why::Judged);
        };
        let start = at.end + colon + 1;
        let mut hit = Hit::new(rule, start..start + password.len(), severity);
        hit.notes.extend(note.map(String::from));
        sink.push(hit);
    }
}

/// A longer one on the local host may be in use there.
const SHORT_ON_LOCAL: usize = 8;

impl UrlPassword {
    fn judge(
        &self,
        user: &[u8],
        password: &[u8],
        host: &[u8],
    ) -> Option<(Severity, Option<&'static str>)> {
        let sample_user = SAMPLE_USERS.iter().any(|s| s.as_bytes().eq_ignore_ascii_case(user));
        let letters = password.iter().all(u8::is_ascii_alphabetic);
        if password.len() < 3
            || is_placeholder(password)
            // `auth:user:password@`, as forms of addresses are explained.
            || password.rsplit(|b| *b == b':').next().is_some_and(is_placeholder)
            || is_placeholder(user) && !user.is_empty() && letters
            || sample_user && letters
            || letters && says_what_it_is(password)
            || is_place(user, password, host)
            || is_code(password)
            // `%` starts an escape in a URL; anything else is a format.
            || password.iter().enumerate().any(|(i, b)| *b == b'%' && !is_escape(&password[i..]))
        {
            return None;
        }
        let name = String::from_utf8_lossy(host).to_ascii_lowercase();
        let name = name.split(':').next().unwrap_or_default();
        let local = matches!(name, "localhost" | "127.0.0.1" | "" | "0.0.0.0" | "db" | "[");
        let sample = ["example.com", "example.org", "example.net", "example", "test", "invalid"];
        let below = |end: &&str| {
            let above = name.strip_suffix(*end);
            above.is_some_and(|above| above.is_empty() || above.ends_with('.'))
        };
        if sample.iter().any(below)
            || matches!(name, "host" | "hostname" | "server" | "yourhost" | "myhost")
        {
            return Some((Severity::Low, Some(remark::EXAMPLE_HOST)));
        }
        let named = is_named(user, password);
        if local && named {
            return Some((Severity::Low, Some("user name as password on the local host")));
        }
        if named {
            return Some((Severity::Medium, Some("the password is the user name")));
        }
        // Whoever develops signs in on his own machine with something short.
        if local && password.len() < SHORT_ON_LOCAL {
            return Some((Severity::Medium, Some("a short password on the local host")));
        }
        Some((self.severity, None))
    }
}

/// `JWTToken`, `ApiSecret`: what stands there in the form of an address.
fn says_what_it_is(password: &[u8]) -> bool {
    let lower = password.to_ascii_lowercase();
    [b"token".as_slice(), b"secret", b"password", b"passwd", b"apikey"]
        .iter()
        .any(|word| lower.ends_with(word))
}

/// `localhost:1337@8675309`: a host and its port, and a number behind them.
fn is_place(user: &[u8], password: &[u8], host: &[u8]) -> bool {
    let digits = |text: &[u8]| text.iter().all(u8::is_ascii_digit);
    password.len() <= 5 && digits(password) && (user == b"localhost" || digits(host))
}

/// `minio:minio123`: the name of the user, and perhaps a number that counts.
fn is_named(user: &[u8], password: &[u8]) -> bool {
    let rest = password.strip_prefix(user).filter(|_| user.len() >= 3 || user == password);
    rest.is_some_and(|number| b"12345678".starts_with(number))
}

fn is_escape(text: &[u8]) -> bool {
    text.get(1..3).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit))
}

/// A password that is a variable or a call, in the middle of a string that is put together.
fn is_code(password: &[u8]) -> bool {
    password.iter().any(|b| b"{}()$[]".contains(b)) && !password.iter().any(u8::is_ascii_digit)
        || password.first().is_some_and(|b| b"{$%[(".contains(b))
        || password.ends_with(b"}")
        || password.iter().all(|b| b.is_ascii_uppercase() || *b == b'_')
        || password.iter().all(|b| b"*x.-".contains(b))
}

#[cfg(test)]
mod tests {
    use super::{Severity, UrlPassword, remark};

    #[test]
    fn only_hosts_below_an_example_are_examples() {
        let judge = |host: &str| {
            let found = UrlPassword { severity: Severity::High };
            found.judge(b"app", b"copper-kettle-7", host.as_bytes())
        };
        let example = Some((Severity::Low, Some(remark::EXAMPLE_HOST)));
        for host in ["example.com", "db.example.org:5432", "DB.Example.NET", "db.test", "x.example"]
        {
            assert_eq!(judge(host), example, "{host}");
        }
        for host in ["notexample.com", "db.fastest", "example.com.acme.io", "db1.acme.io"] {
            assert_eq!(judge(host), Some((Severity::High, None)), "{host}");
        }
    }
}
