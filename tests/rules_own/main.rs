// SPDX-License-Identifier: MIT OR Apache-2.0
//! A repository's own rules: the files, the page about them, and the program with them.

#![expect(clippy::expect_used, clippy::panic, reason = "helpers of tests fail as tests do")]

mod calls;
#[path = "../common/cli.rs"]
mod cli;
#[path = "../common/mod.rs"]
mod common;
mod page;
mod reading;
