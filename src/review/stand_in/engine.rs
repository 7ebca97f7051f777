// SPDX-License-Identifier: MIT OR Apache-2.0
//! Gives every value its stand-in: no two share one, and what belongs together stays together.

use std::collections::{HashMap, HashSet};

use super::atoms::{Atoms, Kind};
use crate::domain::stand_in::{Hole, Template, host_in};

/// What a value is known by. Case makes no other value of a name, but of a secret.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// A name, an address, an id: in lower case.
    Plain(String),
    /// A credential. That some other value is written like it must not show.
    Secret(String),
    /// A value for which a reviewer wrote a template for some of its places.
    Own(String, String),
}

impl Key {
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Plain(text) | Self::Secret(text) | Self::Own(_, text) => text,
        }
    }
}

/// How a value came to its stand-in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Given {
    /// As its rule says; it may still change with what else is found.
    #[default]
    Proposed,
    /// As its rule says, and remembered since the value was redacted.
    Remembered,
    /// A reviewer chose it.
    Chosen,
    /// A reviewer chose one that another value has, so it has that of its rule.
    Taken,
    /// There is none: a network wider than a stand-in keeps apart stays until somebody chooses.
    Asks,
}

/// A value that wants a stand-in.
pub(super) struct Item {
    pub(super) key: Key,
    pub(super) template: Template,
    /// Whether it is a network wider than what a stand-in keeps apart.
    pub(super) wide: bool,
    pub(super) to: Option<String>,
    pub(super) given: Given,
    /// The number that was remembered.
    number: Option<usize>,
    done: bool,
}

impl Item {
    pub(super) fn new(key: Key, template: Template, wide: bool) -> Self {
        let given = Given::Proposed;
        Self { key, template, wide, to: None, given, number: None, done: false }
    }
}

/// What the votes say: which item gets which stand-in.
pub(super) struct Pin {
    /// None for a value that is not there any more; what it had is not given to another.
    pub(super) item: Option<usize>,
    pub(super) to: String,
    pub(super) chosen: bool,
    /// What it had before a reviewer chose.
    pub(super) before: Option<String>,
}

/// Everything that is given away so far.
pub(super) struct Engine {
    pub(super) items: Vec<Item>,
    by_key: HashMap<Key, usize>,
    atoms: Atoms,
    next: HashMap<String, usize>,
    /// Items that are being worked out: a template that asks for itself gets its fallback.
    busy: HashSet<usize>,
    /// What items would have whose stand-in a reviewer chose. It goes to nobody else, so that a
    /// choice changes nothing but what it is about.
    spared: HashMap<String, usize>,
}

impl Engine {
    /// Gives all `items` their stand-ins, in this order; what `pins` say comes first.
    pub(super) fn run(items: Vec<Item>, pins: &[Pin]) -> Self {
        let by_key = items.iter().enumerate().map(|(i, item)| (item.key.clone(), i)).collect();
        let real = items.iter().map(|item| item.key.text().to_lowercase()).collect();
        let mut engine = Self {
            items,
            by_key,
            atoms: Atoms::new(real),
            next: HashMap::new(),
            busy: HashSet::new(),
            spared: HashMap::new(),
        };
        for pin in pins {
            match pin.item {
                Some(item) if pin.chosen => {
                    engine.choose(item, &pin.to);
                    engine.keep_spare(item, pin.before.as_deref());
                }
                Some(item) => engine.remember(item, &pin.to),
                None => engine.atoms.take(&pin.to),
            }
        }
        // What a chosen one would have is taken in its turn.
        let remembered = pins.iter().filter(|pin| !pin.chosen).filter_map(|pin| pin.item);
        let mut seen = HashSet::new();
        for item in remembered.chain(0..engine.items.len()).filter(|item| seen.insert(*item)) {
            match engine.items[item].given {
                Given::Chosen => engine.spare(item),
                _ => _ = engine.resolve(item),
            }
        }
        engine
    }

    pub(super) fn find(&self, key: &Key) -> Option<usize> {
        self.by_key.get(key).copied()
    }

    /// Returns whether `item` may have it: no other value has it, and it is no value itself.
    pub(super) fn is_free_for(&self, item: usize, to: &str) -> bool {
        self.atoms.is_free(to) || self.spared.get(&to.to_lowercase()) == Some(&item)
    }

    /// Keeps for an item what it had before a reviewer chose.
    fn keep_spare(&mut self, item: usize, before: Option<&str>) {
        let chosen = self.items[item].given == Given::Chosen;
        if let Some(before) = before.filter(|to| chosen && self.atoms.is_free(to)) {
            self.atoms.take(before);
            self.spared.insert(before.to_lowercase(), item);
        }
    }

    /// Takes what an item would have whose stand-in was chosen.
    fn spare(&mut self, i: usize) {
        let template = self.items[i].template.clone();
        let text = self.items[i].key.text().to_owned();
        let to = match template.whole() {
            _ if self.items[i].wide || template.is_fixed() => return,
            _ if self.spared.values().any(|item| *item == i) => return,
            Some(Hole::Host) => self.atoms.spare(Kind::Host, host_in(&text).unwrap_or(&text)),
            Some(Hole::Dn) => return,
            Some(hole) if !hole.is_number() => self.atoms.spare(Kind::of(hole), &text),
            _ => self.filled(i, &template, &text),
        };
        if self.items[i].to.as_deref() != Some(to.as_str()) {
            self.spared.insert(to.to_lowercase(), i);
        }
    }

    /// Gives an item what a reviewer chose for it.
    fn choose(&mut self, item: usize, to: &str) {
        let fixed = |item: &Item| item.given == Given::Chosen;
        if fixed(&self.items[item]) {
            return;
        }
        if !self.atoms.is_free(to) {
            self.items[item].given = Given::Taken;
            return;
        }
        self.atoms.take(to);
        let item = &mut self.items[item];
        item.to = Some(to.to_owned());
        (item.given, item.done) = (Given::Chosen, true);
        let text = item.key.text().to_owned();
        match item.template.whole() {
            Some(Hole::Host) => self.atoms.set(Kind::Host, host_in(&text).unwrap_or(&text), to),
            Some(hole) => self.atoms.set(Kind::of(hole), &text, to),
            None => {}
        }
    }

    /// Reads off a remembered stand-in how its parts were made.
    fn remember(&mut self, item: usize, to: &str) {
        let Item { template, key, given, wide, .. } = &self.items[item];
        if *given == Given::Chosen || *wide {
            return;
        }
        let Some(parts) = template.read(to) else { return };
        let text = key.text().to_owned();
        let mut number = None;
        for (hole, part) in parts {
            match hole {
                hole if hole.is_number() => number = hole.read(part),
                Hole::Host => {
                    if let Some(host) = host_in(&text).map(str::to_lowercase) {
                        self.atoms.learn(Kind::Host, &host, part);
                    }
                }
                Hole::Dn => self.learn_dn(&text, part),
                hole => self.atoms.learn(Kind::of(hole), &text, part),
            }
        }
        let item = &mut self.items[item];
        item.number = item.number.or(number);
        if item.given == Given::Proposed {
            item.given = Given::Remembered;
        }
    }

    /// Works an item out, if that was not done yet, and returns its stand-in.
    fn resolve(&mut self, i: usize) -> Option<String> {
        if self.items[i].done {
            return self.items[i].to.clone();
        }
        if self.items[i].wide {
            self.items[i].done = true;
            if self.items[i].given != Given::Taken {
                self.items[i].given = Given::Asks;
            }
            return None;
        }
        let template = self.items[i].template.clone();
        let text = self.items[i].key.text().to_owned();
        let to = self.filled(i, &template, &text);
        let item = &mut self.items[i];
        item.to = Some(to.clone());
        item.done = true;
        Some(to)
    }

    /// Fills the holes of the template of an item.
    fn filled(&mut self, i: usize, template: &Template, text: &str) -> String {
        self.busy.insert(i);
        let mut filled: HashMap<Hole, String> = HashMap::new();
        for hole in template.holes().filter(|hole| !hole.is_number()) {
            let part = self.part(hole, text);
            filled.insert(hole, part);
        }
        let to = self.numbered(i, template, &filled);
        self.busy.remove(&i);
        to
    }

    /// Fills the numbers in: the remembered one if nobody else has it, else the next that is free.
    fn numbered(
        &mut self,
        i: usize,
        template: &Template,
        filled: &HashMap<Hole, String>,
    ) -> String {
        let make = |n: usize| {
            template.filled(|hole| match hole {
                hole if hole.is_number() => hole.number(n),
                hole => filled.get(&hole).cloned().unwrap_or_default(),
            })
        };
        if !template.holes().any(Hole::is_number) {
            let to = make(1);
            if !template.is_fixed() {
                self.atoms.take(&to);
            }
            return to;
        }
        if let Some(to) = self.items[i].number.map(make).filter(|to| self.atoms.is_free(to)) {
            self.atoms.take(&to);
            return to;
        }
        if self.items[i].given == Given::Remembered {
            self.items[i].given = Given::Proposed;
        }
        let series =
            template.filled(|hole| if hole.is_number() { "{n}".into() } else { "*".into() });
        let next = self.next.entry(series).or_default();
        loop {
            *next += 1;
            let to = make(*next);
            if self.atoms.is_free(&to) {
                self.atoms.take(&to);
                return to;
            }
        }
    }

    /// Returns what takes the place of the part of `text` that `hole` stands for.
    fn part(&mut self, hole: Hole, text: &str) -> String {
        match hole {
            Hole::Host => self.host(text),
            Hole::Dn => self.dn(text),
            hole => self.atoms.get(Kind::of(hole), text),
        }
    }

    /// Returns the stand-in of the host in `text`, which is that of the same host found alone.
    fn host(&mut self, text: &str) -> String {
        let Some(host) = host_in(text).map(str::to_lowercase) else {
            return "example.com".into();
        };
        let alone = self.find(&Key::Plain(host.clone())).filter(|item| !self.busy.contains(item));
        match alone.and_then(|item| self.resolve(item)) {
            // What a rule calls it may be no name of a host.
            Some(to) if host_in(&to) == Some(to.as_str()) => to,
            _ => self.atoms.get(Kind::Host, &host),
        }
    }

    /// Returns a distinguished name with the same attributes, and the domain's own stand-in.
    fn dn(&mut self, text: &str) -> String {
        let (names, domain) = split_dn(text);
        let domain = if domain.is_empty() { domain } else { self.host(&domain) };
        let mut out: Vec<String> = Vec::new();
        for (name, value) in names {
            let key = format!("{name}={value}");
            out.push(format!("{name}={}", self.atoms.get(Kind::Name, &key)));
        }
        out.extend(domain.split('.').filter(|l| !l.is_empty()).map(|label| format!("dc={label}")));
        out.join(",")
    }
    fn learn_dn(&mut self, text: &str, to: &str) {
        let ((names, domain), (new, new_domain)) = (split_dn(text), split_dn(to));
        if !domain.is_empty() && !new_domain.is_empty() {
            self.atoms.learn(Kind::Host, &domain, &new_domain);
        }
        for ((name, value), (_, to)) in names.iter().zip(new) {
            self.atoms.learn(Kind::Name, &format!("{name}={value}"), to);
        }
    }
}

/// Returns the attributes of a distinguished name but for its domain, and that with dots.
fn split_dn(text: &str) -> (Vec<(&str, &str)>, String) {
    let parts = text.split(',').map(|part| part.split_once('=').unwrap_or((part, "")));
    let parts = parts.map(|(name, value)| (name.trim(), value.trim()));
    let (domain, names): (Vec<_>, Vec<_>) =
        parts.partition(|(name, _)| name.eq_ignore_ascii_case("dc"));
    let domain: Vec<&str> = domain.into_iter().map(|(_, label)| label).collect();
    (names, domain.join("."))
}
