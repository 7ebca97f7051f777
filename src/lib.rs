// SPDX-License-Identifier: MIT OR Apache-2.0
//! debut walks a reviewer through a Git repository before it is made public.
pub mod domain;
pub mod ops;
pub mod redact;
pub mod review;
pub mod rules;
pub mod scan;
pub mod tui;
