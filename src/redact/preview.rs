// SPDX-License-Identifier: MIT OR Apache-2.0
//! What redacting changes, as a unified diff that never shows the value.

use std::ops::Range;

use similar::{Algorithm, ChangeTag, capture_diff_slices, group_diff_ops};

use super::{Edit, apply};
use crate::domain::{LineIndex, RepoPath, Text};

/// Lines of context around a change.
const CONTEXT: usize = 3;

/// Which side of the diff a line is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// On both.
    Context,
    /// Only before.
    Removed,
    /// Only after.
    Added,
    /// Between two hunks; the text is the hunk's header.
    Header,
}

/// A line of the diff in parts, each with whether it is what changed. Text is raw: it still has
/// to be made safe to display.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiffLine {
    /// Which side it is on.
    pub kind: LineKind,
    /// The text; masked with `•` where the value stood.
    pub parts: Vec<(bool, String)>,
}

/// What redacting does to one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilePreview {
    /// The file.
    pub path: RepoPath,
    /// How many places are replaced.
    pub places: usize,
    /// The diff.
    pub lines: Vec<DiffLine>,
    /// What the reviewer should know first.
    pub warnings: Vec<String>,
}

/// What redacting a group does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// What the reviewer should know first.
    pub warnings: Vec<String>,
    /// The files, by path.
    pub files: Vec<FilePreview>,
}

impl FilePreview {
    /// Works out what `edits` do to the file `path` whose content is `raw`.
    #[must_use]
    pub fn new(path: RepoPath, raw: &[u8], edits: &[Edit]) -> Self {
        let mut out = Self { path, places: edits.len(), lines: Vec::new(), warnings: Vec::new() };
        let (Some(before), Some(after)) = (Text::decode(raw), apply(raw, edits)) else {
            out.warnings.push("binary: it can't be redacted, only excluded".into());
            return out;
        };
        if std::str::from_utf8(&before.bytes).is_err() {
            out.warnings.push("not UTF-8: bytes are replaced, the rest stays as it is".into());
        }
        if after.overlapping > 0 {
            out.warnings
                .push(format!("{} places overlap another and go with it", after.overlapping));
        }
        if let Some(format) = breaks(&out.path, &before.bytes, &after.text) {
            out.warnings.push(format!("no longer parses as {format}: choose another stand-in"));
        }
        let spans: Vec<Range<usize>> = edits.iter().map(|edit| edit.span.clone()).collect();
        out.lines = diff((&before.bytes, &spans), (&after.text, &after.placed));
        out
    }
}

impl FilePreview {
    /// Lays out how a file changes as a whole: nothing of it is masked. `before` is nothing for a
    /// file that is new; `places` is how many gaps that closes.
    #[must_use]
    pub fn of_change(path: RepoPath, before: Option<&[u8]>, after: &[u8], places: usize) -> Self {
        let mut out = Self { path, places, lines: Vec::new(), warnings: Vec::new() };
        if before.is_none() {
            out.warnings.push("a new file".into());
        }
        let old = Text::decode(before.unwrap_or_default());
        let (Some(old), Some(new)) = (old, Text::decode(after)) else {
            out.warnings.push("binary".into());
            return out;
        };
        out.lines = diff((&old.bytes, &[]), (&new.bytes, &[]));
        emphasise(&mut out.lines);
        out
    }
}

/// Marks in lines that take the place of others what is new in them.
fn emphasise(lines: &mut [DiffLine]) {
    let run = |lines: &[DiffLine], from: usize, kind| {
        lines[from..].iter().take_while(|line| line.kind == kind).count()
    };
    let mut at = 0;
    while at < lines.len() {
        let removed = run(lines, at, LineKind::Removed);
        let added = run(lines, at + removed, LineKind::Added);
        if removed > 0 && removed == added {
            let (old, new) = lines[at..at + removed + added].split_at_mut(removed);
            old.iter_mut().zip(new).for_each(|(old, new)| mark(old, new));
        }
        at += (removed + added).max(1);
    }
}

/// Marks all between the words with which two lines begin and end alike; nothing where they are
/// different lines.
fn mark(old: &mut DiffLine, new: &mut DiffLine) {
    let text = |line: &DiffLine| line.parts.iter().map(|(_, text)| &**text).collect::<String>();
    let (before, after) = (text(old), text(new));
    let words = |text: &str| text.split_inclusive(' ').map(str::to_owned).collect::<Vec<_>>();
    let (first, second) = (words(&before), words(&after));
    let same = first.iter().zip(&second).take_while(|(a, b)| a == b);
    let head: usize = same.map(|(word, _)| word.len()).sum();
    let (first, second) = (words(&before[head..]), words(&after[head..]));
    let same = first.iter().rev().zip(second.iter().rev()).take_while(|(a, b)| a == b);
    let tail: usize = same.map(|(word, _)| word.len()).sum();
    if head + tail == 0 {
        return;
    }
    for (line, text) in [(old, before), (new, after)] {
        let (start, end) = (head, text.len() - tail);
        let parts = [(false, &text[..start]), (true, &text[start..end]), (false, &text[end..])];
        let parts = parts.into_iter().filter(|(_, part)| !part.is_empty());
        line.parts = parts.map(|(changed, part)| (changed, part.to_owned())).collect();
    }
}

/// Returns the format that `before` parsed as and `after` does not.
fn breaks(path: &RepoPath, before: &[u8], after: &[u8]) -> Option<&'static str> {
    type Parses = fn(&[u8]) -> bool;
    let (name, parses): (_, Parses) = match path.extension().as_str() {
        "json" => ("JSON", |bytes| serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok()),
        "toml" => ("TOML", |bytes| toml::from_slice::<toml::Table>(bytes).is_ok()),
        _ => return None,
    };
    (parses(before) && !parses(after)).then_some(name)
}

type Marked<'a> = (&'a [u8], &'a [Range<usize>]);

fn diff(before: Marked<'_>, after: Marked<'_>) -> Vec<DiffLine> {
    let (old_index, new_index) = (LineIndex::new(before.0), LineIndex::new(after.0));
    let (old, new) = (lines(&old_index, before.0), lines(&new_index, after.0));
    let ops = capture_diff_slices(Algorithm::Myers, &old, &new);
    let mut out = Vec::new();
    for group in group_diff_ops(ops, CONTEXT) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
        let (old_start, new_start) = (first.old_range().start, first.new_range().start);
        let (old_len, new_len) =
            (last.old_range().end - old_start, last.new_range().end - new_start);
        let header = format!("@@ -{},{old_len} +{},{new_len} @@", old_start + 1, new_start + 1);
        out.push(DiffLine { kind: LineKind::Header, parts: vec![(false, header)] });
        for change in group.iter().flat_map(|op| op.iter_changes(&old, &new)) {
            // A context line may hold another place of the same value: it is masked too.
            let (kind, line, side, masks) = match change.tag() {
                ChangeTag::Insert => (
                    LineKind::Added,
                    new_index.range(change.new_index().unwrap_or(0)),
                    after,
                    false,
                ),
                ChangeTag::Delete => (
                    LineKind::Removed,
                    old_index.range(change.old_index().unwrap_or(0)),
                    before,
                    true,
                ),
                ChangeTag::Equal => (
                    LineKind::Context,
                    old_index.range(change.old_index().unwrap_or(0)),
                    before,
                    true,
                ),
            };
            out.push(DiffLine { kind, parts: parts(side, &line, masks) });
        }
    }
    out
}

fn lines<'a>(index: &LineIndex, text: &'a [u8]) -> Vec<&'a [u8]> {
    (0..index.count()).map(|i| &text[index.range(i)]).collect()
}

/// Cuts a line where marked spans begin and end, and masks them if `masks`.
fn parts((text, marks): Marked<'_>, line: &Range<usize>, masks: bool) -> Vec<(bool, String)> {
    let mut out = Vec::new();
    let mut from = line.start;
    let shown = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    for mark in marks.iter().filter(|m| m.start < line.end && m.end > line.start) {
        let (start, end) = (mark.start.max(from), mark.end.min(line.end));
        if start > from {
            out.push((false, shown(&text[from..start])));
        }
        if end > start {
            let part = shown(&text[start..end]);
            // A fixed number of dots: the length of a value is nobody's business.
            out.push((true, if masks { "••••••".into() } else { part }));
        }
        from = from.max(end);
    }
    if from < line.end {
        out.push((false, shown(&text[from..line.end])));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Edit, FilePreview, LineKind};
    use crate::domain::RepoPath;

    #[test]
    fn the_diff_masks_before_and_shows_after() {
        let raw = b"a\nb\nkey: hunter2 # x\nc\n";
        let at = raw.windows(7).position(|w| w == b"hunter2").expect("value");
        let edits = [Edit { span: at..at + 7, to: "REDACTED_PASSWORD".into() }];
        let preview = FilePreview::new(RepoPath::new(b"a.yml"), raw, &edits);
        let shown: Vec<String> = preview
            .lines
            .iter()
            .map(|line| {
                let text: String = line.parts.iter().map(|(_, text)| text.as_str()).collect();
                let mark = match line.kind {
                    LineKind::Context => ' ',
                    LineKind::Removed => '-',
                    LineKind::Added => '+',
                    LineKind::Header => '@',
                };
                format!("{mark}{text}")
            })
            .collect();
        assert_eq!(
            shown,
            [
                "@@@ -1,5 +1,5 @@",
                " a",
                " b",
                "-key: •••••• # x",
                "+key: REDACTED_PASSWORD # x",
                " c",
                " "
            ]
        );
        assert!(preview.warnings.is_empty());
    }

    #[test]
    fn what_is_new_in_a_line_is_marked() {
        let preview = FilePreview::of_change(
            RepoPath::new(b"LICENSE"),
            Some(b"You may not use it.\nOther\n"),
            b"You may use it.\nOther\n",
            1,
        );
        let parts: Vec<_> = preview.lines[1..3].iter().map(|line| line.parts.clone()).collect();
        let part = |changed, text: &str| (changed, text.to_owned());
        assert_eq!(parts[0], [part(false, "You may "), part(true, "not "), part(false, "use it.")]);
        assert_eq!(parts[1], [part(false, "You may "), part(false, "use it.")]);
    }

    #[test]
    fn broken_json_is_said() {
        let raw = br#"{"account": 123}"#;
        let edits = [Edit { span: 12..15, to: "REDACTED".into() }];
        let preview = FilePreview::new(RepoPath::new(b"a.json"), raw, &edits);
        assert_eq!(preview.warnings.len(), 1);
    }
}
