// SPDX-License-Identifier: MIT OR Apache-2.0
//! The screen without a terminal: key scripts, styled snapshots, and laws that must always hold.

mod harness;
mod laws;
mod properties;
mod snapshots;
mod states;
