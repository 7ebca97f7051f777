// SPDX-License-Identifier: MIT OR Apache-2.0
//! The screen without a terminal: key scripts, styled snapshots, and laws that must always hold.

#![expect(clippy::expect_used, reason = "a test that can't be set up has failed")]

mod fixture;
mod harness;
mod history;
mod laws;
mod past;
mod properties;
mod snapshots;
mod states;
