// SPDX-License-Identifier: MIT OR Apache-2.0
//! The policy about licences: asked about once, after the words, and answered for at any time.

use std::sync::Arc;

use debut::{
    domain::{Headers, Licensing, Policy},
    ops::{Event, LicensingGuess},
    tui::{Msg, Screen, Theme},
};

use crate::harness::World;

const SMALL: (u16, u16) = (60, 16);
const MEDIUM: (u16, u16) = (100, 30);

fn mono() -> Theme {
    Theme::new(false, false)
}

fn guess() -> LicensingGuess {
    let licensing = Licensing {
        outbound: Some("Apache-2.0".into()),
        owners: vec!["Example GmbH".into(), "example.com".into()],
        headers: Some(Headers::New),
        reuse: Some(false),
        third_party: vec!["vendor/**".into()],
        accepted: Vec::new(),
    };
    let why = [
        ("outbound", "package.json and the licence text"),
        ("owners", "Example GmbH: the licence text; example.com: authors' addresses"),
        ("headers", "41 of 97 source files have one"),
        ("reuse", "no LICENSES, no REUSE.toml"),
        ("third_party", "vendor: 310 files"),
    ];
    let why = why.into_iter().map(|(field, why)| (field, why.to_owned())).collect();
    LicensingGuess { licensing, why }
}

/// A review whose words nobody needs to be asked about, scanned.
fn asked(theme: Theme, size: (u16, u16)) -> World {
    let mut world = World::empty(theme, size, Vec::new());
    world.event(Event::Learned(Arc::default()));
    world.scan();
    world.event(Event::Likely(Arc::new(guess())));
    world
}

fn check(name: &str, mut world: World, script: &str) {
    world.press(script);
    insta::assert_snapshot!(name, world.snapshot());
}

#[test]
fn what_the_question_looks_like() {
    check("licences_60_mono", asked(mono(), SMALL), "");
    check("licences_60_mono_owners", asked(mono(), SMALL), "j");
    check("licences_60_mono_typing", asked(mono(), SMALL), "e Space OR Space MIT");
    check("licences_100_colour", asked(Theme::new(true, false), MEDIUM), "j j Space");
    check("licences_100_ascii_open", asked(Theme::new(false, true), MEDIUM), "j j j j j");
}

/// Keys, and the answers that are written.
const KEYS: &[(&str, &str)] = &[
    ("Enter", "Apache-2.0 | Example GmbH, example.com | new | false | vendor/** | "),
    (
        "j j Space j Space Enter",
        "Apache-2.0 | Example GmbH, example.com | all | true | vendor/** | ",
    ),
    ("e C-u mit Enter Enter", "mit | Example GmbH, example.com | new | false | vendor/** | "),
    ("d j d j d j d j d Enter", ""),
    ("d u Enter", "Apache-2.0 | Example GmbH, example.com | new | false | vendor/** | "),
    (
        "G e MIT Enter Enter",
        "Apache-2.0 | Example GmbH, example.com | new | false | vendor/** | MIT",
    ),
    // What is no expression stays in the field.
    (
        "e C-u Apache Space 2 Enter Esc Enter",
        "Apache-2.0 | Example GmbH, example.com | new | false | vendor/** | ",
    ),
    // Nothing else does anything.
    ("r x s = / ? Enter", "Apache-2.0 | Example GmbH, example.com | new | false | vendor/** | "),
];

fn written(world: &World) -> Option<String> {
    let answers = world.licensing.last()?;
    let all = Licensing::FIELDS.map(|field| answers.answer(field).unwrap_or_default());
    Some(all.join(" | "))
}

#[test]
fn keys_answer() {
    for (script, wanted) in KEYS {
        let mut world = asked(mono(), SMALL);
        world.press(script);
        assert_eq!(written(&world).unwrap_or_default(), *wanted, "{script}");
        assert!(!is_open(&world), "{script}");
    }
}

fn is_open(world: &World) -> bool {
    world.text().contains("released under")
}

/// The key was meant for the dashboard, over which the question came.
#[test]
fn a_key_to_another_screen_puts_it_off_and_goes_there() {
    let mut world = asked(mono(), SMALL);
    world.press("2");
    assert!(!is_open(&world) && !world.text().contains("Dashboard"), "{}", world.text());
    let mut world = asked(mono(), SMALL);
    world.press("d 2");
    assert!(is_open(&world), "what was changed stays until somebody says what to do with it");
}

#[test]
fn it_is_asked_once_and_can_be_put_off() {
    let mut world = asked(mono(), SMALL);
    assert!(is_open(&world));
    world.press("Esc");
    assert!(!is_open(&world) && world.text().contains("put off"));
    world.event(Event::Likely(Arc::new(guess())));
    assert!(!is_open(&world), "not twice in a run");
    world.press("9");
    assert!(is_open(&world));
    // What was changed is not lost unawares.
    world.press("j j Space Esc");
    assert!(is_open(&world));
    world.press("Esc");
    assert!(!is_open(&world) && world.licensing.is_empty());
}

#[test]
fn it_waits_for_the_words_and_for_the_dashboard() {
    let mut world = World::empty(mono(), SMALL, Vec::new());
    world.scan();
    world.event(Event::Likely(Arc::new(guess())));
    assert!(!is_open(&world), "the words come first");
    world.event(Event::Learned(crate::own_words::learned().into()));
    assert!(!is_open(&world));
    world.press("Esc");
    assert!(is_open(&world));
    let mut world = World::empty(mono(), SMALL, Vec::new());
    world.event(Event::Learned(Arc::default()));
    world.scan();
    world.press("2");
    world.event(Event::Likely(Arc::new(guess())));
    assert!(!is_open(&world) && world.model.screen() == Screen::Walk);
    world.press("1");
    assert!(is_open(&world));
}

#[test]
fn nobody_is_asked_for_what_is_answered_or_unknown() {
    let mut world = World::empty(mono(), SMALL, Vec::new());
    world.event(Event::Learned(Arc::default()));
    let licensing = Licensing { outbound: Some("MIT".into()), ..Licensing::default() };
    let policy = Policy { licensing, ..Policy::default() };
    world.event(Event::LicensingAnswered(Ok(Arc::new(policy))));
    world.scan();
    world.event(Event::Likely(Arc::new(guess())));
    assert!(!is_open(&world));
    world.press("9");
    assert!(is_open(&world) && world.text().contains("MIT"));
    // What the file says is taken out there.
    world.press("d");
    assert!(world.text().contains("config.toml"));
    world.press("Esc");
    let mut world = World::empty(mono(), SMALL, Vec::new());
    world.event(Event::Learned(Arc::default()));
    world.scan();
    world.press("9");
    assert!(!is_open(&world));
    world.event(Event::Likely(Arc::default()));
    assert!(!is_open(&world), "nothing is likely");
}

#[test]
fn what_was_not_written_stays_on_the_screen() {
    let mut world = asked(mono(), SMALL);
    world.broken = Some("the disk is full".into());
    world.press("Enter");
    assert!(is_open(&world) && world.text().contains("not written"));
    world.broken = None;
    world.press("Enter");
    assert!(!is_open(&world));
}

#[test]
fn a_hostile_guess_and_a_tiny_window_do_no_harm() {
    let mut world = World::empty(mono(), SMALL, Vec::new());
    world.event(Event::Learned(Arc::default()));
    world.scan();
    let long = "x\u{1b}[2J\u{202e}".repeat(99);
    let licensing = Licensing { outbound: Some(long.as_str().into()), ..Licensing::default() };
    let why = [("outbound", long)].into_iter().collect();
    world.event(Event::Likely(Arc::new(LicensingGuess { licensing, why })));
    assert!(is_open(&world) && !world.text().contains('\u{1b}'));
    for size in [(20, 5), (60, 16), (200, 60), (1, 1)] {
        world.send(Msg::Resize(size.0, size.1));
    }
}
