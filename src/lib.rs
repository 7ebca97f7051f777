// SPDX-License-Identifier: MIT OR Apache-2.0
//! debut walks a reviewer through a Git repository before it is made public.
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
