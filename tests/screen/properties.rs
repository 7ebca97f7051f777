// SPDX-License-Identifier: MIT OR Apache-2.0
//! Whatever keys are pressed in whatever order.

use debut::{
    domain::{Layer, Severity, TextOf},
    ops::Event,
    tui::{Msg, Theme},
};
use proptest::prelude::*;
use ratatui::crossterm::event::{
    KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

use crate::{fixture::SECRETS, harness::World, past::PAST_SECRETS};

#[derive(Clone, Debug)]
enum Act {
    Key(KeyCode, bool),
    Resize(u16, u16),
    Click(u16, u16),
    Wheel(bool),
    Paste(String),
    Rescan,
    Again,
    Learned,
    Tick,
}

/// Any key but `*`, which shows values.
fn key() -> impl Strategy<Value = Act> {
    let named = prop::sample::select(vec![
        KeyCode::Enter,
        KeyCode::Esc,
        KeyCode::Tab,
        KeyCode::Up,
        KeyCode::Down,
        KeyCode::Left,
        KeyCode::Right,
        KeyCode::Home,
        KeyCode::End,
        KeyCode::PageDown,
        KeyCode::PageUp,
        KeyCode::Backspace,
        KeyCode::Delete,
        KeyCode::F(1),
    ]);
    let letters = "abcdefghijklmnopqrstuvwxyzAERXUNGDHS1234567890/?:[]{}.=-% ";
    let letter = prop::sample::select(letters.chars().collect::<Vec<_>>()).prop_map(KeyCode::Char);
    let ctrl = prop::sample::select(vec!['d', 'u', 'p', 'n', 'w', 'z'])
        .prop_map(|c| Act::Key(KeyCode::Char(c), true));
    prop_oneof![
        6 => letter.prop_map(|code| Act::Key(code, false)),
        3 => named.prop_map(|code| Act::Key(code, false)),
        1 => ctrl,
    ]
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        20 => key(),
        1 => (20..180_u16, 4..60_u16).prop_map(|(w, h)| Act::Resize(w, h)),
        1 => (0..180_u16, 0..60_u16).prop_map(|(x, y)| Act::Click(x, y)),
        1 => any::<bool>().prop_map(Act::Wheel),
        1 => "[a-z0-9]{0,6}".prop_map(Act::Paste),
        1 => Just(Act::Tick),
        1 => Just(Act::Rescan),
        1 => Just(Act::Again),
        1 => Just(Act::Learned),
    ]
}

/// Where the keys begin: few of them would lead to each screen.
fn start() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["", "2", "7", "7 Tab w", "7 n", "7 D a"])
}

fn perform(world: &mut World, act: &Act) {
    let mouse = |kind, column, row| {
        Msg::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE })
    };
    match act {
        Act::Key(code, ctrl) => {
            let mods = if *ctrl { KeyModifiers::CONTROL } else { KeyModifiers::NONE };
            world.send(Msg::Key(KeyEvent::new(*code, mods)));
        }
        Act::Resize(w, h) => world.send(Msg::Resize(*w, *h)),
        Act::Click(x, y) => {
            world.send(mouse(MouseEventKind::Down(MouseButton::Left), *x, *y));
        }
        Act::Wheel(true) => world.send(mouse(MouseEventKind::ScrollDown, 1, 1)),
        Act::Wheel(false) => world.send(mouse(MouseEventKind::ScrollUp, 1, 1)),
        Act::Paste(text) => world.send(Msg::Paste(text.clone())),
        Act::Tick => world.send(Msg::Tick),
        Act::Again => {
            world.event(Event::Again);
            world.scan();
        }
        Act::Learned => world.event(Event::Learned(crate::own_words::learned().into())),
        Act::Rescan => {
            let history = world.model.scans_history();
            let source = debut::ops::SourceInfo { history, ..Default::default() };
            world.event(Event::Started { source, resume: None });
            world.scan();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn nothing_breaks_and_no_secret_is_seen(
        acts in prop::collection::vec(act(), 1..60),
        past in any::<bool>(),
        start in start(),
        size in prop::sample::select(vec![(120, 40), (60, 16)]),
    ) {
        let theme = Theme::new(true, false);
        let mut world =
            if past { World::with_past(theme, size) } else { World::scanned(theme, size) };
        world.press(start);
        for act in &acts {
            let before = world.model.counts().total.groups;
            perform(&mut world, act);
            let (cursor, rows) = world.model.cursor();
            prop_assert!(cursor < rows.max(1), "row {cursor} of {rows}");
            prop_assert_eq!(world.model.counts().total.groups, before, "population");
            // The list of commands can show values as well as the key that no script has here.
            let masked: &[&str] = if world.model.unmasked() { &[] } else { &SECRETS };
            let text = world.text();
            for secret in masked.iter().chain(PAST_SECRETS.iter().filter(|_| !masked.is_empty())) {
                prop_assert!(!text.contains(secret), "{secret} after {act:?}\n{text}");
            }
        }
    }

    #[test]
    fn undoing_everything_is_as_if_nothing_was_decided(
        acts in prop::collection::vec(key(), 1..60),
        start in start(),
    ) {
        let mut world = World::mono((120, 40));
        world.press(start);
        acts.iter().for_each(|act| perform(&mut world, act));
        world.press("Esc Esc 1 2");
        for _ in 0..80 {
            world.press("u");
        }
        prop_assert!(world.verdicts().iter().all(Option::is_none));
        let counts = world.model.counts().read;
        prop_assert_eq!((counts.read, counts.drawn), (0, 0));
        let session = world.model.session();
        let left_out = |file: &debut::review::TreeFile| session.file_verdict(&file.path);
        prop_assert!(session.files().iter().all(|file| left_out(file).is_none()));
        prop_assert_eq!(world.model.session().history().0, 0);
    }

    #[test]
    fn moving_and_closing_never_decide(
        acts in prop::collection::vec(act(), 1..80),
        start in prop::sample::select(vec!["2", "7", "7 Tab w", "7 n"]),
    ) {
        let mut world = World::mono((120, 40));
        world.press(start);
        let harmless = |act: &&Act| match act {
            // Letters that open something that could decide stay in; those that decide go.
            Act::Key(KeyCode::Char(c), false) => "ARXDgftc?:ipjkhlnN]}1234567 ".contains(*c),
            _ => true,
        };
        for act in acts.iter().filter(harmless) {
            // In a menu a letter decides, and that is its purpose.
            let letter = matches!(act, Act::Key(KeyCode::Char(_), false) | Act::Paste(_));
            if !(letter && world.model.has_overlay()) {
                perform(&mut world, act);
            }
        }
        prop_assert!(world.journal.is_empty());
    }
}

/// Parts of a file, some of which are secrets of several lines, cut into by other findings, or
/// repeated where nothing was flagged.
const PARTS: [&str; 8] = [
    "plain: words\n",
    "key: |\n-----BEGIN THE BLOCK-----\nMIIEpAIBAAKCAQEA7bq2\nZx81kfPw0Gq9sVtLm3Rc\n-----END THE BLOCK-----\n",
    "url: https://svc:Tr0ub4dor-and-3@db1.corp.example.net:5432/x?opt=Correct-Horse\n",
    "copy of Correct-Horse, unflagged\n",
    "\ttab\tTr0ub4dor-and-3\tend\n",
    "line: MIIEpAIBAAKCAQEA7bq2 alone\n",
    "wide: \u{65e5}\u{672c}\u{8a9e}Correct-Horse\u{202e}\n",
    "host: db1.corp.example.net\n",
];

const PEM: &str = "-----BEGIN THE BLOCK-----\nMIIEpAIBAAKCAQEA7bq2\nZx81kfPw0Gq9sVtLm3Rc\n-----END THE BLOCK-----";
const URL: &str = "https://svc:Tr0ub4dor-and-3@db1.corp.example.net:5432/x?opt=Correct-Horse";

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn secrets_of_any_shape_stay_masked_in_every_version(
        versions in prop::collection::vec(prop::collection::vec(0..PARTS.len() + 2, 1..12), 1..5),
        metadata in any::<bool>(),
        size in prop::sample::select(vec![(60, 16), (100, 30), (160, 45)]),
        moves in prop::collection::vec(prop::sample::select(vec!["j", "}", "Tab", "p", "Esc", "w", "C-d", "r", "gf", "gv", "gm", "ga", "G", "i", "b", "n", "7", "2", "Space"]), 1..30),
    ) {
        let part = |i: &usize| match i.checked_sub(PARTS.len()) {
            None => PARTS[*i],
            Some(0) => "word: Winterfell\n",
            Some(_) => "dir: /srv/Winterfell-2\npin: 7k!\n",
        };
        let path = if metadata { ".git/messages" } else { "a/b.yml" };
        let mut world = World::empty(Theme::new(false, false), size, Vec::new());
        let rules = crate::fixture::rules();
        let password = "sensitive/password-assignment";
        let mut told = std::collections::HashSet::new();
        let mut all = String::new();
        for (i, parts) in versions.iter().enumerate() {
            let text: String = parts.iter().map(part).collect();
            let id: std::sync::Arc<str> = format!("{i:040}").into();
            let layer = if metadata { Layer::Object(id) } else { Layer::Past(id) };
            let of = TextOf { path: crate::fixture::path(path), layer: layer.clone() };
            world.past.insert(of, text.clone());
            for (rule, severity, value) in [
                (password, Severity::Critical, PEM),
                (password, Severity::High, URL),
                (password, Severity::High, "Tr0ub4dor-and-3@db1"),
                (password, Severity::High, "Winterfell"),
                (password, Severity::High, "7k!"),
                ("internal/host-name", Severity::Medium, "db1.corp.example.net"),
                ("internal/host-name", Severity::Medium, "words"),
            ] {
                // A place is told once, whatever the number of versions that have it.
                let mut found = crate::fixture::find(&rules, (rule, severity, value), path, &text);
                found.retain(|new| told.insert(new.id.clone()));
                found.iter_mut().for_each(|new| new.finding.layer = layer.clone());
                world.event(Event::Found(found));
            }
            all.push_str(&text);
        }
        world.finish();
        world.press("2");
        let flagged = [
            (PEM, vec!["MIIEpAIBAAKCAQEA7bq2", "Zx81kfPw0Gq9sVtLm3Rc", "END THE"]),
            (URL, vec![URL, "svc:Tr0ub", "opt=Correct"]),
            ("Winterfell", vec!["Winterfell"]),
            ("7k!", vec!["7k!"]),
        ];
        for key in moves {
            world.press(key);
            let shown = world.text();
            for (value, secrets) in &flagged {
                for secret in secrets.iter().filter(|_| all.contains(value)) {
                    prop_assert!(!shown.contains(secret), "{secret} after {key}\n{shown}");
                }
            }
        }
    }

    #[test]
    fn secrets_of_any_shape_stay_masked(
        parts in prop::collection::vec(0..PARTS.len(), 1..24),
        size in prop::sample::select(vec![(60, 16), (100, 30), (160, 45)]),
        moves in prop::collection::vec(prop::sample::select(vec!["j", "}", "Tab", "p", "Esc", "w", "C-d", "r", "gf", "gv", "gm", "ga", "G", "i", "7", "2", "Space", "v"]), 1..30),
    ) {
        let text: String = parts.iter().map(|i| PARTS[*i]).collect();
        let mut world = World::empty(Theme::new(false, false), size, Vec::new());
        world.files.insert(crate::fixture::path("a/b.yml"), text.clone());
        let rules = crate::fixture::rules();
        let password = "sensitive/password-assignment";
        for (rule, severity, value) in [
            (password, Severity::Critical, PEM),
            (password, Severity::High, URL),
            (password, Severity::High, "Tr0ub4dor-and-3@db1"),
            ("internal/host-name", Severity::Medium, "db1.corp.example.net"),
            ("internal/host-name", Severity::Medium, "words"),
        ] {
            let found = crate::fixture::find(&rules, (rule, severity, value), "a/b.yml", &text);
            world.event(Event::Found(found));
        }
        world.finish();
        world.press("2");
        let flagged = [
            (PEM, vec!["MIIEpAIBAAKCAQEA7bq2", "Zx81kfPw0Gq9sVtLm3Rc"]),
            (URL, vec![URL, "svc:Tr0ub", "opt=Correct"]),
        ];
        for key in moves {
            world.press(key);
            let shown = world.text();
            for (value, secrets) in &flagged {
                for secret in secrets.iter().filter(|_| text.contains(value)) {
                    prop_assert!(!shown.contains(secret), "{secret} after {key}\n{shown}");
                }
            }
        }
    }
}
