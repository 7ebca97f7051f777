// SPDX-License-Identifier: MIT OR Apache-2.0
//! Bytes to findings.
//!
//! One Aho-Corasick pass over the keywords of all rules finds the places worth looking at; only
//! there a rule's expression or detector runs, on a window. What depends on the path (test or
//! vendored class, file kind) is judged afterwards. [`Engine::scan_file`] does one file;
//! everything that needs more than one file, such as licences, has a room of its own below.

mod anchors;
mod asked;
mod content;
mod decode;
mod detector;
mod detectors;
mod engine;
mod facts;
mod filter;
pub mod history;
pub mod internal;
mod kept;
mod keywords;
pub mod learn;
pub mod licensing;
mod lines;
mod marks;
mod names;
mod notebook;
mod numbers;
mod overlap;
mod packed;
mod paths;
mod patterns;
mod personal;
mod reach;
mod sealed;
mod secrets;
mod trace;
mod trackers;
mod trigrams;
mod unpack;
mod view;
mod whole;
mod within;

pub use content::Content;
pub use detector::{Detector, Fits, Hit, Sign, Sink};
pub use engine::{Engine, EngineError, FileScan, MAX_FILE_BYTES, Scratch};
pub use facts::PathFacts;
pub use lines::{Earlier, Lines};
pub use marks::{Mark, Marked};
pub use names::in_names;
pub use reach::Reach;
pub use trace::{Dropped, Traced, Why};
pub use view::View;
