// SPDX-License-Identifier: MIT OR Apache-2.0
//! What the chosen refs lead to, and which commits have which file where.

#![allow(clippy::expect_used, reason = "a test may panic")]

#[path = "history/cases.rs"]
mod cases;
mod common;
#[path = "history/model.rs"]
mod model;
#[path = "history/random.rs"]
mod random;
