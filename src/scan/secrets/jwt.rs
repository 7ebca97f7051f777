// SPDX-License-Identifier: MIT OR Apache-2.0
//! JSON web tokens: three parts of which the first two are JSON.

use std::ops::Range;

use data_encoding::BASE64URL_NOPAD;
use serde_json::Value;

use super::issuer;
use crate::{
    domain::{RuleIdx, Severity, remark},
    rules::RuleSet,
    scan::{Detector, Hit, Sink, View},
};

/// A longer token fits no header field.
const LONGEST: usize = 16 * 1024;

/// Finds tokens whose header and claims decode, and weighs them by what they claim.
pub(super) struct WebToken {
    severity: Severity,
}

/// 2026-11-01, in seconds since 1970-01-01 UTC: what expired before this version of the program
/// was made has expired whenever it is read. The clock is not asked: what a scan says of a text is
/// kept, and is the same on every day and for everybody. To be moved on with each release.
const MADE: i64 = 1_793_491_200;

/// Algorithms of RFC 7518 and 8037, and of one curve, with the least and the most characters of
/// their signatures.
const ALGORITHMS: [(&str, usize, usize); 15] = [
    ("HS256", 43, 43),
    ("HS384", 64, 64),
    ("HS512", 86, 86),
    ("RS256", 171, 1366),
    ("RS384", 171, 1366),
    ("RS512", 171, 1366),
    ("PS256", 171, 1366),
    ("PS384", 171, 1366),
    ("PS512", 171, 1366),
    ("ES256", 86, 96),
    ("ES384", 128, 140),
    ("ES512", 176, 190),
    ("ES256K", 86, 96),
    ("EdDSA", 86, 152),
    ("none", 0, 0),
];

impl WebToken {
    pub(super) fn new(rules: &RuleSet) -> Self {
        let rule = rules.detected("sensitive/jwt");
        let severity = rule.map_or(Severity::Medium, |rule| rules.info(rule).severity);
        Self { severity }
    }
}

impl Detector for WebToken {
    fn at(&self, view: &View<'_>, rule: RuleIdx, at: Range<usize>, sink: &mut Sink) {
        let text = view.text;
        let inside = |b: &u8| is_part(*b) || *b == b'.';
        if at.start.checked_sub(1).and_then(|i| text.get(i)).is_some_and(inside) {
            return;
        }
        let rest = &text[at.start..text.len().min(at.start + LONGEST)];
        if let Some(len) = sealed(rest) {
            let hit = Hit::new(rule, at.start..at.start + len, self.severity.min(Severity::Low));
            sink.push(hit.note("its content is encrypted"));
            return;
        }
        let Some((header, claims, len)) = read(rest) else { return };
        let mut hit = Hit::new(rule, at.start..at.start + len, self.severity);
        if super::proof::is_sample(&rest[..len]) {
            hit.severity = hit.severity.min(Severity::Low);
            sink.push(hit.note(remark::MANUAL_SAMPLE));
            return;
        }
        let signature = rest[..len].rsplit(|b| *b == b'.').next().map_or(0, <[u8]>::len);
        let mut hit = weigh(hit, &header, &claims);
        let name = header.get("alg").and_then(Value::as_str).unwrap_or_default();
        let fits = |(alg, least, most): &(&str, usize, usize)| {
            *alg == name && (*least..=*most).contains(&signature)
        };
        if !ALGORITHMS.iter().any(fits) {
            hit.severity = hit.severity.min(Severity::Low);
            hit = hit.note("the signature is not of its algorithm: a sample, or cut short");
        }
        sink.push(hit);
    }
}

fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}

fn part(text: &[u8], from: usize) -> &[u8] {
    let rest = text.get(from..).unwrap_or_default();
    &rest[..rest.iter().position(|b| !is_part(*b)).unwrap_or(rest.len())]
}

/// Returns header, claims and the length of the token at the start of `text`.
fn read(text: &[u8]) -> Option<(Value, Value, usize)> {
    let first = part(text, 0);
    let second = part(text, first.len() + 1);
    let dot = |at: usize| text.get(at) == Some(&b'.');
    let after = first.len() + 1 + second.len();
    if first.len() < 12 || second.len() < 4 || !dot(first.len()) || !dot(after) {
        return None;
    }
    let third = part(text, after + 1);
    let json = |part: &[u8]| -> Option<Value> {
        serde_json::from_slice(&BASE64URL_NOPAD.decode(part).ok()?).ok()
    };
    let (header, claims) = (json(first)?, json(second)?);
    (header.get("alg").is_some_and(Value::is_string) && claims.is_object())
        .then(|| (header, claims, after + 1 + third.len()))
}

/// Returns the length of an encrypted token (RFC 7516) at the start of `text`: five parts, of
/// which only the first can be read.
fn sealed(text: &[u8]) -> Option<usize> {
    let first = part(text, 0);
    let header: Value = serde_json::from_slice(&BASE64URL_NOPAD.decode(first).ok()?).ok()?;
    header.get("enc")?.as_str()?;
    let mut len = first.len();
    for _ in 0..4 {
        if text.get(len) != Some(&b'.') {
            return None;
        }
        len += 1 + part(text, len + 1).len();
    }
    Some(len)
}

fn weigh(mut hit: Hit, header: &Value, claims: &Value) -> Hit {
    let text = |name: &str| claims.get(name).and_then(Value::as_str).unwrap_or_default();
    if let Some(end) = claims.get("exp").and_then(Value::as_i64) {
        if let Ok(time) = jiff::Timestamp::from_second(end) {
            let verb = if end < MADE { "expired" } else { "expires" };
            hit = hit.note(format!("{verb} {}", time.strftime("%Y-%m-%d")));
        }
        if end < MADE {
            hit.severity = hit.severity.min(Severity::Low);
            return hit;
        }
    } else {
        hit = hit.note("never expires");
    }
    if header.get("alg").and_then(Value::as_str) == Some("none") {
        hit.severity = Severity::Low;
        return hit.note("not signed");
    }
    if text("sub") == "1234567890" {
        hit.severity = Severity::Low;
        return hit.note(remark::SPECIFIED_SAMPLE);
    }
    if text("role") == "anon" {
        hit.severity = Severity::Info;
        return hit.note(remark::PUBLIC);
    }
    if text("role") == "service_role" {
        hit.severity = Severity::Critical;
        return hit.note("service role: passes the row rules of the database");
    }
    if text("iss").contains("kubernetes/serviceaccount") || text("iss") == "argocd" {
        hit.severity = Severity::Critical;
        return hit.note("token of a cluster");
    }
    if let Some((severity, what)) = issuer::known(claims) {
        hit.severity = severity;
        return hit.note(what);
    }
    // Artifactory and its sister services name themselves so.
    if text("iss").starts_with("jfrt@") || text("iss").starts_with("jfac@") {
        hit.severity = Severity::Critical;
        return hit.note("access token of Artifactory");
    }
    hit
}
