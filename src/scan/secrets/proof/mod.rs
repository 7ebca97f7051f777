// SPDX-License-Identifier: MIT OR Apache-2.0
//! Checks of a value's own structure, without a network.

mod azure;
mod base58;
mod checksum;
mod decode;
mod device;
mod handout;
mod login;
mod phrase;
mod samples;
mod token;
mod vendor;

use std::ops::Range;

pub(super) use samples::is_sample;

use crate::{
    domain::{Class, Confidence, Severity, remark},
    rules::{OnFailure, Proof, Rule},
    scan::{Hit, Reach, personal},
};

/// What a check says.
enum Outcome {
    /// The structure holds: nobody types this by chance.
    Proved(String),
    /// The value itself says that it is in use: the path lowers nothing.
    Live,
    /// A checksum holds, and the value says besides what it is for.
    Named(String),
    /// Nothing speaks against it; perhaps a remark and another severity.
    Kept(Option<String>, Option<Severity>),
    /// It is likely something else, wherever it stands: medium, whatever the path.
    Doubted(&'static str),
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
        Outcome::Live => {
            hit.proved = true;
            Some(hit.note(remark::LIVE))
        }
        Outcome::Named(what) => Some(hit.proved(remark::CHECKSUM_MATCHES).note(what)),
        Outcome::Kept(note, severity) => {
            hit.severity = severity.unwrap_or(hit.severity);
            hit.notes.extend(note);
            Some(hit)
        }
        Outcome::Doubted(why) => {
            hit.severity = hit.severity.min(Severity::Medium);
            hit.weighed = true;
            Some(hit.note(why).confidence(Confidence::Low))
        }
        Outcome::Failed if rule.on_failure == OnFailure::Drop => None,
        Outcome::Failed => {
            hit.severity = hit.severity.lowered().min(Severity::Medium);
            let sum = is_checksum(proof);
            Some(hit.note(if sum { remark::CHECKSUM_FAILED } else { remark::STRUCTURE_FAILED }))
        }
    }
}

/// Returns whether the rule's proof shows that the value is real.
pub(in crate::scan) fn is_proved(rule: &Rule, text: &[u8], span: &Range<usize>) -> bool {
    rule.proof.is_some_and(|proof| matches!(check(proof, text, span), Outcome::Proved(_)))
}

fn is_checksum(proof: Proof) -> bool {
    use Proof as P;
    matches!(
        proof,
        P::Crc32Base62
            | P::Crc32Hex
            | P::Crc32UpperHex
            | P::Grafana
            | P::Confluent
            | P::Matrix
            | P::AzureDevopsPat
            | P::Bech32
            | P::Nkey
            | P::DebutReviewKey
    )
}

/// Returns how far from a value its proof looks.
pub(in crate::scan) fn reach_of_proof(proof: Proof) -> Reach {
    match proof {
        Proof::PersonalEmail => Reach::lines(personal::ABOVE, 0),
        // What makes a card usable, and what makes an address an office's.
        Proof::PaymentCard | Proof::HomeAddress => Reach::lines(2, 2),
        // Name and id of the key stand above it, the checksum below.
        Proof::DebutReviewKey => Reach::lines(2, 1),
        Proof::BrowserKey => Reach::lines(6, 6),
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
        Proof::AzureSigned => azure::signed_key(value),
        Proof::AzureCommon => azure::common_key(value),
        Proof::EntraSecret => azure::client_secret(value),
        Proof::GitlabRoutable => vendor::gitlab_routable(text, span),
        Proof::Bedrock => vendor::bedrock(value),
        Proof::CloudflareTunnel => vendor::cloudflare_tunnel(value),
        Proof::FlyMacaroon => vendor::fly_macaroon(value),
        Proof::ArtifactoryReference => vendor::artifactory_reference(value),
        Proof::NumberAndBytes => Outcome::plausible(vendor::number_and_bytes(value)),
        Proof::NugetKey => Outcome::plausible(vendor::nuget_key(value)),
        Proof::BasicAuth => Outcome::plausible(decode::basic_auth(value)),
        Proof::Discord => Outcome::plausible(decode::discord(value)),
        Proof::BrowserKey => decode::browser_key(text, span),
        Proof::LiveOrTest => decode::live_or_test(value),
        Proof::GcpServiceAccount => decode::gcp(text, span),
        Proof::PersonalEmail => Outcome::plausible(personal::is_personal(text, span)),
        Proof::Phone => Outcome::plausible(personal::is_phone(text, span)),
        Proof::PaymentCard => card(text, span),
        Proof::Iban => Outcome::plausible(personal::is_iban(value)),
        Proof::BirthDate => Outcome::plausible(personal::is_birth_date(value)),
        Proof::HomeAddress => Outcome::plausible(personal::is_home_address(text, span)),
        Proof::Position => Outcome::plausible(personal::is_position(value)),
        Proof::Mrz => Outcome::plausible(personal::is_mrz(value)),
        Proof::PublicAddress => Outcome::plausible(personal::is_visitor(value)),
        Proof::DebutReviewKey => handout::review_key(text, span),
        Proof::Matrix => token::matrix(value),
        Proof::Slack => Outcome::plausible(token::slack(value)),
        Proof::TokenJson => Outcome::plausible(token::json_inside(value)),
        Proof::PrivateKeyBody => decode::private_key_body(value),
        Proof::Intercom => Outcome::plausible(token::intercom(value)),
        Proof::Anthropic => Outcome::plausible(token::anthropic(value)),
        Proof::Base58Check => Outcome::checksum(base58::bitcoin(value)),
        Proof::RippleSeed => Outcome::checksum(base58::ripple(value)),
        Proof::DevicePassword => device::reversible(value),
        Proof::Wireguard => device::wireguard(text, span),
        Proof::OtpSeed => Outcome::plausible(device::otp_seed(value)),
        Proof::SeedPhrase => phrase::seed_phrase(value),
        Proof::Drawn => Outcome::plausible(login::is_drawn(value)),
        Proof::RegistryLogin => login::registry(value),
        Proof::NpmLogin => login::npm(text, span),
        Proof::MailgunKey => login::mailgun(text, span),
        Proof::SessionId => login::session_id(text, span),
        Proof::KeyStore => login::key_store(text, span),
    }
}

fn card(text: &[u8], span: &Range<usize>) -> Outcome {
    match personal::card(text, span) {
        None => Outcome::Failed,
        Some(true) => Outcome::Kept(
            Some("its expiry or code stands beside it".into()),
            Some(Severity::Critical),
        ),
        Some(false) => Outcome::NEUTRAL,
    }
}
