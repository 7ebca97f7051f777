// SPDX-License-Identifier: MIT OR Apache-2.0
//! What single vendors put into their tokens.

use std::ops::Range;

use data_encoding::{BASE64, BASE64_NOPAD, BASE64URL_NOPAD};
use serde_json::Value;

use super::Outcome;
use crate::domain::{Severity, remark};

/// An instance may put so many characters of its own before the prefix of its tokens.
const LONGEST_PREFIX: usize = 20;

/// Decodes Base64 of either alphabet, with or without padding.
fn base64(text: &[u8]) -> Option<Vec<u8>> {
    let end = text.iter().rposition(|b| *b != b'=').map_or(0, |at| at + 1);
    let text = &text[..end];
    BASE64_NOPAD.decode(text).or_else(|_| BASE64URL_NOPAD.decode(text)).ok()
}

/// The last seven characters are the CRC-32, in base 36, of all that stands before them.
pub(super) fn gitlab_routable(text: &[u8], span: &Range<usize>) -> Outcome {
    let value = &text[span.clone()];
    if !value.contains(&b'.') {
        return Outcome::NEUTRAL;
    }
    let Some(at) = value.len().checked_sub(7) else { return Outcome::Failed };
    let sum = std::str::from_utf8(&value[at..]).ok();
    let Some(sum) = sum.and_then(|sum| u32::from_str_radix(sum, 36).ok()) else {
        return Outcome::Failed;
    };
    // The checksum is taken over the instance's own prefix too, which may stand before the value.
    let low = span.start.saturating_sub(LONGEST_PREFIX);
    let mut starts = (low..=span.start).rev();
    Outcome::checksum(starts.any(|from| crc32fast::hash(&text[from..span.start + at]) == sum))
}

/// `BedrockAPIKey-NAME-at-ACCOUNT:SECRET`, or the URL of a call that is signed for some hours.
pub(super) fn bedrock(value: &[u8]) -> Outcome {
    let short = value.strip_prefix(b"bedrock-api-key-");
    let Some(body) = short.or_else(|| value.strip_prefix(b"ABSK")) else { return Outcome::Failed };
    let Some(bytes) = base64(body) else { return Outcome::Failed };
    let text = String::from_utf8_lossy(&bytes);
    if short.is_some() {
        let signed = text.contains("CallWithBearerToken") && text.contains("X-Amz-Signature");
        return if signed { proved() } else { Outcome::Failed };
    }
    let account = text
        .strip_prefix("BedrockAPIKey-")
        .and_then(|rest| rest.split_once(':'))
        .and_then(|(name, secret)| Some((name.rsplit_once("-at-")?.1, secret)))
        .filter(|(account, secret)| is_number(account.as_bytes(), 12) && secret.len() >= 16);
    match account {
        Some((account, _)) => {
            let note = format!("belongs to AWS account {account}");
            Outcome::Kept(Some(note), Some(Severity::Critical))
        }
        None => Outcome::Failed,
    }
}

fn proved() -> Outcome {
    Outcome::Proved(remark::TOKEN_COMPLETE.into())
}

fn is_number(text: &[u8], digits: usize) -> bool {
    text.len() == digits && text.iter().all(u8::is_ascii_digit)
}

pub(super) fn cloudflare_tunnel(value: &[u8]) -> Outcome {
    let json = base64(value).and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
    let has = |json: &Value, name: &str| json.get(name).is_some_and(Value::is_string);
    match json {
        Some(json) if ["a", "t", "s"].iter().all(|name| has(&json, name)) => proved(),
        _ => Outcome::Failed,
    }
}

/// Nonce, place, conditions and signature in a packed array of four; the nonce is one of two
/// or three. Several tokens stand behind each other, with commas.
pub(super) fn fly_macaroon(value: &[u8]) -> Outcome {
    let Some(at) = value.iter().position(|b| *b == b'_') else { return Outcome::Failed };
    // Tokens of the other kind are no macaroons.
    if value.starts_with(b"fo1") {
        return Outcome::NEUTRAL;
    }
    let first = value[at + 1..].split(|b| *b == b',').next().unwrap_or_default();
    let bytes = base64(first).unwrap_or_default();
    let packed = bytes.starts_with(&[0x94, 0x92, 0xc4]) || bytes.starts_with(&[0x94, 0x93, 0xc4]);
    if packed { proved() } else { Outcome::Failed }
}

pub(super) fn artifactory_reference(value: &[u8]) -> Outcome {
    let bytes = base64(value).unwrap_or_default();
    let mut parts = bytes.splitn(4, |b| *b == b':');
    let head = parts.next() == Some(b"reftkn");
    let mut number = || parts.next().is_some_and(|part| is_number(part, part.len().max(1)));
    let numbers = number() && number();
    let token = parts
        .next()
        .is_some_and(|token| token.len() >= 8 && token.iter().all(u8::is_ascii_alphanumeric));
    if head && numbers && token { proved() } else { Outcome::Failed }
}

/// Base64 of at least ten digits, a colon and bytes that nobody types.
pub(super) fn number_and_bytes(value: &[u8]) -> bool {
    let body = value.strip_prefix(b"BBDC-").unwrap_or(value);
    let Ok(bytes) = BASE64.decode(body) else { return false };
    let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    digits >= 10 && bytes.get(digits) == Some(&b':') && bytes.len() > digits + 8
}

/// Twelve bytes and sixteen, each in Base32: the last character of each half holds one bit
/// and three.
pub(super) fn nuget_key(value: &[u8]) -> bool {
    matches!(value.get(19), Some(b'a' | b'q'))
        && matches!(value.get(45), Some(b'a' | b'e' | b'i' | b'm' | b'q' | b'u' | b'y' | b'4'))
}
