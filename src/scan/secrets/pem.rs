// SPDX-License-Identifier: MIT OR Apache-2.0
//! Private keys between BEGIN and END lines, however they were pasted.

use std::ops::Range;

use data_encoding::{BASE64, BASE64_NOPAD};
use memchr::memmem;

use super::proof;
use crate::{
    domain::{RepoPath, RuleIdx, Severity, remark},
    rules::RuleSet,
    scan::{Detector, Hit, Reach, Sink, View, secrets::chars::entropy},
};

/// No key is longer, PGP keys with pictures aside.
const LONGEST: usize = 32 * 1024;
/// Fewer characters of Base64 hold no key: Ed25519, the shortest, needs 64.
const SHORTEST: usize = 60;

/// Finds PEM and PGP private keys: whole blocks, indented, with CRLF, on one line with `\n`,
/// in pieces of string, or cut off.
pub(super) struct PrivateKey {
    plain: Option<RuleIdx>,
    encrypted: Option<RuleIdx>,
    severity: [Severity; 2],
}

impl PrivateKey {
    pub(super) fn new(rules: &RuleSet) -> Self {
        let plain = rules.detected("sensitive/private-key");
        let encrypted = rules.detected("sensitive/encrypted-private-key");
        let severity = |rule: Option<RuleIdx>| {
            rule.map_or(Severity::Critical, |rule| rules.info(rule).severity)
        };
        Self { plain, encrypted, severity: [severity(plain), severity(encrypted)] }
    }
}

impl Detector for PrivateKey {
    fn worth(&self, _: &View<'_>, rule: RuleIdx, _: Range<usize>, _: &mut Sink) -> bool {
        Some(rule) == self.plain.or(self.encrypted)
    }

    fn reach(&self) -> Reach {
        Reach::BLOCK
    }

    fn at(&self, view: &View<'_>, rule: RuleIdx, at: Range<usize>, sink: &mut Sink) {
        // Both rules wait for the same keyword; one look is enough.
        if Some(rule) != self.plain.or(self.encrypted) {
            return;
        }
        let Some(block) = Block::read(view.text, at.start) else { return };
        let body = block.body(view.text);
        let (rule, severity) = match (is_encrypted(&block, &body, view.text), self.encrypted) {
            (true, Some(rule)) => (rule, self.severity[1]),
            _ => match self.plain {
                Some(rule) => (rule, self.severity[0]),
                None => return,
            },
        };
        let mut hit = Hit::new(rule, block.span.clone(), severity);
        if proof::is_sample(body.get(..64).unwrap_or_default()) {
            hit.severity = Severity::Low;
            hit = hit.note(remark::PUBLISHED_TEST_KEY);
        } else if block.truncated {
            hit = hit.note("no end line: the key may be cut off");
        } else if has_whole_key(&body) {
            hit = hit.proved(remark::KEY_COMPLETE);
        }
        if view.facts.test_ca {
            hit = hit.note("test CA path");
        }
        sink.push(hit);
    }
}

/// Whether a part of the path names an authority that only tests trust.
pub(in crate::scan) fn of_test_ca(path: &RepoPath) -> bool {
    let path = path.as_bytes().to_ascii_lowercase();
    [b"pebble".as_slice(), b"testca", b"test-ca", b"test_ca", b"snakeoil", b"dummy", b"example"]
        .iter()
        .any(|word| memmem::find(&path, word).is_some())
}

/// Returns whether `text`, a PEM block with literal or escaped line ends, holds a whole key.
pub(super) fn is_complete(text: &[u8]) -> bool {
    Block::read(text, 0).is_some_and(|block| !block.truncated && has_whole_key(&block.body(text)))
}

struct Block {
    span: Range<usize>,
    body: Range<usize>,
    label_encrypted: bool,
    truncated: bool,
}

impl Block {
    fn read(text: &[u8], at: usize) -> Option<Self> {
        let rest = &text[at..text.len().min(at + LONGEST)];
        let label_from = b"-----BEGIN ".len();
        let head = rest.get(..label_from)?;
        let label_len = memmem::find(rest.get(label_from..)?, b"-----").filter(|len| *len < 40)?;
        let label = &rest[label_from..label_from + label_len];
        if head != b"-----BEGIN "
            || !(label.ends_with(b"PRIVATE KEY") || label.ends_with(b"PRIVATE KEY BLOCK"))
        {
            return None;
        }
        let body_from = label_from + label_len + 5;
        let inner = &rest[body_from..];
        let close = [b"-----END ".as_slice(), label, b"-----"].concat();
        let next = memmem::find(inner, b"-----BEGIN").unwrap_or(inner.len());
        let end = memmem::find(&inner[..next], &close);
        let body_len = end.unwrap_or_else(|| loose_end(&inner[..next]));
        let body = at + body_from..at + body_from + body_len;
        let span = at..body.end + end.map_or(0, |_| close.len());
        let label_encrypted = memmem::find(label, b"ENCRYPTED").is_some();
        let block = Self { span, body, label_encrypted, truncated: end.is_none() };
        block.is_real(text).then_some(block)
    }

    /// A block whose body is dots, a template or one repeated letter is a sample.
    fn is_real(&self, text: &[u8]) -> bool {
        let raw = &text[self.body.clone()];
        let template = [b"...".as_slice(), b"${", b"{{", b"<%", b"REDACTED"];
        let body = self.body(text);
        template.iter().all(|word| memmem::find(raw, word).is_none())
            && body.len() >= SHORTEST
            && entropy(&body) > 3.5
    }

    /// Returns the characters of Base64, without line ends, escapes, quotes and headers.
    fn body(&self, text: &[u8]) -> Vec<u8> {
        let raw = &text[self.body.clone()];
        // RFC 1421 headers end with an empty line.
        let skip = if memmem::find(raw, b": ").is_some() {
            [b"\n\n".as_slice(), b"\r\n\r\n", b"\\n\\n"]
                .iter()
                .find_map(|gap| memmem::find(raw, gap).map(|i| i + gap.len()))
                .unwrap_or(0)
        } else {
            0
        };
        let mut out = Vec::with_capacity(raw.len());
        let mut bytes = raw[skip..].iter().peekable();
        while let Some(byte) = bytes.next() {
            match byte {
                b'\\' => {
                    bytes.next_if(|b| matches!(b, b'n' | b'r' | b't'));
                }
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' | b'=' => out.push(*byte),
                _ => {}
            }
        }
        out
    }
}

/// Returns where Base64, line ends and quotes stop.
fn loose_end(inner: &[u8]) -> usize {
    let stops = |line: &[u8]| {
        let line = line.trim_ascii();
        !line.iter().all(|b| b.is_ascii_alphanumeric() || b"+/=\\\"', -:".contains(b))
            || line.iter().filter(|b| **b == b' ').count() > 2
    };
    let mut end = 0;
    for line in inner.split_inclusive(|b| *b == b'\n') {
        if end > 0 && (stops(line) || line.trim_ascii().is_empty()) {
            break;
        }
        end += line.len();
    }
    inner[..end].trim_ascii_end().len()
}

fn is_encrypted(block: &Block, body: &[u8], text: &[u8]) -> bool {
    if block.label_encrypted || memmem::find(&text[block.body.clone()], b",ENCRYPTED").is_some() {
        return true;
    }
    let Ok(head) = BASE64.decode(body.get(..48).unwrap_or_default()) else { return false };
    // openssh-key-v1 NUL, length of the cipher's name, the name.
    head.strip_prefix(b"openssh-key-v1\0")
        .is_some_and(|rest| rest.get(4..8).is_some_and(|cipher| cipher != b"none"))
}

/// Returns whether the outermost length of the DER structure, or the magic of OpenSSH, fits.
fn has_whole_key(body: &[u8]) -> bool {
    let trimmed = body.iter().rposition(|b| *b != b'=').map_or(0, |last| last + 1);
    let Ok(der) = BASE64_NOPAD.decode(&body[..trimmed]) else { return false };
    let (header, length) = match der.as_slice() {
        [0x30, n, ..] if *n < 0x80 => (2, usize::from(*n)),
        [0x30, 0x81, n, ..] => (3, usize::from(*n)),
        [0x30, 0x82, high, low, ..] => (4, usize::from(*high) << 8 | usize::from(*low)),
        _ => return der.starts_with(b"openssh-key-v1\0"),
    };
    der.len() == header + length
}
