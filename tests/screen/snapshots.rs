// SPDX-License-Identifier: MIT OR Apache-2.0
//! What the screens look like. Each file holds the text and, below it, the runs of styles.

use debut::tui::Theme;

use crate::harness::World;

const SMALL: (u16, u16) = (60, 16);
const MEDIUM: (u16, u16) = (100, 30);
const LARGE: (u16, u16) = (160, 45);

fn check(name: &str, mut world: World, script: &str) {
    world.press(script);
    insta::assert_snapshot!(name, world.snapshot());
}

#[test]
fn dashboard() {
    check("dashboard_60_mono", World::mono(SMALL), "");
    check("dashboard_100_colour", World::colour(MEDIUM), "j");
}

#[test]
fn walk() {
    check("walk_60_mono", World::mono(SMALL), "2");
    check("walk_60_mono_detail", World::mono(SMALL), "2 j Tab");
    check("walk_100_colour", World::colour(MEDIUM), "2 r");
    check("walk_100_mono_detail", World::mono(MEDIUM), "2 Tab");
    check("walk_160_mono", World::mono(LARGE), "2 j j j j } }");
    check("walk_160_colour_by_rule", World::colour(LARGE), "2 gr j r");
    let ascii = World::scanned(Theme::new(false, true), MEDIUM);
    check("walk_100_ascii_by_file", ascii, "2 gf j r j a");
}

#[test]
fn preview() {
    check("preview_60_mono", World::mono(SMALL), "2 p");
    check("preview_100_colour", World::colour(MEDIUM), "2 j p");
}

#[test]
fn readiness() {
    check("readiness_60_mono", World::mono(SMALL), "5");
    check("readiness_100_colour", World::colour(MEDIUM), "2 r r 5 j");
}

#[test]
fn overlays() {
    check("help_60_mono", World::mono(SMALL), "2 ? /redact");
    check("help_100_colour", World::colour(MEDIUM), "2 ?");
    check("filter_100_colour", World::colour(MEDIUM), "2 /db");
    check("scope_60_mono", World::mono(SMALL), "2 A");
    check("scope_100_colour", World::colour(MEDIUM), "2 A");
    check("confirm_100_mono", World::mono(MEDIUM), "2 A u");
    check("facets_100_mono", World::mono(MEDIUM), "2 f");
    check("reason_60_mono", World::mono(SMALL), "2 t");
    check("note_100_mono", World::mono(MEDIUM), "2 c ask-bo");
}
