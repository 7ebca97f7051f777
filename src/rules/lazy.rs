// SPDX-License-Identifier: MIT OR Apache-2.0
//! Expressions that are compiled where they are first needed.

use std::sync::OnceLock;

use regex::bytes::{Regex, RegexBuilder};

/// Largest compiled size of one rule's expression, in bytes.
const REGEX_LIMIT: usize = 2 << 20;

/// An expression that costs nothing until it is used.
pub(super) struct Lazy {
    source: String,
    compiled: OnceLock<Option<Regex>>,
}

impl Lazy {
    pub(super) fn new(source: String) -> Self {
        Self { source, compiled: OnceLock::new() }
    }

    pub(super) fn source(&self) -> &str {
        &self.source
    }

    /// `None` only for an expression that does not compile, which the check of the pack refuses.
    pub(super) fn get(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| self.compile().ok()).as_ref()
    }

    pub(super) fn compile(&self) -> Result<Regex, regex::Error> {
        // Bytes, not characters: rules are about ASCII formats, and files need not be UTF-8.
        RegexBuilder::new(&self.source).unicode(false).size_limit(REGEX_LIMIT).build()
    }
}
