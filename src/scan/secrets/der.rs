// SPDX-License-Identifier: MIT OR Apache-2.0
//! What kind of private key a DER structure or an OpenSSH body holds.

/// What an OpenSSH body begins with.
const OPENSSH: &[u8] = b"openssh-key-v1\0";

/// Object identifiers of the algorithms of PKCS#8 keys.
const ALGORITHMS: [(&[u8], &str); 9] = [
    (&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1], "RSA"),
    (&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 10], "RSA-PSS"),
    (&[0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1], "EC"),
    (&[0x2a, 0x86, 0x48, 0xce, 0x38, 4, 1], "DSA"),
    (&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 3, 1], "Diffie-Hellman"),
    (&[0x2b, 0x65, 0x6e], "X25519"),
    (&[0x2b, 0x65, 0x6f], "X448"),
    (&[0x2b, 0x65, 0x70], "Ed25519"),
    (&[0x2b, 0x65, 0x71], "Ed448"),
];

const INTEGER: u8 = 2;
const OCTETS: u8 = 4;
const IDENTIFIER: u8 = 6;
const SEQUENCE: u8 = 0x30;

/// What was read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Key {
    /// The algorithm, with the size of an RSA key; empty where the structure says nothing.
    pub(super) kind: String,
    /// Whether a passphrase protects it.
    pub(super) encrypted: bool,
}

/// Reads a key whose outermost length fits. The kind is empty if what is inside is not understood.
pub(super) fn read(bytes: &[u8]) -> Option<Key> {
    if let Some(rest) = bytes.strip_prefix(OPENSSH) {
        return openssh(rest);
    }
    let (outer, rest) = element(bytes, SEQUENCE)?;
    let plain = |kind: String| Key { kind, encrypted: false };
    let key = pkcs8(outer)
        .map(plain)
        .or_else(|| pkcs1(outer).map(plain))
        .or_else(|| is_sec1(outer).then(|| plain("EC".into())))
        .or_else(|| is_encrypted(outer).then(|| Key { kind: String::new(), encrypted: true }))
        .unwrap_or_else(|| plain(String::new()));
    rest.is_empty().then_some(key)
}

/// Returns the content of the element at the start of `bytes` and what follows it.
fn element(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (&first, &second) = (bytes.first()?, bytes.get(1)?);
    let (header, length) = match second {
        n if n < 0x80 => (2, usize::from(n)),
        0x81..=0x83 => {
            let size = usize::from(second & 0x7f);
            let digits = bytes.get(2..2 + size)?;
            (2 + size, digits.iter().fold(0, |all, byte| all << 8 | usize::from(*byte)))
        }
        _ => return None,
    };
    let content = bytes.get(header..header + length)?;
    (first == tag).then(|| (content, &bytes[header + length..]))
}

/// Version, algorithm, key in octets.
fn pkcs8(outer: &[u8]) -> Option<String> {
    let (_, rest) = element(outer, INTEGER)?;
    let (algorithm, rest) = element(rest, SEQUENCE)?;
    let (identifier, _) = element(algorithm, IDENTIFIER)?;
    let (octets, _) = element(rest, OCTETS)?;
    let (_, name) = ALGORITHMS.iter().find(|(known, _)| *known == identifier)?;
    let inner = element(octets, SEQUENCE).and_then(|(inner, _)| pkcs1(inner));
    Some(inner.filter(|_| *name == "RSA").unwrap_or_else(|| (*name).into()))
}

/// Version, modulus and seven more numbers; a DSA key has one number less.
fn pkcs1(outer: &[u8]) -> Option<String> {
    let mut rest = outer;
    let mut sizes = Vec::new();
    while !rest.is_empty() && sizes.len() < 10 {
        let (number, after) = element(rest, INTEGER)?;
        let zeros = number.iter().take_while(|b| **b == 0).count();
        sizes.push((number.len() - zeros) * 8);
        rest = after;
    }
    match sizes.as_slice() {
        [0, bits, _, _, _, _, _, _, _] => Some(format!("RSA, {bits} bits")),
        [0, bits, _, _, _, _] => Some(format!("DSA, {bits} bits")),
        _ => None,
    }
}

/// Version 1, then the key in octets.
fn is_sec1(outer: &[u8]) -> bool {
    element(outer, INTEGER)
        .filter(|(version, _)| *version == [1])
        .is_some_and(|(_, rest)| element(rest, OCTETS).is_some())
}

/// How it is encrypted, then the encrypted key in octets.
fn is_encrypted(outer: &[u8]) -> bool {
    element(outer, SEQUENCE).is_some_and(|(algorithm, rest)| {
        element(algorithm, IDENTIFIER).is_some()
            && element(rest, OCTETS).is_some_and(|(_, rest)| rest.is_empty())
    })
}

/// Cipher, how its key is derived, options, number of keys, public key.
fn openssh(rest: &[u8]) -> Option<Key> {
    let (cipher, rest) = field(rest)?;
    let (derivation, rest) = field(rest)?;
    let (_, rest) = field(rest)?;
    let public = rest.get(4..).and_then(field).map_or(&[][..], |(public, _)| public);
    let name = field(public).map(|(name, _)| name).filter(|name| name.len() < 60);
    let encrypted = cipher != b"none" || derivation != b"none";
    Some(Key { kind: name.map_or(String::new(), |n| String::from_utf8_lossy(n).into()), encrypted })
}

/// Four bytes of length and so many bytes.
fn field(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let length = bytes.get(..4)?.iter().fold(0, |all, byte| all << 8 | usize::from(*byte));
    Some((bytes.get(4..4 + length)?, &bytes[4 + length..]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{ALGORITHMS, Key, read};

    fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
        let length = content.len();
        let head = if length < 0x80 {
            vec![tag, length as u8]
        } else {
            vec![tag, 0x82, (length >> 8) as u8, length as u8]
        };
        [head, content.to_vec()].concat()
    }

    fn rsa(bytes: usize) -> Vec<u8> {
        let number = |len| tlv(2, &[vec![0], vec![0x9d; len]].concat());
        let mut all = tlv(2, &[0]);
        all.extend(number(bytes));
        (0..7).for_each(|_| all.extend(number(bytes / 2)));
        tlv(0x30, &all)
    }

    fn kind(bytes: &[u8]) -> Option<String> {
        read(bytes).map(|key| key.kind)
    }

    #[test]
    fn keys_say_what_they_are() {
        assert_eq!(kind(&rsa(256)).as_deref(), Some("RSA, 2048 bits"));
        for (identifier, name) in ALGORITHMS {
            let inner = if name == "RSA" { rsa(128) } else { vec![4, 2, 1, 2] };
            let algorithm = tlv(0x30, &tlv(6, identifier));
            let outer = [tlv(2, &[0]), algorithm, tlv(4, &inner)].concat();
            let expected = if name == "RSA" { "RSA, 1024 bits" } else { name };
            assert_eq!(kind(&tlv(0x30, &outer)).as_deref(), Some(expected));
        }
        let sec1 = tlv(0x30, &[tlv(2, &[1]), tlv(4, &[7; 32])].concat());
        assert_eq!(kind(&sec1).as_deref(), Some("EC"));
        let sealed = tlv(0x30, &[tlv(0x30, &tlv(6, &[1, 2])), tlv(4, &[7; 99])].concat());
        assert!(read(&sealed).is_some_and(|key| key.encrypted));
        assert_eq!(kind(&[sealed, vec![0]].concat()), None);
    }

    #[test]
    fn openssh_keys_say_how_they_are_kept() {
        let field = |text: &[u8]| [&(text.len() as u32).to_be_bytes()[..], text].concat();
        let key = |cipher: &[u8], kdf: &[u8]| {
            let public = field(&field(b"ssh-ed25519"));
            let head = [b"openssh-key-v1\0".to_vec(), field(cipher), field(kdf), field(b"")];
            read(&[head.concat(), vec![0, 0, 0, 1], public].concat())
        };
        let kind = String::from("ssh-ed25519");
        assert_eq!(key(b"none", b"none"), Some(Key { kind: kind.clone(), encrypted: false }));
        assert_eq!(key(b"aes256-ctr", b"bcrypt"), Some(Key { kind, encrypted: true }));
    }

    proptest! {
        #[test]
        fn never_panics(bytes in prop::collection::vec(any::<u8>(), 0..200), ssh in any::<bool>()) {
            let head: &[u8] = if ssh { b"openssh-key-v1\0\0\0\0" } else { b"" };
            let _ = read(&[head, &bytes].concat());
        }

        #[test]
        fn a_byte_more_or_less_does_not_fit(cut in 1_usize..600) {
            let key = rsa(256);
            prop_assert!(read(&key[..key.len() - cut]).is_none());
        }
    }
}
