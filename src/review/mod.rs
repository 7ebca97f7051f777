// SPDX-License-Identifier: MIT OR Apache-2.0
//! The review without a screen: findings, groups, votes, and what follows from them.
//!
//! [`Session`] holds it all. It never touches a disk: every change hands back a [`Step`], which
//! the caller must write to the journal before it shows anything.

mod attest;
mod ballot;
mod bits;
mod carry;
mod choice;
mod counts;
mod decide;
mod dispute;
mod draw;
mod group;
mod identity;
mod lone;
mod pairs;
mod people;
mod reach;
mod readiness;
mod reading;
mod reload;
mod rotation;
mod sample;
mod session;
mod shapes;
mod stale;
mod stand_in;
mod standing;
mod suggest;
mod values;

pub use attest::{AttestCounts, AttestState, Attested};
pub use carry::{CarryOver, Paths};
pub use choice::{Choice, Reached, Refusal, Scope, Step, StepKind};
pub use counts::{CategoryCounts, Counts};
pub use draw::{draw, miss_bound, sample_size};
pub use group::{Group, GroupIdx, GroupState};
pub use identity::Keyring;
pub use people::ReviewerWork;
pub use readiness::ModuleReadiness;
pub use reading::{FileSample, Read, ReadCounts, TreeFile};
pub use rotation::{RotationAnswer, RotationCounts, RotationState, Turn};
pub use sample::{Draw, SampledBatch};
pub use session::{Clearing, FindingIdx, Identified, Session};
pub use stand_in::{Given, StandIn};
pub use standing::Standing;
pub use suggest::{Basis, Example, Shared, SuggestedRow, Suggester, Suggestion};
