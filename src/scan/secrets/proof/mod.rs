// SPDX-License-Identifier: MIT OR Apache-2.0
//! Checks of a value's own structure, without a network.

mod base58;
mod checksum;
mod decode;
mod device;
mod handout;
mod people;
mod samples;

use std::ops::Range;

pub(super) use samples::is_sample;

use crate::{
    domain::{Class, Severity, remark},
    rules::{OnFailure, Proof, Rule},
    scan::{Hit, Reach},
};

/// What a check says.
enum Outcome {
    /// The structure holds: nobody types this by chance.
    Proved(String),
    /// Nothing speaks against it; perhaps a remark and another severity.
    Kept(Option<String>, Option<Severity>),
    /// The structure does not hold.
    Failed,
}

impl Outcome {
    const NEUTRAL: Self = Self::Kept(None, None);

    fn checksum(holds: bool) -> Self {
        if holds { Self::Proved(remark::CHECKSUM_MATCHES.into()) } else { Self::Failed }
    }

    fn plausible(holds: bool) -> Self {
        if holds { Self::NEUTRAL } else { Self::Failed }
    }
}

/// Applies the rule's proof to `hit`; nothing is left of it when a failed proof drops it.
pub(in crate::scan) fn prove(rule: &Rule, text: &[u8], mut hit: Hit) -> Option<Hit> {
    if rule.info.class == Class::Credential && is_sample(&text[hit.span.clone()]) {
        hit.severity = hit.severity.min(Severity::Low);
        return Some(hit.note(remark::MANUAL_SAMPLE));
    }
    let Some(proof) = rule.proof else { return Some(hit) };
    match check(proof, text, &hit.span) {
        Outcome::Proved(how) => Some(hit.proved(&how)),
        Outcome::Kept(note, severity) => {
            hit.severity = severity.unwrap_or(hit.severity);
            hit.notes.extend(note);
            Some(hit)
        }
        Outcome::Failed if rule.on_failure == OnFailure::Drop => None,
        Outcome::Failed => {
            hit.severity = hit.severity.min(Severity::Medium);
            Some(hit.note("checksum does not match: a sample, or cut short"))
        }
    }
}

/// Returns how far from a value its proof looks.
pub(in crate::scan) fn reach_of_proof(proof: Proof) -> Reach {
    match proof {
        Proof::PersonalEmail => Reach::lines(3, 0),
        // Name and id of the key stand above it, the checksum below.
        Proof::DebutReviewKey => Reach::lines(2, 1),
        // The account's address stands above or below the key in the same object.
        Proof::GcpServiceAccount => Reach::lines(16, 16),
        _ => Reach::LINE,
    }
}

fn check(proof: Proof, text: &[u8], span: &Range<usize>) -> Outcome {
    let value = &text[span.clone()];
    match proof {
        Proof::Crc32Base62 => checksum::crc32_base62(value),
        Proof::Crc32Hex => Outcome::checksum(checksum::crc32_hex(value)),
        Proof::Crc32UpperHex => Outcome::checksum(checksum::crc32_upper_hex(value)),
        Proof::Grafana => Outcome::checksum(checksum::grafana(value)),
        Proof::Confluent => Outcome::checksum(checksum::confluent(value)),
        Proof::AzureDevopsPat => Outcome::checksum(checksum::azure_devops(value)),
        Proof::Bech32 => Outcome::checksum(checksum::bech32(value)),
        Proof::Nkey => Outcome::checksum(checksum::nkey(value)),
        Proof::AwsKeyId => decode::aws_key_id(value),
        Proof::Pypi => decode::pypi(value),
        Proof::BasicAuth => Outcome::plausible(decode::basic_auth(value)),
        Proof::Discord => Outcome::plausible(decode::discord(value)),
        Proof::LiveOrTest => decode::live_or_test(value),
        Proof::GcpServiceAccount => decode::gcp(text, span),
        Proof::PersonalEmail => Outcome::plausible(people::personal_email(text, span)),
        Proof::Phone => Outcome::plausible(people::phone(value)),
        Proof::PaymentCard => Outcome::plausible(people::payment_card(text, span)),
        Proof::DebutReviewKey => handout::review_key(text, span),
        Proof::Base58Check => Outcome::checksum(base58::bitcoin(value)),
        Proof::RippleSeed => Outcome::checksum(base58::ripple(value)),
        Proof::DevicePassword => device::reversible(value),
        Proof::Wireguard => device::wireguard(text, span),
        Proof::OtpSeed => Outcome::plausible(device::otp_seed(value)),
        Proof::SeedPhrase => Outcome::plausible(device::seed_phrase(value)),
        Proof::Iban => Outcome::plausible(people::iban(value)),
    }
}
