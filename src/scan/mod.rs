// SPDX-License-Identifier: MIT OR Apache-2.0
//! Bytes to findings.
//!
//! One Aho-Corasick pass over the keywords of all rules finds the places worth looking at; only
//! there a rule's expression or detector runs, on a window. What depends on the path (test or
//! vendored class, file kind) is judged afterwards. [`Engine::scan_file`] does one file;
//! everything that needs more than one file, such as licences, has a room of its own below.

mod detector;
mod detectors;
mod engine;
mod filter;
pub mod internal;
mod keywords;
pub mod licensing;
mod overlap;
mod paths;
mod secrets;
mod view;

pub use detector::{Detector, Hit, Sink};
pub use engine::{Engine, EngineError, FileScan, MAX_FILE_BYTES, Scratch};
pub use internal::learn;
pub use view::View;
