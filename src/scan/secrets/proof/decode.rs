// SPDX-License-Identifier: MIT OR Apache-2.0
//! What a value says about itself once it is decoded.

use std::ops::Range;

use data_encoding::{BASE32_NOPAD, BASE64, BASE64_NOPAD, BASE64URL_NOPAD};
use memchr::memmem;

use super::Outcome;
use crate::{
    domain::{Severity, remark},
    scan::secrets::{is_placeholder, pem},
};

/// How far from the key the address of the service account may stand, in bytes.
const ADDRESS_REACH: usize = 2000;
/// How far from a key for browsers it shows that it is one.
const BROWSER_REACH: usize = 500;

/// What keys say that reach test data only.
const TEST_MODES: [&str; 10] = [
    "_test_",
    "_test-",
    "sandbox",
    "-development-",
    "_development_",
    "_sdbx_",
    "_sbox_",
    "_hmlg_",
    "playground",
    "sb-mid-",
];

pub(super) fn aws_key_id(value: &[u8]) -> Outcome {
    let body = value.get(4..).unwrap_or_default();
    // Ids issued before 2019 hold no account; their fifth character sorts below Q.
    if body.first().is_none_or(|first| *first < b'Q') {
        return Outcome::NEUTRAL;
    }
    let Ok(bytes) = BASE32_NOPAD.decode(body) else { return Outcome::NEUTRAL };
    let head = bytes.iter().take(6).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    let account = (head & 0x7fff_ffff_ff80) >> 7;
    // Emulators give out ids of these accounts, and manuals print them.
    let sample = matches!(account, 0 | 123_456_789_012).then_some(Severity::Low);
    Outcome::Kept(Some(format!("belongs to AWS account {account:012}")), sample)
}

pub(super) fn pypi(value: &[u8]) -> Outcome {
    let body = value.get(5..).unwrap_or_default();
    let Ok(bytes) = BASE64URL_NOPAD.decode(body) else { return Outcome::Failed };
    let signed = bytes.len().checked_sub(34).is_some_and(|at| bytes[at..].starts_with(&[6, 32]));
    let head: [&[u8]; 2] = [b"\x02\x01\x08pypi.org\x02", b"\x02\x01\x0dtest.pypi.org\x02"];
    if head.iter().any(|head| bytes.starts_with(head)) && signed {
        Outcome::Proved(remark::TOKEN_COMPLETE.into())
    } else {
        Outcome::Failed
    }
}

/// Looks at a private key that stands without the lines that frame it.
pub(super) fn private_key_body(value: &[u8]) -> Outcome {
    let key = pem::decode(value).filter(|key| !key.encrypted && !key.kind.is_empty());
    key.map_or(Outcome::Failed, |key| {
        Outcome::Proved(format!("{}; {}", remark::KEY_COMPLETE, key.kind))
    })
}

/// Returns whether `value` is Base64 of `user:password` with a password that could be real.
pub(super) fn basic_auth(value: &[u8]) -> bool {
    let decoded = BASE64.decode(value).or_else(|_| BASE64_NOPAD.decode(value));
    let Ok(decoded) = decoded else { return false };
    let Some(colon) = memchr::memchr(b':', &decoded) else { return false };
    let (user, password) = (&decoded[..colon], &decoded[colon + 1..]);
    std::str::from_utf8(&decoded).is_ok_and(|text| !text.chars().any(char::is_control))
        && password.len() >= 4
        && !password.eq_ignore_ascii_case(user)
        && !is_placeholder(password)
}

pub(super) fn discord(value: &[u8]) -> bool {
    let first = value.split(|b| *b == b'.').next().unwrap_or_default();
    BASE64URL_NOPAD
        .decode(first)
        .is_ok_and(|id| (17..=20).contains(&id.len()) && id.iter().all(u8::is_ascii_digit))
}

pub(super) fn live_or_test(value: &[u8]) -> Outcome {
    let lower = value.to_ascii_lowercase();
    let is = |word: &&str| memmem::find(&lower, word.as_bytes()).is_some();
    if TEST_MODES.iter().any(is) || lower.starts_with(b"test_") {
        Outcome::Kept(Some("test mode: reaches test data only".into()), Some(Severity::Medium))
    } else if ["_live_", "-live-", "_prod_", "-production-"].iter().any(is) {
        Outcome::Live
    } else {
        Outcome::NEUTRAL
    }
}

/// Returns whether a key is one that every visitor of a page or user of an app gets to see: then
/// what it may do is limited by addresses, not by keeping it.
pub(super) fn browser_key(text: &[u8], span: &Range<usize>) -> Outcome {
    let from = span.start.saturating_sub(BROWSER_REACH);
    let to = text.len().min(span.end + BROWSER_REACH);
    let signs = [
        "authDomain",
        "messagingSenderId",
        "firebaseConfig",
        "maps/api/js",
        "maps/embed",
        "mobilesdk_app_id",
        "current_key",
        "GCM_SENDER_ID",
        "com.google.android.geo.API_KEY",
        "com.google.android.maps",
    ];
    if signs.iter().any(|sign| memmem::find(&text[from..to], sign.as_bytes()).is_some()) {
        Outcome::Kept(Some(remark::PUBLIC.into()), Some(Severity::Low))
    } else {
        Outcome::NEUTRAL
    }
}

pub(super) fn gcp(text: &[u8], span: &Range<usize>) -> Outcome {
    let from = span.start.saturating_sub(ADDRESS_REACH);
    let to = text.len().min(span.end + ADDRESS_REACH);
    let named = memmem::find(&text[from..to], b".iam.gserviceaccount.com").is_some();
    if named && pem::is_complete(&text[span.clone()]) {
        Outcome::Proved(remark::KEY_NAMES_ACCOUNT.into())
    } else {
        Outcome::Failed
    }
}

#[cfg(test)]
mod tests {
    use super::{Outcome, Severity, aws_key_id, basic_auth};

    #[test]
    fn a_key_id_names_its_account() {
        // From the public description of the encoding; in pieces, so that nothing takes it for live.
        let id = ["ASIA", "QNZGKIQY", "56JQ7WML"].concat();
        let Outcome::Kept(Some(note), None) = aws_key_id(id.as_bytes()) else { panic!("no note") };
        assert_eq!(note, "belongs to AWS account 029608264753");
        assert!(matches!(aws_key_id(b"AKIA"), Outcome::Kept(None, None)));
        let emulated = ["AKIA", "QAAAAAAA", "LX6GRE2E"].concat();
        let low = aws_key_id(emulated.as_bytes());
        assert!(matches!(low, Outcome::Kept(Some(_), Some(Severity::Low))));
    }

    #[test]
    fn user_and_password_in_base64() {
        assert!(basic_auth(b"ZGVwbG95OmJsdWUtbTAwbg=="));
        assert!(!basic_auth(b"dXNlcjpwYXNzd29yZA==") && !basic_auth(b"bm90aGluZw=="));
    }
}
