// SPDX-License-Identifier: MIT OR Apache-2.0
//! x
mod text;
pub use text::Shown;
