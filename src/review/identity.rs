// SPDX-License-Identifier: MIT OR Apache-2.0
//! Keyed ids: they tell values apart without giving them away.

use std::sync::Arc;

use data_encoding::{BASE32_NOPAD, HEXLOWER};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::domain::{Class, Finding, Identity};

/// The secret key of one review, from which all its ids are made.
///
/// A plain hash of a password can be tried out by anyone who reads the checklist; an HMAC under
/// a key that stays with the reviewers cannot. It has no `Debug` or `Serialize` on purpose.
#[derive(Clone)]
pub struct Keyring {
    key: [u8; 32],
}

impl Keyring {
    /// Uses `key`.
    #[must_use]
    pub fn new(key: [u8; 32]) -> Self {
        Self { key }
    }

    /// Returns the key, to be written to the user's own folder and nowhere else.
    #[must_use]
    pub fn expose(&self) -> &[u8; 32] {
        &self.key
    }

    /// Returns the eight hexadecimal digits that name the key and do not give it away.
    #[must_use]
    pub fn key_id(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(b"debut key id\0");
        hash.update(self.key);
        HEXLOWER.encode(&hash.finalize()[..4])
    }

    /// Derives the key of the review called `name` from this one.
    #[must_use]
    pub fn derive(&self, name: &[u8]) -> Self {
        Self { key: self.mac(&[b"review", name]) }
    }

    /// Returns the ids of `finding`, whose rule is of `class`.
    #[must_use]
    pub fn identify(&self, finding: &Finding, class: Class) -> Identity {
        self.ids(class, finding.value.expose(), finding.context.expose())
    }

    /// Returns the ids of `value` in the surroundings `context`, found by a rule of `class`.
    #[must_use]
    pub fn ids(&self, class: Class, value: &[u8], context: &[u8]) -> Identity {
        let class = class.word().as_bytes();
        let value = self.mac(&[b"value", class, &canonical(value)]);
        let context = self.mac(&[b"context", class, context]);
        Identity { value: base32(&value[..16]).into(), context: base32(&context[..6]).into() }
    }

    /// Returns the id of the content of a file whose object Git calls `oid`. The object's own id
    /// would give away what is left of a text when all but a password of it is known.
    #[must_use]
    pub fn content(&self, oid: &[u8]) -> Arc<str> {
        base32(&self.mac(&[b"content", oid])[..10]).into()
    }

    /// Returns the seal of a line: it shows that a holder of the key wrote it.
    #[must_use]
    pub fn seal(&self, line: &str) -> String {
        base32(&self.mac(&[b"seal", line.as_bytes()])[..6])
    }

    fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        // HMAC takes a key of any length, so this never fails; an empty key would only make ids
        // that nobody shares.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.key) else { return [0; 32] };
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }
}

/// Returns an id of texts that anybody may read.
///
/// It needs no key, so that an answer can be checked against its question without one, and
/// outlives a change of the key.
pub(super) fn id_of_text(parts: &[&str]) -> Arc<str> {
    let mut hash = Sha256::new();
    hash.update(b"debut text\0");
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    base32(&hash.finalize()[..6]).into()
}

fn base32(bytes: &[u8]) -> String {
    BASE32_NOPAD.encode(bytes).to_ascii_lowercase()
}

/// Returns the form of a value that survives re-formatting: without outer blanks and quotes,
/// with LF line ends, and PEM blocks without any white space.
fn canonical(value: &[u8]) -> Vec<u8> {
    let quote = |b: &u8| matches!(b, b'"' | b'\'' | b'`') || b.is_ascii_whitespace();
    let start = value.iter().position(|b| !quote(b)).unwrap_or(value.len());
    let end = value.iter().rposition(|b| !quote(b)).map_or(start, |i| i + 1);
    let pem = value[start..end].starts_with(b"-----BEGIN");
    let keep = |b: &&u8| if pem { !b.is_ascii_whitespace() } else { **b != b'\r' };
    value[start..end].iter().filter(keep).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::{Keyring, canonical};
    use crate::domain::{
        Class, Confidence, Finding, Layer, Place, RepoPath, RuleIdx, Secret, Severity,
    };

    fn finding(value: &str, context: &str) -> Finding {
        Finding {
            rule: RuleIdx(0),
            severity: Severity::High,
            confidence: Confidence::Medium,
            path: RepoPath::root(),
            layer: Layer::Tree,
            place: Place::File,
            value: Secret::new(value.as_bytes()),
            context: Secret::new(context.as_bytes()),
            notes: Vec::new(),
        }
    }

    #[test]
    fn ids_depend_on_key_class_and_value_only() {
        let one = Keyring::new([1; 32]);
        let id = one.identify(&finding("'s3cret'\r\n", "a"), Class::Credential);
        let same = one.identify(&finding("s3cret", "b"), Class::Credential);
        assert_eq!(id.value, same.value);
        assert_ne!(id.context, same.context);
        assert_eq!((id.value.len(), id.context.len()), (26, 10));
        assert_ne!(id.value, one.identify(&finding("s3cret", ""), Class::Ticket).value);
        let two = Keyring::new([2; 32]);
        assert_ne!(id.value, two.identify(&finding("s3cret", ""), Class::Credential).value);
    }

    #[test]
    fn pem_is_compared_without_white_space() {
        let block = ["-----BEGIN X-----", "abc", "-----END X-----"];
        assert_eq!(
            canonical(block.join("\n").as_bytes()),
            canonical(block.join("\r\n  ").as_bytes())
        );
    }
}
