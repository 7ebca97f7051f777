// SPDX-License-Identifier: MIT OR Apache-2.0
//! The walk over all objects: each is seen once, with the content that libgit2 gives.

#![allow(unreachable_pub, reason = "the modules of one test")]
#![allow(clippy::expect_used, reason = "a test may panic")]

#[path = "../common/mod.rs"]
mod common;
mod damage;
#[path = "../common/forged.rs"]
mod forge;
mod forged;
mod layouts;
mod walk;
mod world;
