// SPDX-License-Identifier: MIT OR Apache-2.0
//! The table `licensing` of the policy.

use std::sync::Arc;

use super::{Fields, StoreError, Value};
use crate::domain::{Headers, Licensing};

const FIELDS: &[&str] = &["outbound", "owners", "headers", "reuse", "third_party", "accepted"];

impl Fields<'_> {
    pub(super) fn licensing(&self, value: &Value<'_>) -> Result<Licensing, StoreError> {
        let table = self.table(value, "licensing")?;
        self.only(table, "licensing.", FIELDS)?;
        let mut out = Licensing::default();
        for (key, value) in table {
            match &**key.get_ref() {
                "outbound" => out.outbound = Some(self.expression(value, "licensing.outbound")?),
                "owners" => out.owners = self.texts(value, "licensing.owners")?,
                "headers" => {
                    let headers = self.one_of(value, "licensing.headers", &Headers::ALL)?;
                    out.headers = Some(headers);
                }
                "reuse" => {
                    let expected = "true or false is expected";
                    let reuse = value.get_ref().as_bool();
                    out.reuse =
                        Some(reuse.ok_or_else(|| self.not(value, "licensing.reuse", expected))?);
                }
                "third_party" => {
                    out.third_party = self.globs(value, "licensing.third_party")?;
                }
                _ => {
                    for one in self.list(value, "licensing.accepted")? {
                        out.accepted.push(self.expression(one, "licensing.accepted")?);
                    }
                }
            }
        }
        Ok(out)
    }

    fn texts(&self, value: &Value<'_>, field: &str) -> Result<Vec<Arc<str>>, StoreError> {
        let all = self.list(value, field)?;
        all.into_iter().map(|one| Ok(self.text(one, field)?.trim().into())).collect()
    }

    /// Reads an SPDX expression, whatever the case of its ids.
    fn expression(&self, value: &Value<'_>, field: &str) -> Result<Arc<str>, StoreError> {
        Ok(self.text(value, field)?.trim().into())
    }
}
