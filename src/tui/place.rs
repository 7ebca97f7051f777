// SPDX-License-Identifier: MIT OR Apache-2.0
//! Says in words where a finding stands: in a file, in an earlier version of one, in a message,
//! in a name.

use super::{model::Model, text::Shown};
use crate::{
    domain::{CommitRef, Finding, Layer, Metadata, Place, RepoPath, short_ref},
    review::{FindingIdx, Session},
};

/// Digits of an object's id that are shown.
const SHORT: usize = 7;
/// Digits of an object's id that are copied.
const COPIED: usize = 12;

/// Returns the beginning of an object's id.
pub(crate) fn short_id(id: &str) -> &str {
    id.get(..SHORT).unwrap_or(id)
}

/// Returns the day of a time in seconds since 1970-01-01 UTC.
pub(crate) fn date(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds)
        .map_or_else(|_| "?".to_owned(), |at| at.strftime("%Y-%m-%d").to_string())
}

/// Returns `3f2a91c 2023-11-14`.
pub(crate) fn commit(commit: &CommitRef) -> String {
    format!("{} {}", short_id(&commit.id), date(commit.time))
}

/// Returns `:12` where lines tell something.
pub(crate) fn line(finding: &Finding) -> String {
    let counted = match Metadata::of(&finding.path) {
        Some(Metadata::Messages | Metadata::Unreachable) | None => true,
        Some(_) => false,
    };
    let line = finding.line().filter(|_| counted);
    line.map_or_else(String::new, |line| format!(":{line}"))
}

/// Returns where the finding stands without its line, in at most `room` columns.
pub(crate) fn long(model: &Model, idx: FindingIdx, room: usize) -> Shown {
    let cut = model.theme.glyphs.cut;
    let finding = model.session.finding(idx);
    match metadata(model, idx, finding, false) {
        Some(words) if words.width() <= room => words,
        // A commit in few words says more than half a sentence.
        Some(_) => brief(model, idx).crop(room, cut),
        None => model.veil.path(&finding.path, model.theme.glyphs.dots).crop_path(room, cut),
    }
}

/// Returns the same in few words: the last part of a path, a commit.
pub(crate) fn brief(model: &Model, idx: FindingIdx) -> Shown {
    let finding = model.session.finding(idx);
    metadata(model, idx, finding, true).unwrap_or_else(|| {
        let name = RepoPath::new(finding.path.file_name());
        model.veil.path(&name, model.theme.glyphs.dots)
    })
}

/// Returns place and line in words, whatever room they take.
pub(crate) fn words(model: &Model, idx: FindingIdx) -> String {
    let finding = model.session.finding(idx);
    format!("{}{}", long(model, idx, usize::MAX), line(finding))
}

/// Returns the words for what stands in no file.
fn metadata(model: &Model, idx: FindingIdx, finding: &Finding, brief: bool) -> Option<Shown> {
    let kind = Metadata::of(&finding.path)?;
    let text = match (&finding.layer, kind) {
        (Layer::Object(id), Metadata::Identities) if brief => format!("author {}", short_id(id)),
        (Layer::Object(id), Metadata::Identities) if is_commit(model, idx) => {
            format!("author or committer of {}", short_id(id))
        }
        (Layer::Object(id), Metadata::Identities) => {
            format!("tagger or author of {}", short_id(id))
        }
        (Layer::Object(id), _) => {
            let noun = if is_commit(model, idx) { "commit" } else { "tag" };
            format!("{noun} {}{}", short_id(id), if brief { "" } else { ", message" })
        }
        (Layer::Name(name), Metadata::Refs) => {
            let tail = short_ref(name);
            let head = if brief { "" } else { &name[..name.len() - tail.len()] };
            let of = finding.text_of();
            let tail = model.veil.text_in(&of, tail.as_bytes(), model.theme.glyphs.dots);
            format!("ref {head}{tail}")
        }
        (Layer::Name(name), Metadata::Paths | Metadata::PastPaths) => {
            let of = finding.text_of();
            let name = model.veil.text_in(&of, name.as_bytes(), model.theme.glyphs.dots);
            format!("{}{name}", if brief { "" } else { "name of " })
        }
        (Layer::Name(name), _) => {
            let name = model.veil.text(name.as_bytes(), model.theme.glyphs.dots);
            format!("{}{name}", if brief { "" } else { "setting " })
        }
        (Layer::Past(id), _) => format!("object {}", short_id(id)),
        (Layer::Tree, _) => return None,
    };
    Some(Shown::new(text.as_bytes()))
}

/// Only commits stand in a line of commits; what is not known yet is one most likely.
fn is_commit(model: &Model, idx: FindingIdx) -> bool {
    model.session.sighting(idx).is_none_or(|seen| seen.first.is_some())
}

/// Returns what a pseudo path stands for, as a heading.
pub(crate) fn heading(path: &RepoPath) -> Option<&'static str> {
    if path.as_bytes() == b".git" {
        return Some("metadata");
    }
    Metadata::of(path).map(|kind| match kind {
        Metadata::Messages => "commit messages",
        Metadata::Identities => "authors",
        Metadata::Refs => "ref names",
        Metadata::Config => "settings",
        Metadata::Unreachable => "unreachable objects",
        Metadata::Paths => "names of files",
        Metadata::PastPaths => "earlier names of files",
    })
}

/// Returns whether there is a file or directory that takes the finding along when it is left out.
pub(crate) fn has_file(finding: &Finding) -> bool {
    is_file(&finding.bearer())
}

/// Returns whether the path is one of a file, which can be left out of a release.
pub(crate) fn is_file(path: &RepoPath) -> bool {
    !path.is_root() && !path.is_within(&RepoPath::new(b".git"))
}

/// Returns why there is no file to leave out.
pub(crate) fn why_no_file(path: &RepoPath) -> &'static str {
    if path.is_root() {
        "this is about the repository, not about a file: there is nothing to leave out"
    } else {
        "this stands in no file that could be left out: redact it ({redact}) or approve it ({approve})"
    }
}

/// Returns what tells somebody else the place, never the value.
///
/// # Errors
/// When nothing can be said without the value.
pub(crate) fn copied(model: &Model, idx: FindingIdx) -> Result<String, &'static str> {
    let finding = model.session.finding(idx);
    let (path, line) = (&finding.path, finding.line().unwrap_or(1));
    let text = match &finding.layer {
        Layer::Tree => format!("{path}:{line}"),
        Layer::Past(blob) => {
            // The line is that of one version. Which commit has it is known if there is one only.
            let seen = model.session.sighting(idx).filter(|seen| seen.versions == 1);
            let commit = seen.and_then(|seen| seen.first.as_ref());
            match commit {
                Some(commit) => format!("{:.COPIED$}:{path}:{line}", commit.id),
                None => format!("{path}:{line} in blob {blob:.COPIED$}"),
            }
        }
        Layer::Object(id) => match Metadata::of(path) {
            Some(Metadata::Identities) => format!("{id:.COPIED$}:author"),
            _ => format!("{id:.COPIED$}:message:{line}"),
        },
        Layer::Name(name) => name.to_string(),
    };
    let hides = holds_masked(&model.session, finding, &text);
    if model.veil.holds(text.as_bytes()) || hides {
        return Err("the path holds a masked value: it is not copied");
    }
    Ok(text)
}

/// A name may be the value itself.
fn holds_masked(session: &Session, finding: &Finding, text: &str) -> bool {
    matches!(finding.layer, Layer::Name(_))
        && matches!(finding.place, Place::Span(_))
        && session.rules().info(finding.rule).class.starts_masked()
        && [finding.value.expose(), finding.value.written()]
            .into_iter()
            .any(|value| memchr::memmem::find(text.as_bytes(), value).is_some())
}
