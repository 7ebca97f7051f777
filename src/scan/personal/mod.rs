// SPDX-License-Identifier: MIT OR Apache-2.0
//! Data about people: numbers that states give them, records, and whole files about them.
//!
//! Digits stand everywhere, so everything here begins at the name of a field or of a file format.
//! A number is reported where its check digits fit *and* a field of that name stands beside it,
//! or above it in a table; a lone number that passes is noise.

mod card;
mod check;
mod dummy;
mod field;
mod iban;
mod ids;
mod mail;
mod number;
mod phone;
mod record;
mod shape;
mod table;

pub(super) use card::card;
pub(super) use iban::is_iban;
pub(super) use mail::{ABOVE, is_personal, is_sign};
pub(super) use phone::is_phone;
pub(super) use record::{is_birth_date, is_home_address, is_mrz, is_position, is_visitor};

use super::detector::Named;
use crate::rules::RuleSet;

/// Builds the detectors of this room.
pub(super) fn detectors(rules: &RuleSet) -> Vec<Named> {
    vec![
        ("personal-number", Box::new(number::Number::new(rules))),
        ("named-mail", Box::new(mail::NamedMail::new(rules))),
        ("personal-table", Box::new(table::Tables::new(rules))),
        ("personal-column", Box::new(table::Columns::new(rules))),
    ]
}
