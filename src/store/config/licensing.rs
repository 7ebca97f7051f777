// SPDX-License-Identifier: MIT OR Apache-2.0
//! The table `licensing` of the policy.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use spdx::{Expression, ParseMode, identifiers};
use toml::de::DeTable;

use super::{Fields, StoreError, Value, parse_policy};
use crate::{
    domain::{Headers, Licensing, LineIndex},
    store::line::quote,
};

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

    /// Reads an SPDX expression, whatever the case of its ids. It is checked here and not where it
    /// is used, since only here is it known on which line it stands.
    fn expression(&self, value: &Value<'_>, field: &str) -> Result<Arc<str>, StoreError> {
        let text = self.text(value, field)?.trim();
        let folded = official(text);
        match Expression::parse_mode(&folded, MODE) {
            Ok(_) => Ok(folded.into()),
            Err(error) => {
                let allowed = "ids of the SPDX licence list, LicenseRef-NAME, OR, AND, WITH and ()";
                let message =
                    format!("{text:?} is no SPDX expression ({}): {allowed}", error.reason);
                Err(self.wrong(value, field, &message))
            }
        }
    }
}

/// Old ids are understood; names that only resemble one are not.
const MODE: ParseMode = ParseMode {
    allow_slash_as_or_operator: false,
    allow_imprecise_license_names: false,
    allow_postfix_plus_on_gpl: true,
    allow_deprecated: true,
    allow_unknown: false,
};

/// Returns the text with every id in the case of the SPDX list and operators in capitals.
fn official(text: &str) -> String {
    let spaced = text.replace('(', " ( ").replace(')', " ) ");
    let known = |word: &str| {
        let licences = identifiers::LICENSES.iter().map(|one| one.name);
        let exceptions = identifiers::EXCEPTIONS.iter().map(|one| one.name);
        licences
            .chain(exceptions)
            .chain(["OR", "AND", "WITH"])
            .find(|n| n.eq_ignore_ascii_case(word))
    };
    let words = spaced.split_whitespace().map(|word| match word.strip_suffix('+') {
        Some(base) => format!("{}+", known(base).unwrap_or(base)),
        None => known(word).unwrap_or(word).to_owned(),
    });
    let joined = words.collect::<Vec<_>>().join(" ");
    joined.replace("( ", "(").replace(" )", ")")
}

/// Returns `text`, a policy, with the answers of `licensing` in its table `licensing`. Every other
/// line and remark stays as it is, and so does what `licensing` says nothing about.
///
/// # Errors
/// When `text` is no policy, or the table is written in a way that can't be added to.
pub fn answer_licensing(
    path: &Path,
    text: &str,
    licensing: &Licensing,
) -> Result<String, StoreError> {
    // As the file would say it: ids in the case of the SPDX list, say.
    let lines = licensing_fields(licensing).into_iter();
    let lines: String = lines.map(|(field, value)| format!("{field} = {value}\n")).collect();
    let licensing = &parse_policy(path, &format!("[licensing]\n{lines}"))?.licensing;
    let mut out = text.to_owned();
    for (field, value) in licensing_fields(licensing) {
        out = set(path, &out, field, &value)?;
    }
    // What was written must be read as it is meant, or nothing is written.
    let read = parse_policy(path, &out)?.licensing;
    let kept = |one: &Licensing| licensing_fields(one).into_iter().collect::<BTreeMap<_, _>>();
    let (read, wanted) = (kept(&read), kept(licensing));
    if wanted.iter().any(|(field, value)| read.get(field) != Some(value)) {
        return Err(by_hand(path, text));
    }
    Ok(out)
}

/// Returns the fields that are answered, with their values as TOML has them.
#[must_use]
pub fn licensing_fields(licensing: &Licensing) -> Vec<(&'static str, String)> {
    let Licensing { outbound, owners, headers, reuse, third_party, accepted } = licensing;
    let list = |all: &[&str]| {
        let all: Vec<String> = all.iter().map(|one| quote(one)).collect();
        (!all.is_empty()).then(|| format!("[{}]", all.join(", ")))
    };
    let texts = |all: &[Arc<str>]| list(&all.iter().map(|one| &**one).collect::<Vec<_>>());
    let word = |headers: &Headers| Headers::ALL.iter().find(|(_, one)| one == headers);
    let globs: Vec<&str> = third_party.iter().map(String::as_str).collect();
    let fields = [
        ("outbound", outbound.as_ref().map(|text| quote(text))),
        ("owners", texts(owners)),
        ("headers", headers.as_ref().and_then(word).map(|(word, _)| quote(word))),
        ("reuse", reuse.map(|reuse| reuse.to_string())),
        ("third_party", list(&globs)),
        ("accepted", texts(accepted)),
    ];
    fields.into_iter().filter_map(|(field, value)| Some((field, value?))).collect()
}

/// Puts one field into the table, in place of what it says now.
fn set(path: &Path, text: &str, field: &str, value: &str) -> Result<String, StoreError> {
    let root = DeTable::parse(text).map_err(|_| by_hand(path, text))?;
    let Some(table) = root.get_ref().get("licensing") else {
        let gap = if text.is_empty() || text.ends_with("\n\n") { "" } else { "\n" };
        let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
        return Ok(format!("{text}{end}{gap}[licensing]\n{field} = {value}\n"));
    };
    let inner = table.get_ref().as_table();
    if let Some(old) = inner.and_then(|inner| inner.get(field)) {
        let mut out = text.to_owned();
        out.replace_range(old.span(), value);
        return Ok(out);
    }
    let line = format!("{field} = {value}\n");
    let mut at = 0;
    let (mut inside, mut head) = (false, None);
    for row in text.split_inclusive('\n') {
        let start = at;
        at += row.len();
        let bare = row.split('#').next().unwrap_or_default().trim();
        if bare.starts_with('[') {
            inside = bare
                .strip_prefix('[')
                .and_then(|b| b.strip_suffix(']'))
                .is_some_and(|name| name.trim() == "licensing");
            if inside {
                head = Some((at, row.ends_with('\n')));
            }
        } else if inside
            && row.trim_start().strip_prefix('#').is_some_and(|rest| is_sample(rest, field))
        {
            // The sample shows where the field belongs.
            return Ok(format!("{}{line}{}", &text[..start], &text[start..]));
        }
    }
    let Some((at, whole)) = head else { return Err(by_hand(path, text)) };
    let end = if whole { "" } else { "\n" };
    Ok(format!("{}{end}{line}{}", &text[..at], &text[at..]))
}

/// Whether a remark is a field that was switched off: `#outbound = "MIT"`.
fn is_sample(remark: &str, field: &str) -> bool {
    remark.strip_prefix(field).is_some_and(|rest| rest.trim_start().starts_with('='))
}

fn by_hand(path: &Path, text: &str) -> StoreError {
    let at = text.find("licensing").unwrap_or(0);
    StoreError::Config {
        path: path.into(),
        line: LineIndex::new(text.as_bytes()).line_of(at) + 1,
        field: "licensing".into(),
        message: "written in a way that can't be added to: make it a table, [licensing]".into(),
    }
}
