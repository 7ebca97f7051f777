// SPDX-License-Identifier: MIT OR Apache-2.0
//! The organisation's own words, learned from the repository before the scan.

/// Words that turn a name into an internal reference. All lower case but the ticket keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary {
    /// Domains of the organisation, for example `corp.example`.
    pub domains: Vec<String>,
    /// Ticket keys, for example `OPS`, without the dash.
    pub ticket_keys: Vec<String>,
    /// Authors' names and mail local parts, as they may stand in home paths.
    pub people: Vec<String>,
    /// Names from the reviewer's own list, such as unreleased products; never guessed.
    pub code_names: Vec<String>,
    /// Owner of the repository on its hosting site.
    pub owners: Vec<String>,
}
