// SPDX-License-Identifier: MIT OR Apache-2.0
//! A scan that begins anew while the screen is open, for other words say.
//!
//! What the scan before had found stays on screen until the new one is complete, and then gives
//! way to it at once, where the reviewer stands: decisions are about places and hold for both.

use std::mem;

use super::{events, moving, prepare};
use crate::{
    ops::{Event, ScanPace, Stage},
    review::{FindingIdx, Session, Suggester},
    tui::{
        files::FilesPane,
        filter::Filter,
        index::Index,
        model::{Model, Pending, Scan},
        panes::{Again, Detail, List, PreviewPane},
        rows::Anchor,
        veil::Veil,
        view::{count, number},
    },
};

/// Takes note that a scan begins anew. Of one that is not complete nothing is worth keeping.
pub(super) fn begin(model: &mut Model, now_ms: i64) {
    let complete = matches!(model.scan, Scan::Done(_)) || model.again.take().is_some();
    model.scan = Scan::Running(Stage::Files, 0, 0);
    model.scan_pace = ScanPace::default();
    if complete {
        model.again = Some(Again::default());
        model.add("scanning again, what was found stays until then");
    } else {
        renew(model);
    }
    end(model, now_ms);
}

/// Keeps what the new scan says until it is complete. Returns what is to be heard now.
pub(super) fn keep(model: &mut Model, event: Event) -> Option<Event> {
    let Some(again) = &mut model.again else { return Some(event) };
    match event {
        Event::Found(_)
        | Event::NotScanned(_)
        | Event::Attributed(_)
        | Event::Modules(_)
        | Event::History(_) => again.events.push(event),
        Event::Scanned(_) => {
            again.events.push(event);
            again.complete = true;
        }
        _ => return Some(event),
    }
    None
}

/// Puts the outcome of the new scan in the place of the old one, once it is complete and nothing
/// lies over the screen that is about the old one.
pub(super) fn end(model: &mut Model, now_ms: i64) {
    let over = model.overlay.is_some();
    let Some(again) = model.again.take_if(|again| again.complete && !over) else { return };
    let pending = mem::take(&mut model.pending).into_iter().collect();
    let from_files = model.preview.from_files;
    let before = Before { pending, from_files, ..renew(model) };
    again.events.into_iter().for_each(|event| events::take(model, event, now_ms));
    before.restore(model);
}

/// Where the reviewer stood, and on what.
pub(super) struct Before {
    session: Session,
    shown: Option<FindingIdx>,
    list: List,
    detail: Detail,
    from_files: bool,
    pending: Vec<(Anchor, Pending)>,
}

/// Begins anew: decisions stay, everything that was derived from what was found goes.
pub(super) fn renew(model: &mut Model) -> Before {
    let shown = model.shown();
    model.resume = shown.map(|idx| model.session.identity(idx).value.clone());
    let here = model.file_here().map(|file| file.path.clone());
    let resume = here.or(model.files.resume.take());
    let FilesPane { show, text, seen, focused, .. } = mem::take(&mut model.files);
    model.files = FilesPane { show, text, seen, focused, resume, ..FilesPane::default() };
    model.drawn = None;
    let anew = model.session.anew();
    let session = mem::replace(&mut model.session, anew);
    let lifted = model.veil.lifted();
    model.veil = Veil::default();
    model.index = Index::default();
    if lifted {
        model.veil.toggle();
    }
    let list = mem::take(&mut model.list);
    let filter = Filter { picked: None, ..list.filter.clone() };
    let (grouping, hide_decided) = (list.grouping, list.hide_decided);
    model.list = List { grouping, hide_decided, filter, ..List::default() };
    let detail = mem::take(&mut model.detail);
    let (wrap, split) = (detail.wrap, detail.split);
    model.detail = Detail { wrap, split, ..Detail::default() };
    model.preview = PreviewPane::default();
    model.overlay = None;
    model.by_value.clear();
    model.suggester = Suggester::default();
    model.pending.clear();
    model.modules.clear();
    model.paths = None;
    model.history = None;
    model.attest.hints = None;
    model.dirty = true;
    Before { session, shown, list, detail, from_files: false, pending: Vec::new() }
}

impl Before {
    fn restore(self, model: &mut Model) {
        let anchor = |anchor: &Anchor| self.now(&model.session, anchor);
        model.list.folded = self.list.folded.iter().filter_map(anchor).collect();
        model.list.marks = self.list.marks.iter().filter_map(anchor).collect();
        let pending = self.pending.iter();
        model.pending =
            pending.filter_map(|(at, pending)| Some((anchor(at)?, pending.clone()))).collect();
        let head = self.list.rows.get(self.list.cursor).filter(|row| row.is_head());
        let head = head.and_then(|row| anchor(&row.anchor));
        let shown = self.shown.and_then(|idx| model.session.same_place(&self.session, idx));
        model.session.remember_shapes(&self.session);
        model.list.touched = self.list.touched;
        model.list.cursor = self.list.cursor;
        model.list.top = self.list.top;
        model.preview.from_files = self.from_files;
        model.resume = None;
        prepare::rebuild(model);
        if let Some(row) = model.list.rows.iter().position(|row| Some(&row.anchor) == head.as_ref())
        {
            model.list.cursor = row;
        } else if shown.is_some_and(|idx| moving::reveal(model, idx)) {
            model.detail.scroll = self.detail.scroll;
        }
        model.list.touched = self.list.touched;
        let Detail { files, focused, .. } = self.detail;
        (model.detail.files, model.detail.focused) = (files, focused);
        let (now, before) = (model.session.groups().count(), self.session.groups().count());
        model.resumed = None;
        model.say(format!("scanned again: {}, {} before", count(now, "group"), number(before)));
    }

    /// What `anchor` stood for, as it is called now.
    fn now(&self, session: &Session, anchor: &Anchor) -> Option<Anchor> {
        match anchor {
            Anchor::Group(group) => {
                let group = self.session.group(*group);
                session.find_group(group.rule, &group.value).map(Anchor::Group)
            }
            Anchor::Place(idx) => session.same_place(&self.session, *idx).map(Anchor::Place),
            Anchor::NotScanned(i) => {
                let old = self.session.not_scanned().get(*i)?;
                session.not_scanned().iter().position(|new| new == old).map(Anchor::NotScanned)
            }
            other => Some(other.clone()),
        }
    }
}
