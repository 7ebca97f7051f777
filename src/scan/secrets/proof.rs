// SPDX-License-Identifier: MIT OR Apache-2.0
//! Checks of a value's own structure, without a network.

use crate::{
    domain::Severity,
    rules::{OnFailure, Proof, Rule},
    scan::Hit,
};

/// Applies the rule's proof to `hit`; nothing is left of it when a failed proof drops it.
pub(in crate::scan) fn prove(rule: &Rule, text: &[u8], mut hit: Hit) -> Option<Hit> {
    let value = &text[hit.span.clone()];
    match rule.proof {
        None => Some(hit),
        Some(proof) if holds(proof, value) => Some(hit.proved("checksum matches")),
        Some(_) if rule.on_failure == OnFailure::Drop => None,
        Some(_) => {
            hit.severity = hit.severity.min(Severity::Medium);
            Some(hit.note("checksum does not match: a sample, or cut short"))
        }
    }
}

fn holds(proof: Proof, value: &[u8]) -> bool {
    match proof {
        Proof::Crc32Base62 => crc32_base62(value),
    }
}

fn crc32_base62(value: &[u8]) -> bool {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let Some(body) = value.len().checked_sub(36).map(|at| &value[at..]) else { return false };
    let (random, sum) = body.split_at(30);
    let mut rest = crc32fast::hash(random);
    let mut expected = [0; 6];
    for place in expected.iter_mut().rev() {
        *place = DIGITS[(rest % 62) as usize];
        rest /= 62;
    }
    sum == expected
}
