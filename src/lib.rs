// SPDX-License-Identifier: MIT OR Apache-2.0
//! debut walks a reviewer through a Git repository before it is made public.
//!
//! # The rooms
//!
//! | room | what it does | may import |
//! |---|---|---|
//! | [`domain`] | plain values, no input or output | nothing of ours |
//! | [`rules`] | the rule model; rules are data in `assets/rules` | domain |
//! | [`repo`] | the only room that reads Git | domain |
//! | [`store`] | checklist, policy, journal, lock and keys on disk | domain |
//! | [`redact`] | stand-ins, edits, preview | domain |
//! | [`modules`] | parts that could be released alone | domain |
//! | [`scan`] | bytes to findings | domain, rules, repo |
//! | [`review`] | the review without a screen: groups, votes, undo, carry-over | domain, rules |
//! | [`report`] | the sign-off report in three formats | domain, review, modules |
//! | [`ops`] | what the commands and the screen both do; runs effects on workers | everything but tui and cli |
//! | [`tui`] | the only room that knows ratatui | domain, review, redact, ops |
//! | [`cli`] | arguments, environment, one file a command | all |
//!
//! Nobody imports `tui` but `cli`, and nobody imports `cli`. The library never prints and never
//! reads the environment or the home folder: `cli` hands those in. `tests/architecture.rs`
//! holds the table against the code.
//!
//! # The way data flows
//!
//! repository → files, then all versions of them (`repo::objects`, `repo::history`) → `scan` →
//! findings → `review` (groups, votes) → checklist → `redact` →
//! report. One direction.
//!
//! # Two guards by type
//!
//! [`domain::Secret`] has no `Debug`, `Display` or `Serialize`, so a value cannot be formatted
//! into a log, a report or the checklist by accident. The screen accepts only [`tui::Shown`],
//! built only by the one function that makes repository text safe to display.

pub mod cli;
pub mod domain;
pub mod modules;
pub mod ops;
pub mod redact;
pub mod repo;
pub mod report;
pub mod review;
pub mod rules;
pub mod scan;
pub mod store;
pub mod tui;
