// SPDX-License-Identifier: MIT OR Apache-2.0
//! Where things are. `update` needs it to scroll, `view` to draw: one function serves both.

use ratatui::layout::Rect;

use super::model::{Model, Screen};

/// The least size that can be used.
pub const LEAST: (u16, u16) = (60, 16);

/// From this width on list and detail stand side by side.
const TWO_PANES: u16 = 100;

/// From this width on there is room for the facets as well.
const THREE_PANES: u16 = 140;

/// Width of the facets.
const FACETS: u16 = 24;

/// The parts of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Areas {
    pub(crate) header: Rect,
    pub(crate) banners: Rect,
    pub(crate) body: Rect,
    pub(crate) status: Rect,
    pub(crate) footer: Rect,
    /// The list, if it is shown.
    pub(crate) list: Option<Rect>,
    /// The detail pane, if it is shown.
    pub(crate) detail: Option<Rect>,
    /// The facets, if they are shown.
    pub(crate) facets: Option<Rect>,
    /// The detail folded to two lines below the list, where there is no room beside it.
    pub(crate) fold: Option<Rect>,
}

/// Returns whether the terminal is too small for anything.
pub(crate) fn too_small(model: &Model) -> bool {
    model.size.0 < LEAST.0 || model.size.1 < LEAST.1
}

/// Works out where things are.
pub(crate) fn areas(model: &Model) -> Areas {
    let (w, h) = model.size;
    let banners = super::view::banner_lines(model, usize::from(w)).len();
    let banners = u16::try_from(banners).unwrap_or(u16::MAX).min(4);
    let body_height = h.saturating_sub(3 + banners);
    let body = Rect::new(0, 1 + banners, w, body_height);
    let mut out = Areas {
        header: Rect::new(0, 0, w, 1),
        banners: Rect::new(0, 1, w, banners),
        body,
        status: Rect::new(0, h.saturating_sub(2), w, 1),
        footer: Rect::new(0, h.saturating_sub(1), w, 1),
        ..Areas::default()
    };
    let focused = match model.screen {
        Screen::Walk => model.detail.focused,
        Screen::Attestations => model.attest.focused,
        Screen::Files => model.files.focused,
        _ => return out,
    };
    if w >= TWO_PANES {
        let facets = w >= THREE_PANES && model.screen == Screen::Walk;
        let left = if facets { FACETS + 1 } else { 0 };
        out.facets = (left > 0).then_some(Rect { width: FACETS, ..body });
        let rest = u32::from(w - left);
        let list = (rest * u32::from(model.detail.split) / 100) as u16;
        out.list = Some(Rect { x: left, width: list, ..body });
        let x = left + list + 1;
        out.detail = Some(Rect { x, width: w.saturating_sub(x), ..body });
    } else if focused {
        out.detail = Some(body);
    } else {
        let fold = 3.min(body.height / 4);
        out.list = Some(Rect { height: body.height - fold, ..body });
        let y = body.y + body.height - fold;
        out.fold = Some(Rect { y, height: fold, ..body });
    }
    out
}

/// Returns the rows of the list that fit: its first line is the title.
pub(crate) fn list_height(areas: &Areas) -> usize {
    areas.list.map_or(0, |list| usize::from(list.height.saturating_sub(1)))
}

/// Lines above the text of a file that is read: its path, whether it was read, what is chosen.
pub(crate) const FILE_HEAD: u16 = 4;

/// Returns the lines of the text that fit where a file is read.
pub(crate) fn text_height(areas: &Areas) -> usize {
    areas.detail.map_or(0, |detail| usize::from(detail.height.saturating_sub(FILE_HEAD)))
}
