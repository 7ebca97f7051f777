// SPDX-License-Identifier: MIT OR Apache-2.0
//! What is said of an encrypted file: by what, how much of it, and what everybody still reads.

use std::{collections::HashSet, fmt::Write, ops::Range};

use crate::{
    domain::Severity,
    scan::secrets::{is_placeholder, may_be_secret},
};

/// So many different things of one kind are counted.
const MOST: usize = 10_000;

/// Different texts, counted.
#[derive(Default)]
pub(super) struct Few(HashSet<Vec<u8>>);

impl Few {
    pub(super) fn add(&mut self, text: &[u8]) {
        if self.0.len() < MOST && !text.is_empty() {
            // Names are a few words; what is longer differs early enough.
            self.0.insert(text[..text.len().min(256)].to_vec());
        }
    }

    /// Adds all of another count.
    pub(super) fn join(&mut self, other: &Self) {
        other.0.iter().for_each(|text| self.add(text));
    }

    fn count(&self) -> usize {
        self.0.len()
    }
}

/// How much of a file is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Share {
    /// All of it.
    Whole,
    /// So many values; nothing else in the file is meant to be secret.
    Values(usize),
    /// So many values beside others in clear.
    Part(usize),
}

/// All that is to be said of one method in a file.
pub(super) struct Summary {
    pub(super) how: &'static str,
    pub(super) share: Share,
    /// Names of what is encrypted.
    pub(super) names: Few,
    pub(super) accounts: Few,
    pub(super) projects: Few,
    pub(super) addresses: Few,
    pub(super) recipients: Few,
    /// Comments in clear.
    pub(super) comments: usize,
    /// Values that are in clear on purpose.
    pub(super) clear: usize,
    /// How many values are in clear by mistake, as it seems.
    pub(super) odd: usize,
    /// Where those of them stand that may be secret.
    pub(super) plain: Vec<Range<usize>>,
    /// What else is wrong with it.
    pub(super) faults: Vec<&'static str>,
    /// What else there is to say.
    pub(super) remarks: Vec<&'static str>,
}

/// So many values in clear are pointed at.
const MOST_PLAIN: usize = 100;

impl Summary {
    /// Takes a value that is in clear by mistake, as it seems. What stands for a value is none.
    pub(super) fn add_plain(&mut self, text: &[u8], name: &[u8], value: Range<usize>) {
        if is_placeholder(&text[value.clone()]) {
            return;
        }
        self.odd += 1;
        if self.plain.len() < MOST_PLAIN && may_be_secret(name, &text[value.clone()]) {
            self.plain.push(value);
        }
    }

    pub(super) fn new(how: &'static str, share: Share) -> Self {
        Self {
            how,
            share,
            names: Few::default(),
            accounts: Few::default(),
            projects: Few::default(),
            addresses: Few::default(),
            recipients: Few::default(),
            comments: 0,
            clear: 0,
            odd: 0,
            plain: Vec::new(),
            faults: Vec::new(),
            remarks: Vec::new(),
        }
    }

    /// Returns the least severity of the file.
    pub(super) fn severity(&self) -> Severity {
        let sound = self.odd == 0 && self.faults.is_empty();
        if sound { Severity::Low } else { Severity::Medium }
    }

    /// Returns what the reviewer is told. No value, and nothing that stands in the file.
    pub(super) fn notes(&self) -> Vec<String> {
        let mut notes = vec![format!("{} \u{2014} {}", self.head(), self.readable())];
        match self.odd {
            0 => {}
            1 => notes.push("1 value is in clear between encrypted ones".into()),
            n => notes.push(format!("{n} values are in clear between encrypted ones")),
        }
        notes.extend(self.faults.iter().chain(&self.remarks).map(|text| (*text).to_owned()));
        notes
    }

    fn head(&self) -> String {
        let how = self.how;
        match self.share {
            Share::Whole => format!("encrypted ({how}, the whole file)"),
            Share::Values(n) => format!("encrypted ({how}, {})", plural(n, "value")),
            Share::Part(n) => format!("encrypted in part ({how}, {})", plural(n, "value")),
        }
    }

    fn readable(&self) -> String {
        let parts = [
            (self.names.count(), "key name"),
            (self.accounts.count(), "account id"),
            (self.projects.count(), "project"),
            (self.addresses.count(), "address"),
            (self.recipients.count(), "recipient"),
            (self.comments, "comment"),
            (self.clear, "value in clear"),
        ];
        let mut out = String::new();
        for (n, noun) in parts.into_iter().filter(|(n, _)| *n > 0) {
            let sep = if out.is_empty() { "" } else { ", " };
            // Writing to a string does not fail.
            let _ = write!(out, "{sep}{}", plural(n, noun));
        }
        if out.is_empty() { "only its name and size readable".into() } else { out + " readable" }
    }
}

fn plural(n: usize, noun: &str) -> String {
    match (n, noun) {
        (1, _) => format!("1 {noun}"),
        (MOST.., "key name") => format!("{MOST} or more key names"),
        (_, "address") => format!("{n} addresses"),
        (_, "value in clear") => format!("{n} values in clear"),
        _ => format!("{n} {noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Share, Summary};
    use crate::domain::Severity;

    #[test]
    fn counts_are_words() {
        let mut one = Summary::new("SOPS", Share::Values(3));
        one.names.add(b"a");
        one.names.add(b"b");
        one.names.add(b"a");
        one.accounts.add(b"1");
        let text = "encrypted (SOPS, 3 values) \u{2014} 2 key names, 1 account id readable";
        assert_eq!((one.notes(), one.severity()), (vec![text.to_owned()], Severity::Low));
        one.odd += 1;
        assert_eq!(one.notes()[1], "1 value is in clear between encrypted ones");
        assert_eq!(one.severity(), Severity::Medium);
        let whole = Summary::new("git-crypt", Share::Whole).notes();
        assert_eq!(
            whole,
            ["encrypted (git-crypt, the whole file) \u{2014} only its name and size readable"]
        );
    }
}
