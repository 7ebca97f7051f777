// SPDX-License-Identifier: MIT OR Apache-2.0
//! Menus that choose what is shown, or the reason for a verdict.

use crate::{
    domain::{Category, Class, Confidence, Reason, Severity, Verdict},
    tui::{
        command::Command,
        filter::{LayerFacet, StateFacet, sure},
        model::Model,
        overlay::{Item, Menu, Overlay, Pick},
        rows::Grouping,
    },
};

fn open(model: &mut Model, title: &str, items: Vec<Item>, hint: &'static str) {
    let (title, hint) = (title.to_owned(), model.hint(hint).into());
    model.overlay = Some(Overlay::Menu(Menu { title, items, cursor: 0, enter_looks: false, hint }));
}

pub(super) fn grouping(model: &mut Model) {
    let mut items: Vec<Item> = Grouping::ALL
        .into_iter()
        .zip("vrdfma".chars())
        .map(|(grouping, key)| {
            let now = if grouping == model.list.grouping { "now" } else { "" };
            Item::new(key, grouping.word(), Pick::Grouping(grouping)).right(now)
        })
        .collect();
    items.push(Item::new('g', "go to the first row", Pick::Run(Command::Top)));
    open(model, "Group by", items, "nothing is decided here; Esc leaves");
}

pub(super) fn facets(model: &mut Model) {
    let filter = &model.list.filter;
    let mut items = Vec::new();
    let mut add = |key: char, label: &str, pick: Pick, on: bool, count: Option<usize>| {
        let count = count.map_or(String::new(), |n| format!("{n} open"));
        let right = if on { format!("{count}  on").trim().to_owned() } else { count };
        items.push(Item::new(key, label, pick).right(right));
    };
    // A facet that is on is turned off by the same letter.
    fn flip<T: PartialEq>(now: &Option<T>, value: T) -> (Option<T>, bool) {
        let on = now.as_ref() == Some(&value);
        ((!on).then_some(value), on)
    }
    for (category, key) in Category::ALL.into_iter().zip("sli".chars()) {
        let (pick, on) = flip(&filter.category, category);
        let open = model.counts.of(category).open;
        add(key, category.title(), Pick::Category(pick), on, Some(open));
    }
    for (severity, key) in Severity::ALL.into_iter().take(4).zip("1234".chars()) {
        let (pick, on) = flip(&filter.severity, severity);
        add(key, &format!("{} or worse", severity.word()), Pick::Severity(pick), on, None);
    }
    for (confidence, key) in Confidence::ALL.into_iter().take(2).zip("56".chars()) {
        let (pick, on) = flip(&filter.confidence, confidence);
        add(key, &sure(confidence), Pick::Confidence(pick), on, None);
    }
    let seconds = !model.session.policy().second_voter.is_empty();
    let states = StateFacet::ALL.into_iter().zip("odcrxnpk".chars());
    let asks = model.counts.rotation.asked > 0;
    let can_be = |state: StateFacet| match state {
        StateFacet::NeedsSecond => seconds,
        StateFacet::Unrotated => asks,
        _ => true,
    };
    for (state, key) in states.filter(|(state, _)| can_be(*state)) {
        let (pick, on) = flip(&filter.state, state);
        add(key, state.word(), Pick::State(pick), on, None);
    }
    if model.source.history {
        for (layer, key) in LayerFacet::ALL.into_iter().zip("thm".chars()) {
            let (pick, on) = flip(&filter.layer, layer);
            add(key, layer.title(), Pick::Layer(pick), on, None);
        }
    }
    items.push(Item::new('a', "show all", Pick::ClearFilter));
    open(model, "Show only", items, "a filter never changes a count; Esc leaves");
}

pub(super) fn reasons(model: &mut Model) {
    // A licensing gap has a list of its own.
    let gap = model.shown().is_some_and(|idx| super::mending::is_gap(model, idx));
    let all: Vec<Reason> = match gap {
        true => {
            let mut all = Reason::choices(Verdict::Approve, Some(Class::Licence));
            all.push(Reason::InternalOnly);
            all
        }
        false => Reason::ALL.into_iter().filter(|why| !why.is_about_licences()).collect(),
    };
    let now = model.reason;
    let mut items: Vec<Item> = all
        .into_iter()
        .zip("123456789abcdef".chars())
        .map(|(why, key)| {
            let on = if now == Some(why) { "now" } else { verdicts(why) };
            Item::new(key, why.title(), Pick::Reason(Some(why))).right(on)
        })
        .collect();
    items.push(Item::new('0', "no reason", Pick::Reason(None)));
    let then = match gap {
        true => "then press {approve} or {exclude}",
        false => "then press {approve}, {redact}, {exclude} or {defer}",
    };
    open(model, "Reason for the next verdict", items, then);
}

/// The keys of the verdicts that a reason fits.
fn verdicts(why: Reason) -> &'static str {
    use crate::domain::Verdict as V;
    let fits = |verdict| Reason::choices(verdict, None).contains(&why);
    match (fits(V::Approve), fits(V::Redact), fits(V::Exclude)) {
        (true, ..) => "a",
        (_, true, true) => "r x",
        (_, true, _) => "r",
        _ => "x",
    }
}
