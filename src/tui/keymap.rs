// SPDX-License-Identifier: MIT OR Apache-2.0
//! Which keys a command has: those of the table, or the reviewer's own.
//!
//! Key handling, footer, help, palette and hints all ask here. Letters of menus are not commands
//! and stay as they are.

use std::{borrow::Cow, collections::BTreeMap};

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    command::Command,
    model::Screen,
    settings::{Reader, any_of},
    table::{Entry, TABLE},
};

/// Keys that have a name instead of a sign.
const NAMED: [&str; 15] = [
    "Space",
    "Enter",
    "Esc",
    "Tab",
    "S-Tab",
    "Up",
    "Down",
    "Left",
    "Right",
    "Home",
    "End",
    "PgUp",
    "PgDn",
    "Backspace",
    "Del",
];

/// Keys that move or close wherever one is, and so never decide, whatever is configured. Whoever
/// reads a text turns the page with Space.
const HARMLESS: [&str; 13] = [
    "Enter", "Esc", "Tab", "S-Tab", "Up", "Down", "Left", "Right", "Home", "End", "PgUp", "PgDn",
    "Space",
];

/// The way out that nothing can take away.
const LEAVE: &str = "C-c";

/// The keys of every command on every screen.
#[derive(Clone, Debug)]
pub struct Keys {
    bound: Vec<Bound>,
}

#[derive(Clone, Debug)]
struct Bound {
    entry: &'static Entry,
    /// By screen, in the order of [`Screen::ALL`].
    on: [Hand; Screen::ALL.len()],
}

#[derive(Clone, Debug, Default)]
struct Hand {
    keys: Vec<Cow<'static, str>>,
    /// Where in the configuration they stand, if they are the reviewer's own.
    at: Option<usize>,
}

static NONE: Hand = Hand { keys: Vec::new(), at: None };

impl Bound {
    fn on(&self, screen: Screen) -> &Hand {
        self.on.get(screen as usize).unwrap_or(&NONE)
    }
}

impl Default for Keys {
    fn default() -> Self {
        let bound = TABLE.iter().map(|entry| Bound {
            entry,
            on: Screen::ALL.map(|screen| {
                let keys = if entry.works_on(screen) { entry.keys } else { &[] };
                Hand { keys: keys.iter().map(|key| Cow::Borrowed(*key)).collect(), at: None }
            }),
        });
        Self { bound: bound.collect() }
    }
}

impl Keys {
    /// Returns the command of `key` on `screen`.
    pub(crate) fn lookup(&self, key: KeyEvent, screen: Screen) -> Option<&'static Entry> {
        let name = name_of(key)?;
        let fits = |bound: &&Bound| bound.on(screen).keys.contains(&Cow::Borrowed(&*name));
        self.bound.iter().find(fits).map(|bound| bound.entry)
    }

    /// Returns the keys of `command` on `screen`, or where it works if it does not there.
    pub(crate) fn of(&self, command: Command, screen: Screen) -> &[Cow<'static, str>] {
        let Some(bound) = self.bound.iter().find(|bound| bound.entry.command == command) else {
            return &[];
        };
        let works = |screen: &Screen| bound.entry.works_on(*screen);
        let there = Some(screen).filter(works).or_else(|| Screen::ALL.into_iter().find(works));
        there.map_or(&[], |screen| &bound.on(screen).keys)
    }

    /// Returns the key to name when `command` is to be pressed; without one it can be typed.
    pub(crate) fn first(&self, command: Command, screen: Screen) -> Cow<'static, str> {
        let first = self.of(command, screen).first().cloned();
        first.unwrap_or_else(|| Cow::Owned(format!(":{}", command.name())))
    }

    /// Returns `text` with the first key of a command for each `{name}`.
    pub(crate) fn fill(&self, text: &'static str, screen: Screen) -> Cow<'static, str> {
        if !text.contains('{') {
            return Cow::Borrowed(text);
        }
        let mut parts = text.split('{');
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (name, after) = part.split_once('}').unwrap_or((part, ""));
            let key = Command::named(name).map_or(Cow::Borrowed(name), |c| self.first(c, screen));
            out.push_str(&key);
            out.push_str(after);
        }
        Cow::Owned(out)
    }

    /// Reads the table `[keys]`: `command = ["key", …]` for all screens, `[keys.on.SCREEN]` for
    /// one of them.
    pub(super) fn read<'a>(reader: &mut Reader<'a>, table: &DeTable<'a>) -> Self {
        let mut keys = Self::default();
        for (key, value) in table.iter().filter(|(key, _)| key.get_ref() != "on") {
            keys.set(reader, key.get_ref(), (key.span().start, value), &Screen::ALL);
        }
        // One screen says more than all of them, wherever it stands in the file.
        let on = table.iter().find(|(key, _)| key.get_ref() == "on");
        let on = on.and_then(|(_, value)| reader.table("keys.on", value));
        for (key, value) in on.into_iter().flatten() {
            let name = key.get_ref();
            let Some(screen) = Screen::ALL.into_iter().find(|screen| screen.name() == name) else {
                let screens = any_of(Screen::ALL.into_iter().map(Screen::name));
                let message = format!("keys.on.{name}: no such screen; there are {screens}");
                reader.wrong(key.span().start, message);
                continue;
            };
            let table = reader.table(&format!("keys.on.{name}"), value);
            for (key, value) in table.into_iter().flatten() {
                keys.set(reader, key.get_ref(), (key.span().start, value), &[screen]);
            }
        }
        keys.conflicts(reader);
        keys
    }

    fn set<'a>(
        &mut self,
        reader: &mut Reader<'a>,
        name: &str,
        (at, value): (usize, &Spanned<DeValue<'a>>),
        screens: &[Screen],
    ) {
        let known = Command::named(name);
        let bound = self.bound.iter_mut().find(|bound| Some(bound.entry.command) == known);
        let Some(bound) = bound else {
            let near = Command::names().filter(|known| alike(known, name));
            let near = any_of(near.take(4).map(|name| name as &str));
            let hint = if near.is_empty() { near } else { format!("; did you mean {near}?") };
            let message = format!("{name}: no such command, docs/keys.md lists them{hint}");
            return reader.wrong(at, message);
        };
        if let ([screen], false) = (screens, screens.iter().any(|s| bound.entry.works_on(*s))) {
            let message = format!("{name}: does nothing on the screen {}", screen.name());
            return reader.wrong(at, message);
        }
        let mut keys: Vec<Cow<'static, str>> = Vec::new();
        for (span, key) in reader.strings(name, value).unwrap_or_default() {
            if let Err(why) = check(key, bound.entry.decides) {
                reader.wrong(span.start, format!("{name}: {why}"));
            } else if !keys.contains(&Cow::Borrowed(key)) {
                keys.push(Cow::Owned(key.to_owned()));
            }
        }
        if bound.entry.command == Command::Leave && !keys.contains(&Cow::Borrowed(LEAVE)) {
            reader.wrong(at, format!("{name}: {LEAVE} always leaves, so it must stay in the list"));
        }
        for screen in screens.iter().filter(|screen| bound.entry.works_on(**screen)) {
            if let Some(hand) = bound.on.get_mut(*screen as usize) {
                *hand = Hand { keys: keys.clone(), at: Some(at) };
            }
        }
    }

    /// Names every key that would mean two things on a screen.
    fn conflicts(&self, reader: &mut Reader<'_>) {
        let mut clashes: BTreeMap<(&str, Vec<usize>), Vec<Screen>> = BTreeMap::new();
        for screen in Screen::ALL {
            let mut meanings: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
            for (i, bound) in self.bound.iter().enumerate() {
                for key in &bound.on(screen).keys {
                    meanings.entry(key).or_default().push(i);
                }
            }
            for (key, all) in meanings.into_iter().filter(|(_, all)| all.len() > 1) {
                clashes.entry((key, all)).or_default().push(screen);
            }
        }
        for ((key, all), screens) in clashes {
            let at = |i: &usize| self.bound[*i].on(screens[0]).at;
            let name = |i: &usize| {
                let name = self.bound[*i].entry.command.name();
                match at(i) {
                    Some(at) => format!("{name} (line {})", reader.line(at)),
                    None => format!("{name} (by default)"),
                }
            };
            let names: Vec<String> = all.iter().map(name).collect();
            let places: Vec<&str> = screens.iter().map(|screen| screen.name()).collect();
            let message = format!(
                "\"{key}\" would mean {} on {}: give one of them another key, or none with []",
                names.join(" and "),
                places.join(", ")
            );
            reader.wrong(all.iter().filter_map(at).max().unwrap_or_default(), message);
        }
    }
}

/// Returns why `key` can't be a key of a command.
fn check(key: &str, decides: bool) -> Result<(), String> {
    let sign = |text: &str| {
        let mut chars = text.chars();
        chars.next().filter(|c| chars.next().is_none() && !c.is_whitespace() && !c.is_control())
    };
    let ctrl = key.strip_prefix("C-").and_then(sign);
    let function = key.strip_prefix('F').and_then(|n| n.parse::<u8>().ok());
    if let Some(c @ ('i' | 'm')) = ctrl {
        let same = if c == 'i' { "Tab" } else { "Enter" };
        return Err(format!("a terminal sends {same} for \"{key}\""));
    }
    let known = NAMED.contains(&key)
        || sign(key).is_some()
        || ctrl.is_some_and(|c| c.is_ascii_lowercase())
        || key.strip_prefix("M-").and_then(sign).is_some()
        || function.is_some_and(|n| (1..=12).contains(&n) && key == format!("F{n}"));
    if !known {
        return Err(format!(
            "there is no key \"{key}\"; a key is one character, C-a to C-z, M- and a character, \
             F1 to F12, {}",
            any_of(NAMED)
        ));
    }
    if decides && HARMLESS.contains(&key) {
        return Err(format!("\"{key}\" moves or closes and must never decide"));
    }
    Ok(())
}

/// Returns whether a name may be meant by another: one holds a part of the other.
fn alike(known: &str, typed: &str) -> bool {
    let parts = |text: &str| {
        let parts = text.split(['-', '_', ' ']).map(str::to_ascii_lowercase);
        parts.filter(|part| part.len() > 2).collect::<Vec<_>>()
    };
    let typed = parts(typed);
    parts(known).iter().any(|part| {
        typed.iter().any(|other| part.starts_with(&**other) || other.starts_with(&**part))
    })
}

/// Returns the name of a key: `j`, `G`, `C-d`, `Enter`.
pub(crate) fn name_of(key: KeyEvent) -> Option<String> {
    let plain = match key.code {
        KeyCode::Char(' ') => "Space",
        KeyCode::Char(c) => {
            let c = c.to_string();
            return Some(match () {
                () if key.modifiers.contains(KeyModifiers::CONTROL) => {
                    format!("C-{}", c.to_lowercase())
                }
                () if key.modifiers.contains(KeyModifiers::ALT) => format!("M-{c}"),
                () => c,
            });
        }
        KeyCode::Enter => "Enter",
        KeyCode::Esc => "Esc",
        KeyCode::Tab => "Tab",
        KeyCode::BackTab => "S-Tab",
        KeyCode::Up => "Up",
        KeyCode::Down => "Down",
        KeyCode::Left => "Left",
        KeyCode::Right => "Right",
        KeyCode::Home => "Home",
        KeyCode::End => "End",
        KeyCode::PageUp => "PgUp",
        KeyCode::PageDown => "PgDn",
        KeyCode::Backspace => "Backspace",
        KeyCode::Delete => "Del",
        KeyCode::F(n) => return Some(format!("F{n}")),
        _ => return None,
    };
    Some(plain.to_owned())
}
