// SPDX-License-Identifier: MIT OR Apache-2.0
//! Passwords as devices and daemons write them: reversible ones are turned back.

use std::ops::Range;

use data_encoding::{BASE32_NOPAD, BASE64};

use super::Outcome;
use crate::{domain::Severity, scan::secrets::chars};

/// What Cisco's type 7 is mixed with; published for decades.
const CISCO: &[u8] = b"dsfd;kfoA,.iyewrkldJKDHSUBsgvca69834ncxv9873254k;fg87";
/// The characters of Juniper's `$9$`, in its four families.
const JUNIPER: &[u8] = b"QzF3n6/9CAtpu0O.B1IREhcSyrleKvMW8LXx7N-dVbwsY2g4oaJZGUDjiHkqPmf5T";

/// How far before a key its name is looked for.
const NAME: usize = 40;

/// Checks a password that its device can turn back.
pub(super) fn reversible(value: &[u8]) -> Outcome {
    if let Some(body) = value.strip_prefix(b"$9$") {
        return Outcome::plausible(body.iter().all(|b| JUNIPER.contains(b)));
    }
    if value.starts_with(b"$8$") {
        return Outcome::Kept(Some("encrypted with a master password".into()), Some(Severity::Low));
    }
    match cisco(value) {
        Some(clear) if clear.iter().all(|b| (b' '..0x7f).contains(b)) => {
            Outcome::Kept(Some("turns back into readable text".into()), None)
        }
        _ => Outcome::Failed,
    }
}

/// Two decimal digits say where the mixing begins, pairs of hexadecimal digits follow.
fn cisco(value: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(value).ok()?;
    let from: usize = text.get(..2)?.parse().ok()?;
    let pairs = text.get(2..)?.as_bytes().chunks(2);
    let byte = |(i, pair): (usize, &[u8])| {
        let pair = std::str::from_utf8(pair).ok().filter(|pair| pair.len() == 2)?;
        Some(u8::from_str_radix(pair, 16).ok()? ^ CISCO[(from + i) % CISCO.len()])
    };
    pairs.enumerate().map(byte).collect()
}

/// Private keys are clamped when they are made; shared keys are 32 bytes of anything.
pub(super) fn wireguard(text: &[u8], span: &Range<usize>) -> Outcome {
    let Ok(key) = BASE64.decode(&text[span.clone()]) else { return Outcome::Failed };
    let name = text[span.start.saturating_sub(NAME)..span.start].to_ascii_lowercase();
    let shared =
        [b"shared".as_slice(), b"psk"].iter().any(|w| memchr::memmem::find(&name, w).is_some());
    let clamped = key.first().is_some_and(|b| b & 7 == 0)
        && key.last().is_some_and(|b| b & 0x80 == 0 && b & 0x40 != 0);
    match (key.len() == 32, shared || clamped) {
        (true, true) => Outcome::NEUTRAL,
        (true, false) => Outcome::Kept(
            Some("not clamped, as keys made by wg are: another kind of key?".into()),
            Some(Severity::Medium),
        ),
        _ => Outcome::Failed,
    }
}

/// A seed is Base32 of 10 to 64 bytes.
pub(super) fn otp_seed(value: &[u8]) -> bool {
    let plain = value.to_ascii_uppercase();
    let end = plain.iter().rposition(|b| *b != b'=').map_or(0, |last| last + 1);
    // The last character may hold bits that nothing needs; some programs leave them set.
    let whole = end - end * 5 % 8 / 5;
    let bytes = BASE32_NOPAD.decode(&plain[..whole]);
    let decoded = bytes.as_ref().map_or(end * 5 / 8, Vec::len);
    let letters = plain[..end].iter().filter(|b| b.is_ascii_alphabetic()).count();
    // `TestSecret1`: a seed is drawn, not written.
    let written = bytes.is_ok_and(|text| chars::word_letters(&text) * 10 >= text.len() * 7);
    (10..=64).contains(&decoded) && (letters < end || end >= 32) && !written
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{CISCO, cisco, otp_seed};

    #[test]
    fn type_7_is_turned_back() {
        assert_eq!(cisco(b"0822455D0A16").as_deref(), Some(b"cisco".as_slice()));
        assert_eq!(cisco(b"08224"), None);
        assert_eq!(cisco(b"xx22"), None);
    }

    #[test]
    fn seeds() {
        assert!(otp_seed(b"JBSWY3DPEHPK3PXP") && otp_seed(b"MZXW6YTBOI2DGNBVGY3TQOJQ===="));
        // `TestSecret1`
        assert!(!otp_seed(b"KRSXG5CTMVRXEZLUGE======"));
        assert!(!otp_seed(b"ABCDEFGHIJKLMNOP") && !otp_seed(b"JBSWY3"));
    }

    proptest! {
        #[test]
        fn type_7_turns_back_whatever_was_mixed(text in "[ -~]{1,40}", from in 0_usize..16) {
            let mixed: String = text
                .bytes()
                .enumerate()
                .map(|(i, b)| format!("{:02X}", b ^ CISCO[(from + i) % CISCO.len()]))
                .collect();
            let clear = cisco(format!("{from:02}{mixed}").as_bytes());
            prop_assert_eq!(clear.as_deref(), Some(text.as_bytes()));
        }

        #[test]
        fn never_panics(value in prop::collection::vec(any::<u8>(), 0..80)) {
            let _ = cisco(&value);
            let _ = otp_seed(&value);
        }
    }
}
