// SPDX-License-Identifier: MIT OR Apache-2.0
//! To whom a PGP message is encrypted: that stands before it in clear (RFC 9580, 5.1 and 5.3).

/// So many packets are read at most.
const MOST_PACKETS: usize = 256;
/// So much of an armoured message is decoded.
const MOST_BYTES: usize = 64 << 10;

/// How session keys are encrypted.
const ALGORITHMS: [u8; 8] = [1, 2, 16, 18, 22, 25, 26, 35];

/// What stands before an encrypted message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// The ids of the keys that open it, each once. Zeros are none: the sender has hidden it.
    pub(super) keys: Vec<[u8; 8]>,
    /// Whether a passphrase opens it.
    pub(super) passphrase: bool,
    /// Whether the message itself begins behind it.
    pub(super) whole: bool,
}

/// Reads the first packets of a message. Nothing if it is no encrypted one: a public key, or text
/// that is only signed or packed.
pub(super) fn read(mut bytes: &[u8]) -> Option<Head> {
    let mut head = Head::default();
    for _ in 0..MOST_PACKETS {
        let Some((tag, body, rest)) = packet(bytes) else { break };
        match (tag, body) {
            (1, [3, id @ ..]) if id.get(8).is_some_and(|kind| ALGORITHMS.contains(kind)) => {
                let id: [u8; 8] = std::array::from_fn(|i| id[i]);
                if id != [0; 8] && !head.keys.contains(&id) {
                    head.keys.push(id);
                }
            }
            // Version 6 names a fingerprint, or nothing.
            (1, [6, ..]) => {}
            (3, [4..=6, ..]) => head.passphrase = true,
            (9 | 18 | 20, _) => {
                head.whole = true;
                return Some(head);
            }
            _ => return None,
        }
        bytes = rest;
    }
    // It was cut off behind what tells who opens it.
    (head != Head::default()).then_some(head)
}

/// Reads an armoured message that begins behind its first line.
pub(super) fn read_armored(text: &[u8]) -> Option<Head> {
    read(&armor(text)?)
}

/// Decodes what stands in armour, of which the first line is cut off. What is long is not decoded
/// to its end.
pub(super) fn armor(text: &[u8]) -> Option<Vec<u8>> {
    let text = &text[..text.len().min(MOST_BYTES)];
    let end = memchr::memmem::find(text, b"-----END").unwrap_or(text.len());
    let mut body = Vec::new();
    for line in text[..end].split(|b| *b == b'\n') {
        // In JSON and in files of variables the line ends are written out.
        for line in split_escaped(line) {
            let line = line.trim_ascii();
            let plain = |b: &u8| b.is_ascii_alphanumeric() || b"+/=".contains(b);
            if line.iter().all(plain) && !line.starts_with(b"=") {
                body.extend(line.iter().filter(|b| **b != b'='));
            }
        }
    }
    let rest = body.len() % 4;
    // A last group that is not full was padded.
    body.extend(std::iter::repeat_n(b'=', if rest > 1 { 4 - rest } else { 0 }));
    body.truncate(body.len() / 4 * 4);
    let loose = data_encoding::BASE64_MIME_PERMISSIVE;
    loose.decode(&body).ok()
}

fn split_escaped(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(line);
    std::iter::from_fn(move || {
        let line = rest?;
        match memchr::memmem::find(line, b"\\n") {
            Some(at) => {
                rest = Some(&line[at + 2..]);
                Some(&line[..at])
            }
            None => rest.take(),
        }
    })
}

/// Returns tag and body of the first packet, and what follows. A body of unknown length, or one
/// that is cut off, goes to the end.
fn packet(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let first = *bytes.first()?;
    let number = |from: usize, len: usize| -> Option<usize> {
        let digits = bytes.get(from..from + len)?;
        Some(digits.iter().fold(0, |all, digit| all << 8 | usize::from(*digit)))
    };
    let (tag, start, len) = match first {
        0xc0.. => {
            let (start, len) = match *bytes.get(1)? {
                short @ 0..192 => (2, usize::from(short)),
                long @ 192..224 => (3, ((usize::from(long) - 192) << 8) + number(2, 1)? + 192),
                255 => (6, number(2, 4)?),
                _ => (2, bytes.len()),
            };
            (first & 0x3f, start, len)
        }
        0x80..0xc0 => {
            let size = match first & 3 {
                3 => 0,
                kind => 1 << kind,
            };
            let len = if size == 0 { bytes.len() } else { number(1, size)? };
            (first >> 2 & 15, 1 + size, len)
        }
        _ => return None,
    };
    let end = bytes.len().min(start.saturating_add(len));
    Some((tag, bytes.get(start..end)?, &bytes[end..]))
}

#[cfg(test)]
mod tests {
    use data_encoding::BASE64;
    use proptest::prelude::*;

    use super::{Head, read, read_armored};

    /// A session key that is encrypted to `id`.
    fn to(id: u8) -> Vec<u8> {
        let body = [&[3][..], &[id; 8], &[1, 4, 0], &[0x5a; 40]].concat();
        [&[0x85, 0, body.len() as u8][..], &body].concat()
    }

    #[test]
    fn recipients_stand_before_the_message() {
        let data = [&[0xd2, 20][..], &[1; 20]].concat();
        let message = [to(7), to(9), to(7), to(0), data.clone()].concat();
        let head = Head { keys: vec![[7; 8], [9; 8]], passphrase: false, whole: true };
        assert_eq!(read(&message), Some(head.clone()));
        let armored = format!("\n{}\n=aB3d\n-----END PGP MESSAGE-----", BASE64.encode(&message));
        assert_eq!(read_armored(armored.as_bytes()), Some(head.clone()));
        let escaped = armored.replace('\n', "\\n");
        assert_eq!(read_armored(escaped.as_bytes()), Some(head));
        let phrase = [&[0x8c, 13, 4, 9, 3, 8][..], &[7; 9], &data].concat();
        assert_eq!(read(&phrase), Some(Head { keys: vec![], passphrase: true, whole: true }));
        // A public key, and a message that is only packed.
        assert_eq!(read(&[&[0x99, 0, 30][..], &[4; 30]].concat()), None);
        assert_eq!(read(&[0xa3, 1, 2, 3]), None);
        assert_eq!(read(b"plain text"), None);
    }

    proptest! {
        #[test]
        fn never_panics(bytes in prop::collection::vec(any::<u8>(), 0..120), head in 0x80_u8..) {
            let bytes = [&[head][..], &bytes].concat();
            let _ = (read(&bytes), read_armored(&bytes));
            let _ = read_armored(BASE64.encode(&bytes).as_bytes());
        }
    }
}
