// SPDX-License-Identifier: MIT OR Apache-2.0
//! Private keys between BEGIN and END lines, however they were pasted.

use std::ops::Range;

use data_encoding::{BASE64, BASE64_NOPAD};
use memchr::memmem;

use super::{der, pgp, proof};
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
        let content = block.content(&body, view.text);
        let (rule, severity) = match (content.encrypted, self.encrypted) {
            (true, Some(rule)) => (rule, self.severity[1]),
            _ => match self.plain {
                Some(rule) => (rule, self.severity[0]),
                None => return,
            },
        };
        let mut hit = Hit::new(rule, block.span.clone(), severity);
        if block.old && !content.encrypted {
            hit.severity = hit.severity.min(Severity::High);
        }
        let ends = [body.get(..64), body.len().checked_sub(64).map(|at| &body[at..])];
        if ends.into_iter().flatten().any(proof::is_sample) {
            hit.severity = Severity::Low;
            hit = hit.note(remark::PUBLISHED_TEST_KEY);
        } else if content.stub {
            hit.severity = Severity::Low;
            hit = hit.note("a stub: the key itself is on a card or was left out");
        } else if block.truncated {
            hit = hit.note("no end line: the key may be cut off");
        } else if content.whole {
            hit = hit.proved(remark::KEY_COMPLETE);
            if is_called_test(view, block.span.start) {
                hit.severity = hit.severity.min(Severity::High);
                hit = hit.note("its name says that tests use it: high, not critical");
            }
        } else if content.broken {
            hit.severity = hit.severity.min(Severity::Medium);
            hit = hit.note("does not parse: a sample, or cut short");
        }
        hit.notes.extend((!content.kind.is_empty()).then_some(content.kind));
        if view.facts.test_ca {
            hit = hit.note("test CA path");
        }
        sink.push(hit);
    }
}

/// What stands in a block.
#[derive(Default)]
struct Content {
    /// The algorithm.
    kind: String,
    encrypted: bool,
    /// The structure holds.
    whole: bool,
    /// The structure does not hold, though the label promises one that is known.
    broken: bool,
    /// The key itself is not there.
    stub: bool,
}

/// `const FAKE_KEY = "-----BEGIN`, `testServerKey = `: whether the name before the block says so.
fn is_called_test(view: &View<'_>, at: usize) -> bool {
    let line = view.line(at);
    let head = view.text[line.start..at.max(line.start)].to_ascii_lowercase();
    let words = || head.split(|b| !b.is_ascii_alphabetic());
    words().any(|word| {
        let says = [b"fake".as_slice(), b"dummy", b"mock"];
        word.starts_with(b"test") || says.iter().any(|says| memmem::find(word, says).is_some())
    })
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
    Block::read(text, 0)
        .is_some_and(|block| !block.truncated && decode(&block.body(text)).is_some())
}

struct Block {
    span: Range<usize>,
    body: Range<usize>,
    label_encrypted: bool,
    /// What the label says of the structure inside.
    form: Form,
    /// Of an algorithm that hardly anybody uses any more.
    old: bool,
    truncated: bool,
}

/// What a label says of the structure inside.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Der,
    Pgp,
    Other,
}

/// Dashes and words around a label: those of RFC 7468, and of RFC 4716 for the keys of one vendor.
const FRAMES: [[&[u8]; 3]; 2] =
    [[b"-----BEGIN ", b"-----END ", b"-----"], [b"---- BEGIN ", b"---- END ", b" ----"]];

impl Block {
    fn read(text: &[u8], at: usize) -> Option<Self> {
        let rest = &text[at..text.len().min(at + LONGEST)];
        let [open, end, dashes] = FRAMES.into_iter().find(|[open, ..]| rest.starts_with(open))?;
        let label_from = open.len();
        let label_len = memmem::find(rest.get(label_from..)?, dashes).filter(|len| *len < 40)?;
        let label = &rest[label_from..label_from + label_len];
        if !(label.ends_with(b"PRIVATE KEY") || label.ends_with(b"PRIVATE KEY BLOCK")) {
            return None;
        }
        let body_from = label_from + label_len + dashes.len();
        let inner = &rest[body_from..];
        let close = [end, label, dashes].concat();
        let next = memmem::find(inner, open).unwrap_or(inner.len());
        let end = memmem::find(&inner[..next], &close);
        let body_len = end.unwrap_or_else(|| loose_end(&inner[..next]));
        let body = at + body_from..at + body_from + body_len;
        let span = at..body.end + end.map_or(0, |_| close.len());
        let label_encrypted = memmem::find(label, b"ENCRYPTED").is_some();
        let form = match label {
            b"PRIVATE KEY"
            | b"RSA PRIVATE KEY"
            | b"EC PRIVATE KEY"
            | b"DSA PRIVATE KEY"
            | b"OPENSSH PRIVATE KEY" => Form::Der,
            _ if label.ends_with(b"BLOCK") => Form::Pgp,
            _ => Form::Other,
        };
        let old = label.starts_with(b"DSA") || label.starts_with(b"ANY");
        let block = Self { span, body, label_encrypted, form, old, truncated: end.is_none() };
        block.is_real(text).then_some(block)
    }

    /// Reads what is inside.
    fn content(&self, body: &[u8], text: &[u8]) -> Content {
        let raw = &text[self.body.clone()];
        let stated = self.label_encrypted || memmem::find(raw, b",ENCRYPTED").is_some();
        if self.form == Form::Pgp {
            let block = pgp::read(body);
            return Content {
                encrypted: block == Some(pgp::Block::Protected),
                stub: block == Some(pgp::Block::Stub),
                whole: block.is_some(),
                broken: block.is_none(),
                ..Content::default()
            };
        }
        let Some(key) = decode(body) else {
            // Of an encrypted key only the envelope of PKCS#8 can be read, and the head of what
            // OpenSSH wrote even if the rest is cut off.
            let encrypted = stated || is_encrypted_openssh(body);
            let broken = self.form == Form::Der && !stated;
            return Content { encrypted, broken, ..Content::default() };
        };
        let encrypted = stated || key.encrypted;
        Content { kind: key.kind, encrypted, whole: true, ..Content::default() }
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

    /// Returns the characters of Base64, without line ends, escapes, quotes and headers. Signs that
    /// may be marks of comments belong to the key where it is one with them, and without is none.
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
        let raw = &raw[skip..];
        let bare = letters(raw, true);
        let full = letters(raw, false);
        let marked = full.len() == bare.len() || decode(&bare).is_some() || decode(&full).is_none();
        if marked { bare } else { full }
    }
}

/// Returns the characters of Base64 in `raw`; without `marks` of comments, quotations and joined
/// strings, which stand alone: `// MIIE`, `" +`. Those that touch a letter are the key's own.
fn letters(raw: &[u8], marks: bool) -> Vec<u8> {
    let beside = |b: Option<&u8>| b.is_none_or(|b| b" \t\r\n\"'\\".contains(b));
    let mut out = Vec::with_capacity(raw.len());
    let mut at = 0;
    while let Some(byte) = raw.get(at) {
        let run = raw[at..].iter().take_while(|b| marks && matches!(b, b'+' | b'/')).count();
        if run > 0 {
            let alone = beside(raw[..at].last()) && beside(raw.get(at + run));
            out.extend_from_slice(if alone { &[] } else { &raw[at..at + run] });
            at += run;
            continue;
        }
        at += 1;
        match byte {
            b'\\' => at += usize::from(matches!(raw.get(at), Some(b'n' | b'r' | b't'))),
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' | b'=' => out.push(*byte),
            _ => {}
        }
    }
    out
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

/// Returns whether the head of `body` is of an OpenSSH key with a cipher.
fn is_encrypted_openssh(body: &[u8]) -> bool {
    let Ok(head) = BASE64.decode(body.get(..48).unwrap_or_default()) else { return false };
    // openssh-key-v1 NUL, length of the cipher's name, the name.
    head.strip_prefix(b"openssh-key-v1\0")
        .is_some_and(|rest| rest.get(4..8).is_some_and(|cipher| cipher != b"none"))
}

/// Reads the key in `body`, if its structure holds.
pub(super) fn decode(body: &[u8]) -> Option<der::Key> {
    let trimmed = body.iter().rposition(|b| *b != b'=').map_or(0, |last| last + 1);
    der::read(&BASE64_NOPAD.decode(&body[..trimmed]).ok()?)
}
