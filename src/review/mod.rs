// SPDX-License-Identifier: MIT OR Apache-2.0
//! The review without a screen: findings, groups, votes, and what follows from them.
//!
//! [`Session`] holds it all. It never touches a disk: every change hands back a [`Step`], which
//! the caller must write to the journal before it shows anything.

mod ballot;
mod carry;
mod choice;
mod counts;
mod decide;
mod group;
mod identity;
mod readiness;
mod reload;
mod session;
mod stale;

pub use carry::{CarryOver, Paths};
pub use choice::{Choice, Reached, Refusal, Scope, Step, StepKind};
pub use counts::{CategoryCounts, Counts};
pub use group::{Group, GroupIdx, GroupState};
pub use identity::Keyring;
pub use readiness::ModuleReadiness;
pub use session::{FindingIdx, Identified, Session, Standing};
