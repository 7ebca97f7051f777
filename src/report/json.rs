// SPDX-License-Identifier: MIT OR Apache-2.0
//! The report as JSON: the model as it stands.

use super::{escape, model::Report};

impl Report {
    /// Returns the report as an in-toto statement; `assets/signoff.schema.json` describes it.
    ///
    /// The same report gives the same bytes, so they can be signed.
    ///
    /// # Errors
    /// Never for a report that was built; the serializer's signature has it.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        Ok(json_without_unseen(&serde_json::to_string_pretty(self)?) + "\n")
    }
}

/// Returns a JSON document that means the same and holds nothing that a terminal acts upon or
/// that can't be seen.
#[must_use]
pub fn json_without_unseen(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    escape::json(&mut out, text);
    out
}
