// SPDX-License-Identifier: MIT OR Apache-2.0
//! What Enter opens. It never decides.

use super::{attest, files, moving, prepare};
use crate::{
    domain::Category,
    review::CategoryCounts,
    tui::{
        files::Show,
        filter::{Filter, LayerFacet, StateFacet},
        model::{Model, Screen},
        view::{ROTATION, ReadyLine},
    },
};

/// Opens what is under the cursor, or what comes next when a category is finished.
pub(super) fn into(model: &mut Model) {
    if let Some(next) = model.finished.take() {
        return match next {
            Some(category) => {
                moving::open_walk(model, Filter { category: Some(category), ..Filter::default() });
            }
            None if model.counts.total.due > 0 => moving::open_samples(model, None),
            None => open_readiness(model),
        };
    }
    match model.screen {
        Screen::Dashboard => from_dashboard(model),
        Screen::Readiness => from_readiness(model),
        Screen::Attestations => attest::into(model),
        Screen::Preview => {}
        Screen::Files => model.files.focused |= model.file_here().is_some(),
        Screen::Walk => {
            let Some(row) = model.row() else { return };
            if row.is_head() && !model.detail.focused {
                let anchor = row.anchor.clone();
                if model.list.folded.remove(&anchor) {
                    prepare::rebuild(model);
                } else {
                    moving::to(model, model.list.cursor + 1);
                }
            } else {
                model.detail.focused = true;
            }
        }
    }
}

fn from_dashboard(model: &mut Model) {
    let category = Category::ALL.get(model.board.cursor).copied();
    match model.board.cursor {
        3 => attest::open(model),
        4 => moving::open_not_scanned(model, None),
        5 => files::open(model, (model.counts.read.due > 0).then_some(Show::Drawn)),
        6 => open_readiness(model),
        7 if !model.source.history => {
            model.refuse(model.hint("the history is not scanned: {history} scans it too"));
        }
        7 => {
            let layer = Some(LayerFacet::History);
            moving::open_walk(model, Filter { layer, ..Filter::default() });
        }
        ROTATION => moving::open_unrotated(model),
        _ => {
            let open = |c: &CategoryCounts| c.open + c.deferred > 0;
            let differ = category.is_some_and(|c| {
                let counts = model.counts.of(c);
                counts.differ > 0 && !open(counts)
            });
            if differ {
                let state = Some(StateFacet::Disputed);
                return moving::open_walk(model, Filter { category, state, ..Filter::default() });
            }
            let (total, here) = (&model.counts.total, category.map(|c| *model.counts.of(c)));
            let here = here.filter(|counts| counts.due > 0 && !open(counts));
            if here.is_some() || (total.due > 0 && !open(total)) {
                return moving::open_samples(model, category.filter(|_| here.is_some()));
            }
            // Where nothing was found there is nothing to see: on to what comes next.
            let empty = category.is_some_and(|c| model.counts.of(c).groups == 0);
            let left = Category::ALL.map(|c| (c, *model.counts.of(c)));
            let next = left.iter().find(|(_, counts)| counts.blocking > 0);
            let next = next.or_else(|| left.iter().find(|(_, counts)| counts.unresolved() > 0));
            let category = next.filter(|_| empty).map_or(category, |(next, _)| Some(*next));
            let sensitive = category == Some(Category::Sensitive);
            if sensitive && !open(total) && model.counts.rotation.blocking > 0 {
                return moving::open_unrotated(model);
            }
            moving::open_walk(model, Filter { category, ..Filter::default() });
        }
    }
}

fn from_readiness(model: &mut Model) {
    let lines = crate::tui::view::ready_lines(model);
    match lines.get(model.ready.cursor) {
        Some(ReadyLine::Blocker(category)) => {
            let severity = Some(model.session.policy().blocking);
            let filter = Filter { category: Some(*category), severity, ..Filter::default() };
            moving::open_walk(model, filter);
        }
        Some(ReadyLine::Checklist) => attest::open(model),
        Some(ReadyLine::Rotation) => moving::open_unrotated(model),
        Some(ReadyLine::Disputed) => {
            let state = Some(StateFacet::Disputed);
            moving::open_walk(model, Filter { state, ..Filter::default() });
        }
        Some(ReadyLine::NeedsSecond) => {
            let state = Some(StateFacet::NeedsSecond);
            moving::open_walk(model, Filter { state, ..Filter::default() });
        }
        Some(ReadyLine::FilesDue) => files::open(model, Some(Show::Drawn)),
        Some(ReadyLine::FilesMissing) => {
            files::open(model, Some(Show::All));
            files::ask_to_draw(model);
        }
        Some(ReadyLine::Samples) => moving::open_samples(model, None),
        Some(ReadyLine::Module(i)) => {
            let under = model.readiness.get(*i).map(|ready| ready.module.path.clone());
            moving::open_walk(model, Filter { under, ..Filter::default() });
        }
        Some(ReadyLine::NotScanned(i)) => {
            let path = model.session.not_scanned().get(*i).map(|file| file.path.clone());
            moving::open_not_scanned(model, path.as_ref());
        }
        _ => {}
    }
}

/// Opens readiness on the first line that leads somewhere.
pub(super) fn open_readiness(model: &mut Model) {
    model.screen = Screen::Readiness;
    model.ready = crate::tui::panes::Board::default();
    prepare(model);
    moving::by(model, 0);
}
