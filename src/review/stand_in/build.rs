// SPDX-License-Identifier: MIT OR Apache-2.0
//! Works out the stand-ins of a review: from what was found, in the order in which it stands, and
//! from what was remembered.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
    net::IpAddr,
    sync::Arc,
};

use super::{
    Given,
    engine::{Engine, Item, Key, Pin},
};
use crate::{
    domain::{
        Act, Class, Finding, Place, RepoPath, RuleIdx, Target, Vote,
        stand_in::{Hole, Template, wide_network},
    },
    review::{FindingIdx, GroupIdx, Session},
};

/// All stand-ins of a review.
pub(in crate::review) struct Mapping {
    pub(super) engine: Engine,
    /// The item of each value, by the keyed id of the value.
    pub(super) items: HashMap<Arc<str>, usize>,
    /// The groups of each item.
    pub(super) groups: Vec<Vec<GroupIdx>>,
    /// When each chosen stand-in was chosen.
    pub(super) chosen_at: HashMap<usize, i64>,
    /// Values that have a line in the checklist.
    pub(super) pinned: HashSet<Arc<str>>,
}

/// What comes first: the files of the commit, then by path and place.
type Rank<'s> = (bool, &'s RepoPath, &'s Place);

struct Value<'s> {
    key: Key,
    template: &'s str,
    rule: (bool, RuleIdx),
    first: Rank<'s>,
    wide: bool,
    groups: Vec<GroupIdx>,
}

impl Mapping {
    pub(super) fn new(session: &Session) -> Self {
        let mut values = values(session);
        values.extend(own(session));
        values.sort_by(|a, b| (a.first, a.key.text()).cmp(&(b.first, b.key.text())));
        let mut items = HashMap::new();
        let (mut all, mut groups) = (Vec::new(), Vec::new());
        for (i, value) in values.into_iter().enumerate() {
            if !matches!(value.key, Key::Own(..)) {
                let ids = value.groups.iter().map(|idx| (session.group(*idx).value.clone(), i));
                items.extend(ids);
            }
            all.push(Item::new(value.key, Template::new(value.template), value.wide));
            groups.push(value.groups);
        }
        let votes = pins(session);
        let pin = |vote: &&Vote| {
            let Target::StandIn(value) = &vote.target else { return None };
            let chosen = vote.act == Act::StandIn { chosen: true };
            let item = items.get(value).copied();
            let before = chosen.then(|| kept(session, &vote.target)?.to.as_deref()).flatten();
            let before = before.map(ToOwned::to_owned);
            Some(Pin { item, to: vote.to.as_deref()?.to_owned(), chosen, before })
        };
        let pins: Vec<Pin> = votes.iter().filter_map(pin).collect();
        let mut engine = Engine::run(all, &pins);
        let mut chosen_at = HashMap::new();
        for (pin, vote) in pins.iter().zip(&votes) {
            let Some(item) = pin.item else { continue };
            let is = &mut engine.items[item];
            match (pin.chosen, is.given) {
                (true, Given::Chosen) if is.to.as_deref() == Some(pin.to.as_str()) => {
                    chosen_at.insert(item, vote.at);
                }
                (false, Given::Remembered) if is.to.as_deref() != Some(pin.to.as_str()) => {
                    is.given = Given::Proposed;
                }
                _ => {}
            }
        }
        let pinned = votes.iter().filter_map(|vote| match &vote.target {
            Target::StandIn(value) => Some(value.clone()),
            _ => None,
        });
        Self { engine, items, groups, chosen_at, pinned: pinned.collect() }
    }
}

/// Returns the values with a place in a text, each with the template that goes first.
fn values(session: &Session) -> Vec<Value<'_>> {
    let mut by_key: HashMap<Key, usize> = HashMap::new();
    let mut out: Vec<Value<'_>> = Vec::new();
    for (idx, group) in session.groups() {
        let members = || group.members.iter().map(|idx| session.finding(*idx));
        let Some(first) = members().filter(|f| f.place.span().is_some()).map(rank).min() else {
            continue;
        };
        let info = session.rules().info(group.rule);
        let template = template_of(&info.replacement);
        let Some(text) = group.members.first().map(|idx| text_of(session.finding(*idx))) else {
            continue;
        };
        let wide = Template::new(template).whole() == Some(Hole::Address)
            && members().any(|finding| is_wide(&text, finding));
        let key = key_of(info.class, text);
        // What keeps more of the value goes before what is the same for all.
        let rule = (Template::new(template).is_fixed(), group.rule);
        let at = *by_key.entry(key.clone()).or_insert(out.len());
        if at == out.len() {
            out.push(Value { key, template, rule, first, wide, groups: Vec::new() });
        }
        let value = &mut out[at];
        value.groups.push(idx);
        value.first = value.first.min(first);
        value.wide |= wide;
        if rule < value.rule {
            (value.rule, value.template) = (rule, template);
        }
    }
    out
}

/// Returns those for whose places a reviewer wrote a template of their own.
fn own(session: &Session) -> Vec<Value<'_>> {
    let mut by_key: HashMap<Key, usize> = HashMap::new();
    let mut out: Vec<Value<'_>> = Vec::new();
    for (idx, finding) in session.findings() {
        let Some(template) = own_template(session, idx) else { continue };
        if finding.place.span().is_none() || Template::new(template).is_fixed() {
            continue;
        }
        let key = Key::Own(template.to_owned(), text_of(finding));
        let first = rank(finding);
        let at = *by_key.entry(key.clone()).or_insert(out.len());
        if at == out.len() {
            let rule = (false, finding.rule);
            out.push(Value { key, template, rule, first, wide: false, groups: Vec::new() });
        }
        out[at].first = out[at].first.min(first);
    }
    out
}

/// Returns what a reviewer wrote for this very place.
pub(super) fn own_template(session: &Session, idx: FindingIdx) -> Option<&str> {
    session.standing(idx).vote.and_then(|vote| session.vote(vote))?.to.as_deref()
}

pub(super) fn template_of(replacement: &str) -> &str {
    if replacement.is_empty() { "REDACTED" } else { replacement }
}

pub(super) fn key_of(class: Class, text: String) -> Key {
    match class {
        Class::Credential => Key::Secret(text),
        _ => Key::Plain(text.to_lowercase()),
    }
}

/// Returns the text of a value without the quotes around it.
pub(super) fn text_of(finding: &Finding) -> String {
    let text = String::from_utf8_lossy(finding.value.expose());
    let quote = |c: char| matches!(c, '"' | '\'' | '`') || c.is_ascii_whitespace();
    text.trim_matches(quote).replace('\r', "")
}

fn rank(finding: &Finding) -> Rank<'_> {
    (!finding.layer.is_tree(), &finding.path, &finding.place)
}

/// Returns whether the length of a wide network follows the address.
fn is_wide(text: &str, finding: &Finding) -> bool {
    let Ok(ip) = text.parse::<IpAddr>() else { return false };
    let context = finding.context.expose();
    memchr::memmem::find_iter(context, b"\0/").any(|at| {
        let digits = context[at + 2..].iter().take_while(|b| b.is_ascii_digit()).take(4);
        let digits: String = digits.map(|b| char::from(*b)).collect();
        digits.parse().is_ok_and(|bits| wide_network(ip, bits))
    })
}

/// Returns the vote that first remembered what a value got.
pub(super) fn kept<'s>(session: &'s Session, target: &Target) -> Option<&'s Vote> {
    let remembers = Act::StandIn { chosen: false };
    let all = session.ballot.on(target).filter(|vote| vote.act == remembers);
    all.min_by_key(|vote| (vote.at, &vote.by))
}

/// Returns the vote in force on each value: the last that a reviewer chose, else the first that
/// was remembered. The first in the list goes first where two want the same.
fn pins(session: &Session) -> Vec<&Vote> {
    let mut out: Vec<&Vote> = Vec::new();
    for target in session.ballot.targets().filter(|target| matches!(target, Target::StandIn(_))) {
        let last = session.ballot.last(target).into_iter().filter_map(|vote| session.vote(vote));
        let last: Vec<&Vote> = last.collect();
        let of = |chosen: bool| {
            let act = Act::StandIn { chosen };
            last.iter().copied().filter(move |vote| vote.act == act && vote.to.is_some())
        };
        let chosen = of(true).max_by_key(|vote| (vote.at, Reverse(&vote.by)));
        let remembered = of(false).min_by_key(|vote| (vote.at, &vote.by, &vote.to));
        out.extend(chosen.or(remembered));
    }
    out.sort_by_key(|vote| (vote.act == Act::StandIn { chosen: false }, vote.at, &vote.target));
    out
}
