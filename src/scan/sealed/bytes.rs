// SPDX-License-Identifier: MIT OR Apache-2.0
//! Files that are encrypted from the first byte on.

use memchr::memmem;

use super::{
    pgp,
    summary::{Share, Summary},
};

/// What age writes at the start of a file, and behind the marks of its armour.
pub(super) const AGE: &[u8] = b"age-encryption.org/v1\n";
/// A passphrase and a file are all that it takes.
pub(super) const OFFLINE: &str = "a passphrase opens it, and can be tried offline";
/// So much of the head of an age file is read.
const AGE_HEAD: usize = 64 << 10;

/// Returns what there is to say of a file that is encrypted as a whole, by its first bytes.
pub(super) fn summary(raw: &[u8]) -> Option<Summary> {
    let whole = |how| Summary::new(how, Share::Whole);
    match raw {
        [0, b'G', b'I', b'T', b'C', b'R', b'Y', b'P', b'T', 0, ..] => Some(whole("git-crypt")),
        [b'S', b'a', b'l', b't', b'e', b'd', b'_', b'_', ..] => {
            let mut one = whole("OpenSSL or transcrypt");
            one.remarks.push(OFFLINE);
            Some(one)
        }
        [b'a', b'g', b'e', b'-', ..] if raw.starts_with(AGE) => Some(age(raw)),
        [0x84 | 0x85 | 0x8c | 0xc1 | 0xc3, ..] => message(raw),
        _ => None,
    }
}

/// Reads the head of an age file: a line for each recipient, up to the one that begins with
/// `---`.
pub(super) fn age(raw: &[u8]) -> Summary {
    let mut one = Summary::new("age", Share::Whole);
    let head = &raw[..raw.len().min(AGE_HEAD)];
    let end = memmem::find(head, b"\n---").unwrap_or(head.len());
    for line in head[..end].split(|b| *b == b'\n') {
        let Some(stanza) = line.strip_prefix(b"-> ") else { continue };
        if stanza.starts_with(b"scrypt ") {
            one.remarks.push(OFFLINE);
        } else if memmem::find(stanza, b"-grease").is_none() {
            // The whole line: what is behind the kind differs for each recipient.
            one.recipients.add(stanza);
        }
    }
    one.remarks.dedup();
    one
}

/// A PGP message that is no text. Nearly any byte may begin a file, so it must go on as one.
fn message(raw: &[u8]) -> Option<Summary> {
    pgp::read(raw).filter(|head| head.whole).map(|head| of_message(&head))
}

/// Returns what there is to say of a message.
pub(super) fn of_message(head: &pgp::Head) -> Summary {
    let mut one = Summary::new("PGP", Share::Whole);
    head.keys.iter().for_each(|id| one.recipients.add(id));
    if head.passphrase {
        one.remarks.push(OFFLINE);
    }
    one
}
