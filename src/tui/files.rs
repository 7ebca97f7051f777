// SPDX-License-Identifier: MIT OR Apache-2.0
//! The state of the screen on which the repository is read file by file.

use std::{borrow::Cow, collections::HashMap, ops::Range};

use super::{
    model::{Model, Screen},
    rows::{Anchor, Row},
    text::merged,
};
use crate::{
    domain::{RepoPath, TextOf},
    ops::FileText,
    review::{FindingIdx, Read, TreeFile},
};

/// Which files are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Show {
    #[default]
    All,
    /// Something was found in them.
    Flagged,
    /// Something in them waits for the reviewer.
    Open,
    /// Nobody has read them as they stand.
    Unread,
    /// Drawn from those without findings.
    Drawn,
    /// They could not be judged.
    NotJudged,
}

impl Show {
    pub(crate) const ALL: [Self; 6] =
        [Self::All, Self::Flagged, Self::Open, Self::Unread, Self::Drawn, Self::NotJudged];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::All => "all files",
            Self::Flagged => "with findings",
            Self::Open => "with something open",
            Self::Unread => "not read yet",
            Self::Drawn => "drawn to be read",
            Self::NotJudged => "not judged",
        }
    }
}

/// The list of files, and the text beside it.
#[derive(Default)]
pub(crate) struct FilesPane {
    /// Places in [`Session::files`](crate::review::Session::files).
    pub(crate) rows: Vec<usize>,
    pub(crate) cursor: usize,
    pub(crate) top: usize,
    pub(crate) show: Show,
    /// What paths must hold, in lower case.
    pub(crate) text: String,
    /// Whether the text has the keys.
    pub(crate) focused: bool,
    /// First line of the text on screen, counted from 0.
    pub(crate) scroll: usize,
    /// The file shown, to notice that it changed.
    pub(crate) path: Option<RepoPath>,
    /// What was found in it, by place.
    pub(crate) places: Vec<FindingIdx>,
    /// Which of them is chosen.
    pub(crate) place: usize,
    /// What is chosen, as a row that verdicts can be given on.
    pub(crate) row: Option<Row>,
    /// Files that could not be judged, by path.
    pub(crate) unjudged: HashMap<RepoPath, usize>,
    /// The file that the last frame showed.
    pub(crate) drawn: Option<RepoPath>,
    /// What of it was chosen then: a place, or the file as a whole.
    pub(crate) drawn_row: Option<Anchor>,
    /// The file under the cursor before another scan, until files are listed again.
    pub(crate) resume: Option<RepoPath>,
    /// Lines of each file that were on screen, counted from 0.
    pub(crate) seen: HashMap<RepoPath, Vec<Range<usize>>>,
}

impl FilesPane {
    /// Returns how many of `count` lines of the file at `path` were on screen.
    pub(crate) fn lines_seen(&self, path: &RepoPath, count: usize) -> usize {
        let ranges = self.seen.get(path).map_or(&[][..], Vec::as_slice);
        ranges.iter().map(|range| range.end.min(count).saturating_sub(range.start)).sum()
    }

    /// Remembers that lines of a file were on screen. Returns whether some of them had not been.
    pub(crate) fn see(&mut self, path: &RepoPath, lines: &[Range<usize>]) -> bool {
        let before = self.lines_seen(path, usize::MAX);
        let ranges = self.seen.entry(path.clone()).or_default();
        ranges.extend_from_slice(lines);
        *ranges = merged(std::mem::take(ranges));
        self.lines_seen(path, usize::MAX) != before
    }
}

impl Model {
    /// Returns whether verdicts are about what the list of files shows.
    pub(crate) fn by_file(&self) -> bool {
        match self.screen {
            Screen::Files => true,
            Screen::Preview => self.preview.from_files,
            _ => false,
        }
    }

    /// Returns the file under the cursor of the list of files.
    pub(crate) fn file_here(&self) -> Option<&TreeFile> {
        self.session.files().get(*self.files.rows.get(self.files.cursor)?)
    }

    /// Returns the text of the file under the cursor of the list of files.
    pub(crate) fn text_here(&self) -> Option<TextOf> {
        self.file_here().map(|file| TextOf::tree(&file.path))
    }
}

/// Returns what was found in a file of the commit, by place.
pub(crate) fn places(model: &Model, path: &RepoPath) -> Vec<FindingIdx> {
    let session = &model.session;
    let all = session.in_file(path).iter().copied();
    let mut out: Vec<FindingIdx> = all.filter(|i| session.finding(*i).layer.is_tree()).collect();
    out.sort_by_key(|idx| (session.finding(*idx).place.clone(), *idx));
    out
}

/// Returns whether a file has something that waits for the reviewer.
pub(crate) fn waits(model: &Model, file: usize) -> bool {
    let session = &model.session;
    let Some(TreeFile { path, .. }) = session.files().get(file) else { return false };
    let open =
        |idx: &FindingIdx| session.finding(*idx).layer.is_tree() && session.open_for_reviewer(*idx);
    session.is_due(file)
        || session.in_file(path).iter().any(open)
        || model.files.unjudged.get(path).is_some_and(|i| {
            Row::leaf(Anchor::NotScanned(*i), 0, crate::domain::Severity::Info).is_open(session)
        })
}

/// Chooses anew which files are listed. The file under the cursor stays under it.
pub(crate) fn rebuild(model: &mut Model) {
    let here = model.file_here().map(|file| file.path.clone());
    let here = here.or_else(|| model.files.resume.clone());
    learn_unjudged(model);
    let wanted = |i: &usize| listed(model, *i);
    let rows: Vec<usize> = (0..model.session.files().len()).filter(wanted).collect();
    let files = model.session.files();
    // Where the file is not listed any more, the one after it is the next to read.
    let at = here.map(|path| rows.partition_point(|i| files[*i].path < path));
    let pane = &mut model.files;
    pane.cursor = at.unwrap_or(0).min(rows.len().saturating_sub(1));
    pane.resume = pane.resume.take().filter(|_| rows.is_empty());
    pane.rows = rows;
}

/// Learns which files could not be judged. Where there are several reasons, one that blocks the
/// release is told.
fn learn_unjudged(model: &mut Model) {
    let files = model.session.not_scanned();
    let mut out: HashMap<RepoPath, usize> = HashMap::new();
    for (i, file) in files.iter().enumerate() {
        let known = out.entry(file.path.clone()).or_insert(i);
        if file.why.blocks() && !files[*known].why.blocks() {
            *known = i;
        }
    }
    model.files.unjudged = out;
}

fn listed(model: &Model, i: usize) -> bool {
    let (session, pane) = (&model.session, &model.files);
    let path = &session.files()[i].path;
    let shown = match pane.show {
        Show::All => true,
        Show::Flagged => session.in_file(path).iter().any(|i| session.finding(*i).layer.is_tree()),
        Show::Open => waits(model, i),
        Show::Unread => session.was_read(i) != Read::Yes,
        Show::Drawn => session.is_drawn(i),
        Show::NotJudged => pane.unjudged.contains_key(path),
    };
    let named = || {
        // What is no text is shown, and looked for, as `\xNN`.
        let shown = pane.text.contains('\\').then(|| path.to_string());
        let shown = shown.map_or_else(|| String::from_utf8_lossy(path.as_bytes()), Cow::Owned);
        let name = shown.to_lowercase();
        // What is masked can't be found by trying letters.
        name.contains(&pane.text) && !model.veil.holds(path.as_bytes())
    };
    shown && (pane.text.is_empty() || named())
}

/// Brings the file shown and what is chosen in it up to date.
pub(crate) fn follow(model: &mut Model) {
    let path = model.file_here().map(|file| file.path.clone());
    if model.files.path != path {
        let places = path.as_ref().map(|path| places(model, path)).unwrap_or_default();
        let open = places.iter().position(|idx| model.session.open_for_reviewer(*idx));
        let pane = &mut model.files;
        pane.path.clone_from(&path);
        pane.place = open.unwrap_or(0);
        pane.places = places;
        pane.scroll = 0;
    }
    model.files.row = path.map(|path| row(model, &path));
    // Where no file is listed there is no text to go to.
    model.files.focused &= model.files.row.is_some();
}

/// Keeps the cursor in sight, in a list of `height` rows.
pub(crate) fn scroll(model: &mut Model, height: usize) {
    let pane = &mut model.files;
    let (last, most) = (pane.rows.len().saturating_sub(1), pane.rows.len().saturating_sub(height));
    pane.cursor = pane.cursor.min(last);
    pane.top = pane.top.min(pane.cursor).min(most).max((pane.cursor + 1).saturating_sub(height));
}

fn row(model: &Model, path: &RepoPath) -> Row {
    let severity = crate::domain::Severity::Info;
    let settled = |idx: &FindingIdx| model.session.standing(*idx).settled();
    // What was found before a file was given up is decided first.
    if let Some(i) = model.files.unjudged.get(path)
        && model.files.places.iter().all(settled)
    {
        return Row::leaf(Anchor::NotScanned(*i), 0, severity);
    }
    match model.files.places.get(model.files.place) {
        Some(idx) => Row::leaf(Anchor::Place(*idx), 0, model.session.finding(*idx).severity),
        None => Row::leaf(Anchor::File(path.clone()), 0, severity),
    }
}

/// Returns how many lines a text has; what comes after the last line end is none if it is empty.
pub(crate) fn line_count(file: &FileText) -> usize {
    let count = file.lines.count();
    count - usize::from(count > 1 && file.text.last() == Some(&b'\n'))
}
