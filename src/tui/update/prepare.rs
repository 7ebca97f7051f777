// SPDX-License-Identifier: MIT OR Apache-2.0
//! Brings what is derived from the session up to date, so that drawing only has to read it.

use std::{cmp::Reverse, collections::HashMap};

use crate::{
    domain::{Place, RuleIdx, Severity},
    ops::{Effect, edits_of, fixes_of},
    review::{FindingIdx, GroupIdx, Session},
    tui::{
        filter::Matcher,
        layout,
        model::{Model, Screen},
        panes::List,
        rows,
    },
};

/// Brings counts, scroll positions and requests up to date after every message.
pub(crate) fn prepare(model: &mut Model) -> Vec<Effect> {
    if model.dirty {
        model.dirty = false;
        model.ready_dirty = true;
        model.counts = model.session.counts();
        model.suggester.refresh(&model.session);
        tally(model);
        model.stand_in = None;
        let session = &model.session;
        model.list.rows.iter_mut().for_each(|row| row.recount(session));
        model.attest.hints = None;
    }
    if model.ready_dirty && matches!(model.screen, Screen::Dashboard | Screen::Readiness) {
        model.ready_dirty = false;
        model.readiness = model.session.readiness(&model.modules);
        model.origins = model.session.origins();
    }
    if model.screen == Screen::Attestations {
        super::attest::scroll(model);
        crate::tui::attest::work_out_hints(model);
    }
    if model.by_file() {
        crate::tui::files::follow(model);
    }
    if model.screen == Screen::Files {
        let height = layout::list_height(&layout::areas(model)).max(1);
        crate::tui::files::scroll(model, height);
    }
    scroll(model);
    follow(model);
    let mut effects = Vec::new();
    effects.extend(request_file(model));
    effects.extend(request_preview(model));
    work_out_stand_in(model);
    effects
}

/// Works out what the release would hold in place of what is shown: numbers are given over
/// everything that is redacted.
fn work_out_stand_in(model: &mut Model) {
    let item = matches!(model.screen, Screen::Walk | Screen::Preview | Screen::Files);
    let Some(shown) = model.shown().filter(|_| item) else { return };
    if model.stand_in.as_ref().is_some_and(|(of, _)| *of == shown) {
        return;
    }
    let text =
        model.session.stand_in(shown).filter(|_| model.session.finding(shown).layer.is_tree());
    model.stand_in = Some((shown, text.unwrap_or_default()));
}

/// Counts what is left by severity, and groups and places by rule, most open first.
fn tally(model: &mut Model) {
    let mut by_rule: HashMap<RuleIdx, (usize, usize, Severity)> = HashMap::new();
    model.by_severity = [0; 5];
    for (_, group) in model.session.groups().filter(|(_, group)| group.state().unresolved()) {
        // The list of severities has the worst first.
        model.by_severity[4 - group.severity as usize] += 1;
        let none = (0, 0, Severity::Info);
        let (open, places, worst) = by_rule.entry(group.rule).or_insert(none);
        *open += 1;
        *places += group.members.len();
        *worst = (*worst).max(group.severity);
    }
    let mut out: Vec<_> =
        by_rule.into_iter().map(|(rule, (n, places, worst))| (rule, n, places, worst)).collect();
    out.sort_by_key(|(rule, open, places, _)| (Reverse(*open), Reverse(*places), *rule));
    model.top_rules = out;
}

/// Builds the rows anew. The row under the cursor stays under it, at the same height on screen.
pub(super) fn rebuild(model: &mut Model) {
    let anchor = model.anchor();
    let height = model.list.cursor.saturating_sub(model.list.top);
    model.index.renew(&model.session);
    if !model.list.filter.text.is_empty() {
        model.index.show(&model.veil);
    }
    let Model { list, session, index, veil, modules, .. } = &*model;
    let matcher = Matcher::new(&list.filter, list.hide_decided, session, index, veil);
    let from = rows::Source { session, index, matcher: &matcher, modules, folded: &list.folded };
    let built = rows::build(&from, list.grouping);
    let list = &mut model.list;
    list.rows = built.rows;
    list.hidden = built.hidden;
    list.waiting = 0;
    list.stale = false;
    let found = anchor.and_then(|anchor| list.rows.iter().position(|row| row.anchor == anchor));
    list.cursor = found.unwrap_or(list.cursor);
    list.top = list.cursor.saturating_sub(height);
    if !list.touched {
        list.cursor = top_row(list, &model.session);
        // The head above the first open row is seen as well.
        list.top = 0;
    }
    if let Some(wanted) = &model.resume
        && let Some(at) = row_of_value(model, wanted)
    {
        model.list.cursor = at;
        model.list.touched = true;
    }
    scroll(model);
}

/// Returns the row where a walk begins: the first that is open.
pub(super) fn top_row(list: &List, session: &Session) -> usize {
    let open = |row: &rows::Row| !row.is_head() && row.waits(session, &list.filter);
    list.rows.iter().position(open).unwrap_or(0)
}

/// Returns the row that holds the value with this keyed id.
fn row_of_value(model: &Model, value: &str) -> Option<usize> {
    let groups = model.by_value.get(value)?;
    model.list.rows.iter().position(|row| {
        let places = row.places(&model.session);
        !row.is_head() && places.iter().any(|i| groups.contains(&model.session.group_of(*i)))
    })
}

fn scroll(model: &mut Model) {
    let height = layout::list_height(&layout::areas(model)).max(1);
    let list = &mut model.list;
    list.cursor = list.cursor.min(list.rows.len().saturating_sub(1));
    let most = list.rows.len().saturating_sub(height);
    list.top = list.top.min(list.cursor).min(most).max((list.cursor + 1).saturating_sub(height));
}

/// Starts the detail pane anew when the cursor went to another row.
fn follow(model: &mut Model) {
    if model.by_file() {
        return;
    }
    let anchor = model.anchor();
    let places = model.row().map_or(&[][..], |row| row.places(&model.session));
    if anchor == model.detail.anchor {
        model.detail.place = model.detail.place.min(places.len().saturating_sub(1));
        return;
    }
    let open = |idx: &FindingIdx| model.list.filter.waits(&model.session, *idx);
    // A group stands in many files; the one that was filtered for is the one to show.
    let filter = &model.list.filter;
    let narrow = !filter.text.is_empty() || filter.under.is_some();
    let named = |idx: &FindingIdx| filter.names(&model.session.finding(*idx).path, &model.veil);
    let wanted = filter.layers();
    let named = |idx: &FindingIdx| {
        named(idx) && wanted.iter().all(|l| l.admits(&model.session.finding(*idx).layer))
    };
    let narrow = narrow || !wanted.is_empty();
    let asked = narrow.then(|| places.iter().take(1000).position(named)).flatten();
    model.detail.place = asked.or_else(|| places.iter().position(open)).unwrap_or(0);
    model.detail.scroll = 0;
    model.detail.anchor = anchor;
}

fn request_file(model: &mut Model) -> Option<Effect> {
    let of = match model.screen {
        Screen::Walk => {
            let finding = model.session.finding(model.shown()?);
            if finding.place == Place::Repository {
                return None;
            }
            finding.text_of()
        }
        Screen::Files => model.text_here()?,
        _ => return None,
    };
    let asked = model.detail.wanted.as_ref().is_some_and(|(_, wanted)| *wanted == of);
    if of.path.is_root() || asked {
        return None;
    }
    if model.file(&of).is_some() {
        model.detail.wanted = None;
        return None;
    }
    model.generation += 1;
    let generation = model.generation;
    model.detail.wanted = Some((generation, of.clone()));
    Some(Effect::Load { generation, of })
}

/// Asks what mending a group changes: nothing of it is a value, but other values stand around it.
fn request_fixes(model: &mut Model, group: GroupIdx) -> Option<Effect> {
    let generation = model.generation;
    model.preview.rests = Vec::new();
    model.preview.group = Some(group);
    model.preview.generation = generation;
    model.preview.result = None;
    model.preview.scroll = 0;
    match fixes_of(&model.session, group) {
        Ok(tasks) => Some(Effect::PreviewFixes { generation, group, tasks }),
        Err(why) => {
            model.preview.result = Some(Err(why));
            None
        }
    }
}

fn request_preview(model: &mut Model) -> Option<Effect> {
    if model.screen != Screen::Preview {
        return None;
    }
    let shown = model.shown()?;
    let group = model.session.group_of(shown);
    if model.preview.group == Some(group) {
        return None;
    }
    model.generation += 1;
    let generation = model.generation;
    if super::mending::is_gap(model, shown) {
        return request_fixes(model, group);
    }
    let edits = edits_of(&model.session, group);
    let rests = edits.iter().flat_map(|(path, edits)| {
        let cut: Vec<_> = edits.iter().map(|edit| edit.span.clone()).collect();
        model.veil.rests(&model.session, path, &cut)
    });
    model.preview.rests = rests.collect();
    model.preview.group = Some(group);
    model.preview.generation = generation;
    model.preview.result = None;
    model.preview.scroll = 0;
    let value = model.session.finding(shown).value.clone();
    Some(Effect::Preview { generation, group, edits, value })
}
