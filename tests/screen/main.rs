// SPDX-License-Identifier: MIT OR Apache-2.0
//! The screen without a terminal: key scripts, styled snapshots, and laws that must always hold.

#![expect(clippy::expect_used, reason = "a test that can't be set up has failed")]

mod ascii;
mod attest;
mod disputes;
mod files;
mod files_lines;
mod files_odd;
mod fixture;
mod harness;
mod history;
mod keymap;
mod laws;
mod licences;
mod matrix;
mod mending;
mod onward;
mod own_words;
mod pairs;
mod past;
mod policy;
mod properties;
mod rotation;
mod snapshots;
mod states;
mod suggesting;
mod themes;
mod weight;
mod words;
