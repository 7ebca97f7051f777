// SPDX-License-Identifier: MIT OR Apache-2.0
//! Gathers what a report says, and writes it in the format its name asks for.

use std::{
    io::{Read, Write},
    path::Path,
    sync::atomic::Ordering,
};

use super::{Desk, Extent, SourceInfo};
use crate::{
    domain::{HistorySummary, Inventory, Module, Word},
    report::{Policy, Report, ReportInput, Source},
    review::Session,
    store::{StoreError, write_atomic},
};

/// The formats of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportFormat {
    /// Markdown.
    Markdown,
    /// An in-toto statement.
    Json,
    /// One self-contained page.
    Html,
}

/// Why a report could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The name says nothing about the format.
    #[error("{0}: end the name in .md, .json or .html")]
    Format(String),
    /// A file of somebody else's is there.
    #[error("{0}: is there already and is no report of debut: choose another name")]
    NotOurs(String),
    /// The statement could not be put into words.
    #[error("the statement: {0}")]
    Json(#[from] serde_json::Error),
    /// The file could not be written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The system has no random numbers for the commitment.
    #[error("no random numbers for the commitment to the commit: {0}")]
    Random(String),
}

impl ReportFormat {
    /// Returns the format that the extension of `path` names.
    ///
    /// # Errors
    /// When it names none.
    pub fn of(path: &Path) -> Result<Self, ReportError> {
        match path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase).as_deref() {
            Some("md" | "markdown") => Ok(Self::Markdown),
            Some("json") => Ok(Self::Json),
            Some("html" | "htm") => Ok(Self::Html),
            _ => Err(ReportError::Format(path.display().to_string())),
        }
    }
}

/// Returns whether something stands at `path` that is no report of an earlier call.
pub(super) fn is_foreign(path: &Path) -> bool {
    match std::fs::metadata(path) {
        // Nothing there, or nobody knows: writing will tell.
        Err(_) => false,
        // A pipe would be waited for, and a device may never end.
        Ok(found) if !found.is_file() => true,
        Ok(_) => head(path).is_ok_and(|head| !is_report(&head)),
    }
}

fn head(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::new();
    std::fs::File::open(path)?.take(8 << 10).read_to_end(&mut head)?;
    Ok(head)
}

fn is_report(head: &[u8]) -> bool {
    ["debut.invalid/signoff", "before publication"]
        .iter()
        .any(|mark| memchr::memmem::find(head, mark.as_bytes()).is_some())
}

/// What a report needs beside the session.
pub struct ReportParts<'a> {
    /// What was reviewed.
    pub info: &'a SourceInfo,
    /// The checklist's digest is taken from here.
    pub desk: &'a Desk,
    /// How much was scanned.
    pub extent: &'a Extent,
    /// The modules.
    pub modules: &'a [Module],
    /// What the scan of the history covered; none when only one commit was scanned.
    pub history: Option<&'a HistorySummary>,
    /// The organisation's own words.
    pub words: &'a [Word],
    /// What is known of licences; none if nobody looked.
    pub licences: Option<&'a Inventory>,
}

/// Returns the report of `session` in `format`, and whether it passed.
///
/// # Errors
/// When the system has no random numbers.
pub fn render_report(
    session: &Session,
    parts: &ReportParts<'_>,
    format: ReportFormat,
) -> Result<(String, bool), ReportError> {
    let mut nonce = [0; 32];
    getrandom::fill(&mut nonce).map_err(|error| ReportError::Random(error.to_string()))?;
    let checklist = parts.desk.digest();
    let info = parts.info;
    let looked_for = parts.words.iter().map(|word| (word.kind, &word.text, word.keep));
    let seal = parts.desk.keyring.seal(&format!("{:?}", looked_for.collect::<Vec<_>>()));
    let report = Report::build(&ReportInput {
        session,
        source: Source {
            name: &info.name,
            commit: &info.commit,
            tree: &info.tree,
            revision: &info.revision,
            banners: &info.banners,
        },
        policy: Policy::of(session.policy()),
        checklist_digest: checklist.as_deref(),
        mode: if parts.history.is_some() { "history" } else { "snapshot" },
        refs: parts.history.map_or(std::slice::from_ref(&info.revision), |history| &history.refs),
        history: parts.history,
        created: &format!("{:.0}", jiff::Timestamp::now()),
        version: env!("CARGO_PKG_VERSION"),
        files: parts.extent.files.load(Ordering::Relaxed) as u64,
        bytes: parts.extent.bytes.load(Ordering::Relaxed),
        complete: parts.extent.complete.load(Ordering::Relaxed),
        modules: parts.modules,
        words: parts.words,
        words_seal: &seal,
        licences: parts.licences,
        nonce,
    });
    let text = match format {
        ReportFormat::Markdown => report.to_markdown(),
        ReportFormat::Json => report.to_json()?,
        ReportFormat::Html => report.to_html(),
    };
    Ok((text, report.passed()))
}

/// Writes the report to `path` and returns whether it passed.
///
/// # Errors
/// As [`render_report`], and when the file cannot be written.
pub fn write_report(
    session: &Session,
    parts: &ReportParts<'_>,
    format: ReportFormat,
    path: &Path,
) -> Result<bool, ReportError> {
    let (text, passed) = render_report(session, parts, format)?;
    write(path, &text)?;
    Ok(passed)
}

/// A pipe, a terminal or `/dev/stdout` is written to; renaming a file over it would take it away.
/// The same goes for a link to a file.
fn write(path: &Path, text: &str) -> Result<(), StoreError> {
    let io = |source| StoreError::Io { path: path.into(), source };
    match std::fs::metadata(path) {
        Ok(found) if found.is_file() => {
            write_atomic(&path.canonicalize().map_err(io)?, text.as_bytes())
        }
        Ok(_) => {
            let mut file = std::fs::File::options().write(true).open(path).map_err(io)?;
            file.write_all(text.as_bytes()).map_err(io)
        }
        Err(_) => write_atomic(path, text.as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::is_foreign;

    #[test]
    fn what_is_no_report_is_seen_without_reading_it_all() {
        let dir = tempfile::tempdir().expect("a folder");
        let at = |name: &str| dir.path().join(name);
        assert!(!is_foreign(&at("nothing")));
        std::fs::write(at("ours"), "# Review of x before publication\n").expect("a file");
        assert!(!is_foreign(&at("ours")));
        std::fs::write(at("theirs"), "fn main() {}\n").expect("a file");
        assert!(is_foreign(&at("theirs")) && is_foreign(dir.path()));
        let large = std::fs::File::create(at("large")).and_then(|file| file.set_len(1 << 40));
        large.expect("a sparse file");
        assert!(is_foreign(&at("large")));
        #[cfg(unix)]
        {
            let made = std::process::Command::new("mkfifo").arg(at("pipe")).status();
            assert!(made.is_ok_and(|status| status.success()), "mkfifo");
            assert!(is_foreign(&at("pipe")));
        }
    }
}
