// SPDX-License-Identifier: MIT OR Apache-2.0
//! SPDX expressions, for those who type them.

use std::sync::Arc;

use crate::{domain::Policy, review::Clearing, scan::licensing};

/// Returns an SPDX expression, or NONE, in its official spelling.
///
/// # Errors
/// Says what is wrong with one that can't be read.
pub fn conclude(text: &str) -> Result<String, String> {
    licensing::conclude(text)
}

/// Returns the SPDX ids that begin with `start`.
#[must_use]
pub fn licence_ids(start: &str) -> Vec<&'static str> {
    licensing::ids_starting(start)
}

/// Returns what says whether a concluded licence closes a gap under `policy`.
pub(super) fn clearing(policy: &Arc<Policy>) -> Clearing {
    let policy = policy.clone();
    Arc::new(move |kind, expression| licensing::clears(&policy.licensing, kind, expression))
}
