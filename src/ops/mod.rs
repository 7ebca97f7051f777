// SPDX-License-Identifier: MIT OR Apache-2.0
//! What the commands and the screen both do: open, scan, decide, save, report.
//!
//! The screen asks for it with an [`Effect`] and hears back with an [`Event`]; the commands call
//! the same functions in turn.

mod answers;
mod apply;
mod attribution;
mod conclude;
mod decoder;
mod desk;
mod disk;
mod doctor;
mod effect;
mod highlight;
mod hints;
mod history;
mod host;
mod init;
mod inventory;
mod keys;
mod learn;
mod licences;
mod licensing;
mod loader;
mod mend;
mod open;
mod pace;
mod plan;
mod recall;
mod relicensed;
mod report;
mod rotate;
mod rules;
mod scan;
mod scope;
mod silenced;
mod stale;
mod texts;
mod words;
mod worker;

pub use crate::scan::licensing::LicensingGuess;
pub use apply::{Applied, apply_fixes};
pub use conclude::{conclude, licence_ids};
pub use desk::{Desk, SaveJob, Saved};
pub use disk::Steps;
pub use doctor::{Check, Health, examine};
pub use effect::{Effect, Event, FileText, SourceInfo, Stage, Syntax, Token};
pub use hints::{Hint, Hinting, Leads, TreeFacts};
pub use history::Reach;
pub use host::Host;
pub use init::init;
pub use inventory::inventory;
pub use keys::{Imported, KeyError, KeyName, export_key, import_key, key_names, write_key};
pub use learn::{FilesRead, learn_all};
pub use licences::{Files, Licences, files_at};
pub use licensing::{check_licensing, guess_licensing, licensing_of, set_licensing};
pub use mend::{
    FixWish, decided_fixes, fixes_of, is_mendable, plan_in_commit, preview_of, unmended_gaps,
};
pub use open::{Access, OpenError, Options, Review};
pub use pace::{ScanPace, Speed};
pub use plan::edits_of;
pub use report::{ReportError, ReportFormat, ReportParts, render_report, write_report};
pub use rotate::{RotateError, Rotation, Watch};
pub use rules::rules_at;
pub use scan::{Extent, ScanError, ScanJob};
pub use silenced::Silenced;
pub use words::{WordChange, WordsError, init_words};
