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
        let text = serde_json::to_string_pretty(self)?;
        let mut out = String::with_capacity(text.len() + 1);
        escape::json(&mut out, &text);
        out.push('\n');
        Ok(out)
    }
}
