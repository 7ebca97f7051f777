// SPDX-License-Identifier: MIT OR Apache-2.0
//! What the last frame showed: only that was seen by anybody.

use super::{
    layout,
    model::{Model, Screen},
    overlay::Overlay,
    view::{page_here, span_in},
};
use crate::{domain::Place, review::FindingIdx};

impl Model {
    /// Hears that a frame was drawn: until then, nothing that happened since was seen by anybody.
    /// Returns whether that changes what a frame shows.
    pub fn drawn(&mut self) -> bool {
        match &mut self.overlay {
            Some(Overlay::Words(list)) => list.drawn = true,
            Some(Overlay::Licences(form)) => form.drawn = true,
            _ => {}
        }
        if self.overlay.is_some() || layout::too_small(self) {
            return false;
        }
        match self.screen {
            Screen::Walk if self.loads() => {}
            Screen::Walk => {
                self.drawn = self.shown();
                let new =
                    |idx: &FindingIdx| self.is_on_screen(*idx) && !self.session.was_seen(*idx);
                let Some(idx) = self.drawn.filter(new) else { return false };
                self.session.mark_seen(idx);
                return true;
            }
            Screen::Preview => self.drawn = self.shown(),
            Screen::Attestations => {
                self.attest.drawn = super::attest::here(self).map(|item| item.id.clone());
            }
            Screen::Files => return self.file_drawn(),
            Screen::Dashboard | Screen::Readiness => {}
        }
        false
    }

    /// Remembers which lines of a file were on screen, and what was found in them.
    fn file_drawn(&mut self) -> bool {
        let areas = layout::areas(self);
        let (Some(of), Some(_)) = (self.text_here(), areas.detail) else { return false };
        let Some(text) = self.file(&of) else { return false };
        let page = text.as_ref().ok().map(|text| page_here(self, text, &areas));
        self.files.drawn = Some(of.path.clone());
        self.files.drawn_row = self.anchor();
        let Some(page) = page else {
            self.drawn = self.shown();
            return false;
        };
        let new = self.files.see(&of.path, &page.whole);
        let chosen = self.files.places.get(self.files.place).copied();
        let on_screen = |idx: &FindingIdx| match self.session.finding(*idx).place.span() {
            // Of a line that is cut, the part with what is chosen is shown.
            Some(span) => {
                let line = (span.line as usize).saturating_sub(1);
                page.has_whole(line) || (Some(*idx) == chosen && page.lines.contains(&line))
            }
            None => true,
        };
        let all = self.files.places.iter().copied().filter(on_screen);
        let all: Vec<FindingIdx> = all.collect();
        self.drawn = self.shown().filter(|idx| all.contains(idx));
        all.into_iter().for_each(|idx| self.session.mark_seen(idx));
        new
    }

    /// Returns whether the text of the place shown is still on its way.
    pub(crate) fn loads(&self) -> bool {
        let of = match self.screen {
            Screen::Files => self.text_here(),
            _ => self.shown().map(|shown| self.session.finding(shown).text_of()),
        };
        let Some(of) = of else { return false };
        self.file(&of).is_none() && self.detail.wanted.as_ref().is_some_and(|(_, w)| *w == of)
    }

    /// Returns whether the line of a finding can be read where the detail shows it.
    fn is_on_screen(&self, idx: FindingIdx) -> bool {
        let finding = self.session.finding(idx);
        match finding.place {
            Place::Span(_) => {
                let file = self.file(&finding.text_of()).and_then(|file| file.as_ref().ok());
                file.is_some_and(|file| span_in(finding, file).is_some())
            }
            Place::File | Place::Repository => true,
        }
    }
}
