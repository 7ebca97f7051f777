// SPDX-License-Identifier: MIT OR Apache-2.0
//! What the commands and the screen both do: open, scan, decide, save, report.
//!
//! The screen asks for it with an [`Effect`] and hears back with an [`Event`]; the commands call
//! the same functions in turn.

mod effect;
mod plan;

pub use effect::{Effect, Event, FileText, SourceInfo, Syntax, Token};
pub use plan::edits_of;
