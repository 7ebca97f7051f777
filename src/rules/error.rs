// SPDX-License-Identifier: MIT OR Apache-2.0
//! What can be wrong with rule files.

use std::fmt;

/// One thing that is wrong with a rule file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The id of the rule, if one is meant and has one.
    pub rule: Option<String>,
    /// What is wrong, and what to do where that is not plain.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.file, self.line)?;
        if let Some(rule) = &self.rule {
            write!(f, "rule {rule}: ")?;
        }
        write!(f, "{}", self.message)
    }
}

/// Why rules were refused: everything that is wrong with them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleError(Vec<Fault>);

impl RuleError {
    /// Returns an error unless there is nothing wrong.
    pub(super) fn unless_none(faults: Vec<Fault>) -> Result<(), Self> {
        if faults.is_empty() { Ok(()) } else { Err(Self(faults)) }
    }

    /// Returns everything that is wrong.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.0
    }
}

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&all.join("\n"))
    }
}

impl std::error::Error for RuleError {}
