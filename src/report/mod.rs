// SPDX-License-Identifier: MIT OR Apache-2.0
//! The sign-off report: one data model and three renderings of it.
//!
//! [`Report::build`] takes everything out of a session once. JSON is that model as it stands;
//! Markdown and HTML are two renderings of one outline, so they cannot say different things.
//!
//! No value that was found leaves this room. A group is named by its rule, the head of its keyed
//! id and its places. Free text and names that happen to hold a value go through the guard.

mod attest;
mod build;
mod decisions;
mod document;
mod escape;
mod groups;
mod guard;
mod html;
mod input;
mod json;
mod licence_blocks;
mod licences;
mod markdown;
mod model;
mod outline;
mod passages;
mod past;
mod people;
mod reading;
mod rotation;
mod rules;
mod samples;
mod spdx;
mod words;

pub use input::{Policy, ReportInput, Source};
pub use json::json_without_unseen;
pub use model::Report;
pub use spdx::SpdxInput;
