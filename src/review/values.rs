// SPDX-License-Identifier: MIT OR Apache-2.0
//! Whether a text gives a value away that was found.

use super::{Group, Session};
use crate::domain::{Class, Finding, Place, Secret, is_plain_word, squeezed};

impl Session {
    /// Returns whether `text` holds the value of any credential or personal datum found, or any
    /// other found value of at least eight bytes. Names of licences and of their holders stand in
    /// what is published anyway.
    #[must_use]
    pub fn holds_value(&self, text: &str) -> bool {
        self.holds_value_of(text, |class| class != Class::Licence)
    }

    /// Returns whether `text` holds a credential or a personal datum that was found, or a
    /// credential without its signs and in small letters, as the keys of names have it.
    #[must_use]
    pub fn holds_masked_value(&self, text: &str) -> bool {
        self.masked_groups().any(|group| self.holds_value_in(text, group))
            || self.holds_loosely(text)
    }

    fn holds_loosely(&self, text: &str) -> bool {
        // Names have no such words, and nearly all texts that are asked about are names.
        let odd = |word: &str| word.len() >= 12 && word.bytes().any(|b| b.is_ascii_digit());
        if !text.split(|c: char| !c.is_ascii_alphanumeric()).any(odd) {
            return false;
        }
        let text = squeezed(text.as_bytes());
        self.credentials().any(|value| {
            let value = squeezed(value.expose());
            value.len() >= 12 && memchr::memmem::find(&text, &value).is_some()
        })
    }

    /// Returns `text` of a remark with each credential in it masked: remarks on licences quote
    /// what stands in files.
    #[must_use]
    pub fn without_credentials(&self, text: &str) -> String {
        let mut out = text.to_owned();
        for value in self.credentials() {
            for bytes in [value.expose(), value.written()] {
                let part = String::from_utf8_lossy(bytes);
                if bytes.len() >= 8 && out.contains(&*part) {
                    out = out.replace(&*part, &value.masked());
                }
            }
        }
        out
    }

    /// Returns the credentials that were found in texts and are no plain words, each group's once.
    fn credentials(&self) -> impl Iterator<Item = &Secret> {
        let secret = |finding: &&Finding| {
            self.rules.info(finding.rule).class == Class::Credential
                && matches!(finding.place, Place::Span(_))
                && !is_plain_word(finding.value.expose())
        };
        self.masked_groups()
            .filter_map(|group| self.first_of(group))
            .filter(secret)
            .map(|f| &f.value)
    }

    /// Returns the groups of what is masked. This is asked for each remark on a licence, of which
    /// there may be as many as files.
    fn masked_groups(&self) -> impl Iterator<Item = &Group> {
        self.masked.iter().map(|idx| &self.groups[idx.0 as usize])
    }

    fn first_of(&self, group: &Group) -> Option<&Finding> {
        group.members.first().map(|idx| self.finding(*idx))
    }

    /// Returns the same as [`holds_value`](Self::holds_value), for values of the classes that `of`
    /// admits.
    pub(super) fn holds_value_of(&self, text: &str, of: fn(Class) -> bool) -> bool {
        let of = |group: &&Group| of(self.rules.info(group.rule).class);
        self.groups.iter().filter(of).any(|group| self.holds_value_in(text, group))
    }

    fn holds_value_in(&self, text: &str, group: &Group) -> bool {
        self.first_of(group).is_some_and(|finding| {
            let (value, written) = (finding.value.expose(), finding.value.written());
            let masked = self.rules.info(finding.rule).class.starts_masked();
            let least = if masked { 4 } else { 8 };
            matches!(finding.place, Place::Span(_))
                && [value, written].into_iter().any(|bytes| {
                    bytes.len() >= least && memchr::memmem::find(text.as_bytes(), bytes).is_some()
                })
        })
    }
}
