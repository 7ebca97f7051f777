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
fn release_checklist() {
    let world = |colour, size| World::asked(Theme::new(colour, false), size, Vec::new());
    check("attest_dashboard_60_mono", world(false, SMALL), "j j j");
    check("attest_60_mono", world(false, SMALL), "6");
    check("attest_60_mono_detail", world(false, SMALL), "6 j j j Enter");
    check("attest_60_mono_answered", world(false, SMALL), "6 Y F c not-ours Enter O");
    check(
        "attest_100_colour",
        world(true, MEDIUM),
        "6 Y F j j c made-up Enter L https://t/5 Enter",
    );
    check("attest_100_mono_detail", world(false, MEDIUM), "6 j j j Enter }");
    check("attest_160_mono", world(false, LARGE), "6 c ask-bo Enter W Legal Enter Y k");
    let mut disputed = world(true, LARGE);
    disputed.press("6 Y");
    let mut votes = disputed.model.session().votes().to_vec();
    votes.extend(crate::attest::other_answer(&votes[0]));
    let disputed = World::asked(Theme::new(true, false), LARGE, votes);
    check("attest_160_colour_disputed", disputed, "6 gg k");
    for (name, colour, size) in
        [("60_mono", false, SMALL), ("100_mono", false, MEDIUM), ("160_colour", true, LARGE)]
    {
        let mut asked = world(colour, size);
        asked.press("6 Y");
        let mut votes = asked.model.session().votes().to_vec();
        votes[0].asked = Some("aaaaaaaaaa".into());
        let changed = World::asked(Theme::new(colour, false), size, votes);
        let keys = if size == SMALL { "6 Enter" } else { "6" };
        check(&format!("attest_{name}_changed"), changed, keys);
    }
    check("attest_link_60_mono", world(false, SMALL), "6 L https://tracker/LEGAL-5");
    check("attest_readiness_60_mono", world(false, SMALL), "6 F 5");
    let ascii = World::asked(Theme::new(false, true), MEDIUM, Vec::new());
    check("attest_100_ascii", ascii, "6 Y F j j c made-up Enter O");
    check("attest_none_60_mono", World::mono(SMALL), "6");
}

#[test]
fn overlays() {
    check("help_60_mono", World::mono(SMALL), "2 ? /redact");
    check("help_100_colour", World::colour(MEDIUM), "2 ?");
    check("palette_60_mono", World::mono(SMALL), "2 :re");
    check("palette_100_colour", World::colour(MEDIUM), "2 :");
    check("palette_160_mono", World::mono(LARGE), "5 :scope");
    check("filter_100_colour", World::colour(MEDIUM), "2 /db");
    check("scope_60_mono", World::mono(SMALL), "2 A");
    check("scope_100_colour", World::colour(MEDIUM), "2 A");
    check("confirm_100_mono", World::mono(MEDIUM), "2 A u");
    check("facets_100_mono", World::mono(MEDIUM), "2 f");
    check("reason_60_mono", World::mono(SMALL), "2 t");
    check("note_100_mono", World::mono(MEDIUM), "2 c ask-bo");
}

#[test]
fn past() {
    let past = |colour, size| World::with_past(Theme::new(colour, false), size);
    check("past_dashboard_60_mono", past(false, SMALL), "");
    check("past_dashboard_100_colour", past(true, MEDIUM), "G");
    check("past_walk_60_mono", past(false, SMALL), "2 /is:history Enter Home");
    check("past_walk_60_mono_detail", past(false, SMALL), "2 /is:history Enter Home Tab");
    check("past_walk_100_colour", past(true, MEDIUM), "2 /is:metadata Enter Home");
    check("past_by_file_100_mono", past(false, MEDIUM), "2 gf /is:metadata Enter Home j");
    check("past_history_60_mono", past(false, SMALL), "2 /db1 Enter Home b");
    check("past_history_100_colour", past(true, MEDIUM), "2 /db1 Enter Home b j");
    check("past_preview_60_mono", past(false, SMALL), "2 /db1 Enter Home p");
    check("past_facets_100_mono", past(false, MEDIUM), "2 f");
    check("past_readiness_60_mono", past(false, SMALL), "5");
    let ascii = World::with_past(Theme::new(false, true), (96, 30));
    check("past_walk_96_ascii", ascii, "2 gr /is:history Enter Home");
    check("past_by_author_60_mono", past(false, SMALL), "2 ga");
    check("past_by_author_160_colour", past(true, LARGE), "2 ga j r");
}

#[test]
fn groupings() {
    check("grouping_100_mono", World::mono(MEDIUM), "2 g");
    check("by_module_60_mono", World::mono(SMALL), "2 gm");
    check("by_module_100_colour", World::colour(MEDIUM), "2 gm Home r");
    check("by_author_without_history_100_mono", World::mono(MEDIUM), "2 ga");
    check("by_directory_160_mono", World::mono(LARGE), "2 gd");
}
