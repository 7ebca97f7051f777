// SPDX-License-Identifier: MIT OR Apache-2.0
//! Secrets: offline proofs, placeholders, and the detectors that expressions cannot express.

mod placeholder;
mod proof;

pub(super) use placeholder::is_placeholder;
pub(super) use proof::prove;
