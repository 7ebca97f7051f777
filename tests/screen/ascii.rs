// SPDX-License-Identifier: MIT OR Apache-2.0
//! `--ascii`: every screen and everything that can lie over one, in every state, without a
//! sign of ours that is not ASCII.

use debut::{
    ops::{Event, Stage},
    tui::{Msg, Theme},
};

use crate::{fixture::path, harness::World};

const SIZES: [(u16, u16); 4] = [(60, 16), (80, 24), (100, 30), (160, 45)];

/// Keys that lead to every screen, and to everything that lies over one.
const SCRIPTS: &[&str] = &[
    "",
    "j",
    "2",
    "2 G",
    "2 Tab",
    "2 Tab G",
    "3 w G",
    "2 Space j v j",
    "2 a x s r j R o",
    "2 gv",
    "2 gr h",
    "2 gd",
    "2 gf j r",
    "2 g",
    "2 z",
    "2 *",
    "2 n } {",
    "2 p",
    "2 j p G",
    "4",
    "5",
    "5 G",
    "?",
    "2 ?",
    "2 ? redact",
    "2 ? zzzz",
    ":",
    "2 : re",
    "2 /db",
    "2 /nothing-fits Enter",
    "2 f",
    "2 A",
    "2 R",
    "2 X",
    "2 A u",
    "2 A u 99",
    "2 t",
    "2 t1",
    "2 c a-rather-long-note-that-does-not-fit-into-the-field-and-is-cut-at-its-start-so-it-is Left",
    "2 i",
    "2 b",
    "2 b j",
    "E",
    "2 y",
    "2 o",
    "2 N",
    "2 = .",
    "2 r u U",
    "2 %",
];

/// Checks that all cells are ASCII.
#[track_caller]
fn check(world: &World, what: &str) {
    let text = world.text();
    let odd: String = text.chars().filter(|c| !c.is_ascii()).collect();
    assert!(odd.is_empty(), "{odd:?} after {what:?} at {:?}:\n{text}", world.size);
}

fn theme() -> Theme {
    Theme::new(true, true)
}

#[test]
fn every_screen_and_overlay_is_ascii() {
    for size in SIZES {
        for script in SCRIPTS {
            let mut world = World::scanned(theme(), size);
            world.press(script);
            check(&world, script);
            // The repository's own text is ASCII here, but for a path with a direction override,
            // a tab and a zero-width space in it, which are shown by signs of ours.
            let mut world = World::with_past(theme(), size);
            world.press(script);
            check(&world, script);
        }
    }
}

#[test]
fn states_are_ascii_too() {
    for size in SIZES {
        let mut world = World::empty(theme(), size, Vec::new());
        check(&world, "nothing yet");
        world.event(Event::Progress { stage: Stage::Files, done: 3, total: 9 });
        check(&world, "scanning");
        world.press("2");
        check(&world, "scanning, in the list");
        world.finish();
        check(&world, "nothing found");
        world.press("1");
        check(&world, "nothing found, on the dashboard");
        let mut world = World::scanned(theme(), size);
        world.broken = Some("no space left on device".into());
        world.press("2 r");
        check(&world, "a write failed");
        world.event(Event::ScanFailed("the pack is broken".into()));
        check(&world, "the scan stopped");
        world.send(Msg::Resize(45, 9));
        check(&world, "too small");
    }
}

#[test]
fn control_signs_of_the_repository_are_ascii() {
    let mut world = World::empty(theme(), (100, 30), Vec::new());
    let text = "password: \u{1b}[2Jhunter2-Ceramic\u{7f}\u{9b}\u{85}\u{feff}\n";
    world.files.insert(path("odd.env"), text.into());
    let rules = world.model.session().rules().clone();
    let value = ("sensitive/password-assignment", debut::domain::Severity::High, "hunter2-Ceramic");
    world.event(Event::Found(crate::fixture::find(&rules, value, "odd.env", text)));
    world.finish();
    for script in ["2", "Tab", "*", "p"] {
        world.press(script);
        check(&world, script);
    }
}
