// SPDX-License-Identifier: MIT OR Apache-2.0
//! What the parts of the screen remember: the list, the detail pane, the preview, the boards and
//! the status line.

use std::{
    collections::{BTreeSet, HashSet, VecDeque},
    sync::Arc,
};

use super::{
    filter::Filter,
    rows::{Anchor, Grouping, Row},
};
use crate::{
    domain::TextOf,
    ops::{Event, FileText},
    redact::Preview,
    review::GroupIdx,
};

/// How much a message matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Info,
    Refused,
}

/// The line above the footer.
#[derive(Clone, Debug)]
pub(crate) struct Status {
    pub(crate) tone: Tone,
    pub(crate) text: String,
}

/// The list.
#[derive(Default)]
pub(crate) struct List {
    pub(crate) rows: Vec<Row>,
    pub(crate) cursor: usize,
    pub(crate) top: usize,
    pub(crate) grouping: Grouping,
    pub(crate) filter: Filter,
    pub(crate) hide_decided: bool,
    pub(crate) folded: HashSet<Anchor>,
    pub(crate) marks: BTreeSet<Anchor>,
    /// Where a range of marks began.
    pub(crate) range: Option<Anchor>,
    /// How many groups or places the filter leaves out.
    pub(crate) hidden: usize,
    /// Whether the reviewer moved or decided here: before that, the cursor follows the top row.
    pub(crate) touched: bool,
    /// The order is out of date: it is renewed with the next key.
    pub(crate) stale: bool,
    /// Findings that came in since the rows were built: they wait for a key.
    pub(crate) waiting: usize,
}

/// A text that came for the detail pane.
pub(crate) struct Loaded {
    /// The request's: highlighting comes later under the same one.
    pub(crate) generation: u64,
    pub(crate) of: TextOf,
    pub(crate) text: Result<Arc<FileText>, String>,
}

/// The detail pane.
#[derive(Default)]
pub(crate) struct Detail {
    pub(crate) focused: bool,
    /// The row shown, to notice that it changed.
    pub(crate) anchor: Option<Anchor>,
    /// Which of its places is shown.
    pub(crate) place: usize,
    pub(crate) scroll: usize,
    pub(crate) wrap: bool,
    /// Width of the list in percent.
    pub(crate) split: u16,
    pub(crate) files: VecDeque<Loaded>,
    /// The text asked for last, and the request's generation.
    pub(crate) wanted: Option<(u64, TextOf)>,
}

/// The redaction preview.
#[derive(Default)]
pub(crate) struct PreviewPane {
    /// Whether it was opened from the list of files.
    pub(crate) from_files: bool,
    pub(crate) group: Option<GroupIdx>,
    pub(crate) generation: u64,
    pub(crate) result: Option<Result<Preview, String>>,
    pub(crate) scroll: usize,
    /// Rests of masked values that the diff cuts apart.
    pub(crate) rests: Vec<Box<[u8]>>,
}

/// A screen with selectable lines.
#[derive(Default)]
pub(crate) struct Board {
    pub(crate) cursor: usize,
    pub(crate) top: usize,
}

/// A scan that began anew while the outcome of the one before stays on screen.
#[derive(Default)]
pub(crate) struct Again {
    /// What it said.
    pub(crate) events: Vec<Event>,
    /// Whether it said everything.
    pub(crate) complete: bool,
}
