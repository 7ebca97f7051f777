// SPDX-License-Identifier: MIT OR Apache-2.0
//! `.debut/config.toml`: the policy of the repository under review.
//!
//! The repository is hostile, so no more is read than a policy can need, and every field is
//! checked by hand: whoever has to mend it is told the line, the field and what is allowed.

mod licensing;

use std::{path::Path, sync::Arc};

use data_encoding::HEXLOWER;
use globset::GlobBuilder;
use sha2::{Digest, Sha256};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

pub use self::licensing::{answer_licensing, licensing_fields};
use super::{
    Folder, StoreError,
    bounded::{Bounded, size},
    write_atomic,
};
use crate::domain::{Class, Licensing, LineIndex, Policy, Severity, Verdict};

/// Name of the file, beside the checklist.
pub(super) const NAME: &str = "config.toml";
/// A policy that needs more is none that a person can read.
const FILE: Bounded = Bounded::of_repository("a policy", 64 << 10, "shorten it");
/// The same, where the user chose the file.
const CHOSEN: Bounded = Bounded::of_user("a policy", 64 << 10, "shorten it");
/// Most elements of a list.
const MOST: usize = 200;
/// Most bytes of a word, a name or a pattern.
const LONGEST: usize = 200;

const FIELDS: &[&str] = &[
    "reviewers",
    "min_reviewers",
    "reasons",
    "blocking",
    "out_of_scope",
    "second_voter",
    "expires_days",
    "attestations",
    "sample_miss",
    "sample_unflagged",
    "rotation",
];

/// Reads the policy of `folder`: the file beside the checklist, or the one that was chosen; without
/// a file the default holds, but a file that was chosen must be there.
///
/// # Errors
/// When there is a file and it is not what it should be.
pub fn read_policy(folder: &Folder) -> Result<Policy, StoreError> {
    let text = read_text(folder)?;
    if text.is_none() && folder.chose_config() {
        return Err(StoreError::Config {
            path: folder.config(),
            line: 1,
            field: "the file".into(),
            message: "not there, but --config names it".into(),
        });
    }
    match text {
        Some(text) => parse_policy(&folder.config(), &text),
        None => Ok(Policy::default()),
    }
}

/// Writes the answers of `licensing` into the policy of `folder`, and returns the policy as it
/// reads now. Other lines and remarks stay; without a file it becomes one with `template`.
///
/// # Errors
/// When the file is no policy, or can't be written. It is left alone then.
pub fn write_licensing(
    folder: &Folder,
    licensing: &Licensing,
    template: &str,
) -> Result<Policy, StoreError> {
    let path = folder.config();
    let text = read_text(folder)?;
    let text = answer_licensing(&path, text.as_deref().unwrap_or(template), licensing)?;
    FILE.fits(&path, text.len() as u64)?;
    folder.prepare()?;
    write_atomic(&path, text.as_bytes())?;
    parse_policy(&path, &text)
}

fn read_text(folder: &Folder) -> Result<Option<String>, StoreError> {
    let path = folder.config();
    let file = if folder.chose_config() { CHOSEN } else { FILE };
    let wrong = |path, line, message| {
        let field = "the file".into();
        StoreError::Config { path, line, field, message }
    };
    file.text(&path).map_err(|error| match error {
        StoreError::Broken { path, line, message } => wrong(path, line, message),
        StoreError::TooLarge { path, most, .. } => {
            wrong(path, 1, format!("larger than {}: at most that is read", size(most)))
        }
        other => other,
    })
}

/// Reads the policy in `text`, which stood in the file `path`.
///
/// # Errors
/// When a field is not what it should be; with its line and what is allowed.
pub fn parse_policy(path: &Path, text: &str) -> Result<Policy, StoreError> {
    let lines = LineIndex::new(text.as_bytes());
    let reader = Fields { path, lines };
    let root = DeTable::parse(text).map_err(|error| StoreError::Config {
        path: path.into(),
        line: error.span().map_or(1, |span| reader.lines.line_of(span.start) + 1),
        field: "the file".into(),
        message: format!("not TOML: {}", error.message().replace('\n', "; ")),
    })?;
    let root = root.get_ref();
    reader.only(root, "", &["policy", "licensing"])?;
    let mut policy = match root.get("policy") {
        Some(table) => reader.policy(table)?,
        None => Policy::default(),
    };
    if let Some(table) = root.get("licensing") {
        policy.licensing = reader.licensing(table)?;
    }
    policy.digest = Some(HEXLOWER.encode(&Sha256::digest(text)).into());
    Ok(policy)
}

type Value<'a> = Spanned<DeValue<'a>>;

/// Checks fields, and says where a wrong one stands.
struct Fields<'a> {
    path: &'a Path,
    lines: LineIndex,
}

impl Fields<'_> {
    fn policy(&self, value: &Value<'_>) -> Result<Policy, StoreError> {
        let table = self.table(value, "policy")?;
        self.only(table, "policy.", FIELDS)?;
        let mut out = Policy::default();
        for (key, value) in table {
            match &**key.get_ref() {
                "reviewers" => out.reviewers = self.reviewers(value)?,
                "min_reviewers" => {
                    out.min_reviewers = self.number(value, "policy.min_reviewers", 0, 100)?;
                }
                "reasons" => self.reasons(value, &mut out)?,
                "blocking" => {
                    let words = Severity::ALL.map(|s| (s.word(), s));
                    out.blocking = self.one_of(value, "policy.blocking", &words)?;
                }
                "out_of_scope" => out.out_of_scope = self.globs(value, "policy.out_of_scope")?,
                "second_voter" => {
                    let words = Class::ALL.map(|c| (c.word(), c));
                    out.second_voter = self.each_of(value, "policy.second_voter", &words)?;
                }
                "expires_days" => {
                    let days = self.number(value, "policy.expires_days", 1, 3650)?;
                    out.expires_days = Some(days);
                }
                "attestations" => out.attestations = Some(self.file_name(value)?),
                "rotation" => {
                    let words = [("history", false), ("always", true)];
                    out.rotate_always = self.one_of(value, "policy.rotation", &words)?;
                }
                "sample_miss" => out.sample_miss = self.sample_miss(value)?,
                _ => {
                    out.sample_unflagged =
                        self.number(value, "policy.sample_unflagged", 0, 1000)?;
                }
            }
        }
        Ok(out)
    }

    fn reviewers(&self, value: &Value<'_>) -> Result<Vec<Arc<str>>, StoreError> {
        let field = "policy.reviewers";
        let mut out: Vec<Arc<str>> = Vec::new();
        for who in self.list(value, field)? {
            let name = self.text(who, field)?.trim();
            if !out.iter().any(|known| crate::domain::same_person(known, name)) {
                out.push(name.into());
            }
        }
        Ok(out)
    }

    fn reasons(&self, value: &Value<'_>, out: &mut Policy) -> Result<(), StoreError> {
        let table = self.table(value, "policy.reasons")?;
        self.only(table, "policy.reasons.", &["choose", "note"])?;
        let words = Verdict::ALL.map(|v| (v.word(), v));
        for (key, value) in table {
            if key.get_ref() == "note" {
                out.need_note = self.each_of(value, "policy.reasons.note", &words)?;
                continue;
            }
            // To put something off has no reasons to choose from.
            let words: Vec<(&str, Verdict)> =
                words.iter().copied().filter(|(_, v)| *v != Verdict::Defer).collect();
            out.choose_reason = self.each_of(value, "policy.reasons.choose", &words)?;
        }
        Ok(())
    }

    fn globs(&self, value: &Value<'_>, field: &str) -> Result<Vec<String>, StoreError> {
        let mut out = Vec::new();
        for glob in self.list(value, field)? {
            let text = self.text(glob, field)?;
            let wrong = text.starts_with('/') || text.split('/').any(|part| part == "..");
            if wrong {
                let allowed = "a path from the root of the repository, without / before it and ..";
                return Err(self.wrong(glob, field, &format!("{text:?}: only {allowed}")));
            }
            let built = GlobBuilder::new(text).literal_separator(true).build();
            // Whether it can be matched shows only when it is compiled.
            let built = built.and_then(|glob| globset::GlobSet::builder().add(glob).build());
            if let Err(error) = built {
                let message =
                    format!("{text:?} is no glob ({}): *, **, ? and [a-z] are", error.kind());
                return Err(self.wrong(glob, field, &message));
            }
            out.push(text.to_owned());
        }
        Ok(out)
    }

    /// A template is a file beside the checklist: a longer path could lead through links.
    fn file_name(&self, value: &Value<'_>) -> Result<String, StoreError> {
        let field = "policy.attestations";
        let name = self.text(value, field)?;
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if name.starts_with('.') || !name.chars().all(plain) {
            let message = "only the name of a file beside this one: letters, digits, -, _ and .";
            return Err(self.wrong(value, field, message));
        }
        Ok(name.to_owned())
    }

    fn sample_miss(&self, value: &Value<'_>) -> Result<u32, StoreError> {
        let field = "policy.sample_miss";
        match self.number(value, field, 1, 100)? {
            percent @ (2 | 5) => Ok(percent),
            _ => Err(self.wrong(value, field, "only 5 or 2 (percent)")),
        }
    }

    fn table<'t>(&self, value: &'t Value<'_>, field: &str) -> Result<&'t DeTable<'t>, StoreError> {
        let expected = "a table is expected";
        value.get_ref().as_table().ok_or_else(|| self.not(value, field, expected))
    }

    /// Refuses keys that mean nothing: a slip of the pen must not switch a rule off.
    fn only(&self, table: &DeTable<'_>, under: &str, known: &[&str]) -> Result<(), StoreError> {
        for key in table.keys() {
            if !known.contains(&&**key.get_ref()) {
                let name: String = key.get_ref().chars().take(LONGEST).collect();
                return Err(StoreError::Config {
                    path: self.path.into(),
                    line: self.lines.line_of(key.span().start) + 1,
                    field: format!("{under}{name}"),
                    message: format!("no such field; there are {}", known.join(", ")),
                });
            }
        }
        Ok(())
    }

    fn list<'t, 'i>(
        &self,
        value: &'t Value<'i>,
        field: &str,
    ) -> Result<Vec<&'t Value<'i>>, StoreError> {
        let array = value.get_ref().as_array();
        let array = array.ok_or_else(|| self.not(value, field, "a list of texts is expected"))?;
        if array.len() > MOST {
            return Err(self.wrong(value, field, &format!("at most {MOST} elements")));
        }
        Ok(array.iter().collect())
    }

    fn text<'t>(&self, value: &'t Value<'_>, field: &str) -> Result<&'t str, StoreError> {
        let text = value.get_ref().as_str();
        let text = text.ok_or_else(|| self.not(value, field, "a text is expected"))?;
        let fits = !text.trim().is_empty() && text.len() <= LONGEST;
        if !fits || text.chars().any(char::is_control) {
            let message = format!("one line of 1 to {LONGEST} bytes is expected");
            return Err(self.wrong(value, field, &message));
        }
        Ok(text)
    }

    fn number(
        &self,
        value: &Value<'_>,
        field: &str,
        least: u32,
        most: u32,
    ) -> Result<u32, StoreError> {
        let expected = format!("a whole number from {least} to {most} is expected");
        let number = value.get_ref().as_integer();
        let number = number.ok_or_else(|| self.not(value, field, &expected))?;
        let parsed = u32::from_str_radix(number.as_str(), number.radix()).ok();
        let fits = parsed.filter(|n| (least..=most).contains(n));
        fits.ok_or_else(|| self.wrong(value, field, &expected))
    }

    fn one_of<T: Copy>(
        &self,
        value: &Value<'_>,
        field: &str,
        words: &[(&str, T)],
    ) -> Result<T, StoreError> {
        let text = self.text(value, field)?;
        let found = words.iter().find(|(word, _)| *word == text);
        found.map(|(_, value)| *value).ok_or_else(|| {
            let all: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.wrong(value, field, &format!("{text:?} is none of {}", all.join(", ")))
        })
    }

    fn each_of<T: Copy + PartialEq>(
        &self,
        value: &Value<'_>,
        field: &str,
        words: &[(&str, T)],
    ) -> Result<Vec<T>, StoreError> {
        let mut out = Vec::new();
        for element in self.list(value, field)? {
            let one = self.one_of(element, field, words)?;
            if !out.contains(&one) {
                out.push(one);
            }
        }
        Ok(out)
    }

    fn not(&self, value: &Value<'_>, field: &str, expected: &str) -> StoreError {
        let found = value.get_ref().type_str();
        self.wrong(value, field, &format!("{expected}, not one of type {found}"))
    }

    fn wrong(&self, value: &Value<'_>, field: &str, message: &str) -> StoreError {
        StoreError::Config {
            path: self.path.into(),
            line: self.lines.line_of(value.span().start) + 1,
            field: field.into(),
            message: message.into(),
        }
    }
}
