// SPDX-License-Identifier: MIT OR Apache-2.0
//! Logins and keys that weigh less when what stands in them or beside them says so.

use std::ops::Range;

use data_encoding::{BASE64, BASE64_NOPAD};
use memchr::memmem;

use super::{Outcome, decode};
use crate::{
    domain::Severity,
    scan::{
        secrets::{chars, is_placeholder, weak},
        view::line_around,
    },
};

/// The shortest part of a token that a machine draws.
const DRAWN: usize = 12;

/// How far before a value its name is looked for.
const NAME: usize = 60;

/// Returns whether a machine drew some part of `value`.
pub(super) fn is_drawn(value: &[u8]) -> bool {
    let parts = || value.split(|b| b"./+=:".contains(b));
    chars::looks_drawn(value) || parts().any(|part| part.len() >= DRAWN && chars::looks_drawn(part))
}

/// `user:password` in Base64.
pub(super) fn registry(value: &[u8]) -> Outcome {
    if !decode::basic_auth(value) {
        return Outcome::Failed;
    }
    let text = BASE64.decode(value).or_else(|_| BASE64_NOPAD.decode(value)).unwrap_or_default();
    let password = text.splitn(2, |b| *b == b':').nth(1).unwrap_or_default();
    if is_weak(password) { word() } else { Outcome::NEUTRAL }
}

/// A token, or what Base64 makes of a login or of a password.
pub(super) fn npm(text: &[u8], span: &Range<usize>) -> Outcome {
    let value = &text[span.clone()];
    let name = before(text, span);
    let token = memmem::find(&name, b"_authtoken").is_some();
    let clear = BASE64.decode(value).or_else(|_| BASE64_NOPAD.decode(value)).ok();
    let readable = |bytes: &Vec<u8>| bytes.iter().all(|b| b.is_ascii_graphic() || *b == b' ');
    let Some(clear) = clear.filter(|bytes| !token && readable(bytes)) else {
        return if is_drawn(value) { Outcome::NEUTRAL } else { word() };
    };
    let mut parts = clear.splitn(2, |b| *b == b':');
    let (first, second) = (parts.next().unwrap_or_default(), parts.next());
    let password = second.unwrap_or(first);
    let same = second.is_some_and(|second| second.eq_ignore_ascii_case(first));
    if same || is_weak(password) || is_placeholder(password) {
        return word();
    }
    Outcome::NEUTRAL
}

/// A password that is tried early, or of words that say what it is.
fn is_weak(password: &[u8]) -> bool {
    weak::is_tried(password) || weak::is_told(password)
}

fn word() -> Outcome {
    Outcome::Kept(Some(weak::WORD.into()), Some(Severity::Medium))
}

/// `key-` and a checksum names whatever a cache keeps.
pub(super) fn mailgun(text: &[u8], span: &Range<usize>) -> Outcome {
    if !text[span.clone()].starts_with(b"key-") {
        return Outcome::NEUTRAL;
    }
    let line = &text[line_around(text, span.start)].to_ascii_lowercase();
    let says = ["mail", "mg_", "mg-", "api", "auth", "secret", "token", "passw", "cred", "--user"];
    let named = says.iter().any(|word| memmem::find(line, word.as_bytes()).is_some());
    let bare = line.trim_ascii().len() < span.len() + 4;
    if named || bare {
        return Outcome::NEUTRAL;
    }
    Outcome::Doubted("nothing beside it speaks of a key: a name with a checksum?")
}

/// `sessionId`, as programs write it, is mostly no cookie.
pub(super) fn session_id(text: &[u8], span: &Range<usize>) -> Outcome {
    let head = &text[span.start.saturating_sub(NAME)..span.start];
    let named = [b"sessionId".as_slice(), b"SessionId", b"SessionID", b"sessionID"]
        .iter()
        .filter_map(|name| memmem::rfind(head, name).map(|at| &head[at + name.len()..]))
        .any(|rest| rest.iter().all(|b| !b.is_ascii_alphanumeric()));
    let line = &text[line_around(text, span.start)].to_ascii_lowercase();
    if !named || memmem::find(line, b"cookie").is_some() || memmem::find(line, b"asp.net").is_some()
    {
        return Outcome::NEUTRAL;
    }
    Outcome::Doubted("the id of a session in a program: perhaps no cookie")
}

/// `truststore.jks: …`
pub(super) fn key_store(text: &[u8], span: &Range<usize>) -> Outcome {
    let name = before(text, span);
    if [b"trust".as_slice(), b"cacert"].iter().any(|word| memmem::find(&name, word).is_some()) {
        return Outcome::Doubted("by its name it holds certificates that are trusted, and no keys");
    }
    Outcome::NEUTRAL
}

/// Returns what stands before a value on its line, in small letters.
fn before(text: &[u8], span: &Range<usize>) -> Vec<u8> {
    let low = span.start.saturating_sub(NAME);
    let start = memchr::memrchr(b'\n', &text[low..span.start]).map_or(low, |at| low + at + 1);
    text[start..span.start].to_ascii_lowercase()
}
