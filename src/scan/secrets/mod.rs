// SPDX-License-Identifier: MIT OR Apache-2.0
//! Secrets: offline proofs, placeholders, and the detectors that expressions cannot express.

mod assignment;
mod chars;
mod der;
mod issuer;
mod jwk;
mod jwt;
mod kubernetes;
mod locale;
mod pem;
mod pgp;
mod place;
mod placeholder;
mod proof;
mod sample;
mod terraform;
mod typed;
mod url;
mod weak;

pub(super) use assignment::weigh_chosen;
pub(super) use chars::entropy;
pub(super) use kubernetes::may_be_secret;
pub(super) use locale::{is_locale, is_pipeline};
pub(super) use pem::of_test_ca;
pub(super) use place::is_part;
pub(super) use placeholder::{is_placeholder, is_worn};
pub(super) use proof::{is_proved, prove, reach_of_proof};
pub(super) use sample::{soften_asserted, soften_sample};
pub(super) use typed::is_typed;
pub(super) use weak::soften;

use super::detector::Named;
use crate::rules::RuleSet;

/// Builds the detectors of this room.
pub(super) fn detectors(rules: &RuleSet) -> Vec<Named> {
    vec![
        ("private-key", Box::new(pem::PrivateKey::new(rules))),
        ("jwk", Box::new(jwk::WebKey::new(rules))),
        ("kubernetes-secret", Box::new(kubernetes::Manifest::new(rules))),
        ("terraform-variable", Box::new(terraform::Variable::new(rules))),
        ("jwt", Box::new(jwt::WebToken::new(rules))),
        ("url-password", Box::new(url::UrlPassword::new(rules))),
        ("assignment", Box::new(assignment::Assignment::new(rules))),
        ("secret-map", Box::new(assignment::SecretMap::new(rules))),
    ]
}
