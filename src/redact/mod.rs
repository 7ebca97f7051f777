// SPDX-License-Identifier: MIT OR Apache-2.0
//! What stands where a value stood: edits, and the preview of their effect.

mod apply;
mod fix;
mod preview;

pub use apply::{Edit, Redacted, apply};
pub use fix::{FixPlan, FixSource, FixTask, Fixed, NotFixed, no_header, plan_fixes};
pub use preview::{DiffLine, FilePreview, LineKind, Preview};
