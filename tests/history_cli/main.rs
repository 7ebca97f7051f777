// SPDX-License-Identifier: MIT OR Apache-2.0
//! What the commands say about the history.

#![allow(clippy::panic, clippy::expect_used, reason = "a test may panic")]

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/forged.rs"]
mod forged;
#[path = "../common/cli.rs"]
mod program;

mod bombs;
mod cache;
mod gaps;
mod metadata;
mod places;
mod remembered;
mod review;
mod said;
mod too_many;
mod world;
